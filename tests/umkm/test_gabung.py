"""Merging kinds: shown first, undone whole, never a chain, never two at once."""

from __future__ import annotations

from typing import Any

import pytest

from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.umkm.bantu import Unit, sebagai_orang
from umkm.katalog import proyeksi
from umkm.models import JenisProduk, Katalog
from umkm.wilayah import gabung
from upt.cakupan import SISTEM, terpasang

GABUNG = "/umkm/jenis/gabung/"


@pytest.fixture
def isi(ambon: Unit, pekanbaru: Unit) -> dict[str, int]:
    """Kinds by a short name: rengginang twice (alike), kerupuk, and batik apart."""
    produk = {
        "a": ambon.produk("Rengginang"),
        "b": pekanbaru.produk("Rengginan"),
        "c": pekanbaru.produk("Kerupuk udang"),
        "d": ambon.produk("Batik tulis", golongan="tekstil"),
        "a2": pekanbaru.produk("Rengginang asli"),
    }
    assert produk["a2"].jenis_id == produk["a"].jenis_id
    return {k: p.jenis_id for k, p in produk.items()}


def gabungkan(dunia: Dunia, asal: int, ke: int) -> JenisProduk:
    with sebagai_orang(dunia.peninjau) as (oleh, cakupan):
        return gabung.gabungkan(asal_id=asal, ke=ke, oleh=oleh, cakupan=cakupan)


def pisahkan(dunia: Dunia, jenis_id: int) -> JenisProduk:
    with sebagai_orang(dunia.peninjau) as (oleh, cakupan):
        return gabung.pisahkan(jenis_id=jenis_id, oleh=oleh, cakupan=cakupan)


def induk() -> dict[int, int | None]:
    return dict(JenisProduk.objects.values_list("pk", "induk_id"))


def test_alike_names_are_proposed_with_what_stands_behind(isi: dict[str, int], dunia: Dunia) -> None:
    with sebagai_orang(dunia.peninjau) as (_, cakupan):
        usulan = gabung.usulan(cakupan)
    assert [(u.tetap.jenis.pk, u.tetap.produk, u.tetap.unit, u.asal.jenis.pk, u.asal.produk) for u in usulan] == [
        (isi["a"], 2, 2, isi["b"], 1)
    ]


def test_the_preview_says_what_changes(isi: dict[str, int], dunia: Dunia) -> None:
    with sebagai_orang(dunia.peninjau) as (_, cakupan):
        d = gabung.dampak(isi["b"], isi["a"], cakupan=cakupan)
    assert (d.asal.produk, d.asal.unit, d.tetap.produk, d.bersama.produk, d.bersama.unit) == (1, 1, 2, 3, 2)
    assert d.ikut == []


def test_a_merge_counts_and_is_found_by_both_names(isi: dict[str, int], dunia: Dunia) -> None:
    gabungkan(dunia, isi["b"], isi["a"])
    assert induk()[isi["b"]] == isi["a"]
    with terpasang(SISTEM):
        assert "rengginang" in Katalog.objects.get(nama="Rengginan").cari.split()
        assert proyeksi.beda() == []
    with sebagai_orang(dunia.peninjau) as (_, cakupan):
        assert gabung.usulan(cakupan) == []
        jejak = Jejak.objects.get(tindakan="jenis_digabung")
    assert (jejak.objek_id, jejak.rincian, jejak.rantai) == (str(isi["b"]), {"ke": isi["a"], "ikut": []}, "nasional")


def test_children_go_along_and_come_back(isi: dict[str, int], dunia: Dunia) -> None:
    gabungkan(dunia, isi["b"], isi["a"])
    gabungkan(dunia, isi["a"], isi["c"])
    assert (induk()[isi["a"]], induk()[isi["b"]]) == (isi["c"], isi["c"]), "the root is never a merged one"
    pisahkan(dunia, isi["a"])
    assert (induk()[isi["a"]], induk()[isi["b"]]) == (None, isi["a"]), "as it was before"
    pisahkan(dunia, isi["b"])
    assert set(induk().values()) == {None}
    pisahkan(dunia, isi["b"])
    with terpasang(SISTEM):
        assert proyeksi.beda() == []


def test_what_was_taken_apart_meanwhile_stays_apart(isi: dict[str, int], dunia: Dunia) -> None:
    gabungkan(dunia, isi["b"], isi["a"])
    gabungkan(dunia, isi["a"], isi["c"])
    pisahkan(dunia, isi["b"])
    pisahkan(dunia, isi["a"])
    assert set(induk().values()) == {None}


def test_refusals(isi: dict[str, int], dunia: Dunia) -> None:
    with pytest.raises(TidakSah):
        gabungkan(dunia, isi["a"], isi["a"])
    with pytest.raises(TidakDitemukan):
        gabungkan(dunia, isi["a"], 2**40)
    gabungkan(dunia, isi["b"], isi["a"])
    with pytest.raises(Bentrok):
        gabungkan(dunia, isi["b"], isi["c"])
    with pytest.raises(Bentrok):
        gabungkan(dunia, isi["c"], isi["b"])
    with pytest.raises(TidakDitemukan):
        pisahkan(dunia, 2**40)


@pytest.mark.parametrize("siapa", ["operator_ambon", "verifikator_maluku", "pimpinan", "auditor", "admin", "asing"])
def test_only_the_national_reviewer(isi: dict[str, int], dunia: Dunia, masuk: Any, siapa: str) -> None:
    orang = getattr(dunia, siapa)
    klien = masuk(orang)
    badan = {"asal": isi["b"], "ke": isi["a"]}
    assert klien.get(GABUNG).status_code == klien.post(GABUNG, badan).status_code == 403
    assert klien.post(f"/umkm/jenis/{isi['b']}/pisah/").status_code == 403
    with sebagai_orang(orang) as (oleh, cakupan), pytest.raises(Ditolak):
        gabung.gabungkan(asal_id=isi["b"], ke=isi["a"], oleh=oleh, cakupan=cakupan)
    assert set(induk().values()) == {None}


def test_the_pages_merge_and_take_back(isi: dict[str, int], dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    assert "Rengginan" in klien.get(GABUNG).content.decode()
    periksa = klien.get(f"{GABUNG}?asal={isi['b']}&ke={isi['a']}").content.decode()
    assert "Gabungkan Rengginan ke Rengginang?" in periksa
    assert induk()[isi["b"]] is None, "looking changes nothing"
    assert klien.post(GABUNG, {"asal": isi["b"], "ke": isi["a"]}).status_code == 302
    assert induk()[isi["b"]] == isi["a"]
    assert "sudah digabung" in klien.post(GABUNG, {"asal": isi["b"], "ke": isi["c"]}, follow=True).content.decode()
    assert klien.post(f"/umkm/jenis/{isi['b']}/pisah/").status_code == 302
    assert induk()[isi["b"]] is None


@pytest.mark.parametrize("badan", [{}, {"asal": "x", "ke": "1"}, {"asal": "1"}, {"asal": "9" * 30, "ke": "1"}])
def test_a_broken_choice_is_said(isi: dict[str, int], dunia: Dunia, masuk: Any, badan: dict[str, str]) -> None:
    assert masuk(dunia.peninjau).post(GABUNG, badan).status_code == 400


@pytest.mark.parametrize("cari", ["renggin", "%", "'", "a" * 200, "<zz>"])
def test_search_for_two_kinds(isi: dict[str, int], dunia: Dunia, masuk: Any, cari: str) -> None:
    jawaban = masuk(dunia.peninjau).get(GABUNG, {"cari": cari})
    assert jawaban.status_code == 200
    ada = [j.nama for j in jawaban.context["ditemukan"]]
    assert ada == (["Rengginan", "Rengginang"] if cari == "renggin" else [])
    assert "<zz>" not in jawaban.content.decode().split("<main")[1]
