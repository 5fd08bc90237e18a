"""Reading published totals, and what each says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import TidakDitemukan
from remisi.ketentuan_bentuk import Biaya
from remisi.models import Kesempatan, Rilis
from remisi.nasional.cetak import Cetak, Pita, Sifat, Temuan, periksa
from remisi.nasional.services_rilis import KOLOM_BAGIAN
from remisi.selectors_aturan import himpunan
from upt.models import Kanwil

GABUNGAN = "GABUNGAN"
"""A total over all kinds of one day."""


@dataclass(frozen=True)
class Terbaca:
    """A release, the cost of a meal-day that its rupiah is read with, and what was found."""

    rilis: Rilis
    cetak: Cetak
    biaya: Biaya | None
    temuan: Sequence[Temuan]

    def menurut(self, sifat: Sifat) -> list[Temuan]:
        return [t for t in self.temuan if t.sifat == sifat]

    @property
    def selisih(self) -> list[Temuan]:
        return self.menurut(Sifat.SELISIH)

    @property
    def kurang(self) -> list[Temuan]:
        return self.menurut(Sifat.KURANG)

    @property
    def cocok(self) -> list[Temuan]:
        return self.menurut(Sifat.COCOK)

    @property
    def bagian_lain(self) -> int | None:
        """Children and those serving in lieu of a fine, where printed."""
        lain = [n for k, n in self.cetak.bagian.items() if k not in ("I", "II")]
        return sum(lain) if lain else None


def daftar_rilis(tahun: int | None = None) -> QuerySet[Rilis]:
    semua = Rilis.objects.select_related("kanwil")
    return semua.filter(tanggal__year=tahun) if tahun else semua


def tahun_rilis() -> list[int]:
    return [d.year for d in Rilis.objects.dates("tanggal", "year", order="DESC")]


def satu_rilis(pk: int) -> Rilis:
    satu = daftar_rilis().filter(pk=pk).first()
    if satu is None:
        raise TidakDitemukan("Rilis ini tidak ada.")
    return satu


def rilis_kesempatan(kesempatan: Kesempatan, kanwil: Kanwil | None) -> list[Terbaca]:
    """What was published about the same day, nationally or of the same region."""
    return baca(list(daftar_rilis().filter(tanggal=kesempatan.tanggal, kanwil=kanwil)))


def baca(semua: Sequence[Rilis]) -> list[Terbaca]:
    """Every release with its findings; a total over all kinds is compared with those of its day."""
    hari = {r.tanggal for r in semua if r.jenis == GABUNGAN}
    sehari = list(daftar_rilis().filter(tanggal__in=hari)) if hari else []
    return [_satu(r, [s for s in sehari if s.tanggal == r.tanggal and s.kanwil_id == r.kanwil_id]) for r in semua]


def _satu(r: Rilis, sehari: Sequence[Rilis]) -> Terbaca:
    c, b = cetak(r), biaya(r.kanwil, r.tanggal)
    temuan = periksa(c, b.rupiah if b else None)
    if r.jenis == GABUNGAN:
        temuan = [*_gabungan(r, [s for s in sehari if s.jenis != GABUNGAN]), *(t for t in temuan if t.kode != "bagian")]
    return Terbaca(r, c, b, temuan)


def _gabungan(r: Rilis, anggota: Sequence[Rilis]) -> list[Temuan]:
    if r.total is None or not anggota or any(s.total is None for s in anggota):
        return [Temuan(Sifat.KURANG, "gabungan", "Jumlah menurut jenis pada hari itu belum lengkap tercatat.")]
    jumlah = sum(s.total or 0 for s in anggota)
    rinci = " + ".join(f"{s.jenis} {tulis_angka(s.total)}" for s in anggota)
    kalimat = f"{rinci} = {tulis_angka(jumlah)}"
    if jumlah == r.total:
        return [Temuan(Sifat.COCOK, "gabungan", f"{kalimat}, sama dengan total.")]
    beda = f"{kalimat}, tercetak {tulis_angka(r.total)}; beda {tulis_angka(abs(jumlah - r.total))}."
    return [Temuan(Sifat.SELISIH, "gabungan", beda, jumlah - r.total)]


def cetak(r: Rilis) -> Cetak:
    bagian = {kode: getattr(r, kolom) for kode, kolom in KOLOM_BAGIAN.items() if getattr(r, kolom) is not None}
    return Cetak(r.total, bagian, [Pita(p["hasil"], p["hari"], p["orang"]) for p in r.pita], r.rupiah)


def biaya(kanwil: Kanwil | None, pada: date) -> Biaya | None:
    """The cost of a meal-day of a region, else (or without one of its own) of the nation."""
    semua = himpunan()
    milik = semua.biaya(kanwil.kode, pada) if kanwil else None
    return milik or semua.biaya("nasional", pada)
