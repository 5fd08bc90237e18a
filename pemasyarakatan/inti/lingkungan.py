"""Reading the environment. Missing or wrong values stop the start with a sentence that says what to do."""

from __future__ import annotations

import base64
import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PERAN_KE_AKUN = {"web": "lapor_web", "kerja": "lapor_kerja"}
KUNCI_MIN = 32
_BATAS_WAKTU_MS = {"pemilik": 0, "web": 5_000, "kerja": 60_000}


def boleh(nama: str) -> str:
    return os.environ.get(nama, "").strip()


def wajib(nama: str, arti: str) -> str:
    nilai = boleh(nama)
    if not nilai:
        raise ImproperlyConfigured(
            f"{nama} belum diisi ({arti}). Isi di lingkungan atau di berkas .env; contohnya ada di .env.example. "
            "Untuk mencoba di satu mesin, jalankan `make run`: semua nilai dibuatkan."
        )
    return nilai


def kunci_berganti(nama: str, arti: str, *, selain: str) -> tuple[str, ...]:
    """Secrets of their own that nobody guesses, the one to write with first; old ones only find again."""
    semua = tuple(satu.strip() for satu in wajib(nama, arti).split(","))
    if any(len(satu) < KUNCI_MIN or satu == selain for satu in semua) or len(set(semua)) != len(semua):
        raise ImproperlyConfigured(
            f"{nama} harus acak, paling sedikit {KUNCI_MIN} huruf, dan lain dari SECRET_KEY; bila lebih dari satu, "
            "yang terbaru di depan, dipisah koma, tanpa ulangan. Buat dengan "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))".'
        )
    return semua


def kunci_bernama(nama: str, arti: str) -> dict[str, bytes]:
    """Keys of 32 bytes by name ("2:<base64>,1:<base64>"), the one to write with first; old ones only read."""
    hasil: dict[str, bytes] = {}
    for satu in wajib(nama, arti).split(","):
        kode, _, isi = satu.strip().partition(":")
        try:
            kunci = base64.b64decode(isi, validate=True)
        except ValueError:
            kunci = b""
        if not kode.isalnum() or len(kode) > 16 or len(kunci) != 32 or kode in hasil:
            raise ImproperlyConfigured(
                f"{nama} harus berbentuk nama:kunci (32 byte base64), yang terbaru di depan, dipisah koma. Buat dengan "
                "python3 -c \"import base64, os; print('1:' + base64.b64encode(os.urandom(32)).decode())\"."
            )
        hasil[kode] = kunci
    return hasil


def ya(nama: str, *, bawaan: bool) -> bool:
    nilai = boleh(nama).lower()
    if nilai in ("", "1", "ya", "true", "0", "tidak", "false"):
        return bawaan if nilai == "" else nilai in ("1", "ya", "true")
    raise ImproperlyConfigured(f"{nama}={nilai!r} tidak dikenal. Tulis 1 atau 0.")


def bilangan(nama: str, *, bawaan: int) -> int:
    """A whole number from 1."""
    nilai = boleh(nama)
    if not nilai:
        return bawaan
    if not (nilai.isascii() and nilai.isdigit() and int(nilai) >= 1):
        raise ImproperlyConfigured(f"{nama}={nilai!r} bukan bilangan bulat mulai 1.")
    return int(nilai)


def daftar(nama: str, arti: str) -> list[str]:
    return [butir.strip() for butir in wajib(nama, arti).split(",") if butir.strip()]


def daftar_boleh_kosong(nama: str) -> list[str]:
    return [butir.strip() for butir in boleh(nama).split(",") if butir.strip()]


def pilihan(nama: str, yang_boleh: tuple[str, ...], *, bawaan: str) -> str:
    nilai = boleh(nama) or bawaan
    if nilai not in yang_boleh:
        raise ImproperlyConfigured(f"{nama}={nilai!r} tidak dikenal. Pilih salah satu: {', '.join(yang_boleh)}.")
    return nilai


def basis_data(peran: str) -> dict[str, Any]:
    """Connection of the process's own account.

    `DATABASE_URL` names the owner's account. Web and worker use the same server and database but their own accounts,
    which own nothing (row-level security binds them); `DATABASE_URL_WEB` and `DATABASE_URL_KERJA` override that.
    """
    khusus = boleh(f"DATABASE_URL_{peran.upper()}")
    bagian = urlsplit(khusus or wajib("DATABASE_URL", "alamat PostgreSQL, postgres://akun:sandi@host:port/basis"))
    if bagian.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL harus diawali postgres://. Portal hanya berjalan di PostgreSQL 15+.")
    akun, sandi = unquote(bagian.username or ""), unquote(bagian.password or "")
    if peran in PERAN_KE_AKUN and not khusus:
        akun = PERAN_KE_AKUN[peran]
        sandi = wajib("SANDI_PERAN_DB", "sandi akun basis data lapor_web dan lapor_kerja")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(bagian.path.lstrip("/")),
        "USER": akun,
        "PASSWORD": sandi,
        "HOST": bagian.hostname or "",
        "PORT": str(bagian.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"connect_timeout": 3, "options": opsi_server(peran)},
    }


def opsi_server(peran: str) -> str:
    """Server-side limits of a role, in milliseconds; the owner (migrations) is not limited."""
    batas = _BATAS_WAKTU_MS[peran]
    if not batas:
        return "-c timezone=UTC"
    return (
        f"-c timezone=UTC -c statement_timeout={batas} -c lock_timeout={min(batas, 4000)} "
        f"-c idle_in_transaction_session_timeout={max(batas, 15000)} -c jit=off"
    )


def surel(alamat: str) -> dict[str, Any]:
    """Django's mail settings from smtp://akun:sandi@host:port (smtps:// for TLS from the start, smtp+tls:// STARTTLS).

    Empty: letters stay in the outbox and nothing is ever sent.
    """
    if not alamat:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    bagian = urlsplit(alamat)
    if bagian.scheme not in ("smtp", "smtps", "smtp+tls") or not bagian.hostname:
        raise ImproperlyConfigured("SUREL_URL ditulis seperti smtp+tls://akun:sandi@surel.contoh.go.id:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": bagian.hostname,
        "EMAIL_PORT": bagian.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[bagian.scheme],
        "EMAIL_HOST_USER": unquote(bagian.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(bagian.password or ""),
        "EMAIL_USE_SSL": bagian.scheme == "smtps",
        "EMAIL_USE_TLS": bagian.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 15,
    }
