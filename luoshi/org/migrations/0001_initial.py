import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=40, unique=True, verbose_name="登录名（工号或手机号）")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("pinyin", models.CharField(blank=True, db_index=True, max_length=40, verbose_name="拼音首字母")),
                (
                    "personnel_type",
                    models.CharField(
                        choices=[
                            ("LEADERSHIP", "领导班子（县管干部）"),
                            ("CIVIL_SERVANT", "公务员"),
                            ("INSTITUTION", "事业单位人员"),
                            ("CONTRACT", "编外聘用人员"),
                        ],
                        max_length=20,
                        verbose_name="人员类别",
                    ),
                ),
                ("mobile", models.CharField(blank=True, max_length=20, verbose_name="手机号")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="邮箱（可不填）")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                ("must_change_password", models.BooleanField(default=False, verbose_name="须先改密码")),
                ("password_expires_at", models.DateTimeField(blank=True, null=True, verbose_name="一次性密码失效时间")),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="到岗日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离岗日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
            ],
            options={
                "verbose_name": "人员",
                "ordering": ["pinyin", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username", ""), _negated=True), name="user_has_a_log_in_name"
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="user_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True),
                            ("joined_on__isnull", True),
                            ("left_on__gte", models.F("joined_on")),
                            _connector="OR",
                        ),
                        name="user_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("COUNTY", "县（区）"),
                            ("BUREAU", "局"),
                            ("SECTION", "机关股室"),
                            ("AFFILIATE", "局直单位"),
                            ("LEADERSHIP", "领导班子"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="全称")),
                ("short_name", models.CharField(max_length=40, verbose_name="简称")),
                ("rank", models.PositiveIntegerField(default=100, verbose_name="排序")),
                ("from_on", models.DateField(verbose_name="设立日期")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="org.unit",
                        verbose_name="所属局",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="org.unit",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "ordering": ["rank", "id"],
            },
        ),
        migrations.CreateModel(
            name="StaffImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("upload", models.UUIDField(verbose_name="暂存文件")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("CHECKING", "正在检查"),
                            ("CHECKED", "检查完毕"),
                            ("IMPORTING", "正在导入"),
                            ("DONE", "已导入"),
                            ("FAILED", "未能处理"),
                        ],
                        default="CHECKING",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已处理")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="总行数")),
                ("errors", models.JSONField(default=list, verbose_name="问题")),
                ("fresh", models.PositiveIntegerField(default=0, verbose_name="新增人数")),
                ("known", models.PositiveIntegerField(default=0, verbose_name="已在册人数")),
                ("at", models.DateTimeField(verbose_name="开始时间")),
                ("beat_at", models.DateTimeField(verbose_name="最近进展")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="导入人",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
            ],
            options={
                "verbose_name": "花名册导入",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("CHIEF", "主要领导"),
                            ("LEADER", "分管领导"),
                            ("OFFICE", "局办公室"),
                            ("HEAD", "单位负责人"),
                            ("HANDLER", "承办人"),
                            ("VERIFIER", "核查人"),
                            ("INSPECTOR", "督查组"),
                            ("DISCIPLINE", "派驻纪检监察组"),
                            ("WINDOW", "窗口"),
                            ("SYSTEM_ADMIN", "系统管理员"),
                            ("SECURITY_ADMIN", "安全管理员"),
                            ("AUDIT_ADMIN", "审计管理员"),
                        ],
                        max_length=20,
                        verbose_name="职责",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                ("basis", models.CharField(blank=True, max_length=100, verbose_name="依据")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                ("void", models.BooleanField(default=False, verbose_name="作废（当日撤销）")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "ordering": ["unit__rank", "id"],
            },
        ),
        migrations.CreateModel(
            name="Portfolio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(blank=True, max_length=100, verbose_name="分管领域")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                ("void", models.BooleanField(default=False, verbose_name="作废（当日撤销）")),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portfolios",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="分管领导",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portfolios",
                        to="org.unit",
                        verbose_name="分管单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "分管",
            },
        ),
        migrations.CreateModel(
            name="PendingGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("CHIEF", "主要领导"),
                            ("LEADER", "分管领导"),
                            ("OFFICE", "局办公室"),
                            ("HEAD", "单位负责人"),
                            ("HANDLER", "承办人"),
                            ("VERIFIER", "核查人"),
                            ("INSPECTOR", "督查组"),
                            ("DISCIPLINE", "派驻纪检监察组"),
                            ("WINDOW", "窗口"),
                            ("SYSTEM_ADMIN", "系统管理员"),
                            ("SECURITY_ADMIN", "安全管理员"),
                            ("AUDIT_ADMIN", "审计管理员"),
                        ],
                        max_length=20,
                        verbose_name="职责",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                ("basis", models.CharField(max_length=100, verbose_name="依据")),
                ("from_on", models.DateField(verbose_name="起")),
                (
                    "state",
                    models.CharField(
                        choices=[("PROPOSED", "待确认"), ("CONFIRMED", "已生效"), ("REFUSED", "未同意")],
                        default="PROPOSED",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_on", models.DateField(verbose_name="提出日期")),
                ("decided_on", models.DateField(null=True, verbose_name="确认日期")),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grant",
                        to="org.post",
                        verbose_name="任职",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "待确认授权",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("series", models.CharField(max_length=20, verbose_name="序列")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="已用到")),
                (
                    "bureau",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="org.unit", verbose_name="局"),
                ),
            ],
            options={
                "verbose_name": "编号序列",
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("CHIEF", "主要领导"),
                            ("LEADER", "分管领导"),
                            ("OFFICE", "局办公室"),
                            ("HEAD", "单位负责人"),
                            ("HANDLER", "承办人"),
                            ("VERIFIER", "核查人"),
                            ("INSPECTOR", "督查组"),
                            ("DISCIPLINE", "派驻纪检监察组"),
                            ("WINDOW", "窗口"),
                            ("SYSTEM_ADMIN", "系统管理员"),
                            ("SECURITY_ADMIN", "安全管理员"),
                            ("AUDIT_ADMIN", "审计管理员"),
                        ],
                        max_length=20,
                        verbose_name="代理职责",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(verbose_name="止")),
                ("void", models.BooleanField(default=False, verbose_name="作废（当日撤销）")),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations_held",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代理人",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations_given",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="委托人",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
            ],
            options={
                "verbose_name": "代理",
            },
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=("parent", "name"), name="unit_name_once"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent__isnull", True)), fields=("name",), name="unit_root_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="unit_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["CHECKING", "CHECKED", "IMPORTING", "DONE", "FAILED"])),
                name="import_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["bureau", "duty"], name="post_bureau_duty"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="post_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("void", False),
                    models.Q(("until_on", models.F("from_on")), ("until_on__isnull", False)),
                    _connector="OR",
                ),
                name="post_void_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("duty", "HEAD"), ("until_on__isnull", True)),
                fields=("unit",),
                name="post_one_head_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("user", "unit", "duty"), name="post_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="portfolio",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="portfolio_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfolio",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("void", False),
                    models.Q(("until_on", models.F("from_on")), ("until_on__isnull", False)),
                    _connector="OR",
                ),
                name="portfolio_void_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfolio",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("unit",), name="portfolio_one_leader_a_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="pendinggrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state", "PROPOSED")),
                    models.Q(("decided_by__isnull", False), ("state__in", ["CONFIRMED", "REFUSED"])),
                    _connector="OR",
                ),
                name="grant_decided_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendinggrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                name="grant_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendinggrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("user", models.F("proposed_by")), _negated=True), name="grant_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="pendinggrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("user", models.F("decided_by")), _negated=True),
                name="grant_not_confirmed_by_its_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(fields=("bureau", "year", "series"), name="series_once"),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))), name="delegation_dates_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("principal", models.F("deputy")), _negated=True), name="delegation_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="delegation_gives_its_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("void", False),
                    models.Q(("until_on", models.F("from_on")), ("until_on__isnull", False)),
                    _connector="OR",
                ),
                name="delegation_void_day",
            ),
        ),
    ]
