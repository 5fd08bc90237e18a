"""What an act on cases brings about outside them, in the same transaction, by family.

daftarkan(Usulan.Rumpun.INTEGRASI, Aksi.LAKSANAKAN, mulai_program)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from pemasyarakatan.akun.models import Pengguna
from remisi.models import Usulan
from remisi.usulan import ringkas
from remisi.usulan.alur import DIBERIKAN, Aksi
from upt.cakupan import SISTEM, Cakupan, terpasang
from wbp.models import DataWarga, Pemberian
from wbp.services_catatan import Beri, cabut_pemberian, catat_pemberian
from wbp.services_program import Putusan, akhiri_program

Akibat = Callable[[Sequence[Usulan], Pengguna, Cakupan], None]
_akibat: dict[tuple[str, Aksi], Akibat] = {}


def daftarkan(rumpun: str, aksi: Aksi, akibat: Akibat) -> None:
    _akibat[str(rumpun), aksi] = akibat


def jalankan(aksi: Aksi, kasus: Sequence[Usulan], oleh: Pengguna, cakupan: Cakupan) -> None:
    for rumpun in sorted({u.rumpun for u in kasus}):
        akibat = _akibat.get((rumpun, aksi))
        if akibat is not None:
            akibat([u for u in kasus if u.rumpun == rumpun], oleh, cakupan)


def _berikan(kasus: Sequence[Usulan], oleh: Pengguna, cakupan: Cakupan) -> None:
    """A decree: the grants enter the register, the counts follow."""
    semua = [Beri(u.data_id, u.jenis, u.tanggal, u.bulan, u.hari, u.pk) for u in kasus]
    catat_pemberian(pemberian=semua, asal=Pemberian.Asal.PORTAL, oleh=oleh, cakupan=cakupan)
    _hitung_ulang(kasus)


def _tarik(kasus: Sequence[Usulan], oleh: Pengguna, cakupan: Cakupan) -> None:
    """A revocation: the grants are withdrawn, the counts follow."""
    cabut_pemberian(usulan=[u.pk for u in kasus], oleh=oleh, cakupan=cakupan)
    _hitung_ulang(kasus)


def _akhiri(kasus: Sequence[Usulan], oleh: Pengguna, cakupan: Cakupan) -> None:
    """A revocation: who still serves the programme serves the sentence again, and the days that the register had from
    these cases are what they were."""
    perlu = [(u, hari) for u in kasus if (hari := hari_berlaku(u)) is not None]
    lain = _yang_berdiri([u for u, _ in perlu])
    putusan = [Putusan(u.data_id, u.jenis, hari, lain.get((u.data_id, u.jenis), ())) for u, hari in perlu]
    if putusan:
        akhiri_program(putusan=putusan, oleh=oleh)


def hari_berlaku(u: Usulan) -> date | None:
    """The day from which a decided case counts in the register: a CMK its own, a programme when it was carried out."""
    if u.jenis == "CMK":
        return u.tanggal
    return u.dilaksanakan_pada if u.jenis in DataWarga.Menjalani.values else None


def _yang_berdiri(dicabut: Sequence[Usulan]) -> dict[tuple[int, str], tuple[date, ...]]:
    """By person and programme: the days of other cases that were decided and not revoked, in whichever unit."""
    hasil: dict[tuple[int, str], tuple[date, ...]] = {}
    with terpasang(SISTEM):
        semua = Usulan.objects.filter(
            rumpun=Usulan.Rumpun.INTEGRASI, data__in={u.data_id for u in dicabut}, status__in=DIBERIKAN
        ).exclude(pk__in=[u.pk for u in dicabut])
        for u in semua.only("data_id", "jenis", "tanggal", "dilaksanakan_pada"):
            if (hari := hari_berlaku(u)) is not None:
                hasil[u.data_id, u.jenis] = (*hasil.get((u.data_id, u.jenis), ()), hari)
    return hasil


def _hitung_ulang(kasus: Sequence[Usulan]) -> None:
    per: dict[int, set[int]] = {}
    for u in kasus:
        if u.kesempatan_id is not None:
            per.setdefault(u.kesempatan_id, set()).add(u.upt_id)
    for kesempatan_id, unit in sorted(per.items()):
        ringkas.segarkan(kesempatan_id, unit)


daftarkan(Usulan.Rumpun.REMISI, Aksi.TERBITKAN, _berikan)
daftarkan(Usulan.Rumpun.REMISI, Aksi.CABUT, _tarik)
daftarkan(Usulan.Rumpun.INTEGRASI, Aksi.CABUT, _akhiri)
