"""个人问题清单: one person's own list in one round, seen by him and his reviewer only."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.problems.rules import Channel, CheckState, StyleKind
from luoshi.problems.rules.selfcheck import SuggestionState

USER = settings.AUTH_USER_MODEL


class SelfCheckRound(models.Model):
    """查摆轮次: one opening of personal lists by the office; its lists carry its title (`SelfCheck.round`)."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    title = models.CharField("轮次", max_length=60)
    due_on = models.DateField("提交时限")
    plan = models.ForeignKey("plan.Plan", models.PROTECT, verbose_name="方案", null=True, blank=True, related_name="+")
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="+"
    )
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="发起人", related_name="+")
    opened_on = models.DateField("发起日期")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "查摆轮次"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["bureau", "title"], name="self_check_round_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("problems:self_check_round", args=[self.public_id])


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

    def get_absolute_url(self) -> str:
        return reverse("problems:self_check", args=[self.public_id])


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


class Suggestion(models.Model):
    """问题提示: what somebody else noticed (群众提、同事帮、组织点). Who said it stands on no row."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    check_list = models.ForeignKey(SelfCheck, models.PROTECT, verbose_name="个人问题清单", related_name="suggestions")
    kind = models.CharField("问题种类", max_length=10, choices=StyleKind)
    channel = models.CharField("查摆渠道", max_length=12, choices=Channel)
    words = models.CharField("问题", max_length=200)
    given_on = models.DateField("提示日期")
    state = models.CharField("状态", max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    reason = models.CharField("不列入的理由", max_length=200, blank=True)
    item = models.OneToOneField(
        "problems.Problem", models.PROTECT, verbose_name="列为问题", null=True, blank=True, related_name="suggestion"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "问题提示"
        ordering = ["id"]

    def __str__(self) -> str:
        """What the trail prints: neither to whom nor what."""
        return "问题提示"
