"""时限: dates with their whole reason, requests to extend them, and the roadmap with its slippage."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from luoshi.matters.models.matter import Matter
from luoshi.matters.rules import EXTENSION_STATES, ROADMAP_STATES, DeadlineKind

USER = settings.AUTH_USER_MODEL


class Deadline(models.Model):
    """A date and its whole reason: the rule and version, day 0, each day counted, pauses, extensions.

    Computed once; `original_on` never changes; `due_on` moves only by extension, pause or a newly published
    calendar, each with an event. It runs until it is met (`met_on`, late or not) or falls away (`ended_on`:
    declined, reassigned, cancelled); of each kind at most one runs.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="deadlines")
    cycle = models.PositiveIntegerField("办理轮次")
    kind = models.CharField("种类", max_length=16, choices=DeadlineKind)
    day0_on = models.DateField("起算日")
    number = models.PositiveIntegerField("工作日数", null=True)
    original_on = models.DateField("原定日期")
    due_on = models.DateField("现定日期")
    rule = models.ForeignKey("plan.Rule", models.PROTECT, verbose_name="规则", null=True, blank=True, related_name="+")
    citation = models.CharField("依据", max_length=300)
    basis = models.JSONField("逐日计算", default=dict)
    provisional = models.BooleanField("暂定", default=False)
    met_on = models.DateField("完成日期", null=True)
    ended_on = models.DateField("失效日期", null=True)

    class Meta:
        verbose_name = "时限"
        ordering = ["cycle", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"],
                condition=Q(met_on__isnull=True, ended_on__isnull=True),
                name="deadline_one_running_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(original_on__gt=F("day0_on")), name="deadline_after_day0"
            ),
        ]
        indexes = [
            models.Index(fields=["provisional", "due_on"], name="deadline_provisional"),
            models.Index(fields=["matter", "kind"], name="deadline_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind} {self.due_on}"


class ExtensionRequest(models.Model):
    """延期申请: asked by the unit before the date, with reason and new date; answered by the leader who assigned it."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="extension_requests")
    cycle = models.PositiveIntegerField("办理轮次")
    due_was = models.DateField("申请时的时限")
    wanted_on = models.DateField("申请延至")
    reason = models.TextField("延期理由")
    asked_by = models.ForeignKey(USER, models.PROTECT, verbose_name="申请人", related_name="+")
    asked_on = models.DateField("申请日期")
    state = models.CharField("状态", max_length=12, choices=list(EXTENSION_STATES.items()), default="ASKED")
    granted_until = models.DateField("批准延至", null=True, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("批准日期", null=True, blank=True)
    answer = models.TextField("批准意见", blank=True)

    class Meta:
        verbose_name = "延期申请"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(state="ASKED"), name="extension_one_asked"),
            models.CheckConstraint(condition=Q(wanted_on__gt=F("due_was")), name="extension_later"),
            models.CheckConstraint(
                condition=~Q(state__in=["GRANTED", "REFUSED"]) | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="extension_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="GRANTED") | Q(granted_until__isnull=False), name="extension_granted_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} 延至{self.wanted_on}"


class Roadmap(models.Model):
    """路线图、时间表: the unit's steps, one version at a time; accepted by the office, superseded by the next."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="roadmaps")
    cycle = models.PositiveIntegerField("办理轮次")
    number = models.PositiveIntegerField("版次")
    state = models.CharField("状态", max_length=12, choices=list(ROADMAP_STATES.items()), default="PROPOSED")
    reason = models.CharField("调整理由", max_length=300, blank=True)
    proposed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="报送人", related_name="+")
    proposed_on = models.DateField("报送日期")
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="审核人", null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("审核日期", null=True, blank=True)
    answer = models.CharField("审核意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "路线图"
        ordering = ["cycle", "number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "cycle", "number"], name="roadmap_number_once"),
            models.UniqueConstraint(fields=["matter"], condition=Q(state="PROPOSED"), name="roadmap_one_proposed"),
            models.UniqueConstraint(fields=["matter"], condition=Q(state="ACCEPTED"), name="roadmap_one_accepted"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} 第{self.number}版"


class RoadmapStep(models.Model):
    """步骤: what, who, by when; `original_on` is the date first accepted and never changes along `follows`.

    `paused` counts the working days of approved standstills: they move `due_on` and are no slippage.
    """

    roadmap = models.ForeignKey(Roadmap, models.PROTECT, verbose_name="路线图", related_name="steps")
    follows = models.ForeignKey(
        "self", models.PROTECT, verbose_name="原步骤", null=True, blank=True, related_name="followed_by"
    )
    order = models.PositiveIntegerField("次序")
    words = models.CharField("步骤", max_length=200)
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="责任人", null=True, blank=True, related_name="+")
    original_on = models.DateField("原定时间")
    due_on = models.DateField("现定时间")
    paused = models.PositiveIntegerField("中止顺延（工作日）", default=0)
    done_on = models.DateField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", null=True, blank=True, related_name="+")
    note = models.CharField("完成情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "路线图步骤"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "order"], name="roadmap_step_order_once")]

    def __str__(self) -> str:
        return self.words[:40]
