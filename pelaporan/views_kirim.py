"""Check answers, certify and send; the receipt; withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pelaporan import selectors
from pelaporan.alur import Aksi, Status, dapat_diisi
from pelaporan.aturan import cap_jawaban
from pelaporan.forms import FormKirim
from pelaporan.halaman import alamat, ambil, baca_tindakan, jalur, kelompok_sidik, kunci_baru
from pelaporan.lampiran.selectors import lampiran_versi
from pelaporan.models import Laporan
from pelaporan.pembekuan import periksa_draf
from pelaporan.pengiriman.tanda import qr_gambar
from pelaporan.pengiriman.views_bulan import alamat_bukti
from pelaporan.sajian import sajikan
from pelaporan.services import Perintah, awal_kirim, jalankan, kunci_laporan, sebagai
from pelaporan.services_isian import tanggapi
from pelaporan.temuan import KartuTemuan, kelompokkan, ringkas, sajikan_temuan
from pelaporan.turunan import cap_terisi
from pelaporan.views_laporan import catatan_kembali
from pelaporan.views_laporan import tampilkan as tampilkan_laporan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, KunciTerpakai, TidakSah
from pemasyarakatan.inti.ramai import waktu_diterima
from pemasyarakatan.inti.waktu import Bulan, sekarang, sisa_hari

Jawaban = dict[str, dict[str, Any]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kirim(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """The unit's check page. POST aksi = tanggapi | siapkan | kirim; answers to findings travel with each."""
    laporan = ambil(request, kode, bulan, formulir, Izin.SIAPKAN_LAPORAN, Izin.KIRIM_LAPORAN)
    if request.method == "POST":
        return _terima(request, laporan)
    if not dapat_diisi(laporan.status):
        messages.info(request, f"Laporan ini sudah {laporan.get_status_display().lower()}.")
        return redirect(alamat(laporan))
    return _halaman(request, laporan, FormKirim())


def _terima(request: HttpRequest, laporan: Laporan) -> HttpResponse:
    """Do what was asked. A refusal shows the page with everything typed; a repetition leads to its result."""
    form, jawaban = FormKirim(request.POST), _baca_jawaban(request)
    try:
        return _lakukan(request, laporan, form, jawaban)
    except KunciTerpakai:
        return _ke_tanda_terima(selectors.segarkan(laporan))
    except (Bentrok, TidakSah) as galat:
        return _halaman(request, selectors.segarkan(laporan), form, jawaban, galat)


def _lakukan(request: HttpRequest, laporan: Laporan, form: FormKirim, jawaban: Jawaban) -> HttpResponse:
    aksi = request.POST.get("aksi", "")
    revisi, kunci = baca_tindakan(request)
    if aksi not in ("tanggapi", "siapkan", "kirim"):
        raise TidakSah("Pilih tindakan pada halaman ini.")
    revisi = _simpan_jawaban(request, laporan, jawaban, revisi, wajib=aksi == "tanggapi")
    if aksi == "tanggapi":
        messages.success(request, "Jawaban tersimpan.")
        return redirect(alamat(laporan, "kirim"))
    hasil = jalankan(
        Perintah(
            laporan.pk,
            Aksi(aksi),
            revisi,
            kunci,
            teks=_penjelasan(form) if aksi == "kirim" else "",
            disahkan=aksi == "kirim" and request.POST.get("disahkan") == "on",
            diterima=waktu_diterima(request),
            terisi=request.POST.get("terisi"),
        ),
        oleh=request.user,  # type: ignore[arg-type]
        cakupan=request.cakupan,  # type: ignore[attr-defined]
    )
    if aksi == "kirim":
        return redirect(alamat(laporan, "tanda_terima", versi=hasil["versi"]))
    messages.success(request, f"{laporan.formulir.nama} ditandai siap. Kepala UPT dapat memeriksa dan mengirimnya.")
    return redirect(f"{reverse('pelaporan:beranda_upt', args=[laporan.upt.kode])}?bulan={laporan.periode.kode}")


def _penjelasan(form: FormKirim) -> str:
    if not form.is_valid():
        raise TidakSah(str(next(iter(form.errors.values()))[0]), sasaran="id_penjelasan")
    return str(form.cleaned_data["penjelasan"])


def _simpan_jawaban(request: HttpRequest, laporan: Laporan, jawaban: Jawaban, revisi: int, *, wajib: bool) -> int:
    """Save the answers that changed and return the revision to go on with.

    Answering takes a ready report back to draft and so raises its revision; that is the person's own doing
    and no conflict. When the report moved on meanwhile, the revision stays as seen: the transition refuses.
    """
    with transaction.atomic():
        segar = kunci_laporan(laporan.pk, request.cakupan)  # type: ignore[attr-defined]
        cocok = segar.revisi == revisi and dapat_diisi(segar.status)
        if not cocok and not wajib:
            return revisi
        lama = periksa_draf(segar).tanggapan
        beda = {k: j for k, j in jawaban.items() if lama.get(k, {"benar": False, "alasan": ""}) != j}
        if not beda:
            return revisi
        oleh, cakupan = request.user, request.cakupan  # type: ignore[attr-defined]
        terlihat = _baca_terlihat(request)
        tanggapi(laporan_id=laporan.pk, jawaban=beda, terlihat=terlihat, oleh=oleh, cakupan=cakupan)  # type: ignore[arg-type]
        return selectors.segarkan(laporan).revisi


def _baca_jawaban(request: HttpRequest) -> Jawaban:
    """Touched answers by finding id: fields `t` (the ids on the page), `benar-<id>`, `alasan-<id>`."""
    semua = {
        kunci: {
            "benar": request.POST.get(f"benar-{kunci}") == "on",
            "alasan": request.POST.get(f"alasan-{kunci}", "").replace("\r\n", "\n").strip(),
        }
        for kunci in request.POST.getlist("t")[:1000]
    }
    terlihat = _baca_terlihat(request)
    return {k: satu for k, satu in semua.items() if terlihat.get(k) != cap_jawaban(satu)}


def _baca_terlihat(request: HttpRequest) -> dict[str, str]:
    """Digests of the answers that the page showed: fields `cap-<id>`."""
    nama = ((kunci, f"cap-{kunci}") for kunci in request.POST.getlist("t")[:1000])
    return {kunci: request.POST[cap] for kunci, cap in nama if cap in request.POST}


def _ke_tanda_terima(laporan: Laporan) -> HttpResponse:
    if laporan.versi_masuk is None:
        return redirect(alamat(laporan))
    return redirect(alamat(laporan, "tanda_terima", versi=laporan.versi_masuk))


def _halaman(
    request: HttpRequest,
    laporan: Laporan,
    form: FormKirim,
    jawaban: Jawaban | None = None,
    galat: GalatPortal | None = None,
) -> HttpResponse:
    hasil = periksa_draf(laporan)
    temuan = kelompokkan(sajikan_temuan(laporan, hasil.temuan, hasil.tanggapan, hasil.belum, jawaban or {}))
    kini, tutup = sekarang(), selectors.bulan_ditutup(laporan)
    beku = hasil.beku()
    isi = {
        "laporan": laporan,
        "jalur": jalur(laporan),
        "form_kirim": form,
        "terisi": cap_terisi(beku),
        "galat": _pesan(galat, temuan) if galat else [],
        "bagian": sajikan(laporan.skema, beku),
        "temuan": temuan,
        "jumlah_galat": len(hasil.galat),
        "jumlah_tanya": len(hasil.temuan) - len(hasil.galat),
        "ringkasan": ringkas(hasil.temuan, hasil.belum),
        "catatan": catatan_kembali(laporan, selectors.kejadian_laporan(laporan)),
        "dapat_diisi": dapat_diisi(laporan.status),
        "mulai": laporan.status != Status.BELUM or bool(hasil.terisi.kode & laporan.skema.register_atau_ketik),
        "boleh_kirim": boleh(request.user, Izin.KIRIM_LAPORAN, laporan),
        "sebagai": sebagai(request.user, laporan),  # type: ignore[arg-type]
        "awal_kirim": awal_kirim(laporan),
        "terlalu_dini": kini < awal_kirim(laporan),
        "ditutup": tutup if laporan.versi_masuk is None else None,
        "lewat": laporan.lewat_tenggat(kini),
        "hari": -sisa_hari(laporan.tenggat, laporan.upt.zona),
        "kunci": kunci_baru(),
    }
    return render(request, "pelaporan/kirim.html", isi, status=galat.status if galat else 200)


def _pesan(galat: GalatPortal, kartu: list[KartuTemuan]) -> list[dict[str, str]]:
    """The error summary: the sentence, then every card with something that blocks, each linked to its place."""
    di_kartu = {t.id: (n, k) for n, k in enumerate(kartu, 1) for t in k.isi}
    sasaran = "id_disahkan" if galat.rincian.get("disahkan") else str(galat.rincian.get("sasaran", ""))
    pesan = [{"pesan": galat.pesan, "sasaran": sasaran}]
    for satu in galat.rincian.get("temuan", []):
        n, k = di_kartu.get(satu["id"], (0, None))
        baris = {"pesan": k.pesan if k else satu["pesan"], "sasaran": f"temuan-{n}" if n else ""}
        if baris not in pesan:
            pesan.append(baris)
    return pesan


# Receipt, withdrawing ---------------------------------------------------------------------------------------


@login_required
@require_GET
def tanda_terima(request: HttpRequest, kode: str, bulan: Bulan, formulir: str, versi: int) -> HttpResponse:
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    satu = selectors.pilih_versi(selectors.versi_laporan(laporan), versi)
    kejadian = selectors.kejadian_laporan(laporan)
    bukti = alamat_bukti(request, satu)
    isi = {
        "laporan": laporan,
        "v": satu,
        "jalur": jalur(laporan),
        "sidik": kelompok_sidik(satu.sidik),
        "lampiran": lampiran_versi(laporan, satu.dibuat_pada),
        "qr": qr_gambar(bukti),
        "bukti": bukti,
        "ditarik": satu.versi in selectors.versi_ditarik(kejadian),
        "terbaru": satu.versi == laporan.versi_masuk,
        "kunci": kunci_baru(),
        "boleh_tarik": satu.versi == laporan.versi_masuk
        and laporan.dibuka_pada is None
        and laporan.status == Status.DIKIRIM
        and boleh(request.user, Izin.TARIK_LAPORAN, laporan),
    }
    return render(request, "pelaporan/tanda_terima.html", isi)


@login_required
@require_POST
def tarik(request: HttpRequest, kode: str, bulan: Bulan, formulir: str) -> HttpResponse:
    """Take a sent report back while no reviewer has opened it."""
    laporan = ambil(request, kode, bulan, formulir, Izin.TARIK_LAPORAN)
    try:
        revisi, kunci = baca_tindakan(request)
        perintah = Perintah(laporan.pk, Aksi.TARIK, revisi, kunci)
        jalankan(perintah, oleh=request.user, cakupan=request.cakupan)  # type: ignore[arg-type, attr-defined]
    except (Bentrok, KunciTerpakai, TidakSah) as galat:
        pesan = [{"pesan": galat.pesan, "sasaran": ""}]
        return tampilkan_laporan(request, selectors.segarkan(laporan), status=galat.status, galat=pesan)
    messages.success(request, "Laporan ditarik dan kembali menjadi draf. Kirim lagi setelah diperbaiki.")
    return redirect(alamat(laporan))
