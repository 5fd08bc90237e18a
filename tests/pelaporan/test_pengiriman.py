"""A month sent with one press, its receipts, their public check, and reopened reports that lock by themselves."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from pelaporan import services
from pelaporan.alur import Status
from pelaporan.models import Kejadian, Laporan, LaporanVersi, Pemberitahuan
from pelaporan.pengiriman.pulih import pulihkan_yang_lewat
from pemasyarakatan.inti.galat import Bentrok, TidakSah
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak import services as jejak
from pemasyarakatan.jejak.selectors import periksa_rantai
from tests import dunia as pembuat
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from upt.cakupan import SISTEM, terpasang

ALAMAT = {"kode": "lapas-kelas-iia-ambon", "bulan": pembuat.JANUARI}


def _segar(laporan: Laporan) -> Laporan:
    with terpasang(SISTEM):
        return Laporan.objects.select_related("upt", "kanwil").get(pk=laporan.pk)


def _isi(d: Dunia, *formulir: str) -> list[Laporan]:
    semua = [d.laporan(d.ambon, f) for f in formulir]
    for satu in semua:
        isi_penuh(satu, d.operator_ambon)
    return semua


def _badan(semua: list[Laporan], aksi: str, **lain: str) -> dict[str, Any]:
    revisi = {f"revisi-{lap.formulir_id}": str(_segar(lap).revisi) for lap in semua}
    return {
        "aksi": aksi, "kunci": "kuncibulan1", "pilih": [lap.formulir_id for lap in semua], "disahkan": "on", **revisi,
        **lain,
    }  # fmt: skip


def test_satu_tekan_mengirim_semua_yang_siap(dunia: Dunia, masuk: Any) -> None:
    semua = _isi(dunia, "F01", "F02", "F04")
    klien, url = masuk(dunia.kepala_ambon), reverse("pelaporan:kirim_bulan", kwargs=ALAMAT)
    halaman = klien.get(url).content.decode()
    assert "3 formulir siap, 1 belum" in halaman
    assert "bertindak sebagai <strong>Kepala UPT</strong>" in halaman
    badan = _badan(semua, "kirim")
    jawaban = klien.post(url, badan)
    assert jawaban.url == reverse("pelaporan:tanda_bulan", kwargs=ALAMAT)
    assert {_segar(lap).status for lap in semua} == {Status.DIKIRIM}
    # the same press again: no second version, and the same way on
    assert klien.post(url, badan).url == jawaban.url
    with terpasang(SISTEM):
        assert LaporanVersi.objects.filter(laporan__in=semua).count() == 3
    tanda = klien.get(jawaban.url).content.decode()
    assert all(f"LB-{lap.formulir_id}-2026-01-LAPAS-KELAS-IIA-AMBON-v1" in tanda for lap in semua)
    assert "Kanwil Maluku memverifikasi; tenggatnya lewat" in tanda  # January is long past


def test_jejak_ditulis_di_akhir_dan_tetap_utuh(dunia: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit's chain is held only at the very end: no version is frozen after the first link was written."""
    urutan: list[str] = []
    tulis, beku = jejak._tulis, services.bekukan_laporan
    monkeypatch.setattr(jejak, "_tulis", lambda isi: (urutan.append("jejak"), tulis(isi))[1])
    monkeypatch.setattr(services, "bekukan_laporan", lambda lap: (urutan.append("beku"), beku(lap))[1])
    semua = _isi(dunia, "F01", "F02", "F04")
    urutan.clear()
    masuk(dunia.kepala_ambon).post(reverse("pelaporan:kirim_bulan", kwargs=ALAMAT), _badan(semua, "kirim"))
    assert urutan == ["beku"] * 3 + ["jejak"] * 3
    with terpasang(SISTEM):
        assert periksa_rantai() == []


def test_semua_atau_tidak_sama_sekali(dunia: Dunia, masuk: Any) -> None:
    semua = _isi(dunia, "F01", "F04")
    basi = _badan(semua, "kirim")
    isi_penuh(semua[1], dunia.operator_ambon, {"nihil_kejadian": ""})  # a colleague goes on typing
    jawaban = masuk(dunia.kepala_ambon).post(reverse("pelaporan:kirim_bulan", kwargs=ALAMAT), basi)
    assert jawaban.status_code in (400, 409)
    assert "Gangguan" in jawaban.content.decode()  # says which form
    assert {_segar(lap).status for lap in semua} == {Status.DRAF}


def test_tanpa_pengesahan_dan_tanpa_pilihan_ditolak(dunia: Dunia, masuk: Any) -> None:
    semua = _isi(dunia, "F01")
    klien, url = masuk(dunia.kepala_ambon), reverse("pelaporan:kirim_bulan", kwargs=ALAMAT)
    badan = _badan(semua, "kirim")
    del badan["disahkan"]
    assert "Centang pernyataan" in klien.post(url, badan).content.decode()
    assert "paling sedikit satu formulir" in klien.post(url, {**badan, "pilih": []}).content.decode()
    assert klien.post(url, {**_badan(semua, "kirim"), "revisi-F01": "x"}).status_code == 400
    assert _segar(semua[0]).status == Status.DRAF


def test_operator_hanya_menandai_siap(dunia: Dunia, masuk: Any) -> None:
    semua = _isi(dunia, "F01", "F04")
    klien, url = masuk(dunia.operator_ambon), reverse("pelaporan:kirim_bulan", kwargs=ALAMAT)
    assert klien.post(url, _badan(semua, "kirim")).status_code == 403
    assert klien.post(url, _badan(semua, "siapkan", kunci="kuncibulan2")).status_code == 302
    assert {_segar(lap).status for lap in semua} == {Status.SIAP}


def test_pdf_tanda_terima_dan_pemeriksaannya_tanpa_akun(dunia: Dunia, masuk: Any, client: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    with terpasang(SISTEM):
        versi = LaporanVersi.objects.get(laporan=laporan)
    url = reverse("pelaporan:tanda_pdf", kwargs={**ALAMAT, "formulir": "F06", "versi": 1})
    pdf = masuk(dunia.kepala_ambon).get(url)
    teks = PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert versi.nomor in teks.replace("\n", "")
    bukti = reverse("pelaporan:bukti", args=[versi.nomor, versi.sidik[:16]])
    assert bukti in teks.replace("\n", "")
    halaman = client.get(bukti)
    isi = halaman.content.decode()
    assert halaman.status_code == 200
    assert "Tanda terima ini benar" in isi
    assert versi.sidik in isi
    assert dunia.kepala_ambon.nama not in isi
    assert halaman["X-Robots-Tag"] == "noindex"
    assert client.get(reverse("pelaporan:bukti", args=[versi.nomor, "0" * 16])).status_code == 404
    assert client.get(reverse("pelaporan:bukti", args=[versi.nomor, versi.sidik[:15]])).status_code == 404
    cari = client.get(reverse("pelaporan:cari_bukti"), {"nomor": versi.nomor.lower(), "sidik": versi.sidik})
    assert cari.url == bukti


def test_bukti_yang_isinya_diubah_ketahuan(dunia: Dunia, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    with terpasang(SISTEM):
        versi = LaporanVersi.objects.get(laporan=laporan)
    monkeypatch.setattr("pelaporan.pengiriman.selectors.sidik_versi", lambda *a: "f" * 64)
    assert (
        "tidak cocok" in client.get(reverse("pelaporan:bukti", args=[versi.nomor, versi.sidik[:16]])).content.decode()
    )


# ---------------------------------------------------------------- the click counts


def test_ketepatan_menurut_saat_diterima(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    with time_machine.travel(laporan.tenggat + timedelta(seconds=40), tick=False):
        lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True, diterima=laporan.tenggat - timedelta(seconds=2))
    segar = _segar(laporan)
    assert not segar.terlambat
    assert segar.dikirim_pada == laporan.tenggat - timedelta(seconds=2)


# ---------------------------------------------------------------- reopening ends by itself


def _dibuka(d: Dunia, sampai: date | None = None) -> Laporan:
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    lakukan(laporan, "verifikasi", d.verifikator_maluku)
    lakukan(laporan, "buka", d.kepala_maluku, teks="Angka keliru.", sampai=sampai)
    return laporan


def test_dibuka_terkunci_sendiri_setelah_batasnya(dunia: Dunia) -> None:
    with time_machine.travel("2026-03-04T03:00:00+00:00", tick=True):  # a Wednesday
        laporan = _dibuka(dunia)
        batas = _segar(laporan).buka_sampai
        assert batas is not None
        assert batas.astimezone().date() == date(2026, 3, 9)  # three working days later, over the weekend
        isi_penuh(laporan, dunia.operator_ambon, {"lahan_tidur": "900"})
        assert pulihkan_yang_lewat() == 0
    with time_machine.travel("2026-03-10T03:00:00+00:00", tick=True):
        with pytest.raises(Bentrok, match="dibuka kembali sampai"):
            lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
        assert pulihkan_yang_lewat() == 1
        assert pulihkan_yang_lewat() == 0
    segar = _segar(laporan)
    assert (segar.status, segar.buka_sampai, segar.versi_sah) == (Status.TERVERIFIKASI, None, 1)
    with terpasang(SISTEM):
        akhir = Kejadian.objects.filter(laporan=laporan).order_by("-urut").first()
        assert (akhir.aksi, akhir.sebagai) == ("pulihkan", "Portal (otomatis)")
        assert laporan.draf.isi["sel"]["lahan_tidur"]["nilai"] == 900  # nothing typed is lost
        assert Pemberitahuan.objects.filter(laporan=laporan, teks__contains="kembali ke versi").exists()


def test_perbaikan_yang_terkirim_tidak_dipulihkan(dunia: Dunia) -> None:
    laporan = _dibuka(dunia)
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "900"})
    assert _segar(laporan).buka_sampai is None
    lakukan(laporan, "tarik", dunia.kepala_ambon)
    assert _segar(laporan).buka_sampai is not None  # taken back: open for a while again, not for ever


def test_batas_buka_dipilih_dan_dijaga(dunia: Dunia) -> None:
    with pytest.raises(TidakSah, match="batas kirim ulang"):
        _dibuka(dunia, sekarang().date() - timedelta(days=2))


def test_pembuka_dapat_menutup_lebih_awal(dunia: Dunia, masuk: Any) -> None:
    laporan = _dibuka(dunia)
    url = reverse("pelaporan:buka", kwargs={**ALAMAT, "formulir": "F06"})
    badan = {"aksi": "pulihkan", "teks": "Tidak jadi.", "kunci": "kuncipulih1", "revisi": _segar(laporan).revisi}
    assert masuk(dunia.kepala_maluku).post(url, badan).status_code == 302
    assert _segar(laporan).status == Status.TERVERIFIKASI


def test_dikembalikan_biasa_tidak_pernah_dipulihkan(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    with pytest.raises(Bentrok, match="tidak sedang dibuka kembali"):
        lakukan(laporan, "pulihkan", dunia.kepala_maluku)


# ---------------------------------------------------------------- heavy pages yield


def test_halaman_berat_mengalah_dan_isian_tidak(dunia: Dunia, masuk: Any) -> None:
    from pemasyarakatan.inti.ramai import RamaiMiddleware, berat

    penuh = RamaiMiddleware(lambda r: None)  # type: ignore[arg-type, return-value]
    while penuh.tempat.acquire(blocking=False):
        pass
    permintaan = type("P", (), {"path": "/", "headers": {"Accept": "application/json"}})()
    jawaban = penuh.process_view(permintaan, berat(lambda r: None))  # type: ignore[arg-type, return-value]
    assert jawaban is not None
    assert (jawaban.status_code, jawaban["Retry-After"]) == (503, "10")
    assert penuh.process_view(permintaan, lambda r: None) is None


def test_yang_kembali_tanpa_perubahan_tidak_menahan_yang_lain(dunia: Dunia, masuk: Any) -> None:
    """A form that came back and was not touched is no form to send; the others go out in one press without it."""
    kembali, lain = _isi(dunia, "F01", "F02")
    kirim(kembali, dunia.kepala_ambon)
    lakukan(kembali, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa lagi.")
    klien, url = masuk(dunia.kepala_ambon), reverse("pelaporan:kirim_bulan", kwargs=ALAMAT)
    halaman = klien.get(url).content.decode()
    assert "Tidak ada perubahan sejak versi 1. Perbaiki, atau jelaskan di formulirnya." in halaman
    assert 'value="F01"' not in halaman
    assert 'value="F02" checked' in halaman
    assert klien.post(url, _badan([lain], "kirim")).url == reverse("pelaporan:tanda_bulan", kwargs=ALAMAT)
    assert _segar(lain).status == Status.DIKIRIM
