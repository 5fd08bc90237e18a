"""The portal's only reader and only writer of numbers.

Indonesian notation: a dot (or a space) groups thousands, a comma starts the fraction. Django, DRF and pandas
all read "1.000" as one, so no number typed, uploaded or posted may pass any of them. A reading is certain,
refused with advice, or asked back; it is never guessed.

| Written           | bulat          | desimal, persen | rupiah         |
|-------------------|----------------|-----------------|----------------|
| 1.234             | 1234           | asked: 1234     | 1234           |
| 1,234             | asked: 1234    | 1.234           | asked: 1234    |
| 1.234.567         | 1234567        | 1234567         | 1234567        |
| 1.234,50          | refused        | 1234.5          | refused        |
| 1.234,00          | refused        | 1234            | 1234           |
| 18500.00          | asked: 18500   | asked: 18500    | asked: 18500   |
| 1,234.56          | refused        | asked: 1234.56  | refused        |
| 5 ribu            | asked: 5000    | asked: 5000     | asked: 5000    |
| 12%               | refused        | persen only: 12 | refused        |
| "", -, –, kosong  | None           | None            | None           |
| nihil             | 0              | 0               | 0              |
"""

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from numbers import Integral
from typing import Literal, NamedTuple

Jenis = Literal["bulat", "desimal", "rupiah", "persen"]
Bilangan = int | float | Decimal

KOSONG = "–"
DIGIT_MAKS = 15
"""Most digits of a figure, before and after the comma together; a double holds every such figure."""

_PANJANG_MAKS = 60
_BATAS = 10**DIGIT_MAKS
_TERKECIL = Decimal(1).scaleb(-DIGIT_MAKS)
# Wide enough to write any float without an exponent. Unary minus and abs() would use the thread's context.
_KONTEKS = Context(prec=400, rounding=ROUND_HALF_UP)

_TITIK_KOMA = str.maketrans(",.", ".,")
_SPASI = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
_TANDA_KOSONG = frozenset({"", "-", "–", "—", "kosong"})
_MINUS = "[-−–]"
_POLA = re.compile(
    rf"(?P<minus>{_MINUS})?(?P<rp>rp\.? ?)?(?P<minus_dalam>{_MINUS})?"
    r"(?P<tubuh>[0-9](?:[0-9., ]*[0-9])?)"
    r"(?P<tanpa_sen>,[-–])?(?P<persen> ?%| persen)?(?: (?P<satuan>[^0-9 ].*))?",
    re.IGNORECASE,
)
_GAYA_INDONESIA = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+))(?:,([0-9]+))?")
_GAYA_ASING = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_KATA_SATUAN = re.compile(r"[a-z]+[23]?(?:/[a-z]+[23]?)?\.?", re.IGNORECASE)
# "1 OOO" is a mistyped thousand, not one of the unit "OOO".
_HURUF_MIRIP_ANGKA = re.compile(r"o+|[oil]{2,}", re.IGNORECASE)
_PENGALI = {
    "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12,
}  # fmt: skip
_BUKAN_SATUAN = frozenset({"belas", "puluh", "ratus", "lusin", "kodi", "gros", "m", "t"})

_NASIHAT = (
    (re.compile(r"\+.*"), "Tulis tanpa tanda tambah, misalnya 1.240."),
    (re.compile(r"[0-9.,]+e[-+]?[0-9]+", re.IGNORECASE), "Tulis angkanya lengkap, misalnya 1.240."),
    (
        re.compile(r".*[0-9][a-z].*", re.IGNORECASE),
        "Periksa huruf di antara angka; beri spasi sebelum satuan.",
    ),
    (
        re.compile(r"[0-9., ]+"),
        "Letak titik atau koma keliru. Titik untuk ribuan, koma untuk pecahan: 1.234,5.",
    ),
)
_NASIHAT_UMUM = "Tulis dengan angka 0 sampai 9, misalnya 1.240."


class GalatAngka(ValueError):
    """A number that was refused or must be asked back.

    `pesan` is the sentence for the person. `tanya` is the suggested reading (int for bulat and rupiah,
    Decimal otherwise) when the person need only confirm it, None when the text was refused.
    """

    def __init__(self, pesan: str, tanya: int | Decimal | None = None) -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.tanya = tanya


class _Bacaan(NamedTuple):
    nilai: Decimal
    yakin: bool = True


# ---------------------------------------------------------------- reading


def baca_angka(
    teks: object, jenis: Jenis = "bulat", *, min: int | Decimal | None = 0, satuan: str = ""
) -> int | Decimal | None:
    """Read one figure from a form, a JSON body, a workbook cell or a CSV field.

    Returns int for bulat and rupiah, a Decimal without trailing zeros for desimal and persen (12,3% is
    Decimal 12.3), None for an empty cell. `min` is the least value allowed (None: any). With `satuan` only
    that unit may follow the number; without it any single word may. Raises nothing but GalatAngka.
    """
    if type(teks) is int and jenis in ("bulat", "rupiah") and abs(teks) < _BATAS and (min is None or teks >= min):
        return teks  # most cells of a workbook; the long way says the same
    bacaan = _dari_teks(teks, jenis, satuan) if isinstance(teks, str) else _dari_bilangan(teks)
    if bacaan is None:
        return None
    nilai = _bulatkan(bacaan.nilai) if jenis in ("bulat", "rupiah") else bacaan.nilai
    _periksa_batas(nilai, jenis, min)
    if not bacaan.yakin:
        raise _galat_tanya(nilai, jenis)
    return nilai


def _dari_bilangan(nilai: object) -> _Bacaan | None:
    """Take a real number as it is: a workbook cell or a JSON number carries no notation to misread."""
    if nilai is None:
        return None
    if isinstance(nilai, bool):
        raise _galat_bukan_angka()
    if isinstance(nilai, Integral):
        return _Bacaan(_dari_int(int(nilai)))
    if isinstance(nilai, float):
        return _Bacaan(_dari_float(nilai))
    if isinstance(nilai, Decimal):
        return _Bacaan(_dari_desimal(nilai))
    raise _galat_bukan_angka()


def _dari_int(nilai: int) -> Decimal:
    if abs(nilai) >= _BATAS:
        raise _galat_digit()
    return Decimal(nilai)


def _dari_float(nilai: float) -> Decimal:
    """Keep the 15 significant digits a workbook shows: a computed 0.1+0.2 is the 0.3 its author saw."""
    if not math.isfinite(nilai):
        raise _galat_bukan_angka()
    if abs(nilai) >= _BATAS:
        raise _galat_digit()
    desimal = Decimal(format(nilai, f".{DIGIT_MAKS}g"))
    if _eksponen(desimal) < -DIGIT_MAKS:
        desimal = desimal.quantize(_TERKECIL, context=_KONTEKS)
    return _rapikan(desimal)


def _dari_desimal(nilai: Decimal) -> Decimal:
    if not nilai.is_finite():
        raise _galat_bukan_angka()
    # Before any arithmetic: exponents beyond the context would overflow.
    if len(nilai.as_tuple().digits) > _PANJANG_MAKS or abs(_eksponen(nilai)) > _PANJANG_MAKS:
        raise _galat_digit()
    return _rapikan(nilai)


def _dari_teks(teks: str, jenis: Jenis, satuan: str) -> _Bacaan | None:
    bersih = _bersihkan(teks)
    if bersih.casefold() in _TANDA_KOSONG:
        return None
    if bersih.casefold() == "nihil":
        return _Bacaan(Decimal(0))
    dalam_kurung = bersih.startswith("(") and bersih.endswith(")")
    cocok = _POLA.fullmatch(bersih[1:-1] if dalam_kurung else bersih)
    if cocok is None:
        raise _galat_bukan_angka(bersih)
    tanda = sum((dalam_kurung, bool(cocok["minus"]), bool(cocok["minus_dalam"])))
    if tanda > 1:
        raise _galat_bukan_angka(bersih)
    _periksa_hiasan(cocok, jenis, satuan, bersih)
    bacaan = _dari_tubuh(cocok, jenis, satuan, bersih)
    if tanda and not bacaan.nilai:
        raise GalatAngka("Nol tidak bertanda. Tulis 0.")
    return bacaan._replace(nilai=bacaan.nilai.copy_negate()) if tanda else bacaan


def _bersihkan(teks: str) -> str:
    """Trim and unify spaces; refuse what cannot be seen and digits that only look like 0 to 9."""
    if len(teks) > _PANJANG_MAKS:
        raise GalatAngka(f"Isian terlalu panjang untuk sebuah angka. {_NASIHAT_UMUM}")
    bersih = teks.translate(_SPASI).strip(" \t\r\n")
    for huruf in bersih:
        if unicodedata.category(huruf) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            raise GalatAngka("Isian memuat karakter yang tidak terlihat. Hapus isinya, lalu ketik ulang angkanya.")
        if not huruf.isascii() and unicodedata.category(huruf) == "Nd":
            raise GalatAngka(f"Bentuk angka pada {_kutip(bersih)} tidak dikenali. {_NASIHAT_UMUM}")
    return bersih.replace("²", "2").replace("³", "3") if " " in bersih else bersih


_SETARA = {
    **dict.fromkeys((("ha", "m²"), ("hektar", "m²"), ("hektare", "m²")), " (1 hektare = 10.000 m²)"),
    **dict.fromkeys((("ton", "kg"), ("t", "kg")), " (1 ton = 1.000 kg)"),
    ("kuintal", "kg"): " (1 kuintal = 100 kg)",
}
"""What a unit that people write is in the one that is asked for."""


def _periksa_hiasan(cocok: re.Match[str], jenis: Jenis, satuan: str, teks: str) -> None:
    """Rp, ",-", % and the unit word must belong to the kind of figure asked for."""
    if (cocok["rp"] or cocok["tanpa_sen"]) and jenis != "rupiah":
        raise GalatAngka(f"{_kutip(teks)} ditulis sebagai rupiah. Tulis angkanya saja, misalnya 1.240.")
    if cocok["persen"] and jenis != "persen" and satuan != "%":
        raise GalatAngka(f"{_kutip(teks)} ditulis sebagai persen. Tulis jumlahnya saja, misalnya 1.240.")
    kata = cocok["satuan"]
    if kata is None or kata.casefold() in _PENGALI:
        return
    if satuan and kata.casefold() != satuan.replace("²", "2").replace("³", "3").casefold():
        ubah = f"Ubah dahulu menjadi {satuan}{_SETARA.get((kata.casefold(), satuan), '')}, lalu tulis angkanya saja."
        raise GalatAngka(f"Satuan pada {_kutip(teks)} bukan {satuan}. {ubah}")
    if not satuan and not _satuan_wajar(kata):
        raise _galat_bukan_angka(teks)


def _satuan_wajar(kata: str) -> bool:
    if kata.casefold() in _BUKAN_SATUAN or _HURUF_MIRIP_ANGKA.fullmatch(kata):
        return False
    return _KATA_SATUAN.fullmatch(kata) is not None


def _dari_tubuh(cocok: re.Match[str], jenis: Jenis, satuan: str, teks: str) -> _Bacaan:
    tubuh, kata = cocok["tubuh"], (cocok["satuan"] or "").casefold()
    indonesia, asing = _menurut(_GAYA_INDONESIA, tubuh), _menurut(_GAYA_ASING, tubuh)
    if indonesia is None and asing is None:
        raise _galat_bukan_angka(teks)
    if kata in _PENGALI and kata != satuan.casefold():
        bacaan = _pilih_desimal(tubuh, indonesia, asing)
        return _Bacaan(_rapikan(bacaan.nilai.scaleb(_PENGALI[kata], _KONTEKS)), yakin=False)
    if jenis in ("desimal", "persen"):
        return _pilih_desimal(tubuh, indonesia, asing)
    return _pilih_bulat(tubuh, jenis, indonesia, asing)


def _menurut(gaya: re.Pattern[str], tubuh: str) -> Decimal | None:
    cocok = gaya.fullmatch(tubuh)
    if cocok is None:
        return None
    utuh = re.sub("[., ]", "", cocok[1])
    return _rapikan(Decimal(f"{utuh}.{cocok[2] or 0}"))


def _pilih_desimal(tubuh: str, indonesia: Decimal | None, asing: Decimal | None) -> _Bacaan:
    """A comma is the fraction. A lone dot may be either sign, so it is asked back."""
    if indonesia is not None:
        return _Bacaan(indonesia, yakin="." not in tubuh or asing is None)
    assert asing is not None
    return _Bacaan(asing, yakin=False)


def _pilih_bulat(tubuh: str, jenis: Jenis, indonesia: Decimal | None, asing: Decimal | None) -> _Bacaan:
    """Dots group. A comma where a group could be is asked back; any other comma is a fraction and refused."""
    tanpa_pecahan = "," not in tubuh or (jenis == "rupiah" and tubuh.endswith(",00"))
    if indonesia is not None and tanpa_pecahan:
        return _Bacaan(indonesia)
    if asing is not None and _adalah_bulat(asing):
        return _Bacaan(asing, yakin=False)
    raise _galat_pecahan(tubuh, asing if indonesia is None else indonesia)


# ---------------------------------------------------------------- checks and sentences


def _bulatkan(nilai: Decimal) -> int:
    if not _adalah_bulat(nilai):
        raise GalatAngka(f"{tulis_angka(nilai, 'desimal')} bukan bilangan bulat. Tulis tanpa pecahan, misalnya 1.240.")
    return int(nilai)


def _periksa_batas(nilai: int | Decimal, jenis: Jenis, min: int | Decimal | None) -> None:
    desimal = Decimal(nilai)
    if max(desimal.adjusted() + 1, 0) + max(-_eksponen(desimal), 0) > DIGIT_MAKS:
        raise _galat_digit()
    if min is None or nilai >= min:
        return
    tertulis = tulis_angka(nilai, jenis)
    if min == 0:
        raise GalatAngka(f"Angka tidak boleh negatif; tertulis {tertulis}. Tulis 0 bila nihil.")
    raise GalatAngka(f"Angka paling kecil {tulis_angka(min, jenis)}; tertulis {tertulis}.")


def _galat_bukan_angka(teks: str | None = None) -> GalatAngka:
    if teks is None:
        return GalatAngka(f"Isian ini bukan angka. {_NASIHAT_UMUM}")
    nasihat = next((kalimat for pola, kalimat in _NASIHAT if pola.fullmatch(teks)), _NASIHAT_UMUM)
    return GalatAngka(f"{_kutip(teks)} tidak terbaca sebagai angka. {nasihat}")


def _galat_digit() -> GalatAngka:
    return GalatAngka(f"Angka terlalu panjang. Paling banyak {DIGIT_MAKS} digit, termasuk di belakang koma.")


def _galat_pecahan(tubuh: str, nilai: Decimal | None) -> GalatAngka:
    """Say what was probably meant: 1.5 may be a clipped 1.500; 1.000,00 only has to lose its fraction."""
    awal = f"{tubuh} bukan bilangan bulat"
    cocok = re.fullmatch(r"([1-9][0-9]{0,2})\.([0-9]{1,2})", tubuh)
    if cocok:
        ribuan = int(cocok[1] + cocok[2].ljust(3, "0"))
        return GalatAngka(f"{awal}; bila maksudnya {terbilang(ribuan)} tulis {tulis_angka(ribuan)}.")
    if nilai is not None and _adalah_bulat(nilai):
        return GalatAngka(f"{awal}. Tulis tanpa koma: {tulis_angka(nilai)}.")
    return GalatAngka(f"{awal}. Tulis tanpa pecahan, misalnya 1.240.")


def _galat_tanya(nilai: int | Decimal, jenis: Jenis) -> GalatAngka:
    """Ask with the exact value: a percentage is not rounded here as it is on pages."""
    tertulis = tulis_angka(nilai, jenis, desimal=max(-_eksponen(Decimal(nilai)), 0))
    pasti = tulis_isian(nilai, jenis)
    return GalatAngka(f"Dibaca {tertulis} ({terbilang(nilai)}). Betul? Bila ya, tulis {pasti}.", tanya=nilai)


def _kutip(teks: str) -> str:
    """Quote what the person wrote, short enough for a sentence."""
    return f"“{teks if len(teks) <= 24 else teks[:23] + '…'}”"


# ---------------------------------------------------------------- writing


def tulis_angka(nilai: Bilangan | None, jenis: Jenis = "bulat", satuan: str = "", desimal: int | None = None) -> str:
    """Write one figure: 1.234 · 1.234,5 · Rp1.234 · 12,3% · − before negatives · – for None and NaN.

    `desimal` fixes the number of decimals. Without it bulat and rupiah have none, persen at most one and
    desimal as many as the value has. Halves are rounded away from zero.
    """
    if type(nilai) is int and desimal is None and abs(nilai) < _BATAS:
        bulat: Decimal | int = nilai  # most figures; the long way writes the same
        tubuh = f"{abs(nilai):,}".replace(",", ".")
    else:
        tepat = _untuk_tulis(nilai)
        if tepat is None:
            return KOSONG
        bulat = _ke_desimal(tepat, jenis, desimal)
        tubuh = f"{bulat.copy_abs():,f}".translate(_TITIK_KOMA)
    tanda = "−" if bulat < 0 else ""
    awalan, akhiran = ("Rp" if jenis == "rupiah" else ""), ("%" if jenis == "persen" else "")
    return f"{tanda}{awalan}{tubuh}{akhiran}{' ' + satuan if satuan else ''}"


def tulis_ringkas(nilai: Bilangan | None, jenis: Jenis = "bulat", satuan: str = "") -> str:
    """Write a large figure with its word: 1,2 juta · Rp3,4 miliar · 1,2 triliun; below a million in full."""
    tepat = _untuk_tulis(nilai)
    if tepat is None or tepat.copy_abs() < 10**6:
        return tulis_angka(tepat, jenis, satuan)
    singkat, nama = _singkatkan(tepat)
    tubuh = tulis_angka(singkat.copy_abs(), "desimal")
    tanda, awalan = ("−" if tepat < 0 else ""), ("Rp" if jenis == "rupiah" else "")
    return f"{tanda}{awalan}{tubuh} {nama}{' ' + satuan if satuan else ''}"


def _singkatkan(nilai: Decimal) -> tuple[Decimal, str]:
    """Pick the word after rounding, so that 999.960.000 becomes 1 miliar and not 1.000 juta."""
    juta, miliar, triliun = (
        _rapikan(nilai.scaleb(-pangkat, _KONTEKS).quantize(Decimal("0.1"), context=_KONTEKS)) for pangkat in (6, 9, 12)
    )
    if juta.copy_abs() < 1000:
        return juta, "juta"
    return (miliar, "miliar") if miliar.copy_abs() < 1000 else (triliun, "triliun")


def tulis_isian(nilai: Bilangan | None, jenis: Jenis = "bulat") -> str:
    """Write a figure for an input field: no Rp, no %, and always read back as itself, never asked."""
    tepat = _untuk_tulis(nilai)
    if tepat is None:
        return ""
    if jenis in ("bulat", "rupiah"):
        return tulis_angka(tepat)
    tertulis = tulis_angka(tepat, "desimal")
    return f"{tertulis},0" if "." in tertulis and "," not in tertulis else tertulis


def terbilang(nilai: int | Decimal) -> str:
    """Say a figure in words: 1234.5 is "seribu dua ratus tiga puluh empat koma lima"."""
    desimal = _untuk_tulis(nilai) or Decimal(0)
    utuh, _, pecahan = f"{desimal.copy_abs():f}".partition(".")
    kata = ["minus"] if desimal < 0 else []
    kata += _terbilang_bulat(int(utuh)) or ["nol"]
    if pecahan:
        kata += ["koma", *(_KATA[int(digit)] for digit in pecahan)]
    return " ".join(kata)


_KATA = (
    "nol", "satu", "dua", "tiga", "empat", "lima",
    "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_TINGKAT = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)


def _terbilang_bulat(n: int) -> list[str]:
    if n == 0:
        return []
    if n < 12:
        return [_KATA[n]]
    if n < 20:
        return [_KATA[n - 10], "belas"]
    besar, nama = next((besar, nama) for besar, nama in _TINGKAT if n >= besar)
    banyak, sisa = divmod(n, besar)
    satu = banyak == 1 and nama in ("ribu", "ratus")
    return [*([f"se{nama}"] if satu else [*_terbilang_bulat(banyak), nama]), *_terbilang_bulat(sisa)]


# ---------------------------------------------------------------- decimals


def _untuk_tulis(nilai: Bilangan | None) -> Decimal | None:
    """A tidy Decimal, or None for what has no value (None, NaN and infinities of computed tables)."""
    if nilai is None or (isinstance(nilai, (float, Decimal)) and not math.isfinite(nilai)):
        return None
    if isinstance(nilai, float):
        return _rapikan(Decimal(format(nilai, f".{DIGIT_MAKS}g")))
    return _rapikan(nilai if isinstance(nilai, Decimal) else Decimal(int(nilai)))


def _ke_desimal(nilai: Decimal, jenis: Jenis, desimal: int | None) -> Decimal:
    """Round to the decimals shown."""
    if desimal is None and jenis == "desimal":
        return nilai
    banyak = desimal if desimal is not None else int(jenis == "persen")
    bulat = nilai.quantize(Decimal(1).scaleb(-banyak), context=_KONTEKS)
    return _rapikan(bulat) if desimal is None else bulat


def _rapikan(nilai: Decimal) -> Decimal:
    """The one canonical form of a value: no trailing zeros, no exponent, no negative zero."""
    ringkas = nilai.normalize(_KONTEKS)
    return ringkas.quantize(Decimal(1), context=_KONTEKS) if _eksponen(ringkas) > 0 else ringkas or Decimal(0)


def _adalah_bulat(nilai: Decimal) -> bool:
    return _eksponen(_rapikan(nilai)) >= 0


def _eksponen(nilai: Decimal) -> int:
    """Exponent of a finite Decimal; -2 for two decimals."""
    return int(nilai.as_tuple().exponent)
