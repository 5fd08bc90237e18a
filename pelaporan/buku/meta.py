"""What a workbook carries about itself, signed: whose it is, of which month and forms, and what each cell said.

The versions and digests let the plan tell what the person typed from what was there when the workbook was made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from pelaporan.buku import batas
from pelaporan.services_isian import terisi

_GARAM = "pelaporan.buku.meta"
_POTONG = 30_000
"""A cell holds at most 32,767 characters."""


@dataclass(frozen=True)
class Formulir:
    """One form in a workbook: the digest of its version, the cells and rows as they were when it was made."""

    sidik: str
    sel: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    daftar: Mapping[str, Mapping[str, Mapping[str, tuple[int, str]]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Meta:
    """`pemilik` is the code of a unit (jenis upt) or of a Kanwil; `formulir` keys are `F06`, or `F06/<unit>`."""

    jenis: str
    pemilik: str
    nama: str
    bulan: str
    formulir: Mapping[str, Formulir]
    templat: int = batas.TEMPLAT

    def potongan(self) -> list[str]:
        """The hidden sheet's cells: the token, then the text in pieces."""
        teks = json.dumps(self._json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return [_cap(teks), *(teks[i : i + _POTONG] for i in range(0, len(teks), _POTONG))]

    def _json(self) -> dict[str, Any]:
        isi = {k: {"sidik": f.sidik, "sel": f.sel, "daftar": f.daftar} for k, f in self.formulir.items()}
        return {
            "templat": self.templat, "jenis": self.jenis, "pemilik": self.pemilik,
            "nama": self.nama, "bulan": self.bulan, "formulir": isi,
        }  # fmt: skip


def baca_meta(teks: str, cap: str) -> Meta | None:
    """The workbook's own account of itself; None when it is missing or was not written by this portal."""
    if not teks or not constant_time_compare(cap, _cap(teks)):
        return None
    isi = json.loads(teks)
    formulir = {k: Formulir(f["sidik"], _pasang(f["sel"]), _daftar(f["daftar"])) for k, f in isi["formulir"].items()}
    return Meta(isi["jenis"], isi["pemilik"], isi["nama"], isi["bulan"], formulir, isi["templat"])


def _pasang(d: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    return {k: (v[0], v[1]) for k, v in d.items()}


def _daftar(d: Mapping[str, Any]) -> dict[str, dict[str, dict[str, tuple[int, str]]]]:
    return {k: {baris: _pasang(sel) for baris, sel in semua.items()} for k, semua in d.items()}


def _cap(teks: str) -> str:
    return salted_hmac(_GARAM, teks, algorithm="sha256").hexdigest()


def potret(sidik: str, draf: Mapping[str, Any]) -> Formulir:
    """What a draft says now, as the workbook will carry it."""
    daftar = {k: {b["id"]: _potret_sel(b["sel"]) for b in semua} for k, semua in draf.get("daftar", {}).items()}
    return Formulir(sidik, _potret_sel(draf.get("sel", {})), daftar)


def _potret_sel(sel: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, str]]:
    return {k: (s.get("v", 0), cap_sel(s)) for k, s in sel.items()}


TERISI_REGISTER = "Terisi dari register"
"""Stands where a state would be chosen, beside a locked figure of a register."""
BARIS_REGISTER = "r:"
"""Begins the identity of a row that a register gave when the workbook was made."""


def cap_sel(sel: Mapping[str, Any] | None) -> str:
    """A short digest of what a cell says; empty for one that says nothing."""
    if not sel or not terisi(dict(sel)):
        return ""
    isi = "\x1f".join((str(sel.get("nilai")), sel.get("keadaan", "isi"), sel.get("alasan", "")))
    return hashlib.sha256(isi.encode()).hexdigest()[:10]
