"""What follows from other rows and is therefore not asked: filled in before a row is checked and written.

A row is written with what followed on its day; whoever changes a plot later does not rewrite its harvests.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from django.db.models import Q, QuerySet, Sum

from pangan.komoditas import muat
from pangan.models import MutasiHewan, Panen, Pemakaian, Pemanfaatan, Penempatan, Petak, Siklus
from pelaporan.models import BarisRegister
from pelaporan.register.borongan import ingat
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini
from wbp.models import WargaBinaan

B = TypeVar("B", bound=BarisRegister)
SEN = Decimal("0.01")


def milik_unit(model: type[B], pk: int | None, upt_id: int) -> B:
    """A live row of the same unit. Raises TidakDitemukan: missing, deleted and foreign look the same."""
    semua: Any = model._default_manager
    baris: B | None = ingat(model, ("milik", upt_id, pk), semua.filter(upt_id=upt_id, pk=pk, dihapus_pada=None).first)
    if baris is None:
        raise TidakDitemukan(f"{model._meta.verbose_name.capitalize()} ini tidak ada di unit ini.")  # type: ignore[union-attr]
    return baris


def satu(model: type[B], pk: int) -> B:
    semua: Any = model._default_manager
    return ingat(model, ("satu", pk), lambda: semua.get(pk=pk))


def pemanfaatan_pada(petak_id: int, hari: date) -> Pemanfaatan | None:
    """What the plot served on a day."""
    berlaku = Q(sampai=None) | Q(sampai__gte=hari)
    semua = Pemanfaatan.objects.hidup().filter(berlaku, petak_id=petak_id, dari__lte=hari)
    return ingat(Pemanfaatan, (petak_id, hari), semua.first)


# ---------------------------------------------------------------- land


def petak(baris: Petak) -> None:
    """A plot without a code gets the unit's next one."""
    baris.kode = baris.kode or _kode_berikut(baris.upt_id)


def _kode_berikut(upt_id: int) -> str:
    """P01, P02 …; codes of deleted plots are not given again."""
    ada = set(Petak.objects.filter(upt_id=upt_id).values_list("kode", flat=True))
    nomor = len(ada) + 1
    while (kode := f"P{nomor:02}") in ada:
        nomor += 1
    return kode


def pemanfaatan(baris: Pemanfaatan) -> None:
    petaknya = milik_unit(Petak, baris.petak_id, baris.upt_id)
    if baris.luas is None:
        baris.luas = petaknya.luas


def siklus(baris: Siklus) -> None:
    """Its cluster is what the plot serves on the day of planting; when it is to be harvested follows from its kind."""
    milik_unit(Petak, baris.petak_id, baris.upt_id)
    dipakai = pemanfaatan_pada(baris.petak_id, baris.tanam)
    komoditas = muat().get(baris.komoditas)
    if dipakai is not None:
        baris.klaster = dipakai.klaster
    if komoditas is None:
        return
    if dipakai is None:
        baris.klaster = komoditas.klaster
    if baris.perkiraan_panen is None or _perkiraan_lama(baris):
        baris.perkiraan_panen = baris.tanam + timedelta(days=komoditas.lama_hari)
    if baris.akhir and baris.selesai is None:
        terakhir = Panen.objects.hidup().filter(siklus_id=baris.pk).order_by("-tanggal").first() if baris.pk else None
        baris.selesai = terakhir.tanggal if terakhir else hari_ini(baris.upt.zona)


def _perkiraan_lama(baris: Siklus) -> bool:
    """Whether the expected day is the one reckoned from a planting day or commodity that were changed since."""
    lama = Siklus.objects.filter(pk=baris.pk).first() if baris.pk else None
    if lama is None or lama.perkiraan_panen != baris.perkiraan_panen or lama.komoditas not in muat():
        return False
    return lama.perkiraan_panen == lama.tanam + timedelta(days=muat()[lama.komoditas].lama_hari)


# ---------------------------------------------------------------- produce


def panen(baris: Panen) -> None:
    """Plot, cluster and commodity are the cycle's; what was not weighed is estimated, and says so."""
    asal = milik_unit(Siklus, baris.siklus_id, baris.upt_id)
    baris.petak_id, baris.klaster, baris.komoditas = asal.petak_id, asal.klaster, asal.komoditas
    komoditas = muat().get(asal.komoditas)
    baris.satuan = baris.satuan or (komoditas.satuan if komoditas else "")
    baris.susut_kg, baris.nilai = baris.susut_kg or Decimal(0), baris.nilai or 0
    lama = Panen.objects.filter(pk=baris.pk).first() if baris.pk else None
    tetap = lama is not None and lama.berat_kg == baris.berat_kg
    if baris.satuan == "kg":
        baris.ditimbang = True
        if baris.berat_kg is None or tetap:
            baris.berat_kg = baris.jumlah
        return
    baris.ditimbang = baris.berat_kg is not None and not (tetap and lama is not None and not _berat_nyata(lama))
    if komoditas is not None and not baris.ditimbang:
        baris.berat_kg = _bulat(komoditas.taksir_kg(baris.jumlah, baris.satuan))  # type: ignore[assignment]


def _berat_nyata(p: Panen) -> bool:
    """Whether its weight was weighed by itself: not reckoned, and not merely the amount in kg once more."""
    return p.ditimbang and p.satuan != "kg"


def pemakaian(baris: Pemakaian) -> None:
    """Cluster and unit are those of the harvests it was taken from; an unweighed amount weighs as they did."""
    asal = _asal_hasil(baris)
    komoditas = muat().get(baris.komoditas)
    milik = (baris.upt_id, baris.komoditas, baris.tanggal)
    terakhir = ingat(Panen, ("terakhir", *milik), asal.order_by("-tanggal", "-pk").first)
    baris.klaster = terakhir.klaster if terakhir else (komoditas.klaster if komoditas else "")
    if not baris.satuan:
        semua = ingat(Panen, ("satuan", *milik), lambda: list(asal.values_list("satuan", flat=True).distinct()))
        baris.satuan = semua[0] if len(semua) == 1 else (komoditas.satuan if komoditas else "")
    baris.nilai = baris.nilai or 0
    lama = Pemakaian.objects.filter(pk=baris.pk).first() if baris.pk else None
    taksiran = lama is not None and lama.berat_kg == baris.berat_kg == berat_lazim(lama)  # follows the new amount
    if taksiran or baris.berat_kg is None:
        baris.berat_kg = berat_lazim(baris)  # type: ignore[assignment]


def _asal_hasil(baris: Pemakaian) -> QuerySet[Panen]:
    semua = Panen.objects.hidup().filter(upt_id=baris.upt_id, komoditas=baris.komoditas)
    return semua.filter(tanggal__lte=baris.tanggal)


def berat_lazim(baris: Pemakaian) -> Decimal | None:
    """Weight of an amount that nobody weighed: as the unit's harvests weighed, else as the commodity usually does."""
    if baris.satuan == "kg":
        return baris.jumlah
    asal = _asal_hasil(baris).filter(satuan=baris.satuan)
    kunci = ("berat", baris.upt_id, baris.komoditas, baris.tanggal, baris.satuan)
    jumlah = ingat(Panen, kunci, lambda: asal.aggregate(jumlah=Sum("jumlah"), berat=Sum("berat_kg")))
    if jumlah["jumlah"]:
        return _bulat(baris.jumlah * jumlah["berat"] / jumlah["jumlah"])
    komoditas = muat().get(baris.komoditas)
    return _bulat(komoditas.taksir_kg(baris.jumlah, baris.satuan)) if komoditas else None


def _bulat(kg: Decimal | None) -> Decimal | None:
    return None if kg is None else kg.quantize(SEN, ROUND_HALF_UP)


def mutasi(baris: MutasiHewan) -> None:
    baris.petak_id = milik_unit(Siklus, baris.siklus_id, baris.upt_id).petak_id


# ---------------------------------------------------------------- people


def penempatan(baris: Penempatan) -> None:
    """Raises TidakDitemukan for somebody of another unit."""
    if not WargaBinaan.objects.filter(upt_id=baris.upt_id, pk=baris.wbp_id).exists():
        raise TidakDitemukan("Warga binaan ini tidak ada di unit ini.")
