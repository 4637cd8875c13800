from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0002_lists_and_roadmaps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="roadmap",
            options={"ordering": ["cycle", "number"], "verbose_name": "路线图"},
        ),
        migrations.RemoveConstraint(
            model_name="roadmap",
            name="roadmap_number_once",
        ),
        migrations.AddField(
            model_name="roadmapstep",
            name="paused",
            field=models.PositiveIntegerField(default=0, verbose_name="中止顺延（工作日）"),
        ),
        migrations.AlterField(
            model_name="extensionrequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("ASKED", "待批准"),
                    ("GRANTED", "已批准"),
                    ("REFUSED", "未批准"),
                    ("WITHDRAWN", "已撤回"),
                    ("LAPSED", "已失效"),
                ],
                default="ASKED",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="roadmap",
            name="state",
            field=models.CharField(
                choices=[
                    ("PROPOSED", "待审核"),
                    ("ACCEPTED", "执行中"),
                    ("RETURNED", "退回修改"),
                    ("SUPERSEDED", "已被新版取代"),
                    ("ENDED", "已终止"),
                ],
                default="PROPOSED",
                max_length=12,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="matterevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("move", "urge_part")), fields=("matter", "on"), name="event_urge_part_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="roadmap",
            constraint=models.UniqueConstraint(fields=("matter", "cycle", "number"), name="roadmap_number_once"),
        ),
    ]
