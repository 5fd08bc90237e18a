"""The account a database server runs as: PostgreSQL refuses to be root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pemasyarakatan.luncur.layar import Gagal

CALON = ("postgres", "nobody")


@dataclass(frozen=True)
class Pengguna:
    """An existing unprivileged account of the machine; none is ever created."""

    nama: str
    uid: int
    gid: int

    @property
    def argumen(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess` that drop to this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def bisa(self, perintah: Sequence[str | Path]) -> bool:
        """Whether this account can run the command with success."""
        try:
            selesai = subprocess.run(
                [str(p) for p in perintah],
                cwd="/",
                capture_output=True,
                timeout=20,
                check=False,
                **self.argumen,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return selesai.returncode == 0

    def bisa_menulis(self, folder: Path) -> bool:
        """Whether this account reaches the folder and may write into it."""
        return self.bisa(["/bin/sh", "-c", 'test -x "$1" && test -w "$1"', "sh", folder])


@cache
def pengguna_turun() -> Pengguna | None:
    """The account to drop to when root starts the launcher; None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    for nama in CALON:
        try:
            data = pwd.getpwnam(nama)
        except KeyError:
            continue
        return Pengguna(nama, data.pw_uid, data.pw_gid)
    raise Gagal(
        "PostgreSQL tidak boleh berjalan sebagai root dan mesin ini tidak punya pengguna `nobody`. "
        "Jalankan perintah ini sebagai pengguna biasa."
    )
