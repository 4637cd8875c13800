import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0001_initial"),
        ("plan", "0001_initial"),
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("year", models.PositiveIntegerField(null=True, verbose_name="年度")),
                ("number", models.PositiveIntegerField(null=True, verbose_name="年度编号")),
                ("title", models.CharField(max_length=200, verbose_name="事项")),
                ("requirement", models.TextField(blank=True, verbose_name="办理要求")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("PLAN", "方案条款"),
                            ("COMMITTEE", "党委会"),
                            ("TEAM_MEETING", "班子会"),
                            ("INSTRUCTION", "领导批示"),
                            ("COUNTY", "县委县政府交办"),
                            ("REFORM", "改革任务"),
                            ("KEY_PROJECT", "重点项目"),
                            ("KEY_WORK", "重点工作"),
                        ],
                        max_length=20,
                        verbose_name="来源",
                    ),
                ),
                ("source_title", models.CharField(blank=True, max_length=200, verbose_name="来源文件或会议")),
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[("KEY_PROJECT", "重点项目"), ("KEY_WORK", "重点工作"), ("COUNTY", "县委县政府交办")],
                        max_length=20,
                        verbose_name="考评板块",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "拟办"),
                            ("APPROVED", "已立项"),
                            ("ASSIGNED", "已交办"),
                            ("ACCEPTED", "办理中"),
                            ("SUBMITTED", "待核查"),
                            ("VERIFIED", "待办结"),
                            ("CLOSED", "已办结"),
                            ("ARCHIVED", "已归档"),
                            ("SUSPENDED", "已中止"),
                            ("CANCELLED", "已撤销"),
                        ],
                        default="DRAFT",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("cycle", models.PositiveIntegerField(default=1, verbose_name="办理轮次")),
                ("urgent", models.BooleanField(default=False, verbose_name="加急")),
                ("opened_on", models.DateField(verbose_name="拟办日期")),
                ("assigned_at", models.DateTimeField(null=True, verbose_name="交办时间")),
                ("day0_on", models.DateField(null=True, verbose_name="交办送达日")),
                ("accepted_on", models.DateField(null=True, verbose_name="签收日期")),
                ("first_feedback_on", models.DateField(null=True, verbose_name="首次反馈日期")),
                ("feedback_due_on", models.DateField(null=True, verbose_name="首次反馈时限")),
                ("next_feedback_on", models.DateField(null=True, verbose_name="下次反馈日期")),
                ("due_on", models.DateField(null=True, verbose_name="办结时限")),
                ("suspended_on", models.DateField(null=True, verbose_name="中止日期")),
                ("submitted_on", models.DateField(null=True, verbose_name="申请办结日期")),
                ("closed_on", models.DateField(null=True, verbose_name="办结日期")),
                ("archived_on", models.DateField(null=True, verbose_name="归档日期")),
                ("returns", models.PositiveIntegerField(default=0, verbose_name="退回次数")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="交办局",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="plan.clause",
                        verbose_name="依据条款",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="牵头单位",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="交办领导",
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
                    "verifier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核查人",
                    ),
                ),
            ],
            options={
                "verbose_name": "事项",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveIntegerField(verbose_name="办理轮次")),
                (
                    "kind",
                    models.CharField(
                        choices=[("FIRST_FEEDBACK", "首次反馈"), ("STAGE", "阶段反馈"), ("DUE", "办结")],
                        max_length=16,
                        verbose_name="种类",
                    ),
                ),
                ("day0_on", models.DateField(verbose_name="起算日")),
                ("number", models.PositiveIntegerField(null=True, verbose_name="工作日数")),
                ("original_on", models.DateField(verbose_name="原定日期")),
                ("due_on", models.DateField(verbose_name="现定日期")),
                ("citation", models.CharField(max_length=300, verbose_name="依据")),
                ("basis", models.JSONField(default=dict, verbose_name="逐日计算")),
                ("provisional", models.BooleanField(default=False, verbose_name="暂定")),
                ("met_on", models.DateField(null=True, verbose_name="完成日期")),
                ("ended_on", models.DateField(null=True, verbose_name="失效日期")),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.rule",
                        verbose_name="规则",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "时限",
                "ordering": ["cycle", "id"],
            },
        ),
        migrations.CreateModel(
            name="MatterEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveIntegerField(verbose_name="办理轮次")),
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
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="matters.matter",
                        verbose_name="事项",
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
            ],
            options={
                "verbose_name": "事项记录",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("PRELIMINARY", "初步反馈"), ("STAGE", "阶段反馈"), ("FINAL", "办结反馈")],
                        max_length=12,
                        verbose_name="阶段",
                    ),
                ),
                ("progress", models.PositiveIntegerField(default=0, verbose_name="进展（%）")),
                ("done", models.TextField(verbose_name="办理情况")),
                ("obstacles", models.TextField(blank=True, verbose_name="存在问题与需协调事项")),
                ("next_step", models.TextField(blank=True, verbose_name="下步计划")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="下次反馈日期")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedbacks",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="matters.matterevent",
                        verbose_name="事项记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "反馈",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="EventEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.evidence",
                        verbose_name="佐证材料",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="matters.matterevent",
                        verbose_name="事项记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "事项佐证",
            },
        ),
        migrations.CreateModel(
            name="MatterParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(choices=[("LEAD", "牵头"), ("ASSIST", "协办")], max_length=8, verbose_name="角色"),
                ),
                ("received_at", models.DateTimeField(null=True, verbose_name="送达时间")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                ("ended_on", models.DateField(null=True, verbose_name="退出日期")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签收人",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="matters.matter",
                        verbose_name="事项",
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
                "verbose_name": "承办单位",
            },
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["bureau", "state", "due_on", "id"], name="matter_bureau_state"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["lead_unit", "state", "due_on", "id"], name="matter_unit_state"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["state", "due_on", "id"], name="matter_state_due"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["handler", "state"], name="matter_handler"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["leader", "state"], name="matter_leader"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__isnull", False)),
                fields=("bureau", "year", "number"),
                name="matter_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["CLOSED", "ARCHIVED"]), _negated=True),
                    ("closed_on__isnull", False),
                    _connector="OR",
                ),
                name="matter_closed_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["DRAFT", "APPROVED", "CANCELLED"]), ("day0_on__isnull", False), _connector="OR"
                ),
                name="matter_assigned_has_day0",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verifier__isnull", True),
                    ("handler__isnull", True),
                    models.Q(("verifier", models.F("handler")), _negated=True),
                    _connector="OR",
                ),
                name="matter_verified_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["SUBMITTED", "VERIFIED", "CLOSED", "ARCHIVED"]), _negated=True),
                    models.Q(("due_on__isnull", False), ("submitted_on__isnull", False)),
                    _connector="OR",
                ),
                name="matter_submitted_has_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "SUSPENDED"), _negated=True), ("suspended_on__isnull", False), _connector="OR"
                ),
                name="matter_suspended_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["DRAFT", "CANCELLED"]),
                    models.Q(("number__isnull", False), ("year__isnull", False)),
                    _connector="OR",
                ),
                name="matter_approved_has_number",
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["provisional", "due_on"], name="deadline_provisional"),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(fields=["matter", "kind"], name="deadline_matter"),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True), ("met_on__isnull", True)),
                fields=("matter", "kind"),
                name="deadline_one_running_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("original_on__gt", models.F("day0_on")), _connector="OR"),
                name="deadline_after_day0",
            ),
        ),
        migrations.AddIndex(
            model_name="matterevent",
            index=models.Index(fields=["matter", "-id"], name="event_matter"),
        ),
        migrations.AddIndex(
            model_name="matterevent",
            index=models.Index(fields=["operator", "matter"], name="event_operator"),
        ),
        migrations.AddConstraint(
            model_name="matterevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("move", "urge")), fields=("matter", "on"), name="event_urge_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="feedback_progress"),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "FINAL"), ("next_on__isnull", False), _connector="OR"),
                name="feedback_unfinished_names_next",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventevidence",
            constraint=models.UniqueConstraint(fields=("event", "evidence"), name="event_evidence_once"),
        ),
        migrations.AddIndex(
            model_name="matterparty",
            index=models.Index(fields=["unit", "ended_on"], name="party_unit"),
        ),
        migrations.AddConstraint(
            model_name="matterparty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)), fields=("matter", "unit"), name="party_unit_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="matterparty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True), ("role", "LEAD")),
                fields=("matter",),
                name="party_one_lead",
            ),
        ),
    ]
