"""Invented persons as SDP would export them: its headings, its way to write, a sheet of grants, totals at the end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from wbp.contoh.orang import OrangContoh

KEPALA = (
    "no", "no_reg", "nama", "tahun_lahir", "jenis_kelamin", "agama", "status", "gol", "jenis_kejahatan", "jenis_pidana",
    "lama_pidana", "tgl_putusan", "tgl_penahanan", "tgl_habis_penahanan", "subsider_bulan", "denda_lunas",
    "uang_pengganti_lunas", "deradikalisasi", "ikrar", "salinan_putusan", "risiko_turun", "sppn", "tgl_sppn",
    "register_f_diperiksa", "tgl_register_f", "tgl_asimilasi", "tgl_cmk", "tgl_masuk", "jumlah_ru", "jumlah_rk",
    "sepertiga_masa_pidana",
)  # fmt: skip
KEPALA_REMISI = ("no_reg", "jenis_remisi", "tgl_remisi", "bulan", "hari")
_KEJAHATAN = {
    "narkotika": "Narkotika", "umum": "Pencurian", "korupsi": "Tindak Pidana Korupsi", "terorisme": "Terorisme",
    "khusus_lain": "Perdagangan Orang",
}  # fmt: skip
_YA = {True: "Ya", False: "Tidak", None: ""}


def lama_pidana(kolom: dict[str, Any]) -> str:
    if kolom.get("jenis_pidana") == "SEUMUR_HIDUP":
        return "Seumur Hidup"
    isi = ((kolom.get(f"pidana_{n.lower()}"), n) for n in ("Tahun", "Bulan", "Hari"))
    return " ".join(f"{banyak} {satuan}" for banyak, satuan in isi if banyak)


def baris(n: int, o: OrangContoh) -> list[Any]:
    k = o.kolom
    sppn = o.sppn[-1] if o.sppn else (None, "")
    return [
        n, o.nomor, o.nama, k.get("tahun_lahir"), k.get("jenis_kelamin", ""), k.get("agama", "").title(),
        k["status"].replace("_", " ").title(), k.get("golongan", ""), _KEJAHATAN.get(k.get("kelompok", ""), ""), "",
        lama_pidana(k), k.get("tanggal_putusan"), k.get("tanggal_tahan"), k.get("habis_tahan"),
        k.get("subsider_bulan"), _YA[k.get("denda_lunas")], _YA[k.get("uang_pengganti_lunas")],
        _YA[k.get("deradikalisasi")], _YA[k.get("ikrar")], _YA[k.get("salinan_putusan")], _YA[k.get("risiko_turun")],
        sppn[1].replace("_", " ").lower(), sppn[0], k.get("register_f_diperiksa"),
        o.register_f[-1] if o.register_f else None, k.get("asimilasi_sejak"), k.get("cmk_terakhir"), k.get("sejak"),
        sum(1 for p in o.pemberian if p[0] == "RU"), sum(1 for p in o.pemberian if p[0] == "RK"), "",
    ]  # fmt: skip


def _remisi(semua: Iterable[OrangContoh]) -> Iterator[list[Any]]:
    for o in semua:
        for jenis, tanggal, bulan, hari in o.pemberian:
            yield [o.nomor, jenis, tanggal, bulan, hari]


def xlsx(semua: Sequence[OrangContoh]) -> bytes:
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    hari = buku.add_format({"num_format": "dd/mm/yyyy"})
    orang, remisi = buku.add_worksheet("Daftar"), buku.add_worksheet("Remisi")
    _tulis(orang, [KEPALA, *(baris(n, o) for n, o in enumerate(semua, 1))], hari)
    orang.write_string(len(semua) + 1, 1, f"Jumlah: {len(semua)} orang")
    _tulis(remisi, [KEPALA_REMISI, *_remisi(semua)], hari)
    buku.close()
    return aliran.getvalue()


def _tulis(ws: Any, semua: Iterable[Sequence[Any]], hari: Any) -> None:
    for n, satu in enumerate(semua):
        for i, isi in enumerate(satu):
            if isinstance(isi, date):
                ws.write_datetime(n, i, isi, hari)
            elif isinstance(isi, int):
                ws.write_number(n, i, isi)
            elif isi:
                ws.write_string(n, i, isi)


def csv_sdp(semua: Sequence[OrangContoh]) -> bytes:
    """Persons alone: a CSV has one table."""
    wadah = io.StringIO()
    penulis = csv.writer(wadah, delimiter=";")
    penulis.writerow(KEPALA)
    for n, o in enumerate(semua, 1):
        penulis.writerow([f"{isi:%d/%m/%Y}" if isinstance(isi, date) else isi for isi in baris(n, o)])
    return wadah.getvalue().encode("utf-8-sig")
