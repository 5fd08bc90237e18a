"""Base of every administration page: scope, trail, and what is never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.jejak.services import catat

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin


class KelolaInduk(_Admin):
    """Rows within the administrator's scope; every change leaves a trail row in the same transaction."""

    izin: Izin = Izin.KELOLA_ORGANISASI
    hanya_baca = False
    boleh_hapus = False
    list_per_page = 50
    show_full_result_count = False
    actions_on_top = True
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return dalam(super().get_queryset(request), request)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **opsi: Any) -> Any:
        if request is not None and "queryset" not in opsi:
            opsi["queryset"] = dalam(db_field.remote_field.model._default_manager.all(), request)
        return super().formfield_for_foreignkey(db_field, request, **opsi)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return boleh(request.user, self.izin)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return boleh(request.user, self.izin)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not self.hanya_baca and boleh(request.user, self.izin)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.hanya_baca and boleh(request.user, self.izin)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.boleh_hapus and boleh(request.user, self.izin)

    # Django calls these inside the transaction of the change.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._jejak(request, obj, "tambah", message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._jejak(request, obj, "ubah", message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self._jejak(request, obj, "hapus", [])
        return super().log_deletions(request, queryset)

    def _jejak(self, request: HttpRequest, obj: models.Model, kata: str, pesan: Any) -> None:
        nama = str(obj._meta.model_name)
        catat(
            oleh=request.user,  # type: ignore[arg-type]
            tindakan=f"{kata}_{nama}",
            objek=nama,
            objek_id=obj.pk,
            upt_id=obj.pk if nama == "upt" else getattr(obj, "upt_id", None),
            kanwil_id=obj.pk if nama == "kanwil" else getattr(obj, "kanwil_id", None),
            rincian={"kelola": True, "kolom": _kolom(pesan)},
        )


def dalam(queryset: Any, request: HttpRequest) -> Any:
    """The one scope door, for tables that have one."""
    return queryset.dalam(request.cakupan) if hasattr(queryset, "dalam") else queryset  # type: ignore[attr-defined]


def _kolom(pesan: Any) -> list[str]:
    """Names of the changed fields from Django's change message."""
    if not isinstance(pesan, list):
        return []
    return [str(k) for satu in pesan for k in satu.get("changed", {}).get("fields", [])]
