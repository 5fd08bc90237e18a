"""Candidates of a unit in the database: computed as the explanation says, replaced as a whole, nobody else's."""

from __future__ import annotations

import random
import threading
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from pemasyarakatan.inti.curah import muatan_curah
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import sekarang
from remisi.calon.orang import baca_orang
from remisi.calon.susun import hitung_unit, patokan_untuk, tanda_data
from remisi.calon.syarat import semua
from remisi.models import Kandidat, Kesempatan, Perhitungan, Usulan
from tests.conftest import sebagai
from tests.remisi.orang_acak import KOLOM_DATA, acak
from upt.cakupan import SISTEM, Cakupan, terpasang
from wbp.models import CatatanPerilaku, DataWarga, KunciWarga, Pemberian, RiwayatData, WargaBinaan
from wbp.muat_curah import Orang as OrangBaru
from wbp.muat_curah import muat

DIMUAT = (WargaBinaan, DataWarga, KunciWarga, RiwayatData, Pemberian, CatatanPerilaku)
AGUSTUS = date(2027, 8, 17)


@pytest.fixture
def kesempatan(dunia_nyata: Any) -> Kesempatan:
    return buat_kesempatan()


def buat_kesempatan(slug: str = "ru-2027", jenis: str = "RU", tanggal: date = AGUSTUS, agama: Any = ()) -> Kesempatan:
    return Kesempatan.objects.create(
        slug=slug, nama=slug, jenis=jenis, tanggal=tanggal, agama=list(agama), batas_usul=tanggal - timedelta(20),
        sumber="uji",
    )  # fmt: skip


def isi(upt: Any, oleh: Any, banyak: int, benih: int = 7) -> list[int]:
    """Invented persons with invented earlier grants, as the owner of the database."""
    r = random.Random(benih)
    orang = []
    for n in range(banyak):
        satu = acak(r)
        kolom = {k: getattr(satu, k) for k in KOLOM_DATA} | {"sejak": date(2024, 1, 1)}
        sppn = [(kolom.pop("sppn_tanggal"), kolom.pop("sppn_predikat"))]
        hukuman = [kolom.pop("register_f_terakhir")]
        lalu = [(j, date(2026, 8, 17) - timedelta(366 * i), 1, 5) for j, k in satu.lalu.items() for i in range(k)]
        orang.append(
            OrangBaru(
                upt, f"Orang {n}", f"B.I {benih}{n:05d}/26", kolom, lalu,
                [s for s in sppn if all(s)], [h for h in hukuman if h],
            )
        )  # fmt: skip
    with sebagai("pemilik"), terpasang(SISTEM), muatan_curah([m._meta.db_table for m in DIMUAT]):
        return muat(orang, oleh_id=oleh.pk, pada=sekarang())


def scope(orang: Any) -> Cakupan:
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        return Cakupan.dari(orang)


def hitung(kesempatan: Kesempatan, upt: Any, oleh: Any) -> Perhitungan:
    cakupan = scope(oleh)
    with terpasang(cakupan):
        return hitung_unit(kesempatan=kesempatan, upt=upt, oleh=oleh, cakupan=cakupan)


def baris(kesempatan: Kesempatan, upt: Any) -> dict[tuple[int, str], tuple[Any, ...]]:
    with terpasang(SISTEM):
        semua_baris = Kandidat.objects.filter(kesempatan=kesempatan, upt=upt)
        return {(k.data_id, k.jenis): (k.keadaan, k.urutan, k.hari_jalani, k.bulan, k.hari, k.hasil, k.syarat)
                for k in semua_baris}  # fmt: skip


def seharusnya(kesempatan: Kesempatan, upt: Any) -> dict[tuple[int, str], tuple[Any, ...]]:
    """What the explanation of each person says, one by one."""
    hasil = {}
    with terpasang(SISTEM):
        ids = DataWarga.objects.filter(upt=upt).values_list("pk", flat=True)
        for pk, orang in baca_orang(ids, kesempatan.tanggal).items():
            for h in semua(orang, patokan_untuk(kesempatan)):
                hasil[pk, h.jenis] = (h.keadaan, h.urutan, h.hari_jalani, h.bulan, h.hari, h.hasil, h.kode)
    return hasil


@pytest.mark.parametrize(
    ("slug", "jenis", "tanggal", "agama"),
    [("ru-2027", "RU", AGUSTUS, ()), ("ru-2025", "RU", date(2025, 8, 17), ()),
     ("rk-natal-2026", "RK", date(2026, 12, 25), ("KRISTEN", "KATOLIK")), ("rkm", "RKM", date(2027, 5, 29), ())],
)  # fmt: skip
def test_barisnya_sama_dengan_penjelasan_tiap_orang(
    dunia_nyata: Any, slug: str, jenis: str, tanggal: date, agama: Any
) -> None:
    kesempatan = buat_kesempatan(slug, jenis, tanggal, agama)
    isi(dunia_nyata.ambon, dunia_nyata.operator_ambon, 300)
    perhitungan = hitung(kesempatan, dunia_nyata.ambon, dunia_nyata.operator_ambon)
    ada = baris(kesempatan, dunia_nyata.ambon)
    assert ada == seharusnya(kesempatan, dunia_nyata.ambon)
    assert len(ada) > 50
    jumlah = perhitungan.jumlah
    assert jumlah["LAYAK"] + jumlah["PERLU_DATA"] + jumlah["TIDAK"] == len(ada)
    assert jumlah["LAYAK"] == sum(b[0] == "LAYAK" for b in ada.values())


def test_hitung_ulang_mengikuti_data_dan_tidak_menyentuh_usulan(dunia_nyata: Any, kesempatan: Kesempatan) -> None:
    d = dunia_nyata
    ids = isi(d.ambon, d.operator_ambon, 60)
    hitung(kesempatan, d.ambon, d.operator_ambon)
    sebelum = baris(kesempatan, d.ambon)
    orang = next(pk for (pk, jenis), b in sebelum.items() if b[0] != "TIDAK")
    with terpasang(SISTEM):
        dari = DataWarga.objects.get(pk=orang)
        usulan = Usulan.objects.create(
            rumpun="REMISI", kesempatan=kesempatan, jenis="RU", data=dari, tanggal=AGUSTUS, upt=d.ambon,
            kanwil=d.ambon.kanwil, jenis_kelamin="L", status_orang="NARAPIDANA", kelompok="umum",
            dibuat_oleh=d.operator_ambon, dibuat_pada=sekarang(), diubah_pada=sekarang(),
        )  # fmt: skip
        DataWarga.objects.filter(pk=orang).update(keluar_pada=date(2026, 11, 1))
        DataWarga.objects.filter(pk=ids[0]).update(salinan_putusan=None, revisi=2)
    hitung(kesempatan, d.ambon, d.operator_ambon)
    sesudah = baris(kesempatan, d.ambon)
    assert sesudah == seharusnya(kesempatan, d.ambon)
    assert orang not in {pk for pk, _ in sesudah}
    with terpasang(SISTEM):
        assert Usulan.objects.filter(pk=usulan.pk, status="DRAF").exists()
        assert Perhitungan.objects.filter(kesempatan=kesempatan).count() == 1


def test_baris_yang_tetap_tidak_ditulis_lagi(dunia_nyata: Any, kesempatan: Kesempatan) -> None:
    d = dunia_nyata
    isi(d.ambon, d.operator_ambon, 50)

    def versi() -> set[tuple[Any, ...]]:
        with terpasang(SISTEM), connection.cursor() as kursor:
            kursor.execute("SELECT id, xmin::text FROM remisi_kandidat")
            return set(kursor.fetchall())

    hitung(kesempatan, d.ambon, d.operator_ambon)
    dulu = versi()
    hitung(kesempatan, d.ambon, d.operator_ambon)
    assert versi() == dulu


def test_unit_lain_tidak_terlihat_dan_tanpa_hak_ditolak(dunia_nyata: Any, kesempatan: Kesempatan) -> None:
    d = dunia_nyata
    isi(d.ambon, d.operator_ambon, 20)
    isi(d.masohi, d.operator_masohi, 20, benih=8)
    with pytest.raises(TidakDitemukan):
        hitung(kesempatan, d.masohi, d.operator_ambon)
    with pytest.raises(Ditolak):
        hitung(kesempatan, d.ambon, d.verifikator_maluku)
    hitung(kesempatan, d.ambon, d.kepala_ambon)
    hitung(kesempatan, d.masohi, d.peninjau)
    with terpasang(scope(d.operator_ambon)):
        assert set(Kandidat.objects.values_list("upt_id", flat=True)) == {d.ambon.pk}


def test_dua_orang_bersamaan_menghasilkan_satu_daftar(dunia_nyata: Any, kesempatan: Kesempatan) -> None:
    d = dunia_nyata
    isi(d.ambon, d.operator_ambon, 200)
    galat: list[BaseException] = []

    def jalan() -> None:
        try:
            hitung(kesempatan, d.ambon, d.operator_ambon)
        except BaseException as satu:
            galat.append(satu)
        finally:
            connections.close_all()

    utas = [threading.Thread(target=jalan) for _ in range(4)]
    for satu in utas:
        satu.start()
    for satu in utas:
        satu.join()
    assert not galat
    assert baris(kesempatan, d.ambon) == seharusnya(kesempatan, d.ambon)


def test_tanda_berubah_dengan_setiap_perubahan_data(dunia_nyata: Any) -> None:
    d = dunia_nyata
    ids = isi(d.ambon, d.operator_ambon, 30)
    tanda = []

    def lihat() -> None:
        with terpasang(SISTEM):
            tanda.append(tanda_data(d.ambon.pk))

    lihat()
    with terpasang(SISTEM):
        DataWarga.objects.filter(pk=ids[0]).update(revisi=2)
    lihat()
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("UPDATE wbp_pemberian SET dicabut_pada = now() WHERE id = (SELECT max(id) FROM wbp_pemberian)")
    lihat()
    with terpasang(SISTEM):
        DataWarga.objects.filter(pk=ids[1]).update(keluar_pada=date(2026, 1, 1))
    lihat()
    assert len(set(tanda)) == len(tanda)


def test_tiga_ribu_orang_dalam_dua_detik(dunia_nyata: Any, kesempatan: Kesempatan) -> None:
    d = dunia_nyata
    isi(d.ambon, d.operator_ambon, 3000)
    mulai = time.perf_counter()
    hitung(kesempatan, d.ambon, d.operator_ambon)
    assert time.perf_counter() - mulai < 2
