"""From an uploaded text to a form that may be published: everything that is wrong, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pelaporan.pembaca_yaml import UKURAN_MAKS
from pelaporan.selectors_formulir import skema_berlaku
from pelaporan.skema import GalatSkema, Skema, baca_skema, periksa_rujukan
from pelaporan.turunan import tak_dikenal
from pemasyarakatan.inti.waktu import Bulan

_BERLAKU = re.compile(r"^berlaku_dari:[^\n]*$", re.MULTILINE)


def baca_berkas(isi: bytes) -> str:
    """Bytes of an uploaded file as text. Raises GalatSkema."""
    if len(isi) > UKURAN_MAKS:
        raise GalatSkema([f"Berkas lebih besar dari {UKURAN_MAKS // 1024} kB."])
    try:
        return isi.decode("utf-8-sig")
    except UnicodeDecodeError as galat:
        baris = isi.count(b"\n", 0, galat.start) + 1
        raise GalatSkema([f"Baris {baris}: bukan teks UTF-8. Simpan ulang berkasnya sebagai UTF-8."]) from None


def periksa(teks: str) -> Skema:
    """The form of a text, checked by itself and against the forms that are in force. Raises GalatSkema."""
    skema = baca_skema(teks)
    galat = [*_galat_hubungan(skema), *_galat_turunan(skema)]
    if galat:
        raise GalatSkema(galat)
    return skema


def _galat_hubungan(skema: Skema) -> Iterator[str]:
    """References in both directions: what this form reads of others, and what others read of it."""
    lain = skema_berlaku(Bulan.dari(skema.berlaku_dari))
    sebelum = set(periksa_rujukan(lain))
    yield from (g for g in periksa_rujukan({**lain, skema.kode: skema}) if g not in sebelum)


def _galat_turunan(skema: Skema) -> list[str]:
    return [f"Formulir {skema.kode}: register {nama} tidak dikenal." for nama in tak_dikenal(skema)]


def ganti_bulan(teks: str, bulan: Bulan) -> str:
    """The same text, valid from another month. Raises GalatSkema when its line cannot be found."""
    if len(_BERLAKU.findall(teks)) != 1:
        raise GalatSkema(["Bulan tidak dapat diganti di sini. Tulis berlaku_dari: di awal baris tersendiri."])
    return _BERLAKU.sub(f"berlaku_dari: {bulan.kode}", teks)
