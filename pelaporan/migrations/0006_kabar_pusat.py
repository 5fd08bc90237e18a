from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pelaporan", "0005_register")]

    operations = [
        migrations.AlterField(
            model_name="pemberitahuan",
            name="untuk",
            field=models.CharField(
                choices=[("upt", "UPT"), ("kanwil", "Kanwil"), ("pusat", "Ditjenpas")], max_length=6
            ),
        ),
    ]
