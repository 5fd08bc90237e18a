"""Loading many persons at once: for demonstration data and benchmarks only.

Everything a person has is made as the services make it (key, encryption, indexes, initials) and written by COPY,
through a table of the transaction, since row-level security forbids it directly. Nothing is checked: callers make
plausible persons.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from upt.models import UPT
from wbp import indeks, sandi
from wbp.kolom import BAWAAN, ISI
from wbp.models import CatatanPerilaku, DataWarga, KunciWarga, Pemberian, RiwayatData, WargaBinaan
from wbp.nama import inisial
from wbp.services_data import ambil_id

SEKALIGUS = 10_000
NIHIL = "\\N"
_TEKS_KOSONG = frozenset(k.nama for k in ISI if k.ragam in ("teks", "pilihan"))
_KOLOM_DATA = (
    *(k.nama for k in ISI), "sppn_predikat", "sppn_tanggal", "register_f_terakhir", "keluar_pada", "alasan_keluar",
)  # fmt: skip


@dataclass(frozen=True)
class Orang:
    """One invented person. `kolom` are columns of `DataWarga`; `pemberian` = (kind, day, months, days); `sppn` = (day,
    predikat), `register_f` days. The register's last marks follow from them."""

    upt: UPT
    nama: str = field(repr=False)
    nomor: str = field(repr=False)
    kolom: Mapping[str, Any]
    pemberian: Sequence[tuple[str, date, int, int]] = ()
    sppn: Sequence[tuple[date, str]] = ()
    register_f: Sequence[date] = ()


def muat(orang: Iterable[Orang], *, oleh_id: int, pada: datetime) -> list[int]:
    """Load them; returns their ids (`DataWarga`) in order. Numbers must be new in their units."""
    ids: list[int] = []
    sumber = iter(orang)
    with transaction.atomic():
        while kelompok := list(islice(sumber, SEKALIGUS)):
            ids += _muat(kelompok, oleh_id, pada)
    return ids


def _muat(orang: Sequence[Orang], oleh_id: int, pada: datetime) -> list[int]:
    warga, data = ambil_id(WargaBinaan, len(orang)), ambil_id(DataWarga, len(orang))
    amplop = [sandi.sandikan_warga(sandi.Rahasia(o.nama, o.nomor), pk) for o, pk in zip(orang, data, strict=True)]
    semua = list(zip(orang, warga, data, amplop, strict=True))
    kunci_indeks, tulis = indeks.kunci_kini(), [oleh_id, pada.isoformat()]
    _salin(
        WargaBinaan, ["id", *_MILIK, "indeks", "kunci_indeks", "ujung", *_DIBUAT],
        ([w, *_milik(o), indeks.indeks_nomor(o.nomor, o.upt.pk), kunci_indeks, indeks.ujung_nomor(o.nomor), *tulis]
         for o, w, _, _ in semua),
    )  # fmt: skip
    _salin(
        DataWarga,
        ["id", *_MILIK, "warga_id", "rahasia", "inisial", "indeks_nama", *_KOLOM_DATA, *_TETAP, *_DIUBAH],
        ([pk, *_milik(o), w, _bytea(a.isi), inisial(o.nama), _larik(indeks.indeks_nama(o.nama, o.upt.pk)), *_isi(o),
          "", 1, *tulis] for o, w, pk, a in semua),
    )  # fmt: skip
    _salin(
        KunciWarga, [*_MILIK, "data_id", "bungkus", "kunci"],
        ([*_milik(o), pk, _bytea(a.bungkus), a.kunci] for o, _, pk, a in semua),
    )  # fmt: skip
    _salin(
        RiwayatData, [*_MILIK, "data_id", "revisi", "ubahan", "sebab", "oleh_id", "pada"],
        ([*_milik(o), pk, 1, "{}", "contoh", *tulis] for o, _, pk, _ in semua),
    )  # fmt: skip
    pasangan = [(o, pk) for o, _, pk, _ in semua]
    _salin(
        Pemberian,
        [*_MILIK, "data_id", "jenis", "tanggal", "bulan", "hari", "asal", *_DIBUAT],
        _pemberian(pasangan, tulis),
    )
    _salin(CatatanPerilaku, [*_MILIK, "data_id", "jenis", "tanggal", "predikat", *_DIBUAT], _perilaku(pasangan, tulis))
    return data


_MILIK = ("upt_id", "kanwil_id")
_DIBUAT = ("dibuat_oleh_id", "dibuat_pada")
_DIUBAH = ("diubah_oleh_id", "diubah_pada")
_TETAP = ("tahan_hapus", "revisi")


def _milik(o: Orang) -> tuple[int, int]:
    return o.upt.pk, o.upt.kanwil_id


def _isi(o: Orang) -> list[Any]:
    sppn = max(o.sppn, default=None)
    jadi = {
        "sppn_predikat": sppn[1] if sppn else "", "sppn_tanggal": sppn[0] if sppn else None,
        "register_f_terakhir": max(o.register_f, default=None), "alasan_keluar": "",
    }  # fmt: skip
    isi = {**BAWAAN, **jadi, **o.kolom}
    return [isi.get(nama, "" if nama in _TEKS_KOSONG else None) for nama in _KOLOM_DATA]


def _pemberian(pasangan: Sequence[tuple[Orang, int]], tulis: Sequence[Any]) -> Iterator[list[Any]]:
    for o, pk in pasangan:
        for jenis, tanggal, bulan, hari in o.pemberian:
            yield [*_milik(o), pk, jenis, tanggal, bulan, hari, Pemberian.Asal.IMPOR.value, *tulis]


def _perilaku(pasangan: Sequence[tuple[Orang, int]], tulis: Sequence[Any]) -> Iterator[list[Any]]:
    for o, pk in pasangan:
        for tanggal, predikat in o.sppn:
            yield [*_milik(o), pk, CatatanPerilaku.Jenis.SPPN.value, tanggal, predikat, *tulis]
        for tanggal in o.register_f:
            yield [*_milik(o), pk, CatatanPerilaku.Jenis.REGISTER_F.value, tanggal, "", *tulis]


# ---------------------------------------------------------------- COPY


def _bytea(isi: bytes) -> str:
    return "\\x" + isi.hex()


def _larik(isi: Sequence[str]) -> str:
    return "{" + ",".join(isi) + "}"


def _sel(nilai: Any) -> Any:
    if nilai is None:
        return NIHIL
    if nilai is True or nilai is False:
        return "t" if nilai else "f"
    return json.dumps(nilai) if isinstance(nilai, dict) else nilai


def _salin(model: type[Model], kolom: Sequence[str], baris: Iterable[Sequence[Any]]) -> None:
    wadah = io.StringIO()
    csv.writer(wadah).writerows([_sel(n) for n in satu] for satu in baris)
    wadah.seek(0)
    nama, tabel = ", ".join(f'"{k}"' for k in kolom), model._meta.db_table
    with connection.cursor() as kursor:
        # names of tables and columns are the model's own
        kursor.execute(f"CREATE TEMP TABLE _curah ON COMMIT DROP AS SELECT {nama} FROM {tabel} WITH NO DATA")  # noqa: S608
        kursor.copy_expert(f"COPY _curah ({nama}) FROM STDIN WITH (FORMAT csv, NULL '{NIHIL}')", wadah)
        kursor.execute(f"INSERT INTO {tabel} ({nama}) SELECT {nama} FROM _curah")  # noqa: S608
        kursor.execute("DROP TABLE _curah")
