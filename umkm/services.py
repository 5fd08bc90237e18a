"""Exhibitions: public events, registered once for all units. Rows of the register are written by its own services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from pelaporan.register.services import BarisSalah
from pelaporan.register.temuan import GALAT
from pemasyarakatan.akun.izin import PERAN, Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from pemasyarakatan.jejak.services import catat
from umkm import aturan, nama
from umkm.models import Pameran

DEKAT = timedelta(days=14)
"""Two events this far apart may still be one that somebody dated wrongly."""


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
    mirip = pameran_mirip(isi)
    if (sama := next((p for p in mirip if _isi(p) == _isi_rapi(isi)), None)) is not None:
        return sama
    if mirip and not bukan_mirip:
        raise MiripAda(mirip)
    pameran = Pameran.objects.create(**isi.__dict__, dibuat_oleh=oleh, dibuat_pada=sekarang())
    _jejak(pameran, oleh, "pameran_dibuat")
    return pameran


@transaction.atomic
def ubah_pameran(pameran_id: int, isi: IsiPameran, *, revisi: int, oleh: Pengguna) -> Pameran:
    """Correct an event: whoever registered it, or a national or regional office. Raises as `buat_pameran`, Bentrok."""
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
    Pameran.objects.filter(Q(pk=asal.pk) | Q(induk=asal)).update(induk=tujuan)
    Pameran.objects.filter(pk=asal.pk).update(revisi=asal.revisi + 1)
    _jejak(asal, oleh, "pameran_digabung", {"ke": tujuan.pk})
    return tujuan


@transaction.atomic
def pisah_pameran(pameran_id: int, *, oleh: Pengguna) -> Pameran:
    """Take a merge back. Raises TidakDitemukan, Ditolak."""
    pameran = _kunci(pameran_id)
    _pastikan_wilayah(oleh)
    if pameran.induk_id is not None:
        pameran.induk, pameran.revisi = None, pameran.revisi + 1
        pameran.save()
        _jejak(pameran, oleh, "pameran_dipisah")
    return pameran


# ---------------------------------------------------------------- parts


def _kunci(pameran_id: int) -> Pameran:
    pameran = Pameran.objects.select_for_update().filter(pk=pameran_id).first()
    if pameran is None:
        raise TidakDitemukan("Pameran ini tidak ada.")
    return pameran


def _pastikan_boleh(oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.KELOLA_PAMERAN):
        raise Ditolak("Pameran didaftarkan oleh petugas UPT, Kanwil, atau Ditjenpas.")


def dapat_mengubah(pameran: Pameran, oleh: Pengguna) -> bool:
    """Whoever registered it, while they may, and a national or regional office."""
    return boleh(oleh, Izin.KELOLA_PAMERAN) and (pameran.dibuat_oleh_id == oleh.pk or _dari_kantor(oleh))


def _pastikan_pemilik(pameran: Pameran, oleh: Pengguna) -> None:
    _pastikan_boleh(oleh)
    if not dapat_mengubah(pameran, oleh):
        raise Ditolak("Pameran ini diperbaiki oleh yang mendaftarkannya, atau oleh Kanwil dan Ditjenpas.")


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
