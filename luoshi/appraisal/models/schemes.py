"""考评办法: what is counted and with which weight, decided before the quarter it applies to; its rehearsals."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.words import Peers, SchemeState, TieRule
from luoshi.matters.rules import Block

USER = settings.AUTH_USER_MODEL
QUARTERS = [(1, "第一季度"), (2, "第二季度"), (3, "第三季度"), (4, "第四季度")]


class Scheme(models.Model):
    """One edition of a bureau's scheme (2.2.5.4a): drafted, rehearsed, adopted, from then on never changed.

    It applies from one quarter on until a later edition takes over; `frozen_on` is the first day of that quarter.
    """

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    plan = models.ForeignKey(
        "plan.Plan", models.PROTECT, verbose_name="方案", null=True, blank=True, related_name="schemes"
    )
    title = models.CharField("办法名称", max_length=120)
    edition = models.PositiveIntegerField("版次", default=1)
    follows = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上一版", null=True, blank=True, related_name="followed_by"
    )
    from_year = models.PositiveIntegerField("起用年度")
    from_quarter = models.PositiveSmallIntegerField("起用季度", choices=QUARTERS)
    until_year = models.PositiveIntegerField("止用年度", null=True, blank=True)
    until_quarter = models.PositiveSmallIntegerField("止用季度", choices=QUARTERS, null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=SchemeState, default=SchemeState.DRAFT)
    weights_source = models.CharField("板块权重依据", max_length=300, blank=True)
    peers = models.CharField("排名分组", max_length=12, choices=Peers, default=Peers.BY_KIND)
    peers_source = models.CharField("排名分组依据", max_length=300, blank=True)
    tie_rule = models.CharField("得分相同怎么排", max_length=16, choices=TieRule, default=TieRule.SHARED)
    min_sample = models.PositiveSmallIntegerField("最少件数", default=2)
    grace_days = models.PositiveSmallIntegerField("季末核查宽限日", default=10)
    bonus_cap = models.DecimalField("加分上限", max_digits=3, decimal_places=1, default=5)
    praise_points = models.DecimalField("每次表扬加分", max_digits=3, decimal_places=1, default=1)
    criticism_points = models.DecimalField("每次批评扣分", max_digits=3, decimal_places=1, default=2)
    note = models.CharField("说明", max_length=300, blank=True)
    drafted_by = models.ForeignKey(USER, models.PROTECT, verbose_name="起草人", related_name="+")
    drafted_on = models.DateField("起草日期")
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("审定日期", null=True, blank=True)
    body = models.CharField("审定机构", max_length=60, blank=True)
    source_note = models.CharField("审定出处", max_length=200, blank=True)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="审定文件", null=True, blank=True, related_name="+"
    )
    late_reason = models.CharField("季度已开始才采用的理由", max_length=300, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    frozen_on = models.DateField("固定日期", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "考评办法"
        ordering = ["-from_year", "-from_quarter", "-edition", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "edition"], name="scheme_edition_once"),
            models.CheckConstraint(condition=Q(from_quarter__gte=1, from_quarter__lte=4), name="scheme_from_quarter"),
            models.CheckConstraint(condition=Q(bonus_cap__gte=0, bonus_cap__lte=5), name="scheme_bonus_capped"),
            models.CheckConstraint(
                condition=~Q(state__in=["ADOPTED", "SUPERSEDED"])
                | Q(
                    decided_by__isnull=False, decided_on__isnull=False, published_on__isnull=False,
                    frozen_on__isnull=False,
                ),
                name="scheme_adopted_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(until_year__isnull=True)
                | Q(until_year__gt=F("from_year"))
                | Q(until_year=F("from_year"), until_quarter__gte=F("from_quarter")),
                name="scheme_quarters_in_order",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["bureau", "state"], name="scheme_bureau")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.edition}版）"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:scheme", args=[self.public_id])

    @property
    def since(self) -> Quarter:
        """The first quarter it applies to."""
        return Quarter(self.from_year, self.from_quarter)

    @property
    def until(self) -> Quarter | None:
        """The last quarter it applies to; None while nothing has taken over."""
        return Quarter(self.until_year, self.until_quarter or 4) if self.until_year else None


class SchemeBlock(models.Model):
    """One of the plan's three blocks in a scheme, with its share of a hundred."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, verbose_name="考评办法", related_name="blocks")
    block = models.CharField("考评板块", max_length=20, choices=Block)
    weight = models.PositiveSmallIntegerField("板块权重")
    order = models.PositiveSmallIntegerField("序号")

    class Meta:
        verbose_name = "考评板块权重"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "block"], name="scheme_block_once"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="scheme_block_share"),
        ]

    def __str__(self) -> str:
        return f"{self.get_block_display()} {self.weight}"


class SchemeIndicator(models.Model):
    """An indicator in one block: its key in the closed registry, its share of the block's hundred, its clause.

    `label` is the bureau's own wording, empty where the registry's stands; from and until bound it inside the scheme.
    """

    block = models.ForeignKey(SchemeBlock, models.PROTECT, verbose_name="考评板块权重", related_name="indicators")
    key = models.CharField("指标", max_length=40)
    label = models.CharField("本局名称", max_length=40, blank=True)
    weight = models.PositiveSmallIntegerField("指标权重")
    clause = models.ForeignKey("plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True,
                               related_name="+")  # fmt: skip
    from_on = models.DateField("起用日期", null=True, blank=True)
    until_on = models.DateField("止用日期", null=True, blank=True)
    order = models.PositiveSmallIntegerField("序号")

    class Meta:
        verbose_name = "考评指标"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["block", "key"], name="scheme_indicator_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="scheme_indicator_share"),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.key} {self.weight}"


class Rehearsal(models.Model):
    """试算: a scheme tried on past quarters, each run kept; units stand under 单位甲, 单位乙 …, never by name.

    Which unit is which is stored nowhere: it tests the scheme, and cannot be used to rig it.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, verbose_name="考评办法", related_name="rehearsals")
    scheme_version = models.PositiveIntegerField("办法的版本")
    quarters = models.JSONField("试算季度", default=list)
    units = models.PositiveIntegerField("单位数")
    result = models.JSONField("试算结果", default=dict)
    digest = models.CharField("结果摘要", max_length=64)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="试算人", related_name="+")
    on = models.DateField("试算日期")

    class Meta:
        verbose_name = "试算"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.scheme} 试算{self.on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:rehearsal", args=[self.pk])
