"""事项: the errand (who, by when, proof, verified by whom), its parties, its dates with their reasons, its events."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.matters.rules import Block, DeadlineKind, FeedbackKind, PartyRole, Source, State

USER = settings.AUTH_USER_MODEL


class Matter(models.Model):
    """One supervised task. `state` and the dates are written by `matters.services` only, with an event and a record."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="交办局", related_name="+")
    year = models.PositiveIntegerField("年度", null=True)
    number = models.PositiveIntegerField("年度编号", null=True)
    title = models.CharField("事项", max_length=200)
    requirement = models.TextField("办理要求", blank=True)
    source = models.CharField("来源", max_length=20, choices=Source)
    source_title = models.CharField("来源文件或会议", max_length=200, blank=True)
    block = models.CharField("考评板块", max_length=20, choices=Block, blank=True)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="matters"
    )
    lead_unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="牵头单位", related_name="+")
    leader = models.ForeignKey(USER, models.PROTECT, verbose_name="交办领导", related_name="+")
    handler = models.ForeignKey(USER, models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+")
    verifier = models.ForeignKey(USER, models.PROTECT, verbose_name="核查人", null=True, blank=True, related_name="+")
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    cycle = models.PositiveIntegerField("办理轮次", default=1)
    urgent = models.BooleanField("加急", default=False)
    opened_on = models.DateField("拟办日期")
    assigned_at = models.DateTimeField("交办时间", null=True)
    day0_on = models.DateField("交办送达日", null=True)
    accepted_on = models.DateField("签收日期", null=True)
    first_feedback_on = models.DateField("首次反馈日期", null=True)
    feedback_due_on = models.DateField("首次反馈时限", null=True)
    next_feedback_on = models.DateField("下次反馈日期", null=True)
    due_on = models.DateField("办结时限", null=True)
    suspended_on = models.DateField("中止日期", null=True)
    submitted_on = models.DateField("申请办结日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    archived_on = models.DateField("归档日期", null=True)
    returns = models.PositiveIntegerField("退回次数", default=0)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "事项"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "year", "number"],
                condition=Q(number__isnull=False),
                name="matter_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["CLOSED", "ARCHIVED"]) | Q(closed_on__isnull=False),
                name="matter_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "APPROVED", "CANCELLED"]) | Q(day0_on__isnull=False),
                name="matter_assigned_has_day0",
            ),
            models.CheckConstraint(
                condition=Q(verifier__isnull=True) | Q(handler__isnull=True) | ~Q(verifier=F("handler")),
                name="matter_verified_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SUBMITTED", "VERIFIED", "CLOSED", "ARCHIVED"])
                | Q(submitted_on__isnull=False, due_on__isnull=False),
                name="matter_submitted_has_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state="SUSPENDED") | Q(suspended_on__isnull=False), name="matter_suspended_has_date"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "CANCELLED"]) | Q(number__isnull=False, year__isnull=False),
                name="matter_approved_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "due_on", "id"], name="matter_bureau_state"),
            models.Index(fields=["lead_unit", "state", "due_on", "id"], name="matter_unit_state"),
            models.Index(fields=["state", "due_on", "id"], name="matter_state_due"),
            models.Index(fields=["handler", "state"], name="matter_handler"),
            models.Index(fields=["leader", "state"], name="matter_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.number_label} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("matters:detail", args=[self.public_id])

    @property
    def number_label(self) -> str:
        """The number as printed, 2026-0007; before 立项 there is none."""
        return f"{self.year}-{self.number:04d}" if self.number else "未立项"


class MatterParty(models.Model):
    """牵头 or 协办: one unit's part in a matter, with its own receipt and handler."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="parties")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    role = models.CharField("角色", max_length=8, choices=PartyRole)
    handler = models.ForeignKey(USER, models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+")
    received_at = models.DateTimeField("送达时间", null=True)
    accepted_at = models.DateTimeField("签收时间", null=True)
    accepted_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="签收人", null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField("退出日期", null=True)

    class Meta:
        verbose_name = "承办单位"
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "unit"], condition=Q(ended_on__isnull=True), name="party_unit_once"
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(role="LEAD", ended_on__isnull=True), name="party_one_lead"
            ),
        ]
        indexes = [models.Index(fields=["unit", "ended_on"], name="party_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_role_display()}"


class MatterEvent(models.Model):
    """One move or word in a matter's life. Who clicked (`operator`) is not always who decided (`decided_by`)."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="events")
    cycle = models.PositiveIntegerField("办理轮次")
    move = models.CharField("动作", max_length=20)
    at = models.DateTimeField("时间")
    on = models.DateField("日期")
    operator = models.ForeignKey(USER, models.PROTECT, verbose_name="操作人", null=True, related_name="+")
    standing_in_for = models.CharField("代理何人", max_length=40, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", null=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True)
    note = models.TextField("说明", blank=True)
    data = models.JSONField("数据", default=dict)
    version = models.PositiveIntegerField("办后版本")

    class Meta:
        verbose_name = "事项记录"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "on"], condition=Q(move="urge"), name="event_urge_once_a_day"),
        ]
        indexes = [
            models.Index(fields=["matter", "-id"], name="event_matter"),
            models.Index(fields=["operator", "matter"], name="event_operator"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.move}"


class EventEvidence(models.Model):
    """A piece of evidence given with an event."""

    event = models.ForeignKey(MatterEvent, models.PROTECT, verbose_name="事项记录", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "事项佐证"
        constraints = [models.UniqueConstraint(fields=["event", "evidence"], name="event_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"


class Feedback(models.Model):
    """反馈: what was done, how far, what stands in the way, and (where not finished) the next date."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="feedbacks")
    event = models.OneToOneField(MatterEvent, models.PROTECT, verbose_name="事项记录", related_name="feedback")
    kind = models.CharField("阶段", max_length=12, choices=FeedbackKind)
    progress = models.PositiveIntegerField("进展（%）", default=0)
    done = models.TextField("办理情况")
    obstacles = models.TextField("存在问题与需协调事项", blank=True)
    next_step = models.TextField("下步计划", blank=True)
    next_on = models.DateField("下次反馈日期", null=True, blank=True)

    class Meta:
        verbose_name = "反馈"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="feedback_progress"),
            models.CheckConstraint(
                condition=Q(kind="FINAL") | Q(next_on__isnull=False), name="feedback_unfinished_names_next"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.get_kind_display()}"


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
