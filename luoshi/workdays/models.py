"""The official calendar as an editable table: each year with its notice, each exceptional day with its reason."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class YearStatus(models.TextChoices):
    """正式: the notice is out. 暂定: expected days, no notice yet. 地方: only a bureau's local orders."""

    OFFICIAL = "OFFICIAL", "正式"
    PROVISIONAL = "PROVISIONAL", "暂定"
    LOCAL = "LOCAL", "地方安排"


class CalendarYear(models.Model):
    """One year's holiday notice: national (bureau None), or what holds for one bureau's place on top of it."""

    year = models.PositiveIntegerField("年度")
    bureau = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="适用局", null=True, blank=True, related_name="+"
    )
    status = models.CharField("状态", max_length=12, choices=YearStatus, default=YearStatus.PROVISIONAL)
    notice_no = models.CharField("通知文号", max_length=100, blank=True)
    notice_on = models.DateField("发文日期", null=True, blank=True)
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "年度放假安排"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["year", "bureau"], name="calendar_year_once_a_bureau"),
            models.UniqueConstraint(  # two NULLs are two different bureaus to a database
                fields=["year"], condition=Q(bureau__isnull=True), name="calendar_year_once_nationally"
            ),
            models.CheckConstraint(
                condition=~Q(status="OFFICIAL") | ~Q(notice_no=""), name="calendar_official_has_notice"
            ),
            models.CheckConstraint(
                condition=~Q(status="LOCAL") | Q(bureau__isnull=False), name="calendar_local_has_bureau"
            ),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="calendar_year_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年放假安排"

    def get_absolute_url(self) -> str:
        return f"{reverse('workdays:calendar')}?year={self.year}"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a rest day off the week-end, or a make-up working day.

    `source` is the number of the document that ordered this day where it is not the year's notice itself:
    an amendment of the notice, or a local order (防汛值守, 地方假日).
    """

    year = models.ForeignKey(CalendarYear, models.PROTECT, verbose_name="所据通知", related_name="days")
    day = models.DateField("日期")
    is_workday = models.BooleanField("上班")
    name = models.CharField("事由", max_length=60)
    source = models.CharField("依据文号", max_length=100, blank=True)

    class Meta:
        verbose_name = "节假日与调休"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["year", "day"], name="calendar_day_once"),
            models.CheckConstraint(condition=~Q(name=""), name="calendar_day_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_workday else '放假'} {self.name}"

    def get_absolute_url(self) -> str:
        return f"{reverse('workdays:calendar')}?year={self.year.year}"


class OfficeHoursOrder(models.Model):
    """The office hours of a bureau from a date on (夏季、冬季作息): what decides day 0 and when messages may go out."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    from_on = models.DateField("起用日期")
    morning_from = models.TimeField("上午上班")
    morning_until = models.TimeField("上午下班")
    afternoon_from = models.TimeField("下午上班")
    afternoon_until = models.TimeField("下午下班")
    digest_at = models.TimeField("每日提醒时间", default=time(8, 40))

    class Meta:
        verbose_name = "办公时间"
        ordering = ["from_on"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "from_on"], name="office_hours_once"),
            models.CheckConstraint(
                condition=Q(
                    morning_from__lt=F("morning_until"),
                    morning_until__lte=F("afternoon_from"),
                    afternoon_from__lt=F("afternoon_until"),
                ),
                name="office_hours_in_order",
            ),
            models.CheckConstraint(
                condition=Q(digest_at__gte=F("morning_from"), digest_at__lt=F("afternoon_until")),
                name="office_hours_hold_the_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on}起办公时间"

    def get_absolute_url(self) -> str:
        return reverse("workdays:hours")
