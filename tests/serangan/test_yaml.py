"""Hostile YAML: an uploaded form is refused in a blink, with a sentence and a line, and nothing in it is executed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pelaporan.models import RancanganFormulir
from pelaporan.pembaca_yaml import UKURAN_MAKS
from pelaporan.skema import GalatSkema, baca_skema
from pelaporan.terbit.periksa import baca_berkas
from tests.dunia import Dunia

BATAS_DETIK = 0.2
KEPALA = (
    "kode: F99\nnama: X\nberlaku_dari: 2026-12\n"
    "kewajiban: [{jenis: [LAPAS], tenggat: {upt: 5, kanwil: 8, pusat: 10}}]\n"
)
BUTIR = "{kode: t, label: x, jenis: bulat, satuan: x, contoh: 1, definisi: D.%s}"
BAGIAN = KEPALA + f"bagian:\n  - {{kode: a, judul: A, isi: [{BUTIR}]}}\n"


def _sumbu(huruf: str, n: int) -> str:
    return ",".join(f"{{kode: {huruf}{i}, label: x}}" for i in range(n))


def _tabel(n: int, sisi: int) -> str:
    satu = "{kode: t%d, judul: T, satuan: x, contoh: 1, definisi: D., baris: [%s], kolom: [%s]}"
    isi = ",".join(satu % (j, _sumbu("a", sisi), _sumbu("b", sisi)) for j in range(n))
    return f"{KEPALA}bagian:\n - {{kode: a, judul: A, isi: [{isi}]}}"


_SETIAP = (
    BAGIAN % ""
    + 'aturan:\n - {kode: x, tingkat: tanya, syarat: "t > 0", pesan: "'
    + "$" * 30_000
    + '", setiap: ['
    + ",".join(f"a{i}" for i in range(2500))
    + "]}"
)
SERANGAN = {
    "alias": ("a: &a [1]\nb: [*a, *a]", "Baris 1: "),
    "tawa sejuta": ("\n".join(f"x{i}: &x{i} [*x{i - 1}, *x{i - 1}]" for i in range(1, 40)), "Baris 1: "),
    "alias saja": ("a: 1\nb: *c", "Baris 2: "),
    "gabung": ("a: 1\n<<: {b: 1}", "Formulir"),
    "tag python": ("a: 1\nb: !!python/object/apply:os.system [ls]", "Baris 2: "),
    "tag biner": ("a: !!binary aGFsbw==", "Baris 1: "),
    "tag tanggal": ("a: !!timestamp 2026-01-01", "Baris 1: "),
    "dalam": ("[" * 100_000 + "]" * 100_000, "Baris 1: "),
    "dalam terbuka": ("[" * 5000, "Baris 1: "),
    "kunci dua kali": ("a: 1\nb: 2\na: 3", "Baris 3: "),
    "ribuan kunci dua kali": ("\n".join(f"k{i}: 1" for i in range(2500)) + "\nk1: 2", "Baris 2501: "),
    "ribuan kunci asing": (KEPALA + "\n".join(f"k{i}: 1" for i in range(2500)), "tidak dikenal"),
    "NUL": ("kode: a\nnama: b\x00c", "Baris 2: "),
    "arah tulisan": ("kode: a\nnama: b\u202ec", "Baris 2: "),
    "kurang sejajar": ("a:\n  b: 1\n c: 2", "Baris 3: "),
    "tab": ("a:\n\t- b", "Baris 2: "),
    "kutip terbuka": ('a: "x\nb: c', "Baris "),
    "lima megabita": ("a: " + "x" * 5_000_000, "256 kB"),
    "pas di bawah batas": ("- a\n" * (UKURAN_MAKS // 4), "lebih dari 6000 nilai"),
    "angka raksasa": ("a: " + "9" * 100_000, "Formulir"),
    "tabel raksasa": (_tabel(1, 2000), "nilai"),
    "tabel banyak": (_tabel(40, 38), "nilai"),
    "tabel padat": (_tabel(8, 40), "sel"),
    "rumus kurung": (BAGIAN % (', sumber: "rumus: ' + "(" * 50_000 + "1" + ")" * 50_000 + '"'), "2000 huruf"),
    "rumus panjang": (BAGIAN % (', sumber: "rumus: 1' + "+1" * 60_000 + '"'), "2000 huruf"),
    "setiap raksasa": (_SETIAP, "aturannya lebih dari"),
    "beberapa dokumen": ("a: 1\n---\nb: 2", "Baris 2: "),
    "kosong": ("", "Formulir"),
    "bukan peta": ("- 1", "Formulir"),
}


@pytest.mark.parametrize("nama", SERANGAN)
def test_yaml_jahat_ditolak_cepat_dengan_tempatnya(nama: str) -> None:
    teks, pesan = SERANGAN[nama]
    lama = []
    for _ in range(3):  # the quickest of three: a busy neighbour is no attack
        mulai = time.process_time()
        with pytest.raises(GalatSkema) as galat:
            baca_skema(teks)
        lama.append(time.process_time() - mulai)
    assert pesan in galat.value.galat[0], galat.value.galat[:3]
    assert len(galat.value.galat) <= 101
    assert min(lama) < BATAS_DETIK, lama


def test_bukan_utf8_disebut_barisnya() -> None:
    with pytest.raises(GalatSkema, match="Baris 3: bukan teks UTF-8"):
        baca_berkas(b"kode: a\nnama: b\nsumber: \xff\xfe")
    assert baca_berkas(b"\xef\xbb\xbfkode: a") == "kode: a"


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (b"x" * 5_000_000, "lebih besar dari 256 kB"),
        (b"kode: \xff", "Baris 1: bukan teks UTF-8"),
        (b"kode: F06\nnama: <script>alert(1)</script>\n", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (b"", "kosong"),
    ],
)
def test_unggahan_jahat_lewat_halaman(dunia: Dunia, masuk: Any, isi: bytes, pesan: str) -> None:
    berkas = SimpleUploadedFile("../../x.yaml", isi)
    jawab = masuk(dunia.admin).post("/formulir/unggah/", {"berkas": berkas, "teks": "", "catatan": ""})
    assert jawab.status_code == 400
    assert pesan in jawab.content.decode()
    assert "<script>alert(1)" not in jawab.content.decode()
    assert not RancanganFormulir.objects.exists()


def test_tempelan_jahat_lewat_halaman(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.admin)
    jawab = klien.post("/formulir/unggah/", {"teks": "kode: a\x00b", "catatan": ""})
    assert jawab.status_code == 400
    assert "tak terlihat (U+0000)" in jawab.content.decode()
    besar = klien.post("/formulir/unggah/", {"teks": "x" * 5_000_000, "catatan": ""})
    assert besar.status_code in (400, 413)
