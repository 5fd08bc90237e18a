"""One product a page, for a phone: how it stands, and each act as a small form on the same page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pelaporan.lampiran.batas import UKURAN_MAKS
from pelaporan.lampiran.periksa import periksa_ukuran
from pelaporan.register.aksi import Aksi, FormAksi, Papan, Tolakan, lakukan, tercatat
from pelaporan.register.berkas import sajikan
from pelaporan.register.selectors import unit_register
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.tren import Titik, tren
from pemasyarakatan.inti.unggah import batas_unggah
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from umkm import forms, selectors_unit, surat, tindakan
from umkm import foto as layanan_foto
from umkm import selectors_produk as baca
from umkm.aturan import JASA
from umkm.katalog.views import hemat_gambar
from umkm.keadaan import LANGKAH, KeadaanProduk
from umkm.models import Produk
from umkm.tindakan import Pelaku
from umkm.views_unit import jalur
from upt.models import UPT
from upt.permintaan import Permintaan


@dataclass(frozen=True)
class Tempat:
    """A product, as it stands today, for one person."""

    request: Permintaan
    upt: UPT
    hari: date
    keadaan: KeadaanProduk
    menulis: bool

    @property
    def produk(self) -> Produk:
        return self.keadaan.produk

    @property
    def nama(self) -> str:
        return self.produk.nama

    @property
    def url(self) -> str:
        return reverse("umkm:produk", kwargs={"kode": self.upt.kode, "pk": self.produk.pk})


def _ambil(request: Permintaan, kode: str, pk: int) -> Tempat:
    """Raises TidakDitemukan (foreign or deleted), Ditolak (no right to read registers)."""
    upt = unit_register(request.cakupan, request.user, kode)
    hari = hari_ini(upt.zona)
    keadaan = baca.keadaan_satu(request.cakupan, upt, pk, hari)
    return Tempat(request, upt, hari, keadaan, boleh(request.user, Izin.ISI_REGISTER, upt))


# ---------------------------------------------------------------- the acts


def _form_jual(t: Tempat, data: QueryDict | None) -> FormAksi:
    cakupan = t.request.cakupan
    pesanan = selectors_unit.pesanan_terbuka(cakupan, t.upt, t.hari, produk_id=t.produk.pk)
    return forms.FormJual(data, t.upt, t.hari, t.keadaan, pesanan, baca.pameran_dekat(cakupan, t.upt, t.hari))


def _jual(t: Tempat, f: forms.FormJual, pelaku: Pelaku, kunci: UUID) -> Any:
    return tindakan.jual(t.produk, f.isi, pelaku, kunci, selesai=bool(f.cleaned_data.get("selesai")))


def _milik(jenis: str) -> Any:
    """Writes a row of this kind that belongs to the product."""

    def tulis(t: Tempat, f: FormAksi, pelaku: Pelaku, kunci: UUID) -> Any:
        return pelaku.buat(jenis, {"produk_id": t.produk.pk, **f.isi}, kunci)

    return tulis


def _harga(t: Tempat, f: FormAksi, pelaku: Pelaku, kunci: UUID) -> Any:
    return tindakan.harga(t.produk, f.isi, pelaku, kunci)


def _ubah(t: Tempat, f: FormAksi, pelaku: Pelaku, kunci: UUID) -> Any:
    return pelaku.ubah_kini("produk", t.produk.pk, f.isi)


def _urut(t: Tempat, f: forms.FormUrut, pelaku: Pelaku, kunci: UUID) -> Any:
    utama = f.cleaned_data["foto_id"]
    return layanan_foto.urutkan_foto(produk_id=t.produk.pk, urutan=[utama], oleh=pelaku.oleh, cakupan=pelaku.cakupan)


AKSI: dict[str, Aksi[Tempat]] = {
    "buat": Aksi(
        lambda t, d: forms.FormBuat(d, t.upt, t.hari, t.keadaan), _milik("persediaan"), "Yang dibuat tercatat."
    ),
    "jual": Aksi(_form_jual, _jual, "Penjualan tercatat."),
    "keluar": Aksi(
        lambda t, d: forms.FormKeluar(d, t.upt, t.hari, t.keadaan), _milik("persediaan"), "Yang keluar tercatat."
    ),
    "harga": Aksi(lambda t, d: forms.FormHarga(d, t.upt, t.hari, t.keadaan), _harga, "Harga tercatat."),
    "langkah": Aksi(lambda t, d: forms.FormLangkah(d, t.upt, t.hari, t.keadaan), _ubah, "Label dan merek tersimpan."),
    "berhenti": Aksi(lambda t, d: forms.FormBerhenti(d, t.upt, t.hari, t.keadaan), _ubah, "Produk ini berhenti."),
    "lanjut": Aksi(lambda t, d: forms.FormLanjut(d, t.upt, t.hari, t.keadaan), _ubah, "Produk ini dibuat lagi."),
    "urut": Aksi(
        lambda t, d: forms.FormUrut(d, t.upt, t.hari, list(baca.foto_produk(t.request.cakupan, t.produk))),
        _urut,
        "Foto utama tersimpan.",
    ),
}


def _foto(t: Tempat, f: forms.FormFoto, pelaku: Pelaku, kunci: UUID) -> Any:
    unggahan = f.cleaned_data["foto"]
    periksa_ukuran(unggahan.size)  # before it is read into memory
    return layanan_foto.tambah_foto(
        produk_id=t.produk.pk, isi=unggahan.read(), keterangan=f.cleaned_data["keterangan"], oleh=pelaku.oleh,
        cakupan=pelaku.cakupan,
    )  # fmt: skip


def _legalitas(t: Tempat, f: forms.FormLegalitas, pelaku: Pelaku, kunci: UUID) -> Any:
    return surat.catat_surat(t.produk, f.isi, _isi_berkas(f), pelaku, kunci)


def _berkas(t: Tempat, f: forms.FormBerkasSurat, pelaku: Pelaku, kunci: UUID) -> Any:
    return surat.pasang_berkas(t.produk, f.cleaned_data["surat_id"], _isi_berkas(f) or b"", pelaku)


def _isi_berkas(f: FormAksi) -> bytes | None:
    unggahan = f.cleaned_data["berkas_surat"]
    if not unggahan:
        return None
    periksa_ukuran(unggahan.size)
    isi: bytes = unggahan.read()
    return isi


BERKAS: dict[str, Aksi[Tempat]] = {
    "foto": Aksi(lambda t, d: forms.FormFoto(d, t.upt, t.hari, t.request.FILES), _foto, "Foto produk tersimpan."),
    "legalitas": Aksi(
        lambda t, d: forms.FormLegalitas(d, t.upt, t.hari, t.keadaan, t.request.FILES),
        _legalitas,
        "Legalitas tercatat.",
    ),
    "berkas": Aksi(
        lambda t, d: forms.FormBerkasSurat(d, t.upt, t.hari, t.keadaan.surat, t.request.FILES),
        _berkas,
        "Berkas surat tersimpan.",
    ),
}


def _ditawarkan(k: KeadaanProduk) -> list[str]:
    """What may be done with a product as it stands, the most likely first."""
    if k.berhenti:
        return ["lanjut", "langkah"]
    barang = k.produk.golongan != JASA
    return [*(["buat"] if barang else []), "jual", *(["keluar"] if barang else []), "harga", "langkah", "berhenti"]


# ---------------------------------------------------------------- the page


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def produk(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """`?aksi=jual` opens one of the forms."""
    t = _ambil(request, kode, pk)
    if request.method == "POST":
        return lakukan(t, AKSI, Pelaku, _halaman)
    return _halaman(t)


@never_cache
@masuk_dulu
@require_http_methods(["POST"])
@batas_unggah(UKURAN_MAKS)
def berkas(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    """Acts that bring a file along."""
    return lakukan(_ambil(request, kode, pk), BERKAS, Pelaku, _halaman)


def _halaman(t: Tempat, tolakan: Tolakan | None = None) -> HttpResponse:
    cakupan, k = t.request.cakupan, t.keadaan
    foto = list(baca.foto_produk(cakupan, t.produk))
    jual = baca.penjualan_bulanan(cakupan, t.produk, Bulan.pada(t.hari))
    isi = {
        "upt": t.upt,
        "hari": t.hari,
        "bulan": Bulan.pada(t.hari),
        "k": k,
        "menulis": t.menulis,
        "url": t.url,
        "url_berkas": reverse("umkm:produk_berkas", kwargs={"kode": t.upt.kode, "pk": t.produk.pk}),
        "foto": foto,
        "tanpa_gambar": hemat_gambar(t.request),
        "harga": list(baca.harga_produk(cakupan, t.produk)),
        "jual": jual,
        "pernah_dijual": any(j.nilai for j in jual),
        "bagan": tren([Titik(j.bulan.nama_pendek, j.nilai) for j in jual], judul="Penjualan", jenis="rupiah"),
        "langkah": [(nama, getattr(t.produk, kolom)) for kolom, nama in LANGKAH],
        "pesanan": selectors_unit.pesanan_terbuka(cakupan, t.upt, t.hari, produk_id=t.produk.pk),
        "pekerja": baca.pekerja_produk(cakupan, t.produk, t.hari),
        "catatan": baca.catatan_produk(cakupan, t.produk),
        "tercatat": tercatat(t.request, AKSI),
        "buka": t.request.GET.get("aksi", ""),
        "jalur": jalur(t.upt),
        **(_formulir(t, foto, tolakan) if t.menulis else {}),
        **(tolakan.bahan() if tolakan else {}),
    }
    return render(t.request, "umkm/unit_produk.html", isi, status=tolakan.galat.status if tolakan else 200)


def _formulir(t: Tempat, foto: list[Any], tolakan: Tolakan | None) -> dict[str, Any]:
    aksi, berkas_ = Papan(t, AKSI, tolakan), Papan(t, BERKAS, tolakan)
    return {
        "formulir": [f for f in aksi.deret(_ditawarkan(t.keadaan)) if f.aksi != "urut"],
        "form_foto": berkas_["foto"],
        "form_urut": aksi["urut"] if len(foto) > 1 else None,
        "form_legalitas": berkas_["legalitas"],
        "form_berkas": berkas_["berkas"] if t.keadaan.surat else None,
    }


# ---------------------------------------------------------------- files


@masuk_dulu
@require_safe
def foto(request: Permintaan, kode: str, pk: int, mini: bool = False) -> HttpResponse:
    """A photo, for who may read the unit; no browser keeps it."""
    upt = unit_register(request.cakupan, request.user, kode)
    return sajikan(baca.berkas_foto(request.cakupan, upt, pk, mini=mini), "Foto ini tidak ada.")


@masuk_dulu
@require_safe
def surat_berkas(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    upt = unit_register(request.cakupan, request.user, kode)
    return sajikan(baca.berkas_surat(request.cakupan, upt, pk), "Surat ini belum mempunyai berkas.")
