"""National holidays that ship with the portal."""

from __future__ import annotations

from datetime import date

from pelaporan.models import Libur
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang
from upt.services_organisasi import Hitungan, baca_data


def muat_libur(*, oleh: Pengguna | None) -> Hitungan:
    """Create missing national days; an estimate that became certain is marked so.

    Days of a Kanwil, and national days that people added, are left alone.
    """
    with terpasang(SISTEM):
        ada = {(libur.tanggal, libur.nama): libur for libur in Libur.objects.filter(kanwil=None)}
        bawaan = {(libur.tanggal, libur.nama): libur for libur in map(_libur, baca_data("libur.csv"))}
        baru = [libur for kunci, libur in bawaan.items() if kunci not in ada]
        lama = [(ada[kunci], libur) for kunci, libur in bawaan.items() if kunci in ada]
        pasti = [satu for satu, libur in lama if satu.perkiraan and not libur.perkiraan]
        Libur.objects.bulk_create(baru)
        Libur.objects.filter(pk__in=[satu.pk for satu in pasti]).update(perkiraan=False)
        if baru or pasti:
            rincian = {"baru": len(baru), "menjadi_pasti": [str(satu.tanggal) for satu in pasti]}
            catat(oleh=oleh, tindakan="muat_libur", objek="libur", objek_id="bawaan", rincian=rincian)
    beda = sum(libur.perkiraan and not satu.perkiraan for satu, libur in lama)
    return Hitungan(len(baru), len(pasti), len(lama) - len(pasti) - beda, beda)


def _libur(baris: dict[str, str]) -> Libur:
    return Libur(
        tanggal=date.fromisoformat(baris["tanggal"]),
        nama=baris["nama"],
        perkiraan=baris["perkiraan"] == "ya",
    )
