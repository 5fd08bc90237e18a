"""Writing the trail. Call it inside the transaction of the change it describes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db.models import Model

from pemasyarakatan.akun.models import Pengguna

PELAKU_SISTEM = "sistem"
_tertunda: ContextVar[list[list[Any]] | None] = ContextVar("jejak_tertunda", default=None)


@contextmanager
def tunda() -> Iterator[None]:
    """Write the links of this block at its end, still in its transaction, so that chains are held only for a moment.

    For acts that take long between their links. A block that raises writes none: its transaction is lost anyway.
    """
    baris: list[list[Any]] = []
    kembali = _tertunda.set(baris)
    try:
        yield
    finally:
        _tertunda.reset(kembali)
    for satu in sorted(baris, key=lambda isi: str(isi[0])):  # chains in one order, links of a chain as they came
        _tulis(satu)


def catat(
    *,
    oleh: Pengguna | None,
    tindakan: str,
    objek: str,
    objek_id: object,
    upt_id: int | None = None,
    kanwil_id: int | None = None,
    rincian: dict[str, Any] | None = None,
) -> None:
    """Append one link to the chain of the unit (or of the Kanwil, or of the nation).

    The link's lock is held until the transaction ends: one unit's changes are in one order. `rincian` holds field
    names, codes, ids and hashes; never personal data of inmates.
    """
    rantai = f"upt:{upt_id}" if upt_id else f"kanwil:{kanwil_id}" if kanwil_id else "nasional"
    isi = [
        rantai,
        oleh.pk if oleh else None,
        (f"{oleh.nama} ({oleh.nama_pengguna})" if oleh else PELAKU_SISTEM)[:160],
        tindakan,
        objek,
        str(objek_id),
        upt_id,
        kanwil_id,
        json.dumps(rincian or {}, default=str, sort_keys=True),
    ]
    tertunda = _tertunda.get()
    if tertunda is None:
        _tulis(isi)
    else:
        tertunda.append(isi)


def catat_baris(baris: Model, *, oleh: Pengguna | None, tindakan: str, rincian: dict[str, Any] | None = None) -> None:
    """Append what was done to a row of the portal: its name, id, unit and Kanwil are its own."""
    catat(
        oleh=oleh,
        tindakan=tindakan,
        objek=baris._meta.model_name or "",
        objek_id=baris.pk,
        upt_id=getattr(baris, "upt_id", None),
        kanwil_id=getattr(baris, "kanwil_id", None),
        rincian=rincian,
    )


def _tulis(isi: list[Any]) -> None:
    with connection.cursor() as kursor:
        kursor.execute("SELECT jejak_tambah(%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)", isi)
