"""Login, logout, own account. Everything works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pemasyarakatan.akun import titipan
from pemasyarakatan.akun.forms import FormMasuk, FormSandi, FormToken
from pemasyarakatan.akun.izin import PERAN, Izin, boleh
from pemasyarakatan.akun.masuk import Penjagaan
from pemasyarakatan.akun.permintaan import PermintaanMasuk
from pemasyarakatan.akun.token import buat_token
from pemasyarakatan.inti.alamat import lokal, urai
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.middleware import jawab_galat, minta_json
from pemasyarakatan.inti.waktu import sekarang, tulis_waktu
from pemasyarakatan.jejak.services import catat

PESAN_GAGAL = "Nama pengguna dan kata sandi tidak cocok. Periksa huruf besar-kecil, lalu coba lagi."


@sensitive_post_parameters("sandi")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def masuk(request: HttpRequest) -> HttpResponse:
    """The login page. `titipan` carries a form that was posted after the session had ended."""
    titip = request.POST.get("titipan", "")
    lanjut = _alamat_aman(request, request.POST.get("lanjut") or request.GET.get("next", ""))
    if request.method != "POST":
        return redirect(lanjut) if request.user.is_authenticated else _halaman(request, FormMasuk(), lanjut, titip)
    form = FormMasuk(request.POST)
    if not form.is_valid():
        return _halaman(request, form, lanjut, titip, status=400)
    pengguna, pesan, status = _coba(request, form.cleaned_data["nama"], form.cleaned_data["sandi"])
    if pengguna is None:
        form.add_error(None, pesan)
        return _halaman(request, form, lanjut, titip, status=status)
    login(request, pengguna)
    return _lanjutkan_titipan(request, titip) or redirect(lanjut)


def _coba(request: HttpRequest, nama: str, sandi: str) -> tuple[Any, str, int]:
    jaga = Penjagaan.dari(request, nama)
    tahan = jaga.tahan_sampai()
    if tahan is not None:
        return None, f"Terlalu banyak percobaan. Coba lagi setelah {tulis_waktu(tahan, 'WIB')}.", 429
    pengguna = authenticate(request, username=nama, password=sandi)
    if pengguna is None:
        jaga.gagal()
        return None, PESAN_GAGAL, 400
    jaga.berhasil()
    return pengguna, "", 200


def _halaman(request: HttpRequest, form: FormMasuk, lanjut: str, titip: str, status: int = 200) -> HttpResponse:
    isi = {"form": form, "lanjut": lanjut, "titipan": titip, "ada_titipan": titipan.buka(titip) is not None}
    return render(request, "akun/masuk.html", isi, status=status)


def minta_masuk(request: HttpRequest, status: int = 401) -> HttpResponse:
    """The login page for a form that was posted without a session; it carries what was typed."""
    if "sandi" in request.POST:  # the login form itself, from a page that was open too long
        lanjut = _alamat_aman(request, request.POST.get("lanjut", ""))
        return _halaman(request, FormMasuk(), lanjut, request.POST.get("titipan", ""), status=status)
    return _halaman(request, FormMasuk(), request.get_full_path(), titipan.titipkan(request), status=status)


def _lanjutkan_titipan(request: HttpRequest, titip: str) -> HttpResponse | None:
    """After login: show what was typed and let the person save it with one press."""
    isi = titipan.buka(titip)
    if isi is None:
        return None
    return render(request, "akun/lanjutkan.html", {"tujuan": _alamat_aman(request, isi.tujuan), "isian": isi.isian})


def _alamat_aman(request: HttpRequest, alamat: str) -> str:
    return lokal(request, alamat) or resolve_url("beranda")


@require_POST
def keluar(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "Anda sudah keluar.")
    return redirect("akun:masuk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def akun_saya(request: PermintaanMasuk) -> HttpResponse:
    """Who am I here, what may I do, my tokens, my password."""
    return render(request, "akun/saya.html", _isi_akun(request))


def _isi_akun(request: PermintaanMasuk, **tambahan: Any) -> dict[str, Any]:
    tugas = request.user.tugas_aktif()
    return {
        "tugas": [(t, PERAN[t.peran].kuasa) for t in tugas if t.peran in PERAN],
        "token": request.user.token.filter(dicabut_pada=None),
        "boleh_api": boleh(request.user, Izin.PAKAI_API),
        "form_sandi": FormSandi(),
        "form_token": FormToken(auto_id="id_token_%s"),
        **tambahan,
    }


@sensitive_post_parameters()
@login_required
@require_POST
def ganti_sandi(request: PermintaanMasuk) -> HttpResponse:
    form = FormSandi(request.POST)
    if form.is_valid() and _periksa_sandi(request, form):
        request.user.set_password(form.cleaned_data["baru"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        request.user.token.filter(dicabut_pada=None).update(dicabut_pada=sekarang())
        catat(oleh=request.user, tindakan="ganti_sandi", objek="pengguna", objek_id=request.user.pk)
        messages.success(request, "Kata sandi diganti. Sesi lain dan token API akun ini berakhir.")
        return redirect("akun:saya")
    return render(request, "akun/saya.html", _isi_akun(request, form_sandi=form), status=400)


def _periksa_sandi(request: PermintaanMasuk, form: FormSandi) -> bool:
    isi = form.cleaned_data
    if not request.user.check_password(isi["lama"]):
        form.add_error("lama", "Kata sandi sekarang tidak cocok.")
    if isi["baru"] != isi["ulang"]:
        form.add_error("ulang", "Ulangan tidak sama dengan kata sandi baru.")
    try:
        validate_password(isi["baru"], request.user)
    except ValidationError as galat:
        form.add_error("baru", galat)
    return not form.errors


@login_required
@require_POST
def token_baru(request: PermintaanMasuk) -> HttpResponse:
    if not boleh(request.user, Izin.PAKAI_API):
        raise Ditolak("Peran Anda tidak memakai API.")
    form = FormToken(request.POST, auto_id="id_token_%s")
    if not form.is_valid():
        return render(request, "akun/saya.html", _isi_akun(request, form_token=form), status=400)
    teks = buat_token(oleh=request.user, nama=form.cleaned_data["nama"])
    catat(oleh=request.user, tindakan="buat_token", objek="pengguna", objek_id=request.user.pk)
    return render(request, "akun/saya.html", _isi_akun(request, token_baru=teks))


@login_required
@require_POST
def token_cabut(request: PermintaanMasuk, token_id: int) -> HttpResponse:
    if request.user.token.filter(pk=token_id, dicabut_pada=None).update(dicabut_pada=sekarang()):
        catat(oleh=request.user, tindakan="cabut_token", objek="pengguna", objek_id=request.user.pk)
        messages.success(request, "Token dicabut.")
    return redirect("akun:saya")


def csrf_gagal(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last login. Same-origin posts get their typing back for one more, deliberate, press."""
    if minta_json(request):
        return _csrf_gagal_json(request)
    if _dari_sini(request) and request.method == "POST":
        if not request.user.is_authenticated:
            return minta_masuk(request, status=403)
        isi = titipan.buka(titipan.titipkan(request))
        if isi is not None and "sandi" not in request.POST:
            konteks = {"tujuan": isi.tujuan, "isian": isi.isian}
            return render(request, "akun/lanjutkan.html", konteks, status=403)
    return jawab_galat(request, 403, "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu coba lagi.")


def _csrf_gagal_json(request: HttpRequest) -> HttpResponse:
    """A script learns whether it must wait for a login (401) or only take the fresh token (403)."""
    if not request.user.is_authenticated:
        return jawab_galat(request, 401, "Sesi berakhir. Masuk lagi di tab baru, isian ini tetap ada.")
    return jawab_galat(request, 403, "Anda masuk lagi di tab lain. Isian dikirim ulang sebentar lagi.", {"ulang": True})


def _dari_sini(request: HttpRequest) -> bool:
    asal = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(asal) and urai(asal).netloc == request.get_host()
