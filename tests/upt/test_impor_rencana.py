"""What a list would do: matching, changes, refusals. No database."""

from datetime import date
from pathlib import Path

import pytest

from upt.impor import Acuan, HasilBaris, Rencana, UnitLama, baca_daftar, susun_rencana
from upt.impor_berkas import BerkasSalah
from upt.impor_kolom import KanwilDikenal, KapasitasBaru
from upt.impor_laporan import tulis_baris

HARI_INI = date(2026, 3, 10)
KANWIL = (
    KanwilDikenal("81", "Maluku", "WIT", frozenset({"81", "maluku"})),
    KanwilDikenal("36", "Banten", "WIB", frozenset({"36", "banten"})),
)
AMBON = UnitLama(
    *("lapas-kelas-iia-ambon", "Lapas Kelas IIA Ambon", "LAPAS", "UMUM", "IIA", "81", "WIT"),
    teks={"kabkota": "Kota Ambon"},
    kapasitas={date(2024, 1, 1): (300, 20, 0)},
)
PIRU = UnitLama("lapas-kelas-iib-piru", "Lapas Kelas IIB Piru", "LAPAS", "UMUM", "IIB", "81", "WIT")
TANGERANG = [
    UnitLama(f"lapas-{k}", f"Lapas Kelas {k} Tangerang", "LAPAS", "UMUM", k, "36", "WIB") for k in ("I", "IIA")
]


def rencana(teks: str, *unit: UnitLama, nama_lain: dict[str, str] | None = None) -> Rencana:
    acuan = Acuan(KANWIL, unit, nama_lain or {}, frozenset(satu.kode for satu in unit))
    return susun_rencana(baca_daftar(teks.encode()), acuan, HARI_INI)


def satu(teks: str, *unit: UnitLama, nama_lain: dict[str, str] | None = None) -> HasilBaris:
    hasil = rencana(teks, *unit, nama_lain=nama_lain).baris
    assert len(hasil) == 1
    return hasil[0]


def perubahan(hasil: HasilBaris) -> dict[str, tuple[str, str]]:
    return {ubah.kolom: (ubah.lama, ubah.baru) for ubah in hasil.perubahan}


# --- matching -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nama",
    [
        "Lapas Kelas IIA Ambon",
        "LAPAS KELAS II A AMBON",
        "Lembaga Pemasyarakatan Klas 2A Ambon",
        "lapas kelas iia ambon",
    ],
)
def test_ejaan_lain_adalah_unit_yang_sama_dan_namanya_tetap(nama: str) -> None:
    hasil = satu(f"nama,kanwil\n{nama},81\n", AMBON)
    assert (hasil.status, hasil.kode, hasil.perubahan) == ("SAMA", AMBON.kode, ())


def test_kode_menang_atas_nama() -> None:
    hasil = satu(f"kode,nama\n{AMBON.kode.upper()},Lapas Kelas IIA Nania\n", AMBON)
    assert hasil.status == "BERUBAH"
    assert perubahan(hasil) == {"nama": ("Lapas Kelas IIA Ambon", "Lapas Kelas IIA Nania")}


def test_kode_yang_tidak_dikenal_tidak_menggantikan_kode_portal() -> None:
    hasil = satu("kode,nama\n0081-01,Lapas Kelas IIA Ambon\n", AMBON)
    assert (hasil.status, hasil.kode) == ("SAMA", AMBON.kode)
    assert "0081-01" in hasil.catatan[0]


def test_kenaikan_kelas_dikenali_bila_hanya_satu_yang_mungkin() -> None:
    hasil = satu("nama,kanwil\nLapas Kelas IIA Piru,Maluku\n", AMBON, PIRU)
    assert hasil.kode == PIRU.kode
    assert perubahan(hasil) == {"nama": (PIRU.nama, "Lapas Kelas IIA Piru"), "kelas": ("IIB", "IIA")}
    assert "SK" in hasil.catatan[0]


def test_kelas_tidak_ditebak_bila_ada_dua_yang_mungkin() -> None:
    hasil = satu("nama,kanwil\nLapas Kelas III Tangerang,36\n", *TANGERANG)
    assert hasil.status == "BARU"
    assert [catatan for catatan in hasil.catatan if "Mirip" in catatan]


def test_nama_tanpa_kelas_cocok_tanpa_mengubah_kelas() -> None:
    assert satu("nama\nLapas Piru\n", PIRU).status == "SAMA"


def test_kelas_naik_di_kanwil_lain_bukan_unit_yang_sama() -> None:
    assert satu("nama,kanwil\nLapas Kelas IIA Piru,36\n", PIRU).status == "BARU"


def test_nama_lain_yang_tercatat() -> None:
    hasil = satu("nama\nLAPAS KELAS IIB PIROE\n", PIRU, nama_lain={"Lapas Kelas IIB Piroe": PIRU.kode})
    assert (hasil.status, hasil.kode) == ("SAMA", PIRU.kode)


def test_yang_mirip_ditunjukkan_bukan_ditebak() -> None:
    hasil = satu("nama,kanwil\nLapas Kelas IIB Pirru,81\n", PIRU)
    assert hasil.status == "BARU"
    assert PIRU.kode in hasil.catatan[0]


def test_unit_yang_tidak_ada_di_berkas_hanya_dilaporkan() -> None:
    hasil = rencana("nama\nLapas Kelas IIA Ambon\n", AMBON, PIRU)
    assert hasil.tidak_ada == (PIRU,)
    assert hasil.hitungan == {"BARU": 0, "BERUBAH": 0, "SAMA": 1, "DITOLAK": 0, "TIDAK_ADA": 1}


# --- what a row says ------------------------------------------------------------------------------


def test_unit_baru_lengkap() -> None:
    hasil = satu(
        "kode;nama;kanwil;kabupaten/kota;telepon;surel\n"
        "007;RUTAN KELAS IIB MASOHI;Kanwil Maluku;Kabupaten Maluku Tengah;0914 21;a@contoh.go.id\n"
    )
    assert (hasil.status, hasil.kode, hasil.nama) == ("BARU", "007", "Rutan Kelas IIB Masohi")
    assert hasil.nilai == {
        "nama": "Rutan Kelas IIB Masohi",
        "jenis": "RUTAN",
        "subjenis": "UMUM",
        "kelas": "IIB",
        "kanwil": "81",
        "zona": "WIT",
        "kabkota": "Kabupaten Maluku Tengah",
        "telepon": "0914 21",
        "surel": "a@contoh.go.id",
    }


def test_sel_kosong_dan_tanda_pisah_tidak_menghapus_isi() -> None:
    assert satu("nama,kabkota,alamat\nLapas Kelas IIA Ambon,-,\n", AMBON).status == "SAMA"


def test_ejaan_kabkota_yang_setara_tidak_mengubah() -> None:
    assert satu("nama,regency\nLapas Kelas IIA Ambon,KOTA  AMBON\n", AMBON).status == "SAMA"


def test_pindah_kanwil_ikut_mengubah_zona() -> None:
    hasil = satu(f"kode,nama,kanwil\n{PIRU.kode},{PIRU.nama},Banten\n", PIRU)
    assert perubahan(hasil) == {"kanwil": ("81", "36"), "zona": ("WIT", "WIB")}


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        ("nama,kanwil\n,81\n", "Nama UPT kosong"),
        ("nama,kanwil\nAmbon,81\n", "Jenis UPT tidak terbaca"),
        ("nama,kanwil\nLapas Kelas IIA,81\n", "tidak menyebut tempatnya"),
        ("nama,kanwil\nLapas Kelas IIA Dobo,99\n", "Kanwil “99” tidak dikenal"),
        ("nama,kode_kanwil,kanwil\nLapas Kelas IIA Dobo,81,Banten\n", "bukan milik Kanwil"),
        ("nama,kanwil\nLapas Kelas IIA Dobo,\n", "Kanwilnya tidak disebut"),
        ("nama,kanwil\nLapas Dobo,81\n", "kelasnya tidak disebut"),
        ("nama,kanwil\nLapas Kelas II Dobo,81\n", "Kelas II tidak ada pada LAPAS"),
        ("nama,kanwil\nBapas Kelas IIA Dobo,81\n", "Kelas IIA tidak ada pada BAPAS"),
        ("nama,jenis\nLapas Kelas IIA Dobo,Rutan\n", "berbeda dengan kolom jenis"),
        ("nama,kanwil\nRupbasan Kelas I Ambon,81\n", "Kejaksaan"),
        ("kode,nama,kanwil\nA B/1,Lapas Kelas IIA Dobo,81\n", "tidak sah"),
        ("nama,surel\nLapas Kelas IIA Dobo,bukan surel\n", "tidak sah"),
        ("nama,telepon\nLapas Kelas IIA Dobo,=1+1|cmd\n", "tidak sah"),
        ("nama,kanwil\nLapas Kelas IIA Dobo,81,lebih\n", "melebihi jumlah judul"),
        (f"nama,kanwil\nLapas Kelas IIA {'x' * 120},81\n", "terlalu panjang"),
    ],
)
def test_baris_ditolak_dengan_alasan(teks: str, kata: str) -> None:
    hasil = satu(teks)
    assert (hasil.status, hasil.nomor) == ("DITOLAK", 2)
    assert kata in " ".join(hasil.alasan)


def test_semua_alasan_satu_baris_disebut_sekaligus() -> None:
    hasil = satu("nama,kanwil,surel,kapasitas\nLapas Kelas IV X,99,x,1.5\n")
    assert len(hasil.alasan) == 4


@pytest.mark.parametrize(
    "teks",
    [
        "nama\nLapas Kelas IIA Ambon\nLAPAS KELAS II A AMBON\n",
        f"kode,nama\n{AMBON.kode},Lapas Kelas IIA Ambon\n{AMBON.kode},Lapas Kelas IIA Nania\n",
        f"kode,nama\n{AMBON.kode},Lapas Kelas IIA Nania\n,Lapas Kelas IIA Ambon\n",
        "nama,kanwil\nLapas Kelas III Dobo,81\nLapas Kelas III Dobo,81\n",
    ],
)
def test_baris_kedua_untuk_unit_yang_sama_ditolak(teks: str) -> None:
    pertama, kedua = rencana(teks, AMBON).baris
    assert pertama.status != "DITOLAK"
    assert (kedua.status, kedua.nomor) == ("DITOLAK", 3)
    assert "baris 2" in kedua.alasan[0]


# --- capacity -------------------------------------------------------------------------------------


def test_kapasitas_baru_dibandingkan_dengan_yang_berlaku_pada_hari_itu() -> None:
    hasil = satu("nama,capacity,occupancy_date\nLapas Kelas IIA Ambon,1.000,2025-03-29\n", AMBON)
    assert hasil.kapasitas == KapasitasBaru(date(2025, 3, 29), 1000, 0, 0, rinci=False)
    assert perubahan(hasil) == {"kapasitas sejak 29 Maret 2025": ("320", "1000")}


def test_kapasitas_yang_sama_tidak_menimpa_rinciannya() -> None:
    assert satu("nama,kapasitas,tanggal\nLapas Kelas IIA Ambon,320,1/1/2024\n", AMBON).status == "SAMA"


def test_rincian_yang_berbeda_adalah_perubahan() -> None:
    teks = "nama,kapasitas laki-laki,kapasitas perempuan,tanggal\nLapas Kelas IIA Ambon,310,10,1/1/2024\n"
    assert satu(teks, AMBON).kapasitas == KapasitasBaru(date(2024, 1, 1), 310, 10, 0, rinci=True)


@pytest.mark.parametrize(
    ("nama", "rincian"),
    [
        ("Lapas Kelas III Dobo", (90, 0, 0)),
        ("LPP Kelas III Ambon", (0, 90, 0)),
        ("LPKA Kelas II Ambon", (0, 0, 90)),
    ],
)
def test_total_masuk_ke_kolom_menurut_jenisnya(nama: str, rincian: tuple[int, int, int]) -> None:
    baru = satu(f"nama,kanwil,kapasitas\n{nama},81,90\n").kapasitas
    assert baru is not None
    assert ((baru.laki, baru.perempuan, baru.anak), baru.dari) == (rincian, HARI_INI)


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ("1.5,", "bilangan bulat"),
        ('"1,000",', "Betul?"),
        ("seratus,", "tidak terbaca"),
        ("99.999,", "tidak wajar"),
        ("100,2027-01-01", "belum tiba"),
        ("100,31/2/2025", "tidak ada"),
    ],
)
def test_kapasitas_yang_meragukan_ditolak(isi: str, kata: str) -> None:
    hasil = satu(f"nama,kapasitas,tanggal\nLapas Kelas IIA Ambon,{isi}\n", AMBON)
    assert hasil.status == "DITOLAK"
    assert kata in hasil.alasan[0]


def test_kapasitas_bapas_ditolak_dan_nol_dilewati() -> None:
    assert "Bapas" in satu("nama,kanwil,kapasitas\nBapas Kelas II Ambon,81,10\n").alasan[0]
    nol = satu("nama,kanwil,kapasitas\nLapas Kelas III Dobo,81,0\n")
    assert (nol.status, nol.kapasitas) == ("BARU", None)


def test_total_harus_sama_dengan_rinciannya() -> None:
    teks = "nama,kapasitas,kapasitas_laki,kapasitas_perempuan\nLapas Kelas IIA Ambon,100,60,30\n"
    assert "tidak sama" in satu(teks, AMBON).alasan[0]


# --- which table ----------------------------------------------------------------------------------


def test_kepala_surat_di_atas_tabel_dilewati() -> None:
    teks = "DAFTAR UPT PEMASYARAKATAN;;\n;;\nNo;Nama UPT;Kantor Wilayah\n1;Lapas Kelas IIA Ambon;Maluku\n"
    hasil = rencana(teks, AMBON)
    assert hasil.tabel.baris_judul == 3
    assert hasil.tabel.diabaikan == ("No",)
    assert [(b.nomor, b.status) for b in hasil.baris] == [(4, "SAMA")]


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        ("a,b\n1,2\n", "kolom nama"),
        ("nama,kanwil\n", "tanpa baris"),
        ("nama,kanwil,kanwil\nLapas Kelas IIA Ambon,81,81\n", "dua kali"),
        ("halo, ini surat biasa\n", "kolom nama"),
    ],
)
def test_berkas_tanpa_tabel_upt(teks: str, kata: str) -> None:
    with pytest.raises(BerkasSalah, match=kata):
        baca_daftar(teks.encode())


def test_laporan_menyebut_baris_dan_perubahan() -> None:
    teks = "nama,kanwil,alamat\nLapas Kelas IIA Ambon,81,Jalan Contoh 1\nLapas Kelas IV X,81,\n"
    isi = "\n".join(tulis_baris(rencana(teks, AMBON, PIRU)))
    assert "~ baris 2: Lapas Kelas IIA Ambon [berubah]" in isi
    assert "alamat: – → Jalan Contoh 1" in isi
    assert "! baris 3: Lapas Kelas IV X [ditolak]" in isi
    assert "Lapas Kelas IIB Piru (lapas-kelas-iib-piru)" in isi
    assert isi.endswith("0 baru, 1 berubah, 0 sama, 1 ditolak; 1 UPT portal tidak ada di berkas.")


# --- a real list ----------------------------------------------------------------------------------

DAFTAR_NYATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "upt.csv"


def test_daftar_nyata_tidak_ada_yang_ditolak() -> None:
    if not DAFTAR_NYATA.exists():
        pytest.skip("A real official list is not beside this copy (../shared/data/upt.csv).")
    tabel = baca_daftar(DAFTAR_NYATA.read_bytes())
    kode = {baris.sel[tabel.kolom["kanwil_kode"]] for baris in tabel.baris}
    nama = {baris.sel[tabel.kolom["kanwil_kode"]]: baris.sel[tabel.kolom["kanwil"]] for baris in tabel.baris}
    acuan = Acuan(tuple(KanwilDikenal(k, nama[k], "WIB", frozenset({k, _huruf(nama[k])})) for k in kode), unit=())
    hasil = susun_rencana(tabel, acuan, HARI_INI)
    assert hasil.hitungan == {"BARU": 613, "BERUBAH": 0, "SAMA": 0, "DITOLAK": 0, "TIDAK_ADA": 0}
    assert len({baris.kode for baris in hasil.baris}) == 613
    assert sum(baris.kapasitas is not None for baris in hasil.baris) == sum(
        bool(baris.sel[tabel.kolom["kapasitas"]]) for baris in tabel.baris
    )


def _huruf(teks: str) -> str:
    return "".join(huruf for huruf in teks.lower() if huruf.isalnum())
