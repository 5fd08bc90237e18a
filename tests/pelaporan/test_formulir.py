"""The shipped forms: complete, consistent with each other, and every rule of them can fire and can hold."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from pelaporan.aturan import periksa
from pelaporan.isian import Isian, Keadaan, KonteksPeta, Sel, baca_sel, bekukan, hitung
from pelaporan.skema import Skema, periksa_rujukan
from pemasyarakatan.inti.waktu import Bulan
from tests.pelaporan.bantu_formulir import SEMUA, Kasus, pastikan_aturan_lengkap, pastikan_terpicu, semua_pelanggaran

JANUARI = Bulan(2026, 1)

semua_formulir = pytest.mark.parametrize("skema", SEMUA.values(), ids=list(SEMUA))


@semua_formulir
def test_nama_berkas_dan_bolak_balik_json(skema):
    assert SEMUA[skema.kode] is skema
    assert Skema.dari_json(json.loads(json.dumps(skema.ke_json(), sort_keys=True))) == skema


def test_rujukan_antarformulir_ada():
    assert periksa_rujukan(SEMUA) == []


@semua_formulir
def test_setiap_butir_terjelaskan_dan_contohnya_terbaca(skema):
    kolom = [k for d in skema.daftar.values() for k in d.kolom]
    for b in (*skema.butir.values(), *kolom):
        assert b.definisi.endswith("."), b.kode
        assert b.contoh, b.kode
        assert b.satuan or not b.angka, b.kode
        if b.rumus is None:
            assert baca_sel(b, b.contoh, dari_register=True), b.kode


@semua_formulir
def test_yang_belum_dikonfirmasi_dinyatakan(skema):
    assert "belum" in skema.sumber
    assert not any(k.terkonfirmasi for k in skema.kewajiban)
    assert not any(n.terkonfirmasi for p in skema.parameter for n in p.nilai)


@semua_formulir
def test_persen_tidak_dijumlahkan(skema):
    assert all(b.agregasi == "tidak" for b in skema.butir.values() if b.satuan == "%")


# ---------------------------------------------------------------- one clean report per form

KEJADIAN = {
    "tanggal": "2026-01-14", "kategori": "1.3", "lokasi": "Blok B", "aktor": "wbp", "urgensi": "sedang",
    "jumlah_pelaku": 2, "korban_luka": 1, "korban_meninggal": 0, "hukuman_disiplin": 2,
    "dilaporkan_24jam": True,
    "tindak_lanjut": "Penjagaan ditambah",
}  # fmt: skip
HASIL = {
    "klaster_hasil": "pertanian", "komoditas": "Jagung", "satuan_hasil": "kg", "jumlah_hasil": 300, "berat_hasil": 300,
    "nilai_komoditas": 4_500_000,
}  # fmt: skip
BERSIH = {
    "F01": {
        "kapasitas_l": 40, "kapasitas_p": 6, "kapasitas_anak": 0, "isi_l": 40, "isi_p": 5,
        "reg_tahanan_ai_l": 10,
        "reg_narapidana_bi_l": 30, "reg_narapidana_bi_p": 5, "perkara_lainnya_l": 40, "perkara_lainnya_p": 5,
        "agama_islam_jumlah": 45,
    },
    "F02": {"mutasi_masuk_penyidik_l": 5, "mutasi_keluar_bebas_murni_l": 3},
    "F04": {"nihil_kejadian": False},
    "F06": {
        "ada_kegiatan": True, "klaster_pertanian_lahan": 2400, "klaster_pertanian_wbp": 12,
        "klaster_pertanian_panen": 300, "klaster_pertanian_nilai": 4_500_000, "klaster_perikanan_lahan": 100,
        "klaster_perikanan_wbp": 4, "wbp": 14, "jual_bama": 30, "pakai_sendiri": 100, "penjualan": 500_000,
        "pnbp": 50_000,
    },
}  # fmt: skip
SEKITAR = {
    ("F01", "isi", 1): 43, ("F01", "isi", 0): 45, ("F01", "tahanan", 0): 10, ("F02", "lari", 0): 0,
    ("F02", "meninggal_tidak_wajar", 0): 0, ("F04", "pelarian", 0): 0,
}  # fmt: skip


GOLONGAN = ("seumur_hidup", "pidana_mati", "residivis", "wna", "lansia", "disabilitas")
KLASTER = ("pertanian", "hortikultura", "perkebunan", "perikanan", "peternakan")
LARI = {"kategori": "1.1", "tertangkap_kembali": False}
PELANGGARAN: dict[str, dict[str, dict]] = {
    "F01": {
        "isi_laki_laki": {"ubah": {"isi_l": 41}},
        "isi_perempuan": {"ubah": {"isi_p": 6}},
        "isi_total": {"ubah": {"reg_anak_abh_l": 1}},
        **{f"lebih_dari_laki_laki_{g}": {"ubah": {f"rinci_{g}_l": 41}} for g in GOLONGAN},
        **{f"lebih_dari_perempuan_{g}": {"ubah": {f"rinci_{g}_p": 6}} for g in (*GOLONGAN, "hamil_menyusui")},
        "pidana_panjang_l": {"ubah": {"rinci_seumur_hidup_l": 20, "rinci_pidana_mati_l": 11}},
        "pidana_panjang_p": {"ubah": {"rinci_seumur_hidup_p": 3, "rinci_pidana_mati_p": 3}},
        "perkara_lebih_l": {"ubah": {"perkara_korupsi_l": 1}},
        "perkara_lebih_p": {"ubah": {"perkara_korupsi_p": 1}},
        "perkara_kurang": {"ubah": {"perkara_lainnya_l": 39}},
        "agama_cocok": {"ubah": {"agama_islam_jumlah": 44}},
        "melebihi_kapasitas": {"ubah": {"kapasitas_l": 30}},
        "hunian_ekstrem": {"ubah": {"kapasitas_l": 4}},
        "anak_bayi": {"ubah": {"isi_p": 0, "rinci_bayi_bawaan_l": 1}},
    },
    "F02": {
        "arus": {"ubah": {"mutasi_masuk_penyidik_l": 6}},
        "keluar_terlalu_banyak": {"ubah": {"mutasi_keluar_pindah_l": 46}},
        "overstaying_tahanan": {"ubah": {"overstaying": 11}},
        "overstaying_ada": {"ubah": {"overstaying": 1}},
        "meninggal_tidak_wajar_ada": {"ubah": {"mutasi_keluar_meninggal_lain_l": 1}},
        "lari_tercatat": {"ubah": {"mutasi_keluar_lari_l": 1}},
        "meninggal_banyak": {"ubah": {"mutasi_keluar_meninggal_sakit_l": 4}},
    },
    "F04": {
        "nihil_tetapi_ada": {"ubah": {"nihil_kejadian": True}},
        "ada_tetapi_kosong": {"daftar": {"kejadian": ()}},
        "tanggal_di_luar_bulan": {"daftar": {"kejadian": ({"tanggal": "2026-02-01"},)}},
        "tertangkap_belum_diisi": {"daftar": {"kejadian": ({"kategori": "1.1"},)}},
        "pelarian_tanpa_pelaku": {"daftar": {"kejadian": ({**LARI, "jumlah_pelaku": 0},)}},
        "kematian_tanpa_korban": {"daftar": {"kejadian": ({"kategori": "4.1"},)}},
        "terlambat_dilaporkan": {"daftar": {"kejadian": ({"urgensi": "tinggi", "dilaporkan_24jam": False},)}},
        "korban_urgensi": {"daftar": {"kejadian": ({"korban_meninggal": 1},)}},
        "lari_cocok_mutasi": {"daftar": {"kejadian": (LARI,)}},
        "kematian_cocok_mutasi": {"sekitar": {("F02", "meninggal_tidak_wajar", 0): 1}},
    },
    "F06": {
        "tanpa_sebab": {"ubah": {"ada_kegiatan": False}},
        "sebab_berlebih": {"ubah": {"sebab_tanpa": "lahan"}},
        "hasil_klaster_pertanian": {"daftar": {"hasil": ({"berat_hasil": 299},)}},
        **{f"hasil_klaster_{k}": {"daftar": {"hasil": ({}, {"klaster_hasil": k, "berat_hasil": 1})}}
            for k in KLASTER[1:]},
        "wbp_terlalu_banyak": {"ubah": {"wbp": 17}},
        "wbp_terlalu_sedikit": {"ubah": {"wbp": 11}},
        "wbp_penghuni": {"sekitar": {("F01", "isi", 0): 13}},
        "ada_tanpa_lahan": {"ubah": {k: 0 for k in BERSIH["F06"] if k.startswith("klaster")} | {"wbp": 0}},
        "lahan_pinjam_lebih": {"ubah": {"lahan_pinjam": 2501}},
        **{f"panen_tanpa_lahan_{k}": {"ubah": {f"klaster_{k}_lahan": 0,
            f"klaster_{k}_panen": 1}} for k in KLASTER},
        **{f"nilai_tanpa_panen_{k}": {"ubah": {f"klaster_{k}_nilai": 1,
            f"klaster_{k}_panen": 0}} for k in KLASTER},
        "pemanfaatan_lebih": {"ubah": {"jual_lain": 171}},
        "serapan_kurang": {"ubah": {"jual_bama": 14}},
        "pnbp_lebih": {"ubah": {"pnbp": 500_001}},
    },
}  # fmt: skip


KASUS = {
    kode: Kasus(
        kode,
        BERSIH[kode],
        PELANGGARAN[kode],
        baris={"kejadian": KEJADIAN, "hasil": HASIL},
        daftar={"F04": {"kejadian": ({},)}, "F06": {"hasil": ({},)}}.get(kode, {}),
        sekitar=SEKITAR,
        bulan=JANUARI,
    )
    for kode in BERSIH
}


def isian(kode: str, ubah: dict | None = None, kejadian: tuple[dict, ...] = ({},)) -> Isian:
    return KASUS[kode].isian(ubah, {"kejadian": kejadian})


def temuan(kode: str, ubah: dict | None = None, sekitar: dict | None = None):
    return KASUS[kode].temuan(ubah, sekitar=sekitar)


@pytest.mark.parametrize("kode", KASUS)
def test_laporan_bersih_tanpa_temuan(kode):
    assert KASUS[kode].temuan() == []


def test_setiap_aturan_diuji():
    pastikan_aturan_lengkap(KASUS)


def test_setiap_formulir_punya_kasus():
    """The forms are spread over several files like this one; none may be forgotten."""
    berkas = [p.stem for p in Path(__file__).parent.glob("test_formulir*.py")]
    modul = [importlib.import_module(f"tests.pelaporan.{nama}") for nama in berkas]
    assert sorted(kode for m in modul for kode in getattr(m, "KASUS", {})) == sorted(SEMUA)


@pytest.mark.parametrize(("formulir", "kode"), semua_pelanggaran(KASUS))
def test_aturan_dapat_dilanggar(formulir, kode):
    pastikan_terpicu(KASUS[formulir], kode)


# ---------------------------------------------------------------- figures


def test_kalimat_melebihi_kapasitas():
    pesan = [t.pesan for t in temuan("F01", {"kapasitas_l": 30}) if t.kode == "melebihi_kapasitas"]
    assert pesan == ['Penghuni 45 melebihi kapasitas 36. Tandai "Benar" atau perbaiki.']


def test_kelebihan_isi_yang_menahun_tidak_ditanyakan_tiap_bulan():
    lalu = {(None, "isi", 1): 45, (None, "kapasitas", 1): 36}
    assert "melebihi_kapasitas" not in {t.kode for t in temuan("F01", {"kapasitas_l": 30}, sekitar=lalu)}


def test_dua_ukuran_hunian_dari_angka_nasional():
    s = SEMUA["F01"]
    angka = {"kapasitas_l": 146_660, "kapasitas_p": 0, "kapasitas_anak": 0, "isi_l": 276_885, "isi_p": 0}
    hasil = hitung(s, isian("F01", angka), KonteksPeta(JANUARI))
    assert str(hasil["tingkat_hunian"]) == "188.79"
    assert str(hasil["overkapasitas"]) == "88.79"


def test_identitas_nasional_april_2024():
    angka = {
        "isi_l": 270_207, "isi_p": 0, "reg_tahanan_ai_l": 51_171, "reg_anak_abh_l": 458,
        "reg_narapidana_bi_l": 216_938, "reg_narapidana_bi_p": 0, "reg_anak_binaan_l": 1_640,
    }  # fmt: skip
    kode = {t.kode for t in temuan("F01", angka)}
    assert not kode & {"isi_laki_laki", "isi_perempuan", "isi_total"}


def test_tanpa_kapasitas_laporan_tetap_dapat_dikirim():
    laporan = isian("F01")
    for kode in ("kapasitas_l", "kapasitas_p", "kapasitas_anak"):
        del laporan.sel[kode]
    assert periksa(SEMUA["F01"], laporan, KonteksPeta(JANUARI)) == []
    assert "kapasitas" not in bekukan(SEMUA["F01"], laporan, KonteksPeta(JANUARI), {})["angka"]


def test_arus_tidak_pernah_memblokir():
    arus = next(a for a in SEMUA["F02"].aturan if a.kode == "arus")
    assert (arus.tingkat, arus.wajib_alasan) == ("tanya", True)
    pesan = next(t.pesan for t in temuan("F02", {"mutasi_masuk_penyidik_l": 6}) if t.kode == "arus")
    assert "Desember 2025 43 + masuk 6 − keluar 3 = 46" in pesan
    assert "Januari 2026 tertulis 45" in pesan


def test_bulan_pertama_tanpa_bulan_lalu():
    kode = {t.kode for t in temuan("F02", {"mutasi_masuk_penyidik_l": 99}, sekitar={("F01", "isi", 1): None})}
    assert kode == set()


def test_rekap_kejadian():
    laporan = isian("F04", {}, ({}, {**LARI, "jumlah_pelaku": 3}, {"kategori": "3.2", "urgensi": "tinggi"}))
    hasil = hitung(SEMUA["F04"], laporan, KonteksPeta(JANUARI))
    golongan = [k for k in hasil if k not in ("urgensi_tinggi", "lapor_tepat", "pelaku_lari", "luka", "tewas")]
    assert {k: v for k, v in hasil.items() if v and k in golongan} == {
        "total_kejadian": 3, "pelarian": 1, "kekerasan": 1, "narkoba": 1, "integritas": 1,
    }  # fmt: skip
    assert (hasil["pelaku_lari"], hasil["luka"], hasil["urgensi_tinggi"], hasil["lapor_tepat"]) == (
        3,
        3,
        1,
        3,
    )


def test_setiap_kategori_kejadian_masuk_rekap():
    s = SEMUA["F04"]
    rekap = [
        k
        for k in s.pohon
        if k not in ("total_kejadian", "urgensi_tinggi", "lapor_tepat", "pelaku_lari", "luka", "tewas")
    ]
    for kategori in s.daftar["kejadian"].per_kode["kategori"].label_pilihan:
        hasil = hitung(s, isian("F04", {}, ({"kategori": kategori},)), KonteksPeta(JANUARI))
        assert any(hasil[k] for k in rekap), kategori


def test_upt_tanpa_lahan_cukup_tiga_isian_dan_sebabnya_dapat_disalin():
    s = SEMUA["F06"]
    assert s.butir["sebab_tanpa"].stabil
    laporan = Isian({"ada_kegiatan": Sel(False), "lahan_tidur": Sel(0, Keadaan.NIHIL), "sebab_tanpa": Sel("lahan")})
    assert periksa(s, laporan, KonteksPeta(JANUARI, SEKITAR)) == []
    beku = bekukan(s, laporan, KonteksPeta(JANUARI), {})
    assert (beku["angka"]["lahan"], beku["angka"]["wbp"], beku["angka"]["panen"]) == (0, 0, 0)


def test_angka_pangan_satu_wilayah_dapat_dilaporkan():
    """A region of several units adds up to the published 107 persons on 102.772 m², one unit having no
    land."""
    s, konteks = SEMUA["F06"], KonteksPeta(JANUARI, {("F01", "isi", 0): 1000})
    ada = [
        isian(
            "F06",
            {
                "klaster_pertanian_lahan": 90_000,
                "klaster_pertanian_wbp": 60,
                "klaster_perikanan_wbp": 30,
                "wbp": 80,
            },
        ),
        isian("F06", {"klaster_pertanian_lahan": 12_572, "klaster_pertanian_wbp": 27, "wbp": 27}),
        Isian({"ada_kegiatan": Sel(False), "lahan_tidur": Sel(500), "sebab_tanpa": Sel("anggaran")}),
    ]
    assert [t.pesan for laporan in ada for t in periksa(s, laporan, konteks)] == []
    beku = [bekukan(s, laporan, konteks, {})["angka"] for laporan in ada]
    assert sum(b["wbp"] for b in beku) == 107
    assert sum(b["lahan"] for b in beku) == 102_772


def test_hasil_menurut_komoditas_boleh_kosong_dan_tidak_menjadi_nol():
    s, konteks = SEMUA["F06"], KonteksPeta(JANUARI, SEKITAR)
    telur = {"klaster_hasil": "peternakan", "satuan_hasil": "butir", "jumlah_hasil": 900, "berat_hasil": 54}
    dua = KASUS["F06"].isian({"klaster_peternakan_panen": 54}, {"hasil": ({}, telur)})
    assert not [t for t in periksa(s, dua, konteks) if t.kode.startswith("hasil_klaster")]
    assert (hitung(s, dua, konteks)["panen_butir"], hitung(s, dua, konteks)["panen_ekor"]) == (900, 0)
    diketik = KASUS["F06"].isian(daftar={"hasil": ()})
    assert periksa(s, diketik, konteks) == []
    assert hitung(s, diketik, konteks)["panen_butir"] is None
    nihil = KASUS["F06"].isian({"klaster_pertanian_panen": 0}, {"hasil": ()})
    assert hitung(s, nihil, konteks)["panen_butir"] == 0


def test_serapan_berasal_dari_parameter_bertanggal():
    s = SEMUA["F06"]
    assert s.parameter[0].pada("2023-12") is None
    assert s.parameter[0].pada("2026-01") == 5
    assert "0.05" not in json.dumps([a.syarat for a in s.aturan])
