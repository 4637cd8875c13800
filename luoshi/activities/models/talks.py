"""谈话记录、提醒整改: what two people said to each other, for their eyes, and what is to be done of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from luoshi.activities.models.activity import Activity
from luoshi.activities.rules import FollowUpKind

USER = settings.AUTH_USER_MODEL


class TalkNote(models.Model):
    """谈话记录: confidential; the activity tells others only that the two talked and when (2.2.2.1a, b)."""

    activity = models.OneToOneField(Activity, models.PROTECT, verbose_name="活动", related_name="talk")
    talker = models.ForeignKey(USER, models.PROTECT, verbose_name="谈话人", related_name="+")
    partner = models.ForeignKey(USER, models.PROTECT, verbose_name="谈话对象", related_name="+")
    content = models.TextField("谈话内容", blank=True)
    opinions = models.TextField("意见建议", blank=True)
    demands = models.TextField("诉求", blank=True)
    talker_signed_on = models.DateField("谈话人签字日期", null=True, blank=True)
    partner_signed_on = models.DateField("谈话对象签字日期", null=True, blank=True)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="签字件", null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "谈话记录"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["talker", "id"], name="talk_talker"),
            models.Index(fields=["partner", "id"], name="talk_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.talker}与{self.partner}谈话"

    def get_absolute_url(self) -> str:
        return reverse("activities:talk", args=[self.activity.public_id])

    @property
    def both_signed(self) -> bool:
        return self.talker_signed_on is not None and self.partner_signed_on is not None


class TalkFollowUp(models.Model):
    """谈话后续: a reminder or something to put right, with its date, until it is done (2.2.2.1c)."""

    note = models.ForeignKey(TalkNote, models.PROTECT, verbose_name="谈话记录", related_name="follow_ups")
    kind = models.CharField("后续", max_length=8, choices=FollowUpKind)
    words = models.CharField("要求", max_length=300)
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="talk_follow_ups"
    )
    due_on = models.DateField("时限", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_words = models.CharField("完成情况", max_length=300, blank=True)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "谈话后续"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words[:40]
