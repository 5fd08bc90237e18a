"""Campaigns: who owes them, in which months, by when, from when they may be sent, and how the pages name them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine

from pelaporan.models import Laporan, Periode
from pelaporan.services import _pastikan_bulan_dapat_dikirim, awal_kirim
from pelaporan.services_periode import Tenggat, buka_kampanye, buka_periode, simpan_formulir, tenggat_untuk
from pelaporan.skema import GalatSkema, Skema, baca_skema
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import Bulan, awal_hari
from tests.dunia import Dunia
from upt.cakupan import SISTEM, terpasang

F99 = (Path(__file__).parent / "contoh/F99.yaml").read_text(encoding="utf-8")
KAMPANYE = "kampanye: {dari: 2026-08-15, sampai: 2026-10-20, lapor: %s}\nbawaan:"
TANGGAL = "tenggat: {upt: 2026-10-30, kanwil: 2026-11-03, pusat: 2026-11-06}"
HARI = "tenggat: {upt: 5, kanwil: 8, pusat: 10}"


def kampanye(lapor: str, kewajiban: str = "") -> str:
    teks = F99.replace("bawaan:", KAMPANYE % lapor, 1).replace("jenis: [LAPAS]", f"jenis: [LAPAS, BAPAS]{kewajiban}", 1)
    return teks.replace(HARI, TANGGAL, 1) if lapor == "sekali" else teks


class _Versi:
    def __init__(self, teks: str) -> None:
        self.skema = baca_skema(teks)


class _Kanwil:
    kode = "81"


class _Upt:
    jenis, subjenis, kode, kanwil = "LAPAS", "", "lapas-satu", _Kanwil()


def tenggat(teks: str, bulan: Bulan) -> Tenggat | None:
    return tenggat_untuk(_Versi(teks), _Upt(), bulan, frozenset())  # type: ignore[arg-type]


def test_json_bolak_balik() -> None:
    s = baca_skema(kampanye("sekali", ", upt: [lapas-satu]"))
    assert Skema.dari_json(json.loads(json.dumps(s.ke_json()))) == s
    assert s.kampanye is not None
    assert (s.kampanye.dari, s.kampanye.sampai, s.kampanye.lapor) == ("2026-08-15", "2026-10-20", "sekali")
    assert s.kewajiban[0].upt == ("lapas-satu",)


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        (("dari: 2026-08-15", "dari: 2026-02-30"), "kampanye: dari harus tanggal seperti 2026-08-31"),
        (("dari: 2026-08-15", "dari: 2026-11-01"), "dari 2026-11-01 harus sebelum sampai 2026-10-20"),
        (("dari: 2026-08-15", "dari: 2023-12-01"), "sebelum formulir berlaku (2024-01)"),
        (("lapor: sekali", "lapor: harian"), "lapor harus salah satu dari bulanan, sekali"),
        (("lapor: sekali", "lapor: bulanan"), "tenggat bertanggal hanya untuk kampanye dengan lapor: sekali"),
        ((TANGGAL, HARI), "memerlukan tenggat bertanggal"),
        (("upt: 2026-10-30", "upt: 2026-10-19"), "sebelum kampanye berakhir (2026-10-20)"),
        (("upt: 2026-10-30", "upt: 2026-11-04"), "harus urut: tanggal upt, lalu kanwil, lalu pusat"),
        (("upt: 2026-10-30", "upt: 5"), "tenggat harus tanggal seperti"),
        (("upt: [lapas-satu]", "upt: [Lapas Satu]"), "harus kode unit seperti lapas-kelas-iia-ambon"),
        (("sampai: 2026-10-20, ", ""), "kampanye: sampai belum diisi"),
    ],
)
def test_yang_salah_disebut(ubah: tuple[str, str], pesan: str) -> None:
    teks = kampanye("sekali", ", upt: [lapas-satu]")
    assert ubah[0] in teks
    with pytest.raises(GalatSkema) as galat:
        baca_skema(teks.replace(*ubah, 1))
    assert any(pesan in g for g in galat.value.galat), galat.value.galat


def test_semua_kesalahan_kampanye_sekaligus() -> None:
    teks = kampanye("sekali").replace("dari: 2026-08-15", "dari: 2026-12-01", 1).replace(TANGGAL, HARI, 1)
    with pytest.raises(GalatSkema) as galat:
        baca_skema(teks)
    assert len(galat.value.galat) == 2


def test_kewajiban_hanya_di_dalam_kampanye() -> None:
    teks = kampanye("bulanan")
    wajib = [b for b in Bulan(2026, 6).rentang(Bulan(2026, 12)) if tenggat(teks, b)]
    assert wajib == [Bulan(2026, 8), Bulan(2026, 9), Bulan(2026, 10)]
    assert tenggat(teks, Bulan(2026, 8)) == Tenggat(date(2026, 9, 7), date(2026, 9, 10), date(2026, 9, 14))


def test_sekali_hanya_pada_bulan_akhirnya_dengan_tanggalnya_sendiri() -> None:
    teks = kampanye("sekali")
    wajib = {b: tenggat(teks, b) for b in Bulan(2026, 6).rentang(Bulan(2026, 12))}
    ada = {b: t for b, t in wajib.items() if t}
    assert ada == {Bulan(2026, 10): Tenggat(date(2026, 10, 30), date(2026, 11, 3), date(2026, 11, 6))}


@pytest.mark.parametrize(
    ("batas", "kena"),
    [
        (", upt: [lapas-satu, lapas-dua]", True),
        (", upt: [lapas-dua]", False),
        (', kanwil: ["81"]', True),
        (', kanwil: ["14"]', False),
        (', kanwil: ["81"], upt: [lapas-dua]', False),
    ],
)
def test_hanya_unit_atau_wilayah_yang_disebut(batas: str, kena: bool) -> None:
    assert (tenggat(kampanye("bulanan", batas), Bulan(2026, 8)) is not None) is kena


# ---------------------------------------------------------------- in the database and on the pages


@pytest.fixture
def laporan_kampanye(dunia: Dunia) -> Laporan:
    """A campaign reported once by the unit of Ambon, from January 15 to February 20, in the month that was opened."""
    teks = kampanye("sekali", f", upt: [{dunia.ambon.kode}]")
    for lama, baru in (("2026-08-15", "2026-01-15"), ("2026-10-20", "2026-02-20")):
        teks = teks.replace(lama, baru)
    with terpasang(SISTEM):
        skema = baca_skema(teks)
        simpan_formulir(skema_json=skema.ke_json(), yaml=teks, sidik=skema.sidik)
        buka_periode(bulan=Bulan(2026, 1))
        buka_periode(bulan=Bulan(2026, 2))
        return Laporan.objects.select_related("upt", "formulir_versi").get(formulir_id="F99")


@pytest.mark.django_db
def test_satu_kewajiban_dengan_tiga_tenggat(dunia: Dunia, laporan_kampanye: Laporan) -> None:
    assert (laporan_kampanye.upt, laporan_kampanye.periode) == (dunia.ambon, Bulan(2026, 2))
    assert laporan_kampanye.tenggat.date() == date(2026, 10, 30)
    assert laporan_kampanye.tenggat_pusat is not None
    assert laporan_kampanye.tenggat_pusat.date() == date(2026, 11, 6)
    assert awal_kirim(laporan_kampanye) == awal_hari(date(2026, 1, 15), dunia.ambon.zona)
    assert awal_kirim(dunia.laporan(dunia.ambon)) == awal_hari(date(2026, 2, 1), dunia.ambon.zona)


@pytest.mark.django_db
def test_setiap_kewajiban_punya_tenggat_pusat(dunia: Dunia) -> None:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2026, 3))
        tiga = list(Laporan.objects.filter(bulan=date(2026, 3, 1)))
    assert tiga
    assert all(x.tenggat_pusat and x.tenggat < x.tenggat_kanwil < x.tenggat_pusat for x in tiga)


@pytest.mark.django_db
def test_halaman_menyebut_kampanye_dan_tanggalnya(dunia: Dunia, masuk: Any, laporan_kampanye: Laporan) -> None:
    klien = masuk(dunia.operator_ambon)
    kalimat = "Kampanye 15 Januari 2026 sampai 20 Februari 2026, dilaporkan satu kali."
    assert kalimat in klien.get(f"/laporan/{dunia.ambon.kode}/2026-02/F99/").content.decode()
    assert kalimat in klien.get(f"/upt/{dunia.ambon.kode}/?bulan=2026-02").content.decode()


def test_kampanye_sekali_dapat_diisi_sebelum_bulannya_dibuka(dunia: Dunia) -> None:
    """From its first day on, although the month it is kept under opens two months later; never twice."""
    s = baca_skema(kampanye("sekali", ", upt: [lapas-kelas-iia-ambon]"))
    with terpasang(SISTEM):
        simpan_formulir(skema_json=s.ke_json(), yaml="", sidik=s.sidik)
        milik = Laporan.objects.filter(formulir_id=s.kode)
        assert buka_kampanye(pada=date(2026, 8, 14)) == 0
        assert buka_kampanye(pada=date(2026, 8, 15)) == 1
        assert buka_kampanye(pada=date(2026, 9, 1)) == 0
        laporan = milik.get()
        assert (laporan.periode, laporan.upt_id) == (Bulan(2026, 10), dunia.ambon.pk)
        assert not Periode.objects.filter(bulan=laporan.bulan).exists()
        buka_periode(bulan=Bulan(2026, 10))
        assert milik.get().pk == laporan.pk  # the month takes over what is there
    with terpasang(SISTEM):
        Periode.objects.filter(bulan=laporan.bulan).delete()
        satu = Laporan.objects.select_related("upt", "formulir_versi").get(pk=laporan.pk)
        with time_machine.travel("2026-08-14T00:00:00+00:00"), pytest.raises(TidakSah, match="mulai 15 Agustus 2026"):
            _pastikan_bulan_dapat_dikirim(satu)
        with time_machine.travel("2026-09-20T00:00:00+00:00"):
            _pastikan_bulan_dapat_dikirim(satu)
