"""The reference list of commodities (`data/komoditas.csv`): units, durations, plausible yields, other names.

Pure: a file in, records out. Every value carries its source and whether somebody has confirmed it. The reader
is strict, because a silently misread band would question good harvests all over the country.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

KLASTER = ("pertanian", "hortikultura", "perkebunan", "perikanan", "peternakan")
SATUAN = ("kg", "ekor", "butir", "liter")
HASIL_PER = ("siklus", "tahun")
KOLOM = (
    "kode", "nama", "klaster", "satuan", "hewan", "berat_kg", "lama_hari", "berulang", "hasil_min_kg_ha",
    "hasil_maks_kg_ha", "hasil_per", "sinonim", "sumber", "terkonfirmasi", "berlaku_dari",
)  # fmt: skip

_BERKAS = Path(__file__).parent / "data" / "komoditas.csv"
_KODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_AWALAN_NAMA = ("ikan ",)
_AWALAN_CARI = (*_AWALAN_NAMA, "telur ", "telor ")
"""Dropped from names, and from what is searched: “telur ayam” may mean the hen, “ayam” alone not only the layer."""
_CARI_MAKS = 60
_BANYAK_MAKS = 12
_PANJANG_MIRIP = 4
_MIRIP_SARAN, _MIRIP_YAKIN, _JARAK_YAKIN = 0.72, 0.85, 0.1
"""Likeness from which a name is suggested, from which it is taken, and how far the runner-up must stay behind."""


class GalatAcuan(ValueError):
    """A row of the reference list that cannot be used; the message names its line and column."""


@dataclass(frozen=True, slots=True)
class Komoditas:
    """One commodity.

    `satuan`: how it is usually harvested, `berat_kg`: the weight of one such unit (None for kg). `hewan`: heads
    are counted. `lama_hari`: from planting or stocking to the first harvest. The band is kg per hectare of a
    whole cycle or of a year (`hasil_per`); all three are None where an area says nothing, as in pens.
    """

    kode: str
    nama: str
    klaster: str
    satuan: str
    hewan: bool
    berat_kg: Decimal | None
    lama_hari: int
    berulang: bool
    hasil_min_kg_ha: Decimal | None
    hasil_maks_kg_ha: Decimal | None
    hasil_per: str | None
    sinonim: tuple[str, ...]
    sumber: str
    terkonfirmasi: bool
    berlaku_dari: date

    @property
    def tanda(self) -> str:
        """What is shown behind its values while nobody has confirmed them."""
        return "" if self.terkonfirmasi else " (belum dikonfirmasi)"

    def taksir_kg(self, jumlah: Decimal, satuan: str) -> Decimal | None:
        """The usual weight of an amount; None when this unit has no known weight (an `ekor` of a laying hen)."""
        if satuan == "kg":
            return jumlah
        return jumlah * self.berat_kg if satuan == self.satuan and self.berat_kg is not None else None


# ---------------------------------------------------------------- reading the list


@cache
def muat() -> Mapping[str, Komoditas]:
    """The shipped list by code, in the order of the file. Raises GalatAcuan."""
    with _BERKAS.open(encoding="utf-8", newline="") as berkas:
        return MappingProxyType(urai(berkas))


def urai(baris: Iterable[str]) -> dict[str, Komoditas]:
    """Read the lines of a list. Raises GalatAcuan at the first thing that is not exactly as it must be."""
    pembaca = csv.reader(baris, strict=True)
    hasil: dict[str, Komoditas] = {}
    try:
        if tuple(next(pembaca, ())) != KOLOM:
            raise GalatAcuan(f"baris 1: judul kolom harus {','.join(KOLOM)}")
        for sel in pembaca:
            k = _komoditas(sel, pembaca.line_num)
            _periksa_kembar(k, hasil, pembaca.line_num)
            hasil[k.kode] = k
    except csv.Error as galat:
        raise GalatAcuan(f"baris {pembaca.line_num}: bukan CSV yang sah ({galat})") from galat
    _periksa_sinonim(hasil.values())
    return hasil


class _Baris(NamedTuple):
    """One row with its line number, so that every complaint can say where it is."""

    nomor: int
    sel: Mapping[str, str]

    def galat(self, kolom: str, pesan: str) -> GalatAcuan:
        return GalatAcuan(f"baris {self.nomor}, kolom {kolom}: {pesan}; tertulis “{self.sel[kolom]}”")

    def teks(self, kolom: str) -> str:
        isi = self.sel[kolom]
        if not isi or isi != " ".join(isi.split()):
            raise self.galat(kolom, "wajib diisi, tanpa spasi berlebih")
        return isi

    def pilihan(self, kolom: str, boleh: tuple[str, ...]) -> str:
        if self.sel[kolom] not in boleh:
            raise self.galat(kolom, f"pilih salah satu dari {', '.join(boleh)}")
        return self.sel[kolom]

    def ya(self, kolom: str) -> bool:
        return self.pilihan(kolom, ("ya", "tidak")) == "ya"

    def positif(self, kolom: str) -> Decimal | None:
        """A positive number in the notation of the file (a dot for the fraction); None when empty."""
        isi = self.sel[kolom]
        if not isi:
            return None
        try:
            nilai = Decimal(isi)
        except InvalidOperation:
            raise self.galat(kolom, "harus angka") from None
        if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", isi) or nilai <= 0:
            raise self.galat(kolom, "harus angka lebih dari 0, misalnya 1200 atau 0.06")
        return nilai

    def tanggal(self, kolom: str) -> date:
        try:
            return date.fromisoformat(self.sel[kolom])
        except ValueError:
            raise self.galat(kolom, "harus tanggal seperti 2024-01-01") from None


def _komoditas(sel: list[str], nomor: int) -> Komoditas:
    if len(sel) != len(KOLOM):
        raise GalatAcuan(f"baris {nomor}: harus {len(KOLOM)} kolom; ada {len(sel)}")
    b = _Baris(nomor, dict(zip(KOLOM, sel, strict=True)))
    if not _KODE.fullmatch(b.sel["kode"]):
        raise b.galat("kode", "huruf kecil, angka, dan garis bawah saja")
    nama = b.teks("nama")
    if not nama[0].isupper():
        raise b.galat("nama", "diawali huruf besar")
    satuan = b.pilihan("satuan", SATUAN)
    rendah, tinggi, per = _pita(b)
    return Komoditas(
        kode=b.sel["kode"],
        nama=nama,
        klaster=b.pilihan("klaster", KLASTER),
        satuan=satuan,
        hewan=b.ya("hewan"),
        berat_kg=_berat(b, satuan),
        lama_hari=_lama(b),
        berulang=b.ya("berulang"),
        hasil_min_kg_ha=rendah,
        hasil_maks_kg_ha=tinggi,
        hasil_per=per,
        sinonim=_sinonim(b),
        sumber=b.teks("sumber"),
        terkonfirmasi=b.ya("terkonfirmasi"),
        berlaku_dari=b.tanggal("berlaku_dari"),
    )


def _berat(b: _Baris, satuan: str) -> Decimal | None:
    berat = b.positif("berat_kg")
    if (satuan == "kg") != (berat is None):
        raise b.galat("berat_kg", "diisi tepat bila satuannya bukan kg")
    return berat


def _lama(b: _Baris) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", b.sel["lama_hari"]):
        raise b.galat("lama_hari", "harus bilangan bulat 1 sampai 9999")
    return int(b.sel["lama_hari"])


def _pita(b: _Baris) -> tuple[Decimal | None, Decimal | None, str | None]:
    """The band is whole or absent."""
    rendah, tinggi = b.positif("hasil_min_kg_ha"), b.positif("hasil_maks_kg_ha")
    if rendah is None and tinggi is None:
        if b.sel["hasil_per"]:
            raise b.galat("hasil_per", "dikosongkan bila batas hasil kosong")
        return None, None, None
    if rendah is None or tinggi is None or rendah >= tinggi:
        raise b.galat("hasil_maks_kg_ha", "kedua batas hasil diisi, yang paling besar lebih besar")
    per = b.pilihan("hasil_per", HASIL_PER)
    if per == "tahun" and not b.ya("berulang"):
        raise b.galat("hasil_per", "tahun hanya untuk komoditas yang dipanen berulang")
    return rendah, tinggi, per


def _sinonim(b: _Baris) -> tuple[str, ...]:
    isi = b.sel["sinonim"]
    daftar = tuple(isi.split(";")) if isi else ()
    baku = [_baku(s) for s in (b.sel["nama"], *daftar)]
    if any(not s or s != s.strip() for s in daftar) or not all(baku) or len(set(baku)) != len(baku):
        raise b.galat("sinonim", "nama lain dipisah titik koma, tanpa yang kosong atau kembar")
    return daftar


def _periksa_kembar(k: Komoditas, ada: Mapping[str, Komoditas], nomor: int) -> None:
    if k.kode in ada:
        raise GalatAcuan(f"baris {nomor}, kolom kode: {k.kode} sudah ada")
    if _baku(k.nama) in {_baku(lain.nama) for lain in ada.values()}:
        raise GalatAcuan(f"baris {nomor}, kolom nama: {k.nama} sudah ada")


def _periksa_sinonim(semua: Iterable[Komoditas]) -> None:
    """Two commodities may share a word (lombok, udang: then it is asked), but not one's own name."""
    semua = list(semua)
    pemilik = {_baku(k.nama): (k, nomor) for nomor, k in enumerate(semua, 2)}
    for nomor, k in enumerate(semua, 2):
        for s in k.sinonim:
            lain = pemilik.get(_baku(s))
            if lain is not None and lain[0] is not k:
                raise GalatAcuan(f"baris {nomor}, kolom sinonim: “{s}” adalah nama {lain[0].nama} pada baris {lain[1]}")


# ---------------------------------------------------------------- finding


class _Nama(NamedTuple):
    """One written name of a commodity, in its normal form and without its prefix."""

    baku: str
    inti: str
    utama: bool
    k: Komoditas


def cari(teks: str) -> list[Komoditas]:
    """Commodities a text may mean, best first: called so, without prefix, parts of a name, typos."""
    return list(_cari(_baku(teks)))


def kenali(teks: str) -> Komoditas | None:
    """The one commodity a text means; None when there is none or more than one could be meant."""
    baku = _baku(teks)
    for tingkat in (_senama(baku), _tanpa_awalan(baku)):
        if tingkat:
            return tingkat[0] if len(tingkat) == 1 else None
    # A word of several names is no typo of another one: "ayam" is not "bayam".
    return None if _sekata(baku) else _salah_ketik_yakin(baku)


@lru_cache(maxsize=1024)
def _cari(baku: str) -> tuple[Komoditas, ...]:
    if not baku:
        return ()
    saringan: tuple[Callable[[str], list[Komoditas]], ...] = (_senama, _tanpa_awalan, _sebagian)
    terurut = [k for saring in saringan for k in saring(baku)]
    # A typo is looked for only when nothing is written like this: "sawi" must not offer oil palm first.
    terurut = terurut or _kata_depan(baku) + [k for nilai, k in _kemiripan(baku) if nilai >= _MIRIP_SARAN]
    return tuple({k.kode: k for k in terurut}.values())[:_BANYAK_MAKS]


def _baku(teks: str) -> str:
    """Lower case, no accents, words apart by one space: "Cabé-Rawit " becomes "cabe rawit"."""
    urai_huruf = unicodedata.normalize("NFKD", teks[:_CARI_MAKS].casefold())
    polos = "".join(h if h.isalnum() else " " for h in urai_huruf if not unicodedata.combining(h))
    return " ".join(polos.split())


def _inti(baku: str, awalan_awalan: tuple[str, ...] = _AWALAN_CARI) -> str:
    """Without the word that only says what kind of thing it is: "ikan nila" is "nila"."""
    awalan = next((a for a in awalan_awalan if baku.startswith(a)), "")
    return baku[len(awalan) :]


@cache
def _nama_nama() -> tuple[_Nama, ...]:
    def milik(k: Komoditas) -> Iterator[_Nama]:
        for i, nama in enumerate((k.nama, *k.sinonim)):
            yield _Nama(_baku(nama), _inti(_baku(nama), _AWALAN_NAMA), i == 0, k)

    return tuple(n for k in muat().values() for n in milik(k))


def _unik(nama: Iterable[_Nama]) -> list[Komoditas]:
    return list({n.k.kode: n.k for n in nama}.values())


def _senama(baku: str) -> list[Komoditas]:
    """Called exactly so; the reader made sure that nobody's own name is another's other name."""
    return _unik(n for n in _nama_nama() if n.baku == baku)


def _tanpa_awalan(baku: str) -> list[Komoditas]:
    inti = _inti(baku)
    return _unik(n for n in _nama_nama() if inti and n.inti == inti)


def _sebagian(baku: str) -> list[Komoditas]:
    """Names with a word that starts like the text; those where it is the first word come first."""
    inti = _inti(baku)
    awal = [n for n in _nama_nama() if n.inti.startswith(inti) or n.baku.startswith(baku)]
    tengah = [n for n in _nama_nama() if f" {inti}" in n.baku]
    return _unik(sorted(awal, key=lambda n: not n.utama) + tengah) if inti else []


def _sekata(baku: str) -> bool:
    """Whether the text stands as whole words inside a longer name."""
    return any(f" {baku} " in f" {n.baku} " for n in _nama_nama())


def _kata_depan(baku: str) -> list[Komoditas]:
    """A name followed by something the list does not know: "terong bulat" is offered "Terong"."""
    kata = baku.split()
    return [k for i in range(len(kata) - 1, 0, -1) for k in _tanpa_awalan(" ".join(kata[:i]))]


@lru_cache(maxsize=1024)
def _kemiripan(baku: str) -> tuple[tuple[float, Komoditas], ...]:
    """Best likeness per commodity, best first. In words of three letters one typo is another word."""
    inti = _inti(baku)
    pembanding = SequenceMatcher(b=inti, autojunk=False)
    ukuran: dict[str, float] = {}
    for n in _nama_nama():
        if len(n.inti) < _PANJANG_MIRIP:
            continue
        pembanding.set_seq1(n.inti)
        if pembanding.real_quick_ratio() >= _MIRIP_SARAN and pembanding.quick_ratio() >= _MIRIP_SARAN:
            ukuran[n.k.kode] = max(ukuran.get(n.k.kode, 0.0), pembanding.ratio())
    return tuple(sorted(((r, muat()[kode]) for kode, r in ukuran.items()), key=lambda x: (-x[0], x[1].nama)))


def _salah_ketik_yakin(baku: str) -> Komoditas | None:
    """A typo is taken only when it is close to one commodity and clearly less close to every other."""
    mirip = _kemiripan(baku) if len(_inti(baku)) >= _PANJANG_MIRIP else ()
    if not mirip or mirip[0][0] < _MIRIP_YAKIN:
        return None
    return mirip[0][1] if len(mirip) == 1 or mirip[0][0] - mirip[1][0] >= _JARAK_YAKIN else None
