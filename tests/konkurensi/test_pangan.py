"""The food register written by several at once: balances that span rows hold, and a refusal says why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from pangan import invarian
from pangan import jenis as j
from pangan.models import Pemakaian, Pemanfaatan, Penempatan, Petak, RingkasPangan
from pangan.services import ganti_pemanfaatan, tempatkan
from pelaporan.register import services
from pelaporan.register.invarian import riwayat_cocok
from pelaporan.register.services import BarisSalah, baca_nilai
from tests.dunia import Dunia
from tests.konkurensi.alat import serentak
from tests.pangan.bantu import Kebun
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from wbp.models import WargaBinaan


def _kebun(d: Dunia) -> tuple[Kebun, Kebun]:
    return Kebun(d.ambon, d.operator_ambon), Kebun(d.ambon, d.kepala_ambon)


def test_the_last_ten_kilograms_are_used_once(dunia_nyata: Dunia) -> None:
    satu, dua = _kebun(dunia_nyata)
    satu.panen(satu.kebun_kangkung()[1], "10")
    hasil = serentak([lambda k=k: k.keluar("kangkung", "10") for k in (satu, dua, satu, dua)])
    assert sum(isinstance(h, Pemakaian) for h in hasil) == 1, hasil
    assert sum(isinstance(h, BarisSalah) and "tersedia 0 kg" in h.pesan for h in hasil) == 3, hasil
    with terpasang(SISTEM):
        assert RingkasPangan.objects.get(upt=satu.upt).dapur_kg == 10


def test_lowering_a_harvest_and_using_it_cannot_both_win(dunia_nyata: Dunia) -> None:
    satu, dua = _kebun(dunia_nyata)
    panen = satu.panen(satu.kebun_kangkung()[1], "10")
    hasil = serentak(
        [
            lambda: satu.ubah(j.PANEN, panen, jumlah="4", berat_kg="4"),
            lambda: dua.keluar("kangkung", "8"),
        ]
    )
    assert sum(isinstance(h, BarisSalah) for h in hasil) == 1, hasil
    with terpasang(SISTEM):
        r = RingkasPangan.objects.get(upt=satu.upt)
        assert (r.panen_kg, r.dapur_kg) in ((Decimal(4), 0), (Decimal(10), Decimal(8)))


def test_two_uses_of_one_plot_and_two_plots_without_code(dunia_nyata: Dunia) -> None:
    satu, dua = _kebun(dunia_nyata)
    petak = satu.petak()
    hasil = serentak([lambda: satu.pakai(petak, "pertanian"), lambda: dua.pakai(petak, "perikanan")])
    assert sum(isinstance(h, Pemanfaatan) for h in hasil) == 1, hasil
    assert sum(isinstance(h, BarisSalah) for h in hasil) == 1, hasil
    kode = [h.kode for h in serentak([lambda n=n: satu.petak(200 + n) for n in range(4)])]
    assert sorted(kode) == ["P02", "P03", "P04", "P05"]


def test_a_changed_use_is_ended_once(dunia_nyata: Dunia) -> None:
    satu, dua = _kebun(dunia_nyata)
    petak = satu.petak()
    satu.pakai(petak, "pertanian")

    def ganti(kebun: Kebun, klaster: str) -> Any:
        with sebagai_orang(kebun.oleh) as umum:
            isi = {"petak_id": petak.pk, "klaster": klaster, "luas": None, "dari": date(2026, 1, 1)}
            return ganti_pemanfaatan(**isi, upt=kebun.upt, **umum)

    hasil = serentak([lambda: ganti(satu, "perikanan"), lambda: ganti(dua, "peternakan")])
    assert sum(isinstance(h, BarisSalah) for h in hasil) == 1, hasil
    with terpasang(SISTEM):
        masa = list(Pemanfaatan.objects.filter(petak=petak).order_by("dari").values_list("dari", "sampai", "revisi"))
    assert masa == [(date(2025, 1, 1), date(2025, 12, 31), 2), (date(2026, 1, 1), None, 1)]


def test_a_row_sent_many_times_at_once_is_one_row(dunia_nyata: Dunia) -> None:
    """The phone queue sends again what it got no answer for."""
    kebun, _ = _kebun(dunia_nyata)
    kunci = uuid4()

    def kirim() -> int:
        with sebagai_orang(kebun.oleh) as umum:
            isi = {"nama": "Kebun", "wujud": "lahan", "luas": "100", "milik": "milik", "mulai": "1-1-2026"}
            nilai = baca_nilai(j.PETAK, isi, kebun.upt)
            return services.buat(j.PETAK, nilai, upt=kebun.upt, kunci=kunci, **umum).pk

    hasil = serentak([kirim] * 4)
    assert len(set(hasil)) == 1, hasil
    with terpasang(SISTEM):
        assert Petak.objects.count() == 1


def test_one_person_met_by_two_at_once_is_one_person(dunia_nyata: Dunia) -> None:
    satu, dua = _kebun(dunia_nyata)

    def tempat(kebun: Kebun, klaster: str) -> Any:
        with sebagai_orang(kebun.oleh) as umum:
            isi = {"nomor": "B.I 7/2026", "klaster": klaster, "dari": date(2026, 1, 1)}
            return tempatkan(**isi, upt=kebun.upt, **umum)

    hasil = serentak([lambda: tempat(satu, "pertanian"), lambda: tempat(dua, "perikanan")])
    assert all(isinstance(h, Penempatan) for h in hasil), hasil
    with terpasang(SISTEM):
        assert WargaBinaan.objects.count() == 1


def test_sixteen_at_once_never_overdraw_the_store_or_the_pond(dunia_nyata: Dunia) -> None:
    """Ten kilograms and ten fish, sixteen hands: ten of each, and the rollup says so."""
    satu, dua = _kebun(dunia_nyata)
    satu.panen(satu.kebun_kangkung()[1], "10")
    kolam = satu.petak(50, wujud="kolam")
    satu.pakai(kolam, "perikanan")
    lele = satu.tanam(kolam, "lele", ekor="10")
    mati = {"siklus_id": lele.pk, "tanggal": "10 Januari 2026", "jenis": "mati", "ekor": "1", "alasan": "Sakit"}
    ambil = [lambda n=n, k=k: k.keluar("kangkung", "1", pihak=f"Dapur {n}") for n, k in enumerate((satu, dua) * 8)]
    hasil = serentak(ambil)
    assert sum(isinstance(h, Pemakaian) for h in hasil) == 10, hasil
    assert sum(isinstance(h, BarisSalah) for h in hasil) == 6, hasil
    hilang = serentak([lambda k=k: k.tulis(j.MUTASI, setuju="kembar", **mati) for k in (satu, dua) * 8])
    assert sum(isinstance(h, BarisSalah) for h in hilang) == 6, hilang
    _utuh()


def test_a_harvest_that_changes_its_month_while_it_is_used(dunia_nyata: Dunia) -> None:
    """Moved to after its use it would be missing there: one of the two gives way, and both months add up."""
    satu, dua = _kebun(dunia_nyata)
    siklus = satu.kebun_kangkung()[1]
    panen = satu.panen(siklus, "10")
    lain = satu.panen(siklus, "7", "11 Januari 2026")
    hasil = serentak(
        [
            lambda: satu.ubah(j.PANEN, panen, tanggal="3 Februari 2026"),
            lambda: dua.keluar("kangkung", "15"),
            lambda: satu.ubah(j.PANEN, lain, tanggal="20 Desember 2025", setuju="panen_dini"),
        ]
    )
    assert sum(isinstance(h, BarisSalah) for h in hasil) == 1, hasil
    _utuh()


def test_a_use_comes_back_while_its_place_is_taken(dunia_nyata: Dunia) -> None:
    satu, dua = _kebun(dunia_nyata)
    petak = satu.petak()
    lama = satu.pakai(petak, "pertanian")
    satu.hapus(j.PEMANFAATAN, lama)
    hasil = serentak(
        [
            lambda: satu.pulihkan(j.PEMANFAATAN, lama),
            lambda: dua.pakai(petak, "perikanan"),
            lambda: dua.ubah(j.PETAK, petak, luas="900", setuju="tidur_tanpa_rencana"),
        ]
    )
    assert sum(isinstance(h, BarisSalah) for h in hasil) >= 1, hasil
    with terpasang(SISTEM):
        assert Pemanfaatan.objects.hidup().filter(petak=petak).count() == 1
    _utuh()


def _utuh() -> None:
    """What the register promises, proved from its rows."""
    with terpasang(SISTEM):
        for janji in (invarian.luas_pemanfaatan, invarian.saldo_tak_minus, invarian.rekap_cocok, riwayat_cocok):
            assert janji(None) == []
