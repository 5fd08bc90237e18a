"""What a rehearsal says: per rule how often it would have fired, old beside new, and where. Tables in, JSON out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from pelaporan import rumus
from pelaporan.gladi import Bingkai, gladi, nilai_kolom
from pelaporan.skema import AturanSiap, Skema
from pelaporan.terbit.bahan import Bahan
from pelaporan.terbit.teks_gladi import MENIT_TEMUAN, RAMAI
from pemasyarakatan.inti.waktu import Bulan

TEMPAT_MAKS = 300
"""Places kept per rule, the newest first; the counts are of all."""

Larik = np.ndarray[Any, np.dtype[np.float64]]


def susun(lama: Skema | None, baru: Skema, bahan: Bahan, bulan: list[Bulan]) -> dict[str, Any]:
    """The result as it is stored with the draft."""
    kini = _terpicu(baru, bahan.bingkai)
    dulu = _terpicu(lama, bahan.bingkai) if lama else pd.DataFrame(index=bahan.bingkai.data.index)
    keterangan = _keterangan(baru, lama)
    aturan = [_aturan(k, keterangan[k], dulu, kini, bahan) for k in (*kini.columns, *_hilang(dulu, kini))]
    tambahan = sum(a["baru"]["kena"] if a["baru"] else 0 for a in aturan) - sum(
        a["lama"]["kena"] if a["lama"] else 0 for a in aturan
    )
    terisi = len(set(bahan.bingkai.data.index.get_level_values("bulan"))) or 1
    return {
        "bulan": [bulan[0].kode, bulan[-1].kode],
        "bulan_berisi": terisi if bahan.laporan else 0,
        "laporan": bahan.laporan,
        "unit": len(set(bahan.bingkai.data.index.get_level_values("unit"))),
        "sel": _sel(baru, kini, keterangan),
        "laporan_kena": int((kini == 1).any(axis=1).sum()),
        "tambahan": tambahan,
        "jam_per_bulan": round(tambahan * MENIT_TEMUAN / 60 / terisi, 1),
        "aturan": aturan,
    }


def _terpicu(s: Skema, b: Bingkai) -> pd.DataFrame:
    """Verdicts of the form's rules, and of the questions about changes against last month."""
    aturan = gladi(s, b) if len(b.data) else pd.DataFrame(columns=[a.kode for a in s.aturan], index=b.data.index)
    beda = {f"beda:{k}": _berubah(b, k, x.ambang_beda, x.ambang_selisih) for k, x in s.butir.items() if _berambang(x)}
    return pd.concat([aturan, pd.DataFrame(beda, index=b.data.index)], axis=1) if beda else aturan


def _berambang(b: Any) -> bool:
    """Items with a threshold of their own; calculated ones are left to the rules."""
    return b.ambang_beda is not None and b.rumus is None


def _berubah(b: Bingkai, kode: str, persen: Any, selisih: Any) -> Larik:
    """1 where the item changed against last month by more than its thresholds (as `aturan.periksa` asks)."""
    if not len(b.data):
        return np.array([], dtype=np.float64)
    lalu = nilai_kolom(rumus.Simpul("lalu", rumus.ANGKA, (), (None, kode, 1)), b)
    baru = nilai_kolom(rumus.Simpul("nama", rumus.ANGKA, (), kode), b)
    beda = np.abs(baru - lalu)
    besar = (beda > 0) & (beda >= float(selisih)) & (beda * 100 > float(persen) * np.abs(lalu))
    return np.where(np.isnan(beda), np.nan, besar.astype(np.float64))


def _hilang(dulu: pd.DataFrame, kini: pd.DataFrame) -> list[str]:
    return [k for k in dulu.columns if k not in kini.columns]


# ---------------------------------------------------------------- one rule


def _keterangan(*skema: Skema | None) -> dict[str, dict[str, Any]]:
    """Level, sentence and items of every rule; what the newer version says wins."""
    hasil: dict[str, dict[str, Any]] = {}
    for s in reversed([x for x in skema if x is not None]):
        for siap in s.aturan_siap:
            hasil[siap.aturan.kode] = {
                "tingkat": siap.aturan.tingkat,
                "pesan": siap.aturan.pesan,
                "butir": _butir(s, siap),
                "daftar": siap.aturan.daftar,
            }
        for kode, b in s.butir.items():
            if _berambang(b):
                pesan = f"{b.label} berubah lebih dari {b.ambang_beda}% dari bulan lalu."
                hasil[f"beda:{kode}"] = {"tingkat": "tanya", "pesan": pesan, "butir": [kode], "daftar": ""}
    return hasil


def _butir(s: Skema, siap: AturanSiap) -> list[str]:
    """The cells that a finding of this rule points at: those it names, else those its condition reads."""
    if siap.aturan.butir:
        return list(siap.aturan.butir)
    acuan = rumus.acuan(siap.syarat).nama
    kolom = set(s.daftar[siap.aturan.daftar].per_kode) if siap.aturan.daftar else set()
    return [k for k in (*s.butir, *sorted(kolom)) if k in acuan]


def _aturan(
    kode: str, keterangan: dict[str, Any], dulu: pd.DataFrame, kini: pd.DataFrame, bahan: Bahan
) -> dict[str, Any]:
    lama = dulu[kode].to_numpy(dtype=np.float64) if kode in dulu else None
    baru = kini[kode].to_numpy(dtype=np.float64) if kode in kini else None
    kena = (baru if baru is not None else lama) == 1
    return {
        "kode": kode,
        **keterangan,
        "lama": _hitung(lama, bahan, keterangan),
        "baru": _hitung(baru, bahan, keterangan),
        "peringatan": _peringatan(baru, len(kini)),
        "tempat": _tempat(np.asarray(kena), bahan),
    }


def _hitung(kena: Larik | None, bahan: Bahan, keterangan: dict[str, Any]) -> dict[str, Any] | None:
    if kena is None:
        return None
    dinilai, terpicu = int((~np.isnan(kena)).sum()), kena == 1
    unit = bahan.bingkai.data.index.get_level_values("unit")
    return {
        "dinilai": dinilai,
        "kena": int(terpicu.sum()),
        "unit": len(set(unit[terpicu])),
        "sel": int(terpicu.sum()) * max(1, len(keterangan["butir"])),
        "persen": round(100 * int(terpicu.sum()) / dinilai, 1) if dinilai else None,
    }


def _peringatan(kena: Larik | None, laporan: int) -> str:
    """ramai, diam (never fires), buta (no data to judge it by) or ""."""
    if kena is None or not laporan:
        return ""
    dinilai, terpicu = int((~np.isnan(kena)).sum()), int((kena == 1).sum())
    if not dinilai:
        return "buta"
    if not terpicu:
        return "diam"
    return "ramai" if terpicu * 100 > RAMAI * dinilai else ""


def _tempat(kena: Any, bahan: Bahan) -> list[list[int]]:
    """[unit id, month number, version] of the newest reports that the rule would have flagged."""
    baris = bahan.versi[kena] if len(bahan.versi) else bahan.versi
    semua = [[int(u), int(b), int(v)] for (u, b), v in baris.items()]  # type: ignore[misc]
    return sorted(semua, key=lambda x: (-x[1], x[0]))[:TEMPAT_MAKS]


def _sel(s: Skema, kini: pd.DataFrame, keterangan: dict[str, dict[str, Any]]) -> int:
    """Distinct cells (item of a report) that at least one rule points at."""
    per_butir: dict[str, Any] = {}
    for kode in kini.columns:
        kena = (kini[kode] == 1).to_numpy()
        for butir in _ada(s, keterangan[kode]["butir"]):
            per_butir[butir] = per_butir.get(butir, False) | kena
    return int(sum(x.sum() for x in per_butir.values()))


def _ada(s: Skema, butir: Iterable[str]) -> list[str]:
    return [k for k in butir if k in s.butir]
