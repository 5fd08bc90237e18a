"""Time for the papers of a case, lists that hold what they count, and notices noted early or late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from remisi.integrasi.selectors_tahanan import daftar_tahanan
from remisi.integrasi.tahanan import surat
from remisi.integrasi.waktu_dokumen import WaktuDokumen, peringatan_litmas
from remisi.models import PemberitahuanTahanan
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import layak
from tests.remisi.test_integrasi_tahanan import HABIS, catat, tahan
from tests.umkm.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang

DISUSUN, RENCANA = date(2026, 11, 22), date(2026, 12, 2)
MINTA = date(2026, 11, 15)
LEWAT, NANTI = date(2026, 10, 13), date(2027, 2, 1)


def test_papers_are_never_late_before_the_case_exists() -> None:
    """1/2 of the sentence was in October, the case is of November: there is time until the planned day, and no more."""
    waktu = WaktuDokumen(DISUSUN, RENCANA, MINTA, LEWAT)
    assert [waktu.terlambat(h) for h in (LEWAT, DISUSUN, RENCANA - timedelta(days=1), RENCANA)] == [
        False, False, False, True,
    ]  # fmt: skip
    assert waktu.kalimat == (
        "Waktunya sudah lebih pendek dari yang ditentukan: 1/2 masa pidana, 13 Oktober 2026, lewat sebelum usulan ini "
        "disusun. Lengkapi sebelum rencana mulai, 2 Desember 2026."
    )
    assert "Diminta mulai" not in waktu.kalimat


def test_a_plan_of_today_leaves_the_day_of_the_case() -> None:
    waktu = WaktuDokumen(DISUSUN, DISUSUN, MINTA, LEWAT)
    assert not waktu.terlambat(DISUSUN)
    assert waktu.terlambat(DISUSUN + timedelta(days=1))
    assert "secepatnya" in waktu.kalimat


def test_with_time_left_the_rule_speaks() -> None:
    waktu = WaktuDokumen(DISUSUN, NANTI, MINTA, NANTI)
    assert waktu.kalimat == "Diminta mulai 15 November 2026, lengkap sebelum 1/2 masa pidana, 1 Februari 2027."
    assert [waktu.terlambat(h) for h in (RENCANA, NANTI)] == [False, True]
    assert WaktuDokumen(DISUSUN, NANTI).kalimat == ""


def test_a_litmas_after_the_planned_day_is_told() -> None:
    batas = date(2026, 12, 11)
    assert "11 Desember 2026, sesudah rencana mulai, 2 Desember 2026" in peringatan_litmas(RENCANA, batas, diminta=True)
    assert peringatan_litmas(RENCANA, batas, diminta=False).startswith("Bila Litmas diminta hari ini")
    assert peringatan_litmas(batas, batas, diminta=True) == ""


# ---------------------------------------------------------------- notices


def test_sent_early_is_in_time_and_late_is_counted() -> None:
    awal, telat = (surat(HABIS, HABIS, (10,), [(10, date(2026, 12, n), "W-1")])[0] for n in (2, 15))
    assert (awal.telat, awal.terlambat) == (0, False)
    assert (telat.telat, telat.terlambat) == (5, True)


@pytest.mark.django_db
def test_an_overtaken_notice_is_noted_with_its_own_day(dunia: Dunia, masuk: Any) -> None:
    """Three days before the end: the ten-day letter went out on paper in time, or late; both can be said."""
    kini, pk = hari_ini("WIT"), tahan(dunia, 3)
    klien, url = masuk(dunia.operator_ambon), reverse("remisi:tahanan", args=[dunia.ambon.kode])
    halaman = klien.get(url).content.decode()
    assert 'value="10"' in halaman, "the missed one is offered"
    assert 'value="3" selected' in halaman, "the one to send now first"
    assert 'class="status status-dikembalikan"' in halaman
    isi = {"orang": pk, "langkah": 10, "habis": (kini + timedelta(days=3)).isoformat(), "nomor": "W-10"}
    jawab = klien.post(url, {**isi, "dikirim": (kini - timedelta(days=5)).isoformat()})
    assert jawab.status_code == 302
    with terpasang(SISTEM):
        assert PemberitahuanTahanan.objects.get().dikirim_pada == kini - timedelta(days=5)
    halaman = klien.get(url).content.decode()
    assert "terlambat 2 hari" in halaman, "by its own date"
    with sebagai_orang(dunia.operator_ambon):
        assert daftar_tahanan(dunia.ambon, kini).perlu == 1, "the three-day one is still to send"


@pytest.mark.django_db
def test_a_notice_before_its_day_can_be_noted(dunia: Dunia, masuk: Any) -> None:
    kini, pk = hari_ini("WIT"), tahan(dunia, 14)
    url = reverse("remisi:tahanan", args=[dunia.ambon.kode])
    assert "Catat surat" in masuk(dunia.operator_ambon).get(url).content.decode()
    isi: dict[str, Any] = {"data": pk, "habis": kini + timedelta(days=14), "dikirim": kini}
    catat(dunia, **isi, langkah=10)
    with pytest.raises(TidakSah, match="sudah dicatat sebagai pemberitahuan 10 hari"):
        catat(dunia, **isi, langkah=3)
    with pytest.raises(TidakSah, match="sebelum ia ditahan"):
        catat(dunia, **{**isi, "dikirim": kini - timedelta(days=41)}, langkah=3, nomor="W-8")


# ---------------------------------------------------------------- lists


@pytest.mark.django_db
def test_counts_open_what_they_count(dunia: Dunia, masuk: Any) -> None:
    lama = hari_ini("WIT") - timedelta(days=3 * 365 + 200)
    ada = layak(dunia.ambon, dunia.operator_ambon, 2, tanggal_tahan=lama)
    kurang = layak(dunia.ambon, dunia.operator_ambon, 1, pidana_tahun=None, pidana_bulan=None, pidana_hari=None)
    klien, url = masuk(dunia.operator_ambon), reverse("remisi:integrasi", args=[dunia.ambon.kode])
    orang = {pk: reverse("remisi:integrasi_orang", args=[dunia.ambon.kode, pk]) for pk in [*ada, *kurang]}
    klien.post(orang[ada[0]], {"jenis": "PB", "tanggal": ""})
    halaman = klien.get(url).content.decode()
    assert "1 dari 3 orang: lama pidana" in halaman
    for lihat, dia in (("kurang", kurang[0]), ("berjalan", ada[0]), ("sudah", ada[1])):
        assert f'href="?lihat={lihat}#daftar"' in halaman
        isi = klien.get(f"{url}?lihat={lihat}").content.decode()
        assert [pk for pk, alamat in orang.items() if f'"{alamat}"' in isi] == [dia]
    assert "Belum ada: lama pidana" in klien.get(f"{url}?lihat=kurang").content.decode()


@pytest.mark.django_db
def test_a_programme_whose_time_is_over_says_so(dunia: Dunia, masuk: Any) -> None:
    """Asimilasi ends at 2/3: that is no condition somebody fails. What fails is told with its first reason."""
    kini = hari_ini("WIT")
    (pk,) = layak(
        dunia.ambon, dunia.operator_ambon, 1, tanggal_tahan=kini - timedelta(days=3 * 365 + 200),
        risiko_turun=False,
    )  # fmt: skip
    klien = masuk(dunia.operator_ambon)
    isi = klien.get(f"{reverse('remisi:integrasi', args=[dunia.ambon.kode])}?lihat=sudah").content.decode()
    assert "waktunya sudah lewat" in isi
    assert 'belum memenuhi. <span class="kecil">Asesmen: risiko' in isi
    rinci = klien.get(reverse("remisi:integrasi_orang", args=[dunia.ambon.kode, pk])).content.decode()
    assert ": waktunya sudah lewat" in rinci
