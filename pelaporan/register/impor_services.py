"""Lists that units bring: let in, read in a child process, planned, kept; saved only when somebody says so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.buku.arsip import GalatBerkas
from pelaporan.buku.giliran import giliran
from pelaporan.buku.services import BERVIRUS, DETIK_WEB, nama_bersih
from pelaporan.models import Berkas, ImporRegister
from pelaporan.register import impor, impor_kolom
from pelaporan.register.ekspor import TANDA_BAKU
from pelaporan.register.impor import BarisRencana, Izinkan, Penulis
from pelaporan.register.impor_baca import BARIS_MAKS, periksa_awal
from pelaporan.register.impor_kolom import TabelBerkas
from pelaporan.register.jenis import JenisBaris, jenis_baris
from pelaporan.register.services import pastikan_menulis
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.pemindai import pindai
from pemasyarakatan.inti.ruang_terbatas import GalatRuang, Ruang
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat, catat_baris
from pemasyarakatan.pekerjaan.services import minta
from upt.cakupan import Cakupan
from upt.models import UPT

PEMBACA = "pelaporan.register.impor_baca"
PEKERJAAN = "impor_register"
LANGSUNG = 150
"""Rows that are tried or saved within the request; more of them are a worker's."""
Status = ImporRegister.Status
TERBUKA = (Status.DIPERIKSA, Status.ANTRE)
TIDAK_ADA = "Berkas ini tidak ada, atau bukan dari unit Anda."
PRIBADI = "{} memuat data orang, jadi tidak dibaca dari berkas. Catat satu per satu di halamannya."
TANPA_ALASAN = "Tulis mengapa baris yang ditanyakan memang benar."
_TIPE = {b"PK": "application/zip", b"\xd0\xcf": "application/vnd.ms-excel"}


def pastikan_dapat(jenis: JenisBaris[Any], upt: UPT, *, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Raises TidakDitemukan (foreign unit), Ditolak."""
    pastikan_menulis(upt, oleh=oleh, cakupan=cakupan)
    if jenis.pribadi:
        raise Ditolak(PRIBADI.format(jenis.label_banyak))
    if jenis.tanpa_berkas:
        raise Ditolak(jenis.tanpa_berkas)


# ---------------------------------------------------------------- letting in


def terima(
    jenis: JenisBaris[Any], *, upt: UPT, isi: bytes, nama: str, oleh: Pengguna, cakupan: Cakupan
) -> ImporRegister:
    """Read a file and keep it with its plan. Raises GalatBerkas, TidakSah (the wrong file), Bentrok (no turn now)."""
    pastikan_dapat(jenis, upt, oleh=oleh, cakupan=cakupan)
    periksa_awal(isi)
    sidik = hashlib.sha256(isi).hexdigest()
    dipindai = pindai_unggahan(upt, isi, sidik, oleh)
    dibaca = baca_terbatas(isi)
    tabel = _tabel(dibaca["lembar"], jenis)
    with transaction.atomic():
        berkas = Berkas.objects.create(
            upt=upt, kanwil=upt.kanwil, nama=nama_bersih(nama), tipe=_TIPE.get(isi[:2], "text/csv"), ukuran=len(isi),
            sidik=sidik, isi=isi, dipindai=dipindai, oleh=oleh, pada=sekarang(),
        )  # fmt: skip
        satu = ImporRegister.objects.create(
            upt=upt, kanwil=upt.kanwil, register=jenis.register, jenis=jenis.kode, berkas=berkas,
            oleh=oleh, pada=berkas.pada,
            rencana={"tabel": tabel.ke_json(), "abaikan": _abaikan(dibaca, tabel)},
        )  # fmt: skip
        _minta_rencana(satu, Penulis(jenis, upt, oleh, cakupan), tabel)
        catat_baris(satu, oleh=oleh, tindakan="unggah_register", rincian={"sidik": sidik, "jenis": jenis.kode})
    return satu


def pindai_unggahan(upt: UPT, isi: bytes, sidik: str, oleh: Pengguna, objek: str = "imporregister") -> bool:
    """The virus scanner, before anything is parsed; a find leaves a trail. Returns whether anybody looked."""
    hasil = pindai(isi)
    if not hasil.bersih:
        catat(
            oleh=oleh, tindakan="unggahan_ditolak", objek=objek, objek_id=sidik[:32], upt_id=upt.pk,
            kanwil_id=upt.kanwil_id, rincian={"temuan": hasil.temuan, "sidik": sidik, "ukuran": len(isi)},
        )  # fmt: skip
        raise TidakSah(BERVIRUS)
    return hasil.dipindai


def baca_terbatas(isi: bytes, pembaca: str = PEMBACA) -> dict[str, Any]:
    """Read in the bounded child, when it is our turn. Raises Bentrok, TidakSah, GalatBerkas."""
    with giliran() as dapat:
        if not dapat:
            raise Bentrok("Portal sedang membaca berkas lain. Tunggu sebentar, lalu unggah lagi.")
        try:
            with Ruang(pembaca, detik=DETIK_WEB, jam=DETIK_WEB + 4) as ruang:
                jawaban = json.loads(ruang.kerjakan(isi))
        except GalatRuang as galat:
            raise TidakSah(
                "Berkas terlalu berat atau rusak, jadi tidak dibaca. Salin daftarnya saja ke berkas baru, lalu unggah."
            ) from galat
    if "galat" in jawaban:
        raise GalatBerkas(jawaban["galat"], jawaban["status"])
    return dict(jawaban["ok"])


def _tabel(lembar: Sequence[Mapping[str, Any]], jenis: JenisBaris[Any]) -> TabelBerkas:
    tabel = impor_kolom.cari_tabel(lembar, jenis.kolom, TANDA_BAKU)
    if tabel is None or not tabel.baris:
        raise TidakSah("Berkas ini tidak berisi baris di bawah judul kolomnya. Isi dahulu, lalu unggah lagi.")
    if len(tabel.baris) > BARIS_MAKS:
        raise TidakSah(
            f"Berkas berisi {tulis_angka(len(tabel.baris))} baris; paling banyak {tulis_angka(BARIS_MAKS)} sekali "
            "unggah. Bagi menjadi beberapa berkas."
        )
    return tabel


def _abaikan(dibaca: Mapping[str, Any], tabel: TabelBerkas) -> list[str]:
    lain = [s["nama"] for s in dibaca["lembar"] if not s["csv"] and s["nama"] != tabel.lembar and s["baris"]]
    return [*dibaca["abaikan"], *(f"Lembar “{nama}” tidak dibaca." for nama in lain)]


# ---------------------------------------------------------------- planning and deciding


def _rencanakan(
    satu: ImporRegister, penulis: Penulis, tabel: TabelBerkas, izinkan: Izinkan, baris: list[BarisRencana] | None = None
) -> None:
    """Keep what saving would do now; the plan of a file without an obligatory column is empty."""
    kurang = impor_kolom.kurang(tabel, penulis.jenis.kolom)
    if baris is None:
        baris = [] if kurang else rencana_kini(penulis, tabel, izinkan)
    satu.rencana = {
        **satu.rencana, "tabel": tabel.ke_json(), "kurang": [k.nama for k in kurang],
        "baris": [b.ke_json() for b in baris], "alasan": izinkan.alasan, "semua": izinkan.semua,
    }  # fmt: skip
    satu.save(update_fields=["rencana"])


def rencana_kini(penulis: Penulis, tabel: TabelBerkas, izinkan: Izinkan) -> list[BarisRencana]:
    hasil: list[BarisRencana] = []
    impor.coba(lambda: hasil.extend(impor.susun(penulis, tabel, izinkan)))
    return hasil


def baris_rencana(satu: ImporRegister) -> list[BarisRencana]:
    return [BarisRencana(**b) for b in satu.rencana["baris"]]


@transaction.atomic
def petakan(*, impor_id: UUID, kolom: Mapping[str, int | None], oleh: Pengguna, cakupan: Cakupan) -> ImporRegister:
    """Plan again with the columns that the person chose. Raises TidakSah when one of them is named twice."""
    satu, penulis = _terkunci(impor_id, oleh, cakupan)
    _pastikan_terbuka(satu)
    kolom = {k.nama: kolom.get(k.nama) for k in penulis.jenis.kolom}
    dipilih = [n for n in kolom.values() if n is not None]
    if len(set(dipilih)) != len(dipilih):
        raise TidakSah("Satu kolom berkas dipilih untuk dua isian. Pilih kolom yang berbeda.")
    _minta_rencana(satu, penulis, impor_kolom.petakan(_tabel_rencana(satu), kolom))
    return satu


def _tabel_rencana(satu: ImporRegister) -> TabelBerkas:
    return TabelBerkas.dari_json(satu.rencana["tabel"])


def _minta_rencana(satu: ImporRegister, penulis: Penulis, tabel: TabelBerkas) -> None:
    """Plan now, or leave it to a worker."""
    if len(tabel.baris) <= LANGSUNG or impor_kolom.kurang(tabel, penulis.jenis.kolom):
        _rencanakan(satu, penulis, tabel, Izinkan())
    else:
        _rencanakan(satu, penulis, tabel, Izinkan(), [])
        _serahkan(satu, penulis, {})


def _serahkan(satu: ImporRegister, penulis: Penulis, tugas: dict[str, Any]) -> None:
    """Leave it to a worker: what to do stands in the row itself."""
    satu.status, satu.rencana = Status.ANTRE, {**satu.rencana, "tugas": tugas}
    satu.save(update_fields=["status", "rencana"])
    apa = "Menyimpan" if tugas else "Memeriksa"
    judul = f"{apa} daftar {penulis.jenis.label_banyak}, {penulis.upt}"
    minta(
        oleh=penulis.oleh, jenis=PEKERJAAN, parameter={"impor": str(satu.pk), "simpan": bool(tugas)}, judul=judul[:160]
    )


@transaction.atomic
def kerjakan_yang_antre(*, impor_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> None:
    """The worker's part: plan or save what was left to it, in one transaction."""
    satu, penulis = _terkunci(impor_id, oleh, cakupan)
    if satu.status != Status.ANTRE:
        return  # called off, or done by another attempt
    tugas = satu.rencana.pop("tugas")
    satu.status = Status.DIPERIKSA
    if not tugas:
        _rencanakan(satu, penulis, _tabel_rencana(satu), Izinkan())
    elif not _simpan(
        satu, penulis, Izinkan(frozenset(tugas["baris"]), tugas["semua"], tugas["alasan"]), tugas["sidik"]
    ):
        satu.rencana["berubah"] = True
    satu.save(update_fields=["status", "rencana"])


@transaction.atomic
def simpan(
    *, impor_id: UUID, izinkan: Izinkan, sidik: str, oleh: Pengguna, cakupan: Cakupan
) -> tuple[ImporRegister, bool]:
    """Save every accepted row, all in one transaction; returns whether that is done or on its way.

    The plan is made again. Where it is not the one that the person saw (`sidik`), nothing is saved and the new plan is
    kept to be shown. A file that was saved stays saved: done, once.
    """
    satu, penulis = _terkunci(impor_id, oleh, cakupan)
    if satu.status == Status.DISIMPAN:
        return satu, True
    _pastikan_terbuka(satu)
    if (izinkan.semua or izinkan.baris) and not izinkan.alasan:
        raise TidakSah(TANPA_ALASAN)
    tabel = _tabel_rencana(satu)
    if impor_kolom.kurang(tabel, penulis.jenis.kolom):
        raise TidakSah("Ada kolom wajib yang belum dipilih. Pilih dahulu kolomnya.")
    if len(tabel.baris) <= LANGSUNG:
        return satu, _simpan(satu, penulis, izinkan, sidik)
    tugas = {"baris": sorted(izinkan.baris), "semua": izinkan.semua, "alasan": izinkan.alasan, "sidik": sidik}
    _serahkan(satu, penulis, tugas)
    return satu, True


def _simpan(satu: ImporRegister, penulis: Penulis, izinkan: Izinkan, sidik: str) -> bool:
    tabel = _tabel_rencana(satu)
    baris = _tulis(penulis, tabel, izinkan, sidik)
    _rencanakan(satu, penulis, tabel, izinkan, baris)
    if impor.sidik(baris) != sidik:
        return False
    satu.hasil = impor.hitung(baris)
    _putuskan(satu, Status.DISIMPAN, "simpan_register", penulis.oleh)
    return True


def _tulis(penulis: Penulis, tabel: TabelBerkas, izinkan: Izinkan, sidik: str) -> list[BarisRencana]:
    """What became of the rows; they stay only where that is what the person saw."""
    hasil: list[BarisRencana] = []

    def kerja() -> None:
        hasil.extend(impor.susun(penulis, tabel, izinkan))
        if impor.sidik(hasil) != sidik:
            raise impor.Batal

    with suppress(impor.Batal):
        impor.bersama(kerja)
    return hasil


@transaction.atomic
def tandai(*, impor_id: UUID, izinkan: Izinkan, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Keep what the person has ticked so far, while they look around in the plan."""
    satu, _ = _terkunci(impor_id, oleh, cakupan)
    _pastikan_terbuka(satu)
    baris = baris_rencana(satu)
    for b in baris:
        b.setuju = b.n in izinkan.baris
    tersimpan = {"baris": [b.ke_json() for b in baris], "alasan": izinkan.alasan, "semua": izinkan.semua}
    satu.rencana = {**satu.rencana, **tersimpan}
    satu.save(update_fields=["rencana"])


@transaction.atomic
def batalkan(*, impor_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> ImporRegister:
    """Leave the plan aside; the file stays as it came."""
    satu, _ = _terkunci(impor_id, oleh, cakupan)
    if satu.status != Status.DIBATALKAN:
        _pastikan_terbuka(satu, *TERBUKA)
        _putuskan(satu, Status.DIBATALKAN, "batal_register", oleh)
    return satu


def _terkunci(impor_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> tuple[ImporRegister, Penulis]:
    semua = ImporRegister.objects.dalam(cakupan).select_related("upt", "upt__kanwil", "berkas", "oleh")
    satu = semua.select_for_update(of=("self",)).filter(pk=impor_id).first()
    if satu is None:
        raise TidakDitemukan(TIDAK_ADA)
    jenis = jenis_baris(satu.register, satu.jenis)
    pastikan_dapat(jenis, satu.upt, oleh=oleh, cakupan=cakupan)
    return satu, Penulis(jenis, satu.upt, oleh, cakupan)


def _pastikan_terbuka(satu: ImporRegister, *status: ImporRegister.Status) -> None:
    if satu.status not in (status or (Status.DIPERIKSA,)):
        raise Bentrok("Berkas ini sudah diputuskan. Muat ulang halaman untuk melihat hasilnya.")


def _putuskan(satu: ImporRegister, status: ImporRegister.Status, tindakan: str, oleh: Pengguna) -> None:
    satu.status, satu.diputus_pada = status, sekarang()
    satu.save(update_fields=["status", "diputus_pada", "hasil"])
    catat_baris(satu, oleh=oleh, tindakan=tindakan, rincian={"jenis": satu.jenis, **satu.hasil})
