"""The training instance: calibrated, free of errors, equal to what the form engine freezes, restartable."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db.models import Count

from dasbor.contoh import adegan, besar, isi, muat, suasana
from dasbor.contoh.akun import SANDI, daftar_akun
from dasbor.contoh.beku import Pembeku, sidik_teks
from dasbor.contoh.kalibrasi import ACUAN, JANUARI_2026, KAPASITAS, PENGHUNI
from dasbor.contoh.profil import Profil, Unit, susun_profil
from dasbor.contoh.riwayat import susun_riwayat
from dasbor.contoh.susun import (
    DASAR,
    FORMULIR,
    PROGRAM,
    SEJAK,
    Sekitar,
    konteks_contoh,
    mungkin_ditanya,
    nilai_lengkap,
    susun,
)
from dasbor.invarian import periksa_semua
from dasbor.models import RekapWilayah, Ringkasan
from pelaporan.alur import Status
from pelaporan.aturan import GALAT, belum_terjawab, periksa
from pelaporan.isian import KonteksPeta, bekukan
from pelaporan.kanonik import kanonik
from pelaporan.konteks import isian_versi, muat_konteks
from pelaporan.models import (
    Draf,
    Kejadian,
    Komentar,
    Lampiran,
    Laporan,
    LaporanVersi,
    Pembebasan,
    Pemberitahuan,
    Periode,
    PermintaanBuka,
    PerubahanTenggat,
    RiwayatIsian,
    TindakanMassal,
    Tinjauan,
)
from pelaporan.services import sidik_versi
from pelaporan.tenggat.nomor import nomor_wa
from pemasyarakatan.akun.izin import PERAN
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.jejak.models import Jejak
from tests.conftest import sebagai
from tests.dunia import Dunia, skema
from upt import services_organisasi
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Kapasitas

CONTOH_BULAN = (Bulan(2024, 11), Bulan(2025, 7), JANUARI_2026, Bulan(2026, 9))


@cache
def profil() -> dict[str, Profil]:
    with (Path(muat.__file__).parents[2] / "upt" / "data" / "upt.csv").open(encoding="utf-8") as berkas:
        baris = list(csv.DictReader(berkas))
    kolom = ("kode", "nama", "jenis", "subjenis", "kelas", "kanwil", "zona")
    return susun_profil(Unit(*(b[k] for k in kolom)) for b in baris)


@cache
def semua_skema() -> dict[str, Any]:
    return {kode: skema(kode) for kode in FORMULIR}


@cache
def jumlah_kanwil(bulan: Bulan) -> dict[str, Counter[str]]:
    """Every number of every unit, added up per Kanwil; under '' the nation."""
    hasil: dict[str, Counter[str]] = defaultdict(Counter)
    for p in profil().values():
        for formulir, satu in susun(p, bulan).items():
            lengkap = nilai_lengkap(semua_skema()[formulir], satu, bulan)
            for kode, nilai in lengkap.items():
                if semua_skema()[formulir].butir[kode].dijumlah and nilai is not None:
                    for wilayah in (p.unit.kanwil, ""):
                        hasil[wilayah][f"{formulir}.{kode}"] += nilai
    return hasil


def test_national_totals_are_the_published_ones() -> None:
    assert sum(p.isi_dasar for p in profil().values()) == PENGHUNI
    assert sum(p.kapasitas_total for p in profil().values()) == KAPASITAS
    nasional = jumlah_kanwil(ACUAN)[""]
    assert abs(nasional["F01.isi"] - PENGHUNI) < PENGHUNI * 0.01
    narkotika = sum(
        n for k, n in nasional.items() if k.startswith("F01.perkara_narkotika") and k.endswith(("_l", "_p"))
    )
    assert 0.50 < narkotika / nasional["F01.isi"] < 0.54
    assert 0.15 < nasional["F01.tahanan"] / nasional["F01.isi"] < 0.22
    assert 1_900 < nasional["F01.anak_semua"] < 2_400
    assert nasional["F04.total_kejadian"] < 80


def test_crowding_has_the_published_order() -> None:
    over = {k: (n["F01.isi"] - n["F01.kapasitas"]) / n["F01.kapasitas"] for k, n in jumlah_kanwil(ACUAN).items() if k}
    urut = sorted(over, key=lambda k: over[k])
    assert urut[-3:] == ["61", "64", "14"]
    assert set(urut[:3]) == {"82", "75", "53"}
    assert 2.3 < over["14"] < 2.6


def test_riau_in_january_2026_is_the_reported_figure() -> None:
    riau = jumlah_kanwil(JANUARI_2026)["14"]
    assert (riau["F06.wbp"], riau["F06.lahan"]) == (107, 102_772)
    klaster = ("pertanian", "hortikultura", "perkebunan", "perikanan", "peternakan")
    assert sum(riau[f"F06.klaster_{k}_lahan"] for k in klaster) == 102_772
    penghuni = [p for p in profil().values() if p.unit.kanwil == "14" and sum(p.isi(JANUARI_2026)) > 0]
    assert len(penghuni) == 16


@pytest.mark.parametrize("bulan", CONTOH_BULAN, ids=str)
def test_inmates_flow_from_month_to_month(bulan: Bulan) -> None:
    for p in profil().values():
        if "F02" not in susun(p, bulan):
            continue  # without inmates
        f02 = nilai_lengkap(semua_skema()["F02"], susun(p, bulan)["F02"], bulan)
        assert sum(p.isi(bulan - 1)) + f02["masuk"] - f02["keluar"] == sum(p.isi(bulan)), p.unit.kode


@pytest.mark.parametrize("bulan", CONTOH_BULAN, ids=str)
def test_no_error_and_no_unforeseen_question(bulan: Bulan) -> None:
    awal = bulan == CONTOH_BULAN[0]
    for p in list(profil().values())[::4]:
        sekitar = Sekitar(p)
        for formulir, satu in sekitar.semua(bulan).items():
            konteks = konteks_contoh(semua_skema(), sekitar, bulan, formulir, awal)
            temuan = periksa(semua_skema()[formulir], satu.isian(semua_skema()[formulir]), konteks)
            assert [t.pesan for t in temuan if t.tingkat == GALAT] == [], p.unit.kode
            if temuan:
                assert mungkin_ditanya(p, bulan, formulir, satu, awal), temuan[0].pesan


def test_programme_forms_begin_when_their_files_say() -> None:
    assert {semua_skema()[f].berlaku_dari for f in PROGRAM} == {str(SEJAK)}
    p = profil()["lapas-kelas-iia-ambon"]
    assert set(susun(p, SEJAK - 1)) == set(DASAR)
    for formulir, program in PROGRAM.items():
        wajib = {jenis for k in semua_skema()[formulir].kewajiban for jenis in k.jenis}
        assert {p.unit.jenis for p in profil().values() if program.wajib(p, SEJAK)} <= wajib, formulir


def test_questions_about_programme_forms_are_few() -> None:
    """A question that most units get every month would only train people to tick."""
    bulan, banyak = Bulan(2026, 9), Counter[str]()
    unit = list(profil().values())[::5]
    for p in unit:
        sekitar = Sekitar(p)
        for formulir in set(PROGRAM) & set(sekitar.semua(bulan)):
            konteks = konteks_contoh(semua_skema(), sekitar, bulan, formulir, False)
            isian = sekitar.semua(bulan)[formulir].isian(semua_skema()[formulir])
            banyak.update(f"{formulir} {t.kode}" for t in periksa(semua_skema()[formulir], isian, konteks))
    assert {k: n for k, n in banyak.items() if n > len(unit) * 0.08} == {}


def test_a_normal_month_of_a_prison_is_sixty_cells() -> None:
    """F01, F02, F06 and F10 of the middle prison: what neither last month nor `sisanya nihil` fills in."""
    bulan, banyak = Bulan(2026, 9), []
    for p in profil().values():
        if p.unit.jenis == "LAPAS":
            semua = susun(p, bulan)
            banyak.append(sum(_harus_diketik(f, semua[f].nilai) for f in ("F01", "F02", "F06", "F10")))
    assert sorted(banyak)[len(banyak) // 2] <= 60


def _harus_diketik(formulir: str, nilai: dict[str, Any]) -> int:
    butir = semua_skema()[formulir].butir
    return sum(1 for k, v in nilai.items() if butir[k].diketik and not butir[k].stabil and v not in (0, None))


@pytest.mark.parametrize("formulir", FORMULIR)
def test_fast_freezing_equals_the_engine(formulir: str) -> None:
    pembeku, tentang = Pembeku(semua_skema()[formulir]), semua_skema()[formulir]
    berbaris = 0
    for p in list(profil().values())[::3]:
        for bulan in CONTOH_BULAN:
            satu = susun(p, bulan).get(formulir)
            if satu is None:
                continue
            berbaris += satu.berbaris
            beku = bekukan(tentang, satu.isian(tentang), KonteksPeta(bulan), {"x:1": {"benar": True, "alasan": "a"}})
            assert pembeku.teks(satu, bulan, {"x:1": {"benar": True, "alasan": "a"}}) == kanonik(beku)
    assert (berbaris > 0) == bool(tentang.daftar)


def test_artificial_items_keep_the_text_canonical() -> None:
    import json

    p = profil()["lapas-kelas-iia-ambon"]
    teks = Pembeku(semua_skema()["F06"], 50).teks(susun(p, ACUAN)["F06"], ACUAN, {})
    assert len(json.loads(teks)["angka"]) == 50
    assert kanonik(json.loads(teks)) == teks


def test_hash_of_text_equals_the_service(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon, "F02")
    isi_versi = {"angka": {"masuk": 3}, "lain": {}}
    teks = sidik_teks(dunia.ambon.kode, laporan.periode, "F02", 2, kanonik(isi_versi))
    assert teks == sidik_versi(laporan, 2, isi_versi)


@pytest.mark.parametrize("umur", [timedelta(minutes=5), timedelta(days=3), timedelta(days=60)])
@pytest.mark.parametrize("status", list(Status))
def test_events_fold_to_the_status_and_never_lie_ahead(status: Status, umur: timedelta) -> None:
    bulan = Bulan(2026, 3)
    awal = datetime(2026, 3, 31, 17, tzinfo=UTC)  # the month ended in WIB
    kini = awal + umur
    for p in list(profil().values())[:40]:
        if p.unit.zona != "WIB":
            continue
        r = susun_riwayat(p, bulan, "F06", status, awal + timedelta(days=7), kini)
        assert r.status == status
        saat = [e.pada for e in r.peristiwa]
        assert saat == sorted(saat)
        assert all(awal <= s <= kini for s in saat)


def test_january_2026_and_two_years_are_covered(dunia: Dunia) -> None:
    for kini in (Bulan(2026, 2), Bulan(2026, 11), Bulan(2031, 5)):
        bulan = isi.bulan_contoh(kini)
        assert JANUARI_2026 in bulan
        assert set(bulan) >= {kini - n for n in range(1, 25)}
        assert max(bulan) == kini - 1


# In the database ---------------------------------------------------------------------------------


@pytest.fixture
def latihan(dunia_nyata: Dunia, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dunia]:
    """A training instance seen by the owner of the tables; January 2026 and few months are enough here."""
    settings.MODE_LATIHAN = True
    monkeypatch.setattr(isi, "BANYAK_BULAN", 4)
    with sebagai("pemilik"):
        yield dunia_nyata


def _salah() -> list[str]:
    return [kalimat for hasil in periksa_semua() for kalimat in hasil.contoh]


def _isi() -> bool:
    return isi.isi_contoh(lambda teks: None)


def test_filled_instance_keeps_every_invariant(latihan: Dunia) -> None:
    assert _isi()
    assert _salah() == []
    with terpasang(SISTEM):
        bulan = isi.bulan_contoh(Bulan.kini())
        assert Periode.objects.filter(status="DITUTUP").count() == len(bulan) - 1
        riau = Ringkasan.objects.get(kanwil=latihan.kanwil["riau"], bulan=JANUARI_2026.awal, formulir_id="F06")
        assert [riau.isi[k][1] for k in ("wbp", "lahan")] == [107, 102_772]
        assert riau.n_sah == riau.n_wajib == 2
        assert Draf.objects.exists()
        assert RiwayatIsian.objects.exists()
        assert Jejak.objects.filter(tindakan="muat_contoh").count() == 4


def test_answers_cover_every_question_of_loaded_versions(latihan: Dunia) -> None:
    _isi()
    with terpasang(SISTEM):
        for v in LaporanVersi.objects.select_related("laporan__upt", "laporan__formulir_versi"):
            laporan = v.laporan
            if v.versi != laporan.versi_masuk or laporan.status != Status.TERKUNCI:
                continue
            temuan = periksa(laporan.skema, isian_versi(laporan.skema, v.isi), muat_konteks(laporan))
            assert [t.pesan for t in temuan if t.tingkat == GALAT] == [], v.nomor
            assert [t.pesan for t in belum_terjawab(temuan, v.isi["tanggapan"])] == [], v.nomor


def test_scenes_were_played_by_the_services(latihan: Dunia) -> None:
    _isi()
    akhir = Bulan.kini() - 1
    with terpasang(SISTEM):
        status = dict(Laporan.objects.filter(upt=latihan.ambon, bulan=akhir.awal).values_list("formulir_id", "status"))
        assert {f: status[f] for f in DASAR} == {
            "F01": "TERVERIFIKASI",
            "F02": "DRAF",
            "F04": "DIKIRIM",
            "F06": "DIKEMBALIKAN",
        }
        kembali = Kejadian.objects.get(
            upt=latihan.ambon, aksi="kembalikan", laporan__bulan=akhir.awal, laporan__formulir="F06"
        )
        assert set(kembali.sel) == set(adegan._CATATAN)
        usulan = Komentar.objects.get(laporan__upt=latihan.pekanbaru, usulan__isnull=False)
        assert (usulan.utas.kode, usulan.laporan.status) == (adegan.USULAN, "DIKEMBALIKAN")
        assert usulan.terkirim_pada is not None
        assert Pemberitahuan.objects.filter(upt=latihan.ambon, untuk="upt").exists()
        assert Laporan.objects.get(upt=latihan.pekanbaru, bulan=akhir.awal, formulir_id="F02").versi_masuk is None


def test_played_units_have_an_ordinary_month_beside_their_scenes(latihan: Dunia) -> None:
    _isi()
    akhir = Bulan.kini() - 1
    with terpasang(SISTEM):
        program = Laporan.objects.filter(bulan=akhir.awal, formulir__in=PROGRAM)
        for upt in (latihan.ambon, latihan.pekanbaru):
            status = Counter(program.filter(upt=upt).values_list("status", flat=True))
            assert status[Status.BELUM] <= 3, status
            assert status[Status.TERVERIFIKASI] + status[Status.DIKIRIM] > sum(status.values()) / 2, status


def test_life_around_the_reports_is_there_to_look_at(latihan: Dunia) -> None:
    """Waiver, moved deadline, request, reopened report, claim, bulk verification, evidence, remark, recap, contacts."""
    _isi()
    akhir = Bulan.kini() - 1
    with terpasang(SISTEM):
        assert Laporan.objects.get(upt=latihan.masohi, bulan=(akhir + 1).awal, formulir="F06").dibebaskan
        pindah = PerubahanTenggat.objects.get()
        kini = Laporan.objects.filter(bulan=pindah.bulan, formulir="F14")
        hari = {lap.kanwil.slug: (lap.tenggat_kanwil - lap.tenggat).days for lap in kini.select_related("kanwil")}
        assert hari["riau"] == 0 < hari["maluku"]
        assert PermintaanBuka.objects.get().diputus_pada is None
        dibuka = Laporan.objects.get(upt=latihan.masohi, bulan=(akhir - 1).awal, formulir="F06")
        assert dibuka.status == Status.DIKEMBALIKAN
        assert dibuka.versi_sah is not None
        assert dibuka.buka_sampai is not None
        assert Lampiran.objects.get().laporan.status == Status.DRAF
        assert Komentar.objects.filter(terkirim_pada=None).exists()
        assert RekapWilayah.objects.get().kanwil == latihan.kanwil["maluku"]
        assert latihan.ambon.pk in set(UPT.objects.filter(wa__startswith="0800-").values_list("pk", flat=True))
        assert all(nomor_wa(nomor) for nomor in UPT.objects.exclude(wa="").values_list("wa", flat=True))
        surel = UPT.objects.exclude(surel="").values_list("surel", flat=True)
        assert all(alamat.endswith("@example.invalid") for alamat in surel)


def test_claim_and_bulk_verification_need_waiting_reports(latihan: Dunia) -> None:
    """Four units may have none; what waits is then enough for these scenes and no more."""
    _isi()
    akhir = Bulan.kini() - 1
    with terpasang(SISTEM):
        massal = TindakanMassal.objects.first()
        sah = Kejadian.objects.filter(massal__isnull=False)
        assert sah.count() == (massal.jumlah if massal else 0) <= suasana.BANYAK_MASSAL
        menunggu = Laporan.objects.filter(kanwil__slug="riau", bulan=akhir.awal, status=Status.DIKIRIM)
        assert Tinjauan.objects.exclude(oleh=None).exists() == menunggu.exclude(upt=latihan.pekanbaru).exists()


def test_scenes_are_played_once(latihan: Dunia) -> None:
    _isi()
    akhir = Bulan.kini() - 1
    model = (Komentar, Lampiran, Pembebasan, PerubahanTenggat, PermintaanBuka, TindakanMassal, RekapWilayah, Kejadian)
    sebelum = [m.objects.count() for m in model]
    suasana.tata(muat.baca_bahan(), akhir)
    assert not suasana.kirim_rekap_maluku(akhir)
    assert [m.objects.count() for m in model] == sebelum


def test_second_run_changes_nothing(latihan: Dunia) -> None:
    assert _isi()
    sebelum = [model.objects.count() for model in (LaporanVersi, Kejadian, Pengguna, Jejak)]
    assert not _isi()
    assert sebelum == [model.objects.count() for model in (LaporanVersi, Kejadian, Pengguna, Jejak)]


@pytest.mark.parametrize("tempat", ["salin", "mainkan", "bangun_ulang"])
def test_interrupted_and_run_again_completes(latihan: Dunia, monkeypatch: pytest.MonkeyPatch, tempat: str) -> None:
    modul: Any = {"salin": muat, "mainkan": adegan, "bangun_ulang": isi.agregasi}[tempat]
    asli, panggilan = getattr(modul, tempat), []

    def putus(*a: Any, **k: Any) -> Any:
        panggilan.append(1)
        if tempat != "salin" or len(panggilan) == 3:
            raise KeyboardInterrupt
        return asli(*a, **k)

    monkeypatch.setattr(modul, tempat, putus)
    with pytest.raises(KeyboardInterrupt):
        _isi()
    monkeypatch.setattr(modul, tempat, asli)
    assert (LaporanVersi.objects.count() == 0) == (tempat == "salin")
    assert _isi()
    assert _salah() == []


def test_begun_months_are_left_alone(latihan: Dunia) -> None:
    """A month in which somebody has typed keeps exactly what it had."""
    with terpasang(SISTEM):
        milik = latihan.laporan(latihan.masohi, "F06")
        Laporan.objects.filter(pk=milik.pk).update(revisi=1)
        _isi()
        assert not LaporanVersi.objects.filter(bulan=JANUARI_2026.awal).exists()


def test_known_passwords_stay_out_of_real_instances(dunia: Dunia, settings: Any) -> None:
    settings.MODE_LATIHAN = False
    for perintah in ("isi_contoh", "buat_contoh"):
        with pytest.raises(CommandError, match="latihan"):
            call_command(perintah, stdout=StringIO())
    assert daftar_akun() == []


def test_every_role_has_an_account_that_works(latihan: Dunia) -> None:
    _isi()
    akun = daftar_akun()
    assert {a.peran for a in akun} == {p.label for p in PERAN.values()}
    keluaran = StringIO()
    call_command("akun_contoh", stdout=keluaran)
    assert SANDI in keluaran.getvalue()
    for satu in akun:
        orang = Pengguna.objects.get(nama_pengguna=satu.nama_pengguna)
        assert check_password(SANDI, orang.password)
        assert "Contoh" in orang.nama
        assert orang.nip.startswith("9999")
        assert satu.nama_pengguna in keluaran.getvalue()


def test_known_capacities_are_kept_and_used(latihan: Dunia) -> None:
    _isi()
    with terpasang(SISTEM):
        assert Kapasitas.objects.count() == 4
        versi = LaporanVersi.objects.filter(upt=latihan.ambon, formulir_id="F01").first()
        assert versi is not None
        assert versi.isi["angka"]["kapasitas"] == 160


def test_large_instance_is_plainly_artificial(latihan: Dunia) -> None:
    jumlah = besar.buat_besar(7, 5, 50, lambda teks: None)
    assert jumlah >= 7 * 5 * 4
    with terpasang(SISTEM):
        buatan = UPT.objects.filter(buatan=True)
        assert sorted(u.nama for u in buatan) == [f"UPT Buatan {n:03} (contoh)" for n in (1, 2, 3)]
        per_bulan = LaporanVersi.objects.values("bulan").annotate(n=Count("upt", distinct=True))
        assert {b["n"] for b in per_bulan} == {7}
        tanpa_baris = [v for v in LaporanVersi.objects.all() if not any(v.isi["daftar"].values())]
        assert {v.formulir_id for v in tanpa_baris} >= set(DASAR)
        assert all(len(v.isi["angka"]) >= 50 for v in tanpa_baris if v.formulir_id in ("F01", "F02", "F06"))
    assert _salah() == []


def test_preparing_twice_is_quiet(latihan: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services_organisasi, "baca_data", lambda nama: [])  # the cast's four units are enough
    call_command("siapkan", contoh=True, stdout=StringIO())
    keluaran = StringIO()
    call_command("siapkan", contoh=True, stdout=keluaran)
    assert "sudah ada" in keluaran.getvalue()
    assert "sudah terbuka" in keluaran.getvalue()
    assert _salah() == []
