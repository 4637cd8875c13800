"""急难愁盼 and matters within a promise's scope: received, answered by a counted day, ended solved or explained."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.commitments.models.promises import Commitment, Promise
from luoshi.commitments.rules import ConcernKind, ConcernState, Ending

USER = settings.AUTH_USER_MODEL


class Concern(models.Model):
    """One concern (2.2.1.4b, 2.2.1.4d): the day by which it is answered keeps its rule and its arithmetic.

    The date is counted once from the day of receipt and moves only where a year's calendar is published later.
    """

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    kind = models.CharField("类别", max_length=8, choices=ConcernKind)
    title = models.CharField("事由", max_length=120)
    words = models.TextField("诉求内容", blank=True)
    from_whom = models.CharField("反映人", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=60, blank=True)
    received_on = models.DateField("收到日期")
    leader = models.ForeignKey(USER, models.PROTECT, verbose_name="责任领导", related_name="+")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="办理单位", null=True, blank=True, related_name="+"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, verbose_name="公开承诺", null=True, blank=True, related_name="concerns"
    )
    promise = models.ForeignKey(
        Promise, models.PROTECT, verbose_name="承诺事项", null=True, blank=True, related_name="concerns"
    )
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="concerns"
    )
    day0_on = models.DateField("起算日")
    answer_due_on = models.DateField("答复时限")
    rule = models.ForeignKey("plan.Rule", models.PROTECT, verbose_name="规则", null=True, blank=True, related_name="+")
    citation = models.CharField("依据", max_length=300)
    basis = models.JSONField("逐日计算", default=dict)
    provisional = models.BooleanField("暂定", default=False)
    state = models.CharField("状态", max_length=12, choices=ConcernState, default=ConcernState.WAITING)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+"
    )
    answer = models.TextField("答复内容", blank=True)
    ending = models.CharField("办理结果", max_length=12, choices=Ending, blank=True)
    measure = models.TextField("措施和结果", blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="办结人", null=True, blank=True, related_name="+")
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="concerns"
    )
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="concerns"
    )
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    opened_on = models.DateField("登记日期")
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "群众诉求"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on__lte=F("opened_on")), name="concern_received_before_entered"
            ),
            models.CheckConstraint(condition=Q(answer_due_on__gt=F("day0_on")), name="concern_due_after_day0"),
            models.CheckConstraint(
                condition=~Q(state__in=["ANSWERED", "CLOSED"])
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="concern_answered_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED")
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(ending="") & ~Q(measure="")),
                name="concern_closed_says_how",
            ),
            models.CheckConstraint(condition=~Q(state="VOID") | ~Q(void_reason=""), name="concern_void_says_why"),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "answer_due_on"], name="concern_bureau_state"),
            models.Index(fields=["leader", "state"], name="concern_leader"),
            models.Index(fields=["unit", "state"], name="concern_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commitments:concern", args=[self.public_id])
