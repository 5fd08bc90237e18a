"""Loading the shipped forms again: what reports use stays as they know it, and a newer release still starts."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pelaporan.management.commands import muat_formulir
from pelaporan.models import FormulirVersi, Laporan
from tests.dunia import Dunia, kirim
from upt.cakupan import SISTEM, terpasang


def _muat(*berkas: Path) -> str:
    keluaran = StringIO()
    call_command("muat_formulir", *berkas, stdout=keluaran)
    return keluaran.getvalue()


@pytest.fixture
def rilis_baru(tmp_path: Path) -> Path:
    """The shipped forms of a later release: F06 is worded differently."""
    baru = tmp_path / "formulir"
    shutil.copytree(muat_formulir.MAP, baru)
    f06 = baru / "F06.yaml"
    teks = f06.read_text(encoding="utf-8").replace("label: Petugas pendamping", "label: Petugas yang mendampingi", 1)
    f06.write_text(teks, encoding="utf-8")
    return baru


def test_formulir_terpakai_tetap_dan_rilis_baru_tetap_menyala(
    dunia: Dunia, rilis_baru: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    with terpasang(SISTEM):
        sidik, jumlah = FormulirVersi.objects.get(formulir_id="F06").sidik, Laporan.objects.count()
    monkeypatch.setattr(muat_formulir, "MAP", rilis_baru)
    assert "F06 Ketahanan pangan: tetap seperti yang sudah dipakai" in _muat()
    with terpasang(SISTEM):
        assert FormulirVersi.objects.get(formulir_id="F06").sidik == sidik
        assert Laporan.objects.count() == jumlah


def test_berkas_yang_disebut_ditolak_bila_sudah_dipakai(dunia: Dunia, rilis_baru: Path) -> None:
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    with pytest.raises(CommandError, match="sudah dipakai laporan"):
        _muat(*sorted(rilis_baru.glob("*.yaml")))
