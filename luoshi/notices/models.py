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
    """A message on its way out: one a person and working day, sent at least once and marked once.

    A sender takes it by a lease and a fence (`fence` grows with every taking); only the last taker may mark it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="收件人", related_name="+")
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    channel = models.CharField("渠道", max_length=12, choices=[("WEBHOOK", "消息网关"), ("MAIL", "邮件")])
    key = models.CharField("防重标识", max_length=120)
    on = models.DateField("日期")
    count = models.PositiveIntegerField("件数")
    upto = models.PositiveBigIntegerField("汇总到第几条提醒", default=0)
    urgent = models.BooleanField("加急", default=False)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=[("WAITING", "待发"), ("SENT", "已发"), ("FAILED", "失败")],
        default="WAITING",
    )
    attempts = models.PositiveIntegerField("尝试次数", default=0)
    fence = models.PositiveIntegerField("领取序号", default=0)
    lease_until = models.DateTimeField("租约到", null=True, blank=True)
    next_try_at = models.DateTimeField("下次尝试")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    last_error = models.CharField("最近错误", max_length=200, blank=True)

    class Meta:
        verbose_name = "待发消息"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="outbox_once"),
            models.UniqueConstraint(
                fields=["user", "on"], condition=models.Q(urgent=False), name="outbox_one_digest_a_day"
            ),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="outbox_counts_something"),
            models.CheckConstraint(
                condition=~models.Q(state="SENT") | models.Q(sent_at__isnull=False), name="outbox_sent_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="outbox_due"),
            models.Index(fields=["user", "-upto"], name="outbox_told"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"
