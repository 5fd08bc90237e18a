"""Sending a region's recap: what is known now, with the gaps by name. It waits for nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from dasbor.models import RekapWilayah
from dasbor.rekap_wilayah.selectors import rekap_kini
from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakSah
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import Bulan, sekarang
from pemasyarakatan.jejak.services import catat
from upt.cakupan import Cakupan
from upt.models import Kanwil

CATATAN_MAKS = 2000


def kirim_rekap(
    *, kanwil: Kanwil, bulan: Bulan, catatan: str, disahkan: bool, oleh: Pengguna, cakupan: Cakupan, kunci: str
) -> UUID:
    """Freeze the region's month as a new version; returns its id.

    Raises Ditolak (no right here), TidakSah (not certified, nothing received yet, or nothing changed since the last).
    """
    if not boleh(oleh, Izin.KIRIM_REKAP, _Wilayah(kanwil)):
        raise Ditolak("Rekap wilayah dikirim oleh Kepala Kanwil.")
    if not disahkan:
        raise TidakSah("Centang pernyataan pengesahan sebelum mengirim rekap.", sasaran="disahkan")
    try:
        bersih = bersihkan_teks(catatan, CATATAN_MAKS, baris_banyak=True)
    except GalatTeks as galat:
        raise TidakSah(galat.pesan, sasaran="catatan") from galat
    with transaction.atomic():
        jawaban = jawab_sekali(
            aktor=oleh,
            kunci=kunci,
            sidik=sidik(["rekap_wilayah", kanwil.kode, bulan.kode, bersih]),
            kerjakan=lambda: {"id": str(_kirim(kanwil, bulan, bersih, oleh, cakupan))},
        )
    return UUID(jawaban["id"])


class _Wilayah:
    """A region as an object of rights."""

    def __init__(self, kanwil: Kanwil) -> None:
        self.kanwil_id = kanwil.pk


def _pokok(isi: dict[str, Any]) -> str:
    """What a new version must differ in. Days past a deadline grow by themselves and are no news; gaps are ordered by
    them, so the order goes too.
    """
    celah = sorted(sidik({k: v for k, v in satu.items() if k != "hari"}) for satu in isi["celah"])
    return sidik({**isi, "celah": celah})


def _kirim(kanwil: Kanwil, bulan: Bulan, catatan: str, oleh: Pengguna, cakupan: Cakupan) -> UUID:
    with (
        connection.cursor() as kursor
    ):  # two heads (definitive and acting) at once make two versions, not one number twice
        kursor.execute("SELECT pg_advisory_xact_lock(hashtext('rekap_wilayah'), %s)", [kanwil.pk])
    isi = rekap_kini(cakupan, kanwil, bulan)
    if not isi["liputan"]["masuk"]:
        raise TidakSah(f"Belum ada laporan {bulan.nama} yang masuk dari wilayah ini, jadi belum ada yang direkap.")
    semua = RekapWilayah.objects.filter(kanwil=kanwil, bulan=bulan.awal)
    akhir = semua.order_by("-versi").first()
    if akhir is not None and akhir.catatan == catatan and _pokok(akhir.isi) == _pokok(isi):
        raise TidakSah(f"Tidak ada perubahan sejak versi {akhir.versi}. Kirim lagi bila angkanya sudah berubah.")
    rekap = RekapWilayah.objects.create(
        kanwil=kanwil,
        bulan=bulan.awal,
        versi=(semua.aggregate(n=Max("versi"))["n"] or 0) + 1,
        isi=isi,
        sidik=sidik(isi),
        catatan=catatan,
        dibuat_oleh=oleh,
        sebagai=next((t.gelar for t in oleh.tugas_aktif() if t.mencakup(_Wilayah(kanwil))), ""),  # type: ignore[attr-defined]
        dibuat_pada=sekarang(),
    )
    catat(
        oleh=oleh,
        tindakan="kirim_rekap",
        objek="rekap_wilayah",
        objek_id=rekap.pk,
        kanwil_id=kanwil.pk,
        rincian={"bulan": bulan.kode, "versi": rekap.versi, "sidik": rekap.sidik},
    )
    return rekap.pk
