"""稿件: one edition of what the bureau says of its work, and the records that it rests on."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luoshi.publicity.rules import FirstReview, Kind, Scope, State

USER = settings.AUTH_USER_MODEL
WORDS_MOST = 20_000


class Article(models.Model):
    """One edition of an article (3.2a). What was published is never edited: a correction is the next edition."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文", max_length=WORDS_MOST)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="articles"
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="撰稿单位", related_name="+")
    scope = models.CharField("公开范围", max_length=8, choices=Scope, default=Scope.INTERNAL)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="撰稿人", related_name="+")
    opened_on = models.DateField("起草日期")
    round = models.PositiveIntegerField("送审次数", default=0)
    first_review = models.CharField("一审人", max_length=8, choices=FirstReview, default=FirstReview.HEAD)
    returned = models.CharField("退回意见", max_length=300, blank=True)
    no_secrets = models.BooleanField("不涉密", default=False)
    no_burden = models.BooleanField("减负一致", default=False)
    published_on = models.DateField("发布日期", null=True, blank=True)
    published_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="发布人", null=True, blank=True, related_name="+"
    )
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    withdrawn_reason = models.CharField("撤下理由", max_length=300, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    edition = models.PositiveIntegerField("版次", default=1)
    corrects = models.ForeignKey(
        "self", models.PROTECT, verbose_name="更正的稿件", null=True, blank=True, related_name="corrections"
    )
    correction = models.CharField("更正说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "稿件"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="article_says_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["PUBLISHED", "REPLACED", "WITHDRAWN"])
                | Q(published_on__isnull=False, published_by__isnull=False, no_secrets=True, no_burden=True),
                name="article_published_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="WITHDRAWN") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="article_withdrawn_says_why",
            ),
            models.CheckConstraint(condition=~Q(state="VOID") | ~Q(void_reason=""), name="article_void_says_why"),
            models.CheckConstraint(
                condition=Q(edition=1, corrects__isnull=True)
                | (Q(edition__gt=1, corrects__isnull=False) & ~Q(correction="")),
                name="article_edition_says_why",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=~Q(state="VOID"), name="article_one_correction_at_once"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "-published_on", "-id"], name="article_bureau_state"),
            models.Index(fields=["bureau", "kind", "published_on"], name="article_bureau_kind"),
            models.Index(fields=["scope", "state", "-published_on", "-id"], name="article_public"),
            models.Index(fields=["unit", "state"], name="article_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publicity:post", args=[self.public_id])


SOURCES = ("matter", "problem", "institution", "lesson", "board", "case", "commendation")
"""What an article may be drawn from, by the words of an address."""


def one_of(names: Sequence[str]) -> Q:
    """Exactly one of these columns is filled."""
    found = Q()
    for filled in names:
        found |= Q(**{f"{name}__isnull": name != filled for name in names})
    return found


class ArticleSource(models.Model):
    """稿件来源: one record that an article is drawn from."""

    article = models.ForeignKey(Article, models.PROTECT, verbose_name="稿件", related_name="sources")
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="+"
    )
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        "problems.Institution", models.PROTECT, verbose_name="制度", null=True, blank=True, related_name="+"
    )
    lesson = models.ForeignKey(
        "activities.Lesson", models.PROTECT, verbose_name="借鉴、建议", null=True, blank=True, related_name="+"
    )
    board = models.ForeignKey(
        "appraisal.Board", models.PROTECT, verbose_name="季度榜", null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        "appraisal.BoardCase", models.PROTECT, verbose_name="红黑榜事例", null=True, blank=True, related_name="+"
    )
    commendation = models.ForeignKey(
        "cadres.Commendation", models.PROTECT, verbose_name="表扬奖励", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "稿件来源"
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=one_of(SOURCES), name="article_source_is_one")]

    def __str__(self) -> str:
        return f"{self.article}#{self.pk}"
