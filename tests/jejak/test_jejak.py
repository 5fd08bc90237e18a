"""The trail: who sees which links, and that a changed, cut or missing link is found."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.jejak.services import catat
from tests.conftest import sebagai
from tests.dunia import Dunia, kirim, lakukan
from tests.pelaporan.bantu import kueri
from upt.cakupan import SISTEM, terpasang

URL = "/jejak/"


def _isi(dunia: Dunia) -> Any:
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "verifikasi", dunia.verifikator_maluku)
    kirim(dunia.laporan(dunia.pekanbaru), dunia.kepala_pekanbaru)
    return laporan


def test_hak(dunia: Dunia, masuk: Any) -> None:
    for siapa, harap in {
        "kepala_ambon": 200, "kepala_maluku": 200, "peninjau": 200, "auditor": 200, "operator_ambon": 403,
        "verifikator_maluku": 403, "pimpinan": 403, "admin": 403, "asing": 403,
    }.items():  # fmt: skip
        assert masuk(getattr(dunia, siapa)).get(URL).status_code == harap, siapa


def test_cakupan(dunia: Dunia, masuk: Any) -> None:
    _isi(dunia)
    for siapa, ada, tiada in (
        ("kepala_ambon", "Lapas Kelas IIA Ambon", "Lapas Kelas IIA Pekanbaru"),
        ("kepala_maluku", "Lapas Kelas IIA Ambon", "Lapas Kelas IIA Pekanbaru"),
        ("kepala_pekanbaru", "Lapas Kelas IIA Pekanbaru", "Lapas Kelas IIA Ambon"),
    ):
        tempat = {b["tempat"].label for b in masuk(getattr(dunia, siapa)).get(URL).context["baris"]}
        assert ada in tempat, siapa
        assert tiada not in tempat, siapa
    nasional = {b["tempat"].label for b in masuk(dunia.auditor).get(URL).context["baris"]}
    assert {"Lapas Kelas IIA Ambon", "Lapas Kelas IIA Pekanbaru", "Nasional"} <= nasional


def test_hanya_di_tempat_yang_berhak(dunia: Dunia, masuk: Any) -> None:
    """Head of one unit and operator of another: the trail of the second stays closed."""
    from datetime import date

    from upt.models import Penugasan

    _isi(dunia)
    with terpasang(SISTEM):
        Penugasan.objects.create(
            pengguna=dunia.kepala_masohi, peran="operator_upt", upt=dunia.ambon, kanwil=dunia.ambon.kanwil,
            mulai=date(2020, 1, 1),
        )  # fmt: skip
    assert masuk(dunia.kepala_masohi).get(URL).context["baris"] == []


def test_saringan_dan_tautan(dunia: Dunia, masuk: Any) -> None:
    laporan = _isi(dunia)
    klien = masuk(dunia.auditor)
    baris = klien.get(URL, {"tindakan": "verifikasi"}).context["baris"]
    assert [b["b"].objek_id for b in baris] == [str(laporan.pk)]
    assert baris[0]["objek"].url.startswith("/laporan/lapas-kelas-iia-ambon/2026-01/F06")
    assert klien.get(URL, {"pelaku": "kepala_pekan"}).context["baris"]
    assert klien.get(URL, {"dari": "1/1/2099"}).context["baris"] == []
    assert {b["b"].objek_id for b in klien.get(URL, {"objek": str(laporan.pk)}).context["baris"]} == {str(laporan.pk)}
    salah = klien.get(URL, {"dari": "31/2/2026", "tindakan": "<x>", "sebelum": "abc"})
    assert salah.status_code == 200
    assert "bulan itu sampai tanggal 28" in salah.content.decode()


def test_halaman_berikut_tanpa_ulang_dan_kueri_tetap(dunia: Dunia, masuk: Any) -> None:
    with terpasang(SISTEM):
        for n in range(60):
            catat(oleh=None, tindakan="uji", objek="uji", objek_id=n)
    klien = masuk(dunia.auditor)
    pertama = klien.get(URL, {"tindakan": ""})
    kedua = klien.get(URL, {"sebelum": pertama.context["lebih_lama"]})
    satu, dua = ({b["b"].pk for b in h.context["baris"]} for h in (pertama, kedua))
    assert len(satu) == 50
    assert dua
    assert not satu & dua
    assert len(kueri(klien, URL)) <= 8


@pytest.mark.parametrize(
    "perintah",
    [
        "INSERT INTO jejak_jejak (rantai, urut, waktu, pelaku, tindakan, objek, objek_id, rincian,"
        " sidik_sebelum, sidik) VALUES ('nasional', 999, now(), 'x', 'x', 'x', 'x', '{}', '', 'x')",
        "UPDATE jejak_jejak SET pelaku = 'orang lain'",
        "DELETE FROM jejak_jejak",
        "TRUNCATE jejak_jejak",
        "UPDATE jejak_kepalarantai SET urut = 0",
        "DELETE FROM jejak_kepalarantai",
        "ALTER TABLE jejak_jejak DISABLE TRIGGER ALL",
    ],
)
def test_peran_web_tidak_dapat_menyentuh_jejak(dunia: Dunia, perintah: str) -> None:
    with terpasang(SISTEM), connection.cursor() as kursor:
        kursor.execute("SELECT current_user")
        assert kursor.fetchone()[0] == "lapor_web"
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
            kursor.execute(perintah)


def _periksa() -> tuple[int, dict[str, Any]]:
    keluar = StringIO()
    try:
        call_command("periksa_jejak", "--json", stdout=keluar)
    except SystemExit as akhir:
        return int(akhir.code or 0), json.loads(keluar.getvalue())
    return 0, json.loads(keluar.getvalue())


def test_rantai_utuh(dunia: Dunia) -> None:
    _isi(dunia)
    kode, hasil = _periksa()
    assert (kode, hasil["utuh"]) == (0, True)
    with terpasang(SISTEM):
        assert hasil["baris"] == Jejak.objects.count() > 5
    keluar = StringIO()
    call_command("periksa_jejak", stdout=keluar)
    assert "rantai utuh" in keluar.getvalue()


@pytest.mark.parametrize(
    ("perusakan", "sebab"),
    [
        ("UPDATE jejak_jejak SET pelaku = 'orang lain' WHERE rantai = %s AND urut = 2", "isi berubah"),
        ("UPDATE jejak_jejak SET rincian = '{}' WHERE rantai = %s AND urut = 1", "isi berubah"),
        ("DELETE FROM jejak_jejak WHERE rantai = %s AND urut = 2", "mata rantai hilang"),
        (
            "DELETE FROM jejak_jejak j USING jejak_kepalarantai k WHERE j.rantai = %s AND k.rantai = j.rantai"
            " AND j.urut = k.urut",
            "kepala rantai tidak cocok",
        ),
        ("DELETE FROM jejak_jejak WHERE rantai = %s", "ekor rantai terpotong"),
    ],
)
def test_perusakan_ditemukan(dunia_nyata: Dunia, masuk: Any, perusakan: str, sebab: str) -> None:
    _isi(dunia_nyata)
    rantai = f"upt:{dunia_nyata.ambon.pk}"
    with sebagai("pemilik"), transaction.atomic(), connection.cursor() as kursor:
        kursor.execute("ALTER TABLE jejak_jejak DISABLE TRIGGER jejak_tetap")
        kursor.execute(perusakan, [rantai])
        kursor.execute("ALTER TABLE jejak_jejak ENABLE TRIGGER jejak_tetap")
    kode, hasil = _periksa()
    assert kode == 1
    assert sebab in {k["sebab"] for k in hasil["kerusakan"] if k["rantai"] == rantai}
    if sebab == "isi berubah":
        halaman = masuk(dunia_nyata.auditor).get(URL)
        assert halaman.context["rusak"] == 1
        assert "Rantai rusak" in halaman.content.decode()


def test_objek_tanpa_nomor_baris_tidak_menjatuhkan_halaman(dunia: Dunia, masuk: Any) -> None:
    """Some acts touch no single row and have a word where others have an id; the page shows them all the same."""
    with terpasang(SISTEM), transaction.atomic():
        for jenis in ("upt", "kanwil"):
            catat(
                oleh=None,
                tindakan="muat_libur",
                objek=jenis,
                objek_id="contoh",
                rincian={"ke": "SIAP", "f": ["F01", "F02"]},
            )
    jawab = masuk(dunia.auditor).get("/jejak/")
    assert jawab.status_code == 200
    isi = jawab.content.decode()
    assert "F01, F02" in isi
    assert "ke: siap" in isi
