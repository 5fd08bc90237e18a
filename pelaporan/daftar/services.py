"""Rows of line lists in bulk: copy one, bring one back, paste many, take a whole paste back. One transaction each."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.butir import Daftar
from pelaporan.daftar.tempelan import GalatTempel, Mulai, Rencana, rencanakan
from pelaporan.idempotensi import jawab_sekali
from pelaporan.isian import Keadaan, Sel, tulis_masukan
from pelaporan.kanonik import sidik
from pelaporan.services import kunci_laporan, pastikan_draf
from pelaporan.services_isian import Penulis, Perubahan, pastikan_dapat_diisi, terisi
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, TidakSah
from upt.cakupan import Cakupan

SALINAN = "baris"
"""Origin mark of cells that came from another row of the same list."""


@dataclass(frozen=True)
class Tempelan:
    """A block as it arrived: its text, the cell it begins at, and what was mended in the preview."""

    daftar: str
    teks: str
    mulai: Mulai
    koreksi: Mapping[str, str]


@dataclass(frozen=True)
class Batalan:
    """What taking a paste back did; `tertahan` counts what somebody had changed since, and stays."""

    baris: int
    sel: int
    tertahan: int


def _penulis(laporan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> Penulis:
    laporan = kunci_laporan(laporan_id, cakupan)
    pastikan_dapat_diisi(laporan, oleh)
    return Penulis(laporan, pastikan_draf(laporan), oleh)


def _daftar(penulis: Penulis, kode: str) -> Daftar:
    """A list that the form has and that people type here. Raises TidakSah, Bentrok."""
    if kode not in penulis.skema.daftar:
        raise TidakSah("Daftar ini tidak ada di formulir. Muat ulang halaman.")
    penulis.pastikan_diketik(kode)
    return penulis.skema.daftar[kode]


def _pastikan_muat(penulis: Penulis, daftar: Daftar, tambahan: int) -> None:
    if len(penulis.isi["daftar"].get(daftar.kode, [])) + tambahan > daftar.maks:
        raise TidakSah(f"Daftar ini memuat paling banyak {daftar.maks} baris.")


def salin_satu(*, laporan_id: UUID, daftar: str, baris: str, kunci: str, oleh: Pengguna, cakupan: Cakupan) -> str:
    """A new row below one, with the same content; every cell is marked as a copy until somebody looks at it."""

    def kerjakan() -> dict[str, Any]:
        penulis = _penulis(laporan_id, oleh, cakupan)
        _pastikan_muat(penulis, _daftar(penulis, daftar), 1)
        return {"baris": _sisipkan_salinan(penulis, daftar, baris)}

    with transaction.atomic():
        jejak = sidik(["salin_baris", str(laporan_id), daftar, baris])
        return str(jawab_sekali(aktor=oleh, kunci=kunci, sidik=jejak, kerjakan=kerjakan)["baris"])


def _sisipkan_salinan(penulis: Penulis, kode: str, asal: str) -> str:
    semua = penulis.isi["daftar"].get(kode, [])
    letak = next((n for n, b in enumerate(semua) if b["id"] == asal), None)
    if letak is None:
        raise TidakSah("Baris ini sudah dihapus. Muat ulang halaman.")
    baru: dict[str, Any] = {"id": uuid.uuid4().hex[:12], "sel": {}}
    penulis.isi["daftar"][kode] = [*semua[: letak + 1], baru, *semua[letak + 1 :]]
    penulis.riwayat[f"{kode}/{baru['id']}"] = [None, "baris baru"]
    for butir in penulis.skema.daftar[kode].kolom:
        if terisi(lama := semua[letak]["sel"].get(butir.kode)):
            teks, keadaan, alasan = _ketikan(penulis, kode, butir.kode, lama)
            penulis.tulis(Perubahan(butir.kode, teks, keadaan, alasan, daftar=kode, baris=baru["id"]))
    for sel in baru["sel"].values():
        sel["s"] = SALINAN
    penulis.selesaikan("salin")
    return str(baru["id"])


def _ketikan(penulis: Penulis, daftar: str, kode: str, lama: Mapping[str, Any] | None) -> tuple[str, str, str]:
    """A stored cell as a person would type it again: text, state, reason."""
    if not terisi(dict(lama) if lama else None):
        return "", Keadaan.ISI.value, ""
    butir = penulis.skema.daftar[daftar].per_kode[kode]
    sel = Sel.dari_json(butir, lama or {})
    keadaan = Keadaan.ISI if sel.keadaan == Keadaan.NIHIL else sel.keadaan
    return tulis_masukan(butir, sel), keadaan.value, sel.alasan


def kembalikan(*, laporan_id: UUID, daftar: str, baris: str, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Bring a deleted row back to its place. A second press finds it there and changes nothing."""
    with transaction.atomic():
        penulis = _penulis(laporan_id, oleh, cakupan)
        satu = _daftar(penulis, daftar)
        if any(b["id"] == baris for b in penulis.isi["daftar"].get(daftar, [])):
            return
        _pastikan_muat(penulis, satu, 1)
        if not penulis.kembalikan_baris(daftar, baris):
            raise TidakSah("Baris ini sudah terlalu lama dihapus. Isinya masih ada di riwayat isian.")
        penulis.selesaikan("web")


def tempel(
    *, laporan_id: UUID, tempelan: Tempelan, cap: str, kunci: str, oleh: Pengguna, cakupan: Cakupan
) -> dict[str, Any]:
    """Save a previewed block: existing rows from its first cell on, then new rows; all of it or nothing.

    `cap` is the digest of the cells that the preview said it would replace. Raises Bentrok when they changed since,
    TidakSah when the block cannot be taken. Returns the number of rows and the id under which it can be taken back.
    """

    def kerjakan() -> dict[str, Any]:
        penulis = _penulis(laporan_id, oleh, cakupan)
        daftar = _daftar(penulis, tempelan.daftar)
        try:
            ada = penulis.isi["daftar"].get(daftar.kode, [])
            rencana = rencanakan(daftar, tempelan.teks, ada, tempelan.mulai, tempelan.koreksi)
        except GalatTempel as galat:
            raise TidakSah(str(galat)) from galat
        _pastikan_boleh(rencana, cap)
        return _pasang(penulis, rencana)

    with transaction.atomic():
        jejak = sidik(["tempel", str(laporan_id), tempelan.daftar, tempelan.teks, dict(tempelan.koreksi)])
        return jawab_sekali(aktor=oleh, kunci=kunci, sidik=jejak, kerjakan=kerjakan)


def _pastikan_boleh(rencana: Rencana, cap: str) -> None:
    if rencana.halangan:
        raise TidakSah(rencana.halangan)
    if rencana.cap != cap:
        raise Bentrok("Isi daftar berubah sejak pratinjau ini dibuat. Periksa pratinjau yang baru, lalu tambahkan.")


def _pasang(penulis: Penulis, rencana: Rencana) -> dict[str, Any]:
    kode = rencana.daftar.kode
    id_baru = {b.nomor: uuid.uuid4().hex[:12] for b in rencana.baris if not b.id}
    penulis.tambah_baris(kode, list(id_baru.values()))
    sebelum = {b["id"]: dict(b["sel"]) for b in penulis.isi["daftar"][kode]}
    diganti: dict[str, Any] = {}
    for baris in rencana.baris:
        baris_id = baris.id or id_baru[baris.nomor]
        for sel in baris.sel:
            satu = Perubahan(sel.butir.kode, sel.teks, versi=sel.versi, daftar=kode, baris=baris_id)
            penulis.tulis(satu)
            if baris.id:  # cells of new rows need no note: the row goes as a whole
                versi = penulis.hasil.tersimpan[satu.alamat]["versi"]
                diganti[satu.alamat] = {"lama": sebelum[baris_id].get(sel.butir.kode), "v": versi}
    tanda, jumlah = uuid.uuid4().hex[:12], len(rencana.sel)
    catatan = {"id": tanda, "daftar": kode, "baris": list(id_baru.values()), "sel": diganti, "jumlah": jumlah}
    catatan["pada"] = penulis.kini.isoformat()
    penulis.isi["tempelan"] = catatan
    penulis.selesaikan("tempel")
    pertama = rencana.baris[0].id or id_baru[rencana.baris[0].nomor]
    return {"id": tanda, "baru": len(id_baru), "sel": jumlah, "pertama": pertama}


def batal_tempel(*, laporan_id: UUID, tanda: str, oleh: Pengguna, cakupan: Cakupan) -> Batalan:
    """Take the last paste back in one step. What somebody changed since then stays, and is counted."""
    with transaction.atomic():
        penulis = _penulis(laporan_id, oleh, cakupan)
        catatan = penulis.isi.get("tempelan") or {}
        if catatan.get("id") != tanda:
            raise TidakSah("Tempelan ini sudah dibatalkan atau diganti tempelan lain. Hapus barisnya satu per satu.")
        penulis.pastikan_diketik(catatan["daftar"])
        hasil = _batalkan(penulis, catatan)
        penulis.isi["tempelan"] = None
        penulis.selesaikan("tempel")
        return hasil


def _batalkan(penulis: Penulis, catatan: Mapping[str, Any]) -> Batalan:
    kode = catatan["daftar"]
    ada = {b["id"]: b["sel"] for b in penulis.isi["daftar"].get(kode, [])}
    baru = [b for b in catatan["baris"] if b in ada]
    # by the moment too: a cell that the paste left empty and somebody filled since has version 1 as well
    utuh = [b for b in baru if all((s.get("v"), s.get("p")) == (1, catatan.get("pada")) for s in ada[b].values())]
    for baris in utuh:
        penulis.hapus_baris(kode, baris)
    diganti = {a: s for a, s in catatan["sel"].items() if a.split("/")[1] in ada}
    kembali = 0
    for alamat, satu in diganti.items():
        _, baris, kolom = alamat.split("/")
        if ada[baris].get(kolom, {}).get("v") == satu["v"]:
            teks, keadaan, alasan = _ketikan(penulis, kode, kolom, satu["lama"])
            penulis.tulis(Perubahan(kolom, teks, keadaan, alasan, satu["v"], kode, baris))
            kembali += 1
    return Batalan(len(utuh), kembali, len(baru) - len(utuh) + len(diganti) - kembali)
