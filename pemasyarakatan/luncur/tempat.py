"""Where things live in a checkout, and small safe ways to write there."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pemasyarakatan.luncur.layar import Gagal

AKAR = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Tempat:
    """Paths of one instance: the checkout (`akar`) and its private data folder (`lokal`)."""

    akar: Path
    lokal: Path

    @property
    def venv(self) -> Path:
        return self.akar / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def log(self) -> Path:
        return self.lokal / "log"

    @property
    def rahasia(self) -> Path:
        return self.lokal / "rahasia.json"

    @property
    def porta(self) -> Path:
        return self.lokal / "porta.json"

    @property
    def kunci(self) -> Path:
        return self.lokal / "jalan.kunci"

    @property
    def fakta(self) -> Path:
        """Environment of the running portal; exists only while the servers run."""
        return self.lokal / "peladen.json"

    @property
    def ruang(self) -> Path:
        """Remembers where the database lives when `lokal` is out of reach of its account."""
        return self.lokal / "ruang.json"

    def buat(self) -> "Tempat":
        """Create the folders; root leaves them passable, for the database runs as another account."""
        mode = 0o711 if os.geteuid() == 0 else 0o700
        for folder in (self.lokal, self.log):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(mode)
        return self


def tempat_checkout() -> Tempat:
    """The places of the checkout this file belongs to."""
    return Tempat(AKAR, AKAR / ".local")


def tulis_rahasia(berkas: Path, isi: Any) -> None:
    """Write JSON that only the owner can read, completely or not at all."""
    fd, sementara = tempfile.mkstemp(dir=berkas.parent, prefix=berkas.name + ".")
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as f:
            json.dump(isi, f, indent=1)
            f.flush()
            os.fsync(f.fileno())
        os.replace(sementara, berkas)
    except BaseException:
        Path(sementara).unlink(missing_ok=True)
        raise


def baca_json(berkas: Path) -> dict[str, Any]:
    """Read a JSON object; `{}` when the file is missing, `Gagal` when it is damaged."""
    try:
        isi = json.loads(berkas.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, OSError) as galat:
        raise Gagal(
            f"{berkas} tidak dapat dibaca ({galat}). Pulihkan berkas itu, atau jalankan `make reset`."
        ) from None
    if not isinstance(isi, dict):
        raise Gagal(f"{berkas} rusak: bukan objek JSON. Pulihkan berkas itu, atau jalankan `make reset`.")
    return isi
