"""Reading for the month's check page, its receipts, and the page that proves a receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q

from pelaporan import selectors
from pelaporan.alur import Aksi, Status, dapat_diisi
from pelaporan.aturan import Temuan
from pelaporan.banding import Beda, bandingkan
from pelaporan.models import Kejadian, Laporan, LaporanVersi
from pelaporan.pembekuan import Pemeriksaan, periksa_draf
from pelaporan.sajian import BagianSaji, sajikan
from pelaporan.services import awal_kirim, isi_sama, sidik_versi
from pelaporan.turunan import cap_terisi, terisi_sendiri
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan, sekarang
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT

MENONJOL = 5
"""Largest changes against last month that a card shows."""
PANJANG_CAP = 16
"""Characters of the hash that a receipt's address carries: nobody guesses them, and they fit a QR code."""


@dataclass
class KartuKirim:
    """One form of the month as the head sees it before certifying."""

    laporan: Laporan
    periksaan: Pemeriksaan | None
    bagian: list[BagianSaji] = field(default_factory=list)
    menonjol: list[Beda] = field(default_factory=list)
    penyiap: Kejadian | None = None
    lampiran: int = 0
    terisi: str = ""
    """The digest of what registers say in it, to be sent back with the press."""
    sebab: str = ""
    """Why it cannot be sent now; empty when it can."""

    @property
    def hitungan(self) -> dict[str, int]:
        nama = ("terisi", "nihil", "tanpa_nilai", "kosong", "baris")
        return {n: sum(getattr(b, n) for b in self.bagian) for n in nama}

    @property
    def penjelasan(self) -> list[tuple[Temuan, str]]:
        """Questions with the answer the unit gave."""
        if self.periksaan is None:
            return []
        tanya = [t for t in self.periksaan.temuan if t.tingkat != "galat" and t not in self.periksaan.belum]
        return [(t, str(self.periksaan.tanggapan.get(t.id, {}).get("alasan") or "Benar")) for t in tanya]

    @property
    def dapat(self) -> bool:
        return not self.sebab


def laporan_bulan(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> list[Laporan]:
    """The unit's obligations of a month, without waived ones; TidakDitemukan when there are none."""
    semua = (
        Laporan.objects.dalam(cakupan)
        .filter(upt=upt, bulan=bulan.awal, dibebaskan="")
        .select_related("upt", "kanwil", "formulir", "formulir_versi", "dibuka_oleh")
        .defer("formulir_versi__isi", "formulir_versi__yaml")
        .annotate(n_lampiran=Count("lampiran", filter=Q(lampiran__dihapus_pada=None)))
        .order_by("formulir_id")
    )
    hasil = list(semua)
    if not hasil:
        raise TidakDitemukan(f"Unit ini tidak mempunyai kewajiban laporan pada {bulan.nama}.")
    return hasil


def kartu_bulan(semua: list[Laporan]) -> list[KartuKirim]:
    """Cards of what has not been sent; a draft that nobody began has no findings yet."""
    belum = [lap for lap in semua if dapat_diisi(lap.status)]
    lalu = _versi_bulan_lalu(belum)
    penyiap, masuk = _penyiap(belum), {v.laporan_id: v for v in _versi_masuk(belum)}
    tutup = selectors.bulan_ditutup(belum[0]) if belum else None
    return [_kartu(lap, lalu, penyiap, masuk.get(lap.pk), bool(tutup)) for lap in belum]


def _kartu(
    lap: Laporan,
    lalu: dict[str, LaporanVersi],
    penyiap: dict[Any, Kejadian],
    masuk: LaporanVersi | None,
    tutup: bool,
) -> KartuKirim:
    periksaan = periksa_draf(lap) if lap.status != Status.BELUM or terisi_sendiri(lap) else None
    kartu = KartuKirim(lap, periksaan, penyiap=penyiap.get(lap.pk), lampiran=lap.n_lampiran)  # type: ignore[attr-defined]
    if periksaan is not None:
        isi = periksaan.beku()
        kartu.bagian, kartu.terisi = sajikan(lap.skema, isi), cap_terisi(isi)
        kartu.menonjol = _menonjol(lap, isi, lalu.get(lap.formulir_id))
    kartu.sebab = _sebab(lap, periksaan, tutup)
    if periksaan is not None and not kartu.sebab and masuk is not None and isi_sama(masuk.isi, isi):
        # one unchanged form would hold up all the others: they are sent in one press or not at all
        kartu.sebab = f"Tidak ada perubahan sejak versi {masuk.versi}. Perbaiki, atau jelaskan di formulirnya."
    return kartu


def _sebab(lap: Laporan, periksaan: Pemeriksaan | None, tutup: bool) -> str:
    if periksaan is None:
        return "Belum diisi."
    if tutup and lap.versi_masuk is None:
        return "Bulan ini sudah ditutup Pusat. Minta Kanwil agar dibuka lagi."
    if sekarang() < awal_kirim(lap):
        return "Baru dapat dikirim setelah bulannya berakhir."
    halangan = len(periksaan.galat) + len(periksaan.belum)
    return f"Masih ada {halangan} hal yang perlu diselesaikan." if halangan else ""


def _menonjol(lap: Laporan, isi: dict[str, Any], lalu: LaporanVersi | None) -> list[Beda]:
    """The numbers that moved most against last month, relative to what they were."""
    if lalu is None:
        return []
    lama = lalu.isi["angka"]
    bergerak = [b for b in bandingkan(lap.skema, isi, lalu.isi) if b.berubah and b.selisih and not b.kini.otomatis]

    def gerak(b: Beda) -> float:
        kini, dulu = isi["angka"].get(b.kode, 0), lama.get(b.kode, 0)
        return abs(float(kini) - float(dulu)) / max(abs(float(dulu)), 1.0)

    return sorted(bergerak, key=gerak, reverse=True)[:MENONJOL]


def _versi_bulan_lalu(semua: list[Laporan]) -> dict[str, LaporanVersi]:
    if not semua:
        return {}
    satu = semua[0]
    versi = LaporanVersi.objects.filter(
        upt_id=satu.upt_id, bulan=(satu.periode - 1).awal, versi=F("laporan__versi_masuk")
    )
    return {v.formulir_id: v for v in versi.select_related("formulir_versi").defer("formulir_versi__yaml")}


def _versi_masuk(semua: list[Laporan]) -> Iterable[LaporanVersi]:
    """What was sent last of the forms that came back."""
    kembali = [lap.pk for lap in semua if lap.versi_masuk is not None]
    versi = LaporanVersi.objects.filter(laporan__in=kembali, versi=F("laporan__versi_masuk"))
    return versi.only("laporan_id", "versi", "isi") if kembali else ()


def _penyiap(semua: list[Laporan]) -> dict[Any, Kejadian]:
    siap = Kejadian.objects.filter(laporan__in=[x.pk for x in semua if x.status == Status.SIAP], aksi=Aksi.SIAPKAN)
    akhir = siap.select_related("oleh").order_by("laporan_id", "-urut").distinct("laporan_id")
    return {k.laporan_id: k for k in akhir}


# Receipts ---------------------------------------------------------------------------------------------------


def versi_terkirim(semua: Iterable[Laporan]) -> list[LaporanVersi]:
    """The latest sent version of each report, with what a receipt says about it."""
    terkirim = [lap.pk for lap in semua if lap.versi_masuk is not None]
    versi = LaporanVersi.objects.filter(laporan__in=terkirim, versi=F("laporan__versi_masuk"))
    kait = ("laporan__upt", "laporan__kanwil", "laporan__formulir", "dibuat_oleh")
    return list(versi.select_related(*kait).defer("isi").order_by("formulir_id"))


@dataclass(frozen=True)
class Bukti:
    """All that the public check of a receipt shows; nothing about people or figures."""

    unit: str
    bulan: str
    formulir: str
    versi: int
    sidik: str
    versi_dibuat: Any
    zona: str
    cocok: bool


def bukti(nomor: str, cap: str) -> Bukti:
    """The version with this receipt number and these first characters of its hash; else TidakDitemukan.

    Read with the scope of the system, because whoever holds the paper may check it: the caller gets these fields only.
    """
    with terpasang(SISTEM):
        semua = LaporanVersi.objects.select_related("laporan__upt", "laporan__formulir")
        versi = semua.filter(nomor=nomor).first()
        if versi is None or len(cap) != PANJANG_CAP or not versi.sidik.startswith(cap):
            raise TidakDitemukan("Tanda terima ini tidak dikenal. Periksa nomor dan sidiknya, lalu coba lagi.")
        lap = versi.laporan
        return Bukti(
            unit=lap.upt.nama,
            bulan=lap.periode.nama,
            formulir=str(lap.formulir),
            versi=versi.versi,
            sidik=versi.sidik,
            versi_dibuat=versi.dibuat_pada,
            zona=lap.upt.zona,
            cocok=sidik_versi(lap, versi.versi, versi.isi) == versi.sidik,
        )
