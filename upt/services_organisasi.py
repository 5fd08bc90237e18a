"""Writing the organisation: the shipped list of offices, and official lists that are imported later.

Each write is one transaction with its trail rows inside. Two loads never interleave (advisory lock).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang
from upt.impor import Acuan, HasilBaris, Rencana, UnitLama, susun_rencana
from upt.impor_kolom import KanwilDikenal, KapasitasBaru, Tabel
from upt.impor_nama import huruf
from upt.models import UPT, IkutKanwil, Kanwil, Kapasitas, Penugasan, RiwayatKanwil

DATA = Path(__file__).resolve().parent / "data"
SUMBER_BAWAAN = "daftar bawaan portal"
_KUNCI_PENASIHAT = 7_201_613
_KOSONG: tuple[Any, ...] = ("", [], None)
_BUKAN_ISI = ("sumber", "terkonfirmasi")
M = TypeVar("M", bound=models.Model)
_TEKS = ("kabkota", "alamat", "telepon", "surel", "wa")
# What people call an office beside its names in the table.
_SEBUTAN_KANWIL: Mapping[str, tuple[str, ...]] = {
    "12": ("Sumut",),
    "13": ("Sumbar",),
    "16": ("Sumsel",),
    "19": ("Kep. Bangka Belitung", "Bangka Belitung", "Babel"),
    "21": ("Kep. Riau", "Kepri"),
    "31": ("Jakarta", "Daerah Khusus Jakarta", "Daerah Khusus Ibukota Jakarta"),
    "32": ("Jabar",),
    "33": ("Jateng",),
    "34": ("Yogyakarta", "DIY", "Daerah Istimewa Yogyakarta"),
    "35": ("Jatim",),
    "52": ("NTB",),
    "53": ("NTT",),
    "61": ("Kalbar",),
    "62": ("Kalteng",),
    "63": ("Kalsel",),
    "64": ("Kaltim", "Kalimantan Timur-Utara", "Kalimantan Timur dan Kalimantan Utara"),
    "71": ("Sulut",),
    "72": ("Sulteng",),
    "73": ("Sulsel",),
    "74": ("Sultra",),
    "76": ("Sulbar",),
    "82": ("Malut",),
}


@dataclass(frozen=True)
class Hitungan:
    """Outcome of an idempotent load, in rows. `dipertahankan`: differ from the shipped list and stay."""

    baru: int = 0
    berubah: int = 0
    sama: int = 0
    dipertahankan: int = 0


@dataclass(frozen=True)
class HasilImpor:
    rencana: Rencana
    ditulis: bool


def baca_data(nama: str) -> list[dict[str, str]]:
    """Rows of a shipped table, all text."""
    with (DATA / nama).open(encoding="utf-8", newline="") as berkas:
        return list(csv.DictReader(berkas))


# --- the shipped list -----------------------------------------------------------------------------


def muat_kanwil(*, oleh: Pengguna | None) -> Hitungan:
    """Create the 33 offices; fill what is empty in those that exist, and change nothing else."""
    with terpasang(SISTEM):
        _antre()
        pilahan = _pilah(Kanwil, [_kolom_kanwil(baris) for baris in baca_data("kanwil.csv")])
        Kanwil.objects.bulk_create(pilahan.baru)
        return _selesaikan(pilahan, "kanwil", oleh)


def muat_upt(*, oleh: Pengguna | None) -> Hitungan:
    """Create the shipped units with their parent; fill what is empty in those that exist.

    A unit that somebody changed (a class raised, a name corrected) is never turned back; corrections of the
    shipped list reach existing units through `impor_upt`, which reads that list too.
    """
    with terpasang(SISTEM):
        _antre()
        kanwil = {satu.kode: satu for satu in Kanwil.objects.all()}
        pilahan = _pilah(UPT, [_kolom_upt(baris, kanwil) for baris in baca_data("upt.csv")])
        UPT.objects.bulk_create(pilahan.baru)
        tanpa_riwayat = UPT.objects.filter(buatan=False, riwayat_kanwil=None)
        RiwayatKanwil.objects.bulk_create(
            RiwayatKanwil(upt=satu, kanwil_id=satu.kanwil_id, dari=satu.berlaku_dari) for satu in tanpa_riwayat
        )
        return _selesaikan(pilahan, "upt", oleh)


@dataclass(frozen=True)
class _Pilahan(Generic[M]):
    baru: list[M]
    terisi: list[tuple[M, list[str]]]
    sama: int
    beda: int


def _pilah(model: type[M], baris: list[dict[str, Any]]) -> _Pilahan[M]:
    """Sort shipped rows: new, with empty fields that were just filled, same, differing."""
    ada = {satu.kode: satu for satu in model._default_manager.all()}  # type: ignore[attr-defined]
    baru: list[M] = []
    terisi: list[tuple[M, list[str]]] = []
    beda = 0
    for kolom in baris:
        lama = ada.get(kolom["kode"])
        if lama is None:
            baru.append(model(**kolom))
        elif kosong := [k for k, isi in kolom.items() if isi and getattr(lama, k) in _KOSONG]:
            for k in kosong:
                setattr(lama, k, kolom[k])
            terisi.append((lama, kosong))
        else:
            beda += any(isi and getattr(lama, k) != isi for k, isi in kolom.items() if k not in _BUKAN_ISI)
    return _Pilahan(baru, terisi, len(baris) - len(baru) - len(terisi) - beda, beda)


def _selesaikan(pilahan: _Pilahan[Any], objek: str, oleh: Pengguna | None) -> Hitungan:
    """Save the filled rows and leave one trail row for the load, when it wrote anything."""
    for satu, kolom in pilahan.terisi:
        satu.save(update_fields=kolom)
    if pilahan.baru or pilahan.terisi:
        rincian = {
            "baru": [satu.kode for satu in pilahan.baru],
            "diisi": {satu.kode: kolom for satu, kolom in pilahan.terisi},
        }
        catat(oleh=oleh, tindakan=f"muat_{objek}", objek=objek, objek_id="bawaan", rincian=rincian)
    return Hitungan(len(pilahan.baru), len(pilahan.terisi), pilahan.sama, pilahan.beda)


def _kolom_kanwil(baris: dict[str, str]) -> dict[str, Any]:
    return {
        **baris,
        "provinsi": baris["provinsi"].split(";"),
        "petak_baris": int(baris["petak_baris"]),
        "petak_kolom": int(baris["petak_kolom"]),
        "terkonfirmasi": baris["terkonfirmasi"] == "ya",
    }


def _kolom_upt(baris: dict[str, str], kanwil: Mapping[str, Kanwil]) -> dict[str, Any]:
    kolom: dict[str, Any] = {k: isi for k, isi in baris.items() if k != "kanwil"}
    return kolom | {
        "kanwil_id": kanwil[baris["kanwil"]].pk,
        "terkonfirmasi": baris["terkonfirmasi"] == "ya",
        "sumber": SUMBER_BAWAAN,
    }


# --- an official list -----------------------------------------------------------------------------


def impor_daftar(
    *,
    tabel: Tabel,
    oleh: Pengguna | None,
    sumber: str,
    terapkan: bool,
    lewati_ditolak: bool = False,
    berlaku: date | None = None,
) -> HasilImpor:
    """Compare a list with the portal and, with `terapkan`, write it whole or not at all.

    Nothing is written when a row is refused, unless `lewati_ditolak`. `berlaku` (default today in WIB) is the
    day new units begin and moves to another Kanwil take effect. Raises TidakSah when a move contradicts a
    later one that is already recorded.
    """
    sejak = berlaku or hari_ini()
    with terpasang(SISTEM):
        _antre()
        rencana = susun_rencana(tabel, acuan_terkini(), hari_ini())
        boleh = terapkan and (lewati_ditolak or not rencana.ditolak)
        if boleh:
            penulis = _Penulis(oleh, sumber, sejak)
            for baris in rencana.ditulis:
                penulis.tulis(baris)
            _catat_impor(oleh, sumber, rencana)
    return HasilImpor(rencana, boleh)


def acuan_terkini() -> Acuan:
    """What the portal knows now; invented units take no part, but their codes are taken."""
    kanwil = tuple(
        KanwilDikenal(satu.kode, satu.nama_pendek, satu.zona, _sebutan(satu)) for satu in Kanwil.objects.all()
    )
    unit = UPT.objects.filter(buatan=False).select_related("kanwil").prefetch_related("kapasitas")
    return Acuan(
        kanwil=kanwil,
        unit=tuple(_unit_lama(satu) for satu in unit.order_by("kode")),
        nama_lain={baris["nama_lain"]: baris["kode"] for baris in baca_data("nama_lain.csv")},
        kode_terpakai=frozenset(UPT.objects.values_list("kode", flat=True)),
    )


def _sebutan(kanwil: Kanwil) -> frozenset[str]:
    sebutan = (
        kanwil.kode,
        kanwil.slug,
        kanwil.nama,
        kanwil.nama_pendek,
        *_SEBUTAN_KANWIL.get(kanwil.kode, ()),
    )
    return frozenset(huruf(satu) for satu in sebutan)


def _unit_lama(unit: UPT) -> UnitLama:
    return UnitLama(
        *(unit.kode, unit.nama, unit.jenis, unit.subjenis, unit.kelas, unit.kanwil.kode, unit.zona),
        teks={nama: getattr(unit, nama) for nama in _TEKS},
        kapasitas={satu.dari: (satu.laki, satu.perempuan, satu.anak) for satu in unit.kapasitas.all()},
        berakhir=unit.berlaku_sampai is not None and unit.berlaku_sampai < hari_ini(),
    )


class _Penulis:
    """Writes accepted rows of one list inside the caller's transaction."""

    def __init__(self, oleh: Pengguna | None, sumber: str, sejak: date) -> None:
        self.oleh = oleh
        self.sumber = f"impor {sumber}"[:160]
        self.sejak = sejak
        self.kanwil = {satu.kode: satu for satu in Kanwil.objects.all()}
        self.unit = {satu.kode: satu for satu in UPT.objects.filter(buatan=False).select_for_update()}

    def tulis(self, baris: HasilBaris) -> None:
        unit = self._buat(baris) if baris.status == "BARU" else self._ubah(baris)
        if baris.kapasitas:
            self._kapasitas(unit, baris.kapasitas)
        catat(
            oleh=self.oleh,
            tindakan="impor_upt_baru" if baris.status == "BARU" else "impor_upt",
            objek="upt",
            objek_id=unit.pk,
            upt_id=unit.pk,
            kanwil_id=unit.kanwil_id,
            rincian={"kode": unit.kode, "sumber": self.sumber, "perubahan": _rincian(baris)},
        )

    def _buat(self, baris: HasilBaris) -> UPT:
        kolom = {k: isi for k, isi in baris.nilai.items() if k != "kanwil"}
        kanwil = self.kanwil[baris.nilai["kanwil"]]
        unit = UPT.objects.create(kode=baris.kode, kanwil=kanwil, sumber=self.sumber, berlaku_dari=self.sejak, **kolom)
        RiwayatKanwil.objects.create(upt=unit, kanwil=kanwil, dari=self.sejak)
        return unit

    def _ubah(self, baris: HasilBaris) -> UPT:
        unit = self.unit[baris.kode]
        for kolom, isi in baris.nilai.items():
            if kolom == "kanwil":
                _pindahkan(unit, self.kanwil[isi], self.sejak)
            else:
                setattr(unit, kolom, isi)
        unit.sumber = self.sumber
        unit.save()
        return unit

    def _kapasitas(self, unit: UPT, baru: KapasitasBaru) -> None:
        Kapasitas.objects.update_or_create(
            upt=unit,
            dari=baru.dari,
            defaults={
                "kanwil_id": unit.kanwil_id,
                "laki": baru.laki,
                "perempuan": baru.perempuan,
                "anak": baru.anak,
                "sumber": self.sumber,
            },
        )


def _pindahkan(unit: UPT, kanwil: Kanwil, sejak: date) -> None:
    """Close the present parent on the day before and open the new one. What is the unit's own follows it."""
    if unit.riwayat_kanwil.filter(Q(dari__gt=sejak) | Q(sampai__gte=sejak)).exists():
        raise TidakSah(
            f"Riwayat {unit.nama} sudah mencatat Kanwil setelah {tulis_tanggal(sejak)}. "
            "Ulangi dengan --berlaku tanggal yang lebih baru."
        )
    lama = unit.riwayat_kanwil.filter(sampai=None).first()
    if lama is None:
        lama = RiwayatKanwil(upt=unit, kanwil_id=unit.kanwil_id, dari=min(unit.berlaku_dari, sejak))
    if lama.dari == sejak:
        lama.kanwil = kanwil
        lama.save()
    else:
        lama.sampai = sejak - timedelta(days=1)
        lama.save()
        RiwayatKanwil.objects.create(upt=unit, kanwil=kanwil, dari=sejak)
    Kapasitas.objects.filter(upt=unit).update(kanwil=kanwil)
    Penugasan.objects.filter(upt=unit, kanwil_id=unit.kanwil_id).update(kanwil=kanwil)
    for model in apps.get_models():
        if issubclass(model, IkutKanwil):
            model._base_manager.filter(upt=unit).update(kanwil=kanwil)
            _pindahkan_berkas(model, unit, kanwil)
    unit.kanwil = kanwil


def _pindahkan_berkas(model: type[IkutKanwil], unit: UPT, kanwil: Kanwil) -> None:
    """Photos and papers of rows that follow the unit follow it too; those of reports stay where the report is."""
    milik = model._base_manager.filter(upt=unit)
    for bidang in model._meta.concrete_fields:
        tujuan: Any = bidang.related_model
        if getattr(tujuan, "IKUT_BARIS", False):
            tujuan._base_manager.filter(upt=unit, pk__in=milik.values(bidang.attname)).update(kanwil=kanwil)


def _rincian(baris: HasilBaris) -> dict[str, Any]:
    if baris.status == "BARU":
        return dict(baris.nilai)
    return {ubah.kolom: [ubah.lama, ubah.baru] for ubah in baris.perubahan}


def _catat_impor(oleh: Pengguna | None, sumber: str, rencana: Rencana) -> None:
    if rencana.ditulis:
        rincian = {"berkas": sumber, "hitungan": rencana.hitungan}
        catat(oleh=oleh, tindakan="impor_daftar_upt", objek="upt", objek_id="daftar", rincian=rincian)


def _antre() -> None:
    """One load at a time, until the transaction ends."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KUNCI_PENASIHAT])
