"""What a password must be, said in Chinese: long enough, and not what somebody who knows the person would try."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

FEWEST = 6
"""Different characters that a password has at least."""


class LongEnough(MinimumLengthValidator):
    """Django's rule of length; its own sentence has no Chinese in the catalogue."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要{self.min_length}个字符。"

    def get_help_text(self) -> str:
        return f"至少{self.min_length}个字符；可以用一句自己记得住的话。"


class NotAboutYou:
    """Refuses a password that holds the person's name, number or telephone, or hardly any different characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(set(password)) < FEWEST:
            raise ValidationError(f"密码里不同的字符太少，至少要有 {FEWEST} 种。")
        plain = password.lower()
        told = [getattr(user, name, "") or "" for name in ("username", "name", "mobile")]
        if any(len(one) >= 2 and one.lower() in plain for one in told):
            raise ValidationError("密码不能含有自己的姓名、工号或手机号。")

    def get_help_text(self) -> str:
        return f"至少 {FEWEST} 种不同字符，不含自己的姓名、工号或手机号。"
