"""The register of the training instance: a handful of units, some 3,500 plainly invented persons, loaded by COPY."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time

from django.db import transaction

from pelaporan.selectors import isi_terakhir
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.curah import muatan_curah
from pemasyarakatan.inti.waktu import hari_ini, sekarang, zona_dari
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT, Penugasan
from wbp.contoh.orang import MELAYU, TIMUR, Profil, buat
from wbp.models import CatatanPerilaku, DataWarga, KunciWarga, Pemberian, RiwayatData, WargaBinaan
from wbp.muat_curah import Orang, muat
from wbp.serah import serahkan

UNIT: Sequence[tuple[str, int, Profil]] = (
    ("lapas-kelas-iia-ambon", 520, Profil(agama=TIMUR)),
    ("lapas-kelas-iib-piru", 260, Profil(agama=TIMUR)),
    ("lapas-kelas-iib-tual", 180, Profil(agama=TIMUR)),
    ("rutan-kelas-iia-ambon", 420, Profil(agama=TIMUR, tahanan=0.55)),
    ("lpka-kelas-ii-ambon", 60, Profil(agama=TIMUR, tahanan=0.1, perempuan=0.03, anak=True)),
    ("lapas-kelas-iia-pekanbaru", 1700, Profil(agama=MELAYU)),
    ("lapas-perempuan-kelas-iia-pekanbaru", 360, Profil(agama=MELAYU, perempuan=1.0)),
)
"""Which units keep the register, how many persons where F01 was never sent (else as many as it says), and what they are
like."""
PINDAH = ("lapas-kelas-iib-piru", "lapas-kelas-iia-ambon")
"""One person is on the way from the first to the second."""
_TABEL = (WargaBinaan, DataWarga, KunciWarga, Pemberian, CatatanPerilaku, RiwayatData)


def isi_contoh(kabar: Callable[[str], None]) -> None:
    """Fill the register of the units that keep one; nothing when anybody is in it already."""
    with terpasang(SISTEM), transaction.atomic():
        if DataWarga.objects.exists():
            return
        petugas = _petugas()
        unit = {u.kode: u for u in UPT.objects.filter(kode__in=[kode for kode, _, _ in UNIT], pk__in=petugas)}
        jumlah, awal = 0, 1
        with muatan_curah([m._meta.db_table for m in _TABEL]):
            for kode, kira, profil in UNIT:
                if kode in unit:
                    dilaporkan = isi_terakhir(unit[kode])
                    banyak = dilaporkan[1] if dilaporkan else kira
                    jumlah += _satu_unit(unit[kode], banyak, profil, awal, petugas[unit[kode].pk].pk)
                    awal += banyak
        _satu_perjalanan(unit, petugas)
        catat(oleh=None, tindakan="isi_contoh", objek="register", objek_id="wbp", rincian={"orang": jumlah})
    kabar(f"  register warga binaan: {jumlah} orang rekaan")


def _petugas() -> dict[int, Pengguna]:
    """The invented operator of each unit."""
    semua = Penugasan.objects.filter(
        peran="operator_upt", pengguna__nip__startswith="9999", upt__kode__in=[kode for kode, _, _ in UNIT]
    )
    return {p.upt_id: p.pengguna for p in semua.select_related("pengguna") if p.upt_id is not None}


def _satu_unit(upt: UPT, banyak: int, profil: Profil, awal: int, oleh_id: int) -> int:
    hari = hari_ini(upt.zona)
    return len(muat(_orang(upt, banyak, profil, awal, hari), oleh_id=oleh_id, pada=_mulai(upt, hari)))


def _orang(upt: UPT, banyak: int, profil: Profil, awal: int, hari: date) -> Iterator[Orang]:
    for o in buat(banyak, benih=awal, hari=hari, profil=profil, mulai=awal):
        yield Orang(upt, o.nama, o.nomor, o.kolom, o.pemberian, o.sppn, o.register_f)


def _mulai(upt: UPT, hari: date) -> datetime:
    """On the first of this month, which the register so knows as a whole; reports of the months before were typed."""
    saat = datetime.combine(hari.replace(day=1), time(9, 30), zona_dari(upt.zona))
    return min(saat, sekarang())


def _satu_perjalanan(unit: dict[str, UPT], petugas: dict[int, Pengguna]) -> None:
    if not set(PINDAH) <= set(unit):
        return
    dari, ke = (unit[kode] for kode in PINDAH)
    data = DataWarga.objects.filter(upt=dari, status=DataWarga.Status.NARAPIDANA).order_by("pk").first()
    if data is not None:
        oleh = petugas[dari.pk]
        serahkan(data=data.pk, ke=ke.kode, tanggal=hari_ini(dari.zona), oleh=oleh, cakupan=Cakupan.dari(oleh))
