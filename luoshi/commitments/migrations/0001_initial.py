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
        ("problems", "0001_initial"),
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("duty_title", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                ("field", models.CharField(blank=True, max_length=200, verbose_name="分管领域")),
                ("phone", models.CharField(max_length=40, verbose_name="监督电话")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFT", "起草"),
                            ("SUBMITTED", "待审定"),
                            ("PUBLISHED", "已公示"),
                            ("SETTLED", "已评诺"),
                            ("VOID", "已作废"),
                        ],
                        default="DRAFT",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="起草日期")),
                ("returned", models.CharField(blank=True, max_length=300, verbose_name="退回意见")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公示日期")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="审定日期")),
                ("source_note", models.CharField(blank=True, max_length=200, verbose_name="审定出处")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="评诺日期")),
                ("settled_note", models.CharField(blank=True, max_length=500, verbose_name="评诺方式和意见")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废理由")),
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
                        related_name="commitments",
                        to="plan.clause",
                        verbose_name="依据条款",
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
                        verbose_name="审定人",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承诺人",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="评诺登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开承诺",
                "ordering": ["-year", "id"],
            },
        ),
        migrations.CreateModel(
            name="LivelihoodBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=120, verbose_name="清单名称")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="确定依据")),
                ("opened_on", models.DateField(verbose_name="登记日期")),
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
                        related_name="livelihood",
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
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "民生实事清单",
                "ordering": ["-year", "-id"],
            },
        ),
        migrations.CreateModel(
            name="LivelihoodItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="序号")),
                ("name", models.CharField(max_length=120, verbose_name="实事")),
                ("beneficiaries", models.CharField(max_length=120, verbose_name="受益对象")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="受益人数")),
                ("due_on", models.DateField(verbose_name="完成时限")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="完成情况")),
                ("feedback", models.CharField(blank=True, max_length=500, verbose_name="群众反馈")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="取消理由")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="commitments.livelihoodbatch",
                        verbose_name="民生实事清单",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="责任领导",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="livelihood",
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
                        verbose_name="责任单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "民生实事",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("PROGRESS", "践诺进展"), ("FULFILMENT", "兑现情况")],
                        default="PROGRESS",
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("words", models.CharField(max_length=500, verbose_name="情况")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("KEPT", "已兑现"), ("PARTLY", "部分兑现"), ("NOT", "未兑现")],
                        max_length=8,
                        verbose_name="兑现情况",
                    ),
                ),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                ("void_reason", models.CharField(blank=True, max_length=200, verbose_name="作废理由")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "践诺记录",
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProgressEvidence",
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
                    "progress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proofs",
                        to="commitments.progress",
                        verbose_name="践诺记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "践诺佐证",
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="次序")),
                ("words", models.CharField(max_length=300, verbose_name="承诺事项")),
                ("measure", models.CharField(max_length=300, verbose_name="完成标志")),
                ("due_on", models.DateField(verbose_name="完成时限")),
                ("due_now_on", models.DateField(verbose_name="现定时限")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("KEPT", "已兑现"), ("PARTLY", "部分兑现"), ("NOT", "未兑现")],
                        max_length=8,
                        verbose_name="兑现情况",
                    ),
                ),
                ("outcome_on", models.DateField(blank=True, null=True, verbose_name="兑现登记日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="commitments.commitment",
                        verbose_name="公开承诺",
                    ),
                ),
            ],
            options={
                "verbose_name": "承诺事项",
                "ordering": ["order", "id"],
            },
        ),
        migrations.AddField(
            model_name="progress",
            name="promise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="progress",
                to="commitments.promise",
                verbose_name="承诺事项",
            ),
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("SCOPE", "承诺范围内事项"), ("URGENT", "急难愁盼")], max_length=8, verbose_name="类别"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="事由")),
                ("words", models.TextField(blank=True, verbose_name="诉求内容")),
                ("from_whom", models.CharField(blank=True, max_length=60, verbose_name="反映人")),
                ("contact", models.CharField(blank=True, max_length=60, verbose_name="联系方式")),
                ("received_on", models.DateField(verbose_name="收到日期")),
                ("day0_on", models.DateField(verbose_name="起算日")),
                ("answer_due_on", models.DateField(verbose_name="答复时限")),
                ("citation", models.CharField(max_length=300, verbose_name="依据")),
                ("basis", models.JSONField(default=dict, verbose_name="逐日计算")),
                ("provisional", models.BooleanField(default=False, verbose_name="暂定")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "待答复"),
                            ("ANSWERED", "已答复、办理中"),
                            ("CLOSED", "已办结"),
                            ("VOID", "已作废"),
                        ],
                        default="WAITING",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                ("answer", models.TextField(blank=True, verbose_name="答复内容")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("SOLVED", "已解决"), ("EXPLAINED", "已解释说明")],
                        max_length=12,
                        verbose_name="办理结果",
                    ),
                ),
                ("measure", models.TextField(blank=True, verbose_name="措施和结果")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("opened_on", models.DateField(verbose_name="登记日期")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废理由")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
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
                        related_name="concerns",
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
                        verbose_name="办结人",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="commitments.commitment",
                        verbose_name="公开承诺",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="责任领导",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="matters.matter",
                        verbose_name="事项",
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
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="problems.problem",
                        verbose_name="问题",
                    ),
                ),
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
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="办理单位",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="commitments.promise",
                        verbose_name="承诺事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "群众诉求",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="变更次数")),
                ("old_words", models.CharField(max_length=300, verbose_name="原承诺事项")),
                ("old_measure", models.CharField(max_length=300, verbose_name="原完成标志")),
                ("old_due_on", models.DateField(verbose_name="原时限")),
                ("new_words", models.CharField(blank=True, max_length=300, verbose_name="新承诺事项")),
                ("new_measure", models.CharField(blank=True, max_length=300, verbose_name="新完成标志")),
                ("new_due_on", models.DateField(blank=True, null=True, verbose_name="新时限")),
                ("ends", models.BooleanField(default=False, verbose_name="终止该项")),
                ("reason", models.CharField(max_length=300, verbose_name="变更理由")),
                ("on", models.DateField(verbose_name="变更日期")),
                ("decided_on", models.DateField(verbose_name="审定日期")),
                ("source_note", models.CharField(blank=True, max_length=200, verbose_name="审定出处")),
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
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审定人",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="commitments.promise",
                        verbose_name="承诺事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "承诺变更",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PromiseMatter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="关联日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="取消关联日期")),
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
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="commitments.promise",
                        verbose_name="承诺事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "承诺关联事项",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["bureau", "year", "state"], name="commitment_bureau_year"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "VOID"), _negated=True),
                fields=("bureau", "person", "year"),
                name="commitment_one_set_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["PUBLISHED", "SETTLED"]), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                        ("published_on__isnull", False),
                        models.Q(("duty_title", ""), _negated=True),
                        models.Q(("field", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="commitment_published_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "SETTLED"), _negated=True),
                    models.Q(("settled_on__isnull", False), models.Q(("settled_note", ""), _negated=True)),
                    _connector="OR",
                ),
                name="commitment_settled_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "VOID"), _negated=True),
                    models.Q(("void_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="commitment_void_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="livelihoodbatch",
            constraint=models.UniqueConstraint(fields=("bureau", "year", "title"), name="batch_title_once"),
        ),
        migrations.AddIndex(
            model_name="livelihooditem",
            index=models.Index(fields=["due_on"], name="livelihood_due"),
        ),
        migrations.AddConstraint(
            model_name="livelihooditem",
            constraint=models.UniqueConstraint(fields=("batch", "order"), name="livelihood_order_once"),
        ),
        migrations.AddConstraint(
            model_name="livelihooditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on__isnull", True),
                    models.Q(
                        ("done_by__isnull", False),
                        ("void_reason", ""),
                        models.Q(("result", ""), _negated=True),
                        models.Q(("feedback", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="livelihood_done_was_heard",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressevidence",
            constraint=models.UniqueConstraint(fields=("progress", "evidence"), name="progress_evidence_once"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["due_now_on"], name="promise_due"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(fields=("commitment", "order"), name="promise_order_once"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("words", ""), _negated=True), models.Q(("measure", ""), _negated=True)),
                name="promise_says_what_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), ("outcome_on__isnull", False), _connector="OR"),
                name="promise_outcome_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), ("ended_on__isnull", True), _connector="OR"),
                name="promise_ended_or_kept",
            ),
        ),
        migrations.AddIndex(
            model_name="progress",
            index=models.Index(fields=["promise", "-on"], name="progress_promise"),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(("on__lte", models.F("entered_on"))), name="progress_happened_before_entered"
            ),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "PROGRESS"), ("outcome", "")),
                    models.Q(("kind", "FULFILMENT"), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="progress_fulfilment_has_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["bureau", "state", "answer_due_on"], name="concern_bureau_state"),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["leader", "state"], name="concern_leader"),
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["unit", "state"], name="concern_unit"),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_on__lte", models.F("opened_on"))), name="concern_received_before_entered"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer_due_on__gt", models.F("day0_on"))), name="concern_due_after_day0"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["ANSWERED", "CLOSED"]), _negated=True),
                    models.Q(
                        ("answered_by__isnull", False),
                        ("answered_on__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="concern_answered_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "CLOSED"), _negated=True),
                    models.Q(
                        ("closed_by__isnull", False),
                        ("closed_on__isnull", False),
                        models.Q(("ending", ""), _negated=True),
                        models.Q(("measure", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="concern_closed_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "VOID"), _negated=True),
                    models.Q(("void_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="concern_void_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(fields=("promise", "number"), name="amendment_number_once"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="amendment_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends", True), ("new_due_on__isnull", True), ("new_words", "")),
                    models.Q(
                        ("ends", False),
                        ("new_due_on__isnull", False),
                        models.Q(("new_words", ""), _negated=True),
                        models.Q(("new_measure", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="amendment_changes_or_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_on__lte", models.F("on"))), name="amendment_decided_before_entered"
            ),
        ),
        migrations.AddConstraint(
            model_name="promisematter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)), fields=("promise", "matter"), name="promise_matter_once"
            ),
        ),
    ]
