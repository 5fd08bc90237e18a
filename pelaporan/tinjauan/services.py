"""What a reviewer ticks while reading: sections, and flags that are fine. Each act locks the report first.

Only while the report waits for a decision, and not while a colleague holds it. Notes are `pelaporan/catatan/`, the
decision itself is a transition of `pelaporan/services.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.alur import Status
from pelaporan.antrean.pegangan import pastikan_bebas, tinjauan_kini
from pelaporan.bendera import BERANGKA
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.sajian import nilai_isi
from pelaporan.services import kunci_laporan, teks_wajib
from pelaporan.tinjauan.wajar import kunci_bendera
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakSah
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan


def tandai_bagian(*, laporan_id: UUID, bagian: str, sudah: bool, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Tick a section of the sent version as read, or take the tick away; twice is the same as once."""
    with transaction.atomic():
        laporan = _kunci(laporan_id, oleh, cakupan)
        if bagian not in {b.kode for b in laporan.skema.bagian}:
            raise TidakSah("Bagian ini tidak ada di formulir. Muat ulang halaman.")
        tinjauan = tinjauan_kini(laporan)
        if (bagian in tinjauan.bagian) == sudah:
            return
        tanpa = [k for k in tinjauan.bagian if k != bagian]
        tinjauan.bagian = [*tanpa, bagian] if sudah else tanpa
        tinjauan.save(update_fields=["bagian"])
        _jejak(laporan, oleh, "bagian_ditinjau" if sudah else "bagian_belum_ditinjau", {"bagian": bagian})


def tandai_wajar(*, laporan_id: UUID, bendera: str, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Call a flag of the sent version fine, with the reason that will be shown next time."""
    with transaction.atomic():
        laporan = _kunci(laporan_id, oleh, cakupan)
        satu = _bendera(laporan, bendera)
        bersih = teks_wajib(alasan, "Tulis mengapa ini wajar; alasan ini tampil lagi bila benderanya muncul lagi.")
        tinjauan = tinjauan_kini(laporan)
        isi = {
            "alasan": bersih,
            "oleh": oleh.pk,
            "nama": oleh.nama,
            "pada": sekarang().isoformat(),
            "teks": satu["teks"],
            "nilai": _nilai(laporan, satu),
        }
        tinjauan.wajar = {**tinjauan.wajar, bendera: isi}
        tinjauan.save(update_fields=["wajar"])
        _jejak(laporan, oleh, "bendera_wajar", {"bendera": bendera})


def batal_wajar(*, laporan_id: UUID, bendera: str, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Take back what was called fine."""
    with transaction.atomic():
        laporan = _kunci(laporan_id, oleh, cakupan)
        tinjauan = tinjauan_kini(laporan)
        if bendera not in tinjauan.wajar:
            return
        tinjauan.wajar = {k: w for k, w in tinjauan.wajar.items() if k != bendera}
        tinjauan.save(update_fields=["wajar"])
        _jejak(laporan, oleh, "bendera_wajar_batal", {"bendera": bendera})


def _kunci(laporan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> Laporan:
    laporan = kunci_laporan(laporan_id, cakupan)
    if not boleh(oleh, Izin.TINJAU_LAPORAN, laporan):
        raise Ditolak("Hanya verifikator Kanwil yang meninjau laporan ini.")
    if laporan.status != Status.DIKIRIM:
        raise Bentrok(
            f"Laporan ini sekarang {laporan.get_status_display().lower()}, jadi tandanya tidak berubah lagi. "
            "Muat ulang halaman."
        )
    pastikan_bebas(laporan, oleh)
    return laporan


def _bendera(laporan: Laporan, kunci: str) -> Mapping[str, Any]:
    for satu in laporan.bendera:
        if kunci_bendera(satu) == kunci:
            return satu
    raise TidakSah("Bendera ini tidak ada lagi pada laporan. Muat ulang halaman.")


def _nilai(laporan: Laporan, bendera: Mapping[str, Any]) -> str | None:
    """The figure the flag is about, as text (exact in JSON); None where the flag has none."""
    if bendera["kode"] not in BERANGKA:
        return None
    isi = LaporanVersi.objects.values_list("isi", flat=True).get(laporan=laporan, versi=laporan.versi_masuk or 0)
    nilai = nilai_isi(isi, bendera["butir"])
    return None if nilai is None else str(nilai)


def _jejak(laporan: Laporan, oleh: Pengguna, tindakan: str, rincian: dict[str, Any]) -> None:
    catat_baris(laporan, oleh=oleh, tindakan=tindakan, rincian={"versi": laporan.versi_masuk, **rincian})
