"""No closed cell can be worked out from what stands open; proved by trying all tables that fit."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remisi.nasional.tekan import BATAS, Tersamar, samar_daftar, samar_tabel

KECIL = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 7])


def _bagi(total: int, n: int) -> Iterator[tuple[int, ...]]:
    if n == 0:
        if total == 0:
            yield ()
        return
    for awal in range(total + 1):
        for ekor in _bagi(total - awal, n - 1):
            yield (awal, *ekor)


def _cocok(tampak: tuple[int | None, ...], nilai: tuple[int, ...]) -> bool:
    return all(t is None or t == n for t, n in zip(tampak, nilai, strict=True))


def _semua_tabel(t: Tersamar) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table of counts that fits what is shown; rows whose total is closed share what is left."""
    assert t.total is not None
    lebar, sisa = len(t.kolom), t.total - sum(n for n in t.baris if n is not None)
    tutup = [i for i, n in enumerate(t.baris) if n is None]
    for bagi in _bagi(sisa, len(tutup)):
        jumlah = [n if n is not None else bagi[tutup.index(i)] for i, n in enumerate(t.baris)]
        baris = [[b for b in _bagi(n, lebar) if _cocok(t.sel[i], b)] for i, n in enumerate(jumlah)]
        for tabel in itertools.product(*baris):
            if _cocok(t.kolom, tuple(map(sum, zip(*tabel, strict=True)))):
                yield tabel


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(KECIL, min_size=2, max_size=2), min_size=1, max_size=3))
def test_tidak_ada_yang_dapat_dihitung_balik(isi: list[list[int]]) -> None:
    t = samar_tabel(isi)
    if t.total is None:
        assert 0 < sum(map(sum, isi)) < BATAS
        return
    semua = list(_semua_tabel(t))
    assert tuple(map(tuple, isi)) in semua
    for i, k in itertools.product(range(len(isi)), range(2)):
        if t.sel[i][k] is None and (t.baris[i] is not None or isi[i][k]):
            assert len({x[i][k] for x in semua}) > 1, (isi, t)
    for k in range(2):
        if t.kolom[k] is None:
            assert len({sum(b[k] for b in x) for x in semua}) > 1
    for i, n in enumerate(t.baris):
        if n is None:
            assert len({sum(x[i]) for x in semua}) > 1


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(KECIL, min_size=n, max_size=n), min_size=1, max_size=6)))
def test_angka_kecil_tidak_pernah_tampak_dan_yang_tampak_benar(isi: list[list[int]]) -> None:
    t = samar_tabel(isi)
    tampak = [n for b in t.sel for n in b] + [*t.baris, *t.kolom, t.total]
    assert not [n for n in tampak if n is not None and 0 < n < BATAS]
    for i, baris in enumerate(isi):
        assert _cocok(t.sel[i], tuple(baris))
        assert t.baris[i] in (None, sum(baris))
        if t.baris[i] is None:
            assert set(t.sel[i]) == {None}
    assert _cocok(t.kolom, tuple(map(sum, zip(*isi, strict=True))))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_daftar(nilai: list[int]) -> None:
    tampak, total = samar_daftar(nilai)
    tutup = [n for n, t in zip(nilai, tampak, strict=True) if t is None]
    assert not [t for t in (*tampak, total) if t is not None and 0 < t < BATAS]
    if total is not None and tutup:
        assert len(tutup) >= 2
        assert sum(tutup) >= BATAS


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(KECIL, KECIL), min_size=1, max_size=5))
def test_tabel_lain_atas_baris_yang_sama_menutup_baris_yang_sama(dua: list[tuple[int, int]]) -> None:
    satu = samar_tabel([[a, b] for a, b in dua])
    lain = samar_tabel([[a + b, 0, 0] for a, b in dua])
    assert satu.baris == lain.baris
    assert satu.total == lain.total


@pytest.mark.parametrize(
    ("isi", "tutup"),
    [
        ([[20, 30], [40, 50]], 0),  # nothing small
        ([[3, 30], [40, 50]], 4),  # the small cell and three that cover it
        ([[1, 1], [1, 1]], 8),  # all together fewer than five
    ],
)
def test_contoh(isi: list[list[int]], tutup: int) -> None:
    t = samar_tabel(isi)
    jumlah = sum(n is None for b in t.sel for n in b) + (2 + 2 if t.total is None else 0)
    assert jumlah == tutup
    assert t.ada is (tutup > 0)
