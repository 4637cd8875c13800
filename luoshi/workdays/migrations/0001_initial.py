import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField(verbose_name="年度")),
                (
                    "status",
                    models.CharField(
                        choices=[("OFFICIAL", "正式"), ("PROVISIONAL", "暂定")],
                        default="PROVISIONAL",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("notice_no", models.CharField(blank=True, max_length=100, verbose_name="通知文号")),
                ("notice_on", models.DateField(blank=True, null=True, verbose_name="发文日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="org.unit",
                        verbose_name="适用局",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度放假安排",
                "ordering": ["year"],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="日期")),
                ("is_workday", models.BooleanField(verbose_name="上班")),
                ("name", models.CharField(max_length=60, verbose_name="事由")),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="workdays.calendaryear",
                        verbose_name="所据通知",
                    ),
                ),
            ],
            options={
                "verbose_name": "节假日与调休",
                "ordering": ["day"],
            },
        ),
        migrations.AddConstraint(
            model_name="calendaryear",
            constraint=models.UniqueConstraint(
                fields=("year", "bureau"), name="calendar_year_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="calendaryear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "OFFICIAL"), _negated=True),
                    models.Q(("notice_no", ""), _negated=True),
                    _connector="OR",
                ),
                name="calendar_official_has_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.UniqueConstraint(fields=("year", "day"), name="calendar_day_once"),
        ),
    ]
