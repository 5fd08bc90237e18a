"""Two workers and a sender at the same moment, on real PostgreSQL: told once, or not at all."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

from django.db import connections

from pelaporan.models import Pemberitahuan, SuratKeluar
from pelaporan.tenggat.pengingat import kirim_pengingat
from pemasyarakatan.inti.waktu import akhir_hari
from tests.pelaporan.tenggat.bantu import beri_surel, saat, ubah
from upt.cakupan import SISTEM, terpasang

RABU = date(2026, 2, 18)


def test_banyak_pekerja_satu_pesan(dunia_nyata: Any) -> None:
    for upt in dunia_nyata.upt.values():
        ubah(upt, tenggat=akhir_hari(RABU, upt.zona))
    beri_surel(dunia_nyata.operator_ambon, "op@uji.test")
    awal, hasil, galat = threading.Barrier(4), [], []

    def kerja() -> None:
        try:
            awal.wait()
            hasil.append(len(kirim_pengingat(pada=saat(f"{RABU}T12:00", "WIB"))))
        except Exception as salah:
            galat.append(salah)
        finally:
            connections.close_all()

    semua = [threading.Thread(target=kerja) for _ in range(4)]
    for satu in semua:
        satu.start()
    for satu in semua:
        satu.join(30)
    assert not galat
    assert sum(hasil) == 4
    with terpasang(SISTEM):
        assert Pemberitahuan.objects.filter(jenis="pengingat").count() == 4
        assert SuratKeluar.objects.count() == 1
