"""What the register of enterprises refuses (`galat`) and what it asks (`tanya`). Pure: records in, findings out.

`Temuan.bidang` names the column meant. Patterns and bands are nobody's decree: they only ever ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pelaporan.register.temuan import Temuan, galat, tanya
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal

RASIO_HARGA = (Decimal("0.3"), Decimal(3))
PANGAN = ("makanan", "minuman")
PANGAN_SAJA = {"pirt": "P-IRT", "halal": "Halal"}
JASA = "jasa"
RUPIAH_MAKS = 1_000_000_000_000
FOTO_MAKS = 8
"""Photos of one product."""
_NIB = re.compile(r"\d{13}", re.ASCII)
_PIRT = re.compile(r"(?:P-?IRT)?\d{13}-?\d{2}|(?:P-?IRT)?\d{15}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masa:
    """How long a product is made: both days included, without a last day it goes on."""

    nama: str
    mulai: date
    berhenti: date | None = None

    def di_luar(self, hari: date) -> str:
        """Why a day is not in it; "" when it is."""
        if hari < self.mulai:
            return f"{self.nama} baru dibuat sejak {tulis_tanggal(self.mulai)}."
        if self.berhenti is not None and hari > self.berhenti:
            return f"{self.nama} berhenti pada {tulis_tanggal(self.berhenti)}."
        return ""


def tidak_nanti(hari: date | None, hari_ini: date, bidang: str) -> Iterator[Temuan]:
    if hari is not None and hari > hari_ini:
        yield galat(f"{bidang}_nanti", bidang, f"Tanggal {tulis_tanggal(hari)} belum tiba. Perbaiki tanggalnya.")


def dalam_masa(masa: Masa, hari: date, bidang: str = "tanggal") -> Iterator[Temuan]:
    if alasan := masa.di_luar(hari):
        yield galat(
            "luar_masa", bidang, f"{alasan} Tertulis {tulis_tanggal(hari)}; perbaiki tanggalnya atau masa produknya."
        )


def urut(awal: date | None, akhir: date | None, bidang: str, kata: tuple[str, str]) -> Iterator[Temuan]:
    """Two dates in their order; `kata` are their names in the sentence."""
    if awal is not None and akhir is not None and akhir < awal:
        yield galat(
            f"{bidang}_terbalik",
            bidang,
            f"{kata[1]} {tulis_tanggal(akhir)} mendahului {kata[0].lower()} {tulis_tanggal(awal)}. Perbaiki salah"
            " satunya.",
        )


# ---------------------------------------------------------------- products


@dataclass(frozen=True, slots=True)
class Produk:
    masa: Masa
    status: str
    langkah: tuple[tuple[str, date | None], ...] = ()
    """Steps of branding: column and day."""


def produk(p: Produk, hari_ini: date) -> Iterator[Temuan]:
    yield from tidak_nanti(p.masa.mulai, hari_ini, "mulai")
    yield from tidak_nanti(p.masa.berhenti, hari_ini, "berhenti")
    yield from urut(p.masa.mulai, p.masa.berhenti, "berhenti", ("Tanggal mulai", "Tanggal berhenti"))
    if p.status == "berhenti" and p.masa.berhenti is None:
        yield galat("berhenti_kosong", "berhenti", "Produk ini berhenti. Isi tanggal terakhir dibuat atau dijual.")
    if p.status != "berhenti" and p.masa.berhenti is not None:
        yield galat(
            "berhenti_terisi",
            "berhenti",
            "Tanggal berhenti terisi, tetapi produk masih tersedia. Kosongkan tanggalnya, atau pilih Berhenti dibuat.",
        )
    for kolom, hari in p.langkah:
        yield from tidak_nanti(hari, hari_ini, kolom)


# ---------------------------------------------------------------- licences


@dataclass(frozen=True, slots=True)
class Izin:
    """`golongan`: of the product that it is for; '' for the whole unit's."""

    jenis: str
    nomor: str
    terbit: date | None = None
    berakhir: date | None = None
    golongan: str = ""


def legalitas(izin: Izin, hari_ini: date) -> Iterator[Temuan]:
    yield from tidak_nanti(izin.terbit, hari_ini, "terbit")
    yield from urut(izin.terbit, izin.berakhir, "berakhir", ("Tanggal terbit", "Masa berlaku sampai"))
    polos = re.sub(r"[\s.]", "", izin.nomor)
    if izin.jenis == "nib" and not _NIB.fullmatch(polos):
        yield tanya("nib_janggal", "nomor", f"NIB biasanya 13 angka; tertulis “{izin.nomor}”. Periksa nomornya.")
    if izin.jenis == "pirt" and not _PIRT.fullmatch(polos):
        yield tanya(
            "pirt_janggal",
            "nomor",
            f"Nomor P-IRT biasanya 15 angka, misalnya 2068171010001-31; tertulis “{izin.nomor}”. Periksa nomornya.",
        )
    if izin.golongan and izin.jenis in PANGAN_SAJA and izin.golongan not in PANGAN:
        yield tanya(
            "izin_bukan_pangan",
            "produk_id",
            f"{PANGAN_SAJA[izin.jenis]} biasanya untuk makanan dan minuman. Periksa produk atau jenis legalitasnya.",
        )


# ---------------------------------------------------------------- stock


@dataclass(frozen=True, slots=True)
class Gerak:
    """Pieces into the stock (positive) or out of it on a day."""

    tanggal: date
    jumlah: int


@dataclass(frozen=True, slots=True)
class Kurang:
    """The first day on which more went out than there was, and what there was before that day's outflow."""

    tanggal: date
    ada: int
    keluar: int


def kurang(gerak: Iterable[Gerak]) -> Kurang | None:
    """The first day when the stock would be below zero. What comes in on a day may leave on the same day."""
    masuk: dict[date, int] = {}
    keluar: dict[date, int] = {}
    for satu in gerak:
        ke = masuk if satu.jumlah > 0 else keluar
        ke[satu.tanggal] = ke.get(satu.tanggal, 0) + abs(satu.jumlah)
    saldo = 0
    for hari in sorted(masuk.keys() | keluar.keys()):
        ada = saldo + masuk.get(hari, 0)
        saldo = ada - keluar.get(hari, 0)
        if saldo < 0:
            return Kurang(hari, ada, keluar.get(hari, 0))
    return None


def stok(gerak: Iterable[Gerak], *, nama: str, ukuran: str, bidang: str = "jumlah") -> Iterator[Temuan]:
    k = kurang(gerak)
    if k is not None:
        yield galat(
            "stok_kurang",
            bidang,
            f"Persediaan {nama} pada {tulis_tanggal(k.tanggal)} hanya {_n(k.ada)} {ukuran}, sedangkan yang keluar"
            f" {_n(k.keluar)} {ukuran}. Perbaiki jumlah atau tanggalnya, atau catat dahulu yang dibuat.",
        )


# ---------------------------------------------------------------- sales and orders


@dataclass(frozen=True, slots=True)
class Jual:
    """`harga`: of one piece by the price list that day; `acara`: first and last day of the exhibition named."""

    tanggal: date
    kanal: str
    jumlah: int
    nilai: int
    harga: int | None = None
    acara: tuple[date, date] | None = None


def penjualan(j: Jual, hari_ini: date) -> Iterator[Temuan]:
    yield from tidak_nanti(j.tanggal, hari_ini, "tanggal")
    yield from nilai(j.nilai, j.jumlah, j.harga)
    if j.kanal == "pameran" and j.acara is None:
        yield galat("pameran_kosong", "pameran_id", "Dijual lewat pameran: pilih pamerannya.")
    if j.kanal != "pameran" and j.acara is not None:
        yield galat(
            "pameran_lain", "kanal", "Pameran terisi. Pilih “Pameran” sebagai tempat menjual, atau kosongkan pameran."
        )
    if j.acara is not None and not j.acara[0] <= j.tanggal <= j.acara[1]:
        yield tanya(
            "luar_pameran",
            "tanggal",
            f"Pameran itu berlangsung {tulis_tanggal(j.acara[0])} sampai {tulis_tanggal(j.acara[1])}; tertulis"
            f" {tulis_tanggal(j.tanggal)}. Periksa tanggal atau pamerannya.",
        )


def nilai(rupiah: int, jumlah: int, harga: int | None) -> Iterator[Temuan]:
    """Money for pieces, beside the price list."""
    if rupiah <= 0:
        yield galat(
            "nilai_kosong",
            "nilai",
            "Isi uangnya: produk ini belum mempunyai harga pada tanggal itu. Yang diberikan cuma-cuma dicatat di"
            " Produksi dan persediaan sebagai contoh atau hadiah.",
        )
    elif rupiah > RUPIAH_MAKS:
        yield galat(
            "nilai_besar",
            "nilai",
            f"{_rp(rupiah)} melebihi yang dapat dicatat sekali ({_rp(RUPIAH_MAKS)}). Periksa jumlah dan harganya.",
        )
    elif harga and jumlah > 0:
        satuan = Decimal(rupiah) / jumlah
        if not RASIO_HARGA[0] <= satuan / harga <= RASIO_HARGA[1]:
            yield tanya(
                "harga_janggal",
                "nilai",
                f"{_rp(rupiah)} untuk {_n(jumlah)} berarti {_rp(round(satuan))} satu buah, sedangkan daftar harga"
                f" {_rp(harga)}. Periksa jumlah dan uangnya.",
            )


# ---------------------------------------------------------------- shares


@dataclass(frozen=True, slots=True)
class Bagi:
    """A month's turnover, cost and shares; the parts add up to the rupiah: see `belum`."""

    omzet: int
    biaya: int
    premi: int = 0
    pnbp: int = 0
    operasional: int = 0

    @property
    def keuntungan(self) -> int:
        return self.omzet - self.biaya

    @property
    def dibagi(self) -> int:
        return self.premi + self.pnbp + self.operasional

    @property
    def belum(self) -> int:
        """Not yet shared; negative when more was shared than was earned."""
        return self.keuntungan - self.dibagi


def bagi_hasil(b: Bagi, bulan: Bulan, hari_ini: date, alasan: str) -> Iterator[Temuan]:
    yield from tidak_nanti(bulan.awal, hari_ini, "bulan")
    if b.dibagi > max(b.keuntungan, 0):
        rincian = (
            f"Premi, PNBP, dan dana usaha {_rp(b.dibagi)} melebihi keuntungan {bulan.nama} {_rp(b.keuntungan)}"
            f" (penjualan {_rp(b.omzet)} − biaya {_rp(b.biaya)})."
        )
        if alasan.strip():
            yield tanya("dibagi_lebih", "premi", f"{rincian} Benar bila membagi keuntungan bulan lalu.")
        else:
            yield galat("dibagi_lebih_alasan", "catatan", f"{rincian} Perbaiki angkanya, atau tulis sebabnya di sini.")
    elif b.keuntungan < 0:
        yield tanya(
            "rugi",
            "biaya",
            f"Biaya {_rp(b.biaya)} melebihi penjualan {bulan.nama} {_rp(b.omzet)}. Benar bila persediaan belum"
            " terjual.",
        )


# ---------------------------------------------------------------- people, partners, exhibitions


@dataclass(frozen=True, slots=True)
class Acara:
    """An exhibition, as somebody registers it."""

    mulai: date
    selesai: date


def acara(a: Acara, hari_ini: date) -> Iterator[Temuan]:
    yield from urut(a.mulai, a.selesai, "selesai", ("Tanggal mulai", "Tanggal selesai"))
    if (a.selesai - a.mulai).days > 92:
        yield galat("acara_lama", "selesai", "Pameran paling lama tiga bulan. Periksa kedua tanggalnya.")
    if (a.mulai - hari_ini).days > 366:
        yield galat("acara_jauh", "mulai", "Pameran ini lebih dari setahun lagi. Periksa tahunnya.")


def _n(nilai: int) -> str:
    return tulis_angka(nilai)


def _rp(nilai: int) -> str:
    return tulis_angka(nilai, "rupiah")
