"""From an invented report to its database rows, as lines for COPY."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any

from dasbor.contoh.beku import Pembeku, sidik_teks
from dasbor.contoh.bentuk import Isi, id_baris, sel_dari
from dasbor.contoh.profil import Profil
from dasbor.contoh.riwayat import Peristiwa, Riwayat
from pelaporan.alur import Aksi, Status
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema
from pemasyarakatan.akun.izin import PERAN
from pemasyarakatan.inti.curah import baris_copy
from pemasyarakatan.inti.json import EncoderAngka
from pemasyarakatan.inti.waktu import Bulan

KOLOM: dict[str, tuple[str, ...]] = {
    "pelaporan_laporan": (
        "id", "upt_id", "kanwil_id", "bulan", "formulir_id", "formulir_versi_id", "status", "revisi",
        "versi_masuk", "versi_sah", "penghuni_acuan", "tenggat", "tenggat_kanwil", "dikirim_pada",
        "terlambat", "dibuka_pada", "dibuka_oleh_id", "dibebaskan", "diubah_pada",
    ),
    "pelaporan_laporanversi": (
        "laporan_id", "versi", "upt_id", "kanwil_id", "bulan", "formulir_id", "formulir_versi_id", "isi",
        "sidik", "nomor", "dibuat_oleh_id", "sebagai", "dibuat_pada",
    ),
    "pelaporan_kejadian": (
        "laporan_id", "urut", "upt_id", "kanwil_id", "aksi", "dari", "ke", "versi", "oleh_id", "sebagai",
        "pada", "alasan", "teks", "sel",
    ),
    "pelaporan_draf": ("laporan_id", "upt_id", "kanwil_id", "isi"),
    "pelaporan_riwayatisian": ("laporan_id", "upt_id", "kanwil_id", "oleh_id", "pada", "asal", "perubahan"),
}  # fmt: skip

_SEBAGAI = {
    "operator": PERAN["operator_upt"].label,
    "kepala": PERAN["kepala_upt"].label,
    "verifikator": PERAN["verifikator_kanwil"].label,
    "peninjau": PERAN["peninjau_pusat"].label,
}


@dataclass(frozen=True)
class Petugas:
    """Account ids of those who act on a unit's reports, and the name of who types."""

    operator: int
    kepala: int
    verifikator: int
    peninjau: int
    nama_operator: str = ""


@dataclass(frozen=True)
class Tugas:
    """One report to write. `salah`: (cell, content) of a first version that was returned."""

    p: Profil
    bulan: Bulan
    pembeku: Pembeku
    formulir_versi: int
    isi: Isi
    tanggapan: Mapping[str, Mapping[str, Any]]
    riwayat: Riwayat
    petugas: Petugas
    tenggat: tuple[datetime, datetime]
    acuan: int | None
    salah: tuple[str, Isi] | None = None
    berdraf: bool = False

    @property
    def formulir(self) -> str:
        return self.pembeku.skema.kode

    @cached_property
    def id(self) -> str:
        """The same report has the same id in every training instance."""
        sidik = blake2b(f"{self.p.unit.kode}|{self.bulan}|{self.formulir}".encode(), digest_size=16).digest()
        return str(uuid.UUID(bytes=sidik, version=4))


@dataclass
class Lembar:
    """Lines waiting for COPY, by table."""

    baris: dict[str, list[str]] = field(default_factory=lambda: {tabel: [] for tabel in KOLOM})

    def tulis(self, t: Tugas) -> None:
        kepala = _kepala(t)
        self._tambah("pelaporan_laporan", *_laporan(t))
        for urut, e in enumerate(t.riwayat.peristiwa, 1):
            self.baris["pelaporan_kejadian"].append(_kejadian(t, urut, e))
            if e.aksi == Aksi.KIRIM:
                self._tambah("pelaporan_laporanversi", *_versi(t, e, kepala))
        if t.berdraf and t.riwayat.peristiwa:
            self._draf(t)

    def _draf(self, t: Tugas) -> None:
        unit, mulai = t.p.unit, t.riwayat.peristiwa[0].pada
        draf, perubahan = isi_draf(t.pembeku.skema, t.isi, t.tanggapan, t.petugas, mulai, _bagian_terketik(t))
        self._tambah("pelaporan_draf", t.id, unit.pk, unit.kanwil_pk, _json(draf))
        asal = (t.petugas.operator, mulai, "web")
        self._tambah("pelaporan_riwayatisian", t.id, unit.pk, unit.kanwil_pk, *asal, _json(perubahan))

    def _tambah(self, tabel: str, *nilai: object) -> None:
        self.baris[tabel].append(baris_copy(*nilai))

    @property
    def banyak(self) -> int:
        return len(self.baris["pelaporan_laporanversi"])


def _kepala(t: Tugas) -> tuple[object, ...]:
    unit = t.p.unit
    return (unit.pk, unit.kanwil_pk, t.bulan.awal, t.formulir, t.formulir_versi)


def _laporan(t: Tugas) -> tuple[object, ...]:
    r = t.riwayat
    return (
        t.id,
        *_kepala(t),
        r.status.value,
        len(r.peristiwa),
        r.versi or None,
        r.sah,
        t.acuan,
        *t.tenggat,
        r.kirim,
        r.kirim_pertama is not None and r.kirim_pertama > t.tenggat[0],
        r.dibuka,
        t.petugas.verifikator if r.dibuka else None,
        "",
        r.peristiwa[-1].pada if r.peristiwa else t.tenggat[0],
    )


def _versi(t: Tugas, e: Peristiwa, kepala: tuple[object, ...]) -> tuple[object, ...]:
    versi = e.versi or 0
    isi = t.salah[1] if t.salah and versi == 1 else t.isi
    teks = t.pembeku.teks(isi, t.bulan, t.tanggapan)
    kode = t.p.unit.kode
    return (
        t.id,
        versi,
        *kepala,
        teks,
        sidik_teks(kode, t.bulan, t.formulir, versi, teks),
        f"LB-{t.formulir}-{t.bulan.kode}-{kode.upper()}-v{versi}",
        t.petugas.kepala,
        _SEBAGAI["kepala"],
        e.pada,
    )


def _kejadian(t: Tugas, urut: int, e: Peristiwa) -> str:
    """Written directly: there are four of these for every report, and nothing in them needs escaping."""
    unit, oleh = t.p.unit, getattr(t.petugas, e.pelaku)
    sel = {t.salah[0]: "Mohon dicocokkan dengan register."} if t.salah and e.aksi == Aksi.KEMBALIKAN else {}
    return (
        f"{t.id}\t{urut}\t{unit.pk}\t{unit.kanwil_pk}\t{e.aksi.value}\t{e.dari.value}\t{e.ke.value}\t"
        f"{e.versi or _TANPA}\t{oleh}\t{_SEBAGAI[e.pelaku]}\t{e.pada.isoformat()}\t{e.alasan}\t{e.teks}\t"
        f"{json.dumps(sel) if sel else '{}'}\n"
    )


_TANPA = "\\N"


def _bagian_terketik(t: Tugas) -> float:
    return 0.55 if t.riwayat.status == Status.DRAF else 1.0


def isi_draf(
    skema: Skema,
    isi: Isi,
    tanggapan: Mapping[str, Mapping[str, Any]],
    petugas: Petugas,
    pada: datetime,
    bagian: float,
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """(draft, typing history) after the first `bagian` of the typed cells was filled in."""
    kode = [k for k, b in skema.butir.items() if b.diketik and k in isi.nilai]
    kode = kode[: max(1, round(len(kode) * bagian))]
    jejak = {"v": 1, "o": petugas.operator, "n": petugas.nama_operator, "p": pada.isoformat()}
    sel = {k: {**sel_dari(isi.nilai[k]).ke_json(), **jejak} for k in kode}
    perubahan: dict[str, list[Any]] = {k: [None, _ringkas(isi.nilai[k])] for k in kode}
    daftar: dict[str, list[dict[str, Any]]] = {}
    for nama in skema.daftar if bagian == 1 else ():
        daftar[nama] = []
        for n, baris in enumerate(isi.baris.get(nama, []), 1):
            daftar[nama].append(
                {"id": id_baris(n), "sel": {k: {**sel_dari(v).ke_json(), **jejak} for k, v in baris.items()}}
            )
            perubahan[f"{nama}/{id_baris(n)}"] = [None, "baris baru"]
            perubahan |= {f"{nama}/{id_baris(n)}/{k}": [None, _ringkas(v)] for k, v in baris.items()}
    return {"sel": sel, "daftar": daftar, "tanggapan": dict(tanggapan) if bagian == 1 else {}}, perubahan


def _ringkas(nilai: Nilai) -> list[Any]:
    sel = sel_dari(nilai)
    return [sel.nilai, sel.keadaan.value, sel.alasan]


def _json(isi: object) -> str:
    return json.dumps(isi, cls=EncoderAngka, ensure_ascii=False)
