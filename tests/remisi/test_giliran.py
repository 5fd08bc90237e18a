"""Whose turn it is, and since when: who is told, what is offered from which day, and dates that contradict others."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pelaporan.models import Pemberitahuan
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from remisi.models import LangkahUsulan, Usulan
from remisi.usulan import services
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from tests.wbp.bantu import Register
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga
from wbp.services_catatan import Beri


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def _klien(orang: Any) -> Client:
    klien = Client()
    klien.force_login(orang)
    return klien


def _teks(jawaban: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", jawaban.content.decode()).split())


def _pilih(status: Status) -> list[str]:
    with terpasang(SISTEM):
        return [f"{pk}:{rev}" for pk, rev in Usulan.objects.filter(status=status).values_list("pk", "revisi")]


def _kabar(untuk: str) -> list[tuple[str, str]]:
    with terpasang(SISTEM):
        semua = Pemberitahuan.objects.filter(jenis="remisi", untuk=untuk).order_by("pk")
        return list(semua.values_list("teks", "url"))


def _antrean(orang: Any, **kueri: str) -> str:
    return _klien(orang).get(reverse("remisi:antrean"), kueri).content.decode()


# Dates ------------------------------------------------------------------------------------------------------


def test_keputusan_tidak_mendahului_sidang(meja: Meja) -> None:
    kasus = meja.sampai(Status.VERIF_PUSAT, layak(meja.upt, meja.dunia.operator_ambon, 2), kesempatan())
    with pytest.raises(TidakSah) as galat:
        meja.terbitkan(kasus, tanggal=date(2020, 1, 1))
    sebab = {h.sebab for h in galat.value.rincian["kasus"]}
    assert sebab == {f"keputusan tertanggal 1 Januari 2020 mendahului sidang TPP-nya, {tulis_tanggal(hari_ini())}"}
    assert meja.status(kasus) == ["VERIF_PUSAT"] * 2


def test_keputusan_tidak_mendahului_pengajuan(meja: Meja) -> None:
    (kasus,) = meja.sampai(Status.VERIF_PUSAT, layak(meja.upt, meja.dunia.operator_ambon), kesempatan())
    meja.mundurkan([kasus], 5)
    lalu = hari_ini() - timedelta(days=5)
    with terpasang(SISTEM):
        (u,) = Usulan.objects.filter(pk=kasus).select_related("sidang")
        assert u.sidang is not None
        u.sidang.tanggal = lalu - timedelta(days=3)
        u.sidang.save()
    with pytest.raises(TidakSah, match=f"mendahului hari diajukannya, {tulis_tanggal(lalu)}"):
        meja.terbitkan([kasus], tanggal=lalu - timedelta(days=1))
    meja.terbitkan([kasus], tanggal=lalu)
    assert meja.status([kasus]) == ["SK_TERBIT"]


def test_keputusan_kepala_tidak_mendahului_sidang(meja: Meja) -> None:
    """Family leave, which is decided in the unit and never sent: the hearing alone stands before the decree."""
    (kasus,) = meja.sampai(Status.SIDANG, layak(meja.upt, meja.dunia.operator_ambon), kesempatan())
    with terpasang(SISTEM):
        Usulan.objects.filter(pk=kasus).update(rumpun="INTEGRASI", kesempatan=None, jenis="CMK")
    isi = {"pilihan": meja.pilihan([kasus]), "nomor": "SK-1", "tanggal": date(2020, 1, 1)}
    with pytest.raises(TidakSah) as galat:
        meja.sebagai(meja.dunia.kepala_ambon, services.terbitkan, **isi)
    assert any("mendahului sidang TPP-nya" in h.sebab for h in galat.value.rincian["kasus"])


def test_sidang_bertahun_lalu_ditanyakan_tahunnya(meja: Meja) -> None:
    (kasus,) = meja.sampai(Status.DRAF, layak(meja.upt, meja.dunia.operator_ambon), kesempatan())
    isi = {"upt": meja.upt, "pilihan": meja.pilihan([kasus]), "nomor": "BA-1"}
    op, kini = meja.dunia.operator_ambon, hari_ini("WIT")
    with pytest.raises(TidakSah, match="1 Januari 2020 lebih dari 180 hari"):
        meja.sebagai(op, services.sidangkan, tanggal=date(2020, 1, 1), **isi)
    meja.sebagai(op, services.sidangkan, tanggal=kini - timedelta(days=170), **isi)
    assert meja.status([kasus]) == ["SIDANG"]


# Who is told ------------------------------------------------------------------------------------------------


def test_kepala_diberi_tahu_sesudah_sidang_sekali_untuk_semua(meja: Meja) -> None:
    k = kesempatan()
    kasus = meja.sampai(Status.SIDANG, layak(meja.upt, meja.dunia.operator_ambon, 3), k)
    ((teks, url),) = _kabar("upt")
    assert f"3 usulan {k.nama} disetujui sidang TPP. Giliran Kepala UPT: ajukan ke Kanwil." in teks
    assert f"Paling lambat {tulis_tanggal(k.batas_usul)}." in teks
    kepala = _klien(meja.dunia.kepala_ambon)
    daftar = kepala.get(url)
    assert len(re.findall(r'name="pilih"', daftar.content.decode())) == len(kasus)
    assert teks in _teks(kepala.get(reverse("pelaporan:kabar")))


def test_ditjenpas_diberi_tahu_sekali_untuk_semua(meja: Meja) -> None:
    k = kesempatan()
    meja.sampai(Status.VERIF_KANWIL, layak(meja.upt, meja.dunia.operator_ambon, 3), k)
    ((teks, url),) = _kabar("pusat")
    assert f"memverifikasi 3 usulan {k.nama} {meja.upt.nama}. Giliran Ditjenpas memverifikasi." in teks
    pusat = _klien(meja.dunia.peninjau)
    assert teks in _teks(pusat.get(reverse("pelaporan:kabar")))
    assert 'class="kabar-kini' in pusat.get(url).content.decode()
    assert teks not in _teks(_klien(meja.dunia.verifikator_maluku).get(reverse("pelaporan:kabar")))


# What is offered --------------------------------------------------------------------------------------------


def test_pelaksanaan_ditawarkan_mulai_harinya(meja: Meja) -> None:
    k = kesempatan()
    meja.sampai(Status.SK_TERBIT, layak(meja.upt, meja.dunia.operator_ambon, 2), k)
    op, mulai = meja.dunia.operator_ambon, f"dilaksanakan mulai {tulis_tanggal(k.tanggal)}"
    unit = _klien(op).get(reverse("remisi:unit", args=[meja.upt.kode]))
    assert mulai in _teks(unit)
    assert "UPT melaksanakan keputusan" not in _teks(unit)
    daftar = _antrean(op, upt=meja.upt.kode, status="SK_TERBIT")
    assert 'value="laksanakan"' not in daftar
    assert 'value="laksanakan"' not in _antrean(op, status="SK_TERBIT")
    assert "Tidak ada yang menunggu" in _antrean(op), "nothing waits for anybody before the day"
    with terpasang(SISTEM):
        Usulan.objects.update(tanggal=hari_ini())
    assert 'value="laksanakan"' in _antrean(op, upt=meja.upt.kode, status="SK_TERBIT")


def test_tindakan_yang_ditawarkan_berlaku_bagi_yang_tampil(meja: Meja) -> None:
    k = kesempatan()
    meja.sampai(Status.VERIF_KANWIL, layak(meja.upt, meja.dunia.operator_ambon, 2), k)
    isi = _antrean(meja.dunia.peninjau)
    assert ">Verifikasi</button>" in isi
    assert 'value="terbitkan"' not in isi
    meja.verifikasi_pusat([_id(_pilih(Status.VERIF_KANWIL)[0])])
    isi = _antrean(meja.dunia.peninjau)
    assert ">Verifikasi (1)</button>" in isi
    assert ">Catat keputusan (1)</button>" in isi
    assert ">Kembalikan</button>" in isi


def _id(pilihan: str) -> UUID:
    return UUID(pilihan.partition(":")[0])


def test_daftar_menurut_orang_dan_batas_usulnya(meja: Meja) -> None:
    k = kesempatan()
    data = layak(meja.upt, meja.dunia.operator_ambon, 3)
    meja.sampai(Status.DRAF, data, k)
    with terpasang(SISTEM):
        for pk, inisial in zip(data, ("C.", "A.", "B."), strict=True):
            DataWarga.objects.filter(pk=pk).update(inisial=inisial)
    isi = _antrean(meja.dunia.operator_ambon, upt=meja.upt.kode, status="DRAF")
    assert re.findall(r">([ABC]\.) •••", isi) == ["A.", "B.", "C."]
    assert tulis_tanggal(k.batas_usul) in isi
    assert tulis_tanggal(k.batas_usul) in _antrean(meja.dunia.operator_ambon, status="DRAF")


def test_daftar_campuran_menyebut_rumpunnya(meja: Meja) -> None:
    kasus = meja.sampai(Status.DRAF, layak(meja.upt, meja.dunia.operator_ambon, 3), kesempatan())
    with terpasang(SISTEM):
        Usulan.objects.filter(pk=kasus[0]).update(rumpun="INTEGRASI", kesempatan=None, jenis="CB")
    isi = _antrean(meja.dunia.operator_ambon, upt=meja.upt.kode, status="DRAF")
    assert "3 usulan: 2 remisi, 1 integrasi" in isi
    assert isi.index(">Remisi Umum uji<") < isi.index(">Integrasi<")


def test_tindakan_banyak_juga_di_telepon(meja: Meja) -> None:
    """Nothing that ticks or acts is kept for wide screens."""
    k = kesempatan()
    meja.sampai(Status.DRAF, layak(meja.upt, meja.dunia.operator_ambon, 2), k)
    op = _klien(meja.dunia.operator_ambon)
    halaman = reverse("remisi:kesempatan", args=[meja.upt.kode, k.slug])
    op.post(reverse("remisi:hitung", args=[meja.upt.kode, k.slug]))
    for isi in (_antrean(meja.dunia.operator_ambon, upt=meja.upt.kode), op.get(halaman).content.decode()):
        assert 'name="pilih"' in isi or "Usulkan yang dipilih" in isi
        assert "hanya-lebar" not in isi


# After an act -----------------------------------------------------------------------------------------------


def test_sesudah_tindakan_mendarat_di_langkah_berikutnya(meja: Meja) -> None:
    """A filter that the act emptied is not where one lands; one that still holds cases is."""
    k = kesempatan()
    meja.sampai(Status.DRAF, layak(meja.upt, meja.dunia.operator_ambon, 2), k)
    op, alamat = _klien(meja.dunia.operator_ambon), reverse("remisi:tindakan")
    kembali = f"{reverse('remisi:antrean')}?upt={meja.upt.kode}&status=DRAF"
    satu, dua = _pilih(Status.DRAF)
    isi = {"aksi": "sidangkan", "setuju": "1", "kembali": kembali, "nomor": "BA", "tanggal": tulis_tanggal(hari_ini())}
    assert op.post(alamat, {**isi, "isi": satu})["Location"] == kembali
    akhir = op.post(alamat, {**isi, "isi": dua}, follow=True)
    assert akhir.redirect_chain[-1][0].endswith(f"?upt={meja.upt.kode}&kesempatan={k.slug}&status=SIDANG")
    assert "1 usulan tercatat disidangkan." in _teks(akhir)
    assert "Tidak ada yang cocok" not in _teks(akhir)


def test_yang_diperbaiki_dibaca_kepala_dan_kanwil(meja: Meja) -> None:
    (kasus,) = meja.sampai(Status.DIAJUKAN, layak(meja.upt, meja.dunia.operator_ambon), kesempatan())
    op, alamat = _klien(meja.dunia.operator_ambon), reverse("remisi:tindakan")
    kembalikan = {"pilihan": meja.pilihan([kasus]), "alasan": "Salinan putusan tidak terbaca."}
    meja.sebagai(meja.dunia.verifikator_maluku, services.kembalikan, **kembalikan)
    pilih = _pilih(Status.DIKEMBALIKAN)
    assert "Yang diperbaiki" in _teks(op.post(alamat, {"aksi": "sidangkan", "pilih": pilih}))
    isi = {"tanggal": tulis_tanggal(hari_ini()), "nomor": "BA-2", "perbaikan": "Salinan putusan dipindai ulang."}
    assert op.post(alamat, {"aksi": "sidangkan", "setuju": "1", "isi": pilih[0], **isi}).status_code == 302
    with terpasang(SISTEM):
        langkah = LangkahUsulan.objects.filter(usulan=kasus).latest("revisi")
    assert (langkah.ke, langkah.alasan) == ("SIDANG", "Salinan putusan dipindai ulang.")
    halaman = reverse("remisi:usulan", args=[kasus])
    assert "Yang diperbaiki Salinan putusan dipindai ulang." in _teks(_klien(meja.dunia.kepala_ambon).get(halaman))
    meja.ajukan([kasus])
    assert "Yang diperbaiki Salinan putusan dipindai ulang." in _teks(
        _klien(meja.dunia.verifikator_maluku).get(halaman)
    )


def test_sidang_pertama_tidak_menanyakan_perbaikan(meja: Meja) -> None:
    meja.sampai(Status.DRAF, layak(meja.upt, meja.dunia.operator_ambon), kesempatan())
    tanya = _klien(meja.dunia.operator_ambon).post(
        reverse("remisi:tindakan"), {"aksi": "sidangkan", "pilih": _pilih(Status.DRAF)}
    )
    assert "Yang diperbaiki" not in _teks(tanya)


def test_usulkan_semua_menyebut_yang_belum_ada_remisinya(meja: Meja) -> None:
    """Who served long without a grant in the register may have a wrong ordinal: said before, with a link."""
    k = kesempatan()
    tercatat, ragu = layak(meja.upt, meja.dunia.operator_ambon, 2)
    Register(meja.upt, meja.dunia.operator_ambon).beri(Beri(tercatat, "RU", date(2025, 8, 17), 1, 0))
    op, ke = _klien(meja.dunia.operator_ambon), {"kode": meja.upt.kode, "kesempatan": k.slug}
    op.post(reverse("remisi:hitung", kwargs=ke))
    tanya = op.post(reverse("remisi:usulkan", kwargs=ke), {"semua": "1"})
    assert "1 orang lama menjalani pidana tetapi belum ada remisinya yang tercatat" in _teks(tanya)
    kotak = tanya.content.decode().partition("belum ada remisinya")[2].partition("<form")[0]
    assert reverse("remisi:calon", kwargs={**ke, "pk": ragu}) in kotak
