"""Role and workflow: cases 31 to 42, and what a stale or forged form can do to a colleague's work.

Tested elsewhere: 31 (tests/repo/test_hak.py), 34 every pair of the status table (tests/pelaporan/test_alur.py),
35 and 36 (tests/pelaporan/test_isian_halaman.py, test_kirim_halaman.py), 39 (test_kirim_halaman.py), 41
(tests/konkurensi/test_transisi.py).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.utils import IntegrityError

from pelaporan.models import Draf, Idempotensi, Laporan, LaporanVersi, Periode, RiwayatIsian
from pelaporan.pembekuan import periksa_draf
from pelaporan.services_isian import Perubahan, simpan
from pelaporan.services_periode import buka_periode
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan, hari_ini, sekarang
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from tests.pelaporan.bantu import alamat, segar, tindakan
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT, Penugasan


def _tulis(dunia: Dunia, laporan: Laporan, kode: str, teks: str, oleh: Pengguna) -> None:
    """A colleague saves one cell, whatever version it has."""
    orang = Pengguna.objects.get(pk=oleh.pk)
    with terpasang(Cakupan(upt=frozenset({laporan.upt_id}), pengguna_id=orang.pk)):
        versi = Draf.objects.get(laporan=laporan).isi["sel"].get(kode, {}).get("v", 0)
        with terpasang(Cakupan(pengguna_id=orang.pk)):
            cakupan = Cakupan.dari(orang)
        ubah = [Perubahan(kode, teks, versi=versi)]
        hasil = simpan(laporan_id=laporan.pk, perubahan=ubah, oleh=orang, cakupan=cakupan)
    assert hasil.tersimpan, (hasil.ditolak, hasil.konflik)


def _cabut(orang: Pengguna) -> None:
    with terpasang(SISTEM):
        Penugasan.objects.filter(pengguna=orang).update(dicabut_pada=sekarang())


# 32, 33, 42: who --------------------------------------------------------------------------------------------


def _plt(dunia: Dunia, sampai: date) -> Pengguna:
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=dunia.operator_ambon, peran="kepala_upt", upt=dunia.ambon, kanwil=dunia.ambon.kanwil,
            sebagai="PLT", mulai=date(2020, 1, 1), sampai=sampai,
        )  # fmt: skip
    return dunia.operator_ambon


def test_32_plt_yang_berakhir_kemarin_tidak_mengirim(dunia: Dunia, masuk: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    plt = _plt(dunia, hari_ini() - timedelta(days=1))
    assert masuk(plt).post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on")).status_code == 403
    badan = {"revisi": segar(laporan).revisi, "disahkan": True}
    assert api(plt).post(f"laporan/{laporan.pk}/aksi/kirim/", badan, "kunci-plt-1").status_code == 403
    assert segar(laporan).versi_masuk is None


def test_32_plt_pada_hari_terakhirnya_mengirim_sebagai_plt(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    plt = _plt(dunia, hari_ini())
    assert masuk(plt).post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on")).status_code == 302
    with terpasang(SISTEM):
        assert "Kepala UPT" in LaporanVersi.objects.get(laporan=laporan).sebagai


def test_33_satu_nip_satu_akun(dunia: Dunia) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pengguna.objects.create(nama_pengguna="kembaran", nama="Kembaran", nip=dunia.operator_ambon.nip, password="!")


def test_33_pengisi_yang_pindah_ke_kanwil_tidak_memverifikasi(dunia: Dunia, masuk: Any, api: Any) -> None:
    """He typed one cell months ago, works at the regional office now, and finds the report in his inbox."""
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "tarik", dunia.kepala_ambon)
    _tulis(dunia, laporan, "lahan_tidur", "501", dunia.operator_ambon)
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "502"})
    with terpasang(SISTEM):
        Penugasan.objects.filter(pengguna=dunia.operator_ambon).update(
            peran="verifikator_kanwil", upt=None, kanwil=dunia.ambon.kanwil
        )
    orang = Pengguna.objects.get(pk=dunia.operator_ambon.pk)
    assert masuk(orang).post(alamat(laporan, "tinjau"), tindakan(laporan, "verifikasi")).status_code == 403
    badan = {"revisi": segar(laporan).revisi}
    assert api(orang).post(f"laporan/{laporan.pk}/aksi/verifikasi/", badan, "kunci-nip-1").status_code == 403
    assert segar(laporan).versi_sah is None


def test_42_peran_dicabut_antara_membuka_dan_menekan(dunia: Dunia, masuk: Any, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    klien, program = masuk(dunia.kepala_ambon), api(dunia.kepala_ambon)
    assert klien.get(alamat(laporan, "kirim")).status_code == 200
    formulir = tindakan(laporan, "kirim", disahkan="on")
    _cabut(dunia.kepala_ambon)
    assert klien.post(alamat(laporan, "kirim"), formulir).status_code == 404
    badan = {"revisi": int(formulir["revisi"]), "disahkan": True}
    assert program.post(f"laporan/{laporan.pk}/aksi/kirim/", badan, "kunci-cabut").status_code == 403
    assert segar(laporan).versi_masuk is None


def test_42_verifikator_dicabut_tidak_memutus(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    klien = masuk(dunia.verifikator_maluku)
    klien.get(alamat(laporan, "tinjau"))
    formulir = tindakan(laporan, "verifikasi")
    _cabut(dunia.verifikator_maluku)
    assert klien.post(alamat(laporan, "tinjau"), formulir).status_code == 404
    assert segar(laporan).status == "DIKIRIM"


# 37, 38, 75: when -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bulan", ["2026-13", "2026-00", "2026-1", "1899-12", "2027-05", "0000-01", "２０２６-01"])
def test_37_bulan_yang_tidak_ada_atau_belum_dibuka(dunia: Dunia, masuk: Any, api: Any, bulan: str) -> None:
    klien = masuk(dunia.kepala_ambon)
    for akhir in ("", "kirim/", "isi/kegiatan/"):
        assert klien.get(f"/laporan/{dunia.ambon.kode}/{bulan}/F06/{akhir}").status_code == 404
    assert klien.post(f"/laporan/{dunia.ambon.kode}/{bulan}/F06/kirim/", {"aksi": "kirim"}).status_code == 404
    jawaban = api(dunia.kepala_ambon).get("laporan/", bulan=bulan)
    assert jawaban.status_code == 400 or jawaban.json()["jumlah"] == 0


def test_37_bulan_sebelum_unit_ada_dan_sesudah_unit_tutup(dunia: Dunia) -> None:
    with terpasang(SISTEM):
        UPT.objects.filter(pk=dunia.ambon.pk).update(berlaku_dari=date(2026, 3, 10))
        UPT.objects.filter(pk=dunia.masohi.pk).update(berlaku_sampai=date(2026, 3, 20))
        for bulan in (2, 3, 4):
            buka_periode(bulan=Bulan(2026, bulan))
        punya = set(Laporan.objects.filter(formulir_id="F06").values_list("upt__kode", "bulan__month"))
    assert {n for kode, n in punya if kode == dunia.ambon.kode} == {1, 3, 4}
    assert {n for kode, n in punya if kode == dunia.masohi.kode} == {1, 2}


def test_37_bulan_yang_belum_berakhir_tidak_dapat_dikirim_lewat_api(dunia: Dunia, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    klien = api(dunia.kepala_ambon)
    with time_machine.travel(datetime(2026, 1, 20, tzinfo=UTC), tick=False):
        badan = {"revisi": segar(laporan).revisi, "disahkan": True}
        jawaban = klien.post(f"laporan/{laporan.pk}/aksi/kirim/", badan, "kunci-dini")
    assert jawaban.status_code == 400
    assert "setelah bulannya berakhir" in jawaban.json()["pesan"]


def test_75_tengah_malam_wit_bukan_tengah_malam_wib(dunia: Dunia) -> None:
    """31 January 22.00 WIB is February in Ambon, not in Pekanbaru."""
    for upt, orang in ((dunia.ambon, dunia.kepala_ambon), (dunia.pekanbaru, dunia.kepala_pekanbaru)):
        isi_penuh(dunia.laporan(upt), orang)
    with (
        time_machine.travel(datetime(2026, 1, 31, 14, 59, 59, tzinfo=UTC), tick=False),
        pytest.raises(Exception, match="berakhir"),
    ):
        lakukan(dunia.laporan(dunia.ambon), "kirim", dunia.kepala_ambon, disahkan=True)
    with time_machine.travel(datetime(2026, 1, 31, 15, 0, 0, tzinfo=UTC), tick=False):
        assert lakukan(dunia.laporan(dunia.ambon), "kirim", dunia.kepala_ambon, disahkan=True)["versi"] == 1
        with pytest.raises(Exception, match="berakhir"):
            lakukan(dunia.laporan(dunia.pekanbaru), "kirim", dunia.kepala_pekanbaru, disahkan=True)
    with time_machine.travel(datetime(2026, 1, 31, 17, 0, 0, tzinfo=UTC), tick=False):
        assert lakukan(dunia.laporan(dunia.pekanbaru), "kirim", dunia.kepala_pekanbaru, disahkan=True)["versi"] == 1


@pytest.mark.parametrize(("detik", "terlambat"), [(0, False), (1, True)])
def test_38_tenggat_menurut_jam_server_dan_zona_unit(dunia: Dunia, masuk: Any, detik: int, terlambat: bool) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    tenggat = laporan.tenggat.replace(microsecond=0)
    with time_machine.travel(tenggat + timedelta(seconds=detik), tick=False):
        klien = masuk(dunia.kepala_ambon)
        data = tindakan(laporan, "kirim", disahkan="on", dikirim_pada="2020-01-01", sekarang="2020-01-01T00:00:00Z")
        assert klien.post(alamat(laporan, "kirim"), data, HTTP_DATE="Wed, 01 Jan 2020 00:00:00 GMT").status_code == 302
    assert segar(laporan).terlambat is terlambat
    assert segar(laporan).dikirim_pada == tenggat + timedelta(seconds=detik)


def test_38_waktu_dalam_badan_api_ditolak(dunia: Dunia, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    badan = {"revisi": segar(laporan).revisi, "disahkan": True, "dikirim_pada": "2020-01-01T00:00:00Z"}
    assert api(dunia.kepala_ambon).post(f"laporan/{laporan.pk}/aksi/kirim/", badan, "kunci-waktu").status_code == 400


def test_bulan_ditutup_sesudah_halaman_dibuka(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    formulir = tindakan(laporan, "kirim", disahkan="on")
    with terpasang(SISTEM):
        Periode.objects.update(status=Periode.Status.DITUTUP, ditutup_pada=sekarang())
    assert masuk(dunia.kepala_ambon).post(alamat(laporan, "kirim"), formulir).status_code == 409
    assert segar(laporan).versi_masuk is None


# 40 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lanjut", ["verifikasi", "kunci"])
def test_40_kembalikan_setelah_diputus_409(dunia: Dunia, masuk: Any, api: Any, lanjut: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    if lanjut == "kunci":
        lakukan(laporan, "kunci", dunia.peninjau)
    data = tindakan(laporan, "kembalikan", alasan="lainnya", teks="Terlambat tahu.")
    jawaban = masuk(dunia.verifikator_maluku).post(alamat(laporan, "tinjau"), data)
    assert jawaban.status_code == 409
    assert "Terlambat tahu." in jawaban.content.decode() or lanjut == "kunci"
    badan = {"revisi": segar(laporan).revisi, "alasan": "lainnya", "teks": "x"}
    jawab = api(dunia.verifikator_maluku).post(f"laporan/{laporan.pk}/aksi/kembalikan/", badan, "kunci-kembali")
    assert jawab.status_code == 409
    assert jawab.json()["status"] == segar(laporan).status


# What somebody certifies, and what a colleague wrote --------------------------------------------------------


@pytest.mark.parametrize("aksi", ["kirim", "siapkan"])
def test_yang_disahkan_adalah_yang_dilihat(dunia: Dunia, masuk: Any, api: Any, aksi: str) -> None:
    """The head reads the check page, the operator changes a figure, the head presses Kirim: 409, new figure shown."""
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    klien = masuk(dunia.kepala_ambon)
    formulir = tindakan(laporan, aksi, disahkan="on")
    _tulis(dunia, laporan, "lahan_tidur", "987654", dunia.operator_ambon)
    jawaban = klien.post(alamat(laporan, "kirim"), formulir)
    assert jawaban.status_code == 409
    assert "987.654" in jawaban.content.decode()
    assert dunia.operator_ambon.nama in jawaban.content.decode()
    badan = {"revisi": int(formulir["revisi"]), **({"disahkan": True} if aksi == "kirim" else {})}
    assert api(dunia.kepala_ambon).post(f"laporan/{laporan.pk}/aksi/{aksi}/", badan, "kunci-lihat").status_code == 409
    assert segar(laporan).versi_masuk is None
    assert segar(laporan).status == "DRAF"


def _tanya(dunia: Dunia, laporan: Laporan) -> str:
    """Leave one open question in the draft; returns its id."""
    isi_penuh(laporan, dunia.operator_ambon, {"jual_bama": "10"})
    with terpasang(SISTEM):
        draf = Draf.objects.get(laporan=laporan)
        draf.isi = {**draf.isi, "tanggapan": {}}
        draf.save(update_fields=["isi"])
        return periksa_draf(segar(laporan)).belum[0].id


def _formulir(html: str) -> dict[str, str]:
    """Every hidden field, text and ticked box of a page, as a browser would post it."""
    data = {}
    for tanda in re.findall(r"<input [^>]*>", html):
        nama, nilai = re.search(r'name="([^"]+)"', tanda), re.search(r'value="([^"]*)"', tanda)
        if nama and ('type="checkbox"' not in tanda or " checked" in tanda):
            data[nama[1]] = nilai[1] if nilai else ("on" if "checkbox" in tanda else "")
    data |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', html))
    data.pop("disahkan", None)
    return data


def _jawaban(laporan: Laporan, tanya: str) -> str:
    with terpasang(SISTEM):
        return str(Draf.objects.get(laporan=laporan).isi["tanggapan"].get(tanya, {}).get("alasan", ""))


@pytest.mark.parametrize("halaman", ["bagian", "kirim"])
def test_tab_lama_tidak_menghapus_jawaban_rekan(dunia: Dunia, masuk: Any, halaman: str) -> None:
    """Two people have the page open; one explains a finding; the other one saves something else."""
    laporan = dunia.laporan(dunia.ambon)
    tanya = _tanya(dunia, laporan)
    lain = {"bagian": "pemanfaatan"} if halaman == "bagian" else {}
    url = alamat(laporan, halaman, **lain)
    kepala = masuk(dunia.kepala_ambon)
    lama = _formulir(kepala.get(url).content.decode())
    assert any(tanya in nama for nama in lama)
    baru = {"t": tanya, f"alasan-{tanya}": "Sisa panen disimpan.", **tindakan(laporan, "tanggapi")}
    assert masuk(dunia.operator_ambon).post(alamat(laporan, "kirim"), baru).status_code == 302
    kepala.post(url, {**lama, "aksi": "simpan" if halaman == "bagian" else "tanggapi"})
    assert _jawaban(laporan, tanya) == "Sisa panen disimpan."


@pytest.mark.parametrize("halaman", ["bagian", "kirim"])
def test_dua_jawaban_berbeda_yang_kedua_diberi_tahu(dunia: Dunia, masuk: Any, halaman: str) -> None:
    laporan = dunia.laporan(dunia.ambon)
    tanya = _tanya(dunia, laporan)
    lain = {"bagian": "pemanfaatan"} if halaman == "bagian" else {}
    url = alamat(laporan, halaman, **lain)
    kepala = masuk(dunia.kepala_ambon)
    lama = _formulir(kepala.get(url).content.decode())
    baru = {"t": tanya, f"alasan-{tanya}": "Sisa panen disimpan.", **tindakan(laporan, "tanggapi")}
    assert masuk(dunia.operator_ambon).post(alamat(laporan, "kirim"), baru).status_code == 302
    medan = f"ja|{tanya}" if halaman == "bagian" else f"alasan-{tanya}"
    data = {**lama, medan: "Dijual bulan depan.", "aksi": "simpan" if halaman == "bagian" else "tanggapi"}
    jawaban = kepala.post(url, data)
    teks = jawaban.content.decode()
    assert jawaban.status_code in (400, 409)
    assert "Dijual bulan depan." in teks
    assert "Sisa panen disimpan." in teks
    assert _jawaban(laporan, tanya) == "Sisa panen disimpan."


# 95 and hidden fields ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ubah",
    [
        {"revisi": "-1"}, {"revisi": "9" * 400}, {"revisi": "１"}, {"revisi": ""}, {"revisi": "1 OR 1=1"},
        {"kunci": ""}, {"kunci": "pendek"}, {"kunci": "x" * 65}, {"kunci": "a\x00bcdefgh"}, {"kunci": "../../../etc"},
        {"aksi": "verifikasi"}, {"aksi": "kunci"}, {"aksi": "KIRIM"}, {"aksi": ""}, {"disahkan": "mungkin"},
    ],
)  # fmt: skip
def test_medan_tersembunyi_yang_diubah_ditolak(dunia: Dunia, masuk: Any, ubah: dict[str, str]) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    data = {**tindakan(laporan, "kirim", disahkan="on"), **ubah}
    assert masuk(dunia.kepala_ambon).post(alamat(laporan, "kirim"), data).status_code in (400, 409)
    assert segar(laporan).versi_masuk is None


def test_revisi_masa_depan_bentrok(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    data = {**tindakan(laporan, "kirim", disahkan="on"), "revisi": str(segar(laporan).revisi + 1)}
    assert masuk(dunia.kepala_ambon).post(alamat(laporan, "kirim"), data).status_code == 409


@pytest.mark.parametrize(
    "kunci", ["a\x00bcdefgh", "kunci\ud800rusak", "kunci baris\n", "ｋｕｎｃｉｌｅｂａｒ", "x" * 65, "a"]
)
def test_kunci_baris_yang_rusak_400_bukan_500(dunia: Dunia, masuk: Any, kunci: str) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04")
    url = alamat(laporan, "baris_tambah", daftar="kejadian")
    jawaban = masuk(dunia.operator_ambon).post(url, {"kunci": kunci.encode("utf-8", "replace").decode()})
    assert jawaban.status_code == 400
    with terpasang(SISTEM):
        assert not RiwayatIsian.objects.filter(laporan=laporan).exists()


def test_95_kunci_yang_sama_isi_lain_422(dunia: Dunia, masuk: Any, api: Any) -> None:
    laporan, lain = dunia.laporan(dunia.ambon), dunia.laporan(dunia.ambon, "F01")
    for satu in (laporan, lain):
        isi_penuh(satu, dunia.operator_ambon)
    klien, jalur = api(dunia.kepala_ambon), "laporan/{}/aksi/kirim/"
    badan = {"revisi": segar(laporan).revisi, "disahkan": True}
    assert klien.post(jalur.format(laporan.pk), badan, "kunci-sama-1").status_code == 200
    for pk, isi in ((lain.pk, badan), (laporan.pk, {**badan, "teks": "lain"}), (laporan.pk, {**badan, "revisi": 99})):
        assert klien.post(jalur.format(pk), isi, "kunci-sama-1").status_code == 422
    assert segar(lain).versi_masuk is None
    tiru = tindakan(lain, "kirim", disahkan="on", kunci="kuncisama2")
    assert masuk(dunia.kepala_ambon).post(alamat(lain, "kirim"), tiru).status_code == 302
    ubah = {**tiru, "penjelasan": "isi lain"}
    masuk(dunia.kepala_ambon).post(alamat(lain, "kirim"), ubah)
    with terpasang(SISTEM):
        assert LaporanVersi.objects.filter(laporan=lain).count() == 1


def test_95_kunci_orang_lain_tidak_memberi_jawabannya(dunia: Dunia, api: Any) -> None:
    """A stolen key is worth nothing in other hands: no receipt, no state, not even that it exists."""
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    badan, jalur = {"revisi": segar(laporan).revisi, "disahkan": True}, f"laporan/{laporan.pk}/aksi/kirim/"
    asli = api(dunia.kepala_ambon).post(jalur, badan, "kunci-curian")
    assert asli.status_code == 200
    assert api(dunia.kepala_masohi).post(jalur, badan, "kunci-curian").status_code == 404
    rekan = api(dunia.operator_ambon).post(jalur, badan, "kunci-curian")
    assert rekan.status_code == 403
    assert asli.json()["nomor"] not in rekan.content.decode()
    with terpasang(Cakupan(pengguna_id=dunia.kepala_masohi.pk)):
        assert not Idempotensi.objects.exists()


def test_95_ulangan_sesudah_peran_dicabut_tidak_berbuat_apa_pun(dunia: Dunia, api: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    klien, jalur = api(dunia.kepala_ambon), f"laporan/{laporan.pk}/aksi/kirim/"
    badan = {"revisi": segar(laporan).revisi, "disahkan": True}
    assert klien.post(jalur, badan, "kunci-ulang-1").status_code == 200
    _cabut(dunia.kepala_ambon)
    assert klien.post(jalur, badan, "kunci-ulang-1").status_code == 403
    assert segar(laporan).versi_masuk == 1
