"""活动的组织: phases with their gates, the leading group and its office, who answers for what.

Nothing here is edited out of sight: what ends gets its last day, what was a mistake of the same day is void.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.plan.models.text import Clause, Duty, Plan
from luoshi.plan.rules import GATE_KINDS, MEMBER_ROLES, RESPONSIBILITIES

USER = settings.AUTH_USER_MODEL


class Phase(models.Model):
    """阶段: from–until as the bureau set them, and the gate that is signed when the phase is done (2.0).

    `signed_on` is the day of the decision that stands now; who decided, on what paper, and what was withdrawn again
    are the phase's gate decisions. Only `services` write both, together.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", related_name="phases")
    clause = models.ForeignKey(
        Clause, models.PROTECT, verbose_name="条款", null=True, blank=True, related_name="phases"
    )
    order = models.PositiveIntegerField("次序")
    name = models.CharField("阶段", max_length=60)
    from_on = models.DateField("起", null=True, blank=True)
    until_on = models.DateField("止", null=True, blank=True)
    overlap_reason = models.CharField("与前一阶段交叉的说明", max_length=200, blank=True)
    signed_on = models.DateField("过关日期", null=True, blank=True)
    void = models.BooleanField("作废", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "活动阶段"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], condition=Q(void=False), name="phase_order_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=False, until_on__gte=F("from_on")),
                name="phase_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(void=False, from_on__isnull=False),
                name="phase_signed_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('plan:campaign', args=[self.plan_id])}#phase-{self.pk}"


class GateCheck(models.Model):
    """过关事项: one thing that must be so before a phase's gate is signed, and what was found of it.

    Nobody looked yet: `met_by` is empty. Met: `met_on`. Not met: no `met_on`, and `note` says why not.
    """

    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name="阶段", related_name="checks")
    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name="条款", null=True, blank=True, related_name="+")
    duty = models.ForeignKey(Duty, models.PROTECT, verbose_name="任务", null=True, blank=True, related_name="+")
    order = models.PositiveIntegerField("次序")
    words = models.CharField("过关事项", max_length=200)
    met_on = models.DateField("达到日期", null=True, blank=True)
    met_by = models.ForeignKey(USER, models.PROTECT, verbose_name="核对人", null=True, blank=True, related_name="+")
    note = models.CharField("核对情况", max_length=300, blank=True)
    void = models.BooleanField("作废", default=False)

    class Meta:
        verbose_name = "过关事项"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "duty"], condition=Q(void=False), name="gate_check_duty_once"),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(met_by__isnull=False), name="gate_check_met_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]


class GateDecision(models.Model):
    """过关决定: a leader let a phase pass its gate, or took that back; entered once and never edited."""

    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name="阶段", related_name="decisions")
    kind = models.CharField("决定", max_length=8, choices=list(GATE_KINDS.items()))
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="过关决定人", related_name="+")
    decided_on = models.DateField("过关决定日期")
    source = models.CharField("会议或批示出处", max_length=200, blank=True)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="过关文件", null=True, blank=True, related_name="+"
    )
    note = models.CharField("意见或理由", max_length=500, blank=True)
    operator = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", null=True, blank=True, related_name="+")
    entered_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "过关决定"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind="SIGN") | ~Q(note=""), name="gate_withdrawn_with_reason"),
            models.CheckConstraint(condition=Q(entered_on__gte=F("decided_on")), name="gate_decided_before_entered"),
        ]

    def __str__(self) -> str:
        return f"{self.phase} {self.get_kind_display()}"


class LeadingGroup(models.Model):
    """领导小组: one group and one office at a time for a plan, with the paper that set it up (3.1a)."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", related_name="groups")
    clause = models.ForeignKey(
        Clause, models.PROTECT, verbose_name="条款", null=True, blank=True, related_name="groups"
    )
    name = models.CharField("名称", max_length=120)
    office_unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="办公室设在", related_name="+")
    document = models.CharField("成立文件", max_length=200, blank=True)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="成立文件原件", null=True, blank=True, related_name="+"
    )
    from_on = models.DateField("成立日期")
    until_on = models.DateField("撤销日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "领导小组"
        ordering = ["-from_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(until_on__isnull=True), name="group_one_of_a_plan"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="group_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('plan:campaign', args=[self.plan_id])}#group"


class GroupMember(models.Model):
    """成员: a person in the group or its office, in a role, from when until when."""

    group = models.ForeignKey(LeadingGroup, models.PROTECT, verbose_name="领导小组", related_name="members")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="+")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="代表单位", null=True, blank=True, related_name="+"
    )
    role = models.CharField("职务", max_length=16, choices=list(MEMBER_ROLES.items()))
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    void = models.BooleanField("作废（登记有误）", default=False)

    class Meta:
        verbose_name = "领导小组成员"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person", "role"], condition=Q(until_on__isnull=True), name="group_member_once"
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(until_on__isnull=True, role="HEAD"), name="group_one_head"
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(until_on__isnull=True, role="OFFICE_HEAD"), name="group_one_office_head"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="group_member_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class Responsibility(models.Model):
    """责任清单: for what one person answers in a plan: 第一责任人, 一岗双责, a unit's head, a duty's owner (3.1b)."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", related_name="responsibilities")
    clause = models.ForeignKey(
        Clause, models.PROTECT, verbose_name="条款", null=True, blank=True, related_name="responsibilities"
    )
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="责任人", related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="+")
    kind = models.CharField("责任", max_length=16, choices=list(RESPONSIBILITIES.items()))
    words = models.CharField("责任事项", max_length=300)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    void = models.BooleanField("作废（登记有误）", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "责任清单"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="responsibility_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["plan", "until_on"], name="responsibility_plan")]

    def __str__(self) -> str:
        return self.words[:40]

    def get_absolute_url(self) -> str:
        return f"{reverse('plan:responsibilities', args=[self.plan_id])}#responsibility-{self.pk}"


class ScopeExclusion(models.Model):
    """不参加单位: all units of the bureau take part in a plan but those excluded here, each with its reason (3.0)."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", related_name="exclusions")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    reason = models.CharField("不参加的理由", max_length=200)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    void = models.BooleanField("作废（登记有误）", default=False)

    class Meta:
        verbose_name = "不参加单位"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit"], condition=Q(until_on__isnull=True), name="scope_exclusion_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="scope_exclusion_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="scope_exclusion_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} 不参加"

    def get_absolute_url(self) -> str:
        return f"{reverse('plan:campaign', args=[self.plan_id])}#scope"
