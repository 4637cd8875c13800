"""体检里列为不改的问题: the office looked at a finding and says why the plan stays as it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.plan.models.text import Clause, Plan


class SetAside(models.Model):
    """不改的问题: a finding of 体检 by its key, in the words it had that day, with the reason; never deleted."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", related_name="set_asides")
    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name="条款", null=True, blank=True, related_name="+")
    key = models.CharField("问题标识", max_length=24)
    kind = models.CharField("问题类别", max_length=16)
    said = models.TextField("问题")
    reason = models.CharField("不改的理由", max_length=300)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", null=True, related_name="+"
    )
    set_on = models.DateField("登记日期")
    ended_on = models.DateField("重新列出日期", null=True, blank=True)

    class Meta:
        verbose_name = "不改的问题"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], condition=Q(ended_on__isnull=True), name="set_aside_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("set_on")), name="set_aside_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.said[:40]

    def get_absolute_url(self) -> str:
        return reverse("plan:detail", args=[self.plan_id])
