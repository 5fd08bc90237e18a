"""Pages of register rows without a script: write, change, take out, bring back, look back."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any

import pytest

from pangan.models import Setoran
from pelaporan.models import RiwayatBaris
from tests.dunia import Dunia
from tests.pelaporan.register.conftest import Meja
from upt.cakupan import SISTEM, terpasang

pytestmark = pytest.mark.usefixtures("jenis_uji")
ISI = {"tanggal": "3 Februari 2026", "jenis": "pnbp", "nilai": "1.250.000", "nomor": "NTPN-1", "catatan": ""}


def semua() -> list[Setoran]:
    with terpasang(SISTEM):
        return list(Setoran.objects.order_by("pk"))


def catat(meja: Meja, **lain: Any) -> Setoran:
    jawab = meja.kirim("baru", {**ISI, "kunci": str(uuid.uuid4()), **lain})
    assert jawab.status_code == 302, jawab.content.decode()
    return semua()[-1]


def tindakan(baris: Setoran) -> list[str]:
    with terpasang(SISTEM):
        riwayat = RiwayatBaris.objects.filter(objek="uji", objek_id=baris.pk).order_by("revisi")
        return list(riwayat.values_list("tindakan", flat=True))


def test_formulir_baru_berisi_hari_ini_dan_isian_dari_alamat(dunia: Dunia) -> None:
    teks = Meja(dunia, "operator_ambon").buka("baru", "?isi_jenis=premi&isi_nomor=X-9").content.decode()
    assert re.search(r'<option value="premi" selected', teks)
    assert 'value="X-9"' in teks
    assert re.search(r'name="tanggal" value="\d+ \w+ 20\d\d"', teks)


def test_catat_lalu_tampil_dengan_jalan_pulang(dunia: Dunia, segar: list[Any]) -> None:
    meja = Meja(dunia, "operator_ambon")
    kunci = str(uuid.uuid4())
    jawab = meja.kirim("baru", {**ISI, "kunci": kunci}, "?isi_jenis=pnbp&kembali=/upt/")
    baris = semua()[-1]
    assert (baris.nilai, baris.tanggal, str(baris.kunci)) == (1_250_000, date(2026, 2, 3), kunci)
    assert baris.upt_id == dunia.ambon.pk
    assert segar[-1][2] == baris.bulan_terdampak()
    halaman = meja.klien.get(jawab.url).content.decode()
    assert "Rp1.250.000" in halaman
    assert "Tercatat" in halaman
    assert 'href="/upt/"' in halaman
    assert "isi_jenis=pnbp&amp;kembali=%2Fupt%2F" in halaman


def test_salah_isi_tampil_lagi_sebagaimana_diketik(dunia: Dunia) -> None:
    jawab = Meja(dunia, "operator_ambon").kirim(
        "baru", {**ISI, "nilai": "lima juta rupiah", "tanggal": "31 Februari 2026", "kunci": str(uuid.uuid4())}
    )
    teks = jawab.content.decode()
    assert jawab.status_code == 400
    assert 'value="lima juta rupiah"' in teks
    assert 'href="#id_nilai"' in teks
    assert "bulan itu sampai tanggal 28" in teks
    assert not semua()


def test_angka_bermakna_ganda_ditanya_balik(dunia: Dunia) -> None:
    jawab = Meja(dunia, "operator_ambon").kirim("baru", {**ISI, "nilai": "1,234", "kunci": str(uuid.uuid4())})
    assert jawab.status_code == 400
    assert "Betul? Bila ya, tulis 1.234." in jawab.content.decode()
    assert not semua()


def test_galat_aturan_di_kolomnya(dunia: Dunia) -> None:
    jawab = Meja(dunia, "operator_ambon").kirim("baru", {**ISI, "tanggal": "1/1/2027", "kunci": str(uuid.uuid4())})
    assert jawab.status_code == 400
    assert 'id="id_tanggal_error"' in jawab.content.decode()
    assert not semua()


def test_yang_tidak_biasa_ditanya_dijawab_dengan_alasan(dunia: Dunia) -> None:
    meja, kunci = Meja(dunia, "operator_ambon"), str(uuid.uuid4())
    isi = {**ISI, "nilai": "20.000.000", "jenis": "premi", "nomor": "", "kunci": kunci}
    pertama = meja.kirim("baru", isi)
    assert pertama.status_code == 422
    assert pertama.content.decode().count('name="setuju"') == 2
    assert not semua()

    sebagian = meja.kirim("baru", {**isi, "setuju": ["besar"], "alasan_tanya": "Panen raya."})
    assert sebagian.status_code == 422
    assert re.search(r'value="besar" id="tanya-besar" checked', sebagian.content.decode())

    tanpa = meja.kirim("baru", {**isi, "setuju": ["besar", "tanpa_nomor"], "alasan_tanya": "  "})
    assert tanpa.status_code == 422
    assert 'href="#id_alasan_tanya"' in tanpa.content.decode()
    assert not semua()

    assert (
        meja.kirim("baru", {**isi, "setuju": ["besar", "tanpa_nomor"], "alasan_tanya": "Panen raya."}).status_code
        == 302
    )
    with terpasang(SISTEM):
        assert RiwayatBaris.objects.get(objek="uji").alasan == "Panen raya."


def test_kirim_dua_kali_satu_baris(dunia: Dunia) -> None:
    meja, kunci = Meja(dunia, "operator_ambon"), str(uuid.uuid4())
    satu, dua = (meja.kirim("baru", {**ISI, "kunci": kunci}) for _ in range(2))
    assert satu.url == dua.url
    assert len(semua()) == 1


def test_kunci_sama_isi_lain_ditolak_tidak_hilang_diam_diam(dunia: Dunia) -> None:
    meja, kunci = Meja(dunia, "operator_ambon"), str(uuid.uuid4())
    meja.kirim("baru", {**ISI, "kunci": kunci})
    jawab = meja.kirim("baru", {**ISI, "nilai": "7.000.000", "kunci": kunci})
    assert jawab.status_code == 409
    assert 'value="7.000.000"' in jawab.content.decode()
    assert [s.nilai for s in semua()] == [1_250_000]


@pytest.mark.parametrize("kunci", ["", "bukan-uuid"])
def test_tanpa_kunci_ditolak(dunia: Dunia, kunci: str) -> None:
    assert Meja(dunia, "operator_ambon").kirim("baru", {**ISI, "kunci": kunci}).status_code == 400


def test_ubah_dengan_riwayat(dunia: Dunia) -> None:
    meja = Meja(dunia, "operator_ambon")
    baris = catat(meja)
    formulir = meja.buka("ubah", pk=baris.pk).content.decode()
    assert 'value="1.250.000"' in formulir
    assert 'value="3 Februari 2026"' in formulir
    meja.kirim("ubah", {**ISI, "nilai": "1.300.000", "revisi": 1}, pk=baris.pk)
    halaman = meja.buka("baris", pk=baris.pk).content.decode()
    assert "Nilai: <del>Rp1.250.000</del> Rp1.300.000" in halaman
    assert tindakan(baris) == ["buat", "ubah"]


def test_simpan_tanpa_perubahan_tidak_menambah_riwayat(dunia: Dunia) -> None:
    meja = Meja(dunia, "operator_ambon")
    baris = catat(meja)
    assert meja.kirim("ubah", {**ISI, "revisi": 1}, pk=baris.pk).status_code == 302
    assert tindakan(baris) == ["buat"]


def test_bentrok_menampilkan_keduanya_dan_menggabung_yang_tidak_berebut(dunia: Dunia) -> None:
    saya, dia = Meja(dunia, "operator_ambon"), Meja(dunia, "kepala_ambon")
    baris = catat(saya)
    dia.kirim("ubah", {**ISI, "nilai": "2.000.000", "nomor": "NTPN-2", "revisi": 1}, pk=baris.pk)
    jawab = saya.kirim("ubah", {**ISI, "nilai": "3.000.000", "revisi": 1}, pk=baris.pk)
    teks = jawab.content.decode()
    assert jawab.status_code == 409
    assert "Kepala Ambon" in teks
    assert "Rp2.000.000" in teks
    assert "Rp3.000.000" in teks
    assert 'name="nilai" value="3.000.000"' in teks  # mine, for me to decide
    assert 'name="nomor" value="NTPN-2"' in teks  # theirs: I had not touched it
    assert 'name="revisi" value="2"' in teks
    assert [s.nilai for s in semua()] == [2_000_000]

    assert (
        saya.kirim("ubah", {**ISI, "nilai": "3.000.000", "nomor": "NTPN-2", "revisi": 2}, pk=baris.pk).status_code
        == 302
    )
    assert (semua()[0].nilai, semua()[0].nomor) == (3_000_000, "NTPN-2")


def test_ubah_yang_sudah_dihapus_orang_lain(dunia: Dunia) -> None:
    saya, dia = Meja(dunia, "operator_ambon"), Meja(dunia, "kepala_ambon")
    baris = catat(saya)
    dia.kirim("hapus", {"alasan": "Ganda.", "revisi": 1}, pk=baris.pk)
    jawab = saya.kirim("ubah", {**ISI, "nilai": "3.000.000", "revisi": 1}, pk=baris.pk)
    assert jawab.status_code == 409
    assert "sudah dihapus" in jawab.content.decode()
    assert 'value="3.000.000"' in jawab.content.decode()
    assert saya.buka("ubah", pk=baris.pk).status_code == 302


def test_hapus_perlu_alasan_lalu_dapat_dipulihkan(dunia: Dunia, segar: list[Any]) -> None:
    meja = Meja(dunia, "operator_ambon")
    baris = catat(meja)
    assert "Februari 2026" in meja.buka("hapus", pk=baris.pk).content.decode()
    tanpa = meja.kirim("hapus", {"alasan": " ", "revisi": 1}, pk=baris.pk)
    assert tanpa.status_code == 400
    assert "Tulis alasannya." in tanpa.content.decode()
    assert semua()[0].hidup

    segar.clear()
    assert meja.kirim("hapus", {"alasan": "Tercatat dua kali.", "revisi": 1}, pk=baris.pk).status_code == 302
    assert segar
    assert not semua()[0].hidup
    daftar = meja.buka("daftar").content.decode()
    assert "NTPN-1" not in daftar
    assert "1 catatan dihapus" in daftar
    assert "Tercatat dua kali." in meja.buka("daftar", "?dihapus=1").content.decode()

    meja.kirim("pulihkan", {}, pk=baris.pk)
    assert semua()[0].hidup
    assert tindakan(baris) == ["buat", "hapus", "pulihkan"]


def test_hapus_yang_ditahan_baris_lain(dunia: Dunia) -> None:
    meja = Meja(dunia, "operator_ambon")
    baris = catat(meja, nomor="TERPAKAI")
    teks = meja.buka("hapus", pk=baris.pk).content.decode()
    assert "dipakai oleh dua laporan" in teks
    assert "tombol-bahaya" not in teks
    assert meja.kirim("hapus", {"alasan": "Ganda.", "revisi": 1}, pk=baris.pk).status_code == 400
    assert semua()[0].hidup


def test_hapus_yang_baru_saja_diubah(dunia: Dunia) -> None:
    saya, dia = Meja(dunia, "operator_ambon"), Meja(dunia, "kepala_ambon")
    baris = catat(saya)
    dia.kirim("ubah", {**ISI, "nilai": "2.000.000", "revisi": 1}, pk=baris.pk)
    assert saya.kirim("hapus", {"alasan": "Ganda.", "revisi": 1}, pk=baris.pk).status_code == 409
    assert semua()[0].hidup


def test_daftar_disaring_dan_dijumlah(dunia: Dunia) -> None:
    meja = Meja(dunia, "operator_ambon")
    catat(meja)
    catat(meja, nomor="NTPN-2", nilai="500.000")
    catat(meja, nomor="NTPN-3", tanggal="5 Maret 2026", jenis="premi")
    semua_baris = meja.buka("daftar").content.decode()
    assert "Rp3.000.000" in semua_baris
    assert "Maret 2026" in semua_baris
    februari = meja.buka("daftar", "?bulan=2026-02").content.decode()
    assert "Rp1.750.000" in februari
    assert "NTPN-3" not in februari
    cari = meja.buka("daftar", "?cari=warga+ntpn").content.decode()
    assert "NTPN-3" in cari
    assert "NTPN-1" not in cari
    assert "Tidak ada yang cocok" in meja.buka("daftar", "?cari=tidakada").content.decode()
    assert meja.buka("daftar", "?bulan=xx&halaman=99").status_code == 200


def test_daftar_kosong_berkata_untuk_apa(dunia: Dunia) -> None:
    teks = Meja(dunia, "operator_ambon").buka("daftar").content.decode()
    assert "Uang yang disetor ke kas negara" in teks
    assert "Catat setoran uji" in teks
    baca = Meja(dunia, "verifikator_maluku").buka("daftar").content.decode()
    assert "Diisi oleh petugas UPT" in baca
    assert "/baru/" not in baca


@pytest.mark.parametrize(
    ("nama", "baca", "tulis"),
    [
        ("operator_ambon", 200, 200),
        ("kepala_ambon", 200, 200),
        ("operator_masohi", 404, 404),
        ("verifikator_maluku", 200, 403),
        ("verifikator_riau", 404, 404),
        ("peninjau", 200, 403),
        ("auditor", 200, 403),
        ("admin", 403, 403),
        ("asing", 404, 404),
    ],
)
def test_siapa_membaca_siapa_menulis(dunia: Dunia, nama: str, baca: int, tulis: int) -> None:
    baris = catat(Meja(dunia, "operator_ambon"))
    meja = Meja(dunia, nama)
    assert (meja.buka("daftar").status_code, meja.buka("baris", pk=baris.pk).status_code) == (baca, baca)
    assert [meja.buka(satu, **lain).status_code for satu, lain in _menulis(baris)] == [tulis] * 3
    if tulis != 200:
        kirim = {**ISI, "kunci": str(uuid.uuid4()), "revisi": 1, "alasan": "Ganda."}
        jawab = [
            meja.kirim(satu, kirim, **lain).status_code
            for satu, lain in [*_menulis(baris), ("pulihkan", {"pk": baris.pk})]
        ]
        assert jawab == [tulis] * 4
        assert [(s.nilai, s.hidup) for s in semua()] == [(1_250_000, True)]


def _menulis(baris: Setoran) -> list[tuple[str, dict[str, Any]]]:
    return [("baru", {}), ("ubah", {"pk": baris.pk}), ("hapus", {"pk": baris.pk})]


def test_baris_unit_lain_lewat_alamat_unit_sendiri(dunia: Dunia) -> None:
    baris = catat(Meja(dunia, "operator_masohi", dunia.masohi.kode))
    meja = Meja(dunia, "operator_ambon")
    assert [meja.buka(n, pk=baris.pk).status_code for n in ("baris", "ubah", "hapus")] == [404] * 3
    assert meja.kirim("ubah", {**ISI, "nilai": "9", "revisi": 1}, pk=baris.pk).status_code == 404
    assert semua()[0].nilai == 1_250_000


@pytest.mark.parametrize(
    "jahat", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", "/\\jahat.example"]
)
def test_jalan_pulang_hanya_di_portal(dunia: Dunia, jahat: str) -> None:
    meja = Meja(dunia, "operator_ambon")
    tautan = re.findall(r'(?:href|action)="([^"]*)"', meja.buka("baru", f"?kembali={jahat}").content.decode())
    assert not [t for t in tautan if "jahat" in t]
    baris = catat(meja)
    assert "jahat" not in meja.kirim("ubah", {**ISI, "nilai": "5", "revisi": 1}, f"?kembali={jahat}", pk=baris.pk).url


# ---------------------------------------------------------------- what the phone queue is told


def test_json_baru_lalu_lagi(dunia: Dunia) -> None:
    meja, kunci = Meja(dunia, "operator_ambon"), str(uuid.uuid4())
    satu = meja.kirim("baru", {**ISI, "kunci": kunci}, json=True)
    dua = meja.kirim("baru", {**ISI, "kunci": kunci}, json=True)
    assert (satu.status_code, dua.status_code) == (201, 200)
    assert satu.json() == dua.json()
    assert satu.json()["id"] == semua()[0].pk
    assert "Rp1.250.000" in satu.json()["label"]
    assert meja.klien.get(satu.json()["url"]).status_code == 200


def test_json_penolakan(dunia: Dunia) -> None:
    meja = Meja(dunia, "operator_ambon")

    def kirim(**lain: Any) -> tuple[int, dict[str, Any]]:
        jawab = meja.kirim("baru", {**ISI, "kunci": str(uuid.uuid4()), **lain}, json=True)
        return jawab.status_code, jawab.json()

    assert set(kirim(nilai="x", jenis="")[1]["bidang"]) == {"nilai", "jenis"}
    assert kirim(tanggal="1/1/2027")[1]["bidang"] == {"tanggal": "Tanggal ini belum tiba. Tulis tanggal setorannya."}
    status, tanya = kirim(nilai="20000000")
    assert (status, [t["kode"] for t in tanya["temuan"]]) == (422, ["besar"])
    assert kirim(nilai="20000000", setuju="besar", alasan_tanya="Benar.")[0] == 201
    assert Meja(dunia, "peninjau").kirim("baru", ISI, json=True).status_code == 403
    assert Meja(dunia, "operator_masohi").kirim("baru", ISI, json=True).status_code == 404
    meja.klien.logout()
    assert kirim()[0] == 401


def test_json_bentrok(dunia: Dunia) -> None:
    meja = Meja(dunia, "operator_ambon")
    baris = catat(meja)
    meja.kirim("ubah", {**ISI, "nilai": "2.000.000", "revisi": 1}, pk=baris.pk)
    jawab = meja.kirim("ubah", {**ISI, "nilai": "3.000.000", "revisi": 1}, json=True, pk=baris.pk)
    assert (jawab.status_code, jawab.json()["revisi"]) == (409, 2)


def test_catatan_orang_lain_tidak_terkirim_atas_nama_saya(dunia: Dunia) -> None:
    """A tab that was opened by somebody else, on a device where another person has logged in meanwhile."""
    isi = {**ISI, "kunci": str(uuid.uuid4()), "pengirim": str(dunia.kepala_ambon.pk)}
    jawab = Meja(dunia, "operator_ambon").kirim("baru", isi, json=True)
    assert (jawab.status_code, jawab.json()["ulang"]) == (403, True)
    assert not semua()
