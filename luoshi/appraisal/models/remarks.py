"""上级通报: what a superior body said of a unit, praise or criticism, with its document. Never deleted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.appraisal.rules.remarking import WORDS_MOST, RemarkKind

USER = settings.AUTH_USER_MODEL


class SuperiorRemark(models.Model):
    """One remark on one unit; the day is that of the document. A mistake is voided with its reason and stays."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="单位", related_name="superior_remarks")
    kind = models.CharField("种类", max_length=12, choices=RemarkKind)
    issuer = models.CharField("通报单位", max_length=80)
    document = models.CharField("通报文件", max_length=160)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("通报日期")
    words = models.CharField("通报内容", max_length=WORDS_MOST)
    matter = models.ForeignKey(
        "matters.Matter",
        models.PROTECT,
        verbose_name="有关事项",
        null=True,
        blank=True,
        related_name="superior_remarks",
    )
    source_note = models.CharField("出处", max_length=200, blank=True)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    voided_by = models.ForeignKey(USER, models.PROTECT, verbose_name="作废人", null=True, blank=True, related_name="+")
    voided_on = models.DateField("作废日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "上级通报"
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(issued_on__lte=F("entered_on")), name="remark_issued_before_entered"),
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(document="") & ~Q(words=""), name="remark_says_who_where_what"
            ),
            models.CheckConstraint(
                condition=Q(void_reason="", voided_on__isnull=True) | (~Q(void_reason="") & Q(voided_on__isnull=False)),
                name="remark_void_says_why",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "issued_on"], name="remark_bureau_day")]

    def __str__(self) -> str:
        return f"{self.issuer}{self.get_kind_display()}{self.unit}"

    def get_absolute_url(self) -> str:
        return f"{reverse('appraisal:remarks')}#remark-{self.pk}"


class RemarkEvidence(models.Model):
    """The document itself, kept with the remark."""

    remark = models.ForeignKey(SuperiorRemark, models.PROTECT, verbose_name="上级通报", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "上级通报原件"
        constraints = [models.UniqueConstraint(fields=["remark", "evidence"], name="remark_evidence_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"
