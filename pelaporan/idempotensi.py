"""One effect per key: a repeated request gets the stored answer, a reused key is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pelaporan.models import Idempotensi
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import KunciTerpakai, TidakSah

_KUNCI = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


def jawab_sekali(*, aktor: Pengguna, kunci: str, sidik: str, kerjakan: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do `kerjakan` once per (aktor, kunci), inside the caller's transaction.

    The unique index makes a concurrent twin wait until the first one commits (then it gets the first one's answer) or
    rolls back (then it does the work itself). An attempt that fails leaves no row.
    """
    if not _KUNCI.fullmatch(kunci):
        raise TidakSah("Permintaan tidak memuat kunci yang sah. Muat ulang halaman, lalu coba lagi.")
    baris = Idempotensi(aktor=aktor, kunci=kunci, sidik=sidik)
    Idempotensi.objects.bulk_create([baris], ignore_conflicts=True)
    simpanan = Idempotensi.objects.select_for_update().get(aktor=aktor, kunci=kunci)
    if simpanan.sidik != sidik:
        raise KunciTerpakai("Permintaan ini sudah dipakai untuk isi yang lain. Muat ulang halaman, lalu coba lagi.")
    if simpanan.jawaban is not None:
        return {**simpanan.jawaban, "ulangan": True}
    jawaban = kerjakan()
    Idempotensi.objects.filter(pk=simpanan.pk).update(jawaban=jawaban)
    return jawaban
