"""跟踪考察: facts that the person reads and answers, and, apart from them, what the examiners say in confidence.

What these rows print of themselves (`__str__`) goes into the trail: it names no fact and no opinion.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luoshi.cadres.models.posting import Posting
from luoshi.cadres.rules import BODY, LONG_MOST, WORDS_MOST, AnswerState, FollowState, Level, Outcome, RecState

USER = settings.AUTH_USER_MODEL


class FollowUp(models.Model):
    """One follow-up of a posting (2.2.5.5b): when and why then, and the facts of its period with their digest."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    posting = models.ForeignKey(Posting, models.PROTECT, verbose_name="一线锻炼", related_name="follow_ups")
    number = models.PositiveIntegerField("考察次数")
    due_on = models.DateField("考察时间")
    basis = models.JSONField("时间的由来", default=dict)
    provisional = models.BooleanField("暂定", default=False)
    period_from = models.DateField("考察期起")
    period_until = models.DateField("考察期止")
    state = models.CharField("状态", max_length=12, choices=FollowState, default=FollowState.PLANNED)
    facts = models.JSONField("事实", default=list, blank=True)
    digest = models.CharField("事实摘要", max_length=64, blank=True)
    drawn_by = models.ForeignKey(USER, models.PROTECT, verbose_name="抽取人", null=True, blank=True, related_name="+")
    drawn_on = models.DateField("抽取日期", null=True, blank=True)
    read_on = models.DateField("核对日期", null=True, blank=True)
    served_note = models.CharField("书面送达情况", max_length=WORDS_MOST, blank=True)
    reported_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="报告人", null=True, blank=True, related_name="+"
    )
    reported_on = models.DateField("报告日期", null=True, blank=True)
    reported_to = models.CharField("报告给", max_length=60, default=BODY, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "跟踪考察"
        ordering = ["posting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "number"], name="follow_up_number_once"),
            models.CheckConstraint(
                condition=Q(state="PLANNED") | (Q(drawn_on__isnull=False) & ~Q(digest="")), name="follow_up_drawn_whole"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["PLANNED", "DRAWN"]) | Q(read_on__isnull=False), name="follow_up_was_read"
            ),
            models.CheckConstraint(
                condition=~Q(state="REPORTED") | Q(reported_on__isnull=False, reported_by__isnull=False),
                name="follow_up_report_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="follow_up_state_due")]

    def __str__(self) -> str:
        return f"第{self.number}次跟踪考察"

    def get_absolute_url(self) -> str:
        return reverse("cadres:follow_up", args=[self.public_id])


class FactAnswer(models.Model):
    """本人意见 on one fact, once; where it is upheld the correction stands beside the fact, which stays as drawn."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, verbose_name="跟踪考察", related_name="answers")
    key = models.CharField("所指事实", max_length=40)
    words = models.CharField("本人意见", max_length=WORDS_MOST)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    on = models.DateField("提出日期")
    state = models.CharField("状态", max_length=12, choices=AnswerState, default=AnswerState.OPEN)
    answer = models.CharField("核实情况", max_length=WORDS_MOST, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="核实人", null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("核实日期", null=True, blank=True)

    class Meta:
        verbose_name = "对事实的意见"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "key"], name="fact_answered_once"),
            models.CheckConstraint(
                condition=Q(state="OPEN")
                | (Q(answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer="")),
                name="fact_answer_was_checked",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"对第{self.follow_up.number}次考察事实的意见"


class Examiner(models.Model):
    """考察人: at least two, none of them the person examined."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, verbose_name="跟踪考察", related_name="examiners")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="考察人", related_name="+")

    class Meta:
        verbose_name = "考察人"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["follow_up", "person"], name="examiner_once")]

    def __str__(self) -> str:
        return "考察人"


class Examination(models.Model):
    """考察意见, in confidence: read by 主要领导, 局办公室 and the examiners only, never by the person or his mentor."""

    follow_up = models.OneToOneField(FollowUp, models.PROTECT, verbose_name="跟踪考察", related_name="examination")
    opinion = models.TextField("考察意见", max_length=LONG_MOST)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    on = models.DateField("考察日期")

    class Meta:
        verbose_name = "考察意见"

    def __str__(self) -> str:
        return "考察意见（保密）"


class Recommendation(models.Model):
    """推荐使用: proposed in words with its evidence, decided by the body in power; confidential as the opinions are."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    posting = models.ForeignKey(Posting, models.PROTECT, verbose_name="一线锻炼", related_name="recommendations")
    level = models.CharField("权限", max_length=12, choices=Level)
    words = models.CharField("推荐意见", max_length=WORDS_MOST)
    reasons = models.TextField("推荐理由", max_length=LONG_MOST)
    hint = models.CharField("提示", max_length=WORDS_MOST, blank=True)
    state = models.CharField("状态", max_length=12, choices=RecState, default=RecState.PROPOSED)
    proposed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    proposed_on = models.DateField("提出日期")
    outcome = models.CharField("研究结果", max_length=12, choices=Outcome, blank=True)
    body = models.CharField("决定机构", max_length=60, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="主持人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    source_note = models.CharField("决定出处", max_length=200, blank=True)
    said = models.CharField("研究意见", max_length=WORDS_MOST, blank=True)
    void_reason = models.CharField("撤回理由", max_length=WORDS_MOST, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "推荐使用"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["posting"], condition=Q(state="PROPOSED"), name="recommendation_one_open"),
            models.CheckConstraint(
                condition=~Q(state="DECIDED")
                | (Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(outcome="") & ~Q(source_note="")),
                name="recommendation_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="WITHDRAWN") | ~Q(void_reason=""), name="recommendation_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return "推荐使用（保密）"

    def get_absolute_url(self) -> str:
        return reverse("cadres:recommendation", args=[self.public_id])
