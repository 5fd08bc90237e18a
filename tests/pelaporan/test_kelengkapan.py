"""Completeness: what counts, what is nobody's fault yet, and the same sums from two sides."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pelaporan.alur import Status
from pelaporan.kelengkapan import selectors as baca
from pelaporan.kelengkapan.matriks import Hitungan, Kewajiban, hitung, jumlah_bulan, susun
from pelaporan.kelengkapan.ukur import sel_diminta, sel_kosong
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.services_isian import Perubahan, simpan
from pemasyarakatan.akun.models import Pengguna
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from upt.cakupan import SISTEM, Cakupan, terpasang

KINI = datetime(2026, 3, 1, tzinfo=UTC)
RENTANG = (date(2026, 1, 1), date(2026, 12, 1))


def satu(**ubah: Any) -> Kewajiban:
    isi = {
        "upt": 1, "bulan": date(2026, 1, 1), "formulir": "F06", "status": Status.TERVERIFIKASI.value, "masuk": True,
        "terlambat": False, "tenggat": KINI - timedelta(days=5), "dibebaskan": False, "diminta": 40, "kosong": 0,
    }  # fmt: skip
    return Kewajiban(**{**isi, **ubah})


def test_yang_belum_jatuh_tempo_bukan_keterlambatan() -> None:
    belum = {"status": Status.BELUM.value, "masuk": False}
    assert hitung(satu(**belum, tenggat=KINI + timedelta(days=1)), KINI) == Hitungan()
    assert hitung(satu(**belum), KINI) == Hitungan(1, 0, 0, 0, 40, 0)
    assert hitung(satu(dibebaskan=True), KINI) == Hitungan()


def test_lengkap_menimbang_sel_bukan_tombol() -> None:
    """Sent in time, but half of the cells "not available": in time, and half complete."""
    h = hitung(satu(kosong=20), KINI)
    assert (h.persen_tepat, h.persen_lengkap) == (100, 50)


def test_petak_menurut_yang_paling_tertinggal() -> None:
    dua = [satu(), satu(formulir="F01", status=Status.BELUM.value, masuk=False), satu(formulir="F02", dibebaskan=True)]
    petak = susun(dua, KINI)[1].petak[date(2026, 1, 1)]
    assert (petak.status, petak.terlambat, petak.belum, petak.wajib) == ("BELUM", True, 1, 2)


@given(
    st.lists(
        st.builds(
            satu,
            upt=st.integers(1, 4),
            bulan=st.sampled_from([date(2026, n, 1) for n in (1, 2, 3)]),
            masuk=st.booleans(),
            terlambat=st.booleans(),
            dibebaskan=st.booleans(),
            kosong=st.integers(0, 40),
            tenggat=st.sampled_from([KINI - timedelta(1), KINI + timedelta(1)]),
        )
    )
)
def test_baris_dan_kolom_berjumlah_sama(semua: list[Kewajiban]) -> None:
    baris = susun(semua, KINI).values()
    langsung = sum((hitung(k, KINI) for k in semua), Hitungan())
    assert sum((b.hitungan for b in baris), Hitungan()) == langsung
    assert sum(jumlah_bulan(baris).values(), Hitungan()) == langsung
    assert langsung.tepat <= langsung.diterima <= langsung.diharapkan
    assert langsung.terisi <= langsung.diminta


# ---------------------------------------------------------------- with the database


def test_basis_data_dan_hitungan_murni_sama(dunia: Dunia) -> None:
    kirim(dunia.laporan(dunia.ambon, "F06"), dunia.kepala_ambon)
    lakukan(dunia.laporan(dunia.ambon, "F06"), "verifikasi", dunia.verifikator_maluku)
    kirim(dunia.laporan(dunia.masohi, "F04"), dunia.kepala_masohi)
    with time_machine.travel("2026-06-01T00:00:00+00:00", tick=False), terpasang(SISTEM):
        Laporan.objects.filter(upt=dunia.masohi, formulir_id="F01").update(dibebaskan="Gedung direnovasi")
        kini = datetime(2026, 6, 1, tzinfo=UTC)
        nasional = baca.hitungan_kanwil(SISTEM, RENTANG, "", kini)
        for kanwil in dunia.kanwil.values():
            murni = jumlah_bulan(susun(baca.kewajiban(SISTEM, kanwil, RENTANG), kini).values())
            assert nasional[kanwil.pk] == {b: h for b, h in murni.items() if h != Hitungan()}
        maluku = nasional[dunia.kanwil["maluku"].pk][date(2026, 1, 1)]
        assert (maluku.diharapkan, maluku.diterima, maluku.sah) == (7, 2, 1)


def test_sel_tidak_tersedia_dihitung_saat_dikirim(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon, "F06")
    isi_penuh(laporan, dunia.operator_ambon)
    operator = Pengguna.objects.get(pk=dunia.operator_ambon.pk)
    with terpasang(Cakupan(pengguna_id=operator.pk)):
        cakupan = Cakupan.dari(operator)
    with terpasang(cakupan):
        versi = Laporan.objects.get(pk=laporan.pk).draf.isi["sel"]["lahan_tidur"]["v"]
        simpan(
            laporan_id=laporan.pk,
            perubahan=[Perubahan("lahan_tidur", "", "tak_tersedia", "Belum diukur ulang.", versi)],
            oleh=operator,
            cakupan=cakupan,
        )
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    with terpasang(SISTEM):
        segar = Laporan.objects.get(pk=laporan.pk)
        versi_isi = LaporanVersi.objects.get(laporan=laporan).isi
    assert segar.sel_kosong == sel_kosong(laporan.skema, versi_isi) == 1
    assert sel_diminta(laporan.skema) > 20


def test_halaman_kanwil_dan_nasional(dunia: Dunia, masuk: Any) -> None:
    kirim(dunia.laporan(dunia.ambon, "F06"), dunia.kepala_ambon)
    url = reverse("pelaporan:kelengkapan_kanwil", args=["maluku"])
    halaman = masuk(dunia.verifikator_maluku).get(url, {"tahun": "2026"}).content.decode()
    assert "Lapas Kelas IIA Ambon, Januari 2026" in halaman
    assert "1 dari 4 formulir dikirim" in halaman
    assert "Rutan Kelas IIB Masohi" in halaman
    assert "Pekanbaru" not in halaman
    satu_form = masuk(dunia.verifikator_maluku).get(url, {"tahun": "2026", "formulir": "F06"}).content.decode()
    assert reverse("pelaporan:laporan", args=[dunia.ambon.kode, "2026-01", "F06"]) in satu_form
    unit = masuk(dunia.operator_ambon).get(url, {"tahun": "2026"}).content.decode()
    assert "Lapas Kelas IIA Ambon, Januari 2026" in unit
    assert "Masohi" not in unit  # a unit sees its own row
    nasional = masuk(dunia.peninjau).get(reverse("pelaporan:kelengkapan"), {"tahun": "2026"}).content.decode()
    assert "Kanwil Maluku" in nasional
    assert "Kanwil Riau" in nasional
    # what is not offered falls back to the default instead of failing
    assert (
        masuk(dunia.peninjau).get(reverse("pelaporan:kelengkapan"), {"tahun": "9999", "urut": "x"}).status_code == 200
    )
