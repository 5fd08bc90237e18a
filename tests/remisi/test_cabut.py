"""What a revocation undoes outside the case: grants, counts, what the person serves, and what the unit is told."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from pelaporan.models import Pemberitahuan
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from remisi.models import Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from tests.wbp.bantu import Register
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga, RiwayatData


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def _menjalani_pb(meja: Meja) -> tuple[int, UUID]:
    """Somebody whose conditional release was decreed and carried out."""
    (pk,) = layak(meja.upt, meja.dunia.operator_ambon, tanggal_tahan=hari_ini() - timedelta(days=3 * 365 + 200))
    calon = [services.Calon(pk, "PB", hari_ini())]
    (u,) = meja.sebagai(meja.dunia.operator_ambon, services.usulkan, upt=meja.upt, calon=calon).usulan
    for langkah in (meja.sidang, meja.ajukan, meja.verifikasi, meja.verifikasi_pusat, meja.terbitkan):
        langkah([u])
    isi = {"pilihan": meja.pilihan([u]), "tanggal": hari_ini(meja.upt.zona)}
    meja.sebagai(meja.dunia.operator_ambon, services.laksanakan, **isi)
    assert _menjalani(pk) == "PB"
    return pk, u


def _menjalani(pk: int) -> str:
    with terpasang(SISTEM):
        return str(DataWarga.objects.get(pk=pk).menjalani)


def _cabut(meja: Meja, u: UUID) -> None:
    isi = {"pilihan": meja.pilihan([u]), "alasan": "Mengulangi tindak pidana."}
    meja.sebagai(meja.dunia.peninjau, services.cabut, **isi)


def _teks() -> list[str]:
    with terpasang(SISTEM):
        return list(Pemberitahuan.objects.filter(jenis="remisi", untuk="upt").values_list("teks", flat=True))


def test_pb_yang_dicabut_kembali_menjalani_pidana(meja: Meja) -> None:
    pk, u = _menjalani_pb(meja)
    _cabut(meja, u)
    assert _menjalani(pk) == "PIDANA"
    with terpasang(SISTEM):
        satu = RiwayatData.objects.filter(data=pk).latest("revisi")
        assert (satu.ubahan, satu.sebab, satu.oleh) == (
            {"menjalani": ["PB", "PIDANA"]},
            "keputusan",
            meja.dunia.peninjau,
        )
        jejak = Jejak.objects.filter(tindakan="warga_program").latest("pk")
        assert (jejak.rincian["data"], jejak.upt_id) == ([pk], meja.upt.pk)
    assert any("Register mencatat orangnya menjalani pidana lagi" in t for t in _teks())


def test_yang_kini_menjalani_lain_atau_sudah_keluar_tidak_disentuh(meja: Meja) -> None:
    register = Register(meja.upt, meja.dunia.operator_ambon)
    lain, u_lain = _menjalani_pb(meja)
    register.ubah(lain, revisi=register.baca(lain).revisi, menjalani="CMB")
    keluar, u_keluar = _menjalani_pb(meja)
    register.keluar(keluar, tanggal=hari_ini(), alasan="Pembebasan bersyarat")
    for u in (u_lain, u_keluar):
        _cabut(meja, u)
    assert (_menjalani(lain), _menjalani(keluar)) == ("CMB", "PB")


def test_dicabut_sebelum_dilaksanakan_tidak_mengubah_register(meja: Meja) -> None:
    pk, u = _menjalani_pb(meja)
    with terpasang(SISTEM):
        Usulan.objects.filter(pk=u).update(status=Status.SK_TERBIT, dilaksanakan_pada=None)
        revisi = DataWarga.objects.get(pk=pk).revisi
    _cabut(meja, u)
    with terpasang(SISTEM):
        assert DataWarga.objects.get(pk=pk).revisi == revisi


def test_remisi_bebas_yang_dicabut_menyuruh_memeriksa_register(meja: Meja) -> None:
    k = kesempatan()
    mulai = k.tanggal - timedelta(days=2 * 365 - 20)
    data = layak(meja.upt, meja.dunia.operator_ambon, tanggal_tahan=mulai, pidana_tahun=2,
                 tanggal_putusan=mulai + timedelta(days=90), sejak=mulai + timedelta(days=100))  # fmt: skip
    (u,) = meja.sampai(Status.SK_TERBIT, data, k)
    _cabut(meja, u)
    assert any(
        "1 orang tercatat bebas karena keputusan itu; periksa registernya. Alasan: Mengulangi" in t for t in _teks()
    )


def test_tanpa_alasan_tidak_dicabut(meja: Meja) -> None:
    pk, u = _menjalani_pb(meja)
    with pytest.raises(TidakSah, match="Tulis alasannya"):
        meja.sebagai(meja.dunia.peninjau, services.cabut, pilihan=meja.pilihan([u]), alasan=" ")
    assert _menjalani(pk) == "PB"
