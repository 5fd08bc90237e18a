"""The offices on both sides of a Litmas: the Bapas of the nation to ask, and the unit that asked.

That an office exists, and where, is public; a unit's own scope does not reach beyond itself, so names and codes are
read past it, and nothing else of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT


def semua_bapas(kanwil_id: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, [(code, name)]): those of the unit's own Kanwil first."""
    with terpasang(SISTEM):
        ada = UPT.objects.filter(jenis=UPT.Jenis.BAPAS).berlaku_pada(hari_ini()).order_by("nama")
        semua = list(ada.values_list("kode", "nama", "kanwil_id"))
    sendiri = [(kode, nama) for kode, nama, kanwil in semua if kanwil == kanwil_id]
    lain = [(kode, nama) for kode, nama, kanwil in semua if kanwil != kanwil_id]
    return [(judul, isi) for judul, isi in (("Bapas di wilayah ini", sendiri), ("Bapas lain", lain)) if isi]


def satu_bapas(kode: str) -> UPT:
    with terpasang(SISTEM):
        bapas = UPT.objects.filter(jenis=UPT.Jenis.BAPAS, kode=kode).first()
    if bapas is None:
        raise TidakSah("Pilih Bapas dari daftar.")
    return bapas


def nama_bapas(kunci: Iterable[int]) -> dict[int, str]:
    with terpasang(SISTEM):
        return dict(UPT.objects.filter(pk__in=set(kunci), jenis=UPT.Jenis.BAPAS).values_list("pk", "nama"))


def nama_unit(kunci: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(code, name) of units by their id."""
    with terpasang(SISTEM):
        semua = UPT.objects.filter(pk__in=set(kunci)).values_list("pk", "kode", "nama")
        return {pk: (kode, nama) for pk, kode, nama in semua}
