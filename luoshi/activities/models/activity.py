"""活动、参加、异议: the record itself, each person's part in it, and what he says against his entry."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.activities.rules import ActivityKind, PlaceKind, Presence, Relay, StudyContent, VisitForm

USER = settings.AUTH_USER_MODEL


class Activity(models.Model):
    """活动: what took place, when, where, on what, and what came of it. The three `as_` flags say what it counts as:
    a visit may be research days and a front-line stay at once, a minuted meeting may be study."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    kind = models.CharField("类别", max_length=16, choices=ActivityKind)
    title = models.CharField("名称", max_length=200)
    held_on = models.DateField("日期")
    until_on = models.DateField("结束日期", null=True, blank=True)
    half_days = models.PositiveSmallIntegerField("时长（半天）", default=1)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="组织单位", related_name="+")
    place = models.CharField("地点", max_length=120, blank=True)
    place_kind = models.CharField("地点类别", max_length=12, choices=PlaceKind, blank=True)
    difficult = models.BooleanField("难点、矛盾集中的地方", default=False)
    form = models.CharField("方式", max_length=12, choices=VisitForm, blank=True)
    content = models.CharField("学习内容", max_length=12, choices=StudyContent, blank=True)
    theme = models.CharField("主题", max_length=120, blank=True)
    counterpart = models.CharField("对象", max_length=200, blank=True)
    speaker = models.CharField("主讲人（外请）", max_length=80, blank=True)
    outcome = models.TextField("收获、成果", blank=True)
    core_group = models.BooleanField("中心组学习", default=False)
    leader_lesson = models.BooleanField("领导带头讲", default=False)
    nothing_found = models.BooleanField("未发现问题", default=False)
    relay = models.CharField("召开方式", max_length=8, choices=Relay, blank=True)
    as_study = models.BooleanField("计学习天数", default=False)
    as_research = models.BooleanField("计调研天数", default=False)
    as_frontline = models.BooleanField("计一线蹲点", default=False)
    meeting = models.ForeignKey(
        "matters.Meeting", models.PROTECT, verbose_name="会议", null=True, blank=True, related_name="activities"
    )
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="activities"
    )
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="材料", null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "活动"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_reason=""), name="activity_void_says_why"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("held_on")), name="activity_dates_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "-held_on", "-id"], name="activity_bureau_day"),
            models.Index(fields=["bureau", "kind", "-held_on", "-id"], name="activity_bureau_kind"),
            models.Index(fields=["unit", "-held_on", "-id"], name="activity_unit_day"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("activities:detail", args=[self.public_id])


class Attendance(models.Model):
    """参加: one person's part, the unit he was of on that day, and the half-days counted for him."""

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="活动", related_name="attendances")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="+")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="当时单位", null=True, blank=True, related_name="+"
    )
    presence = models.CharField("参加情况", max_length=8, choices=Presence, default=Presence.PRESENT)
    half_days = models.PositiveSmallIntegerField("时长（半天）", default=1)
    note = models.CharField("备注", max_length=200, blank=True)
    void = models.BooleanField("作废", default=False)

    class Meta:
        verbose_name = "参加记录"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="attendance_once")]
        indexes = [
            models.Index(fields=["person", "void", "presence", "activity", "half_days"], name="attendance_quota")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_presence_display()}"


class Objection(models.Model):
    """异议: what a person says against an entry that stands under his name, and the office's answer."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, verbose_name="参加记录", related_name="objections")
    words = models.CharField("异议", max_length=300)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    on = models.DateField("提出日期")
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    upheld = models.BooleanField("是否成立", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "异议"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(answered_on__isnull=True), name="objection_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""), name="objection_answer_says_why"
            ),
        ]
        indexes = [models.Index(fields=["answered_on", "id"], name="objection_open")]

    def __str__(self) -> str:
        return self.words[:40]
