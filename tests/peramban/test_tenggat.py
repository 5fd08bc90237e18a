"""Pages of deadlines in a real browser: tidy at both sizes, and WhatsApp opens although nothing else outside may."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pelaporan.models import Tagihan
from pemasyarakatan.inti.waktu import akhir_hari
from tests.pelaporan.tenggat.bantu import jalan, ubah
from tests.peramban.conftest import MEJA, PONSEL, Orang
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

RABU = date(2026, 2, 18)
HALAMAN = (
    ("peninjau", "/periode/libur/"),
    ("peninjau", "/periode/tenggat/"),
    ("peninjau", "/periode/pembebasan/"),
    ("verifikator_maluku", "/tagihan/?bulan=2026-01"),
    ("verifikator_maluku", "/tagihan/lapas-kelas-iia-ambon/?bulan=2026-01"),
    ("operator_ambon", "/pemberitahuan/"),
    ("operator_ambon", "/upt/lapas-kelas-iia-ambon/kalender/"),
    ("admin", "/periode/surat/"),
)


@pytest.fixture
def lewat(dunia_nyata: Any) -> Any:
    ubah(dunia_nyata.ambon, tenggat=akhir_hari(RABU, "WIT"))
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia_nyata.ambon.pk).update(wa="0812-3456-7890")
    jalan("2026-02-19T08:30")
    return dunia_nyata


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_halaman_rapi(lewat: Any, orang: Any, ukuran: dict[str, int]) -> None:
    for nama in dict.fromkeys(n for n, _ in HALAMAN):
        satu = orang(nama, ukuran)
        for jalur in (j for n, j in HALAMAN if n == nama):
            satu.buka(jalur)
            satu.periksa_rapi()


def test_wa_dibuka_setelah_dicatat(lewat: Any, peramban: Any, alamat: str) -> None:
    """Chromium lets the form be answered with wa.me; the proxy that refuses keeps the test on this machine."""
    konteks = peramban.new_context(proxy={"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"})
    try:
        satu = Orang(konteks, alamat)
        satu.masuk("verifikator_maluku")
        halaman = satu.buka("/tagihan/?bulan=2026-01")
        with konteks.expect_event("requestfailed", lambda r: r.url.startswith("https://wa.me/")) as gagal:
            halaman.get_by_role("button", name="WA Lapas Kelas IIA Ambon").click()
        assert gagal.value.url.startswith("https://wa.me/6281234567890?text=Yth.%20Operator%20Lapas")
        assert not [g for g in satu.galat if "Content Security" in g]
        with terpasang(SISTEM):
            assert Tagihan.objects.get().saluran == "wa"
        halaman.reload()
        assert "tautan WhatsApp dibuka" in halaman.inner_text("main")
    finally:
        konteks.close()


def test_menandai_dibaca_tanpa_javascript(lewat: Any, orang: Any) -> None:
    satu = orang("operator_ambon", PONSEL, js=False)
    halaman = satu.buka("/pemberitahuan/")
    assert halaman.locator(".kabar-kini .jumlah").inner_text() == "1"
    satu.klik(halaman.get_by_role("button", name="Tandai sudah dibaca"))
    assert halaman.locator(".kabar-kini .jumlah").count() == 0
