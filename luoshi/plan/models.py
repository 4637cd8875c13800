"""A plan's text and what people made of it: clauses verbatim, duties confirmed one by one, rules that cite them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.plan.rules import SOURCES, STATES


class Plan(models.Model):
    """实施方案: one plan of one bureau; its text lives in versions."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="plans")
    title = models.CharField("标题", max_length=200)
    short_name = models.CharField("简称", max_length=40)
    issued_by = models.CharField("制发机关", max_length=100, blank=True)
    document_no = models.CharField("文号", max_length=60, blank=True)
    from_on = models.DateField("实施起", null=True, blank=True)
    until_on = models.DateField("实施止", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "方案"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.short_name or self.title

    def get_absolute_url(self) -> str:
        return reverse("plan:detail", args=[self.pk])


class PlanVersion(models.Model):
    """The text as issued, kept verbatim, with the digest of the imported file and the reader's version."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", related_name="versions")
    number = models.PositiveIntegerField("版次")
    text = models.TextField("原文")
    sha256 = models.CharField("原文摘要", max_length=64)
    reader_version = models.CharField("解析器版本", max_length=20)
    source = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="原文件", null=True, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="导入人", null=True, related_name="+"
    )
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "方案文本"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(fields=["plan", "sha256"], name="plan_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} 第{self.number}版"

    def get_absolute_url(self) -> str:
        return reverse("plan:read", args=[self.pk])


class Clause(models.Model):
    """条款: one place of the text, with its path (二/第二阶段/5/一是) and where it stands (code points)."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, verbose_name="方案文本", related_name="clauses")
    parent = models.ForeignKey("self", models.PROTECT, verbose_name="上级条款", null=True, related_name="children")
    order = models.PositiveIntegerField("次序")
    path = models.CharField("位置", max_length=200)
    marker = models.CharField("标号", max_length=40)
    title = models.CharField("标题", max_length=300, blank=True)
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    lineage = models.UUIDField("沿革标识", db_index=True)
    no_duty = models.BooleanField("无任务", default=False)

    class Meta:
        verbose_name = "条款"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "path"], name="clause_path_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="clause_span"),
        ]

    def __str__(self) -> str:
        return self.path

    def get_absolute_url(self) -> str:
        return reverse("plan:clause", args=[self.pk])


class Duty(models.Model):
    """任务: one separately checkable act read from a clause; proposed by the reader, decided by a person."""

    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name="条款", related_name="read_duties")
    order = models.PositiveIntegerField("次序")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    quote = models.TextField("原句")
    act = models.CharField("做什么", max_length=300)
    actor = models.CharField("谁来做", max_length=100, blank=True)
    output = models.CharField("成果", max_length=200, blank=True)
    slot = models.CharField("对应机制", max_length=40, blank=True)
    obligations = models.JSONField("量化要求", default=list)
    state = models.CharField(
        "状态",
        max_length=12,
        choices=list(STATES.items()),
        default="PROPOSED",
    )
    owner_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="责任单位", null=True, blank=True, related_name="+"
    )
    value = models.JSONField("参数", null=True, blank=True)
    reason = models.CharField("不是任务的理由", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="确认人", null=True, related_name="+"
    )
    decided_at = models.DateTimeField("确认时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "任务"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.act[:60]

    def get_absolute_url(self) -> str:
        return f"{reverse('plan:read', args=[self.clause.version_id])}#duty-{self.pk}"


class Rule(models.Model):
    """规则: a typed, dated parameter of one slot with the source it cites; superseded, never edited."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", null=True, blank=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name="方案", null=True, blank=True, related_name="rules")
    clause = models.ForeignKey(Clause, models.PROTECT, verbose_name="条款", null=True, blank=True, related_name="rules")
    duty = models.ForeignKey(Duty, models.PROTECT, verbose_name="任务", null=True, blank=True, related_name="rules")
    slot = models.CharField("机制", max_length=40)
    source = models.CharField(
        "来源",
        max_length=12,
        choices=[(key, label) for key, label in SOURCES.items() if key != "MATTER"],
    )
    value = models.JSONField("参数")
    citation = models.CharField("依据", max_length=300)
    number = models.PositiveIntegerField("版次", default=1)
    from_on = models.DateField("生效")
    until_on = models.DateField("失效", null=True, blank=True)
    void = models.BooleanField("当日撤回", default=False)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="依据文件", null=True, blank=True, related_name="+"
    )
    supersedes = models.ForeignKey("self", models.PROTECT, verbose_name="取代", null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="确认人", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "规则"
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="PLAN") | Q(clause__isnull=False), name="rule_of_plan_cites_clause"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="rule_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["slot", "bureau"], name="rule_slot")]

    def __str__(self) -> str:
        return f"{self.slot} 第{self.number}版"

    def get_absolute_url(self) -> str:
        return f"{reverse('plan:rules')}#slot-{self.slot}"
