"""The inbox, verifying many reports at once, undoing, and the hold on one report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pelaporan.alur import Aksi
from pelaporan.antrean import selectors
from pelaporan.antrean.forms import FormAntrean
from pelaporan.antrean.pegangan import Pegangan, ambil_alih, lama, lepas, pegangan_banyak
from pelaporan.antrean.selectors import SUDUT, Saringan
from pelaporan.antrean.services import (
    BERBENDERA,
    PALING_BANYAK,
    Pilihan,
    batalkan_massal,
    timbang,
    verifikasi_massal,
)
from pelaporan.bendera import LABEL
from pelaporan.buku.selectors import kanwil_atas_nama
from pelaporan.halaman import alamat, ambil, baca_tindakan, kunci_baru
from pelaporan.models import Laporan
from pelaporan.selectors import cakupan_izin
from pelaporan.services import Perintah, jalankan
from pelaporan.tinjauan.keadaan import pulang, pulang_antrean
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Bentrok, Ditolak, KunciTerpakai, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang, tulis_pukul
from upt.cakupan import Cakupan
from upt.selectors import daftar_upt

PER_HALAMAN = 25
_ARAH = {"tenggat": "ascending", "upt": "ascending", "dikirim": "ascending"}
_KOLOM = (
    ("upt", "UPT dan laporan"),
    ("dikirim", "Dikirim"),
    ("tenggat", "Tenggat verifikasi"),
    ("risiko", "Bendera"),
    ("perubahan", "Beda besar"),
    ("riwayat", "Sebelumnya"),
)


def _pintu(request: HttpRequest) -> Cakupan:
    """The part of the scope in which this person reviews."""
    if not boleh(request.user, Izin.TINJAU_LAPORAN):
        raise Ditolak("Antrean verifikasi dibuka oleh verifikator dan Kepala Kanwil.")
    return cakupan_izin(request.user, Izin.TINJAU_LAPORAN)


# The inbox --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisAntrean:
    """A report as the inbox shows it. `bendera`: (kind in words, how many) in the order of kinds."""

    lap: Laporan
    url: str
    bendera: list[tuple[str, int]]
    pegang: Pegangan | None
    milik: bool
    dapat_dipilih: bool

    @property
    def lama(self) -> str:
        return lama(self.pegang.sejak) if self.pegang else ""


@login_required
@require_GET
def antrean(request: HttpRequest) -> HttpResponse:
    """Reports of the region that wait for somebody, the nearest deadline first."""
    return _antrean(request)


def _antrean(request: HttpRequest, status: int = 200, **tambahan: Any) -> HttpResponse:
    kini, cakupan = sekarang(), _pintu(request)
    form, saringan = _baca_saringan(request.GET, cakupan)
    hasil = selectors.antrean(cakupan, saringan, kini)
    halaman = Paginator(hasil, PER_HALAMAN).get_page(request.GET.get("halaman"))
    memilih = saringan.status in ("menunggu", "lewat") and boleh(request.user, Izin.VERIFIKASI_LAPORAN)
    hitung = selectors.hitung_antrean(cakupan, kini)
    isi = {
        "form_saring": form,
        "form_saring_hp": _ulang(form),
        "saringan": saringan,
        "halaman": halaman,
        "baris": _baris(request, halaman, saringan, memilih),
        "kolom": [_kolom(request, saringan, kode, judul) for kode, judul in _KOLOM],
        "memilih": memilih,
        "hitung": hitung,
        "sudut": _sudut(request, hitung),
        "kini": kini,
        "label": _label(request, form),
        "judul": form.teks_pilihan("status") or "Menunggu verifikasi",
        "terbuka": selectors.tindakan_terbuka(request.user, kini),  # type: ignore[arg-type]
        "terakhir": None if halaman.object_list else selectors.verifikasi_terakhir(cakupan),
        "kueri": _tanpa(request, "halaman"),
        "atas_nama": kanwil_atas_nama(request.user),  # type: ignore[arg-type]
        **tambahan,
    }
    return render(request, "pelaporan/antrean.html", isi, status=status)


def _baca_saringan(data: Any, cakupan: Cakupan) -> tuple[FormAntrean, Saringan]:
    form = FormAntrean(data, formulir=selectors.daftar_formulir(), upt=daftar_upt(cakupan))
    return form, form.saringan()


def _ulang(form: FormAntrean) -> FormAntrean:
    """The same filters for the folded form of phones, with ids of their own."""
    hp = FormAntrean(form.data, formulir=(), upt=(), auto_id="hp-%s")
    for nama in ("formulir", "upt"):
        hp.fields[nama].choices = form.fields[nama].choices  # type: ignore[attr-defined]
    return hp


def _baris(request: HttpRequest, halaman: Page[Laporan], saringan: Saringan, memilih: bool) -> list[BarisAntrean]:
    semua = list(halaman)
    dipegang = pegangan_banyak(semua)
    saring = _tanpa(request, "halaman")
    asal = urlencode({"antrean": saring}) if saring else ""
    hasil = []
    for lap in semua:
        pegang = dipegang.get(lap.pk)
        milik = pegang is not None and pegang.milik(request.user)  # type: ignore[arg-type]
        tujuan = "tinjau" if lap.versi_masuk and saringan.status != "permintaan" else "laporan"
        url = alamat(lap, tujuan)
        if asal and tujuan == "tinjau":
            url += f"?{asal}"  # so that the next report is one of the same filter
        hasil.append(BarisAntrean(lap, url, _jenis(lap), pegang, milik, memilih and (pegang is None or milik)))
    return hasil


def _jenis(laporan: Laporan) -> list[tuple[str, int]]:
    kode = [str(b["kode"]) for b in laporan.bendera]
    return [(LABEL[k], kode.count(k)) for k in LABEL if k in kode]


def _tanpa(request: HttpRequest, *nama: str) -> str:
    """The query of this page without these parameters."""
    sisa = request.GET.copy()
    for satu in nama:
        sisa.pop(satu, None)
    return sisa.urlencode()


def _kolom(request: HttpRequest, saringan: Saringan, kode: str, judul: str) -> dict[str, str]:
    data = request.GET.copy()
    data.pop("halaman", None)
    data["urut"] = kode
    arah = _ARAH.get(kode, "descending") if saringan.urut == kode else ""
    return {
        "judul": judul,
        "url": f"?{data.urlencode()}",
        "arah": arah,
        "angka": "angka" if kode == "perubahan" else "",
    }


def _sudut(request: HttpRequest, hitung: dict[str, int]) -> list[dict[str, Any]]:
    """Preset views with their counts; the current one is marked."""
    kini = {
        k: v for k, v in request.GET.items() if v and k not in ("urut", "halaman") and (k, v) != ("status", "menunggu")
    }
    return [
        {"label": label, "n": hitung[kode], "url": f"?{_kueri(minta)}", "kini": kini == dict(minta)}
        for kode, (label, minta) in SUDUT.items()
    ]


def _kueri(isi: Any) -> str:
    data = QueryDict(mutable=True)
    data.update(isi)
    return data.urlencode()


def _label(request: HttpRequest, form: FormAntrean) -> list[dict[str, str]]:
    """The chosen filters, each with the address without it."""
    return [
        {"teks": teks, "url": f"?{_tanpa(request, nama, 'halaman')}"}
        for nama in ("bulan", "formulir", "upt", "bendera")
        if (teks := form.teks_pilihan(nama))
    ]


# Many at once -----------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def massal(request: HttpRequest) -> HttpResponse:
    """GET names what would be verified and what is left out; POST verifies exactly what was ticked."""
    cakupan = _pintu(request)
    if not boleh(request.user, Izin.VERIFIKASI_LAPORAN):
        raise Ditolak("Hanya verifikator Kanwil yang memverifikasi laporan.")
    if request.method == "POST":
        return _lakukan_massal(request, cakupan)
    laporan, banyak = _terpilih(request, cakupan)
    if not laporan:
        galat = [{"pesan": "Pilih sedikitnya satu laporan, lalu tekan lagi.", "sasaran": "daftar"}]
        return _antrean(request, status=400, galat=galat)
    return _tampil_massal(request, laporan, banyak)


def _terpilih(request: HttpRequest, cakupan: Cakupan) -> tuple[list[Laporan], int]:
    """(the reports asked about, how many the filter holds in all)."""
    if request.GET.get("semua"):
        _, saringan = _baca_saringan(request.GET, cakupan)
        if saringan.status not in ("menunggu", "lewat"):
            return [], 0
        semua = selectors.antrean(cakupan, saringan, sekarang())
        banyak = semua.count()
        return list(semua.select_related("formulir_versi")[:PALING_BANYAK]), banyak
    pilihan = [k for k in map(_uuid, request.GET.getlist("laporan")[:PALING_BANYAK]) if k]
    laporan = selectors.laporan_terpilih(cakupan, pilihan)
    return laporan, len(laporan)


def _uuid(teks: str) -> UUID | None:
    try:
        return UUID(teks)
    except ValueError:
        return None


def _tampil_massal(request: HttpRequest, laporan: list[Laporan], banyak: int) -> HttpResponse:
    calon = timbang(laporan, request.user)  # type: ignore[arg-type]
    isi = {
        "jalur": [{"label": "Verifikasi", "url": reverse("pelaporan:antrean")}],
        "siap": [c for c in calon if not c.sebab],
        "berbendera": [c for c in calon if c.jenis == BERBENDERA],
        "dilewati": [c for c in calon if c.sebab and c.jenis != BERBENDERA],
        "sisa": banyak - len(laporan),
        "maks": PALING_BANYAK,
        "kembali": f"{reverse('pelaporan:antrean')}?{_tanpa(request, 'semua', 'laporan')}",
        "saringan": _tanpa(request, "laporan"),
        "kunci": kunci_baru(),
    }
    return render(request, "pelaporan/massal.html", isi)


def _lakukan_massal(request: HttpRequest, cakupan: Cakupan) -> HttpResponse:
    _, saringan = _baca_saringan(QueryDict(request.POST.get("saringan", "")), cakupan)
    try:
        hasil = verifikasi_massal(
            pilihan=[Pilihan.dari(teks) for teks in request.POST.getlist("pilih")],
            saringan=saringan.ke_json(),
            kunci=request.POST.get("kunci", ""),
            oleh=request.user,  # type: ignore[arg-type]
            cakupan=cakupan,
        )
    except (TidakSah, KunciTerpakai) as galat:
        return _antrean(request, status=galat.status, galat=[{"pesan": galat.pesan, "sasaran": ""}])
    return redirect("pelaporan:massal_hasil", id=hasil["tindakan"])


@login_required
@require_GET
def massal_hasil(request: HttpRequest, id: UUID) -> HttpResponse:
    """What one press did, and until when it can be undone."""
    return _tampil_hasil(request, id)


def _tampil_hasil(request: HttpRequest, id: UUID, status: int = 200, **tambahan: Any) -> HttpResponse:
    cakupan = _pintu(request)
    tindakan = selectors.tindakan_massal(request.user, id)  # type: ignore[arg-type]
    kejadian = selectors.kejadian_massal(cakupan, tindakan)
    isi = {
        "jalur": [{"label": "Verifikasi", "url": reverse("pelaporan:antrean")}],
        "tindakan": tindakan,
        "baris": [(k.laporan, alamat(k.laporan, "tinjau")) for k in kejadian],
        "zona": kejadian[0].laporan.kanwil.zona if kejadian else "WIB",
        "pukul_batas": tulis_pukul(tindakan.batal_sampai, kejadian[0].laporan.kanwil.zona if kejadian else "WIB"),
        "dapat_batal": tindakan.dibatalkan_pada is None and tindakan.jumlah and sekarang() <= tindakan.batal_sampai,
        "kunci": kunci_baru(),
        **tambahan,
    }
    return render(request, "pelaporan/massal_hasil.html", isi, status=status)


@login_required
@require_POST
def massal_batal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one press back, as far as nobody has gone on since."""
    cakupan = _pintu(request)
    kunci = request.POST.get("kunci", "")
    try:
        hasil = batalkan_massal(tindakan_id=id, kunci=kunci, oleh=request.user, cakupan=cakupan)  # type: ignore[arg-type]
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        return _tampil_hasil(request, id, galat.status, galat=[{"pesan": galat.pesan, "sasaran": ""}])
    messages.success(request, _kalimat_batal(hasil))
    return redirect("pelaporan:massal_hasil", id=id)


def _kalimat_batal(hasil: dict[str, Any]) -> str:
    lewat = hasil["dilewati"]
    kata = f"Verifikasi {hasil['jumlah']} laporan dibatalkan."
    sebutan = "; ".join(f"{d['nama']} {d['sebab']}" for d in lewat[:3])
    lagi = f"; dan {len(lewat) - 3} lagi" if len(lewat) > 3 else ""
    return f"{kata} {len(lewat)} tetap terverifikasi: {sebutan}{lagi}." if lewat else kata


# One report -------------------------------------------------------------------------------------------------


@login_required
@require_POST
def pegang(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """aksi = ambil_alih (from a colleague) | lepas (back to the inbox)."""
    laporan = ambil(request, kode, bulan, formulir, Izin.TINJAU_LAPORAN)
    orang: Any = request.user
    cakupan, lanjut = request.cakupan, request.POST.get("lanjut", "")  # type: ignore[attr-defined]
    if request.POST.get("aksi") == "lepas":
        lepas(laporan_id=laporan.pk, oleh=orang, cakupan=cakupan)
        messages.success(request, f"{laporan.formulir.nama} dari {laporan.upt.nama} dilepas; rekan dapat meninjaunya.")
        return redirect(pulang_antrean(lanjut))
    try:
        if request.POST.get("aksi") != "ambil_alih":
            raise TidakSah("Pilih ambil alih atau lepas.")
        ambil_alih(laporan_id=laporan.pk, oleh=orang, cakupan=cakupan)
        messages.success(request, "Laporan ini sekarang Anda pegang.")
    except (Bentrok, TidakSah) as galat:
        messages.error(request, galat.pesan)
    return redirect(pulang(laporan, lanjut))


@login_required
@require_POST
def batal_verifikasi(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Undo one's own verification of one report, within its term."""
    laporan = ambil(request, kode, bulan, formulir, Izin.VERIFIKASI_LAPORAN)
    try:
        revisi, kunci = baca_tindakan(request)
        perintah = Perintah(laporan.pk, Aksi.BATAL, revisi, kunci)
        jalankan(perintah, oleh=request.user, cakupan=request.cakupan)  # type: ignore[arg-type, attr-defined]
        messages.success(request, "Verifikasi dibatalkan. Laporan menunggu keputusan Anda lagi.")
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        messages.error(request, galat.pesan)
    return redirect(pulang(laporan, request.POST.get("lanjut", "")))
