"""规则: what a confirmed clause, the bureau or a regulation fixes for one slot, with its source and dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.plan.models.text import Clause, Duty, Plan, PlanVersion
from luoshi.plan.rules import SOURCES


class Rule(models.Model):
    """规则: a typed, dated parameter of one slot with the source it cites; superseded, never edited.

    `kept_in` is the version of the plan that no longer says it and for which a person decided that it goes on.
    """

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", null=True, blank=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", null=True, blank=True, related_name="rules")
    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name="条款", null=True, blank=True, related_name="rules")
    duty = models.ForeignKey(Duty, models.PROTECT, verbose_name="任务", null=True, blank=True, related_name="rules")
    slot = models.CharField("机制", max_length=40)
    source = models.CharField(
        "来源",
        max_length=12,
        choices=[(key, label) for key, label in SOURCES.items() if key != "MATTER"],
    )
    value = models.JSONField("参数")
    citation = models.CharField("依据", max_length=300)
    number = models.PositiveIntegerField("版次", default=1)
    from_on = models.DateField("生效")
    until_on = models.DateField("失效", null=True, blank=True)
    void = models.BooleanField("当日撤回", default=False)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="依据文件", null=True, blank=True, related_name="+"
    )
    supersedes = models.ForeignKey("self", models.PROTECT, verbose_name="取代", null=True, blank=True, related_name="+")
    kept_in = models.ForeignKey(
        PlanVersion, models.PROTECT, verbose_name="新版未载仍执行", null=True, blank=True, related_name="+"
    )
    kept_why = models.CharField("仍执行的理由", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="确认人", null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="决定人", null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)

    class Meta:
        verbose_name = "规则"
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="PLAN") | Q(clause__isnull=False), name="rule_of_plan_cites_clause"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="rule_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["slot", "bureau"], name="rule_slot")]

    def __str__(self) -> str:
        return f"{self.slot} 第{self.number}版"

    def get_absolute_url(self) -> str:
        return f"{reverse('plan:rules')}#slot-{self.slot}"
