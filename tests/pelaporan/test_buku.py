"""The workbook round trip: template out, filled in, planned, saved; nothing is lost, doubled or guessed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from pelaporan.buku.meta import Formulir
from pelaporan.buku.rencana import Ditulis, Penyusun
from pelaporan.models import Draf, Pemberitahuan, RiwayatIsian, Unggahan
from pelaporan.services import pembuat
from pelaporan.services_isian import Perubahan, simpan, tambah_baris
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import JANUARI, Dunia, isi_penuh, kirim
from upt.cakupan import SISTEM, Cakupan, terpasang

Ubah = Callable[[openpyxl.Workbook], None]
KLASTER = "F06 Ketahanan pangan"


def alamat(dunia: Dunia, nama: str = "buku", upt: Any = None) -> str:
    return reverse(f"pelaporan:{nama}", args=[(upt or dunia.ambon).kode, JANUARI])


def ambil(klien: Client, url: str) -> openpyxl.Workbook:
    jawaban = klien.get(url)
    assert jawaban.status_code == 200, jawaban.content[:400]
    return openpyxl.load_workbook(io.BytesIO(jawaban.content))


def tulis(buku: openpyxl.Workbook) -> bytes:
    aliran = io.BytesIO()
    buku.save(aliran)
    return aliran.getvalue()


def baris(lembar: Any, kode: str) -> int:
    return next(r for r in range(1, lembar.max_row + 1) if lembar.cell(r, 1).value == kode)


def isi(buku: openpyxl.Workbook, kode: str, nilai: Any, keadaan: str = "", alasan: str = "") -> None:
    """Type into the row of an item, as a person would: value, state, reason."""
    for lembar in buku.worksheets:
        for r in range(1, lembar.max_row + 1):
            if lembar.cell(r, 1).value == kode:
                lembar.cell(r, 5).value = nilai
                if keadaan:
                    lembar.cell(r, 6).value, lembar.cell(r, 7).value = keadaan, alasan
                return
    raise AssertionError(kode)


def unggah(klien: Client, url: str, data: bytes, nama: str = "isian.xlsx") -> Any:
    return klien.post(url, {"berkas": SimpleUploadedFile(nama, data)})


def unggahan(jawaban: Any) -> Unggahan:
    assert jawaban.status_code == 302, jawaban.content.decode()[:3000]
    with terpasang(SISTEM):
        return Unggahan.objects.get(pk=jawaban.url.strip("/").split("/")[-1])


def rencana(satu: Unggahan) -> dict[str, dict[str, Any]]:
    """Planned cells by address."""
    return {b["alamat"]: b for laporan in satu.rencana["laporan"] for b in laporan["butir"]}


def putuskan(klien: Client, satu: Unggahan, **lain: Any) -> Unggahan:
    jawaban = klien.post(reverse("pelaporan:unggahan", args=[satu.pk]), {"aksi": "simpan", **lain})
    assert jawaban.status_code == 302, jawaban.content.decode()[:2000]
    with terpasang(SISTEM):
        return Unggahan.objects.get(pk=satu.pk)


def sel(dunia: Dunia, kode: str, formulir: str = "F06", upt: Any = None) -> dict[str, Any]:
    with terpasang(SISTEM):
        draf = Draf.objects.filter(laporan=dunia.laporan(upt or dunia.ambon, formulir)).first()
    return draf.isi["sel"].get(kode, {}) if draf else {}


def cakupan_orang(orang: Pengguna) -> Cakupan:
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        return Cakupan.dari(Pengguna.objects.get(pk=orang.pk))


def simpan_sebagai(dunia: Dunia, orang: Pengguna, *perubahan: Perubahan, formulir: str = "F06") -> None:
    cakupan = cakupan_orang(orang)
    with terpasang(cakupan):
        laporan = dunia.laporan(dunia.ambon, formulir)
        hasil = simpan(laporan_id=laporan.pk, perubahan=perubahan, oleh=orang, cakupan=cakupan)
    assert not hasil.ditolak
    assert not hasil.konflik


@pytest.fixture
def klien(dunia: Dunia, masuk: Any) -> Client:
    return masuk(dunia.operator_ambon)


@pytest.fixture
def buku(dunia: Dunia, klien: Client) -> openpyxl.Workbook:
    return ambil(klien, alamat(dunia, "buku_templat"))


# ---------------------------------------------------------------- the template


def test_templat_memuat_semua_formulir_selembar_tiap_formulir(dunia: Dunia, buku: openpyxl.Workbook) -> None:
    assert buku.sheetnames == [
        "Petunjuk", "Daftar isi", "F01 Isi dan kapasitas", "F02 Mutasi penghuni", "F04 Gangguan keamanan",
        "F04 Daftar kejadian", KLASTER, "F06 Daftar hasil", "Rujukan", "_meta",
    ]  # fmt: skip
    assert buku["_meta"].sheet_state == "veryHidden"
    lembar = buku[KLASTER]
    assert [c.value for c in lembar[5]][:3] == ["Kode", "Butir", "Satuan"]
    assert "Januari 2026" in lembar["E5"].value
    assert "Desember 2025" in lembar["D5"].value
    kode = [k for r in range(6, lembar.max_row + 1) if (k := lembar.cell(r, 1).value)]
    assert kode == [f"F06.{b.kode}" for b in dunia.laporan(dunia.ambon).skema.butir.values()]
    assert lembar.column_dimensions["A"].hidden, "codes are for the portal"


def test_templat_terkunci_kecuali_isian_dan_boleh_disaring(buku: openpyxl.Workbook) -> None:
    lembar = buku[KLASTER]
    r, total = baris(lembar, "F06.wbp"), baris(lembar, "F06.lahan")
    assert lembar.protection.sheet
    assert not lembar.protection.autoFilter
    assert not lembar.protection.formatColumns
    kunci = [lembar.cell(r, k).protection.locked for k in range(1, 8)]
    assert kunci == [True, True, True, True, False, False, False]
    assert lembar.cell(total, 5).protection.locked
    assert lembar.cell(total, 5).value.startswith("=IF(COUNT(")
    assert lembar.freeze_panes == "C6"
    assert lembar.print_title_rows == "$5:$5"
    assert lembar.page_setup.orientation == "landscape"
    assert lembar.sheet_properties.pageSetUpPr.fitToPage
    assert "F06_klaster_pangan" in buku.defined_names


def test_templat_memeriksa_dengan_pesan_indonesia_dan_mewarnai_beda_besar(buku: openpyxl.Workbook) -> None:
    lembar = buku[KLASTER]
    aturan = {dv.type: dv for dv in lembar.data_validations.dataValidation}
    assert {"whole", "decimal", "list"} <= set(aturan)
    assert "Tulis 0 bila nihil" in aturan["whole"].error
    assert aturan["list"].formula1.startswith("Rujukan!")
    assert any("0.5" in r.formula[0] for rr in lembar.conditional_formatting for r in rr.rules)
    daftar = buku["F04 Daftar kejadian"]
    assert {"date", "list"} <= {dv.type for dv in daftar.data_validations.dataValidation}
    assert 50 <= daftar.max_row <= 60


def test_templat_berisi_draf_bulan_lalu_dan_register(dunia: Dunia, klien: Client) -> None:
    simpan_sebagai(
        dunia, dunia.operator_ambon, Perubahan("wbp", "1.234"),
        Perubahan("mitra", "", "tak_tersedia", "dinas belum menjawab"),
    )  # fmt: skip
    buku = ambil(klien, alamat(dunia, "buku_templat"))
    lembar = buku[KLASTER]
    assert lembar.cell(baris(lembar, "F06.wbp"), 5).value == 1234
    r = baris(lembar, "F06.mitra")
    assert [lembar.cell(r, k).value for k in (5, 6, 7)] == [None, "Tidak tersedia", "dinas belum menjawab"]
    f01 = buku["F01 Isi dan kapasitas"]
    r = baris(f01, "F01.kapasitas_l")
    assert (f01.cell(r, 5).value, f01.cell(r, 5).protection.locked) == (150, True)


def test_daftar_isi_menaut_dan_menghitung(dunia: Dunia, klien: Client) -> None:
    simpan_sebagai(
        dunia, dunia.operator_ambon, Perubahan("wbp", "1.234"),
        Perubahan("mitra", "", "tak_tersedia", "dinas belum menjawab"),
    )  # fmt: skip
    data = klien.get(alamat(dunia, "buku_templat")).content
    tampak, rumus = (openpyxl.load_workbook(io.BytesIO(data), data_only=x)["Daftar isi"] for x in (True, False))
    n = next(r for r in range(5, tampak.max_row + 1) if tampak.cell(r, 1).value == "Klaster")
    assert [tampak.cell(n, k).value for k in (3, 4)] == [2, "Sebagian"]
    assert f"'{KLASTER}'!E" in rumus.cell(n, 3).value
    buku = openpyxl.load_workbook(io.BytesIO(data))
    for r in range(5, rumus.max_row + 1):
        if taut := rumus.cell(r, 1).hyperlink:
            lembar, _, sel_tuju = taut.location.rpartition("!")
            tujuan = buku[lembar.strip("'")][sel_tuju]
            assert tujuan.row > 5
            assert tujuan.value == rumus.cell(r, 1).value or "Daftar" in lembar, "a section's link leads to its name"


def test_templat_satu_formulir_dan_bukan_yang_sudah_dikirim(dunia: Dunia, klien: Client) -> None:
    satu = ambil(klien, alamat(dunia, "buku_templat") + "?formulir=F06")
    assert {n.split()[0] for n in satu.sheetnames} == {"Petunjuk", "Daftar", "Rujukan", "_meta", "F06"}
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    assert klien.get(alamat(dunia, "buku_templat") + "?formulir=F06").status_code == 404
    assert KLASTER not in ambil(klien, alamat(dunia, "buku_templat")).sheetnames


# ---------------------------------------------------------------- the plan


def test_pratinjau_membedakan_lalu_menyimpan_yang_benar(dunia: Dunia, klien: Client) -> None:
    simpan_sebagai(dunia, dunia.operator_ambon, Perubahan("petugas", "2"), Perubahan("mitra", "3"))
    buku = ambil(klien, alamat(dunia, "buku_templat"))
    isi(buku, "F06.petugas", 5)
    isi(buku, "F06.wbp", 40)
    isi(buku, "F06.bersertifikat", -3)
    isi(buku, "F06.lahan_pinjam", "1,234")
    isi(buku, "F06.klaster_pertanian_panen", "310,5")
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    r = rencana(satu)
    assert {k: b["jenis"] for k, b in r.items()} == {
        "petugas": "berubah", "wbp": "baru", "bersertifikat": "ditolak", "lahan_pinjam": "tanya",
        "klaster_pertanian_panen": "baru",
    }  # fmt: skip
    assert r["petugas"]["lama"] == "2"
    assert r["petugas"]["baru"] == "5"
    assert "negatif" in r["bersertifikat"]["pesan"]
    assert r["lahan_pinjam"]["tanya"] == "1.234"
    assert not sel(dunia, "wbp"), "nothing is written before the decision"
    halaman = klien.get(reverse("pelaporan:unggahan", args=[satu.pk])).content.decode()
    assert "Simpan 3 sel yang benar" in halaman
    assert "Ditolak 1" in halaman
    assert "Perlu ditanya 1" in halaman
    akhir = putuskan(klien, satu)
    assert akhir.hasil["tersimpan"] == 3
    assert akhir.status == Unggahan.Status.DISIMPAN
    assert (sel(dunia, "petugas")["nilai"], sel(dunia, "wbp")["nilai"]) == (5, 40)
    assert float(sel(dunia, "klaster_pertanian_panen")["nilai"]) == 310.5
    assert not sel(dunia, "lahan_pinjam")
    assert sel(dunia, "mitra")["nilai"] == 3
    with terpasang(SISTEM):
        riwayat = RiwayatIsian.objects.filter(laporan=dunia.laporan(dunia.ambon)).last()
    assert riwayat is not None
    assert riwayat.asal == "excel"
    assert riwayat.oleh == dunia.operator_ambon


def test_bacaan_yang_ditanya_disimpan_setelah_dibenarkan(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    isi(buku, "F06.lahan_pinjam", "1,234")
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    kunci = f"{dunia.laporan(dunia.ambon).pk}|lahan_pinjam"
    putuskan(klien, satu, betul=kunci)
    assert sel(dunia, "lahan_pinjam")["nilai"] == 1234


def test_nol_dari_excel_adalah_nihil(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    isi(buku, "F06.wbp", 0)
    putuskan(klien, unggahan(unggah(klien, alamat(dunia), tulis(buku))))
    assert sel(dunia, "wbp")["keadaan"] == "nihil"


def test_keadaan_dan_alasan(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    isi(buku, "F06.mitra", None, "Tidak tersedia", "dinas belum menjawab")
    isi(buku, "F06.petugas", None, "Tidak tersedia")
    isi(buku, "F06.wbp", 4, "Tidak berlaku", "x")
    isi(buku, "F06.bersertifikat", None, "entah")
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    r = rencana(satu)
    assert {k: b["jenis"] for k, b in r.items()} == {
        "mitra": "baru", "petugas": "ditolak", "wbp": "ditolak", "bersertifikat": "ditolak",
    }  # fmt: skip
    putuskan(klien, satu)
    assert sel(dunia, "mitra")["keadaan"] == "tak_tersedia"
    assert sel(dunia, "mitra")["alasan"] == "dinas belum menjawab"


def test_yang_diubah_rekan_menjadi_bentrok_dan_yang_tidak_disentuh_dibiarkan(
    dunia: Dunia, klien: Client, buku: openpyxl.Workbook
) -> None:
    simpan_sebagai(dunia, dunia.kepala_ambon, Perubahan("wbp", "7"), Perubahan("mitra", "9"))
    isi(buku, "F06.wbp", 8)
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    r = rencana(satu)
    assert set(r) == {"wbp"}
    assert r["wbp"]["jenis"] == "bentrok"
    assert (r["wbp"]["lama"], r["wbp"]["baru"]) == ("7", "8")
    assert "Kepala Ambon" in r["wbp"]["pesan"]
    putuskan(klien, satu)
    assert sel(dunia, "wbp")["nilai"] == 7
    assert sel(dunia, "mitra")["nilai"] == 9
    lagi = ambil(klien, alamat(dunia, "buku_templat"))
    isi(lagi, "F06.wbp", 8)
    simpan_sebagai(dunia, dunia.kepala_ambon, Perubahan("wbp", "10", versi=1))
    kedua = unggahan(unggah(klien, alamat(dunia), tulis(lagi)))
    putuskan(klien, kedua, timpa=f"{dunia.laporan(dunia.ambon).pk}|wbp")
    assert sel(dunia, "wbp")["nilai"] == 8


def test_yang_berubah_sesudah_pratinjau_diperiksa_lagi_saat_menyimpan(
    dunia: Dunia, klien: Client, buku: openpyxl.Workbook
) -> None:
    isi(buku, "F06.wbp", 8)
    isi(buku, "F06.mitra", 1)
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    simpan_sebagai(dunia, dunia.kepala_ambon, Perubahan("wbp", "7"))
    akhir = putuskan(klien, satu)
    assert akhir.hasil["tersimpan"] == 1
    assert "7" in akhir.hasil["gagal"][0]["pesan"]
    assert sel(dunia, "wbp")["nilai"] == 7
    assert sel(dunia, "mitra")["nilai"] == 1


def test_laporan_yang_dikirim_sesudah_pratinjau_tidak_diubah(dunia: Dunia, klien: Client) -> None:
    buku = ambil(klien, alamat(dunia, "buku_templat"))
    isi(buku, "F06.wbp", 99)
    isi(buku, "F02.masuk_hukuman_mati_l", 1) if _ada(buku, "F02.masuk_hukuman_mati_l") else None
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    akhir = putuskan(klien, satu)
    assert akhir.hasil["dilewati"]
    assert sel(dunia, "wbp")["nilai"] == 12


def _ada(buku: openpyxl.Workbook, kode: str) -> bool:
    return any(lembar.cell(r, 1).value == kode for lembar in buku for r in range(1, lembar.max_row + 1))


def test_batalkan_tidak_menyimpan_dan_tidak_dapat_diulang(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    isi(buku, "F06.wbp", 8)
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    url = reverse("pelaporan:unggahan", args=[satu.pk])
    assert klien.post(url, {"aksi": "batal"}).status_code == 302
    assert not sel(dunia, "wbp")
    assert klien.post(url, {"aksi": "simpan"}).status_code == 409


# ---------------------------------------------------------------- line lists


def _kejadian(buku: openpyxl.Workbook, r: int, **kolom: Any) -> None:
    lembar = buku["F04 Daftar kejadian"]
    kode = {lembar.cell(4, k).value: k for k in range(2, lembar.max_column + 1)}
    for nama, nilai in kolom.items():
        lembar.cell(r, kode[nama]).value = nilai


def _baris_draf(dunia: Dunia) -> list[dict[str, Any]]:
    with terpasang(SISTEM):
        return Draf.objects.get(laporan=dunia.laporan(dunia.ambon, "F04")).isi["daftar"].get("kejadian", [])


def test_baris_daftar_ditambah_diubah_dihapus_tanpa_ganda(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    _kejadian(buku, 6, tanggal="3/1/2026", jam="14:05", tindak_lanjut="Diperiksa")
    _kejadian(buku, 7, tanggal="2026-01-09", jam="07:30")
    putuskan(klien, unggahan(unggah(klien, alamat(dunia), tulis(buku))))
    isi_baris = _baris_draf(dunia)
    assert [b["sel"]["tanggal"]["nilai"] for b in isi_baris] == ["2026-01-03", "2026-01-09"]
    _kejadian(buku, 7, jam="08:00")
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))  # the same workbook, corrected: its rows are known
    assert len(satu.rencana["laporan"][2]["baris"].get("kejadian", [])) == 0
    lagi = ambil(klien, alamat(dunia, "buku_templat"))
    _kejadian(lagi, 6, tanggal=None, jam=None, tindak_lanjut=None)
    kedua = unggahan(unggah(klien, alamat(dunia), tulis(lagi)))
    assert [b["jenis"] for b in rencana(kedua).values()] == ["hapus"]
    putuskan(klien, kedua)
    assert [b["sel"]["tanggal"]["nilai"] for b in _baris_draf(dunia)] == ["2026-01-09"]


def _dua_kejadian(dunia: Dunia, klien: Client) -> openpyxl.Workbook:
    """Two incidents are in the portal, and in the workbook that was taken after them."""
    buku = ambil(klien, alamat(dunia, "buku_templat"))
    _kejadian(buku, 6, tanggal="3/1/2026", jam="14:05")
    _kejadian(buku, 7, tanggal="9/1/2026", jam="07:30")
    putuskan(klien, unggahan(unggah(klien, alamat(dunia), tulis(buku))))
    return ambil(klien, alamat(dunia, "buku_templat"))


def test_baris_yang_dihapus_dari_lembar_tetap_kecuali_diminta(dunia: Dunia, klien: Client) -> None:
    for buang, sisa in ((False, 2), (True, 1)):
        lagi = ambil(klien, alamat(dunia, "buku_templat")) if buang else _dua_kejadian(dunia, klien)
        lagi["F04 Daftar kejadian"].delete_rows(6)
        isi(lagi, "F06.wbp", 5 + buang)
        satu = unggahan(unggah(klien, alamat(dunia), tulis(lagi)))
        (rinci,) = [b for b in rencana(satu).values() if b["jenis"] == "hilang"]
        assert "3 Januari 2026" in rinci["lama"]
        halaman = klien.get(reverse("pelaporan:unggahan", args=[satu.pk])).content.decode()
        assert "dihapus dari berkas (1 baris)" in halaman
        kunci = f"{dunia.laporan(dunia.ambon, 'F04').pk}|kejadian"
        assert f'value="{kunci}"' in halaman
        assert halaman.count('value="" checked') == 1, "keeping is what happens by itself"
        putuskan(klien, satu, **({"buang-1": kunci} if buang else {"buang-1": ""}))
        assert len(_baris_draf(dunia)) == sisa
    assert [b["sel"]["tanggal"]["nilai"] for b in _baris_draf(dunia)] == ["2026-01-09"]


def test_baris_hilang_yang_diubah_rekan_tidak_dapat_dibuang(dunia: Dunia, klien: Client) -> None:
    lagi = _dua_kejadian(dunia, klien)
    lagi["F04 Daftar kejadian"].delete_rows(6)
    baris_id = _baris_draf(dunia)[0]["id"]
    simpan_sebagai(
        dunia, dunia.kepala_ambon, Perubahan("jam", "15:00", versi=1, daftar="kejadian", baris=baris_id), formulir="F04"
    )
    satu = unggahan(unggah(klien, alamat(dunia), tulis(lagi)))
    assert [b["jenis"] for b in rencana(satu).values()] == ["ditolak"]
    assert "Tetap ada" in next(iter(rencana(satu).values()))["pesan"]
    putuskan(klien, satu, **{"buang-1": f"{dunia.laporan(dunia.ambon, 'F04').pk}|kejadian"})
    assert len(_baris_draf(dunia)) == 2


def test_baris_yang_ditolak_seluruhnya_tidak_ditambahkan(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    _kejadian(buku, 6, tanggal="entah")
    _kejadian(buku, 7, tanggal="3/1/2026")
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    putuskan(klien, satu)
    assert len(_baris_draf(dunia)) == 1


def test_baris_daftar_yang_ada_ikut_di_templat(dunia: Dunia, klien: Client) -> None:
    cakupan = cakupan_orang(dunia.operator_ambon)
    with terpasang(cakupan):
        umum: dict[str, Any] = {"oleh": dunia.operator_ambon, "cakupan": cakupan}
        tambah_baris(
            laporan_id=dunia.laporan(dunia.ambon, "F04").pk, daftar="kejadian", isi={"tanggal": "3/1/2026"}, **umum
        )
    buku = ambil(klien, alamat(dunia, "buku_templat"))
    assert buku["F04 Daftar kejadian"].cell(6, 2).value.date().isoformat() == "2026-01-03"
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    assert rencana(satu) == {}


# ---------------------------------------------------------------- file-level refusals


def test_berkas_milik_unit_lain_bulan_lain_dan_bukan_templat(dunia: Dunia, klien: Client, masuk: Any) -> None:
    masohi = ambil(masuk(dunia.operator_masohi), alamat(dunia, "buku_templat", dunia.masohi))
    jawaban = unggah(klien, alamat(dunia), tulis(masohi))
    assert jawaban.status_code == 400
    assert (
        "Berkas ini milik Rutan Kelas IIB Masohi. Pilih berkas untuk Lapas Kelas IIA Ambon" in jawaban.content.decode()
    )
    lain = openpyxl.Workbook()
    jawaban = unggah(klien, alamat(dunia), tulis(lain))
    assert jawaban.status_code == 400
    assert "Ini bukan templat" in jawaban.content.decode()
    sendiri = tulis(ambil(klien, alamat(dunia, "buku_templat")))
    jawaban = unggah(klien, reverse("pelaporan:buku", args=[dunia.ambon.kode, JANUARI + 1]), sendiri)
    assert "Berkas ini untuk Januari 2026. Pilih berkas Februari 2026" in jawaban.content.decode()
    with terpasang(SISTEM):
        assert not Unggahan.objects.exists()


def test_meta_yang_diubah_ditolak(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    buku["_meta"]["A2"].value = buku["_meta"]["A2"].value.replace("lapas-kelas-iia-ambon", "rutan-kelas-iib-masohi")
    assert "Ini bukan templat" in unggah(klien, alamat(dunia), tulis(buku)).content.decode()


def test_unggahan_orang_lain_tidak_terlihat(dunia: Dunia, klien: Client, masuk: Any, buku: openpyxl.Workbook) -> None:
    isi(buku, "F06.wbp", 8)
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    for nama, akhir in (("unggahan", ""), ("unggahan_galat", ""), ("unggahan_berkas", "")):
        url = reverse(f"pelaporan:{nama}", args=[satu.pk]) + akhir
        assert klien.get(url).status_code == 200
        assert masuk(dunia.operator_masohi).get(url).status_code == 404
        assert masuk(dunia.verifikator_maluku).get(url).status_code == 403
    assert (
        masuk(dunia.operator_masohi).post(reverse("pelaporan:unggahan", args=[satu.pk]), {"aksi": "simpan"}).status_code
        == 404
    )
    assert not sel(dunia, "wbp")


def test_berkas_disimpan_sebagai_bukti(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    isi(buku, "F06.wbp", 8)
    data = tulis(buku)
    satu = unggahan(unggah(klien, alamat(dunia), data))
    assert klien.get(reverse("pelaporan:unggahan_berkas", args=[satu.pk])).content == data
    halaman = klien.get(alamat(dunia)).content.decode()
    assert "Terakhir diunggah oleh Operator Ambon" in halaman
    with terpasang(SISTEM):
        assert Jejak.objects.filter(objek="unggahan", objek_id=str(satu.pk), tindakan="unggah_excel").exists()


# ---------------------------------------------------------------- the error copy


def test_salinan_galat_dapat_diperbaiki_dan_diunggah_lagi(dunia: Dunia, klien: Client, buku: openpyxl.Workbook) -> None:
    isi(buku, "F06.wbp", "dua belas")
    isi(buku, "F06.mitra", 3)
    isi(buku, "F06.petugas", None, "Tidak berlaku")
    _kejadian(buku, 6, tanggal="entah", jam="10:00", lokasi="Tidak tersedia: belum diperiksa")
    satu = unggahan(unggah(klien, alamat(dunia), tulis(buku)))
    putuskan(klien, satu)
    salinan = ambil(klien, reverse("pelaporan:unggahan_galat", args=[satu.pk]))
    lembar = salinan[KLASTER]
    r = baris(lembar, "F06.wbp")
    assert lembar.cell(r, 5).value == "dua belas"
    assert "tidak terbaca sebagai angka" in lembar.cell(r, 5).comment.text
    assert lembar.cell(baris(lembar, "F06.mitra"), 5).value == 3
    assert "tidak terbaca sebagai angka" in lembar.cell(r, 8).value, "in words beside the cell, for print"
    catatan = salinan["Catatan portal"]
    tuju = {catatan.cell(n, 1).value: catatan.cell(n, 1).hyperlink.location for n in range(4, catatan.max_row + 1)}
    assert tuju[f"{KLASTER}!E{r}"] == f"'{KLASTER}'!E{r}"
    assert tuju["F04 Daftar kejadian!B6"] == "'F04 Daftar kejadian'!B6"
    kejadian = salinan["F04 Daftar kejadian"]
    assert (kejadian.cell(6, 2).value, kejadian.cell(6, 3).value) == ("entah", "10:00")
    lokasi = next(k for k in range(2, 15) if kejadian.cell(4, k).value == "lokasi")
    assert kejadian.cell(6, lokasi).value == "Tidak tersedia: belum diperiksa"
    assert lembar.cell(baris(lembar, "F06.petugas"), 6).value == "Tidak berlaku", (
        "the state stays, the reason is missing"
    )
    assert rencana(satu)["petugas"]["baru"] == "Tidak berlaku", "the preview shows what was chosen"
    isi(salinan, "F06.petugas", None, "Tidak berlaku", "belum ada petugas khusus")
    assert kejadian.cell(6, 2).comment
    isi(salinan, "F06.wbp", 12)
    _kejadian(salinan, 6, tanggal="3/1/2026")
    kedua = unggahan(unggah(klien, alamat(dunia), tulis(salinan)))
    assert {b["jenis"] for b in rencana(kedua).values()} == {"baru"}
    putuskan(klien, kedua)
    assert sel(dunia, "wbp")["nilai"] == 12
    assert len(_baris_draf(dunia)) == 1


# ---------------------------------------------------------------- on behalf of units


def _url_kanwil(nama: str = "buku_kanwil", formulir: str = "F06") -> str:
    return f"{reverse(f'pelaporan:{nama}', args=['maluku'])}?pilih=2026-01.{formulir}"


def _isi_kanwil(buku: openpyxl.Workbook, upt: str, **isi_sel: Any) -> None:
    lembar = buku.worksheets[1]
    kolom = {lembar.cell(4, k).value: k for k in range(1, lembar.max_column + 1)}
    for kode, nilai in isi_sel.items():
        lembar.cell(baris(lembar, upt), kolom[kode]).value = nilai


def test_kanwil_mengisi_atas_nama_upt(dunia: Dunia, masuk: Any) -> None:
    kirim(dunia.laporan(dunia.masohi), dunia.kepala_masohi)
    klien = masuk(dunia.verifikator_maluku)
    buku = ambil(klien, _url_kanwil("buku_kanwil_templat"))
    lembar = buku.worksheets[1]
    assert "tidak dapat diisi" in lembar.cell(baris(lembar, dunia.masohi.kode), 3).value
    _isi_kanwil(buku, dunia.ambon.kode, wbp=15, mitra="Tidak tersedia: belum ada balasan", petugas="entah")
    _isi_kanwil(buku, dunia.masohi.kode, wbp=77)
    satu = unggahan(unggah(klien, _url_kanwil(), tulis(buku)))
    assert {k: b["jenis"] for k, b in rencana(satu).items()} == {"wbp": "baru", "mitra": "baru", "petugas": "ditolak"}
    url = reverse("pelaporan:unggahan", args=[satu.pk])
    pratinjau = klien.get(url).content.decode()
    assert pratinjau.index('name="alasan"') < pratinjau.index("<table"), "asked before the cells, not under the bar"
    assert "Yang tidak dibaca (0)" not in pratinjau
    assert klien.post(url, {"aksi": "simpan"}).status_code == 400, "a reason is obligatory"
    putuskan(klien, satu, alasan="Jaringan unit putus sejak Senin")
    hasil = klien.get(url).content.decode()
    assert "<title>Hasil unggahan, Januari 2026" in hasil
    assert "Langkah berikutnya:" in hasil
    kini = sel(dunia, "wbp")
    assert kini["nilai"] == 15
    assert kini["n"] == "Verifikator Maluku (Kanwil Maluku, atas nama UPT)"
    assert sel(dunia, "wbp", upt=dunia.masohi)["nilai"] == 12
    laporan = dunia.laporan(dunia.ambon)
    with terpasang(SISTEM):
        riwayat = RiwayatIsian.objects.filter(laporan=laporan).last()
        assert riwayat is not None
        assert (riwayat.asal, riwayat.sebagai) == ("kanwil", "Kanwil Maluku, atas nama UPT")
        assert Pemberitahuan.objects.filter(laporan=laporan, teks__contains="Jaringan unit putus").count() == 1
        assert pembuat(laporan, dunia.verifikator_maluku), "who typed cannot verify"


def test_kanwil_hanya_wilayahnya_dan_hanya_yang_berhak(dunia: Dunia, masuk: Any) -> None:
    assert masuk(dunia.verifikator_riau).get(_url_kanwil()).status_code == 403
    assert masuk(dunia.peninjau).get(_url_kanwil()).status_code == 403
    assert masuk(dunia.operator_ambon).get(_url_kanwil("buku_kanwil_templat")).status_code == 403
    riau = masuk(dunia.verifikator_riau).get(_url_kanwil("buku_kanwil_templat").replace("maluku", "riau")).content
    jawaban = unggah(masuk(dunia.verifikator_maluku), _url_kanwil(), riau)
    assert jawaban.status_code == 400
    assert "Berkas ini milik Kanwil Riau" in jawaban.content.decode()


# ---------------------------------------------------------------- the command line


def test_perintah_templat_dan_unggah(dunia: Dunia, tmp_path: Any, capsys: Any) -> None:
    jalan = tmp_path / "isian.xlsx"
    call_command("templat_excel", "--upt", dunia.ambon.kode, "--bulan", "2026-01", "-o", str(jalan))
    buku = openpyxl.load_workbook(jalan)
    isi(buku, "F06.wbp", 21)
    buku.save(jalan)
    call_command("unggah_excel", str(jalan), "--akun", "operator_ambon")
    assert "1 baru" in capsys.readouterr().out
    assert not sel(dunia, "wbp")
    call_command("unggah_excel", str(jalan), "--akun", "operator_ambon", "--simpan")
    assert sel(dunia, "wbp")["nilai"] == 21


def test_draf_penuh_bolak_balik_tidak_mengubah_apa_pun(dunia: Dunia, klien: Client) -> None:
    """What the portal writes into the workbook it reads back as the same, for every item of every form."""
    for formulir in ("F01", "F02", "F04", "F06"):
        isi_penuh(dunia.laporan(dunia.ambon, formulir), dunia.operator_ambon)
    data = klien.get(alamat(dunia, "buku_templat")).content
    satu = unggahan(unggah(klien, alamat(dunia), data))
    assert rencana(satu) == {}
    assert satu.rencana["galat"] == []
    assert satu.rencana["abaikan"] == []
    assert sum(x["sama"] for x in satu.rencana["laporan"]) > 150


def test_angka_di_sel_teks_adalah_teks_dan_baris_terhapus_disebut(dunia: Dunia) -> None:
    """A permit number that Excel made a number of is saved as it was previewed; a deleted row is not passed over."""
    skema = dunia.laporan(dunia.ambon, "F04").skema
    kolom = next(k for d in skema.daftar.values() for k in d.kolom if k.jenis == "teks")
    butir = replace(kolom, kode="nomor_izin", wajib=False)
    bagian = dunia.laporan(dunia.ambon).skema
    satu = Penyusun(bagian, {}, Formulir("", {}, {}), "sidik")
    satu._banding(butir, "nomor_izin", "klinik", Ditulis(445021, "", "", "F09!E6"), None, (0, ""))
    assert satu.rencana.butir[0].ke_perubahan().teks == "445021"
    ketik = [b for b in bagian.bagian[1].butir if b.diketik]
    for b in ketik[1:]:
        satu.butir(b.kode, Ditulis(None, "", "", "F06!E7"))
    assert list(satu.kode_hilang()) == [
        f"{bagian.bagian[1].judul}: baris {ketik[0].label} tidak ada di berkas. Isinya di portal tetap."
    ]
