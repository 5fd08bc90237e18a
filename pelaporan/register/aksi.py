"""Acts on a register's own pages: a few fields each, several on one page, also from a phone without a network.

    AKSI = {"panen": Aksi(lambda t, data: FormPanen(data, t.upt, ...), jalankan, "Panen tercatat.")}
    ...
    if request.method == "POST":
        return lakukan(t, AKSI, Pelaku, tolak)

A form that asks for JSON (the phone queue) gets the refusals of the services as they are, and for what was written
{"id", "url", "label"}: 201, or 200 when the same key came before. `url?catat=<act>` is the page that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms.boundfield import BoundField
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict

from pelaporan.lampiran.periksa import TERLALU_BESAR, TerlaluBesar
from pelaporan.register import halaman, services
from pelaporan.register.forms import FormJawaban, salah_dari
from pelaporan.register.jenis import jenis_baris
from pelaporan.register.selectors import unit_register
from pelaporan.register.services import BarisSalah, Jawaban, PerluJawaban
from pelaporan.register.temuan import Temuan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.bidang import FormPortal
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.middleware import minta_json
from pemasyarakatan.inti.pemindai import PemindaiTidakMenjawab
from pemasyarakatan.inti.unggah import terlalu_besar
from pemasyarakatan.inti.waktu import hari_ini
from upt.cakupan import Cakupan
from upt.models import UPT
from upt.permintaan import Permintaan

Berkas = MultiValueDict[str, UploadedFile]


class FormAksi(FormPortal):
    """Base of the acts. Names are the register's columns, ids carry the act, so that a page may hold several forms.

    A form knows which of its fields stand behind "Isian lain" (`lain`), which only serve the page (`bukan_isi`), and
    which one brings a file (`berkas`). What holds personal data or changes a row is never kept in a browser
    (`tanpa_simpan`).
    """

    register: ClassVar[str]
    aksi: ClassVar[str]
    jenis: ClassVar[str]
    judul: str
    bukan_isi: ClassVar[tuple[str, ...]] = ()
    tanpa_simpan: bool = False
    berkas: ClassVar[str] = ""
    tombol: ClassVar[str] = "Simpan"
    lain: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, upt: UPT, hari: date, berkas: Berkas | None = None) -> None:
        super().__init__(data, berkas, auto_id=f"{self.aksi}_%s")
        self.upt, self.hari = upt, hari
        self.kunci = halaman.kunci_baru() if data is None else data.get("kunci", "")
        self.temuan: list[Temuan] = []

    def kolom(self, *nama: str, **ubah: Any) -> None:
        """Take columns of the kind as they are; `ubah` changes the label, help or necessity."""
        semua = {k.nama: k for k in jenis_baris(self.register, self.jenis).kolom}
        for satu in nama:
            bidang = semua[satu].bidang(self.upt)
            for sifat, isi in ubah.items():
                setattr(bidang, sifat, isi)
            self.fields[satu] = bidang

    def tawari(self, nama: str, pilihan: list[tuple[str, Any]]) -> None:
        """Offer only some of a column's choices. What was sent is judged by all of them: a note that waited for a
        connection, or came twice, may name what is no longer offered."""
        bidang = self.fields[nama]
        assert isinstance(bidang, forms.ChoiceField)
        if self.is_bound:
            semua = _datar(bidang.choices)
            dipilih = self.data.get(nama, "")
            if dipilih in semua and dipilih not in _datar(pilihan):
                pilihan = [*pilihan, (dipilih, semua[dipilih])]
        bidang.choices = pilihan

    @property
    def pribadi(self) -> bool:
        """Whether it tells of single inmates: then it does not travel through the login page either."""
        return jenis_baris(self.register, self.jenis).pribadi

    @property
    def isi(self) -> dict[str, Any]:
        """What was filled in, without the fields that only serve the page."""
        return {n: v for n, v in self.cleaned_data.items() if n not in self.bukan_isi}

    @property
    def utama(self) -> list[BoundField]:
        return [f for f in self.visible_fields() if f.name not in self.lain]

    @property
    def tambahan(self) -> list[BoundField]:
        return [f for f in self.visible_fields() if f.name in self.lain]

    @property
    def lain_terbuka(self) -> bool:
        """An error or a question behind a closed lid would not be found."""
        disebut = {t.bidang for t in self.temuan} | set(self.errors if self.is_bound else ())
        return bool(disebut & set(self.lain))

    def tolak(self, bidang: Mapping[str, str]) -> None:
        """Refusals of the services at the fields they mean; what the page does not ask is said on top."""
        for nama, pesan in bidang.items():
            self.add_error(nama if nama in self.fields else None, pesan)

    def tolak_berkas(self, pesan: str) -> None:
        """What is wrong with the file, in place of whatever its field says."""
        self.errors.pop(self.berkas, None)
        self.add_error(self.berkas, pesan)

    def salah(self) -> BarisSalah:
        return salah_dari(self)


def _datar(pilihan: Any) -> dict[str, Any]:
    """Labels by what a browser sends, without headings."""
    semua: list[tuple[Any, Any]] = list(flatten_choices(pilihan))
    return {str(kode): label for kode, label in semua}


@dataclass(frozen=True)
class Pelaku:
    """Who writes, into which unit, and what they said to questions."""

    register: ClassVar[str]

    upt: UPT
    oleh: Pengguna
    cakupan: Cakupan
    jawaban: Jawaban | None = None

    @property
    def kata_kunci(self) -> dict[str, Any]:
        return {"upt": self.upt, "oleh": self.oleh, "cakupan": self.cakupan, "jawaban": self.jawaban}

    def buat(self, kode: str, nilai: Mapping[str, Any], kunci: UUID | None = None) -> Any:
        return services.buat(jenis_baris(self.register, kode), nilai, kunci=kunci, **self.kata_kunci)

    def ubah(self, kode: str, baris_id: int, nilai: Mapping[str, Any], revisi: int) -> Any:
        jenis = jenis_baris(self.register, kode)
        return services.ubah(
            jenis, baris_id, nilai, revisi=revisi, oleh=self.oleh, cakupan=self.cakupan, jawaban=self.jawaban
        )

    def ubah_kini(self, kode: str, baris_id: int, nilai: Mapping[str, Any]) -> Any:
        """Change columns that this page alone asks for, of the row as it is now; the same again changes nothing."""
        with transaction.atomic():
            jenis = jenis_baris(self.register, kode)
            kini = services.kunci_baris(jenis, baris_id, oleh=self.oleh, cakupan=self.cakupan)
            return self.ubah(kode, baris_id, nilai, kini.revisi)


class Tempat(Protocol):
    """What a page of acts stands on: one unit, or one thing in it (`nama`), for one person."""

    @property
    def request(self) -> Permintaan: ...
    @property
    def upt(self) -> UPT: ...
    @property
    def url(self) -> str: ...
    @property
    def nama(self) -> str: ...


@dataclass(frozen=True)
class TempatUnit:
    """The page of one unit today; `halaman` is the name of its address."""

    request: Permintaan
    upt: UPT
    hari: date
    menulis: bool
    halaman: ClassVar[str]

    @classmethod
    def buka(cls, request: Permintaan, kode: str, **lain: Any) -> Self:
        """For somebody who may read the unit's register. Raises TidakDitemukan, Ditolak."""
        upt = unit_register(request.cakupan, request.user, kode)
        return cls(request, upt, hari_ini(upt.zona), boleh(request.user, Izin.ISI_REGISTER, upt), **lain)

    @property
    def nama(self) -> str:
        return self.upt.nama

    @property
    def url(self) -> str:
        return reverse(self.halaman, kwargs={"kode": self.upt.kode})


T = TypeVar("T", bound=Tempat)


@dataclass(frozen=True)
class Aksi(Generic[T]):
    """One act: its form, what it does, and the sentence afterwards."""

    form: Callable[[T, QueryDict | None], FormAksi]
    jalankan: Callable[[T, Any, Any, UUID], Any]
    kalimat: str
    tujuan: Callable[[T, Any], str] = lambda t, hasil: t.url
    """Where it leads: the same page, unless told."""


@dataclass(frozen=True)
class Tolakan:
    """A refused act: the form as it was typed, and why."""

    form: FormAksi
    galat: GalatPortal
    tanya: FormJawaban

    def bahan(self) -> dict[str, Any]:
        """What the page needs to show it."""
        return {
            "form": self.form if self.form.errors else None,
            "galat": self.pesan(),
            "tanya": self.tanya if self.form.temuan else None,
            "buka": self.form.aksi,
        }

    def pesan(self) -> list[dict[str, str]]:
        """What the summary says beyond errors of single fields: open questions, or a refusal of the whole."""
        if self.form.errors:
            return []
        if not self.form.temuan:
            return [{"pesan": self.galat.pesan, "sasaran": ""}]
        terjawab = self.tanya.setuju
        belum = [{"pesan": x.pesan, "sasaran": f"tanya-{x.kode}"} for x in self.form.temuan if x.kode not in terjawab]
        if terjawab and not self.tanya.is_valid():
            belum += [{"pesan": str(p), "sasaran": "id_alasan_tanya"} for p in self.tanya.errors["alasan_tanya"]]
        return belum


def lakukan(
    t: T, semua: Mapping[str, Aksi[T]], pelaku: type[Pelaku], tolak: Callable[[T, Tolakan], HttpResponse]
) -> HttpResponse:
    """Do the act that was posted; `tolak` shows the page again with what was typed."""
    request = t.request
    services.pastikan_menulis(t.upt, oleh=request.user, cakupan=request.cakupan)
    halaman.pastikan_orang(request)
    nama, kunci = request.POST.get("aksi", ""), halaman.baca_kunci(request)
    if nama not in semua:
        raise TidakDitemukan("Tindakan ini tidak ada. Muat ulang halaman.")
    aksi, tanya = semua[nama], FormJawaban(request.POST)
    form = aksi.form(t, request.POST)
    try:
        if terlalu_besar(request):  # dropped while it arrived
            raise TerlaluBesar(TERLALU_BESAR, berkas=True)
        if not form.is_valid():
            raise form.salah()
        siapa = pelaku(t.upt, request.user, request.cakupan, tanya.jawaban())
        hasil = aksi.jalankan(t, form, siapa, kunci)
    except (TidakSah, Bentrok, PemindaiTidakMenjawab) as galat:
        return tolak(t, _tolakan(request, form, galat, tanya))
    return _jawab(t, aksi, form, hasil)


def _tolakan(request: Permintaan, form: FormAksi, galat: GalatPortal, tanya: FormJawaban) -> Tolakan:
    """Programs get the refusal itself."""
    if minta_json(request):
        raise galat
    if isinstance(galat, BarisSalah) and not form.errors:
        form.tolak(galat.bidang)
    if isinstance(galat, PerluJawaban):
        form.temuan = galat.temuan
    if form.berkas and "berkas" in galat.rincian:
        form.tolak_berkas(galat.pesan)
    return Tolakan(form, galat, tanya)


def _jawab(t: T, aksi: Aksi[T], form: FormAksi, hasil: Any) -> HttpResponse:
    url = aksi.tujuan(t, hasil)
    if not minta_json(t.request):
        messages.success(t.request, aksi.kalimat)
        return redirect(url)
    ekor = f"{'&' if '?' in url else '?'}catat={form.aksi}"
    isi = {"id": getattr(hasil, "pk", 0), "url": url + ekor, "label": f"{form.judul}, {t.nama}"}
    return JsonResponse(isi, status=200 if getattr(hasil, "ulangan", True) else 201)


def tercatat(request: Permintaan, *semua: Mapping[str, Aksi[Any]]) -> str:
    """The sentence about what the queue has just written."""
    diminta = request.GET.get("catat", "")
    return next((aksi[diminta].kalimat for aksi in semua if diminta in aksi), "")


@dataclass(frozen=True)
class Papan(Generic[T]):
    """The forms of a page: fresh ones, and the refused one as it was typed."""

    t: T
    semua: Mapping[str, Aksi[T]]
    tolakan: Tolakan | None = None

    def __getitem__(self, nama: str) -> FormAksi:
        if self.tolakan is not None and self.tolakan.form.aksi == nama:
            return self.tolakan.form
        return self.semua[nama].form(self.t, None)

    def deret(self, ditawarkan: list[str]) -> list[FormAksi]:
        """Those offered, and the refused one even when it is offered no longer."""
        aksi = self.tolakan.form.aksi if self.tolakan else ""
        ikut = [aksi, *ditawarkan] if aksi in self.semua and aksi not in ditawarkan else ditawarkan
        return [self[nama] for nama in ikut]
