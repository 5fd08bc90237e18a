"""Puts the portal's own administration site in the place of Django's. Loaded before the models are."""

from django.contrib.admin.apps import AdminConfig


class KonfigurasiKelola(AdminConfig):
    default_site = "pemasyarakatan.akun.situs.SitusKelola"
