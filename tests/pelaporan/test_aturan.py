"""Findings: what is said, where it points, and how long an answer stays valid."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pelaporan.aturan import Temuan, belum_terjawab, periksa
from pelaporan.isian import Baris, Isian, Keadaan, KonteksPeta, Sel
from pelaporan.skema import baca_skema
from pemasyarakatan.inti.waktu import Bulan

KECIL = (Path(__file__).parent / "contoh/F99.yaml").read_text(encoding="utf-8")
SKEMA = baca_skema(KECIL)
JANUARI = Bulan(2026, 1)
KONTEKS = KonteksPeta(JANUARI)


def isian(daftar: list[Baris] | None = None, **nilai: object) -> Isian:
    isi = {"ada": True, "orang_a_l": 4, "orang_a_p": 1, "orang_b_p": 2, **nilai}
    sel = {k: v if isinstance(v, Sel) else Sel(v) for k, v in isi.items() if v is not None}
    return Isian(sel, {"acara": daftar or []})


def baris(kunci: str, **nilai: object) -> Baris:
    return Baris(kunci, {k: Sel(v) for k, v in nilai.items()})


def satu(temuan: list[Temuan], kode: str) -> Temuan:
    cocok = [t for t in temuan if t.kode == kode]
    assert len(cocok) == 1, [t.kode for t in temuan]
    return cocok[0]


def test_isian_yang_benar_tanpa_temuan():
    assert periksa(SKEMA, isian([baris("r1", hari="2026-01-05", hadir=7)]), KONTEKS) == []


def test_butir_wajib_kosong():
    t = satu(periksa(SKEMA, isian(orang_b_p=None), KONTEKS), "kosong:orang_b_p")
    assert (t.tingkat, t.pesan, t.butir) == ("galat", "Isi B, perempuan. Tulis 0 bila nihil.", ("orang_b_p",))
    assert satu(periksa(SKEMA, isian(ada=None), KONTEKS), "kosong:ada").pesan == "Isi Ada."


@pytest.mark.parametrize("keadaan", [Keadaan.NIHIL, Keadaan.TAK_TERSEDIA, Keadaan.TAK_BERLAKU])
def test_tiga_keadaan_lain_bukan_kosong(keadaan):
    sel = Sel(0 if keadaan == Keadaan.NIHIL else None, keadaan, "Alasan")
    assert periksa(SKEMA, isian(orang_b_p=sel), KONTEKS) == []


def test_register_yang_kosong_ditunjuk_ke_register():
    s = baca_skema(KECIL.replace("total: golongan_a}", "total: golongan_a, sumber: 'turunan:kamar'}"))
    pesan = satu(periksa(s, isian(orang_a_l=None), KONTEKS), "kosong:orang_a_l").pesan
    assert pesan == "A, laki-laki belum ada di register kamar. Lengkapi di sana."


def test_aturan_menunggu_isian_wajibnya():
    kode = {t.kode for t in periksa(SKEMA, isian([baris("r1", hari="2026-01-05", hadir=9)], orang_a_l=None), KONTEKS)}
    assert kode == {"kosong:orang_a_l"}
    satu(periksa(SKEMA, isian([baris("r1", hari="2026-01-05", hadir=9)]), KONTEKS), "hadir_banyak")


def test_pesan_diisi_angka_label_dan_bulan():
    t = satu(periksa(SKEMA, isian(orang_a_l=1200), KONTEKS), "cukup_a_l")
    assert t.pesan == "A, laki-laki 1.200 lebih dari 7,5% pada Januari 2026."
    assert (t.tingkat, t.butir, t.baris) == ("tanya", ("orang_a_l",), None)


def test_parameter_menurut_bulan_laporan():
    lama = KonteksPeta(Bulan(2024, 6))
    satu(periksa(SKEMA, isian(orang_a_l=6), lama), "cukup_a_l")
    assert periksa(SKEMA, isian(orang_a_l=6), KONTEKS) == []
    # before the first value the rule does not apply
    assert periksa(SKEMA, isian(orang_a_l=6), KonteksPeta(Bulan(2023, 6))) == []


def test_baris_daftar():
    temuan = periksa(SKEMA, isian([baris("r1", hari="2026-01-05"), baris("r2", hadir=9)]), KONTEKS)
    hari, hadir, banyak = satu(temuan[:1], "kosong:acara.hadir"), satu(temuan, "kosong:acara.hari"), temuan[2]
    assert (hari.baris, hari.pesan) == ("r1", "Acara, baris 1: Isi Hadir. Tulis 0 bila nihil.")
    assert (hadir.baris, hadir.pesan, hadir.butir) == ("r2", "Acara, baris 2: Isi Hari.", ("hari",))
    assert (banyak.kode, banyak.pesan) == ("hadir_banyak", "Acara, baris 2: Hadir 9 lebih dari 8.")
    assert (banyak.baris, banyak.butir) == ("r2", ("total", "hadir"))


def test_terlalu_banyak_atau_sedikit_baris():
    empat = [baris(f"r{n}", hari="2026-01-05", hadir=1) for n in range(4)]
    assert "paling banyak 3 baris" in satu(periksa(SKEMA, isian(empat), KONTEKS), "baris:acara").pesan
    s = baca_skema(KECIL.replace("maks: 3\n", "min: 1\n"))
    assert "paling sedikit 1 baris" in satu(periksa(s, isian(), KONTEKS), "baris:acara").pesan


def test_bagian_tertutup():
    tutup = Isian({"ada": Sel(False)})
    assert periksa(SKEMA, tutup, KONTEKS) == []
    berisi = Isian({"ada": Sel(False), "orang_a_l": Sel(3)}, {"acara": [baris("r1")]})
    t = satu(periksa(SKEMA, berisi, KONTEKS), "tertutup:dua")
    assert (t.tingkat, t.butir) == ("galat", ("orang_a_l", "acara"))
    # the unanswered question is the only thing asked for
    assert [t.kode for t in periksa(SKEMA, Isian(), KONTEKS)] == ["kosong:ada"]


def test_nilai_di_luar_batas_ditemukan_kembali():
    t = satu(periksa(SKEMA, isian(orang_b_p=100), KONTEKS), "batas:orang_b_p")
    assert t.pesan == "B, perempuan paling banyak 99; tertulis 100."
    satu(periksa(SKEMA, isian(orang_b_p=-1), KONTEKS), "batas:orang_b_p")
    lama = [baris("r1", hari="2026-01-05", hadir=1, jenis_acara="dihapus")]
    assert "tidak ada lagi" in satu(periksa(SKEMA, isian(lama), KONTEKS), "batas:acara.jenis_acara").pesan


BERUBAH = baca_skema(
    KECIL.replace("perempuan, maks: 99, ambang_beda: 12.5}", "perempuan, ambang_beda: 20, ambang_selisih: 3}")
)


@pytest.mark.parametrize(
    ("lama", "baru", "pesan"),
    [
        (10, 12, None),
        (10, 13, "berubah 30% dari Desember 2025 (10 menjadi 13). Jelaskan bila benar."),
        (13, 10, "berubah −23,1% dari Desember 2025 (13 menjadi 10). Jelaskan bila benar."),
        (100, 120, None),
        (100, 121, "berubah 21% dari"),
        (4, 6, None),
        (0, 2, None),
        (0, 3, "berubah dari 0 menjadi 3 sejak Desember 2025. Jelaskan bila benar."),
        (None, 50, None),
        (Decimal("10.0"), 13, "berubah 30%"),
    ],
)
def test_perubahan_besar_ditanyakan(lama, baru, pesan):
    konteks = KonteksPeta(JANUARI, {(None, "orang_b_p", 1): lama})
    kode = [t for t in periksa(BERUBAH, isian(orang_b_p=baru), konteks) if t.kode == "beda:orang_b_p"]
    assert bool(kode) is (pesan is not None)
    if pesan:
        assert f"B, perempuan {pesan}" in kode[0].pesan
        assert (kode[0].tingkat, kode[0].wajib_alasan) == ("tanya", False)


def test_galat_sebelum_tanya():
    tingkat = [t.tingkat for t in periksa(SKEMA, isian([baris("r1")], orang_a_l=1200), KONTEKS)]
    assert tingkat == sorted(tingkat)
    assert set(tingkat) == {"galat", "tanya"}


def test_id_tetap_selama_angkanya_tetap():
    asli = satu(periksa(SKEMA, isian(orang_a_l=1200), KONTEKS), "cukup_a_l")
    angka_lain = satu(periksa(SKEMA, isian(orang_a_l=1200, orang_a_p=5), KONTEKS), "cukup_a_l")
    desimal = satu(periksa(SKEMA, isian(orang_a_l=Decimal("1200.0")), KONTEKS), "cukup_a_l")
    berubah = satu(periksa(SKEMA, isian(orang_a_l=1201), KONTEKS), "cukup_a_l")
    assert asli.id == angka_lain.id == desimal.id != berubah.id


def test_id_baris_mengikuti_baris_bukan_nomornya():
    dua = [baris("r1", hari="2026-01-05", hadir=1), baris("r2", hari="2026-01-06", hadir=9)]
    t = satu(periksa(SKEMA, isian(dua), KONTEKS), "hadir_banyak")
    assert t.id == satu(periksa(SKEMA, isian(dua[1:]), KONTEKS), "hadir_banyak").id
    assert t.id.startswith("hadir_banyak@r2:")


def test_id_berubah_bila_bulan_lalu_berubah():
    s = baca_skema(KECIL.replace("syarat: orang_$ <= batas", "syarat: orang_$ <= lalu(total) + F98.x"))

    def id_(lalu: int, lain: int) -> str:
        peta = {(None, "total", 1): lalu, ("F98", "x", 0): lain}
        return satu(periksa(s, isian(orang_a_l=50), KonteksPeta(JANUARI, peta)), "cukup_a_l").id

    assert len({id_(1, 1), id_(2, 1), id_(1, 2)}) == 3


def test_jawaban():
    biasa = Temuan("a:1", "a", "tanya", "?", ())
    beralasan = Temuan("b:1", "b", "tanya", "?", (), wajib_alasan=True)
    galat = Temuan("c:1", "c", "galat", "!", ())
    semua = [biasa, beralasan, galat]
    assert belum_terjawab(semua, {}) == [biasa, beralasan]
    assert belum_terjawab(semua, {"a:1": {"benar": True}, "b:1": {"benar": True, "alasan": "  "}}) == [beralasan]
    assert belum_terjawab(semua, {"a:1": {"alasan": "cek"}, "b:1": {"benar": True, "alasan": "cek"}}) == []
    assert belum_terjawab(semua, {"a:2": {"benar": True}, "b:1": {"benar": "ya"}}) == [biasa, beralasan]


def test_temuan_ke_json():
    t = satu(periksa(SKEMA, isian(orang_a_l=1200), KONTEKS), "cukup_a_l")
    assert t.ke_json() == {
        "id": t.id, "kode": "cukup_a_l", "tingkat": "tanya", "pesan": t.pesan, "butir": ["orang_a_l"],
        "baris": None,
        "wajib_alasan": False,
    }  # fmt: skip
