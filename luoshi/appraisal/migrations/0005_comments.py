import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0004_year_end"),
        ("matters", "0005_recurrence_versions"),
        ("org", "0001_initial"),
        ("problems", "0003_source_appraisal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("words", models.CharField(max_length=500, verbose_name="点评内容")),
                ("said_on", models.DateField(verbose_name="点评日期")),
                ("point", models.CharField(blank=True, max_length=80, verbose_name="指标")),
                ("point_words", models.CharField(blank=True, max_length=120, verbose_name="指标名称")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="单位回应")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="回应日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回应人",
                    ),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
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
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="有关事项",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="点评人",
                    ),
                ),
                (
                    "score",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="appraisal.score",
                        verbose_name="单位得分",
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
                "verbose_name": "点评",
                "ordering": ["-said_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="外部标识"),
                ),
                ("title", models.CharField(max_length=120, verbose_name="要改进什么")),
                ("point", models.CharField(blank=True, max_length=80, verbose_name="指标")),
                ("point_words", models.CharField(blank=True, max_length=120, verbose_name="指标名称")),
                ("opened_on", models.DateField(verbose_name="提出日期")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvements",
                        to="appraisal.boardcase",
                        verbose_name="红黑榜事例",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvements",
                        to="appraisal.comment",
                        verbose_name="点评",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "problem",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvement",
                        to="problems.problem",
                        verbose_name="台账问题",
                    ),
                ),
                (
                    "score",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvements",
                        to="appraisal.score",
                        verbose_name="单位得分",
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
                "verbose_name": "改进项",
                "ordering": ["-id"],
            },
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["bureau", "-said_on"], name="comment_bureau"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["unit", "-said_on"], name="comment_unit"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="comment_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("said_on__lte", models.F("entered_on"))), name="comment_said_before_entered"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("point", ""), models.Q(("matter__isnull", True), ("score__isnull", False)), _connector="OR"
                ),
                name="comment_point_of_a_score",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", ""),
                    models.Q(("answered_by__isnull", False), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="comment_answer_has_its_day",
            ),
        ),
        migrations.AddIndex(
            model_name="improvement",
            index=models.Index(fields=["unit", "-id"], name="improvement_unit"),
        ),
        migrations.AddConstraint(
            model_name="improvement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case__isnull", True), ("comment__isnull", False), ("point", ""), ("score__isnull", True)
                    ),
                    models.Q(
                        ("case__isnull", True),
                        ("comment__isnull", True),
                        ("score__isnull", False),
                        models.Q(("point", ""), _negated=True),
                    ),
                    models.Q(
                        ("case__isnull", False), ("comment__isnull", True), ("point", ""), ("score__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="improvement_from_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="improvement",
            constraint=models.UniqueConstraint(fields=("score", "point"), name="improvement_point_once"),
        ),
        migrations.AddConstraint(
            model_name="improvement",
            constraint=models.UniqueConstraint(fields=("comment",), name="improvement_comment_once"),
        ),
        migrations.AddConstraint(
            model_name="improvement",
            constraint=models.UniqueConstraint(fields=("case",), name="improvement_case_once"),
        ),
    ]
