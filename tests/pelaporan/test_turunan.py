"""Figures of registers: typed where the register is silent, locked where it speaks, frozen with their origin."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pelaporan.alur import Aksi, Status
from pelaporan.butir import Butir
from pelaporan.daftar.jendela import Minta
from pelaporan.daftar.services import salin_satu
from pelaporan.kanonik import sidik
from pelaporan.lembar import Kotak, Lembar, jumlah_kemajuan, kemajuan
from pelaporan.models import Draf, Laporan, LaporanVersi
from pelaporan.pembekuan import periksa_draf
from pelaporan.selectors_beban import beban_bulan
from pelaporan.selectors_isian import bahan_isian, beranda_upt
from pelaporan.services import draf_dari_versi, isi_sama
from pelaporan.services_isian import (
    HasilSimpan,
    Perubahan,
    hapus_baris,
    nihilkan_sisa,
    salin_bulan_lalu,
    simpan,
    tambah_baris,
)
from pelaporan.services_periode import buka_periode, simpan_formulir
from pelaporan.skema import GalatSkema, Skema, baca_skema
from pelaporan.terbit.periksa import periksa as periksa_terbit
from pelaporan.turunan import (
    AngkaTurunan,
    BarisTurunan,
    DaftarTurunan,
    GalatTurunan,
    Rincian,
    lepaskan,
    muat_laporan,
    selisih,
    tak_dikenal,
)
from pemasyarakatan.inti.galat import Bentrok, TidakSah
from tests.dunia import JANUARI, Dunia, jawab_semua, lakukan
from tests.pelaporan.bantu import alamat, kueri, sebagai_orang, segar, tindakan
from tests.pelaporan.bantu_register import FORMULIR, KETIK, NAMA, PENUH, Kebun, kebun, laporan, produk
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.django_db
__all__ = ["kebun", "laporan"]


def ketik(laporan: Laporan, pelaku: Any, **isi: str) -> HasilSimpan:
    with sebagai_orang(pelaku) as umum:
        draf = Draf.objects.filter(laporan=laporan).first()
        versi = {k: s["v"] for k, s in (draf.isi["sel"] if draf else {}).items()}
        perubahan = [Perubahan(k, t, versi=versi.get(k, 0)) for k, t in isi.items()]
        return simpan(laporan_id=laporan.pk, perubahan=perubahan, **umum)


def tambah(laporan: Laporan, orang: Any, nama: str) -> str:
    with sebagai_orang(orang) as umum:
        return tambah_baris(laporan_id=laporan.pk, daftar="produk", isi={"nama": nama}, **umum)[0]


def lembar(laporan: Laporan, bagian: str = "pokok") -> Lembar:
    with terpasang(SISTEM):
        satu = next(b for b in laporan.skema.bagian if b.kode == bagian)
        return Lembar(satu, bahan_isian(laporan, minta={"produk": Minta()}))


def kotak(laporan: Laporan, kode: str, bagian: str = "pokok") -> Kotak:
    return lembar(laporan, bagian).kotak[kode]


def nilai(laporan: Laporan) -> dict[str, Any]:
    """The content as it would be frozen now."""
    with terpasang(SISTEM):
        isi = periksa_draf(laporan).beku()
    return {**isi["lain"], **isi["angka"]}


def kirim(dunia: Dunia, laporan: Laporan) -> LaporanVersi:
    with sebagai_orang(dunia.kepala_ambon) as umum:
        jawab_semua(laporan, **umum)
    lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    with terpasang(SISTEM):
        return LaporanVersi.objects.select_related("formulir_versi", "dibuat_oleh").get(laporan=laporan)


# ---------------------------------------------------------------- the form


def test_sumber_dibaca_dan_bolak_balik() -> None:
    skema = baca_skema(FORMULIR)
    luas, hasil, daftar = skema.butir["luas"], skema.butir["hasil"], skema.daftar["produk"]
    assert (luas.register, luas.turunan, luas.turunan_atau_ketik, luas.diketik) == (NAMA, None, True, True)
    assert hasil.sumber == "turunan:kebunuji atau ketik"
    assert (luas.wajib, skema.butir["petak_a_m"].wajib, skema.butir["kegiatan"].wajib) == (True, True, False)
    assert daftar.register == NAMA
    assert Skema.dari_json(skema.ke_json()) == skema
    assert set(skema.per_register) == {NAMA}
    assert skema.register_atau_ketik == set(PENUH) | {"produk"}
    tetap = Butir("x", "X", "bulat", "X.", sumber="turunan:kapasitas")
    assert (tetap.turunan, tetap.turunan_atau_ketik, tetap.diketik) == ("kapasitas", False, False)


@pytest.mark.parametrize(
    ("lama", "baru", "pesan"),
    [
        ("jenis: ya_tidak, definisi: Ada kebun.", "jenis: teks, definisi: Ada kebun.", "register hanya mengisi angka"),
        ('sumber: "turunan:kebunuji  atau ketik"', 'sumber: "turunan:kebunuji atau diketik"', "sumber harus ketik"),
        (
            'maks: 20\n        sumber: "turunan:kebunuji atau ketik"',
            'maks: 20\n        sumber: "turunan:kebunuji"',
            "atau turunan:<nama register> atau ketik",
        ),
    ],
)
def test_sumber_yang_salah_disebut(lama: str, baru: str, pesan: str) -> None:
    assert lama in FORMULIR
    with pytest.raises(GalatSkema) as galat:
        baca_skema(FORMULIR.replace(lama, baru, 1))
    assert any(pesan in g for g in galat.value.galat), galat.value.galat


def test_register_yang_tidak_terdaftar_ditolak_saat_terbit(dunia: Dunia, kebun: Kebun) -> None:
    assert periksa_terbit(FORMULIR).kode == "F98"
    lepaskan(NAMA)
    assert tak_dikenal(baca_skema(FORMULIR)) == [NAMA]
    with pytest.raises(GalatSkema) as galat:
        periksa_terbit(FORMULIR)
    assert galat.value.galat == ["Formulir F98: register kebunuji tidak dikenal."]


# ---------------------------------------------------------------- typed, locked, and back


def test_diketik_selama_register_diam(dunia: Dunia, laporan: Laporan) -> None:
    hasil = ketik(laporan, dunia.operator_ambon, **KETIK)
    assert not hasil.ditolak
    assert kotak(laporan, "luas").cara == "ketik"
    isi = nilai(laporan)
    assert (isi["luas"], isi["kegiatan"], isi["semua"]) == (700, True, 704)
    with terpasang(SISTEM):
        assert "asal" not in periksa_draf(laporan).beku()


def test_terkunci_begitu_register_tahu_dan_ketikan_tidak_hilang(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    ketik(laporan, dunia.operator_ambon, **KETIK)
    kebun.tahu(dunia.ambon, **PENUH)
    luas = kotak(laporan, "luas")
    assert (luas.cara, luas.tampil, luas.url, luas.diganti) == ("turunan", "1.200", "/kebun/", "700")
    assert luas.asal == "Register kebun: 2 petak"
    assert kotak(laporan, "kegiatan").diganti == "", "the register says what the person had said"
    isi = nilai(laporan)
    assert (isi["luas"], isi["semua"], isi["panen"], isi["hasil"]) == (1200, 1204, Decimal("30.5"), 0)
    hasil = ketik(laporan, dunia.operator_ambon, luas="800", orang="5")
    assert hasil.ditolak["luas"]["pesan"].startswith("Luas terisi dari register kebunuji.")
    assert list(hasil.tersimpan) == ["orang"]
    kebun.diam(dunia.ambon)
    kembali = kotak(laporan, "luas")
    assert (kembali.cara, kembali.isi.teks) == ("ketik", "700")
    assert nilai(laporan)["luas"] == 700


def test_register_dapat_mengenal_sebagian_saja(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    kebun.tahu(dunia.ambon, luas=90)
    assert kotak(laporan, "luas").cara == "turunan"
    assert kotak(laporan, "panen").cara == "ketik"
    assert not ketik(laporan, dunia.operator_ambon, panen="3").ditolak


def test_tidak_dari_register_bukan_nihil(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    kebun.tahu(dunia.ambon, **{**PENUH, "kegiatan": False})
    with terpasang(SISTEM):
        isi = periksa_draf(laporan).beku()
    assert isi["lain"]["kegiatan"] is False
    assert isi["keadaan"].keys() == {"hasil"}, "a zero of the register is nil, its no is an answer"


def test_temuan_memakai_angka_register_dan_menyebut_di_mana_diperbaiki(
    dunia: Dunia, laporan: Laporan, kebun: Kebun
) -> None:
    kebun.tahu(dunia.ambon, **{**PENUH, "luas": 2_000_000, "panen": -4, "produk": produk("")})
    with terpasang(SISTEM):
        pesan = [t.pesan for t in periksa_draf(laporan).galat]
    assert "Luas 2.000.000 terlalu besar." in pesan
    assert any(p.startswith("Panen paling sedikit 0") and p.endswith("Perbaiki di register kebunuji.") for p in pesan)
    assert "Daftar produk, baris 1: Isi Nama produk. Perbaiki di register kebunuji." in pesan
    assert "Isi Luas. Tulis 0 bila nihil." not in pesan


def test_kemajuan_beban_nihil_dan_salin_hanya_untuk_yang_diketik(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    ketik(laporan, dunia.operator_ambon, luas="700", orang="4")
    with terpasang(SISTEM):
        awal = beban_bulan(SISTEM, dunia.ambon, JANUARI)
        maju = jumlah_kemajuan(kemajuan(laporan.skema, periksa_draf(laporan).isian))
    assert awal is not None
    assert (awal.sel_diketik, maju.isi, maju.dari) == (2, 2, 6)
    kebun.tahu(dunia.ambon, **PENUH)
    with terpasang(SISTEM):
        akhir = beban_bulan(SISTEM, dunia.ambon, JANUARI)
        maju = jumlah_kemajuan(kemajuan(laporan.skema, periksa_draf(laporan).isian))
        beranda = beranda_upt(SISTEM, dunia.ambon, JANUARI)
    assert akhir is not None
    assert (akhir.sel_diketik, akhir.sel_otomatis - awal.sel_otomatis, maju.isi, maju.dari) == (1, 6, 1, 1)
    assert next(k for k in beranda.kewajiban if k.laporan.pk == laporan.pk).kemajuan.penuh
    with sebagai_orang(dunia.operator_ambon) as umum:
        assert not nihilkan_sisa(laporan_id=laporan.pk, bagian="pokok", **umum).tersimpan
        kebun.diam(dunia.ambon)
        assert nihilkan_sisa(laporan_id=laporan.pk, bagian="pokok", **umum).tersimpan.keys() == {"panen", "hasil"}


def test_salin_bulan_lalu_melewati_yang_terisi(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik"))
    ketik(laporan, dunia.operator_ambon, orang="4")
    kirim(dunia, laporan)
    with terpasang(SISTEM):
        buka_periode(bulan=JANUARI + 1)
    februari = dunia.laporan(dunia.ambon, "F98", JANUARI + 1)
    assert not lembar(februari).dapat_disalin
    with sebagai_orang(dunia.operator_ambon) as umum:
        for bagian in ("pokok", "rinci"):
            assert not salin_bulan_lalu(laporan_id=februari.pk, bagian=bagian, **umum).tersimpan
        kebun.diam(dunia.ambon)
        assert salin_bulan_lalu(laporan_id=februari.pk, bagian="pokok", **umum).tersimpan.keys() == {"luas"}


# ---------------------------------------------------------------- line lists


def test_daftar_dari_register_terkunci_dan_dihitung(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    baris = tambah(laporan, dunia.operator_ambon, "Sambal")
    assert nilai(laporan)["banyak"] == 1
    kebun.tahu(dunia.ambon, produk=produk("Keripik", "Tempe", "Batik"))
    assert nilai(laporan)["banyak"] == 3
    blok = next(b for b in lembar(laporan, "rinci").blok if b.daftar)
    assert (blok.asal, blok.diganti, blok.baris[1].url) == (
        "Register kebun: produk yang dijual", 1, "/kebun/produk/2/",
    )  # fmt: skip
    assert all(k.terkunci for b in blok.baris for k in b.kotak)
    with sebagai_orang(dunia.operator_ambon) as umum:
        umum |= {"laporan_id": laporan.pk, "daftar": "produk"}
        with pytest.raises(Bentrok, match="Daftar produk terisi dari register kebunuji"):
            tambah_baris(**umum)
        with pytest.raises(Bentrok, match="terisi dari register"):
            hapus_baris(baris=baris, **umum)
        with pytest.raises(Bentrok, match="terisi dari register"):
            salin_satu(baris=baris, kunci="kunci-0001", **umum)
        ubah = [Perubahan("nama", "Lain", versi=1, daftar="produk", baris=baris)]
        hasil = simpan(laporan_id=laporan.pk, perubahan=ubah, oleh=umum["oleh"], cakupan=umum["cakupan"])
    assert "terisi dari register" in hasil.ditolak[f"produk/{baris}/nama"]["pesan"]
    kebun.diam(dunia.ambon)
    blok = next(b for b in lembar(laporan, "rinci").blok if b.daftar)
    assert (blok.asal, [b.judul for b in blok.baris]) == ("", ["Sambal"])


def test_daftar_kosong_dari_register_tetap_dari_register(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    tambah(laporan, dunia.operator_ambon, "Sambal")
    kebun.tahu(dunia.ambon, produk=produk())
    assert nilai(laporan)["banyak"] == 0


# ---------------------------------------------------------------- what registers must not offer


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (
            {"luas": AngkaTurunan(10, "x", rincian=(Rincian("petak", 1, "A", 4),))},
            "berjumlah 4, angkanya 10",
        ),
        ({"luas": AngkaTurunan(True, "x")}, "nilai True bukan bulat"),
        ({"kegiatan": AngkaTurunan(1, "x")}, "nilai 1 bukan ya_tidak"),
        ({"luas": AngkaTurunan(1.5, "x")}, "nilai 1.5 bukan bulat"),  # type: ignore[arg-type]
        ({"produk": AngkaTurunan(1, "x")}, "harus DaftarTurunan"),
        ({"produk": DaftarTurunan([BarisTurunan(1, {"berat": 2})], "x")}, "kolom berat tidak ada"),
        ({"produk": DaftarTurunan([BarisTurunan(1, {}), BarisTurunan("1", {})], "x")}, "id baris harus berbeda-beda"),
        ({"produk": DaftarTurunan([BarisTurunan("a/b", {})], "x")}, "id baris harus berbeda-beda"),
    ],
)
def test_tawaran_yang_salah_menyebut_sebabnya(
    dunia: Dunia, laporan: Laporan, kebun: Kebun, isi: dict[str, Any], pesan: str
) -> None:
    kebun.isi[dunia.ambon.kode] = isi
    with pytest.raises(GalatTurunan, match=pesan):
        muat_laporan(laporan)


def test_pecahan_dibulatkan_menurut_butir_sesudah_dijumlah(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    rincian = (Rincian("petak", 1, "A", Decimal("1.333")), Rincian("petak", 2, "B", Decimal("1.333")))
    kebun.tahu(dunia.ambon, panen=AngkaTurunan(Decimal("2.666"), "x", rincian=rincian))
    assert nilai(laporan)["panen"] == Decimal("2.67")


# ---------------------------------------------------------------- freezing, and registers that move on


def test_versi_menyimpan_asal_dan_tidak_ikut_berubah(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik", "Tempe"))
    ketik(laporan, dunia.operator_ambon, orang="4")
    versi = kirim(dunia, laporan)
    asal = versi.isi["asal"]
    assert asal.keys() == PENUH.keys() | {"produk"}
    assert asal["luas"] == {
        "register": NAMA, "asal": "Register kebun: 2 petak", "cara": "jumlah",
        "rincian": [["petak", 1, "Petak A", 600], ["petak", 2, "Petak B", 600]],
    }  # fmt: skip
    assert asal["kegiatan"]["cara"] == "lain"
    assert asal["produk"]["rincian"] == [["produk", 1, "Baris 1", None], ["produk", 2, "Baris 2", None]]
    assert [b["isi"]["nama"] for b in versi.isi["daftar"]["produk"]] == ["Keripik", "Tempe"]
    assert selisih(segar(laporan)) == []
    kebun.tahu(dunia.ambon, **{**PENUH, "luas": 1500, "hasil": 10}, produk=produk("Keripik"))
    with terpasang(SISTEM):
        assert LaporanVersi.objects.get(pk=versi.pk).isi["angka"]["luas"] == 1200
        beda = {s.kode: (s.lama, s.kini) for s in selisih(segar(laporan))}
        assert draf_dari_versi(versi)["sel"].keys() == {"orang"}, "what the register said was typed by nobody"
    assert beda == {"luas": ("1.200 m2", "1.500 m2"), "hasil": ("Rp0", "Rp10"), "produk": ("2 baris", "1 baris")}
    kebun.diam(dunia.ambon)
    with terpasang(SISTEM):
        assert {s.kini for s in selisih(segar(laporan))} == {"tidak ada lagi di register"}
    lama = {**versi.isi, "asal": {}}
    assert isi_sama(lama, versi.isi), "the same figures from other records are the same content"


def test_versi_tanpa_register_bersidik_seperti_dulu(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    ketik(laporan, dunia.operator_ambon, **KETIK)
    versi = kirim(dunia, laporan)
    assert "asal" not in versi.isi
    kunci = {"angka", "lain", "keadaan", "alasan", "daftar", "tanggapan", "skema"}
    assert versi.isi.keys() == kunci
    assert sidik(versi.isi) == sidik({k: versi.isi[k] for k in kunci})
    kebun.tahu(dunia.ambon, **PENUH)
    sebelum = kebun.panggilan
    with terpasang(SISTEM):
        assert selisih(segar(laporan)) == []
    assert kebun.panggilan == sebelum, "a version that was all typed asks no register"


# ---------------------------------------------------------------- pages


def test_halaman_isi_mengunci_dan_mengatakannya(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    ketik(laporan, dunia.operator_ambon, **KETIK)
    tambah(laporan, dunia.operator_ambon, "Sambal")
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik"))
    klien: Client = masuk(dunia.operator_ambon)
    sebelum = kebun.panggilan
    isi = klien.get(alamat(laporan, "bagian", bagian="pokok")).content.decode()
    assert kebun.panggilan == sebelum + 1, "one page asks the register once"
    assert 'name="s|luas|' not in isi
    assert 'name="s|orang|' in isi
    assert '<a href="/kebun/">Register kebun: 2 petak</a>' in isi
    assert "Ketikan 700 diganti angka register." in isi
    rinci = klien.get(alamat(laporan, "bagian", bagian="rinci")).content.decode()
    assert "Daftar ini terisi dari register" in rinci
    assert "1 baris yang pernah diketik" in rinci
    assert "Tambah baris" not in rinci
    assert "Keripik" in rinci
    assert "Sambal" not in rinci
    assert klien.get(alamat(laporan, "kosong")).content.decode().count("kotak-isi") > 6, "paper is for any unit"


def test_simpan_halaman_menolak_dan_menyebut_ketikan(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    """The page was open when the register began to speak: nothing typed vanishes silently."""
    kebun.tahu(dunia.ambon, luas=90)
    jawaban = masuk(dunia.operator_ambon).post(alamat(laporan, "bagian", bagian="pokok"), {"s|luas|0|": "55"})
    isi = jawaban.content.decode()
    assert jawaban.status_code == 400
    assert "Luas terisi dari register kebunuji." in isi
    assert "<dt>Luas</dt><dd>55</dd>" in isi


def test_simpan_otomatis_menjawab_sel_register(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    """The script writes what the answer says into every cell that is not typed: rows of a register stay as they are."""
    kebun.tahu(dunia.ambon, **PENUH, produk=produk("Keripik"))
    isi = {"bagian": "rinci", "baris": ["1"], "perubahan": [{"kode": "petak_a_m", "teks": "9", "versi": 0}]}
    sebelum = kebun.panggilan
    jawaban = masuk(dunia.operator_ambon).post(alamat(laporan, "simpan"), isi, content_type="application/json").json()
    assert kebun.panggilan == sebelum + 1, "saving and answering ask the register once"
    assert "terisi dari register" in jawaban["ditolak"]["petak_a_m"]["pesan"]
    sel = jawaban["sel"]
    assert (sel["petak_a_m"]["t"], sel["petak_a_m"]["k"], sel["petak_a_m"].get("n")) == ("500", "galat", None)
    assert sel["produk/1/nama"] == {"t": "Keripik"}


def test_register_berubah_disebut_di_tiga_halaman(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    kebun.tahu(dunia.ambon, **PENUH)
    ketik(laporan, dunia.operator_ambon, orang="4")
    kirim(dunia, laporan)
    operator, peninjau = masuk(dunia.operator_ambon), masuk(dunia.verifikator_maluku)
    halaman = [
        (operator, alamat(laporan)),
        (operator, f"/upt/{dunia.ambon.kode}/?bulan=2026-01"),
        (peninjau, alamat(laporan, "tinjau")),
    ]
    for klien, url in halaman:
        assert "Register berubah sejak" not in klien.get(url).content.decode()
    kebun.tahu(dunia.ambon, **{**PENUH, "luas": 1500})
    for klien, url in halaman:
        isi = klien.get(url).content.decode()
        assert "Register berubah sejak laporan dikirim" in isi, url
        assert "Luas: 1.200 m2 → <strong>1.500 m2</strong>" in isi, url


def test_versi_dan_tinjauan_menautkan_asal(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    kebun.tahu(dunia.ambon, **PENUH)
    ketik(laporan, dunia.operator_ambon, orang="4")
    kirim(dunia, laporan)
    taut = f"/telusur/F98/luas/?bulan=2026-01&amp;wilayah={dunia.ambon.kode}"
    operator, peninjau = masuk(dunia.operator_ambon), masuk(dunia.verifikator_maluku)
    baca = operator.get(alamat(laporan, "bagian", bagian="pokok")).content.decode()
    versi = operator.get(alamat(laporan, "versi", versi=1)).content.decode()
    tinjau = peninjau.get(f"{alamat(laporan, 'tinjau')}?tampil=semua").content.decode()
    for isi in (baca, versi, tinjau):
        assert f'<a href="{taut}">dari register</a>' in isi
    assert tinjau.count("dari register") == len(PENUH)
    assert "usulan" not in peninjau.get(f"{alamat(laporan, 'tinjau')}?tulis=luas").content.decode()
    assert "usulan" in peninjau.get(f"{alamat(laporan, 'tinjau')}?tulis=orang").content.decode()


def test_beranda_tidak_bertambah_kueri_tanpa_register(dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any) -> None:
    """The register is asked once for the whole home, however many parts of it need the answer."""
    kebun.tahu(dunia.ambon, **PENUH)
    ketik(laporan, dunia.operator_ambon, orang="4")
    sebelum = kebun.panggilan
    kueri(masuk(dunia.operator_ambon), f"/upt/{dunia.ambon.kode}/?bulan=2026-01")
    assert kebun.panggilan == sebelum + 1


# ---------------------------------------------------------------- sending what nobody typed


def test_laporan_yang_seluruhnya_dari_register_dapat_dikirim(dunia: Dunia, laporan: Laporan, kebun: Kebun) -> None:
    with pytest.raises(Bentrok):
        lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    kebun.tahu(dunia.ambon, **PENUH)
    with pytest.raises(TidakSah, match="Masih ada 1 hal"):
        lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)
    assert segar(laporan).status == Status.BELUM, "refused as a whole"
    ketik(laporan, dunia.operator_ambon, orang="4")
    lakukan(laporan, Aksi.KIRIM, dunia.kepala_ambon, disahkan=True)


def test_tanpa_satu_ketikan_pun(dunia: Dunia, kebun: Kebun, masuk: Any) -> None:
    """The whole form comes from the register: nothing to type, one press to send, two events to read."""
    with terpasang(SISTEM):
        skema = baca_skema(FORMULIR.replace("Yang bekerja., nihil_lazim: true", "Yang bekerja., wajib: false"))
        simpan_formulir(skema_json=skema.ke_json(), yaml="", sidik=skema.sidik)
        buka_periode(bulan=JANUARI)
    laporan = dunia.laporan(dunia.ambon, "F98")
    klien, url = masuk(dunia.kepala_ambon), alamat(laporan, "kirim")
    assert "Isi setidaknya satu butir" in klien.get(url).content.decode()
    kebun.tahu(dunia.ambon, **PENUH)
    isi = klien.get(url).content.decode()
    assert 'value="kirim"' in isi
    cap = re.search(r'name="terisi" value="([0-9a-f]{16})"', isi)
    assert cap is not None
    kebun.tahu(dunia.ambon, **{**PENUH, "luas": 5000})
    post = {**tindakan(laporan, "kirim"), "disahkan": "on", "terisi": cap[1]}
    basi = klien.post(url, post)
    assert basi.status_code == 409
    assert "Angka dari register berubah sejak halaman ini dibuka." in basi.content.decode()
    assert segar(laporan).status == Status.BELUM
    baru = re.search(r'name="terisi" value="([0-9a-f]{16})"', basi.content.decode())
    assert baru is not None
    assert klien.post(url, {**tindakan(laporan, "kirim"), "disahkan": "on", "terisi": baru[1]}).status_code == 302
    with terpasang(SISTEM):
        assert [k.aksi for k in segar(laporan).kejadian.order_by("urut")] == ["isi", "kirim"]
        assert LaporanVersi.objects.get(laporan=laporan).isi["angka"]["luas"] == 5000


def test_kirim_sebulan_memuat_yang_seluruhnya_dari_register(
    dunia: Dunia, laporan: Laporan, kebun: Kebun, masuk: Any
) -> None:
    klien = masuk(dunia.kepala_ambon)
    url = reverse("pelaporan:kirim_bulan", kwargs={"kode": dunia.ambon.kode, "bulan": JANUARI})
    kebun.tahu(dunia.ambon, **PENUH)
    ketik(laporan, dunia.operator_ambon, orang="4")
    isi = klien.get(url).content.decode()
    cap = re.search(r'name="terisi-F98" value="([0-9a-f]{16})"', isi)
    assert cap is not None
    revisi = str(segar(laporan).revisi)
    post = {"aksi": "kirim", "kunci": "kunciSebulan01", "pilih": "F98", "revisi-F98": revisi, "disahkan": "on"}
    kebun.tahu(dunia.ambon, **{**PENUH, "luas": 5000})
    assert klien.post(url, {**post, "terisi-F98": cap[1]}).status_code == 409
    kebun.tahu(dunia.ambon, **PENUH)
    assert klien.post(url, {**post, "kunci": "kunciSebulan02", "terisi-F98": cap[1]}).status_code == 302
