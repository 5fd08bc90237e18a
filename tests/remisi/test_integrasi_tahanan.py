"""Notices before detentions end, forecasts, and what is told to whom: counts, never persons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from pelaporan.models import Pemberitahuan
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from remisi.integrasi import pengingat, ramalan, services
from remisi.integrasi.ramalan import Hunian, Ramalan
from remisi.integrasi.selectors import titian_unit
from remisi.integrasi.selectors_tahanan import daftar_tahanan
from remisi.integrasi.tahanan import DIKIRIM, NANTI, TELAT, TEMPO, Tahanan, langkah, surat
from remisi.integrasi.views_ramalan import _baris_unit, _orang
from remisi.ketentuan import bawaan
from remisi.models import PemberitahuanTahanan, RamalanUnit
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import layak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAPI, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang

HABIS = date(2026, 12, 20)
KOSONG = {"kelompok": "", "tanggal_putusan": None, "pidana_tahun": None, "pidana_bulan": None, "pidana_hari": None}


def test_ten_and_three_days_come_from_the_rules() -> None:
    """Petunjuk pencegahan overstaying."""
    assert langkah(bawaan(), HABIS) == (10, 3)
    assert langkah(bawaan(), date(2000, 1, 1)) == ()


@pytest.mark.parametrize(
    ("hari", "keadaan"),
    [
        (date(2026, 12, 9), (NANTI, NANTI)),
        (date(2026, 12, 10), (TEMPO, NANTI)),
        (date(2026, 12, 11), (TELAT, NANTI)),
        (date(2026, 12, 17), (TELAT, TEMPO)),
        (date(2026, 12, 21), (TELAT, TELAT)),
    ],
)
def test_due_on_its_day_and_late_after_it(hari: date, keadaan: tuple[str, str]) -> None:
    assert tuple(s.keadaan for s in surat(HABIS, hari, (10, 3), [])) == keadaan


def test_what_was_sent_late_stays_marked() -> None:
    tepat, telat = (surat(HABIS, HABIS, (10,), [(10, date(2026, 12, n), "W-1")])[0] for n in (10, 12))
    assert (tepat.keadaan, tepat.terlambat) == (DIKIRIM, False)
    assert (telat.keadaan, telat.terlambat) == (DIKIRIM, True)


def test_a_nearer_notice_overtakes_the_farther_one() -> None:
    """Two days before the end both are late: the three-day one is sent, and then nothing more is asked."""
    hari, isi = date(2026, 12, 19), {"data": 1, "sebutan": "", "golongan": "", "habis": HABIS, "sisa": 2}
    belum = Tahanan(**isi, surat=surat(HABIS, hari, (10, 3), []))
    assert belum.perlu is not None
    assert belum.perlu.hari == 3
    assert Tahanan(**isi, surat=surat(HABIS, hari, (10, 3), [(3, hari, "W-1")])).perlu is None
    baru_satu = Tahanan(**isi, surat=surat(HABIS, hari, (10, 3), [(10, hari, "W-1")]))
    assert baru_satu.perlu is not None
    assert baru_satu.perlu.hari == 3


def tahan(dunia: Dunia, sisa: int, nomor: int = 90) -> int:
    """A person held at Ambon whose detention ends in so many days."""
    register = Register(dunia.ambon, dunia.operator_ambon)
    habis, sejak = hari_ini("WIT") + timedelta(days=sisa), hari_ini("WIT") - timedelta(days=40)
    isi = {**NAPI, **KOSONG, "status": "TAHANAN", "golongan": "A.III", "habis_tahan": habis, "salinan_putusan": None,
           "tanggal_tahan": sejak, "sejak": sejak}  # fmt: skip
    return register.banyak([{**isi, "nomor": nomor_ke(nomor)}])[0]


def catat(dunia: Dunia, siapa: str = "operator_ambon", **ubah: Any) -> PemberitahuanTahanan:
    with sebagai_orang(getattr(dunia, siapa)) as (oleh, cakupan):
        return services.catat_pemberitahuan(**{"nomor": "W-7", "oleh": oleh, "cakupan": cakupan, **ubah})


@pytest.mark.django_db
def test_recording_a_notice(dunia: Dunia) -> None:
    kini = hari_ini("WIT")
    pk = tahan(dunia, 10)
    isi = {"data": pk, "langkah": 10, "habis": kini + timedelta(days=10), "dikirim": kini}
    with sebagai_orang(dunia.operator_ambon):
        daftar = daftar_tahanan(dunia.ambon, kini)
        assert (daftar.perlu, daftar.lewat) == (1, 0)
    assert catat(dunia, **isi).pk == catat(dunia, **isi).pk, "the same notice again"
    with pytest.raises(Bentrok, match="sudah dicatat"):
        catat(dunia, **isi, nomor="W-8")
    for salah, galat in (
        ({"langkah": 5}, TidakSah), ({"dikirim": kini + timedelta(days=1)}, TidakSah), ({"nomor": " "}, TidakSah),
        ({"habis": kini}, Bentrok),
    ):  # fmt: skip
        with pytest.raises(galat):
            catat(dunia, **{**isi, **salah})
    with pytest.raises(TidakDitemukan):
        catat(dunia, "operator_masohi", **isi)
    with pytest.raises(Ditolak):
        catat(dunia, "verifikator_maluku", **isi)
    with sebagai_orang(dunia.operator_ambon):
        assert daftar_tahanan(dunia.ambon, kini).perlu == 0


@pytest.mark.django_db
def test_without_a_register_nothing_is_said_to_be_well(dunia: Dunia, masuk: Any) -> None:
    """Nobody in the register is not nobody held: no zero is shown."""
    url = reverse("remisi:tahanan", args=[dunia.ambon.kode])
    isi = masuk(dunia.operator_ambon).get(url).content.decode()
    assert "Register warga binaan masih kosong" in isi
    assert "harus dikirim sekarang" not in isi


@pytest.mark.django_db
def test_page_counts_who_is_held_too_long(dunia: Dunia, masuk: Any) -> None:
    kini = hari_ini("WIT")
    lewat, dekat = tahan(dunia, -2, 91), tahan(dunia, 2, 92)
    klien, url = masuk(dunia.operator_ambon), reverse("remisi:tahanan", args=[dunia.ambon.kode])
    isi = klien.get(url).content.decode()
    assert "lewat 2 hari" in isi
    assert "<strong>1</strong> orang ditahan lewat" in isi
    assert NAPI["nama"] not in isi
    kirim = {"orang": dekat, "langkah": 3, "habis": (kini + timedelta(days=2)).isoformat(), "dikirim": kini.isoformat()}
    assert klien.post(url, {**kirim, "nomor": ""}).status_code == 400
    besok = klien.post(url, {**kirim, "nomor": "W-3", "dikirim": (kini + timedelta(days=1)).isoformat()})
    assert besok.status_code == 400
    assert "<details open>" in besok.content.decode(), "what was refused stays where it was typed"
    assert klien.post(url, {**kirim, "nomor": "W-3"}).status_code == 302
    with terpasang(SISTEM):
        assert PemberitahuanTahanan.objects.get().data_id == dekat != lewat
    assert "Catat pengiriman" in masuk(dunia.verifikator_maluku).get(url).content.decode()
    assert "W-3" in klien.get(url).content.decode()


@pytest.mark.django_db
def test_the_unit_is_reminded_once_a_morning(dunia: Dunia) -> None:
    tahan(dunia, 3)
    hari = hari_ini("WIT")
    subuh = datetime(hari.year, hari.month, hari.day, 6, tzinfo=UTC) - timedelta(hours=9)
    assert pengingat.kirim(pada=subuh) == 0
    assert pengingat.kirim(pada=subuh + timedelta(hours=2)) == 1
    assert pengingat.kirim(pada=subuh + timedelta(hours=3)) == 0
    with terpasang(SISTEM):
        satu = Pemberitahuan.objects.get(dedup__startswith="tahanan:")
    assert satu.teks.startswith("1 pemberitahuan masa penahanan harus dikirim, menurut register")
    assert satu.url == reverse("remisi:tahanan", args=[dunia.ambon.kode])


# ---------------------------------------------------------------- forecasts


@pytest.mark.django_db
def test_forecast_of_a_unit_counts_everybody_once(dunia: Dunia, masuk: Any) -> None:
    kini = hari_ini("WIT")
    layak(dunia.ambon, dunia.operator_ambon, 3, tanggal_tahan=kini - timedelta(days=3 * 365 + 200))
    layak(dunia.ambon, dunia.operator_ambon, 1, pidana_tahun=None, pidana_bulan=None, pidana_hari=None)
    with sebagai_orang(dunia.operator_ambon):
        r = ramalan.ramalan_unit(dunia.ambon)
    assert (r.orang, r.tanpa_tanggal) == (3, 1)
    bulan = Bulan.pada(kini)
    assert r.keluar("CMB", bulan, "PB") == r.keluar("CMB", bulan) == 3, "2/3 is past: they could leave now"
    semua = [r.keluar("EKSPIRASI", b) for b in bulan.rentang(bulan + 23)]
    assert sum(semua) == 3
    halaman = masuk(dunia.operator_ambon).get(reverse("remisi:ramalan", args=[dunia.ambon.kode])).content.decode()
    assert "Isi belum pernah dilaporkan dalam F01, kapasitas 160" in halaman
    assert "3 orang dihitung; 1 orang tanpa tanggal" in halaman


@pytest.mark.django_db
@pytest.mark.parametrize(("isi", "dihitung"), [(10, True), (2, False)])
def test_occupancy_is_told_only_where_the_report_holds_the_register(
    dunia: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch, isi: int, dihitung: bool
) -> None:
    """Three in the register and two in F01: what is left would fall below nobody."""
    layak(dunia.ambon, dunia.operator_ambon, 3, tanggal_tahan=hari_ini("WIT") - timedelta(days=3 * 365 + 200))
    monkeypatch.setattr(ramalan, "isi_terakhir", lambda upt: (Bulan(2026, 1), isi))
    halaman = masuk(dunia.operator_ambon).get(reverse("remisi:ramalan", args=[dunia.ambon.kode])).content.decode()
    assert ("Sisa isi" in halaman) is dihitung
    assert ("pengaruhnya pada isi tidak dihitung" in halaman) is not dihitung


@pytest.mark.django_db
def test_sums_close_small_counts_and_say_their_coverage(dunia: Dunia, masuk: Any) -> None:
    kini = hari_ini("WIT")
    layak(dunia.ambon, dunia.operator_ambon, 3, tanggal_tahan=kini - timedelta(days=3 * 365 + 200))
    layak(dunia.pekanbaru, dunia.operator_pekanbaru, 7, tanggal_tahan=kini - timedelta(days=3 * 365 + 200))
    assert ramalan.simpan_semua() == 2
    with terpasang(SISTEM):
        assert RamalanUnit.objects.count() == 2
    pusat = masuk(dunia.peninjau).get(reverse("remisi:integrasi_wilayah")).content.decode()
    assert "2 dari 4 unit memakai register" in pusat
    assert 'data-judul="Keluar">3<' not in pusat
    assert 'data-judul="Keluar">7<' not in pusat, "7 would tell the 3 from the total"
    assert 'data-judul="Keluar">10<' in pusat
    maluku = masuk(dunia.verifikator_maluku).get(reverse("remisi:integrasi_wilayah")).content.decode()
    assert "1 dari 2 unit memakai register" in maluku
    assert "tidak diketahui" in maluku
    assert ">3<" not in maluku


RAMAL = date(2026, 6, 15)


@pytest.mark.django_db
def test_forecast_and_occupancy_against_a_count_by_hand(dunia: Dunia) -> None:
    """Who leaves when, worked out on paper: 2/3 of 36 months is 24 months, of 12 months 8 (too short for PB)."""
    tiga, satu = {"pidana_tahun": 3}, {"pidana_tahun": 1}
    for tahan, pidana, lain in (
        (date(2025, 1, 10), tiga, {}),  # PB on 10 January 2027, or free on 10 January 2028
        (date(2025, 1, 10), tiga, {"menjalani": "PB"}),  # outside already: nobody to leave
        (date(2026, 3, 10), satu, {}),  # CB on 10 November 2026, or free on 10 March 2027
        (date(2025, 1, 10), satu, {}),  # should have been free in January 2026: now
        (date(2024, 1, 10), {"pidana_tahun": 15}, {}),  # PB in January 2034: not within these months
    ):
        layak(dunia.ambon, dunia.operator_ambon, 1, tanggal_tahan=tahan, **pidana, **lain)
    with sebagai_orang(dunia.operator_ambon):
        r = ramalan.hitung(titian_unit(dunia.ambon, RAMAL), RAMAL, datetime(2026, 6, 15, tzinfo=UTC))
    assert (r.orang, r.tanpa_tanggal) == (4, 0)
    assert r.isi["CMB"] == {"2026-06": {"EKSPIRASI": 1}, "2026-11": {"CB": 1}, "2027-01": {"PB": 1}}
    assert r.isi["EKSPIRASI"] == {b: {"EKSPIRASI": 1} for b in ("2026-06", "2027-03", "2028-01")}
    baris = {b.bulan.kode: b for b in _baris_unit(r, Hunian(100, Bulan(2026, 5), 60), Bulan.pada(RAMAL))}
    assert len(baris) == 24
    sisa = {k: (baris[k].sisa, baris[k].sisa_tanpa) for k in ("2026-06", "2026-11", "2027-01", "2028-01", "2028-05")}
    assert sisa == {
        "2026-06": (99, 99), "2026-11": (98, 99), "2027-01": (97, 99), "2028-01": (97, 97), "2028-05": (97, 97),
    }  # fmt: skip


def _ramalan(orang: int, penuh: int, murni: int) -> Ramalan:
    isi = {"CMB": {"2026-07": {"PB": penuh}}, "EKSPIRASI": {"2026-07": {"EKSPIRASI": murni}}}
    return Ramalan(isi, orang, 0, datetime(2026, 6, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("orang", "penuh", "murni", "kata"),
    [
        (40, 20, 10, "40"),
        (40, 37, 10, "lebih dari 30"),  # three would be left: 40 would tell them
        (41, 40, 38, "lebih dari 40"),
        (40, 40, 40, "40"),  # nobody is left
        (3, 3, 0, "kurang dari 5"),
    ],
)
def test_persons_counted_never_tell_a_small_rest(orang: int, penuh: int, murni: int, kata: str) -> None:
    assert _orang(_ramalan(orang, penuh, murni), Bulan.pada(RAMAL)) == kata
