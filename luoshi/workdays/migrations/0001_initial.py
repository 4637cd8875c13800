import datetime

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
                        choices=[("OFFICIAL", "正式"), ("PROVISIONAL", "暂定"), ("LOCAL", "地方安排")],
                        default="PROVISIONAL",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("notice_no", models.CharField(blank=True, max_length=100, verbose_name="通知文号")),
                ("notice_on", models.DateField(blank=True, null=True, verbose_name="发文日期")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="内容摘要")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "bureau",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                ("source", models.CharField(blank=True, max_length=100, verbose_name="依据文号")),
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
        migrations.CreateModel(
            name="OfficeHoursOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(verbose_name="起用日期")),
                ("morning_from", models.TimeField(verbose_name="上午上班")),
                ("morning_until", models.TimeField(verbose_name="上午下班")),
                ("afternoon_from", models.TimeField(verbose_name="下午上班")),
                ("afternoon_until", models.TimeField(verbose_name="下午下班")),
                ("digest_at", models.TimeField(default=datetime.time(8, 40), verbose_name="每日提醒时间")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
            ],
            options={
                "verbose_name": "办公时间",
                "ordering": ["from_on"],
            },
        ),
        migrations.AddConstraint(
            model_name="calendaryear",
            constraint=models.UniqueConstraint(fields=("year", "bureau"), name="calendar_year_once_a_bureau"),
        ),
        migrations.AddConstraint(
            model_name="calendaryear",
            constraint=models.UniqueConstraint(
                condition=models.Q(("bureau__isnull", True)), fields=("year",), name="calendar_year_once_nationally"
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
            model_name="calendaryear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "LOCAL"), _negated=True), ("bureau__isnull", False), _connector="OR"
                ),
                name="calendar_local_has_bureau",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendaryear",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="calendar_year_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.UniqueConstraint(fields=("year", "day"), name="calendar_day_once"),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="calendar_day_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="officehoursorder",
            constraint=models.UniqueConstraint(fields=("bureau", "from_on"), name="office_hours_once"),
        ),
        migrations.AddConstraint(
            model_name="officehoursorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afternoon_from__lt", models.F("afternoon_until")),
                    ("morning_from__lt", models.F("morning_until")),
                    ("morning_until__lte", models.F("afternoon_from")),
                ),
                name="office_hours_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="officehoursorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("digest_at__gte", models.F("morning_from")), ("digest_at__lt", models.F("afternoon_until"))
                ),
                name="office_hours_hold_the_digest",
            ),
        ),
    ]
