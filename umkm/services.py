"""Exhibitions: public events, registered once for all units. Rows of the register are written by its own services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from pelaporan.register.services import BarisSalah, kunci_register
from pelaporan.register.temuan import GALAT
from pemasyarakatan.akun.izin import PERAN, Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.jejak.services import catat
from umkm import aturan, nama
from umkm.models import Pameran, Penjualan, PesertaPameran
from upt.cakupan import SISTEM, Cakupan, terpasang

DEKAT = timedelta(days=14)
"""Two events this far apart may still be one that somebody dated wrongly."""
SEHARI_MAKS = 10
"""New events of one person of a unit within a day: every unit chooses from the list that they stand in."""
BUKAN_PEMILIK = (
    "Pameran ini diperbaiki oleh yang mendaftarkannya selama belum ada unit lain yang ikut, atau oleh Kanwil dan"
    " Ditjenpas."
)


@dataclass(frozen=True)
class IsiPameran:
    """What people write about an event."""

    nama: str
    tempat: str
    mulai: date
    selesai: date
    penyelenggara: str = ""

    def rapi(self) -> IsiPameran:
        teks = (" ".join(t.split()) for t in (self.nama, self.tempat, self.penyelenggara))
        nama_, tempat, penyelenggara = teks
        return IsiPameran(nama_, tempat, self.mulai, self.selesai, penyelenggara)


class MiripAda(Bentrok):
    """Events like this one are registered already; `mirip` are offered instead."""

    def __init__(self, mirip: list[Pameran]) -> None:
        super().__init__("Pameran yang mirip sudah terdaftar. Pilih yang sama, atau nyatakan bahwa ini pameran lain.")
        self.mirip = mirip


def pameran_mirip(isi: IsiPameran, *, kecuali: int | None = None) -> list[Pameran]:
    """Registered events at about the same time whose name or place shares a telling word, nearest day first."""
    dekat = Pameran.objects.filter(induk=None, mulai__lte=isi.selesai + DEKAT, selesai__gte=isi.mulai - DEKAT)
    kata, tempat = _kata(isi.nama), nama.ejaan(isi.tempat)
    mirip = [p for p in dekat if p.pk != kecuali and (kata & _kata(p.nama) or nama.ejaan(p.tempat) == tempat)]
    return sorted(mirip, key=lambda p: (abs((p.mulai - isi.mulai).days), p.nama, p.pk))


_UMUM = frozenset({
    "acara", "bazar", "bazaar", "dan", "di", "event", "expo", "fair", "festival", "hari", "karya", "kegiatan",
    "pameran", "produk", "umkm", "wbp",
})  # fmt: skip


def _kata(teks: str) -> set[str]:
    """Words that tell one event from another: not those of every event, and no years."""
    return {k for k in nama.ejaan(teks).split() if k not in _UMUM and not k.isdigit() and len(k) > 2}


@transaction.atomic
def buat_pameran(isi: IsiPameran, *, oleh: Pengguna, bukan_mirip: bool = False) -> Pameran:
    """Register an event. Raises Ditolak, BarisSalah, MiripAda (unless `bukan_mirip`: somebody looked at them).

    The same event sent twice is one: same name, place and days give back what is there.
    """
    isi = isi.rapi()
    _pastikan_boleh(oleh)
    _periksa(isi)
    kunci_register("pameran", 0)  # two units that register the same event at once: the second one sees the first's
    mirip = pameran_mirip(isi)
    if (sama := next((p for p in mirip if _isi(p) == _isi_rapi(isi)), None)) is not None:
        return sama
    if mirip and not bukan_mirip:
        raise MiripAda(mirip)
    _pastikan_tidak_banjir(oleh)
    pameran = Pameran.objects.create(**isi.__dict__, dibuat_oleh=oleh, dibuat_pada=sekarang())
    _jejak(pameran, oleh, "pameran_dibuat")
    return pameran


@transaction.atomic
def ubah_pameran(pameran_id: int, isi: IsiPameran, *, revisi: int, oleh: Pengguna) -> Pameran:
    """Correct an event: whoever registered it, or a national or regional office. Raises as `buat_pameran`, Bentrok.

    Once another unit was there, its figures hang on the event's name and days: then only an office corrects it.
    """
    isi = isi.rapi()
    pameran = _kunci(pameran_id)
    _pastikan_pemilik(pameran, oleh)
    _periksa(isi)
    if all(getattr(pameran, kolom) == nilai for kolom, nilai in isi.__dict__.items()):
        return pameran
    if pameran.revisi != revisi:
        raise Bentrok("Pameran ini baru saja diubah orang lain. Muat ulang halaman, lalu periksa lagi.")
    for kolom, nilai in isi.__dict__.items():
        setattr(pameran, kolom, nilai)
    pameran.revisi += 1
    pameran.save()
    _jejak(pameran, oleh, "pameran_diubah")
    return pameran


@transaction.atomic
def gabung_pameran(pameran_id: int, *, ke: int, oleh: Pengguna) -> Pameran:
    """Two entries are one event: counts and choices go by the one that stays (`ke`). Rows keep what they named.

    Raises TidakDitemukan, Ditolak, BarisSalah (into itself, or into one that was merged away).
    """
    semua = {p.pk: p for p in Pameran.objects.select_for_update().filter(pk__in=[pameran_id, ke]).order_by("pk")}
    if not {pameran_id, ke} <= semua.keys():
        raise TidakDitemukan("Pameran ini tidak ada.")
    _pastikan_wilayah(oleh)
    asal, tujuan = semua[pameran_id], semua[ke]
    if asal.pk == tujuan.pk or tujuan.induk_id is not None:
        raise BarisSalah({"ke": "Pilih pameran lain yang masih terdaftar."})
    if asal.induk_id == tujuan.pk:
        return tujuan
    ikut = list(Pameran.objects.filter(induk=asal).order_by("pk").values_list("pk", flat=True))
    Pameran.objects.filter(Q(pk=asal.pk) | Q(induk=asal)).update(induk=tujuan)
    Pameran.objects.filter(pk=asal.pk).update(revisi=asal.revisi + 1)
    _jejak(asal, oleh, "pameran_digabung", {"ke": tujuan.pk, "ikut": ikut})
    return tujuan


@transaction.atomic
def pisah_pameran(pameran_id: int, *, oleh: Pengguna) -> Pameran:
    """Take a merge back, with the entries that it had taken along. Raises TidakDitemukan, Ditolak."""
    pameran = _kunci(pameran_id)
    _pastikan_wilayah(oleh)
    if pameran.induk_id is not None:
        ikut = _ikut(pameran)
        pameran.induk, pameran.revisi = None, pameran.revisi + 1
        pameran.save()
        Pameran.objects.filter(pk__in=ikut).update(induk=pameran)
        _jejak(pameran, oleh, "pameran_dipisah", {"ikut": ikut})
    return pameran


# ---------------------------------------------------------------- parts


def _ikut(pameran: Pameran) -> list[int]:
    """Entries that the last merge of this one took along, and that are still where it left them."""
    jejak = Jejak.objects.filter(objek="pameran", objek_id=str(pameran.pk), tindakan="pameran_digabung")
    terakhir = jejak.order_by("-id").values_list("rincian", flat=True).first() or {}
    masih = Pameran.objects.filter(pk__in=terakhir.get("ikut", []), induk_id=pameran.induk_id)
    return list(masih.order_by("pk").values_list("pk", flat=True))


def _pastikan_tidak_banjir(oleh: Pengguna) -> None:
    sehari = Pameran.objects.filter(dibuat_oleh=oleh, dibuat_pada__gte=sekarang() - timedelta(days=1))
    if not _dari_kantor(oleh) and sehari.count() >= SEHARI_MAKS:
        raise Bentrok(f"Anda sudah mendaftarkan {SEHARI_MAKS} pameran hari ini. Pilih dari daftar, atau minta Kanwil.")


def _dipakai_unit_lain(pameran: Pameran, oleh: Pengguna) -> bool:
    """Did a unit of somebody else note anything at this event? Yes or no is all that is learnt of other units.

    The event is locked, and a row that is just being added to it holds it: this waits and then sees the row.
    """
    sendiri = Cakupan.dari(oleh).upt
    di_sini = Q(pameran=pameran) | Q(pameran__induk=pameran)
    with terpasang(SISTEM):
        return any(
            m.objects.filter(di_sini).hidup().exclude(upt_id__in=sendiri).exists() for m in (PesertaPameran, Penjualan)
        )


def _kunci(pameran_id: int) -> Pameran:
    pameran = Pameran.objects.select_for_update().filter(pk=pameran_id).first()
    if pameran is None:
        raise TidakDitemukan("Pameran ini tidak ada.")
    return pameran


def _pastikan_boleh(oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.KELOLA_PAMERAN):
        raise Ditolak("Pameran didaftarkan oleh petugas UPT, Kanwil, atau Ditjenpas.")


def dapat_mengubah(pameran: Pameran, oleh: Pengguna) -> bool:
    """A national or regional office; whoever registered it, while they may and no other unit was there."""
    if not boleh(oleh, Izin.KELOLA_PAMERAN):
        return False
    return _dari_kantor(oleh) or (pameran.dibuat_oleh_id == oleh.pk and not _dipakai_unit_lain(pameran, oleh))


def _pastikan_pemilik(pameran: Pameran, oleh: Pengguna) -> None:
    _pastikan_boleh(oleh)
    if not dapat_mengubah(pameran, oleh):
        raise Ditolak(BUKAN_PEMILIK)


def _pastikan_wilayah(oleh: Pengguna) -> None:
    _pastikan_boleh(oleh)
    if not _dari_kantor(oleh):
        raise Ditolak("Pameran digabungkan oleh Kanwil atau Ditjenpas.")


def _dari_kantor(oleh: Pengguna) -> bool:
    """Serves in a regional or the national office, not in one unit."""
    return any(PERAN[t.peran].tingkat != "upt" for t in oleh.tugas_aktif() if t.peran in PERAN)


def _periksa(isi: IsiPameran) -> None:
    kosong = [(kolom, f"Isi {kata}.") for kolom, kata in (("nama", "nama pameran"), ("tempat", "tempatnya"))]
    salah = {kolom: pesan for kolom, pesan in kosong if not getattr(isi, kolom)}
    salah |= {
        kolom: "Paling panjang 100 huruf. Ringkas."
        for kolom in ("nama", "tempat", "penyelenggara")
        if len(getattr(isi, kolom)) > 100
    }
    for temuan in aturan.acara(aturan.Acara(isi.mulai, isi.selesai), hari_ini()):
        if temuan.tingkat == GALAT:
            salah.setdefault(temuan.bidang, temuan.pesan)
    if salah:
        raise BarisSalah(salah)


def _isi(p: Pameran) -> tuple[Any, ...]:
    return (p.nama.casefold(), p.tempat.casefold(), p.mulai, p.selesai, p.penyelenggara.casefold())


def _isi_rapi(isi: IsiPameran) -> tuple[Any, ...]:
    return (isi.nama.casefold(), isi.tempat.casefold(), isi.mulai, isi.selesai, isi.penyelenggara.casefold())


def _jejak(pameran: Pameran, oleh: Pengguna, tindakan: str, rincian: dict[str, Any] | None = None) -> None:
    """Nobody's row: it goes into the nation's chain."""
    isi = {"revisi": pameran.revisi, **(rincian or {})}
    catat(oleh=oleh, tindakan=tindakan, objek="pameran", objek_id=pameran.pk, rincian=isi)
