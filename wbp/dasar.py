"""What every act on the register of inmates begins with: scope, right, and the unit's lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pelaporan.register.services import kunci_register
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from upt.cakupan import Cakupan
from upt.models import JENIS_HUNI, UPT
from wbp.models import DataWarga

REGISTER = "wbp"
ASING = "Orang ini tidak ada di register, atau bukan dari unit Anda."
MUSNAH = "Data orang ini sudah dimusnahkan menurut aturan penyimpanan; yang tersisa hanya angka."
AWALAN_MUSNAH = "musnah:"
"""Before the id, in place of the index of a person who was erased."""
WARGA_LAMA = "warga_lama"
"""In the history: the id of the `WargaBinaan` that the person was before (in the unit that handed them over, or under a
number that was wrong). Other registers may know it still; erasure and new keys reach it. Pages do not show it."""
LANJUT = "lanjut"
"""In the history of a row that was closed by merging: the id of the row that goes on. Pages do not show it."""
_TOLAK = {
    Izin.ISI_WARGA: "Register warga binaan diisi oleh petugas UPT-nya.",
    Izin.PUTUS_USULAN: "Pemberian menurut keputusan dicatat oleh Ditjenpas.",
    Izin.LIHAT_AKSES: "Yang melepasnya kepala unit atau auditor. Sampaikan kepada mereka bila sudah tidak diperlukan.",
    Izin.BUKA_NAMA: "Peran Anda tidak membuka nama warga binaan.",
}


TAK_MENAMPUNG = (
    "Unit ini tidak menampung warga binaan, jadi tidak punya registernya. Register diisi Lapas, Rutan, dan LPKA."
)


def menampung(upt: UPT) -> bool:
    return upt.jenis in JENIS_HUNI


def pastikan_unit(upt: UPT, izin: Izin, *, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Raises TidakDitemukan for a foreign unit, Ditolak without the right."""
    if not UPT.objects.dalam(cakupan).filter(pk=upt.pk).exists():
        raise TidakDitemukan("Unit ini tidak ada, atau bukan bagian dari tugas Anda.")
    if not boleh(oleh, izin, upt):
        raise Ditolak(_TOLAK[izin])
    if izin == Izin.ISI_WARGA and not menampung(upt):
        raise Ditolak(TAK_MENAMPUNG)


def muat(
    ids: Collection[int],
    izin: Izin,
    *,
    oleh: Pengguna,
    cakupan: Cakupan,
    kunci: bool = True,
    ikut: Sequence[str] = (),
) -> list[DataWarga]:
    """These persons, all or none, for somebody who may do `izin` in each of their units; with `kunci` their registers
    and rows are held until the transaction ends, `ikut` are joined as well. Raises TidakDitemukan, Ditolak."""
    dalam = DataWarga.objects.dalam(cakupan).filter(pk__in=_sah(ids))
    if kunci:
        for upt_id in sorted(set(dalam.values_list("upt_id", flat=True))):
            kunci_register(REGISTER, upt_id)
        dalam = dalam.select_for_update(of=("self",)).order_by("pk")
    semua = list(dalam.select_related("warga", "upt", *ikut))
    if len(semua) != len(set(ids)):
        raise TidakDitemukan(ASING)
    pastikan_hak(semua, izin, oleh)
    return semua


def id_kiriman(teks: str) -> int:
    """An id as a form sends it; 0, which no row has, for anything else."""
    return int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 19 else 0


def _sah(ids: Iterable[int]) -> list[int]:
    return [satu for satu in set(ids) if 0 < satu < 2**63]


def pastikan_hak(semua: Sequence[DataWarga], izin: Izin, oleh: Pengguna) -> None:
    for data in {d.upt_id: d for d in semua}.values():
        if not boleh(oleh, izin, data):
            raise Ditolak(_TOLAK[izin])


def pastikan_ada(data: DataWarga) -> None:
    """Still in the unit and not erased. Raises Bentrok."""
    if data.dimusnahkan_pada is not None:
        raise Bentrok(MUSNAH)
    if data.keluar_pada is not None:
        raise Bentrok("Orang ini sudah dicatat keluar dari unit. Kembalikan dahulu bila ia memang masih di sini.")
