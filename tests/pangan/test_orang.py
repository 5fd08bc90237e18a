"""Who takes part: counts that agree with each other, persons by register number, money, partners."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection

from pangan import jenis as j
from pangan import services
from pangan.models import Penempatan, Tenaga
from pelaporan.models import RiwayatBaris
from pelaporan.register import services as register
from pelaporan.register.services import BarisSalah, baca_nilai
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun, ditanya, ditolak
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from wbp.indeks import GalatNomor, baku_nomor, indeks_nomor, ujung_nomor
from wbp.models import WargaBinaan
from wbp.services import kenali

pytestmark = pytest.mark.django_db
NOMOR = "B.I 4517/2025"


def orang(kebun: Kebun, banyak: str, klaster: str = "", dari: str = "1 Januari 2026", **isi: Any) -> Any:
    return kebun.tulis(j.TENAGA, jenis="wbp", klaster=klaster, orang=banyak, dari=dari, **isi)


def test_counts_of_persons_agree_with_their_clusters(kebun: Kebun) -> None:
    orang(kebun, "10", "pertanian")
    assert "klaster terbesar 10" in ditolak(lambda: orang(kebun, "9"))["orang"]
    assert ditanya(lambda: orang(kebun, "12")) == {"wbp_tanpa_klaster"}
    semua = orang(kebun, "10")
    assert "orang" in ditolak(lambda: orang(kebun, "11", "perikanan"))
    orang(kebun, "5", "perikanan")
    kebun.ubah(j.TENAGA, semua, orang="15")
    # a later count is held against an earlier one that is changed
    orang(kebun, "12", dari="1 Februari 2026")
    assert "orang" in ditolak(lambda: orang(kebun, "13", "pertanian", "15 Januari 2026"))
    assert "sudah tercatat" in ditolak(lambda: orang(kebun, "12"))["dari"]
    assert "belum tiba" in ditolak(lambda: orang(kebun, "1", dari="1 Januari 2099"))["dari"]
    isi = {"jenis": "petugas", "klaster": "pertanian", "orang": "2", "dari": "1 Januari 2026"}
    assert "Kosongkan" in ditolak(lambda: kebun.tulis(j.TENAGA, **isi))["klaster"]


def catat(kebun: Kebun, dari: date, petugas: int | None = None, **wbp: int) -> list[Tenaga]:
    isi = {("" if k == "semua" else k): n for k, n in wbp.items()}
    with sebagai_orang(kebun.oleh) as umum:
        return services.catat_tenaga(dari=dari, wbp=isi, petugas=petugas, upt=kebun.upt, **umum)


def test_all_counts_of_a_day_are_written_at_once_in_any_direction(kebun: Kebun) -> None:
    januari, maret = date(2026, 1, 1), date(2026, 3, 1)
    assert len(catat(kebun, januari, 3, semua=20, pertanian=12, perikanan=10)) == 4
    assert len(catat(kebun, maret, semua=40, pertanian=35, perikanan=10)) == 2
    # the same day again changes that day's counts; what is known already writes nothing
    turun = catat(kebun, maret, semua=8, pertanian=8, perikanan=2)
    assert sorted((t.klaster, t.revisi) for t in turun) == [("", 2), ("perikanan", 1), ("pertanian", 2)]
    with pytest.raises(BarisSalah, match="klaster terbesar 9"):
        catat(kebun, maret, semua=8, pertanian=9, perikanan=2)
    with pytest.raises(BarisSalah, match="lebih dari jumlah"):
        catat(kebun, maret, semua=30, pertanian=8, perikanan=2)


def test_register_numbers_are_one_however_they_are_written(settings: Any) -> None:
    assert baku_nomor(" b.i. 4517 / 2025 ") == baku_nomor("BI4517/2025") == "BI4517/2025"
    assert ujung_nomor(NOMOR) == "517"
    assert [ujung_nomor(n) for n in ("AIII-77", "A.I 9/25", "12345", "A/1/25")] == ["I77", "AI9", "345", "A1"]
    sidik = indeks_nomor(NOMOR, 1)
    assert sidik == indeks_nomor("bi 4517/2025", 1)
    assert len(sidik) == 64
    assert "4517" not in sidik
    assert indeks_nomor(NOMOR, 2) != sidik
    settings.KUNCI_INDEKS_WBP = ("kunci lain",)
    assert indeks_nomor(NOMOR, 1) != sidik
    for buruk in ("", "  ", "ABC", "12", "a" * 81, "B/1; DROP", None, 12):
        with pytest.raises(GalatNomor, match="huruf, angka, dan garis miring"):
            baku_nomor(buruk)


def tempatkan(kebun: Kebun, nomor: str = NOMOR, klaster: str = "pertanian") -> Penempatan:
    with sebagai_orang(kebun.oleh) as umum:
        isi = {"nomor": nomor, "klaster": klaster, "dari": date(2026, 1, 5)}
        return services.tempatkan(**isi, upt=kebun.upt, **umum)


def test_one_person_is_one_row_and_the_number_is_kept_nowhere(kebun: Kebun) -> None:
    satu = tempatkan(kebun)
    dua = tempatkan(kebun, "bi4517/2025", "perikanan")
    assert satu.wbp_id == dua.wbp_id
    with pytest.raises(BarisSalah, match="Sudah ditempatkan"):
        tempatkan(kebun)
    with terpasang(SISTEM):
        warga = WargaBinaan.objects.get(pk=satu.wbp_id)
        assert str(warga) == "•••517"
        riwayat = json.dumps([r.isi for r in RiwayatBaris.objects.all()], default=str)
        jejak = json.dumps([r.rincian for r in Jejak.objects.all()], default=str)
        assert Jejak.objects.filter(tindakan="warga_dikenal").count() == 1
        with connection.cursor() as kursor:
            kursor.execute("SELECT to_jsonb(w)::text FROM wbp_wargabinaan w")
            baris = kursor.fetchone()[0]
    for teks in (riwayat, jejak, baris):
        assert "4517" not in teks


def test_the_column_reads_a_number_and_never_repeats_it(kebun: Kebun) -> None:
    tempatkan(kebun)
    isi = {"klaster": "perikanan", "dari": "5 Januari 2026"}
    satu = kebun.tulis(j.PENEMPATAN, wbp_id="b.i. 4517/2025", **isi)
    assert kebun.tulis(j.PENEMPATAN, wbp_id=str(satu.wbp_id), **{**isi, "klaster": "peternakan"}).wbp_id == satu.wbp_id
    for salah in ("B.I 9999/2024", "bukan nomor", "4517"):
        pesan = ditolak(lambda salah=salah: kebun.tulis(j.PENEMPATAN, wbp_id=salah, **isi))["wbp_id"]
        assert salah not in pesan
    assert "Isi nomor registernya" in ditolak(lambda: kebun.tulis(j.PENEMPATAN, **isi))["wbp_id"]
    assert j.PENEMPATAN.pribadi


def test_persons_belong_to_their_unit(kebun: Kebun, dunia: Dunia) -> None:
    satu = tempatkan(kebun)
    lain = Kebun(dunia.pekanbaru, dunia.operator_pekanbaru)
    # the same number elsewhere is another person, and this one cannot be named there
    assert tempatkan(lain).wbp_id != satu.wbp_id
    nilai = {"wbp_id": satu.wbp_id, "klaster": "perikanan", "dari": date(2026, 1, 5), "sampai": None}
    with sebagai_orang(lain.oleh) as umum, pytest.raises(TidakDitemukan):
        register.buat(j.PENEMPATAN, nilai, upt=lain.upt, **umum)
    with sebagai_orang(lain.oleh) as umum, pytest.raises(TidakDitemukan):
        kenali(nomor=NOMOR, upt=kebun.upt, **umum)
    with sebagai_orang(dunia.verifikator_maluku) as umum, pytest.raises(Ditolak):
        kenali(nomor=NOMOR, upt=kebun.upt, **umum)
    with sebagai_orang(kebun.oleh) as umum, pytest.raises(BarisSalah) as galat:
        kenali(nomor="B;4517", upt=kebun.upt, **umum)
    assert "4517" not in str(galat.value.bidang)


def test_money_certificates_and_partners_are_checked(kebun: Kebun) -> None:
    setoran = {"jenis": "pnbp", "tanggal": "20 Januari 2026", "nilai": "Rp480.000", "nomor": "NTPN1"}
    assert kebun.tulis(j.SETORAN, **setoran).nilai == 480_000
    assert ditanya(lambda: kebun.tulis(j.SETORAN, **setoran)) == {"nomor_kembar"}
    assert "nilai" in ditolak(lambda: kebun.tulis(j.SETORAN, **{**setoran, "nilai": "0"}))
    assert "tanggal" in ditolak(lambda: kebun.tulis(j.SETORAN, **{**setoran, "tanggal": "1-1-2099"}))
    sertifikat = {"pelatihan": "Bioflok", "penyelenggara": "Dinas", "orang": "0", "tanggal": "20-1-2026"}
    assert "orang" in ditolak(lambda: kebun.tulis(j.SERTIFIKAT, **sertifikat))
    mitra = {"nama": "Dinas Pertanian", "jenis": "dinas", "dari": "1-1-2026"}
    assert "sampai" in ditolak(lambda: kebun.tulis(j.MITRA, **mitra, sampai="1-1-2025"))
    kebun.tulis(j.MITRA, **mitra)
    assert ditanya(lambda: kebun.tulis(j.MITRA, **{**mitra, "nama": "dinas pertanian"})) == {"mitra_kembar"}


def test_dates_of_work_are_checked(kebun: Kebun) -> None:
    satu = tempatkan(kebun)
    assert "sampai" in ditolak(lambda: kebun.ubah(j.PENEMPATAN, satu, sampai="1 Januari 2026"))
    kebun.ubah(j.PENEMPATAN, satu, sampai="10 Januari 2026")
    with terpasang(SISTEM):
        isi = baca_nilai(j.PENEMPATAN, {"wbp_id": satu.wbp_id, "klaster": "Pertanian", "dari": "10-1-2026"}, kebun.upt)
    assert isi["wbp_id"] == satu.wbp_id
    assert "dari" in ditolak(lambda: kebun.tulis(j.PENEMPATAN, **{**isi, "dari": "10-1-2026"}))
    kebun.tulis(j.PENEMPATAN, **{**isi, "dari": "11-1-2026"})
