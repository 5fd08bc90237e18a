from django.apps import AppConfig


class RemisiConfig(AppConfig):
    name = "remisi"
    verbose_name = "Remisi dan integrasi"
