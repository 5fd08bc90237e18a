"""What a month counts of cases: flows of its days, positions at its end. Pure; `remisi.turunan` reads and writes.

A unit sends a case each time it leaves the unit's hands; the waiting stock follows from that to the last case:
menunggu = menunggu of the month before + diusulkan − disetujui − ditolak − dikembalikan, but for cases that move with
their person, which leave one unit's stock and come into another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

PINDAH = "PINDAH"
"""The state of a case, for the unit that it left with its person."""
TERBIT, LAKSANA, TOLAK, CABUT = "SK_TERBIT", "DILAKSANAKAN", "DITOLAK", "DICABUT"
DI_UNIT = frozenset({"", "DRAF", "SIDANG", "DIKEMBALIKAN"})
MENUNGGU = frozenset({"DIAJUKAN", "VERIF_KANWIL", "VERIF_PUSAT"})
DIPUTUS_KEPALA = frozenset({"CMK"})
"""Kinds that the unit's own head decides: proposed and decided without leaving the unit."""
ARUS = ("diusulkan", "disetujui", "ditolak", "dikembalikan")
KATA_ARUS = {
    "diusulkan": "usulan dikirim",
    "disetujui": "keputusan terbit",
    "ditolak": "usulan ditolak",
    "dikembalikan": "usulan dikembalikan atau ditarik",
    "menunggu": "usulan menunggu keputusan",
    "belum": "keputusan belum dilaksanakan",
}

BESARAN_UMUM = {30: "b1", 60: "b2", 90: "b3", 120: "b4", 150: "b5", 180: "b6"}
BESARAN_KHUSUS = {15: "h15", 30: "b1", 45: "b1h15", 60: "b2"}
TABEL_BESARAN = {
    "rumum": (frozenset({"RU"}), {"I": "ru1", "II": "ru2"}, BESARAN_UMUM),
    "rkhusus": (frozenset({"RK"}), {"I": "rk1", "II": "rk2"}, BESARAN_KHUSUS),
    "pmpumum": (frozenset({"PMPU", "PMP_HAN"}), {"I": "pmp1", "II": "pmp2"}, BESARAN_UMUM),
    "pmpkhusus": (frozenset({"PMPK"}), {"I": "pmp1", "II": "pmp2"}, BESARAN_KHUSUS),
}
"""Tables of the form by amount: which kinds, its two rows, its columns by days of the grant."""


@dataclass(frozen=True)
class Langkah:
    """One step, at the day on which it counts (`susun`)."""

    dari: str
    ke: str
    hari: date

    @property
    def arus(self) -> tuple[str, ...]:
        """The flows that this step counts in."""
        if self.dari in MENUNGGU:
            if self.ke in (TERBIT, TOLAK):
                return ("disetujui",) if self.ke == TERBIT else ("ditolak",)
            return () if self.ke in MENUNGGU or self.ke == PINDAH else ("dikembalikan",)
        return ("diusulkan",) if self.dari in DI_UNIT and self.ke in MENUNGGU else ()


@dataclass(frozen=True)
class Hadiah:
    """What was granted: amounts as decided, to whom (an id that is never shown)."""

    orang: int
    hasil: str
    hari: int
    jenis_kelamin: str
    kelompok: str
    tanggal: date


@dataclass(frozen=True)
class Kasus:
    """One case as one unit saw it; `hadiah` is there for cases of remission that the unit still holds."""

    id: str
    jenis: str
    kelompok: str
    langkah: tuple[Langkah, ...]
    hadiah: Hadiah | None = None

    def arus(self, awal: date, akhir: date) -> list[str]:
        """The flows of these days; a case may be sent twice."""
        return [a for x in self.langkah if awal <= x.hari <= akhir for a in self._arus(x)]

    def _arus(self, x: Langkah) -> tuple[str, ...]:
        if self.jenis in DIPUTUS_KEPALA and x.dari in DI_UNIT and x.ke in (TERBIT, TOLAK):
            return ("diusulkan", "disetujui" if x.ke == TERBIT else "ditolak")
        return x.arus

    def pada(self, hari: date) -> str:
        """The state at the end of a day; "" before the first step."""
        return next((x.ke for x in reversed(self.langkah) if x.hari <= hari), "")

    def posisi(self, hari: date) -> str:
        kini = self.pada(hari)
        return "menunggu" if kini in MENUNGGU else "belum" if kini == TERBIT else ""

    def diberikan(self, awal: date, akhir: date) -> bool:
        """Whether its grant belongs to these days. A decree withdrawn by their end was never handed over; one that is
        withdrawn later stays in the month in which it was."""
        hadiah = self.hadiah
        return hadiah is not None and awal <= hadiah.tanggal <= akhir and self.pada(akhir) in (TERBIT, LAKSANA)


def susun(semua: Iterable[tuple[str, str, date]]) -> tuple[Langkah, ...]:
    """One unit's steps in a case, in their order. What is written down late counts on its own day, but never before the
    step before it. A step from a state to itself is the case moving with its person: in, or out when it was here."""
    hasil: list[Langkah] = []
    for dari, ke, hari in semua:
        if dari and dari == ke:
            di_sini = bool(hasil) and hasil[-1].ke != PINDAH
            dari, ke = (dari, PINDAH) if di_sini else (PINDAH, ke)
        hasil.append(Langkah(dari, ke, max(hari, hasil[-1].hari) if hasil else hari))
    return tuple(hasil)


def hari_hadiah(tanggal: date, keputusan: date | None, dilaksanakan: date | None) -> date:
    """The day on which a grant is handed over: as noted, else the occasion, or the decree when that came later."""
    return dilaksanakan or max(tanggal, keputusan or tanggal)


def kode_besaran(tabel: str, hadiah: Hadiah) -> str | None:
    """The cell of a table by amount ("ru1_b2"); None for an amount that the table has no column for."""
    _, baris, kolom = TABEL_BESARAN[tabel]
    isi = kolom.get(hadiah.hari)
    return f"{baris[hadiah.hasil]}_{isi}" if isi and hadiah.hasil in baris else None


def penerima(semua: Sequence[Kasus]) -> dict[int, Kasus]:
    """Every receiver once, by the latest grant: RU and RD of one day are two grants of one person."""
    berhadiah = [(k.hadiah, k) for k in semua if k.hadiah is not None]
    berhadiah.sort(key=lambda x: (x[0].tanggal, x[1].id))
    return {hadiah.orang: k for hadiah, k in berhadiah}
