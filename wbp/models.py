"""Inmates as other registers need them: one person is one row, known by a keyed index of the register number.

The number itself is not kept: the index tells two persons apart, the last characters let staff recognise a row.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pemasyarakatan.inti import penjaga
from upt.cakupan import KueriBercakupan
from upt.models import IkutKanwil

_PENGGUNA = settings.AUTH_USER_MODEL


class WargaBinaan(IkutKanwil):
    """`indeks` is an HMAC of the normalised register number within the unit (`wbp.indeks`), `ujung` its last three."""

    indeks = models.CharField(max_length=64)
    ujung = models.CharField(max_length=3)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "warga binaan"
        constraints = [models.UniqueConstraint(fields=["upt", "indeks"], name="warga_binaan_sekali")]

    def __str__(self) -> str:
        return f"•••{self.ujung}"


penjaga.lindungi(WargaBinaan, penjaga.wilayah(), penjaga.TAMBAH_IKUT)
