"""The catalogue for every member of staff: search, one product, its pictures, its sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, parse_etags, quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.pdf import TIPE
from pemasyarakatan.inti.waktu import hari_ini
from umkm.katalog import lembar
from umkm.katalog import selectors as baca
from umkm.katalog.forms import FormKatalog
from umkm.katalog.sajian import Entri
from upt.cakupan import Cakupan
from upt.permintaan import Permintaan
from upt.selectors import semua_kanwil

SEHALAMAN = 24
SETAHUN = 365 * 24 * 3600


def _pastikan(request: Permintaan) -> None:
    if not boleh(request.user, Izin.LIHAT_REGISTER):
        raise Ditolak("Peran Anda tidak membaca katalog produk.")


def hemat_gambar(request: Permintaan) -> bool:
    """As the address says; silent, a thin link that asks to save data gets none."""
    diminta = request.GET.get("gambar", "")
    return diminta == "tanpa" or (diminta != "ada" and request.headers.get("Save-Data", "").lower() == "on")


@never_cache
@masuk_dulu
@require_safe
def katalog(request: Permintaan) -> HttpResponse:
    """Search and filter stand in the address: a found list can be sent to a colleague."""
    _pastikan(request)
    kanwil = semua_kanwil()
    form = FormKatalog(request.GET, kanwil=kanwil)
    saringan = baca.Saringan(**form.cleaned_data) if form.is_valid() else None
    hari = hari_ini()
    hasil = baca.cari(saringan, hari) if saringan else baca.Hasil([])
    halaman = Paginator(hasil.pk, SEHALAMAN).get_page(request.GET.get("halaman"))
    tanpa_gambar = hemat_gambar(request)
    tampil = "tabel" if request.GET.get("tampil") == "tabel" else "kartu"
    isi = {
        "form": form,
        "halaman": halaman,
        "entri": _entri(list(halaman.object_list), hari, bergambar=not tanpa_gambar and tampil == "kartu"),
        "longgar": hasil.longgar,
        "tampil": tampil,
        "tanpa_gambar": tanpa_gambar,
        "terpasang": _terpasang(request, form) if saringan else [],
        "bawa": [(k, v) for k in ("tampil", "gambar") if (v := request.GET.get(k, ""))],
        "saringan_rinci": saringan is None
        or any((saringan.dari, saringan.sampai, saringan.sertifikat, saringan.status)),
    }
    return render(request, "umkm/katalog.html", isi, status=200 if saringan else 400)


def _entri(pk: Sequence[int], hari: date, *, bergambar: bool) -> list[Entri]:
    sidik = baca.sidik_foto(pk) if bergambar else {}
    return [Entri(k, hari, sidik.get(k.pk, "")) for k in baca.baris(pk)]


def _terpasang(request: Permintaan, form: FormKatalog) -> list[tuple[str, str]]:
    """What narrows the list, each with the address without it."""
    hasil = []
    for nama, nilai in form.cleaned_data.items():
        if nama == "urut" or nilai in ("", None):
            continue
        pilihan = dict(getattr(form.fields[nama], "choices", ()))
        sisa = request.GET.copy()
        for kunci in (nama, "halaman"):
            sisa.pop(kunci, None)
        kata = pilihan.get(nilai) or str(form[nama].value())
        hasil.append((f"{form.fields[nama].label}: {kata}", f"?{sisa.urlencode()}"))
    return hasil


@never_cache
@masuk_dulu
@require_safe
def produk(request: Permintaan, pk: int) -> HttpResponse:
    """One product, as anybody on the staff may see it; those of its unit and region go on to its records."""
    _pastikan(request)
    baris = baca.satu(pk)
    tanpa_gambar = hemat_gambar(request)
    sidik = "" if tanpa_gambar else baca.sidik_foto([pk], "foto").get(pk, "")
    isi = {
        "e": Entri(baris, hari_ini(), sidik),
        "tanpa_gambar": tanpa_gambar,
        "url_unit": _url_unit(request, pk),
        "qr": lembar.qr_gambar(_alamat(request, pk)),
        "jalur": [{"label": "Katalog produk", "url": reverse("umkm:katalog")}],
    }
    return render(request, "umkm/katalog_produk.html", isi)


def _url_unit(request: Permintaan, pk: int) -> str:
    upt = baca.unit_produk(pk, Cakupan.dari(request.user, Izin.LIHAT_REGISTER))
    return alamat_produk(upt.kode, pk) if upt else ""


def alamat_produk(kode: str, pk: int) -> str:
    """A product's page in its unit's register."""
    try:
        return reverse("umkm:produk", kwargs={"kode": kode, "pk": pk})
    except NoReverseMatch:
        return reverse("umkm:baris", kwargs={"kode": kode, "jenis": "produk", "pk": pk})


def _alamat(request: Permintaan, pk: int) -> str:
    return request.build_absolute_uri(reverse("umkm:katalog_produk", kwargs={"pk": pk}))


@masuk_dulu
@require_safe
def foto(request: Permintaan, pk: int, ukuran: str) -> HttpResponse:
    """A picture. With its mark in the address it never changes and is kept; without, the browser asks each time."""
    _pastikan(request)
    data, sidik = baca.gambar(pk, ukuran)
    etag = quote_etag(sidik)
    dikenal = parse_etags(request.headers.get("If-None-Match", ""))
    sama = etag in dikenal or f"W/{etag}" in dikenal
    jawaban: HttpResponse = HttpResponseNotModified() if sama else HttpResponse(data, content_type="image/jpeg")
    jawaban["ETag"] = etag
    jawaban["X-Content-Type-Options"] = "nosniff"
    if request.GET.get("v") == sidik:
        patch_cache_control(jawaban, private=True, max_age=SETAHUN, immutable=True)
    else:
        patch_cache_control(jawaban, private=True, no_cache=True)
    return jawaban


@never_cache
@masuk_dulu
@require_safe
def lembar_produk(request: Permintaan, pk: int) -> HttpResponse:
    """The sheet to print: A4, PDF."""
    _pastikan(request)
    baris = baca.satu(pk)
    ada = baca.sidik_foto([pk], "foto")
    data = baca.gambar(pk, "foto")[0] if ada else None
    jawaban = HttpResponse(lembar.buat_pdf(Entri(baris, hari_ini()), data, _alamat(request, pk)), content_type=TIPE)
    nama = f"lembar produk {pk}.pdf"
    jawaban["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=nama) or "inline"
    jawaban["X-Content-Type-Options"] = "nosniff"
    return jawaban
