"""`make test` and `make bench`: empty servers of their own, the runner, and no trace afterwards."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from pemasyarakatan.luncur.henti import penjaga_henti
from pemasyarakatan.luncur.jalankan import selesaikan
from pemasyarakatan.luncur.peladen import peladen_sementara
from pemasyarakatan.luncur.pg import SETELAN_UJI
from pemasyarakatan.luncur.proses import Anak
from pemasyarakatan.luncur.pustaka import UJI, pasang_paket_debian, siapkan_pustaka
from pemasyarakatan.luncur.tempat import Tempat

PERAMBAN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def cari_peramban() -> str | None:
    """Path of an installed Chromium; `CHROMIUM` names another one."""
    return os.environ.get("CHROMIUM") or next((p for nama in PERAMBAN if (p := shutil.which(nama))), None)


def perlu_peramban(argumen: Sequence[str]) -> bool:
    """Whether the chosen tests open a browser: all tests, or a path of tests/peramban."""
    jalur = [a for a in argumen if a.startswith(("tests", "./tests"))]
    return not jalur or any("peramban" in a or a.rstrip("/").endswith("tests") for a in jalur)


def siapkan_peramban(argumen: Sequence[str]) -> dict[str, str]:
    """Make sure of Chromium where needed; returns the variable that tells the tests its path."""
    if cari_peramban() is None and perlu_peramban(argumen):
        pasang_paket_debian("peramban Chromium", "chromium", "fonts-liberation")
    peramban = cari_peramban()
    return {"CHROMIUM": peramban} if peramban else {}


def test(tempat: Tempat, argumen: Sequence[str]) -> int:
    """Run pytest on two processes against own servers; returns its exit code."""
    with penjaga_henti():
        siapkan_pustaka(tempat, UJI)
        peramban = siapkan_peramban(argumen)
        with peladen_sementara(tempat.akar, setelan=SETELAN_UJI) as peladen:
            tambahan = {"PERAN_DB": "web", "DJANGO_ALLOW_ASYNC_UNSAFE": "1", **peramban}
            perintah: list[str | Path] = [
                tempat.python,
                "-m",
                "pytest",
                "-n",
                "2",
                "--dist",
                "loadgroup",
                *argumen,
            ]
            return selesaikan(Anak("pytest", perintah, env=peladen.env | tambahan, cwd=tempat.akar, tenggat=30.0))


def bench(tempat: Tempat, argumen: Sequence[str]) -> int:
    """Run the benchmarks against own servers with production durability; returns their exit code."""
    with penjaga_henti():
        siapkan_pustaka(tempat, UJI)
        induk = "/var/tmp" if Path("/var/tmp").is_dir() else None  # noqa: S108  a disk, where /tmp may be memory
        with peladen_sementara(tempat.akar, setelan={"max_connections": "200"}, induk=induk) as peladen:
            perintah: list[str | Path] = [tempat.python, "-m", "bench", *argumen]
            env = peladen.env | {"PERAN_DB": "pemilik"}
            return selesaikan(Anak("bench", perintah, env=env, cwd=tempat.akar))
