"""Reports: obligations, drafts, immutable versions, events, dirty keys, and answers kept under a key."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value

from pelaporan.alur import GILIRAN, PILIHAN_STATUS, Status
from pelaporan.models.formulir import Formulir, FormulirVersi
from pelaporan.skema import Skema
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.json import DecoderAngka, EncoderAngka
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import KueriBercakupan
from upt.models import UPT, Kanwil

_PENGGUNA = settings.AUTH_USER_MODEL


class KueriLaporan(KueriBercakupan["Laporan"]):
    def bulan_ini(self, bulan: Bulan) -> KueriLaporan:
        return self.filter(bulan=bulan.awal)


class Laporan(models.Model):
    """One obligation: unit x month x form. Created when the month opens; keeps the Kanwil of its month.

    `revisi` counts every transition and every save (compare-and-set); `versi_masuk` is the latest sent version,
    `versi_sah` the latest verified one. `penghuni_acuan` is the unit's last known number of inmates when the month
    opened: the weight that coverage is stated in. `buka_sampai`: until when a reopened report may be sent again before
    it locks by itself. `bendera` = [{"kode", "butir", "teks"}], what a reviewer should look at in the sent version,
    and `risiko` its weight; `sel_kosong` counts asked cells without an answer. All are computed when it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="laporan")
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+")
    bulan = models.DateField()
    formulir = models.ForeignKey(Formulir, on_delete=models.PROTECT, related_name="laporan")
    formulir_versi = models.ForeignKey(FormulirVersi, on_delete=models.PROTECT, related_name="laporan")
    status = models.CharField(max_length=14, choices=PILIHAN_STATUS, default=Status.BELUM)
    revisi = models.PositiveIntegerField(default=0)
    versi_masuk = models.PositiveIntegerField(null=True, blank=True)
    versi_sah = models.PositiveIntegerField(null=True, blank=True)
    penghuni_acuan = models.PositiveIntegerField(null=True, blank=True)
    tenggat = models.DateTimeField()
    tenggat_kanwil = models.DateTimeField()
    tenggat_pusat = models.DateTimeField(null=True, blank=True)
    dikirim_pada = models.DateTimeField(null=True, blank=True)
    terlambat = models.BooleanField(default=False)
    dibuka_pada = models.DateTimeField(null=True, blank=True)
    dibuka_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    dibebaskan = models.CharField(max_length=200, blank=True, default="")
    buka_sampai = models.DateTimeField(null=True, blank=True)
    risiko = models.PositiveSmallIntegerField(default=0, db_default=0)
    sel_kosong = models.PositiveSmallIntegerField(default=0, db_default=0)
    bendera = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    diubah_pada = models.DateTimeField(auto_now=True)

    objects = KueriLaporan.as_manager()

    class Meta:
        ordering = ["-bulan", "formulir_id"]
        verbose_name_plural = "laporan"
        constraints = [
            models.UniqueConstraint(fields=["upt", "bulan", "formulir"], name="laporan_satu_kewajiban"),
            models.CheckConstraint(
                name="laporan_versi_sesuai_status",
                condition=Q(status__in=[Status.BELUM, Status.DRAF, Status.SIAP, Status.DIKEMBALIKAN])
                | Q(status=Status.DIKIRIM, versi_masuk__isnull=False)
                | Q(
                    status__in=[Status.TERVERIFIKASI, Status.TERKUNCI],
                    versi_sah__isnull=False,
                    versi_sah=F("versi_masuk"),
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["bulan", "kanwil", "formulir"], name="laporan_bulan_kanwil"),
            models.Index(fields=["kanwil", "status", "tenggat_kanwil"], name="laporan_antrean"),
        ]

    def __str__(self) -> str:
        return f"{self.formulir_id} {self.upt} {self.bulan:%Y-%m}"

    @property
    def periode(self) -> Bulan:
        return Bulan.pada(self.bulan)

    @property
    def skema(self) -> Skema:
        return self.formulir_versi.skema

    @property
    def giliran(self) -> str:
        return GILIRAN[Status(self.status)]

    def lewat_tenggat(self, pada: datetime) -> bool:
        return self.versi_masuk is None and pada > self.tenggat


class Draf(models.Model):
    """What is being typed. `isi` = {"sel": {kode: {n,k,a,v,o,p}}, "daftar": {kode: [{id, sel}]}, "tanggapan": {...}}.

    n value, k state, a reason, v version of the cell, o who (account id), p when (ISO 8601, UTC).
    """

    laporan = models.OneToOneField(Laporan, on_delete=models.CASCADE, primary_key=True, related_name="draf")
    upt = models.ForeignKey(UPT, on_delete=models.CASCADE, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    isi = models.JSONField(default=dict, encoder=EncoderAngka, decoder=DecoderAngka)

    objects = KueriBercakupan.as_manager()

    def __str__(self) -> str:
        return f"draf {self.laporan_id}"


class RiwayatIsian(models.Model):
    """History of typing: one row per acknowledged save, append-only. `perubahan` = {kode: [old, new]}.

    `asal`: web, nihil, salin, tempel, excel, kanwil, usulan, api; `sebagai` only when typed on behalf of the unit.
    """

    laporan = models.ForeignKey(Laporan, on_delete=models.PROTECT, related_name="riwayat_isian")
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()
    asal = models.CharField(max_length=10)
    sebagai = models.CharField(max_length=60, blank=True, default="", db_default="")
    perubahan = models.JSONField(encoder=EncoderAngka, decoder=DecoderAngka)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["laporan", "id"], name="isian_laporan")]

    def __str__(self) -> str:
        return f"isian {self.pk}"


class LaporanVersi(models.Model):
    """A sent version: immutable, hashed, and itself the facts that figures are made of."""

    id = models.BigAutoField(primary_key=True)
    laporan = models.ForeignKey(Laporan, on_delete=models.PROTECT, related_name="versi", db_index=False)
    versi = models.PositiveIntegerField()
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    bulan = models.DateField()
    formulir = models.ForeignKey(Formulir, on_delete=models.PROTECT, related_name="+", db_index=False)
    formulir_versi = models.ForeignKey(FormulirVersi, on_delete=models.PROTECT, related_name="+", db_index=False)
    isi = models.JSONField(encoder=EncoderAngka, decoder=DecoderAngka)
    sidik = models.CharField(max_length=64)
    nomor = models.CharField(max_length=120, unique=True)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    sebagai = models.CharField(max_length=60)
    dibuat_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["laporan_id", "versi"]
        constraints = [models.UniqueConstraint(fields=["laporan", "versi"], name="laporan_versi_unik")]
        indexes = [
            models.Index(fields=["upt", "formulir", "bulan"], name="versi_upt_bulan"),
            models.Index(fields=["bulan", "id"], name="versi_bulan"),
        ]

    def __str__(self) -> str:
        return self.nomor


class Kejadian(models.Model):
    """One transition. The status of a report is the fold of these rows."""

    laporan = models.ForeignKey(Laporan, on_delete=models.PROTECT, related_name="kejadian")
    urut = models.PositiveIntegerField()
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    aksi = models.CharField(max_length=12)
    dari = models.CharField(max_length=14)
    ke = models.CharField(max_length=14)
    versi = models.PositiveIntegerField(null=True)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    sebagai = models.CharField(max_length=60)
    pada = models.DateTimeField()
    alasan = models.CharField(max_length=30, blank=True, default="")
    teks = models.TextField(blank=True, default="")
    sel = models.JSONField(default=dict)
    massal = models.UUIDField(null=True)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["laporan_id", "urut"]
        constraints = [models.UniqueConstraint(fields=["laporan", "urut"], name="kejadian_urut")]
        indexes = [
            models.Index(fields=["upt", "pada"], condition=Q(aksi="kembalikan"), name="kejadian_kembali"),
            models.Index(fields=["massal"], condition=Q(massal__isnull=False), name="kejadian_massal"),
        ]

    def __str__(self) -> str:
        return f"{self.aksi} {self.dari}→{self.ke}"


class PermintaanBuka(models.Model):
    """A unit asks to reopen a verified report; somebody entitled decides."""

    laporan = models.ForeignKey(Laporan, on_delete=models.PROTECT, related_name="permintaan_buka")
    upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_index=False)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_index=False)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()
    alasan = models.TextField()
    diputus_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    diputus_pada = models.DateTimeField(null=True)
    keputusan = models.CharField(max_length=10, blank=True, default="")
    jawaban = models.TextField(blank=True, default="")

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-pada"]
        constraints = [
            models.UniqueConstraint(fields=["laporan"], condition=Q(diputus_pada=None), name="permintaan_satu_terbuka"),
            models.CheckConstraint(
                name="permintaan_keputusan_utuh",
                condition=Q(diputus_pada=None, diputus_oleh=None, keputusan="")
                | Q(diputus_pada__isnull=False, diputus_oleh__isnull=False, keputusan__in=["dibuka", "ditolak"]),
            ),
        ]

    def __str__(self) -> str:
        return f"permintaan buka {self.laporan_id}"


class Idempotensi(models.Model):
    """The answer to an act, kept under the actor's key: a repeated request gets the same answer, not a second act."""

    aktor = models.ForeignKey(_PENGGUNA, on_delete=models.CASCADE, related_name="+")
    kunci = models.CharField(max_length=64)
    sidik = models.CharField(max_length=64)
    jawaban = models.JSONField(null=True)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aktor", "kunci"], name="idempotensi_unik")]

    def __str__(self) -> str:
        return self.kunci


class Kotor(models.Model):
    """Append-only log of rollup keys to recompute. `kanwil` empty means the national key."""

    kanwil = models.ForeignKey(Kanwil, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    bulan = models.DateField()
    formulir = models.ForeignKey(Formulir, on_delete=models.CASCADE, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kanwil", "bulan", "formulir"], name="kotor_kunci")]

    def __str__(self) -> str:
        return f"{self.kanwil_id or 'nasional'} {self.bulan:%Y-%m} {self.formulir_id}"


penjaga.lindungi(Laporan, penjaga.wilayah())
penjaga.lindungi(Draf, penjaga.wilayah())
penjaga.lindungi(RiwayatIsian, penjaga.wilayah(), penjaga.HANYA_TAMBAH)
penjaga.lindungi(LaporanVersi, penjaga.wilayah(), penjaga.HANYA_TAMBAH)
penjaga.lindungi(Kejadian, penjaga.wilayah(), penjaga.HANYA_TAMBAH)
penjaga.lindungi(PermintaanBuka, penjaga.wilayah())
penjaga.lindungi(Idempotensi, penjaga.milik("aktor_id", "pengguna"))
