"""Concurrency, replay and a failing database: cases 92 to 97, faults F3, F11 and F16, with real commits.

Tested elsewhere: 92 double clicks, 93 two operators, 94 two verifiers, withdraw against verify, send against closing
(tests/konkurensi/test_transisi.py); F1, F2, F8, F9 (test_ringkasan.py); F5 to F7, 96, F18 (test_celery.py);
versions and trail against UPDATE/DELETE/TRUNCATE as lapor_web (tests/upt/test_cakupan.py, tests/jejak/test_jejak.py).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.db import OperationalError, connection, transaction
from django.db.utils import DatabaseError
from django.test import Client

from dasbor import agregasi
from dasbor.models import Ringkasan
from pelaporan import services, services_isian, services_periode
from pelaporan.models import Draf, Idempotensi, Kejadian, Kotor, Laporan, LaporanVersi
from pelaporan.services_periode import tutup_periode
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.akun.token import buat_token
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.jejak.selectors import periksa_rantai
from pemasyarakatan.pekerjaan.models import Percobaan
from tests.conftest import AKUN, sebagai
from tests.dunia import JANUARI, Dunia, isi_penuh, kirim, lakukan
from tests.konkurensi.alat import serentak
from tests.pelaporan.bantu import alamat, segar, tindakan
from upt.cakupan import SISTEM, Cakupan, terpasang


def _klien(orang: Pengguna) -> Client:
    klien = Client(raise_request_exception=False)
    klien.force_login(orang)
    return klien


def _utuh(laporan: Laporan) -> None:
    """Status is the fold of the events, versions without gaps, the trail's chain whole."""
    with terpasang(SISTEM):
        lap = Laporan.objects.get(pk=laporan.pk)
        akhir = Kejadian.objects.filter(laporan=lap).order_by("-urut").first()
        nomor = list(LaporanVersi.objects.filter(laporan=lap).order_by("versi").values_list("versi", flat=True))
        assert (akhir.ke if akhir else "BELUM") == lap.status
        assert nomor == list(range(1, len(nomor) + 1))
        assert periksa_rantai() == []


@contextmanager
def _menahan(sql: str, *isi: Any) -> Iterator[None]:
    """Another session holds rows (as the owner: no scope needed) until the block ends."""
    s = connection.settings_dict
    lain = psycopg2.connect(
        dbname=s["NAME"],
        host=s["HOST"],
        port=s["PORT"],
        user=AKUN["pemilik"]["USER"],
        password=AKUN["pemilik"]["PASSWORD"],
    )
    try:
        lain.cursor().execute(sql, isi)
        yield
    finally:
        lain.rollback()
        lain.close()


# F16: locks that are held too long --------------------------------------------------------------------------


def test_f16_baris_terkunci_dijawab_503_dalam_lima_detik_dan_tidak_ada_yang_hilang(dunia_nyata: Dunia) -> None:
    """A row is held by somebody else: page, autosave and API answer in time, and the same press works afterwards."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    isi_penuh(laporan, d.operator_ambon)
    formulir = tindakan(laporan, "kirim", disahkan="on")
    token = buat_token(oleh=d.operator_ambon, nama="uji")
    sel = '{"perubahan": [{"kode": "lahan_tidur", "teks": "77", "versi": 1}]}'
    api = {"content_type": "application/json", "HTTP_AUTHORIZATION": f"Token {token}"}
    isi_api = '{"sel": [{"kode": "lahan_tidur", "nilai": "77", "versi": 1}]}'

    def tiga() -> list[Any]:
        return serentak(
            [
                lambda: _klien(d.kepala_ambon).post(alamat(laporan, "kirim"), formulir),
                lambda: _klien(d.operator_ambon).post(alamat(laporan, "simpan"), sel, content_type="application/json"),
                lambda: Client().patch(f"/api/v1/laporan/{laporan.pk}/sel/", isi_api, **api),
            ]
        )

    mulai = time.monotonic()
    with _menahan("SELECT 1 FROM pelaporan_laporan WHERE id = %s FOR UPDATE", str(laporan.pk)):
        jawaban = tiga()
    assert time.monotonic() - mulai < 6, "four seconds of waiting, and the work around it"
    assert [j.status_code for j in jawaban] == [503] * 3
    assert all(j["Retry-After"] == "5" for j in jawaban)
    assert segar(laporan).versi_masuk is None
    with terpasang(SISTEM):
        assert not Idempotensi.objects.exists(), "a press that failed leaves its key free"
    assert _klien(d.kepala_ambon).post(alamat(laporan, "kirim"), formulir).status_code == 302
    _utuh(laporan)


def test_f16_kembaran_menunggu_kunci_yang_sama(dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of a slow request gives up with 503 before the first commits; asked again it gets the same receipt."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    isi_penuh(laporan, d.operator_ambon)
    formulir, asli, sekali = tindakan(laporan, "kirim", disahkan="on"), services.catat_baris, threading.Lock()

    def lambat(objek: Any, **isi: Any) -> Any:
        if isi["tindakan"] == "kirim" and sekali.acquire(blocking=False):
            time.sleep(4.8)
        return asli(objek, **isi)

    monkeypatch.setattr(services, "catat_baris", lambat)

    def tekan(tunda: float) -> Any:
        time.sleep(tunda)
        return _klien(d.kepala_ambon).post(alamat(laporan, "kirim"), formulir)

    pertama, kembaran = serentak([lambda: tekan(0), lambda: tekan(0.3)])
    assert (pertama.status_code, kembaran.status_code) == (302, 503)
    ulang = tekan(0)
    assert ulang["Location"] == pertama["Location"]
    with terpasang(SISTEM):
        assert LaporanVersi.objects.filter(laporan=laporan).count() == 1
    _utuh(laporan)


# F11, F3: the connection dies -------------------------------------------------------------------------------


def _putus() -> None:
    with connection.cursor() as kursor:
        kursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.mark.parametrize("untuk", ["text/html", "application/json"])
def test_f11_sambungan_putus_di_tengah_permintaan(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch, untuk: str
) -> None:
    """The backend is killed after the version was written and before the commit: 503, nothing; the next press works."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    isi_penuh(laporan, d.operator_ambon)
    formulir, asli = tindakan(laporan, "kirim", disahkan="on"), services.catat_baris
    klien = _klien(d.kepala_ambon)

    def mati(*objek: Any, **isi: Any) -> Any:
        _putus()
        return asli(*objek, **isi)

    with monkeypatch.context() as m:
        m.setattr(services, "catat_baris", mati)
        jawaban = klien.post(alamat(laporan, "kirim"), formulir, headers={"Accept": untuk})
    assert jawaban.status_code == 503
    assert jawaban["Content-Type"].startswith(untuk)
    assert "Isian Anda belum berubah" in jawaban.content.decode() or untuk == "application/json"
    assert segar(laporan).versi_masuk is None
    assert klien.post(alamat(laporan, "kirim"), formulir).status_code == 302
    _utuh(laporan)


def test_f11_sambungan_putus_ketika_menyimpan_sel(dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    """An autosave that was not acknowledged is wholly absent, and the same save afterwards is wholly there."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    klien, asli = _klien(d.operator_ambon), services_isian.mulai_mengisi
    sel = '{"perubahan": [{"kode": "lahan_tidur", "teks": "77"}, {"kode": "wbp", "teks": "5"}]}'

    def mati(*isi: Any) -> None:
        _putus()
        asli(*isi)

    with monkeypatch.context() as m:
        m.setattr(services_isian, "mulai_mengisi", mati)
        assert klien.post(alamat(laporan, "simpan"), sel, content_type="application/json").status_code == 503
    with terpasang(SISTEM):
        assert not Draf.objects.filter(laporan=laporan).exists()
    assert klien.post(alamat(laporan, "simpan"), sel, content_type="application/json").status_code == 200
    with terpasang(SISTEM):
        assert Draf.objects.get(laporan=laporan).isi["sel"]["lahan_tidur"]["nilai"] == 77


# Two at once ------------------------------------------------------------------------------------------------


def test_simpan_lawan_kirim(dunia_nyata: Dunia) -> None:
    """Save and send at once: one wins, the other is told; never an acknowledged cell outside the sent version."""
    d = dunia_nyata
    for formulir in ("F01", "F06"):
        laporan = d.laporan(d.ambon, formulir)
        isi_penuh(laporan, d.operator_ambon)
        kode = {"F01": "isi_l", "F06": "lahan_tidur"}[formulir]
        revisi = segar(laporan).revisi

        def simpan(laporan: Laporan = laporan, kode: str = kode) -> Any:
            orang = Pengguna.objects.get(pk=d.operator_ambon.pk)
            with terpasang(Cakupan(pengguna_id=orang.pk)):
                cakupan = Cakupan.dari(orang)
            with terpasang(cakupan):
                ubah = [services_isian.Perubahan(kode, "999", versi=1)]
                return services_isian.simpan(laporan_id=laporan.pk, perubahan=ubah, oleh=orang, cakupan=cakupan)

        def kirimkan(laporan: Laporan = laporan, revisi: int = revisi) -> Any:
            return lakukan(laporan, "kirim", d.kepala_ambon, revisi=revisi, disahkan=True)

        tersimpan, terkirim = serentak([simpan, kirimkan])
        assert isinstance(tersimpan, GalatPortal) != isinstance(terkirim, GalatPortal), (tersimpan, terkirim)
        _utuh(laporan)


def test_verifikasi_di_sela_penutupan_bulan_tidak_terkunci_tanpa_kejadian(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report verified while the month is being closed is either locked with its event, or not locked."""
    d = dunia_nyata
    for upt, kepala in ((d.ambon, d.kepala_ambon), (d.masohi, d.kepala_masohi)):
        kirim(d.laporan(upt), kepala)
    lakukan(d.laporan(d.ambon), "verifikasi", d.verifikator_maluku)
    asli, sela = services_periode.sebagai, d.laporan(d.masohi)

    def di_sela(*isi: Any) -> str:
        hasil = serentak([lambda: lakukan(sela, "verifikasi", d.verifikator_maluku)])
        assert isinstance(hasil[0], dict), hasil
        return asli(*isi)

    monkeypatch.setattr(services_periode, "sebagai", di_sela)
    peninjau = Pengguna.objects.get(pk=d.peninjau.pk)
    with terpasang(Cakupan(lingkup="nasional", pengguna_id=peninjau.pk)):
        assert tutup_periode(bulan=JANUARI, oleh=peninjau, cakupan=Cakupan(lingkup="nasional")) == 1
    assert segar(d.laporan(d.ambon)).status == "TERKUNCI"
    for upt in (d.ambon, d.masohi):
        _utuh(d.laporan(upt))


# Figures ----------------------------------------------------------------------------------------------------


def _galat(kelas: type[Exception]) -> OperationalError:
    galat = OperationalError("sementara")
    galat.__cause__ = kelas()
    return galat


@pytest.mark.parametrize(
    "kelas", [psycopg2.errors.LockNotAvailable, psycopg2.errors.DeadlockDetected, psycopg2.OperationalError]
)
def test_gangguan_sesaat_tidak_memarkir_angka(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch, kelas: type[Exception]
) -> None:
    """Locks, deadlocks and restarts of the database put a figure off; they must not stop it for good, unseen."""
    d = dunia_nyata
    kirim(d.laporan(d.ambon), d.kepala_ambon)

    def gagal(kunci: agregasi.Kunci) -> bool:
        raise _galat(kelas)

    with monkeypatch.context() as m:
        m.setattr(agregasi, "hitung_ulang", gagal)
        for _ in range(7):
            agregasi.proses_kotor()
    assert not Percobaan.objects.exists()
    agregasi.proses_kotor()
    with terpasang(SISTEM):
        assert not Kotor.objects.exists()
        assert Ringkasan.objects.get(formulir_id="F06", kanwil=None).n_masuk == 1


def test_bangun_ulang_dan_pekerja_tidak_saling_mengunci(dunia_nyata: Dunia) -> None:
    """A rebuild takes the rollups and then the dirty rows; so does a worker, else each would wait for the other."""
    d = dunia_nyata
    kirim(d.laporan(d.ambon), d.kepala_ambon)
    kunci = agregasi.Kunci(JANUARI.awal, "F06", d.ambon.kanwil_id)

    def kotori_dan_hitung() -> None:
        for _ in range(25):
            with terpasang(SISTEM):
                Kotor.objects.create(kanwil_id=kunci.kanwil, bulan=kunci.bulan, formulir_id="F06")
            agregasi.hitung_ulang(kunci)

    def bangun() -> None:
        for _ in range(12):
            agregasi.bangun_ulang()

    with sebagai("kerja"):
        hasil = serentak([kotori_dan_hitung, bangun, kotori_dan_hitung])
    assert hasil == [None] * 3, hasil
    agregasi.proses_kotor()
    with terpasang(SISTEM):
        assert Ringkasan.objects.get(formulir_id="F06", kanwil=None).n_masuk == 1


# 97: SQL in the hands of the application's roles ------------------------------------------------------------

_TERLARANG = [
    "UPDATE pelaporan_laporanversi SET isi = '{}'", "DELETE FROM pelaporan_laporanversi",
    "TRUNCATE pelaporan_laporanversi CASCADE",
    "UPDATE pelaporan_kejadian SET teks = ''", "DELETE FROM pelaporan_kejadian", "TRUNCATE pelaporan_kejadian",
    "UPDATE pelaporan_riwayatisian SET asal = ''", "DELETE FROM pelaporan_riwayatisian",
    "DELETE FROM pelaporan_pemberitahuan",
    "UPDATE jejak_jejak SET tindakan = ''", "DELETE FROM jejak_jejak", "TRUNCATE jejak_jejak CASCADE",
    "INSERT INTO jejak_kepalarantai DEFAULT VALUES", "UPDATE jejak_kepalarantai SET sidik = ''",
    "DELETE FROM jejak_kepalarantai",
    "ALTER TABLE pelaporan_laporan DISABLE ROW LEVEL SECURITY", "DROP POLICY cakupan ON pelaporan_laporan",
    "ALTER TABLE pelaporan_laporanversi DISABLE TRIGGER ALL", "SET session_replication_role = 'replica'",
    "SET ROLE lapor_pemilik", "SET SESSION AUTHORIZATION lapor_pemilik", "CREATE TABLE public.milikku (x int)",
    "COPY (SELECT 1) TO PROGRAM 'true'", "SELECT pg_read_file('/etc/passwd')", "CREATE EXTENSION dblink",
    "SELECT * FROM django_migrations", "TRUNCATE pelaporan_laporan CASCADE", "TRUNCATE akun_pengguna CASCADE",
]  # fmt: skip


@pytest.mark.parametrize("peran", ["web", "kerja"])
def test_97_peran_aplikasi_tidak_dapat_menghapus_jejaknya(dunia_nyata: Dunia, peran: str) -> None:
    kirim(dunia_nyata.laporan(dunia_nyata.ambon), dunia_nyata.kepala_ambon)
    lolos = []
    with sebagai(peran):
        for perintah in _TERLARANG:
            try:
                with terpasang(SISTEM), connection.cursor() as kursor:
                    kursor.execute(perintah)
            except DatabaseError:
                continue
            lolos.append(perintah)
    assert lolos == []
    _utuh(dunia_nyata.laporan(dunia_nyata.ambon))


@pytest.mark.parametrize("peran", ["web", "kerja"])
def test_97_baris_unit_lain_tidak_tersentuh_dengan_cakupan_sendiri(dunia_nyata: Dunia, peran: str) -> None:
    d = dunia_nyata
    for upt, orang in ((d.ambon, d.kepala_ambon), (d.masohi, d.kepala_masohi)):
        isi_penuh(d.laporan(upt), orang)
    milik = Cakupan(upt=frozenset({d.ambon.pk}), pengguna_id=d.operator_ambon.pk)
    with sebagai(peran), terpasang(milik), connection.cursor() as kursor:
        for tabel in ("pelaporan_laporan", "pelaporan_draf", "pelaporan_riwayatisian", "upt_upt", "upt_penugasan"):
            kursor.execute(
                f"SELECT count(*) FROM {tabel} WHERE {'id' if tabel == 'upt_upt' else 'upt_id'} = %s", [d.masohi.pk]
            )
            assert kursor.fetchone()[0] == 0, tabel
        for perintah in (
            "UPDATE pelaporan_laporan SET dibebaskan = 'x'",
            "UPDATE pelaporan_draf SET isi = '{}'",
            "DELETE FROM pelaporan_draf",
        ):
            kursor.execute(f"{perintah} WHERE upt_id = %s", [d.masohi.pk])
            assert kursor.rowcount == 0
        kursor.execute("SELECT count(*) FROM dasbor_ringkasan")
        assert kursor.fetchone()[0] == 0
        transaction.set_rollback(True)
