"""The environment the portal's processes get, and reading `.env`."""

import base64
import os
import re
import secrets
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path

from pemasyarakatan.luncur.kunci import sedang_dipakai
from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.rahasia import Rahasia
from pemasyarakatan.luncur.tempat import Tempat, baca_json

NAMA = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MILIK_PORTAL = frozenset(
    [
        "DATABASE_URL",
        "DATABASE_URL_WEB",
        "DATABASE_URL_KERJA",
        "REDIS_URL",
        "SECRET_KEY",
        "KUNCI_INDEKS_WBP",
        "KUNCI_DATA_WBP",
        "SANDI_PERAN_DB",
        "PERAN_DB",
        "ALLOWED_HOSTS",
        "DEBUG",
        "CSRF_TRUSTED_ORIGINS",
        "MODE_LATIHAN",
        "MUAT_ULANG",
        "DI_BALIK_TLS",
        "TANPA_TLS",
        "PERCAYA_PROKSI",
        "STATIC_ROOT",
        "TINGKAT_LOG",
        "PORT",
        "DJANGO_SETTINGS_MODULE",
    ]
)
PERINTAH_PEMILIK = frozenset(
    [
        "migrate",
        "makemigrations",
        "siapkan",
        "siapkan_peran",
        "sqlmigrate",
        "showmigrations",
        "muat_organisasi",
        "muat_formulir",
        "isi_contoh",
        "buat_contoh",
        "impor_upt",
        "check",
    ]
)
PERINTAH_MURNI = frozenset(["hitung_pidana", "hitung_remisi", "hitung_hemat"])
"""They compute from what they are given and read no person: they run where no portal is, with settings for once."""


def urai_env(teks: str) -> dict[str, str]:
    """Parse `NAMA=nilai` lines, optional `export` and quotes, `#` comments; an empty value is not set."""
    hasil = {}
    for nomor, mentah in enumerate(teks.splitlines(), 1):
        baris = mentah.strip().removeprefix("export ").strip()
        if not baris or baris.startswith("#"):
            continue
        nama, sama, nilai = baris.partition("=")
        if not sama or not NAMA.fullmatch(nama.strip()):
            raise Gagal(f".env baris {nomor} tidak dimengerti. Tulis sebagai NAMA=nilai.")
        if isi := _lepas_kutip(nilai.strip()):
            hasil[nama.strip()] = isi
    return hasil


def _lepas_kutip(nilai: str) -> str:
    if len(nilai) >= 2 and nilai[0] == nilai[-1] and nilai[0] in "\"'":
        return nilai[1:-1]
    return re.split(r"\s#", " " + nilai, maxsplit=1)[0].strip()


def lingkungan_pengguna(akar: Path, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """The person's environment over `.env`; names of the portal that are set but empty are dropped."""
    berkas = akar / ".env"
    dari_berkas = urai_env(berkas.read_text(encoding="utf-8")) if berkas.is_file() else {}
    asal = os.environ if env is None else env
    return dari_berkas | {k: v for k, v in asal.items() if v or k not in MILIK_PORTAL}


def lingkungan_bersih() -> dict[str, str]:
    """The environment without the portal's names and `.env`: tests and checks must not depend on them."""
    return {k: v for k, v in os.environ.items() if k not in MILIK_PORTAL}


def lingkungan_portal(
    dasar: Mapping[str, str], tempat: Tempat, rahasia: Rahasia, url: Mapping[str, str], latihan: bool
) -> dict[str, str]:
    """Complete `dasar` for the portal's processes; what the person has set wins. `url`: of own servers."""
    mode = {"MODE_LATIHAN": "1", "MUAT_ULANG": "1"} if latihan else {"MODE_LATIHAN": "0", "TANPA_TLS": "1"}
    bawaan = {
        "SECRET_KEY": rahasia.secret_key,
        "KUNCI_INDEKS_WBP": rahasia.kunci_indeks_wbp,
        "KUNCI_DATA_WBP": f"1:{rahasia.kunci_data}",
        "SANDI_PERAN_DB": rahasia.sandi_peran,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]" + ("" if latihan else ",testserver"),
        "DJANGO_SETTINGS_MODULE": "pemasyarakatan.settings",
        "PYTHONUNBUFFERED": "1",
    }
    jalur = f"{tempat.venv / 'bin'}{os.pathsep}{dasar.get('PATH', os.defpath)}"
    return {**bawaan, **mode, **url, **dasar} | {"PATH": jalur, "VIRTUAL_ENV": str(tempat.venv)}


def peran_db(perintah: str) -> str:
    """The database account of a manage.py command: the owner changes structure, `kerja` does daily work."""
    return "pemilik" if perintah in PERINTAH_PEMILIK else "kerja"


def lengkapi_manage(env: MutableMapping[str, str], argumen: Sequence[str], tempat: Tempat) -> None:
    """Fill what `manage.py` needs and the person has not set: `.env`, then facts of the running portal."""
    lengkap = lingkungan_pengguna(tempat.akar, env)
    if "DATABASE_URL" not in lengkap and sedang_dipakai(tempat):
        lengkap = {k: str(v) for k, v in baca_json(tempat.fakta).items()} | lengkap
    perintah = argumen[1] if len(argumen) > 1 else ""
    murni = sekali_pakai() if perintah in PERINTAH_MURNI else {}
    env.update(murni | {"PERAN_DB": peran_db(perintah)} | lengkap)


def sekali_pakai() -> dict[str, str]:
    """Settings that protect nothing and reach no server (nobody listens at the address): gone with the process."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "KUNCI_INDEKS_WBP": secrets.token_urlsafe(48),
        "KUNCI_DATA_WBP": f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "SANDI_PERAN_DB": secrets.token_urlsafe(24),
        "DATABASE_URL": "postgresql://tanpa@127.0.0.1:9/tanpa",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "ALLOWED_HOSTS": "localhost",
    }
