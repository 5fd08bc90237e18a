"""Personal API tokens: random text shown once, SHA-256 stored."""

from __future__ import annotations

import hashlib
import secrets

from django.db.models import Q
from django.http import HttpRequest

from pemasyarakatan.akun.models import Pengguna, TokenAPI
from pemasyarakatan.inti.waktu import sekarang

SKEMA = "Token"


def _sidik(teks: str) -> str:
    return hashlib.sha256(teks.encode()).hexdigest()


def buat_token(*, oleh: Pengguna, nama: str) -> str:
    """Make a token for oneself; returns the only copy of its text."""
    teks = secrets.token_urlsafe(32)
    TokenAPI.objects.create(pengguna=oleh, nama=nama, awalan=teks[:8], sidik=_sidik(teks))
    return teks


def pengguna_dari_token(request: HttpRequest) -> Pengguna | None:
    """The token's owner, or None when there is no valid `Authorization: Token …` header."""
    skema, _, teks = request.headers.get("Authorization", "").partition(" ")
    if skema != SKEMA or not teks or len(teks) > 100:
        return None
    token = (
        TokenAPI.objects.select_related("pengguna")
        .filter(sidik=_sidik(teks), dicabut_pada=None, pengguna__is_active=True)
        .first()
    )
    if token is None:
        return None
    menit_lalu = sekarang().replace(second=0, microsecond=0)
    TokenAPI.objects.filter(Q(dipakai_pada=None) | Q(dipakai_pada__lt=menit_lalu), pk=token.pk).update(
        dipakai_pada=menit_lalu
    )
    request.token_api = token  # type: ignore[attr-defined]
    return token.pengguna
