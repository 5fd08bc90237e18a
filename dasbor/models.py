"""Rollups: the figures of a Kanwil or of the nation, for one month and one form, each with its coverage."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models

from pelaporan.models import Formulir
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.json import DecoderAngka, EncoderAngka
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan, KueriBercakupan
from upt.models import Kanwil


class KueriRingkasan(KueriBercakupan[Any]):
    """Rollups start at the Kanwil: a unit's people read their own report versions instead."""

    def dalam(self, cakupan: Cakupan) -> Self:
        return self if cakupan.nasional else self.filter(kanwil__in=cakupan.kanwil)


class Ringkasan(models.Model):
    """One key. `isi` = {kode: [masuk, sah, n_masuk, n_sah]}: sums and the number of units they are made of.

    `masuk` counts the latest sent version of each report, `sah` the latest verified one. `n_wajib` units owe the
    form, `n_masuk` sent it, `n_sah` are verified; `penghuni_*` weigh the same units by their last known inmates.
    `sidik_sumber` is the hash over the versions that were read. The national key has no Kanwil.
    """

    kanwil = models.ForeignKey(Kanwil, on_delete=models.CASCADE, null=True, related_name="+")
    bulan = models.DateField()
    formulir = models.ForeignKey(Formulir, on_delete=models.CASCADE, related_name="+")
    isi = models.JSONField(default=dict, encoder=EncoderAngka, decoder=DecoderAngka)
    n_wajib = models.PositiveIntegerField(default=0)
    n_masuk = models.PositiveIntegerField(default=0)
    n_sah = models.PositiveIntegerField(default=0)
    n_tepat = models.PositiveIntegerField(default=0)
    penghuni_wajib = models.PositiveBigIntegerField(default=0)
    penghuni_masuk = models.PositiveBigIntegerField(default=0)
    penghuni_sah = models.PositiveBigIntegerField(default=0)
    sidik_sumber = models.CharField(max_length=64, default="")
    dihitung_pada = models.DateTimeField()

    objects = KueriRingkasan.as_manager()

    class Meta:
        ordering = ["-bulan", "formulir_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulan", "formulir", "kanwil"], name="ringkasan_kunci", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["kanwil", "formulir", "bulan"], name="ringkasan_tren")]

    def __str__(self) -> str:
        return f"{self.formulir_id} {self.bulan:%Y-%m} {self.kanwil or 'nasional'}"

    @property
    def periode(self) -> Bulan:
        return Bulan.pada(self.bulan)


class RekapWilayah(models.Model):
    """A region's month as its head sent it: figures, coverage and the units that were missing. Never changes.

    `isi` is what `rekap_wilayah.susun` makes; a later one of the same month is a new `versi` beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+")
    bulan = models.DateField()
    versi = models.PositiveIntegerField()
    isi = models.JSONField(encoder=EncoderAngka, decoder=DecoderAngka)
    sidik = models.CharField(max_length=64)
    catatan = models.TextField(blank=True, default="")
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sebagai = models.CharField(max_length=60, blank=True, default="")
    dibuat_pada = models.DateTimeField()

    objects = KueriRingkasan.as_manager()

    class Meta:
        ordering = ["-bulan", "kanwil_id", "-versi"]
        verbose_name_plural = "rekap wilayah"
        constraints = [models.UniqueConstraint(fields=["kanwil", "bulan", "versi"], name="rekap_wilayah_versi")]

    def __str__(self) -> str:
        return self.nomor

    @property
    def periode(self) -> Bulan:
        return Bulan.pada(self.bulan)

    @property
    def nomor(self) -> str:
        return f"RK-{self.kanwil.singkatan}-{self.periode.kode}-v{self.versi}"


_WILAYAH = f"{penjaga.NASIONAL} OR {penjaga.milik('kanwil_id', 'kanwil')}"

penjaga.lindungi(RekapWilayah, _WILAYAH, penjaga.HANYA_TAMBAH)
penjaga.lindungi(Ringkasan, _WILAYAH)
