"""Months and obligations: opening a month creates one report row for every form a unit owes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, QuerySet

from pelaporan import notis
from pelaporan.alur import Aksi, Status, transisi
from pelaporan.models import (
    Formulir,
    FormulirVersi,
    Kejadian,
    Kotor,
    Laporan,
    LaporanVersi,
    Libur,
    Pemberitahuan,
    Periode,
)
from pelaporan.services import beri_isyarat, sebagai, susun_kejadian
from pelaporan.skema import Kewajiban
from pelaporan.tenggat.penerapan import Keputusan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.inti.waktu import WIB, Bulan, akhir_hari, hari_kerja_sesudah, sekarang
from pemasyarakatan.jejak.services import catat
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil, Kapasitas
from upt.selectors import kanwil_pada


@dataclass(frozen=True)
class Tenggat:
    """The days (dates) by which a unit sends, its Kanwil verifies, and the directorate locks."""

    upt: date
    kanwil: date
    pusat: date


def formulir_berlaku(bulan: Bulan) -> dict[str, FormulirVersi]:
    """The version of every form that is valid in a month."""
    versi = FormulirVersi.objects.filter(berlaku_dari__lte=bulan.awal).order_by("formulir_id", "-berlaku_dari")
    return {v.formulir_id: v for v in versi.distinct("formulir_id")}


def buka_periode(*, bulan: Bulan, oleh: Pengguna | None = None) -> int:
    """Open a month (idempotent): returns the number of obligations that were added.

    Run again after master data changed, it adds what is missing and takes back what nobody has begun. Runs with the
    scope of the system, or of somebody who manages months.
    """
    with transaction.atomic():
        kunci_formulir(bersama=True)
        _, baru = Periode.objects.get_or_create(bulan=bulan.awal)
        wajib = list(_kewajiban(bulan))
        _cabut_yang_tidak_berlaku(bulan, wajib)
        sebelum = Laporan.objects.filter(bulan=bulan.awal).count()
        Laporan.objects.bulk_create(wajib, ignore_conflicts=True, batch_size=2000)
        tambah = Laporan.objects.filter(bulan=bulan.awal).count() - sebelum
        if baru or tambah:
            _kotori_bulan(bulan)
            catat(oleh=oleh, tindakan="buka_periode", objek="periode", objek_id=bulan.kode, rincian={"tambah": tambah})
        return tambah


def buka_kampanye(*, pada: date) -> int:
    """Obligations of campaigns with one report that have begun: they are filled in before their month opens.

    Idempotent; returns how many were added. Runs with the scope of the system, or of somebody who manages months.
    """
    jumlah = 0
    with transaction.atomic():
        kunci_formulir(bersama=True)
        for versi in formulir_berlaku(Bulan.pada(pada)).values():
            kampanye = versi.skema.kampanye
            if kampanye is None or not kampanye.sekali or date.fromisoformat(kampanye.dari) > pada:
                continue
            bulan = Bulan.dari(kampanye.sampai[:7])
            if bulan > Bulan.pada(pada):
                jumlah += _buka_satu_kampanye(versi, bulan)
    return jumlah


def _buka_satu_kampanye(versi: FormulirVersi, bulan: Bulan) -> int:
    milik = Laporan.objects.filter(bulan=bulan.awal, formulir_id=versi.formulir_id)
    sebelum = milik.count()
    wajib = _kewajiban(bulan, {versi.formulir_id: versi})
    Laporan.objects.bulk_create(wajib, ignore_conflicts=True, batch_size=2000)
    tambah = milik.count() - sebelum
    if tambah:
        _kotori_bulan(bulan)
        rincian = {"bulan": bulan.kode, "tambah": tambah}
        catat(oleh=None, tindakan="buka_kampanye", objek="formulir", objek_id=versi.formulir_id, rincian=rincian)
    return tambah


def _kewajiban(bulan: Bulan, formulir: dict[str, FormulirVersi] | None = None) -> Iterable[Laporan]:
    induk, acuan = kanwil_pada(bulan.akhir), penghuni_acuan(bulan)
    kanwil = Kanwil.objects.in_bulk()
    libur, keputusan = hari_libur(bulan + 1), Keputusan.untuk(bulan)
    unit = list(UPT.objects.berlaku_pada(bulan.akhir))
    for versi in (formulir or formulir_berlaku(bulan)).values():
        for upt in unit:
            upt.kanwil = kanwil[induk[upt.pk]]  # of that month, not of today
            tenggat = tenggat_untuk(versi, upt, bulan, libur.get(induk[upt.pk], libur[None]))
            if tenggat is None:
                continue
            laporan = Laporan(
                upt=upt,
                kanwil_id=induk[upt.pk],
                bulan=bulan.awal,
                formulir_id=versi.formulir_id,
                formulir_versi=versi,
                penghuni_acuan=acuan.get(upt.pk),
                tenggat=akhir_hari(tenggat.upt, upt.zona),
                tenggat_kanwil=akhir_hari(tenggat.kanwil, kanwil[induk[upt.pk]].zona),
                tenggat_pusat=akhir_hari(tenggat.pusat, WIB),
            )
            yield keputusan.terapkan(laporan, zona=upt.zona, zona_kanwil=upt.kanwil.zona)


def tenggat_untuk(versi: FormulirVersi, upt: UPT, bulan: Bulan, libur: Collection[date]) -> Tenggat | None:
    """The deadlines of a unit for a form, or None when it does not owe the form in that month.

    `upt.kanwil` decides obligations that are limited to regions; `libur` are the holidays of the following month.
    """
    kampanye = versi.skema.kampanye
    if kampanye is not None and not kampanye.wajib_pada(bulan.kode):
        return None
    for kewajiban in versi.skema.kewajiban:
        if kewajiban.mengenai(
            jenis=upt.jenis, subjenis=upt.subjenis, upt=upt.kode, kanwil=_kode_kanwil(kewajiban, upt)
        ):
            return _hari_tenggat(kewajiban, bulan + 1, libur)
    return None


def _kode_kanwil(kewajiban: Kewajiban, upt: UPT) -> str:
    """Only where it matters: most obligations never look at the region, so nobody has to fetch it."""
    return upt.kanwil.kode if kewajiban.kanwil else ""


def _hari_tenggat(kewajiban: Kewajiban, berikut: Bulan, libur: Collection[date]) -> Tenggat:
    # counted on into the month after it, should holidays leave too few: a month always has its deadlines
    sebelum = berikut.awal - timedelta(days=1)

    def hari(n: int | str) -> date:
        return date.fromisoformat(n) if isinstance(n, str) else hari_kerja_sesudah(sebelum, n, libur)

    return Tenggat(*(hari(kewajiban.tenggat[tingkat]) for tingkat in ("upt", "kanwil", "pusat")))


def hari_libur(bulan: Bulan) -> dict[int | None, frozenset[date]]:
    """Holidays of a month: under None the national ones, under a Kanwil these and its own."""
    semua = Libur.objects.filter(tanggal__range=(bulan.awal, bulan.akhir))
    return kelompokkan_libur(semua.values_list("tanggal", "kanwil"))


def kelompokkan_libur(pasangan: Iterable[tuple[date, int | None]]) -> dict[int | None, frozenset[date]]:
    """(day, Kanwil) pairs as sets: under None the national days, under a Kanwil these and its own."""
    semua: dict[int | None, set[date]] = {None: set()}
    for tanggal, kanwil in pasangan:
        semua.setdefault(kanwil, set()).add(tanggal)
    return {kanwil: frozenset(hari | semua[None]) for kanwil, hari in semua.items()}


def penghuni_acuan(bulan: Bulan) -> dict[int, int]:
    """Inmates per unit as last sent before this month, else its capacity: the weight that coverage is stated in."""
    kapasitas = Kapasitas.objects.filter(dari__lte=bulan.akhir).order_by("upt_id", "-dari").distinct("upt_id")
    acuan = {baris.upt_id: baris.total for baris in kapasitas}
    versi = (
        LaporanVersi.objects.filter(formulir_id="F01", bulan__lt=bulan.awal, versi=F("laporan__versi_masuk"))
        .order_by("upt_id", "-bulan")
        .distinct("upt_id")
        .values_list("upt_id", "isi__angka__isi")
    )
    return acuan | {upt: int(isi) for upt, isi in versi if isi is not None}


def _cabut_yang_tidak_berlaku(bulan: Bulan, wajib: list[Laporan]) -> None:
    """Take back obligations that no longer apply and that nobody has begun."""
    pasangan = {(lap.upt_id, lap.formulir_id) for lap in wajib}
    belum = Laporan.objects.filter(bulan=bulan.awal, status=Status.BELUM, revisi=0)
    usang = [
        pk for pk, upt, formulir in belum.values_list("pk", "upt_id", "formulir_id") if (upt, formulir) not in pasangan
    ]
    if usang:
        list(Laporan.objects.filter(pk__in=usang).select_for_update().order_by("pk").values_list("pk"))
        hapus_belum(Laporan.objects.filter(pk__in=usang, status=Status.BELUM, revisi=0))
        # what a unit has been told about stays to be seen, as waived
        Laporan.objects.filter(pk__in=usang, status=Status.BELUM, dibebaskan="").update(dibebaskan=TIDAK_WAJIB)
        _kotori_bulan(bulan)


TIDAK_WAJIB = "Tidak lagi wajib menurut formulir yang berlaku."


def hapus_belum(laporan: QuerySet[Laporan]) -> int:
    """Delete reports that nothing speaks of yet: no draft, no event, no message; returns how many.

    Without Django's cascade: it would write to tables that may only be added to, and here there is nothing to cascade.
    """
    for relasi in Laporan._meta.get_fields(include_hidden=True):
        if relasi.auto_created and not relasi.concrete and (relasi.one_to_many or relasi.one_to_one):
            nama = relasi.field.attname  # type: ignore[union-attr]
            penyebut: Any = relasi.related_model._default_manager.filter(**{f"{nama}__isnull": False})  # type: ignore[union-attr]
            laporan = laporan.exclude(pk__in=penyebut.values(nama))
    return laporan._raw_delete(laporan.db)


def _kotori_bulan(bulan: Bulan) -> None:
    pasangan = Laporan.objects.filter(bulan=bulan.awal).values_list("kanwil_id", "formulir_id").distinct()
    Kotor.objects.bulk_create(
        [Kotor(kanwil_id=kanwil, bulan=bulan.awal, formulir_id=formulir) for kanwil, formulir in pasangan.order_by()]
    )
    transaction.on_commit(beri_isyarat, robust=True)


def tutup_periode(*, bulan: Bulan, oleh: Pengguna, cakupan: Cakupan) -> int:
    """Close a month: lock every verified report; returns how many. What is still under way stays open to be chased.

    The exclusive lock on the month's row waits for senders and makes later ones see a closed month.
    """
    if not boleh(oleh, Izin.KUNCI_LAPORAN):
        raise Ditolak("Hanya peninjau pusat yang dapat menutup bulan.")
    with transaction.atomic():
        periode = Periode.objects.select_for_update().filter(bulan=bulan.awal).first()
        if periode is None or periode.status == Periode.Status.DITUTUP:
            raise Bentrok(f"Bulan {bulan.nama} belum dibuka atau sudah ditutup.")
        Periode.objects.filter(pk=periode.pk).update(status=Periode.Status.DITUTUP, ditutup_pada=sekarang())
        jumlah = _kunci_terverifikasi(bulan, oleh, cakupan)
        catat(oleh=oleh, tindakan="tutup_periode", objek="periode", objek_id=bulan.kode, rincian={"terkunci": jumlah})
        return jumlah


def _kunci_terverifikasi(bulan: Bulan, oleh: Pengguna, cakupan: Cakupan) -> int:
    """The `kunci` row of the status table for a whole month (some 2,100 reports) in a few statements."""
    baris = transisi(Status.TERVERIFIKASI, Aksi.KUNCI)
    assert baris is not None
    sah = Laporan.objects.dalam(cakupan).filter(bulan=bulan.awal, status=baris.dari)
    terurut = sah.select_related("upt", "formulir").select_for_update(of=("self",)).order_by("pk")
    semua = sorted(terurut, key=lambda lap: (lap.upt_id, lap.formulir_id))  # chains of the trail by unit
    urut = dict(Kejadian.objects.filter(laporan__in=semua).values_list("laporan").annotate(Max("urut")))
    kini, gelar = sekarang(), sebagai(oleh, semua[0]) if semua else ""
    # exactly the rows locked above: a report verified since then has no event here and stays open to be chased
    terkunci = Laporan.objects.filter(pk__in=[laporan.pk for laporan in semua])
    terkunci.update(status=baris.ke, revisi=F("revisi") + 1, diubah_pada=kini)
    for laporan in semua:
        laporan.status, laporan.revisi = baris.ke.value, laporan.revisi + 1
    Kejadian.objects.bulk_create(
        [
            susun_kejadian(
                laporan,
                baris,
                urut=urut.get(laporan.pk, 0) + 1,
                versi=laporan.versi_masuk,
                oleh=oleh,
                gelar=gelar,
                pada=kini,
            )
            for laporan in semua
        ],
        batch_size=1000,
    )
    Pemberitahuan.objects.bulk_create([notis.susun(laporan, Aksi.KUNCI) for laporan in semua], batch_size=1000)
    for (upt_id, kanwil_id), milik in groupby(semua, key=lambda lap: (lap.upt_id, lap.kanwil_id)):
        formulir = [laporan.formulir_id for laporan in milik]
        catat(
            oleh=oleh,
            tindakan="kunci",
            objek="periode",
            objek_id=bulan.kode,
            upt_id=upt_id,
            kanwil_id=kanwil_id,
            rincian={"formulir": formulir, "bulan": bulan.kode, "dari": baris.dari, "ke": baris.ke},
        )
    return len(semua)


def buka_lagi_periode(*, bulan: Bulan, oleh: Pengguna) -> None:
    """Let late reports of a closed month in again; locked reports stay locked."""
    if not boleh(oleh, Izin.KUNCI_LAPORAN):
        raise Ditolak("Hanya peninjau pusat yang dapat membuka kembali bulan.")
    with transaction.atomic():
        tutup = Periode.objects.filter(bulan=bulan.awal, status=Periode.Status.DITUTUP)
        if not tutup.update(status=Periode.Status.TERBUKA, ditutup_pada=None):
            raise Bentrok(f"Bulan {bulan.nama} tidak sedang ditutup.")
        catat(oleh=oleh, tindakan="buka_lagi_periode", objek="periode", objek_id=bulan.kode)


def kunci_formulir(*, bersama: bool = False) -> None:
    """Until the transaction ends, no form is published; `bersama`: others may hold it too, publishers wait for all."""
    with connection.cursor() as kursor:
        fungsi = "pg_advisory_xact_lock_shared" if bersama else "pg_advisory_xact_lock"
        kursor.execute(f"SELECT {fungsi}(hashtext('formulir'))")


def samakan_versi(*, bulan: Bulan, formulir: str) -> int:
    """Give the reports that nobody has begun the version that is valid now, with its deadlines; returns how many."""
    kini = {wajib.upt_id: wajib for wajib in _kewajiban(bulan) if wajib.formulir_id == formulir}
    belum = Laporan.objects.filter(bulan=bulan.awal, formulir_id=formulir, status=Status.BELUM, draf=None)
    pindah = [laporan for laporan in belum.select_for_update(of=("self",)).order_by("pk") if laporan.upt_id in kini]
    for laporan in pindah:
        for nama in _DARI_VERSI:
            setattr(laporan, nama, getattr(kini[laporan.upt_id], nama))
        if laporan.dibebaskan == TIDAK_WAJIB:
            laporan.dibebaskan = ""
    Laporan.objects.bulk_update(pindah, (*_DARI_VERSI, "dibebaskan"), batch_size=500)
    return len(pindah)


_DARI_VERSI = ("formulir_versi", "tenggat", "tenggat_kanwil", "tenggat_pusat")


def simpan_formulir(*, skema_json: dict[str, Any], yaml: str, sidik: str, oleh: Pengguna | None = None) -> str:
    """Store a form's version; returns 'baru', 'diganti' or 'sama'. A version that a report uses never changes."""
    with transaction.atomic():
        kunci_formulir()
        kode, awal = str(skema_json["kode"]), Bulan.dari(str(skema_json["berlaku_dari"])).awal
        Formulir.objects.update_or_create(kode=kode, defaults={"nama": skema_json["nama"]})
        ada = FormulirVersi.objects.filter(formulir_id=kode, berlaku_dari=awal).first()
        if ada is not None and ada.sidik == sidik:
            return "sama"
        if ada is not None and ada.laporan.exclude(status=Status.BELUM).exists():
            raise Bentrok(
                f"{kode} sejak {awal:%Y-%m} sudah dipakai laporan, jadi tidak dapat diubah. "
                "Terbitkan sebagai versi baru dengan berlaku_dari bulan berikutnya."
            )
        nilai = {"isi": skema_json, "yaml": yaml, "sidik": sidik}
        FormulirVersi.objects.update_or_create(formulir_id=kode, berlaku_dari=awal, defaults=nilai)
        catat(oleh=oleh, tindakan="terbit_formulir", objek="formulir", objek_id=kode, rincian={"sidik": sidik})
        return "baru" if ada is None else "diganti"
