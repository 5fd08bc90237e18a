"""Overview of one report, its frozen versions, and asking for it to be reopened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from pelaporan import selectors
from pelaporan.alur import Aksi, Status, dapat_diisi, transisi
from pelaporan.banding import banding_daftar, bandingkan
from pelaporan.catatan.selectors import alamat_sel, urutkan, utas_laporan
from pelaporan.catatan.tempat import baca_tempat, label_tempat
from pelaporan.forms import FormMintaBuka, FormPutusan
from pelaporan.halaman import (
    alamat,
    alasan_kembali,
    ambil,
    baca_tindakan,
    jalur,
    kalimat_kampanye,
    kelompok_sidik,
    kunci_baru,
    url_telusur,
)
from pelaporan.lampiran.selectors import lampiran_tampak, lampiran_versi
from pelaporan.lampiran.views import bertempat
from pelaporan.models import Kejadian, Laporan, LaporanVersi, PermintaanBuka
from pelaporan.pembekuan import Pemeriksaan, periksa_draf
from pelaporan.sajian import BagianSaji, sajikan
from pelaporan.services import sidik_versi
from pelaporan.services_buka import boleh_memutus
from pelaporan.services_buka import minta_buka as minta_laporan_dibuka
from pelaporan.temuan import ringkas, temuan_versi
from pelaporan.tenggat.kalimat import kalimat_geser
from pelaporan.turunan import selisih
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Bentrok, KunciTerpakai, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang, sisa_hari

KATA_AKSI = {
    Aksi.ISI: "Mulai diisi",
    Aksi.SIAPKAN: "Ditandai siap",
    Aksi.KIRIM: "Dikirim",
    Aksi.TARIK: "Ditarik kembali",
    Aksi.KEMBALIKAN: "Dikembalikan",
    Aksi.VERIFIKASI: "Diverifikasi",
    Aksi.BATAL: "Verifikasi dibatalkan",
    Aksi.KUNCI: "Dikunci",
    Aksi.BUKA: "Dibuka kembali",
    Aksi.PULIHKAN: "Kembali terverifikasi",
}


@dataclass(frozen=True)
class Langkah:
    """The one thing to do now: where it is done, or (without `url`) who is to do it."""

    judul: str
    pesan: str
    url: str = ""
    tombol: str = ""
    lain: str = ""
    """Address of the check page, when it is not what `url` is."""


@login_required
@require_GET
def laporan(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    satu = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    return tampilkan(request, satu)


def tampilkan(request: HttpRequest, laporan: Laporan, *, status: int = 200, **tambahan: Any) -> HttpResponse:
    """The overview page; also where refused acts of the report are shown, at their place."""
    kejadian = selectors.kejadian_laporan(laporan)
    versi = selectors.versi_laporan(laporan)
    periksaan = periksa_draf(laporan) if dapat_diisi(laporan.status) and _orang_unit(request, laporan) else None
    bagian = _bagian(laporan, periksaan, versi)
    permintaan = selectors.permintaan_laporan(laporan)
    menunggu = next((p for p in permintaan if not p.diputus_pada), None)
    catatan = catatan_kembali(laporan, kejadian)
    isi = {
        "laporan": laporan,
        "jalur": jalur(laporan, sampai_laporan=False),
        "kampanye": kalimat_kampanye(laporan),
        "diketik_kanwil": selectors.diketik_kanwil(laporan),
        "bagian": bagian,
        "periksaan": periksaan,
        "ringkasan": ringkas(periksaan.temuan, periksaan.belum) if periksaan else "",
        "langkah": _langkah_putusan(request, laporan, menunggu)
        or _langkah(request, laporan, periksaan, bagian, catatan),
        "giliran": _giliran(laporan, menunggu),
        "versi": versi,
        "ditarik": selectors.versi_ditarik(kejadian),
        "kejadian": [baris_kejadian(k, laporan) for k in kejadian],
        "catatan": catatan,
        "permintaan": permintaan,
        "selisih": selisih(laporan),
        "hari": -sisa_hari(laporan.tenggat, laporan.upt.zona),
        "lewat": laporan.lewat_tenggat(sekarang()),
        "geser": kalimat_geser([laporan], laporan.upt),
        "boleh": _boleh(request, laporan),
        "kunci": kunci_baru(),
        "utas": urutkan(utas_laporan(laporan, request.user)),  # type: ignore[arg-type]
        "lampiran": bertempat(laporan, lampiran_tampak(laporan, request.user)),  # type: ignore[arg-type]
        "form_minta": FormMintaBuka(auto_id="minta-%s"),
        "form_buka": FormPutusan(auto_id="buka-%s"),
        **tambahan,
    }
    return render(request, "pelaporan/laporan.html", isi, status=status)


def _orang_unit(request: HttpRequest, laporan: Laporan) -> bool:
    """Drafts are the unit's own business: others see what was sent."""
    return boleh(request.user, Izin.ISI_LAPORAN, laporan)


def _bagian(laporan: Laporan, periksaan: Pemeriksaan | None, versi: list[LaporanVersi]) -> list[BagianSaji]:
    if periksaan is not None:
        return sajikan(laporan.skema, periksaan.beku())
    terakhir = next((v for v in versi if v.versi == laporan.versi_masuk), None)
    if terakhir is None:
        return []
    return sajikan(terakhir.formulir_versi.skema, terakhir.isi, partial(url_telusur, laporan))


def _boleh(request: HttpRequest, laporan: Laporan) -> dict[str, bool]:
    """Which acts this person may do in the present state."""

    def baris(aksi: Aksi) -> bool:
        satu = transisi(laporan.status, aksi)
        return satu is not None and boleh(request.user, satu.izin, laporan)

    dapat_dibuka = transisi(laporan.status, Aksi.BUKA) is not None
    return {
        "isi": baris(Aksi.ISI),
        "kirim": baris(Aksi.KIRIM) or baris(Aksi.SIAPKAN),
        "tarik": baris(Aksi.TARIK) and laporan.dibuka_pada is None,
        "tinjau": laporan.status == Status.DIKIRIM and boleh(request.user, Izin.TINJAU_LAPORAN, laporan),
        "minta_buka": dapat_dibuka and boleh(request.user, Izin.MINTA_BUKA, laporan),
        "buka": boleh_memutus(request.user, laporan),  # type: ignore[arg-type]
        "pulihkan": laporan.buka_sampai is not None and baris(Aksi.PULIHKAN),
        "draf": _orang_unit(request, laporan),
    }


def _langkah(
    request: HttpRequest,
    laporan: Laporan,
    periksaan: Pemeriksaan | None,
    bagian: list[BagianSaji],
    catatan: dict[str, Any] | None,
) -> Langkah | None:
    if periksaan is not None and laporan.status == Status.DIKEMBALIKAN:
        return _langkah_perbaikan(laporan, catatan)
    if periksaan is not None:
        return _langkah_unit(request, laporan, periksaan, bagian)
    if laporan.status == Status.DIKIRIM and boleh(request.user, Izin.TINJAU_LAPORAN, laporan):
        return Langkah(
            "Laporan ini menunggu verifikasi",
            "Bandingkan, lalu putuskan.",
            alamat(laporan, "tinjau"),
            "Tinjau laporan",
        )
    return None


def _giliran(laporan: Laporan, permintaan: PermintaanBuka | None) -> str:
    """Whose turn it is; a request to reopen puts a finished report back on somebody's desk."""
    if permintaan is None:
        return laporan.giliran
    siapa = "Pusat" if laporan.status == Status.TERKUNCI else f"Kepala {laporan.kanwil}"
    return f"{siapa} memutuskan permintaan buka kembali"


def _langkah_putusan(request: HttpRequest, laporan: Laporan, permintaan: PermintaanBuka | None) -> Langkah | None:
    if permintaan is None or not boleh_memutus(request.user, laporan):  # type: ignore[arg-type]
        return None
    return Langkah(
        "Permintaan buka kembali menunggu putusan Anda",
        f"{permintaan.oleh.nama}: “{permintaan.alasan}”",
        "#putusan",
        "Putuskan",
    )


def _langkah_unit(request: HttpRequest, laporan: Laporan, periksaan: Pemeriksaan, bagian: list[BagianSaji]) -> Langkah:
    kurang = next((b for b in bagian if not b.selesai), None)
    if laporan.status == Status.SIAP and not boleh(request.user, Izin.KIRIM_LAPORAN, laporan):
        return Langkah("Menunggu Kepala UPT", "Laporan sudah ditandai siap. Kepala UPT memeriksa dan mengirimnya.")
    if laporan.status != Status.SIAP and kurang is not None:
        url = alamat(laporan, "bagian", bagian=kurang.kode)
        return Langkah(
            f"Isi {kurang.judul}",
            f"Masih ada {kurang.kurang} butir kosong di bagian ini.",
            url,
            "Isi laporan",
        )
    url = alamat(laporan, "kirim")
    halangan = len(periksaan.galat) + len(periksaan.belum)
    if halangan:
        return Langkah(
            "Periksa hasilnya", f"Masih ada {halangan} hal yang perlu diselesaikan.", url, "Periksa dan kirim"
        )
    return Langkah("Laporan lengkap", "Periksa sekali lagi, lalu kirim.", url, "Periksa dan kirim")


def _langkah_perbaikan(laporan: Laporan, catatan: dict[str, Any] | None) -> Langkah:
    """A returned report: straight to the first cell that the reviewer meant, else to the first section."""
    sel = catatan["sel"] if catatan else []
    url = sel[0]["url"] if sel else alamat(laporan, "bagian", bagian=laporan.skema.bagian[0].kode)
    pesan = f"{len(sel)} butir diberi catatan." if sel else "Baca catatannya, lalu perbaiki isian."
    return Langkah("Perbaiki sesuai catatan", pesan, url, "Perbaiki isian", alamat(laporan, "kirim"))


def baris_kejadian(kejadian: Kejadian, laporan: Laporan) -> dict[str, Any]:
    """One row of the history: what, who, in which capacity, when, with the notes that came with it."""
    return {
        "kata": KATA_AKSI[Aksi(kejadian.aksi)],
        "k": kejadian,
        "alasan": alasan_kembali(kejadian.alasan),
        "sel": catatan_sel(laporan, kejadian.sel),
    }


def catatan_sel(laporan: Laporan, sel: dict[str, str]) -> list[dict[str, str]]:
    """Notes on cells with the label of each."""
    skema = laporan.skema
    return [
        {"kode": k, "label": label_tempat(skema, k), "teks": t, "url": alamat_sel(laporan, baca_tempat(skema, k))}
        for k, t in sel.items()
    ]


def catatan_kembali(laporan: Laporan, kejadian: list[Kejadian]) -> dict[str, Any] | None:
    """Why the report came back, while it is being mended."""
    if laporan.status != Status.DIKEMBALIKAN:
        return None
    akhir = selectors.pengembalian_terakhir(kejadian)
    return baris_kejadian(akhir, laporan) if akhir else None


@login_required
@require_POST
def minta_buka(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """A unit asks for a verified report to be reopened."""
    satu = ambil(request, kode, bulan, formulir, Izin.MINTA_BUKA)
    form = FormMintaBuka(request.POST, auto_id="minta-%s")
    if not form.is_valid():
        return tampilkan(request, satu, status=400, form_minta=form, form=form)
    try:
        _, kunci = baca_tindakan(request)
        minta_laporan_dibuka(
            laporan_id=satu.pk,
            alasan=form.cleaned_data["alasan"],
            oleh=request.user,  # type: ignore[arg-type]
            cakupan=request.cakupan,  # type: ignore[attr-defined]
            kunci=kunci,
        )
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        pesan = [{"pesan": galat.pesan, "sasaran": "minta-alasan"}]
        return tampilkan(request, selectors.segarkan(satu), status=galat.status, form_minta=form, galat=pesan)
    messages.success(request, "Permintaan terkirim. Keputusannya muncul di halaman ini.")
    return redirect(alamat(satu))


# Versions ---------------------------------------------------------------------------------------------------


@login_required
@require_GET
def versi(request: HttpRequest, kode: str, bulan: Bulan, formulir: str, versi: int) -> HttpResponse:
    """A frozen version as sent; with ?banding= its difference from another version or from last month."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    semua = selectors.versi_laporan(laporan)
    satu = selectors.pilih_versi(semua, versi)
    bulan_lain = selectors.versi_bulan_lain(laporan)
    banding, pembanding = _pembanding(request.GET.get("banding", ""), satu, semua, bulan_lain)
    skema = satu.formulir_versi.skema
    isi = {
        "laporan": laporan,
        "v": satu,
        "semua": semua,
        "bulan_lain": bulan_lain,
        "jalur": jalur(laporan),
        "banding": banding,
        "pembanding": pembanding,
        "beda": _urut_beda(bandingkan(skema, satu.isi, pembanding.isi)) if pembanding else [],
        "beda_daftar": banding_daftar(skema, satu.isi, pembanding.isi)
        if pembanding and pembanding.laporan_id == laporan.pk
        else [],
        "bagian": sajikan(skema, satu.isi, partial(url_telusur, laporan)),
        "temuan": temuan_versi(laporan, satu),
        "sidik": kelompok_sidik(satu.sidik),
        "lampiran": bertempat(laporan, lampiran_versi(laporan, satu.dibuat_pada)),
        "cocok": sidik_versi(laporan, satu.versi, satu.isi) == satu.sidik,
        "sah": laporan.versi_sah == satu.versi,
        "kejadian": [baris_kejadian(k, laporan) for k in selectors.kejadian_laporan(laporan) if k.versi == satu.versi],
    }
    return render(request, "pelaporan/versi.html", isi)


def _urut_beda(beda: list[Any]) -> list[Any]:
    """Changed cells first, each group in form order."""
    return sorted(beda, key=lambda b: not b.berubah)


def _pembanding(
    pilihan: str, satu: LaporanVersi, semua: list[LaporanVersi], bulan_lain: dict[int, LaporanVersi]
) -> tuple[str, LaporanVersi | None]:
    """(choice, content to compare with): 'lalu', 'tahun' or the number of another version; else none."""
    per_pilihan = {"lalu": bulan_lain.get(1), "tahun": bulan_lain.get(12)}
    per_pilihan |= {str(v.versi): v for v in semua if v.versi != satu.versi}
    return (pilihan, per_pilihan[pilihan]) if per_pilihan.get(pilihan) else ("", None)
