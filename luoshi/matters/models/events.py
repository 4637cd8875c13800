"""事项记录: one row for each move or word, its evidence, and what was fed back and contributed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from luoshi.matters.models.matter import Matter, MatterParty
from luoshi.matters.rules import FeedbackKind

USER = settings.AUTH_USER_MODEL


class MatterEvent(models.Model):
    """One move or word in a matter's life. Who clicked (`operator`) is not always who decided (`decided_by`)."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="events")
    cycle = models.PositiveIntegerField("办理轮次")
    move = models.CharField("动作", max_length=20)
    at = models.DateTimeField("时间")
    on = models.DateField("日期")
    operator = models.ForeignKey(USER, models.PROTECT, verbose_name="操作人", null=True, related_name="+")
    standing_in_for = models.CharField("代理何人", max_length=40, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", null=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True)
    note = models.TextField("说明", blank=True)
    data = models.JSONField("数据", default=dict)
    version = models.PositiveIntegerField("办后版本")

    class Meta:
        verbose_name = "事项记录"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "on"], condition=Q(move="urge"), name="event_urge_once_a_day"),
            models.UniqueConstraint(
                fields=["matter", "on"], condition=Q(move="urge_part"), name="event_urge_part_once_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "-id"], name="event_matter"),
            models.Index(fields=["operator", "matter"], name="event_operator"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.move}"


class EventEvidence(models.Model):
    """A piece of evidence given with an event."""

    event = models.ForeignKey(MatterEvent, models.PROTECT, verbose_name="事项记录", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "事项佐证"
        constraints = [models.UniqueConstraint(fields=["event", "evidence"], name="event_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"


class Feedback(models.Model):
    """反馈: what was done, how far, what stands in the way, and (where not finished) the next date."""

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="feedbacks")
    event = models.OneToOneField(MatterEvent, models.PROTECT, verbose_name="事项记录", related_name="feedback")
    kind = models.CharField("阶段", max_length=12, choices=FeedbackKind)
    progress = models.PositiveIntegerField("进展（%）", default=0)
    done = models.TextField("办理情况")
    obstacles = models.TextField("存在问题与需协调事项", blank=True)
    next_step = models.TextField("下步计划", blank=True)
    next_on = models.DateField("下次反馈日期", null=True, blank=True)

    class Meta:
        verbose_name = "反馈"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="feedback_progress"),
            models.CheckConstraint(
                condition=Q(kind="FINAL") | Q(next_on__isnull=False), name="feedback_unfinished_names_next"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.get_kind_display()}"


class Contribution(models.Model):
    """协办反馈: what one assisting unit did; `feedback` is the lead unit's consolidated one that took it in."""

    party = models.ForeignKey(MatterParty, models.PROTECT, verbose_name="协办单位", related_name="contributions")
    event = models.OneToOneField(MatterEvent, models.PROTECT, verbose_name="事项记录", related_name="contribution")
    done = models.TextField("配合办理情况")
    finished = models.BooleanField("分工已完成", default=False)
    feedback = models.ForeignKey(
        Feedback, models.PROTECT, verbose_name="汇总于", null=True, blank=True, related_name="contributions"
    )

    class Meta:
        verbose_name = "协办反馈"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.done[:30]}"
