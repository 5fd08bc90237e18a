"""What the portal's processes find in their environment."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.lingkungan import (
    lengkapi_manage,
    lingkungan_bersih,
    lingkungan_pengguna,
    lingkungan_portal,
    peran_db,
    urai_env,
)
from pemasyarakatan.luncur.periksa import env_produksi
from pemasyarakatan.luncur.rahasia import buat_rahasia
from pemasyarakatan.luncur.tempat import Tempat, tulis_rahasia


@pytest.mark.parametrize(
    ("baris", "hasil"),
    [
        ("A=1", {"A": "1"}),
        ("  export A = satu dua ", {"A": "satu dua"}),
        ('A="dengan # pagar"', {"A": "dengan # pagar"}),
        ("A='kutip tunggal'", {"A": "kutip tunggal"}),
        ("A=nilai # keterangan", {"A": "nilai"}),
        ("A=sandi#tanpa-spasi", {"A": "sandi#tanpa-spasi"}),
        ("A=postgresql://u:p=q@h:1/b?x=y", {"A": "postgresql://u:p=q@h:1/b?x=y"}),
        ("A=\nB=  # kosong", {}),
        ("# A=1\n\nB=2", {"B": "2"}),
    ],
)
def test_urai_env(baris: str, hasil: dict[str, str]) -> None:
    assert urai_env(baris) == hasil


@pytest.mark.parametrize("baris", ["tanpa sama dengan", "1A=x", "A B=x", "=x"])
def test_baris_env_yang_salah_disebut_nomornya(baris: str) -> None:
    with pytest.raises(Gagal, match="baris 2"):
        urai_env("OK=1\n" + baris)


def test_lingkungan_menang_atas_berkas_env(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("REDIS_URL=redis://berkas\nPORT=9000\n")
    env = lingkungan_pengguna(tmp_path, {"REDIS_URL": "redis://lingkungan", "PORT": "", "LAIN": ""})
    assert env == {"REDIS_URL": "redis://lingkungan", "PORT": "9000", "LAIN": ""}


def test_lingkungan_bersih_membuang_nama_portal_saja(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://milik-orang/produksi")
    monkeypatch.setenv("HOME", "/rumah")
    env = lingkungan_bersih()
    assert "DATABASE_URL" not in env
    assert env["HOME"] == "/rumah"


def test_lingkungan_portal_latihan_dan_uji(tmp_path: Path) -> None:
    tempat, rahasia = Tempat(tmp_path, tmp_path / ".local"), buat_rahasia()
    url = {"DATABASE_URL": "postgresql://sendiri/portal"}
    latihan = lingkungan_portal({"PATH": "/bin"}, tempat, rahasia, url, latihan=True)
    uji = lingkungan_portal({"PATH": "/bin"}, tempat, rahasia, url, latihan=False)
    assert latihan["MODE_LATIHAN"] == latihan["MUAT_ULANG"] == "1"
    assert uji["MODE_LATIHAN"] == "0"
    assert "MUAT_ULANG" not in uji
    assert "DEBUG" not in latihan | uji
    assert latihan["SECRET_KEY"] == rahasia.secret_key
    assert latihan["DATABASE_URL"] == "postgresql://sendiri/portal"
    assert latihan["PATH"].split(os.pathsep)[0] == str(tmp_path / ".venv/bin")


def test_isian_orang_menang_atas_bawaan(tmp_path: Path) -> None:
    tempat = Tempat(tmp_path, tmp_path / ".local")
    dasar = {"SECRET_KEY": "milik-orang", "MUAT_ULANG": "0", "PATH": "/bin"}
    env = lingkungan_portal(dasar, tempat, buat_rahasia(), {}, latihan=True)
    assert (env["SECRET_KEY"], env["MUAT_ULANG"]) == ("milik-orang", "0")


@pytest.mark.parametrize(
    ("perintah", "peran"),
    [("migrate", "pemilik"), ("siapkan", "pemilik"), ("telusur", "kerja"), ("sapu", "kerja"), ("", "kerja")],
)
def test_peran_basis_data_per_perintah(perintah: str, peran: str) -> None:
    assert peran_db(perintah) == peran


@pytest.fixture
def berjalan(tmp_path: Path) -> Tempat:
    tempat = Tempat(tmp_path, tmp_path / ".local").buat()
    tulis_rahasia(tempat.fakta, {"DATABASE_URL": "postgresql://fakta/portal", "SECRET_KEY": "dari-fakta"})
    return tempat


def test_manage_memakai_fakta_portal_yang_berjalan(berjalan: Tempat) -> None:
    env = {"PATH": "/bin"}
    with berjalan.kunci.open("w") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        lengkapi_manage(env, ["manage.py", "telusur", "F06.wbp"], berjalan)
    assert env["DATABASE_URL"] == "postgresql://fakta/portal"
    assert (env["SECRET_KEY"], env["PERAN_DB"]) == ("dari-fakta", "kerja")


def test_manage_tidak_percaya_fakta_portal_yang_sudah_mati(berjalan: Tempat) -> None:
    berjalan.kunci.touch()
    env = {"PATH": "/bin"}
    lengkapi_manage(env, ["manage.py", "migrate"], berjalan)
    assert "DATABASE_URL" not in env
    assert env["PERAN_DB"] == "pemilik"


def test_manage_menghormati_server_dan_peran_dari_luar(berjalan: Tempat) -> None:
    env = {"DATABASE_URL": "postgresql://luar/portal", "PERAN_DB": "web"}
    with berjalan.kunci.open("w") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        lengkapi_manage(env, ["manage.py", "migrate"], berjalan)
    assert env["DATABASE_URL"] == "postgresql://luar/portal"
    assert env["PERAN_DB"] == "web"
    assert "SECRET_KEY" not in env


AKAR = Path(__file__).resolve().parents[2]


def _mulai(tempat: Tempat, **ubah: str) -> str:
    """What a start with production settings says; empty when the settings are accepted."""
    env = {**env_produksi(tempat), **ubah}
    perintah = [sys.executable, "-c", "import pemasyarakatan.settings"]
    jalan = subprocess.run(perintah, cwd=AKAR, env=env, capture_output=True, text=True, check=False)
    return jalan.stderr if jalan.returncode else ""


def test_server_menolak_mulai_tanpa_kunci(tmp_path: Path) -> None:
    """A missing, short or borrowed key stops the start: indexes made with it could be tried out, or lost."""
    tempat = Tempat(tmp_path, tmp_path / ".local").buat()
    assert _mulai(tempat) == ""
    assert "SECRET_KEY belum diisi" in _mulai(tempat, SECRET_KEY="")
    assert "KUNCI_INDEKS_WBP belum diisi" in _mulai(tempat, KUNCI_INDEKS_WBP="")
    kunci = env_produksi(tempat)["SECRET_KEY"]
    for lemah in ({"KUNCI_INDEKS_WBP": "rahasia"}, {"KUNCI_INDEKS_WBP": kunci, "SECRET_KEY": kunci}):
        assert "KUNCI_INDEKS_WBP harus acak, paling sedikit 32 huruf" in _mulai(tempat, **lemah)


def test_setiap_rahasia_dijelaskan_dan_sampai_ke_proses(tmp_path: Path) -> None:
    contoh = (AKAR / ".env.example").read_text(encoding="utf-8")
    tempat, rahasia = Tempat(tmp_path, tmp_path / ".local"), buat_rahasia()
    env = lingkungan_portal({}, tempat, rahasia, {}, latihan=True)
    assert env["KUNCI_INDEKS_WBP"] == rahasia.kunci_indeks_wbp
    for nama in ("SECRET_KEY", "KUNCI_INDEKS_WBP", "SANDI_PERAN_DB"):
        assert f"\n{nama}=" in contoh


def test_perintah_hitung_berjalan_tanpa_lingkungan_dan_milik_orang_menang(tmp_path: Path) -> None:
    """Only the commands that read no person get settings for once; what is set is kept."""
    tempat = Tempat(tmp_path, tmp_path / ".local").buat()
    env = {"SECRET_KEY": "milik-orang"}
    lengkapi_manage(env, ["manage.py", "hitung_pidana"], tempat)
    assert env["SECRET_KEY"] == "milik-orang"
    assert env["DATABASE_URL"].startswith("postgresql://tanpa@127.0.0.1:9/")
    lain: dict[str, str] = {}
    lengkapi_manage(lain, ["manage.py", "hitung_pidana"], tempat)
    assert lain["KUNCI_DATA_WBP"] != env["KUNCI_DATA_WBP"]
    biasa: dict[str, str] = {}
    lengkapi_manage(biasa, ["manage.py", "migrate"], tempat)
    assert set(biasa) == {"PERAN_DB"}
