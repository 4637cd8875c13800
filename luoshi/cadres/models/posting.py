"""一线锻炼: who is sent to which front-line post, for how long, with which mentor, by whose decision."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.cadres.rules import BODY, TITLE_MOST, WORDS_MOST, PostingState, PostKind

USER = settings.AUTH_USER_MODEL


class Posting(models.Model):
    """One cadre at one front-line post (2.2.5.5a). Decided by 局党委; a record of training, never a promotion.

    The rhythm of its follow-ups is the one of the rule in force when it was decided (`months`, `citation`).
    """

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    batch = models.CharField("批次", max_length=60, blank=True)
    cadre = models.ForeignKey(USER, models.PROTECT, verbose_name="锻炼干部", related_name="postings")
    kind = models.CharField("类别", max_length=12, choices=PostKind)
    post = models.CharField("锻炼岗位", max_length=TITLE_MOST)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="锻炼单位", related_name="+")
    mentor = models.ForeignKey(USER, models.PROTECT, verbose_name="导师", null=True, blank=True, related_name="+")
    from_on = models.DateField("开始日期")
    until_on = models.DateField("结束日期")
    original_until_on = models.DateField("原定结束日期")
    aims = models.CharField("锻炼目标", max_length=WORDS_MOST)
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="要解决的问题", null=True, blank=True, related_name="+"
    )
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="postings"
    )
    state = models.CharField("状态", max_length=12, choices=PostingState, default=PostingState.PROPOSED)
    proposed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    proposed_on = models.DateField("提出日期")
    body = models.CharField("决定机构", max_length=60, default=BODY, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="主持人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    source_note = models.CharField("决定出处", max_length=200, blank=True)
    months = models.PositiveIntegerField("考察间隔（月）", null=True, blank=True)
    rule = models.ForeignKey("plan.Rule", models.PROTECT, verbose_name="规则", null=True, blank=True, related_name="+")
    citation = models.CharField("考察依据", max_length=300, blank=True)
    extend_reason = models.CharField("延长理由", max_length=WORDS_MOST, blank=True)
    ended_on = models.DateField("实际结束日期", null=True, blank=True)
    end_note = models.CharField("结束情况", max_length=WORDS_MOST, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "一线锻炼"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="posting_dates_in_order"),
            models.CheckConstraint(
                condition=Q(mentor__isnull=True) | ~Q(mentor=F("cadre")), name="posting_mentor_is_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ASSIGNED", "ENDED"])
                | Q(decided_by__isnull=False, decided_on__isnull=False, months__isnull=False),
                name="posting_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ENDED", "WITHDRAWN"]) | ~Q(end_note=""), name="posting_end_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "until_on"], name="posting_bureau_state"),
            models.Index(fields=["cadre", "state"], name="posting_cadre"),
            models.Index(fields=["unit", "state"], name="posting_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.cadre}：{self.post}"

    def get_absolute_url(self) -> str:
        return reverse("cadres:posting", args=[self.public_id])


class PostingMatter(models.Model):
    """关联事项: a supervised matter that the posting is about."""

    posting = models.ForeignKey(Posting, models.PROTECT, verbose_name="一线锻炼", related_name="links")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, verbose_name="事项", related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    on = models.DateField("登记日期")

    class Meta:
        verbose_name = "锻炼关联事项"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["posting", "matter"], name="posting_matter_once")]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.matter_id}"
