"""A large artificial instance for benchmarks: the same generator, more units, ten years."""

from __future__ import annotations

from collections.abc import Callable

from dasbor import agregasi
from dasbor.contoh.akun import buat_akun, pastikan_latihan
from dasbor.contoh.muat import Pemuat, baca_bahan, bulan_bersih, isi_kapasitas
from dasbor.contoh.profil import JENIS_HUNIAN
from pemasyarakatan.inti.waktu import Bulan, sekarang
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Kanwil, RiwayatKanwil


def buat_besar(upt: int, bulan: int, butir: int, kabar: Callable[[str], None]) -> int:
    """Fill `bulan` ended months of `upt` reporting units; returns the number of versions.

    `butir`: versions of shorter forms get artificial items up to this number. Raises TidakSah outside a
    training instance.
    """
    pastikan_latihan()
    kabar(f"  {tambah_upt(upt)} UPT buatan, {buat_akun()} akun, {isi_kapasitas()} kapasitas")
    akhir = Bulan.kini() - 1
    perlu = bulan_bersih([akhir - n for n in reversed(range(bulan))])
    jumlah = 0
    for awal in range(0, len(perlu), 24):  # a transaction for every two years keeps memory and restarts small
        pemuat = Pemuat(baca_bahan(butir), sekarang(), kabar=kabar, per_berkas=4)
        jumlah += pemuat.muat(perlu[awal : awal + 24])
    kabar(f"  {agregasi.bangun_ulang()} baris rekap")
    return jumlah


def tambah_upt(upt: int) -> int:
    """Add plainly named artificial units until `upt` units report; returns how many were added."""
    with terpasang(SISTEM):
        ada = UPT.objects.filter(jenis__in=JENIS_HUNIAN).count()
        nomor_awal = UPT.objects.filter(buatan=True).count()
        kanwil = list(Kanwil.objects.order_by("kode"))
        baru = UPT.objects.bulk_create(
            _upt(nomor, kanwil[nomor % len(kanwil)])
            for nomor in range(nomor_awal + 1, nomor_awal + 1 + max(upt - ada, 0))
        )
        RiwayatKanwil.objects.bulk_create(
            RiwayatKanwil(upt=satu, kanwil_id=satu.kanwil_id, dari=satu.berlaku_dari) for satu in baru
        )
        if baru:
            catat(
                oleh=None,
                tindakan="buat_upt_contoh",
                objek="upt",
                objek_id="buatan",
                rincian={"baru": len(baru)},
            )
        return len(baru)


def _upt(nomor: int, kanwil: Kanwil) -> UPT:
    return UPT(
        kode=f"upt-buatan-{nomor:03}",
        nama=f"UPT Buatan {nomor:03} (contoh)",
        jenis="RUTAN" if nomor % 3 == 0 else "LAPAS",
        kelas="IIB",
        kanwil=kanwil,
        zona=kanwil.zona,
        sumber="Data contoh",
        buatan=True,
    )
