"""Workbooks around an import: the empty template, and why rows were refused. No name is in them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from pelaporan.register.kolom import Kolom
from wbp.sdp.kolom import KOLOM, KOLOM_REMISI

_OPSI = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_BENTUK = {
    "teks": "Teks", "bulat": "Angka tanpa pecahan", "tanggal": "Tanggal, misalnya 3/9/2025",
    "pilihan": "Salah satu pilihan",
    "ya_tidak": "Ya atau Tidak; kosong bila belum diketahui",
}  # fmt: skip
_FORMAT = {"tanggal": "dd/mm/yyyy", "bulat": "0"}
_PETUNJUK = (
    "Satu baris satu orang; nomor register selalu teks, persis seperti di SDP.",
    "Kolom bertanda * wajib. Kolom yang tidak dipakai boleh dihapus; urutannya bebas.",
    "Orang yang belum ada di register memerlukan nama, dan status atau golongan.",
    "Sel kosong tidak menghapus isi yang sudah ada di register.",
    "Remisi yang pernah diberikan ditulis di lembar Remisi, satu baris satu pemberian.",
    "Belum ada yang tersimpan sampai Anda menekan Simpan di portal.",
)


def templat() -> bytes:
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, _OPSI)
    tebal = buku.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6EAEE", "border": 1})
    for nama, kolom in (("Daftar", KOLOM), ("Remisi", KOLOM_REMISI)):
        _lembar(buku, buku.add_worksheet(nama), kolom, tebal)
    _petunjuk(buku.add_worksheet("Petunjuk"), tebal)
    buku.close()
    return aliran.getvalue()


def _lembar(buku: Any, ws: Any, kolom: Sequence[Kolom], tebal: Any) -> None:
    for i, k in enumerate(kolom):
        teks = k.nama == "tahun_lahir" or k.ragam not in _FORMAT
        ws.set_column(i, i, 18, buku.add_format({"num_format": "@" if teks else _FORMAT[k.ragam]}))
        ws.write_string(0, i, k.label + (" *" if k.wajib else ""), tebal)
        ws.write_comment(0, i, _catatan(k), {"x_scale": 2, "author": "Portal"})
        if k.ragam in ("pilihan", "ya_tidak"):
            daftar = list(k.pilihan.values()) or ["Ya", "Tidak"]
            if len(",".join(daftar)) <= 250:
                ws.data_validation(1, i, 10_000, i, {"validate": "list", "source": daftar})
    ws.freeze_panes(1, 0)


def _catatan(k: Kolom) -> str:
    pilihan = f"Pilihan: {', '.join(k.pilihan.values())}." if k.pilihan else ""
    contoh = f"Contoh: {k.contoh}" if k.contoh else ""
    return "\n".join(filter(None, (_BENTUK[k.ragam] + ".", pilihan, k.bantuan, contoh)))


def _petunjuk(ws: Any, tebal: Any) -> None:
    ws.set_column(0, 0, 32)
    ws.set_column(1, 2, 60)
    for n, kalimat in enumerate(_PETUNJUK):
        ws.write_string(n, 0, kalimat)
    awal = len(_PETUNJUK) + 1
    for i, judul in enumerate(("Kolom", "Bentuk dan penjelasan", "Judul lain yang dikenali")):
        ws.write_string(awal, i, judul, tebal)
    for n, k in enumerate(KOLOM, awal + 1):
        ws.write_string(n, 0, k.label)
        ws.write_string(n, 1, _catatan(k).replace("\n", " "))
        ws.write_string(n, 2, ", ".join(k.sinonim))


def ditolak(sebab: Sequence[Sequence[Any]]) -> bytes:
    """Row, column and what to do; to be mended in SDP, not here."""
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, _OPSI)
    ws, tebal = buku.add_worksheet("Ditolak"), buku.add_format({"bold": True})
    for i, (judul, lebar) in enumerate((("Baris di berkas", 16), ("Kolom", 28), ("Yang perlu dibetulkan", 100))):
        ws.write_string(0, i, judul, tebal)
        ws.set_column(i, i, lebar)
    for n, (baris, kolom, pesan) in enumerate(sebab, 1):
        ws.write_number(n, 0, baris)
        ws.write_string(n, 1, kolom)
        ws.write_string(n, 2, pesan)
    buku.close()
    return aliran.getvalue()
