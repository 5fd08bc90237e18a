"""An export of SDP becomes the register: read, mapped, shown without names, saved once, compared the next time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.pekerjaan.models import Pekerjaan
from tests.dunia import Dunia
from upt.cakupan import Cakupan, terpasang
from wbp import sandi
from wbp.contoh.berkas import csv_sdp, xlsx
from wbp.contoh.orang import buat
from wbp.models import CatatanPerilaku, DataWarga, ImporSDP, Pemberian, PetaSDP, RiwayatData
from wbp.sdp import antre, services
from wbp.sdp.rencana import Rencana
from wbp.sdp.tulis import Keluar

KEPALA = ("no_reg", "nama", "status", "lama_pidana", "tgl_penahanan", "tgl_putusan")
SATU = ("B.I 11/2024", "Warga Contoh Satu", "narapidana", "5 Tahun 6 Bulan", "01/02/2024", "01/06/2024")
DUA = ("B.I 12/2024", "Warga Contoh Dua", "narapidana", "3 Tahun", "01/03/2024", "01/07/2024")


def csv(*baris: Sequence[Any], kepala: Sequence[str] = KEPALA) -> bytes:
    return "\r\n".join(";".join(str(x) for x in satu) for satu in (kepala, *baris)).encode()


def buku(*lembar: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    wb: Any = openpyxl.Workbook()
    wb.remove(wb.active)
    for nama, baris in lembar:
        ws = wb.create_sheet(nama)
        for satu in baris:
            ws.append(list(satu))
    aliran = io.BytesIO()
    wb.save(aliran)
    return aliran.getvalue()


class Unit:
    """One operator at their unit."""

    def __init__(self, dunia: Dunia, orang: Pengguna) -> None:
        self.dunia, self.oleh, self.upt = dunia, orang, dunia.ambon
        with terpasang(Cakupan(pengguna_id=orang.pk)):
            self.cakupan = Cakupan.dari(orang)
        self.umum: dict[str, Any] = {"oleh": orang, "cakupan": self.cakupan}

    def terima(self, isi: bytes) -> ImporSDP:
        return services.terima(upt=self.upt, isi=isi, tanggal_data=hari_ini(self.upt.zona), **self.umum)

    def rencana(self, isi: bytes) -> Rencana:
        return services.buka_isi(self.terima(isi)).rencana

    def simpan(self, isi: bytes, keluar: Keluar | None = None, **lain: Any) -> ImporSDP:
        satu = self.terima(isi)
        sidik = services.buka_isi(satu).rencana.sidik
        hasil, tersimpan = services.simpan(impor_id=satu.pk, sidik=sidik, keluar=keluar, **lain, **self.umum)
        assert tersimpan
        return hasil


@pytest.fixture
def unit(dunia: Dunia) -> Any:
    satu = Unit(dunia, dunia.operator_ambon)
    with terpasang(satu.cakupan):
        yield satu


def nama_dari(data: DataWarga) -> sandi.Rahasia:
    amplop = sandi.Amplop(bytes(data.rahasia), bytes(data.kunci.bungkus), data.kunci.kunci)
    return sandi.buka_warga(amplop, data.pk)


# ---------------------------------------------------------------- from file to register


def test_berkas_contoh_utuh(unit: Unit) -> None:
    """All invented persons arrive with their sentence, marks and grants; the same file again changes nothing."""
    semua = list(buat(120, benih=5, hari=hari_ini()))
    satu = unit.simpan(xlsx(semua))
    assert satu.status == ImporSDP.Status.DISIMPAN
    assert satu.rencana is None
    assert satu.bungkus is None
    assert satu.ringkas["sebab"] == []
    assert satu.ringkas["baru"] == 120
    data = {nama_dari(d).nomor: d for d in DataWarga.objects.filter(upt=unit.upt)}
    assert set(data) == {o.nomor for o in semua}
    for o in semua:
        d = data[o.nomor]
        assert nama_dari(d).nama == o.nama
        for nama, nilai in o.kolom.items():
            assert getattr(d, nama) == nilai, (nama, o.kolom)
        ada = Pemberian.objects.filter(data=d).order_by("tanggal", "jenis")
        assert [(p.jenis, p.tanggal, p.bulan, p.hari) for p in ada] == sorted(o.pemberian, key=lambda x: (x[1], x[0]))
        assert (d.sppn_tanggal, d.sppn_predikat) == (o.sppn[-1] if o.sppn else (None, ""))
    lagi = services.buka_isi(unit.terima(xlsx(semua))).rencana
    assert lagi.hitungan == {"baru": 0, "berubah": 0, "sama": 120, "ditolak": 0}
    assert not lagi.keluar
    assert {b.keadaan for b in lagi.remisi} == {"sama"}
    assert len(lagi.bukan_orang) == 1


def test_csv_sama_dengan_xlsx(unit: Unit) -> None:
    semua = list(buat(40, benih=9, hari=hari_ini()))
    unit.simpan(xlsx(semua))
    rencana = unit.rencana(csv_sdp(semua))
    assert rencana.hitungan["sama"] == 40, [b.beda for b in rencana.baris if b.beda]


def test_beda_dari_impor_terakhir(unit: Unit) -> None:
    unit.simpan(csv(SATU, DUA))
    ubah = (*SATU[:1], "Warga Contoh Satu Bin Rekaan", *SATU[2:3], "5 Tahun", *SATU[4:])
    rencana = unit.rencana(csv(ubah, ("B.I 13/2025", "Warga Contoh Tiga", *SATU[2:])))
    assert rencana.hitungan == {"baru": 1, "berubah": 1, "sama": 0, "ditolak": 0}
    berubah = next(b for b in rencana.baris if b.jenis == "berubah")
    assert berubah.beda == [["Nama", "", "nama berubah"], ["Pidana, bulan", "6", "0"]]
    assert [o["ujung"] for o in rencana.keluar] == ["I12"]


def test_yang_tidak_ada_di_berkas_keluar_bila_diminta(unit: Unit) -> None:
    unit.simpan(csv(SATU, DUA))
    tinggal = DataWarga.objects.get(warga__ujung="I12")
    unit.simpan(csv(SATU))
    assert DataWarga.objects.get(pk=tinggal.pk).keluar_pada is None
    hari = hari_ini(unit.upt.zona)
    DataWarga.objects.update(sejak=hari - timedelta(days=3))
    unit.simpan(csv(SATU), Keluar((tinggal.pk,), hari, "Bebas"))
    tinggal.refresh_from_db()
    assert (tinggal.keluar_pada, tinggal.alasan_keluar) == (hari, "Bebas")
    kembali = unit.rencana(csv(SATU, DUA))
    assert "tercatat keluar" in kembali.baris[1].pesan[0][1]


def test_sel_kosong_tidak_menghapus(unit: Unit) -> None:
    unit.simpan(csv(SATU))
    unit.simpan(csv((SATU[0], "", "", "", "", "02/06/2024")))
    d = DataWarga.objects.get(upt=unit.upt)
    assert (d.pidana_tahun, d.pidana_bulan, d.tanggal_putusan) == (5, 6, date(2024, 6, 2))
    assert nama_dari(d).nama == SATU[1]
    assert d.revisi == 2
    assert RiwayatData.objects.get(data=d, revisi=2).ubahan == {"tanggal_putusan": ["2024-06-01", "2024-06-02"]}


# ---------------------------------------------------------------- what is refused, and how it is said


@pytest.mark.parametrize(
    ("nomor", "kalimat"),
    [
        (9171010101900001, "disimpan Excel sebagai angka"),
        (1.5, "disimpan Excel sebagai angka"),
        ("9,17101E+15", "disimpan Excel sebagai angka"),
        (None, "Nomor register kosong"),
        ("!!", "Nomor register tidak terbaca"),
    ],
)
def test_nomor_selalu_teks(unit: Unit, nomor: Any, kalimat: str) -> None:
    rencana = unit.rencana(buku(("SDP", [KEPALA, (nomor, *SATU[1:]), DUA])))
    assert [b.jenis for b in rencana.baris] == ["ditolak", "baru"]
    assert kalimat in rencana.baris[0].pesan[0][1]


def test_asimilasi_dan_cmk_sebelum_portal(unit: Unit) -> None:
    kepala = (*KEPALA, "tgl asimilasi", "tgl cmk")
    unit.simpan(csv((*SATU, "05/03/2026", "17/02/2026"), (*DUA, "", ""), kepala=kepala))
    semua = DataWarga.objects.order_by("pk").values_list("asimilasi_sejak", "cmk_terakhir")
    assert list(semua) == [(date(2026, 3, 5), date(2026, 2, 17)), (None, None)]
    (baris, _) = unit.rencana(csv((*SATU, "", "18/02/2026"), (*DUA, "", ""), kepala=kepala)).baris
    assert baris.beda == [["CMK terakhir", "17 Februari 2026", "18 Februari 2026"]]


def test_nomor_panjang_sebagai_teks_utuh(unit: Unit) -> None:
    unit.simpan(buku(("SDP", [KEPALA, ("9171010101900001", *SATU[1:]), ("007", *DUA[1:])])))
    assert {nama_dari(d).nomor for d in DataWarga.objects.filter(upt=unit.upt)} == {"9171010101900001", "007"}


@pytest.mark.parametrize(
    ("isi", "hasil"),
    [
        ("01/02/2024", date(2024, 2, 1)), ("2024-02-01", date(2024, 2, 1)), (date(2024, 2, 29), date(2024, 2, 29)),
        ("1 Februari 2024", date(2024, 2, 1)), ("01-02-2024", date(2024, 2, 1)), ("1-Feb-2024", date(2024, 2, 1)),
        ("31/02/2024", None), (45323, None), ("01/02/24", None), ("02/31/2024", None), ("Kenari 2024", None),
    ],
)  # fmt: skip
def test_tanggal_seperti_ditulis_orang(unit: Unit, isi: Any, hasil: date | None) -> None:
    baris = (*SATU[:4], isi, SATU[5])
    rencana = unit.rencana(buku(("SDP", [KEPALA, baris])))
    assert (rencana.baris[0].jenis == "baru") == (hasil is not None), rencana.baris[0].pesan
    if hasil is not None:
        unit.simpan(buku(("SDP", [KEPALA, baris])))
        assert DataWarga.objects.get(upt=unit.upt).tanggal_tahan == hasil


def test_buku_1904(unit: Unit) -> None:
    """Excel for Mac counts days from 1904: the day that people see is the day that is kept."""
    wb: Any = openpyxl.load_workbook(io.BytesIO(buku(("SDP", [KEPALA, SATU]))))
    wb.epoch = CALENDAR_MAC_1904
    wb.active["E2"] = date(2024, 2, 1)
    aliran = io.BytesIO()
    wb.save(aliran)
    unit.simpan(aliran.getvalue())
    assert DataWarga.objects.get(upt=unit.upt).tanggal_tahan == date(2024, 2, 1)


def test_nomor_ganda_ditolak_keduanya_nama_sama_boleh(unit: Unit) -> None:
    kembar = ("B.I-11 / 2024", "Warga Contoh Lain", *SATU[2:])
    rencana = unit.rencana(csv(SATU, kembar, ("B.I 99/2024", SATU[1], *SATU[2:])))
    assert [b.jenis for b in rencana.baris] == ["ditolak", "ditolak", "baru"]
    assert "baris 3" in rencana.baris[0].pesan[0][1]


def test_baris_yang_sama_persis_dibaca_sekali(unit: Unit) -> None:
    """A person listed twice, with nothing different, needs no mending in SDP; with anything different it does."""
    rencana = unit.rencana(csv(SATU, DUA, SATU))
    assert rencana.hitungan == {"baru": 2, "berubah": 0, "sama": 0, "ditolak": 0}
    assert rencana.baris[0].catatan == ["Baris 4 sama persis, jadi dibaca sekali."]
    assert unit.rencana(csv(SATU, (*SATU[:3], "6 Tahun", *SATU[4:]))).hitungan["ditolak"] == 2


def test_jumlah_di_kolom_nomor_urut_bukan_orang(unit: Unit) -> None:
    kepala = ("No", *KEPALA)
    isi = [kepala, (1, *SATU), ("JUMLAH", None, "1 orang"), ("Kepala", *DUA)]
    rencana = unit.rencana(buku(("SDP", isi)))
    assert (rencana.hitungan["baru"], rencana.hitungan["ditolak"], rencana.bukan_orang) == (2, 0, [3])


@pytest.mark.parametrize(("isi", "tahun"), [("1992", 1992), ("12-05-1990", 1990), ("3 Maret 1985", 1985)])
def test_tanggal_lahir_menjadi_tahun(unit: Unit, isi: str, tahun: int) -> None:
    unit.simpan(csv((*SATU, isi), kepala=(*KEPALA, "tgl_lahir")))
    assert DataWarga.objects.get(upt=unit.upt).tahun_lahir == tahun


def test_jumlah_dan_tanda_tangan_bukan_orang(unit: Unit) -> None:
    ekor = [("Jumlah", 2), ("", "Mengetahui,"), ("", "Kepala Lapas"), ("", "NIP 1987"), KEPALA]
    rencana = unit.rencana(buku(("SDP", [("LAPAS AMBON",), KEPALA, SATU, DUA, *ekor])))
    assert rencana.hitungan["baru"] == 2
    assert rencana.hitungan["ditolak"] == 0
    assert len(rencana.bukan_orang) == 5


@pytest.mark.parametrize("isi", ["5", "5-6-0", "lima tahun", "5 tahun 5 tahun", "1,5 tahun"])
def test_lama_pidana_yang_tidak_jelas_ditolak(unit: Unit, isi: str) -> None:
    assert unit.rencana(csv((*SATU[:3], isi, *SATU[4:]))).baris[0].jenis == "ditolak"


def test_alasan_tolak_tidak_mengulang_isi_sel(unit: Unit) -> None:
    """Columns that are mixed up put names where figures belong; the reasons are kept, so they must not repeat them."""
    satu = unit.terima(csv(("B.I 1/2024", "Kenari", "Kenari", "Kenari", "Kenari", "Kenari")))
    assert satu.ringkas["ditolak"] == 1
    assert "kenari" not in str(satu.ringkas).casefold()
    assert all("kenari" not in str(v).casefold() for v in (satu.kepala, satu.peta))


def test_berkas_tanpa_judul_tidak_disimpan(unit: Unit) -> None:
    """The first row may be a person: a file whose headings nobody knows leaves nothing behind."""
    with pytest.raises(TidakSah, match="Judul kolom"):
        unit.terima(csv(DUA, kepala=SATU))
    assert not ImporSDP.objects.exists()


@pytest.mark.parametrize("isi", [b"", b"\r\n\r\n", csv(), b"%PDF-1.4 bukan daftar", b"PK\x03\x04rusak"])
def test_berkas_salah(unit: Unit, isi: bytes) -> None:
    with pytest.raises(GalatPortal) as galat:
        unit.terima(isi)
    assert galat.value.status in (400, 415)
    assert not ImporSDP.objects.exists()


def test_pdf_dikatakan_pdf(unit: Unit) -> None:
    with pytest.raises(GalatPortal, match="PDF"):
        unit.terima(b"%PDF-1.7 daftar")


# ---------------------------------------------------------------- columns


def test_kolom_dipilih_sekali_lalu_diingat(unit: Unit) -> None:
    kepala = ("kode aneh", "nama", "status", "lama_pidana", "tgl_penahanan", "tgl_putusan")
    isi = csv(SATU, kepala=kepala)
    satu = unit.terima(isi)
    assert satu.status == ImporSDP.Status.PETAKAN
    with pytest.raises(TidakSah, match="nomor register"):
        services.petakan(impor_id=satu.pk, kolom={"nama": 1}, **unit.umum)
    with pytest.raises(TidakSah, match="dua isian"):
        services.petakan(impor_id=satu.pk, kolom={"nomor": 0, "nama": 0}, **unit.umum)
    kolom = {**dict(satu.peta.items()), "nomor": 0}
    satu = services.petakan(impor_id=satu.pk, kolom=kolom, **unit.umum)
    assert satu.status == ImporSDP.Status.DIPERIKSA
    assert satu.ringkas["baru"] == 1
    assert PetaSDP.objects.get(upt=unit.upt).peta["nomor"] == 0
    assert unit.terima(isi).status == ImporSDP.Status.DIPERIKSA


# ---------------------------------------------------------------- grants


def test_satu_remisi_dari_jumlah_lebih_ditanya(unit: Unit) -> None:
    kepala = (*KEPALA, "jumlah_ru", "jumlah_rk", "total_remisi_bulan", "total_remisi_hari", "tgl_remisi_terakhir")
    rencana_isi = csv((*SATU, 1, 0, 2, 0, "17/08/2025"), (*DUA, 2, 1, 6, 15, "17/08/2025"), kepala=kepala)
    unit.simpan(rencana_isi)
    p = Pemberian.objects.get(upt=unit.upt)
    assert (p.jenis, p.tanggal, p.bulan, p.hari, p.asal) == ("RU", date(2025, 8, 17), 2, 0, "IMPOR")
    lagi = unit.rencana(rencana_isi)
    assert not lagi.remisi
    assert any("2 RU dan 1 RK" in c for c in lagi.baris[1].catatan)


def test_lembar_remisi(unit: Unit) -> None:
    remisi: list[tuple[Any, ...]] = [
        ("no_reg", "jenis_remisi", "tgl_remisi", "bulan", "hari"),
        (SATU[0], "RU", "17/08/2025", 1, 0), (SATU[0], "RK", "25/12/2025", 0, 15),
        ("B.I 77/2024", "RU", "17/08/2025", 1, 0),
        (DUA[0], "RU", "17/08/2020", 1, 0),
    ]  # fmt: skip
    isi = buku(("Daftar", [KEPALA, SATU, DUA]), ("Remisi", remisi))
    rencana = unit.rencana(isi)
    assert [b.keadaan for b in rencana.remisi] == ["baru", "baru", "ditolak", "ditolak"]
    unit.simpan(isi)
    assert Pemberian.objects.filter(upt=unit.upt).count() == 2
    assert [b.keadaan for b in unit.rencana(isi).remisi] == ["sama", "sama", "ditolak", "ditolak"]
    hanya = unit.rencana(csv(*remisi[1:3], (SATU[0], "RK", "25/12/2025", 1, 0), kepala=remisi[0]))
    assert [b.keadaan for b in hanya.remisi] == ["sama", "sama", "ditolak"]
    assert not hanya.keluar


def test_perilaku_yang_lebih_lama_tidak_mengubah(unit: Unit) -> None:
    kepala = (*KEPALA, "sppn", "tgl_sppn", "tgl_register_f")
    unit.simpan(csv((*SATU, "baik", "31/10/2025", "05/05/2025"), kepala=kepala))
    lama = csv((*SATU, "kurang", "30/09/2025", "01/01/2025"), kepala=kepala)
    assert unit.rencana(lama).hitungan["sama"] == 1
    unit.simpan(csv((*SATU, "cukup", "31/10/2025", ""), kepala=kepala))
    d = DataWarga.objects.get(upt=unit.upt)
    assert (d.sppn_predikat, d.register_f_terakhir) == ("cukup".upper(), date(2025, 5, 5))
    assert CatatanPerilaku.objects.filter(data=d, ditarik_pada=None).count() == 2


# ---------------------------------------------------------------- deciding


def test_register_yang_berubah_ditunjukkan_dahulu(unit: Unit) -> None:
    satu = unit.terima(csv(SATU))
    sidik = services.buka_isi(satu).rencana.sidik
    unit.simpan(csv(SATU, DUA))
    hasil, tersimpan = services.simpan(impor_id=satu.pk, sidik=sidik, **unit.umum)
    isi = services.buka_isi(hasil)
    assert not tersimpan
    assert isi.berubah
    assert isi.rencana.hitungan["sama"] == 1
    hasil, tersimpan = services.simpan(impor_id=satu.pk, sidik=isi.rencana.sidik, **unit.umum)
    assert tersimpan
    assert hasil.status == ImporSDP.Status.DISIMPAN
    assert services.simpan(impor_id=satu.pk, sidik="lain", **unit.umum)[1]


def test_daftar_panjang_dikerjakan_pekerja(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job is told the import's id alone; planning and saving are two jobs, each done once."""
    monkeypatch.setattr(services, "LANGSUNG", 1)
    satu = unit.terima(csv(SATU, DUA))
    assert satu.status == ImporSDP.Status.ANTRE
    for simpan in (False, True):
        kerja = Pekerjaan.objects.filter(parameter__simpan=simpan).get()
        assert kerja.parameter == {"impor": str(satu.pk), "simpan": simpan}
        for _ in range(2):
            antre.kerjakan(kerja, lambda langkah, selesai, total: None)
        satu.refresh_from_db()
        if not simpan:
            sidik = services.buka_isi(satu).rencana.sidik
            assert services.simpan(impor_id=satu.pk, sidik=sidik, **unit.umum)[1]
    assert (satu.status, DataWarga.objects.filter(upt=unit.upt).count()) == ("DISIMPAN", 2)


def test_batal_menghapus_isinya(unit: Unit) -> None:
    satu = unit.terima(csv(SATU))
    services.batalkan(impor_id=satu.pk, **unit.umum)
    satu.refresh_from_db()
    assert (satu.status, satu.rencana, satu.bungkus, satu.kunci) == ("DIBATALKAN", None, None, "")
    with pytest.raises(Bentrok):
        services.simpan(impor_id=satu.pk, sidik="", **unit.umum)


def test_terbengkalai_dihapus(unit: Unit) -> None:
    lama, baru = unit.terima(csv(SATU)), unit.terima(csv(DUA))
    ImporSDP.objects.filter(pk=lama.pk).update(pada=lama.pada - timedelta(days=2))
    assert services.bersihkan_terbengkalai() == 1
    lama.refresh_from_db()
    baru.refresh_from_db()
    assert lama.rencana is None
    assert baru.rencana is not None


def test_rencana_tersandi_dan_tanpa_nama(unit: Unit) -> None:
    satu = unit.terima(csv(SATU))
    assert b"Contoh" not in bytes(satu.rencana or b"")
    assert "Contoh" not in str(satu.ringkas)
    rencana = services.buka_isi(satu).rencana
    assert "Warga Contoh Satu" not in str(rencana.ke_json())
    assert SATU[0] not in str(rencana.ke_json())
    assert rencana.baris[0].sebutan == "W.C.S. •••I11"


def test_unit_lain_tidak_ada_tanpa_hak_ditolak(dunia: Dunia, unit: Unit) -> None:
    satu = unit.terima(csv(SATU))
    masohi = Unit(dunia, dunia.operator_masohi)
    with terpasang(masohi.cakupan), pytest.raises(TidakDitemukan):
        services.batalkan(impor_id=satu.pk, **masohi.umum)
    kanwil = Unit(dunia, dunia.verifikator_maluku)
    with terpasang(kanwil.cakupan), pytest.raises(Ditolak):
        services.terima(upt=dunia.ambon, isi=csv(SATU), tanggal_data=date(2026, 1, 1), **kanwil.umum)


def test_perintah_contoh(tmp_path: Path, unit: Unit) -> None:
    from django.core.management import call_command

    for nama in ("a.xlsx", "b.csv"):
        call_command("buat_contoh_sdp", str(tmp_path / nama), orang=30, benih=3, verbosity=0)
        assert unit.rencana((tmp_path / nama).read_bytes()).hitungan["baru"] == 30
