"""What decided cases change in the register, and take back: what a person serves, asimilasi since when, the last CMK.

The portal that decides a case calls these within the act and has asked the right for that case. Decided cases stay in
their unit while persons move on, so rows are read and written in the scope of the system, wherever the person is now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from pelaporan.register.services import kunci_register_banyak
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.waktu import hari_ini
from upt.cakupan import SISTEM, terpasang
from wbp.dasar import LANJUT, REGISTER
from wbp.models import DataWarga, RiwayatData
from wbp.periksa import periksa
from wbp.services_catatan import jejak_unit
from wbp.services_data import SalahBanyak, galat_dari, isi_dari, terapkan

Menjalani = DataWarga.Menjalani
KEPUTUSAN = "keputusan"
"""Why the history says that such a change was made."""
KOLOM = ("menjalani", "asimilasi_sejak", "cmk_terakhir")
_TANGGAL: Mapping[str, tuple[str, Callable[[Sequence[date]], date]]] = {
    "ASIMILASI": ("asimilasi_sejak", min), "CMK": ("cmk_terakhir", max),
}  # fmt: skip
"""The column of a programme, and which of several days it keeps."""
_BUKAN_TERTULIS = frozenset((KEPUTUSAN, "serah"))
_IZIN = (Izin.SUSUN_USULAN, Izin.AJUKAN_USULAN, Izin.PUTUS_USULAN)
Isi = dict[str, Any]


@dataclass(frozen=True)
class Putusan:
    """One decided case: whose, of which programme, and the day that it counts from (asimilasi: carried out; CMK: its
    day). `lain` are the same days of this person's other cases of the programme that stand."""

    data_id: int
    jenis: str
    tanggal: date
    lain: tuple[date, ...] = ()


@dataclass(frozen=True)
class _Orang:
    """One row as the facts are changed; `tertulis`: the days that its units wrote themselves."""

    baris: DataWarga
    isi: Isi
    tertulis: Mapping[str, date | None]

    @property
    def hadir(self) -> bool:
        return self.baris.keluar_pada is None


def mulai_program(*, putusan: Sequence[Putusan], oleh: Pengguna) -> list[DataWarga]:
    """Carried out: who is still there serves the programme from now on; asimilasi that runs already keeps its first
    day. Raises Ditolak, SalahBanyak (what the register says of the person does not allow it)."""
    return _ubah(putusan, oleh, _mulai)


def catat_cmk(*, putusan: Sequence[Putusan], oleh: Pengguna) -> list[DataWarga]:
    """Decreed: the latest day is the last CMK. Raises Ditolak, SalahBanyak."""
    return _ubah(putusan, oleh, _cmk)


def akhiri_program(*, putusan: Sequence[Putusan], oleh: Pengguna) -> list[DataWarga]:
    """Revoked: who still serves the programme serves the sentence again, and a day that this case had set gives way to
    what the unit wrote itself or another case says. Who left, or serves something else by now, goes on serving that;
    a day that the case had not set stays. Raises Ditolak."""
    return _ubah(putusan, oleh, _akhiri)


def bawa_program(dari: DataWarga, ke: DataWarga) -> dict[str, list[Any]]:
    """Two rows turn out to be one person: `ke` takes over the days that `dari` knows; what changed, for the history."""
    ubahan = {}
    for nama, pilih in _TANGGAL.values():
        lama, lain = getattr(ke, nama), getattr(dari, nama)
        baru = pilih([hari for hari in (lama, lain) if hari]) if lain else lama
        if baru != lama:
            ubahan[nama] = [lama and lama.isoformat(), baru.isoformat()]
            setattr(ke, nama, baru)
    return ubahan


def _mulai(o: _Orang, p: Putusan) -> None:
    lama = o.isi["asimilasi_sejak"]
    if p.jenis == Menjalani.ASIMILASI:
        berjalan = lama is not None and o.isi["menjalani"] == Menjalani.ASIMILASI
        o.isi["asimilasi_sejak"] = min(lama, p.tanggal) if berjalan else p.tanggal
    if o.hadir:
        o.isi["menjalani"] = p.jenis


def _cmk(o: _Orang, p: Putusan) -> None:
    o.isi["cmk_terakhir"] = max(o.isi["cmk_terakhir"] or p.tanggal, p.tanggal)


def _akhiri(o: _Orang, p: Putusan) -> None:
    if o.hadir and o.isi["menjalani"] == p.jenis:
        o.isi["menjalani"] = Menjalani.PIDANA.value
    nama, pilih = _TANGGAL.get(p.jenis, ("", max))
    if nama and o.isi[nama] == p.tanggal and o.tertulis[nama] != p.tanggal:
        sisa = [hari for hari in (o.tertulis[nama], *p.lain) if hari is not None]
        o.isi[nama] = pilih(sisa) if sisa else None


# ---------------------------------------------------------------- rows


@transaction.atomic
def _ubah(putusan: Sequence[Putusan], oleh: Pengguna, kerja: Callable[[_Orang, Putusan], None]) -> list[DataWarga]:
    """All or none, by a fixed number of statements. Erased persons are left alone. Returns who changed."""
    if not any(boleh(oleh, izin) for izin in _IZIN):
        raise Ditolak("Akibat keputusan dicatat bersama keputusannya, oleh yang memutus atau melaksanakannya.")
    with terpasang(SISTEM):
        kini = _kini({p.data_id for p in putusan})
        semua = _orang(set(kini.values()))
        for p in putusan:
            if kini[p.data_id] in semua:
                kerja(semua[kini[p.data_id]], p)
        berubah = [o for o in semua.values() if any(getattr(o.baris, n) != isi for n, isi in o.isi.items())]
        _tolak_galat(berubah, max((p.tanggal for p in putusan), default=hari_ini()))
        terapkan([(o.baris, o.isi) for o in berubah], oleh=oleh, sebab=KEPUTUSAN)
        jejak_unit([o.baris for o in berubah], "warga_program", oleh)
    return [o.baris for o in berubah]


def _kini(ids: set[int]) -> dict[int, int]:
    """The row by which the register knows the person today: one that was closed by merging goes on in another."""
    hasil, baru, dilihat = {pk: pk for pk in ids}, ids, set(ids)
    while baru:
        tutup = RiwayatData.objects.filter(data__in=baru, ubahan__has_key=LANJUT, data__keluar_pada__isnull=False)
        lanjut = {pk: ubahan[LANJUT] for pk, ubahan in tutup.order_by("revisi").values_list("data_id", "ubahan")}
        hasil = {pk: lanjut.get(kini, kini) for pk, kini in hasil.items()}
        baru = set(lanjut.values()) - dilihat
        dilihat |= baru
    return hasil


def _orang(ids: set[int]) -> dict[int, _Orang]:
    semua = DataWarga.objects.filter(pk__in=ids, dimusnahkan_pada=None)
    kunci_register_banyak(REGISTER, semua.order_by().values_list("upt_id", flat=True))
    baris = list(semua.select_for_update(of=("self",)).select_related("upt").order_by("pk"))
    tertulis = _tertulis(baris)
    return {d.pk: _Orang(d, {n: getattr(d, n) for n in KOLOM}, tertulis[d.pk]) for d in baris}


def _tertulis(baris: Sequence[DataWarga]) -> dict[int, dict[str, date | None]]:
    """The days as the units wrote them last, by hand or import; decisions since then are left out."""
    hasil: dict[int, dict[str, Any]] = {d.pk: {} for d in baris}
    nama_nama = [nama for nama, _ in _TANGGAL.values()]
    riwayat = RiwayatData.objects.filter(data__in=baris, ubahan__has_any_keys=nama_nama).order_by("data_id", "revisi")
    for pk, ubahan, sebab in riwayat.values_list("data_id", "ubahan", "sebab"):
        for nama in ubahan.keys() & set(nama_nama):
            dari, ke = (date.fromisoformat(hari) if hari else None for hari in ubahan[nama])
            hasil[pk].setdefault(nama, dari)
            if sebab not in _BUKAN_TERTULIS:
                hasil[pk][nama] = ke
    return {d.pk: {n: hasil[d.pk].get(n, getattr(d, n)) for n in nama_nama} for d in baris}


def _tolak_galat(semua: Sequence[_Orang], sampai: date) -> None:
    """`sampai`: a unit further east may have reached a day that the person's own has not."""
    salah = {}
    for o in semua:
        lama = galat_dari(periksa(isi_dari(o.baris), hari_ini(o.baris.upt.zona)))
        baru = galat_dari(periksa({**isi_dari(o.baris), **o.isi}, max(hari_ini(o.baris.upt.zona), sampai)))
        if beda := {nama: pesan for nama, pesan in baru.items() if lama.get(nama) != pesan}:
            salah[o.baris.pk] = beda
    if salah:
        raise SalahBanyak(salah)
