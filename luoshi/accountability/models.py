"""评优限制: one effect on one person or unit for a time, on what ground, decided by whom; lifted, never deleted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.accountability.rules import Effect, span_words

USER = settings.AUTH_USER_MODEL


class Bar(models.Model):
    """评优限制 (2.2.7.2c, 2.3.2). Its label names nobody: it stands in the trail, which administrators read."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", null=True, blank=True, related_name="bars")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="bars"
    )
    effect = models.CharField("限制内容", max_length=16, choices=Effect)
    from_on = models.DateField("起")
    until_on = models.DateField("止")
    basis = models.CharField("事由", max_length=300)
    document = models.CharField("决定文书", max_length=200)
    citation = models.CharField("依据的规定", max_length=200, blank=True)
    body = models.CharField("决定机构", max_length=60)
    decided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="决定人", null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期")
    evidence = models.ForeignKey(
        "records.Evidence", models.PROTECT, verbose_name="决定原件", null=True, blank=True, related_name="+"
    )
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    opened_on = models.DateField("登记日期")
    lifted_on = models.DateField("解除日期", null=True, blank=True)
    lift_reason = models.CharField("解除理由", max_length=300, blank=True)
    lift_decided_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="解除决定人", null=True, blank=True, related_name="+"
    )
    lift_decided_on = models.DateField("解除决定日期", null=True, blank=True)
    lift_note = models.CharField("解除出处", max_length=200, blank=True)
    lifted_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="解除登记人", null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "评优限制"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False),
                name="bar_on_one_person_or_unit",
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="bar_dates_in_order"),
            models.CheckConstraint(
                condition=Q(effect="COMMENDATION") | Q(effect="EXCELLENT", person__isnull=False) & ~Q(citation=""),
                name="bar_excellent_cites_its_rule",
            ),
            models.CheckConstraint(
                condition=~Q(effect="COMMENDATION") | Q(decided_by__isnull=False), name="bar_decided_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(document="") & ~Q(body=""), name="bar_says_its_ground"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True)
                | Q(lift_decided_by__isnull=False, lift_decided_on__isnull=False, lifted_by__isnull=False)
                & ~Q(lift_reason=""),
                name="bar_lifted_says_why",
            ),
            models.UniqueConstraint(
                fields=["person", "effect", "from_on", "until_on"], name="bar_once_a_person",
                condition=Q(lifted_on__isnull=True, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["unit", "effect", "from_on", "until_on"], name="bar_once_a_unit",
                condition=Q(lifted_on__isnull=True, unit__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["bureau", "until_on"], name="bar_bureau_until")]

    def __str__(self) -> str:
        return f"评优限制第{self.pk}号"

    def get_absolute_url(self) -> str:
        return reverse("accountability:bar", args=[self.public_id])

    @property
    def whom(self) -> str:
        """Whom it is on."""
        return str(self.person or self.unit)

    @property
    def span(self) -> str:
        """From when until when, in words."""
        return span_words(self.from_on, self.until_on)
