"""Candidates of many units: a job with progress, cancelling and resuming; one unit that fails stops nobody."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan
from pemasyarakatan.pekerjaan.services import batalkan, jalankan_pekerjaan
from remisi.calon import tugas
from remisi.models import Kandidat, Perhitungan
from tests.remisi.test_calon import buat_kesempatan, isi, scope
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga


@pytest.fixture
def tiga_unit(dunia_nyata: Any) -> Any:
    d = dunia_nyata
    for n, (upt, oleh) in enumerate(
        [(d.ambon, d.operator_ambon), (d.masohi, d.operator_masohi), (d.pekanbaru, d.operator_pekanbaru)]
    ):
        isi(upt, oleh, 15, benih=20 + n)
    return d


def minta(d: Any, kesempatan: Any) -> Pekerjaan:
    with terpasang(scope(d.peninjau)):
        return tugas.minta_hitung(kesempatan=kesempatan, oleh=d.peninjau)


def segar(pekerjaan: Pekerjaan) -> Pekerjaan:
    with terpasang(SISTEM):
        return Pekerjaan.objects.get(pk=pekerjaan.pk)


def tabel(pekerjaan: Pekerjaan) -> list[list[str]]:
    with terpasang(SISTEM):
        isi_berkas = bytes(BerkasHasil.objects.get(pekerjaan=pekerjaan).isi).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(isi_berkas), delimiter=";"))[2:]


def test_seluruh_negeri(tiga_unit: Any) -> None:
    kesempatan = buat_kesempatan()
    pekerjaan = minta(tiga_unit, kesempatan)
    assert pekerjaan.total == 3
    jalankan_pekerjaan(pekerjaan.pk)
    akhir = segar(pekerjaan)
    assert (akhir.status, akhir.selesai) == ("SELESAI", 3)
    baris = tabel(pekerjaan)
    assert {b[0] for b in baris} == {tiga_unit.ambon.kode, tiga_unit.masohi.kode, tiga_unit.pekanbaru.kode}
    with terpasang(SISTEM):
        per_unit = {p.upt.kode: p for p in Perhitungan.objects.select_related("upt")}
        for kode, *_, layak, kurang, tidak, galat in baris:
            jumlah = per_unit[kode].jumlah
            assert [int(layak), int(kurang), int(tidak)] == [jumlah[k] for k in ("LAYAK", "PERLU_DATA", "TIDAK")]
            assert galat == ""
            assert per_unit[kode].oleh_id == tiga_unit.peninjau.pk
        assert Kandidat.objects.values("upt").distinct().count() == 3


def test_hanya_yang_berhak_meminta(tiga_unit: Any) -> None:
    kesempatan = buat_kesempatan()
    for orang in (tiga_unit.operator_ambon, tiga_unit.kepala_maluku, tiga_unit.pimpinan):
        with terpasang(scope(orang)), pytest.raises(Ditolak):
            tugas.minta_hitung(kesempatan=kesempatan, oleh=orang)


def test_unit_yang_gagal_dilaporkan_dan_yang_lain_tetap_dihitung(
    tiga_unit: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asli = tugas.hitung_unit

    def rusak(*, upt: Any, **lain: Any) -> Any:
        hasil = asli(upt=upt, **lain)
        if upt.pk == tiga_unit.masohi.pk:
            raise RuntimeError("rusak")
        return hasil

    monkeypatch.setattr(tugas, "hitung_unit", rusak)
    pekerjaan = minta(tiga_unit, buat_kesempatan())
    jalankan_pekerjaan(pekerjaan.pk)
    baris = tabel(pekerjaan)
    assert baris[0][0] == tiga_unit.masohi.kode
    assert baris[0][-1] == tugas.GAGAL
    assert [b[-1] for b in baris[1:]] == ["", ""]
    assert tiga_unit.masohi.kode in caplog.text
    with terpasang(SISTEM):
        assert set(Perhitungan.objects.values_list("upt_id", flat=True)) == {
            tiga_unit.ambon.pk, tiga_unit.pekanbaru.pk,
        }  # fmt: skip


def test_batal_berhenti_dan_yang_dilanjutkan_tidak_mengulang(tiga_unit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kesempatan = buat_kesempatan()
    asli, dihitung = tugas.hitung_unit, []

    def hitung(*, upt: Any, **lain: Any) -> Any:
        dihitung.append(upt.kode)
        hasil = asli(upt=upt, **lain)
        if len(dihitung) == 2:
            raise KeyboardInterrupt  # the worker dies
        return hasil

    monkeypatch.setattr(tugas, "hitung_unit", hitung)
    pekerjaan = minta(tiga_unit, kesempatan)
    with pytest.raises(KeyboardInterrupt):
        jalankan_pekerjaan(pekerjaan.pk)
    with terpasang(SISTEM):
        Pekerjaan.objects.filter(pk=pekerjaan.pk).update(status="ANTRE")
    jalankan_pekerjaan(pekerjaan.pk)
    assert segar(pekerjaan).status == "SELESAI"
    assert len(dihitung) == 4  # the one that was under way again, the first not
    assert len(tabel(pekerjaan)) == 3

    lain = minta(tiga_unit, kesempatan)
    with terpasang(scope(tiga_unit.peninjau)):
        batalkan(pekerjaan=lain, oleh=tiga_unit.peninjau)
    jalankan_pekerjaan(lain.pk)
    assert len(dihitung) == 4
    assert segar(lain).status == "DIBATALKAN"


def test_perintah(tiga_unit: Any) -> None:
    buat_kesempatan()
    keluar = StringIO()
    call_command("hitung_calon", kesempatan="ru-2027", upt=tiga_unit.ambon.kode, stdout=keluar)
    assert " orang di 1 UPT: " in keluar.getvalue()
    call_command("hitung_calon", kesempatan="ru-2027", stdout=keluar)
    assert " orang di 3 UPT: " in keluar.getvalue()
    for salah in ({"kesempatan": "tidak-ada"}, {"kesempatan": "ru-2027", "upt": "tidak-ada"}):
        with pytest.raises(CommandError):
            call_command("hitung_calon", stdout=keluar, **salah)


def test_malam_hanya_yang_berubah(tiga_unit: Any) -> None:
    dekat = buat_kesempatan("rk-dekat", "RK", hari_ini() + timedelta(days=30), ("ISLAM",))
    buat_kesempatan("ru-jauh", "RU", hari_ini() + timedelta(days=200))
    assert {h.upt.pk for h in tugas.malam()} == {tiga_unit.ambon.pk, tiga_unit.masohi.pk, tiga_unit.pekanbaru.pk}
    assert tugas.malam() == []
    with terpasang(SISTEM):
        satu = DataWarga.objects.filter(upt=tiga_unit.masohi).first()
        assert satu is not None
        DataWarga.objects.filter(pk=satu.pk).update(revisi=9, keluar_pada=date(2026, 11, 1))
    assert [h.upt.pk for h in tugas.malam()] == [tiga_unit.masohi.pk]
    with terpasang(SISTEM):
        assert not Kandidat.objects.filter(data=satu).exists()
        assert set(Perhitungan.objects.values_list("kesempatan_id", flat=True)) == {dekat.pk}


def test_tombol_hitung_semua_upt(dunia_nyata: Any, masuk: Any) -> None:
    kesempatan = buat_kesempatan()
    alamat = f"/remisi/hitung/{kesempatan.slug}/"
    assert alamat in masuk(dunia_nyata.peninjau).get("/remisi/").content.decode()
    assert alamat not in masuk(dunia_nyata.verifikator_maluku).get("/remisi/").content.decode()
    jawaban = [masuk(dunia_nyata.peninjau).post(alamat) for _ in range(2)]
    assert {j.status_code for j in jawaban} == {302}
    assert jawaban[0]["Location"] == jawaban[1]["Location"]  # pressed twice: one job
    assert masuk(dunia_nyata.operator_ambon).post(alamat).status_code == 403
    assert masuk(dunia_nyata.peninjau).get(jawaban[0]["Location"]).status_code == 200
