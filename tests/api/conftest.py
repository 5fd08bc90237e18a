"""A client that speaks JSON with a person's own token."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pemasyarakatan.akun.token import buat_token


class KlienAPI:
    """`klien.get("laporan/", bulan="2026-01")`, `klien.patch("…", {…})`; answers are Django responses."""

    def __init__(self, token: str) -> None:
        self.klien = Client(raise_request_exception=True)
        self.kepala = {"HTTP_AUTHORIZATION": f"Token {token}"}

    def get(self, alamat: str, **saringan: Any) -> Any:
        return self.klien.get(f"/api/v1/{alamat}", saringan, **self.kepala)

    def kirim(self, cara: str, alamat: str, isi: Any = None, kunci: str = "", mentah: bytes | None = None) -> Any:
        kepala = {**self.kepala, **({"HTTP_IDEMPOTENCY_KEY": kunci} if kunci else {})}
        if mentah is not None:
            return self.klien.generic(cara, f"/api/v1/{alamat}", mentah, content_type="application/json", **kepala)
        fungsi = getattr(self.klien, cara.lower())
        return fungsi(f"/api/v1/{alamat}", isi, content_type="application/json", **kepala)

    def patch(self, alamat: str, isi: Any) -> Any:
        return self.kirim("PATCH", alamat, isi)

    def post(self, alamat: str, isi: Any = None, kunci: str = "") -> Any:
        return self.kirim("POST", alamat, isi, kunci)


@pytest.fixture
def api() -> Any:
    def _api(pengguna: Any) -> KlienAPI:
        return KlienAPI(buat_token(oleh=pengguna, nama="uji"))

    return _api
