"""The index: what may be looked up, and which pairs of characters it holds (ADR 0017)."""

from __future__ import annotations

from django.db import models


class Item(models.Model):
    """One searchable thing: its kind and key in the room it belongs to, its words as shown and as compared.

    Keys and bureaus are plain numbers: this room lies below those that own them. Who may see an item is asked of
    the owner (`visible_to`), never of the index.
    """

    kind = models.CharField("类别", max_length=12)
    key = models.BigIntegerField("对象编号")
    bureau = models.BigIntegerField("局编号")
    title = models.TextField("标题")
    text = models.TextField("正文", blank=True)
    head = models.TextField("比对用标题")
    folded = models.TextField("比对用全文")

    class Meta:
        verbose_name = "检索条目"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_item_once")]

    def __str__(self) -> str:
        return self.title


class Gram(models.Model):
    """双字: that an item holds a pair of neighbouring characters. The primary key is the index, and all of it.

    A pair too many only offers a candidate that the text refuses, so the database checks no reference.
    """

    pk = models.CompositePrimaryKey("gram", "item_id")
    gram = models.CharField("双字", max_length=2)
    item = models.ForeignKey(
        Item, models.PROTECT, verbose_name="检索条目", related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = "检索双字"

    def __str__(self) -> str:
        return self.gram
