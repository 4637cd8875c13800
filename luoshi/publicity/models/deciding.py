"""What lets an article go out: three reviews, the committee's decision on a wider scope, the stamps of a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from luoshi.publicity.models.article import Article
from luoshi.publicity.rules import Scope, Stage, Stamp

USER = settings.AUTH_USER_MODEL


class Review(models.Model):
    """审校: one person's reading of one sending, in words; the same person never passes two stages."""

    article = models.ForeignKey(Article, models.PROTECT, verbose_name="稿件", related_name="reviews")
    round = models.PositiveIntegerField("送审次数")
    stage = models.CharField("审次", max_length=8, choices=Stage)
    passed = models.BooleanField("通过")
    words = models.CharField("审校意见", max_length=300)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="审校人", related_name="+")
    on = models.DateField("审校日期")

    class Meta:
        verbose_name = "审校"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "round", "stage"], condition=Q(passed=True), name="review_stage_once"
            ),
            models.UniqueConstraint(
                fields=["article", "round", "by"], condition=Q(passed=True), name="review_by_another_person"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="review_has_words"),
        ]

    def __str__(self) -> str:
        return f"{Stage(self.stage).label} {self.by}"


class ScopeDecision(models.Model):
    """公开决定: the Party committee lets an article go further than the bureau's rule, or lets it name people."""

    article = models.ForeignKey(Article, models.PROTECT, verbose_name="稿件", related_name="decisions")
    scope = models.CharField("公开范围", max_length=8, choices=Scope)
    names = models.BooleanField("列明姓名", default=False)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", related_name="+")
    decided_on = models.DateField("决定日期")
    document = models.CharField("决定文件", max_length=200)
    evidence = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="决定佐证", null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")

    class Meta:
        verbose_name = "公开决定"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(document=""), name="scope_decision_has_document")]

    def __str__(self) -> str:
        return f"{Scope(self.scope).label} {self.document}"


class CaseStamp(models.Model):
    """案例环节: 发现, 查处 or 通报 of a typical case (3.2b), each with its record and its day."""

    article = models.ForeignKey(Article, models.PROTECT, verbose_name="稿件", related_name="stamps")
    stamp = models.CharField("环节", max_length=8, choices=Stamp)
    on = models.DateField("日期")
    document = models.CharField("记录或文书", max_length=200)
    concluded = models.BooleanField("已有结论", default=False)
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="+"
    )
    evidence = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="佐证", null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "案例环节"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "stamp"], name="case_stamp_once"),
            models.CheckConstraint(condition=~Q(document=""), name="case_stamp_has_record"),
        ]

    def __str__(self) -> str:
        return f"{Stamp(self.stamp).label} {self.on}"
