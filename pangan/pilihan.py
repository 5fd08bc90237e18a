"""What the columns of the food register offer: commodities by cluster, and the unit's own plots and cycles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from pangan.komoditas import cari, kenali, muat
from pangan.models import Klaster, Petak, Satuan, Siklus
from pelaporan.register.kolom import Kolom, Pilihan
from pemasyarakatan.inti.waktu import tulis_tanggal
from upt.models import UPT

KLASTER = dict(Klaster.choices)
SATUAN = dict(Satuan.choices)
MAKS_TAFSIR = 4
"""Commodities named when a text may mean several."""


def nama_komoditas(kode: str) -> str:
    komoditas = muat().get(kode)
    return komoditas.nama if komoditas else kode


def _klaster_komoditas(kode: str) -> str:
    return KLASTER[muat()[kode].klaster]


def _tafsir(teks: str) -> tuple[str | None, Sequence[str]]:
    """ "lombok" is cabai: which one is asked back, never guessed."""
    pasti = kenali(teks)
    return (pasti.kode if pasti else None), [k.kode for k in cari(teks)[:MAKS_TAFSIR]]


def kolom_komoditas(*, bantuan: str = "", hewan: bool | None = None) -> Kolom:
    """The commodity, chosen below its cluster or written by any of its names."""
    return Kolom(
        "komoditas", "Komoditas", "pilihan", wajib=True,
        pilihan={k.kode: k.nama for k in muat().values() if hewan is None or k.hewan == hewan},
        kelompok=_klaster_komoditas, tafsir=_tafsir, bantuan=bantuan, contoh="Cabai rawit",
        sinonim=("jenis tanaman", "tanaman", "jenis komoditi", "komoditi", "jenis ternak", "jenis ikan"),
    )  # fmt: skip


def penafsir(nama_lain: Mapping[str, str]) -> Callable[[str], tuple[str | None, Sequence[str]]]:
    """Reads other words for a choice, as lists that units keep in Excel name it."""
    return lambda teks: (nama_lain.get(teks), ())


def kolom_klaster(*, wajib: bool = True, bantuan: str = "") -> Kolom:
    return Kolom(
        "klaster", "Klaster", "pilihan", wajib=wajib, pilihan=KLASTER, bantuan=bantuan, contoh="Hortikultura",
        sinonim=("bidang", "sektor", "jenis kegiatan", "jenis usaha", "sub sektor"),
    )  # fmt: skip


def kolom_satuan() -> Kolom:
    return Kolom(
        "satuan", "Satuan", "pilihan", pilihan=SATUAN, contoh="kg",
        bantuan="Kosongkan bila sama dengan satuan lazim komoditasnya.", sinonim=("unit", "sat"),
    )  # fmt: skip


def petak_unit(upt: UPT) -> list[Pilihan]:
    """The unit's plots by code; a file may write code, name or both."""
    semua = Petak.objects.hidup().filter(upt=upt).order_by("kode")
    return [Pilihan(p.pk, f"{p.kode} {p.nama}", (p.kode, p.nama)) for p in semua]


def label_siklus(siklus: Siklus) -> str:
    """A cycle as people tell it: plot, commodity, day of planting."""
    return f"{siklus.petak.kode} · {nama_komoditas(siklus.komoditas)} · {tulis_tanggal(siklus.tanam)}"


def _siklus(semua: Iterable[Siklus]) -> list[Pilihan]:
    return [
        Pilihan(
            s.pk,
            label_siklus(s),
            (
                s.petak.kode,
                s.petak.nama,
                f"{s.petak.kode} {nama_komoditas(s.komoditas)}",
                f"{s.petak.nama} {nama_komoditas(s.komoditas)}",
                f"{s.petak.kode} {s.tanam.isoformat()}",
            ),
        )
        for s in semua
    ]


def siklus_unit(upt: UPT) -> list[Pilihan]:
    """The unit's cycles, running ones first, the newest of them on top."""
    return _siklus(Siklus.objects.hidup().filter(upt=upt).select_related("petak").order_by("akhir", "-tanam", "-pk"))


def siklus_pada_hari(calon: Sequence[int], nilai: Mapping[str, Any]) -> tuple[int, str] | None:
    """Which of several cycles a day belongs to: the only one that ran then, else the last begun, which is asked."""
    hari = nilai.get("tanggal")
    if not isinstance(hari, date):
        return None
    ada = Siklus.objects.hidup().filter(Q(selesai=None) | Q(selesai__gte=hari), pk__in=calon, tanam__lte=hari)
    jalan = list(ada.select_related("petak").order_by("-tanam")[:2])
    if not jalan or (len(jalan) == 2 and jalan[0].tanam == jalan[1].tanam):
        return None
    tanya = f"Dibaca {label_siklus(jalan[0])}: yang terakhir mulai sebelum hari itu. Betul?" if len(jalan) > 1 else ""
    return jalan[0].pk, tanya


def siklus_hewan(upt: UPT) -> list[Pilihan]:
    """Cycles whose heads are counted."""
    hewan = [k.kode for k in muat().values() if k.hewan]
    semua = Siklus.objects.hidup().filter(upt=upt, komoditas__in=hewan).select_related("petak")
    return _siklus(semua.order_by("akhir", "-tanam", "-pk"))


def kolom_petak(*, bantuan: str = "") -> Kolom:
    return Kolom(
        "petak_id", "Petak", "rujukan", wajib=True, rujuk=petak_unit, bantuan=bantuan, contoh="P01",
        sinonim=("kode petak", "lahan", "kode lahan", "kolam", "kandang", "blok", "lokasi"),
    )  # fmt: skip
