"""Handing a person over to another unit: announced by one, confirmed by the other, moved in one transaction.

Until the receiving unit confirms, the person stays with the unit that hands over; the other sees initials, last letters
and the date. Open cases go along: who keeps any registers in `saat_pindah`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, When

from pelaporan.register.services import kunci_register
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, sekarang, tulis_tanggal
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.jejak.services import catat, catat_baris
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import JENIS_HUNI, UPT
from wbp import indeks, rahasia, sandi
from wbp.akses import catat_akses
from wbp.dasar import LANJUT, REGISTER, WARGA_LAMA, muat, pastikan_ada
from wbp.models import (
    AksesWarga,
    CatatanPerilaku,
    DataWarga,
    KunciWarga,
    Pemberian,
    RiwayatData,
    SerahTerima,
    WargaBinaan,
)
from wbp.services_data import tandai
from wbp.services_program import bawa_program

Pindah = Callable[[DataWarga, UPT, UPT, date], None]
saat_pindah: list[Pindah] = []
"""Called inside the move, under system scope, with the person as they are now: (data, from, to, date)."""
Gabung = Callable[[DataWarga, DataWarga, UPT, UPT, date], None]
saat_gabung: list[Gabung] = []
"""The same when the receiving unit had noted the person: (row that is closed, row that goes on, from, to, date)."""

PALING_JAUH = timedelta(days=90)
Status = SerahTerima.Status
TIDAK_ADA = "Serah terima ini tidak ada, atau bukan dari unit Anda."
SUDAH = "Serah terima ini sudah diputus. Muat ulang halaman untuk melihat hasilnya."
NOMOR_ADA = (
    "Register unit Anda sudah memuat orang dengan nomor ini. Bila itu orang yang sama, terima dengan menggabungkan: "
    "riwayat remisi dan perilakunya dibawa ke catatan yang sudah ada."
)
NOMOR_TERISI = (
    "Register unit Anda sudah memuat orang dengan nomor ini, lengkap dengan riwayat remisinya. Periksa keduanya: bila "
    "orang yang sama, minta unit pengirim mencatatnya keluar; bila bukan, betulkan nomor yang keliru."
)


class NomorSudahAda(Bentrok):
    """The receiving register has this number; `bisa_gabung` tells whether merging is offered."""

    def __init__(self, *, bisa_gabung: bool) -> None:
        super().__init__(NOMOR_ADA if bisa_gabung else NOMOR_TERISI)
        self.bisa_gabung = bisa_gabung


# ---------------------------------------------------------------- announcing and taking back


@transaction.atomic
def serahkan(*, data: int, ke: str, tanggal: date, oleh: Pengguna, cakupan: Cakupan) -> SerahTerima:
    """Announce that a person moves to the unit with code `ke` on a day, today or later.

    Raises TidakDitemukan, Ditolak, Bentrok (gone, erased, announced already), TidakSah (unit or day)."""
    (orang,) = muat([data], Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    pastikan_ada(orang)
    tujuan = _tujuan(ke, orang)
    _pastikan_tanggal(tanggal, orang)
    if SerahTerima.objects.filter(data=orang, status=Status.MENUNGGU).exists():
        raise Bentrok("Orang ini sudah diserahkan dan menunggu diterima. Tarik dahulu bila tujuannya keliru.")
    satu = SerahTerima.objects.create(
        data=orang, upt_id=orang.upt_id, kanwil_id=orang.kanwil_id, ke_upt_id=tujuan.pk, ke_kanwil_id=tujuan.kanwil_id,
        inisial=orang.inisial, ujung=orang.warga.ujung, tanggal=tanggal, dibuat_oleh=oleh, dibuat_pada=sekarang(),
    )  # fmt: skip
    catat_baris(satu, oleh=oleh, tindakan="serah_ajukan", rincian={"data": orang.pk, "ke": tujuan.kode})
    return satu


def _tujuan(kode: str, orang: DataWarga) -> UPT:
    """Names of units are no secret, but row-level security keeps foreign ones out of a person's own scope."""
    with terpasang(SISTEM):
        upt = tujuan_sah().filter(kode=kode).first()
    if upt is None:
        raise TidakSah("Pilih Lapas, Rutan, atau LPKA dari daftar.", bidang="ke")
    if upt.pk == orang.upt_id:
        raise TidakSah("Orang ini sudah di unit itu. Pilih unit lain.", bidang="ke")
    return upt


def tujuan_sah() -> Any:
    """Units that hold inmates and work today; the caller has the scope."""
    return UPT.objects.filter(jenis__in=JENIS_HUNI, berlaku_sampai=None).order_by("nama")


def _pastikan_tanggal(tanggal: date, orang: DataWarga) -> None:
    hari = hari_ini()  # the westernmost day, so that nobody in the east loses the last hours
    if tanggal < hari:
        raise TidakSah("Tanggal pindah sudah lewat. Tulis hari ini atau hari yang akan datang.", bidang="tanggal")
    if tanggal > hari + PALING_JAUH:
        raise TidakSah(f"Paling jauh {PALING_JAUH.days} hari ke depan. Serahkan mendekati harinya.", bidang="tanggal")
    if tanggal < orang.sejak:
        raise TidakSah("Tanggal pindah mendahului tanggal masuk unit ini.", bidang="tanggal")


@transaction.atomic
def tarik(*, serah_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> SerahTerima:
    """The unit that announced it takes it back while it waits. Raises TidakDitemukan, Ditolak, Bentrok."""
    satu = _milik(serah_id, "upt_id", oleh, cakupan)
    if satu.status != Status.DIBATALKAN:
        _putus(satu, Status.DIBATALKAN, oleh, "serah_tarik")
    return satu


@transaction.atomic
def tolak(*, serah_id: UUID, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> SerahTerima:
    """The receiving unit says why not. Raises TidakDitemukan, Ditolak, Bentrok, TidakSah."""
    if not alasan.strip():
        raise TidakSah("Tulis mengapa tidak diterima; unit pengirim membacanya.", bidang="alasan")
    satu = _milik(serah_id, "ke_upt_id", oleh, cakupan)
    satu.alasan = alasan.strip()[:200]
    _putus(satu, Status.DITOLAK, oleh, "serah_tolak")
    return satu


def _milik(serah_id: UUID, sisi: str, oleh: Pengguna, cakupan: Cakupan) -> SerahTerima:
    """The handing over, locked, for the side (`upt_id` hands over, `ke_upt_id` receives) that may decide it."""
    satu = SerahTerima.objects.dalam(cakupan).select_for_update(of=("self",)).filter(pk=serah_id).first()
    if satu is None:
        raise TidakDitemukan(TIDAK_ADA)
    _pastikan_sisi(satu, sisi, oleh)
    return satu


@dataclass(frozen=True)
class _Sisi:
    """What a right is asked of: one of the two units."""

    upt_id: int
    kanwil_id: int


def _pastikan_sisi(satu: SerahTerima, sisi: str, oleh: Pengguna) -> None:
    menerima = sisi == "ke_upt_id"
    tempat = _Sisi(satu.ke_upt_id, satu.ke_kanwil_id) if menerima else _Sisi(satu.upt_id, satu.kanwil_id)
    if not boleh(oleh, Izin.ISI_WARGA, tempat):
        raise Ditolak("Ini diputus oleh unit yang menerima." if menerima else "Ini ditarik oleh unit yang menyerahkan.")


def _putus(satu: SerahTerima, status: SerahTerima.Status, oleh: Pengguna, tindakan: str) -> None:
    if satu.status != Status.MENUNGGU:
        raise Bentrok(SUDAH)
    satu.status, satu.diputus_oleh, satu.diputus_pada = status, oleh, sekarang()
    satu.save(update_fields=["status", "alasan", "diputus_oleh", "diputus_pada"])
    catat_baris(satu, oleh=oleh, tindakan=tindakan, rincian={"data": satu.data_id})


# ---------------------------------------------------------------- receiving


@transaction.atomic
def terima(*, serah_id: UUID, oleh: Pengguna, cakupan: Cakupan, gabung: bool = False) -> SerahTerima:
    """The receiving unit confirms: the person, their key, grants, marks and history become its own, all or nothing.

    Accepted twice is accepted once. Raises TidakDitemukan, Ditolak, NomorSudahAda, Bentrok (decided, too early, gone).
    """
    dilihat = SerahTerima.objects.dalam(cakupan).filter(pk=serah_id).first()
    if dilihat is None:
        raise TidakDitemukan(TIDAK_ADA)
    _pastikan_sisi(dilihat, "ke_upt_id", oleh)
    with terpasang(SISTEM):  # both units are written; the person may do so in one of them and the other announced it
        for upt_id in sorted((dilihat.upt_id, dilihat.ke_upt_id)):
            kunci_register(REGISTER, upt_id)
        satu = SerahTerima.objects.select_for_update(of=("self",)).get(pk=serah_id)
        if satu.status == Status.DITERIMA:
            return satu
        _terima(satu, oleh, gabung=gabung)
    return satu


def _terima(satu: SerahTerima, oleh: Pengguna, *, gabung: bool) -> None:
    dari, ke = (UPT.objects.get(pk=pk) for pk in (satu.upt_id, satu.ke_upt_id))
    data = DataWarga.objects.select_for_update(of=("self",)).select_related("warga", "upt").get(pk=satu.data_id)
    if satu.status != Status.MENUNGGU or data.upt_id != dari.pk or not _diumumkan(satu, dari, ke):
        raise Bentrok(SUDAH)
    if satu.tanggal > _hari_terjauh(dari, ke):
        raise Bentrok(f"Baru dapat diterima pada {tulis_tanggal(satu.tanggal)}, hari orangnya pindah.")
    pastikan_ada(data)
    isi = rahasia.baca(data)
    semua = indeks.indeks_nomor_semua(isi.nomor, ke.pk)
    kenal = WargaBinaan.objects.select_for_update().filter(upt=ke, indeks__in=semua).first()
    terdaftar = DataWarga.objects.filter(warga=kenal).first() if kenal else None
    if terdaftar is None:
        _pindahkan(data, kenal or _kenalkan(isi.nomor, ke, oleh), isi, dari, ke, satu.tanggal, oleh)
        penerima = data
    else:
        _gabungkan(data, terdaftar, dari, ke, satu.tanggal, oleh, setuju=gabung)
        penerima = terdaftar
    _catat_akses(penerima, oleh)
    _putus(satu, Status.DITERIMA, oleh, "serah_terima")
    catat(
        oleh=oleh, tindakan="serah_masuk", objek="datawarga", objek_id=penerima.pk, upt_id=ke.pk,
        kanwil_id=ke.kanwil_id, rincian={"serah": str(satu.pk), "dari": dari.kode, "gabung": terdaftar is not None},
    )  # fmt: skip
    for kerja in saat_pindah if terdaftar is None else ():
        kerja(data, dari, ke, satu.tanggal)
    for gabungkan in saat_gabung if terdaftar is not None else ():
        gabungkan(data, penerima, dari, ke, satu.tanggal)


def _diumumkan(satu: SerahTerima, dari: UPT, ke: UPT) -> bool:
    """The trail, which nobody rewrites, says that the handing-over unit announced just this, and that nothing was
    decided since: the row itself lies open to both units."""
    jejak = Jejak.objects.filter(objek="serahterima", objek_id=str(satu.pk), upt_id=dari.pk)
    awal = jejak.filter(tindakan="serah_ajukan", pelaku_id=satu.dibuat_oleh_id).values_list("rincian", flat=True)
    diputus = jejak.filter(tindakan__in=("serah_tarik", "serah_tolak", "serah_terima"))
    return {"data": satu.data_id, "ke": ke.kode} in awal and not diputus.exists()


def _kenalkan(nomor: str, ke: UPT, oleh: Pengguna) -> WargaBinaan:
    """The person as new in the unit; another register of it may have noted them this very moment."""
    return WargaBinaan.objects.get_or_create(
        upt=ke,
        indeks=indeks.indeks_nomor(nomor, ke.pk),
        defaults={
            "kanwil_id": ke.kanwil_id, "kunci_indeks": indeks.kunci_kini(), "ujung": indeks.ujung_nomor(nomor),
            "dibuat_oleh": oleh, "dibuat_pada": sekarang(),
        },
    )[0]  # fmt: skip


def _pindahkan(
    data: DataWarga, warga: WargaBinaan, isi: sandi.Rahasia, dari: UPT, ke: UPT, tanggal: date, oleh: Pengguna
) -> None:
    """The row itself moves, so its id, key and history stay; what other registers of the old unit know stays there."""
    lama, dahulu, kini = data.sejak, data.warga_id, sekarang()
    data.warga, data.upt, data.kanwil_id = warga, ke, ke.kanwil_id
    data.sejak = min(tanggal, hari_ini(ke.zona))  # never a day that the unit has not reached
    data.indeks_nama = indeks.indeks_nama(isi.nama, ke.pk)
    tandai(data, oleh, kini)
    data.save()
    milik = {"upt_id": ke.pk, "kanwil_id": ke.kanwil_id}
    for model in (KunciWarga, Pemberian, CatatanPerilaku, RiwayatData):
        model.objects.filter(data=data).update(**milik)
    RiwayatData.objects.create(
        data=data, revisi=data.revisi, sebab="serah", oleh=oleh, pada=kini, **milik,
        ubahan={
            "unit": [dari.nama, ke.nama], "sejak": [lama.isoformat(), data.sejak.isoformat()], WARGA_LAMA: dahulu,
        },
    )  # fmt: skip


def _gabungkan(
    data: DataWarga, ada: DataWarga, dari: UPT, ke: UPT, tanggal: date, oleh: Pengguna, *, setuju: bool
) -> None:
    """The receiving unit has noted the person already: grants and marks come along, the old row is closed."""
    bisa = ada.keluar_pada is None and ada.dimusnahkan_pada is None
    bisa = bisa and not Pemberian.objects.filter(data=ada).exists()
    bisa = bisa and not CatatanPerilaku.objects.filter(data=ada).exists()
    if not setuju or not bisa:
        raise NomorSudahAda(bisa_gabung=bisa)
    milik = {"data": ada, "upt_id": ke.pk, "kanwil_id": ke.kanwil_id}
    for model in (Pemberian, CatatanPerilaku):
        model.objects.filter(data=data).update(**milik)
    kini = sekarang()
    ada.sppn_predikat, ada.sppn_tanggal = data.sppn_predikat, data.sppn_tanggal
    ada.register_f_terakhir = data.register_f_terakhir
    ada.tahan_hapus = ada.tahan_hapus or data.tahan_hapus
    data.keluar_pada, data.alasan_keluar, data.keluar_dicatat = tanggal, "Pindah ke unit lain", hari_ini()
    masuk = {"gabung": ["", dari.nama], **bawa_program(data, ada)}
    for satu, ubahan in ((ada, masuk), (data, {"keluar_pada": [None, str(tanggal)], LANJUT: ada.pk})):
        tandai(satu, oleh, kini)
        satu.save()
        RiwayatData.objects.create(
            data=satu, upt_id=satu.upt_id, kanwil_id=satu.kanwil_id, revisi=satu.revisi, ubahan=ubahan, sebab="serah",
            oleh=oleh, pada=kini,
        )  # fmt: skip


def _catat_akses(data: DataWarga, oleh: Pengguna) -> None:
    """From now on another unit holds the name: whoever asks who saw it finds this."""
    catat_akses(
        [data], oleh=oleh, izin=Izin.ISI_WARGA, alasan=AksesWarga.Alasan.COCOKKAN,
        keterangan="Serah terima antarunit", bidang=["nama", "nomor"], cara=AksesWarga.Cara.SERAH,
    )  # fmt: skip


# ---------------------------------------------------------------- reading


@dataclass(frozen=True)
class Baris:
    """A handing over as one of its units sees it."""

    serah: SerahTerima
    unit: str
    """Name of the other unit."""
    masuk: bool
    sudah_waktunya: bool

    @property
    def menunggu(self) -> bool:
        return self.serah.status == Status.MENUNGGU

    @property
    def sebutan(self) -> str:
        return f"{self.serah.inisial} •••{self.serah.ujung}".strip()


def daftar_serah(cakupan: Cakupan, upt: UPT, paling: int = 100) -> list[Baris]:
    """To and from this unit, those that wait first, then the newest."""
    dari_sini = SerahTerima.objects.dalam(cakupan).filter(upt=upt)
    ke_sini = SerahTerima.objects.dalam(cakupan).filter(ke_upt=upt)
    menunggu = Case(When(status=Status.MENUNGGU, then=0), default=1)
    return _baris(list((dari_sini | ke_sini).order_by(menunggu, "-dibuat_pada")[:paling]), upt)


def satu_serah(cakupan: Cakupan, upt: UPT, serah_id: UUID) -> Baris:
    """Raises TidakDitemukan."""
    satu = SerahTerima.objects.dalam(cakupan).filter(pk=serah_id).first()
    if satu is None or upt.pk not in (satu.upt_id, satu.ke_upt_id):
        raise TidakDitemukan(TIDAK_ADA)
    return _baris([satu], upt)[0]


def _baris(semua: list[SerahTerima], upt: UPT) -> list[Baris]:
    with terpasang(SISTEM):  # the other unit's name is no secret, but out of sight of row-level security
        unit = UPT.objects.in_bulk({s.upt_id for s in semua} | {s.ke_upt_id for s in semua})
    return [
        Baris(
            s, unit[s.upt_id if s.ke_upt_id == upt.pk else s.ke_upt_id].nama, s.ke_upt_id == upt.pk,
            s.tanggal <= _hari_terjauh(unit[s.upt_id], unit[s.ke_upt_id]),
        )
        for s in semua
    ]  # fmt: skip


def _hari_terjauh(dari: UPT, ke: UPT) -> date:
    """Whoever of the two has the later day: one that moves tonight from the east arrives while it is today there."""
    return max(hari_ini(dari.zona), hari_ini(ke.zona))


def pilihan_tujuan(upt: UPT) -> list[tuple[str, list[tuple[str, str]]]]:
    """Code and name of the units that a person may be handed over to, by Kanwil: the unit's own first."""
    menurut: dict[str, list[tuple[str, str]]] = {upt.kanwil.nama: []}
    with terpasang(SISTEM):
        semua = tujuan_sah().exclude(pk=upt.pk).order_by("kanwil__nama", "nama")
        for kanwil, kode, nama in semua.values_list("kanwil__nama", "kode", "nama"):
            menurut.setdefault(kanwil, []).append((kode, nama))
    return [(kanwil, isi) for kanwil, isi in menurut.items() if isi]
