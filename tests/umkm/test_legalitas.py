"""Stages of a product's papers."""

from __future__ import annotations

from datetime import date

import pytest

from umkm.legalitas import Surat, Tahap, corong, tahap

HARI = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("surat", "sampai"),
    [
        ([], Tahap.BELUM),
        ([Surat("sni", 1)], Tahap.BELUM),
        ([Surat("nib")], Tahap.NIB),
        ([Surat("nib", 2)], Tahap.BELUM),
        ([Surat("nib"), Surat("pirt", 1)], Tahap.PIRT),
        ([Surat("nib"), Surat("pirt", 1, berakhir=date(2026, 1, 30))], Tahap.NIB),
        ([Surat("pirt", 1, berakhir=HARI)], Tahap.PIRT),
        ([Surat("halal", 1)], Tahap.HALAL),
        ([Surat("halal", 1, terbit=date(2026, 2, 1))], Tahap.BELUM),
        ([Surat("merek"), Surat("nib")], Tahap.MEREK),
    ],
)
def test_tahap_pada_hari(surat: list[Surat], sampai: Tahap) -> None:
    assert tahap(1, surat, HARI) is sampai


def test_corong_menyempit() -> None:
    semua = [Tahap.BELUM, Tahap.NIB, Tahap.NIB, Tahap.HALAL, Tahap.MEREK]
    assert list(corong(semua).values()) == [1, 4, 2, 2, 1]
    assert [t.label for t in corong(semua)] == ["Belum ada", "NIB", "P-IRT", "Halal", "Merek"]
