import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0005_recurrence_versions"),
        ("org", "0001_initial"),
        ("plan", "0006_set_aside"),
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="制度名称")),
                ("code", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                (
                    "cure",
                    models.CharField(
                        choices=[("NEW", "新建制度"), ("REVISED", "修订制度"), ("NONE", "不需要新的制度")],
                        default="NEW",
                        max_length=8,
                        verbose_name="新建或修订",
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="印发日期")),
                ("in_use_on", models.DateField(blank=True, null=True, verbose_name="施行日期")),
                (
                    "reform",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MIND", "改观念"),
                            ("METHOD", "改方法"),
                            ("MECHANISM", "改机制"),
                            ("MODEL", "改模式"),
                        ],
                        max_length=10,
                        verbose_name="四改联动",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("void", models.BooleanField(default=False, verbose_name="作废")),
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
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        verbose_name="制度文件",
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
                        verbose_name="起草单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "制度",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ProblemClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="类别")),
                ("root_cause", models.TextField(blank=True, verbose_name="根源")),
                (
                    "cure",
                    models.CharField(
                        blank=True,
                        choices=[("NEW", "新建制度"), ("REVISED", "修订制度"), ("NONE", "不需要新的制度")],
                        max_length=8,
                        verbose_name="治本办法",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="不需要新制度的理由")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                ("void", models.BooleanField(default=False, verbose_name="作废")),
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
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classes",
                        to="problems.institution",
                        verbose_name="制度",
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
                        verbose_name="建章单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题类别",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("series", models.CharField(default="问题", max_length=20, verbose_name="编号系列")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("number", models.PositiveIntegerField(verbose_name="年度编号")),
                ("title", models.CharField(max_length=200, verbose_name="问题")),
                ("detail", models.TextField(blank=True, verbose_name="具体表现")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("OPINION", "群众意见"),
                            ("VISIT", "走访调研"),
                            ("TALK", "谈心谈话"),
                            ("SELF_CHECK", "自我查摆"),
                            ("INSPECTION", "督查检查"),
                            ("COMPLAINT", "信访投诉"),
                            ("CLAUSE", "方案条款缺口"),
                            ("MEETING", "会议"),
                            ("OTHER", "其他"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("source_note", models.CharField(blank=True, max_length=200, verbose_name="来源说明")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("raiser", models.CharField(blank=True, max_length=100, verbose_name="反映人")),
                (
                    "raiser_answer",
                    models.CharField(
                        blank=True,
                        choices=[("GOOD", "满意"), ("FAIR", "基本满意"), ("BAD", "不满意"), ("UNREACHED", "未联系上")],
                        max_length=10,
                        verbose_name="反映人意见",
                    ),
                ),
                ("raiser_words", models.TextField(blank=True, verbose_name="反映人的话")),
                ("raiser_answered_on", models.DateField(blank=True, null=True, verbose_name="回访日期")),
                (
                    "style_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("PANIC", "求稳怕乱、本领恐慌"),
                            ("SHIRK", "怕担责、推诿扯皮、不作为乱作为"),
                            ("DOOR", "门好进、脸好看、事难办"),
                            ("LOW_BAR", "标准不高、不争先"),
                            ("EASE", "没定力、畏难安逸"),
                            ("SENIORITY", "摆资历、不服从、不执行"),
                        ],
                        max_length=10,
                        verbose_name="作风问题种类",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
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
                ("tags", models.JSONField(blank=True, default=list, verbose_name="作风表现")),
                (
                    "pace",
                    models.CharField(
                        blank=True,
                        choices=[("AT_ONCE", "立行立改"), ("BY_DATE", "限期整改"), ("STEADY", "长期坚持")],
                        max_length=8,
                        verbose_name="整改类型",
                    ),
                ),
                ("cause", models.TextField(blank=True, verbose_name="原因")),
                ("measure", models.TextField(blank=True, verbose_name="整改措施")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="整改时限")),
                ("original_due_on", models.DateField(blank=True, null=True, verbose_name="原定整改时限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("FOUND", "待确认"),
                            ("CONFIRMED", "已确认"),
                            ("RECTIFYING", "整改中"),
                            ("CLOSED", "已销号"),
                            ("DISMISSED", "不作问题处理"),
                        ],
                        default="FOUND",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("cycle", models.PositiveIntegerField(default=1, verbose_name="整改轮次")),
                ("returns", models.PositiveIntegerField(default=0, verbose_name="退回次数")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="开始整改日期")),
                ("applied_on", models.DateField(blank=True, null=True, verbose_name="申请销号日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="销号日期")),
                ("look_back_on", models.DateField(blank=True, null=True, verbose_name="回头看时间")),
                ("look_back_basis", models.JSONField(blank=True, default=dict, verbose_name="回头看时间的由来")),
                ("looked_back_on", models.DateField(blank=True, null=True, verbose_name="回头看日期")),
                ("look_back_held", models.BooleanField(blank=True, null=True, verbose_name="没有反弹")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请销号人",
                    ),
                ),
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
                        related_name="problems",
                        to="plan.clause",
                        verbose_name="依据条款",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="验收人",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="责任领导",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="责任人",
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
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "problem_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="problems.problemclass",
                        verbose_name="问题类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ProblemEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveIntegerField(verbose_name="整改轮次")),
                ("move", models.CharField(max_length=20, verbose_name="动作")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("on", models.DateField(verbose_name="日期")),
                ("standing_in_for", models.CharField(blank=True, max_length=40, verbose_name="代理何人")),
                ("decided_on", models.DateField(null=True, verbose_name="决定日期")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("data", models.JSONField(default=dict, verbose_name="数据")),
                ("version", models.PositiveIntegerField(verbose_name="办后版本")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="problems.problem",
                        verbose_name="问题",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题记录",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ProblemEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="problems.problemevent",
                        verbose_name="问题记录",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.evidence",
                        verbose_name="佐证材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "问题佐证",
            },
        ),
        migrations.CreateModel(
            name="Rectification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveIntegerField(default=1, verbose_name="整改轮次")),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectification",
                        to="matters.matter",
                        verbose_name="整改事项",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectifications",
                        to="problems.problem",
                        verbose_name="问题",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改事项",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SelfCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("round", models.CharField(max_length=60, verbose_name="轮次")),
                (
                    "state",
                    models.CharField(
                        choices=[("DRAFT", "填写中"), ("SUBMITTED", "待审核"), ("ACCEPTED", "已通过")],
                        default="DRAFT",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="提交时限")),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="提交日期")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="通过日期")),
                ("return_reason", models.TextField(blank=True, verbose_name="退回原因")),
                ("returns", models.PositiveIntegerField(default=0, verbose_name="退回次数")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="本人",
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
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人问题清单",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="self_check",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="problems.selfcheck",
                verbose_name="个人问题清单",
            ),
        ),
        migrations.CreateModel(
            name="SelfCheckAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("none", models.BooleanField(default=False, verbose_name="没有这类问题")),
                (
                    "check_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="problems.selfcheck",
                        verbose_name="个人问题清单",
                    ),
                ),
            ],
            options={
                "verbose_name": "查摆回答",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("OPINION", "群众意见"),
                            ("VISIT", "走访调研"),
                            ("TALK", "谈心谈话"),
                            ("SELF_CHECK", "自我查摆"),
                            ("INSPECTION", "督查检查"),
                            ("COMPLAINT", "信访投诉"),
                            ("CLAUSE", "方案条款缺口"),
                            ("MEETING", "会议"),
                            ("OTHER", "其他"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("source_note", models.CharField(blank=True, max_length=200, verbose_name="来源说明")),
                ("seen_on", models.DateField(verbose_name="发现日期")),
                ("words", models.TextField(blank=True, verbose_name="反映的话")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                ("raiser", models.CharField(blank=True, max_length=100, verbose_name="反映人")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="problems.problem",
                        verbose_name="问题",
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
                        verbose_name="发现单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "再次反映",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["bureau", "void", "-id"], name="institution_bureau"),
        ),
        migrations.AddConstraint(
            model_name="problemclass",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void", False)), fields=("bureau", "name"), name="problem_class_once"
            ),
        ),
        migrations.AddIndex(
            model_name="problemevent",
            index=models.Index(fields=["problem", "-id"], name="problem_event_problem"),
        ),
        migrations.AddIndex(
            model_name="problemevent",
            index=models.Index(fields=["operator", "problem"], name="problem_event_operator"),
        ),
        migrations.AddConstraint(
            model_name="problemevidence",
            constraint=models.UniqueConstraint(fields=("event", "evidence"), name="problem_evidence_once"),
        ),
        migrations.AddIndex(
            model_name="selfcheck",
            index=models.Index(fields=["bureau", "round", "state"], name="self_check_round"),
        ),
        migrations.AddIndex(
            model_name="selfcheck",
            index=models.Index(fields=["reviewer", "state"], name="self_check_reviewer"),
        ),
        migrations.AddConstraint(
            model_name="selfcheck",
            constraint=models.UniqueConstraint(fields=("bureau", "person", "round"), name="self_check_once"),
        ),
        migrations.AddConstraint(
            model_name="selfcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewer__isnull", True),
                    models.Q(("reviewer", models.F("person")), _negated=True),
                    _connector="OR",
                ),
                name="self_check_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["bureau", "state", "due_on", "id"], name="problem_bureau_state"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["unit", "state", "due_on", "id"], name="problem_unit_state"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["state", "due_on", "id"], name="problem_state_due"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["state", "look_back_on", "id"], name="problem_look_back"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["owner", "state"], name="problem_owner"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["bureau", "-id"], name="problem_bureau_newest"),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.UniqueConstraint(
                fields=("bureau", "year", "series", "number"), name="problem_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "CLOSED"), _negated=True),
                    models.Q(("closed_by__isnull", False), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="problem_closed_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "CLOSED"), _negated=True),
                    ("owner__isnull", True),
                    models.Q(("closed_by", models.F("owner")), _negated=True),
                    _connector="OR",
                ),
                name="problem_closed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "CLOSED"), _negated=True),
                    ("applied_by__isnull", True),
                    models.Q(("closed_by", models.F("applied_by")), _negated=True),
                    _connector="OR",
                ),
                name="problem_not_by_applicant",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "RECTIFYING"), _negated=True),
                    models.Q(
                        ("due_on__isnull", False),
                        models.Q(("cause", ""), _negated=True),
                        models.Q(("measure", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="problem_rectifying_has_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "RECTIFYING"), _negated=True),
                    ("owner__isnull", False),
                    ("unit__isnull", False),
                    _connector="OR",
                ),
                name="problem_rectifying_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("look_back_held__isnull", True), ("looked_back_on__isnull", False), _connector="OR"
                ),
                name="problem_looked_back_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="selfcheckanswer",
            constraint=models.UniqueConstraint(fields=("check_list", "kind"), name="self_check_kind_once"),
        ),
    ]
