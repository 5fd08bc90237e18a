"""The benchmarks' pure parts: statistics, verdicts, the table, the arguments. Timings are not tested."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from bench.__main__ import NAMA, baca_argumen
from bench.halaman import _Isian
from bench.pencatat import Pencatat, berselang
from bench.ukur import Baris, Waktu, baris_rasio, persentil, tabel

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.mark.parametrize("modul", sorted(b.stem for b in BENCH.glob("*.py") if not b.stem.startswith("__")))
def test_setiap_modul_dapat_dimuat(modul: str) -> None:
    assert importlib.import_module(f"bench.{modul}").__doc__


@pytest.mark.parametrize(("p", "harapan"), [(50, 3), (95, 5), (100, 5), (1, 1), (20, 1), (21, 2)])
def test_persentil_adalah_nilai_yang_terukur(p: float, harapan: float) -> None:
    assert persentil([5, 1, 4, 2, 3], p) == harapan


def test_persentil_tanpa_hasil_ditolak() -> None:
    with pytest.raises(ValueError):
        persentil([], 95)


def test_rasio_memakai_median_waktu_prosesor() -> None:
    hasil = [Waktu(jam=9, prosesor=2), Waktu(jam=1, prosesor=2), Waktu(jam=3, prosesor=50)]
    dasar = [Waktu(jam=1, prosesor=1)] * 3
    baris = baris_rasio("Contoh", hasil, dasar, 2)
    assert (baris.nilai, baris.lulus) == (2, True)
    assert "jam 3.00×" in baris.keterangan


@pytest.mark.parametrize(("nilai", "sasaran", "lulus"), [(1.2, 1.2, True), (1.21, 1.2, False), (99, None, True)])
def test_putusan_terhadap_sasaran(nilai: float, sasaran: float | None, lulus: bool) -> None:
    assert Baris("x", nilai, "×", sasaran).lulus is lulus


def test_tabel_menyebut_yang_lewat_dan_yang_tanpa_sasaran() -> None:
    teks = tabel([Baris("Cepat", 0.5, "×", 2), Baris("Lambat", 3, "s", 1), Baris("Kabar", 7, "s", None, "saja")])
    kepala, garis, *isi = teks.splitlines()
    assert kepala.startswith("| Ukuran")
    assert set(garis) == {"|", "-"}
    sel = [[s.strip() for s in b.strip("|").split("|")] for b in isi]
    assert sel[0] == ["Cepat", "0.50×", "≤ 2×", "ok", ""]
    assert sel[1] == ["Lambat", "3 s", "≤ 1 s", "LEWAT", ""]
    assert sel[2] == ["Kabar", "7 s", "–", "", "saja"]


def test_berselang_bergiliran() -> None:
    urutan: list[str] = []

    def kerja(nama: str) -> Waktu:
        urutan.append(nama)
        return Waktu(1, 1)

    a, b = berselang(2, lambda: kerja("a"), lambda: kerja("b"))
    assert urutan == ["a", "b", "a", "b"]
    assert len(a) == len(b) == 2


def test_pencatat_membaca_prosesor_basis_data(db: None) -> None:
    from django.db import connection

    def sibuk() -> None:
        with connection.cursor() as kursor:
            kursor.execute("SELECT count(*) FROM generate_series(1, 3000000) AS n WHERE n % 7 = 0")

    waktu = Pencatat().ukur(sibuk)
    assert waktu.jam > 0
    assert waktu.prosesor >= 0.02, "the work of the database session is counted"


def test_isian_dibaca_seperti_peramban() -> None:
    isian = _Isian()
    isian.feed(
        '<input type="hidden" name="kunci" value="k"><input class="angka uang" name="a" value="1.000">'
        '<select name="s"><option value="x"><option value="y" selected></select>'
        '<input type="checkbox" name="c" value="1"><input type="checkbox" name="d" value="1" checked>'
    )
    assert isian.medan == {"kunci": "k", "a": "1.000", "s": "y", "d": "1"}
    assert isian.angka == ["a"]


def test_argumen() -> None:
    assert baca_argumen([]).nama == list(NAMA)
    assert baca_argumen(["--kecil", "rekap"]).nama == ["rekap"]
    with pytest.raises(SystemExit):
        baca_argumen(["asing"])
