"""One case: where it is, who is next and until when, every step, and what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from remisi.calon.selectors import tulis_besar
from remisi.kerja import tindakan
from remisi.kerja.sajian import kalimat_batas, syarat_beku
from remisi.kerja.views_unit import PANGKAL
from remisi.models import Usulan
from remisi.selectors_aturan import himpunan, patokan_untuk
from remisi.usulan import selectors as baca
from remisi.usulan.alur import AKHIR, Status
from upt.permintaan import Permintaan


@never_cache
@masuk_dulu
@require_safe
def usulan(request: Permintaan, uuid: UUID) -> HttpResponse:
    cakupan = baca.cakupan_kasus(request.user)
    kasus = baca.satu_usulan(cakupan, uuid)
    orang = baca.samaran(cakupan, [kasus.data_id]).get(kasus.data_id, baca.Samar())
    lewat = baca.lewat_hari(kasus)
    langkah = baca.langkah(cakupan, kasus)
    syarat, dapat = syarat_beku(kasus.dasar), tindakan.untuk(request.user, [kasus])
    isi = {
        "kasus": kasus,
        "orang": orang,
        "bentuk": baca.BENTUK[kasus.status],
        "giliran": baca.giliran(kasus),
        "selesai": Status(kasus.status) in AKHIR,
        "lewat": lewat,
        "batas": kalimat_batas(kasus.tenggat, lewat),
        "perbaikan": _perbaikan(kasus, langkah),
        "besaran": tulis_besar(kasus.bulan, kasus.hari),
        "syarat": syarat,
        "belum_terpenuhi": [s for s in syarat if s["keadaan"] in "TD"],
        "terpenuhi": [s for s in syarat if s["keadaan"] not in "TD"],
        "buka_syarat": bool(dapat) and kasus.status not in (*AKHIR, Status.SK_TERBIT),
        "dinilai": _hari_nilai(kasus),
        "aturan_berubah": _aturan_berubah(kasus),
        "langkah": [(s, baca.LANGKAH.get(s.ke, s.ke)) for s in langkah],
        "catatan": kasus.dasar.get("catatan", []),
        "alasan": _alasan(langkah),
        "dokumen": baca.dokumen(cakupan, kasus),
        "tindakan": dapat,
        "menyusun": boleh(request.user, Izin.SUSUN_USULAN, kasus),
        "membaca_orang": orang.ada and boleh(request.user, Izin.LIHAT_WARGA, kasus),
        "membuka_nama": orang.ada and boleh(request.user, Izin.BUKA_NAMA, kasus),
        "jalur": _jalur(kasus),
    }
    return render(request, "remisi/usulan.html", isi)


def _hari_nilai(kasus: Usulan) -> date | None:
    pada = kasus.dasar.get("pada")
    return date.fromisoformat(pada) if pada else None


def _aturan_berubah(kasus: Usulan) -> bool:
    """Whether a case that is still under way was judged by rules that have changed since."""
    sidik = kasus.dasar.get("sidik_aturan", "")
    if not sidik or Status(kasus.status) in AKHIR:
        return False
    if kasus.kesempatan is None:  # integration looks ahead: rules of all times tell its days
        return bool(sidik != himpunan().sidik)
    return not patokan_untuk(kasus.kesempatan).sama(sidik)


def _alasan(langkah: list[Any]) -> str:
    """Why the case is where it is, when its last step said so."""
    return langkah[0].alasan if langkah else ""


def _perbaikan(kasus: Usulan, langkah: list[Any]) -> str:
    """What the unit says it mended, while the case it sent back waits for the head or the Kanwil."""
    if kasus.status not in (Status.SIDANG, Status.DIAJUKAN):
        return ""
    sidang = next((s for s in langkah if s.ke == Status.SIDANG), None)
    return sidang.alasan if sidang is not None else ""


def _jalur(kasus: Usulan) -> list[dict[str, str]]:
    unit = {"label": kasus.upt.nama, "url": reverse("remisi:unit", kwargs={"kode": kasus.upt.kode})}
    if kasus.kesempatan is None:
        return [PANGKAL, unit]
    url = reverse("remisi:kesempatan", kwargs={"kode": kasus.upt.kode, "kesempatan": kasus.kesempatan.slug})
    return [PANGKAL, unit, {"label": kasus.kesempatan.nama, "url": url}]
