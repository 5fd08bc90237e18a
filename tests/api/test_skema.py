"""The published schema is true: generated requests never break the server, and answers keep one shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings

from pemasyarakatan.akun.token import buat_token
from pemasyarakatan.wsgi import application
from tests import dunia as pembuat

ALAMAT = "/api/v1/skema/"


@pytest.fixture
def _sambungan_tetap() -> Iterator[None]:
    """Like Django's test client: the application keeps the test's connection and its transaction."""
    for sinyal in (request_started, request_finished):
        sinyal.disconnect(close_old_connections)
    yield
    for sinyal in (request_started, request_finished):
        sinyal.connect(close_old_connections)


def test_skema_dan_dokumentasi_untuk_yang_masuk(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.pimpinan)
    skema = klien.get(ALAMAT, headers={"Accept": "application/json"}).json()
    assert any(alamat.endswith("/aksi/{aksi}/") for alamat in skema["paths"])
    halaman = klien.get("/api/v1/dokumentasi/").content.decode()
    assert "<style" not in halaman
    assert "https://" not in halaman, "nothing comes from another host"
    assert Client().get("/api/v1/dokumentasi/").status_code == 302


@pytest.mark.usefixtures("_sambungan_tetap")
def test_permintaan_apa_pun_dijawab_dengan_tertib(dunia: Any) -> None:
    """Requests made from the schema: never a 5xx, always JSON, and every refusal has a sentence."""
    pembuat.kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    kepala = {"Authorization": f"Token {buat_token(oleh=dunia.kepala_ambon, nama='uji')}"}
    skema = schemathesis.openapi.from_wsgi(
        ALAMAT, application, headers={**kepala, "Accept": "application/json"}
    )
    operasi = [satu.ok() for satu in skema.get_all_operations()]
    assert len(operasi) >= 20
    for satu in operasi:
        _uji(satu, kepala)


def _uji(operasi: Any, kepala: dict[str, str]) -> None:
    @settings(
        max_examples=3,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(kasus=operasi.as_strategy())
    def coba(kasus: Any) -> None:
        jawaban = kasus.call(headers=kepala)
        assert jawaban.status_code < 500, (operasi.label, kasus.as_curl_command())
        if jawaban.status_code >= 400:
            assert jawaban.json()["pesan"], operasi.label
        if jawaban.status_code == 400:
            assert not jawaban.json()["pesan"].startswith("[")

    coba()
