"""Free TCP ports on 127.0.0.1."""

import socket
from pathlib import Path

from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.tempat import baca_json, tulis_rahasia

TUAN = "127.0.0.1"


def bebas(porta: int) -> bool:
    """Whether nobody listens on the port, on this address or on all addresses."""
    with socket.socket() as s:
        s.settimeout(0.3)
        if s.connect_ex((TUAN, porta)) == 0:
            return False
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((TUAN, porta))
        except OSError:
            return False
    return True


def sembarang() -> int:
    """A port that is free right now, chosen by the system."""
    with socket.socket() as s:
        s.bind((TUAN, 0))
        return int(s.getsockname()[1])


def mulai_dari(porta: int, cacah: int = 100) -> int:
    """The first free port from `porta` on; `Gagal` when `cacah` ports in a row are taken."""
    for calon in range(porta, min(porta + cacah, 65_536)):
        if bebas(calon):
            return calon
    raise Gagal(f"Tidak ada porta kosong mulai {porta}. Pilih yang lain, misalnya: PORT=9000 make run")


def tetap(berkas: Path, nama: str) -> int:
    """The port remembered under `nama`; a new one when it is taken or not yet chosen."""
    ingatan = baca_json(berkas)
    porta = ingatan.get(nama)
    if isinstance(porta, int) and bebas(porta):
        return porta
    ingatan[nama] = sembarang()
    tulis_rahasia(berkas, ingatan)
    return int(ingatan[nama])
