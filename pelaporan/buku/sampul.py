"""The first sheets of a workbook: how to fill it in, the table of contents, and in an error copy the remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from pelaporan.buku import gaya
from pelaporan.buku.gaya import BOLEH, Gaya

_AKHIR = (
    "Angka tidak dapat diberikan? Pilih Tidak tersedia lalu tulis alasannya. Tidak mungkin ada di unit ini? "
    "Pilih Tidak berlaku, dengan alasan.",
    "Menyalin dari berkas lain: pakai Tempel Khusus, Nilai saja. Rumus di sel isian ditolak portal.",
    "Jangan menulis nama atau nomor identitas warga binaan.",
    "Simpan sebagai .xlsx, lalu unggah. Portal menunjukkan dahulu apa yang akan berubah; belum ada yang tersimpan "
    "sampai Anda menekan Simpan.",
)
LANGKAH_UPT = (
    "Buka lembar Daftar isi, klik bagian yang akan diisi. Satu formulir satu lembar; daftar punya lembar sendiri.",
    "Isi sel kuning di kolom Bulan ini. Ketik angkanya saja, tanpa titik ribuan. Ketik 0 bila nihil; kosong berarti "
    "belum ada data.",
    *_AKHIR,
)
LANGKAH_KANWIL = (
    "Satu baris satu UPT, satu kolom satu butir. Baris abu-abu tidak dapat diisi; sebabnya tertulis di sampingnya.",
    "Isi sel kuning. Ketik angkanya saja, tanpa titik ribuan. Ketik 0 bila nihil; kosong berarti belum ada data.",
    "Angka tidak dapat diberikan? Tulis “Tidak tersedia: alasan” atau “Tidak berlaku: alasan” di selnya.",
    *_AKHIR[1:],
)


class Catatan(NamedTuple):
    """Where it stood in the uploaded file, the item, what was written, the portal's sentence; (report, address)."""

    tempat: str
    butir: str
    tertulis: str
    pesan: str
    kunci: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class BarisIsi:
    """A line of the table of contents: a form (no sheet), a section, or a line list (`sel` None: rows, not cells)."""

    judul: str
    lembar: str = ""
    tuju: str = ""
    sel: int | None = 0
    terisi: int = 0
    rumus: str = ""


def tulis_petunjuk(ws: Worksheet, g: Gaya, unit: str, bulan: str, langkah: Sequence[str]) -> None:
    ws.set_column(0, 0, 16)
    ws.set_column(1, 1, 92)
    ws.hide_gridlines(2)
    ws.write_string(0, 0, f"Buku kerja laporan {bulan}", g.judul)
    ws.write_string(1, 0, unit, g.redup)
    for n, kalimat in enumerate(langkah, 3):
        ws.write_string(n, 0, f"Langkah {n - 2}" if n - 2 < len(langkah) else "Terakhir", g.tebal)
        ws.write_string(n, 1, kalimat, g.bungkus)
        ws.set_row(n, gaya.tinggi(kalimat, 92) + 3)
    _tulis_warna(ws, g, 4 + len(langkah))
    ws.protect("", BOLEH)


def _tulis_warna(ws: Worksheet, g: Gaya, n: int) -> None:
    """What the colours mean, shown in the colours; and how this computer writes numbers."""
    warna = (
        (g.isian_teks, "Diisi", "Sel kuning berbingkai gelap: tempat mengetik."),
        (g.tetap, "Terkunci", "Sel abu-abu: bulan lalu, jumlah, dan yang sudah diketahui portal."),
        (g.beda, "Jauh berbeda", "Berubah lebih dari 50% dari bulan lalu: periksa sekali lagi."),
        (g.kurang, "Kurang", "Alasan belum ditulis, atau isian yang perlu diperbaiki."),
    )
    for i, (bentuk, contoh, arti) in enumerate(warna, n):
        ws.write_string(i, 0, contoh, bentuk)
        ws.write_string(i, 1, arti, g.bungkus)
    ws.write_number(n + 5, 0, 1234.5, g.contoh)
    ws.write_string(n + 5, 1, "Begini komputer ini menulis seribu dua ratus tiga puluh empat setengah.", g.bungkus)


_KOLOM = (("Formulir dan bagian", 62), ("Sel isian", 12), ("Terisi", 12), ("Kemajuan", 20))


def tulis_daftar_isi(ws: Worksheet, g: Gaya, milik: str, baris: Sequence[BarisIsi]) -> None:
    """Every form and section with a link and how far it is; counted live in the workbook."""
    ws.write_string(0, 0, "Daftar isi", g.judul)
    ws.write_string(1, 0, milik, g.redup)
    ws.write_string(2, 0, "Klik nama bagian untuk membukanya. Tidak semua sel wajib diisi.", g.redup)
    for i, (nama, lebar) in enumerate(_KOLOM):
        ws.set_column(i, i, lebar)
        ws.write_string(3, i, nama, g.kepala)
    for n, satu in enumerate(baris, 4):
        if satu.lembar:
            _tulis_baris(ws, g, n, satu)
            continue
        for i in range(len(_KOLOM)):
            gaya.tulis_teks(ws, n, i, "" if i else satu.judul, g.formulir)
    ws.freeze_panes(4, 0)
    ws.repeat_rows(3)
    ws.protect("", BOLEH)


def _tulis_baris(ws: Worksheet, g: Gaya, n: int, satu: BarisIsi) -> None:
    ws.write_url(n, 0, f"internal:'{satu.lembar}'!{satu.tuju}", g.taut_dalam, satu.judul)
    if satu.sel == 0:
        ws.write_string(n, 3, "Terisi otomatis", g.kemajuan)
        return
    ws.write_formula(n, 2, satu.rumus, None, satu.terisi)
    if satu.sel is None:
        rumus, kata = f'=IF(C{n + 1}=0,"Belum ada baris",C{n + 1}&" baris")', f"{satu.terisi} baris"
        ws.write_formula(n, 3, rumus, g.kemajuan, kata if satu.terisi else "Belum ada baris")
        return
    ws.write_number(n, 1, satu.sel)
    kata = "Semua terisi" if satu.terisi >= satu.sel else "Sebagian" if satu.terisi else "Belum diisi"
    rumus = f'=IF(C{n + 1}>=B{n + 1},"Semua terisi",IF(C{n + 1}=0,"Belum diisi","Sebagian"))'
    ws.write_formula(n, 3, rumus, g.kemajuan, kata)


def rumus_terisi(lembar: str, awal: int, akhir: int, hitungan: int) -> str:
    """Rows of a section with a value or a state; calculated rows always have one, so they are taken off."""
    nilai, keadaan = (f"'{lembar}'!{huruf}{awal}:{huruf}{akhir}" for huruf in "EF")
    return f'=SUMPRODUCT(--(({nilai}<>"")+({keadaan}<>"")>0))-{hitungan}'


def rumus_baris(lembar: str, awal: int, akhir: int, huruf: str) -> str:
    """Rows of a list with anything in them."""
    kolom = ["B"]
    while kolom[-1] != huruf:
        kolom.append(chr(ord(kolom[-1]) + 1))
    jumlah = "+".join(f"('{lembar}'!{k}{awal}:{k}{akhir}<>\"\")" for k in kolom)
    return f"=SUMPRODUCT(--({jumlah}>0))"


def tulis_catatan(ws: Worksheet, g: Gaya, semua: Sequence[Catatan], tempat: Mapping[tuple[str, str], str]) -> None:
    """Everything that was not simply right, one row each, with a link to its cell in this workbook; also what has
    no cell of its own to stand at."""
    ws.write_string(0, 0, f"{len(semua)} catatan: klik tempatnya, perbaiki selnya, simpan, lalu unggah lagi.", g.judul)
    lebar = (34, 40, 22, 70)
    for i, judul in enumerate(("Tempat", "Butir", "Tertulis", "Catatan")):
        ws.set_column(i, i, lebar[i])
        ws.write_string(2, i, judul, g.kepala)
    for n, satu in enumerate(semua, 3):
        tuju = tempat.get(satu.kunci)
        if tuju:
            ws.write_url(n, 0, f"internal:{tuju}", g.taut, tuju.replace("'", ""))
        else:
            gaya.tulis_teks(ws, n, 0, satu.tempat, g.bungkus)
        for i, teks in enumerate(satu[1:4], 1):
            gaya.tulis_teks(ws, n, i, teks, g.bungkus)
        ws.set_row(n, max(gaya.tinggi(t, w) for t, w in zip(satu[:4], lebar, strict=True)))
    ws.set_landscape()
    ws.freeze_panes(3, 0)
    ws.repeat_rows(2)
    ws.autofilter(2, 0, 2 + len(semua), 3)
    ws.protect("", BOLEH)
