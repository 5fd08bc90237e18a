"""The training instance's registers: they give the invented reports back to the last digit, and the published counts.

Filling the instance takes seconds, so that one test looks at all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F

from dasbor.contoh import isi
from dasbor.contoh.kalibrasi import JANUARI_2026
from dasbor.contoh.produk import JENIS_AWAL, LAPAS_AWAL, milik_unit, semua_jenis
from dasbor.invarian import periksa_semua
from pangan.contoh import muat as contoh_pangan
from pangan.models import Panen
from pelaporan.models import LaporanVersi, RiwayatBaris
from pelaporan.turunan import Terisi, muat
from pemasyarakatan.inti.waktu import Bulan
from tests.conftest import sebagai
from tests.dunia import Dunia
from umkm.contoh import muat as contoh_umkm
from umkm.contoh.susun import JUNI_2025
from umkm.foto import FOTO_MAKS, MINI_MAKS
from umkm.models import FotoProduk, Katalog, Produk
from umkm.nama import kunci
from upt.cakupan import SISTEM, terpasang
from upt.services_organisasi import baca_data


@pytest.fixture
def latihan(dunia_nyata: Dunia, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dunia]:
    settings.MODE_LATIHAN = True
    monkeypatch.setattr(isi, "BANYAK_BULAN", 4)
    with sebagai("pemilik"):
        isi.isi_contoh(lambda teks: None)
        _isi_register()
        yield dunia_nyata


def _isi_register() -> None:
    for satu in (contoh_pangan, contoh_umkm):
        satu.isi_contoh(lambda teks: None)


def test_170_lapas_dengan_320_jenis() -> None:
    """The count published for June 2025: by normalised name, as the national page counts."""
    jenis_unit = {b["kode"]: b["jenis"] for b in baca_data("upt.csv")}
    awal = [kode for kode in milik_unit() if jenis_unit[kode] == "LAPAS"][: contoh_umkm.LAPAS_2025]
    assert len(awal) == LAPAS_AWAL == contoh_umkm.LAPAS_2025 == 170
    assert len({kunci(p.nama) for kode in awal for p in milik_unit()[kode]}) == JENIS_AWAL == 320
    assert len({kunci(p.nama) for p in semua_jenis()}) == len(semua_jenis())


def test_register_contoh(latihan: Dunia) -> None:
    with terpasang(SISTEM):
        assert _bandingkan("F06") > 200
        assert _bandingkan("F07") > 20
        assert Panen.objects.count() == RiwayatBaris.objects.filter(objek="panen").count() > 0
        assert _riau() == (107, 102_772), "as the region's meeting of February 2026 reported"
        assert not Produk.objects.filter(upt__jenis="LAPAS", mulai__gt=JUNI_2025).exists()
        banyak = Produk.objects.count()
        assert Katalog.objects.count() == banyak > 0
        foto = FotoProduk.objects.select_related("berkas", "mini")
        assert 0 < len(foto) < banyak
        assert max(f.berkas.ukuran for f in foto) <= FOTO_MAKS
        assert max(f.mini.ukuran for f in foto) <= MINI_MAKS
        assert Katalog.objects.exclude(foto=None).count() == len(foto)
    _isi_register()
    with terpasang(SISTEM):
        assert Produk.objects.count() == banyak, "filled once"
    assert [kalimat for hasil in periksa_semua() for kalimat in hasil.contoh] == []


def _bandingkan(formulir: str) -> int:
    """Every figure and row that the register offers equals the sent report's; how many figures."""
    banyak = 0
    for v in LaporanVersi.objects.filter(formulir_id=formulir, versi=F("laporan__versi_masuk")):
        terisi = muat(v.laporan.skema, v.laporan.upt, Bulan.pada(v.bulan))
        nilai = {**v.isi["lain"], **v.isi["angka"]}
        beda = {k: (nilai.get(k, 0), a.nilai) for k, a in terisi.angka.items() if nilai.get(k, 0) != a.nilai}
        assert beda == {}, v.nomor
        for kode, daftar in terisi.daftar.items():
            assert _baris([b.isi for b in daftar.baris]) == _baris([b["isi"] for b in v.isi["daftar"].get(kode, [])])
        banyak += len(terisi.angka)
    return banyak


def _baris(semua: list[Mapping[str, Any]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted((k, _teks(x)) for k, x in b.items() if x is not None) for b in semua)


def _teks(nilai: Any) -> str:
    return f"{nilai.normalize():f}" if isinstance(nilai, Decimal) else str(nilai)


def _riau() -> tuple[int, int]:
    """Inmates and area of the region in January 2026 as its registers say."""
    lahan = wbp = 0
    for v in LaporanVersi.objects.filter(
        formulir_id="F06", bulan=JANUARI_2026.awal, kanwil__slug="riau", versi=F("laporan__versi_masuk")
    ):
        terisi: Terisi = muat(v.laporan.skema, v.laporan.upt, JANUARI_2026)
        lahan += sum(int(a.nilai) for k, a in terisi.angka.items() if k.startswith("klaster_") and k.endswith("_lahan"))
        wbp += int(terisi.angka["wbp"].nilai) if "wbp" in terisi.angka else 0
    return wbp, lahan
