"""Months: who may open and close, what closing locks, and that every act happens once."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from pelaporan.models import Laporan, Periode
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from tests.pelaporan.bantu import segar
from upt.cakupan import SISTEM, terpasang

URL = "/periode/"


def _data(aksi: str, bulan: str = "2026-01") -> dict[str, str]:
    return {"aksi": aksi, "bulan": bulan, "kunci": uuid.uuid4().hex}


def test_hak(dunia: Dunia, masuk: Any) -> None:
    for siapa, harap in {
        "peninjau": 200, "admin": 200, "kepala_maluku": 403, "kepala_ambon": 403, "pimpinan": 403,
        "auditor": 403, "asing": 403,
    }.items():  # fmt: skip
        klien = masuk(getattr(dunia, siapa))
        assert klien.get(URL).status_code == harap, siapa
        if harap == 403:
            assert klien.post(URL, _data("buka", "2026-02")).status_code == 403, siapa
    assert not Periode.objects.filter(bulan="2026-02-01").exists()


def test_admin_membuka_tetapi_tidak_menutup(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.admin)
    assert "aksi=tutup" not in klien.get(URL).content.decode()
    assert klien.get(URL, {"aksi": "tutup", "bulan": "2026-01"}).status_code == 403
    assert klien.post(URL, _data("tutup")).status_code == 403
    assert klien.post(URL, _data("buka", "2026-02")).status_code == 302
    with terpasang(SISTEM):
        assert Laporan.objects.filter(bulan="2026-02-01").count() == Laporan.objects.filter(bulan="2026-01-01").count()


def test_hanya_bulan_berikut_yang_dibuka(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    for bulan in ("2026-04", str(Bulan.kini() + 2), "2025-12", "2026-13", "", "x"):
        assert klien.post(URL, _data("buka", bulan)).status_code == 400, bulan
    assert list(Periode.objects.values_list("bulan", flat=True)) == [JANUARI.awal]


def test_konfirmasi_menyebut_akibat_lalu_menutup_sekali(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    kirim(dunia.laporan(dunia.masohi), dunia.kepala_masohi)
    klien = masuk(dunia.peninjau)
    tanya = klien.get(URL, {"aksi": "tutup", "bulan": "2026-01"})
    assert "1 laporan terverifikasi dikunci" in tanya.content.decode()
    maluku = next(s for s in tanya.context["sisa"] if s["kanwil__nama_pendek"] == "Maluku")
    assert maluku["menunggu"] == 1
    data = _data("tutup")
    assert klien.post(URL, data).status_code == 302
    assert klien.post(URL, data).status_code == 302  # the same press again
    assert segar(laporan).status == "TERKUNCI"
    assert segar(dunia.laporan(dunia.masohi)).status == "DIKIRIM"
    lagi = klien.post(URL, _data("tutup"))
    assert lagi.status_code == 409
    assert "belum dibuka atau sudah ditutup" in lagi.content.decode()


def test_bulan_berjalan_diperingatkan_sebelum_ditutup(
    dunia: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    klien, tanya = masuk(dunia.peninjau), {"aksi": "tutup", "bulan": "2026-01"}
    assert "Bulan ini belum berakhir" not in klien.get(URL, tanya).content.decode()
    monkeypatch.setattr("pelaporan.views_periode.hari_ini", lambda zona: date(2026, 1, 31))
    assert "Bulan ini belum berakhir" in klien.get(URL, tanya).content.decode()


def test_tutup_buka_tutup_lagi(dunia: Dunia, masuk: Any) -> None:
    """A report that was locked, reopened and verified anew is locked again when the month closes again."""
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    klien = masuk(dunia.peninjau)
    assert klien.post(URL, _data("tutup")).status_code == 302
    assert klien.post(URL, _data("buka_lagi")).status_code == 302
    lakukan(laporan, "buka", dunia.peninjau, teks="Perlu diperbaiki.")
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "650"})
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    assert klien.post(URL, _data("tutup")).status_code == 302
    assert segar(laporan).status == "TERKUNCI"


def test_permintaan_buka_laporan_terkunci_tampak(dunia: Dunia, masuk: Any) -> None:
    from pelaporan.services_buka import minta_buka
    from upt.cakupan import Cakupan

    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    lakukan(laporan, "kunci", dunia.peninjau)
    cakupan = Cakupan(upt=frozenset({dunia.ambon.pk}), pengguna_id=dunia.operator_ambon.pk)
    with terpasang(cakupan):
        minta_buka(
            laporan_id=laporan.pk,
            alasan="Salah satuan",
            oleh=dunia.operator_ambon,
            cakupan=cakupan,
            kunci="k" * 8,
        )
    assert "Salah satuan" in masuk(dunia.peninjau).get(URL).content.decode()
    assert "Salah satuan" not in masuk(dunia.admin).get(URL).content.decode()
