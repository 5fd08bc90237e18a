"""An untrusted XLSX workbook → rows of text cells, checked before the reader touches it.

The reader (calamine) allocates every sheet as one dense block up to its last filled cell: a workbook of 6 kB
with one value in XFD1048576 makes it ask for 500 GB and takes the whole process down. So first the archive is
judged by its directory and the sheets are scanned for far-off cells.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

# A list that unpacks to more than this, or to 200 times its size, is no list of 630 offices.
MAKS_TERURAI = 60 * 1024 * 1024
MAKS_RASIO = 200
MAKS_ANGGOTA = 500
MAKS_BARIS = 20_000
MAKS_KOLOM = 200
_POTONGAN = 64 * 1024
_ACUAN = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BERISI = frozenset({"v", "is", "f", "t"})


class BerkasSalah(ValueError):
    """The file as a whole cannot be read as a list; `pesan` is the sentence for the person."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


def baca_buku(isi: bytes) -> list[tuple[str, list[list[str]]]]:
    """(sheet name, rows of text) of every sheet, counted from the sheet's own row 1. Raises BerkasSalah."""
    periksa_buku(isi)
    try:
        buku = CalamineWorkbook.from_filelike(io.BytesIO(isi))
        return [(nama, _sel_lembar(buku, nama)) for nama in buku.sheet_names]
    except CalamineError as sebab:
        raise BerkasSalah(
            "Berkas XLSX rusak atau terkunci kata sandi. Buka di Excel atau LibreOffice, "
            "simpan ulang sebagai .xlsx tanpa kata sandi, lalu ulangi."
        ) from sebab


def periksa_buku(isi: bytes) -> None:
    """Refuse (BerkasSalah) what is no workbook, swells beyond reason, or has cells far outside any table."""
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
            _tolak_isi_arsip(arsip.infolist())
            for info in _bagian_diperiksa(arsip):
                _tolak_sel_jauh(arsip, info)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as sebab:
        raise BerkasSalah("Berkas rusak: arsipnya tidak dapat dibuka. Minta berkas yang utuh.") from sebab
    except (expat.ExpatError, ValueError, OSError, zlib.error) as sebab:
        if isinstance(sebab, BerkasSalah):
            raise
        raise BerkasSalah("Berkas XLSX rusak: isinya tidak terbaca. Minta berkas yang utuh.") from sebab


def _tolak_isi_arsip(anggota: list[zipfile.ZipInfo]) -> None:
    nama = {info.filename for info in anggota}
    # The reader falls back to other office formats; only this one is checked here.
    if "xl/workbook.xml" not in nama or nama & {"content.xml", "xl/workbook.bin"}:
        raise BerkasSalah(
            "Berkas ini arsip, tetapi bukan buku kerja XLSX. Buka daftarnya di Excel atau LibreOffice, "
            "simpan sebagai .xlsx atau CSV, lalu ulangi."
        )
    terurai = sum(info.file_size for info in anggota)
    dimampatkan = max(1, sum(info.compress_size for info in anggota))
    if len(anggota) > MAKS_ANGGOTA or terurai > MAKS_TERURAI or terurai > MAKS_RASIO * dimampatkan:
        raise BerkasSalah(
            "Berkas XLSX ini membesar secara tidak wajar ketika dibuka, sehingga tidak dibaca. "
            "Salin daftarnya ke buku kerja baru, simpan, lalu ulangi."
        )


# --- cells far outside the table ------------------------------------------------------------------


class _Pencari:
    """Listens to one part of the workbook and refuses a filled cell beyond MAKS_BARIS × MAKS_KOLOM.

    Formatting alone may reach the last row (LibreOffice writes it so); only cells with content count.
    """

    def __init__(self) -> None:
        self.baris = self.kolom = 0
        self.dalam_sel = False

    def mulai(self, nama: str, atribut: dict[str, str]) -> None:
        elemen = nama.rpartition(":")[2]
        if elemen == "row":
            self.baris, self.kolom = _bilangan(atribut.get("r"), self.baris + 1), 0
        elif elemen == "c":
            self._pindah(atribut.get("r"))
            self.dalam_sel = True
        elif self.dalam_sel and elemen in _BERISI:
            self._tolak_bila_jauh()

    def selesai(self, nama: str) -> None:
        if nama.rpartition(":")[2] == "c":
            self.dalam_sel = False

    def _pindah(self, acuan: str | None) -> None:
        cocok = _ACUAN.fullmatch(acuan.upper()) if acuan else None
        self.kolom = _nomor_kolom(cocok[1]) if cocok else self.kolom + 1
        self.baris = int(cocok[2]) if cocok else self.baris

    def _tolak_bila_jauh(self) -> None:
        if self.baris > MAKS_BARIS or self.kolom > MAKS_KOLOM:
            raise BerkasSalah(
                f"Ada sel terisi jauh di luar tabel (baris {self.baris}, kolom ke-{self.kolom}). "
                "Hapus baris dan kolom di luar daftar, simpan, lalu ulangi."
            )


def _bagian_diperiksa(arsip: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Every part, since a workbook may keep its sheets under any name. Only the drawings of old comments,
    which are often no proper XML, are left out, and then no sheet may be one."""
    acuan = [arsip.read(nama) for nama in arsip.namelist() if nama.endswith("workbook.xml.rels")]
    if any(b".vml" in isi.lower() for isi in acuan):
        raise BerkasSalah("Berkas XLSX rusak: lembarnya tersimpan di tempat yang salah.")
    return [info for info in arsip.infolist() if not info.filename.lower().endswith(".vml")]


def _tolak_sel_jauh(arsip: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with arsip.open(info) as bagian:
        potongan = bagian.read(_POTONGAN)
        if not potongan.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
            return
        pencari = _Pencari()
        pembaca = expat.ParserCreate()
        pembaca.StartElementHandler = pencari.mulai
        pembaca.EndElementHandler = pencari.selesai
        pembaca.StartDoctypeDeclHandler = _tolak_doctype
        while potongan:
            pembaca.Parse(potongan, False)
            potongan = bagian.read(_POTONGAN)
        pembaca.Parse(b"", True)


def _tolak_doctype(*_: object) -> None:
    raise BerkasSalah("Berkas XLSX memuat deklarasi yang tidak dikenal, sehingga tidak dibaca.")


def _bilangan(teks: str | None, bawaan: int) -> int:
    return int(teks) if teks and teks.isascii() and teks.isdigit() and len(teks) <= 9 else bawaan


def _nomor_kolom(huruf: str) -> int:
    """'A' → 1, 'Z' → 26, 'AA' → 27."""
    nomor = 0
    for satu in huruf:
        nomor = nomor * 26 + ord(satu) - 64
    return nomor


# --- cells ----------------------------------------------------------------------------------------


def _sel_lembar(buku: CalamineWorkbook, nama: str) -> list[list[str]]:
    # skip_empty_area=False keeps row 1 of the array row 1 of the sheet, so line numbers are true.
    isi = buku.get_sheet_by_name(nama).to_python(skip_empty_area=False)
    return [[tulis_sel(nilai) for nilai in baris] for baris in isi]


def tulis_sel(nilai: object) -> str:
    """A typed cell as the text a person sees: 14.0 → '14', 1.5 → '1,5', a date → ISO."""
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, float):
        return str(int(nilai)) if nilai.is_integer() else str(nilai).replace(".", ",")
    if isinstance(nilai, datetime):
        return nilai.date().isoformat()
    if isinstance(nilai, date | time):
        return nilai.isoformat()
    return rapikan(str(nilai))


def rapikan(sel: str) -> str:
    """One line, single spaces, no invisible marks; hard spaces from web pages are spaces."""
    return " ".join(sel.replace("\u200b", "").replace("\ufeff", "").split())
