"""问题: one thing that is wrong, however many times and by whomever it was seen."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.problems.models.checks import SelfCheck
from luoshi.problems.models.classes import ProblemClass
from luoshi.problems.rules import SERIES, Channel, Pace, RaiserAnswer, Source, State, StyleKind, standing

USER = settings.AUTH_USER_MODEL


class Problem(models.Model):
    """One problem under one number for ever. `state` and dates are written by `problems.services` only."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    series = models.CharField("编号系列", max_length=20, default=SERIES)
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("年度编号")
    title = models.CharField("问题", max_length=200)
    detail = models.TextField("具体表现", blank=True)
    source = models.CharField("来源", max_length=12, choices=Source)
    source_note = models.CharField("来源说明", max_length=200, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    found_on = models.DateField("发现日期")
    raiser = models.CharField("反映人", max_length=100, blank=True)
    raiser_answer = models.CharField("反映人意见", max_length=10, choices=RaiserAnswer, blank=True)
    raiser_words = models.TextField("反映人的话", blank=True)
    raiser_answered_on = models.DateField("回访日期", null=True, blank=True)
    style_kind = models.CharField("作风问题种类", max_length=10, choices=StyleKind, blank=True)
    channel = models.CharField("查摆渠道", max_length=12, choices=Channel, blank=True)
    tags = models.JSONField("作风表现", default=list, blank=True)
    pace = models.CharField("整改类型", max_length=8, choices=Pace, blank=True)
    problem_class = models.ForeignKey(
        ProblemClass, models.PROTECT, verbose_name="问题类别", null=True, blank=True, related_name="problems"
    )
    cause = models.TextField("原因", blank=True)
    measure = models.TextField("整改措施", blank=True)
    leader = models.ForeignKey(USER, models.PROTECT, verbose_name="责任领导", null=True, blank=True, related_name="+")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="责任单位", null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(USER, models.PROTECT, verbose_name="责任人", null=True, blank=True, related_name="+")
    due_on = models.DateField("整改时限", null=True, blank=True)
    original_due_on = models.DateField("原定整改时限", null=True, blank=True)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="problems"
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.FOUND)
    cycle = models.PositiveIntegerField("整改轮次", default=1)
    returns = models.PositiveIntegerField("退回次数", default=0)
    started_on = models.DateField("开始整改日期", null=True, blank=True)
    applied_on = models.DateField("申请销号日期", null=True, blank=True)
    applied_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="申请销号人", null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField("销号日期", null=True, blank=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="验收人", null=True, blank=True, related_name="+")
    look_back_on = models.DateField("回头看时间", null=True, blank=True)
    look_back_basis = models.JSONField("回头看时间的由来", default=dict, blank=True)
    looked_back_on = models.DateField("回头看日期", null=True, blank=True)
    look_back_held = models.BooleanField("没有反弹", null=True, blank=True)
    self_check = models.ForeignKey(
        SelfCheck, models.PROTECT, verbose_name="个人问题清单", null=True, blank=True, related_name="items"
    )
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "问题"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "series", "number"], name="problem_number_once"),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="problem_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | Q(owner__isnull=True) | ~Q(closed_by=F("owner")),
                name="problem_closed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | Q(applied_by__isnull=True) | ~Q(closed_by=F("applied_by")),
                name="problem_not_by_applicant",
            ),
            models.CheckConstraint(
                condition=~Q(state="RECTIFYING") | (Q(due_on__isnull=False) & ~Q(cause="") & ~Q(measure="")),
                name="problem_rectifying_has_plan",
            ),
            models.CheckConstraint(
                condition=~Q(state="RECTIFYING") | Q(owner__isnull=False) | Q(unit__isnull=False),
                name="problem_rectifying_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(look_back_held__isnull=True) | Q(looked_back_on__isnull=False),
                name="problem_looked_back_has_date",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "due_on", "id"], name="problem_bureau_state"),
            models.Index(fields=["unit", "state", "due_on", "id"], name="problem_unit_state"),
            models.Index(fields=["state", "due_on", "id"], name="problem_state_due"),
            models.Index(fields=["state", "look_back_on", "id"], name="problem_look_back"),
            models.Index(fields=["owner", "state"], name="problem_owner"),
            models.Index(fields=["bureau", "-id"], name="problem_bureau_newest"),
        ]

    def __str__(self) -> str:
        """What the trail prints: of a personal list it tells the number only."""
        return self.number_label if self.self_check_id else f"{self.number_label} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("problems:detail", args=[self.public_id])

    @property
    def number_label(self) -> str:
        """The number as printed, with its series: 问题2026-0007."""
        return f"{self.series}{self.year}-{self.number:04d}"

    @property
    def standing(self) -> str:
        """Where it stands, in words (`rules.standing`)."""
        return standing(
            self.state, applied_on=self.applied_on, look_back_on=self.look_back_on, held=self.look_back_held
        )


class Sighting(models.Model):
    """The same problem, seen once more: by whom, where, in which words."""

    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="问题", related_name="sightings")
    source = models.CharField("来源", max_length=12, choices=Source)
    source_note = models.CharField("来源说明", max_length=200, blank=True)
    seen_on = models.DateField("发现日期")
    words = models.TextField("反映的话", blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    raiser = models.CharField("反映人", max_length=100, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="发现单位", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "再次反映"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.seen_on}"


class Rectification(models.Model):
    """A matter through which a unit puts the problem right; one problem may need several."""

    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="问题", related_name="rectifications")
    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, verbose_name="整改事项", related_name="rectification"
    )
    cycle = models.PositiveIntegerField("整改轮次", default=1)

    class Meta:
        verbose_name = "整改事项"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.matter_id}"
