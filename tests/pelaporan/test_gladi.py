"""Rehearsing rules on many reports gives the verdicts that each report gets by itself."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from pelaporan import gladi
from pelaporan.aturan import periksa
from pelaporan.isian import Baris, Isian, KonteksPeta, Sel, bekukan
from pelaporan.skema import Skema, baca_skema
from pemasyarakatan.inti.waktu import Bulan

FOLDER = Path(__file__).parents[2] / "pelaporan/formulir"
UNIT, BULAN = ("U1", "U2", "U3"), [Bulan(2025, 11) + n for n in range(4)]


def _acak(jenis: str, pilihan: dict[str, str], acak: random.Random) -> object:
    if jenis == "ya_tidak":
        return acak.random() < 0.7
    if jenis == "pilihan":
        return acak.choice(["1.1", "4.1"] if "1.1" in pilihan else list(pilihan))
    if jenis == "tanggal":
        return f"2026-0{acak.randint(1, 2)}-10"
    return acak.choice([0, 0, 1, 2, 3, 50]) if jenis in ("bulat", "desimal", "rupiah") else "Blok A"


def _isian(s: Skema, acak: random.Random) -> Isian:
    sel = {k: Sel(_acak(b.jenis, b.label_pilihan, acak)) for k, b in s.butir.items() if b.rumus is None}
    baris = {
        d.kode: [
            Baris(
                str(n),
                {k.kode: Sel(_acak(k.jenis, k.label_pilihan, acak)) for k in d.kolom if acak.random() < 0.9},
            )
            for n in range(acak.randint(0, 3))
        ]
        for d in s.daftar.values()
    }
    return Isian(sel, baris)


def test_gladi_sama_dengan_pemeriksaan_satu_per_satu():
    acak = random.Random(7)
    skema = {k: baca_skema((FOLDER / f"{k}.yaml").read_text(encoding="utf-8")) for k in ("F01", "F02", "F04", "F06")}
    kunci = [(u, b) for u in UNIT for b in BULAN]
    isian = {k: {i: _isian(s, acak) for i in kunci} for k, s in skema.items()}
    beku = {k: {i: bekukan(s, x, KonteksPeta(i[1]), {}) for i, x in isian[k].items()} for k, s in skema.items()}
    tabel = {k: gladi.bingkai((u, b, x) for (u, b), x in beku[k].items()) for k in skema}
    luar = {k: gladi.hitung_kolom(skema[k], tabel[k]).data for k in skema}
    terpicu = 0
    for k, s in skema.items():
        hasil = gladi.gladi(s, gladi.Bingkai(tabel[k].data, luar, tabel[k].daftar))
        for i in kunci:
            kode = {t.kode for t in periksa(s, isian[k][i], _konteks(k, i, beku))}
            baris = hasil.loc[(i[0], gladi.nomor_bulan(i[1]))]
            assert {a for a in hasil.columns if baris[a] == 1} == {a.kode for a in s.aturan if a.kode in kode}
            terpicu += int(np.nansum(baris))
    assert terpicu > 100


def _konteks(kode: str, kunci: tuple[str, Bulan], beku: dict) -> KonteksPeta:
    unit, bulan = kunci
    peta = {}
    for formulir, isi in beku.items():
        for mundur in range(4):
            versi = isi.get((unit, bulan - mundur))
            for k, v in {**versi["angka"], **versi["lain"]}.items() if versi else ():
                peta[(formulir, k, mundur)] = v
                if formulir == kode:
                    peta[(None, k, mundur)] = v
    return KonteksPeta(bulan, peta)


def test_gladi_dua_tahun_nasional_tanpa_data_tidak_gagal():
    s = baca_skema((FOLDER / "F04.yaml").read_text(encoding="utf-8"))
    kosong = {"angka": {}, "lain": {}}
    hasil = gladi.gladi(s, gladi.bingkai(("U", Bulan(2024, 1) + n, kosong) for n in range(24)))
    assert hasil.shape == (24, len(s.aturan))
    assert not (hasil == 1).any().any()
