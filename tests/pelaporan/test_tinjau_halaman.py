"""Review: what the page shows, deciding once, notes on cells, four eyes, two verifiers at once, reopening."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client

from pelaporan.catatan.services import tulis_komentar
from pelaporan.models import Kejadian, PermintaanBuka
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia, kirim, lakukan
from tests.pelaporan.bantu import alamat, kueri, sebagai_orang, segar, tindakan
from upt.cakupan import SISTEM, terpasang
from upt.models import Penugasan

KEMBALI = {"alasan": "angka_tidak_wajar", "teks": "Ukur ulang lahan tidur."}


def _kejadian(laporan: Any) -> list[str]:
    with terpasang(SISTEM):
        return list(Kejadian.objects.filter(laporan=laporan).values_list("aksi", flat=True))


def _terkirim(dunia: Dunia, **ubah: str) -> Any:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon, ubah)
    return laporan


def _catat(laporan: Any, dunia: Dunia, kode: str, teks: str, usulan: str | None = None) -> None:
    """A note that waits for the decision."""
    with sebagai_orang(dunia.verifikator_maluku) as umum:
        tulis_komentar(laporan_id=laporan.pk, kode=kode, teks=teks, usulan=usulan, **umum)


def test_membuka_mencatat_peninjau_sekali(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"))
    masuk(dunia.kepala_maluku).get(alamat(laporan, "tinjau"))
    assert segar(laporan).dibuka_oleh_id == dunia.verifikator_maluku.pk


def test_pengelola_pusat_yang_melihat_tidak_menahan_penarikan(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    masuk(dunia.peninjau).get(alamat(laporan, "versi", versi=1))
    assert segar(laporan).dibuka_pada is None


def test_yang_berubah_lebih_dahulu_dan_tampilan_lain(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2025, 12))
    kirim(dunia.laporan(dunia.ambon, bulan=Bulan(2025, 12)), dunia.kepala_ambon)
    laporan = _terkirim(dunia, lahan_tidur="800")
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    jawab = klien.get(url)
    assert [b.beda.kode for b in jawab.context["baris"]] == ["lahan_tidur"]
    beda = jawab.context["baris"][0].beda
    assert (beda.lalu.teks, beda.kini.teks, beda.selisih, beda.persen) == ("500", "800", "+300", "+60%")
    semua = klien.get(url, {"tampil": "semua", "banding": "lalu"}).context["baris"]
    assert semua[0].beda.kode == "lahan_tidur"
    assert len(semua) == len(laporan.skema.butir)


def test_tanpa_perubahan_diperingatkan(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2025, 12))
    kirim(dunia.laporan(dunia.ambon, bulan=Bulan(2025, 12)), dunia.kepala_ambon)
    isi = masuk(dunia.verifikator_maluku).get(alamat(_terkirim(dunia), "tinjau")).content.decode()
    assert "angka sama dengan Desember 2025" in isi
    assert "tanyakan kepada UPT" in isi


def test_kiriman_ulang_dibandingkan_dengan_versi_yang_dikembalikan(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    _catat(laporan, dunia, "lahan_tidur", "Bulan lalu 700")
    klien.post(url, tindakan(laporan, "kembalikan", **KEMBALI))
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "700"})
    jawab = klien.get(url)
    assert jawab.context["banding"] == "versi"
    assert [b.beda.kode for b in jawab.context["baris"]] == ["lahan_tidur"]
    assert jawab.context["baris"][0].diminta == "Bulan lalu 700"


def test_ganti_tampilan_tidak_menghilangkan_catatan(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    klien = masuk(dunia.verifikator_maluku)
    _catat(laporan, dunia, "lahan_tidur", "Periksa peta")
    data = tindakan(laporan, "tampil", teks="Belum selesai saya tulis", alasan="tidak_cocok")
    jawab = klien.post(alamat(laporan, "tinjau") + "?tampil=bendera", data)
    isi = jawab.content.decode()
    assert jawab.status_code == 200
    assert "Belum selesai saya tulis" in isi
    assert "Periksa peta" in isi
    assert '<option value="tidak_cocok" selected>' in isi
    assert segar(laporan).status == "DIKIRIM"


def test_kembalikan_dengan_catatan_sampai_ke_unit(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    _catat(laporan, dunia, "lahan_tidur", "Bulan lalu 700")
    data = tindakan(laporan, "kembalikan", **KEMBALI)
    jawab = masuk(dunia.verifikator_maluku).post(alamat(laporan, "tinjau"), data, follow=True)
    assert "dikembalikan kepada UPT" in jawab.content.decode()
    isi = masuk(dunia.operator_ambon).get(alamat(laporan)).content.decode()
    assert "Ukur ulang lahan tidur." in isi
    assert "Bulan lalu 700" in isi
    assert f"{alamat(laporan, 'bagian', bagian='kegiatan')}#s-lahan_tidur" in isi
    with terpasang(SISTEM):
        assert Kejadian.objects.get(laporan=laporan, aksi="kembalikan").sel == {"lahan_tidur": "Bulan lalu 700"}


def test_kembalikan_tanpa_alasan_atau_tanpa_isi_ditolak(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    for buruk, tetap in (
        ({"alasan": "", "teks": "Tetap ada"}, "Tetap ada"),
        ({"alasan": "karangan", "teks": "Tetap ada"}, "Tetap ada"),
        ({"alasan": "lainnya", "teks": "   "}, "Tulis apa yang perlu diperbaiki"),
        ({"alasan": "lainnya", "teks": "x" * 2001}, "Paling banyak 2000 karakter"),
    ):
        jawab = klien.post(url, tindakan(laporan, "kembalikan", **buruk))
        assert jawab.status_code == 400, buruk
        assert tetap in jawab.content.decode(), buruk
    assert "kembalikan" not in _kejadian(laporan)


def test_satu_catatan_cukup_untuk_mengembalikan(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    _catat(laporan, dunia, "lahan_tidur", "Ukur ulang")
    klien = masuk(dunia.verifikator_maluku)
    data = tindakan(laporan, "kembalikan", alasan="lainnya", teks="")
    assert klien.post(alamat(laporan, "tinjau"), data).status_code == 302
    assert segar(laporan).status == "DIKEMBALIKAN"


def test_verifikasi_ulangan_dan_berikutnya(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    lain = dunia.laporan(dunia.masohi)
    kirim(lain, dunia.kepala_masohi)
    klien, data = masuk(dunia.verifikator_maluku), tindakan(laporan, "verifikasi")
    jawab = klien.post(alamat(laporan, "tinjau"), data, follow=True)
    assert alamat(lain, "tinjau") in jawab.content.decode()
    assert klien.post(alamat(laporan, "tinjau"), data).status_code == 302  # the same press again
    assert _kejadian(laporan).count("verifikasi") == 1
    jawab = klien.post(alamat(lain, "tinjau"), tindakan(lain, "verifikasi"), follow=True)
    assert "Tidak ada lagi yang menunggu" in jawab.content.decode()


def test_keputusan_basi_409_menyebut_siapa_dan_menyimpan_ketikan(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    _catat(laporan, dunia, "lahan_tidur", "Catatan saya")
    basi = tindakan(laporan, "kembalikan", **KEMBALI)
    lakukan(laporan, "verifikasi", dunia.kepala_maluku)
    jawab = masuk(dunia.verifikator_maluku).post(alamat(laporan, "tinjau"), basi)
    isi = jawab.content.decode()
    assert jawab.status_code == 409
    assert "Diverifikasi oleh Kepala Maluku" in isi
    assert "Ukur ulang lahan tidur." in isi
    assert "Catatan saya" in isi
    assert 'value="verifikasi"' not in isi
    assert segar(laporan).status == "TERVERIFIKASI"


def test_pembuat_tidak_memverifikasi(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=dunia.kepala_ambon,
            peran="verifikator_kanwil",
            kanwil=dunia.ambon.kanwil,
            mulai=date(2020, 1, 1),
        )
    laporan = _terkirim(dunia)
    klien = masuk(dunia.kepala_ambon)
    isi = klien.get(alamat(laporan, "tinjau")).content.decode()
    assert "Verifikasi harus dilakukan orang lain" in isi
    assert 'value="verifikasi"' not in isi
    assert klien.post(alamat(laporan, "tinjau"), tindakan(laporan, "verifikasi")).status_code == 403
    assert segar(laporan).status == "DIKIRIM"


def test_belum_dikirim_belum_ditinjau(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    assert masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"))["Location"] == alamat(laporan)


def test_dua_verifikator_bersamaan(dunia_nyata: Dunia) -> None:
    """One verifies while the other returns, on two real connections: one stands, the other gets 409."""
    dunia = dunia_nyata
    laporan = _terkirim(dunia)
    url, gerbang = alamat(laporan, "tinjau"), threading.Barrier(2)
    status: dict[str, int] = {}

    def putuskan(orang: Any, data: dict[str, Any]) -> None:
        klien = Client()
        klien.force_login(orang)
        gerbang.wait()
        try:
            status[data["aksi"]] = klien.post(url, data).status_code
        finally:
            connection.close()

    utas = [
        threading.Thread(target=putuskan, args=(dunia.verifikator_maluku, tindakan(laporan, "verifikasi"))),
        threading.Thread(target=putuskan, args=(dunia.kepala_maluku, tindakan(laporan, "kembalikan", **KEMBALI))),
    ]
    for satu in utas:
        satu.start()
    for satu in utas:
        satu.join(30)
    assert sorted(status.values()) == [302, 409]
    menang = next(aksi for aksi, kode in status.items() if kode == 302)
    assert _kejadian(laporan)[-1] == menang
    assert segar(laporan).status == {"verifikasi": "TERVERIFIKASI", "kembalikan": "DIKEMBALIKAN"}[menang]


def test_banyak_kueri_tinjau(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2025, 12))
    kirim(dunia.laporan(dunia.ambon, bulan=Bulan(2025, 12)), dunia.kepala_ambon)
    laporan = _terkirim(dunia)
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    klien.get(url)  # the first opening also records who opened it
    satu = kueri(klien, url)
    assert len(satu) <= 19, "\n".join(satu)


# Reopening --------------------------------------------------------------------------------------------------


def _terverifikasi(dunia: Dunia) -> Any:
    laporan = _terkirim(dunia)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    return laporan


def test_minta_lalu_dibuka(dunia: Dunia, masuk: Any) -> None:
    laporan = _terverifikasi(dunia)
    operator, kepala = masuk(dunia.operator_ambon), masuk(dunia.kepala_maluku)
    minta = tindakan(laporan, alasan="Salah ketik lahan.")
    for _ in range(2):  # a replay asks once
        assert operator.post(alamat(laporan, "minta_buka"), minta).status_code == 302
    with terpasang(SISTEM):
        assert PermintaanBuka.objects.filter(laporan=laporan).count() == 1
    putus = kepala.get(alamat(laporan)).content.decode()
    assert "Salah ketik lahan." in putus
    assert 'href="#putusan"' in putus
    assert "Giliran: Kepala Kanwil Maluku memutuskan permintaan buka kembali." in putus
    assert 'href="#putusan"' not in operator.get(alamat(laporan)).content.decode()
    jawab = kepala.post(alamat(laporan, "buka"), tindakan(laporan, "buka", teks="Silakan diperbaiki."), follow=True)
    assert "dibuka kembali" in jawab.content.decode()
    assert segar(laporan).status == "DIKEMBALIKAN"
    assert "Silakan diperbaiki." in operator.get(alamat(laporan)).content.decode()


def test_minta_lalu_ditolak(dunia: Dunia, masuk: Any) -> None:
    laporan = _terverifikasi(dunia)
    operator, kepala = masuk(dunia.operator_ambon), masuk(dunia.kepala_maluku)
    operator.post(alamat(laporan, "minta_buka"), tindakan(laporan, alasan="Ingin menambah."))
    lagi = operator.post(alamat(laporan, "minta_buka"), tindakan(laporan, alasan="Sekali lagi, alasan baru."))
    assert lagi.status_code == 409
    assert "Sekali lagi, alasan baru." in lagi.content.decode()
    kosong = kepala.post(alamat(laporan, "buka"), tindakan(laporan, "tolak", teks=" "))
    assert kosong.status_code == 400
    tolak = tindakan(laporan, "tolak", teks="Angkanya sudah benar.")
    assert kepala.post(alamat(laporan, "buka"), tolak).status_code == 302
    assert segar(laporan).status == "TERVERIFIKASI"
    isi = operator.get(alamat(laporan)).content.decode()
    assert "Angkanya sudah benar." in isi
    assert "Minta buka kembali" in isi  # the unit may ask again


def test_laporan_terkunci_hanya_dibuka_pusat(dunia: Dunia, masuk: Any) -> None:
    laporan = _terverifikasi(dunia)
    lakukan(laporan, "kunci", dunia.peninjau)
    data = tindakan(laporan, "buka", teks="Perlu diperbaiki.")
    assert masuk(dunia.kepala_maluku).post(alamat(laporan, "buka"), data).status_code == 403
    assert 'value="buka"' not in masuk(dunia.kepala_maluku).get(alamat(laporan)).content.decode()
    assert masuk(dunia.peninjau).post(alamat(laporan, "buka"), data).status_code == 302
    assert segar(laporan).status == "DIKEMBALIKAN"


def test_minta_buka_laporan_yang_belum_terverifikasi(dunia: Dunia, masuk: Any) -> None:
    laporan = _terkirim(dunia)
    jawab = masuk(dunia.operator_ambon).post(alamat(laporan, "minta_buka"), tindakan(laporan, alasan="x"))
    assert jawab.status_code == 409
