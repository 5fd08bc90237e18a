"""Rollups under concurrency, duplicates, lost hints and kill -9: in the end they equal a recount, always."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import date

import pytest
from django.db import connection, connections, transaction

from dasbor import agregasi
from dasbor.agregasi import Kunci
from dasbor.models import Ringkasan
from pelaporan.models import Kotor
from pemasyarakatan.pekerjaan.models import Percobaan
from tests.conftest import AKUN
from tests.dunia import Dunia, kirim, lakukan
from tests.konkurensi.alat import serentak
from upt.cakupan import SISTEM, terpasang

FORMULIR = ("F01", "F02", "F04", "F06")


def _hitung_bebas() -> dict[tuple[object, ...], object]:
    """An independent recount in Python: no SQL of the product is used."""
    from pelaporan.models import Laporan, LaporanVersi

    hasil: dict[tuple[object, ...], list[object]] = {}
    with terpasang(SISTEM):
        versi = {(v.laporan_id, v.versi): v.isi["angka"] for v in LaporanVersi.objects.all()}
        for lap in Laporan.objects.filter(dibebaskan=""):
            for kanwil in (lap.kanwil_id, None):
                for letak, nomor in ((0, lap.versi_masuk), (1, lap.versi_sah)):
                    for kode, angka in versi.get((lap.pk, nomor), {}).items():
                        empat = hasil.setdefault((kanwil, lap.bulan, lap.formulir_id, kode), [0, 0, 0, 0])
                        empat[letak] += angka
                        empat[letak + 2] += 1
    return hasil


def _ringkasan() -> dict[tuple[object, ...], object]:
    with terpasang(SISTEM):
        return {
            (r.kanwil_id, r.bulan, r.formulir_id, kode): empat
            for r in Ringkasan.objects.all()
            for kode, empat in r.isi.items()
        }


def _pastikan_tepat() -> None:
    with terpasang(SISTEM):
        assert not Kotor.objects.exists()
        assert not Percobaan.objects.exists()
    assert _ringkasan() == _hitung_bebas()


def test_penulis_dan_pekerja_bersamaan(dunia_nyata: Dunia) -> None:
    """Four units send, verify and reopen while three workers recompute with lost, late and duplicated hints."""
    d = dunia_nyata
    selesai = threading.Event()
    acak = random.Random(7)
    urutan = {u: acak.sample(FORMULIR, k=4) for u in ("ambon", "masohi")}

    def penulis(unit: str) -> None:
        for formulir in urutan[unit]:
            laporan = d.laporan(getattr(d, unit), formulir)
            kirim(laporan, getattr(d, f"kepala_{unit}"))
            lakukan(laporan, "verifikasi", d.verifikator_maluku)
            if formulir == "F06":
                lakukan(laporan, "buka", d.kepala_maluku, teks="Perbaikan.")
                kirim(laporan, getattr(d, f"kepala_{unit}"), {"lahan_tidur": "777"})

    def pekerja() -> int:
        n = 0
        while not selesai.is_set():
            n += agregasi.proses_kotor()
            time.sleep(0.005)
        return n

    utas = [threading.Thread(target=lambda: (pekerja(), connections.close_all())) for _ in range(3)]
    for satu in utas:
        satu.start()
    hasil = serentak([lambda: penulis("ambon"), lambda: penulis("masohi")])
    selesai.set()
    for satu in utas:
        satu.join(timeout=30)
    assert hasil == [None, None], hasil
    agregasi.proses_kotor()
    _pastikan_tepat()


def test_kunci_yang_sedang_dihitung_tidak_ditimpa(dunia_nyata: Dunia) -> None:
    """While another worker holds the key, ours steps back and the dirty row stays for the next round."""
    d = dunia_nyata
    kirim(d.laporan(d.ambon), d.kepala_ambon)
    agregasi.proses_kotor()
    kirim(d.laporan(d.masohi), d.kepala_masohi)
    kunci = Kunci(date(2026, 1, 1), "F06", d.ambon.kanwil_id)
    with transaction.atomic(), connection.cursor() as kursor:
        kursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(kunci)])
        assert serentak([lambda: agregasi.hitung_ulang(kunci)]) == [False]
        assert serentak([agregasi.proses_kotor])[0] == 0
    with terpasang(SISTEM):
        assert Kotor.objects.filter(kanwil=d.ambon.kanwil).exists()
    agregasi.proses_kotor()
    _pastikan_tepat()


def test_hitung_berulang_dan_tak_berurutan_sama(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    kirim(d.laporan(d.ambon), d.kepala_ambon)
    lakukan(d.laporan(d.ambon), "verifikasi", d.verifikator_maluku)
    agregasi.proses_kotor()
    sebelum = _ringkasan()
    kunci = [Kunci(date(2026, 1, 1), "F06"), Kunci(date(2026, 1, 1), "F06", d.ambon.kanwil_id)] * 3
    for satu in kunci:
        assert agregasi.hitung_ulang(satu)
    agregasi.proses_kotor()
    assert _ringkasan() == sebelum
    agregasi.bangun_ulang()
    assert _ringkasan() == sebelum
    _pastikan_tepat()


_PEKERJA = """
import django; django.setup()
from dasbor import agregasi
print("siap", flush=True)
while True:
    agregasi.proses_kotor()
"""


def test_pekerja_dibunuh_berkali_kali(dunia_nyata: Dunia) -> None:
    """kill -9 at random moments while reports are sent: afterwards one sweep makes everything exact."""
    d = dunia_nyata
    env = _env_kerja()
    acak = random.Random(11)
    for formulir in FORMULIR:
        proses = subprocess.Popen([sys.executable, "-c", _PEKERJA], env=env, stdout=subprocess.PIPE)
        assert proses.stdout is not None
        assert proses.stdout.readline().strip() == b"siap"
        for unit in ("ambon", "masohi"):
            kirim(d.laporan(getattr(d, unit), formulir), getattr(d, f"kepala_{unit}"))
        time.sleep(acak.uniform(0, 0.05))
        os.kill(proses.pid, signal.SIGKILL)
        proses.wait(timeout=10)
    agregasi.proses_kotor()
    _pastikan_tepat()


def _env_kerja() -> dict[str, str]:
    """A separate process of the worker role, on this test's database."""
    s, akun = connection.settings_dict, AKUN["kerja"]
    url = f"postgresql://{akun['USER']}:{akun['PASSWORD']}@{s['HOST']}:{s['PORT']}/{s['NAME']}"
    return {**os.environ, "DATABASE_URL_KERJA": url, "PERAN_DB": "kerja"}


def test_kunci_beracun_diparkir_yang_lain_jalan(dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    d = dunia_nyata
    asli = agregasi.hitung_ulang
    racun = str(Kunci(date(2026, 1, 1), "F01", d.ambon.kanwil_id))

    def kadang(kunci: Kunci) -> bool:
        if str(kunci) == racun:
            from django.db import DataError

            raise DataError("tidak dapat dijumlahkan")
        return asli(kunci)

    monkeypatch.setattr(agregasi, "hitung_ulang", kadang)
    kirim(d.laporan(d.ambon, "F01"), d.kepala_ambon)
    kirim(d.laporan(d.ambon, "F06"), d.kepala_ambon)
    for _ in range(8):
        agregasi.proses_kotor()
    parkir = Percobaan.objects.get(nama="ringkasan", kunci=racun)
    assert parkir.jumlah == Percobaan.BATAS
    assert parkir.diparkir_pada is not None
    with terpasang(SISTEM):
        assert Ringkasan.objects.get(formulir_id="F06", kanwil=None).n_masuk == 1
        assert Kotor.objects.filter(formulir_id="F01").exists(), "the work itself is not forgotten"
