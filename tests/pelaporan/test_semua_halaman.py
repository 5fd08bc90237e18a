"""All sections on one page, and the empty form for paper."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests import dunia as pembuat
from tests.dunia import Dunia, isi_penuh, kirim


def _url(nama: str, formulir: str = "F06") -> str:
    kunci = {"kode": "lapas-kelas-iia-ambon", "bulan": pembuat.JANUARI, "formulir": formulir}
    return reverse(f"pelaporan:{nama}", kwargs=kunci)


def test_unit_melihat_draf_dan_kanwil_hanya_yang_terkirim(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    unit = masuk(dunia.operator_ambon).get(_url("semua")).content.decode()
    assert "Draf, belum dikirim" in unit
    assert "2.400" in unit
    assert all(b.judul in unit for b in laporan.skema.bagian)
    kanwil = masuk(dunia.verifikator_maluku).get(_url("semua")).content.decode()
    assert "2.400" not in kanwil
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "501"})
    kanwil = masuk(dunia.verifikator_maluku).get(_url("semua")).content.decode()
    assert "Versi 1, belum diverifikasi" in kanwil
    assert "2.400" in kanwil


@pytest.mark.parametrize("formulir", ["F01", "F02", "F04", "F06"])
def test_formulir_kosong_memuat_setiap_butir_yang_diketik(dunia: Dunia, masuk: Any, formulir: str) -> None:
    isi_penuh(dunia.laporan(dunia.ambon, formulir), dunia.operator_ambon)
    halaman = masuk(dunia.operator_ambon).get(_url("kosong", formulir)).content.decode()
    skema = dunia.laporan(dunia.ambon, formulir).skema
    butir = [x for b in skema.bagian for x in b.isi]
    for x in butir:
        assert (
            (x.label if hasattr(x, "label") else x.judul) in halaman
            or getattr(x, "rumus", None) is not None
            or (getattr(x, "turunan", None) is not None)
        )
    assert "2.400" not in halaman  # empty means empty
    assert halaman.count("kotak-isi") >= sum(hasattr(x, "jenis") and x.diketik for x in butir)
