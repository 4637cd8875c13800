"""清单、会议、周期事项: where several matters come from at once or again and again, and a person's saved filters."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.matters.rules import RHYTHMS, SERIES, Block, MeetingKind, Source

USER = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """会议: one sitting of a body that hands out work; the next sitting of its kind begins with what it handed out."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    kind = models.CharField("会议", max_length=12, choices=MeetingKind)
    title = models.CharField("会议名称", max_length=120)
    held_on = models.DateField("召开日期")
    chair = models.ForeignKey(USER, models.PROTECT, verbose_name="主持人", null=True, blank=True, related_name="+")
    minutes = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="会议纪要", null=True, blank=True, related_name="+"
    )
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "会议"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_reason=""), name="meeting_void_says_why")
        ]
        indexes = [models.Index(fields=["bureau", "kind", "held_on"], name="meeting_bureau_kind")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("matters:meeting", args=[self.public_id])


class TaskList(models.Model):
    """交办清单: a document, who issued it and when, and the block its matters are scored in (2.2.5.1a)."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="交办局", related_name="+")
    title = models.CharField("清单名称", max_length=200)
    source = models.CharField("来源", max_length=20, choices=Source)
    document = models.CharField("来源文件或会议", max_length=200, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name="会议", null=True, blank=True, related_name="lists"
    )
    issuer = models.ForeignKey(USER, models.PROTECT, verbose_name="交办领导", related_name="+")
    issued_on = models.DateField("交办日期")
    block = models.CharField("考评板块", max_length=20, choices=Block, blank=True)
    series = models.CharField("编号系列", max_length=20, default=SERIES)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="清单原件", null=True, blank=True, related_name="+"
    )
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    archived_on = models.DateField("归档日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "交办清单"
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["bureau", "-issued_on", "-id"], name="list_bureau")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("matters:task_list", args=[self.public_id])


class Recurrence(models.Model):
    """周期事项: work that comes again (monthly ledger, quarterly report), its date tied to working days.

    `nth` counts working days of the period: 5 is its fifth, -1 its last. It is handed out `ahead` working days
    before. A leader's one decision covers what it makes until it ends.
    """

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="交办局", related_name="+")
    title = models.CharField("事项", max_length=200)
    requirement = models.TextField("办理要求", blank=True)
    source = models.CharField("来源", max_length=20, choices=Source)
    source_title = models.CharField("来源文件或会议", max_length=200, blank=True)
    block = models.CharField("考评板块", max_length=20, choices=Block, blank=True)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="recurrences"
    )
    lead_unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="牵头单位", related_name="+")
    assist_units = models.JSONField("协办单位", default=list)
    leader = models.ForeignKey(USER, models.PROTECT, verbose_name="交办领导", related_name="+")
    verifier = models.ForeignKey(USER, models.PROTECT, verbose_name="核查人", null=True, blank=True, related_name="+")
    rhythm = models.CharField("周期", max_length=12, choices=list(RHYTHMS.items()))
    nth = models.SmallIntegerField("第几个工作日")
    ahead = models.PositiveSmallIntegerField("提前交办（工作日）", default=5)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    follows = models.OneToOneField(
        "self", models.PROTECT, verbose_name="接续的原规定", null=True, blank=True, related_name="followed_by"
    )
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", related_name="+")
    decided_on = models.DateField("决定日期")
    source_note = models.CharField("决定出处", max_length=200, blank=True)
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "周期事项"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(nth=0) & Q(nth__gte=-23, nth__lte=23), name="recurrence_nth"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="recurrence_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('matters:recurrences')}#recurrence-{self.pk}"


class SavedFilter(models.Model):
    """常用筛选: a person's own way of looking at the list, kept as the list's address."""

    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="+")
    name = models.CharField("名称", max_length=30)
    query = models.CharField("筛选条件", max_length=500)
    ended = models.BooleanField("已删除", default=False)

    class Meta:
        verbose_name = "常用筛选"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], condition=Q(ended=False), name="saved_filter_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('matters:list')}?{self.query}"
