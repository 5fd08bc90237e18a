"""Published totals: entered as printed, corrected with a new revision, loaded from what the portal ships."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat_baris
from remisi.models import Rilis
from remisi.nasional.cetak import BAGIAN

_BERKAS = Path(__file__).resolve().parents[1] / "data" / "rilis.csv"
KOLOM_BAGIAN = {
    "I": "bagian_i", "II": "bagian_ii", "ANAK_I": "anak_i", "ANAK_II": "anak_ii", "DENDA_I": "denda_i",
    "DENDA_II": "denda_ii",
}  # fmt: skip
"""Where a part is kept, by its code in bands."""
_ISI = ("nama", "total", *KOLOM_BAGIAN.values(), "pita", "rupiah", "sumber", "catatan")
SUDAH_ADA = "Rilis untuk jenis, tanggal, dan wilayah ini sudah dicatat. Buka rilis itu, lalu perbaiki."


def pastikan_kelola(oleh: Pengguna) -> None:
    if not boleh(oleh, Izin.KELOLA_RILIS):
        raise Ditolak("Angka rilis dicatat oleh peninjau pusat.")


@transaction.atomic
def catat_rilis(*, isi: Mapping[str, Any], oleh: Pengguna) -> Rilis:
    """A release as printed. Raises Ditolak, TidakSah, Bentrok (it is there already)."""
    pastikan_kelola(oleh)
    satu = Rilis(tanggal=isi["tanggal"], jenis=isi["jenis"], kanwil=isi["kanwil"], oleh=oleh, pada=sekarang())
    _isi(satu, isi)
    try:
        with transaction.atomic():
            satu.save(force_insert=True)
    except IntegrityError as galat:
        raise Bentrok(SUDAH_ADA) from galat
    catat_baris(satu, oleh=oleh, tindakan="rilis_dicatat", rincian={"isi": _untuk_jejak(satu)})
    return satu


@transaction.atomic
def perbaiki_rilis(*, pk: int, isi: Mapping[str, Any], revisi: int, oleh: Pengguna) -> Rilis:
    """What was typed wrong; kind, day and region stay. Raises Ditolak, TidakDitemukan, Bentrok, TidakSah."""
    pastikan_kelola(oleh)
    satu = Rilis.objects.select_for_update().filter(pk=pk).first()
    if satu is None:
        raise TidakDitemukan("Rilis ini tidak ada.")
    if satu.revisi != revisi:
        raise Bentrok("Rilis ini baru saja diperbaiki orang lain. Muat ulang, lalu periksa lagi.")
    sebelum = _untuk_jejak(satu)
    _isi(satu, isi)
    sesudah = _untuk_jejak(satu)
    if sesudah == sebelum:
        return satu
    satu.revisi, satu.bawaan, satu.oleh, satu.pada = revisi + 1, False, oleh, sekarang()
    satu.save()
    ubahan = {k: {"dari": sebelum[k], "ke": sesudah[k]} for k in _ISI if sebelum[k] != sesudah[k]}
    catat_baris(satu, oleh=oleh, tindakan="rilis_diperbaiki", rincian={"ubahan": ubahan})
    return satu


def _isi(satu: Rilis, isi: Mapping[str, Any]) -> None:
    for nama in _ISI:
        setattr(satu, nama, isi[nama])
    if all(getattr(satu, k) is None for k in ("total", "rupiah", *KOLOM_BAGIAN.values())) and not satu.pita:
        raise TidakSah("Isi paling sedikit satu angka yang tercetak di rilis.")


def _untuk_jejak(satu: Rilis) -> dict[str, Any]:
    return {nama: getattr(satu, nama) for nama in _ISI}


# What the portal ships ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Muatan:
    baru: int
    berubah: int
    sama: int
    dipertahankan: int


@transaction.atomic
def muat_rilis() -> Muatan:
    """Create shipped releases that are missing and follow corrections of the shipped file; what a person corrected
    stays theirs."""
    ada = {(r.tanggal, r.jenis): r for r in Rilis.objects.select_for_update().filter(kanwil=None)}
    hitung = {"baru": 0, "berubah": 0, "sama": 0, "dipertahankan": 0}
    for kunci, isi in _bawaan():
        hitung[_muat_satu(ada.get(kunci), kunci, isi)] += 1
    return Muatan(**hitung)


def _muat_satu(lama: Rilis | None, kunci: tuple[date, str], isi: Mapping[str, Any]) -> str:
    if lama is not None and _untuk_jejak(lama) == dict(isi):
        return "sama"
    if lama is not None and not lama.bawaan:
        return "dipertahankan"
    satu = lama or Rilis(tanggal=kunci[0], jenis=kunci[1])
    _isi(satu, isi)
    satu.bawaan, satu.pada = True, sekarang()
    satu.revisi += 1 if lama else 0
    satu.save()
    catat_baris(satu, oleh=None, tindakan="rilis_dimuat", rincian={"isi": _untuk_jejak(satu)})
    return "berubah" if lama else "baru"


def _bawaan() -> Iterator[tuple[tuple[date, str], dict[str, Any]]]:
    with _BERKAS.open(encoding="utf-8", newline="") as berkas:
        for b in csv.DictReader(berkas, strict=True):
            angka = {k: int(b[k]) if b[k] else None for k in ("total", *KOLOM_BAGIAN.values(), "rupiah")}
            teks = {k: b[k] for k in ("nama", "sumber", "catatan")}
            yield (date.fromisoformat(b["tanggal"]), b["jenis"]), {**teks, **angka, "pita": baca_pita(b["pita"])}


def baca_pita(teks: str) -> list[dict[str, Any]]:
    """ "I 30:938 60:174; II 30:23" -> bands. Raises ValueError for what is not of this shape."""
    hasil = []
    for kelompok in filter(None, (k.strip() for k in teks.split(";"))):
        bagian, *isi = kelompok.split()
        if bagian not in BAGIAN or not isi:
            raise ValueError(kelompok)
        for satu in isi:
            hari, orang = satu.split(":")
            hasil.append({"hasil": bagian, "hari": int(hari), "orang": int(orang)})
    return hasil
