"""The first page of everybody, and the home of a unit: what do I owe, by when, whose turn is it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan import selectors_isian as baca
from pelaporan.alur import ALASAN_KEMBALI, Status, dapat_diisi
from pelaporan.halaman import kalimat_kampanye
from pelaporan.isian import tulis_nilai
from pelaporan.models import Laporan
from pelaporan.selectors_beban import beban_bulan
from pelaporan.selectors_isian import AngkaLalu, BerandaUPT, BulanUnit, Kewajiban
from pelaporan.tenggat.kalimat import kalimat_geser
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import (
    Bulan,
    Zona,
    hari_ini,
    sekarang,
    sisa_hari,
    tulis_tanggal,
    tulis_tanggal_hari,
    tulis_waktu,
)
from upt.models import UPT
from upt.permintaan import Permintaan

# ---------------------------------------------------------------- by role


@never_cache
@masuk_dulu
@require_safe
def beranda(request: Permintaan) -> HttpResponse:
    """Send everybody to the page of their work; several units are listed, no assignment is explained."""
    unit = list(baca.unit_sendiri(request.cakupan))
    if len(unit) == 1:
        return redirect("pelaporan:beranda_upt", unit[0].kode)
    if unit:
        return render(request, "pelaporan/beranda_unit.html", {"unit": unit})
    for izin, nama in _TUJUAN:
        if boleh(request.user, izin):
            return redirect(nama)
    return render(request, "pelaporan/beranda_kosong.html")


_TUJUAN = (
    (Izin.TINJAU_LAPORAN, "pelaporan:antrean"),
    (Izin.LIHAT_DASBOR, "dasbor:nasional"),
    (Izin.KELOLA_PENGGUNA, "admin:index"),
)


# ---------------------------------------------------------------- the unit home


@never_cache
@masuk_dulu
@require_safe
def beranda_upt(request: Permintaan, kode: str) -> HttpResponse:
    upt = baca.upt_terlihat(request.cakupan, request.user, kode)
    beranda = baca.beranda_upt(request.cakupan, upt, _bulan_diminta(request))
    isi = {
        "beranda": beranda,
        "upt": upt,
        "kelompok": _kelompokkan(beranda),
        "tutup": baca.unit_tutup(upt, hari_ini(upt.zona)),
        "baru": _baru(beranda),
        "kartu": _kartu(beranda, request) if beranda.kewajiban else None,
        "langkah": _langkah_bulan(beranda) if beranda.kewajiban else [],
        "ada_bulan": beranda.bulan in {b.bulan for b in beranda.semua_bulan},
        "sebelum": _tetangga(beranda, -1),
        "sesudah": _tetangga(beranda, +1),
        "angka": [_angka(a, upt) for a in beranda.angka],
        "boleh_periksa": any(boleh(request.user, i, upt) for i in (Izin.SIAPKAN_LAPORAN, Izin.KIRIM_LAPORAN)),
        "boleh_kirim": boleh(request.user, Izin.KIRIM_LAPORAN, upt),
        "excel": boleh(request.user, Izin.ISI_LAPORAN, upt)
        and any(dapat_diisi(k.laporan.status) for k in beranda.kewajiban),
        "kini": sekarang(),
        "geser": kalimat_geser([k.laporan for k in beranda.kewajiban], upt),
        "boleh_kalender": boleh(request.user, Izin.ISI_LAPORAN, upt),
        "beban": beban_bulan(request.cakupan, upt, beranda.bulan, beranda.ingatan) if beranda.bulan else None,
    }
    return render(request, "pelaporan/beranda_upt.html", isi)


def _bulan_diminta(request: Permintaan) -> Bulan | None:
    kode = request.GET.get("bulan", "")
    try:
        return Bulan.dari(kode) if kode else None
    except ValueError as galat:
        raise TidakDitemukan("Bulan ditulis seperti 2026-01. Pilih bulannya dari beranda unit.") from galat


def _tetangga(beranda: BerandaUPT, arah: int) -> BulanUnit | None:
    """The nearest month before or after the one shown in which the unit owes reports."""
    if beranda.bulan is None:
        return None
    lebih = [b for b in beranda.semua_bulan if (b.bulan > beranda.bulan if arah > 0 else b.bulan < beranda.bulan)]
    return (min if arah > 0 else max)(lebih, key=lambda b: b.bulan, default=None)


def _baru(beranda: BerandaUPT) -> bool:
    """A unit that has never sent anything gets three sentences of welcome."""
    return (
        len(beranda.semua_bulan) == 1
        and bool(beranda.kewajiban)
        and not any(k.laporan.versi_masuk or k.kejadian for k in beranda.kewajiban)
    )


# ---------------------------------------------------------------- one obligation


@dataclass(frozen=True)
class BarisKewajiban:
    nama: str
    url: str
    status: str
    rincian: str
    polos: bool
    terlambat: bool
    hari: int
    kampanye: str = ""


@dataclass(frozen=True)
class Kelompok:
    """Obligations in one state: what the unit must do comes first, what is done last."""

    kode: str
    judul: str
    baris: list[BarisKewajiban]


_KELOMPOK = (
    ("tindakan", "Perlu tindakan"),
    ("menunggu", "Menunggu verifikasi"),
    ("selesai", "Selesai"),
)


def _kelompokkan(beranda: BerandaUPT) -> list[Kelompok]:
    """A unit owes up to seventeen reports; grouped, the list says at a glance what is left. Empty groups are left out.

    Within the first group the order of the button above holds: what came back, then what is furthest.
    """
    isi: dict[str, list[Kewajiban]] = {kode: [] for kode, _ in _KELOMPOK}
    for k in beranda.kewajiban:
        isi[_kelompok(k)].append(k)
    isi["tindakan"].sort(key=lambda k: _urutan(k, boleh_kirim=True))
    return [
        Kelompok(kode, judul, [_baris(k, beranda.upt) for k in isi[kode]]) for kode, judul in _KELOMPOK if isi[kode]
    ]


def _kelompok(k: Kewajiban) -> str:
    if k.terutang and not k.laporan.dibebaskan:
        return "tindakan"
    return "menunggu" if k.status == Status.DIKIRIM else "selesai"


def _baris(k: Kewajiban, upt: UPT) -> BarisKewajiban:
    lewat = -sisa_hari(k.laporan.tenggat, upt.zona) if k.laporan.lewat_tenggat(sekarang()) and k.terutang else 0
    return BarisKewajiban(
        nama=k.laporan.formulir.nama,
        url=_url(k, upt, "laporan"),
        status=k.laporan.status,
        rincian=_rincian(k, upt),
        polos=k.status in (Status.TERVERIFIKASI, Status.TERKUNCI),
        terlambat=k.laporan.terlambat or lewat > 0,
        hari=lewat,
        kampanye=kalimat_kampanye(k.laporan),
    )


def _rincian(k: Kewajiban, upt: UPT) -> str:
    """The line under the name: how far it is, whose turn, and what the region said."""
    if k.laporan.dibebaskan:
        return f"Dibebaskan bulan ini: {k.laporan.dibebaskan}"
    siapa = _siapa(k, upt.zona)
    if k.status == Status.DIKEMBALIKAN:
        alasan = ALASAN_KEMBALI.get(k.kejadian.alasan, "") if k.kejadian else ""
        catatan = (
            f"{len(k.catatan)} catatan Kanwil" if k.catatan else "Dikembalikan Kanwil" if alasan else "Dibuka kembali"
        )
        return ". ".join(filter(None, (catatan, alasan, "Giliran: UPT memperbaiki")))
    if k.terutang:
        maju = f"{k.kemajuan.isi} dari {k.kemajuan.dari} butir terisi"
        # what nobody has begun waits for the unit: the heading above says so already
        giliran = "" if k.status == Status.BELUM else f"Giliran: {k.laporan.giliran}"
        return ". ".join(filter(None, (maju, siapa, giliran)))
    return ". ".join(filter(None, (siapa, f"Giliran: {k.laporan.giliran}" if not k.laporan.versi_sah else "")))


def _siapa(k: Kewajiban, zona: Zona) -> str:
    if k.kejadian is None:
        return ""
    return f"{_KATA[k.status]} {k.kejadian.oleh.nama}, {tulis_tanggal(k.kejadian.pada, zona, pendek=True)}"


_KATA = {
    Status.BELUM: "Terakhir:",
    Status.DRAF: "Dimulai",
    Status.SIAP: "Disiapkan",
    Status.DIKIRIM: "Dikirim",
    Status.DIKEMBALIKAN: "Dikembalikan",
    Status.TERVERIFIKASI: "Diverifikasi",
    Status.TERKUNCI: "Dikunci",
}


def _url(k: Kewajiban, upt: UPT, nama: str, **lain: str) -> str:
    kunci = {"kode": upt.kode, "bulan": k.laporan.periode, "formulir": k.laporan.formulir_id}
    return reverse(f"pelaporan:{nama}", kwargs={**kunci, **lain})


def _angka(a: AngkaLalu, upt: UPT) -> dict[str, str]:
    """A key figure of last month; it opens the version it comes from and says whether that is verified."""
    kunci = {"kode": upt.kode, "bulan": a.laporan.periode, "formulir": a.laporan.formulir_id}
    sah = a.laporan.versi_sah == a.laporan.versi_masuk
    return {
        "label": a.butir.label,
        "nilai": tulis_nilai(a.butir, a.nilai, satuan=True),
        "url": reverse("pelaporan:versi", kwargs={**kunci, "versi": a.laporan.versi_masuk}),
        "keadaan": "terverifikasi" if sah else "dikirim, belum diverifikasi",
    }


# ---------------------------------------------------------------- the one thing to do now


@dataclass(frozen=True)
class Kartu:
    """The deadline card: heading, sentences, and the button that leads to the most useful next thing."""

    judul: str
    kalimat: str
    tombol: str = ""
    url: str = ""
    jenis: str = ""


def _kartu(beranda: BerandaUPT, request: Permintaan) -> Kartu:
    utang = [k for k in beranda.kewajiban if k.terutang and not k.laporan.dibebaskan]
    nama = beranda.bulan.nama if beranda.bulan else ""
    if not utang:
        return _kartu_selesai(beranda, nama)
    zona, kini = beranda.upt.zona, sekarang()
    baru = [k for k in utang if k.laporan.versi_masuk is None]
    dekat = min(k.laporan.tenggat for k in baru or utang)
    terkirim = len(beranda.kewajiban) - len(utang)
    sudah = f"{terkirim} dari {len(beranda.kewajiban)} formulir sudah dikirim."
    tombol, url = _tombol(utang, beranda.upt, request)
    tempo = f"{tulis_tanggal_hari(dekat, zona)}, pukul 23.59 {zona}"
    if dekat < kini and baru:
        judul = f"Laporan {nama} terlambat {-sisa_hari(dekat, zona)} hari"
        kalimat = f"Jatuh temponya {tempo}. {sudah} {_akibat_terlambat(beranda)}"
        return Kartu(judul, kalimat, tombol, url, "terlambat")
    if dekat < kini:
        return Kartu(f"Laporan {nama} perlu perbaikan", f"{sudah} Perbaiki, lalu kirim lagi.", tombol, url)
    return Kartu(f"Laporan {nama} jatuh tempo {tempo}", f"{_sisa(dekat, zona)} {sudah}", tombol, url)


def _akibat_terlambat(beranda: BerandaUPT) -> str:
    if beranda.ditutup:
        return "Bulan ini sudah ditutup Pusat; hubungi Kanwil agar dibuka kembali."
    return "Laporan tetap dapat dikirim sampai Pusat menutup bulan ini, dan ditandai terlambat."


def _kartu_selesai(beranda: BerandaUPT, nama: str) -> Kartu:
    berikut = beranda.bulan + 1 if beranda.bulan else None
    menunggu = sum(k.status == Status.DIKIRIM for k in beranda.kewajiban)
    kalimat = f"{menunggu} formulir menunggu verifikasi Kanwil. " if menunggu else ""
    return Kartu(
        f"Semua laporan {nama} sudah terkirim",
        f"{kalimat}Tidak ada yang harus Anda isi sekarang. Berikutnya: {berikut.nama if berikut else ''}.",
    )


def _sisa(tenggat: datetime, zona: Zona) -> str:
    hari = sisa_hari(tenggat, zona)
    return "Hari terakhir." if hari == 0 else f"Sisa {hari} hari."


def _tombol(utang: list[Kewajiban], upt: UPT, request: Permintaan) -> tuple[str, str]:
    """Mend what came back, send what is ready, finish what is begun, then begin; nothing for mere readers."""
    mengisi = [k for k in utang if baca.dapat_mengisi(request.user, k.laporan)]
    if not mengisi:
        return "", ""
    boleh_kirim = boleh(request.user, Izin.KIRIM_LAPORAN, mengisi[0].laporan)
    siap = [k for k in mengisi if k.status == Status.SIAP or (boleh_kirim and k.kemajuan.penuh)]
    if boleh_kirim and len(siap) > 1:
        return f"Periksa dan kirim {len(siap)} formulir", _url_bulan(siap[0], upt)
    k = min(mengisi, key=lambda k: _urutan(k, boleh_kirim))
    nama = k.laporan.formulir.nama
    if k.status == Status.DIKEMBALIKAN:
        return f"Perbaiki {nama}", _url(k, upt, "laporan")
    if k.status == Status.SIAP or k.kemajuan.penuh:
        return f"Periksa{' dan kirim' if boleh_kirim else ''} {nama}", _url(k, upt, "kirim")
    kata = "Mulai" if k.status == Status.BELUM else "Lanjutkan"
    return f"{kata} {nama}", _url(k, upt, "bagian", bagian=_bagian_pertama(k))


def _url_bulan(k: Kewajiban, upt: UPT) -> str:
    return reverse("pelaporan:kirim_bulan", kwargs={"kode": upt.kode, "bulan": k.laporan.periode})


def _urutan(k: Kewajiban, boleh_kirim: bool) -> tuple[int, float, str]:
    """Smaller comes first. A report that waits for the head is no work for the operator."""
    siap = 0 if boleh_kirim else 4
    utama = {Status.SIAP: siap, Status.DIKEMBALIKAN: 1, Status.DRAF: 2, Status.BELUM: 3}[k.status]
    return utama, -k.kemajuan.isi / max(k.kemajuan.dari, 1), k.laporan.formulir_id


def _bagian_pertama(k: Kewajiban) -> str:
    """The first section that still misses something, so that nobody looks for it."""
    return next((kode for kode, maju in k.per_bagian.items() if not maju.penuh), k.laporan.skema.bagian[0].kode)


# ---------------------------------------------------------------- the course of the month


def _langkah_bulan(beranda: BerandaUPT) -> list[dict[str, str]]:
    laporan = [k.laporan for k in beranda.kewajiban]
    zona = beranda.upt.zona
    isi, sah = max(x.tenggat for x in laporan), max(x.tenggat_kanwil for x in laporan)
    selesai = [
        all(x.versi_masuk is not None for x in laporan),
        all(x.versi_sah is not None for x in laporan),
        beranda.ditutup,
    ]
    kini_di = selesai.index(False) if False in selesai else 3
    teks = (
        ("Isi dan kirim", f"sampai {tulis_waktu(isi, zona)}"),
        ("Verifikasi Kanwil", f"sampai {tulis_tanggal(sah, beranda.upt.kanwil.zona)}"),
        ("Dikunci Pusat", "bulan sudah ditutup" if beranda.ditutup else _rentang_kunci(laporan)),
    )
    keadaan = ["lewat" if n < kini_di else "kini" if n == kini_di else "nanti" for n in range(3)]
    return [{"judul": j, "rentang": r, "keadaan": s} for (j, r), s in zip(teks, keadaan, strict=True)]


def _rentang_kunci(laporan: list[Laporan]) -> str:
    hari = [satu.tenggat_pusat for satu in laporan if satu.tenggat_pusat]
    return f"sampai {tulis_tanggal(max(hari), 'WIB')}" if hari else "ketika bulan ditutup"
