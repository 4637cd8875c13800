"""事项: the errand (who, by when, proof, verified by whom) and its parties."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.matters.models.lists import Recurrence, TaskList
from luoshi.matters.rules import SERIES, Block, PartyRole, Source, State

USER = settings.AUTH_USER_MODEL


class Matter(models.Model):
    """One supervised task. `state` and the dates are written by `matters.services` only, with an event and a record."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="交办局", related_name="+")
    series = models.CharField("编号系列", max_length=20, default=SERIES)
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
    task_list = models.ForeignKey(
        TaskList, models.PROTECT, verbose_name="交办清单", null=True, blank=True, related_name="matters"
    )
    place = models.PositiveIntegerField("清单序号", null=True, blank=True)
    recurrence = models.ForeignKey(
        Recurrence, models.PROTECT, verbose_name="周期事项", null=True, blank=True, related_name="matters"
    )
    period = models.CharField("所属周期", max_length=12, blank=True)
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
    next_step_on = models.DateField("最近步骤时间", null=True)
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
                fields=["bureau", "year", "series", "number"],
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
            models.UniqueConstraint(
                fields=["recurrence", "period"], condition=Q(recurrence__isnull=False), name="matter_period_once"
            ),
            models.UniqueConstraint(
                fields=["task_list", "place"], condition=Q(task_list__isnull=False), name="matter_list_place_once"
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
        """The number as printed, 2026-0007, with its series where that is not the usual one; none before 立项."""
        if not self.number:
            return "未立项"
        return f"{'' if self.series == SERIES else self.series}{self.year}-{self.number:04d}"


class MatterParty(models.Model):
    """牵头 or 协办: one unit's part in a matter, with its own receipt and handler."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="parties")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    role = models.CharField("角色", max_length=8, choices=PartyRole)
    handler = models.ForeignKey(USER, models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+")
    task = models.CharField("分工", max_length=300, blank=True)
    due_on = models.DateField("配合时限", null=True, blank=True)
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
