"""Opening names and numbers for people: for a reason, written down before anything is decrypted. Only here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.jejak.services import catat
from upt.cakupan import Cakupan
from wbp import rahasia
from wbp.akses import catat_akses
from wbp.dasar import MUSNAH, muat
from wbp.models import AksesWarga, DataWarga

BIDANG = ("nama", "nomor")
BATAS = {AksesWarga.Cara.HALAMAN: 200, AksesWarga.Cara.BERKAS: 20_000, AksesWarga.Cara.SERAH: 200}
"""How many persons one act may open: a page shows few, a file (a decree's annex) as many as a region has cases."""
KETERANGAN_MAKS = 200
Alasan, Cara = AksesWarga.Alasan, AksesWarga.Cara


@dataclass(frozen=True)
class Terbuka:
    """What was opened of one person: only what was asked for. `keterangan` says why there is nothing (erased)."""

    data_id: int
    nama: str = field(default="", repr=False)
    nomor: str = field(default="", repr=False)
    keterangan: str = ""


@transaction.atomic
def buka_nama(
    *,
    data: Sequence[int],
    alasan: str,
    keterangan: str = "",
    bidang: Sequence[str] = BIDANG,
    cara: str = Cara.HALAMAN,
    oleh: Pengguna,
    cakupan: Cakupan,
) -> dict[int, Terbuka]:
    """Names and numbers of these persons in this order, all or none, for somebody with BUKA_NAMA in all their units.

    One `AksesWarga` a person and one line in the trail of each unit are written first, in the same transaction: what
    was not written down was not read. Who was erased comes back without name and says so. Raises TidakDitemukan
    (one of them is missing or foreign), Ditolak, TidakSah (reason, limit), sandi.GalatSandi.
    """
    teks = _periksa(data, alasan, keterangan, bidang, cara)
    # row and key by one statement: whoever is moved or erased meanwhile is read as they were, or not at all
    semua = muat(data, Izin.BUKA_NAMA, oleh=oleh, cakupan=cakupan, kunci=False, ikut=("kunci",))
    hidup = [d for d in semua if d.dimusnahkan_pada is None]
    _catat(hidup, alasan, teks, list(bidang), cara, oleh)
    terbuka = {d.pk: Terbuka(d.pk, keterangan=MUSNAH) for d in semua}
    terbuka |= {d.pk: _buka(d, bidang) for d in hidup}
    return {pk: terbuka[pk] for pk in data}


def _periksa(data: Sequence[int], alasan: str, keterangan: str, bidang: Sequence[str], cara: str) -> str:
    teks = keterangan.strip()
    if alasan not in Alasan.values:
        raise TidakSah("Pilih alasan membuka nama.", bidang={"alasan": "Pilih alasannya."})
    if alasan == Alasan.LAIN and not teks:
        raise TidakSah("Tulis alasan membuka nama.", bidang={"keterangan": "Tulis alasannya."})
    if len(teks) > KETERANGAN_MAKS:
        panjang = f"Paling banyak {KETERANGAN_MAKS} huruf."
        raise TidakSah(f"Keterangan terlalu panjang. {panjang}", bidang={"keterangan": panjang})
    if not bidang or not set(bidang) <= set(BIDANG) or cara not in Cara.values:
        raise ValueError(f"unknown fields or way: {bidang}, {cara}")
    batas = BATAS[Cara(cara)]
    if len(set(data)) > batas:
        raise TidakSah(f"Sekali buka paling banyak {batas} orang. Pilih lebih sedikit, atau unduh sebagai berkas.")
    return teks


def _catat(semua: Sequence[DataWarga], alasan: str, teks: str, bidang: list[str], cara: str, oleh: Pengguna) -> None:
    catat_akses(semua, oleh=oleh, izin=Izin.BUKA_NAMA, alasan=alasan, keterangan=teks, bidang=bidang, cara=cara)
    per_unit: dict[tuple[int, int], int] = {}
    for d in semua:
        per_unit[d.upt_id, d.kanwil_id] = per_unit.get((d.upt_id, d.kanwil_id), 0) + 1
    for (upt_id, kanwil_id), orang in sorted(per_unit.items()):
        catat(
            oleh=oleh, tindakan="nama_dibuka", objek="upt", objek_id=upt_id, upt_id=upt_id, kanwil_id=kanwil_id,
            rincian={"orang": orang, "alasan": alasan, "cara": cara, "bidang": bidang},
        )  # fmt: skip


def _buka(data: DataWarga, bidang: Sequence[str]) -> Terbuka:
    isi = rahasia.baca(data)
    return Terbuka(data.pk, **{nama: getattr(isi, nama) for nama in bidang})
