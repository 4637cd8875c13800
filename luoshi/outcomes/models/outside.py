"""外部数据: a figure that the product cannot know, typed once, with the paper it comes from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luoshi.outcomes.rules import OutsideKind, average_of
from luoshi.outcomes.rules.life import OUTSIDE_UNITS

USER = settings.AUTH_USER_MODEL


class OutsideFigure(models.Model):
    """One figure of one quarter (or of before the campaign), its source and who entered it; a slip is void."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    kind = models.CharField("指标", max_length=16, choices=OutsideKind)
    period = models.CharField("季度", max_length=8)
    value = models.DecimalField("数值", max_digits=9, decimal_places=2)
    document = models.CharField("出处", max_length=200)
    paper = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="出处文件", null=True, blank=True, related_name="+"
    )
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void = models.BooleanField("作废", default=False)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "外部数据"
        ordering = ["-period", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "kind", "period"], condition=Q(void=False), name="outside_figure_once"
            ),
            models.CheckConstraint(condition=~Q(document=""), name="outside_figure_has_source"),
            models.CheckConstraint(condition=Q(value__gte=0), name="outside_figure_not_negative"),
            models.CheckConstraint(condition=Q(void=False) | ~Q(void_reason=""), name="outside_figure_void_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"

    def get_absolute_url(self) -> str:
        return f"{reverse('outcomes:outside')}#figure-{self.pk}"

    @property
    def words(self) -> str:
        """The figure with its unit."""
        return average_of(self.value, OUTSIDE_UNITS[OutsideKind(self.kind)]).words
