"""Whom a form touches: who owes it, what is under way, what rests on dropped items, and how much there is to type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from pelaporan.models import FormulirVersi, Laporan
from pelaporan.rujukan import pemakai_butir
from pelaporan.selectors_formulir import skema_berlaku
from pelaporan.skema import Skema
from pelaporan.terbit.banding_skema import Beda
from pelaporan.terbit.selectors import MULAI, dasar_versi
from pemasyarakatan.inti.waktu import Bulan
from upt.models import UPT, Kanwil
from upt.selectors import kanwil_pada


@dataclass(frozen=True)
class Bulanan:
    """Reports of one opened month: those begun stay as they are, the others take the new version."""

    bulan: Bulan
    mulai: int
    belum: int


@dataclass(frozen=True)
class Dampak:
    """`per_jenis` and `per_kanwil`: (name, owing before, owing after, newly, no longer)."""

    per_jenis: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    per_kanwil: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    sebelum: int = 0
    sesudah: int = 0
    baru: list[str] = field(default_factory=list)
    lepas: list[str] = field(default_factory=list)
    bulan: list[Bulanan] = field(default_factory=list)
    putus: list[str] = field(default_factory=list)
    sel_sebelum: int = 0
    sel_sesudah: int = 0
    pertama: Bulan | None = None

    @property
    def beda_sel(self) -> int:
        return self.sel_sesudah - self.sel_sebelum


def hitung(skema: Skema, beda: Beda) -> Dampak:
    """What publishing this form would do to whom."""
    bulan = bulan_pertama(skema)
    dasar = dasar_versi(skema.kode, Bulan.dari(skema.berlaku_dari))
    lama, baru = _wajib(dasar.skema if dasar else None, bulan), _wajib(skema, bulan)
    unit = {u.pk: u for u in UPT.objects.berlaku_pada(bulan.akhir)}
    induk, kanwil = kanwil_pada(bulan.akhir), {k.pk: k.nama_pendek for k in Kanwil.objects.all()}
    return Dampak(
        per_jenis=_per(lama, baru, {u: unit[u].get_jenis_display() for u in unit}),
        per_kanwil=_per(lama, baru, {u: kanwil[induk[u]] for u in unit}),
        sebelum=len(lama),
        sesudah=len(baru),
        baru=sorted(unit[u].nama for u in baru - lama),
        lepas=sorted(unit[u].nama for u in lama - baru),
        bulan=_bulan(skema.kode, Bulan.dari(skema.berlaku_dari)),
        pertama=bulan,
        putus=putus(skema.kode, beda.dihapus, bulan),
        sel_sebelum=isian(dasar.skema) if dasar else 0,
        sel_sesudah=isian(skema),
    )


def bulan_pertama(skema: Skema) -> Bulan:
    """The first month in which the form is owed: of a campaign not before it begins, told once, where it ends."""
    mulai, kampanye = Bulan.dari(skema.berlaku_dari), skema.kampanye
    if kampanye is None:
        return mulai
    return max(mulai, Bulan.dari((kampanye.sampai if kampanye.sekali else kampanye.dari)[:7]))


def _wajib(skema: Skema | None, bulan: Bulan) -> set[int]:
    """Units that owe the form in that month, as `services_periode` derives it."""
    from pelaporan.services_periode import tenggat_untuk

    if skema is None:
        return set()
    versi = FormulirVersi(formulir_id=skema.kode, sidik=skema.sidik, isi=skema.ke_json())
    induk, kanwil, hasil = kanwil_pada(bulan.akhir), Kanwil.objects.in_bulk(), set()
    for upt in UPT.objects.berlaku_pada(bulan.akhir):
        upt.kanwil = kanwil[induk[upt.pk]]
        if tenggat_untuk(versi, upt, bulan, frozenset()) is not None:
            hasil.add(upt.pk)
    return hasil


def _per(lama: set[int], baru: set[int], nama: dict[int, str]) -> list[tuple[str, int, int, int, int]]:
    def hitung(unit: Iterable[int]) -> Counter[str]:
        return Counter(nama[u] for u in unit)

    a, b, tambah, lepas = hitung(lama), hitung(baru), hitung(baru - lama), hitung(lama - baru)
    return [(n, a[n], b[n], tambah[n], lepas[n]) for n in sorted({*a, *b})]


def _bulan(kode: str, dari: Bulan) -> list[Bulanan]:
    semua = Laporan.objects.filter(formulir_id=kode, bulan__gte=dari.awal).values("bulan").order_by("bulan")
    per = semua.annotate(semua=Count("pk"), mulai=Count("pk", filter=MULAI))
    return [Bulanan(Bulan.pada(x["bulan"]), x["mulai"], x["semua"] - x["mulai"]) for x in per]


def putus(kode: str, dihapus: Iterable[str], bulan: Bulan) -> list[str]:
    """Sentences about what still rests on dropped items: indicators, dashboards, rules of other forms."""
    pemakai, hasil = pemakai_butir(kode), []
    lain = {k: s for k, s in skema_berlaku(bulan).items() if k != kode}
    for butir in sorted(dihapus):
        nama = [
            *pemakai.get(butir, ()),
            *(f"aturan {f}" for f, s in lain.items() if f"{kode}.{butir}" in s.rujukan_luar),
        ]
        if nama:
            hasil.append(
                f"{kode}.{butir} dipakai {', '.join(nama)}. Pertahankan butir ini, atau ganti dahulu pemakainya."
            )
    return hasil


def isian(skema: Skema) -> int:
    """Cells that a unit types every month; rows of lists come on top, as many as happened."""
    return sum(b.diketik for b in skema.butir.values())
