"""Photos of products: checked and drawn anew as evidence is, then small enough for thin links.

`kecilkan` is pure. A photo is a JPEG of at most `FOTO_MAKS` bytes, its `mini` one of at most `MINI_MAKS`; whatever the
camera wrote besides the picture is gone, and the picture stands upright.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

from django.db import transaction
from PIL import Image

from pelaporan.lampiran.batas import JPEG
from pelaporan.lampiran.periksa import kenali, periksa, periksa_ukuran
from pelaporan.models import Berkas
from pelaporan.register import services
from pelaporan.register.berkas import pastikan_bersih, simpan_berkas
from pelaporan.register.services import BarisSalah
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan, TidakSah
from pemasyarakatan.inti.pemindai import Hasil
from umkm import aturan
from umkm.jenis import FOTO
from umkm.models import FotoProduk, Produk
from upt.cakupan import Cakupan

FOTO_MAKS = 30_000
MINI_MAKS = 8_000
JUMLAH_MAKS = aturan.FOTO_MAKS
_SISI_FOTO = (960, 800, 640, 480, 360, 240, 120)
_SISI_MINI = (240, 200, 160, 120, 80)
_MUTU = (80, 70, 60, 50, 40, 30)


def kecilkan(isi: bytes) -> tuple[bytes, bytes]:
    """Photo and thumbnail of a picture. Raises TidakSah and its kin for whatever is no safe photo."""
    periksa_ukuran(len(isi))
    if not kenali(isi).gambar:
        raise TidakSah("Pilih foto (JPEG, PNG, atau WebP), bukan PDF.", berkas=True)
    with Image.open(io.BytesIO(periksa(isi).isi)) as gambar:
        polos = _di_atas_putih(gambar)
    return _muat(polos, _SISI_FOTO, FOTO_MAKS), _muat(polos, _SISI_MINI, MINI_MAKS)


def _di_atas_putih(gambar: Image.Image) -> Image.Image:
    """Transparency becomes paper, not black."""
    if "A" not in gambar.getbands() and "transparency" not in gambar.info:
        return gambar.convert("RGB")
    bening = gambar.convert("RGBA")
    kertas = Image.new("RGB", bening.size, "white")
    kertas.paste(bening, mask=bening.getchannel("A"))
    return kertas


def _muat(gambar: Image.Image, sisi: Sequence[int], maks: int) -> bytes:
    """As large, then as fine, as fits: sharp at half the size says more than blocks at the whole."""
    for panjang in sisi:
        kecil = gambar.copy()
        kecil.thumbnail((panjang, panjang))
        for mutu in _MUTU:
            keluaran = io.BytesIO()
            kecil.save(keluaran, "JPEG", quality=mutu, optimize=True, progressive=True)
            if keluaran.tell() <= maks:
                return keluaran.getvalue()
    raise TidakSah("Foto ini tidak dapat dikecilkan. Ambil fotonya ulang.", berkas=True)


# ---------------------------------------------------------------- services


def tambah_foto(*, produk_id: int, isi: bytes, keterangan: str, oleh: Pengguna, cakupan: Cakupan) -> FotoProduk:
    """Add a photo to a product; the same picture again is the same photo. Nothing is locked while it is looked at.

    Raises TidakDitemukan, Ditolak, BarisSalah (`keterangan`), TidakSah and its kin (`berkas`), Bentrok (too many),
    PemindaiTidakMenjawab.
    """
    produk = _produk(produk_id, cakupan)
    services.pastikan_menulis(produk.upt, oleh=oleh, cakupan=cakupan)
    periksa_ukuran(len(isi))
    ket = services.baca_nilai(FOTO, {"keterangan": keterangan}, produk.upt, sebagian=True)
    hasil = pastikan_bersih(produk, isi, oleh=oleh, tindakan="foto_ditolak")
    foto, mini = kecilkan(isi)
    with transaction.atomic():
        services.kunci_register(FOTO.register, produk.upt_id)
        if (ada := _sama(produk, foto)) is not None:
            return ada
        nilai = {
            "produk_id": produk.pk, "urutan": None, **ket,
            "berkas": _simpan(produk, "foto", foto, hasil, oleh),
            "mini": _simpan(produk, "mini", mini, hasil, oleh),
        }  # fmt: skip
        return services.buat(FOTO, nilai, upt=produk.upt, oleh=oleh, cakupan=cakupan)


def _produk(produk_id: int, cakupan: Cakupan) -> Produk:
    satu = Produk.objects.dalam(cakupan).hidup().select_related("upt__kanwil").filter(pk=produk_id).first()
    if satu is None:
        raise TidakDitemukan("Produk ini tidak ada, atau bukan dari unit Anda.")
    return satu


def _sama(produk: Produk, foto: bytes) -> FotoProduk | None:
    """This very picture, when the product has it. Raises Bentrok when there is no room for another."""
    semua = FotoProduk.objects.filter(produk_id=produk.pk).hidup()
    ada = semua.filter(berkas__sidik=hashlib.sha256(foto).hexdigest()).first()
    if ada is None and semua.count() >= JUMLAH_MAKS:
        raise Bentrok(f"Produk ini sudah mempunyai {JUMLAH_MAKS} foto. Hapus yang tidak perlu dahulu.")
    return ada


def _simpan(produk: Produk, kata: str, isi: bytes, hasil: Hasil, oleh: Pengguna) -> Berkas:
    return simpan_berkas(produk, f"{kata} produk {produk.pk}.jpg", isi, JPEG.mime, hasil, oleh=oleh)


@transaction.atomic
def urutkan_foto(*, produk_id: int, urutan: Sequence[int], oleh: Pengguna, cakupan: Cakupan) -> list[FotoProduk]:
    """Put a product's photos into this order of ids; the first one is the catalogue's. Those not named follow.

    Raises TidakDitemukan, Ditolak, BarisSalah (an id that is no photo of the product, or twice).
    """
    produk = _produk(produk_id, cakupan)
    services.pastikan_menulis(produk.upt, oleh=oleh, cakupan=cakupan)
    services.kunci_register(FOTO.register, produk.upt_id)
    semua = {f.pk: f for f in FotoProduk.objects.filter(produk_id=produk.pk).hidup().order_by("urutan", "pk")}
    if len(set(urutan)) != len(urutan) or not set(urutan) <= semua.keys():
        raise BarisSalah({"urutan": "Foto produk ini sudah berubah. Muat ulang halaman, lalu urutkan lagi."})
    terurut = [*urutan, *(pk for pk in semua if pk not in urutan)]
    return [
        services.ubah(FOTO, pk, {"urutan": n}, revisi=semua[pk].revisi, oleh=oleh, cakupan=cakupan)
        for n, pk in enumerate(terurut, 1)
    ]


def hapus_foto(*, foto_id: int, revisi: int, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> FotoProduk:
    """Take a photo off its product; its row and bytes stay in the history. Raises as `services.hapus` does."""
    return services.hapus(FOTO, foto_id, revisi=revisi, alasan=alasan, oleh=oleh, cakupan=cakupan)
