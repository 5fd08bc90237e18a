"""Pages of the rules: what is in force and why, drafts, their rehearsal, and putting one into force."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from remisi.atur import gladi, gladi_massal, services
from remisi.atur import selectors as baca
from remisi.atur.forms import FormAlasan, FormAturan
from remisi.atur.kata import bidang_berubah, kalimat_baris
from remisi.atur.periksa import KODE_TETAP, awal_baru, keberatan, peringatan, sebelumnya
from remisi.ketentuan_bentuk import JUDUL, Baris
from remisi.models import Aturan
from remisi.selectors_aturan import baris_dari, himpunan
from upt.permintaan import Permintaan

_JALUR = {"label": "Aturan", "url": "/remisi/aturan/"}


def _pastikan_baca(request: Permintaan) -> None:
    if not (boleh(request.user, Izin.LIHAT_TOTAL) or boleh(request.user, Izin.KELOLA_ATURAN)):
        raise Ditolak("Aturan remisi dibaca oleh mereka yang membaca usulan.")


def _jalur(tabel: str = "") -> list[dict[str, str]]:
    return [_JALUR, {"label": JUDUL[tabel], "url": reverse("remisi:aturan_tabel", args=[tabel])}] if tabel else [_JALUR]


def _kiriman(request: Permintaan) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _galat(galat: GalatPortal) -> list[dict[str, str]]:
    """One line for everything that stands in the way; what belongs to a field leads there."""
    semua = galat.rincian.get("semua") or [galat.pesan]
    return [{"pesan": satu, "sasaran": galat.rincian.get("sasaran", "")} for satu in semua]


# ---------------------------------------------------------------- reading


@never_cache
@masuk_dulu
@require_safe
def semua(request: Permintaan) -> HttpResponse:
    """The tables, and the drafts under way."""
    _pastikan_baca(request)
    isi = {
        "tabel": baca.semua_tabel(),
        "rancangan": [(a, kalimat_baris(baris_dari(a)), JUDUL[a.tabel]) for a in baca.rancangan()],
        "kelola": boleh(request.user, Izin.KELOLA_ATURAN),
    }
    return render(request, "remisi/aturan.html", isi)


@never_cache
@masuk_dulu
@require_safe
def tabel(request: Permintaan, tabel: str) -> HttpResponse:
    """One table: every code with what is in force, what comes, and what was."""
    _pastikan_baca(request)
    baca.pastikan_tabel(tabel)
    kini = hari_ini()
    isi = {
        "tabel": tabel,
        "judul": JUDUL[tabel],
        "kelompok": baca.isi_tabel(tabel, kini),
        "rancangan": [(a, kalimat_baris(baris_dari(a))) for a in baca.rancangan(tabel)],
        "kelola": boleh(request.user, Izin.KELOLA_ATURAN),
        "kode_baru": tabel not in KODE_TETAP,
        "kini": kini,
        "jalur": _jalur(),
    }
    return render(request, "remisi/aturan_tabel.html", isi)


# ---------------------------------------------------------------- drafts


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def baru(request: Permintaan, tabel: str) -> HttpResponse:
    """A new rule; `?dari=` takes over the rule of a code, so that only what changes is typed."""
    services.pastikan_kelola(request.user)
    baca.pastikan_tabel(tabel)
    asal = baca.terakhir(tabel, request.GET.get("dari", ""))
    if asal is None and tabel in KODE_TETAP:
        messages.info(request, "Kode di tabel ini dibaca portal. Pilih “Ubah” pada kode yang nilainya berganti.")
        return redirect("remisi:aturan_tabel", tabel=tabel)
    form = _form(request, tabel, _awal(request, asal))
    return _simpan(request, form, asal=asal)


def _awal(request: Permintaan, asal: Aturan | None) -> Baris | None:
    if asal is None:
        return None
    return awal_baru(baris_dari(asal), hari_ini(), tahun_depan="tahun-depan" in request.GET)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def ubah(request: Permintaan, pk: int) -> HttpResponse:
    """Change a draft; one that came into force meanwhile is not changed."""
    services.pastikan_kelola(request.user)
    satu = baca.satu(pk)
    return _simpan(request, _form(request, satu.tabel, baris_dari(satu)), satu=satu)


def _form(request: Permintaan, tabel: str, dasar: Baris | None) -> FormAturan:
    """Where the portal itself asks for a code, the code of the rule it starts from is the only one."""
    tetap = [dasar.kode] if dasar is not None and tabel in KODE_TETAP else []
    return FormAturan(_kiriman(request), tabel=tabel, dasar=dasar, kode=tetap)


def _simpan(
    request: Permintaan, form: FormAturan, *, satu: Aturan | None = None, asal: Aturan | None = None
) -> HttpResponse:
    galat: GalatPortal | None = None
    if form.is_valid():
        try:
            hasil = services.simpan_rancangan(
                baris=form.baris(),
                oleh=request.user,
                aturan_id=satu.pk if satu else None,
                sidik=request.POST.get("sidik", ""),
            )
        except (Bentrok, TidakSah) as salah:
            galat = salah
        else:
            messages.success(request, "Rancangan disimpan. Baca gladinya, lalu tetapkan.")
            return redirect("remisi:aturan_satu", pk=hasil.pk)
    isi = {
        "form": form,
        "tabel": form.tabel,
        "judul": JUDUL[form.tabel],
        "satu": satu,
        "asal": asal,
        "sidik": request.POST.get("sidik", "") or (services.sidik_rancangan(satu) if satu else ""),
        "galat": _galat(galat) if galat else [],
        "jalur": _jalur(form.tabel),
    }
    return render(request, "remisi/aturan_form.html", isi, status=_status(form, galat))


def _status(form: Any, galat: GalatPortal | None) -> int:
    return galat.status if galat else 400 if form.errors else 200


# ---------------------------------------------------------------- one rule


@never_cache
@masuk_dulu
@require_safe
def satu(request: Permintaan, pk: int) -> HttpResponse:
    """One rule: what it says; of a draft also what it would change."""
    _pastikan_baca(request)
    return _satu(request, baca.satu(pk))


def _satu(request: Permintaan, aturan: Aturan, galat: GalatPortal | None = None) -> HttpResponse:
    baris = baris_dari(aturan)
    jalan = aturan.status == Aturan.Status.RANCANGAN
    isi: dict[str, Any] = {
        "aturan": aturan,
        "judul": JUDUL[aturan.tabel],
        "kalimat": kalimat_baris(baris),
        "jalan": jalan,
        "kelola": boleh(request.user, Izin.KELOLA_ATURAN),
        "jalur": _jalur(aturan.tabel),
        "galat": _galat(galat) if galat else [],
        "form": FormAlasan(auto_id="id_%s"),
    }
    isi |= _rancangan(request, aturan) if jalan else {"beda": bidang_berubah(None, baris)}
    return render(request, "remisi/aturan_satu.html", isi, status=galat.status if galat else 200)


def _rancangan(request: Permintaan, aturan: Aturan) -> dict[str, Any]:
    """What a draft replaces, warns of and changes."""
    berlaku, baris = himpunan(), baris_dari(aturan)
    lama = sebelumnya(berlaku, baris)
    halangan = keberatan(berlaku, baris)
    kini = hari_ini()
    return {
        "lama": lama,
        "kalimat_lama": kalimat_baris(lama) if lama else "",
        "beda": bidang_berubah(lama, baris),
        "halangan": halangan,
        "peringatan": peringatan(berlaku, baris, kini),
        "kandidat": baca.kandidat_sejak(baris.berlaku_dari) if baris.berlaku_dari < kini else None,
        "contoh": [] if halangan else gladi.banding(berlaku, baris),
        "massal": gladi_massal.keadaan(request.user, aturan, berlaku),
        "sidik": services.sidik_rancangan(aturan),
        "sidik_tetap": services.sidik_tetap(aturan, berlaku),
        "kunci": uuid4().hex,
    }


@masuk_dulu
@require_POST
def gladi_semua(request: Permintaan, pk: int) -> HttpResponse:
    """Ask for the rehearsal on all candidates of the next occasions."""
    services.pastikan_kelola(request.user)
    aturan = baca.satu(pk)
    try:
        gladi_massal.minta_gladi(aturan=aturan, oleh=request.user, kunci=_kunci(request))
    except (Bentrok, TidakSah) as galat:
        return _satu(request, aturan, galat)
    return redirect(f"{reverse('remisi:aturan_satu', args=[pk])}#gladi-semua")


def _kunci(request: Permintaan) -> UUID:
    try:
        return UUID(hex=request.POST.get("kunci", ""))
    except ValueError as galat:
        raise TidakSah("Halaman ini tidak lengkap. Muat ulang, lalu coba lagi.") from galat


@masuk_dulu
@require_POST
def tetapkan(request: Permintaan, pk: int) -> HttpResponse:
    """Put a draft into force, as it was shown."""
    services.pastikan_kelola(request.user)
    try:
        aturan = services.tetapkan(aturan_id=pk, sidik=request.POST.get("sidik", ""), oleh=request.user)
    except (Bentrok, TidakSah) as galat:
        return _satu(request, baca.satu(pk), galat)
    messages.success(request, f"{aturan.kode} ditetapkan. Hitungan sejak tanggal berlakunya memakai aturan ini.")
    return redirect("remisi:aturan_tabel", tabel=aturan.tabel)


@masuk_dulu
@require_POST
def buang(request: Permintaan, pk: int) -> HttpResponse:
    """Drop a draft, with a reason."""
    services.pastikan_kelola(request.user)
    try:
        aturan = services.buang(
            aturan_id=pk,
            sidik=request.POST.get("sidik", ""),
            alasan=request.POST.get("alasan", ""),
            oleh=request.user,
        )
    except (Bentrok, TidakSah) as galat:
        return _satu(request, baca.satu(pk), galat)
    messages.success(request, f"Rancangan {aturan.kode} dibuang.")
    return redirect("remisi:aturan_tabel", tabel=aturan.tabel)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def cabut(request: Permintaan, pk: int) -> HttpResponse:
    """Withdraw a rule in force, with a reason; the page says what then takes its place."""
    services.pastikan_kelola(request.user)
    aturan = baca.satu(pk)
    form, galat = FormAlasan(_kiriman(request)), None
    if form.is_valid():
        try:
            services.cabut(aturan_id=pk, alasan=form.cleaned_data["alasan"], oleh=request.user)
        except (Bentrok, TidakSah) as salah:
            galat = salah
        else:
            messages.success(request, f"Aturan {aturan.kode} dicabut.")
            return redirect("remisi:aturan_tabel", tabel=aturan.tabel)
    baris = baris_dari(aturan)
    ganti = sebelumnya(services.tanpa(himpunan(), baris), baris)
    isi = {
        "aturan": aturan,
        "judul": JUDUL[aturan.tabel],
        "kalimat": kalimat_baris(baris),
        "ganti": ganti,
        "kalimat_ganti": kalimat_baris(ganti) if ganti else "",
        "kandidat": baca.kandidat_sejak(baris.berlaku_dari),
        "form": form,
        "galat": _galat(galat) if galat else [],
        "jalur": _jalur(aturan.tabel),
    }
    return render(request, "remisi/aturan_cabut.html", isi, status=_status(form, galat))
