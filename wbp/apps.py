from django.apps import AppConfig


class WbpConfig(AppConfig):
    name = "wbp"
    verbose_name = "Warga binaan"
