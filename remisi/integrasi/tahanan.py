"""Notices before a detention ends: which are due on a day, which are late, and who is held beyond the end. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from remisi.ketentuan import Himpunan

STATUS = frozenset({"TAHANAN", "ANAK"})
"""Statuses of persons who are held before a judgment."""
AWALAN = "TAHANAN_"
"""Codes of the rules: TAHANAN_10 is due ten days before the end."""
SEJAUH = 30
"""Days ahead that the list shows."""
DIKIRIM, TEMPO, TELAT, NANTI = "DIKIRIM", "TEMPO", "TELAT", "NANTI"
KATA = {DIKIRIM: "dikirim", TEMPO: "waktunya", TELAT: "terlambat", NANTI: "nanti"}


def langkah(himpunan: Himpunan, hari: date) -> tuple[int, ...]:
    """Days before the end on which a notice is due, the farthest first."""
    semua = (t.jumlah for t in himpunan.semua_tenggat(hari) if t.kode.startswith(AWALAN))
    return tuple(sorted(set(semua), reverse=True))


@dataclass(frozen=True)
class Surat:
    """One notice: due on `tempo`; `keadaan` on the day asked about."""

    hari: int
    tempo: date
    keadaan: str
    dikirim: date | None = None
    nomor: str = ""

    @property
    def terlambat(self) -> bool:
        """Late, or sent after its day."""
        return self.keadaan == TELAT or self.telat > 0

    @property
    def telat(self) -> int:
        """Days between its day and the day it was sent; sent early it is in time."""
        return max(0, (self.dikirim - self.tempo).days) if self.dikirim else 0


@dataclass(frozen=True)
class Tahanan:
    """One person held, by the register's row; nothing here names them."""

    data: int
    sebutan: str
    golongan: str
    habis: date
    sisa: int
    surat: tuple[Surat, ...]

    @property
    def lewat(self) -> bool:
        """Held beyond the end: the last day of the detention has passed."""
        return self.sisa < 0

    @property
    def lebih(self) -> int:
        """Days beyond the end."""
        return max(0, -self.sisa)

    @property
    def dekat(self) -> bool:
        """Within the days of the last notice: no time is left for a letter to wait."""
        return bool(self.surat) and 0 <= self.sisa <= self.surat[-1].hari

    @property
    def terbuka(self) -> tuple[Surat, ...]:
        """Notices that can be noted: whatever was not, also one sent before its day, or after a nearer one was due."""
        return tuple(s for s in self.surat if s.keadaan != DIKIRIM)

    @property
    def perlu(self) -> Surat | None:
        """The notice to send now: the nearest to the end that is due or late; it overtakes farther ones, also once
        it is sent."""
        jalan = [s for s in self.surat if s.keadaan != NANTI]
        return jalan[-1] if jalan and jalan[-1].keadaan != DIKIRIM else None


def surat(
    habis: date, hari: date, semua: Iterable[int], terkirim: Collection[tuple[int, date, str]]
) -> tuple[Surat, ...]:
    """The notices of one end of detention. Due on its day; late from the day after, until it is sent."""
    kirim = {n: (tanggal, nomor) for n, tanggal, nomor in terkirim}
    hasil = []
    for n in sorted(semua, reverse=True):
        tempo = habis - timedelta(days=n)
        if n in kirim:
            hasil.append(Surat(n, tempo, DIKIRIM, *kirim[n]))
        else:
            hasil.append(Surat(n, tempo, NANTI if hari < tempo else TEMPO if hari == tempo else TELAT))
    return tuple(hasil)
