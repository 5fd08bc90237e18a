"""How a kept file leaves the portal: in a sandbox of its own, whatever it holds."""

from __future__ import annotations

from django.http import HttpResponse

from pelaporan.lampiran.batas import TIPE
from pelaporan.lampiran.nama import disposisi
from pelaporan.models import Berkas

_KOTAK_PASIR = "default-src 'none'; img-src 'self'; style-src 'none'; sandbox; frame-ancestors 'none'"


def sajikan(berkas: Berkas) -> HttpResponse:
    """Photos were drawn anew here and may be shown; a PDF is only saved."""
    jawaban = HttpResponse(bytes(berkas.isi), content_type=berkas.tipe)
    jawaban["Content-Disposition"] = disposisi(berkas.nama, inline=TIPE[berkas.tipe].gambar)
    jawaban["X-Content-Type-Options"] = "nosniff"
    jawaban["Content-Security-Policy"] = _KOTAK_PASIR
    jawaban["Cross-Origin-Resource-Policy"] = "same-origin"
    return jawaban
