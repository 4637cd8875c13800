"""个人年度材料, 优秀名额 and 推荐: evidence for the body that decides, places that cannot be exceeded."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.appraisal.rules.materials import MaterialState
from luoshi.appraisal.rules.pools import MOST, USUAL, NominationState, PoolState
from luoshi.org.rules import PersonnelType

USER = settings.AUTH_USER_MODEL


class YearMaterial(models.Model):
    """One person's material of one year (3.3b): facts drawn from the work done, frozen; the person answers them."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="year_materials")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="所在单位", related_name="+")
    year = models.PositiveIntegerField("年度")
    personnel_type = models.CharField("人员类别", max_length=20, choices=PersonnelType)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="+"
    )
    facts = models.JSONField("事实", default=list)
    bars = models.JSONField("评优限制的有无", default=list, blank=True)
    digest = models.CharField("事实摘要", max_length=64)
    state = models.CharField("状态", max_length=12, choices=MaterialState, default=MaterialState.DRAWN)
    drawn_by = models.ForeignKey(USER, models.PROTECT, verbose_name="提取人", related_name="+")
    drawn_on = models.DateField("提取日期")
    shown_on = models.DateField("送核日期", null=True, blank=True)
    answer_until = models.DateField("核对截止日期", null=True, blank=True)
    statement = models.CharField("本人说明", max_length=800, blank=True)
    answered_on = models.DateField("核对日期", null=True, blank=True)
    handed_in_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="报送人", null=True, blank=True, related_name="+"
    )
    handed_in_on = models.DateField("报送日期", null=True, blank=True)
    handed_to = models.CharField("报送给", max_length=60, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "个人年度材料"
        ordering = ["unit__rank", "person__pinyin", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "person", "year"], name="material_once_a_year"),
            models.CheckConstraint(
                condition=~Q(state="HANDED_IN")
                | Q(handed_in_on__isnull=False, handed_in_by__isnull=False) & ~Q(handed_to=""),
                name="material_handed_in_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "year", "state"], name="material_bureau_year")]

    def __str__(self) -> str:
        return f"{self.person}{self.year}年度材料"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:material", args=[self.public_id])


class MaterialAnswer(models.Model):
    """本人意见: what the person says to one kind of fact, and what the office replies."""

    material = models.ForeignKey(YearMaterial, models.PROTECT, verbose_name="个人年度材料", related_name="answers")
    key = models.CharField("哪项事实", max_length=12)
    words = models.CharField("意见", max_length=500)
    on = models.DateField("提出日期")
    reply = models.CharField("答复", max_length=500, blank=True)
    replied_by = models.ForeignKey(USER, models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+")
    replied_on = models.DateField("答复日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "本人意见"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply="") | Q(replied_by__isnull=False, replied_on__isnull=False),
                name="material_answer_replied_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.material_id} {self.key}"


class Pool(models.Model):
    """优秀名额: one kind of personnel, how many take part, the share, the places, and who decided (2.3.2)."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    year = models.PositiveIntegerField("年度")
    personnel_type = models.CharField("人员类别", max_length=20, choices=PersonnelType)
    counted = models.PositiveIntegerField("按任职算出的人数")
    counted_on = models.DateField("按哪天的任职")
    eligible = models.PositiveIntegerField("应参加考核人数")
    eligible_reason = models.CharField("人数调整理由", max_length=300, blank=True)
    percent = models.PositiveSmallIntegerField("优秀比例", default=USUAL)
    consent = models.CharField("提高比例的书面同意", max_length=200, blank=True)
    rounding = models.CharField("取整办法", max_length=12)
    rounding_source = models.CharField("取整依据", max_length=200, blank=True)
    places = models.PositiveSmallIntegerField("名额")
    places_words = models.CharField("名额怎么算的", max_length=200)
    state = models.CharField("状态", max_length=12, choices=PoolState, default=PoolState.OPEN)
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    opened_on = models.DateField("登记日期")
    shown_on = models.DateField("公示日期", null=True, blank=True)
    objection_until = models.DateField("公示截止日期", null=True, blank=True)
    objection_basis = models.JSONField("公示期逐日计算", default=dict, blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    body = models.CharField("决定机构", max_length=60, blank=True)
    source_note = models.CharField("决定出处", max_length=200, blank=True)
    minutes = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="会议纪要", null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "优秀名额"
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year", "personnel_type"], name="pool_once_a_year"),
            models.CheckConstraint(condition=~Q(personnel_type="LEADERSHIP"), name="pool_not_for_leadership"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=USUAL) | Q(percent__lte=MOST) & ~Q(consent=""),
                name="pool_share_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(eligible=F("counted")) | ~Q(eligible_reason=""), name="pool_changed_with_reason"
            ),
            models.CheckConstraint(condition=Q(eligible__gte=F("places") * 4), name="pool_never_more_than_a_quarter"),
            models.CheckConstraint(
                condition=~Q(state="DECIDED") | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(body=""),
                name="pool_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_personnel_type_display()}优秀名额"

    def get_absolute_url(self) -> str:
        return reverse("appraisal:pool", args=[self.public_id])


class Nomination(models.Model):
    """优秀推荐: one person put forward by people, on what evidence; decided by the body, told to the person."""

    pool = models.ForeignKey(Pool, models.PROTECT, verbose_name="优秀名额", related_name="nominations")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="所在单位", related_name="+")
    material = models.ForeignKey(
        YearMaterial, models.PROTECT, verbose_name="个人年度材料", null=True, blank=True, related_name="nominations"
    )
    reasons = models.CharField("推荐理由", max_length=500)
    proposed_by = models.ForeignKey(USER, models.PROTECT, verbose_name="推荐人", related_name="+")
    proposed_on = models.DateField("推荐日期")
    state = models.CharField("状态", max_length=12, choices=NominationState, default=NominationState.PROPOSED)
    withdraw_reason = models.CharField("撤回理由", max_length=200, blank=True)
    told_on = models.DateField("书面告知日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "优秀推荐"
        ordering = ["unit__rank", "person__pinyin", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "person"], condition=~Q(state="WITHDRAWN"), name="nomination_once"),
            models.CheckConstraint(
                condition=~Q(state="WITHDRAWN") | ~Q(withdraw_reason=""), name="nomination_withdrawn_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["EXCELLENT", "NOT"]) | Q(told_on__isnull=False), name="nomination_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.pool}"

    def get_absolute_url(self) -> str:
        return f"{self.pool.get_absolute_url()}#nomination-{self.pk}"
