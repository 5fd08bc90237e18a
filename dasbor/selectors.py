"""Reading figures. The first argument is the scope; everything comes back as plain data (`rekap.py`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, Func, JSONField, Q, QuerySet, TextField, Value

from dasbor.models import Ringkasan
from dasbor.rekap import Liputan, Rekap, RekapFormulir
from pelaporan.alur import Aksi
from pelaporan.models import FormulirVersi, Kejadian, Laporan, LaporanVersi, Periode, RiwayatIsian
from pelaporan.skema import Skema
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.json import DecoderAngka
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil
from upt.selectors import daftar_kanwil, daftar_upt

BANYAK_TREN = 24
NASIONAL = "nasional"
_TIDAK_ADA = "Wilayah atau UPT ini tidak ada, atau bukan dari unit Anda."
_LIPUTAN = ("n_wajib", "n_masuk", "n_sah", "n_tepat", "penghuni_wajib", "penghuni_masuk", "penghuni_sah")


def daftar_ringkasan(cakupan: Cakupan) -> QuerySet[Ringkasan]:
    """Rollup rows within scope, newest month first."""
    return Ringkasan.objects.dalam(cakupan).select_related("kanwil").order_by("-bulan", "formulir_id", "kanwil_id")


@dataclass(frozen=True)
class Wilayah:
    """Whose figures: the nation, a Kanwil or a unit. `kode` is what stands in the URL."""

    tingkat: str
    kode: str
    nama: str
    id: int | None = None
    zona: str = "WIB"
    induk: Kanwil | None = None


@dataclass(frozen=True)
class LaporanUnit:
    """One obligation of a unit, as far as figures need it."""

    id: Any
    upt_id: int
    bulan: Bulan
    formulir: str
    status: str
    versi_masuk: int | None
    versi_sah: int | None
    terlambat: bool
    tenggat: datetime
    dibebaskan: str
    penghuni: int

    @property
    def liputan(self) -> Liputan:
        """The unit's own coverage: one owed report, or none when it was waived."""
        if self.dibebaskan:
            return Liputan()
        ada = self.versi_masuk is not None, self.versi_sah is not None
        masuk, sah = int(ada[0]), int(ada[1])
        tepat = int(ada[0] and not self.terlambat)
        return Liputan(1, masuk, sah, tepat, self.penghuni, self.penghuni * masuk, self.penghuni * sah)


@dataclass(frozen=True)
class UnitBulan:
    """One unit in one month: its reports by form and their figures."""

    upt_id: int
    laporan: Mapping[str, LaporanUnit]
    rekap: Rekap


class _Petik(Func):
    """Only the named keys of a JSON object, so that a page reads a dozen figures and not the whole form."""

    template = "(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(%(expressions)s))"
    arg_joiner = ") AS e WHERE e.key = ANY("

    def __init__(self, jalur: str, kode: Collection[str]) -> None:
        daftar = Value(sorted(kode), output_field=ArrayField(TextField()))
        super().__init__(F(jalur), daftar, output_field=JSONField(decoder=DecoderAngka))


# ---------------------------------------------------------------- months, regions, forms


def bulan_terbuka() -> list[Bulan]:
    """Every month that was opened, newest first (no scope: a month belongs to everybody)."""
    return [Bulan.pada(bulan) for bulan in Periode.objects.values_list("bulan", flat=True)]


def bulan_terisi(cakupan: Cakupan) -> Bulan | None:
    """The newest month in which somebody in scope has sent something."""
    terisi: QuerySet[Any]
    if cakupan.nasional or cakupan.kanwil:
        terisi = Ringkasan.objects.dalam(cakupan).filter(n_masuk__gt=0)
    else:
        terisi = Laporan.objects.dalam(cakupan).filter(versi_masuk__isnull=False)
    terbaru = terisi.order_by("-bulan").values_list("bulan", flat=True).first()
    return Bulan.pada(terbaru) if terbaru else None


def wilayah(cakupan: Cakupan, kode: str) -> Wilayah:
    """The region or unit behind a code, if this person may see it; otherwise TidakDitemukan."""
    if kode == NASIONAL:
        if not cakupan.nasional:
            raise TidakDitemukan(_TIDAK_ADA)
        return Wilayah("nasional", NASIONAL, "Nasional")
    kanwil = daftar_kanwil(cakupan).filter(slug=kode).first()
    if kanwil is not None:
        return wilayah_kanwil(kanwil)
    upt = daftar_upt(cakupan).filter(kode=kode).first()
    if upt is None:
        raise TidakDitemukan(_TIDAK_ADA)
    return Wilayah("upt", upt.kode, upt.nama, upt.pk, upt.zona, upt.kanwil)


def wilayah_kanwil(kanwil: Kanwil) -> Wilayah:
    return Wilayah("kanwil", kanwil.slug, f"Kanwil {kanwil.nama_pendek}", kanwil.pk, kanwil.zona)


def semua_kanwil(cakupan: Cakupan) -> list[Kanwil]:
    return list(daftar_kanwil(cakupan))


def nama_upt(cakupan: Cakupan, id_upt: Collection[int]) -> dict[int, UPT]:
    """Units by id. A unit that has since moved to another region stays unnamed for its former one."""
    return UPT.objects.dalam(cakupan).in_bulk(list(id_upt))


def skema_bulan(bulan: Bulan) -> dict[str, Skema]:
    """The forms of a month by code. Parsed forms are kept by the hash of their content: never stale."""
    versi = (
        FormulirVersi.objects.filter(berlaku_dari__lte=bulan.awal)
        .order_by("formulir_id", "-berlaku_dari")
        .distinct("formulir_id")
        .values_list("formulir_id", "pk", "sidik")
    )
    return {formulir: _skema(pk, sidik) for formulir, pk, sidik in versi}


@lru_cache(maxsize=64)
def _skema(pk: int, sidik: str) -> Skema:
    return FormulirVersi.objects.get(pk=pk, sidik=sidik).skema


# ---------------------------------------------------------------- rollups


def rekap_wilayah(cakupan: Cakupan, bulan: Bulan, kode: Collection[str]) -> dict[int | None, Rekap]:
    """All regions in scope for one month; the nation is under None."""
    return _susun_wilayah(bulan, _ringkasan(cakupan, kode).filter(bulan=bulan.awal))


def rekap_tren(cakupan: Cakupan, kanwil_id: int | None, sampai: Bulan, kode: Collection[str]) -> dict[Bulan, Rekap]:
    """One region (the nation: None) over the 24 months up to `sampai`; every month is present."""
    return _susun_tren(sampai, _ringkasan(cakupan, kode).filter(_rentang(kanwil_id, sampai)))


def rekap_nasional(
    cakupan: Cakupan, sampai: Bulan, kode: Collection[str]
) -> tuple[dict[int | None, Rekap], dict[Bulan, Rekap]]:
    """All regions in the month `sampai`, and the nation over 24 months, in one query."""
    baris = list(_ringkasan(cakupan, kode).filter(Q(bulan=sampai.awal) | _rentang(None, sampai)))
    bulan_ini = [r for r in baris if r["bulan"] == sampai.awal]
    return _susun_wilayah(sampai, bulan_ini), _susun_tren(sampai, (r for r in baris if r["kanwil_id"] is None))


_TANDA = """
SELECT md5(concat_ws('|',
    (SELECT string_agg(id || ':' || extract(epoch FROM dihitung_pada), ' ' ORDER BY id) FROM dasbor_ringkasan
     WHERE bulan = %(sampai)s OR (kanwil_id IS NULL AND bulan BETWEEN %(dari)s AND %(sampai)s)),
    (SELECT string_agg(bulan::text, ' ' ORDER BY bulan) FROM pelaporan_periode),
    (SELECT string_agg(sidik, ' ' ORDER BY id) FROM pelaporan_formulirversi),
    (SELECT string_agg(k::text, ' ' ORDER BY id) FROM upt_kanwil k)))
"""


def tanda_nasional(cakupan: Cakupan, sampai: Bulan) -> str:
    """Mark of everything that the national page is made from: the rows that `rekap_nasional` reads, each with the
    time of its computation (another one may commit later, so the latest time says too little), the months, the
    forms, the Kanwil."""
    if not cakupan.nasional:
        raise ValueError("the national page is for national readers")
    with connection.cursor() as kursor:
        kursor.execute(_TANDA, {"dari": (sampai - (BANYAK_TREN - 1)).awal, "sampai": sampai.awal})
        return str(kursor.fetchone()[0])


def _rentang(kanwil_id: int | None, sampai: Bulan) -> Q:
    wilayah = Q(kanwil_id=kanwil_id) if kanwil_id else Q(kanwil=None)
    return wilayah & Q(bulan__range=((sampai - (BANYAK_TREN - 1)).awal, sampai.awal))


def _susun_wilayah(bulan: Bulan, baris: Iterable[Mapping[str, Any]]) -> dict[int | None, Rekap]:
    kelompok: dict[int | None, dict[str, RekapFormulir]] = defaultdict(dict)
    for r in baris:
        kelompok[r["kanwil_id"]][r["formulir_id"]] = _rekap_formulir(r)
    return {k: Rekap(bulan, isi) for k, isi in kelompok.items()}


def _susun_tren(sampai: Bulan, baris: Iterable[Mapping[str, Any]]) -> dict[Bulan, Rekap]:
    bulan = (sampai - (BANYAK_TREN - 1)).rentang(sampai)
    kelompok: dict[Bulan, dict[str, RekapFormulir]] = {b: {} for b in bulan}
    for r in baris:
        kelompok[Bulan.pada(r["bulan"])][r["formulir_id"]] = _rekap_formulir(r)
    return {b: Rekap(b, isi) for b, isi in kelompok.items()}


def _ringkasan(cakupan: Cakupan, kode: Collection[str]) -> QuerySet[Ringkasan, dict[str, Any]]:
    return (
        Ringkasan.objects.dalam(cakupan)
        .annotate(petik=_Petik("isi", kode))
        .order_by()
        .values("kanwil_id", "bulan", "formulir_id", "petik", "dihitung_pada", *_LIPUTAN)
    )


def _rekap_formulir(r: Mapping[str, Any]) -> RekapFormulir:
    return RekapFormulir(Liputan(*(r[k] for k in _LIPUTAN)), r["petik"] or {}, r["dihitung_pada"])


# ---------------------------------------------------------------- units


def unit_kanwil(cakupan: Cakupan, kanwil_id: int, bulan: Bulan, kode: Collection[str]) -> list[UnitBulan]:
    """Every unit that owed something to this Kanwil in this month."""
    return _unit(cakupan, Q(kanwil_id=kanwil_id, bulan=bulan.awal), kode)


def unit_tren(cakupan: Cakupan, upt_id: int, sampai: Bulan, kode: Collection[str]) -> dict[Bulan, UnitBulan]:
    """One unit over the 24 months up to `sampai`; every month is present."""
    awal = sampai - (BANYAK_TREN - 1)
    ada = _unit(cakupan, Q(upt_id=upt_id, bulan__range=(awal.awal, sampai.awal)), kode)
    per_bulan = {u.rekap.bulan: u for u in ada}
    return {b: per_bulan.get(b) or UnitBulan(upt_id, {}, Rekap(b)) for b in awal.rentang(sampai)}


def _unit(cakupan: Cakupan, saring: Q, kode: Collection[str]) -> list[UnitBulan]:
    laporan = [laporan_unit(lap) for lap in Laporan.objects.dalam(cakupan).filter(saring).order_by("upt_id", "bulan")]
    isi = _isi_versi(cakupan, saring, kode)
    kelompok: dict[tuple[int, Bulan], dict[str, LaporanUnit]] = defaultdict(dict)
    for lap in laporan:
        kelompok[lap.upt_id, lap.bulan][lap.formulir] = lap
    return [
        UnitBulan(upt_id, per_form, Rekap(bulan, {f: _rekap_unit(lap, isi) for f, lap in per_form.items()}))
        for (upt_id, bulan), per_form in kelompok.items()
    ]


def laporan_unit(lap: Laporan) -> LaporanUnit:
    return LaporanUnit(
        lap.pk, lap.upt_id, lap.periode, lap.formulir_id, lap.status, lap.versi_masuk, lap.versi_sah,
        lap.terlambat, lap.tenggat, lap.dibebaskan, lap.penghuni_acuan or 0,
    )  # fmt: skip


def _isi_versi(cakupan: Cakupan, saring: Q, kode: Collection[str]) -> dict[tuple[Any, int], dict[str, Any]]:
    """The picked figures of the counted versions, by (report, version).

    The way leads through the reports: they have an index by month and Kanwil, their versions hang on them.
    """
    versi = (
        LaporanVersi.objects.dalam(cakupan)
        .filter(laporan__in=Laporan.objects.filter(saring).order_by())
        .filter(Q(versi=F("laporan__versi_masuk")) | Q(versi=F("laporan__versi_sah")))
        .annotate(petik=_Petik("isi__angka", kode))
        .order_by()
        .values_list("laporan_id", "versi", "petik")
    )
    return {(laporan, nomor): petik or {} for laporan, nomor, petik in versi}


def _rekap_unit(lap: LaporanUnit, isi: Mapping[tuple[Any, int], Mapping[str, Any]]) -> RekapFormulir:
    """A unit's report in the shape of a rollup: what it adds to the sums. Waived reports add nothing."""
    if lap.dibebaskan:
        return RekapFormulir()
    masuk = isi.get((lap.id, lap.versi_masuk or 0), {})
    sah = isi.get((lap.id, lap.versi_sah or 0), {})
    empat = {k: [masuk.get(k, 0), sah.get(k, 0), int(k in masuk), int(k in sah)] for k in {*masuk, *sah}}
    return RekapFormulir(lap.liputan, empat)


# ---------------------------------------------------------------- who and when


def versi_dihitung(cakupan: Cakupan, kanwil_id: int, bulan: Bulan, formulir: str) -> dict[int, LaporanVersi]:
    """The counted (latest sent) version of every unit, with its sender, without its content."""
    versi = (
        LaporanVersi.objects.dalam(cakupan)
        .filter(laporan__kanwil_id=kanwil_id, laporan__bulan=bulan.awal, laporan__formulir_id=formulir)
        .filter(versi=F("laporan__versi_masuk"))
        .select_related("dibuat_oleh")
        .defer("isi")
    )
    return {v.upt_id: v for v in versi}


def verifikasi(cakupan: Cakupan, laporan: Iterable[Any]) -> dict[tuple[Any, int], Kejadian]:
    """The event that verified each version, by (report, version); one that was undone verified nothing."""
    kejadian = (
        Kejadian.objects.dalam(cakupan)
        .filter(laporan_id__in=list(laporan), aksi__in=[Aksi.VERIFIKASI, Aksi.BATAL])
        .select_related("oleh")
        .order_by("urut")
    )
    akhir = {(k.laporan_id, k.versi or 0): k for k in kejadian}
    return {kunci: k for kunci, k in akhir.items() if k.aksi == Aksi.VERIFIKASI}


def versi_laporan(cakupan: Cakupan, laporan_id: Any) -> list[LaporanVersi]:
    """All sent versions of a report, newest first, each with its form and its sender."""
    return list(
        LaporanVersi.objects.dalam(cakupan)
        .filter(laporan_id=laporan_id)
        .select_related("dibuat_oleh")
        .order_by("-versi")
    )


def riwayat_sel(cakupan: Cakupan, laporan_id: Any, kode: str) -> list[RiwayatIsian]:
    """Who typed a cell, oldest first; for a line list (`kode` is its code) every change of its rows."""
    return [
        baris
        for baris in RiwayatIsian.objects.dalam(cakupan).filter(laporan_id=laporan_id).select_related("oleh")
        if any(k == kode or k.startswith(f"{kode}/") for k in baris.perubahan)
    ]
