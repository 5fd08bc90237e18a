"""The documented table of statuses is the one the code reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pelaporan.alur import tabel_markdown

DOKUMEN = Path(__file__).resolve().parents[2] / "docs" / "alur-laporan.md"


def test_dokumen_memuat_tabel_yang_berlaku() -> None:
    assert tabel_markdown() in DOKUMEN.read_text(encoding="utf-8")
    call_command("tulis_alur", "--periksa")


def test_perintah_memperbarui_dokumen(tmp_path: Path) -> None:
    usang = tmp_path / "alur.md"
    usang.write_text(DOKUMEN.read_text(encoding="utf-8").replace("TERKUNCI", "LAIN"), encoding="utf-8")
    with pytest.raises(CommandError, match="tulis_alur"):
        call_command("tulis_alur", "--periksa", berkas=str(usang))
    call_command("tulis_alur", berkas=str(usang))
    assert tabel_markdown() in usang.read_text(encoding="utf-8")
