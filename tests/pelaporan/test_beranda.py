"""Where everybody lands, and the unit home: what is owed, by when, whose turn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pelaporan import selectors_isian, views_beranda
from pelaporan.alur import Aksi
from pelaporan.models import Periode
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan, sekarang
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT, Penugasan

AMBON = "/upt/lapas-kelas-iia-ambon/"
FORMULIR = ("F01", "F02", "F04", "F06")


@pytest.fixture
def sebelum_tenggat(monkeypatch: pytest.MonkeyPatch, dunia: Dunia) -> datetime:
    """Three days before the deadline of January."""
    kini = dunia.laporan(dunia.ambon).tenggat - timedelta(days=3)
    monkeypatch.setattr(views_beranda, "sekarang", lambda: kini)
    monkeypatch.setattr("pemasyarakatan.inti.waktu.sekarang", lambda: kini)
    return kini


def isi(klien: Client, url: str = AMBON) -> str:
    jawaban = klien.get(url)
    assert jawaban.status_code == 200
    return jawaban.content.decode()


# ---------------------------------------------------------------- by role


@pytest.mark.parametrize(
    ("nama", "tujuan"),
    [
        ("operator_ambon", AMBON),
        ("kepala_ambon", AMBON),
        ("verifikator_maluku", "/verifikasi/"),
        ("kepala_maluku", "/verifikasi/"),
        ("peninjau", "/dasbor/"),
        ("pimpinan", "/dasbor/"),
        ("auditor", "/dasbor/"),
        ("admin", "/kelola/"),
    ],
)
def test_beranda_menurut_peran(dunia: Dunia, masuk: Any, nama: str, tujuan: str) -> None:
    jawaban = masuk(getattr(dunia, nama)).get("/")
    assert (jawaban.status_code, jawaban["Location"]) == (302, tujuan)


def test_tanpa_penugasan_dijelaskan(dunia: Dunia, masuk: Any) -> None:
    assert "belum mempunyai penugasan" in isi(masuk(dunia.asing), "/")


def test_belum_masuk_ke_halaman_masuk(dunia: Dunia) -> None:
    assert Client().get(AMBON)["Location"] == f"/masuk/?next={AMBON}"


def test_beberapa_unit_dipilih(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=dunia.operator_ambon, peran="operator_upt", upt=dunia.masohi,
            kanwil=dunia.masohi.kanwil, mulai=date(2020, 1, 1),
        )  # fmt: skip
    html = isi(masuk(dunia.operator_ambon), "/")
    assert "Pilih unit" in html
    assert AMBON in html
    assert "/upt/rutan-kelas-iib-masohi/" in html


# ---------------------------------------------------------------- scope


def test_unit_lain_404_tanpa_hak_403(dunia: Dunia, masuk: Any) -> None:
    assert masuk(dunia.operator_masohi).get(AMBON).status_code == 404
    assert masuk(dunia.verifikator_riau).get(AMBON).status_code == 404
    assert masuk(dunia.asing).get(AMBON).status_code == 404
    assert masuk(dunia.admin).get(AMBON).status_code == 403
    assert masuk(dunia.verifikator_maluku).get(AMBON).status_code == 200


@pytest.mark.parametrize("bulan", ["x", "2026-13", "2026-1", "99999-01"])
def test_bulan_rusak_404(dunia: Dunia, masuk: Any, bulan: str) -> None:
    assert masuk(dunia.operator_ambon).get(f"{AMBON}?bulan={bulan}").status_code == 404


# ---------------------------------------------------------------- states


def test_unit_baru_sebelum_tenggat(dunia: Dunia, masuk: Any, sebelum_tenggat: datetime) -> None:
    html = isi(masuk(dunia.operator_ambon))
    assert "Selamat datang" in html
    assert "Laporan Januari 2026 jatuh tempo" in html
    assert "Sisa 3 hari." in html
    assert "0 dari 4 formulir sudah dikirim." in html
    assert "Mulai Isi dan kapasitas" in html
    assert "Lewat" not in html


def test_terlambat(dunia: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kini = dunia.laporan(dunia.ambon).tenggat + timedelta(days=2)
    monkeypatch.setattr(views_beranda, "sekarang", lambda: kini)
    monkeypatch.setattr("pemasyarakatan.inti.waktu.sekarang", lambda: kini)
    html = isi(masuk(dunia.operator_ambon))
    assert "Laporan Januari 2026 terlambat 2 hari" in html
    assert html.count("Lewat 2 hari") == 4


def test_lanjutkan_yang_sudah_dimulai_lalu_periksa(dunia: Dunia, masuk: Any, sebelum_tenggat: datetime) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    assert "33 dari 33 butir terisi" in isi(masuk(dunia.operator_ambon))
    assert "Periksa Ketahanan pangan" in isi(masuk(dunia.operator_ambon))
    assert "Periksa dan kirim Ketahanan pangan" in isi(masuk(dunia.kepala_ambon))
    lakukan(laporan, Aksi.SIAPKAN, dunia.operator_ambon)
    assert "Giliran: Kepala UPT mengirim" in isi(masuk(dunia.operator_ambon))
    assert "Mulai Isi dan kapasitas" in isi(masuk(dunia.operator_ambon))
    assert "Periksa dan kirim Ketahanan pangan" in isi(masuk(dunia.kepala_ambon))


def test_dikembalikan(dunia: Dunia, masuk: Any, sebelum_tenggat: datetime) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(
        laporan, Aksi.KEMBALIKAN, dunia.verifikator_maluku,
        alasan="tidak_cocok", teks="Cocokkan.", sel={"wbp": "10?"},
    )  # fmt: skip
    html = isi(masuk(dunia.operator_ambon))
    assert "1 catatan Kanwil" in html
    assert "Perbaiki Ketahanan pangan" in html
    assert "Kanwil Maluku mengembalikan Ketahanan pangan Januari 2026" in html


def test_semua_terkirim_dan_bulan_ditutup(dunia: Dunia, masuk: Any) -> None:
    for kode in FORMULIR:
        kirim(dunia.laporan(dunia.ambon, kode), dunia.kepala_ambon)
    html = isi(masuk(dunia.operator_ambon))
    assert "Semua laporan Januari 2026 sudah terkirim" in html
    assert "4 formulir menunggu verifikasi Kanwil." in html
    with terpasang(SISTEM):
        Periode.objects.update(status=Periode.Status.DITUTUP)
    assert "Bulan ini sudah ditutup Pusat" in isi(masuk(dunia.operator_ambon))


def test_pembaca_tidak_ditawari_mengisi(dunia: Dunia, masuk: Any) -> None:
    html = isi(masuk(dunia.verifikator_maluku))
    assert "Kewajiban Januari 2026" in html
    assert "Mulai Isi" not in html


def test_bulan_yang_belum_dibuka(dunia: Dunia, masuk: Any) -> None:
    html = isi(masuk(dunia.operator_ambon), f"{AMBON}?bulan=2027-02")
    assert "Februari 2027 belum dibuka" in html


def test_bulan_terlama_yang_masih_dapat_dikerjakan_lebih_dahulu(dunia: Dunia, masuk: Any) -> None:
    """Late work comes before new work, but a closed month holds nobody back."""
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2026, 2))
    halaman = isi(masuk(dunia.kepala_ambon))
    assert "Kewajiban Januari 2026" in halaman
    assert "Februari 2026 (4 belum selesai)" in halaman
    with terpasang(SISTEM):
        Periode.objects.filter(bulan="2026-01-01").update(status=Periode.Status.DITUTUP)
    assert "Kewajiban Februari 2026" in isi(masuk(dunia.kepala_ambon))


def test_pemberitahuan_membuka_laporannya(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon, "F06")
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    halaman = isi(masuk(dunia.kepala_ambon))
    notis = halaman[halaman.index('id="notis"') :]
    assert f'href="/laporan/{dunia.ambon.kode}/2026-01/F06/"' in notis


@pytest.mark.parametrize(
    ("nama", "pertama", "ada_beranda"),
    [("operator_ambon", "Beranda", True), ("verifikator_maluku", "Verifikasi", False), ("peninjau", "Dasbor", False)],
)
def test_menu_tanpa_dua_pintu_ke_halaman_yang_sama(
    dunia: Dunia, masuk: Any, nama: str, pertama: str, ada_beranda: bool
) -> None:
    """Only people of a unit have a home of their own; a report is marked as part of the page it is worked on from."""
    jawab = masuk(getattr(dunia, nama)).get(f"/laporan/{dunia.ambon.kode}/2026-01/F06/")
    menu = jawab.context["tampilan"]["navigasi"]
    assert (menu[0].label, menu[0].aktif) == (pertama, True)
    assert any(m.label == "Beranda" for m in menu) is ada_beranda


def test_unit_tanpa_satu_bulan_pun(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        UPT.objects.create(kode="lapas-uji", nama="Lapas Uji", jenis="LAPAS", kanwil=dunia.ambon.kanwil, zona="WIT")
    assert "Belum ada bulan yang dibuka" in isi(masuk(dunia.verifikator_maluku), "/upt/lapas-uji/")


def test_unit_tutup(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.ambon.pk).update(berlaku_sampai=date(2026, 1, 31))
    assert "Unit ini sudah ditutup" in isi(masuk(dunia.operator_ambon))
    assert not selectors_isian.unit_tutup(dunia.ambon, sekarang().date())


# ---------------------------------------------------------------- cost


def test_banyak_kueri_tetap(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven queries, one of them of the register that feeds F06, whatever the number of forms and what is filled in."""
    with terpasang(SISTEM):
        cakupan = Cakupan.dari(dunia.operator_ambon)

    def hitung() -> int:
        with (
            terpasang(cakupan),
            CaptureQueriesContext(
                connection,
            ) as kueri,
        ):
            upt = selectors_isian.upt_terlihat(cakupan, dunia.operator_ambon, dunia.ambon.kode)
            selectors_isian.beranda_upt(cakupan, upt, None)
        return len([k for k in kueri if k["sql"].startswith("SELECT") and "set_config" not in k["sql"]])

    hitung()  # the forms are read once per process
    kosong = hitung()
    for kode in FORMULIR:
        isi_penuh(dunia.laporan(dunia.ambon, kode), dunia.operator_ambon)
    assert hitung() == kosong <= 7
    semua = selectors_isian._laporan_bulan

    def tanpa_register(*apa: Any) -> Any:
        return [satu for satu in semua(*apa) if not satu.formulir_versi.skema.per_register]

    monkeypatch.setattr(selectors_isian, "_laporan_bulan", tanpa_register)
    assert hitung() == kosong - 1, "a unit whose forms no register feeds is asked nothing of it"
