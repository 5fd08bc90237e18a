"""Columns of an SDP export: the register's own (`wbp.kolom`) under the names that SDP gives them, and some more.

A column of a file may set several columns of the register ("5 Tahun 6 Bulan"). What SDP computes and the portal
computes itself is recognised and left (`DIHITUNG`), so that nobody maps it by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from pelaporan.register.kolom import Kolom
from upt.models import UPT
from wbp import golongan
from wbp.kolom import SEMUA, BidangTahu
from wbp.sdp import tafsir
from wbp.sdp.tafsir import GalatSel

Nilai = dict[str, Any]
Baca = Callable[[Any], Nilai]
TANYA = "?"
"""Key of a remark in what was read: the row is taken, and this is said of it."""

_SDP: Mapping[str, tuple[str, ...]] = {
    "nomor": ("no reg instansi", "nomor induk", "no induk", "nomor reg", "no register napi"),
    "nama": ("nama napi", "nama tahanan", "nama wbp lengkap"),
    "tahun_lahir": ("tahun kelahiran",),
    "jenis_kelamin": ("gender", "sex", "jns kelamin"),
    "agama": ("nama agama",),
    "status": ("status penghuni", "status tahanan", "status napi"),
    "golongan": ("gol reg", "jenis registrasi", "golongan reg"),
    "kelompok": ("jenis perkara", "tindak pidana", "kejahatan", "kasus", "jenis pidana khusus", "uraian kejahatan"),
    "jenis_pidana": ("jenis hukuman",),
    "tanggal_putusan": ("tgl inkracht", "tanggal inkracht", "tgl eksekusi", "tgl vonis"),
    "tanggal_tahan": ("tgl mulai ditahan", "tgl tahan", "tanggal tahan", "tanggal mulai tahan"),
    "hari_tahan_sebelumnya": ("potong tahanan", "potongan tahanan", "hari tahan sebelumnya"),
    "habis_tahan": ("tgl habis penahanan", "habis masa tahanan", "tgl akhir penahanan"),
    "pidana_tahun": ("lama tahun", "vonis tahun"),
    "pidana_bulan": ("lama bulan", "vonis bulan"),
    "pidana_hari": ("lama hari", "vonis hari"),
    "subsider_bulan": ("lama subsider bulan",),
    "subsider_hari": ("lama subsider hari",),
    "salinan_putusan": ("berkas putusan",),
    "asimilasi_sejak": ("tanggal mulai asimilasi", "asimilasi sejak"),
    "cmk_terakhir": ("tanggal cmk terakhir",),
    "sppn_predikat": ("hasil sppn", "predikat sppn", "nilai sppn"),
    "sppn_tanggal": ("tanggal penilaian", "tgl penilaian", "tanggal sppn"),
    "register_f_terakhir": ("tgl hukuman disiplin", "hukuman disiplin"),
    "register_f_diperiksa": ("tgl periksa register f",),
    "sejak": ("tgl masuk upt", "tgl diterima", "tanggal diterima"),
}


def _milik_register(k: Kolom) -> Kolom:
    """The register's column as files have it; a bare "subsider" is a sentence in words, not months."""
    sinonim = tuple(s for s in k.sinonim if s != "subsider")
    wajib = k.nama == "nomor"  # only known persons may come without a name or a status
    return replace(k, sinonim=(*sinonim, *_SDP.get(k.nama, ())), wajib=wajib)


LAIN: tuple[Kolom, ...] = (
    Kolom("tanggal_lahir", "Tanggal lahir", "tanggal", sinonim=("tgl lahir",), bantuan="Yang disimpan hanya tahunnya."),
    Kolom(
        "lama_pidana", "Lama pidana", "teks", contoh="5 Tahun 6 Bulan", bantuan="Atau tiga kolom: tahun, bulan, hari.",
        sinonim=("pidana", "vonis", "lama hukuman", "hukuman", "putusan pidana", "lama pidana penjara"),
    ),
    Kolom(
        "subsider", "Subsider", "teks", contoh="3 Bulan", bantuan="Atau dua kolom: bulan dan hari.",
        sinonim=("lama subsider", "pidana subsider", "subsidair", "pidana kurungan"),
    ),
)  # fmt: skip
JUMLAH: tuple[Kolom, ...] = (
    Kolom("jumlah_ru", "Jumlah RU", "bulat", maks=60, contoh="1", sinonim=("jumlah remisi umum", "jml ru", "ru ke")),
    Kolom("jumlah_rk", "Jumlah RK", "bulat", maks=60, contoh="0", sinonim=("jumlah remisi khusus", "jml rk", "rk ke")),
    Kolom(
        "remisi_bulan", "Total remisi, bulan", "bulat", maks=600, contoh="1",
        sinonim=("total remisi bulan", "jumlah remisi bulan"),
    ),
    Kolom(
        "remisi_hari", "Total remisi, hari", "bulat", maks=18_000, contoh="15",
        sinonim=("total remisi hari", "jumlah remisi hari"),
    ),
    Kolom(
        "remisi_terakhir", "Tanggal remisi terakhir", "tanggal", sinonim=("tgl remisi terakhir",),
        bantuan="Sekali remisi langsung dicatat; lebih dari sekali perlu lembar Remisi.",
    ),
)  # fmt: skip
"""Columns that sum grants up; the register keeps the grants themselves."""

KOLOM: tuple[Kolom, ...] = (*map(_milik_register, SEMUA), *LAIN, *JUMLAH)
NAMA_JUMLAH = frozenset(k.nama for k in JUMLAH)

REMISI = {
    "RU": "remisi umum", "RK": "remisi khusus", "RT_JASA": "remisi tambahan jasa",
    "RT_PEMUKA": "remisi tambahan pemuka",
    "RT_JC": "remisi tambahan saksi pelaku yang bekerja sama",
    "RD": "remisi dasawarsa", "RKM": "remisi kemanusiaan", "RS": "remisi susulan", "R_PRA": "remisi kepramukaan",
    "PMPU": "pengurangan masa pidana umum", "PMPK": "pengurangan masa pidana khusus",
    "PMPD": "pengurangan masa pidana dasawarsa", "PMP_HAN": "pengurangan masa pidana hari anak nasional",
}  # fmt: skip
_EJAAN_REMISI = {
    "ru i": "RU", "ru 1": "RU", "umum": "RU", "rk i": "RK", "rk 1": "RK", "khusus": "RK", "dasawarsa": "RD",
    "rt jasa": "RT_JASA", "tambahan jasa": "RT_JASA", "rt pemuka": "RT_PEMUKA", "tambahan pemuka": "RT_PEMUKA",
    "kemanusiaan": "RKM", "susulan": "RS", "pmp han": "PMP_HAN", "pmp-han": "PMP_HAN",
}  # fmt: skip
KOLOM_REMISI: tuple[Kolom, ...] = (
    KOLOM[0],
    Kolom(
        "jenis", "Jenis remisi", "pilihan", wajib=True, pilihan=REMISI, tafsir=lambda t: (_EJAAN_REMISI.get(t), ()),
        sinonim=("jenis", "kode remisi"), contoh="RU",
    ),
    Kolom(
        "tanggal", "Tanggal remisi", "tanggal", wajib=True, contoh="17/8/2025",
        sinonim=("tgl remisi", "tanggal", "tanggal pemberian", "tgl pemberian"),
    ),
    Kolom("bulan", "Bulan", "bulat", maks=12, contoh="1", sinonim=("besar bulan", "besaran bulan", "remisi bulan")),
    Kolom("hari", "Hari", "bulat", maks=360, contoh="15", sinonim=("besar hari", "besaran hari", "remisi hari")),
)  # fmt: skip

_TAHUN = re.compile("(19|20)[0-9]{2}")
DIHITUNG = frozenset(
    f"{awal}{apa}"
    for awal in ("", "tgl ", "tanggal ")
    for apa in (
        "ekspirasi", "bebas", "bebas murni", "sisa pidana", "sepertiga", "setengah", "dua pertiga", "1 3", "1 2", "2 3",
        "sepertiga masa pidana", "setengah masa pidana", "dua pertiga masa pidana",
        "1 3 masa pidana", "2 3 masa pidana",
    )
)  # fmt: skip
"""Headings (as `tafsir.kata` writes them) of dates that the portal computes from the sentence, with its derivation."""
HIASAN = frozenset(("no", "nomor urut", "no urut", "urut", "#", ""))
"""The running number of a list, which nobody has to explain."""


# ---------------------------------------------------------------- reading


def pembaca(semua: Sequence[Kolom], upt: UPT, *, csv: bool, angka: bool = False) -> dict[str, Baca]:
    """A reader of cells for every column. Each raises GalatSel; an empty cell says nothing and so changes nothing.
    `angka`: register numbers may be figures."""
    return {k.nama: _pembaca(k, upt, csv, angka) for k in semua}


def _pembaca(k: Kolom, upt: UPT, csv: bool, angka: bool) -> Baca:
    khusus = _KHUSUS.get(k.nama)
    if khusus is not None:
        return lambda sel: khusus(sel, csv=csv)
    satu = _menurut_ragam(k, k.bidang(upt), csv) if k.nama != "nomor" else _nomor(k.bidang(upt), csv, angka)

    def baca(sel: Any) -> Nilai:
        nilai = satu(sel)
        return {} if nilai in (None, "") else {k.nama: nilai}

    return baca


def _menurut_ragam(k: Kolom, bidang: forms.Field, csv: bool) -> Callable[[Any], Any]:
    if k.nama == "tahun_lahir":
        return lambda sel: _batas(k, tafsir.tahun(sel, csv=csv))
    if k.ragam == "bulat":
        return lambda sel: _batas(k, tafsir.bulat(sel, csv=csv))
    if k.ragam == "tanggal":
        return lambda sel: tafsir.tanggal(sel, csv=csv)
    if isinstance(bidang, BidangTahu):
        return lambda sel: sel if isinstance(sel, bool) else _bersih(bidang, tafsir.teks(sel, csv=csv))
    bidang.required = False
    return lambda sel: _bersih(bidang, tafsir.nomor(sel, csv=csv))


def _nomor(bidang: forms.Field, csv: bool, angka: bool) -> Callable[[Any], Any]:
    bidang.required = False
    return lambda sel: _bersih(bidang, tafsir.nomor_register(sel, csv=csv, angka=angka))


def _bersih(bidang: forms.Field, isi: str) -> Any:
    """Fields of the register that take text: their sentences never repeat it (choices are few)."""
    if isi in tafsir.KOSONG:
        return None
    try:
        return bidang.clean(isi)
    except forms.ValidationError as galat:
        raise GalatSel(" ".join(galat.messages)) from None


def _batas(k: Kolom, nilai: int | None) -> int | None:
    if nilai is not None and ((k.maks is not None and nilai > k.maks) or (k.min is not None and nilai < k.min)):
        raise GalatSel(f"Di luar yang mungkin: antara {k.min} dan {k.maks}. Periksa di SDP.")
    return nilai


def _tanggal_lahir(sel: Any, *, csv: bool) -> Nilai:
    if isinstance(sel, str) and _TAHUN.fullmatch(sel.strip()):
        return {"tahun_lahir": int(sel)}  # of many only the year is known
    hari = tafsir.tanggal(sel, csv=csv)
    return {"tahun_lahir": hari.year} if hari else {}


def _kelompok(sel: Any, *, csv: bool) -> Nilai:
    kode = tafsir.kelompok(sel, csv=csv)
    if kode is None:
        return {TANYA: "Jenis kejahatan tidak dikenal, jadi kelompoknya dibiarkan kosong. Pilih di halaman orangnya."}
    return {"kelompok": kode} if kode else {}


def _golongan(sel: Any, *, csv: bool) -> Nilai:
    isi = tafsir.teks(sel, csv=csv)
    if len(isi) > 8:
        raise GalatSel("Golongan registrasi paling banyak 8 huruf, misalnya B.I.")
    return {"golongan": golongan.baku(isi)} if isi else {}


_KHUSUS: Mapping[str, Callable[..., Nilai]] = {
    "tanggal_lahir": _tanggal_lahir,
    "lama_pidana": tafsir.pidana,
    "subsider": tafsir.subsider,
    "kelompok": _kelompok,
    "golongan": _golongan,
}
