"""A unit's deadlines as a calendar. The address is the key: who knows it may read dates, and nothing else."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from pelaporan.alur import LABEL_STATUS, Status
from pelaporan.models import Formulir, KalenderUnit, Laporan
from pelaporan.services_periode import formulir_berlaku, hari_libur, tenggat_untuk
from pelaporan.tenggat.penerapan import Keputusan
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan, akhir_hari, sekarang, zona_dari
from upt.cakupan import Cakupan, terpasang
from upt.models import UPT

BULAN_LALU, BULAN_DEPAN = 3, 2
_TIDAK_ADA = "Kalender ini tidak ada, atau alamatnya sudah diganti."


@dataclass(frozen=True)
class Jatuh:
    """One form of one month in the calendar."""

    bulan: Bulan
    formulir: str
    tenggat: datetime
    keadaan: str
    selesai: bool


def kalender_unit(upt: UPT) -> KalenderUnit | None:
    """The unit was let in already."""
    return KalenderUnit.objects.filter(upt=upt).first()


def alamat_kalender(kalender: KalenderUnit, portal: str) -> str:
    return f"{portal}/kalender/{kalender.upt_id}-{kalender.rahasia}.ics"


def baca_kalender(kunci: str) -> bytes:
    """The feed behind "<unit>-<secret>"; whatever is wrong with the key looks the same (TidakDitemukan).

    Runs in the scope of that one unit, so a mistake here could never show another's dates.
    """
    nomor, _, rahasia = kunci.partition("-")
    if not (nomor.isascii() and nomor.isdigit() and len(nomor) < 10):
        raise TidakDitemukan(_TIDAK_ADA)
    with terpasang(Cakupan(upt=frozenset({int(nomor)}))):
        kalender = KalenderUnit.objects.select_related("upt__kanwil").filter(pk=int(nomor)).first()
        sah = secrets.compare_digest((kalender.rahasia if kalender else "-" * 32).encode(), rahasia.encode())
        if kalender is None or not sah:
            raise TidakDitemukan(_TIDAK_ADA)
        return susun(kalender.upt, sekarang())


def susun(upt: UPT, kini: datetime) -> bytes:
    """One event per month and deadline day, in the unit's own zone, with the state of every form in it."""
    kalender = Calendar()
    kalender.add("prodid", "-//Portal Laporan Pemasyarakatan//ID")
    kalender.add("version", "2.0")
    kalender.add("x-wr-calname", f"Tenggat laporan {' '.join(upt.nama.split())}")  # not escaped by the library
    kalender.add("x-wr-timezone", str(zona_dari(upt.zona)))
    per_hari: dict[tuple[Bulan, datetime], list[Jatuh]] = defaultdict(list)
    for satu in [*_tercatat(upt), *_mendatang(upt)]:
        per_hari[satu.bulan, satu.tenggat].append(satu)
    for (bulan, tenggat), isi in sorted(per_hari.items()):
        kalender.add_component(_acara(upt, bulan, tenggat, isi, kini))
    kalender.add_missing_timezones()
    return kalender.to_ical()


def _tercatat(upt: UPT) -> list[Jatuh]:
    awal = (Bulan.kini(upt.zona) - BULAN_LALU - 1).awal
    semua = Laporan.objects.filter(upt=upt, bulan__gte=awal, dibebaskan="").select_related("formulir")
    return [
        Jatuh(
            Bulan.pada(lap.bulan),
            lap.formulir.nama,
            lap.tenggat,
            LABEL_STATUS[Status(lap.status)],
            lap.versi_masuk is not None,
        )
        for lap in semua.order_by("bulan", "formulir_id")
    ]


def _mendatang(upt: UPT) -> list[Jatuh]:
    """Months that are not open yet, as the forms, holidays and decisions stand today."""
    kini, nama = Bulan.kini(upt.zona), dict(Formulir.objects.values_list("pk", "nama"))
    ada = set(Laporan.objects.filter(upt=upt, bulan__gte=kini.awal).values_list("bulan", "formulir_id"))
    hasil = []
    for bulan in kini.rentang(kini + BULAN_DEPAN):
        libur, keputusan = hari_libur(bulan + 1), Keputusan.untuk(bulan)
        for versi in formulir_berlaku(bulan).values():
            hari = tenggat_untuk(versi, upt, bulan, libur.get(upt.kanwil_id, libur[None]))
            if hari is None or (bulan.awal, versi.formulir_id) in ada:
                continue
            if (upt.pk, versi.formulir_id) in keputusan.bebas:
                continue
            bayangan = Laporan(upt=upt, kanwil_id=upt.kanwil_id, bulan=bulan.awal, formulir_id=versi.formulir_id)
            bayangan.tenggat = akhir_hari(hari.upt, upt.zona)
            keputusan.terapkan(bayangan, zona=upt.zona, zona_kanwil=upt.kanwil.zona)
            hasil.append(Jatuh(bulan, nama[versi.formulir_id], bayangan.tenggat, "Belum dibuka", False))
    return hasil


def _acara(upt: UPT, bulan: Bulan, tenggat: datetime, isi: list[Jatuh], kini: datetime) -> Event:
    akhir = tenggat.astimezone(zona_dari(upt.zona)).replace(second=0, microsecond=0)
    sisa = sum(not j.selesai for j in isi)
    keadaan = f"{sisa} dari {len(isi)} formulir belum dikirim" if sisa else "semua sudah dikirim"
    acara = Event()
    acara.add("uid", f"{upt.kode}-{bulan}-{akhir:%Y%m%d}@{settings.SUREL_DOMAIN}")
    acara.add("dtstamp", kini.replace(microsecond=0))
    acara.add("dtstart", akhir - timedelta(minutes=29))
    acara.add("dtend", akhir)
    acara.add("summary", f"Tenggat laporan {bulan.nama}: {keadaan}")
    acara.add("description", "\n".join(f"{j.formulir}: {j.keadaan}" for j in isi))
    acara.add("url", f"{settings.ALAMAT_PORTAL}/upt/{upt.kode}/?bulan={bulan}")
    acara.add("transp", "TRANSPARENT")
    return acara
