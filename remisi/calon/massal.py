"""What `remisi.calon.syarat` says of one person, for a whole unit or the nation at once: arrays in, arrays out.

Rules are not repeated here: thresholds, regimes and amounts are asked of `Patokan` once and become small tables. Only
how a comparison is done over a column stands here, and a property test holds it to `syarat`. A state takes two
bits (N 0, Y 1, D 2, T 3), all conditions of a person one 64-bit word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remisi.aturan import BULAN
from remisi.calon.patokan import BAIK, Patokan
from remisi.calon.syarat import BUTIR, LAYAK, PERLU_DATA, TIDAK

Larik = NDArray[Any]
N, Y, D, T = 0, 1, 2, 3
HURUF = "NYDT"
KEADAAN = ("", LAYAK, PERLU_DATA, TIDAK)
BAGIAN = ("", "I", "II")
NIHIL = -(2**30)
"""A date that is not known, as days since 1970."""

STATUS = ("TAHANAN", "ANAK", "NARAPIDANA", "ANAK_BINAAN")
PIDANA = ("SEMENTARA", "SEUMUR_HIDUP", "MATI")
MENJALANI = ("PIDANA", "PENGGANTI", "ASIMILASI", "PB", "CB", "CMB")
KELOMPOK = ("", "umum", "narkotika", "korupsi", "terorisme", "khusus_lain")
KELAMIN = ("", "L", "P")
AGAMA = ("", "ISLAM", "KRISTEN", "KATOLIK", "HINDU", "BUDDHA", "KONGHUCU", "LAINNYA")
PREDIKAT = ("", "SANGAT_BAIK", "BAIK", "CUKUP", "KURANG")
JENIS = ("RU", "PMPU", "RK", "PMPK", "PMP_HAN", "RD", "PMPD", "RKM")
"""Kinds whose earlier grants are counted, in the order of the columns `lalu_…`."""

PILIHAN: dict[str, tuple[str, ...]] = {
    "status": STATUS, "jenis_pidana": PIDANA, "menjalani": MENJALANI, "kelompok": KELOMPOK, "jenis_kelamin": KELAMIN,
    "agama": AGAMA, "sppn_predikat": PREDIKAT,
}  # fmt: skip
TAHU = ("denda_lunas", "uang_pengganti_lunas", "deradikalisasi", "ikrar", "salinan_putusan", "risiko_turun")
"""Yes 1, no 0, not known -1."""
TANGGAL = ("tanggal_putusan", "tanggal_tahan", "sppn_tanggal", "register_f_diperiksa", "register_f_terakhir")
BILANGAN = ("tahun_lahir", "pidana_tahun", "pidana_bulan", "pidana_hari", "hari_tahan_sebelumnya", "remisi_hari")
"""Whole numbers; 0 also where nothing is written, which the rules read alike."""
LALU = tuple(f"lalu_{j}" for j in JENIS)
KOLOM = (*PILIHAN, *TAHU, *TANGGAL, *BILANGAN, *LALU)
_JENIS_ANGKA: dict[str, str] = {
    **dict.fromkeys((*PILIHAN, *TAHU, *LALU), "i1"),
    **dict.fromkeys((*TANGGAL, *BILANGAN), "i4"),
}
_EPOK = date(1970, 1, 1).toordinal()
TEMPAT = {b.kode: 2 * i for i, b in enumerate(BUTIR)}
"""Where the two bits of a condition begin in the word."""


def hari(tanggal: date | None) -> int:
    return NIHIL if tanggal is None else tanggal.toordinal() - _EPOK


def tipe(kolom: str) -> str:
    return _JENIS_ANGKA[kolom]


_UMUM, _NARKOTIKA = KELOMPOK.index("umum"), KELOMPOK.index("narkotika")
_TAHU = np.array([T, Y, D], np.uint8)
"""By what is known: no, yes, not known (-1 is the last)."""
_PREDIKAT_BAIK = np.array([D, *(Y if p in BAIK else T for p in PREDIKAT[1:])], np.uint8)
_TANPA = 1 << 7
_BENDERA = {"S1": 1, "S2": 2, "S3!": 4, "S4": 8}
# Years that begin on 1 March: within one a date keeps its place, except that the last of a leap year becomes the 28th.
_MULAI = np.array([date(t, 3, 1).toordinal() - _EPOK for t in range(1850, 2500)], np.int32)
_PANJANG = np.diff(_MULAI, append=_MULAI[-1] + 365).astype(np.int32)
_TAHUN_MARET = np.repeat(np.arange(len(_MULAI), dtype=np.int32), _PANJANG)[: _MULAI[-1] - _MULAI[0]]

Kolom = dict[str, Larik]
"""One array a column of `KOLOM`, all of one length."""


@dataclass(frozen=True)
class Hasil:
    """One kind for many persons. `baris` are their places in the columns that were given; `pola` the conditions."""

    jenis: str
    baris: Larik
    keadaan: Larik
    pola: Larik
    urutan: Larik
    hari_jalani: Larik
    bulan: Larik
    hari: Larik
    bagian: Larik

    def __len__(self) -> int:
        return len(self.baris)


def baca_pola(pola: int) -> list[str]:
    """ "CODE:state" of every condition that applies, as `syarat.Hasil.kode`."""
    semua = ((b.kode, pola >> TEMPAT[b.kode] & 3) for b in BUTIR)
    return [f"{kode}:{HURUF[s]}" for kode, s in semua if s]


def hitung(kolom: Kolom, patokan: Patokan) -> list[Hasil]:
    """Every kind of the day, for whom it applies; whether they leave is told by all kinds of the day together."""
    hasil: list[Hasil] = []
    for status, semua_jenis in zip(("NARAPIDANA", "ANAK_BINAAN"), patokan.semua_jenis, strict=True):
        if semua_jenis:
            hasil += _satu_status(kolom, patokan, status, semua_jenis)
    return hasil


def _satu_status(kolom: Kolom, patokan: Patokan, status: str, semua_jenis: Sequence[str]) -> list[Hasil]:
    baris = _terkena(kolom, patokan, status, semua_jenis[0])
    bagian = _ambil(kolom, baris)
    perkara = [Perkara(bagian, patokan, status, j) for j in semua_jenis]
    semua = [p.nilai() for p in perkara]
    jumlah = sum((30 * h["bulan"] + h["hari"] for h in semua), np.zeros(len(baris), np.int32))
    for p, h in zip(perkara, semua, strict=True):
        h["bagian"] = p.bagian(30 * h["bulan"] + h["hari"], jumlah)
    return [Hasil(jenis=j, baris=baris, **h) for j, h in zip(semua_jenis, semua, strict=True)]


def _terkena(kolom: Kolom, patokan: Patokan, status: str, jenis: str) -> Larik:
    """Places of those whom the occasion concerns: `syarat._terkena`."""
    kena = kolom["status"] == STATUS.index(status)
    if jenis in ("RK", "PMPK"):
        kena &= np.isin(kolom["agama"], [0, *(AGAMA.index(a) for a in patokan.agama)])
    if jenis == "RKM":
        lahir = kolom["tahun_lahir"]
        lansia = patokan.lansia
        kena &= (lahir > 0) & (patokan.tanggal.year - lahir > lansia) if lansia is not None else False
    return np.flatnonzero(kena)


def _ambil(kolom: Kolom, baris: Larik) -> Kolom:
    """The columns of these rows: a view where they lie together (as the register is read), else a copy."""
    n = len(baris)
    if n and baris[-1] - baris[0] == n - 1:
        return {k: v[baris[0] : baris[-1] + 1] for k, v in kolom.items()}
    return {k: v[baris] for k, v in kolom.items()}


class Perkara:
    """The conditions of one kind for persons of one status."""

    def __init__(self, kolom: Kolom, patokan: Patokan, status: str, jenis: str) -> None:
        self.k, self.patokan, self.status, self.jenis = kolom, patokan, status, jenis
        self.n = len(kolom["status"])
        self.hari = hari(patokan.tanggal)
        self.anak = status == "ANAK_BINAAN"
        self.tanpa_tahan = kolom["tanggal_tahan"] == NIHIL
        self.jalani = self.hari - kolom["tanggal_tahan"]
        self.seumur = kolom["jenis_pidana"] != 0
        self.bulat = 12 * BULAN * kolom["pidana_tahun"] + BULAN * kolom["pidana_bulan"] + kolom["pidana_hari"]
        self.tanpa_pidana = (self.bulat == 0) | self.seumur
        self.kelompok = self._kelompok()
        self.kurang = kolom["hari_tahan_sebelumnya"] + kolom["remisi_hari"]
        self.ekspirasi = (
            self._tambah(kolom["pidana_tahun"], self.bulat - 12 * BULAN * kolom["pidana_tahun"]) - self.kurang
        )
        self.tanpa_ekspirasi = self.tanpa_pidana | self.tanpa_tahan

    # The whole --------------------------------------------------------------------------------------
    def nilai(self) -> dict[str, Larik]:
        pola = _Pola(self.n)
        for butir in BUTIR:
            pola.taruh(butir.kode, self._satu(butir.kode))
        urutan = self._urutan()
        bulan, lama = self._besar(urutan)
        tidak = pola.keadaan == T
        bulan[tidak] = lama[tidak] = 0
        return {"keadaan": pola.keadaan, "pola": pola.kata(), "urutan": urutan, "hari_jalani": self.jalani,
                "bulan": bulan, "hari": lama}  # fmt: skip

    def bagian(self, lama: Larik, jumlah: Larik) -> Larik:
        """0 not to be told, 1 partial, 2 leaves that day."""
        hasil = 1 + (self.ekspirasi - jumlah <= self.hari).view(np.uint8)
        hasil[(lama == 0) | self.tanpa_ekspirasi] = 0
        return hasil

    def _satu(self, kode: str) -> Larik | int:
        kena = [self.patokan.kena(kode, self.jenis, self.status, g) for g in KELOMPOK]
        if not any(kena):
            return N
        hasil = getattr(self, f"_{kode.lower()}")()
        if all(kena) or isinstance(hasil, int):
            return hasil if all(kena) or hasil == N else self._jika(kena, np.full(self.n, hasil, np.uint8))
        return self._jika(kena, hasil)

    def _jika(self, kena: Sequence[bool], hasil: Larik) -> Larik:
        hasil[~np.array(kena)[self.kelompok]] = N
        return hasil

    def _kelompok(self) -> Larik:
        """The offence whose rules apply: `patokan.kelompok`."""
        kelompok = self.k["kelompok"]
        pendek = (kelompok == _NARKOTIKA) & (self.bulat < BULAN * self.patokan.khusus_bulan) & ~self.tanpa_pidana
        return np.where(pendek, _UMUM, kelompok).astype(kelompok.dtype) if pendek.any() else kelompok

    # What must be known -----------------------------------------------------------------------------
    def _putusan(self) -> Larik:
        return _y_atau_d(self.k["salinan_putusan"] == 1)

    def _tahan(self) -> Larik:
        return 1 + self.tanpa_tahan.view(np.uint8)

    def _pidana(self) -> Larik:
        return _n_bila(self.seumur, 1 + (self.bulat == 0).view(np.uint8))

    def _agama(self) -> Larik | int:
        return _y_atau_d(self.k["agama"] != 0) if self.jenis in ("RK", "PMPK") else N

    def _kelamin(self) -> Larik:
        return _y_atau_d(self.k["jenis_kelamin"] != 0)

    def _rezim(self) -> Larik:
        return 1 + (self._rezim_tambahan() == _TANPA).view(np.uint8)

    # What must be met -------------------------------------------------------------------------------
    def _e1(self) -> Larik:
        perlu = self.patokan.jalani_anak if self.anak else self.patokan.jalani
        if perlu is None:
            return _d_bila(self.tanpa_tahan, np.where(self.jalani < 0, T, D).astype(np.uint8))
        return _d_bila(self.tanpa_tahan, _y_atau_t(self.jalani >= perlu))

    _e1a = _e1

    @property
    def _disiplin(self) -> int | None:
        return self.patokan.disiplin_anak if self.anak else self.patokan.disiplin

    @property
    def _hukuman(self) -> Larik:
        if not hasattr(self, "_terhukum"):
            lama = self._disiplin or 0
            terakhir = self.k["register_f_terakhir"]
            self._terhukum = (terakhir > self.hari - lama) & (terakhir <= self.hari)
        return self._terhukum

    def _e2(self) -> Larik | int:
        if self._disiplin is None:
            return D
        return _t_bila(self._hukuman, _PREDIKAT_BAIK[self.k["sppn_predikat"]])

    _e2a = _e2

    def _e3(self) -> Larik:
        return _TAHU[self.k["risiko_turun"]]

    def _e4(self) -> Larik:
        ada = (self.k["sppn_predikat"] != 0) & (self.k["sppn_tanggal"] >= hari(self.patokan.segar_sejak))
        return _y_atau_d(ada)

    def _x1(self) -> Larik:
        minimal = self.patokan.pidana_minimal
        hasil = np.full(self.n, D, np.uint8) if minimal is None else _y_atau_t(self.bulat >= minimal)
        return _n_bila(self.seumur, _d_bila(self.bulat == 0, hasil))

    def _x2(self) -> Larik | int:
        if self._disiplin is None:
            return D
        segar = self.k["register_f_diperiksa"] >= hari(self.patokan.segar_sejak)
        return _t_bila(self._hukuman, _y_atau_d(segar))

    def _x3(self) -> Larik:
        return _y_atau_t(self.k["menjalani"] != MENJALANI.index("CMB"))

    def _x4(self) -> Larik:
        return _y_atau_t(self.k["menjalani"] != MENJALANI.index("PENGGANTI"))

    def _x5(self) -> Larik:
        return _y_atau_t(~self.seumur)

    # What special crimes add ------------------------------------------------------------------------
    def _s1(self) -> Larik | int:
        return self._berdua("S1", "denda_lunas", "uang_pengganti_lunas")

    def _s2(self) -> Larik | int:
        return self._berdua("S2", "deradikalisasi", "ikrar")

    def _berdua(self, kode: str, satu: str, dua: str) -> Larik | int:
        """Both must be so: one "no" is T, else one "not known" is D."""
        diminta = self._diminta(kode)
        if isinstance(diminta, int):
            return N
        hasil = np.maximum(_TAHU[self.k[satu]], _TAHU[self.k[dua]])
        return _n_bila(~diminta, hasil)

    def _s3(self) -> Larik | int:
        diminta = self._diminta("S3!")
        return N if isinstance(diminta, int) else D * diminta.view(np.uint8)

    def _s4(self) -> Larik | int:
        """Few persons are of such a regime: only they are reckoned."""
        diminta = self._diminta("S4")
        if isinstance(diminta, int):
            return N
        hasil = np.zeros(self.n, np.uint8)
        siapa = np.flatnonzero(diminta)
        p, q = self._pecahan()[self._nomor_rezim[siapa]].T
        bagian = self.bulat[siapa] * p
        bulan, sisa = bagian // (30 * q), bagian % (30 * q)
        kapan = self._tambah(bulan // 12, 30 * (bulan % 12) - (-sisa // q), siapa) - self.kurang[siapa]
        hasil[siapa] = _d_bila(self.tanpa_ekspirasi[siapa], _y_atau_t(kapan <= self.hari))
        return hasil

    def _d1(self) -> Larik | int:
        terakhir, sejak = self.k["register_f_terakhir"], self.patokan.bersih_sejak
        if sejak is None:
            return D
        pernah = (terakhir > hari(sejak)) & (terakhir <= self.hari)
        return _t_bila(pernah, _y_atau_d(self.k["register_f_diperiksa"] != NIHIL))

    def _sisa(self) -> Larik:
        tanpa = self.tanpa_ekspirasi | (self.k["menjalani"] == MENJALANI.index("PENGGANTI"))
        return _n_bila(tanpa, _y_atau_t(self.ekspirasi > self.hari))

    def _umur(self) -> Larik | int:
        if self.jenis != "RKM":
            return N
        lahir, tahun, lansia = self.k["tahun_lahir"], self.patokan.tanggal.year, self.patokan.lansia
        if lansia is None:
            return D
        hasil = np.where(tahun - lahir > lansia + 1, Y, np.where(tahun - lahir > lansia, D, T)).astype(np.uint8)
        return _d_bila(lahir == 0, hasil)

    def _besaran(self) -> Larik | int:
        if not self.patokan.terhitung(self.jenis):
            return D
        tabel = _kisi(self.patokan, self.jenis)
        if tabel is None or not tabel.lubang.any():
            return N
        return _n_bila(self.tanpa_tahan, D * tabel.lubang[self._tempat(tabel, self._urutan())])

    # Regimes, amounts, dates ------------------------------------------------------------------------
    def _rezim_tambahan(self) -> Larik:
        return self._rezim_tabel.bendera[self._nomor_rezim]

    def _diminta(self, kode: str) -> Larik | int:
        diminta = (self._rezim_tabel.bendera & _BENDERA[kode] != 0) & (self._rezim_tabel.bendera != _TANPA)
        return diminta[self._nomor_rezim] if diminta.any() else N

    def _pecahan(self) -> Larik:
        return self._rezim_tabel.pecahan

    @cached_property
    def _rezim_tabel(self) -> _TabelRezim:
        return _tabel_rezim(self.patokan)

    @cached_property
    def _nomor_rezim(self) -> Larik:
        tabel, kelompok = self._rezim_tabel, self.kelompok.astype(np.intp)
        if not tabel.batas:
            return kelompok
        putusan = self.k["tanggal_putusan"]
        pita = (putusan != NIHIL).astype(np.intp)
        for batas in tabel.batas:
            pita += putusan >= batas
        return kelompok * (len(tabel.batas) + 2) + pita

    def _urutan(self) -> Larik:
        """Which row of the grid; 0 where it is not known."""
        if not self.patokan.menurut_tahun:
            return self.k[f"lalu_{self.jenis}"].astype(np.int16) + 1
        urutan = np.maximum(1, self.jalani // (12 * BULAN))
        urutan[self.tanpa_tahan] = 0
        return urutan

    def _besar(self, urutan: Larik) -> tuple[Larik, Larik]:
        """Months and days of the grant, by the grid of the kind."""
        tabel = _kisi(self.patokan, self.jenis)
        if tabel is None:
            return self._pecahan_pidana()
        tempat = self._tempat(tabel, urutan)
        bulan, lama = tabel.bulan[tempat], tabel.hari[tempat]
        bulan[self.tanpa_tahan] = lama[self.tanpa_tahan] = 0
        return bulan, lama

    def _tempat(self, tabel: _Kisi, urutan: Larik) -> Larik:
        """Whose cell of the grid is which."""
        pita = np.zeros(self.n, np.intp)
        for batas in tabel.batas:
            pita += self.jalani >= batas
        return np.minimum(urutan, tabel.urutan) * (len(tabel.batas) + 1) + pita

    def _tambah(self, tahun: Larik, lebih: Larik, siapa: Larik | None = None) -> Larik:
        """The first day of detention plus calendar years, then days; 29 February falls on the 28th."""
        mulai = self.k["tanggal_tahan"] if siapa is None else self.k["tanggal_tahan"][siapa]
        letak = np.clip(mulai, _MULAI[0], _MULAI[-1] - 1)
        tahun_maret = _TAHUN_MARET[letak - _MULAI[0]]
        sampai = np.minimum(tahun_maret + tahun, len(_MULAI) - 2)
        return _MULAI[sampai] + np.minimum(letak - _MULAI[tahun_maret], _PANJANG[sampai] - 1) + lebih

    def _pecahan_pidana(self) -> tuple[Larik, Larik]:
        """A part of the sentence, to the day, up to its greatest; (0, 0) where the kind has no amount in the rules."""
        pecahan = self.patokan.pecahan(self.jenis)
        if pecahan is None:
            return np.zeros(self.n, np.int32), np.zeros(self.n, np.int32)
        bagian = self.bulat * pecahan.p
        utuh, sisa = bagian // (30 * pecahan.q), bagian % (30 * pecahan.q)
        lama = (sisa + (pecahan.q - 1 if pecahan.ke_atas else 0)) // pecahan.q
        if pecahan.maks_bulan is not None:
            penuh = utuh >= pecahan.maks_bulan
            utuh[penuh], lama[penuh] = pecahan.maks_bulan, 0
        utuh[self.tanpa_pidana] = lama[self.tanpa_pidana] = 0
        return utuh, lama


def _y_atau_d(benar: Larik) -> Larik:
    return D - benar.view(np.uint8)


def _y_atau_t(benar: Larik) -> Larik:
    return T - (benar.view(np.uint8) << 1)


def _d_bila(bila: Larik, hasil: Larik) -> Larik:
    hasil[bila] = D
    return hasil


def _t_bila(bila: Larik, hasil: Larik) -> Larik:
    hasil[bila] = T
    return hasil


def _n_bila(bila: Larik, hasil: Larik) -> Larik:
    hasil[bila] = N
    return hasil


class _Pola:
    """All conditions of many persons, two bits each, and the worst of them."""

    def __init__(self, n: int) -> None:
        self.bait = np.zeros((8, n), np.uint8)
        self.keadaan = np.full(n, Y, np.uint8)

    def taruh(self, kode: str, hasil: Larik | int) -> None:
        if isinstance(hasil, int) and hasil == N:
            return
        bait, geser = divmod(TEMPAT[kode], 8)
        np.maximum(self.keadaan, hasil, out=self.keadaan, casting="unsafe")
        self.bait[bait] |= np.left_shift(hasil, geser, dtype=np.uint8, casting="unsafe")

    def kata(self) -> Larik:
        return np.ascontiguousarray(self.bait.T).view("<i8").reshape(-1)


@dataclass(frozen=True)
class _TabelRezim:
    """What regimes add, by offence group and (where it matters) the day of the judgment between `batas`."""

    batas: tuple[int, ...]
    bendera: Larik
    pecahan: Larik


@lru_cache(maxsize=8)
def _tabel_rezim(patokan: Patokan) -> _TabelRezim:
    hari_batas = sorted(
        {r.putusan_dari for r in patokan.semua_rezim if r.putusan_dari}
        | {r.putusan_sampai + timedelta(days=1) for r in patokan.semua_rezim if r.putusan_sampai}
    )
    wakil = [None, hari_batas[0] - timedelta(days=1), *hari_batas] if hari_batas else [None]
    pasangan = [(g, putusan) for g in KELOMPOK for putusan in wakil]
    bendera = [_bendera(patokan, g, putusan) for g, putusan in pasangan]
    pecahan = [((r.p or 1), r.q) if (r := patokan.rezim(g, w)) and r.q else (0, 1) for g, w in pasangan]
    return _TabelRezim(tuple(map(hari, hari_batas)), np.array(bendera, np.uint8), np.array(pecahan, np.int32))


def _bendera(patokan: Patokan, kelompok: str, putusan: date | None) -> int:
    if patokan.rezim(kelompok, putusan) is None:
        return _TANPA
    return sum(_BENDERA.get(kode, 0) for kode in patokan.tambahan(kelompok, putusan))


@dataclass(frozen=True)
class _Kisi:
    """Amounts by ordinal (the last row stands for all that follow) and by days served between `batas`; 1 in `lubang`
    where no row of the grid fits."""

    urutan: int
    batas: tuple[int, ...]
    bulan: Larik
    hari: Larik
    lubang: Larik


@lru_cache(maxsize=32)
def _kisi(patokan: Patokan, jenis: str) -> _Kisi | None:
    """The grid of a kind, asked cell by cell; None where the amount is a part of the sentence or not known."""
    baris = patokan.kisi(jenis)
    if not baris:
        return None
    batas = sorted(
        {b.jalani_dari for b in baris if b.jalani_dari} | {b.jalani_sampai + 1 for b in baris if b.jalani_sampai}
    )
    paling = 1 + max(max(b.urutan_dari or 1, b.urutan_sampai or 1) for b in baris)
    wakil = [batas[0] - 1, *batas] if batas else [0]
    sel = [(max(u, 1), w) for u in range(paling + 1) for w in wakil]
    bulan, lama = np.array([patokan.besar(jenis, u, w, None) for u, w in sel], np.int32).T
    lubang = np.array([patokan.berlubang(jenis, u, w) for u, w in sel], np.uint8)
    return _Kisi(paling, tuple(batas), np.ascontiguousarray(bulan), np.ascontiguousarray(lama), lubang)
