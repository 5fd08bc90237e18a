"""The pages of cases as people walk them: unit, head, Kanwil, Ditjenpas; what each sees, and what nobody sees."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from remisi.models import Kesempatan, Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import LAYAK, Meja, kesempatan, layak
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def _klien(orang: Any) -> Client:
    klien = Client()
    klien.force_login(orang)
    return klien


def _teks(jawaban: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", jawaban.content.decode()).split())


def _url(meja: Meja, k: Kesempatan, nama: str = "kesempatan", **lain: Any) -> str:
    return reverse(f"remisi:{nama}", kwargs={"kode": meja.upt.kode, "kesempatan": k.slug, **lain})


def _status() -> dict[str, int]:
    with terpasang(SISTEM):
        semua = list(Usulan.objects.values_list("status", flat=True))
    return {s: semua.count(s) for s in set(semua)}


def _tindak(klien: Client, aksi: str, kasus: list[str], **isi: str) -> HttpResponse:
    """Both presses: the page that asks again, then its form as the browser would send it."""
    alamat = reverse("remisi:tindakan")
    tanya = klien.post(alamat, {"aksi": aksi, "pilih": kasus})
    assert tanya.status_code == 200, _teks(tanya)
    cocok = re.search(r'name="isi" value="([^"]*)"', tanya.content.decode())
    assert cocok, _teks(tanya)
    return klien.post(alamat, {"aksi": aksi, "setuju": "1", "isi": cocok[1], **isi})


def _pilih(status: Status) -> list[str]:
    with terpasang(SISTEM):
        return [f"{pk}:{rev}" for pk, rev in Usulan.objects.filter(status=status).values_list("pk", "revisi")]


def test_dari_hitung_sampai_keputusan_lewat_halaman(meja: Meja) -> None:
    """Compute, propose, hear, send, verify twice, decree: every page moves the cases on, and says so."""
    d, k = meja.dunia, kesempatan()
    layak(meja.upt, d.operator_ambon, 3)
    layak(meja.upt, d.operator_ambon, 1, salinan_putusan=None)
    op, kepala = _klien(d.operator_ambon), _klien(d.kepala_ambon)
    assert "Calon belum dihitung" in _teks(op.get(_url(meja, k)))
    hitung = op.post(_url(meja, k, "hitung"), follow=True)
    assert "Dihitung: 3 memenuhi syarat, 1 perlu data, 0 tidak memenuhi." in _teks(hitung)
    halaman = _teks(op.get(_url(meja, k)))
    assert "Kurang salinan putusan (1)" in halaman
    assert "Usulkan semua yang memenuhi syarat (3)" in halaman
    tanya = op.post(_url(meja, k, "usulkan"), {"semua": "1"})
    assert "Usulkan 3 yang memenuhi syarat? Belum ada yang berubah." in _teks(tanya)
    assert _status() == {}
    isi = re.findall(r'name="isi" value="([^"]*)"', tanya.content.decode())[0]
    op.post(_url(meja, k, "usulkan"), {"setuju": "1", "isi": isi})
    assert _status() == {"DRAF": 3}
    sidang = {"tanggal": tulis_tanggal(hari_ini()), "nomor": "BA-12"}
    assert _tindak(op, "sidangkan", _pilih(Status.DRAF), **sidang).status_code == 302
    assert _tindak(kepala, "ajukan", _pilih(Status.SIDANG)).status_code == 302
    assert _tindak(_klien(d.verifikator_maluku), "verifikasi", _pilih(Status.DIAJUKAN)).status_code == 302
    pusat = _klien(d.peninjau)
    assert _tindak(pusat, "verifikasi", _pilih(Status.VERIF_KANWIL)).status_code == 302
    sk = {"nomor": "PAS-5.PK.05.04", "tanggal": tulis_tanggal(hari_ini())}
    assert _tindak(pusat, "terbitkan", _pilih(Status.VERIF_PUSAT), **sk).status_code == 302
    assert _status() == {"SK_TERBIT": 3}
    assert "3 usulan diputus dengan keputusan PAS-5.PK.05.04" in _teks(op.get(_url(meja, k)))


def test_saringan_alasan_hanya_memuat_yang_kurang(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    layak(meja.upt, d.operator_ambon, 2)
    (kurang,) = layak(meja.upt, d.operator_ambon, 1, salinan_putusan=None)
    op = _klien(d.operator_ambon)
    op.post(_url(meja, k, "hitung"))
    isi = op.get(_url(meja, k), {"keadaan": "PERLU_DATA", "alasan": "PUTUSAN:D"}).content.decode()
    assert set(re.findall(r'href="[^"]*/(\d+)/"', isi)) == {str(kurang)}


def test_penjelasan_menyebut_syarat_aturan_dan_pembenah(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    (data,) = layak(meja.upt, d.operator_ambon, 1, salinan_putusan=None)
    isi = _teks(_klien(d.operator_ambon).get(_url(meja, k, "calon", pk=data)))
    assert "Salinan putusan belum dicatat. Dibenahi: Registrasi." in isi
    assert "Keppres 174/1999" in isi
    assert "belum dikonfirmasi" in isi
    assert "Usulkan RU" in isi


def test_usulan_sendiri_ditolak_dengan_namanya_syarat(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    (baik,) = layak(meja.upt, d.operator_ambon)
    (buruk,) = layak(meja.upt, d.operator_ambon, menjalani="CMB")
    jawaban = _klien(d.operator_ambon).post(_url(meja, k, "usulkan"), {"pilih": [f"{baik}:RU", f"{buruk}:RU"]})
    assert jawaban.status_code == 400
    assert "edang menjalani CMB" in _teks(jawaban)
    assert _status() == {}


def test_halaman_antara_menyisihkan_yang_belum_lengkap(meja: Meja) -> None:
    """Sending: who lacks data is named and left out, the others go."""
    d, k = meja.dunia, kesempatan()
    meja.sampai(Status.SIDANG, layak(meja.upt, d.operator_ambon, 2), k)
    (kurang,) = meja.sampai(Status.DRAF, layak(meja.upt, d.operator_ambon, 1, salinan_putusan=None), k)
    meja.sidang([kurang], "BA-2")
    kepala = _klien(d.kepala_ambon)
    tanya = kepala.post(reverse("remisi:tindakan"), {"aksi": "ajukan", "pilih": _pilih(Status.SIDANG)})
    assert "Ajukan 2 usulan ke Kanwil?" in _teks(tanya)
    assert "Salinan putusan belum dicatat (dibenahi Registrasi) (1)" in _teks(tanya)
    assert _status() == {"SIDANG": 3}, "asking changes nothing"
    _tindak(kepala, "ajukan", _pilih(Status.SIDANG))
    assert _status() == {"SIDANG": 1, "DIAJUKAN": 2}


def test_antrean_kanwil_menurut_unit_dan_sekali_tekan(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon, 3), k)
    klien = _klien(d.verifikator_maluku)
    isi = klien.get(reverse("remisi:antrean")).content.decode()
    assert meja.upt.nama in isi
    kunci = f"DIAJUKAN|{k.slug}|{meja.upt.kode}"
    assert f'value="{kunci}"' in isi
    tanya = klien.post(reverse("remisi:tindakan"), {"aksi": "verifikasi", "kelompok": kunci})
    assert "Verifikasi 3 usulan?" in _teks(tanya)
    kosong = _klien(d.verifikator_riau).post(reverse("remisi:tindakan"), {"aksi": "verifikasi", "kelompok": kunci})
    assert kosong.status_code == 302  # another Kanwil has nothing behind that row
    assert _status() == {"DIAJUKAN": 3}


def test_setiap_keadaan_dapat_disaring(meja: Meja) -> None:
    """A count by state opens exactly the cases of that state, never those that wait for the reader."""
    d, k = meja.dunia, kesempatan()
    meja.sampai(Status.DRAF, layak(meja.upt, d.operator_ambon, 3), k)
    klien = _klien(d.operator_ambon)
    for status in Usulan.Status.values:
        with terpasang(SISTEM):
            satu = Usulan.objects.values_list("pk", flat=True)[:1]
            Usulan.objects.update(status=Status.SIDANG if status == Status.DRAF else Status.DRAF)
            Usulan.objects.filter(pk__in=list(satu)).update(status=status)
        isi = klien.get(f"{reverse('remisi:antrean')}?upt={meja.upt.kode}&status={status}")
        assert "1 usulan" in _teks(isi), status


def test_lewat_batas_dihitung_dalam_daftarnya_sendiri(meja: Meja) -> None:
    """A heading counts what its own list holds, not what is late elsewhere."""
    d, k = meja.dunia, kesempatan()
    meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon, 3), k)
    with terpasang(SISTEM):
        satu = Usulan.objects.values_list("pk", flat=True)[:1]
        Usulan.objects.filter(pk__in=list(satu)).update(tenggat=hari_ini() - timedelta(days=1))
    klien, alamat = _klien(d.peninjau), f"{reverse('remisi:antrean')}?upt={meja.upt.kode}&status="
    assert "3 usulan; 1 lewat batas" in _teks(klien.get(alamat + "DIAJUKAN"))
    assert "lewat batas" not in _teks(klien.get(alamat + "VERIF_KANWIL"))


def test_yang_kalah_cepat_diberi_tahu(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    kasus = meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon, 2), k)
    lama = _pilih(Status.DIAJUKAN)
    meja.verifikasi(kasus)
    isi = {"aksi": "kembalikan", "setuju": "1", "isi": " ".join(lama), "alasan": "Belum lengkap."}
    jawaban = _klien(d.kepala_maluku).post(reverse("remisi:tindakan"), isi)
    assert jawaban.status_code in (403, 409)
    assert _status() == {"VERIF_KANWIL": 2}


def test_tanpa_alasan_halamannya_kembali(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon), k)
    isi = {"aksi": "kembalikan", "setuju": "1", "isi": " ".join(_pilih(Status.DIAJUKAN)), "alasan": ""}
    jawaban = _klien(d.verifikator_maluku).post(reverse("remisi:tindakan"), isi)
    assert jawaban.status_code == 400
    assert "Tulis alasannya." in _teks(jawaban)


@pytest.mark.parametrize("aksi", ["", "hapus", "pindahkan"])
def test_tindakan_asing_ditolak(meja: Meja, aksi: str) -> None:
    assert _klien(meja.dunia.peninjau).post(reverse("remisi:tindakan"), {"aksi": aksi}).status_code == 400


@pytest.mark.parametrize("pilih", ["x", "1:1", f"{UUID(int=9)}:x", f"{UUID(int=9)}:1"])
def test_pilihan_rusak_tidak_merusak(meja: Meja, pilih: str) -> None:
    jawaban = _klien(meja.dunia.peninjau).post(reverse("remisi:tindakan"), {"aksi": "verifikasi", "pilih": pilih})
    assert jawaban.status_code in (302, 400, 404)


def test_usulan_unit_lain_tidak_ada(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    kasus = meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon), k)
    alamat = reverse("remisi:usulan", kwargs={"uuid": kasus[0]})
    boleh = {"operator_ambon": 200, "verifikator_maluku": 200, "peninjau": 200, "auditor": 200}
    asing = {"operator_masohi": 404, "verifikator_riau": 404, "admin": 403}
    for nama, kode in {**boleh, **asing}.items():
        assert _klien(getattr(d, nama)).get(alamat).status_code == kode, nama


def test_nama_dan_nomor_tidak_ada_di_halaman_mana_pun(meja: Meja) -> None:
    """Canary: initials and last letters only, for everybody, in bodies and addresses."""
    d, k = meja.dunia, kesempatan()
    data = layak(meja.upt, d.operator_ambon, 2)
    kasus = meja.sampai(Status.DIAJUKAN, data[:1], k)
    _klien(d.operator_ambon).post(_url(meja, k, "hitung"))
    with terpasang(SISTEM):
        ujung = DataWarga.objects.select_related("warga").get(pk=data[0]).warga.ujung
    alamat = [
        reverse("remisi:beranda"), reverse("remisi:antrean"), f"{reverse('remisi:antrean')}?upt={meja.upt.kode}",
        reverse("remisi:unit", kwargs={"kode": meja.upt.kode}), _url(meja, k), _url(meja, k, "calon", pk=data[0]),
        reverse("remisi:usulan", kwargs={"uuid": kasus[0]}),
    ]  # fmt: skip
    terlihat = False
    for orang in (d.operator_ambon, d.kepala_ambon, d.verifikator_maluku, d.peninjau, d.pimpinan, d.auditor):
        for satu in alamat:
            isi = _klien(orang).get(satu, follow=True).content.decode()
            terlihat = terlihat or f"•••{ujung}" in isi
            for kata in (*LAYAK["nama"].split(), "B.I 1"):
                assert kata not in isi, (orang.nama_pengguna, satu)
    assert terlihat


def test_beranda_menurut_peran(meja: Meja) -> None:
    d = meja.dunia
    assert _klien(d.operator_ambon).get("/remisi/").headers["Location"].endswith(f"/remisi/upt/{meja.upt.kode}/")
    assert "Menunggu Kanwil" in _teks(_klien(d.verifikator_maluku).get("/remisi/"))
    assert "Menunggu Ditjenpas" in _teks(_klien(d.peninjau).get("/remisi/"))
    assert "Sedang diperiksa" in _teks(_klien(d.auditor).get("/remisi/"))
    assert _klien(d.pimpinan).get("/remisi/").headers["Location"].endswith("/remisi/nasional/"), "totals, no cases"


def test_register_kosong_menunjuk_ke_impor(meja: Meja) -> None:
    k = kesempatan()
    op = _klien(meja.dunia.operator_ambon)
    for alamat in (reverse("remisi:unit", kwargs={"kode": meja.upt.kode}), _url(meja, k)):
        isi = op.get(alamat).content.decode()
        assert "Register warga binaan masih kosong" in isi
        assert f"/warga/{meja.upt.kode}/impor/" in isi


def test_susulan_dan_tanggal_lewat_dikatakan(meja: Meja) -> None:
    d = meja.dunia
    layak(meja.upt, d.operator_ambon)
    op = _klien(d.operator_ambon)
    lewat_batas, lewat_hari = kesempatan(hari=10, batas=-1), kesempatan(hari=-3, batas=-20)
    for k, kata in ((lewat_batas, "Batas usul sudah lewat"), (lewat_hari, "Hari pemberiannya sudah lewat")):
        op.post(_url(meja, k, "hitung"))
        assert kata in _teks(op.get(_url(meja, k)))


def test_halaman_unit_ringan_dan_sedikit_kueri(meja: Meja) -> None:
    """A page asks as often for sixty cases as for five, and stays small."""
    d, k = meja.dunia, kesempatan()
    op = _klien(d.operator_ambon)
    kueri: dict[str, list[int]] = {}
    for banyak in (5, 55):
        meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon, banyak), k)
        op.post(_url(meja, k, "hitung"))
        for alamat in (
            reverse("remisi:unit", kwargs={"kode": meja.upt.kode}), _url(meja, k),
            f"{reverse('remisi:antrean')}?upt={meja.upt.kode}&status=DIAJUKAN",
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as hitung:
                isi = op.get(alamat).content
            kueri.setdefault(alamat, []).append(len(hitung))
            assert len(gzip.compress(isi)) < 9000, alamat
    for alamat, (sedikit, banyak) in kueri.items():
        assert banyak <= sedikit + 1, (alamat, sedikit, banyak)
        assert banyak <= 45, (alamat, banyak)


# What is ticked is what is shown ----------------------------------------------------------------------------


def _kunci(klien: Client, alamat: str, nama: str = "kelompok") -> list[str]:
    return re.findall(rf'name="{nama}" value="([^"]+)"', klien.get(alamat).content.decode())


def test_baris_antrean_memproses_yang_dihitungnya_saja(meja: Meja) -> None:
    """A row that counts only those who are free (II), or only late cases, brings on only these."""
    d, k = meja.dunia, kesempatan()
    kasus = meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon, 5), k)
    with terpasang(SISTEM):
        Usulan.objects.filter(pk__in=kasus[:2]).update(hasil="II")
        Usulan.objects.filter(pk=kasus[0]).update(tenggat=hari_ini() - timedelta(days=3))
    kanwil, alamat = _klien(d.verifikator_maluku), reverse("remisi:antrean")
    for kueri, banyak in (("", 5), ("?hasil=II", 2), ("?status=lewat", 1), ("?status=lewat&hasil=I", 0)):
        kunci = _kunci(kanwil, alamat + kueri)
        assert len(kunci) == bool(banyak)
        if kunci:
            tanya = kanwil.post(reverse("remisi:tindakan"), {"aksi": "verifikasi", "kelompok": kunci})
            assert f"Verifikasi {banyak} usulan?" in _teks(tanya), kueri


def test_semua_di_daftar_memproses_yang_tampil(meja: Meja, monkeypatch: pytest.MonkeyPatch) -> None:
    """The box "all cases" below more than a page means those of the list, not others of the same state."""
    monkeypatch.setattr("remisi.kerja.views_antrean.SEHALAMAN", 2)
    d, k = meja.dunia, kesempatan()
    kasus = meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon, 5), k)
    with terpasang(SISTEM):
        Usulan.objects.filter(pk__in=kasus[:3]).update(tenggat=hari_ini() - timedelta(days=3))
    kanwil = _klien(d.verifikator_maluku)
    alamat = f"{reverse('remisi:antrean')}?upt={meja.upt.kode}&kesempatan={k.slug}&status="
    for status, banyak in (("DIAJUKAN", 5), ("lewat", 3)):
        (kunci,) = _kunci(kanwil, alamat + status, "semua")
        tanya = kanwil.post(reverse("remisi:tindakan"), {"aksi": "verifikasi", "semua": kunci})
        assert f"Verifikasi {banyak} usulan?" in _teks(tanya)


def test_tindakan_daftar_menurut_jenis_usulannya(meja: Meja) -> None:
    """Family leave is decided by the head: its list offers the decree, the list of remission does not."""
    d, k = meja.dunia, kesempatan()
    kasus = meja.sampai(Status.SIDANG, layak(meja.upt, d.operator_ambon, 2), k)
    kepala, alamat = _klien(d.kepala_ambon), f"{reverse('remisi:antrean')}?upt={meja.upt.kode}&status=SIDANG"
    assert 'value="terbitkan"' not in kepala.get(alamat).content.decode()
    with terpasang(SISTEM):
        Usulan.objects.filter(pk__in=kasus).update(rumpun="INTEGRASI", kesempatan=None, jenis="CMK")
    isi = kepala.get(alamat).content.decode()
    assert 'value="terbitkan"' in isi
    assert 'value="ajukan"' not in isi


def test_pelaksanaan_menyebut_yang_keputusannya_lebih_baru(meja: Meja) -> None:
    """Of many, those whose decree is newer are named and left out; the others go on with the same date."""
    d, k = meja.dunia, kesempatan(hari=-6, batas=-9)
    data = layak(meja.upt, d.operator_ambon, 4)
    lama = meja.sampai(Status.VERIF_PUSAT, data[:3], k)
    (baru,) = meja.sampai(Status.VERIF_PUSAT, data[3:], k)
    meja.mundurkan([*lama, baru], 9)
    meja.terbitkan(lama, "SK-LAMA", hari_ini() - timedelta(days=9))
    meja.terbitkan([baru], "SK-BARU", hari_ini())
    op, alamat = _klien(d.operator_ambon), reverse("remisi:tindakan")
    isi = " ".join(_pilih(Status.SK_TERBIT))
    kirim = {"aksi": "laksanakan", "setuju": "1", "tanggal": tulis_tanggal(hari_ini() - timedelta(days=5))}
    jawaban = op.post(alamat, {**kirim, "isi": isi})
    assert jawaban.status_code == 400
    assert "Catat pelaksanaan 3 keputusan?" in _teks(jawaban)
    assert f"Tanggal pelaksanaan mendahului keputusannya, {tulis_tanggal(hari_ini())} (1)" in _teks(jawaban)
    assert _status() == {"SK_TERBIT": 4}
    (sisa,) = re.findall(r'name="isi" value="([^"]*)"', jawaban.content.decode())
    assert str(baru) not in sisa
    assert op.post(alamat, {**kirim, "isi": sisa}).status_code == 302
    assert _status() == {"DILAKSANAKAN": 3, "SK_TERBIT": 1}


def test_semua_ditolak_karena_isian_formulirnya_tetap_ada(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan(hari=-6, batas=-9)
    meja.sampai(Status.SK_TERBIT, layak(meja.upt, d.operator_ambon, 2), k)
    kirim = {
        "aksi": "laksanakan",
        "setuju": "1",
        "tanggal": "1 Januari 2020",
        "isi": " ".join(_pilih(Status.SK_TERBIT)),
    }
    jawaban = _klien(d.operator_ambon).post(reverse("remisi:tindakan"), kirim)
    assert jawaban.status_code == 400
    assert 'name="tanggal" value="1 Januari 2020"' in jawaban.content.decode()
    assert "Catat pelaksanaan 2 keputusan?" in _teks(jawaban)


def test_alasan_tarik_diminta_di_isiannya_bila_sudah_disidangkan(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    meja.sampai(Status.SIDANG, layak(meja.upt, d.operator_ambon), k)
    meja.sampai(Status.DRAF, layak(meja.upt, d.operator_ambon), k)
    op, alamat = _klien(d.operator_ambon), reverse("remisi:tindakan")
    assert "Boleh kosong." in _teks(op.post(alamat, {"aksi": "tarik", "pilih": _pilih(Status.DRAF)}))
    isi = " ".join(_pilih(Status.SIDANG))
    jawaban = op.post(alamat, {"aksi": "tarik", "setuju": "1", "isi": isi, "alasan": " "})
    assert jawaban.status_code == 400
    assert '<a href="#id_alasan">Alasan: Tulis alasannya.</a>' in jawaban.content.decode()
    assert "Wajib: usulannya sudah disidangkan." in _teks(jawaban)


def test_usulan_tampil_juga_sebelum_calon_dihitung(meja: Meja) -> None:
    """An occasion whose candidates nobody computed here still shows where its cases are, and their list."""
    d, k = meja.dunia, kesempatan(hari=-3, batas=-20)
    meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon, 2), k)
    halaman = _klien(d.operator_ambon).get(_url(meja, k)).content.decode()
    assert "Calon belum dihitung" in halaman
    assert f"upt={meja.upt.kode}&amp;kesempatan={k.slug}&amp;status=DIAJUKAN" in halaman
    assert reverse("remisi:nominatif", args=[meja.upt.kode, k.slug]) in halaman


def test_halaman_usulan_menunjuk_syarat_hari_ini(meja: Meja) -> None:
    """Returned: mend what the reason says, see today's conditions; withdrawn: the same person may be proposed again."""
    d, k = meja.dunia, kesempatan()
    (data,) = layak(meja.upt, d.operator_ambon)
    (kasus,) = meja.sampai(Status.DIAJUKAN, [data], k)
    verifikator = {"pilihan": meja.pilihan([kasus]), "alasan": "Pindai lagi."}
    meja.sebagai(d.verifikator_maluku, services.kembalikan, **verifikator)
    op, alamat = _klien(d.operator_ambon), reverse("remisi:usulan", args=[kasus])
    with terpasang(SISTEM):
        Usulan.objects.filter(pk=kasus).update(tenggat=hari_ini() - timedelta(days=2))
    halaman = op.get(alamat)
    assert _url(meja, k, "calon", pk=data) in halaman.content.decode()
    assert re.search(r"Batas perbaikannya lewat [23] hari\. Usulan tetap dapat diajukan lagi\.", _teks(halaman))
    assert "Sidangkan lagi bila perlu" in _teks(halaman)
    meja.sebagai(d.operator_ambon, services.tarik, pilihan=meja.pilihan([kasus]), alasan="Salah orang.")
    assert "Orang yang sama dapat diusulkan lagi" in _teks(op.get(alamat))
