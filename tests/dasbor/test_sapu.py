"""The sweeper finishes what lost hints left, survives a restarting database and stops when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from dasbor import penyapu
from dasbor.management.commands import sapu
from dasbor.models import Ringkasan
from pelaporan.models import Kotor
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.registri import Jenis, daftarkan
from pemasyarakatan.pekerjaan.services import Berkas
from tests.dunia import JANUARI, Dunia, kirim
from upt.cakupan import SISTEM, terpasang

AKAR = Path(__file__).resolve().parents[2]


def kerjakan_uji(pekerjaan: Pekerjaan, lapor: Any) -> list[Berkas]:
    lapor("Menulis", 1, 1)
    return [Berkas("hasil.txt", "text/plain", b"selesai")]


def test_one_pass_computes_what_is_dirty(dunia: Dunia) -> None:
    kirim(dunia.laporan(dunia.ambon, "F06"), dunia.kepala_ambon)
    keluaran = StringIO()
    call_command("sapu", "--sekali", stdout=keluaran)
    assert "rekap dihitung ulang" in keluaran.getvalue()
    with terpasang(SISTEM):
        nasional = Ringkasan.objects.get(kanwil=None, bulan=JANUARI.awal, formulir_id="F06")
        assert nasional.n_masuk == 1
        assert not Kotor.objects.exists()


def test_abandoned_job_is_done_without_a_broker(dunia: Dunia) -> None:
    daftarkan(Jenis("uji_sapu", Izin.BUAT_LAPORAN_KINERJA, "uji.sapu", f"{__name__}.kerjakan_uji"))
    with terpasang(SISTEM):
        kerja = Pekerjaan.objects.create(pengguna=dunia.peninjau, jenis="uji_sapu", judul="Uji", total=1)
        Pekerjaan.objects.filter(pk=kerja.pk).update(dibuat_pada=sekarang() - timedelta(minutes=10))
    assert penyapu.sapu_sekali().pekerjaan == 1
    with terpasang(SISTEM):
        kerja.refresh_from_db()
        assert (kerja.status, kerja.galat) == (Pekerjaan.Status.SELESAI, "")
        assert bytes(kerja.berkas.get().isi) == b"selesai"
    assert penyapu.sapu_sekali().pekerjaan == 0


def test_lost_database_is_logged_and_tried_again(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kirim(dunia_nyata.laporan(dunia_nyata.ambon, "F06"), dunia_nyata.kepala_ambon)
    asli = penyapu.sapu_sekali

    def putus() -> Any:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(sapu, "sapu_sekali", putus)
    sapu._satu_putaran()
    assert "trying again" in caplog.text
    assert connection.connection is None
    monkeypatch.setattr(sapu, "sapu_sekali", asli)
    sapu._satu_putaran()
    with terpasang(SISTEM):
        assert not Kotor.objects.exists()


def test_broken_connection_is_replaced(dunia_nyata: Dunia) -> None:
    """A connection that died under the sweeper costs at most one pass."""
    kirim(dunia_nyata.laporan(dunia_nyata.ambon, "F06"), dunia_nyata.kepala_ambon)
    connection.ensure_connection()
    assert connection.connection is not None
    connection.connection.close()
    sapu._satu_putaran()
    sapu._satu_putaran()
    with terpasang(SISTEM):
        assert not Kotor.objects.exists()


def test_sweeping_process_works_and_stops_on_sigterm(dunia_nyata: Dunia) -> None:
    dasar, _ = os.environ["DATABASE_URL"].rsplit("/", 1)
    env = {
        **os.environ,
        "DATABASE_URL": f"{dasar}/{connection.settings_dict['NAME']}",
        "PERAN_DB": "kerja",
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody listens there: the sweeper must not need it
    }
    kirim(dunia_nyata.laporan(dunia_nyata.ambon, "F06"), dunia_nyata.kepala_ambon)
    perintah = [sys.executable, "manage.py", "sapu", "--jeda", "0.2"]
    proses = subprocess.Popen(perintah, cwd=AKAR, env=env, stderr=subprocess.PIPE, text=True)
    try:
        batas = time.monotonic() + 30
        while _kotor() and time.monotonic() < batas:
            time.sleep(0.1)
        assert _kotor() == 0
        proses.send_signal(signal.SIGTERM)
        assert proses.wait(10) == 0
    finally:
        if proses.poll() is None:
            proses.kill()
        _, catatan = proses.communicate(timeout=10)
    assert "sweeper stopped" in catatan


def _kotor() -> int:
    with terpasang(SISTEM):
        return Kotor.objects.count()
