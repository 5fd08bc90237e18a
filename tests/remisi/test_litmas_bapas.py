"""A Litmas from both sides: the Bapas sees what was asked of it and says that it was sent; each writes only its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal
from remisi.integrasi import services
from remisi.integrasi.services_bapas import Dilihat, catat_kiriman
from remisi.models import JawabanLitmas, Litmas, Usulan
from remisi.usulan import services as kasus
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, layak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAPI
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT, Penugasan

SURAT = "W.28.PAS.1-PK.05.06-77"


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def bapas_baru(dunia: Dunia, kode: str, orang: str, kanwil: str = "maluku") -> UPT:
    """A Bapas and its operator: somebody who had no work before, or one more assignment."""
    with terpasang(SISTEM):
        upt = UPT.objects.create(
            kode=kode, nama=f"Bapas {kode.title()}", jenis="BAPAS", kanwil=dunia.kanwil[kanwil], zona="WIT"
        )
        Penugasan.objects.create(
            pengguna=getattr(dunia, orang), peran="operator_upt", upt=upt, kanwil=upt.kanwil, mulai=date(2020, 1, 1)
        )
    return upt


@pytest.fixture
def bapas(dunia: Dunia) -> UPT:
    return bapas_baru(dunia, "bapas-ambon", "asing")


def kasus_baru(meja: Meja) -> UUID:
    (orang,) = layak(meja.upt, meja.dunia.operator_ambon, tanggal_tahan=hari_ini() - timedelta(days=3 * 365 + 200))
    isi = {"upt": meja.upt, "calon": [kasus.Calon(orang, "PB", hari_ini())]}
    return meja.sebagai(meja.dunia.operator_ambon, kasus.usulkan, **isi).usulan[0]


def minta(meja: Meja, bapas: UPT, lalu: int = 0, surat: str = SURAT, usulan: UUID | None = None) -> Litmas:
    diminta = hari_ini("WIT") - timedelta(days=lalu)
    u = usulan or kasus_baru(meja)
    isi = {"usulan": u, "bapas": bapas.kode, "surat": surat, "diminta": diminta}
    return meja.sebagai(meja.dunia.operator_ambon, services.minta_litmas, **isi)


def kirim(orang: Pengguna, litmas: Litmas, hari: date | None, nomor: str = "L-1", revisi: int = 0) -> Any:
    """`litmas` and `revisi` as the page showed them."""
    isi = {"litmas": litmas.pk, "dilihat": Dilihat(litmas.permintaan, revisi), "dikirim": hari, "nomor": nomor}
    with sebagai_orang(orang) as (oleh, cakupan):
        return catat_kiriman(**isi, oleh=oleh, cakupan=cakupan)


def tertulis(litmas: Litmas, hari: date | None, nomor: str = "L-1", revisi: int = 0) -> dict[str, Any]:
    """The form of one request as the browser sends it."""
    return {"litmas": litmas.pk, "permintaan": litmas.permintaan, "revisi": revisi, "nomor": nomor,
            "dikirim": hari.isoformat() if hari else ""}  # fmt: skip


def alamat(bapas: UPT, lihat: str = "") -> str:
    return reverse("remisi:litmas", args=[bapas.kode]) + lihat


def cakupan_untuk(orang: Pengguna) -> Cakupan:
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        return Cakupan.dari(type(orang).objects.get(pk=orang.pk))


# ---------------------------------------------------------------- what the Bapas sees


def test_the_bapas_sees_letters_and_dates_and_nobody(meja: Meja, bapas: UPT, masuk: Any) -> None:
    dekat, lama = minta(meja, bapas), minta(meja, bapas, 40, "S-LAMA")
    isi = masuk(meja.dunia.asing).get(alamat(bapas)).content.decode()
    assert isi.index("S-LAMA") < isi.index(SURAT), "the soonest limit first"
    lewat = (hari_ini("WIT") - lama.tenggat).days
    assert f"Lewat {lewat} hari" in isi
    assert f"{(dekat.tenggat - hari_ini('WIT')).days} hari lagi" in isi
    for kata in (meja.upt.nama, "Pembebasan bersyarat", tulis_tanggal(dekat.tenggat)):
        assert kata in isi
    with terpasang(SISTEM):
        orang = [str(u.data) for u in Usulan.objects.select_related("data__warga")]
    assert not any(o in isi for o in orang)
    assert NAPI["nama"] not in isi
    assert str(dekat.usulan_id) not in isi
    hanya_lewat = masuk(meja.dunia.asing).get(alamat(bapas, "?keadaan=lewat")).content.decode()
    assert "S-LAMA" in hanya_lewat
    assert SURAT not in hanya_lewat


def test_menu_of_a_bapas_leads_to_its_requests(meja: Meja, bapas: UPT, masuk: Any) -> None:
    jawab = masuk(meja.dunia.asing).get(reverse("remisi:beranda"), follow=True)
    assert jawab.redirect_chain[-1][0] == alamat(bapas)
    assert "Belum ada Litmas yang diminta" in jawab.content.decode()


def test_who_may_read_it(meja: Meja, bapas: UPT, masuk: Any) -> None:
    """The Kanwil of the Bapas reads; strangers see nothing, also of a Lapas that asked."""
    minta(meja, bapas)
    d = meja.dunia
    harus = {
        "verifikator_maluku": 200, "auditor": 200, "peninjau": 200, "operator_ambon": 404, "operator_masohi": 404,
        "verifikator_riau": 404, "pimpinan": 403, "admin": 403,
    }  # fmt: skip
    assert {n: masuk(getattr(d, n)).get(alamat(bapas)).status_code for n in harus} == harus
    isi = masuk(d.verifikator_maluku).get(alamat(bapas)).content.decode()
    assert SURAT in isi
    assert "Sudah dikirim" not in isi
    assert masuk(d.asing).get(reverse("remisi:litmas", args=[meja.upt.kode])).status_code == 404
    assert masuk(d.asing).get(reverse("remisi:dokumen", args=[kasus_baru(meja)])).status_code == 404


def test_a_bapas_of_another_region_and_its_kanwil_see_only_theirs(meja: Meja, bapas: UPT, masuk: Any) -> None:
    d = meja.dunia
    jauh = bapas_baru(d, "bapas-dumai", "operator_pekanbaru", "riau")
    minta(meja, jauh, surat="S-JAUH")
    minta(meja, bapas)
    for nama in ("operator_pekanbaru", "verifikator_riau"):
        isi = masuk(getattr(d, nama)).get(alamat(jauh)).content.decode()
        assert "S-JAUH" in isi
        assert SURAT not in isi
    assert "S-JAUH" not in masuk(d.asing).get(alamat(bapas)).content.decode()


# ---------------------------------------------------------------- what each may write


def test_sent_by_the_bapas_stands_beside_received_by_the_unit(meja: Meja, bapas: UPT, masuk: Any) -> None:
    litmas, kini = minta(meja, bapas, 3), hari_ini("WIT")
    klien, isi = masuk(meja.dunia.asing), tertulis(litmas, kini, "L-9")
    assert klien.post(alamat(bapas), {**isi, "nomor": ""}).status_code == 400
    assert klien.post(alamat(bapas), {**isi, "dikirim": ""}).status_code == 400
    assert klien.post(alamat(bapas), isi).status_code == 302
    dikirim = klien.get(alamat(bapas, "?keadaan=dikirim")).content.decode()
    assert "L-9" in dikirim
    assert SURAT not in klien.get(alamat(bapas)).content.decode(), "nothing waits any more"
    berkas = masuk(meja.dunia.operator_ambon).get(reverse("remisi:dokumen", args=[litmas.usulan_id])).content.decode()
    assert "menurut Bapas" in berkas
    assert 'value="L-9"' in berkas, "its number is offered when the unit notes the receipt"
    with terpasang(SISTEM):
        assert Litmas.objects.get().diterima_pada is None, "whether it came is the unit's to say"
    terima = {"usulan": litmas.usulan_id, "diterima": kini, "nomor": "L-9"}
    meja.sebagai(meja.dunia.operator_ambon, services.terima_litmas, **terima)
    assert f"diterima {tulis_tanggal(kini)}" in klien.get(alamat(bapas, "?keadaan=selesai")).content.decode()
    assert klien.post(alamat(bapas), {**isi, "revisi": 1, "nomor": "L-10"}).status_code == 409


def test_a_request_is_corrected_from_what_it_says(meja: Meja, bapas: UPT, masuk: Any) -> None:
    litmas = minta(meja, bapas, 3)
    klien, url = masuk(meja.dunia.operator_ambon), reverse("remisi:dokumen", args=[litmas.usulan_id])
    isi = klien.get(url).content.decode()
    assert f'value="{SURAT}"' in isi
    assert f'<option value="{bapas.kode}" selected>' in isi
    kirim_ulang = {"aksi": "minta", "bapas": bapas.kode, "surat": "S-BENAR", "diminta": str(litmas.diminta_pada)}
    assert klien.post(url, kirim_ulang).status_code == 302
    baru = masuk(meja.dunia.asing).get(alamat(bapas)).content.decode()
    assert "S-BENAR" in baru
    assert SURAT not in baru


def test_the_note_is_corrected_and_taken_back_but_not_over_somebody_else(meja: Meja, bapas: UPT, masuk: Any) -> None:
    litmas, kini, orang = minta(meja, bapas, 3), hari_ini("WIT"), meja.dunia.asing
    kirim(orang, litmas, kini)
    kirim(orang, litmas, kini)  # the same twice is answered as written
    with pytest.raises(Bentrok, match="petugas lain"):
        kirim(orang, litmas, kini - timedelta(days=1))
    kirim(orang, litmas, kini - timedelta(days=1), "L-2", revisi=1)
    with terpasang(SISTEM):
        satu = JawabanLitmas.objects.get()
        assert (satu.upt_id, satu.dikirim_pada, satu.nomor) == (bapas.pk, kini - timedelta(days=1), "L-2")
    batal = {**tertulis(litmas, None, revisi=2), "dikirim": "x", "batal": "1"}
    assert masuk(orang).post(alamat(bapas), batal).status_code == 400
    assert masuk(orang).post(alamat(bapas), {**batal, "dikirim": ""}).status_code == 302
    with terpasang(SISTEM):
        assert JawabanLitmas.objects.get().dikirim_pada is None
    assert SURAT in masuk(orang).get(alamat(bapas)).content.decode()


@pytest.mark.parametrize(("geser", "nomor"), [(1, "L-1"), (-4, "L-1"), (0, "  ")])
def test_impossible_days_are_refused(meja: Meja, bapas: UPT, geser: int, nomor: str) -> None:
    litmas = minta(meja, bapas, 3)
    with pytest.raises(TidakSah):
        kirim(meja.dunia.asing, litmas, hari_ini("WIT") + timedelta(days=geser), nomor)


def test_only_the_bapas_that_is_asked_answers(meja: Meja, bapas: UPT) -> None:
    litmas, kini, d = minta(meja, bapas), hari_ini("WIT"), meja.dunia
    lain = bapas_baru(d, "bapas-saumlaki", "operator_pekanbaru")
    for nama, galat in (("operator_ambon", TidakDitemukan), ("operator_pekanbaru", TidakDitemukan),
                        ("verifikator_maluku", Ditolak)):  # fmt: skip
        with pytest.raises(galat):
            kirim(getattr(d, nama), litmas, kini)
    kirim(d.asing, litmas, kini)
    dialihkan = minta(meja, lain, usulan=litmas.usulan_id, surat="S-2")
    with pytest.raises(TidakDitemukan):
        kirim(d.asing, litmas, None, revisi=1)
    kirim(d.operator_pekanbaru, dialihkan, kini, "L-LAIN")
    with sebagai_orang(d.operator_ambon):
        assert set(JawabanLitmas.objects.values_list("nomor", flat=True)) == {"L-1", "L-LAIN"}
    with sebagai_orang(d.operator_pekanbaru):
        assert set(JawabanLitmas.objects.values_list("nomor", flat=True)) == {"L-LAIN"}


def test_a_case_that_ends_is_waited_for_no_longer(meja: Meja, bapas: UPT, masuk: Any) -> None:
    litmas = minta(meja, bapas, 40)
    meja.sebagai(meja.dunia.operator_ambon, kasus.tarik, pilihan=meja.pilihan([litmas.usulan_id]))
    klien = masuk(meja.dunia.asing)
    assert "Tidak ada yang menunggu" in klien.get(alamat(bapas)).content.decode()
    assert "tidak ditunggu lagi" in klien.get(alamat(bapas, "?keadaan=selesai")).content.decode()
    with pytest.raises(Bentrok):
        kirim(meja.dunia.asing, litmas, hari_ini("WIT"))


# ---------------------------------------------------------------- the database behind it


def test_the_door_and_the_database_agree_on_both_tables(meja: Meja, bapas: UPT) -> None:
    d = meja.dunia
    jauh = bapas_baru(d, "bapas-dumai", "operator_pekanbaru", "riau")
    kirim(d.asing, minta(meja, bapas), hari_ini("WIT"))
    minta(meja, jauh)
    semua = {"asing": 1, "operator_pekanbaru": 1, "verifikator_riau": 1, "operator_ambon": 2, "verifikator_maluku": 2,
             "operator_masohi": 0, "auditor": 2}  # fmt: skip
    for nama, banyak in semua.items():
        cakupan = cakupan_untuk(getattr(d, nama))
        with terpasang(SISTEM):
            pintu = set(Litmas.objects.dalam(cakupan).values_list("pk", flat=True))
        with terpasang(cakupan):
            assert set(Litmas.objects.values_list("pk", flat=True)) == pintu
            assert len(pintu) == banyak, nama
            assert JawabanLitmas.objects.count() == (
                nama not in ("operator_pekanbaru", "verifikator_riau", "operator_masohi")
            )


def _ditolak(laku: Callable[[], Any]) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        laku()


def test_neither_side_writes_the_others_row(meja: Meja, bapas: UPT) -> None:
    d, kini = meja.dunia, hari_ini("WIT")
    litmas = minta(meja, bapas)
    kirim(d.asing, litmas, kini)
    jauh = bapas_baru(d, "bapas-saumlaki", "operator_pekanbaru")
    baru = {"litmas": litmas, "permintaan": 1, "kanwil": bapas.kanwil, "diubah_oleh": d.asing,
            "diubah_pada": "2026-01-01T00:00Z"}  # fmt: skip
    with terpasang(cakupan_untuk(d.asing)):
        assert Litmas.objects.count() == 1
        assert Litmas.objects.update(diterima_pada=kini) == 0
        with connection.cursor() as kursor:
            kursor.execute("SELECT 1 FROM remisi_litmas FOR UPDATE")
            assert kursor.fetchone() is None
        _ditolak(lambda: JawabanLitmas.objects.update(upt=meja.upt))
    with terpasang(cakupan_untuk(d.operator_ambon)):
        assert JawabanLitmas.objects.count() == 1
        assert JawabanLitmas.objects.update(nomor="x") == 0
        _ditolak(lambda: JawabanLitmas.objects.create(**baru, upt=bapas))
        _ditolak(lambda: JawabanLitmas.objects.create(**baru, upt=meja.upt))
    with terpasang(cakupan_untuk(d.operator_pekanbaru)):
        _ditolak(lambda: JawabanLitmas.objects.create(**baru, upt=jauh))
