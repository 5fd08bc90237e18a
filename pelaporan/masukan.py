"""What arrives from the section page, a posted form or the JSON of the autosave, as changes of cells.

Field names are `s|<address>|<version>|<digest>` (text), `k|<address>` (state), `r|<address>` (reason),
`w|<address>` (the version of the other person's value in a conflict), `jb|<finding>` and `ja|<finding>`
(answers to findings), `jc|<finding>` (digest of the answer that was shown).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from pelaporan.isian import Keadaan
from pelaporan.lembar import PISAH, Ketikan
from pelaporan.services_isian import MAKS_SEKALI, Perubahan
from pemasyarakatan.inti.galat import TidakSah

PESAN_GANDA = "Ada isian, tetapi ditandai tidak tersedia atau tidak berlaku. Kosongkan isiannya, atau pilih Terisi."
PESAN_JSON = "Permintaan simpan tidak dapat dibaca. Muat ulang halaman; isian yang belum terkirim tetap ada."


@dataclass
class Masukan:
    """Touched cells as changes; `ketikan` and `versi` hold each of them as typed, for showing it again."""

    perubahan: list[Perubahan] = field(default_factory=list)
    ketikan: dict[str, Ketikan] = field(default_factory=dict)
    versi: dict[str, int] = field(default_factory=dict)
    ditolak: dict[str, dict[str, Any]] = field(default_factory=dict)
    jawaban: dict[str, dict[str, Any]] = field(default_factory=dict)
    terlihat: dict[str, str] = field(default_factory=dict)
    periksa: list[str] = field(default_factory=list)

    def tambah(self, alamat: str, ketikan: Ketikan, versi: int) -> None:
        self.ketikan[alamat], self.versi[alamat] = ketikan, versi
        if ketikan.teks.strip() and ketikan.keadaan in (Keadaan.TAK_TERSEDIA, Keadaan.TAK_BERLAKU):
            self.ditolak[alamat] = {"pesan": PESAN_GANDA}
            return
        daftar, _, sisa = alamat.partition("/")
        baris, _, kode = sisa.partition("/")
        tempat = {"daftar": daftar, "baris": baris, "kode": kode} if kode else {"kode": alamat}
        self.perubahan.append(
            Perubahan(teks=ketikan.teks, keadaan=ketikan.keadaan, alasan=ketikan.alasan, versi=versi, **tempat)
        )


def dari_formulir(post: QueryDict, aksi: str = "") -> Masukan:
    """Read a posted section. `aksi` may settle a conflict: `punyaku:<address>` or `punyanya:<address>`."""
    pilihan, _, terpilih = aksi.partition(":")
    masukan = Masukan(jawaban=dict(_jawaban(post)), terlihat=dict(_terlihat(post)))
    for nama, teks in post.items():
        if not nama.startswith(f"s{PISAH}") or nama.count(PISAH) != 3:
            continue
        _, alamat, versi, cap = nama.split(PISAH)
        keadaan, alasan = post.get(f"k{PISAH}{alamat}", "isi"), post.get(f"r{PISAH}{alamat}", "")
        ketikan = Ketikan(str(teks), str(keadaan), str(alasan))
        if ketikan.cap() == cap or (pilihan == "punyanya" and terpilih == alamat):
            continue
        terlihat = post.get(f"w{PISAH}{alamat}", "") if pilihan == "punyaku" and terpilih == alamat else versi
        masukan.tambah(alamat, ketikan, _bilangan(terlihat))
    return masukan


def _bilangan(teks: str | None) -> int:
    return int(teks) if teks and teks.isascii() and teks.isdigit() and len(teks) < 10 else 0


def _jawaban(post: QueryDict) -> Iterator[tuple[str, dict[str, Any]]]:
    for nama, alasan in post.items():
        awal, _, kunci = nama.partition(PISAH)
        if awal == "ja" and kunci:
            yield kunci, {"benar": f"jb{PISAH}{kunci}" in post, "alasan": str(alasan)}


def _terlihat(post: QueryDict) -> Iterator[tuple[str, str]]:
    for nama, cap in post.items():
        awal, _, kunci = nama.partition(PISAH)
        if awal == "jc" and kunci:
            yield kunci, str(cap)


def dari_json(isi: Any) -> Masukan:
    """Read the autosave: {"perubahan": [{kode, daftar, baris, teks, keadaan, alasan, versi}], "periksa": [kode]}."""
    daftar = isi.get("perubahan") if isinstance(isi, Mapping) else None
    if not isinstance(daftar, list) or len(daftar) > MAKS_SEKALI:
        raise TidakSah(PESAN_JSON)
    periksa = isi.get("periksa", [])
    if not isinstance(periksa, list) or not all(isinstance(x, str) for x in periksa[:MAKS_SEKALI]):
        raise TidakSah(PESAN_JSON)
    masukan = Masukan(periksa=periksa[:MAKS_SEKALI])
    for satu in daftar:
        _tambah_json(masukan, satu)
    return masukan


def baris_tampak(isi: Mapping[str, Any]) -> frozenset[str]:
    """The rows of line lists that the page shows ("baris": [id]); only these are answered."""
    baris = isi.get("baris", [])
    return frozenset(x for x in baris[:MAKS_SEKALI] if isinstance(x, str)) if isinstance(baris, list) else frozenset()


def _tambah_json(masukan: Masukan, satu: Any) -> None:
    if not isinstance(satu, Mapping):
        raise TidakSah(PESAN_JSON)
    teks = {nama: satu.get(nama, bawaan) for nama, bawaan in _BAWAAN_JSON.items()}
    versi, isi = satu.get("versi", 0), satu.get("teks", "")
    baik = all(isinstance(x, str) for x in teks.values()) and type(versi) is int and 0 <= versi < 10**9
    if not baik or not isinstance(isi, str | None):
        raise TidakSah(PESAN_JSON)
    alamat = f"{teks['daftar']}/{teks['baris']}/{teks['kode']}" if teks["daftar"] else teks["kode"]
    masukan.tambah(alamat, Ketikan("" if isi is None else str(isi), teks["keadaan"], teks["alasan"]), versi)


_BAWAAN_JSON = {"kode": "", "daftar": "", "baris": "", "keadaan": "isi", "alasan": ""}
