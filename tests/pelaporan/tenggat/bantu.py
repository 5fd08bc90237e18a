"""What the tests of deadlines share: a moment in a zone, owed forms, letters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pelaporan.models import Laporan, Pemberitahuan, SuratKeluar
from pelaporan.tenggat.pengingat import kirim_pengingat
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import zona_dari
from tests.dunia import JANUARI
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT


def saat(teks: str, zona: str = "WIT") -> datetime:
    return datetime.fromisoformat(teks).replace(tzinfo=zona_dari(zona))


def jalan(teks: str, zona: str = "WIT") -> list[Any]:
    return kirim_pengingat(pada=saat(teks, zona))


def kabar(upt: UPT, untuk: str = "upt") -> list[str]:
    with terpasang(SISTEM):
        return list(
            Pemberitahuan.objects.filter(upt=upt, untuk=untuk, jenis="pengingat")
            .order_by("id")
            .values_list("dedup", flat=True)
        )


def langkah(upt: UPT, untuk: str = "upt") -> list[str]:
    return [d.split(":")[4] for d in kabar(upt, untuk)]


def surat() -> list[SuratKeluar]:
    with terpasang(SISTEM):
        return list(SuratKeluar.objects.order_by("id"))


def ubah(upt: UPT, **nilai: Any) -> None:
    """Set columns of a unit's January reports."""
    with terpasang(SISTEM):
        Laporan.objects.filter(upt=upt, bulan=JANUARI.awal).update(**nilai)


def cakupan(orang: Pengguna) -> Cakupan:
    segar = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        return Cakupan.dari(segar)


def beri_surel(orang: Pengguna, alamat: str) -> None:
    Pengguna.objects.filter(pk=orang.pk).update(surel=alamat)
