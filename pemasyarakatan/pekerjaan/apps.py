from django.apps import AppConfig


class PekerjaanConfig(AppConfig):
    name = "pemasyarakatan.pekerjaan"
    label = "pekerjaan"
