"""The origin chain: parts make the whole, people and moments are named, the command line says the same."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dasbor import agregasi, selectors
from dasbor.indikator import semua
from dasbor.models import Ringkasan
from dasbor.telusur import Telusur, telusur, telusur_indikator
from pelaporan.alur import Aksi
from pelaporan.models import Laporan
from pemasyarakatan.inti.galat import TidakDitemukan
from tests.dunia import JANUARI, Dunia, isi_penuh, jawab_semua, kirim, lakukan, tambah_baris
from upt.cakupan import SISTEM, Cakupan, terpasang


@pytest.fixture
def maluku(dunia: Dunia) -> Dunia:
    """Ambon's F06 is verified (12 persons); Masohi owes it still; both F01 are sent."""
    ambon = dunia.laporan(dunia.ambon)
    kirim(ambon, dunia.kepala_ambon)
    lakukan(ambon, Aksi.VERIFIKASI, dunia.verifikator_maluku)
    kirim(dunia.laporan(dunia.ambon, "F01"), dunia.kepala_ambon)
    kirim(dunia.laporan(dunia.masohi, "F01"), dunia.kepala_masohi)
    with terpasang(SISTEM):
        agregasi.proses_kotor()
    return dunia


def buka(formulir: str, kode: str, wilayah: str) -> Telusur:
    with terpasang(SISTEM):
        return telusur(SISTEM, formulir, kode, selectors.wilayah(SISTEM, wilayah), JANUARI)


def test_the_nation_opens_into_regions_that_add_up(maluku: Dunia) -> None:
    t = buka("F06", "wbp", "nasional")
    assert (t.masuk, t.sah, t.jumlah_masuk, t.jumlah_sah, t.cocok) == (12, 12, 12, 12, True)
    assert {b.kode: b.masuk for b in t.bagian} == {"maluku": 12, "riau": None}


def test_a_region_opens_into_units_with_people_and_missing_ones(maluku: Dunia) -> None:
    t = buka("F06", "wbp", "maluku")
    ambon = next(b for b in t.bagian if b.kode == "lapas-kelas-iia-ambon")
    assert t.cocok
    assert [b.nama for b in t.belum] == ["Rutan Kelas IIB Masohi"]
    assert ambon.asal is not None
    assert ambon.asal.diverifikasi is not None
    assert ambon.asal.dikirim.nama == maluku.kepala_ambon.nama
    assert ambon.asal.dikirim.sebagai == "Kepala UPT"
    assert ambon.asal.diverifikasi.nama == maluku.verifikator_maluku.nama
    assert len(ambon.asal.sidik) == 64


def test_a_unit_opens_into_version_cell_and_typing(maluku: Dunia) -> None:
    t = buka("F06", "wbp", "lapas-kelas-iia-ambon")
    assert [(v.versi, v.nilai) for v in t.versi] == [(1, 12)]
    assert [(k.lama, k.baru, k.oleh) for k in t.ketikan] == [("kosong", "12 orang", maluku.kepala_ambon.nama)]
    assert t.laporan is not None
    assert t.laporan.status == "TERVERIFIKASI"


def test_a_stated_zero_is_told_from_nothing(maluku: Dunia) -> None:
    t = buka("F06", "klaster_perikanan_wbp", "lapas-kelas-iia-ambon")
    assert (t.masuk, t.versi[0].nilai, t.versi[0].keadaan) == (0, 0, "nihil")
    assert buka("F06", "klaster_perikanan_wbp", "rutan-kelas-iib-masohi").masuk is None


def test_a_computed_item_opens_into_its_components(maluku: Dunia) -> None:
    for wilayah in ("nasional", "maluku", "lapas-kelas-iia-ambon"):
        t = buka("F06", "lahan", wilayah)
        assert [k.masuk for k in t.komponen] == [2400, 0, 0, 0, 0]
        assert t.komponen_cocok is True
        assert t.ketikan == ()


def test_a_rate_is_not_added_up(maluku: Dunia) -> None:
    t = buka("F01", "tingkat_hunian", "maluku")
    assert round(t.masuk or 0, 2) == 93.75  # 300 of 320, not the sum of two percentages
    assert (t.dijumlah, t.cocok, t.jumlah_masuk) == (False, None, None)
    assert {k.kode: k.masuk for k in t.komponen} == {"kapasitas": 320, "isi": 300}


def test_a_sum_that_differs_is_said_and_not_hidden(maluku: Dunia) -> None:
    with terpasang(SISTEM):
        baris = Ringkasan.objects.get(kanwil=maluku.kanwil["maluku"], formulir_id="F06", bulan=JANUARI.awal)
        Ringkasan.objects.filter(pk=baris.pk).update(isi={**baris.isi, "wbp": [13, 12, 1, 1]})
    t = buka("F06", "wbp", "maluku")
    assert (t.masuk, t.jumlah_masuk, t.cocok) == (13, 12, False)


def test_a_reopened_report_shows_both_versions(maluku: Dunia) -> None:
    ambon = maluku.laporan(maluku.ambon)
    lakukan(ambon, Aksi.BUKA, maluku.kepala_maluku, teks="Salah hitung.")
    kirim(ambon, maluku.kepala_ambon, {"wbp": "20", "klaster_pertanian_wbp": "20"})
    t = buka("F06", "wbp", "lapas-kelas-iia-ambon")
    assert (t.masuk, t.sah) == (20, 12)
    assert [(v.versi, v.nilai, v.diverifikasi is not None) for v in t.versi] == [
        (2, 20, False),
        (1, 12, True),
    ]


def test_a_count_over_a_list_shows_the_rows_it_counts(dunia: Dunia) -> None:
    lap = dunia.laporan(dunia.ambon, "F04")
    _isi_kejadian(dunia, lap, ("1.3", "2.2"))
    lakukan(lap, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    t = buka("F04", "kekerasan", "lapas-kelas-iia-ambon")
    assert t.masuk == 1
    assert [b.isi["Kategori"] for b in t.baris] == ["Kekerasan antarpenghuni"]
    assert len(buka("F04", "total_kejadian", "lapas-kelas-iia-ambon").baris) == 2
    assert buka("F04", "kekerasan", "maluku").komponen_cocok is None
    assert any("baris baru" in k.baru for k in t.ketikan)


def _isi_kejadian(dunia: Dunia, lap: Laporan, kategori: tuple[str, ...]) -> None:
    from pelaporan.services_isian import Perubahan, simpan

    isi_penuh(lap, dunia.operator_ambon, {"nihil_kejadian": "tidak"})
    kolom = {
        "tanggal": "14/1/2026",
        "lokasi": "Blok B",
        "aktor": "wbp",
        "urgensi": "sedang",
        "jumlah_pelaku": "1",
    }
    kolom |= {"korban_luka": "0", "korban_meninggal": "0", "hukuman_disiplin": "0", "dilaporkan_24jam": "ya"}
    kolom |= {"tindak_lanjut": "Blok digeledah."}
    with terpasang(Cakupan(pengguna_id=dunia.operator_ambon.pk)):
        cakupan = Cakupan.dari(dunia.operator_ambon)
    with terpasang(cakupan):
        for satu in kategori:
            baris, _ = tambah_baris(laporan_id=lap.pk, daftar="kejadian", oleh=dunia.operator_ambon, cakupan=cakupan)
            isi = {**kolom, "kategori": satu}
            perubahan = [Perubahan(k, teks, daftar="kejadian", baris=baris) for k, teks in isi.items()]
            hasil = simpan(laporan_id=lap.pk, perubahan=perubahan, oleh=dunia.operator_ambon, cakupan=cakupan)
            assert not hasil.ditolak
        jawab_semua(lap, dunia.operator_ambon, cakupan)


def test_an_indicator_opens_into_numerator_and_denominator(maluku: Dunia) -> None:
    with terpasang(SISTEM):
        wilayah = selectors.wilayah(SISTEM, "maluku")
        t = telusur_indikator(SISTEM, semua()["overkapasitas"], wilayah, JANUARI)
    assert (t.pembilang, t.penyebut) == (-20, 320)
    assert t.masuk == -6.25
    assert {k.kode: k.masuk for k in t.komponen_pembilang} == {"isi": 300, "kapasitas": 320}
    assert sorted(b.penyebut or 0 for b in t.bagian) == [160, 160]


@pytest.mark.parametrize(
    ("formulir", "kode"), [("F06", "tak_ada"), ("F99", "wbp"), ("F06", "ada_kegiatan"), ("F06", "klaster")]
)
def test_what_is_no_figure_has_no_origin(maluku: Dunia, formulir: str, kode: str) -> None:
    with pytest.raises(TidakDitemukan):
        buka(formulir, kode, "nasional")


# ---------------------------------------------------------------- the command line


def perintah(*argumen: str) -> str:
    keluar = StringIO()
    call_command("telusur", *argumen, stdout=keluar)
    return keluar.getvalue()


def test_the_command_line_says_the_same_as_json(maluku: Dunia) -> None:
    isi = json.loads(perintah("F06.wbp", "--wilayah", "maluku", "--bulan", "2026-01", "--json"))
    assert (isi["kode"], isi["masuk"], isi["sah"], isi["cocok"]) == ("F06.wbp", 12, 12, True)
    assert isi["wilayah"] == {"tingkat": "kanwil", "kode": "maluku", "nama": "Kanwil Maluku"}
    assert isi["belum_masuk"] == ["Rutan Kelas IIB Masohi"]
    assert {b["kode"]: b["masuk"] for b in isi["bagian"]}["lapas-kelas-iia-ambon"] == 12
    assert isi["bulan"] == "2026-01"


def test_the_command_line_table_names_people(maluku: Dunia) -> None:
    teks = perintah("F06.wbp", "--wilayah", "maluku", "--bulan", "2026-01")
    assert f"dikirim {maluku.kepala_ambon.nama} (Kepala UPT)" in teks
    assert f"diverifikasi {maluku.verifikator_maluku.nama}" in teks
    assert "cocok dengan angka di atas" in teks
    assert "Belum masuk: Rutan Kelas IIB Masohi" in teks


def test_the_command_line_opens_indicators(maluku: Dunia) -> None:
    assert "93,8%" in perintah("hunian", "--wilayah", "maluku", "--bulan", "2026-01")
    isi = json.loads(perintah("hunian", "--bulan", "2026-01", "--json"))
    assert (isi["pembilang"], isi["penyebut"]) == (300, 320)


@pytest.mark.parametrize(
    ("argumen", "kata"),
    [
        (["F06.tak_ada"], "F06.tak_ada"),
        (["F99.wbp"], "F99.wbp"),
        (["tak_ada"], "tidak dikenal"),
        (["F06.wbp", "--wilayah", "atlantis"], "atlantis"),
        (["F06.wbp", "--bulan", "2031-01"], "belum dibuka"),
        (["F06.wbp", "--bulan", "kemarin"], "2026-01|bulan"),
    ],
)
def test_what_is_unknown_ends_with_two_and_a_sentence(dunia: Dunia, argumen: list[str], kata: str) -> None:
    with pytest.raises(CommandError, match=f"(?i){kata}") as galat:
        perintah(*argumen)
    assert galat.value.returncode == 2
