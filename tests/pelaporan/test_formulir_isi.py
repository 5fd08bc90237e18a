"""What the forms ask for and how much of it: the page docs/formulir.md is true, and a month with nothing is short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pelaporan.aturan import periksa
from pelaporan.isian import Isian, Keadaan, KonteksPeta, Sel, bagian_tertutup, bekukan
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import Bulan
from tests.pelaporan.bantu_formulir import SEMUA

HALAMAN = (Path(__file__).parents[2] / "docs/formulir.md").read_text(encoding="utf-8")
AGUSTUS = Bulan(2026, 8)
# Nil presses of a month with nothing: one per section that stays open. These count people or plants that are there.
TEKAN_LEBIH = {"F01": 4, "F02": 3, "F18": 4, "K01": 3}
semua_formulir = pytest.mark.parametrize("skema", SEMUA.values(), ids=list(SEMUA))


def _wajib(skema: Skema) -> list:
    return [b for b in skema.butir.values() if b.diketik and b.wajib]


def _di_luar_pintu(skema: Skema) -> list:
    return [b for b in _wajib(skema) if not skema.bagian_dari[b.kode].bila]


def test_setiap_kode_di_halaman_ada():
    kode = re.findall(r"`([FK]\d\d)\.(\w+)`", HALAMAN)
    assert len(kode) > 100
    assert [f"{f}.{k}" for f, k in kode if k not in SEMUA[f].butir] == []
    assert {f for f, _ in kode} == set(SEMUA)


def test_setiap_aturan_di_halaman_ada():
    pasangan = [
        (f, kode)
        for f, semua in re.findall(r"\b([FK]\d\d) ((?:`\w+`(?:, )?)+)", HALAMAN)
        for kode in re.findall(r"`(\w+)`", semua)
    ]
    ada = {(s.kode, a.kode) for s in SEMUA.values() for a in s.aturan}
    # a rule written with `setiap` bears the code of its item at the end
    assert [p for p in pasangan if not any(f == p[0] and (k + "_").startswith(p[1] + "_") for f, k in ada)] == []
    assert len(pasangan) > 20


@semua_formulir
def test_tabel_beban_di_halaman_benar(skema):
    luar = _di_luar_pintu(skema)
    angka = (
        len(skema.butir), len(_wajib(skema)), len(luar), sum(not b.stabil for b in luar), len(skema.daftar),
        sum(bool(b.dasar) for b in skema.butir.values()),
    )  # fmt: skip
    assert f"| {skema.kode} {skema.nama} | {' | '.join(map(str, angka))} |" in HALAMAN


@semua_formulir
def test_bulan_tanpa_kegiatan_paling_banyak_tiga_jawaban(skema):
    """Questions that open sections, and one press of "sisanya nihil" for what stays open."""
    luar = _di_luar_pintu(skema)
    pintu = [b.kode for b in luar if b.jenis == "ya_tidak" and any(b.kode in g.bila for g in skema.bagian)]
    tekan = {skema.bagian_dari[b.kode].kode for b in luar if b.angka and b.nihil_lazim and not b.stabil}
    assert len(pintu) <= 3
    assert len(tekan) <= TEKAN_LEBIH.get(skema.kode, 1)


@pytest.mark.parametrize("kode", ["F03", "F05", "F08", "F09", "F11", "F12", "F13", "F14", "F15", "F16"])
def test_semua_pintu_tertutup_dapat_dikirim(kode):
    """Every question answered Tidak: all sections behind questions are closed, nothing blocks, and numbers are nil."""
    skema = SEMUA[kode]
    isi = {b.kode: Sel(0, Keadaan.NIHIL) for b in _di_luar_pintu(skema) if b.angka}
    isi |= {b.kode: Sel(False) for b in _di_luar_pintu(skema) if b.jenis == "ya_tidak"}
    isi |= {b.kode: Sel(next(iter(b.label_pilihan))) for b in _di_luar_pintu(skema) if b.jenis == "pilihan"}
    laporan = Isian(isi)
    tertutup = bagian_tertutup(skema, laporan)
    assert tertutup
    assert all(tertutup.get(g.kode) for g in skema.bagian if g.bila)
    assert [t.pesan for t in periksa(skema, laporan, KonteksPeta(AGUSTUS)) if t.tingkat == "galat"] == []
    beku = bekukan(skema, laporan, KonteksPeta(AGUSTUS), {})["angka"]
    kosong = [b.kode for g in skema.bagian if g.bila and g.bila_tidak == "nihil" for b in g.butir if b.dijumlah]
    assert {k: beku.get(k) for k in kosong if beku.get(k) != 0} == {}


@semua_formulir
def test_kolom_teks_melarang_nama(skema):
    """Free text says what must not be written there."""
    kolom = [*skema.butir.values(), *(k for d in skema.daftar.values() for k in d.kolom)]
    assert [
        b.kode for b in kolom if b.jenis == "teks" and not re.search(r"nama|bukan nomor orang", b.definisi, re.I)
    ] == []


@semua_formulir
def test_label_butir_tidak_kembar(skema):
    """Two items of one form with the same label could not be told apart in a workbook or an export."""
    label = [b.label.lower() for b in skema.butir.values()]
    assert sorted({x for x in label if label.count(x) > 1}) == []
