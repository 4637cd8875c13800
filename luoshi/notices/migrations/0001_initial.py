import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="类别")),
                ("key", models.CharField(max_length=120, verbose_name="防重标识")),
                ("title", models.CharField(max_length=200, verbose_name="内容")),
                ("url", models.CharField(max_length=300, verbose_name="去处")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="已读时间")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
            ],
            options={
                "verbose_name": "提醒",
                "indexes": [models.Index(fields=["user", "read_at", "-id"], name="notice_unread")],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="notice_once")],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("WEBHOOK", "消息网关"), ("MAIL", "邮件")], max_length=12, verbose_name="渠道"
                    ),
                ),
                ("key", models.CharField(max_length=120, verbose_name="防重标识")),
                ("on", models.DateField(verbose_name="日期")),
                ("count", models.PositiveIntegerField(verbose_name="件数")),
                ("upto", models.PositiveBigIntegerField(default=0, verbose_name="汇总到第几条提醒")),
                ("urgent", models.BooleanField(default=False, verbose_name="加急")),
                (
                    "state",
                    models.CharField(
                        choices=[("WAITING", "待发"), ("SENT", "已发"), ("FAILED", "失败")],
                        default="WAITING",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="尝试次数")),
                ("fence", models.PositiveIntegerField(default=0, verbose_name="领取序号")),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="租约到")),
                ("next_try_at", models.DateTimeField(verbose_name="下次尝试")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                ("last_error", models.CharField(blank=True, max_length=200, verbose_name="最近错误")),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit", verbose_name="局"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
            ],
            options={
                "verbose_name": "待发消息",
                "indexes": [
                    models.Index(fields=["state", "next_try_at"], name="outbox_due"),
                    models.Index(fields=["user", "-upto"], name="outbox_told"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="outbox_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("urgent", False)), fields=("user", "on"), name="outbox_one_digest_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="outbox_counts_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "SENT"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="outbox_sent_says_when",
                    ),
                ],
            },
        ),
    ]
