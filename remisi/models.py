"""Remission and integration: rules as data, occasions, computed candidates, cases with every step, and what came of it.

Nothing here names a person: a case points at `wbp.DataWarga`, which is shown by initials.
"""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from pemasyarakatan.inti import penjaga
from upt.cakupan import Cakupan, KueriBercakupan
from upt.models import UPT, IkutKanwil, Kanwil
from wbp.models import DataWarga

_PENGGUNA = settings.AUTH_USER_MODEL
TANPA_HAPUS = ("SELECT", "INSERT", "UPDATE")


class Aturan(models.Model):
    """One rule in force from a day on: table, code, value, source (`remisi.ketentuan` gives each table its shape).

    The newest of one table and code that has begun is in force until `berlaku_sampai`. A draft (RANCANGAN) is computed
    with in rehearsals only. Rules that were in force are never rewritten; a mistake is withdrawn and written anew.
    """

    class Status(models.TextChoices):
        RANCANGAN = "RANCANGAN", "Rancangan"
        BERLAKU = "BERLAKU", "Berlaku"
        DICABUT = "DICABUT", "Dicabut"

    tabel = models.CharField(max_length=16)
    kode = models.CharField(max_length=40)
    berlaku_dari = models.DateField()
    berlaku_sampai = models.DateField(null=True, blank=True)
    nilai = models.JSONField()
    sumber = models.CharField(max_length=400)
    terverifikasi = models.BooleanField(default=False)
    catatan = models.CharField(max_length=600, blank=True, default="")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RANCANGAN)
    bawaan = models.BooleanField("dibawa portal", default=False)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField()
    ditetapkan_oleh = models.ForeignKey(
        _PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ditetapkan_pada = models.DateTimeField(null=True)
    alasan_cabut = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["tabel", "kode", "berlaku_dari"]
        verbose_name_plural = "aturan"
        constraints = [
            models.UniqueConstraint(
                fields=["tabel", "kode", "berlaku_dari"], condition=Q(status="BERLAKU"), name="aturan_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tabel}/{self.kode} {self.berlaku_dari}"


class Kesempatan(models.Model):
    """An occasion on which remission is granted: 17 August, a holy day, Children's Day. One row for the nation.

    `jenis` is the leading kind (RU, RK, PMP_HAN, RKM); `agama` the religions of a holy day. `batas_usul` is the last
    day on which units propose; what comes later is susulan.
    """

    slug = models.SlugField(max_length=40, unique=True)
    nama = models.CharField(max_length=100)
    jenis = models.CharField(max_length=12)
    agama = ArrayField(models.CharField(max_length=10), default=list)
    tanggal = models.DateField()
    batas_usul = models.DateField()
    terverifikasi = models.BooleanField("tanggal ditetapkan", default=False)
    sumber = models.CharField(max_length=300)

    class Meta:
        ordering = ["-tanggal", "slug"]
        verbose_name_plural = "kesempatan"

    def __str__(self) -> str:
        return self.nama


class Perhitungan(IkutKanwil):
    """The last computation of one unit's candidates for one occasion: with which rules, over which data, what came."""

    kesempatan = models.ForeignKey(Kesempatan, on_delete=models.PROTECT, related_name="perhitungan")
    sidik_aturan = models.CharField(max_length=64)
    jumlah = models.JSONField(default=dict)
    dihitung_pada = models.DateTimeField()
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "perhitungan"
        constraints = [models.UniqueConstraint(fields=["kesempatan", "upt"], name="perhitungan_sekali")]

    def __str__(self) -> str:
        return f"{self.kesempatan_id} {self.upt_id}"


class Kandidat(IkutKanwil):
    """What the rules say of one person on one occasion for one kind. Computed, never typed; replaced as a whole.

    `syarat` lists "CODE:state", state Y (terpenuhi), T (tidak), D (belum ada data), N (tidak berlaku).
    `hari_jalani` are days served on the day; `hasil` I or II is what the dates say would follow.
    """

    class Keadaan(models.TextChoices):
        LAYAK = "LAYAK", "Memenuhi syarat"
        PERLU_DATA = "PERLU_DATA", "Perlu data"
        TIDAK = "TIDAK", "Tidak memenuhi"

    kesempatan = models.ForeignKey(Kesempatan, on_delete=models.PROTECT, related_name="+", db_index=False)
    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="+", db_index=False)
    jenis = models.CharField(max_length=12)
    keadaan = models.CharField(max_length=10, choices=Keadaan.choices)
    urutan = models.PositiveSmallIntegerField(null=True)
    hari_jalani = models.IntegerField(null=True)
    bulan = models.PositiveSmallIntegerField(default=0)
    hari = models.PositiveSmallIntegerField(default=0)
    hasil = models.CharField(max_length=2, blank=True, default="")
    syarat = ArrayField(models.CharField(max_length=12), default=list)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "kandidat"
        constraints = [models.UniqueConstraint(fields=["kesempatan", "upt", "data", "jenis"], name="kandidat_sekali")]

    def __str__(self) -> str:
        return f"{self.kesempatan_id} {self.jenis} {self.data_id}"


class SidangTPP(IkutKanwil):
    """A hearing of the unit's TPP: its day and the number of its minutes."""

    tanggal = models.DateField()
    nomor = models.CharField("nomor berita acara", max_length=80)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "sidang TPP"
        constraints = [models.UniqueConstraint(fields=["upt", "nomor"], name="sidang_tpp_sekali")]

    def __str__(self) -> str:
        return f"TPP {self.nomor}"


class Keputusan(models.Model):
    """A decree: number and date, nobody's name. One of Ditjenpas covers cases of many units; `penerbit` is "" there and
    the code of the unit where its head decides (family leave): two units may number alike."""

    penerbit = models.CharField(max_length=80, blank=True, default="")
    nomor = models.CharField(max_length=80)
    tanggal = models.DateField()
    kesempatan = models.ForeignKey(Kesempatan, on_delete=models.PROTECT, null=True, related_name="keputusan")
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()

    class Meta:
        ordering = ["-tanggal", "nomor"]
        verbose_name_plural = "keputusan"
        constraints = [models.UniqueConstraint(fields=["penerbit", "nomor"], name="keputusan_sekali")]

    def __str__(self) -> str:
        return self.nomor


class Usulan(IkutKanwil):
    """A case: one person, one kind, one occasion (remission) or one programme (integration), through all its steps.

    `dasar` freezes what the proposal rested on: conditions with evidence, amounts, dates, rules (codes and hash).
    `jenis_kelamin`, `status_orang`, `kelompok` are frozen when proposed, so that totals do not move with the register.
    Written by `remisi.usulan.services` alone; `revisi` is compare-and-set.
    """

    class Rumpun(models.TextChoices):
        REMISI = "REMISI", "Remisi dan pengurangan masa pidana"
        INTEGRASI = "INTEGRASI", "Integrasi, asimilasi, dan cuti"

    class Status(models.TextChoices):
        DRAF = "DRAF", "Disusun"
        SIDANG = "SIDANG", "Disetujui sidang TPP"
        DIAJUKAN = "DIAJUKAN", "Menunggu Kanwil"
        VERIF_KANWIL = "VERIF_KANWIL", "Menunggu Ditjenpas"
        VERIF_PUSAT = "VERIF_PUSAT", "Menunggu keputusan"
        DIKEMBALIKAN = "DIKEMBALIKAN", "Dikembalikan untuk diperbaiki"
        SK_TERBIT = "SK_TERBIT", "Keputusan terbit"
        DILAKSANAKAN = "DILAKSANAKAN", "Dilaksanakan"
        DITOLAK = "DITOLAK", "Ditolak"
        DICABUT = "DICABUT", "Dicabut"
        BATAL = "BATAL", "Ditarik unit"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rumpun = models.CharField(max_length=10, choices=Rumpun.choices)
    kesempatan = models.ForeignKey(Kesempatan, on_delete=models.PROTECT, null=True, related_name="usulan")
    jenis = models.CharField(max_length=12)
    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="usulan")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAF)
    revisi = models.PositiveIntegerField(default=1)
    susulan = models.BooleanField(default=False)
    tanggal = models.DateField("tanggal pemberian atau mulai")
    sampai = models.DateField(null=True)
    urutan = models.PositiveSmallIntegerField(null=True)
    bulan = models.PositiveSmallIntegerField(default=0)
    hari = models.PositiveSmallIntegerField(default=0)
    hasil = models.CharField(max_length=2, blank=True, default="")
    jenis_kelamin = models.CharField(max_length=1)
    status_orang = models.CharField(max_length=12)
    kelompok = models.CharField(max_length=12)
    dasar = models.JSONField(default=dict)
    sidang = models.ForeignKey(SidangTPP, on_delete=models.PROTECT, null=True, related_name="usulan")
    keputusan = models.ForeignKey(Keputusan, on_delete=models.PROTECT, null=True, related_name="usulan")
    tenggat = models.DateField(null=True)
    dikirim_pada = models.DateTimeField(null=True)
    diputus_pada = models.DateTimeField(null=True)
    dilaksanakan_pada = models.DateField(null=True)
    dibuat_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField()
    diubah_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-dibuat_pada"]
        verbose_name_plural = "usulan"
        indexes = [
            models.Index(fields=["upt", "rumpun", "status"], name="usulan_upt"),
            models.Index(fields=["kanwil", "status"], name="usulan_kanwil"),
            models.Index(fields=["kesempatan", "status"], name="usulan_kesempatan"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kesempatan", "data", "jenis"],
                condition=~Q(status__in=("DITOLAK", "DICABUT", "BATAL")),
                name="usulan_remisi_sekali",
            ),
            models.UniqueConstraint(
                fields=["data", "jenis"],
                condition=Q(rumpun="INTEGRASI") & ~Q(status__in=("DITOLAK", "DICABUT", "BATAL", "DILAKSANAKAN")),
                name="usulan_integrasi_sekali",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.pk}"


class LangkahUsulan(IkutKanwil):
    """One step of a case: from, to, who, when, why, and whether within the limit. Append-only.

    `upt` is the unit that held the case at that time; it does not follow the person. `jenis` is the case's, kept here
    so that the unit can still count its steps when the case has moved on with the person. The moving itself is one row
    in each of the two units, from and to the same state.
    """

    usulan = models.ForeignKey(Usulan, on_delete=models.PROTECT, related_name="langkah")
    jenis = models.CharField(max_length=12)
    dari = models.CharField(max_length=12, blank=True, default="")
    ke = models.CharField(max_length=12)
    revisi = models.PositiveIntegerField()
    alasan = models.CharField(max_length=500, blank=True, default="")
    tenggat = models.DateField(null=True)
    tepat = models.BooleanField(null=True)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["revisi"]
        verbose_name_plural = "langkah usulan"
        indexes = [models.Index(fields=["upt", "pada"], name="langkah_usulan_upt")]
        constraints = [models.UniqueConstraint(fields=["usulan", "revisi", "upt"], name="langkah_usulan_sekali")]

    def __str__(self) -> str:
        return f"{self.dari} → {self.ke}"


class DokumenUsulan(IkutKanwil):
    """One line of a case's checklist (`kode` of the rule table `dokumen`): there or not, since when."""

    usulan = models.ForeignKey(Usulan, on_delete=models.PROTECT, related_name="dokumen")
    kode = models.CharField(max_length=24)
    ada = models.BooleanField(default=False)
    tanggal = models.DateField(null=True)
    diubah_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    diubah_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "dokumen usulan"
        constraints = [models.UniqueConstraint(fields=["usulan", "kode"], name="dokumen_usulan_sekali")]

    def __str__(self) -> str:
        return self.kode


class KueriLitmas(KueriBercakupan["Litmas"]):
    """A request is seen from both sides: by the chain of the unit that asked, and by that of the Bapas."""

    def dalam(self, cakupan: Cakupan) -> Self:
        if cakupan.nasional:
            return self
        return self.filter(cakupan.q(self.jalur_upt, self.jalur_kanwil) | Q(bapas__in=UPT.objects.dalam(cakupan)))


class Litmas(IkutKanwil):
    """A request to a Bapas for a Litmas: its letter, its deadline and when the Litmas came. The asking unit's own row.

    The Bapas reads it too, and must tell from it alone what is asked: `jenis` is the case's, `surat` the number of the
    letter that it holds. `ditutup_pada`: the case was decided or withdrawn before anything came. `permintaan` counts
    the askings: another Bapas, another letter or another day is a new one.
    """

    usulan = models.OneToOneField(Usulan, on_delete=models.PROTECT, related_name="litmas")
    bapas = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+")
    jenis = models.CharField(max_length=12)
    surat = models.CharField("nomor surat permintaan", max_length=80)
    permintaan = models.PositiveSmallIntegerField("permintaan ke", default=1)
    diminta_pada = models.DateField()
    tenggat = models.DateField()
    diterima_pada = models.DateField(null=True)
    nomor = models.CharField(max_length=80, blank=True, default="")
    ditutup_pada = models.DateField(null=True)
    diubah_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    diubah_pada = models.DateTimeField()

    objects = KueriLitmas.as_manager()

    class Meta:
        verbose_name_plural = "Litmas"

    def __str__(self) -> str:
        return f"Litmas {self.usulan_id}"


class JawabanLitmas(IkutKanwil):
    """What a Bapas (`upt`) says of a Litmas that it was asked for: sent, when, under which number. Its own row; the
    asking unit's stays as the unit wrote it. It answers one asking (`permintaan`): who asks anew leaves the earlier
    answers behind, as history. `revisi` is compare-and-set."""

    litmas = models.ForeignKey(Litmas, on_delete=models.PROTECT, related_name="jawaban")
    permintaan = models.PositiveSmallIntegerField("permintaan ke")
    revisi = models.PositiveIntegerField(default=0)
    dikirim_pada = models.DateField(null=True)
    nomor = models.CharField(max_length=80, blank=True, default="")
    diubah_oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    diubah_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "jawaban Litmas"
        constraints = [models.UniqueConstraint(fields=["litmas", "upt", "permintaan"], name="jawaban_litmas_sekali")]

    def __str__(self) -> str:
        return f"jawaban Litmas {self.litmas_id}"


class PemberitahuanTahanan(IkutKanwil):
    """A notice sent before a detention ends (10 or 3 days before): for which end, when, its number."""

    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="+")
    habis_tahan = models.DateField()
    hari = models.PositiveSmallIntegerField()
    dikirim_pada = models.DateField()
    nomor = models.CharField(max_length=80)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False)
    pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "pemberitahuan masa tahanan"
        constraints = [
            models.UniqueConstraint(fields=["data", "habis_tahan", "hari"], name="pemberitahuan_tahanan_sekali")
        ]

    def __str__(self) -> str:
        return f"H-{self.hari} {self.habis_tahan}"


class RingkasRemisi(IkutKanwil):
    """Grants of a unit on an occasion, by kind, I or II, days of the grant, sex, status and offence group.

    Recounted from `Usulan` (SK_TERBIT, DILAKSANAKAN) in the transaction of every decree and revocation.
    """

    kesempatan = models.ForeignKey(Kesempatan, on_delete=models.PROTECT, related_name="+", db_index=False)
    jenis = models.CharField(max_length=12)
    hasil = models.CharField(max_length=2)
    pita = models.PositiveSmallIntegerField("hari setiap pemberian")
    jenis_kelamin = models.CharField(max_length=1)
    status_orang = models.CharField(max_length=12)
    kelompok = models.CharField(max_length=12)
    orang = models.PositiveIntegerField()
    hari = models.PositiveIntegerField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "ringkasan remisi"
        constraints = [
            models.UniqueConstraint(
                fields=["kesempatan", "upt", "jenis", "hasil", "pita", "jenis_kelamin", "status_orang", "kelompok"],
                name="ringkas_remisi_sekali",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kesempatan_id} {self.jenis} {self.hasil}"


class RamalanUnit(IkutKanwil):
    """Who leaves when, by the dates of one unit's register: counts by scenario, month and way of leaving.

    `isi` = {scenario: {"2027-01": {way: persons}}}, `orang` the persons it rests on, `tanpa_tanggal` those whose dates
    cannot be computed. Computed, never typed; replaced as a whole (`remisi.integrasi.ramalan`).
    """

    isi = models.JSONField(default=dict)
    orang = models.PositiveIntegerField()
    tanpa_tanggal = models.PositiveIntegerField()
    dihitung_pada = models.DateTimeField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "ramalan unit"
        constraints = [models.UniqueConstraint(fields=["upt"], name="ramalan_unit_sekali")]

    def __str__(self) -> str:
        return f"ramalan {self.upt_id}"


class Rilis(models.Model):
    """A published total, entered as printed with its source; what does not add up is shown, never corrected.

    `pita` = [{"hasil", "hari", "orang"}], where the release prints amounts; `rupiah` the printed saving.
    """

    tanggal = models.DateField()
    jenis = models.CharField(max_length=12)
    nama = models.CharField(max_length=100)
    kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, null=True, related_name="+")
    total = models.PositiveIntegerField(null=True)
    bagian_i = models.PositiveIntegerField(null=True)
    bagian_ii = models.PositiveIntegerField(null=True)
    anak_i = models.PositiveIntegerField(null=True)
    anak_ii = models.PositiveIntegerField(null=True)
    denda_i = models.PositiveIntegerField(null=True)
    denda_ii = models.PositiveIntegerField(null=True)
    pita = models.JSONField(default=list)
    rupiah = models.BigIntegerField(null=True)
    sumber = models.CharField(max_length=400)
    catatan = models.CharField(max_length=400, blank=True, default="")
    revisi = models.PositiveIntegerField(default=1)
    bawaan = models.BooleanField(default=False)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    pada = models.DateTimeField()

    class Meta:
        ordering = ["-tanggal", "jenis"]
        verbose_name_plural = "rilis"
        constraints = [
            models.UniqueConstraint(fields=["tanggal", "jenis", "kanwil"], nulls_distinct=False, name="rilis_sekali")
        ]

    def __str__(self) -> str:
        return f"{self.nama} {self.tanggal.year}"


_ATAS: tuple[type[models.Model], ...] = (SidangTPP, Usulan, DokumenUsulan, PemberitahuanTahanan)
_HITUNGAN: tuple[type[models.Model], ...] = (Kandidat, Perhitungan, RingkasRemisi, RamalanUnit)
for _model in (*_ATAS, *_HITUNGAN):
    penjaga.lindungi(_model, penjaga.wilayah(), penjaga.SEMUA if _model in _HITUNGAN else TANPA_HAPUS)
# A request is seen from both sides and written by the asking unit alone. The answer is seen by the chain of the unit
# that asked, and written by the Bapas that is asked now, to this asking.
_BAPAS_TERLIHAT = "bapas_id IN (SELECT id FROM upt_upt)"
penjaga.lindungi(
    Litmas,
    f"{penjaga.wilayah()} OR {_BAPAS_TERLIHAT}",
    TANPA_HAPUS,
    tulis=f"({penjaga.wilayah()}) AND bapas_id <> upt_id",  # nobody asks, and so answers, themselves
)
_PEMINTA = f"litmas_id IN (SELECT l.id FROM remisi_litmas l WHERE {penjaga.wilayah('l.upt_id', 'l.kanwil_id')})"  # noqa: S608
_DITANYA = (
    "EXISTS (SELECT FROM remisi_litmas l WHERE l.id = remisi_jawabanlitmas.litmas_id "
    "AND (l.bapas_id, l.permintaan) = (remisi_jawabanlitmas.upt_id, remisi_jawabanlitmas.permintaan))"
)
penjaga.lindungi(
    JawabanLitmas,
    f"{penjaga.wilayah()} OR {_PEMINTA}",
    TANPA_HAPUS,
    tulis=f"{penjaga.NASIONAL} OR (({penjaga.wilayah()}) AND {_DITANYA})",
)
# Steps are added and never rewritten; they follow their unit's Kanwil, and erasure blanks what was typed.
penjaga.lindungi(
    LangkahUsulan,
    penjaga.wilayah(),
    (*penjaga.HANYA_TAMBAH, "UPDATE (kanwil_id, alasan)"),
    ubah=penjaga.NASIONAL,
)
# Everybody computes by the rules; who writes them works for the nation, and a row keeps who made it and its origin.
_ATURAN_DIUBAH = (
    "tabel", "kode", "berlaku_dari", "berlaku_sampai", "nilai", "sumber", "terverifikasi", "catatan", "status",
    "ditetapkan_oleh_id", "ditetapkan_pada", "alasan_cabut",
)  # fmt: skip
penjaga.lindungi(
    Aturan,
    "true",
    (*penjaga.HANYA_TAMBAH, f"UPDATE ({', '.join(_ATURAN_DIUBAH)})"),
    tambah=penjaga.NASIONAL,
    ubah=penjaga.NASIONAL,
)
penjaga.batasi(Kesempatan, TANPA_HAPUS)
penjaga.batasi(Keputusan, penjaga.HANYA_TAMBAH)
penjaga.batasi(Rilis, TANPA_HAPUS)
