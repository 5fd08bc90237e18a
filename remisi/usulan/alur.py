"""The life of a case of remission or integration: one table. Code reads it, `docs/remisi.md` shows it, tests walk it.

A case goes from the unit over the Kanwil to Ditjenpas (`Jalur.PUSAT`); family leave is decided by the head of the unit
(`Jalur.UNIT`). The table says who may do what from where, what has to be said with it, who may not do it because of an
earlier step of the same case, and which limit starts. How long a limit is comes from the rules (table `tenggat`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.waktu import hari_kerja_sesudah


class Status(StrEnum):
    """`BELUM` is no case yet; the others are those of `remisi.models.Usulan.Status` (a test holds them equal)."""

    BELUM = ""
    DRAF = "DRAF"
    SIDANG = "SIDANG"
    DIAJUKAN = "DIAJUKAN"
    VERIF_KANWIL = "VERIF_KANWIL"
    VERIF_PUSAT = "VERIF_PUSAT"
    DIKEMBALIKAN = "DIKEMBALIKAN"
    SK_TERBIT = "SK_TERBIT"
    DILAKSANAKAN = "DILAKSANAKAN"
    DITOLAK = "DITOLAK"
    DICABUT = "DICABUT"
    BATAL = "BATAL"


class Aksi(StrEnum):
    SUSUN = "susun"
    SIDANGKAN = "sidangkan"
    AJUKAN = "ajukan"
    VERIFIKASI = "verifikasi"
    KEMBALIKAN = "kembalikan"
    TOLAK = "tolak"
    TERBITKAN = "terbitkan"
    LAKSANAKAN = "laksanakan"
    CABUT = "cabut"
    TARIK = "tarik"
    PINDAHKAN = "pindahkan"


class Jalur(StrEnum):
    PUSAT = "pusat"
    UNIT = "unit"


class Tingkat(StrEnum):
    """Who holds a case, and so whose limit runs."""

    UNIT = "unit"
    KANWIL = "kanwil"
    PUSAT = "pusat"


DIPUTUS_KEPALA = frozenset({"CMK"})
"""Kinds that the head of the unit decides; everything else is decided by Ditjenpas."""

PEMEGANG: dict[Status, Tingkat] = {
    Status.DRAF: Tingkat.UNIT,
    Status.SIDANG: Tingkat.UNIT,
    Status.DIKEMBALIKAN: Tingkat.UNIT,
    Status.SK_TERBIT: Tingkat.UNIT,
    Status.DIAJUKAN: Tingkat.KANWIL,
    Status.VERIF_KANWIL: Tingkat.PUSAT,
    Status.VERIF_PUSAT: Tingkat.PUSAT,
}

GILIRAN: dict[Status, str] = {
    Status.DRAF: "UPT mencatat sidang TPP",
    Status.SIDANG: "Kepala UPT mengajukan",
    Status.DIAJUKAN: "Kanwil memverifikasi",
    Status.VERIF_KANWIL: "Ditjenpas memverifikasi",
    Status.VERIF_PUSAT: "Ditjenpas mencatat keputusan",
    Status.DIKEMBALIKAN: "UPT memperbaiki, lalu Kepala UPT mengajukan lagi",
    Status.SK_TERBIT: "UPT melaksanakan keputusan",
    Status.DILAKSANAKAN: "selesai",
    Status.DITOLAK: "selesai",
    Status.DICABUT: "selesai",
    Status.BATAL: "selesai",
}

AKHIR = frozenset({Status.DILAKSANAKAN, Status.DITOLAK, Status.DICABUT, Status.BATAL})
TERBUKA = frozenset(PEMEGANG) - {Status.SK_TERBIT}
"""Not decided yet: these follow a person who moves to another unit. What was decided stays where it was decided."""
GUGUR = frozenset({Status.DITOLAK, Status.DICABUT, Status.BATAL})
"""Came to nothing: the same person may be proposed again."""
DIBERIKAN = frozenset({Status.SK_TERBIT, Status.DILAKSANAKAN})


class Batas(StrEnum):
    """Codes of the rule table `tenggat`, followed by the family (KANWIL_INTEGRASI) where the rules have one of its own.
    A code that the rules do not know has no limit."""

    KANWIL = "KANWIL"
    PUSAT = "PUSAT"
    PERBAIKAN = "PERBAIKAN"


@dataclass(frozen=True)
class Transisi:
    """One row. `alasan`: a sentence is required. `bukan`: who brought the case to one of these states may not do this.
    `batas`: the limit that starts with this act, for whoever holds the case next."""

    dari: Status
    aksi: Aksi
    ke: Status
    izin: Izin
    catatan: str
    jalur: frozenset[Jalur] = frozenset(Jalur)
    alasan: bool = False
    bukan: frozenset[Status] = frozenset()
    batas: Batas | None = None
    lanjut: bool = False
    """The limit that runs goes on: the case stays with whoever holds it."""


_PUSAT, _UNIT = frozenset({Jalur.PUSAT}), frozenset({Jalur.UNIT})
_PENGUSUL = frozenset({Status.DRAF, Status.DIAJUKAN})
_S, _A = Status, Aksi

_MAJU = (
    Transisi(_S.BELUM, _A.SUSUN, _S.DRAF, Izin.SUSUN_USULAN, "yang tidak memenuhi syarat tidak dapat diusulkan"),
    Transisi(_S.DRAF, _A.SIDANGKAN, _S.SIDANG, Izin.SUSUN_USULAN, "tanggal sidang TPP dan nomor berita acara"),
    Transisi(
        _S.DIKEMBALIKAN, _A.SIDANGKAN, _S.SIDANG, Izin.SUSUN_USULAN,
        "bila perlu disidangkan lagi; batas perbaikannya terus berjalan", lanjut=True,
    ),
    *(
        Transisi(
            dari, _A.AJUKAN, _S.DIAJUKAN, Izin.AJUKAN_USULAN,
            "syarat dihitung lagi dengan data hari itu, lalu dibekukan", _PUSAT, batas=Batas.KANWIL,
        )
        for dari in (_S.SIDANG, _S.DIKEMBALIKAN)
    ),
    Transisi(
        _S.DIAJUKAN, _A.VERIFIKASI, _S.VERIF_KANWIL, Izin.VERIFIKASI_USULAN, "bukan oleh yang menyusun atau mengajukan",
        _PUSAT, bukan=_PENGUSUL, batas=Batas.PUSAT,
    ),
    Transisi(
        _S.VERIF_KANWIL, _A.VERIFIKASI, _S.VERIF_PUSAT, Izin.PUTUS_USULAN,
        "bukan oleh yang mengajukan atau memverifikasinya di Kanwil", _PUSAT, bukan=_PENGUSUL | {_S.VERIF_KANWIL},
    ),
    Transisi(
        _S.VERIF_PUSAT, _A.TERBITKAN, _S.SK_TERBIT, Izin.PUTUS_USULAN,
        "nomor dan tanggal keputusan; pemberiannya masuk register", _PUSAT, bukan=_PENGUSUL | {_S.VERIF_KANWIL},
    ),
    Transisi(
        _S.SIDANG, _A.TERBITKAN, _S.SK_TERBIT, Izin.AJUKAN_USULAN,
        "diputus Kepala UPT: nomor dan tanggal keputusan; syarat dihitung lagi", _UNIT,
    ),
    Transisi(_S.SK_TERBIT, _A.LAKSANAKAN, _S.DILAKSANAKAN, Izin.SUSUN_USULAN, "tanggal pelaksanaan"),
)  # fmt: skip

_BALIK = (
    Transisi(
        _S.DIAJUKAN, _A.KEMBALIKAN, _S.DIKEMBALIKAN, Izin.VERIFIKASI_USULAN, "oleh Kanwil; yang harus diperbaiki",
        _PUSAT, alasan=True, batas=Batas.PERBAIKAN,
    ),
    *(
        Transisi(
            dari, _A.KEMBALIKAN, _S.DIKEMBALIKAN, Izin.PUTUS_USULAN, "oleh Ditjenpas; yang harus diperbaiki", _PUSAT,
            alasan=True, batas=Batas.PERBAIKAN,
        )
        for dari in (_S.VERIF_KANWIL, _S.VERIF_PUSAT)
    ),
    *(
        Transisi(dari, _A.TOLAK, _S.DITOLAK, Izin.PUTUS_USULAN, "oleh Ditjenpas, dengan alasan", _PUSAT, alasan=True)
        for dari in (_S.VERIF_KANWIL, _S.VERIF_PUSAT)
    ),
    Transisi(_S.SIDANG, _A.TOLAK, _S.DITOLAK, Izin.AJUKAN_USULAN, "oleh Kepala UPT, dengan alasan", _UNIT, alasan=True),
    *(
        Transisi(
            dari, _A.CABUT, _S.DICABUT, Izin.PUTUS_USULAN, "pemberiannya ditarik dari register", _PUSAT, alasan=True
        )
        for dari in (_S.SK_TERBIT, _S.DILAKSANAKAN)
    ),
    Transisi(_S.SK_TERBIT, _A.CABUT, _S.DICABUT, Izin.AJUKAN_USULAN, "oleh Kepala UPT", _UNIT, alasan=True),
    Transisi(_S.DRAF, _A.TARIK, _S.BATAL, Izin.SUSUN_USULAN, "belum disidangkan"),
    *(
        Transisi(dari, _A.TARIK, _S.BATAL, Izin.SUSUN_USULAN, "ditarik unit, dengan alasan", alasan=True)
        for dari in (_S.SIDANG, _S.DIKEMBALIKAN)
    ),
    Transisi(
        _S.DIAJUKAN, _A.TARIK, _S.BATAL, Izin.AJUKAN_USULAN, "sebelum Kanwil memverifikasi", _PUSAT, alasan=True
    ),
)  # fmt: skip

_PINDAH = tuple(
    Transisi(dari, _A.PINDAHKAN, dari, Izin.ISI_WARGA, "ketika serah terima orangnya diterima; keadaan tetap")
    for dari in Status
    if dari in TERBUKA
)

TABEL: tuple[Transisi, ...] = (*_MAJU, *_BALIK, *_PINDAH)
_INDEKS = {(baris.dari, baris.aksi, jalur): baris for baris in TABEL for jalur in baris.jalur}


def jalur(jenis: str) -> Jalur:
    return Jalur.UNIT if jenis in DIPUTUS_KEPALA else Jalur.PUSAT


def transisi(dari: Status | str, aksi: Aksi, jenis: str) -> Transisi | None:
    """The row for a case of this kind, or None when the act is not allowed from there."""
    return _INDEKS.get((Status(dari), aksi, jalur(jenis)))


def mungkin(dari: Status | str, jenis: str) -> tuple[Transisi, ...]:
    """All that may be done from here, in the order of the table."""
    jalan = jalur(jenis)
    return tuple(b for b in TABEL if b.dari == dari and jalan in b.jalur)


@dataclass(frozen=True)
class Lama:
    """How long a limit is: days after the day on which it starts; working days when `kerja`."""

    hari: int
    kerja: bool = False

    def jatuh(self, mulai: date, libur: Collection[date] = ()) -> date:
        """The last day that is still within the limit."""
        return hari_kerja_sesudah(mulai, self.hari, libur) if self.kerja else mulai + timedelta(days=self.hari)


def lewat(tenggat: date | None, pada: date) -> int:
    """Days past the limit; 0 within it or when there is none."""
    return max(0, (pada - tenggat).days) if tenggat else 0


def tabel_markdown() -> str:
    """The table as documentation; `docs/remisi.md` must contain exactly this."""
    kepala = (
        "| Dari | Aksi | Ke | Izin | Jalur | Alasan | Batas sesudahnya | Catatan |\n|---|---|---|---|---|---|---|---|\n"
    )
    return kepala + "".join(map(_baris_markdown, TABEL))


def _baris_markdown(b: Transisi) -> str:
    jalan = "semua" if len(b.jalur) == len(Jalur) else ", ".join(sorted(b.jalur))
    kolom = (
        b.dari or "–", b.aksi, b.ke, f"`{b.izin}`", jalan, "wajib" if b.alasan else "–",
        f"`{b.batas}`" if b.batas else "–", b.catatan,
    )  # fmt: skip
    return f"| {' | '.join(kolom)} |\n"
