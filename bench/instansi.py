"""The measured instance, made by the product's own commands in the empty database of `make bench`."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection

from pelaporan.models import LaporanVersi
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import SISTEM, terpasang


@dataclass(frozen=True)
class Ukuran:
    """Size of the instance. `butir`: least figures per version; `ulang`: repetitions of long measurements.

    `bulan_awal`: months behind the pages at first; the 24 that a trend shows, so that later only what lies behind
    the same page has grown."""

    upt: int = 680
    bulan: int = 120
    bulan_awal: int = 24
    butir: int = 62
    ulang: int = 2
    halaman: int = 40
    kirim: int = 40


KECIL = Ukuran(upt=560, bulan=2, bulan_awal=1, butir=0, ulang=2, halaman=6, kirim=6)


def pastikan_kosong() -> None:
    """Benchmarks fill and change everything: they refuse a database that already holds reports."""
    if "pelaporan_laporanversi" in connection.introspection.table_names():
        with terpasang(SISTEM):
            if LaporanVersi.objects.exists():
                raise SystemExit("Basis data ini sudah berisi laporan. Jalankan tolok ukur dengan `make bench`.")


def siapkan() -> None:
    call_command("siapkan", stdout=StringIO())


def isi(ukuran: Ukuran, bulan: int) -> None:
    """Fill the last `bulan` ended months; those that are filled already stay as they are."""
    call_command("buat_contoh", upt=ukuran.upt, bulan=bulan, butir=ukuran.butir, stdout=StringIO())
    with connection.cursor() as kursor:
        kursor.execute("VACUUM ANALYZE")


def banyak_fakta() -> tuple[int, int]:
    """(versions, figures in them)."""
    n = "(SELECT count(*) FROM jsonb_object_keys(isi -> 'angka'))"
    return _satu(f"SELECT count(*), sum({n}) FROM pelaporan_laporanversi")


def bulan_terakhir() -> Bulan:
    return Bulan.pada(_satu("SELECT max(bulan) FROM pelaporan_laporan WHERE versi_sah IS NOT NULL")[0])


def _satu(sql: str) -> Any:
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SET LOCAL statement_timeout = 0")
        kursor.execute(sql)
        return kursor.fetchone()
