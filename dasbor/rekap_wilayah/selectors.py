"""Reading a region's month, live and as sent. The first argument is the scope."""

from __future__ import annotations

from typing import Any

from dasbor import selectors
from dasbor.models import RekapWilayah
from dasbor.rekap import Rekap
from dasbor.rekap_wilayah.susun import celah, susun
from pelaporan.models import Laporan
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.cakupan import Cakupan
from upt.models import Kanwil
from upt.selectors import daftar_kanwil


def kanwil_terlihat(cakupan: Cakupan, slug: str) -> Kanwil:
    """A region whose sums this person may read: its own people and the nation's."""
    kanwil = daftar_kanwil(cakupan).filter(slug=slug).first()
    if kanwil is None or not (cakupan.nasional or kanwil.pk in cakupan.kanwil):
        raise TidakDitemukan("Rekap wilayah ini tidak ada, atau bukan wilayah Anda.")
    return kanwil


def rekap_kini(cakupan: Cakupan, kanwil: Kanwil, bulan: Bulan) -> dict[str, Any]:
    """The document as it would be sent now."""
    skema = selectors.skema_bulan(bulan)
    kode = {k for s in skema.values() for k, b in s.butir.items() if b.dijumlah}
    rekap = selectors.rekap_wilayah(cakupan, bulan, kode).get(kanwil.pk, Rekap(bulan))
    laporan = Laporan.objects.dalam(cakupan).filter(kanwil=kanwil, bulan=bulan.awal).order_by("upt_id")
    unit = [selectors.laporan_unit(lap) for lap in laporan]
    nama = selectors.nama_upt(cakupan, {u.upt_id for u in unit})
    bebas = [
        {"upt": nama[u.upt_id].nama, "formulir": u.formulir, "alasan": u.dibebaskan}
        for u in unit
        if u.dibebaskan and u.upt_id in nama
    ]
    return susun(str(kanwil), rekap, skema, celah(unit, nama, sekarang()), bebas)


def rekap_terkirim(cakupan: Cakupan, kanwil: Kanwil, bulan: Bulan) -> list[RekapWilayah]:
    """All sent versions, newest first."""
    semua = RekapWilayah.objects.dalam(cakupan).filter(kanwil=kanwil, bulan=bulan.awal)
    return list(semua.select_related("kanwil", "dibuat_oleh").order_by("-versi"))


def rekap_semua_kanwil(cakupan: Cakupan, bulan: Bulan) -> list[tuple[Kanwil, RekapWilayah | None]]:
    """The newest version of every region in scope; None where nothing was sent."""
    akhir = (
        RekapWilayah.objects.dalam(cakupan)
        .filter(bulan=bulan.awal)
        .select_related("kanwil", "dibuat_oleh")
        .order_by("kanwil_id", "-versi")
        .distinct("kanwil_id")
    )
    per_kanwil = {r.kanwil_id: r for r in akhir}
    return [(k, per_kanwil.get(k.pk)) for k in daftar_kanwil(cakupan)]
