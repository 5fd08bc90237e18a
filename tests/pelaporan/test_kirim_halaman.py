"""Check and send: findings, certification, receipt, withdrawing; stale tabs, double clicks, replays."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.db import connection
from django.test import Client

from pelaporan.models import Draf, Laporan, LaporanVersi
from pelaporan.pembekuan import periksa_draf
from pelaporan.services_periode import buka_periode, tutup_periode
from pemasyarakatan.inti.waktu import WIB, Bulan
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from tests.pelaporan.bantu import alamat, segar, tindakan
from upt.cakupan import SISTEM, Cakupan, terpasang


def _versi(laporan: Any) -> int:
    with terpasang(SISTEM):
        return LaporanVersi.objects.filter(laporan=laporan).count()


def _besarkan(dunia: Dunia, laporan: Any) -> str:
    """Leave one unanswered question in the draft (too little sold to the vendor); returns its id."""
    isi_penuh(laporan, dunia.operator_ambon, {"jual_bama": "10"})
    with terpasang(SISTEM):
        draf = Draf.objects.get(laporan=laporan)
        draf.isi = {**draf.isi, "tanggapan": {}}
        draf.save(update_fields=["isi"])
        belum = periksa_draf(segar(laporan)).belum
    assert belum, "the content of the cast should raise at least one question"
    return belum[0].id


def test_operator_menandai_siap_dan_kepala_mengirim(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    operator, kepala = masuk(dunia.operator_ambon), masuk(dunia.kepala_ambon)
    halaman = operator.get(alamat(laporan, "kirim")).content.decode()
    assert "Tandai siap" in halaman
    assert 'value="kirim"' not in halaman
    assert "2.400" in halaman  # the values themselves are there to be checked
    jawab = operator.post(alamat(laporan, "kirim"), tindakan(laporan, "siapkan"))
    assert jawab.status_code == 302
    assert segar(laporan).status == "SIAP"
    halaman = kepala.get(alamat(laporan, "kirim")).content.decode()
    assert "bertindak sebagai <strong>Kepala UPT</strong>" in halaman
    jawab = kepala.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on"))
    assert jawab["Location"] == alamat(laporan, "tanda_terima", versi=1)
    terima = kepala.get(jawab["Location"]).content.decode()
    with terpasang(SISTEM):
        versi = LaporanVersi.objects.get(laporan=laporan)
    assert versi.nomor in terima
    assert versi.sidik[:8] in terima
    assert "WIT" in terima
    assert "tenggatnya sudah lewat ketika laporan ini dikirim" in terima
    with terpasang(SISTEM):
        Laporan.objects.filter(pk=laporan.pk).update(tenggat_kanwil=versi.dibuat_pada + timedelta(days=2))
    terima = kepala.get(jawab["Location"]).content.decode()
    assert "Kanwil Maluku memverifikasi paling lambat" in terima


def test_butir_kosong_satu_kartu_per_bagian(dunia: Dunia, masuk: Any) -> None:
    """Dozens of empty cells are one thing to do; nobody is offered a button that can only refuse."""
    laporan = dunia.laporan(dunia.ambon, "F02")
    halaman = masuk(dunia.operator_ambon).get(alamat(laporan, "kirim")).content.decode()
    assert halaman.count('id="temuan-') == len(laporan.skema.bagian)
    assert "butir belum diisi." in halaman
    keluar = next(b for b in laporan.skema.bagian if b.kode == "penghuni_keluar")
    assert f"Isi {keluar.judul}</a>" in halaman
    assert f"{alamat(laporan, 'bagian', bagian=keluar.kode)}#s-" in halaman
    assert 'value="siapkan"' not in halaman
    assert "Belum dapat ditandai siap." in halaman


def test_baris_daftar_yang_kosong_satu_kartu(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04")
    operator = masuk(dunia.operator_ambon)
    assert operator.post(alamat(laporan, "baris_tambah", daftar="kejadian")).status_code == 302
    halaman = operator.get(alamat(laporan, "kirim")).content.decode()
    assert "Isi Daftar kejadian, baris 1</a>" in halaman
    assert halaman.count("Daftar kejadian, baris 1: Isi Tanggal.") == 1  # inside the card of its row


def test_catatan_kanwil_tampak_sebelum_kirim_ulang(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="tidak_cocok", teks="Cocokkan buku kebun.")
    halaman = masuk(dunia.kepala_ambon).get(alamat(laporan, "kirim")).content.decode()
    assert "Cocokkan buku kebun." in halaman


def test_operator_tidak_dapat_mengirim(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    jawab = masuk(dunia.operator_ambon).post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on"))
    assert jawab.status_code == 403
    assert segar(laporan).status == "DRAF"


def test_tanpa_centang_pengesahan_ditolak_di_tempatnya(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    kirimkan = tindakan(laporan, "kirim", penjelasan="Panen raya <b>")
    jawab = masuk(dunia.kepala_ambon).post(alamat(laporan, "kirim"), kirimkan)
    assert jawab.status_code == 400
    isi = jawab.content.decode()
    assert 'href="#id_disahkan"' in isi
    assert "Panen raya &lt;b&gt;" in isi
    assert _versi(laporan) == 0


def test_galat_menahan_dan_menunjuk_selnya(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    klien = masuk(dunia.kepala_ambon)
    halaman = klien.get(alamat(laporan, "kirim"))
    assert f"{alamat(laporan, 'bagian', bagian='kegiatan')}#s-ada_kegiatan" in halaman.content.decode()
    assert 'value="kirim"' not in halaman.content.decode()  # nothing has been typed yet
    isi_penuh(laporan, dunia.kepala_ambon, {"ada_kegiatan": ""})
    jawab = klien.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on"))
    assert jawab.status_code == 400
    assert "Masih ada" in jawab.content.decode()
    assert 'href="#temuan-1"' in jawab.content.decode()
    assert _versi(laporan) == 0


def test_pertanyaan_dijawab_di_halaman_dan_ikut_terkirim(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    tanya = _besarkan(dunia, laporan)
    klien = masuk(dunia.kepala_ambon)
    jawab = klien.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on", t=tanya))
    assert jawab.status_code == 400
    assert _versi(laporan) == 0
    isi = {"t": tanya, f"benar-{tanya}": "on", f"alasan-{tanya}": "Sisa bulan lalu ikut terjual."}
    assert klien.post(alamat(laporan, "kirim"), tindakan(laporan, "tanggapi", **isi)).status_code == 302
    assert "Sisa bulan lalu ikut terjual." in klien.get(alamat(laporan, "kirim")).content.decode()
    assert klien.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on", **isi)).status_code == 302
    with terpasang(SISTEM):
        versi = LaporanVersi.objects.get(laporan=laporan)
    assert versi.isi["tanggapan"][tanya] == {"benar": True, "alasan": "Sisa bulan lalu ikut terjual."}


def test_jawaban_dan_kirim_dalam_satu_tekan(dunia: Dunia, masuk: Any) -> None:
    """Answers given together with sending count at once, also on a report that was marked ready."""
    laporan = dunia.laporan(dunia.ambon)
    tanya = _besarkan(dunia, laporan)
    isi = {"t": tanya, f"benar-{tanya}": "on", f"alasan-{tanya}": "Sudah dicek."}
    masuk(dunia.operator_ambon).post(alamat(laporan, "kirim"), tindakan(laporan, "siapkan", **isi))
    assert segar(laporan).status == "SIAP"
    isi[f"alasan-{tanya}"] = "Sudah dicek kepala."
    data = tindakan(laporan, "kirim", disahkan="on", **isi)
    klien = masuk(dunia.kepala_ambon)
    jawab = klien.post(alamat(laporan, "kirim"), data)
    assert jawab["Location"] == alamat(laporan, "tanda_terima", versi=1)
    ulang = klien.post(alamat(laporan, "kirim"), data)
    assert ulang["Location"] == alamat(laporan, "tanda_terima", versi=1)
    assert _versi(laporan) == 1


def test_ulangan_menuju_tanda_terima_yang_sama(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    klien, data = masuk(dunia.kepala_ambon), tindakan(laporan, "kirim", disahkan="on")
    for _ in range(3):
        jawab = klien.post(alamat(laporan, "kirim"), data)
        assert jawab["Location"] == alamat(laporan, "tanda_terima", versi=1)
    berubah = klien.post(alamat(laporan, "kirim"), {**data, "penjelasan": "lain"})
    assert berubah["Location"] == alamat(laporan, "tanda_terima", versi=1)
    assert _versi(laporan) == 1


def test_tab_basi_memberi_tahu_dan_menyimpan_ketikan(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    basi = tindakan(laporan, "kirim", disahkan="on", penjelasan="Yang saya ketik lama sekali")
    kirim(laporan, dunia.kepala_ambon)
    klien = masuk(dunia.kepala_ambon)
    jawab = klien.post(alamat(laporan, "kirim"), basi)
    isi = jawab.content.decode()
    assert jawab.status_code == 409
    assert "Yang saya ketik lama sekali" in isi
    assert alamat(laporan, "tanda_terima", versi=1) in isi
    assert 'value="kirim"' not in isi
    assert _versi(laporan) == 1
    assert klien.get(alamat(laporan, "kirim"))["Location"] == alamat(laporan)


def test_kirim_ulang_yang_sama_perlu_penjelasan(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa lahan.")
    klien = masuk(dunia.kepala_ambon)
    jawab = klien.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on"))
    assert jawab.status_code == 400
    assert "Tidak ada perubahan sejak versi 1" in jawab.content.decode()
    sah = tindakan(laporan, "kirim", disahkan="on", penjelasan="Sudah diukur ulang, luasnya tetap.")
    assert klien.post(alamat(laporan, "kirim"), sah)["Location"] == alamat(laporan, "tanda_terima", versi=2)


def test_isian_buruk_tidak_merusak(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    klien = masuk(dunia.kepala_ambon)
    for buruk in (
        {"revisi": "x"}, {"revisi": "-1"}, {"kunci": ""}, {"kunci": "a' OR 1=1 --"}, {"aksi": "hapus"},
        {"penjelasan": "x" * 2001}, {"penjelasan": "a\x00b"}, {"t": "q", "alasan-q": "a\x07b"},
    ):  # fmt: skip
        data = {**tindakan(laporan, "kirim", disahkan="on"), **buruk}
        assert klien.post(alamat(laporan, "kirim"), data).status_code == 400, buruk
    assert _versi(laporan) == 0


def test_terlambat_diberi_tahu_dan_tidak_menahan(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    klien = masuk(dunia.kepala_ambon)
    halaman = klien.get(alamat(laporan, "kirim")).content.decode()
    assert "Laporan tetap dapat dikirim dan ditandai terlambat" in halaman
    jawab = klien.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on"), follow=True)
    assert "Terlambat" in jawab.content.decode()
    assert segar(laporan).terlambat


def test_sebelum_bulan_berakhir_tidak_dapat_dikirim(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    klien = masuk(dunia.kepala_ambon)
    with (
        mock.patch("pelaporan.services.sekarang", return_value=datetime(2026, 1, 20, tzinfo=WIB)),
        mock.patch("pelaporan.views_kirim.sekarang", return_value=datetime(2026, 1, 20, tzinfo=WIB)),
    ):
        halaman = klien.get(alamat(laporan, "kirim")).content.decode()
        assert "mulai 1 Februari 2026 pukul 00.00 WIT" in halaman
        assert 'value="kirim"' not in halaman
        jawab = klien.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on"))
    assert jawab.status_code == 400
    assert _versi(laporan) == 0


def test_bulan_ditutup_menahan_laporan_yang_belum_pernah_dikirim(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    with terpasang(Cakupan(lingkup="nasional", pengguna_id=dunia.peninjau.pk)):
        tutup_periode(bulan=Bulan(2026, 1), oleh=dunia.peninjau, cakupan=Cakupan(lingkup="nasional"))
    klien = masuk(dunia.kepala_ambon)
    assert "Bulan ini sudah ditutup" in klien.get(alamat(laporan, "kirim")).content.decode()
    jawab = klien.post(alamat(laporan, "kirim"), tindakan(laporan, "kirim", disahkan="on", penjelasan="Simpan ini"))
    assert jawab.status_code == 409
    assert "Simpan ini" in jawab.content.decode()


def test_tarik_dari_tanda_terima(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    klien = masuk(dunia.kepala_ambon)
    terima = alamat(laporan, "tanda_terima", versi=1)
    assert "Tarik kembali" in klien.get(terima).content.decode()
    assert klien.post(alamat(laporan, "tarik"), tindakan(laporan))["Location"] == alamat(laporan)
    assert segar(laporan).status == "DRAF"
    assert "Versi ini ditarik" in klien.get(terima).content.decode()


def test_tarik_setelah_dibuka_peninjau_bentrok(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    data = tindakan(laporan)
    masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"))
    jawab = masuk(dunia.kepala_ambon).post(alamat(laporan, "tarik"), data)
    assert jawab.status_code == 409
    assert "Laporan sudah dibuka Verifikator Maluku" in jawab.content.decode()
    assert segar(laporan).status == "DIKIRIM"


def test_klik_ganda_bersamaan_satu_versi(dunia_nyata: Dunia) -> None:
    """Two real connections post the same form at the same moment: one version, both see its receipt."""
    dunia = dunia_nyata
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.kepala_ambon)
    data, url = tindakan(laporan, "kirim", disahkan="on"), alamat(laporan, "kirim")
    klien = Client()
    klien.force_login(dunia.kepala_ambon)
    hasil: list[str] = []
    gerbang = threading.Barrier(2)

    def tekan() -> None:
        kembar = Client()
        kembar.cookies = klien.cookies
        gerbang.wait()
        try:
            hasil.append(kembar.post(url, data)["Location"])
        finally:
            connection.close()

    utas = [threading.Thread(target=tekan) for _ in range(2)]
    for satu in utas:
        satu.start()
    for satu in utas:
        satu.join(30)
    assert hasil == [alamat(laporan, "tanda_terima", versi=1)] * 2
    assert _versi(laporan) == 1


def test_bulan_berikut_tidak_mengganggu(dunia: Dunia, masuk: Any) -> None:
    """A month that has not ended is open for typing only; its check page says from when it can be sent."""
    bulan = Bulan.kini(dunia.ambon.zona)
    with terpasang(SISTEM):
        buka_periode(bulan=bulan)
    laporan = dunia.laporan(dunia.ambon, bulan=bulan)
    assert "Belum dapat dikirim" in masuk(dunia.kepala_ambon).get(alamat(laporan, "kirim")).content.decode()
