"""Small helps for the tests of pages."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pelaporan.models import Laporan
from pemasyarakatan.akun.models import Pengguna
from upt.cakupan import SISTEM, Cakupan, terpasang


def alamat(laporan: Laporan, nama: str = "laporan", **lain: Any) -> str:
    kunci = {"kode": laporan.upt.kode, "bulan": laporan.periode, "formulir": laporan.formulir_id, **lain}
    return reverse(f"pelaporan:{nama}", kwargs=kunci)


def segar(laporan: Laporan) -> Laporan:
    with terpasang(SISTEM):
        return Laporan.objects.get(pk=laporan.pk)


def tindakan(laporan: Laporan, aksi: str = "", **lain: Any) -> dict[str, Any]:
    """What the form of a freshly loaded page would post."""
    return {"revisi": str(segar(laporan).revisi), "kunci": uuid.uuid4().hex, "aksi": aksi, **lain}


def kueri(klien: Client, url: str) -> list[str]:
    """Statements that read or write rows while a page is made; scope settings and savepoints do not count."""
    with CaptureQueriesContext(connection) as tangkap:
        assert klien.get(url).status_code == 200
    bukan = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT COALESCE(current_setting")
    return [q["sql"] for q in tangkap.captured_queries if not q["sql"].startswith(bukan)]


@contextmanager
def sebagai_orang(orang: Pengguna) -> Iterator[dict[str, Any]]:
    """In this person's own scope; gives `oleh` and `cakupan` for services."""
    segar_ = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar_.pk)):
        cakupan = Cakupan.dari(segar_)
    with terpasang(cakupan):
        yield {"oleh": segar_, "cakupan": cakupan}
