"""The worker, the broker, and what happens without them. Real processes, real Redis protocol."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from dasbor.models import Ringkasan
from pelaporan.models import Kotor
from pemasyarakatan.celery import app
from pemasyarakatan.pekerjaan.models import SlotKerja
from pemasyarakatan.pekerjaan.services import ambil_slot
from tests.conftest import sebagai
from tests.dunia import Dunia, kirim, lakukan
from tests.konkurensi.alat import serentak
from tests.proses import AKAR, akhiri, env_proses, pekerja_celery, tunggu
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.xdist_group("celery")


def _n_sah(formulir: str) -> int:
    with terpasang(SISTEM):
        baris = Ringkasan.objects.filter(formulir_id=formulir, kanwil=None).first()
        return baris.n_sah if baris else 0


def test_terverifikasi_terlihat_nasional_dalam_sedetik(dunia_nyata: Dunia, tmp_path: Path) -> None:
    """Not a timing benchmark (bench/ has that): the path worker → Kanwil → nation works, through the broker."""
    d = dunia_nyata
    with pekerja_celery(tmp_path):
        for formulir in ("F01", "F02", "F04", "F06"):
            laporan = d.laporan(d.ambon, formulir)
            kirim(laporan, d.kepala_ambon)
            lakukan(laporan, "verifikasi", d.verifikator_maluku)
            tunggu(lambda f=formulir: _n_sah(f) == 1, 10)
    with terpasang(SISTEM):
        assert not Kotor.objects.exists()


def test_broker_mati_kiriman_tetap_cepat_dan_penyapu_menyelesaikan(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A black hole (accepts, never answers) as broker: sending answers as always, the sweeper does the rest."""
    d = dunia_nyata
    with socket.socket() as lubang:
        lubang.bind(("127.0.0.1", 0))
        lubang.listen(8)
        alamat = f"redis://127.0.0.1:{lubang.getsockname()[1]}/0"
        kirim(d.laporan(d.ambon), d.kepala_ambon)
        proses = subprocess.run(
            [sys.executable, "-c", _VERIFIKASI, str(d.laporan(d.ambon).pk)],
            cwd=AKAR, env=env_proses("web", REDIS_URL=alamat), capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
    assert float(proses.stdout.strip()) < 2, "a silent broker must not hold up the person"
    env = env_proses(REDIS_URL="redis://127.0.0.1:1/0")
    assert (
        subprocess.run([sys.executable, "manage.py", "sapu", "--sekali"], cwd=AKAR, env=env, timeout=60).returncode == 0
    )
    assert _n_sah("F06") == 1


_VERIFIKASI = """
import sys, time, django; django.setup()
from pelaporan.models import Laporan
from pemasyarakatan.akun.models import Pengguna
from tests.conftest import sebagai
from tests.dunia import lakukan
from upt.cakupan import SISTEM, terpasang
with terpasang(SISTEM):
    laporan = Laporan.objects.get(pk=sys.argv[1])
mulai = time.monotonic()
lakukan(laporan, "verifikasi", Pengguna.objects.get(nama_pengguna="verifikator_maluku"))
print(time.monotonic() - mulai)
"""


def test_penyapu_hidup_melewati_putusnya_basis_data(dunia_nyata: Dunia, tmp_path: Path) -> None:
    """The sweeper's connections are cut off; it reconnects and goes on."""
    d = dunia_nyata
    log = tmp_path / "sapu.log"
    with log.open("wb") as keluaran:
        proses = subprocess.Popen(
            [sys.executable, "manage.py", "sapu", "--jeda", "1"],
            cwd=AKAR, env=env_proses(), stdout=keluaran, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        kirim(d.laporan(d.ambon), d.kepala_ambon)
        tunggu(lambda: _masuk("F06") == 1, 20, lambda: log.read_text()[-1000:])
        _putuskan_semua()
        kirim(d.laporan(d.masohi), d.kepala_masohi)
        tunggu(lambda: _masuk("F06") == 2, 30, lambda: log.read_text()[-1000:])
        assert proses.poll() is None
        os.kill(proses.pid, signal.SIGTERM)
        assert proses.wait(timeout=10) == 0
    finally:
        akhiri(proses)


def _masuk(formulir: str) -> int:
    with terpasang(SISTEM):
        baris = Ringkasan.objects.filter(formulir_id=formulir, kanwil=None).first()
        return baris.n_masuk if baris else 0


def _putuskan_semua() -> None:
    with sebagai("kerja"), connection.cursor() as kursor:
        kursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE usename = 'lapor_kerja' AND datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_dua_beat_satu_akibat(dunia_nyata: Dunia) -> None:
    hasil = serentak([lambda: ambil_slot("uji", detik=3600)] * 8)
    assert sorted(hasil) == [False] * 7 + [True]
    assert SlotKerja.objects.filter(nama="uji").count() == 1


def test_setelan_yang_menjaga_pekerjaan() -> None:
    c = app.conf
    assert c.task_acks_late
    assert c.task_reject_on_worker_lost
    assert c.accept_content == ["json"]
    assert c.task_serializer == "json"
    assert c.worker_prefetch_multiplier == 1
    assert c.task_time_limit
    assert c.task_soft_time_limit
    assert not c.task_publish_retry
    assert c.task_ignore_result
