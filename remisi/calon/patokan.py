"""What the rules say on the day of one occasion, as the numbers that both ways of computing candidates read. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from remisi.aturan import BULAN, Lama, Potong, bagian, bagian_potong, tambah
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Besaran, Jenis, Rezim

PREDIKAT = {"SANGAT_BAIK": "sangat baik", "BAIK": "baik", "CUKUP": "cukup", "KURANG": "kurang"}
BAIK = frozenset({"SANGAT_BAIK", "BAIK"})
TABEL_CALON = ("jenis", "besaran", "syarat", "rezim", "sakelar")
"""The tables that tell who is a candidate of what; occasions know their holy day themselves."""
DASAWARSA = frozenset({"RD", "PMPD"})

_JALUR = {
    "RU": (("RU", "RD"), ("PMPU", "PMPD")),
    "RK": (("RK",), ("PMPK",)),
    "PMP_HAN": ((), ("PMP_HAN",)),
    "RKM": (("RKM",), ()),
}
"""By the leading kind of an occasion: what narapidana and what anak binaan may be given on that day."""
_HARI = {"hari": 1, "bulan": BULAN}
Pidana = tuple[int, int, int]
STATUS = {"NARAPIDANA": "narapidana", "ANAK_BINAAN": "anak"}


@dataclass(frozen=True, slots=True)
class Rujukan:
    """The rule behind a condition, as shown: code, wording, source, whether anybody has confirmed it."""

    kode: str = ""
    bunyi: str = ""
    sumber: str = ""
    terverifikasi: bool = True


class Pecahan(NamedTuple):
    """An amount that is a part of something, with its greatest in months and how days are rounded."""

    p: int
    q: int
    maks_bulan: int | None
    ke_atas: bool

    def dari(self, bulan: Fraction) -> tuple[int, int]:
        """Months and days of it, of an exact number of months."""
        tepat = bulan * self.p / self.q
        if self.maks_bulan is not None and tepat >= self.maks_bulan:
            return self.maks_bulan, 0
        return bagian_potong(tepat, self.ke_atas)


@dataclass(frozen=True)
class Patokan:
    """One occasion under one set of rules, as seen on the day `pada`."""

    himpunan: Himpunan
    jenis: str
    tanggal: date
    agama: frozenset[str] = frozenset()
    pada: date = date.max

    @property
    def sidik(self) -> str:
        return sidik_calon(self.himpunan, self.tanggal)

    def sama(self, sidik: str) -> bool:
        """Whether what carries this mark was judged by these rules; older ones carry that of all rules of all times."""
        return sidik in (self.sidik, self.himpunan.sidik)

    # Thresholds -------------------------------------------------------------------------------------
    @cached_property
    def jalani(self) -> int | None:
        """Fewest days served on the day, of narapidana. Here and below None where no rule says: nothing is guessed."""
        return self._sakelar("BATAS_ENAM_BULAN")

    @cached_property
    def jalani_anak(self) -> int | None:
        return self._sakelar("BATAS_TIGA_BULAN")

    @cached_property
    def disiplin(self) -> int | None:
        """Days before the grant in which a disciplinary punishment counts, for narapidana."""
        return self._lama("E2")

    @cached_property
    def disiplin_anak(self) -> int | None:
        return self._lama("E2a")

    @cached_property
    def pidana_minimal(self) -> int | None:
        return self._lama("X1")

    @cached_property
    def segar_sejak(self) -> date:
        """Marks of conduct count when they are not older than this."""
        return segar_sejak(self.himpunan, self.tanggal, self.pada)

    @cached_property
    def lansia(self) -> int | None:
        """Older than so many years is RKM by age; None where no rule says."""
        syarat = self.himpunan.syarat("UMUR", self.tanggal)
        return syarat.jumlah if syarat and syarat.satuan == "tahun" else None

    def kelompok(self, kelompok: str, pidana: Pidana | None) -> str:
        """The offence whose rules apply: narcotics only from a length of sentence on; of unknown length, as special."""
        pendek = kelompok == "narkotika" and pidana is not None and Lama(*pidana).dalam_bulan < self.khusus_bulan
        return "umum" if pendek else kelompok

    @cached_property
    def khusus_bulan(self) -> int:
        """Months of a sentence from which narcotics fall under the special rules."""
        return self._sakelar("NARKOTIKA_KHUSUS") or 0

    @cached_property
    def bersih_sejak(self) -> date | None:
        """First day of the years without any punishment that a dasawarsa asks for."""
        syarat = self.himpunan.syarat("D1", self.tanggal)
        tahun = syarat.jumlah if syarat and syarat.satuan == "tahun" else None
        return tambah(self.tanggal, -tahun) if tahun else None

    def _lama(self, kode: str) -> int | None:
        syarat = self.himpunan.syarat(kode, self.tanggal)
        satuan = _HARI.get(syarat.satuan) if syarat else None
        return syarat.jumlah * satuan if syarat and syarat.jumlah is not None and satuan else None

    def _sakelar(self, kode: str) -> int | None:
        sakelar = self.himpunan.sakelar(kode, self.tanggal)
        return int(sakelar.nilai) if sakelar else None

    # Which kinds and conditions ---------------------------------------------------------------------
    @cached_property
    def semua_jenis(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Kinds of the day for narapidana and for anak binaan, by the rules in force."""
        dewasa, anak = ((), ()) if self.karena_sakit else _JALUR.get(self.jenis, ((), ()))
        return self._ada(dewasa), self._ada(anak)

    @property
    def karena_sakit(self) -> bool:
        """RKM on the day of health: the register keeps no illness, so nobody is a candidate by it alone."""
        sakelar = self.himpunan.sakelar("RKM_SAKIT", self.tanggal) if self.jenis == "RKM" else None
        return sakelar is not None and f"{self.tanggal:%m-%d}" == sakelar.nilai

    def _ada(self, kode: Iterable[str]) -> tuple[str, ...]:
        return tuple(k for k in kode if (j := self.himpunan.jenis(k, self.tanggal)) and self._tahunnya(j))

    def _tahunnya(self, jenis: Jenis) -> bool:
        return not jenis.tahun_kelipatan or self.tanggal.year % jenis.tahun_kelipatan == (jenis.tahun_sisa or 0)

    def kena(self, kode: str, jenis: str, status: str, kelompok: str) -> bool:
        """Whether a condition is asked of such a person for such a kind. One without a rule in the tables (data that
        must be there) is asked always, one whose rule is not in force never."""
        if kode not in self.berkode or kode == "S3":  # whether a letter is asked for is told by the regime
            return True
        syarat = self.himpunan.syarat(kode, self.tanggal)
        return syarat is not None and syarat.untuk(jenis=jenis, status=STATUS[status], kelompok=kelompok or None)

    @cached_property
    def berkode(self) -> frozenset[str]:
        return frozenset(b.kode for b in self.himpunan.baris if b.tabel == "syarat")

    def rujukan(self, kode: str) -> Rujukan:
        return self._rujukan.get(kode, Rujukan())

    @cached_property
    def _rujukan(self) -> Mapping[str, Rujukan]:
        semua = self.himpunan.semua_syarat(self.tanggal)
        return {s.kode: Rujukan(s.kode, s.uraian, s.sumber, s.terverifikasi) for s in semua}

    @cached_property
    def permintaan(self) -> tuple[str, ...]:
        """Kinds for which the register alone makes nobody a candidate: somebody asks, with proof (RT, illness)."""
        semua = self.himpunan.semua_jenis(self.tanggal)
        tambahan = sorted(j.kode for j in semua if j.cara == "PECAHAN_RU" and j.bersama == self.jenis)
        return (*tambahan, "RKM") if self.karena_sakit else tuple(tambahan)

    # Regimes ----------------------------------------------------------------------------------------
    @cached_property
    def semua_rezim(self) -> tuple[Rezim, ...]:
        kode = sorted({b.kode for b in self.himpunan.baris if b.tabel == "rezim"})
        semua = (self.himpunan.berlaku("rezim", k, self.tanggal) for k in kode)
        return tuple(r for r in semua if isinstance(r, Rezim))

    @cached_property
    def menurut_putusan(self) -> frozenset[str]:
        """Offence groups whose rules depend on the day the judgment became final."""
        terbatas = (r for r in self.semua_rezim if r.putusan_dari or r.putusan_sampai)
        return frozenset(k for r in terbatas for k in r.kelompok)

    def rezim(self, kelompok: str, putusan: date | None) -> Rezim | None:
        """The regime of an offence; None where the group, or a day of judgment that matters, is not known."""
        if not kelompok or (putusan is None and kelompok in self.menurut_putusan):
            return None
        return self.himpunan.rezim(kelompok, putusan or self.tanggal, self.tanggal)

    def tambahan(self, kelompok: str, putusan: date | None) -> frozenset[str]:
        """What the regime adds: S1 to S3 by the tables, S3! where a letter is asked for, S4 for a part to be served."""
        rezim = self.rezim(kelompok, putusan)
        if rezim is None:
            return frozenset()
        return frozenset(rezim.syarat) | ({"S3!"} if rezim.perlu_jc else set()) | ({"S4"} if rezim.q else set())

    # Amounts and dates ------------------------------------------------------------------------------
    @cached_property
    def menurut_tahun(self) -> bool:
        """Whether "tahun ke-n" of the grid is read as years served, and not as the ordinal of the grant."""
        sakelar = self.himpunan.sakelar("URUTAN", self.tanggal)
        return sakelar is not None and sakelar.nilai == "TAHUN_JALANI"

    def urutan(self, lalu: int, jalani: int | None) -> int | None:
        """Which row of the grid: of the grant, or of the year served."""
        if not self.menurut_tahun:
            return lalu + 1
        return None if jalani is None else max(1, jalani // (12 * BULAN))

    def besar(self, jenis: str, urutan: int | None, jalani: int | None, pidana: Pidana | None) -> tuple[int, int]:
        """Months and days of a grant; (0, 0) while what it depends on is not known."""
        rujukan = self.himpunan.jenis(jenis, self.tanggal)
        if rujukan is None or rujukan.cara not in ("KISI", "PECAHAN_PIDANA"):
            return 0, 0
        if rujukan.cara == "PECAHAN_PIDANA":
            return self._bagian_pidana(jenis, pidana)
        if jalani is None or urutan is None:
            return 0, 0
        ada = self.himpunan.besaran(rujukan.kisi, urutan=urutan, jalani=jalani, pada=self.tanggal)
        return (ada.bulan or 0, ada.hari or 0) if ada else (0, 0)

    def terhitung(self, jenis: str) -> bool:
        """Whether the rules say how much this kind gives."""
        rujukan = self.himpunan.jenis(jenis, self.tanggal)
        if rujukan is None or rujukan.cara == "KISI":
            return bool(self.kisi(jenis))
        if rujukan.cara.startswith("PECAHAN"):
            return self.pecahan(jenis, rujukan.cara) is not None
        return rujukan.cara != "BELUM_DIKETAHUI"

    def berlubang(self, jenis: str, urutan: int | None, jalani: int | None) -> bool:
        """Whether the grid of a kind has no row for somebody who is not below its first band: a hole in the rules."""
        baris = self.kisi(jenis)
        if not baris or urutan is None or jalani is None or any(b.cocok(urutan, jalani) for b in baris):
            return False
        return jalani >= min((b.jalani_dari or 0 for b in baris if b.untuk_urutan(urutan)), default=0)

    def kisi(self, jenis: str) -> tuple[Besaran, ...]:
        """The rows of a kind's grid; none where it has no grid."""
        rujukan = self.himpunan.jenis(jenis, self.tanggal)
        return self.himpunan.kisi(rujukan.kisi, self.tanggal) if rujukan and rujukan.cara == "KISI" else ()

    def pecahan(self, jenis: str, cara: str = "PECAHAN_PIDANA") -> Pecahan | None:
        """For kinds that are a part of the sentence (or, by `cara`, of the RU); None for others."""
        rujukan = self.himpunan.jenis(jenis, self.tanggal)
        baris = self.himpunan.pecahan(rujukan.kisi, self.tanggal) if rujukan else None
        if rujukan is None or rujukan.cara != cara or baris is None or not baris.q:
            return None
        bulat = self.himpunan.sakelar("PEMBULATAN_HARI", self.tanggal)
        return Pecahan(baris.p or 1, baris.q, baris.maks_bulan, bulat is None or bulat.nilai == "ATAS")

    def sebagian(self, jenis: str, ru: tuple[int, int]) -> tuple[int, int]:
        """What a kind asked for adds to the RU of that year."""
        pecahan = self.pecahan(jenis, "PECAHAN_RU")
        return pecahan.dari(Fraction(Potong(*ru).total_hari, BULAN)) if pecahan else (0, 0)

    def _bagian_pidana(self, jenis: str, pidana: Pidana | None) -> tuple[int, int]:
        pecahan = self.pecahan(jenis)
        return pecahan.dari(Lama(*pidana).dalam_bulan) if pecahan and pidana else (0, 0)

    def ekspirasi(self, mulai: date, pidana: Pidana, kurang: int) -> date:
        """The end of the sentence itself, `kurang` days nearer."""
        return tambah(mulai, *pidana) - timedelta(days=kurang)

    def bagian(self, mulai: date, pidana: Pidana, pecahan: tuple[int, int], kurang: int) -> date:
        """The day on which that part of the sentence imposed is served."""
        return tambah(mulai, *bagian(pidana, *pecahan)) - timedelta(days=kurang)


@lru_cache(maxsize=64)
def sidik_calon(himpunan: Himpunan, tanggal: date) -> str:
    """A mark that changes with the rules an occasion of that day is judged by, and with no others. Codes of conditions
    count whenever they begin: one without any rule is asked always (`Patokan.kena`)."""
    isi = (himpunan.sidik_pada(tanggal, TABEL_CALON), *sorted(himpunan.kode("syarat")))
    return hashlib.sha256("|".join(isi).encode()).hexdigest()


def segar_sejak(himpunan: Himpunan, hari: date, kini: date) -> date:
    """Marks of conduct for a grant or programme on `hari`, seen on `kini`, count when they are not older than this."""
    lama = himpunan.sakelar("SEGAR_PERILAKU", hari)
    return min(hari, kini) - timedelta(days=int(lama.nilai)) if lama else date.min


def jalur(status: str, patokan: Patokan) -> tuple[str, ...]:
    """The kinds that a person of this status may be given on the day."""
    dewasa, anak = patokan.semua_jenis
    return dewasa if status == "NARAPIDANA" else anak if status == "ANAK_BINAAN" else ()
