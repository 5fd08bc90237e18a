"""Work lists mended at once: one answer for many, or one input a row; who may, what is refused, how lists shrink."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from pemasyarakatan.jejak.models import Jejak
from remisi.calon.benahi import CARA, benahi, daftar_benahi, semua_orang
from remisi.calon.selectors import kelompok_kerja
from remisi.calon.susun import hitung_unit
from remisi.calon.syarat import MENURUT_KODE
from remisi.models import Kandidat, Kesempatan
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import Register
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga, RiwayatData
from wbp.services_data import Halang, Perbaikan, perbaiki_banyak, timbang_perbaikan


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def _hitung(meja: Meja, k: Kesempatan) -> None:
    meja.sebagai(meja.dunia.operator_ambon, hitung_unit, kesempatan=k, upt=meja.upt)


def _kurang(meja: Meja, k: Kesempatan, banyak: int = 3, **ubah: Any) -> list[int]:
    ids = layak(meja.upt, meja.dunia.operator_ambon, banyak, **(ubah or {"salinan_putusan": None}))
    _hitung(meja, k)
    return ids


def _klien(orang: Any) -> Client:
    klien = Client()
    klien.force_login(orang)
    return klien


def _url(meja: Meja, k: Kesempatan, alasan: str = "PUTUSAN:D", kolom: str = "") -> str:
    alamat = reverse("remisi:benahi", kwargs={"kode": meja.upt.kode, "kesempatan": k.slug})
    return f"{alamat}?alasan={alasan}" + (f"&kolom={kolom}" if kolom else "")


def _teks(jawaban: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", jawaban.content.decode()).split())


def _baca(pk: int) -> DataWarga:
    with terpasang(SISTEM):
        return DataWarga.objects.get(pk=pk)


def _tandai(ids: list[int], revisi: int = 1) -> dict[str, Any]:
    return {"orang": [str(pk) for pk in ids], **{f"r{pk}": str(revisi) for pk in ids}}


def _yakin(klien: Client, url: str, isi: dict[str, Any]) -> HttpResponse:
    """Both presses, the second as the page between would send it."""
    tanya = klien.post(url, isi)
    assert tanya.status_code == 200, _teks(tanya)
    kirim = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', tanya.content.decode()))
    return klien.post(url, kirim, follow=True)


def _keadaan(k: Kesempatan) -> list[str]:
    with terpasang(SISTEM):
        return sorted(Kandidat.objects.filter(kesempatan=k).values_list("keadaan", flat=True))


# One answer for many ----------------------------------------------------------------------------------------


def test_satu_jawaban_untuk_semua_yang_ditandai(meja: Meja) -> None:
    """From the work list to nobody left on it: everybody has history and trail, candidates are computed again."""
    k = kesempatan()
    layak(meja.upt, meja.dunia.operator_ambon)
    ids = _kurang(meja, k)
    op = _klien(meja.dunia.operator_ambon)
    kerja = op.get(reverse("remisi:kesempatan", kwargs={"kode": meja.upt.kode, "kesempatan": k.slug})).content.decode()
    assert _url(meja, k) in kerja, "the work list leads to its page"
    url = _url(meja, k)
    assert [int(pk) for pk in re.findall(r'name="orang" value="(\d+)"', op.get(url).content.decode())] == ids
    tanya = op.post(url, {**_tandai(ids), "salinan_putusan": "ya"})
    assert "Salinan putusan ada: ya, untuk 3 orang?" in _teks(tanya)
    assert _baca(ids[0]).salinan_putusan is None, "asking changes nothing"
    jawaban = _yakin(op, url, {**_tandai(ids), "salinan_putusan": "ya"})
    assert "Salinan putusan dicatat untuk 3 orang." in _teks(jawaban)
    assert "dari 3 menjadi 0 orang; memenuhi syarat dari 1 menjadi 4" in _teks(jawaban)
    assert _keadaan(k) == ["LAYAK"] * 4
    with terpasang(SISTEM):
        for pk in ids:
            satu = RiwayatData.objects.get(data=pk, revisi=2)
            assert (satu.ubahan, satu.sebab) == ({"salinan_putusan": [None, True]}, "ubah")
            (jejak,) = Jejak.objects.filter(tindakan="warga_ubah", objek_id=str(pk))
            assert jejak.rincian == {"revisi": 2, "kolom": ["salinan_putusan"]}


def test_yang_tidak_ditandai_tetap(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k)
    jawaban = _yakin(_klien(meja.dunia.operator_ambon), _url(meja, k), {**_tandai(ids[:2]), "salinan_putusan": "ya"})
    assert "dari 3 menjadi 1 orang" in _teks(jawaban)
    assert [_baca(pk).salinan_putusan for pk in ids] == [True, True, None]
    assert f'name="orang" value="{ids[2]}"' in jawaban.content.decode(), "what is left is shown"


@pytest.mark.parametrize("isi", [{"orang": []}, {"salinan_putusan": ""}, {"salinan_putusan": "mungkin"}])
def test_tanpa_pilihan_atau_jawaban_halamannya_kembali(meja: Meja, isi: dict[str, Any]) -> None:
    k = kesempatan()
    ids = _kurang(meja, k, 1)
    penuh = {**_tandai(ids), "salinan_putusan": "ya", **isi}
    jawaban = _klien(meja.dunia.operator_ambon).post(_url(meja, k), penuh)
    assert jawaban.status_code == 400
    assert "Galat" in jawaban.content.decode()
    assert _baca(ids[0]).revisi == 1


def test_yang_berubah_sejak_dibuka_disebut_dan_yang_lain_jalan(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k)
    Register(meja.upt, meja.dunia.kepala_ambon).ubah(ids[1], tahun_lahir=1990)
    op, url = _klien(meja.dunia.operator_ambon), _url(meja, k)
    isi = {**_tandai(ids), "salinan_putusan": "ya"}
    tanya = op.post(url, isi)
    assert "untuk 2 orang?" in _teks(tanya)
    assert "1 orang tidak dapat dicatat sekaligus" in _teks(tanya)
    assert "Datanya berubah sejak halaman ini dibuka" in _teks(tanya)
    _yakin(op, url, isi)
    assert [_baca(pk).salinan_putusan for pk in ids] == [True, None, True]


def test_berubah_di_antara_kedua_tekan_tidak_menyimpan_apa_pun(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k)
    op, url = _klien(meja.dunia.operator_ambon), _url(meja, k)
    isi = " ".join(f"{pk}:1" for pk in ids)
    Register(meja.upt, meja.dunia.kepala_ambon).ubah(ids[1], tahun_lahir=1990)
    jawaban = op.post(url, {"yakin": "1", "isi": isi, "salinan_putusan": "ya"})
    assert jawaban.status_code == 409
    assert "Belum ada yang tersimpan: 1 orang" in _teks(jawaban)
    assert [_baca(pk).salinan_putusan for pk in ids] == [None] * 3
    assert "untuk 2 orang?" in _teks(jawaban), "the others may go on"


def test_tekan_dua_kali_dicatat_sekali(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k)
    op, url = _klien(meja.dunia.operator_ambon), _url(meja, k)
    isi = {"yakin": "1", "isi": " ".join(f"{pk}:1" for pk in ids), "salinan_putusan": "ya"}
    op.post(url, isi)
    kedua = op.post(url, isi, follow=True)
    assert "3 orang sudah tercatat, atau tidak ada di daftar ini; datanya tidak diubah." in _teks(kedua)
    assert [_baca(pk).revisi for pk in ids] == [2, 2, 2]


def test_semua_berarti_yang_tampil(meja: Meja) -> None:
    """More than a page: "all" is exactly the list that was shown; when it moved, nothing is done."""
    k = kesempatan()
    ids = _kurang(meja, k, 53)
    op, url = _klien(meja.dunia.operator_ambon), _url(meja, k)
    halaman = op.get(url).content.decode()
    assert halaman.count('name="orang"') == 50
    (cap,) = re.findall(r'name="semua" value="(\w+)"', halaman)
    assert "untuk 53 orang?" in _teks(op.post(url, {"semua": cap, "salinan_putusan": "ya"}))
    Register(meja.upt, meja.dunia.kepala_ambon).ubah(ids[7], tahun_lahir=1990)
    basi = op.post(url, {"semua": cap, "salinan_putusan": "ya"})
    assert basi.status_code == 409
    assert "Daftar ini berubah sejak halaman dibuka" in _teks(basi)


def test_dua_pertanyaan_satu_daftar(meja: Meja) -> None:
    """Fine and restitution are asked apart, each of those who lack it; a date for all may not lie ahead."""
    k = kesempatan()
    korupsi = {"kelompok": "korupsi", "denda_lunas": None, "uang_pengganti_lunas": True}
    (satu,) = _kurang(meja, k, 1, **korupsi)
    (dua,) = _kurang(meja, k, 1, **{**korupsi, "uang_pengganti_lunas": None})
    with sebagai_orang(meja.dunia.operator_ambon) as (_, cakupan):
        banyak = [(c.nama, n) for c, n in daftar_benahi(cakupan, k, meja.upt, "S1:D").semua_cara]
        assert banyak == [("denda_lunas", 2), ("uang_pengganti_lunas", 1)]
    op = _klien(meja.dunia.operator_ambon)
    url = _url(meja, k, "S1:D", "uang_pengganti_lunas")
    _yakin(op, url, {**_tandai([dua]), "uang_pengganti_lunas": "ya"})
    assert (_baca(satu).revisi, _baca(dua).uang_pengganti_lunas) == (1, True)


def test_satu_tanggal_untuk_semua(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k, 2, register_f_diperiksa=None)
    op, url, kini = _klien(meja.dunia.operator_ambon), _url(meja, k, "X2:D"), hari_ini(meja.upt.zona)
    depan = op.post(url, {**_tandai(ids), "register_f_diperiksa": tulis_tanggal(kini + timedelta(days=2))})
    assert "Register F tidak dapat diperiksa sampai hari yang belum tiba. (2)" in _teks(depan)
    assert "Belum ada yang dapat dicatat" in _teks(depan)
    _yakin(op, url, {**_tandai(ids), "register_f_diperiksa": tulis_tanggal(kini)})
    assert [_baca(pk).register_f_diperiksa for pk in ids] == [kini, kini]
    assert _keadaan(k) == ["LAYAK"] * 2


# One input a row --------------------------------------------------------------------------------------------


def test_satu_isian_per_baris_disimpan_bersama(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k, 3, tanggal_tahan=None)
    op, url = _klien(meja.dunia.operator_ambon), _url(meja, k, "TAHAN:D")
    isi = {f"r{pk}": "1" for pk in ids} | {f"tanggal_tahan-{ids[0]}": "3 Maret 2024", f"tanggal_tahan-{ids[1]}": ""}
    salah = op.post(url, {**isi, f"tanggal_tahan-{ids[2]}": "kapan-kapan"})
    assert salah.status_code == 400
    assert "isian 1 orang tidak terbaca" in _teks(salah)
    assert 'value="3 Maret 2024"' in salah.content.decode(), "what was typed is still there"
    assert _baca(ids[0]).tanggal_tahan is None
    jawaban = op.post(url, {**isi, f"tanggal_tahan-{ids[2]}": "4-3-2024"}, follow=True)
    assert "Tanggal ditahan dicatat untuk 2 orang." in _teks(jawaban)
    assert "dari 3 menjadi 1 orang; memenuhi syarat dari 0 menjadi 2" in _teks(jawaban)
    assert [_baca(pk).tanggal_tahan for pk in ids] == [date(2024, 3, 3), None, date(2024, 3, 4)]


def test_baris_kosong_semua_dikatakan(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k, 2, tanggal_tahan=None)
    kosong = {f"r{pk}": "1" for pk in ids} | {f"tanggal_tahan-{pk}": " " for pk in ids}
    jawaban = _klien(meja.dunia.operator_ambon).post(_url(meja, k, "TAHAN:D"), kosong)
    assert jawaban.status_code == 400
    assert "Belum ada yang diisi." in _teks(jawaban)


def test_yang_tidak_biasa_ditanyakan_per_orang(meja: Meja) -> None:
    """A detention after the judgment is asked about at its row, not refused and not let through."""
    k = kesempatan()
    ids = _kurang(meja, k, 2, tanggal_tahan=None)
    op, url = _klien(meja.dunia.operator_ambon), _url(meja, k, "TAHAN:D")
    isi = {f"r{ids[0]}": "1", f"tanggal_tahan-{ids[0]}": "15 Agustus 2024", f"r{ids[1]}": "1",
           f"tanggal_tahan-{ids[1]}": "3 Maret 2024"}  # fmt: skip
    tanya = op.post(url, isi)
    assert tanya.status_code == 400
    assert "Putusan mendahului penahanan" in _teks(tanya)
    assert _baca(ids[1]).tanggal_tahan is None, "none, or all"
    op.post(url, {**isi, "setuju": f"{ids[1]}:putusan_dahulu"})
    assert _baca(ids[1]).tanggal_tahan is None, "what is said of one is not said of another"
    op.post(url, {**isi, "setuju": f"{ids[0]}:putusan_dahulu"})
    assert [_baca(pk).tanggal_tahan for pk in ids] == [date(2024, 8, 15), date(2024, 3, 3)]
    with terpasang(SISTEM):
        jejak = Jejak.objects.get(tindakan="warga_ubah", objek_id=str(ids[0]))
        assert jejak.rincian["setuju"] == ["putusan_dahulu"]


def test_lama_pidana_tiga_kotak(meja: Meja) -> None:
    k = kesempatan()
    (pk,) = _kurang(meja, k, 1, pidana_tahun=None, pidana_bulan=None, pidana_hari=None)
    url = _url(meja, k, "PIDANA:D")
    isi = {f"r{pk}": "1", f"pidana_tahun-{pk}": "4", f"pidana_bulan-{pk}": "6", f"pidana_hari-{pk}": ""}
    _klien(meja.dunia.operator_ambon).post(url, isi)
    data = _baca(pk)
    assert (data.pidana_tahun, data.pidana_bulan, data.pidana_hari) == (4, 6, None)
    assert _keadaan(k) == ["LAYAK"]


# Who may, whose ---------------------------------------------------------------------------------------------


def test_yang_tidak_mengisi_register_ditolak(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k, 1)
    isi = {"yakin": "1", "isi": f"{ids[0]}:1", "salinan_putusan": "ya"}
    for orang in (meja.dunia.verifikator_maluku, meja.dunia.peninjau):
        assert _klien(orang).get(_url(meja, k)).status_code == 403
        assert _klien(orang).post(_url(meja, k), isi).status_code == 403
    asing = _klien(meja.dunia.operator_pekanbaru)
    assert asing.get(_url(meja, k)).status_code == 404
    assert asing.post(_url(meja, k), isi).status_code == 404
    assert _baca(ids[0]).revisi == 1


def test_orang_unit_lain_di_dalam_pilihan_404(meja: Meja) -> None:
    """One foreign person among the chosen: nothing is done, and nothing is said of that person."""
    k = kesempatan()
    ids = _kurang(meja, k, 2)
    (asing,) = layak(meja.dunia.pekanbaru, meja.dunia.operator_pekanbaru, 1, salinan_putusan=None)
    op = _klien(meja.dunia.operator_ambon)
    for isi in (_tandai([*ids, asing]), {"yakin": "1", "isi": f"{ids[0]}:1 {asing}:1"}):
        assert op.post(_url(meja, k), {**isi, "salinan_putusan": "ya"}).status_code == 404
    assert [_baca(pk).revisi for pk in (*ids, asing)] == [1, 1, 1]


@pytest.mark.parametrize("alasan", ["", "E4:D", "E1:T", "X2:T", "' OR 1=1"])
def test_daftar_yang_tidak_dibenahi_di_sini_404(meja: Meja, alasan: str) -> None:
    k = kesempatan()
    assert _klien(meja.dunia.operator_ambon).get(_url(meja, k, alasan)).status_code == 404


@pytest.mark.parametrize("isi", ["x", "1", "0:1", "9999999999999999999999:1", "-3:1", "1:x"])
def test_pilihan_rusak_tidak_merusak(meja: Meja, isi: str) -> None:
    k = kesempatan()
    jawaban = _klien(meja.dunia.operator_ambon).post(_url(meja, k), {"yakin": "1", "isi": isi, "salinan_putusan": "ya"})
    assert jawaban.status_code in (404, 409)


def test_nama_tidak_ada_di_halaman(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k)
    op = _klien(meja.dunia.operator_ambon)
    semua = op.get(_url(meja, k)).content + op.post(_url(meja, k), {**_tandai(ids), "salinan_putusan": "ya"}).content
    assert b"Cemara" not in semua
    assert b"B.I" not in semua
    assert "C.L. •••" in semua.decode()


# The service ------------------------------------------------------------------------------------------------


def _perbaiki(meja: Meja, perbaikan: dict[int, Perbaikan], orang: Any = None, **lain: Any) -> Any:
    oleh = orang or meja.dunia.operator_ambon
    return meja.sebagai(oleh, lain.pop("apa", perbaiki_banyak), upt=lain.pop("upt", meja.upt), perbaikan=perbaikan)


def test_yang_keluar_dan_yang_berubah_disebut_tanpa_menyimpan(meja: Meja) -> None:
    ids = layak(meja.upt, meja.dunia.operator_ambon, 3, salinan_putusan=None)
    register = Register(meja.upt, meja.dunia.operator_ambon)
    register.keluar(ids[0], tanggal=hari_ini())
    register.ubah(ids[1], tahun_lahir=1991)
    perbaikan = {pk: Perbaikan({"salinan_putusan": True}, 1) for pk in ids}
    with pytest.raises(Bentrok) as galat:
        _perbaiki(meja, perbaikan)
    halangan: dict[int, list[Halang]] = galat.value.rincian["orang"]
    assert {pk: h[0].jenis for pk, h in halangan.items()} == {ids[0]: "keluar", ids[1]: "berubah"}
    assert halangan == _perbaiki(meja, perbaikan, apa=timbang_perbaikan)
    assert _baca(ids[2]).revisi == 1


def test_yang_janggal_sejak_dulu_bukan_urusan_tindakan_ini(meja: Meja) -> None:
    """An unknown sentence is asked about when one person is saved; it does not hold up another column of many."""
    ids = layak(meja.upt, meja.dunia.operator_ambon, 2, salinan_putusan=None, pidana_tahun=None, pidana_bulan=None,
                pidana_hari=None)  # fmt: skip
    berubah = _perbaiki(meja, {pk: Perbaikan({"salinan_putusan": True}, 1) for pk in ids})
    assert sorted(d.pk for d in berubah) == ids
    with pytest.raises(TidakSah) as galat:
        _perbaiki(meja, {pk: Perbaikan({"pidana_tahun": 0}, 2) for pk in ids})
    assert {h.jenis for isi in galat.value.rincian["orang"].values() for h in isi} == {"isi"}


def test_hak_dan_unit_service(meja: Meja) -> None:
    d = meja.dunia
    (ambon,) = layak(meja.upt, d.operator_ambon, 1, salinan_putusan=None)
    (masohi,) = layak(d.masohi, d.operator_masohi, 1, salinan_putusan=None)
    satu = {ambon: Perbaikan({"salinan_putusan": True}, 1)}
    with pytest.raises(Ditolak):
        _perbaiki(meja, satu, orang=d.verifikator_maluku)
    with pytest.raises(TidakDitemukan):
        _perbaiki(meja, satu, orang=d.operator_pekanbaru)
    with pytest.raises(TidakDitemukan):
        _perbaiki(meja, {**satu, masohi: Perbaikan({"salinan_putusan": True}, 1)})
    assert (_baca(ambon).revisi, _baca(masohi).revisi) == (1, 1)


def test_setiap_alasan_punya_kolom_yang_menyelesaikannya(meja: Meja) -> None:
    """No way mends a reason that is not a work list, or a column the register does not have."""
    for alasan, cara in CARA.items():
        kode, _, keadaan = alasan.partition(":")
        butir = MENURUT_KODE[kode]
        assert butir.kurang if keadaan == "D" else butir.tidak and butir.terbenahi, alasan
        assert {k for c in cara for k in c.kolom} <= {f.name for f in DataWarga._meta.get_fields()}


def test_daftar_sama_dengan_kelompoknya(meja: Meja) -> None:
    """Just computed, a list holds exactly as many persons as its group says."""
    k = kesempatan()
    layak(meja.upt, meja.dunia.operator_ambon, 2, salinan_putusan=False)
    layak(meja.upt, meja.dunia.operator_ambon, 1, risiko_turun=None, jenis_kelamin="")
    layak(meja.upt, meja.dunia.operator_ambon, 1, risiko_turun=False)
    layak(meja.upt, meja.dunia.operator_ambon, 1, register_f_diperiksa=hari_ini() - timedelta(days=300))
    layak(meja.upt, meja.dunia.operator_ambon, 1, tanggal_tahan=None, sejak=hari_ini())
    layak(meja.upt, meja.dunia.operator_ambon, 1, kelompok="", tanggal_putusan=None)
    _hitung(meja, k)
    with sebagai_orang(meja.dunia.operator_ambon) as (_, cakupan):
        kelompok = {g.alasan: g.orang for g in kelompok_kerja(cakupan, k, meja.upt) if g.alasan in CARA}
        assert len(kelompok) >= 6, kelompok
        for alasan, orang in kelompok.items():
            assert max(n for _, n in daftar_benahi(cakupan, k, meja.upt, alasan).semua_cara) == orang, alasan


def test_tiga_ribu_orang_cepat_dan_sedikit_kueri(meja: Meja) -> None:
    k = kesempatan()
    ids = _kurang(meja, k, 3000)
    with sebagai_orang(meja.dunia.operator_ambon) as (oleh, cakupan):
        daftar = daftar_benahi(cakupan, k, meja.upt, "PUTUSAN:D")
        revisi = semua_orang(daftar, daftar.cap())
        perbaikan = {pk: Perbaikan({"salinan_putusan": True}, r) for pk, r in revisi.items()}
        mulai = time.perf_counter()
        with CaptureQueriesContext(connection) as kueri:
            hasil = benahi(kesempatan=k, upt=meja.upt, perbaikan=perbaikan, oleh=oleh, cakupan=cakupan)
        lama = time.perf_counter() - mulai
    assert (hasil.orang, hasil.layak_dulu, hasil.layak) == (3000, 0, 3000)
    lain = [q for q in kueri if "jejak_tambah" not in q["sql"]]
    assert len(lain) < 45, len(lain)
    assert lama < 8, lama
    assert len(ids) == 3000
