"""People who log in. What they may do hangs on their Penugasan (app `upt`), never on a flag here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from pemasyarakatan.akun.izin import PERAN, Izin, Tugas, boleh


class KelolaPengguna(BaseUserManager["Pengguna"]):
    def get_by_natural_key(self, username: str | None) -> Pengguna:
        return self.get(nama_pengguna__iexact=username)


class Pengguna(AbstractBaseUser):
    """An officer's account. `nip` (18 digits, text) tells whether two accounts are one person."""

    nama_pengguna = models.CharField("nama pengguna", max_length=60)
    nip = models.CharField("NIP", max_length=18, blank=True, default="")
    nama = models.CharField("nama", max_length=120)
    jabatan = models.CharField("jabatan", max_length=120, blank=True, default="")
    surel = models.EmailField("surel", blank=True, default="")
    telepon = models.CharField("telepon", max_length=20, blank=True, default="")
    is_active = models.BooleanField("aktif", default=True)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "nama_pengguna"
    REQUIRED_FIELDS = ["nama"]
    objects = KelolaPengguna()

    if TYPE_CHECKING:
        penugasan: Any  # the reverse side of upt.models.Penugasan, which this app must not know

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = [
            models.UniqueConstraint(Lower("nama_pengguna"), name="pengguna_nama_unik"),
            models.UniqueConstraint(fields=["nip"], condition=~models.Q(nip=""), name="pengguna_nip_unik"),
        ]

    def __str__(self) -> str:
        return self.nama

    def tugas_aktif(self) -> list[Tugas]:
        """Assignments valid today, read once per request."""
        if not hasattr(self, "_tugas"):
            self._tugas: list[Tugas] = list(self.penugasan.berlaku())
        return self._tugas

    def orang_yang_sama(self, lain: Pengguna | None) -> bool:
        """Two accounts with one NIP are one person."""
        return lain is not None and (self.pk == lain.pk or (self.nip != "" and self.nip == lain.nip))

    @property
    def label_peran(self) -> str:
        return ", ".join(dict.fromkeys(PERAN[t.peran].label for t in self.tugas_aktif() if t.peran in PERAN))

    # What django.contrib.admin asks; master data only, and only for the admin role.
    @property
    def is_staff(self) -> bool:
        return boleh(self, Izin.KELOLA_PENGGUNA)

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class PercobaanMasuk(models.Model):
    """Failed logins per account and per address; lives in PostgreSQL so that losing Redis forgives nobody."""

    kunci = models.CharField(max_length=120, unique=True)
    gagal = models.PositiveIntegerField(default=0)
    terakhir = models.DateTimeField()
    tahan_sampai = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.kunci


class TokenAPI(models.Model):
    """A personal API token. Only its SHA-256 is stored; the text is shown once, when it is made."""

    pengguna = models.ForeignKey(Pengguna, on_delete=models.CASCADE, related_name="token")
    nama = models.CharField(max_length=60)
    awalan = models.CharField(max_length=8)
    sidik = models.CharField(max_length=64, unique=True)
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    dipakai_pada = models.DateTimeField(null=True)
    dicabut_pada = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.nama} ({self.awalan}…)"
