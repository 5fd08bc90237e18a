"""The login page of a training instance shows who can be tried out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dasbor.contoh.akun import SANDI, daftar_akun


def akun_contoh(request: HttpRequest) -> dict[str, Any]:
    """Context processor; only the login page uses it, so only there it costs a query."""
    cocok = request.resolver_match
    if cocok is None or cocok.view_name != "akun:masuk":
        return {}
    return {
        "akun_contoh": [
            {"peran": a.peran, "nama": a.nama_pengguna, "unit": a.unit, "sandi": SANDI} for a in daftar_akun()
        ]
    }
