"""总结: its chapters, and the figures in it with where each comes from."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.outcomes.rules import SummaryKind, SummaryState

USER = settings.AUTH_USER_MODEL


class Summary(models.Model):
    """One summary of one plan over some days (2.3.1a). Once issued it is never edited: an edition follows it.

    `figures` maps a figure's name to what it says and where it opens: {label: {"key", "words", "number", "means",
    "clause", "digest"}}; frozen with the issue.
    """

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    plan = models.ForeignKey("plan.Plan", models.PROTECT, verbose_name="方案", related_name="summaries")
    kind = models.CharField("种类", max_length=8, choices=SummaryKind)
    edition = models.PositiveIntegerField("版次", default=1)
    corrects = models.ForeignKey(
        "self", models.PROTECT, verbose_name="更正哪一版", null=True, blank=True, related_name="corrections"
    )
    why = models.CharField("更正理由", max_length=300, blank=True)
    title = models.CharField("标题", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止")
    state = models.CharField("状态", max_length=12, choices=SummaryState, default=SummaryState.DRAFT)
    figures = models.JSONField("数字和出处", default=dict)
    drawn_on = models.DateField("取数日期")
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="起草人", related_name="+")
    opened_on = models.DateField("起草日期")
    returned = models.CharField("退回意见", max_length=300, blank=True)
    submitted_on = models.DateField("送审日期", null=True, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="审定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("审定日期", null=True, blank=True)
    source_note = models.CharField("审定出处", max_length=200, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    issued_by = models.ForeignKey(USER, models.PROTECT, verbose_name="印发人", null=True, blank=True, related_name="+")
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="印发文件", null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "总结"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=Q(state__in=["DRAFT", "SUBMITTED"]), name="summary_one_in_hand"
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "until", "edition"], condition=~Q(state="VOID"), name="summary_edition_once"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="summary_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state="ISSUED")
                | Q(issued_on__isnull=False, decided_by__isnull=False, decided_on__isnull=False, paper__isnull=False),
                name="summary_issued_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="VOID") | ~Q(void_reason=""), name="summary_void_says_why"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="summary_corrects_says_why"),
        ]
        indexes = [models.Index(fields=["bureau", "state", "-id"], name="summary_bureau")]

    def __str__(self) -> str:
        return self.title if self.edition == 1 else f"{self.title}（第{self.edition}版）"

    def get_absolute_url(self) -> str:
        return reverse("outcomes:summary", args=[self.public_id])


class SummarySection(models.Model):
    """One chapter: the text as it stands and as it was last drafted, so that an edited one is known as such."""

    summary = models.ForeignKey(Summary, models.PROTECT, verbose_name="总结", related_name="sections")
    key = models.CharField("章节", max_length=12)
    order = models.PositiveIntegerField("次序")
    heading = models.CharField("标题", max_length=60)
    text = models.TextField("正文", blank=True)
    drafted = models.TextField("自动起草的正文", blank=True)
    edited_by = models.ForeignKey(USER, models.PROTECT, verbose_name="修改人", null=True, blank=True, related_name="+")
    edited_on = models.DateField("修改日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "总结章节"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["summary", "key"], name="summary_section_once")]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return f"{self.summary.get_absolute_url()}#{self.key}"

    @property
    def edited(self) -> bool:
        """Whether somebody changed what was drafted."""
        return self.text != self.drafted
