"""Lists that leave the portal: nominative list and decree annex of a unit, recap of a Kanwil.

By initials they are links; with names they are a form that says why, and every reading is written down before the
file is made. Nothing is stored: the file exists in the answer alone.
"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Ditolak, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import sekarang
from remisi.integrasi.baca import baca_kasus
from remisi.keluaran import berkas, susun
from remisi.keluaran import selectors as baca
from remisi.keluaran.forms import FormBernama, label_pilihan
from remisi.kesempatan import satu_kesempatan
from remisi.models import Kesempatan, Usulan
from remisi.nasional import selectors as baca_nasional
from remisi.nasional.halaman import kalimat_liputan
from remisi.nasional.selectors import Lingkup
from remisi.nasional.views import jawab_berkas
from remisi.selectors_aturan import himpunan
from remisi.usulan.selectors import samaran
from upt.models import UPT
from upt.permintaan import Permintaan
from upt.selectors import satu_kanwil, satu_upt
from wbp.buka import buka_nama
from wbp.models import AksesWarga

TERLALU_BANYAK = f"Daftar ini lebih dari {baca.BARIS_MAKS} baris. Cetak menurut keputusannya."


def _buka(request: Permintaan, kode: str, kesempatan: str) -> tuple[UPT, Kesempatan, list[baca.Pilihan]]:
    """Raises TidakDitemukan (foreign), Ditolak (own, without the right; or outside the unit's chain)."""
    upt = satu_upt(request.cakupan, kode)
    if not boleh(request.user, Izin.LIHAT_USULAN, upt):
        raise Ditolak("Peran Anda tidak membaca usulan remisi.")
    satu = satu_kesempatan(kesempatan)
    return upt, satu, baca.pilihan(request.cakupan, upt, satu)


def _pilih(semua: list[baca.Pilihan], kode: str) -> baca.Pilihan:
    satu = next((p for p in semua if p.kode == kode), None)
    if satu is None:
        raise TidakDitemukan("Daftar ini tidak ada. Pilih dari halaman daftar nominatif.")
    return satu


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def nominatif(request: Permintaan, kode: str, kesempatan: str) -> HttpResponse:
    """What there is to print; POST answers with a file that has names."""
    upt, satu, semua = _buka(request, kode, kesempatan)
    if request.method != "POST":
        return _halaman(request, upt, satu, semua, FormBernama(semua=semua))
    if not boleh(request.user, Izin.BUKA_NAMA, upt):
        raise Ditolak("Daftar bernama diunduh petugas UPT-nya, verifikator Kanwil-nya, dan auditor.")
    form = FormBernama(request.POST, semua=semua)
    if not form.is_valid():
        return _halaman(request, upt, satu, semua, form, status=400)
    try:
        return _bernama(request, upt, satu, _pilih(semua, form.cleaned_data["daftar"]), form)
    except TidakSah as galat:
        return _halaman(request, upt, satu, semua, form, galat=galat, status=galat.status)


def _halaman(
    request: Permintaan,
    upt: UPT,
    kesempatan: Kesempatan,
    semua: list[baca.Pilihan],
    form: FormBernama,
    *,
    galat: GalatPortal | None = None,
    status: int = 200,
) -> HttpResponse:
    isi = {
        "upt": upt,
        "kesempatan": kesempatan,
        "semua": [(p, label_pilihan(p)) for p in semua],
        "form": form if boleh(request.user, Izin.BUKA_NAMA, upt) and any(p.jumlah for p in semua) else None,
        "galat": [{"pesan": galat.pesan, "sasaran": ""}] if galat else [],
        "jalur": [
            {"label": upt.nama, "url": reverse("remisi:unit", args=[upt.kode])},
            {"label": kesempatan.nama, "url": reverse("remisi:kesempatan", args=[upt.kode, kesempatan.slug])},
        ],
    }
    return render(request, "remisi/nominatif.html", isi, status=status)


def _kasus(request: Permintaan, upt: UPT, kesempatan: Kesempatan, pilihan: baca.Pilihan) -> list[Usulan]:
    kasus = baca.kasus(request.cakupan, upt, kesempatan, pilihan)
    if len(kasus) > baca.BARIS_MAKS:
        raise TidakSah(TERLALU_BANYAK)
    return kasus


@transaction.atomic
def _bernama(
    request: Permintaan, upt: UPT, kesempatan: Kesempatan, pilihan: baca.Pilihan, form: FormBernama
) -> HttpResponse:
    """The reading is written and the file made in one transaction: no file, no reading, and the other way round."""
    kasus, isi = _kasus(request, upt, kesempatan, pilihan), form.cleaned_data
    orang = samaran(request.cakupan, (u.data_id for u in kasus))
    nama = buka_nama(
        data=sorted(orang),
        alasan=isi["alasan"],
        keterangan=isi["keterangan"],
        cara=AksesWarga.Cara.BERKAS,
        oleh=request.user,
        cakupan=request.cakupan,
    )
    daftar = susun.nominatif(
        kasus, upt=upt, kesempatan=kesempatan, pilihan=pilihan, aturan=himpunan(), oleh=request.user, pada=sekarang(),
        orang=orang, masa=baca_kasus(orang), nama=nama,
    )  # fmt: skip
    return _jawab(daftar, _nama(pilihan, upt, kesempatan, "bernama"), isi["bentuk"])


@never_cache
@masuk_dulu
@require_safe
def nominatif_berkas(request: Permintaan, kode: str, kesempatan: str, daftar: str, bentuk: str) -> HttpResponse:
    """A list by initials."""
    upt, satu, semua = _buka(request, kode, kesempatan)
    pilihan = _pilih(semua, daftar)
    kasus = _kasus(request, upt, satu, pilihan)
    orang = samaran(request.cakupan, (u.data_id for u in kasus))
    isi = susun.nominatif(
        kasus, upt=upt, kesempatan=satu, pilihan=pilihan, aturan=himpunan(), oleh=request.user, pada=sekarang(),
        orang=orang, masa=baca_kasus(orang),
    )  # fmt: skip
    return _jawab(isi, _nama(pilihan, upt, satu, "disamarkan"), bentuk)


def _nama(pilihan: baca.Pilihan, upt: UPT, kesempatan: Kesempatan, sifat: str) -> str:
    jenis = "lampiran-keputusan" if pilihan.keputusan else "nominatif"
    return f"{jenis}-{upt.kode}-{kesempatan.slug}-{sifat}"


def _jawab(daftar: susun.Daftar, nama: str, bentuk: str) -> HttpResponse:
    if bentuk not in berkas.TIPE_BERKAS:
        raise TidakDitemukan("Berkas ini ada sebagai PDF dan XLSX.")
    return jawab_berkas(berkas.buat(daftar, bentuk), f"{nama}.{bentuk}", berkas.TIPE_BERKAS[bentuk])


# ---------------------------------------------------------------- Kanwil


@never_cache
@masuk_dulu
@require_safe
def rekap_kanwil(request: Permintaan, slug: str, kesempatan: str) -> HttpResponse:
    """Units of a Kanwil by kind and result, on screen."""
    daftar = _rekap(request, slug, kesempatan)
    kanwil = satu_kanwil(request.cakupan, slug)
    url = f"{reverse('remisi:kanwil', args=[slug])}?kesempatan={kesempatan}"
    jalur = [{"label": kanwil.nama_pendek, "url": url}]
    return render(
        request, "remisi/rekap_kanwil.html", {"d": daftar, "jalur": jalur, "slug": slug, "kesempatan": kesempatan}
    )


@never_cache
@masuk_dulu
@require_safe
def rekap_berkas(request: Permintaan, slug: str, kesempatan: str, bentuk: str) -> HttpResponse:
    return _jawab(_rekap(request, slug, kesempatan), f"rekap-remisi-{slug}-{kesempatan}", bentuk)


def _rekap(request: Permintaan, slug: str, kesempatan: str) -> susun.Daftar:
    cakupan = baca_nasional.cakupan_usulan(request.user)
    if not (cakupan.nasional or cakupan.kanwil) or not baca_nasional.dalam_rantai(request.user, cakupan):
        raise Ditolak("Rekap Kanwil dibaca Kanwil-nya dan peninjau Ditjenpas.")
    kanwil, satu = satu_kanwil(cakupan, slug), satu_kesempatan(kesempatan)
    lingkup = Lingkup(cakupan, satu, kanwil)
    return susun.rekap(
        baca.rekap(cakupan, kanwil, satu),
        kanwil=kanwil,
        kesempatan=satu,
        aturan=himpunan(),
        liputan=kalimat_liputan(lingkup, baca_nasional.liputan(lingkup)),
        oleh=request.user,
        pada=sekarang(),
    )
