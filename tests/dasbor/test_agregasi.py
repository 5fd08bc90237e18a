"""Rollups are set from the truth: once, twice or never, in any order, they end at the same figures."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dasbor import agregasi
from dasbor.models import Ringkasan
from pelaporan.alur import Aksi
from pelaporan.models import Kotor, Laporan
from pemasyarakatan.pekerjaan.models import Percobaan
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from upt.cakupan import SISTEM, terpasang

F06 = "F06"


def rekap(kanwil: Any = None) -> Ringkasan:
    with terpasang(SISTEM):
        return Ringkasan.objects.get(kanwil=kanwil, bulan=JANUARI.awal, formulir_id=F06)


def semua() -> list[tuple[Any, ...]]:
    kolom = ("kanwil_id", "bulan", "formulir_id", "isi", "n_wajib", "n_masuk", "n_sah", "sidik_sumber")
    with terpasang(SISTEM):
        return sorted(Ringkasan.objects.values_list(*kolom), key=str)


def verifikasi(dunia: Dunia, laporan: Laporan) -> None:
    lakukan(laporan, Aksi.VERIFIKASI, dunia.verifikator_maluku)


def test_sent_and_verified_are_counted_apart(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon, F06)
    kirim(laporan, dunia.kepala_ambon)
    agregasi.proses_kotor()
    maluku = rekap(dunia.kanwil["maluku"])
    assert maluku.isi["lahan"] == [2400, 0, 1, 0]
    assert (maluku.n_wajib, maluku.n_masuk, maluku.n_sah) == (2, 1, 0)
    verifikasi(dunia, laporan)
    agregasi.proses_kotor()
    assert rekap(dunia.kanwil["maluku"]).isi["lahan"] == [2400, 2400, 1, 1]
    assert rekap().isi["lahan"] == [2400, 2400, 1, 1]
    assert (rekap().n_wajib, rekap().n_sah) == (4, 1)


def test_nation_is_the_sum_of_the_regions(dunia: Dunia) -> None:
    kirim(dunia.laporan(dunia.ambon, F06), dunia.kepala_ambon)
    kirim(dunia.laporan(dunia.pekanbaru, F06), dunia.kepala_pekanbaru, {"klaster_pertanian_lahan": "100"})
    agregasi.proses_kotor()
    bagian = [rekap(dunia.kanwil[k]) for k in ("maluku", "riau")]
    assert rekap().isi["lahan"][0] == sum(b.isi["lahan"][0] for b in bagian) == 2500
    assert rekap().penghuni_masuk == sum(b.penghuni_masuk for b in bagian) == 320


def test_withdrawn_version_leaves_the_figures(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon, F06)
    kirim(laporan, dunia.kepala_ambon)
    agregasi.proses_kotor()
    lakukan(laporan, Aksi.TARIK, dunia.kepala_ambon)
    agregasi.proses_kotor()
    assert rekap(dunia.kanwil["maluku"]).n_masuk == 0
    assert rekap(dunia.kanwil["maluku"]).isi == {}


def test_reopening_tears_no_hole(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon, F06)
    kirim(laporan, dunia.kepala_ambon)
    verifikasi(dunia, laporan)
    lakukan(laporan, Aksi.BUKA, dunia.kepala_maluku, teks="Luas lahan diukur ulang.")
    agregasi.proses_kotor()
    assert rekap().isi["lahan"] == [2400, 2400, 1, 1]
    kirim(laporan, dunia.kepala_ambon, {"klaster_pertanian_lahan": "3000"})
    agregasi.proses_kotor()
    assert rekap().isi["lahan"] == [3000, 2400, 1, 1]


def test_recomputing_again_changes_nothing(dunia: Dunia) -> None:
    kirim(dunia.laporan(dunia.ambon, F06), dunia.kepala_ambon)
    agregasi.proses_kotor()
    sebelum = semua()
    kunci = agregasi.Kunci(JANUARI.awal, F06, dunia.kanwil["maluku"].pk)
    assert agregasi.hitung_ulang(kunci)
    assert agregasi.hitung_ulang(agregasi.Kunci(JANUARI.awal, F06))
    assert semua() == sebelum


def test_full_rebuild_equals_the_increments(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon, F06)
    kirim(laporan, dunia.kepala_ambon)
    verifikasi(dunia, laporan)
    kirim(dunia.laporan(dunia.pekanbaru, "F01"), dunia.kepala_pekanbaru)
    agregasi.proses_kotor()
    sebelum = semua()
    assert agregasi.bangun_ulang() == len(sebelum)
    assert semua() == sebelum


def test_draining_leaves_nothing_dirty(dunia: Dunia) -> None:
    kirim(dunia.laporan(dunia.ambon, F06), dunia.kepala_ambon)
    assert agregasi.proses_kotor() > 0
    with terpasang(SISTEM):
        assert not Kotor.objects.exists()
    assert agregasi.proses_kotor() == 0


def test_failing_key_is_parked_after_five_and_blocks_nobody(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    kirim(dunia.laporan(dunia.ambon, F06), dunia.kepala_ambon)
    kirim(dunia.laporan(dunia.pekanbaru, F06), dunia.kepala_pekanbaru)
    asli, rusak = agregasi.hitung_ulang, dunia.kanwil["maluku"].pk

    def hitung(kunci: agregasi.Kunci) -> bool:
        if kunci.kanwil == rusak:
            raise DatabaseError("rusak")
        return asli(kunci)

    monkeypatch.setattr(agregasi, "hitung_ulang", hitung)
    for _ in range(6):
        agregasi.proses_kotor()
    assert rekap(dunia.kanwil["riau"]).n_masuk == 1
    parkir = Percobaan.objects.filter(nama=agregasi.NAMA, diparkir_pada__isnull=False)
    assert all(p.jumlah == Percobaan.BATAS for p in parkir)
    assert {p.kunci for p in parkir} == {f"{rusak}/2026-01/{f}" for f in ("F01", "F02", "F04", "F06")}


def test_two_workers_do_not_overwrite_each_other(dunia_nyata: Dunia) -> None:
    """While one worker holds a key, the other leaves it alone and its dirty row stays."""
    kunci = agregasi.Kunci(JANUARI.awal, F06, dunia_nyata.kanwil["maluku"].pk)
    with terpasang(SISTEM):
        Kotor.objects.create(kanwil_id=kunci.kanwil, bulan=kunci.bulan, formulir_id=F06)
    hasil: list[bool] = []

    def lain() -> None:
        hasil.append(agregasi.hitung_ulang(kunci))
        connection.close()

    with transaction.atomic():
        assert agregasi.hitung_ulang(kunci)
        utas = threading.Thread(target=lain)
        utas.start()
        utas.join(20)
        assert hasil == [False]
    assert agregasi.hitung_ulang(kunci)
