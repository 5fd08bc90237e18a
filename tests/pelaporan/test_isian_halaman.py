"""The section page: what a person typed is saved, refused or contested cell by cell, and never lost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from pelaporan.alur import Aksi
from pelaporan.lembar import Ketikan
from pelaporan.masukan import dari_formulir
from pelaporan.models import Draf, Laporan, RiwayatIsian
from pelaporan.services_isian import Perubahan, simpan
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from upt.cakupan import SISTEM, Cakupan, terpasang

AMBON = "/laporan/lapas-kelas-iia-ambon/2026-01"
KLASTER = f"{AMBON}/F06/isi/klaster_pangan/"
KEGIATAN = f"{AMBON}/F06/isi/kegiatan/"
KEJADIAN = f"{AMBON}/F04/isi/kejadian_bulan_ini/"
_INPUT = re.compile(r'name="(s\|[^"]*)"[^>]*?(?: value="([^"]*)")?[^>]*>')


def nama_sel(html: str) -> dict[str, str]:
    """Field names of a section page by address."""
    return {nama.split("|")[1]: nama for nama, _ in _INPUT.findall(html)}


def isian(html: str, **ubah: str) -> dict[str, str]:
    """What a browser would post: every field as shown, the named ones as typed."""
    data = dict(_INPUT.findall(html))
    for pilih in re.finditer(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        terpilih = re.search(r'value="([^"]*)" selected', pilih[2])
        data[pilih[1]] = terpilih[1] if terpilih else ""
    for nama, nilai in re.findall(r'name="((?:k|r|w|ja)\|[^"]+|kunci)" value="([^"]*)"', html):
        data[nama] = nilai
    nama = nama_sel(html)
    return {**data, **{nama.get(k, k): v for k, v in ubah.items()}}


def buka(klien: Client, url: str) -> str:
    jawaban = klien.get(url)
    assert jawaban.status_code == 200
    return jawaban.content.decode()


def draf(laporan: Laporan) -> dict[str, Any]:
    with terpasang(SISTEM):
        ada = Draf.objects.filter(laporan=laporan).first()
        return ada.isi.get("sel", {}) if ada else {}


def ketik(dunia: Dunia, laporan: Laporan, oleh: Any, kode: str, teks: str) -> None:
    """A colleague saves one cell."""
    with terpasang(SISTEM):
        cakupan = Cakupan.dari(oleh)
    versi = draf(laporan).get(kode, {}).get("v", 0)
    with terpasang(cakupan):
        simpan(laporan_id=laporan.pk, perubahan=[Perubahan(kode, teks, versi=versi)], oleh=oleh, cakupan=cakupan)


# ---------------------------------------------------------------- who gets in


def test_unit_lain_tidak_ada(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_masohi)
    assert klien.get(KLASTER).status_code == 404
    assert klien.post(KLASTER, {"s|wbp|0|": "5"}).status_code == 404
    assert draf(dunia.laporan(dunia.ambon)) == {}


@pytest.mark.parametrize("nama", ["verifikator_maluku", "auditor"])
def test_pembaca_tidak_dapat_mengisi(dunia: Dunia, masuk: Any, nama: str) -> None:
    klien = masuk(getattr(dunia, nama))
    html = buka(klien, KLASTER)
    assert "Anda membaca, tidak mengisi" in html
    assert 'id="s-wbp"' not in html
    assert klien.post(KLASTER, {"s|wbp|0|": "5"}).status_code == 403
    assert draf(dunia.laporan(dunia.ambon)) == {}


def test_admin_tanpa_hak_baca_ditolak(dunia: Dunia, masuk: Any) -> None:
    assert masuk(dunia.admin).get(KLASTER).status_code == 403


@pytest.mark.parametrize("bulan", ["2027-01", "2026-13", "2026-1", "januari", "0000-01"])
def test_bulan_yang_tidak_ada(dunia: Dunia, masuk: Any, bulan: str) -> None:
    klien = masuk(dunia.operator_ambon)
    assert klien.get(KLASTER.replace("2026-01", bulan)).status_code == 404


def test_bagian_dan_formulir_yang_tidak_ada(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    assert klien.get(f"{AMBON}/F06/isi/lain/").status_code == 404
    assert klien.get(f"{AMBON}/F77/isi/kegiatan/").status_code == 404
    assert klien.post(f"{AMBON}/F06/baris/lain/tambah/").status_code == 404


# ---------------------------------------------------------------- saving without a script


def test_simpan_tanpa_skrip_lalu_ke_bagian_berikut(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    html = buka(klien, KEGIATAN)
    jawaban = klien.post(KEGIATAN, isian(html, ada_kegiatan="ya", lahan_tidur="1.500", aksi="lanjut"))
    assert (jawaban.status_code, jawaban["Location"]) == (302, KLASTER)
    assert draf(laporan)["lahan_tidur"]["nilai"] == 1500
    assert dunia.laporan(dunia.ambon).status == "DRAF"
    assert 'value="1.500"' in buka(klien, KEGIATAN)


def test_halaman_yang_tidak_disentuh_tidak_mengubah_apa_pun(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    sebelum = draf(laporan)
    assert klien.post(KLASTER, isian(buka(klien, KLASTER), aksi="nanti")).status_code == 302
    assert draf(laporan) == sebelum


def test_tekan_dua_kali_satu_akibat(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    data = isian(buka(klien, KLASTER), wbp="12", aksi="nanti")
    assert [klien.post(KLASTER, data).status_code for _ in range(2)] == [302, 302]
    assert draf(laporan)["wbp"]["v"] == 1
    with terpasang(SISTEM):
        assert RiwayatIsian.objects.filter(laporan=laporan).count() == 1


def test_yang_benar_tersimpan_walau_ada_yang_ditolak(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    jawaban = klien.post(KLASTER, isian(buka(klien, KLASTER), wbp="dua2", petugas="3", mitra="-4"))
    html = jawaban.content.decode()
    assert jawaban.status_code == 400
    assert draf(laporan)["petugas"]["nilai"] == 3
    assert "wbp" not in draf(laporan)
    assert 'value="dua2"' in html
    assert 'value="-4"' in html
    assert "Ada yang perlu diperbaiki" in html
    assert 'href="#s-wbp"' in html
    assert "<title>Galat: " in html


def test_angka_ambigu_ditanya_lalu_dibenarkan(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    kode = "klaster_pertanian_panen"
    jawaban = klien.post(KLASTER, isian(buka(klien, KLASTER), **{kode: "1.234"}))
    html = jawaban.content.decode()
    assert jawaban.status_code == 400
    assert "Betul?" in html
    assert f'value="betul:{kode}"' in html
    assert kode not in draf(laporan)
    assert klien.post(KLASTER, isian(html, aksi=f"betul:{kode}")).status_code == 302
    assert draf(laporan)[kode]["nilai"] == 1234


@pytest.mark.parametrize(("pilihan", "hasil"), [("punyaku", 55), ("punyanya", 40)])
def test_bentrok_memperlihatkan_keduanya_dan_orang_memilih(dunia: Dunia, masuk: Any, pilihan: str, hasil: int) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    lama = buka(klien, KLASTER)
    ketik(dunia, laporan, dunia.kepala_ambon, "wbp", "40")
    jawaban = klien.post(KLASTER, isian(lama, wbp="55", petugas="2"))
    html = jawaban.content.decode()
    assert jawaban.status_code == 409
    assert "Kepala Ambon mengisi 40" in html
    assert "Isian Anda: 55" in html
    assert draf(laporan)["wbp"]["nilai"] == 40
    assert draf(laporan)["petugas"]["nilai"] == 2
    # saving again without choosing changes nothing
    assert klien.post(KLASTER, isian(html)).status_code == 409
    assert klien.post(KLASTER, isian(html, aksi=f"{pilihan}:wbp")).status_code == 302
    assert draf(laporan)["wbp"]["nilai"] == hasil


def test_tab_lama_tidak_menimpa_sel_yang_tidak_disentuh(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    ketik(dunia, laporan, dunia.operator_ambon, "wbp", "10")
    lama = buka(klien, KLASTER)
    ketik(dunia, laporan, dunia.kepala_ambon, "wbp", "40")
    assert klien.post(KLASTER, isian(lama, mitra="1", aksi="nanti")).status_code == 302
    assert draf(laporan)["wbp"]["nilai"] == 40
    assert draf(laporan)["mitra"]["nilai"] == 1


def test_laporan_terkirim_sementara_diketik(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    lama = buka(klien, KLASTER)
    kirim(laporan, dunia.kepala_ambon)
    jawaban = klien.post(KLASTER, isian(lama, wbp="77"))
    html = jawaban.content.decode()
    assert jawaban.status_code == 409
    assert "Isian Anda yang belum tersimpan" in html
    assert ">77<" in html
    assert draf(laporan)["wbp"]["nilai"] == 12


def test_keadaan_dengan_alasan_dan_angka_yang_bertentangan(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    html = buka(klien, KLASTER)
    tanpa_alasan = klien.post(KLASTER, isian(html, **{"k|wbp": "tak_tersedia"}))
    assert (tanpa_alasan.status_code, "Tulis alasannya" in tanpa_alasan.content.decode()) == (400, True)
    ganda = klien.post(KLASTER, isian(html, wbp="5", **{"k|wbp": "tak_tersedia", "r|wbp": "buku hilang"}))
    assert (ganda.status_code, 'value="5"' in ganda.content.decode()) == (400, True)
    assert "wbp" not in draf(laporan)
    benar = isian(html, aksi="nanti", **{"k|wbp": "tak_tersedia", "r|wbp": "buku hilang"})
    assert klien.post(KLASTER, benar).status_code == 302
    assert draf(laporan)["wbp"]["keadaan"] == "tak_tersedia"


def test_nul_dan_tanda_kendali_ditolak_di_tempatnya(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    data = isian(buka(klien, KLASTER), wbp="1\x002", petugas="3", **{"ja|\x00": "a", "k|mitra": "\x00"})
    assert klien.post(KLASTER, data).status_code == 400
    assert set(draf(laporan)) == {"petugas"}


def test_sepuluh_megabita_ditolak(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    assert klien.post(KLASTER, {"s|wbp|0|": "9" * 10_000_000}).status_code == 400
    besar = json.dumps({"perubahan": [{"kode": "wbp", "teks": "9" * 10_000_000}]})
    assert klien.post(f"{AMBON}/F06/simpan/", besar, content_type="application/json").status_code == 400
    assert draf(dunia.laporan(dunia.ambon)) == {}


def test_jawaban_atas_temuan_disimpan_di_tempat(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.kepala_ambon), dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon, {"jual_bama": "1"})
    html = buka(klien, f"{AMBON}/F06/isi/pemanfaatan/")
    kunci = re.search(r'name="ja\|([^"]+)"', html)
    assert kunci is not None
    data = isian(html, aksi="nanti", **{f"ja|{kunci[1]}": "Panen kecil bulan ini."})
    assert klien.post(f"{AMBON}/F06/isi/pemanfaatan/", data).status_code == 302
    with terpasang(SISTEM):
        assert Draf.objects.get(laporan=laporan).isi["tanggapan"][kunci[1]]["alasan"] == "Panen kecil bulan ini."


def test_periksa_menunjuk_yang_kosong(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    ketik(dunia, dunia.laporan(dunia.ambon), dunia.operator_ambon, "ada_kegiatan", "ya")
    assert "Isi Warga binaan terlibat" not in buka(klien, KLASTER)
    html = buka(klien, f"{KLASTER}?periksa=1")
    assert "Isi Warga binaan terlibat. Tulis 0 bila nihil." in html


# ---------------------------------------------------------------- states that only read


def test_terkirim_terverifikasi_dan_dikembalikan(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    html = buka(klien, KLASTER)
    assert "Laporan sudah dikirim" in html
    assert "<form class" not in html
    assert "2.400" in html
    lakukan(
        laporan, Aksi.KEMBALIKAN, dunia.verifikator_maluku,
        alasan="tidak_cocok", teks="Cocokkan.", sel={"wbp": "Daftar hadir 10 orang."},
    )  # fmt: skip
    html = buka(klien, KLASTER)
    assert "Laporan ini perlu diperbaiki" in html
    assert "Daftar hadir 10 orang." in html
    kirim(laporan, dunia.kepala_ambon, {"wbp": "10", "klaster_pertanian_wbp": "10"})
    lakukan(laporan, Aksi.VERIFIKASI, dunia.verifikator_maluku)
    assert "Laporan sudah terverifikasi" in buka(klien, KLASTER)
    assert klien.post(KLASTER, {"s|wbp|0|": "9"}).status_code == 409


# ---------------------------------------------------------------- line lists


def test_baris_ditambah_sekali_diisi_dan_dihapus(dunia: Dunia, masuk: Any) -> None:
    klien, laporan = masuk(dunia.operator_ambon), dunia.laporan(dunia.ambon, "F04")
    data = isian(buka(klien, KEJADIAN), nihil_kejadian="tidak")
    tambah = f"{AMBON}/F04/baris/kejadian/tambah/"
    satu, dua = klien.post(tambah, data), klien.post(tambah, data)
    assert satu.status_code == 302
    assert satu["Location"] == dua["Location"]
    baris = _baris(laporan)
    assert len(baris) == 1
    assert draf(laporan)["nihil_kejadian"]["nilai"] is False
    alamat = f"kejadian/{baris[0]['id']}/lokasi"
    html = buka(klien, KEJADIAN)
    assert klien.post(KEJADIAN, isian(html, aksi="nanti", **{alamat: "Blok B"})).status_code == 302
    assert _baris(laporan)[0]["sel"]["lokasi"]["nilai"] == "Blok B"
    hapus = f"{AMBON}/F04/baris/kejadian/{baris[0]['id']}/hapus/"
    assert [klien.post(hapus, {}).status_code for _ in range(2)] == [302, 302]
    assert _baris(laporan) == []


def _baris(laporan: Laporan) -> list[dict[str, Any]]:
    with terpasang(SISTEM):
        return Draf.objects.get(laporan=laporan).isi["daftar"]["kejadian"]


# ---------------------------------------------------------------- autosave


def kirim_json(klien: Client, *perubahan: dict[str, Any], bagian: str = "klaster_pangan", **lain: Any) -> Any:
    isi = json.dumps({"bagian": bagian, "perubahan": list(perubahan), **lain})
    kepala = {"content_type": "application/json", "headers": {"Accept": "application/json"}}
    return klien.post(f"{AMBON}/F06/simpan/", isi, **kepala)


def test_simpan_sel_menyegarkan_seluruh_bagian(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    kirim_json(klien, {"kode": "ada_kegiatan", "teks": "ya"})
    sel = [{"kode": f"klaster_{k}_wbp", "teks": "3"} for k in ("pertanian", "hortikultura")]
    lain = [{"kode": f"klaster_{k}_wbp", "teks": "0"} for k in ("perkebunan", "perikanan", "peternakan")]
    jawab = kirim_json(klien, *sel, *lain, {"kode": "mitra", "teks": "x"}).json()
    assert jawab["sel"]["wbp_klaster"]["t"] == "6"
    assert jawab["ditolak"].keys() == {"mitra"}
    assert jawab["sel"]["mitra"]["k"] == "galat"
    assert jawab["sel"]["klaster_pertanian_wbp"]["n"].startswith("s|klaster_pertanian_wbp|1|")
    assert jawab["status"] == "DRAF"
    assert jawab["maju"] == "5 dari 25"


def test_simpan_sel_bentrok_lewat_json(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    ketik(dunia, dunia.laporan(dunia.ambon), dunia.kepala_ambon, "wbp", "40")
    jawab = kirim_json(klien, {"kode": "wbp", "teks": "55", "versi": 0}).json()
    assert jawab["konflik"]["wbp"]["nilai"] == "40"
    assert "Kepala Ambon mengisi 40" in jawab["sel"]["wbp"]["p"]


def test_sesi_berakhir_dijawab_401_tanpa_dialihkan(dunia: Dunia) -> None:
    jawaban = kirim_json(Client(), {"kode": "wbp", "teks": "55"})
    assert jawaban.status_code == 401
    assert jawaban.json()["pesan"].startswith("Sesi berakhir.")


@pytest.mark.parametrize(
    "isi",
    ["", "[]", "null", '{"perubahan": 5}', '{"perubahan": ["x"]}', '{"perubahan": [{"kode": 5}]}',
     '{"perubahan": [{"kode": "wbp", "teks": [1]}]}', '{"perubahan": [{"kode": "wbp", "versi": true}]}',
     '{"perubahan": [{"kode": "wbp", "versi": -1}]}', "[" * 100_000],
)  # fmt: skip
def test_json_yang_rusak_ditolak_dengan_kalimat(dunia: Dunia, masuk: Any, isi: str) -> None:
    kepala = {"content_type": "application/json", "headers": {"Accept": "application/json"}}
    jawaban = masuk(dunia.operator_ambon).post(f"{AMBON}/F06/simpan/", isi, **kepala)
    assert jawaban.status_code == 400
    assert jawaban.json()["pesan"]


def test_json_dengan_tanda_yang_tidak_dapat_disimpan(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    isi = [{"kode": "wbp", "teks": "\x00"}, {"kode": "\x00", "teks": "1"}]
    isi += [{"kode": "mitra", "teks": "\udfff"}]
    isi.append({"kode": "petugas", "teks": "", "keadaan": "tak_tersedia", "alasan": "a\x00b"})
    jawaban = kirim_json(klien, *isi)
    assert jawaban.status_code == 200
    assert set(jawaban.json()["ditolak"]) == {"wbp", "\x00", "mitra", "petugas"}
    assert draf(dunia.laporan(dunia.ambon)) == {}


# ---------------------------------------------------------------- small pieces


def test_cap_mengabaikan_spasi_dan_ganti_baris() -> None:
    assert Ketikan("a\r\nb").cap() == Ketikan(" a\nb ").cap() != Ketikan("ab").cap()
    assert Ketikan().cap() == "" != Ketikan(alasan="x").cap()


def test_nama_sel_yang_dirusak_diabaikan() -> None:
    from django.http import QueryDict

    post = QueryDict(mutable=True)
    post.update({"s|wbp": "1", "s|wbp|x|y|z": "1", "lain": "1", "s|wbp|abc|": "7"})
    assert [(p.kode, p.teks, p.versi) for p in dari_formulir(post).perubahan] == [("wbp", "7", 0)]


def test_bobot_kunjungan_pertama(dunia: Dunia, masuk: Any) -> None:
    """Unit home and a section with 25 cells, with everything they load: at most 30 kB compressed."""
    import gzip
    from pathlib import Path

    klien = masuk(dunia.operator_ambon)
    halaman = [klien.get(u).content for u in (f"/upt/{dunia.ambon.kode}/", KLASTER)]
    akar = Path(__file__).resolve().parents[2] / "static"
    berkas = ("css/portal.css", "js/inti.js", "js/isian.js", "img/ikon.svg", "img/logo.svg")
    isi = [*halaman, *((akar / b).read_bytes() for b in berkas)]
    assert sum(len(gzip.compress(x, 6)) for x in isi) <= 30 * 1024


def test_sisanya_nihil_mengisi_yang_kosong_saja(dunia: Dunia, masuk: Any) -> None:
    """One press states 0 for what is still empty; typed cells keep their value, posted ones are saved first."""
    laporan = dunia.laporan(dunia.ambon, "F02")
    klien = masuk(dunia.operator_ambon)
    url = "/laporan/lapas-kelas-iia-ambon/2026-01/F02/isi/penghuni_masuk/"
    halaman = klien.get(url)
    assert "Sisanya nihil" in halaman.content.decode()
    nama = next(k.nama for k in halaman.context["lembar"].kotak.values() if k.butir.kode == "mutasi_masuk_pindahan_l")
    jawab = klien.post(url, {"aksi": "nihil", "kunci": "nihil-sekali-1", nama: "7"}, follow=True)
    assert "sel kosong diisi 0 (nihil)" in jawab.content.decode()
    with terpasang(SISTEM):
        sel = Draf.objects.get(laporan=laporan).isi["sel"]
    assert sel["mutasi_masuk_pindahan_l"]["nilai"] == 7
    lain = {k: s for k, s in sel.items() if k != "mutasi_masuk_pindahan_l"}
    assert lain
    assert {(s["nilai"], s["keadaan"]) for s in lain.values()} == {(0, "nihil")}
    assert all(k.startswith("mutasi_masuk_") for k in lain)
    assert "Sisanya nihil" not in jawab.content.decode()


def test_sisanya_nihil_tidak_menyentuh_yang_tidak_pernah_nihil(dunia: Dunia, masuk: Any) -> None:
    """The head count of a prison is asked for; one press on the rest does not make it 0."""
    laporan = dunia.laporan(dunia.ambon, "F01")
    url = "/laporan/lapas-kelas-iia-ambon/2026-01/F01/isi/penghuni/"
    jawab = masuk(dunia.operator_ambon).post(url, {"aksi": "nihil", "kunci": "nihil-sekali-2"}, follow=True)
    assert "Yang tidak pernah nihil tidak ikut diisi" in jawab.content.decode()
    assert "Sisanya nihil" not in jawab.content.decode()
    with terpasang(SISTEM):
        sel = Draf.objects.get(laporan=laporan).isi["sel"]
    assert "isi_l" not in sel
    assert sel["isi_p"]["keadaan"] == "nihil"
