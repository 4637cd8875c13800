"""季度榜: one quarter's scores of a bureau, each with the frozen facts it was counted from."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.appraisal.models.schemes import QUARTERS, Scheme
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.words import BoardState, Group

USER = settings.AUTH_USER_MODEL


class Board(models.Model):
    """One edition of a quarter's board; a correction after publication is edition 2 beside 1 (2.2.5.4a, b).

    `state` and `version` turn with every act; `done`, `total` and `beat_at` tell how far the computing is.
    """

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    scheme = models.ForeignKey(Scheme, models.PROTECT, verbose_name="考评办法", related_name="boards")
    year = models.PositiveIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度", choices=QUARTERS)
    edition = models.PositiveIntegerField("版次", default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, verbose_name="更正的版本", null=True, blank=True, related_name="corrected_by"
    )
    state = models.CharField("状态", max_length=12, choices=BoardState, default=BoardState.COMPUTING)
    computed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="测算人", related_name="+")
    computed_on = models.DateField("测算日期")
    cutoff_on = models.DateField("数据截止日期")
    units = models.PositiveIntegerField("参评单位数", default=0)
    unrated = models.PositiveIntegerField("不参评单位数", default=0)
    facts = models.PositiveIntegerField("计入件数", default=0)
    digest = models.CharField("测算摘要", max_length=64, blank=True)
    failure = models.CharField("未能测算的原因", max_length=300, blank=True)
    done = models.PositiveIntegerField("已测算单位", default=0)
    total = models.PositiveIntegerField("单位总数", default=0)
    beat_at = models.DateTimeField("最近进展")
    shown_on = models.DateField("公示日期", null=True, blank=True)
    objection_until = models.DateField("异议截止日期", null=True, blank=True)
    objection_basis = models.JSONField("异议期逐日计算", default=dict, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("审定日期", null=True, blank=True)
    body = models.CharField("审定机构", max_length=60, blank=True)
    minutes = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="会议纪要", null=True, blank=True, related_name="+"
    )
    source_note = models.CharField("审定出处", max_length=200, blank=True)
    none_red = models.CharField("红榜空缺说明", max_length=300, blank=True)
    none_black = models.CharField("黑榜空缺说明", max_length=300, blank=True)
    scope = models.CharField("发布范围", max_length=200, blank=True)
    published_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="发布人", null=True, blank=True, related_name="+"
    )
    published_on = models.DateField("发布日期", null=True, blank=True)
    snapshot = models.JSONField("发布时的内容", default=dict, blank=True)
    snapshot_digest = models.CharField("发布内容摘要", max_length=64, blank=True)
    correction_reason = models.CharField("更正理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "季度榜"
        ordering = ["-year", "-quarter", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "quarter", "edition"], name="board_edition_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="board_quarter"),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "PUBLISHED"])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="board_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | (Q(published_on__isnull=False) & ~Q(snapshot_digest="")),
                name="board_published_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(objection_until__isnull=True) | Q(objection_until__gte=F("shown_on")),
                name="board_objection_after_shown",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "state"], name="board_bureau")]

    def __str__(self) -> str:
        return f"{self.quarter_of}榜" + (f"（第{self.edition}版）" if self.edition > 1 else "")

    def get_absolute_url(self) -> str:
        unready = self.state in (BoardState.COMPUTING, BoardState.VOID)
        return reverse("appraisal:board_progress" if unready else "appraisal:board", args=[self.public_id])

    @property
    def quarter_of(self) -> Quarter:
        """The quarter it is about."""
        return Quarter(self.year, self.quarter)


class Score(models.Model):
    """One unit's score with its basis: counts, values, the weights used, the arithmetic in sentences (2.2.5.4a).

    `points` is None where the unit is 不参评, for the `reason`. `previous_points` and `previous_rank` are what stood
    before an objection was upheld. `blocks` is what a board's row shows; `basis` all that a hand needs to reckon it.
    """

    board = models.ForeignKey(Board, models.PROTECT, verbose_name="季度榜", related_name="scores")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    group = models.CharField("排名分组", max_length=12, choices=Group)
    points = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True, blank=True)
    raw = models.DecimalField("取整前得分", max_digits=6, decimal_places=2, null=True, blank=True)
    rank = models.PositiveIntegerField("名次", null=True, blank=True)
    reason = models.CharField("不参评原因", max_length=100, blank=True)
    blocks = models.JSONField("板块得分", default=list)
    basis = models.JSONField("计算依据", default=dict)
    digest = models.CharField("事实摘要", max_length=64)
    previous_points = models.DecimalField("复核前得分", max_digits=5, decimal_places=1, null=True, blank=True)
    previous_rank = models.PositiveIntegerField("复核前名次", null=True, blank=True)
    corrected = models.BooleanField("复核后更正", default=False)

    class Meta:
        verbose_name = "单位得分"
        ordering = ["group", F("rank").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(fields=["board", "unit"], name="score_unit_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=False, rank__isnull=False, reason="")
                | (Q(points__isnull=True, rank__isnull=True) & ~Q(reason="")),
                name="score_rated_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0, points__lte=105), name="score_within_bounds"
            ),
        ]
        indexes = [models.Index(fields=["board", "group", "rank"], name="score_board"),
                   models.Index(fields=["unit", "board"], name="score_unit")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit} {self.points if self.points is not None else '不参评'}"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:score", args=[self.pk])


class ScoreFacts(models.Model):
    """The frozen facts of one score: each record counted and what it counts as; a page of boards never loads them."""

    score = models.OneToOneField(Score, models.PROTECT, verbose_name="单位得分", related_name="frozen")
    facts = models.JSONField("计入的记录", default=list)
    digest = models.CharField("事实摘要", max_length=64)

    class Meta:
        verbose_name = "得分事实"

    def __str__(self) -> str:
        return f"{self.score_id} {self.digest[:8]}"
