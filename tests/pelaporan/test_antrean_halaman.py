"""The regional inbox and the rights of every role on every page of a report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pelaporan.models import Laporan
from pemasyarakatan.inti.waktu import sekarang
from tests.dunia import Dunia, kirim, lakukan
from tests.pelaporan.bantu import alamat, kueri
from upt.cakupan import SISTEM, terpasang

_UNIT = ("operator_ambon", "kepala_ambon")
_KANWIL = ("verifikator_maluku", "kepala_maluku")
_PUSAT = ("peninjau", "pimpinan", "auditor")
_ASING = ("operator_masohi", "kepala_pekanbaru", "verifikator_riau", "asing")
HAK: dict[str, tuple[str, ...]] = {
    "laporan": (*_UNIT, *_KANWIL, *_PUSAT),
    "versi": (*_UNIT, *_KANWIL, *_PUSAT),
    "tanda_terima": (*_UNIT, *_KANWIL, *_PUSAT),
    "tinjau": _KANWIL,
}


@pytest.mark.parametrize("nama", list(HAK))
def test_hak_halaman_laporan(dunia: Dunia, masuk: Any, nama: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    url = alamat(laporan, nama, **({"versi": 1} if nama in ("versi", "tanda_terima") else {}))
    for siapa in (*_UNIT, *_KANWIL, *_PUSAT, "admin", *_ASING):
        harap = 404 if siapa in _ASING else 200 if siapa in HAK[nama] else 403
        assert masuk(getattr(dunia, siapa)).get(url).status_code == harap, siapa
    tamu = Client().get(url)
    assert tamu.status_code == 302
    assert tamu["Location"].startswith(reverse("akun:masuk"))


def test_hak_halaman_kirim(dunia: Dunia, masuk: Any) -> None:
    url = alamat(dunia.laporan(dunia.ambon), "kirim")
    for siapa in (*_UNIT, *_KANWIL, *_PUSAT, "admin", *_ASING):
        harap = 404 if siapa in _ASING else 200 if siapa in _UNIT else 403
        assert masuk(getattr(dunia, siapa)).get(url).status_code == harap, siapa


def test_hak_antrean(dunia: Dunia, masuk: Any) -> None:
    for siapa, harap in {
        "verifikator_maluku": 200, "kepala_maluku": 200, "peninjau": 403, "kepala_ambon": 403,
        "admin": 403, "asing": 403,
    }.items():  # fmt: skip
        assert masuk(getattr(dunia, siapa)).get(reverse("pelaporan:antrean")).status_code == harap, siapa


@pytest.mark.parametrize("nama", ["tarik", "minta_buka", "buka"])
def test_hak_tindakan_dengan_post(dunia: Dunia, masuk: Any, nama: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    boleh = {"tarik": "kepala_ambon", "minta_buka": "operator_ambon", "buka": "kepala_maluku"}[nama]
    for siapa in (*_UNIT, *_KANWIL, *_PUSAT, "admin", *_ASING):
        jawab = masuk(getattr(dunia, siapa)).post(alamat(laporan, nama))
        if siapa in _ASING:
            assert jawab.status_code == 404, siapa
        elif siapa == boleh:
            assert jawab.status_code == 400, siapa  # allowed, but nothing was said
    assert masuk(dunia.pimpinan).post(alamat(laporan, nama)).status_code == 403
    assert masuk(getattr(dunia, boleh)).get(alamat(laporan, nama)).status_code == 405


def test_antrean_kosong_menunjuk_langkah_berikut(dunia: Dunia, masuk: Any) -> None:
    isi = masuk(dunia.verifikator_maluku).get(reverse("pelaporan:antrean")).content.decode()
    assert "Tidak ada yang menunggu" in isi
    assert "Lihat yang belum mengirim" in isi


def test_antrean_hanya_wilayah_sendiri_urut_tenggat_dan_berbendera(dunia: Dunia, masuk: Any) -> None:
    ambon, masohi = dunia.laporan(dunia.ambon), dunia.laporan(dunia.masohi)
    kirim(ambon, dunia.kepala_ambon)
    lakukan(ambon, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    kirim(ambon, dunia.kepala_ambon, {"lahan_tidur": "750"})
    kirim(masohi, dunia.kepala_masohi)
    kirim(dunia.laporan(dunia.pekanbaru), dunia.kepala_pekanbaru)
    with terpasang(SISTEM):
        Laporan.objects.filter(pk=ambon.pk).update(tenggat_kanwil=sekarang() + timedelta(days=2))
        Laporan.objects.filter(pk=masohi.pk).update(tenggat_kanwil=sekarang() - timedelta(days=1))
    klien, url = masuk(dunia.verifikator_maluku), reverse("pelaporan:antrean")
    jawab = klien.get(url)
    assert [lap.pk for lap in jawab.context["halaman"]] == [masohi.pk, ambon.pk]
    hitung = {"menunggu": 2, "lewat": 1, "bersih": 0, "kirim_ulang": 1, "permintaan": 0, "dikembalikan": 0}
    assert jawab.context["hitung"] == hitung
    isi = jawab.content.decode()
    assert "Dikembalikan 1×" in isi
    assert "Dikirim ulang" in isi
    assert "Lapas Kelas IIA Pekanbaru" not in isi
    assert [lap.pk for lap in klien.get(url, {"status": "lewat"}).context["halaman"]] == [masohi.pk]
    per_upt = klien.get(url, {"upt": dunia.ambon.kode, "formulir": "F06", "bulan": ""})
    assert [lap.pk for lap in per_upt.context["halaman"]] == [ambon.pk]
    assert len(per_upt.context["label"]) == 2


def test_saringan_yang_tidak_dikenal_tidak_merusak(dunia: Dunia, masuk: Any) -> None:
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    aneh = {
        "status": "<b>",
        "bulan": "2026-13",
        "formulir": "ZZ",
        "upt": "asing",
        "urut": "x",
        "halaman": "-4",
    }
    jawab = masuk(dunia.verifikator_maluku).get(reverse("pelaporan:antrean"), aneh)
    assert jawab.status_code == 200
    assert jawab.context["halaman"].paginator.count == 1


def test_belum_dikirim_lewat_tenggat_dapat_ditagih(dunia: Dunia, masuk: Any) -> None:
    jawab = masuk(dunia.verifikator_maluku).get(reverse("pelaporan:antrean"), {"status": "belum"})
    unit = {lap.upt.kode for lap in jawab.context["halaman"]}
    assert unit == {dunia.ambon.kode, dunia.masohi.kode}


def test_banyak_kueri_antrean_tetap(dunia: Dunia, masuk: Any) -> None:
    """The same number of statements for one report and for eight."""
    klien, url = masuk(dunia.verifikator_maluku), reverse("pelaporan:antrean")
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    satu = kueri(klien, url)
    for formulir in ("F02", "F04"):
        kirim(dunia.laporan(dunia.ambon, formulir), dunia.kepala_ambon)
    kirim(dunia.laporan(dunia.masohi), dunia.kepala_masohi)
    banyak = kueri(klien, url)
    assert len(banyak) == len(satu) <= 12, "\n".join(banyak)
