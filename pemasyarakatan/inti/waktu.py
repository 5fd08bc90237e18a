"""The server's clock, the three time zones, months, and dates as Indonesians write them.

Deadlines are local: 23.59 in the unit's own zone (WIB, WITA or WIT). Month and day names are spelled here
because Django's locale prints "3 Sep. 2025", and because these sentences are printed on official documents.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import overload
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
WITA = ZoneInfo("Asia/Makassar")
WIT = ZoneInfo("Asia/Jayapura")
ZONA = {"WIB": WIB, "WITA": WITA, "WIT": WIT}
Zona = str | ZoneInfo
"""A zone is its short name ("WIT", as stored) or the ZoneInfo itself."""

KOSONG = "–"
TAHUN_AWAL, TAHUN_AKHIR = 1900, 2199
"""Years outside are typing errors, and the limits keep all date arithmetic far from overflow."""

NAMA_BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
NAMA_HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_BULAN_PENDEK = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_EJAAN_LAIN = {
    "pebruari": 2, "peb": 2, "agt": 8, "ags": 8, "agust": 8, "sept": 9, "nopember": 11, "nop": 11,
}  # fmt: skip
_BULAN_TERBACA = {
    **{nama.lower(): n for n, nama in enumerate(NAMA_BULAN, 1)},
    **{nama.lower(): n for n, nama in enumerate(_BULAN_PENDEK, 1)},
    **_EJAAN_LAIN,
}


class GalatWaktu(ValueError):
    """A date, time or month that cannot be read; `pesan` is the sentence for the person."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


# ---------------------------------------------------------------- clock and zones


def sekarang() -> datetime:
    """The server's clock, aware and in UTC: the only clock of the portal."""
    return datetime.now(UTC)


def zona_dari(zona: Zona) -> ZoneInfo:
    """Resolve "WIB", "WITA" or "WIT". Raises GalatWaktu for any other name."""
    if isinstance(zona, ZoneInfo):
        return zona
    if zona not in ZONA:
        raise GalatWaktu(f"Zona waktu {zona} tidak dikenal. Pilih WIB, WITA, atau WIT.")
    return ZONA[zona]


def hari_ini(zona: Zona = WIB) -> date:
    """The calendar day it is now in the zone."""
    return sekarang().astimezone(zona_dari(zona)).date()


def awal_hari(tanggal: date, zona: Zona) -> datetime:
    """00.00.00 local time, aware."""
    return datetime.combine(tanggal, time.min, zona_dari(zona))


def akhir_hari(tanggal: date, zona: Zona) -> datetime:
    """23.59.59 local time, aware: the deadline of that day, shown as 23.59."""
    return datetime.combine(tanggal, time(23, 59, 59), zona_dari(zona))


def sisa_hari(tenggat: datetime, zona: Zona, kini: datetime | None = None) -> int:
    """Calendar days in the zone from now to the deadline: 0 today, 1 tomorrow, -2 two days late."""
    tempat = zona_dari(zona)
    return (_setempat(tenggat, tempat).date() - _setempat(kini or sekarang(), tempat).date()).days


def _setempat(saat: datetime, zona: ZoneInfo) -> datetime:
    """A naive time has no zone to convert from; refuse it rather than take the machine's."""
    if saat.tzinfo is None:
        raise GalatWaktu("Waktu tanpa zona tidak dapat dipakai.")
    return saat.astimezone(zona)


# ---------------------------------------------------------------- month


@dataclass(frozen=True, order=True, slots=True)
class Bulan:
    """A calendar month, the period of every report. Ordered, hashable; `str()` gives the code "2026-01"."""

    tahun: int
    bulan: int

    def __post_init__(self) -> None:
        if not (1 <= self.bulan <= 12 and TAHUN_AWAL <= self.tahun <= TAHUN_AKHIR):
            raise GalatWaktu(f"Bulan {self.tahun}-{self.bulan} tidak ada. Tulis seperti 2026-01.")

    @classmethod
    def dari(cls, kode: str) -> Bulan:
        """Read the code "2026-01". Raises GalatWaktu."""
        cocok = re.fullmatch(KonverterBulan.regex, kode)
        if cocok is None:
            raise GalatWaktu("Bulan tidak terbaca. Tulis tahun dan bulan seperti 2026-01.")
        return cls(int(kode[:4]), int(kode[5:]))

    @classmethod
    def pada(cls, saat: date, zona: Zona = WIB) -> Bulan:
        """The month of a date, or of an aware moment as the zone sees it."""
        hari = _setempat(saat, zona_dari(zona)) if isinstance(saat, datetime) else saat
        return cls(hari.year, hari.month)

    @classmethod
    def kini(cls, zona: Zona = WIB) -> Bulan:
        """The current month in the zone."""
        return cls.pada(sekarang(), zona)

    @property
    def kode(self) -> str:
        """Code for URLs, files and the database: "2026-01"."""
        return f"{self.tahun:04}-{self.bulan:02}"

    @property
    def nama(self) -> str:
        """Name for people: "Januari 2026"."""
        return f"{nama_bulan(self.bulan)} {self.tahun}"

    @property
    def nama_pendek(self) -> str:
        """Name for narrow columns and axes: "Jan 2026"."""
        return f"{nama_bulan(self.bulan, pendek=True)} {self.tahun}"

    @property
    def awal(self) -> date:
        """First day."""
        return date(self.tahun, self.bulan, 1)

    @property
    def akhir(self) -> date:
        """Last day."""
        return date(self.tahun, self.bulan, calendar.monthrange(self.tahun, self.bulan)[1])

    def rentang(self, sampai: Bulan) -> list[Bulan]:
        """All months from this one to `sampai`, both included; empty when `sampai` is earlier."""
        return [self + n for n in range(sampai - self + 1)]

    def __add__(self, banyak: int) -> Bulan:
        tahun, bulan = divmod(self._urutan + banyak, 12)
        return Bulan(tahun, bulan + 1)

    @overload
    def __sub__(self, lain: int) -> Bulan: ...
    @overload
    def __sub__(self, lain: Bulan) -> int: ...
    def __sub__(self, lain: int | Bulan) -> Bulan | int:
        """`bulan - 3` is the month three before; `bulan - bulan_lain` the months between."""
        return self._urutan - lain._urutan if isinstance(lain, Bulan) else self + -lain

    def __str__(self) -> str:
        return self.kode

    @property
    def _urutan(self) -> int:
        return self.tahun * 12 + self.bulan - 1


class KonverterBulan:
    """Django path converter `<bulan:...>`: "2026-01" to Bulan and back; other months do not match."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Bulan:
        return Bulan.dari(value)

    def to_url(self, value: Bulan | str) -> str:
        return str(value)


def hari_kerja_ke(bulan: Bulan, n: int, libur: Collection[date]) -> date:
    """The n-th working day (from 1) of the month: Monday to Friday, not in `libur`.

    Raises GalatWaktu when the month has fewer.
    """
    hari_kerja = [
        hari
        for hari in (bulan.awal + timedelta(days=i) for i in range(bulan.akhir.day))
        if hari.weekday() < 5 and hari not in libur
    ]
    if not 1 <= n <= len(hari_kerja):
        raise GalatWaktu(f"{bulan.nama} tidak mempunyai hari kerja ke-{n}; hari kerjanya {len(hari_kerja)}.")
    return hari_kerja[n - 1]


def hari_kerja_sesudah(hari: date, n: int, libur: Collection[date]) -> date:
    """The n-th working day (from 1) after a day."""
    while n:
        hari += timedelta(days=1)
        n -= hari.weekday() < 5 and hari not in libur
    return hari


# ---------------------------------------------------------------- writing


def nama_bulan(bulan: int, pendek: bool = False) -> str:
    """Name of month 1 to 12: Januari, short Jan."""
    return (_BULAN_PENDEK if pendek else NAMA_BULAN)[bulan - 1]


def tulis_tanggal(tanggal: date | None, zona: Zona = WIB, pendek: bool = False) -> str:
    """Write 3 September 2025, short 3 Sep 2025, – for None; an aware moment as the day it is in `zona`."""
    if tanggal is None:
        return KOSONG
    hari = _hari(tanggal, zona)
    return f"{hari.day} {nama_bulan(hari.month, pendek)} {hari.year}"


def tulis_tanggal_hari(tanggal: date | None, zona: Zona = WIB) -> str:
    """Write Senin, 6 Oktober 2025; – for None."""
    if tanggal is None:
        return KOSONG
    hari = _hari(tanggal, zona)
    return f"{NAMA_HARI[hari.weekday()]}, {tulis_tanggal(hari)}"


def tulis_pukul(saat: datetime | None, zona: Zona) -> str:
    """Write pukul 14.05 WIT; – for None. Raises GalatWaktu for a moment without zone."""
    if saat is None:
        return KOSONG
    setempat = _setempat(saat, zona_dari(zona))
    return f"pukul {setempat:%H.%M} {setempat.tzname()}"


def tulis_waktu(saat: datetime | None, zona: Zona) -> str:
    """Write 3 September 2025 pukul 14.05 WIT; – for None."""
    return KOSONG if saat is None else f"{tulis_tanggal(saat, zona)} {tulis_pukul(saat, zona)}"


def _hari(tanggal: date, zona: Zona) -> date:
    return _setempat(tanggal, zona_dari(zona)).date() if isinstance(tanggal, datetime) else tanggal


# ---------------------------------------------------------------- reading

_CONTOH = "Tulis seperti 3/9/2025 atau 3 September 2025."
_HARI_BULAN_TAHUN = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]+)")
_TAHUN_BULAN_HARI = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DENGAN_NAMA = re.compile(r"(?:([A-Za-z]+), ?)?([0-9]{1,2})[ -]([A-Za-z]+)\.?[ -]([0-9]+)")
_JAM = re.compile(r"(?:pukul )?([0-9]{1,2})[.:]([0-9]{2})", re.IGNORECASE)


def baca_tanggal(teks: object) -> date | None:
    """Read a date: 3/9/2025 and 03-09-2025 (day first), 3 Sep 2025, 3 September 2025, 2025-09-03.

    A date cell of a workbook arrives as date or datetime and is taken by its calendar day; a bare serial
    number is refused, because 45000 may mean two days. Empty gives None. Raises nothing but GalatWaktu.
    """
    if isinstance(teks, date):
        return _tanggal(teks.year, teks.month, teks.day)
    bersih = _bersihkan(teks, _CONTOH)
    if bersih in ("", "-", "–"):
        return None
    if cocok := _TAHUN_BULAN_HARI.fullmatch(bersih):
        return _tanggal(int(cocok[1]), int(cocok[2]), int(cocok[3]))
    if cocok := _HARI_BULAN_TAHUN.fullmatch(bersih):
        return _tanggal(_tahun(cocok[4]), int(cocok[3]), int(cocok[1]))
    if cocok := _DENGAN_NAMA.fullmatch(bersih):
        return _cocok_hari(_tanggal(_tahun(cocok[4]), _nomor_bulan(cocok[3]), int(cocok[2])), cocok[1])
    raise GalatWaktu(f"Tanggal tidak terbaca. {_CONTOH}")


def baca_jam(teks: object) -> time | None:
    """Read a local time of day: 14:05, 14.05, 7.30. Empty gives None. Raises GalatWaktu, and nothing else."""
    contoh = "Tulis dengan 24 jam seperti 14.05."
    if isinstance(teks, time):
        return teks
    bersih = _bersihkan(teks, contoh)
    if bersih in ("", "-", "–"):
        return None
    cocok = _JAM.fullmatch(bersih)
    if cocok is None or int(cocok[1]) > 23 or int(cocok[2]) > 59:
        raise GalatWaktu(f"Jam tidak terbaca. {contoh}")
    return time(int(cocok[1]), int(cocok[2]))


def _bersihkan(teks: object, contoh: str) -> str:
    if teks is None:
        return ""
    if not isinstance(teks, str) or len(teks) > 60:
        raise GalatWaktu(f"Isian ini tidak terbaca. {contoh}")
    return " ".join(unicodedata.normalize("NFC", teks).replace("\u00a0", " ").split())


def _tahun(teks: str) -> int:
    if len(teks) != 4:
        raise GalatWaktu("Tulis tahun dengan empat angka, misalnya 2025.")
    return int(teks)


def _nomor_bulan(nama: str) -> int:
    if nama.lower() not in _BULAN_TERBACA:
        raise GalatWaktu(f"Nama bulan {nama} tidak dikenal. {_CONTOH}")
    return _BULAN_TERBACA[nama.lower()]


def _tanggal(tahun: int, bulan: int, hari: int) -> date:
    if not TAHUN_AWAL <= tahun <= TAHUN_AKHIR:
        raise GalatWaktu(f"Tahun {tahun} di luar {TAHUN_AWAL} sampai {TAHUN_AKHIR}. Periksa tahunnya.")
    if not 1 <= bulan <= 12:
        raise GalatWaktu(f"Bulan {bulan} tidak ada. Urutannya hari, bulan, tahun: 3/9/2025.")
    terakhir = calendar.monthrange(tahun, bulan)[1]
    if not 1 <= hari <= terakhir:
        raise GalatWaktu(f"Tanggal {hari} {nama_bulan(bulan)} {tahun} tidak ada; bulan itu sampai tanggal {terakhir}.")
    return date(tahun, bulan, hari)


def _cocok_hari(tanggal: date, nama: str | None) -> date:
    """A weekday that contradicts its date is a slip in one of the two."""
    hari = NAMA_HARI[tanggal.weekday()]
    if nama is not None and nama.lower() != hari.lower():
        raise GalatWaktu(f"{tulis_tanggal(tanggal)} jatuh pada hari {hari}, bukan {nama}. Periksa tanggalnya.")
    return tanggal
