"""The parts of a form: items, tables, line lists, sections, rules, obligations. Immutable plain data.

Every class is written to and read from JSON by its field names, which are also the keys of the YAML files
(``pembaca.py`` reads both), so a form stored in the database is the same document as the file it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

JENIS_ANGKA = ("bulat", "desimal", "rupiah")
JENIS = (*JENIS_ANGKA, "ya_tidak", "teks", "tanggal", "jam", "pilihan")
AGREGASI = ("jumlah", "tidak")
WAKTU = ("jumlah", "posisi", "tidak")
LAPOR = ("bulanan", "sekali")
JenisAngka = Literal["bulat", "desimal", "rupiah", "persen"]
ATAU_KETIK = " atau ketik"


def nama_register(sumber: str) -> str | None:
    """The register that a ``sumber`` names, else None."""
    if not sumber.startswith("turunan:"):
        return None
    return sumber.removeprefix("turunan:").removesuffix(ATAU_KETIK).strip()


@dataclass(frozen=True)
class Butir:
    """One item of a form, one cell of a table or one column of a list.

    ``agregasi``: how units add up (jumlah, or tidak for rates and texts). ``waktu``: how months add up
    (jumlah for flows, posisi = the last month for stocks, tidak). ``sumber``: ``ketik``,
    ``turunan:<register>``, ``turunan:<register> atau ketik`` (typed where the register knows nothing) or
    ``rumus:<expression>``. ``min``/``maks``: bounds of a number. ``desimal``:
    digits after the comma. ``ambang_beda``: percentage of change against last month from which the portal
    asks, unless the change is smaller than ``ambang_selisih`` units. ``dasar``: legal basis or source, with
    ``dasar_terkonfirmasi`` only when somebody checked it. ``stabil``: may be copied from last month.
    ``total``: the portal made this item for a table.
    """

    kode: str
    label: str
    jenis: str
    definisi: str
    contoh: str = ""
    satuan: str = ""
    agregasi: str = "jumlah"
    waktu: str = "jumlah"
    dasar: str = ""
    dasar_terkonfirmasi: bool = False
    nihil_lazim: bool = False
    wajib: bool = False
    min: int | Decimal | None = 0
    maks: int | Decimal | None = None
    desimal: int = 2
    pilihan: tuple[tuple[str, str], ...] = ()
    sumber: str = "ketik"
    stabil: bool = False
    ambang_beda: Decimal | int | None = None
    ambang_selisih: Decimal | int = 0
    total: bool = False

    @cached_property
    def angka(self) -> bool:
        """Whether the value is a number."""
        return self.jenis in JENIS_ANGKA

    @cached_property
    def jenis_angka(self) -> JenisAngka:
        """The kind under which ``inti.angka`` reads and writes this item."""
        if self.satuan == "%":
            return "persen"
        return self.jenis if self.jenis in ("bulat", "rupiah") else "desimal"  # type: ignore[return-value]

    @cached_property
    def dijumlah(self) -> bool:
        """Whether the values of units may be added up."""
        return self.angka and self.agregasi == "jumlah"

    @cached_property
    def rumus(self) -> str | None:
        """The expression of a calculated item, else None."""
        return self.sumber.removeprefix("rumus:").strip() if self.sumber.startswith("rumus:") else None

    @cached_property
    def register(self) -> str | None:
        """The register that feeds this item, always or where it knows the figure; else None."""
        return nama_register(self.sumber)

    @cached_property
    def turunan(self) -> str | None:
        """The register without which this item stays empty: it is never typed. Else None."""
        return None if self.turunan_atau_ketik else self.register

    @cached_property
    def turunan_atau_ketik(self) -> bool:
        """Whether a register fills this item where it knows the figure, and a person everywhere else."""
        return self.sumber.endswith(ATAU_KETIK)

    @cached_property
    def diketik(self) -> bool:
        """Whether the form lets people type this item; ``Isian.dapat_diketik`` says whether they may here and now."""
        return self.sumber == "ketik" or self.turunan_atau_ketik

    @cached_property
    def label_pilihan(self) -> dict[str, str]:
        return dict(self.pilihan)


@dataclass(frozen=True)
class Sumbu:
    """One row or column of a table: its name and the item attributes it fixes for its cells.

    ``total`` and ``label_total``: code and label of its total, when the table shows one; without them the
    code is ``<tabel>_<baris>_total`` or ``<tabel>_total_<kolom>`` and the label says table and column.
    """

    kode: str
    label: str
    definisi: str = ""
    total: str = ""
    label_total: str = ""
    atribut: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tabel:
    """Rows × columns; cell code ``<tabel>_<baris>_<kolom>``, without the cells named in ``tanpa``
    (``baris_kolom``).

    A cell takes its attributes from the table, then its column, then its row. ``total_baris`` adds a total
    to every row, ``total_kolom`` to every column, ``total`` is the code of the grand total; totals are
    formulas.
    """

    kode: str
    judul: str
    baris: tuple[Sumbu, ...]
    kolom: tuple[Sumbu, ...]
    penjelasan: str = ""
    definisi: str = ""
    total_baris: bool = False
    total_kolom: bool = False
    total: str = ""
    tanpa: tuple[str, ...] = ()
    atribut: Mapping[str, Any] = field(default_factory=dict)

    def sel(self, baris: Sumbu, kolom: Sumbu) -> Butir | None:
        """The item of one cell; None when the cell does not exist."""
        if f"{baris.kode}_{kolom.kode}" in self.tanpa:
            return None
        definisi = " ".join(filter(None, (self.definisi, baris.definisi, kolom.definisi)))
        atribut = {**self.atribut, **kolom.atribut, **baris.atribut}
        return _butir_sel(f"{self.kode}_{baris.kode}_{kolom.kode}", f"{baris.label}, {kolom.label}", definisi, atribut)

    @cached_property
    def kisi(self) -> tuple[tuple[Sumbu | None, tuple[Butir | None, ...]], ...]:
        """The table as shown: (row, items); totals are a last item per row and a last row headed None."""
        isi = [(b, [self.sel(b, k) for k in self.kolom]) for b in self.baris]
        tampak = [(b, (*sel, *self._total_baris(b, sel))) for b, sel in isi]
        return (*tampak, (None, self._baris_total([s for _, s in isi]))) if self.total_kolom else tuple(tampak)

    @cached_property
    def butir(self) -> tuple[Butir, ...]:
        """All cells, in reading order, then totals where they stand."""
        return tuple(b for _, baris in self.kisi for b in baris if b is not None)

    @cached_property
    def sel_isian(self) -> tuple[Butir, ...]:
        """The cells without the totals."""
        return tuple(b for b in self.butir if not b.total)

    def _total_baris(self, baris: Sumbu, sel: list[Butir | None]) -> tuple[Butir, ...]:
        if not self.total_baris:
            return ()
        kode = baris.total or f"{self.kode}_{baris.kode}_total"
        definisi = f"Jumlah seluruh kolom. {baris.definisi or self.definisi}"
        return (_butir_total(kode, baris.label_total or baris.label, definisi, sel),)

    def _baris_total(self, isi: list[list[Butir | None]]) -> tuple[Butir | None, ...]:
        per_kolom = zip(self.kolom, zip(*isi, strict=True), strict=True)
        hasil = [self._total_kolom(k, list(sel)) for k, sel in per_kolom]
        return (*hasil, self._total_semua(isi)) if self.total_baris else tuple(hasil)

    def _total_kolom(self, kolom: Sumbu, sel: list[Butir | None]) -> Butir:
        bawaan = f"{self.total}_{kolom.kode}" if self.total else f"{self.kode}_total_{kolom.kode}"
        definisi = f"Jumlah seluruh baris. {kolom.definisi or self.definisi}"
        label = kolom.label_total or f"{self.judul}, {kolom.label}"
        return _butir_total(kolom.total or bawaan, label, definisi, sel)

    def _total_semua(self, isi: list[list[Butir | None]]) -> Butir:
        definisi = f"Jumlah seluruh tabel. {self.definisi}"
        kode = self.total or f"{self.kode}_total"
        return _butir_total(kode, self.judul, definisi, [b for r in isi for b in r])


@dataclass(frozen=True)
class Daftar:
    """A line list: ``min``..``maks`` rows with the same columns. Counts are formulas over it.

    ``sumber``: ``ketik``, or ``turunan:<register> atau ketik`` when a register gives the rows where it knows them.
    """

    kode: str
    judul: str
    kolom: tuple[Butir, ...]
    penjelasan: str = ""
    min: int = 0
    maks: int = 500
    sumber: str = "ketik"

    @cached_property
    def register(self) -> str | None:
        """The register that gives the rows where it knows them, else None."""
        return nama_register(self.sumber)

    @cached_property
    def per_kode(self) -> dict[str, Butir]:
        return {k.kode: k for k in self.kolom}

    @cached_property
    def stabil(self) -> bool:
        """Whether the rows live on from month to month: some column may be copied from last month."""
        return any(k.stabil for k in self.kolom)


@dataclass(frozen=True)
class Bagian:
    """A section of the form.

    ``bila``: a yes/no expression over items outside the section; while it is not true the section is
    closed: nothing in it is mandatory and its empty numbers count as ``bila_tidak`` (nihil or tak_berlaku).
    """

    kode: str
    judul: str
    isi: tuple[Butir | Tabel | Daftar, ...]
    penjelasan: str = ""
    bila: str = ""
    bila_tidak: str = "nihil"

    @cached_property
    def butir(self) -> tuple[Butir, ...]:
        """All items, cells and totals of the section in form order (columns of lists are not items)."""
        return tuple(b for x in self.isi for b in _butir_dari(x))

    @cached_property
    def daftar(self) -> tuple[Daftar, ...]:
        return tuple(x for x in self.isi if isinstance(x, Daftar))


@dataclass(frozen=True)
class Aturan:
    """A check: ``syarat`` must be true whenever ``bila`` (if any) is true. ``galat`` blocks sending,
    ``tanya`` must be confirmed, and with ``wajib_alasan`` explained. With ``daftar`` the rule holds for
    every row of that list.

    ``pesan`` is an Indonesian sentence; ``{isi}`` or ``{isi - kapasitas}`` writes a value, ``{x:persen}``
    in that kind, ``{label:isi}`` a label, ``{bulan}`` and ``{bulan_lalu}`` month names.
    """

    kode: str
    tingkat: str
    syarat: str
    pesan: str
    bila: str = ""
    butir: tuple[str, ...] = ()
    daftar: str = ""
    wajib_alasan: bool = False


@dataclass(frozen=True)
class Kewajiban:
    """Which units owe the form, and by when each level (upt, kanwil, pusat) is done.

    ``jenis`` and ``subjenis``: kinds of unit; ``upt`` and ``kanwil``: codes that narrow them to named units or
    regions. ``tenggat``: working days of the following month (int), or for a campaign reported once dates
    (text 2026-11-06).
    """

    jenis: tuple[str, ...]
    tenggat: Mapping[str, int | str]
    subjenis: tuple[str, ...] = ()
    upt: tuple[str, ...] = ()
    kanwil: tuple[str, ...] = ()
    terkonfirmasi: bool = False

    @property
    def bertanggal(self) -> bool:
        """Whether the deadlines are dates instead of working days."""
        return any(isinstance(x, str) for x in self.tenggat.values())

    def mengenai(self, *, jenis: str, subjenis: str, upt: str, kanwil: str) -> bool:
        """Whether a unit of this kind, with this code and in this region, owes the form."""
        return (
            jenis in self.jenis
            and (not self.subjenis or subjenis in self.subjenis)
            and (not self.upt or upt in self.upt)
            and (not self.kanwil or kanwil in self.kanwil)
        )


@dataclass(frozen=True)
class Kampanye:
    """The form belongs to a campaign from one day to another (text 2026-08-01), both included.

    ``lapor``: ``bulanan``, a report for every month the campaign touches, or ``sekali``, one report for the whole
    campaign, kept under the month in which it ends.
    """

    dari: str
    sampai: str
    lapor: str = "bulanan"

    @property
    def sekali(self) -> bool:
        return self.lapor == "sekali"

    def wajib_pada(self, bulan: str) -> bool:
        """Whether a report is owed for ``bulan`` (YYYY-MM)."""
        awal, akhir = self.dari[:7], self.sampai[:7]
        return bulan == akhir if self.sekali else awal <= bulan <= akhir


@dataclass(frozen=True)
class NilaiParameter:
    """A value in force from a month on, with where it comes from."""

    berlaku_dari: str
    nilai: int | Decimal
    sumber: str
    terkonfirmasi: bool = False


@dataclass(frozen=True)
class Parameter:
    """A number that rules use and that law or policy may change: never a constant in a rule."""

    kode: str
    label: str
    nilai: tuple[NilaiParameter, ...]
    satuan: str = ""

    def pada(self, bulan: str) -> int | Decimal | None:
        """The value in force in ``bulan`` (YYYY-MM); None before the first."""
        berlaku = [n for n in self.nilai if n.berlaku_dari <= bulan]
        return max(berlaku, key=lambda n: n.berlaku_dari).nilai if berlaku else None


def ke_json(obj: Any) -> Any:
    """Plain JSON of any part: field names as keys, defaults left out, decimals as text, choices as an ordered
    list.
    """
    if isinstance(obj, Decimal):
        return format(obj, "f")
    if isinstance(obj, Mapping):
        return {k: ke_json(v) for k, v in obj.items()}
    if isinstance(obj, tuple):
        return [ke_json(x) for x in obj]
    return _kelas_ke_json(obj) if hasattr(obj, "__dataclass_fields__") else obj


def _kelas_ke_json(obj: Any) -> dict[str, Any]:
    hasil: dict[str, Any] = {}
    for f in fields(obj):
        nilai = getattr(obj, f.name)
        if f.name == "atribut":
            hasil.update(ke_json(nilai))
        elif nilai != _bawaan(f):
            hasil[f.name] = ke_json(nilai)
    if isinstance(obj, Butir) and obj.angka and obj.diketik and not obj.wajib:
        hasil["wajib"] = False  # readers take a typed number as mandatory unless told otherwise
    return hasil


def _bawaan(f: Any) -> Any:
    return f.default_factory() if f.default_factory is not MISSING else f.default


def _butir_dari(x: Butir | Tabel | Daftar) -> tuple[Butir, ...]:
    if isinstance(x, Tabel):
        return x.butir
    return (x,) if isinstance(x, Butir) else ()


def _butir_sel(kode: str, label: str, definisi: str, atribut: Mapping[str, Any]) -> Butir:
    lengkap = {"jenis": "bulat", **atribut}
    wajib = lengkap.pop("wajib", lengkap["jenis"] in JENIS_ANGKA)
    return Butir(kode=kode, label=label, definisi=definisi, wajib=wajib, **lengkap)


def _butir_total(kode: str, label: str, definisi: str, sel: list[Butir | None]) -> Butir:
    """Total of cells of one kind; takes unit and aggregation from the first."""
    ada = [b for b in sel if b is not None]
    contoh = ada[0]
    rumus = f"rumus:jumlah({', '.join(b.kode for b in ada)})"
    return Butir(
        kode=kode,
        label=label,
        jenis=contoh.jenis,
        definisi=definisi.strip(),
        contoh=contoh.contoh,
        satuan=contoh.satuan,
        agregasi=contoh.agregasi,
        waktu=contoh.waktu,
        desimal=contoh.desimal,
        min=None,
        sumber=rumus,
        total=True,
    )
