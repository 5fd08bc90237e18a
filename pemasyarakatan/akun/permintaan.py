"""The type of a request behind the login: `user` is a person. For annotations only; nothing makes one."""

from __future__ import annotations

from django.http import HttpRequest

from pemasyarakatan.akun.models import Pengguna


class PermintaanMasuk(HttpRequest):
    user: Pengguna
