"""`make check`, which writes nothing, and `make fix`, which mends what a program can mend."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pemasyarakatan.luncur.layar import kabar, tulis_detik
from pemasyarakatan.luncur.lingkungan import lingkungan_bersih, lingkungan_portal
from pemasyarakatan.luncur.pustaka import UJI, siapkan_pustaka
from pemasyarakatan.luncur.rahasia import buat_rahasia
from pemasyarakatan.luncur.tempat import Tempat


@dataclass(frozen=True)
class Hasil:
    """Outcome of one check; `detik` is its duration in seconds."""

    nama: str
    kode: int
    detik: float
    keluaran: str


def daftar_periksa(simpanan: Path) -> dict[str, list[str]]:
    """Name → command of every check; caches go to `simpanan`, outside the sources."""
    return {
        "mypy": ["mypy", f"--cache-dir={simpanan / 'mypy'}"],
        "ruff": ["ruff", "check", "--no-cache", "."],
        "ruff format": ["ruff", "format", "--check", "--no-cache", "."],
        "arah impor": ["lint-imports", "--cache-dir", str(simpanan / "impor")],
        "migrasi lengkap": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
        "setelan produksi": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        "templat": ["djlint", "--lint", "--quiet", "templates"],
    }


def env_produksi(tempat: Tempat) -> dict[str, str]:
    """Settings like a server's, with fresh secrets and a database nobody listens on: none is needed."""
    alamat = {
        "DATABASE_URL": "postgresql://lapor_pemilik:sandi@127.0.0.1:9/portal",
        "REDIS_URL": "redis://:sandi@127.0.0.1:9/0",
        "ALLOWED_HOSTS": "portal.contoh.go.id",
        "PERAN_DB": "pemilik",
        "TANPA_TLS": "0",
        "PYTHONWARNINGS": "ignore::RuntimeWarning",
    }
    return lingkungan_portal(lingkungan_bersih() | alamat, tempat, buat_rahasia(), {}, latihan=False)


def check(tempat: Tempat) -> int:
    """Run every check, two at a time; returns 1 when any failed."""
    siapkan_pustaka(tempat, UJI)
    simpanan = tempat.buat().lokal / "simpanan"
    env = env_produksi(tempat)
    with ThreadPoolExecutor(2) as kolam:
        antrean = [
            kolam.submit(periksa, tempat, nama, perintah, env) for nama, perintah in daftar_periksa(simpanan).items()
        ]
        hasil = [_tampilkan(janji.result()) for janji in antrean]
    gagal = [h.nama for h in hasil if h.kode]
    kabar(f"Gagal: {', '.join(gagal)}." if gagal else "Semua pemeriksaan lulus.")
    return 1 if gagal else 0


def periksa(tempat: Tempat, nama: str, perintah: Sequence[str], env: Mapping[str, str]) -> Hasil:
    """Run one check silently."""
    mulai = time.monotonic()
    selesai = subprocess.run(
        [str(tempat.venv / "bin" / perintah[0]), *perintah[1:]],
        cwd=tempat.akar,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Hasil(nama, selesai.returncode, time.monotonic() - mulai, selesai.stdout)


def _tampilkan(hasil: Hasil) -> Hasil:
    kabar(f"{hasil.nama:<18}{'GAGAL' if hasil.kode else 'lulus':<8}{tulis_detik(hasil.detik):>8}")
    if hasil.kode:
        kabar(hasil.keluaran.rstrip())
    return hasil


def fix(tempat: Tempat) -> int:
    """Let ruff mend and format; returns its exit code when something is left to a person."""
    siapkan_pustaka(tempat, UJI)
    env = lingkungan_bersih() | {"RUFF_NO_CACHE": "true"}
    langkah_ruff = (["ruff", "check", "--fix", "."], ["ruff", "format", "."])
    hasil = [periksa(tempat, " ".join(p), p, env) for p in langkah_ruff]
    for h in hasil:
        kabar(h.keluaran.rstrip())
    return max(h.kode for h in hasil)
