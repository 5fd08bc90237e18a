"""The regional recap: it never waits for a silent unit, names the gaps, and what was sent never changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from dasbor import agregasi
from dasbor.models import RekapWilayah
from dasbor.rekap_wilayah import selectors
from dasbor.rekap_wilayah.susun import beda
from pemasyarakatan.inti.waktu import sekarang
from tests import dunia as pembuat
from tests.dunia import Dunia, kirim, lakukan
from upt.cakupan import SISTEM, terpasang

ALAMAT = {"slug": "maluku", "bulan": pembuat.JANUARI}


def _kirim(klien: Any, kunci: str, **lain: str) -> Any:
    url = reverse("dasbor:rekap_wilayah", kwargs=ALAMAT)
    return klien.post(url, {"kunci": kunci, "disahkan": "on", "catatan": "Masohi putus jaringan.", **lain})


@pytest.fixture
def sebagian(dunia: Dunia) -> Dunia:
    """Ambon has sent its food form, Masohi nothing."""
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    agregasi.proses_kotor()
    return dunia


def test_tidak_menunggu_dan_menyebut_yang_kurang(sebagian: Dunia, masuk: Any) -> None:
    klien = masuk(sebagian.kepala_maluku)
    assert _kirim(klien, "kuncirekap1").status_code == 302
    with terpasang(SISTEM):
        rekap = RekapWilayah.objects.get()
    f06 = next(f for f in rekap.isi["formulir"] if f["kode"] == "F06")
    assert (f06["liputan"]["masuk"], f06["liputan"]["wajib"]) == (1, 2)
    assert next(a for a in f06["angka"] if a["kode"] == "wbp")["masuk"] == 12
    kurang = {c["upt"]: c["formulir"] for c in rekap.isi["celah"]}
    assert kurang["Rutan Kelas IIB Masohi"] == ["F01", "F02", "F04", "F06"]
    assert kurang["Lapas Kelas IIA Ambon"] == ["F01", "F02", "F04"]
    assert not any("Pekanbaru" in nama for nama in kurang)
    halaman = klien.get(reverse("dasbor:rekap_wilayah", kwargs=ALAMAT), {"versi": "1"}).content.decode()
    assert "Masohi putus jaringan." in halaman
    assert "RK-MAL-2026-01-v1" in halaman


def test_yang_terkirim_tetap_dan_perubahannya_disebut(sebagian: Dunia, masuk: Any) -> None:
    klien = masuk(sebagian.kepala_maluku)
    _kirim(klien, "kuncirekap1")
    url = reverse("dasbor:rekap_wilayah", kwargs=ALAMAT)
    assert "Sama dengan rekap yang dikirim" in klien.get(url).content.decode()
    assert _kirim(klien, "kuncirekap2").status_code == 400  # nothing changed
    lakukan(sebagian.laporan(sebagian.ambon), "kembalikan", sebagian.verifikator_maluku, alasan="lainnya", teks="x")
    kirim(sebagian.laporan(sebagian.ambon), sebagian.kepala_ambon, {"lahan_tidur": "900"})
    agregasi.proses_kotor()
    assert "1 angka berbeda dari versi 1" in klien.get(url).content.decode()
    assert _kirim(klien, "kuncirekap3").status_code == 302
    with terpasang(SISTEM):
        satu, dua = RekapWilayah.objects.order_by("versi")
        assert [b["kode"] for b in beda(satu.isi, dua.isi)] == ["lahan_tidur"]
    with pytest.raises(DatabaseError), terpasang(SISTEM), transaction.atomic():
        RekapWilayah.objects.update(catatan="x")


def test_hari_yang_bertambah_bukan_perubahan(sebagian: Dunia, masuk: Any, monkeypatch: Any) -> None:
    klien = masuk(sebagian.kepala_maluku)
    nanti = sekarang() + timedelta(days=40)
    _kirim(klien, "kuncirekap1")
    with terpasang(SISTEM):
        satu = RekapWilayah.objects.get()
    monkeypatch.setattr(selectors, "sekarang", lambda: nanti)
    with terpasang(SISTEM):
        kini = selectors.rekap_kini(SISTEM, sebagian.ambon.kanwil, pembuat.JANUARI)
    assert [c["hari"] for c in kini["celah"]] != [c["hari"] for c in satu.isi["celah"]]
    assert _kirim(klien, "kuncirekap2").status_code == 400
    kirim(sebagian.laporan(sebagian.ambon, "F04"), sebagian.kepala_ambon)
    agregasi.proses_kotor()
    assert _kirim(klien, "kuncirekap3").status_code == 302, "a gap that closed is news"


def test_verifikasi_sesudah_dikirim_adalah_perubahan(sebagian: Dunia, masuk: Any) -> None:
    """What was received stays, what is verified grows: the page may not say that nothing changed."""
    klien = masuk(sebagian.kepala_maluku)
    _kirim(klien, "kuncirekap1")
    lakukan(sebagian.laporan(sebagian.ambon), "verifikasi", sebagian.verifikator_maluku)
    agregasi.proses_kotor()
    isi = klien.get(reverse("dasbor:rekap_wilayah", kwargs=ALAMAT)).content.decode()
    assert "Sama dengan rekap yang dikirim" not in isi
    assert "(terverifikasi): – menjadi" in isi
    assert "(masuk):" not in isi


def test_angka_yang_hilang_disebut() -> None:
    angka = {"kode": "a", "label": "A", "jenis": "bulat", "masuk": 3, "sah": None}
    lama = {"formulir": [{"kode": "F01", "nama": "Isi", "angka": [angka]}]}
    hilang = beda(lama, {"formulir": []})
    assert [(b["kode"], b["dasar"], b["lalu"], b["kini"]) for b in hilang] == [("a", "masuk", 3, None)]


def test_tekan_dua_kali_satu_rekap(sebagian: Dunia, masuk: Any) -> None:
    klien = masuk(sebagian.kepala_maluku)
    assert [_kirim(klien, "kuncirekap1").status_code for _ in range(2)] == [302, 302]
    with terpasang(SISTEM):
        assert RekapWilayah.objects.count() == 1


def test_hak_dan_syarat(sebagian: Dunia, masuk: Any) -> None:
    assert _kirim(masuk(sebagian.verifikator_maluku), "kuncirekap1").status_code == 403
    assert _kirim(masuk(sebagian.verifikator_riau), "kuncirekap1").status_code == 404
    tanpa = _kirim(masuk(sebagian.kepala_maluku), "kuncirekap2", disahkan="")
    assert "Centang pernyataan" in tanpa.content.decode()
    assert "Masohi putus jaringan." in tanpa.content.decode()  # what was typed stays
    nasional = masuk(sebagian.peninjau).get(reverse("dasbor:rekap_daftar"), {"bulan": "2026-01"}).content.decode()
    assert nasional.count("Belum dikirim") == 2


def test_tanpa_laporan_tidak_ada_rekap(dunia: Dunia, masuk: Any) -> None:
    jawaban = _kirim(masuk(dunia.kepala_maluku), "kuncirekap1")
    assert jawaban.status_code == 400
    assert "Belum ada laporan" in jawaban.content.decode()
