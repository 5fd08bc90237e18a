"""The rows, sections and flags of the review page. Pure: everything that is read was read before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from pelaporan.banding import Beda, BedaBaris, bandingkan, sebanding
from pelaporan.bendera import LABEL, PERUBAHAN_PERSEN, PERUBAHAN_TERKECIL
from pelaporan.butir import Daftar
from pelaporan.catatan.selectors import UtasSaji
from pelaporan.isian import Isian, Sel, bagian_tertutup
from pelaporan.lembar_kebiasaan import Kebiasaan, kebiasaan
from pelaporan.sajian import SelSaji, nilai_isi, saji_baris
from pelaporan.selectors_riwayat import Riwayat
from pelaporan.skema import Skema
from pelaporan.temuan import SajiTemuan
from pelaporan.tinjauan.selectors import RiwayatBendera, Sebaya, TinjauanKini
from pelaporan.tinjauan.wajar import Wajar, kunci_bendera
from pemasyarakatan.inti.angka import tulis_angka

TAMPIL = ("berubah", "bendera", "semua")
ATURAN = {
    "dijawab": "Aturan formulir bertanya; UPT menjawab ketika mengirim.",
    "di_luar": "Di luar pita kebiasaan UPT ini, yang dihitung dari 12 bulan terakhirnya.",
    "perubahan": (
        f"Berubah sedikitnya {PERUBAHAN_PERSEN}% dan {PERUBAHAN_TERKECIL} satuan dari bulan lalu; "
        "bulan yang diketahui belum cukup untuk pita kebiasaan."
    ),
    "sama": "Semua angka yang diketik sama dengan bulan lalu: mungkin disalin.",
    "tanpa_angka": "Butir wajib tanpa angka.",
    "kirim_ulang": "Dikirim lagi setelah dikembalikan atau dibuka kembali.",
    "terlambat": "Kiriman pertama sesudah tenggat UPT.",
    "atas_nama": "Kanwil mengetik untuk UPT, misalnya karena sambungan putus.",
}
"""Why a flag stands there, in words."""


@dataclass(frozen=True)
class BenderaSaji:
    """A flag with its reason, its past at this unit, and what was said of it. Without `kunci` it is a finding by
    today's rules that nobody was asked about when the report was sent.
    """

    kunci: str
    butir: str
    label: str
    teks: str
    aturan: str
    galat: bool = False
    jawaban: str = ""
    kali: int = 0
    dulu: Sequence[Wajar] = ()
    kini: Wajar | None = None
    sebaya: str = ""

    @property
    def riwayat(self) -> str:
        """'3 kali dalam 12 bulan, 3 kali dijelaskan wajar.'"""
        if not self.kali:
            return "Pertama kali dalam 12 bulan."
        wajar = f", {len(self.dulu)} kali dijelaskan wajar" if self.dulu else ""
        return f"{self.kali} kali dalam 12 bulan{wajar}."

    @property
    def terakhir(self) -> Wajar | None:
        return self.dulu[-1] if self.dulu else None


def susun_bendera(
    skema: Skema,
    bendera: Iterable[Mapping[str, Any]],
    temuan: Sequence[SajiTemuan],
    riwayat: RiwayatBendera,
    tinjauan: TinjauanKini,
    sebaya: Mapping[str, Sebaya],
) -> list[BenderaSaji]:
    """Stored flags in the order of their kinds, then findings of today that none of them tells of."""
    hasil, sisa = [], list(temuan)
    for satu in bendera:
        asal = next((t for t in sisa if satu["kode"] == "dijawab" and satu["teks"].startswith(t.pesan)), None)
        if asal is not None:
            sisa.remove(asal)
        hasil.append(_bendera(skema, satu, asal, riwayat, tinjauan, sebaya.get(satu["butir"])))
    return hasil + [_temuan(t) for t in sisa]


def _bendera(
    skema: Skema,
    satu: Mapping[str, Any],
    asal: SajiTemuan | None,
    riwayat: RiwayatBendera,
    tinjauan: TinjauanKini,
    sebaya: Sebaya | None,
) -> BenderaSaji:
    kunci = kunci_bendera(satu)
    teks, _, jawaban = satu["teks"].partition(" UPT: ") if satu["kode"] == "dijawab" else (satu["teks"], "", "")
    return BenderaSaji(
        kunci=kunci,
        butir=satu["butir"],
        label=LABEL.get(satu["kode"], satu["kode"]),
        teks=asal.pesan if asal else teks,
        aturan=ATURAN.get(satu["kode"], ""),
        jawaban=_jawaban(asal) if asal else jawaban,
        kali=riwayat.kali.get(kunci, 0),
        dulu=riwayat.wajar.get(kunci, ()),
        kini=tinjauan.wajar.get(kunci),
        sebaya=_kalimat_sebaya(sebaya) if sebaya else "",
    )


def _temuan(t: SajiTemuan) -> BenderaSaji:
    aturan = "Menurut aturan formulir hari ini." if t.galat or not t.terjawab else ATURAN["dijawab"]
    label = "perlu diperbaiki" if t.galat else "pertanyaan portal"
    return BenderaSaji("", t.butir[0] if t.butir else "", label, t.pesan, aturan, t.galat, _jawaban(t))


def _jawaban(t: SajiTemuan) -> str:
    return f"{'Benar. ' if t.benar else ''}{t.alasan}".strip()


def _kalimat_sebaya(s: Sebaya) -> str:
    sendiri, bawah, atas, tengah = (
        tulis_angka(n, "desimal", desimal=1) for n in (s.sendiri, s.bawah, s.atas, s.tengah)
    )
    return (
        f"Per 100 penghuni: di sini {sendiri}; {s.unit} UPT sejenis di Kanwil ini umumnya {bawah}–{atas} "
        f"(median {tengah})."
    )


# Rows -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisTinjau:
    """One item under review, beside its counterpart. `tulis`: the form for a note is open in it."""

    beda: Beda
    bagian: str
    kebiasaan: Kebiasaan | None
    bendera: list[BenderaSaji]
    diminta: str
    """The note of the last return on this item, when there was one."""
    utas: list[UtasSaji]
    tulis: bool = False
    sebelum: str = ""
    sesudah: str = ""
    """The changed items of the section before and after, as ids."""

    @property
    def kode(self) -> str:
        return self.beda.kode

    @property
    def penting(self) -> bool:
        return bool(self.beda.berubah or self.bendera or self.diminta or self.utas)


@dataclass(frozen=True)
class Bahan:
    """What rows are made of."""

    skema: Skema
    isi: Mapping[str, Any]
    lalu: Mapping[str, Any] | None
    riwayat: Riwayat
    bendera: Sequence[BenderaSaji]
    diminta: Mapping[str, str]
    utas: Mapping[str, list[UtasSaji]]
    tulis: str = ""
    lintas_bulan: bool = False
    """Compared with another month, not with another version."""


def susun_baris(b: Bahan) -> list[BarisTinjau]:
    """All items in form order."""
    per_butir: dict[str, list[BenderaSaji]] = {}
    for satu in b.bendera:
        per_butir.setdefault(satu.butir, []).append(satu)
    return [
        BarisTinjau(
            beda,
            b.skema.bagian_dari[beda.kode].kode,
            kebiasaan(b.skema.butir[beda.kode], b.riwayat.get(beda.kode, ()), nilai_isi(b.isi, beda.kode)),
            per_butir.get(beda.kode, []),
            b.diminta.get(beda.kode, ""),
            b.utas.get(beda.kode, []),
            beda.kode == b.tulis,
        )
        for beda in bandingkan(b.skema, b.isi, b.lalu)
    ]


def saring(baris: Sequence[BarisTinjau], tampil: str) -> list[BarisTinjau]:
    """The rows of a view; the one being written on stays in every view."""
    if tampil == "berubah":
        return [b for b in baris if b.beda.berubah or b.tulis]
    if tampil == "bendera":
        return [b for b in baris if b.bendera or b.diminta or b.utas or b.tulis]
    return list(baris)


# Sections ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisDaftar:
    """A row of a line list with what became of it; `alamat` is where a note about it belongs."""

    nomor: int
    sel: list[SelSaji]
    jenis: str
    alamat: str
    utas: list[UtasSaji]
    tulis: bool


@dataclass
class DaftarTinjau:
    kode: str
    judul: str
    kolom: list[str]
    baris: list[BarisDaftar]
    beda: list[BedaBaris]
    utas: list[UtasSaji]
    tulis: bool


@dataclass
class BagianTinjau:
    """A section with its shown rows, and whether somebody has ticked it."""

    kode: str
    judul: str
    tertutup: bool
    sudah: bool
    berubah: int
    bendera: int
    baris: list[BarisTinjau] = field(default_factory=list)
    daftar: list[DaftarTinjau] = field(default_factory=list)

    @property
    def tampak(self) -> bool:
        return bool(self.baris or self.daftar)

    @property
    def perlu(self) -> bool:
        """Flagged, and not ticked."""
        return bool(self.bendera and not self.sudah and not self.tertutup)


def susun_bagian(
    b: Bahan, baris: Sequence[BarisTinjau], tampil: str, sudah: Iterable[str], beda_daftar: Sequence[BedaBaris]
) -> list[BagianTinjau]:
    """Sections in form order; inside each the changed items first, with a way to those of the next."""
    tertutup = bagian_tertutup(b.skema, Isian({k: Sel(nilai_isi(b.isi, k)) for k in b.skema.butir}))
    dicentang, tampak = set(sudah), saring(baris, tampil)
    semua = []
    for bagian in b.skema.bagian:
        milik = [x for x in baris if x.bagian == bagian.kode]
        daftar = [_daftar(b, d, beda_daftar, tampil) for d in bagian.daftar]
        semua.append(
            BagianTinjau(
                bagian.kode,
                bagian.judul,
                bagian.kode in tertutup,
                bagian.kode in dicentang,
                sum(x.beda.berubah for x in milik) + sum(len(d.beda) for d in daftar),
                sum(bool(x.bendera) for x in milik),
                sorted((x for x in tampak if x.bagian == bagian.kode), key=lambda x: not x.beda.berubah),
                [d for d in daftar if _daftar_tampak(d, tampil)],
            )
        )
    if tampil != "berubah":  # there every row is a changed one
        _rantai(semua)
    return semua


def _rantai(bagian: Sequence[BagianTinjau]) -> None:
    """Lead from the changed items of one section to those of the next: inside a section they stand together, so only
    its first knows the one before, and only its last the one after.
    """
    rangkai = [(b, [n for n, x in enumerate(b.baris) if x.beda.berubah]) for b in bagian]
    berisi = [(b.baris, nomor) for b, nomor in rangkai if nomor]
    for (sini, nomor), (sana, lanjut) in pairwise(berisi):
        akhir, awal = nomor[-1], lanjut[0]
        sini[akhir] = replace(sini[akhir], sesudah=sana[awal].kode)
        sana[awal] = replace(sana[awal], sebelum=sini[akhir].kode)


def _daftar(b: Bahan, daftar: Daftar, semua: Sequence[BedaBaris], tampil: str) -> DaftarTinjau:
    """Rows in the order of the list, changed ones first; of a long list only those the view is about."""
    beda = [x for x in semua if x.kode == daftar.kode]
    jenis = {x.id: x.jenis for x in beda if x.id}
    baris = []
    for nomor, satu in enumerate(b.isi["daftar"].get(daftar.kode, ()), 1):
        alamat = f"{daftar.kode}/{satu['id']}/{daftar.kolom[0].kode}"
        sel = saji_baris(daftar, satu)
        utas = b.utas.get(alamat, [])
        baris.append(BarisDaftar(nomor, sel, jenis.get(satu["id"], ""), alamat, utas, alamat == b.tulis))
    if b.lalu is not None and tampil != "semua" and sebanding(daftar, b.lintas_bulan):
        baris = [x for x in baris if x.jenis or x.utas or x.tulis]
    baris.sort(key=lambda x: not x.jenis)
    kolom = [k.label for k in daftar.kolom]
    tulis = daftar.kode == b.tulis
    return DaftarTinjau(daftar.kode, daftar.judul, kolom, baris, beda, b.utas.get(daftar.kode, []), tulis)


def _daftar_tampak(d: DaftarTinjau, tampil: str) -> bool:
    return bool(tampil == "semua" or d.utas or d.tulis or d.baris or d.beda)


def bagian_dihitung(semua: Iterable[BagianTinjau]) -> list[BagianTinjau]:
    """Sections that can be ticked: those the form asks of this unit."""
    return [b for b in semua if not b.tertutup]


# What became of the notes of the last return ----------------------------------------------------------------


@dataclass(frozen=True)
class Perbaikan:
    """A note of the last return, and what the unit did about it."""

    kode: str
    label: str
    catatan: str
    lalu: SelSaji | None
    kini: SelSaji | None
    berubah: bool
    nasib: str
    jawaban: list[str]
    selesai: bool

    @property
    def ditanggapi(self) -> bool:
        return bool(self.berubah or self.nasib or self.jawaban or self.selesai)


def susun_perbaikan(
    skema: Skema,
    catatan: Iterable[Mapping[str, str]],
    lama: Mapping[str, Any],
    baru: Mapping[str, Any],
    utas: Mapping[str, list[UtasSaji]],
    penulis: int,
) -> list[Perbaikan]:
    """`catatan`: the notes as the event keeps them; `penulis`: who returned the report."""
    per_butir = {b.kode: b for b in bandingkan(skema, baru, lama)}
    return [
        _perbaikan(satu, per_butir.get(satu["kode"]), _berubah_daftar(satu["kode"], lama, baru), utas, penulis)
        for satu in catatan
    ]


def _perbaikan(
    satu: Mapping[str, str], beda: Beda | None, daftar: bool, utas: Mapping[str, list[UtasSaji]], penulis: int
) -> Perbaikan:
    milik = utas.get(satu["kode"], [])
    komentar = [k for u in milik for k in u.komentar]
    nasib = next((k.k.get_nasib_display() for k in reversed(komentar) if k.k.nasib), "")
    jawaban = [f"{k.k.oleh.nama}: {k.k.teks}" for k in komentar if k.k.oleh_id != penulis and k.k.teks]
    return Perbaikan(
        satu["kode"],
        satu["label"],
        satu["teks"],
        beda.lalu if beda else None,
        beda.kini if beda else None,
        beda.berubah if beda else daftar,
        nasib,
        jawaban,
        any(not u.terbuka for u in milik),
    )


def _berubah_daftar(kode: str, lama: Mapping[str, Any], baru: Mapping[str, Any]) -> bool:
    """Whether the list, or the row, that an address names is different."""
    daftar, _, sisa = kode.partition("/")
    kini, dulu = (isi["daftar"].get(daftar, []) for isi in (baru, lama))
    if sisa:
        baris = sisa.partition("/")[0]
        return [b for b in kini if b["id"] == baris] != [b for b in dulu if b["id"] == baris]
    return bool(kini != dulu)
