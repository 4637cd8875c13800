"""What the door itself keeps: failed log-ins, without the name that was typed."""

from __future__ import annotations

from django.db import models


class LogInAttempt(models.Model):
    """A failed log-in: the keyed digest of the name typed, never the name (a password is typed there too often)."""

    name_digest = models.CharField("登录名摘要", max_length=64, db_index=True)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = "登录失败"

    def __str__(self) -> str:
        return f"登录名摘要 {self.name_digest[:12]}"
