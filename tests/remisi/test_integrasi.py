"""Integration in a unit: who may read and write, conditions by their rule, papers, Litmas, the whole way of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, hari_kerja_sesudah
from remisi.calon.syarat import Orang
from remisi.integrasi import services
from remisi.integrasi.baca import baca_unit
from remisi.integrasi.kalender import Pemilih, masa
from remisi.integrasi.memenuhi import memenuhi_integrasi
from remisi.integrasi.syarat import Riwayat, nilai
from remisi.ketentuan import bawaan
from remisi.models import DokumenUsulan, Litmas, Usulan
from remisi.usulan import services as kasus
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import LAYAK, Meja, layak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import Register
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.models import DataWarga
from wbp.services_catatan import Beri

KINI = date(2026, 11, 22)
BERSIH = Orang(
    status="NARAPIDANA", kelompok="umum", tanggal_tahan=date(2024, 6, 1), tanggal_putusan=date(2024, 9, 1),
    pidana_tahun=3, pidana_bulan=6, sppn_predikat="BAIK", sppn_tanggal=date(2026, 11, 1), risiko_turun=True,
    register_f_diperiksa=date(2026, 11, 20), remisi_hari=90,
)  # fmt: skip


def syarat(orang: Orang, rumpun: str = "PB", riwayat: Riwayat | None = None, hari: date = KINI) -> dict[str, str]:
    ini = nilai(orang, masa(orang), riwayat or Riwayat(90), rumpun, hari, KINI, Pemilih(bawaan(), KINI))
    assert ini is not None
    return {s.kode: s.keadaan for s in ini.syarat if s.keadaan != "N"} | {"": ini.keadaan}


# ---------------------------------------------------------------- conditions


def test_everything_met() -> None:
    assert set(syarat(BERSIH).values()) == {"Y", "LAYAK"}


@pytest.mark.parametrize(
    ("ubah", "kode", "keadaan"),
    [
        ({"register_f_terakhir": date(2026, 3, 1)}, "KELAKUAN", "T"),  # Pasal 82: nine months without punishment
        ({"register_f_terakhir": date(2026, 2, 1)}, "KELAKUAN", "Y"),
        ({"register_f_diperiksa": None}, "KELAKUAN", "D"),
        ({"register_f_diperiksa": date(2026, 8, 1)}, "KELAKUAN", "D"),
        ({"sppn_predikat": "CUKUP"}, "PEMBINAAN", "T"),
        ({"sppn_predikat": ""}, "PEMBINAAN", "D"),
        ({"risiko_turun": None}, "RISIKO", "D"),  # UU 22/2022 Pasal 10 (2)
        ({"risiko_turun": False}, "RISIKO", "T"),
        ({"menjalani": "PENGGANTI"}, "MENJALANI", "T"),
        ({"menjalani": "CB"}, "MENJALANI", "T"),
        ({"pidana_tahun": None, "pidana_bulan": None}, "DATA", "D"),
        ({"jenis_pidana": "SEUMUR_HIDUP"}, "DATA", "T"),
    ],
)
def test_each_condition(ubah: dict[str, Any], kode: str, keadaan: str) -> None:
    hasil = syarat(replace(BERSIH, **ubah))
    assert hasil[kode] == keadaan
    assert hasil[""] == {"T": "TIDAK", "D": "PERLU_DATA", "Y": "LAYAK"}[keadaan]


def test_corruption_pays_and_served_asimilasi_first() -> None:
    """Permenkumham 3/2018 Pasal 86 to 88."""
    korupsi = replace(BERSIH, kelompok="korupsi")
    assert syarat(korupsi)["LUNAS"] == "D"
    assert syarat(replace(korupsi, denda_lunas=False))["LUNAS"] == "T"
    lunas = replace(korupsi, denda_lunas=True, uang_pengganti_lunas=True)
    assert (syarat(lunas)["LUNAS"], syarat(lunas)["ASIMILASI"]) == ("Y", "D")
    assert syarat(lunas, riwayat=Riwayat(90, asimilasi=date(2026, 6, 1)))["ASIMILASI"] == "Y"


def test_terrorism_needs_deradicalisation_and_the_pledge() -> None:
    """Permenkumham 3/2018 Pasal 84; Permenkumham 7/2022."""
    teror = replace(BERSIH, kelompok="terorisme")
    assert syarat(teror)["IKRAR"] == "D"
    assert syarat(replace(teror, deradikalisasi=True, ikrar=False))["IKRAR"] == "T"
    assert syarat(replace(teror, deradikalisasi=True, ikrar=True))["IKRAR"] == "Y"


def test_family_leave_once_in_three_months() -> None:
    assert syarat(BERSIH, "CMK", Riwayat(cmk=KINI - timedelta(days=89)))["SEKALI"] == "T"
    assert syarat(BERSIH, "CMK", Riwayat(cmk=KINI - timedelta(days=90)))["SEKALI"] == "Y"


def test_not_before_its_day_and_not_after_the_end() -> None:
    m = masa(BERSIH)
    assert m.dua_pertiga is not None
    assert m.ekspirasi is not None
    assert syarat(BERSIH, hari=m.dua_pertiga - timedelta(days=1))["BAGIAN"] == "T"
    assert syarat(BERSIH, hari=m.dua_pertiga)["BAGIAN"] == "Y"
    assert syarat(BERSIH, hari=m.ekspirasi)["BAGIAN"] == "T"


# ---------------------------------------------------------------- a case from its beginning


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    with terpasang(SISTEM):
        UPT.objects.create(
            kode="bapas-ambon", nama="Bapas Kelas II Ambon", jenis="BAPAS", kanwil=dunia.ambon.kanwil, zona="WIT"
        )
    return Meja(dunia)


@pytest.fixture
def orang(meja: Meja) -> int:
    """Five years from February 2024, six months of remission: 2/3 lies about ten months ahead of January 2027."""
    (pk,) = layak(meja.upt, meja.dunia.operator_ambon, tanggal_tahan=hari_ini() - timedelta(days=3 * 365 + 200))
    return pk


def mulai_kasus(meja: Meja, orang: int, jenis: str = "PB", hari: date | None = None) -> UUID:
    calon = [kasus.Calon(orang, jenis, hari or hari_ini())]
    return meja.sebagai(meja.dunia.operator_ambon, kasus.usulkan, upt=meja.upt, calon=calon).usulan[0]


def tulis(meja: Meja, apa: Callable[..., Any], usulan: UUID, siapa: str = "operator_ambon", **isi: Any) -> Any:
    return meja.sebagai(getattr(meja.dunia, siapa), apa, usulan=usulan, **isi)


def dokumen(usulan: UUID) -> dict[str, date | None]:
    with terpasang(SISTEM):
        return dict(DokumenUsulan.objects.filter(usulan=usulan, ada=True).values_list("kode", "tanggal"))


def test_documents_are_ticked_with_their_day(meja: Meja, orang: int) -> None:
    u, kini = mulai_kasus(meja, orang), hari_ini("WIT")
    assert tulis(meja, services.centang_dokumen, u, isi={"PUTUSAN": kini, "JAMINAN": None}, lama={}) == ["PUTUSAN"]
    assert dokumen(u) == {"PUTUSAN": kini}
    with pytest.raises(Bentrok, match="petugas lain"):
        tulis(meja, services.centang_dokumen, u, isi={"PUTUSAN": kini - timedelta(days=1)}, lama={"PUTUSAN": None})
    tulis(meja, services.centang_dokumen, u, isi={"PUTUSAN": None}, lama={"PUTUSAN": kini})
    assert dokumen(u) == {}
    for isi in ({"PUTUSAN": kini + timedelta(days=1)}, {"KARANGAN": kini}):
        with pytest.raises(TidakSah):
            tulis(meja, services.centang_dokumen, u, isi=isi, lama={})


def test_papers_are_the_units_own_business(meja: Meja, orang: int) -> None:
    u = mulai_kasus(meja, orang)
    isi: dict[str, Any] = {"isi": {"PUTUSAN": hari_ini()}, "lama": {}}
    with pytest.raises(TidakDitemukan):
        tulis(meja, services.centang_dokumen, u, "operator_masohi", **isi)
    with pytest.raises(Ditolak):
        tulis(meja, services.centang_dokumen, u, "verifikator_maluku", **isi)
    meja.sebagai(meja.dunia.operator_ambon, kasus.tarik, pilihan=meja.pilihan([u]))
    with pytest.raises(Bentrok):
        tulis(meja, services.centang_dokumen, u, **isi)


def test_litmas_is_due_by_working_days_and_ticks_its_document(meja: Meja, orang: int) -> None:
    u, kini = mulai_kasus(meja, orang), hari_ini("WIT")
    with pytest.raises(Bentrok):
        tulis(meja, services.terima_litmas, u, diterima=kini, nomor="L-1")
    with pytest.raises(TidakSah):
        tulis(meja, services.minta_litmas, u, bapas=meja.upt.kode, surat="S-1", diminta=kini)
    litmas = tulis(meja, services.minta_litmas, u, bapas="bapas-ambon", surat="S-1", diminta=kini)
    assert litmas.tenggat == hari_kerja_sesudah(kini, 14, ())
    with pytest.raises(TidakSah):
        tulis(meja, services.terima_litmas, u, diterima=kini - timedelta(days=1), nomor="L-1")
    tulis(meja, services.terima_litmas, u, diterima=kini, nomor="L-1")
    assert dokumen(u) == {"LITMAS": kini}
    with terpasang(SISTEM):
        assert Litmas.objects.get(usulan=u).nomor == "L-1"


def test_the_whole_way_of_a_conditional_release(meja: Meja, orang: int) -> None:
    u = mulai_kasus(meja, orang)
    meja.sidang([u])
    meja.ajukan([u])
    meja.verifikasi([u])
    meja.verifikasi_pusat([u])
    meja.terbitkan([u])
    meja.sebagai(meja.dunia.operator_ambon, kasus.laksanakan, pilihan=meja.pilihan([u]), tanggal=hari_ini("WIT"))
    (satu,) = meja.baca([u])
    assert satu.status == Usulan.Status.DILAKSANAKAN
    assert satu.sampai is not None
    assert {s["kode"]: s["keadaan"] for s in satu.dasar["syarat"]}["BAGIAN"] == "Y"
    assert satu.dasar["tanggal"]["sampai"] == satu.sampai.isoformat()
    with terpasang(SISTEM):
        assert DataWarga.objects.get(pk=orang).menjalani == "PB"


def test_a_programme_that_is_not_open_is_refused(meja: Meja, orang: int) -> None:
    with pytest.raises(TidakSah, match="lebih dari 1 tahun 6 bulan"):
        mulai_kasus(meja, orang, "CB")
    with pytest.raises(TidakSah, match="Paling awal"):
        mulai_kasus(meja, orang, "PB", hari_ini() - timedelta(days=900))


def test_family_leave_is_decided_by_the_head(meja: Meja, orang: int) -> None:
    u = mulai_kasus(meja, orang, "CMK")
    meja.sidang([u])
    isi = {"pilihan": meja.pilihan([u]), "nomor": "SK-CMK-1", "tanggal": hari_ini("WIT")}
    meja.sebagai(meja.dunia.kepala_ambon, kasus.terbitkan, **isi)
    meja.sebagai(meja.dunia.operator_ambon, kasus.laksanakan, pilihan=meja.pilihan([u]), tanggal=hari_ini("WIT"))
    with terpasang(SISTEM):
        assert DataWarga.objects.get(pk=orang).menjalani == "PIDANA"
        penerbit = Usulan.objects.get(pk=u).keputusan.penerbit
    assert penerbit == meja.upt.kode  # another head may number alike
    with pytest.raises(TidakSah, match="CMK terakhir"):
        mulai_kasus(meja, orang, "CMK")


def test_who_meets_the_conditions_each_once(meja: Meja, orang: int) -> None:
    with sebagai_orang(meja.dunia.operator_ambon):
        assert memenuhi_integrasi(meja.upt, hari_ini("WIT")) == {orang: "Pembebasan bersyarat"}
        assert memenuhi_integrasi(meja.upt, date(2024, 1, 1)) == {}


def test_remission_moves_dates_as_the_register_has_it(meja: Meja, orang: int) -> None:
    Register(meja.upt, meja.dunia.operator_ambon).beri(
        Beri(orang, "RU", date(2025, 8, 17), 2, 0), Beri(orang, "RK", date(2026, 3, 21), 1, 15)
    )
    with sebagai_orang(meja.dunia.operator_ambon):
        (satu,) = baca_unit(meja.upt)
    assert (satu.orang.remisi_hari, satu.riwayat.terakhir) == (105, 45)
    assert satu.masa == masa(satu.orang)


# ---------------------------------------------------------------- pages


def test_calendar_and_person_masked_for_everybody_who_reads(meja: Meja, orang: int, masuk: Any) -> None:
    url = reverse("remisi:integrasi", args=[meja.upt.kode])
    for siapa in ("operator_ambon", "verifikator_maluku", "peninjau", "auditor"):
        klien = masuk(getattr(meja.dunia, siapa))
        isi = klien.get(f"{url}?lihat=sudah").content.decode()
        assert reverse("remisi:integrasi_orang", args=[meja.upt.kode, orang]) in isi
        rinci = klien.get(reverse("remisi:integrasi_orang", args=[meja.upt.kode, orang])).content.decode()
        assert "Permenkumham 3/2018 Pasal 82" in rinci
        assert "Ekspirasi awal:" in rinci
        assert "Cemara" not in isi + rinci
        assert LAYAK["nama"] not in isi + rinci
    assert masuk(meja.dunia.operator_masohi).get(url).status_code == 404


def test_a_case_is_begun_on_the_persons_page(meja: Meja, orang: int, masuk: Any) -> None:
    klien = masuk(meja.dunia.operator_ambon)
    url = reverse("remisi:integrasi_orang", args=[meja.upt.kode, orang])
    salah = klien.post(url, {"jenis": "PB", "tanggal": "besok"})
    assert salah.status_code == 400
    assert "besok" in salah.content.decode(), "what was typed stays"
    jawab = klien.post(url, {"jenis": "PB", "tanggal": ""})
    with terpasang(SISTEM):
        u = Usulan.objects.get()
    assert u.tanggal == hari_ini("WIT"), "left empty: the earliest day"
    assert jawab["Location"] == reverse("remisi:dokumen", args=[u.pk])
    assert klien.post(url, {"jenis": "PB", "tanggal": hari_ini("WIT").isoformat()}).status_code == 302
    with terpasang(SISTEM):
        assert Usulan.objects.count() == 1
    assert masuk(meja.dunia.verifikator_maluku).post(url, {"jenis": "PB", "tanggal": "1/1/2027"}).status_code == 403


def test_papers_page_saves_and_shows_what_is_late(meja: Meja, orang: int, masuk: Any) -> None:
    u = mulai_kasus(meja, orang)
    klien, url = masuk(meja.dunia.operator_ambon), reverse("remisi:dokumen", args=[u])
    halaman = klien.get(url).content.decode()
    assert "Terlambat." not in halaman, "1/2 of the sentence passed before there was a case"
    assert "Waktunya sudah lebih pendek" in halaman
    assert "Litmas dapat datang sesudah rencana mulai" in halaman
    kini = hari_ini("WIT").isoformat()
    assert klien.post(url, {"aksi": "dokumen", "ada_PUTUSAN": kini}).status_code == 302
    minta = {"aksi": "minta", "bapas": "bapas-ambon", "surat": "S-1", "diminta": kini}
    assert klien.post(url, {**minta, "surat": ""}).status_code == 400
    assert klien.post(url, minta).status_code == 302
    halaman = klien.get(url).content.decode()
    assert "Bapas Kelas II Ambon" in halaman
    assert "(belum dikonfirmasi)" in halaman
    assert klien.post(url, {"aksi": "terima", "diterima": kini, "nomor": ""}).status_code == 400
    assert klien.post(url, {"aksi": "terima", "diterima": kini, "nomor": "L-9"}).status_code == 302
    assert set(dokumen(u)) == {"PUTUSAN", "LITMAS"}
    assert klien.post(url, {"aksi": "apa"}).status_code == 404
    assert "Simpan dokumen" not in masuk(meja.dunia.verifikator_maluku).get(url).content.decode()
    assert masuk(meja.dunia.operator_masohi).get(url).status_code == 404


def test_empty_unit_says_what_to_do(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    assert "Selama register kosong" in klien.get(reverse("remisi:integrasi", args=[dunia.ambon.kode])).content.decode()
    assert klien.get(reverse("remisi:ramalan", args=[dunia.ambon.kode])).status_code == 200
    assert klien.get(reverse("remisi:asal", args=[dunia.ambon.kode, "2026-10"])).status_code == 200
