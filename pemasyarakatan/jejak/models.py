"""The trail: who did what to which row, append-only, hash-chained per unit."""

from __future__ import annotations

from django.db import models

from pemasyarakatan.inti import penjaga


class Jejak(models.Model):
    """One link of a chain. Rows enter only through the SQL function `jejak_tambah`, which computes the hash."""

    rantai = models.CharField(max_length=40)
    urut = models.BigIntegerField()
    waktu = models.DateTimeField()
    pelaku_id = models.BigIntegerField(null=True)
    pelaku = models.CharField(max_length=160)
    tindakan = models.CharField(max_length=40)
    objek = models.CharField(max_length=40)
    objek_id = models.CharField(max_length=64)
    upt_id = models.BigIntegerField(null=True)
    kanwil_id = models.BigIntegerField(null=True)
    rincian = models.JSONField()
    sidik_sebelum = models.CharField(max_length=64)
    sidik = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["rantai", "urut"], name="jejak_rantai_urut")]
        indexes = [
            models.Index(fields=["objek", "objek_id"], name="jejak_objek"),
            models.Index(fields=["upt_id", "-id"], name="jejak_upt"),
            models.Index(fields=["kanwil_id", "-id"], name="jejak_kanwil"),
        ]

    def __str__(self) -> str:
        return f"{self.rantai}#{self.urut} {self.tindakan}"


class KepalaRantai(models.Model):
    """The head of each chain; a cut tail shows as a head that the last link does not match."""

    rantai = models.CharField(max_length=40, primary_key=True)
    urut = models.BigIntegerField(default=0)
    sidik = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.rantai}#{self.urut}"


penjaga.lindungi(Jejak, penjaga.wilayah(), penjaga.HANYA_LIHAT)
penjaga.lindungi(KepalaRantai, penjaga.NASIONAL, penjaga.HANYA_LIHAT)
