"""From verified to visible in the national figure: by the worker, and by the sweeper without a broker."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection

from bench.halaman import petugas
from bench.instansi import Ukuran, bulan_terakhir
from bench.ukur import Baris, persentil
from dasbor import agregasi
from dasbor.models import Ringkasan
from pelaporan.alur import Aksi
from pelaporan.models import Laporan
from pelaporan.services import Perintah, jalankan
from tests.proses import AKAR, akhiri, env_proses, pekerja_celery
from upt.cakupan import SISTEM, Cakupan, terpasang

BROKER_MATI = "redis://127.0.0.1:1/0"
BATAS = 60.0


@dataclass(frozen=True)
class Janji:
    """A committed verification that is not yet seen; `urutan`: which one of its key."""

    pada: float
    formulir: str
    bulan: date
    n_sah: int


def ukur(ukuran: Ukuran, folder: Path) -> list[Baris]:
    """Half of the prepared reports through the worker, half through the sweeper alone."""
    siapkan(2 * ukuran.kirim + 2)
    with pekerja_celery(folder):
        verifikasi_di_proses_lain(2, jeda=0)  # the worker's first connection is not what is measured
        cepat = verifikasi_di_proses_lain(ukuran.kirim, jeda=0.15)
    with _penyapu(folder):
        tanpa = verifikasi_di_proses_lain(ukuran.kirim, jeda=0.6, REDIS_URL=BROKER_MATI)
    return [
        *_baris("Terverifikasi → terlihat, pekerja", cepat, 1.0),
        *_baris("Terverifikasi → terlihat, broker mati", tanpa, 30.0),
    ]


def _baris(nama: str, lama: list[float], sasaran: float) -> list[Baris]:
    return [
        Baris(f"{nama}, p50", persentil(lama, 50), "s", None, f"{len(lama)} laporan"),
        Baris(f"{nama}, p95", persentil(lama, 95), "s", sasaran),
    ]


def siapkan(n: int) -> None:
    """Put `n` verified reports of the last month back to sent (the database is ours), then recount."""
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(
            "UPDATE pelaporan_laporan SET status = 'DIKIRIM', versi_sah = NULL WHERE id IN (SELECT id FROM "
            "pelaporan_laporan WHERE bulan = %s AND versi_sah = versi_masuk ORDER BY md5(id::text) LIMIT %s)",
            [bulan_terakhir().awal, n],
        )
        assert kursor.rowcount == n
    agregasi.bangun_ulang()


def verifikasi_di_proses_lain(n: int, jeda: float, **lain: str) -> list[float]:
    """The verifier is a web process of its own, so that its broker can be a dead one."""
    perintah = [sys.executable, "-m", "bench.kesegaran", str(n), str(jeda)]
    env = env_proses("web", **lain)
    selesai = subprocess.run(perintah, cwd=AKAR, env=env, capture_output=True, text=True, check=False, timeout=600)
    if selesai.returncode:
        raise RuntimeError(selesai.stderr[-3000:])
    return [float(x) for x in json.loads(selesai.stdout.strip().splitlines()[-1])]


@contextmanager
def _penyapu(folder: Path) -> Iterator[None]:
    with (folder / "sapu.log").open("wb") as keluaran:
        proses = subprocess.Popen(
            [sys.executable, "manage.py", "sapu"], cwd=AKAR, env=env_proses(REDIS_URL=BROKER_MATI),
            stdout=keluaran, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield
    finally:
        akhiri(proses)


def verifikasi_dan_tunggu(n: int, jeda: float) -> list[float]:
    """Verify `n` reports, one every `jeda` seconds; returns how long each took to show nationally."""
    with terpasang(SISTEM):
        siap = list(Laporan.objects.filter(status="DIKIRIM").order_by("id")[:n])
    assert len(siap) == n
    sah = {(lap.formulir_id, lap.bulan): _n_sah(lap.formulir_id, lap.bulan) for lap in siap}
    ditunggu: list[Janji] = []
    lama: list[float] = []
    berikut = time.perf_counter()
    while siap or ditunggu:
        if siap and time.perf_counter() >= berikut:
            lap, berikut = siap.pop(), berikut + jeda
            sah[lap.formulir_id, lap.bulan] += 1
            _verifikasi(lap)
            kunci = lap.formulir_id, lap.bulan
            ditunggu.append(Janji(time.perf_counter(), *kunci, sah[kunci]))
        terlihat = [j for j in ditunggu if _n_sah(j.formulir, j.bulan) >= j.n_sah]
        kini = time.perf_counter()
        lama += [kini - j.pada for j in terlihat]
        ditunggu = [j for j in ditunggu if j not in terlihat]
        assert not ditunggu or kini - ditunggu[0].pada < BATAS, "angka nasional tidak bergerak"
        time.sleep(0.005)
    return lama


def _verifikasi(laporan: Laporan) -> Any:
    with terpasang(SISTEM):
        orang = petugas("verifikator_kanwil", penugasan__kanwil=laporan.kanwil_id)
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        cakupan = Cakupan.dari(orang)
    with terpasang(cakupan):
        perintah = Perintah(laporan.pk, Aksi.VERIFIKASI, laporan.revisi, uuid.uuid4().hex)
        return jalankan(perintah, oleh=orang, cakupan=cakupan)


def _n_sah(formulir: str, bulan: date) -> int:
    with terpasang(SISTEM):
        return Ringkasan.objects.values_list("n_sah", flat=True).get(kanwil=None, formulir=formulir, bulan=bulan)


def folder_kerja() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="portal-bench-")


if __name__ == "__main__":
    print(json.dumps(verifikasi_dan_tunggu(int(sys.argv[1]), float(sys.argv[2]))))
