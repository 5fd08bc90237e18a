"""Two people at the same cases at the same time: one wins, the other is told, every case moves once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import hari_ini
from remisi.calon.benahi import benahi
from remisi.calon.susun import hitung_unit
from remisi.models import Kandidat, Keputusan, LangkahUsulan, RingkasRemisi, Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga, Pemberian
from wbp.services_data import Perbaikan


def _sebagai(meja: Meja, orang: Pengguna, apa: Callable[..., Any], **isi: Any) -> Callable[[], Any]:
    return lambda: meja.sebagai(orang, apa, **isi)


def test_dua_petugas_kanwil_satu_yang_menang(dunia_nyata: Dunia) -> None:
    d, meja = dunia_nyata, Meja(dunia_nyata)
    kasus = meja.sampai(Status.DIAJUKAN, layak(d.ambon, d.operator_ambon, 6), kesempatan())
    pilihan = meja.pilihan(kasus)
    hasil = serentak(
        [
            _sebagai(meja, d.verifikator_maluku, services.verifikasi, pilihan=pilihan),
            _sebagai(meja, d.kepala_maluku, services.kembalikan, pilihan=pilihan[::-1], alasan="Belum lengkap."),
        ]
    )
    kalah = [h for h in hasil if isinstance(h, Exception)]
    assert len(kalah) == 1, hasil
    assert isinstance(kalah[0], Bentrok)
    assert len(kalah[0].rincian["kasus"]) == 6
    assert len(set(meja.status(kasus))) == 1
    with terpasang(SISTEM):
        assert LangkahUsulan.objects.filter(usulan__in=kasus, revisi=4).count() == 6


def test_tekan_dua_kali_serentak_satu_langkah(dunia_nyata: Dunia) -> None:
    d, meja = dunia_nyata, Meja(dunia_nyata)
    data, k = layak(d.ambon, d.operator_ambon, 4), kesempatan()
    usul = serentak([lambda: meja.usulkan(data, k) for _ in range(3)])
    assert sorted((h.jumlah, h.sudah) for h in usul) == [(0, 4), (0, 4), (4, 0)]
    with terpasang(SISTEM):
        kasus = list(Usulan.objects.values_list("pk", flat=True))
    meja.sidang(kasus)
    pilihan = meja.pilihan(kasus)
    kirim = serentak([_sebagai(meja, d.kepala_ambon, services.ajukan, pilihan=pilihan) for _ in range(3)])
    assert sorted((h.jumlah, h.sudah) for h in kirim) == [(0, 4), (0, 4), (4, 0)]
    with terpasang(SISTEM):
        assert LangkahUsulan.objects.filter(ke="DIAJUKAN").count() == 4


def test_keputusan_dan_catatan_register_tidak_saling_mengunci(dunia_nyata: Dunia) -> None:
    """A decree writes cases and the register while the unit writes the register: both end, the counts are right."""
    from tests.wbp.bantu import Register
    from wbp.services_catatan import Perilaku

    d, meja = dunia_nyata, Meja(dunia_nyata)
    data, k = layak(d.ambon, d.operator_ambon, 5), kesempatan()
    kasus = meja.sampai(Status.VERIF_PUSAT, data, k)
    register = Register(d.ambon, d.operator_ambon)
    sk = {"pilihan": meja.pilihan(kasus), "nomor": "PAS-9", "tanggal": hari_ini()}
    hasil = serentak(
        [
            _sebagai(meja, d.peninjau, services.terbitkan, **sk),
            lambda: register.perilaku(*(Perilaku(pk, "SPPN", hari_ini(), "BAIK") for pk in data)),
            _sebagai(meja, d.peninjau, services.terbitkan, **sk),
        ]
    )
    assert not [h for h in hasil if isinstance(h, Exception)], hasil
    with terpasang(SISTEM):
        assert Keputusan.objects.count() == 1
        assert Pemberian.objects.filter(data__in=data, dicabut_pada=None).count() == 5
        assert RingkasRemisi.objects.get(kesempatan=k).orang == 5


def test_membenahi_dan_menghitung_tidak_saling_mengunci(dunia_nyata: Dunia) -> None:
    """Mending many writes the register, the candidates and the trail while others compute and write: all end, every
    person is mended once, and the candidates are those of the register as it is then."""
    d, meja = dunia_nyata, Meja(dunia_nyata)
    data, k = layak(d.ambon, d.operator_ambon, 30, salinan_putusan=None), kesempatan()
    meja.sebagai(d.operator_ambon, hitung_unit, kesempatan=k, upt=d.ambon)
    perbaikan = {pk: Perbaikan({"salinan_putusan": True}, 1) for pk in data}
    tugas = [
        _sebagai(meja, d.operator_ambon, benahi, kesempatan=k, upt=d.ambon, perbaikan=perbaikan),
        _sebagai(meja, d.kepala_ambon, benahi, kesempatan=k, upt=d.ambon, perbaikan=perbaikan),
        *(_sebagai(meja, d.kepala_ambon, hitung_unit, kesempatan=k, upt=d.ambon) for _ in range(3)),
    ]
    hasil = serentak(tugas)
    assert not [h for h in hasil if isinstance(h, Exception)], hasil
    assert sorted(h.orang for h in hasil[:2]) == [0, 30]
    meja.sebagai(d.operator_ambon, hitung_unit, kesempatan=k, upt=d.ambon)
    with terpasang(SISTEM):
        assert set(DataWarga.objects.filter(pk__in=data).values_list("revisi", flat=True)) == {2}
        assert Kandidat.objects.filter(kesempatan=k, keadaan="LAYAK").count() == 30
