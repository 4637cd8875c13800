"""What a person should know, and what is on its way out to a gateway."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """An in-app notice; the unique key makes every job that writes one safe to repeat."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="收件人", related_name="notices")
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    kind = models.CharField("类别", max_length=40)
    key = models.CharField("防重标识", max_length=120)
    title = models.CharField("内容", max_length=200)
    url = models.CharField("去处", max_length=300)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [models.Index(fields=["user", "read_at", "-id"], name="notice_unread")]

    def __str__(self) -> str:
        return self.title


class OutboxMessage(models.Model):
    """A message on its way out: one a person and working day and channel, sent at least once and marked once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="收件人", related_name="+")
    channel = models.CharField("渠道", max_length=12, choices=[("WEBHOOK", "消息网关"), ("MAIL", "邮件")])
    key = models.CharField("防重标识", max_length=120)
    body = models.JSONField("内容")
    state = models.CharField(
        "状态",
        max_length=12,
        choices=[("WAITING", "待发"), ("SENT", "已发"), ("FAILED", "失败")],
        default="WAITING",
    )
    attempts = models.PositiveIntegerField("尝试次数", default=0)
    lease_until = models.DateTimeField("租约到", null=True, blank=True)
    next_try_at = models.DateTimeField("下次尝试")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    last_error = models.CharField("最近错误", max_length=200, blank=True)

    class Meta:
        verbose_name = "待发消息"
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="outbox_once")]
        indexes = [models.Index(fields=["state", "next_try_at"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"
