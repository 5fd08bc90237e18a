"""Imports and handings over at once: one save, one move, no deadlock between units that send persons to each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connection

from pelaporan.register.services import Jawaban
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import jalankan_pekerjaan
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT
from wbp import serah
from wbp.models import AksesWarga, DataWarga, ImporSDP, WargaBinaan
from wbp.sdp import services
from wbp.services_data import catat_banyak, ubah_warga

KEPALA = "no_reg;nama;status;lama_pidana"


def dalam(orang: Pengguna, kerja: Callable[[dict[str, Any]], Any]) -> Any:
    segar = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        cakupan = Cakupan.dari(segar)
    with terpasang(cakupan):
        return kerja({"oleh": segar, "cakupan": cakupan})


def berkas(*nomor: str) -> bytes:
    return "\n".join([KEPALA, *(f"{n};Warga Contoh {n[-1]};narapidana;3 Tahun" for n in nomor)]).encode()


def terima(orang: Pengguna, upt: UPT, isi: bytes) -> ImporSDP:
    return dalam(orang, lambda h: services.terima(upt=upt, isi=isi, tanggal_data=hari_ini(upt.zona), **h))


def simpan(orang: Pengguna, satu: ImporSDP) -> Callable[[], Any]:
    sidik = services.buka_isi(satu).rencana.sidik
    return lambda: dalam(orang, lambda h: services.simpan(impor_id=satu.pk, sidik=sidik, **h))


def warga(orang: Pengguna, upt: UPT, nomor: str) -> int:
    nilai = {"nomor": nomor, "nama": "Warga Contoh", "status": "NARAPIDANA", "sejak": date(2024, 1, 1)}
    (pk,) = dalam(orang, lambda h: catat_banyak(upt=upt, baris=[nilai], **h))
    return int(pk)


def test_satu_impor_disimpan_dua_orang_sekali(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    satu = terima(d.operator_ambon, d.ambon, berkas("A 101", "A 102"))
    hasil = serentak([simpan(o, satu) for o in (d.operator_ambon, d.kepala_ambon)] * 2)
    assert all(tersimpan for _, tersimpan in hasil), hasil
    with terpasang(SISTEM):
        assert DataWarga.objects.count() == 2


def test_dua_berkas_dengan_orang_yang_sama(dunia_nyata: Dunia) -> None:
    """One of them is saved; the other is shown again with the register as it is now."""
    d = dunia_nyata
    semua = [terima(d.operator_ambon, d.ambon, berkas("A 101", lain)) for lain in ("A 102", "A 103")]
    hasil = serentak([simpan(o, s) for o, s in zip((d.operator_ambon, d.kepala_ambon), semua, strict=True)])
    assert sorted(tersimpan for _, tersimpan in hasil) == [False, True], hasil
    with terpasang(SISTEM):
        assert DataWarga.objects.count() == WargaBinaan.objects.count() == 2
        tinggal = ImporSDP.objects.get(status=ImporSDP.Status.DIPERIKSA)
    assert services.buka_isi(tinggal).rencana.hitungan["baru"] == 1


@pytest.mark.parametrize("antre", [False, True], ids=["langsung", "pekerja"])
def test_basis_data_putus_di_tengah_penyimpanan(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch, antre: bool
) -> None:
    """The session dies after persons were written, before the import says so: nobody is saved, then all are, once."""
    d, asli = dunia_nyata, services.tulis
    satu = terima(d.operator_ambon, d.ambon, berkas("A 101", "A 102"))
    monkeypatch.setattr(services, "LANGSUNG", 0 if antre else 1_500)

    def putus(*isi: Any, **lain: Any) -> None:
        asli(*isi, **lain)
        assert DataWarga.objects.count() == 2
        with connection.cursor() as kursor:
            kursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as sementara:
        sementara.setattr(services, "tulis", putus)
        (hasil,) = serentak([lambda: _selesaikan(d.operator_ambon, satu, antre)])
    assert antre or isinstance(hasil, OperationalError), hasil
    with terpasang(SISTEM):
        assert DataWarga.objects.count() == WargaBinaan.objects.count() == 0
        assert ImporSDP.objects.get().status == ("ANTRE" if antre else "DIPERIKSA")
        Pekerjaan.objects.update(status=Pekerjaan.Status.ANTRE)
    _selesaikan(d.operator_ambon, satu, antre)
    with terpasang(SISTEM):
        assert DataWarga.objects.count() == WargaBinaan.objects.count() == 2
        selesai = ImporSDP.objects.get()
    assert (selesai.status, selesai.rencana) == ("DISIMPAN", None)


def _selesaikan(orang: Pengguna, satu: ImporSDP, antre: bool) -> None:
    """Ask for saving, and be the worker where one is needed."""
    simpan(orang, satu)()
    if antre:
        with terpasang(SISTEM):
            kerja = Pekerjaan.objects.get(parameter__simpan=True)
        jalankan_pekerjaan(kerja.pk)


def test_orang_diubah_tangan_selagi_impor_disimpan(dunia_nyata: Dunia) -> None:
    """Neither is lost: the import sees the change and shows itself again, or the change finds another revision."""
    d = dunia_nyata
    pk = warga(d.operator_ambon, d.ambon, "A 101")
    satu = terima(d.operator_ambon, d.ambon, berkas("A 101", "A 102"))

    def ubah() -> Any:
        return dalam(d.kepala_ambon, lambda h: ubah_warga(data=pk, nilai={"agama": "HINDU"}, revisi=1, jawaban=ya, **h))

    ya = Jawaban(frozenset(("pidana_kosong",)))
    hasil = serentak([simpan(d.operator_ambon, satu), ubah])
    with terpasang(SISTEM):
        data = DataWarga.objects.get(pk=pk)
    if isinstance(hasil[1], Bentrok):
        assert hasil[0][1], hasil
        assert (data.agama, data.pidana_tahun) == ("", 3)
    else:
        assert not hasil[0][1], hasil
        assert (data.agama, data.pidana_tahun) == ("HINDU", None)


def test_dua_penerimaan_satu_perpindahan(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    pk = warga(d.operator_ambon, d.ambon, "A 101")
    satu = dalam(d.operator_ambon, lambda h: serah.serahkan(data=pk, ke=d.masohi.kode, tanggal=hari_ini("WIT"), **h))

    def tiba(orang: Pengguna) -> Callable[[], Any]:
        return lambda: dalam(orang, lambda h: serah.terima(serah_id=satu.pk, **h))

    hasil = serentak([tiba(d.operator_masohi), tiba(d.kepala_masohi)] * 2)
    assert {getattr(h, "status", h) for h in hasil} == {"DITERIMA"}
    with terpasang(SISTEM):
        assert DataWarga.objects.get().upt_id == d.masohi.pk
        assert AksesWarga.objects.count() == 1
        assert WargaBinaan.objects.filter(upt=d.masohi).count() == 1


def test_diterima_atau_ditarik_tidak_keduanya(dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    pk = warga(d.operator_ambon, d.ambon, "A 101")
    satu = dalam(d.operator_ambon, lambda h: serah.serahkan(data=pk, ke=d.masohi.kode, tanggal=hari_ini("WIT"), **h))
    hasil = serentak(
        [
            lambda: dalam(d.operator_masohi, lambda h: serah.terima(serah_id=satu.pk, **h)),
            lambda: dalam(d.operator_ambon, lambda h: serah.tarik(serah_id=satu.pk, **h)),
        ]
    )
    assert sum(isinstance(h, Bentrok) for h in hasil) == 1, hasil
    with terpasang(SISTEM):
        satu.refresh_from_db()
        pindah = DataWarga.objects.get().upt_id == d.masohi.pk
    assert pindah == (satu.status == "DITERIMA")


def test_saling_menyerahkan_tanpa_buntu(dunia_nyata: Dunia) -> None:
    """Two units that receive from each other at once lock both registers in one order."""
    d = dunia_nyata
    arah = ((d.operator_ambon, d.ambon, d.masohi), (d.operator_masohi, d.masohi, d.ambon))
    tugas = []
    for n in range(3):
        for pengirim, dari, ke in arah:
            pk = warga(pengirim, dari, f"{dari.jenis} {n}")
            satu = dalam(
                pengirim,
                lambda h, pk=pk, ke=ke: serah.serahkan(data=pk, ke=ke.kode, tanggal=hari_ini("WIT"), **h),
            )
            penerima = d.operator_masohi if ke == d.masohi else d.operator_ambon
            tugas.append(
                lambda penerima=penerima, satu=satu: dalam(penerima, lambda h: serah.terima(serah_id=satu.pk, **h))
            )
    hasil = serentak(tugas)
    assert {getattr(h, "status", h) for h in hasil} == {"DITERIMA"}
    with terpasang(SISTEM):
        assert DataWarga.objects.filter(upt=d.ambon).count() == DataWarga.objects.filter(upt=d.masohi).count() == 3
