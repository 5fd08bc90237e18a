"""Pages of an import: the known columns and the template, the file, what saving would do, the decision. No script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pelaporan.buku import batas
from pelaporan.models import ImporRegister
from pelaporan.register import halaman, impor, impor_services, impor_templat
from pelaporan.register import impor_selectors as baca
from pelaporan.register.halaman import Tempat
from pelaporan.register.impor import BARU, BERUBAH, DITOLAK, SAMA, TANYA, BarisRencana, Izinkan
from pelaporan.register.impor_baca import BERKAS_MAKS, TERLALU_BESAR
from pelaporan.register.impor_forms import AWALAN, FormBerkas, FormKolom, FormSimpan
from pelaporan.register.impor_kolom import TabelBerkas, tidak_dipakai
from pelaporan.register.kolom import BILANGAN
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import GalatPortal, TidakSah
from pemasyarakatan.inti.unggah import batas_unggah, terlalu_besar
from pemasyarakatan.pekerjaan import selectors as pekerjaan
from upt.permintaan import Permintaan

Status = ImporRegister.Status
SEHALAMAN = 100
NAMA = {BARU: "Baru", BERUBAH: "Berubah", TANYA: "Perlu ditanya", DITOLAK: "Ditolak", SAMA: "Sama"}
BERUBAH_LAGI = (
    "Belum ada yang disimpan: catatan di portal berubah sejak halaman ini dibuka, atau jawaban Anda memengaruhi "
    "baris lain. Periksa sekali lagi, lalu simpan."
)

# ---------------------------------------------------------------- the file


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@batas_unggah(BERKAS_MAKS)
def unggah(request: Permintaan, register: str, kode: str, jenis: str) -> HttpResponse:
    t = _tempat(request, register, kode, jenis)
    if request.method != "POST":
        return _halaman_unggah(request, t, FormBerkas())
    form = FormBerkas(request.POST, request.FILES)
    satu, status = _terima(request, t, form)
    return redirect(_alamat(satu)) if satu else _halaman_unggah(request, t, form, status)


def _tempat(request: Permintaan, register: str, kode: str, jenis: str) -> Tempat:
    t = halaman.ambil_menulis(request, register, kode, jenis)
    impor_services.pastikan_dapat(t.jenis, t.upt, oleh=request.user, cakupan=request.cakupan)
    return t


def _terima(request: Permintaan, t: Tempat, form: FormBerkas) -> tuple[ImporRegister | None, int]:
    """(the import, 0), or (None, status) with the refusal as the form's error."""
    if terlalu_besar(request):
        form.add_error("berkas", TERLALU_BESAR)
        return None, 413
    if not form.is_valid():
        return None, 400
    berkas = form.cleaned_data["berkas"]
    umum: dict[str, Any] = {"upt": t.upt, "oleh": request.user, "cakupan": request.cakupan}
    try:
        return impor_services.terima(t.jenis, isi=berkas.read(), nama=berkas.name, **umum), 0
    except GalatPortal as galat:
        if galat.status in (403, 404):
            raise
        form.add_error("berkas", galat.pesan)
        return None, galat.status


def _halaman_unggah(request: Permintaan, t: Tempat, form: FormBerkas, status: int = 200) -> HttpResponse:
    alami = set(t.jenis.kunci_alami)
    isi = {
        "t": t,
        "form": form,
        "kolom": [(k, "angka" if k.ragam in BILANGAN else "") for k in t.jenis.kolom],
        "kunci": ", ".join(k.label.lower() for k in t.jenis.kolom if k.nama in alami),
        "templat": t.alamat("impor_templat"),
        "impor": [(satu, _alamat(satu)) for satu in baca.daftar_impor(request.cakupan, t.jenis, t.upt)],
        "jalur": t.jalur(),
    }
    return render(request, "register/impor.html", isi, status=status)


def _alamat(satu: ImporRegister, nama: str = "impor_periksa") -> str:
    return halaman.alamat_register(f"{satu.register}:{nama}", kunci=satu.pk)


@masuk_dulu
@require_safe
def templat(request: Permintaan, register: str, kode: str, jenis: str) -> HttpResponse:
    t = _tempat(request, register, kode, jenis)
    return unduh(impor_templat.templat(t.jenis, t.upt), f"templat-{t.jenis.kode}-{t.upt.kode}.xlsx")


def unduh(isi: bytes, nama: str, tipe: str = batas.TIPE) -> HttpResponse:
    jawaban = HttpResponse(isi, content_type=tipe)
    jawaban["Content-Disposition"] = content_disposition_header(True, nama)
    jawaban["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(jawaban, private=True, no_store=True)
    return jawaban


# ---------------------------------------------------------------- the plan and the decision


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def periksa(request: Permintaan, register: str, kunci: UUID) -> HttpResponse:
    """What saving would do; then the decision; afterwards what it did."""
    satu = baca.satu_impor(request.cakupan, request.user, register, kunci)
    if request.method != "POST":
        return _halaman_periksa(request, satu)
    halaman.pastikan_orang(request)
    aksi = {"petakan": _petakan, "batal": _batal, "tampil": _tampilkan}.get(request.POST.get("aksi", ""), _simpan)
    return aksi(request, satu)


def _batal(request: Permintaan, satu: ImporRegister) -> HttpResponse:
    impor_services.batalkan(impor_id=satu.pk, oleh=request.user, cakupan=request.cakupan)
    messages.success(request, "Dibatalkan. Tidak ada yang disimpan.")
    return redirect(_tempat(request, satu.register, satu.upt.kode, satu.jenis).impor)


def _petakan(request: Permintaan, satu: ImporRegister) -> HttpResponse:
    t = _tempat(request, satu.register, satu.upt.kode, satu.jenis)
    form = FormKolom(request.POST, jenis=t.jenis, tabel=TabelBerkas.dari_json(satu.rencana["tabel"]))
    if not form.is_valid():
        return _halaman_periksa(request, satu, kolom=form, status=400)
    try:
        impor_services.petakan(impor_id=satu.pk, kolom=form.pilihan(), oleh=request.user, cakupan=request.cakupan)
    except TidakSah as galat:
        return _halaman_periksa(request, satu, galat=galat.pesan, kolom=form, status=400)
    return redirect(_alamat(satu))


def _tampilkan(request: Permintaan, satu: ImporRegister) -> HttpResponse:
    """Another part of the plan, with what was ticked in this one."""
    form = FormSimpan(request.POST)
    form.is_valid()
    isi = form.cleaned_data
    izinkan = Izinkan(form.betul, isi.get("semua", False), isi.get("alasan", ""))
    impor_services.tandai(impor_id=satu.pk, izinkan=izinkan, oleh=request.user, cakupan=request.cakupan)
    return redirect(request.get_full_path())


def _simpan(request: Permintaan, satu: ImporRegister) -> HttpResponse:
    form = FormSimpan(request.POST)
    if not form.is_valid():
        return _halaman_periksa(request, satu, form=form, status=400)
    try:
        hasil, tersimpan = impor_services.simpan(
            impor_id=satu.pk, izinkan=form.izinkan(), sidik=request.POST.get("sidik", ""),
            oleh=request.user, cakupan=request.cakupan,
        )  # fmt: skip
    except TidakSah as galat:
        form.add_error("alasan" if galat.pesan == impor_services.TANPA_ALASAN else None, galat.pesan)
        return _halaman_periksa(request, satu, form=form, status=400)
    if not tersimpan:
        return _halaman_periksa(request, hasil, galat=BERUBAH_LAGI, status=409)
    return redirect(_alamat(satu))


def _halaman_periksa(
    request: Permintaan,
    satu: ImporRegister,
    *,
    galat: str = "",
    form: FormSimpan | None = None,
    kolom: FormKolom | None = None,
    status: int = 200,
) -> HttpResponse:
    t = _tempat(request, satu.register, satu.upt.kode, satu.jenis)
    tabel = TabelBerkas.dari_json(satu.rencana["tabel"])
    galat = galat or (BERUBAH_LAGI if satu.rencana.get("berubah") and satu.status == Status.DIPERIKSA else "")
    baris = impor_services.baris_rencana(satu)
    if form is not None:
        _tandai(baris, form)
    isi = {
        "t": t,
        "u": satu,
        "tabel": tabel,
        "tidak_dipakai": tidak_dipakai(tabel),
        "kurang": [k.label for k in t.jenis.kolom if k.nama in satu.rencana["kurang"]],
        "kolom": kolom or FormKolom(None, jenis=t.jenis, tabel=tabel),
        "galat": [{"pesan": galat, "sasaran": ""}] if galat else [],
        "kerja": pekerjaan.kemajuan_halaman(baca.pekerjaan_impor(request.user, satu)),
        "form": form or FormSimpan(initial={n: satu.rencana.get(n, "") for n in ("alasan", "semua")}),
        "sidik": impor.sidik(baris),
        "ditolak": _alamat(satu, "impor_ditolak"),
        "berkas": _alamat(satu, "impor_berkas"),
        "jalur": [*t.jalur(), {"label": "Impor", "url": t.impor}],
        "bertanda": satu.status == Status.DIPERIKSA and any(b.tanya and not b.pesan for b in baris),
        **_sajian(request, baris),
    }
    return render(request, "register/impor_periksa.html", isi, status=status)


def _tandai(baris: list[BarisRencana], form: FormSimpan) -> None:
    for satu in baris:
        satu.setuju = satu.n in form.betul


def _sajian(request: Permintaan, baris: list[BarisRencana]) -> dict[str, Any]:
    """Rows that ask stand together, all of them; the others by pages, of one state (`?tampil=`)."""
    hitungan = impor.hitung(baris)
    tampil = request.GET.get("tampil", "")
    tampil = tampil if tampil in NAMA and tampil != TANYA else ""
    ditanya = [b for b in baris if b.tanya and not b.pesan]
    lain = [b for b in baris if not (b.tanya and not b.pesan) and (b.keadaan == tampil if tampil else b.jenis != SAMA)]
    return {
        "hitungan": [(k, NAMA[k], n) for k, n in hitungan.items() if n],
        "tulis": sum(1 for b in baris if b.keadaan in (BARU, BERUBAH) and not b.tanya),
        "sisa": hitungan[DITOLAK] + hitungan[TANYA],
        "ditanya": ditanya,
        "halaman": Paginator(lain, SEHALAMAN).get_page(request.GET.get("halaman")),
        "tampil": tampil,
    }


@masuk_dulu
@require_safe
def ditolak(request: Permintaan, register: str, kunci: UUID) -> HttpResponse:
    """Rows that were left out, with the reason in a column of its own; to be mended and brought again."""
    satu = baca.satu_impor(request.cakupan, request.user, register, kunci)
    tabel = TabelBerkas.dari_json(satu.rencana["tabel"])
    isi = impor_templat.tertinggal(tabel, impor_services.baris_rencana(satu))
    return unduh(isi, f"perbaiki-{satu.jenis}-{satu.pk}.xlsx")


@masuk_dulu
@require_safe
def berkas(request: Permintaan, register: str, kunci: UUID) -> HttpResponse:
    """The file exactly as it came, as evidence; always a download under a name of our own."""
    satu = baca.satu_impor(request.cakupan, request.user, register, kunci)
    return unduh(bytes(satu.berkas.isi), f"unggahan-{satu.pk}", "application/octet-stream")


__all__ = ["AWALAN", "berkas", "ditolak", "periksa", "templat", "unduh", "unggah"]
