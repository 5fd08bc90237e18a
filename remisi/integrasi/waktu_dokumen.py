"""How long there is for the papers of a case: since when asked for, until when, and whether that is enough. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pemasyarakatan.inti.waktu import tulis_tanggal

SATU_HARI = timedelta(days=1)


@dataclass(frozen=True)
class WaktuDokumen:
    """`disusun`: since when the case exists. By the rule papers are asked for from `minta` on and are complete before
    `setengah` (half of the sentence); `rencana` is the day on which the programme is to begin."""

    disusun: date
    rencana: date
    minta: date | None = None
    setengah: date | None = None

    @property
    def sempit(self) -> bool:
        """Half of the sentence came before there was a case to gather papers for."""
        return self.setengah is not None and self.setengah <= self.disusun

    @property
    def lengkap(self) -> date | None:
        """The day before which all must be there; never one that nobody could keep."""
        return max(self.rencana, self.disusun + SATU_HARI) if self.sempit else self.setengah

    def terlambat(self, hari: date) -> bool:
        return self.lengkap is not None and hari >= self.lengkap

    @property
    def kalimat(self) -> str:
        if self.sempit:
            return (
                f"Waktunya sudah lebih pendek dari yang ditentukan: 1/2 masa pidana, {tulis_tanggal(self.setengah)}, "
                f"lewat sebelum usulan ini disusun. {self._sebelum()}"
            )
        bagian = (
            f"diminta mulai {tulis_tanggal(self.minta)}" if self.minta else "",
            f"lengkap sebelum 1/2 masa pidana, {tulis_tanggal(self.setengah)}" if self.setengah else "",
        )
        isi = ", ".join(b for b in bagian if b)
        return f"{isi[0].upper()}{isi[1:]}." if isi else ""

    def _sebelum(self) -> str:
        if self.rencana > self.disusun:
            return f"Lengkapi sebelum rencana mulai, {tulis_tanggal(self.rencana)}."
        return "Rencana mulainya tidak menyisakan waktu; lengkapi secepatnya."


def peringatan_litmas(rencana: date, batas: date, *, diminta: bool) -> str:
    """What to say when the Litmas may come only after the planned first day; "" when it comes in time."""
    if batas <= rencana:
        return ""
    awal = "Batas Litmas" if diminta else "Bila Litmas diminta hari ini, batasnya"
    return (
        f"{awal} {tulis_tanggal(batas)}, sesudah rencana mulai, {tulis_tanggal(rencana)}. "
        "Minta Bapas mendahulukannya, atau susun lagi usulannya dengan rencana mulai yang lebih jauh."
    )
