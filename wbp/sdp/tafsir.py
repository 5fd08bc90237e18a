"""What a cell of an SDP export means: numbers as text, days as the portal reads them, sentences in words. Pure.

No sentence repeats the cell: where columns are mixed up it may be a name, and sentences are kept and shown.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from pemasyarakatan.inti.angka import GalatAngka, baca_angka, terbilang
from pemasyarakatan.inti.csv_keluar import buka_sel
from pemasyarakatan.inti.waktu import GalatWaktu, baca_tanggal

_TEPAT = 10**15
"""A cell of Excel holds fifteen figures; of longer ones the last are lost."""
_ILMIAH = re.compile(r"[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+")
_JAM_NOL = re.compile(r"[T ]00:00(:00(\.0+)?)?\Z")
_LAMA = re.compile(
    r"([0-9][0-9.,]*)\s*(?:\(([a-z\s]+)\)\s*)?(tahun|thn|th|bulan|bln|bl|hari|hr)\b\.?,?\s*(?:dan\s+)?", re.IGNORECASE
)
_SATUAN = {"th": "tahun", "bl": "bulan", "ha": "hari", "hr": "hari", "ta": "tahun", "bu": "bulan"}
_SEUMUR = re.compile(r"(pidana\s+|penjara\s+)?(seumur\s*hidup|sh)", re.IGNORECASE)
_MATI = re.compile(r"(pidana|hukuman)?\s*mati", re.IGNORECASE)
_BUKAN_HURUF = re.compile(r"[^a-z0-9]+")
_TAK_TAMPAK = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Left behind by pages and other programs; in a name they keep it from being found."""
KOSONG = frozenset({"", "-", "–", "—"})

RUMUS = "Rumus di sel ini galat atau belum dihitung. Betulkan di Excel, simpan, lalu unggah lagi."
DIGIT_HILANG = (
    "Nomor ini disimpan Excel sebagai angka, sehingga digitnya dapat hilang. Ubah kolomnya menjadi Teks, ambil lagi "
    "nomornya dari SDP, lalu unggah lagi."
)
NOMOR_ANGKA = (
    "Nomor ini disimpan Excel sebagai angka, jadi nol di depannya dapat hilang. Ambil lagi dari SDP dengan kolom "
    "bertipe Teks, atau nyatakan di atas bahwa nomor unit ini tidak diawali nol."
)
TANGGAL = (
    "Tanggal tidak terbaca, atau tidak ada di kalender. Tulis hari, bulan, dan tahun empat angka, misalnya 3/9/2025 "
    "atau 3 September 2025."
)
TANGGAL_ANGKA = "Sel ini berisi bilangan, bukan tanggal. Ubah formatnya menjadi Tanggal di Excel, lalu unggah lagi."
ANGKA = "Bukan bilangan bulat. Tulis angkanya saja, misalnya 6."
LAMA = "Lama pidana tidak terbaca. Tulis seperti “5 Tahun 6 Bulan 10 Hari”."


class GalatSel(ValueError):
    """A cell that is not taken; `pesan` says what to do and never repeats the cell."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


def kata(teks: object) -> str:
    """A text as compared: no case, accents or signs."""
    polos = unicodedata.normalize("NFKD", str(teks)).encode("ascii", "ignore").decode().casefold()
    return _BUKAN_HURUF.sub(" ", polos).strip()


def teks(sel: Any, *, csv: bool = False) -> str:
    """A cell where a text belongs. Raises GalatSel for formulas without a result and for dates."""
    if sel == ["!"]:
        raise GalatSel(RUMUS)
    if isinstance(sel, list):
        raise GalatSel("Sel ini berisi tanggal, bukan teks. Periksa kolom yang dipilih.")
    if isinstance(sel, str):
        return " ".join(_polos(sel, csv).split(" ")).strip()
    if isinstance(sel, bool):
        return "Ya" if sel else "Tidak"
    return "" if sel is None else nomor(sel)


def _polos(sel: str, csv: bool) -> str:
    """The text itself; a formula that was never calculated is none."""
    bersih = (buka_sel(sel) if csv else sel).translate(_TAK_TAMPAK)
    if bersih.lstrip().startswith("="):
        raise GalatSel(RUMUS)
    return bersih


def nomor_register(sel: Any, *, csv: bool = False, angka: bool = False) -> str:
    """A register number. One kept as a figure may have lost its zeros: taken only when somebody says that the unit's
    numbers have none (`angka`)."""
    isi = nomor(sel, csv=csv)
    if isinstance(sel, int | float) and not isinstance(sel, bool) and not angka:
        raise GalatSel(NOMOR_ANGKA)
    return isi


def nomor(sel: Any, *, csv: bool = False) -> str:
    """An identifier: always text. A cell of figures is taken only while no figure can have been lost."""
    if isinstance(sel, str):
        bersih = _polos(sel, csv).strip()
        if _ILMIAH.fullmatch(bersih):
            raise GalatSel(DIGIT_HILANG)
        return bersih
    if isinstance(sel, bool | list) or sel is None:
        return teks(sel)
    if not math.isfinite(sel) or sel != int(sel) or abs(sel) >= _TEPAT or sel < 0:
        raise GalatSel(DIGIT_HILANG)
    return str(int(sel))


def tanggal(sel: Any, *, csv: bool = False) -> date | None:
    """A day: a real date cell, or a text that says it in one way: day first, a year of four figures."""
    if isinstance(sel, list) and sel[0] == "d":
        return _hari(date.fromisoformat(sel[1]))
    if isinstance(sel, int | float) and not isinstance(sel, bool):
        raise GalatSel(TANGGAL_ANGKA)
    isi = _JAM_NOL.sub("", teks(sel, csv=csv))
    if isi in KOSONG or isi in ("0000-00-00", "00/00/0000"):
        return None
    return _hari(isi)


def _hari(isi: object) -> date | None:
    try:
        return baca_tanggal(isi)
    except GalatWaktu:
        raise GalatSel(TANGGAL) from None


def bulat(sel: Any, *, csv: bool = False) -> int | None:
    """A whole number through the portal's one reader of figures."""
    isi = sel if isinstance(sel, int | float) and not isinstance(sel, bool) else teks(sel, csv=csv)
    if isi in KOSONG:
        return None
    try:
        nilai = baca_angka(isi)
    except GalatAngka:
        raise GalatSel(ANGKA) from None
    if nilai is None:
        return None
    if nilai < 0 or nilai > 32_000:
        raise GalatSel("Angka di luar yang mungkin. Periksa di SDP.")
    return int(nilai)


def lama(sel: Any, *, csv: bool = False) -> dict[str, int] | None:
    """ "5 Tahun 6 Bulan" as {"tahun": 5, "bulan": 6, "hari": 0}. A bare number has no unit and is refused."""
    isi = " ".join(teks(sel, csv=csv).split())
    if isi in KOSONG:
        return None
    hasil: dict[str, int] = {}
    letak = 0
    for cocok in _LAMA.finditer(isi):
        satuan, banyak = _SATUAN[cocok[3][:2].lower()], bulat(cocok[1]) or 0
        if cocok.start() != letak or satuan in hasil or (cocok[2] and kata(cocok[2]) != terbilang(banyak)):
            raise GalatSel(LAMA)
        hasil[satuan], letak = banyak, cocok.end()
    if letak != len(isi):
        raise GalatSel(LAMA)
    return {satuan: hasil.get(satuan, 0) for satuan in ("tahun", "bulan", "hari")}


def pidana(sel: Any, *, csv: bool = False) -> dict[str, Any]:
    """A sentence as SDP writes it, by the register's columns; {} for an empty cell."""
    isi = " ".join(teks(sel, csv=csv).split())
    for pola, jenis in ((_SEUMUR, "SEUMUR_HIDUP"), (_MATI, "MATI")):
        if pola.fullmatch(isi):
            return {"jenis_pidana": jenis}
    dibaca = lama(sel, csv=csv)
    if dibaca is None:
        return {}
    return {"jenis_pidana": "SEMENTARA", **{f"pidana_{satuan}": n for satuan, n in dibaca.items()}}


def subsider(sel: Any, *, csv: bool = False) -> dict[str, int]:
    dibaca = lama(sel, csv=csv)
    if dibaca is None:
        return {}
    return {"subsider_bulan": 12 * dibaca["tahun"] + dibaca["bulan"], "subsider_hari": dibaca["hari"]}


def tahun(sel: Any, *, csv: bool = False) -> int | None:
    """A year is no figure: "1990", never "1.990"."""
    isi = nomor(sel, csv=csv)
    if isi in KOSONG:
        return None
    if not (isi.isascii() and isi.isdigit() and len(isi) == 4):
        raise GalatSel("Tahun ditulis dengan empat angka, misalnya 1990.")
    return int(isi)


_UMUM = (
    "pencurian", "perampokan", "penggelapan", "penipuan", "penadahan", "pembunuhan", "penganiayaan", "pengeroyokan",
    "pemerkosaan", "perkosaan", "asusila", "kesusilaan", "perlindungan anak", "kekerasan dalam rumah tangga", "kdrt",
    "perjudian", "laka", "lalu lintas", "senjata tajam", "pemerasan", "ketertiban umum", "penculikan", "kebakaran",
    "pemalsuan", "umum", "pidum", "kekerasan seksual", "penghinaan", "perusakan", "kehutanan ringan", "curanmor",
)  # fmt: skip
_KELOMPOK: Mapping[str, tuple[str, ...]] = {
    "narkotika": ("narkotika", "narkoba", "psikotropika", "prekursor"),
    "korupsi": ("korupsi", "tipikor"),
    "terorisme": ("terorisme", "teroris"),
    "khusus_lain": (
        "perdagangan orang", "tppo", "trafficking", "pencucian uang", "tppu", "hak asasi manusia", "ham berat",
        "kejahatan transnasional", "illegal logging", "pembalakan", "keamanan negara", "makar", "khusus lainnya",
    ),
    "umum": _UMUM,
}  # fmt: skip


def kelompok(sel: Any, *, csv: bool = False) -> str | None:
    """The offence group that a text names; "" for an empty cell, None when it names none or two of them."""
    isi = kata(teks(sel, csv=csv))
    if not isi:
        return ""
    cocok = {
        kode
        for kode, semua in _KELOMPOK.items()
        if isi == kata(kode) or any(f" {satu} " in f" {isi} " for satu in semua)
    }
    if "umum" in cocok and len(cocok) > 1:
        cocok.discard("umum")  # "tindak pidana umum: narkotika" names the offence, not two groups
    return cocok.pop() if len(cocok) == 1 else None


def status_dari_golongan(golongan: str) -> str | None:
    """Letters of the register say what a person is: A detainee, B convict; C (substitute) is one too."""
    huruf = kata(golongan)[:1]
    return {"a": "TAHANAN", "b": "NARAPIDANA", "c": "NARAPIDANA"}.get(huruf)
