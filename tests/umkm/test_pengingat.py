"""Reminders of licences: on their days, once each, to whom they concern, and no more once renewed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pelaporan.models import Pemberitahuan
from tests.dunia import Dunia
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis, pengingat, tasks
from umkm.pengingat import langkah
from upt.cakupan import SISTEM, terpasang

HABIS = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("sisa", "tahap"),
    [
        (200, None), (91, None), (90, 90), (84, 90), (83, None), (31, None), (30, 30), (25, 30), (23, None), (8, None),
        (7, 7), (1, 7), (0, None), (-1, -1), (-7, -1), (-8, None), (-400, None),
    ],
)  # fmt: skip
def test_tangga(sisa: int, tahap: int | None) -> None:
    assert langkah(HABIS, HABIS - timedelta(days=sisa)) == tahap


def pagi(hari: date, jam: int = 8) -> datetime:
    """That hour in Ambon (WIT)."""
    return datetime(hari.year, hari.month, hari.day, jam, 30, tzinfo=UTC) - timedelta(hours=9)


def kabar() -> list[tuple[str, str]]:
    with terpasang(SISTEM):
        return list(Pemberitahuan.objects.order_by("pk").values_list("untuk", "teks"))


def test_setiap_tahap_sekali(ambon: Unit) -> None:
    satu = ambon.produk()
    ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="ID31", produk_id=satu.pk, berakhir=HABIS)
    jumlah = [pengingat.kirim(pada=pagi(HABIS - timedelta(days=n))) for n in (100, 90, 89, 30, 29, 7, 6, 0, -1, -2)]
    assert jumlah == [0, 1, 0, 2, 0, 2, 0, 0, 1, 0]
    assert [u for u, _ in kabar()] == ["upt", "upt", "kanwil", "upt", "kanwil", "upt"]
    assert kabar()[0][1] == (
        "Halal untuk Keripik pisang (ID31) berlaku sampai 31 Desember 2026. Perpanjang, lalu catat yang baru."
    )
    assert "habis masa berlakunya 31 Desember 2026" in kabar()[-1][1]
    assert kabar()[2][1].startswith("Lapas Kelas IIA Ambon: Halal")


def test_dibaca_unit_dan_kanwilnya_saja_dan_membuka_produknya(ambon: Unit, dunia: Dunia) -> None:
    satu = ambon.produk()
    ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="ID31", produk_id=satu.pk, berakhir=HABIS)
    pengingat.kirim(pada=pagi(HABIS - timedelta(days=30)))
    for orang, banyak in (("operator_ambon", 2), ("operator_masohi", 0), ("verifikator_riau", 0)):
        with sebagai_orang(getattr(dunia, orang)):
            assert Pemberitahuan.objects.count() == banyak, orang
    with terpasang(SISTEM):
        notis = Pemberitahuan.objects.first()
    assert notis is not None
    assert notis.laporan_id is None
    assert notis.url == f"/umkm/{dunia.ambon.kode}/produk/{satu.pk}/"


def test_belum_pukul_delapan_setempat(ambon: Unit) -> None:
    ambon.catat(jenis.LEGALITAS, jenis="sni", nomor="1", berakhir=HABIS)
    hari = HABIS - timedelta(days=7)
    assert pengingat.kirim(pada=pagi(hari, 7)) == 0
    assert pengingat.kirim(pada=pagi(hari, 8)) == 2


def test_berhenti_setelah_diperpanjang_dan_mulai_lagi_bila_tanggalnya_diperbaiki(ambon: Unit) -> None:
    satu, dua = ambon.produk("A"), ambon.produk("B")
    lama = ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="1", produk_id=satu.pk, berakhir=HABIS)
    ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="2", produk_id=dua.pk, berakhir="1/1/2030")
    ambon.catat(jenis.LEGALITAS, jenis="sni", nomor="3", produk_id=satu.pk, berakhir="1/1/2030")
    saat = pagi(HABIS - timedelta(days=7))
    assert pengingat.kirim(pada=saat) == 2, "another product's paper and another kind renew nothing"
    ambon.ubah(jenis.LEGALITAS, lama, berakhir="1/1/2027")
    assert pengingat.kirim(pada=saat + timedelta(days=1)) == 2
    ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="9", produk_id=satu.pk, berakhir="1/1/2031")
    assert pengingat.kirim(pada=pagi(date(2027, 1, 2))) == 0


def test_yang_dihapus_dan_yang_produknya_berhenti_tidak_diingatkan(ambon: Unit) -> None:
    satu = ambon.produk(berhenti="1/2/2026")
    ambon.catat(jenis.LEGALITAS, jenis="halal", nomor="1", produk_id=satu.pk, berakhir=HABIS)
    baris = ambon.catat(jenis.LEGALITAS, jenis="sni", nomor="1", berakhir=HABIS)
    ambon.hapus(jenis.LEGALITAS, baris)
    assert pengingat.kirim(pada=pagi(HABIS - timedelta(days=7))) == 0


def test_dua_detak_satu_kabar(ambon: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    ambon.catat(jenis.LEGALITAS, jenis="sni", nomor="1", berakhir=HABIS)
    saat = pagi(HABIS - timedelta(days=30))
    monkeypatch.setattr(pengingat, "sekarang", lambda: saat)
    tasks.pengingat()
    tasks.pengingat()
    assert len(kabar()) == 2
