"""Asking for a verified report to be reopened, and refusing. Reopening is a row of the status table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.alur import Aksi, Status, transisi
from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pelaporan.models import Laporan, Pemberitahuan, PermintaanBuka
from pelaporan.services import kunci_laporan, teks_wajib
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.inti.waktu import sekarang, tulis_waktu
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan


def minta_buka(*, laporan_id: UUID, alasan: str, oleh: Pengguna, cakupan: Cakupan, kunci: str) -> dict[str, Any]:
    """Ask for a verified or locked report to be reopened. One open request a report.

    Raises TidakDitemukan, Ditolak, Bentrok (not verified, or asked already), TidakSah (no reason).
    """
    with transaction.atomic():
        return jawab_sekali(
            aktor=oleh,
            kunci=kunci,
            sidik=sidik(["minta_buka", str(laporan_id), alasan]),
            kerjakan=lambda: _minta(laporan_id, alasan, oleh, cakupan),
        )


def _minta(laporan_id: UUID, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    laporan = kunci_laporan(laporan_id, cakupan)
    if not boleh(oleh, Izin.MINTA_BUKA, laporan):
        raise Ditolak("Hanya petugas UPT ini yang dapat meminta laporannya dibuka kembali.")
    if transisi(laporan.status, Aksi.BUKA) is None:
        raise Bentrok("Laporan ini tidak sedang terverifikasi atau terkunci, jadi tidak perlu dibuka kembali.")
    lama = laporan.permintaan_buka.filter(diputus_pada=None).select_related("oleh").first()
    if lama is not None:
        raise Bentrok(
            f"{lama.oleh.nama} sudah meminta, {tulis_waktu(lama.pada, laporan.upt.zona)}. Tunggu keputusannya."
        )
    bersih = teks_wajib(alasan, "Tulis apa yang salah dan apa yang akan diperbaiki.")
    permintaan = PermintaanBuka.objects.create(
        laporan=laporan,
        upt_id=laporan.upt_id,
        kanwil_id=laporan.kanwil_id,
        oleh=oleh,
        pada=sekarang(),
        alasan=bersih,
    )
    teks = f"{laporan.upt.nama} meminta {laporan.formulir.nama} {laporan.periode.nama} dibuka kembali."
    _kabarkan(laporan, Pemberitahuan.Untuk.KANWIL, f"minta:{permintaan.pk}", teks)
    _catat(laporan, oleh, "minta_buka", permintaan)
    return {"laporan": str(laporan.pk), "permintaan": permintaan.pk}


def tolak_buka(*, laporan_id: UUID, jawaban: str, oleh: Pengguna, cakupan: Cakupan, kunci: str) -> dict[str, Any]:
    """Refuse the open request, with an answer that the unit reads. Raises like `minta_buka`."""
    with transaction.atomic():
        return jawab_sekali(
            aktor=oleh,
            kunci=kunci,
            sidik=sidik(["tolak_buka", str(laporan_id), jawaban]),
            kerjakan=lambda: _tolak(laporan_id, jawaban, oleh, cakupan),
        )


def _tolak(laporan_id: UUID, jawaban: str, oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    laporan = kunci_laporan(laporan_id, cakupan)
    if not boleh_memutus(oleh, laporan):
        raise Ditolak("Peran Anda tidak memutus permintaan ini.")
    permintaan = laporan.permintaan_buka.select_for_update().filter(diputus_pada=None).first()
    if permintaan is None:
        raise Bentrok("Permintaan ini sudah diputus. Muat ulang halaman untuk melihat hasilnya.")
    permintaan.jawaban = teks_wajib(jawaban, "Tulis alasan menolak, supaya UPT tahu langkahnya.")
    permintaan.diputus_oleh, permintaan.diputus_pada, permintaan.keputusan = oleh, sekarang(), "ditolak"
    permintaan.save(update_fields=["jawaban", "diputus_oleh", "diputus_pada", "keputusan"])
    teks = f"Permintaan membuka {laporan.formulir.nama} {laporan.periode.nama} ditolak: {permintaan.jawaban}"
    _kabarkan(laporan, Pemberitahuan.Untuk.UPT, f"tolak:{permintaan.pk}", teks)
    _catat(laporan, oleh, "tolak_buka", permintaan)
    return {"laporan": str(laporan.pk), "permintaan": permintaan.pk}


def boleh_memutus(oleh: Pengguna, laporan: Laporan) -> bool:
    """May this person reopen the report in its present state (or refuse to)?"""
    baris = transisi(Status(laporan.status), Aksi.BUKA)
    return baris is not None and boleh(oleh, baris.izin, laporan)


def _kabarkan(laporan: Laporan, untuk: Pemberitahuan.Untuk, dedup: str, teks: str) -> None:
    Pemberitahuan.objects.create(
        untuk=untuk,
        upt_id=laporan.upt_id,
        kanwil_id=laporan.kanwil_id,
        laporan=laporan,
        dedup=f"{laporan.pk}:{dedup}",
        teks=teks[:400],
    )


def _catat(laporan: Laporan, oleh: Pengguna, tindakan: str, permintaan: PermintaanBuka) -> None:
    catat_baris(
        laporan,
        oleh=oleh,
        tindakan=tindakan,
        rincian={"formulir": laporan.formulir_id, "bulan": laporan.periode.kode, "permintaan": permintaan.pk},
    )
