"""问题记录: one row for each move or word, and the evidence given with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from luoshi.problems.models.problem import Problem

USER = settings.AUTH_USER_MODEL


class ProblemEvent(models.Model):
    """One move or word in a problem's life. Who clicked (`operator`) is not always who decided (`decided_by`)."""

    problem = models.ForeignKey(Problem, models.PROTECT, verbose_name="问题", related_name="events")
    cycle = models.PositiveIntegerField("整改轮次")
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
        verbose_name = "问题记录"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["problem", "-id"], name="problem_event_problem"),
            models.Index(fields=["operator", "problem"], name="problem_event_operator"),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.move}"


class ProblemEvidence(models.Model):
    """A piece of evidence given with an event of a problem."""

    event = models.ForeignKey(ProblemEvent, models.PROTECT, verbose_name="问题记录", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "问题佐证"
        constraints = [models.UniqueConstraint(fields=["event", "evidence"], name="problem_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"
