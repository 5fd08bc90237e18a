"""The deadline day on a real server with four threads: heavy pages yield, saving and sending do not."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from pelaporan.models import Draf, Laporan
from pemasyarakatan.akun.token import buat_token
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.luncur import porta as porta_luncur
from tests.dunia import Dunia, isi_penuh
from tests.pelaporan.bantu import segar
from tests.proses import AKAR, akhiri, env_proses, tunggu
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.xdist_group("peladen")
BERAT = ("/dasbor/kanwil/maluku/?bulan=2026-01", "/kelengkapan/?tahun=2026", "/dasbor/indikator/hunian/?bulan=2026-01")
CEPAT = 2.0
"""Seconds within which a save or a send is answered, with room for a busy test machine; alone it takes 0.05."""


@contextmanager
def peladen(tmp_path: Path, **lain: str) -> Iterator[int]:
    """A gunicorn as it is started in the office, of the web role; gives its port."""
    porta, log = porta_luncur.sembarang(), tmp_path / "web.log"
    with log.open("wb") as keluaran:
        proses = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "pemasyarakatan.wsgi", "--no-control-socket", "--workers", "1",
             "--threads", "4", "-b", f"127.0.0.1:{porta}"],
            cwd=AKAR, env=env_proses("web", **lain), stdout=keluaran, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        tunggu(lambda: _hidup(porta), 30, lambda: log.read_text(errors="replace")[-3000:])
        yield porta
        assert proses.poll() is None, "the server lives on"
        assert "Traceback" not in log.read_text(errors="replace")
    finally:
        akhiri(proses)


def _hidup(porta: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{porta}/sehat/", timeout=2) as jawaban:
            return bool(jawaban.status == 200)
    except OSError:
        return False


@dataclass
class Jawaban:
    kode: int
    kepala: dict[str, str]
    isi: bytes
    detik: float


def minta(porta: int, cara: str, jalur: str, kepala: dict[str, str], isi: Any = None) -> Jawaban:
    badan = json.dumps(isi) if isi is not None else None
    sambungan, mulai = http.client.HTTPConnection("127.0.0.1", porta, timeout=20), time.monotonic()
    try:
        sambungan.request(cara, jalur, badan, {"Content-Type": "application/json", **kepala})
        balas = sambungan.getresponse()
        return Jawaban(balas.status, dict(balas.getheaders()), balas.read(), time.monotonic() - mulai)
    finally:
        sambungan.close()


def token(dunia: Dunia, nama: str) -> dict[str, str]:
    return {"Authorization": f"Token {buat_token(oleh=getattr(dunia, nama), nama='uji')}"}


def kuki(orang: Any) -> dict[str, str]:
    klien = Client()
    klien.force_login(orang)
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={klien.cookies[settings.SESSION_COOKIE_NAME].value}"}


@dataclass
class Gempuran:
    """Clients that ask for heavy pages until they are told to stop."""

    porta: int
    kepala: dict[str, str]
    jawaban: list[Jawaban] = field(default_factory=list)
    galat: list[Exception] = field(default_factory=list)
    henti: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Gempuran:
        self.utas = [threading.Thread(target=self._terus, args=(n,), daemon=True) for n in range(8)]
        for satu in self.utas:
            satu.start()
        return self

    def _terus(self, n: int) -> None:
        while not self.henti.is_set():
            try:
                self.jawaban.append(minta(self.porta, "GET", BERAT[n % len(BERAT)], self.kepala))
            except Exception as galat:  # a refused or broken connection is a failure of the promise
                self.galat.append(galat)
                return

    def __exit__(self, *_: object) -> None:
        self.henti.set()
        for satu in self.utas:
            satu.join(timeout=30)


def test_isian_dan_kiriman_tetap_cepat_saat_halaman_berat_digempur(dunia_nyata: Dunia, tmp_path: Path) -> None:
    d = dunia_nyata
    siap = [d.laporan(d.ambon, f) for f in ("F01", "F02", "F06")] + [d.laporan(d.masohi, f) for f in ("F01", "F06")]
    for laporan in siap:
        isi_penuh(laporan, d.kepala_ambon if laporan.upt_id == d.ambon.pk else d.kepala_masohi)
    pusat, operator = kuki(d.peninjau), token(d, "operator_pekanbaru")
    kepala = {d.ambon.pk: token(d, "kepala_ambon"), d.masohi.pk: token(d, "kepala_masohi")}
    sasaran = d.laporan(d.pekanbaru)
    with peladen(tmp_path, HALAMAN_BERAT_SEKALIGUS="2") as porta, Gempuran(porta, pusat) as serbuan:
        tunggu(lambda: any(j.kode == 503 for j in serbuan.jawaban), 20, lambda: str(serbuan.galat))
        simpan = [_simpan(porta, operator, sasaran, n) for n in range(30)]
        kirim = [_kirim(porta, kepala[laporan.upt_id], laporan) for laporan in siap]
        sehat = minta(porta, "GET", "/sehat/", {})
    assert not serbuan.galat
    assert {j.kode for j in simpan} == {200}
    assert {j.kode for j in kirim} == {200}, [j.isi for j in kirim if j.kode != 200]
    assert sehat.kode == 200
    lama = sorted(j.detik for j in (*simpan, *kirim))
    assert lama[-1] < CEPAT, lama
    _periksa_mengalah(serbuan.jawaban)
    with terpasang(SISTEM):
        assert Draf.objects.get(laporan=sasaran).isi["sel"]["lahan_tidur"]["nilai"] == 29
        assert Laporan.objects.filter(status="DIKIRIM").count() == len(siap)


def _periksa_mengalah(semua: list[Jawaban]) -> None:
    """Refused pages say so and when to come back; the others are the pages themselves."""
    assert {j.kode for j in semua} == {200, 503}
    for satu in semua:
        if satu.kode == 503:
            assert satu.kepala["Retry-After"] == "10"
            assert "Portal sedang ramai" in satu.isi.decode()
        else:
            assert b"</html>" in satu.isi


def _simpan(porta: int, kepala: dict[str, str], laporan: Laporan, nilai: int) -> Jawaban:
    isi = {"sel": [{"kode": "lahan_tidur", "nilai": nilai, "versi": nilai}]}
    return minta(porta, "PATCH", f"/api/v1/laporan/{laporan.pk}/sel/", kepala, isi)


def _kirim(porta: int, kepala: dict[str, str], laporan: Laporan, **lain: str) -> Jawaban:
    isi = {"revisi": segar(laporan).revisi, "disahkan": True}
    kepala = {**kepala, "Idempotency-Key": uuid.uuid4().hex, **lain}
    return minta(porta, "POST", f"/api/v1/laporan/{laporan.pk}/aksi/kirim/", kepala, isi)


# ---------------------------------------------------------------- what counts is when the request arrived


def _lewat(laporan: Laporan, detik: float) -> datetime:
    """Let the deadline have passed so long ago."""
    tenggat = sekarang() - timedelta(seconds=detik)
    with terpasang(SISTEM):
        Laporan.objects.filter(pk=laporan.pk).update(tenggat=tenggat)
    return tenggat


def _cap(saat: datetime) -> str:
    return f"t={saat.timestamp():.3f}"


def test_yang_tiba_sedetik_sebelum_tenggat_tepat_waktu_dan_cap_palsu_tidak_dipercaya(
    dunia_nyata: Dunia, tmp_path: Path
) -> None:
    d = dunia_nyata
    kepala = {d.ambon.pk: token(d, "kepala_ambon"), d.masohi.pk: token(d, "kepala_masohi")}
    palsu: dict[tuple[str, str], Callable[[datetime], str]] = {
        ("masohi", "F01"): lambda _: _cap(sekarang() + timedelta(hours=1)),
        ("masohi", "F02"): lambda _: _cap(sekarang() - timedelta(minutes=11)),
        ("masohi", "F04"): lambda _: f"t={sekarang().timestamp() * 1000:.0f}",
        ("masohi", "F06"): lambda _: "t=nan",
        ("ambon", "F01"): lambda t: f"{_cap(t - timedelta(seconds=1))}, t=0",
    }
    tepat = d.laporan(d.ambon, "F06")
    semua = {d.laporan(getattr(d, u), f): cap for (u, f), cap in palsu.items()}
    for laporan in (tepat, *semua):
        isi_penuh(laporan, d.kepala_ambon if laporan.upt_id == d.ambon.pk else d.kepala_masohi)
    with peladen(tmp_path, PERCAYA_PROKSI="1") as porta:
        tenggat = _lewat(tepat, 4)
        cap = {"X-Request-Start": _cap(tenggat - timedelta(seconds=1))}
        assert _kirim(porta, kepala[tepat.upt_id], tepat, **cap).kode == 200
        for laporan, buat in semua.items():
            cap = {"X-Request-Start": buat(_lewat(laporan, 4))}
            assert _kirim(porta, kepala[laporan.upt_id], laporan, **cap).kode == 200
    assert not segar(tepat).terlambat
    assert abs(segar(tepat).dikirim_pada - (tenggat - timedelta(seconds=1))) < timedelta(milliseconds=2)
    assert [segar(laporan).terlambat for laporan in semua] == [True] * len(semua)


def test_tanpa_proksi_tepercaya_cap_diabaikan(dunia_nyata: Dunia, tmp_path: Path) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon, "F06")
    isi_penuh(laporan, d.kepala_ambon)
    with peladen(tmp_path, PERCAYA_PROKSI="0") as porta:
        cap = {"X-Request-Start": _cap(_lewat(laporan, 4) - timedelta(seconds=1))}
        assert _kirim(porta, token(d, "kepala_ambon"), laporan, **cap).kode == 200
    assert segar(laporan).terlambat
