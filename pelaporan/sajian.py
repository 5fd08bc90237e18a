"""A frozen content as people read it. Pure: form and content in; sections, tables, lists of texts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pelaporan.butir import Bagian, Butir, Daftar, Tabel
from pelaporan.isian import Isian, Sel, bagian_tertutup, tulis_nilai
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema

KEADAAN = {
    "isi": "",
    "nihil": "nihil",
    "tak_tersedia": "tidak tersedia",
    "tak_berlaku": "tidak berlaku",
    "kosong": "kosong",
}


KOSONG: Mapping[str, Any] = {"angka": {}, "lain": {}, "keadaan": {}, "alasan": {}, "daftar": {}}
"""A content that says nothing."""


@dataclass(frozen=True, slots=True)
class SelSaji:
    """One value as text; `keadaan` is a key of KEADAAN."""

    kode: str
    label: str
    satuan: str
    teks: str
    keadaan: str
    alasan: str
    angka: bool
    otomatis: bool
    register: str = ""
    """The register's sentence, when it filled this in."""
    url: str = ""
    """Where the register's figure opens to its parts."""

    @property
    def kata(self) -> str:
        return KEADAAN[self.keadaan]


@dataclass(slots=True)
class Blok:
    """A run of items ('butir'), a table ('tabel') or a line list ('daftar')."""

    jenis: str
    kode: str = ""
    judul: str = ""
    kolom: list[str] = field(default_factory=list)
    baris: list[Any] = field(default_factory=list)
    register: str = ""


@dataclass(frozen=True, slots=True)
class BagianSaji:
    """A section: its blocks and how many typed items are filled, nil, not given and still empty."""

    kode: str
    judul: str
    blok: list[Blok]
    tertutup: bool
    terisi: int
    nihil: int
    tanpa_nilai: int
    kosong: int
    baris: int
    """Rows in the section's line lists."""
    kurang: int = 0
    """Empty items that must be filled in."""
    menunggu: bool = False
    """The answer that decides whether the section is asked is still missing."""

    @property
    def selesai(self) -> bool:
        return self.kurang == 0 and not self.menunggu

    @property
    def boleh_kosong(self) -> int:
        return self.kosong - self.kurang

    @property
    def otomatis(self) -> bool:
        """Nothing in the section is typed."""
        return not (self._terketik or self.berdaftar or self.tertutup)

    @property
    def hanya_daftar(self) -> bool:
        """All that is typed here are rows of lists."""
        return self.berdaftar and not self._terketik

    @property
    def berdaftar(self) -> bool:
        return any(b.jenis == "daftar" for b in self.blok)

    @property
    def _terketik(self) -> int:
        return self.terisi + self.nihil + self.tanpa_nilai + self.kosong


def nilai_isi(isi: Mapping[str, Any], kode: str) -> Nilai:
    angka = isi["angka"]
    return angka[kode] if kode in angka else isi["lain"].get(kode)


def keadaan_isi(isi: Mapping[str, Any], kode: str) -> str:
    """State of an item in a frozen content: absent without a stated state is 'kosong'."""
    tertulis = isi["keadaan"].get(kode)
    if tertulis is not None:
        return str(tertulis)
    return "kosong" if nilai_isi(isi, kode) is None else "isi"


def sajikan(skema: Skema, isi: Mapping[str, Any], asal: Callable[[str], str] | None = None) -> list[BagianSaji]:
    """The whole content, section by section in form order. `asal`: code → page of the origin of a register's figure."""
    if asal is not None:
        isi = {**isi, "asal": {k: {**a, "url": asal(k)} for k, a in isi.get("asal", {}).items()}}
    tertutup = bagian_tertutup(skema, Isian({k: Sel(nilai_isi(isi, k)) for k in skema.butir}))
    return [_bagian(bagian, isi, tertutup.get(bagian.kode)) for bagian in skema.bagian]


def lembar_kosong(skema: Skema) -> list[tuple[Bagian, list[Butir | Blok]]]:
    """The form with nothing in it: items as themselves, tables and lists as blocks of empty cells."""
    return [(bagian, [_kosong(x) for x in bagian.isi]) for bagian in skema.bagian]


def _kosong(x: Butir | Tabel | Daftar) -> Butir | Blok:
    if isinstance(x, Butir):
        return x
    return _blok_tabel(x, KOSONG) if isinstance(x, Tabel) else blok_daftar(x, KOSONG)


def _bagian(bagian: Bagian, isi: Mapping[str, Any], tertutup: bool | None) -> BagianSaji:
    """`tertutup`: True closed by an answer, False while that answer is missing, None when the section is asked."""
    ketik = [b for b in bagian.butir if b.rumus is None]
    keadaan = [keadaan_isi(isi, b.kode) for b in ketik]
    kurang = sum(b.wajib for b, k in zip(ketik, keadaan, strict=True) if k == "kosong")
    return BagianSaji(
        kode=bagian.kode,
        judul=bagian.judul,
        blok=list(_blok(bagian.isi, isi)),
        tertutup=tertutup is not None,
        menunggu=tertutup is False,
        terisi=keadaan.count("isi"),
        nihil=keadaan.count("nihil"),
        tanpa_nilai=keadaan.count("tak_tersedia") + keadaan.count("tak_berlaku"),
        kosong=0 if tertutup is not None else keadaan.count("kosong"),
        kurang=0 if tertutup is not None else kurang,
        baris=sum(len(isi["daftar"].get(d.kode, ())) for d in bagian.daftar),
    )


def _blok(bagian_isi: Iterable[Butir | Tabel | Daftar], isi: Mapping[str, Any]) -> list[Blok]:
    semua: list[Blok] = []
    for x in bagian_isi:
        if isinstance(x, Tabel):
            semua.append(_blok_tabel(x, isi))
        elif isinstance(x, Daftar):
            semua.append(blok_daftar(x, isi))
        else:
            if not semua or semua[-1].jenis != "butir":
                semua.append(Blok("butir"))
            semua[-1].baris.append(saji_sel(x, isi))
    return semua


def saji_sel(butir: Butir, isi: Mapping[str, Any]) -> SelSaji:
    nilai, keadaan = nilai_isi(isi, butir.kode), keadaan_isi(isi, butir.kode)
    alasan = str(isi["alasan"].get(butir.kode, ""))
    terisi = isi.get("asal", {}).get(butir.kode, {})
    return replace(_sel(butir, nilai, keadaan, alasan), register=terisi.get("asal", ""), url=terisi.get("url", ""))


def _sel(butir: Butir, nilai: Nilai, keadaan: str, alasan: str) -> SelSaji:
    satuan = butir.satuan if butir.jenis in ("bulat", "desimal") and butir.satuan != "%" else ""
    return SelSaji(
        butir.kode,
        butir.label,
        satuan,
        tulis_nilai(butir, nilai),
        keadaan,
        alasan,
        butir.angka,
        butir.rumus is not None,
    )


def _blok_tabel(tabel: Tabel, isi: Mapping[str, Any]) -> Blok:
    kolom = [_judul_kolom(tabel, n, k.label) for n, k in enumerate(tabel.kolom)]
    if tabel.total_baris:
        kolom.append("Jumlah")
    baris = [
        (sumbu.label if sumbu else "Jumlah", [saji_sel(b, isi) if b else None for b in sel])
        for sumbu, sel in tabel.kisi
    ]
    return Blok("tabel", tabel.kode, tabel.judul, kolom, baris)


def _judul_kolom(tabel: Tabel, n: int, label: str) -> str:
    sel = next((baris[n] for _, baris in tabel.kisi if baris[n] is not None), None)
    satuan = f" ({sel.satuan})" if sel is not None and sel.satuan not in ("", "%") and sel.jenis != "rupiah" else ""
    return f"{label[:1].upper()}{label[1:]}{satuan}"


def blok_daftar(daftar: Daftar, isi: Mapping[str, Any]) -> Blok:
    baris = [saji_baris(daftar, b) for b in isi["daftar"].get(daftar.kode, ())]
    register = isi.get("asal", {}).get(daftar.kode, {}).get("asal", "")
    return Blok("daftar", daftar.kode, daftar.judul, [k.label for k in daftar.kolom], baris, register)


def saji_baris(daftar: Daftar, baris: Mapping[str, Any]) -> list[SelSaji]:
    """The cells of one frozen row of a line list."""
    hasil = []
    for k in daftar.kolom:
        nilai = baris.get("isi", {}).get(k.kode)
        keadaan = baris.get("keadaan", {}).get(k.kode) or ("kosong" if nilai is None else "isi")
        hasil.append(_sel(k, nilai, keadaan, baris.get("alasan", {}).get(k.kode, "")))
    return hasil
