"""A register of inmates in a browser: add, mend, find, judge, open a name that goes away again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.wbp.bantu import NAMA, NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp.models import AksesWarga

UNIT = "/warga/lapas-kelas-iia-ambon/"


@pytest.mark.parametrize(("ukuran", "js"), [(MEJA, True), (PONSEL, False)], ids=["meja", "ponsel tanpa JS"])
def test_dari_catat_sampai_buka_nama(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], js: bool
) -> None:
    Register(dunia_nyata.ambon, dunia_nyata.operator_ambon).catat(nomor=nomor_ke(1), nama="Melati")
    o = orang("operator_ambon", ukuran, js=js)
    h = o.buka(f"{UNIT}baru/")
    _isi(h, tahun_lahir="2015")
    o.klik(h.get_by_role("button", name="Simpan"))
    expect(h.locator("#ringkasan-galat")).to_contain_text("umurnya paling tinggi 9 tahun")
    expect(h.locator("main")).to_contain_text("Sudah diketik (K.B. •••213)")
    h.fill("#id_tahun_lahir", "1985")
    o.klik(h.get_by_role("button", name="Simpan"))
    expect(h.get_by_role("heading", level=1)).to_have_text("K.B. •••213")
    satu = h.url
    assert re.search(r"/warga/lapas-kelas-iia-ambon/\d+/$", satu)

    h = o.buka(UNIT)
    h.fill("#id_teks", "kenari")
    o.klik(h.get_by_role("button", name="Cari"))
    assert h.url.endswith("/cari/")
    o.klik(h.get_by_role("link", name="K.B. •••213"))
    h.select_option("#id_alasan", "SIDANG")
    o.klik(h.get_by_role("button", name="Buka nama dan nomor"))
    expect(h.locator("#nama-terbuka")).to_contain_text(NAMA)
    expect(h.locator("#nama-terbuka")).to_contain_text(NOMOR)
    assert "Kenari" not in h.title()
    with terpasang(SISTEM):
        akses = list(AksesWarga.objects.order_by("pk").values_list("bidang", flat=True))
    assert akses == [["kata-nama"], ["nama", "nomor"]], "found by a word of the name, then opened"
    if js:
        assert h.evaluate("JSON.stringify([localStorage, sessionStorage])") == "[{},{}]"
        h.evaluate("window.dispatchEvent(new Event('pagehide'))")
        expect(h.locator("#nama-terbuka")).to_be_empty()


def _isi(h: Any, **ubah: str) -> None:
    isian = {"nama": NAMA, "nomor": NOMOR, "tanggal_tahan": "3/2/2024", "pidana_tahun": "5", **ubah}
    for nama, teks in isian.items():
        h.fill(f"#id_{nama}", teks)
    h.select_option("#id_status", "NARAPIDANA")


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_halaman_register_rapi(orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int]) -> None:
    ambon = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    pk = ambon.catat().pk
    ambon.catat(nomor=nomor_ke(1), nama="Melati", agama="")
    ambon.buka(pk)
    o = orang("kepala_ambon", ukuran)
    for jalur in ("", "baru/", "sppn/", f"{pk}/", f"{pk}/ubah/", f"{pk}/keluar/", f"{pk}/tahan/", f"{pk}/akses/"):
        o.buka(UNIT + jalur)
        o.periksa_rapi()
    h = o.buka(UNIT)
    for kotak in h.locator("input[name=orang]").all():
        kotak.check()
    o.klik(h.get_by_role("button", name="Buka nama yang ditandai"))
    o.periksa_rapi()
    h.select_option("#id_alasan", "COCOKKAN")
    o.klik(h.get_by_role("button", name="Buka nama dan nomor"))
    o.periksa_rapi()
    h = o.buka(UNIT)
    h.fill("#id_teks", "melati")
    o.klik(h.get_by_role("button", name="Cari"))
    o.periksa_rapi()
