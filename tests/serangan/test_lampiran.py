"""Hostile uploads as evidence: cases 43 to 46, 57 and 58 of the threat list, for photos and PDF files."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import transaction
from django.test import override_settings

from pelaporan.lampiran.batas import NAMA_MAKS, TIPE, UKURAN_MAKS
from pelaporan.lampiran.nama import disposisi, nama_tampil
from pelaporan.lampiran.periksa import TerlaluBesar, periksa
from pelaporan.models import Berkas, Laporan
from pemasyarakatan.inti import pemindai
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import EICAR, PDF, foto, png_bom
from tests.pelaporan.bantu import alamat
from upt.cakupan import SISTEM, terpasang


def unggah(klien: Any, laporan: Laporan, isi: bytes, nama: str = "foto.jpg", jenis: str = "image/jpeg") -> Any:
    berkas = SimpleUploadedFile("x", isi, content_type=jenis)
    berkas._name = nama  # what a browser would never send, curl does
    return klien.post(alamat(laporan, "lampiran"), {"berkas": berkas, "keterangan": ""})


def berkas_ada() -> bool:
    with terpasang(SISTEM):
        return Berkas.objects.exists()


@pytest.fixture
def laporan(dunia: Dunia) -> Laporan:
    return dunia.laporan(dunia.ambon)


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Any:
    return masuk(dunia.operator_ambon)


# 43 ------------------------------------------------------------------------------------------------------------


def test_43_kosong_dan_terlalu_besar(klien: Any, laporan: Laporan) -> None:
    assert unggah(klien, laporan, b"").status_code == 400
    assert unggah(klien, laporan, foto() + b"\0" * UKURAN_MAKS).status_code == 413
    assert unggah(klien, laporan, b"\xff\xd8\xff" + b"\0" * (19 * 1024 * 1024)).status_code == 413
    assert not berkas_ada()


@override_settings(UNGGAHAN_MAKS=200_000)
def test_43_batas_dijaga_selama_mengalir_bukan_sesudahnya(
    klien: Any, laporan: Laporan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The announced length is not believed: a body that goes on is cut where the limit is."""
    from pemasyarakatan.inti.unggah import BatasUnggahan

    monkeypatch.setattr(BatasUnggahan, "handle_raw_input", lambda *a, **k: None)  # as if nothing had been announced
    diterima: list[int] = []
    asli = MemoryFileUploadHandler.receive_data_chunk

    def hitung(self: Any, raw_data: bytes, start: int) -> Any:
        diterima.append(len(raw_data))
        return asli(self, raw_data, start)

    monkeypatch.setattr(MemoryFileUploadHandler, "receive_data_chunk", hitung)
    jawaban = unggah(klien, laporan, b"\0" * 700_000)
    assert jawaban.status_code == 413
    assert "terlalu besar" in jawaban.content.decode()
    assert sum(diterima) <= 200_000
    assert not berkas_ada()


# 44 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "isi",
    [b"<html><script>alert(1)</script>", b"MZ\x90\0" + b"\0" * 64, b"PK\x03\x04" + b"\0" * 64, b"GIF89a" + b"\0" * 20,
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a;b;c\n", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
     b" %PDF-1.4", b"RIFF\0\0\0\0WAVE"],
)  # fmt: skip
def test_44_isi_menentukan_bukan_nama(klien: Any, laporan: Laporan, isi: bytes) -> None:
    for nama, jenis in (("foto.jpg", "image/jpeg"), ("surat.pdf", "application/pdf")):
        assert unggah(klien, laporan, isi, nama, jenis).status_code == 415
    assert not berkas_ada()


def test_44_nama_yang_bohong_dibetulkan(klien: Any, laporan: Laporan) -> None:
    assert unggah(klien, laporan, PDF, "foto.jpg", "text/html").status_code == 302
    with terpasang(SISTEM):
        satu = Berkas.objects.get()
    assert (satu.tipe, satu.nama) == ("application/pdf", "foto.jpg.pdf")


@pytest.mark.parametrize(
    "tanda", [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/Encrypt", b"/J#61vaScript"]
)
def test_44_pdf_yang_bertindak_ditolak(klien: Any, laporan: Laporan, tanda: bytes) -> None:
    assert unggah(klien, laporan, PDF.replace(b"/Pages", tanda + b" 9 0 R/Pages")).status_code == 400
    assert not berkas_ada()


def test_44_pdf_terpotong_ditolak() -> None:
    with pytest.raises(TidakSah, match="tidak utuh"):
        periksa(PDF.replace(b"%%EOF", b""))


# 45, 46 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sisi", [(30_000, 30_000), (65_500, 65_500), (2**31 - 1, 1), (1, 2**31 - 1), (4001, 4000)])
def test_45_bom_piksel_ditolak_sebelum_dibuka(sisi: tuple[int, int]) -> None:
    bom = png_bom(*sisi)
    awal = time.perf_counter()
    with pytest.raises(TidakSah):
        periksa(bom)
    assert time.perf_counter() - awal < 0.05


def test_45_jpeg_bersisi_raksasa_ditolak_dari_kepalanya() -> None:
    asli = bytearray(foto(ukuran=(64, 64)))
    letak = asli.index(b"\xff\xc0")
    asli[letak + 5 : letak + 9] = struct.pack(">HH", 65_500, 65_500)
    awal = time.perf_counter()
    with pytest.raises(TerlaluBesar):
        periksa(bytes(asli))
    assert time.perf_counter() - awal < 0.05


def test_45_teks_png_yang_mengembang_ditolak() -> None:
    isi = b"Comment\0\0" + zlib.compress(b"a" * 80_000_000, 9)
    potong = struct.pack(">I", len(isi)) + b"zTXt" + isi + struct.pack(">I", zlib.crc32(b"zTXt" + isi))
    asli = foto("PNG")
    awal = time.perf_counter()
    with pytest.raises(TidakSah):
        periksa(asli[:33] + potong + asli[33:])
    assert time.perf_counter() - awal < 0.5


def test_46_kepala_yang_bohong_tentang_isinya() -> None:
    for rusak in (
        png_bom(64, 64, zlib.compress(b"\0" * 10)),  # too little
        png_bom(64, 64, b"bukan zlib"),
        foto()[:120],
        foto("WEBP")[:30],
        b"\xff\xd8\xff\xe0" + b"\0" * 50,
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    ):
        with pytest.raises(TidakSah):
            periksa(rusak)
    assert periksa(png_bom(8, 8, zlib.compress(b"\0" * 50_000_000, 9))).isi  # what is too much is never unpacked


def test_46_gambar_bergerak_ditolak() -> None:
    import io

    from PIL import Image

    keluaran = io.BytesIO()
    bingkai = [Image.new("RGB", (8, 8), w) for w in ("red", "blue")]
    bingkai[0].save(keluaran, "WEBP", save_all=True, append_images=bingkai[1:])
    with pytest.raises(TidakSah, match="bergerak"):
        periksa(keluaran.getvalue())


# 57 ---------------------------------------------------------------------------------------------------------------


class PemindaiTiruan:
    """A clamd that speaks INSTREAM on a real socket and remembers what it was given."""

    def __init__(self, jawab: str = "") -> None:
        self.jawab, self.diterima = jawab, b""
        self.soket = socket.create_server(("127.0.0.1", 0))
        self.alamat = f"clamd://127.0.0.1:{self.soket.getsockname()[1]}"
        threading.Thread(target=self._layani, daemon=True).start()

    def _layani(self) -> None:
        while True:
            try:
                sambungan, _ = self.soket.accept()
            except OSError:
                return
            with sambungan, sambungan.makefile("rwb") as aliran:
                assert aliran.read(10) == b"zINSTREAM\0"
                isi = b""
                while n := struct.unpack(">I", aliran.read(4))[0]:
                    isi += aliran.read(n)
                self.diterima = isi
                jawab = self.jawab or ("stream: Eicar-Signature FOUND" if EICAR in isi else "stream: OK")
                if jawab != "diam":
                    aliran.write(jawab.encode() + b"\0")
                    aliran.flush()
                else:
                    time.sleep(1.5)


@pytest.fixture
def tiruan(settings: Any) -> Iterator[Any]:
    dibuat: list[PemindaiTiruan] = []

    def buat(jawab: str = "") -> PemindaiTiruan:
        satu = PemindaiTiruan(jawab)
        dibuat.append(satu)
        settings.PEMINDAI_BERKAS = satu.alamat
        return satu

    yield buat
    for satu in dibuat:
        satu.soket.close()


def test_57_eicar_ditolak_dan_berjejak(klien: Any, laporan: Laporan, tiruan: Any) -> None:
    satu = tiruan()
    jawaban = unggah(klien, laporan, foto() + EICAR)
    assert jawaban.status_code == 400
    assert "virus" in jawaban.content.decode()
    assert satu.diterima == foto() + EICAR
    assert not berkas_ada()
    with terpasang(SISTEM):
        (jejak,) = Jejak.objects.filter(tindakan="lampiran_ditolak")
        assert jejak.rincian["temuan"] == "Eicar-Signature"


def test_57_bersih_diterima_dan_ditandai(klien: Any, laporan: Laporan, tiruan: Any) -> None:
    tiruan()
    assert "belum dipindai" not in klien.get(alamat(laporan, "lampiran")).content.decode()
    assert unggah(klien, laporan, foto()).status_code == 302
    with terpasang(SISTEM):
        assert Berkas.objects.get().dipindai


@pytest.mark.parametrize("jawab", ["INSTREAM size limit exceeded. ERROR", "apa saja", "diam", "stream: OK FOUND OK"])
def test_57_jawaban_aneh_atau_diam_menolak(
    klien: Any, laporan: Laporan, tiruan: Any, monkeypatch: pytest.MonkeyPatch, jawab: str
) -> None:
    tiruan(jawab)
    monkeypatch.setattr(pemindai, "JAWAB_DETIK", 0.5)
    _pastikan_tertutup(klien, laporan, monkeypatch)


@pytest.mark.parametrize("alamat_", ["clamd://127.0.0.1:1", "unix:/tidak/ada.ctl"])
def test_57_pemindai_mati_menolak_dan_tidak_membaca(
    klien: Any, laporan: Laporan, settings: Any, monkeypatch: pytest.MonkeyPatch, alamat_: str
) -> None:
    settings.PEMINDAI_BERKAS = alamat_
    _pastikan_tertutup(klien, laporan, monkeypatch)


def _pastikan_tertutup(klien: Any, laporan: Laporan, monkeypatch: pytest.MonkeyPatch) -> None:
    def jangan(isi: bytes) -> Any:
        raise AssertionError("parsed although the scanner did not answer")

    monkeypatch.setattr("pelaporan.lampiran.services.periksa", jangan)
    with transaction.atomic():  # the answer rolls its own transaction back
        titik = transaction.savepoint()
        jawaban = unggah(klien, laporan, foto())
        transaction.set_rollback(False)
        transaction.savepoint_rollback(titik)
    assert jawaban.status_code == 503
    assert "Coba lagi" in jawaban.content.decode()
    assert not berkas_ada()


# 58 ---------------------------------------------------------------------------------------------------------------

NAMA = [
    "../../etc/passwd", "C:\\Windows\\x.jpg", "/abs/olut.jpg", "a\r\nSet-Cookie: x=1.jpg", "a\0b.jpg", "\u202egpj.exe",
    "x" * 300 + ".jpg",
    "CON", "con.jpg", "COM1.txt.jpg", "laporan.xlsx.exe", "a;b.jpg", 'a"b.jpg', "...", "", " ", ".jpg",
    "é" * 200, "日本語.jpg", "%2e%2e%2f.jpg", "a\u2028b.jpg", "\ud800.jpg", "‮‮",
]  # fmt: skip


@pytest.mark.parametrize("nama", NAMA)
@pytest.mark.parametrize("mime", list(TIPE))
def test_58_nama_aman_dan_kepala_satu_baris(nama: str, mime: str) -> None:
    tipe = TIPE[mime]
    tampil = nama_tampil(nama, tipe)
    assert tampil.isprintable()
    assert 0 < len(tampil) <= NAMA_MAKS
    assert tampil.lower().endswith(tipe.akhiran)
    assert not set('/\\"<>:|?*;%\r\n\0\u202e') & set(tampil)
    assert tampil.split(".")[0].lower() not in ("con", "com1", "")
    kepala = disposisi(tampil, inline=False)
    assert kepala.isascii()
    assert kepala.isprintable()
    assert kepala.count('"') == 2
    jawaban = http.client.parse_headers(__import__("io").BytesIO(f"Content-Disposition: {kepala}\r\n\r\n".encode()))
    assert len(jawaban.keys()) == 1


@pytest.mark.parametrize("nama", ["..\\..\\a.exe", "a\u202egpj.exe", "CON", "x" * 250])
def test_58_lewat_halaman(klien: Any, laporan: Laporan, nama: str) -> None:
    assert unggah(klien, laporan, foto(), nama).status_code == 302
    with terpasang(SISTEM):
        lampiran = laporan.lampiran.select_related("berkas").get()
    kepala = klien.get(alamat(laporan, "lampiran_berkas", lampiran=lampiran.pk))["Content-Disposition"]
    assert kepala.startswith('inline; filename="')
    assert lampiran.berkas.nama.endswith(".jpg")


def test_58_berkas_unit_lain_404(dunia: Dunia, masuk: Any, klien: Any, laporan: Laporan) -> None:
    unggah(klien, laporan, foto())
    with terpasang(SISTEM):
        lampiran = laporan.lampiran.get()
    for orang in (dunia.operator_masohi, dunia.kepala_pekanbaru, dunia.verifikator_riau):
        assert masuk(orang).get(alamat(laporan, "lampiran_berkas", lampiran=lampiran.pk)).status_code == 404
    # the id of somebody else's file under one's own report
    milik = dunia.laporan(dunia.masohi)
    assert masuk(dunia.operator_masohi).get(alamat(milik, "lampiran_berkas", lampiran=lampiran.pk)).status_code == 404
    assert masuk(dunia.operator_masohi).post(alamat(milik, "lampiran_hapus", lampiran=lampiran.pk)).status_code == 404
