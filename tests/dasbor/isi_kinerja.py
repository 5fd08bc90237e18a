"""A small January for the performance report: three of four units sent, one report verified."""

from __future__ import annotations

from typing import Any

from dasbor import agregasi
from dasbor.kinerja import bahan, naskah
from dasbor.kinerja.naskah import Naskah
from dasbor.kinerja.pesanan import Surat
from dasbor.rekap import Dasar
from pelaporan.services_isian import tambah_baris
from pemasyarakatan.akun.models import Pengguna
from tests.dunia import JANUARI, kirim, lakukan
from upt.cakupan import SISTEM, Cakupan, terpasang

FORMULIR = ("F01", "F02", "F04", "F06")


def isi_januari(dunia: Any) -> None:
    """Ambon, Masohi and Lapas Pekanbaru sent all forms; Ambon F01 is verified; Rutan Pekanbaru is silent."""
    kejadian_ambon(dunia)
    for upt, kepala in (
        (dunia.ambon, dunia.kepala_ambon),
        (dunia.masohi, dunia.kepala_masohi),
        (dunia.pekanbaru, dunia.kepala_pekanbaru),
    ):
        for kode in FORMULIR:
            laporan = dunia.laporan(upt, kode)
            kirim(laporan, kepala, {"nihil_kejadian": "tidak"} if (upt, kode) == (dunia.ambon, "F04") else None)
    lakukan(dunia.laporan(dunia.ambon, "F01"), "verifikasi", dunia.verifikator_maluku)
    with terpasang(SISTEM):
        agregasi.proses_kotor()


def kejadian_ambon(dunia: Any) -> None:
    """Two narcotics incidents and a fight, typed into Ambon's list."""
    orang = Pengguna.objects.get(pk=dunia.operator_ambon.pk)
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        cakupan = Cakupan.dari(orang)
    with terpasang(cakupan):
        for nomor, kategori in enumerate(("2.1", "2.1", "1.3")):
            isi = {
                "tanggal": f"{nomor + 3}/1/2026",
                "kategori": kategori,
                "lokasi": "Blok B",
                "aktor": "wbp",
                "urgensi": "sedang",
                "dilaporkan_24jam": "ya",
                "tindak_lanjut": "Blok digeledah",
                **dict.fromkeys(("jumlah_pelaku", "korban_luka", "korban_meninggal", "hukuman_disiplin"), "0"),
            }
            tambah_baris(
                laporan_id=dunia.laporan(dunia.ambon, "F04").pk,
                daftar="kejadian",
                isi=isi,
                oleh=orang,
                cakupan=cakupan,
            )


def naskah_januari(dunia: Any, dasar: Dasar = "masuk", surat: Surat | None = None) -> Naskah:
    isi_januari(dunia)
    return naskah.susun(bahan.baca(JANUARI, dasar), surat or Surat.bawaan(), "Contoh Peninjau (Peninjau Pusat)")
