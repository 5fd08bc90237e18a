"""The whole story at a real browser: fill, send, return, mend, resend, verify, trace the figure, make the report."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.dunia import Dunia, isian_wajar
from tests.peramban.conftest import MEJA, PONSEL, Orang, bersih
from tests.proses import pekerja_celery, tunggu

pytestmark = pytest.mark.xdist_group("cerita")
LAPORAN = "/laporan/lapas-kelas-iia-ambon/2026-01/F06/"


def _isi_bagian(halaman: Page, isi: dict[str, str]) -> None:
    for kode, teks in isi.items():
        kotak = halaman.locator(f"#lembar [name^='s|{kode}|']")
        if not kotak.count():
            continue
        if kotak.evaluate("e => e.tagName") == "SELECT":
            kotak.select_option(teks)
        else:
            kotak.fill(teks)


def _isi_semua(orang: Orang, isi: dict[str, str]) -> None:
    """Section after section with "Simpan dan lanjut", until the check page comes."""
    halaman = orang.buka(LAPORAN + "isi/kegiatan/")
    for _ in range(6):
        if "/isi/" not in halaman.url:
            break
        if orang.js:
            orang.periksa_rapi()
        _isi_bagian(halaman, isi)
        orang.klik(halaman.locator("button[value=lanjut]"))
    assert halaman.url.endswith("/kirim/"), halaman.url


def _kirim(orang: Orang) -> str:
    halaman = orang.buka(LAPORAN + "kirim/")
    for kotak in halaman.locator("input[name^=benar-]").all():
        kotak.check()
    halaman.check("[name=disahkan]")
    orang.klik(halaman.locator("button[value=kirim]"))
    expect(halaman).to_have_url(f"{orang.alamat}{LAPORAN}tanda-terima/{_versi(halaman)}/")
    return bersih(halaman.inner_text("main"))


def _versi(halaman: Page) -> str:
    return halaman.url.rstrip("/").rsplit("/", 1)[-1]


@pytest.mark.parametrize("js", [True, False], ids=["dengan-js", "tanpa-js"])
def test_cerita_utuh(orang: Callable[..., Orang], dunia_nyata: Dunia, tmp_path: Path, js: bool) -> None:
    isi = isian_wajar("F06")
    operator = orang("operator_ambon", MEJA, js=js)
    expect(operator.halaman.locator("h1")).to_contain_text("Lapas Kelas IIA Ambon")
    operator.buka("/?bulan=2026-01")
    _isi_semua(operator, isi)
    for kotak in operator.halaman.locator("input[name^=benar-]").all():
        kotak.check()
    operator.klik(operator.halaman.locator("button[value=siapkan]"))
    expect(operator.halaman.locator("main")).to_contain_text("Siap")

    kepala = orang("kepala_ambon", PONSEL, js=js)
    teks = _kirim(kepala)
    assert "LB-F06-2026-01-LAPAS-KELAS-IIA-AMBON-v1" in teks
    assert "WIT" in teks

    verifikator = orang("verifikator_maluku", MEJA, js=js)
    halaman = verifikator.klik(verifikator.buka("/verifikasi/").locator("main a", has_text="Ambon").first)
    tulis = halaman.get_by_role("button", name="Catatan untuk Lahan belum dimanfaatkan")
    verifikator.setempat(tulis)
    halaman.get_by_label("Tulis catatan").fill("Ukur ulang, bulan lalu 700 m².")
    verifikator.setempat(halaman.get_by_role("button", name="Simpan catatan"))
    expect(halaman.locator("#tertunda")).to_contain_text("Ukur ulang")
    halaman.locator("[name=alasan][form=putusan]").select_option("angka_tidak_wajar")
    halaman.fill("[name=teks]", "Mohon cek lahan tidur.")
    verifikator.klik(halaman.locator("button[value=kembalikan]"))

    halaman = operator.buka(LAPORAN + "isi/kegiatan/")
    expect(halaman.locator("main")).to_contain_text("Ukur ulang")
    _isi_semua(operator, {**isi, "lahan_tidur": "700"})
    assert "v2" in _kirim(kepala)

    with pekerja_celery(tmp_path):
        pusat = orang("peninjau", MEJA, js=js)
        assert _wbp_nasional(pusat, "sah") != "12"
        halaman = verifikator.buka(LAPORAN + "tinjau/")
        verifikator.klik(halaman.locator("button[value=verifikasi]"))
        tunggu(lambda: _wbp_nasional(pusat, "sah") == "12", 15)
        _telusuri_sampai_sel(pusat)
        _laporan_kinerja(pusat, js, tmp_path)


def _wbp_nasional(pusat: Orang, dasar: str) -> str:
    halaman = pusat.buka(f"/dasbor/?bulan=2026-01&dasar={dasar}")
    tautan = halaman.locator("main a[href*='/telusur/F06/wbp/']").first
    return bersih(tautan.inner_text()).split(" ")[0] if tautan.count() else ""


def _telusuri_sampai_sel(pusat: Orang) -> None:
    """National figure → Kanwil → unit → version, by links only."""
    halaman = pusat.buka("/dasbor/?bulan=2026-01&dasar=sah")
    pusat.klik(halaman.locator("main a[href*='/telusur/F06/wbp/']").first)
    pusat.klik(halaman.locator("main a[href*='wilayah=maluku']").first)
    pusat.klik(halaman.locator("main a[href*='lapas-kelas-iia-ambon']").first)
    isi = bersih(halaman.inner_text("main"))
    for harus in ("12", "Operator Ambon", "Kepala Ambon", "Verifikator Maluku", "WIT"):
        assert harus in isi, (halaman.url, harus)
    pusat.klik(halaman.locator("main a[href*='/versi/2/']").first)
    expect(halaman.locator("main")).to_contain_text("cocok")


def _laporan_kinerja(pusat: Orang, js: bool, tmp_path: Path) -> None:
    halaman = pusat.buka("/dasbor/kinerja/?bulan=2026-01")
    pusat.klik(halaman.locator("main button", has_text="Susun laporan kinerja"))

    def siap() -> bool:
        if not js:
            halaman.reload()
        return halaman.locator("main a[href*='/berkas/']").count() >= 2

    tunggu(siap, 60, lambda: bersih(halaman.inner_text("main")))
    isi = {}
    for tautan in halaman.locator("main a[href*='/berkas/']").all():
        jawab = pusat.konteks.request.get(pusat.alamat + str(tautan.get_attribute("href")))
        assert jawab.ok
        isi[jawab.headers["content-type"].split(";")[0]] = jawab.body()
    _periksa_berkas(isi)


def _periksa_berkas(isi: dict[str, Any]) -> None:
    pdf = next(b for t, b in isi.items() if t == "application/pdf")
    teks = "".join(h.extract_text() for h in PdfReader(io.BytesIO(pdf)).pages)
    assert "SEMENTARA" in teks
    assert "Januari 2026" in teks
    xlsx = next(b for t, b in isi.items() if "spreadsheetml" in t)
    buku = openpyxl.load_workbook(io.BytesIO(xlsx))
    assert "Tentang" in buku.sheetnames
