"""Every condition of a remission: met, not met, not known, not asked; with its evidence and its source."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remisi.aturan import Lama, Permohonan, Potong, hitung_remisi
from remisi.calon.patokan import Patokan
from remisi.calon.syarat import BELUM_TERCATAT, BUTIR, D, Hasil, N, Orang, T, Y, semua, tulis_pidana
from remisi.ketentuan import Baris, bawaan
from tests.remisi.orang_acak import acak

KINI = date(2027, 7, 20)
AGUSTUS = date(2027, 8, 17)
TERTIB = Orang(
    status="NARAPIDANA", kelompok="umum", jenis_kelamin="L", agama="ISLAM", tahun_lahir=1990,
    tanggal_putusan=date(2026, 3, 1), tanggal_tahan=date(2026, 1, 10), pidana_tahun=5, salinan_putusan=True,
    denda_lunas=True, uang_pengganti_lunas=True, deradikalisasi=True, ikrar=True, sppn_predikat="BAIK",
    sppn_tanggal=date(2027, 7, 1), risiko_turun=True, register_f_diperiksa=date(2027, 7, 15),
)  # fmt: skip
"""Somebody in order: every test changes what it is about."""
ANAK = replace(TERTIB, status="ANAK_BINAAN", tahun_lahir=2010, pidana_tahun=2)


def patokan(jenis: str = "RU", tanggal: date = AGUSTUS, agama: Any = (), pada: date = KINI) -> Patokan:
    return Patokan(bawaan(), jenis, tanggal, frozenset(agama), pada)


def satu(orang: Orang, p: Patokan | None = None, jenis: str = "RU") -> Hasil:
    return next(h for h in semua(orang, p or patokan()) if h.jenis == jenis)


def keadaan(hasil: Hasil, kode: str) -> str:
    return next(s.keadaan for s in hasil.syarat if s.kode == kode)


def bukti(hasil: Hasil, kode: str) -> str:
    return next(s.bukti for s in hasil.syarat if s.kode == kode)


def test_orang_yang_tertib_memenuhi() -> None:
    hasil = satu(TERTIB)
    assert (hasil.keadaan, hasil.urutan, hasil.bulan, hasil.hari, hasil.hasil) == ("LAYAK", 1, 2, 0, "I")
    assert hasil.hari_jalani == (AGUSTUS - date(2026, 1, 10)).days
    assert hasil.alasan == []
    assert bukti(hasil, "E4") == "SPPN Juli 2027: baik."
    assert bukti(hasil, "E1") == "Menjalani 584 hari sejak 10 Januari 2026."


@pytest.mark.parametrize(
    ("ubah", "kode", "harus", "kata"),
    [
        ({"salinan_putusan": None}, "PUTUSAN", D, "belum dicatat"),
        ({"salinan_putusan": False}, "PUTUSAN", D, "belum ada"),
        ({"tanggal_tahan": None}, "TAHAN", D, "ditahan"),
        ({"pidana_tahun": None}, "PIDANA", D, "Lama pidana"),
        ({"jenis_kelamin": ""}, "KELAMIN", D, "Jenis kelamin"),
        ({"kelompok": ""}, "REZIM", D, "Kelompok tindak pidana"),
        ({"kelompok": "narkotika", "tanggal_putusan": None}, "REZIM", Y, "UU 22/2022"),
        # E1: Permenkumham 3/2018 Pasal 5; Keppres 174/1999 Pasal 4 dan 5
        ({"tanggal_tahan": AGUSTUS - timedelta(180)}, "E1", Y, "180 hari"),
        ({"tanggal_tahan": AGUSTUS - timedelta(179)}, "E1", T, "paling sedikit 180 hari"),
        ({"tanggal_tahan": AGUSTUS + timedelta(3)}, "E1", T, "sesudah tanggal pemberian"),
        # E2: Permenkumham 3/2018 Pasal 5
        ({"sppn_predikat": "CUKUP"}, "E2", T, "harus baik"),
        ({"sppn_predikat": "SANGAT_BAIK"}, "E2", Y, "sangat baik"),
        ({"register_f_terakhir": AGUSTUS - timedelta(179)}, "E2", T, "19 Februari 2027"),
        ({"register_f_terakhir": AGUSTUS - timedelta(180)}, "E2", Y, "tanpa hukuman"),
        # E3: UU 22/2022 Pasal 10 ayat (2)
        ({"risiko_turun": None}, "E3", D, "belum dicatat"),
        ({"risiko_turun": False}, "E3", T, "belum menurun"),
        # E4: keterangan Kanwil Jawa Timur tentang SPPN
        ({"sppn_tanggal": date(2027, 4, 18)}, "E4", D, "lebih baru"),
        ({"sppn_predikat": "", "sppn_tanggal": None}, "E4", D, "belum dicatat"),
        # X1 to X5: Keppres 174/1999 Pasal 12 and 1
        ({"pidana_tahun": 0, "pidana_bulan": 5, "pidana_hari": 29}, "X1", T, "kurang dari 6 bulan"),
        ({"pidana_tahun": 0, "pidana_bulan": 6}, "X1", Y, "6 bulan"),
        ({"register_f_terakhir": date(2027, 7, 1)}, "X2", T, "1 Juli 2027"),
        ({"register_f_diperiksa": None}, "X2", D, "belum diperiksa"),
        ({"register_f_diperiksa": date(2027, 4, 18)}, "X2", D, "periksa lagi"),
        ({"menjalani": "CMB"}, "X3", T, "CMB"),
        ({"menjalani": "PENGGANTI"}, "X4", T, "pengganti denda"),
        ({"jenis_pidana": "SEUMUR_HIDUP"}, "X5", T, "seumur hidup"),
        ({"jenis_pidana": "MATI"}, "X5", T, "mati"),
        # S1, S2: Permenkumham 7/2022
        ({"kelompok": "korupsi"}, "S1", Y, "lunas"),
        ({"kelompok": "korupsi", "denda_lunas": False}, "S1", T, "Denda belum lunas"),
        ({"kelompok": "korupsi", "uang_pengganti_lunas": False}, "S1", T, "Uang pengganti belum lunas"),
        ({"kelompok": "korupsi", "uang_pengganti_lunas": None}, "S1", D, "uang pengganti"),
        ({"kelompok": "umum", "denda_lunas": False}, "S1", N, "Tidak"),
        ({"kelompok": "terorisme", "ikrar": False}, "S2", T, "Ikrar"),
        ({"kelompok": "terorisme", "deradikalisasi": None}, "S2", D, "deradikalisasi"),
        ({"kelompok": "narkotika", "ikrar": False}, "S2", N, "Tidak"),
        # S3: Putusan MA 28 P/HUM/2021
        ({"kelompok": "narkotika"}, "S3", N, "tidak disyaratkan"),
        ({"pidana_tahun": 1, "remisi_hari": 120}, "SISA", T, "sudah habis"),
    ],
)
def test_satu_syarat(ubah: dict[str, Any], kode: str, harus: str, kata: str) -> None:
    hasil = satu(replace(TERTIB, **ubah))
    assert keadaan(hasil, kode) == harus
    assert kata in bukti(hasil, kode)
    assert hasil.keadaan == {T: "TIDAK", D: "PERLU_DATA"}.get(harus, hasil.keadaan)


def test_setiap_syarat_menyebut_aturan_dan_tidak_ada_alasan_tanpa_bukti() -> None:
    r = random.Random(5)
    for _ in range(300):
        for hasil in semua(acak(r), patokan()):
            for s in hasil.syarat:
                assert s.bukti.endswith(".")
                assert s.kode not in {"E1", "E2", "E3", "E4", "X1", "X2", "X3", "X4", "X5"} or s.aturan.sumber
                assert s.keadaan != D or s.pembenah, s.kode
            assert hasil.keadaan == "LAYAK" or hasil.alasan


def test_sakelar_seratus_delapan_puluh_satu_hari() -> None:
    lama = next(b for b in bawaan().baris if b.kode == "BATAS_ENAM_BULAN")
    baru = Baris(tabel="sakelar", kode=lama.kode, berlaku_dari=lama.berlaku_dari, nilai={**lama.nilai, "nilai": "181"},
                 sumber="uji", terverifikasi=False)  # fmt: skip
    p = Patokan(bawaan().dengan(baru), "RU", AGUSTUS, frozenset(), KINI)
    orang = replace(TERTIB, tanggal_tahan=AGUSTUS - timedelta(180))
    assert keadaan(satu(orang, p), "E1") == T
    assert keadaan(satu(orang), "E1") == Y


# Children -----------------------------------------------------------------------------------------


def test_anak_binaan_tiga_bulan_dan_jenisnya_sendiri() -> None:
    assert [h.jenis for h in semua(ANAK, patokan())] == ["PMPU"]
    tepat = satu(replace(ANAK, tanggal_tahan=AGUSTUS - timedelta(90)), jenis="PMPU")
    assert (keadaan(tepat, "E1a"), keadaan(tepat, "E1"), tepat.keadaan) == (Y, N, "LAYAK")
    kurang = satu(replace(ANAK, tanggal_tahan=AGUSTUS - timedelta(89)), jenis="PMPU")
    assert keadaan(kurang, "E1a") == T
    lewat = replace(ANAK, register_f_terakhir=AGUSTUS - timedelta(100))
    assert keadaan(satu(lewat, jenis="PMPU"), "E2a") == Y
    assert keadaan(satu(replace(TERTIB, register_f_terakhir=AGUSTUS - timedelta(100))), "E2") == T


def test_hari_anak_hanya_untuk_anak() -> None:
    han = patokan("PMP_HAN", date(2027, 7, 23))
    assert semua(TERTIB, han) == []
    assert [h.jenis for h in semua(ANAK, han)] == ["PMP_HAN"]


# Religion, other days -----------------------------------------------------------------------------


def test_hari_raya_menurut_agama_yang_pertama_dicatat() -> None:
    natal = patokan("RK", date(2026, 12, 25), ("KRISTEN", "KATOLIK"), date(2026, 12, 1))
    orang = replace(TERTIB, sppn_tanggal=date(2026, 11, 1), register_f_diperiksa=date(2026, 11, 20))
    assert semua(orang, natal) == []
    assert [h.jenis for h in semua(replace(orang, agama="KATOLIK"), natal)] == ["RK"]
    belum = satu(replace(orang, agama=""), natal, "RK")
    assert (keadaan(belum, "AGAMA"), belum.keadaan) == (D, "PERLU_DATA")
    assert semua(replace(orang, agama="LAINNYA"), natal) == []


def test_tahanan_bukan_calon() -> None:
    for status in ("TAHANAN", "ANAK"):
        assert semua(replace(TERTIB, status=status), patokan()) == []


def test_dasawarsa_bersama_ru_dan_pidana_denda() -> None:
    """Keppres 120/1955: years ending in 5, 1/12 of the sentence, at most three months; also while serving a fine."""
    p = patokan(tanggal=date(2035, 8, 17), pada=date(2035, 7, 20))
    orang = replace(
        TERTIB, tanggal_tahan=date(2034, 1, 10), sppn_tanggal=date(2035, 7, 1), register_f_diperiksa=date(2035, 7, 15)
    )
    assert [h.jenis for h in semua(orang, p)] == ["RU", "RD"]
    assert [h.jenis for h in semua(orang, patokan(tanggal=date(2034, 8, 17)))] == ["RU"]
    rd = satu(replace(orang, pidana_tahun=0, pidana_bulan=10, tanggal_tahan=date(2035, 1, 1)), p, "RD")
    assert (rd.bulan, rd.hari) == (0, 25)
    assert (satu(orang, p, "RD").bulan, satu(orang, p, "RD").hari) == (3, 0)
    denda = replace(orang, menjalani="PENGGANTI")
    assert (keadaan(satu(denda, p), "X4"), keadaan(satu(denda, p, "RD"), "X4")) == (T, N)
    dulu = replace(orang, register_f_terakhir=date(2026, 1, 1))
    assert (keadaan(satu(dulu, p, "RD"), "D1"), keadaan(satu(dulu, p), "X2")) == (T, Y)
    assert keadaan(satu(replace(orang, register_f_terakhir=date(2025, 8, 17)), p, "RD"), "D1") == Y


def test_lansia_dan_sakit() -> None:
    """Permenkumham 16/2023 Pasal 29: the amount is in no source, so nobody is granted any from here."""
    lansia = patokan("RKM", date(2027, 5, 29), pada=date(2027, 5, 1))
    orang = replace(TERTIB, sppn_tanggal=date(2027, 4, 20), register_f_diperiksa=date(2027, 4, 20))
    assert semua(orang, lansia) == []
    tua = satu(replace(orang, tahun_lahir=1950), lansia, "RKM")
    assert (keadaan(tua, "UMUR"), keadaan(tua, "BESARAN"), tua.keadaan, tua.bulan) == (Y, D, "PERLU_DATA", 0)
    assert keadaan(satu(replace(orang, tahun_lahir=1956), lansia, "RKM"), "UMUR") == D
    assert semua(replace(orang, tahun_lahir=1957), lansia) == []
    sakit = patokan("RKM", date(2027, 4, 7), pada=date(2027, 4, 1))
    assert semua(replace(orang, tahun_lahir=1940), sakit) == []
    diminta = semua(orang, sakit, {"RKM"})
    assert [(h.jenis, h.keadaan) for h in diminta] == [("RKM", "PERLU_DATA")]


def test_remisi_tambahan_hanya_bila_diminta() -> None:
    """Keppres 174/1999 Pasal 6: 1/2 and 1/3 of the RU of that year."""
    orang = replace(TERTIB, lalu={"RU": 4})
    assert [h.jenis for h in semua(orang, patokan())] == ["RU"]
    hasil = {h.jenis: h for h in semua(orang, patokan(), {"RU", "RT_JASA", "RT_PEMUKA"})}
    assert {j: (h.bulan, h.hari) for j, h in hasil.items()} == {
        "RU": (5, 0), "RT_JASA": (2, 15), "RT_PEMUKA": (1, 20),
    }  # fmt: skip
    assert any("dokumen usulan" in c for c in hasil["RT_JASA"].catatan)
    assert semua(ANAK, patokan(), {"RT_JASA"})[0].jenis == "PMPU"


# Regimes of old -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("putusan", "hari", "sepertiga", "jc"),
    [
        (date(2005, 1, 1), date(2012, 8, 17), N, N),  # PP 32/1999
        (date(2006, 7, 27), date(2012, 8, 17), N, N),
        (date(2006, 7, 28), date(2012, 8, 17), Y, N),  # PP 28/2006 Pasal 34: a third served
        (date(2012, 11, 11), date(2013, 8, 17), T, N),
        (date(2012, 11, 12), date(2014, 8, 17), N, D),  # PP 99/2012 Pasal 34A: letter of co-operation
        (date(2012, 11, 12), date(2021, 10, 27), N, D),
        (date(2012, 11, 12), date(2021, 10, 28), N, N),  # Putusan MA 28 P/HUM/2021
        (date(2007, 1, 1), date(2022, 8, 3), N, N),  # UU 22/2022 Pasal 10
    ],
)
def test_ketentuan_menurut_tanggal_putusan(putusan: date, hari: date, sepertiga: str, jc: str) -> None:
    orang = replace(
        TERTIB, kelompok="narkotika", tanggal_putusan=putusan, tanggal_tahan=putusan - timedelta(90), pidana_tahun=15,
        sppn_tanggal=hari - timedelta(9), register_f_diperiksa=hari - timedelta(9),
    )  # fmt: skip
    hasil = satu(orang, patokan(tanggal=hari, pada=hari))
    assert (keadaan(hasil, "S4"), keadaan(hasil, "S3")) == (sepertiga, jc)
    tanpa = satu(replace(orang, tanggal_putusan=None), patokan(tanggal=hari, pada=hari))
    assert keadaan(tanpa, "REZIM") == (Y if hari >= date(2022, 8, 3) else D)


# Partial or leaving -------------------------------------------------------------------------------


def test_bagian_dua_bila_remisi_mencapai_sisa_pidana() -> None:
    habis = AGUSTUS + timedelta(60)
    orang = replace(TERTIB, tanggal_tahan=habis.replace(year=2025), pidana_tahun=2)
    assert (satu(orang).hasil, satu(orang).bulan) == ("II", 2)
    sehari = replace(orang, tanggal_tahan=orang.tanggal_tahan + timedelta(1))
    assert satu(sehari).hasil == "I"
    assert satu(replace(sehari, remisi_hari=1)).hasil == "II"
    assert satu(replace(sehari, hari_tahan_sebelumnya=1)).hasil == "II"


def test_denda_yang_belum_dibayar_dijalani_sesudahnya() -> None:
    habis = AGUSTUS + timedelta(60)
    orang = replace(
        TERTIB, tanggal_tahan=habis.replace(year=2025), pidana_tahun=2, subsider_bulan=2, subsider_hari=5,
        denda_lunas=False,
    )  # fmt: skip
    hasil = satu(orang)
    assert hasil.hasil == "II"
    assert "65 hari pengganti denda" in hasil.catatan[0]
    assert not any("denda" in c for c in satu(replace(orang, denda_lunas=True)).catatan)


def test_tanpa_remisi_tercatat_urutan_dipertanyakan() -> None:
    """A first grant after years served is unlikely: the ordinal, and with it the amount, may rest on a gap."""
    lama = replace(TERTIB, tanggal_tahan=AGUSTUS - timedelta(551), pidana_tahun=6)
    assert BELUM_TERCATAT in satu(lama).catatan
    assert BELUM_TERCATAT not in satu(replace(lama, remisi_hari=30)).catatan
    assert BELUM_TERCATAT not in satu(replace(lama, tanggal_tahan=AGUSTUS - timedelta(300))).catatan


def test_semua_pemberian_hari_itu_bersama_menentukan_bebas() -> None:
    """RU alone does not reach the end, RU and RD of the same day do."""
    p = patokan(tanggal=date(2035, 8, 17), pada=date(2035, 7, 20))
    orang = replace(
        TERTIB, tanggal_tahan=date(2033, 8, 17) + timedelta(100), pidana_tahun=2, sppn_tanggal=date(2035, 7, 1),
        register_f_diperiksa=date(2035, 7, 15),
    )  # fmt: skip
    ru, rd = semua(orang, p)
    assert (30 * ru.bulan + ru.hari, 30 * rd.bulan + rd.hari) == (60, 60)
    assert (ru.hasil, rd.hasil) == ("II", "II")
    assert satu(replace(orang, register_f_terakhir=date(2026, 1, 1)), p).hasil == "I"


# Against the calculator ---------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["RU", "RK", "PMP_HAN"]))
def test_besarannya_sama_dengan_kalkulator(benih: int, jenis: str) -> None:
    orang = acak(random.Random(benih))
    hari = {"RU": date(2035, 8, 17), "RK": date(2035, 12, 25), "PMP_HAN": date(2035, 7, 23)}[jenis]
    p = patokan(jenis, hari, (orang.agama,), hari)
    for h in semua(orang, p):
        if h.keadaan == "TIDAK" or h.hari_jalani is None or (orang.pidana is None and h.jenis in ("RD", "PMPD")):
            continue
        mohon = Permohonan(
            jenis=h.jenis, tanggal=hari, tanggal_tahan=orang.tanggal_tahan, urutan=orang.lalu.get(h.jenis, 0) + 1,
            pidana=Lama(*orang.pidana) if orang.pidana else None, status="anak" if orang.anak else "narapidana",
            register_f=False, sedang_cmb=False,
        )  # fmt: skip
        hitung = hitung_remisi(mohon, bawaan())
        assert hitung.besaran == Potong(h.bulan, h.hari), hitung


def test_setiap_butir_punya_kode_singkat_dan_pembenah() -> None:
    assert len({b.kode for b in BUTIR}) == len(BUTIR) <= 32
    assert all(len(b.kode) <= 10 and b.label and b.pembenah for b in BUTIR)


def test_tulis_pidana() -> None:
    assert tulis_pidana((2, 8, 0)) == "2 tahun 8 bulan"
    assert tulis_pidana((0, 0, 15)) == "15 hari"
    assert tulis_pidana(None) == ""
