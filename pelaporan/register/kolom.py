"""Columns of a register's rows: what people fill in, on a page, in a file, through the API. No database here.

A column is read by the portal's own form fields wherever it comes from, so that "1.000" is one thousand in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from django import forms
from django.utils.choices import flatten_choices

from pemasyarakatan.inti.angka import tulis_angka, tulis_isian
from pemasyarakatan.inti.bidang import SALAH_PILIH, BidangAngka, BidangTanggal, BidangTeks
from pemasyarakatan.inti.waktu import tulis_tanggal
from upt.models import UPT

Ragam = Literal["teks", "paragraf", "bulat", "desimal", "rupiah", "tanggal", "pilihan", "ya_tidak", "rujukan"]
BILANGAN = ("bulat", "desimal", "rupiah")
SEBUT_PILIHAN = 12
"""Choices up to this many are all named when none of them was meant."""


@dataclass(frozen=True)
class Pilihan:
    """One row that another may point at: its id, what people read, and the texts by which a file names it."""

    id: int
    label: str
    kunci: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kolom:
    """`nama` is the model's attribute (`petak_id` for a reference). `satuan` follows the figure on screen.

    `rujuk` lists what a reference may point at in one unit. `sinonim` are other headings of the column in files.
    Of a long choice, `kelompok` gives each code's heading and `tafsir` reads free text: the code that it means for
    certain (or None), and those it may mean. Where a file's text names several rows, `menurut` says which of them (by
    id) the rest of its row means, with the question to ask ('' when it is certain); None when it cannot tell.
    `khusus` makes the field where none of the common ones will do.
    """

    nama: str
    label: str
    ragam: Ragam
    wajib: bool = False
    maks: int | Decimal | None = None
    min: int | Decimal | None = 0
    desimal: int = 2
    satuan: str = ""
    pilihan: Mapping[str, str] = field(default_factory=dict)
    rujuk: Callable[[UPT], Sequence[Pilihan]] | None = None
    bantuan: str = ""
    contoh: str = ""
    sinonim: tuple[str, ...] = ()
    kelompok: Callable[[str], str] | None = None
    tafsir: Callable[[str], tuple[str | None, Sequence[str]]] | None = None
    menurut: Callable[[Sequence[int], Mapping[str, Any]], tuple[int, str] | None] | None = None
    khusus: Callable[..., forms.Field] | None = None
    dijumlahkan: bool = False

    def bidang(self, upt: UPT) -> forms.Field:
        """The field that reads this column in one unit: page, file and API use the same."""
        umum = {"label": self._label, "required": self.wajib, "help_text": self.bantuan}
        return (self.khusus or _BIDANG[self.ragam])(self, upt, umum)

    @property
    def _label(self) -> str:
        return f"{self.label} ({self.satuan})" if self.satuan and self.ragam in BILANGAN else self.label

    def tulis(self, nilai: Any) -> str:
        """The value as people read it; a reference is written by whoever knows its label."""
        if nilai is None or nilai == "":
            return ""
        return _PENULIS.get(self.ragam, _tulis_teks)(self, nilai)


class BidangPilih(forms.ChoiceField):
    """One of a few; a file or a program may write its code or its label, in any case of letters, or (`tafsir`) another
    name of it; a name of several is asked back."""

    def __init__(self, *, tafsir: Callable[[str], tuple[str | None, Sequence[str]]] | None = None, **lain: Any) -> None:
        super().__init__(**lain)
        self.tafsir = tafsir

    def to_python(self, value: Any) -> str:
        cari = " ".join(str(value if value is not None else "").split()).casefold()
        semua: Iterable[tuple[Any, Any]] = cast(Any, flatten_choices)(self.choices)
        label = {str(kode): str(nama) for kode, nama in semua}
        cocok = next((kode for kode in label if cari in (kode.casefold(), label[kode].casefold())), None)
        if cocok is None and cari and self.tafsir is not None:
            cocok, mungkin = self.tafsir(cari)
            if cocok is None and mungkin:
                pilihan = " atau ".join(label[kode] for kode in mungkin)
                raise forms.ValidationError(f"“{value}” dapat berarti {pilihan}. Pilih yang dimaksud.", code="tanya")
        return cocok if cocok is not None else super().to_python(value)


class BidangRujukan(forms.ChoiceField):
    """A row of the same unit, by its id or by one of the texts that name it; what names two rows is asked back."""

    def __init__(self, *, tujuan: Sequence[Pilihan], **lain: Any) -> None:
        self.tujuan = tujuan
        super().__init__(choices=[("", "Pilih"), *((p.id, p.label) for p in tujuan)], **lain)

    def clean(self, value: Any) -> Any:
        cari = " ".join(str(value if value is not None else "").split()).casefold()
        if not cari:
            return super().clean("") or None
        cocok = {p.id for p in self.tujuan if cari == str(p.id)} or {
            p.id for p in self.tujuan if cari in {t.casefold() for t in (p.label, *p.kunci)}
        }
        if len(cocok) == 1:
            return cocok.pop()
        if cocok:
            raise forms.ValidationError(f"Ada {len(cocok)} dengan nama ini. Tulis kodenya.", code="tanya")
        raise forms.ValidationError(f"“{value}” tidak ada di unit ini. {SALAH_PILIH}", code="rujukan")


class BidangYa(forms.BooleanField):
    def to_python(self, value: Any) -> bool:
        if isinstance(value, str) and value.strip().casefold() in ("tidak", "t", "-"):
            return False
        return super().to_python(value)


def _angka(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    desimal = k.desimal if k.ragam == "desimal" else None
    return BidangAngka(jenis=k.ragam, min=k.min, maks=k.maks, satuan=k.satuan, desimal=desimal, **umum)  # type: ignore[arg-type]


def _teks(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangTeks(maks=int(k.maks or 200), baris_banyak=k.ragam == "paragraf", **umum)


def _tanggal(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangTanggal(**umum)


def _pilih(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    galat = {"required": f"Pilih {k.label.lower()}.", "invalid_choice": f"Pilih: {', '.join(k.pilihan.values())}."}
    if len(k.pilihan) > SEBUT_PILIHAN:
        galat["invalid_choice"] = f"“%(value)s” tidak dikenal. {SALAH_PILIH}"
    return BidangPilih(tafsir=k.tafsir, choices=[("", "Pilih"), *_berkelompok(k)], error_messages=galat, **umum)


def _berkelompok(k: Kolom) -> list[tuple[str, Any]]:
    """The choices, below their headings where the column has any."""
    if k.kelompok is None:
        return list(k.pilihan.items())
    judul: dict[str, list[tuple[str, str]]] = {}
    for kode, label in k.pilihan.items():
        judul.setdefault(k.kelompok(kode), []).append((kode, label))
    return list(judul.items())


def _rujuk(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    assert k.rujuk is not None
    return BidangRujukan(tujuan=k.rujuk(upt), error_messages={"required": f"Pilih {k.label.lower()}."}, **umum)


def _ya(k: Kolom, upt: UPT, umum: dict[str, Any]) -> forms.Field:
    return BidangYa(**{**umum, "required": False})


_BIDANG: dict[str, Callable[[Kolom, UPT, dict[str, Any]], forms.Field]] = {
    "teks": _teks,
    "paragraf": _teks,
    "bulat": _angka,
    "desimal": _angka,
    "rupiah": _angka,
    "tanggal": _tanggal,
    "pilihan": _pilih,
    "ya_tidak": _ya,
    "rujukan": _rujuk,
}


def _tulis_teks(kolom: Kolom, nilai: Any) -> str:
    return str(nilai)


def _tulis_bilangan(kolom: Kolom, nilai: Any) -> str:
    return tulis_angka(nilai, kolom.ragam, "" if kolom.ragam == "rupiah" else kolom.satuan)  # type: ignore[arg-type]


_PENULIS: dict[str, Callable[[Kolom, Any], str]] = {
    "bulat": _tulis_bilangan,
    "desimal": _tulis_bilangan,
    "rupiah": _tulis_bilangan,
    "tanggal": lambda kolom, nilai: tulis_tanggal(nilai),
    "pilihan": lambda kolom, nilai: kolom.pilihan.get(nilai, str(nilai)),
    "ya_tidak": lambda kolom, nilai: "Ya" if nilai else "Tidak",
}


def isian(kolom: Kolom, nilai: Any) -> str:
    """The value as text that the column reads back as itself (exports, the API's forms)."""
    if nilai is None:
        return ""
    if kolom.ragam in BILANGAN:
        return tulis_isian(nilai, kolom.ragam)  # type: ignore[arg-type]
    return tulis_tanggal(nilai) if isinstance(nilai, date) else str(nilai)
