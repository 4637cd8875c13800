import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0004_meeting_items"),
    ]

    operations = [
        migrations.AddField(
            model_name="recurrence",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="matters.recurrence",
                verbose_name="接续的原规定",
            ),
        ),
    ]
