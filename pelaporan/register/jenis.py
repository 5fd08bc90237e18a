"""Kinds of register rows as declarations, and where a program finds them.

    PANEN = daftarkan(JenisBaris("panen", "pangan", Panen, "Panen", KOLOM, periksa=periksa_panen, ...))

Pages, files, the API and the phone queue read and write every kind through `services` and `selectors`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pelaporan.models import BarisRegister
from pelaporan.register.kolom import Kolom
from pelaporan.register.temuan import Temuan
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan

B = TypeVar("B", bound=BarisRegister)


@dataclass(frozen=True)
class JenisBaris(Generic[B]):
    """One kind of row.

    `lengkapi` fills what follows from other rows (never asked); `periksa` says what is wrong or doubtful in a row that
    is about to be written (`id` None: a new one); `periksa_hapus` what would break without it;
    `sesudah` writes what hangs on rows that were just written. `kunci_alami` are the
    columns by which a file means a row that is there already. Rows about persons (`pribadi`) are read by few
    (`selectors.pastikan_membaca`), and not taken from files or kept in browsers. `tanpa_berkas` says why rows of a kind
    do not come from a file, `dibuat_di` the unit's page where they are made when a form of columns cannot make them.
    `halaman` names the address (unit's code, id) of a row's own page, where the work goes on;
    columns in `lanjutan` stand behind a lid in the form.
    """

    kode: str
    register: str
    model: type[B]
    label: str
    label_banyak: str
    kolom: tuple[Kolom, ...]
    periksa: Callable[[B], Iterable[Temuan]]
    kunci_alami: tuple[str, ...]
    urut: tuple[str, ...]
    lengkapi: Callable[[B], None] = lambda baris: None
    periksa_hapus: Callable[[B], Iterable[Temuan]] = lambda baris: ()
    sesudah: Callable[[Sequence[B]], None] = lambda semua: None
    kolom_daftar: tuple[str, ...] = ()
    penjelasan: str = ""
    pribadi: bool = False
    tanpa_berkas: str = ""
    dibuat_di: str = ""
    halaman: str = ""
    lanjutan: tuple[str, ...] = ()

    @property
    def dari_berkas(self) -> bool:
        """Whether rows of this kind may be brought as a list."""
        return not (self.pribadi or self.tanpa_berkas)

    @property
    def ringkas(self) -> tuple[Kolom, ...]:
        """Columns of the list page: those named, else all but paragraphs."""
        if self.kolom_daftar:
            return tuple(k for nama in self.kolom_daftar for k in self.kolom if k.nama == nama)
        return tuple(k for k in self.kolom if k.ragam != "paragraf")


Penyegar = Callable[[int, int, set[Bulan]], None]


@dataclass(frozen=True)
class Register:
    """A programme's register. `segarkan(upt_id, kanwil_id, months)` recomputes its rollups from the rows as they are;
    it is called in the transaction of every write."""

    kode: str
    label: str
    segarkan: Penyegar


_jenis: dict[tuple[str, str], JenisBaris[Any]] = {}
_register: dict[str, Register] = {}


def daftarkan(jenis: JenisBaris[B]) -> JenisBaris[B]:
    _jenis[jenis.register, jenis.kode] = jenis
    return jenis


def daftarkan_register(register: Register) -> Register:
    _register[register.kode] = register
    return register


def jenis_baris(register: str, kode: str) -> JenisBaris[Any]:
    """Raises TidakDitemukan."""
    if (register, kode) not in _jenis:
        raise TidakDitemukan("Daftar ini tidak ada.")
    return _jenis[register, kode]


def register(kode: str) -> Register:
    if kode not in _register:
        raise TidakDitemukan("Register ini tidak ada.")
    return _register[kode]


def semua_jenis(register: str) -> Mapping[str, JenisBaris[Any]]:
    return {kode: j for (milik, kode), j in _jenis.items() if milik == register}


def semua_register() -> Mapping[str, Register]:
    return dict(_register)
