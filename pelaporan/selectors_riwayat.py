"""The same unit's same form in earlier months: what bands, sparklines and comparisons are made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import F
from django.db.models.fields.json import KeyTransform

from pelaporan.isian import Isian
from pelaporan.kebiasaan import PALING_BANYAK
from pelaporan.konteks import isian_versi
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.skema import Skema

Riwayat = dict[str, list[Decimal | int | None]]


def riwayat_angka(laporan: Laporan, n: int = PALING_BANYAK) -> Riwayat:
    """The numbers of the `n` months before this report by item code, oldest first; None where a month has none."""
    return riwayat_angka_dari(muat_riwayat(laporan, n))


def muat_riwayat(laporan: Laporan, n: int = PALING_BANYAK) -> list[LaporanVersi | None]:
    """The latest sent versions of the `n` months before this report, oldest first, in one query; None where nothing
    was sent. The caller has already been let in by the report's own scope.
    """
    bulan = [(laporan.periode - mundur).awal for mundur in range(n, 0, -1)]
    versi = LaporanVersi.objects.filter(
        upt_id=laporan.upt_id,
        formulir_id=laporan.formulir_id,
        bulan__in=bulan,
        versi=F("laporan__versi_masuk"),
    ).only("bulan", "isi")
    menurut_bulan = {satu.bulan: satu for satu in versi}
    return [menurut_bulan.get(awal) for awal in bulan]


def riwayat_angka_banyak(laporan: Sequence[Laporan], n: int = PALING_BANYAK) -> dict[int, Riwayat]:
    """`riwayat_angka` of many units' reports of one form and month, by unit, in one query."""
    if not laporan:
        return {}
    bulan = [(laporan[0].periode - mundur).awal for mundur in range(n, 0, -1)]
    letak = {awal: i for i, awal in enumerate(bulan)}
    baris = LaporanVersi.objects.filter(
        upt_id__in=[satu.upt_id for satu in laporan],
        formulir_id=laporan[0].formulir_id,
        bulan__in=bulan,
        versi=F("laporan__versi_masuk"),
    ).values_list("upt_id", "bulan", KeyTransform("angka", "isi"))
    hasil: dict[int, Riwayat] = {}
    for upt, awal, angka in baris.iterator(chunk_size=500):
        milik = hasil.setdefault(upt, {})
        for kode, nilai in angka.items():
            if kode not in milik:
                milik[kode] = [None] * n
            milik[kode][letak[awal]] = nilai
    return hasil


def riwayat_angka_dari(versi: Sequence[LaporanVersi | None]) -> Riwayat:
    hasil: Riwayat = {}
    for letak, satu in enumerate(versi):
        for kode, nilai in satu.isi["angka"].items() if satu else ():
            hasil.setdefault(kode, [None] * len(versi))[letak] = nilai
    return hasil


def isian_lalu(skema: Skema, versi: Sequence[LaporanVersi | None]) -> Isian:
    """The last month's cells in the words of this month's form; empty when nothing was sent. A state without its
    reason is left out: nobody said it, a closed section did.
    """
    akhir = versi[-1] if versi else None
    if akhir is None:
        return Isian()
    isian = isian_versi(skema, akhir.isi)
    return Isian({k: s for k, s in isian.sel.items() if s.nilai is not None or s.alasan}, isian.daftar)
