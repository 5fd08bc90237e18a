"""The pages of every kind of register row: list, form, one row with its history, taking out, bringing back.

A form that asks for JSON (the phone queue) gets the refusals of the services as they are, and for a new row
{"id", "url", "label"}: 201, or 200 when the same key came before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pelaporan.halaman import baca_revisi
from pelaporan.models import BarisRegister
from pelaporan.register import daftar as lihat
from pelaporan.register import halaman, services
from pelaporan.register import selectors as baca
from pelaporan.register.bentrok import Bentrokan, bandingkan
from pelaporan.register.forms import FormBaris, FormHapus, FormJawaban, FormSaring, salah_dari
from pelaporan.register.halaman import Tempat
from pelaporan.register.kolom import BILANGAN
from pelaporan.register.services import BarisSalah, Jawaban, PerluJawaban
from pelaporan.register.temuan import GALAT, Temuan
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, GalatPortal
from pemasyarakatan.inti.middleware import minta_json
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from upt.permintaan import Permintaan

SEHALAMAN = 50
Simpan = Callable[[dict[str, Any], Jawaban], BarisRegister]


# ---------------------------------------------------------------- list


@never_cache
@masuk_dulu
@require_safe
def daftar(request: Permintaan, register: str, kode: str, jenis: str) -> HttpResponse:
    """Rows of a unit, of a month or with words in them; `?dihapus=1` those that were taken out."""
    t = halaman.ambil(request, register, kode, jenis)
    terhapus = request.GET.get("dihapus") == "1"
    semua = baca.daftar_baris(t.jenis, request.cakupan, t.upt, terhapus=terhapus)
    form = FormSaring(request.GET, bulan=lihat.bulan_terisi(t.jenis, semua), pribadi=t.jenis.pribadi)
    cari, bulan = _pilihan(form)
    tampak = lihat.saring(t.jenis, t.upt, semua, cari, bulan)
    lembar = Paginator(tampak.select_related("dihapus_oleh") if terhapus else tampak, SEHALAMAN)
    kini = lembar.get_page(request.GET.get("halaman"))
    isi = {
        "t": t,
        "saring": form,
        "tersaring": bool(cari or bulan),
        "terhapus": terhapus,
        "dihapus": 0 if terhapus else baca.daftar_baris(t.jenis, request.cakupan, t.upt, terhapus=True).count(),
        "halaman": kini,
        "baris": lihat.tampilkan(t.jenis, t.upt, kini),
        "jumlah": lihat.jumlahkan(t.jenis, tampak) if not terhapus else [],
        "angka": [k for k in t.jenis.ringkas if k.ragam in BILANGAN],
        "alamat_baris": f"{register}:baris",
        "jalur": t.jalur(sampai_daftar=terhapus),
    }
    return render(request, "register/daftar.html", isi)


def _pilihan(form: FormSaring) -> tuple[str, Bulan | None]:
    """What is asked for; a month without rows, or text that cannot be, narrows nothing and is said in the form."""
    form.is_valid()
    return form.cleaned_data.get("cari") or "", form.cleaned_data.get("bulan")


# ---------------------------------------------------------------- form


@dataclass
class Kiriman:
    """A posted form on its way: what was typed, what was answered, and what stood in the way."""

    form: FormBaris
    jawaban: FormJawaban
    temuan: list[Temuan] = field(default_factory=list)
    galat: GalatPortal | None = None

    def coba(self, simpan: Simpan) -> BarisRegister | None:
        """The row as saved, or None with the reason here."""
        if not self.form.is_valid():
            self.galat = salah_dari(self.form)
            return None
        try:
            return simpan(self.form.cleaned_data, self.jawaban.jawaban())
        except BarisSalah as galat:
            self.form.tolak(galat.bidang)
            self.galat = galat
        except PerluJawaban as galat:
            self.temuan, self.galat = galat.temuan, galat
        except Bentrok as galat:
            self.galat = galat
        return None


def _terima(request: Permintaan, t: Tempat) -> Kiriman:
    return Kiriman(FormBaris(request.POST, jenis=t.jenis, upt=t.upt), FormJawaban(request.POST))


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def baru(request: Permintaan, register: str, kode: str, jenis: str) -> HttpResponse:
    """`?isi_<column>=` fills a column, `?kembali=` is the way back."""
    t = halaman.ambil_menulis(request, register, kode, jenis)
    if request.method != "POST":
        form = FormBaris(initial={**_hari_ini(t), **halaman.awal(request, t.jenis)}, jenis=t.jenis, upt=t.upt)
        return _formulir(request, t, form, kunci=halaman.kunci_baru())
    kunci = halaman.baca_kunci(request)
    kiriman = _terima(request, t)
    hasil = kiriman.coba(
        lambda nilai, jawaban: services.buat(
            t.jenis, nilai, upt=t.upt, kunci=kunci, jawaban=jawaban, oleh=request.user, cakupan=request.cakupan
        )
    )
    if hasil is None:
        return _tolak(request, t, kiriman, kunci=str(kunci))
    return _tersimpan(request, t, hasil)


def _hari_ini(t: Tempat) -> dict[str, Any]:
    """What happens is mostly written down on its day."""
    return {k.nama: hari_ini(t.upt.zona) for k in t.jenis.kolom if k.nama == "tanggal" and k.wajib}


def _tersimpan(request: Permintaan, t: Tempat, hasil: BarisRegister) -> HttpResponse:
    url = f"{t.alamat('baris', pk=hasil.pk)}?{halaman.ekor(request, t, baru='1')}"
    return _jawab(request, t, hasil, url, 200 if hasil.ulangan else 201)


def _jawab(request: Permintaan, t: Tempat, hasil: BarisRegister, url: str, status: int = 200) -> HttpResponse:
    if not minta_json(request):
        return redirect(url)
    isi = {"id": hasil.pk, "url": url, "label": f"{t.jenis.label}: {lihat.sebutan(t.jenis, hasil)}"}
    return JsonResponse(isi, status=status)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def ubah(request: Permintaan, register: str, kode: str, jenis: str, pk: int) -> HttpResponse:
    t = halaman.ambil_menulis(request, register, kode, jenis)
    satu = baca.satu_baris(t.jenis, request.cakupan, t.upt, pk)
    if request.method != "POST":
        if not satu.hidup:
            return redirect(t.alamat("baris", pk=pk))
        form = FormBaris(initial={k.nama: getattr(satu, k.nama) for k in t.jenis.kolom}, jenis=t.jenis, upt=t.upt)
        return _formulir(request, t, form, satu=satu, revisi=satu.revisi)
    revisi = baca_revisi(request.POST.get("revisi", ""))
    kiriman = _terima(request, t)
    hasil = kiriman.coba(
        lambda nilai, jawaban: services.ubah(
            t.jenis, pk, nilai, revisi=revisi, jawaban=jawaban, oleh=request.user, cakupan=request.cakupan
        )
    )
    if hasil is None:
        return _tolak(request, t, kiriman, satu=satu, revisi=revisi)
    messages.success(request, f"{t.jenis.label} tersimpan.")
    return _jawab(request, t, hasil, halaman.kembali(request) or t.alamat("baris", pk=pk))


def _tolak(request: Permintaan, t: Tempat, kiriman: Kiriman, **lain: Any) -> HttpResponse:
    """The form again with what was typed, and what to do about it; programs get the refusal itself."""
    assert kiriman.galat is not None
    if minta_json(request):
        raise kiriman.galat
    satu: BarisRegister | None = lain.get("satu")
    if isinstance(kiriman.galat, Bentrok) and satu is not None and satu.hidup:
        nilai, lama = kiriman.form.cleaned_data, lain["revisi"]
        lain["bentrokan"] = beda = bandingkan(t.jenis, request.cakupan, satu, nilai, lama)
        kiriman.form = FormBaris(kiriman.form.dengan_kini(beda.kini), jenis=t.jenis, upt=t.upt)
        lain["revisi"] = satu.revisi
    return _formulir(request, t, kiriman.form, kiriman=kiriman, **lain)


def _formulir(
    request: Permintaan,
    t: Tempat,
    form: FormBaris,
    *,
    kiriman: Kiriman | None = None,
    bentrokan: Bentrokan | None = None,
    **lain: Any,
) -> HttpResponse:
    galat = kiriman.galat if kiriman else None
    tanya = kiriman.jawaban if kiriman and kiriman.temuan else None
    isi = {
        "t": t,
        "form": form,
        "galat": _galat(kiriman, bentrokan),
        "temuan": kiriman.temuan if kiriman else [],
        "tanya": tanya,
        "bentrokan": bentrokan,
        "dahulu": t.dahulu(form.belum_ada(), request.get_full_path()),
        "sudah": t.alamat("baris", pk=galat.rincian["baris"]) if galat and "baris" in galat.rincian else "",
        "kembali": halaman.kembali(request) or _asal(t, lain.get("satu")),
        "jalur": t.jalur(),
        **lain,
    }
    return render(request, "register/form.html", isi, status=galat.status if galat else 200)


def _asal(t: Tempat, satu: BarisRegister | None) -> str:
    return t.alamat("baris", pk=satu.pk) if satu else t.daftar


def _galat(kiriman: Kiriman | None, bentrokan: Bentrokan | None) -> list[dict[str, str]]:
    """What the summary says beyond the errors of single columns."""
    if kiriman is None or kiriman.galat is None or kiriman.form.errors:
        return []
    if not kiriman.temuan:
        return [{"pesan": kiriman.galat.pesan, "sasaran": "bentrokan" if bentrokan else ""}]
    belum = [t for t in kiriman.temuan if t.kode not in kiriman.jawaban.setuju]
    galat = [{"pesan": t.pesan, "sasaran": f"tanya-{t.kode}"} for t in belum]
    if kiriman.jawaban.setuju:
        kiriman.jawaban.is_valid()
        pesan = [str(p) for p in kiriman.jawaban.errors.get("alasan_tanya", [])]
        galat += [{"pesan": p, "sasaran": "id_alasan_tanya"} for p in pesan]
    return galat


# ---------------------------------------------------------------- one row


@never_cache
@masuk_dulu
@require_safe
def baris(request: Permintaan, register: str, kode: str, jenis: str, pk: int) -> HttpResponse:
    """All of a row and all that was ever done to it; `?baru=1` right after it was written."""
    t = halaman.ambil(request, register, kode, jenis)
    return _baris(request, t, baca.satu_baris(t.jenis, request.cakupan, t.upt, pk))


def _baris(request: Permintaan, t: Tempat, satu: BarisRegister, galat: GalatPortal | None = None) -> HttpResponse:
    isi = {
        "t": t,
        "satu": satu,
        "sebutan": lihat.sebutan(t.jenis, satu),
        "sajian": baca.sajian(t.jenis, satu),
        "riwayat": baca.riwayat_baris(t.jenis, request.cakupan, satu),
        "baru": "baru" in request.GET and satu.hidup,
        "lagi": f"{t.baru}?{halaman.ekor(request, t)}",
        "kembali": halaman.kembali(request),
        "galat": [{"pesan": galat.pesan, "sasaran": ""}] if galat else [],
        "sendiri": halaman.halaman_sendiri(t, satu.pk) if satu.hidup else "",
        "ubah": t.alamat("ubah", pk=satu.pk),
        "hapus": t.alamat("hapus", pk=satu.pk),
        "pulihkan": t.alamat("pulihkan", pk=satu.pk),
        "jalur": t.jalur(),
    }
    return render(request, "register/baris.html", isi, status=galat.status if galat else 200)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def hapus(request: Permintaan, register: str, kode: str, jenis: str, pk: int) -> HttpResponse:
    """GET names what hangs on the row, POST takes it out with a reason."""
    t = halaman.ambil_menulis(request, register, kode, jenis)
    satu = baca.satu_baris(t.jenis, request.cakupan, t.upt, pk)
    form = FormHapus(_kiriman(request))
    galat: GalatPortal | None = None
    if form.is_valid():
        try:
            services.hapus(
                t.jenis,
                pk,
                revisi=baca_revisi(request.POST.get("revisi", "")),
                alasan=form.cleaned_data["alasan"],
                oleh=request.user,
                cakupan=request.cakupan,
            )
        except (BarisSalah, Bentrok) as salah:
            galat = salah
        else:
            messages.success(request, f"{t.jenis.label} dihapus. Ia masih dapat dipulihkan dari halamannya.")
            return redirect(t.daftar)
    if not satu.hidup:
        return redirect(t.alamat("baris", pk=pk))
    return _hapus(request, t, satu, form, galat)


def _kiriman(request: Permintaan) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _hapus(
    request: Permintaan, t: Tempat, satu: BarisRegister, form: FormHapus, galat: GalatPortal | None
) -> HttpResponse:
    if minta_json(request) and (galat or form.errors):
        raise galat or salah_dari(form)
    akibat = baca.akibat_hapus(t.jenis, satu)
    isi = {
        "t": t,
        "satu": satu,
        "sebutan": lihat.sebutan(t.jenis, satu),
        "sajian": baca.sajian(t.jenis, satu),
        "akibat": akibat,
        "ditahan": any(a.tingkat == GALAT for a in akibat),
        "bulan": sorted(satu.bulan_terdampak()),
        "form": form,
        "galat": [{"pesan": galat.pesan, "sasaran": ""}] if galat else [],
        "kembali": t.alamat("baris", pk=satu.pk),
        "jalur": t.jalur(),
    }
    return render(request, "register/hapus.html", isi, status=galat.status if galat else 400 if form.errors else 200)


@never_cache
@masuk_dulu
@require_POST
def pulihkan(request: Permintaan, register: str, kode: str, jenis: str, pk: int) -> HttpResponse:
    t = halaman.ambil_menulis(request, register, kode, jenis)
    satu = baca.satu_baris(t.jenis, request.cakupan, t.upt, pk)
    try:
        services.pulihkan(t.jenis, pk, oleh=request.user, cakupan=request.cakupan)
    except (BarisSalah, Bentrok) as galat:
        if minta_json(request):
            raise
        return _baris(request, t, satu, galat)
    messages.success(request, f"{t.jenis.label} dipulihkan dan dihitung lagi.")
    return redirect(t.alamat("baris", pk=pk))
