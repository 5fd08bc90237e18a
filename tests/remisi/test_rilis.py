"""Entering published totals: as printed, flagged, corrected under a revision, shipped rows loaded once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.jejak.models import Jejak
from remisi.models import Rilis
from remisi.nasional import services_rilis as services
from remisi.nasional.selectors_rilis import baca, satu_rilis
from tests.remisi.bahan_kasus import banyak, kesempatan
from tests.umkm.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang

ISIAN = {
    "jenis": "RU", "tanggal": "17 Agustus 2026", "kanwil": "", "nama": "Remisi Umum 2026", "total": "176.000",
    "bagian_i": "172.000", "bagian_ii": "3.999", "rupiah": "Rp19.500.001", "sumber": "Siaran pers 17 Agustus 2026",
    "pita_I_30": "100.000", "pita_I_60": "72.000",
}  # fmt: skip

ANGKA = ("total", "bagian_i", "bagian_ii", "rupiah", "pita_I_30", "pita_I_60")


def muat() -> None:
    with terpasang(SISTEM):
        services.muat_rilis()


def test_dicatat_seperti_tercetak_dan_ditandai(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    jawaban = klien.post("/remisi/rilis/baru/", ISIAN)
    assert jawaban.status_code == 302
    satu = Rilis.objects.get()
    assert (satu.total, satu.bagian_i, satu.bagian_ii, satu.rupiah) == (176_000, 172_000, 3_999, 19_500_001)
    assert satu.pita == [{"hasil": "I", "hari": 30, "orang": 100_000}, {"hasil": "I", "hari": 60, "orang": 72_000}]
    isi = klien.get(jawaban.url).content.decode()
    assert "beda 1 orang" in isi
    assert "bukan kelipatan Rp19.500; sisanya Rp1." in isi
    assert "Tidak cocok" in isi
    assert "sama dengan bagian I." in isi
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="rilis_dicatat").exists()


@pytest.mark.parametrize(
    ("ubah", "kalimat"),
    [
        ({"total": "1,5"}, "bukan bilangan bulat"),
        ({"tanggal": ""}, "Isi tanggalnya."),
        (dict.fromkeys(ANGKA, ""), "paling sedikit satu angka"),
        ({"jenis": "XX"}, "Pilih dari daftar."),
    ],
)  # fmt: skip
def test_isian_salah_tidak_tersimpan(dunia: Any, masuk: Any, ubah: dict[str, str], kalimat: str) -> None:
    jawaban = masuk(dunia.peninjau).post("/remisi/rilis/baru/", {**ISIAN, **ubah})
    assert jawaban.status_code == 400
    assert kalimat in jawaban.content.decode()
    assert not Rilis.objects.exists()


def test_rilis_yang_sama_dua_kali_ditolak(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    klien.post("/remisi/rilis/baru/", ISIAN)
    dua = klien.post("/remisi/rilis/baru/", ISIAN)
    assert dua.status_code == 409
    assert "sudah dicatat" in dua.content.decode()
    assert Rilis.objects.count() == 1


def test_perbaikan_memakai_revisi(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    klien.post("/remisi/rilis/baru/", ISIAN)
    satu = Rilis.objects.get()
    ubah = {**ISIAN, "bagian_ii": "4.000", "revisi": "1"}
    assert klien.post(f"/remisi/rilis/{satu.pk}/ubah/", ubah).status_code == 302
    satu.refresh_from_db()
    assert (satu.bagian_ii, satu.revisi) == (4_000, 2)
    assert klien.post(f"/remisi/rilis/{satu.pk}/ubah/", {**ubah, "bagian_ii": "5"}).status_code == 409
    with sebagai_orang(dunia.peninjau) as (oleh, _), pytest.raises(Bentrok):
        services.perbaiki_rilis(pk=satu.pk, isi={}, revisi=1, oleh=oleh)


def test_hanya_peninjau_yang_mencatat(dunia: Any, masuk: Any) -> None:
    for nama in ("verifikator_maluku", "pimpinan", "operator_ambon", "admin"):
        assert masuk(getattr(dunia, nama)).post("/remisi/rilis/baru/", ISIAN).status_code == 403
    assert not Rilis.objects.exists()


def test_bawaan_dimuat_sekali_dan_perbaikan_orang_dipertahankan(dunia: Any) -> None:
    call_command("muat_rilis")
    jumlah = Rilis.objects.count()
    satu = Rilis.objects.get(tanggal=date(2024, 8, 17), jenis="RU")
    isi = {k: getattr(satu, k) for k in services._ISI} | {"total": 175_729}
    with sebagai_orang(dunia.peninjau) as (oleh, _):
        services.perbaiki_rilis(pk=satu.pk, isi=isi, revisi=satu.revisi, oleh=oleh)
    with terpasang(SISTEM):
        lagi = services.muat_rilis()
    assert (lagi.baru, lagi.berubah, lagi.dipertahankan) == (0, 0, 1)
    assert Rilis.objects.count() == jumlah
    satu.refresh_from_db()
    assert satu.total == 175_729
    assert not satu.bawaan


def test_daftar_menandai_yang_tidak_cocok(dunia: Any, masuk: Any) -> None:
    muat()
    isi = masuk(dunia.pimpinan).get("/remisi/rilis/").content.decode()
    assert "1 tidak cocok" in isi, "RU 2021: bands and part differ by two"
    assert "375.025" in isi
    assert "Rp639.112.246.500" in isi
    satu = Rilis.objects.get(jenis="GABUNGAN")
    rinci = masuk(dunia.pimpinan).get(f"/remisi/rilis/{satu.pk}/").content.decode()
    assert "= 375.025, sama dengan total." in rinci
    assert "32.774.987 hari × Rp19.500" in rinci
    assert "2024" in masuk(dunia.pimpinan).get("/remisi/rilis/?tahun=2024").content.decode()


def test_rilis_di_samping_hitungan_portal(dunia: Any, masuk: Any) -> None:
    k = kesempatan()
    banyak(dunia, k, dunia.ambon, 8)
    masuk(dunia.peninjau).post("/remisi/rilis/baru/", ISIAN)
    jawaban = masuk(dunia.peninjau).get("/remisi/nasional/?kesempatan=ru-2026")
    ((_, baris),) = jawaban.context["rilis"]
    assert [(b.label, b.cetak, b.portal) for b in baris] == [
        ("Jumlah", 176_000, 8),
        ("RU I", 172_000, 8),
        ("RU II", 3_999, 0),
    ]
    assert "Rp19.500.001 bukan kelipatan" in jawaban.content.decode()


# Releases of 2024 to 2026 typed as they are printed: (kind, day, figures) -> contradictions, what cannot be compared.
ORANG = ("total", "bagian_i", "bagian_ii", "anak_i", "anak_ii", "denda_i", "denda_ii", "rupiah")
TERCETAK: list[tuple[str, str, tuple[str, ...], dict[str, str], set[str], set[str]]] = [
    ("RK", "10 Februari 2024", ("36", "", "0", "", "", "", "", "Rp19.380.000"), {}, set(), {"bagian"}),
    ("RK", "10 April 2024", ("159.557", "157.366", "977", "1.195", "19", "", "", "81.204.495.000"), {}, set(), set()),
    ("PMP_HAN", "23 Juli 2024", ("1.138", "1.105", "33", "", "", "", "", "Rp826.710.000"), {}, set(), set()),
    ("RU", "17/8/2024", ("175.728", "172.678", "3.050", "", "", "", "", "Rp 274.359.090.000"), {}, set(), set()),
    # The children stand outside the printed total; whoever types them sees that they do not fit in.
    ("RK", "25 Desember 2024", ("15.807", "15.691", "116", "169", "", "", "", ""), {}, {"bagian"}, {"rupiah"}),
    ("RK", "29 Maret 2025", ("1.629", "1.609", "20", "", "", "", "", "Rp804.525.000"), {}, set(), set()),
    ("RK", "31 Maret 2025", ("156.312", "154.170", "908", "1.214", "20", "", "", "80.460.405.000"), {}, set(), set()),
    ("PMP_HAN", "23-7-2025", ("1.310", "1.272", "38", "", "", "", "", "939.930.000"), {
        "pita_I_30": "938", "pita_I_60": "174", "pita_I_90": "143", "pita_I_120": "17",
        "pita_II_30": "23", "pita_II_60": "8", "pita_II_90": "7",
    }, set(), set()),
    ("RU", "17 Agustus 2025", ("179.312", "175.395", "3.917", "", "", "", "", ""), {}, set(), {"rupiah"}),
    ("RD", "17 Agustus 2025", ("192.983", "182.857", "4.186", "", "", "5.626", "314", ""), {}, set(), {"rupiah"}),
    ("PMPU", "17 Agustus 2025", ("1.369", "1.336", "33", "", "", "", "", ""), {}, set(), {"rupiah"}),
    ("PMPD", "17 Agustus 2025", ("1.361", "1.326", "35", "", "", "", "", ""), {}, set(), {"rupiah"}),
    ("GABUNGAN", "17 Agustus 2025", ("375.025", *[""] * 6, "639.112.246.500"), {}, set(), set()),
    ("RK", "25 Desember 2025", ("15.235", *[""] * 7), {}, set(), {"bagian", "rupiah"}),
    ("RK", "17 Februari 2026", ("44", "43", "0", "1", "0", "", "", "Rp25.447.500"), {
        "pita_I_15": "11", "pita_I_30": "25", "pita_I_45": "3", "pita_I_60": "4", "pita_ANAK_I_15": "1",
    }, set(), set()),
    ("RK", "21 Maret 2026", ("155.908", "153.642", "1.143", "1.104", "19", "", "", ""), {}, set(), {"rupiah"}),
]  # fmt: skip


def test_rilis_dua_tahun_diketik_seperti_tercetak(dunia: Any, masuk: Any) -> None:
    """Every release typed through the page; only what really contradicts itself is flagged, nothing is corrected."""
    klien, alamat = masuk(dunia.peninjau), {}
    for jenis, tanggal, angka, pita, _, _ in TERCETAK:
        isi = {"jenis": jenis, "tanggal": tanggal, "kanwil": "", "nama": f"{jenis} {tanggal}", "sumber": "Siaran pers"}
        jawab = klien.post("/remisi/rilis/baru/", {**isi, **dict(zip(ORANG, angka, strict=True)), **pita})
        assert jawab.status_code == 302, (jenis, tanggal)
        alamat[jenis, tanggal] = jawab.url
    for jenis, tanggal, _, _, selisih, kurang in TERCETAK:
        pk = int(alamat[jenis, tanggal].rstrip("/").rsplit("/", 1)[1])
        (t,) = baca([satu_rilis(pk)])
        assert {x.kode for x in t.selisih} == selisih, (jenis, tanggal)
        assert {x.kode for x in t.kurang} == kurang, (jenis, tanggal)
        assert klien.get(alamat[jenis, tanggal]).status_code == 200
    assert Rilis.objects.count() == len(TERCETAK)
    natal = klien.get(alamat["RK", "25 Desember 2024"]).content.decode()
    assert "Total hanya memuat bagian I dan II" in natal
    bulat = klien.post("/remisi/rilis/baru/", {**ISIAN, "tanggal": "25 Desember 2023", "rupiah": "8,19 miliar"})
    assert bulat.status_code == 400, "a rounded sum is not the printed figure"
