"""Lists that units kept in Excel: read, shown row by row, and saved in one go or not at all."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from openpyxl import load_workbook

from pangan.jenis import PETAK as JENIS_PETAK
from pangan.models import Panen, Petak
from pelaporan.models import Berkas, ImporRegister, RiwayatBaris
from pelaporan.register import impor_services
from pelaporan.register.impor import hitung
from pelaporan.register.impor_services import baris_rencana
from pelaporan.register.jenis import semua_jenis
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun
from tests.pelaporan.register.bahan_impor import PETAK, Orang, csv, ods, petak, sel, teks, xlsx
from tests.umkm.bantu import Unit
from umkm.models import Penjualan, Produk
from upt.cakupan import SISTEM, terpasang

KOLAM = "Kolam atau tambak"


@pytest.fixture
def orang(dunia: Dunia, masuk: Any) -> Orang:
    return Orang(masuk(dunia.operator_ambon), dunia.ambon)


@pytest.fixture
def kebun(dunia: Dunia) -> Kebun:
    return Kebun(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def usaha(dunia: Dunia) -> Unit:
    return Unit(dunia.ambon, dunia.operator_ambon)


def _petak(**saring: Any) -> list[Petak]:
    with terpasang(SISTEM):
        return list(Petak.objects.filter(dihapus_pada=None, **saring).order_by("kode"))


def _impor() -> ImporRegister:
    with terpasang(SISTEM):
        return ImporRegister.objects.select_related("berkas").latest("pada")


def _keadaan() -> dict[str, int]:
    return {k: n for k, n in hitung(baris_rencana(_impor())).items() if n}


# ---------------------------------------------------------------- the way through


@pytest.mark.usefixtures("jenis_uji")
def test_dari_berkas_sampai_tersimpan_dengan_riwayat_dan_bukti(orang: Orang, dunia: Dunia, segar: list[Any]) -> None:
    isi = xlsx(PETAK, petak("A1", "Kebun depan", 1200), petak("A2", "Kolam", 80, "Kolam atau tambak"))
    alamat = orang.rencana(isi, "lahan kami.xlsx")
    assert _petak() == []
    assert segar == [], "a preview recomputes nothing"
    halaman = teks(orang.klien.get(alamat))
    assert "Simpan 2 baris" in halaman
    assert "Luas: 1.200 m²" in halaman

    assert orang.simpan(alamat).status_code == 302
    a1, a2 = _petak()
    assert (a1.kode, a1.nama, a1.luas, a1.mulai) == ("A1", "Kebun depan", 1200, date(2026, 1, 12))
    assert (a2.wujud, a2.upt_id, a2.dibuat_oleh_id) == ("kolam", dunia.ambon.pk, dunia.operator_ambon.pk)
    with terpasang(SISTEM):
        riwayat = RiwayatBaris.objects.filter(objek="petak").values_list("tindakan", "oleh_id")
        assert list(riwayat) == [("impor", dunia.operator_ambon.pk)] * 2
    assert len(segar) == 1, "the rollup is recomputed once for the whole file"
    satu = _impor()
    assert (satu.status, satu.hasil["baru"], bytes(satu.berkas.isi)) == ("DISIMPAN", 2, isi)
    bukti = orang.klien.get(f"{alamat}berkas/")
    assert bukti.content == isi
    assert "lahan" not in bukti["Content-Disposition"]
    assert "2 catatan baru" in teks(orang.klien.get(alamat))


def test_baru_berubah_sama_ditolak_dan_ditanya_berdampingan(orang: Orang, kebun: Kebun) -> None:
    kebun.petak(100, kode="A1", nama="Kolam depan", wujud="kolam", mulai="12 Januari 2026")
    kebun.petak(200, kode="A2", nama="Kolam samping", wujud="kolam", mulai="12 Januari 2026")
    alamat = orang.rencana(
        xlsx(
            PETAK,
            petak("A1", "Kolam depan", 150, KOLAM),
            petak("a2 ", "Kolam samping", 200, KOLAM),
            petak("A3", "Baru", 300),
            petak("A4", "Salah", "dua"),
            petak("A5", "Ragu", "1,000"),
        )
    )
    assert _keadaan() == {"baru": 1, "berubah": 1, "sama": 1, "ditolak": 1, "tanya": 1}, _impor().rencana
    halaman = teks(orang.klien.get(alamat))
    assert "100 m² menjadi 150 m²" in halaman
    assert "“dua” tidak terbaca sebagai angka" in halaman
    assert "Dibaca 1.000 (seribu). Betul?" in halaman
    assert orang.simpan(alamat).status_code == 302
    assert {p.kode: p.luas for p in _petak() if p.kode in ("A1", "A3", "A4", "A5")} == {"A1": 150, "A3": 300}
    sisa = sel(orang.klien.get(f"{alamat}ditolak/").content)
    assert sisa[0][:4] == ["Kode", "Nama", "Wujud", "Luas (m²)"]
    assert sisa[0][-1] == "Keterangan portal"
    assert [(b[0], b[3]) for b in sisa[1:]] == [("A4", "dua"), ("A5", "1,000")]
    assert "tidak terbaca" in sisa[1][-1]


def test_yang_ditanya_disimpan_bila_ditandai_dengan_alasan(orang: Orang) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu", "1,000"), petak("A2", "Dua", "2,000")))
    tanpa = orang.simpan(alamat, betul=["2"])
    assert tanpa.status_code == 400
    assert "Tulis mengapa" in teks(tanpa)
    assert 'value="2" checked' in tanpa.content.decode(), "the tick is still there"
    assert _petak() == []
    assert orang.simpan(alamat, betul=["2"], alasan="Ditulis dengan koma ribuan.").status_code == 302
    assert [(p.kode, p.luas) for p in _petak()] == [("A1", 1000)]


def test_semua_yang_ditanya_sekaligus(orang: Orang) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu", "1,000"), petak("A2", "Dua", "2,000")))
    assert orang.simpan(alamat, semua="on", alasan="Berkas lama memakai koma.").status_code == 302
    assert [p.luas for p in _petak()] == [1000, 2000]


@pytest.mark.usefixtures("jenis_uji")
def test_temuan_tanya_jenis_ikut_dan_alasannya_tersimpan(dunia: Dunia, masuk: Any) -> None:
    """The test kind asks about large amounts."""
    orang = Orang(masuk(dunia.operator_ambon), dunia.ambon, "uji")
    alamat = orang.rencana(
        xlsx(("Tanggal", "Jenis", "Nilai", "Nomor bukti"), [date(2026, 1, 5), "PNBP", 25_000_000, "X1"])
    )
    assert "jauh di atas biasanya" in teks(orang.klien.get(alamat))
    assert orang.simpan(alamat, betul=["2"], alasan="Panen raya.").status_code == 302
    with terpasang(SISTEM):
        assert RiwayatBaris.objects.get(objek="uji").alasan == "Panen raya."


# ---------------------------------------------------------------- the confirm


def test_simpan_dua_kali_sekali_jadi(orang: Orang) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu")))
    halaman = orang.klien.get(alamat).content.decode()
    sidik = halaman.split('name="sidik" value="')[1].split('"')[0]
    isi = {"aksi": "simpan", "sidik": sidik}
    assert orang.klien.post(alamat, isi).status_code == 302
    assert orang.klien.post(alamat, isi).status_code == 302, "the same answer again"
    assert len(_petak()) == 1
    with terpasang(SISTEM):
        assert RiwayatBaris.objects.filter(objek="petak").count() == 1


def test_orang_lain_mengubah_di_antaranya_ditunjukkan_lagi(orang: Orang, kebun: Kebun) -> None:
    lama = kebun.petak(100, kode="A1", nama="Satu", wujud="kolam", mulai="12 Januari 2026")
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu", 150, KOLAM), petak("A2", "Dua", 50)))
    dilihat = orang.klien.get(alamat).content.decode().split('name="sidik" value="')[1].split('"')[0]
    kebun.ubah(JENIS_PETAK, lama, luas="120")
    jawaban = orang.klien.post(alamat, {"aksi": "simpan", "sidik": dilihat})
    assert jawaban.status_code == 409
    assert "120 m² menjadi 150 m²" in teks(jawaban)
    assert [(p.kode, p.luas) for p in _petak()] == [("A1", 120)], "all or nothing"
    assert orang.simpan(alamat).status_code == 302
    assert [(p.kode, p.luas) for p in _petak()] == [("A1", 150), ("A2", 50)]


def test_batal_lalu_tidak_dapat_disimpan(orang: Orang) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu")))
    assert orang.klien.post(alamat, {"aksi": "batal"}).status_code == 302
    assert orang.klien.post(alamat, {"aksi": "simpan", "sidik": "x"}).status_code == 409
    assert _petak() == []


def test_unggah_lagi_semuanya_sama(orang: Orang) -> None:
    isi = xlsx(PETAK, petak("A1", "Satu"), petak("A2", "Dua"))
    orang.impor(isi)
    alamat = orang.rencana(isi)
    assert _keadaan() == {"sama": 2}
    assert "Semua baris sudah sama" in teks(orang.klien.get(alamat))


def test_tanpa_kode_diberi_kode_dan_unggah_lagi_tetap_sama(orang: Orang) -> None:
    isi = xlsx(PETAK[1:], petak("", "Satu", 70)[1:], petak("", "Dua", 80)[1:])
    assert orang.impor(isi).status_code == 302
    assert [p.kode for p in _petak()] == ["P01", "P02"]
    orang.rencana(isi)
    assert _keadaan() == {"sama": 2}


# ---------------------------------------------------------------- long lists


def _jalankan(alamat: str) -> None:
    with terpasang(SISTEM):
        satu = Pekerjaan.objects.filter(jenis="impor_register").latest("dibuat_pada")
    jalankan_pekerjaan(satu.pk)


def test_daftar_panjang_dikerjakan_di_belakang_layar(orang: Orang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impor_services, "LANGSUNG", 1)
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu", "1,000"), petak("A2", "Dua")))
    menunggu = orang.klien.get(alamat)
    assert "Daftar sedang dikerjakan" in teks(menunggu)
    assert 'value="simpan"' not in menunggu.content.decode()
    assert orang.klien.post(alamat, {"aksi": "simpan", "sidik": "x"}).status_code == 409
    _jalankan(alamat)
    assert _keadaan() == {"baru": 1, "tanya": 1}
    assert orang.simpan(alamat, betul=["2"], alasan="Koma ribuan.").status_code == 302
    assert _petak() == [], "not before the worker has done it"
    _jalankan(alamat)
    assert [p.luas for p in _petak()] == [1000, 100]
    assert _impor().status == "DISIMPAN"
    _jalankan(alamat)
    assert len(_petak()) == 2


def test_daftar_panjang_yang_berubah_ditunjukkan_lagi(
    orang: Orang, kebun: Kebun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impor_services, "LANGSUNG", 0)
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu", 150, KOLAM)))
    _jalankan(alamat)
    orang.simpan(alamat)
    kebun.petak(100, kode="A1", nama="Satu", wujud="kolam", mulai="12 Januari 2026")
    _jalankan(alamat)
    assert [p.luas for p in _petak()] == [100]
    assert "Periksa sekali lagi" in teks(orang.klien.get(alamat))
    orang.simpan(alamat)
    _jalankan(alamat)
    assert [p.luas for p in _petak()] == [150]


def test_daftar_panjang_dapat_dibatalkan_selagi_menunggu(orang: Orang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impor_services, "LANGSUNG", 0)
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Satu")))
    assert orang.klien.post(alamat, {"aksi": "batal"}).status_code == 302
    _jalankan(alamat)
    assert (_impor().status, _petak()) == ("DIBATALKAN", [])


# ---------------------------------------------------------------- rows among themselves


def test_baris_diperiksa_setelah_baris_di_atasnya(usaha: Unit, dunia: Dunia, masuk: Any) -> None:
    """Sales are checked against the stock that the rows above leave."""
    produk = usaha.produk("Keripik pisang")
    usaha.harga(produk)
    usaha.buat(produk, 10)
    orang = Orang(masuk(dunia.operator_ambon), dunia.ambon, "penjualan", "umkm")
    kepala = ("Nama barang", "Tgl", "Tempat", "Qty", "Omzet")
    baris = [["Keripik Pisang", date(2026, 1, n), "Galeri atau koperasi", 6, 90_000] for n in (7, 8)]
    alamat = orang.rencana(xlsx(kepala, *baris))
    assert _keadaan() == {"baru": 1, "ditolak": 1}
    assert orang.simpan(alamat).status_code == 302
    with terpasang(SISTEM):
        assert [p.jumlah for p in Penjualan.objects.all()] == [6]


def test_ganda_di_dalam_berkas(orang: Orang) -> None:
    alamat = orang.rencana(
        xlsx(PETAK, petak("A1", "Satu", 10), petak("A1", "Satu", 10), petak("A1", "Lain", 20), petak("A2", "Dua"))
    )
    halaman = teks(orang.klien.get(alamat))
    assert "Sama persis dengan baris 2 di berkas ini" in halaman
    assert _keadaan()["baru"] == 2
    orang.simpan(alamat)
    assert [(p.kode, p.luas) for p in _petak()] == [("A1", 10), ("A2", 100)]


def test_kolom_yang_tidak_ada_di_berkas_dibiarkan(orang: Orang, kebun: Kebun) -> None:
    kebun.petak(100, kode="A1", nama="Satu", rencana="Ditanami jagung", mulai="12 Januari 2026")
    orang.impor(xlsx(PETAK, petak("A1", "Satu", 140)))
    (satu,) = _petak()
    assert (satu.luas, satu.rencana, satu.revisi) == (140, "Ditanami jagung", 2)


# ---------------------------------------------------------------- headings


def test_judul_dikenali_dari_label_sinonim_dan_baris_di_atasnya(orang: Orang) -> None:
    isi = xlsx(
        ["DAFTAR LAHAN LAPAS AMBON"],
        ["Tahun 2026"],
        [],
        ["NO PETAK", "  nama   LAHAN ", "Tipe", "LUAS (M2)", "Kepemilikan", "TMT", "Penanggung jawab"],
        ["A1", "Kebun", "Lahan", "1.000", "milik upt", "12 Januari 2026", "Budi"],
    )
    alamat = orang.rencana(isi)
    assert "Tidak dipakai: Penanggung jawab" in teks(orang.klien.get(alamat))
    orang.simpan(alamat)
    (satu,) = _petak()
    assert (satu.kode, satu.luas, satu.mulai) == ("A1", 1000, date(2026, 1, 12))


def test_judul_bersimbol_nol_tidak_menjatuhkan(orang: Orang) -> None:
    """A workbook may write NUL as _x0000_; the database takes none."""
    isi, aliran = xlsx([*PETAK, "JUDULANEH"], [*petak("A1", "Kebun", 55), "x"]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as lama, zipfile.ZipFile(aliran, "w") as baru:
        for satu in lama.infolist():
            baru.writestr(satu.filename, lama.read(satu).replace(b"JUDULANEH", b"JUDUL_x0000_ANEH"))
    orang.impor(aliran.getvalue())
    assert [p.kode for p in _petak()] == ["A1"]


def test_judul_tergabung_tegak(orang: Orang) -> None:
    """Headings over two rows, as merged cells leave them."""
    isi = xlsx(
        ["Kode", "Nama", "Keterangan lahan", None, "Status lahan", "Sejak"],
        [None, None, "Wujud", "Luas", None, None],
        petak("A1", "Kebun", 55),
    )
    orang.impor(isi)
    assert [(p.kode, p.nama, p.luas) for p in _petak()] == [("A1", "Kebun", 55)]


def test_kolom_wajib_hilang_disebut_dan_dapat_dipilih(orang: Orang) -> None:
    isi = xlsx(["Kode", "Nama", "Wujud", "Ukurannya", "Status lahan", "Sejak"], petak("A1", "Kebun", 70))
    alamat = orang.rencana(isi)
    halaman = orang.klien.get(alamat)
    assert "Berkas ini tidak memuat: Luas" in teks(halaman)
    assert 'value="simpan"' not in halaman.content.decode()
    assert orang.klien.post(alamat, {"aksi": "simpan", "sidik": ""}).status_code == 400

    kolom = {"kolom-kode": "0", "kolom-nama": "1", "kolom-wujud": "2", "kolom-milik": "4", "kolom-mulai": "5"}
    dua = orang.klien.post(alamat, {"aksi": "petakan", **kolom, "kolom-luas": "1"})
    assert dua.status_code == 400
    assert "dua isian" in teks(dua)
    assert orang.klien.post(alamat, {"aksi": "petakan", **kolom, "kolom-luas": "3"}).status_code == 302
    assert orang.simpan(alamat).status_code == 302
    assert [p.luas for p in _petak()] == [70]


@pytest.mark.parametrize("kolom", ["99", "-1", "x", "1.0"])
def test_pilihan_kolom_yang_tidak_ada_400(orang: Orang, kolom: str) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Kebun")))
    assert orang.klien.post(alamat, {"aksi": "petakan", "kolom-luas": kolom}).status_code == 400


def test_lembar_lain_dan_tersembunyi_disebut(orang: Orang) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Kebun"), lain=[["Catatan", "Piket"], ["Senin", "Budi"]]))
    halaman = teks(orang.klien.get(alamat))
    assert "dari lembar “Daftar”" in halaman
    assert "Lembar “Lain” tidak dibaca." in halaman


# ---------------------------------------------------------------- what cells are


@pytest.mark.parametrize(
    ("tertulis", "luas"), [("1.000", 1000), (1000, 1000), (1000.0, 1000), ("1 200 m²", 1200), ("1.234.567", 1234567)]
)
def test_angka_sebagai_teks_dan_bilangan(orang: Orang, tertulis: Any, luas: int) -> None:
    assert orang.impor(xlsx(PETAK, petak("A1", "Kebun", tertulis))).status_code == 302
    assert [p.luas for p in _petak()] == [luas]


@pytest.mark.parametrize(
    ("tertulis", "pesan"),
    [
        (1.5, "1,5 bukan bilangan bulat"),
        ("1.5", "bukan bilangan bulat"),
        (-3, "paling kecil 1"),
        (date(2026, 5, 1), "tanggal"),
    ],
)
def test_angka_yang_ditolak(orang: Orang, tertulis: Any, pesan: str) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Kebun", tertulis)))
    assert _keadaan() == {"ditolak": 1}
    assert pesan in teks(orang.klien.get(alamat))


@pytest.mark.parametrize("tertulis", [date(2026, 1, 12), "12/1/2026", "12 Januari 2026", "2026-01-12", "12-1-2026"])
def test_tanggal_sebagai_sel_dan_teks(orang: Orang, tertulis: Any) -> None:
    assert orang.impor(xlsx(PETAK, petak("A1", "Kebun", mulai=tertulis))).status_code == 302
    assert [p.mulai for p in _petak()] == [date(2026, 1, 12)]


def test_tanggal_sebagai_bilangan_ditanya(orang: Orang) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Kebun", mulai=46034), petak("A2", "Aneh", mulai=7)))
    assert "Dibaca 12 Januari 2026" in teks(orang.klien.get(alamat))
    assert _keadaan() == {"tanya": 1, "ditolak": 1}
    orang.simpan(alamat, betul=["2"], alasan="Format selnya angka.")
    assert [p.mulai for p in _petak()] == [date(2026, 1, 12)]


def test_pengenal_bernol_di_depan_tetap_teks(orang: Orang) -> None:
    orang.impor(csv(PETAK, ["007", "Kebun", "Lahan", "10", "Milik UPT", "12/1/2026"]), "a.csv")
    assert [p.kode for p in _petak()] == ["007"]


def test_rumus_tanpa_hasil_ditolak_hasil_rumus_dipakai(orang: Orang) -> None:
    aliran = io.BytesIO()
    with xlsxwriter.Workbook(aliran) as buku:
        ws = buku.add_worksheet()
        for n, satu in enumerate([PETAK, petak("A1", "Jadi"), petak("A2", "Galat")]):
            for i, isi in enumerate(satu):
                ws.write(n, i, "12/1/2026" if isinstance(isi, date) else isi)
        ws.write_formula(1, 3, "=60*2", value=120)
        ws.write_formula(2, 3, "=1/0", value="#DIV/0!")
    alamat = orang.rencana(aliran.getvalue())
    assert "Rumus di sel ini galat atau belum dihitung" in teks(orang.klien.get(alamat))
    orang.simpan(alamat)
    assert [(p.kode, p.luas) for p in _petak()] == [("A1", 120)]


def test_teks_mirip_rumus_masuk_dan_keluar_sebagai_teks(orang: Orang) -> None:
    jahat = '=HYPERLINK("http://x","klik")'
    baris = ["A1", f'"{jahat.replace(chr(34), chr(34) * 2)}"', "Lahan", "10", "Milik UPT", "12/1/2026"]
    orang.impor(csv(PETAK, baris), "a.csv")
    assert [p.nama for p in _petak()] == [jahat]
    ekspor = orang.klien.get(f"{orang.awal}ekspor/")
    lembar = load_workbook(io.BytesIO(ekspor.content)).active
    tipe = {s.value: s.data_type for baris in lembar.iter_rows() for s in baris if s.value}
    assert tipe[jahat] in ("s", "inlineStr")
    assert "f" not in tipe.values()
    assert f"'{jahat}".replace('"', '""') in orang.klien.get(f"{orang.awal}ekspor/?unduh=excel").content.decode()


# ---------------------------------------------------------------- kinds of files


@pytest.mark.parametrize("pemisah", [";", ",", "\t"])
@pytest.mark.parametrize("sandi", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_csv_segala_pemisah_dan_sandi(orang: Orang, pemisah: str, sandi: str) -> None:
    isi = csv(PETAK, ["A1", "Kebun é", "Lahan", "1.000", "Milik UPT", "12/1/2026"], pemisah=pemisah, sandi=sandi)
    if sandi == "cp1252":
        isi = isi.replace("²".encode("cp1252"), b"2")
    assert orang.impor(isi, "a.csv").status_code == 302
    assert [(p.nama, p.luas) for p in _petak()] == [("Kebun é", 1000)]


def test_ods_dibaca(orang: Orang) -> None:
    isi = ods(PETAK, ["A1", "Kebun", "Lahan", "1.000", "Milik UPT", "12/1/2026"])
    assert orang.impor(isi, "a.ods").status_code == 302
    assert [p.luas for p in _petak()] == [1000]


def test_xls_lama_dibaca(orang: Orang) -> None:
    isi = (Path(__file__).parents[1] / "contoh" / "daftar_petak.xls").read_bytes()
    assert orang.impor(isi, "a.xls").status_code == 302
    assert [(p.kode, p.luas, p.mulai) for p in _petak()] == [("A1", 1200, date(2026, 1, 12))]


# ---------------------------------------------------------------- who may


def test_unit_lain_404_dan_yang_membaca_saja_403(orang: Orang, dunia: Dunia, masuk: Any) -> None:
    alamat = orang.rencana(xlsx(PETAK, petak("A1", "Kebun")))
    for siapa, kode in (("operator_masohi", 404), ("operator_pekanbaru", 404), ("verifikator_maluku", 403)):
        klien = masuk(getattr(dunia, siapa))
        for akhir in ("", "ditolak/", "berkas/"):
            assert klien.get(f"{alamat}{akhir}").status_code == kode, (siapa, akhir)
        assert klien.post(alamat, {"aksi": "simpan", "sidik": "x"}).status_code == kode
        assert klien.post(f"{orang.awal}impor/").status_code == kode
    assert Client().get(alamat).status_code == 302
    assert orang.klien.get(alamat.replace("/pangan/", "/umkm/")).status_code == 404, "another register's import"
    assert _petak() == []


def test_panen_menemukan_siklusnya_dari_nama_petak_dan_tanggal(dunia: Dunia, kebun: Kebun, masuk: Any) -> None:
    """Lists name the plot, not the cycle: its day tells which; what runs side by side is asked, not guessed."""
    lahan = kebun.petak(1000, nama="Kebun depan")
    kebun.pakai(lahan)
    lama = kebun.tanam(lahan, tanam="1 Oktober 2025", luas="100", akhir="panen", selesai="20 November 2025")
    kini = kebun.tanam(lahan, tanam="1 Desember 2025", luas="100")
    orang = Orang(masuk(dunia.operator_ambon), dunia.ambon, "panen")
    judul = ("Lahan", "Tgl panen", "Hasil")
    baris = [
        ["Kebun depan", "5 November 2025", 20],
        ["kebun  depan", "5 Januari 2026", 10],
        ["Kebun depan", "1 Januari 2025", 1],
    ]
    alamat = orang.rencana(xlsx(judul, *baris))
    assert _keadaan() == {"baru": 2, "ditolak": 1}, teks(orang.klien.get(alamat))
    orang.simpan(alamat)
    assert [p.siklus_id for p in _panen()] == [lama.pk, kini.pk]

    kebun.tanam(lahan, tanam="25 Desember 2025", luas="100")
    alamat = orang.rencana(xlsx(judul, ["Kebun depan", "10 Januari 2026", 5]))
    assert _keadaan() == {"tanya": 1}
    assert "Kangkung · 25 Desember 2025: yang terakhir mulai" in teks(orang.klien.get(alamat))


def _panen() -> list[Panen]:
    with terpasang(SISTEM):
        return list(Panen.objects.filter(dihapus_pada=None).order_by("tanggal"))


def test_beberapa_salah_di_satu_baris_tidak_membuat_rencana_lain(orang: Orang) -> None:
    """Columns in another order than the kind's: what was seen is what is saved, at the first press."""
    judul = ("Dikelola sejak", "Status", "Luas", "Wujud", "Nama")
    baris = [["1 Januari 2024", "Hibah", 500, "Lahan", "Kebun"], [None, None, "± 2 ha", None, "JUMLAH"]]
    alamat = orang.rencana(xlsx(judul, *baris))
    assert _keadaan() == {"tanya": 1, "ditolak": 1}
    orang.simpan(alamat, betul=[2], alasan="Pemiliknya sedang dicari.")
    assert [p.nama for p in _petak()] == ["Kebun"]
    isi = teks(orang.klien.get(alamat))
    assert "JUMLAH" in isi, "a refused row says which one it is"


@pytest.mark.parametrize(
    ("wujud", "milik", "terbaca"),
    [("Sawah", "Milik sendiri", ("lahan", "milik")), ("KOLAM", "pinjam pakai", ("kolam", "pinjam"))],
)
def test_sebutan_sehari_hari_dikenali(orang: Orang, wujud: str, milik: str, terbaca: tuple[str, str]) -> None:
    judul = ("Nama", "Pemilik", "Jenis", "Luas", "Status", "Sejak")
    alamat = orang.rencana(xlsx(judul, ["Kebun", "Pemerintah Kota Ambon", wujud, "450 m2", milik, "1 Januari 2024"]))
    orang.simpan(alamat)
    assert [(p.wujud, p.milik, p.luas) for p in _petak()] == [(*terbaca, 450)]


def test_rujukan_hanya_menurut_nama_di_unit_sendiri(usaha: Unit, dunia: Dunia, masuk: Any) -> None:
    asing = Unit(dunia.pekanbaru, dunia.operator_pekanbaru).produk("Rendang")
    sendiri = usaha.produk("Keripik")
    orang = Orang(masuk(dunia.operator_ambon), dunia.ambon, "harga", "umkm")
    baris = [[siapa, 15_000, date(2026, 1, 1)] for siapa in (asing.pk, sendiri.pk, "Rendang", f"#{asing.pk}")]
    alamat = orang.rencana(xlsx(("Produk", "Harga", "Berlaku sejak"), *baris))
    assert _keadaan() == {"ditolak": 4}
    assert "tidak ada di unit ini" in teks(orang.klien.get(alamat))


def test_jenis_berisi_orang_tidak_dari_berkas(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    for register, jenis in (("pangan", "penempatan"), ("umkm", "pekerja")):
        jawaban = klien.get(f"/{register}/{dunia.ambon.kode}/catatan/{jenis}/impor/")
        assert jawaban.status_code == 403
        assert "memuat data orang" in teks(jawaban)


# ---------------------------------------------------------------- hostile and damaged files


def test_lebih_dari_2000_baris_ditolak(orang: Orang) -> None:
    baris = [petak(f"X{n}", "Kebun") for n in range(2001)]
    jawaban = orang.unggah(xlsx(PETAK, *baris))
    assert jawaban.status_code == 400
    assert "2.001 baris; paling banyak 2.000" in teks(jawaban)
    with terpasang(SISTEM):
        assert not ImporRegister.objects.exists()


def _bom() -> bytes:
    aliran = io.BytesIO()
    with zipfile.ZipFile(aliran, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("xl/workbook.xml", b"\0" * 50_000_000)
    return aliran.getvalue()


_ULANG = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
)


@pytest.mark.parametrize(
    ("isi", "nama"),
    [
        (b"", "kosong.xlsx"),
        (b"PK\x03\x04 rusak", "a.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "a.png"),
        (_bom(), "bom.xlsx"),
        (xlsx(PETAK, petak("A1", "x"))[:-200], "potong.xlsx"),
        (ods(PETAK, sel_tambahan=_ULANG), "bom.ods"),
        (b'"a;b,c\r\nd', "a.csv"),
        (csv(PETAK), "judul saja.csv"),
        (b"Nama;Luas\r\n" + b"x;1\r\n" * 7000, "panjang.csv"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_berkas_rusak_atau_jahat_ditolak_dengan_kalimat(orang: Orang, isi: bytes, nama: str) -> None:
    jawaban = orang.unggah(isi, nama)
    assert jawaban.status_code in (400, 413, 415), (nama, jawaban.status_code)
    assert 'class="pesan-galat"' in jawaban.content.decode()
    with terpasang(SISTEM):
        assert not ImporRegister.objects.exists()
        assert not Berkas.objects.exists()


def test_terlalu_besar_413(orang: Orang) -> None:
    jawaban = orang.unggah(b"a;b\r\n" * 1_100_000, "besar.csv")
    assert jawaban.status_code == 413
    assert "5 MB" in teks(jawaban)


# ---------------------------------------------------------------- template and page


@pytest.mark.parametrize("register", ["pangan", "umkm"])
def test_halaman_dan_templat_setiap_jenis_dapat_dibawa_kembali(register: str, dunia: Dunia, masuk: Any) -> None:
    """The template's headings are all recognised, for every kind there is."""
    klien = masuk(dunia.operator_ambon)
    for kode, jenis in semua_jenis(register).items():
        if not jenis.dari_berkas:
            continue
        orang = Orang(klien, dunia.ambon, kode, register)
        assert klien.get(f"{orang.awal}impor/").status_code == 200
        templat = klien.get(f"{orang.awal}impor/templat/")
        assert templat.status_code == 200
        kepala = sel(templat.content)[0]
        assert len(kepala) == len(jenis.kolom)
        isi = xlsx(kepala, ["x"] * len(kepala))
        orang.rencana(isi)
        assert set(_impor().rencana["tabel"]["kolom"]) == {k.nama for k in jenis.kolom}, kode
        assert "Petunjuk" in templat.content.decode("latin-1") or len(sel(templat.content, 1)) > len(jenis.kolom)


def test_produk_dari_berkas_muncul_sebagai_produk(dunia: Dunia, masuk: Any) -> None:
    orang = Orang(masuk(dunia.operator_ambon), dunia.ambon, "produk", "umkm")
    kepala = ("Nama barang", "Kategori", "Satuan", "Mulai produksi")
    assert orang.impor(xlsx(kepala, ["Batik", "Tekstil dan batik", "lembar", date(2025, 3, 1)])).status_code == 302
    with terpasang(SISTEM):
        (satu,) = Produk.objects.all()
        assert (satu.nama, satu.status, satu.tampil) == ("Batik", "tersedia", True)


def test_foto_tidak_ditawarkan_dari_berkas(dunia: Dunia, masuk: Any) -> None:
    """A list cannot bring a photo: the way is not offered, and refused with a sentence to who tries it."""
    orang = Orang(masuk(dunia.operator_ambon), dunia.ambon, "foto", "umkm")
    assert "Impor dari Excel" not in teks(orang.klien.get(orang.awal))
    for nama in ("impor/", "impor/templat/"):
        jawaban = orang.klien.get(orang.awal + nama)
        assert (jawaban.status_code, "halaman produknya" in teks(jawaban)) == (403, True), nama
    assert orang.unggah(xlsx(("Produk", "Urutan", "Keterangan foto"), ("Keripik", 1, "Depan"))).status_code == 403
