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
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="次序")),
                ("path", models.CharField(max_length=200, verbose_name="位置")),
                ("marker", models.CharField(max_length=40, verbose_name="标号")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="标题")),
                ("start", models.PositiveIntegerField(verbose_name="起")),
                ("end", models.PositiveIntegerField(verbose_name="止")),
                ("lineage", models.UUIDField(db_index=True, verbose_name="沿革标识")),
                ("no_duty", models.BooleanField(default=False, verbose_name="无任务")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="plan.clause",
                        verbose_name="上级条款",
                    ),
                ),
            ],
            options={
                "verbose_name": "条款",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="次序")),
                ("start", models.PositiveIntegerField(verbose_name="起")),
                ("end", models.PositiveIntegerField(verbose_name="止")),
                ("quote", models.TextField(verbose_name="原句")),
                ("act", models.CharField(max_length=300, verbose_name="做什么")),
                ("actor", models.CharField(blank=True, max_length=100, verbose_name="谁来做")),
                ("output", models.CharField(blank=True, max_length=200, verbose_name="成果")),
                ("slot", models.CharField(blank=True, max_length=40, verbose_name="对应机制")),
                ("obligations", models.JSONField(default=list, verbose_name="量化要求")),
                (
                    "state",
                    models.CharField(
                        choices=[("PROPOSED", "待确认"), ("CONFIRMED", "已确认"), ("DROPPED", "不是任务")],
                        default="PROPOSED",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("value", models.JSONField(blank=True, null=True, verbose_name="参数")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="不是任务的理由")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="read_duties",
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
                        verbose_name="确认人",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="责任单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务",
                "ordering": ["order"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("short_name", models.CharField(max_length=40, verbose_name="简称")),
                ("issued_by", models.CharField(blank=True, max_length=100, verbose_name="制发机关")),
                ("document_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="实施起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="实施止")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="org.unit",
                        verbose_name="局",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="版次")),
                ("text", models.TextField(verbose_name="原文")),
                ("sha256", models.CharField(max_length=64, verbose_name="原文摘要")),
                ("reader_version", models.CharField(max_length=20, verbose_name="解析器版本")),
                ("imported_at", models.DateTimeField(verbose_name="导入时间")),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="plan.plan",
                        verbose_name="方案",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.evidence",
                        verbose_name="原文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案文本",
            },
        ),
        migrations.AddField(
            model_name="clause",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clauses",
                to="plan.planversion",
                verbose_name="方案文本",
            ),
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slot", models.CharField(max_length=40, verbose_name="机制")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("PLAN", "方案条款"),
                            ("BUREAU", "本局决定"),
                            ("REGULATION", "法规规定"),
                            ("PRODUCT", "系统默认"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("value", models.JSONField(verbose_name="参数")),
                ("citation", models.CharField(max_length=300, verbose_name="依据")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="版次")),
                ("from_on", models.DateField(verbose_name="生效")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="失效")),
                ("void", models.BooleanField(default=False, verbose_name="当日撤回")),
                (
                    "bureau",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="局",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="plan.clause",
                        verbose_name="条款",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="plan.duty",
                        verbose_name="任务",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.evidence",
                        verbose_name="依据文件",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="plan.plan",
                        verbose_name="方案",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.rule",
                        verbose_name="取代",
                    ),
                ),
            ],
            options={
                "verbose_name": "规则",
            },
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(fields=("plan", "sha256"), name="plan_text_once"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(fields=("version", "path"), name="clause_path_once"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(condition=models.Q(("end__gte", models.F("start"))), name="clause_span"),
        ),
        migrations.AddIndex(
            model_name="rule",
            index=models.Index(fields=["slot", "bureau"], name="rule_slot"),
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "PLAN"), _negated=True), ("clause__isnull", False), _connector="OR"
                ),
                name="rule_of_plan_cites_clause",
            ),
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="rule_dates_in_order",
            ),
        ),
    ]
