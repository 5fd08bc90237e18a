"""Kanwil and nation of the food register: small worlds in which every figure is known by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pangan import jenis as j
from pangan.models import Petak
from pangan.wilayah import selectors as baca
from pangan.wilayah.angka import Unit, jumlahkan
from pelaporan.models import Laporan
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia, isian_wajar, kirim
from tests.pangan.bantu import Kebun
from upt.cakupan import SISTEM, Cakupan, terpasang

JANUARI = Bulan(2026, 1)
NASIONAL = "/pangan/nasional/?bulan=2026-01"
MALUKU = "/pangan/kanwil/maluku/?bulan=2026-01"
Masuk = Callable[[Any], Client]


@pytest.fixture
def negeri(dunia: Dunia, kebun: Kebun) -> Dunia:
    """Ambon keeps the register, Masohi has idle land only; Riau has nothing. Inmates: 300, 100, 400, 200."""
    for unit, penghuni in (
        (dunia.ambon, 300),
        (dunia.masohi, 100),
        (dunia.pekanbaru, 400),
        (dunia.rutan_pekanbaru, 200),
    ):
        _penghuni(unit, penghuni)
    kebun_a, _, kolam, pinjam = (
        kebun.petak(1000),
        kebun.petak(500, rencana="Kebun cabai", rencana_mulai="1 Maret 2026"),
        kebun.petak(200, wujud="kolam"),
        kebun.petak(300, milik="pinjam", pemilik="Dinas Pertanian"),
    )
    kebun.pakai(kebun_a, luas="600")
    kebun.pakai(kolam, "perikanan")
    kebun.pakai(pinjam, "pertanian")
    kangkung = kebun.tanam(kebun_a, luas="600")
    kebun.panen(kangkung, "40", setuju="hasil_rendah", nilai="400000")
    kebun.panen(kangkung, "10", "20 Januari 2026", setuju="hasil_rendah", nilai="100000")
    kandang = kebun.petak(100, wujud="kandang", nama="Kandang ayam")
    kebun.pakai(kandang, "peternakan")
    ayam = kebun.tanam(kandang, "ayam_petelur", "1 Agustus 2025", ekor="50")
    kebun.panen(ayam, "100", "21 Januari 2026", nilai="150000")  # eggs, counted and not weighed: 100 × 0,06 kg
    kebun.keluar("kangkung", "5", tujuan="vendor", nilai="60000", pihak="CV Pangan")
    kebun.tulis(j.SETORAN, jenis="pnbp", tanggal="25 Januari 2026", nilai="15000")
    kebun.tulis(j.SETORAN, jenis="premi", tanggal="26 Januari 2026", nilai="9000")
    kebun.tulis(j.TENAGA, jenis="wbp", dari="1 Januari 2026", orang="12")
    Kebun(dunia.masohi, dunia.operator_masohi).petak(400)
    return dunia


def _penghuni(unit: Any, penghuni: int) -> None:
    with terpasang(SISTEM):
        Laporan.objects.filter(upt=unit, bulan=JANUARI.awal).update(penghuni_acuan=penghuni)


def _unit(cakupan: Cakupan = SISTEM, kanwil_id: int | None = None, bulan: Bulan = JANUARI) -> dict[str, Unit]:
    with terpasang(cakupan):
        return {u.kode: u for u in baca.unit_bulan(cakupan, kanwil_id, bulan, bulan.akhir)}


def _teks(klien: Client, url: str) -> str:
    jawaban = klien.get(url)
    assert jawaban.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", jawaban.content.decode()).split())


# ---------------------------------------------------------------- figures


def test_fakta_satu_unit_persis(negeri: Dunia) -> None:
    f = _unit()[negeri.ambon.kode].fakta
    assert {k: f[k] for k in ("petak", "pakai", "pinjam", "tidur", "tanpa_rencana", "orang")} == {
        "petak": 5, "pakai": 1200, "pinjam": 300, "tidur": 900, "tanpa_rencana": 400, "orang": 12,
    }  # fmt: skip
    assert {k: f[k] for k in ("lahan_hortikultura", "lahan_perikanan", "lahan_pertanian")} == {
        "lahan_hortikultura": 600, "lahan_perikanan": 200, "lahan_pertanian": 300,
    }  # fmt: skip
    assert (f["panen_hortikultura"], f["panen_peternakan"], f["hasil_panen_taksir_kg"]) == (50, 6, 6)
    assert f["hasil_vendor_kg"] == 5
    assert (f["hasil_nilai"], f["hasil_penjualan"], f["pnbp"], f["premi"]) == (650_000, 60_000, 15_000, 9_000)


def test_nasional_jumlah_kanwil_jumlah_unit(negeri: Dunia) -> None:
    semua, maluku = _unit(), _unit(kanwil_id=negeri.ambon.kanwil_id)
    nasional, bagian = (jumlahkan(u.fakta for u in isi.values()) for isi in (semua, maluku))
    assert nasional == bagian, "Riau keeps no register"
    assert (nasional["pakai"], nasional["tidur"], nasional["tanpa_rencana"]) == (1200, 1300, 800)
    assert set(semua) == set(negeri.upt)
    assert {k for k, u in semua.items() if u.register} == {negeri.ambon.kode, negeri.masohi.kode}


def test_halaman_nasional_berkata_cakupannya(negeri: Dunia, masuk: Masuk) -> None:
    teks = _teks(masuk(negeri.peninjau), NASIONAL)
    assert "2 dari 4 UPT wajib F06 mengisi register (50%), 40% penghuni." in teks
    assert "angka resmi ada di F06" in teks
    for angka in ("1.200 m²", "1.300 m²", "12 orang", "56 kg", "8,9% dari panen", "Rp60.000", "Rp15.000", "Rp9.000"):
        assert angka in teks, angka
    assert "6 kg di antaranya taksiran" in teks
    assert "Paling sedikit 5% (belum dikonfirmasi)." in teks
    assert "1 UPT belum menyatakan jumlahnya" in teks, "Masohi has land and nobody counted"


def test_halaman_kanwil_membuka_unit(negeri: Dunia, masuk: Masuk) -> None:
    html = masuk(negeri.verifikator_maluku).get(MALUKU).content.decode()
    assert f'href="/pangan/{negeri.ambon.kode}/asal/2026-01/"' in html
    assert "Lapas Kelas IIA Ambon" in html
    assert "Pekanbaru" not in html
    assert 'href="/telusur/F06/lahan/?bulan=2026-01&amp;wilayah=maluku"' in html


def test_orang_menurut_nomor_dihitung_sekali(negeri: Dunia, kebun: Kebun) -> None:
    from pangan.services import tempatkan
    from tests.pelaporan.bantu import sebagai_orang

    with sebagai_orang(negeri.operator_ambon) as umum:
        for nomor, klaster in (("BI 1/2026", "perikanan"), ("BI 1/2026", "pertanian"), ("BI 2/2026", "pertanian")):
            tempatkan(nomor=nomor, klaster=klaster, dari=JANUARI.awal, upt=negeri.ambon, **umum)
    assert _unit()[negeri.ambon.kode].fakta["orang"] == 2, "counts give way to placements by number"


def test_baris_yang_dihapus_tidak_dihitung(negeri: Dunia, kebun: Kebun) -> None:
    petak = kebun.petak(700)
    assert _unit()[negeri.ambon.kode].fakta["tidur"] == 1600
    kebun.hapus(j.PETAK, petak)
    assert _unit()[negeri.ambon.kode].fakta["tidur"] == 900


def test_unit_yang_melepas_lahannya_tetap_pada_jumlah(negeri: Dunia, kebun: Kebun, masuk: Masuk) -> None:
    kebun_b = Kebun(negeri.masohi, negeri.operator_masohi)
    with terpasang(SISTEM):
        petak = Petak.objects.get(upt=negeri.masohi)
    kebun_b.ubah(j.PETAK, petak, selesai="20 Januari 2026")
    kebun_b.tulis(j.SETORAN, jenis="pnbp", tanggal="22 Januari 2026", nilai="7000")
    teks = _teks(masuk(negeri.verifikator_maluku), MALUKU)
    assert "1 dari 2 UPT wajib F06 mengisi register" in teks
    assert re.search(r"Rutan Kelas IIB Masohi 0 0 0 0 – tidak ada data 0 – tidak ada data Rp0 Rp7\.000", teks)
    assert "Rp22.000" in teks, "15.000 and 7.000"


# ---------------------------------------------------------------- commodities, cycles


def test_komoditas_dengan_lahan_dan_panen(negeri: Dunia) -> None:
    with terpasang(SISTEM):
        semua = baca.komoditas_bulan(SISTEM, None, JANUARI, JANUARI.akhir)
    assert set(semua) == {"kangkung", "ayam_petelur"}
    f = semua["kangkung"]
    assert (f["panen"], f["taksir"], f["hasil"], f["unit_panen"]) == (50, 0, 500_000, 1)
    assert (semua["ayam_petelur"]["panen"], semua["ayam_petelur"]["taksir"]) == (6, 6)
    assert (f["siklus"], f["lahan"], f["unit"]) == (1, 600, 1)


def test_lewat_waktu_panen_hanya_yang_belum_dipanen(negeri: Dunia, kebun: Kebun) -> None:
    petak = kebun.petak(120)
    kebun.pakai(petak)
    kebun.tanam(petak, "bayam", "1 Desember 2025", luas="100")
    with terpasang(SISTEM):
        lewat, banyak = baca.lewat_panen(SISTEM, None, JANUARI.akhir, banyak=5)
        assert baca.lewat_panen(SISTEM, negeri.pekanbaru.kanwil_id, JANUARI.akhir, banyak=5) == ([], 0)
    assert [s.komoditas for s in lewat] == ["bayam"], "kangkung is as old and was harvested"
    assert banyak == 1


def test_akan_panen_tiga_bulan(negeri: Dunia, kebun: Kebun) -> None:
    petak = kebun.petak(2000)
    kebun.pakai(petak, "pertanian")
    kebun.tanam(petak, "jagung", "1 Desember 2025", luas="1000", perkiraan_panen="10 Maret 2026", perkiraan_kg="600")
    kebun.tanam(petak, "jagung", "2 Desember 2025", luas="500", perkiraan_panen="1 Mei 2026")
    with terpasang(SISTEM):
        semua = baca.akan_panen(SISTEM, None, JANUARI.akhir)
        maluku = baca.akan_panen(SISTEM, negeri.ambon.kanwil_id, JANUARI.akhir, "pertanian")
        lain = baca.akan_panen(SISTEM, negeri.pekanbaru.kanwil_id, JANUARI.akhir)
    assert [(s.komoditas, s.kg) for s in semua] == [("jagung", 600)], "May lies beyond three months"
    assert maluku == semua
    assert lain == []


def test_deret_dan_bulan_pertama(negeri: Dunia) -> None:
    with terpasang(SISTEM):
        assert baca.bulan_pertama(SISTEM, None) == JANUARI, "plots are older, notes are not"
        assert baca.bulan_pertama(SISTEM, negeri.pekanbaru.kanwil_id) is None
        assert baca.deret(SISTEM, None, Bulan(2026, 3)) == {
            (JANUARI, "hortikultura"): (50, 0),
            (JANUARI, "peternakan"): (6, 6),
        }


def test_siklus_gagal_menurut_bulan(negeri: Dunia, kebun: Kebun) -> None:
    petak = kebun.petak(120)
    kebun.pakai(petak)
    siklus = kebun.tanam(petak, "bayam", luas="100")
    kebun.ubah(j.SIKLUS, siklus, akhir="gagal", selesai="15 Januari 2026", alasan_gagal="Banjir")
    with terpasang(SISTEM):
        assert baca.gagal(SISTEM, None, JANUARI) == {(JANUARI, "hortikultura"): (1, 1)}
        assert [s.alasan_gagal for s in baca.gagal_terakhir(SISTEM, None, "hortikultura", JANUARI)] == ["Banjir"]


# ---------------------------------------------------------------- units without land


def test_alasan_tanpa_lahan_dari_f06(negeri: Dunia, masuk: Masuk) -> None:
    laporan = negeri.laporan(negeri.pekanbaru)
    kirim(laporan, negeri.kepala_pekanbaru)
    unit = _unit()
    f06 = unit[negeri.pekanbaru.kode].f06
    assert f06 is not None
    assert f06.versi == 1
    assert f06.ada is True
    teks = _teks(masuk(negeri.peninjau), "/pangan/kanwil/riau/?bulan=2026-01")
    assert "F06 diketik, register belum diisi:" in teks
    assert "belum ada keterangan; F06 belum dikirim" in teks


def test_alasan_f06_tidak_ada_kegiatan(negeri: Dunia) -> None:
    laporan = negeri.laporan(negeri.pekanbaru)
    kosong = dict.fromkeys(isian_wajar("F06"), "")
    kirim(laporan, negeri.kepala_pekanbaru, {**kosong, "ada_kegiatan": "tidak", "lahan_tidur": "0"})
    f06 = _unit()[negeri.pekanbaru.kode].f06
    assert f06 is not None
    assert f06.ada is False


# ---------------------------------------------------------------- empty, early, wrong


def test_negeri_kosong(dunia: Dunia, masuk: Masuk) -> None:
    teks = _teks(masuk(dunia.peninjau), NASIONAL)
    assert "0 dari 4 UPT wajib F06 mengisi register (0%)" in teks
    assert "Belum ada register" in teks
    assert "Hasil panen" not in teks
    assert "4 UPT wajib F06 tidak mempunyai petak pada register: 4 belum ada keterangan" in teks


def test_bulan_tanpa_data_tidak_menulis_nol_persen(negeri: Dunia, masuk: Masuk) -> None:
    teks = _teks(masuk(negeri.peninjau), "/pangan/nasional/?bulan=2025-12")
    assert "Belum ada UPT yang wajib F06 pada bulan ini. 2 UPT lain yang tidak wajib F06 juga mengisi." in teks
    assert "tidak ada panen" in teks
    assert "0% dari panen" not in teks
    assert "Warga binaan terlibat tidak ada data" in teks


def test_bulan_di_luar_jangkauan_ditolak(dunia: Dunia, masuk: Masuk) -> None:
    klien = masuk(dunia.peninjau)
    for bulan in ("2199-01", "2026-13", "kemarin", "1900-01", "2009-12"):
        assert klien.get("/pangan/nasional/", {"bulan": bulan}).status_code == 400, bulan
    assert klien.get("/pangan/nasional/", {"bulan": "2010-01"}).status_code == 200


def test_klaster_dan_ukuran_asing(negeri: Dunia, masuk: Masuk) -> None:
    klien = masuk(negeri.peninjau)
    assert klien.get("/pangan/klaster/pertambangan/").status_code == 404
    assert klien.get("/pangan/klaster/perikanan/?wilayah=atlantis").status_code == 404
    assert klien.get(NASIONAL + "&ukuran=mentah").status_code == 400
    for ukuran in ("manfaat", "ikut", "register"):
        assert klien.get(f"{NASIONAL}&ukuran={ukuran}").status_code == 200


def test_halaman_klaster(negeri: Dunia, masuk: Masuk) -> None:
    teks = _teks(masuk(negeri.peninjau), "/pangan/klaster/hortikultura/?bulan=2026-01")
    isi = teks.split("Panen 12 bulan (kg)")[1]
    assert isi.strip().startswith("Maluku 600 1 – tidak ada data"), isi[:200]
    assert "Riau" not in teks.split("Di Kanwil mana?")[1].split("Apa yang akan")[0]


# ---------------------------------------------------------------- scope


def test_cakupan_kanwil_tidak_melihat_yang_lain(negeri: Dunia) -> None:
    riau = Cakupan(kanwil=frozenset({negeri.pekanbaru.kanwil_id}))
    assert set(_unit(riau)) == {negeri.pekanbaru.kode, negeri.rutan_pekanbaru.kode}
    assert _unit(riau, negeri.ambon.kanwil_id) == {}
    with terpasang(riau):
        assert baca.komoditas_bulan(riau, None, JANUARI, JANUARI.akhir) == {}
        assert baca.deret(riau, None, JANUARI) == {}


def test_halaman_asing_404_dan_pengalihan(negeri: Dunia, masuk: Masuk) -> None:
    assert masuk(negeri.verifikator_riau).get(MALUKU).status_code == 404
    assert masuk(negeri.verifikator_riau).get("/pangan/klaster/perikanan/?wilayah=maluku").status_code == 404
    assert masuk(negeri.verifikator_riau).get(NASIONAL)["Location"] == "/pangan/"
    assert masuk(negeri.operator_ambon).get(MALUKU).status_code == 404
    assert masuk(negeri.operator_ambon).get("/pangan/klaster/perikanan/").status_code == 404


# ---------------------------------------------------------------- files


def _csv(klien: Client, url: str, tabel: str) -> list[list[str]]:
    jawaban = klien.get(f"{url}&unduh=baku&tabel={tabel}")
    assert jawaban.status_code == 200
    assert jawaban["Content-Type"].startswith("text/csv")
    return [baris.split(",") for baris in jawaban.content.decode().splitlines()]


def test_csv_wilayah_dengan_cakupan(negeri: Dunia, masuk: Masuk) -> None:
    keterangan, kepala, *baris = _csv(masuk(negeri.peninjau), NASIONAL, "wilayah")
    assert "2 dari 4 UPT wajib F06" in ",".join(keterangan)
    per = {b[0]: dict(zip(kepala, b, strict=True)) for b in baris}
    assert per["Maluku"]["Dimanfaatkan (m²)"] == "1200"
    assert per["Maluku"]["Ke vendor (%)"] == "8.93"
    assert per["Maluku"]["Panen hortikultura (kg)"] == "50.00"
    assert per["Riau"]["Ke vendor (%)"] == ""
    assert per["Riau"]["Warga binaan (orang)"] == ""


@pytest.mark.parametrize("tabel", ["komoditas", "ramalan", "belum", "tidur", "banding"])
def test_csv_setiap_tabel(negeri: Dunia, masuk: Masuk, tabel: str) -> None:
    for url in (NASIONAL, MALUKU):
        _, kepala, *baris = _csv(masuk(negeri.peninjau), url, tabel)
        assert len(kepala) >= 3
        assert all(len(b) == len(kepala) for b in baris)


def test_csv_tabel_asing_ditolak(negeri: Dunia, masuk: Masuk) -> None:
    klien = masuk(negeri.peninjau)
    assert klien.get(NASIONAL + "&unduh=baku&tabel=rahasia").status_code == 400
    assert klien.get("/pangan/klaster/perikanan/?bulan=2026-01&unduh=baku").status_code == 200


def test_banyak_kueri_tidak_ikut_banyak_unit(negeri: Dunia, masuk: Masuk, django_assert_max_num_queries: Any) -> None:
    klien = masuk(negeri.peninjau)
    klien.get(NASIONAL)
    with django_assert_max_num_queries(32):
        klien.get(NASIONAL)
