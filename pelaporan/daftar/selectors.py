"""Reading for line lists: the rows of a draft as they are stored, and what can be taken back. The caller has already
been let in by the report's own scope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelaporan.daftar.jendela import Pulih
from pelaporan.models import Draf, Laporan


def baris_draf(laporan: Laporan, daftar: str) -> list[dict[str, Any]]:
    draf = Draf.objects.filter(laporan=laporan).first()
    return list(draf.isi.get("daftar", {}).get(daftar, [])) if draf else []


def dapat_dipulihkan(draf: Mapping[str, Any], daftar: str, dihapus: str, ditempel: str) -> Pulih | None:
    """For the list named: the row or paste that the address of the page names, while the draft still keeps it."""
    for satu in draf.get("dihapus", []):
        if satu["daftar"] == daftar and satu["baris"]["id"] == dihapus:
            return Pulih(baris=dihapus, nomor=satu["letak"] + 1)
    tempelan = draf.get("tempelan") or {}
    if ditempel and tempelan.get("id") == ditempel and tempelan["daftar"] == daftar:
        return Pulih(tempelan=ditempel, baru=len(tempelan["baris"]), sel=tempelan["jumlah"])
    return None
