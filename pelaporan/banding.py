"""The difference between two frozen contents of one form. Pure: form and two contents in, rows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pelaporan.butir import Butir, Daftar
from pelaporan.isian import tulis_nilai
from pelaporan.sajian import SelSaji, keadaan_isi, nilai_isi, saji_baris, saji_sel
from pelaporan.skema import Skema
from pemasyarakatan.inti.angka import tulis_angka

Isi = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Beda:
    """One item beside its counterpart. `selisih` and `persen` are empty when there is nothing to subtract."""

    bagian: str
    kini: SelSaji
    lalu: SelSaji | None
    selisih: str
    persen: str
    berubah: bool

    @property
    def kode(self) -> str:
        return self.kini.kode


@dataclass(frozen=True, slots=True)
class BedaBaris:
    """A row of a line list that came ('baru'), went ('dihapus') or changed ('berubah')."""

    daftar: str
    jenis: str
    nomor: int
    sel: list[tuple[SelSaji, SelSaji | None]]
    """Cells that matter: all of a new or removed row, of a changed one those that differ as (new, old)."""
    id: str = ""
    kode: str = ""
    """The list's code."""


def bandingkan(skema: Skema, kini: Isi, lalu: Isi | None) -> list[Beda]:
    """Every item in form order. Items that the older content does not know count as empty there."""
    return [_beda(skema, b, kini, lalu) for b in skema.butir.values()]


def _beda(skema: Skema, butir: Butir, kini: Isi, lalu: Isi | None) -> Beda:
    baru = saji_sel(butir, kini)
    judul = skema.bagian_dari[butir.kode].judul
    if lalu is None:
        return Beda(judul, baru, None, "", "", False)
    lama = saji_sel(butir, lalu)
    selisih, persen = _selisih(butir, nilai_isi(kini, butir.kode), nilai_isi(lalu, butir.kode))
    berubah = _jejak(butir, kini) != _jejak(butir, lalu)
    return Beda(judul, baru, lama, selisih, persen, berubah)


def _jejak(butir: Butir, isi: Isi) -> tuple[Any, ...]:
    """What makes a cell the same: value, state, and the reason of a cell without a value."""
    keadaan = keadaan_isi(isi, butir.kode)
    alasan = isi["alasan"].get(butir.kode, "") if keadaan.startswith("tak_") else ""
    return nilai_isi(isi, butir.kode), keadaan, alasan


def _selisih(butir: Butir, kini: Any, lalu: Any) -> tuple[str, str]:
    if (
        not butir.angka
        or isinstance(kini, bool)
        or not isinstance(kini, int | Decimal)
        or not isinstance(lalu, int | Decimal)
    ):
        return "", ""
    beda = Decimal(kini) - Decimal(lalu)
    tanda = "+" if beda > 0 else ""
    if butir.jenis_angka == "persen":
        return f"{tanda}{tulis_angka(beda, 'desimal')} poin", ""
    persen = f"{tanda}{tulis_angka(beda * 100 / abs(Decimal(lalu)), 'persen')}" if lalu and beda else ""
    return f"{tanda}{tulis_nilai(butir, beda)}", persen


def banding_daftar(skema: Skema, kini: Isi, lalu: Isi, *, lintas_bulan: bool = False) -> list[BedaBaris]:
    """Rows that came, went or changed. Rows keep their id between versions of one report; across months a row is the
    same when all its cells are, or when its first column (what the row is about) is and is so only once.
    """
    cocok = _cocokkan if lintas_bulan else _menurut_id
    semua = [d for d in skema.daftar.values() if sebanding(d, lintas_bulan)]
    return [beda for d in semua for beda in _beda_daftar(d, kini, lalu, cocok)]


def sebanding(daftar: Daftar, lintas_bulan: bool) -> bool:
    """Whether rows can be compared: a list of dated events begins anew every month."""
    return not lintas_bulan or daftar.kolom[0].jenis != "tanggal"


_Pasangan = dict[str, Isi]
"""The older row by the id of the newer one."""


def _menurut_id(daftar: Daftar, baru: list[Isi], lama: list[Isi]) -> _Pasangan:
    per_id = {b["id"]: b for b in lama}
    return {b["id"]: per_id[b["id"]] for b in baru if b["id"] in per_id}


def _cocokkan(daftar: Daftar, baru: list[Isi], lama: list[Isi]) -> _Pasangan:
    pasangan: _Pasangan = {}
    sisa = list(lama)
    for ciri in (_semua_sel, _sel_pertama):
        for satu in baru:
            calon = [b for b in sisa if ciri(daftar, b) == ciri(daftar, satu)]
            if satu["id"] in pasangan or not calon or (ciri is _sel_pertama and len(calon) > 1):
                continue
            pasangan[satu["id"]] = calon[0]
            sisa.remove(calon[0])
    return pasangan


def _semua_sel(daftar: Daftar, baris: Isi) -> Any:
    return saji_baris(daftar, baris)


def _sel_pertama(daftar: Daftar, baris: Isi) -> Any:
    return saji_baris(daftar, baris)[0].teks


def _beda_daftar(
    daftar: Daftar, kini: Isi, lalu: Isi, cocok: Callable[[Daftar, list[Isi], list[Isi]], _Pasangan]
) -> list[BedaBaris]:
    baru, lama = kini["daftar"].get(daftar.kode, []), lalu["daftar"].get(daftar.kode, [])
    pasangan = cocok(daftar, baru, lama)
    semua = [_beda_baris(daftar, nomor, baris, pasangan.get(baris["id"])) for nomor, baris in enumerate(baru, 1)]
    hasil = [beda for beda in semua if beda is not None]
    terpakai = {b["id"] for b in pasangan.values()}
    for nomor, baris in enumerate(lama, 1):
        if baris["id"] not in terpakai:
            sel: list[tuple[SelSaji, SelSaji | None]] = [(s, None) for s in saji_baris(daftar, baris)]
            hasil.append(BedaBaris(daftar.judul, "dihapus", nomor, sel, "", daftar.kode))
    return hasil


def _beda_baris(daftar: Daftar, nomor: int, baris: Isi, sebelum: Isi | None) -> BedaBaris | None:
    kini = saji_baris(daftar, baris)
    if sebelum is None:
        return BedaBaris(daftar.judul, "baru", nomor, [(s, None) for s in kini], baris["id"], daftar.kode)
    pasangan = list(zip(kini, saji_baris(daftar, sebelum), strict=True))
    beda: list[tuple[SelSaji, SelSaji | None]] = [(a, b) for a, b in pasangan if a != b]
    return BedaBaris(daftar.judul, "berubah", nomor, beda, baris["id"], daftar.kode) if beda else None
