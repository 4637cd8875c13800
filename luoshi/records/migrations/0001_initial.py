import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "bureau_id",
                    models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="局编号"),
                ),
                ("seq", models.PositiveBigIntegerField(default=0, verbose_name="末条序号")),
                ("mac", models.CharField(default="", max_length=64, verbose_name="末条校验码")),
            ],
            options={
                "verbose_name": "留痕链头",
            },
        ),
        migrations.CreateModel(
            name="TypedDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("path", models.CharField(max_length=500, verbose_name="页面")),
                ("typed", models.JSONField(verbose_name="已填内容")),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "未提交内容",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("bureau_id", models.PositiveBigIntegerField(verbose_name="局编号")),
                ("seq", models.PositiveBigIntegerField(verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor_id", models.PositiveBigIntegerField(null=True, verbose_name="操作人编号")),
                ("actor_label", models.CharField(max_length=100, verbose_name="操作人")),
                ("act", models.CharField(max_length=60, verbose_name="动作")),
                ("subject_table", models.CharField(max_length=60, verbose_name="对象表")),
                ("subject_pk", models.CharField(max_length=40, verbose_name="对象编号")),
                ("subject_label", models.CharField(max_length=200, verbose_name="对象")),
                ("body", models.TextField(verbose_name="正文")),
                ("prev", models.CharField(max_length=64, verbose_name="前条校验码")),
                ("mac", models.CharField(max_length=64, verbose_name="校验码")),
            ],
            options={
                "verbose_name": "留痕",
                "indexes": [
                    models.Index(fields=["subject_table", "subject_pk", "id"], name="entry_subject"),
                    models.Index(fields=["actor_id", "id"], name="entry_actor"),
                ],
                "constraints": [models.UniqueConstraint(fields=("bureau_id", "seq"), name="entry_seq_once")],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("bureau_id", models.PositiveBigIntegerField(verbose_name="局编号")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("kind", models.CharField(max_length=100, verbose_name="类型")),
                ("at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证材料",
            },
        ),
        migrations.CreateModel(
            name="StagedUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("kind", models.CharField(max_length=100, verbose_name="类型")),
                ("at", models.DateTimeField(db_index=True, verbose_name="上传时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "暂存文件",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("actor_id", models.PositiveBigIntegerField(default=0, verbose_name="操作人编号")),
                ("key", models.UUIDField(verbose_name="防重标识")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("location", models.CharField(default="", max_length=500, verbose_name="结果页")),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "表单提交",
                "constraints": [models.UniqueConstraint(fields=("actor_id", "key"), name="submission_once")],
            },
        ),
        migrations.CreateModel(
            name="ValueKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("table", models.CharField(max_length=60, verbose_name="表")),
                ("row", models.CharField(max_length=40, verbose_name="行")),
                ("wrapped", models.BinaryField(verbose_name="加密的密钥")),
            ],
            options={
                "verbose_name": "留痕值密钥",
                "constraints": [models.UniqueConstraint(fields=("table", "row"), name="value_key_once")],
            },
        ),
        migrations.CreateModel(
            name="EntryValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("sealed", models.BinaryField(verbose_name="加密的值")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="value",
                        to="records.entry",
                        verbose_name="留痕",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.valuekey",
                        verbose_name="密钥",
                    ),
                ),
            ],
            options={
                "verbose_name": "留痕值",
            },
        ),
    ]
