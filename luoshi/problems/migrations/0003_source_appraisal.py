from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0002_selfcheck_rounds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="problem",
            name="source",
            field=models.CharField(
                choices=[
                    ("OPINION", "群众意见"),
                    ("VISIT", "走访调研"),
                    ("TALK", "谈心谈话"),
                    ("SELF_CHECK", "自我查摆"),
                    ("INSPECTION", "督查检查"),
                    ("COMPLAINT", "信访投诉"),
                    ("CLAUSE", "方案条款缺口"),
                    ("MEETING", "会议"),
                    ("APPRAISAL", "考评点评"),
                    ("OTHER", "其他"),
                ],
                max_length=12,
                verbose_name="来源",
            ),
        ),
        migrations.AlterField(
            model_name="sighting",
            name="source",
            field=models.CharField(
                choices=[
                    ("OPINION", "群众意见"),
                    ("VISIT", "走访调研"),
                    ("TALK", "谈心谈话"),
                    ("SELF_CHECK", "自我查摆"),
                    ("INSPECTION", "督查检查"),
                    ("COMPLAINT", "信访投诉"),
                    ("CLAUSE", "方案条款缺口"),
                    ("MEETING", "会议"),
                    ("APPRAISAL", "考评点评"),
                    ("OTHER", "其他"),
                ],
                max_length=12,
                verbose_name="来源",
            ),
        ),
    ]
