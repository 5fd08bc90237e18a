"""One-time links with which a person sets the own password; nobody else ever chooses or sees one."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.jejak.services import catat


def buat_tautan(*, untuk: Pengguna, oleh: Pengguna) -> str:
    """A path that works once and for three days (PASSWORD_RESET_TIMEOUT); the trail tells who made it."""
    if not boleh(oleh, Izin.KELOLA_PENGGUNA):
        raise Ditolak("Peran Anda tidak mengelola pengguna.")
    if untuk.pk == oleh.pk:
        raise Ditolak("Ganti kata sandi sendiri di halaman akun.")
    catat(oleh=oleh, tindakan="buat_tautan_sandi", objek="pengguna", objek_id=untuk.pk)
    kode = urlsafe_base64_encode(str(untuk.pk).encode())
    return reverse("akun:atur_sandi", args=[kode, default_token_generator.make_token(untuk)])


def penerima(kode: str, token: str) -> Pengguna | None:
    """Whose link this is; None when it is wrong, used or too old."""
    try:
        nomor = int(force_str(urlsafe_base64_decode(kode)))
    except (ValueError, OverflowError):
        return None
    pengguna = Pengguna.objects.filter(pk=nomor, is_active=True).first() if 0 < nomor < 2**63 else None
    return pengguna if pengguna is not None and default_token_generator.check_token(pengguna, token) else None


def pakai_tautan(*, kode: str, token: str, sandi: str) -> Pengguna:
    """Set the password; the link is dead afterwards. Raises TidakSah (link or password)."""
    with transaction.atomic():
        calon = penerima(kode, token)
        terkunci = Pengguna.objects.select_for_update().filter(pk=calon.pk).first() if calon else None
        if terkunci is None or not default_token_generator.check_token(terkunci, token):
            raise TidakSah("Tautan ini sudah dipakai atau sudah lewat tiga hari. Mintalah tautan baru kepada admin.")
        try:
            validate_password(sandi, terkunci)
        except ValidationError as galat:
            raise TidakSah(" ".join(galat.messages), baru=True) from galat
        terkunci.set_password(sandi)
        terkunci.save(update_fields=["password"])
        catat(oleh=terkunci, tindakan="atur_sandi", objek="pengguna", objek_id=terkunci.pk)
        return terkunci
