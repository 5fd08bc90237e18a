"""Real processes beside a test: a Celery worker, a sweeper, any Python snippet; on the test's own database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from pemasyarakatan.inti.lingkungan import basis_data

AKAR = Path(__file__).resolve().parents[1]


def env_proses(peran: str = "kerja", **lain: str) -> dict[str, str]:
    """Environment of another process of this role, on this test's database."""
    s, akun = connection.settings_dict, basis_data(peran)
    url = f"postgresql://{akun['USER']}:{akun['PASSWORD']}@{s['HOST']}:{s['PORT']}/{s['NAME']}"
    return {**os.environ, f"DATABASE_URL_{peran.upper()}": url, "PERAN_DB": peran, "PYTHONPATH": str(AKAR), **lain}


@contextmanager
def pekerja_celery(tmp_path: Path, **lain: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker of the worker role; ready when it is yielded, gone afterwards."""
    log = tmp_path / "celery.log"
    perintah = [sys.executable, "-m", "celery", "-A", "pemasyarakatan.celery", "worker", "-l", "info", "-P", "prefork"]
    with log.open("wb") as keluaran:
        proses = subprocess.Popen(
            [*perintah, "-c", "1", "-Q", "cepat,berat", "-n", f"uji{os.getpid()}@%h", "--without-gossip"],
            env=env_proses(**lain), cwd=AKAR, stdout=keluaran, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        tunggu(lambda: b" ready." in log.read_bytes(), 30, lambda: log.read_text(errors="replace")[-2000:])
        yield proses
    finally:
        akhiri(proses)


def akhiri(proses: subprocess.Popen[bytes]) -> None:
    """Stop the process and everything it started."""
    try:
        os.killpg(proses.pid, 15)
        proses.wait(timeout=8)
    except subprocess.TimeoutExpired:
        os.killpg(proses.pid, 9)
        proses.wait(timeout=5)
    except ProcessLookupError:
        pass


def tunggu(syarat, batas: float, cerita=lambda: "") -> float:  # type: ignore[no-untyped-def]
    """Wait until `syarat()` is true; returns the seconds it took."""
    mulai = time.monotonic()
    while not syarat():
        assert time.monotonic() - mulai < batas, f"tidak terjadi dalam {batas} detik. {cerita()}"
        time.sleep(0.02)
    return time.monotonic() - mulai
