"""Each link hits itself: nothing lies over the middle of it, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.remisi.bahan_kasus import banyak, kesempatan

TERTUTUP = """() => [...document.querySelectorAll('main a[href], main button')].flatMap(a => {
  a.scrollIntoView({block: 'center'});
  const k = [...a.getClientRects()].find(r => r.width > 1 && r.height > 1);
  if (!k) return [];
  const kena = document.elementFromPoint(k.left + k.width / 2, k.top + k.height / 2);
  return kena && (a.contains(kena) || kena.contains(a)) ? [] : [a.textContent.trim()];
})"""


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_setiap_tautan_mengenai_dirinya(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int]
) -> None:
    k = kesempatan()
    banyak(dunia_nyata, k, dunia_nyata.ambon, 2)
    alamat = {
        "kepala_ambon": [f"/remisi/upt/{dunia_nyata.ambon.kode}/", f"/remisi/upt/{dunia_nyata.ambon.kode}/{k.slug}/",
                         f"/remisi/upt/{dunia_nyata.ambon.kode}/{k.slug}/nominatif/",
                         f"/remisi/upt/{dunia_nyata.ambon.kode}/integrasi/"],
        "verifikator_maluku": [f"/remisi/kanwil/maluku/?kesempatan={k.slug}", f"/remisi/kanwil/maluku/rekap/{k.slug}/"],
        "peninjau": ["/remisi/nasional/", "/remisi/rilis/", "/remisi/integrasi/"],
    }  # fmt: skip
    for siapa, semua in alamat.items():
        o = orang(siapa, ukuran)
        for satu in semua:
            halaman: Any = o.buka(satu)
            assert halaman.evaluate(TERTUTUP) == [], satu


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_pdf_dan_xlsx_diunduh_masing_masing(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int]
) -> None:
    k = kesempatan()
    banyak(dunia_nyata, k, dunia_nyata.ambon, 1)
    o = orang("kepala_ambon", ukuran)
    h = o.buka(f"/remisi/upt/{dunia_nyata.ambon.kode}/{k.slug}/nominatif/")
    for bentuk in ("PDF", "XLSX"):
        for judul in ("Daftar nominatif usulan", "Lampiran keputusan"):
            tautan = h.get_by_role("link").filter(has_text=judul).filter(has_text=bentuk)
            kotak = tautan.bounding_box()
            assert kotak
            with h.expect_download() as unduhan:
                h.mouse.click(kotak["x"] + kotak["width"] / 2, kotak["y"] + kotak["height"] / 2)
            assert unduhan.value.suggested_filename.endswith(bentuk.lower())
