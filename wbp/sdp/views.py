"""Pages of an SDP import: the file, its columns, what saving would do, the decision. Names are on none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pelaporan.register.halaman import pastikan_orang
from pelaporan.register.impor_views import unduh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.unggah import batas_unggah, terlalu_besar
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.pekerjaan.selectors import kemajuan_halaman
from upt.models import UPT
from upt.permintaan import Permintaan
from wbp.halaman import jalur_unit
from wbp.models import ImporSDP
from wbp.sdp import buku, services
from wbp.sdp import selectors as baca
from wbp.sdp.baca import UKURAN
from wbp.sdp.berkas import dihitung, tidak_dipakai
from wbp.sdp.forms import FormBerkas, FormKeluar, FormKolom
from wbp.sdp.kolom import KOLOM
from wbp.sdp.rencana import BARU, BERUBAH, DITOLAK, SAMA, Rencana, sebut
from wbp.sdp.services import Isi

Status = ImporSDP.Status
SEHALAMAN = 100
KELUAR_TAMPIL = 300
NAMA = {BARU: "Baru", BERUBAH: "Berubah", SAMA: "Sama", DITOLAK: "Ditolak"}
BERUBAH_LAGI = "Belum ada yang disimpan: register berubah sejak halaman ini dibuka. Periksa sekali lagi, lalu simpan."


@dataclass(frozen=True)
class Tempat:
    """One unit's imports, for one person."""

    request: Permintaan
    upt: UPT

    @property
    def url(self) -> str:
        return reverse("wbp:impor", args=[self.upt.kode])

    @property
    def unit(self) -> str:
        return reverse("wbp:unit", args=[self.upt.kode])

    @property
    def templat(self) -> str:
        return reverse("wbp:impor_templat", args=[self.upt.kode])

    @property
    def umum(self) -> dict[str, Any]:
        return {"oleh": self.request.user, "cakupan": self.request.cakupan}

    def satu(self, impor: ImporSDP, nama: str = "impor_satu") -> str:
        return reverse(f"wbp:{nama}", args=[self.upt.kode, impor.pk])

    def jalur(self, *lain: dict[str, str]) -> list[dict[str, str]]:
        return [*jalur_unit(self.upt), *lain]


def _tempat(request: Permintaan, kode: str) -> Tempat:
    return Tempat(request, baca.unit_impor(request.cakupan, request.user, kode))


# ---------------------------------------------------------------- the file


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@batas_unggah(UKURAN.bita, memori=True)
def impor(request: Permintaan, kode: str) -> HttpResponse:
    t = _tempat(request, kode)
    if request.method != "POST":
        return _halaman_unggah(t, FormBerkas(initial={"tanggal_data": hari_ini(t.upt.zona)}))
    form = FormBerkas(request.POST, request.FILES)
    satu, status = _terima(t, form)
    return redirect(t.satu(satu)) if satu else _halaman_unggah(t, form, status)


def _terima(t: Tempat, form: FormBerkas) -> tuple[ImporSDP | None, int]:
    """(the import, 0), or (None, status) with the refusal as the form's error."""
    if terlalu_besar(t.request):
        form.add_error("berkas", UKURAN.terlalu_besar)
        return None, 413
    if not form.is_valid():
        return None, 400
    isi = form.cleaned_data
    try:
        return services.terima(upt=t.upt, isi=isi["berkas"].read(), tanggal_data=isi["tanggal_data"], **t.umum), 0
    except GalatPortal as galat:
        if galat.status in (403, 404):
            raise
        form.add_error(galat.rincian.get("bidang", "berkas"), galat.pesan)
        return None, galat.status


def _halaman_unggah(t: Tempat, form: FormBerkas, status: int = 200) -> HttpResponse:
    cakupan = t.request.cakupan
    isi = {
        "t": t, "form": form, "kolom": KOLOM, "orang": baca.banyak_orang(cakupan, t.upt),
        "impor": [(satu, t.satu(satu)) for satu in baca.daftar_impor(cakupan, t.upt)], "jalur": t.jalur(),
    }  # fmt: skip
    return render(t.request, "wbp/sdp.html", isi, status=status)


@masuk_dulu
@require_safe
def templat(request: Permintaan, kode: str) -> HttpResponse:
    _tempat(request, kode)
    return unduh(buku.templat(), "templat-warga-binaan.xlsx")


# ---------------------------------------------------------------- the plan and the decision


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def impor_satu(request: Permintaan, kode: str, kunci: UUID) -> HttpResponse:
    """What saving would do; then the decision; afterwards what it did."""
    t = _tempat(request, kode)
    satu = baca.satu_impor(request.cakupan, t.upt, kunci)
    if request.method != "POST":
        return _halaman(t, satu)
    pastikan_orang(request)
    aksi = _AKSI.get(request.POST.get("aksi", ""))
    if aksi is None:
        raise TidakDitemukan("Tindakan ini tidak ada. Muat ulang halaman.")
    return aksi(t, satu)


def _batal(t: Tempat, satu: ImporSDP) -> HttpResponse:
    services.batalkan(impor_id=satu.pk, **t.umum)
    messages.success(t.request, "Dibatalkan. Tidak ada yang disimpan, dan isi berkas sudah dihapus.")
    return redirect(t.url)


def _angka(t: Tempat, satu: ImporSDP) -> HttpResponse:
    """Whether register numbers that are figures are taken as they stand."""
    kolom = services.buka_isi(satu).tabel.kolom
    services.petakan(impor_id=satu.pk, kolom=kolom, angka=t.request.POST.get("aksi") == "angka", **t.umum)
    return redirect(t.satu(satu))


def _petakan(t: Tempat, satu: ImporSDP) -> HttpResponse:
    form = FormKolom(t.request.POST, tabel=services.buka_isi(satu).tabel)
    if not form.is_valid():
        return _halaman(t, satu, kolom=form, status=400)
    try:
        services.petakan(impor_id=satu.pk, kolom=form.pilihan(), **t.umum)
    except TidakSah as galat:
        return _halaman(t, satu, galat=galat.pesan, kolom=form, status=400)
    return redirect(t.satu(satu))


def _simpan(t: Tempat, satu: ImporSDP) -> HttpResponse:
    if satu.status == Status.DISIMPAN:
        return redirect(t.satu(satu))
    form = _form_keluar(t, satu, services.buka_isi(satu).rencana)
    if not form.is_valid():
        return _halaman(t, satu, form=form, status=400)
    try:
        hasil, tersimpan = services.simpan(
            impor_id=satu.pk, sidik=t.request.POST.get("sidik", ""), keluar=form.keluar(),
            yakin=form.cleaned_data["yakin"], **t.umum,
        )  # fmt: skip
    except TidakSah as galat:
        bidang = galat.rincian.get("bidang", "")
        if bidang in form.fields:
            form.add_error(bidang, galat.pesan)
        return _halaman(t, satu, galat="" if bidang in form.fields else galat.pesan, form=form, status=400)
    return redirect(t.satu(hasil)) if tersimpan else _halaman(t, hasil, status=409)


def _form_keluar(t: Tempat, satu: ImporSDP, rencana: Rencana) -> FormKeluar:
    data = t.request.POST if t.request.POST.get("aksi") == "simpan" else None
    return FormKeluar(data, rencana=rencana, tanggal=satu.tanggal_data, unit=t.upt.nama)


_AKSI = {"petakan": _petakan, "angka": _angka, "bukan_angka": _angka, "batal": _batal, "simpan": _simpan}


def _halaman(
    t: Tempat,
    satu: ImporSDP,
    *,
    galat: str = "",
    form: FormKeluar | None = None,
    kolom: FormKolom | None = None,
    status: int = 200,
) -> HttpResponse:
    umum = {
        "t": t, "u": satu, "r": satu.ringkas, "sebelum": baca.impor_sebelum(t.request.cakupan, satu),
        "jalur": t.jalur({"label": "Impor SDP", "url": t.url}), "ditolak": t.satu(satu, "impor_ditolak"),
    }  # fmt: skip
    if satu.status not in services.TERBUKA:
        return render(t.request, "wbp/sdp_hasil.html", umum, status=status)
    isi = services.buka_isi(satu)
    galat = galat or isi.galat or (BERUBAH_LAGI if isi.berubah and satu.status == Status.DIPERIKSA else "")
    umum |= {
        "galat": [{"pesan": galat, "sasaran": ""}] if galat else [],
        "form": form or _form_keluar(t, satu, isi.rencana),
        "kolom": kolom or FormKolom(None, tabel=isi.tabel),
        **_sajian_kerja(t, satu),
        "sama_berkas": baca.pernah_disimpan(t.request.cakupan, satu),
        **_sajian_berkas(isi),
        **_sajian(t, isi.rencana),
    }
    return render(t.request, "wbp/sdp_periksa.html", umum, status=status)


def _sajian_kerja(t: Tempat, satu: ImporSDP) -> Mapping[str, Any]:
    """How far the worker is; of a colleague's job only that there is one. And whether newer data was saved before."""
    milik = baca.pekerjaan_impor(t.request.user, satu)
    terbaru = baca.data_terbaru(t.request.cakupan, satu)
    return {
        "kerja": kemajuan_halaman(milik), "rekan": satu.status == Status.ANTRE and milik is None,
        "lebih_baru": terbaru if terbaru and terbaru > satu.tanggal_data else None,
    }  # fmt: skip


def _sajian_berkas(isi: Isi) -> Mapping[str, Any]:
    return {
        "tabel": isi.tabel, "tidak_dipakai": tidak_dipakai(isi.tabel), "dihitung": dihitung(isi.tabel),
        "sidik": isi.rencana.sidik,
    }  # fmt: skip


def _sajian(t: Tempat, rencana: Rencana) -> Mapping[str, Any]:
    """Rows of one state (`?tampil=`), or all but the same ones, by pages."""
    tampil = t.request.GET.get("tampil", "")
    tampil = tampil if tampil in NAMA else ""
    baris = [b for b in rencana.baris if (b.jenis == tampil if tampil else b.jenis != SAMA)]
    hitungan = rencana.hitungan
    remisi = {k: sum(1 for b in rencana.remisi if b.keadaan == k) for k in ("baru", "sama", "ditolak")}
    return {
        "hitungan": [(k, NAMA[k], n) for k, n in hitungan.items() if n],
        "h": hitungan,
        "tulis": hitungan[BARU] + hitungan[BERUBAH],
        "remisi": remisi,
        "remisi_ditolak": _remisi_ditolak(rencana)[:SEHALAMAN],
        "keluar": rencana.keluar[:KELUAR_TAMPIL],
        "keluar_banyak": len(rencana.keluar),
        "tanpa_remisi": rencana.tanpa_remisi,
        "asing": rencana.asing,
        "sebagian": not rencana.asing and len(rencana.keluar) > max(services.SEDIKIT_KELUAR, rencana.dikenal),
        "nomor_angka": rencana.nomor_angka,
        "tanpa_nomor": sebut(rencana.tanpa_nomor),
        "bukan_orang": rencana.bukan_orang,
        "halaman": Paginator(baris, SEHALAMAN).get_page(t.request.GET.get("halaman")),
        "tampil": tampil,
    }


def _remisi_ditolak(rencana: Rencana) -> list[tuple[list[int], str, str]]:
    """Row numbers of refused grants, together where person and reason are the same."""
    semua: dict[tuple[str, str], list[int]] = {}
    for b in rencana.remisi:
        if b.keadaan == "ditolak":
            semua.setdefault((b.ujung, b.pesan), []).append(b.n)
    return [(nomor, ujung, pesan) for (ujung, pesan), nomor in semua.items()]


@never_cache
@masuk_dulu
@require_safe
def ditolak(request: Permintaan, kode: str, kunci: UUID) -> HttpResponse:
    """Why rows were left out: their numbers, columns and what to do."""
    t = _tempat(request, kode)
    satu = baca.satu_impor(request.cakupan, t.upt, kunci)
    sebab = [*satu.ringkas.get("sebab", []), *satu.ringkas.get("sebab_remisi", [])]
    return unduh(buku.ditolak(sebab), f"ditolak-{satu.pk}.xlsx")
