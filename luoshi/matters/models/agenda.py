"""会议过项: what a meeting said of the items that earlier meetings of its kind handed out."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from luoshi.matters.models.events import MatterEvent
from luoshi.matters.models.lists import Meeting
from luoshi.matters.models.matter import Matter
from luoshi.matters.rules import OUTCOMES

USER = settings.AUTH_USER_MODEL


class MeetingItem(models.Model):
    """过项: one matter gone through at one meeting. Where the words are a leader's, `event` is the 批示."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="会议", related_name="items")
    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="meeting_items")
    outcome = models.CharField("结果", max_length=12, choices=list(OUTCOMES.items()))
    words = models.CharField("会上说明", max_length=300, blank=True)
    event = models.ForeignKey(MatterEvent, models.PROTECT, verbose_name="批示", null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "会议过项"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "matter"], name="meeting_item_once")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.get_outcome_display()}"
