"""The queue of Kanwil and Ditjenpas, and the page that asks again before an act on many cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.alamat import lokal
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakDitemukan, TidakSah
from remisi.kerja import tindakan as tindak
from remisi.kerja.forms import FormAntrean
from remisi.kerja.sajian import halangan_menurut_sebab, per_unit
from remisi.models import Usulan
from remisi.usulan import selectors as baca
from remisi.usulan import services
from remisi.usulan.alur import Status
from remisi.usulan.langkah import Halangan, Pilihan
from remisi.usulan.selectors import Saringan
from upt.cakupan import Cakupan
from upt.permintaan import Permintaan
from upt.selectors import daftar_kanwil

SEHALAMAN = 50
CONTOH = 40
"""Cases that the page before an act shows by name; the others are counted."""


@never_cache
@masuk_dulu
@require_safe
def antrean(request: Permintaan) -> HttpResponse:
    """What waits, by unit and occasion; with `?upt=` the cases themselves."""
    return _antrean(request)


def _antrean(request: Permintaan, galat: GalatPortal | None = None) -> HttpResponse:
    cakupan, tunggu = baca.cakupan_kasus(request.user), menunggu(request)
    form = _form_saring(request.GET, cakupan)
    saring = form.saringan(tunggu)
    isi = {
        "form_saring": form,
        "saring": saring,
        "lewat": baca.usulan(cakupan, replace(saring, lewat=True)).count(),
        "sudut": _sudut(request),
        "galat": [{"pesan": galat.pesan, "sasaran": "daftar"}] if galat else [],
        "jalur": [{"label": "Remisi dan integrasi", "url": reverse("remisi:beranda")}] if saring.upt else [],
        **(_kasus(request, saring) if saring.upt else _kelompok(request, saring)),
    }
    return render(request, "remisi/antrean.html", isi, status=galat.status if galat else 200)


def menunggu(request: Permintaan) -> tuple[str, ...]:
    """States that wait for this person; who only reads sees all that is on its way."""
    if boleh(request.user, Izin.PUTUS_USULAN):
        return Status.VERIF_KANWIL, Status.VERIF_PUSAT
    if boleh(request.user, Izin.VERIFIKASI_USULAN):
        return (Status.DIAJUKAN,)
    if boleh(request.user, Izin.SUSUN_USULAN):
        return Status.DRAF, Status.SIDANG, Status.DIKEMBALIKAN, Status.SK_TERBIT
    return Status.DIAJUKAN, Status.VERIF_KANWIL, Status.VERIF_PUSAT


def _kelompok(request: Permintaan, saring: Saringan) -> dict[str, Any]:
    kelompok = baca.kelompok(baca.cakupan_kasus(request.user), saring)
    halaman = Paginator(kelompok, SEHALAMAN).get_page(request.GET.get("halaman"))
    baris = [(g, f"?{urlencode({'upt': g.upt_kode, 'kesempatan': g.slug, 'status': g.status})}") for g in halaman]
    return {
        "tindakan": tindak.untuk_kelompok(request.user, halaman),
        "halaman": halaman,
        "kelompok": baris,
        "jumlah": sum(g.jumlah for g in kelompok),
    }


def _kasus(request: Permintaan, saring: Saringan) -> dict[str, Any]:
    cakupan = baca.cakupan_kasus(request.user)
    semua = baca.usulan(cakupan, saring)
    halaman = Paginator(baca.berurut(baca.rinci(semua)), SEHALAMAN).get_page(request.GET.get("halaman"))
    baris = baca.baris(cakupan, list(halaman))
    rumpun = baca.hitung_rumpun(semua)
    slug = saring.kesempatan or ("integrasi" if saring.rumpun else "")
    tepat = len(saring.status) == 1 and slug and halaman.paginator.num_pages > 1
    return {
        "tindakan": tindak.untuk(request.user, [b.usulan for b in baris]),
        "halaman": halaman,
        "baris": baris,
        "jumlah": halaman.paginator.count,
        "campur": rumpun if len(rumpun) > 1 else {},
        "semua": baca.kunci_kelompok(saring.status[0], slug, saring.upt, saring) if tepat else "",
        "unit": baris[0].usulan.upt if baris else None,
    }


def _sudut(request: Permintaan) -> list[dict[str, Any]]:
    """Ready views; the current one is marked."""
    kini = request.GET.get("status", "")
    pilih = (("", "Menunggu Anda"), ("lewat", "Lewat batas"), (Status.DIKEMBALIKAN, "Dikembalikan"),
             (Status.SK_TERBIT, "Keputusan terbit"), (Status.DICABUT, "Dicabut"))  # fmt: skip
    return [{"label": label, "url": f"?status={k}" if k else "?", "kini": kini == k} for k, label in pilih]


# One act on chosen cases ------------------------------------------------------------------------------------


@never_cache
@masuk_dulu
@require_POST
def tindakan(request: Permintaan) -> HttpResponse:
    """The first press says what would happen and what refuses; the second (`setuju`) does it."""
    baca.cakupan_kasus(request.user)
    apa = tindak.TINDAKAN.get(request.POST.get("aksi", ""))
    if apa is None:
        raise TidakSah("Pilih tindakannya dari halaman usulan.")
    try:
        pilihan = _pilihan(request)
        if not request.POST.get("setuju"):
            return _tanya(request, apa, pilihan, apa.form(initial=_awal(request)))
        form = apa.form(request.POST)
        if not form.is_valid():
            return _tanya(request, apa, pilihan, form)
        return _lakukan(request, apa, pilihan, form)
    except TidakSah as galat:
        messages.error(request, galat.pesan)
        return redirect(_kembali(request))


def _awal(request: Permintaan) -> dict[str, str]:
    return {n: request.POST[n] for n in ("nomor", "tanggal", "alasan", "perbaikan") if n in request.POST}


def _pilihan(request: Permintaan) -> list[Pilihan]:
    """Ticked cases, all cases behind ticked rows of the queue, or the list that the page before carried."""
    teks = request.POST.get("isi", "")
    semua = [Pilihan.dari(t) for t in (*request.POST.getlist("pilih"), *teks.split())]
    kelompok = [*request.POST.getlist("kelompok"), *request.POST.getlist("semua")]
    if kelompok:
        kini = dict(baca.menurut_kelompok(baca.cakupan_kasus(request.user), kelompok))
        semua = [p for p in semua if p.id not in kini] + [Pilihan(*b) for b in kini.items()]
    if not semua:
        raise TidakSah("Pilih sedikitnya satu usulan, lalu tekan lagi.")
    return list(dict.fromkeys(semua))


def _kembali(request: Permintaan) -> str:
    return lokal(request, request.POST.get("kembali", "")) or reverse("remisi:antrean")


def _lakukan(request: Permintaan, apa: tindak.Tindakan, pilihan: list[Pilihan], form: FormPortal) -> HttpResponse:
    contoh = baca.terpilih(baca.cakupan_kasus(request.user), [pilihan[0].id]).first()
    if contoh is None:
        raise TidakDitemukan("Usulan ini tidak ada, atau bukan dalam cakupan Anda.")
    try:
        ke = apa.ke(contoh)
        hasil = apa.jalankan(
            pilihan=pilihan,
            oleh=request.user,
            cakupan=baca.cakupan_kasus(request.user),
            **apa.isi(form.cleaned_data, contoh),
        )
    except (Bentrok, Ditolak, TidakSah) as galat:
        if isinstance(galat, Ditolak) and "kasus" not in galat.rincian:
            raise
        if isinstance(galat, TidakSah) and not galat.rincian and apa.pada_bidang(form, galat.pesan):
            return _tanya(request, apa, pilihan, form)
        return _tanya(request, apa, pilihan, form, galat)
    messages.success(request, apa.selesai.format(n=hasil.jumlah or hasil.sudah))
    return redirect(_berikut(request, pilihan, ke))


def _berikut(request: Permintaan, pilihan: list[Pilihan], ke: str) -> str:
    """Back to the list where the act was chosen; when that is empty now, to these cases at their next step."""
    kembali = _kembali(request)
    alamat = urlsplit(kembali)
    if alamat.path != reverse("remisi:antrean") or not ke:
        return kembali
    cakupan = baca.cakupan_kasus(request.user)
    form = _form_saring(QueryDict(alamat.query), cakupan)
    if baca.usulan(cakupan, form.saringan(menunggu(request))).exists():
        return kembali
    kasus = list(baca.terpilih(cakupan, [p.id for p in pilihan]))
    unit, slug = {u.upt.kode for u in kasus}, {u.kesempatan.slug if u.kesempatan else "integrasi" for u in kasus}
    isi = {"upt": unit.pop() if len(unit) == 1 else "", "kesempatan": slug.pop() if len(slug) == 1 else ""}
    return f"{alamat.path}?{urlencode({**{k: n for k, n in isi.items() if n}, 'status': ke})}"


def _form_saring(kueri: QueryDict, cakupan: Cakupan) -> FormAntrean:
    return FormAntrean(kueri, kesempatan=baca.kesempatan_berusulan(cakupan), kanwil=daftar_kanwil(cakupan))


def _tanya(
    request: Permintaan,
    apa: tindak.Tindakan,
    pilihan: list[Pilihan],
    form: FormPortal,
    galat: GalatPortal | None = None,
) -> HttpResponse:
    """The page between: what is ready, what is not and why, and what the act asks."""
    timbangan = services.timbang(apa.aksi, pilihan, oleh=request.user, cakupan=baca.cakupan_kasus(request.user))
    siap, halangan = _sisihkan(timbangan, galat.rincian.get("kasus", []) if galat else [])
    apa.sesuaikan(form, siap)
    orang = baca.samaran(
        baca.cakupan_kasus(request.user), [*(u.data_id for u in siap[:CONTOH]), *(h.data for h in halangan)]
    )
    status = galat.status if galat else 400 if form.errors else 200
    isi = {
        "apa": apa,
        "judul": apa.tanya.format(n=len(siap)) if siap else f"{apa.tombol}: belum ada yang dapat diproses",
        "form": form,
        "galat": [{"pesan": galat.pesan, "sasaran": ""}] if galat else [],
        "siap": siap,
        "unit": per_unit(siap),
        "contoh": [(u, orang.get(u.data_id, baca.Samar())) for u in siap[:CONTOH]],
        "sisa": max(len(siap) - CONTOH, 0),
        "halangan": halangan_menurut_sebab(halangan, orang),
        "banyak_halangan": len(halangan),
        "isi_pilihan": " ".join(str(Pilihan(u.pk, u.revisi)) for u in siap),
        "kembali": _kembali(request),
        "jalur": [{"label": "Remisi dan integrasi", "url": reverse("remisi:beranda")}],
    }
    return render(request, "remisi/tindakan.html", isi, status=status)


def _sisihkan(timbangan: services.Timbangan, ditolak: Sequence[Halangan]) -> tuple[list[Usulan], list[Halangan]]:
    """Cases that the act itself refused for what was typed are named and left out, too, unless it refused all of them:
    then what was typed is to be mended."""
    gugur = {h.usulan for h in ditolak}
    siap = [u for u in timbangan.siap if u.pk not in gugur]
    if not siap:
        return timbangan.siap, timbangan.halangan
    sudah = {h.usulan for h in timbangan.halangan}
    return siap, [*timbangan.halangan, *(h for h in ditolak if h.usulan not in sudah)]
