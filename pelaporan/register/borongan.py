"""Many rows in one transaction: what they share is asked once, what follows from them is written once, at the end.

    with transaction.atomic(), borongan(selesaikan):
        services.buat(...)  # hundreds of them

Nothing here weakens a rule. What is remembered (`ingat`) comes from tables that no row of the block is written to, and
belongs to a unit whose register the block holds, so that nobody else changes it meanwhile. What is put off hangs on
the rows that stay: a block within the block that is taken back takes its own along.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model

from pelaporan.models import BarisRegister, RiwayatBaris
from pelaporan.register.jenis import JenisBaris
from pemasyarakatan.inti.waktu import Bulan

T = TypeVar("T")
Hak = tuple[int, int, Hashable]


@dataclass
class Borongan:
    """One block. A block within another knows what that one knows, and puts off its own."""

    ingatan: dict[type[Model], dict[Hashable, Any]] = field(default_factory=dict)
    ditulis: set[type[Model]] = field(default_factory=set)
    terkunci: set[tuple[str, int]] = field(default_factory=set)
    hak: set[Hak] = field(default_factory=set)
    riwayat: list[RiwayatBaris] = field(default_factory=list)
    baris: list[tuple[JenisBaris[Any], BarisRegister]] = field(default_factory=list)
    bulan: dict[tuple[str, int, int], set[Bulan]] = field(default_factory=dict)

    def anak(self) -> Borongan:
        return Borongan(self.ingatan, self.ditulis, set(self.terkunci), self.hak)

    def tulis(self, model: type[Model]) -> None:
        """Rows of this table change from here on: nothing of it is remembered."""
        self.ditulis.add(model)
        self.ingatan.pop(model, None)


_kini: ContextVar[Borongan | None] = ContextVar("borongan", default=None)


def kini() -> Borongan | None:
    return _kini.get()


@contextmanager
def borongan(selesaikan: Callable[[Borongan], None]) -> Iterator[None]:
    """`selesaikan` writes what was put off, still in the block's transaction. A block that raises writes nothing: its
    transaction is lost anyway."""
    luar = _kini.get()
    ini = luar.anak() if luar is not None else Borongan()
    kembali = _kini.set(ini)
    try:
        yield
    finally:
        _kini.reset(kembali)
    selesaikan(ini)


def ingat(model: type[Model], kunci: Hashable, baca: Callable[[], T]) -> T:
    """What `baca` reads from this one table; within a block asked once, unless the block writes to the table."""
    ini = _kini.get()
    if ini is None or model in ini.ditulis:
        return baca()
    isi = ini.ingatan.setdefault(model, {})
    if kunci not in isi:
        isi[kunci] = baca()
    hasil: T = isi[kunci]
    return hasil
