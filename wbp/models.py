"""Inmates: one person in one unit is one row; what the register keeps of them hangs on it.

`WargaBinaan` is all that other registers need: a keyed index of the register number and its last letters. `DataWarga`
is the register itself, with name and number encrypted under a key of its own (`KunciWarga`): without the key nothing of
it can be read again. Every column says in the database how it is to be protected (`db_comment`): INTERNAL describes
the row, PRIBADI a person nobody can name from it, SPESIFIK is ciphertext or a keyed index.
"""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from pemasyarakatan.inti import penjaga
from upt.cakupan import Cakupan, KueriBercakupan
from upt.models import UPT, IkutKanwil, Kanwil

_PENGGUNA = settings.AUTH_USER_MODEL
INTERNAL, PRIBADI, SPESIFIK = "INTERNAL", "PRIBADI", "SPESIFIK"
TANPA_HAPUS = ("SELECT", "INSERT", "UPDATE")


class WargaBinaan(IkutKanwil):
    """`indeks` is an HMAC of the normalised register number within the unit (`wbp.indeks`) under the key named by
    `kunci_indeks` ("" the first one), `ujung` its last three characters."""

    indeks = models.CharField(max_length=64, db_comment=SPESIFIK)
    kunci_indeks = models.CharField(max_length=8, blank=True, default="", db_comment=INTERNAL)
    ujung = models.CharField(max_length=3, db_comment=PRIBADI)
    dibuat_oleh = models.ForeignKey(
        _PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL
    )
    dibuat_pada = models.DateTimeField(db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "warga binaan"
        constraints = [models.UniqueConstraint(fields=["upt", "indeks"], name="warga_binaan_sekali")]

    def __str__(self) -> str:
        return f"•••{self.ujung}"


class KueriData(KueriBercakupan["DataWarga"]):
    def ada(self) -> KueriData:
        """Persons who are in the unit today and not erased."""
        return self.filter(keluar_pada=None, dimusnahkan_pada=None)


class DataWarga(IkutKanwil):
    """What the register keeps of one inmate: the minimum that rights are computed from.

    `rahasia` is AES-256-GCM over {"nama", "nomor"} (`wbp.sandi`), `indeks_nama` keyed hashes of the words of the name.
    Empty (NULL) means not known; the rules say what is missing and never guess. `tanggal_tahan` is the first day of the
    detention that was not interrupted since; `hari_tahan_sebelumnya` are days of earlier detention in the same case.
    `asimilasi_sejak` and `cmk_terakhir` are noted by the unit, or by a decision (`wbp.services_program`); they travel
    with the person, while decided cases stay in the unit that they were decided in.
    """

    class Kelamin(models.TextChoices):
        LAKI = "L", "laki-laki"
        PEREMPUAN = "P", "perempuan"

    class Agama(models.TextChoices):
        ISLAM = "ISLAM", "Islam"
        KRISTEN = "KRISTEN", "Kristen"
        KATOLIK = "KATOLIK", "Katolik"
        HINDU = "HINDU", "Hindu"
        BUDDHA = "BUDDHA", "Buddha"
        KONGHUCU = "KONGHUCU", "Konghucu"
        LAINNYA = "LAINNYA", "lainnya"

    class Status(models.TextChoices):
        TAHANAN = "TAHANAN", "tahanan"
        ANAK = "ANAK", "anak"
        NARAPIDANA = "NARAPIDANA", "narapidana"
        ANAK_BINAAN = "ANAK_BINAAN", "anak binaan"

    class Kelompok(models.TextChoices):
        UMUM = "umum", "tindak pidana umum"
        NARKOTIKA = "narkotika", "narkotika"
        KORUPSI = "korupsi", "korupsi"
        TERORISME = "terorisme", "terorisme"
        KHUSUS_LAIN = "khusus_lain", "tindak pidana khusus lainnya"

    class JenisPidana(models.TextChoices):
        SEMENTARA = "SEMENTARA", "pidana sementara"
        SEUMUR_HIDUP = "SEUMUR_HIDUP", "pidana seumur hidup"
        MATI = "MATI", "pidana mati"

    class Menjalani(models.TextChoices):
        PIDANA = "PIDANA", "pidana pokok"
        PENGGANTI = "PENGGANTI", "pidana pengganti denda atau uang pengganti"
        ASIMILASI = "ASIMILASI", "asimilasi"
        PB = "PB", "pembebasan bersyarat"
        CB = "CB", "cuti bersyarat"
        CMB = "CMB", "cuti menjelang bebas"

    class Predikat(models.TextChoices):
        SANGAT_BAIK = "SANGAT_BAIK", "sangat baik"
        BAIK = "BAIK", "baik"
        CUKUP = "CUKUP", "cukup"
        KURANG = "KURANG", "kurang"

    warga = models.OneToOneField(WargaBinaan, on_delete=models.PROTECT, related_name="data", db_comment=INTERNAL)
    rahasia = models.BinaryField(db_comment=SPESIFIK)
    inisial = models.CharField(max_length=12, blank=True, default="", db_comment=PRIBADI)
    indeks_nama = ArrayField(models.CharField(max_length=24), default=list, db_comment=SPESIFIK)
    tahun_lahir = models.PositiveSmallIntegerField(null=True, blank=True, db_comment=PRIBADI)
    jenis_kelamin = models.CharField(max_length=1, choices=Kelamin.choices, blank=True, db_comment=PRIBADI)
    agama = models.CharField(
        "agama yang pertama kali dicatat", max_length=10, choices=Agama.choices, blank=True, db_comment=PRIBADI
    )
    status = models.CharField(max_length=12, choices=Status.choices, db_comment=PRIBADI)
    golongan = models.CharField("golongan registrasi", max_length=8, blank=True, default="", db_comment=PRIBADI)
    kelompok = models.CharField(
        "kelompok tindak pidana", max_length=12, choices=Kelompok.choices, blank=True, db_comment=PRIBADI
    )
    jenis_pidana = models.CharField(
        max_length=12, choices=JenisPidana.choices, default=JenisPidana.SEMENTARA, db_comment=PRIBADI
    )
    tanggal_putusan = models.DateField("tanggal putusan berkekuatan tetap", null=True, blank=True, db_comment=PRIBADI)
    tanggal_tahan = models.DateField(null=True, blank=True, db_comment=PRIBADI)
    hari_tahan_sebelumnya = models.PositiveIntegerField(default=0, db_comment=PRIBADI)
    habis_tahan = models.DateField("masa penahanan habis", null=True, blank=True, db_comment=PRIBADI)
    pidana_tahun = models.PositiveSmallIntegerField(null=True, blank=True, db_comment=PRIBADI)
    pidana_bulan = models.PositiveSmallIntegerField(null=True, blank=True, db_comment=PRIBADI)
    pidana_hari = models.PositiveSmallIntegerField(null=True, blank=True, db_comment=PRIBADI)
    subsider_bulan = models.PositiveSmallIntegerField(default=0, db_comment=PRIBADI)
    subsider_hari = models.PositiveSmallIntegerField(default=0, db_comment=PRIBADI)
    denda_lunas = models.BooleanField(null=True, blank=True, db_comment=PRIBADI)
    uang_pengganti_lunas = models.BooleanField(null=True, blank=True, db_comment=PRIBADI)
    deradikalisasi = models.BooleanField(null=True, blank=True, db_comment=PRIBADI)
    ikrar = models.BooleanField("ikrar setia NKRI", null=True, blank=True, db_comment=PRIBADI)
    salinan_putusan = models.BooleanField(null=True, blank=True, db_comment=PRIBADI)
    menjalani = models.CharField(max_length=10, choices=Menjalani.choices, default=Menjalani.PIDANA, db_comment=PRIBADI)
    asimilasi_sejak = models.DateField("asimilasi dijalani sejak", null=True, blank=True, db_comment=PRIBADI)
    cmk_terakhir = models.DateField("CMK terakhir", null=True, blank=True, db_comment=PRIBADI)
    sppn_predikat = models.CharField(
        max_length=12, choices=Predikat.choices, blank=True, default="", db_comment=PRIBADI
    )
    sppn_tanggal = models.DateField(null=True, blank=True, db_comment=PRIBADI)
    risiko_turun = models.BooleanField(null=True, blank=True, db_comment=PRIBADI)
    register_f_diperiksa = models.DateField("Register F diperiksa sampai", null=True, blank=True, db_comment=PRIBADI)
    register_f_terakhir = models.DateField("hukuman disiplin terakhir", null=True, blank=True, db_comment=PRIBADI)
    sejak = models.DateField("di unit ini sejak", db_comment=PRIBADI)
    keluar_pada = models.DateField(null=True, blank=True, db_comment=PRIBADI)
    alasan_keluar = models.CharField(max_length=40, blank=True, default="", db_comment=PRIBADI)
    tahan_hapus = models.CharField(
        "alasan tidak boleh dimusnahkan", max_length=200, blank=True, default="", db_comment=INTERNAL
    )
    keluar_dicatat = models.DateField("hari keluarnya dicatat di portal", null=True, blank=True, db_comment=INTERNAL)
    musnah_diumumkan = models.DateField(
        "hari unit diberi tahu bahwa data akan dimusnahkan", null=True, blank=True, db_comment=INTERNAL
    )
    dimusnahkan_pada = models.DateTimeField(null=True, blank=True, db_comment=INTERNAL)
    revisi = models.PositiveIntegerField(default=1, db_comment=INTERNAL)
    diubah_oleh = models.ForeignKey(
        _PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL
    )
    diubah_pada = models.DateTimeField(db_comment=INTERNAL)

    objects = KueriData.as_manager()

    class Meta:
        verbose_name_plural = "data warga binaan"
        indexes = [
            models.Index(fields=["upt", "keluar_pada"], name="data_warga_upt"),
            models.Index(fields=["kanwil"], name="data_warga_kanwil"),
            GinIndex(fields=["indeks_nama"], name="data_warga_nama"),
        ]

    def __str__(self) -> str:
        return f"{self.inisial} {self.warga}".strip()


class KunciWarga(IkutKanwil):
    """The data key of one inmate, wrapped by the key of the installation named by `kunci`. Deleting the row makes name
    and number unreadable for ever, also in old backups of `DataWarga`."""

    data = models.OneToOneField(DataWarga, on_delete=models.PROTECT, related_name="kunci", db_comment=INTERNAL)
    bungkus = models.BinaryField(db_comment=SPESIFIK)
    kunci = models.CharField("kunci pembungkus", max_length=16, db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "kunci warga binaan"

    def __str__(self) -> str:
        return f"kunci {self.data_id}"


class Pemberian(IkutKanwil):
    """One grant so far, as ledgers of changes to a sentence list them: month and days stay apart, never carried.

    `usulan` is the case of this portal that it came from, None when it was taken over from a file or typed.
    """

    class Asal(models.TextChoices):
        IMPOR = "IMPOR", "dari SDP"
        KETIK = "KETIK", "dicatat unit"
        PORTAL = "PORTAL", "keputusan di portal"

    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="pemberian", db_comment=INTERNAL)
    jenis = models.CharField(max_length=12, db_comment=PRIBADI)
    tanggal = models.DateField(db_comment=PRIBADI)
    bulan = models.PositiveSmallIntegerField(default=0, db_comment=PRIBADI)
    hari = models.PositiveSmallIntegerField(default=0, db_comment=PRIBADI)
    asal = models.CharField(max_length=6, choices=Asal.choices, db_comment=INTERNAL)
    usulan = models.UUIDField(null=True, blank=True, unique=True, db_comment=INTERNAL)
    dicabut_pada = models.DateTimeField(null=True, blank=True, db_comment=INTERNAL)
    dibuat_oleh = models.ForeignKey(
        _PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL
    )
    dibuat_pada = models.DateTimeField(db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "pemberian"
        indexes = [models.Index(fields=["upt"], name="pemberian_upt")]
        constraints = [
            models.UniqueConstraint(
                fields=["data", "jenis", "tanggal"], condition=Q(dicabut_pada=None), name="pemberian_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.tanggal}"


class CatatanPerilaku(IkutKanwil):
    """One mark of conduct: an SPPN result of a month, or an entry in Register F. A mistake is withdrawn, not erased."""

    class Jenis(models.TextChoices):
        SPPN = "SPPN", "hasil SPPN"
        REGISTER_F = "REGISTER_F", "hukuman disiplin (Register F)"

    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="perilaku", db_comment=INTERNAL)
    jenis = models.CharField(max_length=10, choices=Jenis.choices, db_comment=PRIBADI)
    tanggal = models.DateField(db_comment=PRIBADI)
    predikat = models.CharField(max_length=12, blank=True, default="", db_comment=PRIBADI)
    ditarik_pada = models.DateTimeField(null=True, blank=True, db_comment=INTERNAL)
    dibuat_oleh = models.ForeignKey(
        _PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL
    )
    dibuat_pada = models.DateTimeField(db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "catatan perilaku"
        constraints = [
            models.UniqueConstraint(
                fields=["data", "jenis", "tanggal"], condition=Q(ditarik_pada=None), name="perilaku_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.tanggal}"


class RiwayatData(IkutKanwil):
    """What changed in a `DataWarga` from one revision to the next: column names and values, never name or number."""

    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="riwayat", db_comment=INTERNAL)
    revisi = models.PositiveIntegerField(db_comment=INTERNAL)
    ubahan = models.JSONField(default=dict, db_comment=PRIBADI)
    sebab = models.CharField(max_length=12, db_comment=INTERNAL)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL)
    pada = models.DateTimeField(db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-revisi"]
        verbose_name_plural = "riwayat data warga"
        constraints = [models.UniqueConstraint(fields=["data", "revisi"], name="riwayat_data_sekali")]

    def __str__(self) -> str:
        return f"{self.data_id} r{self.revisi}"


class AksesWarga(IkutKanwil):
    """Who read which names or numbers, when, and why: one row a person and reading, written before the value leaves."""

    class Alasan(models.TextChoices):
        USULAN = "USULAN", "Menyusun atau memeriksa usulan"
        SIDANG = "SIDANG", "Sidang TPP"
        KEPUTUSAN = "KEPUTUSAN", "Mencetak keputusan atau lampirannya"
        COCOKKAN = "COCOKKAN", "Mencocokkan dengan SDP atau berkas"
        PERMINTAAN = "PERMINTAAN", "Permintaan orangnya atau keluarganya"
        PEMERIKSAAN = "PEMERIKSAAN", "Pemeriksaan atau audit"
        LAIN = "LAIN", "Alasan lain"

    class Cara(models.TextChoices):
        HALAMAN = "HALAMAN", "dibuka di layar"
        BERKAS = "BERKAS", "diunduh dalam berkas"
        SERAH = "SERAH", "diserahkan ke unit lain"
        COCOK = "COCOK", "dicocokkan dengan berkas impor"

    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="akses", db_comment=INTERNAL)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_comment=INTERNAL)
    peran = models.CharField(max_length=40, db_comment=INTERNAL)
    pada = models.DateTimeField(db_comment=INTERNAL)
    alasan = models.CharField(max_length=12, choices=Alasan.choices, db_comment=INTERNAL)
    keterangan = models.CharField(max_length=200, blank=True, default="", db_comment=INTERNAL)
    bidang = ArrayField(models.CharField(max_length=12), db_comment=INTERNAL)
    cara = models.CharField(max_length=8, choices=Cara.choices, db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-pada"]
        verbose_name_plural = "akses data warga"
        indexes = [
            models.Index(fields=["data", "-pada"], name="akses_warga_data"),
            models.Index(fields=["pada"], name="akses_warga_pada"),
        ]

    def __str__(self) -> str:
        return f"akses {self.data_id}"


class PetaSDP(IkutKanwil):
    """How a unit's export is read: `kepala` is the hash of its headings, `peta` {column: place of its heading}."""

    kepala = models.CharField(max_length=64, db_comment=INTERNAL)
    peta = models.JSONField(db_comment=INTERNAL)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL)
    pada = models.DateTimeField(db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        verbose_name_plural = "peta SDP"
        constraints = [models.UniqueConstraint(fields=["upt", "kepala"], name="peta_sdp_sekali")]

    def __str__(self) -> str:
        return f"peta {self.kepala[:8]}"


class ImporSDP(IkutKanwil):
    """One export of SDP that a unit brought: read, compared with the register, shown, and only then saved.

    The file itself is not kept, only its hash. `rencana` holds the rows encrypted under a key of the import
    (`bungkus`), and is wiped when the import ends. `ringkas` = counts and, per refused row, its number and why.
    """

    class Status(models.TextChoices):
        PETAKAN = "PETAKAN", "Menunggu pemetaan kolom"
        DIPERIKSA = "DIPERIKSA", "Menunggu keputusan Anda"
        ANTRE = "ANTRE", "Sedang dikerjakan"
        DISIMPAN = "DISIMPAN", "Disimpan"
        DIBATALKAN = "DIBATALKAN", "Dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sidik = models.CharField(max_length=64, db_comment=INTERNAL)
    kepala = ArrayField(models.CharField(max_length=120), default=list, db_comment=INTERNAL)
    peta = models.JSONField(default=dict, db_comment=INTERNAL)
    tanggal_data = models.DateField(db_comment=INTERNAL)
    status = models.CharField(max_length=12, choices=Status.choices, db_comment=INTERNAL)
    rencana = models.BinaryField(null=True, db_comment=SPESIFIK)
    bungkus = models.BinaryField(null=True, db_comment=SPESIFIK)
    kunci = models.CharField(max_length=16, blank=True, default="", db_comment=INTERNAL)
    ringkas = models.JSONField(default=dict, db_comment=INTERNAL)
    oleh = models.ForeignKey(_PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL)
    pada = models.DateTimeField(db_comment=INTERNAL)
    disimpan_pada = models.DateTimeField(null=True, db_comment=INTERNAL)

    objects = KueriBercakupan.as_manager()

    class Meta:
        ordering = ["-pada"]
        verbose_name_plural = "impor SDP"
        indexes = [models.Index(fields=["upt", "-pada"], name="impor_sdp_upt")]

    def __str__(self) -> str:
        return f"impor SDP {self.pk}"


class KueriSerah(KueriBercakupan["SerahTerima"]):
    """Both sides see a handing over."""

    def dalam(self, cakupan: Cakupan) -> Self:
        return self.filter(cakupan.q("upt_id", "kanwil_id") | cakupan.q("ke_upt_id", "ke_kanwil_id"))


class SerahTerima(IkutKanwil):
    """A person moves to another unit at a date: theirs until the receiving unit confirms that they arrived.

    `upt` is the unit that hands over. `inisial` and `ujung` are all that the receiving unit sees before it confirms.
    """

    class Status(models.TextChoices):
        MENUNGGU = "MENUNGGU", "Menunggu diterima"
        DITERIMA = "DITERIMA", "Diterima"
        DITOLAK = "DITOLAK", "Ditolak"
        DIBATALKAN = "DIBATALKAN", "Dibatalkan"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    data = models.ForeignKey(DataWarga, on_delete=models.PROTECT, related_name="serah", db_comment=INTERNAL)
    ke_upt = models.ForeignKey(UPT, on_delete=models.PROTECT, related_name="+", db_comment=INTERNAL)
    ke_kanwil = models.ForeignKey(Kanwil, on_delete=models.PROTECT, related_name="+", db_comment=INTERNAL)
    inisial = models.CharField(max_length=12, db_comment=PRIBADI)
    ujung = models.CharField(max_length=3, db_comment=PRIBADI)
    tanggal = models.DateField(db_comment=PRIBADI)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.MENUNGGU, db_comment=INTERNAL)
    alasan = models.CharField(max_length=200, blank=True, default="", db_comment=INTERNAL)
    dibuat_oleh = models.ForeignKey(
        _PENGGUNA, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=INTERNAL
    )
    dibuat_pada = models.DateTimeField(db_comment=INTERNAL)
    diputus_oleh = models.ForeignKey(
        _PENGGUNA, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_comment=INTERNAL
    )
    diputus_pada = models.DateTimeField(null=True, db_comment=INTERNAL)

    objects = KueriSerah.as_manager()

    class Meta:
        ordering = ["-dibuat_pada"]
        verbose_name_plural = "serah terima"
        constraints = [
            models.UniqueConstraint(fields=["data"], condition=Q(status="MENUNGGU"), name="serah_terima_satu")
        ]

    def __str__(self) -> str:
        return f"serah terima {self.pk}"


penjaga.lindungi(WargaBinaan, penjaga.wilayah(), TANPA_HAPUS)
penjaga.lindungi(DataWarga, penjaga.wilayah(), TANPA_HAPUS)
# A key is wrapped anew, moved or destroyed by the system alone; no unit's own session can make a person unreadable.
penjaga.lindungi(KunciWarga, penjaga.wilayah(), ubah=penjaga.SISTEM, hapus=penjaga.SISTEM)
penjaga.lindungi(Pemberian, penjaga.wilayah(), TANPA_HAPUS)
penjaga.lindungi(CatatanPerilaku, penjaga.wilayah(), TANPA_HAPUS)
# Both are added and never rewritten by a unit: they follow a person or a Kanwil, and erasure blanks what was typed.
penjaga.lindungi(
    RiwayatData,
    penjaga.wilayah(),
    (*penjaga.HANYA_TAMBAH, "UPDATE (upt_id, kanwil_id, ubahan)"),
    ubah=penjaga.NASIONAL,
)
penjaga.lindungi(
    AksesWarga,
    penjaga.wilayah(),
    (*penjaga.HANYA_TAMBAH, "UPDATE (kanwil_id, keterangan)"),
    tambah=f"{penjaga.SISTEM} OR {penjaga.milik('oleh_id', 'pengguna')}",
    ubah=penjaga.NASIONAL,
)
penjaga.lindungi(PetaSDP, penjaga.wilayah())
penjaga.lindungi(ImporSDP, penjaga.wilayah(), TANPA_HAPUS)
_DUA_SISI = f"{penjaga.wilayah()} OR {penjaga.milik('ke_kanwil_id', 'kanwil')} OR {penjaga.milik('ke_upt_id', 'upt')}"
# Only the unit that has the person announces; of what it announced a decision changes nothing but what was decided.
_PUNYA_SENDIRI = (
    "EXISTS (SELECT FROM wbp_datawarga d WHERE d.id = wbp_serahterima.data_id AND d.upt_id = wbp_serahterima.upt_id)"
)
_DIPUTUS = ("status", "alasan", "diputus_oleh_id", "diputus_pada", "inisial", "ujung", "kanwil_id", "ke_kanwil_id")
penjaga.lindungi(
    SerahTerima,
    _DUA_SISI,
    (*penjaga.HANYA_TAMBAH, f"UPDATE ({', '.join(_DIPUTUS)})"),
    tambah=f"({penjaga.wilayah()}) AND {_PUNYA_SENDIRI}",
)
