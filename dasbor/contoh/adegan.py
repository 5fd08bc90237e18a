"""A few units whose last month is filled in by the real services, so that typing history, notes of return,
notices and receipts are there to look at. Idempotent: a report that somebody has begun is left alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dasbor.contoh.baris import Petugas
from dasbor.contoh.muat import Bahan
from dasbor.contoh.susun import Isi, susun
from pelaporan.alur import Aksi
from pelaporan.catatan.services import tulis_komentar
from pelaporan.isian import tulis_masukan
from pelaporan.models import Laporan
from pelaporan.pembekuan import periksa_draf
from pelaporan.services import Perintah, jalankan, tandai_dibuka
from pelaporan.services_isian import Perubahan, simpan, tambah_baris, tanggapi
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import SISTEM, Cakupan, terpasang

AMBON, PEKANBARU = "lapas-kelas-iia-ambon", "lapas-kelas-iia-pekanbaru"

# unit → form → what happens to it, in order; "isi" fills it in whole, "separuh" only its first half.
NASKAH: dict[str, dict[str, tuple[str, ...]]] = {
    AMBON: {
        "F01": ("isi", "kirim", "verifikasi"),
        "F02": ("separuh",),
        "F04": ("isi", "kirim"),
        "F06": ("isi", "kirim", "kembalikan"),
    },
    PEKANBARU: {
        "F01": ("isi", "kirim", "usulkan", "kembalikan"),
        "F02": ("isi", "kirim", "tarik"),
        "F04": ("isi", "siapkan"),
        "F06": ("isi", "kirim", "verifikasi"),
    },
}
PEMERAN = frozenset((unit, formulir) for unit, semua in NASKAH.items() for formulir in semua)
"""(unit, form) pairs of the last month that are played, not loaded."""

_CATATAN = {
    "klaster_pertanian_panen": "Panen naik, tetapi lahannya tetap. Mohon dicocokkan dengan buku kebun.",
    "wbp": "Mohon dipastikan setiap orang dihitung satu kali.",
}


USULAN = "rinci_lansia_l"
"""A figure of F01 that no register fills: its value is proposed."""


@dataclass(frozen=True)
class _Pentas:
    """One report with the people who act on it."""

    laporan: Laporan
    isi: Isi
    orang: Mapping[str, Pengguna]

    def jalani(self, langkah: str) -> None:
        if langkah in ("isi", "separuh"):
            self._isi(0.5 if langkah == "separuh" else 1.0)
        elif langkah == "kembalikan":
            self._tinjau()
            teks = "Ada angka yang berbeda dari catatan Kanwil. Perbaiki atau jelaskan, lalu kirim lagi."
            sel = {kode: kata for kode, kata in _CATATAN.items() if kode in self.laporan.skema.butir}
            self._lakukan(Aksi.KEMBALIKAN, "verifikator", alasan="tidak_cocok", teks=teks, sel=sel)
        elif langkah == "usulkan":
            self._usulkan(USULAN)
        elif langkah == "verifikasi":
            self._tinjau()
            self._lakukan(Aksi.VERIFIKASI, "verifikator")
        else:
            self._lakukan(Aksi(langkah), "operator" if langkah == "siapkan" else "kepala", disahkan=langkah == "kirim")

    def _isi(self, bagian: float) -> None:
        skema, operator = self.laporan.skema, self.orang["operator"]
        isian = self.isi.isian(skema)
        ketik = [
            Perubahan(kode, tulis_masukan(butir, isian.sel[kode]))
            for kode, butir in skema.butir.items()
            if butir.diketik and kode in isian.sel
        ]
        ketik = ketik[: max(1, round(len(ketik) * bagian))]
        cakupan = Cakupan.dari(operator)
        for awal in range(0, len(ketik), 40):  # one save for each screenful, as a person would
            simpan(laporan_id=self.laporan.pk, perubahan=ketik[awal : awal + 40], oleh=operator, cakupan=cakupan)
        for daftar, semua_baris in isian.daftar.items():
            kolom = skema.daftar[daftar].per_kode
            for baris in semua_baris if bagian == 1 else ():
                teks = {k: tulis_masukan(kolom[k], s) for k, s in baris.sel.items()}
                tambah_baris(laporan_id=self.laporan.pk, daftar=daftar, oleh=operator, cakupan=cakupan, isi=teks)
        if bagian == 1:
            self._jawab(operator, cakupan)

    def _jawab(self, operator: Pengguna, cakupan: Cakupan) -> None:
        belum = periksa_draf(Laporan.objects.get(pk=self.laporan.pk)).belum
        if belum:
            jawaban = {t.id: {"benar": True, "alasan": "Sudah dicocokkan dengan register."} for t in belum}
            tanggapi(laporan_id=self.laporan.pk, jawaban=jawaban, oleh=operator, cakupan=cakupan)

    def _usulkan(self, kode: str) -> None:
        """A remark with a proposed value waits; it goes out with the decision."""
        oleh = self.orang["verifikator"]
        tulis_komentar(
            laporan_id=self.laporan.pk, kode=kode, usulan=str(self.isi.angka(kode) + 1), oleh=oleh,
            cakupan=Cakupan.dari(oleh), tertunda=True, teks="Menurut kunjungan Kanwil ada seorang lagi.",
        )  # fmt: skip

    def _tinjau(self) -> None:
        tandai_dibuka(Laporan.objects.get(pk=self.laporan.pk), oleh=self.orang["verifikator"])

    def _lakukan(
        self,
        aksi: Aksi,
        siapa: str,
        *,
        alasan: str = "",
        teks: str = "",
        sel: Mapping[str, str] | None = None,
        disahkan: bool = False,
    ) -> None:
        rinci = {"alasan": alasan, "teks": teks, "sel": sel or {}, "disahkan": disahkan}
        jalankan_aksi(self.laporan.pk, aksi, self.orang[siapa], **rinci)


def jalankan_aksi(laporan: uuid.UUID, aksi: Aksi, oleh: Pengguna, **rinci: Any) -> None:
    """One act of the status table, as this person sees the report now."""
    revisi = Laporan.objects.get(pk=laporan).revisi
    jalankan(Perintah(laporan, aksi, revisi, uuid.uuid4().hex, **rinci), oleh=oleh, cakupan=Cakupan.dari(oleh))


def mainkan(bahan: Bahan, bulan: Bulan) -> int:
    """Play every scene that has not begun; returns the number of reports touched."""
    jumlah = 0
    for kode, naskah in NASKAH.items():
        if kode not in bahan.upt:
            continue
        semua, upt = susun(bahan.profil[kode], bulan), bahan.upt[kode]
        orang = _orang(bahan.petugas[upt.pk])
        for formulir, langkah in naskah.items():
            jumlah += _mainkan_satu(upt.pk, bulan, formulir, semua[formulir], orang, langkah)
    return jumlah


def _mainkan_satu(
    upt: int, bulan: Bulan, formulir: str, isi: Isi, orang: Mapping[str, Pengguna], langkah: tuple[str, ...]
) -> int:
    """One scene is one transaction: an interruption leaves it unbegun, not half played."""
    with terpasang(SISTEM):
        laporan = (
            Laporan.objects.select_related("upt", "kanwil", "formulir", "formulir_versi")
            .filter(upt_id=upt, bulan=bulan.awal, formulir_id=formulir, revisi=0)
            .first()
        )
        if laporan is None:
            return 0
        pentas = _Pentas(laporan, isi, orang)
        for satu in langkah:
            pentas.jalani(satu)
        return 1


def _orang(petugas: Petugas) -> dict[str, Pengguna]:
    semua = Pengguna.objects.in_bulk([petugas.operator, petugas.kepala, petugas.verifikator])
    return {nama: semua[getattr(petugas, nama)] for nama in ("operator", "kepala", "verifikator")}
