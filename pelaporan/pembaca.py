"""Reads a form from YAML or from the JSON kept in the database into the classes of ``butir.py``.

Both have the same keys. Every problem is collected, with its place, so an author repairs a file in one go.
"""

from __future__ import annotations

import difflib
import keyword
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, TypeVar

from pelaporan.butir import (
    AGREGASI,
    ATAU_KETIK,
    JENIS,
    JENIS_ANGKA,
    LAPOR,
    WAKTU,
    Aturan,
    Bagian,
    Butir,
    Daftar,
    Kampanye,
    Kewajiban,
    NilaiParameter,
    Parameter,
    Sumbu,
    Tabel,
)
from pelaporan.pembaca_yaml import GALAT_MAKS, GalatSkema
from pelaporan.rumus import FUNGSI, KHUSUS

T = TypeVar("T")
SEL_MAKS, ATURAN_MAKS, PESAN_MAKS = 2000, 400, 600
"""Cells of all tables, rules after `setiap`, characters of a message: far above any form that people fill in."""
TERLARANG = FUNGSI | KHUSUS | frozenset(keyword.kwlist) | {"bulan", "bulan_lalu"}
_KODE = re.compile(r"[a-z][a-z0-9_]{0,62}")
_KODE_FORMULIR = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_BULAN = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_TANGGAL = re.compile(r"20\d\d-\d\d-\d\d")
_KODE_UNIT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REGISTER = r"turunan:\s*[a-z][a-z0-9_]*"
_SUMBER = re.compile(rf"ketik|{_REGISTER}(\s+atau\s+ketik)?|rumus:.+", re.DOTALL)
_SUMBER_DAFTAR = re.compile(rf"ketik|{_REGISTER}\s+atau\s+ketik")


# ---------------------------------------------------------------- single values; each raises ValueError
# with the rest of a sentence


def _teks(x: Any) -> str:
    if not isinstance(x, str) or not x.strip():
        raise ValueError("harus teks dan tidak boleh kosong")
    return " ".join(x.split())


def _pesan(x: Any) -> str:
    if isinstance(x, str) and len(x) > PESAN_MAKS:
        raise ValueError(f"lebih panjang dari {PESAN_MAKS} huruf")
    return _teks(x)


def _teks_bebas(x: Any) -> str:
    return "" if x == "" else _teks(x)


def _contoh(x: Any) -> str:
    """An example may be written bare: 412 and "412" mean the same."""
    return _teks(str(x).replace(".", ",") if isinstance(x, int | Decimal) and not isinstance(x, bool) else x)


def _kode(x: Any) -> str:
    if not isinstance(x, str) or not _KODE.fullmatch(x):
        raise ValueError(f"harus huruf kecil, angka, dan garis bawah, bukan {x!r}")
    if x in TERLARANG:
        raise ValueError(f"{x!r} dipakai oleh bahasa rumus, pilih kode lain")
    return x


def _kode_sumbu(x: Any) -> str:
    """A row or column code is only a part of codes, so reserved words are fine."""
    if not isinstance(x, str) or not re.fullmatch(r"[a-z0-9_]{1,40}", x):
        raise ValueError(f"harus huruf kecil, angka, dan garis bawah, bukan {x!r}")
    return x


def _kode_formulir(x: Any) -> str:
    if not isinstance(x, str) or not _KODE_FORMULIR.fullmatch(x):
        raise ValueError(f"harus seperti F01, bukan {x!r}")
    return x


def _bulan(x: Any) -> str:
    if not isinstance(x, str) or not _BULAN.fullmatch(x):
        raise ValueError(f"harus bulan seperti 2024-01, bukan {x!r}")
    return x


def _tanggal(x: Any) -> str:
    try:
        if isinstance(x, str) and _TANGGAL.fullmatch(x):
            return date.fromisoformat(x).isoformat()
    except ValueError:
        pass
    raise ValueError(f"harus tanggal seperti 2026-08-31, bukan {x!r}")


def _kode_unit(x: Any) -> str:
    if not isinstance(x, str) or not _KODE_UNIT.fullmatch(x):
        raise ValueError(f"harus kode unit seperti lapas-kelas-iia-ambon, bukan {x!r}")
    return x


def _logis(x: Any) -> bool:
    if not isinstance(x, bool):
        raise ValueError(f"harus true atau false, bukan {x!r}")
    return x


def _bulat(x: Any) -> int:
    if not isinstance(x, int) or isinstance(x, bool):
        raise ValueError(f"harus bilangan bulat, bukan {x!r}")
    return x


def _angka(x: Any) -> int | Decimal:
    """A number; decimals come as Decimal from YAML and as text from JSON. 5.0 is kept as 5."""
    if isinstance(x, bool) or not isinstance(x, int | str | Decimal):
        raise ValueError(f"harus angka, bukan {x!r}")
    try:
        d = Decimal(x)
    except InvalidOperation:
        raise ValueError(f"harus angka, bukan {x!r}") from None
    if not d.is_finite():
        raise ValueError(f"harus angka, bukan {x!r}")
    return int(d) if d == d.to_integral_value() else d.normalize()


def _angka_atau_kosong(x: Any) -> int | Decimal | None:
    return None if x is None else _angka(x)


def _salah_satu(*pilihan: str) -> Callable[[Any], str]:
    def baca(x: Any) -> str:
        if x not in pilihan:
            raise ValueError(f"harus salah satu dari {', '.join(pilihan)}, bukan {x!r}")
        return str(x)

    return baca


def _banyak(baca: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    def semua(x: Any) -> tuple[T, ...]:
        if not isinstance(x, list):
            raise ValueError("harus daftar (tanda - atau [ ])")
        return tuple(baca(y) for y in x)

    return semua


def _pilihan(x: Any) -> tuple[tuple[str, str], ...]:
    pasangan = list(x.items()) if isinstance(x, Mapping) else x
    if not isinstance(pasangan, list) or not pasangan:
        raise ValueError("harus berisi kode dan labelnya")
    hasil = tuple((_teks(k), _teks(v)) for k, v in pasangan)
    if len({k for k, _ in hasil}) != len(hasil):
        raise ValueError("memuat kode yang sama dua kali")
    return hasil


def _tenggat(x: Any) -> Mapping[str, int | str]:
    """Three working days, or three dates for a campaign that is reported once."""
    if not isinstance(x, Mapping) or set(x) != {"upt", "kanwil", "pusat"}:
        raise ValueError("harus berisi upt, kanwil, dan pusat (hari kerja bulan berikutnya, atau tanggal)")
    if any(isinstance(y, str) for y in x.values()):
        tanggal = {k: _tanggal(x[k]) for k in ("upt", "kanwil", "pusat")}
        if not tanggal["upt"] <= tanggal["kanwil"] <= tanggal["pusat"]:
            raise ValueError("harus urut: tanggal upt, lalu kanwil, lalu pusat")
        return tanggal
    hasil = {k: _bulat(x[k]) for k in ("upt", "kanwil", "pusat")}
    if not 1 <= hasil["upt"] <= hasil["kanwil"] <= hasil["pusat"] <= 22:
        raise ValueError("harus urut: upt, lalu kanwil, lalu pusat, antara 1 dan 22")
    return hasil


def _sumber(x: Any) -> str:
    if not isinstance(x, str) or not _SUMBER.fullmatch(x.strip()):
        raise ValueError("harus ketik, turunan:<nama register> (boleh ditambah atau ketik), atau rumus:<ekspresi>")
    return " ".join(x.split())


def _sumber_daftar(x: Any) -> str:
    if not isinstance(x, str) or not _SUMBER_DAFTAR.fullmatch(x.strip()):
        raise ValueError("harus ketik, atau turunan:<nama register> atau ketik")
    return " ".join(x.split())


Pembaca = Mapping[str, Callable[[Any], Any]]

_ATRIBUT: Pembaca = {
    "jenis": _salah_satu(*JENIS),
    "contoh": _contoh,
    "satuan": _teks_bebas,
    "agregasi": _salah_satu(*AGREGASI),
    "waktu": _salah_satu(*WAKTU),
    "dasar": _teks_bebas,
    "dasar_terkonfirmasi": _logis,
    "nihil_lazim": _logis,
    "wajib": _logis,
    "min": _angka_atau_kosong,
    "maks": _angka_atau_kosong,
    "desimal": _bulat,
    "pilihan": _pilihan,
    "sumber": _sumber,
    "stabil": _logis,
    "ambang_beda": _angka_atau_kosong,
    "ambang_selisih": _angka,
}
_BUTIR: Pembaca = {**_ATRIBUT, "kode": _kode, "label": _teks, "definisi": _teks}
_SUMBU: Pembaca = {
    **_ATRIBUT,
    "kode": _kode_sumbu,
    "label": _teks,
    "definisi": _teks_bebas,
    "total": _kode,
    "label_total": _teks,
}
_TABEL: Pembaca = {
    **_ATRIBUT,
    "kode": _kode,
    "judul": _teks,
    "penjelasan": _teks_bebas,
    "definisi": _teks_bebas,
    "total_baris": _logis,
    "total_kolom": _logis,
    "total": _kode,
    "tanpa": _banyak(_kode_sumbu),
}
_DAFTAR: Pembaca = {
    "kode": _kode,
    "judul": _teks,
    "penjelasan": _teks_bebas,
    "min": _bulat,
    "maks": _bulat,
    "sumber": _sumber_daftar,
}
_BAGIAN: Pembaca = {
    "kode": _kode,
    "judul": _teks,
    "penjelasan": _teks_bebas,
    "bila": _teks_bebas,
    "bila_tidak": _salah_satu("nihil", "tak_berlaku"),
}
_ATURAN: Pembaca = {
    "kode": _kode,
    "tingkat": _salah_satu("galat", "tanya"),
    "syarat": _teks,
    "pesan": _pesan,
    "bila": _teks_bebas,
    "butir": _banyak(_kode),
    "daftar": _kode,
    "wajib_alasan": _logis,
}
_KEWAJIBAN: Pembaca = {
    "jenis": _banyak(_teks),
    "tenggat": _tenggat,
    "subjenis": _banyak(_teks),
    "upt": _banyak(_kode_unit),
    "kanwil": _banyak(_teks),
    "terkonfirmasi": _logis,
}
_KAMPANYE: Pembaca = {"dari": _tanggal, "sampai": _tanggal, "lapor": _salah_satu(*LAPOR)}
_NILAI_PARAMETER: Pembaca = {
    "berlaku_dari": _bulan,
    "nilai": _angka,
    "sumber": _teks,
    "terkonfirmasi": _logis,
}
_PARAMETER: Pembaca = {"kode": _kode, "label": _teks, "satuan": _teks_bebas}
_SKEMA: Pembaca = {
    "kode": _kode_formulir,
    "nama": _teks,
    "berlaku_dari": _bulan,
    "penjelasan": _teks_bebas,
    "sumber": _teks_bebas,
}


# ---------------------------------------------------------------- the parts of a form


class Penyusun:
    """Builds the parts and remembers every problem; a part that cannot be built is left out."""

    def __init__(self) -> None:
        self.galat: list[str] = []
        self.sel = 0

    def salah(self, tempat: str, pesan: str) -> None:
        self.galat.append(f"{tempat}: {pesan}.")
        if len(self.galat) >= GALAT_MAKS:
            raise GalatSkema([*self.galat, "Masih ada kesalahan lain. Perbaiki yang ini dahulu."])

    def nilai(self, d: Any, tempat: str, pembaca: Pembaca, lain: tuple[str, ...] = ()) -> dict[str, Any]:
        """Read the known keys of a mapping; the caller reads those in ``lain``, others are problems."""
        if not isinstance(d, Mapping):
            self.salah(tempat, "harus berisi pasangan kunci dan nilai")
            return {}
        hasil = {}
        for kunci, isi in d.items():
            if kunci in pembaca:
                try:
                    hasil[kunci] = pembaca[kunci](isi)
                except ValueError as g:
                    self.salah(tempat, f"{kunci} {g}")
            elif kunci not in lain:
                # hundreds of unknown keys are no typing errors
                mirip = difflib.get_close_matches(str(kunci), [*pembaca, *lain], 1) if len(self.galat) < 20 else []
                self.salah(tempat, f"kunci {kunci!r} tidak dikenal" + (f", maksudnya {mirip[0]!r}?" if mirip else ""))
        return hasil

    def buat(self, kelas: Callable[..., T], tempat: str, nilai: dict[str, Any], ditulis: Any) -> T | None:
        """Construct, unless a mandatory field is absent; a field that was written but refused is already
        reported.
        """
        wajib = [f.name for f in fields(kelas) if f.default is MISSING and f.default_factory is MISSING]  # type: ignore[arg-type]
        for nama in wajib:
            if nama not in nilai and not (isinstance(ditulis, Mapping) and nama in ditulis):
                self.salah(tempat, f"{nama} belum diisi")
        return kelas(**nilai) if all(n in nilai for n in wajib) else None

    def semua(self, d: Any, kunci: str, tempat: str, baca: Callable[[Any, str], T | None]) -> tuple[T, ...]:
        """Read the list under ``kunci`` one by one; a missing key is an empty list."""
        isi = d.get(kunci, []) if isinstance(d, Mapping) else []
        if not isinstance(isi, list):
            self.salah(tempat, f"{kunci} harus daftar (tanda - atau [ ])")
            return ()
        hasil = [baca(x, f"{tempat}, {kunci} {_nama(x, i)}") for i, x in enumerate(isi, 1)]
        return tuple(x for x in hasil if x is not None)

    def butir(self, d: Any, tempat: str) -> Butir | None:
        nilai = self.nilai(d, tempat, _BUTIR)
        sumber = nilai.get("sumber", "ketik")
        diketik_angka = nilai.get("jenis") in JENIS_ANGKA and (sumber == "ketik" or sumber.endswith(ATAU_KETIK))
        nilai.setdefault("wajib", diketik_angka)
        return self.buat(Butir, tempat, nilai, d)

    def sumbu(self, d: Any, tempat: str) -> Sumbu | None:
        return self.buat(Sumbu, tempat, _pisah_atribut(self.nilai(d, tempat, _SUMBU)), d)

    def tabel(self, d: Any, tempat: str) -> Tabel | None:
        nilai = _pisah_atribut(self.nilai(d, tempat, _TABEL, ("baris", "kolom")))
        nilai["baris"] = self.semua(d, "baris", tempat, self.sumbu)
        nilai["kolom"] = self.semua(d, "kolom", tempat, self.sumbu)
        if not nilai["baris"] or not nilai["kolom"]:
            self.salah(tempat, "tabel harus mempunyai baris dan kolom")
            return None
        self.sel += len(nilai["baris"]) * len(nilai["kolom"])
        if self.sel > SEL_MAKS:
            self.salah(tempat, f"semua tabel bersama-sama lebih besar dari {SEL_MAKS} sel")
            return None
        return self._tabel_utuh(tempat, self.buat(Tabel, tempat, nilai, d))

    def _tabel_utuh(self, tempat: str, t: Tabel | None) -> Tabel | None:
        """Refuse what would make totals impossible: unknown empty cells, rows or columns without any cell."""
        if t is None:
            return None
        pasangan = {f"{b.kode}_{k.kode}" for b in t.baris for k in t.kolom}
        for kode in t.tanpa:
            if kode not in pasangan:
                self.salah(tempat, f"tanpa menyebut {kode!r}, yang bukan sel tabel ini")
        penuh = all(any(t.sel(b, k) for k in t.kolom) for b in t.baris)
        if not penuh or not all(any(t.sel(b, k) for b in t.baris) for k in t.kolom):
            self.salah(tempat, "ada baris atau kolom tanpa sel")
            return None
        return t

    def daftar(self, d: Any, tempat: str) -> Daftar | None:
        nilai = self.nilai(d, tempat, _DAFTAR, ("kolom",))
        nilai["kolom"] = self.semua(d, "kolom", tempat, self.butir)
        if not nilai["kolom"]:
            self.salah(tempat, "daftar harus mempunyai kolom")
        return self.buat(Daftar, tempat, nilai, d)

    def isi(self, d: Any, tempat: str) -> Butir | Tabel | Daftar | None:
        """Rows make a table, columns alone a list, anything else is an item."""
        kunci = d if isinstance(d, Mapping) else {}
        baca = self.tabel if "baris" in kunci else self.daftar if "kolom" in kunci else self.butir
        return baca(d, tempat)

    def bagian(self, d: Any, tempat: str) -> Bagian | None:
        nilai = self.nilai(d, tempat, _BAGIAN, ("isi",))
        nilai["isi"] = self.semua(d, "isi", tempat, self.isi)
        if not nilai["isi"]:
            self.salah(tempat, "isi bagian belum ada")
        return self.buat(Bagian, tempat, nilai, d)

    def aturan(self, d: Any, tempat: str) -> Aturan | None:
        return self.buat(Aturan, tempat, self.nilai(d, tempat, _ATURAN), d)

    def kewajiban(self, d: Any, tempat: str) -> Kewajiban | None:
        return self.buat(Kewajiban, tempat, self.nilai(d, tempat, _KEWAJIBAN), d)

    def kampanye(self, d: Any, tempat: str) -> Kampanye | None:
        return self.buat(Kampanye, tempat, self.nilai(d, tempat, _KAMPANYE), d)

    def nilai_parameter(self, d: Any, tempat: str) -> NilaiParameter | None:
        return self.buat(NilaiParameter, tempat, self.nilai(d, tempat, _NILAI_PARAMETER), d)

    def parameter(self, d: Any, tempat: str) -> Parameter | None:
        nilai = self.nilai(d, tempat, _PARAMETER, ("nilai",))
        nilai["nilai"] = self.semua(d, "nilai", tempat, self.nilai_parameter)
        return self.buat(Parameter, tempat, nilai, d)

    def skema(self, d: Any) -> dict[str, Any]:
        """Arguments of ``Skema``; look at ``galat`` before using them."""
        tempat = f"Formulir {d.get('kode', '?')}" if isinstance(d, Mapping) else "Formulir"
        d = _jabarkan(d, self, tempat)
        nilai = self.nilai(d, tempat, _SKEMA, ("bagian", "aturan", "kewajiban", "parameter", "kampanye"))
        if isinstance(d, Mapping) and "kampanye" in d:
            nilai["kampanye"] = self.kampanye(d["kampanye"], f"{tempat}, kampanye")
        for kunci in ("bagian", "aturan", "kewajiban", "parameter"):
            nilai[kunci] = self.semua(d, kunci, tempat, getattr(self, kunci))
        for kunci in ("bagian", "kewajiban"):
            if not nilai[kunci]:
                self.salah(tempat, f"{kunci} belum ada")
        for kunci in ("kode", "nama", "berlaku_dari"):
            if isinstance(d, Mapping) and kunci not in d:
                self.salah(tempat, f"{kunci} belum diisi")
        return nilai


def _nama(x: Any, i: int) -> str:
    return str(x["kode"]) if isinstance(x, Mapping) and "kode" in x else f"ke-{i}"


def _pisah_atribut(nilai: dict[str, Any]) -> dict[str, Any]:
    atribut = {k: nilai.pop(k) for k in list(nilai) if k in _ATRIBUT}
    return {**nilai, "atribut": atribut}


# ---------------------------------------------------------------- shorthands of the YAML files: written out
# while reading, absent from the stored form


def _jabarkan(d: Any, penyusun: Penyusun, tempat: str) -> Any:
    """Write out ``bawaan`` (attributes of all items) and ``setiap`` (one rule for several codes)."""
    if not isinstance(d, Mapping):
        return d
    bawaan = penyusun.nilai(d.get("bawaan", {}), f"{tempat}, bawaan", _ATRIBUT)
    hasil = {k: v for k, v in d.items() if k != "bawaan"}
    if isinstance(aturan := d.get("aturan"), list):
        hasil["aturan"] = list(islice((r for a in aturan for r in _setiap(a)), ATURAN_MAKS + 1))
        if len(hasil["aturan"]) > ATURAN_MAKS:
            raise GalatSkema([f"{tempat}: aturannya lebih dari {ATURAN_MAKS}, sesudah setiap dijabarkan."])
    if bawaan and isinstance(bagian := d.get("bagian"), list):
        hasil["bagian"] = [_beri_bawaan(b, dict(d["bawaan"])) for b in bagian]
    return hasil


def _beri_bawaan(bagian: Any, bawaan: dict[str, Any]) -> Any:
    if not isinstance(bagian, Mapping) or not isinstance(bagian.get("isi"), list):
        return bagian
    return {**bagian, "isi": [{**bawaan, **x} if _menerima_bawaan(x) else x for x in bagian["isi"]]}


def _menerima_bawaan(x: Any) -> bool:
    """Numbers and tables take the defaults of the form; lists, texts and yes/no items do not."""
    if not isinstance(x, Mapping) or ("kolom" in x and "baris" not in x):
        return False
    return x.get("jenis", "bulat") in JENIS_ANGKA


def _setiap(aturan: Any) -> Iterable[Any]:
    """One copy of the rule per code in ``setiap``, with ``$`` replaced by the code and added to the rule's
    own code.
    """
    kode = aturan.get("setiap") if isinstance(aturan, Mapping) else None
    if not isinstance(kode, list):
        return [aturan]
    return (
        {k: _ganti(v, str(x)) for k, v in aturan.items() if k not in ("setiap", "kode")}
        | {"kode": f"{aturan.get('kode', '')}_{x}"}
        for x in kode
    )


def _ganti(nilai: Any, kode: str) -> Any:
    if isinstance(nilai, list):
        return [_ganti(x, kode) for x in nilai]
    return nilai.replace("$", kode) if isinstance(nilai, str) else nilai
