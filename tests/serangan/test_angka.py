"""Numbers, text and dates: cases 67 to 77, the same answer from the section page, the autosave and the API.

Tested elsewhere: the parser itself (tests/inti/test_angka.py), text (tests/inti/test_teks.py), 71 identifiers as text
(tests/api/test_tulis.py), 76 warnings (tests/pelaporan/test_aturan.py).
No persons (73) and no uploaded workbooks here yet.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from dasbor.rekap import Liputan, bagian_persen
from pelaporan.models import Draf
from tests.dunia import Dunia, kirim
from tests.pelaporan.bantu import alamat
from upt.cakupan import SISTEM, terpasang

LAHAN, PANEN = "lahan_tidur", "klaster_pertanian_panen"


def _simpanan(dunia: Dunia, kode: str, formulir: str = "F06") -> Any:
    with terpasang(SISTEM):
        draf = Draf.objects.filter(laporan=dunia.laporan(dunia.ambon, formulir)).first()
        return draf.isi.get("sel", {}).get(kode, {}).get("nilai") if draf else None


def _bagian(laporan: Any, kode: str) -> str:
    return str(laporan.skema.bagian_dari[kode].kode)


def _lewat(cara: str, dunia: Dunia, masuk: Any, api: Any, kode: str, teks: Any) -> int:
    """Save one cell through one of the three doors; returns the status."""
    laporan = dunia.laporan(dunia.ambon)
    if cara == "api":
        isi = {"sel": [{"kode": kode, "nilai": teks}]}
        return int(api(dunia.operator_ambon).patch(f"laporan/{laporan.pk}/sel/", isi).status_code)
    klien = masuk(dunia.operator_ambon)
    if cara == "halaman":
        url = alamat(laporan, "bagian", bagian=_bagian(laporan, kode))
        return int(klien.post(url, {f"s|{kode}|0|": teks}).status_code)
    badan = json.dumps({"perubahan": [{"kode": kode, "teks": teks}]})
    return int(klien.post(alamat(laporan, "simpan"), badan, content_type="application/json").status_code)


BACAAN: list[tuple[str, str, Any]] = [
    (LAHAN, "1.000", 1000), (LAHAN, "12.000.000", 12_000_000), (LAHAN, " 7 ", 7), (LAHAN, "007", 7), (LAHAN, "0", 0),
    (LAHAN, "1\u00a0234", 1234), (LAHAN, "nihil", 0), (PANEN, "1.000,5", Decimal("1000.5")),
    (PANEN, "0,5", Decimal("0.5")),
]  # fmt: skip
TOLAK = [
    "1,000", "1,000.50", "1.000,00,00", "1.00", "1e3", "1_000", "0x10", "0b1", "٣", "+5", "5-5", "1 .000", "--5",
    "-1", str(2**63), "9" * 400, "1e400", "NaN", "nan", "Infinity", "-inf", "∞", "½", "²", "1\u202e2", "1\u200b2",
    "=1+1", "1;2", "true", "null", "None", "[]", "{}", "satu", "Rp", "1..0", ".5", "5.", ",5", "1/2", "1:2",
]  # fmt: skip


@pytest.mark.parametrize("cara", ["halaman", "simpan", "api"])
@pytest.mark.parametrize(("kode", "teks", "nilai"), BACAAN)
def test_67_68_bacaan_sama_di_semua_pintu(
    dunia: Dunia, masuk: Any, api: Any, cara: str, kode: str, teks: str, nilai: Any
) -> None:
    assert _lewat(cara, dunia, masuk, api, kode, teks) in (200, 302)
    assert _simpanan(dunia, kode) == nilai


@pytest.mark.parametrize("cara", ["halaman", "simpan", "api"])
def test_67_68_69_ditolak_di_semua_pintu_dan_tidak_ada_yang_tersimpan(
    dunia: Dunia, masuk: Any, api: Any, cara: str
) -> None:
    """One table, three doors: nothing of it is ever stored, nothing of it is ever a 500."""
    for teks in TOLAK:
        kode = _lewat(cara, dunia, masuk, api, LAHAN, teks)
        assert kode in ((200,) if cara == "simpan" else (400,)), (teks, kode)
        assert _simpanan(dunia, LAHAN) is None, teks


def test_68_digit_lebar_penuh_dibaca_atau_ditolak_sama(dunia: Dunia, masuk: Any, api: Any) -> None:
    hasil = set()
    for cara in ("halaman", "simpan", "api"):
        with terpasang(SISTEM):
            Draf.objects.all().delete()
        _lewat(cara, dunia, masuk, api, LAHAN, "１２")
        hasil.add(_simpanan(dunia, LAHAN))
    assert len(hasil) == 1
    assert hasil <= {None, 12}


@pytest.mark.parametrize("teks", ["7\x00", "\x1b[2J7", "7\x0b", "\ufeff", "\ufffe7", "7\u2066"])
@pytest.mark.parametrize("cara", ["halaman", "simpan", "api"])
def test_70_tanda_kendali_dalam_angka(dunia: Dunia, masuk: Any, api: Any, cara: str, teks: str) -> None:
    assert _lewat(cara, dunia, masuk, api, LAHAN, teks) in (200, 302, 400)
    assert _simpanan(dunia, LAHAN) is None


@pytest.mark.parametrize("nilai", [1.234, 1e400, 5, True, [], {}, ["1"], {"a": 1}])
def test_69_simpan_otomatis_hanya_menerima_teks(dunia: Dunia, masuk: Any, nilai: Any) -> None:
    """A JSON number 1.234 is not the text "1.234" (one thousand two hundred thirty-four): refused, never guessed."""
    laporan = dunia.laporan(dunia.ambon)
    badan = json.dumps({"perubahan": [{"kode": LAHAN, "teks": nilai}]})
    jawaban = masuk(dunia.operator_ambon).post(alamat(laporan, "simpan"), badan, content_type="application/json")
    assert jawaban.status_code == 400
    assert _simpanan(dunia, LAHAN) is None


@pytest.mark.parametrize(
    "mentah",
    [b"NaN", b"Infinity", b"-Infinity", b"1e400", b"1" + b"0" * 400, b"-0.0000000000000000001", b"9007199254740993"],
)
def test_69_bilangan_json_di_luar_batas(dunia: Dunia, api: Any, mentah: bytes) -> None:
    laporan = dunia.laporan(dunia.ambon)
    badan = b'{"sel": [{"kode": "lahan_tidur", "nilai": ' + mentah + b"}]}"
    assert api(dunia.operator_ambon).kirim("PATCH", f"laporan/{laporan.pk}/sel/", mentah=badan).status_code == 400
    assert _simpanan(dunia, LAHAN) is None


NAMA = [
    "NA",
    "null",
    "None",
    "O'Neil",
    "Sitorus, S.H.",
    "dua  spasi",
    '=HYPERLINK("x")',
    "ꦲꦏ꧀ꦱꦫ",
    "مرحبا",
    "👨‍👩‍👧",
    "e\u0301",
]
BURUK = ["\u202enama", "a\u2066b", "a\x00b", "a\x0bb", "a\ufffeb"]


def _uraian(laporan: Any) -> tuple[str, str]:
    """A text column of the incident list."""
    daftar = laporan.skema.daftar["kejadian"]
    return next((k, b.label) for k, b in daftar.per_kode.items() if b.jenis == "teks")


def _baris(dunia: Dunia, api: Any, teks: str) -> Any:
    laporan = dunia.laporan(dunia.ambon, "F04")
    kolom, _ = _uraian(laporan)
    nomor = f"kunci-{abs(hash(teks))}"[:40]
    return api(dunia.operator_ambon).post(f"laporan/{laporan.pk}/daftar/kejadian/", {"isi": {kolom: teks}}, nomor)


def test_72_nama_yang_tidak_biasa_disimpan_apa_adanya(dunia: Dunia, masuk: Any, api: Any) -> None:
    import unicodedata

    laporan = dunia.laporan(dunia.ambon, "F04")
    kolom, _ = _uraian(laporan)
    for teks in NAMA:
        jawaban = _baris(dunia, api, teks)
        assert jawaban.status_code == 201, (teks, jawaban.content)
    with terpasang(SISTEM):
        isi = [b["sel"][kolom]["nilai"] for b in Draf.objects.get(laporan=laporan).isi["daftar"]["kejadian"]]
    assert isi == [unicodedata.normalize("NFC", t) for t in NAMA]
    assert masuk(dunia.operator_ambon).get(alamat(laporan, "bagian", bagian="kejadian_bulan_ini")).status_code == 200


@pytest.mark.parametrize("teks", [*BURUK, "x" * 40_000])
def test_70_72_teks_yang_menipu_mata_ditolak(dunia: Dunia, api: Any, teks: str) -> None:
    assert _baris(dunia, api, teks).status_code == 400
    assert _simpanan(dunia, "x", "F04") is None


@pytest.mark.parametrize(
    ("teks", "kode"),
    [
        ("14/1/2026", 201),
        ("14-01-2026", 201),
        ("31/02/2026", 400),
        ("45000", 400),
        ("1/2/3", 400),
        ("14/1/26x", 400),
        ("0/0/0000", 400),
    ],
)
def test_74_tanggal(dunia: Dunia, api: Any, teks: str, kode: int) -> None:
    laporan = dunia.laporan(dunia.ambon, "F04")
    isi = {"isi": {"tanggal": teks}}
    jawaban = api(dunia.operator_ambon).post(f"laporan/{laporan.pk}/daftar/kejadian/", isi, "kunci-tanggal")
    assert jawaban.status_code == kode, jawaban.content


def test_77_bagi_nol_adalah_tidak_ada_data(dunia: Dunia, masuk: Any) -> None:
    assert bagian_persen(0, 0) is None
    assert Liputan().persen is None
    kirim(dunia.laporan(dunia.ambon, "F01"), dunia.kepala_ambon)
    for kode in ("hunian", "kelebihan"):
        jawaban = masuk(dunia.verifikator_riau).get(f"/dasbor/indikator/{kode}/?bulan=2026-01")
        assert jawaban.status_code in (200, 404)
    halaman = masuk(dunia.verifikator_riau).get("/dasbor/kanwil/riau/?bulan=2026-01")
    assert halaman.status_code == 200
    assert "NaN" not in halaman.content.decode()
    assert "Infinity" not in halaman.content.decode()
