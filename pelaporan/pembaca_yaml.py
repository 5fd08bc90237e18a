"""YAML without surprises: plain data of a text somebody uploaded, or every reason why not, with the line.

Nothing in the text is trusted. It is screened as a stream of events before anything is built from it (no tags, no
anchors, no aliases, bounded depth and number of values), so that a few hundred kilobytes cannot cost seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from decimal import Decimal
from typing import Any

import yaml
from yaml.resolver import Resolver

UKURAN_MAKS = 256 * 1024
"""Bytes of the text. The longest form that is shipped has a tenth of it."""

DALAM_MAKS = 12
NILAI_MAKS = 6_000
"""Values (keys, texts, numbers) of one form; the longest that is shipped has about a thousand."""

GALAT_MAKS = 100
"""Problems told at once; nobody repairs more in one go."""

_BUKAN_TEKS = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
_BUKAN_BENTUK = (":timestamp", ":bool", ":float", ":merge", ":int")
_BUKA = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_TUTUP = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_SEBAB = {
    "could not find expected ':'": "tanda titik dua (:) tidak ada",
    "mapping values are not allowed here": "tanda titik dua (:) di sini tidak pada tempatnya; beri tanda kutip",
    "did not find expected key": "kunci berikutnya tidak sejajar, periksa jorokannya",
    "did not find expected '-' indicator": "tanda - tidak sejajar, periksa jorokannya",
    "did not find expected ',' or ']'": "kurung siku [ belum ditutup",
    "did not find expected ',' or '}'": "kurung kurawal { belum ditutup",
    "did not find expected node content": "isinya terputus, kurung [ atau { mungkin belum ditutup",
    "expected a single document in the stream": "hanya satu dokumen; hapus baris ---",
    "found unexpected end of stream": "tanda kutip belum ditutup",
    "found character that cannot start any token": "ada tab atau tanda yang tidak dikenal; pakai spasi",
    "found unknown escape character": "garis miring terbalik dalam tanda kutip; pakai kutip tunggal",
}


class GalatSkema(ValueError):
    """A form that cannot be accepted; ``galat`` lists every problem, as a sentence with its place."""

    def __init__(self, galat: list[str]) -> None:
        super().__init__("\n".join(galat))
        self.galat = galat


class _Pemuat(yaml.CSafeLoader):
    """Safe YAML read by libyaml: exact decimals, no dates, booleans only true/false, no repeated keys."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        kunci = [self.construct_object(k, deep=True) for k, _ in node.value]
        for k in kunci:
            if not isinstance(k, str):
                raise yaml.MarkedYAMLError(problem=f"tulis kunci {k} dalam tanda kutip", problem_mark=node.start_mark)
        for k, n in Counter(kunci).items():
            if n > 1:
                raise yaml.MarkedYAMLError(problem=f"kunci {k} tertulis dua kali", problem_mark=_kedua(node, k))
        return super().construct_mapping(node, deep)


def _kedua(node: Any, kunci: str) -> Any:
    """Where a repeated key stands for the second time."""
    return [k.start_mark for k, _ in node.value if k.value == kunci][1]


_Pemuat.yaml_implicit_resolvers = {
    huruf: [
        (tag, pola) for tag, pola in daftar if not tag.endswith((":timestamp", ":bool", ":float", ":merge", ":int"))
    ]
    for huruf, daftar in Resolver.yaml_implicit_resolvers.items()
}
_Pemuat.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), list("tf"))
_Pemuat.add_implicit_resolver("!desimal", re.compile(r"-?\d{1,15}\.\d{1,15}\Z", re.ASCII), list("-0123456789"))
# no octal, no base sixty: 012 and 1:30 are texts, and a value that must be a number refuses them
_Pemuat.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?(0|[1-9]\d{0,17})\Z", re.ASCII), list("-0123456789")
)
_Pemuat.add_constructor("!desimal", lambda muat, node: Decimal(str(node.value)))


def muat_yaml(teks: str) -> Any:
    """Plain data of a YAML text; raises ``GalatSkema`` with the line."""
    if len(teks.encode(errors="surrogatepass")) > UKURAN_MAKS:
        raise GalatSkema([f"Berkas lebih besar dari {UKURAN_MAKS // 1024} kB."])
    if galat := list(_galat_huruf(teks)):
        raise GalatSkema(galat)
    try:
        _saring(teks)
        pemuat = _Pemuat(teks)
        try:
            return pemuat.get_single_data()
        finally:
            pemuat.dispose()
    except yaml.MarkedYAMLError as g:
        raise GalatSkema([f"{_baris(g.problem_mark)}YAML tidak terbaca, {_sebab(g.problem)}."]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as g:
        raise GalatSkema([f"YAML tidak terbaca: {g}."]) from None


def _galat_huruf(teks: str) -> Iterator[str]:
    """Control characters and marks that turn the direction of writing: what is read would not be what is seen."""
    for n, cocok in zip(range(10), _BUKAN_TEKS.finditer(teks), strict=False):
        baris = teks.count("\n", 0, cocok.start()) + 1
        yield f"Baris {baris}: ada karakter tak terlihat (U+{ord(cocok[0]):04X}). Hapus, lalu coba lagi."
        if n == 9:
            yield "Masih ada karakter tak terlihat lain. Simpan ulang berkasnya sebagai teks UTF-8 biasa."


def _saring(teks: str) -> None:
    """Refuse what no form needs, before anything is built. Raises MarkedYAMLError."""
    dalam, banyak = 0, 0
    for kejadian in yaml.parse(teks, Loader=yaml.CSafeLoader):
        dalam += isinstance(kejadian, _BUKA) - isinstance(kejadian, _TUTUP)
        banyak += isinstance(kejadian, (yaml.ScalarEvent, *_BUKA))
        if masalah := _terlarang(kejadian, dalam, banyak):
            tanda: Any = kejadian.start_mark
            raise yaml.MarkedYAMLError(problem=masalah, problem_mark=tanda)


def _terlarang(kejadian: yaml.Event, dalam: int, banyak: int) -> str:
    if isinstance(kejadian, yaml.AliasEvent):
        return "rujukan dengan * tidak dipakai"
    if getattr(kejadian, "anchor", None):
        return "jangkar dengan & tidak dipakai"
    if getattr(kejadian, "tag", None):
        return "tanda ! (jenis khusus) tidak dipakai"
    if dalam > DALAM_MAKS:
        return f"susunannya bertingkat lebih dari {DALAM_MAKS}"
    return f"isinya lebih dari {NILAI_MAKS} nilai" if banyak > NILAI_MAKS else ""


def _baris(tanda: Any) -> str:
    return f"Baris {tanda.line + 1}: " if tanda else ""


def _sebab(masalah: str | None) -> str:
    """libyaml speaks English; what it most often says is translated, the rest is quoted."""
    return _SEBAB.get(masalah or "", masalah or "sebabnya tidak diketahui")
