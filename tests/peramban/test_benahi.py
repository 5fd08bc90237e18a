"""Mending a work list at a real browser: many with one answer, some with one input each; with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from remisi.calon.susun import hitung_unit
from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.remisi.bantu_kasus import Meja, kesempatan, layak

pytestmark = pytest.mark.xdist_group("remisi")
CARA = pytest.mark.parametrize(
    ("ukuran", "js"), [(MEJA, True), (PONSEL, True), (MEJA, False)], ids=["meja", "hp", "polos"]
)


def _kurang(d: Dunia) -> str:
    """Three without a copy of the judgment, two without a first day of detention; gives the occasion's address."""
    k = kesempatan()
    layak(d.ambon, d.operator_ambon, 3, salinan_putusan=None)
    layak(d.ambon, d.operator_ambon, 2, tanggal_tahan=None)
    Meja(d).sebagai(d.operator_ambon, hitung_unit, kesempatan=k, upt=d.ambon)
    return f"/remisi/upt/{d.ambon.kode}/{k.slug}/"


def _salah(o: Orang) -> None:
    """A page that says what is wrong is tidy, too; the browser notes its 400 by itself."""
    o.galat[:] = [g for g in o.galat if "400 (Bad Request)" not in g]
    o.periksa_rapi()


@CARA
def test_satu_jawaban_untuk_semua(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], js: bool
) -> None:
    alamat, o = _kurang(dunia_nyata), orang("operator_ambon", ukuran, js=js)
    h = o.buka(alamat)
    o.klik(h.get_by_role("link", name="Kurang salinan putusan (3)"))
    o.periksa_rapi()
    o.klik(h.get_by_role("button", name="Catat untuk yang ditandai"))
    _salah(o)
    expect(h.locator("main")).to_contain_text("Tandai dahulu orangnya")
    if js:
        h.get_by_label("Tandai semua di halaman ini (3)").check()
    else:
        for kotak in h.locator("input[name=orang]").all():
            kotak.check()
    h.select_option("#id_salinan_putusan", label="Ya")
    o.klik(h.get_by_role("button", name="Catat untuk yang ditandai"))
    o.periksa_rapi()
    o.klik(h.get_by_role("button", name="Ya, catat untuk 3 orang"))
    expect(h.locator("main")).to_contain_text("dari 3 menjadi 0 orang; memenuhi syarat dari 0 menjadi 3")
    assert h.get_by_role("link", name="Kurang salinan putusan").count() == 0
    o.periksa_rapi()


@CARA
def test_satu_isian_per_baris(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], js: bool
) -> None:
    alamat, o = _kurang(dunia_nyata), orang("operator_ambon", ukuran, js=js)
    h = o.buka(f"{alamat}benahi/?alasan=TAHAN:D")
    isian = h.locator("main tbody input[type=text], main tbody input:not([type])")
    isian.nth(0).fill("31 Februari 2024")
    isian.nth(1).fill("15 Agustus 2024")
    o.klik(h.get_by_role("button", name="Simpan yang diisi"))
    expect(h.locator("td[data-keadaan=galat]")).to_have_count(1)
    _salah(o)
    isian.nth(0).fill("3 Februari 2024")
    o.klik(h.get_by_role("button", name="Simpan yang diisi"))
    expect(h.locator("td[data-keadaan=tanya]")).to_contain_text("Putusan mendahului penahanan")
    _salah(o)
    h.locator("td[data-keadaan=tanya] input[type=checkbox]").check()
    o.klik(h.get_by_role("button", name="Simpan yang diisi"))
    expect(h.locator("main")).to_contain_text("Tanggal ditahan dicatat untuk 2 orang.")
