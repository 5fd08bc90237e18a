"""A region's month as a document: plain data from rollups and obligations. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dasbor.rekap import Rekap, RekapFormulir
from dasbor.selectors import LaporanUnit
from pelaporan.alur import LABEL_STATUS, Status
from pelaporan.butir import Butir, Tabel
from pelaporan.skema import Skema
from pemasyarakatan.inti.waktu import sisa_hari


@dataclass(frozen=True)
class Celah:
    """A named gap: a unit and the forms it still owes. `hari`: days past the latest deadline, 0 while there is time."""

    upt: str
    kode: str
    formulir: tuple[str, ...]
    keadaan: str
    hari: int


def susun(
    kanwil: str,
    rekap: Rekap,
    skema: Mapping[str, Skema],
    celah: Iterable[Celah],
    dibebaskan: Iterable[Mapping[str, str]],
) -> dict[str, Any]:
    """Coverage and sums of every form, who is missing, who was waived. What is shown is what is hashed."""
    return {
        "kanwil": kanwil,
        "bulan": rekap.bulan.kode,
        "liputan": asdict(rekap.liputan),
        "formulir": [
            {
                "kode": kode,
                "nama": skema[kode].nama,
                "liputan": asdict(satu.liputan),
                "angka": _angka(skema[kode], satu),
            }
            for kode, satu in sorted(rekap.formulir.items())
            if kode in skema
        ],
        "celah": [{**asdict(c), "formulir": list(c.formulir)} for c in celah],
        "dibebaskan": [dict(d) for d in dibebaskan],
    }


def _formulir(skema: Skema, satu: RekapFormulir) -> dict[str, Any]:
    return {"kode": skema.kode, "nama": skema.nama, "liputan": asdict(satu.liputan), "angka": _angka(skema, satu)}


def _angka(skema: Skema, satu: RekapFormulir) -> list[dict[str, Any]]:
    """Sums of the items that stand on their own: cells of a table are told by its totals."""
    hasil = []
    for butir in _pokok(skema):
        empat = satu.isi.get(butir.kode)
        if empat and empat[2]:
            masuk, sah, n_masuk, n_sah = empat
            isi = {"masuk": masuk, "sah": sah if n_sah else None, "n_masuk": n_masuk, "n_sah": n_sah}
            nama = {"kode": butir.kode, "label": butir.label, "satuan": butir.satuan, "jenis": butir.jenis_angka}
            hasil.append({**nama, **isi})
    return hasil


def _pokok(skema: Skema) -> Iterable[Butir]:
    for bagian in skema.bagian:
        for x in bagian.isi:
            semua = [b for b in x.butir if b.total] if isinstance(x, Tabel) else [x] if isinstance(x, Butir) else []
            yield from (b for b in semua if b.dijumlah)


def celah(laporan: Iterable[LaporanUnit], nama: Mapping[int, Any], kini: datetime) -> list[Celah]:
    """Units that have not sent everything, the longest waiting first."""
    per_unit: dict[int, list[LaporanUnit]] = {}
    for lap in laporan:
        if not lap.dibebaskan and lap.versi_masuk is None and lap.upt_id in nama:
            per_unit.setdefault(lap.upt_id, []).append(lap)
    semua = [_celah(nama[upt], milik, kini) for upt, milik in per_unit.items()]
    return sorted(semua, key=lambda c: (-c.hari, -len(c.formulir), c.upt))


def _celah(upt: Any, milik: list[LaporanUnit], kini: datetime) -> Celah:
    hari = max(0, -sisa_hari(min(lap.tenggat for lap in milik), upt.zona, kini))
    mulai = sorted({LABEL_STATUS[Status(lap.status)].lower() for lap in milik})
    return Celah(upt.nama, upt.kode, tuple(sorted(lap.formulir for lap in milik)), ", ".join(mulai), hari)


def beda(lama: Mapping[str, Any], baru: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Sums that differ between two documents of one month, received or verified, in the order of the newer one.

    A sum that is gone (its reports were withdrawn) comes last, with None as its new value.
    """
    dulu, kini = _per_butir(lama), _per_butir(baru)
    return [
        {**butir, "dasar": label, "lalu": dulu.get(kunci, {}).get(dasar), "kini": kini.get(kunci, {}).get(dasar)}
        for kunci, butir in (kini | {k: b for k, b in dulu.items() if k not in kini}).items()
        for dasar, label in _DASAR
        if dulu.get(kunci, {}).get(dasar) != kini.get(kunci, {}).get(dasar)
    ]


_DASAR = (("masuk", "masuk"), ("sah", "terverifikasi"))


def _per_butir(isi: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(f["kode"], a["kode"]): {**a, "formulir": f["nama"]} for f in isi["formulir"] for a in f["angka"]}
