"""The button "Buka nama" stands exactly where pressing it opens the name, and every opening is written down first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import LAYAK, Meja, kesempatan, layak
from tests.remisi.test_calon import hitung
from upt.cakupan import SISTEM, terpasang
from wbp.models import AksesWarga

PERAN = {
    "operator_ambon": (200, True), "kepala_ambon": (200, True), "verifikator_maluku": (200, True),
    "kepala_maluku": (200, True), "peninjau": (200, False), "auditor": (200, True), "pimpinan": (403, False),
    "admin": (403, False), "verifikator_riau": (404, False), "operator_masohi": (404, False),
}  # fmt: skip
"""By role: what the page of a case of Lapas Ambon answers, and whether names open."""


def _klien(orang: Any) -> Client:
    klien = Client()
    klien.force_login(orang)
    return klien


@pytest.mark.parametrize("siapa", list(PERAN))
def test_button_and_act_agree(dunia: Dunia, siapa: str) -> None:
    kode, boleh = PERAN[siapa]
    meja, k = Meja(dunia), kesempatan()
    (orang,) = layak(dunia.ambon, dunia.operator_ambon)
    (kasus,) = meja.sampai(Status.DIAJUKAN, [orang], k)
    hitung(k, dunia.ambon, dunia.operator_ambon)
    klien = _klien(getattr(dunia, siapa))
    buka = reverse("wbp:buka", args=[dunia.ambon.kode])
    for halaman in (
        reverse("remisi:usulan", args=[kasus]),
        reverse("remisi:calon", args=[dunia.ambon.kode, k.slug, orang]),
    ):
        jawab = klien.get(halaman)
        assert jawab.status_code == kode, halaman
        assert (f'action="{buka}"' in jawab.content.decode()) == boleh
        tanya = klien.post(buka, {"orang": orang, "kembali": halaman})
        assert (tanya.status_code == 200) == boleh
        if boleh:
            assert f'name="kembali" value="{halaman}"' in tanya.content.decode()
            _terbuka(klien, buka, orang, halaman)
    with terpasang(SISTEM):
        assert AksesWarga.objects.filter(data=orang).count() == (2 if boleh else 0)


def _terbuka(klien: Client, buka: str, orang: int, halaman: str) -> None:
    jawab = klien.post(buka, {"orang": orang, "kembali": halaman, "alasan": "USULAN"})
    isi = jawab.content.decode()
    assert LAYAK["nama"] in isi
    assert f'href="{halaman}"' in isi, "closing leads back to the page that asked"
    assert "no-store" in jawab["Cache-Control"]


def test_a_kanwil_is_led_to_no_page_it_may_not_read(dunia: Dunia) -> None:
    (orang,) = layak(dunia.ambon, dunia.operator_ambon)
    klien = _klien(dunia.verifikator_maluku)
    for isi in ({"orang": orang}, {"orang": orang, "alasan": "USULAN"}, {"orang": orang, "kembali": "//luar.example/"}):
        teks = klien.post(reverse("wbp:buka", args=[dunia.ambon.kode]), isi).content.decode()
        assert 'href="/warga/' not in teks
        assert "luar.example" not in teks
    assert klien.get(reverse("wbp:unit", args=[dunia.ambon.kode])).status_code == 403
    with terpasang(SISTEM):
        assert [a.peran for a in AksesWarga.objects.filter(data=orang)] == ["verifikator_kanwil"]
