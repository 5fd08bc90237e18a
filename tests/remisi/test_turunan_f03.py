"""F03 from the cases of one unit: each figure from a small world, bounds of months, what is half known, what moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from pelaporan.alur import Aksi
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.services_periode import buka_periode
from pelaporan.turunan import muat, selisih
from pemasyarakatan.inti.waktu import Bulan
from remisi import turunan
from remisi.integrasi.bulanan import Kasus, kode_besaran, susun
from remisi.models import Keputusan, Kesempatan, LangkahUsulan, Usulan
from remisi.turunan import alamat, baris_remisi
from tests.dunia import Dunia, jawab_semua, lakukan
from tests.dunia import skema as skema_formulir
from tests.remisi.bantu_kasus import layak
from tests.umkm.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

pytestmark = pytest.mark.django_db
AGUSTUS, SEPTEMBER, JULI = Bulan(2026, 8), Bulan(2026, 9), Bulan(2026, 7)
PENUH = ("DRAF", "SIDANG", "DIAJUKAN", "VERIF_KANWIL", "VERIF_PUSAT", "SK_TERBIT", "DILAKSANAKAN")


class Berkas:
    """Cases of one unit with every step at a moment of its own."""

    def __init__(self, dunia: Dunia, upt: UPT, oleh: Any) -> None:
        self.upt, self.oleh = upt, oleh
        with terpasang(SISTEM):
            self.kesempatan = Kesempatan.objects.create(
                slug="ru-2026", nama="Remisi Umum", jenis="RU", tanggal=date(2026, 8, 17),
                batas_usul=date(2026, 8, 1), sumber="Keppres 174/1999",
            )  # fmt: skip

    def kasus(self, jenis: str, langkah: dict[str, datetime], *, data: int | None = None, **lain: Any) -> Usulan:
        """`langkah`: state → moment, in their order."""
        data = data or layak(self.upt, self.oleh)[0]
        integrasi = jenis in turunan.INTEGRASI
        with terpasang(SISTEM):
            dasar: dict[str, Any] = {
                "rumpun": "INTEGRASI" if integrasi else "REMISI", "jenis": jenis, "data_id": data, "upt": self.upt,
                "kanwil_id": self.upt.kanwil_id, "kesempatan": None if integrasi else self.kesempatan,
                "status": [*langkah][-1], "tanggal": date(2026, 8, 17), "hasil": "" if integrasi else "I",
                "bulan": 0 if integrasi else 3, "jenis_kelamin": "L", "status_orang": "NARAPIDANA", "kelompok": "umum",
                "dibuat_oleh": self.oleh, "dibuat_pada": pukul(1, 7), "diubah_pada": pukul(1, 7),
            }  # fmt: skip
            u = Usulan.objects.create(**{**dasar, **lain})
            self.langkah(u, langkah)
        return u

    def langkah(self, u: Usulan, langkah: dict[str, datetime], dari: str = "", revisi: int = 0, **lain: Any) -> None:
        for n, (ke, pada) in enumerate(langkah.items(), revisi + 1):
            LangkahUsulan.objects.create(**{
                "usulan": u, "jenis": u.jenis, "upt": self.upt, "kanwil_id": self.upt.kanwil_id, "dari": dari, "ke": ke,
                "revisi": n, "oleh": self.oleh, "pada": pada, **lain,
            })  # fmt: skip
            dari = ke


def pukul(hari: int, bulan: int = 8, jam: int = 3) -> datetime:
    """03.00 UTC is noon in Ambon."""
    return datetime(2026, bulan, hari, jam, tzinfo=UTC)


def sampai(ke: str, hari: int = 3, bulan: int = 8) -> dict[str, datetime]:
    """One step a day from that day on."""
    return {s: pukul(hari, bulan) + timedelta(days=n) for n, s in enumerate(PENUH[: PENUH.index(ke) + 1])}


@pytest.fixture
def ambon(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> Berkas:
    monkeypatch.setattr(turunan, "mulai_register", lambda upt: date(2026, 7, 1))
    return Berkas(dunia, dunia.ambon, dunia.operator_ambon)


def tahu(b: Berkas, bulan: Bulan = AGUSTUS) -> dict[str, Any]:
    """What the register says, and that the form can take all of it."""
    with sebagai_orang(b.oleh):
        return dict(muat(skema_formulir("F03"), b.upt, bulan).angka)


def nilai(b: Berkas, bulan: Bulan = AGUSTUS) -> dict[str, Any]:
    """Figures that are neither nought nor no."""
    return {k: a.nilai for k, a in tahu(b, bulan).items() if a.nilai}


# ---------------------------------------------------------------- when it speaks


def test_silent_without_a_register_or_a_case(dunia: Dunia, ambon: Berkas, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tahu(ambon) == {}, "a register alone does not say that proposals are made here"
    ambon.kasus("PB", sampai("DIAJUKAN"))
    assert tahu(ambon)
    monkeypatch.setattr(turunan, "mulai_register", lambda upt: None)
    assert tahu(ambon) == {}


def test_a_month_that_is_half_known_is_left_to_be_typed(ambon: Berkas, monkeypatch: pytest.MonkeyPatch) -> None:
    ambon.kasus("PB", sampai("DIAJUKAN"))
    for mulai, bersuara in ((date(2026, 8, 1), True), (date(2026, 8, 2), False)):
        monkeypatch.setattr(turunan, "mulai_register", lambda upt, hari=mulai: hari)
        assert bool(tahu(ambon)) is bersuara
    assert tahu(ambon, SEPTEMBER)
    assert tahu(ambon, JULI) == {}, "no step had been taken"


def test_nothing_at_work_is_answered_no(ambon: Berkas) -> None:
    ambon.kasus("PB", {"DRAF": pukul(3), "SIDANG": pukul(5)})
    assert {k: a.nilai for k, a in tahu(ambon).items()} == {
        "ada_usul_integrasi": False, "ada_usul_remisi": False, "ada_remisi": False,
    }  # fmt: skip


# ---------------------------------------------------------------- proposals by step


def test_steps_of_integration(ambon: Berkas) -> None:
    ambon.kasus("PB", sampai("DIAJUKAN"))
    ambon.kasus("PB", sampai("SK_TERBIT"))
    ambon.kasus("CB", sampai("DILAKSANAKAN"), dilaksanakan_pada=date(2026, 8, 9))
    ambon.kasus("CMB", {**sampai("VERIF_PUSAT"), "DITOLAK": pukul(12)})
    ambon.kasus("ASIMILASI", {**sampai("DIAJUKAN"), "DIKEMBALIKAN": pukul(12)})
    ambon.kasus("CMK", {"DRAF": pukul(3), "SIDANG": pukul(4), "SK_TERBIT": pukul(5)})
    isi = nilai(ambon)
    isi.pop("syarat_integrasi")
    assert isi == {
        "ada_usul_integrasi": True,
        "usul_pb_diusulkan": 2, "usul_pb_disetujui": 1, "usul_pb_menunggu": 1, "usul_pb_belum": 1,
        "usul_cb_diusulkan": 1, "usul_cb_disetujui": 1,
        "usul_cmb_diusulkan": 1, "usul_cmb_ditolak": 1,
        "usul_asimilasi_diusulkan": 1, "usul_asimilasi_dikembalikan": 1,
        "usul_cmk_diusulkan": 1, "usul_cmk_disetujui": 1,
    }  # fmt: skip
    assert tahu(ambon)["syarat_integrasi"].nilai >= 3, "who was approved is counted among those who met the conditions"


def test_sent_again_after_a_return_balances(ambon: Berkas) -> None:
    """Waiting = waiting before + sent − approved − refused − returned, in every month."""
    u = ambon.kasus("PB", {**sampai("DIAJUKAN"), "DIKEMBALIKAN": pukul(20)})
    with terpasang(SISTEM):
        ambon.langkah(u, {"DIAJUKAN": pukul(25)}, dari="DIKEMBALIKAN", revisi=4)
        ambon.langkah(u, {"BATAL": pukul(2, 9)}, dari="DIAJUKAN", revisi=5)
    agustus, september = nilai(ambon), nilai(ambon, SEPTEMBER)
    assert (agustus["usul_pb_diusulkan"], agustus["usul_pb_dikembalikan"], agustus["usul_pb_menunggu"]) == (2, 1, 1)
    assert (september["usul_pb_dikembalikan"], september.get("usul_pb_menunggu", 0)) == (1, 0)


def test_steps_of_remission_by_row(ambon: Berkas) -> None:
    for jenis in ("RU", "RK", "RT_JASA", "RD", "PMPU"):
        ambon.kasus(jenis, sampai("DIAJUKAN"))
    isi = nilai(ambon)
    assert isi.pop("syarat_remisi", 0) == 0
    assert isi == {
        "ada_usul_remisi": True,
        **{f"usulr_{k}_diusulkan": n for k, n in (("ru", 1), ("rk", 1), ("lain", 2), ("pmp", 1))},
        **{f"usulr_{k}_menunggu": n for k, n in (("ru", 1), ("rk", 1), ("lain", 2), ("pmp", 1))},
    }
    assert [baris_remisi(j) for j in ("PMPK", "PMPD", "PMP_HAN", "RKM", "RT_PEMUKA")] == ["pmp"] * 3 + ["lain"] * 2


@pytest.mark.parametrize(("jam", "masuk"), [(14, True), (15, False)])
def test_the_month_ends_at_midnight_of_the_unit(ambon: Berkas, jam: int, masuk: bool) -> None:
    """Ambon is nine hours ahead of UTC: 31 August 15.00 UTC is the first of September there."""
    ambon.kasus("PB", {"DRAF": pukul(3), "SIDANG": pukul(4), "DIAJUKAN": pukul(31, jam=jam)})
    assert nilai(ambon).get("usul_pb_diusulkan", 0) == int(masuk)
    assert nilai(ambon, SEPTEMBER).get("usul_pb_diusulkan", 0) == int(not masuk)
    assert nilai(ambon, SEPTEMBER)["usul_pb_menunggu"] == 1


def test_the_same_moment_is_another_month_in_wib(dunia: Dunia, ambon: Berkas) -> None:
    with terpasang(SISTEM):
        Kesempatan.objects.all().update(slug="lain")
    riau = Berkas(dunia, dunia.pekanbaru, dunia.operator_pekanbaru)
    for b in (ambon, riau):
        b.kasus("PB", {"DRAF": pukul(3), "SIDANG": pukul(4), "DIAJUKAN": pukul(31, jam=16)})
    assert nilai(riau)["usul_pb_diusulkan"] == 1
    assert "usul_pb_diusulkan" not in nilai(ambon)


def test_a_decree_counts_on_its_own_date_and_an_execution_on_its_day(dunia: Dunia, ambon: Berkas) -> None:
    """Written down in September, both of August."""
    with terpasang(SISTEM):
        sk = Keputusan.objects.create(nomor="PAS-9", tanggal=date(2026, 8, 28), oleh=dunia.peninjau, pada=pukul(2, 9))
    langkah = {**sampai("VERIF_PUSAT"), "SK_TERBIT": pukul(2, 9), "DILAKSANAKAN": pukul(3, 9)}
    ambon.kasus("PB", langkah, keputusan=sk, dilaksanakan_pada=date(2026, 8, 31))
    isi = nilai(ambon)
    assert isi["usul_pb_disetujui"] == 1
    assert "usul_pb_belum" not in isi
    assert "usul_pb_disetujui" not in nilai(ambon, SEPTEMBER)


# ---------------------------------------------------------------- grants


def test_grants_by_kind_and_amount_and_receivers_once(ambon: Berkas) -> None:
    orang = layak(ambon.upt, ambon.oleh)[0]
    ambon.kasus("RU", sampai("SK_TERBIT"), data=orang, bulan=4)
    ambon.kasus("RD", sampai("SK_TERBIT"), data=orang, bulan=1, hari=25)
    ambon.kasus("RU", sampai("SK_TERBIT"), bulan=0, hari=30, hasil="II", jenis_kelamin="P", kelompok="narkotika")
    ambon.kasus("RK", sampai("SK_TERBIT"), bulan=1, hari=15, kelompok="korupsi")
    ambon.kasus("PMP_HAN", sampai("SK_TERBIT"), bulan=2, kelompok="umum")
    ambon.kasus("PMPK", sampai("SK_TERBIT"), bulan=0, hari=15, kelompok="umum")
    isi = {k: n for k, n in nilai(ambon).items() if not k.startswith(("usulr_", "syarat_", "ada_usul"))}
    assert isi == {
        "ada_remisi": True, "ada_remisi_umum": True, "ada_remisi_khusus": True, "ada_remisi_lain": True,
        "ada_pmp": True, "rumum_ru1_b4": 1, "rumum_ru2_b1": 1, "rkhusus_rk1_b1h15": 1,
        "pmpumum_pmp1_b2": 1, "pmpkhusus_pmp1_h15": 1,
        "rlain_rd_i": 1, "hari_lain": 55,
        "terima_umum_l": 3, "terima_narkotika_p": 1, "terima_korupsi_l": 1,
    }  # fmt: skip


def test_a_grant_belongs_to_its_day_or_to_its_decree_when_that_is_later(dunia: Dunia, ambon: Berkas) -> None:
    with terpasang(SISTEM):
        sk = Keputusan.objects.create(nomor="PAS-7", tanggal=date(2026, 9, 4), oleh=dunia.peninjau, pada=pukul(4, 9))
    ambon.kasus("RU", {**sampai("VERIF_PUSAT"), "SK_TERBIT": pukul(4, 9)}, keputusan=sk)
    ambon.kasus("RU", sampai("SK_TERBIT", 1, 7))
    assert nilai(ambon)["rumum_ru1_b3"] == 1
    assert nilai(ambon, SEPTEMBER)["rumum_ru1_b3"] == 1
    assert nilai(ambon, JULI).get("ada_remisi", False) is False


def test_a_revocation_in_the_month_takes_the_grant_back_a_later_one_does_not(ambon: Berkas) -> None:
    ambon.kasus("RU", {**sampai("SK_TERBIT"), "DICABUT": pukul(20)})
    ambon.kasus("RU", {**sampai("SK_TERBIT"), "DICABUT": pukul(20, 9)})
    assert nilai(ambon)["rumum_ru1_b3"] == 1
    assert nilai(ambon)["terima_umum_l"] == 1


def test_an_amount_without_a_column_leaves_its_table_to_be_typed(ambon: Berkas) -> None:
    ambon.kasus("RU", sampai("SK_TERBIT"), bulan=1, hari=10)
    ambon.kasus("RK", sampai("SK_TERBIT"), bulan=1)
    isi = tahu(ambon)
    assert not [k for k in isi if k.startswith("rumum_")]
    assert isi["ada_remisi_umum"].nilai is True
    assert isi["rkhusus_rk1_b1"].nilai == 1


def test_receivers_without_an_offence_group_are_left_to_be_typed(ambon: Berkas) -> None:
    ambon.kasus("RU", sampai("SK_TERBIT"), kelompok="")
    assert not [k for k in tahu(ambon) if k.startswith("terima_")]


# ---------------------------------------------------------------- moving on


def test_a_case_that_moves_with_its_person_leaves_one_stock_and_joins_the_other(dunia: Dunia, ambon: Berkas) -> None:
    u = ambon.kasus("PB", sampai("DIAJUKAN"))
    with terpasang(SISTEM):
        Kesempatan.objects.all().update(slug="lain")
    masohi = Berkas(dunia, dunia.masohi, dunia.operator_masohi)
    with terpasang(SISTEM):
        for b in (ambon, masohi):
            b.langkah(u, {"DIAJUKAN": pukul(10, 9)}, dari="DIAJUKAN", revisi=3)
        Usulan.objects.filter(pk=u.pk).update(upt=dunia.masohi)
        masohi.langkah(u, {"VERIF_KANWIL": pukul(12, 9)}, dari="DIAJUKAN", revisi=4)
    assert nilai(ambon)["usul_pb_diusulkan"] == nilai(ambon)["usul_pb_menunggu"] == 1
    assert "usul_pb_menunggu" not in nilai(ambon, SEPTEMBER)
    assert nilai(masohi, SEPTEMBER)["usul_pb_menunggu"] == 1
    assert "usul_pb_diusulkan" not in nilai(masohi, SEPTEMBER)


def test_a_month_with_a_move_a_revocation_and_susulan_against_a_count_by_hand(dunia: Dunia, ambon: Berkas) -> None:
    with terpasang(SISTEM):
        sk = Keputusan.objects.create(nomor="PAS-8", tanggal=date(2026, 9, 4), oleh=dunia.peninjau, pada=pukul(4, 9))
    ambon.kasus("RU", sampai("SK_TERBIT"))  # sent, decided, granted
    ambon.kasus("RU", {**sampai("SK_TERBIT"), "DICABUT": pukul(20)})  # sent, decided, granted nothing
    terlambat = {"DRAF": 23, "SIDANG": 24, "DIAJUKAN": 25}
    langkah = {k: pukul(n) for k, n in terlambat.items()} | {"VERIF_KANWIL": pukul(2, 9), "VERIF_PUSAT": pukul(3, 9)}
    ambon.kasus("RU", {**langkah, "SK_TERBIT": pukul(5, 9)}, susulan=True, keputusan=sk)  # waits; September's grant
    ambon.kasus("RU", {**sampai("DIAJUKAN"), "DIKEMBALIKAN": pukul(9)})  # sent and sent back
    pindah = ambon.kasus("RU", sampai("DIAJUKAN"))  # sent, then gone with its person
    with terpasang(SISTEM):
        ambon.langkah(pindah, {"DIAJUKAN": pukul(10)}, dari="DIAJUKAN", revisi=3)
        Usulan.objects.filter(pk=pindah.pk).update(upt=dunia.masohi)
    agustus = {k: n for k, n in nilai(ambon).items() if k.startswith(("usulr_", "rumum_", "terima_"))}
    assert agustus == {
        "usulr_ru_diusulkan": 5, "usulr_ru_disetujui": 2, "usulr_ru_dikembalikan": 1, "usulr_ru_menunggu": 1,
        "rumum_ru1_b3": 1, "terima_umum_l": 1,
    }  # fmt: skip
    september = {k: n for k, n in nilai(ambon, SEPTEMBER).items() if k.startswith(("usulr_", "rumum_", "terima_"))}
    assert september == {"usulr_ru_disetujui": 1, "rumum_ru1_b3": 1, "terima_umum_l": 1}


def test_every_figure_opens_to_its_cases_without_a_name(ambon: Berkas, masuk: Any, dunia: Dunia) -> None:
    u = ambon.kasus("PB", sampai("SK_TERBIT"))
    semua = tahu(ambon)
    for kode, satu in semua.items():
        if satu.dijumlah:
            assert sum(r.nilai or 0 for r in satu.rincian) == satu.nilai, kode
    (rincian,) = semua["usul_pb_disetujui"].rincian
    assert (rincian.objek, rincian.id, rincian.label) == ("usulan", str(u.pk), "Usulan 1")
    assert alamat(rincian.objek, rincian.id) == reverse("remisi:usulan", args=(u.pk,))
    assert (
        semua["usul_pb_disetujui"].url == f"{reverse('remisi:asal', args=(ambon.upt.kode, AGUSTUS))}#usul_pb_disetujui"
    )
    assert [alamat(*x) for x in (("usulan", "x"), ("", ""), ("kesempatan", "ru-2026"))] == ["", "", ""]


def test_many_cases_open_to_their_occasion(ambon: Berkas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turunan, "RINCI_SATU_SATU", 2)
    for _ in range(3):
        ambon.kasus("RU", sampai("SK_TERBIT"))
    (satu,) = tahu(ambon)["rumum_ru1_b3"].rincian
    assert (satu.objek, satu.id, satu.nilai) == ("kesempatan", f"{ambon.upt.kode}:ru-2026", 3)
    assert alamat(satu.objek, satu.id) == reverse("remisi:kesempatan", args=(ambon.upt.kode, "ru-2026"))


def test_a_sent_report_keeps_its_origin_after_the_register_moved_on(dunia: Dunia, ambon: Berkas) -> None:
    ambon.kasus("RU", sampai("SK_TERBIT"))
    with terpasang(SISTEM):
        buka_periode(bulan=AGUSTUS)
    laporan = dunia.laporan(dunia.ambon, "F03", AGUSTUS)
    with sebagai_orang(dunia.kepala_ambon) as (kepala, cakupan):
        jawab_semua(laporan, kepala, cakupan)
    lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    with terpasang(SISTEM):
        versi = LaporanVersi.objects.get(laporan=laporan)
    assert versi.isi["angka"]["rumum_ru1_b3"] == 1
    assert versi.isi["asal"]["rumum_ru1_b3"]["rincian"][0][2] == "Usulan 1"
    ambon.kasus("RU", sampai("SK_TERBIT"))
    with terpasang(SISTEM):
        beda = {s.kode for s in selisih(Laporan.objects.select_related("upt", "formulir_versi").get(pk=laporan.pk))}
        assert LaporanVersi.objects.get(laporan=laporan).isi["angka"]["rumum_ru1_b3"] == 1
    assert {"rumum_ru1_b3", "terima_umum_l", "usulr_ru_disetujui"} <= beda


# ---------------------------------------------------------------- pure


def test_steps_are_never_before_the_step_before() -> None:
    semua = susun(
        [("", "DRAF", date(2026, 8, 5)), ("DRAF", "SIDANG", date(2026, 8, 1)), ("SIDANG", "DIAJUKAN", date(2026, 8, 9))]
    )
    assert [x.hari.day for x in semua] == [5, 5, 9]


def test_a_case_comes_and_goes_with_its_person() -> None:
    hari = [date(2026, 8, n) for n in range(1, 5)]
    semua = susun(
        [("DIAJUKAN", "DIAJUKAN", hari[0]), ("DIAJUKAN", "DIAJUKAN", hari[1]), ("DIAJUKAN", "DIAJUKAN", hari[2])]
    )
    satu = Kasus(str(UUID(int=1)), "PB", "", semua)
    assert [satu.posisi(h) for h in hari] == ["menunggu", "", "menunggu", "menunggu"]
    assert satu.arus(hari[0], hari[3]) == []


def test_bands_of_the_tables() -> None:
    from remisi.integrasi.bulanan import Hadiah

    def kode(tabel: str, hari: int, hasil: str = "I") -> str | None:
        return kode_besaran(tabel, Hadiah(1, hasil, hari, "L", "umum", date(2026, 8, 17)))

    assert [kode("rkhusus", n) for n in (15, 30, 45, 60, 90)] == ["rk1_h15", "rk1_b1", "rk1_b1h15", "rk1_b2", None]
    assert [kode("rumum", n, "II") for n in (30, 180, 15)] == ["ru2_b1", "ru2_b6", None]
