"""The review page: reading, deciding, ticking, and going on to the next report of the inbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pelaporan import selectors
from pelaporan.alur import Aksi, Status
from pelaporan.antrean.pegangan import Dipegang, Pegangan, pegang, pegangan, perlu_dipegang
from pelaporan.forms import FormKembali
from pelaporan.halaman import alamat, ambil, baca_tindakan
from pelaporan.models import Laporan
from pelaporan.selectors import cakupan_izin
from pelaporan.services import Perintah, jalankan, tandai_dibuka
from pelaporan.tinjauan import services
from pelaporan.tinjauan.halaman import Meja, isi_halaman
from pelaporan.tinjauan.keadaan import Keadaan, alamat_tinjau, pulang, saringan_antrean
from pelaporan.tinjauan.selectors import berikut, menunggu
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.alamat import urai
from pemasyarakatan.inti.galat import Bentrok, KunciTerpakai, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.permintaan import Permintaan

KATA = {Aksi.VERIFIKASI: "diverifikasi", Aksi.KEMBALIKAN: "dikembalikan kepada UPT"}


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def tinjau(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Review a sent report. POST aksi = tampil (another view, nothing saved) | verifikasi | kembalikan."""
    laporan = ambil(request, kode, bulan, formulir, Izin.TINJAU_LAPORAN)
    if laporan.versi_masuk is None:
        messages.info(request, "UPT belum mengirim laporan ini, jadi belum ada yang ditinjau.")
        return redirect(alamat(laporan))
    if request.method == "POST" and request.POST.get("aksi") != "tampil":
        return _putuskan(request, laporan)
    if request.method == "GET" and laporan.status == Status.DIKIRIM and laporan.dibuka_pada is None:
        tandai_dibuka(laporan, oleh=request.user)
        laporan = selectors.segarkan(laporan)
    return _halaman(request, laporan, _form_terketik(request))


def _form_terketik(request: Permintaan) -> FormKembali:
    """What was typed about returning, kept but not judged."""
    return FormKembali(initial={n: request.POST.get(n, "") for n in ("alasan", "teks")})


# Deciding ---------------------------------------------------------------------------------------------------


def _putuskan(request: Permintaan, laporan: Laporan) -> HttpResponse:
    aksi = request.POST.get("aksi", "")
    form = FormKembali(request.POST) if aksi == Aksi.KEMBALIKAN else _form_terketik(request)
    try:
        if aksi not in KATA:
            raise TidakSah("Pilih verifikasi atau kembalikan.")
        if aksi == Aksi.KEMBALIKAN and not form.is_valid():
            return _halaman(request, laporan, form, status=400)
        sesudah = _berikut(request, laporan)
        _jalankan(request, laporan, Aksi(aksi), form)
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        segar = selectors.segarkan(laporan)
        pesan = [{"pesan": galat.pesan, "sasaran": "id_teks" if galat.rincian.get("teks") else ""}]
        lain = not isinstance(galat, TidakSah | Dipegang)
        return _halaman(request, segar, form, status=galat.status, galat=pesan, bentrok=lain)
    apa = f"{laporan.formulir.nama} {laporan.periode.nama} dari {laporan.upt.nama}"
    messages.success(request, f"{apa} {KATA[Aksi(aksi)]}.")
    lanjut = alamat_tinjau(laporan, Keadaan(antrean=Keadaan.dari(request.GET).antrean))
    return redirect(f"{lanjut}{'&' if lanjut[-1] != '?' else ''}berikut={sesudah.pk}" if sesudah else lanjut)


def _jalankan(request: Permintaan, laporan: Laporan, aksi: Aksi, form: FormKembali) -> None:
    revisi, kunci = baca_tindakan(request)
    kembali = aksi == Aksi.KEMBALIKAN
    perintah = Perintah(
        laporan.pk,
        aksi,
        revisi,
        kunci,
        alasan=form.cleaned_data["alasan"] if kembali else "",
        teks=form.cleaned_data["teks"] if kembali else "",
    )
    jalankan(perintah, oleh=request.user, cakupan=request.cakupan)


# The page ---------------------------------------------------------------------------------------------------


def _halaman(
    request: Permintaan, laporan: Laporan, form: FormKembali, *, status: int = 200, **tambahan: Any
) -> HttpResponse:
    kueri = QueryDict(urai(request.POST["lanjut"]).query) if "lanjut" in request.POST else request.GET
    meja = Meja(laporan, request.user, Keadaan.dari(kueri), _pegangan(request, laporan))
    isi = {
        **isi_halaman(meja),
        "form_kembali": form,
        "form": form if form.is_bound and form.errors else None,
        "berikut": None if meja.menunggu else _sesudah(request, laporan),
        "boleh_verifikasi": boleh(request.user, Izin.VERIFIKASI_LAPORAN, laporan),
        "boleh_buka": boleh(request.user, Izin.BUKA_LAPORAN, laporan),
        **tambahan,
    }
    return render(request, "pelaporan/tinjau.html", isi, status=status)


def _pegangan(request: Permintaan, laporan: Laporan) -> Pegangan | None:
    """Opening holds the report, unless a colleague does."""
    ada = pegangan(laporan)
    if laporan.status == Status.DIKIRIM and request.method != "HEAD" and perlu_dipegang(ada, request.user):
        return pegang(laporan_id=laporan.pk, oleh=request.user, cakupan=request.cakupan)
    return ada


def _sesudah(request: Permintaan, laporan: Laporan) -> Laporan | None:
    """The report to go on with: the one that stood next when the decision was made, while it still waits."""
    try:
        diingat = menunggu(cakupan_izin(request.user, Izin.TINJAU_LAPORAN), UUID(request.GET.get("berikut", "")))
    except ValueError:
        diingat = None
    return diingat or _berikut(request, laporan)


def _berikut(request: Permintaan, laporan: Laporan) -> Laporan | None:
    cakupan = cakupan_izin(request.user, Izin.TINJAU_LAPORAN)
    return berikut(cakupan, saringan_antrean(Keadaan.dari(request.GET).antrean, cakupan), laporan, sekarang())


@never_cache
@masuk_dulu
@require_safe
def tinjau_berikut(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Leave this report undecided and go to the next one of the filtered inbox."""
    laporan = ambil(request, kode, bulan, formulir, Izin.TINJAU_LAPORAN)
    lain = _berikut(request, laporan)
    keadaan = Keadaan(antrean=Keadaan.dari(request.GET).antrean)
    if lain is None:
        messages.info(request, "Tidak ada laporan lain yang menunggu di saringan ini.")
    return redirect(alamat_tinjau(lain or laporan, keadaan))


# Ticks ------------------------------------------------------------------------------------------------------


@masuk_dulu
@require_POST
def tinjau_bagian(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """sudah = 1 | 0 for one section."""
    laporan = ambil(request, kode, bulan, formulir, Izin.TINJAU_LAPORAN)
    bagian, sudah = request.POST.get("bagian", ""), request.POST.get("sudah") == "1"
    return _tandai(request, laporan, services.tandai_bagian, f"bagian-{bagian}", bagian=bagian, sudah=sudah)


@masuk_dulu
@require_POST
def tinjau_wajar(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """A flag is fine, with a reason; with batal=1 that is taken back."""
    laporan = ambil(request, kode, bulan, formulir, Izin.TINJAU_LAPORAN)
    bendera = request.POST.get("bendera", "")
    butir = bendera.split("|")[1] if bendera.count("|") == 2 else ""
    jangkar = f"b-{butir}" if butir in laporan.skema.butir else "bendera"
    if request.POST.get("batal") == "1":
        return _tandai(request, laporan, services.batal_wajar, jangkar, bendera=bendera)
    alasan = request.POST.get("alasan", "")
    return _tandai(request, laporan, services.tandai_wajar, jangkar, bendera=bendera, alasan=alasan)


def _tandai(request: Permintaan, laporan: Laporan, kerja: Any, jangkar: str, **apa: Any) -> HttpResponse:
    """Do one tick and come back to where it stands; a refusal is shown on the page as it now is."""
    try:
        kerja(laporan_id=laporan.pk, oleh=request.user, cakupan=request.cakupan, **apa)
    except (Bentrok, TidakSah) as galat:
        pesan = [{"pesan": galat.pesan, "sasaran": jangkar}]
        return _halaman(
            request, selectors.segarkan(laporan), FormKembali(), status=galat.status, galat=pesan,
            alasan_wajar={"bendera": apa.get("bendera"), "teks": apa.get("alasan")},
        )  # fmt: skip
    return redirect(pulang(laporan, request.POST.get("lanjut", ""), jangkar))
