"""Notices, chasing, numbers, and the calendar: own rows only, nothing personal, one outside address."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from icalendar import Calendar

from pelaporan.models import KalenderUnit, Laporan, Pemberitahuan, PengaturanKabar, SuratKeluar, Tagihan
from pelaporan.tenggat.nomor import nomor_wa, tautan_wa, tulis_nomor
from pemasyarakatan.inti.waktu import akhir_hari, zona_dari
from tests import dunia as pembuat
from tests.pelaporan.tenggat.bantu import jalan, saat, ubah
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

RABU = date(2026, 2, 18)


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("teks", "nomor"),
    [
        ("0812-3456-7890", "6281234567890"),
        ("+62 812 3456 7890", "6281234567890"),
        ("62 (0)812.3456.789", "628123456789"),
        ("0062812345678", "62812345678"),
        ("8123456789", "628123456789"),
        ("(0911) 342-555", ""),
        ("0812-34", ""),
        ("0812 3456 7890 1234", ""),
        ("0812x34567890", ""),
        ("081٢34567890", ""),
        ("", ""),
    ],
)
def test_nomor_wa(teks: str, nomor: str) -> None:
    assert nomor_wa(teks) == nomor


def test_tautan_hanya_ke_wa_me() -> None:
    alamat = tautan_wa("6281234567890", "Yth. Operator & rekan?\nx#y")
    bagian = urlsplit(alamat)
    assert (bagian.scheme, bagian.netloc, bagian.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(bagian.query) == {"text": ["Yth. Operator & rekan?\nx#y"]}
    for jahat in ("evil.test/", "6281234567890@evil.test", "//evil.test", "62812345678900000"):
        with pytest.raises(ValueError, match="bukan nomor"):
            tautan_wa(jahat, "x")
    assert tulis_nomor("6281234567890") == "+62 812-3456-7890"


# ---------------------------------------------------------------- chasing


@pytest.fixture
def lewat(dunia: Any) -> Any:
    ubah(dunia.ambon, tenggat=akhir_hari(RABU, "WIT"))
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.ambon.pk).update(wa="0812-3456-7890", surel="lapas@uji.test")
    return dunia


def test_wa_dicatat_lalu_dibuka(lewat: Any, masuk: Any) -> None:
    klien = masuk(lewat.verifikator_maluku)
    with time_machine.travel(saat("2026-02-20T09:00"), tick=False):
        klien.force_login(lewat.verifikator_maluku)
        teks = klien.get(f"/tagihan/{lewat.ambon.kode}/?bulan=2026-01").content.decode()
        assert "sudah lewat 2 hari" in teks
        jawab = klien.post(f"/tagihan/{lewat.ambon.kode}/", {"bulan": "2026-01", "saluran": "wa"})
    assert jawab.status_code == 302
    assert jawab.url.startswith("https://wa.me/6281234567890?text=Yth.%20Operator%20Lapas%20Kelas%20IIA%20Ambon")
    klien.force_login(lewat.verifikator_maluku)  # the clock went on
    assert "https://wa.me https://api.whatsapp.com" in klien.get("/tagihan/")["Content-Security-Policy"]
    with terpasang(SISTEM):
        satu = Tagihan.objects.get()
    assert (satu.saluran, satu.oleh_id, satu.upt_id) == ("wa", lewat.verifikator_maluku.pk, lewat.ambon.pk)
    assert "tautan WhatsApp dibuka" in klien.get("/tagihan/?bulan=2026-01").content.decode()


def test_tanpa_nomor_dikatakan_dan_tidak_dicatat(lewat: Any, masuk: Any) -> None:
    klien = masuk(lewat.verifikator_maluku)
    assert "Nomor belum ada. Minta ke UPT" in klien.get("/tagihan/?bulan=2026-01").content.decode()
    jawab = klien.post(f"/tagihan/{lewat.masohi.kode}/", {"bulan": "2026-01", "saluran": "wa"})
    assert jawab.status_code == 400
    with terpasang(SISTEM):
        assert Tagihan.objects.count() == 0


def test_telepon_perlu_catatan_dan_surel_masuk_kotak(lewat: Any, masuk: Any, settings: Any) -> None:
    settings.SUREL_AKTIF = True
    klien, alamat = masuk(lewat.kepala_maluku), f"/tagihan/{lewat.ambon.kode}/"
    assert klien.post(alamat, {"bulan": "2026-01", "saluran": "telepon"}).status_code == 400
    isi = {"bulan": "2026-01", "saluran": "telepon", "catatan": "Dijanjikan besok"}
    assert klien.post(alamat, isi).status_code == 302
    assert klien.post(alamat, {"bulan": "2026-01", "saluran": "surel", "teks": "Mohon dikirim."}).status_code == 302
    assert klien.post(alamat, {"bulan": "2026-01", "saluran": "merpati"}).status_code == 400
    with terpasang(SISTEM):
        satu = SuratKeluar.objects.get()
        assert (satu.untuk, satu.isi) == ("lapas@uji.test", "Mohon dikirim.\n")
        assert Tagihan.objects.count() == 2


def test_yang_sudah_lengkap_tidak_ditagih(lewat: Any, masuk: Any) -> None:
    for formulir in ("F01", "F02", "F04", "F06"):
        pembuat.kirim(lewat.laporan(lewat.ambon, formulir), lewat.kepala_ambon)
    klien = masuk(lewat.verifikator_maluku)
    assert lewat.ambon.nama not in klien.get("/tagihan/?bulan=2026-01").content.decode()
    assert klien.post(f"/tagihan/{lewat.ambon.kode}/", {"bulan": "2026-01", "saluran": "wa"}).status_code == 400


def test_unit_diam_dan_ringkasan_nasional(lewat: Any, masuk: Any) -> None:
    pembuat.isi_penuh(lewat.laporan(lewat.masohi, "F06"), lewat.operator_masohi)
    teks = masuk(lewat.verifikator_maluku).get("/tagihan/?bulan=2026-01").content.decode()
    assert teks.count("<strong>Belum dibuka</strong>") == 1  # Ambon; Masohi has begun
    nasional = masuk(lewat.peninjau).get("/tagihan/?bulan=2026-01").content.decode()
    assert nasional.count("?bulan=2026-01&amp;kanwil=") == 2
    rinci = masuk(lewat.peninjau).get("/tagihan/?bulan=2026-01&kanwil=riau").content.decode()
    assert lewat.pekanbaru.nama in rinci
    assert lewat.ambon.nama not in rinci


# ---------------------------------------------------------------- notices


def test_kabar_milik_sendiri_dan_dibaca(lewat: Any, masuk: Any) -> None:
    jalan("2026-02-19T08:30")
    klien = masuk(lewat.operator_ambon)
    teks = klien.get("/pemberitahuan/").content.decode()
    assert "terlambat 1 hari" in teks
    assert '<span class="jumlah">1</span>' in teks
    assert "terlambat 1 hari" not in masuk(lewat.operator_masohi).get("/pemberitahuan/").content.decode()
    assert "terlambat 1 hari" not in masuk(lewat.verifikator_riau).get("/pemberitahuan/").content.decode()
    assert f"{lewat.ambon.nama}: Laporan" in masuk(lewat.verifikator_maluku).get("/pemberitahuan/").content.decode()
    with terpasang(SISTEM):
        pk = Pemberitahuan.objects.filter(untuk="upt").latest("pk").pk
    klien.post("/pemberitahuan/dibaca/", {"sampai": pk})
    assert '<span class="jumlah">' not in klien.get("/pemberitahuan/").content.decode()
    klien.post("/pemberitahuan/dibaca/", {"sampai": 10**15})  # what is not one's own to read cannot be skipped
    with terpasang(SISTEM):
        assert PengaturanKabar.objects.get().dibaca_sampai == pk


def test_hitung_kabar_satu_kueri(lewat: Any, django_assert_num_queries: Any) -> None:
    from pelaporan.tenggat.selectors import belum_dibaca
    from tests.pelaporan.tenggat.bantu import cakupan

    jalan("2026-02-19T08:30")
    cak = cakupan(lewat.operator_ambon)
    with terpasang(cak), django_assert_num_queries(1):
        assert belum_dibaca(cak, lewat.operator_ambon) == 1


def test_pilihan_surel_tersimpan(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    klien.post("/pemberitahuan/atur/", {})
    with terpasang(SISTEM):
        assert PengaturanKabar.objects.get(pk=dunia.operator_ambon.pk).surel_pengingat is False
    klien.post("/pemberitahuan/atur/", {"surel": "ya"})
    with terpasang(SISTEM):
        assert PengaturanKabar.objects.get(pk=dunia.operator_ambon.pk).surel_pengingat is True


def test_beranda_dengan_kabar_tanpa_laporan(lewat: Any, masuk: Any) -> None:
    jalan("2026-02-19T08:30")
    teks = masuk(lewat.operator_ambon).get(f"/upt/{lewat.ambon.kode}/?bulan=2026-01").content.decode()
    assert "terlambat 1 hari" in teks


# ---------------------------------------------------------------- the calendar


def _alamat(dunia: Any) -> str:
    with terpasang(SISTEM):
        satu = KalenderUnit.objects.get(upt=dunia.ambon)
    return f"/kalender/{satu.upt_id}-{satu.rahasia}.ics"


def test_kalender_dibaca_tanpa_masuk_dan_mati_setelah_diganti(lewat: Any, masuk: Any, client: Any) -> None:
    klien = masuk(lewat.operator_ambon)
    with time_machine.travel(saat("2026-02-20T09:00"), tick=False):
        klien.force_login(lewat.operator_ambon)
        klien.post(f"/upt/{lewat.ambon.kode}/kalender/")
        lama = _alamat(lewat)
        jawab = client.get(lama)
    assert jawab.status_code == 200
    assert jawab["Cache-Control"] == "no-store"
    assert jawab["Content-Type"].startswith("text/calendar")
    assert "Set-Cookie" not in jawab
    acara = Calendar.from_ical(jawab.content).walk("VEVENT")
    (januari,) = [a for a in acara if "Januari 2026" in a["summary"]]
    assert str(januari["summary"]) == "Tenggat laporan Januari 2026: 4 dari 4 formulir belum dikirim"
    assert januari.decoded("dtend") == datetime(2026, 2, 18, 23, 59, tzinfo=zona_dari("WIT"))
    assert januari.decoded("dtend").utcoffset() == timedelta(hours=9)
    assert any("Februari 2026" in a["summary"] and "Belum dibuka" in a["description"] for a in acara)
    for orang in lewat.orang.values():
        if " " in orang.nama:
            assert orang.nama not in jawab.content.decode()
    klien.force_login(lewat.operator_ambon)  # the clock went on
    klien.post(f"/upt/{lewat.ambon.kode}/kalender/")
    assert client.get(lama).status_code == 404
    assert client.get(_alamat(lewat)).status_code == 200


def test_kalender_mengikuti_yang_dikirim(lewat: Any, masuk: Any, client: Any) -> None:
    masuk(lewat.operator_ambon).post(f"/upt/{lewat.ambon.kode}/kalender/")
    pembuat.kirim(lewat.laporan(lewat.ambon), lewat.kepala_ambon)
    with terpasang(SISTEM):
        Laporan.objects.filter(upt=lewat.ambon, formulir_id="F01").update(dibebaskan="Renovasi")
    with time_machine.travel(saat("2026-02-20T09:00"), tick=False):
        isi = client.get(_alamat(lewat)).content
    (januari,) = [a for a in Calendar.from_ical(isi).walk("VEVENT") if "Januari 2026" in a["summary"]]
    assert "2 dari 3 formulir" in januari["summary"]
    assert "Renovasi" not in isi.decode()


@pytest.mark.parametrize("kunci", ["0-x", "999999-{r}", "{u}-{r}0", "{u}-", "{u}", "x-{r}", "{m}-{r}", "９-{r}"])
def test_alamat_salah_404(lewat: Any, masuk: Any, client: Any, kunci: str) -> None:
    masuk(lewat.operator_ambon).post(f"/upt/{lewat.ambon.kode}/kalender/")
    u, r = _alamat(lewat).removeprefix("/kalender/").removesuffix(".ics").split("-")
    assert client.get(f"/kalender/{kunci.format(u=u, r=r, m=lewat.masohi.pk)}.ics").status_code == 404


def test_alamat_kalender_bukan_untuk_kanwil(lewat: Any, masuk: Any) -> None:
    assert masuk(lewat.kepala_maluku).get(f"/upt/{lewat.ambon.kode}/kalender/").status_code == 403
