"""Lists that leave the portal: by initials for whoever reads the cases, with names for a written reason."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pypdf
import pytest

from remisi.keluaran import berkas, susun
from remisi.keluaran.daftar import Daftar, Kolom, Tabel
from remisi.models import Usulan
from tests.remisi.bahan_kasus import banyak, kasus, keputusan, kesempatan, orang
from upt.cakupan import SISTEM, terpasang
from wbp.models import AksesWarga

NAMA, NOMOR = "=HYPERLINK Wicaksana", "B.I 90807/2025"
ALAMAT = "/remisi/upt/lapas-kelas-iia-ambon/ru-2026/nominatif/"
BERNAMA = {"daftar": "usulan", "bentuk": "xlsx", "alasan": "KEPUTUSAN", "keterangan": ""}


@pytest.fixture
def ru(dunia: Any) -> Any:
    k = kesempatan()
    banyak(dunia, k, dunia.ambon, 3)
    kasus(dunia, k, orang(dunia, dunia.ambon, nama="Sari Wicaksana", nomor=NOMOR), hasil="II", bulan=1, hari=15)
    kasus(dunia, k, orang(dunia, dunia.ambon), status="DIAJUKAN", susulan=True)
    kasus(dunia, k, orang(dunia, dunia.ambon), status="BATAL")
    return k


def teks_pdf(isi: bytes) -> str:
    return "\n".join(h.extract_text() for h in pypdf.PdfReader(io.BytesIO(isi)).pages)


def sel_xlsx(isi: bytes) -> list[Any]:
    buku = openpyxl.load_workbook(io.BytesIO(isi))
    return [s for lembar in buku for baris in lembar.iter_rows() for s in baris if s.value is not None]


def akses() -> list[AksesWarga]:
    with terpasang(SISTEM):
        return list(AksesWarga.objects.all())


def test_daftar_disamarkan(dunia: Any, masuk: Any, ru: Any) -> None:
    jawaban = masuk(dunia.peninjau).get(f"{ALAMAT}usulan.pdf")
    assert jawaban.status_code == 200
    assert jawaban["Content-Type"] == "application/pdf"
    assert jawaban["Content-Disposition"] == (
        'attachment; filename="nominatif-lapas-kelas-iia-ambon-ru-2026-disamarkan.pdf"'
    )
    assert jawaban["Cache-Control"].count("no-store")
    halaman = pypdf.PdfReader(io.BytesIO(jawaban.content)).pages[0].mediabox
    assert halaman.width > halaman.height, "landscape"
    teks = teks_pdf(jawaban.content)
    assert "Wicaksana" not in teks
    assert "90807" not in teks
    assert "Nama disamarkan" in teks
    assert "5 pemberian bagi 5 orang" in teks, "what was withdrawn is not proposed"
    assert "(belum dikonfirmasi)" in teks or "Keppres 174/1999" in teks
    assert not akses()


def test_jumlah_menurut_jenis_hasil_dan_besaran(dunia: Any, masuk: Any, ru: Any) -> None:
    isi = masuk(dunia.operator_ambon).get(f"{ALAMAT}usulan.xlsx").content
    lembar = openpyxl.load_workbook(io.BytesIO(isi))["Jumlah"]
    baris = [[s.value for s in b] for b in lembar.iter_rows(min_row=3)]
    assert baris == [
        ["Jenis", "1 bulan 15 hari", "2 bulan", "Jumlah", "Hari"],
        ["RU I", 0, 4, 4, 240],
        ["RU II", 1, 0, 1, 45],
        ["Jumlah", 1, 4, 5, 285],
    ]


def test_lampiran_hanya_kasus_keputusannya(dunia: Any, masuk: Any, ru: Any) -> None:
    with terpasang(SISTEM):
        sk = keputusan(ru, dunia.peninjau)
        lain = keputusan(ru, dunia.peninjau, "CONTOH-2")
    kasus(dunia, ru, orang(dunia, dunia.ambon), keputusan=lain)
    teks = teks_pdf(masuk(dunia.verifikator_maluku).get(f"{ALAMAT}{sk.pk}.pdf").content)
    assert "Lampiran keputusan" in teks
    assert "Nomor CONTOH-1, tanggal 17 Agustus 2026" in teks
    assert "4 pemberian bagi 4 orang" in teks
    assert masuk(dunia.verifikator_maluku).get(f"{ALAMAT}999.pdf").status_code == 404
    assert masuk(dunia.verifikator_maluku).get(f"{ALAMAT}usulan.docx").status_code == 404


def test_bernama_mencatat_setiap_orang_sebelum_berkas_keluar(dunia: Any, masuk: Any, ru: Any) -> None:
    jawaban = masuk(dunia.operator_ambon).post(ALAMAT, BERNAMA)
    assert jawaban.status_code == 200
    nilai = [s.value for s in sel_xlsx(jawaban.content)]
    assert "Sari Wicaksana" in nilai
    assert NOMOR in nilai
    assert "wicaksana" not in jawaban["Content-Disposition"].lower()
    assert "90807" not in jawaban["Content-Disposition"]
    catatan = akses()
    assert len(catatan) == 5
    assert {(a.cara, a.alasan, a.oleh_id) for a in catatan} == {("BERKAS", "KEPUTUSAN", dunia.operator_ambon.pk)}


def test_bernama_tanpa_alasan_atau_hak_tidak_membuka(dunia: Any, masuk: Any, ru: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    assert klien.post(ALAMAT, {**BERNAMA, "alasan": ""}).status_code == 400
    lain = klien.post(ALAMAT, {**BERNAMA, "alasan": "LAIN"})
    assert lain.status_code == 400
    assert "Tulis alasan" in lain.content.decode()
    assert masuk(dunia.peninjau).post(ALAMAT, BERNAMA).status_code == 403
    assert masuk(dunia.operator_masohi).post(ALAMAT, BERNAMA).status_code == 404
    assert masuk(dunia.verifikator_riau).post(ALAMAT, BERNAMA).status_code == 404
    assert "Unduh dengan nama" not in masuk(dunia.peninjau).get(ALAMAT).content.decode()
    assert not akses()


def test_berkas_yang_gagal_dibuat_tidak_meninggalkan_catatan(dunia: Any, masuk: Any, ru: Any, monkeypatch: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    klien.raise_request_exception = False

    def rusak(*_: Any) -> bytes:
        raise RuntimeError("no paper")

    monkeypatch.setattr(berkas, "buat", rusak)
    assert klien.post(ALAMAT, BERNAMA).status_code == 500
    assert not akses()


def test_tidak_ada_sel_rumus_dan_nomor_tetap_teks() -> None:
    tabel = Tabel(
        "",
        [Kolom("Nama", 4), Kolom("Nomor", 3), Kolom("Bulan", 1, angka=True)],
        [[NAMA, "0012", 3], ["+cmd|x", "=1+1", 0]],
    )
    d = Daftar(
        "Daftar & uji", ["KOP"], [("Unit", "=SUM(A1)")], tabel, [], ["@catatan"], "Dicetak oleh =X", latihan=True
    )
    semua = sel_xlsx(berkas.xlsx(d))
    assert not [s.value for s in semua if s.data_type == "f"]
    assert [s.data_type for s in semua if s.value == "0012"] == ["s"]
    assert [s.data_type for s in semua if s.value == 3] == ["n"]
    assert "MODE LATIHAN · bukan data asli" in [s.value for s in semua]


def test_kepala_di_setiap_halaman_dan_huruf_asing_tidak_menggagalkan() -> None:
    baris = [[n, f"Nama {n} 🌱" if n == 1 else "x" * 90, "#strong[tebal]"] for n in range(1, 121)]
    d = Daftar(
        "Daftar",
        ["KOP"],
        [("Unit", "Lapas"), ("Kesempatan", "RU")],
        Tabel("", [Kolom("No.", 1), Kolom("Nama", 4), Kolom("Nomor register", 3)], baris),
        [],
        [],
        "Dicetak",
        latihan=True,
    )
    halaman = [h.extract_text() for h in pypdf.PdfReader(io.BytesIO(berkas.pdf(d))).pages]
    assert len(halaman) > 2
    for n, teks in enumerate(halaman, 1):
        assert "Nomor register" in teks
        assert "MODE LATIHAN" in teks
        assert f"Halaman {n} dari {len(halaman)}" in teks
    assert "#strong[tebal]" in halaman[0], "what people wrote is text, never markup"


def test_besaran_tidak_dijumlahkan_ke_bulan() -> None:
    assert susun.besaran(45, 120) == "45 bulan 120 hari"
    assert [susun.besaran(*b) for b in ((2, 0), (0, 15), (0, 0))] == ["2 bulan", "15 hari", "0 hari"]


def test_besaran_sampai_hari_dibaca_ke_bawah_dan_angka_bertitik() -> None:
    """RD is granted to the day: dozens of amounts beside each other cannot be read on any sheet."""
    sama = {"jenis": "RD", "hasil": "I", "bulan": 1}
    kasus_rd = [Usulan(**sama, hari=n % 25, data_id=n) for n in range(1_000)]
    ringkas, rinci = susun.jumlah(kasus_rd)
    assert ringkas.baris == [["RD I", 1_000, 42_000]]
    assert len(rinci.baris) == 25
    assert rinci.baris[1] == ["RD I", "1 bulan 1 hari", 40, 1_240]
    assert rinci.jumlah == ["Jumlah", "", 1_000, 42_000]
    assert len(susun.jumlah(kasus_rd[:9])) == 1
    d = Daftar("Daftar", ["KOP"], [("Unit", "Lapas"), ("Kesempatan", "RD")], ringkas, [rinci], [], "x", latihan=False)
    assert "42.000" in teks_pdf(berkas.pdf(d))
    assert 42_000 in [s.value for s in sel_xlsx(berkas.xlsx(d)) if s.data_type == "n"]


def test_rekap_kanwil_hanya_jumlah(dunia: Any, masuk: Any, ru: Any) -> None:
    banyak(dunia, ru, dunia.pekanbaru, 2)
    klien = masuk(dunia.kepala_maluku)
    alamat = "/remisi/kanwil/maluku/rekap/ru-2026/"
    isi = klien.get(alamat).content.decode()
    baris = re.search(r"<tbody>(.*?)</tbody>", isi, re.S)
    assert baris
    assert re.findall(r">([^<>]+)</t[dh]>", baris[1]) == [
        "1",
        "Lapas Kelas IIA Ambon",
        "5",
        "3",
        "1",
        "4",
        "225",
    ]
    assert "Rekap pemberian remisi" in teks_pdf(klien.get(f"{alamat}rekap.pdf").content)
    assert "Lapas Kelas IIA Ambon" in [s.value for s in sel_xlsx(klien.get(f"{alamat}rekap.xlsx").content)]
    assert klien.get("/remisi/kanwil/riau/rekap/ru-2026/").status_code == 404
    assert masuk(dunia.pimpinan).get(alamat).status_code == 403


JALAN = {"pidana_bulan": 2}  # held since 3 February 2024, for five years and two months


@pytest.mark.parametrize("nama", [False, True])
def test_daftar_memuat_pidana_dan_sisanya(dunia: Any, masuk: Any, nama: bool) -> None:
    """What TPP asks: sentence, first day, expiry, days left. Days are days in the workbook, to sort and filter by."""
    k = kesempatan()
    kasus(dunia, k, orang(dunia, dunia.ambon, **JALAN), status="DIAJUKAN")
    klien = masuk(dunia.operator_ambon)
    isi = klien.post(ALAMAT, BERNAMA) if nama else klien.get(f"{ALAMAT}usulan.xlsx")
    lembar = openpyxl.load_workbook(io.BytesIO(isi.content))["Daftar"]
    semua = [[s.value for s in b] for b in lembar.iter_rows()]
    kepala = next(n for n, b in enumerate(semua) if b[0] == "No.")
    satu = dict(zip(semua[kepala], semua[kepala + 1], strict=True))
    assert satu["Pidana"] == "5 tahun 2 bulan"
    assert satu["Ditahan sejak"] == datetime(2024, 2, 3)
    assert satu["Ekspirasi"] == datetime(2029, 4, 4)
    assert satu["Sisa, hari"] == (date(2029, 4, 4) - k.tanggal).days
    assert lembar.auto_filter.ref == f"A{kepala + 1}:P{kepala + 2}", "rows of people only"
    assert lembar.freeze_panes == f"A{kepala + 2}"
    teks = teks_pdf(klien.get(f"{ALAMAT}usulan.pdf").content)
    assert "3 Feb 2024" in " ".join(teks.split())


def test_lampiran_menghitung_pemberiannya_dan_yang_sudah_keluar(dunia: Any, masuk: Any) -> None:
    """The grant of the decree shortens the sentence; who went out by it is still in its annex."""
    k, satu = kesempatan(), orang(dunia, dunia.ambon, **JALAN)
    u = kasus(dunia, k, satu)
    with terpasang(SISTEM):
        type(satu).objects.filter(pk=satu.pk).update(keluar_pada=k.tanggal, alasan_keluar="BEBAS")
    nilai = [s.value for s in sel_xlsx(masuk(dunia.operator_ambon).get(f"{ALAMAT}{u.keputusan_id}.xlsx").content)]
    assert datetime(2029, 4, 4) - timedelta(days=60) in nilai
