"""Writing the register of inmates as a person of a unit does, in that person's own scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pelaporan.register.services import Jawaban
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import hari_ini
from tests.umkm.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.buka import Terbuka, buka_nama
from wbp.models import DataWarga
from wbp.serah import serahkan, terima
from wbp.services_catatan import Beri, Perilaku, catat_pemberian, catat_perilaku
from wbp.services_data import catat_banyak, catat_warga, keluarkan, ubah_warga
from wbp.simpan import musnahkan, tunda_musnah

NAMA, NOMOR = "Kenari Burungwati", "B.I 48213/2025"

NAPI: dict[str, Any] = {
    "nama": NAMA, "nomor": NOMOR, "tahun_lahir": 1985, "jenis_kelamin": "L", "agama": "ISLAM",
    "status": "NARAPIDANA", "kelompok": "umum", "tanggal_tahan": date(2024, 2, 3), "tanggal_putusan": date(2024, 8, 1),
    "pidana_tahun": 5, "pidana_bulan": 0, "pidana_hari": 0, "salinan_putusan": True, "sejak": date(2024, 9, 1),
}  # fmt: skip


def sapu(hari: date) -> int:
    """The nightly erasure of a day, and before it the one that told the units."""
    musnahkan(hari - tunda_musnah(hari))
    return musnahkan(hari)


def dicatat_keluar(pk: int, hari: date) -> None:
    """As if they had left on that day and been noted so then."""
    with terpasang(SISTEM):
        DataWarga.objects.filter(pk=pk).update(keluar_pada=hari, keluar_dicatat=hari)


def nomor_ke(n: int) -> str:
    return f"B.I {10_000 + n}/2025"


class Register:
    """One unit and somebody who writes its register."""

    def __init__(self, upt: UPT, oleh: Pengguna) -> None:
        self.upt, self.orang = upt, oleh

    def catat(self, setuju: Sequence[str] = (), **ubah: Any) -> DataWarga:
        with sebagai_orang(self.orang) as (oleh, cakupan):
            jawaban = Jawaban(frozenset(setuju))
            return catat_warga(upt=self.upt, nilai={**NAPI, **ubah}, oleh=oleh, cakupan=cakupan, jawaban=jawaban)

    def banyak(self, baris: Sequence[dict[str, Any]]) -> list[int]:
        with sebagai_orang(self.orang) as (oleh, cakupan):
            return catat_banyak(upt=self.upt, baris=baris, oleh=oleh, cakupan=cakupan)

    def ubah(self, data: DataWarga | int, revisi: int = 1, setuju: Sequence[str] = (), **nilai: Any) -> DataWarga:
        pk = data if isinstance(data, int) else data.pk
        with sebagai_orang(self.orang) as (oleh, cakupan):
            jawaban = Jawaban(frozenset(setuju))
            return ubah_warga(data=pk, nilai=nilai, revisi=revisi, oleh=oleh, cakupan=cakupan, jawaban=jawaban)

    def perilaku(self, *catatan: Perilaku) -> int:
        with sebagai_orang(self.orang) as (oleh, cakupan):
            return catat_perilaku(catatan=catatan, oleh=oleh, cakupan=cakupan)

    def beri(self, *pemberian: Beri) -> int:
        with sebagai_orang(self.orang) as (oleh, cakupan):
            return catat_pemberian(pemberian=pemberian, asal="KETIK", oleh=oleh, cakupan=cakupan)

    def keluar(self, *data: int, tanggal: date, alasan: str = "bebas", setuju: Sequence[str] = ()) -> list[DataWarga]:
        jawaban = Jawaban(frozenset(setuju))
        with sebagai_orang(self.orang) as (oleh, cakupan):
            return keluarkan(data=data, tanggal=tanggal, alasan=alasan, jawaban=jawaban, oleh=oleh, cakupan=cakupan)

    def buka(self, *data: int, **lain: Any) -> dict[int, Terbuka]:
        with sebagai_orang(self.orang) as (oleh, cakupan):
            return buka_nama(**{"data": data, "alasan": "USULAN", "oleh": oleh, "cakupan": cakupan, **lain})

    def baca(self, pk: int) -> DataWarga:
        with sebagai_orang(self.orang):
            return DataWarga.objects.select_related("warga", "upt").get(pk=pk)

    def pindah(self, pk: int, ke: Register) -> None:
        """Handed over today, and received."""
        with sebagai_orang(self.orang) as (oleh, cakupan):
            satu = serahkan(data=pk, ke=ke.upt.kode, tanggal=hari_ini(), oleh=oleh, cakupan=cakupan)
        with sebagai_orang(ke.orang) as (oleh, cakupan):
            terima(serah_id=satu.pk, oleh=oleh, cakupan=cakupan)
