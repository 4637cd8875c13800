"""意见、征求意见表、成果转化: what visits and research bring home."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.activities.models.activity import Activity
from luoshi.activities.rules import ConversionKind

USER = settings.AUTH_USER_MODEL


class Opinion(models.Model):
    """意见: one thing said on a visit; some become problems of the ledger (2.2.2.2b)."""

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="活动", related_name="opinions")
    words = models.CharField("意见", max_length=300)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="所涉单位", null=True, blank=True, related_name="+"
    )
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="opinions"
    )
    sighting = models.ForeignKey(
        "problems.Sighting", models.PROTECT, verbose_name="又有人反映", null=True, blank=True, related_name="opinions"
    )
    void = models.BooleanField("作废", default=False)

    class Meta:
        verbose_name = "意见"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words[:40]


class OpinionForm(models.Model):
    """征求意见表: handed out, come back, tallied; of a visit or by itself (2.2.2.2a). `tallies` is a list of
    {"words", "count"}."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="活动", null=True, blank=True, related_name="opinion_forms"
    )
    title = models.CharField("名称", max_length=120)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="发放单位", null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField("发放日期")
    issued = models.PositiveIntegerField("发放份数", default=0)
    returned = models.PositiveIntegerField("收回份数", default=0)
    tallies = models.JSONField("意见汇总", default=list, blank=True)
    closed_on = models.DateField("汇总日期", null=True, blank=True)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "征求意见表"
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_reason=""), name="opinion_form_void_says_why"),
            models.CheckConstraint(condition=Q(returned__lte=F("issued")), name="opinion_form_returned_of_issued"),
        ]
        indexes = [models.Index(fields=["bureau", "-issued_on", "-id"], name="opinion_form_bureau")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:opinion_form", args=[self.public_id])


class Conversion(models.Model):
    """成果转化: what research or a visit was turned into (2.2.2.3c)."""

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="活动", related_name="conversions")
    kind = models.CharField("去向", max_length=12, choices=ConversionKind)
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="conversions"
    )
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="conversions"
    )
    institution = models.ForeignKey(
        "problems.Institution", models.PROTECT, verbose_name="制度", null=True, blank=True, related_name="conversions"
    )
    words = models.CharField("说明", max_length=300, blank=True)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void = models.BooleanField("作废", default=False)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "成果转化"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.words[:40]}"
