"""How allauth behaves here: accounts are made by administrators, every step at the door leaves its entry.

One sentence answers a wrong password, an unknown name, a closed account, an expired one-time password and
a lock-out alike, and each of them costs one hash: nobody learns who exists. The lock holds for a name *and*
an address, so a stranger elsewhere cannot lock the leader out.
"""

from __future__ import annotations

import base64
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from luoshi.accounts import rules, services
from luoshi.lib import clock, seal
from luoshi.org.models import User
from luoshi.org.queries import held
from luoshi.org.services import change_password

NOT_IN = (
    "没有通过验证，或输错次数过多。连续输错 5 次须等 15 分钟再试；"
    "一次性密码 72 小时内有效。忘记密码请联系局办公室重置。"
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_IN,
        "too_many_login_attempts": NOT_IN,
        "incorrect_password": "密码不正确，请重新输入。",
        "enter_current_password": "当前密码不正确，请重新输入。",
        "rate_limited": "操作太频繁，请稍后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After changing it (the first log-in forces it) straight to work."""
        return reverse("portal:desk")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{credentials.get('username', '').strip().lower()}@{self.get_client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            if self._address_within_limit(request):  # a locked name answers as slowly as a wrong password
                make_password(credentials.get("password") or "")
            raise

    def _address_within_limit(self, request: HttpRequest) -> bool:
        per_address = [one for one in app_settings.RATE_LIMITS["login_failed"].split(",") if one.endswith("/ip")]
        return bool(
            ratelimit.consume(
                request,
                app="allauth.account",
                action="login_failed",
                config={"login_failed": ",".join(per_address)},
                dry_run=True,
            )
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        now = clock.now()
        if user is None or rules.may_log_in(
            active=user.is_active,
            left_on=user.left_on,
            expires_at=user.password_expires_at,
            now=now,
            today=clock.local(now).date(),
        ):
            return user
        super().pre_authenticate(request, **credentials)  # counts as a failure
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        services.log_in_failed(username=credentials.get("username") or "", now=clock.now())

    def login(self, request: HttpRequest, user: Any) -> None:
        """Note it, then let in under a fresh session key; the session's time starts now."""
        methods = request.session.get("account_authentication_methods") or []
        services.log_in(user, by=user, second_factor=any(one.get("method") == "mfa" for one in methods))
        super().login(request, user)
        request.session["began"] = request.session["seen"] = clock.now().timestamp()

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if request.session.get("typed_draft"):
            return HttpResponseRedirect(
                f"{reverse('accounts:draft')}?{urlencode({'next': getattr(response, 'url', '/')})}"
            )
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            services.log_out(request.user, by=request.user)
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not again within five minutes of a log-in or of the last time the password was asked for."""
        steps = self.request.session.get("account_authentication_methods") or []
        latest = max((one["at"] for one in steps), default=0)
        return clock.now().timestamp() - latest > app_settings.REAUTHENTICATION_TIMEOUT

    def clean_password(self, password: str, user: Any = None) -> str:
        cleaned = super().clean_password(password, user)
        if user is not None and check_password(cleaned, user.password):
            raise ValidationError("新密码不能与当前密码相同。")
        return cleaned

    def set_password(self, user: Any, password: str) -> None:
        changed = change_password(user, encoded=make_password(password), by=user, on=clock.today())
        user.password, user.must_change_password = changed.password, False


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不正确，请查看手机上的最新验证码；每个验证码只能用一次。",
        "cannot_delete_authenticator": "您的职责必须使用二次验证，不能关闭；换手机请先联系安全管理员。",
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal.seal(settings.LUOSHI_VALUES_KEY, text, "second factor")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal.unseal(settings.LUOSHI_VALUES_KEY, base64.b64decode(encrypted_text), "second factor")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if authenticator.type != Authenticator.Type.TOTP:
            return True
        duties = {one.duty for one in held(authenticator.user, clock.today())}
        return not rules.must_use_second_factor(duties, level3=settings.SECURITY_PROFILE == "level3")


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: list[UserSession]) -> None:
        if sessions:
            user = sessions[0].user
            services.end_sessions(user, sessions, by=user, on=clock.today())
