"""点评 and 改进项: what was said of a unit between boards, and the weak items that became problems of the ledger."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.appraisal.models.boards import Score
from luoshi.appraisal.models.cases import BoardCase
from luoshi.appraisal.rules.comments import TITLE_MOST, WORDS_MOST

USER = settings.AUTH_USER_MODEL


class Comment(models.Model):
    """What the office or a leader said of one unit: of an indicator of its score, of a matter, or of its work."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    words = models.CharField("点评内容", max_length=WORDS_MOST)
    said_by = models.ForeignKey(USER, models.PROTECT, verbose_name="点评人", related_name="+")
    said_on = models.DateField("点评日期")
    score = models.ForeignKey(
        Score, models.PROTECT, verbose_name="单位得分", null=True, blank=True, related_name="comments"
    )
    point = models.CharField("指标", max_length=80, blank=True)
    point_words = models.CharField("指标名称", max_length=120, blank=True)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="有关事项", null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    answer = models.CharField("单位回应", max_length=WORDS_MOST, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="回应人", null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("回应日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "点评"
        ordering = ["-said_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="comment_says_what"),
            models.CheckConstraint(condition=Q(said_on__lte=F("entered_on")), name="comment_said_before_entered"),
            models.CheckConstraint(
                condition=Q(point="") | Q(score__isnull=False, matter__isnull=True), name="comment_point_of_a_score"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_by__isnull=False, answered_on__isnull=False),
                name="comment_answer_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "-said_on"], name="comment_bureau"),
                   models.Index(fields=["unit", "-said_on"], name="comment_unit")]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.said_by}对{self.unit}的点评"

    def get_absolute_url(self) -> str:
        return f"{reverse('appraisal:comments')}?unit={self.unit_id}#comment-{self.pk}"


class Improvement(models.Model):
    """改进项: a weak item that people picked, and the problem it opened. It stands where its problem stands."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    title = models.CharField("要改进什么", max_length=TITLE_MOST)
    problem = models.OneToOneField(
        "problems.Problem", models.PROTECT, verbose_name="台账问题", related_name="improvement"
    )
    comment = models.ForeignKey(
        Comment, models.PROTECT, verbose_name="点评", null=True, blank=True, related_name="improvements"
    )
    score = models.ForeignKey(
        Score, models.PROTECT, verbose_name="单位得分", null=True, blank=True, related_name="improvements"
    )
    point = models.CharField("指标", max_length=80, blank=True)
    point_words = models.CharField("指标名称", max_length=120, blank=True)
    case = models.ForeignKey(
        BoardCase, models.PROTECT, verbose_name="红黑榜事例", null=True, blank=True, related_name="improvements"
    )
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    opened_on = models.DateField("提出日期")

    class Meta:
        verbose_name = "改进项"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, score__isnull=True, case__isnull=True, point="")
                | (Q(comment__isnull=True, score__isnull=False, case__isnull=True) & ~Q(point=""))
                | Q(comment__isnull=True, score__isnull=True, case__isnull=False, point=""),
                name="improvement_from_one_thing",
            ),
            models.UniqueConstraint(fields=["score", "point"], name="improvement_point_once"),
            models.UniqueConstraint(fields=["comment"], name="improvement_comment_once"),
            models.UniqueConstraint(fields=["case"], name="improvement_case_once"),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="improvement_unit")]

    def __str__(self) -> str:
        return f"{self.unit}：{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("problems:detail", args=[self.problem.public_id])

    @property
    def origin(self) -> str:
        """What it was picked from, in words."""
        if self.comment is not None:
            return f"{self.comment.said_by}{self.comment.said_on:%Y-%m-%d}点评"
        if self.case is not None:
            return str(self.case)
        return f"{self.score.board.quarter_of} {self.point_words}" if self.score is not None else ""
