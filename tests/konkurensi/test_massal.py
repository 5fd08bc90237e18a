"""Many reports at once against everybody else: one outcome each, nothing lost, no deadlock."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from pelaporan.antrean.pegangan import ambil_alih, pegang
from pelaporan.antrean.services import Pilihan, batalkan_massal, cap_bendera, timbang, verifikasi_massal
from pelaporan.models import Kejadian, Laporan, Tinjauan
from pelaporan.services_periode import tutup_periode
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, GalatPortal
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.selectors import periksa_rantai
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from tests.konkurensi.alat import serentak
from upt.cakupan import SISTEM, Cakupan, terpasang

_nomor = itertools.count(1)


def _orang(orang: Pengguna) -> tuple[Pengguna, Cakupan]:
    segar = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        return segar, Cakupan.dari(segar)


def _kirim_semua(d: Dunia) -> list[Laporan]:
    semua = []
    for upt, kepala in ((d.ambon, d.kepala_ambon), (d.masohi, d.kepala_masohi)):
        for formulir in ("F02", "F04"):
            laporan = d.laporan(upt, formulir)
            with terpasang(SISTEM):
                Laporan.objects.filter(pk=laporan.pk).update(tenggat=sekarang() + timedelta(days=2))
            kirim(laporan, kepala)
            semua.append(laporan)
    return semua


def _pilihan(semua: list[Laporan], siapa: Pengguna) -> list[Pilihan]:
    orang, cakupan = _orang(siapa)
    with terpasang(cakupan):
        segar = Laporan.objects.select_related("upt", "kanwil", "formulir", "formulir_versi")
        calon = timbang(list(segar.filter(pk__in=[lap.pk for lap in semua])), orang)
    return [Pilihan(c.laporan.pk, c.laporan.revisi, cap_bendera(c.bendera)) for c in calon]


def _massal(pilihan: list[Pilihan], siapa: Pengguna) -> dict[str, Any]:
    orang, cakupan = _orang(siapa)
    kunci = f"massal-{next(_nomor):06d}"
    with terpasang(cakupan):
        return verifikasi_massal(pilihan=pilihan, saringan={}, kunci=kunci, oleh=orang, cakupan=cakupan)


def _status(semua: list[Laporan]) -> list[str]:
    with terpasang(SISTEM):
        per_id = {lap.pk: lap.status for lap in Laporan.objects.filter(pk__in=[x.pk for x in semua])}
    return [per_id[lap.pk] for lap in semua]


def _utuh(semua: list[Laporan]) -> None:
    """The status is the last event's, versions fold, and the chains hold."""
    with terpasang(SISTEM):
        for lap in Laporan.objects.filter(pk__in=[x.pk for x in semua]):
            akhir = Kejadian.objects.filter(laporan=lap).order_by("-urut").first()
            assert akhir is not None
            assert akhir.ke == lap.status
            assert (lap.versi_sah is not None) == (lap.status in ("TERVERIFIKASI", "TERKUNCI"))
        assert periksa_rantai() == []


def test_massal_lawan_tarik(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    semua = _kirim_semua(d)
    pilihan = _pilihan(semua, d.verifikator_maluku)
    hasil, tarik = serentak(
        [lambda: _massal(pilihan, d.verifikator_maluku), lambda: lakukan(semua[0], "tarik", d.kepala_ambon)]
    )
    assert isinstance(hasil, dict), hasil
    menang = isinstance(tarik, dict)
    assert _status(semua) == ["DRAF" if menang else "TERVERIFIKASI", *["TERVERIFIKASI"] * 3]
    assert [s["laporan"] for s in hasil["dilewati"]] == ([str(semua[0].pk)] if menang else [])
    _utuh(semua)


def test_massal_lawan_putusan_satu(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    semua = _kirim_semua(d)
    pilihan = _pilihan(semua, d.verifikator_maluku)
    hasil, satu = serentak(
        [
            lambda: _massal(pilihan, d.verifikator_maluku),
            lambda: lakukan(semua[2], "kembalikan", d.kepala_maluku, alasan="lainnya", teks="Periksa."),
        ]
    )
    assert hasil["jumlah"] + isinstance(satu, dict) == 4
    assert isinstance(satu, dict | Bentrok)
    with terpasang(SISTEM):
        assert Kejadian.objects.filter(laporan=semua[2], aksi__in=["verifikasi", "kembalikan"]).count() == 1
    _utuh(semua)


def test_dua_peninjau_massal_bersamaan(dunia_nyata: Dunia) -> None:
    """The same four reports in opposite orders: every one is verified once, by one of the two."""
    d = dunia_nyata
    semua = _kirim_semua(d)
    satu, dua = _pilihan(semua, d.verifikator_maluku), _pilihan(semua, d.kepala_maluku)[::-1]
    hasil = serentak([lambda: _massal(satu, d.verifikator_maluku), lambda: _massal(dua, d.kepala_maluku)])
    assert all(isinstance(h, dict) for h in hasil), hasil
    assert sorted(h["jumlah"] for h in hasil) == [0, 4]
    kalah = next(h for h in hasil if not h["jumlah"])
    assert {s["sebab"] for s in kalah["dilewati"]} == {"sekarang terverifikasi"}
    with terpasang(SISTEM):
        assert Kejadian.objects.filter(laporan__in=semua, aksi="verifikasi").count() == 4
    _utuh(semua)


def test_batal_massal_lawan_tutup_bulan(dunia_nyata: Dunia) -> None:
    """Whoever is first: a locked report stays verified, an undone one is not locked; never half of each."""
    d = dunia_nyata
    semua = _kirim_semua(d)
    tindakan = _massal(_pilihan(semua, d.verifikator_maluku), d.verifikator_maluku)

    def batal() -> dict[str, Any]:
        orang, cakupan = _orang(d.verifikator_maluku)
        with terpasang(cakupan):
            return batalkan_massal(
                tindakan_id=tindakan["tindakan"], kunci="batal-satu-kali", oleh=orang, cakupan=cakupan
            )

    def tutup() -> int:
        orang, cakupan = _orang(d.peninjau)
        with terpasang(cakupan):
            return tutup_periode(bulan=JANUARI, oleh=orang, cakupan=cakupan)

    hasil, _ = serentak([batal, tutup])
    assert isinstance(hasil, dict), hasil
    assert set(_status(semua)) == ({"DIKIRIM"} if hasil["jumlah"] else {"TERKUNCI"})
    assert hasil["jumlah"] + len(hasil["dilewati"]) == 4
    _utuh(semua)


def test_batal_ganda_satu_akibat(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    lakukan(laporan, "verifikasi", d.verifikator_maluku)
    with terpasang(SISTEM):
        revisi = Laporan.objects.get(pk=laporan.pk).revisi
    hasil = serentak([lambda: lakukan(laporan, "batal", d.verifikator_maluku, revisi=revisi)] * 3)
    assert sum(isinstance(h, dict) for h in hasil) == 1
    assert all(isinstance(h, dict | GalatPortal) for h in hasil), hasil
    _utuh([laporan])


def test_dua_orang_memegang_bersamaan_satu_pemegang(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)

    def ambil(siapa: Pengguna, cara: Any) -> Any:
        orang, cakupan = _orang(siapa)
        with terpasang(cakupan):
            return cara(laporan_id=laporan.pk, oleh=orang, cakupan=cakupan)

    hasil = serentak([lambda: ambil(d.verifikator_maluku, pegang), lambda: ambil(d.kepala_maluku, pegang)])
    assert len({h.oleh_id for h in hasil}) == 1, hasil
    serentak([lambda: ambil(d.verifikator_maluku, ambil_alih), lambda: ambil(d.kepala_maluku, ambil_alih)])
    with terpasang(SISTEM):
        assert Tinjauan.objects.filter(laporan=laporan, oleh__isnull=False).count() == 1
