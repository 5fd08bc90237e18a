"""When one person reaches 1/3, 1/2 and 2/3 of the sentence, when it ends, and when each programme could begin. Pure.

The same dates as `remisi.aturan.hitung_pidana` tells with its derivation (a property test holds both equal), for whole
units and without a word. Numbers of the law come from the rules. What is missing is named; nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from remisi import aturan
from remisi.calon.syarat import Orang
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Program

RUMPUN = ("PB", "CB", "CMB", "ASIMILASI", "CMK")
NAMA = {
    "PB": "Pembebasan bersyarat",
    "CB": "Cuti bersyarat",
    "CMB": "Cuti menjelang bebas",
    "ASIMILASI": "Asimilasi",
    "CMK": "Cuti mengunjungi keluarga",
}
STATUS = {"NARAPIDANA": "narapidana", "ANAK_BINAAN": "anak"}
BAGIAN = {"sepertiga": (1, 3), "setengah": (1, 2), "dua_pertiga": (2, 3)}
SATU_HARI = timedelta(days=1)

_bagian = lru_cache(maxsize=4096)(aturan.bagian)


@dataclass(frozen=True, slots=True)
class Masa:
    """The dates of one sentence after the remission so far; None while something is missing (`kurang`)."""

    sepertiga: date | None = None
    setengah: date | None = None
    dua_pertiga: date | None = None
    ekspirasi_awal: date | None = None
    pokok: date | None = None
    """The end of the sentence itself; `ekspirasi` is after what is served for an unpaid fine."""
    ekspirasi: date | None = None
    kurang: tuple[str, ...] = ()

    def bagian(self, p: int, q: int) -> date | None:
        return {(1, 3): self.sepertiga, (1, 2): self.setengah, (2, 3): self.dua_pertiga}.get((p, q))


def kurang(orang: Orang) -> tuple[str, ...]:
    """What has to be known before any date can be told."""
    if orang.jenis_pidana != "SEMENTARA":
        return ("pidana yang berjangka",)
    semua = (("tanggal mulai ditahan", orang.tanggal_tahan), ("lama pidana", orang.pidana))
    return tuple(nama for nama, ada in semua if not ada)


def masa(orang: Orang) -> Masa:
    """Fractions are taken of the sentence imposed, then moved by days of remission and of earlier detention."""
    mulai, pidana = orang.tanggal_tahan, orang.pidana
    if mulai is None or pidana is None or orang.jenis_pidana != "SEMENTARA":
        return Masa(kurang=kurang(orang))
    maju = timedelta(days=orang.remisi_hari + orang.hari_tahan_sebelumnya)
    sepertiga, setengah, dua_pertiga = (aturan.tambah(mulai, *_bagian(pidana, p, q)) - maju for p, q in BAGIAN.values())
    awal = aturan.tambah(mulai, *pidana) - timedelta(days=orang.hari_tahan_sebelumnya)
    pokok = awal - timedelta(days=orang.remisi_hari)
    return Masa(sepertiga, setengah, dua_pertiga, awal, pokok, pokok + timedelta(days=orang.subsider))


# ---------------------------------------------------------------- programmes


@dataclass(frozen=True, slots=True)
class Jalan:
    """One programme as it lies before a person: from when, until when, or which data is missing."""

    program: Program
    mulai: date | None
    sampai: date | None
    kurang: tuple[str, ...] = ()
    tertutup: str = ""
    """Why it is not open to this person whatever they do: the sentence is too long, or too short."""

    @property
    def rumpun(self) -> str:
        return self.program.rumpun

    def lewat(self, hari: date) -> bool:
        """Whether its time is over: family leave may begin on any day after its first one."""
        return self.rumpun != "CMK" and self.sampai is not None and hari >= self.sampai

    def sampai_dari(self, mulai: date) -> date | None:
        """Its last day when it begins on a day of choice."""
        if self.rumpun != "CMK":
            return self.sampai
        return mulai + timedelta(days=self.program.lama_maks_hari or 0)


class Pemilih:
    """Which rule of a programme is whose, as the law stands when 2/3 of the sentence is served, or on `kini` if later.

    The rule for the offence goes before the general one, then the one for judgments of its time, then the newest.
    Remembered by what it depends on: a unit has few different answers.
    """

    def __init__(self, himpunan: Himpunan, kini: date) -> None:
        self.himpunan, self.kini = himpunan, kini
        batas = {kini}
        for b in himpunan.baris:
            if b.tabel in ("program", "sakelar"):
                batas |= {b.berlaku_dari, *([b.berlaku_sampai + SATU_HARI] if b.berlaku_sampai else ())}
        self._batas = sorted(batas)
        self._ingat: dict[tuple[str, str, str, date | None, date], Program | None] = {}

    def __call__(self, orang: Orang, rumpun: str, dua_pertiga: date | None = None) -> Program | None:
        hari = max(self.kini, dua_pertiga or self.kini)
        pada = self._batas[bisect_right(self._batas, hari) - 1]  # nothing changed between the two
        kunci = (orang.status, self.kelompok(orang, pada), rumpun, orang.tanggal_putusan, pada)
        if kunci not in self._ingat:
            self._ingat[kunci] = self._pilih(*kunci)
        return self._ingat[kunci]

    def kelompok(self, orang: Orang, pada: date | None = None) -> str:
        """The offence whose rules apply: narcotics only from a length of sentence on, never for children."""
        if orang.anak or orang.kelompok != "narkotika":
            return "umum" if orang.anak else orang.kelompok
        batas = self.himpunan.sakelar("NARKOTIKA_KHUSUS", pada or self.kini)
        pendek = batas is not None and _lama(orang) < (int(batas.nilai), 0)
        return "umum" if pendek else orang.kelompok

    def _pilih(self, status: str, kelompok: str, rumpun: str, putusan: date | None, pada: date) -> Program | None:
        untuk = STATUS.get(status, "")
        cocok = [
            p
            for p in self.himpunan.semua_program(pada)
            if p.rumpun == rumpun
            and p.p
            and (not p.status or untuk in p.status)
            and (not p.kelompok or kelompok in p.kelompok)
            and (p.putusan_dari is None or (putusan is not None and putusan >= p.putusan_dari))
        ]
        if not cocok and rumpun == "CMB":  # children have none of their own by parts of a sentence
            dewasa = self.himpunan.program("CMB", pada)
            cocok = [dewasa] if dewasa is not None and dewasa.p else []
        return max(
            cocok,
            key=lambda p: (bool(p.kelompok), p.putusan_dari is not None, p.baris.berlaku_dari, p.kode),
            default=None,
        )


def _lama(orang: Orang) -> tuple[int, int]:
    """The sentence in months and days beyond them, for comparing."""
    tahun, bulan, hari = orang.pidana or (0, 0, 0)
    utuh, sisa = divmod(hari, aturan.BULAN)
    return 12 * tahun + bulan + utuh, sisa


def jalan(program: Program, orang: Orang, masa: Masa, terakhir: int) -> Jalan:
    """When a programme could begin and would end. `terakhir`: days of the last remission (the length of a CMB)."""
    if masa.kurang:
        return Jalan(program, None, None, masa.kurang)
    if tertutup := _tertutup(program, orang):
        return Jalan(program, None, None, (), tertutup)
    return _JALAN[program.rumpun](program, orang, masa, terakhir)


def _tertutup(program: Program, orang: Orang) -> str:
    """A sentence that the programme is not for; exactly as long as allowed is allowed."""
    lama = _lama(orang)
    if program.maks_pidana_bulan and lama > (program.maks_pidana_bulan, 0):
        return f"Pidananya lebih dari {_bulan(program.maks_pidana_bulan)}."
    if program.min_pidana_bulan and lama < (program.min_pidana_bulan, 0):
        return f"Pidananya kurang dari {_bulan(program.min_pidana_bulan)}."
    if program.min_bagian_hari and program.p and program.q:
        hari = aturan.BULAN * lama[0] + lama[1]
        if hari * program.p < program.min_bagian_hari * program.q:
            return f"{program.p}/{program.q} pidananya kurang dari {_bulan(program.min_bagian_hari // aturan.BULAN)}."
    return ""


def _bulan(n: int) -> str:
    return aturan.kata(tahun=n // 12, bulan=n % 12)


def _sejak(program: Program, masa: Masa) -> date:
    """When the part of the sentence that must be served is over."""
    assert program.p
    assert program.q
    sejak = masa.bagian(program.p, program.q)
    assert sejak is not None, "the rules know no other parts than 1/3, 1/2 and 2/3"
    return sejak


def _pb(program: Program, orang: Orang, masa: Masa, terakhir: int) -> Jalan:
    assert masa.ekspirasi is not None
    return Jalan(program, _sejak(program, masa), aturan.tambah_tahun(masa.ekspirasi, program.percobaan_tahun or 0))


def _cb(program: Program, orang: Orang, masa: Masa, terakhir: int) -> Jalan:
    assert masa.ekspirasi is not None
    sejak, lama = _sejak(program, masa), program.lama_maks_hari
    mulai = sejak if lama is None else max(sejak, masa.ekspirasi - timedelta(days=lama))
    if mulai >= masa.ekspirasi:
        return Jalan(program, None, None, (), "Tidak ada sisa pidana setelah bagian yang wajib dijalani.")
    return Jalan(program, mulai, masa.ekspirasi)


def _cmb(program: Program, orang: Orang, masa: Masa, terakhir: int) -> Jalan:
    """As long as the last remission, counted back from the end of the sentence itself; what is served for an unpaid
    fine comes between the day it falls due and its first day."""
    assert masa.pokok is not None
    assert masa.ekspirasi is not None
    assert orang.tanggal_tahan is not None
    if not terakhir:
        return Jalan(program, None, None, (), "Belum pernah menerima remisi; lamanya sebesar remisi terakhir.")
    tempo = masa.pokok - timedelta(days=min(terakhir, program.lama_maks_hari or terakhir))
    if tempo < _sejak(program, masa):
        return Jalan(program, None, None, (), "Pada jatuh temponya bagian yang wajib dijalani belum lewat.")
    if (tempo - orang.tanggal_tahan).days + orang.hari_tahan_sebelumnya < (program.min_jalani_hari or 0):
        return Jalan(program, None, None, (), "Pada jatuh temponya belum cukup lama menjalani.")
    return Jalan(program, tempo + (masa.ekspirasi - masa.pokok), masa.ekspirasi)


def _asimilasi(program: Program, orang: Orang, masa: Masa, terakhir: int) -> Jalan:
    """Until 2/3 where it begins before; special crimes begin there and stay until the end."""
    mulai = _sejak(program, masa)
    assert masa.dua_pertiga is not None
    return Jalan(program, mulai, masa.dua_pertiga if mulai < masa.dua_pertiga else masa.ekspirasi)


def _cmk(program: Program, orang: Orang, masa: Masa, terakhir: int) -> Jalan:
    mulai = _sejak(program, masa)
    return Jalan(program, mulai, mulai + timedelta(days=program.lama_maks_hari or 0))


_JALAN: Mapping[str, Callable[[Program, Orang, Masa, int], Jalan]] = {
    "PB": _pb,
    "CB": _cb,
    "CMB": _cmb,
    "ASIMILASI": _asimilasi,
    "CMK": _cmk,
}


def semua_jalan(orang: Orang, masa: Masa, terakhir: int, pilih: Pemilih) -> dict[str, Jalan]:
    """The programmes that there are for somebody like this, by code."""
    ada = ((rumpun, pilih(orang, rumpun, masa.dua_pertiga)) for rumpun in RUMPUN)
    return {rumpun: jalan(program, orang, masa, terakhir) for rumpun, program in ada if program is not None}


# ---------------------------------------------------------------- who leaves when


EKSPIRASI = "EKSPIRASI"
SKENARIO = {
    EKSPIRASI: ("Bebas murni", ()),
    "PB": ("Dengan PB dan CB", ("PB", "CB")),
    "CMB": ("Dengan PB, CB, dan CMB", ("PB", "CB", "CMB")),
}
"""What is assumed to be granted as soon as the dates allow; in each every person leaves once, by the earliest way."""


def keluar(masa: Masa, jalan_semua: Mapping[str, Jalan], boleh: Iterable[str], kini: date) -> tuple[str, date] | None:
    """How and when a person would leave if those programmes were granted; what should have been past is now."""
    if masa.ekspirasi is None:
        return None
    ada = ((r, j.mulai) for r in boleh if (j := jalan_semua.get(r)) is not None)
    semua = [(r, max(hari, kini)) for r, hari in ada if hari is not None and max(hari, kini) < masa.ekspirasi]
    return min([*semua, (EKSPIRASI, max(masa.ekspirasi, kini))], key=lambda x: x[1])  # of one day the first named
