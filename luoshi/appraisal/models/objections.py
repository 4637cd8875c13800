"""异议: one point of one unit's score that the unit contests, and the answer of somebody who did not score."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.appraisal.models.boards import Score
from luoshi.appraisal.rules.board_life import WHY_MOST, Effect, ObjectionState, PointKind

USER = settings.AUTH_USER_MODEL


class Objection(models.Model):
    """A single point: one record, or one indicator, with its ground; the answer corrects a record or keeps it."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    score = models.ForeignKey(Score, models.PROTECT, verbose_name="单位得分", related_name="objections")
    kind = models.CharField("异议对象", max_length=12, choices=PointKind)
    point = models.CharField("指标或记录", max_length=120)
    point_words = models.CharField("异议的内容", max_length=300)
    ground = models.CharField("异议理由", max_length=WHY_MOST)
    raised_by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    raised_on = models.DateField("提出日期")
    due_on = models.DateField("答复期限")
    due_basis = models.JSONField("答复期逐日计算", default=dict, blank=True)
    reviewer = models.ForeignKey(USER, models.PROTECT, verbose_name="复核人", null=True, blank=True, related_name="+")
    named_by = models.ForeignKey(USER, models.PROTECT, verbose_name="指定人", null=True, blank=True, related_name="+")
    named_on = models.DateField("指定日期", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=ObjectionState, default=ObjectionState.WAITING)
    answer = models.CharField("答复意见", max_length=WHY_MOST, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    record = models.CharField("更正的记录", max_length=120, blank=True)
    record_words = models.CharField("更正的内容", max_length=300, blank=True)
    effect = models.CharField("更正方式", max_length=12, choices=Effect, blank=True)
    applied_on = models.DateField("复算日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "得分异议"
        ordering = ["raised_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["score", "kind", "point"], condition=~Q(state="WITHDRAWN"), name="score_objection_point_once"
            ),
            models.CheckConstraint(condition=~Q(ground="") & ~Q(point=""), name="score_objection_says_what_and_why"),
            models.CheckConstraint(
                condition=~Q(state__in=["UPHELD", "REJECTED"])
                | (Q(answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer="")),
                name="score_objection_answered_with_reasons",
            ),
            models.CheckConstraint(
                condition=(Q(state="UPHELD") & ~Q(record="") & ~Q(effect=""))
                | (~Q(state="UPHELD") & Q(record="", effect="")),
                name="score_objection_upheld_corrects",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("raised_by")),
                name="score_objection_not_answered_by_its_raiser",
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "state"], name="score_objection_reviewer")]

    def __str__(self) -> str:
        return f"{self.score.unit}对“{self.point_words}”的异议"[:200]

    def get_absolute_url(self) -> str:
        return reverse("appraisal:objection", args=[self.public_id])


class ObjectionEvidence(models.Model):
    """A file given with an objection."""

    objection = models.ForeignKey(Objection, models.PROTECT, verbose_name="得分异议", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "异议佐证"
        constraints = [models.UniqueConstraint(fields=["objection", "evidence"], name="score_objection_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"
