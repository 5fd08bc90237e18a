"""Acts of the food register that are more than one row: each is one transaction over the generic services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pangan.jenis import PEMANFAATAN, PENEMPATAN, TENAGA
from pangan.lengkapi import milik_unit
from pangan.models import Pemanfaatan, Penempatan, Petak, Tenaga
from pangan.periksa_orang import SEMUA, keadaan_tenaga, periksa_jumlah
from pelaporan.register import services
from pelaporan.register.services import BarisSalah, Jawaban, kunci_register, pastikan_menulis
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import tulis_tanggal
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.services import kenali


@transaction.atomic
def ganti_pemanfaatan(
    *,
    petak_id: int,
    klaster: str,
    luas: int | None,
    dari: date,
    upt: UPT,
    oleh: Pengguna,
    cakupan: Cakupan,
    kunci: UUID | None = None,
    jawaban: Jawaban | None = None,
) -> Pemanfaatan | None:
    """From `dari` on the plot serves this cluster ('': nothing); what it served until then ends the day before.

    `luas` None: all of the plot. The same `kunci` again changes nothing. Raises what `services.buat` and `ubah` raise,
    and then nothing has changed.
    """
    pastikan_menulis(upt, oleh=oleh, cakupan=cakupan)
    kunci_register("pangan", upt.pk)
    milik_unit(Petak, petak_id, upt.pk)
    baru = kunci is None or not Pemanfaatan.objects.filter(upt=upt, kunci=kunci).exists()
    if baru:
        _akhiri(petak_id, dari, oleh=oleh, cakupan=cakupan, jawaban=jawaban)
    if not klaster:
        return None
    nilai = {"petak_id": petak_id, "klaster": klaster, "luas": luas, "dari": dari, "sampai": None}
    return services.buat(PEMANFAATAN, nilai, upt=upt, oleh=oleh, cakupan=cakupan, kunci=kunci, jawaban=jawaban)


def _akhiri(petak_id: int, dari: date, *, oleh: Pengguna, cakupan: Cakupan, jawaban: Jawaban | None) -> None:
    """End what the plot serves on that day, the day before."""
    semua = Pemanfaatan.objects.hidup().filter(petak_id=petak_id)
    lama = semua.filter(Q(sampai=None) | Q(sampai__gte=dari)).order_by("-dari").first()
    if lama is None:
        return
    if lama.dari >= dari:
        pesan = f"Pemanfaatan yang sekarang baru mulai {tulis_tanggal(lama.dari)}. Tulis hari sesudahnya."
        raise BarisSalah({"dari": pesan})
    sampai = {"sampai": dari - timedelta(days=1)}
    services.ubah(PEMANFAATAN, lama.pk, sampai, revisi=lama.revisi, oleh=oleh, cakupan=cakupan, jawaban=jawaban)


@transaction.atomic
def tempatkan(
    *,
    nomor: str,
    klaster: str,
    dari: date,
    upt: UPT,
    oleh: Pengguna,
    cakupan: Cakupan,
    kunci: UUID | None = None,
    jawaban: Jawaban | None = None,
) -> Penempatan:
    """Put the inmate with this register number to work in a cluster; a new person is noted on the way."""
    pastikan_menulis(upt, oleh=oleh, cakupan=cakupan)
    kunci_register("pangan", upt.pk)  # noting a person writes to the trail, which comes after the register
    warga = kenali(nomor=nomor, upt=upt, oleh=oleh, cakupan=cakupan)
    nilai = {"wbp_id": warga.pk, "klaster": klaster, "dari": dari, "sampai": None}
    return services.buat(PENEMPATAN, nilai, upt=upt, oleh=oleh, cakupan=cakupan, kunci=kunci, jawaban=jawaban)


@transaction.atomic
def catat_tenaga(
    *,
    dari: date,
    wbp: Mapping[str, int],
    petugas: int | None,
    upt: UPT,
    oleh: Pengguna,
    cakupan: Cakupan,
    jawaban: Jawaban | None = None,
) -> list[Tenaga]:
    """All counts of one day at once: inmates by cluster ("" for all of them, each once), and officers.

    They are checked together, so that no order of writing is wrong; those that say what is known already write
    nothing. Raises BarisSalah, Ditolak, TidakDitemukan.
    """
    pastikan_menulis(upt, oleh=oleh, cakupan=cakupan)
    kunci_register("pangan", upt.pk)
    berlaku = {k: orang for k, (_, orang) in keadaan_tenaga(upt.pk, dari).items()}
    salah = list(periksa_jumlah({**berlaku, **wbp}))
    if salah:
        raise BarisSalah({"orang": salah[0].pesan})
    naik = wbp.get(SEMUA, 0) >= berlaku.get(SEMUA, 0)
    urut = sorted(wbp, key=lambda k: (k != SEMUA) if naik else (k == SEMUA))
    baris = [(Tenaga.Jenis.WBP, k, wbp[k]) for k in urut if berlaku.get(k) != wbp[k]]
    if petugas is not None:
        baris.append((Tenaga.Jenis.PETUGAS, SEMUA, petugas))
    setuju = Jawaban((jawaban or Jawaban()).setuju | {"wbp_tanpa_klaster"}, (jawaban or Jawaban()).alasan)
    return [
        _tulis_tenaga(jenis, klaster, orang, dari, upt=upt, oleh=oleh, cakupan=cakupan, jawaban=setuju)
        for jenis, klaster, orang in baris
    ]


def _tulis_tenaga(
    jenis: str, klaster: str, orang: int, dari: date, *, upt: UPT, oleh: Pengguna, cakupan: Cakupan, jawaban: Jawaban
) -> Tenaga:
    """The count of that day, changed where it was noted already."""
    ada = Tenaga.objects.hidup().filter(upt=upt, jenis=jenis, klaster=klaster, dari=dari).first()
    if ada is not None:
        return services.ubah(
            TENAGA, ada.pk, {"orang": orang}, revisi=ada.revisi, oleh=oleh, cakupan=cakupan, jawaban=jawaban
        )
    nilai = {"jenis": jenis, "klaster": klaster, "dari": dari, "orang": orang}
    return services.buat(TENAGA, nilai, upt=upt, oleh=oleh, cakupan=cakupan, jawaban=jawaban)
