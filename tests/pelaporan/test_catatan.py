"""Threads at cells: pending until the review is sent, answered, applied, closed; and never seen by who should not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from pelaporan.catatan.selectors import catatan_terbuka, utas_laporan
from pelaporan.catatan.services import hapus_tertunda, selesaikan, terapkan_usulan, tolak_usulan, tulis_komentar
from pelaporan.catatan.tempat import baca_tempat
from pelaporan.models import Draf, Kejadian, Komentar, Laporan, Pemberitahuan, RiwayatIsian, Utas
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia, isi_penuh, kirim, lakukan, tambah_baris
from tests.pelaporan.bantu import alamat, kueri, sebagai_orang, segar, tindakan
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan

SEL = "lahan_tidur"


def tulis(laporan: Laporan, orang: Pengguna, teks: str = "Ukur ulang.", kode: str = SEL, **lain: Any) -> Komentar:
    with sebagai_orang(orang) as umum:
        return tulis_komentar(laporan_id=laporan.pk, kode=kode, teks=teks, **umum, **lain)


def nilai(laporan: Laporan, kode: str = SEL) -> Any:
    with terpasang(SISTEM):
        return Draf.objects.get(laporan=laporan).isi["sel"][kode]["nilai"]


@pytest.fixture
def terkirim(dunia: Dunia) -> Laporan:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    return laporan


@pytest.fixture
def kembali(dunia: Dunia, terkirim: Laporan) -> Komentar:
    """A returned report with one remark that proposes a value."""
    komentar = tulis(terkirim, dunia.verifikator_maluku, usulan="750")
    lakukan(terkirim, "kembalikan", dunia.verifikator_maluku, alasan="lainnya")
    return komentar


# Pending ---------------------------------------------------------------------------------------------------


def test_catatan_peninjau_tertunda_hanya_dilihat_penulisnya(dunia: Dunia, terkirim: Laporan) -> None:
    """Another reviewer of the same Kanwil, the unit and the nation see neither the thread nor, by raw SQL, the row."""
    komentar = tulis(terkirim, dunia.verifikator_maluku, usulan="750")
    assert komentar.terkirim_pada is None
    for orang in (dunia.kepala_maluku, dunia.kepala_ambon, dunia.operator_ambon, dunia.peninjau, dunia.auditor):
        with sebagai_orang(orang):
            assert utas_laporan(terkirim, orang) == {}
            assert catatan_terbuka(terkirim) == {}
            with connection.cursor() as kursor:
                kursor.execute("SELECT count(*) FROM pelaporan_komentar")
                assert kursor.fetchone() == (0,), orang
                kursor.execute("UPDATE pelaporan_komentar SET terkirim_pada = now() WHERE id = %s", [komentar.pk])
                assert kursor.rowcount == 0
    with sebagai_orang(dunia.verifikator_maluku):
        (utas,) = utas_laporan(terkirim, dunia.verifikator_maluku)[SEL]
        assert utas.komentar[0].tertunda
        assert utas.komentar[0].boleh_hapus


@pytest.mark.parametrize("aksi", ["kembalikan", "verifikasi"])
def test_putusan_mengirim_catatan_tertunda_dengan_satu_pemberitahuan(
    dunia: Dunia, terkirim: Laporan, aksi: str
) -> None:
    tulis(terkirim, dunia.verifikator_maluku, "Ukur ulang.")
    tulis(terkirim, dunia.verifikator_maluku, "Lihat foto.", "wbp", usulan="11")
    lain = {"alasan": "lainnya"} if aksi == "kembalikan" else {}
    with terpasang(SISTEM):
        sebelum = Pemberitahuan.objects.filter(untuk="upt").count()
    lakukan(terkirim, aksi, dunia.verifikator_maluku, **lain)
    with terpasang(SISTEM):
        kejadian = Kejadian.objects.filter(laporan=terkirim).latest("urut")
        assert kejadian.sel == {SEL: "Ukur ulang.", "wbp": "Lihat foto. (usul: 11)"}
        assert Pemberitahuan.objects.filter(untuk="upt").count() == sebelum + 1
        assert "2 butir bercatatan" in Pemberitahuan.objects.latest("id").teks
        assert not Komentar.objects.filter(terkirim_pada=None).exists()
    with sebagai_orang(dunia.operator_ambon):
        assert set(catatan_terbuka(terkirim)) == {SEL, "wbp"}


def test_catatan_tertunda_orang_lain_tidak_ikut_terkirim(dunia: Dunia, terkirim: Laporan) -> None:
    tulis(terkirim, dunia.kepala_maluku, "Milik kepala.")
    tulis(terkirim, dunia.verifikator_maluku, "Milik verifikator.")
    lakukan(terkirim, "kembalikan", dunia.verifikator_maluku, alasan="lainnya")
    with sebagai_orang(dunia.operator_ambon):
        assert [k.teks for k in Komentar.objects.filter(laporan=terkirim)] == ["Milik verifikator."]
    with terpasang(SISTEM):
        assert Komentar.objects.get(terkirim_pada=None).teks == "Milik kepala."


def test_mengembalikan_perlu_teks_atau_catatan(dunia: Dunia, terkirim: Laporan) -> None:
    with pytest.raises(TidakSah, match="Tulis apa yang perlu diperbaiki"):
        lakukan(terkirim, "kembalikan", dunia.verifikator_maluku, alasan="lainnya")
    assert segar(terkirim).status == "DIKIRIM"
    tulis(terkirim, dunia.verifikator_maluku)
    lakukan(terkirim, "kembalikan", dunia.verifikator_maluku, alasan="lainnya")
    assert segar(terkirim).status == "DIKEMBALIKAN"


def test_catatan_yang_dikirim_bersama_putusan_menjadi_utas(dunia: Dunia, terkirim: Laporan) -> None:
    lakukan(terkirim, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Cek.", sel={SEL: "Ukur."})
    with sebagai_orang(dunia.operator_ambon):
        (utas,) = utas_laporan(terkirim, dunia.operator_ambon)[SEL]
        assert utas.komentar[0].k.teks == "Ukur."
        assert utas.komentar[0].k.sebagai == "Verifikator Kanwil"


def test_hapus_yang_tertunda_saja(dunia: Dunia, terkirim: Laporan) -> None:
    komentar = tulis(terkirim, dunia.verifikator_maluku)
    with sebagai_orang(dunia.kepala_maluku) as umum:
        hapus_tertunda(komentar_id=komentar.pk, **umum)  # not theirs: as good as missing, nothing happens
    with sebagai_orang(dunia.verifikator_maluku) as umum:
        assert Komentar.objects.filter(pk=komentar.pk).exists()
        hapus_tertunda(komentar_id=komentar.pk, **umum)
        hapus_tertunda(komentar_id=komentar.pk, **umum)
        assert not Komentar.objects.filter(pk=komentar.pk).exists()
    terkirim_ = tulis(terkirim, dunia.operator_ambon)
    with sebagai_orang(dunia.operator_ambon) as umum, pytest.raises(Bentrok, match="sudah terkirim"):
        hapus_tertunda(komentar_id=terkirim_.pk, **umum)


def test_halaman_yang_usang_tidak_mengirim_yang_dijanjikan_tertunda(dunia: Dunia, terkirim: Laporan) -> None:
    lakukan(terkirim, "verifikasi", dunia.verifikator_maluku)
    with pytest.raises(Bentrok, match="terverifikasi"):
        tulis(terkirim, dunia.kepala_maluku, tertunda=True)
    with terpasang(SISTEM):
        assert not Komentar.objects.exists()


# Writing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("", "Tulis"),
        ("x" * 1001, "1000"),
        ("NIK 8171012345670001", "NIK"),
        ("a\u202eb", "karakter"),
        (" \u200b ", "Tulis"),
    ],
)
def test_teks_ditolak(dunia: Dunia, terkirim: Laporan, teks: str, pesan: str) -> None:
    with pytest.raises(TidakSah, match=pesan):
        tulis(terkirim, dunia.operator_ambon, teks)


@pytest.mark.parametrize("kode", ["tidak_ada", "a/b", "../x", "wbp/x/y", "x" * 200])
def test_tempat_yang_tidak_ada(dunia: Dunia, terkirim: Laporan, kode: str) -> None:
    with pytest.raises(TidakSah, match="tidak ada"):
        tulis(terkirim, dunia.operator_ambon, kode=kode)


def test_sel_daftar_hanya_baris_yang_ada(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04")
    with sebagai_orang(dunia.operator_ambon) as umum:
        baris, _ = tambah_baris(laporan_id=laporan.pk, daftar="kejadian", **umum)
    kolom = laporan.skema.daftar["kejadian"].kolom[0].kode
    komentar = tulis(laporan, dunia.operator_ambon, kode=f"kejadian/{baris}/{kolom}")
    assert baca_tempat(laporan.skema, komentar.utas.kode).baris == baris  # type: ignore[union-attr]
    with pytest.raises(TidakSah, match="tidak ada"):
        tulis(laporan, dunia.operator_ambon, kode=f"kejadian/abc/{kolom}")


def test_siapa_yang_boleh_menulis(dunia: Dunia, terkirim: Laporan) -> None:
    for orang in (dunia.peninjau, dunia.pimpinan, dunia.auditor):
        with pytest.raises(Ditolak):
            tulis(terkirim, orang)
    for orang in (dunia.operator_masohi, dunia.verifikator_riau, dunia.asing):
        with pytest.raises(TidakDitemukan):
            tulis(terkirim, orang)


def test_tekan_dua_kali_satu_komentar_dan_satu_utas_per_tempat(dunia: Dunia, terkirim: Laporan) -> None:
    satu = tulis(terkirim, dunia.operator_ambon, kunci="kunci-catatan-1")
    assert tulis(terkirim, dunia.operator_ambon, kunci="kunci-catatan-1").pk == satu.pk
    tulis(terkirim, dunia.kepala_ambon, "Setuju.")
    with terpasang(SISTEM):
        assert Utas.objects.count() == 1
        assert Komentar.objects.count() == 2


@pytest.mark.parametrize(
    ("usulan", "pesan", "tanya"), [("abc", "angka", ""), ("1,500", "Betul", "1.500"), ("1.5", "bulat", "")]
)
def test_usulan_dibaca_seperti_isian(dunia: Dunia, terkirim: Laporan, usulan: str, pesan: str, tanya: str) -> None:
    with pytest.raises(TidakSah, match=pesan) as galat:
        tulis(terkirim, dunia.verifikator_maluku, usulan=usulan, kode="wbp")
    assert galat.value.rincian["usulan"] is True
    assert galat.value.rincian["tanya"] == tanya


def test_usulan_hanya_dari_peninjau_dan_hanya_untuk_sel_yang_diketik(dunia: Dunia, terkirim: Laporan) -> None:
    with pytest.raises(Ditolak):
        tulis(terkirim, dunia.operator_ambon, usulan="5")
    with pytest.raises(TidakSah, match="satu sel"):
        tulis(terkirim, dunia.verifikator_maluku, kode="", usulan="5")
    rumus = next(k for k, b in terkirim.skema.butir.items() if b.rumus)
    with pytest.raises(TidakSah, match="otomatis"):
        tulis(terkirim, dunia.verifikator_maluku, kode=rumus, usulan="5")


def test_pemberitahuan_sekali_sampai_dijawab(dunia: Dunia, kembali: Komentar) -> None:
    laporan = kembali.laporan

    def jumlah(untuk: str) -> int:
        with terpasang(SISTEM):
            return Pemberitahuan.objects.filter(jenis="catatan", untuk=untuk, laporan=laporan).count()

    tulis(laporan, dunia.operator_ambon, "Sudah diukur.")
    tulis(laporan, dunia.operator_ambon, "Fotonya menyusul.")
    assert jumlah("kanwil") == 1
    tulis(laporan, dunia.verifikator_maluku, "Baik.")
    tulis(laporan, dunia.verifikator_maluku, "Terima kasih.")
    assert jumlah("upt") == 1
    tulis(laporan, dunia.operator_ambon, "Fotonya ada.")
    assert jumlah("kanwil") == 2


def test_obrolan_draf_tidak_mengganggu_kanwil(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    tulis(laporan, dunia.operator_ambon, "Tolong cek, Pak.")
    with terpasang(SISTEM):
        assert not Pemberitahuan.objects.filter(jenis="catatan").exists()


def test_selesai_lalu_terbuka_lagi(dunia: Dunia, kembali: Komentar) -> None:
    with sebagai_orang(dunia.operator_ambon) as umum, pytest.raises(Ditolak):
        selesaikan(utas_id=kembali.utas_id, **umum)
    with sebagai_orang(dunia.kepala_maluku) as umum:
        selesaikan(utas_id=kembali.utas_id, **umum)
        pertama = selesaikan(utas_id=kembali.utas_id, **umum)
        assert pertama.selesai_oleh_id == dunia.kepala_maluku.pk
        assert catatan_terbuka(kembali.laporan) == {}
    tulis(kembali.laporan, dunia.operator_ambon, "Masih bertanya.")
    with sebagai_orang(dunia.operator_ambon):
        assert [u.terbuka for u in utas_laporan(kembali.laporan, dunia.operator_ambon)[SEL]] == [False, True]


# Proposed values -----------------------------------------------------------------------------------------------


def test_terapkan_menyimpan_dengan_asal_dan_jejak(dunia: Dunia, kembali: Komentar) -> None:
    with sebagai_orang(dunia.operator_ambon) as umum:
        terapkan_usulan(komentar_id=kembali.pk, **umum)
        terapkan_usulan(komentar_id=kembali.pk, **umum)
    assert nilai(kembali.laporan) == 750
    with terpasang(SISTEM):
        riwayat = RiwayatIsian.objects.filter(laporan=kembali.laporan, asal="usulan")
        assert [r.perubahan[SEL][1][0] for r in riwayat] == [750]
        segar_ = Komentar.objects.get(pk=kembali.pk)
        assert (segar_.nasib, segar_.nasib_oleh_id) == ("diterapkan", dunia.operator_ambon.pk)
        assert Jejak.objects.filter(tindakan="usulan_diterapkan").count() == 1


def test_terapkan_tidak_menimpa_yang_lebih_baru(dunia: Dunia, kembali: Komentar) -> None:
    isi_penuh(kembali.laporan, dunia.operator_ambon, {SEL: "610"})
    with sebagai_orang(dunia.kepala_ambon) as umum, pytest.raises(Bentrok, match="610"):
        terapkan_usulan(komentar_id=kembali.pk, versi=1, **umum)
    assert nilai(kembali.laporan) == 610
    with terpasang(SISTEM):
        assert Komentar.objects.get(pk=kembali.pk).nasib == ""


def test_tolak_dengan_alasan(dunia: Dunia, kembali: Komentar) -> None:
    with sebagai_orang(dunia.operator_ambon) as umum:
        with pytest.raises(TidakSah):
            tolak_usulan(komentar_id=kembali.pk, alasan=" ", **umum)
        tolak_usulan(komentar_id=kembali.pk, alasan="Sudah diukur tim aset.", **umum)
        with pytest.raises(Bentrok, match="sudah ditolak"):
            terapkan_usulan(komentar_id=kembali.pk, **umum)
        (utas,) = utas_laporan(kembali.laporan, dunia.operator_ambon)[SEL]
        assert [k.k.teks for k in utas.komentar][-1] == "Sudah diukur tim aset."
    assert nilai(kembali.laporan) == 500


def test_terapkan_hanya_unit_dan_hanya_saat_dapat_diisi(dunia: Dunia, kembali: Komentar) -> None:
    for orang, jenis in ((dunia.verifikator_maluku, Ditolak), (dunia.operator_masohi, TidakDitemukan)):
        with sebagai_orang(orang) as umum, pytest.raises(jenis):
            terapkan_usulan(komentar_id=kembali.pk, **umum)
    kirim(kembali.laporan, dunia.kepala_ambon, {SEL: "510"})
    with sebagai_orang(dunia.operator_ambon) as umum, pytest.raises(Bentrok, match="dikirim"):
        terapkan_usulan(komentar_id=kembali.pk, **umum)


# Pages ---------------------------------------------------------------------------------------------------------


def test_halaman_bagian_menunjukkan_catatan_dan_menerapkan(dunia: Dunia, masuk: Any, kembali: Komentar) -> None:
    laporan, klien = kembali.laporan, masuk(dunia.operator_ambon)
    bagian = laporan.skema.bagian_dari[SEL].kode
    url = alamat(laporan, "bagian", bagian=bagian)
    teks = klien.get(url).content.decode()
    assert "Ukur ulang." in teks
    assert f"terapkan:{SEL}:{kembali.pk}" in teks
    jawaban = klien.post(url, {"aksi": f"terapkan:{SEL}:{kembali.pk}", "kunci": "k" * 16})
    assert jawaban.status_code == 302
    assert jawaban["Location"].endswith(f"#s-{SEL}")
    assert nilai(laporan) == 750


def test_menulis_dari_halaman_kembali_ke_asalnya_dan_tidak_ke_luar(dunia: Dunia, masuk: Any, terkirim: Laporan) -> None:
    klien, url = masuk(dunia.operator_ambon), alamat(terkirim, "catatan")
    data = {**tindakan(terkirim), "sel": SEL, "teks": "<b>Halo</b>", "tertunda": "0", "lanjut": "/organisasi/"}
    assert klien.post(url, data)["Location"] == "/organisasi/#catatan"
    for jahat in ("https://jahat.example/", "//jahat.example/", "/\\jahat.example", "javascript:alert(1)"):
        tujuan = klien.post(url, {**data, **tindakan(terkirim), "lanjut": jahat})["Location"]
        assert tujuan == f"{url}?sel={SEL}"
    teks = klien.get(f"{url}?sel={SEL}").content.decode()
    assert "&lt;b&gt;Halo&lt;/b&gt;" in teks
    assert "<b>Halo" not in teks


def test_teks_yang_ditolak_tetap_di_kotaknya(dunia: Dunia, masuk: Any, terkirim: Laporan) -> None:
    klien = masuk(dunia.verifikator_maluku)
    data = {**tindakan(terkirim), "sel": SEL, "teks": "Menurut saya", "usulan": "banyak", "tertunda": "1"}
    jawaban = klien.post(alamat(terkirim, "catatan"), data)
    teks = jawaban.content.decode()
    assert jawaban.status_code == 400
    assert "Menurut saya" in teks
    assert 'value="banyak"' in teks


def test_peninjau_lain_se_kanwil_tidak_melihat_di_halaman(dunia: Dunia, masuk: Any, terkirim: Laporan) -> None:
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=dunia.asing, peran="verifikator_kanwil", kanwil=dunia.ambon.kanwil, mulai=date(2020, 1, 1)
        )
    tulis(terkirim, dunia.verifikator_maluku, "rahasia-tertunda")
    for orang in (dunia.asing, dunia.operator_ambon, dunia.kepala_maluku):
        for nama, lain in (("laporan", {}), ("catatan", {}), ("rincian", {"sel": SEL})):
            assert "rahasia-tertunda" not in masuk(orang).get(alamat(terkirim, nama, **lain)).content.decode()
    assert "rahasia-tertunda" in masuk(dunia.verifikator_maluku).get(alamat(terkirim)).content.decode()


# The page of one item ------------------------------------------------------------------------------------------


def test_rincian_butir(dunia: Dunia, masuk: Any, kembali: Komentar) -> None:
    klien = masuk(dunia.operator_ambon)
    url = alamat(kembali.laporan, "rincian", sel=SEL)
    teks = klien.get(url).content.decode()
    butir = kembali.laporan.skema.butir[SEL]
    for ada in (butir.label, butir.definisi, "Antar-UPT", "Riwayat isian", "diketik", "Terapkan 750", "Ukur ulang."):
        assert ada in teks, ada
    potongan = klien.get(url, {"potongan": "1"}).content.decode()
    assert "<html" not in potongan
    assert butir.definisi in potongan
    sendiri = [q for q in kueri(klien, url) if 'FROM "pelaporan_' in q and "pemberitahuan" not in q]
    assert len(sendiri) <= 8, "\n".join(sendiri)


def test_rincian_untuk_setiap_butir_setiap_formulir(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.kepala_ambon)
    for formulir in ("F01", "F02", "F04", "F06"):
        laporan = dunia.laporan(dunia.ambon, formulir)
        for kode in laporan.skema.butir:
            jawaban = klien.get(alamat(laporan, "rincian", sel=kode), {"potongan": "1"})
            assert jawaban.status_code == 200, kode


def test_rincian_tidak_membocorkan_draf(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon, {SEL: "4321"})
    url = alamat(laporan, "rincian", sel=SEL)
    assert "4.321" in masuk(dunia.operator_ambon).get(url).content.decode()
    assert "4.321" not in masuk(dunia.verifikator_maluku).get(url).content.decode()
    assert masuk(dunia.operator_masohi).get(url).status_code == 404
    assert masuk(dunia.operator_ambon).get(alamat(laporan, "rincian", sel="tidak_ada")).status_code == 404
