"""Counts of a section as the overview says them: what waits for an answer or holds a list is not called complete."""

from __future__ import annotations

from pathlib import Path

from pelaporan.sajian import KOSONG, BagianSaji, sajikan
from pelaporan.skema import baca_skema

FORMULIR = Path(__file__).parents[2] / "pelaporan" / "formulir"


def _bagian(formulir: str, **lain: object) -> dict[str, BagianSaji]:
    skema = baca_skema((FORMULIR / f"{formulir}.yaml").read_text(encoding="utf-8"))
    return {b.kode: b for b in sajikan(skema, {**KOSONG, "lain": lain})}


def test_bagian_menunggu_jawaban_belum_lengkap() -> None:
    kosong = _bagian("F03")["usulan_integrasi"]
    assert kosong.menunggu
    assert not kosong.selesai
    tidak = _bagian("F03", ada_usul_integrasi=False)["usulan_integrasi"]
    assert (tidak.menunggu, tidak.tertutup, tidak.selesai) == (False, True, True)
    ya = _bagian("F03", ada_usul_integrasi=True)["usulan_integrasi"]
    assert (ya.menunggu, ya.tertutup, ya.selesai) == (False, False, False)


def test_bagian_berisi_daftar_bukan_otomatis() -> None:
    vendor = _bagian("F10")["pemasok"]
    assert vendor.hanya_daftar
    assert not vendor.otomatis
    assert _bagian("F12")["rekap_berita"].otomatis


def test_yang_tidak_wajib_tidak_menahan() -> None:
    dapur = _bagian("F10")["dapur"]
    assert (dapur.kosong, dapur.kurang, dapur.boleh_kosong) == (7, 4, 3)
