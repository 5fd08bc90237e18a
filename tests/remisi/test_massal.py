"""A whole unit at once says exactly what is said of each person alone: state, conditions, amount, ordinal, I or II.

The occasions are chosen so that every regime, both statuses, fractions of the sentence and every condition occur; that
each of them did is checked too, or equality would prove nothing.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remisi.calon import massal, syarat
from remisi.calon.massal import BAGIAN, KEADAAN, NIHIL, Kolom, baca_pola
from remisi.calon.patokan import Patokan
from remisi.calon.syarat import BUTIR, Orang, semua
from remisi.hitung.tanggal import bagian, tambah
from remisi.ketentuan import Baris, Himpunan, bawaan
from tests.remisi.orang_acak import KINI, acak, sebagai_kolom

_KESEMPATAN = (
    ("RU", date(2027, 8, 17), ()),
    ("RU", date(2025, 8, 17), ()),  # dasawarsa
    ("RU", date(2020, 8, 17), ()),  # letters of co-operation, a third served
    ("RU", date(2007, 8, 17), ()),
    ("RK", date(2027, 3, 10), ("ISLAM",)),
    ("RK", date(2026, 12, 25), ("KRISTEN", "KATOLIK")),
    ("PMP_HAN", date(2027, 7, 23), ()),
    ("RKM", date(2027, 5, 29), ()),
)


def patokan(jenis: str, tanggal: date, agama: Any = (), aturan: Himpunan | None = None, pada: date = KINI) -> Patokan:
    return Patokan(aturan or bawaan(), jenis, tanggal, frozenset(agama), pada)


def satu_satu(orang: list[Orang], p: Patokan) -> dict[tuple[int, str], tuple[Any, ...]]:
    return {
        (n, h.jenis): (h.keadaan, h.kode, h.urutan, h.hari_jalani, h.bulan, h.hari, h.hasil)
        for n, o in enumerate(orang)
        for h in semua(o, p)
    }


def sekaligus(kolom: Kolom, p: Patokan) -> dict[tuple[int, str], tuple[Any, ...]]:
    hasil = {}
    for h in massal.hitung(kolom, p):
        for i, b in enumerate(h.baris.tolist()):
            tanpa = kolom["tanggal_tahan"][b] == NIHIL
            hasil[b, h.jenis] = (
                KEADAAN[h.keadaan[i]], baca_pola(int(h.pola[i])), int(h.urutan[i]) or None,
                None if tanpa else int(h.hari_jalani[i]), int(h.bulan[i]), int(h.hari[i]), BAGIAN[h.bagian[i]],
            )  # fmt: skip
    return hasil


@pytest.mark.parametrize(("jenis", "tanggal", "agama"), _KESEMPATAN)
def test_ribuan_orang_sama_dengan_satu_satu(jenis: str, tanggal: date, agama: Any) -> None:
    r = random.Random(f"{jenis}{tanggal}")
    geser = timedelta(days=(tanggal - KINI).days) if tanggal < date(2024, 1, 1) else timedelta()
    orang = [_geser(acak(r), geser) for _ in range(2500)]
    p = patokan(jenis, tanggal, agama, pada=min(KINI, tanggal))
    assert sekaligus(sebagai_kolom(orang), p) == satu_satu(orang, p)


def _geser(orang: Orang, lama: timedelta) -> Orang:
    """The same person in another time, so that the rules of old decide too."""
    from dataclasses import replace

    nama = ("tanggal_putusan", "tanggal_tahan", "sppn_tanggal", "register_f_diperiksa", "register_f_terakhir")
    return replace(orang, **{n: nilai + lama for n in nama if (nilai := getattr(orang, n))})


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(_KESEMPATAN), st.integers(0, 900))
def test_bila_dan_siapa_saja(benih: int, kesempatan: tuple[str, date, Any], maju: int) -> None:
    r = random.Random(benih)
    orang = [acak(r) for _ in range(12)]
    jenis, tanggal, agama = kesempatan
    p = patokan(jenis, tanggal + timedelta(days=maju), agama)
    assert sekaligus(sebagai_kolom(orang), p) == satu_satu(orang, p)


def test_aturan_lain_diikuti_keduanya() -> None:
    """Thresholds, grids and regimes come from the data: other data, other results, the same on both sides."""
    ubah = [
        _ubah("sakelar", "BATAS_ENAM_BULAN", nilai="181"),
        _ubah("besaran", "RU-1a", bulan=1, hari=10, jalani_sampai=499),
        _ubah("besaran", "RU-1b", jalani_dari=500),
        _ubah("rezim", "UU22", p=1, q=4, putusan_dari="2015-01-01"),
        _ubah("syarat", "X1", jumlah=14),
        _ubah("sakelar", "URUTAN", nilai="TAHUN_JALANI"),
        _ubah("sakelar", "SEGAR_PERILAKU", nilai="31"),
        _ubah("sakelar", "PEMBULATAN_HARI", nilai="BAWAH"),
    ]
    lain = bawaan().dengan(*ubah)
    r = random.Random(3)
    orang = [acak(r) for _ in range(1500)]
    kolom = sebagai_kolom(orang)
    for tahun in (2027, 2035):
        biasa, beda = patokan("RU", date(tahun, 8, 17)), patokan("RU", date(tahun, 8, 17), aturan=lain)
        assert sekaligus(kolom, beda) == satu_satu(orang, beda)
        assert sekaligus(kolom, beda) != sekaligus(kolom, biasa)


def test_lubang_di_kisi_tidak_menjadi_layak_nol_hari() -> None:
    """Keppres 174/1999 Pasal 4 read with a bound moved and its neighbour not: nobody in between is granted nothing."""
    lain = bawaan().dengan(_ubah("besaran", "RU-1b", jalani_dari=500), _ubah("besaran", "RU-3", urutan_dari=4))
    r = random.Random(5)
    orang = [acak(r) for _ in range(1500)]
    biasa, bolong = patokan("RU", date(2027, 8, 17)), patokan("RU", date(2027, 8, 17), aturan=lain)
    assert sekaligus(sebagai_kolom(orang), bolong) == satu_satu(orang, bolong)
    kena = 0
    for o in orang:
        dulu, kini = syarat.semua(o, biasa), syarat.semua(o, bolong)
        for a, b in zip(dulu, kini, strict=True):
            if a.keadaan == syarat.LAYAK and b.jenis == "RU" and not (b.bulan or b.hari):
                assert (b.keadaan, [s.kode for s in b.alasan]) == (syarat.PERLU_DATA, ["BESARAN"])
                assert f"ke-{b.urutan} setelah" in b.alasan[0].bukti
                kena += 1
        assert "BESARAN:D" not in [k for h in dulu if h.jenis == "RU" for k in h.kode]
    assert kena


@pytest.mark.parametrize(("jenis", "awalan", "tahun"), [("RU", "RU-", 2027), ("RD", "RD-", 2035)])
def test_tanpa_satu_pun_baris_besaran_tidak_menjadi_layak(jenis: str, awalan: str, tahun: int) -> None:
    """All rows of a kind withdrawn (Keppres 174/1999 Pasal 4, Keppres 120/1955): to be set, not "layak, 0 hari"."""
    tanpa = Himpunan(b for b in bawaan().baris if b.tabel != "besaran" or not b.kode.startswith(awalan))
    r = random.Random(7)
    orang = [acak(r) for _ in range(400)]
    p = patokan("RU", date(tahun, 8, 17), aturan=tanpa)
    assert sekaligus(sebagai_kolom(orang), p) == satu_satu(orang, p)
    milik = [h for o in orang for h in syarat.semua(o, p) if h.jenis == jenis]
    assert {h.keadaan for h in milik} == {syarat.PERLU_DATA, syarat.TIDAK}
    assert all("BESARAN:D" in h.kode for h in milik)


def _ubah(tabel: str, kode: str, **nilai: Any) -> Baris:
    lama = [b for b in bawaan().baris if (b.tabel, b.kode) == (tabel, kode)][-1]
    return Baris(
        tabel=tabel, kode=kode, berlaku_dari=lama.berlaku_dari, berlaku_sampai=lama.berlaku_sampai,
        nilai={**lama.nilai, **nilai}, sumber="uji", terverifikasi=False,
    )  # fmt: skip


def test_setiap_syarat_dan_keadaan_terjadi() -> None:
    """The generator reaches every condition in every state that it can have, or equality would prove little."""
    ada: Counter[str] = Counter()
    for jenis, tanggal, agama in _KESEMPATAN:
        r = random.Random(11)
        geser = timedelta(days=(tanggal - KINI).days) if tanggal < date(2024, 1, 1) else timedelta()
        orang = [_geser(acak(r), geser) for _ in range(1500)]
        p = patokan(jenis, tanggal, agama, pada=min(KINI, tanggal))
        for nilai in satu_satu(orang, p).values():
            ada.update(nilai[1])
            ada.update([nilai[0], f"bagian {nilai[6]}"])
    hanya_d = {"PUTUSAN", "TAHAN", "PIDANA", "AGAMA", "KELAMIN", "REZIM", "S3", "BESARAN", "E4"}
    tanpa_y, tanpa_d = {"S3", "BESARAN"}, {"X3", "X4", "X5", "SISA"}
    for butir in BUTIR:
        harus = {"D"} if butir.kode in hanya_d else {"T"} if butir.kode in tanpa_d else {"T", "D"}
        harus = harus - {"T"} if butir.kode == "UMUR" else harus
        harus |= set() if butir.kode in tanpa_y else {"Y"}
        assert {h for h in "YTD" if ada[f"{butir.kode}:{h}"]} == harus, butir.kode
    assert min(ada[k] for k in ("LAYAK", "PERLU_DATA", "TIDAK", "bagian I", "bagian II", "bagian ")) > 0


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(1950, 1, 1), date(2060, 12, 31)),
    st.tuples(st.integers(0, 60), st.integers(0, 200), st.integers(0, 999)),
)
def test_tambah_tahun_seperti_kalender(mulai: date, lama: tuple[int, int, int]) -> None:
    orang = [Orang("NARAPIDANA", tanggal_tahan=t) for t in (mulai, date(2024, 2, 29), date(2023, 2, 28))]
    perkara = massal.Perkara(sebagai_kolom(orang), patokan("RU", date(2027, 8, 17)), "NARAPIDANA", "RU")
    n = len(orang)
    hasil = perkara._tambah(np.full(n, lama[0], np.int32), np.full(n, 30 * lama[1] + lama[2], np.int32))
    assert [date(1970, 1, 1) + timedelta(days=int(h)) for h in hasil] == [tambah(o.tanggal_tahan, *lama) for o in orang]
    assert bagian(lama, 1, 1) is not None


def test_kolom_kosong_dan_tanpa_jenis() -> None:
    kosong = sebagai_kolom([])
    assert [len(h) for h in massal.hitung(kosong, patokan("RU", date(2027, 8, 17)))] == [0, 0]
    assert massal.hitung(kosong, patokan("RU", date(1990, 8, 17))) == []
