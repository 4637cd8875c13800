"""红黑榜事例: chosen by people from evidence; a black one carries cause, deadline and the way off the board."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luoshi.appraisal.models.boards import Board
from luoshi.appraisal.rules.board_life import TITLE_MOST, WHY_MOST, WORDS_MOST, CaseKind, CaseState

USER = settings.AUTH_USER_MODEL


class BoardCase(models.Model):
    """One good or bad example of a quarter. Nothing lists a unit by its rank; the choice and its words are people's.

    The room of tolerance (容错) is to come; while an application on this case is pending it may not be published.
    """

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, verbose_name="季度榜", related_name="cases")
    kind = models.CharField("红榜或黑榜", max_length=8, choices=CaseKind)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    title = models.CharField("事例名称", max_length=TITLE_MOST)
    words = models.CharField("事例内容", max_length=WORDS_MOST)
    cause = models.CharField("原因", max_length=WHY_MOST, blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    way_off = models.CharField("下榜条件", max_length=WHY_MOST, blank=True)
    state = models.CharField("状态", max_length=12, choices=CaseState, default=CaseState.PROPOSED)
    chosen_by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    chosen_on = models.DateField("提出日期")
    statement = models.CharField("当事单位陈述", max_length=WORDS_MOST, blank=True)
    stated_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="陈述登记人", null=True, blank=True, related_name="+"
    )
    stated_on = models.DateField("陈述日期", null=True, blank=True)
    off_words = models.CharField("下榜依据", max_length=WHY_MOST, blank=True)
    off_by = models.ForeignKey(USER, models.PROTECT, verbose_name="下榜办理人", null=True, blank=True, related_name="+")
    off_on = models.DateField("下榜日期", null=True, blank=True)
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="整改问题", null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField("未列入理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "红黑榜事例"
        ordering = ["board", "-kind", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(words=""), name="case_says_what"),
            models.CheckConstraint(
                condition=Q(kind="RED") | (~Q(cause="") & ~Q(way_off="") & Q(rectify_by__isnull=False)),
                name="case_black_has_cause_deadline_way_off",
            ),
            models.CheckConstraint(
                condition=~Q(state="OFF")
                | (Q(kind="BLACK", off_by__isnull=False, off_on__isnull=False) & ~Q(off_words="")),
                name="case_off_says_how",
            ),
            models.CheckConstraint(condition=~Q(state="VOID") | ~Q(void_reason=""), name="case_void_says_why"),
            models.CheckConstraint(
                condition=Q(statement="") | Q(stated_by__isnull=False, stated_on__isnull=False),
                name="case_statement_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="case_unit")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:case", args=[self.public_id])


class CaseLink(models.Model):
    """What a case rests on: a matter, a problem, or a remark of superiors."""

    case = models.ForeignKey(BoardCase, models.PROTECT, verbose_name="红黑榜事例", related_name="links")
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="+"
    )
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="+"
    )
    remark = models.ForeignKey(
        "appraisal.SuperiorRemark", models.PROTECT, verbose_name="上级通报", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "事例依据"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__isnull=False, problem__isnull=True, remark__isnull=True)
                | Q(matter__isnull=True, problem__isnull=False, remark__isnull=True)
                | Q(matter__isnull=True, problem__isnull=True, remark__isnull=False),
                name="case_link_to_one_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter or self.problem or self.remark}"


class CaseEvidence(models.Model):
    """A file kept with a case."""

    case = models.ForeignKey(BoardCase, models.PROTECT, verbose_name="红黑榜事例", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "事例佐证"
        constraints = [models.UniqueConstraint(fields=["case", "evidence"], name="case_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"


class BoardScope(models.Model):
    """发布范围决定: the Party committee's decision that a board may be read outside the bureau, with its paper."""

    board = models.ForeignKey(Board, models.PROTECT, verbose_name="季度榜", related_name="scopes")
    scope = models.CharField("发布范围", max_length=40)
    reason = models.CharField("理由", max_length=300)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审定人", related_name="+")
    decided_on = models.DateField("审定日期")
    body = models.CharField("审定机构", max_length=60)
    source_note = models.CharField("审定出处", max_length=200)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="决定原件", null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "发布范围决定"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(source_note=""), name="board_scope_has_its_paper")]

    def __str__(self) -> str:
        return f"{self.board} {self.scope}"
