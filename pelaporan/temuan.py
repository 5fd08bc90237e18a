"""Findings as pages show them: sentence, answer, and the way to the cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pelaporan.aturan import GALAT, Temuan, cap_jawaban, periksa
from pelaporan.butir import Bagian
from pelaporan.halaman import alamat
from pelaporan.konteks import isian_versi, muat_konteks
from pelaporan.models import Laporan, LaporanVersi


@dataclass(frozen=True, slots=True)
class SajiTemuan:
    """One finding with the answer given so far. `url` leads to the first cell meant."""

    id: str
    pesan: str
    galat: bool
    wajib_alasan: bool
    benar: bool
    alasan: str
    terjawab: bool
    url: str
    butir: tuple[str, ...]
    cap: str = ""
    bagian: str = ""
    """Section, or row of a list, of an item that is still empty; no text for every other finding."""


@dataclass(slots=True)
class KartuTemuan:
    """What stands together on the check page: one finding, or all empty items of one section or row."""

    isi: list[SajiTemuan] = field(default_factory=list)

    @property
    def satu(self) -> SajiTemuan | None:
        return self.isi[0] if len(self.isi) == 1 else None

    @property
    def pesan(self) -> str:
        return self.isi[0].pesan if self.satu else f"{self.isi[0].bagian}: {len(self.isi)} butir belum diisi."


def kelompokkan(temuan: Iterable[SajiTemuan]) -> list[KartuTemuan]:
    """Thirty empty cells are one thing to do, not thirty: they become one card for each section."""
    kartu: dict[str, KartuTemuan] = {}
    for t in temuan:
        kartu.setdefault(f"bagian:{t.bagian}" if t.bagian else t.id, KartuTemuan()).isi.append(t)
    return list(kartu.values())


def ringkas(temuan: Iterable[Temuan], belum: Iterable[Temuan]) -> str:
    """The findings in one sentence, in the words of the person who has to act: fill in, mend, answer."""
    galat = [t for t in temuan if t.tingkat == GALAT]
    kosong = sum(_kosong(t) for t in galat)
    hitungan = (
        (kosong, "butir belum diisi"),
        (len(galat) - kosong, "hal perlu diperbaiki"),
        (len(list(belum)), "pertanyaan belum dijawab"),
    )
    bagian = [f"{n} {kata}" for n, kata in hitungan if n]
    return f"{', '.join(bagian)}." if bagian else "Semua pertanyaan sudah dijawab."


def _kosong(t: Temuan) -> bool:
    return t.kode.startswith("kosong:")


def alamat_sel(laporan: Laporan, temuan: Temuan) -> str:
    """The entry page of the finding's first item, at its cell (or at its row of a list)."""
    kode = next((k for k in temuan.butir if k in laporan.skema.bagian_dari), None)
    bagian = laporan.skema.bagian_dari[kode] if kode else _bagian_kolom(laporan, temuan)
    if bagian is None:
        return alamat(laporan)
    url = alamat(laporan, "bagian", bagian=bagian.kode)
    if temuan.baris:  # the page that has this row, among up to 500
        return f"{url}?baris={temuan.baris}#s-{_daftar_kolom(laporan, temuan)}-{temuan.baris}-{temuan.butir[0]}"
    return f"{url}#s-{kode}"


def _bagian_kolom(laporan: Laporan, temuan: Temuan) -> Bagian | None:
    """The section of the list that has the finding's column."""
    return laporan.skema.bagian_dari.get(_daftar_kolom(laporan, temuan))


def _daftar_kolom(laporan: Laporan, temuan: Temuan) -> str:
    kolom = set(temuan.butir)
    return next((d.kode for d in laporan.skema.daftar.values() if kolom & set(d.per_kode)), "")


def sajikan_temuan(
    laporan: Laporan,
    temuan: Iterable[Temuan],
    tanggapan: Mapping[str, Mapping[str, Any]],
    belum: Iterable[Temuan],
    ketikan: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[SajiTemuan]:
    """`tanggapan` is what is stored; `ketikan` what was typed over it and is shown again."""
    menunggu, tampil = {t.id for t in belum}, {**tanggapan, **(ketikan or {})}
    return [
        _saji(laporan, t, tampil.get(t.id, {}), t.id not in menunggu, cap_jawaban(tanggapan.get(t.id, {})))
        for t in temuan
    ]


def _saji(laporan: Laporan, t: Temuan, jawaban: Mapping[str, Any], terjawab: bool, cap: str) -> SajiTemuan:
    return SajiTemuan(
        id=t.id,
        pesan=t.pesan,
        galat=t.tingkat == GALAT,
        wajib_alasan=t.wajib_alasan,
        benar=bool(jawaban.get("benar")),
        alasan=str(jawaban.get("alasan") or ""),
        terjawab=terjawab,
        url=alamat_sel(laporan, t),
        butir=t.butir,
        cap=cap,
        bagian=_judul_bagian(laporan, t) if _kosong(t) else "",
    )


def _judul_bagian(laporan: Laporan, t: Temuan) -> str:
    """The section, or the row of a list ("Daftar kejadian, baris 2": how its sentences begin).

    A figure that a register owes keeps its own sentence: it is not filled in here.
    """
    if t.baris is not None:
        return t.pesan.partition(": ")[0]
    butir, bagian = laporan.skema.butir.get(t.butir[0]), laporan.skema.bagian_dari.get(t.butir[0])
    return bagian.judul if bagian and butir and butir.turunan is None else ""


@dataclass(frozen=True, slots=True)
class TemuanVersi:
    """Findings of a sent version as of now, and answers to questions that no longer arise."""

    temuan: list[SajiTemuan]
    usang: list[Mapping[str, Any]]


def temuan_versi(laporan: Laporan, versi: LaporanVersi) -> TemuanVersi:
    """Check a sent content again with today's surroundings; the answers are those frozen in it."""
    skema, isi = versi.formulir_versi.skema, versi.isi
    temuan = periksa(skema, isian_versi(skema, isi), muat_konteks(laporan))
    jawaban = isi["tanggapan"]
    belum = [t for t in temuan if t.id not in jawaban]
    dikenal = {t.id for t in temuan}
    return TemuanVersi(
        sajikan_temuan(laporan, temuan, jawaban, belum), [j for k, j in jawaban.items() if k not in dikenal]
    )
