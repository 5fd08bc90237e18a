"""Export: cases 61 to 66. Every file that leaves the portal, with what people typed and what it does to the reader.

Tested elsewhere: 61 and 64 of the performance report's workbook and PDF (tests/dasbor/test_kinerja_berkas.py).
"""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from dasbor import agregasi, selectors
from pelaporan.lampiran.batas import TIPE
from pelaporan.lampiran.nama import disposisi, nama_tampil
from pelaporan.models import Draf, LaporanVersi, Pemberitahuan, SuratKeluar
from pelaporan.services_isian import Perubahan, simpan, tambah_baris
from pelaporan.skema import baca_skema
from pelaporan.tenggat.kalender import susun as susun_kalender
from pelaporan.tenggat.pengingat import kirim_pengingat
from pelaporan.tenggat.services_kabar import satu_penunggak, teks_tagihan
from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.csv_keluar import GAYA, SEL_MAKS, Tabel, sel, tulis
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import akhir_hari, sekarang
from pemasyarakatan.pekerjaan import services as pekerjaan
from pemasyarakatan.pekerjaan.models import Pekerjaan
from tests.dunia import JANUARI, Dunia, isi_penuh, jawab_semua, kirim, lakukan, skema
from tests.pekerjaan.bantu import baca, minta_sebagai, tiga_langkah
from tests.pelaporan.bantu import alamat, sebagai_orang
from tests.pelaporan.tenggat.bantu import saat
from tests.pelaporan.tenggat.bantu import ubah as ubah_laporan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

RUMUS = (
    '=HYPERLINK("http://x?"&A1)',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "＝1+1",
)
AWALAN_TERSEMBUNYI = ("\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u200b=1+1", "＋1", "－1", "＠SUM")


def _teks_pdf(isi: bytes) -> str:
    return " ".join(" ".join(h.extract_text().split()) for h in PdfReader(io.BytesIO(isi)).pages)


def _buku(klien: Client, url: str) -> openpyxl.Workbook:
    jawaban = klien.get(url)
    assert jawaban.status_code == 200, jawaban.content[:500]
    return openpyxl.load_workbook(io.BytesIO(jawaban.content))


def _sel_buku(buku: openpyxl.Workbook) -> Iterator[Any]:
    return (satu for lembar in buku.worksheets for baris in lembar.iter_rows() for satu in baris)


_DI_LEMBAR = r"\('[^'\"=]{1,31}'![A-Z]\d+:[A-Z]\d+<>\"\"\)"
_RUMUS_SENDIRI = re.compile(
    r"=IF\(COUNT\((?P<sel>E\d+(,E\d+)*)\)=0,\"\",SUM\((?P=sel)\)\)"
    rf"|=SUMPRODUCT\(--\({_DI_LEMBAR}(\+{_DI_LEMBAR})*>0\)\)(-\d+)?"
    r"|=IF\((?P<isi>C\d+)>=B\d+,\"Semua terisi\",IF\((?P=isi)=0,\"Belum diisi\",\"Sebagian\"\)\)"
    r"|=IF\((?P<baris>C\d+)=0,\"Belum ada baris\",(?P=baris)&\" baris\"\)"
)
"""What templates themselves calculate: sums of their own input cells, and how many are filled in."""


def _tanpa_rumus(buku: openpyxl.Workbook) -> set[str]:
    """The texts of a workbook, none of which is a formula or a link that leads out of it."""
    for satu in _sel_buku(buku):
        assert satu.data_type != "f" or _RUMUS_SENDIRI.fullmatch(satu.value), (satu.coordinate, satu.value)
        assert satu.hyperlink is None or not satu.hyperlink.target, satu.coordinate
    return {str(satu.value) for satu in _sel_buku(buku) if satu.data_type == "s"}


def _csv(jawaban: Any) -> list[list[str]]:
    assert jawaban.status_code == 200, jawaban.content[:500]
    assert jawaban["Content-Type"] == "text/csv; charset=utf-8"
    assert jawaban["Content-Disposition"].startswith("attachment; filename=")
    isi = jawaban.content.decode("utf-8")
    return list(csv.reader(io.StringIO(isi.lstrip("\ufeff"), newline=""), delimiter=";" if isi[0] == "\ufeff" else ","))


def _lokasi(dunia: Dunia, teks: str) -> None:
    """One row of the line list of events with this text."""
    with sebagai_orang(dunia.operator_ambon) as umum:
        laporan = dunia.laporan(dunia.ambon, "F04")
        _, hasil = tambah_baris(laporan_id=laporan.pk, daftar="kejadian", isi={"lokasi": teks}, **umum)
    assert not hasil.ditolak, hasil.ditolak


# 61: formulas -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("teks", RUMUS)
def test_61_templat_unit_menulis_teks_dan_basis_data_tetap(dunia: Dunia, masuk: Any, teks: str) -> None:
    _lokasi(dunia, teks)
    url = reverse("pelaporan:buku_templat", args=[dunia.ambon.kode, JANUARI])
    assert teks in _tanpa_rumus(_buku(masuk(dunia.operator_ambon), url))
    with terpasang(SISTEM):
        draf = Draf.objects.get(laporan=dunia.laporan(dunia.ambon, "F04"))
    assert draf.isi["daftar"]["kejadian"][0]["sel"]["lokasi"]["nilai"] == teks


def test_61_nama_unit_di_semua_berkas(dunia: Dunia, masuk: Any) -> None:
    """A unit's name is typed by an administrator: workbooks, receipt, calendar and CSV show it as text."""
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    jahat = RUMUS[0]
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.ambon.pk).update(nama=jahat)
        agregasi.proses_kotor()
        unit = UPT.objects.select_related("kanwil").get(pk=dunia.ambon.pk)
        acara = Calendar.from_ical(susun_kalender(unit, sekarang()))
    assert jahat in str(acara["x-wr-calname"])
    buku = _buku(
        masuk(dunia.verifikator_maluku),
        reverse("pelaporan:buku_kanwil_templat", args=["maluku"]) + "?pilih=2026-01.F06",
    )
    assert jahat in _tanpa_rumus(buku)
    pdf = masuk(dunia.kepala_ambon).get(alamat(dunia.laporan(dunia.ambon), "tanda_pdf", versi=1))
    assert "=HYPERLINK(" in _teks_pdf(pdf.content)
    assert b"/URI" not in pdf.content.replace(b"/URI (http://testserver", b"")
    for baris in _telusur(dunia, masuk, "maluku"):
        assert not any(satu.startswith(("=", "+", "@", "-")) for satu in baris), baris
    with terpasang(SISTEM):
        assert UPT.objects.get(pk=dunia.ambon.pk).nama == jahat


def test_61_salinan_galat_menulis_yang_diketik_sebagai_teks(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    buku = _buku(klien, reverse("pelaporan:buku_templat", args=[dunia.ambon.kode, JANUARI]))
    tempat = next(s for s in _sel_buku(buku) if s.value == "F06.wbp")
    lembar = tempat.parent
    lembar.cell(tempat.row, 5).value = RUMUS[1]
    aliran = io.BytesIO()
    buku.save(aliran)
    berkas = SimpleUploadedFile("isian.xlsx", aliran.getvalue())
    jawaban = klien.post(reverse("pelaporan:buku", args=[dunia.ambon.kode, JANUARI]), {"berkas": berkas})
    assert jawaban.status_code == 302, jawaban.content[:500]
    salinan = _buku(klien, f"{jawaban.url}galat/")
    assert RUMUS[1] in _tanpa_rumus(salinan)


@pytest.mark.parametrize("gaya", GAYA.values(), ids=lambda g: g.kode)
@pytest.mark.parametrize("teks", RUMUS + AWALAN_TERSEMBUNYI)
def test_61_csv_diawali_petik(teks: str, gaya: Any) -> None:
    isi = tulis(Tabel("uji", [("Bulan", "Januari 2026")], ["Nama"], [[teks], ["O'Neil"], ["a-b=c"]]), gaya)
    pemisah = {"excel": ";", "baku": ","}[gaya.kode]
    baris = list(csv.reader(io.StringIO(isi.decode("utf-8-sig"), newline=""), delimiter=pemisah))
    assert [b[0] for b in baris[2:]] == [f"'{teks}", "O'Neil", "a-b=c"]


def test_61_nama_lampiran_dan_yaml_hanya_unduhan(dunia: Dunia, masuk: Any) -> None:
    kepala = disposisi(nama_tampil('=HYPERLINK("x")\r\nSet-Cookie: a=b.pdf', TIPE["application/pdf"]), inline=False)
    assert "\r" not in kepala
    assert "\n" not in kepala
    assert kepala.startswith("attachment; filename")
    with terpasang(SISTEM):
        versi = dunia.laporan(dunia.ambon, "F06").formulir_versi
    url = reverse("pelaporan:formulir_yaml", args=["F06", versi.berlaku_dari.strftime("%Y-%m")])
    jawaban = masuk(dunia.admin).get(url)
    assert jawaban.status_code == 200
    assert jawaban["Content-Disposition"].startswith("attachment; filename=")
    assert jawaban["X-Content-Type-Options"] == "nosniff"
    assert baca_skema(jawaban.content.decode("utf-8")).sidik == versi.sidik


# 62, 63: what no file can hold is refused when typed ----------------------------------------------------------


def test_62_teks_40_000_karakter_ditolak_saat_diisi(dunia: Dunia) -> None:
    panjang = "a" * 40_000
    with sebagai_orang(dunia.operator_ambon) as umum:
        laporan = dunia.laporan(dunia.ambon, "F04")
        _, hasil = tambah_baris(laporan_id=laporan.pk, daftar="kejadian", isi={"lokasi": panjang}, **umum)
        assert hasil.ditolak
        penjelasan = Perubahan("total_kejadian", "", keadaan="tak_tersedia", alasan=panjang)
        assert simpan(laporan_id=laporan.pk, perubahan=[penjelasan], oleh=umum["oleh"], cakupan=umum["cakupan"]).ditolak


def test_62_tidak_ada_isian_teks_yang_melebihi_sel() -> None:
    """Longest text of every form stays below what one cell holds, so nothing is ever cut on its way out."""
    for kode in ("F01", "F02", "F04", "F06"):
        semua = [*skema(kode).butir.values(), *(k for d in skema(kode).daftar.values() for k in d.kolom)]
        assert max((b.maks for b in semua if b.jenis == "teks"), default=0) < SEL_MAKS
    panjang = "x" * (SEL_MAKS + 10)
    assert sel(panjang, GAYA["excel"]) == panjang


@pytest.mark.parametrize("teks", ["a\x0bb", "a\x00b", "a\ud800b", "a\u202eb", "a\ufffeb", "\x1f=1+1"])
def test_63_karakter_yang_merusak_berkas_ditolak_saat_diisi(dunia: Dunia, masuk: Any, teks: str) -> None:
    with pytest.raises(GalatTeks):
        bersihkan_teks(teks, 500)
    with sebagai_orang(dunia.operator_ambon) as umum:
        laporan = dunia.laporan(dunia.ambon, "F04")
        _, hasil = tambah_baris(laporan_id=laporan.pk, daftar="kejadian", isi={"lokasi": teks}, **umum)
    assert hasil.ditolak
    assert _buku(masuk(dunia.operator_ambon), reverse("pelaporan:buku_templat", args=[dunia.ambon.kode, JANUARI]))


@pytest.mark.parametrize("gaya", GAYA.values(), ids=lambda g: g.kode)
def test_63_csv_tidak_pernah_gagal(gaya: Any) -> None:
    isi = [["a\x0bb\x00", "\ud800", 'baris\nbaru; "petik", koma', None, 0, Decimal("-1.50")]]
    assert tulis(Tabel("uji", [], ["a"], isi), gaya).count(b"\r\n") == 3


# 64: one moment -----------------------------------------------------------------------------------------------


def test_64_unduhan_adalah_satu_saat_walau_laporan_masuk_di_tengahnya(
    dunia_nyata: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first and the last read of the export another unit's report is sent and added up."""
    d = dunia_nyata
    kirim(d.laporan(d.ambon), d.kepala_ambon)
    agregasi.proses_kotor()
    sudah: list[bool] = []

    def dahulu(*a: Any, **k: Any) -> Any:
        if not sudah:
            sudah.append(True)
            utas = threading.Thread(target=_kirim_dari_utas_lain, args=(d,))
            utas.start()
            utas.join(timeout=30)
        return asli(*a, **k)

    asli = selectors.unit_kanwil
    klien = masuk(d.peninjau)
    monkeypatch.setattr(selectors, "unit_kanwil", dahulu)
    baris = _csv(klien.get("/telusur/F06/wbp/?bulan=2026-01&wilayah=maluku&unduh=baku"))
    assert sudah, "the other submission happened in between"
    kepala = baris[1].index("Masuk")
    jumlah = sum(int(b[kepala] or 0) for b in baris[3:])
    assert int(baris[2][kepala]) == jumlah == 12
    sesudah = _csv(klien.get("/telusur/F06/wbp/?bulan=2026-01&wilayah=maluku&unduh=baku"))
    assert int(sesudah[2][kepala]) == 24


def _kirim_dari_utas_lain(dunia: Dunia) -> None:
    try:
        kirim(dunia.laporan(dunia.masohi), dunia.kepala_masohi)
        agregasi.proses_kotor()
    finally:
        connection.close()


# 65: the queue ------------------------------------------------------------------------------------------------


def test_65_dua_berjalan_lima_menunggu_lalu_429(dunia: Dunia, masuk: Any) -> None:
    jalan = [minta_sebagai(dunia.peninjau, n=n) for n in range(2)]
    assert all(pekerjaan.ambil(satu.pk) for satu in jalan)
    antre = [minta_sebagai(dunia.peninjau, n=n) for n in range(2, 7)]
    assert pekerjaan.ambil(antre[0].pk) is None, "a third one does not start"
    assert baca(antre[0]).percobaan == 0
    kode = []
    for n in range(50):
        isi = {"bulan": "2026-01", "dasar": "masuk", "nomor": str(n), "kop": "Kop", "kunci": uuid4().hex}
        jawaban = masuk(dunia.peninjau).post(reverse("dasbor:kinerja"), isi)
        kode.append(jawaban.status_code)
    assert set(kode) == {429}
    assert "Masih ada lima permintaan Anda yang menunggu giliran" in jawaban.content.decode()
    with penjaga.sistem():
        assert Pekerjaan.objects.count() == 7


def test_65_yang_menunggu_maju_begitu_ada_tempat(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    isyarat: list[str] = []
    monkeypatch.setattr(pekerjaan, "isyaratkan", lambda nama, *a: isyarat.extend(a))
    satu, dua, tiga = (minta_sebagai(dunia.peninjau, n=n) for n in range(3))
    pekerjaan.ambil(satu.pk)

    def sambil_jalan(kerja: Pekerjaan, lapor: Any) -> Any:
        assert pekerjaan.ambil(tiga.pk) is None
        return tiga_langkah(kerja, lapor)

    pekerjaan.kerjakan(dua.pk, sambil_jalan)
    assert isyarat == [str(tiga.pk)]
    assert pekerjaan.ambil(tiga.pk) is not None


def test_65_batas_orang_lain_dan_pekerja_mati_tidak_menahan(dunia: Dunia) -> None:
    for n in range(2):
        pekerjaan.ambil(minta_sebagai(dunia.peninjau, n=n).pk)
    assert pekerjaan.ambil(minta_sebagai(dunia.pimpinan).pk) is not None
    tiga = minta_sebagai(dunia.peninjau, n=3)
    assert pekerjaan.ambil(tiga.pk) is None
    with penjaga.sistem():
        semua = Pekerjaan.objects.filter(pengguna=dunia.peninjau)
        semua.update(dibuat_pada=sekarang() - 2 * pekerjaan.BASI)
        assert pekerjaan.terbengkalai() == [], "the sweeper leaves what waits for its owner's other jobs"
        semua.filter(status="BERJALAN").update(detak_pada=sekarang() - 2 * pekerjaan.BASI)
        assert tiga.pk in {p.pk for p in pekerjaan.terbengkalai()}
    assert pekerjaan.ambil(tiga.pk) is not None


# 66: CSV for an Indonesian Excel, and for programs --------------------------------------------------------------


def test_66_dua_gaya_pemisah_desimal_dan_bom() -> None:
    tabel = Tabel(
        "uji", [("Bulan", "Januari 2026")], ["Kode", "Nama", "Nilai"], [["0012", "Ambon", Decimal("1234.50")]]
    )
    assert (
        tulis(tabel, GAYA["excel"])
        == "\ufeffBulan: Januari 2026\r\nKode;Nama;Nilai\r\n'0012;Ambon;1234,50\r\n".encode()
    )
    assert tulis(tabel, GAYA["baku"]) == b"Bulan: Januari 2026\r\nKode,Nama,Nilai\r\n0012,Ambon,1234.50\r\n"


@pytest.mark.parametrize("teks", ["9171010101900001", "007", "1.000", "1,5", "3/4", "2026-01", "1e3", "08:30"])
def test_66_kode_tetap_teks_dan_angka_tetap_angka(teks: str) -> None:
    assert sel(teks, GAYA["excel"]) == f"'{teks}"
    assert sel(teks, GAYA["baku"]) == teks
    assert sel(-1234, GAYA["excel"]) == "-1234"
    assert sel(Decimal("1E+3"), GAYA["baku"]) == "1000"
    assert sel("lapas-kelas-iia-ambon", GAYA["excel"]) == "lapas-kelas-iia-ambon"


def _telusur(dunia: Dunia, masuk: Any, wilayah: str, gaya: str = "excel") -> list[list[str]]:
    return _csv(masuk(dunia.peninjau).get(f"/telusur/F06/lahan/?bulan=2026-01&wilayah={wilayah}&unduh={gaya}"))


@pytest.mark.parametrize(("gaya", "panen"), [("excel", "310,5"), ("baku", "310.5")])
def test_66_asal_angka_sama_dengan_halamannya(dunia: Dunia, masuk: Any, gaya: str, panen: str) -> None:
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    agregasi.proses_kotor()
    klien = masuk(dunia.peninjau)
    url = "/telusur/F06/klaster_pertanian_panen/?bulan=2026-01&wilayah=maluku"
    halaman = klien.get(url).content.decode()
    assert f"unduh={gaya}" in halaman
    meta, kepala, kanwil, *unit = _csv(klien.get(f"{url}&unduh={gaya}"))
    for potongan in ("Bulan: Januari 2026", "Cakupan: 1 dari 2 UPT", "Data per: "):
        assert potongan in meta[0]
    baris = dict(zip(kepala, next(u for u in unit if u[1] == dunia.ambon.kode), strict=True))
    with terpasang(SISTEM):
        nomor = LaporanVersi.objects.get(laporan=dunia.laporan(dunia.ambon)).nomor
    assert (baris["Masuk"], baris["Terverifikasi"], baris["Nomor tanda terima"]) == (panen, "", nomor)
    assert kanwil[:4] == ["kanwil", "maluku", "Kanwil Maluku", panen]
    nasional = _telusur(dunia, masuk, "nasional", gaya)
    assert [b[0] for b in nasional[2:]] == ["nasional", "kanwil", "kanwil"]
    sendiri = _telusur(dunia, masuk, dunia.ambon.kode, gaya)
    assert sendiri[2][-1] == nomor


@pytest.mark.parametrize("gaya", GAYA)
def test_66_matriks_kelengkapan(dunia: Dunia, masuk: Any, gaya: str) -> None:
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    klien = masuk(dunia.peninjau)
    meta, kepala, *unit = _csv(klien.get(f"/kelengkapan/maluku/?tahun=2026&formulir=F06&unduh={gaya}"))
    assert "Kelengkapan: " in meta[0]
    assert "Data per: " in meta[0]
    baris = dict(zip(kepala, unit[0], strict=True))
    assert (baris["Kode UPT"], baris["Januari"].split(",")[0], baris["Februari"]) == (
        dunia.ambon.kode, "Dikirim", "tidak wajib",
    )  # fmt: skip
    assert (baris["Diharapkan"], baris["Diterima"]) == ("1", "1")
    semua = _csv(klien.get(f"/kelengkapan/?tahun=2026&unduh={gaya}"))
    assert {b[1] for b in semua[2:]} == {"Maluku", "Riau"}
    assert {b[0] for b in semua[2:]} == ({"'81", "'14"} if gaya == "excel" else {"81", "14"})


def test_66_hak_dan_pilihan_sama_dengan_halaman(dunia: Dunia, masuk: Any, client: Client) -> None:
    for url in ("/telusur/F06/wbp/?bulan=2026-01&wilayah=maluku", "/kelengkapan/maluku/?tahun=2026"):
        assert client.get(f"{url}&unduh=baku").status_code == 302
        assert masuk(dunia.verifikator_riau).get(f"{url}&unduh=baku").status_code == 404
        assert masuk(dunia.peninjau).get(f"{url}&unduh=xls").status_code == 400
    milik = _csv(masuk(dunia.kepala_ambon).get("/kelengkapan/maluku/?tahun=2026&unduh=baku"))
    assert [b[0] for b in milik[2:]] == [dunia.ambon.kode], "a unit sees its own row"


# What people wrote in a report stays in the portal --------------------------------------------------------------


def test_kabar_surat_kalender_dan_wa_tidak_membawa_teks_laporan(dunia: Dunia, settings: Any) -> None:
    """Notices go to telephones, mail servers and lock screens: facts about the report, never its words."""
    tanda = "RAHASIAKETIK"
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    _lokasi(dunia, f"Blok {tanda}")
    with sebagai_orang(dunia.operator_ambon) as umum:
        versi = Draf.objects.get(laporan=laporan).isi["sel"]["mitra"]["v"]
        ubah = [Perubahan("mitra", "", keadaan="tak_tersedia", alasan=f"Alasan {tanda} panjang", versi=versi)]
        hasil = simpan(laporan_id=laporan.pk, perubahan=ubah, **umum)
        assert hasil.tersimpan, hasil.ditolak
        jawab_semua(laporan, umum["oleh"], umum["cakupan"])
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True, teks=f"Penjelasan {tanda}")
    lakukan(
        laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks=f"Mohon {tanda}.",
        sel={"lahan_tidur": f"Catatan {tanda}"},
    )  # fmt: skip
    ubah_laporan(dunia.ambon, tenggat=akhir_hari(date(2026, 2, 18), "WIT"))
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.ambon.pk).update(surel="lapas@uji.test")
    kirim_pengingat(pada=saat("2026-02-18T09:00"))
    with sebagai_orang(dunia.verifikator_maluku) as umum:
        penunggak = satu_penunggak(umum["cakupan"], dunia.ambon.kode, JANUARI)
    assert penunggak is not None
    with terpasang(SISTEM):
        kabar = list(Pemberitahuan.objects.values_list("teks", flat=True))
        surat = [f"{s.perihal} {s.isi}" for s in SuratKeluar.objects.all()]
        unit = UPT.objects.select_related("kanwil").get(pk=dunia.ambon.pk)
        kalender = susun_kalender(unit, sekarang()).decode()
    assert len(kabar) >= 3
    assert surat
    assert "mengembalikan" in " ".join(kabar)
    for teks in (*kabar, *surat, kalender, teks_tagihan(penunggak, JANUARI, "https://portal.uji")):
        assert tanda not in teks
