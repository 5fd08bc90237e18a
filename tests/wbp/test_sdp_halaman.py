"""Pages of an import and of a handing over: what they say, what they never show, and what stays behind."""

from __future__ import annotations

import io
import logging
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.wbp.bantu import Register
from tests.wbp.test_sdp import DUA, SATU, csv
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga, ImporSDP, SerahTerima

RAHASIA = ("Kenari", "Burungwati", "48213")
ORANG = ("B.I 48213/2025", "Kenari Burungwati", *SATU[2:])


def url(nama: str, **lain: Any) -> str:
    return reverse(f"wbp:{nama}", kwargs={"kode": "lapas-kelas-iia-ambon", **lain})


@pytest.fixture
def klien(masuk: Any, dunia: Dunia) -> Client:
    petugas: Client = masuk(dunia.operator_ambon)
    return petugas


def unggah(klien: Client, isi: bytes, nama: str = "daftar.csv", **lain: Any) -> Any:
    berkas = SimpleUploadedFile(nama, isi)
    return klien.post(url("impor"), {"berkas": berkas, "tanggal_data": hari_ini("WIT").isoformat(), **lain})


def satu_impor() -> ImporSDP:
    with terpasang(SISTEM):
        return ImporSDP.objects.latest("pada")


def simpan(klien: Client, **lain: Any) -> Any:
    satu = satu_impor()
    halaman = url("impor_satu", kunci=satu.pk)
    sidik = klien.get(halaman).context["sidik"]
    return klien.post(halaman, {"aksi": "simpan", "sidik": sidik, **lain})


def test_kosong_menyebut_apa_yang_dikerjakan(klien: Client) -> None:
    isi = klien.get(url("impor")).content.decode()
    assert "Register masih kosong" in isi
    assert url("impor_templat") in isi


def test_dari_unggah_sampai_hasil_tanpa_nama(klien: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The canary is in no page, address, log or readable column on its way into the register."""
    with caplog.at_level(logging.DEBUG):
        jawab = unggah(klien, csv(ORANG, DUA, (*ORANG[:1], "Kenari Lain", *ORANG[2:])), "Kenari Burungwati.csv")
        periksa = klien.get(jawab["Location"])
        assert "Nomor register ini ada di baris 4 juga" in periksa.content.decode()
        unggah(klien, csv(ORANG, DUA))
        periksa = klien.get(url("impor_satu", kunci=satu_impor().pk))
        assert "2 orang bertambah, 0 tidak ada lagi di berkas, 0 berubah" in " ".join(periksa.content.decode().split())
        hasil = simpan(klien)
        akhir = klien.get(hasil["Location"])
        assert "2 orang baru" in " ".join(akhir.content.decode().split())
    for jejak in (periksa.content.decode(), akhir.content.decode(), jawab["Location"], caplog.text, _basis_data()):
        assert not any(rahasia in jejak for rahasia in RAHASIA)


def _basis_data() -> str:
    """Everything readable in the tables of the register and in the trail, as text."""
    teks = []
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^(wbp|jejak|pekerjaan)_'"
        )
        for (tabel,) in kursor.fetchall():
            kursor.execute(f'SELECT t::text FROM "{tabel}" t')
            teks += [baris for (baris,) in kursor.fetchall()]
    assert any("impor_sdp_simpan" in t for t in teks)
    return "\n".join(teks)


def test_berkas_yang_sama_lagi(klien: Client) -> None:
    unggah(klien, csv(SATU, DUA))
    simpan(klien)
    jawab = unggah(klien, csv(SATU, DUA))
    assert "Berkas ini sudah diimpor pada" in klien.get(jawab["Location"]).content.decode()


def test_yang_ditolak_diunduh_tanpa_nama(klien: Client) -> None:
    jawab = unggah(klien, csv((*ORANG[:3], "5", *ORANG[4:]), DUA))
    unduhan = klien.get(url("impor_ditolak", kunci=satu_impor().pk))
    assert jawab.status_code == 302
    ws: Any = openpyxl.load_workbook(io.BytesIO(unduhan.content)).active
    baris = [[sel.value for sel in satu] for satu in ws.iter_rows()]
    assert baris[1][0] == 2
    assert "Lama pidana tidak terbaca" in baris[1][2]
    assert not any(rahasia in str(baris) for rahasia in RAHASIA)


def test_templat_dibaca_kembali(klien: Client) -> None:
    """The template's own headings are all recognised, also those of its second sheet."""
    wb: Any = openpyxl.load_workbook(io.BytesIO(klien.get(url("impor_templat")).content))
    ws = wb["Daftar"]
    judul = {str(sel.value).rstrip(" *"): sel.column for sel in ws[1]}
    for nama, nilai in (("Nomor register", SATU[0]), ("Nama", SATU[1]), ("Status", SATU[2]), ("Lama pidana", SATU[3])):
        ws.cell(2, judul[nama], nilai)
    for i, isi in enumerate((SATU[0], "RU", date(2025, 8, 17), 1, 15), 1):
        wb["Remisi"].cell(2, i, isi)
    aliran = io.BytesIO()
    wb.save(aliran)
    periksa = klien.get(unggah(klien, aliran.getvalue(), "templat.xlsx")["Location"])
    assert periksa.context["tidak_dipakai"] == []
    assert (periksa.context["tulis"], periksa.context["remisi"]["baru"]) == (1, 1)


@pytest.mark.parametrize("isi", [b"", b"bukan daftar apa pun"])
def test_berkas_salah_dijelaskan(klien: Client, isi: bytes) -> None:
    jawab = unggah(klien, isi)
    assert jawab.status_code == 400
    assert "Ada yang perlu diperbaiki" in " ".join(jawab.content.decode().split())


def test_tanggal_data_besok_ditolak(klien: Client) -> None:
    jawab = unggah(klien, csv(SATU), tanggal_data="31/12/2199")
    assert jawab.status_code == 400
    assert "Tanggal data belum tiba" in jawab.content.decode()


def test_kolom_dipilih_di_halaman(klien: Client) -> None:
    isi = csv(SATU, kepala=("kode", "nama", "status", "lama_pidana", "tgl_penahanan", "tgl_putusan"))
    halaman = unggah(klien, isi)["Location"]
    assert "Kolom nomor register belum ditemukan" in klien.get(halaman).content.decode()
    kolom = {f"kolom-{n}": i for n, i in {**satu_impor().peta}.items()}
    ganda = klien.post(halaman, {"aksi": "petakan", **kolom, "kolom-nomor": 1})
    assert (ganda.status_code, "dua isian" in ganda.content.decode()) == (400, True)
    assert klien.post(halaman, {"aksi": "petakan", **kolom, "kolom-nomor": 0}).status_code == 302
    assert klien.get(halaman).context["tulis"] == 1


def test_keluar_perlu_alasan(klien: Client) -> None:
    unggah(klien, csv(SATU, DUA))
    simpan(klien)
    with terpasang(SISTEM):
        DataWarga.objects.update(sejak="2024-01-01")
        dua = DataWarga.objects.get(warga__ujung="I12")
    unggah(klien, csv(SATU))
    ditolak = simpan(klien, keluar=dua.pk, tanggal="")
    assert (ditolak.status_code, "Pilih mengapa mereka keluar" in ditolak.content.decode()) == (400, True)
    assert f'value="{dua.pk}" checked' in ditolak.content.decode()
    assert simpan(klien, keluar=dua.pk, alasan="Bebas", tanggal="").status_code == 302
    with terpasang(SISTEM):
        dua.refresh_from_db()
    assert (dua.alasan_keluar, dua.keluar_pada) == ("Bebas", hari_ini("WIT"))


def test_serah_terima_di_halaman(klien: Client, masuk: Any, dunia: Dunia) -> None:
    """Announced from the person's page, received at the other unit; the old address answers 404 afterwards."""
    data = Register(dunia.ambon, dunia.operator_ambon).catat()
    isi = {"ke": dunia.masohi.kode, "tanggal": hari_ini("WIT").isoformat()}
    assert klien.post(url("serahkan", pk=data.pk), {**isi, "ke": ""}).status_code == 400
    assert klien.post(url("serahkan", pk=data.pk), isi).status_code == 302
    assert klien.post(url("serahkan", pk=data.pk), isi).status_code == 409
    with terpasang(SISTEM):
        satu = SerahTerima.objects.get()
    penerima: Client = masuk(dunia.operator_masohi)
    halaman = reverse("wbp:serah_satu", args=[dunia.masohi.kode, satu.pk])
    terlihat = penerima.get(halaman).content.decode()
    assert "K.B. •••213" in terlihat
    assert not any(rahasia in terlihat for rahasia in RAHASIA)
    assert penerima.post(halaman, {"aksi": "tolak", "alasan": ""}).status_code == 400
    assert penerima.post(halaman, {"aksi": "terima"}).status_code == 302
    assert penerima.get(reverse("wbp:satu", args=[dunia.masohi.kode, data.pk])).status_code == 200
    pengirim: Client = masuk(dunia.operator_ambon)
    assert pengirim.get(url("satu", pk=data.pk)).status_code == 404
    assert f"Pindah ke {dunia.masohi.nama}" in pengirim.get(url("serah")).content.decode()
