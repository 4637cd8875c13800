import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0001_initial"),
        ("plan", "0002_campaign"),
        ("records", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GateDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("SIGN", "过关"), ("WITHDRAW", "撤回过关")], max_length=8, verbose_name="决定"
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="过关决定日期")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="会议或批示出处")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="意见或理由")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
            ],
            options={
                "verbose_name": "过关决定",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ScopeExclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="不参加的理由")),
                ("from_on", models.DateField(verbose_name="起")),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="止")),
                ("void", models.BooleanField(default=False, verbose_name="作废（登记有误）")),
            ],
            options={
                "verbose_name": "不参加单位",
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="groupmember",
            name="group_member_once",
        ),
        migrations.RemoveConstraint(
            model_name="phase",
            name="phase_signed_by_somebody",
        ),
        migrations.RemoveField(
            model_name="gatecheck",
            name="version",
        ),
        migrations.RemoveField(
            model_name="phase",
            name="decided_by",
        ),
        migrations.RemoveField(
            model_name="phase",
            name="decided_on",
        ),
        migrations.RemoveField(
            model_name="phase",
            name="note",
        ),
        migrations.RemoveField(
            model_name="phase",
            name="paper",
        ),
        migrations.RemoveField(
            model_name="phase",
            name="signed_by",
        ),
        migrations.AddField(
            model_name="gatecheck",
            name="duty",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plan.duty",
                verbose_name="任务",
            ),
        ),
        migrations.AddField(
            model_name="groupmember",
            name="void",
            field=models.BooleanField(default=False, verbose_name="作废（登记有误）"),
        ),
        migrations.AddField(
            model_name="phase",
            name="overlap_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="与前一阶段交叉的说明"),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="void",
            field=models.BooleanField(default=False, verbose_name="作废（登记有误）"),
        ),
        migrations.AddConstraint(
            model_name="gatecheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void", False)), fields=("phase", "duty"), name="gate_check_duty_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="gatecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("met_on__isnull", True), ("met_by__isnull", False), _connector="OR"),
                name="gate_check_met_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)),
                fields=("group", "person", "role"),
                name="group_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "OFFICE_HEAD"), ("until_on__isnull", True)),
                fields=("group",),
                name="group_one_office_head",
            ),
        ),
        migrations.AddConstraint(
            model_name="phase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_on__isnull", True), models.Q(("from_on__isnull", False), ("void", False)), _connector="OR"
                ),
                name="phase_signed_has_dates",
            ),
        ),
        migrations.AddField(
            model_name="gatedecision",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="过关决定人",
            ),
        ),
        migrations.AddField(
            model_name="gatedecision",
            name="operator",
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
            model_name="gatedecision",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.evidence",
                verbose_name="过关文件",
            ),
        ),
        migrations.AddField(
            model_name="gatedecision",
            name="phase",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="plan.phase",
                verbose_name="阶段",
            ),
        ),
        migrations.AddField(
            model_name="scopeexclusion",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exclusions",
                to="plan.plan",
                verbose_name="方案",
            ),
        ),
        migrations.AddField(
            model_name="scopeexclusion",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="单位"
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "SIGN"), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="gate_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="gatedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("entered_on__gte", models.F("decided_on"))), name="gate_decided_before_entered"
            ),
        ),
        migrations.AddConstraint(
            model_name="scopeexclusion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("plan", "unit"), name="scope_exclusion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scopeexclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="scope_exclusion_gives_its_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="scopeexclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="scope_exclusion_dates_in_order",
            ),
        ),
    ]
