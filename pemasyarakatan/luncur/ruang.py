"""Finding a folder the database account can reach, and remembering it."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.pengguna import Pengguna
from pemasyarakatan.luncur.tempat import Tempat, baca_json, tulis_rahasia

TANDA = "milik-portal-pemasyarakatan"


def ruang_basis_data(tempat: Tempat, pengguna: Pengguna | None) -> Path:
    """The cluster's folder: inside `.local/` when the account reaches it, else elsewhere and remembered."""
    ingatan = baca_json(tempat.ruang).get("pg")
    if isinstance(ingatan, str) and Path(ingatan, TANDA).exists():
        return Path(ingatan)
    for calon in _calon(tempat, pengguna):
        if layak(calon, pengguna):
            if calon.parent != tempat.lokal:
                (calon / TANDA).write_text(str(tempat.akar), encoding="utf-8")
                tulis_rahasia(tempat.ruang, {"pg": str(calon)})
            return calon
    raise Gagal(
        "Tidak ada folder yang dapat dipakai basis data. Pindahkan salinan portal ini ke folder biasa, "
        "misalnya /srv/portal, lalu ulangi."
    )


def _calon(tempat: Tempat, pengguna: Pengguna | None) -> Iterator[Path]:
    nama = "portal-pemasyarakatan-" + hashlib.sha256(str(tempat.lokal).encode()).hexdigest()[:12]
    yield tempat.lokal / "pg"
    if pengguna is not None:
        yield Path("/var/lib") / nama
    else:
        yield Path.home() / ".local/share" / nama
    yield Path("/var/tmp") / nama  # noqa: S108  owned by the account and closed to others, see `layak`


def layak(folder: Path, pengguna: Pengguna | None) -> bool:
    """Make the folder, hand it to the account; whether that worked and private modes are kept."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if pengguna is not None:
            os.chown(folder, pengguna.uid, pengguna.gid)
        folder.chmod(0o700)
        stat = folder.stat()
    except OSError:
        return False
    pemilik = pengguna.uid if pengguna is not None else os.geteuid()
    milik_sendiri = stat.st_uid == pemilik and stat.st_mode & 0o077 == 0
    return milik_sendiri and (pengguna is None or pengguna.bisa_menulis(folder))


def hapus_ruang(tempat: Tempat) -> None:
    """Delete the remembered folder outside the checkout, if it carries the mark of this very checkout."""
    ingatan = baca_json(tempat.ruang).get("pg")
    if not isinstance(ingatan, str):
        return
    tanda = Path(ingatan, TANDA)
    if tanda.is_file() and tanda.read_text(encoding="utf-8") == str(tempat.akar):
        shutil.rmtree(ingatan)


def tempat_sementara(akar: Path, induk: str | None = None) -> Tempat:
    """A throw-away instance of the checkout for tests and benchmarks; the caller deletes it with `buang`."""
    return Tempat(akar, Path(tempfile.mkdtemp(prefix="portal-uji-", dir=induk))).buat()


def buang(tempat: Tempat) -> None:
    """Delete a throw-away instance, wherever its parts live."""
    hapus_ruang(tempat)
    shutil.rmtree(tempat.lokal, ignore_errors=True)
