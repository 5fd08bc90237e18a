"""Offices without inmates and the campaign in the training instance: complete, free of findings, without weight."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from dasbor.contoh.k01 import AKHIR_KELAPA, UNIT_KELAPA
from dasbor.contoh.profil import JENIS_HUNIAN, Profil, Unit, susun_profil
from dasbor.contoh.susun import SEJAK, Sekitar, konteks_contoh, susun
from pelaporan.aturan import periksa
from pemasyarakatan.inti.waktu import Bulan
from tests.pelaporan.bantu_formulir import FOLDER, SEMUA

_DATA: Path = FOLDER.parents[1] / "upt/data/upt.csv"


@cache
def profil() -> dict[str, Profil]:
    kolom = ("kode", "nama", "jenis", "subjenis", "kelas", "kanwil", "zona")
    with _DATA.open(encoding="utf-8") as berkas:
        return susun_profil(Unit(*(b[k] for k in kolom)) for b in csv.DictReader(berkas))


def test_setiap_bapas_dan_rumah_sakit_ikut_melapor() -> None:
    lain = [p for p in profil().values() if p.unit.jenis not in JENIS_HUNIAN]
    assert {p.unit.jenis for p in lain} == {"BAPAS", "RS"}
    assert len(lain) == 82
    assert all(sum(p.isi(SEJAK)) == 0 and p.kapasitas_total == 0 and p.lahan(SEJAK) == 0 for p in lain)


def test_kewajiban_contoh_sama_dengan_formulirnya() -> None:
    menurut = {f for f, s in SEMUA.items() if any("BAPAS" in k.jenis for k in s.kewajiban)}
    assert set(susun(profil()["bapas-kelas-ii-ambon"], SEJAK)) == menurut
    rumah_sakit = {f for f, s in SEMUA.items() if any("RS" in k.jenis for k in s.kewajiban)}
    assert set(susun(profil()["rumah-sakit-umum-pengayoman-cipinang"], SEJAK)) == rumah_sakit > {"F09"}
    assert susun(profil()["bapas-kelas-ii-ambon"], SEJAK - 1) == {}


def test_tanpa_temuan_selama_tiga_bulan() -> None:
    for p in profil().values():
        if p.unit.jenis in JENIS_HUNIAN and p.unit.kode not in UNIT_KELAPA:
            continue
        sekitar = Sekitar(p)
        for bulan in SEJAK.rentang(Bulan(2026, 10)):
            kesehatan = {"F09"} if p.unit.jenis == "RS" else set()
            for kode in (kesehatan | {"F12", "F13", "F14", "F15", "F16", "F17", "F18", "K01"}) & set(
                sekitar.semua(bulan)
            ):
                isian = sekitar.semua(bulan)[kode].isian(SEMUA[kode])
                konteks = konteks_contoh(SEMUA, sekitar, bulan, kode, False)
                temuan = [t for t in periksa(SEMUA[kode], isian, konteks) if t.kode != "kelapa_perkebunan"]
                assert temuan == [], (p.unit.kode, kode)


def test_kampanye_contoh_sama_dengan_formulirnya() -> None:
    kampanye = SEMUA["K01"].kampanye
    assert kampanye is not None
    assert set(SEMUA["K01"].kewajiban[0].upt) == UNIT_KELAPA
    assert kampanye.sampai.startswith(str(AKHIR_KELAPA))
    besi = profil()["lapas-kelas-iia-besi-nusakambangan"]
    punya = [b for b in (SEJAK - 1).rentang(AKHIR_KELAPA + 1) if "K01" in susun(besi, b)]
    assert punya == SEJAK.rentang(AKHIR_KELAPA)
    assert "K01" not in susun(profil()["lapas-kelas-iia-ambon"], SEJAK)
