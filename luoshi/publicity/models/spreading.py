"""Where an article went: media that ran it, units that took it up; and a quarter in which there was nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luoshi.publicity.models.article import Article

USER = settings.AUTH_USER_MODEL


class Outlet(models.Model):
    """刊发: a medium outside that ran the article, and when. Nothing counts readers, forwards or likes."""

    article = models.ForeignKey(Article, models.PROTECT, verbose_name="稿件", related_name="outlets")
    medium = models.CharField("媒体", max_length=60)
    on = models.DateField("刊发日期")
    link = models.CharField("网址", max_length=300, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "刊发"
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=~Q(medium=""), name="outlet_names_medium")]

    def __str__(self) -> str:
        return f"{self.medium} {self.on}"


class Adoption(models.Model):
    """推广应用: a unit elsewhere uses what an experience tells of (3.2c), since when, in which words."""

    article = models.ForeignKey(Article, models.PROTECT, verbose_name="稿件", related_name="adoptions")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="应用单位", related_name="+")
    on = models.DateField("应用日期")
    words = models.CharField("怎样用的", max_length=300)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "推广应用"
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "unit"], condition=Q(void_reason=""), name="adoption_once_a_unit"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="adoption_says_how"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"


class EmptyQuarter(models.Model):
    """本季度无经验材料: said by the office, so that nobody has to invent one; a later article takes it back."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    year = models.PositiveIntegerField("年度")
    quarter = models.PositiveIntegerField("季度")
    words = models.CharField("说明", max_length=300)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    on = models.DateField("登记日期")
    void = models.BooleanField("已有材料", default=False)

    class Meta:
        verbose_name = "本季度无经验材料"
        ordering = ["-year", "-quarter", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "year", "quarter"], condition=Q(void=False), name="empty_quarter_once"
            ),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="empty_quarter_is_one_of_four"),
            models.CheckConstraint(condition=~Q(words=""), name="empty_quarter_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年第{self.quarter}季度"

    def get_absolute_url(self) -> str:
        return f"{reverse('publicity:experiences')}?year={self.year}&quarter={self.quarter}"
