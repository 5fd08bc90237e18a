"""What makes candidates and cases look old: the rules of the occasion's own day, and no others; and notes on lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pemasyarakatan.inti.waktu import hari_ini, sekarang
from remisi.calon import selectors as baca
from remisi.calon.patokan import Patokan
from remisi.calon.selectors import Saring, kelompok_dari
from remisi.ketentuan import Baris, Himpunan, bawaan
from remisi.models import Aturan, Kandidat, Perhitungan
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
from tests.remisi.test_calon import hitung, scope
from tests.remisi.test_syarat import TERTIB, bukti, keadaan, satu
from upt.cakupan import SISTEM, terpasang
from wbp.services_catatan import Beri

HARI = date(2026, 12, 25)


@pytest.fixture
def meja(dunia: Dunia) -> Meja:
    return Meja(dunia)


def _klien(orang: Any) -> Client:
    klien = Client()
    klien.force_login(orang)
    return klien


def _patokan(aturan: Himpunan) -> Patokan:
    return Patokan(aturan, "RK", HARI, frozenset({"KRISTEN"}))


def _sejak(baris: Baris, hari: date) -> Baris:
    return replace(baris, berlaku_dari=hari)


def test_mark_of_an_occasion_knows_the_rules_of_its_day_only() -> None:
    dasar = bawaan()
    natal = next(b for b in dasar.baris if b.tabel == "hari_besar")
    hemat = next(b for b in dasar.baris if b.tabel == "biaya_makan")
    besar = next(b for b in dasar.baris if b.tabel == "besaran" and b.nilai.get("bulan"))
    lain = [
        replace(natal, kode="NATAL-2028", berlaku_dari=date(2026, 1, 1)),
        replace(hemat, berlaku_dari=date(2026, 12, 1), berlaku_sampai=None),
        _sejak(besar, date(2027, 1, 1)),
    ]
    for tambahan in lain:
        jadi = dasar.dengan(tambahan)
        assert jadi.sidik != dasar.sidik
        assert _patokan(jadi).sidik == _patokan(dasar).sidik
    isi = {**besar.nilai, "bulan": besar.nilai["bulan"] + 1}
    berubah = dasar.dengan(replace(besar, nilai=isi, berlaku_dari=date(2026, 12, 1)))
    assert _patokan(berubah).sidik != _patokan(dasar).sidik
    berakhir = dasar.dengan(replace(besar, berlaku_sampai=date(2026, 12, 24)))
    assert _patokan(berakhir).sidik != _patokan(dasar).sidik
    kelak = dasar.dengan(replace(besar, berlaku_sampai=date(2027, 6, 1)))
    assert _patokan(kelak).sidik == _patokan(dasar).sidik


def test_marks_of_all_rules_are_still_known() -> None:
    patokan = _patokan(bawaan())
    assert patokan.sama(patokan.sidik)
    assert patokan.sama(bawaan().sidik), "written before marks were of one day"
    assert not patokan.sama("lain")


def _tetapkan(tabel: str, kode: str, dari: date, nama: str = "", **ubah: Any) -> None:
    """The shipped rules in the database, and one more in force."""
    asal = max((b for b in bawaan().baris if (b.tabel, b.kode) == (tabel, kode)), key=lambda b: b.berlaku_dari)
    with terpasang(SISTEM):
        if not Aturan.objects.exists():
            Aturan.objects.bulk_create(
                Aturan(
                    tabel=b.tabel, kode=b.kode, berlaku_dari=b.berlaku_dari, berlaku_sampai=b.berlaku_sampai,
                    nilai=b.nilai, sumber=b.sumber, terverifikasi=b.terverifikasi, catatan=b.catatan, status="BERLAKU",
                    dibuat_pada=sekarang(),
                )
                for b in bawaan().baris
            )  # fmt: skip
        Aturan.objects.create(
            tabel=tabel, kode=nama or kode, berlaku_dari=dari, nilai={**asal.nilai, **ubah}, sumber="uji",
            status="BERLAKU", dibuat_pada=sekarang(),
        )  # fmt: skip


def test_a_rule_of_another_year_leaves_candidates_and_cases_alone(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    kasus = meja.sampai(Status.DIAJUKAN, layak(meja.upt, d.operator_ambon), k)
    hitung(k, meja.upt, d.operator_ambon)
    klien = _klien(d.operator_ambon)
    daftar = reverse("remisi:kesempatan", kwargs={"kode": meja.upt.kode, "kesempatan": k.slug})
    satu_kasus = reverse("remisi:usulan", kwargs={"uuid": kasus[0]})

    def lama() -> tuple[bool, bool, bool]:
        unit = klien.get(reverse("remisi:unit", kwargs={"kode": meja.upt.kode}))
        tanda = next(x.lama for x in unit.context["kesempatan"] if x.kesempatan.pk == k.pk)
        return (
            tanda,
            "Aturan berubah sesudah perhitungan" in klien.get(daftar).content.decode(),
            "Aturan berubah sesudah usulan ini dinilai" in klien.get(satu_kasus).content.decode(),
        )

    assert lama() == (False, False, False)
    _tetapkan("sakelar", "SEGAR_PERILAKU", k.tanggal + timedelta(days=300), nilai="12")
    _tetapkan("hari_besar", _natal(), hari_ini(), "NATAL-2028", tanggal="2028-12-25")
    assert lama() == (False, False, False)
    _tetapkan("sakelar", "SEGAR_PERILAKU", k.tanggal - timedelta(days=1), nilai="200")
    assert lama() == (True, True, True)
    with terpasang(SISTEM):  # what was computed by the rules of all times is as fresh as it was
        Perhitungan.objects.update(sidik_aturan=_semua())
    assert lama()[:2] == (False, False)


def _natal() -> str:
    return next(b.kode for b in bawaan().baris if b.tabel == "hari_besar")


def _semua() -> str:
    from remisi.selectors_aturan import himpunan

    return himpunan().sidik


def test_good_conduct_claims_nothing_about_an_unread_register_f() -> None:
    """ "No punishment" is said only where Register F was read lately; whether it was is the other condition's."""
    for diperiksa in (None, date(2020, 1, 1)):
        hasil = satu(replace(TERTIB, register_f_diperiksa=diperiksa))
        assert (keadaan(hasil, "X2"), keadaan(hasil, "E2")) == ("D", "Y")
        assert "tanpa hukuman" not in bukti(hasil, "E2")
        assert "Register F" in bukti(hasil, "E2")
    assert bukti(satu(TERTIB), "E2") == "Predikat pembinaan baik, tanpa hukuman disiplin."


def test_grants_not_recorded_are_a_work_list_of_exactly_those_persons(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    lama = layak(meja.upt, d.operator_ambon, 3)
    layak(meja.upt, d.operator_ambon, 2, tanggal_tahan=k.tanggal - timedelta(days=400), tanggal_putusan=None)
    from tests.wbp.bantu import Register

    Register(meja.upt, d.operator_ambon).beri(Beri(lama[0], "RU", date(2025, 8, 17), 1, 0))
    hitung(k, meja.upt, d.operator_ambon)
    cakupan = scope(d.operator_ambon)
    with terpasang(cakupan):
        semua = baca.daftar(cakupan, k, meja.upt, Saring.dari({"lalu": "belum"}))
        assert {c.data_id for c in semua} == set(lama[1:])
        assert {c.data_id for c in semua if c.keadaan == "LAYAK"} == set(lama[1:]), "a note, no condition"
        catatan = {c.data_id for c in Kandidat.objects.filter(kesempatan=k) if _bercatatan(cakupan, k, meja, c.data_id)}
        assert catatan == set(lama[1:]), "the same persons as the note on the page of each"
    klien, alamat = _klien(d.operator_ambon), reverse("remisi:kesempatan", args=[meja.upt.kode, k.slug])
    isi = klien.get(alamat)
    assert isi.context["tanpa_lalu"] == 2
    assert "Remisi yang lalu belum tercatat <strong>(2)</strong>" in isi.content.decode()
    assert sum(b.tanpa_lalu for b in isi.context["baris"]) == 2
    saring = klien.get(alamat, {"lalu": "belum"})
    assert {b.calon.data_id for b in saring.context["baris"]} == set(lama[1:])


def _bercatatan(cakupan: Any, k: Any, meja: Meja, pk: int) -> bool:
    return any("Belum ada remisi" in c for h in baca.jelaskan(cakupan, k, meja.upt, pk).hasil for c in h.catatan)


def test_what_can_be_mended_stands_apart_from_what_is_not_met(meja: Meja) -> None:
    d, k = meja.dunia, kesempatan()
    layak(meja.upt, d.operator_ambon, 1, salinan_putusan=None)
    layak(meja.upt, d.operator_ambon, 1, tanggal_tahan=hari_ini() - timedelta(days=20), tanggal_putusan=None)
    hitung(k, meja.upt, d.operator_ambon)
    isi = _klien(d.operator_ambon).get(reverse("remisi:kesempatan", args=[meja.upt.kode, k.slug]))
    assert "PUTUSAN:D" in [g.alasan for g in isi.context["terbenahi"]]
    assert [g.alasan for g in isi.context["belum_memenuhi"]] == ["E1:T"]
    teks = isi.content.decode()
    assert teks.index("Perlu dibenahi") < teks.index("Kurang salinan putusan") < teks.index("Belum memenuhi</h2>")
    assert teks.index("Belum memenuhi</h2>") < teks.index("Belum cukup lama menjalani")
    risiko = kelompok_dari("E3:T", 1)
    assert risiko is not None
    assert risiko.terbenahi, "somebody can mend it"
