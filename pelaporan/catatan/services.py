"""Writing in threads. Every act locks the report first, so that remarks, transitions and saves are in one order.

Who may act: staff of the unit (ISI_LAPORAN) and reviewers (TINJAU_LAPORAN). A reviewer's remarks on a sent report
wait with the review (`kirim_tertunda`); everything else is sent at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from pelaporan.alur import Status, dapat_diisi
from pelaporan.catatan.kiriman import KANWIL, UPT, beritahu, buka_utas, kirim_tertunda, susun_komentar
from pelaporan.catatan.tempat import Tempat, baca_tempat, baris_ada, label_tempat
from pelaporan.idempotensi import jawab_sekali
from pelaporan.isian import GalatIsian, Sel, baca_sel, baca_teks_bebas, tulis_masukan
from pelaporan.kanonik import sidik
from pelaporan.models import Draf, Komentar, Laporan, LaporanVersi, Utas
from pelaporan.services import kunci_laporan, sebagai
from pelaporan.services_isian import Perubahan, simpan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import sekarang, tulis_waktu
from pemasyarakatan.jejak.services import catat, catat_baris
from upt.cakupan import Cakupan

__all__ = [
    "hapus_tertunda",
    "kirim_tertunda",
    "selesaikan",
    "terapkan_usulan",
    "tertunda_bagi",
    "tolak_usulan",
    "tulis_komentar",
]

TEKS_MAKS = 1000


def sisi(orang: Pengguna, laporan: Laporan) -> str:
    """On which side of the report this person acts: "upt", "kanwil", or "" (reads only)."""
    if boleh(orang, Izin.ISI_LAPORAN, laporan):
        return UPT
    return KANWIL if boleh(orang, Izin.TINJAU_LAPORAN, laporan) else ""


def tertunda_bagi(orang: Pengguna, laporan: Laporan) -> bool:
    """Would a remark of this person wait for the review to be sent?"""
    return laporan.status == Status.DIKIRIM and sisi(orang, laporan) == KANWIL


def tulis_komentar(
    *,
    laporan_id: UUID,
    kode: str,
    teks: str,
    usulan: str | None = None,
    oleh: Pengguna,
    cakupan: Cakupan,
    tertunda: bool | None = None,
    kunci: str = "",
) -> Komentar:
    """Add a remark to the open thread of a place, opening one where there is none.

    `tertunda` is what the person was told (wait for the review, or send at once); when the report has moved on
    meanwhile nothing is written (Bentrok). With `kunci` a repeated press gets the first remark.
    """
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        _pastikan_boleh(oleh, laporan)
        jejak = sidik(["komentar", str(laporan_id), kode, teks, usulan])

        def kerjakan() -> dict[str, Any]:
            return {"komentar": _tulis(laporan, kode, teks, usulan, oleh, tertunda).pk}

        isi = jawab_sekali(aktor=oleh, kunci=kunci, sidik=jejak, kerjakan=kerjakan) if kunci else kerjakan()
        # a pending remark that was sent long ago and taken back since is simply gone
        komentar = Komentar.objects.filter(pk=isi["komentar"]).select_related("utas").first()
        if komentar is None:
            raise Bentrok("Catatan ini sudah dihapus. Muat ulang halaman.")
        komentar.laporan = laporan
        return komentar


def _tulis(
    laporan: Laporan, kode: str, teks: str, usulan: str | None, oleh: Pengguna, tertunda: bool | None
) -> Komentar:
    menunggu = tertunda_bagi(oleh, laporan)
    if tertunda is not None and tertunda != menunggu:
        raise Bentrok(
            f"Laporan ini sekarang {laporan.get_status_display().lower()}. Muat ulang halaman, lalu tulis lagi bila "
            "catatan ini masih perlu."
        )
    tempat = _tempat(laporan, kode)
    bersih = _teks(teks)
    nilai = _baca_usulan(laporan, tempat, usulan, oleh)
    if not bersih and nilai is None:
        raise TidakSah("Tulis catatannya.", teks=True)
    pada = sekarang()
    utas = buka_utas(laporan, kode, oleh=oleh, pada=pada)
    komentar = susun_komentar(
        utas, laporan, teks=bersih, usulan=nilai, oleh=oleh, sebagai=sebagai(oleh, laporan), pada=pada,
        terkirim=not menunggu,
    )  # fmt: skip
    komentar.save(force_insert=True)
    _jejak(laporan, oleh, "catatan_ditulis", komentar)
    if not menunggu:
        _beritahu(utas, laporan, oleh)
    return komentar


def _pastikan_boleh(oleh: Pengguna, laporan: Laporan) -> None:
    if not sisi(oleh, laporan):
        raise Ditolak("Catatan ditulis oleh petugas UPT dan peninjau laporan ini.")


def _tempat(laporan: Laporan, kode: str) -> Tempat:
    tempat = baca_tempat(laporan.skema, kode)
    if tempat is None or not _berbaris(laporan, tempat):
        raise TidakSah("Butir ini tidak ada di formulir. Muat ulang halaman.")
    return tempat


def _berbaris(laporan: Laporan, tempat: Tempat) -> bool:
    if not tempat.daftar:
        return True
    draf = Draf.objects.filter(laporan=laporan).values_list("isi", flat=True).first()
    versi = LaporanVersi.objects.filter(laporan=laporan, versi=laporan.versi_masuk or 0)
    return any(baris_ada(isi or {}, tempat) for isi in (draf, versi.values_list("isi", flat=True).first()))


def _teks(teks: str) -> str:
    try:
        return baca_teks_bebas(teks, TEKS_MAKS)
    except GalatIsian as galat:
        raise TidakSah(galat.pesan, teks=True) from galat


def _baca_usulan(laporan: Laporan, tempat: Tempat, usulan: str | None, oleh: Pengguna) -> str | None:
    """The proposed value in the portal's own writing, which reads back as the same value; None when there is none."""
    if not (usulan or "").strip():
        return None
    if sisi(oleh, laporan) != KANWIL:
        raise Ditolak("Nilai diusulkan oleh peninjau. Petugas UPT mengisi nilainya langsung di bagian formulir.")
    if tempat.butir is None:
        raise TidakSah("Usulan nilai hanya untuk satu sel. Pilih butirnya dahulu.", usulan=True)
    try:
        sel = baca_sel(tempat.butir, usulan)
    except GalatIsian as galat:
        tanya = tulis_masukan(tempat.butir, Sel(galat.tanya)) if galat.tanya is not None else ""
        raise TidakSah(f"Usulan untuk {tempat.label}: {galat.pesan}", usulan=True, tanya=tanya) from galat
    return tulis_masukan(tempat.butir, sel) or None


def _beritahu(utas: Utas, laporan: Laporan, oleh: Pengguna) -> None:
    """The unit hears every remark of a reviewer; the reviewers hear the unit where they are part of the talk."""
    dari = sisi(oleh, laporan)
    lain = Komentar.objects.filter(utas=utas, terkirim_pada__isnull=False).exclude(oleh=oleh)
    if dari == UPT and laporan.versi_masuk is None and not lain.exists():
        return  # colleagues talking over a draft are no business of the Kanwil
    beritahu(
        utas, laporan, untuk=KANWIL if dari == UPT else UPT, url=_url(laporan, utas.kode), oleh=oleh,
        teks=f"{oleh.nama} menulis catatan pada {laporan.formulir.nama} {laporan.periode.nama}, {laporan.upt.nama}: "
        f"{label_tempat(laporan.skema, utas.kode)}.",
    )  # fmt: skip


def _url(laporan: Laporan, kode: str) -> str:
    kunci = {"kode": laporan.upt.kode, "bulan": laporan.periode, "formulir": laporan.formulir_id}
    return f"{reverse('pelaporan:catatan', kwargs=kunci)}?sel={kode}"


def _jejak(laporan: Laporan, oleh: Pengguna, tindakan: str, komentar: Komentar, **lain: Any) -> None:
    catat_baris(
        laporan, oleh=oleh, tindakan=tindakan, rincian={"komentar": komentar.pk, "sel": komentar.utas.kode, **lain}
    )


# Taking back, closing --------------------------------------------------------------------------------------


def hapus_tertunda(*, komentar_id: int, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Take back a remark that nobody has seen yet; twice is the same as once."""
    with transaction.atomic():
        komentar = _komentar(komentar_id, cakupan)
        if komentar is None:
            return
        if komentar.oleh_id != oleh.pk:
            raise Ditolak("Hanya penulisnya yang dapat menghapus catatan ini.")
        if komentar.terkirim_pada is not None:
            raise Bentrok("Catatan ini sudah terkirim, jadi tidak dapat dihapus. Tulis ralatnya di bawahnya.")
        _jejak(komentar.laporan, oleh, "catatan_dihapus", komentar)
        komentar.delete()


def selesaikan(*, utas_id: int, oleh: Pengguna, cakupan: Cakupan) -> Utas:
    """Close a thread: who opened it, or a reviewer. A new remark at the place opens the talk again."""
    with transaction.atomic():
        utas = Utas.objects.dalam(cakupan).filter(pk=utas_id).first()
        if utas is None:
            raise TidakDitemukan("Catatan ini tidak ada, atau bukan dari unit Anda.")
        laporan = kunci_laporan(utas.laporan_id, cakupan)
        _pastikan_boleh(oleh, laporan)
        if utas.dibuka_oleh_id != oleh.pk and sisi(oleh, laporan) != KANWIL:
            raise Ditolak("Catatan ini ditutup oleh pembukanya atau oleh peninjau.")
        kini = sekarang()
        if Utas.objects.filter(pk=utas_id, selesai_pada=None).update(selesai_oleh=oleh, selesai_pada=kini):
            catat(
                oleh=oleh, tindakan="catatan_selesai", objek="laporan", objek_id=laporan.pk, upt_id=laporan.upt_id,
                kanwil_id=laporan.kanwil_id, rincian={"utas": utas.pk, "sel": utas.kode},
            )  # fmt: skip
        return Utas.objects.select_related("laporan").get(pk=utas_id)


def _komentar(komentar_id: int, cakupan: Cakupan) -> Komentar | None:
    """The remark with its report locked; None when it is missing, foreign, or somebody's pending one."""
    awal = Komentar.objects.dalam(cakupan).filter(pk=komentar_id).values_list("laporan_id", flat=True).first()
    if awal is None:
        return None
    laporan = kunci_laporan(awal, cakupan)
    komentar = Komentar.objects.select_related("utas", "oleh", "nasib_oleh").filter(pk=komentar_id).first()
    if komentar is not None:
        komentar.laporan = laporan
    return komentar


# Proposed values -------------------------------------------------------------------------------------------


def terapkan_usulan(*, komentar_id: int, oleh: Pengguna, cakupan: Cakupan, versi: int | None = None) -> Komentar:
    """The unit takes the proposed value: saved as if typed (origin "usulan"), with its trail.

    `versi` is the version of the cell the person saw. Pressed twice by the same person it is one act; whoever comes
    second gets Bentrok, as does who would overwrite a newer value.
    """

    def kerjakan(komentar: Komentar) -> str:
        _simpan_usulan(komentar, oleh, cakupan, versi)
        return Komentar.Nasib.DITERAPKAN

    return _putuskan(komentar_id, oleh, cakupan, Komentar.Nasib.DITERAPKAN, kerjakan)


def tolak_usulan(*, komentar_id: int, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> Komentar:
    """The unit keeps its own value and says why, in the thread."""

    def kerjakan(komentar: Komentar) -> str:
        laporan = komentar.laporan
        bersih = _teks(alasan)
        if not bersih:
            raise TidakSah("Tulis mengapa nilai Anda tetap dipakai.", teks=True)
        kini = sekarang()
        utas = buka_utas(laporan, komentar.utas.kode, oleh=oleh, pada=kini)
        jawaban = susun_komentar(
            utas, laporan, teks=bersih, oleh=oleh, sebagai=sebagai(oleh, laporan), pada=kini, terkirim=True
        )
        jawaban.save(force_insert=True)
        return Komentar.Nasib.DITOLAK

    return _putuskan(komentar_id, oleh, cakupan, Komentar.Nasib.DITOLAK, kerjakan)


def _putuskan(
    komentar_id: int, oleh: Pengguna, cakupan: Cakupan, nasib: str, kerjakan: Callable[[Komentar], str]
) -> Komentar:
    with transaction.atomic():
        komentar = _komentar(komentar_id, cakupan)
        if komentar is None or komentar.usulan is None:
            raise TidakDitemukan("Usulan ini tidak ada, atau bukan dari unit Anda.")
        laporan = komentar.laporan
        if sisi(oleh, laporan) != UPT:
            raise Ditolak("Usulan diterapkan atau ditolak oleh petugas UPT.")
        if komentar.nasib == nasib and komentar.nasib_oleh_id == oleh.pk:
            return komentar  # the same press once more
        _pastikan_terbuka(komentar)
        kerjakan(komentar)
        kini = sekarang()
        komentar.nasib, komentar.nasib_oleh, komentar.nasib_pada = nasib, oleh, kini
        komentar.save(update_fields=["nasib", "nasib_oleh", "nasib_pada"])
        _jejak(laporan, oleh, f"usulan_{nasib}", komentar)
        _kabari_nasib(komentar, oleh, kini)
        return komentar


def _pastikan_terbuka(komentar: Komentar) -> None:
    laporan = komentar.laporan
    if komentar.nasib:
        siapa = komentar.nasib_oleh.nama if komentar.nasib_oleh else ""
        kapan = tulis_waktu(komentar.nasib_pada, laporan.upt.zona)
        raise Bentrok(f"Usulan ini sudah {komentar.get_nasib_display()} {siapa}, {kapan}. Muat ulang halaman.")
    if komentar.terkirim_pada is None:
        raise TidakDitemukan("Usulan ini tidak ada, atau bukan dari unit Anda.")
    if not dapat_diisi(laporan.status):
        raise Bentrok(
            f"Laporan ini sudah {laporan.get_status_display().lower()}, jadi usulan belum dapat dijawab. Tunggu sampai "
            "laporan dikembalikan atau dibuka kembali."
        )


def _simpan_usulan(komentar: Komentar, oleh: Pengguna, cakupan: Cakupan, versi: int | None) -> None:
    laporan, kode = komentar.laporan, komentar.utas.kode
    tempat = _tempat(laporan, kode)
    if tempat.butir is None:
        raise TidakSah("Butir ini tidak ada lagi di formulir, jadi usulannya tidak dapat diterapkan.")
    dilihat = versi if versi is not None else versi_sel(laporan, tempat)
    satu = Perubahan(tempat.butir.kode, komentar.usulan, versi=dilihat, daftar=tempat.daftar, baris=tempat.baris)
    hasil = simpan(laporan_id=laporan.pk, perubahan=[satu], oleh=oleh, cakupan=cakupan, asal="usulan")
    if hasil.ditolak:
        raise TidakSah(hasil.ditolak[satu.alamat]["pesan"])
    if hasil.konflik:
        kini = hasil.konflik[satu.alamat]
        raise Bentrok(
            f"{tempat.label} baru saja diubah {kini['oleh']} menjadi {kini['nilai'] or 'kosong'}; usulannya "
            f"{komentar.usulan}. Muat ulang halaman, lalu putuskan lagi."
        )


def versi_sel(laporan: Laporan, tempat: Tempat) -> int:
    """The version of a cell as the draft has it now; a draft still to be made from the sent version starts at 1."""
    isi = Draf.objects.filter(laporan=laporan).values_list("isi", flat=True).first()
    return versi_dalam(isi, tempat)


def versi_dalam(isi: dict[str, Any] | None, tempat: Tempat) -> int:
    wadah = (isi or {}).get("sel", {})
    if tempat.daftar:
        semua = (isi or {}).get("daftar", {}).get(tempat.daftar, ())
        wadah = next((b["sel"] for b in semua if b["id"] == tempat.baris), {})
    kode = tempat.butir.kode if tempat.butir else ""
    return int(wadah.get(kode, {}).get("v", 0))


def _kabari_nasib(komentar: Komentar, oleh: Pengguna, kini: datetime) -> None:
    laporan, kata = komentar.laporan, komentar.get_nasib_display()
    label = label_tempat(laporan.skema, komentar.utas.kode)
    teks = f"Usulan nilai {label} pada {laporan.formulir.nama} {laporan.periode.nama} {kata} {oleh.nama}."
    beritahu(
        komentar.utas, laporan, untuk=KANWIL, teks=f"{teks} {laporan.upt.nama}.", url=_url(laporan, komentar.utas.kode),
        oleh=oleh,
    )  # fmt: skip
