"""年底工作评议: one year's review of a bureau's units, who rates in which group, the anonymous ballots, the results."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.appraisal.rules.reviews import PartKey, ReviewState
from luoshi.appraisal.rules.words import Group

USER = settings.AUTH_USER_MODEL


class Review(models.Model):
    """One year's review (2.2.4.2, 3.3b): shares set before the year or with a reason, closed, shown, approved."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    year = models.PositiveIntegerField("年度")
    title = models.CharField("评议名称", max_length=120)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="reviews"
    )
    quarters_share = models.PositiveSmallIntegerField("季度考评占比")
    evaluation_share = models.PositiveSmallIntegerField("评议得分占比")
    campaign_share = models.PositiveSmallIntegerField("专项活动占比")
    late_reason = models.CharField("年度开始后才定占比的理由", max_length=300, blank=True)
    state = models.CharField("状态", max_length=12, choices=ReviewState, default=ReviewState.DRAFT)
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    opened_on = models.DateField("登记日期")
    opens_on = models.DateField("评议开始", null=True, blank=True)
    closes_on = models.DateField("评议截止", null=True, blank=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="计算人", null=True, blank=True, related_name="+")
    closed_on = models.DateField("计算日期", null=True, blank=True)
    early_reason = models.CharField("提前截止的理由", max_length=200, blank=True)
    shown_on = models.DateField("公示日期", null=True, blank=True)
    objection_until = models.DateField("异议截止日期", null=True, blank=True)
    objection_basis = models.JSONField("异议期逐日计算", default=dict, blank=True)
    proposals = models.TextField("奖惩建议", blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("审定日期", null=True, blank=True)
    body = models.CharField("审定机构", max_length=60, blank=True)
    source_note = models.CharField("审定出处", max_length=200, blank=True)
    minutes = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="会议纪要", null=True, blank=True, related_name="+"
    )
    digest = models.CharField("结果摘要", max_length=64, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "年度评议"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year"], condition=~Q(state="VOID"), name="review_once_a_year"),
            models.CheckConstraint(
                condition=Q(quarters_share=100 - F("evaluation_share") - F("campaign_share")),
                name="review_shares_make_a_hundred",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__gte=F("opens_on")), name="review_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="APPROVED")
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(digest="") & ~Q(body=""),
                name="review_approved_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="VOID") | ~Q(void_reason=""), name="review_void_says_why"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("appraisal:review", args=[self.public_id])

    @property
    def shares(self) -> dict[str, int]:
        """The share of each part."""
        return {PartKey.QUARTERS: self.quarters_share, PartKey.EVALUATION: self.evaluation_share,
                PartKey.CAMPAIGN: self.campaign_share}  # fmt: skip


class ReviewItem(models.Model):
    """评议内容: what is asked about every unit, and its points of a hundred."""

    review = models.ForeignKey(Review, models.PROTECT, verbose_name="年度评议", related_name="items")
    order = models.PositiveSmallIntegerField("序号")
    words = models.CharField("评议内容", max_length=60)
    points = models.PositiveSmallIntegerField("分值")

    class Meta:
        verbose_name = "评议内容"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["review", "order"], name="review_item_order_once"),
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=100), name="review_item_points"),
        ]

    def __str__(self) -> str:
        return f"{self.words}（{self.points}分）"


class RaterGroup(models.Model):
    """评议组: who rates together, its weight, and how many ballots it takes to count."""

    review = models.ForeignKey(Review, models.PROTECT, verbose_name="年度评议", related_name="groups")
    order = models.PositiveSmallIntegerField("序号")
    name = models.CharField("评议组", max_length=40)
    weight = models.PositiveSmallIntegerField("权重")
    least = models.PositiveSmallIntegerField("最少有效票", default=3)

    class Meta:
        verbose_name = "评议组"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["review", "order"], name="rater_group_order_once"),
            models.UniqueConstraint(fields=["review", "name"], name="rater_group_name_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="rater_group_weight"),
            models.CheckConstraint(condition=Q(least__gte=3), name="rater_group_least"),
        ]

    def __str__(self) -> str:
        return self.name


class Rater(models.Model):
    """评议人: who has a ballot in which group, and that he sent it. What he gave is not here and leads nowhere."""

    review = models.ForeignKey(Review, models.PROTECT, verbose_name="年度评议", related_name="raters")
    group = models.ForeignKey(RaterGroup, models.PROTECT, verbose_name="评议组", related_name="raters")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="评议人", related_name="ratings")
    sent_on = models.DateField("交票日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "评议人"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="rater_once")]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("appraisal:rate", args=[self.review.public_id])


class Ballot(models.Model):
    """评议票: what somebody of a group gave one unit. No name, no day, a key without order.

    `slip` finds one's own ballots again while one may still change them; it is wiped when the review closes, and the
    rows are written anew in another order. Not a protected table: an entry would name whose act it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(RaterGroup, models.PROTECT, verbose_name="评议组", related_name="ballots")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="被评单位", related_name="+")
    slip = models.CharField("改票凭据", max_length=64, blank=True)
    marks = models.JSONField("评价", default=dict)

    class Meta:
        verbose_name = "评议票"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "unit", "slip"], condition=~Q(slip=""), name="ballot_once")
        ]

    def __str__(self) -> str:
        return "评议票"


class ReviewResult(models.Model):
    """评议结果: one unit's result with its parts as they were reckoned; frozen with the digest of its facts."""

    review = models.ForeignKey(Review, models.PROTECT, verbose_name="年度评议", related_name="results")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="+")
    group = models.CharField("排名分组", max_length=20, choices=Group)
    total = models.DecimalField("评议结果", max_digits=5, decimal_places=1, null=True, blank=True)
    rank = models.PositiveIntegerField("名次", null=True, blank=True)
    facts = models.JSONField("计算依据", default=dict)
    digest = models.CharField("事实摘要", max_length=64)
    previous_total = models.DecimalField("复核前结果", max_digits=5, decimal_places=1, null=True, blank=True)
    corrected = models.BooleanField("复核后更正", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "评议结果"
        ordering = ["group", F("rank").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "unit"], name="review_result_once"),
            models.CheckConstraint(
                condition=Q(total__isnull=True, rank__isnull=True) | Q(total__gte=0, total__lte=105, rank__gte=1),
                name="review_result_ranked_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.total if self.total is not None else '不参评'}"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:review_unit", args=[self.pk])


class YearObjection(models.Model):
    """年度异议: an objection to one point of a unit's result, or to a proposal for 优秀; answered by others."""

    result = models.ForeignKey(
        ReviewResult, models.PROTECT, verbose_name="评议结果", null=True, blank=True, related_name="objections"
    )
    nomination = models.ForeignKey(
        "appraisal.Nomination", models.PROTECT, verbose_name="优秀推荐", null=True, blank=True,
        related_name="objections",
    )  # fmt: skip
    point = models.CharField("哪一部分", max_length=12, choices=PartKey, blank=True)
    words = models.CharField("异议", max_length=500)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="提出人", related_name="+")
    on = models.DateField("提出日期")
    upheld = models.BooleanField("是否采纳", null=True, blank=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    corrected_to = models.DecimalField("更正为", max_digits=5, decimal_places=2, null=True, blank=True)
    answered_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "年度异议"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__isnull=False, nomination__isnull=True)
                | Q(result__isnull=True, nomination__isnull=False),
                name="year_objection_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(upheld__isnull=True)
                | Q(answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer=""),
                name="year_objection_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("by")), name="year_objection_by_another"
            ),
        ]

    def __str__(self) -> str:
        return "年度异议"
