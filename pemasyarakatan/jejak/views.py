"""The trail: who did what, when, to which row, and whether the chain still holds."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.jejak.forms import TINDAKAN, FormJejak
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.jejak.nama import Tautan, cari
from pemasyarakatan.jejak.selectors import baris_rusak, jejak_terlihat, saring_jejak

PER_HALAMAN = 50


@login_required
@require_GET
def jejak(request: HttpRequest) -> HttpResponse:
    """One page of the trail. Pages hang on the id of their first link, not on a count of the whole trail."""
    if not boleh(request.user, Izin.LIHAT_JEJAK):
        raise Ditolak("Jejak dibaca oleh Kepala UPT, Kepala Kanwil, peninjau pusat, dan auditor.")
    form = FormJejak(request.GET)
    saringan = form.saringan()
    terlihat = jejak_terlihat(request.user, request.cakupan)  # type: ignore[attr-defined]
    baris = list(saring_jejak(terlihat, saringan)[: PER_HALAMAN + 1])
    tampak = baris[:PER_HALAMAN]
    rusak = baris_rusak([b.pk for b in tampak])
    isi = {
        "form_saring": form,
        "form": form,
        "saringan": saringan,
        "baris": _sajikan(tampak, rusak),
        "rusak": len(rusak),
        "lebih_lama": tampak[-1].pk if len(baris) > PER_HALAMAN else None,
        "tersaring": any(request.GET.get(n) for n in ("tindakan", "pelaku", "dari", "sampai", "objek")),
    }
    return render(request, "jejak/jejak.html", isi)


def _sajikan(baris: list[Jejak], rusak: set[int]) -> list[dict[str, Any]]:
    unit = cari("upt", (b.upt_id for b in baris))
    kanwil = cari("kanwil", (b.kanwil_id for b in baris if b.upt_id is None))
    objek = {jenis: cari(jenis, (b.objek_id for b in baris if b.objek == jenis)) for jenis in {b.objek for b in baris}}
    return [
        {
            "b": b,
            "kata": TINDAKAN.get(b.tindakan) or b.tindakan.replace("_", " ").capitalize(),
            "tempat": unit.get(str(b.upt_id)) or kanwil.get(str(b.kanwil_id)) or Tautan("Nasional"),
            "objek": objek[b.objek].get(b.objek_id),
            "rincian": [(k, _tulis(k, v)) for k, v in sorted(b.rincian.items()) if v not in (None, "", [], {})],
            "rusak": b.pk in rusak,
        }
        for b in baris
    ]


def _tulis(kunci: str, nilai: Any) -> Any:
    """A detail as people read it: lists with commas, states ("dari", "ke") in words."""
    if isinstance(nilai, list):
        return ", ".join(str(x) for x in nilai)
    return nilai.replace("_", " ").lower() if kunci in ("dari", "ke") and isinstance(nilai, str) else nilai
