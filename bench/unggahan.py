"""The night of the deadline: every unit uploads its workbook. Against consolidating the same files with openpyxl
and pandas, as it is done by hand.

Reading is the gate, a bounded child per core and its answer taken in; the plan adds the signature and every cell
through the form's own reader. Processor time counts this process and the children, so it is the ratio per core; the
clock shows what the cores bring. The other side is one process, as such scripts are.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd

from bench.ukur import Baris, Waktu, baris_rasio
from pelaporan.buku import arsip
from pelaporan.buku import rencana as susun
from pelaporan.buku.meta import Meta, baca_meta, potret
from pelaporan.buku.rencana import Penyusun
from pelaporan.buku.services import PEMBACA
from pelaporan.buku.templat import KEPALA, Buku, Isi, Judul
from pelaporan.isian import Isian, KonteksPeta
from pelaporan.skema import Skema, baca_skema
from pemasyarakatan.inti.ruang_terbatas import Ruang
from pemasyarakatan.inti.waktu import Bulan

BANYAK = 630
_FORMULIR = Path(__file__).resolve().parents[1] / "pelaporan" / "formulir"
_BULAN = Bulan(2026, 9)


def ukur(banyak: int) -> list[Baris]:
    skema = {s.kode: s for s in (baca_skema(b.read_text(encoding="utf-8")) for b in sorted(_FORMULIR.glob("F*.yaml")))}
    berkas = [_isi(skema, n) for n in range(banyak)]
    anak = os.cpu_count() or 1
    dibaca: list[tuple[dict[str, Any], str]] = []
    puncak: list[int] = []
    baca = _waktu(lambda: dibaca.extend(_baca_semua(berkas, anak, puncak)))
    rencana: list[tuple[int, int]] = []
    susun_ = _waktu(lambda: rencana.extend(_rencanakan(skema, *satu) for satu in dibaca))
    bingkai: list[pd.DataFrame] = []
    dasar = _waktu(lambda: bingkai.append(_pandas(berkas)))
    _pastikan_sama(rencana, bingkai[0])
    sel = sum(n for n, _ in rencana)
    isi = f"{banyak} buku, {len(berkas[0]) // 1024} kB, {len(skema)} formulir, {sel} sel"
    rinci = f"{anak} anak, paling banyak {max(puncak)} MiB per anak; {1000 * baca.prosesor / banyak:.0f} ms per buku"
    semua = Waktu(baca.jam + susun_.jam, baca.prosesor + susun_.prosesor)
    return [
        baris_rasio("Malam unggahan, dibaca : openpyxl dan pandas", [baca], [dasar], 0.1, f"{rinci}; {isi}"),
        baris_rasio("Malam unggahan, dibaca dan direncanakan : sama", [semua], [dasar], None, "rencana di satu inti"),
    ]


def _isi(skema: dict[str, Skema], n: int) -> bytes:
    """A unit's workbook with every number typed."""
    kode = f"unit-{n}"
    meta = Meta("upt", kode, kode, _BULAN.kode, {k: potret(s.sidik, {}) for k, s in skema.items()})
    semua = [
        Isi(s.nama, s, Isian(), KonteksPeta(_BULAN), timpa={k: (v, "Terisi", "") for k, v in _ketikan(s, n).items()})
        for s in skema.values()
    ]
    return Buku(Judul(kode, _BULAN.nama, (_BULAN - 1).nama), meta).tulis(semua)


def _ketikan(skema: Skema, n: int) -> dict[str, int]:
    return {b.kode: n % 90 + i % 7 for i, b in enumerate(skema.butir.values()) if b.angka and b.diketik}


def _baca_semua(berkas: Sequence[bytes], anak: int, puncak: list[int]) -> list[tuple[dict[str, Any], str]]:
    """What every file says, and its digest: gate, bounded children (one per core), their answers taken in."""
    hasil: list[tuple[dict[str, Any], str]] = [({}, "")] * len(berkas)

    def kerja(mulai: int) -> None:
        with Ruang(PEMBACA) as ruang:
            for n in range(mulai, len(berkas), anak):
                arsip.periksa_luar(berkas[n])
                hasil[n] = json.loads(ruang.kerjakan(berkas[n]))["ok"], hashlib.sha256(berkas[n]).hexdigest()
            puncak.append(ruang.puncak_memori)

    with ThreadPoolExecutor(anak) as kolam:
        list(kolam.map(kerja, range(anak)))
    return hasil


def _rencanakan(skema: dict[str, Skema], dibaca: dict[str, Any], sidik: str) -> tuple[int, int]:
    """(planned cells, their sum) of one file, after its signature."""
    meta = baca_meta(dibaca["meta"], dibaca["cap"])
    assert meta is not None
    return _satu(skema, meta, dibaca, sidik)


def _satu(skema: dict[str, Skema], meta: Meta, dibaca: dict[str, Any], sidik: str) -> tuple[int, int]:
    penyusun = {k: Penyusun(skema[k], {}, f, sidik) for k, f in meta.formulir.items()}
    for satu in dibaca["sel"]:
        kode, ditulis = susun.dari_sel(satu)
        formulir, _, butir = kode.partition(".")
        penyusun[formulir].butir(butir, ditulis)
    for kode, kunci, isi, lembar, sel, rumus in dibaca["baris"]:
        formulir, _, daftar = kode.partition(".")
        penyusun[formulir].baris(daftar, kunci, isi, lembar, sel, rumus)
    direncanakan = [b.teks for p in penyusun.values() for b in p.rencana.butir]
    return len(direncanakan), sum(x for x in direncanakan if isinstance(x, int))


def _pandas(berkas: Sequence[bytes]) -> pd.DataFrame:
    """The usual way: every sheet of every file into one table, this month's column by code."""
    potong = []
    for n, isi in enumerate(berkas):
        buku = pd.ExcelFile(io.BytesIO(isi), engine="openpyxl")
        lembar_isian = [nama for nama in buku.sheet_names if str(nama)[:1] in "FK"]
        for lembar in buku.parse(lembar_isian, header=KEPALA).values():
            kolom = next((k for k in lembar.columns if str(k).startswith("Bulan ini")), None)
            if kolom is not None:
                keadaan = next(k for k in lembar.columns if str(k).startswith("Keadaan"))
                isian = lembar[lembar["Kode"].notna() & lembar[keadaan].isna()][["Kode", kolom]]
                potong.append(isian.set_axis(["kode", "nilai"], axis=1).assign(unit=n))
    return pd.concat(potong)


def _pastikan_sama(rencana: Sequence[tuple[int, int]], bingkai: pd.DataFrame) -> None:
    """Both ways must have read the same figures, else the comparison means nothing."""
    angka = pd.to_numeric(bingkai["nilai"], errors="coerce").sum()
    assert int(angka) == sum(jumlah for _, jumlah in rencana), (angka, sum(j for _, j in rencana))


def _waktu(kerja: Callable[[], Any]) -> Waktu:
    jam, prosesor = time.perf_counter(), _prosesor()
    kerja()
    return Waktu(time.perf_counter() - jam, _prosesor() - prosesor)


def _prosesor() -> float:
    """Of this process and of children that have ended."""
    pakai = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(p.ru_utime + p.ru_stime for p in pakai)
