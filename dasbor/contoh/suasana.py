"""What surrounds the reports in the training instance: waivers, moved deadlines, reopened reports, a claim, a bulk
verification, evidence, a region's recap. Everything goes through the services of the portal, as invented people would
do it; each scene looks first whether it has been played, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from PIL import Image, ImageDraw

from dasbor.contoh.adegan import AMBON, PEKANBARU, jalankan_aksi
from dasbor.contoh.muat import Bahan
from dasbor.models import RekapWilayah
from dasbor.rekap_wilayah.services import kirim_rekap
from pelaporan.alur import Aksi, Status
from pelaporan.antrean.pegangan import pegang
from pelaporan.antrean.services import Pilihan, verifikasi_massal
from pelaporan.catatan.services import tulis_komentar
from pelaporan.lampiran.services import lampirkan
from pelaporan.models import Komentar, Lampiran, Laporan, Pembebasan, PermintaanBuka, PerubahanTenggat, TindakanMassal
from pelaporan.services_buka import minta_buka
from pelaporan.tenggat.services import Pemindahan, bebaskan, pindahkan_tenggat
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan, hari_ini, zona_dari
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT, Kanwil

MASOHI = "rutan-kelas-iib-masohi"
BANYAK_MASSAL = 6
_TIAP = 3


@dataclass(frozen=True)
class Panggung:
    """Where the scenes are played: `akhir` is the last ended month, the running one follows it."""

    bahan: Bahan
    akhir: Bulan

    def orang(self, nama: str) -> Pengguna:
        return Pengguna.objects.get(nama_pengguna=nama)

    def laporan(self, upt: str, formulir: str, bulan: Bulan) -> Laporan | None:
        """None when the unit is not there or does not owe the form."""
        semua = Laporan.objects.select_related("upt", "kanwil", "formulir", "formulir_versi")
        return semua.filter(upt__kode=upt, formulir_id=formulir, bulan=bulan.awal).first()


def tata(bahan: Bahan, akhir: Bulan) -> int:
    """Play every scene that was not played; returns how many were. The running month must be open."""
    return sum(_satu(adegan, Panggung(bahan, akhir)) for adegan in _SEMUA)


def _satu(adegan: Callable[[Panggung], bool], panggung: Panggung) -> bool:
    with transaction.atomic(), terpasang(SISTEM):
        return adegan(panggung)


def _bukti(p: Panggung) -> bool:
    """A page of a ledger beside a draft; whoever opens it sees that it was drawn."""
    laporan = p.laporan(AMBON, "F02", p.akhir)
    if laporan is None or Lampiran.objects.filter(laporan=laporan).exists():
        return False
    oleh, kode = p.orang("operator.ambon"), next(k for k, b in laporan.skema.butir.items() if b.diketik and b.angka)
    lampirkan(
        laporan_id=laporan.pk, nama="buku-mutasi-contoh.png", isi=gambar_bukti(laporan), kode=kode, oleh=oleh,
        cakupan=Cakupan.dari(oleh), keterangan="Halaman buku mutasi (contoh buatan, bukan dokumen sebenarnya).",
    )  # fmt: skip
    return True


def gambar_bukti(laporan: Laporan) -> bytes:
    """A PNG that says in large letters that it is invented."""
    gambar = Image.new("RGB", (900, 560), "white")
    pena = ImageDraw.Draw(gambar)
    for y in range(150, 540, 40):
        pena.line((40, y, 860, y), fill="#b9c2cc")
    pena.rectangle((40, 40, 860, 120), outline="#9a3412", width=4)
    pena.text((60, 55), "CONTOH - BUKAN DOKUMEN SEBENARNYA", fill="#9a3412", font_size=34)
    pena.text((60, 165), f"Buku mutasi, {laporan.periode.nama}", fill="#1f2937", font_size=26)
    wadah = io.BytesIO()
    gambar.save(wadah, "PNG")
    return wadah.getvalue()


def _catatan_tertunda(p: Panggung) -> bool:
    """The reviewer has begun: a remark with a proposed value waits until the review is sent."""
    laporan = p.laporan(AMBON, "F04", p.akhir)
    if laporan is None or laporan.status != Status.DIKIRIM or Komentar.objects.filter(laporan=laporan).exists():
        return False
    oleh = p.orang("verifikator.maluku")
    kode = next(iter(laporan.skema.daftar), "")
    tulis_komentar(
        laporan_id=laporan.pk, kode=kode, oleh=oleh, cakupan=Cakupan.dari(oleh), tertunda=True,
        teks="Mohon dicocokkan dengan laporan atensi bulan ini sebelum saya putuskan.",
    )  # fmt: skip
    return True


def _bebas(p: Panggung) -> bool:
    laporan = p.laporan(MASOHI, "F06", p.akhir + 1)
    if laporan is None or Pembebasan.objects.filter(upt=laporan.upt).exists():
        return False
    oleh, kini = p.orang("kakanwil.maluku"), p.akhir + 1
    alasan = "Kebun unit dipindahkan; kegiatan pangan berhenti sementara (contoh)."
    bebaskan(
        kode=MASOHI, formulir="F06", dari=kini, sampai=kini + 2, alasan=alasan, oleh=oleh, cakupan=Cakupan.dari(oleh)
    )
    return True


def _tenggat_pindah(p: Panggung) -> bool:
    """Units of one region get until the day of the Kanwil for one form of the running month."""
    laporan = p.laporan(PEKANBARU, "F14", p.akhir + 1)
    if laporan is None or PerubahanTenggat.objects.exists():
        return False
    pemindahan = Pemindahan(
        p.akhir + 1, "F14", laporan.kanwil_id, upt=laporan.tenggat_kanwil.astimezone(zona_dari(laporan.upt.zona)).date()
    )
    pindahkan_tenggat(
        pemindahan=pemindahan, alasan="rekonsiliasi anggaran triwulan (contoh)", oleh=p.orang("peninjau.pusat")
    )
    return True


def _minta_dibuka(p: Panggung) -> bool:
    laporan = p.laporan(PEKANBARU, "F01", p.akhir - 1)
    if laporan is None or laporan.status != Status.TERKUNCI or PermintaanBuka.objects.exists():
        return False
    oleh = p.orang("operator.pekanbaru")
    minta_buka(
        laporan_id=laporan.pk, oleh=oleh, cakupan=Cakupan.dari(oleh), kunci="contoh-minta-buka",
        alasan="Dua penghuni lanjut usia belum terhitung pada rincian; jumlah penghuni tetap.",
    )  # fmt: skip
    return True


def _dibuka_kembali(p: Panggung) -> bool:
    laporan = p.laporan(MASOHI, "F06", p.akhir - 1)
    if laporan is None or laporan.status != Status.TERKUNCI:
        return False
    teks = "Luas lahan tidur disesuaikan dengan hasil pengukuran ulang (contoh)."
    sampai = hari_ini(laporan.upt.zona) + timedelta(days=5)
    jalankan_aksi(laporan.pk, Aksi.BUKA, p.orang("peninjau.pusat"), teks=teks, sampai=sampai)
    return True


def _dipegang(p: Panggung) -> bool:
    """A colleague is at it: the inbox of Riau shows who."""
    laporan = _menunggu(p, "riau").order_by("-risiko", "pk").first()
    if laporan is None:
        return False
    oleh = p.orang("verifikator.riau")
    return pegang(laporan_id=laporan.pk, oleh=oleh, cakupan=Cakupan.dari(oleh)) is not None


def _massal(p: Panggung) -> bool:
    """The cleanest reports of a region, verified at one press."""
    oleh = p.orang("verifikator.maluku")
    if TindakanMassal.objects.filter(oleh=oleh).exists():
        return False
    bersih = _menunggu(p, "maluku").filter(risiko=0).order_by("formulir_id", "pk")[:BANYAK_MASSAL]
    pilihan = [Pilihan(lap.pk, lap.revisi) for lap in bersih]
    if not pilihan:
        return False
    verifikasi_massal(
        pilihan=pilihan, saringan={"bulan": p.akhir.kode}, kunci="contoh-massal", oleh=oleh, cakupan=Cakupan.dari(oleh)
    )
    return True


def _menunggu(p: Panggung, kanwil: str) -> QuerySet[Laporan]:
    semua = Laporan.objects.filter(kanwil__slug=kanwil, bulan=p.akhir.awal, status=Status.DIKIRIM)
    return semua.exclude(upt__kode__in=(AMBON, PEKANBARU))


def _kontak(p: Panggung) -> bool:
    """Numbers that nobody has (0800 is never a mobile) and addresses that lead nowhere, for every third unit without.

    Enough to try out the list of units to chase, which also has to do with units that left nothing.
    """
    semua = [u for u in UPT.objects.filter(wa="", surel="").order_by("pk") if u.kode in p.bahan.upt]
    dipilih = [u for u in semua if u.kode in (AMBON, PEKANBARU) or u.pk % _TIAP == 0]
    if not dipilih or UPT.objects.filter(surel__endswith="@example.invalid").exists():
        return False
    for u in dipilih:
        u.wa, u.surel = f"0800-0000-{u.pk:04}", f"upt-{u.pk}@example.invalid"
    UPT.objects.bulk_update(dipilih, ["wa", "surel"], batch_size=500)
    catat(oleh=None, tindakan="isi_kontak_contoh", objek="upt", objek_id="contoh", rincian={"unit": len(dipilih)})
    return True


_SEMUA = (
    _kontak,
    _bukti,
    _catatan_tertunda,
    _bebas,
    _tenggat_pindah,
    _minta_dibuka,
    _dibuka_kembali,
    _massal,
    _dipegang,
)


def kirim_rekap_maluku(akhir: Bulan) -> bool:
    """The head of Maluku sends what is known; needs the rollups."""
    with terpasang(SISTEM):
        oleh = Pengguna.objects.get(nama_pengguna="kakanwil.maluku")
        kanwil = Kanwil.objects.get(slug="maluku")
        if RekapWilayah.objects.filter(kanwil=kanwil, bulan=akhir.awal).exists():
            return False
    kirim_rekap(
        kanwil=kanwil, bulan=akhir, disahkan=True, oleh=oleh, cakupan=Cakupan.dari(oleh), kunci="contoh-rekap",
        catatan="Beberapa UPT masih ditagih; angkanya menyusul pada rekap berikutnya.",
    )  # fmt: skip
    return True
