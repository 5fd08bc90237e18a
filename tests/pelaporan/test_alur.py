"""The life of a report, walked through the table."""

from __future__ import annotations

import itertools

import pytest

from pelaporan.alur import TABEL, Aksi, Status, transisi
from pelaporan.models import Kejadian, Kotor, Laporan, LaporanVersi
from pemasyarakatan.inti.galat import Bentrok, Ditolak, KunciTerpakai, TidakDitemukan, TidakSah
from pemasyarakatan.jejak.selectors import periksa_rantai
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from upt.cakupan import SISTEM, terpasang


def _status(laporan: Laporan) -> str:
    with terpasang(SISTEM):
        return Laporan.objects.get(pk=laporan.pk).status


@pytest.mark.parametrize("formulir", ["F01", "F02", "F04", "F06"])
def test_seluruh_jalan_setiap_formulir(dunia: Dunia, formulir: str) -> None:
    laporan = dunia.laporan(dunia.ambon, formulir)
    isi_penuh(laporan, dunia.operator_ambon)
    lakukan(laporan, "siapkan", dunia.operator_ambon)
    jawaban = lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    assert jawaban["nomor"] == f"LB-{formulir}-2026-01-LAPAS-KELAS-IIA-AMBON-v1"
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    lakukan(laporan, "kunci", dunia.peninjau)
    assert _status(laporan) == Status.TERKUNCI
    with terpasang(SISTEM):
        aksi = list(Kejadian.objects.filter(laporan=laporan).values_list("aksi", flat=True))
        assert aksi == ["isi", "siapkan", "kirim", "verifikasi", "kunci"]
        assert LaporanVersi.objects.get(laporan=laporan).versi == 1
        assert Kotor.objects.filter(formulir_id=formulir, kanwil=dunia.ambon.kanwil).exists()
        assert periksa_rantai() == []


def test_setiap_pasang_di_luar_tabel_ditolak(dunia: Dunia) -> None:
    """Every (status, act) that the table does not know is refused, whoever asks, and nothing changes."""
    laporan = dunia.laporan(dunia.ambon)
    orang = [dunia.kepala_ambon, dunia.operator_ambon, dunia.kepala_maluku, dunia.peninjau]
    aksi = [a for a in Aksi if a != Aksi.ISI]
    for status, satu in itertools.product(Status, aksi):
        if transisi(status, satu) is not None:
            continue
        versi = 1 if status in (Status.DIKIRIM, Status.TERVERIFIKASI, Status.TERKUNCI) else None
        with terpasang(SISTEM):
            Laporan.objects.filter(pk=laporan.pk).update(
                status=status, versi_masuk=versi, versi_sah=versi if status.startswith("TER") else None
            )
        for siapa in orang:
            with pytest.raises((Bentrok, Ditolak)):
                lakukan(laporan, satu, siapa, disahkan=True, teks="x", alasan="lainnya")
        assert _status(laporan) == status


def test_tabel_tidak_berisi_pasangan_ganda() -> None:
    pasangan = [(b.dari, b.aksi) for b in TABEL]
    assert len(pasangan) == len(set(pasangan))
    assert {b.aksi for b in TABEL} == set(Aksi)


def test_kunci_yang_sama_satu_akibat(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    pertama = kirim(laporan, dunia.kepala_ambon, kunci="kunci-sama-1")
    with terpasang(SISTEM):
        revisi = Laporan.objects.get(pk=laporan.pk).revisi
    ulang = lakukan(laporan, "kirim", dunia.kepala_ambon, kunci="kunci-sama-1", revisi=revisi - 1, disahkan=True)
    assert ulang["nomor"] == pertama["nomor"]
    assert ulang["ulangan"]
    with pytest.raises(KunciTerpakai):
        lakukan(laporan, "tarik", dunia.kepala_ambon, kunci="kunci-sama-1")
    with terpasang(SISTEM):
        assert LaporanVersi.objects.filter(laporan=laporan).count() == 1


def test_hak_dan_cakupan(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    isi_penuh(laporan, dunia.operator_ambon)
    with pytest.raises(Ditolak):
        lakukan(laporan, "kirim", dunia.operator_ambon, disahkan=True)
    for asing in (dunia.kepala_masohi, dunia.kepala_pekanbaru, dunia.verifikator_riau, dunia.asing):
        with pytest.raises(TidakDitemukan):
            lakukan(laporan, "kirim", asing, disahkan=True)
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    with pytest.raises(Ditolak):
        lakukan(laporan, "verifikasi", dunia.kepala_ambon)
    with pytest.raises(Ditolak):
        lakukan(laporan, "verifikasi", dunia.admin)


def test_pembuat_tidak_memverifikasi(dunia: Dunia) -> None:
    """The same person with a second account (same NIP is refused by the database) or a second role is found out."""
    from datetime import date

    from upt.models import Penugasan

    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=dunia.kepala_ambon, peran="verifikator_kanwil", kanwil=dunia.ambon.kanwil, mulai=date(2020, 1, 1)
        )
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    with pytest.raises(Ditolak, match="orang lain"):
        lakukan(laporan, "verifikasi", dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)


def test_tarik_hanya_sebelum_dibuka(dunia: Dunia) -> None:
    from pelaporan.services import tandai_dibuka

    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "tarik", dunia.kepala_ambon)
    with terpasang(SISTEM):
        segar = Laporan.objects.get(pk=laporan.pk)
        assert (segar.status, segar.versi_masuk, segar.dikirim_pada) == (Status.DRAF, None, None)
    lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    with terpasang(SISTEM):
        segar = Laporan.objects.get(pk=laporan.pk)
        assert segar.versi_masuk == 2
        tandai_dibuka(segar, oleh=dunia.verifikator_maluku)
    with pytest.raises(Bentrok, match="sudah dibuka"):
        lakukan(laporan, "tarik", dunia.kepala_ambon)


def test_kirim_ulang_tanpa_perubahan_ditolak(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(
        laporan,
        "kembalikan",
        dunia.verifikator_maluku,
        alasan="lainnya",
        teks="Periksa lahan.",
        sel={"lahan_tidur": "?"},
    )
    with pytest.raises(TidakSah, match="Tidak ada perubahan"):
        lakukan(laporan, "kirim", dunia.kepala_ambon, disahkan=True)
    jawaban = kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "700"})
    assert jawaban["versi"] == 2


def test_kembalikan_perlu_alasan_dan_butir_yang_ada(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    for salah in (
        {"alasan": "", "teks": "x"},
        {"alasan": "lainnya", "teks": "  "},
        {"alasan": "lainnya", "teks": "x", "sel": {"tidak_ada": "?"}},
    ):
        with pytest.raises(TidakSah):
            lakukan(laporan, "kembalikan", dunia.verifikator_maluku, **salah)
    assert _status(laporan) == Status.DIKIRIM


def test_amandemen_tidak_merobek_angka(dunia: Dunia) -> None:
    """While an amendment is on its way the old verified version stays the verified one."""
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    lakukan(laporan, "buka", dunia.kepala_maluku, teks="Salah ketik lahan.")
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "900"})
    with terpasang(SISTEM):
        segar = Laporan.objects.get(pk=laporan.pk)
        assert (segar.status, segar.versi_masuk, segar.versi_sah) == (Status.DIKIRIM, 2, 1)


def test_revisi_basi_bentrok(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    with pytest.raises(Bentrok, match="sudah berubah"):
        lakukan(laporan, "verifikasi", dunia.verifikator_maluku, revisi=0)


def test_dibuka_kembali_tanpa_draf_berisi_versi_terakhir(dunia: Dunia) -> None:
    """A report whose draft is gone (imported, archived) is reopened with what was sent, not empty."""
    from pelaporan.models import Draf

    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    with terpasang(SISTEM):
        semula = Draf.objects.get(laporan=laporan).isi
        Draf.objects.filter(laporan=laporan).delete()
    lakukan(laporan, "buka", dunia.kepala_maluku, teks="Perbaikan.")
    with terpasang(SISTEM):
        isi = Draf.objects.get(laporan=laporan).isi
    diketik = {k: s["nilai"] for k, s in semula["sel"].items() if s["nilai"] is not None}
    assert {k: s["nilai"] for k, s in isi["sel"].items() if k in diketik} == diketik
    jawaban = kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "900"})
    assert jawaban["versi"] == 2
