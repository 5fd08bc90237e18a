"""Reading attachments; lists never fetch the bytes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from pelaporan.models import Lampiran, Laporan, LaporanVersi
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan


def lampiran_tampak(laporan: Laporan, orang: Pengguna, *, kode: str | None = None) -> list[Lampiran]:
    """What is attached now, for the unit; for everybody else what was attached when the report was last sent."""
    if boleh(orang, Izin.ISI_LAPORAN, laporan):
        isi = _ringan(laporan).filter(dihapus_pada=None)
    else:
        isi = _saat(laporan, laporan.dikirim_pada)
    return list(isi if kode is None else isi.filter(kode=kode))


def lampiran_versi(laporan: Laporan, dikirim: datetime) -> list[Lampiran]:
    """What belonged to the report when a version was sent, with hashes."""
    return list(_saat(laporan, dikirim))


def _saat(laporan: Laporan, saat: datetime | None) -> QuerySet[Lampiran]:
    if saat is None:
        return Lampiran.objects.none()
    return _ringan(laporan).filter(Q(dihapus_pada=None) | Q(dihapus_pada__gt=saat), pada__lte=saat)


def _ringan(laporan: Laporan) -> QuerySet[Lampiran]:
    return Lampiran.objects.filter(laporan=laporan).select_related("berkas", "oleh").defer("berkas__isi").order_by("pk")


def satu_lampiran(laporan: Laporan, lampiran_id: int, orang: Pengguna) -> Lampiran:
    """One attachment with its bytes. Removed ones stay readable: versions were sent with them. What was never sent is
    the unit's own business."""
    lampiran = Lampiran.objects.filter(laporan=laporan, pk=lampiran_id).select_related("berkas").first()
    if lampiran is None or not (boleh(orang, Izin.ISI_LAPORAN, laporan) or _pernah_terkirim(lampiran)):
        raise TidakDitemukan("Lampiran ini tidak ada, atau bukan dari unit Anda.")
    return lampiran


def _pernah_terkirim(lampiran: Lampiran) -> bool:
    """Was a version sent while it was attached? What was taken away before never left the unit."""
    versi = LaporanVersi.objects.filter(laporan_id=lampiran.laporan_id, dibuat_pada__gte=lampiran.pada)
    if lampiran.dihapus_pada is not None:
        versi = versi.filter(dibuat_pada__lt=lampiran.dihapus_pada)
    return versi.exists()
