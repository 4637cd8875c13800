import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0003_gate_decisions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="planversion",
            name="plan_text_once",
        ),
        migrations.AddField(
            model_name="planversion",
            name="basis",
            field=models.CharField(blank=True, max_length=200, verbose_name="修订依据"),
        ),
        migrations.AddField(
            model_name="rule",
            name="kept_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plan.planversion",
                verbose_name="新版未载仍执行",
            ),
        ),
        migrations.AddField(
            model_name="rule",
            name="kept_why",
            field=models.CharField(blank=True, max_length=200, verbose_name="仍执行的理由"),
        ),
    ]
