"""Hostile writes to the food register: other units' rows, forged columns, numbers of inmates on the way out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pangan import jenis as j
from pangan.models import Panen, Pemanfaatan, Petak, Siklus
from pelaporan.models import RiwayatBaris
from pelaporan.register import services
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from tests.dunia import Dunia
from tests.pangan.bantu import Kebun, ditanya, ditolak
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from wbp.services import kenali

pytestmark = pytest.mark.django_db


@pytest.fixture
def ambon(dunia: Dunia) -> Kebun:
    return Kebun(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def riau(dunia: Dunia) -> Kebun:
    return Kebun(dunia.pekanbaru, dunia.operator_pekanbaru)


def langsung(kebun: Kebun, jenis: Any, /, **nilai: Any) -> Any:
    """Past the columns, as a program inside the portal would call it."""
    with sebagai_orang(kebun.oleh) as umum:
        return services.buat(jenis, nilai, upt=kebun.upt, **umum)


def test_rows_of_another_unit_cannot_be_named(ambon: Kebun, riau: Kebun) -> None:
    petak, siklus = riau.kebun_kangkung()
    # as text from a page, and past it as a number
    assert "tidak ada di unit ini" in ditolak(lambda: ambon.panen(siklus))["siklus_id"]
    assert "tidak ada di unit ini" in ditolak(lambda: ambon.pakai(petak))["petak_id"]
    hari = date(2026, 1, 10)
    for jenis, nilai in (
        (j.PANEN, {"siklus_id": siklus.pk, "tanggal": hari, "jumlah": Decimal(1)}),
        (j.PEMANFAATAN, {"petak_id": petak.pk, "klaster": "pertanian", "dari": hari}),
        (j.SIKLUS, {"petak_id": petak.pk, "komoditas": "kangkung", "tanam": hari}),
        (j.MUTASI, {"siklus_id": siklus.pk, "tanggal": hari, "jenis": "masuk", "ekor": 1}),
    ):
        with pytest.raises(TidakDitemukan):
            langsung(ambon, jenis, **nilai)
    with terpasang(SISTEM):
        assert Panen.objects.count() == 0


def test_a_row_is_not_moved_below_another_unit(ambon: Kebun, riau: Kebun) -> None:
    panen = ambon.panen(ambon.kebun_kangkung()[1])
    asing = riau.kebun_kangkung()[1]
    with sebagai_orang(ambon.oleh) as umum, pytest.raises(TidakDitemukan):
        services.ubah(j.PANEN, panen.pk, {"siklus_id": asing.pk}, revisi=1, **umum)
    with terpasang(SISTEM):
        assert Panen.objects.get(pk=panen.pk).siklus_id == panen.siklus_id


def test_what_follows_from_other_rows_cannot_be_forged(ambon: Kebun) -> None:
    petak, siklus = ambon.kebun_kangkung()
    nilai = {"siklus_id": siklus.pk, "tanggal": date(2026, 1, 10), "jumlah": Decimal(10)}
    palsu = langsung(ambon, j.PANEN, **nilai, klaster="peternakan", komoditas="sapi", ditimbang=False)
    assert (palsu.klaster, palsu.komoditas, palsu.petak_id, palsu.ditimbang) == (
        "hortikultura", "kangkung", petak.pk, True,
    )  # fmt: skip
    siklus = langsung(
        ambon, j.SIKLUS, petak_id=petak.pk, komoditas="bayam", tanam=date(2026, 1, 2), klaster="perkebunan"
    )
    assert siklus.klaster == "hortikultura"
    keluar = ambon.keluar("kangkung", "1")
    assert keluar.klaster == "hortikultura"
    # columns that nobody fills in are no columns of a page
    assert {k.nama for k in j.PANEN.kolom}.isdisjoint({"klaster", "komoditas", "petak_id", "ditimbang", "upt_id"})


def test_a_commodity_that_does_not_exist_is_refused(ambon: Kebun) -> None:
    petak = ambon.petak()
    ambon.pakai(petak)
    nilai = {"petak_id": petak.pk, "komoditas": "emas", "tanam": date(2026, 1, 2)}
    assert "tidak ada dalam daftar acuan" in ditolak(lambda: langsung(ambon, j.SIKLUS, **nilai))["komoditas"]
    isi = {"komoditas": "emas", "tanggal": date(2026, 1, 2), "tujuan": "dapur", "jumlah": Decimal(1)}
    assert "komoditas" in ditolak(lambda: langsung(ambon, j.PEMAKAIAN, **isi))


def test_roles_that_read_do_not_write_and_strangers_see_nothing(ambon: Kebun, dunia: Dunia) -> None:
    petak = ambon.petak()
    for orang in (dunia.verifikator_maluku, dunia.peninjau, dunia.auditor):
        with pytest.raises(Ditolak):
            Kebun(dunia.ambon, orang).ubah(j.PETAK, petak, nama="Curian")
    for orang in (dunia.operator_masohi, dunia.operator_pekanbaru, dunia.verifikator_riau, dunia.asing):
        with sebagai_orang(orang) as umum:
            assert not Petak.objects.exists()
            with pytest.raises(TidakDitemukan):
                services.ubah(j.PETAK, petak.pk, {"nama": "Curian"}, revisi=1, **umum)
            with pytest.raises(TidakDitemukan):
                services.hapus(j.PETAK, petak.pk, revisi=1, alasan="x", **umum)


def test_the_database_itself_refuses_what_the_services_refuse(ambon: Kebun, riau: Kebun) -> None:
    """Past the services: no deleting, no rewriting of history, no row of another unit, no overlapping use."""
    petak = ambon.petak()
    ambon.pakai(petak)
    perintah = (
        "DELETE FROM pangan_petak",
        "UPDATE pelaporan_riwayatbaris SET isi = '{}'",
        "DELETE FROM pelaporan_riwayatbaris",
        f"UPDATE pangan_petak SET upt_id = {riau.upt.pk}, kanwil_id = {riau.upt.kanwil_id}",
        "INSERT INTO pangan_pemanfaatan (petak_id, klaster, luas, dari, upt_id, kanwil_id, revisi, dibuat_oleh_id,"
        " dibuat_pada, diubah_oleh_id, diubah_pada, alasan_hapus) SELECT petak_id, 'perikanan', 1, '2026-01-01',"
        " upt_id, kanwil_id, 1, dibuat_oleh_id, now(), dibuat_oleh_id, now(), '' FROM pangan_pemanfaatan",
    )
    for sql in perintah:
        with sebagai_orang(ambon.oleh), pytest.raises(DatabaseError), transaction.atomic():
            _jalankan(sql)
    with terpasang(SISTEM):
        assert (Petak.objects.count(), RiwayatBaris.objects.count()) == (1, 2)


def _jalankan(sql: str) -> None:
    with connection.cursor() as kursor:
        kursor.execute(sql)


def test_a_number_of_an_inmate_is_not_found_by_trying(ambon: Kebun, riau: Kebun) -> None:
    """Somebody else's person gives the same answer as nobody, and the answer never repeats the number."""
    with sebagai_orang(riau.oleh) as umum:
        warga = kenali(nomor="B.I 881/2025", upt=riau.upt, **umum)
    isi = {"klaster": "pertanian", "dari": "5 Januari 2026"}
    ada = ditolak(lambda: ambon.tulis(j.PENEMPATAN, wbp_id="B.I 881/2025", **isi))["wbp_id"]
    tiada = ditolak(lambda: ambon.tulis(j.PENEMPATAN, wbp_id="B.I 882/2025", **isi))["wbp_id"]
    assert ada == tiada
    assert "88" not in ada
    assert "wbp_id" in ditolak(lambda: ambon.tulis(j.PENEMPATAN, wbp_id=str(warga.pk), **isi))


def test_hostile_texts_are_text_or_refused(ambon: Kebun) -> None:
    petak = ambon.petak(nama="<script>alert(1)</script>", rencana="'; DROP TABLE pangan_petak; --")
    assert ambon.segar(petak).nama == "<script>alert(1)</script>"
    for luas in ("1e9", "NaN", "-5", "99999999999999999999", "1,5", "0x10", "１２００"):
        assert "luas" in ditolak(lambda luas=luas: ambon.petak(nama="Kebun", luas=luas))
    siklus = ambon.kebun_kangkung()[1]
    assert isinstance(siklus, Siklus)
    for jumlah in ("1e3", "Infinity", "-0,1", "9" * 30):
        assert "jumlah" in ditolak(lambda jumlah=jumlah: ambon.panen(siklus, jumlah))


# ---------------------------------------------------------------- a nicer figure than the ground gives


def test_a_use_does_not_leave_its_cycles_behind(ambon: Kebun) -> None:
    petak, _ = ambon.kebun_kangkung()
    lain = ambon.petak(300)
    pakai = _pemanfaatan(petak)
    assert "petak_id" in ditolak(lambda: ambon.ubah(j.PEMANFAATAN, pakai, petak_id=str(lain.pk), luas="100"))
    assert ambon.segar(pakai).petak_id == petak.pk


def test_cycles_together_never_take_more_than_the_use(ambon: Kebun) -> None:
    """Each would fit alone; neither a smaller use nor another kind of plot makes room for both."""
    petak = ambon.petak(1000)
    pakai = ambon.pakai(petak)
    for komoditas in ("kangkung", "bayam"):
        ambon.tanam(petak, komoditas, luas="500")
    assert "1.000 m²" in ditolak(lambda: ambon.ubah(j.PEMANFAATAN, pakai, luas="600"))["luas"]
    rak = ambon.petak(100, wujud="media", nama="Rak")
    ambon.pakai(rak)
    for komoditas in ("kangkung", "bayam"):
        ambon.tanam(rak, komoditas, luas="80", setuju="luas_siklus_lebih")
    assert "wujud" in ditolak(lambda: ambon.ubah(j.PETAK, rak, wujud="lahan"))


def test_animals_that_were_noted_stay_animals_of_their_pond(ambon: Kebun) -> None:
    kolam, lain = ambon.petak(100, wujud="kolam"), ambon.petak(200, wujud="kolam")
    for petak in (kolam, lain):
        ambon.pakai(petak, "perikanan")
    lele = ambon.tanam(kolam, "lele", ekor="100")
    mati = {"siklus_id": lele.pk, "tanggal": "10 Januari 2026", "jenis": "mati", "ekor": "3", "alasan": "Sakit"}
    ambon.tulis(j.MUTASI, **mati)
    assert "petak_id" in ditolak(lambda: ambon.ubah(j.SIKLUS, lele, petak_id=str(lain.pk)))
    tanaman = {"komoditas": "kangkung", "ekor": "", "setuju": "klaster_lain"}
    assert "komoditas" in ditolak(lambda: ambon.ubah(j.SIKLUS, lele, **tanaman))


def test_the_same_again_from_another_tab_is_asked(ambon: Kebun) -> None:
    """Two tabs have two keys: what tells them apart from two harvests is the person."""
    _, siklus = ambon.kebun_kangkung()
    ambon.panen(siklus)
    assert ditanya(lambda: ambon.panen(siklus)) == {"kembar"}
    ambon.panen(siklus, setuju="kembar")
    ambon.panen(siklus, "41")
    ambon.keluar("kangkung", "3")
    assert ditanya(lambda: ambon.keluar("kangkung", "3")) == {"kembar"}


def test_one_person_is_not_two_by_another_spelling(ambon: Kebun) -> None:
    ejaan = ("B.I 881/2025", "bi-881-2025", "B I.881 / 2025", "ＢＩ８８１／２０２５", "B.I. 881\\2025")
    with sebagai_orang(ambon.oleh) as umum:
        assert len({kenali(nomor=n, upt=ambon.upt, **umum).pk for n in ejaan}) == 1
        assert kenali(nomor="B.I 8812025", upt=ambon.upt, **umum).ujung == "025"


def _pemanfaatan(petak: Petak) -> Pemanfaatan:
    with terpasang(SISTEM):
        return Pemanfaatan.objects.get(petak=petak)
