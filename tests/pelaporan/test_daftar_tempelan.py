"""Pasted blocks: how text becomes rows, and how every cell reads. Pure."""

from __future__ import annotations

from typing import Any

import pytest

from pelaporan.butir import Butir, Daftar
from pelaporan.daftar.jendela import UKURAN, Minta, buka_jendela
from pelaporan.daftar.tempelan import MAKS_GALAT, MAKS_SEL, GalatTempel, Mulai, Rencana, rencanakan, uraikan
from tests.dunia import skema

KEJADIAN = skema("F04").daftar["kejadian"]


AKHIR = Mulai()


def rencana(teks: str, ada: Any = (), mulai: Mulai = AKHIR) -> Rencana:
    return rencanakan(KEJADIAN, teks, ada, mulai, {})


def test_teks_excel_menjadi_baris_dan_sel() -> None:
    teks = 'a\t"dua\nbaris"\r\n"kutip ""x"""\tb\r\n\r\n\t\r\nc\r\n'
    assert uraikan(teks) == [["a", "dua\nbaris"], ['kutip "x"', "b"], ["c"]]
    assert uraikan('5" pipa\tx') == [['5" pipa', "x"]]
    assert uraikan("") == []


@pytest.mark.parametrize("teks", ["x\n" * 10_000, "x\t" * (MAKS_SEL + 1), "a" * 300_000, '"' * 200_001])
def test_tempelan_raksasa_ditolak_dengan_kalimat(teks: str) -> None:
    with pytest.raises(GalatTempel, match=r"2\.000 sel"):
        uraikan(teks)


def test_kutip_yang_tidak_ditutup_tetap_cepat_dan_utuh() -> None:
    teks = '"""a\t' * 1_900
    assert [t for b in uraikan(teks) for t in b if t] == ['"""a'] * 1_900


def test_menurut_urutan_kolom_dan_dibaca_seperti_isian() -> None:
    hasil = rencana("3/9/2026\t14.05\tpelarian\tBlok B\tPENGHUNI\ttinggi\t1.000")
    assert [s.tampil for s in hasil.sel] == [
        "3 September 2026", "14.05", "Pelarian", "Blok B", "Penghuni", "Tinggi", "1.000",
    ]  # fmt: skip
    assert (hasil.halangan, hasil.baru, hasil.diganti, hasil.berjudul) == ("", 1, 0, False)


def test_judul_kolom_menurut_label_atau_kode_dan_kolom_asing_disebut() -> None:
    hasil = rencana("Lokasi\ttanggal\tNo. urut\tKorban luka (orang)\nBlok C\t5/1/2026\t7\t2")
    assert hasil.berjudul
    assert hasil.kolom_asing == ["No. urut"]
    assert {s.butir.kode: s.tampil for s in hasil.sel} == {
        "lokasi": "Blok C",
        "tanggal": "5 Januari 2026",
        "korban_luka": "2",
    }


def test_yang_tidak_terbaca_tetap_terlihat_dan_menahan() -> None:
    hasil = rencana("31/2/2026\t25.99\tapa saja\tBlok\t\t\t1.5\n1/1/2026\t\t1.1")
    assert [(s.butir.kode, s.teks) for s in hasil.galat] == [
        ("tanggal", "31/2/2026"), ("jam", "25.99"), ("kategori", "apa saja"), ("jumlah_pelaku", "1.5"),
    ]  # fmt: skip
    assert hasil.halangan.startswith("4 sel belum dapat dibaca")
    diperbaiki = {"1-tanggal": "1/2/2026", "1-jam": "", "1-kategori": "lainnya", "1-jumlah_pelaku": "2"}
    assert rencanakan(KEJADIAN, "31/2/2026\t25.99\tapa saja\tBlok\t\t\t1.5", (), Mulai(), diperbaiki).halangan == ""


def test_angka_bermakna_ganda_ditanyakan_kembali() -> None:
    persen = Daftar("x", "X", (Butir("nilai", "Nilai", "desimal", "Nilai."),))
    satu = rencanakan(persen, "1.234", (), Mulai(), {}).galat[0]
    assert (satu.teks, satu.tanya != "") == ("1.234", True)
    assert rencanakan(persen, "1.234", (), Mulai(), {satu.tempat: satu.tanya}).halangan == ""


def test_rumus_tetap_teks_dan_aksara_kendali_tidak_lolos() -> None:
    hasil = rencana('\t\t\t=HYPERLINK("http://x")\n\t\t\t@SUM(A1)\n\t\t\t=1+1')
    assert [s.tampil for s in hasil.sel] == ['=HYPERLINK("http://x")', "@SUM(A1)", "=1+1"]
    angka = rencana("\t\t\t\t\t\t=1+1")
    assert angka.galat
    kendali = rencana("\t\t\tBlok\x00\x07\u202eA")
    assert all(not set("\x00\x07") & set(s.tampil) for s in kendali.sel)


def test_mulai_dari_satu_sel_ke_kanan_dan_ke_bawah() -> None:
    ada = [
        {"id": "r1", "sel": {}},
        {"id": "r2", "sel": {"lokasi": {"nilai": "Lama", "keadaan": "isi", "alasan": "", "v": 3}}},
    ]
    hasil = rencana("Baru\twbp\nLagi\tpetugas", ada, Mulai("r2", "lokasi"))
    assert [(b.nomor, b.id) for b in hasil.baris] == [(2, "r2"), (3, "")]
    assert (hasil.sel[0].lama, hasil.sel[0].versi, hasil.baru, hasil.diganti) == ("Lama", 3, 1, 2)
    ada[1]["sel"]["lokasi"]["v"] = 4  # type: ignore[index]
    assert rencana("Baru\twbp\nLagi\tpetugas", ada, Mulai("r2", "lokasi")).cap != hasil.cap


def test_batas_baris_kolom_dan_galat() -> None:
    penuh = [{"id": f"r{n}", "sel": {}} for n in range(KEJADIAN.maks)]
    assert "2 baris tidak muat" in rencana("1/1/2026\n2/1/2026", penuh).halangan
    assert "kanan kolom terakhir" in rencana("\t".join(["", "", "", "x"] + [""] * 9 + ["lebih"])).halangan
    assert rencana("x\n" * (MAKS_GALAT + 1)).halangan.endswith("Perbaiki di Excel, lalu tempel lagi.")
    assert rencana("").halangan.startswith("Belum ada yang ditempel")


def test_teks_terlalu_panjang_disebut_dan_tetap_ada() -> None:
    hasil = rencana("\t" * 12 + "x" * 501)
    assert [len(s.teks) for s in hasil.galat] == [501]


# ---------------------------------------------------------------- windows


def test_jendela_membagi_saring_dan_menyertakan_yang_ditolak() -> None:
    baris = [f"r{n}" for n in range(60)]
    dua = buka_jendela(baris, minta=Minta(2), perlu={"r3", "r58"})
    assert (dua.letak[0], len(dua.letak), dua.banyak, dua.perlu, dua.lain_perlu) == (25, UKURAN, 3, 2, 2)
    assert dua.kalimat == "Baris 26–50 dari 60"
    saring = buka_jendela(baris, minta=Minta(1, True), perlu={"r3", "r58"})
    assert saring.letak == (3, 58)
    assert buka_jendela(baris, minta=Minta(), perlu=(), terbuka="r58").nomor == 3
    assert 58 in buka_jendela(baris, minta=Minta(1), perlu=(), tetap={"r58"}).letak
    assert buka_jendela(baris, minta=Minta(99), perlu=()).nomor == 3
    assert buka_jendela(baris, minta=Minta(1, True), perlu=()).saring is False


@pytest.mark.parametrize(
    ("teks", "minta"), [("2", Minta(2)), ("1p", Minta(1, True)), ("x", Minta()), ("-1", Minta()), ("²", Minta())]
)
def test_jendela_dari_alamat(teks: str, minta: Minta) -> None:
    assert Minta.dari(teks) == minta
