"""An admin changes a form in the browser, from the file to the published version, at desk and phone size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan
from tests.dunia import Dunia, kirim
from tests.pelaporan.test_terbit import tanya, ubah_f06
from tests.peramban.conftest import MEJA, PONSEL, Orang
from upt.cakupan import SISTEM, terpasang


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_dari_berkas_sampai_terbit(orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int]) -> None:
    kirim(dunia_nyata.laporan(dunia_nyata.ambon), dunia_nyata.kepala_ambon)
    admin = orang("admin", ukuran)
    laman = admin.buka("/formulir/")
    admin.periksa_rapi()
    admin.klik(laman.get_by_role("link", name="Unggah YAML"))
    admin.periksa_rapi()
    laman.fill("[name=teks]", "kode: F06\nnama: [")
    admin.klik(laman.get_by_role("button", name="Periksa dan simpan rancangan"))
    assert laman.input_value("[name=teks]") == "kode: F06\nnama: ["
    assert "Baris 3" in laman.inner_text("#ringkasan-galat")
    admin.galat.clear()  # the browser logs the answer 400 itself
    admin.periksa_rapi()
    isi = ubah_f06(Bulan.kini(), tanya("lahan < 1000")).encode()
    laman.set_input_files("[name=berkas]", {"name": "F06.yaml", "mimeType": "text/yaml", "buffer": isi})
    admin.klik(laman.get_by_role("button", name="Periksa dan simpan rancangan"))
    assert "Belum dapat diterbitkan" in laman.inner_text("main")
    admin.periksa_rapi()
    _gladi(admin, laman)
    admin.klik(laman.get_by_role("link", name="perlu diperiksa"))
    admin.periksa_rapi()
    laman.go_back()
    admin.klik(laman.get_by_role("link", name=f"Terbitkan mulai {Bulan.kini().nama}"))
    admin.periksa_rapi()
    admin.klik(laman.get_by_role("button", name="Terbitkan F06"))
    assert "terbit mulai" in laman.inner_text("main")
    admin.periksa_rapi()
    peninjau = orang("peninjau", ukuran)
    peninjau.buka(laman.url.removeprefix(admin.alamat) + "aturan/uji_gladi/")
    assert "2.400" in peninjau.halaman.inner_text("main")
    peninjau.periksa_rapi()
    peninjau.klik(peninjau.halaman.get_by_role("link", name="Lapas Kelas IIA Ambon"))
    assert "versi" in peninjau.halaman.url


def _gladi(admin: Orang, laman: Any) -> None:
    """Ask, see it wait, let the worker's code do it, see the result."""
    admin.klik(laman.get_by_role("button", name="Jalankan gladi"))
    assert laman.locator("progress").is_visible()
    with terpasang(SISTEM):
        kerja = Pekerjaan.objects.get(jenis="gladi_formulir").pk
    jalankan_pekerjaan(kerja)
    laman.reload()
    assert "Siap diterbitkan" in laman.inner_text("main")
    admin.periksa_rapi()
