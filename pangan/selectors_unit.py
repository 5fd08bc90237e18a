"""The register of a unit at a glance: figures of a month, what waits to be done, balances, the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, Sum
from django.urls import reverse
from django.utils.safestring import SafeString

from pangan.kalender import Jendela, Lajur, pita
from pangan.keadaan import SEGERA, KeadaanPetak, SaldoHewan
from pangan.komoditas import muat
from pangan.models import Panen, Pemakaian, RingkasPangan, Siklus
from pangan.pilihan import nama_komoditas
from pelaporan.register.tugas import Tugas
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from upt.cakupan import Cakupan
from upt.models import UPT

LAMA_DISIMPAN = timedelta(days=14)
"""Produce that has lain this long without any use is asked about."""
LAMA_DIHITUNG = timedelta(days=30)
"""Animals of which nothing was noted for this long are to be counted."""
NOL = Decimal(0)


# ---------------------------------------------------------------- produce: opening + harvest - use = stock


@dataclass(frozen=True)
class Stok:
    """One store (a commodity in one unit; eggs and laying hens are two) in a month, in that unit; `kg` its weight now.

    `taksir`: what of the harvest was estimated. `terakhir`: the last day of a harvest or use.
    """

    komoditas: str
    satuan: str
    awal: Decimal
    panen: Decimal
    taksir: Decimal
    keluar: Decimal
    kg: Decimal
    terakhir: date

    @property
    def nama(self) -> str:
        return nama_komoditas(self.komoditas)

    @property
    def akhir(self) -> Decimal:
        return self.awal + self.panen - self.keluar

    @property
    def jumlah(self) -> str:
        return tulis_angka(self.akhir, "desimal", self.satuan)

    def terbengkalai(self, hari: date) -> bool:
        """There is stock, and nothing was harvested or used of it for a while."""
        return self.akhir > 0 and hari - self.terakhir > LAMA_DISIMPAN


def stok(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> list[Stok]:
    """Balance of produce of a month by store; what was used up before the month is left out."""
    masuk, keluar = _arus(Panen, cakupan, upt, bulan), _arus(Pemakaian, cakupan, upt, bulan)
    semua = [_stok(kunci, masuk.get(kunci, {}), keluar.get(kunci, {})) for kunci in masuk.keys() | keluar.keys()]
    return sorted((s for s in semua if s.awal or s.panen or s.keluar), key=lambda s: (s.nama, s.satuan))


def _arus(model: Any, cakupan: Cakupan, upt: UPT, bulan: Bulan) -> dict[tuple[str, str], dict[str, Any]]:
    """Amounts before and in the month, by store."""
    kini = Q(tanggal__gte=bulan.awal)
    baris = model.objects.dalam(cakupan).hidup().filter(upt=upt, tanggal__lte=bulan.akhir)
    taksir = {"taksir": Sum("jumlah", filter=kini & Q(ditimbang=False))} if model is Panen else {}
    jumlah = (
        baris.order_by()
        .values("komoditas", "satuan")
        .annotate(
            lalu=Sum("jumlah", filter=~kini), kini=Sum("jumlah", filter=kini), kg=Sum("berat_kg"),
            terakhir=Max("tanggal"), **taksir,
        )
    )  # fmt: skip
    return {(b["komoditas"], b["satuan"]): b for b in jumlah}


def _stok(kunci: tuple[str, str], masuk: Mapping[str, Any], keluar: Mapping[str, Any]) -> Stok:
    def n(arus: Mapping[str, Any], nama: str) -> Decimal:
        return arus.get(nama) or NOL

    return Stok(
        *kunci,
        awal=n(masuk, "lalu") - n(keluar, "lalu"),
        panen=n(masuk, "kini"),
        taksir=n(masuk, "taksir"),
        keluar=n(keluar, "kini"),
        kg=n(masuk, "kg") - n(keluar, "kg"),
        terakhir=max(a["terakhir"] for a in (masuk, keluar) if a),
    )


# ---------------------------------------------------------------- figures of a month


@dataclass(frozen=True)
class Ringkas:
    """What the month gave and where it went: kg and rupiah."""

    panen: Decimal
    taksir: Decimal
    dijual: Decimal
    dipakai: Decimal
    penjualan: int
    stok: Decimal


def ringkas_bulan(cakupan: Cakupan, upt: UPT, bulan: Bulan, persediaan: Iterable[Stok]) -> Ringkas:
    baris = RingkasPangan.objects.dalam(cakupan).filter(upt=upt, bulan=bulan.awal)
    kolom = ("panen_kg", "panen_taksir_kg", "dapur_kg", "vendor_kg", "jual_kg", "bansos_kg", "lain_kg", "penjualan")
    j = baris.aggregate(**{f"j_{nama}": Sum(nama) for nama in kolom})
    n = {nama: j[f"j_{nama}"] or NOL for nama in kolom}
    return Ringkas(
        panen=n["panen_kg"],
        taksir=n["panen_taksir_kg"],
        dijual=n["vendor_kg"] + n["jual_kg"],
        dipakai=n["dapur_kg"] + n["bansos_kg"] + n["lain_kg"],
        penjualan=int(n["penjualan"]),
        stok=sum((s.kg for s in persediaan), NOL),
    )


# ---------------------------------------------------------------- what waits to be done


def tugas_unit(upt: UPT, petak: list[KeadaanPetak], persediaan: list[Stok], hari: date) -> list[Tugas]:
    """Late ones first."""
    semua = [
        *_tugas_panen(upt, petak),
        *_tugas_lahan(upt, petak),
        *_tugas_hewan(upt, petak, hari),
        *_tugas_stok(upt, persediaan, hari),
    ]
    return sorted(semua, key=lambda t: not t.lewat)


def url_petak(upt: UPT, petak_id: int, aksi: str = "") -> str:
    return reverse("pangan:petak", kwargs={"kode": upt.kode, "pk": petak_id}) + (f"?aksi={aksi}#{aksi}" if aksi else "")


def _tugas_panen(upt: UPT, petak: list[KeadaanPetak]) -> Iterator[Tugas]:
    for k in petak:
        for s in k.siklus:
            if s.hari is not None and s.hari <= SEGERA:
                kata = s.kata_panen[0].upper() + s.kata_panen[1:]
                rinci = f"{kata}, perkiraan {tulis_tanggal(s.siklus.perkiraan_panen)}"
                yield Tugas(f"Panen {s.nama}, {k.petak.nama}", rinci, url_petak(upt, k.petak.pk, "panen"), s.lewat)


def _tugas_lahan(upt: UPT, petak: list[KeadaanPetak]) -> Iterator[Tugas]:
    for k in petak:
        if k.tanpa_rencana:
            luas = tulis_angka(k.petak.luas, satuan="m²")
            rinci = f"{luas} belum dimanfaatkan dan belum ada rencananya"
            yield Tugas(f"Rencanakan {k.petak.nama}", rinci, url_petak(upt, k.petak.pk, "rencana"))


def _tugas_hewan(upt: UPT, petak: list[KeadaanPetak], hari: date) -> Iterator[Tugas]:
    """Once for each pond or pen, however many kinds live in it."""
    for k in petak:
        hewan = [s.hewan for s in k.siklus if s.hewan is not None]
        terakhir = max((h.terakhir for h in hewan), default=hari)
        if hari - terakhir > LAMA_DIHITUNG:
            nama = " dan ".join(dict.fromkeys(h.nama for h in hewan))
            ekor = tulis_angka(sum(h.akhir for h in hewan), satuan="ekor")
            rinci = f"Tercatat {ekor}; tidak ada catatan sejak {tulis_tanggal(terakhir)}"
            yield Tugas(f"Hitung {nama}, {k.petak.nama}", rinci, url_petak(upt, k.petak.pk, "mati"))


def _tugas_stok(upt: UPT, persediaan: list[Stok], hari: date) -> Iterator[Tugas]:
    tujuan = reverse("pangan:unit", kwargs={"kode": upt.kode}) + "#persediaan"
    for s in persediaan:
        if s.terbengkalai(hari):
            rinci = f"{s.jumlah} tercatat masih ada; catat pemakaian, penjualan, atau yang rusak"
            yield Tugas(f"Persediaan {s.nama}", rinci, tujuan)


# ---------------------------------------------------------------- the calendar


@dataclass(frozen=True)
class BarisKalender:
    keadaan: KeadaanPetak
    pita: SafeString
    kalimat: list[str]


def kalender(cakupan: Cakupan, upt: UPT, petak: list[KeadaanPetak], jendela: Jendela) -> list[BarisKalender]:
    """A strip for every plot that was used within the window."""
    lajur = _lajur(cakupan, upt, jendela, [k.petak.pk for k in petak])
    return [
        BarisKalender(k, pita(k.petak.nama, isi, jendela), [satu.kalimat() for satu in isi])
        for k in petak
        if (isi := lajur.get(k.petak.pk, []))
    ]


def _lajur(cakupan: Cakupan, upt: UPT, jendela: Jendela, petak: list[int]) -> Mapping[int, list[Lajur]]:
    ada = Siklus.objects.dalam(cakupan).hidup().filter(upt=upt, petak__in=petak, tanam__lte=jendela.sampai)
    semua = list(ada.filter(Q(selesai=None) | Q(selesai__gte=jendela.dari)).order_by("tanam", "pk"))
    panen: dict[int, list[date]] = defaultdict(list)
    hari = Panen.objects.dalam(cakupan).hidup().filter(siklus__in=semua, tanggal__range=(jendela.dari, jendela.sampai))
    for siklus, tanggal in hari.order_by("tanggal").values_list("siklus_id", "tanggal").distinct():
        panen[siklus].append(tanggal)
    hasil: dict[int, list[Lajur]] = defaultdict(list)
    for s in semua:
        gagal, acuan = s.akhir == Siklus.Akhir.GAGAL, muat().get(s.komoditas)
        dipanen = bool(panen[s.pk]) and acuan is not None and acuan.berulang  # what was expected has come
        perkiraan = None if dipanen else s.perkiraan_panen
        satu = Lajur(nama_komoditas(s.komoditas), s.tanam, s.selesai, perkiraan, gagal, tuple(panen[s.pk]))
        hasil[s.petak_id].append(satu)
    return hasil


def jumlah_hewan(saldo: list[SaldoHewan]) -> dict[str, int]:
    return {nama: sum(getattr(s, nama) for s in saldo) for nama in ("awal", "masuk", "keluar", "akhir")}
