"""Peak memory of the web process and of the worker under work, against a process that only starts up."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.halaman import Halaman, daftar_halaman, klien
from bench.instansi import Ukuran, bulan_terakhir
from bench.kesegaran import siapkan, verifikasi_di_proses_lain
from bench.pencatat import sebagai
from bench.ukur import Baris
from tests.proses import AKAR, akhiri, env_proses, pekerja_celery, tunggu

_KOSONG = """
import django; django.setup()
from pemasyarakatan import celery, urls
print([b.split()[1] for b in open("/proc/self/status") if b.startswith("VmHWM")][0])
"""
MIB = 1024


def ukur(ukuran: Ukuran, folder: Path) -> list[Baris]:
    """Linux only: peaks are read from /proc."""
    kosong = int(subprocess.check_output([sys.executable, "-c", _KOSONG], cwd=AKAR, env=env_proses("web")))
    with _web(folder) as (pid, porta):
        _beban(porta, ukuran.halaman * 5)
        web = max(puncak(p) for p in keluarga(pid))
    siapkan(ukuran.kirim)
    with pekerja_celery(folder) as proses:
        verifikasi_di_proses_lain(ukuran.kirim, jeda=0.02)
        pekerja = max(puncak(p) for p in keluarga(proses.pid))
    rinci = f"proses yang hanya menyala: {kosong // MIB} MiB"
    return [
        Baris(
            "Puncak memori web",
            web / kosong,
            "×",
            2,
            f"{web // MIB} MiB setelah {ukuran.halaman * 5} halaman; {rinci}",
        ),
        Baris(
            "Puncak memori pekerja",
            pekerja / kosong,
            "×",
            2,
            f"{pekerja // MIB} MiB setelah {ukuran.kirim} laporan",
        ),
    ]


def puncak(pid: int) -> int:
    """Peak resident memory of a process, in KiB."""
    baris = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(b.split()[1]) for b in baris if b.startswith("VmHWM"))


def keluarga(pid: int) -> list[int]:
    """The process and everything below it."""
    anak = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(p for satu in anak for p in keluarga(int(satu)))]


@contextmanager
def _web(folder: Path) -> Iterator[tuple[int, int]]:
    """gunicorn as `make run` starts it, on a free port."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        porta = s.getsockname()[1]
    perintah = f"gunicorn pemasyarakatan.wsgi -b 127.0.0.1:{porta} --worker-class gthread --workers 1 --threads 4"
    with (folder / "web.log").open("wb") as log:
        proses = subprocess.Popen(
            [sys.executable, "-m", *perintah.split()], cwd=AKAR, env=env_proses("web"),
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        tunggu(lambda: _hidup(porta), 30, lambda: (folder / "web.log").read_text()[-2000:])
        yield proses.pid, porta
    finally:
        akhiri(proses)


def _hidup(porta: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", porta)) == 0


def _beban(porta: int, n: int) -> None:
    with sebagai("web"):
        semua = [(h, klien(h.orang).cookies["sessionid"].value) for h in daftar_halaman(bulan_terakhir())]
    for i in range(n):
        _minta(porta, *semua[i % len(semua)])


def _minta(porta: int, halaman: Halaman, sesi: str) -> None:
    sambungan = http.client.HTTPConnection("127.0.0.1", porta, timeout=30)
    sambungan.request("GET", halaman.alamat, headers={"Cookie": f"sessionid={sesi}", "Accept-Encoding": "gzip"})
    jawaban = sambungan.getresponse()
    jawaban.read()
    assert jawaban.status == 200, f"{halaman.alamat}: {jawaban.status}"
    sambungan.close()
    time.sleep(0.001)
