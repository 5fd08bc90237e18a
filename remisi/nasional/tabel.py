"""Tables of an occasion's grants: the same rows (kind and result) under bands, sex, status and offence group.

For readers outside the unit's chain each table is closed where it must be (`remisi.nasional.tekan`). Reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pemasyarakatan.inti.angka import tulis_angka
from remisi.models import Usulan
from remisi.nasional.selectors import LAIN, PITA, Baris, Tempat
from remisi.nasional.tekan import samar_daftar, samar_tabel
from wbp.models import DataWarga

TUTUP = "∗"
ARTI_TUTUP = (
    "∗ kurang dari 5 (<5), atau ditutup agar angka kurang dari 5 tidak dapat dihitung dari jumlahnya. "
    "Angka utuh dibaca unitnya sendiri, Kanwil-nya, dan peninjau Ditjenpas."
)
KELAMIN = {**dict(DataWarga.Kelamin.choices), "": "belum dicatat"}
KELOMPOK = {**dict(DataWarga.Kelompok.choices), "": "belum dicatat"}
STATUS = dict(DataWarga.Status.choices)
STATUS_USULAN = dict(Usulan.Status.choices)
BULAT_HARI = 1_000
"""Days saved are told to outsiders in thousands: exact ones would say what closed cells are."""


def nama_pita(pita: str) -> str:
    """ "45" -> "1 bulan 15 hari"."""
    if pita == LAIN:
        return "besaran lain"
    bulan, hari = divmod(int(pita), 30)
    return " ".join(x for x in (f"{bulan} bulan" if bulan else "", f"{hari} hari" if hari else "") if x)


@dataclass(frozen=True)
class Matra:
    """One way of dividing the grants."""

    kode: str
    judul: str
    nilai: Callable[[Baris], str]
    label: Callable[[str], str]
    urut: Callable[[str], int]


def _urut(semua: Iterable[str]) -> Callable[[str], int]:
    tempat = {k: n for n, k in enumerate(semua)}
    return lambda kode: tempat.get(kode, len(tempat))


MATRA = (
    Matra("pita", "Besaran", lambda b: b.pita_tampak, nama_pita, _urut([*map(str, PITA), LAIN])),
    Matra("jenis_kelamin", "Jenis kelamin", lambda b: b.jenis_kelamin, lambda k: KELAMIN.get(k, k), _urut(KELAMIN)),
    Matra("status_orang", "Status", lambda b: b.status_orang, lambda k: STATUS.get(k, k), _urut(STATUS)),
    Matra("kelompok", "Tindak pidana", lambda b: b.kelompok, lambda k: KELOMPOK.get(k, k), _urut(KELOMPOK)),
)


@dataclass(frozen=True)
class Sel:
    """A figure with its column; `orang` None is closed, `url` opens it ("": it does not)."""

    orang: int | None
    label: str
    url: str = ""

    @property
    def teks(self) -> str:
        return TUTUP if self.orang is None else tulis_angka(self.orang)


@dataclass(frozen=True)
class BarisTabel:
    jenis: str
    hasil: str
    nama: str
    sel: Sequence[Sel]
    jumlah: Sel


@dataclass(frozen=True)
class Tabel:
    kode: str
    judul: str
    kolom: Sequence[str]
    baris: Sequence[BarisTabel]
    kaki: Sequence[Sel]
    jumlah: Sel
    tertutup: bool


Alamat = Callable[[Mapping[str, str]], str]


def susun(semua: Sequence[Baris], urutan: Sequence[str], alamat: Alamat, *, utuh: bool) -> list[Tabel]:
    """All tables over the same rows. `utuh`: the reader belongs to the chain, nothing is closed; `alamat` is the
    address of a figure by its parameters."""
    pasangan = sorted({(b.jenis, b.hasil) for b in semua}, key=lambda p: (_tempat(urutan, p[0]), p[0], p[1]))
    return [_tabel(m, semua, pasangan, alamat, utuh=utuh) for m in MATRA]


def _tempat(urutan: Sequence[str], jenis: str) -> int:
    return urutan.index(jenis) if jenis in urutan else len(urutan)


def _tabel(
    m: Matra, semua: Sequence[Baris], pasangan: Sequence[tuple[str, str]], alamat: Alamat, *, utuh: bool
) -> Tabel:
    nilai = sorted({m.nilai(b) for b in semua}, key=m.urut)
    isi = [[0] * len(nilai) for _ in pasangan]
    for b in semua:
        isi[pasangan.index((b.jenis, b.hasil))][nilai.index(m.nilai(b))] += b.orang
    sel, jumlah, kolom, total, tertutup = _buka(isi, len(nilai)) if utuh else _samar(isi)

    def satu(n: int | None, label: str, **saring: str) -> Sel:
        return Sel(n, label, alamat(saring) if utuh and n else "")

    def baris(i: int, jenis: str, hasil: str) -> BarisTabel:
        isi_baris = [
            satu(n, m.label(k), jenis=jenis, hasil=hasil, **{m.kode: k}) for k, n in zip(nilai, sel[i], strict=True)
        ]
        total_baris = satu(jumlah[i], "Jumlah", jenis=jenis, hasil=hasil)
        return BarisTabel(jenis, hasil, nama_baris(jenis, hasil), isi_baris, total_baris)

    kaki = [satu(n, m.label(k), **{m.kode: k}) for k, n in zip(nilai, kolom, strict=True)]
    semua_baris = [baris(i, j, h) for i, (j, h) in enumerate(pasangan)]
    return Tabel(m.kode, m.judul, [m.label(n) for n in nilai], semua_baris, kaki, satu(total, "Jumlah"), tertutup)


_Angka = Sequence[int | None]
_Isi = tuple[Sequence[_Angka], _Angka, _Angka, int | None, bool]


def _buka(isi: Sequence[Sequence[int]], lebar: int) -> _Isi:
    kolom = [sum(b[k] for b in isi) for k in range(lebar)]
    return isi, [sum(b) for b in isi], kolom, sum(kolom), False


def _samar(isi: Sequence[Sequence[int]]) -> _Isi:
    t = samar_tabel(isi)
    return t.sel, t.baris, t.kolom, t.total, t.ada


def nama_baris(jenis: str, hasil: str) -> str:
    """RU and "II" -> "RU II"."""
    return f"{jenis} {hasil}".strip()


# Places and days ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisTempat:
    """A Kanwil or unit; I, II and days are told to its chain only. How many of its units have a grant is a least count
    of them: closed with it."""

    tempat: Tempat
    unit: int | None
    orang: int | None
    i: int | None
    ii: int | None
    hari: int | None


def tempat(semua: Sequence[Tempat], *, utuh: bool) -> list[BarisTempat]:
    if utuh:
        return [BarisTempat(t, t.unit, t.orang, t.i, t.ii, t.hari) for t in semua]
    tampak, _ = samar_daftar([t.orang for t in semua])
    pasangan = zip(semua, tampak, strict=True)
    return [BarisTempat(t, None if n is None else t.unit, n, None, None, None) for t, n in pasangan]


def hari_tampak(hari: int, *, utuh: bool) -> int | None:
    """Days saved as this reader may know them: exact, in thousands, or (too few) not at all."""
    if utuh:
        return hari
    bulat = round(hari / BULAT_HARI) * BULAT_HARI
    return bulat if bulat >= 10 * BULAT_HARI else None
