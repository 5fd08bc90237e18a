"""Bodies arrive before a transaction is open for them, or are refused before they arrive."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from pelaporan.models import Lampiran
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import PDF
from tests.pelaporan.bantu import alamat
from upt.cakupan import SISTEM, terpasang

AMBON = "/upt/lapas-kelas-iia-ambon/"


class Aliran(io.BytesIO):
    """A line that notes, at every reading, whether a transaction was open meanwhile."""

    def __init__(self, isi: bytes) -> None:
        super().__init__(isi)
        self.terbuka: list[bool] = []

    def read(self, *ukuran: Any) -> bytes:
        self.terbuka.append(connection.in_atomic_block)
        return super().read(*ukuran)


def _kirim(klien: Client, jalur: str, badan: bytes, jenis: str, panjang: int = 0) -> tuple[Any, Aliran]:
    aliran = Aliran(badan)
    kepala = {"wsgi.input": aliran, "CONTENT_LENGTH": str(panjang or len(badan)), "CONTENT_TYPE": jenis}
    return klien.generic("POST", jalur, **kepala), aliran


@pytest.fixture
def klien(dunia_nyata: Dunia) -> Client:
    klien = Client()
    klien.force_login(dunia_nyata.operator_ambon)
    return klien


def test_berkas_diterima_sebelum_transaksi(dunia_nyata: Dunia, klien: Client) -> None:
    """On a thin line a photo takes minutes; the server ends a transaction that waits for a quarter of one."""
    with terpasang(SISTEM):
        laporan = dunia_nyata.laporan(dunia_nyata.ambon)
    berkas = io.BytesIO(PDF)
    berkas.name = "bukti.pdf"
    badan = encode_multipart(BOUNDARY, {"berkas": berkas, "keterangan": "Bukti"})
    jawaban, aliran = _kirim(klien, alamat(laporan, "lampiran"), badan, MULTIPART_CONTENT)
    assert jawaban.status_code == 302
    assert aliran.terbuka
    assert not any(aliran.terbuka)
    with terpasang(SISTEM):
        assert Lampiran.objects.filter(laporan=laporan).count() == 1


def test_isian_diterima_sebelum_transaksi(klien: Client) -> None:
    _, aliran = _kirim(klien, "/keluar/", b"a=1", "application/x-www-form-urlencoded")
    assert aliran.terbuka
    assert not any(aliran.terbuka)


def test_orang_tak_dikenal_tidak_ditunggu(dunia_nyata: Dunia) -> None:
    """Without a session the body is no reason to wait: it is read, if at all, where the server's limit ends it."""
    jawaban, aliran = _kirim(Client(), f"{AMBON}buku/2026-01/", b"x" * 100, MULTIPART_CONTENT)
    assert jawaban.status_code == 401
    assert all(aliran.terbuka)


def test_jauh_terlalu_besar_ditolak_sebelum_dibaca(klien: Client) -> None:
    badan = encode_multipart(BOUNDARY, {"berkas": "x"})
    jawaban, aliran = _kirim(klien, f"{AMBON}buku/2026-01/", badan, MULTIPART_CONTENT, panjang=600 * 1024 * 1024)
    assert jawaban.status_code == 400
    assert aliran.terbuka == []


def test_alamat_yang_tidak_ada_tetap_404(klien: Client) -> None:
    jawaban, aliran = _kirim(klien, "/tidak-ada/", b"a=1", "application/x-www-form-urlencoded")
    assert (jawaban.status_code, aliran.terbuka) == (404, [])
