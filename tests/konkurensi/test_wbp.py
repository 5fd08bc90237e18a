"""The register of inmates under threads: one of two edits wins, one person is one row, opening and erasing agree."""

from __future__ import annotations

from datetime import date

from pelaporan.register.services import BarisSalah
from pemasyarakatan.inti.galat import Bentrok
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.wbp.bantu import NAMA, Register, dicatat_keluar, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp import putar
from wbp.models import DataWarga, RiwayatData, WargaBinaan
from wbp.services_catatan import Perilaku
from wbp.simpan import musnahkan, umumkan


def test_dari_dua_ubahan_satu_yang_menang(dunia_nyata: Dunia) -> None:
    satu, dua = (Register(dunia_nyata.ambon, o) for o in (dunia_nyata.operator_ambon, dunia_nyata.kepala_ambon))
    pk = satu.catat().pk
    hasil = serentak([lambda: satu.ubah(pk, pidana_tahun=6), lambda: dua.ubah(pk, pidana_tahun=7)])
    assert sorted(isinstance(h, Bentrok) for h in hasil) == [False, True], hasil
    with terpasang(SISTEM):
        tersimpan = DataWarga.objects.get(pk=pk).pidana_tahun
        assert RiwayatData.objects.get(data=pk, revisi=2).ubahan == {"pidana_tahun": [5, tersimpan]}


def test_nomor_yang_sama_serentak_satu_orang(dunia_nyata: Dunia) -> None:
    ambon = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    hasil = serentak([ambon.catat] * 4)
    assert sum(isinstance(h, DataWarga) for h in hasil) == 1
    assert sum(isinstance(h, BarisSalah) for h in hasil) == 3, hasil
    with terpasang(SISTEM):
        assert WargaBinaan.objects.count() == DataWarga.objects.count() == 1


def test_hasil_sppn_serentak_tidak_saling_menghapus(dunia_nyata: Dunia) -> None:
    ambon = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    ids = [ambon.catat(nomor=nomor_ke(n)).pk for n in range(4)]

    def nilai(bulan: int) -> int:
        return ambon.perilaku(*(Perilaku(pk, "SPPN", date(2026, bulan, 28), "BAIK") for pk in ids))

    assert serentak([lambda b=b: nilai(b) for b in (5, 6, 7)]) == [4, 4, 4]  # type: ignore[misc]
    with terpasang(SISTEM):
        assert set(DataWarga.objects.values_list("sppn_tanggal", flat=True)) == {date(2026, 7, 28)}


def test_putar_dan_ganti_nama_bersamaan(dunia_nyata: Dunia) -> None:
    """Rotation holds the row: the index that stands is that of the name that stands."""
    ambon = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    ids = [ambon.catat(nomor=nomor_ke(n)).pk for n in range(6)]
    with terpasang(SISTEM):
        WargaBinaan.objects.update(kunci_indeks="")
    hasil = serentak([lambda: putar.putar(sekali=2), *(lambda pk=pk: ambon.ubah(pk, nama="Melati") for pk in ids)])  # type: ignore[misc]
    assert not [h for h in hasil if isinstance(h, Exception)], hasil
    with terpasang(SISTEM):
        assert len({tuple(d.indeks_nama) for d in DataWarga.objects.all()}) == 1
    assert {t.nama for t in ambon.buka(*ids).values()} == {"Melati"} != {NAMA}


def test_musnah_dan_kembali_bersamaan_tidak_setengah(dunia_nyata: Dunia) -> None:
    ambon = Register(dunia_nyata.ambon, dunia_nyata.operator_ambon)
    pk = ambon.catat().pk
    dicatat_keluar(pk, date(2026, 8, 17))
    hasil = serentak([lambda: umumkan(date(2036, 7, 18)), lambda: umumkan(date(2036, 7, 18))])
    assert sorted(hasil) == [0, 1]
    hasil = serentak([lambda: musnahkan(date(2036, 8, 17)), lambda: musnahkan(date(2036, 8, 17))])
    assert sorted(hasil) == [0, 1]
