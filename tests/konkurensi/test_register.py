"""Register rows at once: one sending is one row, one change wins, and what loses has written nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from pangan.jenis import SETORAN
from pangan.models import Setoran
from pelaporan.models import RiwayatBaris
from pelaporan.register.services import buat, hapus, ubah
from pemasyarakatan.inti.galat import Bentrok
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang

NILAI = {"jenis": "pnbp", "tanggal": date(2026, 2, 3), "nilai": 250_000, "nomor": "NTPN-1", "catatan": ""}


def _buat(d: Dunia, orang: Any, kunci: uuid.UUID, **lain: Any) -> Setoran:
    with sebagai_orang(orang) as umum:
        return buat(SETORAN, {**NILAI, **lain}, upt=d.ambon, kunci=kunci, **umum)


def _ubah(orang: Any, pk: int, nilai: int) -> Callable[[], Any]:
    def jalan() -> Any:
        with sebagai_orang(orang) as umum:
            return ubah(SETORAN, pk, {**NILAI, "nilai": nilai}, revisi=1, **umum)

    return jalan


def _jejak(pk: int) -> list[str]:
    with terpasang(SISTEM):
        semua = RiwayatBaris.objects.filter(register="pangan", objek="setoran", objek_id=pk).order_by("revisi")
        return [r.tindakan for r in semua]


def test_satu_kiriman_serentak_satu_baris(dunia_nyata: Dunia) -> None:
    d, kunci = dunia_nyata, uuid.uuid4()
    hasil = serentak([lambda: _buat(d, d.operator_ambon, kunci)] * 6)
    assert len({h.pk for h in hasil}) == 1, hasil
    assert sorted(h.ulangan for h in hasil) == [False, True, True, True, True, True]
    assert _jejak(hasil[0].pk) == ["buat"]


def test_dua_tab_lewat_halaman_satu_201(dunia_nyata: Dunia) -> None:
    """The phone queue of two tabs, each with the entry in hand."""
    d = dunia_nyata
    url = reverse("pangan:baru", kwargs={"kode": d.ambon.kode, "jenis": "setoran"})
    isi = {**NILAI, "tanggal": "3/2/2026", "kunci": str(uuid.uuid4())}

    def kirim() -> Any:
        klien = Client(headers={"Accept": "application/json"})
        klien.force_login(d.operator_ambon)
        jawab = klien.post(url, isi)
        return jawab.status_code, jawab.json()["id"]

    hasil = serentak([kirim] * 4)
    assert sorted(status for status, _ in hasil) == [200, 200, 200, 201]
    assert len({pk for _, pk in hasil}) == 1


def test_dua_perubahan_satu_menang(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    pk = _buat(d, d.operator_ambon, uuid.uuid4()).pk
    hasil = serentak([_ubah(d.operator_ambon, pk, 300_000), _ubah(d.kepala_ambon, pk, 400_000)])
    menang = [h for h in hasil if isinstance(h, Setoran)]
    assert len(menang) == 1, hasil
    assert sum(isinstance(h, Bentrok) for h in hasil) == 1
    with terpasang(SISTEM):
        baris = Setoran.objects.get(pk=pk)
    assert (baris.nilai, baris.revisi) == (menang[0].nilai, 2)
    assert _jejak(pk) == ["buat", "ubah"]


def test_hapus_lawan_ubah(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    pk = _buat(d, d.operator_ambon, uuid.uuid4()).pk

    def buang() -> Any:
        with sebagai_orang(d.kepala_ambon) as umum:
            return hapus(SETORAN, pk, revisi=1, alasan="Ganda.", **umum)

    hasil = serentak([buang, _ubah(d.operator_ambon, pk, 300_000)])
    assert sum(isinstance(h, Bentrok) for h in hasil) == 1, hasil
    with terpasang(SISTEM):
        baris = Setoran.objects.get(pk=pk)
    assert (baris.hidup, baris.nilai) in ((False, 250_000), (True, 300_000))
    assert len(_jejak(pk)) == 2
