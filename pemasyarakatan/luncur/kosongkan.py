"""`make reset`: wipe the local data of a checkout, after asking."""

import shutil
from pathlib import Path

from pemasyarakatan.luncur.kunci import kunci_jalan
from pemasyarakatan.luncur.layar import kabar
from pemasyarakatan.luncur.pg import bereskan_sisa
from pemasyarakatan.luncur.ruang import hapus_ruang
from pemasyarakatan.luncur.tempat import Tempat, baca_json


def reset(tempat: Tempat, *, setuju: bool) -> int:
    """Delete `.local/` and a database kept elsewhere; refuses while something runs. 1 when not confirmed."""
    if not tempat.lokal.exists():
        kabar("Tidak ada yang perlu dihapus: .local/ belum ada.")
        return 0
    with kunci_jalan(tempat, "make reset"):
        if not (setuju or _tanya()):
            kabar("Dibatalkan; tidak ada yang dihapus.")
            return 1
        bereskan_sisa(_folder_data(tempat))
        hapus_ruang(tempat)
        shutil.rmtree(tempat.lokal)
    kabar("Data lokal dihapus. `make run` memulai dari awal.")
    return 0


def _folder_data(tempat: Tempat) -> Path:
    return Path(baca_json(tempat.ruang).get("pg", tempat.lokal / "pg")) / "data"


def _tanya() -> bool:
    kabar("Semua data, akun, dan kunci rahasia di .local/ akan dihapus untuk selamanya.")
    print("Ketik ya untuk melanjutkan: ", end="", flush=True)
    try:
        return input().strip().lower() == "ya"
    except (EOFError, KeyboardInterrupt):
        kabar()
        return False
