"""The page of a report's evidence, and the files themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pelaporan.alur import dapat_diisi
from pelaporan.catatan.tempat import baca_tempat
from pelaporan.halaman import alamat, ambil, jalur
from pelaporan.lampiran import services
from pelaporan.lampiran.batas import JUMLAH_MAKS, UKURAN_MAKS
from pelaporan.lampiran.forms import FormLampiran
from pelaporan.lampiran.periksa import TERLALU_BESAR, periksa_ukuran
from pelaporan.lampiran.sajian import sajikan
from pelaporan.lampiran.selectors import lampiran_tampak, satu_lampiran
from pelaporan.models import Lampiran, Laporan
from pelaporan.selectors import segarkan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan, TidakSah
from pemasyarakatan.inti.pemindai import PemindaiTidakMenjawab, terpasang
from pemasyarakatan.inti.unggah import batas_unggah, terlalu_besar
from pemasyarakatan.inti.waktu import Bulan
from upt.permintaan import Permintaan


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
@batas_unggah(UKURAN_MAKS)
def lampiran(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """All evidence of a report (?sel= of one item), and the form to add to it."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    sel = (request.POST if request.method == "POST" else request.GET).get("sel", "")
    tempat = baca_tempat(laporan.skema, sel)
    if tempat is None:
        raise TidakDitemukan("Butir ini tidak ada di formulir bulan tersebut.")
    if request.method != "POST":
        return _halaman(request, laporan, sel, FormLampiran())
    form = FormLampiran(request.POST, request.FILES)
    if terlalu_besar(request):  # dropped while it arrived
        form.add_error("berkas", TERLALU_BESAR)
        return _halaman(request, laporan, sel, form, status=413)
    if not form.is_valid():
        return _halaman(request, laporan, sel, form, status=400)
    try:
        baru = _lampirkan(request, laporan, sel, form)
    except (TidakSah, Bentrok, PemindaiTidakMenjawab) as galat:
        sasaran = "id_keterangan" if galat.rincian.get("keterangan") else "id_berkas"
        pesan = [{"pesan": galat.pesan, "sasaran": sasaran}]
        return _halaman(request, segarkan(laporan), sel, form, status=galat.status, galat=pesan)
    messages.success(request, f"{baru.berkas.nama} terlampir.")
    return redirect(f"{alamat(laporan, 'lampiran')}{f'?sel={sel}' if sel else ''}")


def _lampirkan(request: Permintaan, laporan: Laporan, sel: str, form: FormLampiran) -> Lampiran:
    unggahan = form.cleaned_data["berkas"]
    periksa_ukuran(unggahan.size)  # before it is read into memory
    return services.lampirkan(
        laporan_id=laporan.pk,
        kode=sel,
        nama=unggahan.name,
        isi=unggahan.read(),
        keterangan=form.cleaned_data["keterangan"],
        oleh=request.user,
        cakupan=request.cakupan,
    )


def _halaman(
    request: Permintaan, laporan: Laporan, sel: str, form: FormLampiran, *, status: int = 200, **tambahan: Any
) -> HttpResponse:
    isi = lampiran_tampak(laporan, request.user)
    mengubah = boleh(request.user, Izin.ISI_LAPORAN, laporan) and dapat_diisi(laporan.status)
    bahan = {
        "laporan": laporan,
        "jalur": jalur(laporan),
        "lampiran": bertempat(laporan, isi),
        "jumlah_maks": JUMLAH_MAKS,
        "penuh": len(isi) >= JUMLAH_MAKS,
        "mengubah": mengubah,
        "form_lampiran": form,
        "form": form if form.is_bound and form.errors else None,
        "tempat": baca_tempat(laporan.skema, sel),
        "dipindai": terpasang(),
        **tambahan,
    }
    return render(request, "pelaporan/lampiran.html", bahan, status=status)


def bertempat(laporan: Laporan, isi: list[Lampiran]) -> list[dict[str, Any]]:
    """Attachments with the words for their place."""
    semua = ((satu, baca_tempat(laporan.skema, satu.kode)) for satu in isi)
    return [{"l": satu, "tempat": tempat.label if tempat else satu.kode} for satu, tempat in semua]


@masuk_dulu
@require_safe
def berkas(request: Permintaan, kode: str, bulan: Bulan, formulir: str, lampiran: int) -> HttpResponse:
    """The file itself."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    return sajikan(satu_lampiran(laporan, lampiran, request.user).berkas)


@masuk_dulu
@require_POST
def hapus(request: Permintaan, kode: str, bulan: Bulan, formulir: str, lampiran: int) -> HttpResponse:
    laporan = ambil(request, kode, bulan, formulir, Izin.ISI_LAPORAN)
    satu_lampiran(laporan, lampiran, request.user)  # of this report, else 404
    try:
        services.hapus_lampiran(lampiran_id=lampiran, oleh=request.user, cakupan=request.cakupan)
    except Bentrok as galat:
        pesan = [{"pesan": galat.pesan, "sasaran": ""}]
        return _halaman(request, segarkan(laporan), "", FormLampiran(), status=galat.status, galat=pesan)
    messages.success(request, "Lampiran dihapus dari laporan. Versi yang sudah dikirim tetap memuatnya.")
    return redirect(alamat(laporan, "lampiran"))
