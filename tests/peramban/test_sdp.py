"""An SDP export in a real browser: uploaded, judged, saved, brought again; a person handed over and received."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.wbp.test_sdp import buku
from upt.cakupan import SISTEM, terpasang
from wbp.contoh.berkas import xlsx
from wbp.contoh.orang import buat
from wbp.models import DataWarga

UNIT = "/warga/lapas-kelas-iia-ambon/"


@pytest.mark.usefixtures("dunia_nyata")
@pytest.mark.parametrize(
    ("ukuran", "js"), [(MEJA, True), (PONSEL, True), (PONSEL, False)], ids=["meja", "ponsel", "tanpa"]
)
def test_dari_sdp_sampai_register(
    orang: Callable[..., Orang], ukuran: dict[str, int], js: bool, tmp_path: Path
) -> None:
    semua = list(buat(30, benih=4, hari=hari_ini()))
    (tmp_path / "a.xlsx").write_bytes(xlsx(semua))
    (tmp_path / "b.xlsx").write_bytes(xlsx([*semua[2:], *buat(2, benih=5, hari=hari_ini(), mulai=900)]))
    satu = orang("operator_ambon", ukuran, js=js)
    halaman = satu.buka(f"{UNIT}impor/")
    satu.klik(halaman.locator("main form[enctype] button"))
    assert "Pilih berkas" in halaman.inner_text("main")
    satu.galat.clear()  # the browser's own line about an answer of 400
    _rapi(satu)
    halaman.set_input_files("input[type=file]", tmp_path / "a.xlsx")
    satu.klik(halaman.locator("main form[enctype] button"))
    assert "30 orang bertambah" in halaman.inner_text("main")
    _rapi(satu)
    satu.klik(halaman.locator("button[value=simpan]"))
    assert "30 orang baru" in halaman.inner_text("main")
    _rapi(satu)

    satu.buka(f"{UNIT}impor/")
    halaman.set_input_files("input[type=file]", tmp_path / "b.xlsx")
    satu.klik(halaman.locator("main form[enctype] button"))
    isi = halaman.inner_text("main")
    assert "2 orang bertambah, 2 tidak ada lagi di berkas, 0 berubah" in isi
    assert "Warga Contoh" not in isi
    halaman.locator("#id_semua").check()
    halaman.locator("#id_alasan").select_option("Bebas")
    _rapi(satu)
    satu.klik(halaman.locator("button[value=simpan]"))
    with terpasang(SISTEM):
        assert DataWarga.objects.ada().count() == 30
        assert DataWarga.objects.exclude(keluar_pada=None).count() == 2


@pytest.mark.usefixtures("dunia_nyata")
@pytest.mark.parametrize(("ukuran", "js"), [(MEJA, True), (PONSEL, False)], ids=["meja", "ponsel-tanpa-skrip"])
def test_yang_ditanya_sebelum_disimpan(
    orang: Callable[..., Orang], ukuran: dict[str, int], js: bool, tmp_path: Path
) -> None:
    """Numbers kept as figures, then the list of quite other persons: both are asked about, and answered in place."""
    kepala = ("no_reg", "nama", "status")
    for nama, awal in (("a.xlsx", 12_345), ("b.xlsx", 67_890)):
        baris = [(awal + n, f"Warga Contoh {n}", "narapidana") for n in range(6)]
        (tmp_path / nama).write_bytes(buku(("SDP", [kepala, *baris])))
    satu = orang("operator_ambon", ukuran, js=js)
    halaman = satu.buka(f"{UNIT}impor/")
    halaman.set_input_files("input[type=file]", tmp_path / "a.xlsx")
    satu.klik(halaman.locator("main form[enctype] button"))
    assert "6 nomor disimpan Excel sebagai angka" in halaman.inner_text("main")
    _rapi(satu)
    satu.klik(halaman.locator("button[value=angka]"))
    assert "6 orang bertambah" in halaman.inner_text("main")
    _rapi(satu)
    satu.klik(halaman.locator("button[value=simpan]"))

    satu.buka(f"{UNIT}impor/")
    halaman.set_input_files("input[type=file]", tmp_path / "b.xlsx")
    satu.klik(halaman.locator("main form[enctype] button"))
    assert "Apakah ini berkas unit Anda?" in halaman.inner_text("main")
    satu.klik(halaman.locator("button[value=simpan]"))
    assert "mungkin berkas unit lain" in halaman.inner_text("main")
    satu.galat.clear()  # the browser's own line about an answer of 400
    _rapi(satu)
    halaman.locator("#id_yakin").check()
    satu.klik(halaman.locator("button[value=simpan]"))
    with terpasang(SISTEM):
        assert DataWarga.objects.ada().count() == 12


def _rapi(satu: Orang) -> None:
    satu.periksa_rapi()


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_diserahkan_lalu_diterima(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx(list(buat(3, benih=4, hari=hari_ini()))))
    pengirim = orang("operator_ambon", ukuran)
    halaman = pengirim.buka(f"{UNIT}impor/")
    halaman.set_input_files("input[type=file]", tmp_path / "a.xlsx")
    pengirim.klik(halaman.locator("main form[enctype] button"))
    pengirim.klik(halaman.locator("button[value=simpan]"))
    with terpasang(SISTEM):
        DataWarga.objects.update(sejak=hari_ini("WIT"))
        data = DataWarga.objects.order_by("pk").first()
        assert data is not None
    pengirim.buka(f"{UNIT}{data.pk}/")
    pengirim.klik(halaman.get_by_role("link", name="Serahkan ke unit lain"))
    _rapi(pengirim)
    halaman.locator("#id_ke").select_option(dunia_nyata.masohi.kode)
    pengirim.klik(halaman.locator("main form button[type=submit]"))
    assert "Diserahkan" in halaman.inner_text("body")
    _rapi(pengirim)

    penerima = orang("operator_masohi", ukuran)
    halaman = penerima.buka(f"/warga/{dunia_nyata.masohi.kode}/serah/")
    assert "Menunggu Anda terima" in halaman.inner_text("main")
    penerima.klik(halaman.locator("main table a"))
    _rapi(penerima)
    penerima.klik(halaman.locator("button[value=terima]"))
    assert "Diterima" in halaman.inner_text("body")
    with terpasang(SISTEM):
        data.refresh_from_db()
        assert data.upt_id == dunia_nyata.masohi.pk
