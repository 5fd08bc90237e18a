"""The shape of every rule table: which fields a rule has, of which kind, and what they are called on screen. Pure.

A field is declared once, on the record it ends up in; the shipped files, the database and the page of the administrator
read the same declaration.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any

KODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_JENIS = "jenis"


class GalatAturan(ValueError):
    """A rule that cannot be read; the text says what to mend."""


@dataclass(frozen=True, kw_only=True)
class Baris:
    """One rule in force from `berlaku_dari` to `berlaku_sampai` (its last day; None: until further notice)."""

    tabel: str
    kode: str
    berlaku_dari: date
    berlaku_sampai: date | None = None
    nilai: Mapping[str, Any]
    sumber: str
    terverifikasi: bool
    catatan: str = ""

    @property
    def tanda(self) -> str:
        """What is shown behind it while nobody has checked it."""
        return "" if self.terverifikasi else " (belum dikonfirmasi)"


@dataclass(frozen=True)
class Bidang:
    """One field of a table: `jenis` is teks, bulat, tanggal, daftar or ya."""

    nama: str
    label: str
    jenis: str
    wajib: bool
    pilihan: tuple[str, ...]
    bantuan: str


def _meta(jenis: str, label: str, pilihan: tuple[str, ...] = (), bantuan: str = "") -> dict[str, Any]:
    return {_JENIS: jenis, "label": label, "pilihan": pilihan, "bantuan": bantuan}


def _bidang(jenis: str, label: str, *, bawaan: Any = MISSING, pilihan: tuple[str, ...] = (), bantuan: str = "") -> Any:
    meta = _meta(jenis, label, pilihan, bantuan)
    return field(metadata=meta) if bawaan is MISSING else field(default=bawaan, metadata=meta)


def _teks(label: str, pilihan: tuple[str, ...] = (), bantuan: str = "") -> Any:
    return _bidang("teks", label, pilihan=pilihan, bantuan=bantuan)


def _teks_boleh(label: str, pilihan: tuple[str, ...] = (), bantuan: str = "") -> Any:
    return _bidang("teks", label, bawaan="", pilihan=pilihan, bantuan=bantuan)


def _bulat(label: str, bantuan: str = "") -> Any:
    return _bidang("bulat", label, bantuan=bantuan)


def _bulat_boleh(label: str, bantuan: str = "") -> Any:
    return _bidang("bulat", label, bawaan=None, bantuan=bantuan)


def _daftar(label: str, pilihan: tuple[str, ...] = (), bantuan: str = "") -> Any:
    return _bidang("daftar", label, bawaan=(), pilihan=pilihan, bantuan=bantuan)


def _ya(label: str, bantuan: str = "") -> Any:
    return _bidang("ya", label, bawaan=False, bantuan=bantuan)


STATUS = ("narapidana", "anak")
KELOMPOK = ("umum", "narkotika", "korupsi", "terorisme", "khusus_lain")
AGAMA = ("ISLAM", "KRISTEN", "KATOLIK", "HINDU", "BUDDHA", "KONGHUCU")
CARA = ("KISI", "PECAHAN_RU", "PECAHAN_PIDANA", "IKUT_ASAL", "BELUM_DIKETAHUI")


@dataclass(frozen=True, kw_only=True)
class Isi:
    """What every rule is besides its own fields."""

    baris: Baris

    @property
    def kode(self) -> str:
        return self.baris.kode

    @property
    def sumber(self) -> str:
        return self.baris.sumber

    @property
    def terverifikasi(self) -> bool:
        return self.baris.terverifikasi


@dataclass(frozen=True, kw_only=True)
class Jenis(Isi):
    """A kind of remission. `tanggal` are its fixed days "MM-DD"; RK and PMPK follow the holy days instead."""

    nama: str = _teks("Nama")
    status: tuple[str, ...] = _daftar("Untuk siapa", STATUS)
    cara: str = _teks("Cara menghitung", CARA)
    kisi: str = _teks_boleh("Kisi besaran", bantuan="Kode kisi di tabel besaran.")
    tanggal: tuple[str, ...] = _daftar("Tanggal tetap", bantuan="Bulan-tanggal, misalnya 08-17.")
    hari_raya: bool = _ya("Mengikuti hari raya keagamaan")
    tahun_kelipatan: int | None = _bulat_boleh("Hanya pada tahun kelipatan")
    tahun_sisa: int | None = _bulat_boleh("Sisa bagi tahun", "Kelipatan 10 dengan sisa 5: 2015, 2025, 2035.")
    bersama: str = _teks_boleh("Diberikan bersama jenis")


@dataclass(frozen=True, kw_only=True)
class Besaran(Isi):
    """One row of a grid of amounts, or a fraction p/q. Bounds are inclusive; `jalani_*` are days served."""

    kisi: str = _teks("Kisi")
    urutan_dari: int | None = _bulat_boleh("Pemberian ke")
    urutan_sampai: int | None = _bulat_boleh("Sampai pemberian ke")
    jalani_dari: int | None = _bulat_boleh("Telah menjalani paling sedikit (hari)")
    jalani_sampai: int | None = _bulat_boleh("Telah menjalani paling banyak (hari)")
    bulan: int | None = _bulat_boleh("Bulan")
    hari: int | None = _bulat_boleh("Hari")
    p: int | None = _bulat_boleh("Pembilang pecahan")
    q: int | None = _bulat_boleh("Penyebut pecahan")
    maks_bulan: int | None = _bulat_boleh("Paling banyak (bulan)")

    def cocok(self, urutan: int, jalani: int) -> bool:
        """Whether a grant of this ordinal, after so many days served, is of this row."""
        return self.untuk_urutan(urutan) and _antara(jalani, self.jalani_dari, self.jalani_sampai)

    def untuk_urutan(self, urutan: int) -> bool:
        """Whether a grant of this ordinal is of this row after some number of days served."""
        return _antara(urutan, self.urutan_dari, self.urutan_sampai)


def _antara(nilai: int, dari: int | None, sampai: int | None) -> bool:
    return (dari is None or nilai >= dari) and (sampai is None or nilai <= sampai)


@dataclass(frozen=True, kw_only=True)
class Syarat(Isi):
    """A condition or an exclusion; empty lists mean "for all"."""

    uraian: str = _teks("Uraian")
    status: tuple[str, ...] = _daftar("Untuk siapa", STATUS)
    kelompok: tuple[str, ...] = _daftar("Kelompok tindak pidana", KELOMPOK)
    jenis: tuple[str, ...] = _daftar("Hanya jenis")
    kecuali_jenis: tuple[str, ...] = _daftar("Kecuali jenis")
    jumlah: int | None = _bulat_boleh("Jumlah")
    satuan: str = _teks_boleh("Satuan", ("hari", "bulan", "tahun"))
    pembenah: str = _teks("Siapa yang dapat membenahi")

    def untuk(self, *, jenis: str, status: str, kelompok: str | None) -> bool:
        """Whether it is asked at all of such a person for such a kind; an unknown offence group is asked too."""
        return (
            (not self.status or status in self.status)
            and (not self.kelompok or kelompok is None or kelompok in self.kelompok)
            and (not self.jenis or jenis in self.jenis)
            and jenis not in self.kecuali_jenis
        )


@dataclass(frozen=True, kw_only=True)
class Rezim(Isi):
    """Which rules an offence falls under, by the day the judgment became final (inclusive bounds).

    `berlaku_dari` and `berlaku_sampai` of the row are days of the grant, not of the judgment.
    """

    nama: str = _teks("Nama")
    kelompok: tuple[str, ...] = _daftar("Kelompok tindak pidana", KELOMPOK)
    putusan_dari: date | None = field(default=None, metadata=_meta("tanggal", "Putusan tetap sejak"))
    putusan_sampai: date | None = field(default=None, metadata=_meta("tanggal", "Putusan tetap sampai"))
    p: int | None = _bulat_boleh("Remisi setelah menjalani: pembilang")
    q: int | None = _bulat_boleh("Remisi setelah menjalani: penyebut")
    perlu_jc: bool = _ya("Perlu surat justice collaborator")
    syarat: tuple[str, ...] = _daftar("Syarat tambahan", bantuan="Kode di tabel syarat.")

    def cocok(self, kelompok: str, putusan: date) -> bool:
        """Whether a judgment of this group and day is of this regime."""
        return (
            kelompok in self.kelompok
            and (self.putusan_dari is None or putusan >= self.putusan_dari)
            and (self.putusan_sampai is None or putusan <= self.putusan_sampai)
        )


@dataclass(frozen=True, kw_only=True)
class Program(Isi):
    """A programme of integration, asimilasi or leave: p/q of the sentence, minima, conduct, length."""

    nama: str = _teks("Nama")
    rumpun: str = _teks("Rumpun", ("PB", "CB", "CMB", "ASIMILASI", "CMK", "CDK"))
    status: tuple[str, ...] = _daftar("Untuk siapa", STATUS)
    kelompok: tuple[str, ...] = _daftar("Kelompok tindak pidana", KELOMPOK)
    putusan_dari: date | None = field(default=None, metadata=_meta("tanggal", "Putusan tetap sejak"))
    p: int | None = _bulat_boleh("Bagian pidana: pembilang")
    q: int | None = _bulat_boleh("Bagian pidana: penyebut")
    min_bagian_hari: int | None = _bulat_boleh("Bagian pidana itu paling sedikit (hari)")
    min_jalani_hari: int | None = _bulat_boleh("Telah menjalani paling sedikit (hari)")
    min_pidana_bulan: int | None = _bulat_boleh("Pidana paling sedikit (bulan)")
    maks_pidana_bulan: int | None = _bulat_boleh("Pidana paling banyak (bulan)")
    kelakuan_bulan: int | None = _bulat_boleh("Berkelakuan baik selama (bulan)")
    lama_maks_hari: int | None = _bulat_boleh("Lama paling banyak (hari)")
    percobaan_tahun: int | None = _bulat_boleh("Masa percobaan setelah ekspirasi (tahun)")
    tambahan: str = _teks_boleh("Syarat tambahan")


@dataclass(frozen=True, kw_only=True)
class HariBesar(Isi):
    """A holy day of one year, and for which religions of the register it counts."""

    nama: str = _teks("Nama")
    agama: tuple[str, ...] = _daftar("Agama", AGAMA)
    tanggal: date = field(metadata=_meta("tanggal", "Tanggal"))


@dataclass(frozen=True, kw_only=True)
class Sakelar(Isi):
    """A reading of the law that must be chosen; one of `pilihan`. With one choice it states how the portal counts."""

    uraian: str = _teks("Uraian")
    nilai: str = _teks("Nilai")
    pilihan: tuple[str, ...] = _daftar("Pilihan")


@dataclass(frozen=True, kw_only=True)
class Biaya(Isi):
    """What one day of food for one inmate costs: nationally, or by a Kanwil of its own (its code)."""

    tingkat: str = _teks("Tingkat", bantuan="nasional, atau kode Kanwil.")
    rupiah: int = _bulat("Rupiah sehari")


@dataclass(frozen=True, kw_only=True)
class Tenggat(Isi):
    """A time limit of the workflow."""

    nama: str = _teks("Nama")
    pelaku: str = _teks("Pelaku")
    jumlah: int = _bulat("Jumlah")
    satuan: str = _teks("Satuan", ("hari", "hari kerja"))
    acuan: str = _teks("Dihitung dari")


@dataclass(frozen=True, kw_only=True)
class Dokumen(Isi):
    """A document of the checklist, by programmes or kinds of remission ("REMISI": every kind)."""

    nama: str = _teks("Nama")
    program: tuple[str, ...] = _daftar("Program")
    pembuat: str = _teks("Dibuat oleh")
    urut: int = _bulat("Urutan")
    wna: bool = _ya("Hanya warga negara asing")


TABEL: Mapping[str, type[Isi]] = {
    "jenis": Jenis,
    "besaran": Besaran,
    "syarat": Syarat,
    "rezim": Rezim,
    "program": Program,
    "hari_besar": HariBesar,
    "sakelar": Sakelar,
    "biaya_makan": Biaya,
    "tenggat": Tenggat,
    "dokumen": Dokumen,
}
JUDUL: Mapping[str, str] = {
    "jenis": "Jenis remisi",
    "besaran": "Besaran remisi",
    "syarat": "Syarat dan pengecualian",
    "rezim": "Rezim tindak pidana",
    "program": "Program integrasi, asimilasi, dan cuti",
    "hari_besar": "Hari besar",
    "sakelar": "Cara menghitung",
    "biaya_makan": "Biaya makan sehari",
    "tenggat": "Tenggat proses",
    "dokumen": "Daftar dokumen",
}


@cache
def bidang(tabel: str) -> tuple[Bidang, ...]:
    """The fields of a table, in the order in which they are shown; raises GalatAturan for an unknown table."""
    if tabel not in TABEL:
        raise GalatAturan(f"Tabel aturan “{tabel}” tidak dikenal.")
    return tuple(_satu_bidang(f) for f in fields(TABEL[tabel]) if _JENIS in f.metadata)


def _satu_bidang(f: Field[Any]) -> Bidang:
    m = f.metadata
    return Bidang(f.name, m["label"], m[_JENIS], f.default is MISSING, m["pilihan"], m["bantuan"])


def nilai_dari_teks(tabel: str, teks: Mapping[str, str]) -> dict[str, Any]:
    """The JSON value of a rule from texts (a shipped file, a form); raises GalatAturan."""
    return {b.nama: _urai(b, (teks.get(b.nama) or "").strip()) for b in bidang(tabel)}


def _urai(b: Bidang, teks: str) -> Any:
    if b.jenis == "daftar":
        return teks.split()
    if b.jenis == "ya":
        if teks not in ("ya", "tidak", ""):
            raise GalatAturan(f"{b.label}: tulis ya atau tidak.")
        return teks == "ya"
    if b.jenis == "bulat" and teks:
        if not re.fullmatch(r"[0-9]{1,9}", teks):
            raise GalatAturan(f"{b.label}: tulis bilangan bulat tanpa titik, misalnya 180.")
        return int(teks)
    return teks if b.jenis == "teks" else (teks or None)


def isi_dari_baris(baris: Baris) -> Isi:
    """The typed record of a rule; raises GalatAturan when a value is missing, of the wrong kind or not a choice."""
    if not KODE.fullmatch(baris.kode):
        raise GalatAturan(f"Kode “{baris.kode}” hanya boleh huruf, angka, titik, garis bawah, dan tanda hubung.")
    if baris.berlaku_sampai and baris.berlaku_sampai < baris.berlaku_dari:
        raise GalatAturan(f"{baris.tabel} {baris.kode}: berlaku sampai mendahului berlaku dari.")
    kenal = bidang(baris.tabel)
    if asing := set(baris.nilai) - {b.nama for b in kenal}:
        raise GalatAturan(f"{baris.tabel} {baris.kode}: bidang {', '.join(sorted(asing))} tidak dikenal.")
    return TABEL[baris.tabel](baris=baris, **{b.nama: _baca(baris, b) for b in kenal})


def _baca(baris: Baris, b: Bidang) -> Any:
    nilai = baris.nilai.get(b.nama)
    if nilai in (None, "", [], ()):
        if b.wajib:
            raise GalatAturan(f"{baris.tabel} {baris.kode}: {b.label} belum diisi.")
        return {"teks": "", "daftar": (), "ya": False}.get(b.jenis)
    try:
        hasil = _BACA[b.jenis](nilai)
    except (TypeError, ValueError) as galat:
        raise GalatAturan(f"{baris.tabel} {baris.kode}: {b.label} tidak terbaca ({nilai!r}).") from galat
    if b.pilihan and not set(hasil if b.jenis == "daftar" else (hasil,)) <= set(b.pilihan):
        raise GalatAturan(f"{baris.tabel} {baris.kode}: {b.label} harus salah satu dari {', '.join(b.pilihan)}.")
    return hasil


def _tepat(jenis: type[Any], nilai: Any) -> Any:
    if type(nilai) is not jenis:
        raise TypeError(nilai)
    return nilai


_BACA = {
    "teks": lambda n: _tepat(str, n),
    "bulat": lambda n: _tepat(int, n),
    "ya": lambda n: _tepat(bool, n),
    "tanggal": lambda n: date.fromisoformat(_tepat(str, n)),
    "daftar": lambda n: tuple(_tepat(str, x) for x in n),
}
