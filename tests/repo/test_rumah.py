"""The house rules, held by tests: doors, sizes, documents that stay true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from pelaporan.alur import tabel_markdown
from pemasyarakatan.inti import penjaga

AKAR = Path(__file__).resolve().parents[2]
APP = ("pemasyarakatan", "upt", "pelaporan", "dasbor", "wbp", "pangan", "umkm", "remisi")
HTTP = ("views", "api", "forms")


def _berkas() -> Iterator[Path]:
    for app in APP:
        for jalan in sorted((AKAR / app).rglob("*.py")):
            if "migrations" not in jalan.parts:
                yield jalan


def _pohon(jalan: Path) -> ast.Module:
    return ast.parse(jalan.read_text(encoding="utf-8"))


def _pendek(jalan: Path) -> str:
    return str(jalan.relative_to(AKAR))


def test_modul_dan_fungsi_muat_di_kepala() -> None:
    terlalu = []
    for jalan in _berkas():
        baris = sum(1 for b in jalan.read_text(encoding="utf-8").splitlines() if b.strip())
        terlalu += [f"{_pendek(jalan)}: {baris} baris"] if baris > 500 else []
        terlalu += [
            f"{_pendek(jalan)}:{n.lineno} {n.name}: {n.end_lineno - n.lineno + 1} baris"
            for n in ast.walk(_pohon(jalan))
            if isinstance(n, ast.FunctionDef) and n.end_lineno and n.end_lineno - n.lineno >= 60
        ]
    assert not terlalu, "\n".join(terlalu)


def test_halaman_dan_api_tidak_menyentuh_tabel() -> None:
    """Views, forms and API speak to selectors and services; a query there would go around the door of scope."""
    langgar = [
        f"{_pendek(jalan)}:{n.lineno}"
        for jalan in _berkas()
        if jalan.stem.split("_")[0] in HTTP
        for n in ast.walk(_pohon(jalan))
        if isinstance(n, ast.Attribute) and n.attr == "objects"
    ]
    assert not langgar, langgar


def test_tidak_ada_jawaban_mengalir() -> None:
    """A streamed response runs after the scope transaction has ended, and would silently see nothing."""
    langgar = [
        f"{_pendek(jalan)}:{n.lineno}"
        for jalan in _berkas()
        for n in ast.walk(_pohon(jalan))
        if isinstance(n, ast.Name) and n.id in ("StreamingHttpResponse", "FileResponse")
    ]
    assert not langgar, langgar


def test_angka_dibaca_di_satu_tempat() -> None:
    """Forms and API bodies never read people's numbers with the framework's fields, which read "1.000" as one.

    Hidden fields of our own pages (cursors, revisions) are no people's numbers.
    """
    terlarang = {"IntegerField", "DecimalField", "FloatField"}
    langgar = [
        f"{_pendek(jalan)}:{n.lineno} {kelas.name}"
        for jalan in _berkas()
        for kelas in ast.walk(_pohon(jalan))
        if isinstance(kelas, ast.ClassDef)
        and any(ast.unparse(d).split(".")[-1].startswith(("Form", "SerializerKetat")) for d in kelas.bases)
        for n in ast.walk(kelas)
        if isinstance(n, ast.Call)
        and isinstance(n.func, ast.Attribute)
        and n.func.attr in terlarang
        and "HiddenInput" not in ast.unparse(n)
    ]
    assert not langgar, langgar


def test_setiap_tabel_bercakupan_dilindungi() -> None:
    """Whoever adds a table with a unit or a Kanwil declares its policy beside it."""
    dilindungi = {k.tabel for k in penjaga.semua()}
    kurang = [
        m._meta.label
        for m in apps.get_models()
        if {"upt_id", "kanwil_id"} & {f.attname for f in m._meta.concrete_fields} and m._meta.db_table not in dilindungi
    ]
    assert set(kurang) <= {"pelaporan.Kotor", "pelaporan.Libur", "remisi.Rilis"}, kurang


def test_dokumen_tabel_status_sama_dengan_kode() -> None:
    assert tabel_markdown() in (AKAR / "docs" / "alur-laporan.md").read_text(encoding="utf-8")


def test_readme_pendek_dan_perintahnya_ada() -> None:
    readme = (AKAR / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 120
    makefile = (AKAR / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make (\w+)", readme)):
        assert re.search(rf"^[\w ]*\b{target}\b[\w ]*:", makefile, re.M), target
    for tautan in re.findall(r"\]\((?!http)([^)#]+)", readme):
        assert (AKAR / tautan).exists(), tautan


def test_catatan_keputusan_bernomor_rapi() -> None:
    for nomor, jalan in enumerate(sorted((AKAR / "docs" / "keputusan").glob("*.md")), 1):
        assert jalan.name.startswith(f"{nomor:04d}-")
        assert jalan.read_text(encoding="utf-8").startswith(f"# {nomor}. ")


@pytest.mark.parametrize("pola", [r"\|\s*safe\b", r"mark_safe\(", r"""style\s*=\s*["']""", r"\bon(click|load|change)="])
def test_templat_tanpa_jalan_pintas(pola: str) -> None:
    """No unescaped output, no inline style or handler: the content security policy would refuse them anyway."""
    langgar = [
        _pendek(t) for t in (AKAR / "templates").rglob("*.html") if re.search(pola, t.read_text(encoding="utf-8"))
    ]
    assert not langgar, langgar


def test_tidak_ada_alamat_luar_di_templat_dan_skrip() -> None:
    """No request leaves for another host. Namespaces of SVG are names, not addresses; links for people are allowed."""
    langgar = []
    for folder, akhiran in (("templates", "html"), ("static", "css"), ("static", "js")):
        for jalan in (AKAR / folder).rglob(f"*.{akhiran}"):
            for cocok in re.finditer(
                r"""(src|action|url\(|import|fetch\()\s*=?\s*["'(]*(https?:)?//""", jalan.read_text()
            ):
                langgar.append(f"{_pendek(jalan)}: {cocok.group(0)}")
    assert not langgar, langgar
