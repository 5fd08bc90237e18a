from django.apps import AppConfig


class AkunConfig(AppConfig):
    name = "pemasyarakatan.akun"
    label = "akun"
    verbose_name = "Pengguna"
