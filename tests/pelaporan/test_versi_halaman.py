"""Frozen versions: shown as sent, compared, checked against their hash, and out of everybody's reach."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from pelaporan.banding import banding_daftar, bandingkan
from pelaporan.isian import Isian, KonteksPeta, Sel, bekukan
from pelaporan.models import LaporanVersi
from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan
from tests.conftest import sebagai
from tests.dunia import Dunia, kirim, lakukan, skema
from tests.pelaporan.bantu import alamat
from upt.cakupan import SISTEM, terpasang


def _dua_versi(dunia: Dunia) -> Any:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Periksa.")
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "900"})
    return laporan


def test_versi_lama_tetap_terbaca_dan_sidiknya_cocok(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_versi(dunia)
    klien = masuk(dunia.operator_ambon)
    for versi, lahan in ((1, "500"), (2, "900")):
        jawab = klien.get(alamat(laporan, "versi", versi=versi))
        isi = jawab.content.decode()
        assert jawab.context["cocok"]
        assert "Sidik cocok" in isi
        assert f'{lahan} <span class="satuan">m²</span>' in isi
    assert klien.get(alamat(laporan, "versi", versi=3)).status_code == 404


def test_banding_versi_menaruh_yang_berubah_di_depan(dunia: Dunia, masuk: Any) -> None:
    laporan = _dua_versi(dunia)
    jawab = masuk(dunia.kepala_maluku).get(alamat(laporan, "versi", versi=2), {"banding": "1"})
    beda = jawab.context["beda"]
    assert beda[0].kode == "lahan_tidur"
    assert (beda[0].selisih, beda[0].persen) == ("+400", "+80%")
    assert not any(b.berubah for b in beda[1:])
    assert masuk(dunia.kepala_maluku).get(alamat(laporan, "versi", versi=2), {"banding": "<x>"}).status_code == 200


def test_banding_bulan_lalu(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        buka_periode(bulan=Bulan(2025, 12))
    kirim(dunia.laporan(dunia.ambon, bulan=Bulan(2025, 12)), dunia.kepala_ambon, {"lahan_tidur": "0"})
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    beda = masuk(dunia.auditor).get(alamat(laporan, "versi", versi=1), {"banding": "lalu"}).context["beda"]
    assert (beda[0].kode, beda[0].lalu.kata, beda[0].persen) == ("lahan_tidur", "nihil", "")


def test_versi_yang_diubah_di_basis_data_ketahuan(dunia_nyata: Dunia, masuk: Any) -> None:
    """Only the owner, with the trigger switched off, can change a version; and it shows."""
    laporan = dunia_nyata.laporan(dunia_nyata.ambon)
    kirim(laporan, dunia_nyata.kepala_ambon)
    with sebagai("pemilik"), transaction.atomic(), connection.cursor() as kursor:
        kursor.execute("ALTER TABLE pelaporan_laporanversi DISABLE TRIGGER tetap")
        kursor.execute(
            "UPDATE pelaporan_laporanversi SET isi = jsonb_set(isi, '{angka,lahan_tidur}', '5000')"
            " WHERE laporan_id = %s",
            [laporan.pk],
        )
        kursor.execute("ALTER TABLE pelaporan_laporanversi ENABLE TRIGGER tetap")
    isi = masuk(dunia_nyata.operator_ambon).get(alamat(laporan, "versi", versi=1)).content.decode()
    assert "Sidik tidak cocok" in isi
    assert "Sidik cocok" not in isi


@pytest.mark.parametrize("perintah", ["UPDATE {t} SET versi = 9", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"])
def test_peran_web_tidak_dapat_mengubah_versi(dunia: Dunia, perintah: str) -> None:
    kirim(dunia.laporan(dunia.ambon), dunia.kepala_ambon)
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SELECT current_user")
        assert kursor.fetchone()[0] == "lapor_web"
        for tabel in ("pelaporan_laporanversi", "pelaporan_kejadian"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                kursor.execute(perintah.format(t=tabel))
    with terpasang(SISTEM):
        assert LaporanVersi.objects.count() == 1


def test_pemilik_pun_ditahan_pemicu(dunia_nyata: Dunia) -> None:
    kirim(dunia_nyata.laporan(dunia_nyata.ambon), dunia_nyata.kepala_ambon)
    with (
        sebagai("pemilik"),
        pytest.raises(Exception, match="hanya dapat ditambah"),
        transaction.atomic(),
        connection.cursor() as kursor,
    ):
        kursor.execute("UPDATE pelaporan_laporanversi SET sidik = 'x'")


# The pure difference ----------------------------------------------------------------------------------------


def _isi(
    sel: dict[str, Any], daftar: dict[str, list[dict[str, Any]]] | None = None, kode: str = "F06"
) -> dict[str, Any]:
    bentuk = skema(kode)
    beku = bekukan(bentuk, Isian({k: Sel(v) for k, v in sel.items()}), KonteksPeta(Bulan(2026, 1)), {})
    return {**beku, "daftar": {**beku["daftar"], **(daftar or {})}}


def test_beda_angka_turun_dari_nol_dan_kosong() -> None:
    bentuk = skema("F06")
    lalu = _isi({"lahan_tidur": 1500, "ada_kegiatan": True, "wbp": 0})
    kini = _isi({"lahan_tidur": 1200, "ada_kegiatan": True, "wbp": 4})
    beda = {b.kode: b for b in bandingkan(bentuk, kini, lalu)}
    assert (beda["lahan_tidur"].selisih, beda["lahan_tidur"].persen) == ("−300", "−20%")
    assert (beda["wbp"].selisih, beda["wbp"].persen) == ("+4", "")
    assert not beda["ada_kegiatan"].berubah
    assert not beda["mitra"].berubah  # empty on both sides is no change
    assert beda["mitra"].kini.keadaan == "kosong"


def test_tanpa_pembanding_tidak_ada_yang_berubah() -> None:
    beda = bandingkan(skema("F06"), _isi({"lahan_tidur": 1}), None)
    assert not any(b.berubah or b.lalu for b in beda)


def test_baris_daftar_baru_berubah_dan_dihapus() -> None:
    bentuk = skema("F04")
    daftar = next(iter(bentuk.daftar.values()))
    teks = next(k.kode for k in daftar.kolom if k.jenis == "teks")
    lalu = _isi({}, {daftar.kode: [{"id": "a", "isi": {teks: "satu"}}, {"id": "b", "isi": {teks: "dua"}}]}, "F04")
    kini = _isi({}, {daftar.kode: [{"id": "b", "isi": {teks: "dua!"}}, {"id": "c", "isi": {teks: "tiga"}}]}, "F04")
    beda = banding_daftar(bentuk, kini, lalu)
    assert [(b.jenis, b.nomor) for b in beda] == [("berubah", 1), ("baru", 2), ("dihapus", 1)]
    kini_sel, lalu_sel = beda[0].sel[0]
    assert lalu_sel is not None
    assert (lalu_sel.teks, kini_sel.teks) == ("dua", "dua!")
