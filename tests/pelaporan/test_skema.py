"""Reading forms: everything wrong is said at once, and what is read survives JSON unchanged."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pelaporan.kanonik import kanonik
from pelaporan.skema import GalatSkema, Skema, baca_skema, periksa_rujukan

KECIL = (Path(__file__).parent / "contoh/F99.yaml").read_text(encoding="utf-8")


def galat(teks: str) -> list[str]:
    with pytest.raises(GalatSkema) as g:
        baca_skema(teks)
    assert str(g.value) == "\n".join(g.value.galat)
    return g.value.galat


def ganti(lama: str, baru: str) -> list[str]:
    assert lama in KECIL
    return galat(KECIL.replace(lama, baru, 1))


def test_isi_datar_menurut_urutan():
    s = baca_skema(KECIL)
    assert list(s.butir) == [
        "ada", "rerata", "orang_a_l", "orang_a_p", "golongan_a", "orang_b_p", "orang_b_total", "total_l",
        "total_p",
        "total",
    ]  # fmt: skip
    sel = s.butir["orang_b_p"]
    assert (sel.label, sel.definisi, sel.satuan, sel.waktu) == (
        "B, perempuan",
        "Golongan B.",
        "orang",
        "posisi",
    )
    assert (sel.wajib, sel.nihil_lazim, sel.ambang_beda) == (True, True, Decimal("12.5"))
    assert s.butir["total"].rumus == "jumlah(orang_a_l, orang_a_p, orang_b_p)"
    assert s.butir["total_l"].rumus == "jumlah(orang_a_l)"
    assert not s.butir["total"].wajib
    assert s.butir["ada"].satuan == ""
    assert [b.kode if b else None for b in s.tabel["orang"].kisi[1][1]] == [
        None,
        "orang_b_p",
        "orang_b_total",
    ]
    assert s.tabel["orang"].kisi[-1][0] is None
    assert s.bagian_dari["acara"].kode == "dua"
    assert [a.kode for a in s.aturan] == ["cukup_a_l", "cukup_b_p", "hadir_banyak"]
    assert s.kewajiban[0].terkonfirmasi is False


def test_rumus_berurut_menurut_kebutuhan():
    urut = baca_skema(KECIL).urutan_rumus
    assert set(urut) == {"rerata", "golongan_a", "orang_b_total", "total_l", "total_p", "total"}
    assert urut.index("total") < urut.index("rerata")


def test_aturan_tahu_isian_yang_mendasarinya():
    siap = {a.aturan.kode: a for a in baca_skema(KECIL).aturan_siap}
    assert siap["hadir_banyak"].ketikan == {"orang_a_l", "orang_a_p", "orang_b_p"}


def test_parameter_menurut_bulan():
    p = baca_skema(KECIL).parameter[0]
    assert p.pada("2023-12") is None
    assert p.pada("2024-12") == 5
    assert p.pada("2025-01") == Decimal("7.5")


def test_json_bolak_balik_persis():
    s = baca_skema(KECIL)
    lewat_jsonb = json.loads(json.dumps(s.ke_json(), sort_keys=True))
    kembali = Skema.dari_json(lewat_jsonb)
    assert kembali == s
    assert kembali.sidik == s.sidik
    assert list(kembali.butir) == list(s.butir)
    assert kembali.daftar["acara"].per_kode["jenis_acara"].pilihan == (("x", "Iks"), ("1.1", "Satu"))
    assert kanonik(kembali.ke_json()) == kanonik(s.ke_json())


def test_sidik_berubah_bila_isi_berubah():
    assert baca_skema(KECIL).sidik != baca_skema(KECIL.replace("Golongan A.", "Golongan A!")).sidik


def test_semua_galat_dikumpulkan_dengan_tempat():
    teks = (
        KECIL.replace("berlaku_dari: 2024-01\nbawaan", "berlaku_dari: 2024\nbawaan")
        .replace("jenis: tanggal", "jenis: tgl")
        .replace("tingkat: tanya", "tingkt: tanya")
    )
    hasil = galat(teks)
    assert any("Formulir F99: berlaku_dari harus bulan seperti 2024-01" in g for g in hasil)
    assert any("bagian dua, isi acara, kolom hari: jenis harus salah satu dari" in g for g in hasil)
    assert any("kunci 'tingkt' tidak dikenal, maksudnya 'tingkat'?" in g for g in hasil)
    assert any("aturan cukup_a_l: tingkat belum diisi" in g for g in hasil)
    # a field that was written but refused is not called missing as well
    assert not any("jenis belum diisi" in g for g in hasil)


@pytest.mark.parametrize(
    ("lama", "baru", "pesan"),
    [
        ("kode: rerata", "kode: total", "kode total dipakai 2 kali"),
        ("kode: dua", "kode: satu", "bagian satu dipakai 2 kali"),
        ("kode: hadir_banyak", "kode: cukup_a_l", "aturan cukup_a_l dipakai 2 kali"),
        ("bagi(total, 2)", "bagi(totl, 2)", "butir rerata: nama tidak dikenal: totl"),
        ("bagi(total, 2)", "total > 2", "butir rerata: hasilnya harus angka, bukan logika"),
        ("bagi(total, 2)", "F99.total", "butir formulir sendiri ditulis tanpa F99"),
        ("{kode: rerata,", "{kode: Rerata,", "harus huruf kecil"),
        ("{kode: rerata,", "{kode: jumlah,", "dipakai oleh bahasa rumus"),
        ("{kode: rerata,", "{kode: class,", "dipakai oleh bahasa rumus"),
        ("bila: ada", "bila: total > 0", "bila hanya boleh memakai butir isian di luar bagian ini"),
        ("bila: ada", "bila: orang_a_l > 0", "bila hanya boleh memakai butir isian di luar bagian ini"),
        ("bila: ada", "bila: batas > 0", "bila hanya boleh memakai butir isian di luar bagian ini"),
        ("bila: ada", "bila: total", "hasilnya harus logika"),
        ("syarat: hadir <= total", "syarat: hadir + total", "aturan hadir_banyak: hasilnya harus logika"),
        ("daftar: acara", "daftar: acra", "daftar acra tidak dikenal"),
        ("{total + 1}", "{total + }", "aturan hadir_banyak: ekspresi tidak dapat dibaca"),
        ("{total + 1}", "{total", "kurung kurawal"),
        ("{label:orang_$}", "{label:orng_$}", "label dari butir yang tidak dikenal: orng_a_l"),
        ("tingkat: galat", "tingkat: galat\n    wajib_alasan: true", "wajib_alasan hanya untuk tanya"),
        ("tingkat: galat", "tingkat: galat\n    butir: [xx]", "butir xx tidak dikenal"),
        ("tanpa: [b_l]", "tanpa: [c_l]", "bukan sel tabel ini"),
        ("tanpa: [b_l]", "tanpa: [b_l, b_p]", "baris atau kolom tanpa sel"),
        ("label: A, definisi", "label: A, satuan: m2, definisi", "satuan atau jenis yang berbeda"),
        ("label: A, definisi: Golongan A.,", "label: A,", "orang_a_l: definisi belum diisi"),
        ("satuan: orang, contoh: 3,", "satuan: orang,", "contoh belum diisi"),
        ("bulat, satuan: orang, contoh", "bulat, contoh", "satuan belum diisi"),
        ("jenis: pilihan, ", "jenis: teks, ", "pilihan harus ada pada jenis pilihan"),
        ("perempuan, maks: 99, ambang_beda: 12.5", "perempuan, min: 9, maks: 2", "min lebih besar dari maks"),
        ("perempuan, maks: 99, ambang_beda: 12.5", "perempuan, ambang_beda: 0",
            "ambang_beda hanya untuk angka"),
        ("perempuan, maks: 99, ambang_beda: 12.5", "perempuan, dasar_terkonfirmasi: true", "tanpa dasar"),
        ("perempuan, maks: 99, ambang_beda: 12.5", "perempuan, wajib: ya", "harus true atau false"),
        ("agregasi: tidak, sumber", "agregasi: rata, sumber", "agregasi harus salah satu dari jumlah, tidak"),
        ("agregasi: tidak, sumber", "wajib: true, sumber", "butir rumus tidak dapat wajib"),
        ("{upt: 5, kanwil: 8, pusat: 10}", "{upt: 9, kanwil: 8, pusat: 10}", "harus urut"),
        ("{upt: 5, kanwil: 8, pusat: 10}", "{upt: 5}", "harus berisi upt, kanwil, dan pusat"),
        ("nilai: 7.50", "nilai: tujuh", "harus angka"),
        ("maks: 3", "min: 4\n        maks: 3", "min harus 0 sampai maks"),
        ("judul: Orang\n", "judul: Orang\n        jenis: ya_tidak\n", "total hanya untuk angka"),
        ("kode: F99", "kode: f99", "kode harus seperti F01"),
        ('"1.1": Satu', "1.1: Satu", "dalam tanda kutip"),
        ("nama: Formulir contoh", "nama: A\nnama: B", "tertulis dua kali"),
        ("nama: Formulir contoh", "nama: &a A\npenjelasan: *a", "tidak dipakai"),
        ("nama: Formulir contoh", "nama: [", "YAML tidak terbaca"),
        ("nama: Formulir contoh", "nama: !!python/object/apply:os.getcwd []", "YAML tidak terbaca"),
        ("nama: Formulir contoh", "nama: ''", "harus teks dan tidak boleh kosong"),
    ],
)  # fmt: skip
def test_galat_satu_per_satu(lama, baru, pesan):
    assert any(pesan in g for g in ganti(lama, baru))


def test_rumus_berputar_ditolak():
    teks = KECIL.replace("bagi(total, 2)", "bagi(putar, 2)").replace(
        "  - kode: dua",
        "      - {kode: putar, label: P, definisi: P., sumber: 'rumus: rerata + 1'}\n  - kode: dua",
    )
    assert any("rumus berputar" in g and "putar" in g and "rerata" in g for g in galat(teks))


def test_nilai_bulan_lalu_bukan_putaran():
    s = baca_skema(KECIL.replace("bagi(total, 2)", "jumlah(lalu(rerata), total)"))
    assert s.acuan.lalu == {(None, "rerata", 1)}


@pytest.mark.parametrize("isi", ["", "[]", "teks", "kode: F01", "bagian: 3", "bagian: [1]", "aturan: [[]]", "- a"])
def test_bukan_formulir_ditolak_dengan_kalimat(isi):
    assert galat(isi)


def test_berkas_terlalu_besar_ditolak():
    assert "lebih besar" in galat("#" * 400_001)[0]


def test_rujukan_antarformulir():
    s = baca_skema(KECIL.replace("bagi(total, 2)", "F98.banyak - lalu(F98.lain)"))
    assert s.rujukan_luar == {"F98.banyak", "F98.lain"}
    assert periksa_rujukan({"F99": s}) == [
        "Formulir F99: F98.banyak bukan butir angka formulir yang ada.",
        "Formulir F99: F98.lain bukan butir angka formulir yang ada.",
    ]
    lawan = baca_skema(
        KECIL.replace("F99", "F98")
        .replace("kode: rerata", "kode: banyak")
        .replace("total: total", "total: lain")
        .replace("bagi(total, 2)", "lain * 2")
        .replace("hadir <= total", "hadir <= lain")
        .replace("{total + 1}", "")
    )
    assert periksa_rujukan({"F99": s, "F98": lawan}) == []


def test_angka_yang_tidak_wajib_tetap_tidak_wajib_setelah_disimpan():
    """A typed number is mandatory unless the form says otherwise; saying so must survive the database."""
    s = baca_skema(KECIL.replace("{kode: hadir, label: Hadir,", "{kode: hadir, wajib: false, label: Hadir,"))
    kembali = Skema.dari_json(json.loads(json.dumps(s.ke_json())))
    assert kembali.daftar["acara"].per_kode["hadir"].wajib is False
    assert baca_skema(KECIL).daftar["acara"].per_kode["hadir"].wajib is True
    assert kembali == s
