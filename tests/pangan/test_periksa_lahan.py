"""Plots, their use and their cycles: what is refused, what is asked, and what may not be taken away."""

from __future__ import annotations

from datetime import date

import pytest

from pangan import jenis as j
from pangan import services
from pangan.models import Pemanfaatan
from pelaporan.register.services import BarisSalah
from tests.pangan.bantu import Kebun, ditanya, ditolak
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.django_db


def test_plots_are_checked(kebun: Kebun) -> None:
    assert "belum tiba" in ditolak(lambda: kebun.petak(mulai="1 Januari 2099"))["mulai"]
    assert "sejak 1 Januari 2000" in ditolak(lambda: kebun.petak(mulai="1 Januari 1999"))["mulai"]
    assert "selesai" in ditolak(lambda: kebun.petak(selesai="1 Januari 2024"))
    assert set(ditolak(lambda: kebun.petak(lintang="-3,5"))) == {"bujur"}
    assert "luas" in ditolak(lambda: kebun.petak(0))
    assert ditanya(lambda: kebun.petak(milik="pinjam")) == {"tanpa_pemilik"}
    kebun.petak(nama="Kebun")
    assert ditanya(lambda: kebun.petak(nama="kebun")) == {"petak_kembar"}


def test_area_in_use_never_exceeds_the_plot_from_either_side(kebun: Kebun) -> None:
    petak = kebun.petak(1000)
    assert "1.200 m²" in ditolak(lambda: kebun.pakai(petak, luas="1200"))["luas"]
    pakai = kebun.pakai(petak)
    assert pakai.luas == 1000
    assert "melebihi" in ditolak(lambda: kebun.ubah(j.PETAK, petak, luas="999"))["luas"]
    kebun.ubah(j.PEMANFAATAN, pakai, luas="600")
    assert kebun.ubah(j.PETAK, petak, luas="700").luas == 700
    assert "luas" in ditolak(lambda: kebun.ubah(j.PEMANFAATAN, pakai, luas="701"))


def test_a_plot_serves_one_cluster_at_a_time(kebun: Kebun) -> None:
    petak = kebun.petak()
    lama = kebun.pakai(petak, "pertanian", "1 Maret 2025")
    assert "masih dipakai untuk pertanian" in ditolak(lambda: kebun.pakai(petak, "perikanan", "1 Juni 2025"))["dari"]
    assert "dari" in ditolak(lambda: kebun.pakai(petak, "perikanan", "1 Februari 2025", sampai="1 Maret 2025"))
    kebun.pakai(petak, "perikanan", "1 Februari 2025", sampai="28 Februari 2025")
    kebun.ubah(j.PEMANFAATAN, lama, sampai="31 Mei 2025")
    kebun.pakai(petak, "perikanan", "1 Juni 2025")
    assert "dari" in ditolak(lambda: kebun.ubah(j.PEMANFAATAN, lama, sampai=""))


def test_use_stays_within_the_time_of_the_plot(kebun: Kebun) -> None:
    petak = kebun.petak(mulai="1 Maret 2025")
    assert "dikelola sejak" in ditolak(lambda: kebun.pakai(petak, dari="1 Februari 2025"))["dari"]
    kebun.pakai(petak, dari="1 Maret 2025")
    assert "Akhiri dahulu" in ditolak(lambda: kebun.ubah(j.PETAK, petak, selesai="1 Juni 2025"))["selesai"]
    assert "sudah dimanfaatkan" in ditolak(lambda: kebun.ubah(j.PETAK, petak, mulai="1 April 2025"))["mulai"]


def test_changing_the_use_ends_the_old_one_the_day_before(kebun: Kebun) -> None:
    petak = kebun.petak()
    lama = kebun.pakai(petak, "pertanian")

    def ganti(dari: date, luas: int | None = 400) -> Pemanfaatan:
        with sebagai_orang(kebun.oleh) as umum:
            isi = {"petak_id": petak.pk, "klaster": "perikanan", "luas": luas, "dari": dari}
            return services.ganti_pemanfaatan(**isi, upt=kebun.upt, **umum)

    assert "baru mulai" in ditolak(lambda: ganti(date(2025, 1, 1)))["dari"]
    # what is wrong with the new one leaves the old one as it was
    assert "luas" in ditolak(lambda: ganti(date(2025, 7, 1), 5000))
    lama = kebun.segar(lama)
    assert (lama.sampai, lama.revisi) == (None, 1)
    baru = ganti(date(2025, 7, 1))
    lama = kebun.segar(lama)
    assert (lama.sampai, lama.revisi, baru.luas) == (date(2025, 6, 30), 2, 400)


def test_a_running_cycle_asks_before_its_plot_serves_something_else(kebun: Kebun) -> None:
    petak = kebun.petak(100)
    lama, siklus = kebun.pakai(petak), kebun.tanam(petak)
    assert ditanya(lambda: kebun.ubah(j.PEMANFAATAN, lama, sampai="1 Februari 2026")) == {"siklus_berjalan"}
    # a cycle that began under a cluster keeps that cluster on its day
    assert "siklus" in ditolak(lambda: kebun.ubah(j.PEMANFAATAN, lama, klaster="pertanian"))["klaster"].lower()
    assert "dari" in ditolak(lambda: kebun.ubah(j.PEMANFAATAN, lama, dari="2 Desember 2025"))
    assert "Hapus dahulu siklusnya" in ditolak(lambda: kebun.hapus(j.PEMANFAATAN, lama))[""]
    assert "1 siklus" in ditolak(lambda: kebun.hapus(j.PETAK, petak))[""]
    kebun.hapus(j.SIKLUS, siklus)
    kebun.hapus(j.PEMANFAATAN, lama)
    kebun.hapus(j.PETAK, petak)
    with pytest.raises(Exception, match="tidak ada di unit ini"):
        kebun.pulihkan(j.PEMANFAATAN, lama)
    kebun.pulihkan(j.PETAK, petak)
    kebun.pulihkan(j.PEMANFAATAN, lama)
    kebun.pulihkan(j.SIKLUS, siklus)


def test_cycles_are_checked_against_plot_commodity_and_their_own_end(kebun: Kebun) -> None:
    petak, siklus = kebun.kebun_kangkung()
    kebun.ubah(j.SIKLUS, siklus, luas="80")
    pakai = kebun.segar(petak).pemanfaatan
    with terpasang(SISTEM):
        pakai = pakai.get()
    assert "memakai 80 m²" in ditolak(lambda: kebun.ubah(j.PEMANFAATAN, pakai, luas="79"))["luas"]
    assert "luas" in ditolak(lambda: kebun.tanam(petak, "bayam", luas="30"))
    assert ditanya(lambda: kebun.tanam(petak, "padi", luas="20")) == {"klaster_lain"}
    assert "tidak dihitung dalam ekor" in ditolak(lambda: kebun.tanam(petak, "bayam", ekor="5"))["ekor"]
    kolam = kebun.petak(200, wujud="kolam")
    kebun.pakai(kolam, "perikanan")
    assert "ekor" in ditolak(lambda: kebun.tanam(kolam, "lele"))
    assert "alasan_gagal" in ditolak(lambda: kebun.ubah(j.SIKLUS, siklus, akhir="gagal", selesai="1 Januari 2026"))
    assert "selesai" in ditolak(lambda: kebun.ubah(j.SIKLUS, siklus, akhir="panen", selesai="1 November 2025"))
    assert "akhir" in ditolak(lambda: kebun.ubah(j.SIKLUS, siklus, selesai="1 Januari 2026"))
    assert ditanya(lambda: kebun.ubah(j.SIKLUS, siklus, akhir="panen", selesai="1 Januari 2026")) == {"tanpa_panen"}
    gagal = kebun.ubah(j.SIKLUS, siklus, akhir="gagal", selesai="1 Januari 2026", alasan_gagal="Banjir")
    # the area of a cycle that is over is free again
    assert gagal.akhir == "gagal"
    kebun.tanam(petak, "bayam", "2 Januari 2026", luas="100")


def test_a_cycle_with_harvests_keeps_what_they_say(kebun: Kebun) -> None:
    siklus = kebun.kebun_kangkung()[1]
    panen = kebun.panen(siklus)
    assert "sudah punya catatan panen" in ditolak(lambda: kebun.ubah(j.SIKLUS, siklus, komoditas="bayam"))["komoditas"]
    assert "tanam" in ditolak(lambda: kebun.ubah(j.SIKLUS, siklus, tanam="11 Januari 2026"))
    isi = {"akhir": "panen", "selesai": "9 Januari 2026"}
    assert "selesai" in ditolak(lambda: kebun.ubah(j.SIKLUS, siklus, **isi))
    assert "1 panen" in ditolak(lambda: kebun.hapus(j.SIKLUS, siklus))[""]
    # ended without a day: the day of the last harvest
    assert kebun.ubah(j.SIKLUS, siklus, akhir="panen").selesai == panen.tanggal
    assert "berakhir" in ditolak(lambda: kebun.panen(siklus, tanggal="11 Januari 2026"))["tanggal"]


def test_idle_land_without_a_plan_is_asked_about(kebun: Kebun) -> None:
    petak = kebun.petak()
    assert ditanya(lambda: kebun.ubah(j.PETAK, petak, nama="Lahan timur")) == {"tidur_tanpa_rencana"}
    kebun.ubah(j.PETAK, petak, nama="Lahan timur", rencana="Ditanami jagung")
    kebun.pakai(petak)
    kebun.ubah(j.PETAK, petak, rencana="")


def test_somebody_elses_plot_is_not_there(kebun: Kebun, dunia: object) -> None:
    lain = Kebun(dunia.pekanbaru, dunia.operator_pekanbaru)  # type: ignore[attr-defined]
    petak = lain.petak()
    with pytest.raises(BarisSalah, match="tidak ada di unit ini"):
        kebun.pakai(petak)
