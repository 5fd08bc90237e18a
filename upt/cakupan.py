"""THE door of scope: what a person may see, for pages, API, exports and admin alike.

A `Cakupan` comes from the person's Penugasan and from nowhere else. `.dalam(cakupan)` filters every query;
`terpasang(cakupan)` tells PostgreSQL the same, so that row-level security repeats the filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from pemasyarakatan.akun.izin import PERAN, Izin
from pemasyarakatan.inti import penjaga

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Cakupan:
    """Rows a person may see. Empty means nothing, not everything."""

    pengguna_id: int | None = None
    lingkup: str = ""
    kanwil: frozenset[int] = frozenset()
    upt: frozenset[int] = frozenset()

    @classmethod
    def dari(cls, pengguna: Any, izin: Izin | None = None) -> Cakupan:
        """The union of the person's valid assignments; with `izin` only of those that give this right."""
        if not getattr(pengguna, "is_authenticated", False) or not pengguna.is_active:
            return cls()
        tugas = [t for t in pengguna.tugas_aktif() if izin is None or izin in PERAN[t.peran].izin()]
        return cls(
            pengguna_id=pengguna.pk,
            lingkup="nasional" if any(t.tingkat == "nasional" for t in tugas) else "",
            kanwil=frozenset(t.kanwil_id for t in tugas if t.tingkat == "kanwil"),
            upt=frozenset(t.upt_id for t in tugas if t.tingkat == "upt"),
        )

    @property
    def nasional(self) -> bool:
        return self.lingkup in ("nasional", "sistem")

    def q(self, jalur_upt: str, jalur_kanwil: str) -> Q:
        if self.nasional:
            return Q()
        return Q(**{f"{jalur_kanwil}__in": self.kanwil}) | Q(**{f"{jalur_upt}__in": self.upt})


SISTEM = Cakupan(lingkup="sistem")
"""Scope of background work and management commands; never given to a request."""


class KueriBercakupan(models.QuerySet[M]):
    """A queryset that knows how its rows reach their unit and Kanwil."""

    jalur_upt: ClassVar[str] = "upt_id"
    jalur_kanwil: ClassVar[str] = "kanwil_id"

    def dalam(self, cakupan: Cakupan) -> Self:
        return self.filter(cakupan.q(self.jalur_upt, self.jalur_kanwil))


def _nilai(cakupan: Cakupan) -> tuple[str, str, str, str]:
    pengguna = () if cakupan.pengguna_id is None else (cakupan.pengguna_id,)
    return (cakupan.lingkup, penjaga.larik(cakupan.kanwil), penjaga.larik(cakupan.upt), penjaga.larik(pengguna))


def pasang(cakupan: Cakupan) -> None:
    """Tell PostgreSQL the scope, until the end of the current transaction."""
    penjaga.atur(_nilai(cakupan))


@contextmanager
def sebagai(pengguna: Any) -> Iterator[Cakupan]:
    """Outside a request: a transaction within what this person may do now, however much the caller may."""
    with terpasang(Cakupan(pengguna_id=pengguna.pk)):  # enough to read one's own assignments
        cakupan = Cakupan.dari(pengguna)
    with terpasang(cakupan):
        yield cakupan


def terpasang(cakupan: Cakupan) -> AbstractContextManager[None]:
    """A transaction within `cakupan`. Nested in another one, the outer scope returns afterwards."""
    return penjaga.terpasang(_nilai(cakupan))
