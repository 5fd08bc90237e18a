"""The national page is kept finished, and yet shows every change at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dasbor import agregasi
from dasbor.selectors import tanda_nasional
from dasbor.simpanan import Simpanan
from pelaporan.models import Laporan
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from upt.cakupan import SISTEM, terpasang
from upt.models import Kanwil

ALAMAT = "/dasbor/?bulan=2026-01"


def test_simpanan_membuat_sekali_dan_membuang_yang_terlama() -> None:
    dibuat: list[str] = []
    simpanan: Simpanan[str] = Simpanan(2)

    def ambil(nama: str) -> str:
        return simpanan.ambil(nama, lambda: dibuat.append(nama) or nama.upper())

    assert [ambil(n) for n in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert dibuat == ["a", "b", "c", "b"]


def _halaman(klien: Any) -> tuple[str, list[str]]:
    with CaptureQueriesContext(connection) as kueri:
        jawaban = klien.get(ALAMAT)
    assert jawaban.status_code == 200
    return jawaban.content.decode(), [k["sql"] for k in kueri.captured_queries]


def _isi(halaman: str) -> str:
    """Without the frame, which names the person and carries a token of the request."""
    return halaman[halaman.index("<h1>") : halaman.index("<footer")]


@pytest.fixture
def terisi(dunia: Dunia) -> Laporan:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    agregasi.proses_kotor()
    return laporan


def test_kedua_kali_tidak_membaca_rekap(dunia: Dunia, terisi: Laporan, masuk: Any) -> None:
    klien = masuk(dunia.pimpinan)
    pertama, _ = _halaman(klien)
    kedua, kueri = _halaman(klien)
    assert _isi(kedua) == _isi(pertama)
    assert not any("jsonb_each" in sql for sql in kueri)
    assert len(kueri) <= 12, "at most ten, beside BEGIN and COMMIT (here: savepoints)"


def test_angka_yang_bergerak_langsung_terlihat(dunia: Dunia, terisi: Laporan, masuk: Any) -> None:
    klien = masuk(dunia.pimpinan)
    sebelum, _ = _halaman(klien)
    lakukan(terisi, "verifikasi", dunia.verifikator_maluku)
    agregasi.proses_kotor()
    sesudah, _ = _halaman(klien)
    assert _isi(sesudah) != _isi(sebelum)
    assert _isi(_halaman(klien)[0]) == _isi(sesudah)


def test_rekap_kanwil_saja_juga_mengubah_tanda(dunia: Dunia, terisi: Laporan, masuk: Any) -> None:
    with terpasang(SISTEM):
        sebelum = tanda_nasional(SISTEM, JANUARI)
        assert agregasi.hitung_ulang(agregasi.Kunci(date(2026, 1, 1), "F06", dunia.ambon.kanwil_id))
        assert tanda_nasional(SISTEM, JANUARI) != sebelum
        assert tanda_nasional(SISTEM, JANUARI + 30) != sebelum


def test_nama_kanwil_yang_diganti_langsung_terlihat(dunia: Dunia, terisi: Laporan, masuk: Any) -> None:
    klien = masuk(dunia.pimpinan)
    _halaman(klien)
    with terpasang(SISTEM):
        Kanwil.objects.filter(slug="maluku").update(nama_pendek="Maluku Baru")
    assert "Maluku Baru" in _halaman(klien)[0]


def test_orang_lain_melihat_angka_sama_di_bawah_namanya_sendiri(dunia: Dunia, terisi: Laporan, masuk: Any) -> None:
    pimpinan, peninjau = (_halaman(masuk(o))[0] for o in (dunia.pimpinan, dunia.peninjau))
    assert dunia.pimpinan.nama in pimpinan
    assert dunia.pimpinan.nama not in peninjau
    assert dunia.peninjau.nama in peninjau
    assert _isi(pimpinan) == _isi(peninjau)
