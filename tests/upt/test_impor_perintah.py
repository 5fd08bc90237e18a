"""`muat_organisasi`, `muat_libur` and `impor_upt` on a real database."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from pelaporan.models import Libur
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from upt.cakupan import SISTEM, terpasang
from upt.impor import baca_daftar
from upt.models import UPT, Kanwil, Kapasitas, RiwayatKanwil
from upt.services_organisasi import DATA, impor_daftar, muat_kanwil

pytestmark = pytest.mark.django_db
DAFTAR_NYATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "upt.csv"
N_UPT = len((DATA / "upt.csv").read_text(encoding="utf-8").splitlines()) - 1
TUAL = "lapas-kelas-iib-tual"


@pytest.fixture(autouse=True)
def _sebagai_sistem(db: None) -> Any:
    with terpasang(SISTEM):
        yield


@pytest.fixture
def organisasi() -> None:
    jalankan("muat_organisasi")


def jalankan(*perintah: str) -> str:
    keluaran = io.StringIO()
    call_command(*perintah, stdout=keluaran)
    return keluaran.getvalue()


def simpan(tmp_path: Path, isi: str) -> str:
    berkas = tmp_path / "daftar.csv"
    berkas.write_text(isi, encoding="utf-8")
    return str(berkas)


def keadaan() -> tuple[Any, ...]:
    """Everything an import may touch."""
    return (
        list(UPT.objects.order_by("id").values()),
        list(RiwayatKanwil.objects.order_by("id").values()),
        list(Kapasitas.objects.order_by("id").values()),
        Jejak.objects.count(),
    )


# --- the shipped list -----------------------------------------------------------------------------


def test_muat_organisasi_pertama_dan_kedua_kali() -> None:
    n_kanwil, n_upt = Kanwil.objects.count(), UPT.objects.count()
    pertama = jalankan("muat_organisasi")
    assert f"Kanwil: {33 - n_kanwil} baru" in pertama
    assert f"UPT: {N_UPT - n_upt} baru" in pertama
    assert (Kanwil.objects.count(), UPT.objects.count()) == (33, N_UPT)
    assert RiwayatKanwil.objects.filter(sampai=None).count() == N_UPT
    assert Jejak.objects.filter(tindakan__in=["muat_kanwil", "muat_upt"]).count() == 2
    sebelum = keadaan()
    kedua = jalankan("muat_organisasi")
    assert "Kanwil: 0 baru, 0 berubah, " in kedua
    assert f"UPT: 0 baru, 0 berubah, {N_UPT} sama" in kedua
    assert keadaan() == sebelum


def test_muatan_sesuai_berkasnya(organisasi: None) -> None:
    kaltim = Kanwil.objects.get(kode="64")
    assert kaltim.provinsi == ["64 Kalimantan Timur", "65 Kalimantan Utara"]
    assert (kaltim.zona, kaltim.terkonfirmasi) == ("WITA", False)
    tual = UPT.objects.get(kode=TUAL)
    assert (tual.nama, tual.jenis, tual.kelas) == ("Lapas Kelas IIB Tual", "LAPAS", "IIB")
    assert (tual.kanwil.slug, tual.zona, tual.terkonfirmasi) == ("maluku", "WIT", True)
    assert UPT.objects.filter(kanwil__kode="81").count() == 17
    assert UPT.objects.filter(kanwil__kode="14").count() == 18
    assert not UPT.objects.exclude(alamat="", telepon="", surel="", wa="").exists()


def test_muat_ulang_mengisi_yang_kosong_dan_tidak_menimpa_orang(organisasi: None) -> None:
    UPT.objects.filter(kode=TUAL).update(kabkota="")
    UPT.objects.filter(kode="lapas-kelas-iib-piru").update(kelas="IIA", nama="Lapas Kelas IIA Piru")
    keluaran = jalankan("muat_organisasi")
    assert f"UPT: 0 baru, 1 berubah, {N_UPT - 2} sama, 1 berbeda dan dipertahankan" in keluaran
    assert UPT.objects.get(kode=TUAL).kabkota == "Kota Tual"
    assert UPT.objects.get(kode="lapas-kelas-iib-piru").kelas == "IIA"


def test_daftar_bawaan_terbaca_oleh_impor_tanpa_perubahan(organisasi: None) -> None:
    sebelum = keadaan()
    data = json.loads(jalankan("impor_upt", str(DATA / "upt.csv"), "--terapkan", "--json"))
    assert data["hitungan"] == {"BARU": 0, "BERUBAH": 0, "SAMA": N_UPT, "DITOLAK": 0, "TIDAK_ADA": 0}
    assert keadaan() == sebelum


def test_muat_libur_berulang_dan_kepastian() -> None:
    assert "108 baru" in jalankan("muat_libur")
    pasti = Libur.objects.filter(perkiraan=False).first()
    perkiraan = Libur.objects.filter(perkiraan=True).first()
    assert pasti is not None
    assert perkiraan is not None
    Libur.objects.filter(pk=pasti.pk).update(perkiraan=True)
    Libur.objects.filter(pk=perkiraan.pk).update(perkiraan=False)
    assert "0 baru, 1 berubah, 106 sama, 1 berbeda dan dipertahankan" in jalankan("muat_libur")
    assert not Libur.objects.get(pk=pasti.pk).perkiraan
    assert not Libur.objects.get(pk=perkiraan.pk).perkiraan
    assert Libur.objects.count() == 108


# --- an official list -----------------------------------------------------------------------------

DAFTAR = (
    "kode;nama;kanwil;alamat;kapasitas;tanggal\n"
    ";LAPAS KELAS II B TUAL;81;Jalan Contoh 1;1.234;1/3/2025\n"
    "0081;LAPAS KELAS III CONTOH BARU;Maluku;;;\n"
    ";LAPAS KELAS III DOBO;81;;;\n"
)


def test_tanpa_terapkan_tidak_ada_yang_ditulis(organisasi: None, tmp_path: Path) -> None:
    sebelum = keadaan()
    keluaran = jalankan("impor_upt", simpan(tmp_path, DAFTAR))
    assert "1 baru, 1 berubah, 1 sama, 0 ditolak" in keluaran
    assert "Belum ada yang ditulis" in keluaran
    assert keadaan() == sebelum


def test_terapkan_menulis_unit_kapasitas_riwayat_dan_jejak(organisasi: None, tmp_path: Path) -> None:
    jejak = Jejak.objects.count()
    assert "Sudah diterapkan." in jalankan("impor_upt", simpan(tmp_path, DAFTAR), "--terapkan")
    tual = UPT.objects.get(kode=TUAL)
    assert (tual.nama, tual.alamat, tual.sumber) == (
        "Lapas Kelas IIB Tual",
        "Jalan Contoh 1",
        "impor daftar.csv",
    )
    kapasitas = Kapasitas.objects.get(upt=tual)
    assert (kapasitas.dari, kapasitas.laki, kapasitas.total, kapasitas.kanwil_id) == (
        date(2025, 3, 1),
        1234,
        1234,
        tual.kanwil_id,
    )
    baru = UPT.objects.get(kode="0081")
    assert (baru.nama, baru.zona, baru.berlaku_dari) == ("Lapas Kelas III Contoh Baru", "WIT", hari_ini())
    assert baru.riwayat_kanwil.get().sampai is None
    assert Jejak.objects.count() == jejak + 3
    assert Jejak.objects.get(tindakan="impor_upt").rincian["perubahan"]["alamat"] == ["", "Jalan Contoh 1"]


def test_mengulang_impor_tidak_mengubah_apa_pun(organisasi: None, tmp_path: Path) -> None:
    berkas = simpan(tmp_path, DAFTAR)
    jalankan("impor_upt", berkas, "--terapkan")
    sebelum = keadaan()
    assert "0 baru, 0 berubah, 3 sama" in jalankan("impor_upt", berkas, "--terapkan")
    assert keadaan() == sebelum


def test_satu_baris_ditolak_membatalkan_semuanya(organisasi: None, tmp_path: Path) -> None:
    berkas = simpan(tmp_path, DAFTAR + ";LAPAS KELAS IV SALAH;81;;;\n")
    sebelum = keadaan()
    with pytest.raises(CommandError, match="1 baris ditolak") as galat:
        jalankan("impor_upt", berkas, "--terapkan")
    assert galat.value.returncode == 1
    assert keadaan() == sebelum
    keluaran = jalankan("impor_upt", berkas, "--terapkan", "--lewati-ditolak")
    assert "! baris 5: LAPAS KELAS IV SALAH [ditolak]" in keluaran
    assert UPT.objects.filter(kode="0081").exists()


def test_pindah_kanwil_tercatat_dalam_riwayat(organisasi: None, tmp_path: Path) -> None:
    unit = UPT.objects.get(kode=TUAL)
    Kapasitas.objects.create(upt=unit, kanwil=unit.kanwil, dari=date(2024, 1, 1), laki=10)
    berkas = simpan(tmp_path, f"kode,nama,kanwil\n{TUAL},Lapas Kelas IIB Tual,Maluku Utara\n")
    jalankan("impor_upt", berkas, "--terapkan", "--berlaku", "2026-01-01")
    unit.refresh_from_db()
    assert unit.kanwil.kode == "82"
    assert list(unit.riwayat_kanwil.order_by("dari").values_list("kanwil__kode", "dari", "sampai")) == [
        ("81", date(2000, 1, 1), date(2025, 12, 31)),
        ("82", date(2026, 1, 1), None),
    ]
    assert unit.kapasitas.get().kanwil.kode == "82"


def test_pindah_sebelum_riwayat_terakhir_ditolak_seluruhnya(organisasi: None, tmp_path: Path) -> None:
    pindah = f"kode,nama,kanwil,alamat\n{TUAL},Lapas Kelas IIB Tual,%s,Jalan %s\n"
    jalankan("impor_upt", simpan(tmp_path, pindah % ("82", "Satu")), "--terapkan", "--berlaku", "2026-01-01")
    sebelum = keadaan()
    with pytest.raises(CommandError, match="tanggal yang lebih baru") as galat:
        jalankan("impor_upt", simpan(tmp_path, pindah % ("81", "Dua")), "--terapkan", "--berlaku", "2025-06-01")
    assert galat.value.returncode == 2
    assert keadaan() == sebelum


def test_gagal_di_tengah_tidak_meninggalkan_apa_pun(organisasi: None, monkeypatch: Any) -> None:
    """The last row fails in the database: the first rows are gone with it."""
    sebelum = keadaan()
    tabel = baca_daftar(DAFTAR.encode())
    asli = RiwayatKanwil.objects.create

    def gagal(**kolom: Any) -> Any:
        asli(**kolom)
        raise TidakSah("uji")

    monkeypatch.setattr(RiwayatKanwil.objects, "create", gagal)
    with pytest.raises(TidakSah):
        impor_daftar(tabel=tabel, oleh=None, sumber="uji", terapkan=True)
    assert keadaan() == sebelum


def test_unit_buatan_tidak_ikut_dan_kodenya_tidak_dipakai_ulang(organisasi: None, tmp_path: Path) -> None:
    maluku = Kanwil.objects.get(kode="81")
    UPT.objects.create(
        kode="lapas-kelas-iii-contoh", nama="Lapas Kelas III Contoh", jenis="LAPAS", kelas="III",
        kanwil=maluku, zona="WIT", buatan=True,
    )  # fmt: skip
    data = json.loads(jalankan("impor_upt", simpan(tmp_path, "nama,kanwil\nLapas Kelas III Contoh,81\n"), "--json"))
    assert data["hitungan"]["DITOLAK"] == 1
    assert "sudah dipakai" in data["baris"][0]["alasan"][0]
    assert "Lapas Kelas III Contoh" not in [unit["nama"] for unit in data["tidak_ada_di_berkas"]]


def test_unit_yang_tidak_ada_di_berkas_tidak_dihapus(organisasi: None, tmp_path: Path) -> None:
    jalankan("impor_upt", simpan(tmp_path, DAFTAR), "--terapkan")
    assert UPT.objects.count() == N_UPT + 1
    assert not UPT.objects.exclude(berlaku_sampai=None).exists()


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04x", "rusak"),
        (b"\x00\x01\x02" * 50, "bukan tabel"),
        (b"a,b\n1,2\n", "kolom nama"),
    ],
)
def test_berkas_salah_keluar_2_dan_tidak_menulis(tmp_path: Path, isi: bytes, kata: str) -> None:
    berkas = tmp_path / "salah.xlsx"
    berkas.write_bytes(isi)
    sebelum = keadaan()
    with pytest.raises(CommandError, match=kata) as galat:
        jalankan("impor_upt", str(berkas), "--terapkan")
    assert galat.value.returncode == 2
    assert keadaan() == sebelum


def test_berkas_yang_tidak_ada_dan_tanggal_yang_salah(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        jalankan("impor_upt", str(tmp_path / "tidak-ada.csv"))
    with pytest.raises(CommandError, match="Tanggal tidak terbaca") as galat:
        jalankan("impor_upt", simpan(tmp_path, DAFTAR), "--berlaku", "besok")
    assert galat.value.returncode == 2


def test_laporan_buku_kerja_berisi_teks_saja(organisasi: None, tmp_path: Path) -> None:
    berkas = simpan(tmp_path, DAFTAR + ';"=HYPERLINK(""http://contoh"")";81;;;\n')
    laporan = tmp_path / "hasil.xlsx"
    jalankan("impor_upt", berkas, "--buat-laporan", str(laporan))
    baris = CalamineWorkbook.from_path(str(laporan)).get_sheet_by_index(0).to_python()
    assert baris[0][0] == "Baris"
    assert ["2", "Berubah", TUAL, "Lapas Kelas IIB Tual", "alamat", "", "Jalan Contoh 1"] in [
        satu[:7] for satu in baris
    ]
    ditolak = next(satu for satu in baris if satu[1] == "Ditolak")
    assert ditolak[3] == '=HYPERLINK("http://contoh")'
    assert sum(satu[1] == "Tidak ada di berkas" for satu in baris) == N_UPT - 2


def test_laporan_yang_tidak_dapat_disimpan_mengatakan_keadaannya(organisasi: None, tmp_path: Path) -> None:
    tujuan = str(tmp_path / "tidak-ada" / "hasil.xlsx")
    with pytest.raises(CommandError, match="Daftar sudah diterapkan"):
        jalankan("impor_upt", simpan(tmp_path, DAFTAR), "--terapkan", "--buat-laporan", tujuan)
    assert UPT.objects.filter(kode="0081").exists()


def test_daftar_nyata_atas_daftar_bawaan(organisasi: None) -> None:
    if not DAFTAR_NYATA.exists():
        pytest.skip("A real official list is not beside this copy (../shared/data/upt.csv).")
    data = json.loads(jalankan("impor_upt", str(DAFTAR_NYATA), "--terapkan", "--json"))
    hitungan = data["hitungan"]
    assert (hitungan["BARU"], hitungan["DITOLAK"], hitungan["TIDAK_ADA"]) == (0, 0, 0)
    assert hitungan["BERUBAH"] + hitungan["SAMA"] == 613
    assert data["ditulis"] is True
    kolom = {ubah["kolom"].split(" sejak")[0] for baris in data["baris"] for ubah in baris["perubahan"]}
    assert kolom == {"kabkota", "kapasitas"}
    assert Kapasitas.objects.count() > 40
    assert UPT.objects.get(kode="lapas-kelas-iia-bengkalis").kapasitas.get().laki == 393


def test_daftar_nyata_ke_portal_tanpa_upt() -> None:
    if not DAFTAR_NYATA.exists():
        pytest.skip("A real official list is not beside this copy (../shared/data/upt.csv).")
    muat_kanwil(oleh=None)
    n_upt = UPT.objects.count()
    data = json.loads(jalankan("impor_upt", str(DAFTAR_NYATA), "--terapkan", "--json", "--berlaku", "2000-01-01"))
    assert data["hitungan"]["DITOLAK"] == 0
    assert data["hitungan"]["BARU"] == 613 - n_upt
    assert UPT.objects.count() == 613
    assert Jejak.objects.filter(tindakan="impor_upt_baru").count() == 613 - n_upt
