"""Attaching evidence to a report, and taking it away again. The bytes and their hash are one transaction."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.alur import dapat_diisi
from pelaporan.catatan.tempat import baca_tempat
from pelaporan.isian import GalatIsian, baca_teks_bebas
from pelaporan.lampiran.batas import JUMLAH_MAKS, KETERANGAN_MAKS
from pelaporan.lampiran.nama import nama_tampil
from pelaporan.lampiran.periksa import BerkasBaik, periksa, periksa_ukuran
from pelaporan.models import Berkas, Lampiran, Laporan
from pelaporan.services import kunci_laporan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.pemindai import Hasil, pindai
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan


def lampirkan(
    *,
    laporan_id: UUID,
    nama: str,
    isi: bytes,
    oleh: Pengguna,
    cakupan: Cakupan,
    kode: str = "",
    keterangan: str = "",
) -> Lampiran:
    """Attach a file to a report (`kode` '') or to one of its items. The same content at the same place is one file.

    Raises TidakSah and its kin (the content), Ditolak, Bentrok (no longer filled in, or too many),
    PemindaiTidakMenjawab. Nothing holds the report's lock while the file is scanned and drawn anew.
    """
    laporan = _laporan(laporan_id, cakupan)
    _pastikan_boleh(laporan, oleh)
    periksa_ukuran(len(isi))
    teks = _keterangan(keterangan)
    if baca_tempat(laporan.skema, kode) is None:
        raise TidakSah("Butir ini tidak ada di formulir. Muat ulang halaman.")
    hasil = _pindai(laporan, isi, oleh)
    baik = periksa(isi)
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        _pastikan_boleh(laporan, oleh)
        return _simpan(laporan, baik, hasil, nama=nama_tampil(nama, baik.tipe), kode=kode, keterangan=teks, oleh=oleh)


def _laporan(laporan_id: UUID, cakupan: Cakupan) -> Laporan:
    laporan = Laporan.objects.dalam(cakupan).select_related("formulir_versi").filter(pk=laporan_id).first()
    if laporan is None:
        raise TidakDitemukan("Laporan ini tidak ada, atau bukan dari unit Anda.")
    return laporan


def _pastikan_boleh(laporan: Laporan, oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.ISI_LAPORAN, laporan):
        raise Ditolak("Bukti dilampirkan oleh petugas UPT yang mengisi laporan ini.")
    if not dapat_diisi(laporan.status):
        raise Bentrok(
            f"Laporan ini sudah {laporan.get_status_display().lower()}, jadi lampirannya tidak dapat diubah.",
            status=laporan.status,
        )


def _keterangan(teks: str) -> str:
    try:
        return " ".join(baca_teks_bebas(teks, KETERANGAN_MAKS).split())
    except GalatIsian as galat:
        raise TidakSah(galat.pesan, keterangan=True) from galat


def _pindai(laporan: Laporan, isi: bytes, oleh: Pengguna) -> Hasil:
    """A find is refused and leaves a trail: the row is committed, because the page answers and does not fail."""
    hasil = pindai(isi)
    if not hasil.bersih:
        sidik = hashlib.sha256(isi).hexdigest()
        _jejak(laporan, oleh, "lampiran_ditolak", {"temuan": hasil.temuan, "sidik": sidik, "ukuran": len(isi)})
        raise TidakSah(
            "Pemindai menemukan virus di berkas ini, jadi berkas ditolak. Hubungi admin komputer di unit Anda.",
            berkas=True,
        )
    return hasil


def _simpan(
    laporan: Laporan, baik: BerkasBaik, hasil: Hasil, *, nama: str, kode: str, keterangan: str, oleh: Pengguna
) -> Lampiran:
    sidik = hashlib.sha256(baik.isi).hexdigest()
    terpasang = Lampiran.objects.filter(laporan=laporan, dihapus_pada=None)
    ada = terpasang.filter(kode=kode, berkas__sidik=sidik).first()
    if ada is not None:
        return ada
    if terpasang.count() >= JUMLAH_MAKS:
        raise Bentrok(f"Laporan ini sudah memuat {JUMLAH_MAKS} lampiran. Hapus yang tidak perlu dahulu.")
    kini = sekarang()
    wilayah = {"upt_id": laporan.upt_id, "kanwil_id": laporan.kanwil_id, "oleh": oleh, "pada": kini}
    berkas = Berkas.objects.create(
        nama=nama, tipe=baik.tipe.mime, ukuran=len(baik.isi), sidik=sidik, isi=baik.isi, dipindai=hasil.dipindai,
        **wilayah,
    )  # fmt: skip
    lampiran = Lampiran.objects.create(laporan=laporan, kode=kode, berkas=berkas, keterangan=keterangan, **wilayah)
    _jejak(laporan, oleh, "lampiran_ditambah", {"lampiran": lampiran.pk, "sel": kode, "sidik": sidik})
    return lampiran


def hapus_lampiran(*, lampiran_id: int, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Take a file off the report. Its row and bytes stay: versions that were sent with it keep showing it."""
    with transaction.atomic():
        awal = Lampiran.objects.dalam(cakupan).filter(pk=lampiran_id).values_list("laporan_id", flat=True).first()
        if awal is None:
            raise TidakDitemukan("Lampiran ini tidak ada, atau bukan dari unit Anda.")
        laporan = kunci_laporan(awal, cakupan)
        _pastikan_boleh(laporan, oleh)
        masih = Lampiran.objects.filter(pk=lampiran_id, dihapus_pada=None)
        if masih.update(dihapus_oleh=oleh, dihapus_pada=sekarang()):
            _jejak(laporan, oleh, "lampiran_dihapus", {"lampiran": lampiran_id})


def _jejak(laporan: Laporan, oleh: Pengguna, tindakan: str, rincian: dict[str, Any]) -> None:
    catat_baris(laporan, oleh=oleh, tindakan=tindakan, rincian=rincian)
