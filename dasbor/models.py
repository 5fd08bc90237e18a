"""Rollups: the figures of a Kanwil or of the nation, for one month and one form, each with its coverage."""

from __future__ import annotations

from typing import Self

from django.db import models

from pelaporan.models import Formulir
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.json import DecoderAngka, EncoderAngka
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan, KueriBercakupan
from upt.models import Kanwil


class KueriRingkasan(KueriBercakupan["Ringkasan"]):
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


penjaga.lindungi(Ringkasan, f"{penjaga.NASIONAL} OR {penjaga.milik('kanwil_id', 'kanwil')}")
