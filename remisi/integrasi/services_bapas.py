"""What a Bapas writes about a Litmas that it was asked for: that it was sent. Nothing of the unit's own is touched.

Whether it arrived is the asking unit's to say (`remisi.integrasi.services.terima_litmas`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat_baris
from remisi.integrasi.services import pastikan_hari
from remisi.models import JawabanLitmas, Litmas
from remisi.usulan import kabar
from remisi.usulan.langkah import kunci_unit
from upt.cakupan import Cakupan
from upt.models import UPT


@dataclass(frozen=True)
class Dilihat:
    """What the page showed: which asking, and the revision of its answer (0: none yet)."""

    permintaan: int
    revisi: int = 0


@transaction.atomic
def catat_kiriman(
    *, litmas: int, dilihat: Dilihat, dikirim: date | None, nomor: str, oleh: Pengguna, cakupan: Cakupan
) -> JawabanLitmas:
    """Note when a Litmas was sent and under which number; without a day the note is taken back.

    What somebody else noted or asked since the page was shown refuses (Bentrok); the same twice is answered as
    written. Raises TidakDitemukan, Ditolak, Bentrok, TidakSah.
    """
    diminta, bapas = _terkunci(litmas, oleh=oleh, cakupan=cakupan)
    if diminta.permintaan != dilihat.permintaan:
        raise Bentrok(f"Unit peminta memintanya lagi dengan surat {diminta.surat}. Muat ulang halaman, lalu periksa.")
    yang_mana = {"litmas": diminta, "upt": bapas, "permintaan": diminta.permintaan}
    satu = JawabanLitmas.objects.filter(**yang_mana).select_for_update().first()
    satu = satu or JawabanLitmas(**yang_mana, kanwil_id=bapas.kanwil_id)
    nomor = nomor.strip() if dikirim else ""
    if (satu.dikirim_pada, satu.nomor) == (dikirim, nomor):
        return satu
    if satu.revisi != dilihat.revisi:
        raise Bentrok("Permintaan ini baru saja dicatat petugas lain. Muat ulang halaman, lalu periksa.")
    _pastikan(diminta, dikirim, nomor, hari_ini(bapas.zona))
    satu.dikirim_pada, satu.nomor, satu.revisi = dikirim, nomor, satu.revisi + 1
    satu.diubah_oleh, satu.diubah_pada = oleh, sekarang()
    satu.save()
    rincian = {
        "litmas": diminta.pk, "permintaan": satu.permintaan, "dikirim": str(dikirim) if dikirim else None,
    }  # fmt: skip
    catat_baris(satu, oleh=oleh, tindakan="litmas_dikirim" if dikirim else "litmas_batal_dikirim", rincian=rincian)
    apa = f"dikirim {tulis_tanggal(dikirim)}, nomor {nomor}" if dikirim else "ternyata belum dikirim"
    kabar.kabari_litmas(
        diminta, diminta.upt_id, f"{bapas.nama}: Litmas {diminta.jenis} atas surat {diminta.surat} {apa}."
    )
    return satu


def _terkunci(litmas: int, *, oleh: Pengguna, cakupan: Cakupan) -> tuple[Litmas, UPT]:
    """The same behind the locks of both offices, as it is when they are held: the asking unit's acts wait."""
    awal, bapas = _diminta(litmas, oleh=oleh, cakupan=cakupan)
    kunci_unit([awal.upt_id, bapas.pk])
    kini = Litmas.objects.dalam(cakupan).filter(pk=litmas).first()
    if kini is None or (kini.upt_id, kini.bapas_id) != (awal.upt_id, awal.bapas_id):
        raise Bentrok("Permintaan ini baru saja dialihkan unit peminta. Muat ulang halaman, lalu periksa.")
    return kini, bapas


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
