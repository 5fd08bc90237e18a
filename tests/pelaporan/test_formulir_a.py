"""The programme forms F03, F05 and F07 to F11: every rule can fire and can hold, and public figures fit in."""

from __future__ import annotations

import pytest

from pelaporan.aturan import periksa
from pelaporan.isian import Isian, KonteksPeta, Sel, bekukan, hitung
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.waktu import Bulan
from tests.pelaporan.bantu_formulir import SEMUA, Kasus, pastikan_aturan_lengkap, pastikan_terpicu, semua_pelanggaran

AGUSTUS = Bulan(2026, 8)
Sekitar = dict[tuple[str | None, str, int], Nilai]

INTEGRASI = ("pb", "cb", "cmb", "asimilasi", "cmk")
REMISI = ("ru", "rk", "lain", "pmp")
F03 = Kasus(
    "F03",
    {
        "ada_usul_integrasi": True, "ada_usul_remisi": True, "ada_remisi": True, "ada_remisi_umum": True,
        "ada_remisi_khusus": False, "ada_remisi_lain": True, "ada_pmp": False, "syarat_integrasi": 10,
        "usul_pb_diusulkan": 6,
        "usul_pb_disetujui": 4, "usul_pb_ditolak": 1, "usul_pb_menunggu": 3, "usul_pb_belum": 2,
        "syarat_remisi": 60, "usulr_ru_diusulkan": 5, "usulr_ru_disetujui": 55, "usulr_ru_menunggu": 2,
        "rumum_ru1_b1": 30, "rumum_ru1_b3": 20, "rumum_ru2_b2": 1, "rlain_rt_i": 2,
        "terima_umum_l": 40, "terima_narkotika_l": 12, "hari_lain": 60,
    },
    sekitar={
        ("F01", "narapidana", 0): 300, ("F01", "anak_binaan", 0): 0, ("F02", "keluar", 0): 12,
        ("F02", "bebas_pb", 0): 3, ("F02", "bebas_cb", 0): 0, ("F02", "bebas_cmb", 0): 0,
        ("F02", "mutasi_keluar_asimilasi_total", 0): 0, ("F02", "bebas_remisi", 0): 1,
        **{(None, f"usul_{k}_menunggu", 1): 0 for k in INTEGRASI}, (None, "usul_pb_menunggu", 1): 2,
        **{(None, f"usulr_{k}_menunggu", 1): 0 for k in REMISI}, (None, "usulr_ru_menunggu", 1): 52,
        **{(None, f"usul_{k}_belum", 1): 0 for k in INTEGRASI}, (None, "usul_pb_belum", 1): 1,
    },
    pelanggaran={
        **{f"tunggu_integrasi_cocok_{k}": {"ubah": {f"usul_{k}_menunggu": 9}} for k in INTEGRASI},
        **{f"tunggu_remisi_cocok_{k}": {"ubah": {f"usulr_{k}_menunggu": 9}} for k in REMISI},
        "integrasi_kosong": {
            "ubah": {f"usul_pb_{t}": 0 for t in ("diusulkan", "disetujui", "ditolak", "menunggu", "belum")},
        },
        "setuju_tanpa_syarat": {"ubah": {"syarat_integrasi": 3}},
        "setuju_remisi_tanpa_syarat": {"ubah": {"syarat_remisi": 54}},
        **{f"laksana_cocok_{k}": {"ubah": {f"usul_{k}_belum": 5}} for k in INTEGRASI[:3]},
        "laksana_asimilasi": {"sekitar": {("F02", "mutasi_keluar_asimilasi_total", 0): 1}},
        **{f"syarat_penghuni_{k}": {"ubah": {f"syarat_{k}": 313}} for k in ("integrasi", "remisi")},
        "remisi_tanpa_penerima": {
            "ubah": {"rumum_ru1_b1": 0, "rumum_ru1_b3": 0, "rumum_ru2_b2": 0, "rlain_rt_i": 0, "hari_lain": 0},
        },
        "penerima_lebih": {"ubah": {"terima_umum_l": 42}},
        "penerima_kurang": {"ubah": {"terima_umum_l": 38}},
        "penerima_penghuni": {"sekitar": {("F01", "narapidana", 0): 39}},
        "bebas_cocok_mutasi": {"sekitar": {("F02", "bebas_remisi", 0): 2}},
        "bebas_kurang_mutasi": {"sekitar": {("F02", "bebas_remisi", 0): 0}},
        "hari_lain_lebih": {"ubah": {"hari_lain": 361}},
    },
)  # fmt: skip

TEMUAN = ("hp", "elektronik", "sajam", "miras", "lain")
F05 = Kasus(
    "F05",
    {
        "ada_temuan": True, "ada_tes_urine": True, "ada_pemindahan": True, "geledah_rutin_kali": 8,
        "geledah_gabungan_kali": 1, "kamar": 40, "temuan_hp_disita": 3,
        "temuan_sajam_disita": 2, "temuan_hp_musnah": 3, "narkoba_kasus": 1, "narkoba_berat": 2,
        "urine_wbp_diuji": 25, "urine_petugas_diuji": 5, "pindah_kepadatan_orang": 4,
    },
    sekitar={
        ("F01", "isi", 0): 100, ("F02", "keluar", 0): 10, ("F02", "pindah_keluar", 0): 4, ("F04", "narkoba", 0): 1,
        ("F04", "hp_ilegal", 0): 0, ("F04", "total_kejadian", 0): 1,
        **{(None, f"temuan_{k}_disita", 1): 2 for k in TEMUAN}, **{(None, "disita", n): 5 for n in (1, 2, 3)},
    },
    pelanggaran={
        "razia_kurang": {"ubah": {"geledah_rutin_kali": 6}},
        "kamar_tanpa_razia": {"ubah": {"geledah_rutin_kali": 0, "geledah_gabungan_kali": 0}},
        "razia_tanpa_kamar": {"ubah": {"kamar": 0}},
        **{f"musnah_lebih_{k}": {"ubah": {f"temuan_{k}_musnah": 6}} for k in TEMUAN},
        "sitaan_melonjak": {"ubah": {"temuan_lain_disita": 20}},
        "berat_tanpa_kasus": {"ubah": {"narkoba_kasus": 0}},
        "narkoba_tercatat": {"ubah": {"narkoba_kasus": 2}},
        "penipuan_tercatat": {"ubah": {"penipuan": 1}},
        "positif_lebih_wbp": {"ubah": {"urine_wbp_positif": 26}},
        "positif_lebih_petugas": {"ubah": {"urine_petugas_positif": 6}},
        "petugas_positif": {"ubah": {"urine_petugas_positif": 1}},
        "urine_penghuni": {"ubah": {"urine_wbp_diuji": 111}},
        "pindah_cocok_mutasi": {"sekitar": {("F02", "pindah_keluar", 0): 5}},
        "temuan_kosong": {
            "ubah": {"temuan_hp_disita": 0, "temuan_sajam_disita": 0, "temuan_hp_musnah": 0, "narkoba_kasus": 0,
                "narkoba_berat": 0},
        },
        "tes_kosong": {"ubah": {"urine_wbp_diuji": 0, "urine_petugas_diuji": 0}},
        "pindah_kosong": {"ubah": {"pindah_kepadatan_orang": 0}},
        "razia_tanpa_kejadian": {"ubah": {"geledah_rutin_kali": 0, "geledah_gabungan_kali": 0, "kamar": 0}},
    },
)  # fmt: skip

F07 = Kasus(
    "F07",
    {
        "ada_produk": True, "wbp": 12, "mitra": 2, "kanal_galeri_jual": 1_425_000, "biaya": 800_000,
        "pnbp": 100_000, "premi": 250_000, "dana_usaha": 275_000,
    },
    baris={
        "produk": {
            "nama": "Keripik pisang", "golongan": "makanan", "ukuran": "bungkus", "dibuat": 120, "terjual": 95,
            "hasil_jual": 1_425_000,
        },
        "legalitas": {"produk_izin": "Keripik pisang", "izin": "pirt", "nomor": "P-IRT 1", "berakhir": "2028-12-31"},
    },
    daftar={"produk": ({},), "legalitas": ({}, {"izin": "nib", "berakhir": None})},
    sekitar={
        ("F01", "isi", 0): 100, **{(None, "keuntungan", n): 500_000 for n in (1, 2, 3)},
        **{(None, "pnbp", n): 0 for n in (1, 2, 3)},
    },
    pelanggaran={
        "ada_tanpa_produk": {"daftar": {"produk": ()}, "ubah": {"kanal_galeri_jual": 0}},
        "terjual_tanpa_uang": {"daftar": {"produk": ({"hasil_jual": 0},)}},
        "uang_tanpa_terjual": {"daftar": {"produk": ({"terjual": 0},)}},
        "terjual_lebih": {"daftar": {"produk": ({"terjual": 121},)}},
        "izin_habis": {"daftar": {"legalitas": ({"berakhir": "2026-08-30"},)}},
        "kanal_cocok": {"ubah": {"kanal_galeri_jual": 1}},
        "dibagi_lebih": {"ubah": {"premi": 250_001}},
        "rugi": {"ubah": {"biaya": 1_425_001}},
        "untung_tanpa_pnbp": {"ubah": {"pnbp": 0}},
        "wbp_penghuni": {"ubah": {"wbp": 101}},
        "produk_tanpa_wbp": {"ubah": {"wbp": 0}},
    },
)  # fmt: skip

DIDIK = ("aksara", "paket_a", "paket_b", "paket_c", "formal", "tinggi")
PRIBADI = ("keagamaan", "hukum", "jasmani", "seni", "pramuka", "deradikalisasi")
F08 = Kasus(
    "F08",
    {
        "ada_pelatihan": True, "ada_kesetaraan": True, "ada_pembinaan": True, "bekerja": 42,
        "didik_paket_a_peserta": 15, "didik_paket_b_peserta": 17, "didik_paket_c_peserta": 23, "didik_paket_c_lulus": 4,
        "pribadi_keagamaan_orang": 80, "sppn_dinilai": 70, "sppn_baik": 60,
    },
    baris={
        "kursus": {
            "nama": "Las listrik dasar", "bidang": "manufaktur", "penyelenggara": "blk", "mulai": "2026-08-03",
            "selesai": "2026-08-28", "ikut": 20, "lulus": 18, "sertifikat": 18,
        },
    },
    daftar={"kursus": ({}, {"mulai": "2026-07-06", "ikut": 10, "lulus": 0, "sertifikat": 0})},
    sekitar={
        ("F01", "isi", 0): 100, ("F01", "narapidana", 0): 80, ("F01", "anak_binaan", 0): 0, ("F02", "keluar", 0): 5,
        ("F06", "wbp", 0): 20,
    },
    pelanggaran={
        "pelatihan_kosong": {"daftar": {"kursus": ()}},
        "lulus_lebih": {"daftar": {"kursus": ({"lulus": 21},)}},
        "sertifikat_lebih": {"daftar": {"kursus": ({"sertifikat": 21},)}},
        "tanggal_terbalik": {"daftar": {"kursus": ({"mulai": "2026-08-29"},)}},
        "belum_dimulai": {"daftar": {"kursus": ({"mulai": "2026-09-01", "selesai": "2026-09-20"},)}},
        "sudah_lewat": {"daftar": {"kursus": ({"mulai": "2026-07-01", "selesai": "2026-07-31"},)}},
        "bekerja_penghuni": {"ubah": {"bekerja": 101}},
        "bekerja_pangan": {"ubah": {"bekerja": 19}},
        "latih_penghuni": {"daftar": {"kursus": ({"ikut": 106},)}},
        **{f"lulus_didik_lebih_{k}": {"ubah": {f"didik_{k}_lulus": 24}} for k in DIDIK},
        "didik_penghuni": {"ubah": {"didik_aksara_peserta": 46}},
        "didik_kosong": {"ubah": {f"didik_{k}_{j}": 0 for k in DIDIK for j in ("peserta", "lulus")}},
        **{f"pribadi_penghuni_{k}": {"ubah": {f"pribadi_{k}_orang": 106}} for k in PRIBADI},
        "sppn_lebih": {"ubah": {"sppn_baik": 71}},
        "sppn_penghuni": {"ubah": {"sppn_dinilai": 86}},
    },
)  # fmt: skip

SKRINING = ("tb", "hiv", "hepatitis", "ims", "jiwa", "gizi")
REHAB = ("medis", "sosial", "pasca")
F09 = Kasus(
    "F09",
    {
        "kunjungan_poli": 90, "rawat_inap": 1, "dokter": 1, "tenaga_lain": 2, "ada_izin": True,
        "izin_nomor": "445/1", "izin_berakhir": "2028-12-31", "ada_skrining": True, "ada_pengobatan": True,
        "periksa_tb_diuji": 30,
        "tb_terduga": 2, "periksa_tb_temuan": 1, "obat_tb_kasus": 3, "obat_tb_diobati": 3, "obat_hiv_kasus": 2,
        "obat_hiv_diobati": 2, "hiv_tersupresi": 1, "lansia_dilayani": 3, "ckg_penghuni_orang": 40,
        "ada_rehabilitasi": True, "rehab_sosial_masuk": 5, "rehab_sosial_selesai": 2, "rehab_sosial_peserta": 13,
    },
    baris={"penyakit": {"golongan": "ispa", "kasus": 30}, "wafat": {"penyebab": "jantung", "orang": 1}},
    daftar={"penyakit": ({}, {"golongan": "kulit", "kasus": 20}), "wafat": ({},)},
    sekitar={
        ("F01", "isi", 0): 100, ("F01", "rinci_lansia_l", 0): 3, ("F01", "rinci_lansia_p", 0): 0,
        ("F01", "rinci_disabilitas_l", 0): 0, ("F01", "rinci_disabilitas_p", 0): 0,
        ("F01", "rinci_hamil_menyusui_p", 0): 0, ("F02", "meninggal_sakit", 0): 1, ("F02", "keluar", 0): 5,
        **{(None, f"rehab_{k}_peserta", 1): 0 for k in REHAB}, (None, "rehab_sosial_peserta", 1): 10,
    },
    pelanggaran={
        "meninggal_cocok_mutasi": {"sekitar": {("F02", "meninggal_sakit", 0): 2}},
        "izin_lengkap": {"ubah": {"izin_nomor": None}},
        "izin_habis": {"ubah": {"izin_berakhir": "2026-08-30"}},
        "tanpa_tenaga": {"ubah": {"dokter": 0, "tenaga_lain": 0}},
        "kunjungan_wajar": {"ubah": {"kunjungan_poli": 501}},
        "kasus_lebih": {"ubah": {"kunjungan_poli": 48}},
        **{f"temuan_lebih_{k}": {"ubah": {f"periksa_{k}_temuan": 31}} for k in SKRINING[1:]},
        "tb_terduga_lebih": {"ubah": {"tb_terduga": 31}},
        "tb_temuan_lebih": {"ubah": {"periksa_tb_temuan": 3}},
        **{f"skrining_penghuni_{k}": {"ubah": {f"periksa_{k}_diuji": 106}} for k in SKRINING},
        **{f"diobati_lebih_{k}": {"ubah": {f"obat_{k}_diobati": 4}} for k in ("tb", "hiv", "jiwa")},
        "tb_belum_diobati": {"ubah": {"obat_tb_diobati": 2}},
        "tersupresi_lebih": {"ubah": {"hiv_tersupresi": 3}},
        "lansia_lebih": {"ubah": {"lansia_dilayani": 4}},
        "disabilitas_lebih": {"ubah": {"disabilitas_dilayani": 1}},
        "maternal_lebih": {"ubah": {"maternal_dilayani": 1}},
        "ckg_penghuni": {"ubah": {"ckg_penghuni_orang": 106}},
        "skrining_kosong": {"ubah": {"periksa_tb_diuji": 0, "tb_terduga": 0, "ckg_penghuni_orang": 0}},
        "rehab_kosong": {
            "ubah": {"rehab_sosial_masuk": 0, "rehab_sosial_selesai": 0, "rehab_sosial_peserta": 0},
        },
        **{f"rehab_arus_{k}": {"ubah": {f"rehab_{k}_peserta": 9}} for k in REHAB},
        "rehab_penghuni": {"ubah": {"rehab_sosial_peserta": 101}},
    },
)  # fmt: skip

F10 = Kasus(
    "F10",
    {
        "hari_makan": 3_100, "belanja": 60_450_000, "indeks": 19_500, "kalori": 2_350, "menu_siklus": 10,
        "organoleptik": 90, "ada_slhs": True, "slhs_nomor": "440/1", "slhs_terbit": "2025-03-12",
        "slhs_berakhir": "2028-03-11", "dapur_sehat": "berjalan", "penjamah": 8, "penjamah_bersertifikat": 5,
    },
    baris={
        "vendor": {
            "nama": "CV Contoh Pangan", "kontrak": "SP-1", "mulai": "2026-01-01", "berakhir": "2026-12-31",
            "nilai_kontrak": 700_000_000, "katalog": True,
        },
    },
    daftar={"vendor": ({},)},
    sekitar={("F01", "isi", 0): 100, **{(None, "keluhan", n): 1 for n in (1, 2, 3)}},
    pelanggaran={
        "hari_makan_cocok": {"ubah": {"hari_makan": 3_601, "belanja": 3_601 * 19_500}},
        "belanja_cocok": {"ubah": {"belanja": 66_500_000}},
        "indeks_wajar": {"ubah": {"indeks": 16_999}},
        "kalori_kurang": {"ubah": {"kalori": 1_994}},
        "siklus_kurang": {"ubah": {"menu_siklus": 9}},
        "tanpa_uji": {"ubah": {"organoleptik": 0}},
        "keracunan_ada": {"ubah": {"keracunan": 1}},
        "keluhan_melonjak": {"ubah": {"keluhan": 6}},
        "slhs_lengkap": {"ubah": {"slhs_nomor": None}},
        "slhs_terbalik": {"ubah": {"slhs_terbit": "2028-03-11"}},
        "slhs_habis": {"ubah": {"slhs_berakhir": "2026-08-30"}},
        "tanpa_slhs": {"ubah": {"ada_slhs": False}},
        "penjamah_lebih": {"ubah": {"penjamah_bersertifikat": 9}},
        "penjamah_penghuni": {"ubah": {"penjamah": 101}},
        "vendor_kosong": {"daftar": {"vendor": ()}},
        "kontrak_terbalik": {"daftar": {"vendor": ({"mulai": "2026-08-20", "berakhir": "2026-08-10"},)}},
        "kontrak_di_luar": {"daftar": {"vendor": ({"berakhir": "2026-07-31"},)}},
        "belanja_lebih_kontrak": {"daftar": {"vendor": ({"nilai_kontrak": 60_000_000},)}},
    },
)  # fmt: skip

F11 = Kasus(
    "F11",
    {
        "ada_bansos": True, "ada_survei": True, "kunjung_tatap_muka_layanan": 80, "kunjung_tatap_muka_orang": 150,
        "titipan": 60, "ada_aduan": True, "adu_pesan_masuk": 3, "adu_pesan_selesai": 2, "aduan_sisa": 2,
        "aduan_tepat": 2, "responden": 40, "ikm": 4, "ipk": 3,
    },
    baris={
        "bansos": {
            "tanggal": "2026-08-14", "sasaran": "keluarga", "bentuk": "pangan", "paket": 50,
            "nilai_bantuan": 7_500_000, "dana": "pegawai",
        },
    },
    daftar={"bansos": ({},)},
    sekitar={
        ("F01", "isi", 0): 100, (None, "aduan_sisa", 1): 1,
        **{(None, "layanan_kunjungan", n): 75 for n in (1, 2, 3)},
    },
    pelanggaran={
        "bansos_kosong": {"daftar": {"bansos": ()}},
        "tanggal_di_luar_bulan": {"daftar": {"bansos": ({"tanggal": "2026-09-01"},)}},
        "nilai_tidak_wajar": {"daftar": {"bansos": ({"nilai_bantuan": 400_000},)}},
        "pengunjung_kurang_tatap_muka": {"ubah": {"kunjung_tatap_muka_orang": 79}},
        "pengunjung_kurang_daring": {"ubah": {"kunjung_daring_layanan": 1}},
        "kunjungan_wajar": {"ubah": {"kunjung_daring_layanan": 921, "kunjung_daring_orang": 921}},
        "kunjungan_melonjak": {"ubah": {"kunjung_daring_layanan": 146, "kunjung_daring_orang": 146}},
        "aduan_kosong": {
            "ubah": {"adu_pesan_masuk": 0, "adu_pesan_selesai": 0, "aduan_sisa": 0, "aduan_tepat": 0},
        },
        "aduan_arus": {"ubah": {"aduan_sisa": 7}},
        "tepat_lebih": {"ubah": {"aduan_tepat": 3}},
        "aduan_terlambat": {"ubah": {"aduan_tepat": 1}},
        "responden_kurang": {"ubah": {"responden": 29}},
    },
)  # fmt: skip

KASUS = {k.kode: k for k in (F03, F05, F07, F08, F09, F10, F11)}
semua_kasus = pytest.mark.parametrize("kasus", KASUS.values(), ids=list(KASUS))


@semua_kasus
def test_laporan_bersih_tanpa_temuan(kasus):
    assert [t.pesan for t in kasus.temuan()] == []


def test_setiap_aturan_diuji():
    pastikan_aturan_lengkap(KASUS)


@pytest.mark.parametrize(("formulir", "kode"), semua_pelanggaran(KASUS))
def test_aturan_dapat_dilanggar(formulir, kode):
    pastikan_terpicu(KASUS[formulir], kode)


@semua_kasus
def test_bulan_lalu_dan_formulir_lain_tidak_pernah_menahan(kasus):
    """A neighbour's mistake or delay must not keep a unit from sending."""
    for siap in kasus.skema.aturan_siap:
        acuan = [p for s in (siap.syarat, siap.bila) if s is not None for p in s.telusur()]
        if any(s.op in ("luar", "lalu", "rata") for s in acuan):
            assert siap.aturan.tingkat == "tanya", siap.aturan.kode


@semua_kasus
def test_tanpa_bulan_lalu_dan_tanpa_formulir_lain_bersih(kasus):
    sendiri = dict.fromkeys(kasus.sekitar)
    assert [t.pesan for t in kasus.temuan(sekitar=sendiri)] == []


# ---------------------------------------------------------------- public figures


def _angka(kasus: Kasus, ubah: dict | None = None, daftar: dict | None = None) -> dict[str, Nilai]:
    return hitung(kasus.skema, kasus.isian(ubah, daftar), KonteksPeta(AGUSTUS))


def test_razia_nasional_dapat_dilaporkan():
    angka = {"geledah_rutin_kali": 11_962, "geledah_gabungan_kali": 0, "temuan_hp_disita": 10_572,
             "temuan_elektronik_disita": 21_843, "temuan_sajam_disita": 24_537, "narkoba_kasus": 9}  # fmt: skip
    hasil = _angka(F05, angka)
    assert (hasil["razia"], hasil["disita"]) == (11_962, 56_952)
    assert SEMUA["F05"].parameter[0].pada("2026-08") == 2


def test_produk_170_lapas_320_jenis_dapat_dijumlahkan():
    """Units add up: each counts its products, and itself once."""
    dua, satu = ({}, {"nama": "Sambal"}), ({},)
    hasil = [_angka(F07, daftar={"produk": dua if n < 150 else satu}) for n in range(170)]
    assert sum(h["jenis_produk"] for h in hasil) == 320
    assert sum(h["upt_berproduksi"] for h in hasil) == 170
    kosong = Isian({"ada_produk": Sel(False)})
    assert hitung(SEMUA["F07"], kosong, KonteksPeta(AGUSTUS))["upt_berproduksi"] == 0


def test_pembagian_hasil_habis():
    hasil = _angka(F07)
    assert (hasil["omzet"], hasil["keuntungan"], hasil["belum_dibagi"]) == (1_425_000, 625_000, 0)


def test_remisi_umum_2017_menurut_besarnya():
    ru1, ru2 = (24_014, 23_651, 25_459, 10_644, 5_466, 1_138), (309, 360, 654, 615, 471, 35)
    isi = {f"rumum_ru1_b{n}": x for n, x in enumerate(ru1, 1)} | {f"rumum_ru2_b{n}": x for n, x in enumerate(ru2, 1)}
    hasil = _angka(F03, {**isi, "rlain_rt_i": 0})
    assert (hasil["ru_i"], hasil["ru_ii"], hasil["pemberian_semua"]) == (90_372, 2_444, 92_816)


def test_remisi_khusus_natal_2023_dan_penghematannya():
    isi = {f"rumum_{b}_b{n}": 0 for b in ("ru1", "ru2") for n in range(1, 7)}
    natal = dict(zip(("h15", "b1", "b1h15", "b2"), (3_038, 10_871, 1_404, 510), strict=True))
    hasil = _angka(F03, isi | {f"rkhusus_rk1_{k}": n for k, n in natal.items()} | {"hari_lain": 0})
    assert (hasil["rk_i"], hasil["hari_dihemat"]) == (15_823, 465_480)
    assert hasil["hemat"] == 465_480 * 19_500


@pytest.mark.parametrize(("bulan", "biaya"), [("2025-07", 17_000), ("2025-08", 19_500)])
def test_biaya_makan_berganti_pada_tanggalnya(bulan, biaya):
    assert next(p for p in SEMUA["F03"].parameter if p.kode == "biaya_makan").pada(bulan) == biaya


def test_kesetaraan_rangkasbitung():
    hasil = _angka(F08, {"didik_paket_c_lulus": 0})
    assert hasil["peserta_didik"] == 55


def test_peserta_pelatihan_dihitung_sekali_pada_bulan_mulainya():
    hasil = _angka(F08)
    assert (hasil["peserta_latih"], hasil["peserta_aktif"]) == (20, 30)


@pytest.mark.parametrize("kode", ["F07", "F08", "F11"])
def test_upt_tanpa_kegiatan_hanya_menjawab_tidak(kode):
    """Sections that are closed ask for nothing; what lies outside them is nil with one press."""
    skema = SEMUA[kode]
    tertutup = {b.kode for g in skema.bagian if g.bila for b in g.butir}
    angka = {b.kode: Sel(0) for b in skema.butir.values() if b.angka and b.diketik and b.kode not in tertutup}
    tidak = {b.kode: Sel(False) for b in skema.butir.values() if b.jenis == "ya_tidak"}
    beku = bekukan(skema, Isian({**angka, **tidak}), KonteksPeta(AGUSTUS), {})
    assert beku["skema"]["kode"] == kode
    assert [
        t.pesan for t in periksa(skema, Isian({**angka, **tidak}), KonteksPeta(AGUSTUS)) if t.tingkat == "galat"
    ] == []


def test_f10_diketik_paling_banyak_sepuluh():
    """Everything that repeats from month to month is marked so, and copied."""
    skema = SEMUA["F10"]
    assert len([b for b in skema.butir.values() if b.diketik and not b.stabil]) <= 10
    assert all(k.stabil for k in skema.daftar["vendor"].kolom)


@pytest.mark.parametrize("kode", list(KASUS))
def test_tidak_ada_tempat_untuk_data_orang(kode):
    """No item asks who somebody is; text columns are about things, places and organisations."""
    skema = KASUS[kode].skema
    semua = [*skema.butir.values(), *(k for d in skema.daftar.values() for k in d.kolom)]
    teks = {b.kode for b in semua if b.jenis == "teks"}
    assert teks <= {"nama", "ukuran", "produk_izin", "nomor", "kontrak", "lembaga", "npsn", "izin_nomor", "slhs_nomor"}
    assert "jangan menulis nama" in skema.penjelasan.lower() or kode in ("F07", "F10")
