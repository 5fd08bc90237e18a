"""Holidays can be kept here; forms and reports are only looked at, and never a report's content."""

from __future__ import annotations

from django.contrib import admin

from pelaporan.models import FormulirVersi, Laporan, Libur
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.kelola import KelolaInduk


@admin.register(Libur)
class KelolaLibur(KelolaInduk):
    """To look at only: adding and taking out moves deadlines, which the page of holidays shows before it is done."""

    izin = Izin.KELOLA_FORMULIR
    hanya_baca = True
    list_display = ["tanggal", "nama", "kanwil", "perkiraan"]
    list_filter = ["perkiraan"]
    list_select_related = ["kanwil"]
    date_hierarchy = "tanggal"
    search_fields = ["nama"]


@admin.register(FormulirVersi)
class KelolaFormulirVersi(KelolaInduk):
    izin = Izin.KELOLA_FORMULIR
    hanya_baca = True
    list_display = ["formulir", "berlaku_dari", "sidik", "dimuat_pada"]
    list_select_related = ["formulir"]
    fields = ["formulir", "berlaku_dari", "sidik", "dimuat_pada", "yaml"]


@admin.register(Laporan)
class KelolaLaporan(KelolaInduk):
    """Where a report stands, so that a unit can be helped; never what it says."""

    izin = Izin.KELOLA_PENGGUNA
    hanya_baca = True
    list_display = ["upt", "bulan", "formulir", "status", "terlambat", "diubah_pada"]
    list_filter = ["status", "formulir", "terlambat"]
    list_select_related = ["upt", "formulir"]
    date_hierarchy = "bulan"
    search_fields = ["upt__nama", "upt__kode"]
    fields = [
        *("upt", "kanwil", "bulan", "formulir", "status", "revisi", "tenggat", "tenggat_kanwil"),
        *("dikirim_pada", "terlambat", "dibebaskan", "diubah_pada"),
    ]
