"""The gate before the parser: is this an Excel workbook, and is it safe to unpack? Pure; no Django.

An .xlsx is a zip of XML. Everything a zip can lie about is checked here against what it really holds, with the
cheapest checks first: a bomb is refused by its directory, a lying directory by unpacking no more than it declares.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from pelaporan.buku import batas
from pemasyarakatan.inti.galat import GalatPortal

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SANDI = "EncryptedPackage".encode("utf-16-le")
_AKHIR = struct.Struct("<4s4H2LH")
_SETEMPAT = struct.Struct("<4s5H3L2H")
BAGIAN_XLSX = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
BAGIAN_ODS = frozenset({"mimetype", "content.xml"})
_UTAMA = b"spreadsheetml.sheet.main+xml"
_AKTIF = re.compile(
    r"(^|/)(vbaproject|vbadata|oleobject|embeddings/|externallinks/|activex|ctrlprops/|macrosheets/|dialogsheets/"
    r"|connections\.xml|querytables/|customui|attachedtoolbars)",
    re.IGNORECASE,
)
_ISI_ZIP = re.compile(rb"PK\x03\x04|PK\x05\x06")
_LUAR = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_DEKLARASI = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_RUSAK = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

BUKAN_EXCEL = (
    "Berkas ini bukan buku kerja Excel (.xlsx). Buka templatnya di Excel atau LibreOffice, isi, lalu simpan "
    "sebagai .xlsx."
)
RUSAK = "Berkas rusak atau terpotong, jadi tidak dibaca. Simpan ulang dari Excel sebagai .xlsx, lalu unggah lagi."
BERSANDI = "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus sandinya (Info, Proteksi), lalu unggah lagi."
BERMAKRO = (
    "Berkas memuat makro, objek tertanam, atau tautan ke berkas lain. Salin isiannya ke templat dari portal, lalu "
    "simpan sebagai .xlsx biasa."
)
TERLALU_BESAR = f"Berkas lebih dari {batas.BERKAS_MAKS // 1024**2} MB. Unggah templat dari portal, tanpa gambar."
BENGKAK = (
    "Isi berkas membengkak jauh melebihi ukuran templat, jadi tidak dibaca. Unduh templat baru, lalu salin isinya."
)


class GalatBerkas(GalatPortal):
    """The file itself is refused; `status` is the HTTP answer (400 damaged, 413 too large, 415 another type)."""

    def __init__(self, pesan: str, status: int = 400) -> None:
        super().__init__(pesan)
        self.status = status


def periksa(isi: bytes) -> None:
    """The whole gate: let a plain .xlsx through; raise GalatBerkas for anything else."""
    periksa_luar(isi)
    for _ in bongkar(isi):
        pass


def periksa_luar(isi: bytes, bagian: frozenset[str] = BAGIAN_XLSX) -> None:
    """What can be said without unpacking anything: cheap enough to be asked before a child is started. `bagian` are
    the parts that this kind of file must have."""
    if not isi:
        raise GalatBerkas("Berkas kosong (0 bita). Pilih berkas yang sudah disimpan.")
    if len(isi) > batas.BERKAS_MAKS:
        raise GalatBerkas(TERLALU_BESAR, 413)
    if isi.startswith(_OLE):
        raise GalatBerkas(BERSANDI, 400) if _SANDI in isi[:65536] else GalatBerkas(BUKAN_EXCEL, 415)
    if not isi.startswith(_ZIP):
        raise GalatBerkas(BUKAN_EXCEL, 415)
    _periksa_akhir(isi)
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
            _periksa_direktori(arsip.infolist(), bagian)
    except _RUSAK as g:
        raise GalatBerkas(RUSAK) from g


def bongkar(isi: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of a file that `periksa_luar` let through, unpacked once and looked at: its path and its bytes.

    Runs in the bounded child; nothing is parsed as a workbook yet."""
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
            for satu in arsip.infolist():
                bagian = _bongkar(arsip, satu)
                _periksa_bagian(satu.filename, bagian)
                yield satu.filename, bagian
    except _RUSAK as g:
        raise GalatBerkas(RUSAK) from g


def _periksa_akhir(isi: bytes) -> None:
    """The end record says how large the directory is; it is not read when that is too much."""
    tempat = isi.rfind(b"PK\x05\x06", max(0, len(isi) - 65557))
    if tempat < 0 or len(isi) < tempat + _AKHIR.size:
        raise GalatBerkas(RUSAK)
    _, _, _, _, entri, ukuran, _, _ = _AKHIR.unpack_from(isi, tempat)
    if entri > batas.ENTRI_MAKS or ukuran > batas.DIREKTORI_MAKS:
        raise GalatBerkas(BENGKAK, 413)


def _periksa_direktori(semua: list[zipfile.ZipInfo], bagian: frozenset[str]) -> None:
    if len(semua) > batas.ENTRI_MAKS or sum(s.file_size for s in semua) > batas.BONGKAR_MAKS:
        raise GalatBerkas(BENGKAK, 413)
    nama = [s.filename for s in semua]
    if len({n.casefold() for n in nama}) != len(nama):
        raise GalatBerkas(RUSAK)
    for satu in semua:
        _periksa_entri(satu)
    if not bagian <= set(nama):
        raise GalatBerkas(BUKAN_EXCEL, 415)


def _periksa_entri(satu: zipfile.ZipInfo) -> None:
    nama = satu.orig_filename
    if _nama_liar(nama) or stat.S_ISLNK(satu.external_attr >> 16):
        raise GalatBerkas(RUSAK)
    if satu.flag_bits & 0x1:
        raise GalatBerkas(BERSANDI)
    if _AKTIF.search(nama):
        raise GalatBerkas(BERMAKRO)
    padat = satu.file_size > batas.RASIO_MULAI and satu.file_size > batas.RASIO_MAKS * max(satu.compress_size, 1)
    if satu.file_size > batas.BONGKAR_ENTRI_MAKS or padat:
        raise GalatBerkas(BENGKAK, 413)


def _nama_liar(nama: str) -> bool:
    """Absolute, climbing out, with a drive letter, a backslash or a control character."""
    return (
        nama.startswith("/") or "\\" in nama or ":" in nama or ".." in nama.split("/") or any(ord(h) < 32 for h in nama)
    )


def _periksa_bagian(nama: str, isi: bytes) -> None:
    if _ISI_ZIP.match(isi) or isi.startswith(_OLE):
        raise GalatBerkas(BERMAKRO if isi.startswith(_OLE) else RUSAK)
    if nama.endswith((".xml", ".rels", ".vml")):
        _periksa_xml(nama, isi)


def _bongkar(arsip: zipfile.ZipFile, satu: zipfile.ZipInfo) -> bytes:
    """One entry, never more of it than its directory row declares; length and checksum must be as declared."""
    berkas = arsip.fp
    assert berkas is not None
    berkas.seek(satu.header_offset)
    kepala = _SETEMPAT.unpack(berkas.read(_SETEMPAT.size))
    if kepala[0] != _ZIP or berkas.read(kepala[9]) != satu.orig_filename.encode("utf-8"):
        raise zipfile.BadZipFile("local header")
    berkas.seek(kepala[10], io.SEEK_CUR)
    isi = _kembangkan(berkas.read(satu.compress_size), satu)
    if len(isi) != satu.file_size or zlib.crc32(isi) != satu.CRC:
        raise zipfile.BadZipFile("length or checksum")
    return isi


def _kembangkan(padat: bytes, satu: zipfile.ZipInfo) -> bytes:
    if satu.compress_type == zipfile.ZIP_STORED:
        return padat
    if satu.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("method")
    return zlib.decompressobj(-15).decompress(padat, satu.file_size + 1)


def _periksa_xml(nama: str, isi: bytes) -> None:
    if b"\x00" in isi or isi.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise GalatBerkas(RUSAK)
    if b"<!" in isi and _DEKLARASI.search(isi):
        raise GalatBerkas(
            "Berkas memuat deklarasi XML yang tidak dipakai Excel, jadi tidak dibaca. Unduh templat baru."
        )
    if nama == "[Content_Types].xml":
        if b"macroEnabled" in isi or b"vbaProject" in isi:
            raise GalatBerkas(BERMAKRO)
        if _UTAMA not in isi:
            raise GalatBerkas(BUKAN_EXCEL, 415)
    if nama.endswith(".rels") and any(b"/hyperlink" not in cocok for cocok in _LUAR.findall(isi)):
        raise GalatBerkas(BERMAKRO)
