"""Searching tells whether somebody is in a unit: it is written down, per person found and per search, without words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from wbp import pencarian
from wbp.models import AksesWarga


def _cari(register: Register, teks: str) -> list[int]:
    with sebagai_orang(register.orang) as (oleh, cakupan):
        return [d.pk for d in pencarian.cari(upt=register.upt, teks=teks, oleh=oleh, cakupan=cakupan)[0]]


def _akses() -> list[tuple[Any, ...]]:
    with terpasang(SISTEM):
        semua = AksesWarga.objects.order_by("pk")
        return [(a.data_id, a.peran, a.bidang, a.cara, a.alasan) for a in semua]


def _jejak() -> list[dict[str, Any]]:
    with terpasang(SISTEM):
        return list(Jejak.objects.filter(tindakan="warga_cari").order_by("pk").values_list("rincian", flat=True))


def test_ditemukan_dengan_nama_tercatat_per_orang(ambon: Register, dunia: Dunia) -> None:
    satu, dua = ambon.catat().pk, ambon.catat(nomor=nomor_ke(1), nama="Kenari Lain").pk
    assert sorted(_cari(ambon, "kenari")) == sorted([satu, dua])
    assert _cari(Register(dunia.ambon, dunia.auditor), "burungwati") == [satu]
    akses = _akses()
    assert sorted(akses[:2]) == sorted((pk, "operator_upt", ["kata-nama"], "HALAMAN", "LAIN") for pk in (satu, dua))
    assert akses[2:] == [(satu, "auditor", ["kata-nama"], "HALAMAN", "LAIN")]
    assert _jejak() == [{"ketemu": 2, "menurut_nama": 2}, {"ketemu": 1, "menurut_nama": 1}]


def test_nomor_dan_yang_tidak_ada_hanya_dihitung(ambon: Register) -> None:
    """Whoever typed the whole number knew it; a guess that found nobody is a line, too."""
    pk = ambon.catat().pk
    assert _cari(ambon, NOMOR) == [pk]
    assert _cari(ambon, "cendrawasih") == []
    assert _akses() == []
    assert _jejak() == [{"ketemu": 1, "menurut_nama": 0}, {"ketemu": 0, "menurut_nama": 0}]


def test_yang_dicari_tidak_tertulis_di_mana_pun(ambon: Register) -> None:
    ambon.catat()
    _cari(ambon, "Kenari Burungwati")
    with terpasang(SISTEM):
        semua = [list(AksesWarga.objects.values()), list(Jejak.objects.values())]
    for kata in ("enari", "urungwati", "48213"):
        assert kata not in json.dumps(semua, default=str)


def test_tanpa_hak_tidak_mencari(ambon: Register, dunia: Dunia) -> None:
    ambon.catat()
    for orang, galat in ((dunia.operator_pekanbaru, TidakDitemukan), (dunia.verifikator_maluku, Ditolak)):
        with pytest.raises(galat):
            _cari(Register(dunia.ambon, orang), "kenari")
    assert (_akses(), _jejak()) == ([], [])


def test_yang_tampil_saja_yang_tercatat(
    ambon: Register, dunia: Dunia, masuk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pencarian, "PALING", 2)
    ambon.banyak([{"nama": f"Burung Ke{n}", "nomor": nomor_ke(n), "status": "TAHANAN"} for n in range(3)])
    alamat = f"/warga/{dunia.ambon.kode}/cari/"
    klien = masuk(dunia.operator_ambon)
    assert "Hanya 2 orang pertama" in klien.post(alamat, {"teks": "burung"}).content.decode()
    assert len(_akses()) == 2
    assert _jejak() == [{"ketemu": 2, "menurut_nama": 2}]
    monkeypatch.setattr(pencarian, "PALING", 3)
    assert "orang pertama" not in klien.post(alamat, {"teks": "burung"}).content.decode(), "as many as are shown"
