"""Searching by number or name as people do it: what the answer tells of a person is written down like an opened name.

Whoever finds a row by words of a name knows the name of the row. So every person who was found and shown this way gets
an `AksesWarga`; and every search, also one that found nobody, a line with counts in the unit's trail. What was typed is
kept nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.jejak.services import catat
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.akses import catat_akses
from wbp.indeks import GalatNomor, indeks_nomor_semua
from wbp.models import AksesWarga, DataWarga
from wbp.selectors_data import cari as ketemu
from wbp.selectors_data import dengan_kurang, unit_warga

PALING = 50
"""How many are shown; who has more namesakes is found by another word."""
KATA_NAMA = "kata-nama"
"""What an `AksesWarga` of a search says was read."""


@transaction.atomic
def cari(*, upt: UPT, teks: str, oleh: Pengguna, cakupan: Cakupan) -> tuple[list[DataWarga], bool]:
    """Persons of the unit, each knowing what is missing, and whether there are more than are shown.

    Raises TidakDitemukan, Ditolak, TidakSah (nothing to search for)."""
    unit_warga(cakupan, oleh, upt.kode)
    semua = list(dengan_kurang(ketemu(cakupan, upt, teks))[: PALING + 1])
    tampil, nomor = semua[:PALING], _indeks(teks, upt)
    menurut_nama = [d for d in tampil if d.warga.indeks not in nomor]
    _catat(menurut_nama, len(tampil), upt, oleh)
    return tampil, len(semua) > PALING


def _indeks(teks: str, upt: UPT) -> frozenset[str]:
    """Empty for what is no number."""
    try:
        return frozenset(indeks_nomor_semua(teks, upt.pk))
    except GalatNomor:
        return frozenset()


def _catat(menurut_nama: Sequence[DataWarga], tampil: int, upt: UPT, oleh: Pengguna) -> None:
    catat_akses(
        menurut_nama, oleh=oleh, izin=Izin.LIHAT_WARGA, alasan=AksesWarga.Alasan.LAIN,
        keterangan="Ditemukan dengan kata namanya", bidang=[KATA_NAMA], cara=AksesWarga.Cara.HALAMAN,
    )  # fmt: skip
    catat(
        oleh=oleh, tindakan="warga_cari", objek="upt", objek_id=upt.pk, upt_id=upt.pk, kanwil_id=upt.kanwil_id,
        rincian={"ketemu": tampil, "menurut_nama": len(menurut_nama)},
    )  # fmt: skip
