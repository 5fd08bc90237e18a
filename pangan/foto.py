"""The photo of a plot: checked and drawn anew as evidence is, made small for thin links, kept with the plot."""

from __future__ import annotations

import io

from django.db import transaction
from PIL import Image

from pangan.models import Petak
from pelaporan.lampiran.batas import JPEG
from pelaporan.lampiran.periksa import kenali, periksa, periksa_ukuran
from pelaporan.models import Berkas
from pelaporan.register import services
from pelaporan.register.berkas import pastikan_bersih, simpan_berkas
from pelaporan.register.jenis import jenis_baris
from pelaporan.register.services import Jawaban, PerluJawaban
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakSah
from upt.cakupan import Cakupan

UKURAN_FOTO = 100 * 1024
_SISI = (1024, 800, 640, 480)
_MUTU = (80, 65, 50)


def kecilkan(isi: bytes) -> bytes:
    """A JPEG of at most UKURAN_FOTO bytes, of a picture that was drawn anew here: as large and fine as fits."""
    with Image.open(io.BytesIO(isi)) as gambar:
        polos = gambar.convert("RGB")
    for sisi in _SISI:
        polos.thumbnail((sisi, sisi))
        for mutu in _MUTU:
            keluaran = io.BytesIO()
            polos.save(keluaran, "JPEG", quality=mutu, optimize=True)
            if keluaran.tell() <= UKURAN_FOTO:
                return keluaran.getvalue()
    raise TidakSah("Foto ini tidak dapat dikecilkan. Ambil fotonya ulang.", foto=True)


def pasang_foto(petak: Petak, *, isi: bytes, oleh: Pengguna, cakupan: Cakupan) -> Petak:
    """Give a plot its photo; the one before stays in the history. Nothing is locked while the file is looked at.

    Raises TidakSah and its kin (the content), Ditolak, TidakDitemukan, BarisSalah, PemindaiTidakMenjawab.
    """
    services.pastikan_menulis(petak.upt, oleh=oleh, cakupan=cakupan)
    periksa_ukuran(len(isi))
    if not kenali(isi).gambar:
        raise TidakSah("Pilih foto (JPEG, PNG, atau WebP).", foto=True)
    hasil = pastikan_bersih(petak, isi, oleh=oleh, tindakan="foto_ditolak")
    kecil = kecilkan(periksa(isi).isi)
    with transaction.atomic():
        berkas = simpan_berkas(petak, f"petak {petak.pk}.jpg", kecil, JPEG.mime, hasil, oleh=oleh)
        return _tautkan(petak.pk, berkas, oleh, cakupan)


def _tautkan(petak_id: int, berkas: Berkas, oleh: Pengguna, cakupan: Cakupan) -> Petak:
    """A photo answers no question about the plot and waits for none."""
    jenis = jenis_baris("pangan", "petak")
    kini = services.kunci_baris(jenis, petak_id, oleh=oleh, cakupan=cakupan)

    def simpan(jawaban: Jawaban | None) -> Petak:
        petak: Petak = services.ubah(
            jenis, petak_id, {"foto_id": berkas.pk}, revisi=kini.revisi, oleh=oleh, cakupan=cakupan, jawaban=jawaban
        )
        return petak

    try:
        return simpan(None)
    except PerluJawaban as galat:
        return simpan(Jawaban(frozenset(t.kode for t in galat.temuan)))


def foto_petak(cakupan: Cakupan, petak: Petak) -> Berkas | None:
    """The bytes of a plot's photo, within the scope of whoever asks."""
    return Berkas.objects.dalam(cakupan).filter(pk=petak.foto_id).first() if petak.foto_id else None
