from django.apps import AppConfig


class JejakConfig(AppConfig):
    name = "pemasyarakatan.jejak"
    label = "jejak"
