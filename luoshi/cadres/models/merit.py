"""实绩档案: results that one entered and another reviewed, and which evidence shows which of the abilities."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from luoshi.cadres.models.posting import Posting
from luoshi.cadres.rules import LONG_MOST, TITLE_MOST, WORDS_MOST, Ability, MeritState

USER = settings.AUTH_USER_MODEL


class MeritEntry(models.Model):
    """实绩: one dated result of a person that no other record tells (2.2.5.5b); another reviews it."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="干部", related_name="merits")
    happened_on = models.DateField("日期")
    title = models.CharField("实绩", max_length=TITLE_MOST)
    words = models.TextField("具体情况", max_length=LONG_MOST)
    basis = models.CharField("凭据", max_length=200, blank=True)
    state = models.CharField("状态", max_length=12, choices=MeritState, default=MeritState.ENTERED)
    entered_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    entered_on = models.DateField("登记日期")
    reviewed_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="审核人", null=True, blank=True, related_name="+"
    )
    reviewed_on = models.DateField("审核日期", null=True, blank=True)
    review_note = models.CharField("审核意见", max_length=WORDS_MOST, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "实绩"
        ordering = ["happened_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(happened_on__lte=F("entered_on")), name="merit_happened_before"),
            models.CheckConstraint(
                condition=~Q(state="KEPT") | Q(reviewed_by__isnull=False, reviewed_on__isnull=False),
                name="merit_kept_was_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | (~Q(reviewed_by=F("person")) & ~Q(reviewed_by=F("entered_by"))),
                name="merit_reviewed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["person", "state", "happened_on"], name="merit_person")]

    def __str__(self) -> str:
        return f"{self.person}：{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("cadres:merit", args=[self.public_id])


class MeritProof(models.Model):
    """A file given with an entry."""

    entry = models.ForeignKey(MeritEntry, models.PROTECT, verbose_name="实绩", related_name="proofs")
    evidence = models.ForeignKey("records.Evidence", models.PROTECT, verbose_name="佐证材料", related_name="+")

    class Meta:
        verbose_name = "实绩佐证"
        constraints = [models.UniqueConstraint(fields=["entry", "evidence"], name="merit_proof_once")]

    def __str__(self) -> str:
        return f"{self.evidence}"


class AbilityTag(models.Model):
    """能力佐证: one record as evidence of one of a person's abilities (1.3a); linked, never counted."""

    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    person = models.ForeignKey(USER, models.PROTECT, verbose_name="干部", related_name="ability_tags")
    ability = models.CharField("能力", max_length=12, choices=Ability)
    merit = models.ForeignKey(
        MeritEntry, models.PROTECT, verbose_name="实绩", null=True, blank=True, related_name="tags"
    )
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="+"
    )
    problem = models.ForeignKey(
        "problems.Problem", models.PROTECT, verbose_name="问题", null=True, blank=True, related_name="+"
    )
    posting = models.ForeignKey(
        Posting, models.PROTECT, verbose_name="一线锻炼", null=True, blank=True, related_name="tags"
    )
    note = models.CharField("体现在哪里", max_length=WORDS_MOST, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    on = models.DateField("登记日期")
    void_reason = models.CharField("取消理由", max_length=WORDS_MOST, blank=True)

    class Meta:
        verbose_name = "能力佐证"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merit__isnull=False, matter__isnull=True, problem__isnull=True, posting__isnull=True)
                | Q(merit__isnull=True, matter__isnull=False, problem__isnull=True, posting__isnull=True)
                | Q(merit__isnull=True, matter__isnull=True, problem__isnull=False, posting__isnull=True)
                | Q(merit__isnull=True, matter__isnull=True, problem__isnull=True, posting__isnull=False),
                name="ability_one_source",
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", "ability", one],
                    condition=Q(void_reason="") & Q(**{f"{one}__isnull": False}),
                    name=f"ability_{one}_once",
                )
                for one in ("merit", "matter", "problem", "posting")
            ),
        ]
        indexes = [models.Index(fields=["person", "ability"], name="ability_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_ability_display()}"
