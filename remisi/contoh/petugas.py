"""The invented officials of the training instance, by what they do."""

from __future__ import annotations

from dataclasses import dataclass

from pemasyarakatan.akun.models import Pengguna
from upt.models import UPT, Penugasan
from wbp.models import DataWarga


@dataclass(frozen=True)
class Meja:
    """A unit with a register, and everybody who touches its cases."""

    upt: UPT
    operator: Pengguna
    kepala: Pengguna
    verifikator: Pengguna
    peninjau: Pengguna


def semua_meja() -> list[Meja]:
    """Units with a register whose people are all there, largest register last."""
    unit = list(UPT.objects.filter(pk__in=DataWarga.objects.values("upt_id")).select_related("kanwil").order_by("kode"))
    tugas = Penugasan.objects.filter(pengguna__nip__startswith="9999", dicabut_pada=None).select_related("pengguna")
    per = {(t.peran, t.upt_id or t.kanwil_id): t.pengguna for t in tugas.order_by("-pk")}
    hasil = []
    for u in unit:
        kunci = (
            ("operator_upt", u.pk),
            ("kepala_upt", u.pk),
            ("verifikator_kanwil", u.kanwil_id),
            ("peninjau_pusat", None),
        )
        orang = [per.get(k) for k in kunci]
        if all(orang):
            hasil.append(Meja(u, *(o for o in orang if o)))
    return hasil


def petugas_unit(upt: UPT, peran: str) -> Pengguna | None:
    """The invented official of a unit without a register."""
    tugas = Penugasan.objects.filter(pengguna__nip__startswith="9999", dicabut_pada=None, upt=upt, peran=peran)
    satu = tugas.select_related("pengguna").order_by("pk").first()
    return satu.pengguna if satu else None
