"""The administration site: admins only; never a password or a report's content, always a trail."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.jejak.models import Jejak
from tests import dunia as pembuat
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Kapasitas, Penugasan, RiwayatKanwil

BUKAN_ADMIN = [
    "operator_ambon",
    "kepala_ambon",
    "verifikator_maluku",
    "kepala_maluku",
    "peninjau",
    "pimpinan",
    "auditor",
    "asing",
]
MODEL = sorted((m._meta.app_label, m._meta.model_name) for m in admin.site._registry)


def jejak(tindakan: str) -> list[Jejak]:
    with terpasang(SISTEM):
        return list(Jejak.objects.filter(tindakan=tindakan))


def test_yang_dikelola() -> None:
    assert {nama for _, nama in MODEL} == {
        *(
            "pengguna",
            "penugasan",
            "upt",
            "kanwil",
            "kapasitas",
            "riwayatkanwil",
            "libur",
            "formulirversi",
            "laporan",
        )
    }


@pytest.mark.parametrize("nama", BUKAN_ADMIN)
def test_bukan_admin_ditolak(dunia: Any, masuk: Any, nama: str) -> None:
    klien = masuk(getattr(dunia, nama))
    for alamat in ("/kelola/", "/kelola/akun/pengguna/", "/kelola/upt/penugasan/add/"):
        assert klien.get(alamat, follow=True).status_code == 403, alamat


def test_masuk_lewat_pintu_portal(dunia: Any) -> None:
    """Django's own login form would have no growing delay: it is not reachable."""
    for alamat in ("/kelola/", "/kelola/login/"):
        assert Client().get(alamat, follow=True).redirect_chain[-1][0].startswith("/masuk/")
    jawaban = Client().post("/kelola/login/", {"username": "admin", "password": pembuat.SANDI})
    assert jawaban.status_code == 302
    assert jawaban["Location"].startswith("/masuk/")
    assert "sessionid" not in jawaban.cookies


@pytest.mark.parametrize(("app", "model"), MODEL)
def test_setiap_daftar_terbuka_dengan_sedikit_kueri(dunia: Any, masuk: Any, app: str, model: str) -> None:
    klien = masuk(dunia.admin)
    with CaptureQueriesContext(connection) as tangkap:
        jawaban = klien.get(f"/kelola/{app}/{model}/")
    assert jawaban.status_code == 200
    assert len(tangkap) <= 20, "\n".join(k["sql"][:120] for k in tangkap)
    assert b" style=" not in jawaban.content
    assert not re.search(rb"<script(?![^>]*\bsrc=)[^>]*>", jawaban.content)


def test_pengguna_baru_mendapat_tautan_bukan_sandi(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.admin)
    halaman = klien.get("/kelola/akun/pengguna/add/").content.decode()
    assert "password" not in halaman.lower()
    isi = {
        "nama_pengguna": "baru",
        "nama": "Orang Baru",
        "nip": "999900000000009999",
        "is_active": "on",
        "password": "titipan",
    }
    jawaban = klien.post("/kelola/akun/pengguna/add/", isi, follow=True)
    baru = Pengguna.objects.get(nama_pengguna="baru")
    assert not baru.has_usable_password(), "a posted password is not used"
    tautan = re.search(r"/akun/atur-sandi/[\w=-]+/[\w-]+/", jawaban.content.decode())
    assert tautan
    assert len(jejak("tambah_pengguna")) == len(jejak("buat_tautan_sandi")) == 1
    assert "/akun/atur-sandi/" not in klien.get("/kelola/akun/pengguna/").content.decode(), "shown once"
    _pakai_sekali(tautan[0], baru)


def _pakai_sekali(tautan: str, orang: Pengguna) -> None:
    tamu = Client()
    assert tamu.get(tautan).status_code == 200
    pendek = tamu.post(tautan, {"baru": "pendek", "ulang": "pendek"})
    assert pendek.status_code == 400
    beda = tamu.post(tautan, {"baru": "kalimat sandi sendiri", "ulang": "kalimat lain sekali"})
    assert "tidak sama" in beda.content.decode()
    assert tamu.post(tautan, {"baru": "kalimat sandi sendiri", "ulang": "kalimat sandi sendiri"}).status_code == 302
    orang.refresh_from_db()
    assert orang.check_password("kalimat sandi sendiri")
    assert tamu.get(tautan).status_code == 404, "works once"
    assert tamu.post(tautan, {"baru": "kalimat sandi kedua", "ulang": "kalimat sandi kedua"}).status_code == 404


@pytest.mark.parametrize(
    "tautan",
    [
        "/akun/atur-sandi/x/y/",
        "/akun/atur-sandi/MQ/abc-def/",
        "/akun/atur-sandi/OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ/a-b/",
    ],
)
def test_tautan_sandi_palsu(dunia: Any, tautan: str) -> None:
    assert Client().get(tautan).status_code == 404


def test_admin_tidak_mengubah_sandi_orang(dunia: Any, masuk: Any) -> None:
    """Case 16: no field, no page; only a link that the person uses."""
    orang = dunia.operator_ambon
    klien = masuk(dunia.admin)
    halaman = klien.get(f"/kelola/akun/pengguna/{orang.pk}/change/").content.decode()
    assert 'name="password"' not in halaman
    assert orang.password not in halaman
    klien.post(
        f"/kelola/akun/pengguna/{orang.pk}/change/",
        {
            "nama_pengguna": orang.nama_pengguna,
            "nama": "Nama Baru",
            "nip": orang.nip,
            "is_active": "on",
            "password": "x" * 20,
        },
    )
    segar = Pengguna.objects.get(pk=orang.pk)
    assert (segar.nama, segar.password) == ("Nama Baru", orang.password)
    sandi = klien.get(f"/kelola/akun/pengguna/{orang.pk}/password/", follow=True)
    assert 'type="password"' not in sandi.content.decode()
    assert jejak("ubah_pengguna")[0].rincian["kolom"]


def test_tidak_ada_yang_dihapus(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.admin)
    assert klien.post(f"/kelola/akun/pengguna/{dunia.operator_ambon.pk}/delete/", {"post": "yes"}).status_code == 403
    assert klien.post(f"/kelola/upt/upt/{dunia.ambon.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Pengguna.objects.filter(pk=dunia.operator_ambon.pk).exists()


def _penugasan(klien: Any, **isi: Any) -> Any:
    return klien.post(
        "/kelola/upt/penugasan/add/", {"sebagai": "DEFINITIF", "mulai": "01/01/2026", "sampai": "", **isi}
    )


def test_penugasan_baru(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.admin)
    jawaban = _penugasan(klien, pengguna=dunia.asing.pk, peran="operator_upt", upt=dunia.masohi.pk)
    assert jawaban.status_code == 302, jawaban.content.decode()
    with terpasang(SISTEM):
        satu = Penugasan.objects.get(pengguna=dunia.asing)
    assert (satu.kanwil_id, satu.dibuat_oleh_id) == (dunia.kanwil["maluku"].pk, dunia.admin.pk)
    assert jejak("tambah_penugasan")[0].upt_id == dunia.masohi.pk
    klien.post("/kelola/upt/penugasan/", {"action": "cabut", "_selected_action": [satu.pk]})
    with terpasang(SISTEM):
        satu.refresh_from_db()
    assert satu.dicabut_pada is not None


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"peran": "operator_upt"}, "Pilih UPT"),
        ({"peran": "kepala_kanwil"}, "Pilih Kanwil"),
        ({"peran": "pimpinan", "kanwil": "ada"}, "Kosongkan"),
        ({"peran": "verifikator_kanwil", "kanwil": "ada", "upt": "ada"}, "Kosongkan"),
        ({"peran": "pimpinan", "sebagai": "PLT"}, "wajib berbatas waktu"),
        ({"peran": "pimpinan", "sampai": "31/12/2025"}, "sebelum tanggal mulai"),
    ],
)
def test_penugasan_yang_salah(dunia: Any, masuk: Any, isi: dict[str, str], pesan: str) -> None:
    nyata = {"upt": dunia.masohi.pk, "kanwil": dunia.kanwil["riau"].pk}
    isi = {k: nyata[k] if v == "ada" else v for k, v in isi.items()}
    jawaban = _penugasan(masuk(dunia.admin), pengguna=dunia.asing.pk, **isi)
    assert jawaban.status_code == 200
    assert pesan in jawaban.content.decode()
    with terpasang(SISTEM):
        assert not Penugasan.objects.filter(pengguna=dunia.asing).exists()


def test_admin_tidak_memberi_diri_sendiri_hak(dunia: Any, masuk: Any) -> None:
    jawaban = _penugasan(masuk(dunia.admin), pengguna=dunia.admin.pk, peran="peninjau_pusat")
    assert "diri sendiri" in jawaban.content.decode()
    with terpasang(SISTEM):
        assert Penugasan.objects.filter(pengguna=dunia.admin).count() == 1


def test_upt_baru_dengan_riwayat(dunia: Any, masuk: Any) -> None:
    isi = {
        **{
            "nama": "Lapas Contoh",
            "kode": "lapas-contoh",
            "jenis": "LAPAS",
            "subjenis": "UMUM",
            "zona": "WIB",
        },
        **{"kanwil": dunia.kanwil["riau"].pk, "berlaku_dari": "01/01/2026"},
    }
    jawaban = masuk(dunia.admin).post("/kelola/upt/upt/add/", isi)
    assert jawaban.status_code == 302, jawaban.content.decode()
    with terpasang(SISTEM):
        upt = UPT.objects.get(kode="lapas-contoh")
        assert RiwayatKanwil.objects.get(upt=upt).kanwil_id == dunia.kanwil["riau"].pk
    assert jejak("tambah_upt")[0].upt_id == upt.pk


def test_kapasitas_mengikuti_kanwil_upt(dunia: Any, masuk: Any) -> None:
    isi = {"upt": dunia.ambon.pk, "dari": "01/02/2026", "laki": "200", "perempuan": "10", "anak": "0"}
    jawaban = masuk(dunia.admin).post("/kelola/upt/kapasitas/add/", isi)
    assert jawaban.status_code == 302, jawaban.content.decode()
    with terpasang(SISTEM):
        assert Kapasitas.objects.get(upt=dunia.ambon, laki=200).kanwil_id == dunia.ambon.kanwil_id


def test_isi_laporan_tidak_terlihat(dunia: Any, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    pembuat.kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "98765"})
    klien = masuk(dunia.admin)
    for alamat in ("", f"{laporan.pk}/change/", f"{laporan.pk}/history/"):
        isi = klien.get(f"/kelola/pelaporan/laporan/{alamat}").content.decode()
        assert "98765" not in isi
        assert "98.765" not in isi
    assert klien.post(f"/kelola/pelaporan/laporan/{laporan.pk}/change/", {"status": "TERKUNCI"}).status_code == 403
    assert dunia.laporan(dunia.ambon).status == "DIKIRIM"
