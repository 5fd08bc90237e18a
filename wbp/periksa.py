"""What the columns of one inmate must agree on, and what is unusual enough to ask about. Pure.

A refusal (`galat`) names something that cannot be; a question (`tanya`) something that is rarely so. What is not known
is neither: the rules of rights say what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from pelaporan.register.temuan import Temuan, galat, tanya
from wbp import golongan

Nilai = Mapping[str, Any]
UMUR_MIN, UMUR_MAKS, UMUR_DEWASA = 12, 110, 18
UMUR_ANAK_MAKS = 21
PIDANA_MAKS_TAHUN = 20
CMK_PALING_JAUH = timedelta(days=366)
_TAHANAN, _ANAK = ("TAHANAN", "ANAK"), ("ANAK", "ANAK_BINAAN")
_BELUM_MULAI = date(1950, 1, 1)


def periksa(nilai: Nilai, hari: date) -> list[Temuan]:
    """Findings in the columns (`wbp.kolom.ISI`) as they would be saved on `hari`."""
    return [temuan for aturan in _ATURAN for temuan in aturan(nilai, hari)]


def _umur(n: Nilai, hari: date) -> Iterator[Temuan]:
    """The age is known to the year: what is refused holds for every birthday in it."""
    lahir, dihitung = n["tahun_lahir"], n["tanggal_tahan"] or hari
    if lahir is None:
        return
    if lahir > hari.year:
        yield galat("lahir_depan", "tahun_lahir", "Tahun lahir belum terjadi. Periksa angkanya.")
        return
    paling = dihitung.year - lahir
    if paling < UMUR_MIN:
        yield galat(
            "umur_muda", "tahun_lahir",
            f"Menurut tahun lahir, umurnya paling tinggi {max(paling, 0)} tahun ketika ditahan. Periksa tahunnya.",
        )  # fmt: skip
    elif paling - 1 > UMUR_MAKS:
        yield galat(
            "umur_tua", "tahun_lahir", f"Menurut tahun lahir, umurnya lebih dari {UMUR_MAKS} tahun. Periksa tahunnya."
        )


def _anak(n: Nilai, hari: date) -> Iterator[Temuan]:
    lahir, tahan = n["tahun_lahir"], n["tanggal_tahan"]
    if lahir is None:
        return
    if n["status"] in _ANAK and tahan is not None and tahan.year - lahir - 1 >= UMUR_DEWASA:
        yield tanya(
            "anak_dewasa", "status", f"Dicatat sebagai anak, tetapi umurnya sudah {UMUR_DEWASA} tahun ketika ditahan."
        )
    elif n["status"] in _ANAK and hari.year - lahir - 1 >= UMUR_ANAK_MAKS:
        yield tanya(
            "anak_lewat", "status", f"Dicatat sebagai anak, tetapi umurnya sekarang lebih dari {UMUR_ANAK_MAKS} tahun."
        )
    elif n["status"] not in _ANAK and tahan is not None and tahan.year - lahir < UMUR_DEWASA:
        yield tanya(
            "dewasa_muda",
            "status",
            f"Umurnya belum {UMUR_DEWASA} tahun ketika ditahan, tetapi tidak dicatat sebagai anak.",
        )


def _golongan(n: Nilai, hari: date) -> Iterator[Temuan]:
    if n["golongan"] and not golongan.dikenal(n["golongan"]):
        yield tanya("golongan_asing", "golongan", golongan.TANYA)


def _urutan(n: Nilai, hari: date) -> Iterator[Temuan]:
    tahan, putusan, sejak = n["tanggal_tahan"], n["tanggal_putusan"], n["sejak"]
    for nama, sebutan in (
        ("tanggal_tahan", "mulai ditahan"),
        ("tanggal_putusan", "putusan"),
        ("sejak", "masuk unit ini"),
        ("asimilasi_sejak", "mulai asimilasi"),
    ):
        if n[nama] is not None and n[nama] > hari:
            yield galat("depan", nama, f"Tanggal {sebutan} belum terjadi. Periksa tahunnya.")
        elif n[nama] is not None and n[nama] < _BELUM_MULAI:
            yield galat("lampau", nama, f"Tanggal {sebutan} terlalu lampau. Periksa tahunnya.")
    if tahan and putusan and putusan < tahan:
        yield tanya(
            "putusan_dahulu", "tanggal_putusan",
            "Putusan mendahului penahanan. Itu hanya benar bila orangnya tidak ditahan sebelum putusan itu tetap.",
        )  # fmt: skip
    if tahan and sejak and sejak < tahan:
        yield tanya(
            "masuk_dahulu",
            "sejak",
            "Orangnya masuk unit ini sebelum penahanannya mulai dihitung. Periksa kedua tanggal.",
        )


def _pidana(n: Nilai, hari: date) -> Iterator[Temuan]:
    lama = [n[f"pidana_{satuan}"] for satuan in ("tahun", "bulan", "hari")]
    ada = any(isi is not None for isi in lama)
    if n["status"] in _TAHANAN and (ada or n["tanggal_putusan"]):
        yield galat(
            "tahanan_pidana",
            "status",
            "Tahanan belum menjalani pidana. Ubah statusnya, atau kosongkan pidana dan putusannya.",
        )
    if ada and not any(lama):
        yield galat("pidana_nol", "pidana_tahun", "Lama pidana tidak boleh nol. Kosongkan bila belum diketahui.")
    if ada and n["jenis_pidana"] != "SEMENTARA":
        yield galat(
            "pidana_jenis",
            "jenis_pidana",
            "Pidana seumur hidup dan pidana mati tidak memiliki lama. Kosongkan lama pidananya.",
        )
    if (lama[0] or 0) * 360 + (lama[1] or 0) * 30 + (lama[2] or 0) > PIDANA_MAKS_TAHUN * 360:
        yield tanya("pidana_panjang", "pidana_tahun", f"Pidananya lebih dari {PIDANA_MAKS_TAHUN} tahun.")
    if n["status"] not in _TAHANAN and not ada and n["jenis_pidana"] == "SEMENTARA":
        yield tanya(
            "pidana_kosong", "pidana_tahun", "Lama pidana belum diisi, jadi tanggal dan haknya belum dapat dihitung."
        )


def _tahanan(n: Nilai, hari: date) -> Iterator[Temuan]:
    if n["habis_tahan"] is None:
        return
    if n["status"] not in _TAHANAN:
        yield galat("habis_tahan", "habis_tahan", "Masa penahanan hanya diisi untuk tahanan. Kosongkan tanggalnya.")
    elif n["tanggal_tahan"] and n["habis_tahan"] < n["tanggal_tahan"]:
        yield galat("habis_dahulu", "habis_tahan", "Masa penahanan habis sebelum mulai. Periksa kedua tanggal.")


def _denda(n: Nilai, hari: date) -> Iterator[Temuan]:
    subsider = bool(n["subsider_bulan"] or n["subsider_hari"])
    denda = n["denda_lunas"] is not None or n["uang_pengganti_lunas"] is not None
    if subsider and not denda:
        yield tanya(
            "subsider_denda",
            "denda_lunas",
            "Ada subsider, tetapi belum dicatat apakah denda atau uang penggantinya lunas.",
        )
    if n["menjalani"] == "PENGGANTI" and not subsider:
        yield galat(
            "pengganti", "menjalani", "Pidana pengganti hanya dijalani bila ada subsider. Isi lama subsidernya."
        )
    if n["menjalani"] == "PENGGANTI" and n["denda_lunas"] and n["uang_pengganti_lunas"] is not False:
        yield galat("pengganti_lunas", "menjalani", "Dendanya sudah lunas, jadi pidana penggantinya tidak dijalani.")


def _terorisme(n: Nilai, hari: date) -> Iterator[Temuan]:
    if n["kelompok"] == "terorisme" or not n["kelompok"]:
        return
    for nama, sebutan in (("deradikalisasi", "Deradikalisasi"), ("ikrar", "Ikrar setia NKRI")):
        if n[nama] is not None:
            yield tanya(f"bukan_{nama}", nama, f"{sebutan} hanya dicatat untuk perkara terorisme.")


def _menjalani(n: Nilai, hari: date) -> Iterator[Temuan]:
    if n["menjalani"] != "PIDANA" and n["status"] in _TAHANAN:
        yield galat(
            "menjalani", "menjalani", "Tahanan belum menjalani pidana, asimilasi, atau integrasi. Pilih pidana pokok."
        )


def _program(n: Nilai, hari: date) -> Iterator[Temuan]:
    """A decided CMK may lie ahead; what lies before this detention belongs to another sentence."""
    cmk, tahan = n["cmk_terakhir"], n["tanggal_tahan"]
    if cmk is not None and cmk < _BELUM_MULAI:
        yield galat("cmk_lampau", "cmk_terakhir", "Tanggal CMK terlalu lampau. Periksa tahunnya.")
    elif cmk is not None and cmk > hari + CMK_PALING_JAUH:
        yield tanya("cmk_jauh", "cmk_terakhir", "CMK-nya masih lebih dari setahun lagi. Periksa tahunnya.")
    for nama, sebutan in (("asimilasi_sejak", "Asimilasi"), ("cmk_terakhir", "CMK")):
        if n[nama] is not None and tahan is not None and n[nama] < tahan:
            yield tanya(f"{nama}_dahulu", nama, f"{sebutan} mendahului penahanan yang sekarang. Periksa kedua tanggal.")


def _register_f(n: Nilai, hari: date) -> Iterator[Temuan]:
    sampai = n["register_f_diperiksa"]
    if sampai is not None and sampai > hari:
        yield galat("f_depan", "register_f_diperiksa", "Register F tidak dapat diperiksa sampai hari yang belum tiba.")


_ATURAN: tuple[Callable[[Nilai, date], Iterator[Temuan]], ...] = (
    _umur, _anak, _golongan, _urutan, _pidana, _tahanan, _denda, _terorisme, _menjalani, _program, _register_f,
)  # fmt: skip
