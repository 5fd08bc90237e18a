"""Writing assignments: acting heads for a time, and taking assignments back."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, sekarang, tulis_tanggal
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan
from upt.ketentuan import berlaku
from upt.models import UPT, Penugasan
from upt.selectors import calon_pelaksana

KEPALA = "kepala_upt"
_KUNCI_PENASIHAT = 7_201_614


def tunjuk_pelaksana(
    *,
    upt: UPT,
    pengguna_id: int,
    sebagai: str,
    mulai: date,
    sampai: date,
    oleh: Pengguna,
    cakupan: Cakupan,
) -> Penugasan:
    """Make somebody of the region Plt/Plh head of a unit for a time.

    The same request again returns the assignment that it made. Raises TidakDitemukan (foreign unit), Ditolak
    (no right, oneself), TidakSah (dates, person), Bentrok (these days already have an acting head).
    """
    if not UPT.objects.dalam(cakupan).filter(pk=upt.pk).exists():
        raise TidakDitemukan("UPT ini tidak ada, atau bukan dalam cakupan Anda.")
    if not boleh(oleh, Izin.TUNJUK_PELAKSANA, upt):
        raise Ditolak("Peran Anda tidak menunjuk Plt atau Plh di UPT ini.")
    _periksa_masa(mulai, sampai)
    if sebagai not in (Penugasan.Sebagai.PLT, Penugasan.Sebagai.PLH):
        raise TidakSah("Pilih Plt. atau Plh.", sebagai=True)
    with transaction.atomic():
        _antre(upt)
        orang = _calon(upt, pengguna_id, oleh, cakupan)
        baru = Penugasan(
            pengguna=orang,
            peran=KEPALA,
            upt=upt,
            kanwil_id=upt.kanwil_id,
            sebagai=sebagai,
            mulai=mulai,
            sampai=sampai,
            dibuat_oleh=oleh,
        )
        lama = _tumpang(upt, mulai, sampai)
        if lama is not None:
            return _yang_sama(lama, baru)
        baru.save(force_insert=True)
        _catat(baru, "tunjuk_pelaksana", oleh)
        return baru


def _yang_sama(lama: Penugasan, baru: Penugasan) -> Penugasan:
    """The existing assignment when it is the one asked for; else Bentrok."""
    inti = ("pengguna_id", "sebagai", "mulai", "sampai")
    if all(getattr(lama, nama) == getattr(baru, nama) for nama in inti):
        return lama
    akhir = f" sampai {tulis_tanggal(lama.sampai)}" if lama.sampai else ""
    siapa = f"{lama.pengguna.nama} sudah menjadi {lama.gelar} di UPT ini{akhir}"
    raise Bentrok(f"{siapa}. Cabut dahulu, atau ubah masanya.")


def _periksa_masa(mulai: date, sampai: date) -> None:
    if mulai < hari_ini():
        raise TidakSah("Tanggal mulai paling awal hari ini; penunjukan tidak berlaku surut.", mulai=True)
    if sampai < mulai:
        raise TidakSah("Tanggal selesai tidak boleh sebelum tanggal mulai.", sampai=True)
    batas = berlaku("masa_pelaksana", mulai)
    akhir = mulai + timedelta(days=batas.nilai - 1)
    if sampai > akhir:
        lama = f"Paling lama {batas.nilai} hari{batas.tanda}, yaitu sampai {tulis_tanggal(akhir)}."
        raise TidakSah(f"{lama} Perpanjang dengan penunjukan baru.", sampai=True)


def _antre(upt: UPT) -> None:
    """One appointment at a time per unit, so that two of them never overlap."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_KUNCI_PENASIHAT, upt.pk])


def _calon(upt: UPT, pengguna_id: int, oleh: Pengguna, cakupan: Cakupan) -> Pengguna:
    orang = calon_pelaksana(cakupan, upt).filter(pk=pengguna_id).first()
    if orang is None:
        raise TidakSah("Pilih petugas yang sedang bertugas di wilayah ini.", pengguna=True)
    if orang.orang_yang_sama(oleh):
        raise Ditolak("Anda tidak dapat menunjuk diri sendiri. Mintalah admin aplikasi di pusat.")
    return orang


def _tumpang(upt: UPT, mulai: date, sampai: date) -> Penugasan | None:
    """An acting head of the unit on any of these days."""
    belum_usai = Q(sampai=None) | Q(sampai__gte=mulai)
    pelaksana = Penugasan.objects.filter(belum_usai, upt=upt, peran=KEPALA, mulai__lte=sampai, dicabut_pada=None)
    return pelaksana.exclude(sebagai=Penugasan.Sebagai.DEFINITIF).select_related("pengguna").first()


def cabut_penugasan(*, penugasan: Penugasan, oleh: Pengguna, cakupan: Cakupan) -> None:
    """End an assignment now. A head of region ends acting heads of the own region, the administrator any.

    Raises TidakDitemukan, Ditolak, Bentrok (it has already ended).
    """
    with transaction.atomic():
        kini = Penugasan.objects.dalam(cakupan).select_for_update().filter(pk=penugasan.pk).first()
        if kini is None:
            raise TidakDitemukan("Penugasan ini tidak ada, atau bukan dalam cakupan Anda.")
        if not boleh_cabut(oleh, kini):
            raise Ditolak("Anda hanya dapat mencabut Plt atau Plh di wilayah Anda.")
        if kini.dicabut_pada is not None or (kini.sampai is not None and kini.sampai < hari_ini()):
            raise Bentrok("Penugasan ini sudah berakhir.")
        Penugasan.objects.filter(pk=kini.pk).update(dicabut_pada=sekarang())
        _catat(kini, "cabut_penugasan", oleh)


def boleh_cabut(oleh: Pengguna, penugasan: Penugasan) -> bool:
    if penugasan.pengguna_id == oleh.pk:
        return False
    pelaksana = penugasan.upt_id is not None and penugasan.sebagai != Penugasan.Sebagai.DEFINITIF
    return boleh(oleh, Izin.KELOLA_PENGGUNA) or (pelaksana and boleh(oleh, Izin.TUNJUK_PELAKSANA, penugasan))


def _catat(penugasan: Penugasan, tindakan: str, oleh: Pengguna) -> None:
    rincian = {
        "pengguna": penugasan.pengguna_id,
        "peran": penugasan.peran,
        "sebagai": penugasan.sebagai,
        "mulai": penugasan.mulai,
        "sampai": penugasan.sampai,
    }
    catat_baris(penugasan, oleh=oleh, tindakan=tindakan, rincian=rincian)
