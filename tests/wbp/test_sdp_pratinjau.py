"""What the preview of an export shows, so that a wrong column is seen before it is saved; and what it does not say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.wbp.bantu import Register
from tests.wbp.test_sdp import DUA, SATU, Unit, buku, csv
from tests.wbp.test_sdp_jebakan import KEPALA, unggah
from upt.cakupan import terpasang
from wbp.models import DataWarga
from wbp.sdp.rencana import Rencana
from wbp.services_catatan import Beri

LENGKAP = ("no_reg", "nama", "status", "jk", "agama", "jenis_kejahatan", "lama_pidana", "tgl_ditahan")


@pytest.fixture
def unit(dunia: Dunia) -> Any:
    satu = Unit(dunia, dunia.operator_ambon)
    with terpasang(satu.cakupan):
        yield satu


@pytest.fixture
def klien(masuk: Any, dunia: Dunia) -> Client:
    petugas: Client = masuk(dunia.operator_ambon)
    return petugas


def test_a_new_row_shows_what_a_wrong_column_would_spoil(klien: Client, dunia: Dunia) -> None:
    baris = ("B.I 11/2024", "Warga Contoh", "narapidana", "P", "Hindu", "Narkotika", "5 Tahun", "01/02/2024")
    isi = klien.get(unggah(klien, csv(baris, kepala=LENGKAP))).content.decode()
    for kata in ("Jenis kelamin: perempuan", "Hindu", "Kelompok tindak pidana: narkotika", "Pidana, tahun: 5"):
        assert kata.casefold() in isi.casefold()
    assert "Pidana, hari: " not in isi
    assert "Pidana, bulan: " not in isi
    assert "Warga Contoh" not in isi


def test_nothing_is_no_change(unit: Unit) -> None:
    """ "5 Tahun" has neither months nor days, whether the register keeps none or zero of them."""
    Register(unit.upt, unit.oleh).banyak(
        [{
            "nama": SATU[1], "nomor": SATU[0], "status": "NARAPIDANA", "pidana_tahun": 5, "pidana_bulan": 6,
            "tanggal_tahan": date(2024, 2, 1), "tanggal_putusan": date(2024, 6, 1),
        }]
    )  # fmt: skip
    rencana = unit.rencana(csv(SATU))
    assert [(b.jenis, b.beda) for b in rencana.baris] == [("sama", [])]
    beda = unit.rencana(csv((*SATU[:3], "5 Tahun", *SATU[4:]))).baris[0].beda
    assert beda == [["Pidana, bulan", "6", "0"]]


def test_a_refused_row_keeps_its_mark_on_one_line(klien: Client, dunia: Dunia) -> None:
    isi = klien.get(unggah(klien, csv(("", "Warga", *SATU[2:]), DUA))).content.decode()
    assert '<span class="tetap"><svg' in isi.replace("\n", "")


def _orang(n: int, tahan: date) -> tuple[Any, ...]:
    return (f"B.I {n}/2024", "Warga Contoh", "narapidana", "9 Tahun", f"{tahan:%d/%m/%Y}", f"{tahan:%d/%m/%Y}")


def test_persons_without_any_grant_are_counted(unit: Unit, klien: Client) -> None:
    lama, baru = date(2023, 1, 5), hari_ini() - timedelta(days=90)
    semua = [_orang(1, lama), _orang(2, lama), _orang(3, lama), _orang(4, baru), ("A.I 5/2024", "X Y", "tahanan", "",
             lama.strftime("%d/%m/%Y"), "")]  # fmt: skip
    remisi = [("no_reg", "jenis", "tanggal", "bulan", "hari"), ("B.I 2/2024", "RU", "17/8/2024", "1", "0")]
    rencana = unit.rencana(buku(("SDP", [KEPALA, *semua]), ("Remisi", remisi)))
    assert rencana.hitungan["ditolak"] == 0
    assert rencana.tanpa_remisi == 2
    assert Rencana.dari_json(rencana.ke_json()).tanpa_remisi == 2
    unit.simpan(buku(("SDP", [KEPALA, *semua]), ("Remisi", remisi)))
    data = DataWarga.objects.filter(upt=unit.upt).earliest("pk")
    Register(unit.upt, unit.oleh).beri(Beri(data.pk, "RU", date(2024, 8, 17), 1, 0))
    assert unit.rencana(csv(*semua)).tanpa_remisi == 1, "recorded in the register meanwhile"


def test_preview_and_result_say_so(klien: Client, dunia: Dunia) -> None:
    halaman = unggah(klien, csv(_orang(1, date(2023, 1, 5)), _orang(2, hari_ini() - timedelta(days=90))))
    isi = klien.get(halaman).content.decode()
    assert "1 orang tanpa catatan remisi" in isi
    sidik = isi.split('name="sidik" value="')[1].split('"')[0]
    hasil = klien.post(halaman, {"aksi": "simpan", "sidik": sidik, "pengirim": dunia.operator_ambon.pk}, follow=True)
    assert "1 orang tanpa catatan remisi" in hasil.content.decode()
