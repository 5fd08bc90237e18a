"""Cases 43 to 51: hostile and broken files, refused before a cell is read."""

from __future__ import annotations

import io
import re
import resource
import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client, override_settings

from pelaporan.buku import baca
from pelaporan.models import Unggahan
from tests.dunia import Dunia
from tests.pelaporan import test_buku as bantu
from tests.serangan.buku.alat import SEL, cepat, ditolak, entri, lembar_dengan, tolak_arsip, ubah_zip

# ---------------------------------------------------------------- the file itself


def test_43_kosong_dan_terlalu_besar(unggah: Any) -> None:
    ditolak(unggah(b""), 400, "Berkas kosong")
    ditolak(unggah(b"PK\x03\x04" + bytes(26 * 1024 * 1024 - 4)), 413, "25 MB")


def test_43_lebih_dari_batas_permintaan_tidak_ditulis_ke_berkas_sementara(unggah: Any, tmp_path: Path) -> None:
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        ditolak(unggah(bytes(28 * 1024 * 1024)), 413, "25 MB")
    assert not list(tmp_path.iterdir())


def test_43_panjang_yang_dinyatakan_bohong(dunia: Dunia, klien: Client) -> None:
    badan = b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a.xlsx"\r\n\r\nPK\x03\x04'
    for panjang in ("9999999", "40"):
        lain: dict[str, Any] = {"CONTENT_LENGTH": panjang, "wsgi.input": io.BytesIO(badan)}
        jawaban = klien.generic("POST", bantu.alamat(dunia), badan, "multipart/form-data; boundary=x", **lain)
        ditolak(jawaban, 400)


@pytest.mark.parametrize(
    "isi",
    [
        b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n....", b"<html><table></table></html>", b"MZ\x90\x00....",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"kode;nilai\nF06.wbp;3\n",
    ],
    ids=["pdf", "png", "html", "exe", "xls", "csv"],
)  # fmt: skip
def test_44_bukan_xlsx_walau_namanya_xlsx(unggah: Any, isi: bytes) -> None:
    ditolak(unggah(isi), 415, "bukan buku kerja Excel")


def test_44_zip_lain_bukan_buku_kerja(unggah: Any) -> None:
    aliran = io.BytesIO()
    with zipfile.ZipFile(aliran, "w") as z:
        z.writestr("word/document.xml", "<w/>")
        z.writestr("[Content_Types].xml", "<Types/>")
    ditolak(unggah(aliran.getvalue()), 415)


def test_45_bom_zip_ditolak_dari_direktorinya(templat: bytes) -> None:
    bom = ubah_zip(templat, tambah={"xl/media/a.bin": bytes(240 * 1024 * 1024)})
    assert len(bom) < 1024 * 1024
    awal = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cepat(lambda: tolak_arsip(bom, 413))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - awal < 20 * 1024


def test_45_seratus_ribu_entri(templat: bytes) -> None:
    aliran = io.BytesIO(templat)
    with zipfile.ZipFile(aliran, "a") as z:
        for n in range(100_000):
            z.writestr(f"x/{n}", b"")
    cepat(lambda: tolak_arsip(aliran.getvalue(), 413))


def test_45_direktori_yang_menyatakan_sedikit_entri(templat: bytes) -> None:
    """The end record says three entries; the directory holds many more."""
    aliran = io.BytesIO(templat)
    with zipfile.ZipFile(aliran, "a") as z:
        for n in range(1000):
            z.writestr(f"x/{n}", b"")
    isi = bytearray(aliran.getvalue())
    akhir = isi.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", isi, akhir + 8, 3, 3)
    tolak_arsip(bytes(isi), 413)


def test_45_zip_di_dalam_zip(unggah: Any, templat: bytes) -> None:
    ditolak(unggah(ubah_zip(templat, tambah={"xl/media/dalam.zip": templat})), 400)


def _bohongi(isi: bytes, nama: bytes, ukuran: int) -> bytes:
    """Declare another unpacked size in the directory and in the local header."""
    hasil = bytearray(isi)
    pusat = hasil.find(b"PK\x01\x02")
    while hasil[pusat + 46 : pusat + 46 + len(nama)] != nama:
        pusat = hasil.find(b"PK\x01\x02", pusat + 4)
    struct.pack_into("<L", hasil, pusat + 24, ukuran)
    (setempat,) = struct.unpack_from("<L", hasil, pusat + 42)
    struct.pack_into("<L", hasil, setempat + 22, ukuran)
    return bytes(hasil)


def test_46_direktori_bohong_tentang_ukuran(unggah: Any, templat: bytes) -> None:
    bom = ubah_zip(templat, tambah={"xl/media/a.bin": bytes(120 * 1024 * 1024)})
    bohong = _bohongi(bom, b"xl/media/a.bin", 1000)
    cepat(lambda: tolak_arsip(bohong, 400))
    ditolak(unggah(bohong), 400, "rusak")
    tolak_arsip(_bohongi(templat, b"xl/workbook.xml", 10), 400)
    tolak_arsip(_bohongi(templat, b"xl/workbook.xml", 999_999), 400)


# ---------------------------------------------------------------- sheets


def test_47_dimensi_bohong_tidak_dipercaya(dunia: Dunia, unggah: Any, templat: bytes) -> None:
    jalur = lembar_dengan(templat, b"F06.wbp<")
    xml = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', entri(templat, jalur))
    satu = bantu.unggahan(unggah(ubah_zip(templat, {jalur: xml})))
    assert satu.status == Unggahan.Status.DIPERIKSA
    assert bantu.rencana(satu) == {}


def _sisipkan(templat: bytes, isi: bytes) -> bytes:
    """Rows below the last one of a section sheet."""
    jalur = lembar_dengan(templat, b"F06.wbp<")
    return ubah_zip(templat, {jalur: entri(templat, jalur).replace(b"</sheetData>", isi + b"</sheetData>")})


def test_47_dua_ratus_ribu_baris_kosong_bergaya_tidak_mengganggu(unggah: Any, templat: bytes) -> None:
    """What Excel leaves behind when somebody coloured whole columns: nothing is in it, so nothing is refused."""
    kosong = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(500, 200_500))
    satu = bantu.unggahan(unggah(_sisipkan(templat, kosong)))
    assert satu.status == Unggahan.Status.DIPERIKSA
    assert bantu.rencana(satu) == {}


def test_47_sejuta_baris_kosong_bergaya_ditolak_sebelum_dibongkar(unggah: Any, templat: bytes) -> None:
    kosong = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(500, 1_000_500))
    isi = _sisipkan(templat, kosong)
    cepat(lambda: tolak_arsip(isi, 413))
    ditolak(unggah(isi), 413, "Unduh templat baru")


def test_47_enam_belas_ribu_kolom(unggah: Any, templat: bytes) -> None:
    """A row to the last column that Excel has: cells that are only styled are nothing, filled ones are refused."""
    kolom = [baca.huruf_kolom(n).encode() for n in range(1, 16_385)]
    assert kolom[-1] == b"XFD"
    kosong = b'<row r="900">%b</row>' % b"".join(b'<c r="%b900" s="1"/>' % k for k in kolom)
    assert bantu.unggahan(unggah(_sisipkan(templat, kosong))).status == Unggahan.Status.DIPERIKSA
    penuh = b'<row r="900">%b</row>' % b"".join(b'<c r="%b900"><v>1</v></c>' % k for k in kolom)
    jawaban = unggah(_sisipkan(templat, penuh))
    assert jawaban.status_code == 400
    assert "jauh lebih besar daripada templat" in jawaban.content.decode()


@pytest.mark.parametrize("tulisan", [b"r='XFD1048576'", b'r = "XFD1048576"', b'r\n="XFD1048576"'])
def test_47_alamat_yang_ditulis_aneh_tidak_memakan_memori_web(
    klien: Client, dunia: Dunia, unggah: Any, templat: bytes, tulisan: bytes
) -> None:
    jauh = b'<row r="1048576"><c %b><v>1</v></c></row>' % tulisan
    awal = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    jawaban = unggah(_sisipkan(templat, jauh))
    if jawaban.status_code != 400:  # the child died over it, or the reader passed by: nothing is planned either way
        assert bantu.rencana(bantu.unggahan(jawaban)) == {}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - awal < 64 * 1024
    assert klien.get(bantu.alamat(dunia)).status_code == 200


@pytest.mark.parametrize("acuan", ["A1048576", "XFD6"])
def test_47_sel_jauh_di_luar_templat_ditolak(unggah: Any, templat: bytes, acuan: str) -> None:
    jalur = lembar_dengan(templat, b"F06.wbp<")
    baris = re.sub(r"\D", "", acuan)
    jauh = f'<row r="{baris}"><c r="{acuan}"><v>1</v></c></row></sheetData>'.encode()
    xml = entri(templat, jalur).replace(b"</sheetData>", jauh)
    ditolak(unggah(ubah_zip(templat, {jalur: xml})), 400, "jauh lebih besar daripada templat")


@pytest.mark.parametrize(
    "awal",
    [
        b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 50_000 + b'">]>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
    ids=["billion-laughs", "kuadratik", "xxe", "dtd-luar"],
)
def test_48_deklarasi_xml_ditolak_sebelum_diurai(unggah: Any, templat: bytes, awal: bytes) -> None:
    for nama in ("xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"):
        xml = entri(templat, nama).replace(b"?>", b"?>" + awal, 1)
        ditolak(unggah(ubah_zip(templat, {nama: xml})), 400, "deklarasi XML")


def test_48_xml_utf16_tidak_menyelundupkan_deklarasi(unggah: Any, templat: bytes) -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")
    ditolak(unggah(ubah_zip(templat, {"xl/workbook.xml": xml})), 400)


@pytest.mark.parametrize(
    "nama",
    [
        "xl/vbaProject.bin", "xl/embeddings/oleObject1.bin", "xl/externalLinks/externalLink1.xml",
        "xl/activeX/activeX1.xml", "xl/connections.xml", "xl/macrosheets/sheet1.xml",
    ],
)  # fmt: skip
def test_49_makro_objek_dan_tautan_luar_ditolak(unggah: Any, templat: bytes, nama: str) -> None:
    ditolak(unggah(ubah_zip(templat, tambah={nama: b"<x/>"})), 400, "makro, objek tertanam, atau tautan")


def test_49_xlsm_dan_hubungan_ke_luar_ditolak(unggah: Any, templat: bytes) -> None:
    jenis = entri(templat, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    ditolak(unggah(ubah_zip(templat, {"[Content_Types].xml": jenis})), 400, "makro")
    luar = b'<Relationship Id="rX" Type="http://x/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>'
    rels = entri(templat, "xl/_rels/workbook.xml.rels").replace(b"</Relationships>", luar + b"</Relationships>")
    ditolak(unggah(ubah_zip(templat, {"xl/_rels/workbook.xml.rels": rels})), 400)


def test_49_lembar_tersembunyi_diabaikan_dan_dilaporkan(unggah: Any, templat: bytes) -> None:
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    for nama, keadaan in (("Rahasia", "hidden"), ("Sangat", "veryHidden")):
        ws = buku.create_sheet(nama)
        ws.sheet_state = keadaan
        ws.append(["Kode", "Bulan ini"])
        ws.append([SEL, 77])
    satu = bantu.unggahan(unggah(bantu.tulis(buku)))
    assert bantu.rencana(satu) == {}
    assert [a for a in satu.rencana["abaikan"] if "Rahasia" in a]
    assert [a for a in satu.rencana["abaikan"] if "Sangat" in a]


def test_50_buku_bersandi_mendapat_pesan_jelas(unggah: Any) -> None:
    isi = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    ditolak(unggah(isi), 400, "dikunci dengan kata sandi")


@pytest.mark.parametrize("nama", ["../../luar.xml", "/etc/x.xml", "C:\\x.xml", "xl\\..\\..\\x", "xl/WORKBOOK.xml"])
def test_51_nama_entri_liar(unggah: Any, templat: bytes, nama: str) -> None:
    ditolak(unggah(ubah_zip(templat, tambah={nama: b"<x/>"})), 400)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_51_entri_ganda_dan_tautan_simbolik(unggah: Any, templat: bytes) -> None:
    ditolak(unggah(ubah_zip(templat, tambah={"xl/workbook.xml": b"<x/>"})), 400)
    aliran = io.BytesIO(templat)
    with zipfile.ZipFile(aliran, "a") as z:
        tautan = zipfile.ZipInfo("xl/media/tautan")
        tautan.external_attr = 0o120777 << 16
        z.writestr(tautan, "/etc/passwd")
    ditolak(unggah(aliran.getvalue()), 400)
