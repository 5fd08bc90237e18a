"""The pages of figures: who opens what, what stands on them, every state, and what they cost."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dasbor import agregasi, halaman
from dasbor.indikator import semua
from dasbor.pilihan import Pilihan
from dasbor.rekap import Liputan, Rekap, RekapFormulir
from dasbor.selectors import Wilayah
from pelaporan.alur import Aksi
from pelaporan.models import Laporan
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import JANUARI, Dunia, kirim, lakukan, skema
from upt.cakupan import SISTEM, terpasang

Masuk = Callable[..., Client]
FORMULIR = ("F01", "F02", "F04", "F06")


@pytest.fixture
def penuh(dunia: Dunia) -> Dunia:
    """Maluku sent everything (Ambon's F06 and F01 verified), Pekanbaru sent F06: 9 of 16 reports."""
    for upt, kepala in ((dunia.ambon, dunia.kepala_ambon), (dunia.masohi, dunia.kepala_masohi)):
        for formulir in FORMULIR:
            kirim(dunia.laporan(upt, formulir), kepala)
    kirim(dunia.laporan(dunia.pekanbaru), dunia.kepala_pekanbaru, {"wbp": "7", "klaster_pertanian_wbp": "7"})
    for formulir in ("F06", "F01"):
        lakukan(dunia.laporan(dunia.ambon, formulir), Aksi.VERIFIKASI, dunia.verifikator_maluku)
    with terpasang(SISTEM):
        agregasi.proses_kotor()
    return dunia


def isi(klien: Client, alamat: str, status: int = 200) -> str:
    jawaban = klien.get(alamat)
    assert jawaban.status_code == status, (alamat, jawaban.status_code)
    return jawaban.content.decode()


def teks(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# ---------------------------------------------------------------- who opens what


@pytest.mark.parametrize(
    ("siapa", "alamat", "status"),
    [
        ("peninjau", "/dasbor/", 200),
        ("pimpinan", "/dasbor/kanwil/riau/", 200),
        ("auditor", "/telusur/F06/wbp/", 200),
        ("verifikator_maluku", "/dasbor/kanwil/maluku/", 200),
        ("verifikator_maluku", "/dasbor/kanwil/riau/", 404),
        ("verifikator_maluku", "/dasbor/upt/lapas-kelas-iia-pekanbaru/", 404),
        ("verifikator_maluku", "/telusur/F06/wbp/?wilayah=nasional", 404),
        ("verifikator_maluku", "/telusur/F06/wbp/?wilayah=riau", 404),
        ("verifikator_maluku", "/dasbor/indikator/hunian/?wilayah=riau", 404),
        ("operator_ambon", "/dasbor/upt/lapas-kelas-iia-ambon/", 200),
        ("operator_ambon", "/dasbor/upt/rutan-kelas-iib-masohi/", 404),
        ("operator_ambon", "/dasbor/kanwil/maluku/", 404),
        ("operator_ambon", "/telusur/F06/wbp/?wilayah=rutan-kelas-iib-masohi", 404),
        ("peninjau", "/dasbor/kanwil/lapas-kelas-iia-ambon/", 404),
        ("peninjau", "/telusur/F06/tak_ada/", 404),
        ("peninjau", "/dasbor/indikator/tak_ada/", 404),
        ("admin", "/dasbor/", 403),
        ("asing", "/dasbor/", 403),
        ("admin", "/telusur/F06/wbp/", 403),
        ("peninjau", "/dasbor/?bulan=kemarin", 400),
        ("peninjau", "/dasbor/?dasar=kira", 400),
        ("peninjau", "/dasbor/?indikator=tak_ada", 404),
        ("peninjau", "/dasbor/kanwil/riau/?tampil=aneh", 400),
    ],
)
def test_who_opens_what(dunia: Dunia, masuk: Masuk, siapa: str, alamat: str, status: int) -> None:
    isi(masuk(getattr(dunia, siapa)), alamat, status)


def test_everybody_is_taken_to_the_own_page(penuh: Dunia, masuk: Masuk) -> None:
    assert masuk(penuh.verifikator_riau).get("/dasbor/").url == "/dasbor/kanwil/riau/?bulan=2026-01"
    assert masuk(penuh.operator_ambon).get("/dasbor/").url == "/dasbor/upt/lapas-kelas-iia-ambon/?bulan=2026-01"


def test_nothing_is_written_by_these_pages(penuh: Dunia, masuk: Masuk) -> None:
    assert masuk(penuh.peninjau).post("/dasbor/").status_code == 405


# ---------------------------------------------------------------- what stands on them


def test_the_national_page_answers_its_questions(penuh: Dunia, masuk: Masuk) -> None:
    html = isi(masuk(penuh.peninjau), "/dasbor/?bulan=2026-01")
    kata = teks(html)
    assert "9 dari 16 laporan" in kata
    assert "2 terverifikasi" in kata
    assert "SEMENTARA" in kata
    assert "31 warga binaan pada 7.200 m² lahan" in kata
    assert "93,8%" in kata  # occupancy: 300 of 320
    assert "−6,3%" in kata  # over capacity, the same fact
    assert html.count('data-kode="') == 2  # one tile for each Kanwil


def test_figures_lead_to_their_origin_with_month_and_region(penuh: Dunia, masuk: Masuk) -> None:
    klien = masuk(penuh.peninjau)
    html = isi(klien, "/dasbor/?bulan=2026-01")
    tautan = set(re.findall(r'href="(/(?:telusur|dasbor)/[^"#]*)"', html))
    assert any("/telusur/F06/wbp/" in t for t in tautan)
    assert all("bulan=" in t for t in tautan if t.startswith("/telusur/"))
    for alamat in sorted(tautan):
        isi(klien, alamat.replace("&amp;", "&"))


def test_verified_only_is_a_switch_and_says_so(penuh: Dunia, masuk: Masuk) -> None:
    kata = teks(isi(masuk(penuh.peninjau), "/dasbor/?bulan=2026-01&dasar=sah"))
    assert "Angka dari laporan terverifikasi" in kata
    assert "12 warga binaan pada 2.400 m² lahan" in kata


def test_the_region_page_shows_units_and_opens_them(penuh: Dunia, masuk: Masuk) -> None:
    html = isi(masuk(penuh.verifikator_maluku), "/dasbor/kanwil/maluku/?bulan=2026-01")
    assert "2 dari 2 UPT sudah mengirim semua laporannya" in teks(html)
    assert "/telusur/F06/wbp/?bulan=2026-01&amp;wilayah=rutan-kelas-iib-masohi" in html
    assert "/laporan/rutan-kelas-iib-masohi/2026-01/F06/" in html


def test_the_unit_filter_may_be_empty_and_says_why(penuh: Dunia, masuk: Masuk) -> None:
    klien = masuk(penuh.verifikator_maluku)
    kosong = teks(isi(klien, "/dasbor/kanwil/maluku/?bulan=2026-01&tampil=belum"))
    assert "Tidak ada UPT pada saringan ini" in kosong
    tunggu = isi(klien, "/dasbor/kanwil/maluku/?bulan=2026-01&tampil=tunggu")
    assert "Rutan Kelas IIB Masohi, F06: Dikirim" in tunggu


def test_the_unit_page_links_its_versions(penuh: Dunia, masuk: Masuk) -> None:
    html = isi(masuk(penuh.operator_ambon), "/dasbor/upt/lapas-kelas-iia-ambon/?bulan=2026-01")
    assert "/laporan/lapas-kelas-iia-ambon/2026-01/F06/versi/1/" in html
    assert "12 warga binaan pada 2.400 m² lahan" in teks(html)


def test_the_origin_page_checks_the_sum(penuh: Dunia, masuk: Masuk) -> None:
    kata = teks(isi(masuk(penuh.peninjau), "/telusur/F06/wbp/?bulan=2026-01&wilayah=maluku"))
    assert "Jumlah semua bagian tepat sama dengan angka di atas." in kata
    assert f"{penuh.kepala_ambon.nama} (Kepala UPT)" in kata
    unit = teks(isi(masuk(penuh.peninjau), "/telusur/F06/wbp/?bulan=2026-01&wilayah=lapas-kelas-iia-ambon"))
    assert f"Diverifikasi oleh {penuh.verifikator_maluku.nama}" in unit
    assert f"12 orang oleh {penuh.kepala_ambon.nama}" in unit
    riau = teks(isi(masuk(penuh.peninjau), "/telusur/F06/wbp/?bulan=2026-01&wilayah=riau"))
    assert "Belum masuk: 1 UPT" in riau


def test_a_waived_unit_is_shown_and_not_counted(penuh: Dunia, masuk: Masuk) -> None:
    with terpasang(SISTEM):
        Laporan.objects.filter(upt=penuh.rutan_pekanbaru, formulir_id="F06").update(dibebaskan="Gedung direnovasi")
        agregasi.bangun_ulang()
    kata = teks(isi(masuk(penuh.peninjau), "/telusur/F06/wbp/?bulan=2026-01&wilayah=riau"))
    assert "Dibebaskan: Gedung direnovasi" in kata
    assert "1 dari 1 UPT" in kata
    assert "Belum masuk:" not in kata


# ---------------------------------------------------------------- states


def test_a_month_that_was_never_opened(penuh: Dunia, masuk: Masuk) -> None:
    kata = teks(isi(masuk(penuh.peninjau), "/dasbor/?bulan=2026-02"))
    assert "Februari 2026 belum dibuka" in kata
    assert "Buka Januari 2026" in kata


def test_an_open_month_without_reports(dunia: Dunia, masuk: Masuk) -> None:
    with terpasang(SISTEM):
        agregasi.bangun_ulang()
    kata = teks(isi(masuk(dunia.peninjau), "/dasbor/?bulan=2026-01"))
    assert "Belum ada laporan yang masuk" in kata
    assert "tidak ada data" in kata


def test_under_half_is_not_fit_to_be_read(dunia: Dunia, masuk: Masuk) -> None:
    kirim(dunia.laporan(dunia.ambon, "F01"), dunia.kepala_ambon)
    with terpasang(SISTEM):
        agregasi.bangun_ulang()
    html = isi(masuk(dunia.peninjau), "/dasbor/?bulan=2026-01")
    assert "Belum layak dibaca" in html
    assert "laporan masuk kurang dari 50%" in html


def test_neighbouring_months_keep_the_question(penuh: Dunia, masuk: Masuk) -> None:
    with terpasang(SISTEM):
        buka_periode(bulan=JANUARI + 1)
    html = isi(masuk(penuh.peninjau), "/dasbor/?bulan=2026-01&indikator=gangguan")
    assert "/dasbor/?bulan=2026-02&amp;indikator=gangguan" in html
    assert isi(masuk(penuh.peninjau), "/dasbor/").count("Dasbor nasional, Januari 2026") >= 1


# ---------------------------------------------------------------- ranking


def peringkat(angka: dict[str, tuple[int, int]], li: Liputan | None = None) -> halaman.Peta:
    """Ranking of occupancy over {region: (inmates, capacity)}."""
    pilihan = Pilihan(JANUARI, "masuk", semua()["hunian"], True)
    bagian = [
        (
            Wilayah("kanwil", k.lower(), k, i),
            Rekap(
                JANUARI,
                {"F01": RekapFormulir(li or Liputan(2, 2, 2), {"isi": [a, a, 1, 1], "kapasitas": [b, b, 1, 1]})},
            ),
        )
        for i, (k, (a, b)) in enumerate(angka.items(), 1)
    ]
    d = halaman.Dasbor(Wilayah("nasional", "nasional", "Nasional"), pilihan, {"F01": skema("F01")}, Rekap(JANUARI), {})
    return halaman.di_mana(d, bagian)


def test_rates_are_ranked_with_ties_and_never_raw_counts() -> None:
    hasil = peringkat({"Besar": (9000, 10_000), "Penuh": (300, 100), "Sama": (3000, 1000), "Sedang": (120, 100)})
    assert [(b.peringkat, b.nama) for b in hasil.peringkat] == [
        ("1", "Penuh"),
        ("1", "Sama"),
        ("3", "Sedang"),
        ("4", "Besar"),
    ]
    assert hasil.peringkat[0].pecahan == "300 / 100"


def test_small_and_empty_regions_stand_below_the_line() -> None:
    hasil = peringkat({"Kecil": (99, 50), "Nol": (10, 0), "Cukup": (100, 100)})
    assert [b.nama for b in hasil.peringkat] == ["Cukup"]
    assert {b.nama: b.sebab for b in hasil.bawah} == {
        "Kecil": "kapasitas kurang dari 100 orang",
        "Nol": "tidak ada data",
    }
    assert all(b.peringkat == "" for b in hasil.bawah)


def test_a_region_under_half_has_no_rank() -> None:
    assert peringkat({"Sepi": (300, 100)}, Liputan(10, 4, 0)).peringkat == []


def test_a_signal_needs_history_and_a_visible_difference() -> None:
    ind = semua()["hunian"]

    def dasbor(nilai: list[int]) -> halaman.Dasbor:
        awal = JANUARI - (len(nilai) - 1)
        tren = {
            awal + i: Rekap(
                awal + i,
                {"F01": RekapFormulir(Liputan(1, 1, 1), {"isi": [n, n, 1, 1], "kapasitas": [100, 100, 1, 1]})},
            )
            for i, n in enumerate(nilai)
        }
        pilihan = Pilihan(JANUARI, "masuk", ind, True)
        return halaman.Dasbor(Wilayah("nasional", "nasional", "Nasional"), pilihan, {}, tren[JANUARI], tren)

    biasa = [100, 102, 100, 102, 100, 102, 100, 102, 100, 102, 100, 102]
    assert [s.nama for s in halaman.sinyal(dasbor([*biasa, 160]))] == ["Tingkat hunian", "Overkapasitas"]
    assert halaman.sinyal(dasbor([*biasa, 101])) == []
    assert halaman.sinyal(dasbor([100, 102, 100, 160])) == []
    assert halaman.sinyal(dasbor([100] * 12 + [100])) == []


# ---------------------------------------------------------------- what they cost


@pytest.mark.parametrize(
    ("siapa", "alamat", "maks"),
    [
        ("peninjau", "/dasbor/?bulan=2026-01", 7),
        ("verifikator_maluku", "/dasbor/kanwil/maluku/?bulan=2026-01", 10),
        ("operator_ambon", "/dasbor/upt/lapas-kelas-iia-ambon/?bulan=2026-01", 9),
        ("peninjau", "/dasbor/indikator/hunian/?bulan=2026-01&wilayah=maluku", 10),
        ("peninjau", "/telusur/F06/wbp/?bulan=2026-01&wilayah=maluku", 12),
    ],
)
def test_pages_ask_few_questions_and_weigh_little(
    penuh: Dunia, masuk: Masuk, siapa: str, alamat: str, maks: int
) -> None:
    """Queries of a warm page that read tables: session, person, assignments, and the figures."""
    klien = masuk(getattr(penuh, siapa))
    klien.get(alamat)
    with CaptureQueriesContext(connection) as kueri:
        jawaban = klien.get(alamat)
    semua = [q["sql"] for q in kueri.captured_queries if " FROM " in q["sql"]]
    bertanya = [sql for sql in semua if '"pelaporan_pemberitahuan"' not in sql]
    assert len(semua) - len(bertanya) <= 1, "the number beside the bell is asked for once"
    assert len(bertanya) <= maks, "\n".join(q[:120] for q in bertanya)
    assert len(gzip.compress(jawaban.content)) < 30_000


def test_the_number_of_queries_does_not_grow_with_units(penuh: Dunia, masuk: Masuk) -> None:
    def banyak(kanwil: str) -> int:
        klien = masuk(penuh.peninjau)
        klien.get(f"/dasbor/kanwil/{kanwil}/?bulan=2026-01")
        with CaptureQueriesContext(connection) as kueri:
            klien.get(f"/dasbor/kanwil/{kanwil}/?bulan=2026-01")
        return len(kueri)

    sebelum = banyak("maluku")
    with terpasang(SISTEM):
        Laporan.objects.filter(upt=penuh.pekanbaru).update(kanwil=penuh.kanwil["maluku"])
    assert banyak("maluku") == sebelum


@pytest.mark.parametrize(
    ("siapa", "alamat"),
    [
        ("peninjau", "/dasbor/"),
        ("verifikator_maluku", "/dasbor/kanwil/maluku/"),
        ("operator_ambon", "/dasbor/upt/lapas-kelas-iia-ambon/"),
        ("peninjau", "/dasbor/indikator/hunian/"),
    ],
)
def test_the_number_of_queries_does_not_grow_with_forms(penuh: Dunia, masuk: Masuk, siapa: str, alamat: str) -> None:
    """January has four forms, August all of them."""
    agustus = Bulan(2026, 8)
    with terpasang(SISTEM):
        buka_periode(bulan=agustus)
        agregasi.proses_kotor()
        formulir = Laporan.objects.filter(upt=penuh.ambon, bulan=agustus.awal).count()
    assert formulir > 2 * len(FORMULIR)
    klien = masuk(getattr(penuh, siapa))

    def banyak(bulan: Bulan) -> int:
        klien.get(f"{alamat}?bulan={bulan}")
        with CaptureQueriesContext(connection) as kueri:
            klien.get(f"{alamat}?bulan={bulan}")
        return len(kueri)

    assert banyak(agustus) == banyak(JANUARI)


def test_there_is_no_inline_style_or_script(penuh: Dunia, masuk: Masuk) -> None:
    for alamat in (
        "/dasbor/?bulan=2026-01",
        "/dasbor/kanwil/maluku/?bulan=2026-01",
        "/telusur/F06/lahan/?bulan=2026-01",
    ):
        html = isi(masuk(penuh.peninjau), alamat)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html), alamat


def test_rounding_is_the_formatters() -> None:
    assert semua()["hunian"].tulis(Decimal("188.7910")) == "188,8%"
