"""Everything known about one cell of a report: meaning, past, rules, typing, talk, evidence. Few queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from pelaporan import rumus
from pelaporan.alur import dapat_diisi
from pelaporan.aturan import GALAT
from pelaporan.butir import Butir
from pelaporan.catatan.tempat import Tempat
from pelaporan.isian import KonteksPeta, Sel, hitung, tulis_nilai
from pelaporan.kebiasaan import Pita, di_luar, pita
from pelaporan.konteks import isian_laporan
from pelaporan.lembar import PILIHAN_KEADAAN, beda
from pelaporan.models import Draf, Laporan, LaporanVersi, RiwayatIsian
from pelaporan.rumus import Nilai
from pelaporan.skema import AturanSiap, Skema
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan

BULAN = 12
RIWAYAT_MAKS = 50
ASAL = {
    "web": "diketik", "nihil": "sisanya nihil", "salin": "sama dengan bulan lalu", "tempel": "ditempel",
    "excel": "buku kerja", "kanwil": "atas nama UPT", "usulan": "usulan peninjau", "api": "lewat API",
}  # fmt: skip


@dataclass(frozen=True)
class BulanNilai:
    """One month of the past: the value as sent, and the version it is in."""

    bulan: Bulan
    nilai: Nilai
    teks: str
    versi: int | None = None
    beda: str = ""
    sah: bool = True


@dataclass(frozen=True)
class AturanSaji:
    """A check this item takes part in, in words."""

    kata: str
    teks: str


@dataclass(frozen=True)
class KetikanSaji:
    """One change of the cell."""

    oleh: str
    sebagai: str
    pada: datetime
    lama: str
    baru: str
    asal: str


@dataclass
class Rincian:
    butir: Butir
    nilai: str
    keterangan: str
    bulan: list[BulanNilai] = field(default_factory=list)
    pita: Pita | None = None
    di_luar: bool = False
    aturan: list[AturanSaji] = field(default_factory=list)
    dipakai: list[Butir] = field(default_factory=list)
    riwayat: list[KetikanSaji] = field(default_factory=list)
    mentah: Nilai = None

    @property
    def berangka(self) -> bool:
        return self.butir.angka and bool(self.bulan)

    @property
    def kalimat_pita(self) -> str:
        if self.pita is None:
            return "Belum cukup bulan untuk menghitung kebiasaan."
        jenis = self.butir.jenis_angka
        satu, dua = (tulis_angka(_bulatkan(self.butir, n), jenis) for n in (self.pita.bawah, self.pita.atas))
        return f"Biasanya {satu} sampai {dua}."


def _bulatkan(butir: Butir, nilai: Decimal) -> Decimal | int:
    return int(nilai.to_integral_value()) if butir.jenis_angka in ("bulat", "rupiah") else round(nilai, butir.desimal)


def rincian_butir(laporan: Laporan, tempat: Tempat, orang: Pengguna) -> Rincian:
    """For an item or a cell of a line list. The draft is the unit's own: others see what was sent."""
    butir = tempat.butir
    assert butir is not None
    milik_unit = boleh(orang, Izin.ISI_LAPORAN, laporan)
    versi = _versi(laporan)
    sel = _sel_kini(laporan, tempat, versi, milik_unit and dapat_diisi(laporan.status))
    hasil = Rincian(butir, _tulis(butir, sel), sel.alasan if sel else "", mentah=sel.nilai if sel else None)
    if not tempat.daftar:
        hasil.bulan = _bulan(laporan, butir, versi)
        if butir.angka:
            hasil.pita = pita([_angka(b.nilai) for b in hasil.bulan])
            hasil.di_luar = di_luar(hasil.pita, _angka(hasil.mentah))
    hasil.aturan = list(_aturan(laporan.skema, tempat, butir))
    hasil.dipakai = _dipakai(laporan.skema, tempat)
    hasil.riwayat = _riwayat(laporan, tempat, butir, milik_unit)
    return hasil


def _angka(nilai: Nilai) -> int | Decimal | None:
    return nilai if isinstance(nilai, int | Decimal) and not isinstance(nilai, bool) else None


def _tulis(butir: Butir, sel: Sel | None) -> str:
    if sel is None:
        return "kosong"
    return tulis_nilai(butir, sel.nilai, satuan=True) if sel.nilai is not None else dict(PILIHAN_KEADAAN)[sel.keadaan]


# The present value -------------------------------------------------------------------------------------------


def _versi(laporan: Laporan) -> dict[Bulan, LaporanVersi]:
    """The latest sent versions of the same unit and form: this month and twelve before, in one query."""
    isi = LaporanVersi.objects.filter(
        upt_id=laporan.upt_id,
        formulir_id=laporan.formulir_id,
        bulan__gte=(laporan.periode - BULAN).awal,
        bulan__lte=laporan.bulan,
        versi=F("laporan__versi_masuk"),
    ).annotate(versi_sah=F("laporan__versi_sah"))
    return {Bulan.pada(v.bulan): v for v in isi.only("bulan", "versi", "isi", "laporan_id")}


def _sel_kini(laporan: Laporan, tempat: Tempat, versi: dict[Bulan, LaporanVersi], draf: bool) -> Sel | None:
    if draf:
        isi = Draf.objects.filter(laporan=laporan).values_list("isi", flat=True).first()
        return _sel_draf(laporan, tempat, isi or {})
    terkirim = versi.get(laporan.periode)
    return _sel_versi(terkirim.isi, tempat) if terkirim else None


def _sel_draf(laporan: Laporan, tempat: Tempat, isi: dict[str, Any]) -> Sel | None:
    isian = isian_laporan(laporan, isi)
    assert tempat.butir is not None
    if tempat.daftar:
        baris = next((b for b in isian.daftar.get(tempat.daftar, ()) if b.id == tempat.baris), None)
        return baris.sel.get(tempat.butir.kode) if baris else None
    if tempat.butir.rumus is not None:
        return Sel(hitung(laporan.skema, isian, KonteksPeta(laporan.periode)).get(tempat.butir.kode))
    return isian.sel.get(tempat.butir.kode)


def _sel_versi(isi: dict[str, Any], tempat: Tempat) -> Sel | None:
    assert tempat.butir is not None
    kode, wadah = tempat.butir.kode, isi
    if tempat.daftar:
        baris = next((b for b in isi["daftar"].get(tempat.daftar, ()) if b["id"] == tempat.baris), None)
        if baris is None:
            return None
        wadah = {"angka": baris.get("isi", {}), "lain": {}, **baris}
    nilai = wadah["angka"].get(kode, wadah["lain"].get(kode))
    keadaan = wadah.get("keadaan", {}).get(kode)
    if nilai is None and keadaan is None:
        return None
    alasan = wadah.get("alasan", {}).get(kode, "")
    return Sel.dari_json(tempat.butir, {"nilai": nilai, "keadaan": keadaan or "isi", "alasan": alasan})


# The past ----------------------------------------------------------------------------------------------------


def _bulan(laporan: Laporan, butir: Butir, versi: dict[Bulan, LaporanVersi]) -> list[BulanNilai]:
    """The twelve months before this one, oldest first; months without a report stay, empty."""
    hasil: list[BulanNilai] = []
    tempat = Tempat(butir.kode, butir.label, butir)
    for mundur in range(BULAN, 0, -1):
        bulan = laporan.periode - mundur
        satu = versi.get(bulan)
        sel = _sel_versi(satu.isi, tempat) if satu else None
        sebelum = hasil[-1].nilai if hasil else None
        nilai = sel.nilai if sel else None
        teks = _tulis(butir, sel) if satu else "belum ada laporan"
        sah = satu is None or satu.versi_sah == satu.versi  # type: ignore[attr-defined]
        nomor = satu.versi if satu else None
        hasil.append(BulanNilai(bulan, nilai, teks, nomor, beda(butir, sebelum, nilai), sah))
    return hasil


# Rules -------------------------------------------------------------------------------------------------------


def _aturan(skema: Skema, tempat: Tempat, butir: Butir) -> Iterator[AturanSaji]:
    yield from _aturan_sendiri(butir)
    for siap in skema.aturan_siap:
        if _mengenai(siap, tempat, butir):
            kata = "Galat" if siap.aturan.tingkat == GALAT else "Pertanyaan"
            yield AturanSaji(kata, "".join(_pesan(siap)))


def _aturan_sendiri(butir: Butir) -> Iterator[AturanSaji]:
    if butir.wajib:
        yield AturanSaji("Galat", "Wajib diisi sebelum laporan dikirim.")
    if butir.angka and butir.min is not None:
        yield AturanSaji("Galat", f"Paling sedikit {tulis_nilai(butir, butir.min)}.")
    if butir.angka and butir.maks is not None:
        yield AturanSaji("Galat", f"Paling banyak {tulis_nilai(butir, butir.maks)}.")
    if butir.ambang_beda is not None:
        batas = tulis_angka(Decimal(butir.ambang_beda), "persen", desimal=0)
        yield AturanSaji("Pertanyaan", f"Berubah {batas} atau lebih dari bulan lalu.")


def _mengenai(siap: AturanSiap, tempat: Tempat, butir: Butir) -> bool:
    if siap.aturan.daftar != tempat.daftar:
        return False
    nama = rumus.acuan(siap.syarat, *([siap.bila] if siap.bila else [])).nama
    return butir.kode in nama | siap.ketikan | set(siap.aturan.butir)


def _pesan(siap: AturanSiap) -> Iterator[str]:
    """The rule's own sentence, with a name where a report would show its value."""
    for potong in siap.pesan:
        if potong.teks:
            yield potong.teks
        elif potong.butir is not None:
            yield f"[{potong.butir.label}]"
        else:
            yield "[…]"


def _dipakai(skema: Skema, tempat: Tempat) -> list[Butir]:
    """Calculated items that this one goes into directly."""
    nama = tempat.daftar or (tempat.butir.kode if tempat.butir else "")
    return [skema.butir[k] for k, pohon in skema.pohon.items() if nama in rumus.acuan(pohon).nama]


# Typing ------------------------------------------------------------------------------------------------------


def _riwayat(laporan: Laporan, tempat: Tempat, butir: Butir, milik_unit: bool) -> list[KetikanSaji]:
    """Changes of this cell, newest first; for readers outside the unit those that were sent."""
    isi = RiwayatIsian.objects.filter(laporan=laporan, perubahan__has_key=tempat.kode)
    if not milik_unit:
        isi = isi.filter(pada__lte=laporan.dikirim_pada) if laporan.dikirim_pada else isi.none()
    return list(_ketikan(isi.select_related("oleh").order_by("-id")[:RIWAYAT_MAKS], tempat, butir))


def _ketikan(semua: Iterable[RiwayatIsian], tempat: Tempat, butir: Butir) -> Iterator[KetikanSaji]:
    for satu in semua:
        lama, baru = satu.perubahan[tempat.kode]
        yield KetikanSaji(
            satu.oleh.nama, satu.sebagai, satu.pada, _ringkas(butir, lama), _ringkas(butir, baru),
            ASAL.get(satu.asal, satu.asal),
        )  # fmt: skip


def _ringkas(butir: Butir, isi: Any) -> str:
    if not isinstance(isi, list):
        return "kosong"
    nilai, keadaan, alasan = isi
    sel = Sel.dari_json(butir, {"nilai": nilai, "keadaan": keadaan, "alasan": alasan})
    return f"{_tulis(butir, sel)} ({alasan})" if alasan else _tulis(butir, sel)
