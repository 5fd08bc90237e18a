"""The register's pages: masked, without names in addresses or on pages, refused in plain words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pemasyarakatan.inti.waktu import Bulan, hari_ini
from tests.dunia import Dunia
from tests.wbp.bantu import NAMA, NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp import titip
from wbp.models import AksesWarga, CatatanPerilaku, DataWarga, Pemberian
from wbp.services_catatan import Beri, Perilaku

RAHASIA = ("Kenari", "Burungwati", "48213", "kenari")
ISI = {
    "nama": NAMA, "nomor": NOMOR, "status": "NARAPIDANA", "tahun_lahir": "1985", "jenis_kelamin": "L",
    "agama": "ISLAM", "kelompok": "umum", "tanggal_tahan": "3 Februari 2024", "tanggal_putusan": "1/8/2024",
    "pidana_tahun": "5", "salinan_putusan": "ya", "sejak": "1 September 2024",
}  # fmt: skip


def _url(nama: str, d: Dunia, **lain: Any) -> str:
    return reverse(f"wbp:{nama}", kwargs={"kode": d.ambon.kode, **lain})


@pytest.fixture
def klien(masuk: Any, dunia: Dunia) -> Client:
    petugas: Client = masuk(dunia.operator_ambon)
    return petugas


def _isi(jawab: Any) -> str:
    teks: str = jawab.content.decode()
    return teks


def test_dicatat_lewat_halaman(klien: Client, dunia: Dunia) -> None:
    jawab = klien.post(_url("baru", dunia), ISI)
    with terpasang(SISTEM):
        data = DataWarga.objects.select_related("warga").get()
    assert jawab.status_code == 302
    assert jawab["Location"] == _url("satu", dunia, pk=data.pk)
    assert (data.tanggal_tahan, data.salinan_putusan, data.denda_lunas) == (date(2024, 2, 3), True, None)
    for halaman in (jawab["Location"], _url("unit", dunia), _url("ubah", dunia, pk=data.pk), _url("sppn", dunia)):
        isi = _isi(klien.get(halaman))
        assert "K.B. •••213" in isi
        assert not any(rahasia in isi for rahasia in RAHASIA)


def test_salah_di_isian_lain_tidak_membuang_nama(klien: Client, dunia: Dunia) -> None:
    """What was typed comes back sealed, is not shown, and is saved with the mended form."""
    jawab = klien.post(_url("baru", dunia), {**ISI, "tahun_lahir": "seribu"})
    isi = _isi(jawab)
    assert jawab.status_code == 400
    assert "Sudah diketik (K.B. •••213)" in isi
    assert not any(rahasia in isi for rahasia in RAHASIA)
    segel = re.search(r'name="titipan_rahasia" value="([^"]+)"', isi)
    assert segel
    tanpa = {k: v for k, v in ISI.items() if k not in ("nama", "nomor")}
    assert klien.post(_url("baru", dunia), {**tanpa, "titipan_rahasia": segel[1]}).status_code == 302
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    with terpasang(SISTEM):
        pk = DataWarga.objects.get().pk
    assert ambon.buka(pk)[pk].nama == NAMA


def test_segel_hanya_untuk_orangnya(dunia: Dunia) -> None:
    segel = titip.titipkan({"nama": NAMA}, oleh=dunia.operator_ambon, upt=dunia.ambon)
    assert titip.ambil(segel, oleh=dunia.operator_ambon, upt=dunia.ambon) == {"nama": NAMA}
    assert titip.ambil(segel, oleh=dunia.kepala_ambon, upt=dunia.ambon) == {}
    assert titip.ambil(segel, oleh=dunia.operator_ambon, upt=dunia.masohi) == {}
    for rusak in ("", "a.b.c", segel[:-8], "x" * 50, "1.!!.!!"):
        assert titip.ambil(rusak, oleh=dunia.operator_ambon, upt=dunia.ambon) == {}


def test_yang_tidak_biasa_ditanyakan_sekali(klien: Client, dunia: Dunia) -> None:
    isian = {**ISI, "subsider_bulan": "3"}
    jawab = klien.post(_url("baru", dunia), isian)
    assert jawab.status_code == 422
    assert "Ada subsider" in _isi(jawab)
    assert klien.post(_url("baru", dunia), {**isian, "setuju": "subsider_denda"}).status_code == 302


def test_ubah_bersamaan_menyebut_siapa(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.kepala_ambon)
    pk = ambon.catat().pk
    ambon.ubah(pk, pidana_tahun=7)
    tanpa = {k: v for k, v in ISI.items() if k not in ("nama", "nomor")}
    jawab = klien.post(_url("ubah", dunia, pk=pk), {**tanpa, "revisi": "1"})
    assert jawab.status_code == 409
    assert "Kepala Ambon" in _isi(jawab)
    assert 'name="revisi" value="2"' in _isi(jawab)
    assert klien.post(_url("ubah", dunia, pk=pk), {**tanpa, "revisi": "2"}).status_code == 302
    assert ambon.baca(pk).pidana_tahun == 5
    assert ambon.buka(pk)[pk].nama == NAMA


@pytest.mark.parametrize("teks", [NOMOR, "kenari", "BURUNGWATI"])
def test_dicari_tanpa_jejak_di_alamat(klien: Client, dunia: Dunia, teks: str) -> None:
    pk = Register(dunia.ambon, dunia.operator_ambon).catat().pk
    jawab = klien.post(_url("cari", dunia), {"teks": teks})
    assert jawab.status_code == 200
    assert _url("satu", dunia, pk=pk) in _isi(jawab)
    assert not any(rahasia in _isi(jawab) for rahasia in RAHASIA)
    assert klien.get(_url("cari", dunia)).status_code == 405
    kosong = klien.post(_url("cari", dunia), {"teks": "tidak ada orang ini"})
    assert "Tidak ditemukan" in _isi(kosong)
    assert klien.post(_url("cari", dunia), {"teks": "..."}).status_code == 400


def test_nama_dibuka_dengan_alasan_dan_tidak_disimpan(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    satu, dua = ambon.catat().pk, ambon.catat(nomor=nomor_ke(1), nama="Melati").pk
    tanya = klien.post(_url("buka", dunia), {"orang": [satu, dua]})
    assert tanya.status_code == 200
    assert "Buka nama 2 orang" in _isi(tanya)
    assert not any(rahasia in _isi(tanya) for rahasia in RAHASIA)
    assert klien.post(_url("buka", dunia), {"orang": [satu], "alasan": "LAIN"}).status_code == 400
    with terpasang(SISTEM):
        assert not AksesWarga.objects.exists()
    terbuka = klien.post(_url("buka", dunia), {"orang": [satu, dua], "alasan": "USULAN"})
    assert NAMA in _isi(terbuka)
    assert NOMOR in _isi(terbuka)
    assert "no-store" in terbuka["Cache-Control"]
    judul = re.search(r"<title>(.*?)</title>", _isi(terbuka), re.S)
    assert judul
    assert "Kenari" not in judul[1]
    with terpasang(SISTEM):
        assert AksesWarga.objects.count() == 2


def test_jumlah_akses_sama_dengan_jumlah_pembukaan(klien: Client, masuk: Any, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    pk = ambon.catat().pk
    for _ in range(3):
        klien.post(_url("buka", dunia), {"orang": pk, "alasan": "SIDANG"})
    for halaman in ("satu", "ubah", "keluar", "tahan"):
        klien.get(_url(halaman, dunia, pk=pk))
    klien.post(_url("cari", dunia), {"teks": "kenari"})
    assert klien.get(_url("akses", dunia, pk=pk)).status_code == 403
    kepala = masuk(dunia.kepala_ambon)
    isi = _isi(kepala.get(_url("akses", dunia, pk=pk)))
    assert isi.count("Sidang TPP") == 3
    assert "Operator Ambon" in isi
    assert "operator_upt" not in isi, "roles by their names"


def test_orang_asing_tidak_terlihat(masuk: Any, dunia: Dunia) -> None:
    pk = Register(dunia.pekanbaru, dunia.operator_pekanbaru).catat().pk
    for pengguna in (dunia.operator_ambon, dunia.kepala_ambon):
        klien = masuk(pengguna)
        assert klien.get(_url("satu", dunia, pk=pk)).status_code == 404
        assert klien.post(_url("buka", dunia), {"orang": pk, "alasan": "USULAN"}).status_code == 404
        url = reverse("wbp:satu", kwargs={"kode": dunia.pekanbaru.kode, "pk": pk})
        assert klien.get(url).status_code == 404
    auditor = masuk(dunia.auditor)
    assert auditor.get(reverse("wbp:satu", kwargs={"kode": dunia.pekanbaru.kode, "pk": pk})).status_code == 200
    assert auditor.post(_url("buka", dunia), {"orang": pk, "alasan": "PEMERIKSAAN"}).status_code == 404
    with terpasang(SISTEM):
        assert not AksesWarga.objects.exists()


def test_sppn_sebulan_untuk_banyak_orang(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    ids = [ambon.catat(nomor=nomor_ke(n)).pk for n in range(3)]
    lalu = Bulan.pada(hari_ini("WIT")) - 1
    kosong = klien.post(_url("sppn", dunia), {"bulan": lalu.kode, "predikat": "BAIK"})
    assert kosong.status_code == 400
    assert "Tandai orangnya dahulu" in _isi(kosong)
    jawab = klien.post(_url("sppn", dunia), {"bulan": lalu.kode, "predikat": "BAIK", "orang": ids[:2]}, follow=True)
    assert "dicatat untuk 2 orang" in _isi(jawab)
    assert _isi(jawab).index(f'value="{ids[2]}"') < _isi(jawab).index(f'value="{ids[0]}"')
    assert ambon.baca(ids[0]).sppn_tanggal == lalu.akhir
    assert klien.post(_url("sppn", dunia), {"bulan": "2001-01", "predikat": "BAIK", "orang": ids}).status_code == 400


def test_catatan_dan_pemberian_di_halaman_orang(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    pk = ambon.catat().pk
    url = _url("catat", dunia, pk=pk)
    beri = {"aksi": "beri", "jenis": "RU", "tanggal": "17/8/2025", "bulan": "2"}
    assert klien.post(url, beri).status_code == 302
    salah = klien.post(url, {**beri, "bulan": "", "tanggal": "17/8/2024"})
    assert salah.status_code == 400
    assert "Besarnya 1 hari" in _isi(salah)
    assert klien.post(url, {"aksi": "perilaku", "jenis": "REGISTER_F", "tanggal": "5/3/2026"}).status_code == 302
    with terpasang(SISTEM):
        pemberian, perilaku = Pemberian.objects.get(), CatatanPerilaku.objects.get()
    assert klien.post(url, {"aksi": "cabut", "catatan": pemberian.pk}).status_code == 302
    assert klien.post(url, {"aksi": "tarik", "catatan": perilaku.pk}).status_code == 302
    assert klien.post(url, {"aksi": "tarik", "catatan": "999"}).status_code == 404
    assert ambon.baca(pk).register_f_terakhir is None
    isi = _isi(klien.get(_url("satu", dunia, pk=pk)))
    assert "Remisi umum</th>" in isi, "in words, not its code"
    assert "dicabut" in isi
    assert "ditarik" in isi


def test_keluar_dikembalikan_dan_ditahan(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    pk = ambon.catat().pk
    url = _url("keluar", dunia, pk=pk)
    assert klien.post(url, {"tanggal": "1/1/2030", "alasan": "Bebas murni"}).status_code == 400
    assert klien.post(url, {"tanggal": "17/8/2026", "alasan": "Bebas murni"}).status_code == 302
    assert "0 orang" in _isi(klien.get(_url("unit", dunia)))
    assert "K.B." in _isi(klien.get(_url("unit", dunia) + "?keadaan=keluar"))
    assert klien.post(url, {"alasan": "Salah orang"}).status_code == 302
    assert ambon.baca(pk).keluar_pada is None
    assert klien.post(_url("tahan", dunia, pk=pk), {"alasan": "Perkara banding"}).status_code == 302
    assert "Perkara banding" in _isi(klien.get(_url("satu", dunia, pk=pk)))


def test_daftar_menyaring_dan_menyebut_yang_kurang(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    lengkap = ambon.catat().pk
    ambon.catat(nomor=nomor_ke(1), nama="Melati", agama="", salinan_putusan=None, kelompok="narkotika")
    ambon.perilaku(Perilaku(lengkap, "SPPN", date(2026, 10, 31), "BAIK"))
    ambon.beri(Beri(lengkap, "RU", date(2026, 8, 17), bulan=1))
    isi = _isi(klien.get(_url("unit", dunia)))
    assert "Salinan putusan" in isi
    assert "2 orang</h2>" in isi
    for saringan, tampil in (("kurang=salinan_putusan", "M."), ("kelompok=narkotika", "M."), ("agama=ISLAM", "K.B.")):
        satu = _isi(klien.get(f"{_url('unit', dunia)}?{saringan}"))
        assert "1 orang</h2>" in satu
        assert f">{tampil} •••" in satu


def test_bapas_tidak_diajak_mengisi_register(klien: Client, dunia: Dunia) -> None:
    """A Bapas holds nobody: it is told who does, and nothing can be entered or imported in its name."""
    with terpasang(SISTEM):
        type(dunia.ambon).objects.filter(pk=dunia.ambon.pk).update(jenis="BAPAS")
    isi = _isi(klien.get(_url("unit", dunia)))
    assert "tidak menampung warga binaan" in isi
    assert "/impor/" not in isi
    assert "/baru/" not in isi
    assert klien.get(_url("baru", dunia)).status_code == 403
    assert klien.get(_url("impor", dunia)).status_code == 403
    remisi = _isi(klien.get(reverse("remisi:unit", args=[dunia.ambon.kode]), follow=True))
    assert "Litmas yang diminta" in remisi, "its own work instead"
    assert "/warga/" not in remisi.split("<main")[1].split("</main")[0]


def test_unit_tanpa_register_tetap_dapat_menerima(klien: Client, dunia: Dunia) -> None:
    """The first person may come by handing over: the way there is open before anybody is in the register."""
    assert _url("serah", dunia) in _isi(klien.get(_url("unit", dunia)))


def test_register_kosong_mengajak_mulai(klien: Client, dunia: Dunia) -> None:
    assert "Register ini masih kosong" in _isi(klien.get(_url("unit", dunia)))


def test_bentrok_memperlihatkan_yang_berubah(klien: Client, dunia: Dunia) -> None:
    """Saving again overwrites: what was changed meanwhile stands beside what was typed."""
    kepala = Register(dunia.ambon, dunia.kepala_ambon)
    pk = kepala.catat().pk
    kepala.ubah(pk, pidana_tahun=7)
    tanpa = {k: v for k, v in ISI.items() if k not in ("nama", "nomor")}
    isi = _isi(klien.post(_url("ubah", dunia, pk=pk), {**tanpa, "revisi": "1"}))
    assert "Yang berubah sejak Anda membuka halaman ini" in isi
    assert "Pidana, tahun: 5 menjadi 7" in isi
    assert "Yang berubah sejak" not in _isi(klien.get(_url("ubah", dunia, pk=pk)))


def test_asimilasi_dan_cmk_diketik_dan_terbaca_di_riwayat(klien: Client, dunia: Dunia) -> None:
    pk = Register(dunia.ambon, dunia.operator_ambon).catat().pk
    tanpa = {k: v for k, v in ISI.items() if k not in ("nama", "nomor")}
    isi = {**tanpa, "revisi": "1", "asimilasi_sejak": "5/3/2026", "cmk_terakhir": "17/2/2026"}
    assert klien.post(_url("ubah", dunia, pk=pk), isi).status_code == 302
    halaman = _isi(klien.get(_url("satu", dunia, pk=pk)))
    assert "Asimilasi dijalani sejak: kosong menjadi 5 Maret 2026" in halaman
    assert "CMK terakhir: kosong menjadi 17 Februari 2026" in halaman


def test_catatan_orang_lain_tidak_ditarik_dari_halaman_ini(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    satu, dua = ambon.catat().pk, ambon.catat(nomor=nomor_ke(1)).pk
    ambon.perilaku(Perilaku(dua, "REGISTER_F", date(2026, 3, 5)))
    ambon.beri(Beri(dua, "RU", date(2026, 8, 17), bulan=1))
    with terpasang(SISTEM):
        catatan = {"tarik": CatatanPerilaku.objects.get().pk, "cabut": Pemberian.objects.get().pk}
    for aksi, nomor in catatan.items():
        assert klien.post(_url("catat", dunia, pk=satu), {"aksi": aksi, "catatan": nomor}).status_code == 404
        assert klien.post(_url("catat", dunia, pk=dua), {"aksi": aksi, "catatan": nomor}).status_code == 302


def test_riwayat_panjang_terbaca_semuanya(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    pk = ambon.catat().pk
    ambon.perilaku(*(Perilaku(pk, "SPPN", (Bulan(2026, 9) - n).akhir, "BAIK") for n in range(13)))
    isi = _isi(klien.get(_url("satu", dunia, pk=pk)))
    assert "SPPN September 2025" not in isi
    assert "?riwayat=semua" in isi
    isi = _isi(klien.get(_url("satu", dunia, pk=pk) + "?riwayat=semua"))
    assert "SPPN September 2025" in isi
    assert "Tampilkan semua riwayat" not in isi


def test_alasan_kembali_terlihat(klien: Client, dunia: Dunia) -> None:
    ambon = Register(dunia.ambon, dunia.operator_ambon)
    pk = ambon.catat().pk
    ambon.keluar(pk, tanggal=date(2026, 8, 17))
    klien.post(_url("keluar", dunia, pk=pk), {"alasan": "Tertukar dengan orang lain"})
    assert "Sebab dikembalikan: kosong menjadi Tertukar dengan orang lain" in _isi(
        klien.get(_url("satu", dunia, pk=pk))
    )
