"""Deadlines of a month computed again: what would change, and the change itself.

Preview and deed share one computation, so what the page names is what happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Min, OuterRef

from pelaporan.alur import Aksi
from pelaporan.models import FormulirVersi, Kejadian, Kotor, Laporan, LaporanVersi, Libur, Periode
from pelaporan.services import beri_isyarat
from pelaporan.services_periode import kelompokkan_libur, tenggat_untuk
from pelaporan.tenggat.penerapan import Keputusan
from pelaporan.urutan_kunci import kunci_bulan
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import WIB, Bulan, akhir_hari, sekarang

HariLibur = Mapping[int | None, frozenset[date]]
_KOLOM = ("tenggat", "tenggat_kanwil", "tenggat_pusat", "terlambat")


@dataclass(frozen=True)
class Geser:
    """A report whose deadlines change; `laporan` already carries the new values, `lama` the old ones."""

    laporan: Laporan
    lama: tuple[datetime, datetime, datetime | None, bool]


@dataclass(frozen=True)
class Dampak:
    """The effect of a decision in numbers, for the sentence that people read before and after it."""

    bulan: Bulan
    geser: tuple[Geser, ...]
    kini: datetime

    @property
    def upt(self) -> int:
        return len({g.laporan.upt_id for g in self.geser})

    @property
    def laporan(self) -> int:
        return len(self.geser)

    @property
    def tidak_lagi_terlambat(self) -> int:
        return sum(self._dulu(g) and not self._nanti(g) for g in self.geser)

    @property
    def menjadi_terlambat(self) -> int:
        return sum(self._nanti(g) and not self._dulu(g) for g in self.geser)

    def _dulu(self, g: Geser) -> bool:
        return g.lama[3] if g.laporan.dikirim_pada else self.kini > g.lama[0]

    def _nanti(self, g: Geser) -> bool:
        return g.laporan.terlambat if g.laporan.dikirim_pada else self.kini > g.laporan.tenggat

    @property
    def kalimat(self) -> str:
        """“Memindahkan tenggat Oktober 2026 pada 17 UPT (52 laporan); 4 tidak lagi terlambat.”"""
        if not self.geser:
            return f"Tidak ada tenggat {self.bulan.nama} yang berubah."
        banyak = f"{tulis_angka(self.upt)} UPT ({tulis_angka(self.laporan)} laporan)"
        bagian = [f"Memindahkan tenggat {self.bulan.nama} pada {banyak}"]
        bagian += (
            [f"{tulis_angka(self.tidak_lagi_terlambat)} tidak lagi terlambat"] if self.tidak_lagi_terlambat else []
        )
        bagian += [f"{tulis_angka(self.menjadi_terlambat)} menjadi terlambat"] if self.menjadi_terlambat else []
        return "; ".join(bagian) + "."


def hari_libur_andai(
    bulan: Bulan, *, tambah: tuple[date, int | None] | None = None, tanpa: int | None = None
) -> HariLibur:
    """Holidays of a month as they would be with one day more or one less."""
    baris = Libur.objects.filter(tanggal__range=(bulan.awal, bulan.akhir)).exclude(pk=tanpa or 0)
    pasangan = list(baris.values_list("tanggal", "kanwil"))
    return kelompokkan_libur([*pasangan, *([tambah] if tambah else [])])


def bulan_terbuka(bulan: Bulan) -> bool:
    return Periode.objects.filter(bulan=bulan.awal, status=Periode.Status.TERBUKA).exists()


def rencanakan(
    bulan: Bulan, *, libur: HariLibur | None = None, keputusan: Keputusan | None = None, kunci: bool = False
) -> Dampak:
    """What changes in an open month; a closed or unopened one has nothing to change.

    With `kunci` the month's reports stay locked until the transaction ends: nobody sends against the old deadline.
    """
    terbuka = kunci_bulan([bulan.awal]).get(bulan.awal) == Periode.Status.TERBUKA if kunci else bulan_terbuka(bulan)
    if not terbuka:
        return Dampak(bulan, (), sekarang())
    libur = libur if libur is not None else hari_libur_andai(bulan + 1)
    keputusan = keputusan or Keputusan.untuk(bulan)
    semua = _laporan(bulan, kunci)
    pertama = kirim_pertama(bulan)  # after the locks: a sending that was under way has committed
    geser = [_geser(laporan, bulan, libur, keputusan, pertama) for laporan in semua]
    return Dampak(bulan, tuple(g for g in geser if g is not None), sekarang())


def _laporan(bulan: Bulan, kunci: bool) -> list[Laporan]:
    semua = Laporan.objects.filter(bulan=bulan.awal).select_related("upt", "kanwil").order_by("pk")
    baris = list(semua.select_for_update(of=("self",)) if kunci else semua)
    versi = FormulirVersi.objects.in_bulk({lap.formulir_versi_id for lap in baris})
    for lap in baris:
        lap.formulir_versi, lap.upt.kanwil = versi[lap.formulir_versi_id], lap.kanwil  # of that month, not of today
    return baris


def kirim_pertama(bulan: Bulan) -> dict[UUID, datetime]:
    """When each report was first sent and not withdrawn: late or not is a matter of that moment."""
    tarik = Kejadian.objects.filter(laporan=OuterRef("laporan"), versi=OuterRef("versi"), aksi=Aksi.TARIK)
    versi = LaporanVersi.objects.filter(bulan=bulan.awal).exclude(Exists(tarik)).order_by().values("laporan")
    return dict(versi.annotate(pertama=Min("dibuat_pada")).values_list("laporan", "pertama"))


def _geser(
    laporan: Laporan, bulan: Bulan, libur: HariLibur, keputusan: Keputusan, pertama: Mapping[UUID, datetime]
) -> Geser | None:
    lama = (laporan.tenggat, laporan.tenggat_kanwil, laporan.tenggat_pusat, laporan.terlambat)
    hari = tenggat_untuk(laporan.formulir_versi, laporan.upt, bulan, libur.get(laporan.kanwil_id, libur[None]))
    if hari is None:  # an obligation that is no longer in the form keeps the deadlines it was given
        return None
    bebas = laporan.dibebaskan
    laporan.tenggat = akhir_hari(hari.upt, laporan.upt.zona)
    laporan.tenggat_kanwil = akhir_hari(hari.kanwil, laporan.kanwil.zona)
    laporan.tenggat_pusat = akhir_hari(hari.pusat, WIB)
    keputusan.terapkan(laporan, zona=laporan.upt.zona, zona_kanwil=laporan.kanwil.zona)
    laporan.dibebaskan = bebas  # waivers are granted and revoked by their own acts
    if laporan.dikirim_pada is not None:
        laporan.terlambat = pertama.get(laporan.pk, laporan.dikirim_pada) > laporan.tenggat
    baru = (laporan.tenggat, laporan.tenggat_kanwil, laporan.tenggat_pusat, laporan.terlambat)
    return Geser(laporan, lama) if baru != lama else None


def simpan(dampak: Dampak) -> None:
    """Write the new deadlines; rollups follow, because "on time" may have changed."""
    kini = sekarang()
    semua = [g.laporan for g in dampak.geser]
    for laporan in semua:
        laporan.diubah_pada = kini
    Laporan.objects.bulk_update(semua, [*_KOLOM, "diubah_pada"], batch_size=500)
    kotori(g.laporan for g in dampak.geser if g.lama[3] != g.laporan.terlambat)


def kotori(laporan: Iterable[Laporan]) -> None:
    """Append the rollup keys of some reports to the dirty log, each once; hint the worker after the commit."""
    kunci = sorted({(lap.kanwil_id, lap.bulan, lap.formulir_id) for lap in laporan})
    if not kunci:
        return
    Kotor.objects.bulk_create([Kotor(kanwil_id=k, bulan=b, formulir_id=f) for k, b, f in kunci])
    transaction.on_commit(beri_isyarat, robust=True)


def hitung_ulang(bulan: Bulan) -> Dampak:
    """Compute a month's deadlines again from the holidays and decisions as they are now, and keep the result."""
    with transaction.atomic():
        dampak = rencanakan(bulan, kunci=True)
        simpan(dampak)
        return dampak
