import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("remisi", "0002_initial"),
        ("upt", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RamalanUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("isi", models.JSONField(default=dict)),
                ("orang", models.PositiveIntegerField()),
                ("tanpa_tanggal", models.PositiveIntegerField()),
                ("dihitung_pada", models.DateTimeField()),
                (
                    "kanwil",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="upt.kanwil"
                    ),
                ),
                (
                    "upt",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="upt.upt"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ramalan unit",
                "constraints": [models.UniqueConstraint(fields=("upt",), name="ramalan_unit_sekali")],
            },
        ),
    ]
