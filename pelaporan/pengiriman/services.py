"""Marking or sending the ready reports of a month with one press: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.alur import Aksi
from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pelaporan.models import Laporan
from pelaporan.services import Perintah, laksanakan
from pelaporan.urutan_kunci import kunci_banyak, kunci_sumber
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import GalatPortal, TidakSah
from pemasyarakatan.jejak.services import tunda
from upt.cakupan import Cakupan

AKSI_BULAN = (Aksi.SIAPKAN, Aksi.KIRIM)


def tindak_bulan(
    *,
    pola: Perintah,
    pilihan: Mapping[UUID, int],
    oleh: Pengguna,
    cakupan: Cakupan,
    terisi: Mapping[UUID, str | None] | None = None,
) -> list[dict[str, Any]]:
    """Do `pola` to every report of `pilihan` (id → revision the person saw); the answers in the order of the ids.
    `terisi`: what registers said of each on the page (`turunan.cap_terisi`).

    One transaction under one key. Raises what a single act raises, with the form's name before the sentence.
    """
    if pola.aksi not in AKSI_BULAN:
        raise TidakSah("Pilih tindakan pada halaman ini.")
    if not pilihan:
        raise TidakSah("Pilih paling sedikit satu formulir.", sasaran="pilihan")
    cap = terisi or {}
    semua = [replace(pola, laporan_id=pk, revisi=n, terisi=cap.get(pk)) for pk, n in sorted(pilihan.items())]
    with transaction.atomic():
        jawaban = jawab_sekali(
            aktor=oleh,
            kunci=pola.kunci,
            sidik=sidik(["bulan", *(satu.sidik() for satu in semua)]),
            kerjakan=lambda: _semua(semua, oleh, cakupan),
        )
    return list(jawaban["laporan"])


def _semua(semua: list[Perintah], oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    """All reports are locked first, with the registers that fill them in, and the unit's trail is written last:
    freezing eighteen forms takes its time, and colleagues of the unit go on saving other reports meanwhile."""
    kunci_sumber(kunci_banyak([satu.laporan_id for satu in semua], cakupan))
    with tunda():
        return {"laporan": [_lakukan(satu, oleh, cakupan) for satu in semua]}


def _lakukan(satu: Perintah, oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    try:
        return laksanakan(satu, oleh, cakupan)
    except GalatPortal as galat:
        laporan = Laporan.objects.dalam(cakupan).select_related("formulir").filter(pk=satu.laporan_id).first()
        nama = f"{laporan.formulir.nama}: " if laporan else ""
        raise type(galat)(f"{nama}{galat.pesan}", **{"laporan": str(satu.laporan_id), **galat.rincian}) from galat
