"""Each promise holds over what the services leave, and names the row as soon as one is broken."""

from __future__ import annotations

from typing import Any

import pytest

from remisi import invarian
from remisi.models import RingkasRemisi, Usulan
from tests.remisi.bahan_kasus import banyak, kasus, kesempatan, orang
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga, KunciWarga, Pemberian

SEMUA = (
    invarian.ringkas_cocok,
    invarian.keputusan_masuk_register,
    invarian.langkah_terakhir,
    invarian.kasus_ikut_orang,
    invarian.kanwil_benar,
    invarian.kunci_lengkap,
)


@pytest.fixture
def isi(dunia: Any) -> Any:
    k = kesempatan()
    hasil = banyak(dunia, k, dunia.ambon, 3)
    hasil.append(kasus(dunia, k, orang(dunia, dunia.ambon), status="DIAJUKAN"))
    return hasil


def salah() -> dict[str, list[str]]:
    with terpasang(SISTEM):
        return {f.__name__: s for f in SEMUA if (s := f(None))}


def test_semua_terpenuhi(isi: Any) -> None:
    assert salah() == {}


def _ubah(model: Any, pk: Any, **kolom: Any) -> None:
    with terpasang(SISTEM):
        model.objects.filter(pk=pk).update(**kolom)


def test_ringkasan_yang_melenceng(isi: Any) -> None:
    with terpasang(SISTEM):
        _ubah(RingkasRemisi, RingkasRemisi.objects.get().pk, orang=4)
    assert list(salah()) == ["ringkas_cocok"]
    assert len(salah()["ringkas_cocok"]) == 1


def test_keputusan_tanpa_pemberian_dan_pemberian_tanpa_keputusan(isi: Any, dunia: Any) -> None:
    with terpasang(SISTEM):
        pemberian = Pemberian.objects.get(usulan=isi[0].pk)
    _ubah(Pemberian, pemberian.pk, bulan=5)
    assert "berbeda" in salah()["keputusan_masuk_register"][0]
    _ubah(Pemberian, pemberian.pk, bulan=2, usulan=None)
    dua = salah()["keputusan_masuk_register"]
    assert len(dua) == 2
    assert any("tidak ada keputusannya" in s for s in dua)


def test_langkah_terakhir_harus_sama(isi: Any) -> None:
    _ubah(Usulan, isi[3].pk, status="VERIF_KANWIL")
    assert "langkah terakhirnya DIAJUKAN" in salah()["langkah_terakhir"][0]


def test_kasus_terbuka_ikut_orangnya(isi: Any, dunia: Any) -> None:
    _ubah(Usulan, isi[3].pk, upt=dunia.masohi)
    assert str(isi[3].pk) in salah()["kasus_ikut_orang"][0]


def test_kanwil_lain_dari_kanwil_unit(isi: Any, dunia: Any) -> None:
    _ubah(Usulan, isi[3].pk, kanwil=dunia.pekanbaru.kanwil)
    assert "remisi_usulan: 1 baris" in salah()["kanwil_benar"][0]


def test_kunci_yang_hilang(isi: Any) -> None:
    with terpasang(SISTEM):
        KunciWarga.objects.filter(data=isi[0].data_id).delete()
    assert "kuncinya hilang" in salah()["kunci_lengkap"][0]
    from pemasyarakatan.inti.waktu import sekarang

    _ubah(DataWarga, isi[0].data_id, dimusnahkan_pada=sekarang())
    assert "kunci_lengkap" not in salah()
    _ubah(DataWarga, isi[1].data_id, dimusnahkan_pada=sekarang())
    assert "kuncinya masih ada" in salah()["kunci_lengkap"][0]
