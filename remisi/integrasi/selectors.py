"""Reading for the pages of integration: who reaches which date when, one person in full, one case's papers.

Persons are shown by initials and the last letters of their number, never by more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, zona_dari
from remisi.aturan import HasilPidana, Lama, Perkara, Potong, Subsider, hitung_pidana
from remisi.calon.syarat import Orang
from remisi.integrasi.baca import POKOK, Satu, baca_unit
from remisi.integrasi.bapas import nama_bapas
from remisi.integrasi.kalender import NAMA, RUMPUN, Jalan, Pemilih, semua_jalan
from remisi.integrasi.selectors_bapas import jawaban
from remisi.integrasi.services import DOKUMEN_LITMAS, tenggat_litmas
from remisi.integrasi.syarat import Hasil, dibuka, nilai
from remisi.integrasi.waktu_dokumen import WaktuDokumen, peringatan_litmas
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Dokumen
from remisi.models import DokumenUsulan, JawabanLitmas, Litmas, Usulan
from remisi.selectors_aturan import himpunan
from remisi.usulan import alur
from upt.cakupan import Cakupan
from upt.models import UPT
from upt.selectors import satu_upt
from wbp.models import DataWarga, Pemberian

DEKAT = timedelta(days=90)
BULAN_DEPAN = 12
LABEL = {"sepertiga": "1/3", "setengah": "1/2", "dua_pertiga": "2/3", "ekspirasi": "Ekspirasi"}
SEDANG = frozenset({"PB", "CB", "CMB"})


def unit_integrasi(cakupan: Cakupan, oleh: Pengguna, kode: str) -> UPT:
    """A unit whose cases and dates this person may read. Raises TidakDitemukan, Ditolak."""
    upt = satu_upt(cakupan, kode)
    if not boleh(oleh, Izin.LIHAT_USULAN, upt):
        raise Ditolak("Peran Anda tidak membaca usulan integrasi.")
    return upt


# ---------------------------------------------------------------- the calendar of a unit


@dataclass(frozen=True, slots=True)
class Titian:
    """One person on the way out: dates and programmes."""

    satu: Satu
    jalan: dict[str, Jalan]
    tanggal: tuple[tuple[str, date], ...]

    def terbuka(self, kini: date) -> list[Jalan]:
        """Programmes whose time it is, while the sentence lasts; leave to visit the family is nobody's to wait for."""
        akhir = self.satu.masa.ekspirasi
        if akhir is None or akhir <= kini or self.satu.orang.menjalani in SEDANG:
            return []
        semua = (j for j in self.jalan.values() if j.rumpun not in ("CMK", self.satu.orang.menjalani))
        return [j for j in semua if j.mulai is not None and j.mulai <= kini and not j.lewat(kini)]


@dataclass(frozen=True)
class BulanKalender:
    """One month of the calendar: how many persons reach each date."""

    bulan: Bulan
    jumlah: dict[str, int]


def titian_unit(upt: UPT, kini: date) -> list[Titian]:
    """Everybody who serves a sentence in the unit, with their dates."""
    aturan = himpunan()
    pilih = Pemilih(aturan, kini)
    return [_titian(satu, pilih, aturan) for satu in baca_unit(upt)]


def _titian(satu: Satu, pilih: Pemilih, aturan: Himpunan) -> Titian:
    m = satu.masa
    tanggal = {"setengah": m.setengah, "dua_pertiga": m.dua_pertiga, "ekspirasi": m.ekspirasi}
    if sepertiga_berlaku(aturan, satu.orang):
        tanggal = {"sepertiga": m.sepertiga, **tanggal}
    ada = tuple((nama, hari) for nama, hari in tanggal.items() if hari is not None)
    return Titian(satu, semua_jalan(satu.orang, m, satu.riwayat.terakhir, pilih), ada)


def sepertiga_berlaku(aturan: Himpunan, orang: Orang) -> bool:
    """Whether 1/3 of the sentence means anything: a special crime judged while that was the rule."""
    putusan = orang.tanggal_putusan
    if putusan is None or orang.kelompok in ("", "umum"):
        return False
    rezim = aturan.rezim(orang.kelompok, putusan, putusan + timedelta(days=1))
    return rezim is not None and (rezim.p, rezim.q) == (1, 3)


def kalender(semua: Sequence[Titian], kini: date) -> list[BulanKalender]:
    """The next twelve months, this one first (what is past in it is not counted)."""
    awal = Bulan.pada(kini)
    jumlah: dict[Bulan, Counter[str]] = {b: Counter() for b in awal.rentang(awal + (BULAN_DEPAN - 1))}
    for t in semua:
        for nama, hari in t.tanggal:
            if hari >= kini and (bulan := Bulan.pada(hari)) in jumlah:
                jumlah[bulan][nama] += 1
    ada = [n for n in LABEL if any(n in isi for isi in jumlah.values())]
    return [BulanKalender(bulan, {n: isi[n] for n in ada}) for bulan, isi in jumlah.items()]


def saring(
    semua: Sequence[Titian], kini: date, *, bulan: Bulan | None, lihat: str, berkasus: Collection[int]
) -> list[Titian]:
    """Those of one month, of the next ninety days, for whom a programme is open and nothing was begun (soonest first),
    with a case at work (`berkasus`), or without dates."""
    if lihat == "kurang":
        return [t for t in semua if t.satu.masa.kurang]
    if lihat == "berjalan":
        return [t for t in semua if t.satu.data in berkasus]
    if lihat == "sudah":
        pilih = [t for t in semua if t.satu.data not in berkasus and t.terbuka(kini)]
        return sorted(pilih, key=lambda t: (min(j.mulai for j in t.terbuka(kini) if j.mulai), t.satu.data))
    awal, akhir = (max(bulan.awal, kini), bulan.akhir) if bulan else (kini, kini + DEKAT)
    dekat = [(hari, t) for t in semua if (hari := _terdekat(t, awal, akhir))]
    return [t for _, t in sorted(dekat, key=lambda x: (x[0], x[1].satu.data))]


def _terdekat(t: Titian, awal: date, akhir: date) -> date | None:
    return min((hari for _, hari in t.tanggal if awal <= hari <= akhir), default=None)


# ---------------------------------------------------------------- rows as they are shown


@dataclass(frozen=True)
class KasusRingkas:
    """A case at work, as lists show it."""

    id: UUID
    jenis: str
    status: str
    kata: str
    ada: int
    perlu: int


@dataclass(frozen=True)
class BarisIntegrasi:
    data: int
    sebutan: str
    tanggal: list[tuple[str, date, bool]]
    """Label, day, whether it lies in the days asked for."""
    program: list[Hasil]
    kasus: list[KasusRingkas]
    kurang: tuple[str, ...]


def sebutan(data: Collection[int]) -> dict[int, str]:
    """Initials and the last letters of the number, for rows that are shown now."""
    semua = DataWarga.objects.filter(pk__in=data).select_related("warga").only("inisial", "warga__ujung")
    return {d.pk: str(d) for d in semua}


def baris(semua: Sequence[Titian], kini: date) -> list[BarisIntegrasi]:
    """The rows of one page: conditions are judged here and nowhere before."""
    data = [t.satu.data for t in semua]
    nama, kasus = sebutan(data), kasus_orang(data, kini)
    pilih = Pemilih(himpunan(), kini)
    return [
        BarisIntegrasi(
            t.satu.data,
            nama.get(t.satu.data, "–"),
            [(LABEL[k], hari, kini <= hari <= kini + DEKAT) for k, hari in t.tanggal],
            [h for j in t.jalan.values() if not j.tertutup and (h := _nilai(t.satu, j, kini, pilih))],
            kasus[t.satu.data],
            t.satu.masa.kurang,
        )
        for t in semua
    ]


def _nilai(satu: Satu, jalan: Jalan, kini: date, pilih: Pemilih) -> Hasil | None:
    """On the day on which the programme opens, or today when it is open."""
    return nilai(satu.orang, satu.masa, satu.riwayat, jalan.rumpun, dibuka(jalan, kini), kini, pilih)


def berkasus(upt: UPT) -> set[int]:
    """Persons of the unit with a case of integration that is not at its end."""
    semua = Usulan.objects.filter(upt=upt, rumpun=Usulan.Rumpun.INTEGRASI).exclude(status__in=alur.AKHIR)
    return set(semua.order_by().values_list("data_id", flat=True))


def kasus_orang(data: Collection[int], kini: date) -> dict[int, list[KasusRingkas]]:
    """Cases at work by person, with how many of their papers are there."""
    semua = Usulan.objects.filter(data__in=data, rumpun=Usulan.Rumpun.INTEGRASI).exclude(status__in=alur.AKHIR)
    hasil: dict[int, list[KasusRingkas]] = defaultdict(list)
    kasus = list(semua.only("jenis", "status", "data_id", "upt_id").order_by("tanggal", "pk"))
    ada: dict[UUID, set[str]] = defaultdict(set)
    for pk, kode in DokumenUsulan.objects.filter(usulan__in=kasus, ada=True).values_list("usulan_id", "kode"):
        ada[pk].add(kode)
    aturan = himpunan()
    for u in kasus:
        perlu = {d.kode for d in aturan.dokumen(u.jenis, kini) if not d.wna}
        ringkas = KasusRingkas(u.pk, u.jenis, u.status, u.get_status_display(), len(ada[u.pk] & perlu), len(perlu))
        hasil[u.data_id].append(ringkas)
    return hasil


# ---------------------------------------------------------------- one person


@dataclass(frozen=True)
class SatuOrang:
    """One person with every date, how it came about, and every programme with its conditions."""

    data: DataWarga
    satu: Satu
    hitung: HasilPidana
    program: list[Hasil]
    tertutup: list[Jalan]
    tidak_ada: list[str]
    kasus: list[Usulan]
    sepertiga: bool
    """Whether 1/3 of the sentence means anything for this person."""


def satu_orang(cakupan: Cakupan, upt: UPT, pk: int, kini: date) -> SatuOrang:
    """Raises TidakDitemukan: foreign, gone, or serving no sentence."""
    data = DataWarga.objects.dalam(cakupan).ada().select_related("warga").filter(upt=upt, pk=pk).first()
    semua = baca_unit(upt, data=[pk]) if data is not None else []
    if data is None or not semua:
        raise TidakDitemukan("Orang ini tidak ada di unit ini, atau tidak menjalani pidana.")
    satu, aturan = semua[0], himpunan()
    pilih = Pemilih(aturan, kini)
    t = _titian(satu, pilih, aturan)
    nilai_semua = [(j, _nilai(satu, j, kini, pilih)) for j in t.jalan.values()]
    return SatuOrang(
        data,
        satu,
        hitung_pidana(perkara(satu.orang, remisi_orang(pk)), aturan),
        [h for j, h in nilai_semua if h and not j.tertutup],
        [j for j in t.jalan.values() if j.tertutup],
        [NAMA[r] for r in RUMPUN if r not in t.jalan],
        list(Usulan.objects.filter(data=data, rumpun=Usulan.Rumpun.INTEGRASI).order_by("-dibuat_pada")),
        sepertiga_berlaku(aturan, satu.orang),
    )


def remisi_orang(data: int) -> tuple[Potong, ...]:
    """Grants in the order in which they count; of one day the leading kind last (the length of a CMB)."""
    semua = Pemberian.objects.filter(data=data, dicabut_pada=None).values_list(
        "tanggal", "jenis", "pk", "bulan", "hari"
    )
    urut = sorted(semua, key=lambda x: (x[0], x[1] in POKOK, x[2]))
    return tuple(Potong(bulan, hari) for *_, bulan, hari in urut)


def perkara(orang: Orang, remisi: tuple[Potong, ...]) -> Perkara:
    """The register's row as the calculator asks for it."""
    subsider = Subsider(orang.subsider_bulan, orang.subsider_hari, bool(orang.denda_lunas))
    return Perkara(
        tanggal_tahan=orang.tanggal_tahan,
        pidana=(Lama(*orang.pidana),) if orang.pidana else (),
        remisi=remisi,
        subsider=subsider,
        kategori="anak" if orang.anak else orang.kelompok or "umum",
        tanggal_putusan=orang.tanggal_putusan,
        hari_tahan_sebelumnya=orang.hari_tahan_sebelumnya,
        seumur_hidup=orang.jenis_pidana != "SEMENTARA",
    )


# ---------------------------------------------------------------- the papers of a case


@dataclass(frozen=True)
class BarisDokumen:
    dokumen: Dokumen
    ada: date | None
    terlambat: bool


@dataclass(frozen=True)
class Berkas:
    """A case of integration with its checklist, the time there is for it, and its Litmas."""

    kasus: Usulan
    sebutan: str
    dokumen: list[BarisDokumen]
    waktu: WaktuDokumen
    litmas: Litmas | None
    bapas: str
    jawaban: JawabanLitmas | None
    """What the Bapas says: sent."""
    litmas_lewat: int
    litmas_sesudah: str
    """That it may come only after the planned first day."""
    aturan_litmas: Any = None
    terbuka: bool = field(default=False)

    @property
    def ada(self) -> int:
        return sum(d.ada is not None for d in self.dokumen)

    @property
    def perlu(self) -> int:
        """Papers that everybody needs; those of foreigners are counted when they are there."""
        return sum(not d.dokumen.wna or d.ada is not None for d in self.dokumen)


def satu_kasus(cakupan: Cakupan, oleh: Pengguna, uuid: UUID) -> Usulan:
    kasus = (
        Usulan.objects.dalam(cakupan)
        .filter(pk=uuid, rumpun=Usulan.Rumpun.INTEGRASI)
        .select_related("upt", "keputusan", "sidang")
        .first()
    )
    if kasus is None:
        raise TidakDitemukan("Usulan ini tidak ada, atau bukan dalam cakupan Anda.")
    if not boleh(oleh, Izin.LIHAT_USULAN, kasus):
        raise Ditolak("Peran Anda tidak membaca usulan integrasi.")
    return kasus


def _sebutan(kasus: Usulan) -> str:
    """Masked; who was handed over since the decision is out of sight."""
    orang = DataWarga.objects.filter(pk=kasus.data_id).select_related("warga").only("inisial", "warga__ujung").first()
    return str(orang) if orang else "sudah pindah unit"


def _litmas_sesudah(kasus: Usulan, litmas: Litmas | None, kini: date) -> str:
    """Said while the case is open and the Litmas not there; nothing where no rule tells its limit."""
    if kasus.status not in alur.TERBUKA or (litmas is not None and litmas.diterima_pada):
        return ""
    if litmas is not None:
        return peringatan_litmas(kasus.tanggal, litmas.tenggat, diminta=True)
    try:
        return peringatan_litmas(kasus.tanggal, tenggat_litmas(kini, kasus.kanwil_id), diminta=False)
    except TidakSah:
        return ""


def berkas_kasus(kasus: Usulan, kini: date) -> Berkas:
    aturan = himpunan()
    ada = dict(DokumenUsulan.objects.filter(usulan=kasus, ada=True).values_list("kode", "tanggal"))
    tenggat = aturan.tenggat("DOKUMEN", kini)
    semua = baca_unit(kasus.upt, data=[kasus.data_id])
    setengah = semua[0].masa.setengah if semua else None
    minta = semua[0].sejak + timedelta(days=tenggat.jumlah) if semua and tenggat else None
    disusun = kasus.dibuat_pada.astimezone(zona_dari(kasus.upt.zona)).date()
    waktu = WaktuDokumen(disusun, kasus.tanggal, minta, setengah)
    lewat = waktu.terlambat(kini)
    daftar = aturan.dokumen(kasus.jenis, kini)
    litmas = Litmas.objects.filter(usulan=kasus).first()
    return Berkas(
        kasus,
        _sebutan(kasus),
        [BarisDokumen(d, ada.get(d.kode), lewat and not d.wna and d.kode not in ada) for d in daftar],
        waktu,
        litmas,
        nama_bapas([litmas.bapas_id]).get(litmas.bapas_id, "") if litmas else "",
        jawaban(litmas) if litmas else None,
        max(0, (kini - litmas.tenggat).days) if litmas and not (litmas.diterima_pada or litmas.ditutup_pada) else 0,
        _litmas_sesudah(kasus, litmas, kini) if any(d.kode == DOKUMEN_LITMAS for d in daftar) else "",
        aturan.tenggat("LITMAS", kini),
        kasus.status in alur.TERBUKA,
    )
