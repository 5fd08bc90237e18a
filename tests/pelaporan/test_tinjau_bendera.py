"""Flags on the review page: why they stand there, what was said of them before, and what that teaches."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q

from pelaporan.bendera import hitung_ulang_bendera, risiko
from pelaporan.models import Laporan, LaporanVersi, Tinjauan
from pelaporan.services_periode import buka_periode
from pelaporan.tinjauan.selectors import sebaya
from pelaporan.tinjauan.services import batal_wajar, tandai_bagian, tandai_wajar
from pelaporan.tinjauan.wajar import Wajar, bobot
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from tests.pelaporan.bantu import alamat, sebagai_orang, segar, tindakan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

TANPA = {"lahan_tidur": "900"}


def _dua_bulan(dunia: Dunia, kini: dict[str, str]) -> Laporan:
    """December as usual, January with a sudden change."""
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2025, 12))
    kirim(dunia.laporan(dunia.ambon, bulan=Bulan(2025, 12)), dunia.kepala_ambon)
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon, kini)
    return laporan


def _kunci(laporan: Laporan) -> str:
    satu = next(b for b in segar(laporan).bendera if b["kode"] == "perubahan" and b["butir"] == "lahan_tidur")
    return f"{satu['kode']}|{satu['butir']}|"


def test_bendera_menjelaskan_diri(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_bulan(dunia, TANPA)
    jawab = masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"))
    baris = next(b for b in jawab.context["baris"] if b.kode == "lahan_tidur")
    (satu,) = [b for b in baris.bendera if b.kunci == _kunci(laporan)]
    assert "50%" in satu.aturan
    assert satu.riwayat == "Pertama kali dalam 12 bulan."
    isi = jawab.content.decode()
    assert "Mengapa ditandai" in isi
    assert alamat(laporan, "rincian", sel="lahan_tidur") in isi


def test_wajar_tampil_bulan_depan_dan_menurunkan_risiko(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_bulan(dunia, TANPA)
    klien = masuk(dunia.verifikator_maluku)
    data = {"bendera": _kunci(laporan), "alasan": "Lahan baru dibuka.", "lanjut": alamat(laporan, "tinjau")}
    jawab = klien.post(alamat(laporan, "tinjau_wajar"), data, follow=True)
    assert "Wajar menurut Verifikator Maluku: Lahan baru dibuka." in jawab.content.decode()
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    depan = _bulan_lain(dunia, Bulan(2026, 2), "500")
    assert segar(depan).bendera == [], "back to the usual is nothing to ask about"
    depan = _bulan_lain(dunia, Bulan(2026, 3), "900")
    assert 0 < segar(depan).risiko < _risiko_tanpa_pelajaran(depan)
    isi = klien.get(alamat(depan, "tinjau")).context["baris"]
    (satu,) = [b for b in next(x for x in isi if x.kode == "lahan_tidur").bendera if b.kunci == data["bendera"]]
    assert satu.riwayat == "1 kali dalam 12 bulan, 1 kali dijelaskan wajar."
    assert satu.terakhir.alasan == "Lahan baru dibuka."


def _bulan_lain(dunia: Dunia, bulan: Bulan, nilai: str) -> Laporan:
    with terpasang(SISTEM):
        buka_periode(bulan=bulan)
    laporan = dunia.laporan(dunia.ambon, bulan=bulan)
    with terpasang(SISTEM):
        depan = sekarang() + timedelta(days=3)  # late or not is no matter here
        Laporan.objects.filter(pk=laporan.pk).update(tenggat=depan)
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": nilai})
    return laporan


def _risiko_tanpa_pelajaran(laporan: Laporan) -> int:
    """The risk of the same report computed as if nobody had ever explained anything."""
    with terpasang(SISTEM):
        lama = list(Tinjauan.objects.all())
        Tinjauan.objects.update(wajar={})
        hitung_ulang_bendera(saring=Q(pk=laporan.pk))
        hasil = Laporan.objects.get(pk=laporan.pk).risiko
        for satu in lama:
            satu.save()
    return hasil


def test_penjelasan_meredam_sampai_sejauh_itu_saja() -> None:
    def wajar(nilai: str | None) -> Wajar:
        angka = None if nilai is None else Decimal(nilai)
        return Wajar("perubahan|x|", JANUARI, "panen", "V", sekarang(), angka, "t")

    tengah = Decimal(900)
    assert bobot(1240, tengah, [wajar("1240")], 50) == 0.5
    assert bobot(1250, tengah, [wajar("1240")], 50) == 0.5
    assert bobot(2500, tengah, [wajar("1240")], 50) == 1
    assert bobot(500, tengah, [wajar("1240")], 50) == 1
    assert bobot(1240, tengah, [wajar("1240"), wajar("1300")], 50) == 0.25
    assert bobot(None, None, [wajar(None)], 50) == 0.5
    assert bobot(None, None, [], 50) == 1
    assert risiko([], 1000) == 0


def test_wajar_ditolak_tanpa_alasan_asing_atau_sesudah_putusan(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_bulan(dunia, TANPA)
    kunci = _kunci(laporan)
    klien = masuk(dunia.verifikator_maluku)
    jawab = klien.post(alamat(laporan, "tinjau_wajar"), {"bendera": kunci, "alasan": "  "})
    assert jawab.status_code == 400
    assert "Tulis mengapa ini wajar" in jawab.content.decode()
    with sebagai_orang(dunia.verifikator_maluku) as umum:
        with pytest.raises(TidakSah):
            tandai_wajar(laporan_id=laporan.pk, bendera="perubahan|karangan|", alasan="x", **umum)
        tandai_wajar(laporan_id=laporan.pk, bendera=kunci, alasan="Sudah dicek.", **umum)
        batal_wajar(laporan_id=laporan.pk, bendera=kunci, **umum)
        assert Tinjauan.objects.get(laporan=laporan).wajar == {}
    with sebagai_orang(dunia.verifikator_riau) as umum, pytest.raises(TidakDitemukan):
        tandai_wajar(laporan_id=laporan.pk, bendera=kunci, alasan="x", **umum)
    with sebagai_orang(dunia.operator_ambon) as umum, pytest.raises(Ditolak):
        tandai_wajar(laporan_id=laporan.pk, bendera=kunci, alasan="x", **umum)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    with sebagai_orang(dunia.verifikator_maluku) as umum, pytest.raises(Bentrok):
        tandai_bagian(laporan_id=laporan.pk, bagian="kegiatan", sudah=True, **umum)


def test_rekan_yang_memegang_tidak_didahului(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_bulan(dunia, TANPA)
    masuk(dunia.verifikator_maluku).get(alamat(laporan, "tinjau"))
    kepala = masuk(dunia.kepala_maluku)
    data = {"bagian": "kegiatan", "sudah": "1"}
    jawab = kepala.post(alamat(laporan, "tinjau_bagian"), data)
    assert jawab.status_code == 409
    assert "sedang meninjau" in jawab.content.decode()
    kepala.post(alamat(laporan, "pegang"), {"aksi": "ambil_alih"})
    assert kepala.post(alamat(laporan, "tinjau_bagian"), data).status_code == 302


def test_bagian_dicentang_per_versi_dan_diingatkan(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_bulan(dunia, TANPA)
    klien, url = masuk(dunia.verifikator_maluku), alamat(laporan, "tinjau")
    awal = klien.get(url)
    assert [b.kode for b in awal.context["perlu"]] == ["kegiatan"]
    assert "bagian berbendera belum ditandai" in awal.content.decode()
    assert ">Verifikasi tanpa menandai 1 bagian berbendera</button>" in awal.content.decode()
    data = {"bagian": "kegiatan", "sudah": "1", "lanjut": f"{url}?tampil=semua&banding=lalu"}
    jawab = klien.post(alamat(laporan, "tinjau_bagian"), data)
    assert jawab["Location"] == f"{url}?banding=lalu&tampil=semua#bagian-kegiatan"
    sesudah = klien.get(url)
    assert (sesudah.context["sudah"], sesudah.context["perlu"]) == (1, [])
    assert 'value="verifikasi">Verifikasi</button>' in sesudah.content.decode()
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="bagian_ditinjau", objek_id=str(laporan.pk)).count() == 1
    asing = klien.post(alamat(laporan, "tinjau_bagian"), {"bagian": "karangan", "sudah": "1"})
    assert asing.status_code == 400
    klien.post(url, tindakan(laporan, "kembalikan", alasan="lainnya", teks="Ukur ulang."))
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "700"})
    assert klien.get(url).context["sudah"] == 0, "a new version is ticked anew"


def test_lanjut_ke_luar_tidak_diikuti(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_bulan(dunia, TANPA)
    data = {"bagian": "kegiatan", "sudah": "1", "lanjut": "//jahat.example/?tampil=semua"}
    jawab = masuk(dunia.verifikator_maluku).post(alamat(laporan, "tinjau_bagian"), data)
    assert jawab["Location"].startswith(alamat(laporan, "tinjau"))


def test_sebaya_hanya_bila_cukup_banyak(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    with terpasang(SISTEM):
        contoh = LaporanVersi.objects.get(laporan=laporan)
        _teman(dunia, contoh, 4)
        segar_ = Laporan.objects.select_related("upt").get(pk=laporan.pk)
        Laporan.objects.filter(pk=laporan.pk).update(penghuni_acuan=150)
        segar_.penghuni_acuan = 150
        assert sebaya(segar_, contoh.isi, ["lahan_tidur"]) == {}
        _teman(dunia, contoh, 1, mulai=4)
        hasil = sebaya(segar_, contoh.isi, ["lahan_tidur"])["lahan_tidur"]
    assert (hasil.unit, hasil.tengah, hasil.sendiri) == (5, Decimal(300), Decimal(50000) / 150)


def _teman(dunia: Dunia, contoh: LaporanVersi, jumlah: int, mulai: int = 0) -> None:
    """Units of the same kind in the same Kanwil that sent 100, 200, ... m² with 100 inmates each."""
    for n in range(mulai, mulai + jumlah):
        upt = UPT.objects.create(
            kode=f"lapas-teman-{n}", nama=f"Lapas Teman {n}", jenis=dunia.ambon.jenis, kelas=dunia.ambon.kelas,
            kanwil=dunia.ambon.kanwil, zona="WIT",
        )  # fmt: skip
        asal = dunia.laporan(dunia.ambon)
        baru = Laporan.objects.create(
            upt=upt, kanwil=upt.kanwil, bulan=asal.bulan, formulir=asal.formulir, formulir_versi=asal.formulir_versi,
            status="DIKIRIM", versi_masuk=1, penghuni_acuan=100, tenggat=asal.tenggat,
            tenggat_kanwil=asal.tenggat_kanwil,
        )  # fmt: skip
        isi = {**contoh.isi, "angka": {**contoh.isi["angka"], "lahan_tidur": (n + 1) * 100}}
        LaporanVersi.objects.create(
            laporan=baru, versi=1, upt=upt, kanwil=upt.kanwil, bulan=baru.bulan, formulir_id=baru.formulir_id,
            formulir_versi_id=baru.formulir_versi_id, isi=isi, sidik="0" * 64, nomor=f"uji-{n}",
            dibuat_oleh=contoh.dibuat_oleh, sebagai="Kepala UPT", dibuat_pada=contoh.dibuat_pada,
        )  # fmt: skip
