"""Accounts: made and switched off here. Passwords are set by their owners, through a one-time link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.kelola import KelolaInduk
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.akun.undangan import buat_tautan
from pemasyarakatan.inti.galat import Ditolak

admin.site.unregister(Group)  # rights are code (`akun.izin`), not rows


class FormPengguna(forms.ModelForm):
    class Meta:
        model = Pengguna
        fields = ["nama_pengguna", "nama", "nip", "jabatan", "surel", "telepon", "is_active"]
        help_texts = {
            "nip": "18 angka tanpa spasi. Dua akun dengan NIP yang sama dianggap satu orang.",
            "is_active": "Hapus centang bila orang ini tidak lagi bertugas. Akun tidak pernah dihapus.",
        }

    def clean_nip(self) -> str:
        nip: str = self.cleaned_data["nip"]
        if nip and not (nip.isascii() and nip.isdigit() and len(nip) == 18):
            raise forms.ValidationError("NIP terdiri atas 18 angka.")
        return nip


@admin.register(Pengguna)
class KelolaPengguna(KelolaInduk):
    izin = Izin.KELOLA_PENGGUNA
    form = FormPengguna
    list_display = ["nama", "nama_pengguna", "nip", "jabatan", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["nama", "nama_pengguna", "nip"]
    search_help_text = "Cari nama, nama pengguna, atau NIP."
    ordering = ["nama"]
    actions = ["tautan_sandi"]

    def save_model(self, request: HttpRequest, obj: Pengguna, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            self._tunjukkan(request, obj)

    @admin.action(description="Buat tautan kata sandi sekali pakai")
    def tautan_sandi(self, request: HttpRequest, queryset: QuerySet[Pengguna]) -> None:
        if queryset.count() > 20:
            self.message_user(request, "Pilih paling banyak 20 orang sekali jalan.", messages.ERROR)
            return
        for orang in queryset.filter(is_active=True):
            try:
                self._tunjukkan(request, orang)
            except Ditolak as galat:
                self.message_user(request, galat.pesan, messages.ERROR)

    def _tunjukkan(self, request: HttpRequest, orang: Pengguna) -> None:
        alamat = request.build_absolute_uri(buat_tautan(untuk=orang, oleh=request.user))  # type: ignore[arg-type]
        pesan = "Tautan kata sandi untuk {} (sekali pakai, tiga hari, hanya ditampilkan sekarang): {}"
        self.message_user(request, format_html(pesan, orang.nama, alamat), messages.SUCCESS)
