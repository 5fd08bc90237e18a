"""Publication to probation and the coconut campaign: a clean report of each form, and a violation of each rule."""

from __future__ import annotations

import csv
from datetime import date
from types import SimpleNamespace

import pytest

from pelaporan.aturan import periksa
from pelaporan.isian import Isian, Keadaan, KonteksPeta, Sel, bekukan, hitung
from pelaporan.services_periode import tenggat_untuk
from pemasyarakatan.inti.waktu import Bulan
from tests.pelaporan.bantu_formulir import (
    FOLDER,
    SEMUA,
    Kasus,
    pastikan_aturan_lengkap,
    pastikan_terpicu,
    semua_pelanggaran,
)

AGUSTUS = Bulan(2026, 8)
SARANA = ("mobil", "angkut", "ambulans", "xray", "detektor", "cctv", "ht", "senjata")
STATUS_TANAH = ("sertifikat", "hibah", "pinjam", "sengketa", "lain")
BIDANG = ("pendidikan", "kerja", "kesehatan", "usaha", "pertanian", "keagamaan", "hukum", "reintegrasi", "lain")
BELANJA = ("b51", "b52", "b53")

KASUS = {
    "F12": Kasus(
        "F12",
        {"ada_berita": True, "ada_konten": True, "konten_instagram_unggahan": 12, "siaran_pers": 2},
        {
            "ada_berita_kosong": {"daftar": {"berita": ()}},
            "konten_kosong": {"ubah": {"konten_instagram_unggahan": 0, "siaran_pers": 0}},
            "tayang_di_luar_bulan": {"daftar": {"berita": ({"tanggal_tayang": "2026-09-01"},)}},
            "tanggapan_belum_diisi": {"daftar": {"berita": ({"sentimen": "negatif", "isu": "3.1"},)}},
            "isu_positif_negatif": {"daftar": {"berita": ({"sentimen": "negatif", "ditanggapi": True},)}},
            "gangguan_tanpa_kejadian": {
                "daftar": {"berita": ({"isu": "1.1", "sentimen": "netral"},)},
                "sekitar": {("F04", "total_kejadian", 0): 0},
            },
        },
        baris={
            "berita": {
                "tanggal_tayang": "2026-08-14", "judul_berita": "Panen raya", "media": "lokal", "sentimen": "positif",
                "isu": "8.6", "jumlah_tayang": 3,
            }
        },
        daftar={"berita": ({},)},
    ),
    "F13": Kasus(
        "F13",
        {
            "status_zi": "dicanangkan", "risiko_tercatat": 12, "risiko_ditangani": 9, "sop_berlaku": 64,
            "ada_audit": True, "ada_disiplin": True,
            "periksa_baru": 1, "periksa_berjalan": 1, "lhkpn_wajib": 6, "lhkpn_lapor": 6, "lhkasn_wajib": 58,
            "lhkasn_lapor": 55, "tlhp_bpk_semua": 3, "tlhp_bpk_selesai": 2,
            **{f"lke_{a}_nilai": None for a in
                ("perubahan", "tatalaksana", "sdm", "akuntabilitas", "pengawasan", "layanan")},
        },
        {
            "ada_audit_kosong": {"daftar": {"audit_sop": ()}},
            "audit_di_luar_bulan": {"daftar": {"audit_sop": ({"tanggal_audit": "2026-07-31"},)}},
            "disiplin_kosong": {"ubah": {"periksa_baru": 0, "periksa_berjalan": 0}},
            "patuh_lebih": {"daftar": {"audit_sop": ({"patuh": 9},)}},
            "ditindak_lebih": {"daftar": {"audit_sop": ({"ditindak": 3},)}},
            "tidak_patuh_tanpa_temuan": {"daftar": {"audit_sop": ({"temuan": 0, "ditindak": 0},)}},
            "risiko_lebih": {"ubah": {"risiko_ditangani": 13}},
            "hukuman_narkoba_lebih": {"ubah": {"hukuman_narkoba": 1}},
            "arus_disiplin": {"ubah": {"periksa_berjalan": 2}},
            "lapor_lebih_lhkpn": {"ubah": {"lhkpn_lapor": 7}},
            "lapor_lebih_lhkasn": {"ubah": {"lhkasn_lapor": 59}},
            "tlhp_lebih_bpk": {"ubah": {"tlhp_bpk_selesai": 4}},
            "tlhp_lebih_itjen": {"ubah": {"tlhp_itjen_selesai": 1}},
            "disiplin_pegawai": {"sekitar": {("F17", "pegawai", 0): 0}},
            "narkoba_cocok_kejadian": {
                "ubah": {"hukuman_berat_orang": 1, "hukuman_narkoba": 1}, "sekitar": {("F04", "integritas", 0): 0},
            },
        },
        baris={
            "audit_sop": {
                "tanggal_audit": "2026-08-14", "pelaksana_audit": "upt", "bidang_audit": "pengamanan", "diuji": 8,
                "patuh": 7, "temuan": 2, "ditindak": 1,
            }
        },
        daftar={"audit_sop": ({},)},
        sekitar={(None, "periksa_berjalan", 1): 0, ("F17", "pegawai", 0): 66},
    ),
    "F14": Kasus(
        "F14",
        {
            "belanja_b51_pagu": 4_000_000_000, "belanja_b51_realisasi": 2_500_000_000,
            "belanja_b52_pagu": 2_000_000_000,
            "belanja_b52_realisasi": 1_200_000_000, "belanja_b52_blokir": 100_000_000, "ada_pnbp": True,
            "rpd": 3_800_000_000, "ikpa": 94, "ada_tunggakan": True, "tunggakan_air_nilai": 2_000_000,
            "pnbp_kerja_target": 24_000_000, "pnbp_kerja_masuk": 15_000_000,
        },
        {
            **{f"realisasi_lebih_{b}": {"ubah": {f"belanja_{b}_realisasi": 4_000_000_001}} for b in BELANJA},
            **{f"blokir_lebih_{b}": {"ubah": {f"belanja_{b}_blokir": 4_000_000_001}} for b in BELANJA},
            "tunggakan_kosong": {"ubah": {"tunggakan_air_nilai": 0}},
            "realisasi_blokir": {"ubah": {"belanja_b51_realisasi": 4_000_000_000,
                "belanja_b52_realisasi": 1_950_000_000}},
            "realisasi_turun": {"sekitar": {(None, "realisasi", 1): 3_800_000_000}},
            "pagu_berubah": {"sekitar": {(None, "pagu", 1): 5_900_000_000}},
            "deviasi_besar": {"ubah": {"rpd": 3_000_000_000}, "sekitar": {(None, "deviasi", 1): 4}},
            "pnbp_turun": {"sekitar": {(None, "pnbp_realisasi", 1): 15_000_001}},
            "pnbp_pangan": {"sekitar": {("F06", "pnbp", 0): 15_000_001}},
        },
        sekitar={(None, "realisasi", 1): 3_200_000_000, (None, "pagu", 1): 6_000_000_000},
    ),
    "F15": Kasus(
        "F15",
        {
            "tanah_sertifikat_bidang": 2, "tanah_sertifikat_luas": 12_500, "ada_hibah": True,
            "ada_pekerjaan": True, "bangunan_baik_unit": 6, "sarana_cctv_ada": 32, "sarana_cctv_siap": 29,
        },
        {
            **{f"luas_tanpa_bidang_{s}": {"ubah": {f"tanah_{s}_bidang": 0, f"tanah_{s}_luas": 10}}
                for s in STATUS_TANAH},
            "tanah_berubah": {"sekitar": {(None, "tanah_luas", 1): 12_000}},
            "ada_hibah_kosong": {"daftar": {"hibah": ()}},
            "bast_tanpa_nphd": {"daftar": {"hibah": ({"bast": True, "nphd": None},)}},
            "luas_hibah_kosong": {"daftar": {"hibah": ({"luas_hibah": 0},)}},
            "nphd_kelak": {"daftar": {"hibah": ({"tanggal_nphd": "2026-09-01"},)}},
            "ada_pekerjaan_kosong": {"daftar": {"gedung": ()}},
            "bayar_mendahului": {"daftar": {"gedung": ({"keuangan": 90},)}},
            "lewat_target": {"daftar": {"gedung": ({"target_selesai": "2026-08-30"},)}},
            **{f"siap_lebih_{s}": {"ubah": {f"sarana_{s}_siap": 99}} for s in SARANA},
            "pekerjaan_tanpa_pagu": {
                "sekitar": {("F14", "belanja_b52_pagu", 0): 0, ("F14", "belanja_b53_pagu", 0): 0}
            },
        },
        baris={
            "hibah": {
                "pemberi": "Pemerintah Kabupaten Buru", "objek_hibah": "tanah", "luas_hibah": 15_000,
                "nphd": "100/NPHD/2026", "tanggal_nphd": "2026-08-03", "bast": True, "sertifikat_hibah": "proses",
            },
            "gedung": {
                "nama_pekerjaan": "Gedung Bapas", "peruntukan": "bapas", "jenis_pekerjaan": "pembangunan",
                "nilai_kontrak": 1_850_000_000, "fisik": 62, "keuangan": 55, "target_selesai": "2026-12-15",
            },
        },
        daftar={"hibah": ({},), "gedung": ({},)},
        sekitar={(None, "tanah_luas", 1): 12_500},
    ),
    "F16": Kasus(
        "F16",
        {
            "ks_aktif": 7, "ks_pemda": 3, "ada_ks_baru": True, "ada_kegiatan_ks": True, "kegiatan_pendidikan_kali": 2,
            "kegiatan_pendidikan_orang": 40,
        },
        {
            "ks_pemda_lebih": {"ubah": {"ks_pemda": 8}},
            "ada_naskah_kosong": {"daftar": {"kerja_sama": ()}},
            "naskah_di_luar_bulan": {"daftar": {"kerja_sama": ({"tanggal_naskah": "2026-09-09"},)}},
            "berakhir_mendahului": {"daftar": {"kerja_sama": ({"berlaku_sampai": "2026-08-09"},)}},
            "arus_ks": {"ubah": {"ks_berakhir": 1}},
            "ada_kegiatan_nihil": {"ubah": {"kegiatan_pendidikan_kali": 0}},
            **{f"penerima_tanpa_kegiatan_{b}": {"ubah": {f"kegiatan_{b}_kali": 0, f"kegiatan_{b}_orang": 5}}
                for b in BIDANG},
            "kegiatan_tanpa_kerja_sama": {"ubah": {"ks_aktif": 0, "ks_pemda": 0}},
            "mitra_pangan": {"ubah": {"kegiatan_pertanian_kali": 1}, "sekitar": {("F06", "mitra", 0): 0}},
        },
        baris={
            "kerja_sama": {
                "mitra": "Pemerintah Kota Ambon", "jenis_mitra": "pemda", "jenis_naskah": "kesepakatan",
                "nomor_naskah": "W.81-12", "tanggal_naskah": "2026-08-09", "berlaku_sampai": "2029-08-08",
                "bidang": "reintegrasi", "dukungan": 50_000_000,
            }
        },
        daftar={"kerja_sama": ({},)},
        sekitar={(None, "ks_aktif", 1): 6},
    ),
    "F17": Kasus(
        "F17",
        {
            "jabatan_struktural_l": 6, "jabatan_jaga_l": 40, "jabatan_jaga_p": 4, "jabatan_pelaksana_p": 16,
            "status_asn_pns_orang": 60, "status_asn_cpns_orang": 6, "kebutuhan": 96, "ada_regu": True, "regu": 4,
            "anggota_regu": 36, "jaga_terkecil": 9, "p2u": 8, "ada_pelatihan": True,
        },
        {
            "status_cocok": {"ubah": {"status_asn_pppk_orang": 1}},
            "pegawai_nihil": {"ubah": {f"jabatan_{j}": 0 for j in
                ("struktural_l", "jaga_l", "jaga_p", "pelaksana_p")}},
            "arus_pegawai": {"ubah": {"pegawai_keluar": 1}},
            "regu_melebihi": {"ubah": {"anggota_regu": 67}},
            "regu_jabatan": {"ubah": {"p2u": 9}},
            "regu_kosong": {"ubah": {"regu": 0}},
            "terkecil_lebih": {"ubah": {"jaga_terkecil": 10}},
            "ada_latihan_kosong": {"daftar": {"latihan": ()}},
            "latihan_di_luar_bulan": {"daftar": {"latihan": ({"selesai_latihan": "2026-07-14"},)}},
            "lulus_lebih": {"daftar": {"latihan": ({"lulus": 6},)}},
            "peserta_lebih": {"daftar": {"latihan": ({"peserta": 67},)}},
            "pk_cocok": {"sekitar": {("F18", "pk", 0): 1, ("F18", "apk", 0): 0}},
        },
        baris={
            "latihan": {
                "nama_latihan": "Huru-hara", "jenis_latihan": "pengamanan", "cara_latihan": "tatap_muka",
                "penyelenggara": "Poltekimipas", "selesai_latihan": "2026-08-14", "jam_latihan": 20, "peserta": 5,
                "lulus": 5,
            }
        },
        daftar={"latihan": ({},)},
        sekitar={(None, "pegawai", 1): 66},
    ),
    "F18": Kasus(
        "F18",
        {
            "program_pb_dewasa": 96, "program_kerja_sosial_dewasa": 6, "program_pengawasan_dewasa": 2,
            "program_diversi_anak": 6, "klien_dewasa_p": 6, "perkara_narkotika_orang": 70,
            "perkara_lain_orang": 40, "bekerja": 80, "klien_baru": 8, "klien_selesai": 5,
            "litmas_awal": 3, "litmas_pb_masuk": 12, "litmas_pb_selesai": 14, "litmas_tepat": 13, "litmas_sdp": 14,
            "wajib_lapor": 50, "hadir": 48, "mangkir_tiga": 1, "tahap_awal_orang": 40,
            "tahap_akhir_orang": 60, "ada_pencabutan": True, "cabut_pb_mangkir": 1, "ada_kerja_sosial": True,
            "ks_perintah": 2, "ks_jam_putus": 200, "ks_jenis_bersih_orang": 6, "ada_pengawasan": True, "pk": 10,
            "apk": 1,
        },
        {
            **{f"perempuan_lebih_{k}": {"ubah": {f"klien_{k}_p": 105}} for k in ("dewasa", "anak")},
            "perkara_cocok": {"ubah": {"perkara_lain_orang": 39}},
            "bekerja_lebih": {"ubah": {"bekerja": 105}},
            "arus_klien": {"sekitar": {(None, "klien", 1): 107}},
            "ulang_lebih": {"ubah": {"klien_ulang": 117}},
            "litmas_selesai_lebih": {"ubah": {"litmas_pb_selesai": 16}},
            "litmas_tepat_lebih": {"ubah": {"litmas_tepat": 15}},
            "litmas_sambung": {"sekitar": {(None, "litmas_sisa", 1): 4}},
            "litmas_rinci_lebih_sdp": {"ubah": {"litmas_sdp": 15}},
            "litmas_rinci_lebih_ai": {"ubah": {"litmas_ai": 15}},
            "hadir_lebih": {"ubah": {"hadir": 51}},
            "mangkir_tiga_lebih": {"ubah": {"mangkir_tiga": 3}},
            "wajib_lapor_klien": {"ubah": {"wajib_lapor": 117, "hadir": 115}},
            "tahap_lebih": {"ubah": {"tahap_lanjutan_orang": 11}},
            "ada_pencabutan_nihil": {"ubah": {"cabut_pb_mangkir": 0}},
            "ks_jam_wajar": {"ubah": {"ks_jam_putus": 481}},
            "ks_jenis_cocok": {"ubah": {"ks_jenis_lain_orang": 1}},
            "ks_tanpa_jawaban": {"ubah": {"ada_kerja_sosial": False}},
            "pw_tanpa_jawaban": {"ubah": {"ada_pengawasan": False}},
            "pw_langgar_lebih": {"ubah": {"pw_langgar": 3}},
            "pk_nihil": {"ubah": {"pk": 0}},
            "pk_pegawai": {"sekitar": {("F17", "pegawai", 0): 10}},
        },
        sekitar={(None, "klien", 1): 108, (None, "litmas_sisa", 1): 3, ("F17", "pegawai", 0): 40},
    ),
    "K01": Kasus(
        "K01",
        {
            "lahan_disiapkan": 20_000, "lahan_ditanam": 20_000, "bibit_diterima": 120, "bibit_rusak": 3,
            "bibit_sisa": 40,
            "ditanam": 110, "mati": 4, "hidup": 310, "wbp_kelapa": 24, "petugas_kelapa": 4,
        },
        {
            "tanam_melebihi_lahan": {"ubah": {"lahan_ditanam": 20_001}},
            "pohon_tanpa_lahan": {"ubah": {"lahan_ditanam": 0}},
            "arus_bibit": {"ubah": {"bibit_rusak": 4}},
            "arus_pohon": {"ubah": {"mati": 3}},
            "terlalu_rapat": {"ubah": {"lahan_ditanam": 8_000}},
            "tanam_tanpa_orang": {"ubah": {"wbp_kelapa": 0}},
            "kelapa_penghuni": {"sekitar": {("F01", "isi", 0): 23}},
            "kelapa_perkebunan": {"sekitar": {("F06", "klaster_perkebunan_lahan", 0): 19_999}},
        },
        sekitar={(None, "bibit_sisa", 1): 33, (None, "hidup", 1): 204, ("F01", "isi", 0): 400},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kode", KASUS)
def test_laporan_bersih_tanpa_temuan(kode):
    assert [t.pesan for t in KASUS[kode].temuan()] == []


def test_setiap_aturan_diuji():
    pastikan_aturan_lengkap(KASUS)


@pytest.mark.parametrize(("formulir", "kode"), semua_pelanggaran(KASUS))
def test_aturan_dapat_dilanggar(formulir, kode):
    pastikan_terpicu(KASUS[formulir], kode)


# ---------------------------------------------------------------- how much has to be typed


@pytest.mark.parametrize(
    ("kode", "jawaban"),
    [
        ("F12", {"ada_berita": False, "ada_konten": False}),
        ("F13", {"ada_audit": False, "ada_disiplin": False, "status_zi": "belum"}),
        ("F16", {"ada_ks_baru": False, "ada_kegiatan_ks": False}),
        ("F17", {"ada_regu": False, "ada_pelatihan": False, "jabatan_pk_l": 3, "status_asn_pns_orang": 3}),
        ("F18", {"ada_pencabutan": False, "ada_kerja_sosial": False, "ada_pengawasan": False}),
    ],
)
def test_yang_nihil_tidak_perlu_diisi(kode, jawaban):
    """A closed section needs nothing, and its numbers count as nil."""
    s = SEMUA[kode]
    nol = {k: 0 for k, b in s.butir.items() if b.diketik and b.wajib and b.angka and not s.bagian_dari[k].bila}
    isi = {
        k: Sel(v, Keadaan.NIHIL if v == 0 and v is not False else Keadaan.ISI) for k, v in {**nol, **jawaban}.items()
    }
    laporan = Isian(isi)
    assert periksa(s, laporan, KonteksPeta(AGUSTUS)) == []
    beku = bekukan(s, laporan, KonteksPeta(AGUSTUS), {})["angka"]
    tertutup = [k for k, b in s.butir.items() if b.angka and b.dijumlah and s.bagian_dari[k].bila and b.rumus is None]
    assert all(beku[k] == 0 for k in tertutup)


@pytest.mark.parametrize("kode", KASUS)
def test_beban_isian(kode):
    """What changes every month and is not behind a question stays short; the probation office has only this form."""
    s = SEMUA[kode]
    ketik = [b for b in s.butir.values() if b.wajib and not b.stabil and not s.bagian_dari[b.kode].bila]
    assert len(ketik) <= (70 if kode == "F18" else 10), [b.kode for b in ketik]


# ---------------------------------------------------------------- figures that were published


def angka(kode: str, ubah: dict, daftar: dict | None = None) -> dict:
    return hitung(SEMUA[kode], KASUS[kode].isian(ubah, daftar), KonteksPeta(AGUSTUS))


def test_klien_palu_desember_2025():
    """1.513 clients = 1.507 adults + 6 children; 1.096 of the adults work and 411 do not; 1.345 + 132 litmas."""
    ubah = {
        "program_pb_dewasa": 1431, "program_cb_dewasa": 70, "program_kerja_sosial_dewasa": 4,
        "program_pengawasan_dewasa": 2, "ks_jenis_bersih_orang": 4,
        "perkara_narkotika_orang": 831, "perkara_pencurian_orang": 247, "perkara_lain_orang": 435, "bekerja": 1096,
        "litmas_pb_masuk": 1345, "litmas_diversi_masuk": 132, "litmas_pb_selesai": 1345,
        "litmas_tepat": 1477, "litmas_diversi_selesai": 132, "litmas_sdp": 1477,
    }  # fmt: skip
    assert [t.pesan for t in KASUS["F18"].temuan(ubah, sekitar={(None, "klien", 1): 1511})] == []
    hasil = angka("F18", ubah)
    assert (hasil["klien_program"], hasil["klien_dewasa"], hasil["klien_anak"]) == (1513, 1507, 6)
    assert (hasil["litmas_masuk"], hasil["litmas_sisa"], hasil["belum_bekerja"]) == (1477, 3, 411)


def test_klien_bengkulu_2025_menurut_jenis_kelamin():
    """1.511 clients = 1.466 men + 45 women; only the women are typed."""
    hasil = angka("F18", {"program_pb_dewasa": 1497, "klien_dewasa_p": 44, "klien_anak_p": 1})
    assert (hasil["klien"], hasil["klien_l"], hasil["klien_p"]) == (1511, 1466, 45)


def test_pencabutan_bengkulu_tiga_belas():
    hasil = angka("F18", {"cabut_pb_pidana": 8, "cabut_pb_mangkir": 3, "cabut_cb_resah": 2})
    assert (hasil["dicabut"], hasil["cabut_pb_total"], hasil["dicabut_pidana"]) == (13, 11, 8)


def test_kesepakatan_pemkot_dapat_dilaporkan():
    hasil = angka("F16", {}, {"kerja_sama": ({}, {"jenis_naskah": "perpanjangan", "dukungan": 0})})
    assert (hasil["naskah_baru"], hasil["naskah_tambah"], hasil["naskah_dukungan"]) == (2, 1, 50_000_000)


def test_gedung_kanwil_dan_bapas_dapat_dilaporkan():
    hasil = angka("F15", {}, {"gedung": ({}, {"peruntukan": "kanwil", "fisik": 100}, {"peruntukan": "dapur"})})
    assert (hasil["pekerjaan_kantor"], hasil["pekerjaan_selesai"], hasil["pekerjaan_banyak"]) == (2, 1, 3)


def test_setiap_isu_kejadian_ada_di_publikasi():
    isu = SEMUA["F12"].daftar["berita"].per_kode["isu"].label_pilihan
    assert set(SEMUA["F04"].daftar["kejadian"].per_kode["kategori"].label_pilihan) <= set(isu)


def test_serapan_dan_deviasi():
    hasil = angka("F14", {})
    assert (hasil["pagu"], hasil["realisasi"]) == (6_000_000_000, 3_700_000_000)
    assert str(round(hasil["persen_realisasi"], 2)) == "61.67"
    assert str(round(hasil["deviasi"], 2)) == "2.63"


@pytest.mark.parametrize(
    ("bulan", "hari"),
    [("2026-07", None), ("2026-08", date(2026, 9, 7)), ("2026-10", date(2026, 11, 6)), ("2026-11", None)],
)
def test_kelapa_hanya_selama_kampanye(bulan, hari):
    def tenggat(kode: str):
        upt = SimpleNamespace(jenis="LAPAS", subjenis="UMUM", kode=kode)
        return tenggat_untuk(SimpleNamespace(skema=SEMUA["K01"]), upt, Bulan.dari(bulan), frozenset())

    ada = tenggat("lapas-kelas-iia-besi-nusakambangan")
    assert (ada.upt if ada else None) == hari
    assert tenggat("lapas-kelas-iia-ambon") is None


def test_unit_kampanye_ada_di_data_induk():
    with (FOLDER.parents[1] / "upt/data/upt.csv").open(encoding="utf-8") as berkas:
        lapas = {b["kode"]: b for b in csv.DictReader(berkas) if b["jenis"] == "LAPAS"}
    ikut = set(SEMUA["K01"].kewajiban[0].upt)
    assert ikut <= set(lapas)
    assert {k for k in lapas if "nusakambangan" in k} <= ikut
