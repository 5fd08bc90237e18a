"""Outgoing notices: who is told what after each transition. Written in the same transaction."""

from __future__ import annotations

from collections.abc import Callable

from pelaporan.alur import ALASAN_KEMBALI, Aksi
from pelaporan.models import Laporan, Pemberitahuan
from pemasyarakatan.inti.waktu import sekarang, tulis_waktu

_UPT, _KANWIL = Pemberitahuan.Untuk.UPT, Pemberitahuan.Untuk.KANWIL


def _apa(laporan: Laporan) -> str:
    return f"{laporan.formulir.nama} {laporan.periode.nama}"


def _kirim(laporan: Laporan) -> str:
    batas = tulis_waktu(laporan.tenggat_kanwil, laporan.kanwil.zona)
    lewat = sekarang() > laporan.tenggat_kanwil  # sent late: a date in the past is no date to work towards
    kapan = f"Tenggat verifikasi {batas} sudah lewat" if lewat else f"Verifikasi paling lambat {batas}"
    return f"{laporan.upt.nama} mengirim {_apa(laporan)} (versi {laporan.versi_masuk}). {kapan}."


def _kembali(laporan: Laporan) -> str:
    akhir = laporan.kejadian.order_by("-urut").first()
    alasan = ALASAN_KEMBALI.get(akhir.alasan, "") if akhir else ""
    return f"{laporan.kanwil} mengembalikan {_apa(laporan)}: {alasan}. Perbaiki, lalu kirim lagi."


_TEKS: dict[Aksi, tuple[Pemberitahuan.Untuk, Callable[[Laporan], str]]] = {
    Aksi.SIAPKAN: (_UPT, lambda lap: f"{_apa(lap)} siap. Kepala UPT dapat memeriksa dan mengirimnya."),
    Aksi.KIRIM: (_KANWIL, _kirim),
    Aksi.TARIK: (_KANWIL, lambda lap: f"{lap.upt.nama} menarik {_apa(lap)} sebelum ditinjau."),
    Aksi.KEMBALIKAN: (_UPT, _kembali),
    Aksi.VERIFIKASI: (_UPT, lambda lap: f"{_apa(lap)} terverifikasi oleh {lap.kanwil}."),
    Aksi.BATAL: (_UPT, lambda lap: f"Verifikasi {_apa(lap)} dibatalkan {lap.kanwil}; menunggu verifikasi lagi."),
    Aksi.KUNCI: (_UPT, lambda lap: f"{_apa(lap)} dikunci karena bulannya ditutup."),
    Aksi.PULIHKAN: (_UPT, lambda lap: f"{_apa(lap)} kembali ke versi yang terverifikasi; perbaikan belum dikirim."),
    Aksi.BUKA: (_UPT, lambda lap: f"{_apa(lap)} dibuka kembali. Perbaiki, lalu kirim lagi sebagai versi baru."),
}


def susun(laporan: Laporan, aksi: Aksi, *, catatan: int = 0) -> Pemberitahuan:
    """The notice to the other side about a transition that has just happened, with how many cells have a note; not
    yet saved."""
    untuk, teks = _TEKS[aksi]
    jumlah = f" {catatan} butir bercatatan." if catatan else ""
    return Pemberitahuan(
        untuk=untuk,
        upt_id=laporan.upt_id,
        kanwil_id=laporan.kanwil_id,
        laporan=laporan,
        dedup=f"{laporan.pk}:{laporan.revisi}:{aksi}",
        teks=f"{teks(laporan)}{jumlah}"[:400],
    )


def umumkan(laporan: Laporan, aksi: Aksi, *, catatan: int = 0) -> None:
    """Tell the other side once per transition."""
    susun(laporan, aksi, catatan=catatan).save(force_insert=True)
