"""Work lists mended at once: one answer for everybody who is ticked, or a table with one input a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakSah
from remisi.calon import benahi as benah
from remisi.calon import selectors as calon_baca
from remisi.kerja.forms import FormNilai
from remisi.kerja.views_unit import PANGKAL
from remisi.kesempatan import satu_kesempatan
from remisi.models import Kesempatan
from remisi.usulan import selectors as baca
from remisi.usulan.langkah import PALING_BANYAK
from upt.models import UPT
from upt.permintaan import Permintaan
from wbp.dasar import id_kiriman, pastikan_unit
from wbp.kolom import MENURUT_NAMA, Pembaca, tulis
from wbp.models import DataWarga
from wbp.services_data import Halang, Perbaikan, timbang_perbaikan

SEHALAMAN = 50
CONTOH = 40
"""Persons whom the page before the act shows; the others are counted."""
_BARIS = re.compile(r"r([1-9][0-9]{0,17})")
_LUAR = Halang("luar", "Tidak ada di daftar ini, atau tidak lagi.")


@dataclass(frozen=True)
class Meja:
    """One list of one unit on one occasion, for somebody who fills the register."""

    request: Permintaan
    upt: UPT
    k: Kesempatan
    daftar: benah.DaftarBenahi

    @property
    def pelaku(self) -> dict[str, Any]:
        return {"upt": self.upt, "oleh": self.request.user, "cakupan": self.request.cakupan}

    @property
    def kesempatan(self) -> str:
        return reverse("remisi:kesempatan", kwargs={"kode": self.upt.kode, "kesempatan": self.k.slug})

    def alamat(self, cara: benah.Cara | None = None) -> str:
        kueri = {"alasan": self.daftar.kelompok.alasan, **({"kolom": cara.nama} if cara else {})}
        return f"{self.kesempatan}benahi/?{urlencode(kueri)}"

    def tampilkan(self, templat: str, status: int = 200, **isi: Any) -> HttpResponse:
        d = self.daftar
        jalur = [
            PANGKAL,
            {"label": self.upt.nama, "url": reverse("remisi:unit", kwargs={"kode": self.upt.kode})},
            {"label": self.k.nama, "url": self.kesempatan},
        ]
        tetap = {
            "upt": self.upt,
            "k": self.k,
            "daftar": d,
            "cara": d.cara,
            "jalur": jalur,
            "kembali": self.alamat(d.cara),
        }
        return render(self.request, f"remisi/{templat}.html", {**tetap, **isi}, status=status)


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def benahi(request: Permintaan, kode: str, kesempatan: str) -> HttpResponse:
    """`?alasan=` names the work list, `kolom` which of its questions."""
    upt, k = baca.unit_usulan(request.cakupan, request.user, kode), satu_kesempatan(kesempatan)
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=request.user, cakupan=request.cakupan)
    kueri = request.GET
    daftar = benah.daftar_benahi(request.cakupan, k, upt, kueri.get("alasan", ""), kueri.get("kolom", ""))
    meja = Meja(request, upt, k, daftar)
    if request.method != "POST":
        return _halaman(meja)
    return _satu_jawaban(meja) if daftar.cara.sama else _per_baris(meja)


# The list ---------------------------------------------------------------------------------------------------


@dataclass
class Baris:
    """A person on the list: what the register says, what was typed, and what was said of it."""

    data: DataWarga
    kini: str
    ditandai: bool = False
    isian: list[tuple[str, str, str]] = field(default_factory=list)
    pesan: list[str] = field(default_factory=list)
    tanya: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def keadaan(self) -> str:
        return "galat" if self.pesan else "tanya" if self.tanya else ""


def _halaman(
    meja: Meja,
    *,
    form: FormNilai | None = None,
    galat: GalatPortal | None = None,
    salah: Mapping[int, Sequence[str]] | None = None,
) -> HttpResponse:
    request, daftar = meja.request, meja.daftar
    halaman = Paginator(daftar.orang, SEHALAMAN).get_page(request.GET.get("halaman"))
    orang: Mapping[int, list[Halang]] = galat.rincian.get("orang", {}) if galat else {}
    baris = [_baris(meja, d, orang.get(d.pk, []), (salah or {}).get(d.pk, [])) for d in halaman]
    pesan = [{"pesan": galat.pesan, "sasaran": "daftar"}] if galat else []
    pesan += [{"pesan": _kalimat_salah(len(salah)), "sasaran": "daftar"}] if salah else []
    isi = {
        "form": form or (FormNilai(upt=meja.upt, cara=daftar.cara) if daftar.cara.sama else None),
        "halaman": halaman,
        "baris": baris,
        "cap": daftar.cap() if daftar.cara.sama and halaman.paginator.num_pages > 1 else "",
        "semua_cara": [(c, n, meja.alamat(c)) for c, n in daftar.semua_cara if n or c is daftar.cara],
        "kolom": [MENURUT_NAMA[nama].label for nama in daftar.cara.kolom],
        "kesegaran": calon_baca.kesegaran(request.cakupan, meja.k, meja.upt),
        "membuka_nama": boleh(request.user, Izin.BUKA_NAMA, meja.upt),
        "galat": pesan,
    }
    status = galat.status if galat else 400 if salah or (form and form.errors) else 200
    return meja.tampilkan("benahi", status, **isi)


def _kalimat_salah(n: int) -> str:
    return f"Belum ada yang tersimpan: isian {n} orang tidak terbaca. Perbaiki, lalu simpan lagi."


def _baris(meja: Meja, d: DataWarga, halangan: Sequence[Halang], salah: Sequence[str]) -> Baris:
    kolom, post = meja.daftar.cara.kolom, meja.request.POST
    kini = ", ".join(isi for nama in kolom if (isi := tulis(nama, getattr(d, nama))))
    setuju = set(post.getlist("setuju"))
    return Baris(
        data=d,
        kini=kini,
        ditandai=str(d.pk) in post.getlist("orang") and not halangan,
        isian=[(nama, MENURUT_NAMA[nama].label, post.get(f"{nama}-{d.pk}", "")) for nama in kolom],
        pesan=[*salah, *(h.pesan for h in halangan if h.jenis != "tanya")],
        tanya=[
            (satu, h.pesan, satu in setuju) for h in halangan if h.jenis == "tanya" for satu in [f"{d.pk}:{h.kode}"]
        ],
    )


# One answer for all -----------------------------------------------------------------------------------------


def _satu_jawaban(meja: Meja) -> HttpResponse:
    """The first press says who would change and who would not; the second (`yakin`) does it."""
    request = meja.request
    form = FormNilai(request.POST, upt=meja.upt, cara=meja.daftar.cara)
    try:
        pilihan = _pilihan(meja)
    except (Bentrok, TidakSah) as galat:
        return _halaman(meja, form=form, galat=galat)
    if not form.is_valid():
        return _halaman(meja, form=form)
    perbaikan = {pk: Perbaikan(form.cleaned_data, revisi) for pk, revisi in pilihan.items()}
    if not request.POST.get("yakin"):
        return _tanya(meja, form, perbaikan)
    try:
        return _selesai(meja, *_benahi(meja, perbaikan))
    except (Bentrok, TidakSah) as galat:
        return _tanya(meja, form, perbaikan, galat)


def _benahi(meja: Meja, perbaikan: Mapping[int, Perbaikan]) -> tuple[benah.HasilBenahi | None, int]:
    """Mend those who are on the list (None: nobody is), and how many were passed over."""
    luar = _di_luar(meja, perbaikan)
    dalam = {pk: p for pk, p in perbaikan.items() if pk not in luar}
    return benah.benahi(kesempatan=meja.k, perbaikan=dalam, **meja.pelaku) if dalam else None, len(luar)


def _di_luar(meja: Meja, perbaikan: Mapping[int, Perbaikan]) -> set[int]:
    """Who does not lack what this list asks. Raises TidakDitemukan for who is not of this unit."""
    daftar = meja.daftar.orang.filter(pk__in=list(perbaikan)).order_by()
    luar = perbaikan.keys() - set(daftar.values_list("pk", flat=True))
    if luar:
        timbang_perbaikan(perbaikan={pk: perbaikan[pk] for pk in luar}, **meja.pelaku)
    return luar


def _pilihan(meja: Meja) -> dict[int, int]:
    """Id and revision of who is ticked, of everybody on the list (`semua`), or as the page between carries them."""
    post = meja.request.POST
    if post.get("semua"):
        semua = benah.semua_orang(meja.daftar, post["semua"])
    elif post.get("isi"):
        semua = dict(_pasangan(post["isi"].split()))
    else:
        semua = {id_kiriman(pk): id_kiriman(post.get(f"r{pk}", "")) for pk in post.getlist("orang")}
    if not semua:
        raise TidakSah("Tandai dahulu orangnya, lalu tekan lagi.")
    if len(semua) > PALING_BANYAK:
        raise TidakSah(f"Paling banyak {tulis_angka(PALING_BANYAK)} orang sekali tekan. Tandai per halaman.")
    return semua


def _pasangan(teks: Iterable[str]) -> Iterable[tuple[int, int]]:
    for satu in teks:
        pk, _, revisi = satu.partition(":")
        yield id_kiriman(pk), id_kiriman(revisi)


def _tanya(
    meja: Meja, form: FormNilai, perbaikan: Mapping[int, Perbaikan], galat: GalatPortal | None = None
) -> HttpResponse:
    halangan = timbang_perbaikan(perbaikan=perbaikan, **meja.pelaku)
    halangan |= {pk: [_LUAR] for pk in _di_luar(meja, perbaikan) if pk not in halangan}
    siap = [pk for pk in perbaikan if pk not in halangan]
    orang = baca.samaran(meja.request.cakupan, [*siap[:CONTOH], *halangan])
    sebab: dict[str, list[tuple[int, Any]]] = {}
    for pk, semua in halangan.items():
        sebab.setdefault(semua[0].pesan, []).append((pk, orang.get(pk, baca.Samar())))
    isi = {
        "form": form,
        "nilai": [(form[nama].label, tulis(nama, isi)) for nama, isi in form.cleaned_data.items()],
        "tertulis": [(nama, meja.request.POST.get(nama, "")) for nama in meja.daftar.cara.kolom],
        "siap": len(siap),
        "contoh": [(pk, orang.get(pk, baca.Samar())) for pk in siap[:CONTOH]],
        "sisa": max(len(siap) - CONTOH, 0),
        "sebab": sebab.items(),
        "banyak_halangan": len(halangan),
        "isi_pilihan": " ".join(f"{pk}:{perbaikan[pk].revisi}" for pk in siap),
        "galat": [{"pesan": galat.pesan, "sasaran": ""}] if galat else [],
    }
    return meja.tampilkan("benahi_tanya", galat.status if galat else 200, **isi)


# One input a row --------------------------------------------------------------------------------------------


def _per_baris(meja: Meja) -> HttpResponse:
    """Rows that were filled in are saved together; empty ones stay as they are."""
    perbaikan, salah = _baca_baris(meja)
    if salah:
        return _halaman(meja, salah=salah)
    try:
        if not perbaikan:
            raise TidakSah("Belum ada yang diisi.")
        return _selesai(meja, *_benahi(meja, perbaikan))
    except (Bentrok, TidakSah) as galat:
        return _halaman(meja, galat=galat)


def _baca_baris(meja: Meja) -> tuple[dict[int, Perbaikan], dict[int, list[str]]]:
    post, kolom = meja.request.POST, meja.daftar.cara.kolom
    pembaca = Pembaca(meja.upt, [MENURUT_NAMA[nama] for nama in kolom])
    setuju: dict[int, set[str]] = {}
    for satu in post.getlist("setuju"):
        orang, _, kode = satu.partition(":")
        setuju.setdefault(id_kiriman(orang), set()).add(kode)
    hasil: dict[int, Perbaikan] = {}
    salah: dict[int, list[str]] = {}
    for pk in (id_kiriman(cocok[1]) for nama in post if (cocok := _BARIS.fullmatch(nama))):
        tertulis = {nama: post.get(f"{nama}-{pk}", "") for nama in kolom}
        if any(isi.strip() for isi in tertulis.values()):
            nilai, galat = pembaca.baca(tertulis)
            if galat:
                salah[pk] = list(galat.values())
            hasil[pk] = Perbaikan(nilai, id_kiriman(post.get(f"r{pk}", "")), frozenset(setuju.get(pk, ())))
    return hasil, salah


def _selesai(meja: Meja, hasil: benah.HasilBenahi | None, luar: int) -> HttpResponse:
    """How the list shrank, and back to what is left of it; who was passed over is counted."""
    d = meja.daftar
    if luar:
        kalimat = "sudah tercatat, atau tidak ada di daftar ini; datanya tidak diubah."
        messages.info(meja.request, f"{tulis_angka(luar)} orang {kalimat}")
    kini = benah.daftar_benahi(meja.request.cakupan, meja.k, meja.upt, d.kelompok.alasan, d.cara.nama)
    if hasil is not None:
        messages.success(meja.request, _kalimat_selesai(d, kini.banyak, hasil))
    return redirect(meja.alamat(d.cara) if any(n for _, n in kini.semua_cara) else meja.kesempatan)


def _kalimat_selesai(d: benah.DaftarBenahi, tinggal: int, hasil: benah.HasilBenahi) -> str:
    dicatat = f"{d.cara.kalimat} dicatat untuk {tulis_angka(hasil.orang)} orang." if hasil.orang else "Sudah tercatat."
    return (
        f"{dicatat} Daftar “{d.kelompok.judul}” dari {tulis_angka(d.banyak)} menjadi {tulis_angka(tinggal)} orang; "
        f"memenuhi syarat dari {tulis_angka(hasil.layak_dulu)} menjadi {tulis_angka(hasil.layak)}."
    )
