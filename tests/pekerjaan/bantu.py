"""Small jobs for the tests of the job machinery."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.registri import Jenis, daftarkan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor, minta
from upt.cakupan import Cakupan, terpasang


def tiga_langkah(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    for n in range(3):
        lapor(f"Langkah {n + 1} dari 3", n, 3)
    return [Berkas("hasil.txt", "text/plain", b"isi hasil")]


def selalu_meledak(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    raise RuntimeError("rusak")


def menolak(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    raise TidakSah("Bulan itu belum dibuka.")


for _nama in ("tiga_langkah", "selalu_meledak", "menolak"):
    daftarkan(Jenis(_nama, Izin.BUAT_LAPORAN_KINERJA, "dasbor.susun_laporan_kinerja", f"tests.pekerjaan.bantu.{_nama}"))


def minta_sebagai(
    orang: Pengguna, jenis: str = "tiga_langkah", kunci: UUID | None = None, **parameter: Any
) -> Pekerjaan:
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        cakupan = Cakupan.dari(Pengguna.objects.get(pk=orang.pk))
    with terpasang(cakupan):
        segar = Pengguna.objects.get(pk=orang.pk)
        return minta(oleh=segar, jenis=jenis, judul=f"Uji {jenis}", parameter=parameter, kunci=kunci)


def baca(pekerjaan: Pekerjaan) -> Pekerjaan:
    with terpasang(Cakupan(pengguna_id=pekerjaan.pengguna_id)):
        return Pekerjaan.objects.get(pk=pekerjaan.pk)
