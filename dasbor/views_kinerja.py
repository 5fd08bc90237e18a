"""The page "Laporan kinerja": choose a month, see what its figures stand for, ask for the report."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dasbor.kinerja.forms import FormKinerja, FormPilih
from dasbor.kinerja.pesanan import JENIS, Surat
from dasbor.rekap import Rekap
from dasbor.selectors import bulan_terbuka, rekap_wilayah, skema_bulan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan import selectors as pekerjaan
from pemasyarakatan.pekerjaan.services import TerlaluBanyak, minta
from pemasyarakatan.pekerjaan.views import orang


@masuk_dulu
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kinerja(request: HttpRequest) -> HttpResponse:
    """GET shows the month's coverage; POST asks for the report and leads to its progress."""
    if not boleh(orang(request), Izin.BUAT_LAPORAN_KINERJA):
        raise Ditolak("Laporan kinerja nasional disusun oleh peninjau pusat dan pimpinan.")
    bulan = bulan_terbuka()
    if request.method == "POST" and bulan:
        return _minta(request, bulan)
    pilih = FormPilih({**_pilihan_awal(bulan), **request.GET.dict()}, bulan=bulan)
    return _halaman(request, bulan, pilih, None)


def _pilihan_awal(bulan: list[Bulan]) -> dict[str, str]:
    """The newest month that is over; while there is none, the newest one."""
    lewat = [b for b in bulan if b < Bulan.kini()]
    return {"bulan": (lewat or bulan)[0].kode, "dasar": "masuk"} if bulan else {"dasar": "masuk"}


def _minta(request: HttpRequest, bulan: list[Bulan]) -> HttpResponse:
    form = FormKinerja(request.POST, bulan=bulan)
    if not form.is_valid():
        return _halaman(request, bulan, FormPilih(request.POST, bulan=bulan), form, status=400)
    pesanan = form.pesanan
    try:
        baru = minta(
            oleh=orang(request),
            jenis=JENIS,
            judul=pesanan.judul,
            parameter=pesanan.ke_json(),
            kunci=form.cleaned_data["kunci"],
        )
    except TerlaluBanyak as galat:
        form.add_error(None, galat.pesan)
        return _halaman(request, bulan, FormPilih(request.POST, bulan=bulan), form, status=galat.status)
    return redirect("pekerjaan:satu", id=baru.pk)


def _halaman(
    request: HttpRequest, bulan: list[Bulan], pilih: FormPilih, form: FormKinerja | None, status: int = 200
) -> HttpResponse:
    """The choice as far as it can be read; an unreadable one shows its message and nothing to ask for."""
    dipilih = pilih.cleaned_data if pilih.is_valid() else None
    isi: dict[str, Any] = {"pilih": pilih, "form": form, "ada_bulan": bool(bulan)}
    if dipilih is not None:
        isi |= _cakupan(request, Bulan.dari(dipilih["bulan"]))
        isi["form"] = form or FormKinerja(initial=_surat_awal() | dipilih, bulan=bulan)
    baris = [(satu, pekerjaan.keadaan(satu)) for satu in pekerjaan.daftar(orang(request), jenis=JENIS)[:10]]
    tidak_terbaca = dipilih is None and bulan and status == 200
    isi |= {"permintaan": baris, "galat": _galat_pilih(pilih) if tidak_terbaca else []}
    return render(request, "dasbor/kinerja.html", isi, status=400 if tidak_terbaca else status)


def _surat_awal() -> dict[str, Any]:
    surat = Surat.bawaan()
    teks = {nama: getattr(surat, nama) for nama in ("alamat", "nomor", "tempat", "jabatan")}
    return {**teks, "kop": "\n".join(surat.kop), "kunci": uuid4().hex}


def _galat_pilih(pilih: FormPilih) -> list[dict[str, str]]:
    return [
        {"pesan": f"{pilih[nama].label}: {pesan}", "sasaran": pilih[nama].id_for_label}
        for nama, semua in pilih.errors.items()
        for pesan in semua
    ]


def _cakupan(request: HttpRequest, bulan: Bulan) -> dict[str, Any]:
    """Coverage of every form of the month, over the nation."""
    nasional = rekap_wilayah(request.cakupan, bulan, []).get(None) or Rekap(bulan)  # type: ignore[attr-defined]
    skema = skema_bulan(bulan)
    formulir = [
        (kode, skema[kode].nama, isi.liputan) for kode, isi in sorted(nasional.formulir.items()) if kode in skema
    ]
    li = nasional.liputan
    return {
        "bulan": bulan,
        "formulir": formulir,
        "liputan": li,
        "kurang": li.wajib - li.sah,
        "dihitung": nasional.dihitung,
    }
