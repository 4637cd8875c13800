import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0005_decided_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=24, verbose_name="问题标识")),
                ("kind", models.CharField(max_length=16, verbose_name="问题类别")),
                ("said", models.TextField(verbose_name="问题")),
                ("reason", models.CharField(max_length=300, verbose_name="不改的理由")),
                ("set_on", models.DateField(verbose_name="登记日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="重新列出日期")),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.clause",
                        verbose_name="条款",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_asides",
                        to="plan.plan",
                        verbose_name="方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "不改的问题",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)), fields=("plan", "key"), name="set_aside_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("set_on")), _connector="OR"
                        ),
                        name="set_aside_dates_in_order",
                    ),
                ],
            },
        ),
    ]
