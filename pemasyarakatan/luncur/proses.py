"""Child processes that never outlive the launcher, and their orderly end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pemasyarakatan.luncur.layar import ekor
from pemasyarakatan.luncur.pengguna import Pengguna

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
BATAS_LOG = 10_000_000
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def ikut_mati(sinyal: int) -> Callable[[], None]:
    """Return a preexec hook: the kernel signals the child when the launcher dies, even by kill -9."""
    induk = os.getpid()

    def atur() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, sinyal, 0, 0, 0)
        if os.getppid() != induk:  # the launcher died before the hook was set
            os._exit(1)

    return atur


@dataclass
class Anak:
    """One child in its own session, so that Ctrl-C reaches only the launcher, which then stops it in order.

    `tenggat` is the number of seconds between the polite signal and the kill of its whole process group.
    `terminal` leaves a child at the person's keyboard instead: it may ask, and hears Ctrl-C itself.
    """

    nama: str
    perintah: Sequence[str | Path]
    env: Mapping[str, str]
    cwd: Path
    log: Path | None = None
    pengguna: Pengguna | None = None
    masukan: bytes | None = None
    sinyal_henti: int = signal.SIGTERM
    tenggat: float = 10.0
    terminal: bool = False
    popen: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def mulai(self) -> "Anak":
        """Start the process; output goes to the log, or to the terminal when there is none."""
        keluaran = buka_log(self.log) if self.log else None
        try:
            self.popen = subprocess.Popen(
                [str(p) for p in self.perintah],
                stdin=self._asal_masukan(),
                stdout=keluaran,
                stderr=subprocess.STDOUT if keluaran is not None else None,
                env=dict(self.env),
                cwd=self.cwd,
                start_new_session=not self.terminal,
                preexec_fn=ikut_mati(self.sinyal_henti),
                **(self.pengguna.argumen if self.pengguna else {}),
            )
        finally:
            if keluaran is not None:
                os.close(keluaran)
        self._beri_masukan(self.popen)
        return self

    def _asal_masukan(self) -> int | None:
        if self.terminal:
            return None
        return subprocess.DEVNULL if self.masukan is None else subprocess.PIPE

    def _beri_masukan(self, popen: "subprocess.Popen[bytes]") -> None:
        if self.masukan is None or popen.stdin is None:
            return
        with suppress(BrokenPipeError):  # the child died at once; its log tells why
            popen.stdin.write(self.masukan)
            popen.stdin.close()

    @property
    def hidup(self) -> bool:
        """Whether the process runs. Does not reap it, so its process group keeps its number."""
        if self.popen is None or self.popen.returncode is not None:
            return False
        return os.waitid(os.P_PID, self.popen.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None

    def tunggu(self, detik: float | None = None) -> bool:
        """Wait for the end, at most `detik` seconds; whether it came."""
        batas = None if detik is None else time.monotonic() + detik
        while self.hidup:
            if batas is not None and time.monotonic() > batas:
                return False
            time.sleep(0.02)
        return True

    def minta_henti(self, sinyal: int | None = None) -> None:
        """Ask the leader alone: its own children must finish their work under its command."""
        if self.popen is not None and self.hidup:
            os.kill(self.popen.pid, sinyal or self.sinyal_henti)

    def henti(self) -> int:
        """Stop politely, then kill what is left of the group; returns the exit code, 0 if never started."""
        self.minta_henti()
        self.tunggu(self.tenggat)
        return self.tuntaskan()

    def tuntaskan(self) -> int:
        """Kill the rest of the group while the leader still holds its number, then reap it."""
        if self.popen is None:
            return 0
        if self.popen.returncode is None:
            with suppress(ProcessLookupError, PermissionError):  # only the leader's own entry is left
                (os.kill if self.terminal else os.killpg)(self.popen.pid, signal.SIGKILL)
        return self.popen.wait()

    def ekor(self) -> str:
        """Last lines of the log."""
        return ekor(self.log) if self.log else ""


def buka_log(berkas: Path) -> int:
    """Open a log for appending; a grown one is set aside as `.1` first. Returns a file descriptor."""
    berkas.parent.mkdir(parents=True, exist_ok=True)
    if berkas.exists() and berkas.stat().st_size > BATAS_LOG:
        berkas.replace(berkas.with_suffix(berkas.suffix + ".1"))
    return os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def henti_semua(anak: Sequence[Anak]) -> None:
    """Ask all at once, then wait for each: the slowest decides, not the sum."""
    for a in anak:
        a.minta_henti()
    for a in anak:
        a.henti()


def jadi_penampung() -> None:
    """Make orphaned grandchildren come back to this process, so that `sapu_yatim` finds them (Linux)."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def sapu_yatim(detik: float = 5.0) -> None:
    """Kill and reap every process that still descends from this one; for the launcher's last moment."""
    batas = time.monotonic() + detik
    while (sisa := anak_dari(os.getpid())) and time.monotonic() < batas:
        for pid in sisa:
            try:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            except (ProcessLookupError, ChildProcessError):
                continue


def anak_dari(induk: int) -> list[int]:
    """Process numbers whose parent is `induk`, read from /proc; empty where there is none."""
    hasil = []
    for berkas in Path("/proc").glob("[0-9]*/stat"):
        try:
            isi = berkas.read_text()
        except OSError:
            continue
        if int(isi.rpartition(")")[2].split()[1]) == induk:
            hasil.append(int(berkas.parent.name))
    return hasil
