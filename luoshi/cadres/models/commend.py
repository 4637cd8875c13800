"""表扬奖励 (2.3.2): whom, for what, on which evidence; publicised, objections answered, decided, told inside."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.cadres.models.merit import MeritEntry
from luoshi.cadres.rules import BODY, LONG_MOST, TITLE_MOST, WORDS_MOST, CommendKind, CommendState, ObjectionState

USER = settings.AUTH_USER_MODEL


class Commendation(models.Model):
    """One commendation of a person or a unit, from its proposal to its publication inside the bureau."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    kind = models.CharField("类别", max_length=12, choices=CommendKind)
    person = models.ForeignKey(
        USER, models.PROTECT, verbose_name="表扬个人", null=True, blank=True, related_name="commendations"
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="表扬单位", null=True, blank=True, related_name="commendations"
    )
    title = models.CharField("事由", max_length=TITLE_MOST)
    reasons = models.TextField("事迹", max_length=LONG_MOST)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="commendations"
    )
    state = models.CharField("状态", max_length=12, choices=CommendState, default=CommendState.PROPOSED)
    proposed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    proposed_on = models.DateField("提出日期")
    notice_from_on = models.DateField("公示起", null=True, blank=True)
    notice_until_on = models.DateField("公示止", null=True, blank=True)
    notice_basis = models.JSONField("公示期的由来", default=dict, blank=True)
    rule = models.ForeignKey("plan.Rule", models.PROTECT, verbose_name="规则", null=True, blank=True, related_name="+")
    citation = models.CharField("公示期依据", max_length=300, blank=True)
    provisional = models.BooleanField("暂定", default=False)
    body = models.CharField("决定机构", max_length=60, default=BODY, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="主持人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    source_note = models.CharField("决定出处", max_length=200, blank=True)
    said = models.CharField("决定意见", max_length=WORDS_MOST, blank=True)
    published_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="印发人", null=True, blank=True, related_name="+"
    )
    published_on = models.DateField("通报日期", null=True, blank=True)
    void_reason = models.CharField("撤回理由", max_length=WORDS_MOST, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "表扬奖励"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
                name="commendation_person_or_unit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["PROPOSED", "WITHDRAWN"])
                | Q(notice_from_on__isnull=False, notice_until_on__gt=F("notice_from_on")),
                name="commendation_was_noticed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["DECIDED", "PUBLISHED", "REFUSED"])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="commendation_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | Q(published_on__isnull=False), name="commendation_published_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="WITHDRAWN") | ~Q(void_reason=""), name="commendation_withdrawn_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "-id"], name="commendation_bureau"),
            models.Index(fields=["person", "state"], name="commendation_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit}：{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("cadres:commendation", args=[self.public_id])


class CommendationProof(models.Model):
    """凭据 of a commendation: a merit entry, a matter, a problem, or a file; nothing is typed twice."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, verbose_name="表扬奖励", related_name="proofs")
    merit = models.ForeignKey(MeritEntry, models.PROTECT, verbose_name="实绩", null=True, blank=True, related_name="+")
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="+"
    )
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="+"
    )
    evidence = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="佐证材料", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "表扬凭据"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.commendation_id} 凭据"


class CommendationObjection(models.Model):
    """公示异议: raised while the notice stands, answered before anything is decided."""

    commendation = models.ForeignKey(Commendation, models.PROTECT, verbose_name="表扬奖励", related_name="objections")
    words = models.CharField("异议内容", max_length=WORDS_MOST)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    on = models.DateField("提出日期")
    state = models.CharField("状态", max_length=12, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = models.CharField("答复", max_length=WORDS_MOST, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)

    class Meta:
        verbose_name = "公示异议"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN")
                | (Q(answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer="")),
                name="commendation_objection_answered",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"第{self.commendation_id}号公示的异议"
