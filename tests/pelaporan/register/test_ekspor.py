"""What leaves as a file: text as text, figures as figures, with what it is on top; and it can be brought back."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from pelaporan.register import ekspor_views
from pelaporan.register.ekspor import Ekspor
from pelaporan.register.impor import hitung
from pelaporan.register.impor_services import baris_rencana
from pelaporan.register.jenis import semua_jenis
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun
from tests.pelaporan.register.bahan_impor import Orang, sel, teks
from tests.pelaporan.register.test_impor import _impor
from tests.umkm.bantu import Unit
from umkm import jenis as j

BERBAHAYA = ("=1+1", "+62 811", "-tebal", "@x", "'sudah", "0123", "12.5", "1/2/2026", "“kutip”; titik koma, koma")


@pytest.fixture
def usaha(dunia: Dunia) -> Unit:
    """Products with names that spreadsheets like to change, prices, stock and sales."""
    unit = Unit(dunia.ambon, dunia.operator_ambon)
    for nama in BERBAHAYA:
        unit.produk(f"{nama} a", deskripsi=nama, merek=nama)
    produk = unit.produk("Keripik", deskripsi="Baris satu\nbaris dua", kapasitas=1234, tampil="tidak")
    unit.harga(produk)
    unit.buat(produk, 500)
    for n in (1, 2, 3):
        unit.jual(produk, n, date(2026, 1, 10 + n))
    unit.jual(produk, 7, date(2026, 2, 3), kanal="marketplace")
    return unit


@pytest.fixture
def kebun(dunia: Dunia) -> Kebun:
    kebun = Kebun(dunia.ambon, dunia.operator_ambon)
    petak, siklus = kebun.kebun_kangkung()
    kebun.ubah(semua_jenis("pangan")["petak"], petak, lintang="-3,695432", bujur="128,181234")
    kebun.panen(siklus, "40,25")
    kebun.keluar("kangkung", "12,5")
    return kebun


def _orang(dunia: Dunia, masuk: Any, jenis: str, register: str = "umkm", siapa: str = "operator_ambon") -> Orang:
    return Orang(masuk(getattr(dunia, siapa)), dunia.ambon, jenis, register)


@pytest.mark.usefixtures("usaha", "kebun")
@pytest.mark.parametrize("bentuk", ["", "?unduh=xlsx", "?unduh=excel", "?unduh=baku"])
def test_yang_keluar_dapat_dibawa_kembali_semuanya_sama(dunia: Dunia, masuk: Any, bentuk: str) -> None:
    """Every kind that has rows, in every format."""
    pernah = set()
    for register in ("pangan", "umkm"):
        for kode, jenis in semua_jenis(register).items():
            if not jenis.dari_berkas:
                continue
            orang = _orang(dunia, masuk, kode, register)
            isi = orang.klien.get(f"{orang.awal}ekspor/{bentuk}")
            assert isi.status_code == 200, teks(isi)
            if len(isi.content.splitlines()) > 2 and orang.unggah(isi.content).status_code == 302:
                baris = baris_rencana(_impor())
                assert {b.keadaan for b in baris} == {"sama"}, (kode, [b for b in baris if b.keadaan != "sama"])
                pernah.add(kode)
                assert hitung(baris)["sama"] == len(baris)
    assert pernah >= {"petak", "pemanfaatan", "siklus", "panen", "pemakaian", "produk", "harga", "penjualan"}


@pytest.mark.usefixtures("usaha")
def test_xlsx_teks_sebagai_teks_angka_sebagai_angka(dunia: Dunia, masuk: Any) -> None:
    orang = _orang(dunia, masuk, "produk")
    lembar = load_workbook(io.BytesIO(orang.klien.get(f"{orang.awal}ekspor/").content)).active
    assert lembar is not None
    assert all(s.data_type != "f" for baris in lembar.iter_rows() for s in baris)
    kepala = [s.value for s in lembar[2]]
    baris = {b[0].value: {k: s.value for k, s in zip(kepala, b, strict=True)} for b in lembar.iter_rows(min_row=3)}
    assert baris["=1+1 a"]["Merek"] == "=1+1"
    assert baris["0123 a"]["Merek"] == "0123"
    assert baris["Keripik"]["Kemampuan produksi sebulan"] == 1234
    assert baris["Keripik"]["Dibuat sejak"].date() == date(2025, 1, 1)
    assert baris["Keripik"]["Tampilkan di katalog"] == "Tidak"


@pytest.mark.usefixtures("usaha")
def test_keterangan_di_atas_menyebut_lingkup_saringan_dan_oleh(dunia: Dunia, masuk: Any) -> None:
    orang = _orang(dunia, masuk, "penjualan")
    for ekor in ("?bulan=2026-01", "?bulan=2026-01&unduh=excel"):
        isi = orang.klien.get(f"{orang.awal}ekspor/{ekor}")
        atas = str(sel(isi.content)[0][0]) if "unduh" not in ekor else isi.content.decode().splitlines()[0]
        assert f"Lingkup: {dunia.ambon.nama}" in atas
        assert "Saringan: Januari 2026; Baris: 3" in atas
        assert f"oleh {dunia.operator_ambon.nama}" in atas
    assert len(sel(orang.klien.get(f"{orang.awal}ekspor/?bulan=2026-01").content)) == 5
    assert orang.klien.get(f"{orang.awal}ekspor/?bulan=2031-01").status_code == 400
    assert orang.klien.get(f"{orang.awal}ekspor/?unduh=pdf").status_code == 400


@pytest.mark.usefixtures("usaha")
def test_csv_dua_dialek(dunia: Dunia, masuk: Any, kebun: Kebun) -> None:
    orang = _orang(dunia, masuk, "panen", "pangan")
    excel = orang.klien.get(f"{orang.awal}ekspor/?unduh=excel").content.decode("utf-8-sig")
    baku = orang.klien.get(f"{orang.awal}ekspor/?unduh=baku").content.decode()
    satu = dict(zip(*list(csv.reader(io.StringIO(excel), delimiter=";"))[1:3], strict=True))
    dua = dict(zip(*list(csv.reader(io.StringIO(baku)))[1:3], strict=True))
    assert (satu["Jumlah"], satu["Tanggal panen"]) == ("40,25", "10 Januari 2026")
    assert (dua["Jumlah"], dua["Tanggal panen"]) == ("40.25", "2026-01-10")
    assert "Bentuk: CSV baku" in baku.splitlines()[0]


def test_wilayah_dan_nasional_dengan_upt_dan_kanwil(dunia: Dunia, masuk: Any, usaha: Unit) -> None:
    Unit(dunia.pekanbaru, dunia.operator_pekanbaru).produk("Rendang")
    hasil = {}
    for siapa in ("operator_ambon", "verifikator_maluku", "peninjau", "operator_masohi"):
        isi = masuk(getattr(dunia, siapa)).get("/umkm/catatan/produk/ekspor/")
        assert isi.status_code == 200
        baris = sel(isi.content)
        assert baris[1][:3] == ["UPT", "Kanwil", "Nama produk"]
        hasil[siapa] = {b[0] for b in baris[2:]}
    assert hasil["operator_ambon"] == hasil["verifikator_maluku"] == {dunia.ambon.nama}
    assert hasil["peninjau"] == {dunia.ambon.nama, dunia.pekanbaru.nama}
    assert hasil["operator_masohi"] == set()


def test_yang_dihapus_tidak_ikut_dan_yang_asing_404(dunia: Dunia, masuk: Any) -> None:
    unit = Unit(dunia.ambon, dunia.operator_ambon)
    unit.hapus(j.PRODUK, unit.produk("Salah"))
    unit.produk("Benar")
    orang = _orang(dunia, masuk, "produk")
    assert [b[0] for b in sel(orang.klien.get(f"{orang.awal}ekspor/").content)[2:]] == ["Benar"]
    for siapa, kode in (("operator_masohi", 404), ("operator_pekanbaru", 404), ("verifikator_maluku", 200)):
        assert _orang(dunia, masuk, "produk", siapa=siapa).klien.get(f"{orang.awal}ekspor/").status_code == kode


def test_data_orang_tidak_diunduh_untuk_wilayah(dunia: Dunia, masuk: Any) -> None:
    for alamat in ("/pangan/catatan/penempatan/ekspor/", "/umkm/catatan/pekerja/ekspor/"):
        assert masuk(dunia.peninjau).get(alamat).status_code == 403


def test_terlalu_banyak_ditolak_dengan_kalimat(
    dunia: Dunia, masuk: Any, usaha: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ekspor_views, "BARIS_MAKS", 3)
    orang = _orang(dunia, masuk, "produk")
    jawaban = orang.klien.get(f"{orang.awal}ekspor/")
    assert jawaban.status_code == 400
    assert "paling banyak 3" in teks(jawaban)


def test_nama_rujukan_dibaca_sekali_untuk_setiap_unit(
    dunia: Dunia, masuk: Any, usaha: Unit, django_assert_max_num_queries: Any
) -> None:
    """Not once for each row."""
    from tests.umkm.bantu import sebagai_orang

    with sebagai_orang(dunia.operator_ambon) as (_, cakupan):
        semua = j.PENJUALAN.model.objects.dalam(cakupan).select_related("upt", "kanwil").order_by("upt_id")
        with django_assert_max_num_queries(5):
            assert len(list(Ekspor(j.PENJUALAN, semua, "x", []).isi())) == 4
