"""Filling the training instance: accounts, capacities, 24 months, a few scenes, rollups. Restartable."""

from __future__ import annotations

from collections.abc import Callable

from dasbor import agregasi
from dasbor.contoh import adegan, suasana
from dasbor.contoh.akun import buat_akun, pastikan_latihan
from dasbor.contoh.kalibrasi import JANUARI_2026
from dasbor.contoh.muat import Pemuat, baca_bahan, bulan_bersih, isi_kapasitas
from pelaporan.bendera import hitung_ulang_bendera
from pelaporan.models import FormulirVersi, Periode
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang

BANYAK_BULAN = 24
_TINDAKAN, _OBJEK, _OBJEK_ID = "isi_contoh", "contoh", "latihan"


def sudah_terisi() -> bool:
    """Has it been completed once? People may have trained on it since; it is never filled again."""
    with terpasang(SISTEM):
        return Jejak.objects.filter(objek=_OBJEK, objek_id=_OBJEK_ID, tindakan=_TINDAKAN).exists()


def bulan_contoh(kini: Bulan) -> list[Bulan]:
    """January 2026 and the 24 months before the running one, as far back as the forms reach."""
    with terpasang(SISTEM):
        awal = FormulirVersi.objects.order_by("berlaku_dari").values_list("berlaku_dari", flat=True).first()
    semua = {JANUARI_2026, *(kini - n for n in range(1, BANYAK_BULAN + 1))}
    return sorted(b for b in semua if awal is not None and b.awal >= awal)


def isi_contoh(kabar: Callable[[str], None]) -> bool:
    """Fill what is missing; False when it was complete. Raises TidakSah outside a training instance."""
    pastikan_latihan()
    if sudah_terisi():
        buat_akun()  # a later release may have added one
        return False
    kini, bulan_kini = sekarang(), Bulan.kini()
    bulan = bulan_contoh(bulan_kini)
    if not bulan:
        raise TidakSah("Formulir belum dimuat. Jalankan muat_formulir dahulu.")
    kabar(f"  akun: {buat_akun()} baru; kapasitas: {isi_kapasitas()} UPT")
    bahan = baca_bahan()
    akhir = bulan_kini - 1
    perlu = bulan_bersih(bulan)
    if perlu:
        Pemuat(bahan, kini, akhir, adegan.PEMERAN, kabar).muat(perlu)
    kabar(f"  {adegan.mainkan(bahan, akhir)} laporan diisi lewat layanan portal")
    with terpasang(SISTEM):
        if not Periode.objects.filter(bulan=bulan_kini.awal).exists():
            buka_periode(bulan=bulan_kini)  # before the rollups, which then count it in the same pass
        kabar(f"  bendera: {hitung_ulang_bendera()} laporan yang menunggu verifikasi")
    kabar(f"  {suasana.tata(bahan, akhir)} adegan lain")
    kabar(f"  rekap: {agregasi.bangun_ulang()} baris")
    suasana.kirim_rekap_maluku(akhir)
    with terpasang(SISTEM):
        rincian = {"dari": bulan[0].kode, "sampai": bulan[-1].kode, "bulan": len(bulan)}
        catat(oleh=None, tindakan=_TINDAKAN, objek=_OBJEK, objek_id=_OBJEK_ID, rincian=rincian)
    return True
