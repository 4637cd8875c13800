"""民生实事: a batch of wished-for works, for whom, by when, what came of each and what those people say of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

USER = settings.AUTH_USER_MODEL


class LivelihoodBatch(models.Model):
    """一批民生实事 (2.2.2.2c): done when every one of its items is done and its beneficiaries were heard."""

    public_id = models.UUIDField("外部标识", default=uuid.uuid4, unique=True, editable=False)
    bureau = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="局", related_name="+")
    year = models.PositiveIntegerField("年度")
    title = models.CharField("清单名称", max_length=120)
    document = models.CharField("确定依据", max_length=200, blank=True)
    clause = models.ForeignKey(
        "plan.Clause", models.PROTECT, verbose_name="依据条款", null=True, blank=True, related_name="livelihood"
    )
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")
    opened_on = models.DateField("登记日期")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "民生实事清单"
        ordering = ["-year", "-id"]
        constraints = [models.UniqueConstraint(fields=["bureau", "year", "title"], name="batch_title_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commitments:batch", args=[self.public_id])


class LivelihoodItem(models.Model):
    """实事: one work of a batch with its beneficiaries, its unit and leader, its result and their feedback."""

    batch = models.ForeignKey(LivelihoodBatch, models.PROTECT, verbose_name="民生实事清单", related_name="items")
    order = models.PositiveIntegerField("序号")
    name = models.CharField("实事", max_length=120)
    beneficiaries = models.CharField("受益对象", max_length=120)
    people = models.PositiveIntegerField("受益人数", null=True, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name="责任单位", related_name="+")
    leader = models.ForeignKey(USER, models.PROTECT, verbose_name="责任领导", related_name="+")
    due_on = models.DateField("完成时限")
    matter = models.ForeignKey(
        "matters.Matter", models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="livelihood"
    )
    result = models.CharField("完成情况", max_length=500, blank=True)
    feedback = models.CharField("群众反馈", max_length=500, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", null=True, blank=True, related_name="+")
    void_reason = models.CharField("取消理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "民生实事"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="livelihood_order_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True)
                | (Q(done_by__isnull=False, void_reason="") & ~Q(result="") & ~Q(feedback="")),
                name="livelihood_done_was_heard",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="livelihood_due")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.batch.get_absolute_url()}#item-{self.pk}"
