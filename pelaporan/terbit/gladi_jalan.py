"""Doing a rehearsal: as a job that somebody waits for, or from the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from pelaporan.models import RancanganFormulir
from pelaporan.skema import Skema
from pelaporan.terbit.bahan import Kabar, acuan_luar, baca
from pelaporan.terbit.hasil_gladi import susun
from pelaporan.terbit.selectors import dasar_versi, skema_rancangan
from pelaporan.terbit.teks_gladi import BULAN_GLADI, csv_hasil
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import Bulan, sekarang
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor
from upt.cakupan import SISTEM, Cakupan, terpasang


def jalankan(cakupan: Cakupan, baru: Skema, *, bulan: int = BULAN_GLADI, kabar: Kabar) -> dict[str, Any]:
    """Try a form's rules, and those of the version before it, on the sent reports of the last months."""
    with terpasang(cakupan):
        dasar = dasar_versi(baru.kode, Bulan.dari(baru.berlaku_dari))
    lama = dasar.skema if dasar else None
    akhir = Bulan.kini() - 1
    rentang = (akhir - (bulan - 1)).rentang(akhir)
    bahan = baca(cakupan, (baru, lama) if lama else (baru,), acuan_luar(*filter(None, (baru, lama))), rentang, kabar)
    return {**susun(lama, baru, bahan, rentang), "dasar": dasar.sidik if dasar else ""}


def kerjakan(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """The job behind "Jalankan gladi": its result is kept with the draft, its table is the file.

    Raises Bentrok when the draft changed meanwhile: a rehearsal of another text is worth nothing.
    """
    parameter = pekerjaan.parameter
    with terpasang(SISTEM):
        rancangan = RancanganFormulir.objects.filter(pk=UUID(parameter["rancangan"]), sidik=parameter["sidik"]).first()
    if rancangan is None:
        raise Bentrok("Rancangan ini sudah berubah. Jalankan gladi lagi dari halamannya.")
    total = int(parameter["bulan"]) + 1

    def kabar(bulan: Bulan, n: int) -> None:
        lapor(f"Membaca laporan {bulan.nama}", n, total)

    hasil = rancang_gladi(
        rancangan, bulan=total - 1, kabar=kabar, sebelum=lambda: lapor("Menulis hasil", total - 1, total)
    )
    nama = f"gladi-{rancangan.kode}-{rancangan.berlaku_dari:%Y-%m}.csv"
    return [Berkas(nama, "text/csv; charset=utf-8", csv_hasil(hasil))]


def rancang_gladi(
    rancangan: RancanganFormulir, *, bulan: int, kabar: Kabar, sebelum: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Rehearse a draft and keep the result with it. `sebelum` runs before keeping, and may stop it by raising."""
    hasil = jalankan(SISTEM, skema_rancangan(rancangan), bulan=bulan, kabar=kabar)
    sebelum()
    _simpan(rancangan, hasil)
    return hasil


def _simpan(rancangan: RancanganFormulir, hasil: dict[str, Any]) -> None:
    with terpasang(SISTEM):
        tetap = RancanganFormulir.objects.filter(
            pk=rancangan.pk, sidik=rancangan.sidik, status=RancanganFormulir.Status.RANCANGAN
        )
        if not tetap.update(gladi=hasil, gladi_sidik=rancangan.sidik, gladi_pada=sekarang()):
            raise Bentrok("Rancangan berubah selama gladi. Jalankan gladi lagi.")
