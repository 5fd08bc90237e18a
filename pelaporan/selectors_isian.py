"""Reading for those who fill in: the unit's obligations of a month, and everything one section page shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from pelaporan.alur import Aksi, Status, dapat_diisi
from pelaporan.butir import Butir
from pelaporan.catatan.selectors import CatatanSel, catatan_terbuka
from pelaporan.halaman import url_telusur
from pelaporan.isian import Isian
from pelaporan.konteks import isian_laporan, isian_versi, muat_konteks
from pelaporan.lembar import Bahan, Kemajuan, Penolakan, jumlah_kemajuan, kemajuan
from pelaporan.models import Draf, Kejadian, Laporan, LaporanVersi, Pemberitahuan, Periode
from pelaporan.pembekuan import periksa_draf
from pelaporan.rumus import Nilai
from pelaporan.selectors_riwayat import isian_lalu, muat_riwayat, riwayat_angka, riwayat_angka_dari
from pelaporan.turunan import Ingatan, Selisih, Terisi, muat_laporan, selisih_banyak, terisi_versi
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT
from upt.selectors import satu_upt

BELUM_TERKIRIM = (Status.BELUM, Status.DRAF, Status.SIAP, Status.DIKEMBALIKAN)
BANYAK_BULAN = 35
ANGKA_BERANDA = {"F01": ("isi",), "F04": ("total_kejadian",), "F06": ("lahan", "wbp", "panen")}
"""Items shown on the unit home as last month's key figures, by form; a form without them shows none."""


# ---------------------------------------------------------------- one report, one section


def dapat_mengisi(oleh: Pengguna, laporan: Laporan) -> bool:
    return dapat_diisi(laporan.status) and boleh(oleh, Izin.ISI_LAPORAN, laporan)


def bahan_isian(
    laporan: Laporan,
    *,
    tolak: Penolakan | None = None,
    berriwayat: bool = True,
    ingatan: Ingatan | None = None,
    **tampil: Any,
) -> Bahan:
    """What a section page of a draft that is being filled in is made of. `berriwayat`: with the twelve months behind
    it; the autosave goes without, because the page already shows them. `ingatan`: what registers said in this request.
    """
    draf = Draf.objects.filter(laporan=laporan).first()
    isi = draf.isi if draf else {}
    hasil = periksa_draf(laporan, isi, ingatan)
    riwayat = muat_riwayat(laporan) if berriwayat else []
    return Bahan(
        skema=laporan.skema,
        riwayat=riwayat_angka_dari(riwayat),
        lalu=isian_lalu(laporan.skema, riwayat),
        isian=hasil.isian,
        draf=isi,
        konteks=hasil.konteks,
        temuan=hasil.temuan,
        tanggapan=hasil.tanggapan,
        terisi=hasil.terisi,
        catatan=catatan_kanwil(laporan),
        tolak=tolak or Penolakan(),
        **tampil,
    )


def bahan_baca(laporan: Laporan, **tampil: Any) -> Bahan:
    """The same page for somebody who only reads: the sent version, or nothing while none was sent."""
    versi = LaporanVersi.objects.filter(laporan=laporan, versi=laporan.versi_masuk or 0).first()
    return Bahan(
        skema=laporan.skema,
        riwayat=riwayat_angka(laporan),
        isian=isian_versi(laporan.skema, versi.isi) if versi else Isian(),
        draf={},
        konteks=muat_konteks(laporan),
        temuan=[],
        tanggapan={},
        terisi=_terisi_versi(laporan, versi) if versi else Terisi(),
        terkunci=True,
        **tampil,
    )


def _terisi_versi(laporan: Laporan, versi: LaporanVersi) -> Terisi:
    """What the version took from registers; each figure opens to its origin."""
    terisi = terisi_versi(laporan.skema, versi.isi)
    return Terisi({k: replace(a, url=url_telusur(laporan, k)) for k, a in terisi.angka.items()}, terisi.daftar)


def pengembalian(laporan: Laporan) -> Kejadian | None:
    """Why the report came back, while it is being mended."""
    if laporan.status != Status.DIKEMBALIKAN:
        return None
    balik = laporan.kejadian.filter(aksi__in=[Aksi.KEMBALIKAN, Aksi.BUKA])
    return balik.select_related("oleh").order_by("-urut").first()


def catatan_kanwil(laporan: Laporan) -> dict[str, CatatanSel]:
    """Open threads at cells by address."""
    return catatan_terbuka(laporan, pengembalian(laporan))


# ---------------------------------------------------------------- the unit home


@dataclass
class Kewajiban:
    """One obligation of the month as the unit sees it."""

    laporan: Laporan
    per_bagian: dict[str, Kemajuan]
    kejadian: Kejadian | None

    @property
    def kemajuan(self) -> Kemajuan:
        return jumlah_kemajuan(self.per_bagian)

    @property
    def status(self) -> Status:
        return Status(self.laporan.status)

    @property
    def terutang(self) -> bool:
        return self.status in BELUM_TERKIRIM

    @property
    def catatan(self) -> dict[str, str]:
        balik = self.kejadian is not None and self.status == Status.DIKEMBALIKAN
        return dict(self.kejadian.sel) if balik and self.kejadian else {}


@dataclass
class AngkaLalu:
    butir: Butir
    nilai: Nilai
    laporan: Laporan


@dataclass
class BulanUnit:
    """A month in which the unit owes reports, how many of them wait for the unit, how many it can still send."""

    bulan: Bulan
    jumlah: int
    terutang: int
    dapat_dikirim: int


@dataclass
class BerandaUPT:
    upt: UPT
    bulan: Bulan | None
    semua_bulan: list[BulanUnit]
    ditutup: bool = False
    kewajiban: list[Kewajiban] = field(default_factory=list)
    notis: list[Pemberitahuan] = field(default_factory=list)
    angka: list[AngkaLalu] = field(default_factory=list)
    ingatan: Ingatan = field(default_factory=dict)
    """What registers have answered about this unit and month."""
    selisih: list[tuple[Laporan, list[Selisih]]] = field(default_factory=list)
    """Sent reports whose registers say something else by now."""

    @property
    def tunggakan(self) -> list[BulanUnit]:
        """Other months, earlier than the one shown, that still miss a report."""
        return [b for b in self.semua_bulan if self.bulan and b.bulan < self.bulan and b.terutang]


def upt_terlihat(cakupan: Cakupan, oleh: Pengguna, kode: str) -> UPT:
    upt = satu_upt(cakupan, kode)
    if not boleh(oleh, Izin.LIHAT_LAPORAN, upt):
        raise Ditolak("Peran Anda tidak membaca laporan UPT.")
    return upt


def unit_sendiri(cakupan: Cakupan) -> QuerySet[UPT]:
    """The units a person works in (not those of a region)."""
    return UPT.objects.dalam(cakupan).filter(pk__in=cakupan.upt).order_by("nama")


def beranda_upt(cakupan: Cakupan, upt: UPT, diminta: Bulan | None) -> BerandaUPT:
    """The unit home, in five queries however many forms there are. Without `diminta`, the month to work on."""
    semua = _bulan_unit(cakupan, upt, diminta)
    bulan = diminta or _bulan_kerja(semua)
    beranda = BerandaUPT(upt, bulan, semua)
    beranda.notis = _notis(cakupan, upt)
    if bulan is None or bulan not in {b.bulan for b in semua}:
        return beranda
    laporan = _laporan_bulan(cakupan, upt, bulan)
    kejadian = _kejadian_akhir(laporan)
    beranda.ditutup = any(satu.status_periode == Periode.Status.DITUTUP for satu in laporan)  # type: ignore[attr-defined]
    for satu in laporan:
        satu.upt = upt
    beranda.kewajiban = [Kewajiban(satu, _maju(satu, beranda.ingatan), kejadian.get(satu.pk)) for satu in laporan]
    beda = selisih_banyak(laporan, beranda.ingatan)
    beranda.selisih = [(satu, beda[satu.pk]) for satu in laporan if satu.pk in beda]
    beranda.angka = _angka_lalu(cakupan, upt, bulan - 1)
    return beranda


def _bulan_kerja(semua: list[BulanUnit]) -> Bulan | None:
    """The oldest month the unit can still do something about: late and returned work comes before new work."""
    kerja = [b.bulan for b in semua if b.dapat_dikirim]
    return min(kerja) if kerja else max((b.bulan for b in semua), default=None)


def _bulan_unit(cakupan: Cakupan, upt: UPT, diminta: Bulan | None) -> list[BulanUnit]:
    """The last three years, whatever is still owed before them, and the month that was asked for."""
    utang = Q(status__in=BELUM_TERKIRIM, dibebaskan="")
    ditutup = Periode.objects.filter(status=Periode.Status.DITUTUP).values("bulan")
    # a campaign may be filled in before its month opens
    dapat = utang & (Q(status=Status.DIKEMBALIKAN) | ~Q(bulan__in=ditutup))
    baris = (
        Laporan.objects.dalam(cakupan)
        .filter(upt=upt)
        .values_list("bulan")
        .annotate(n=Count("pk"), utang=Count("pk", filter=utang), dapat=Count("pk", filter=dapat))
        .filter(Q(bulan__gte=(Bulan.kini() - BANYAK_BULAN).awal) | Q(utang__gt=0) | Q(bulan=diminta and diminta.awal))
        .order_by("-bulan")
    )
    return [BulanUnit(Bulan.pada(bulan), n, utang, dapat) for bulan, n, utang, dapat in baris]


def _laporan_bulan(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> list[Laporan]:
    periode = Periode.objects.filter(bulan=OuterRef("bulan")).values("status")
    return list(
        Laporan.objects.dalam(cakupan)
        .filter(upt=upt, bulan=bulan.awal)
        .select_related("formulir", "formulir_versi", "draf")
        .defer("formulir_versi__isi", "formulir_versi__yaml")
        .annotate(status_periode=Subquery(periode))
        .order_by("formulir_id")
    )


def _maju(laporan: Laporan, ingatan: Ingatan) -> dict[str, Kemajuan]:
    """Register figures are not counted: nobody has to type them. No register is asked about what was sent."""
    draf = getattr(laporan, "draf", None)
    mengisi = dapat_diisi(laporan.status)
    terisi = muat_laporan(laporan, atau_ketik=True, ingatan=ingatan) if mengisi else Terisi()
    return kemajuan(laporan.skema, isian_laporan(laporan, draf.isi if draf else {}, terisi))


def _kejadian_akhir(laporan: list[Laporan]) -> dict[Any, Kejadian]:
    """The latest event of every report, with its person."""
    akhir = (
        Kejadian.objects.filter(laporan__in=[satu.pk for satu in laporan])
        .select_related("oleh")
        .order_by("laporan_id", "-urut")
        .distinct("laporan_id")
    )
    return {k.laporan_id: k for k in akhir}


def _notis(cakupan: Cakupan, upt: UPT) -> list[Pemberitahuan]:
    milik = Pemberitahuan.objects.dalam(cakupan).filter(upt=upt, untuk=Pemberitahuan.Untuk.UPT)
    return list(milik.select_related("laporan").order_by("-id")[:5])


def _angka_lalu(cakupan: Cakupan, upt: UPT, bulan: Bulan) -> list[AngkaLalu]:
    versi = (
        LaporanVersi.objects.dalam(cakupan)
        .filter(upt=upt, bulan=bulan.awal, formulir_id__in=ANGKA_BERANDA, versi=F("laporan__versi_masuk"))
        .select_related("laporan", "formulir_versi")
        .defer("formulir_versi__isi", "formulir_versi__yaml")
        .order_by("formulir_id")
    )
    return [angka for satu in versi for angka in _pilih_angka(satu)]


def _pilih_angka(versi: LaporanVersi) -> list[AngkaLalu]:
    butir, isi = versi.formulir_versi.skema.butir, {**versi.isi["lain"], **versi.isi["angka"]}
    pilihan = [k for k in ANGKA_BERANDA[versi.formulir_id] if k in butir and k in isi]
    return [AngkaLalu(butir[k], isi[k], versi.laporan) for k in pilihan]


def unit_tutup(upt: UPT, pada: date | datetime) -> bool:
    return upt.berlaku_sampai is not None and upt.berlaku_sampai < pada
