"""A bounded child process for reading what strangers wrote: little memory, little time, no Django, no database.

    with Ruang("pelaporan.buku.baca") as ruang:
        jawaban = ruang.kerjakan(isi_berkas)

The module offers `kerjakan(bytes) -> bytes`. One child may be given many pieces of work; every piece has its own
processor seconds. A child that uses too much dies alone: the caller gets `GalatRuang`, whose `pesan` says why.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Self

MEMORI = 512 * 1024 * 1024
DETIK = 20
_AKAR = str(Path(__file__).resolve().parents[2])
_PANJANG = struct.Struct(">Q")
_JAWABAN_MAKS = 64 * 1024 * 1024
_SEBAB_MEMORI = 3


class GalatRuang(RuntimeError):
    """The child did not answer; `pesan` is the sentence for the person."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


class Ruang:
    """The child, started when entered and gone when left. `jam`: seconds by the clock for one piece of work."""

    def __init__(self, modul: str, *, memori: int = MEMORI, detik: int = DETIK, jam: float = 2 * DETIK) -> None:
        self._perintah = [sys.executable, "-m", __name__, modul, str(memori), str(detik)]
        self._jam, self._detik = jam, detik
        self._habis = False

    def __enter__(self) -> Self:
        lingkungan = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": _AKAR, "PYTHONDONTWRITEBYTECODE": "1"}
        self._proses = subprocess.Popen(
            self._perintah, cwd=_AKAR, env=lingkungan,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return self

    @property
    def puncak_memori(self) -> int:
        """MiB that the child has held at most so far; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self._proses.pid}/status").read_text()
        except OSError:
            return 0
        return next((int(b.split()[1]) // 1024 for b in status.splitlines() if b.startswith("VmHWM")), 0)

    def __exit__(
        self, jenis: type[BaseException] | None, isi: BaseException | None, jejak: TracebackType | None
    ) -> None:
        self._proses.kill()
        for aliran in (self._proses.stdin, self._proses.stdout):
            try:
                if aliran:
                    aliran.close()
            except BrokenPipeError:
                pass
        self._proses.wait()

    def kerjakan(self, isi: bytes) -> bytes:
        """Give the child one piece of work; raises GalatRuang when it dies over it."""
        penjaga = threading.Timer(self._jam, self._hentikan)
        penjaga.start()
        try:
            assert self._proses.stdin
            assert self._proses.stdout
            _tulis(self._proses.stdin, isi)
            jawaban = _baca(self._proses.stdout)
        except BrokenPipeError:
            jawaban = None
        finally:
            penjaga.cancel()
        if jawaban is None:
            raise GalatRuang(self._sebab())
        return jawaban

    def _hentikan(self) -> None:
        self._habis = True
        self._proses.kill()

    def _sebab(self) -> str:
        kode = self._proses.wait()
        if self._habis or kode in (-24, -9):  # SIGXCPU, SIGKILL
            return (
                f"Berkas terlalu berat: belum selesai dibaca dalam {self._detik} detik. Unduh templat baru, isi lagi."
            )
        if kode in (_SEBAB_MEMORI, -6, -11):
            return "Berkas terlalu berat: membacanya memerlukan terlalu banyak memori. Unduh templat baru, isi lagi."
        return "Berkas tidak dapat dibaca. Simpan ulang dari Excel sebagai .xlsx, lalu unggah lagi."


def _tulis(aliran: IO[bytes], isi: bytes) -> None:
    aliran.write(_PANJANG.pack(len(isi)))
    aliran.write(isi)
    aliran.flush()


def _baca(aliran: IO[bytes]) -> bytes | None:
    kepala = aliran.read(_PANJANG.size)
    if len(kepala) < _PANJANG.size:
        return None
    (panjang,) = _PANJANG.unpack(kepala)
    isi = aliran.read(panjang) if panjang <= _JAWABAN_MAKS else b""
    return isi if len(isi) == panjang else None


def _beri_waktu(detik: int) -> None:
    terpakai = resource.getrusage(resource.RUSAGE_SELF)
    batas = int(terpakai.ru_utime + terpakai.ru_stime) + detik + 1
    resource.setrlimit(resource.RLIMIT_CPU, (batas, resource.RLIM_INFINITY))


def _anak(modul: str, memori: int, detik: int) -> None:
    """The child: bounds first, then the module, then one piece of work after the other until the pipe closes."""
    resource.setrlimit(resource.RLIMIT_AS, (memori, memori))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # writes no file, whatever it is talked into
    kerjakan = importlib.import_module(modul).kerjakan
    gc.freeze()  # what was imported stays; one piece of work leaves no cycles worth looking for every 700 objects
    gc.set_threshold(50_000, 20, 20)
    while (isi := _baca(sys.stdin.buffer)) is not None:
        _beri_waktu(detik)
        try:
            jawaban = kerjakan(isi)
        except MemoryError:
            os._exit(_SEBAB_MEMORI)
        _tulis(sys.stdout.buffer, jawaban)


if __name__ == "__main__":
    _anak(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
