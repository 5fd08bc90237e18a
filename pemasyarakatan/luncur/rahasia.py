"""Secrets of a local instance: made once at random, kept in one file only the owner can read."""

import base64
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from pemasyarakatan.luncur.tempat import baca_json, tulis_rahasia


@dataclass(frozen=True)
class Rahasia:
    """All values are printable and free of quotes, so they fit into URLs, SQL and configuration."""

    sandi_postgres: str
    sandi_pemilik: str
    sandi_peran: str
    sandi_valkey: str
    secret_key: str
    kunci_data: str
    kunci_indeks_wbp: str


def buat_rahasia() -> Rahasia:
    """Fresh random secrets; `kunci_data` is 32 bytes in base64."""
    return Rahasia(
        sandi_postgres=secrets.token_urlsafe(24),
        sandi_pemilik=secrets.token_urlsafe(24),
        sandi_peran=secrets.token_urlsafe(24),
        sandi_valkey=secrets.token_urlsafe(24),
        secret_key=secrets.token_urlsafe(64),
        kunci_data=base64.b64encode(secrets.token_bytes(32)).decode(),
        kunci_indeks_wbp=secrets.token_urlsafe(48),
    )


def muat_rahasia(berkas: Path) -> Rahasia:
    """Read the secrets, adding missing ones. A damaged file is never replaced: it holds the data key."""
    ada = baca_json(berkas)
    isi = asdict(buat_rahasia()) | {k: str(v) for k, v in ada.items() if v}
    rahasia = Rahasia(**{f.name: isi[f.name] for f in fields(Rahasia)})
    if asdict(rahasia) != ada:
        tulis_rahasia(berkas, asdict(rahasia))
    berkas.chmod(0o600)
    return rahasia
