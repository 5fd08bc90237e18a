"""The register of small enterprises: products and papers, batches, sales and shares, exhibitions, partners, orders.

Money is in whole rupiah, amounts in whole pieces of the product's own unit (`ukuran`). What staff of other units may
see is only the catalogue (`Katalog`), a projection that is written in the transaction of every change of a product.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from pelaporan.models import TANPA_HAPUS, BarisRegister, Berkas, MitraRegister
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import KueriBercakupan
from upt.models import IkutKanwil
from wbp.models import WargaBinaan


class Golongan(models.TextChoices):
    MAKANAN = "makanan", "Makanan"
    MINUMAN = "minuman", "Minuman"
    KERAJINAN = "kerajinan", "Kerajinan"
    TEKSTIL = "tekstil", "Tekstil dan batik"
    MEBEL = "mebel", "Mebel"
    SENI = "seni", "Seni"
    JASA = "jasa", "Jasa"
    LAIN = "lain", "Lainnya"


class Kanal(models.TextChoices):
    GALERI = "galeri", "Galeri atau koperasi"
    PAMERAN = "pameran", "Pameran"
    MARKETPLACE = "marketplace", "Lokapasar"
    KATALOG = "katalog", "Katalog elektronik"
    PESANAN = "pesanan", "Pesanan langsung"


class JenisProduk(models.Model):
    """A kind of product of the whole nation, by its normalised name (`umkm.nama`). Belongs to nobody.

    Two names of one kind are merged: `induk` points at the kind that stays (never at another merged one); the
    products keep their own kind, so that a merge can be taken back.
    """

    nama = models.CharField(max_length=80)
    kunci = models.CharField(max_length=80, unique=True)
    golongan = models.CharField(max_length=10, choices=Golongan.choices)
    induk = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="alias")

    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "jenis produk"
        indexes = [GinIndex(OpClass(F("kunci"), name="gin_trgm_ops"), name="jenis_produk_mirip")]

    def __str__(self) -> str:
        return self.nama


class Produk(BarisRegister):
    """A product of a unit. The dated steps of branding are empty until they are done.

    `mulai` is the day it was first made, `berhenti` the last day when it is made no more.
    """

    class Status(models.TextChoices):
        TERSEDIA = "tersedia", "Tersedia"
        PESANAN = "pesanan", "Menurut pesanan"
        BERHENTI = "berhenti", "Berhenti dibuat"

    nama = models.CharField(max_length=80)
    jenis = models.ForeignKey(JenisProduk, on_delete=models.PROTECT, related_name="produk")
    golongan = models.CharField(max_length=10, choices=Golongan.choices)
    ukuran = models.CharField(max_length=20)
    deskripsi = models.CharField(max_length=1000, blank=True, default="")
    kapasitas = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.TERSEDIA)
    mulai = models.DateField()
    berhenti = models.DateField(null=True, blank=True)
    label_pada = models.DateField(null=True, blank=True)
    kemasan_pada = models.DateField(null=True, blank=True)
    merek_pada = models.DateField(null=True, blank=True)
    merek = models.CharField(max_length=60, blank=True, default="")
    tampil = models.BooleanField(default=True)

    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "produk"
        constraints = [
            models.UniqueConstraint(fields=["upt", "nama"], condition=Q(dihapus_pada=None), name="produk_nama_unik"),
            models.CheckConstraint(condition=Q(berhenti=None) | Q(berhenti__gte=F("mulai")), name="produk_masa"),
            models.CheckConstraint(
                condition=(Q(status="berhenti") & ~Q(berhenti=None)) | (~Q(status="berhenti") & Q(berhenti=None)),
                name="produk_berhenti_bertanggal",
            ),
        ]
        indexes = [
            models.Index(fields=["kanwil", "upt"], name="produk_kanwil"),
            models.Index(fields=["mulai", "berhenti"], name="produk_masa_idx"),
        ]

    def __str__(self) -> str:
        return self.nama


class FotoProduk(BarisRegister):
    """A photo, drawn anew without what it carried, at most 30 kB; `mini` is for lists. `keterangan` is read aloud."""

    produk = models.ForeignKey(Produk, on_delete=models.PROTECT, related_name="foto")
    berkas = models.ForeignKey(Berkas, on_delete=models.PROTECT, related_name="+")
    mini = models.ForeignKey(Berkas, on_delete=models.PROTECT, related_name="+")
    urutan = models.PositiveSmallIntegerField(default=1)
    keterangan = models.CharField(max_length=120)

    class Meta:
        ordering = ["produk_id", "urutan", "pk"]
        verbose_name_plural = "foto produk"

    def __str__(self) -> str:
        return self.keterangan


class Harga(BarisRegister):
    """The price of one `ukuran` from a day on."""

    produk = models.ForeignKey(Produk, on_delete=models.PROTECT, related_name="harga")
    dari = models.DateField()
    harga = models.BigIntegerField()

    class Meta:
        ordering = ["-dari"]
        verbose_name_plural = "harga"
        constraints = [
            models.UniqueConstraint(fields=["produk", "dari"], condition=Q(dihapus_pada=None), name="harga_sekali"),
            models.CheckConstraint(condition=Q(harga__gt=0), name="harga_positif"),
        ]

    def __str__(self) -> str:
        return f"{self.harga} sejak {self.dari}"


class Legalitas(BarisRegister):
    """A licence, certificate or registration of a product, or (no product) of the unit's whole enterprise."""

    class Jenis(models.TextChoices):
        NIB = "nib", "NIB"
        PIRT = "pirt", "P-IRT"
        HALAL = "halal", "Halal"
        BPOM = "bpom", "BPOM"
        BPOM_MD = "bpom_md", "BPOM MD"
        MEREK = "merek", "Merek atau hak kekayaan intelektual lain"
        SNI = "sni", "SNI"

    produk = models.ForeignKey(Produk, on_delete=models.PROTECT, null=True, blank=True, related_name="legalitas")
    jenis = models.CharField(max_length=7, choices=Jenis.choices)
    nomor = models.CharField(max_length=60)
    penerbit = models.CharField(max_length=80, blank=True, default="")
    terbit = models.DateField(null=True, blank=True)
    berakhir = models.DateField(null=True, blank=True)
    berkas = models.ForeignKey(Berkas, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["jenis", "nomor"]
        verbose_name_plural = "legalitas"
        constraints = [
            models.UniqueConstraint(
                fields=["upt", "produk", "jenis", "nomor"],
                condition=Q(dihapus_pada=None),
                nulls_distinct=False,
                name="legalitas_sekali",
            )
        ]
        indexes = [
            models.Index(fields=["upt", "jenis"], name="legalitas_upt"),
            models.Index(fields=["berakhir"], condition=Q(dihapus_pada=None), name="legalitas_berakhir"),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.nomor}"


class Mitra(MitraRegister):
    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "mitra"
        indexes = [models.Index(fields=["upt", "dari"], name="mitra_umkm_upt")]


class Pameran(models.Model):
    """An exhibition: a public event that units of several regions may take part in. Registered once for all."""

    nama = models.CharField(max_length=100)
    tempat = models.CharField(max_length=100)
    penyelenggara = models.CharField(max_length=100, blank=True, default="")
    mulai = models.DateField()
    selesai = models.DateField()
    revisi = models.PositiveIntegerField(default=1)
    dibuat_oleh = models.ForeignKey("akun.Pengguna", on_delete=models.PROTECT, related_name="+", db_index=False)
    dibuat_pada = models.DateTimeField()
    induk = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="alias")

    class Meta:
        ordering = ["-mulai", "nama"]
        verbose_name_plural = "pameran"
        constraints = [models.CheckConstraint(condition=Q(selesai__gte=F("mulai")), name="pameran_masa")]

    def __str__(self) -> str:
        return self.nama


class PesertaPameran(BarisRegister):
    """A unit at an exhibition. What was sold there is counted from its sales (channel "pameran")."""

    pameran = models.ForeignKey(Pameran, on_delete=models.PROTECT, related_name="peserta")
    ditampilkan = models.PositiveIntegerField()
    tindak_lanjut = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-pameran__mulai"]
        verbose_name_plural = "peserta pameran"
        constraints = [
            models.UniqueConstraint(
                fields=["upt", "pameran"], condition=Q(dihapus_pada=None), name="peserta_pameran_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"peserta {self.pameran_id}"

    def bulan_terdampak(self) -> set[Bulan]:
        return set()


class Persediaan(BarisRegister):
    """Pieces that came into the stock (made, or there at the start) or left it without being sold."""

    class Jenis(models.TextChoices):
        AWAL = "awal", "Persediaan awal"
        BUAT = "buat", "Dibuat"
        RUSAK = "rusak", "Rusak atau kedaluwarsa"
        CONTOH = "contoh", "Contoh atau hadiah"

    MENAMBAH = (Jenis.AWAL, Jenis.BUAT)

    produk = models.ForeignKey(Produk, on_delete=models.PROTECT, related_name="persediaan")
    jenis = models.CharField(max_length=6, choices=Jenis.choices, default=Jenis.BUAT)
    tanggal = models.DateField()
    jumlah = models.PositiveIntegerField()
    catatan = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "persediaan"
        constraints = [models.CheckConstraint(condition=Q(jumlah__gte=1), name="persediaan_positif")]
        indexes = [models.Index(fields=["upt", "tanggal"], name="persediaan_upt")]

    def __str__(self) -> str:
        return f"{self.jenis} {self.jumlah} {self.tanggal}"

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.tanggal)}


class Pesanan(BarisRegister):
    """An order of a partner; delivered by sales that name it."""

    class Status(models.TextChoices):
        DIPESAN = "dipesan", "Dipesan"
        SELESAI = "selesai", "Selesai"
        BATAL = "batal", "Batal"

    mitra = models.ForeignKey(Mitra, on_delete=models.PROTECT, null=True, blank=True, related_name="pesanan")
    pemesan = models.CharField(max_length=80, blank=True, default="")
    produk = models.ForeignKey(Produk, on_delete=models.PROTECT, related_name="pesanan")
    tanggal = models.DateField()
    jatuh_tempo = models.DateField(null=True, blank=True)
    jumlah = models.PositiveIntegerField()
    nilai = models.BigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DIPESAN)
    catatan = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "pesanan"
        constraints = [models.CheckConstraint(condition=Q(jumlah__gte=1, nilai__gte=0), name="pesanan_positif")]
        indexes = [models.Index(fields=["upt", "tanggal"], name="pesanan_upt")]

    def __str__(self) -> str:
        return f"pesanan {self.tanggal}"


class Penjualan(BarisRegister):
    """Pieces sold through a channel on a day (a unit may write one row for a day's or a month's sales)."""

    produk = models.ForeignKey(Produk, on_delete=models.PROTECT, related_name="penjualan")
    golongan = models.CharField(max_length=10, choices=Golongan.choices)
    tanggal = models.DateField()
    kanal = models.CharField(max_length=12, choices=Kanal.choices)
    jumlah = models.PositiveIntegerField()
    nilai = models.BigIntegerField()
    pameran = models.ForeignKey(Pameran, on_delete=models.PROTECT, null=True, blank=True, related_name="penjualan")
    pesanan = models.ForeignKey(Pesanan, on_delete=models.PROTECT, null=True, blank=True, related_name="penjualan")
    catatan = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-tanggal"]
        verbose_name_plural = "penjualan"
        constraints = [models.CheckConstraint(condition=Q(jumlah__gte=1, nilai__gte=0), name="penjualan_positif")]
        indexes = [models.Index(fields=["upt", "tanggal"], name="penjualan_upt")]

    def __str__(self) -> str:
        return f"{self.kanal} {self.jumlah} {self.tanggal}"

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.tanggal)}


class BagiHasil(BarisRegister):
    """Cost and shares of a month. Turnover − cost = premi + PNBP + operations + not yet shared, to the last rupiah."""

    bulan = models.DateField()
    biaya = models.BigIntegerField()
    premi = models.BigIntegerField(default=0)
    pnbp = models.BigIntegerField(default=0)
    operasional = models.BigIntegerField(default=0)
    nomor = models.CharField(max_length=60, blank=True, default="")
    catatan = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-bulan"]
        verbose_name_plural = "bagi hasil"
        constraints = [
            models.UniqueConstraint(fields=["upt", "bulan"], condition=Q(dihapus_pada=None), name="bagi_hasil_sekali"),
            models.CheckConstraint(
                condition=Q(biaya__gte=0, premi__gte=0, pnbp__gte=0, operasional__gte=0), name="bagi_hasil_positif"
            ),
        ]
        indexes = [models.Index(fields=["bulan", "kanwil"], name="bagi_hasil_bulan")]

    def __str__(self) -> str:
        return f"bagi hasil {self.bulan:%Y-%m}"

    def bulan_terdampak(self) -> set[Bulan]:
        return {Bulan.pada(self.bulan)}


class Tenaga(BarisRegister):
    """How many inmates make the unit's products, from a day on. Used while there is no `Pekerja` by register number."""

    dari = models.DateField()
    orang = models.PositiveIntegerField()

    class Meta:
        ordering = ["-dari"]
        verbose_name_plural = "tenaga"
        constraints = [
            models.UniqueConstraint(fields=["upt", "dari"], condition=Q(dihapus_pada=None), name="tenaga_umkm_sekali")
        ]

    def __str__(self) -> str:
        return f"{self.orang} orang sejak {self.dari}"


class Pekerja(BarisRegister):
    """One inmate of the unit's register who makes a product (none named: any), from a day until another."""

    wbp = models.ForeignKey(WargaBinaan, on_delete=models.PROTECT, related_name="+")
    produk = models.ForeignKey(Produk, on_delete=models.PROTECT, null=True, blank=True, related_name="pekerja")
    dari = models.DateField()
    sampai = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-dari"]
        verbose_name_plural = "pekerja"
        constraints = [models.CheckConstraint(condition=Q(sampai=None) | Q(sampai__gte=F("dari")), name="pekerja_masa")]
        indexes = [models.Index(fields=["upt", "dari"], name="pekerja_upt")]

    def __str__(self) -> str:
        return f"pekerja sejak {self.dari}"


class Katalog(IkutKanwil):
    """What every member of staff may see of a product: no inmate, no cost, no stock. One row for a shown product.

    `cari` is what the search looks through, in the normalised spelling of `umkm.nama`.
    """

    produk = models.OneToOneField(Produk, on_delete=models.CASCADE, primary_key=True, related_name="katalog")
    nama = models.CharField(max_length=80)
    golongan = models.CharField(max_length=10, choices=Golongan.choices)
    deskripsi = models.CharField(max_length=1000, blank=True, default="")
    ukuran = models.CharField(max_length=20)
    harga = models.BigIntegerField(null=True)
    harga_dari = models.DateField(null=True)
    kapasitas = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=8, choices=Produk.Status.choices)
    merek = models.CharField(max_length=60, blank=True, default="")
    legalitas = models.JSONField(default=list)
    nama_upt = models.CharField(max_length=120)
    kode_upt = models.CharField(max_length=80)
    nama_kanwil = models.CharField(max_length=60)
    wa = models.CharField(max_length=20, blank=True, default="")
    telepon = models.CharField(max_length=30, blank=True, default="")
    foto = models.BinaryField(null=True)
    mini = models.BinaryField(null=True)
    alt = models.CharField(max_length=120, blank=True, default="")
    terjual = models.PositiveIntegerField(default=0)
    cari = models.TextField()
    sejak = models.DateField()

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "katalog"
        indexes = [
            GinIndex(OpClass(F("cari"), name="gin_trgm_ops"), name="katalog_cari"),
            models.Index(fields=["golongan", "nama"], name="katalog_golongan"),
        ]

    def __str__(self) -> str:
        return self.nama


class RingkasUmkm(IkutKanwil):
    """What a unit made and sold in a month, by product and channel ('' for what was made): recomputed from the rows in
    the transaction of every write."""

    bulan = models.DateField()
    produk = models.ForeignKey(Produk, on_delete=models.CASCADE, related_name="+", db_index=False)
    golongan = models.CharField(max_length=10, choices=Golongan.choices)
    kanal = models.CharField(max_length=12, choices=Kanal.choices, blank=True, default="")
    dibuat = models.PositiveBigIntegerField(default=0)
    terjual = models.PositiveBigIntegerField(default=0)
    omzet = models.BigIntegerField(default=0)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "ringkasan UMKM"
        constraints = [models.UniqueConstraint(fields=["upt", "bulan", "produk", "kanal"], name="ringkas_umkm_sekali")]
        indexes = [
            models.Index(fields=["bulan", "golongan"], name="ringkas_umkm_bulan"),
            models.Index(fields=["kanwil", "bulan"], name="ringkas_umkm_kanwil"),
            models.Index(
                fields=["bulan", "upt", "kanwil"],
                include=["golongan", "kanal", "omzet", "terjual"],
                condition=~Q(kanal=""),
                name="ringkas_umkm_jual",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upt_id} {self.bulan:%Y-%m} {self.produk_id}"


_MASUK = "(SELECT COALESCE(NULLIF(current_setting('app.pengguna', true), ''), '{}') <> '{}')"

for _model in (
    Produk, FotoProduk, Harga, Legalitas, Mitra, PesertaPameran, Persediaan, Pesanan, Penjualan, BagiHasil, Tenaga,
    Pekerja,
):  # fmt: skip
    penjaga.lindungi(_model, penjaga.wilayah(), TANPA_HAPUS)
penjaga.lindungi(RingkasUmkm, penjaga.wilayah())
penjaga.batasi(JenisProduk, ("SELECT", "INSERT", "UPDATE (induk_id)"))
penjaga.batasi(Pameran, TANPA_HAPUS)
penjaga.lindungi(Katalog, f"{_MASUK} OR {penjaga.NASIONAL}", tulis=penjaga.wilayah())
