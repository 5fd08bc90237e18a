"""What saving a file would do, row by row: by doing it, with the services that write every row.

    with transaction.atomic(): rencana = susun(…)      # the caller keeps it or takes it back

So a row is judged against the register as the rows above it would leave it. A row that asks something is left aside
until its number is in `Izinkan`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, transaction

from pelaporan.models import BarisRegister, RiwayatBaris
from pelaporan.register import selectors, services
from pelaporan.register.impor_kolom import TabelBerkas
from pelaporan.register.impor_nilai import Bacaan, PembacaBaris
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import BidangRujukan
from pelaporan.register.services import BarisSalah, Jawaban, PerluJawaban
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.jejak.services import tunda
from upt.cakupan import Cakupan
from upt.models import UPT

BARU, BERUBAH, SAMA, DITOLAK, TANYA = "baru", "berubah", "sama", "ditolak", "tanya"
BENTURAN = "Isi baris ini berbenturan dengan catatan lain. Periksa tanggal dan namanya."
SEBUTAN_MAKS = 120
Json = dict[str, Any]


@dataclass
class BarisRencana:
    """One row of the file. `jenis` is what becomes of it when nothing stands against it (`pesan`) or is open
    (`tanya`, as code, column and sentence); `setuju`: the person said that it is so."""

    n: int
    jenis: str = BARU
    id: int | None = None
    sebutan: str = ""
    beda: list[list[str]] = field(default_factory=list)
    pesan: list[list[str]] = field(default_factory=list)
    tanya: list[list[str]] = field(default_factory=list)
    setuju: bool = False

    @property
    def keadaan(self) -> str:
        if self.pesan:
            return DITOLAK
        return TANYA if self.tanya and not self.setuju else self.jenis

    def ke_json(self) -> Json:
        return asdict(self)


@dataclass(frozen=True)
class Izinkan:
    """Which rows that ask are to be saved (all of them: `semua`), and why."""

    baris: frozenset[int] = frozenset()
    semua: bool = False
    alasan: str = ""

    def memuat(self, n: int) -> bool:
        return self.semua or n in self.baris


class Batal(Exception):
    """Takes back what a block has written."""


@dataclass(frozen=True)
class Penulis:
    """Who saves what where."""

    jenis: JenisBaris[Any]
    upt: UPT
    oleh: Pengguna
    cakupan: Cakupan


def hitung(baris: Iterable[BarisRencana]) -> dict[str, int]:
    hasil = dict.fromkeys((BARU, BERUBAH, TANYA, DITOLAK, SAMA), 0)
    for satu in baris:
        hasil[satu.keadaan] += 1
    return hasil


def sidik(baris: Iterable[BarisRencana]) -> str:
    """Changes with everything that saving would do differently; not with what the person ticks."""
    isi = [[b.n, b.jenis, b.id, b.beda, b.pesan, b.tanya] for b in baris]
    return hashlib.sha256(json.dumps(isi, ensure_ascii=False).encode()).hexdigest()


def coba(kerja: Callable[[], Any]) -> None:
    """Do it and take it back, with its trail and rollups."""

    def lalu_batal() -> None:
        kerja()
        raise Batal

    with suppress(Batal):
        bersama(lalu_batal)


def bersama(kerja: Callable[[], None]) -> None:
    """Do it in one transaction; trail and rollups are written once, at its end."""
    with transaction.atomic(), tunda(), services.sekaligus():
        kerja()


# ---------------------------------------------------------------- the plan


def susun(penulis: Penulis, tabel: TabelBerkas, izinkan: Izinkan) -> list[BarisRencana]:
    """Write the rows of the table and say what became of each. Inside `coba` or `bersama`."""
    services.kunci_borongan(penulis.jenis.register, penulis.upt.pk)
    return _Penyusun(penulis, tabel, izinkan).susun()


class _Penyusun:
    def __init__(self, penulis: Penulis, tabel: TabelBerkas, izinkan: Izinkan) -> None:
        self.p, self.tabel, self.izinkan = penulis, tabel, izinkan
        kolom = {k.nama: k for k in penulis.jenis.kolom}
        self.label = {nama: k.label for nama, k in kolom.items()}
        self.pembaca = PembacaBaris(kolom, penulis.upt, csv=bool(tabel.csv), baku=tabel.baku)
        bidang = self.pembaca.bidang.items()
        self.rujukan = {n: {p.id: p.label for p in b.tujuan} for n, b in bidang if isinstance(b, BidangRujukan)}
        alami = penulis.jenis.kunci_alami or tuple(kolom)
        self.kunci = tuple(n for n in alami if n in tabel.kolom) or alami
        self.bawaan = self.pembaca.baca({n: None for n in kolom if n not in tabel.kolom}).nilai
        self.semua: list[BarisRegister] = []
        self.ada: dict[tuple[Any, ...], list[BarisRegister]] = defaultdict(list)
        self.dibaca: dict[tuple[Any, ...], tuple[int, dict[str, Any]]] = {}

    def susun(self) -> list[BarisRencana]:
        self.semua = list(selectors.daftar_baris(self.p.jenis, self.p.cakupan, self.p.upt))
        for satu in self.semua:
            self.ada[self._kunci({n: getattr(satu, n) for n in self.kunci})].append(satu)
        semua = [(BarisRencana(n), self._baca(sel)) for n, sel in self.tabel.baris]
        pasangan = self._sama(semua)
        return [self._satu(rencana, bacaan, pasangan.get(rencana.n)) for rencana, bacaan in semua]

    def _baca(self, sel: Sequence[Any]) -> Bacaan:
        return self.pembaca.baca({n: sel[i] if i < len(sel) else None for n, i in self.tabel.kolom.items()})

    def _kunci(self, nilai: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(_setara(nilai.get(n)) for n in self.kunci)

    def _sama(self, semua: list[tuple[BarisRencana, Bacaan]]) -> dict[int, BarisRegister]:
        """Rows that are there already exactly so: they are nobody else's match.

        A row without a key (the portal gives it one) is compared by everything else."""
        hasil = {}
        for rencana, bacaan in semua:
            if bacaan.salah:
                continue
            kunci = self._kunci(bacaan.nilai)
            calon = self.ada[kunci] if any(kunci) else self.semua
            nilai = {n: isi for n, isi in bacaan.nilai.items() if any(kunci) or n not in self.kunci}
            tepat = next((b for b in calon if not self._beda(b, self._tetap(b, nilai))), None)
            if tepat is not None:
                calon.remove(tepat)
                hasil[rencana.n] = tepat
        return hasil

    def _tetap(self, baris: BarisRegister, nilai: Mapping[str, Any]) -> dict[str, Any]:
        """The values without what only spells the key in another way."""
        ada = {n: getattr(baris, n) for n in self.kunci if n in nilai}
        return {**nilai, **{n: isi for n, isi in ada.items() if _setara(isi) == _setara(nilai[n])}}

    def _beda(self, baris: BarisRegister, nilai: Mapping[str, Any]) -> list[list[str]]:
        """Column, old and new of what the values would change, after the kind has completed them."""
        if all(getattr(baris, n) == isi for n, isi in nilai.items()):
            return []
        jadi = copy(baris)
        for n, isi in nilai.items():
            setattr(jadi, n, isi)
        self.p.jenis.lengkapi(jadi)
        return [
            [k.label, *(selectors.tulis_kolom(k, getattr(b, k.nama), self.rujukan) for b in (baris, jadi))]
            for k in self.p.jenis.kolom
            if getattr(baris, k.nama) != getattr(jadi, k.nama)
        ]

    def _satu(self, rencana: BarisRencana, bacaan: Bacaan, sama: BarisRegister | None) -> BarisRencana:
        rencana.sebutan = self._sebutan(bacaan)
        rencana.pesan = [[self.label[n], kalimat] for n, kalimat in bacaan.salah]
        rencana.tanya = [[f"baca:{n}", self.label[n], kalimat] for n, kalimat in bacaan.tanya]
        rencana.setuju = self.izinkan.memuat(rencana.n)
        if rencana.pesan:
            rencana.jenis, rencana.beda = DITOLAK, self._isi(bacaan.nilai)
            return rencana
        kunci = self._kunci(bacaan.nilai)
        if sama is not None:
            rencana.jenis, rencana.id = SAMA, sama.pk
        else:
            self._tulis(rencana, bacaan.nilai, self.ada[kunci] if any(kunci) else [], self.dibaca.get(kunci))
        if any(kunci):
            self.dibaca.setdefault(kunci, (rencana.n, bacaan.nilai))
        return rencana

    def _sebutan(self, bacaan: Bacaan) -> str:
        kolom = {k.nama: k for k in self.p.jenis.kolom}
        teks = (selectors.tulis_kolom(kolom[n], bacaan.nilai.get(n), self.rujukan) for n in self.kunci)
        return ", ".join(filter(None, teks))[:SEBUTAN_MAKS]

    def _tulis(
        self,
        rencana: BarisRencana,
        nilai: dict[str, Any],
        calon: list[BarisRegister],
        atas: tuple[int, dict[str, Any]] | None,
    ) -> None:
        kunci = ", ".join(self.label[n].lower() for n in self.kunci)
        if len(calon) > 1:
            rencana.pesan.append(["", f"Ada {len(calon)} catatan dengan {kunci} yang sama. Ubah di halamannya."])
        elif not calon and atas is not None and atas[1] == nilai:
            rencana.pesan.append(["", f"Sama persis dengan baris {atas[0]} di berkas ini. Hapus salah satunya."])
        elif not calon and atas is not None:
            kalimat = f"Ada {kunci} yang sama pada baris {atas[0]}. Catat keduanya?"
            rencana.tanya.append(["ganda", "", kalimat])
        if rencana.pesan:
            rencana.jenis = DITOLAK
        elif calon:
            self._ubah(rencana, nilai, calon.pop())
        else:
            rencana.beda = self._isi(nilai)
            self._jalankan(rencana, lambda jawaban: self._buat(nilai, jawaban))

    def _isi(self, nilai: Mapping[str, Any]) -> list[list[str]]:
        """What a new row says, as read."""
        tertulis = ((k, selectors.tulis_kolom(k, nilai.get(k.nama), self.rujukan)) for k in self.p.jenis.kolom)
        return [[k.label, "", teks] for k, teks in tertulis if teks and k.nama in nilai]

    def _ubah(self, rencana: BarisRencana, nilai: dict[str, Any], baris: BarisRegister) -> None:
        nilai = self._tetap(baris, nilai)
        rencana.jenis, rencana.id, rencana.beda = BERUBAH, baris.pk, self._beda(baris, nilai)
        self._jalankan(
            rencana,
            lambda jawaban: services.ubah(
                self.p.jenis, baris.pk, nilai, revisi=baris.revisi, oleh=self.p.oleh, cakupan=self.p.cakupan,
                jawaban=jawaban, tindakan=RiwayatBaris.Tindakan.IMPOR,
            ),
        )  # fmt: skip

    def _buat(self, nilai: dict[str, Any], jawaban: Jawaban) -> Any:
        return services.buat(
            self.p.jenis, {**self.bawaan, **nilai}, upt=self.p.upt, oleh=self.p.oleh, cakupan=self.p.cakupan,
            jawaban=jawaban, tindakan=RiwayatBaris.Tindakan.IMPOR,
        )  # fmt: skip

    def _jalankan(self, rencana: BarisRencana, kerja: Callable[[Jawaban], Any]) -> None:
        """Write the row, or find out what stands against it."""
        try:
            self._kerjakan(rencana, kerja)
        except BarisSalah as salah:
            rencana.pesan = [[self.label.get(n, ""), kalimat] for n, kalimat in salah.bidang.items()]
        except (GalatPortal, IntegrityError, DataError) as galat:
            rencana.pesan = [["", getattr(galat, "pesan", BENTURAN)]]
        if rencana.pesan:
            rencana.jenis = DITOLAK

    def _kerjakan(self, rencana: BarisRencana, kerja: Callable[[Jawaban], Any]) -> None:
        """A row with an open question leaves nothing behind."""
        jawaban = Jawaban(alasan=self.izinkan.alasan)
        try:
            if rencana.tanya and not rencana.setuju:
                coba(lambda: kerja(jawaban))
            else:
                kerja(jawaban)
        except PerluJawaban as perlu:
            rencana.tanya += [[t.kode, self.label.get(t.bidang, ""), t.pesan] for t in perlu.temuan]
            if rencana.setuju:
                kerja(Jawaban(frozenset(t.kode for t in perlu.temuan), self.izinkan.alasan))


def _setara(nilai: Any) -> Any:
    """A value as part of a key: case and spaces of a text say nothing."""
    return " ".join(nilai.split()).casefold() if isinstance(nilai, str) else nilai or None
