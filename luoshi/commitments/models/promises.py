"""承诺: what one leader promises for one year, word by word, and everything that was said of it later."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.commitments.rules import WORDS_MOST, Outcome, ProgressKind, State

USER = settings.AUTH_USER_MODEL


class Commitment(models.Model):
    """One leader's set of promises for one year (2.2.1.4a). 职务 and 分管领域 are those of the day of publication."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="承诺人", related_name="commitments")
    year = models.PositiveIntegerField("年度")
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="commitments"
    )
    duty_title = models.CharField("职务", max_length=60, blank=True)
    field = models.CharField("分管领域", max_length=200, blank=True)
    phone = models.CharField("监督电话", max_length=40)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    opened_on = models.DateField("起草日期")
    returned = models.CharField("退回意见", max_length=300, blank=True)
    published_on = models.DateField("公示日期", null=True, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("审定日期", null=True, blank=True)
    source_note = models.CharField("审定出处", max_length=200, blank=True)
    settled_on = models.DateField("评诺日期", null=True, blank=True)
    settled_note = models.CharField("评诺方式和意见", max_length=500, blank=True)
    settled_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="评诺登记人", null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "公开承诺"
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "person", "year"], condition=~Q(state="VOID"), name="commitment_one_set_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["PUBLISHED", "SETTLED"])
                | (Q(published_on__isnull=False, decided_by__isnull=False, decided_on__isnull=False)
                   & ~Q(duty_title="") & ~Q(field="")),
                name="commitment_published_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="SETTLED") | Q(settled_on__isnull=False) & ~Q(settled_note=""),
                name="commitment_settled_says_how",
            ),
            models.CheckConstraint(condition=~Q(state="VOID") | ~Q(void_reason=""), name="commitment_void_says_why"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["bureau", "year", "state"], name="commitment_bureau_year")]

    def __str__(self) -> str:
        return f"{self.person}{self.year}年公开承诺"

    def get_absolute_url(self) -> str:
        return reverse("commitments:detail", args=[self.public_id])


class Promise(models.Model):
    """承诺事项: words, measure and date as published, never edited afterwards; `due_now_on` follows the amendments."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, verbose_name="公开承诺", related_name="promises")
    order = models.PositiveIntegerField("次序")
    words = models.CharField("承诺事项", max_length=WORDS_MOST)
    measure = models.CharField("完成标志", max_length=WORDS_MOST)
    due_on = models.DateField("完成时限")
    due_now_on = models.DateField("现定时限")
    ended_on = models.DateField("终止日期", null=True, blank=True)
    outcome = models.CharField("兑现情况", max_length=8, choices=Outcome, blank=True)
    outcome_on = models.DateField("兑现登记日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "承诺事项"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "order"], name="promise_order_once"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(measure=""), name="promise_says_what_and_how"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome_on__isnull=False), name="promise_outcome_has_its_day"
            ),
            models.CheckConstraint(condition=Q(outcome="") | Q(ended_on__isnull=True), name="promise_ended_or_kept"),
        ]
        indexes = [models.Index(fields=["due_now_on"], name="promise_due")]

    def __str__(self) -> str:
        return self.words[:60]

    def get_absolute_url(self) -> str:
        return f"{self.commitment.get_absolute_url()}#promise-{self.pk}"


class Amendment(models.Model):
    """承诺变更: the wording before and after, by whose decision and why; shown beside the original for ever.

    One that ends a promise (分管调整 and the like) leaves the new words empty.
    """

    promise = models.ForeignKey(Promise, models.PROTECT, verbose_name="承诺事项", related_name="amendments")
    number = models.PositiveIntegerField("变更次数")
    old_words = models.CharField("原承诺事项", max_length=WORDS_MOST)
    old_measure = models.CharField("原完成标志", max_length=WORDS_MOST)
    old_due_on = models.DateField("原时限")
    new_words = models.CharField("新承诺事项", max_length=WORDS_MOST, blank=True)
    new_measure = models.CharField("新完成标志", max_length=WORDS_MOST, blank=True)
    new_due_on = models.DateField("新时限", null=True, blank=True)
    ends = models.BooleanField("终止该项", default=False)
    reason = models.CharField("变更理由", max_length=300)
    on = models.DateField("变更日期")
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审定人", related_name="+")
    decided_on = models.DateField("审定日期")
    source_note = models.CharField("审定出处", max_length=200, blank=True)

    class Meta:
        verbose_name = "承诺变更"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "number"], name="amendment_number_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_says_why"),
            models.CheckConstraint(
                condition=Q(ends=True, new_words="", new_due_on__isnull=True)
                | (Q(ends=False, new_due_on__isnull=False) & ~Q(new_words="") & ~Q(new_measure="")),
                name="amendment_changes_or_ends",
            ),
            models.CheckConstraint(condition=Q(decided_on__lte=F("on")), name="amendment_decided_before_entered"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}次变更 {self.promise}"

    @property
    def moved(self) -> bool:
        """Whether the date changed."""
        return self.new_due_on is not None and self.new_due_on != self.old_due_on

    @property
    def reworded(self) -> bool:
        """Whether the words or the measure changed."""
        return not self.ends and (self.new_words, self.new_measure) != (self.old_words, self.old_measure)


class PromiseMatter(models.Model):
    """承诺关联事项: the supervised matter through which a promise is being kept."""

    promise = models.ForeignKey(Promise, models.PROTECT, verbose_name="承诺事项", related_name="links")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, verbose_name="事项", related_name="promises")
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    on = models.DateField("关联日期")
    ended_on = models.DateField("取消关联日期", null=True, blank=True)

    class Meta:
        verbose_name = "承诺关联事项"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "matter"], condition=Q(ended_on__isnull=True), name="promise_matter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise} {self.matter_id}"


class Progress(models.Model):
    """践诺记录: one line of progress, or what was said of the promise at year-end; void where mistaken."""

    promise = models.ForeignKey(Promise, models.PROTECT, verbose_name="承诺事项", related_name="progress")
    kind = models.CharField("种类", max_length=12, choices=ProgressKind, default=ProgressKind.PROGRESS)
    on = models.DateField("日期")
    words = models.CharField("情况", max_length=500)
    outcome = models.CharField("兑现情况", max_length=8, choices=Outcome, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void_reason = models.CharField("作废理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "践诺记录"
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(on__lte=F("entered_on")), name="progress_happened_before_entered"),
            models.CheckConstraint(
                condition=Q(kind="PROGRESS", outcome="") | (Q(kind="FULFILMENT") & ~Q(outcome="")),
                name="progress_fulfilment_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["promise", "-on"], name="progress_promise")]

    def __str__(self) -> str:
        return self.words[:60]


class ProgressEvidence(models.Model):
    """A file given with a line of progress."""

    progress = models.ForeignKey(Progress, models.PROTECT, verbose_name="践诺记录", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "践诺佐证"
        constraints = [models.UniqueConstraint(fields=["progress", "evidence"], name="progress_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"
