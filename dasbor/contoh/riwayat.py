"""The life of an invented report: begun, sent, verified, locked, as events that fold to its status."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dasbor.contoh.kalibrasi import JANUARI_2026
from dasbor.contoh.profil import Profil
from pelaporan.alur import Aksi, Status, transisi
from pemasyarakatan.inti.acak import antara, pecahan
from pemasyarakatan.inti.waktu import WIB, Bulan, awal_hari

RIAU = "14"


@dataclass(frozen=True)
class Peristiwa:
    """One event; `versi` as the status table leaves it, `pelaku` the role that acted."""

    aksi: Aksi
    dari: Status
    ke: Status
    versi: int | None
    pelaku: str
    pada: datetime
    alasan: str = ""
    teks: str = ""


@dataclass
class Riwayat:
    """Events in order, and what they leave on the report."""

    peristiwa: list[Peristiwa] = field(default_factory=list)
    status: Status = Status.BELUM
    versi: int = 0
    sah: int | None = None
    kirim: datetime | None = None
    kirim_pertama: datetime | None = None
    dibuka: datetime | None = None

    def tambah(self, aksi: Aksi, pelaku: str, pada: datetime, alasan: str = "", teks: str = "") -> None:
        baris = transisi(self.status, aksi)
        if baris is None:
            raise ValueError(f"{self.status} tidak mengenal {aksi}")
        if aksi == Aksi.KIRIM:
            self.versi, self.kirim, self.dibuka = self.versi + 1, pada, None
            self.kirim_pertama = self.kirim_pertama or pada
        if aksi in (Aksi.VERIFIKASI, Aksi.KEMBALIKAN):
            self.dibuka = pada - timedelta(minutes=7)
        if aksi == Aksi.VERIFIKASI:
            self.sah = self.versi
        self.peristiwa.append(Peristiwa(aksi, baris.dari, baris.ke, self.versi or None, pelaku, pada, alasan, teks))
        self.status = baris.ke


def rencana_status(p: Profil, bulan: Bulan, formulir: str, akhir: bool) -> Status:
    """Where the report stands. Only the last ended month (`akhir`) is mixed, never Riau's January 2026."""
    if not akhir:
        return Status.TERKUNCI
    if bulan == JANUARI_2026 and p.unit.kanwil == RIAU:
        return Status.TERVERIFIKASI
    acak = 0.6 * pecahan(p.unit.kode, bulan, "rajin") + 0.4 * pecahan(p.unit.kode, bulan, formulir, "status")
    for batas, status in (
        (0.54, Status.TERVERIFIKASI),
        (0.66, Status.DIKIRIM),
        (0.71, Status.DIKEMBALIKAN),
        (0.80, Status.DRAF),
        (0.84, Status.SIAP),
    ):
        if acak < batas:
            return status
    return Status.BELUM


def amandemen(p: Profil, bulan: Bulan, formulir: str) -> bool:
    """Few older reports were returned once and sent again with one cell mended."""
    return formulir != "F04" and pecahan(p.unit.kode, bulan, formulir, "kembali") < 0.015


def susun_riwayat(
    p: Profil,
    bulan: Bulan,
    formulir: str,
    status: Status,
    tenggat: datetime,
    kini: datetime,
    dua_versi: bool = False,
) -> Riwayat:
    """Events up to `status`; none lies after `kini`."""
    r = Riwayat()
    if status == Status.BELUM:
        return r
    awal, kirim = _saat_kirim(p, bulan, formulir, tenggat, kini)
    r.tambah(Aksi.ISI, "operator", awal)
    if status == Status.DRAF:
        return r
    if status == Status.SIAP or pecahan(p.unit.kode, bulan, formulir, "siap") < 0.3:
        r.tambah(Aksi.SIAPKAN, "operator", awal + (kirim - awal) / 2)
    if status == Status.SIAP:
        return r
    r.tambah(Aksi.KIRIM, "kepala", kirim)
    _setelah_kirim(r, p, bulan, formulir, status, kini, dua_versi)
    return r


def _setelah_kirim(
    r: Riwayat, p: Profil, bulan: Bulan, formulir: str, status: Status, kini: datetime, dua_versi: bool
) -> None:
    pada = r.peristiwa[-1].pada
    if status == Status.DIKEMBALIKAN or dua_versi:
        pada = _maju(pada, kini, 0.3)
        teks = "Angka ini berbeda dari register. Mohon dicocokkan, lalu dikirim lagi."
        r.tambah(Aksi.KEMBALIKAN, "verifikator", pada, "tidak_cocok", teks)
    if dua_versi:
        pada = _maju(pada, kini, 0.2)
        r.tambah(Aksi.KIRIM, "kepala", pada)
    if status in (Status.TERVERIFIKASI, Status.TERKUNCI):
        pada = _maju(pada, kini, antara(0.1, 1.6, p.unit.kode, bulan, formulir, "tinjau"))
        r.tambah(Aksi.VERIFIKASI, "verifikator", pada)
    if status == Status.TERKUNCI:
        r.tambah(Aksi.KUNCI, "peninjau", max(saat_tutup(bulan, kini), _maju(pada, kini, 1 / 1440)))


def _saat_kirim(p: Profil, bulan: Bulan, formulir: str, tenggat: datetime, kini: datetime) -> tuple[datetime, datetime]:
    """(begun, sent): from the first hour after the month; about one in twenty is late."""
    awal = min(awal_hari((bulan + 1).awal, p.unit.zona), kini)
    telat = pecahan(p.unit.kode, bulan, formulir, "telat") < 0.05
    letak = antara(1.02, 1.25, p.unit.kode, bulan) if telat else antara(0.12, 0.97, p.unit.kode, bulan, formulir)
    batas = min(tenggat, kini) if not telat else tenggat
    kirim = min(awal + (batas - awal) * letak, kini - (kini - awal) / 20)
    return awal + (kirim - awal) * antara(0.3, 0.9, p.unit.kode, bulan, formulir, "mulai"), kirim


def _maju(pada: datetime, kini: datetime, hari: float) -> datetime:
    return min(pada + timedelta(days=hari), pada + (kini - pada) / 2)


def saat_tutup(bulan: Bulan, kini: datetime) -> datetime:
    """When the month was closed: the 18th of the next one, 09.00 WIB, or just now if that has not come."""
    return min(awal_hari((bulan + 1).awal, WIB) + timedelta(days=17, hours=9), kini)
