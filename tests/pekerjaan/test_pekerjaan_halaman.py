"""Pages of jobs: own ones only, without JavaScript, with the JSON that the script asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from pemasyarakatan.inti import penjaga
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan
from tests.pekerjaan.bantu import baca, minta_sebagai
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan


def _url(nama: str, pekerjaan: Pekerjaan, *lain: Any) -> str:
    return reverse(f"pekerjaan:{nama}", args=[pekerjaan.pk, *lain])


def _berkas(pekerjaan: Pekerjaan) -> BerkasHasil:
    with penjaga.sistem():
        return BerkasHasil.objects.get(pekerjaan=pekerjaan)


def test_daftar_kosong_lalu_berisi(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    assert "Belum ada permintaan" in klien.get("/pekerjaan/").content.decode()
    pekerjaan = minta_sebagai(dunia.peninjau)
    isi = klien.get("/pekerjaan/").content.decode()
    assert _url("satu", pekerjaan) in isi
    assert "Menunggu giliran" in isi
    with penjaga.sistem():
        Pekerjaan.objects.filter(pk=pekerjaan.pk).update(dibuat_pada=sekarang() - timedelta(days=31))
    assert _url("satu", pekerjaan) not in klien.get("/pekerjaan/").content.decode()


def test_punya_orang_lain_seperti_tidak_ada(dunia: Any, masuk: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    jalankan_pekerjaan(pekerjaan.pk)
    for orang in (dunia.pimpinan, dunia.admin, dunia.asing):
        klien = masuk(orang)
        assert klien.get(_url("satu", pekerjaan)).status_code == 404
        assert klien.get(_url("status", pekerjaan)).status_code == 404
        assert klien.get(_url("berkas", pekerjaan, _berkas(pekerjaan).pk)).status_code == 404
        assert klien.post(_url("batal", pekerjaan)).status_code == 404
        assert klien.post(_url("ulangi", pekerjaan), {"kunci": uuid4().hex}).status_code == 404


def test_tanpa_masuk_diarahkan(dunia: Any, client: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    for nama in ("satu", "status"):
        assert client.get(_url(nama, pekerjaan)).status_code == 302


def test_status_json_dan_etag(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    lain = minta_sebagai(dunia.pimpinan)
    pekerjaan = minta_sebagai(dunia.peninjau)
    with penjaga.sistem():
        Pekerjaan.objects.filter(pk=lain.pk).update(dibuat_pada=sekarang() - timedelta(seconds=5))
    jawab = klien.get(_url("status", pekerjaan))
    assert jawab.json() == {
        "selesai": 0,
        "total": None,
        "teks": "Menunggu giliran, nomor 2 dalam antrean.",
        "akhir": False,
    }
    sama = klien.get(_url("status", pekerjaan), headers={"If-None-Match": jawab["ETag"]})
    assert (sama.status_code, sama.content) == (304, b"")
    jalankan_pekerjaan(pekerjaan.pk)
    beda = klien.get(_url("status", pekerjaan), headers={"If-None-Match": jawab["ETag"]})
    assert beda.json() == {"selesai": 3, "total": 3, "teks": "Berkas siap diunduh.", "akhir": True}


def test_halaman_berjalan_menyebut_langkah_dan_hitungan(dunia: Any, masuk: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    with penjaga.sistem():
        Pekerjaan.objects.filter(pk=pekerjaan.pk).update(
            status="BERJALAN", langkah="Langkah 2 dari 4: menyusun tabel", selesai=214, total=1526,
            mulai_pada=sekarang(), detak_pada=sekarang(),
        )  # fmt: skip
    isi = masuk(dunia.peninjau).get(_url("satu", pekerjaan)).content.decode()
    assert "Langkah 2 dari 4: menyusun tabel: 214 dari 1.526 bagian." in isi
    assert 'max="1526" value="214"' in isi
    assert "pekerjaan.js" in isi


def test_unduhan_aman_dan_tercatat(dunia: Any, masuk: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    jalankan_pekerjaan(pekerjaan.pk)
    klien = masuk(dunia.peninjau)
    halaman = klien.get(_url("satu", pekerjaan)).content.decode()
    alamat = _url("berkas", pekerjaan, _berkas(pekerjaan).pk)
    assert alamat in halaman
    jawab = klien.get(alamat)
    assert jawab.content == b"isi hasil"
    assert jawab["Content-Type"] == "text/plain"
    assert jawab["Content-Disposition"] == 'attachment; filename="hasil.txt"'
    assert jawab["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in jawab["Cache-Control"]
    assert klien.get(_url("berkas", minta_sebagai(dunia.peninjau, n=2), _berkas(pekerjaan).pk)).status_code == 404


def test_tanpa_hak_lagi_berkas_sendiri_tidak_diberikan(dunia: Any, masuk: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau)
    jalankan_pekerjaan(pekerjaan.pk)
    alamat = _url("berkas", pekerjaan, _berkas(pekerjaan).pk)
    with terpasang(SISTEM):
        Penugasan.objects.filter(pengguna=dunia.peninjau).update(peran="auditor")
    assert masuk(dunia.peninjau).get(alamat).status_code == 403


def test_batal_dan_buat_ulang(dunia: Any, masuk: Any) -> None:
    klien, pekerjaan = masuk(dunia.peninjau), minta_sebagai(dunia.peninjau)
    jawab = klien.post(_url("batal", pekerjaan), follow=True).content.decode()
    assert baca(pekerjaan).status == "DIBATALKAN"
    assert "Permintaan dibatalkan." in jawab
    assert "sudah berakhir" in klien.post(_url("batal", pekerjaan), follow=True).content.decode()
    assert klien.get(_url("batal", pekerjaan)).status_code == 405
    kunci = uuid4()
    for _ in range(2):  # a double click
        assert klien.post(_url("ulangi", pekerjaan), {"kunci": kunci.hex}).status_code == 302
    with penjaga.sistem():
        assert list(Pekerjaan.objects.exclude(pk=pekerjaan.pk).values_list("pk", flat=True)) == [kunci]
    assert klien.post(_url("ulangi", pekerjaan), {"kunci": "x"}).status_code == 400


def test_antrean_penuh_dikatakan_di_halamannya(dunia: Any, masuk: Any) -> None:
    pekerjaan = minta_sebagai(dunia.peninjau, "menolak")
    jalankan_pekerjaan(pekerjaan.pk)
    for n in range(5):
        minta_sebagai(dunia.peninjau, n=n)
    jawab = masuk(dunia.peninjau).post(_url("ulangi", pekerjaan), {"kunci": uuid4().hex})
    assert jawab.status_code == 429
    assert "Masih ada lima permintaan" in jawab.content.decode()
    assert "Bulan itu belum dibuka." in jawab.content.decode()
