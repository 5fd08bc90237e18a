"""The commands as a person meets them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pemasyarakatan.luncur.periksa import daftar_periksa
from pemasyarakatan.luncur.perintah import BANTUAN, PERINTAH, utama
from pemasyarakatan.luncur.tempat import AKAR
from pemasyarakatan.luncur.uji import perlu_peramban


def test_makefile_bantuan_dan_peluncur_menyebut_perintah_yang_sama() -> None:
    makefile = (AKAR / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) == set(PERINTAH) == set(re.findall(r"^make (\w+)", BANTUAN, re.MULTILINE))


def test_tanpa_perintah_menampilkan_bantuan(capsys: pytest.CaptureFixture[str]) -> None:
    assert utama([]) == 0
    assert "make run" in capsys.readouterr().out


def test_perintah_asing_ditolak(capsys: pytest.CaptureFixture[str]) -> None:
    assert utama(["jalan"]) == 2
    assert "tidak dikenal" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argumen", "perlu"),
    [
        ([], True),
        (["-k", "cakupan"], True),
        (["tests"], True),
        (["tests/peramban/test_a.py"], True),
        (["tests/upt"], False),
        (["-x", "tests/upt", "tests/peramban"], True),
    ],
)
def test_peramban_hanya_diminta_bila_dipakai(argumen: list[str], perlu: bool) -> None:
    assert perlu_peramban(argumen) is perlu


def test_peluncur_hanya_memakai_pustaka_standar() -> None:
    naskah = (
        "import sys; sys.path.insert(0, sys.argv[1]); import pemasyarakatan.luncur.perintah; "
        "print(sorted({m.partition('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)))"
    )
    keluaran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", naskah, str(AKAR)], capture_output=True, text=True, check=True
    ).stdout
    assert keluaran.strip() == "['__main__', 'pemasyarakatan']"


def test_pemeriksaan_menulis_hanya_ke_folder_simpanan(tmp_path: Path) -> None:
    for perintah in daftar_periksa(tmp_path).values():
        teks = " ".join(perintah)
        assert "--fix" not in teks
        if perintah[0] in ("mypy", "lint-imports"):
            assert str(tmp_path) in teks
        if perintah[0] == "ruff":
            assert "--no-cache" in perintah
