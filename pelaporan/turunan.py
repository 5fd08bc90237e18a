"""The hook for figures that a register already knows: filled in, never typed where the register speaks.

A register names itself and offers a function; an item or a line list of a form names the register
(`sumber: turunan:kapasitas`, or `turunan:pangan atau ketik` when people type wherever the register knows nothing).
Registers above this app register themselves from their `turunan.py`; the first one, capacity, lives in `upt`.

A sent version keeps what it was made of (`asal`), so that it can be opened after the register has moved on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db.models import F

from pelaporan.alur import dapat_diisi
from pelaporan.butir import Butir, Daftar
from pelaporan.isian import Baris, Isian, Keadaan, Sel, bulatkan, tulis_nilai
from pelaporan.kanonik import sidik
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT
from upt.selectors import kapasitas_pada

Cara = Literal["jumlah", "lain"]
JUMLAH: Cara = "jumlah"
LAIN: Cara = "lain"
_ID_BARIS = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)


class GalatTurunan(ValueError):
    """A register offered what it must not: a mistake of its programmer, never of a person who types."""


@dataclass(frozen=True)
class Rincian:
    """One contribution to a figure: which record, its name (never personal data), its share."""

    objek: str
    id: int | str
    label: str
    nilai: int | Decimal | None = None


@dataclass(frozen=True)
class AngkaTurunan:
    """A figure, the sentence that says where it comes from, the page that shows it, and what it is made of.

    `cara`: "jumlah" when the parts add up to the figure (which is checked), "lain" for counts of distinct persons,
    maxima, yes or no.
    """

    nilai: int | Decimal | bool
    asal: str
    url: str = ""
    rincian: tuple[Rincian, ...] = ()
    cara: Cara = JUMLAH

    @property
    def dijumlah(self) -> bool:
        """Whether the parts are claimed to add up to the figure."""
        return bool(self.rincian) and self.cara == JUMLAH and not isinstance(self.nilai, bool)


@dataclass(frozen=True)
class BarisTurunan:
    """One row of a list: values by column code (dates and times as such or as ISO text). `objek` with `id` is what
    the register's `alamat` makes a link of, also years later.
    """

    id: int | str
    isi: Mapping[str, Any]
    url: str = ""
    objek: str = ""


@dataclass(frozen=True)
class DaftarTurunan:
    """The rows of a line list, the sentence that says where they come from, and the page that shows them."""

    baris: Sequence[BarisTurunan]
    asal: str
    url: str = ""


Isi = AngkaTurunan | DaftarTurunan
Penyedia = Callable[[UPT, Bulan], Mapping[str, Any]]
"""(unit, month) → {code of an item: AngkaTurunan, code of a list: DaftarTurunan}; unknown ones are absent."""
Alamat = Callable[[str, int | str], str]
_penyedia: dict[str, Penyedia] = {}
_alamat: dict[str, Alamat] = {}


def sediakan(nama: str, *, alamat: Alamat | None = None) -> Callable[[Penyedia], Penyedia]:
    """Offer a register's figures: `@sediakan("kapasitas")` over (unit, month) → {code: figure or list}.

    `alamat`: (kind of record, id) → address of its page, "" when there is none.
    """

    def daftarkan(fungsi: Penyedia) -> Penyedia:
        _penyedia[nama] = fungsi
        if alamat is not None:
            _alamat[nama] = alamat
        return fungsi

    return daftarkan


def lepaskan(nama: str) -> None:
    """Take a register's offer back."""
    _penyedia.pop(nama, None)
    _alamat.pop(nama, None)


def dikenal() -> frozenset[str]:
    return frozenset(_penyedia)


def tak_dikenal(skema: Skema) -> list[str]:
    """Registers that a form names and nobody offers."""
    return sorted(skema.per_register.keys() - _penyedia.keys())


def alamat(register: str, objek: str, id_objek: int | str) -> str:
    """The page of one record of a register; "" when the register has none for it."""
    return _alamat[register](objek, id_objek) if register in _alamat and objek else ""


# ---------------------------------------------------------------- what registers say about one report


@dataclass(frozen=True)
class Terisi:
    """What registers fill in of one unit's form in one month."""

    angka: Mapping[str, AngkaTurunan] = field(default_factory=dict)
    daftar: Mapping[str, DaftarTurunan] = field(default_factory=dict)

    @property
    def kode(self) -> frozenset[str]:
        return frozenset(self.angka) | frozenset(self.daftar)

    def pasang(self, skema: Skema, isian: Isian) -> Isian:
        """The cells and rows with those of the registers in place of whatever was typed there."""
        sel = {**isian.sel, **{k: _sel(skema.butir[k], a.nilai) for k, a in self.angka.items()}}
        daftar = {**isian.daftar, **{k: _baris(skema.daftar[k], d) for k, d in self.daftar.items()}}
        return Isian(sel, daftar, self.kode)

    def beku(self, skema: Skema) -> dict[str, dict[str, Any]]:
        """The origin as a version keeps it, by code."""
        hasil = {k: _beku_angka(skema.butir[k], a) for k, a in self.angka.items()}
        return hasil | {k: _beku_daftar(skema.daftar[k], d) for k, d in self.daftar.items()}


Ingatan = dict[str, Mapping[str, Any]]
"""Answers of registers about one unit and month, kept for the length of one request."""


def muat(skema: Skema, upt: UPT, bulan: Bulan, *, atau_ketik: bool = False, ingatan: Ingatan | None = None) -> Terisi:
    """What registers know for this form, in one call of each register; nothing is asked for a form without any.

    `atau_ketik`: only registers whose silence lets people type, for those who ask no more than that. `ingatan`: what
    was answered already, for pages that show many forms of one unit and month.
    """
    ingatan = {} if ingatan is None else ingatan
    angka: dict[str, AngkaTurunan] = {}
    daftar: dict[str, DaftarTurunan] = {}
    for nama, kode in skema.per_register.items():
        if nama not in _penyedia or (atau_ketik and skema.register_atau_ketik.isdisjoint(kode)):
            continue
        if nama not in ingatan:
            ingatan[nama] = _penyedia[nama](upt, bulan)
        for satu in (k for k in kode if k in ingatan[nama]):
            if satu in skema.daftar:
                daftar[satu] = _periksa_daftar(skema.daftar[satu], ingatan[nama][satu])
            else:
                angka[satu] = _periksa_angka(skema.butir[satu], ingatan[nama][satu])
    return Terisi(angka, daftar)


def muat_laporan(laporan: Laporan, *, atau_ketik: bool = False, ingatan: Ingatan | None = None) -> Terisi:
    return muat(laporan.skema, laporan.upt, laporan.periode, atau_ketik=atau_ketik, ingatan=ingatan)


def terisi_sendiri(laporan: Laporan) -> bool:
    """Whether registers fill what people would type, so that a report nobody typed in still says something."""
    return bool(muat_laporan(laporan, atau_ketik=True).kode & laporan.skema.register_atau_ketik)


def cap_terisi(isi: Mapping[str, Any]) -> str:
    """A short digest of what registers say in a content: who certifies sends back the one that the page showed."""
    nilai = {**isi["lain"], **isi["angka"]}
    return sidik([[k, nilai.get(k), isi["daftar"].get(k)] for k in sorted(isi.get("asal", {}))])[:16]


def pesan_terisi(label: str, register: str | None) -> str:
    """Why a cell or list cannot be typed here."""
    return f"{label} terisi dari register {register}. Perbaiki di sana; laporan ini ikut berubah."


def _periksa_angka(butir: Butir, satu: Any) -> AngkaTurunan:
    """The figure with the item's digits; raises GalatTurunan when it is no such figure or its parts say another."""
    awal = f"Register {butir.register}, butir {butir.kode}"
    if not isinstance(satu, AngkaTurunan):
        raise GalatTurunan(f"{awal}: harus AngkaTurunan, bukan {type(satu).__name__}.")
    logis = isinstance(satu.nilai, bool)
    if not isinstance(satu.nilai, int | Decimal) or logis == butir.angka:
        raise GalatTurunan(f"{awal}: nilai {satu.nilai!r} bukan {butir.jenis}.")
    if satu.dijumlah:
        jumlah = sum((Decimal(r.nilai) for r in satu.rincian if r.nilai is not None), Decimal(0))
        if jumlah != satu.nilai:
            raise GalatTurunan(f"{awal}: rinciannya berjumlah {jumlah}, angkanya {satu.nilai}.")
    return satu if logis else replace(satu, nilai=_bulatkan(butir, satu.nilai))


def _bulatkan(butir: Butir, nilai: int | Decimal) -> int | Decimal:
    hasil = bulatkan(butir, nilai)
    assert isinstance(hasil, int | Decimal)
    return hasil


def _periksa_daftar(daftar: Daftar, satu: Any) -> DaftarTurunan:
    awal = f"Register {daftar.register}, daftar {daftar.kode}"
    if not isinstance(satu, DaftarTurunan):
        raise GalatTurunan(f"{awal}: harus DaftarTurunan, bukan {type(satu).__name__}.")
    id_baris = [str(b.id) for b in satu.baris]
    if len(set(id_baris)) != len(id_baris) or not all(_ID_BARIS.fullmatch(i) for i in id_baris):
        raise GalatTurunan(f"{awal}: id baris harus berbeda-beda, dari huruf, angka, dan garis.")
    asing = {k for b in satu.baris for k in b.isi} - daftar.per_kode.keys()
    if asing:
        raise GalatTurunan(f"{awal}: kolom {', '.join(sorted(asing))} tidak ada di formulir.")
    return satu


def _sel(butir: Butir, nilai: Nilai) -> Sel:
    """A register's value as a cell; its zero is a stated nil, its "no" is an answer."""
    return Sel(nilai, Keadaan.NIHIL if butir.angka and nilai == 0 else Keadaan.ISI)


def _baris(daftar: Daftar, satu: DaftarTurunan) -> list[Baris]:
    return [
        Baris(
            str(b.id), {k: _sel(daftar.per_kode[k], n) for k, x in b.isi.items() if (n := _nilai_kolom(x)) is not None}
        )
        for b in satu.baris
    ]


def _nilai_kolom(x: Any) -> Nilai:
    if isinstance(x, time):
        return x.strftime("%H:%M")
    return x.isoformat() if isinstance(x, date) else (x if x != "" else None)


def _beku_angka(butir: Butir, satu: AngkaTurunan) -> dict[str, Any]:
    return {
        "register": butir.register,
        "asal": satu.asal,
        "cara": JUMLAH if satu.dijumlah else LAIN,
        "rincian": [[r.objek, r.id, r.label, r.nilai] for r in satu.rincian],
    }


def _beku_daftar(daftar: Daftar, satu: DaftarTurunan) -> dict[str, Any]:
    """The rows themselves are in the version; here is which record each of them was."""
    rincian = [[b.objek, b.id, f"Baris {n}", None] for n, b in enumerate(satu.baris, 1) if b.objek]
    return {"register": daftar.register, "asal": satu.asal, "cara": LAIN, "rincian": rincian}


# ---------------------------------------------------------------- what a sent version was made of


def terisi_versi(skema: Skema, isi: Mapping[str, Any]) -> Terisi:
    """The figures that a frozen content took from registers, with their sentences; nothing for older versions."""
    asal, nilai = isi.get("asal", {}), {**isi["lain"], **isi["angka"]}
    angka = {k: AngkaTurunan(nilai[k], a["asal"], cara=LAIN) for k, a in asal.items() if k in nilai}
    return Terisi(angka, {k: DaftarTurunan((), a["asal"]) for k, a in asal.items() if k in skema.daftar})


@dataclass(frozen=True)
class Selisih:
    """A figure that the register says differently now than in the sent version; both as people read them."""

    kode: str
    label: str
    lama: str
    kini: str


HILANG = "tidak ada lagi di register"


def selisih(laporan: Laporan) -> list[Selisih]:
    """Where registers moved on since the latest sent version; empty while the unit can mend it anyway.

    Asks no register for a form without one, for a version that was all typed, or for a report not yet sent.
    """
    return selisih_banyak([laporan]).get(laporan.pk, [])


def selisih_banyak(semua: Sequence[Laporan], ingatan: Ingatan | None = None) -> dict[UUID, list[Selisih]]:
    """The same for one unit's reports of a month, by report, in one query and one call of each register."""
    menurut_id = {
        lap.pk: lap
        for lap in semua
        if lap.skema.per_register and lap.versi_masuk is not None and not dapat_diisi(lap.status)
    }
    if not menurut_id:
        return {}
    versi = LaporanVersi.objects.filter(
        laporan__in=menurut_id, versi=F("laporan__versi_masuk"), isi__has_key="asal"
    ).select_related("formulir_versi")
    ingatan = {} if ingatan is None else ingatan
    return {satu.laporan_id: beda for satu in versi if (beda := _selisih(menurut_id[satu.laporan_id], satu, ingatan))}


def _selisih(laporan: Laporan, versi: LaporanVersi, ingatan: Ingatan) -> list[Selisih]:
    skema, asal = versi.formulir_versi.skema, versi.isi["asal"]
    kini = muat(skema, laporan.upt, laporan.periode, ingatan=ingatan)
    butir = [_selisih_butir(skema.butir[k], versi.isi, kini.angka.get(k)) for k in asal if k in skema.butir]
    daftar = [_selisih_daftar(skema.daftar[k], versi.isi, kini.daftar.get(k)) for k in asal if k in skema.daftar]
    urut = {k: n for n, k in enumerate((*skema.butir, *skema.daftar))}
    return sorted((s for s in (*butir, *daftar) if s is not None), key=lambda s: urut[s.kode])


def _selisih_butir(butir: Butir, isi: Mapping[str, Any], kini: AngkaTurunan | None) -> Selisih | None:
    lama = isi["angka"].get(butir.kode, isi["lain"].get(butir.kode))
    if kini is not None and kini.nilai == lama:
        return None
    baru = tulis_nilai(butir, kini.nilai, satuan=True) if kini is not None else HILANG
    return Selisih(butir.kode, butir.label, tulis_nilai(butir, lama, satuan=True), baru)


def _selisih_daftar(daftar: Daftar, isi: Mapping[str, Any], kini: DaftarTurunan | None) -> Selisih | None:
    lama = isi["daftar"].get(daftar.kode, [])
    if kini is None:
        return Selisih(daftar.kode, daftar.judul, f"{len(lama)} baris", HILANG)
    baru = [{k: s.nilai for k, s in b.sel.items()} for b in _baris(daftar, kini)]
    if baru == [dict(b.get("isi", {})) for b in lama]:
        return None
    sama = ", isinya lain" if len(baru) == len(lama) else ""
    return Selisih(daftar.kode, daftar.judul, f"{len(lama)} baris", f"{len(baru)} baris{sama}")


# ---------------------------------------------------------------- the first register


@sediakan("kapasitas")
def _kapasitas(upt: UPT, bulan: Bulan) -> Mapping[str, AngkaTurunan]:
    baris = kapasitas_pada(upt, bulan.akhir)
    if baris is None:
        return {}
    asal = f"Data induk UPT: kapasitas sejak {baris.dari:%d-%m-%Y}"
    bagian = {"kapasitas_l": baris.laki, "kapasitas_p": baris.perempuan, "kapasitas_anak": baris.anak}
    return {kode: AngkaTurunan(nilai, asal) for kode, nilai in bagian.items()}
