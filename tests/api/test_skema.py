"""The published schema is true: generated requests never break the server, and answers keep one shape."""

from __future__ import annotations

import json
from typing import Any

import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.core import NotSet

from pemasyarakatan.akun.token import buat_token
from tests import dunia as pembuat

ALAMAT = "/api/v1/skema/"


def test_skema_dan_dokumentasi_untuk_yang_masuk(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.pimpinan)
    skema = klien.get(ALAMAT, headers={"Accept": "application/json"}).json()
    assert any(alamat.endswith("/aksi/{aksi}/") for alamat in skema["paths"])
    halaman = klien.get("/api/v1/dokumentasi/").content.decode()
    assert "<style" not in halaman
    assert "https://" not in halaman, "nothing comes from another host"
    assert Client().get("/api/v1/dokumentasi/").status_code == 302


def test_permintaan_apa_pun_dijawab_dengan_tertib(dunia: Any) -> None:
    """Requests made from the schema: never a 5xx, always JSON, and every refusal has a sentence."""
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    token = buat_token(oleh=dunia.kepala_ambon, nama="uji")
    klien = Client(headers={"Authorization": f"Token {token}", "Accept": "application/json"})
    operasi = list(schemathesis.openapi.from_dict(klien.get(ALAMAT).json()).get_all_operations())
    assert len(operasi) >= 20
    for satu in operasi:
        _uji(satu.ok(), klien)


def _uji(operasi: Any, klien: Client) -> None:
    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(kasus=operasi.as_strategy())
    def coba(kasus: Any) -> None:
        jawaban = _panggil(klien, kasus)
        assert jawaban.status_code < 500, (operasi.label, jawaban.content)
        if jawaban.status_code >= 400:
            assert jawaban.json()["pesan"][-1:] in ".…", (operasi.label, jawaban.content)

    coba()


def _panggil(klien: Client, kasus: Any) -> Any:
    badan = b"" if isinstance(kasus.body, NotSet) else json.dumps(kasus.body).encode()
    return klien.generic(
        kasus.method,
        kasus.formatted_path,
        badan,
        content_type="application/json",
        headers={nama: nilai.encode("latin-1", "replace").decode("latin-1") for nama, nilai in kasus.headers.items()},
        query_params=dict(kasus.query or {}),
    )
