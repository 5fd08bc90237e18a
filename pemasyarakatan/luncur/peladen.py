"""Database and broker of one instance together: embedded ones, or those the person names."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pemasyarakatan.luncur.kunci import kunci_jalan, sedang_dipakai
from pemasyarakatan.luncur.layar import kabar, langkah
from pemasyarakatan.luncur.lingkungan import lingkungan_bersih, lingkungan_pengguna, lingkungan_portal
from pemasyarakatan.luncur.pg import Postgres
from pemasyarakatan.luncur.proses import Anak
from pemasyarakatan.luncur.rahasia import muat_rahasia
from pemasyarakatan.luncur.ruang import buang, tempat_sementara
from pemasyarakatan.luncur.tempat import Tempat, baca_json, tulis_rahasia
from pemasyarakatan.luncur.valkey import Valkey

FAKTA = (
    "DATABASE_URL", "DATABASE_URL_WEB", "DATABASE_URL_KERJA", "REDIS_URL", "SECRET_KEY",
    "KUNCI_INDEKS_WBP", "KUNCI_DATA_WBP", "SANDI_PERAN_DB", "ALLOWED_HOSTS", "MODE_LATIHAN", "MUAT_ULANG",
    "DJANGO_SETTINGS_MODULE",
)  # fmt: skip


@dataclass
class Peladen:
    """The running servers and the environment made for the portal's processes."""

    env: dict[str, str]
    anak: list[Anak] = field(default_factory=list)


@contextmanager
def peladen_bawaan(
    tempat: Tempat, dasar: Mapping[str, str], *, latihan: bool, setelan: dict[str, str] | None = None
) -> Iterator[Peladen]:
    """Start the servers that `dasar` does not name, yield the environment, stop what was started."""
    rahasia = muat_rahasia(tempat.buat().rahasia)
    calon: dict[str, Postgres | Valkey] = {
        "DATABASE_URL": Postgres(tempat, rahasia, setelan or {}),
        "REDIS_URL": Valkey(tempat, rahasia),
    }
    url: dict[str, str] = {}
    anak: list[Anak] = []
    try:
        for nama, peladen in calon.items():
            if nama in dasar:
                kabar(f"• {peladen.sebutan}: memakai {nama} dari lingkungan")
                continue
            with langkah(f"Menyalakan {peladen.sebutan}"):
                anak.append(peladen.mulai())
            url[nama] = peladen.url
        yield Peladen(lingkungan_portal(dasar, tempat, rahasia, url, latihan), anak)
    finally:
        for peladen in reversed(calon.values()):
            peladen.henti()


@contextmanager
def peladen_checkout(tempat: Tempat, untuk: str) -> Iterator[Peladen]:
    """Servers over the checkout's own data, locked for this process; manage.py finds their facts."""
    with (
        kunci_jalan(tempat, untuk),
        peladen_bawaan(tempat, lingkungan_pengguna(tempat.akar), latihan=True) as peladen,
    ):
        tulis_rahasia(tempat.fakta, fakta(peladen.env))
        try:
            yield peladen
        finally:
            tempat.fakta.unlink(missing_ok=True)


@contextmanager
def peladen_sementara(akar: Path, *, setelan: dict[str, str], induk: str | None = None) -> Iterator[Peladen]:
    """Empty servers for one test or benchmark run, gone without a trace afterwards."""
    tempat = tempat_sementara(akar, induk)
    try:
        with peladen_bawaan(tempat, lingkungan_bersih(), latihan=False, setelan=setelan) as peladen:
            yield peladen
    finally:
        buang(tempat)


def fakta(env: Mapping[str, str]) -> dict[str, str]:
    """The part of the environment that another process needs to work with the same servers and data."""
    return {nama: env[nama] for nama in FAKTA if nama in env}


def env_manage(tempat: Tempat) -> dict[str, str] | None:
    """Environment for a command beside the running portal; None when it does not run."""
    if not sedang_dipakai(tempat) or not (isi := baca_json(tempat.fakta)):
        return None
    return lingkungan_pengguna(tempat.akar) | {k: str(v) for k, v in isi.items()}
