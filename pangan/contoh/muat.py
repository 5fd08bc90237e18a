"""Writing the invented register: one transaction, COPY, history by one statement a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from pangan import ringkas
from pangan.contoh.bulanan import BulanPangan, dari_laporan
from pangan.contoh.susun import Register, susun
from pangan.models import (
    Mitra,
    MutasiHewan,
    Panen,
    Pemakaian,
    Pemanfaatan,
    Petak,
    Sertifikat,
    Setoran,
    Siklus,
    Tenaga,
)
from pelaporan.models import BarisRegister, Draf, LaporanVersi, RiwayatBaris
from pelaporan.register.muat_curah import Lembaran, tulis_riwayat
from pemasyarakatan.inti.curah import muatan_curah
from pemasyarakatan.inti.waktu import WIB, Bulan, hari_ini, sekarang, zona_dari
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Penugasan

URUTAN: tuple[type[BarisRegister], ...] = (
    Petak, Pemanfaatan, Siklus, Panen, Pemakaian, MutasiHewan, Tenaga, Setoran, Sertifikat, Mitra,
)  # fmt: skip
JENIS: dict[type[BarisRegister], str] = {MutasiHewan: "mutasi"}
"""Kinds whose code is not the name of their table's model."""


def isi_contoh(kabar: Callable[[str], None]) -> None:
    """Fill the register of every unit that reports food; nothing when there is a plot already."""
    with terpasang(SISTEM), transaction.atomic():
        if Petak.objects.exists():
            return
        petugas = dict(
            Penugasan.objects.filter(peran="operator_upt", pengguna__nip__startswith="9999").values_list(
                "upt_id", "pengguna_id"
            )
        )
        with muatan_curah([*(m._meta.db_table for m in URUTAN), RiwayatBaris._meta.db_table]):
            lembar = {m: Lembaran(m) for m in URUTAN}
            for upt, bulan in _semua_unit():
                if upt.pk in petugas:
                    _satu_unit(lembar, upt, petugas[upt.pk], susun(upt.kode, bulan, hari_ini() - timedelta(days=1)))
            baris = sum(lembar[m].salin() for m in URUTAN)
            for m in URUTAN:
                tulis_riwayat("pangan", JENIS.get(m, m._meta.model_name or ""), m)
        ringkas.hitung_ulang()
        catat(oleh=None, tindakan="isi_contoh", objek="register", objek_id="pangan", rincian={"baris": baris})
    kabar(f"  register pangan: {baris} catatan")


# ---------------------------------------------------------------- reading the reports


def _semua_unit() -> Iterator[tuple[UPT, list[BulanPangan]]]:
    """Units that report food, with their months without a gap up to the running one."""
    versi = LaporanVersi.objects.filter(formulir_id="F06", versi=F("laporan__versi_masuk"))
    per_unit: dict[int, dict[Bulan, BulanPangan]] = {}
    for upt_id, awal, isi in versi.values_list("upt_id", "bulan", "isi").iterator(2_000):
        bulan = Bulan.pada(awal)
        nilai = {**isi["lain"], **isi["angka"]}
        per_unit.setdefault(upt_id, {})[bulan] = dari_laporan(bulan, nilai, _daftar(isi["daftar"]))
    for upt_id, bulan_awal, isi in _draf():
        bulan = Bulan.pada(bulan_awal)
        nilai = {k: s.get("nilai") for k, s in isi.get("sel", {}).items()}
        hasil = [{k: s.get("nilai") for k, s in b["sel"].items()} for b in isi.get("daftar", {}).get("hasil", [])]
        if upt_id in per_unit and "klaster_pertanian_lahan" in nilai and (hasil or not nilai.get("ada_kegiatan")):
            per_unit[upt_id].setdefault(bulan, dari_laporan(bulan, nilai, hasil))
    for upt in UPT.objects.filter(pk__in=per_unit).order_by("kode"):
        semua = _lengkap(per_unit[upt.pk])
        if any(b.lahan[k] for b in semua for k in b.lahan) or semua[0].angka["lahan_tidur"]:
            yield upt, semua


def _draf() -> Iterable[tuple[int, date, Any]]:
    return Draf.objects.filter(laporan__formulir_id="F06").values_list("laporan__upt_id", "laporan__bulan", "isi")


def _daftar(daftar: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [b["isi"] for b in daftar.get("hasil", [])]


def _lengkap(ada: Mapping[Bulan, BulanPangan]) -> list[BulanPangan]:
    """Months without a report go on as the one before; the running month has had half of it."""
    kini = Bulan.kini()
    hasil: list[BulanPangan] = []
    for bulan in min(ada).rentang(kini):
        if bulan in ada:
            hasil.append(ada[bulan])
        else:
            hasil.append(hasil[-1].sebagian(bulan, 1 if bulan == kini else 19, 2 if bulan == kini else 20))
    return hasil


# ---------------------------------------------------------------- writing


def _satu_unit(lembar: Mapping[type[BarisRegister], Lembaran], upt: UPT, petugas: int, r: Register) -> None:
    """The rows of one unit, references turned from places into ids."""
    petak = [_tambah(lembar[Petak], upt, petugas, b, b["mulai"]) for b in r.petak]
    siklus = [_tambah(lembar[Siklus], upt, petugas, {**b, "petak": petak[b["petak"]]}, b["tanam"]) for b in r.siklus]
    tempat: Sequence[tuple[type[BarisRegister], list[dict[str, Any]], str]] = (
        (Pemanfaatan, r.pemanfaatan, "dari"),
        (Panen, r.panen, "tanggal"),
        (Pemakaian, r.pemakaian, "tanggal"),
        (MutasiHewan, r.mutasihewan, "tanggal"),
        (Tenaga, r.tenaga, "dari"),
        (Setoran, r.setoran, "tanggal"),
        (Sertifikat, r.sertifikat, "tanggal"),
        (Mitra, r.mitra, "dari"),
    )
    for model, semua, hari in tempat:
        for b in semua:
            rujuk = {k: daftar[b[k]] for k, daftar in (("petak", petak), ("siklus", siklus)) if k in b}
            _tambah(lembar[model], upt, petugas, {**b, **rujuk}, b[hari])


def _tambah(lembaran: Lembaran, upt: UPT, petugas: int, baris: Mapping[str, Any], hari: date) -> int:
    return lembaran.tambah({**baris, "upt": upt.pk, "kanwil": upt.kanwil_id}, petugas, _saat(hari))


def _saat(hari: date) -> datetime:
    """Written down in the afternoon of its day, never in the future."""
    return min(datetime.combine(hari, time(15, 0), tzinfo=zona_dari(WIB)), sekarang())
