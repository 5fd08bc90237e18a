"""The outbox against a real mail server in the test process: sent once, stopped in time, patient after failures."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from pelaporan.models import SuratKeluar
from pelaporan.tenggat import surat as kotak
from pelaporan.tenggat.pengingat import kirim_pengingat
from pemasyarakatan.inti.galat import Bentrok, Ditolak
from pemasyarakatan.inti.waktu import akhir_hari, sekarang
from tests import dunia as pembuat
from tests.dunia import JANUARI
from tests.pelaporan.tenggat.bantu import beri_surel, cakupan, saat, surat, ubah
from upt.cakupan import SISTEM, terpasang

RABU = date(2026, 2, 18)


class _Penerima(socketserver.StreamRequestHandler):
    """Enough of SMTP to take a letter, or to refuse it."""

    def handle(self) -> None:
        self.wfile.write(b"220 uji\r\n")
        data: list[bytes] | None = None
        for baris in self.rfile:
            if data is not None:
                if baris == b".\r\n":
                    self.server.surat.append(b"".join(data).decode())  # type: ignore[attr-defined]
                    data = None
                    self.wfile.write(b"250 ok\r\n")
                else:
                    data.append(baris)
                continue
            kata = baris[:4].upper()
            if kata == b"DATA":
                data = []
                self.wfile.write(b"354 silakan\r\n")
            elif kata == b"RCPT" and self.server.tolak:  # type: ignore[attr-defined]
                self.wfile.write(b"451 penuh, coba lagi nanti\r\n")
            elif kata == b"QUIT":
                self.wfile.write(b"221 dadah\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def peladen(settings: Any) -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Penerima) as tcp:
        tcp.daemon_threads = True
        tcp.surat, tcp.tolak = [], False  # type: ignore[attr-defined]
        threading.Thread(target=tcp.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = tcp.server_address
        settings.SUREL_AKTIF = True
        yield tcp
        tcp.shutdown()


@pytest.fixture
def berutang(dunia: Any) -> Any:
    ubah(dunia.ambon, tenggat=akhir_hari(RABU, "WIT"))
    beri_surel(dunia.operator_ambon, "op@uji.test")
    kirim_pengingat(pada=saat(f"{RABU}T08:00"))
    assert [s.untuk for s in surat()] == ["op@uji.test"]
    return dunia


def test_dikirim_sekali_dan_dikenali(berutang: Any, peladen: Any) -> None:
    assert kotak.kirim_surat() == 1
    assert kotak.kirim_surat() == 0
    (isi,) = peladen.surat
    assert "To: op@uji.test" in isi
    assert "Message-ID: <" in isi
    assert "Auto-Submitted: auto-generated" in isi
    assert surat()[0].terkirim_pada is not None


def test_message_id_tetap_untuk_surat_yang_sama(berutang: Any) -> None:
    satu = surat()[0]
    assert kotak.susun(satu).extra_headers["Message-ID"] == kotak.susun(satu).extra_headers["Message-ID"]
    lain = SuratKeluar(dedup="lain", untuk="a@b.test")
    assert kotak.susun(lain).extra_headers["Message-ID"] != kotak.susun(satu).extra_headers["Message-ID"]


def test_tanpa_peladen_surat_menunggu(berutang: Any, settings: Any) -> None:
    settings.SUREL_AKTIF = False
    assert kotak.kirim_surat() == 0
    assert surat()[0].terkirim_pada is None
    assert surat()[0].percobaan == 0


def test_dibatalkan_bila_unit_sudah_mengirim(berutang: Any, peladen: Any) -> None:
    for formulir in ("F01", "F02", "F04", "F06"):
        pembuat.kirim(berutang.laporan(berutang.ambon, formulir), berutang.kepala_ambon)
    assert kotak.kirim_surat() == 0
    assert peladen.surat == []
    assert surat()[0].dibatalkan_pada is not None


def test_yang_terkirim_tidak_diambil_walau_belum_dibatalkan(berutang: Any, peladen: Any) -> None:
    """Sent between the sweep and the taking of a letter: the taking asks again."""
    for formulir in ("F01", "F02", "F04", "F06"):
        pembuat.kirim(berutang.laporan(berutang.ambon, formulir), berutang.kepala_ambon)
    with terpasang(SISTEM):
        assert kotak._ambil(sekarang()) is None


def test_gagal_menunggu_makin_lama_lalu_berhenti(berutang: Any, peladen: Any) -> None:
    peladen.tolak = True
    kini: datetime = sekarang()
    jeda = []
    for _ in range(kotak.MAKS_PERCOBAAN):
        with time_machine.travel(kini, tick=False):
            assert kotak.kirim_surat() == 0
            assert kotak.kirim_surat() == 0  # too early: not even tried
        satu = surat()[0]
        assert satu.coba_lagi_pada is not None
        jeda.append(satu.coba_lagi_pada - kini)
        kini = satu.coba_lagi_pada
    assert jeda == [kotak.JEDA_AWAL * 2**n for n in range(kotak.MAKS_PERCOBAAN)]
    satu = surat()[0]
    assert satu.percobaan == kotak.MAKS_PERCOBAAN
    assert "451" in satu.galat
    peladen.tolak = False
    with time_machine.travel(kini + timedelta(days=3), tick=False):
        assert kotak.kirim_surat() == 0
    with terpasang(SISTEM):
        kotak.ulangi_surat(surat_id=satu.pk, oleh=berutang.admin, cakupan=cakupan(berutang.admin))
    assert kotak.kirim_surat() == 1


def test_ulangi_hanya_admin_dan_hanya_yang_gagal(berutang: Any) -> None:
    for orang, galat in ((berutang.peninjau, Ditolak), (berutang.admin, Bentrok)):
        with terpasang(cakupan(orang)), pytest.raises(galat):
            kotak.ulangi_surat(surat_id=None, oleh=orang, cakupan=cakupan(orang))


def test_halaman_mengatakan_peladen_belum_diatur(berutang: Any, masuk: Any) -> None:
    teks = masuk(berutang.admin).get("/periode/surat/").content.decode()
    assert "Server surel belum diatur" in teks
    assert "op@uji.test" in teks
    assert JANUARI.nama in teks
