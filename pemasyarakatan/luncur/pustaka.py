"""The virtual environment and the hash-pinned libraries in it."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pemasyarakatan.luncur.kunci import coba_kunci
from pemasyarakatan.luncur.layar import Gagal, kabar, langkah, titik
from pemasyarakatan.luncur.tempat import Tempat

JALAN = "requirements.txt"
UJI = "requirements-dev.txt"
ALAT = "requirements-uv.txt"


def siapkan_pustaka(tempat: Tempat, daftar: str = JALAN) -> None:
    """Make `.venv` hold exactly the pinned versions of `daftar`; nothing happens when its stamp fits."""
    if cocok(tempat, daftar) and venv_sehat(tempat):
        return
    fd = _tunggu_giliran(tempat)
    try:
        if not venv_sehat(tempat):
            buat_venv(tempat)
        if not cocok(tempat, daftar):
            pasang(tempat, daftar)
            cap(tempat, daftar)
    finally:
        os.close(fd)


def _tunggu_giliran(tempat: Tempat) -> int:
    """Lock of the virtual environment: two commands started at once install one after the other."""
    berkas = tempat.buat().lokal / "pustaka.kunci"
    if (fd := coba_kunci(berkas)) is not None:
        return fd
    kabar("• Menunggu pemasangan pustaka oleh perintah lain …")
    while (fd := coba_kunci(berkas)) is None:
        time.sleep(0.5)
    return fd


def sidik(berkas: Path) -> str:
    """SHA-256 of a requirements file, in hex."""
    return hashlib.sha256(berkas.read_bytes()).hexdigest()


def berkas_cap(tempat: Tempat, daftar: str) -> Path:
    """Stamp file: the hash of the list that was installed last."""
    return tempat.venv / f".terpasang-{Path(daftar).stem}"


def cocok(tempat: Tempat, daftar: str) -> bool:
    """Whether this very list is installed."""
    try:
        return berkas_cap(tempat, daftar).read_text() == sidik(tempat.akar / daftar)
    except FileNotFoundError:
        return False


def cap(tempat: Tempat, daftar: str) -> None:
    """Remember the installed list. The test list contains the runtime list, so it stamps both."""
    for nama in {daftar, JALAN}:
        berkas_cap(tempat, nama).write_text(sidik(tempat.akar / nama))


def venv_sehat(tempat: Tempat) -> bool:
    """Whether the environment exists and its Python starts; a copied or moved one often does not."""
    if not tempat.python.exists():
        return False
    naskah = "import sys; assert sys.version_info >= (3, 11); print(sys.prefix)"
    selesai = subprocess.run([str(tempat.python), "-c", naskah], capture_output=True, text=True, check=False)
    return selesai.returncode == 0 and Path(selesai.stdout.strip()) == tempat.venv


def buat_venv(tempat: Tempat) -> None:
    """Create `.venv`, replacing a broken one; asks Debian for python3-venv when allowed."""
    if tempat.venv.exists() and not (tempat.venv / "pyvenv.cfg").exists() and any(tempat.venv.iterdir()):
        raise Gagal(f"{tempat.venv} bukan lingkungan Python. Pindahkan atau hapus folder itu, lalu ulangi.")
    if not bisa_venv():
        pasang_paket_debian("modul venv untuk Python", "python3-venv")
    with langkah("Membuat lingkungan Python .venv"):
        shutil.rmtree(tempat.venv, ignore_errors=True)
        jalankan([sys.executable, "-m", "venv", tempat.venv], tempat.akar)


def bisa_venv() -> bool:
    """Whether this Python can make environments with pip; Debian ships it without."""
    naskah = "import venv, ensurepip"
    return subprocess.run([sys.executable, "-c", naskah], capture_output=True, check=False).returncode == 0


def pasang(tempat: Tempat, daftar: str) -> None:
    """Install with uv when it can be had (seconds), else with pip (half a minute); both check every hash."""
    with langkah(f"Memasang pustaka dari {daftar}"):
        uv = siapkan_uv(tempat)
        if uv and _coba_uv(tempat, uv, daftar):
            return
        jalankan([tempat.python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check",
                  "--require-hashes", "-r", daftar], tempat.akar)  # fmt: skip


def _coba_uv(tempat: Tempat, uv: Path, daftar: str) -> bool:
    perintah = [uv, "pip", "install", "--python", tempat.python, "--require-hashes", "-r", daftar]
    return _selesai([str(p) for p in perintah], tempat.akar)[0] == 0


def siapkan_uv(tempat: Tempat) -> Path | None:
    """The installer uv inside the environment, itself hash-pinned; None when it cannot be had."""
    uv = tempat.venv / "bin" / "uv"
    if not uv.exists():
        pip: list[str | Path] = [
            tempat.python,
            "-m",
            "pip",
            "install",
            "--no-input",
            "--disable-pip-version-check",
        ]
        _selesai([str(p) for p in [*pip, "--require-hashes", "-r", ALAT]], tempat.akar)
    return uv if uv.exists() else None


def perbarui_kunci(tempat: Tempat) -> None:
    """Recompile the pinned lists; Python 3.11.0 is the floor, and the test list follows the runtime list."""
    siapkan_pustaka(tempat)
    uv = siapkan_uv(tempat)
    if uv is None:
        raise Gagal("uv tidak dapat dipasang. Periksa sambungan ke penyedia paket Python, lalu ulangi.")
    sasaran = ["--universal", "--python-version", "3.11", "--upgrade"]
    bentuk = ["--generate-hashes", "--no-header", "--quiet"]
    dasar: list[str | Path] = [uv, "pip", "compile", *sasaran, *bentuk]
    for masukan, keluaran, batas in (
        ("requirements.in", JALAN, []),
        ("requirements-dev.in", UJI, ["-c", JALAN]),
        ("requirements-uv.in", ALAT, []),
    ):
        with langkah(f"Menyusun {keluaran}"):
            jalankan([*dasar, masukan, *batas, "-o", keluaran], tempat.akar)


def pasang_paket_debian(benda: str, *paket: str) -> None:
    """Install Debian packages as root; otherwise say in one sentence what to type."""
    perintah = "apt-get install -y --no-install-recommends " + " ".join(paket)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Gagal(f"Mesin ini belum punya {benda}. Pasang dulu, di Debian/Ubuntu: sudo {perintah}")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with langkah(f"Memasang {benda} dari paket Debian"):
        if _selesai(perintah.split(), Path("/"), env)[0] == 0:
            return
        _selesai(["apt-get", "update"], Path("/"), env)
        jalankan(perintah.split(), Path("/"), env)


def jalankan(perintah: Sequence[str | Path], cwd: Path, env: dict[str, str] | None = None) -> None:
    """Run a silent step; `Gagal` with the end of its output when it fails."""
    kode, keluaran = _selesai([str(p) for p in perintah], cwd, env)
    if kode:
        akhir = "\n".join("    " + b for b in keluaran.strip().splitlines()[-12:])
        raise Gagal(f"Perintah ini gagal: {' '.join(str(p) for p in perintah)}\n{akhir}")


def _selesai(perintah: Sequence[str], cwd: Path, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run to the end with a dot every two seconds; returns exit code and joined output."""
    popen = subprocess.Popen(
        perintah,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        while True:
            try:
                keluaran, _ = popen.communicate(timeout=2)
                return popen.returncode, keluaran
            except subprocess.TimeoutExpired:
                titik()
    finally:
        if popen.poll() is None:
            popen.terminate()
            popen.wait()
