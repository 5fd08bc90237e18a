"""Totals over the nation: counted from decided cases, opened down to them, closed to outsiders where they are small."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remisi.nasional import tabel
from tests.remisi.bahan_kasus import banyak, kasus, kesempatan, orang

URL = "/remisi/nasional/?kesempatan=ru-2026"


@pytest.fixture
def ru(dunia: Any) -> Any:
    k = kesempatan()
    banyak(dunia, k, dunia.ambon, 7)
    banyak(dunia, k, dunia.ambon, 2, hasil="II", orang={"jenis_kelamin": "P"})
    banyak(dunia, k, dunia.pekanbaru, 6, bulan=1, hari=15)
    kasus(dunia, k, orang(dunia, dunia.ambon), status="DIAJUKAN")
    return k


def _tabel(isi: str, judul: str) -> dict[str, list[str]]:
    tabel = re.search(rf"<caption>{judul}</caption>.*?</table>", isi, re.S)
    assert tabel, judul
    hasil = {}
    for baris in re.findall(r"<tr>(.*?)</tr>", tabel[0], re.S):
        kepala = re.search(r'<th scope="row">(.*?)</th>', baris, re.S)
        if kepala:
            hasil[re.sub("<.*?>", "", kepala[1])] = [
                re.sub("<.*?>", "", s) for s in re.findall(r"<td.*?>(.*?)</td>", baris, re.S)
            ]
    return hasil


def test_angka_nasional_dan_pembagiannya(dunia: Any, masuk: Any, ru: Any) -> None:
    isi = masuk(dunia.peninjau).get(URL).content.decode()
    besar = _tabel(isi, "Besaran")
    assert besar["RU I"] == ["6", "7", "13"], "1 bulan 15 hari, 2 bulan, jumlah"
    assert besar["RU II"] == ["0", "2", "2"]
    assert besar["Jumlah"] == ["6", "9", "15"]
    assert _tabel(isi, "Jenis kelamin")["RU II"] == ["0", "2", "2"]
    assert _tabel(isi, "Hari dan rupiah yang dihemat") == {
        "RU I": ["690", "Rp13.455.000"],
        "RU II": ["120", "Rp2.340.000"],
    }
    assert "2 dari 4 unit memakai register; 2 dari 2 Kanwil." in isi
    assert "belum dikonfirmasi" in isi, "the cost of a meal-day is not confirmed"


def test_orang_dihitung_sekali_pemberian_tidak(dunia: Any, masuk: Any) -> None:
    k = kesempatan()
    satu = orang(dunia, dunia.ambon)
    kasus(dunia, k, satu)
    kasus(dunia, k, satu, jenis="RD", bulan=1, hari=12)
    isi = masuk(dunia.peninjau).get(URL).content.decode()
    angka = re.findall(r'class="label">(.*?)</p>\s*<(?:a|p) class="nilai[^>]*>\s*(\S+)', isi)
    assert dict(angka)["Pemberian"] == "2"
    assert dict(angka)["Orang"] == "1"
    assert "besaran lain" in isi, "what is granted to the day has a band of its own"


def test_angka_dibuka_sampai_kasusnya(dunia: Any, masuk: Any, ru: Any) -> None:
    klien = masuk(dunia.peninjau)
    alamat = "/remisi/nasional/rincian/?kesempatan=ru-2026&jenis=RU&hasil=II&pita=60"
    assert alamat.replace("&", "&amp;") in klien.get(URL).content.decode()
    negara = klien.get(alamat).content.decode()
    kanwil = re.search(r'href="(/remisi/nasional/rincian/[^"]*kanwil=maluku)"', negara)
    assert kanwil
    assert "kanwil=riau" not in negara
    unit = re.search(
        r'href="(/remisi/nasional/rincian/[^"]*upt=lapas-kelas-iia-ambon)"',
        klien.get(kanwil[1].replace("&amp;", "&")).content.decode(),
    )
    assert unit
    kasus_isi = klien.get(unit[1].replace("&amp;", "&"))
    assert kasus_isi.status_code == 200
    assert len(kasus_isi.context["halaman"].object_list) == 2
    assert "Orang Uji" not in kasus_isi.content.decode()


def test_kanwil_membaca_wilayahnya_saja(dunia: Any, masuk: Any, ru: Any) -> None:
    klien = masuk(dunia.verifikator_maluku)
    jawaban = klien.get(URL)
    assert jawaban.status_code == 302
    assert jawaban.url == "/remisi/kanwil/maluku/?kesempatan=ru-2026"
    isi = klien.get(jawaban.url).content.decode()
    assert _tabel(isi, "Besaran")["Jumlah"] == ["9", "9"]
    assert klien.get("/remisi/kanwil/riau/").status_code == 404
    rinci = "/remisi/nasional/rincian/?kesempatan=ru-2026"
    assert klien.get(f"{rinci}&kanwil=riau").status_code == 404
    assert klien.get(f"{rinci}&upt={dunia.pekanbaru.kode}").status_code == 404
    assert "Riau" not in klien.get(rinci).content.decode()


def test_di_luar_rantai_angka_kecil_tertutup(dunia: Any, masuk: Any, ru: Any) -> None:
    klien = masuk(dunia.pimpinan)
    isi = klien.get(URL).content.decode()
    kelamin = _tabel(isi, "Jenis kelamin")
    assert kelamin["RU II"] == ["∗", "∗", "∗"], "two women released: closed altogether"
    assert kelamin["RU I"] == ["∗", "∗"] or "∗" in kelamin["RU I"], "and what would give them away"
    assert "&lt;5" in isi
    assert 'href="#pembagian"' not in isi, "no link where nothing opens"
    assert "buka asal angka" not in isi
    assert "/rincian/" not in isi
    assert klien.get("/remisi/nasional/rincian/?kesempatan=ru-2026").status_code == 403
    assert klien.get("/remisi/kanwil/maluku/?kesempatan=ru-2026").status_code == 403
    assert "∗" not in masuk(dunia.auditor).get(URL).content.decode()


def test_tanpa_register_jumlahnya_tidak_diketahui_bukan_nol(dunia: Any, masuk: Any) -> None:
    """Nobody keeps a register: a nought would look like a count."""
    kesempatan()
    isi = masuk(dunia.verifikator_maluku).get("/remisi/kanwil/maluku/?kesempatan=ru-2026").content.decode()
    assert "0 dari 2 unit memakai register" in isi
    assert "Itu bukan nol" in isi
    assert "Angka utama" not in isi
    orang(dunia, dunia.ambon)
    isi = masuk(dunia.verifikator_maluku).get("/remisi/kanwil/maluku/?kesempatan=ru-2026").content.decode()
    assert "Belum ada keputusan" in isi
    assert "Angka utama" in isi


def test_berkas_memuat_yang_sama(dunia: Any, masuk: Any, ru: Any) -> None:
    utuh = masuk(dunia.peninjau).get(f"{URL}&unduh=baku").content.decode()
    baris = list(csv.reader(io.StringIO(utuh)))[2:]
    assert sum(int(b[6]) for b in baris) == 15
    assert sum(int(b[7]) for b in baris) == 810
    luar = masuk(dunia.pimpinan).get(f"{URL}&unduh=baku").content.decode()
    angka = [b[3] for b in list(csv.reader(io.StringIO(luar)))[2:]]
    assert "∗" in angka
    assert not [n for n in angka if n.isdigit() and 0 < int(n) < 5]
    xlsx = masuk(dunia.peninjau).get(f"{URL}&unduh=xlsx")
    assert xlsx.status_code == 200
    assert xlsx["Content-Disposition"] == 'attachment; filename="remisi-nasional-ru-2026.xlsx"'


def test_saringan_hanya_bagi_yang_di_rantai(dunia: Any, masuk: Any, ru: Any) -> None:
    perempuan = f"{URL}&jenis_kelamin=P"
    assert _tabel(masuk(dunia.peninjau).get(perempuan).content.decode(), "Besaran")["Jumlah"] == ["2", "2"]
    tanpa = masuk(dunia.pimpinan).get(perempuan).content.decode()
    assert _tabel(tanpa, "Besaran")["Jumlah"][-1] == "15", "the filter says nothing to outsiders"


def test_banyaknya_kueri_tidak_ikut_unit(dunia: Any, masuk: Any, ru: Any) -> None:
    klien = masuk(dunia.peninjau)
    with CaptureQueriesContext(connection) as sedikit:
        klien.get(URL)
    banyak(dunia, ru, dunia.masohi, 2, bulan=3)
    banyak(dunia, ru, dunia.pekanbaru, 2, bulan=4)
    with CaptureQueriesContext(connection) as lebih:
        klien.get(URL)
    assert len(lebih) <= len(sedikit) <= 40


@pytest.mark.parametrize(("utuh", "kata"), [(False, True), (True, False)])
def test_rupiah_dari_hari_yang_dibulatkan_bukan_angka_pasti(
    dunia: Any, masuk: Any, ru: Any, monkeypatch: pytest.MonkeyPatch, utuh: bool, kata: bool
) -> None:
    """Both say that they are rounded: the reader outside the chain sees rupiah of days in thousands."""
    monkeypatch.setattr(tabel, "hari_tampak", lambda hari, *, utuh: hari if utuh else 85_000)
    isi = masuk(dunia.auditor if utuh else dunia.pimpinan).get(URL).content.decode()
    assert ("Penghematan biaya makan, sekitar" in isi) is kata
    assert ("dibulatkan ke ribuan, jadi rupiahnya juga" in isi) is kata
