from django.apps import AppConfig


class PanganConfig(AppConfig):
    name = "pangan"
    verbose_name = "Ketahanan pangan"
