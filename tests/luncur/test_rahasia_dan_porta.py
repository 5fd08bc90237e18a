"""Secrets, ports, stamps and locks of a local instance."""

import base64
import json
import socket
from pathlib import Path

import pytest

from pemasyarakatan.luncur import porta, pustaka
from pemasyarakatan.luncur.jalankan import pilih_porta
from pemasyarakatan.luncur.kosongkan import reset
from pemasyarakatan.luncur.kunci import coba_kunci, kunci_jalan, sedang_dipakai
from pemasyarakatan.luncur.layar import Gagal
from pemasyarakatan.luncur.rahasia import muat_rahasia
from pemasyarakatan.luncur.ruang import TANDA, hapus_ruang
from pemasyarakatan.luncur.tempat import Tempat, tulis_rahasia


@pytest.fixture
def tempat(tmp_path: Path) -> Tempat:
    return Tempat(tmp_path, tmp_path / ".local").buat()


def test_rahasia_tetap_dan_hanya_untuk_pemilik(tempat: Tempat) -> None:
    pertama = muat_rahasia(tempat.rahasia)
    assert muat_rahasia(tempat.rahasia) == pertama
    assert tempat.rahasia.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(pertama.kunci_data)) == 32
    assert len(pertama.secret_key) >= 50
    assert len(set(vars(pertama).values())) == 7


def test_izin_berkas_rahasia_yang_longgar_diperbaiki(tempat: Tempat) -> None:
    muat_rahasia(tempat.rahasia)
    tempat.rahasia.chmod(0o644)
    muat_rahasia(tempat.rahasia)
    assert tempat.rahasia.stat().st_mode & 0o777 == 0o600


def test_rahasia_yang_kurang_dilengkapi_tanpa_mengganti_yang_ada(tempat: Tempat) -> None:
    kunci = muat_rahasia(tempat.rahasia).kunci_data
    tulis_rahasia(tempat.rahasia, {"kunci_data": kunci})
    lengkap = muat_rahasia(tempat.rahasia)
    assert lengkap.kunci_data == kunci
    assert lengkap.sandi_pemilik
    assert json.loads(tempat.rahasia.read_text()) == vars(lengkap)


def test_rahasia_rusak_tidak_pernah_diganti_diam_diam(tempat: Tempat) -> None:
    tempat.rahasia.write_text('{"kunci_data": "terpoto')
    with pytest.raises(Gagal, match=r"rahasia\.json"):
        muat_rahasia(tempat.rahasia)
    assert tempat.rahasia.read_text() == '{"kunci_data": "terpoto'


def _pendengar() -> socket.socket:
    s = socket.socket()
    s.bind((porta.TUAN, 0))
    s.listen()
    return s


def test_porta_tetap_sampai_dipakai_program_lain(tempat: Tempat) -> None:
    pertama = porta.tetap(tempat.porta, "postgres")
    assert porta.tetap(tempat.porta, "postgres") == pertama
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((porta.TUAN, pertama))
        s.listen()
        assert not porta.bebas(pertama)
        kedua = porta.tetap(tempat.porta, "postgres")
    assert kedua != pertama
    assert porta.tetap(tempat.porta, "postgres") == kedua


def test_porta_web_pindah_ke_berikutnya_dan_berkata_demikian(capsys: pytest.CaptureFixture[str]) -> None:
    with _pendengar() as s:
        mau = s.getsockname()[1]
        nomor = pilih_porta({"PORT": str(mau)})
    assert nomor > mau
    assert f"Porta {mau} sudah dipakai" in capsys.readouterr().out


@pytest.mark.parametrize("salah", ["0", "70000", "delapan", "-1", "٨٠"])
def test_porta_web_yang_salah_ditolak(salah: str) -> None:
    with pytest.raises(Gagal, match="nomor porta"):
        pilih_porta({"PORT": salah})


@pytest.fixture
def daftar(tempat: Tempat) -> Tempat:
    tempat.venv.mkdir()
    for nama in (pustaka.JALAN, pustaka.UJI):
        (tempat.akar / nama).write_text(f"# {nama}\n")
    return tempat


def test_cap_berlaku_sampai_daftar_berubah(daftar: Tempat) -> None:
    assert not pustaka.cocok(daftar, pustaka.JALAN)
    pustaka.cap(daftar, pustaka.JALAN)
    assert pustaka.cocok(daftar, pustaka.JALAN)
    assert not pustaka.cocok(daftar, pustaka.UJI)
    (daftar.akar / pustaka.JALAN).write_text("# berubah\n")
    assert not pustaka.cocok(daftar, pustaka.JALAN)


def test_daftar_uji_mencakup_daftar_jalan(daftar: Tempat) -> None:
    pustaka.cap(daftar, pustaka.UJI)
    assert pustaka.cocok(daftar, pustaka.JALAN)
    assert pustaka.cocok(daftar, pustaka.UJI)


def test_venv_dari_tempat_lain_tidak_dianggap_sehat(tempat: Tempat) -> None:
    assert not pustaka.venv_sehat(tempat)
    tempat.python.parent.mkdir(parents=True)
    tempat.python.symlink_to("/bin/false")
    assert not pustaka.venv_sehat(tempat)


def test_folder_venv_asing_tidak_dihapus(tempat: Tempat) -> None:
    (tempat.venv / "catatan").mkdir(parents=True)
    with pytest.raises(Gagal, match="bukan lingkungan Python"):
        pustaka.buat_venv(tempat)
    assert (tempat.venv / "catatan").is_dir()


@pytest.mark.parametrize(("uid", "apt"), [(1000, "/usr/bin/apt-get"), (0, None)])
def test_tanpa_izin_memasang_orang_diberi_tahu_perintahnya(
    tempat: Tempat, monkeypatch: pytest.MonkeyPatch, uid: int, apt: str | None
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: uid)
    monkeypatch.setattr("shutil.which", lambda _: apt)
    monkeypatch.setattr(pustaka, "bisa_venv", lambda: False)
    with pytest.raises(Gagal, match=r"sudo apt-get install .* python3-venv$"):
        pustaka.buat_venv(tempat)
    assert not tempat.venv.exists()


def test_hanya_satu_peluncur_per_salinan(tempat: Tempat) -> None:
    with kunci_jalan(tempat, "make run"):
        assert sedang_dipakai(tempat)
        with pytest.raises(Gagal, match="make run, proses"), kunci_jalan(tempat, "make run"):
            pytest.fail("a second launcher got the lock")
    assert not sedang_dipakai(tempat)


def test_kunci_di_berkas_yang_dihapus_tidak_berlaku(tempat: Tempat) -> None:
    with kunci_jalan(tempat, "make reset"):
        tempat.kunci.unlink()
        fd = coba_kunci(tempat.kunci)
        assert fd is not None
        with open(fd):
            assert sedang_dipakai(tempat)


def test_reset_menolak_selama_portal_berjalan(tempat: Tempat) -> None:
    muat_rahasia(tempat.rahasia)
    with kunci_jalan(tempat, "make run"), pytest.raises(Gagal, match="sedang dipakai"):
        reset(tempat, setuju=True)
    assert tempat.rahasia.exists()


@pytest.mark.parametrize(("jawaban", "kode", "masih_ada"), [("ya", 0, False), ("tidak", 1, True), ("", 1, True)])
def test_reset_bertanya_dulu(
    tempat: Tempat, monkeypatch: pytest.MonkeyPatch, jawaban: str, kode: int, masih_ada: bool
) -> None:
    monkeypatch.setattr("builtins.input", lambda: jawaban)
    assert reset(tempat, setuju=False) == kode
    assert tempat.lokal.exists() is masih_ada


def test_reset_tanpa_terminal_tidak_menghapus(tempat: Tempat, monkeypatch: pytest.MonkeyPatch) -> None:
    def habis() -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", habis)
    assert reset(tempat, setuju=False) == 1
    assert tempat.lokal.exists()


@pytest.mark.parametrize(("pemilik_tanda", "dihapus"), [("sendiri", True), ("orang lain", False)])
def test_folder_di_luar_hanya_dihapus_bila_bertanda_salinan_ini(
    tempat: Tempat, tmp_path: Path, pemilik_tanda: str, dihapus: bool
) -> None:
    luar = tmp_path / "luar"
    luar.mkdir()
    (luar / TANDA).write_text(str(tempat.akar) if pemilik_tanda == "sendiri" else "/salinan/lain")
    tulis_rahasia(tempat.ruang, {"pg": str(luar)})
    hapus_ruang(tempat)
    assert luar.exists() is not dihapus
