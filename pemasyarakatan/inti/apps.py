from __future__ import annotations

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class IntiConfig(AppConfig):
    name = "pemasyarakatan.inti"
    label = "inti"

    def ready(self) -> None:
        from pemasyarakatan import celery  # noqa: F401  (shared tasks need the configured app)
        from pemasyarakatan.inti import penjaga

        # Django signals once per app that has models, after all migrations; one of them is enough.
        post_migrate.connect(penjaga.setelah_migrasi, sender=apps.get_app_config("akun"))
