"""Remarks on their way out: what a decided review sends, and who is told. Inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pelaporan.models import Komentar, Laporan, Pemberitahuan, Utas
from pemasyarakatan.akun.models import Pengguna

UPT, KANWIL = Pemberitahuan.Untuk.UPT, Pemberitahuan.Untuk.KANWIL


def kirim_tertunda(laporan: Laporan, *, oleh: Pengguna, pada: datetime) -> dict[str, str]:
    """Send this person's pending remarks on the report. Returns {address: text} for the event's frozen record.

    The transition itself tells the unit, once; nothing else is announced here.
    """
    tertunda = list(
        Komentar.objects.select_for_update(of=("self",))
        .filter(laporan=laporan, oleh=oleh, terkirim_pada=None)
        .select_related("utas")
        .order_by("pk")
    )
    Komentar.objects.filter(pk__in=[k.pk for k in tertunda]).update(terkirim_pada=pada)
    teks: dict[str, list[str]] = {}
    for satu in tertunda:
        teks.setdefault(satu.utas.kode, []).append(_teks_beku(satu))
    return {kode: "\n".join(isi) for kode, isi in teks.items()}


def _teks_beku(komentar: Komentar) -> str:
    return f"{komentar.teks} (usul: {komentar.usulan})" if komentar.usulan else komentar.teks


def catat_langsung(
    laporan: Laporan, catatan: Mapping[str, str], *, oleh: Pengguna, sebagai: str, pada: datetime
) -> None:
    """Notes that came with the decision itself open a thread each, so that the unit can answer them."""
    for kode, teks in catatan.items():
        utas = buka_utas(laporan, kode, oleh=oleh, pada=pada)
        susun_komentar(utas, laporan, teks=teks, oleh=oleh, sebagai=sebagai, pada=pada, terkirim=True).save()


def buka_utas(laporan: Laporan, kode: str, *, oleh: Pengguna, pada: datetime) -> Utas:
    """The open thread of a place. The caller holds the report's lock; the unique index holds against all others."""
    baru = Utas(
        laporan=laporan, upt_id=laporan.upt_id, kanwil_id=laporan.kanwil_id, kode=kode, dibuka_oleh=oleh,
        dibuka_pada=pada,
    )  # fmt: skip
    terbuka = Utas.objects.filter(laporan=laporan, kode=kode, selesai_pada=None)
    ada = terbuka.first()
    if ada is not None:
        return ada
    Utas.objects.bulk_create([baru], ignore_conflicts=True)
    return terbuka.get()


def susun_komentar(
    utas: Utas,
    laporan: Laporan,
    *,
    teks: str,
    oleh: Pengguna,
    sebagai: str,
    pada: datetime,
    terkirim: bool,
    usulan: str | None = None,
) -> Komentar:
    """A remark, not yet saved; a pending one has no time of sending."""
    return Komentar(
        utas=utas, laporan=laporan, upt_id=laporan.upt_id, kanwil_id=laporan.kanwil_id, oleh=oleh, sebagai=sebagai,
        pada=pada, teks=teks, usulan=usulan, terkirim_pada=pada if terkirim else None,
    )  # fmt: skip


def beritahu(utas: Utas, laporan: Laporan, *, untuk: str, teks: str, url: str, oleh: Pengguna) -> None:
    """Tell the other side once per thread, until somebody over there has acted in it (and so has read it)."""
    seberang = Komentar.objects.filter(utas=utas, terkirim_pada__isnull=False).exclude(oleh=oleh)
    akhir = seberang.order_by("-pk").values_list("pk", flat=True).first() or 0
    kabar = Pemberitahuan(
        untuk=untuk, upt_id=laporan.upt_id, kanwil_id=laporan.kanwil_id, laporan=laporan, jenis="catatan",
        dedup=f"catatan:{utas.pk}:{untuk}:{akhir}", teks=teks[:400], url=url[:200],
    )  # fmt: skip
    Pemberitahuan.objects.bulk_create([kabar], ignore_conflicts=True)
