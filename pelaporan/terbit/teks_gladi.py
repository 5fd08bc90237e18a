"""The result of a rehearsal in words: for pages, a file and the terminal. Without pandas, so that pages stay light."""

from __future__ import annotations

import csv
import io
from typing import Any

from pemasyarakatan.inti.angka import tulis_angka

MENIT_TEMUAN = 3
"""Minutes that one more question costs: two for the unit that answers, one for the reviewer who reads the answer.

An assumption until the help desk has measured it; every page that shows hours says so.
"""

RAMAI = 30
"""Percent of reports from which a question only trains people to tick boxes."""

BULAN_GLADI = 24
PERINGATAN = {
    "ramai": "terpicu di lebih dari 30% laporan: hanya melatih orang mencentang",
    "diam": "tidak pernah terpicu",
    "buta": "tidak dapat dinilai: datanya belum ada",
    "": "",
}

KEPALA = ("Aturan", "Tingkat", "Dinilai", "Terpicu lama", "Terpicu baru", "Persen baru", "UPT", "Keterangan")


def baris_hasil(hasil: dict[str, Any]) -> list[tuple[str, ...]]:
    """One line per rule; counts only, no unit's figures."""
    return [
        (
            a["kode"],
            a["tingkat"],
            *_angka(a["baru"] or a["lama"], "dinilai"),
            *_angka(a["lama"], "kena"),
            *_angka(a["baru"], "kena"),
            tulis_angka(a["baru"]["persen"], "persen") if a["baru"] else "–",
            *_angka(a["baru"] or a["lama"], "unit"),
            PERINGATAN[a["peringatan"]] or ("dihapus" if not a["baru"] else "baru" if not a["lama"] else ""),
        )
        for a in hasil["aturan"]
    ]


def _angka(isi: dict[str, Any] | None, nama: str) -> tuple[str]:
    return (tulis_angka(isi[nama]) if isi else "–",)


def urut_aturan(aturan: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rules for a page: those that the draft makes speak differently first, each with its remark in words."""
    urut = sorted(aturan, key=lambda a: _sama(a["lama"], a["baru"]))
    return [{**a, "keterangan": PERINGATAN[a["peringatan"]]} for a in urut]


def _sama(lama: dict[str, Any] | None, baru: dict[str, Any] | None) -> bool:
    return lama is not None and baru is not None and lama["kena"] == baru["kena"]


def csv_hasil(hasil: dict[str, Any]) -> bytes:
    """As Excel in Indonesia opens it: semicolons and a byte order mark. Codes and numbers cannot start a formula."""
    naskah = io.StringIO()
    tulis = csv.writer(naskah, delimiter=";")
    tulis.writerow(KEPALA)
    tulis.writerows(baris_hasil(hasil))
    return naskah.getvalue().encode("utf-8-sig")


def kalimat(hasil: dict[str, Any]) -> str:
    """The whole result in one sentence."""
    laporan, tambahan = tulis_angka(hasil["laporan"]), tulis_angka(abs(hasil["tambahan"]))
    arah = "bertambah" if hasil["tambahan"] >= 0 else "berkurang"
    jam = tulis_angka(abs(hasil["jam_per_bulan"]), "desimal")
    return (
        f"{laporan} laporan dari {tulis_angka(hasil['unit'])} UPT, {hasil['bulan_berisi']} bulan: "
        f"temuan {arah} {tambahan}, "
        f"waktu periksa {arah} sekitar {jam} jam sebulan (anggapan {MENIT_TEMUAN} menit tiap temuan, belum diukur)."
    )
