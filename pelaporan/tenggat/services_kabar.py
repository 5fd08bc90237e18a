"""What people do with notices: read them, choose letters; and how a Kanwil chases, and a unit's calendar address."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from pelaporan.models import KalenderUnit, PengaturanKabar, SuratKeluar, Tagihan
from pelaporan.services import teks_wajib
from pelaporan.tenggat.nomor import tautan_wa
from pelaporan.tenggat.selectors import Penunggak, kabar_saya, penunggak
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, awal_hari, hari_ini, sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat, catat_baris
from upt.cakupan import Cakupan
from upt.models import UPT

TEKS_WA_MAKS = 1000
TEKAN_GANDA = timedelta(minutes=1)
"""Within this time the same note is a repeated press."""


# ---------------------------------------------------------------- notices


def tandai_dibaca(*, sampai: int, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Everything up to the newest notice that the page showed is read; what came since stays new."""
    akhir = kabar_saya(cakupan).filter(pk__lte=sampai).order_by("-pk").values_list("pk", flat=True).first()
    with transaction.atomic():
        PengaturanKabar.objects.get_or_create(pengguna=oleh)
        PengaturanKabar.objects.filter(pk=oleh.pk, dibaca_sampai__lt=akhir or 0).update(dibaca_sampai=akhir or 0)


def atur_surel(*, mau: bool, oleh: Pengguna) -> None:
    """Reminders also by e-mail, or in the portal only."""
    with transaction.atomic():
        PengaturanKabar.objects.update_or_create(pengguna=oleh, defaults={"surel_pengingat": mau})
        catat(
            oleh=oleh,
            tindakan="atur_pengingat",
            objek="pengguna",
            objek_id=oleh.pk,
            rincian={"surel": mau},
        )


# ---------------------------------------------------------------- chasing


def teks_tagihan(p: Penunggak, bulan: Bulan, portal: str) -> str:
    """The prepared message: unit, forms, month, deadline, address (`portal` begins it); nothing about any person."""
    nama = ", ".join(lap.formulir.nama for lap in p.laporan[:6])
    lebih = f", dan {len(p.laporan) - 6} lainnya" if len(p.laporan) > 6 else ""
    tempo = f"{tulis_tanggal(p.tenggat, p.upt.zona)} pukul 23.59 {p.upt.zona}"
    keadaan = f"jatuh tempo {tempo}" if not p.hari else f"jatuh tempo {tempo} dan sudah lewat {p.hari} hari"
    return (
        f"Yth. Operator {p.upt.nama}, laporan {nama}{lebih} {bulan.nama} {keadaan}. "
        f"Tautan: {portal}/upt/{p.upt.kode}/?bulan={bulan}. Terima kasih. {p.laporan[0].kanwil}."
    )


def satu_penunggak(cakupan: Cakupan, kode: str, bulan: Bulan) -> Penunggak | None:
    """The unit's debt of a month; None when it owes nothing. Raises TidakDitemukan for foreign units."""
    if not UPT.objects.dalam(cakupan).filter(kode=kode).exists():
        raise TidakDitemukan("Unit ini tidak ada, atau bukan bagian dari tugas Anda.")
    return next(iter(penunggak(cakupan, bulan, upt=kode)), None)


def tagih(
    *,
    kode: str,
    bulan: Bulan,
    saluran: str,
    teks: str,
    catatan: str,
    portal: str,
    oleh: Pengguna,
    cakupan: Cakupan,
) -> tuple[Tagihan, str]:
    """Note that a unit was chased; returns the note and, for WhatsApp, the address to open.

    An e-mail goes to the outbox and leaves from there. Raises TidakDitemukan, Ditolak, TidakSah.
    """
    p = satu_penunggak(cakupan, kode, bulan)
    upt = UPT.objects.dalam(cakupan).get(kode=kode)
    if not boleh(oleh, Izin.TINJAU_LAPORAN, upt):
        raise Ditolak("Hanya petugas Kanwil yang menagih UPT di wilayahnya.")
    if p is None:
        raise TidakSah(f"{upt.nama} tidak lagi berutang laporan {bulan.nama}. Tidak perlu ditagih.")
    if saluran not in Tagihan.Saluran.values:
        raise TidakSah("Pilih cara menghubungi UPT.")
    pesan = _pesan(teks) or teks_tagihan(p, bulan, portal)
    with transaction.atomic():
        url = _saluran(p, saluran, pesan)
        UPT.objects.select_for_update(no_key=True).get(pk=upt.pk)  # two presses take turns
        ada = _baru_saja(upt, bulan, saluran, catatan, oleh)
        if ada is not None:
            return ada, url
        tagihan = Tagihan.objects.create(
            upt=upt,
            kanwil_id=p.laporan[0].kanwil_id,
            bulan=bulan.awal,
            saluran=saluran,
            catatan=_catatan(catatan, saluran),
            oleh=oleh,
            pada=sekarang(),
        )
        if saluran == Tagihan.Saluran.SUREL and settings.SUREL_AKTIF:
            _surat(p, bulan, pesan, tagihan)
        catat(
            oleh=oleh,
            tindakan="tagih",
            objek="upt",
            objek_id=upt.pk,
            upt_id=upt.pk,
            kanwil_id=tagihan.kanwil_id,
            rincian={"bulan": bulan.kode, "saluran": saluran},
        )
        return tagihan, url


def _baru_saja(upt: UPT, bulan: Bulan, saluran: str, catatan: str, oleh: Pengguna) -> Tagihan | None:
    """The same press of the same person a moment ago. Raises TidakSah for a second letter on one day."""
    semua = Tagihan.objects.filter(upt=upt, bulan=bulan.awal, saluran=saluran)
    ada = semua.filter(oleh=oleh, catatan=_catatan(catatan, saluran), pada__gt=sekarang() - TEKAN_GANDA).first()
    if ada is not None:
        return ada
    hari = awal_hari(hari_ini(upt.zona), upt.zona)
    if saluran == Tagihan.Saluran.SUREL and settings.SUREL_AKTIF and semua.filter(pada__gte=hari).exists():
        raise TidakSah("Surel tagihan untuk UPT ini sudah dibuat hari ini. Hubungi lewat telepon atau WhatsApp.")
    return None


def _saluran(p: Penunggak, saluran: str, pesan: str) -> str:
    """Check that the way is open; the address for WhatsApp."""
    if saluran == Tagihan.Saluran.WA:
        if not p.nomor:
            raise TidakSah("Nomor belum ada. Minta ke UPT, lalu kirim ke admin aplikasi.")
        return tautan_wa(p.nomor, pesan)
    if saluran == Tagihan.Saluran.SUREL and settings.SUREL_AKTIF and not p.upt.surel:
        raise TidakSah("Alamat surel UPT belum ada. Minta ke UPT, lalu kirim ke admin aplikasi.")
    return ""


def _pesan(teks: str) -> str:
    bersih = teks_wajib(teks, "", boleh_kosong=True)
    if len(bersih) > TEKS_WA_MAKS:
        raise TidakSah(f"Pesan paling banyak {TEKS_WA_MAKS} karakter. Ringkas isinya.")
    return bersih


def _catatan(catatan: str, saluran: str) -> str:
    bersih = " ".join(teks_wajib(catatan, "", boleh_kosong=True).split())
    if saluran == Tagihan.Saluran.TELEPON and not bersih:
        raise TidakSah("Tulis hasil pembicaraannya, misalnya “dijanjikan besok”.")
    if len(bersih) > 200:
        raise TidakSah("Catatan paling banyak 200 karakter.")
    return bersih


def _surat(p: Penunggak, bulan: Bulan, pesan: str, tagihan: Tagihan) -> None:
    SuratKeluar.objects.bulk_create(
        [
            SuratKeluar(
                upt=p.upt,
                kanwil_id=tagihan.kanwil_id,
                bulan=bulan.awal,
                untuk=p.upt.surel,
                perihal=f"Laporan {bulan.nama} belum dikirim: {p.upt.nama}"[:160],
                isi=pesan + "\n",
                dedup=f"tagih:{tagihan.pk}",
                dibuat_pada=tagihan.pada,
            )
        ]
    )


# ---------------------------------------------------------------- the calendar's address


def buat_kalender(*, upt: UPT, oleh: Pengguna) -> KalenderUnit:
    """A new secret address for the unit's calendar; the old one is dead at once."""
    if not boleh(oleh, Izin.ISI_LAPORAN, upt):
        raise Ditolak("Alamat kalender dibuat oleh petugas UPT ini.")
    with transaction.atomic():
        kalender, _ = KalenderUnit.objects.update_or_create(
            upt=upt,
            defaults={
                "kanwil_id": upt.kanwil_id,
                "rahasia": secrets.token_hex(16),
                "dibuat_oleh": oleh,
                "dibuat_pada": sekarang(),
            },
        )
        catat_baris(upt, oleh=oleh, tindakan="buat_kalender")
        return kalender
