"""Acts on whole months, on deadlines and on single reports, all at once: no deadlock, nothing half done."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg2.errors import LockNotAvailable

from dasbor.agregasi import proses_kotor
from dasbor.invarian import periksa_semua
from pelaporan.alur import Aksi
from pelaporan.antrean.services import Pilihan, verifikasi_massal
from pelaporan.catatan.services import tulis_komentar
from pelaporan.models import Kejadian, Laporan, Periode
from pelaporan.pengiriman.pulih import pulihkan_yang_lewat
from pelaporan.pengiriman.services import tindak_bulan
from pelaporan.services import Perintah
from pelaporan.services_isian import Perubahan, simpan
from pelaporan.services_periode import buka_periode, tutup_periode
from pelaporan.tenggat.hitung import hitung_ulang
from pelaporan.tenggat.pengingat import kirim_pengingat
from pelaporan.tenggat.services import bebaskan, cabut_pembebasan, hapus_libur, tambah_libur
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, GalatPortal
from pemasyarakatan.inti.waktu import sekarang
from tests.conftest import sebagai
from tests.dunia import JANUARI, Dunia, isi_penuh, kirim, lakukan
from tests.konkurensi.alat import serentak
from upt.cakupan import SISTEM, Cakupan, terpasang

_nomor = itertools.count(1)
FORMULIR = ("F01", "F02", "F04", "F06")


def _dalam(orang: Pengguna, kerja: Callable[[Pengguna, Cakupan], Any]) -> Any:
    segar = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        cakupan = Cakupan.dari(segar)
    with terpasang(cakupan):
        return kerja(segar, cakupan)


def _sistem(kerja: Callable[[], Any]) -> Any:
    with terpasang(SISTEM):
        return kerja()


def _revisi(semua: list[Laporan]) -> dict[Any, int]:
    with terpasang(SISTEM):
        return dict(Laporan.objects.filter(pk__in=[x.pk for x in semua]).values_list("pk", "revisi"))


def _kirim_bulan(semua: list[Laporan], oleh: Pengguna, aksi: Aksi = Aksi.KIRIM) -> Any:
    pola = Perintah(UUID(int=0), aksi, 0, f"bulan-{next(_nomor):08d}", disahkan=True)
    pilihan = _revisi(semua)
    return _dalam(oleh, lambda o, c: tindak_bulan(pola=pola, pilihan=pilihan, oleh=o, cakupan=c))


def _utuh() -> None:
    """Every promise holds, once the waiting rollups were done."""
    proses_kotor()
    with sebagai("pemilik"):
        _pastikan_invarian()


def _pastikan_invarian() -> None:
    salah = [(h.kode, h.contoh) for h in periksa_semua() if not h.baik]
    assert not salah, salah


def _tanpa_macet(hasil: list[Any]) -> None:
    """Refusals are sentences for people, and whoever waited too long is asked to press again; anything else (a
    deadlock, a broken constraint) is a fault."""
    galat = [h for h in hasil if isinstance(h, Exception) and not isinstance(h, GalatPortal)]
    asing = [h for h in galat if not isinstance(h.__cause__, LockNotAvailable)]
    assert not asing, asing


def test_kirim_bulan_lawan_isian_dan_pengingat(dunia_nyata: Dunia) -> None:
    """One press for four forms takes every report before the unit's trail, like everybody who acts on one of them."""
    d = dunia_nyata
    semua = [d.laporan(d.ambon, f) for f in FORMULIR]
    for laporan in semua:
        isi_penuh(laporan, d.operator_ambon)
    akhir = sorted(semua, key=lambda lap: lap.pk)[1:]
    pagi = datetime(2026, 2, 2, 3, tzinfo=UTC)
    for putaran in range(8):
        for laporan in semua:
            with terpasang(SISTEM):
                status = Laporan.objects.get(pk=laporan.pk).status
            if status == "DRAF":
                lakukan(laporan, Aksi.SIAPKAN, d.operator_ambon)

        def tulis(laporan: Laporan, n: int) -> Any:
            return _dalam(
                d.operator_ambon,
                lambda o, c: tulis_komentar(laporan_id=laporan.pk, kode="", teks=f"Uji {n}", oleh=o, cakupan=c),
            )

        hasil = serentak(
            [
                lambda: _kirim_bulan(semua, d.kepala_ambon),
                *(lambda lap=lap, n=putaran: tulis(lap, n) for lap in akhir),
                lambda n=putaran: kirim_pengingat(pada=pagi + timedelta(days=n)),
            ]
        )
        _tanpa_macet(hasil)
        with terpasang(SISTEM):
            terkirim = list(Laporan.objects.filter(pk__in=[x.pk for x in semua], status="DIKIRIM"))
        assert len(terkirim) in (0, 4), "sebagian terkirim"
        for laporan in terkirim:
            lakukan(laporan, Aksi.TARIK, d.kepala_ambon)
    _utuh()


def test_bulan_ditutup_ketika_tenggat_dihitung_dan_banyak_yang_bertindak(dunia_nyata: Dunia) -> None:
    """Closing, holidays, waivers, one press for many and one press for one, over and over."""
    d = dunia_nyata
    semua = [d.laporan(u, f) for u in (d.ambon, d.masohi) for f in ("F02", "F04", "F06")]
    kepala = {d.ambon.pk: d.kepala_ambon, d.masohi.pk: d.kepala_masohi}
    for laporan in semua:
        kirim(laporan, kepala[laporan.upt_id])
    for putaran in range(10):
        for laporan in semua:
            if _status(laporan) == "DIKIRIM" and putaran % 3:
                lakukan(laporan, Aksi.VERIFIKASI, d.verifikator_maluku)
        hasil = serentak(
            [
                lambda: _dalam(d.peninjau, lambda o, c: tutup_periode(bulan=JANUARI, oleh=o, cakupan=c)),
                lambda: _sistem(lambda: hitung_ulang(JANUARI)),
                lambda n=putaran: _libur_bolak_balik(d.admin, date(2026, 2, 2) + timedelta(days=n % 4)),
                lambda n=putaran: _bebas_bolak_balik(d),
                lambda: _massal(semua, d.verifikator_maluku),
                *(lambda lap=lap: lakukan(lap, Aksi.BATAL, d.verifikator_maluku) for lap in semua[:2]),
                lambda: _sistem(lambda: buka_periode(bulan=JANUARI)),
            ]
        )
        _tanpa_macet(hasil)
        with terpasang(SISTEM):
            tutup = Periode.objects.get(bulan=JANUARI.awal).status == Periode.Status.DITUTUP
        for laporan in semua:
            if _status(laporan) == "TERKUNCI":
                lakukan(laporan, Aksi.BUKA, d.peninjau, teks="Uji ulang.")
                lakukan(laporan, Aksi.KIRIM, kepala[laporan.upt_id], disahkan=True, teks="Tetap sama.")
        if tutup:
            with terpasang(SISTEM):
                Periode.objects.update(status=Periode.Status.TERBUKA, ditutup_pada=None)
    _utuh()


def _status(laporan: Laporan) -> str:
    with terpasang(SISTEM):
        return Laporan.objects.get(pk=laporan.pk).status


def _libur_bolak_balik(oleh: Pengguna, hari: date) -> Any:
    from pelaporan.models import Libur

    def kerja(o: Pengguna, c: Cakupan) -> Any:
        tambah_libur(tanggal=hari, nama="Uji", kanwil_id=None, alasan="Uji", oleh=o)
        return hapus_libur(libur_id=Libur.objects.get(tanggal=hari, nama="Uji").pk, alasan="Uji", oleh=o)

    return _dalam(oleh, kerja)


def _bebas_bolak_balik(d: Dunia) -> Any:
    def kerja(o: Pengguna, c: Cakupan) -> Any:
        satu = bebaskan(
            kode=d.ambon.kode, formulir="F01", dari=JANUARI, sampai=JANUARI, alasan="Uji", oleh=o, cakupan=c
        )
        return cabut_pembebasan(pembebasan_id=satu.pk, oleh=o, cakupan=c)

    return _dalam(d.kepala_maluku, kerja)


def _massal(semua: list[Laporan], oleh: Pengguna) -> Any:
    def kerja(o: Pengguna, c: Cakupan) -> Any:
        from pelaporan.antrean.services import timbang

        segar = Laporan.objects.select_related("upt", "kanwil", "formulir", "formulir_versi")
        calon = timbang(list(segar.filter(pk__in=[x.pk for x in semua])), o)
        pilihan = [Pilihan(x.laporan.pk, x.laporan.revisi, x.cap) for x in calon]
        return verifikasi_massal(pilihan=pilihan, saringan={}, kunci=f"massal-{next(_nomor):08d}", oleh=o, cakupan=c)

    return _dalam(oleh, kerja)


def test_pulihkan_lawan_kirim_isi_dan_tutup(dunia_nyata: Dunia) -> None:
    """The term passes while the unit presses send, somebody types, two beats run and the month is closed."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon, "F06")
    kirim(laporan, d.kepala_ambon)
    lakukan(laporan, Aksi.VERIFIKASI, d.verifikator_maluku)
    for putaran in range(12):
        lakukan(laporan, Aksi.BUKA, d.peninjau, teks="Uji ulang.")
        with terpasang(SISTEM):
            batas = sekarang() - timedelta(seconds=1)
            Laporan.objects.filter(pk=laporan.pk).update(buka_sampai=batas)
            versi = Laporan.objects.get(pk=laporan.pk).draf.isi["sel"]["lahan_tidur"]["v"]
        ketik = [Perubahan("lahan_tidur", str(500 + putaran), versi=versi)]
        hasil = serentak(
            [
                lambda b=batas: lakukan(laporan, Aksi.KIRIM, d.kepala_ambon, disahkan=True, teks="Tetap.", diterima=b),
                lambda u=ketik: _dalam(
                    d.operator_ambon, lambda o, c: simpan(laporan_id=laporan.pk, perubahan=u, oleh=o, cakupan=c)
                ),
                pulihkan_yang_lewat,
                pulihkan_yang_lewat,
                lambda: _dalam(d.peninjau, lambda o, c: tutup_periode(bulan=JANUARI, oleh=o, cakupan=c)),
            ]
        )
        _tanpa_macet(hasil)
        pulihkan_yang_lewat()  # a beat passes over what somebody holds at that moment; the next one takes it
        with terpasang(SISTEM):
            kini = Laporan.objects.get(pk=laporan.pk)
            if kini.status == "TERVERIFIKASI" and not isinstance(hasil[4], Exception):
                akhir = Kejadian.objects.filter(laporan=laporan).order_by("-urut").first()
                assert akhir is not None
                raise AssertionError(f"bulan ditutup, laporan pulih tetapi tidak terkunci ({akhir.aksi})")
            Periode.objects.update(status=Periode.Status.TERBUKA, ditutup_pada=None)
        if kini.status == "DIKIRIM":
            lakukan(laporan, Aksi.VERIFIKASI, d.verifikator_maluku)
        assert isinstance(hasil[0], dict | Bentrok), hasil[0]
    _utuh()
