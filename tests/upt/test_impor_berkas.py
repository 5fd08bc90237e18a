"""Reading a file somebody was sent: encodings, separators, workbooks, and files that are no list."""

import io
import zipfile
import zlib
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from upt.impor_berkas import MAKS_BITA, BerkasSalah, Lembar, baca_lembar
from upt.impor_buku import MAKS_BARIS, periksa_buku, tulis_sel

TEKS = "kode;nama;kanwil\r\n007;Lapas Kelas IIA Ambon;81\r\n"


def buku(*baris: tuple[Any, ...], sel: dict[tuple[int, int], Any] | None = None) -> bytes:
    keluaran = io.BytesIO()
    kerja = xlsxwriter.Workbook(keluaran, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    lembar = kerja.add_worksheet("Daftar")
    for n, isi in enumerate(baris):
        lembar.write_row(n, 0, isi)
    for (n, kolom), isi in (sel or {}).items():
        lembar.write(n, kolom, isi)
    kerja.close()
    return keluaran.getvalue()


def ganti_bagian(isi: bytes, nama: str, baru: bytes) -> bytes:
    keluaran = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(isi)) as lama,
        zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip,
    ):
        for info in lama.infolist():
            arsip.writestr(info.filename, baru if info.filename == nama else lama.read(info))
    return keluaran.getvalue()


def titik_koma(lembar: list[Lembar]) -> list[tuple[str, ...]]:
    return next([baris.sel for baris in satu.baris] for satu in lembar if "';'" in satu.nama)


@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_setiap_sandi_terbaca_sama(sandi: str) -> None:
    lembar = baca_lembar(TEKS.encode(sandi))
    assert titik_koma(lembar) == [("kode", "nama", "kanwil"), ("007", "Lapas Kelas IIA Ambon", "81")]


def test_windows_1252_dengan_tanda_khusus() -> None:
    lembar = baca_lembar("nama;kota\nLapas Kelas III Ba’a;Rote – Ndao\n".encode("cp1252"))
    assert titik_koma(lembar)[1] == ("Lapas Kelas III Ba’a", "Rote – Ndao")


def test_nomor_baris_adalah_baris_di_penyunting() -> None:
    satu = baca_lembar(b'nama,alamat\n"A","Jalan\nSatu"\nB,Dua\n')[0]
    assert [(baris.nomor, baris.sel) for baris in satu.baris] == [
        (1, ("nama", "alamat")),
        (2, ("A", "Jalan Satu")),
        (4, ("B", "Dua")),
    ]


def test_sel_buku_menjadi_teks_apa_adanya() -> None:
    isi = buku(("kode", "kanwil", "kapasitas", "tanggal"), ("0012", 81, 1.5, date(2025, 3, 1)))
    assert baca_lembar(isi)[0].baris[1].sel == ("0012", "81", "1,5", "2025-03-01")


def test_baris_kosong_di_atas_tabel_tetap_dihitung() -> None:
    isi = buku(sel={(4, 1): "nama", (5, 1): "Lapas"})
    satu = baca_lembar(isi)[0]
    assert [baris.nomor for baris in satu.baris if not baris.kosong] == [5, 6]


@pytest.mark.parametrize(
    ("nilai", "teks"), [(True, "ya"), (14.0, "14"), (0.5, "0,5"), (7, "7"), (" a \u00a0 b\u200b", "a b")]
)
def test_tulis_sel(nilai: object, teks: str) -> None:
    assert tulis_sel(nilai) == teks


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (b"", "kosong"),
        (b" \r\n\t ", "kosong"),
        (b"x" * (MAKS_BITA + 1), "lebih dari 5 MB"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x01\x02", "bukan tabel"),
        (b"%PDF-1.7\n%\x81\x8d\x8f\x90\x9d\n\x01\x02", "bukan tabel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xlsx"),
        (b"PK\x03\x04 bukan arsip", "rusak"),
        (b'nama,kota\n"Lapas,Ambon\n', "tanda kutip"),
        (b"," * 300, "kolom"),
        (b"a\n" * (MAKS_BARIS + 1), "baris"),
    ],
)
def test_berkas_salah_dijelaskan(isi: bytes, kata: str) -> None:
    with pytest.raises(BerkasSalah) as galat:
        baca_lembar(isi)
    assert kata in galat.value.pesan


def test_arsip_biasa_bukan_buku_kerja() -> None:
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w") as arsip:
        arsip.writestr("daftar.csv", "nama\nLapas")
    with pytest.raises(BerkasSalah, match="bukan buku kerja"):
        baca_lembar(keluaran.getvalue())


def test_dokumen_format_lain_tidak_dibuka_lewat_pintu_ini() -> None:
    """The reader would fall back to ODS, whose repeat counts nothing here checks."""
    keluaran = io.BytesIO(buku(("nama",), ("Lapas",)))
    with zipfile.ZipFile(keluaran, "a") as arsip:
        arsip.writestr("content.xml", "<x/>")
    with pytest.raises(BerkasSalah, match="bukan buku kerja"):
        baca_lembar(keluaran.getvalue())


def test_bom_zip_ditolak_dari_daftar_isinya() -> None:
    keluaran = io.BytesIO(buku(("nama",), ("Lapas",)))
    with zipfile.ZipFile(keluaran, "a", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("xl/media/besar.bin", b"\0" * 20_000_000)
    assert len(keluaran.getvalue()) < 100_000
    with pytest.raises(BerkasSalah, match="membesar secara tidak wajar"):
        baca_lembar(keluaran.getvalue())


def test_sel_terisi_di_ujung_lembar_ditolak_sebelum_memori_habis() -> None:
    """Opening it would make the reader ask for 500 GB and take the process down."""
    isi = buku(("nama",), sel={(1_048_575, 16_383): "x"})
    with pytest.raises(BerkasSalah, match="baris 1048576"):
        baca_lembar(isi)


def test_sel_jauh_tanpa_acuan_tetap_ketahuan() -> None:
    lembar = (
        b'<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<x:sheetData><x:row r="1048576"><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    with pytest.raises(BerkasSalah, match="baris 1048576"):
        periksa_buku(ganti_bagian(buku(("nama",)), "xl/worksheets/sheet1.xml", lembar))


def test_pewarnaan_sampai_baris_terakhir_bukan_isi() -> None:
    """LibreOffice writes formatting down to the last row; that is no content."""
    lembar = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>nama</t></is></c></row>'
        b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData></worksheet>'
    )
    satu = baca_lembar(ganti_bagian(buku(("nama",)), "xl/worksheets/sheet1.xml", lembar))[0]
    assert [baris.sel for baris in satu.baris] == [("nama",)]


def test_deklarasi_entitas_ditolak() -> None:
    lembar = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(BerkasSalah, match="deklarasi"):
        periksa_buku(ganti_bagian(buku(("nama",)), "xl/worksheets/sheet1.xml", lembar))


def test_lembar_di_tempat_gambar_ditolak() -> None:
    isi = buku(("nama",))
    acuan = zipfile.ZipFile(io.BytesIO(isi)).read("xl/_rels/workbook.xml.rels").replace(b"sheet1.xml", b"s.VML")
    with pytest.raises(BerkasSalah, match="rusak"):
        periksa_buku(ganti_bagian(isi, "xl/_rels/workbook.xml.rels", acuan))


def test_isi_yang_rusak_setelah_daftar_isi() -> None:
    isi = bytearray(buku(("nama", "kota"), ("Lapas Kelas IIA Ambon", "Ambon")))
    awal = isi.index(b"xl/worksheets/sheet1.xml") + 24
    isi[awal : awal + 40] = zlib.compress(b"salah")[:1] * 40
    with pytest.raises(BerkasSalah, match="rusak"):
        baca_lembar(bytes(isi))
