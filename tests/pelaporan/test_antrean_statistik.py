"""How fast verification goes and what comes back: counted by hand from the events of a few reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from pelaporan.antrean.statistik import butir_kembali, kecepatan, kiriman
from pelaporan.models import Laporan
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from tests.pelaporan.bantu import kueri
from upt.cakupan import SISTEM, Cakupan, terpasang

AWAL = datetime(2026, 2, 2, 3, 0, tzinfo=UTC)


def _pada(jam: float) -> Any:
    return time_machine.travel(AWAL + timedelta(hours=jam), tick=False)


@pytest.fixture
def cerita(dunia: Dunia) -> Dunia:
    """Ambon F06: returned after 2 hours, sent again, verified after 4. F04: verified after 10, undone, again after 20.
    F02: withdrawn. Masohi F04 waits. Pekanbaru F06 verified after 1.
    """
    d = dunia
    f06, f04, f02 = (d.laporan(d.ambon, f) for f in ("F06", "F04", "F02"))
    with _pada(0):
        kirim(f06, d.kepala_ambon)
        kirim(f04, d.kepala_ambon)
        kirim(f02, d.kepala_ambon)
        kirim(d.laporan(d.masohi, "F04"), d.kepala_masohi)
        kirim(d.laporan(d.pekanbaru), d.kepala_pekanbaru)
    with _pada(1):
        lakukan(f02, "tarik", d.kepala_ambon)
        lakukan(d.laporan(d.pekanbaru), "verifikasi", d.verifikator_riau)
    with _pada(2):
        kembali = {"alasan": "lainnya", "teks": "Periksa.", "sel": {"lahan_tidur": "?"}}
        lakukan(f06, "kembalikan", d.verifikator_maluku, **kembali)
    with _pada(3):
        kirim(f06, d.kepala_ambon, {"lahan_tidur": "700"})
    with _pada(7):
        lakukan(f06, "verifikasi", d.verifikator_maluku)
    with _pada(10):
        lakukan(f04, "verifikasi", d.verifikator_maluku)
        lakukan(f04, "batal", d.verifikator_maluku)
    with _pada(20):
        lakukan(f04, "verifikasi", d.verifikator_maluku)
    return d


def test_kecepatan_dihitung_dari_kejadian(cerita: Dunia) -> None:
    with terpasang(SISTEM):
        maluku, riau, semua = sorted(kecepatan(SISTEM, JANUARI, JANUARI), key=lambda b: (not b.slug, b.nama))
    # sends of Maluku: F06 v1 (2 h), F06 v2 (4 h), F04 (20 h), Masohi (waiting); F02 was withdrawn
    assert (maluku.kiriman, maluku.putus, maluku.menunggu, maluku.kembali) == (4, 3, 1, 1)
    assert (maluku.median, maluku.p90) == (Decimal("4.0"), Decimal("16.8"))
    assert (maluku.pertama, maluku.sekali) == (2, 1)
    assert maluku.persen_kembali is not None
    assert round(maluku.persen_kembali, 1) == Decimal("33.3")
    assert (riau.kiriman, riau.median, riau.persen_sekali) == (1, Decimal("1.0"), 100)
    assert (semua.slug, semua.kiriman, semua.putus, semua.kembali) == ("", 5, 4, 1)
    assert semua.median == Decimal("3.0")  # of the sends themselves (1, 2, 4, 20 hours), not of two medians


def test_dalam_tenggat_memakai_tenggat_kanwil(cerita: Dunia) -> None:
    with terpasang(SISTEM):
        semula = {b.nama: b.tepat for b in kecepatan(SISTEM, JANUARI, JANUARI)}
        Laporan.objects.filter(formulir_id="F04").update(tenggat_kanwil=AWAL + timedelta(hours=19))
        kini = {b.nama: b.tepat for b in kecepatan(SISTEM, JANUARI, JANUARI)}
    assert (semula["Maluku"], kini["Maluku"]) == (3, 2)


@pytest.mark.parametrize(
    ("ukuran", "banyak"), [("kiriman", 4), ("putus", 3), ("kembali", 1), ("sekali", 1), ("menunggu", 1)]
)
def test_setiap_angka_terbuka_sampai_laporannya(cerita: Dunia, ukuran: str, banyak: int) -> None:
    with terpasang(SISTEM):
        baris, semua = kiriman(SISTEM, JANUARI, JANUARI, ukuran=ukuran, slug="maluku", mulai=0, banyak=50)
        assert kiriman(SISTEM, JANUARI, JANUARI, ukuran=ukuran, slug="maluku", mulai=0, banyak=1)[1] == banyak
    assert (len(baris), semua) == (banyak, banyak)
    assert {b.kode for b in baris} <= {cerita.ambon.kode, cerita.masohi.kode}


def test_butir_dengan_liputannya(cerita: Dunia) -> None:
    with terpasang(SISTEM):
        [satu] = butir_kembali(SISTEM, JANUARI, JANUARI)
    assert (satu.formulir, satu.kode, satu.kembali, satu.n) == ("F06", "lahan_tidur", 1, 2)
    assert satu.label.startswith("Lahan")
    assert not satu.perlu_dilihat, "two reports say nothing about a rate"


def test_cakupan_membatasi(cerita: Dunia) -> None:
    maluku = Cakupan(kanwil=frozenset({cerita.ambon.kanwil_id}))
    with terpasang(maluku):
        assert [b.nama for b in kecepatan(maluku, JANUARI, JANUARI)] == ["Maluku"]
        assert kiriman(maluku, JANUARI, JANUARI, ukuran="putus", slug="riau", mulai=0, banyak=9) == ([], 0)


def test_halaman_menurut_peran(cerita: Dunia, masuk: Any) -> None:
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=True):
        pusat = masuk(cerita.peninjau)
        isi = pusat.get(reverse("pelaporan:statistik")).content.decode()
        assert "Maluku" in isi
        assert "Riau" in isi
        verifikator = masuk(cerita.verifikator_maluku)
        assert "Riau" not in verifikator.get(reverse("pelaporan:statistik")).content.decode()
        rinci = verifikator.get(reverse("pelaporan:statistik_rinci"), {"ukuran": "kembali", "kanwil": "maluku"})
        assert "Lapas Kelas IIA Ambon" in rinci.content.decode()
        assert verifikator.get(reverse("pelaporan:statistik_rinci"), {"ukuran": "x"}).status_code == 404
        butir = pusat.get(reverse("pelaporan:statistik_butir"), {"formulir": "F06", "butir": "lahan_tidur"})
        assert "1 dari 2 laporan" in butir.content.decode()
        assert "Verifikator Maluku" in butir.content.decode()
        admin = masuk(cerita.admin).get(
            reverse("pelaporan:statistik_butir"), {"formulir": "F06", "butir": "lahan_tidur"}
        )
        assert "/laporan/" not in admin.content.decode(), "no links that the admin may not open"
        assert len(kueri(pusat, reverse("pelaporan:statistik"))) <= 8
