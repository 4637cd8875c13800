"""Append-only proof. The database itself refuses UPDATE and DELETE on Entry and Evidence (migration 0002)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class ChainHead(models.Model):
    """The last link of each bureau's chain; chain 0 belongs to the installation."""

    bureau_id = models.PositiveBigIntegerField("局编号", primary_key=True)
    seq = models.PositiveBigIntegerField("末条序号", default=0)
    mac = models.CharField("末条校验码", max_length=64, default="")

    class Meta:
        verbose_name = "留痕链头"

    def __str__(self) -> str:
        return f"{self.bureau_id}#{self.seq}"


class Entry(models.Model):
    """One act: who did what to which rows, when, on whose decision; linked to the entry before it."""

    bureau_id = models.PositiveBigIntegerField("局编号")
    seq = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    actor_id = models.PositiveBigIntegerField("操作人编号", null=True)
    actor_label = models.CharField("操作人", max_length=100)
    act = models.CharField("动作", max_length=60)
    subject_table = models.CharField("对象表", max_length=60)
    subject_pk = models.CharField("对象编号", max_length=40)
    subject_label = models.CharField("对象", max_length=200)
    body = models.TextField("正文")
    prev = models.CharField("前条校验码", max_length=64)
    mac = models.CharField("校验码", max_length=64)

    class Meta:
        verbose_name = "留痕"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "seq"], name="entry_seq_once")]
        indexes = [
            models.Index(fields=["subject_table", "subject_pk", "id"], name="entry_subject"),
            models.Index(fields=["actor_id", "id"], name="entry_actor"),
        ]

    def __str__(self) -> str:
        return f"留痕 {self.bureau_id}#{self.seq}"


class ValueKey(models.Model):
    """The key of one subject's recorded values; deleting it erases them and leaves the chain whole."""

    table = models.CharField("表", max_length=60)
    row = models.CharField("行", max_length=40)
    wrapped = models.BinaryField("加密的密钥")

    class Meta:
        verbose_name = "留痕值密钥"
        constraints = [models.UniqueConstraint(fields=["table", "row"], name="value_key_once")]

    def __str__(self) -> str:
        return f"{self.table}:{self.row}"


class EntryValue(models.Model):
    """Values before and after an act, sealed under the subject's key; the chain holds their digest."""

    entry = models.OneToOneField(Entry, models.PROTECT, verbose_name="留痕", related_name="value")
    key = models.ForeignKey(ValueKey, models.SET_NULL, verbose_name="密钥", null=True)
    sealed = models.BinaryField("加密的值")

    class Meta:
        verbose_name = "留痕值"

    def __str__(self) -> str:
        return f"{self.entry_id}"


class Evidence(models.Model):
    """A file kept byte for byte under its digest. The room that owns the subject serves it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bureau_id = models.PositiveBigIntegerField("局编号")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节数")
    name = models.CharField("文件名", max_length=255)
    kind = models.CharField("类型", max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", null=True, related_name="+")
    at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "佐证材料"

    def __str__(self) -> str:
        return self.name


class StagedUpload(models.Model):
    """A file received and safe on disk that no act has taken up yet; a conflict or a lost log-in keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    name = models.CharField("文件名", max_length=255)
    kind = models.CharField("类型", max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", null=True, related_name="+")
    at = models.DateTimeField("上传时间", db_index=True)

    class Meta:
        verbose_name = "暂存文件"

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """One sending of one form: the same key makes one record, whatever is clicked or retried."""

    actor_id = models.PositiveBigIntegerField("操作人编号", default=0)
    key = models.UUIDField("防重标识")
    digest = models.CharField("内容摘要", max_length=64)
    location = models.CharField("结果页", max_length=500, default="")
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = "表单提交"
        constraints = [models.UniqueConstraint(fields=["actor_id", "key"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.key}"


class TypedDraft(models.Model):
    """What was typed into a form whose sender had no valid session any more; given back after log-in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    path = models.CharField("页面", max_length=500)
    typed = models.JSONField("已填内容")
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = "未提交内容"

    def __str__(self) -> str:
        return self.path
