"""离岗、未达原因: what makes a person's yearly figure smaller, and what he says where it was not reached."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from luoshi.activities.rules import AbsenceKind

USER = settings.AUTH_USER_MODEL


class Absence(models.Model):
    """长期离岗: long leave; quotas of the time are asked pro rata (2.2.1.1b). No end: still away."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="+")
    kind = models.CharField("类别", max_length=12, choices=AbsenceKind)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    reason = models.CharField("说明", max_length=200, blank=True)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "长期离岗"
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_reason=""), name="absence_void_says_why"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="absence_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "void", "from_on"], name="absence_bureau")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"


class Shortfall(models.Model):
    """未达原因: why somebody's figure of a period (2026, 2026-11) was not reached; said once, shown beside the figure.

    Never scored, and no reason is ever asked twice.
    """

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="+")
    slot = models.CharField("要求", max_length=60)
    period = models.CharField("时段", max_length=12)
    reason = models.CharField("原因", max_length=300)
    said_by = models.ForeignKey(USER, models.PROTECT, verbose_name="填写人", related_name="+")
    said_on = models.DateField("填写日期")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "未达原因"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["bureau", "person", "slot", "period"], name="shortfall_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.period}"
