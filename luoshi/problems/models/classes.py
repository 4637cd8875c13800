"""问题类别 and the 制度 that keep them from coming back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luoshi.problems.rules import Cure, Reform

USER = settings.AUTH_USER_MODEL


class Institution(models.Model):
    """制度: a rule of the bureau made or revised because of problems. Never deleted: `void` withdraws a slip."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    title = models.CharField("制度名称", max_length=200)
    code = models.CharField("文号", max_length=60, blank=True)
    cure = models.CharField("新建或修订", max_length=8, choices=Cure, default=Cure.NEW)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="起草单位", null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField("印发日期", null=True, blank=True)
    in_use_on = models.DateField("施行日期", null=True, blank=True)
    reform = models.CharField("四改联动", max_length=10, choices=Reform, blank=True)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="制度文件", null=True, blank=True, related_name="+"
    )
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="+"
    )
    note = models.TextField("说明", blank=True)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    void = models.BooleanField("作废", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "制度"
        ordering = ["-id"]
        indexes = [models.Index(fields=["bureau", "void", "-id"], name="institution_bureau")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("problems:institution", args=[self.public_id])


class ProblemClass(models.Model):
    """问题类别: problems with one root cause, and the decision which 制度 cures it or why none is needed."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    name = models.CharField("类别", max_length=100)
    root_cause = models.TextField("根源", blank=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="建章单位", null=True, blank=True, related_name="+"
    )
    cure = models.CharField("治本办法", max_length=8, choices=Cure, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, verbose_name="制度", null=True, blank=True, related_name="classes"
    )
    reason = models.TextField("不需要新制度的理由", blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    void = models.BooleanField("作废", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "问题类别"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "name"], condition=Q(void=False), name="problem_class_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("problems:problem_class", args=[self.public_id])
