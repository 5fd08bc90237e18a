"""The register of a unit and one person in it: masked, what is missing, what was granted, who looked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pelaporan.register.kolom import Kolom
from pelaporan.selectors_isian import unit_sendiri
from pemasyarakatan.akun.izin import PERAN, Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.inti.waktu import tulis_tanggal
from upt.permintaan import Permintaan
from wbp import pencarian
from wbp import selectors_data as baca
from wbp.akses import alasan_tertulis, bidang_tertulis
from wbp.dasar import LANJUT, WARGA_LAMA
from wbp.forms import FormBeri, FormBuka, FormCari, FormPerilaku, FormSaring
from wbp.halaman import Hasil, Tempat, tampilkan
from wbp.kolom import ISI, MENURUT_NAMA, tulis
from wbp.models import DataWarga, RiwayatData
from wbp.sdp.kolom import REMISI

SEHALAMAN = 50
TERAKHIR, SEMUA_MAKS = 10, 500
_LAMA = ("jenis_pidana", "pidana_tahun", "pidana_bulan", "pidana_hari", "subsider_bulan", "subsider_hari")
PREDIKAT = dict(DataWarga.Predikat.choices)


@never_cache
@masuk_dulu
@require_safe
def beranda(request: Permintaan) -> HttpResponse:
    """Those of one unit go to its register; others choose one that has persons in it."""
    if not boleh(request.user, Izin.LIHAT_WARGA):
        raise Ditolak(baca.TANPA_HAK)
    sendiri = list(unit_sendiri(request.cakupan))
    if len(sendiri) == 1:
        return redirect("wbp:unit", sendiri[0].kode)
    semua = sendiri or list(baca.unit_berisi(request.cakupan))
    isi = {
        "unit": [(u, reverse("wbp:unit", kwargs={"kode": u.kode})) for u in semua],
        "judul": "Warga binaan",
        "pengantar": "Pilih unit untuk membuka register warga binaannya.",
    }
    return render(request, "register/pilih_unit.html", isi)


@never_cache
@masuk_dulu
@require_safe
def unit(request: Permintaan, kode: str) -> HttpResponse:
    t = Tempat.buka(request, kode)
    saring = FormSaring(request.GET or None)
    isi = saring.cleaned_data if saring.is_bound and saring.is_valid() else {}
    pilihan = baca.Saringan(**{**isi, "keadaan": isi.get("keadaan") or "ada"})
    semua = baca.dengan_kurang(baca.daftar_warga(request.cakupan, t.upt, pilihan))
    halaman = Paginator(semua, SEHALAMAN).get_page(request.GET.get("halaman"))
    return tampilkan(
        t,
        "unit",
        saring=saring,
        tersaring=any(isi.values()),
        halaman=halaman,
        orang=_baris(halaman),
        kurang=baca.kekurangan(request.cakupan, t.upt),
        form_cari=FormCari(),
        datang=baca.menunggu_diterima(request.cakupan, t.upt),
        jalur=t.jalur()[:1],
        ada=halaman.paginator.count or baca.register_berisi(request.cakupan, t.upt),
    )


def _baris(semua: Any) -> list[tuple[DataWarga, str, list[str]]]:
    """Person, sentence in short, what is missing."""
    return [(data, pidana(data), baca.kurang_dari(data)) for data in semua]


def pidana(data: DataWarga) -> str:
    """A sentence as it was imposed; "" when it is not known or there is none."""
    if data.jenis_pidana != DataWarga.JenisPidana.SEMENTARA:
        return data.get_jenis_pidana_display().removeprefix("pidana ")
    return tulis_lama_pidana(data.pidana_tahun, data.pidana_bulan, data.pidana_hari)


def tulis_lama_pidana(tahun: int | None, bulan: int | None, hari: int | None) -> str:
    """Years, months and days as they were imposed, never carried over."""
    return " ".join(f"{n} {satuan}" for satuan, n in (("tahun", tahun), ("bulan", bulan), ("hari", hari)) if n)


@never_cache
@masuk_dulu
@require_POST
def cari(request: Permintaan, kode: str) -> HttpResponse:
    """Found by number or name; what was typed is in no address and on no page, and that somebody searched is noted."""
    t = Tempat.buka(request, kode)
    form = FormCari(request.POST)
    hasil, orang, lebih = Hasil(form), [], False
    if form.is_valid():
        try:
            ketemu, lebih = pencarian.cari(upt=t.upt, teks=form.cleaned_data["teks"], **t.pelaku)
            orang = _baris(ketemu)
        except TidakSah as galat:
            form.add_error("teks", galat.pesan)
    isi = {**hasil.bahan(), "form_cari": form, "orang": orang, "penuh": lebih, "paling": pencarian.PALING}
    return tampilkan(t, "cari", status=hasil.status, **isi)


# ---------------------------------------------------------------- one person


@never_cache
@masuk_dulu
@require_safe
def satu(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    t = Tempat.buka(request, kode)
    return halaman_satu(t, t.orang(pk))


def halaman_satu(t: Tempat, data: DataWarga, hasil: Hasil | None = None, **form: Any) -> HttpResponse:
    """The person's page; with a refused act its form as it was typed (`form_perilaku`, `form_beri`)."""
    dapat_diubah = t.menulis and data.keluar_pada is None and data.dimusnahkan_pada is None
    forms = {"form_perilaku": FormPerilaku(), "form_beri": FormBeri()} if dapat_diubah else {}
    paling = SEMUA_MAKS if t.request.GET.get("riwayat") == "semua" else TERAKHIR
    perilaku, riwayat = list(baca.perilaku_warga(data)[: paling + 1]), list(baca.riwayat_warga(data)[: paling + 1])
    return tampilkan(
        t,
        "satu",
        data=data,
        status=hasil.status if hasil else 200,
        **{
            "isi": isi_tertulis(data),
            "kurang": [] if data.dimusnahkan_pada or data.keluar_pada else baca.kurang_dari(data),
            "pemberian": [(p, REMISI.get(p.jenis, p.jenis).capitalize()) for p in baca.pemberian_warga(data)],
            "perilaku": [(p, PREDIKAT.get(p.predikat, "")) for p in perilaku[:paling]],
            "riwayat": [(r, ubahan_tertulis(r)) for r in riwayat[:paling]],
            "lebih": paling == TERAKHIR and (len(perilaku) > paling or len(riwayat) > paling),
            "form_buka": FormBuka() if t.boleh(Izin.BUKA_NAMA) and not data.dimusnahkan_pada else None,
            "dapat_diubah": dapat_diubah,
            "baca_akses": t.boleh(Izin.LIHAT_AKSES),
            "buka": "",
            **forms,
            **(hasil.bahan() if hasil else {}),
            **form,
        },
    )


def isi_tertulis(data: DataWarga) -> list[tuple[str, str]]:
    """(label, text) of the columns that are known."""
    semua = [*ISI, *(MENURUT_NAMA[n] for n in ("sppn_predikat", "sppn_tanggal", "register_f_terakhir"))]
    tersendiri = [(k.label, isi) for k in semua if k.nama not in _LAMA and (isi := _tulis(k, data))]
    lama = [("Pidana", pidana(data)), ("Subsider", tulis_lama_pidana(0, data.subsider_bulan, data.subsider_hari))]
    return [*tersendiri, *((label, isi) for label, isi in lama if isi)]


def _tulis(kolom: Kolom, data: DataWarga) -> str:
    nilai = getattr(data, kolom.nama)
    return "" if nilai == 0 and nilai is not False else tulis(kolom.nama, nilai)


def ubahan_tertulis(satu: RiwayatData) -> list[str]:
    """What changed, in words."""
    return [_ubahan(nama, isi) for nama, isi in satu.ubahan.items() if nama not in (WARGA_LAMA, LANJUT)]


_LAIN = {
    "keluar_pada": "Tanggal keluar", "alasan_keluar": "Sebab keluar", "alasan_kembali": "Sebab dikembalikan",
    "tahan_hapus": "Tidak boleh dimusnahkan", "alasan_lepas": "Sebab dilepas",
    "unit": "Unit",
}  # fmt: skip


def _ubahan(nama: str, isi: list[Any]) -> str:
    if nama == "gabung":
        return f"Catatan dari {isi[1]} digabungkan"
    kolom = MENURUT_NAMA.get(nama)
    label = kolom.label if kolom else _LAIN.get(nama, nama)
    if not isi:
        return f"{label}: diganti"
    dari, ke = (tulis_lama(kolom, satu) for satu in isi)
    return f"{label}: {dari or 'kosong'} menjadi {ke or 'kosong'}"


def tulis_lama(kolom: Kolom | None, nilai: Any) -> str:
    """A value as the history keeps it: days as text."""
    if nilai is None or nilai == "":
        return ""
    if isinstance(nilai, str) and (kolom is None or kolom.ragam == "tanggal"):
        return tulis_hari(nilai)
    return tulis(kolom.nama, nilai) if kolom else str(nilai)


def tulis_hari(teks: str) -> str:
    try:
        return tulis_tanggal(date.fromisoformat(teks))
    except ValueError:
        return teks


@never_cache
@masuk_dulu
@require_safe
def akses(request: Permintaan, kode: str, pk: int) -> HttpResponse:
    t = Tempat.buka(request, kode)
    data = t.orang(pk)
    semua = baca.akses_warga(data, request.user)
    halaman = Paginator(semua, SEHALAMAN).get_page(request.GET.get("halaman"))
    peran = {kode: jenis.label for kode, jenis in PERAN.items()}
    baris = [(a, peran.get(a.peran, a.peran), alasan_tertulis(a), bidang_tertulis(a)) for a in halaman]
    asal = [] if request.cakupan.nasional else baca.asal_pindah(data)
    return tampilkan(t, "akses", data=data, halaman=halaman, baris=baris, asal=asal, jalur=t.jalur(data))
