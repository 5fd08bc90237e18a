"""Flags of a sent version: each kind, and that a clean report has none."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pelaporan.aturan import Temuan
from pelaporan.bendera import Bahan, Bendera, hitung_ulang_bendera, risiko, susun
from pelaporan.models import Laporan, RiwayatIsian
from pemasyarakatan.inti.waktu import Bulan, sekarang
from tests.dunia import Dunia, isi_penuh, kirim, lakukan, skema
from tests.pelaporan.bantu import segar
from upt.cakupan import SISTEM, terpasang

FEBRUARI = Bulan(2026, 2)


def _isi(**angka: Any) -> dict[str, Any]:
    return {"angka": angka, "lain": {}, "keadaan": {}, "alasan": {}, "daftar": {}, "tanggapan": {}}


def _bendera(isi: dict[str, Any], **lain: Any) -> list[Bendera]:
    return susun(Bahan(skema=skema("F06"), isi=isi, bulan=FEBRUARI, **lain))


def test_isi_biasa_bersih() -> None:
    riwayat = {"lahan_tidur": [500, 510, 490, 505, 500]}
    assert _bendera(_isi(lahan_tidur=503), riwayat=riwayat, lalu=_isi(lahan_tidur=500)) == []
    assert risiko([], 900) == 0


def test_di_luar_kebiasaan_menyebut_angka_dan_kebiasaannya() -> None:
    [satu] = _bendera(_isi(lahan_tidur=1240), riwayat={"lahan_tidur": [500, 510, 490, 505, 500]})
    assert (satu.kode, satu.butir) == ("di_luar", "lahan_tidur")
    assert "1.240" in satu.teks
    assert "biasanya" in satu.teks


def test_tanpa_pita_perubahan_besar_ditandai_dan_dengan_pita_tidak() -> None:
    [satu] = _bendera(_isi(lahan_tidur=1000), lalu=_isi(lahan_tidur=500))
    assert satu.kode == "perubahan"
    assert "Januari 2026 500" in satu.teks
    assert _bendera(_isi(lahan_tidur=505), lalu=_isi(lahan_tidur=500)) == []
    assert _bendera(_isi(lahan_tidur=9), lalu=_isi(lahan_tidur=2)) == [], "a few units are nothing to ask about"
    naik_turun = {"lahan_tidur": [100, 1000, 200, 900, 500]}
    assert _bendera(_isi(lahan_tidur=1000), lalu=_isi(lahan_tidur=500), riwayat=naik_turun) == []


def test_semua_sama_kecuali_nihil() -> None:
    sama = _bendera(_isi(lahan_tidur=500, wbp=12), lalu=_isi(lahan_tidur=500, wbp=12))
    assert [b.kode for b in sama] == ["sama"]
    assert sama[0].teks == "2 dari 2 angka sama dengan Januari 2026."
    assert _bendera(_isi(lahan_tidur=0, wbp=0), lalu=_isi(lahan_tidur=0, wbp=0)) == []
    assert _bendera(_isi(lahan_tidur=500, wbp=13), lalu=_isi(lahan_tidur=500, wbp=12)) == []


def test_jawaban_upt_menjadi_bendera_hanya_bila_pertanyaannya_masih_ada() -> None:
    temuan = [Temuan("x:1", "x", "tanya", "Panen naik 40%.", ("wbp",))]
    isi = _isi(wbp=12) | {"tanggapan": {"x:1": {"benar": True, "alasan": "panen raya"}}}
    [satu] = _bendera(isi, temuan=temuan)
    assert (satu.kode, satu.butir, satu.teks) == ("dijawab", "wbp", "Panen naik 40%. UPT: panen raya")
    assert _bendera(isi) == []


def test_sel_wajib_tanpa_angka_dan_keadaan_kirim() -> None:
    wajib = next(b.kode for b in skema("F06").butir.values() if b.wajib and b.angka and b.diketik)
    isi = _isi() | {"keadaan": {wajib: "tak_tersedia"}, "alasan": {wajib: "timbangan rusak"}}
    kode = [b.kode for b in _bendera(isi, kirim_ulang=True, terlambat=True, atas_nama=True)]
    assert kode == ["tanpa_angka", "kirim_ulang", "terlambat", "atas_nama"]
    assert "timbangan rusak" in _bendera(isi)[0].teks


@pytest.mark.parametrize(("jauh", "dekat"), [(5000, 600), (900, 560)])
def test_risiko_naik_dengan_penyimpangan_dan_penghuni(jauh: int, dekat: int) -> None:
    riwayat = {"lahan_tidur": [500, 510, 490, 505, 500]}
    besar, kecil = (_bendera(_isi(lahan_tidur=Decimal(n)), riwayat=riwayat) for n in (jauh, dekat))
    assert risiko(besar, 1000) > risiko(kecil, 1000) > risiko(kecil, 100) >= 1
    assert risiko(besar * 500, 9000) == 32767


def test_disimpan_ketika_dikirim_dan_dapat_dihitung_ulang(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    with terpasang(SISTEM):
        Laporan.objects.filter(pk=laporan.pk).update(tenggat=sekarang() + timedelta(days=365))
    kirim(laporan, dunia.kepala_ambon)
    assert [b["kode"] for b in segar(laporan).bendera if b["kode"] in ("kirim_ulang", "atas_nama", "terlambat")] == []
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "700"})
    simpan = segar(laporan)
    assert "kirim_ulang" in [b["kode"] for b in simpan.bendera]
    assert simpan.risiko > 0
    with terpasang(SISTEM):
        Laporan.objects.filter(pk=laporan.pk).update(bendera=[], risiko=0)
        assert hitung_ulang_bendera() == 1
    assert (segar(laporan).bendera, segar(laporan).risiko) == (simpan.bendera, simpan.risiko)


def test_hitung_ulang_tidak_bertanya_lebih_banyak_untuk_lebih_banyak_unit(dunia: Dunia) -> None:
    """Thousands of reports wait after a load: what surrounds them is read by form and month, not one by one."""

    def bertanya() -> int:
        with terpasang(SISTEM), CaptureQueriesContext(connection) as kueri:
            hitung_ulang_bendera()
        return len(kueri)

    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    satu = bertanya()
    for upt, kepala in ((dunia.masohi, dunia.kepala_masohi), (dunia.pekanbaru, dunia.kepala_pekanbaru)):
        kirim(dunia.laporan(upt), kepala)
    assert bertanya() == satu


def test_isian_kanwil_ditandai(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    with terpasang(SISTEM):
        RiwayatIsian.objects.create(
            laporan=laporan, upt_id=laporan.upt_id, kanwil_id=laporan.kanwil_id, oleh=dunia.kepala_maluku,
            pada=sekarang(), asal="kanwil", sebagai="Kepala Kanwil", perubahan={},
        )  # fmt: skip
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    assert "atas_nama" in [b["kode"] for b in segar(laporan).bendera]
