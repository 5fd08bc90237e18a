"""What the page of one plot shows: its state, its calendar, its last notes, and what can be used from the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from pangan.kalender import Jendela
from pangan.keadaan import KeadaanPetak, SiklusKini, keadaan_petak
from pangan.komoditas import muat
from pangan.models import MutasiHewan, Panen, Pemakaian, Petak, Siklus
from pangan.pilihan import nama_komoditas
from pangan.selectors_unit import BarisKalender, kalender, stok
from pelaporan.register.jenis import jenis_baris
from pelaporan.register.selectors import satu_baris
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT

CATATAN = 10


def keadaan_satu(cakupan: Cakupan, upt: UPT, pk: int, hari: date) -> KeadaanPetak:
    """One plot as it stands. Raises TidakDitemukan: missing, foreign and taken out look the same."""
    petak: Petak = satu_baris(jenis_baris("pangan", "petak"), cakupan, upt, pk)
    if not petak.hidup:
        raise TidakDitemukan("Petak ini tidak ada, atau bukan dari unit ini.")
    return keadaan_petak(cakupan, upt, hari, petak=petak)[0]


def termasuk(cakupan: Cakupan, keadaan: KeadaanPetak, siklus_id: str) -> list[SiklusKini]:
    """The running cycles, with one more of the same plot that a form names although it has ended."""
    jalan = keadaan.siklus
    if not (siklus_id.isascii() and siklus_id.isdigit() and len(siklus_id) < 19):
        return jalan
    if int(siklus_id) in {s.siklus.pk for s in jalan}:
        return jalan
    semua = Siklus.objects.dalam(cakupan).hidup().filter(petak=keadaan.petak, pk=int(siklus_id))
    return [*jalan, *(SiklusKini(s, None, None) for s in semua)]


@dataclass(frozen=True)
class Gudang:
    """What is in the unit's store, for the page of one plot. `jumlah`: amounts by commodity, what the plot gives
    first; `di_sini`: which of them the plot gave last, '' when none of it is left."""

    jumlah: dict[str, str]
    di_sini: str
    sisa: list[str]

    @property
    def pilihan(self) -> list[tuple[str, Any]]:
        return [(k, f"{nama_komoditas(k)}, ada {n}") for k, n in self.jumlah.items()]


def hasil_petak(keadaan: KeadaanPetak) -> list[str]:
    """Commodities that a plot gives, the last harvested first."""
    dipanen = [keadaan.panen.komoditas] if keadaan.panen else []
    return list(dict.fromkeys([*dipanen, *(s.siklus.komoditas for s in keadaan.siklus)]))


def gudang(cakupan: Cakupan, upt: UPT, hari: date, keadaan: KeadaanPetak) -> Gudang:
    di_sini = hasil_petak(keadaan)
    ada: dict[str, list[str]] = defaultdict(list)
    for s in stok(cakupan, upt, Bulan.pada(hari)):
        if s.akhir > 0:
            ada[s.komoditas].append(s.jumlah)
    terurut = sorted(ada, key=lambda k: (k not in di_sini, nama_komoditas(k)))
    jumlah = {k: " dan ".join(ada[k]) for k in terurut}
    tersedia = [k for k in di_sini if k in jumlah]
    sisa = [f"{nama_komoditas(k)} {jumlah[k]}" for k in tersedia]
    return Gudang(jumlah, tersedia[0] if tersedia else "", sisa)


def kalender_petak(cakupan: Cakupan, upt: UPT, keadaan: KeadaanPetak, hari: date) -> BarisKalender | None:
    satu = kalender(cakupan, upt, [keadaan], Jendela.sekitar(hari))
    return satu[0] if satu else None


@dataclass(frozen=True)
class Catatan:
    """One thing that was noted at a plot; `url` is its row with its history."""

    tanggal: date
    teks: str
    url: str


def catatan_petak(cakupan: Cakupan, keadaan: KeadaanPetak) -> list[Catatan]:
    """The latest notes of a plot, newest first, with what became of the produce it gives."""
    petak = keadaan.petak
    semua = [
        *_catatan_pakai(cakupan, petak, hasil_petak(keadaan)),
        *_catatan_panen(cakupan, petak),
        *_catatan_hewan(cakupan, petak),
        *_catatan_siklus(cakupan, petak),
    ]
    return sorted(semua, key=lambda c: c.tanggal, reverse=True)[:CATATAN]


def _catatan_pakai(cakupan: Cakupan, petak: Petak, komoditas: list[str]) -> Iterator[Catatan]:
    """Produce in the store has no plot any more: these are the unit's uses of what this plot gives."""
    baris = Pemakaian.objects.dalam(cakupan).hidup().filter(upt=petak.upt_id, komoditas__in=komoditas)
    for p in baris.order_by("-tanggal", "-pk")[:CATATAN]:
        jumlah = tulis_angka(p.jumlah, "desimal", p.satuan)
        teks = f"{p.get_tujuan_display()}: {nama_komoditas(p.komoditas)} {jumlah}"
        yield Catatan(p.tanggal, teks, _url(petak, "pemakaian", p.pk))


def _url(petak: Petak, jenis: str, pk: int) -> str:
    return reverse("pangan:baris", kwargs={"kode": petak.upt.kode, "jenis": jenis, "pk": pk})


def _catatan_panen(cakupan: Cakupan, petak: Petak) -> Iterator[Catatan]:
    for p in Panen.objects.dalam(cakupan).hidup().filter(petak=petak).order_by("-tanggal", "-pk")[:CATATAN]:
        berat = "" if p.satuan == "kg" else f" ({tulis_angka(p.berat_kg, 'desimal', 'kg')})"
        jumlah = tulis_angka(p.jumlah, "desimal", p.satuan)
        yield Catatan(p.tanggal, f"Panen {nama_komoditas(p.komoditas)} {jumlah}{berat}", _url(petak, "panen", p.pk))


def _catatan_hewan(cakupan: Cakupan, petak: Petak) -> Iterator[Catatan]:
    baris = MutasiHewan.objects.dalam(cakupan).hidup().filter(petak=petak).order_by("-tanggal", "-pk")
    for m in baris[:CATATAN]:
        ekor = tulis_angka(m.ekor, satuan="ekor")
        yield Catatan(m.tanggal, f"{m.get_jenis_display()}: {ekor}", _url(petak, "mutasi", m.pk))


def _catatan_siklus(cakupan: Cakupan, petak: Petak) -> Iterator[Catatan]:
    for s in Siklus.objects.dalam(cakupan).hidup().filter(petak=petak).order_by("-tanam", "-pk")[:CATATAN]:
        nama, url = nama_komoditas(s.komoditas), _url(petak, "siklus", s.pk)
        acuan = muat().get(s.komoditas)
        kata = "Tebar atau masuk" if acuan and acuan.hewan else "Tanam"
        yield Catatan(s.tanam, f"{kata} {nama}", url)
        if s.selesai is not None:
            sebab = f": {s.alasan_gagal}" if s.alasan_gagal else ""
            yield Catatan(s.selesai, f"{nama}, {s.get_akhir_display().lower()}{sebab}", url)
