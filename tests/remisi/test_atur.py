"""Rules as data: shipped, drafted, rehearsed, put into force, withdrawn; nothing in force is ever rewritten."""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan
from remisi.atur import gladi, gladi_massal, services
from remisi.atur.kata import bidang_berubah, kalimat_baris
from remisi.atur.periksa import awal_baru, keberatan, peringatan, sebelumnya
from remisi.ketentuan import baris_bawaan, bawaan
from remisi.ketentuan_bentuk import JUDUL, TABEL, Baris
from remisi.models import Aturan, Kandidat, Kesempatan, Perhitungan
from remisi.selectors_aturan import baris_dari, himpunan
from remisi.tasks import gladi_aturan
from tests.remisi.bantu_kasus import layak
from tests.umkm.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang

TAHUN_DEPAN = date(hari_ini().year + 1, 1, 1)
SUMBER = "Perpres contoh 1 Pasal 4"


def baris(kode: str, tabel: str = "besaran") -> Baris:
    return [b for b in bawaan().baris if (b.tabel, b.kode) == (tabel, kode)][-1]


def ubah(kode: str, tabel: str = "besaran", dari: date = TAHUN_DEPAN, **nilai: Any) -> Baris:
    lama = baris(kode, tabel)
    return replace(lama, berlaku_dari=dari, nilai={**lama.nilai, **nilai}, sumber=SUMBER, terverifikasi=True)


def lakukan(orang: Any, kerja: Callable[..., Aturan], **isi: Any) -> Aturan:
    """An act in the doer's own scope."""
    with sebagai_orang(orang) as (oleh, _):
        return kerja(oleh=oleh, **isi)


def rancang(dunia: Any, baru: Baris, **lain: Any) -> Aturan:
    return lakukan(dunia.admin, services.simpan_rancangan, baris=baru, **lain)


def tetapkan(dunia: Any, satu: Aturan, sidik: str = "") -> Aturan:
    terlihat = sidik or services.sidik_tetap(satu, himpunan())
    return lakukan(dunia.admin, services.tetapkan, aturan_id=satu.pk, sidik=terlihat)


def cabut(dunia: Any, satu: Aturan, alasan: str) -> Aturan:
    return lakukan(dunia.admin, services.cabut, aturan_id=satu.pk, alasan=alasan)


def jejak(tindakan: str) -> list[Jejak]:
    with terpasang(SISTEM):
        return list(Jejak.objects.filter(tindakan=tindakan))


# ---------------------------------------------------------------- shipped rules


def test_bawaan_sekali_dan_sama(dunia: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert Aturan.objects.filter(bawaan=True).count() == len(baris_bawaan())
    call_command("muat_aturan")
    assert f"0 baru, 0 diganti, {len(baris_bawaan())} sama" in capsys.readouterr().out
    assert himpunan().sidik == bawaan().sidik


def test_rilis_baru_mencabut_yang_lama(dunia: Any) -> None:
    lama = baris("RU-2")
    hasil = services.muat_bawaan(semua=(replace(lama, sumber="Sumber yang diperbaiki"),))
    assert (hasil.diganti, hasil.baru) == (1, 0)
    semua = Aturan.objects.filter(tabel="besaran", kode="RU-2").order_by("pk")
    assert [a.status for a in semua] == ["DICABUT", "BERLAKU"]
    assert semua[0].sumber == lama.sumber
    assert services.muat_bawaan(semua=(lama,)).diganti == 1  # and back again


def test_tulisan_admin_tidak_disentuh(dunia: Any) -> None:
    satu = Aturan.objects.get(tabel="besaran", kode="RU-3")
    cabut(dunia, satu, "salah ketik")
    assert services.muat_bawaan().dipertahankan == 1
    baru = tetapkan(dunia, rancang(dunia, ubah("RU-3", dari=satu.berlaku_dari, bulan=2)))
    assert services.muat_bawaan().dipertahankan == 1
    baru.refresh_from_db()
    assert (baru.status, baru.nilai["bulan"]) == ("BERLAKU", 2)


def test_rancangan_tidak_menghalangi_bawaan(dunia: Any) -> None:
    rancang(dunia, ubah("RU-2", bulan=4))
    tambahan = replace(baris("RU-2"), berlaku_dari=TAHUN_DEPAN)
    assert services.muat_bawaan(semua=(tambahan,)).baru == 1


def test_jejak_muat_hanya_bila_berubah(dunia: Any) -> None:
    sebelum = len(jejak("muat_aturan"))
    services.muat_bawaan()
    assert len(jejak("muat_aturan")) == sebelum
    services.muat_bawaan(semua=(replace(baris("RU-2"), catatan="lain"),))
    assert len(jejak("muat_aturan")) == sebelum + 1


# ---------------------------------------------------------------- drafts and coming into force


def test_rancangan_tidak_dihitung_sampai_ditetapkan(dunia: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", bulan=4))
    pada = date(TAHUN_DEPAN.year, 8, 17)
    assert himpunan().besaran("RU", urutan=2, jalani=700, pada=pada).bulan == 3  # type: ignore[union-attr]
    coba = himpunan(dengan_rancangan=[satu.pk])
    assert coba.besaran("RU", urutan=2, jalani=700, pada=pada).bulan == 4  # type: ignore[union-attr]
    tetapkan(dunia, satu)
    kini = himpunan()
    assert kini.besaran("RU", urutan=2, jalani=700, pada=pada).bulan == 4  # type: ignore[union-attr]
    lalu = TAHUN_DEPAN - timedelta(days=1)
    assert kini.besaran("RU", urutan=2, jalani=700, pada=lalu).bulan == 3  # type: ignore[union-attr]
    assert jejak("tetapkan_aturan")[0].rincian["kode"] == "RU-2"


def test_hanya_admin(dunia: Any) -> None:
    for orang in (dunia.peninjau, dunia.kepala_maluku, dunia.operator_ambon, dunia.auditor, dunia.asing):
        with pytest.raises(Ditolak):
            lakukan(orang, services.simpan_rancangan, baris=ubah("RU-2", bulan=4))
    satu = rancang(dunia, ubah("RU-2", bulan=4))
    for orang in (dunia.peninjau, dunia.asing):
        with pytest.raises(Ditolak):
            lakukan(orang, services.tetapkan, aturan_id=satu.pk, sidik=services.sidik_tetap(satu, himpunan()))
        with pytest.raises(Ditolak):
            lakukan(orang, services.cabut, aturan_id=satu.pk, alasan="x")


def test_sumber_wajib(dunia: Any) -> None:
    with pytest.raises(TidakSah, match="Tulis sumbernya"):
        rancang(dunia, replace(ubah("RU-2", bulan=4), sumber="  "))


def test_rancangan_kembar_bentrok(dunia: Any) -> None:
    rancang(dunia, ubah("RU-2", bulan=4))
    with pytest.raises(Bentrok, match="sudah menyusun rancangan RU-2"):
        rancang(dunia, ubah("RU-2", bulan=5))


def test_yang_berlaku_tidak_ditulis_ulang(dunia: Any) -> None:
    lama = baris("RU-2")
    with pytest.raises(Bentrok, match="tidak ditulis ulang"):
        rancang(dunia, replace(lama, nilai={**lama.nilai, "bulan": 9}))


def test_tetapkan_seperti_yang_terlihat(dunia: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", bulan=4))
    terlihat = services.sidik_tetap(satu, himpunan())
    sidik = services.sidik_rancangan(satu)
    rancang(dunia, ubah("RU-2", bulan=5), aturan_id=satu.pk, sidik=sidik)
    with pytest.raises(Bentrok, match="sudah berubah"):
        tetapkan(dunia, satu, terlihat)
    satu.refresh_from_db()
    assert satu.status == "RANCANGAN"


def test_tetapkan_ditolak_bila_aturan_lain_berubah(dunia: Any) -> None:
    satu, lain = rancang(dunia, ubah("RU-2", bulan=4)), rancang(dunia, ubah("RU-3", bulan=5))
    terlihat = services.sidik_tetap(satu, himpunan())
    tetapkan(dunia, lain)
    with pytest.raises(Bentrok, match="aturan yang berlaku sudah berubah"):
        tetapkan(dunia, satu, terlihat)
    tetapkan(dunia, satu)


def test_tetapkan_dua_kali(dunia: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", bulan=4))
    sidik = services.sidik_tetap(satu, himpunan())
    tetapkan(dunia, satu, sidik)
    with pytest.raises(Bentrok, match="sudah berlaku"):
        tetapkan(dunia, satu, sidik)


def test_ubah_rancangan_orang_lain_bentrok(dunia: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", bulan=4))
    lama = services.sidik_rancangan(satu)
    rancang(dunia, ubah("RU-2", bulan=5), aturan_id=satu.pk, sidik=lama)
    with pytest.raises(Bentrok, match="baru saja diubah"):
        rancang(dunia, ubah("RU-2", bulan=6), aturan_id=satu.pk, sidik=lama)
    with pytest.raises(Bentrok, match="baru saja diubah"):
        lakukan(dunia.admin, services.buang, aturan_id=satu.pk, sidik=lama, alasan="x")


def test_buang_tetap_terbaca(dunia: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", bulan=4))
    lakukan(dunia.admin, services.buang, aturan_id=satu.pk, sidik=services.sidik_rancangan(satu), alasan="Keliru")
    satu.refresh_from_db()
    assert (satu.status, satu.alasan_cabut, satu.nilai["bulan"]) == ("DICABUT", "Keliru", 4)
    rancang(dunia, ubah("RU-2", bulan=5))  # the place is free again


def test_cabut_dengan_alasan_lalu_tulis_baru(dunia: Any) -> None:
    satu = tetapkan(dunia, rancang(dunia, ubah("RU-2", bulan=4)))
    with pytest.raises(TidakSah, match="Tulis alasan"):
        cabut(dunia, satu, " ")
    cabut(dunia, satu, "Salah baca pasal")
    assert himpunan().sidik == bawaan().sidik
    with pytest.raises(Bentrok, match="tidak sedang berlaku"):
        cabut(dunia, satu, "lagi")
    tetapkan(dunia, rancang(dunia, ubah("RU-2", bulan=5)))
    assert jejak("cabut_aturan")[0].rincian["alasan"] == "Salah baca pasal"


def test_cabut_tidak_mengembalikan_yang_bertumpuk(dunia: Any) -> None:
    """A bound that moved in two rows goes back the other way round: no person ever fits two amounts."""
    sempit = tetapkan(dunia, rancang(dunia, ubah("RU-1a", jalani_sampai=299)))
    lebar = tetapkan(dunia, rancang(dunia, ubah("RU-1b", jalani_dari=300)))
    with pytest.raises(Bentrok, match="Bertumpuk dengan RU-1b"):
        cabut(dunia, sempit, "salah baca")
    sempit.refresh_from_db()
    assert sempit.status == "BERLAKU"
    cabut(dunia, lebar, "salah baca")
    cabut(dunia, sempit, "salah baca")
    assert himpunan().besaran("RU", urutan=1, jalani=330, pada=TAHUN_DEPAN).kode == "RU-1a"


# ---------------------------------------------------------------- what forbids, what is told


@pytest.mark.parametrize(
    ("baru", "kata"),
    [
        (lambda: ubah("RU-2", urutan_sampai=3), "Bertumpuk dengan RU-3"),
        (lambda: ubah("RU-2", bulan=None, hari=None), "Isi besarannya"),
        (lambda: ubah("RT-JASA", p=3, q=2), "paling besar 1"),
        (lambda: ubah("RT-JASA", p=None), "pembilang dan penyebut"),
        (lambda: replace(ubah("RU-2"), kode="RU 2"), "hanya boleh huruf"),
        (lambda: replace(ubah("RU-2"), berlaku_sampai=TAHUN_DEPAN - timedelta(days=1)), "mendahului"),
        (lambda: ubah("URUTAN", "sakelar", nilai="LAIN"), "Pilih salah satu"),
        (lambda: ubah("URUTAN", "sakelar", pilihan=["LAIN"], nilai="LAIN"), "ditentukan portal"),
        (lambda: replace(ubah("URUTAN", "sakelar"), kode="SAKELAR_BARU"), "tidak dipakai portal"),
        (lambda: replace(ubah("E1", "syarat"), kode="E9"), "tidak dipakai portal"),
        (lambda: ubah("RU", "jenis", tanggal=["17-8"]), "bulan-tanggal"),
        (lambda: ubah("RU", "jenis", kisi="TIADA"), "tidak ada pada"),
        (lambda: ubah("UU22", "rezim", syarat=["S9"]), "Syarat S9 tidak ada"),
        (lambda: ubah("UU22", "rezim", kelompok=[]), "paling sedikit satu kelompok"),
        (lambda: ubah("NASIONAL", "biaya_makan", rupiah=0), "lebih dari Rp0"),
        (lambda: replace(ubah("NATAL-2027", "hari_besar"), kode="NATAL-LAIN"), "satu hari raya setahun"),
        (lambda: ubah("NATAL-2027", "hari_besar", dari=date(2026, 1, 1)), "paling akhir"),
        (lambda: ubah("NATAL-2027", "hari_besar", tanggal="2072-12-25"), "Samakan tahunnya"),
        (lambda: ubah("NASIONAL", "biaya_makan", tingkat="Nasinal"), "tulis nasional"),
        (lambda: ubah("PB", "program", min_pidana_bulan=9, maks_pidana_bulan=3), "paling banyak lebih kecil"),
    ],
)
def test_yang_dilarang(baru: Any, kata: str) -> None:
    assert any(kata in k for k in keberatan(bawaan(), baru())), keberatan(bawaan(), baru())


def test_bertumpuk_masa_berlakunya() -> None:
    dengan = bawaan().dengan(ubah("RU-2", bulan=4))
    awal = replace(ubah("RU-2", dari=TAHUN_DEPAN - timedelta(days=60), bulan=5), berlaku_sampai=TAHUN_DEPAN)
    assert "bertumpuk" in keberatan(dengan, awal)[0]
    assert keberatan(dengan, replace(awal, berlaku_sampai=TAHUN_DEPAN - timedelta(days=1))) == []


def test_bertumpuk_dengan_besaran_yang_baru_berlaku_kemudian() -> None:
    """Two rows of a grid that begin on different days are held against each other on the later one."""
    nanti = ubah("RU-1b", dari=TAHUN_DEPAN.replace(year=TAHUN_DEPAN.year + 1), jalani_dari=300)
    dengan, lebar = bawaan().dengan(nanti), ubah("RU-1a", jalani_sampai=359)
    (satu,) = keberatan(dengan, lebar)
    assert "RU-1b" in satu
    assert str(nanti.berlaku_dari.year) in satu
    assert keberatan(dengan, replace(lebar, berlaku_sampai=nanti.berlaku_dari - timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("baru", "kata"),
    [
        (lambda: ubah("RU-1a", jalani_sampai=299), "ke-1 setelah menjalani 300 hari"),
        (lambda: ubah("RU-1b", jalani_dari=400), "ke-1 setelah menjalani 360 hari"),
        (lambda: ubah("RU-3", urutan_dari=4, urutan_sampai=4), "ke-3 berapa pun"),
        (lambda: ubah("RU-6", urutan_sampai=7), "ke-8 berapa pun"),
        (lambda: ubah("RU-6", kisi="RUU"), "belum dipakai jenis"),
    ],
)
def test_lubang_kisi_diperingatkan(baru: Any, kata: str) -> None:
    """Keppres 174/1999 Pasal 4: every ordinal and every day from the first band on has an amount."""
    semua = peringatan(bawaan(), baru(), date(2020, 1, 1))
    assert any(kata in p for p in semua), semua


def test_uraian_yang_tertinggal_diperingatkan() -> None:
    """X1 says "kurang dari 6 bulan": whoever changes the number is told to change the sentence."""
    kini = hari_ini()
    semua = peringatan(bawaan(), ubah("X1", "syarat", jumlah=12), kini)
    assert any("masih menyebut 6" in p for p in semua)
    baru = ubah("X1", "syarat", jumlah=12, uraian="Tidak dipidana kurang dari 12 bulan")
    assert peringatan(bawaan(), baru, kini) == peringatan(bawaan(), ubah("X1", "syarat"), kini) == []


def test_kisi_bawaan_tidak_berlubang() -> None:
    for satu in baris_bawaan():
        if satu.tabel == "besaran":
            semua = peringatan(services.tanpa(bawaan(), satu), satu, date(1900, 1, 1))
            assert not [p for p in semua if "tidak mempunyai besaran" in p or "belum dipakai" in p]


def test_semua_bawaan_tidak_keberatan() -> None:
    """Every shipped rule, written anew for next year, is allowed: the checks do not fight the data."""
    for kode, tabel in {(b.kode, b.tabel) for b in bawaan().baris}:
        lama = baris(kode, tabel)
        baru = awal_baru(lama, hari_ini())
        isi = [k for k in keberatan(bawaan(), baru) if "paling akhir" not in k]
        assert isi == [], (tabel, kode, isi)


def test_peringatan_surut() -> None:
    kini = hari_ini()
    semua = peringatan(bawaan(), ubah("RU-2", dari=kini - timedelta(days=30), bulan=4), kini)
    assert any("sudah lewat" in p for p in semua)
    assert peringatan(bawaan(), ubah("RU-2", bulan=4), kini) == []
    assert any(
        "belum dikonfirmasi" in p for p in peringatan(bawaan(), replace(ubah("RU-2"), terverifikasi=False), kini)
    )


def test_tahun_berikutnya_hari_besar() -> None:
    baru = awal_baru(baris("IDUL_FITRI-2027", "hari_besar"), hari_ini(), tahun_depan=True)
    assert (baru.kode, baru.nilai["nama"], baru.nilai["tanggal"]) == ("IDUL_FITRI-2028", "Idul Fitri 2028", None)
    assert (baru.sumber, baru.terverifikasi, baru.berlaku_dari) == ("", False, date(2028, 1, 1))


def test_sebelumnya() -> None:
    lama = sebelumnya(bawaan(), ubah("RU-2", bulan=4))
    assert lama == baris("RU-2")
    assert bidang_berubah(lama, ubah("RU-2", bulan=4)) == [("Bulan", "3", "4")]


# ---------------------------------------------------------------- words and rehearsal


@pytest.mark.parametrize("satu", baris_bawaan(), ids=lambda b: f"{b.tabel}:{b.kode}:{b.berlaku_dari}")
def test_setiap_aturan_terbaca(satu: Baris) -> None:
    teks = kalimat_baris(satu)
    assert teks
    assert "None" not in teks
    assert "[" not in teks
    assert "_" not in re.sub(r"[A-Z]+(_[A-Z]+)+", "", teks)


def test_kalimat_besaran() -> None:
    assert kalimat_baris(baris("RK-1a")) == "Pemberian ke-1, telah menjalani 180 sampai 359 hari: 15 hari"
    assert kalimat_baris(baris("RD-1-12")) == "Semua pemberian: 1/12, paling banyak 3 bulan"


def test_aturan_asing_tetap_tampil() -> None:
    assert kalimat_baris(replace(baris("RU-2"), nilai={"lama": 3})) == "lama: 3"


@pytest.mark.parametrize("kode", [b.kode for b in bawaan().baris if b.tabel == "besaran"])
def test_setiap_besaran_punya_contoh(kode: str) -> None:
    """A draft of any row of the grids shows in the rehearsal: no amount changes unseen."""
    lama = baris(kode)
    nilai = {"q": lama.nilai["q"] * 2} if lama.nilai["q"] else {"bulan": 0, "hari": 1}
    hasil = gladi.banding(bawaan(), ubah(kode, **nilai))
    assert hasil.berubah, kode
    assert all(b.sebelum != b.sesudah for b in hasil.berubah)


@pytest.mark.parametrize(
    ("tabel", "kode", "nilai"),
    [
        ("sakelar", "BATAS_ENAM_BULAN", {"nilai": "181"}),
        ("sakelar", "BATAS_TIGA_BULAN", {"nilai": "91"}),
        ("sakelar", "URUTAN", {"nilai": "TAHUN_JALANI"}),
        ("sakelar", "PEMBULATAN_HARI", {"nilai": "BAWAH"}),
        ("biaya_makan", "NASIONAL", {"rupiah": 20_000}),
        ("program", "CB", {"lama_maks_hari": 120}),
        ("program", "CMB", {"lama_maks_hari": 30}),
        ("program", "PB", {"percobaan_tahun": 2}),
        ("program", "PB_ANAK", {"p": 2, "q": 3}),
        ("program", "PB_NARKOTIKA", {"min_bagian_hari": 3000}),
        ("jenis", "RU", {"tanggal": ["08-16"]}),
        ("tenggat", "USUL", {"jumlah": 30}),
    ],
)
def test_contoh_menyentuh(tabel: str, kode: str, nilai: dict[str, Any]) -> None:
    hasil = gladi.banding(bawaan(), ubah(kode, tabel, **nilai))
    assert hasil.berubah or hasil.dasar, (tabel, kode)


def test_hari_besar_memindah_kesempatan() -> None:
    baru = ubah("IDUL_FITRI-2027", "hari_besar", dari=date(2027, 1, 2), tanggal="2027-03-11")
    beda = gladi.banding(bawaan(), baru).berubah
    assert [b.nama for b in beda] == ["Kesempatan 2027"]
    assert "11 Maret 2027" in beda[0].sesudah[0]


def test_tetapkan_hari_besar_memindah_kesempatan(dunia: Any) -> None:
    call_command("buka_kesempatan", dari="2027-01-01", sampai="2027-12-31")
    baru = ubah("IDUL_FITRI-2027", "hari_besar", dari=date(2027, 1, 2), tanggal="2027-03-11")
    tetapkan(dunia, rancang(dunia, baru))
    satu = Kesempatan.objects.get(slug="rk-idul-fitri-2027")
    assert (satu.tanggal, satu.terverifikasi) == (date(2027, 3, 11), True)


# ---------------------------------------------------------------- pages


def test_semua_tabel_dibaca(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    isi = klien.get(reverse("remisi:aturan")).content.decode()
    for tabel in TABEL:
        assert JUDUL[tabel] in isi
        jawab = klien.get(reverse("remisi:aturan_tabel", args=[tabel]))
        assert jawab.status_code == 200
        assert {k.kode for k in jawab.context["kelompok"]} == {b.kode for b in bawaan().baris if b.tabel == tabel}
        assert "Kode baru" not in jawab.content.decode()
        assert klien.get(reverse("remisi:aturan_baru", args=[tabel])).status_code == 403
    assert klien.get("/remisi/aturan/tiada/").status_code == 404


@pytest.mark.parametrize("tabel", TABEL)
def test_borang_setiap_tabel_bolak_balik(dunia: Any, masuk: Any, tabel: str) -> None:
    """What the form shows of a rule it reads back as the same rule."""
    klien = masuk(dunia.admin)
    asal = [b for b in bawaan().baris if b.tabel == tabel][-1]
    alamat = reverse("remisi:aturan_baru", args=[tabel]) + f"?dari={asal.kode}"
    form = klien.get(alamat).context["form"]
    isi: dict[str, Any] = {}
    for bidang in form:
        nilai = bidang.value()
        if nilai not in (None, "", False, []):
            isi[bidang.html_name] = nilai
    jawab = klien.post(alamat, {**isi, "sumber": SUMBER})
    assert jawab.status_code == 302, jawab.context["form"].errors or jawab.context["galat"]
    baru = baris_dari(Aturan.objects.get(status="RANCANGAN"))
    assert baru.nilai == {**asal.nilai}
    assert (baru.sumber, baru.terverifikasi) == (SUMBER, False)


def test_jalan_lengkap_di_halaman(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.admin)
    alamat = reverse("remisi:aturan_baru", args=["besaran"]) + "?dari=RU-2"
    isi = {"kode": "RU-2", "isi_kisi": "RU", "isi_urutan_dari": "2", "isi_urutan_sampai": "2", "isi_bulan": "4"}
    salah = klien.post(alamat, {**isi, "berlaku_dari": "1 Januari 2027", "isi_bulan": "empat"})
    assert salah.status_code == 400
    assert 'value="empat"' in salah.content.decode()
    masuknya = {**isi, "berlaku_dari": f"1 Januari {TAHUN_DEPAN.year}", "sumber": SUMBER}
    halaman = klien.post(alamat, masuknya, follow=True)
    satu = Aturan.objects.get(status="RANCANGAN")
    teks = halaman.content.decode()
    assert "4 bulan (120 hari)" in teks
    assert "3 bulan (90 hari)" in teks
    kembar = klien.post(alamat, masuknya)
    assert kembar.status_code == 409
    assert "sudah menyusun rancangan RU-2" in kembar.content.decode()
    tolak = klien.post(reverse("remisi:aturan_tetapkan", args=[satu.pk]), {"sidik": "0" * 64})
    assert tolak.status_code == 409
    klien.post(reverse("remisi:aturan_tetapkan", args=[satu.pk]), {"sidik": halaman.context["sidik_tetap"]})
    satu.refresh_from_db()
    assert (satu.status, satu.ditetapkan_oleh_id) == ("BERLAKU", dunia.admin.pk)
    tabel = klien.get(reverse("remisi:aturan_tabel", args=["besaran"]))
    ru2 = next(k for k in tabel.context["kelompok"] if k.kode == "RU-2")
    assert (ru2.utama.keadaan, ru2.lain[0].keadaan) == ("berlaku", "mendatang")
    tanya = reverse("remisi:aturan_cabut", args=[satu.pk])
    assert "3 bulan" in klien.get(tanya).content.decode()
    assert klien.post(tanya, {"alasan": ""}).status_code == 400
    assert klien.post(tanya, {"alasan": "Uji"}).status_code == 302


def test_kode_milik_portal_tidak_ditambah(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.admin)
    baru = reverse("remisi:aturan_baru", args=["sakelar"])
    assert klien.get(baru).status_code == 302
    isi = {"kode": "EKSPIRASI", "isi_nilai": "TAHUN_JALANI", "berlaku_dari": "1 Januari 2027", "sumber": SUMBER}
    salah = klien.post(f"{baru}?dari=URUTAN", isi)
    assert salah.status_code == 400
    assert "kode" in salah.context["form"].errors
    assert klien.post(f"{baru}?dari=URUTAN", {**isi, "kode": "URUTAN"}).status_code == 302
    satu = Aturan.objects.get(status="RANCANGAN")
    assert satu.nilai["pilihan"] == ["PEMBERIAN", "TAHUN_JALANI"]


def test_pembaca_tidak_melihat_tombol(dunia: Any, masuk: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", bulan=4))
    isi = masuk(dunia.peninjau).get(reverse("remisi:aturan_satu", args=[satu.pk])).content.decode()
    assert "Tetapkan mulai" not in isi
    assert "Jalankan gladi" not in isi
    assert "4 bulan (120 hari)" in isi


def test_aturan_surut_menyebut_jumlah_calon(dunia: Any, masuk: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", dari=hari_ini() - timedelta(days=10), bulan=4))
    isi = masuk(dunia.admin).get(reverse("remisi:aturan_satu", args=[satu.pk])).content.decode()
    assert "sudah lewat" in isi
    assert "Belum ada calon yang dihitung" in isi


# ---------------------------------------------------------------- all candidates


def _kerjakan(dunia: Any, satu: Aturan) -> dict[str, Any]:
    with sebagai_orang(dunia.admin) as (oleh, _):
        kerja = gladi_massal.minta_gladi(aturan=satu, oleh=oleh, kunci=uuid.uuid4())
    lapor: list[tuple[str, int, int]] = []
    berkas = gladi_massal.kerjakan(kerja, lambda *isi: lapor.append(isi))
    assert lapor
    return dict(json.loads(berkas[0].isi))


def _orang_di_dua_unit(dunia: Any) -> None:
    layak(dunia.ambon, dunia.operator_ambon, 7)
    layak(dunia.pekanbaru, dunia.operator_pekanbaru, 2)


def test_gladi_semua_calon_menghitung_tanpa_menulis(dunia: Any) -> None:
    _orang_di_dua_unit(dunia)
    call_command("buka_kesempatan")
    satu = rancang(dunia, ubah("RU-1b", dari=hari_ini(), bulan=3))
    hasil = _kerjakan(dunia, satu)
    nasional = [b for b in hasil["baris"] if b["kanwil"] == "Nasional"]
    assert [(b["jenis"], b["dihitung"], b["besaran"], b["hari"]) for b in nasional] == [("RU", 9, 9, 270)]
    wilayah = {b["kanwil"]: b["besaran"] for b in hasil["baris"] if b["kanwil"] != "Nasional"}
    assert wilayah == {"Maluku": "ditutup", "Riau": "ditutup"}, "7 beside a nation of 9 would tell the 2"
    assert {b["hari"] for b in hasil["baris"] if b["kanwil"] != "Nasional"} == {"ditutup"}
    with terpasang(SISTEM):
        assert not Kandidat.objects.exists()
        assert not Perhitungan.objects.exists()


def test_gladi_tidak_membocorkan_yang_ditutup() -> None:
    """Whatever stands open, no closed count, and no days of a single closed Kanwil, can be worked out from it."""
    per = {
        "Aceh": Counter(dihitung=40, besaran=30, hari=900),
        "Bali": Counter(dihitung=12, besaran=2, hari=60),
        "Riau": Counter(dihitung=20, besaran=20, hari=600),
        "Papua": Counter(dihitung=9),
    }
    nasional, *wilayah = gladi_massal._blok("RU 2027", "RU", per)
    tutup = [b for b in wilayah if "ditutup" in b.values()]
    assert "Bali" in {b["kanwil"] for b in tutup}
    assert nasional["besaran"] == "ditutup" or sum(b["besaran"] == "ditutup" for b in tutup) > 1
    assert nasional["hari"] == "ditutup" or len(tutup) > 1
    assert all(b["hari"] == "ditutup" for b in tutup)
    biasa = {k: Counter(dihitung=9, besaran=9, hari=270) for k in ("Aceh", "Riau")}
    assert [b["hari"] for b in gladi_massal._blok("RU 2027", "RU", biasa)] == [540, 270, 270]
    assert gladi_massal._blok("RU 2027", "RU", {"Aceh": Counter(dihitung=9)}) == []


def test_gladi_semua_calon_hanya_unit_berisi_dan_cukup_waktu(dunia: Any) -> None:
    """A nation of candidates takes longer than a mail: units without a register are not read, and time is given."""
    _orang_di_dua_unit(dunia)
    call_command("buka_kesempatan")
    satu = rancang(dunia, ubah("RU-1b", dari=hari_ini(), bulan=3))
    with sebagai_orang(dunia.admin) as (oleh, _):
        kerja = gladi_massal.minta_gladi(aturan=satu, oleh=oleh, kunci=uuid.uuid4())
    lapor: list[tuple[str, int, int]] = []
    gladi_massal.kerjakan(kerja, lambda *isi: lapor.append(isi))
    assert [dari for _, _, dari in lapor] == [2, 2]
    assert gladi_aturan.soft_time_limit >= 3000


def test_gladi_semua_calon_menjadi_tidak_layak(dunia: Any) -> None:
    _orang_di_dua_unit(dunia)
    call_command("buka_kesempatan")
    hasil = _kerjakan(dunia, rancang(dunia, ubah("X1", "syarat", dari=hari_ini(), jumlah=120)))
    nasional = [b for b in hasil["baris"] if b["kanwil"] == "Nasional"]
    assert nasional
    assert all(b["menjadi_tidak"] == b["dihitung"] and b["hari"] < 0 for b in nasional)


def test_gladi_semua_calon_tidak_ada_yang_berubah(dunia: Any) -> None:
    _orang_di_dua_unit(dunia)
    call_command("buka_kesempatan")
    hasil = _kerjakan(dunia, rancang(dunia, ubah("RU-6", dari=hari_ini(), bulan=7)))
    assert (hasil["berubah"], hasil["baris"]) == (0, [])
    assert hasil["dihitung"] > 0


def test_gladi_lama_ditolak_dan_usang(dunia: Any, masuk: Any) -> None:
    call_command("buka_kesempatan")
    satu = rancang(dunia, ubah("RU-2", dari=hari_ini(), bulan=4))
    with sebagai_orang(dunia.admin) as (oleh, _):
        kerja = gladi_massal.minta_gladi(aturan=satu, oleh=oleh, kunci=uuid.uuid4())
    jalankan_pekerjaan(kerja.pk)
    klien = masuk(dunia.admin)
    halaman = klien.get(reverse("remisi:aturan_satu", args=[satu.pk])).content.decode()
    assert "Tidak ada yang berubah" in halaman
    rancang(dunia, ubah("RU-2", dari=hari_ini(), bulan=5), aturan_id=satu.pk, sidik=services.sidik_rancangan(satu))
    assert "Gladi ini dari isi yang lama" in klien.get(reverse("remisi:aturan_satu", args=[satu.pk])).content.decode()
    with pytest.raises(Bentrok, match="sudah berubah"):
        gladi_massal.kerjakan(kerja, lambda *isi: None)


def test_gladi_semua_lewat_halaman(dunia: Any, masuk: Any) -> None:
    satu = rancang(dunia, ubah("RU-2", dari=hari_ini(), bulan=4))
    klien = masuk(dunia.admin)
    halaman = klien.get(reverse("remisi:aturan_satu", args=[satu.pk]))
    alamat = reverse("remisi:aturan_gladi", args=[satu.pk])
    assert klien.post(alamat, {"kunci": "bukan"}).status_code == 400
    assert klien.post(alamat, {"kunci": halaman.context["kunci"]}).status_code == 302
    assert "Batalkan" in klien.get(reverse("remisi:aturan_satu", args=[satu.pk])).content.decode()
