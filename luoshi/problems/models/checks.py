"""个人问题清单: one person's own list in one round, seen by him and his reviewer only."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from luoshi.problems.rules import CheckState, StyleKind

USER = settings.AUTH_USER_MODEL


class SelfCheck(models.Model):
    """个人问题清单 (2.2.3.7): its items are problems with `self_check` set; both end with another person's word."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="本人", related_name="+")
    reviewer = models.ForeignKey(USER, models.PROTECT, verbose_name="审核人", null=True, blank=True, related_name="+")
    round = models.CharField("轮次", max_length=60)
    plan = models.ForeignKey("plan.Plan", models.PROTECT, verbose_name="方案", null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=CheckState, default=CheckState.DRAFT)
    due_on = models.DateField("提交时限", null=True, blank=True)
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    accepted_on = models.DateField("通过日期", null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    returns = models.PositiveIntegerField("退回次数", default=0)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "个人问题清单"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "person", "round"], name="self_check_once"),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("person")), name="self_check_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "round", "state"], name="self_check_round"),
            models.Index(fields=["reviewer", "state"], name="self_check_reviewer"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.round}"


class SelfCheckAnswer(models.Model):
    """Of each of the six kinds: looked for and found (then there are items), or truthfully none."""

    check_list = models.ForeignKey(SelfCheck, models.PROTECT, verbose_name="个人问题清单", related_name="answers")
    kind = models.CharField("问题种类", max_length=10, choices=StyleKind)
    none = models.BooleanField("没有这类问题", default=False)

    class Meta:
        verbose_name = "查摆回答"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["check_list", "kind"], name="self_check_kind_once")]

    def __str__(self) -> str:
        return f"{self.check_list_id} {self.get_kind_display()}"
