"""Answers that meet another question, rows that move between reading and writing, and lists that a form widens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import hari_ini
from remisi.integrasi import services_bapas
from remisi.models import JawabanLitmas, Litmas
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from tests.remisi.test_benahi import _baca, _klien, _kurang, _tandai, _teks, _url
from tests.remisi.test_litmas_bapas import alamat, bapas_baru, kirim, minta, tertulis
from tests.umkm.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


@pytest.fixture
def bapas(dunia: Dunia) -> UPT:
    return bapas_baru(dunia, "bapas-ambon", "asing")


# An answer belongs to one asking ----------------------------------------------------------------------------


def _menunggu(meja: Meja, masuk: Any, bapas: UPT, litmas: Litmas) -> tuple[str, str]:
    """The waiting list of the Bapas, and the page of the unit that asked."""
    berkas = masuk(meja.dunia.operator_ambon).get(reverse("remisi:dokumen", args=[litmas.usulan_id]))
    return masuk(meja.dunia.asing).get(alamat(bapas)).content.decode(), berkas.content.decode()


def test_jawaban_lama_tidak_menjawab_permintaan_baru(meja: Meja, bapas: UPT, masuk: Any) -> None:
    """Asked here, then elsewhere, then here again."""
    d, kini = meja.dunia, hari_ini("WIT")
    lain = bapas_baru(d, "bapas-dua", "operator_masohi")
    litmas = minta(meja, bapas, 20, "S-SATU")
    kirim(d.asing, litmas, kini - timedelta(days=10), "L-1")
    minta(meja, lain, 5, "S-DUA", usulan=litmas.usulan_id)
    ketiga = minta(meja, bapas, 0, "S-TIGA", usulan=litmas.usulan_id)
    daftar, berkas = _menunggu(meja, masuk, bapas, litmas)
    assert "S-TIGA" in daftar
    assert "menurut Bapas" not in berkas
    kirim(d.asing, ketiga, kini, "L-3")
    assert "menurut Bapas" in _menunggu(meja, masuk, bapas, litmas)[1]
    with sebagai_orang(d.asing):
        assert JawabanLitmas.objects.count() == 2
        assert JawabanLitmas.objects.filter(nomor="L-1").update(nomor="X") == 0, "history is not rewritten"
    with terpasang(SISTEM):
        semua = JawabanLitmas.objects.order_by("permintaan").values_list("permintaan", "nomor")
        assert list(semua) == [(1, "L-1"), (3, "L-3")], "the earlier answer stays as history"


@pytest.mark.parametrize(("lalu", "surat"), [(2, "S-SATU"), (20, "S-BARU")])
def test_hari_atau_surat_lain_adalah_permintaan_baru(meja: Meja, bapas: UPT, masuk: Any, lalu: int, surat: str) -> None:
    litmas = minta(meja, bapas, 20, "S-SATU")
    kirim(meja.dunia.asing, litmas, hari_ini("WIT") - timedelta(days=15), "L-1")
    minta(meja, bapas, lalu, surat, usulan=litmas.usulan_id)
    daftar, berkas = _menunggu(meja, masuk, bapas, litmas)
    assert surat in daftar
    assert "menurut Bapas" not in berkas


def test_permintaan_yang_sama_tetap_terjawab(meja: Meja, bapas: UPT, masuk: Any) -> None:
    litmas = minta(meja, bapas, 20, "S-SATU")
    kirim(meja.dunia.asing, litmas, hari_ini("WIT"), "L-1")
    minta(meja, bapas, 20, " S-SATU ", usulan=litmas.usulan_id)
    assert "menurut Bapas" in _menunggu(meja, masuk, bapas, litmas)[1]


def test_halaman_lama_tidak_menjawab_permintaan_baru(meja: Meja, bapas: UPT, masuk: Any) -> None:
    """The page still shows the first letter when the unit asks with another one."""
    litmas, kini = minta(meja, bapas, 3, "S-SATU"), hari_ini("WIT")
    minta(meja, bapas, 3, "S-DUA", usulan=litmas.usulan_id)
    jawab = masuk(meja.dunia.asing).post(alamat(bapas), tertulis(litmas, kini))
    assert jawab.status_code == 409
    assert "S-DUA" in jawab.content.decode()
    with terpasang(SISTEM):
        assert not JawabanLitmas.objects.exists()


def test_koreksi_nomor_rekan_tidak_tertimpa(meja: Meja, bapas: UPT) -> None:
    d, litmas, kini = meja.dunia, minta(meja, bapas, 3), hari_ini("WIT")
    kirim(d.asing, litmas, kini, "L-1")
    kirim(d.asing, litmas, kini, "L-2", revisi=1)
    with pytest.raises(Bentrok, match="petugas lain"):
        kirim(d.asing, litmas, kini, "L-3", revisi=1)
    with terpasang(SISTEM):
        assert JawabanLitmas.objects.get().nomor == "L-2"


# Between reading and the lock -------------------------------------------------------------------------------


def _di_antara(monkeypatch: pytest.MonkeyPatch, apa: Callable[[], Any]) -> list[set[int]]:
    """Do this when the locks are asked for; which they were."""
    asli, diminta = services_bapas.kunci_unit, []

    def kunci(ids: Iterable[int]) -> None:
        diminta.append(set(ids))
        with terpasang(SISTEM):
            apa()
        asli(diminta[-1])

    monkeypatch.setattr(services_bapas, "kunci_unit", kunci)
    return diminta


@pytest.mark.parametrize("kejadian", ["diterima", "dialihkan", "diminta lagi", "ditutup"])
def test_yang_terjadi_sebelum_kunci_dilihat(
    meja: Meja, bapas: UPT, masuk: Any, monkeypatch: pytest.MonkeyPatch, kejadian: str
) -> None:
    kini, litmas = hari_ini("WIT"), minta(meja, bapas, 3)
    lain = bapas_baru(meja.dunia, "bapas-dua", "operator_masohi")
    ubah: dict[str, Any] = {
        "diterima": {"diterima_pada": kini, "nomor": "U-1"}, "dialihkan": {"bapas": lain, "permintaan": 2},
        "diminta lagi": {"surat": "S-2", "permintaan": 2}, "ditutup": {"ditutup_pada": kini},
    }[kejadian]  # fmt: skip
    kunci = _di_antara(monkeypatch, lambda: Litmas.objects.filter(pk=litmas.pk).update(**ubah))
    jawab = masuk(meja.dunia.asing).post(alamat(bapas), tertulis(litmas, kini))
    assert jawab.status_code == 409
    assert kunci == [{meja.upt.pk, bapas.pk}], "the asking unit's acts wait, too"
    with terpasang(SISTEM):
        assert not JawabanLitmas.objects.exists()


# Work lists mended at once ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kunci", ["r0{}", "r00{}", "r\u0663", "r{}x", "r", "r-1"])
def test_benahi_kunci_aneh_bukan_baris(meja: Meja, kunci: str) -> None:
    k = kesempatan()
    (satu,) = _kurang(meja, k, 1, tanggal_tahan=None)
    isi = {kunci.format(satu): "1", f"tanggal_tahan-{satu}": "3/2/2024", "tanggal_tahan-3": "3/2/2024"}
    assert _klien(meja.dunia.operator_ambon).post(_url(meja, k, "TAHAN:D"), isi).status_code == 400
    assert _baca(satu).tanggal_tahan is None


def test_benahi_hanya_yang_ada_di_daftar(meja: Meja) -> None:
    """Who lacks nothing is not changed by a list that a form names him in; the others are, and he is counted."""
    k, op = kesempatan(), _klien(meja.dunia.operator_ambon)
    (lain,) = layak(meja.upt, meja.dunia.operator_ambon, 1)
    (satu,) = _kurang(meja, k, 1, salinan_putusan=None)
    url, isi = _url(meja, k), {"yakin": "1", "salinan_putusan": "tidak"}
    tanya = _teks(op.post(url, {**_tandai([lain, satu]), "salinan_putusan": "tidak"}))
    assert "untuk 1 orang?" in tanya
    assert "Tidak ada di daftar ini, atau tidak lagi. (1)" in tanya
    assert "1 orang sudah tercatat, atau tidak ada" in _teks(op.post(url, {**isi, "isi": f"{lain}:1"}, follow=True))
    assert _baca(lain).salinan_putusan is True
    jawab = _teks(op.post(url, {**isi, "isi": f"{lain}:1 {satu}:1"}, follow=True))
    assert "Salinan putusan dicatat untuk 1 orang." in jawab
    assert "1 orang sudah tercatat, atau tidak ada" in jawab
    assert (_baca(lain).salinan_putusan, _baca(satu).salinan_putusan) == (True, False)


def test_benahi_per_baris_hanya_yang_ada_di_daftar(meja: Meja) -> None:
    k, op = kesempatan(), _klien(meja.dunia.operator_ambon)
    (lain,) = layak(meja.upt, meja.dunia.operator_ambon, 1)
    (satu,) = _kurang(meja, k, 1, tanggal_tahan=None)
    dulu = _baca(lain).tanggal_tahan
    isi = {f"r{pk}": "1" for pk in (lain, satu)} | {f"tanggal_tahan-{pk}": "3/3/2024" for pk in (lain, satu)}
    jawab = _teks(op.post(_url(meja, k, "TAHAN:D"), isi, follow=True))
    assert "Tanggal ditahan dicatat untuk 1 orang." in jawab
    assert "1 orang sudah tercatat, atau tidak ada" in jawab
    assert _baca(lain).tanggal_tahan == dulu
    assert _baca(satu).tanggal_tahan is not None
