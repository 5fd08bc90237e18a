"""The ladder: every step on its morning, in the unit's zone, never on days off, never twice, never after sending."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from pelaporan.models import Laporan, Libur, Pemberitahuan, PengaturanKabar, Periode
from pelaporan.tenggat.langkah import langkah_pada, pagi_kerja, tangga_pada
from pelaporan.tenggat.pengingat import kirim_pengingat
from pemasyarakatan.inti.waktu import akhir_hari
from tests import dunia as pembuat
from tests.dunia import JANUARI
from tests.pelaporan.tenggat.bantu import beri_surel, jalan, kabar, langkah, saat, surat, ubah
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

TANGGA = tangga_pada(date(2026, 1, 1))
RABU = date(2026, 2, 18)
"""A Wednesday far from days off: the deadline of most tests."""


@pytest.fixture
def rabu(dunia: Any) -> Any:
    for upt in dunia.upt.values():
        ubah(upt, tenggat=akhir_hari(RABU, upt.zona))
    return dunia


def test_setiap_langkah_pada_paginya() -> None:
    jatuh = {n: langkah_pada(RABU + timedelta(n), RABU, frozenset(), TANGGA) for n in range(-9, 10)}
    # -3 is a Sunday and comes on Monday, two days before; 3 is a Saturday and comes on Monday
    kode = {n: satu.kode for n, satu in jatuh.items() if satu}
    assert kode == {-7: "h-7", -2: "h-3", -1: "h-1", 0: "h+0", 1: "h+1", 5: "h+3", 7: "h+7"}


def test_kebijakan_bertanda_belum_dikonfirmasi() -> None:
    assert TANGGA.sumber
    assert not TANGGA.terkonfirmasi
    assert TANGGA.tanda == " (belum dikonfirmasi)"
    assert [s.hari for s in TANGGA.langkah] == [-7, -3, -1, 0, 1, 3, 7]


def test_libur_memindahkan_ke_pagi_kerja_berikutnya() -> None:
    libur = {date(2026, 2, 16), date(2026, 2, 17)}
    assert pagi_kerja(date(2026, 2, 14), libur) == RABU
    assert langkah_pada(date(2026, 2, 16), RABU, libur, TANGGA) is None
    # h-3 and h-1 are pushed onto the day itself: one message, the last of them
    tiba = langkah_pada(RABU, RABU, libur, TANGGA)
    assert tiba is not None
    assert tiba.kode == "h+0"


def test_langkah_sebelum_tenggat_tidak_datang_sesudahnya() -> None:
    minggu = date(2026, 2, 15)
    assert langkah_pada(date(2026, 2, 16), minggu, frozenset(), TANGGA).kode == "h+1"  # type: ignore[union-attr]
    libur = {date(2026, 2, 16)}
    assert langkah_pada(date(2026, 2, 17), minggu, libur, TANGGA).kode == "h+1"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kode", "zona", "utc"),
    [
        ("lapas-kelas-iia-ambon", "WIT", "2026-02-17T23:00+00:00"),
        ("rutan-kelas-iib-masohi", "WITA", "2026-02-18T00:00+00:00"),
        ("lapas-kelas-iia-pekanbaru", "WIB", "2026-02-18T01:00+00:00"),
    ],
)
def test_pukul_delapan_di_zona_unit(dunia: Any, kode: str, zona: str, utc: str) -> None:
    upt = dunia.upt[kode]
    with terpasang(SISTEM):
        UPT.objects.filter(pk=upt.pk).update(zona=zona)
    ubah(upt, tenggat=akhir_hari(RABU, zona))
    tepat = datetime.fromisoformat(utc)
    kirim_pengingat(pada=tepat - timedelta(minutes=1))
    assert langkah(upt) == []
    kirim_pengingat(pada=tepat)
    assert langkah(upt) == ["h+0"]


def test_sebulan_penuh_satu_pesan_per_langkah(rabu: Any) -> None:
    for n in range(-9, 12):
        for jam in (7, 8, 9, 15):
            jalan(f"{RABU + timedelta(n)}T{jam:02}:05")
    assert langkah(rabu.ambon) == ["h-7", "h-3", "h-1", "h+0", "h+1", "h+3", "h+7"]
    assert langkah(rabu.ambon, "kanwil") == ["h+1", "h+3", "h+7"]
    with terpasang(SISTEM):
        teks = list(Pemberitahuan.objects.filter(upt=rabu.ambon, jenis="pengingat", untuk="upt").order_by("id"))
    assert teks[0].teks.startswith("Laporan Januari 2026 jatuh tempo 7 hari lagi, Rabu, 18 Februari 2026 pukul 23.59")
    assert "jatuh tempo hari ini" in teks[3].teks
    assert teks[5].teks.startswith("Laporan Januari 2026 terlambat 5 hari")
    nama = [rabu.laporan(rabu.ambon, f).formulir.nama for f in ("F01", "F02", "F04", "F06")]
    assert all(n in teks[0].teks for n in nama)


def test_penerima_per_langkah(rabu: Any) -> None:
    for orang in ("operator_ambon", "kepala_ambon", "verifikator_maluku", "operator_masohi", "verifikator_riau"):
        beri_surel(getattr(rabu, orang), f"{orang}@uji.test")
    ambon: dict[str, set[str]] = {}
    for n in (-7, -1, 1):
        jalan(f"{RABU + timedelta(n)}T08:00")
    for s in surat():
        if s.upt_id == rabu.ambon.pk:
            ambon.setdefault(s.dedup.split(":")[4], set()).add(s.untuk)
    assert ambon == {
        "h-7": {"operator_ambon@uji.test"},
        "h-1": {"operator_ambon@uji.test", "kepala_ambon@uji.test"},
        "h+1": {"kepala_ambon@uji.test", "verifikator_maluku@uji.test"},
    }


def test_tidak_mau_surel_dan_kotak_surat_unit(rabu: Any) -> None:
    beri_surel(rabu.operator_ambon, "op@uji.test")
    with terpasang(SISTEM):
        PengaturanKabar.objects.create(pengguna=rabu.operator_ambon, surel_pengingat=False)
        UPT.objects.filter(pk=rabu.ambon.pk).update(surel="lapas@uji.test")
    jalan(f"{RABU}T08:00")
    assert [s.untuk for s in surat() if s.upt_id == rabu.ambon.pk] == ["lapas@uji.test"]
    assert langkah(rabu.ambon) == ["h+0"]


def test_hanya_yang_masih_berutang(rabu: Any) -> None:
    pembuat.kirim(rabu.laporan(rabu.ambon, "F06"), rabu.kepala_ambon)
    with terpasang(SISTEM):
        Laporan.objects.filter(upt=rabu.ambon, formulir_id="F01").update(dibebaskan="Gedung direnovasi")
    jalan(f"{RABU}T08:00")
    with terpasang(SISTEM):
        teks = Pemberitahuan.objects.get(upt=rabu.ambon, jenis="pengingat").teks
    assert rabu.laporan(rabu.ambon, "F06").formulir.nama not in teks
    assert rabu.laporan(rabu.ambon, "F01").formulir.nama not in teks
    assert rabu.laporan(rabu.ambon, "F02").formulir.nama in teks


def test_berhenti_setelah_semua_dikirim(rabu: Any) -> None:
    for formulir in ("F01", "F02", "F04", "F06"):
        pembuat.kirim(rabu.laporan(rabu.ambon, formulir), rabu.kepala_ambon)
    jalan(f"{RABU}T08:00")
    assert langkah(rabu.ambon) == []
    assert langkah(rabu.masohi) == ["h+0"]


def test_bulan_tertutup_tidak_diingatkan(rabu: Any) -> None:
    Periode.objects.filter(bulan=JANUARI.awal).update(status=Periode.Status.DITUTUP)
    jalan(f"{RABU}T08:00")
    assert langkah(rabu.ambon) == []


def test_libur_daerah_hanya_menunda_daerahnya(rabu: Any) -> None:
    Libur.objects.create(tanggal=RABU, nama="Hari daerah", kanwil=rabu.kanwil["maluku"])
    jalan(f"{RABU}T10:30", "WIB")
    assert langkah(rabu.ambon) == []
    assert langkah(rabu.pekanbaru) == ["h+0"]


def test_tenggat_dipindah_memulai_tangga_baru(rabu: Any) -> None:
    jalan(f"{RABU}T08:00")
    ubah(rabu.ambon, tenggat=akhir_hari(RABU + timedelta(1), "WIT"))
    jalan(f"{RABU + timedelta(1)}T08:00")
    assert [k.split(":")[3] for k in kabar(rabu.ambon)] == ["2026-02-18", "2026-02-19"]


def test_perintah_kering_tidak_menulis(rabu: Any) -> None:
    beri_surel(rabu.operator_ambon, "op@uji.test")
    keluar = StringIO()
    call_command("kirim_pengingat", pada=saat(f"{RABU}T08:00").isoformat(), kering=True, stdout=keluar)
    assert "lapas-kelas-iia-ambon 2026-01 h+0 kepada operator, kepala (op@uji.test)" in keluar.getvalue()
    assert kabar(rabu.ambon) == []
    call_command("kirim_pengingat", pada=saat(f"{RABU}T08:00").isoformat(), stdout=keluar)
    assert langkah(rabu.ambon) == ["h+0"]
