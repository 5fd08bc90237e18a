"""The months behind a section page: usual range, sparkline, what may be copied, and what the month cost."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelaporan.beban import Beban, hitung_menit
from pelaporan.butir import Butir
from pelaporan.lembar_kebiasaan import kebiasaan
from pelaporan.models import Laporan, RiwayatIsian
from pelaporan.selectors_beban import beban_bulan
from pelaporan.selectors_riwayat import isian_lalu
from pelaporan.services_isian import Perubahan, salin_bulan_lalu, simpan, tandai_diperiksa
from pelaporan.services_periode import buka_periode
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia, kirim
from tests.pelaporan.bantu import alamat, kueri
from tests.pelaporan.test_isian_halaman import buka, draf, isian
from upt.cakupan import SISTEM, Cakupan, terpasang

JUNI = Bulan(2026, 6)


@pytest.fixture
def lampau(dunia: Dunia) -> Dunia:
    """Ambon sent F06 from January to May; June is being filled in."""
    with terpasang(SISTEM):
        for n in range(2, 7):
            buka_periode(bulan=Bulan(2026, n))
    for n, panen in enumerate(("300", "310,5", "305", "320", "315"), 1):
        kirim(
            dunia.laporan(dunia.ambon, "F06", Bulan(2026, n)),
            dunia.kepala_ambon,
            {"klaster_pertanian_panen": panen, "lahan_tidur": "1.500", "pakai_sendiri": "0", "mitra": "3"},
        )
    return dunia


def juni(d: Dunia) -> Laporan:
    return d.laporan(d.ambon, "F06", JUNI)


def halaman(d: Dunia, bagian: str) -> str:
    return alamat(juni(d), "bagian", bagian=bagian)


def tetap(d: Dunia) -> list[str]:
    """The stable cells of the cluster section."""
    bagian = next(b for b in juni(d).skema.bagian if b.kode == "klaster_pangan")
    return [b.kode for b in bagian.butir if b.stabil and b.diketik]


def cakupan_dari(orang: Pengguna) -> Cakupan:
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        return Cakupan.dari(Pengguna.objects.get(pk=orang.pk))


# ---------------------------------------------------------------- usual range and sparkline


def test_baris_memperlihatkan_kisaran_dan_garis(lampau: Dunia, masuk: Any) -> None:
    html = buka(masuk(lampau.operator_ambon), halaman(lampau, "kegiatan"))
    baris = re.search(r"<tr[^>]*><th[^>]*><label for=\"s-lahan_tidur\".*?</tr>", html, re.S)
    assert baris
    assert "1.425–1.575" in baris[0]
    assert 'class="bagan-kecil"' in baris[0]
    assert 'data-batas="1425 1575"' in baris[0]
    assert "data-luar" not in baris[0]


def test_tabel_silang_hanya_membawa_batas(lampau: Dunia, masuk: Any) -> None:
    html = buka(masuk(lampau.operator_ambon), halaman(lampau, "klaster_pangan"))
    tabel = html[html.index("tabel-silang") : html.index("</table>")]
    assert 'data-alamat="klaster_pertanian_panen" data-batas="' in tabel
    assert "bagan-kecil" not in tabel


def test_di_luar_kebiasaan_ditandai_tanpa_kewajiban(lampau: Dunia, masuk: Any) -> None:
    klien = masuk(lampau.operator_ambon)
    html = buka(klien, halaman(lampau, "kegiatan"))
    klien.post(halaman(lampau, "kegiatan"), isian(html, ada_kegiatan="ya", lahan_tidur="9.000"))
    html = buka(klien, halaman(lampau, "kegiatan"))
    assert '<tr data-luar><th scope="row"><label for="s-lahan_tidur">' in html
    assert "Ada yang perlu" not in html


def test_bilangan_bulat_dibatasi_bilangan_bulat() -> None:
    butir = Butir("a", "A", "bulat", "-")
    biasa = kebiasaan(butir, [100, 101, 103, 104], 96)
    assert biasa is not None
    bawah, atas = map(Decimal, biasa.batas.split())
    assert bawah == int(bawah)
    assert atas == int(atas)
    assert biasa.luar is False
    assert kebiasaan(butir, [None] * 12, 3) is None
    kurang = kebiasaan(butir, [1, 2, 3], 90)
    assert kurang is not None
    assert (kurang.teks, kurang.luar) == ("", False)


def test_riwayat_dibaca_sekali_dan_simpan_otomatis_tanpa_riwayat(lampau: Dunia, masuk: Any) -> None:
    klien = masuk(lampau.operator_ambon)
    versi = [s for s in kueri(klien, halaman(lampau, "kegiatan")) if 'FROM "pelaporan_laporanversi"' in s]
    assert len(versi) == 2, versi  # the rules' months, and the twelve of the bands


def test_bobot_halaman_dengan_dua_belas_bulan(lampau: Dunia, masuk: Any) -> None:
    html = buka(masuk(lampau.operator_ambon), halaman(lampau, "klaster_pangan"))
    assert len(re.findall(r"<[a-z]", html)) <= 1500


# ---------------------------------------------------------------- same as last month


def test_salin_hanya_butir_tetap_yang_masih_kosong(lampau: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(lampau.operator_ambon), juni(lampau)
    html = buka(klien, halaman(lampau, "klaster_pangan"))
    assert f"Salin {len(tetap(lampau))} butir tetap dari Mei 2026" in html
    assert "wbp" not in tetap(lampau)
    jawaban = klien.post(halaman(lampau, "klaster_pangan"), isian(html, petugas="7", aksi="salin"))
    assert jawaban.status_code == 302
    isi = draf(laporan)
    assert set(isi) == set(tetap(lampau))
    assert (isi["petugas"]["nilai"], isi["mitra"]["nilai"], isi["lahan_pinjam"]["nilai"]) == (7, 3, 0)
    assert "s" not in isi["petugas"]
    assert isi["mitra"]["s"] == "2026-05"
    html = buka(klien, halaman(lampau, "klaster_pangan"))
    assert html.count("disalin dari Mei 2026, periksa") == len(isi) - 1
    with terpasang(SISTEM):
        assert list(RiwayatIsian.objects.filter(laporan=laporan).values_list("asal", flat=True)) == ["web", "salin"]


def test_salin_satu_butir_dan_tidak_pernah_angka_bulanan(lampau: Dunia, masuk: Any) -> None:
    klien = masuk(lampau.operator_ambon)
    html = buka(klien, halaman(lampau, "klaster_pangan"))
    assert 'value="salin:mitra"' in html
    assert 'value="salin:wbp"' not in html
    for kode in ("wbp", "tidak_ada", "mitra"):
        klien.post(halaman(lampau, "klaster_pangan"), isian(html, aksi=f"salin:{kode}"))
    assert set(draf(juni(lampau))) == {"mitra"}


def test_tanda_salinan_hilang_ketika_disentuh_atau_dibenarkan(lampau: Dunia, masuk: Any) -> None:
    klien = masuk(lampau.operator_ambon)
    url = halaman(lampau, "klaster_pangan")
    klien.post(url, isian(buka(klien, url), aksi="salin"))
    klien.post(url, isian(buka(klien, url), mitra="4"))
    assert "s" not in draf(juni(lampau))["mitra"]
    versi = draf(juni(lampau))["petugas"]["v"]
    klien.post(url, isian(buka(klien, url), aksi="periksa:petugas"))
    assert "s" not in draf(juni(lampau))["petugas"]
    assert draf(juni(lampau))["petugas"]["v"] == versi, "confirming is no new value: nobody else's save turns stale"
    klien.post(url, isian(buka(klien, url), aksi="periksa"))
    assert "disalin dari" not in buka(klien, url)


def test_dibenarkan_lewat_skrip(lampau: Dunia, masuk: Any) -> None:
    klien = masuk(lampau.operator_ambon)
    url = halaman(lampau, "klaster_pangan")
    klien.post(url, isian(buka(klien, url), aksi="salin"))
    badan = {"bagian": "klaster_pangan", "perubahan": [], "periksa": ["mitra"]}
    jawab = klien.post(alamat(juni(lampau), "simpan"), json.dumps(badan), content_type="application/json").json()
    assert "c" not in jawab["sel"]["mitra"]
    assert jawab["sel"]["petugas"]["c"] == "Mei 2026"
    assert jawab["nav"]["klaster_pangan"][:2] == [len(tetap(lampau)), 25]
    for buruk in ("mitra", [1], {"a": 1}):
        badan["periksa"] = buruk
        kirim_lagi = klien.post(alamat(juni(lampau), "simpan"), json.dumps(badan), content_type="application/json")
        assert kirim_lagi.status_code == 400


def test_salin_membawa_keadaan_beserta_alasannya(lampau: Dunia) -> None:
    """A state said by a person is copied with its reason; one that only a closed section gave is not."""
    mei = lampau.laporan(lampau.ambon, "F06", Bulan(2026, 5))
    with terpasang(SISTEM):
        versi = mei.versi.get()
    for kode in ("mitra", "petugas"):
        versi.isi["angka"].pop(kode)
        versi.isi["keadaan"][kode] = "tak_berlaku"
    versi.isi["alasan"]["mitra"] = "Tidak ada mitra di pulau ini."
    lalu = isian_lalu(mei.skema, [versi])
    assert lalu.sel["mitra"].alasan == "Tidak ada mitra di pulau ini."
    assert "petugas" not in lalu.sel


def test_yang_tidak_berhak_tidak_menyalin(lampau: Dunia) -> None:
    laporan = juni(lampau)
    for orang, galat in ((lampau.verifikator_maluku, Ditolak), (lampau.operator_masohi, Exception)):
        cakupan = cakupan_dari(orang)
        with terpasang(cakupan), pytest.raises(galat):
            salin_bulan_lalu(laporan_id=laporan.pk, bagian="klaster_pangan", oleh=orang, cakupan=cakupan)
    orang, mei = lampau.operator_ambon, lampau.laporan(lampau.ambon, "F06", Bulan(2026, 5))
    cakupan = cakupan_dari(orang)
    with terpasang(cakupan):
        for kerja in (
            lambda: salin_bulan_lalu(laporan_id=mei.pk, bagian="kegiatan", oleh=orang, cakupan=cakupan),
            lambda: tandai_diperiksa(laporan_id=mei.pk, kode=["mitra"], oleh=orang, cakupan=cakupan),
        ):
            with pytest.raises(Bentrok):
                kerja()
    assert draf(laporan) == {}


# ---------------------------------------------------------------- burden


WAKTU = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("menit", "hasil"),
    [([], 0), ([0], 1), ([0, 1, 2], 3), ([0, 4.9], 6), ([0, 5], 2), ([0, 60], 2), ([0, 2, 30, 31], 5)],
)
def test_menit_dari_jarak_antarsimpan(menit: list[float], hasil: int) -> None:
    assert hitung_menit([("a", WAKTU + timedelta(minutes=m)) for m in menit]) == hasil


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 600)), max_size=40))
def test_menit_tidak_bergantung_urutan_dan_terbatas(simpanan: list[tuple[str, int]]) -> None:
    semua = [(o, WAKTU + timedelta(minutes=m)) for o, m in simpanan]
    hasil = hitung_menit(semua)
    assert hasil == hitung_menit(list(reversed(semua)))
    assert len({o for o, _ in semua}) <= hasil or not semua
    assert hasil <= 5 * len(semua)


def test_beban_menghitung_asal_terakhir_setiap_sel(lampau: Dunia) -> None:
    orang, laporan = lampau.operator_ambon, juni(lampau)
    cakupan = cakupan_dari(orang)

    def ketik(kode: str, teks: str, versi: int = 0, asal: str = "web") -> None:
        ubah = [Perubahan(kode, teks, versi=versi)]
        simpan(laporan_id=laporan.pk, perubahan=ubah, oleh=orang, cakupan=cakupan, asal=asal)

    with terpasang(cakupan):
        assert beban_bulan(cakupan, lampau.ambon, JUNI) is None
        ketik("lahan_tidur", "10")
        ketik("lahan_tidur", "11", 1)
        ketik("wbp", "4", asal="tempel")
        ketik("petugas", "2", asal="tempel")
        ketik("petugas", "3", 1)
        ketik("bersertifikat", "5")
        ketik("bersertifikat", "", 1)
        salin_bulan_lalu(laporan_id=laporan.pk, bagian="klaster_pangan", oleh=orang, cakupan=cakupan)
        tandai_diperiksa(laporan_id=laporan.pk, kode=["mitra"], oleh=orang, cakupan=cakupan)
        hasil = beban_bulan(cakupan, lampau.ambon, JUNI)
    otomatis = sum(not b.diketik for b in laporan.skema.butir.values())
    assert hasil is not None
    assert 1 <= hasil.menit <= 2
    disalin = len(tetap(lampau)) - 1  # petugas was typed
    assert hasil == Beban(hasil.menit, sel_diketik=2, sel_otomatis=otomatis, sel_disalin=disalin, sel_excel=1)


def test_beranda_menyebut_beban(lampau: Dunia, masuk: Any) -> None:
    klien = masuk(lampau.operator_ambon)
    beranda = f"/upt/{lampau.ambon.kode}/?bulan=2026-06"
    assert "Beban bulan ini" not in buka(klien, beranda)
    klien.post(halaman(lampau, "kegiatan"), isian(buka(klien, halaman(lampau, "kegiatan")), lahan_tidur="5"))
    html = buka(klien, beranda)
    assert "Sekitar <b>1 menit</b> dan <b>1 sel diketik</b>" in html
