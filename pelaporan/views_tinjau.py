"""The regional inbox, the review of one report, and decisions on requests to reopen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pelaporan import selectors
from pelaporan.alur import Aksi, Status
from pelaporan.banding import Beda, BedaBaris, banding_daftar, bandingkan
from pelaporan.forms import FormAntrean, FormKembali, FormPutusan
from pelaporan.halaman import alamat, ambil, baca_tindakan, kunci_baru
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.sajian import Blok, blok_daftar
from pelaporan.selectors import cakupan_izin
from pelaporan.services import Perintah, jalankan, pembuat, tandai_dibuka
from pelaporan.services_buka import tolak_buka
from pelaporan.temuan import SajiTemuan, TemuanVersi, temuan_versi
from pelaporan.views_laporan import baris_kejadian, catatan_sel
from pelaporan.views_laporan import tampilkan as tampilkan_laporan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, KunciTerpakai, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.selectors import daftar_upt

PER_HALAMAN = 25


@login_required
@require_GET
def antrean(request: HttpRequest) -> HttpResponse:
    """Reports of the region that wait for somebody, the nearest deadline first."""
    if not boleh(request.user, Izin.TINJAU_LAPORAN):
        raise Ditolak("Antrean verifikasi dibuka oleh verifikator dan Kepala Kanwil.")
    kini, cakupan = sekarang(), cakupan_izin(request.user, Izin.TINJAU_LAPORAN)
    form = FormAntrean(request.GET, formulir=selectors.daftar_formulir(), upt=daftar_upt(cakupan))
    saringan = form.saringan()
    halaman = Paginator(selectors.antrean(cakupan, saringan, kini), PER_HALAMAN).get_page(request.GET.get("halaman"))
    isi = {
        "form_saring": form,
        "saringan": saringan,
        "halaman": halaman,
        "hitung": selectors.hitung_antrean(cakupan, kini),
        "kini": kini,
        "label": _label_saringan(request, form),
        "judul": dict(form.fields["status"].choices)[saringan.status],  # type: ignore[attr-defined]
    }
    return render(request, "pelaporan/antrean.html", isi)


def _label_saringan(request: HttpRequest, form: FormAntrean) -> list[dict[str, str]]:
    """The chosen filters, each with the address without it."""
    label = []
    for nama in ("bulan", "formulir", "upt"):
        nilai = form.cleaned_data.get(nama)
        if nilai:
            sisa = request.GET.copy()
            sisa.pop(nama, None)
            sisa.pop("halaman", None)
            teks = dict(form.fields[nama].choices)[nilai]  # type: ignore[attr-defined]
            label.append({"teks": teks, "url": f"?{sisa.urlencode()}"})
    return label


# Review -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisTinjau:
    """One item under review: beside its counterpart, with its findings and the reviewer's note."""

    beda: Beda
    temuan: list[SajiTemuan]
    catatan: str
    diminta: str
    """The note of the last return on this item, when there was one."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tinjau(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Review a sent report. POST aksi = tampil (another view, nothing saved) | verifikasi | kembalikan."""
    laporan = ambil(request, kode, bulan, formulir, Izin.TINJAU_LAPORAN)
    if laporan.versi_masuk is None:
        messages.info(request, "UPT belum mengirim laporan ini, jadi belum ada yang ditinjau.")
        return redirect(alamat(laporan))
    if request.method == "POST" and request.POST.get("aksi") != "tampil":
        return _putuskan(request, laporan)
    if request.method == "GET" and laporan.status == Status.DIKIRIM and laporan.dibuka_pada is None:
        tandai_dibuka(laporan, oleh=request.user)  # type: ignore[arg-type]
        laporan = selectors.segarkan(laporan)
    return _halaman(request, laporan, _form_terketik(request))


def _form_terketik(request: HttpRequest) -> FormKembali:
    """What was typed about returning, kept but not judged."""
    return FormKembali(initial={n: request.POST.get(n, "") for n in ("alasan", "teks")})


def _putuskan(request: HttpRequest, laporan: Laporan) -> HttpResponse:
    aksi = request.POST.get("aksi", "")
    form = FormKembali(request.POST) if aksi == Aksi.KEMBALIKAN else _form_terketik(request)
    try:
        if aksi not in (Aksi.VERIFIKASI, Aksi.KEMBALIKAN):
            raise TidakSah("Pilih verifikasi atau kembalikan.")
        if aksi == Aksi.KEMBALIKAN and not form.is_valid():
            return _halaman(request, laporan, form, status=400)
        _jalankan(request, laporan, Aksi(aksi), form)
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        segar = selectors.segarkan(laporan)
        pesan = [{"pesan": galat.pesan, "sasaran": ""}]
        return _halaman(request, segar, form, status=galat.status, galat=pesan, bentrok=not isinstance(galat, TidakSah))
    kata = "diverifikasi" if aksi == Aksi.VERIFIKASI else "dikembalikan kepada UPT"
    messages.success(request, f"{laporan.formulir.nama} {laporan.periode.nama} dari {laporan.upt.nama} {kata}.")
    return redirect(alamat(laporan, "tinjau"))


def _jalankan(request: HttpRequest, laporan: Laporan, aksi: Aksi, form: FormKembali) -> None:
    revisi, kunci = baca_tindakan(request)
    kembali = aksi == Aksi.KEMBALIKAN
    perintah = Perintah(
        laporan.pk,
        aksi,
        revisi,
        kunci,
        alasan=form.cleaned_data["alasan"] if kembali else "",
        teks=form.cleaned_data["teks"] if kembali else "",
        sel=_baca_catatan(request) if kembali else {},
    )
    jalankan(perintah, oleh=request.user, cakupan=request.cakupan)  # type: ignore[arg-type, attr-defined]


def _baca_catatan(request: HttpRequest) -> dict[str, str]:
    """Notes on cells from the fields `sel-<code>`; empty ones are no notes."""
    nama = [k for k in request.POST if k.startswith("sel-")]
    isi = {k.removeprefix("sel-"): request.POST.get(k, "").replace("\r\n", "\n").strip() for k in nama}
    return {k: teks for k, teks in isi.items() if teks}


def _halaman(
    request: HttpRequest, laporan: Laporan, form: FormKembali, *, status: int = 200, **tambahan: Any
) -> HttpResponse:
    semua = selectors.versi_laporan(laporan)
    versi = selectors.pilih_versi(semua, laporan.versi_masuk or 0)
    kejadian = selectors.kejadian_laporan(laporan)
    kembali = next((k for k in kejadian if k.aksi == Aksi.KEMBALIKAN), None)
    banding, pilihan = _pilih_banding(request, laporan, versi, semua)
    pembanding = pilihan[banding]["versi"] if banding else None
    temuan = temuan_versi(laporan, versi)
    baris = _baris(request, versi, pembanding, temuan, dict(kembali.sel) if kembali else {})
    tampil = _pilih_tampil(request, baris, pembanding)
    menunggu = laporan.status == Status.DIKIRIM
    isi = {
        "laporan": laporan,
        "v": versi,
        "jalur": [{"label": "Verifikasi", "url": reverse("pelaporan:antrean")}],
        "banding": banding,
        "pilihan": pilihan.values(),
        "pembanding": pembanding,
        "tampil": tampil,
        "jumlah": {nama: len(_saring(baris, nama)) for nama in TAMPIL},
        "baris": _saring(baris, tampil),
        "catatan_lain": _catatan_tersembunyi(request, laporan, _saring(baris, tampil)),
        "beda_daftar": _beda_daftar(laporan, versi, pembanding),
        "daftar": _daftar(request, versi),
        "temuan": temuan,
        "kejadian": [baris_kejadian(k, laporan) for k in kejadian],
        "kembali": baris_kejadian(kembali, laporan) if kembali else None,
        "menunggu": menunggu,
        "pembuat": menunggu and pembuat(laporan, request.user),  # type: ignore[arg-type]
        "form_kembali": form,
        "form": form if form.is_bound and form.errors else None,
        "berikut": None if menunggu else _berikut(request, laporan),
        "kunci": kunci_baru(),
        **tambahan,
    }
    return render(request, "pelaporan/tinjau.html", isi, status=status)


def _berikut(request: HttpRequest, laporan: Laporan) -> Laporan | None:
    return selectors.berikut_menunggu(cakupan_izin(request.user, Izin.TINJAU_LAPORAN), laporan.pk)


def _pilih_banding(
    request: HttpRequest, laporan: Laporan, versi: LaporanVersi, semua: list[LaporanVersi]
) -> tuple[str, dict[str, dict[str, Any]]]:
    """What the report can be compared with, and which of it was chosen ("" when there is nothing at all).

    A resubmission is compared with the version before it: the first question is whether it was mended.
    """
    lain = selectors.versi_bulan_lain(laporan)
    sebelum = next((v for v in semua if v.versi < versi.versi), None)
    calon = [
        ("versi", f"versi {sebelum.versi} sebelumnya" if sebelum else "", sebelum),
        ("lalu", (laporan.periode - 1).nama, lain.get(1)),
        ("tahun", (laporan.periode - 12).nama, lain.get(12)),
    ]
    pilihan = {k: {"kode": k, "label": label, "versi": v} for k, label, v in calon if v is not None}
    diminta = request.GET.get("banding", "")
    return (diminta if diminta in pilihan else next(iter(pilihan), "")), pilihan


TAMPIL = ("berubah", "bendera", "semua")


def _pilih_tampil(request: HttpRequest, baris: list[BarisTinjau], pembanding: LaporanVersi | None) -> str:
    """Changed cells unless another view was chosen; everything when there is nothing to compare with."""
    diminta = request.GET.get("tampil", "")
    if diminta in TAMPIL:
        return diminta
    return "berubah" if pembanding is not None and _saring(baris, "berubah") else "semua"


def _saring(baris: list[BarisTinjau], tampil: str) -> list[BarisTinjau]:
    """The rows of a view, changed cells first."""
    if tampil == "berubah":
        return [b for b in baris if b.beda.berubah]
    if tampil == "bendera":
        return [b for b in baris if b.temuan or b.diminta]
    return sorted(baris, key=lambda b: not b.beda.berubah)


def _baris(
    request: HttpRequest,
    versi: LaporanVersi,
    pembanding: LaporanVersi | None,
    temuan: TemuanVersi,
    diminta: dict[str, str],
) -> list[BarisTinjau]:
    per_butir: dict[str, list[SajiTemuan]] = {}
    for satu in temuan.temuan:
        per_butir.setdefault(satu.butir[0] if satu.butir else "", []).append(satu)
    beda = bandingkan(versi.formulir_versi.skema, versi.isi, pembanding.isi if pembanding else None)
    return [
        BarisTinjau(b, per_butir.get(b.kode, []), request.POST.get(f"sel-{b.kode}", ""), diminta.get(b.kode, ""))
        for b in beda
    ]


def _catatan_tersembunyi(request: HttpRequest, laporan: Laporan, tampak: list[BarisTinjau]) -> list[dict[str, str]]:
    """Notes written in another view of this page: they stay with the form and are listed."""
    ada = {b.beda.kode for b in tampak} | set(laporan.skema.daftar)
    return catatan_sel(laporan, {k: t for k, t in _baca_catatan(request).items() if k not in ada})


def _beda_daftar(laporan: Laporan, versi: LaporanVersi, pembanding: LaporanVersi | None) -> list[BedaBaris]:
    if pembanding is None or pembanding.laporan_id != laporan.pk:
        return []
    return banding_daftar(versi.formulir_versi.skema, versi.isi, pembanding.isi)


def _daftar(request: HttpRequest, versi: LaporanVersi) -> list[tuple[Blok, str]]:
    """The line lists of the version, each with the reviewer's note."""
    semua = versi.formulir_versi.skema.daftar.values()
    return [(blok_daftar(d, versi.isi), request.POST.get(f"sel-{d.kode}", "")) for d in semua]


# Reopening --------------------------------------------------------------------------------------------------


@login_required
@require_POST
def buka(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Reopen a verified or locked report, or refuse the unit's request (aksi = buka | tolak)."""
    laporan = ambil(request, kode, bulan, formulir, Izin.BUKA_LAPORAN, Izin.BUKA_TERKUNCI)
    form = FormPutusan(request.POST, auto_id="buka-%s")
    if not form.is_valid():
        return tampilkan_laporan(request, laporan, status=400, form_buka=form, form=form)
    try:
        pesan = _putuskan_buka(request, laporan, form.cleaned_data["teks"])
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        return _tolak_tampil(request, laporan, form, galat)
    messages.success(request, pesan)
    return redirect(alamat(laporan))


def _putuskan_buka(request: HttpRequest, laporan: Laporan, teks: str) -> str:
    revisi, kunci = baca_tindakan(request)
    oleh, cakupan = request.user, request.cakupan  # type: ignore[attr-defined]
    aksi = request.POST.get("aksi", "")
    if aksi == "tolak":
        tolak_buka(laporan_id=laporan.pk, jawaban=teks, oleh=oleh, cakupan=cakupan, kunci=kunci)  # type: ignore[arg-type]
        return "Permintaan ditolak. UPT menerima jawaban Anda."
    if aksi != "buka":
        raise TidakSah("Pilih buka kembali atau tolak.")
    jalankan(Perintah(laporan.pk, Aksi.BUKA, revisi, kunci, teks=teks), oleh=oleh, cakupan=cakupan)  # type: ignore[arg-type]
    return "Laporan dibuka kembali. Versi lama tetap dihitung sampai versi baru diverifikasi."


def _tolak_tampil(request: HttpRequest, laporan: Laporan, form: FormPutusan, galat: GalatPortal) -> HttpResponse:
    pesan = [{"pesan": galat.pesan, "sasaran": ""}]
    return tampilkan_laporan(request, selectors.segarkan(laporan), status=galat.status, form_buka=form, galat=pesan)
