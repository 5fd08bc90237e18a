"""Writing down who learned a name or a number: the one way into `AksesWarga`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pemasyarakatan.akun.izin import PERAN, Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import sekarang
from wbp.models import AksesWarga, DataWarga

PERAN_MAKS = 40
BIDANG = {"nama": "nama", "nomor": "nomor register", "kata-nama": "kata dari namanya (dicari)"}
"""What was read, in words for people."""


class Tempat(Protocol):
    """What a right is asked of."""

    upt_id: int
    kanwil_id: int


def catat_akses(
    semua: Sequence[DataWarga],
    *,
    oleh: Pengguna,
    izin: Izin,
    alasan: str,
    keterangan: str,
    bidang: Sequence[str],
    cara: str,
) -> None:
    """One row a person, in the transaction in which the value leaves and before it does. `izin` is the right by which
    this person may: its roles are named."""
    kini, peran = sekarang(), {d.upt_id: peran_menurut(izin, d, oleh) for d in semua}
    AksesWarga.objects.bulk_create(
        [
            AksesWarga(
                data=d, upt_id=d.upt_id, kanwil_id=d.kanwil_id, oleh=oleh, peran=peran[d.upt_id], pada=kini,
                alasan=alasan, keterangan=keterangan, bidang=list(bidang), cara=cara,
            )
            for d in semua
        ],
    )  # fmt: skip


def bidang_tertulis(a: AksesWarga) -> str:
    return " dan ".join(BIDANG.get(b, b) for b in a.bidang)


def alasan_tertulis(a: AksesWarga) -> str:
    """The reason as chosen, with what was added to it; "another reason" is what was added."""
    if a.alasan == AksesWarga.Alasan.LAIN and a.keterangan:
        return a.keterangan
    return ": ".join(teks for teks in (a.get_alasan_display(), a.keterangan) if teks)


def peran_menurut(izin: Izin, tempat: Tempat, oleh: Pengguna) -> str:
    """Codes of the roles by which this person has the right in the place."""
    kode = (t.peran for t in oleh.tugas_aktif() if t.mencakup(tempat) and izin in PERAN[t.peran].izin())
    return ",".join(dict.fromkeys(kode))[:PERAN_MAKS]
