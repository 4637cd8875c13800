"""The official calendar as an editable table: each year with its notice, each exceptional day with its reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CalendarYear(models.Model):
    """One year's holiday notice, national (bureau None) or a local order of one bureau's place."""

    year = models.PositiveIntegerField("年度")
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="适用局", null=True, blank=True)
    status = models.CharField(
        "状态", max_length=12, choices=[("OFFICIAL", "正式"), ("PROVISIONAL", "暂定")], default="PROVISIONAL"
    )
    notice_no = models.CharField("通知文号", max_length=100, blank=True)
    notice_on = models.DateField("发文日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "年度放假安排"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["year", "bureau"], name="calendar_year_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=~Q(status="OFFICIAL") | ~Q(notice_no=""), name="calendar_official_has_notice"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年放假安排"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a rest day off the week-end, or a make-up working day."""

    year = models.ForeignKey(CalendarYear, models.PROTECT, verbose_name="所据通知", related_name="days")
    day = models.DateField("日期")
    is_workday = models.BooleanField("上班")
    name = models.CharField("事由", max_length=60)

    class Meta:
        verbose_name = "节假日与调休"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["year", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_workday else '放假'} {self.name}"
