import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0001_initial"),
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[("COMMENDATION", "取消评先评优资格"), ("EXCELLENT", "不得确定为优秀等次")],
                        max_length=16,
                        verbose_name="限制内容",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(verbose_name="止")),
                ("basis", models.CharField(max_length=300, verbose_name="事由")),
                ("document", models.CharField(max_length=200, verbose_name="决定文书")),
                ("citation", models.CharField(blank=True, max_length=200, verbose_name="依据的规定")),
                ("body", models.CharField(max_length=60, verbose_name="决定机构")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("opened_on", models.DateField(verbose_name="登记日期")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="解除日期")),
                ("lift_reason", models.CharField(blank=True, max_length=300, verbose_name="解除理由")),
                ("lift_decided_on", models.DateField(blank=True, null=True, verbose_name="解除决定日期")),
                ("lift_note", models.CharField(blank=True, max_length=200, verbose_name="解除出处")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.evidence",
                        verbose_name="决定原件",
                    ),
                ),
                (
                    "lift_decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="解除决定人",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="解除登记人",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bars",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bars",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "评优限制",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["bureau", "until_on"], name="bar_bureau_until")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("unit__isnull", True)),
                            models.Q(("person__isnull", True), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="bar_on_one_person_or_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))), name="bar_dates_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effect", "COMMENDATION"),
                            models.Q(
                                ("effect", "EXCELLENT"),
                                ("person__isnull", False),
                                models.Q(("citation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bar_excellent_cites_its_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "COMMENDATION"), _negated=True),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="bar_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", ""), _negated=True),
                            models.Q(("document", ""), _negated=True),
                            models.Q(("body", ""), _negated=True),
                        ),
                        name="bar_says_its_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_on__isnull", True),
                            models.Q(
                                ("lift_decided_by__isnull", False),
                                ("lift_decided_on__isnull", False),
                                ("lifted_by__isnull", False),
                                models.Q(("lift_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bar_lifted_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on__isnull", True), ("person__isnull", False)),
                        fields=("person", "effect", "from_on", "until_on"),
                        name="bar_once_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on__isnull", True), ("unit__isnull", False)),
                        fields=("unit", "effect", "from_on", "until_on"),
                        name="bar_once_a_unit",
                    ),
                ],
            },
        ),
    ]
