"""方案的文字: the plan, its texts verbatim, the clauses with their lineage, the duties confirmed one by one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.plan.rules import STATES


class Plan(models.Model):
    """实施方案: one plan of one bureau; its text lives in versions."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="plans")
    title = models.CharField("标题", max_length=200)
    short_name = models.CharField("简称", max_length=40)
    issued_by = models.CharField("制发机关", max_length=100, blank=True)
    document_no = models.CharField("文号", max_length=60, blank=True)
    from_on = models.DateField("实施起", null=True, blank=True)
    until_on = models.DateField("实施止", null=True, blank=True)
    follows = models.CharField("上级依据", max_length=200, blank=True)
    scope = models.CharField("适用范围", max_length=200, blank=True)
    decided_body = models.CharField("决定机关", max_length=100, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decision = models.CharField("决定会议或文件", max_length=200, blank=True)
    decision_paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="决定文件", null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField("印发日期", null=True, blank=True)
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
    basis = models.CharField("修订依据", max_length=200, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="导入人", null=True, related_name="+"
    )
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "方案文本"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
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
        return reverse("portal:clause", args=[self.pk])


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
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="责任领导", null=True, blank=True, related_name="+"
    )
    by_person = models.BooleanField("人工添加", default=False)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="沿用自", null=True, blank=True, related_name="carried_to"
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


class DutyOrigin(models.Model):
    """拆并: a duty that a person made by merging or splitting read ones keeps them as its origins (state REPLACED)."""

    duty = models.ForeignKey(Duty, models.PROTECT, verbose_name="任务", related_name="origins")
    origin = models.ForeignKey(Duty, models.PROTECT, verbose_name="原任务", related_name="became")

    class Meta:
        verbose_name = "任务拆并"
        constraints = [models.UniqueConstraint(fields=["duty", "origin"], name="duty_origin_once")]

    def __str__(self) -> str:
        return f"{self.origin_id}→{self.duty_id}"
