"""Master data of the organisation. Nothing is deleted: units end, assignments are withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from pemasyarakatan.akun.izin import PERAN, Izin
from pemasyarakatan.akun.kelola import KelolaInduk
from pemasyarakatan.inti.galat import GalatPortal
from upt.models import UPT, Kanwil, Kapasitas, Penugasan, RiwayatKanwil
from upt.services import cabut_penugasan


@admin.register(Kanwil)
class KelolaKanwil(KelolaInduk):
    list_display = ["nama_pendek", "kode", "zona", "kota", "terkonfirmasi"]
    list_filter = ["zona", "terkonfirmasi"]
    search_fields = ["nama", "nama_pendek", "kode"]
    fields = ["kode", "slug", "nama", "nama_pendek", "singkatan", "provinsi", "zona", "kota", "terkonfirmasi"]
    readonly_fields = ["kode", "slug", "provinsi"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # the 33 offices come with the portal; a new one needs a place on the map as well


@admin.register(UPT)
class KelolaUPT(KelolaInduk):
    list_display = ["nama", "kode", "jenis", "kelas", "kanwil", "zona", "berlaku_sampai"]
    list_filter = ["jenis", "zona", "terkonfirmasi", "buatan", "kanwil"]
    list_select_related = ["kanwil"]
    search_fields = ["nama", "kode", "kabkota"]
    search_help_text = "Cari nama, kode, atau kabupaten/kota."
    fieldsets = [
        (None, {"fields": ["nama", "kode", "jenis", "subjenis", "kelas", "kanwil", "kabkota", "zona"]}),
        ("Kontak", {"fields": ["alamat", "telepon", "surel", "wa"]}),
        (
            "Masa berlaku dan asal data",
            {"fields": ["berlaku_dari", "berlaku_sampai", "sumber", "terkonfirmasi"]},
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: UPT | None = None) -> list[str]:
        # A move has a date and takes capacity and staff along: `manage.py impor_upt --berlaku`.
        return ["kode", "kanwil"] if obj else []

    def save_model(self, request: HttpRequest, obj: UPT, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            RiwayatKanwil.objects.create(upt=obj, kanwil_id=obj.kanwil_id, dari=obj.berlaku_dari)


@admin.register(RiwayatKanwil)
class KelolaRiwayatKanwil(KelolaInduk):
    hanya_baca = True
    list_display = ["upt", "kanwil", "dari", "sampai"]
    list_select_related = ["upt", "kanwil"]
    search_fields = ["upt__nama", "upt__kode"]


class _MenurutUPT(KelolaInduk):
    """Rows of a unit: their Kanwil always follows it."""

    autocomplete_fields = ["upt"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if obj.upt is not None:
            obj.kanwil_id = obj.upt.kanwil_id
        super().save_model(request, obj, form, change)


@admin.register(Kapasitas)
class KelolaKapasitas(_MenurutUPT):
    boleh_hapus = True
    list_display = ["upt", "dari", "laki", "perempuan", "anak", "jumlah"]
    list_select_related = ["upt"]
    search_fields = ["upt__nama", "upt__kode"]
    fields = ["upt", "dari", "laki", "perempuan", "anak", "sumber"]

    @admin.display(description="jumlah")
    def jumlah(self, obj: Kapasitas) -> int:
        return obj.total


class FormPenugasan(forms.ModelForm):
    """A role points at a unit, an office or the nation; nobody assigns a role to oneself."""

    oleh: Any = None

    class Meta:
        model = Penugasan
        fields = ["pengguna", "peran", "upt", "kanwil", "sebagai", "mulai", "sampai"]
        labels = {"upt": "UPT"}
        help_texts = {
            "upt": "Wajib untuk Operator UPT dan Kepala UPT; kosongkan untuk peran lain.",
            "kanwil": "Wajib untuk peran Kanwil; peran UPT terisi sendiri; kosongkan untuk peran pusat.",
            "sampai": "Kosongkan bila tanpa batas waktu. Plt. dan Plh. wajib berbatas waktu.",
        }

    def clean(self) -> dict[str, Any]:
        isi: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk is None and not self.errors:
            self._periksa_tujuan(isi)
            if isi["pengguna"].orang_yang_sama(self.oleh):
                self.add_error("pengguna", "Penugasan untuk diri sendiri dibuat oleh admin lain.")
        self._periksa_masa(isi)
        return isi

    def _periksa_tujuan(self, isi: dict[str, Any]) -> None:
        tingkat = PERAN[isi["peran"]].tingkat
        if tingkat == "upt":
            if isi.get("upt") is None:
                self.add_error("upt", "Peran ini bertugas di satu UPT. Pilih UPT-nya.")
            else:
                isi["kanwil"] = isi["upt"].kanwil
            return
        if isi.get("upt") is not None:
            self.add_error("upt", "Peran ini tidak bertugas di UPT. Kosongkan.")
        if (tingkat == "kanwil") != (isi.get("kanwil") is not None):
            pesan = "Pilih Kanwil-nya." if tingkat == "kanwil" else "Peran pusat tidak memakai Kanwil. Kosongkan."
            self.add_error("kanwil", pesan)

    def _periksa_masa(self, isi: dict[str, Any]) -> None:
        mulai = isi.get("mulai") or self.instance.mulai
        sampai = isi.get("sampai")
        sebagai = isi.get("sebagai") or self.instance.sebagai
        if mulai and sampai and sampai < mulai:
            self.add_error("sampai", "Tanggal selesai tidak boleh sebelum tanggal mulai.")
        if sebagai != Penugasan.Sebagai.DEFINITIF and sampai is None and "sampai" not in self.errors:
            self.add_error("sampai", "Plt. dan Plh. wajib berbatas waktu.")


@admin.register(Penugasan)
class KelolaPenugasan(_MenurutUPT):
    izin = Izin.KELOLA_PENGGUNA
    form = FormPenugasan
    list_display = ["pengguna", "peran", "sebagai", "upt", "kanwil", "mulai", "sampai", "dicabut_pada"]
    list_filter = ["peran", "sebagai"]
    list_select_related = ["pengguna", "upt", "kanwil"]
    search_fields = ["pengguna__nama", "pengguna__nama_pengguna", "upt__nama", "kanwil__nama_pendek"]
    search_help_text = "Cari nama orang, UPT, atau Kanwil."
    autocomplete_fields = ["pengguna", "upt"]
    actions = ["cabut"]

    def get_readonly_fields(self, request: HttpRequest, obj: Penugasan | None = None) -> list[str]:
        """Who, what and where never change: withdraw it and make a new one, so that history stays true."""
        return ["pengguna", "peran", "upt", "kanwil", "sebagai", "mulai", "dicabut_pada"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        sendiri = obj is not None and obj.pengguna_id == request.user.pk
        return super().has_change_permission(request, obj) and not sendiri

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **opsi: Any) -> Any:
        form = super().get_form(request, obj, change=change, **opsi)
        form.oleh = request.user  # type: ignore[attr-defined]  # get_form makes a class of its own per request
        return form

    def save_model(self, request: HttpRequest, obj: Penugasan, form: Any, change: bool) -> None:
        if not change:
            obj.dibuat_oleh = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    @admin.action(description="Cabut penugasan terpilih")
    def cabut(self, request: HttpRequest, queryset: QuerySet[Penugasan]) -> None:
        for satu in queryset.select_related("pengguna", "upt", "kanwil"):
            try:
                cabut_penugasan(
                    penugasan=satu,
                    oleh=request.user,  # type: ignore[arg-type]
                    cakupan=request.cakupan,  # type: ignore[attr-defined]
                )
                self.message_user(request, f"Penugasan {satu.pengguna} sebagai {satu} dicabut.", messages.SUCCESS)
            except GalatPortal as galat:
                self.message_user(request, f"{satu.pengguna}: {galat.pesan}", messages.ERROR)
