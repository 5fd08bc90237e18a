"""A form as data: read, checked, and ready to be evaluated.

``baca_skema`` turns a YAML file into a ``Skema`` or says everything that is wrong with it. A ``Skema`` is
immutable; what is derived from it (flat items, parsed formulas, their order) is computed once and kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pelaporan import kanonik, rumus
from pelaporan.butir import (
    JENIS_ANGKA,
    Aturan,
    Bagian,
    Butir,
    Daftar,
    Kampanye,
    Kewajiban,
    NilaiParameter,
    Parameter,
    Sumbu,
    Tabel,
    ke_json,
)
from pelaporan.pembaca import Penyusun
from pelaporan.pembaca_yaml import GalatSkema, muat_yaml
from pelaporan.rumus import GalatRumus, Lambang, Lingkup, Simpul

__all__ = [
    "Aturan",
    "AturanSiap",
    "Bagian",
    "Butir",
    "Daftar",
    "GalatSkema",
    "Kampanye",
    "Kewajiban",
    "NilaiParameter",
    "Parameter",
    "Potongan",
    "Skema",
    "Sumbu",
    "Tabel",
    "baca_skema",
    "periksa_rujukan",
]

_ISI_PESAN = re.compile(r"\{([^{}]*)\}")
_JENIS_PESAN = ("bulat", "desimal", "rupiah", "persen")


@dataclass(frozen=True)
class Potongan:
    """A piece of a message: fixed ``teks``, or a value written as its item or as ``jenis``."""

    teks: str = ""
    pohon: Simpul | None = None
    butir: Butir | None = None
    jenis: str = ""


@dataclass(frozen=True)
class AturanSiap:
    """A rule with its expressions parsed.

    ``ketikan``: the typed items it finally rests on, so that it can wait until they are filled.
    """

    aturan: Aturan
    syarat: Simpul
    bila: Simpul | None
    pesan: tuple[Potongan, ...]
    ketikan: frozenset[str]


@dataclass(frozen=True)
class Skema:
    """One form in the version that applies from the month ``berlaku_dari`` (YYYY-MM) on."""

    kode: str
    nama: str
    berlaku_dari: str
    bagian: tuple[Bagian, ...]
    kewajiban: tuple[Kewajiban, ...]
    penjelasan: str = ""
    sumber: str = ""
    aturan: tuple[Aturan, ...] = ()
    parameter: tuple[Parameter, ...] = ()
    kampanye: Kampanye | None = None

    def ke_json(self) -> dict[str, Any]:
        """The form as JSON; ``Skema.dari_json`` gives back an equal form."""
        return ke_json(self)

    @classmethod
    def dari_json(cls, d: Mapping[str, Any]) -> Skema:
        """Read what ``ke_json`` wrote; raises ``GalatSkema`` with all problems."""
        return _susun(d)

    @cached_property
    def sidik(self) -> str:
        """SHA-256 of the form's content."""
        return kanonik.sidik(self.ke_json())

    # ---------------------------------------------------------------- flat views

    @cached_property
    def butir(self) -> dict[str, Butir]:
        """All items, cells and formulas by code, in form order."""
        return {b.kode: b for bagian in self.bagian for b in bagian.butir}

    @cached_property
    def tabel(self) -> dict[str, Tabel]:
        return {x.kode: x for bagian in self.bagian for x in bagian.isi if isinstance(x, Tabel)}

    @cached_property
    def daftar(self) -> dict[str, Daftar]:
        return {d.kode: d for bagian in self.bagian for d in bagian.daftar}

    @cached_property
    def bagian_dari(self) -> dict[str, Bagian]:
        """The section of every item and list."""
        kode = {b.kode: g for g in self.bagian for b in g.butir}
        return kode | {d.kode: g for g in self.bagian for d in g.daftar}

    @cached_property
    def per_register(self) -> dict[str, tuple[str, ...]]:
        """Codes of the items and lists that each register may fill, by register."""
        hasil: dict[str, tuple[str, ...]] = {}
        semua: list[Butir | Daftar] = [*self.butir.values(), *self.daftar.values()]
        for x in semua:
            if x.register is not None:
                hasil[x.register] = (*hasil.get(x.register, ()), x.kode)
        return hasil

    @cached_property
    def register_atau_ketik(self) -> frozenset[str]:
        """Items and lists that are typed wherever their register knows nothing."""
        butir = {k for k, b in self.butir.items() if b.turunan_atau_ketik}
        return frozenset(butir | {k for k, d in self.daftar.items() if d.register is not None})

    @cached_property
    def lingkup(self) -> Lingkup:
        """What expressions of this form may name."""
        nama = {p.kode: Lambang(rumus.ANGKA, "parameter") for p in self.parameter}
        nama |= {k: _lambang(b) for k, b in self.butir.items()}
        nama |= {k: Lambang(rumus.TABEL, sel=_sel_sejenis(t)) for k, t in self.tabel.items()}
        return nama | {k: Lambang(rumus.DAFTAR, kolom=_lambang_kolom(d)) for k, d in self.daftar.items()}

    def lingkup_baris(self, daftar: str) -> Lingkup:
        """What a rule over the rows of a list may name."""
        return {**self.lingkup, **self.lingkup[daftar].kolom} if daftar else self.lingkup

    # ---------------------------------------------------------------- parsed expressions

    @cached_property
    def pohon(self) -> dict[str, Simpul]:
        """Parsed formula of every calculated item."""
        return {b.kode: rumus.urai(b.rumus, self.lingkup) for b in self.butir.values() if b.rumus is not None}

    @cached_property
    def urutan_rumus(self) -> tuple[str, ...]:
        """Calculated items, each after those it needs. Raises ``CycleError`` when there is no such order."""
        perlu = {k: rumus.acuan(p).nama & self.pohon.keys() for k, p in self.pohon.items()}
        return tuple(TopologicalSorter(perlu).static_order())

    @cached_property
    def bila(self) -> dict[str, Simpul]:
        """Parsed condition of every section that has one, by section code."""
        return {g.kode: rumus.urai(g.bila, self.lingkup) for g in self.bagian if g.bila}

    @cached_property
    def aturan_siap(self) -> tuple[AturanSiap, ...]:
        return tuple(self._siapkan(a) for a in self.aturan)

    def _siapkan(self, a: Aturan) -> AturanSiap:
        lingkup = self.lingkup_baris(a.daftar)
        syarat, bila = rumus.urai(a.syarat, lingkup), rumus.urai(a.bila, lingkup) if a.bila else None
        acuan = rumus.acuan(syarat, *([bila] if bila else []))
        ketikan = frozenset().union(*(self._ketikan[k] for k in acuan.nama if k in self._ketikan))
        return AturanSiap(a, syarat, bila, self._urai_pesan(a), ketikan)

    @cached_property
    def _ketikan(self) -> dict[str, frozenset[str]]:
        """For every item the typed (or register) items it finally rests on."""
        hasil = {k: frozenset({k}) for k in self.butir if k not in self.pohon}
        for kode in self.urutan_rumus:
            perlu = rumus.acuan(self.pohon[kode]).nama
            hasil[kode] = frozenset().union(*(hasil[k] for k in perlu if k in hasil))
        return hasil

    @cached_property
    def acuan(self) -> rumus.Acuan:
        """Everything that formulas, rules and messages of this form refer to."""
        dari_aturan = [p for s in self.aturan_siap for p in _pohon_aturan(s)]
        return rumus.acuan(*self.pohon.values(), *self.bila.values(), *dari_aturan)

    @cached_property
    def rujukan_luar(self) -> frozenset[str]:
        """Items of other forms that are needed, as ``F02.masuk``."""
        lalu = {(f, k) for f, k, _ in self.acuan.lalu if f}
        return frozenset(f"{f}.{k}" for f, k in self.acuan.luar | lalu)

    # ---------------------------------------------------------------- messages

    def _urai_pesan(self, a: Aturan) -> tuple[Potongan, ...]:
        kolom = self.daftar[a.daftar].per_kode if a.daftar else {}
        butir, lingkup = {**self.butir, **kolom}, self.lingkup_baris(a.daftar)
        bagian = _ISI_PESAN.split(a.pesan)
        return tuple(_potongan(t, butir, lingkup) if i % 2 else Potongan(t) for i, t in enumerate(bagian) if t)


def baca_skema(teks_yaml: str) -> Skema:
    """Read a form; raises ``GalatSkema`` listing every problem with its place."""
    return _susun(muat_yaml(teks_yaml))


def periksa_rujukan(semua: Mapping[str, Skema]) -> list[str]:
    """Problems of references between forms (code → form): each must name a number of a form that exists."""
    galat = []
    for skema in semua.values():
        for rujukan in sorted(skema.rujukan_luar):
            formulir, kode = rujukan.split(".")
            butir = semua[formulir].butir.get(kode) if formulir in semua else None
            if butir is None or not butir.angka:
                galat.append(f"Formulir {skema.kode}: {rujukan} bukan butir angka formulir yang ada.")
    return galat


def _susun(d: Any) -> Skema:
    penyusun = Penyusun()
    nilai = penyusun.skema(d)
    if penyusun.galat:
        raise GalatSkema(penyusun.galat)
    skema = Skema(**nilai)
    # expressions can only be judged once names are unique
    galat = list(_galat_susunan(skema)) or list(_galat_ekspresi(skema))
    if galat:
        raise GalatSkema(galat)
    return skema


# ---------------------------------------------------------------- names and messages


def _lambang(b: Butir, asal: str = "butir") -> Lambang:
    tipe = rumus.ANGKA if b.jenis in JENIS_ANGKA else rumus.LOGIKA if b.jenis == "ya_tidak" else rumus.TEKS
    return Lambang(tipe, asal, frozenset(b.label_pilihan))


def _lambang_kolom(d: Daftar) -> dict[str, Lambang]:
    return {k.kode: _lambang(k, "kolom") for k in d.kolom}


def _sel_sejenis(t: Tabel) -> tuple[str, ...]:
    """Cells that may be taken together; none when their units differ (persons and kilograms)."""
    return tuple(b.kode for b in t.sel_isian) if len({b.satuan for b in t.sel_isian}) == 1 else ()


def _potongan(isi: str, butir: Mapping[str, Butir], lingkup: Lingkup) -> Potongan:
    if isi in ("bulan", "bulan_lalu"):
        return Potongan(jenis=isi)
    awal, _, sisa = isi.partition(":")
    if awal == "label":
        if sisa not in butir:
            raise GalatRumus(f"label dari butir yang tidak dikenal: {sisa}")
        return Potongan(butir[sisa].label)
    ekspresi, _, jenis = isi.rpartition(":") if isi.endswith(tuple(f":{j}" for j in _JENIS_PESAN)) else (isi, "", "")
    pohon = rumus.urai(ekspresi, lingkup)
    return Potongan(pohon=pohon, butir=butir.get(ekspresi.strip()), jenis=jenis)


def _pohon_aturan(s: AturanSiap) -> Iterator[Simpul]:
    yield s.syarat
    if s.bila is not None:
        yield s.bila
    yield from (p.pohon for p in s.pesan if p.pohon is not None)


# ---------------------------------------------------------------- checks of the whole


def _galat_susunan(s: Skema) -> Iterator[str]:
    """Codes, units, choices, bounds: what can be seen without reading an expression."""
    yield from _galat_kembar(s)
    yield from _galat_kewajiban(s)
    for bagian in s.bagian:
        for x in bagian.isi:
            tempat = f"Formulir {s.kode}, bagian {bagian.kode}"
            for b in x.kolom if isinstance(x, Daftar) else x.butir if isinstance(x, Tabel) else (x,):
                yield from _galat_butir(b, f"{tempat}, butir {b.kode}", isinstance(x, Daftar))
            if isinstance(x, Tabel):
                yield from _galat_tabel(x, f"{tempat}, tabel {x.kode}")
            if isinstance(x, Daftar) and not 0 <= x.min <= x.maks:
                yield f"{tempat}, daftar {x.kode}: min harus 0 sampai maks."


def _galat_kewajiban(s: Skema) -> Iterator[str]:
    """A campaign's dates, and deadlines of the kind that its way of reporting needs."""
    k, tempat = s.kampanye, f"Formulir {s.kode}, kampanye"
    if k is not None and k.dari > k.sampai:
        yield f"{tempat}: dari {k.dari} harus sebelum sampai {k.sampai}."
    if k is not None and s.berlaku_dari > k.dari[:7]:
        yield f"{tempat}: dimulai {k.dari}, sebelum formulir berlaku ({s.berlaku_dari})."
    sekali = k is not None and k.sekali
    for n, wajib in enumerate(s.kewajiban, 1):
        tempat = f"Formulir {s.kode}, kewajiban ke-{n}"
        if wajib.bertanggal and not sekali:
            yield f"{tempat}: tenggat bertanggal hanya untuk kampanye dengan lapor: sekali; tulis hari kerjanya."
        if sekali and not wajib.bertanggal:
            yield f"{tempat}: kampanye yang dilaporkan sekali memerlukan tenggat bertanggal seperti 2026-11-06."
        if k is not None and sekali and wajib.bertanggal and str(wajib.tenggat["upt"]) < k.sampai:
            yield f"{tempat}: tenggat upt {wajib.tenggat['upt']} sebelum kampanye berakhir ({k.sampai})."


def _galat_kembar(s: Skema) -> Iterator[str]:
    kode = [x for g in s.bagian for b in g.isi for x in _semua_kode(b)] + [p.kode for p in s.parameter]
    untuk: tuple[tuple[str, list[str]], ...] = (
        ("kode", kode),
        ("bagian", [g.kode for g in s.bagian]),
        ("aturan", [a.kode for a in s.aturan]),
    )
    for jenis, daftar in untuk:
        for k, n in Counter(daftar).items():
            if n > 1:
                yield f"Formulir {s.kode}: {jenis} {k} dipakai {n} kali."


def _semua_kode(x: Butir | Tabel | Daftar) -> list[str]:
    if isinstance(x, Tabel):
        return [x.kode, *(b.kode for b in x.butir)]
    return [x.kode, *(k.kode for k in x.kolom)] if isinstance(x, Daftar) else [x.kode]


def _galat_butir(b: Butir, tempat: str, kolom: bool) -> Iterator[str]:
    if b.angka and not b.satuan:
        yield f"{tempat}: satuan belum diisi."
    if not b.contoh:
        yield f"{tempat}: contoh belum diisi."
    if not b.definisi:
        yield f"{tempat}: definisi belum diisi."
    if (b.jenis == "pilihan") != bool(b.pilihan):
        yield f"{tempat}: pilihan harus ada pada jenis pilihan, dan hanya di sana."
    if b.min is not None and b.maks is not None and b.min > b.maks:
        yield f"{tempat}: min lebih besar dari maks."
    if kolom and b.sumber != "ketik":
        yield f"{tempat}: kolom daftar hanya dapat diketik."
    if b.register is not None and b.jenis not in (*JENIS_ANGKA, "ya_tidak"):
        yield f"{tempat}: register hanya mengisi angka atau ya_tidak."
    if b.rumus is not None and b.wajib:
        yield f"{tempat}: butir rumus tidak dapat wajib diisi."
    if b.rumus is not None and b.jenis not in (*JENIS_ANGKA, "ya_tidak"):
        yield f"{tempat}: rumus hanya menghasilkan angka atau ya_tidak."
    if b.ambang_beda is not None and (not b.angka or b.ambang_beda <= 0):
        yield f"{tempat}: ambang_beda hanya untuk angka dan harus lebih dari 0."
    if b.dasar_terkonfirmasi and not b.dasar:
        yield f"{tempat}: dasar_terkonfirmasi tanpa dasar."
    if not 0 <= b.desimal <= 6:
        yield f"{tempat}: desimal harus 0 sampai 6."


def _galat_tabel(t: Tabel, tempat: str) -> Iterator[str]:
    """A total needs cells of one unit and one kind."""
    sumbu: list[list[Butir | None]] = []
    if t.total_baris:
        sumbu += [[t.sel(b, k) for k in t.kolom] for b in t.baris]
    if t.total_kolom:
        sumbu += [[t.sel(b, k) for b in t.baris] for k in t.kolom]
    if any(len({(b.jenis, b.satuan) for b in sel if b is not None}) > 1 for sel in sumbu):
        yield f"{tempat}: total menjumlahkan satuan atau jenis yang berbeda."
    if any(b is not None and not b.angka for sel in sumbu for b in sel):
        yield f"{tempat}: total hanya untuk angka."
    if t.total and not (t.total_baris and t.total_kolom):
        yield f"{tempat}: total memerlukan total_baris dan total_kolom."


def _galat_ekspresi(s: Skema) -> Iterator[str]:
    """Formulas, conditions, rules and messages: unknown names, wrong types, circles."""
    awal, utuh = f"Formulir {s.kode}", True
    for b in s.butir.values():
        if b.rumus is not None:
            tipe = rumus.LOGIKA if b.jenis == "ya_tidak" else rumus.ANGKA
            for galat in _galat_urai(b.rumus, s.lingkup, tipe, f"{awal}, butir {b.kode}"):
                utuh = False
                yield galat
    if not utuh:
        return
    try:
        _ = s.urutan_rumus
    except CycleError as g:
        yield f"{awal}: rumus berputar {' → '.join(g.args[1])}."
        return
    for bagian in s.bagian:
        yield from _galat_bila(s, bagian, f"{awal}, bagian {bagian.kode}")
    for a in s.aturan:
        yield from _galat_aturan(s, a, f"{awal}, aturan {a.kode}")


def _galat_urai(teks: str, lingkup: Lingkup, tipe: str, tempat: str) -> Iterator[str]:
    try:
        pohon = rumus.urai(teks, lingkup)
    except GalatRumus as g:
        yield f"{tempat}: {g.pesan}."
        return
    if pohon.tipe != tipe:
        yield f"{tempat}: hasilnya harus {tipe}, bukan {pohon.tipe}: {teks}."
    # a form reads its own items by their plain code; F01.x inside F01 would bypass the draft
    formulir = tempat.split(",")[0].removeprefix("Formulir ")
    a = rumus.acuan(pohon)
    if any(f == formulir for f, *_ in (*a.luar, *a.lalu)):
        yield f"{tempat}: butir formulir sendiri ditulis tanpa {formulir}."


def _galat_bila(s: Skema, bagian: Bagian, tempat: str) -> Iterator[str]:
    if not bagian.bila:
        return
    galat = list(_galat_urai(bagian.bila, s.lingkup, rumus.LOGIKA, tempat))
    yield from galat
    if galat:
        return
    a = rumus.acuan(rumus.urai(bagian.bila, s.lingkup))
    dalam, bukan_isian = (
        {b.kode for b in bagian.butir},
        {k for k in a.nama if k not in s.butir or s.butir[k].rumus is not None},
    )
    if a.nama & dalam or bukan_isian or a.luar or a.lalu or a.daftar:
        yield f"{tempat}: bila hanya boleh memakai butir isian di luar bagian ini."


def _galat_aturan(s: Skema, a: Aturan, tempat: str) -> Iterator[str]:
    if a.daftar and a.daftar not in s.daftar:
        yield f"{tempat}: daftar {a.daftar} tidak dikenal."
        return
    lingkup = s.lingkup_baris(a.daftar)
    for teks in filter(None, (a.syarat, a.bila)):
        yield from _galat_urai(teks, lingkup, rumus.LOGIKA, tempat)
    yield from (f"{tempat}: butir {k} tidak dikenal." for k in a.butir if k not in lingkup)
    if a.wajib_alasan and a.tingkat != "tanya":
        yield f"{tempat}: wajib_alasan hanya untuk tanya."
    if "{" in _ISI_PESAN.sub("", a.pesan) or "}" in _ISI_PESAN.sub("", a.pesan):
        yield f"{tempat}: kurung kurawal pada pesan tidak berpasangan."
    yield from _coba(lambda: s._urai_pesan(a), tempat)


def _coba(kerja: Callable[[], Any], tempat: str) -> Iterator[str]:
    try:
        kerja()
    except GalatRumus as g:
        yield f"{tempat}: {g.pesan}."
