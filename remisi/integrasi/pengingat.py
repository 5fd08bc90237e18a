"""Reminders to a unit: notices before detentions end, and detentions that have ended. Counts, never persons."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.db import DatabaseError
from django.urls import reverse

from pelaporan.models import Pemberitahuan
from pemasyarakatan.inti.waktu import sekarang, tulis_tanggal, zona_dari
from remisi.integrasi.selectors_tahanan import daftar_tahanan
from remisi.integrasi.tahanan import STATUS
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.models import DataWarga

log = logging.getLogger(__name__)
PUKUL = 7
SEJAUH = timedelta(days=12)


def kirim(*, pada: datetime | None = None) -> int:
    """One notice a unit and day, when there is something to send or somebody is held too long; how many were made."""
    kini = pada or sekarang()
    with terpasang(SISTEM):
        dekat = DataWarga.objects.ada().filter(status__in=STATUS, habis_tahan__lte=kini.date() + SEJAUH)
        unit = sorted(set(dekat.order_by().values_list("upt_id", flat=True)))
    return sum(_coba(upt_id, kini) for upt_id in unit)


def _coba(upt_id: int, kini: datetime) -> int:
    """What fails costs only this unit its turn until the next hour."""
    try:
        with terpasang(SISTEM):
            upt = UPT.objects.get(pk=upt_id)
            setempat = kini.astimezone(zona_dari(upt.zona))
            if setempat.hour < PUKUL:
                return 0
            notis = _notis(upt, setempat.date())
            if notis is None or Pemberitahuan.objects.filter(dedup=notis.dedup).exists():
                return 0
            return len(Pemberitahuan.objects.bulk_create([notis], ignore_conflicts=True))
    except DatabaseError:
        log.exception("pengingat tahanan unit %s", upt_id)
        return 0


def _notis(upt: UPT, hari: date) -> Pemberitahuan | None:
    daftar = daftar_tahanan(upt, hari)
    teks = kalimat(daftar.perlu, daftar.lewat, hari)
    if not teks:
        return None
    return Pemberitahuan(
        untuk=Pemberitahuan.Untuk.UPT,
        upt=upt,
        kanwil_id=upt.kanwil_id,
        jenis="pengingat",
        dedup=f"tahanan:{upt.pk}:{hari:%Y%m%d}",
        teks=teks,
        url=reverse("remisi:tahanan", kwargs={"kode": upt.kode}),
    )


def kalimat(perlu: int, lewat: int, hari: date) -> str:
    """What there is to do, "" when nothing."""
    bagian = [
        f"{perlu} pemberitahuan masa penahanan harus dikirim" if perlu else "",
        f"{lewat} tahanan lewat masa penahanannya" if lewat else "",
    ]
    isi = " dan ".join(b for b in bagian if b)
    return f"{isi}, menurut register {tulis_tanggal(hari)}." if isi else ""
