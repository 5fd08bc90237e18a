"""A list from a unit's own computer, in a real browser: uploaded, judged row by row, decided, and what was refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pangan.models import Petak
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun
from tests.pelaporan.register.bahan_impor import PETAK, petak, sel, xlsx
from tests.peramban.conftest import MEJA, PONSEL, Orang
from upt.cakupan import SISTEM, terpasang

DAFTAR = "/pangan/lapas-kelas-iia-ambon/catatan/petak/"
HARI_SERI = 45_000
"""15 March 2023 as Excel counts days: read, but asked back."""


def _berkas(tempat: Path) -> Path:
    """A new plot, one that changes, one that is there already, two that ask, and two that are refused."""
    berkas = tempat / "petak.xlsx"
    isi = xlsx(
        PETAK,
        petak("A1", "Kebun depan"),
        petak("B1", "Kebun lama", 900, mulai=date(2025, 1, 1)),
        petak("C1", "Kebun tetap", 500, mulai=date(2025, 1, 1)),
        petak("D1", "Kebun seri", mulai=HARI_SERI),
        petak("E1", "Kebun seri dua", mulai=HARI_SERI + 1),
        petak("F1", "Kebun salah", "seratus"),
        petak("G1", "", 100),
    )
    berkas.write_bytes(isi)
    return berkas


@pytest.fixture
def kebun(dunia_nyata: Dunia) -> Kebun:
    kebun = Kebun(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    kebun.pakai(kebun.petak(800, kode="B1", nama="Kebun lama"))
    kebun.petak(500, kode="C1", nama="Kebun tetap")
    return kebun


def _petak() -> dict[str, int]:
    with terpasang(SISTEM):
        return dict(Petak.objects.filter(dihapus_pada=None).values_list("kode", "luas"))


@pytest.mark.usefixtures("kebun")
@pytest.mark.parametrize(
    ("ukuran", "js"), [(MEJA, True), (PONSEL, True), (PONSEL, False)], ids=["meja", "ponsel", "tanpa"]
)
def test_dari_berkas_sampai_tersimpan(
    orang: Callable[..., Orang], ukuran: dict[str, int], js: bool, tmp_path: Path
) -> None:
    satu = orang("operator_ambon", ukuran, js=js)
    halaman = satu.buka(DAFTAR)
    satu.klik(halaman.get_by_role("link", name="Impor dari Excel"))
    _rapi(satu)
    halaman.set_input_files("input[type=file]", _berkas(tmp_path))
    satu.klik(halaman.locator("main form[enctype] button"))
    assert "Perlu ditanya: 2 baris" in halaman.inner_text("main")
    _rapi(satu)

    # what is ticked stays ticked while the person looks around
    halaman.locator("input[name=betul][value='5']").check()
    halaman.locator("[name=alasan]").fill("Tanggalnya dari buku.")
    satu.klik(halaman.get_by_role("button", name="Ditolak 2"))
    assert "seratus" in halaman.inner_text("main") or "angka" in halaman.inner_text("main").lower()
    _tertandai(satu)
    _rapi(satu)
    for tab in ("Baru 2", "Berubah 1", "Sama 1", "Semua kecuali yang sama"):
        satu.klik(halaman.get_by_role("button", name=tab))
        _tertandai(satu)
    _rapi(satu)
    assert _petak() == {"B1": 800, "C1": 500}, "looking around saves nothing"

    satu.klik(halaman.get_by_role("button", name="Simpan 2 baris dan yang ditandai"))
    teks = halaman.inner_text("main")
    assert "Hasil impor" in teks
    assert "3 baris tidak disimpan" in teks
    assert _petak() == {"A1": 100, "B1": 900, "C1": 500, "D1": 100}
    _rapi(satu)
    with halaman.expect_download() as unduhan:
        halaman.get_by_role("link", name="Unduh baris itu dengan sebabnya").click()
    sisa = sel(Path(unduhan.value.path()).read_bytes())
    assert [b[0] for b in sisa[1:]] == ["E1", "F1", "G1"]
    assert all(b[-1] for b in sisa[1:])


def _tertandai(satu: Orang) -> None:
    tanda = satu.halaman.locator("input[name=betul]")
    assert [tanda.nth(n).is_checked() for n in range(tanda.count())] == [True, False]
    assert satu.halaman.locator("[name=alasan]").input_value() == "Tanggalnya dari buku."


def _rapi(satu: Orang) -> None:
    if satu.js:
        satu.periksa_rapi()


@pytest.mark.usefixtures("kebun")
@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_berkas_salah_dan_batal(orang: Callable[..., Orang], ukuran: dict[str, int], tmp_path: Path) -> None:
    satu = orang("operator_ambon", ukuran)
    halaman = satu.buka(f"{DAFTAR}impor/")
    (tmp_path / "bohong.xlsx").write_bytes(b"<html>bukan daftar</html>")
    halaman.set_input_files("input[type=file]", tmp_path / "bohong.xlsx")
    satu.klik(halaman.locator("main form[enctype] button"))
    assert halaman.locator("#id_berkas_error").count() == 1
    satu.galat = [g for g in satu.galat if "status of 4" not in g]  # the browser reports the refusal itself
    satu.periksa_rapi()
    halaman.set_input_files("input[type=file]", _berkas(tmp_path))
    satu.klik(halaman.locator("main form[enctype] button"))
    satu.klik(halaman.get_by_role("button", name="Batalkan"))
    satu.buka(DAFTAR)
    assert _petak() == {"B1": 800, "C1": 500}
