"""F06 from the register: to the last digit, each figure down to its rows; silent where nothing is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pangan import jenis as j
from pangan.services import tempatkan
from pangan.turunan import alamat
from pelaporan.alur import Aksi
from pelaporan.catatan.services import tulis_komentar
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.pembekuan import periksa_draf
from pelaporan.turunan import AngkaTurunan, Terisi, muat_laporan, selisih
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia, isi_penuh, jawab_semua, kirim, lakukan
from tests.pangan.bantu import Kebun
from tests.pelaporan.bantu import alamat as alamat_laporan
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.django_db


def terisi(laporan: Laporan) -> Terisi:
    with terpasang(SISTEM):
        return muat_laporan(Laporan.objects.select_related("upt", "formulir_versi").get(pk=laporan.pk))


def angka(laporan: Laporan) -> dict[str, Any]:
    return {k: a.nilai for k, a in terisi(laporan).angka.items()}


@pytest.fixture
def laporan(dunia: Dunia) -> Laporan:
    return dunia.laporan(dunia.ambon)


@pytest.fixture
def penuh(kebun: Kebun) -> Kebun:
    """Vegetables, a borrowed pond and a hen house; a harvest of each in January, one before and one after."""
    petak = kebun.petak(1000, nama="Kebun")
    kebun.pakai(petak, luas="600")
    sayur = kebun.tanam(petak, luas="600")
    kebun.panen(sayur, "100", "30 Desember 2025", nilai="1000000")
    kebun.panen(sayur, "120,5", "1 Januari 2026", nilai="1200000")
    kebun.panen(sayur, "79,5", "31 Januari 2026", nilai="800000")
    kebun.panen(sayur, "50", "1 Februari 2026", nilai="500000")
    kolam = kebun.petak(300, nama="Kolam", wujud="kolam", milik="pinjam", pemilik="Dinas Perikanan")
    kebun.pakai(kolam, "perikanan")
    lele = kebun.tanam(kolam, "lele", "1 Oktober 2025", ekor="900")
    kebun.panen(lele, "40", "15 Januari 2026", ekor="350", nilai="1000000")
    kandang = kebun.petak(80, nama="Kandang", wujud="kandang")
    kebun.pakai(kandang, "peternakan")
    ayam = kebun.tanam(kandang, "ayam_petelur", "1 Juni 2025", ekor="200")
    kebun.panen(ayam, "900", "20 Januari 2026", berat_kg="54", nilai="1350000")
    kebun.keluar("kangkung", "100", "2 Januari 2026", tujuan="vendor", nilai="1000000")
    kebun.keluar("kangkung", "30", "3 Januari 2026", tujuan="jual", nilai="330000")
    kebun.keluar("kangkung", "10", "4 Januari 2026", tujuan="dapur")
    kebun.keluar("kangkung", "5", "4 Januari 2026", tujuan="rusak")
    kebun.keluar("ayam_petelur", "300", "21 Januari 2026", tujuan="bansos")
    for jenis, nilai, hari in (("pnbp", "250000", "30 Januari 2026"), ("premi", "90000", "31 Januari 2026")):
        _setor(kebun, jenis, nilai, hari)
    _setor(kebun, "pnbp", "777", "1 Februari 2026")
    sertifikat = {"pelatihan": "Bioflok", "penyelenggara": "Dinas", "tanggal": "9 Januari 2026", "orang": "7"}
    kebun.tulis(j.SERTIFIKAT, **sertifikat)
    for nama, sampai in (("Dinas Pertanian", ""), ("Koperasi", "30 Januari 2026"), ("Kampus", "31 Januari 2026")):
        kebun.tulis(j.MITRA, nama=nama, dari="1 Januari 2025", sampai=sampai, **{"jenis": "dinas"})
    _orang(kebun, "12")
    for klaster, orang in (("hortikultura", "9"), ("perikanan", "4"), ("peternakan", "0")):
        _orang(kebun, orang, klaster)
    kebun.tulis(j.TENAGA, **{"jenis": "petugas"}, orang="3", dari="1 Januari 2026")
    return kebun


def _setor(kebun: Kebun, jenis: str, nilai: str, tanggal: str) -> None:
    kebun.tulis(j.SETORAN, **{"jenis": jenis}, nilai=nilai, tanggal=tanggal)


def _orang(kebun: Kebun, orang: str, klaster: str = "", dari: str = "1 Januari 2026") -> None:
    kebun.tulis(j.TENAGA, setuju="wbp_tanpa_klaster", klaster=klaster, orang=orang, dari=dari, **{"jenis": "wbp"})


def test_every_item_comes_from_the_register(penuh: Kebun, laporan: Laporan) -> None:
    isi = angka(laporan)
    skema = laporan.skema
    assert set(isi) | {"hasil"} == set(skema.per_register["pangan"])
    assert isi == {
        "ada_kegiatan": True, "lahan_tidur": 400, "lahan_pinjam": 300, "wbp": 12, "petugas": 3, "bersertifikat": 7,
        "mitra": 2, "jual_bama": 100, "jual_lain": 30, "pakai_sendiri": 28, "penjualan": 1_330_000,
        "pnbp": 250_000, "premi": 90_000,
        **{f"klaster_{k}_{x}": 0 for k in ("pertanian", "perkebunan") for x in ("lahan", "wbp", "panen", "nilai")},
        "klaster_hortikultura_lahan": 600, "klaster_hortikultura_wbp": 9, "klaster_hortikultura_panen": 200,
        "klaster_hortikultura_nilai": 2_000_000,
        "klaster_perikanan_lahan": 300, "klaster_perikanan_wbp": 4, "klaster_perikanan_panen": 40,
        "klaster_perikanan_nilai": 1_000_000,
        "klaster_peternakan_lahan": 80, "klaster_peternakan_wbp": 0, "klaster_peternakan_panen": 54,
        "klaster_peternakan_nilai": 1_350_000,
    }  # fmt: skip
    hasil = [b.isi for b in terisi(laporan).daftar["hasil"].baris]
    assert [(h["komoditas"], h["satuan_hasil"], h["jumlah_hasil"], h["berat_hasil"]) for h in hasil] == [
        ("Kangkung", "kg", 200, 200), ("Lele", "kg", 40, 40), ("Ayam petelur", "butir", 900, 54),
    ]  # fmt: skip


def test_each_figure_opens_to_rows_that_add_up(penuh: Kebun, laporan: Laporan, masuk: Any) -> None:
    isi = terisi(laporan).angka
    for kode, satu in isi.items():
        if kode != "ada_kegiatan":
            assert sum(r.nilai or 0 for r in satu.rincian) == satu.nilai, kode
    panen = isi["klaster_hortikultura_panen"].rincian
    assert [(r.objek, r.label, r.nilai) for r in panen] == [
        ("panen", "1 Jan 2026 · P01 · Kangkung", Decimal("120.5")),
        ("panen", "31 Jan 2026 · P01 · Kangkung", Decimal("79.5")),
    ]
    klien = masuk(penuh.oleh)
    halaman = {alamat(r.objek, r.id) for a in isi.values() for r in a.rincian}
    assert len(halaman) > 15
    assert {h: s for h in halaman if (s := klien.get(h).status_code) != 200} == {}
    assert alamat("panen", 12) == alamat("panen", "x:y") == ""


def test_the_register_is_read_in_few_queries(penuh: Kebun, laporan: Laporan) -> None:
    with terpasang(SISTEM):
        satu = Laporan.objects.select_related("upt", "formulir_versi").get(pk=laporan.pk)
        with CaptureQueriesContext(connection) as kueri:
            muat_laporan(satu)
    assert len(kueri) <= 8


def test_positions_are_those_of_the_last_day(penuh: Kebun, dunia: Dunia, laporan: Laporan) -> None:
    petak = penuh.petak(50, nama="Rak", wujud="media")
    penuh.pakai(petak, "hortikultura", "1 Januari 2026", sampai="30 Januari 2026")
    assert angka(laporan)["klaster_hortikultura_lahan"] == 600
    petak = penuh.petak(70, nama="Rak dua", wujud="media")
    penuh.pakai(petak, "hortikultura", "31 Januari 2026", sampai="31 Januari 2026")
    assert angka(laporan)["klaster_hortikultura_lahan"] == 670


def test_a_unit_without_plots_types_its_form(kebun: Kebun, dunia: Dunia, laporan: Laporan) -> None:
    _orang(kebun, "5")
    assert terisi(laporan).kode == frozenset()
    isi_penuh(laporan, dunia.kepala_ambon)
    lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    # a plot that is managed only from a later month says nothing about this one
    kebun.petak(mulai="1 Februari 2026")
    assert terisi(laporan).kode == frozenset()


def test_a_unit_with_idle_land_only_says_so(kebun: Kebun, laporan: Laporan) -> None:
    kebun.petak(1500, rencana="Pagar belum ada")
    kebun.petak(90, nama="Pinjaman", milik="pinjam", pemilik="Desa")
    assert angka(laporan) == {"ada_kegiatan": False, "lahan_tidur": 1500}


def test_people_who_were_never_counted_are_typed(kebun: Kebun, laporan: Laporan) -> None:
    kebun.kebun_kangkung()
    isi = angka(laporan)
    assert {k for k in isi if "wbp" in k or k == "petugas"} == set()
    # counted over all clusters only, with one cluster in use: they all work there
    _orang(kebun, "6")
    isi = angka(laporan)
    assert (isi["wbp"], isi["klaster_hortikultura_wbp"], isi["klaster_pertanian_wbp"]) == (6, 6, 0)
    _orang(kebun, "8", dari="1 Februari 2026")
    assert angka(laporan)["wbp"] == 6


def test_persons_by_number_take_the_place_of_counts(penuh: Kebun, laporan: Laporan) -> None:
    for nomor, klaster, hari in (
        ("B.I 1/2025", "hortikultura", date(2026, 1, 1)),
        ("B.I 1/2025", "perikanan", date(2026, 1, 31)),
        ("B.I 2/2025", "perikanan", date(2026, 1, 31)),
        ("B.I 3/2025", "perikanan", date(2026, 2, 1)),
    ):
        with sebagai_orang(penuh.oleh) as umum:
            tempatkan(nomor=nomor, klaster=klaster, dari=hari, upt=penuh.upt, **umum)
    isi = terisi(laporan).angka
    assert {k: a.nilai for k, a in isi.items() if "wbp" in k and a.nilai} == {
        "wbp": 2, "klaster_hortikultura_wbp": 1, "klaster_perikanan_wbp": 2,
    }  # fmt: skip
    label = {r.label for k, a in isi.items() if "wbp" in k for r in a.rincian}
    assert label == {"Warga binaan 1", "Warga binaan 2"}


def test_the_whole_month_is_sent_from_the_register(penuh: Kebun, dunia: Dunia, laporan: Laporan) -> None:
    with sebagai_orang(dunia.kepala_ambon) as umum:
        jawab_semua(laporan, umum["oleh"], umum["cakupan"])
        assert [t.pesan for t in periksa_draf(Laporan.objects.get(pk=laporan.pk)).belum] == []
    lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    with terpasang(SISTEM):
        versi = LaporanVersi.objects.get(laporan=laporan, versi=1)
    isi = versi.isi["angka"]
    assert (isi["lahan"], isi["panen"], isi["panen_butir"], isi["panen_ekor"], isi["wbp_klaster"]) == (
        980,
        294,
        900,
        0,
        13,
    )
    assert versi.isi["asal"]["klaster_perikanan_panen"]["rincian"][0][3] == 40
    assert len(versi.isi["daftar"]["hasil"]) == 3
    # a harvest that is mended afterwards changes no version, but is told
    with terpasang(SISTEM):
        lele = next(p for p in j.PANEN.model.objects.all() if p.komoditas == "lele")
    penuh.ubah(j.PANEN, lele, jumlah="41", berat_kg="41")
    with terpasang(SISTEM):
        beda = selisih(Laporan.objects.select_related("upt", "formulir_versi").get(pk=laporan.pk))
    assert {s.kode for s in beda} == {"klaster_perikanan_panen", "hasil"}


def test_rows_of_other_months_and_units_do_not_count(penuh: Kebun, dunia: Dunia, laporan: Laporan) -> None:
    sebelum = angka(laporan)
    lain = Kebun(dunia.masohi, dunia.operator_masohi)
    lain.panen(lain.kebun_kangkung()[1], "33")
    assert angka(laporan) == sebelum
    assert angka(dunia.laporan(dunia.masohi))["klaster_hortikultura_panen"] == 33
    assert isinstance(terisi(laporan).angka["wbp"], AngkaTurunan)
    assert Bulan(2026, 1) == laporan.periode


def test_usulan_pada_angka_register_menunjuk_ke_asalnya(dunia: Dunia, kebun: Kebun, masuk: Any) -> None:
    """What the register fills in cannot be applied in the report: the note leads to where it is mended."""
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    with sebagai_orang(dunia.verifikator_maluku) as umum:
        tulis_komentar(laporan_id=laporan.pk, kode="lahan_tidur", teks="Ukur ulang.", usulan="750", **umum)
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya")
    klien, url = masuk(dunia.operator_ambon), f"{alamat_laporan(laporan, 'catatan')}?sel=lahan_tidur"
    bagian = alamat_laporan(laporan, "bagian", bagian="kegiatan")
    assert "Terapkan 750" in klien.get(url).content.decode()

    kebun.petak(500, setuju="tidur_tanpa_rencana")
    for halaman in (url, bagian):
        isi = klien.get(halaman).content.decode()
        assert "Terapkan 750" not in isi
        assert f"/pangan/{dunia.ambon.kode}/asal/2026-01/#lahan_tidur" in isi
