"""What the pages of a register share: the door, addresses, the drill path, hidden fields."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pelaporan.register import selectors as baca
from pelaporan.register.jenis import JenisBaris, Register, jenis_baris, semua_jenis
from pelaporan.register.jenis import register as cari_register
from pelaporan.register.kolom import Kolom
from pelaporan.register.services import pastikan_menulis
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.alamat import lokal
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from upt.models import UPT
from upt.permintaan import Permintaan

AWALAN_ISI = "isi_"
"""`?isi_petak_id=3` fills a column of a new form."""


def alamat_register(nama: str, **kunci: Any) -> str:
    """The address of a register's page: every register has those of `rute`, and `beranda`, `unit`, `asal`, `kanwil`,
    `nasional`."""
    return reverse(nama, kwargs=kunci)


@dataclass(frozen=True)
class Tempat:
    """One kind of row in one unit, as this person may use it."""

    register: Register
    jenis: JenisBaris[Any]
    upt: UPT
    menulis: bool

    def alamat(self, nama: str, **lain: Any) -> str:
        kunci = {"kode": self.upt.kode, "jenis": self.jenis.kode, **lain}
        return alamat_register(f"{self.register.kode}:{nama}", **kunci)

    @property
    def benda(self) -> str:
        """The kind's name within a sentence; an abbreviation stays one."""
        label = self.jenis.label
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]

    @property
    def daftar(self) -> str:
        return self.alamat("daftar")

    @property
    def baru(self) -> str:
        """Where a row of this kind is made."""
        di = self.jenis.dibuat_di
        return alamat_register(di, kode=self.upt.kode) if di else self.alamat("baru")

    @property
    def impor(self) -> str:
        return self.alamat("impor") if self.jenis.dari_berkas else ""

    @property
    def ekspor(self) -> str:
        return self.alamat("ekspor")

    @property
    def unit(self) -> str:
        return alamat_register(f"{self.register.kode}:unit", kode=self.upt.kode)

    def dahulu(self, kolom: Sequence[Kolom], kembali: str) -> list[tuple[str, str]]:
        """(what has to be written first, where) for references that have nothing to point at."""
        jenis = ((k.label, k.nama.removesuffix("_id")) for k in kolom)
        ada = semua_jenis(self.register.kode)
        ekor = urlencode({"kembali": kembali})
        return [(label, f"{self.alamat('baru', jenis=kode)}?{ekor}") for label, kode in jenis if kode in ada]

    def jalur(self, *, sampai_daftar: bool = True) -> list[dict[str, str]]:
        langkah = [
            {"label": self.register.label, "url": alamat_register(f"{self.register.kode}:beranda")},
            {"label": self.upt.nama, "url": self.unit},
            {"label": self.jenis.label_banyak, "url": self.daftar if sampai_daftar else ""},
        ]
        return [satu for satu in langkah if satu["url"]]


def ambil(request: Permintaan, register: str, kode: str, jenis: str) -> Tempat:
    """Raises TidakDitemukan (foreign or unknown), Ditolak (no right to read registers, or rows about persons)."""
    upt = baca.unit_register(request.cakupan, request.user, kode)
    satu = jenis_baris(register, jenis)
    baca.pastikan_membaca(satu, request.user, upt)
    return Tempat(cari_register(register), satu, upt, boleh(request.user, Izin.ISI_REGISTER, upt))


def ambil_menulis(request: Permintaan, register: str, kode: str, jenis: str) -> Tempat:
    tempat = ambil(request, register, kode, jenis)
    pastikan_menulis(tempat.upt, oleh=request.user, cakupan=request.cakupan)
    pastikan_orang(request)
    return tempat


def pastikan_orang(request: Permintaan) -> None:
    """A page names whom it was opened by (`pengirim`): what waited on a shared device is sent as nobody else's."""
    if request.method == "POST" and request.POST.get("pengirim", str(request.user.pk)) != str(request.user.pk):
        raise Ditolak(
            f"Sekarang yang masuk {request.user.nama}. Catatan ini dikirim setelah yang menulisnya masuk lagi.",
            ulang=True,
        )


def baca_kunci(request: Permintaan) -> uuid.UUID:
    """The sender's own id of a new row: sent twice, it is one row."""
    try:
        return uuid.UUID(request.POST.get("kunci", ""))
    except ValueError as galat:
        raise TidakSah("Halaman ini tidak lengkap. Muat ulang, lalu coba lagi.") from galat


def kunci_baru() -> str:
    return str(uuid.uuid4())


def halaman_sendiri(tempat: Tempat, pk: int) -> str:
    """The page where the work at this row goes on, empty for kinds that have none."""
    return alamat_register(tempat.jenis.halaman, kode=tempat.upt.kode, pk=pk) if tempat.jenis.halaman else ""


def kembali(request: Permintaan) -> str:
    """Where the person came from: a page of this portal only."""
    return lokal(request, request.GET.get("kembali", ""))


def awal(request: Permintaan, jenis: JenisBaris[Any]) -> dict[str, str]:
    """Columns that the address fills in a new form; never of rows about persons."""
    if jenis.pribadi:
        return {}
    diminta = ((k.nama, request.GET.get(AWALAN_ISI + k.nama, "")) for k in jenis.kolom)
    return {nama: nilai[:200] for nama, nilai in diminta if nilai}


def ekor(request: Permintaan, tempat: Tempat, **lain: str) -> str:
    """The query string that carries the way back, and what was filled in, to the next page."""
    isi: Mapping[str, str] = {AWALAN_ISI + n: nilai for n, nilai in awal(request, tempat.jenis).items()}
    semua = {**lain, **isi, "kembali": kembali(request)}
    return urlencode({n: nilai for n, nilai in semua.items() if nilai})


def jalur_unit(register: str, upt: UPT, *, sampai_unit: bool = True) -> list[dict[str, str]]:
    """The path of a page above this unit's own."""
    pangkal = {"label": cari_register(register).label, "url": alamat_register(f"{register}:beranda")}
    unit = {"label": upt.nama, "url": alamat_register(f"{register}:unit", kode=upt.kode)}
    return [pangkal, unit] if sampai_unit else [pangkal]


def daftar_terbaca(register: str, oleh: Pengguna, upt: UPT) -> list[tuple[JenisBaris[Any], str]]:
    """The lists of every kind that this person may read, in the order in which work goes."""
    semua = [j for j in semua_jenis(register).values() if baca.boleh_membaca(j, oleh, upt)]
    return [(j, alamat_register(f"{register}:daftar", kode=upt.kode, jenis=j.kode)) for j in semua]
