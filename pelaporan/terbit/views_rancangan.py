"""One draft: what changes, whom it touches, what the rehearsal says, and publishing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pelaporan.halaman import baca_kunci, kunci_baru
from pelaporan.isian import tulis_nilai
from pelaporan.models import RancanganFormulir
from pelaporan.skema import GalatSkema, Skema
from pelaporan.terbit import dampak, halaman, selectors, services
from pelaporan.terbit.forms import FormAlasan, FormUnggah, baca_bulan, pilihan_bulan
from pelaporan.terbit.teks_gladi import PERINGATAN, kalimat, urut_aturan
from pelaporan.terbit.views import simpan
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan import selectors as pekerjaan

PER_HALAMAN = 25
_MACAM = (("tambah", "ditambah"), ("ubah", "diubah"), ("hapus", "dihapus"))


@masuk_dulu
@require_safe
@never_cache
def rancangan(request: HttpRequest, id: UUID) -> HttpResponse:
    """The draft with its five steps on one page."""
    halaman.pembaca(request)
    return _halaman(request, selectors.satu_rancangan(halaman.cakupan(request), id))


def _halaman(
    request: HttpRequest, satu: RancanganFormulir, *, status: int = 200, galat: list[str] | None = None
) -> HttpResponse:
    skema = selectors.skema_rancangan(satu)
    beda = selectors.beda_rancangan(skema)
    jalan = satu.status == RancanganFormulir.Status.RANCANGAN
    isi = {
        "rancangan": satu,
        "skema": skema,
        "bulan": Bulan.pada(satu.berlaku_dari),
        "beda": beda,
        "kelompok": list(beda.kelompok.items()),
        "dampak": dampak.hitung(skema, beda) if jalan else None,
        "halangan": services.halangan(satu, skema) if jalan else [],
        "boleh": jalan and halaman.boleh_ubah(request),
        "jalan": jalan,
        "pilihan_bulan": pilihan_bulan(),
        "kunci": uuid4().hex,
        "jalur": halaman.JALUR,
        "galat": halaman.galat(galat or []),
        **_gladi(request, satu, skema),
    }
    return render(request, "pelaporan/formulir_rancangan.html", isi, status=status)


def _gladi(request: HttpRequest, satu: RancanganFormulir, skema: Skema) -> dict[str, Any]:
    """The last rehearsal, and one that is under way."""
    kerja = selectors.gladi_berjalan(halaman.orang(request), satu)
    keadaan = pekerjaan.keadaan(kerja) if kerja else None
    hasil = satu.gladi
    return {
        "kerja": _kemajuan(kerja, keadaan) if kerja and keadaan and not keadaan.akhir else None,
        "gagal": keadaan if keadaan and keadaan.kode in ("gagal", "dibatalkan") else None,
        "gladi": hasil,
        "gladi_usang": hasil is not None and satu.gladi_sidik != satu.sidik,
        "gladi_kalimat": kalimat(hasil) if hasil else "",
        "aturan": urut_aturan(hasil["aturan"]) if hasil else [],
        "ramai": [a for a in hasil["aturan"] if a["peringatan"] == "ramai"] if hasil else [],
        "tanpa_lampau": sorted(selectors.beda_rancangan(skema).ditambah),
    }


def _kemajuan(kerja: Any, keadaan: Any) -> dict[str, Any]:
    return {
        "judul": kerja.judul,
        "selesai": keadaan.selesai,
        "total": keadaan.total,
        "teks": keadaan.teks,
        "akhir": False,
        "url_json": reverse("pekerjaan:status", args=[kerja.pk]),
        "pk": kerja.pk,
    }


@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ubah(request: HttpRequest, id: UUID) -> HttpResponse:
    """Change the text of a draft; what was typed stays until it is right."""
    halaman.admin(request)
    satu = selectors.satu_rancangan(halaman.cakupan(request), id)
    isi = {"rancangan": satu, "jalur": halaman.jalur_rancangan(satu), "revisi": satu.revisi}
    if request.method == "POST":
        isi["revisi"] = request.POST.get("revisi", "")
        return simpan(request, FormUnggah(request.POST, request.FILES), "pelaporan/formulir_unggah.html", isi, satu)
    isi["form"] = FormUnggah(initial={"teks": satu.yaml, "catatan": satu.catatan})
    return render(request, "pelaporan/formulir_unggah.html", isi)


def _lakukan(request: HttpRequest, id: UUID, kerja: Any) -> HttpResponse:
    """Do something to a draft and go back to its page; a refusal is shown there."""
    halaman.admin(request)
    satu = selectors.satu_rancangan(halaman.cakupan(request), id)
    try:
        pesan = kerja(satu)
    except GalatSkema as galat:
        return _halaman(request, satu, status=400, galat=galat.galat)
    except GalatPortal as galat:
        segar = selectors.satu_rancangan(halaman.cakupan(request), id)
        return _halaman(request, segar, status=galat.status, galat=[galat.pesan])
    if pesan:
        messages.success(request, pesan)
    return redirect("pelaporan:rancangan", id=id)


@masuk_dulu
@require_POST
def bulan(request: HttpRequest, id: UUID) -> HttpResponse:
    """Move the draft to another month."""

    def pindah(satu: RancanganFormulir) -> str:
        dari = baca_bulan(request.POST.get("bulan", ""))
        if dari is None:
            raise TidakSah("Pilih bulan mulai berlaku.")
        services.pindah_bulan(rancangan_id=satu.pk, bulan=dari, **_pelaku(request))
        return f"Rancangan berlaku mulai {dari.nama}. Jalankan gladi lagi."

    return _lakukan(request, id, pindah)


def _pelaku(request: HttpRequest) -> dict[str, Any]:
    return {"revisi": halaman.revisi(request), "oleh": halaman.orang(request), "cakupan": halaman.cakupan(request)}


@masuk_dulu
@require_POST
def gladi(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask for a rehearsal; its progress shows on the draft's page."""

    def mulai(satu: RancanganFormulir) -> str:
        kunci = request.POST.get("kunci", "")
        nomor = UUID(kunci) if len(kunci) == 32 and kunci.isalnum() and kunci.isascii() and _hex(kunci) else None
        services.minta_gladi(rancangan_id=satu.pk, kunci=nomor, **_pelaku(request))
        return ""

    return _lakukan(request, id, mulai)


def _hex(teks: str) -> bool:
    return set(teks) <= set("0123456789abcdef")


@masuk_dulu
@require_safe
@never_cache
def aturan(request: HttpRequest, id: UUID, aturan: str) -> HttpResponse:
    """The reports one rule would have flagged: units and months, with figures for those who may read reports."""
    halaman.pembaca(request)
    satu = selectors.satu_rancangan(halaman.cakupan(request), id)
    dicari = next((a for a in (satu.gladi or {}).get("aturan", ()) if a["kode"] == aturan), None)
    if dicari is None:
        raise TidakDitemukan("Aturan ini tidak ada dalam gladi rancangan ini.")
    lembar = Paginator(dicari["tempat"], PER_HALAMAN).get_page(request.GET.get("halaman"))
    angka, skema = halaman.boleh_angka(request), selectors.skema_rancangan(satu)
    butir = [k for k in dicari["butir"] if k in skema.butir]
    tempat = selectors.tempat_aturan(halaman.cakupan(request), satu.kode, list(lembar), butir, dengan_nilai=angka)
    isi = {
        "rancangan": satu,
        "aturan": dicari,
        "hasil": dicari["baru"] or dicari["lama"],
        "keterangan": PERINGATAN[dicari["peringatan"]],
        "butir": [skema.butir[k].label for k in butir],
        "baris": [(t, [tulis_nilai(skema.butir[k], v) if v is not None else "–" for k, v in t.nilai]) for t in tempat],
        "halaman": lembar,
        "angka": angka,
        "jalur": halaman.jalur_rancangan(satu),
    }
    return render(request, "pelaporan/formulir_aturan.html", isi)


@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def terbit(request: HttpRequest, id: UUID) -> HttpResponse:
    """GET names the effect; POST publishes, once."""
    halaman.admin(request)
    if request.method == "POST":
        return _lakukan(request, id, lambda satu: _terbitkan(request, satu))
    satu = selectors.satu_rancangan(halaman.cakupan(request), id)
    skema = selectors.skema_rancangan(satu)
    if satu.status != RancanganFormulir.Status.RANCANGAN or services.halangan(satu, skema):
        return redirect("pelaporan:rancangan", id=id)
    beda = selectors.beda_rancangan(skema)
    isi = {
        "rancangan": satu,
        "bulan": Bulan.pada(satu.berlaku_dari),
        "beda": beda,
        "hitung": [(beda.banyak(m), kata) for m, kata in _MACAM],
        "dampak": dampak.hitung(skema, beda),
        "gladi_kalimat": kalimat(satu.gladi or {}),
        "kunci": kunci_baru(),
        "jalur": halaman.jalur_rancangan(satu),
    }
    return render(request, "pelaporan/formulir_terbit.html", isi)


def _terbitkan(request: HttpRequest, satu: RancanganFormulir) -> str:
    hasil = services.terbitkan(rancangan_id=satu.pk, kunci=baca_kunci(request), **_pelaku(request))
    dari = Bulan.dari(hasil["dari"]).nama
    return f"{hasil['kode']} terbit mulai {dari}. {hasil['pindah']} laporan yang belum dimulai memakai versi ini."


@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def buang(request: HttpRequest, id: UUID) -> HttpResponse:
    """Drop a draft, with the reason."""
    halaman.admin(request)
    satu = selectors.satu_rancangan(halaman.cakupan(request), id)
    form = FormAlasan(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        isi = {"rancangan": satu, "form": form, "jalur": halaman.jalur_rancangan(satu)}
        return render(request, "pelaporan/formulir_buang.html", isi, status=400 if request.method == "POST" else 200)

    def kerja(satu: RancanganFormulir) -> str:
        services.buang(rancangan_id=satu.pk, alasan=form.cleaned_data["alasan"], **_pelaku(request))
        return "Rancangan dibuang. Isinya tetap dapat dibaca."

    return _lakukan(request, id, kerja)
