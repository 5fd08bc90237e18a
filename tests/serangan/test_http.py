"""HTTP, login and session: cases 1 to 5, 7, 8, 11 to 14, 26, 70, 78, 80 to 82, 85 to 87, 90 and 91.

Tested elsewhere: 8 disabled account and revoked token (tests/api/test_baca.py), 15/16 invitations
(tests/upt/test_admin.py),
81 broken JSON (tests/api/test_tulis.py), 89 pages of lists (tests/api/test_baca.py), 10 MB bodies
(tests/pelaporan/test_isian_halaman.py). Second factors (6), idle ends (9), reset by mail (15),
exports (61 to 66) and proxies (83, 84) are not part of these pages.
"""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from pelaporan import selectors
from pelaporan.models import Draf, Kejadian, Kotor, Laporan, LaporanVersi, Pemberitahuan, RiwayatIsian
from pemasyarakatan.akun import masuk as pintu
from pemasyarakatan.akun.models import Pengguna, PercobaanMasuk
from pemasyarakatan.akun.sandi import PANJANG_MAKS
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import SANDI, Dunia, isi_penuh, kirim
from tests.pelaporan.bantu import alamat, segar, tindakan
from tests.repo.test_hak import TABEL
from upt.cakupan import SISTEM, terpasang


def coba(klien: Client, nama: str, sandi: str = SANDI, dari: str = "10.0.0.1", **lain: Any) -> Any:
    return klien.post("/masuk/", {"nama": nama, "sandi": sandi, **lain}, REMOTE_ADDR=dari)


@pytest.fixture
def hash_cepat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where the counting is meant: the hash itself is measured below."""
    monkeypatch.setattr(Pengguna, "check_password", lambda self, sandi: sandi == SANDI)
    monkeypatch.setattr(pintu, "make_password", lambda sandi: "")
    monkeypatch.setattr(pintu, "BEBAS_ALAMAT", 16)


# Login ------------------------------------------------------------------------------------------------------


def test_1_orang_tak_dikenal_menempuh_pekerjaan_yang_sama(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    """One hash each, whether the name exists or not; and the fastest of five answers are alike."""
    hash_dihitung: list[str] = []
    asli_periksa, asli_buat = Pengguna.check_password, pintu.make_password

    def periksa(diri: Pengguna, sandi: str) -> bool:
        hash_dihitung.append("ada")
        return asli_periksa(diri, sandi)

    def buat(sandi: str) -> str:
        hash_dihitung.append("tiada")
        return asli_buat(sandi)

    monkeypatch.setattr(Pengguna, "check_password", periksa)
    monkeypatch.setattr(pintu, "make_password", buat)

    def tercepat(nama: str) -> float:
        waktu = []
        for n in range(5):
            mulai = time.perf_counter()
            assert coba(Client(), nama, f"salah-{n}", dari=f"10.9.{n}.1").status_code == 400
            waktu.append(time.perf_counter() - mulai)
        return min(waktu)

    ada, tiada = tercepat("operator_ambon"), tercepat("tidak_ada_orangnya")
    assert hash_dihitung == ["ada"] * 5 + ["tiada"] * 5
    assert 0.4 < tiada / ada < 2.5, (ada, tiada)


def test_2_dua_puluh_salah_dari_dua_puluh_alamat_ditahan_lalu_boleh(dunia: Dunia, hash_cepat: None) -> None:
    kode = [coba(Client(), "operator_ambon", "salah", dari=f"10.1.0.{n}").status_code for n in range(20)]
    assert kode == [400] * 5 + [429] * 15
    assert coba(Client(), "operator_ambon", dari="10.1.1.1").status_code == 429, "even the right one waits"
    with time_machine.travel(sekarang() + timedelta(seconds=11), tick=False):
        assert coba(Client(), "operator_ambon", dari="10.1.1.1").status_code == 302
    assert not PercobaanMasuk.objects.filter(kunci="akun:operator_ambon").exists()


def test_2_tunggu_bertumbuh_sampai_seperempat_jam(dunia: Dunia, hash_cepat: None) -> None:
    kini, tunggu = sekarang(), []
    for n in range(12):
        with time_machine.travel(kini, tick=False):
            assert coba(Client(), "operator_ambon", "salah", dari=f"10.2.0.{n}").status_code == 400
            sampai = PercobaanMasuk.objects.get(kunci="akun:operator_ambon").tahan_sampai
        if sampai:
            tunggu.append((sampai - kini).total_seconds())
            kini = sampai + timedelta(seconds=1)
    assert tunggu[:4] == [10, 20, 40, 80]
    assert tunggu[-1] == 900


def test_3_satu_alamat_mencoba_semua_akun(dunia: Dunia, hash_cepat: None) -> None:
    """Five tries at each of many heads from one address: the address is stopped, the heads get in from theirs."""
    kode = [coba(Client(), f"kepala_{n}", "salah", dari="10.3.0.1").status_code for n in range(20)]
    assert kode == [400] * 16 + [429] * 4
    assert coba(Client(), "kepala_ambon", dari="10.3.0.2").status_code == 302


def test_3_di_balik_proksi_setiap_pemanggil_dihitung_sendiri(dunia: Dunia, hash_cepat: None, settings: Any) -> None:
    """All requests come from the proxy's address: the typing errors of a nation must not lock the nation out."""
    settings.PERCAYA_PROKSI = True

    def lewat(nama: str, sandi: str, asal: str) -> int:
        isi = {"nama": nama, "sandi": sandi}
        return Client().post("/masuk/", isi, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=asal).status_code

    kode = [lewat(f"kepala_{n}", "salah", f"198.51.100.{n}, 203.0.113.9") for n in range(18)]
    assert kode.count(429) == 2, "what the caller claims before the proxy's own entry does not help"
    assert lewat("kepala_ambon", SANDI, "203.0.113.10") == 302


def test_3_tanpa_proksi_kepala_itu_tidak_dipercaya(dunia: Dunia, hash_cepat: None) -> None:
    for n in range(16):
        isi = {"nama": f"kepala_{n}", "sandi": "salah"}
        Client().post("/masuk/", isi, REMOTE_ADDR="10.4.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert coba(Client(), "kepala_ambon", dari="10.4.0.1").status_code == 429


def test_4_satu_kantor_di_balik_satu_alamat(dunia: Dunia, hash_cepat: None) -> None:
    for _ in range(12):
        coba(Client(), "operator_pekanbaru", "salah", dari="10.5.0.1")
    for nama in ("operator_ambon", "kepala_ambon", "verifikator_maluku", "peninjau", "auditor"):
        assert coba(Client(), nama, dari="10.5.0.1").status_code == 302


def test_5_sandi_sangat_panjang_tidak_sampai_ke_hash(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    def terlarang(*_: Any) -> None:
        raise AssertionError("hashed")

    monkeypatch.setattr(Pengguna, "check_password", terlarang)
    monkeypatch.setattr(pintu, "make_password", terlarang)
    assert coba(Client(), "operator_ambon", "x" * (PANJANG_MAKS + 1)).status_code == 400
    assert coba(Client(), "operator_ambon", "x" * 1_000_000).status_code == 400


@pytest.mark.parametrize(
    "nama", ["\x00operator", "' OR 1=1--", "operator_ambon\r\nX: y", "%", "x" * 5000, "\u202eambon"]
)
def test_70_78_nama_pengguna_yang_dirusak(dunia: Dunia, nama: str) -> None:
    assert coba(Client(), nama, "salah").status_code == 400


def test_7_sesi_yang_dititipkan_penyerang_tidak_dipakai(dunia: Dunia, masuk: Any) -> None:
    klien = Client()
    klien.cookies["sessionid"] = titipan = "a" * 32
    coba(klien, "operator_ambon")
    assert klien.cookies["sessionid"].value != titipan
    lama = masuk(dunia.asing)
    sebelum = lama.cookies["sessionid"].value
    coba(lama, "operator_ambon")
    assert lama.cookies["sessionid"].value != sebelum


def test_8_keluar_mematikan_kuki_yang_dicuri(dunia: Dunia, masuk: Any) -> None:
    klien, pencuri = masuk(dunia.operator_ambon), Client()
    pencuri.cookies["sessionid"] = klien.cookies["sessionid"].value
    assert pencuri.get("/akun/").status_code == 200
    assert klien.get("/keluar/").status_code == 405
    klien.post("/keluar/")
    assert pencuri.get("/akun/").status_code == 302


def test_8_ganti_sandi_dan_akun_mati_mengakhiri_sesi_lain(dunia: Dunia, masuk: Any) -> None:
    sini, sana = masuk(dunia.operator_ambon), masuk(dunia.operator_ambon)
    baru = "kalimat panjang yang lain"
    assert sini.post("/akun/sandi/", {"lama": SANDI, "baru": baru, "ulang": baru}).status_code == 302
    assert (sini.get("/akun/").status_code, sana.get("/akun/").status_code) == (200, 302)
    Pengguna.objects.filter(pk=dunia.operator_ambon.pk).update(is_active=False)
    assert sini.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    "tujuan",
    [
        "//evil.id", "https://evil.id", "\\\\evil.id", "/\\evil.id", "javascript:alert(1)", "http:///evil.id",
        "///evil.id",
        "evil.id", "https:evil.id", "/\t/evil.id", "\x00//evil.id", "data:text/html,x",
    ],
)  # fmt: skip
def test_13_tidak_dialihkan_keluar(dunia: Dunia, hash_cepat: None, masuk: Any, tujuan: str) -> None:
    klien = masuk(dunia.operator_ambon)
    for nama in ("next", "lanjut"):
        jawaban = klien.get("/masuk/", {nama: tujuan})
        assert jawaban.status_code == 400 or jawaban["Location"] == "/"
    jawaban = coba(Client(), "operator_ambon", lanjut=tujuan)
    assert jawaban["Location"] == "/"


# Requests that are not what they claim to be ----------------------------------------------------------------


@pytest.mark.parametrize(
    "tuan", ["evil.id", "evil.id:80", "testserver.evil.id", "testserver@evil.id", "", "a b", "testserver/x"]
)
def test_14_host_asing_400(dunia: Dunia, masuk: Any, tuan: str) -> None:
    jawaban = masuk(dunia.operator_ambon).get("/akun/", HTTP_HOST=tuan)
    assert jawaban.status_code == 400
    assert "evil.id" not in jawaban.content.decode()


def test_86_kepala_dari_luar_diabaikan(dunia: Dunia, masuk: Any) -> None:
    jahat = {
        "HTTP_X_FORWARDED_HOST": "evil.id", "HTTP_X_USER_ID": str(dunia.admin.pk), "HTTP_X_ORIGINAL_URL": "/kelola/",
        "HTTP_X_REWRITE_URL": "/kelola/", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
    }  # fmt: skip
    polos, dipalsu = masuk(dunia.operator_ambon), masuk(dunia.operator_ambon)
    teks = dipalsu.get("/akun/", **jahat).content.decode()
    assert "evil.id" not in teks
    assert dunia.operator_ambon.nama in teks
    assert polos.get("/akun/").status_code == 200


def _csrf(klien: Client, url: str) -> str:
    cocok = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', klien.get(url).content.decode())
    assert cocok is not None
    return cocok[1]


@pytest.mark.parametrize("asal", ["https://evil.id", "null", "http://testserver.evil.id", "http://testserver:81"])
def test_11_csrf_asal_asing_atau_tanpa_token_403(dunia: Dunia, asal: str) -> None:
    klien = Client(enforce_csrf_checks=True)
    klien.force_login(dunia.kepala_ambon)
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    url = alamat(laporan, "kirim")
    data = tindakan(laporan, "kirim", disahkan="on")
    assert klien.post(url, data).status_code == 403
    assert klien.post(url, {**data, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    token = _csrf(klien, url)
    data["csrfmiddlewaretoken"] = token
    assert klien.post(url, data, HTTP_ORIGIN=asal).status_code == 403
    badan = b'{"perubahan": [{"kode": "lahan_tidur", "teks": "9"}], "bagian": "kegiatan"}'
    polos = klien.post(alamat(laporan, "simpan"), badan, content_type="text/plain")
    assert polos.status_code == 403
    assert segar(laporan).versi_masuk is None
    assert klien.post(url, data, HTTP_ORIGIN="http://testserver").status_code == 302


def test_11_kuki_saja_tidak_membuka_api(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    jawaban = masuk(dunia.operator_ambon).post(
        f"/api/v1/laporan/{laporan.pk}/sel/", {"sel": []}, content_type="application/json"
    )
    assert jawaban.status_code == 401


def _jejak_dunia() -> tuple[int, ...]:
    tabel = (Jejak, Kejadian, LaporanVersi, Draf, RiwayatIsian, Kotor, Pemberitahuan)
    with terpasang(SISTEM):
        isi = tuple(m.objects.count() for m in tabel)
        return (*isi, sum(Laporan.objects.values_list("revisi", flat=True)))


_BUKAN_GET = [n for n, rute in TABEL.items() if rute.cara != "get"]


@pytest.mark.parametrize("nama", _BUKAN_GET)
def test_12_get_dan_head_pada_alamat_yang_mengubah(dunia: Dunia, masuk: Any, api: Any, nama: str) -> None:
    url = reverse(nama, kwargs=TABEL[nama].isi(dunia))
    klien = masuk(dunia.kepala_ambon)
    kepala = api(dunia.kepala_ambon).kepala if nama.startswith("api:") else {}
    sebelum = _jejak_dunia()
    for cara in (klien.get, klien.head):
        assert cara(url, **kepala).status_code in (405, 404, 403)
    assert _jejak_dunia() == sebelum


def test_12_get_tidak_mengubah_apa_pun_selain_membuka_tinjauan(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    sebelum, semua = _jejak_dunia(), [masuk(o) for o in (dunia.kepala_ambon, dunia.verifikator_maluku)]
    for nama, rute in TABEL.items():
        if rute.cara == "get" and not nama.startswith("api:") and nama != "pelaporan:tinjau":
            for klien in semua:
                klien.get(reverse(nama, kwargs=rute.isi(dunia)))
    masuk(dunia.verifikator_maluku).head(alamat(laporan, "tinjau"))
    assert _jejak_dunia() == sebelum
    assert segar(laporan).dibuka_pada is None


@pytest.mark.parametrize("cara", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "OPTIONS", "CONNECT", "KIRIM"])
def test_85_cara_lain(dunia: Dunia, masuk: Any, cara: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    klien = masuk(dunia.kepala_ambon)
    for nama, lain in (("kirim", {}), ("tarik", {}), ("simpan", {}), ("bagian", {"bagian": "kegiatan"})):
        jawaban = klien.generic(cara, alamat(laporan, nama, **lain))
        assert jawaban.status_code == 405, (nama, jawaban.status_code)
    palsu = klien.post(alamat(laporan, "tarik"), {"_method": "DELETE"}, HTTP_X_HTTP_METHOD_OVERRIDE="DELETE")
    assert palsu.status_code == 400


# Too much, and what cannot be read --------------------------------------------------------------------------


def test_82_terlalu_banyak_medan_dan_terlalu_besar(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    klien, url = masuk(dunia.operator_ambon), alamat(laporan, "bagian", bagian="klaster_pangan")
    banyak = klien.post(url, {f"x{n}": "1" for n in range(4001)})
    besar = klien.post(url, {"s|lahan_tidur|0|": "7", "sampah": "x" * 3_000_000})
    for jawaban in (banyak, besar):
        assert jawaban.status_code == 400
        assert "<h1" in jawaban.content.decode()
        assert "Traceback" not in jawaban.content.decode()
    with terpasang(SISTEM):
        assert not Draf.objects.filter(laporan=laporan).exists()


def test_82_api_terlalu_besar_dan_bersarang(dunia: Dunia, api: Any) -> None:
    laporan, klien = dunia.laporan(dunia.ambon), api(dunia.operator_ambon)
    for isi in (b'{"sel": "' + b"x" * 3_000_000 + b'"}', b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000):
        jawaban = klien.kirim("PATCH", f"laporan/{laporan.pk}/sel/", mentah=isi)
        assert jawaban.status_code in (400, 413)
        assert jawaban["Content-Type"] == "application/json"


_RACUN = [
    "' OR 1=1--",
    "%' ESCAPE '",
    '"; select pg_sleep(5)',
    "%00",
    "\u202e",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "{{7*7}}",
]


@pytest.mark.parametrize("racun", _RACUN)
def test_70_78_80_racun_di_setiap_parameter_halaman(dunia: Dunia, masuk: Any, racun: str) -> None:
    """In every parameter of every list: taken literally, quickly, and never as markup."""
    halaman = {
        "verifikator_maluku": ["/verifikasi/"],
        "peninjau": ["/dasbor/", "/organisasi/", "/jejak/", "/periode/", "/telusur/F06/wbp/", "/dasbor/kanwil/riau/"],
        "kepala_ambon": [f"/upt/{dunia.ambon.kode}/", f"{alamat(dunia.laporan(dunia.ambon))}isi/kegiatan/", "/masuk/"],
    }
    nama = (
        "q",
        "cari",
        "bulan",
        "formulir",
        "upt",
        "kanwil",
        "urut",
        "status",
        "wilayah",
        "dasar",
        "halaman",
        "baris",
        "next",
        "siapa",
    )
    for orang, semua in halaman.items():
        klien = masuk(getattr(dunia, orang))
        for url in semua:
            mulai = time.perf_counter()
            jawaban = klien.get(url, dict.fromkeys(nama, racun), HTTP_ACCEPT_LANGUAGE=racun.replace("\u202e", "x"))
            assert jawaban.status_code in (200, 302, 400, 404), url
            assert time.perf_counter() - mulai < 3
            assert "<script>alert" not in jawaban.content.decode()


@pytest.mark.parametrize(
    "jalur",
    [
        "/.git/config", "/.env", "/media/", "/media/../../etc/passwd", "/static/../pemasyarakatan/settings.py",
        "/metrics",
        "/static/%2e%2e/%2e%2e/.env", "/admin/", "/api/schema/", "/server-status", "/manage.py", "/static/",
        "/api/v1/x.css",
    ],
)  # fmt: skip
def test_90_berkas_dalam_tidak_terbuka(dunia: Dunia, masuk: Any, jalur: str) -> None:
    for klien in (Client(), masuk(dunia.admin)):
        assert klien.get(jalur).status_code == 404


def test_91_alamat_yang_menyamar_sebagai_berkas(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    klien = masuk(dunia.kepala_ambon)
    for akhir in ("x.css", "kirim/x.css", "a.js", "kirim.css", "%3Bx.css"):
        assert klien.get(alamat(laporan) + akhir).status_code == 404


# What answers give away -------------------------------------------------------------------------------------


def test_26_halaman_tidak_disimpan_perantara_dan_tanpa_data_pribadi(dunia: Dunia, masuk: Any) -> None:
    """Every page of every role: no-store or private, framed by nobody, and no person in titles and addresses."""
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    pribadi = [p.nama for p in dunia.orang.values()] + [p.nip for p in dunia.orang.values()]
    semua = [masuk(orang) for orang in (dunia.kepala_ambon, dunia.verifikator_maluku, dunia.peninjau)]
    for nama, rute in TABEL.items():
        if rute.cara != "get" or nama.startswith("api:") or nama == "sehat":
            continue
        for klien in semua:
            jawaban = klien.get(reverse(nama, kwargs=rute.isi(dunia)))
            simpan = jawaban["Cache-Control"]
            assert "no-store" in simpan or ("private" in simpan and "no-cache" in simpan), (nama, simpan)
            assert "Cookie" in jawaban["Vary"], nama
            assert jawaban["X-Frame-Options"] == "DENY"
            assert "default-src 'none'" in jawaban["Content-Security-Policy"]
            assert jawaban["X-Content-Type-Options"] == "nosniff"
            if not jawaban["Content-Type"].startswith("text/html"):
                continue  # files carry the same headers, and no title
            html = jawaban.content.decode()
            umum = " ".join(re.findall(r"<title>.*?</title>|(?:href|action)=\"[^\"]*\"", html, re.S))
            assert not [p for p in pribadi if p in umum], nama


@pytest.mark.parametrize("untuk", ["application/json", "text/html"])
def test_halaman_galat_tanpa_isi_perut(dunia: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch, untuk: str) -> None:
    """A defect: 500 in the form that was asked for, without a word about the inside."""

    def rusak(*_: Any, **__: Any) -> None:
        raise RuntimeError("rahasia-dalam /work/portal.py SELECT password")

    monkeypatch.setattr(selectors, "kejadian_laporan", rusak)
    laporan = dunia.laporan(dunia.ambon)
    klien = masuk(dunia.kepala_ambon)
    klien.raise_request_exception = False
    jawaban = klien.get(alamat(laporan), headers={"Accept": untuk})
    teks = jawaban.content.decode()
    assert jawaban.status_code == 500
    assert jawaban["Content-Type"].startswith(untuk)
    for kata in ("rahasia-dalam", "Traceback", "RuntimeError", "SELECT", ".py"):
        assert kata not in teks
    assert klien.get("/akun/").status_code == 200, "the next request of the same connection works"


def test_87_galat_api_selalu_json(dunia: Dunia, api: Any) -> None:
    klien = api(dunia.operator_ambon)
    for jalur in ("laporan/x/", "tidak-ada/", f"laporan/{'0' * 8}-0000-0000-0000-000000000000/", "laporan/?apa=1"):
        for terima in ("text/html", "application/xml", "*/*;q=0.1", "rusak"):
            jawaban = klien.klien.get(f"/api/v1/{jalur}", **klien.kepala, HTTP_ACCEPT=terima)
            assert jawaban.status_code in (400, 404, 406)
            assert jawaban["Content-Type"] == "application/json", (jalur, terima)


def test_teks_orang_menjadi_teks_di_setiap_halaman(dunia: Dunia, masuk: Any) -> None:
    """80: a reason and a name with markup, read back by the other side."""
    jahat = "<img src=x onerror=alert(1)>\"'</textarea><script>alert(2)</script>"
    Pengguna.objects.filter(pk=dunia.kepala_ambon.pk).update(nama=f"Kepala {jahat}"[:120])
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    data = tindakan(laporan, "kembalikan", alasan="lainnya", teks=jahat, **{"sel-wbp": jahat})
    assert masuk(dunia.verifikator_maluku).post(alamat(laporan, "tinjau"), data).status_code == 302
    for klien in (masuk(dunia.operator_ambon), masuk(dunia.verifikator_maluku), masuk(dunia.auditor)):
        for url in (alamat(laporan), alamat(laporan, "versi", versi=1), alamat(laporan, "tanda_terima", versi=1),
                    alamat(laporan, "bagian", bagian="klaster_pangan"), "/verifikasi/", "/jejak/",
                    "/telusur/F06/wbp/?bulan=2026-01&wilayah=lapas-kelas-iia-ambon"):  # fmt: skip
            html = klien.get(url).content.decode()
            assert "<img src=x" not in html, url
            assert "<script>alert" not in html, url
