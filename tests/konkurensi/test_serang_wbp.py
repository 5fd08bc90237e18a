"""Attacks at once: cases whose persons move, computing while proposing, importing while receiving, no deadlock."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import GalatPortal
from pemasyarakatan.inti.waktu import hari_ini
from remisi.calon.susun import hitung_unit
from remisi.models import Kandidat, Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.konkurensi.test_sdp import berkas, dalam, simpan
from tests.konkurensi.test_sdp import terima as unggah
from tests.remisi.bantu_kasus import LAYAK, Meja, kesempatan, layak
from tests.wbp.bantu import nomor_ke
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp import serah
from wbp.models import DataWarga, Pemberian, SerahTerima
from wbp.services_data import catat_banyak


def _serahkan(orang: Pengguna, data: int, ke: UPT) -> SerahTerima:
    hasil: SerahTerima = dalam(orang, lambda h: serah.serahkan(data=data, ke=ke.kode, tanggal=hari_ini(ke.zona), **h))
    return hasil


def _terima(orang: Pengguna, satu: SerahTerima) -> Any:
    return dalam(orang, lambda h: serah.terima(serah_id=satu.pk, **h))


def _tanpa_buntu(hasil: list[Any]) -> None:
    """Refusals in words are answers; an error of the database is not."""
    assert not [h for h in hasil if isinstance(h, Exception) and not isinstance(h, GalatPortal)], hasil
    assert not [h for h in hasil if isinstance(h, DatabaseError)]


def test_cabut_dan_serah_terima_bersilang_tidak_buntu(dunia_nyata: Dunia) -> None:
    """Decided in one unit, the person now in the other, while that one receives more: both registers are held in one
    order."""
    d, meja = dunia_nyata, Meja(dunia_nyata)
    data = layak(d.ambon, d.operator_ambon, 8)
    kasus = meja.sampai(Status.SK_TERBIT, data[:4], kesempatan())
    for pk in data[:4]:
        _terima(d.operator_pekanbaru, _serahkan(d.operator_ambon, pk, d.pekanbaru))
    jalan = [_serahkan(d.operator_ambon, pk, d.pekanbaru) for pk in data[4:]]
    pilihan = [meja.pilihan([k]) for k in kasus]
    hasil = serentak(
        [
            *(
                lambda p=p: meja.sebagai(d.peninjau, services.cabut, pilihan=p, alasan="Keliru.")  # type: ignore[misc]
                for p in pilihan
            ),
            *(lambda s=s: _terima(d.operator_pekanbaru, s) for s in jalan),  # type: ignore[misc]
        ]
    )
    _tanpa_buntu(hasil)
    with terpasang(SISTEM):
        assert set(DataWarga.objects.values_list("upt_id", flat=True)) == {d.pekanbaru.pk}
        assert not Pemberian.objects.filter(dicabut_pada=None).exists()


def test_diterima_selagi_kanwil_memverifikasi(dunia_nyata: Dunia) -> None:
    """The case is verified where it was, or moves as it was and the verifier is told; never both halves."""
    d, meja = dunia_nyata, Meja(dunia_nyata)
    data = layak(d.ambon, d.operator_ambon, 4)
    kasus = meja.sampai(Status.DIAJUKAN, data, kesempatan())
    jalan = [_serahkan(d.operator_ambon, pk, d.pekanbaru) for pk in data]
    pilihan = [meja.pilihan([k]) for k in kasus]
    hasil = serentak(
        [
            *(
                lambda p=p: meja.sebagai(d.verifikator_maluku, services.verifikasi, pilihan=p)  # type: ignore[misc]
                for p in pilihan
            ),
            *(lambda s=s: _terima(d.operator_pekanbaru, s) for s in jalan),  # type: ignore[misc]
        ]
    )
    _tanpa_buntu(hasil)
    assert not [h for h in hasil[4:] if isinstance(h, Exception)], hasil
    verif = sum(not isinstance(h, Exception) for h in hasil[:4])
    assert sorted(meja.status(kasus)) == ["DIAJUKAN"] * (4 - verif) + ["VERIF_KANWIL"] * verif
    assert {u.upt_id for u in meja.baca(kasus)} == {d.pekanbaru.pk}


def test_hitung_dan_usulkan_serentak(dunia_nyata: Dunia) -> None:
    d, meja, k = dunia_nyata, Meja(dunia_nyata), kesempatan()
    data = layak(d.ambon, d.operator_ambon, 12)

    def hitung() -> Any:
        return dalam(d.operator_ambon, lambda h: hitung_unit(upt=d.ambon, kesempatan=k, **h))

    hasil = serentak([hitung, lambda: meja.usulkan(data, k), hitung, lambda: meja.usulkan(data, k), hitung])
    assert not [h for h in hasil if isinstance(h, Exception)], hasil
    with terpasang(SISTEM):
        assert Usulan.objects.count() == 12
        per_orang = list(Kandidat.objects.filter(kesempatan=k).values_list("data", "jenis"))
        assert len(per_orang) == len(set(per_orang))
        assert {pk for pk, jenis in per_orang if jenis == "RU"} == set(data)


def test_terima_selagi_impor_disimpan_di_kedua_unit(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    nilai = [{**LAYAK, "nomor": nomor_ke(9000 + n)} for n in range(3)]
    data = dalam(d.operator_ambon, lambda h: catat_banyak(upt=d.ambon, baris=nilai, **h))
    jalan = [_serahkan(d.operator_ambon, pk, d.pekanbaru) for pk in data]
    impor = [
        unggah(d.operator_ambon, d.ambon, berkas("A 101", nomor_ke(9000))),
        unggah(d.operator_pekanbaru, d.pekanbaru, berkas("A 102", nomor_ke(9001))),
    ]
    hasil = serentak(
        [
            simpan(d.operator_ambon, impor[0]), simpan(d.operator_pekanbaru, impor[1]),
            *(lambda s=s: _terima(d.operator_pekanbaru, s) for s in jalan),  # type: ignore[misc]
        ]
    )  # fmt: skip
    _tanpa_buntu(hasil)
    with terpasang(SISTEM):
        hidup = DataWarga.objects.ada().values_list("upt_id", "warga__indeks")
        assert len(hidup) == len(set(hidup)), "one number is one person in a unit"
        for satu in SerahTerima.objects.filter(status="DITERIMA"):
            assert DataWarga.objects.get(pk=satu.data_id).upt_id == d.pekanbaru.pk


def test_keputusan_dan_pencabutan_serentak(dunia_nyata: Dunia) -> None:
    """Two decrees and a revocation of what each of them saw: one decree, and a grant exactly while it stands."""
    d, meja, k = dunia_nyata, Meja(dunia_nyata), kesempatan()
    kasus = meja.sampai(Status.VERIF_PUSAT, layak(d.ambon, d.operator_ambon, 5), k)
    lama = meja.pilihan(kasus)
    sesudah = [type(p)(p.id, p.revisi + 1) for p in lama]
    isi = {"tanggal": hari_ini(), "pilihan": lama}
    hasil = serentak(
        [
            lambda: meja.sebagai(d.peninjau, services.terbitkan, nomor="PAS-1", **isi),
            lambda: meja.sebagai(d.peninjau, services.terbitkan, nomor="PAS-2", **isi),
            lambda: meja.sebagai(d.peninjau, services.cabut, pilihan=sesudah, alasan="Keliru."),
        ]
    )
    _tanpa_buntu(hasil)
    assert sum(not isinstance(h, Exception) for h in hasil[:2]) == 1, hasil
    (status,) = set(meja.status(kasus))
    with terpasang(SISTEM):
        ada = Pemberian.objects.filter(dicabut_pada=None).count()
    assert (status, ada) in (("SK_TERBIT", 5), ("DICABUT", 0))
