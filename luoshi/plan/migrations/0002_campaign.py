import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0001_initial"),
        ("plan", "0001_initial"),
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="by_person",
            field=models.BooleanField(default=False, verbose_name="人工添加"),
        ),
        migrations.AddField(
            model_name="duty",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_to",
                to="plan.duty",
                verbose_name="沿用自",
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="leader",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="责任领导",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="decided_body",
            field=models.CharField(blank=True, max_length=100, verbose_name="决定机关"),
        ),
        migrations.AddField(
            model_name="plan",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="决定日期"),
        ),
        migrations.AddField(
            model_name="plan",
            name="decision",
            field=models.CharField(blank=True, max_length=200, verbose_name="决定会议或文件"),
        ),
        migrations.AddField(
            model_name="plan",
            name="decision_paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.evidence",
                verbose_name="决定文件",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="follows",
            field=models.CharField(blank=True, max_length=200, verbose_name="上级依据"),
        ),
        migrations.AddField(
            model_name="plan",
            name="issued_on",
            field=models.DateField(blank=True, null=True, verbose_name="印发日期"),
        ),
        migrations.AddField(
            model_name="plan",
            name="scope",
            field=models.CharField(blank=True, max_length=200, verbose_name="适用范围"),
        ),
        migrations.AlterField(
            model_name="duty",
            name="state",
            field=models.CharField(
                choices=[
                    ("PROPOSED", "待确认"),
                    ("CONFIRMED", "已确认"),
                    ("DROPPED", "不是任务"),
                    ("REPLACED", "已拆并"),
                ],
                default="PROPOSED",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.CreateModel(
            name="LeadingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="成立文件")),
                ("from_on", models.DateField(verbose_name="成立日期")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="plan.clause",
                        verbose_name="条款",
                    ),
                ),
                (
                    "office_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="办公室设在",
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
                        verbose_name="成立文件原件",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="plan.plan",
                        verbose_name="方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "领导小组",
                "ordering": ["-from_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("HEAD", "组长"),
                            ("DEPUTY", "副组长"),
                            ("MEMBER", "成员"),
                            ("OFFICE_HEAD", "办公室主任"),
                            ("OFFICE", "办公室成员"),
                        ],
                        max_length=16,
                        verbose_name="职务",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                        related_name="+",
                        to="org.unit",
                        verbose_name="代表单位",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="plan.leadinggroup",
                        verbose_name="领导小组",
                    ),
                ),
            ],
            options={
                "verbose_name": "领导小组成员",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="次序")),
                ("name", models.CharField(max_length=60, verbose_name="阶段")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="过关日期")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="过关决定日期")),
                ("note", models.TextField(blank=True, verbose_name="过关意见")),
                ("void", models.BooleanField(default=False, verbose_name="作废")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phases",
                        to="plan.clause",
                        verbose_name="条款",
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
                        verbose_name="过关决定人",
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
                        verbose_name="过关文件",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phases",
                        to="plan.plan",
                        verbose_name="方案",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="过关登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "活动阶段",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="GateCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="次序")),
                ("words", models.CharField(max_length=200, verbose_name="过关事项")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="达到日期")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="核对情况")),
                ("void", models.BooleanField(default=False, verbose_name="作废")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
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
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核对人",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="plan.phase",
                        verbose_name="阶段",
                    ),
                ),
            ],
            options={
                "verbose_name": "过关事项",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("FIRST", "第一责任人"),
                            ("TEAM", "一岗双责"),
                            ("UNIT", "单位负责人"),
                            ("DUTY", "任务责任人"),
                        ],
                        max_length=16,
                        verbose_name="责任",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="责任事项")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="plan.clause",
                        verbose_name="条款",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="责任人",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="plan.plan",
                        verbose_name="方案",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "责任清单",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="DutyOrigin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="plan.duty",
                        verbose_name="任务",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="became",
                        to="plan.duty",
                        verbose_name="原任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务拆并",
                "constraints": [models.UniqueConstraint(fields=("duty", "origin"), name="duty_origin_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="leadinggroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("plan",), name="group_one_of_a_plan"
            ),
        ),
        migrations.AddConstraint(
            model_name="leadinggroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="group_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("group", "person"), name="group_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "HEAD"), ("until_on__isnull", True)),
                fields=("group",),
                name="group_one_head",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="group_member_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void", False)), fields=("plan", "order"), name="phase_order_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on__isnull", True),
                    models.Q(("from_on__isnull", False), ("until_on__gte", models.F("from_on"))),
                    _connector="OR",
                ),
                name="phase_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_on__isnull", True),
                    models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="phase_signed_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="responsibility",
            index=models.Index(fields=["plan", "until_on"], name="responsibility_plan"),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="responsibility_dates_in_order",
            ),
        ),
    ]
