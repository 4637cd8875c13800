import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0001_initial"),
        ("plan", "0006_set_aside"),
        ("problems", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PANIC", "求稳怕乱、本领恐慌"),
                            ("SHIRK", "怕担责、推诿扯皮、不作为乱作为"),
                            ("DOOR", "门好进、脸好看、事难办"),
                            ("LOW_BAR", "标准不高、不争先"),
                            ("EASE", "没定力、畏难安逸"),
                            ("SENIORITY", "摆资历、不服从、不执行"),
                        ],
                        max_length=10,
                        verbose_name="问题种类",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("MASSES", "群众提"),
                            ("SELF", "自己找"),
                            ("PEER", "同事帮"),
                            ("ORGANISATION", "组织点"),
                        ],
                        max_length=12,
                        verbose_name="查摆渠道",
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="问题")),
                ("given_on", models.DateField(verbose_name="提示日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("OPEN", "待处理"), ("TAKEN", "已列入清单"), ("DECLINED", "不列入")],
                        default="OPEN",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="不列入的理由")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "check_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="problems.selfcheck",
                        verbose_name="个人问题清单",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestion",
                        to="problems.problem",
                        verbose_name="列为问题",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题提示",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SelfCheckRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("title", models.CharField(max_length=60, verbose_name="轮次")),
                ("due_on", models.DateField(verbose_name="提交时限")),
                ("opened_on", models.DateField(verbose_name="发起日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.clause",
                        verbose_name="依据条款",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发起人",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.plan",
                        verbose_name="方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "查摆轮次",
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("bureau", "title"), name="self_check_round_once")],
            },
        ),
    ]
