"""The calendar strip: shapes say what colours say, what is only expected is dotted, cycles never cover each other."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

from pangan.kalender import Jendela, Lajur, arti, pita
from pemasyarakatan.inti.waktu import Bulan

HARI = date(2026, 11, 22)
JENDELA = Jendela.sekitar(HARI)


def lajur(tanam: date, selesai: date | None = None, perkiraan: date | None = None, **lain: Any) -> Lajur:
    isi = {"gagal": False, "panen": (), **lain}
    return Lajur("Jagung", tanam, selesai, perkiraan, **isi)


def test_dua_belas_bulan_dengan_hari_ini_di_dalamnya() -> None:
    assert JENDELA.bulan == Bulan(2026, 3).rentang(Bulan(2027, 2))
    assert JENDELA.nama == "Maret 2026 sampai Februari 2027"
    assert 0 == JENDELA.x(date(2026, 3, 1)) < JENDELA.x(HARI) < 100
    assert JENDELA.x(date(2020, 1, 1)) == 0
    assert JENDELA.x(date(2030, 1, 1)) == 100


def test_yang_diperkirakan_putus_putus_yang_terjadi_penuh() -> None:
    jalan = pita("P01", [lajur(date(2026, 9, 1), perkiraan=date(2026, 12, 10))], JENDELA)
    sudah = lajur(date(2026, 5, 1), date(2026, 8, 9), date(2026, 8, 1), panen=(date(2026, 8, 9),))
    selesai = pita("P01", [sudah], JENDELA)
    assert jalan.count("stroke-dasharray") == 2  # the bar to come and the harvest to come
    assert "stroke-dasharray" not in selesai
    assert selesai.count("<circle") == 1


def test_gagal_bersilang_dan_dikatakan() -> None:
    svg = pita("P01", [lajur(date(2026, 9, 1), date(2026, 10, 1), gagal=True)], JENDELA)
    assert "M-5-5L5 5M5-5L-5 5" in svg
    assert "gagal 1 Oktober 2026" in svg


def test_siklus_bersamaan_tidak_bertumpuk() -> None:
    semua = [lajur(date(2026, 4, 1), date(2026, 8, 1)), lajur(date(2026, 5, 1)), lajur(date(2026, 8, 1))]
    svg = pita("P01", semua, JENDELA)
    baris = [float(y) for y in re.findall(r'<rect x="[\d.]+%" y="([\d.]+)"', svg)]
    assert len(baris) == 3
    assert baris[0] == baris[2] != baris[1]  # the third starts where the first has ended
    assert 'height="36"' in svg


def test_nama_diloloskan_dan_svg_utuh() -> None:
    nama = '<b>"Kebun" & sawah</b>'
    svg = pita(nama, [Lajur(nama, date(2026, 4, 1), None, None, False, ())], JENDELA)
    assert "<b>" not in svg
    assert ElementTree.fromstring(svg)[0].text == f"Kalender {nama}"
    assert len(ElementTree.fromstring(JENDELA.sumbu).findall("text")) == 12


def test_kosong_dan_jauh_di_luar_jendela() -> None:
    assert "Tidak ada yang ditanam" in pita("P01", [], JENDELA)
    lama = pita("P01", [lajur(date(2019, 1, 1), perkiraan=date(2019, 6, 1))], JENDELA)
    assert "<circle" not in lama
    assert "M-1-7L8 0L-1 7Z" not in lama
    assert 'width="-' not in lama


def test_setiap_tanda_punya_kata() -> None:
    assert [kata for _, kata in arti()] == ["Tanam atau tebar", "Rawat", "Panen", "Perkiraan", "Gagal"]
