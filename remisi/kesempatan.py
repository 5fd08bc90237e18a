"""Occasions come out of the rules: fixed days of the kinds, holy days of the year, and until when units propose.

`segarkan` runs every night and after every deployment; it only ever adds and moves. An occasion follows its rule as
long as nothing was decided on it; from then on its day is history, and a rule that would move it is refused (`ikuti`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from pemasyarakatan.jejak.services import catat_baris
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import HariBesar, Jenis
from remisi.models import Kesempatan, Usulan
from remisi.selectors_aturan import himpunan
from upt.cakupan import SISTEM, terpasang

KE_DEPAN = timedelta(days=366)
TENGGAT_USUL = "USUL"
"""Code of the limit (table `tenggat`) that says how many days before the grant units propose."""
_DIPUTUS = (Usulan.Status.SK_TERBIT, Usulan.Status.DILAKSANAKAN)
_KUNCI = 7_150_022  # advisory lock: one pass over the occasions at a time


def satu_kesempatan(slug: str) -> Kesempatan:
    satu = Kesempatan.objects.filter(slug=slug).first()
    if satu is None:
        raise TidakDitemukan("Kesempatan ini tidak ada, atau tanggalnya dipindah ke nama lain.")
    return satu


@dataclass(frozen=True)
class Pokok:
    """A kind that leads occasions of its own, and what its occasion is called."""

    slug: str
    nama: str


_TETAP: dict[str, dict[str, Pokok]] = {
    "RU": {"08-17": Pokok("ru", "Remisi Umum 17 Agustus")},
    "PMP_HAN": {"07-23": Pokok("han", "Hari Anak Nasional")},
    "RKM": {
        "05-29": Pokok("rkm-lansia", "Remisi Kemanusiaan, Hari Lanjut Usia"),
        "04-07": Pokok("rkm-sakit", "Remisi Kemanusiaan, Hari Kesehatan"),
    },
}
"""Names of the occasions on fixed days; whether and when they are is said by the rules."""

saat_pindah: list[Callable[[Kesempatan, date], object]] = []
"""Called in the same transaction when an occasion moved, with the day it was on: cases that wait follow it."""


@dataclass(frozen=True)
class Rencana:
    """One occasion as the rules want it."""

    slug: str
    nama: str
    jenis: str
    agama: tuple[str, ...]
    tanggal: date
    batas_usul: date
    terverifikasi: bool
    sumber: str

    def kolom(self) -> dict[str, Any]:
        return {
            "nama": self.nama,
            "jenis": self.jenis,
            "agama": list(self.agama),
            "tanggal": self.tanggal,
            "batas_usul": self.batas_usul,
            "terverifikasi": self.terverifikasi,
            "sumber": self.sumber[:300],
        }


# ---------------------------------------------------------------- what the rules want


def rencana(aturan: Himpunan, dari: date, sampai: date) -> list[Rencana]:
    """The occasions of a stretch of time, by date."""
    semua = (*_hari_tetap(aturan, dari, sampai), *_hari_raya(aturan, dari, sampai))
    return sorted(semua, key=lambda r: (r.tanggal, r.slug))


def _hari_tetap(aturan: Himpunan, dari: date, sampai: date) -> Iterator[Rencana]:
    for tahun in range(dari.year, sampai.year + 1):
        for kode, hari in _TETAP.items():
            for teks, pokok in hari.items():
                tanggal = date.fromisoformat(f"{tahun}-{teks}")
                jenis = aturan.jenis(kode, tanggal)
                if jenis is not None and dari <= tanggal <= sampai and _jatuh(jenis, tanggal):
                    yield _satu(aturan, f"{pokok.slug}-{tahun}", f"{pokok.nama} {tahun}", jenis, tanggal)


def _jatuh(jenis: Jenis, tanggal: date) -> bool:
    if f"{tanggal:%m-%d}" not in jenis.tanggal:
        return False
    return not jenis.tahun_kelipatan or tanggal.year % jenis.tahun_kelipatan == (jenis.tahun_sisa or 0)


def _satu(aturan: Himpunan, slug: str, nama: str, jenis: Jenis, tanggal: date) -> Rencana:
    batas = _batas_usul(aturan, tanggal)
    return Rencana(slug, nama, jenis.kode, (), tanggal, batas, jenis.terverifikasi, jenis.sumber)


def _hari_raya(aturan: Himpunan, dari: date, sampai: date) -> Iterator[Rencana]:
    for tahun in range(dari.year, sampai.year + 1):
        for h in aturan.hari_besar(tahun):
            if dari <= h.tanggal <= sampai and aturan.jenis("RK", h.tanggal) is not None:
                nama, batas = f"Remisi Khusus {h.nama}", _batas_usul(aturan, h.tanggal)
                yield Rencana(_slug(h), nama, "RK", h.agama, h.tanggal, batas, h.terverifikasi, h.sumber)


def _slug(hari: HariBesar) -> str:
    """`idul_fitri-2027` → `rk-idul-fitri-2027`; the year is part of the code, for some years have a day twice."""
    bersih = hari.kode.lower().replace("_", "-").replace(".", "-")
    tahun = str(hari.tanggal.year)
    return f"rk-{bersih if bersih.endswith(tahun) else f'{bersih}-{tahun}'}"[:40]


def _batas_usul(aturan: Himpunan, tanggal: date) -> date:
    """The last day to propose; the day of the grant itself while no rule says."""
    tenggat = aturan.tenggat(TENGGAT_USUL, tanggal)
    return tanggal - timedelta(days=tenggat.jumlah) if tenggat else tanggal


# ---------------------------------------------------------------- writing


@dataclass(frozen=True)
class Hasil:
    baru: int = 0
    berubah: int = 0
    sama: int = 0
    tertahan: int = 0


def segarkan(*, dari: date | None = None, sampai: date | None = None, oleh: Pengguna | None = None) -> Hasil:
    """Bring the occasions up to date with the rules, from the first of this year to a year ahead; safe to repeat.

    What was decided upon stays as it is (`tertahan`).
    """
    kini = hari_ini()
    semua = rencana(himpunan(), dari or date(kini.year, 1, 1), sampai or kini + KE_DEPAN)
    hitung = {"baru": 0, "berubah": 0, "sama": 0, "tertahan": 0}
    with terpasang(SISTEM):
        _kunci()
        ada = {k.slug: k for k in Kesempatan.objects.filter(slug__in=[r.slug for r in semua])}
        for satu in semua:
            hitung[_terapkan(satu, ada.get(satu.slug), oleh)] += 1
    return Hasil(**hitung)


def _terapkan(satu: Rencana, ada: Kesempatan | None, oleh: Pengguna | None) -> str:
    if ada is None:
        baru = Kesempatan.objects.create(slug=satu.slug, **satu.kolom())
        catat_baris(baru, oleh=oleh, tindakan="buka_kesempatan", rincian=_rincian(baru))
        return "baru"
    beda = [n for n, nilai in satu.kolom().items() if getattr(ada, n) != nilai]
    if not beda:
        return "sama"
    if ("tanggal" in beda or "agama" in beda) and diputus(ada):
        return "tertahan"
    lama = ada.tanggal
    for nama in beda:
        setattr(ada, nama, satu.kolom()[nama])
    ada.save(update_fields=beda)
    catat_baris(ada, oleh=oleh, tindakan="ubah_kesempatan", rincian={**_rincian(ada), "tanggal_lama": str(lama)})
    if lama != ada.tanggal:
        for panggil in saat_pindah:
            panggil(ada, lama)
    return "berubah"


def _rincian(satu: Kesempatan) -> dict[str, Any]:
    return {"slug": satu.slug, "tanggal": str(satu.tanggal), "batas_usul": str(satu.batas_usul)}


def diputus(satu: Kesempatan) -> int:
    """How many cases of an occasion have their decree."""
    return Usulan.objects.filter(kesempatan=satu, status__in=_DIPUTUS).count()


def ikuti(aturan: Himpunan, *, oleh: Pengguna) -> Hasil:
    """After rules changed: every occasion there is follows them, or nothing does.

    Raises Bentrok when a day would move on which decrees were issued.
    """
    with terpasang(SISTEM):
        _kunci()
        ada = {k.slug: k for k in Kesempatan.objects.all()}
        if not ada:
            return Hasil()
        hari = [k.tanggal for k in ada.values()]
        semua = rencana(aturan, min(*hari, date(min(hari).year, 1, 1)), date(max(hari).year, 12, 31))
        kini = [r for r in semua if r.slug in ada]
        _tolak_yang_diputus(kini, ada)
        hitung = {"baru": 0, "berubah": 0, "sama": 0, "tertahan": 0}
        for satu in kini:
            hitung[_terapkan(satu, ada[satu.slug], oleh)] += 1
        return Hasil(**hitung)


def _tolak_yang_diputus(semua: Sequence[Rencana], ada: dict[str, Kesempatan]) -> None:
    for satu in semua:
        lama = ada[satu.slug]
        if lama.tanggal == satu.tanggal and lama.agama == list(satu.agama):
            continue
        if banyak := diputus(lama):
            ke = f"dari {tulis_tanggal(lama.tanggal)} ke {tulis_tanggal(satu.tanggal)}"
            raise Bentrok(
                f"{lama.nama} tidak dapat dipindah {ke}: "
                f"{banyak} keputusan sudah terbit. Cabut keputusannya dahulu bila tanggalnya memang salah."
            )


def _kunci() -> None:
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KUNCI])


# ---------------------------------------------------------------- reading


def mendatang(pada: date | None = None, *, hari: int = 366) -> list[Kesempatan]:
    """Occasions from a day on, the nearest first."""
    kini = pada or hari_ini()
    jarak = Q(tanggal__gte=kini, tanggal__lte=kini + timedelta(days=hari))
    return list(Kesempatan.objects.filter(jarak).order_by("tanggal", "slug"))
