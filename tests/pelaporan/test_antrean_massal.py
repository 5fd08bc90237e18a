"""Verifying many reports with one press, what is left out, and taking it back."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dasbor.invarian import periksa_semua
from pelaporan.antrean.pegangan import ambil_alih, lepas, pegang, pegangan
from pelaporan.catatan.services import tulis_komentar
from pelaporan.models import Kejadian, Kotor, Laporan, Pemberitahuan, TindakanMassal, Tinjauan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from tests.pelaporan.bantu import alamat, segar, tindakan
from upt.cakupan import SISTEM, Cakupan, terpasang

MASSAL = reverse("pelaporan:massal")


def _bersih(dunia: Dunia, *pasang: tuple[Any, str, Pengguna]) -> list[Laporan]:
    """Sent in time and without questions: reports without flags."""
    semua = []
    for upt, formulir, kepala in pasang:
        laporan = dunia.laporan(upt, formulir)
        with terpasang(SISTEM):
            depan = sekarang() + timedelta(days=3)
            Laporan.objects.filter(pk=laporan.pk).update(tenggat=depan, tenggat_kanwil=depan)
        kirim(laporan, kepala)
        semua.append(laporan)
    return semua


@pytest.fixture
def tiga(dunia: Dunia) -> list[Laporan]:
    return _bersih(
        dunia,
        (dunia.ambon, "F02", dunia.kepala_ambon),
        (dunia.ambon, "F04", dunia.kepala_ambon),
        (dunia.masohi, "F04", dunia.kepala_masohi),
    )


def _tekan(klien: Client, **pilih: Any) -> Any:
    """Open the page that asks, press its button with what it ticked."""
    tanya = klien.get(MASSAL, pilih)
    assert tanya.status_code == 200, tanya.content.decode()[:500]
    isi = {"pilih": [str(c.pilihan) for c in tanya.context["siap"]], "kunci": tanya.context["kunci"]}
    return tanya, isi


def _orang(orang: Pengguna) -> tuple[Pengguna, Cakupan]:
    segar_ini = Pengguna.objects.get(pk=orang.pk)
    with terpasang(Cakupan(pengguna_id=segar_ini.pk)):
        return segar_ini, Cakupan.dari(segar_ini)


def test_semua_hasil_saringan_diverifikasi_dan_tercatat(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    klien = masuk(dunia.verifikator_maluku)
    tanya, isi = _tekan(klien, semua="1")
    assert {c.laporan.pk for c in tanya.context["siap"]} == {lap.pk for lap in tiga}, [
        (c.nama, c.sebab) for c in tanya.context["berbendera"]
    ]
    assert {segar(lap).status for lap in tiga} == {"DIKIRIM"}, "asking changes nothing"
    jawab = klien.post(MASSAL, isi, follow=True)
    assert "3 laporan diverifikasi" in jawab.content.decode()
    assert {segar(lap).status for lap in tiga} == {"TERVERIFIKASI"}
    with terpasang(SISTEM):
        catatan = TindakanMassal.objects.get()
        assert (catatan.jumlah, catatan.dilewati) == (3, [])
        assert Kejadian.objects.filter(massal=catatan.pk, aksi="verifikasi").count() == 3
        assert Jejak.objects.filter(tindakan="verifikasi_massal").count() == 1
    ulang = klien.post(MASSAL, isi)
    assert ulang.status_code == 302
    with terpasang(SISTEM):
        assert TindakanMassal.objects.count() == 1, "the same press twice has one effect"


def test_tanpa_pilihan_galat_dan_tetap_di_antrean(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    jawab = masuk(dunia.verifikator_maluku).get(MASSAL)
    assert jawab.status_code == 400
    assert "Pilih sedikitnya satu laporan" in jawab.content.decode()


def test_yang_berbendera_tidak_ikut_kecuali_dicentang(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    lakukan(tiga[0], "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    kirim(tiga[0], dunia.kepala_ambon, {"surat_h10": "1"}, teks="Sudah diperiksa.")
    klien = masuk(dunia.verifikator_maluku)
    tanya, isi = _tekan(klien, semua="1")
    assert [c.laporan.pk for c in tanya.context["berbendera"]] == [tiga[0].pk]
    assert "Dikirim ulang setelah dikembalikan" in tanya.content.decode()
    klien.post(MASSAL, isi)
    assert segar(tiga[0]).status == "DIKIRIM"
    tanya, isi = _tekan(klien, laporan=str(tiga[0].pk))
    klien.post(MASSAL, {**isi, "pilih": [str(c.pilihan) for c in tanya.context["berbendera"]]})
    assert segar(tiga[0]).status == "TERVERIFIKASI"


def test_menyelundupkan_laporan_berbendera_tidak_berhasil(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    """A forged line says "clean"; the flags are computed again and the report is left out."""
    lakukan(tiga[0], "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    kirim(tiga[0], dunia.kepala_ambon, {"surat_h10": "1"}, teks="Sudah diperiksa.")
    isi = {"pilih": [f"{tiga[0].pk}:{segar(tiga[0]).revisi}:"], "kunci": uuid.uuid4().hex}
    jawab = masuk(dunia.verifikator_maluku).post(MASSAL, isi, follow=True)
    assert "benderanya berubah" in jawab.content.decode()
    assert segar(tiga[0]).status == "DIKIRIM"


def test_yang_berubah_dipegang_atau_buatan_sendiri_disebut(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    klien = masuk(dunia.verifikator_maluku)
    _, isi = _tekan(klien, semua="1")
    lakukan(tiga[0], "tarik", dunia.kepala_ambon)
    rekan, cakupan = _orang(dunia.kepala_maluku)
    with terpasang(cakupan):
        pegang(laporan_id=tiga[1].pk, oleh=rekan, cakupan=cakupan)
    tanya = klien.get(MASSAL, {"laporan": [str(lap.pk) for lap in tiga]})
    sebab = {c.laporan.pk: c.sebab for c in tanya.context["dilewati"]}
    assert sebab[tiga[0].pk] == "sekarang draf"
    assert "Kepala Maluku" in sebab[tiga[1].pk]
    teks = klien.post(MASSAL, isi, follow=True).content.decode()
    assert "sekarang draf" in teks
    assert "sedang ditinjau Kepala Maluku" in teks
    assert [segar(lap).status for lap in tiga] == ["DRAF", "DIKIRIM", "TERVERIFIKASI"]


def test_pembuat_tidak_ikut_memverifikasi_sekaligus(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    from pelaporan.models import RiwayatIsian

    with terpasang(SISTEM):
        RiwayatIsian.objects.create(
            laporan=tiga[0], upt_id=tiga[0].upt_id, kanwil_id=tiga[0].kanwil_id, oleh=dunia.verifikator_maluku,
            pada=sekarang(), asal="kanwil", sebagai="Verifikator", perubahan={},
        )  # fmt: skip
    tanya = masuk(dunia.verifikator_maluku).get(MASSAL, {"semua": "1"})
    assert [c.sebab for c in tanya.context["dilewati"]] == ["Anda ikut mengisi atau mengirimnya"]


def test_laporan_asing_tidak_tersentuh(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    klien = masuk(dunia.verifikator_riau)
    isi = {"pilih": [f"{tiga[0].pk}:{segar(tiga[0]).revisi}:"], "kunci": uuid.uuid4().hex}
    assert klien.get(MASSAL, {"laporan": str(tiga[0].pk)}).status_code == 400
    assert klien.post(MASSAL, isi).status_code == 404
    assert segar(tiga[0]).status == "DIKIRIM"
    assert masuk(dunia.kepala_ambon).post(MASSAL, isi).status_code == 403
    for salah in ("x", f"{tiga[0].pk}:x:", "'; drop"):
        assert klien.post(MASSAL, {**isi, "pilih": [salah]}).status_code == 400


def test_batal_sekaligus_mengembalikan_dan_menyebut_yang_berjalan(
    dunia: Dunia, masuk: Any, tiga: list[Laporan]
) -> None:
    klien = masuk(dunia.verifikator_maluku)
    _, isi = _tekan(klien, semua="1")
    hasil = klien.post(MASSAL, isi, follow=True)
    assert "Batalkan (sampai" in hasil.content.decode()
    massal = hasil.context["tindakan"].pk
    batal = reverse("pelaporan:massal_batal", kwargs={"id": massal})
    assert masuk(dunia.kepala_maluku).post(batal, {"kunci": "kunci-orang-lain"}).status_code == 404
    lakukan(tiga[2], "buka", dunia.kepala_maluku, teks="Salah ketik.")
    kunci = {"kunci": hasil.context["kunci"]}
    teks = klien.post(batal, kunci, follow=True).content.decode()
    assert "Verifikasi 2 laporan dibatalkan" in teks
    assert "sudah berjalan terus" in teks
    assert [segar(lap).status for lap in tiga] == ["DIKIRIM", "DIKIRIM", "DIKEMBALIKAN"]
    assert [segar(lap).versi_sah for lap in tiga] == [None, None, 1]
    assert klien.post(batal, {"kunci": uuid.uuid4().hex}).status_code == 409
    with terpasang(SISTEM):
        assert Pemberitahuan.objects.filter(teks__contains="dibatalkan", upt=dunia.ambon).count() == 2
    assert [h.kode for h in periksa_semua() if h.kode in ("status", "versi_masuk", "draf") and not h.baik] == []


def test_batas_waktu_batal_dari_ketentuan(dunia: Dunia, masuk: Any, tiga: list[Laporan]) -> None:
    klien = masuk(dunia.verifikator_maluku)
    _, isi = _tekan(klien, semua="1")
    hasil = klien.post(MASSAL, isi, follow=True)
    tindakan_ini = hasil.context["tindakan"]
    assert tindakan_ini.batal_sampai - tindakan_ini.pada == timedelta(minutes=15)
    batal = reverse("pelaporan:massal_batal", kwargs={"id": tindakan_ini.pk})
    with time_machine.travel(sekarang() + timedelta(minutes=16), tick=True):
        jawab = klien.post(batal, {"kunci": hasil.context["kunci"]})
        assert jawab.status_code == 409
        assert "sudah lewat" in jawab.content.decode()
        with pytest.raises(Bentrok, match="sudah lewat"):
            lakukan(tiga[0], "batal", dunia.verifikator_maluku)
    assert {segar(lap).status for lap in tiga} == {"TERVERIFIKASI"}


# Undoing one ------------------------------------------------------------------------------------------------


def test_batal_satu_hanya_oleh_orangnya_dan_versi_sah_kembali(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    lakukan(laporan, "buka", dunia.kepala_maluku, teks="Salah.")
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "700"})
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    assert segar(laporan).versi_sah == 2
    with pytest.raises(Ditolak, match="orang yang memverifikasi"):
        lakukan(laporan, "batal", dunia.kepala_maluku)
    with terpasang(SISTEM):
        Kotor.objects.all().delete()
    lakukan(laporan, "batal", dunia.verifikator_maluku)
    kini = segar(laporan)
    assert (kini.status, kini.versi_masuk, kini.versi_sah) == ("DIKIRIM", 2, 1)
    with terpasang(SISTEM):
        assert Kotor.objects.filter(formulir_id="F06", kanwil=dunia.ambon.kanwil).exists()
    with pytest.raises(Bentrok, match="sudah dibuka"):
        lakukan(laporan, "tarik", dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    lakukan(laporan, "batal", dunia.verifikator_maluku)
    assert segar(laporan).versi_sah == 1
    assert [h.contoh for h in periksa_semua(JANUARI) if h.kode in ("status", "versi_masuk") and not h.baik] == []


def test_batal_setelah_terkunci_bentrok(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    lakukan(laporan, "kunci", dunia.peninjau)
    with pytest.raises(Bentrok, match="sudah berubah"):
        lakukan(laporan, "batal", dunia.verifikator_maluku)


def test_batal_di_halaman_tinjau(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    klien = masuk(dunia.verifikator_maluku)
    klien.post(alamat(laporan, "tinjau"), tindakan(laporan, "verifikasi"))
    assert "Batalkan verifikasi" in klien.get(alamat(laporan, "tinjau")).content.decode()
    assert "Batalkan verifikasi" not in masuk(dunia.kepala_maluku).get(alamat(laporan, "tinjau")).content.decode()
    jawab = klien.post(alamat(laporan, "batal_verifikasi"), tindakan(laporan), follow=True)
    assert "menunggu keputusan Anda lagi" in jawab.content.decode()
    assert segar(laporan).status == "DIKIRIM"


# Holding ----------------------------------------------------------------------------------------------------


def test_membuka_berarti_memegang_dan_rekan_melihatnya(dunia: Dunia, masuk: Any) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    satu, dua = masuk(dunia.verifikator_maluku), masuk(dunia.kepala_maluku)
    assert "Anda pegang sampai" in satu.get(alamat(laporan, "tinjau")).content.decode()
    isi = dua.get(alamat(laporan, "tinjau")).content.decode()
    assert "Verifikator Maluku sedang meninjau laporan ini" in isi
    assert "Ambil alih" in isi
    assert "Dibuka Verifikator Maluku, baru saja" in dua.get(reverse("pelaporan:antrean")).content.decode()
    jawab = dua.post(alamat(laporan, "tinjau"), tindakan(laporan, "verifikasi"))
    assert jawab.status_code == 409
    assert "Keputusan Anda tidak tersimpan" in jawab.content.decode()
    assert segar(laporan).status == "DIKIRIM"
    dua.post(alamat(laporan, "pegang"), {"aksi": "ambil_alih"})
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="ambil_alih_tinjauan", objek_id=str(laporan.pk)).count() == 1
    assert satu.post(alamat(laporan, "tinjau"), tindakan(laporan, "verifikasi")).status_code == 409
    assert dua.post(alamat(laporan, "tinjau"), tindakan(laporan, "verifikasi")).status_code == 302
    with terpasang(SISTEM):
        assert Tinjauan.objects.get(laporan=laporan).oleh_id is None


def test_pegangan_habis_sendiri_diperpanjang_dan_dilepas(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    (satu, cakupan), (dua, _) = _orang(dunia.verifikator_maluku), _orang(dunia.kepala_maluku)
    kini = sekarang()
    with terpasang(cakupan):
        awal = pegang(laporan_id=laporan.pk, oleh=satu, cakupan=cakupan)
        assert awal is not None
        assert awal.sampai - awal.sejak >= timedelta(minutes=19)
        with time_machine.travel(kini + timedelta(minutes=15), tick=True):
            lagi = pegang(laporan_id=laporan.pk, oleh=satu, cakupan=cakupan)
            assert lagi is not None
            assert (lagi.sejak, lagi.sampai > awal.sampai) == (awal.sejak, True)
            assert pegang(laporan_id=laporan.pk, oleh=dua, cakupan=cakupan).oleh_id == satu.pk  # type: ignore[union-attr]
        with time_machine.travel(kini + timedelta(minutes=36), tick=True):
            assert pegangan(segar(laporan)) is None
            assert pegang(laporan_id=laporan.pk, oleh=dua, cakupan=cakupan).oleh_id == dua.pk  # type: ignore[union-attr]
            lepas(laporan_id=laporan.pk, oleh=satu, cakupan=cakupan)
            assert pegangan(segar(laporan)) is not None, "nobody gives back what a colleague holds"
            lepas(laporan_id=laporan.pk, oleh=dua, cakupan=cakupan)
            assert pegangan(segar(laporan)) is None


def test_pegangan_tidak_melintasi_wilayah_dan_hak(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    for siapa, galat in ((dunia.verifikator_riau, TidakDitemukan), (dunia.kepala_ambon, Ditolak)):
        orang, cakupan = _orang(siapa)
        with terpasang(cakupan), pytest.raises(galat):
            ambil_alih(laporan_id=laporan.pk, oleh=orang, cakupan=cakupan)


def test_versi_baru_memulai_tinjauan_baru(dunia: Dunia) -> None:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    orang, cakupan = _orang(dunia.verifikator_maluku)
    with terpasang(cakupan):
        pegang(laporan_id=laporan.pk, oleh=orang, cakupan=cakupan)
        Tinjauan.objects.filter(laporan=laporan).update(bagian=["kegiatan"], wajar={"x": {}})
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "700"})
    with terpasang(cakupan):
        assert pegangan(segar(laporan)) is None
        pegang(laporan_id=laporan.pk, oleh=orang, cakupan=cakupan)
        baru = Tinjauan.objects.get(laporan=laporan)
    assert (baru.versi, baru.bagian, baru.wajar) == (2, [], {})


def test_catatan_yang_belum_dikirim_menahan_dari_verifikasi_massal(
    dunia: Dunia, masuk: Any, tiga: list[Laporan]
) -> None:
    """An approval must not carry a half-written objection along."""
    orang, cakupan = _orang(dunia.verifikator_maluku)
    with terpasang(cakupan):
        tulis_komentar(
            laporan_id=tiga[0].pk, kode="surat_h10", teks="Periksa lagi.", oleh=orang, cakupan=cakupan, tertunda=True
        )
    tanya, isi = _tekan(masuk(dunia.verifikator_maluku), semua="1")
    assert len(isi["pilih"]) == 2
    assert "catatan yang belum dikirim" in tanya.content.decode()
