"""Papers of a product with their files: a photo drawn anew, or a PDF as it came, kept with the licence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.lampiran.periksa import BerkasBaik, periksa, periksa_ukuran
from pelaporan.models import Berkas
from pelaporan.register import services
from pelaporan.register.berkas import pastikan_bersih, simpan_berkas
from pemasyarakatan.inti.pemindai import Hasil
from umkm.jenis import LEGALITAS
from umkm.models import Legalitas, Produk
from umkm.tindakan import Pelaku


def catat_surat(produk: Produk, nilai: Mapping[str, Any], isi: bytes | None, pelaku: Pelaku, kunci: UUID) -> Legalitas:
    """A licence, with its file when there is one. Nothing is locked while the file is looked at.

    Raises as `services.buat` does, TidakSah and its kin (the file), PemindaiTidakMenjawab.
    """
    services.pastikan_menulis(pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    baik = _periksa(produk, isi, pelaku) if isi is not None else None
    with transaction.atomic():
        services.kunci_register(LEGALITAS.register, pelaku.upt.pk)
        berkas = _simpan(produk, baik, pelaku, _lama(kunci, pelaku)) if baik else None
        satu: Legalitas = pelaku.buat("legalitas", {**nilai, "berkas_id": berkas.pk} if berkas else nilai, kunci)
        return satu


def pasang_berkas(produk: Produk, surat_id: int, isi: bytes, pelaku: Pelaku) -> Legalitas:
    """Give a licence its file; the one before stays in the history."""
    services.pastikan_menulis(pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    baik = _periksa(produk, isi, pelaku)
    with transaction.atomic():
        kini = services.kunci_baris(LEGALITAS, surat_id, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
        berkas = _simpan(produk, baik, pelaku, kini.berkas)
        satu: Legalitas = pelaku.ubah("legalitas", surat_id, {"berkas_id": berkas.pk}, kini.revisi)
        return satu


def _periksa(produk: Produk, isi: bytes, pelaku: Pelaku) -> tuple[BerkasBaik, Hasil]:
    periksa_ukuran(len(isi))
    hasil = pastikan_bersih(produk, isi, oleh=pelaku.oleh, tindakan="surat_ditolak")
    return periksa(isi), hasil


def _lama(kunci: UUID, pelaku: Pelaku) -> Berkas | None:
    """The file that an earlier sending of the same form has left."""
    ada = Legalitas.objects.dalam(pelaku.cakupan).filter(kunci=kunci).select_related("berkas").first()
    return ada.berkas if ada else None


def _simpan(produk: Produk, baik: tuple[BerkasBaik, Hasil], pelaku: Pelaku, lama: Berkas | None) -> Berkas:
    """The same bytes again are the same file."""
    satu, hasil = baik
    if lama is not None and lama.sidik == hashlib.sha256(satu.isi).hexdigest():
        return lama
    nama = f"surat produk {produk.pk}{satu.tipe.akhiran[0]}"
    return simpan_berkas(produk, nama, satu.isi, satu.tipe.mime, hasil, oleh=pelaku.oleh)
