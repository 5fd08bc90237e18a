"""The embedded servers, really started and stopped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from pemasyarakatan.luncur.peladen import peladen_bawaan
from pemasyarakatan.luncur.pengguna import pengguna_turun
from pemasyarakatan.luncur.pg import SETELAN_UJI, bereskan_sisa, biner_terjangkau, milik_klaster
from pemasyarakatan.luncur.proses import Anak
from pemasyarakatan.luncur.ruang import buang, tempat_sementara
from pemasyarakatan.luncur.tempat import AKAR, Tempat

pytestmark = pytest.mark.xdist_group("luncur")
KECIL = SETELAN_UJI | {"max_connections": "20", "shared_buffers": "16MB"}

SQL_AKUN = (
    "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
)
SQL_LOKAL = "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = 'portal'"
NASKAH_BANDEL = """
import signal, subprocess
signal.signal(signal.SIGTERM, signal.SIG_IGN)
cucu = subprocess.Popen(["sleep", "61"])
print(cucu.pid, flush=True)
cucu.wait()
"""


@pytest.fixture
def tempat() -> Iterator[Tempat]:
    tempat = tempat_sementara(AKAR)
    yield tempat
    buang(tempat)
    assert not tempat.lokal.exists()


def _proses_dengan(teks: str) -> list[int]:
    hasil = []
    for berkas in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            isi = berkas.read_bytes()
        except OSError:
            continue
        if teks.encode() in isi and int(berkas.parent.name) != os.getpid():
            hasil.append(int(berkas.parent.name))
    return hasil


def _satu(url: str, sql: str) -> tuple[object, ...]:
    sambungan = psycopg2.connect(url)
    try:
        with sambungan, sambungan.cursor() as kursor:
            kursor.execute(sql)
            return kursor.fetchone() if kursor.description else ()
    finally:
        sambungan.close()


def test_hidup_mati_hidup_lagi_dengan_data_yang_sama(tempat: Tempat) -> None:
    with peladen_bawaan(tempat, {}, latihan=False, setelan=KECIL) as peladen:
        url = peladen.env["DATABASE_URL"]
        pids = [a.popen.pid for a in peladen.anak if a.popen]
        assert _satu(url, SQL_AKUN) == ("lapor_pemilik", False, False, True, True)
        assert _satu(url, SQL_LOKAL) == ("b", "C.UTF-8")
        _satu(url, "CREATE TABLE bukti AS SELECT 102772 AS luas")
        redis.from_url(peladen.env["REDIS_URL"]).set("bukti", "107")
        with pytest.raises(redis.AuthenticationError):
            redis.from_url(peladen.env["REDIS_URL"].replace("@", "salah@")).ping()
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(url.replace("lapor_pemilik:", "lapor_pemilik:salah"))
        for pid in pids:
            baris = Path(f"/proc/{pid}/cmdline").read_text()
            assert not [sandi for sandi in _sandi(peladen.env) if sandi in baris]
    assert not _proses_dengan(str(tempat.lokal))
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]

    with peladen_bawaan(tempat, {}, latihan=False, setelan=KECIL) as peladen:
        assert peladen.env["DATABASE_URL"] == url
        assert _satu(url, "SELECT luas FROM bukti") == (102772,)
        assert redis.from_url(peladen.env["REDIS_URL"]).get("bukti") == b"107"


def _sandi(env: dict[str, str]) -> list[str]:
    return [str(urlsplit(env[nama]).password) for nama in ("DATABASE_URL", "REDIS_URL")]


def test_server_dari_luar_tidak_dinyalakan(tempat: Tempat) -> None:
    luar = {"DATABASE_URL": "postgresql://luar/portal", "REDIS_URL": "redis://luar/0"}
    with peladen_bawaan(tempat, luar, latihan=True) as peladen:
        assert peladen.anak == []
        assert {k: peladen.env[k] for k in luar} == luar
    assert not (tempat.lokal / "pg").exists()
    assert not (tempat.lokal / "valkey").exists()


NASKAH_INDUK = """
import sys, time
from pathlib import Path
from pemasyarakatan.luncur.peladen import peladen_bawaan
from pemasyarakatan.luncur.pg import SETELAN_UJI
from pemasyarakatan.luncur.tempat import Tempat
with peladen_bawaan(Tempat(Path(sys.argv[1]), Path(sys.argv[2])), {}, latihan=False, setelan=SETELAN_UJI):
    print("SIAP", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal exists on Linux only")
def test_kill_9_pada_peluncur_tidak_meninggalkan_server(tempat: Tempat) -> None:
    induk = subprocess.Popen(
        [sys.executable, "-c", NASKAH_INDUK, str(AKAR), str(tempat.lokal)],
        cwd=AKAR,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert induk.stdout is not None
    assert any("SIAP" in baris for baris in induk.stdout)
    data = next(iter(tempat.lokal.glob("pg/data")))
    pid = int((data / "postmaster.pid").read_text().split()[0])
    assert milik_klaster(pid, data)
    induk.kill()
    induk.wait()
    induk.stdout.close()
    batas = time.monotonic() + 15
    while _proses_dengan(str(tempat.lokal)) and time.monotonic() < batas:
        time.sleep(0.05)
    assert not _proses_dengan(str(tempat.lokal))


def test_pid_yang_dipakai_ulang_program_lain_tidak_dihentikan(tmp_path: Path) -> None:
    orang_lain = subprocess.Popen(["sleep", "60"])
    try:
        (tmp_path / "postmaster.pid").write_text(f"{orang_lain.pid}\n{tmp_path}\n")
        bereskan_sisa(tmp_path)
        assert orang_lain.poll() is None
        assert not (tmp_path / "postmaster.pid").exists()
    finally:
        orang_lain.kill()
        orang_lain.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
def test_folder_tak_terjangkau_memindahkan_data_dan_biner(tempat: Tempat) -> None:
    tempat.lokal.chmod(0o700)
    venv = tempat.lokal / ".venv"
    venv.symlink_to(AKAR / ".venv")
    tertutup = Tempat(tempat.lokal, tempat.lokal / "dalam")
    tertutup.lokal.mkdir(mode=0o700)
    try:
        with peladen_bawaan(tertutup, {}, latihan=False, setelan=KECIL) as peladen:
            assert _satu(peladen.env["DATABASE_URL"], "SELECT 1") == (1,)
            ruang = Path(tertutup.ruang.read_text().split('"')[3])
            assert not ruang.is_relative_to(tempat.lokal)
            biner = biner_terjangkau(tertutup, ruang, pengguna_turun())
            assert biner.is_relative_to(ruang)
        assert not _proses_dengan(str(ruang))
    finally:
        buang(tertutup)
    assert not ruang.exists()


def test_henti_membawa_serta_cucu_yang_bandel(tmp_path: Path) -> None:
    log = tmp_path / "anak.log"
    anak = Anak("bandel", [sys.executable, "-c", NASKAH_BANDEL], dict(os.environ), tmp_path, log, tenggat=0.3).mulai()
    while not (log.exists() and log.read_text().strip()):
        time.sleep(0.02)
    cucu = int(log.read_text())
    assert anak.henti() == -signal.SIGKILL
    batas = time.monotonic() + 5
    while _berjalan(cucu) and time.monotonic() < batas:
        time.sleep(0.02)
    assert not _berjalan(cucu)


def _berjalan(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
