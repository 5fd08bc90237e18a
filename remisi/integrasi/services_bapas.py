"""What a Bapas writes about a Litmas that it was asked for: that it was sent. Nothing of the unit's own is touched.

Whether it arrived is the asking unit's to say (`remisi.integrasi.services.terima_litmas`).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat_baris
from remisi.integrasi.services import pastikan_hari
from remisi.models import JawabanLitmas, Litmas
from remisi.usulan.langkah import kunci_unit
from upt.cakupan import Cakupan
from upt.models import UPT


@transaction.atomic
def catat_kiriman(
    *, litmas: int, dikirim: date | None, nomor: str, lama: date | None, oleh: Pengguna, cakupan: Cakupan
) -> JawabanLitmas:
    """Note when a Litmas was sent and under which number; without a day the note is taken back.

    `lama` is what the page showed: what somebody else noted meanwhile refuses (Bentrok); the same twice is answered as
    written. Raises TidakDitemukan, Ditolak, Bentrok, TidakSah.
    """
    diminta, bapas = _diminta(litmas, oleh=oleh, cakupan=cakupan)
    kunci_unit([bapas.pk])
    satu = JawabanLitmas.objects.filter(litmas=diminta, upt=bapas).select_for_update().first()
    satu = satu or JawabanLitmas(litmas=diminta, upt=bapas, kanwil_id=bapas.kanwil_id)
    nomor = nomor.strip() if dikirim else ""
    if (satu.dikirim_pada, satu.nomor) == (dikirim, nomor):
        return satu
    if satu.dikirim_pada != lama:
        raise Bentrok("Permintaan ini baru saja dicatat petugas lain. Muat ulang halaman, lalu periksa.")
    _pastikan(diminta, dikirim, nomor, hari_ini(bapas.zona))
    satu.dikirim_pada, satu.nomor, satu.diubah_oleh, satu.diubah_pada = dikirim, nomor, oleh, sekarang()
    satu.save()
    rincian = {"litmas": diminta.pk, "dikirim": str(dikirim) if dikirim else None}
    catat_baris(satu, oleh=oleh, tindakan="litmas_dikirim" if dikirim else "litmas_batal_dikirim", rincian=rincian)
    return satu


def _diminta(litmas: int, *, oleh: Pengguna, cakupan: Cakupan) -> tuple[Litmas, UPT]:
    """The request and the Bapas, for who writes there."""
    satu = Litmas.objects.dalam(cakupan).filter(pk=litmas).first()
    bapas = UPT.objects.dalam(cakupan).filter(pk=satu.bapas_id).first() if satu else None
    if satu is None or bapas is None:
        raise TidakDitemukan("Permintaan Litmas ini tidak ada, atau tidak ditujukan kepada Bapas Anda.")
    if not boleh(oleh, Izin.SUSUN_USULAN, bapas):
        raise Ditolak("Pengiriman Litmas dicatat petugas Bapas-nya. Anda dapat membacanya di sini.")
    return satu, bapas


def _pastikan(diminta: Litmas, dikirim: date | None, nomor: str, kini: date) -> None:
    if diminta.diterima_pada:
        raise Bentrok(f"Unit peminta sudah mencatat Litmas ini diterima {tulis_tanggal(diminta.diterima_pada)}.")
    if diminta.ditutup_pada:
        raise Bentrok("Usulannya sudah diputus atau ditarik; Litmas ini tidak ditunggu lagi.")
    if dikirim is None:
        return
    if dikirim < diminta.diminta_pada:
        raise TidakSah(f"Litmas dikirim sebelum diminta ({tulis_tanggal(diminta.diminta_pada)}). Periksa tanggalnya.")
    pastikan_hari(dikirim, kini, apa="Tanggal kirim")
    if not nomor:
        raise TidakSah("Tulis nomor Litmas-nya.")
