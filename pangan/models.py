"""The food register: plots and their use, cycles from planting to harvest, produce and its use, animals, people, money.

Amounts are stored exactly (Decimal); weights are in kg, areas in whole m², money in whole rupiah. Commodities are codes
of `pangan/data/komoditas.csv`. What follows from other rows (`klaster`, `komoditas` of a harvest) is written with the
row, so that a later change of a plot does not rewrite history.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from pelaporan.models import TANPA_HAPUS, BarisRegister, Berkas, MitraRegister
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import KueriBercakupan
from upt.models import IkutKanwil
from wbp.models import WargaBinaan


class Klaster(models.TextChoices):
    PERTANIAN = "pertanian", "Pertanian"
    HORTIKULTURA = "hortikultura", "Hortikultura"
    PERKEBUNAN = "perkebunan", "Perkebunan"
    PERIKANAN = "perikanan", "Perikanan"
    PETERNAKAN = "peternakan", "Peternakan"


class Satuan(models.TextChoices):
    KG = "kg", "kg"
    EKOR = "ekor", "ekor"
    BUTIR = "butir", "butir"
    LITER = "liter", "liter"


class _BarisPangan(BarisRegister):
    class Meta:
        abstract = True


class Petak(_BarisPangan):
    """A plot of land, pond, pen or planting medium; `luas` is all of it (m²). What it is used for: `Pemanfaatan`.

    `rencana*` is what is planned for the part that lies idle.
    """

    class Wujud(models.TextChoices):
        LAHAN = "lahan", "Lahan"
        KOLAM = "kolam", "Kolam atau tambak"
        KANDANG = "kandang", "Kandang"
        MEDIA = "media", "Rak, hidroponik, atau rumah jamur"

    class Milik(models.TextChoices):
        MILIK = "milik", "Milik UPT"
        PINJAM = "pinjam", "Pinjaman"
        HIBAH = "hibah", "Hibah"

    kode = models.CharField(max_length=12)
    nama = models.CharField(max_length=60)
    wujud = models.CharField(max_length=8, choices=Wujud.choices)
    luas = models.PositiveIntegerField()
    milik = models.CharField(max_length=8, choices=Milik.choices)
    pemilik = models.CharField(max_length=120, blank=True, default="")
    mulai = models.DateField()
    selesai = models.DateField(null=True, blank=True)
    lintang = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    bujur = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    foto = models.ForeignKey(Berkas, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    rencana = models.CharField(max_length=200, blank=True, default="")
    rencana_mulai = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["upt_id", "kode"]
        verbose_name_plural = "petak"
        constraints = [
            models.UniqueConstraint(fields=["upt", "kode"], condition=Q(dihapus_pada=None), name="petak_kode_unik"),
            models.CheckConstraint(condition=Q(luas__gte=1), name="petak_berluas"),
            models.CheckConstraint(condition=Q(selesai=None) | Q(selesai__gte=F("mulai")), name="petak_masa"),
        ]
        indexes = [models.Index(fields=["kanwil", "upt"], name="petak_kanwil")]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


def _masa() -> Func:
    return Func(F("dari"), F("sampai"), function="DATERANGE", template="%(function)s(%(expressions)s, '[]')")


class Pemanfaatan(_BarisPangan):
    """What a plot serves over time: one cluster at a time, never more than the plot's area."""

    petak = models.ForeignKey(Petak, on_delete=models.PROTECT, related_name="pemanfaatan")
    klaster = models.CharField(max_length=12, choices=Klaster.choices)
    luas = models.PositiveIntegerField()
    dari = models.DateField()
    sampai = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["petak_id", "-dari"]
        verbose_name_plural = "pemanfaatan"
        constraints = [
            ExclusionConstraint(
                name="pemanfaatan_satu_klaster",
                expressions=[("petak", RangeOperators.EQUAL), (_masa(), RangeOperators.OVERLAPS)],
                condition=Q(dihapus_pada=None),
            ),
            models.CheckConstraint(condition=Q(luas__gte=1), name="pemanfaatan_berluas"),
            models.CheckConstraint(condition=Q(sampai=None) | Q(sampai__gte=F("dari")), name="pemanfaatan_masa"),
        ]
        indexes = [
            models.Index(fields=["dari", "sampai"], name="pemanfaatan_masa_idx"),
            models.Index(fields=["upt", "dari"], name="pemanfaatan_upt"),
        ]

    def __str__(self) -> str:
        return f"{self.get_klaster_display()} {self.luas} m² sejak {self.dari}"


class Siklus(_BarisPangan):
    """From planting (stocking) to the last harvest, or to the loss of it. `bibit` is what was put in.

    `ekor` counts the animals at the start. `akhir` is empty while it runs.
    """

    class Akhir(models.TextChoices):
        BERJALAN = "", "Berjalan"
        PANEN = "panen", "Selesai dipanen"
        GAGAL = "gagal", "Gagal panen"

    petak = models.ForeignKey(Petak, on_delete=models.PROTECT, related_name="siklus")
    klaster = models.CharField(max_length=12, choices=Klaster.choices)
    komoditas = models.CharField(max_length=40)
    varietas = models.CharField(max_length=60, blank=True, default="")
    tanam = models.DateField()
    luas = models.PositiveIntegerField(null=True, blank=True)
    bibit = models.CharField(max_length=60, blank=True, default="")
    ekor = models.PositiveIntegerField(null=True, blank=True)
    perkiraan_panen = models.DateField(null=True, blank=True)
    perkiraan_kg = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    akhir = models.CharField(max_length=6, choices=Akhir.choices, blank=True, default="")
    selesai = models.DateField(null=True, blank=True)
    alasan_gagal = models.CharField(max_length=200, blank=True, default="")
    catatan = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-tanam"]
        verbose_name_plural = "siklus"
        constraints = [
            models.CheckConstraint(condition=Q(selesai=None) | Q(selesai__gte=F("tanam")), name="siklus_masa"),
            models.CheckConstraint(
                condition=(Q(akhir="") & Q(selesai=None)) | (~Q(akhir="") & ~Q(selesai=None)), name="siklus_berakhir"
            ),
        ]
        indexes = [
            models.Index(fields=["upt", "-tanam"], name="siklus_upt"),
            models.Index(  # what runs, and what ended in a month, over the country
                fields=["akhir", "selesai"],
                include=["klaster", "kanwil", "upt"],
                condition=Q(dihapus_pada=None),
                name="siklus_akhir",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.komoditas} {self.tanam}"


class Panen(_BarisPangan):
    """A harvest. `jumlah` is in the commodity's unit, `berat_kg` its weight, weighed or (`ditimbang` no) estimated.

    `ekor` are heads taken out of a pond or pen, `susut_kg` what was spoilt and not counted, `nilai` the local price.
    """

    siklus = models.ForeignKey(Siklus, on_delete=models.PROTECT, related_name="panen")
    petak = models.ForeignKey(Petak, on_delete=models.PROTECT, related_name="+")
    klaster = models.CharField(max_length=12, choices=Klaster.choices)
    komoditas = models.CharField(max_length=40)
    tanggal = models.DateField()
    jumlah = models.DecimalField(max_digits=14, decimal_places=2)
    satuan = models.CharField(max_length=5, choices=Satuan.choices)
    berat_kg = models.DecimalField(max_digits=14, decimal_places=2)
    ditimbang = models.BooleanField(default=True)
    ekor = models.PositiveIntegerField(null=True, blank=True)
    susut_kg = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    alasan_susut = models.CharField(max_length=200, blank=True, default="")
    nilai = models.BigIntegerField(default=0)
    catatan = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "panen"
        constraints = [
            models.CheckConstraint(
                condition=Q(jumlah__gte=0, berat_kg__gte=0, susut_kg__gte=0, nilai__gte=0), name="panen_tak_negatif"
            )
        ]
        indexes = [models.Index(fields=["upt", "tanggal"], name="panen_upt")]

    def __str__(self) -> str:
        return f"panen {self.komoditas} {self.tanggal}"

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.tanggal)}


class Pemakaian(_BarisPangan):
    """Produce that left the stock: to whom, how much, for how much money."""

    class Tujuan(models.TextChoices):
        DAPUR = "dapur", "Dapur UPT"
        VENDOR = "vendor", "Dijual ke vendor bahan makanan"
        JUAL = "jual", "Dijual ke pihak lain"
        BANSOS = "bansos", "Bantuan sosial"
        BIBIT = "bibit", "Bibit atau pakan"
        RUSAK = "rusak", "Rusak atau dibuang"

    DIJUAL = (Tujuan.VENDOR, Tujuan.JUAL)

    klaster = models.CharField(max_length=12, choices=Klaster.choices)
    komoditas = models.CharField(max_length=40)
    tanggal = models.DateField()
    tujuan = models.CharField(max_length=6, choices=Tujuan.choices)
    jumlah = models.DecimalField(max_digits=14, decimal_places=2)
    satuan = models.CharField(max_length=5, choices=Satuan.choices)
    berat_kg = models.DecimalField(max_digits=14, decimal_places=2)
    nilai = models.BigIntegerField(default=0)
    pihak = models.CharField(max_length=80, blank=True, default="")
    catatan = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "pemakaian"
        constraints = [
            models.CheckConstraint(condition=Q(jumlah__gt=0, berat_kg__gte=0, nilai__gte=0), name="pemakaian_positif")
        ]
        indexes = [models.Index(fields=["upt", "tanggal"], name="pemakaian_upt")]

    def __str__(self) -> str:
        return f"{self.tujuan} {self.komoditas} {self.tanggal}"

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.tanggal)}


class MutasiHewan(_BarisPangan):
    """Heads that came or went without being harvested: opening + in − out = closing, never below nought."""

    class Jenis(models.TextChoices):
        LAHIR = "lahir", "Lahir atau menetas"
        MASUK = "masuk", "Masuk atau dibeli"
        MATI = "mati", "Mati"
        HILANG = "hilang", "Hilang"
        KELUAR = "keluar", "Keluar atau dipindah"

    MENAMBAH = (Jenis.LAHIR, Jenis.MASUK)

    siklus = models.ForeignKey(Siklus, on_delete=models.PROTECT, related_name="mutasi")
    petak = models.ForeignKey(Petak, on_delete=models.PROTECT, related_name="+")
    tanggal = models.DateField()
    jenis = models.CharField(max_length=6, choices=Jenis.choices)
    ekor = models.PositiveIntegerField()
    alasan = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "mutasi hewan"
        constraints = [models.CheckConstraint(condition=Q(ekor__gte=1), name="mutasi_hewan_positif")]
        indexes = [models.Index(fields=["upt", "tanggal"], name="mutasi_hewan_upt")]

    def __str__(self) -> str:
        return f"{self.jenis} {self.ekor} ekor {self.tanggal}"

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.tanggal)}


class Tenaga(_BarisPangan):
    """How many persons take part, from a day on, until a later row says otherwise.

    `wbp` without cluster counts persons once over all clusters; with a cluster those who work there. Counts are used
    only while the unit has no `Penempatan` by register number.
    """

    class Jenis(models.TextChoices):
        WBP = "wbp", "Warga binaan"
        PETUGAS = "petugas", "Petugas pendamping"

    jenis = models.CharField(max_length=8, choices=Jenis.choices)
    klaster = models.CharField(max_length=12, choices=Klaster.choices, blank=True, default="")
    dari = models.DateField()
    orang = models.PositiveIntegerField()

    class Meta:
        ordering = ["-dari"]
        verbose_name_plural = "tenaga"
        constraints = [
            models.UniqueConstraint(
                fields=["upt", "jenis", "klaster", "dari"], condition=Q(dihapus_pada=None), name="tenaga_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.klaster} {self.orang} sejak {self.dari}"


class Penempatan(_BarisPangan):
    """One inmate of the unit's register at work in a cluster, from a day until another."""

    wbp = models.ForeignKey(WargaBinaan, on_delete=models.PROTECT, related_name="+")
    klaster = models.CharField(max_length=12, choices=Klaster.choices)
    dari = models.DateField()
    sampai = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-dari"]
        verbose_name_plural = "penempatan"
        constraints = [
            ExclusionConstraint(
                name="penempatan_tidak_ganda",
                expressions=[
                    ("wbp", RangeOperators.EQUAL),
                    ("klaster", RangeOperators.EQUAL),
                    (_masa(), RangeOperators.OVERLAPS),
                ],
                condition=Q(dihapus_pada=None),
            ),
            models.CheckConstraint(condition=Q(sampai=None) | Q(sampai__gte=F("dari")), name="penempatan_masa"),
        ]
        indexes = [
            models.Index(fields=["upt", "dari"], name="penempatan_upt"),
            models.Index(fields=["sampai"], condition=Q(dihapus_pada=None), name="penempatan_sampai"),
        ]

    def __str__(self) -> str:
        return f"penempatan {self.klaster} sejak {self.dari}"


class Setoran(_BarisPangan):
    """Money that left the programme: paid to the state (PNBP) or to inmates as premi."""

    class Jenis(models.TextChoices):
        PNBP = "pnbp", "PNBP"
        PREMI = "premi", "Premi warga binaan"

    jenis = models.CharField(max_length=5, choices=Jenis.choices)
    tanggal = models.DateField()
    nilai = models.BigIntegerField()
    nomor = models.CharField(max_length=60, blank=True, default="")
    catatan = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "setoran"
        constraints = [models.CheckConstraint(condition=Q(nilai__gt=0), name="setoran_positif")]
        indexes = [
            models.Index(fields=["upt", "tanggal"], name="setoran_upt"),
            models.Index(fields=["tanggal"], name="setoran_tanggal"),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.tanggal}"

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.tanggal)}


class Sertifikat(_BarisPangan):
    """A training in food production that ended with certificates for so many inmates."""

    pelatihan = models.CharField(max_length=100)
    penyelenggara = models.CharField(max_length=100)
    tanggal = models.DateField()
    orang = models.PositiveIntegerField()

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "sertifikat"
        constraints = [models.CheckConstraint(condition=Q(orang__gte=1), name="sertifikat_berorang")]
        indexes = [models.Index(fields=["upt", "tanggal"], name="sertifikat_upt")]

    def __str__(self) -> str:
        return self.pelatihan

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.tanggal)}


class Mitra(MitraRegister):
    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "mitra"
        indexes = [models.Index(fields=["upt", "dari"], name="mitra_pangan_upt")]


class RingkasPangan(IkutKanwil):
    """What a unit harvested and used in a month, by commodity: recomputed from the rows in the transaction of every
    write. Positions (area, people) are few and are counted from their own tables.
    """

    bulan = models.DateField()
    klaster = models.CharField(max_length=12, choices=Klaster.choices)
    komoditas = models.CharField(max_length=40)
    panen_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    panen_taksir_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    susut_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    jumlah = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    nilai = models.BigIntegerField(default=0)
    dapur_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    vendor_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    jual_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    bansos_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    lain_kg = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    penjualan = models.BigIntegerField(default=0)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "ringkasan pangan"
        constraints = [
            models.UniqueConstraint(fields=["upt", "bulan", "klaster", "komoditas"], name="ringkas_pangan_sekali")
        ]
        indexes = [
            models.Index(  # months of the whole country without visiting the rows
                fields=["bulan", "klaster"],
                include=["upt", "kanwil", "panen_kg", "panen_taksir_kg"],
                name="ringkas_pangan_bulan",
            ),
            models.Index(fields=["kanwil", "bulan"], name="ringkas_pangan_kanwil"),
        ]

    def __str__(self) -> str:
        return f"{self.upt_id} {self.bulan:%Y-%m} {self.komoditas}"


for _model in (
    Petak, Pemanfaatan, Siklus, Panen, Pemakaian, MutasiHewan, Tenaga, Penempatan, Setoran, Sertifikat, Mitra,
):  # fmt: skip
    penjaga.lindungi(_model, penjaga.wilayah(), TANPA_HAPUS)
penjaga.lindungi(RingkasPangan, penjaga.wilayah())
