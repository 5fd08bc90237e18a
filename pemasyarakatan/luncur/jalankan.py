"""`make run` and `make manage`: prepare, start, watch, stop."""

import http.client
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from pemasyarakatan.luncur import porta
from pemasyarakatan.luncur.henti import Berhenti, penjaga_henti
from pemasyarakatan.luncur.layar import Gagal, kabar, langkah
from pemasyarakatan.luncur.lingkungan import peran_db
from pemasyarakatan.luncur.peladen import Peladen, env_manage, peladen_checkout
from pemasyarakatan.luncur.pengamat import Pengamat
from pemasyarakatan.luncur.proses import Anak, henti_semua
from pemasyarakatan.luncur.pustaka import siapkan_pustaka
from pemasyarakatan.luncur.tempat import Tempat

PORT_BAWAAN = 8000
BATAS_JAWAB = 120.0
JEDA_AWAL, JEDA_TERPANJANG, DIANGGAP_SEHAT = 1.0, 30.0, 60.0


@dataclass
class Terjaga:
    """A child that is started again when it dies, each time after a longer pause (seconds)."""

    anak: Anak
    jeda: float = JEDA_AWAL
    sejak: float = field(default_factory=time.monotonic)
    mulai_lagi: float | None = None

    def rawat(self) -> None:
        """Notice a death, or start again when the pause is over."""
        kini = time.monotonic()
        if self.mulai_lagi is None:
            if not self.anak.hidup:
                self._catat_mati(kini)
        elif kini >= self.mulai_lagi:
            self.mulai_lagi, self.sejak = None, kini
            self.anak.mulai()

    def _catat_mati(self, kini: float) -> None:
        kode = self.anak.tuntaskan()
        if kini - self.sejak > DIANGGAP_SEHAT:
            self.jeda = JEDA_AWAL
        kabar(f"! {self.anak.nama} berhenti (kode {kode}); dicoba lagi {self.jeda:.0f} detik lagi. Catatannya:")
        kabar(self.anak.ekor())
        self.mulai_lagi, self.jeda = kini + self.jeda, min(self.jeda * 2, JEDA_TERPANJANG)

    def segarkan(self) -> None:
        """Stop and start at once, for changed code."""
        if self.mulai_lagi is None:
            self.anak.henti()
            self.sejak = time.monotonic()
            self.anak.mulai()


def run(tempat: Tempat) -> int:
    """Run the portal until a stop signal; returns the exit code."""
    with penjaga_henti():
        try:
            siapkan_pustaka(tempat.buat())
            with peladen_checkout(tempat, "make run") as peladen:
                _jalankan_portal(tempat, peladen)
        except Berhenti:
            kabar("Portal berhenti; data tersimpan di .local/.")
    return 0


def _jalankan_portal(tempat: Tempat, peladen: Peladen) -> None:
    manage(tempat, peladen.env, ["siapkan", "--contoh"])
    nomor = pilih_porta(peladen.env)
    proses = proses_portal(tempat, peladen.env, nomor)
    try:
        with langkah("Menyalakan portal"):
            for anak in proses:
                anak.mulai()
            tunggu_jawaban(nomor, [*peladen.anak, *proses])
        kabar(f"\nPortal siap: http://localhost:{nomor}/\n")
        manage(tempat, peladen.env, ["akun_contoh"])
        kabar("\nCtrl-C menghentikan portal. Catatan proses ada di .local/log/.")
        jaga(tempat, peladen.anak, proses, muat_ulang=peladen.env.get("MUAT_ULANG") == "1")
    except Berhenti:
        kabar("\nMenghentikan portal …")
        raise
    finally:
        henti_semua(proses)


def pilih_porta(env: Mapping[str, str]) -> int:
    """The web port: `PORT` or 8000, or the next free one, and then it says so."""
    mau = env.get("PORT", str(PORT_BAWAAN))
    if not (mau.isascii() and mau.isdecimal()) or not 0 < int(mau) < 65_536:
        raise Gagal(f"PORT={mau!r} bukan nomor porta. Tulis angka 1 sampai 65535.")
    nomor = porta.mulai_dari(int(mau))
    if nomor != int(mau):
        kabar(f"• Porta {mau} sudah dipakai program lain; memakai {nomor}.")
    return nomor


def proses_portal(tempat: Tempat, env: Mapping[str, str], nomor: int) -> list[Anak]:
    """Web server, worker, beat and sweeper, not yet started."""
    celery = "celery -A pemasyarakatan.celery"
    muat_ulang = " --reload" if env.get("MUAT_ULANG") == "1" else ""
    baris = {
        "web": f"gunicorn pemasyarakatan.wsgi --bind {porta.TUAN}:{nomor} --worker-class gthread --workers 1 "
        f"--threads 12 --timeout 120 --graceful-timeout 5 --access-logfile - --no-control-socket{muat_ulang}",
        "pekerja": f"{celery} worker --concurrency 2 --queues cepat,berat --loglevel INFO "
        "--without-gossip --without-mingle",
        "beat": f"{celery} beat --schedule .local/jadwal-beat --pidfile= --loglevel INFO",
        "sapu": "python manage.py sapu",
    }
    return [_anak(tempat, env, nama, teks.split()) for nama, teks in baris.items()]


def _anak(tempat: Tempat, env: Mapping[str, str], nama: str, perintah: Sequence[str]) -> Anak:
    program = tempat.venv / "bin" / perintah[0]
    peran = {"PERAN_DB": "web" if nama == "web" else "kerja"}
    return Anak(nama, [program, *perintah[1:]], {**env, **peran}, tempat.akar, tempat.log / f"{nama}.log")


def tunggu_jawaban(nomor: int, proses: Sequence[Anak]) -> None:
    """Wait until /sehat/ answers 200; `Gagal` as soon as one process dies or after `BATAS_JAWAB` seconds."""
    batas = time.monotonic() + BATAS_JAWAB
    while not sehat(nomor):
        for anak in proses:
            if not anak.hidup:
                raise Gagal(f"Proses {anak.nama} berhenti saat dinyalakan. Akhir catatannya:\n{anak.ekor()}")
        if time.monotonic() > batas:
            web = next(a for a in proses if a.nama == "web")
            raise Gagal(f"Portal tidak menjawab dalam {BATAS_JAWAB:.0f} detik. Catatan web:\n{web.ekor()}")
        time.sleep(0.1)


def sehat(nomor: int) -> bool:
    """Whether the portal answers 200 on /sehat/; asks directly, without any proxy."""
    sambungan = http.client.HTTPConnection(porta.TUAN, nomor, timeout=10)
    try:
        sambungan.request("GET", "/sehat/")
        return sambungan.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        sambungan.close()


def jaga(tempat: Tempat, peladen: Sequence[Anak], proses: Sequence[Anak], *, muat_ulang: bool) -> None:
    """Keep everything alive until a stop signal arrives as `Berhenti`."""
    terjaga = [Terjaga(a) for a in (*peladen, *proses)]
    pekerja = [t for t in terjaga if t.anak.nama in ("pekerja", "beat", "sapu")]
    pengamat = Pengamat(tempat.akar)
    while True:
        time.sleep(0.2)
        for t in terjaga:
            t.rawat()
        if muat_ulang and pengamat.berubah():
            kabar("• Kode berubah; pekerja dinyalakan ulang.")
            for t in pekerja:
                t.segarkan()


def manage(tempat: Tempat, env: Mapping[str, str], argumen: Sequence[str]) -> None:
    """Run a management command with its output on the terminal; `Gagal` when it fails."""
    kode = jalankan_manage(tempat, env, argumen)
    if kode:
        raise Gagal(f"`manage.py {' '.join(argumen)}` gagal (kode {kode}); sebabnya tertulis di atas.")


def jalankan_manage(tempat: Tempat, env: Mapping[str, str], argumen: Sequence[str], *, terminal: bool = False) -> int:
    """Run a management command under the database account it needs; returns its exit code."""
    peran = {"PERAN_DB": peran_db(argumen[0] if argumen else "")}
    perintah: list[str | Path] = [tempat.python, "manage.py", *argumen]
    return selesaikan(Anak("manage.py", perintah, {**env, **peran}, tempat.akar, terminal=terminal))


def selesaikan(anak: Anak) -> int:
    """Run a foreground child to its end, or stop it on a signal; a killed one counts as 128 + signal."""
    try:
        anak.mulai().tunggu()
    except Berhenti as berhenti:
        if not anak.terminal or berhenti.sinyal != signal.SIGINT:  # the keyboard has told it already
            anak.minta_henti(signal.SIGINT if berhenti.sinyal == signal.SIGINT else signal.SIGTERM)
        anak.tunggu(anak.tenggat)
        raise
    finally:
        kode = anak.tuntaskan()
    return kode if kode >= 0 else 128 - kode


def perintah_manage(tempat: Tempat, argumen: Sequence[str]) -> int:
    """`make manage`: beside the running portal, or with servers of its own for the moment.

    Standard output belongs to the command alone, so that its JSON can be piped.
    """
    with redirect_stdout(sys.stderr), penjaga_henti():
        siapkan_pustaka(tempat.buat())
        env = env_manage(tempat)
        if env is not None:
            return jalankan_manage(tempat, env, argumen, terminal=True)
        with peladen_checkout(tempat, "make manage") as peladen:
            return jalankan_manage(tempat, peladen.env, argumen, terminal=True)
