"""Workbooks around an import: the empty template of a kind, and what was refused, to be mended and brought again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from pelaporan.register.ekspor import FORMAT, LEBAR, judul, nama_lembar, tulis_sel
from pelaporan.register.impor import DITOLAK, TANYA, BarisRencana
from pelaporan.register.impor_baca import BARIS_MAKS
from pelaporan.register.impor_kolom import TabelBerkas
from pelaporan.register.impor_nilai import BAKU
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.kolom import BILANGAN, BidangRujukan, Kolom
from pemasyarakatan.inti.csv_keluar import buka_sel
from upt.models import UPT

KETERANGAN = "Keterangan portal"
"""Not just "Keterangan": some kinds have a column of that name, and this file comes back."""
_OPSI = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_BENTUK = {
    "bulat": "Angka tanpa pecahan", "desimal": "Angka, koma untuk pecahan", "rupiah": "Rupiah tanpa sen",
    "tanggal": "Tanggal, misalnya 3/9/2026", "pilihan": "Pilih dari daftar", "rujukan": "Pilih dari daftar",
    "ya_tidak": "Ya atau Tidak", "teks": "Teks", "paragraf": "Teks, boleh beberapa baris",
}  # fmt: skip
_SYARAT_MAKS = 255


def templat(jenis: JenisBaris[Any], upt: UPT) -> bytes:
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, _OPSI)
    ws = buku.add_worksheet(nama_lembar(jenis.label_banyak))
    petunjuk, pilihan = buku.add_worksheet("Petunjuk"), buku.add_worksheet("Pilihan")
    tebal = buku.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    kepala = buku.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6EAEE", "border": 1})
    for i, kolom in enumerate(jenis.kolom):
        gaya = buku.add_format({"num_format": FORMAT.get(kolom.ragam, "@"), "valign": "top"})
        ws.set_column(i, i, LEBAR.get(kolom.ragam, 16), gaya)
        ws.write_string(0, i, judul(kolom) + (" *" if kolom.wajib else ""), kepala)
        ws.write_comment(0, i, _catatan(kolom), {"x_scale": 2, "author": "Portal"})
        if aturan := _aturan(kolom, upt, pilihan, i):
            ws.data_validation(1, i, BARIS_MAKS, i, aturan)
    ws.freeze_panes(1, 0)
    _petunjuk(petunjuk, jenis, upt, tebal)
    buku.close()
    return aliran.getvalue()


def _catatan(kolom: Kolom) -> str:
    wajib = "Wajib." if kolom.wajib else "Boleh kosong."
    contoh = f"Contoh: {kolom.contoh}" if kolom.contoh else ""
    return "\n".join(filter(None, (_BENTUK[kolom.ragam] + ".", wajib, kolom.bantuan, contoh)))


def _aturan(kolom: Kolom, upt: UPT, ws: Any, i: int) -> dict[str, Any] | None:
    """What Excel itself checks while typing; the portal repeats every check."""
    if daftar := _daftar(kolom, upt):
        ws.write_string(0, i, kolom.label)
        ws.set_column(i, i, 30)
        for n, satu in enumerate(daftar, 1):
            ws.write_string(n, i, satu)
        huruf = xlsxwriter.utility.xl_col_to_name(i)
        pesan = {
            "error_title": "Pilih dari daftar",
            "error_message": f"Lihat lembar Pilihan, kolom {huruf}.",
        }
        return {"validate": "list", "source": f"=Pilihan!${huruf}$2:${huruf}${len(daftar) + 1}", **pesan}
    if kolom.ragam == "tanggal" and kolom.khusus is None:
        pesan = {"error_title": "Bukan tanggal", "error_message": "Tulis tanggal, misalnya 3/9/2026."}
        return {"validate": "date", "criteria": ">=", "value": date(1945, 8, 17), **pesan}
    return _aturan_angka(kolom) if kolom.ragam in BILANGAN else None


def _aturan_angka(kolom: Kolom) -> dict[str, Any]:
    bawah, atas = (float(x) if isinstance(x, Decimal) else x for x in (kolom.min, kolom.maks))
    return {
        "validate": "decimal" if kolom.ragam == "desimal" else "integer", "criteria": "between",
        "minimum": -(10**14) if bawah is None else bawah, "maximum": 10**14 if atas is None else atas,
        "error_title": "Periksa angkanya", "error_message": f"{_BENTUK[kolom.ragam]}."[:_SYARAT_MAKS],
    }  # fmt: skip


def _daftar(kolom: Kolom, upt: UPT) -> list[str]:
    """Everything that may be chosen, as the import reads it."""
    if kolom.ragam == "ya_tidak":
        return ["Ya", "Tidak"]
    if kolom.rujuk is not None:
        bidang = kolom.bidang(upt)
        return [p.label for p in bidang.tujuan] if isinstance(bidang, BidangRujukan) else []
    return list(kolom.pilihan.values())


def _petunjuk(ws: Any, jenis: JenisBaris[Any], upt: UPT, tebal: Any) -> None:
    langkah = (
        f"{jenis.label_banyak}, {upt.nama}",
        f"Satu baris satu catatan, paling banyak {BARIS_MAKS:,} baris sekali unggah.".replace(",", "."),
        "Kolom bertanda * wajib. Kolom yang tidak dipakai boleh dihapus; urutannya bebas.",
        "Catatan yang sudah ada di portal dikenali dari: "
        + ", ".join(k.label for k in jenis.kolom if k.nama in jenis.kunci_alami)
        + ". Yang sama dilewati, yang berbeda ditunjukkan dahulu sebelum diubah.",
        "Unggah di halaman yang sama. Belum ada yang tersimpan sampai Anda menekan Simpan.",
    )
    ws.set_column(0, 0, 30)
    ws.set_column(1, 3, 40)
    for n, satu in enumerate(langkah):
        ws.write_string(n, 0, satu, tebal if n == 0 else None)
    mulai = len(langkah) + 1
    for i, satu in enumerate(("Kolom", "Bentuk", "Penjelasan", "Contoh")):
        ws.write_string(mulai, i, satu, tebal)
    for n, k in enumerate(jenis.kolom, mulai + 1):
        wajib = "wajib" if k.wajib else "boleh kosong"
        for i, satu in enumerate((f"Isi {judul(k)}", f"{_BENTUK[k.ragam]}, {wajib}", k.bantuan, k.contoh)):
            ws.write_string(n, i, satu)


# ---------------------------------------------------------------- what was refused


def tertinggal(tabel: TabelBerkas, baris: Sequence[BarisRencana]) -> bytes:
    """Rows that were not saved, as they came, each with the reason."""
    aliran = io.BytesIO()
    buku = xlsxwriter.Workbook(aliran, _OPSI)
    ws = buku.add_worksheet(nama_lembar(tabel.lembar))
    tebal, hari = buku.add_format({"bold": True}), buku.add_format({"num_format": FORMAT["tanggal"]})
    judul_file = [*tabel.judul, KETERANGAN]
    for i, satu in enumerate(judul_file):
        ws.write_string(0, i, satu, tebal)
    ws.set_column(0, len(judul_file) - 2, 16)
    ws.set_column(len(judul_file) - 1, len(judul_file) - 1, 70)
    sebab = {b.n: _sebab(b) for b in baris if b.keadaan in (DITOLAK, TANYA)}
    sisa = [(n, sel) for n, sel in tabel.baris if n in sebab]
    for n, (nomor, sel) in enumerate(sisa, 1):
        for i, isi in enumerate(sel[: len(tabel.judul)]):
            asli = _asli(isi, tabel)
            tulis_sel(ws, n, i, asli, hari if isinstance(asli, date) else None)
        ws.write_string(n, len(judul_file) - 1, sebab[nomor])
    buku.close()
    return aliran.getvalue()


def _sebab(baris: BarisRencana) -> str:
    semua = baris.pesan or [[label, kalimat] for _, label, kalimat in baris.tanya]
    return " ".join(f"{label}: {kalimat}" if label else kalimat for label, kalimat in semua)


def _asli(isi: Any, tabel: TabelBerkas) -> Any:
    if isinstance(isi, list):
        return date.fromisoformat(isi[1]) if isi[0] == "d" else None
    if isinstance(isi, bool):
        return "Ya" if isi else "Tidak"
    if isinstance(isi, str) and tabel.csv:
        return Decimal(isi) if tabel.baku and BAKU.fullmatch(isi) else buka_sel(isi)
    return isi
