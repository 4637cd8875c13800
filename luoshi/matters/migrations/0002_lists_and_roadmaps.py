import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0001_initial"),
        ("org", "0001_initial"),
        ("plan", "0002_campaign"),
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done", models.TextField(verbose_name="配合办理情况")),
                ("finished", models.BooleanField(default=False, verbose_name="分工已完成")),
            ],
            options={
                "verbose_name": "协办反馈",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ExtensionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveIntegerField(verbose_name="办理轮次")),
                ("due_was", models.DateField(verbose_name="申请时的时限")),
                ("wanted_on", models.DateField(verbose_name="申请延至")),
                ("reason", models.TextField(verbose_name="延期理由")),
                ("asked_on", models.DateField(verbose_name="申请日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ASKED", "待批准"),
                            ("GRANTED", "已批准"),
                            ("REFUSED", "未批准"),
                            ("WITHDRAWN", "已撤回"),
                        ],
                        default="ASKED",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("granted_until", models.DateField(blank=True, null=True, verbose_name="批准延至")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                ("answer", models.TextField(blank=True, verbose_name="批准意见")),
            ],
            options={
                "verbose_name": "延期申请",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                            ("COMMITTEE", "党委会"),
                            ("TEAM", "班子会"),
                            ("DISPATCH", "调度会"),
                            ("TOPIC", "专题会"),
                        ],
                        max_length=12,
                        verbose_name="会议",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="会议名称")),
                ("held_on", models.DateField(verbose_name="召开日期")),
                ("void", models.BooleanField(default=False, verbose_name="作废")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
            ],
            options={
                "verbose_name": "会议",
                "ordering": ["-held_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Recurrence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("assist_units", models.JSONField(default=list, verbose_name="协办单位")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("WEEK", "每周"),
                            ("MONTH", "每月"),
                            ("QUARTER", "每季度"),
                            ("HALF_YEAR", "每半年"),
                            ("YEAR", "每年"),
                        ],
                        max_length=12,
                        verbose_name="周期",
                    ),
                ),
                ("nth", models.SmallIntegerField(verbose_name="第几个工作日")),
                ("ahead", models.PositiveSmallIntegerField(default=5, verbose_name="提前交办（工作日）")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("source_note", models.CharField(blank=True, max_length=200, verbose_name="决定出处")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
            ],
            options={
                "verbose_name": "周期事项",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Roadmap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveIntegerField(verbose_name="办理轮次")),
                ("number", models.PositiveIntegerField(verbose_name="版次")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "待审核"),
                            ("ACCEPTED", "已审核"),
                            ("RETURNED", "退回修改"),
                            ("SUPERSEDED", "已被取代"),
                        ],
                        default="PROPOSED",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="调整理由")),
                ("proposed_on", models.DateField(verbose_name="报送日期")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="审核日期")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
            ],
            options={
                "verbose_name": "路线图",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="RoadmapStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="次序")),
                ("words", models.CharField(max_length=200, verbose_name="步骤")),
                ("original_on", models.DateField(verbose_name="原定时间")),
                ("due_on", models.DateField(verbose_name="现定时间")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成时间")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="完成情况")),
            ],
            options={
                "verbose_name": "路线图步骤",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.CharField(max_length=500, verbose_name="筛选条件")),
                ("ended", models.BooleanField(default=False, verbose_name="已删除")),
            ],
            options={
                "verbose_name": "常用筛选",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="TaskList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="清单名称")),
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
                ("document", models.CharField(blank=True, max_length=200, verbose_name="来源文件或会议")),
                ("issued_on", models.DateField(verbose_name="交办日期")),
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[("KEY_PROJECT", "重点项目"), ("KEY_WORK", "重点工作"), ("COUNTY", "县委县政府交办")],
                        max_length=20,
                        verbose_name="考评板块",
                    ),
                ),
                ("series", models.CharField(default="督办", max_length=20, verbose_name="编号系列")),
                ("archived_on", models.DateField(blank=True, null=True, verbose_name="归档日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
            ],
            options={
                "verbose_name": "交办清单",
                "ordering": ["-issued_on", "-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="matter",
            name="matter_number_once",
        ),
        migrations.AddField(
            model_name="matter",
            name="next_step_on",
            field=models.DateField(null=True, verbose_name="最近步骤时间"),
        ),
        migrations.AddField(
            model_name="matter",
            name="period",
            field=models.CharField(blank=True, max_length=12, verbose_name="所属周期"),
        ),
        migrations.AddField(
            model_name="matter",
            name="place",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="清单序号"),
        ),
        migrations.AddField(
            model_name="matter",
            name="series",
            field=models.CharField(default="督办", max_length=20, verbose_name="编号系列"),
        ),
        migrations.AddField(
            model_name="matterparty",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="配合时限"),
        ),
        migrations.AddField(
            model_name="matterparty",
            name="task",
            field=models.CharField(blank=True, max_length=300, verbose_name="分工"),
        ),
        migrations.AddField(
            model_name="contribution",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contribution",
                to="matters.matterevent",
                verbose_name="事项记录",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="feedback",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="matters.feedback",
                verbose_name="汇总于",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="matters.matterparty",
                verbose_name="协办单位",
            ),
        ),
        migrations.AddField(
            model_name="extensionrequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="申请人",
            ),
        ),
        migrations.AddField(
            model_name="extensionrequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="批准人",
            ),
        ),
        migrations.AddField(
            model_name="extensionrequest",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extension_requests",
                to="matters.matter",
                verbose_name="事项",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="chair",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="主持人",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.evidence",
                verbose_name="会议纪要",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="交办局"
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="clause",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recurrences",
                to="plan.clause",
                verbose_name="依据条款",
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="决定人",
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="lead_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="牵头单位"
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="leader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="交办领导",
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="recurrence",
            name="verifier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="核查人",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="recurrence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matters",
                to="matters.recurrence",
                verbose_name="周期事项",
            ),
        ),
        migrations.AddField(
            model_name="roadmap",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="审核人",
            ),
        ),
        migrations.AddField(
            model_name="roadmap",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roadmaps",
                to="matters.matter",
                verbose_name="事项",
            ),
        ),
        migrations.AddField(
            model_name="roadmap",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="报送人",
            ),
        ),
        migrations.AddField(
            model_name="roadmapstep",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="roadmapstep",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="matters.roadmapstep",
                verbose_name="原步骤",
            ),
        ),
        migrations.AddField(
            model_name="roadmapstep",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="责任人",
            ),
        ),
        migrations.AddField(
            model_name="roadmapstep",
            name="roadmap",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="matters.roadmap",
                verbose_name="路线图",
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="tasklist",
            name="bureau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="交办局"
            ),
        ),
        migrations.AddField(
            model_name="tasklist",
            name="issuer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="交办领导",
            ),
        ),
        migrations.AddField(
            model_name="tasklist",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lists",
                to="matters.meeting",
                verbose_name="会议",
            ),
        ),
        migrations.AddField(
            model_name="tasklist",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="登记人",
            ),
        ),
        migrations.AddField(
            model_name="tasklist",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.evidence",
                verbose_name="清单原件",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="task_list",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matters",
                to="matters.tasklist",
                verbose_name="交办清单",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__isnull", False)),
                fields=("bureau", "year", "series", "number"),
                name="matter_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("recurrence__isnull", False)),
                fields=("recurrence", "period"),
                name="matter_period_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("task_list__isnull", False)),
                fields=("task_list", "place"),
                name="matter_list_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ASKED")), fields=("matter",), name="extension_one_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted_on__gt", models.F("due_was"))), name="extension_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["GRANTED", "REFUSED"]), _negated=True),
                    models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                    _connector="OR",
                ),
                name="extension_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "GRANTED"), _negated=True), ("granted_until__isnull", False), _connector="OR"
                ),
                name="extension_granted_until",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["bureau", "kind", "held_on"], name="meeting_bureau_kind"),
        ),
        migrations.AddConstraint(
            model_name="recurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("nth", 0), _negated=True), ("nth__gte", -23), ("nth__lte", 23)),
                name="recurrence_nth",
            ),
        ),
        migrations.AddConstraint(
            model_name="recurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="recurrence_dates_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.UniqueConstraint(fields=("matter", "number"), name="roadmap_number_once"),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "PROPOSED")), fields=("matter",), name="roadmap_one_proposed"
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ACCEPTED")), fields=("matter",), name="roadmap_one_accepted"
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmapstep",
            constraint=models.UniqueConstraint(fields=("roadmap", "order"), name="roadmap_step_order_once"),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", False)), fields=("person", "name"), name="saved_filter_once"
            ),
        ),
        migrations.AddIndex(
            model_name="tasklist",
            index=models.Index(fields=["bureau", "-issued_on", "-id"], name="list_bureau"),
        ),
    ]
