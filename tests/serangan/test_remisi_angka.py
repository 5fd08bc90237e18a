"""Figures of remission attacked: old days, closed streams, rules that must come from the tables, sums that tell few."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from remisi.calon.patokan import Patokan
from remisi.calon.syarat import Orang, semua
from remisi.hitung.masukan import jawab_remisi
from remisi.integrasi.kalender import Masa, Pemilih
from remisi.integrasi.syarat import Riwayat, nilai
from remisi.ketentuan import Baris, Himpunan, bawaan
from tests.remisi.bahan_kasus import banyak, kasus, kesempatan, orang
from tests.remisi.bantu_kasus import Meja, layak
from tests.remisi.bantu_kasus import kesempatan as kasus_kesempatan
from tests.remisi.orang_acak import acak, sebagai_kolom
from tests.remisi.test_massal import satu_satu, sekaligus
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan

AKAR = Path(__file__).resolve().parents[2]
SATU = '{"id":1,"tanggal_tahan":"2020-01-01","pidana":{"tahun":3},"remisi":[]}\n'


# ---------------------------------------------------------------- the calculator and its commands


@pytest.mark.parametrize(
    ("isi", "layak", "hari"),
    [
        # 1/12 of ten years is ten months, at most three; Keppres 120/1955 asks for no six months
        ({"jenis": "RD", "tanggal": "1995-08-17", "tanggal_tahan": "1990-01-01", "pidana": {"tahun": 10}}, True, 90),
        (
            {"jenis": "RU", "tanggal": "2010-08-17", "tanggal_tahan": "2009-01-01", "urutan": 1, "status": "anak"},
            False,
            0,
        ),
    ],
)
def test_hari_sebelum_batas_lamanya_diatur(isi: dict[str, Any], layak: bool, hari: int) -> None:
    """A day on which nobody said how long must be served: the rest is still told, instead of an error."""
    jawaban = jawab_remisi(isi, bawaan()).sebagai_json()
    assert (jawaban["layak"], jawaban["total_hari"]) == (layak, hari)


@pytest.mark.parametrize("aliran", [">&-", "> /dev/full", "<&-"])
@pytest.mark.parametrize("perintah", ["hitung_pidana", "hitung_remisi", "hitung_hemat"])
def test_aliran_tertutup_dijawab_satu_kalimat(perintah: str, aliran: str) -> None:
    hasil = subprocess.run(
        f"{sys.executable} manage.py {perintah} {aliran}",
        shell=True, cwd=AKAR, input=SATU, capture_output=True, encoding="utf-8", timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": "/tmp"},
    )  # fmt: skip
    assert hasil.returncode == 1
    assert "Traceback" not in hasil.stderr
    assert "Masukan atau keluaran" in hasil.stderr


def test_perintah_tidak_memuat_numpy() -> None:
    """Thousands of small starts a day on old machines: what they do not compute with is not read."""
    kode = (
        "import sys; from django.core.management import execute_from_command_line as j; "
        "j(['manage.py', 'hitung_pidana']); print('numpy' in sys.modules)"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", kode], cwd=AKAR, input=SATU, capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings"},
    )  # fmt: skip
    assert json.loads(hasil.stdout.splitlines()[0])["id"] == 1
    assert hasil.stdout.splitlines()[-1] == "False"


# ---------------------------------------------------------------- rules come from the tables


def _ubah(tabel: str, kode: str, **isi: Any) -> Himpunan:
    lama = [b for b in bawaan().baris if (b.tabel, b.kode) == (tabel, kode)][-1]
    return bawaan().dengan(
        Baris(
            tabel=tabel, kode=kode, berlaku_dari=lama.berlaku_dari, berlaku_sampai=lama.berlaku_sampai,
            nilai={**lama.nilai, **isi}, sumber="uji", terverifikasi=False,
        )
    )  # fmt: skip


LANSIA = date(2027, 5, 29)


def test_umur_lansia_menurut_aturan() -> None:
    orang = Orang("NARAPIDANA", tahun_lahir=1960, tanggal_tahan=date(2025, 1, 1), pidana_bulan=10)
    assert semua(orang, Patokan(bawaan(), "RKM", LANSIA)) == []
    enam_lima = _ubah("syarat", "UMUR", jumlah=65)
    (hasil,) = semua(orang, Patokan(enam_lima, "RKM", LANSIA))
    (umur,) = [s for s in hasil.syarat if s.kode == "UMUR"]
    assert (umur.keadaan, umur.aturan.sumber) == ("Y", "uji")
    assert "65" in umur.bukti
    r = random.Random(65)
    banyak = [acak(r) for _ in range(1500)]
    p = Patokan(enam_lima, "RKM", LANSIA, pada=date(2026, 11, 22))
    assert sekaligus(sebagai_kolom(banyak), p) == satu_satu(banyak, p)
    assert sekaligus(sebagai_kolom(banyak), p) != sekaligus(sebagai_kolom(banyak), replace(p, himpunan=bawaan()))


def test_hari_sakit_menurut_aturan() -> None:
    assert Patokan(bawaan(), "RKM", date(2027, 4, 7)).karena_sakit
    pindah = _ubah("sakelar", "RKM_SAKIT", nilai="05-29", pilihan=["05-29"])
    assert Patokan(pindah, "RKM", LANSIA).karena_sakit
    assert not Patokan(pindah, "RKM", date(2027, 4, 7)).karena_sakit


NAPI = Orang(
    "NARAPIDANA", kelompok="umum", tahun_lahir=1990, tanggal_tahan=date(2024, 1, 1), tanggal_putusan=date(2024, 6, 1),
    pidana_tahun=3, sppn_predikat="BAIK", sppn_tanggal=date(2026, 9, 1), register_f_diperiksa=date(2026, 9, 1),
    risiko_turun=True,
)  # fmt: skip
KINI = date(2026, 11, 1)


def _integrasi(orang: Orang, rumpun: str, aturan: Himpunan, riwayat: Riwayat = Riwayat()) -> dict[str, Any]:  # noqa: B008
    from remisi.integrasi.kalender import masa

    m: Masa = masa(orang)
    hasil = nilai(orang, m, riwayat, rumpun, KINI, KINI, Pemilih(aturan, KINI))
    assert hasil is not None
    return {s.kode: s for s in hasil.syarat}


def test_kesegaran_integrasi_menurut_aturan() -> None:
    """The same switch as for remission: 61 days are fresh by 92 and stale by 31."""
    assert _integrasi(NAPI, "PB", bawaan())["PEMBINAAN"].keadaan == "Y"
    ketat = _integrasi(NAPI, "PB", _ubah("sakelar", "SEGAR_PERILAKU", nilai="31"))
    assert (ketat["PEMBINAAN"].keadaan, ketat["KELAKUAN"].keadaan) == ("D", "D")


def test_jeda_cmk_menurut_aturan() -> None:
    riwayat = Riwayat(cmk=KINI - timedelta(days=70))
    biasa = _integrasi(NAPI, "CMK", bawaan(), riwayat)["SEKALI"]
    assert (biasa.keadaan, biasa.aturan.terverifikasi) == ("T", False)
    assert _integrasi(NAPI, "CMK", _ubah("syarat", "JEDA_CMK", jumlah=2), riwayat)["SEKALI"].keadaan == "Y"


def test_umur_cmb_anak_menurut_aturan() -> None:
    anak = replace(NAPI, status="ANAK_BINAAN", tahun_lahir=2010)
    assert _integrasi(anak, "CMB", bawaan())["UMUR"].keadaan == "T"
    assert _integrasi(anak, "CMB", _ubah("syarat", "UMUR_CMB", jumlah=168))["UMUR"].keadaan == "Y"


def test_narkotika_pendek_bukan_tindak_pidana_khusus() -> None:
    """PP 28/2006 and PP 99/2012 speak of narcotics from five years on; a shorter sentence is judged as any other."""
    dasar = Orang(
        "NARAPIDANA", kelompok="narkotika", tanggal_tahan=date(2018, 1, 1), tanggal_putusan=date(2018, 6, 1),
        pidana_tahun=4, pidana_bulan=11, pidana_hari=29,
    )  # fmt: skip
    p = Patokan(bawaan(), "RU", date(2020, 8, 17))

    def surat(orang: Orang) -> str:
        (hasil,) = semua(orang, p)
        return next(s.keadaan for s in hasil.syarat if s.kode == "S3")

    assert surat(dasar) == "N"
    assert surat(replace(dasar, pidana_tahun=5, pidana_bulan=None, pidana_hari=None)) == "D"
    assert surat(replace(dasar, pidana_tahun=None, pidana_bulan=None, pidana_hari=None)) == "D", "not known: as special"
    r = random.Random(60)
    banyak = [replace(acak(r), kelompok="narkotika") for _ in range(1500)]
    for hari in (date(2007, 8, 17), date(2015, 8, 17), date(2027, 8, 17)):
        p = Patokan(bawaan(), "RU", hari)
        assert sekaligus(sebagai_kolom(banyak), p) == satu_satu(banyak, p)


def test_batas_yang_dicabut_tidak_diganti_angka_di_kode() -> None:
    """A threshold that no rule says is missing data, for one person as for all; never the number of before."""
    cabut = {"BATAS_ENAM_BULAN", "BATAS_TIGA_BULAN"}
    kosong = {"E2": None, "E2a": None, "X1": None, "D1": None}
    baris = [
        b if b.kode not in kosong else replace(b, nilai={**b.nilai, "jumlah": None, "satuan": ""})
        for b in bawaan().baris
        if b.kode not in cabut
    ]
    tanpa = Himpunan(baris)
    r = random.Random(180)
    banyak_orang = [acak(r) for _ in range(1500)]
    for hari in (date(2025, 8, 17), date(2027, 8, 17)):
        p = Patokan(tanpa, "RU", hari)
        assert sekaligus(sebagai_kolom(banyak_orang), p) == satu_satu(banyak_orang, p)
    (hasil,) = semua(NAPI, Patokan(tanpa, "RU", date(2026, 8, 17)))
    keadaan = {s.kode: s.keadaan for s in hasil.syarat if s.kode in ("E1", "E2", "X1", "X2")}
    assert keadaan == dict.fromkeys(("E1", "E2", "X1", "X2"), "D")


def test_pidana_pendek_berkata_menurut_aturan() -> None:
    orang = Orang("NARAPIDANA", tanggal_tahan=date(2025, 1, 1), pidana_bulan=10)
    (hasil,) = semua(orang, Patokan(_ubah("syarat", "X1", jumlah=12), "RU", date(2026, 8, 17)))
    bukti = next(s.bukti for s in hasil.syarat if s.kode == "X1")
    assert "kurang dari 12 bulan" in bukti


# ---------------------------------------------------------------- leaders: totals, never a case


ALAMAT_KASUS = (
    "/remisi/antrean/",
    "/remisi/upt/{kode}/",
    "/remisi/upt/{kode}/ru-2026/",
    "/remisi/upt/{kode}/ru-2026/{data}/",
    "/remisi/usulan/{kasus}/",
    "/remisi/upt/{kode}/integrasi/",
    "/remisi/upt/{kode}/integrasi/{data}/",
    "/remisi/upt/{kode}/ramalan/",
    "/remisi/upt/{kode}/tahanan/",
)


@pytest.fixture
def sedikit(dunia: Any) -> Any:
    """Three women released at Ambon, and many others."""
    k = kesempatan()
    banyak(dunia, k, dunia.pekanbaru, 9)
    banyak(dunia, k, dunia.ambon, 8)
    banyak(dunia, k, dunia.ambon, 3, hasil="II", orang={"jenis_kelamin": "P"})
    return kasus(dunia, k, orang(dunia, dunia.ambon))


def test_pimpinan_membaca_jumlah_tidak_membaca_kasus(dunia: Any, masuk: Any, sedikit: Any) -> None:
    klien = masuk(dunia.pimpinan)
    isi = {"kode": dunia.ambon.kode, "data": sedikit.data_id, "kasus": sedikit.pk}
    kode = {a: klien.get(a.format(**isi)).status_code for a in ALAMAT_KASUS}
    assert set(kode.values()) == {403}, kode
    awal = klien.get("/remisi/")
    assert (awal.status_code, awal["Location"]) == (302, "/remisi/nasional/")
    assert klien.get("/remisi/nasional/").status_code == 200
    assert klien.get("/remisi/integrasi/").status_code == 200
    assert "Remisi" in klien.get("/dasbor/").content.decode(), "the menu leads to what they read"
    auditor = masuk(dunia.auditor)
    assert {auditor.get(a.format(**isi)).status_code for a in ALAMAT_KASUS[:2]} == {200}


def test_merangkap_tidak_membuka_kasus_dan_angka_kecil_negeri(dunia: Any, masuk: Any, sedikit: Any) -> None:
    """Head of one unit and leader of the nation: cases of the unit, and closed totals of the nation."""
    kini = date(2026, 1, 1)
    with terpasang(SISTEM):
        Penugasan.objects.create(pengguna=dunia.kepala_ambon, peran="pimpinan", mulai=kini)
    k = kesempatan()
    asing = kasus(dunia, k, orang(dunia, dunia.pekanbaru))
    klien = masuk(dunia.kepala_ambon)
    assert klien.get(f"/remisi/usulan/{sedikit.pk}/").status_code == 200
    assert klien.get(f"/remisi/usulan/{asing.pk}/").status_code in (403, 404)
    antre = klien.get("/remisi/antrean/?status=diberikan").content.decode()
    assert dunia.ambon.nama in antre
    assert dunia.pekanbaru.nama not in antre
    negeri = klien.get("/remisi/nasional/?kesempatan=ru-2026")
    assert negeri.context["utuh"] is False
    assert "∗" in negeri.content.decode()
    assert klien.get("/remisi/nasional/rincian/?kesempatan=ru-2026").status_code == 403
    nominatif = f"/remisi/upt/{dunia.ambon.kode}/ru-2026/nominatif/"
    assert klien.get(nominatif).status_code == 200, "the unit's own lists stay theirs"


# ---------------------------------------------------------------- what the totals of a page tell together


def test_orang_dan_pemberian_tidak_memberi_tahu_yang_menerima_dua(dunia: Any, masuk: Any) -> None:
    """Grants less persons are those who received two kinds: one person, when it is not closed."""
    k = kesempatan()
    banyak(dunia, k, dunia.ambon, 9)
    banyak(dunia, k, dunia.pekanbaru, 7, jenis="RD", bulan=1, hari=12)
    dua = orang(dunia, dunia.ambon)
    kasus(dunia, k, dua)
    kasus(dunia, k, dua, jenis="RD", bulan=1, hari=12)

    def angka(siapa: Any) -> dict[str, str]:
        semua = masuk(siapa).get("/remisi/nasional/?kesempatan=ru-2026").context["angka"]
        return {a["label"]: a["nilai"] for a in semua}

    assert (angka(dunia.peninjau)["Pemberian"], angka(dunia.peninjau)["Orang"]) == ("18", "17")
    luar = angka(dunia.pimpinan)
    assert luar["Pemberian"] == "18"
    assert luar["Orang"] == "∗"


def test_banyaknya_unit_tidak_membuka_kanwil_yang_tertutup(dunia: Any, masuk: Any) -> None:
    """Four grants in two units and two in one: the units are the least number, and both together are told."""
    k = kesempatan()
    banyak(dunia, k, dunia.ambon, 2)
    banyak(dunia, k, dunia.masohi, 2)
    banyak(dunia, k, dunia.pekanbaru, 20)
    isi = masuk(dunia.pimpinan).get("/remisi/nasional/?kesempatan=ru-2026")
    assert [(b.orang, b.unit) for b, _ in isi.context["tempat"]] == [(None, None), (None, None)]
    utuh = masuk(dunia.peninjau).get("/remisi/nasional/?kesempatan=ru-2026").context["tempat"]
    assert [(b.orang, b.unit) for b, _ in utuh] == [(4, 2), (20, 1)]


def test_kanwil_tanpa_biaya_sendiri_berkata_memakai_biaya_nasional(dunia: Any, masuk: Any) -> None:
    banyak(dunia, kesempatan(), dunia.ambon, 3)
    wilayah = masuk(dunia.verifikator_maluku).get("/remisi/kanwil/maluku/?kesempatan=ru-2026").content.decode()
    assert "biaya nasional" in wilayah
    assert "belum dikonfirmasi" in wilayah
    negeri = masuk(dunia.peninjau).get("/remisi/nasional/?kesempatan=ru-2026").content.decode()
    assert "biaya nasional" not in negeri


def test_ramalan_tidak_menyebut_sedikit_orang_tanpa_tanggal(dunia: Any, masuk: Any) -> None:
    from pemasyarakatan.inti.waktu import sekarang
    from remisi.integrasi.ramalan import Ramalan, simpan

    with terpasang(SISTEM):
        simpan(dunia.ambon, Ramalan({}, 40, 2, sekarang()))
    isi = masuk(dunia.pimpinan).get("/remisi/integrasi/").content.decode()
    assert "40 orang" in isi
    assert ">2 orang" not in isi
    assert " 2 orang tanpa tanggal" not in isi


# ---------------------------------------------------------------- one person from end to end, by hand


def _tanggal_orang(data: int) -> tuple[date | None, ...]:
    from remisi.integrasi.baca import baca_data

    with terpasang(SISTEM):
        satu = baca_data([data])[data]
    return satu.masa.dua_pertiga, satu.masa.ekspirasi, *(satu.riwayat.terakhir,)


def _ramalan(upt: Any, kode: str) -> dict[str, dict[str, int]]:
    from remisi.integrasi.ramalan import PENUH, ramalan_unit

    with terpasang(SISTEM):
        return {kode: ramalan_unit(upt).isi[PENUH].get(kode, {})}


def _calon(meja: Any, k: Any, data: int) -> tuple[str, int | None, int, int, str]:
    from remisi.calon.susun import hitung_unit
    from remisi.models import Kandidat

    meja.sebagai(meja.dunia.operator_ambon, hitung_unit, kesempatan=k, upt=meja.upt)
    with terpasang(SISTEM):
        c = Kandidat.objects.get(kesempatan=k, data_id=data, jenis="RU")
    return c.keadaan, c.urutan, c.bulan, c.hari, c.hasil


def test_satu_orang_dari_calon_sampai_ramalan(dunia: Any, masuk: Any) -> None:
    """Detained 3 February 2024, five years: 2/3 is 3 y 4 m (3 June 2027), the end 3 February 2029. The first RU gives
    two months, the next three; three years instead of five end within the two months and the day."""
    from remisi.usulan import services
    from remisi.usulan.alur import Status

    meja = Meja(dunia)
    hari_satu, hari_dua = date(2026, 12, 22), date(2027, 12, 22)
    satu, dua = (kasus_kesempatan(tanggal=h, batas_usul=h) for h in (hari_satu, hari_dua))
    lama, sebentar = (layak(meja.upt, dunia.operator_ambon, pidana_tahun=n)[0] for n in (5, 3))
    assert _tanggal_orang(lama) == (date(2027, 6, 3), date(2029, 2, 3), 0)
    assert _ramalan(meja.upt, "2027-06") == {"2027-06": {"PB": 1}}
    assert _calon(meja, satu, lama) == ("LAYAK", 1, 2, 0, "I")
    assert _calon(meja, satu, sebentar) == ("LAYAK", 1, 2, 0, "II")
    assert _calon(meja, dua, lama)[1:] == (1, 2, 0, "I")
    kasus_dua = meja.sampai(Status.SK_TERBIT, [lama, sebentar], satu)
    # 60 days nearer, and a CMB would be as long; the next grant is the second
    assert _tanggal_orang(lama) == (date(2027, 4, 4), date(2028, 12, 5), 60)
    assert _ramalan(meja.upt, "2027-04") == {"2027-04": {"PB": 1}}
    assert _ramalan(meja.upt, "2027-06") == {"2027-06": {}}
    assert _calon(meja, dua, lama)[1:] == (2, 3, 0, "I")
    klien = masuk(dunia.peninjau)
    halaman = klien.get(f"/remisi/nasional/?kesempatan={satu.slug}")
    assert [a["nilai"] for a in halaman.context["angka"]] == ["2", "2", "1"]
    assert (halaman.context["hemat"]["hari"], halaman.context["hemat"]["rupiah"]) == (120, 120 * 19_500)
    berkas = klien.get(f"/remisi/nasional/?kesempatan={satu.slug}&unduh=baku").content.decode()
    assert "RU,I,60," in berkas
    assert "RU,II,60," in berkas
    meja.sebagai(
        dunia.peninjau, services.cabut, pilihan=meja.pilihan([u.pk for u in meja.baca(kasus_dua) if u.data_id == lama]),
        alasan="Keputusan keliru.",
    )  # fmt: skip
    assert _tanggal_orang(lama) == (date(2027, 6, 3), date(2029, 2, 3), 0)
    assert _calon(meja, dua, lama)[1:] == (1, 2, 0, "I")
    lagi = klien.get(f"/remisi/nasional/?kesempatan={satu.slug}")
    assert [a["nilai"] for a in lagi.context["angka"]] == ["1", "1", "1"]


def test_dua_pemberian_sehari_satu_penerima() -> None:
    """17 August 2035, eight years: RU 1 and RD of three months, 150 days together; what is left (140) ends that day."""
    hari = date(2035, 8, 17)
    mulai = date(2035, 8, 17).replace(year=2035 - 8) + timedelta(days=140)
    orang_ini = replace(
        NAPI, tanggal_tahan=mulai, tanggal_putusan=mulai, pidana_tahun=8, sppn_tanggal=date(2035, 8, 1),
        register_f_diperiksa=date(2035, 8, 1), salinan_putusan=True, jenis_kelamin="L",
    )  # fmt: skip
    hasil = {h.jenis: h for h in semua(orang_ini, Patokan(bawaan(), "RU", hari, pada=hari))}
    assert {j: (h.bulan, h.hari, h.hasil) for j, h in hasil.items()} == {"RU": (2, 0, "II"), "RD": (3, 0, "II")}
    sehari_lebih = replace(orang_ini, tanggal_tahan=mulai + timedelta(days=11))
    assert {h.hasil for h in semua(sehari_lebih, Patokan(bawaan(), "RU", hari, pada=hari))} == {"I"}


def test_anak_binaan_menjadi_narapidana_pada_usia_delapan_belas() -> None:
    """PMP of a child are another kind: as an adult the first RU is the first grant; their days still count."""
    dewasa = replace(
        NAPI, salinan_putusan=True, jenis_kelamin="L", lalu={"PMPU": 2, "PMPK": 1}, remisi_hari=135,
        sppn_tanggal=date(2027, 8, 1), register_f_diperiksa=date(2027, 8, 1), pidana_tahun=5,
    )  # fmt: skip
    (hasil,) = semua(dewasa, Patokan(bawaan(), "RU", date(2027, 8, 17), pada=date(2027, 8, 17)))
    assert (hasil.keadaan, hasil.urutan, hasil.bulan, hasil.hasil) == ("LAYAK", 1, 2, "I")
    sisa = next(s.bukti for s in hasil.syarat if s.kode == "SISA")
    assert "19 Agustus 2028" in sisa, "1 January 2029 less 135 days"


def test_penahanan_terputus_memajukan_ekspirasi_tidak_masa_menjalani() -> None:
    orang_ini = replace(NAPI, tanggal_tahan=date(2026, 3, 1), hari_tahan_sebelumnya=100, pidana_tahun=2)
    (hasil,) = semua(orang_ini, Patokan(bawaan(), "RU", date(2026, 8, 17), pada=date(2026, 8, 17)))
    e1 = next(s for s in hasil.syarat if s.kode == "E1")
    assert (e1.keadaan, hasil.hari_jalani) == ("T", 169), "from the last detention: not yet 180"
    sisa = next(s.bukti for s in hasil.syarat if s.kode == "SISA")
    assert "22 November 2027" in sisa, "1 March 2028 less 100 days"


def test_angka_f03_tidak_membuka_kasus_bagi_pimpinan(dunia: Any, masuk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The figure of the form is theirs to read, the cases that it is made of are not: nothing there can be pressed."""
    from pelaporan.alur import Aksi
    from pelaporan.services_periode import buka_periode
    from remisi import turunan
    from tests.dunia import jawab_semua, lakukan
    from tests.remisi.test_turunan_f03 import AGUSTUS, Berkas, sampai
    from tests.umkm.bantu import sebagai_orang

    monkeypatch.setattr(turunan, "mulai_register", lambda upt: date(2026, 7, 1))
    Berkas(dunia, dunia.ambon, dunia.operator_ambon).kasus("RU", sampai("SK_TERBIT"))
    with terpasang(SISTEM):
        buka_periode(bulan=AGUSTUS)
    laporan = dunia.laporan(dunia.ambon, "F03", AGUSTUS)
    with sebagai_orang(dunia.kepala_ambon) as (kepala, cakupan):
        jawab_semua(laporan, kepala, cakupan)
    lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    url = f"/telusur/F03/rumum_ru1_b3/?bulan=2026-08&wilayah={dunia.ambon.kode}"
    assert "/remisi/usulan/" in masuk(dunia.peninjau).get(url).content.decode()
    luar = masuk(dunia.pimpinan).get(url)
    assert luar.status_code == 200
    assert "Usulan 1" in luar.content.decode()
    assert "/remisi/usulan/" not in luar.content.decode()
