"""The calculator: answers what the rules answer, keeps what was typed, stores nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pemasyarakatan.inti.waktu import tulis_tanggal_hari
from remisi import aturan
from remisi.kalkulator.forms import BARIS_MAKS
from remisi.kalkulator.garis_masa import Ruas, garis_masa
from remisi.ketentuan import bawaan

PIDANA = {
    "tanggal_tahan": "15 Januari 2024",
    "pidana_tahun": "4",
    "pidana_bulan": "6",
    "subsider_bulan": "2",
    "kategori": "umum",
    "r-n": "3",
    "r-0-bulan": "1",
    "r-1-hari": "15",
}


def kirim(klien: Any, rute: str, **isi: str) -> Any:
    return klien.post(reverse(f"remisi:{rute}"), isi)


def teks(jawab: Any) -> str:
    return " ".join(jawab.content.decode().split())


def test_sama_dengan_aturan(dunia: Any, masuk: Any) -> None:
    jawab = kirim(masuk(dunia.operator_ambon), "kalkulator", **PIDANA)
    assert jawab.status_code == 200
    h = aturan.hitung_pidana(
        aturan.Perkara(
            tanggal_tahan=date(2024, 1, 15),
            pidana=(aturan.Lama(4, 6, 0),),
            remisi=(aturan.Potong(1, 0), aturan.Potong(0, 15)),
            subsider=aturan.Subsider(2, 0),
        ),
        bawaan(),
    )
    assert [x.uraian for x in jawab.context["hasil"].langkah] == [x.uraian for x in h.langkah]
    isi = teks(jawab)
    for x in h.langkah:
        assert x.sumber in isi
    for tanggal in (h.ekspirasi_akhir, h.dua_pertiga, h.pb.akhir_bimbingan, h.cmb.mulai):
        assert tulis_tanggal_hari(tanggal) in isi
    assert "belum dikonfirmasi" in isi


def test_tidak_menyimpan_apa_pun(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    kirim(klien, "kalkulator", **PIDANA)
    with CaptureQueriesContext(
        connection,
    ) as kueri:
        jawab = kirim(klien, "kalkulator", **PIDANA)
    tulis = [q["sql"] for q in kueri if q["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [t for t in tulis if "session" not in t] == []
    assert not any("2024-01-15" in q["sql"] or "15 Januari" in q["sql"] for q in kueri)
    assert "2024" not in str(klien.session.items())
    assert jawab.request["QUERY_STRING"] == ""
    assert "no-store" in jawab["Cache-Control"]


def test_alamat_tidak_membaca_pertanyaan(dunia: Any, masuk: Any) -> None:
    """What stands in an address is not a question: it would be kept in histories and logs."""
    jawab = masuk(dunia.operator_ambon).get(reverse("remisi:kalkulator"), PIDANA)
    assert jawab.context["hasil"] is None
    assert "15 Januari 2024" not in teks(jawab)


def test_salah_di_samping_isian_dan_ketikan_tetap(dunia: Any, masuk: Any) -> None:
    isi = {**PIDANA, "tanggal_tahan": "31 Februari 2024", "pidana_tahun": "1,5", "r-1-hari": "lima"}
    jawab = kirim(masuk(dunia.operator_ambon), "kalkulator", **isi)
    assert jawab.status_code == 400
    halaman = teks(jawab)
    assert "bulan itu sampai tanggal 29" in halaman
    assert "Baris 2, Hari:" in halaman
    for ketikan in ("31 Februari 2024", "1,5", "lima"):
        assert f'value="{ketikan}"' in halaman
    assert jawab.context["hasil"] is None


def test_pidana_kosong_ditanya(dunia: Any, masuk: Any) -> None:
    jawab = kirim(masuk(dunia.operator_ambon), "kalkulator", tanggal_tahan="15-1-2024", **{"r-n": "1"})
    assert jawab.status_code == 400
    assert "Isi lamanya pidana" in teks(jawab)


def test_baris_baru_tanpa_javascript(dunia: Any, masuk: Any) -> None:
    jawab = kirim(masuk(dunia.operator_ambon), "kalkulator", aksi="tambah", **{**PIDANA, "tanggal_tahan": ""})
    assert jawab.status_code == 200
    assert jawab.context["deret"].banyak == 4
    halaman = teks(jawab)
    assert 'name="r-3-bulan"' in halaman
    assert 'id="id_r-0-bulan" name="r-0-bulan" inputmode="numeric" autocomplete="off" value="1"' in halaman
    assert "Isi tanggalnya" not in halaman
    assert 'name="pidana_tahun" value="4"' in halaman


@pytest.mark.parametrize(("n", "banyak"), [("999", BARIS_MAKS), ("99999999", 3), ("-1", 3), ("x", 3), ("0", 1)])
def test_banyak_baris_dibatasi(dunia: Any, masuk: Any, n: str, banyak: int) -> None:
    jawab = kirim(masuk(dunia.operator_ambon), "kalkulator", **{**PIDANA, "r-n": n})
    assert jawab.context["deret"].banyak == banyak


def test_remisi_dan_yang_kurang(dunia: Any, masuk: Any) -> None:
    klien = masuk(dunia.asing)
    dasar = {"jenis": "RU", "tanggal": "17 Agustus 2026", "tanggal_tahan": "1/1/2025", "pidana_tahun": "3"}
    jawab = kirim(klien, "kalkulator_remisi", urutan="1", **dasar)
    assert jawab.status_code == 200
    assert jawab.context["hasil"].butir[0].nilai == "2 bulan"
    jawab = kirim(klien, "kalkulator_remisi", **dasar)
    assert jawab.context["hasil"].butir[0].nilai == "belum dapat ditentukan"
    assert jawab.context["hasil"].kurang == ["pemberian yang keberapa"]


def test_register_f_menggugurkan(dunia: Any, masuk: Any) -> None:
    dasar = {"jenis": "RU", "tanggal": "17 Agustus 2026", "tanggal_tahan": "1/1/2025", "pidana_tahun": "3"}
    jawab = kirim(masuk(dunia.asing), "kalkulator_remisi", urutan="2", register_f="on", **dasar)
    hasil = jawab.context["hasil"]
    assert hasil.butir[0].nilai == "tidak diberikan"
    assert any(x.aturan == "X2" for x in hasil.langkah)


def test_penghematan_tidak_dipaksa_cocok(dunia: Any, masuk: Any) -> None:
    isi = {"tanggal": "17 Agustus 2025", "p-n": "3", "p-0-hari": "30", "p-0-orang": "1.000"}
    klien = masuk(dunia.pimpinan)
    hasil = kirim(klien, "kalkulator_hemat", rupiah_tercetak="Rp585.000.000", **isi).context["hasil"]
    assert [b.nilai for b in hasil.butir] == ["30.000 hari", "Rp19.500", "Rp585.000.000", "cocok"]
    hasil = kirim(klien, "kalkulator_hemat", rupiah_tercetak="600.000.000", **isi).context["hasil"]
    assert hasil.butir[-1].nilai == "tidak cocok"
    assert hasil.butir[2].nilai == "Rp585.000.000"


def test_pita_separuh_ditanya(dunia: Any, masuk: Any) -> None:
    isi = {"tanggal": "17 Agustus 2025", "p-n": "1", "p-0-orang": "10"}
    jawab = kirim(masuk(dunia.pimpinan), "kalkulator_hemat", **isi)
    assert jawab.status_code == 400
    assert "Isi berapa hari setiap orang" in teks(jawab)


def test_biaya_yang_tidak_ada_tidak_ditebak(dunia: Any, masuk: Any) -> None:
    isi = {"tanggal": "17 Agustus 2010", "p-n": "1", "p-0-orang": "10", "p-0-hari": "30"}
    hasil = kirim(masuk(dunia.pimpinan), "kalkulator_hemat", **isi).context["hasil"]
    assert hasil.butir[2].nilai == "–"
    assert any("biaya makan" in k for k in hasil.kurang)


def test_ujung_kalender(dunia: Any, masuk: Any) -> None:
    isi = {**PIDANA, "tanggal_tahan": "1 Januari 2190", "pidana_tahun": "100", "pidana_hari": "36500"}
    jawab = kirim(masuk(dunia.operator_ambon), "kalkulator", **isi)
    assert jawab.status_code in (200, 400)


def test_garis_masa_menyebut_semua_dan_tidak_keluar() -> None:
    semua = [
        Ruas("Pidana", date(2024, 1, 15), date(2028, 5, 29)),
        Ruas("PB <b>", date(2026, 10, 2), date(2029, 5, 29)),
        Ruas("Sehari", date(2028, 5, 29), date(2028, 5, 29)),
    ]
    svg = str(garis_masa(semua, "Garis"))
    assert "Pidana 15 Januari 2024 sampai 29 Mei 2028" in svg
    assert "<b>" not in svg
    assert "circle" in svg
    assert "style=" not in svg


def test_garis_masa_sehari() -> None:
    assert "<svg" in garis_masa([Ruas("A", date(2024, 1, 1), date(2024, 1, 1))], "Satu hari")


def test_remisi_lebih_lama_dari_pidana_ditegur_di_halaman(dunia: Any, masuk: Any) -> None:
    """Such a list cannot be: said above the steps, not only among them."""
    kiriman = {**PIDANA, "pidana_tahun": "1", "pidana_bulan": "", "r-0-bulan": "14"}
    jawab = kirim(masuk(dunia.operator_ambon), "kalkulator", **kiriman)
    isi = teks(jawab)
    assert "Tidak mungkin begini" in isi
    assert isi.index("periksa daftar remisi") < isi.index("Langkahnya")
    assert "Tidak mungkin begini" not in teks(kirim(masuk(dunia.operator_ambon), "kalkulator", **PIDANA))
