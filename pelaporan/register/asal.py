"""A form of a month as its register gives it, beside what was typed or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pelaporan import turunan
from pelaporan.alur import dapat_diisi
from pelaporan.butir import Butir, Daftar
from pelaporan.isian import Isian, Sel, tulis_nilai
from pelaporan.models import Laporan
from pelaporan.selectors import isi_masuk
from pelaporan.selectors_formulir import versi_berlaku
from pelaporan.turunan import AngkaTurunan, DaftarTurunan, Selisih, Terisi
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT

# ---------------------------------------------------------------- the report that the register feeds


@dataclass(frozen=True)
class LaporanBulan:
    """The report of a month; `laporan` None while the month is not open."""

    bulan: Bulan
    laporan: Laporan | None


def _laporan(cakupan: Cakupan, upt: UPT, formulir: str) -> Any:
    semua = Laporan.objects.dalam(cakupan).select_related("formulir", "formulir_versi", "upt", "kanwil")
    return semua.filter(upt=upt, formulir_id=formulir)


def laporan_bulan(cakupan: Cakupan, upt: UPT, formulir: str, bulan: Bulan) -> LaporanBulan:
    return LaporanBulan(bulan, _laporan(cakupan, upt, formulir).filter(bulan=bulan.awal).first())


def laporan_menunggu(cakupan: Cakupan, upt: UPT, formulir: str, kini: Bulan) -> LaporanBulan:
    """The earliest of this month's and last month's that the unit may still fill in, else the latest open one."""
    akhir = list(_laporan(cakupan, upt, formulir).filter(bulan__lte=kini.awal).order_by("-bulan")[:2])
    isi = [satu for satu in akhir if dapat_diisi(satu.status) and kini - satu.periode <= 1]
    satu = isi[-1] if isi else akhir[0] if akhir else None
    return LaporanBulan(satu.periode if satu else kini, satu)


def laporan_berubah(cakupan: Cakupan, upt: UPT, formulir: str, kini: Bulan) -> list[tuple[Laporan, int]]:
    """Reports sent for this month and the two before from which the register differs by now, with how many figures."""
    akhir = _laporan(cakupan, upt, formulir).filter(bulan__range=((kini - 2).awal, kini.awal)).order_by("-bulan")
    return [(satu, len(beda)) for satu in akhir if (beda := turunan.selisih(satu))]


# ---------------------------------------------------------------- its figures, opened


@dataclass(frozen=True)
class BarisRincian:
    label: str
    nilai: str
    url: str


@dataclass(frozen=True)
class ButirAsal:
    """One item: what the register says and of what, and what the report sent has (`terkirim` '' when none was)."""

    butir: Butir
    nilai: str
    asal: str
    dijumlah: bool
    rincian: list[BarisRincian]
    terkirim: str

    @property
    def beda(self) -> bool:
        return bool(self.terkirim) and self.terkirim != self.nilai


@dataclass(frozen=True)
class BarisDaftar:
    """A row of a line list, with the page of its record ('' when there is none)."""

    sel: list[tuple[Butir, str]]
    url: str


@dataclass(frozen=True)
class DaftarAsal:
    """A line list of the form as the register fills it."""

    judul: str
    asal: str
    kolom: list[Butir]
    baris: list[BarisDaftar]


@dataclass(frozen=True)
class BagianAsal:
    judul: str
    butir: list[ButirAsal]
    daftar: list[DaftarAsal]


@dataclass(frozen=True)
class Asal:
    """`bagian`: sections with their items; empty while the register knows nothing of the month, or (`dibaca` no) the
    form of that month does not read it."""

    laporan: Laporan | None
    dibaca: bool
    bagian: list[BagianAsal]
    selisih: list[Selisih]

    @property
    def terkirim(self) -> bool:
        return self.laporan is not None and self.laporan.versi_masuk is not None

    @property
    def dapat_diisi(self) -> bool:
        return self.laporan is not None and dapat_diisi(self.laporan.status)

    @property
    def beda(self) -> int:
        return sum(b.beda for bagian in self.bagian for b in bagian.butir)


def asal_formulir(cakupan: Cakupan, upt: UPT, bulan: Bulan, *, formulir: str, register: str) -> Asal:
    laporan = laporan_bulan(cakupan, upt, formulir, bulan).laporan
    versi = laporan.formulir_versi if laporan else versi_berlaku(bulan).get(formulir)
    if versi is None or register not in versi.skema.per_register:
        return Asal(laporan, False, [], [])
    skema = versi.skema
    terisi = turunan.muat(skema, upt, bulan)
    terkirim = isi_masuk(laporan) if laporan is not None and laporan.versi_masuk is not None else {}
    daftar = {k: [b.sel for b in isi] for k, isi in terisi.pasang(skema, Isian({}, {})).daftar.items()}
    bagian = [
        BagianAsal(
            b.judul,
            _butir(b.butir, terisi, terkirim, register),
            [_daftar(d, terisi.daftar[d.kode], daftar[d.kode]) for d in b.daftar if d.kode in terisi.daftar],
        )
        for b in skema.bagian
    ]
    beda = turunan.selisih(laporan) if laporan is not None else []
    return Asal(laporan, True, [b for b in bagian if b.butir or b.daftar], beda)


def _daftar(daftar: Daftar, isi: DaftarTurunan, semua: list[Mapping[str, Sel]]) -> DaftarAsal:
    baris = [
        BarisDaftar([(k, tulis_nilai(k, sel[k.kode].nilai) if k.kode in sel else "") for k in daftar.kolom], asal.url)
        for asal, sel in zip(isi.baris, semua, strict=True)
    ]
    return DaftarAsal(daftar.judul, _kalimat(isi.asal, daftar.register or ""), list(daftar.kolom), baris)


def _butir(semua: Any, terisi: Terisi, terkirim: Mapping[str, Any], register: str) -> list[ButirAsal]:
    return [_satu(b, terisi.angka[b.kode], terkirim, register) for b in semua if b.kode in terisi.angka]


def _satu(butir: Butir, angka: AngkaTurunan, terkirim: Mapping[str, Any], register: str) -> ButirAsal:
    rincian = [
        BarisRincian(
            r.label,
            "" if r.nilai is None else tulis_nilai(butir, r.nilai, satuan=True),
            turunan.alamat(register, r.objek, r.id),
        )
        for r in angka.rincian
    ]
    lama = {**terkirim.get("lain", {}), **terkirim.get("angka", {})}.get(butir.kode)
    return ButirAsal(
        butir=butir,
        nilai=tulis_nilai(butir, angka.nilai, satuan=True),
        asal=_kalimat(angka.asal, register),
        dijumlah=angka.dijumlah,
        rincian=rincian,
        terkirim="" if lama is None else tulis_nilai(butir, lama, satuan=True),
    )


def _kalimat(asal: str, register: str) -> str:
    """Where a figure comes from; that it is this register goes without saying here."""
    teks = asal.removeprefix(f"Register {register}: ")
    return teks[:1].upper() + teks[1:]
