"""Finished parts of pages, kept in this process for as long as they are true.

A part is kept under the mark of everything it was made from (`selectors.tanda_nasional`), which every request reads
anew. A figure that moves makes another mark, so nothing here is ever stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Simpanan(Generic[T]):
    """The `banyak` parts used last. Threads share it; two that miss at once both do the work."""

    def __init__(self, banyak: int) -> None:
        self._banyak, self._kunci = banyak, Lock()
        self._isi: OrderedDict[Hashable, T] = OrderedDict()

    def ambil(self, nama: Hashable, buat: Callable[[], T]) -> T:
        with self._kunci:
            ada = self._isi.pop(nama, None)
            if ada is not None:
                self._isi[nama] = ada
                return ada
        baru = buat()
        with self._kunci:
            self._isi[nama] = baru
            while len(self._isi) > self._banyak:
                self._isi.popitem(last=False)
        return baru
