"""走出去、请进来: asked for and approved before, reported after; what was learnt and what the bureau answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luoshi.activities.models.activity import Activity
from luoshi.activities.rules import LessonAnswer, TripState

USER = settings.AUTH_USER_MODEL


class Trip(models.Model):
    """出访、来访: the paper side of an activity of these kinds: letter, host or expert, cost, decision (2.2.1.2, 3)."""

    activity = models.OneToOneField(Activity, models.PROTECT, verbose_name="活动", related_name="trip")
    host = models.CharField("接待单位或专家", max_length=120, blank=True)
    form = models.CharField("形式", max_length=60, blank=True)
    letter_number = models.CharField("公函文号", max_length=60, blank=True)
    letter = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="公函", null=True, blank=True, related_name="+"
    )
    topics = models.JSONField("考察专题", default=list, blank=True)
    cost = models.DecimalField("费用（元）", max_digits=10, decimal_places=2, null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=TripState, default=TripState.ASKED)
    asked_by = models.ForeignKey(USER, models.PROTECT, verbose_name="申请人", related_name="+")
    asked_on = models.DateField("申请日期")
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审批人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("审批日期", null=True, blank=True)
    decision_words = models.CharField("审批意见", max_length=300, blank=True)
    report = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="考察报告", null=True, blank=True, related_name="+"
    )
    report_words = models.TextField("成果摘要", blank=True)
    reported_on = models.DateField("报成果日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "走出去、请进来"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ASKED") | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="trip_decided_has_decider",
            ),
            models.CheckConstraint(
                condition=~Q(state="REPORTED") | Q(reported_on__isnull=False), name="trip_reported_has_date"
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="trip_state")]

    def __str__(self) -> str:
        return self.host or str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("activities:trip", args=[self.activity.public_id])

    @property
    def standing(self) -> str:
        """Where it stands, in words; one taken back keeps the state it had."""
        return "已撤回" if self.activity.void and self.state != TripState.REFUSED else self.get_state_display()


class Lesson(models.Model):
    """借鉴、建议: one thing learnt or advised, and the bureau's answer: where it is used or why not."""

    trip = models.ForeignKey(Trip, models.PROTECT, verbose_name="出访、来访", related_name="lessons")
    words = models.CharField("做法或建议", max_length=300)
    answer = models.CharField("采纳情况", max_length=10, choices=LessonAnswer, blank=True)
    where = models.CharField("用在哪里", max_length=200, blank=True)
    why = models.CharField("不采纳理由", max_length=200, blank=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="落实单位", null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="lessons"
    )
    institution = models.ForeignKey(
        "problems.Institution", models.PROTECT, verbose_name="制度", null=True, blank=True, related_name="lessons"
    )
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "借鉴、建议"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="lesson_answered_has_decider",
            ),
            models.CheckConstraint(condition=~Q(answer="DECLINED") | ~Q(why=""), name="lesson_declined_says_why"),
        ]

    def __str__(self) -> str:
        return self.words[:40]
