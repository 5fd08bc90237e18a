"""Login: one answer for every failure, a growing delay instead of a lock, and nothing that reveals who exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest

from pemasyarakatan.akun.models import Pengguna, PercobaanMasuk
from pemasyarakatan.akun.sandi import PANJANG_MAKS
from pemasyarakatan.inti.waktu import sekarang

BEBAS_AKUN = 5
"""Failures per account before waiting starts."""
BEBAS_ALAMAT = 60
"""Failures per address before waiting starts; a whole unit may sit behind one address."""
TUNGGU_AWAL = timedelta(seconds=10)
TUNGGU_MAKS = timedelta(minutes=15)
LUPA = timedelta(hours=6)
"""A counter that was quiet this long starts anew."""


class PintuSandi:
    """Authentication backend: user name or NIP, and a password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Pengguna | None:
        if not username or not password or len(password) > PANJANG_MAKS:
            return None
        cocok = Q(nama_pengguna__iexact=username) | (Q(nip=username) if username.isdigit() else Q())
        pengguna = Pengguna.objects.filter(cocok).first()
        if pengguna is None:
            make_password(password)  # the same work as a real check, so that time tells nothing
            return None
        return pengguna if pengguna.check_password(password) and pengguna.is_active else None

    def get_user(self, user_id: int) -> Pengguna | None:
        return Pengguna.objects.filter(pk=user_id, is_active=True).first()


def alamat_asal(request: HttpRequest) -> str:
    """The caller's address. Behind our own proxy it is the last one in X-Forwarded-For, which that proxy wrote;
    what stands before it are the caller's own words. Without this the whole nation would share one counter."""
    diteruskan = request.headers.get("X-Forwarded-For", "") if settings.PERCAYA_PROKSI else ""
    return diteruskan.rpartition(",")[2].strip()[:45] or str(request.META.get("REMOTE_ADDR", ""))


@dataclass(frozen=True)
class Penjagaan:
    """The two counters of one attempt."""

    akun: str
    alamat: str

    @classmethod
    def dari(cls, request: HttpRequest, nama: str) -> Penjagaan:
        return cls(f"akun:{nama.strip().lower()[:100]}", f"alamat:{alamat_asal(request)}")

    def tahan_sampai(self) -> datetime | None:
        """When the next attempt is allowed; None means now."""
        batas = PercobaanMasuk.objects.filter(kunci__in=[self.akun, self.alamat], tahan_sampai__gt=sekarang())
        return max((b.tahan_sampai for b in batas if b.tahan_sampai), default=None)

    def gagal(self) -> None:
        _hitung(self.akun, BEBAS_AKUN)
        _hitung(self.alamat, BEBAS_ALAMAT)

    def berhasil(self) -> None:
        PercobaanMasuk.objects.filter(kunci=self.akun).delete()


def _hitung(kunci: str, bebas: int) -> None:
    """Count a failure atomically and set the waiting time: doubling from ten seconds to fifteen minutes."""
    with connection.cursor() as kursor:
        kursor.execute(
            """
            INSERT INTO akun_percobaanmasuk (kunci, gagal, terakhir) VALUES (%(kunci)s, 1, %(kini)s)
            ON CONFLICT (kunci) DO UPDATE SET
                gagal = CASE WHEN akun_percobaanmasuk.terakhir < %(lupa)s THEN 1 ELSE akun_percobaanmasuk.gagal + 1 END,
                terakhir = %(kini)s
            RETURNING gagal
            """,
            {"kunci": kunci, "kini": sekarang(), "lupa": sekarang() - LUPA},
        )
        lebih = kursor.fetchone()[0] - bebas
    if lebih >= 0:
        tunggu = min(TUNGGU_AWAL * 2 ** min(lebih, 10), TUNGGU_MAKS)
        PercobaanMasuk.objects.filter(kunci=kunci).update(tahan_sampai=sekarang() + tunggu)
