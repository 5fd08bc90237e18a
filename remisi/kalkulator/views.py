"""The calculator: three small forms, answered on the page that asked. Nothing is stored, no address says anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.waktu import hari_ini
from remisi.aturan import AturanTiada, MasukanSalah
from remisi.kalkulator import hasil
from remisi.kalkulator.forms import URAIAN, BarisPita, BarisRemisi, Deret, FormHemat, FormPidana, FormRemisi
from remisi.ketentuan import Himpunan
from remisi.selectors_aturan import himpunan
from upt.permintaan import Permintaan


@dataclass(frozen=True)
class Alat:
    """One of the three forms: what it asks and who answers."""

    rute: str
    judul: str
    pengantar: str
    form: type[FormPortal]
    deret: tuple[type[Any], str] | None
    hitung: Callable[..., hasil.Hasil]
    borang: str
    takaran: tuple[str, ...] = ()


PIDANA = Alat(
    "remisi:kalkulator",
    "Masa pidana",
    "Ekspirasi, bagian pidana, PB, CB, dan CMB dari satu pidana.",
    FormPidana,
    (BarisRemisi, "r"),
    hasil.pidana,
    "remisi/_kalkulator_pidana.html",
    ("pidana", "subsider"),
)
REMISI = Alat(
    "remisi:kalkulator_remisi",
    "Remisi",
    "Besarnya satu pemberian remisi atau pengurangan masa pidana.",
    FormRemisi,
    None,
    hasil.remisi,
    "remisi/_kalkulator_remisi.html",
    ("pidana", "besaran_ru"),
)
HEMAT = Alat(
    "remisi:kalkulator_hemat",
    "Penghematan",
    "Hari remisi dikali biaya makan sehari pada tanggal pemberian.",
    FormHemat,
    (BarisPita, "p"),
    hasil.hemat,
    "remisi/_kalkulator_hemat.html",
)
SEMUA = (PIDANA, REMISI, HEMAT)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def pidana(request: Permintaan) -> HttpResponse:
    return _jawab(request, PIDANA)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def remisi(request: Permintaan) -> HttpResponse:
    return _jawab(request, REMISI)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def hemat(request: Permintaan) -> HttpResponse:
    return _jawab(request, HEMAT)


def _jawab(request: Permintaan, alat: Alat) -> HttpResponse:
    """The form, and below it the answer when it was sent. One more row is no question yet: nothing is judged then."""
    kiriman = request.POST if request.method == "POST" else None
    deret = Deret(*alat.deret, kiriman) if alat.deret else None
    form = alat.form(kiriman)
    jawaban: hasil.Hasil | None = None
    galat: list[dict[str, str]] = []
    if kiriman is not None and kiriman.get("aksi") == "tambah":
        form, deret = _apa_adanya(form), deret and deret.apa_adanya()
    elif kiriman is not None:
        jawaban, galat = _hitung(alat, form, deret, himpunan())
    isi = {
        "alat": alat,
        "semua": SEMUA,
        "form": form,
        "takaran": {nama: _takaran(form, nama) for nama in alat.takaran},
        "deret": deret,
        "hasil": jawaban,
        "galat": galat,
        "hari": hari_ini(),
    }
    return render(request, "remisi/kalkulator.html", isi, status=400 if galat or form.errors else 200)


def _takaran(form: FormPortal, nama: str) -> list[BoundField]:
    """The parts of one length of time, side by side."""
    return [form[f"{nama}_{b}"] for b in URAIAN if f"{nama}_{b}" in form.fields]


def _apa_adanya(form: FormPortal) -> FormPortal:
    """What was typed so far, not judged."""
    return type(form)(initial={k.name: k.data for k in form})


def _hitung(
    alat: Alat, form: Any, deret: Deret[Any] | None, aturan: Himpunan
) -> tuple[hasil.Hasil | None, list[dict[str, str]]]:
    sah = form.is_valid()
    if deret is not None and not deret.sah():
        return None, deret.galat()
    if not sah:
        return None, []
    try:
        return alat.hitung(form, deret.isi() if deret else [], aturan), []
    except (AturanTiada, MasukanSalah) as salah:
        return None, [{"pesan": f"Tidak dapat dihitung: {salah}", "sasaran": ""}]
    except (OverflowError, ValueError):
        return None, [{"pesan": "Tanggalnya melewati batas kalender. Periksa lama pidananya.", "sasaran": ""}]
