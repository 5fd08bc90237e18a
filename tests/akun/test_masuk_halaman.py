"""Login, one's own account, and what happens to typing when the session has ended."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from pelaporan.models import Draf
from tests.dunia import SANDI, Dunia
from upt.cakupan import SISTEM, terpasang

BAGIAN = "/laporan/lapas-kelas-iia-ambon/2026-01/F06/isi/klaster_pangan/"


def masukkan(klien: Client, nama: str, sandi: str = SANDI, **lain: str) -> Any:
    return klien.post("/masuk/", {"nama": nama, "sandi": sandi, **lain})


def tersembunyi(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


# ---------------------------------------------------------------- login


def test_masuk_dengan_nama_atau_nip(dunia: Dunia) -> None:
    for nama in ("operator_ambon", "OPERATOR_AMBON", dunia.operator_ambon.nip):
        assert masukkan(Client(), nama)["Location"] == "/"


def test_salah_sandi_dan_orang_tak_dikenal_dijawab_sama(dunia: Dunia) -> None:
    jawaban = [masukkan(Client(), n, "salah-sekali") for n in ("operator_ambon", "tidak_ada")]
    assert [j.status_code for j in jawaban] == [400, 400]
    assert all("tidak cocok" in j.content.decode() for j in jawaban)


def test_sandi_tidak_terbaca_di_halaman(dunia: Dunia) -> None:
    html = masukkan(Client(), "operator_ambon", "salah-sekali").content.decode()
    assert 'type="password"' in html
    assert 'autocomplete="current-password"' in html
    assert "salah-sekali" not in html


@pytest.mark.parametrize("alamat", ["https://jahat.contoh/", "//jahat.contoh/", "javascript:alert(1)"])
def test_tidak_dialihkan_ke_tempat_lain(dunia: Dunia, alamat: str) -> None:
    assert masukkan(Client(), "operator_ambon", lanjut=alamat)["Location"] == "/"


def test_kembali_ke_halaman_yang_diminta(dunia: Dunia) -> None:
    klien = Client()
    assert klien.get(BAGIAN)["Location"].startswith("/masuk/?next=/laporan/")
    assert masukkan(klien, "operator_ambon", lanjut=BAGIAN)["Location"] == BAGIAN


# ---------------------------------------------------------------- an ended session


def test_isian_selamat_melewati_masuk_lagi(dunia: Dunia) -> None:
    """Post without a session → login with the parcel → one press → saved exactly once."""
    klien = Client()
    jawaban = klien.post(BAGIAN, {"s|wbp|0|": "17", "k|wbp": "isi", "r|wbp": "", "aksi": "nanti"})
    html = jawaban.content.decode()
    assert jawaban.status_code == 401
    assert "isian Anda tetap ada" in html
    titipan = tersembunyi(html)["titipan"]
    # a wrong password keeps the parcel
    html = masukkan(klien, "operator_ambon", "keliru-sekali", titipan=titipan).content.decode()
    assert tersembunyi(html)["titipan"] == titipan
    html = masukkan(klien, "operator_ambon", titipan=titipan).content.decode()
    assert f'action="{BAGIAN}"' in html
    isian = tersembunyi(html)
    assert isian["s|wbp|0|"] == "17"
    assert klien.post(BAGIAN, isian).status_code == 302
    with terpasang(SISTEM):
        assert Draf.objects.get(laporan=dunia.laporan(dunia.ambon)).isi["sel"]["wbp"]["nilai"] == 17


def test_titipan_yang_diubah_dibuang(dunia: Dunia) -> None:
    assert masukkan(Client(), "operator_ambon", titipan="palsu:1:x").status_code == 302


def test_titipan_orang_lain_tidak_membuka_unitnya(dunia: Dunia) -> None:
    klien = Client()
    html = klien.post(BAGIAN, {"s|wbp|0|": "17"}).content.decode()
    html = masukkan(klien, "operator_masohi", titipan=tersembunyi(html)["titipan"]).content.decode()
    assert klien.post(BAGIAN, tersembunyi(html)).status_code == 404


def test_token_formulir_basi_tidak_membuang_isian(dunia: Dunia) -> None:
    klien = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    klien.force_login(dunia.operator_ambon)
    jawaban = klien.post(BAGIAN, {"s|wbp|0|": "17", "csrfmiddlewaretoken": "x" * 64})
    assert jawaban.status_code == 403
    assert tersembunyi(jawaban.content.decode())["s|wbp|0|"] == "17"


def test_formulir_masuk_yang_basi_tidak_menitipkan_diri(dunia: Dunia) -> None:
    klien = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    jawaban = masukkan(klien, "operator_ambon", lanjut=BAGIAN, csrfmiddlewaretoken="x" * 64)
    isian = tersembunyi(jawaban.content.decode())
    assert jawaban.status_code == 403
    assert isian["lanjut"] == BAGIAN
    assert "titipan" not in isian


def test_skrip_membedakan_sesi_berakhir_dan_token_basi(dunia: Dunia) -> None:
    kepala = {"content_type": "application/json", "headers": {"Accept": "application/json"}}
    klien, url = Client(enforce_csrf_checks=True), BAGIAN.replace("isi/klaster_pangan", "simpan")
    assert klien.post(url, "{}", **kepala).status_code == 401
    klien.force_login(dunia.operator_ambon)
    jawaban = klien.post(url, "{}", **kepala)
    assert (jawaban.status_code, jawaban.json()["ulang"]) == (403, True)


# ---------------------------------------------------------------- own account


def test_hak_sebagai_kalimat(dunia: Dunia, masuk: Any) -> None:
    html = masuk(dunia.kepala_ambon).get("/akun/").content.decode()
    assert "Mengesahkan dan mengirim laporan unitnya." in html
    assert "Memverifikasi laporan" not in html


def test_token_ditampilkan_sekali(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.kepala_ambon)
    html = klien.post("/akun/token/", {"nama": "rekap"}).content.decode()
    teks = re.search(r'id="token-baru">([^<]+)<', html)
    assert teks is not None
    kedua = klien.get("/akun/").content.decode()
    assert teks[1] not in kedua
    assert "rekap" in kedua
    assert klien.post("/akun/token/", {"nama": ""}).status_code == 400


def test_ganti_sandi(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    baru = "kalimat panjang yang lain"
    salah = klien.post("/akun/sandi/", {"lama": "keliru", "baru": baru, "ulang": "beda"})
    assert salah.status_code == 400
    assert "Kata sandi sekarang tidak cocok." in salah.content.decode()
    assert klien.post("/akun/sandi/", {"lama": SANDI, "baru": baru, "ulang": baru}).status_code == 302
    assert klien.get("/akun/").status_code == 200
    assert masukkan(Client(), "operator_ambon", baru).status_code == 302
