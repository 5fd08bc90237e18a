"""Candidates of many units: as a job that somebody waits for, from the command line, and every night.

Each unit is a transaction of its own. One that fails is reported and stops nobody; a job that starts again leaves out
what it has done already.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.csv_keluar import GAYA, Tabel, tulis
from pemasyarakatan.inti.galat import GalatPortal, TidakDitemukan
from pemasyarakatan.inti.waktu import WIB, hari_ini, sekarang, tulis_tanggal, tulis_waktu
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor, minta
from remisi.calon.susun import hitung_unit, tanda_data
from remisi.ketentuan import Himpunan
from remisi.models import Kesempatan, Perhitungan
from remisi.selectors_aturan import himpunan, patokan_untuk
from upt.cakupan import SISTEM, Cakupan, sebagai, terpasang
from upt.models import UPT
from wbp.models import DataWarga

log = logging.getLogger(__name__)
JENIS = "hitung_calon"
DEKAT = timedelta(days=60)
BASI = timedelta(days=7)
GAGAL = "Gagal dihitung; sebabnya sudah dicatat untuk admin."


@dataclass(frozen=True)
class HasilUnit:
    """What became of one unit: its counts, or why it has none."""

    upt: UPT
    jumlah: dict[str, int] | None = None
    galat: str = ""


Kabar = Callable[[UPT, int, int], None]
"""Told before each unit: which, how many are done, of how many. May raise, to stop."""
Dalam = Callable[[], AbstractContextManager[Cakupan]]
"""The scope in which a unit is computed, as a transaction."""


# As a job ------------------------------------------------------------------------------------------


def minta_hitung(*, kesempatan: Kesempatan, oleh: Pengguna, kunci: UUID | None = None) -> Pekerjaan:
    """Ask for the candidates of the whole country. Raises Ditolak without PUTUS_USULAN, TerlaluBanyak."""
    judul, parameter = f"Hitung calon {kesempatan.nama}"[:160], {"kesempatan": kesempatan.slug}
    total = len(unit_berisi(kesempatan))
    return minta(oleh=oleh, jenis=JENIS, judul=judul, parameter=parameter, total=total, kunci=kunci)


def kerjakan(pekerjaan: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """The job: every unit with a register; its file lists the units with their counts and what failed."""
    kesempatan = Kesempatan.objects.filter(slug=str(pekerjaan.parameter.get("kesempatan", ""))).first()
    if kesempatan is None:
        raise TidakDitemukan("Kesempatan ini sudah tidak ada. Pilih kesempatan lain, lalu minta lagi.")
    with terpasang(SISTEM):
        aturan, unit = himpunan(), unit_berisi(kesempatan)

    def dalam() -> AbstractContextManager[Cakupan]:
        return sebagai(pekerjaan.pengguna)

    def kabar(upt: UPT, n: int, dari: int) -> None:
        lapor(f"Menghitung {upt.nama}", n, dari)

    hasil = hitung_banyak(kesempatan, unit, aturan, oleh=pekerjaan.pengguna, dalam=dalam, kabar=kabar,
                          sejak=pekerjaan.dibuat_pada)  # fmt: skip
    lapor("Menulis ringkasan", len(unit), len(unit))
    return [berkas(kesempatan, hasil)]


def unit_berisi(kesempatan: Kesempatan | None = None) -> list[UPT]:
    """Units that keep a register, and those that had candidates of this occasion."""
    isi = set(DataWarga.objects.ada().order_by().values_list("upt_id", flat=True).distinct())
    if kesempatan is not None:
        isi |= set(Perhitungan.objects.filter(kesempatan=kesempatan).values_list("upt_id", flat=True))
    return list(UPT.objects.filter(pk__in=isi).select_related("kanwil").order_by("kanwil__kode", "kode"))


def hitung_banyak(
    kesempatan: Kesempatan,
    unit: Iterable[UPT],
    aturan: Himpunan,
    *,
    oleh: Pengguna | None = None,
    dalam: Dalam,
    kabar: Kabar = lambda upt, n, dari: None,
    sejak: datetime | None = None,
) -> list[HasilUnit]:
    """Units one by one; what was computed by these rules after `sejak` stays."""
    semua = list(unit)
    sudah = _sudah(kesempatan, aturan, sejak) if sejak else {}
    hasil = []
    for n, upt in enumerate(semua):
        kabar(upt, n, len(semua))
        if upt.pk in sudah:
            hasil.append(HasilUnit(upt, sudah[upt.pk]))
        else:
            hasil.append(_satu(kesempatan, upt, aturan, oleh, dalam))
    return hasil


def _sudah(kesempatan: Kesempatan, aturan: Himpunan, sejak: datetime) -> dict[int, dict[str, int]]:
    with terpasang(SISTEM):
        sidik = patokan_untuk(kesempatan, aturan).sidik
        ada = Perhitungan.objects.filter(kesempatan=kesempatan, sidik_aturan=sidik, dihitung_pada__gte=sejak)
        return dict(ada.values_list("upt_id", "jumlah"))


def _satu(kesempatan: Kesempatan, upt: UPT, aturan: Himpunan, oleh: Pengguna | None, dalam: Dalam) -> HasilUnit:
    try:
        with dalam() as cakupan:
            jumlah = hitung_unit(kesempatan=kesempatan, upt=upt, oleh=oleh, cakupan=cakupan, aturan=aturan).jumlah
        return HasilUnit(upt, jumlah)
    except GalatPortal as galat:
        return HasilUnit(upt, galat=galat.pesan)
    except Exception:
        log.exception("candidates of unit %s for occasion %s failed", upt.kode, kesempatan.slug)
        return HasilUnit(upt, galat=GAGAL)


def berkas(kesempatan: Kesempatan, hasil: list[HasilUnit]) -> Berkas:
    """The table of units; what failed comes first."""
    urut = sorted(hasil, key=lambda h: not h.galat)
    gagal = sum(bool(h.galat) for h in hasil)
    tabel = Tabel(
        nama=f"calon-{kesempatan.slug}",
        keterangan=(
            ("Kesempatan", f"{kesempatan.nama}, {tulis_tanggal(kesempatan.tanggal)}"),
            ("Dihitung", tulis_waktu(sekarang(), WIB)),
            ("Liputan", f"{len(hasil) - gagal} dari {len(hasil)} UPT yang mempunyai register warga binaan"),
        ),
        kepala=("Kode UPT", "UPT", "Kanwil", "Orang diperiksa", "Memenuhi", "Perlu data", "Tidak memenuhi", "Galat"),
        baris=[_baris(h) for h in urut],
    )
    return Berkas(f"{tabel.nama}.csv", "text/csv; charset=utf-8", tulis(tabel, GAYA["excel"]))


def _baris(h: HasilUnit) -> tuple[str | int | None, ...]:
    angka = [(h.jumlah or {}).get(k) for k in ("orang", "LAYAK", "PERLU_DATA", "TIDAK")]
    return (h.upt.kode, h.upt.nama, h.upt.kanwil.nama_pendek, *angka, h.galat)


# Every night ---------------------------------------------------------------------------------------


def malam() -> list[HasilUnit]:
    """Occasions of the next weeks, for units whose data, rules or marks of conduct have moved on since."""
    hasil: list[HasilUnit] = []
    kini = hari_ini()
    with terpasang(SISTEM):
        aturan = himpunan()
        dekat = list(Kesempatan.objects.filter(tanggal__range=(kini, kini + DEKAT)).order_by("tanggal"))
    for kesempatan in dekat:
        with terpasang(SISTEM):
            unit = [u for u in unit_berisi(kesempatan) if _perlu(kesempatan, u, aturan)]
        hasil += hitung_banyak(kesempatan, unit, aturan, dalam=sistem)
    return hasil


def _perlu(kesempatan: Kesempatan, upt: UPT, aturan: Himpunan) -> bool:
    ada = Perhitungan.objects.filter(kesempatan=kesempatan, upt=upt).first()
    if ada is None or sekarang() - ada.dihitung_pada > BASI:
        return True
    if not patokan_untuk(kesempatan, aturan).sama(ada.sidik_aturan):
        return True
    tanggal = ada.jumlah.get("tanggal")
    return tanggal != kesempatan.tanggal.isoformat() or ada.jumlah.get("tanda") != tanda_data(upt.pk)


@contextmanager
def sistem() -> Iterator[Cakupan]:
    """The scope of background work, as a transaction."""
    with terpasang(SISTEM):
        yield SISTEM
