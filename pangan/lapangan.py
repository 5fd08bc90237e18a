"""Acts in the field that touch several rows at once: each is one transaction over the register's own services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pangan.komoditas import muat
from pangan.lengkapi import pemanfaatan_pada
from pangan.models import MutasiHewan, Panen, Pemakaian, Pemanfaatan, Penempatan, Petak, Siklus, Tenaga
from pangan.services import catat_tenaga, ganti_pemanfaatan, tempatkan
from pelaporan.register import aksi, services
from pelaporan.register.jenis import jenis_baris
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import tulis_tanggal


class Pelaku(aksi.Pelaku):
    register = "pangan"


@transaction.atomic
def tanam(petak: Petak, nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> Siklus:
    """Plant or stock. From that day on a plot that served nothing, or lies empty in another cluster, serves the
    commodity's cluster."""
    services.pastikan_menulis(pelaku.upt, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    services.kunci_register("pangan", pelaku.upt.pk)
    acuan = muat().get(nilai["komoditas"])
    if acuan is not None and not _ulangan(pelaku, kunci):
        _siapkan(petak, acuan.klaster, nilai, pelaku)
    siklus: Siklus = pelaku.buat("siklus", {"petak_id": petak.pk, **nilai}, kunci)
    return siklus


def _ulangan(pelaku: Pelaku, kunci: UUID) -> bool:
    """The note came before: then the plot was made ready before, and may serve something else by now."""
    return Siklus.objects.filter(upt=pelaku.upt, kunci=kunci).exists()


def _siapkan(petak: Petak, klaster: str, nilai: Mapping[str, Any], pelaku: Pelaku) -> None:
    kini = pemanfaatan_pada(petak.pk, nilai["tanam"])
    if kini is None:
        mulai = {"klaster": klaster, "luas": nilai.get("luas"), "dari": nilai["tanam"]}
        pelaku.buat("pemanfaatan", {"petak_id": petak.pk, **mulai})
    elif kini.klaster != klaster and kini.sampai is None and not _terpakai(petak, nilai["tanam"]):
        luas = max(kini.luas, nilai.get("luas") or 0)
        ganti_pemanfaatan(petak_id=petak.pk, klaster=klaster, luas=luas, dari=nilai["tanam"], **pelaku.kata_kunci)


def _terpakai(petak: Petak, hari: date) -> bool:
    """Something grows there on or after that day."""
    masih = Q(selesai=None) | Q(selesai__gte=hari)
    return Siklus.objects.hidup().filter(masih, petak=petak).exists()


@transaction.atomic
def akhiri(siklus: Siklus, nilai: Mapping[str, Any], pelaku: Pelaku) -> Siklus:
    """End a cycle that still runs. The same again changes nothing; what somebody else wrote meanwhile stays."""
    jenis = jenis_baris(pelaku.register, "siklus")
    kini: Siklus = services.kunci_baris(jenis, siklus.pk, oleh=pelaku.oleh, cakupan=pelaku.cakupan)
    if kini.akhir and any(getattr(kini, nama) != isi for nama, isi in nilai.items()):
        saat = tulis_tanggal(kini.selesai) if kini.selesai else ""
        raise Bentrok(f"Siklus ini sudah diakhiri {saat} ({kini.get_akhir_display()}). Ubah di catatan siklusnya.")
    hasil: Siklus = pelaku.ubah("siklus", kini.pk, nilai, kini.revisi)
    return hasil


@transaction.atomic
def panen(siklus: Siklus, nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID, *, terakhir: bool) -> Panen:
    """A harvest; with `terakhir` the cycle ends with it. Sent twice it is one harvest, and ends the cycle once."""
    baru: Panen = pelaku.buat("panen", {"siklus_id": siklus.pk, **nilai}, kunci)
    if terakhir and not getattr(baru, "ulangan", False):
        pelaku.ubah_kini("siklus", siklus.pk, {"akhir": Siklus.Akhir.PANEN, "selesai": baru.tanggal})
    return baru


def pakai(nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> Pemakaian:
    baru: Pemakaian = pelaku.buat("pemakaian", nilai, kunci)
    return baru


def mutasi(siklus: Siklus, nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> MutasiHewan:
    baru: MutasiHewan = pelaku.buat("mutasi", {"siklus_id": siklus.pk, **nilai}, kunci)
    return baru


def ganti(petak: Petak, nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> Pemanfaatan | None:
    return ganti_pemanfaatan(petak_id=petak.pk, kunci=kunci, **nilai, **pelaku.kata_kunci)


def tempatkan_warga(nilai: Mapping[str, Any], pelaku: Pelaku, kunci: UUID) -> Penempatan:
    """Place an inmate by register number; the number itself goes no further than this call."""
    return tempatkan(kunci=kunci, **nilai, **pelaku.kata_kunci)


def hitung(nilai: Mapping[str, Any], pelaku: Pelaku) -> list[Tenaga]:
    """The counts that were written; an empty field says nothing."""
    wbp = {k: n for k, n in nilai["wbp"].items() if n is not None}
    return catat_tenaga(dari=nilai["dari"], wbp=wbp, petugas=nilai["petugas"], **pelaku.kata_kunci)
