"""Reading the organisation. The first argument is the scope, or a row that the scope already let in."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.nama import Tautan, nomor
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil, Kapasitas, Penugasan, RiwayatKanwil


def daftar_upt(cakupan: Cakupan) -> QuerySet[UPT]:
    return UPT.objects.dalam(cakupan).select_related("kanwil")


def cari_upt(semua: QuerySet[UPT], teks: str) -> QuerySet[UPT]:
    """Units whose name or place holds every word of `teks` (at most eight words count)."""
    for kata in teks[:100].split()[:8]:
        semua = semua.filter(Q(nama__icontains=kata) | Q(kabkota__icontains=kata) | Q(kode__icontains=kata))
    return semua


def satu_upt(cakupan: Cakupan, kode: str) -> UPT:
    """A unit by its code; missing and foreign look the same."""
    upt = daftar_upt(cakupan).filter(kode=kode).first()
    if upt is None:
        raise TidakDitemukan("UPT ini tidak ada, atau bukan dalam cakupan Anda.")
    return upt


def daftar_kanwil(cakupan: Cakupan) -> QuerySet[Kanwil]:
    """Regional offices a person may open: all for the nation, else the own ones."""
    semua = Kanwil.objects.all()
    return semua if cakupan.nasional else semua.filter(pk__in=cakupan.kanwil)


def satu_kanwil(cakupan: Cakupan, slug: str) -> Kanwil:
    """A regional office that the person may open; missing and foreign look the same."""
    satu = daftar_kanwil(cakupan).filter(slug=slug).first()
    if satu is None:
        raise TidakDitemukan("Kanwil ini tidak ada, atau bukan bagian dari tugas Anda.")
    return satu


def kanwil_sendiri(cakupan: Cakupan) -> Kanwil | None:
    """The region of somebody who serves in a regional office."""
    return Kanwil.objects.filter(pk__in=cakupan.kanwil).order_by("nama_pendek").first()


def semua_kanwil() -> list[Kanwil]:
    return list(Kanwil.objects.order_by("nama_pendek"))


def kanwil_terlihat(cakupan: Cakupan) -> QuerySet[Kanwil]:
    """Regional offices by name: the ones a person may open and the parents of the own units."""
    if cakupan.nasional:
        return Kanwil.objects.all()
    induk = UPT.objects.dalam(cakupan).order_by().values("kanwil_id")
    return Kanwil.objects.filter(Q(pk__in=cakupan.kanwil) | Q(pk__in=induk))


def kapasitas_pada(upt: UPT, tanggal: date) -> Kapasitas | None:
    """The capacity that was valid on a day, or None when none is known."""
    return Kapasitas.objects.filter(upt=upt, dari__lte=tanggal).order_by("-dari").first()


def riwayat_kapasitas(upt: UPT) -> QuerySet[Kapasitas]:
    """Newest first."""
    return Kapasitas.objects.filter(upt=upt).order_by("-dari")


def riwayat_kanwil(upt: UPT) -> QuerySet[RiwayatKanwil]:
    """Parents over time, newest first."""
    return RiwayatKanwil.objects.filter(upt=upt).select_related("kanwil").order_by("-dari")


def petugas_upt(cakupan: Cakupan, upt: UPT) -> QuerySet[Penugasan]:
    """Who serves at a unit: valid today or announced, the head first."""
    semua = Penugasan.objects.dalam(cakupan).filter(upt=upt, dicabut_pada=None)
    hidup = semua.berlaku() | semua.filter(mulai__gt=hari_ini())
    return hidup.select_related("pengguna").order_by("peran", "mulai", "pengguna__nama")


def penugasan_lalu(cakupan: Cakupan, upt: UPT) -> QuerySet[Penugasan]:
    """Assignments of a unit that have ended or were withdrawn, newest first."""
    usai = Q(dicabut_pada__isnull=False) | Q(sampai__lt=hari_ini())
    semua = Penugasan.objects.dalam(cakupan).filter(usai, upt=upt)
    return semua.select_related("pengguna").order_by("-mulai", "-pk")


def satu_penugasan(cakupan: Cakupan, upt: UPT, penugasan_id: int) -> Penugasan:
    satu = Penugasan.objects.dalam(cakupan).select_related("pengguna", "upt").filter(upt=upt, pk=penugasan_id).first()
    if satu is None:
        raise TidakDitemukan("Penugasan ini tidak ada, atau bukan dalam cakupan Anda.")
    return satu


def calon_pelaksana(cakupan: Cakupan, upt: UPT) -> QuerySet[Pengguna]:
    """Active people who serve today in the unit's region: who may be made acting head."""
    bertugas = Penugasan.objects.dalam(cakupan).berlaku().filter(kanwil_id=upt.kanwil_id)
    return Pengguna.objects.filter(is_active=True, pk__in=bertugas.order_by().values("pengguna_id")).order_by("nama")


def kanwil_pada(tanggal: date) -> dict[int, int]:
    """Parent of every unit on a day: the history where there is one, else today's parent."""
    hasil = dict(UPT.objects.values_list("pk", "kanwil_id"))
    lalu = RiwayatKanwil.objects.filter(Q(sampai=None) | Q(sampai__gte=tanggal), dari__lte=tanggal)
    hasil.update(lalu.values_list("upt_id", "kanwil_id"))
    return hasil


def tautan_upt(kunci: frozenset[str]) -> dict[str, Tautan]:
    """Names of units for the trail, by id as text; PostgreSQL's own scope decides which are found."""
    return {str(pk): Tautan(nama) for pk, nama in UPT.objects.filter(pk__in=nomor(kunci)).values_list("pk", "nama")}


def tautan_kanwil(kunci: frozenset[str]) -> dict[str, Tautan]:
    return {str(kanwil.pk): Tautan(str(kanwil)) for kanwil in Kanwil.objects.filter(pk__in=nomor(kunci))}
