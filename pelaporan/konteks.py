"""What surrounds a report: the unit's earlier months, its other forms, and what registers know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F

from pelaporan.isian import Isian, KonteksPeta, hitung
from pelaporan.models import Draf, Laporan, LaporanVersi
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema
from pelaporan.turunan import Terisi, muat_laporan

Peta = dict[tuple[str | None, str, int], Nilai]


def muat_konteks(laporan: Laporan) -> KonteksPeta:
    """Values that the form's rules and the "last month" column need, in at most three queries."""
    skema, bulan = laporan.skema, laporan.periode
    perlu: set[tuple[str, int]] = {(laporan.formulir_id, 1)}
    perlu |= {(formulir or laporan.formulir_id, n) for formulir, _, n in skema.acuan.lalu}
    perlu |= {(formulir, 0) for formulir, _ in skema.acuan.luar}
    jarak = {(bulan - n).awal: n for _, n in perlu}
    peta: Peta = {}
    for versi in _versi_terkirim(laporan, {f for f, _ in perlu}, jarak):
        n = jarak[versi.bulan]
        if n or versi.formulir_id != laporan.formulir_id:
            _tambahkan(peta, laporan, versi.formulir_id, n, {**versi.isi["lain"], **versi.isi["angka"]})
    for draf in _draf_seiring(laporan, {formulir for formulir, _ in skema.acuan.luar}):
        _tambahkan(peta, laporan, draf.laporan.formulir_id, 0, _nilai_draf(draf))
    return KonteksPeta(bulan, peta)


def _versi_terkirim(laporan: Laporan, formulir: Iterable[str], bulan: Iterable[date]) -> Iterable[LaporanVersi]:
    """The latest sent versions of this unit. The caller has already been let in by the report's own scope."""
    return LaporanVersi.objects.filter(
        upt_id=laporan.upt_id,
        formulir_id__in=list(formulir),
        bulan__in=list(bulan),
        versi=F("laporan__versi_masuk"),
    )


def _draf_seiring(laporan: Laporan, formulir: Iterable[str]) -> Iterable[Draf]:
    """Drafts of the same month's other forms that are being (re)written: newer than what was sent."""
    return Draf.objects.select_related("laporan__formulir_versi", "laporan__upt").filter(
        laporan__upt_id=laporan.upt_id,
        laporan__bulan=laporan.bulan,
        laporan__formulir_id__in=list(formulir),
        laporan__status__in=["DRAF", "SIAP", "DIKEMBALIKAN"],
    )


def _tambahkan(peta: Peta, laporan: Laporan, formulir: str, n: int, isi: Mapping[str, Any]) -> None:
    kunci = None if formulir == laporan.formulir_id else formulir
    peta.update({(kunci, kode, n): nilai for kode, nilai in isi.items()})


def _nilai_draf(draf: Draf) -> dict[str, Nilai]:
    laporan = draf.laporan
    isian = isian_laporan(laporan, draf.isi)
    dasar = {kode: sel.nilai for kode, sel in isian.sel.items()}
    return {**dasar, **hitung(laporan.skema, isian, KonteksPeta(laporan.periode))}


def isian_laporan(laporan: Laporan, isi: Mapping[str, Any], terisi: Terisi | None = None) -> Isian:
    """A draft's cells together with what registers fill in (`terisi`: already asked)."""
    terisi = muat_laporan(laporan) if terisi is None else terisi
    return terisi.pasang(laporan.skema, Isian.dari_json(laporan.skema, isi))


def isian_versi(skema: Skema, isi: Mapping[str, Any]) -> Isian:
    """A frozen version as cells again, for showing and comparing."""
    nilai = {**isi["lain"], **isi["angka"]}
    sel: dict[str, dict[str, Any]] = {k: {"nilai": v} for k, v in nilai.items() if k not in skema.pohon}
    for kode, keadaan in isi["keadaan"].items():
        sel.setdefault(kode, {"nilai": None})["keadaan"] = keadaan
    for kode, alasan in isi["alasan"].items():
        sel.setdefault(kode, {"nilai": None})["alasan"] = alasan
    return Isian.dari_json(skema, {"sel": sel, "daftar": _daftar_versi(isi)})


def _daftar_versi(isi: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {kode: [{"id": b["id"], "sel": _sel_baris(b)} for b in baris] for kode, baris in isi["daftar"].items()}


def _sel_baris(baris: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    sel: dict[str, dict[str, Any]] = {k: {"nilai": v} for k, v in baris.get("isi", {}).items()}
    for nama in ("keadaan", "alasan"):
        for kode, nilai in baris.get(nama, {}).items():
            sel.setdefault(kode, {"nilai": None})[nama] = nilai
    return sel
