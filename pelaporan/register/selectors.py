"""Reading a register's rows: lists, one row, and its history with what changed each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from pelaporan.models import BarisRegister, RiwayatBaris
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import Kolom
from pelaporan.register.temuan import GALAT, Temuan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil
from upt.selectors import satu_upt

B = TypeVar("B", bound=BarisRegister)


def unit_register(cakupan: Cakupan, oleh: Pengguna, kode: str) -> UPT:
    """A unit whose register this person may read. Raises TidakDitemukan, Ditolak."""
    upt = satu_upt(cakupan, kode)
    if not boleh(oleh, Izin.LIHAT_REGISTER, upt):
        raise Ditolak("Peran Anda tidak membaca register UPT.")
    return upt


def boleh_membaca(jenis: JenisBaris[Any], oleh: Pengguna, upt: UPT) -> bool:
    """Rows about single inmates are read by those who write them and by the auditor; others see counts."""
    return not jenis.pribadi or boleh(oleh, Izin.LIHAT_WARGA, upt)


def pastikan_membaca(jenis: JenisBaris[Any], oleh: Pengguna, upt: UPT | None) -> None:
    """The one door to rows of a kind, for pages, files and programs; `upt` None: of many units at once, or for a
    program, where nobody reads about single inmates. Raises Ditolak."""
    if upt is None and jenis.pribadi:
        raise Ditolak(f"{jenis.label_banyak} memuat data orang, jadi hanya dibaca di halaman UPT-nya.")
    if upt is not None and not boleh_membaca(jenis, oleh, upt):
        raise Ditolak(
            f"{jenis.label_banyak} memuat data orang, jadi hanya dibaca petugas UPT-nya dan auditor. Jumlahnya ada di "
            "halaman register unit ini."
        )


def daftar_baris(
    jenis: JenisBaris[B], cakupan: Cakupan, upt: UPT | None = None, *, terhapus: bool = False
) -> QuerySet[B]:
    """Rows within the scope (of one unit), those that count or (`terhapus`) those that were taken out."""
    semua: Any = jenis.model.objects.dalam(cakupan)
    semua = semua.exclude(dihapus_pada=None) if terhapus else semua.hidup()
    if upt is not None:
        semua = semua.filter(upt=upt)
    terurut: QuerySet[B] = semua.order_by(*jenis.urut, "pk")
    return terurut


def satu_baris(jenis: JenisBaris[B], cakupan: Cakupan, upt: UPT, baris_id: int) -> B:
    baris: Any = jenis.model.objects.dalam(cakupan)
    baris = baris.select_related("upt", "diubah_oleh", "dibuat_oleh", "dihapus_oleh")
    satu: B | None = baris.filter(upt=upt, pk=baris_id).first()
    if satu is None:
        raise TidakDitemukan(f"{jenis.label} ini tidak ada, atau bukan dari unit ini.")
    return satu


def cari_baris(jenis: JenisBaris[B], cakupan: Cakupan, baris_id: int) -> B:
    """A row of any unit in the scope; missing and foreign look the same."""
    baris: Any = jenis.model.objects.dalam(cakupan).select_related("upt", "kanwil")
    satu: B | None = baris.filter(pk=baris_id).first() if baris_id < 2**63 else None
    if satu is None:
        raise TidakDitemukan(f"{jenis.label} ini tidak ada, atau bukan bagian dari tugas Anda.")
    return satu


@dataclass(frozen=True)
class Perubahan:
    label: str
    lama: str
    baru: str


@dataclass(frozen=True)
class SatuRiwayat:
    """One state of a row: the act, and each column that it changed."""

    riwayat: RiwayatBaris
    perubahan: list[Perubahan]


def riwayat_baris(jenis: JenisBaris[B], cakupan: Cakupan, baris: B) -> list[SatuRiwayat]:
    """All states, newest first."""
    semua = list(
        RiwayatBaris.objects.dalam(cakupan)
        .filter(register=jenis.register, objek=jenis.kode, objek_id=baris.pk)
        .select_related("oleh")
        .order_by("revisi")
    )
    rujukan = rujukan_unit(jenis, baris.upt)
    hasil, lama = [], dict[str, Any]()
    for satu in semua:
        hasil.append(SatuRiwayat(satu, _beda(jenis, lama, satu.isi, rujukan)))
        lama = satu.isi
    return hasil[::-1]


Rujukan = Mapping[str, Mapping[int, str]]


def rujukan_unit(jenis: JenisBaris[B], upt: UPT) -> Rujukan:
    """Labels of what the reference columns point at, by column and id."""
    return {k.nama: {p.id: p.label for p in k.rujuk(upt)} for k in jenis.kolom if k.rujuk is not None}


def tulis_kolom(kolom: Kolom, nilai: Any, rujukan: Rujukan) -> str:
    """A column's value as people read it."""
    if kolom.rujuk is not None and nilai is not None:
        return rujukan[kolom.nama].get(nilai, f"#{nilai}")
    return kolom.tulis(nilai)


def sajian(jenis: JenisBaris[B], baris: B) -> list[tuple[Kolom, str]]:
    """Every column of a row with its value as people read it."""
    rujukan = rujukan_unit(jenis, baris.upt)
    return [(k, tulis_kolom(k, getattr(baris, k.nama), rujukan)) for k in jenis.kolom]


def _beda(jenis: JenisBaris[B], lama: Mapping[str, Any], baru: Mapping[str, Any], rujukan: Rujukan) -> list[Perubahan]:
    def tulis(kolom: Kolom, isi: Mapping[str, Any]) -> str:
        nilai = isi.get(kolom.nama)
        if kolom.ragam == "tanggal" and isinstance(nilai, str):
            nilai = date.fromisoformat(nilai)
        return tulis_kolom(kolom, nilai, rujukan)

    pasangan = [(k, tulis(k, lama), tulis(k, baru)) for k in jenis.kolom if lama.get(k.nama) != baru.get(k.nama)]
    return [Perubahan(k.label, a, b) for k, a, b in pasangan if a != b]


def akibat_hapus(jenis: JenisBaris[B], baris: B) -> list[Temuan]:
    """What would break without the row; what refuses it stands first."""
    return sorted(jenis.periksa_hapus(baris), key=lambda t: t.tingkat != GALAT)


# ---------------------------------------------------------------- where somebody without a unit begins


def unit_wilayah(cakupan: Cakupan) -> QuerySet[UPT]:
    """Units that somebody may read, for a list to choose from."""
    return UPT.objects.dalam(cakupan).order_by("nama")


def slug_kanwil(cakupan: Cakupan) -> str:
    """The one Kanwil of somebody who works for a region; empty for none or several."""
    slug = list(Kanwil.objects.filter(pk__in=cakupan.kanwil).values_list("slug", flat=True)[:2])
    return slug[0] if len(slug) == 1 else ""
