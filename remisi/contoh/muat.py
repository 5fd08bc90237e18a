"""Writing the invented cases: one transaction, after the invented register is there."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.services import catat
from remisi.contoh.berjalan import berjalan, integrasi
from remisi.contoh.diputus import putuskan
from remisi.contoh.petugas import semua_meja
from remisi.integrasi.ramalan import simpan_semua
from remisi.models import Kesempatan, Usulan
from remisi.selectors_aturan import himpunan
from upt.cakupan import SISTEM, terpasang

DIPUTUS = ("RU", "RK")


def isi_contoh(kabar: Callable[[str], None]) -> None:
    """Fill the workspace of the units with a register; nothing when there is a case already."""
    with terpasang(SISTEM), transaction.atomic():
        meja = semua_meja()
        if not meja or Usulan.objects.exists():
            return
        kini, aturan = hari_ini(), himpunan()
        lewat = [k for k in _kesempatan(tanggal__lt=kini) if k.jenis == "RU" or "ISLAM" in k.agama]
        wilayah = [m for m in meja if m.upt.kanwil_id == meja[0].upt.kanwil_id]
        depan = next((k for k in _kesempatan(tanggal__gte=kini) if k.jenis == "RK"), None)
        diputus = sum(putuskan(k, meja if k.jenis == "RU" else wilayah, aturan) for k in lewat)
        jalan = berjalan(depan, meja) if depan else 0
        jalan += sum(integrasi(m) for m in meja[:3])
        catat(
            oleh=None, tindakan="isi_contoh", objek="register", objek_id="remisi",
            rincian={"diputus": diputus, "berjalan": jalan},
        )  # fmt: skip
    simpan_semua()
    kabar(f"  usulan remisi dan integrasi: {diputus} diputus, {jalan} berjalan")


def _kesempatan(**saring: object) -> list[Kesempatan]:
    return list(Kesempatan.objects.filter(jenis__in=DIPUTUS, **saring).order_by("tanggal"))
