"""What the pages of cases show, made from what was read: groups, sentences, shapes of states. Reads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.models import Usulan
from remisi.usulan.langkah import Halangan
from remisi.usulan.selectors import Samar

NAMA_SYARAT = {"Y": "Terpenuhi", "T": "Tidak terpenuhi", "D": "Belum ada data", "N": "Tidak berlaku"}
IKON_SYARAT = {"Y": "terverifikasi", "T": "galat", "D": "belum", "N": "tidak-berlaku"}


@dataclass(frozen=True)
class Sebab:
    """One reason and everybody whom it holds back."""

    teks: str
    orang: list[tuple[Samar, UUID | None]]


def halangan_menurut_sebab(semua: Iterable[Halangan], orang: Mapping[int, Samar]) -> list[Sebab]:
    """The reason that holds back most comes first."""
    per: dict[str, Sebab] = {}
    for h in semua:
        per.setdefault(h.sebab, Sebab(h.sebab, [])).orang.append((orang.get(h.data, Samar()), h.usulan))
    return sorted(per.values(), key=lambda s: (-len(s.orang), s.teks))


def per_unit(semua: Iterable[Usulan]) -> list[dict[str, Any]]:
    """How many cases of each unit, with how many are free by it."""
    hasil: dict[int, dict[str, Any]] = {}
    for u in semua:
        satu = hasil.setdefault(u.upt_id, {"nama": u.upt.nama, "jumlah": 0, "dua": 0, "susulan": 0})
        satu["jumlah"] += 1
        satu["dua"] += u.hasil == "II"
        satu["susulan"] += u.susulan
    return sorted(hasil.values(), key=lambda s: s["nama"])


def kalimat_batas(tenggat: date | None, lewat: int) -> str:
    if tenggat is None:
        return ""
    return f"lewat {lewat} hari" if lewat else f"paling lambat {tulis_tanggal(tenggat, pendek=True)}"


def syarat_beku(dasar: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The conditions a case froze, with the words and the shape of their state."""
    semua: Sequence[Mapping[str, Any]] = dasar.get("syarat", [])
    return [{**s, "kata": NAMA_SYARAT[s["keadaan"]], "ikon": IKON_SYARAT[s["keadaan"]]} for s in semua]
