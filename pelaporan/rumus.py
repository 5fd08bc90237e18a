"""The expression language of the forms: parsed once into an immutable, typed tree, evaluated over one
report here and over a whole table of reports in ``gladi.py``. Both walk the same tree; a property test
proves that they agree.

Language (everything else is refused when the form is loaded)::

    isi_l + isi_p                 codes of the form; a table code only inside jumlah, min, maks
    F02.masuk                     the same month's item of another form
    + - * /   == != < <= > >=   in ("a", "b")   and or not   ya tidak   "teks"   1.5
    awal_bulan akhir_bulan        first and last day of the reported month, as text 2026-01-31
    jumlah(a, b, tabel)           sum; min(...), maks(...) likewise
    lalu(x [, n])  rata(x, n)     the item n months before (default 1); mean of the n months before
    bagi(a, b)  abs(a)            a / b; absolute value
    hitung(daftar [, syarat])     number of rows; syarat may name the columns of the list
    jumlahkan(daftar, kolom [, syarat])
    terisi(x)  jika(c, a, b)

Missing values: arithmetic and comparisons with a missing value are missing, division by zero too; ``and``,
``or``, ``not`` follow three-valued logic; ``jumlah``, ``min``, ``maks``, ``rata`` pass over missing values
and are missing only when all are; ``hitung`` and ``jumlahkan`` of no rows are 0. A rule whose condition is
missing does not apply.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NoReturn, Protocol

from pemasyarakatan.inti.waktu import Bulan

Nilai = int | Decimal | str | bool | None

ANGKA, LOGIKA, TEKS, TABEL, DAFTAR = "angka", "logika", "teks", "tabel", "daftar"
FUNGSI = frozenset(("jumlah", "min", "maks", "abs", "bagi", "jika", "terisi", "lalu", "rata", "hitung", "jumlahkan"))
KHUSUS = frozenset({"ya", "tidak", "awal_bulan", "akhir_bulan"})
PANJANG_MAKS = 2_000
DALAM_MAKS = 40
MUNDUR_MAKS = 60


class GalatRumus(ValueError):
    """An expression that cannot be accepted; ``pesan`` is an Indonesian sentence."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


@dataclass(frozen=True, slots=True)
class Lambang:
    """What a name stands for while an expression is parsed.

    ``pilihan`` codes of a choice; ``sel`` cells of a table, empty when their units differ; ``kolom``
    columns of a list; ``asal``: butir, parameter or kolom; only a butir has a value in earlier months.
    """

    tipe: str
    asal: str = "butir"
    pilihan: frozenset[str] = frozenset()
    sel: tuple[str, ...] = ()
    kolom: Mapping[str, Lambang] = field(default_factory=dict)


Lingkup = Mapping[str, Lambang]


@dataclass(frozen=True, slots=True)
class Simpul:
    """One node: ``op`` names the operation, ``isi`` holds what a leaf needs (constant, code, offsets)."""

    op: str
    tipe: str
    anak: tuple[Simpul, ...] = ()
    isi: Any = None

    def telusur(self) -> Iterator[Simpul]:
        """This node and all below it."""
        yield self
        for anak in self.anak:
            yield from anak.telusur()


class Konteks(Protocol):
    """What surrounds a report: its month, earlier months (``lalu``, form None = own form) and other forms."""

    @property
    def bulan(self) -> Bulan: ...

    def lalu(self, formulir: str | None, kode: str, n: int) -> Nilai: ...

    def lain(self, formulir: str, kode: str) -> Nilai: ...


# ---------------------------------------------------------------- parsing


def urai(teks: str, lingkup: Lingkup) -> Simpul:
    """Parse and type-check an expression; every name must be in ``lingkup``. Raises ``GalatRumus``."""
    if len(teks) > PANJANG_MAKS:
        raise GalatRumus(f"ekspresi lebih panjang dari {PANJANG_MAKS} huruf")
    try:
        pohon = ast.parse(teks.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise GalatRumus(f"ekspresi tidak dapat dibaca: {teks.strip()}") from None
    return _Pengurai(teks.strip(), lingkup).simpul(pohon, 0)


_HITUNG = {ast.Add: "tambah", ast.Sub: "kurang", ast.Mult: "kali", ast.Div: "bagi"}
_BANDING = {
    ast.Eq: "sama",
    ast.NotEq: "beda",
    ast.Lt: "kurang_dari",
    ast.LtE: "paling_banyak",
    ast.Gt: "lebih_dari",
    ast.GtE: "paling_sedikit",
}
_KONSTANTA = {
    "ya": Simpul("tetap", LOGIKA, isi=True),
    "tidak": Simpul("tetap", LOGIKA, isi=False),
    "awal_bulan": Simpul("awal_bulan", TEKS),
    "akhir_bulan": Simpul("akhir_bulan", TEKS),
}


class _Pengurai:
    """Turns Python's syntax tree into ours; whatever is not expected here is refused."""

    def __init__(self, teks: str, lingkup: Lingkup) -> None:
        self.teks = teks
        self.lingkup = lingkup

    def tolak(self, node: ast.AST, sebab: str) -> NoReturn:
        raise GalatRumus(f"{sebab}: {ast.get_source_segment(self.teks, node) or self.teks}")

    def simpul(self, node: ast.AST, dalam: int, tipe: str | None = None) -> Simpul:
        if dalam > DALAM_MAKS:
            raise GalatRumus(f"ekspresi bersarang lebih dari {DALAM_MAKS} tingkat")
        urai_jenis = getattr(self, f"_{type(node).__name__}", None)
        if urai_jenis is None:
            self.tolak(node, "bentuk ini tidak dikenal dalam rumus")
        hasil: Simpul = urai_jenis(node, dalam + 1)
        if tipe and hasil.tipe != tipe:
            self.tolak(node, f"seharusnya {tipe}, tetapi {hasil.tipe}")
        return hasil

    def _Constant(self, node: ast.Constant, dalam: int) -> Simpul:
        nilai = node.value
        if isinstance(nilai, str):
            return Simpul("tetap", TEKS, isi=nilai)
        if isinstance(nilai, bool) or not isinstance(nilai, int | float):
            self.tolak(node, "bukan angka atau teks (tulis ya atau tidak untuk logika)")
        # the source text, not the float: 0.1 must stay one tenth
        return Simpul("tetap", ANGKA, isi=nilai if isinstance(nilai, int) else self._desimal(node))

    def _desimal(self, node: ast.Constant) -> Decimal:
        nilai = Decimal((ast.get_source_segment(self.teks, node) or "").replace("_", ""))
        if abs(nilai.adjusted()) > 15:
            self.tolak(node, "angka terlalu besar atau terlalu kecil")
        return nilai

    def _Name(self, node: ast.Name, dalam: int) -> Simpul:
        if node.id in _KONSTANTA:
            return _KONSTANTA[node.id]
        lambang = self.lambang(node)
        if lambang.tipe in (TABEL, DAFTAR):
            self.tolak(node, f"{lambang.tipe} tidak dapat dipakai sebagai satu nilai")
        return Simpul("nama", lambang.tipe, isi=node.id)

    def lambang(self, node: ast.Name) -> Lambang:
        if node.id not in self.lingkup:
            self.tolak(node, "nama tidak dikenal")
        return self.lingkup[node.id]

    def _Attribute(self, node: ast.Attribute, dalam: int) -> Simpul:
        if not isinstance(node.value, ast.Name) or not node.value.id[:1].isupper():
            self.tolak(node, "rujukan ke formulir lain ditulis seperti F02.masuk")
        return Simpul("luar", ANGKA, isi=(node.value.id, node.attr))

    def _BinOp(self, node: ast.BinOp, dalam: int) -> Simpul:
        op = _HITUNG.get(type(node.op))
        if op is None:
            self.tolak(node, "operator ini tidak dikenal dalam rumus")
        return Simpul(op, ANGKA, (self.simpul(node.left, dalam, ANGKA), self.simpul(node.right, dalam, ANGKA)))

    def _UnaryOp(self, node: ast.UnaryOp, dalam: int) -> Simpul:
        if not isinstance(node.op, ast.USub | ast.Not):
            self.tolak(node, "operator ini tidak dikenal dalam rumus")
        op, tipe = ("negatif", ANGKA) if isinstance(node.op, ast.USub) else ("bukan", LOGIKA)
        return Simpul(op, tipe, (self.simpul(node.operand, dalam, tipe),))

    def _BoolOp(self, node: ast.BoolOp, dalam: int) -> Simpul:
        op = "dan" if isinstance(node.op, ast.And) else "atau"
        return Simpul(op, LOGIKA, tuple(self.simpul(n, dalam, LOGIKA) for n in node.values))

    def _Compare(self, node: ast.Compare, dalam: int) -> Simpul:
        kiri, pasangan = node.left, []
        for op, kanan in zip(node.ops, node.comparators, strict=True):
            pasangan.append(self._pasangan(node, kiri, op, kanan, dalam))
            kiri = kanan
        return pasangan[0] if len(pasangan) == 1 else Simpul("dan", LOGIKA, tuple(pasangan))

    def _pasangan(self, node: ast.AST, kiri: ast.AST, op: ast.cmpop, kanan: ast.AST, dalam: int) -> Simpul:
        a = self.simpul(kiri, dalam)
        if isinstance(op, ast.In | ast.NotIn):
            di = Simpul("di", LOGIKA, (a,), self._anggota(kanan, kiri, a))
            return di if isinstance(op, ast.In) else Simpul("bukan", LOGIKA, (di,))
        nama = _BANDING.get(type(op))
        if nama is None or (a.tipe == LOGIKA and nama not in ("sama", "beda")):
            self.tolak(node, "perbandingan ini tidak dikenal dalam rumus")
        b = self.simpul(kanan, dalam, a.tipe)
        self._cek_pilihan(kiri, b)
        self._cek_pilihan(kanan, a)
        return Simpul(nama, LOGIKA, (a, b))

    def _anggota(self, node: ast.AST, kiri: ast.AST, a: Simpul) -> tuple[Nilai, ...]:
        if not isinstance(node, ast.Tuple | ast.List) or not node.elts:
            self.tolak(node, 'sesudah in harus ada daftar tetap seperti ("a", "b")')
        isi = [self.simpul(n, DALAM_MAKS, a.tipe) for n in node.elts]
        for n, s in zip(node.elts, isi, strict=True):
            if s.op != "tetap":
                self.tolak(n, "isi daftar sesudah in harus nilai tetap")
            self._cek_pilihan(kiri, s)
        return tuple(s.isi for s in isi)

    def _cek_pilihan(self, nama: ast.AST, lawan: Simpul) -> None:
        """A choice may be compared only with one of its own codes: catches misspelt categories."""
        pilihan = self.lingkup[nama.id].pilihan if isinstance(nama, ast.Name) and nama.id in self.lingkup else None
        if pilihan and lawan.op == "tetap" and lawan.isi not in pilihan:
            self.tolak(nama, f'"{lawan.isi}" bukan salah satu pilihan')

    def _Call(self, node: ast.Call, dalam: int) -> Simpul:
        nama = node.func.id if isinstance(node.func, ast.Name) else ""
        if nama not in FUNGSI or node.keywords or not node.args:
            self.tolak(node, "fungsi tidak dikenal atau tanpa isi")
        buat: Callable[[ast.Call, int], Simpul] = getattr(self, f"_f_{nama}")
        return buat(node, dalam)

    def _banyak(self, node: ast.Call, ada: range) -> None:
        if len(node.args) not in ada:
            self.tolak(node, f"jumlah isi fungsi harus {ada.start} sampai {ada.stop - 1}")

    def _gabungan(self, node: ast.Call, dalam: int) -> Simpul:
        anak: list[Simpul] = []
        for n in node.args:
            lambang = self.lingkup.get(n.id) if isinstance(n, ast.Name) else None
            if lambang and lambang.tipe == TABEL:
                if not lambang.sel:
                    self.tolak(n, "sel tabel ini berbeda satuan, pakai total tiap kolom")
                anak += [Simpul("nama", ANGKA, isi=kode) for kode in lambang.sel]
            else:
                anak.append(self.simpul(n, dalam, ANGKA))
        return Simpul(node.func.id, ANGKA, tuple(anak))  # type: ignore[attr-defined]

    _f_jumlah = _f_min = _f_maks = _gabungan

    def _f_abs(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(1, 2))
        return Simpul("abs", ANGKA, (self.simpul(node.args[0], dalam, ANGKA),))

    def _f_bagi(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(2, 3))
        return Simpul("bagi", ANGKA, tuple(self.simpul(n, dalam, ANGKA) for n in node.args))

    def _f_jika(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(3, 4))
        c = self.simpul(node.args[0], dalam, LOGIKA)
        a = self.simpul(node.args[1], dalam)
        return Simpul("jika", a.tipe, (c, a, self.simpul(node.args[2], dalam, a.tipe)))

    def _f_terisi(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(1, 2))
        return Simpul("terisi", LOGIKA, (self.simpul(node.args[0], dalam),))

    def _f_lalu(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(1, 3))
        return self._mundur(node, dalam, "lalu")

    def _f_rata(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(2, 3))
        return self._mundur(node, dalam, "rata")

    def _mundur(self, node: ast.Call, dalam: int, op: str) -> Simpul:
        x = self.simpul(node.args[0], dalam)
        if x.op not in ("nama", "luar") or (op == "rata" and x.tipe != ANGKA):
            self.tolak(node, "hanya satu butir yang dapat dilihat pada bulan sebelumnya")
        if x.op == "nama" and self.lingkup[x.isi].asal != "butir":
            self.tolak(node, "butir ini tidak mempunyai nilai bulan sebelumnya")
        n = self.simpul(node.args[1], dalam).isi if len(node.args) == 2 else 1
        if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= MUNDUR_MAKS:
            self.tolak(node, f"banyak bulan harus angka tetap 1 sampai {MUNDUR_MAKS}")
        formulir, kode = x.isi if x.op == "luar" else (None, x.isi)
        return Simpul(op, x.tipe, isi=(formulir, kode, n))

    def _f_hitung(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(1, 3))
        nama, baris = self._daftar(node)
        return Simpul("hitung", ANGKA, tuple(baris.simpul(n, dalam, LOGIKA) for n in node.args[1:]), nama)

    def _f_jumlahkan(self, node: ast.Call, dalam: int) -> Simpul:
        self._banyak(node, range(2, 4))
        nama, baris = self._daftar(node)
        kolom = baris.simpul(node.args[1], dalam, ANGKA)
        return Simpul("jumlahkan", ANGKA, (kolom, *(baris.simpul(n, dalam, LOGIKA) for n in node.args[2:])), nama)

    def _daftar(self, node: ast.Call) -> tuple[str, _Pengurai]:
        n = node.args[0]
        lambang = self.lambang(n) if isinstance(n, ast.Name) else None
        if not isinstance(n, ast.Name) or lambang is None or lambang.tipe != DAFTAR:
            self.tolak(n, "isi pertama harus nama daftar")
        # rows of one list do not see the row of another
        luar = {k: v for k, v in self.lingkup.items() if v.asal != "kolom"}
        return n.id, _Pengurai(self.teks, {**luar, **lambang.kolom})


# ---------------------------------------------------------------- what an expression refers to


@dataclass(frozen=True, slots=True)
class Acuan:
    """Codes an expression depends on: this month (``nama``, ``daftar``), other forms, earlier months."""

    nama: frozenset[str]
    daftar: frozenset[str]
    luar: frozenset[tuple[str, str]]
    lalu: frozenset[tuple[str | None, str, int]]


def acuan(*pohon: Simpul) -> Acuan:
    """All references of the given trees; ``rata(x, n)`` counts as lalu 1..n."""
    per: dict[str, set[Any]] = {
        "nama": set(),
        "luar": set(),
        "lalu": set(),
        "rata": set(),
        "hitung": set(),
        "jumlahkan": set(),
    }
    for akar in pohon:
        for s in akar.telusur():
            if s.op in per:
                per[s.op].add(s.isi)
    lalu = per["lalu"] | {(f, k, i) for f, k, n in per["rata"] for i in range(1, n + 1)}
    return Acuan(
        frozenset(per["nama"]),
        frozenset(per["hitung"] | per["jumlahkan"]),
        frozenset(per["luar"]),
        frozenset(lalu),
    )


# ---------------------------------------------------------------- evaluation over one report


@dataclass(frozen=True, slots=True)
class Lingkungan:
    """Values of one report: ``nilai`` code → value, ``daftar`` code → rows (column → value), and its
    surroundings.
    """

    nilai: Mapping[str, Nilai]
    daftar: Mapping[str, Sequence[Mapping[str, Nilai]]]
    konteks: Konteks

    def baris(self, isi: Mapping[str, Nilai]) -> Lingkungan:
        """The same report seen from one row of a list: its columns come first."""
        return replace(self, nilai={**self.nilai, **isi})


def nilai(pohon: Simpul, lingkungan: Lingkungan) -> Nilai:
    """Value of the tree for one report; exact (int, Decimal), never raises, ``None`` is missing."""
    daun = _DAUN.get(pohon.op)
    if daun is not None:
        return daun(pohon, lingkungan)
    return _OPERASI[pohon.op](*[nilai(a, lingkungan) for a in pohon.anak])


def _hitung(s: Simpul, ling: Lingkungan) -> Nilai:
    baris = ling.daftar.get(s.isi, ())
    return len(baris) if not s.anak else sum(nilai(s.anak[0], ling.baris(b)) is True for b in baris)


def _jumlahkan(s: Simpul, ling: Lingkungan) -> Nilai:
    total: Any = 0
    for b in ling.daftar.get(s.isi, ()):
        di_baris = ling.baris(b)
        if all(nilai(c, di_baris) is True for c in s.anak[1:]):
            total += nilai(s.anak[0], di_baris) or 0
    return total


def _rata(s: Simpul, ling: Lingkungan) -> Nilai:
    formulir, kode, n = s.isi
    ada: list[Any] = [x for i in range(1, n + 1) if (x := ling.konteks.lalu(formulir, kode, i)) is not None]
    return _bagi(sum(ada), len(ada))


def _di(s: Simpul, ling: Lingkungan) -> Nilai:
    x = nilai(s.anak[0], ling)
    return None if x is None else x in s.isi


_DAUN: dict[str, Callable[[Simpul, Lingkungan], Nilai]] = {
    "tetap": lambda s, ling: s.isi,
    "nama": lambda s, ling: ling.nilai.get(s.isi),
    "luar": lambda s, ling: ling.konteks.lain(*s.isi),
    "lalu": lambda s, ling: ling.konteks.lalu(*s.isi),
    "awal_bulan": lambda s, ling: ling.konteks.bulan.awal.isoformat(),
    "akhir_bulan": lambda s, ling: ling.konteks.bulan.akhir.isoformat(),
    "rata": _rata,
    "hitung": _hitung,
    "jumlahkan": _jumlahkan,
    "di": _di,
}


def _bagi(a: Any, b: Any) -> Nilai:
    return None if a is None or b is None or b == 0 else Decimal(a) / Decimal(b)


def _bila_ada(f: Callable[..., Any]) -> Callable[..., Any]:
    """Make an operation missing as soon as one operand is."""
    return lambda *x: None if None in x else f(*x)


def _dari_yang_ada(f: Callable[[list[Any]], Any]) -> Callable[..., Any]:
    """Make an operation pass over missing operands; missing when all are."""
    return lambda *x: f(ada) if (ada := [y for y in x if y is not None]) else None


def _dan(*x: Any) -> Nilai:
    return False if False in x else None if None in x else True


def _atau(*x: Any) -> Nilai:
    return True if True in x else None if None in x else False


def _jika(c: Any, a: Any, b: Any) -> Nilai:
    return None if c is None else a if c else b


_OPERASI: dict[str, Callable[..., Any]] = {
    "tambah": _bila_ada(operator.add),
    "kurang": _bila_ada(operator.sub),
    "kali": _bila_ada(operator.mul),
    "negatif": _bila_ada(operator.neg),
    "abs": _bila_ada(abs),
    "bagi": _bagi,
    "sama": _bila_ada(operator.eq),
    "beda": _bila_ada(operator.ne),
    "kurang_dari": _bila_ada(operator.lt),
    "paling_banyak": _bila_ada(operator.le),
    "lebih_dari": _bila_ada(operator.gt),
    "paling_sedikit": _bila_ada(operator.ge),
    "dan": _dan,
    "atau": _atau,
    "bukan": _bila_ada(operator.not_),
    "jumlah": _dari_yang_ada(sum),
    "min": _dari_yang_ada(min),
    "maks": _dari_yang_ada(max),
    "jika": _jika,
    "terisi": lambda x: x is not None,
}
