"""Pages of figures: nation, Kanwil, unit, indicator, and the origin of every figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from dasbor import halaman, halaman_telusur, halaman_unit, selectors, telusur_csv
from dasbor import indikator as daftar_indikator
from dasbor.forms import SaringanDasbor
from dasbor.halaman import Dasbor
from dasbor.pilihan import Pilihan, baca_pilihan, url_indikator, url_telusur, url_wilayah
from dasbor.rekap import Rekap
from dasbor.selectors import NASIONAL, Wilayah
from dasbor.simpanan import Simpanan
from dasbor.telusur import susun_indikator
from dasbor.telusur import telusur as asal_angka
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.inti import csv_keluar
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.ramai import berat
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan

P = ParamSpec("P")
_SIMPANAN: Simpanan[dict[str, Any]] = Simpanan(64)
_KASUS = "remisi"
"""The register whose records are persons' cases: they open to those who read cases, not to all who read figures."""


def lihat_dasbor(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for those who may read dashboards; asked before anything is read. On a busy day these pages wait."""

    @wraps(view)
    def dijaga(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not boleh(request.user, Izin.LIHAT_DASBOR):
            raise Ditolak("Peran Anda tidak membaca dasbor. Minta penugasan kepada admin Kanwil atau admin pusat.")
        return view(request, *args, **kwargs)

    return berat(require_safe(login_required(dijaga)))


@lihat_dasbor
def nasional(request: HttpRequest) -> HttpResponse:
    """The nation; others are taken to what is theirs."""
    cakupan = _cakupan(request)
    if not cakupan.nasional:
        return redirect(url_wilayah(_wilayah_sendiri(cakupan), _pilihan(request, cakupan)[0]))
    pilihan, terbuka = _pilihan(request, cakupan)
    tanda = selectors.tanda_nasional(cakupan, pilihan.bulan)
    nama = (tanda, pilihan.parameter(), request.META.get("QUERY_STRING", ""))
    konteks = _SIMPANAN.ambil(nama, lambda: _nasional(request, cakupan, pilihan, terbuka))
    return render(request, "dasbor/nasional.html", {"pilihan": pilihan, **konteks})


def _nasional(request: HttpRequest, cakupan: Cakupan, pilihan: Pilihan, terbuka: list[Bulan]) -> dict[str, Any]:
    """The content of the national page, finished: it is the same for everybody who reads the nation."""
    rekap, tren = selectors.rekap_nasional(cakupan, pilihan.bulan, halaman.kode_dasbor())
    kanwil = selectors.semua_kanwil(cakupan)
    wilayah = Wilayah("nasional", NASIONAL, "Nasional")
    d = Dasbor(wilayah, pilihan, selectors.skema_bulan(pilihan.bulan), tren[pilihan.bulan], tren)
    bagian = [(selectors.wilayah_kanwil(k), rekap.get(k.pk, Rekap(pilihan.bulan))) for k in kanwil]
    konteks = {
        **_kerangka(request, d.wilayah, pilihan, terbuka),
        **_isi(
            d,
            lambda: {
                "kurang": halaman.kanwil_kurang(d, kanwil, rekap),
                "peta": halaman.di_mana(d, bagian, kanwil),
            },
        ),
    }
    isi = render_to_string("dasbor/_nasional.html", konteks)
    return {"isi_nasional": isi, "dihitung": konteks.get("dihitung")}


@lihat_dasbor
def kanwil(request: HttpRequest, slug: str) -> HttpResponse:
    cakupan = _cakupan(request)
    wilayah = _wilayah(cakupan, slug, "kanwil")
    pilihan, terbuka = _pilihan(request, cakupan)
    tren = selectors.rekap_tren(cakupan, wilayah.id, pilihan.bulan, halaman.kode_dasbor())
    d = Dasbor(wilayah, pilihan, selectors.skema_bulan(pilihan.bulan), tren[pilihan.bulan], tren)
    tampil = request.GET.get("tampil", "")
    if tampil not in halaman_unit.TAMPIL:
        raise TidakSah("Pilihan daftar UPT ini tidak dikenal. Buka lagi halaman Kanwil dari dasbor.")
    konteks = {
        **_kerangka(request, wilayah, pilihan, terbuka),
        **_isi(d, lambda: _unit(cakupan, d, tampil)),
        "tampil": tampil,
    }
    return render(request, "dasbor/kanwil.html", konteks)


def _unit(cakupan: Cakupan, d: Dasbor, tampil: str) -> dict[str, Any]:
    """The units of a Kanwil: their reports, their figures, their place in the ranking."""
    unit = selectors.unit_kanwil(cakupan, d.wilayah.id or 0, d.bulan, halaman_unit.kode_unit())
    semua = halaman_unit.pasangan(unit, selectors.nama_upt(cakupan, [u.upt_id for u in unit]))
    formulir = sorted(d.kini.formulir)
    return {
        "formulir": [(f, d.skema[f].nama) for f in formulir if f in d.skema],
        "kepala_angka": halaman_unit.label_angka(d.skema),
        "unit": halaman_unit.baris_unit(halaman_unit.pilah(semua, tampil), formulir, d.skema, d.pilihan),
        "banyak_unit": len(semua),
        "unit_lengkap": halaman_unit.lengkap(semua),
        "pilihan_tampil": [
            (kata, url_wilayah(d.wilayah, d.pilihan, **({"tampil": k} if k else {})), k)
            for k, kata in halaman_unit.TAMPIL.items()
        ],
        "peta": halaman.di_mana(d, [(w, u.rekap) for w, u in semua]),
    }


@lihat_dasbor
def upt(request: HttpRequest, kode: str) -> HttpResponse:
    """A unit's own figures over the months, each with the way to its version."""
    cakupan = _cakupan(request)
    wilayah = _wilayah(cakupan, kode, "upt")
    pilihan, terbuka = _pilihan(request, cakupan)
    unit = selectors.unit_tren(cakupan, wilayah.id or 0, pilihan.bulan, halaman.kode_dasbor())
    tren = {bulan: u.rekap for bulan, u in unit.items()}
    d = Dasbor(wilayah, pilihan, selectors.skema_bulan(pilihan.bulan), tren[pilihan.bulan], tren)
    baris = halaman_unit.baris_bulan(wilayah, unit, d.skema, pilihan) if d.skema else []
    konteks = {
        **_kerangka(request, wilayah, pilihan, terbuka),
        **_isi(d, dict),
        "baris_bulan": baris,
        "kepala_angka": halaman_unit.label_angka(d.skema) if d.skema else [],
    }
    return render(request, "dasbor/upt.html", konteks)


@lihat_dasbor
def indikator(request: HttpRequest, kode: str) -> HttpResponse:
    """One indicator: definition, trend, numerator and denominator, and the level below."""
    cakupan = _cakupan(request)
    if kode not in daftar_indikator.semua():
        raise TidakDitemukan("Indikator ini tidak ada. Pilih salah satu dari daftar di dasbor.")
    wilayah = _wilayah_diminta(request, cakupan)
    pilihan, terbuka = _pilihan(request, cakupan, indikator=kode)
    ind = pilihan.indikator
    tren, bagian = _bahan_indikator(cakupan, wilayah, pilihan)
    d = Dasbor(wilayah, pilihan, selectors.skema_bulan(pilihan.bulan), tren[pilihan.bulan], tren)
    asal = susun_indikator(ind, wilayah, d.kini, [], d.skema)
    konteks = {
        **_kerangka(request, wilayah, pilihan, terbuka),
        **halaman_telusur.konteks_indikator(d, asal),
        "jalur": _jalur(cakupan, wilayah, lambda w: url_indikator(ind.kode, pilihan.bulan, w.kode)),
        "tren": halaman.gambar_tren(d, ind),
        "peta": halaman.di_mana(d, bagian),
        "polaritas": daftar_indikator.POLARITAS[ind.polaritas],
    }
    return render(request, "dasbor/indikator.html", konteks)


def _bahan_indikator(
    cakupan: Cakupan, wilayah: Wilayah, pilihan: Pilihan
) -> tuple[dict[Bulan, Rekap], list[tuple[Wilayah, Rekap]]]:
    """The figures of 24 months, and those of the level below in this month."""
    kode = {k for _, k in pilihan.indikator.acuan}
    if wilayah.tingkat == "upt":
        unit = selectors.unit_tren(cakupan, wilayah.id or 0, pilihan.bulan, kode)
        return {bulan: u.rekap for bulan, u in unit.items()}, []
    if wilayah.tingkat == "kanwil":
        isi = selectors.unit_kanwil(cakupan, wilayah.id or 0, pilihan.bulan, kode)
        nama = selectors.nama_upt(cakupan, [u.upt_id for u in isi])
        tren = selectors.rekap_tren(cakupan, wilayah.id, pilihan.bulan, kode)
        return tren, [(w, u.rekap) for w, u in halaman_unit.pasangan(isi, nama)]
    rekap, tren = selectors.rekap_nasional(cakupan, pilihan.bulan, kode)
    kanwil = [selectors.wilayah_kanwil(k) for k in selectors.semua_kanwil(cakupan)]
    return tren, [(w, rekap.get(w.id, Rekap(pilihan.bulan))) for w in kanwil]


@lihat_dasbor
def telusur(request: HttpRequest, formulir: str, kode: str) -> HttpResponse:
    """The origin of one figure, one level deep; every part opens the next level."""
    cakupan = _cakupan(request)
    wilayah = _wilayah_diminta(request, cakupan)
    pilihan, terbuka = _pilihan(request, cakupan)
    asal = asal_angka(cakupan, formulir, kode, wilayah, pilihan.bulan)
    if asal.asal_register and asal.asal_register.register == _KASUS and not boleh(request.user, Izin.LIHAT_USULAN):
        asal = replace(asal, asal_register=asal.asal_register.tertutup)
    gaya = csv_keluar.gaya_diminta(request)
    if gaya is not None:
        return csv_keluar.jawab(telusur_csv.tabel(asal), gaya)
    konteks = {
        **_kerangka(request, wilayah, pilihan, terbuka),
        **halaman_telusur.konteks(asal, pilihan),
        "jalur": _jalur(cakupan, wilayah, lambda w: url_telusur(formulir, kode, pilihan.bulan, w.kode)),
    }
    return render(request, "dasbor/telusur.html", konteks)


# ---------------------------------------------------------------- shared


def _cakupan(request: HttpRequest) -> Cakupan:
    return Cakupan.dari(request.user, Izin.LIHAT_DASBOR)


def _pilihan(request: HttpRequest, cakupan: Cakupan, **ganti: str) -> tuple[Pilihan, list[Bulan]]:
    """What was asked, and every opened month. Without a month: the newest one that has reports."""
    terbuka = selectors.bulan_terbuka()
    data = {**request.GET.dict(), **ganti}
    bawaan = None if data.get("bulan") else selectors.bulan_terisi(cakupan)
    return baca_pilihan(data, terbuka, bawaan), terbuka


def _wilayah(cakupan: Cakupan, kode: str, tingkat: str) -> Wilayah:
    wilayah = selectors.wilayah(cakupan, kode)
    if wilayah.tingkat != tingkat:
        raise TidakDitemukan("Wilayah atau UPT ini tidak ada, atau bukan dari unit Anda.")
    return wilayah


def _wilayah_diminta(request: HttpRequest, cakupan: Cakupan) -> Wilayah:
    """The region in the URL; without one, the person's own."""
    kode = request.GET.get("wilayah")
    return selectors.wilayah(cakupan, kode) if kode else _wilayah_sendiri(cakupan)


def _wilayah_sendiri(cakupan: Cakupan) -> Wilayah:
    if cakupan.nasional:
        return selectors.wilayah(cakupan, NASIONAL)
    milik = next(iter(selectors.semua_kanwil(cakupan)), None)
    if milik is not None:
        return selectors.wilayah_kanwil(milik)
    unit = selectors.nama_upt(cakupan, cakupan.upt)
    return halaman_unit.wilayah_upt(min(unit.values(), key=lambda u: u.nama))


def _kerangka(request: HttpRequest, wilayah: Wilayah, pilihan: Pilihan, terbuka: list[Bulan]) -> dict[str, Any]:
    """Filter, drill path, neighbouring months."""
    bulan = sorted({*terbuka, pilihan.bulan}, reverse=True)
    awal = {"bulan": pilihan.bulan.kode, "indikator": pilihan.indikator.kode, "dasar": pilihan.dasar}
    return {
        "saringan": SaringanDasbor(bulan=bulan, initial=awal),
        "jalur": _jalur(_cakupan(request), wilayah, lambda w: url_wilayah(w, pilihan)),
        "wilayah": wilayah,
        "pilihan": pilihan,
        "bulan_lalu": _tetangga(request, pilihan.bulan - 1, terbuka),
        "bulan_berikut": _tetangga(request, pilihan.bulan + 1, terbuka),
    }


def _tetangga(request: HttpRequest, bulan: Bulan, terbuka: list[Bulan]) -> tuple[str, str] | None:
    """(name, URL) of the same page in another month; None when that month was never opened."""
    if bulan not in terbuka:
        return None
    data = request.GET.copy()
    data["bulan"] = bulan.kode
    return bulan.nama, f"{request.path}?{data.urlencode()}"


def _jalur(cakupan: Cakupan, wilayah: Wilayah, url: Callable[[Wilayah], str]) -> list[dict[str, str]]:
    """The regions above, as far as this person may open them; `url` gives the same page one level up."""
    atas: list[Wilayah] = []
    if cakupan.nasional and wilayah.tingkat != "nasional":
        atas.append(Wilayah("nasional", NASIONAL, "Nasional"))
    induk = wilayah.induk
    if induk is not None and (cakupan.nasional or induk.pk in cakupan.kanwil):
        atas.append(selectors.wilayah_kanwil(induk))
    return [{"label": w.nama, "url": url(w)} for w in atas]


def _isi(d: Dasbor, khusus: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The figures, or why there are none: `keadaan` is belum_mulai, kosong, belum_layak or empty."""
    if not d.kini.formulir or not d.skema:
        return {"keadaan": "belum_mulai" if not d.pilihan.terbuka else "kosong"}
    li = d.kini.liputan
    keadaan = "" if li.layak else "belum_layak" if li.masuk else "belum_masuk"
    return {"keadaan": keadaan, **halaman.konteks(d), **khusus()}
