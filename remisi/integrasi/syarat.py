"""One person, one programme of integration, one day: each condition with its evidence, its rule, who mends it. Pure.

States are those of `remisi.calon.syarat`. The portal explains; TPP and those who decide judge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.calon.patokan import BAIK, PREDIKAT, Rujukan, segar_sejak
from remisi.calon.syarat import (
    KEAMANAN,
    LAYAK,
    PEMBINAAN,
    PERLU_DATA,
    REGISTRASI,
    TIDAK,
    UANG,
    WALI,
    D,
    N,
    Orang,
    Syarat,
    T,
    Y,
    bukti_ikrar,
    bukti_lunas,
    bukti_risiko,
    tulis_pidana,
)
from remisi.hitung.tanggal import BULAN
from remisi.integrasi.kalender import Jalan, Masa, Pemilih, jalan
from remisi.ketentuan import Himpunan

TIDAK_DISYARATKAN = "Tidak disyaratkan bagi perkara ini."
SEDANG = {"PB": "PB", "CB": "CB", "CMB": "CMB", "PENGGANTI": "pidana pengganti denda atau uang pengganti"}
Temuan = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Riwayat:
    """What the register says of before: days of the last remission, first day of asimilasi, last CMK."""

    terakhir: int = 0
    asimilasi: date | None = None
    cmk: date | None = None


@dataclass(frozen=True, slots=True)
class Perkara:
    """What the conditions ask: the person on `hari`, seen on `kini`."""

    orang: Orang
    masa: Masa
    jalan: Jalan
    riwayat: Riwayat
    hari: date
    kini: date
    himpunan: Himpunan

    @property
    def rumpun(self) -> str:
        return self.jalan.rumpun

    @property
    def segar(self) -> date:
        """Marks of conduct must not be older than this."""
        return segar_sejak(self.himpunan, self.hari, self.kini)

    def batas(self, kode: str) -> int | None:
        """The number of a condition in months; None where no rule says."""
        syarat = self.himpunan.syarat(kode, self.hari)
        return syarat.jumlah if syarat and syarat.satuan == "bulan" else None


@dataclass(frozen=True, slots=True)
class Hasil:
    """What the rules say of one programme for one person."""

    jalan: Jalan
    hari: date
    keadaan: str
    syarat: tuple[Syarat, ...]

    @property
    def alasan(self) -> list[Syarat]:
        """What stands in the way."""
        return [s for s in self.syarat if s.keadaan in (T, D)]

    @property
    def lewat(self) -> bool:
        """Its time is over: no condition would open it again."""
        return self.jalan.lewat(self.hari)

    @property
    def sebab(self) -> str:
        """The first thing that is against it."""
        return next((s.bukti for s in self.syarat if s.keadaan == T), "")

    @property
    def terpenuhi(self) -> list[Syarat]:
        return [s for s in self.syarat if s.keadaan == Y]


# ---------------------------------------------------------------- the sentence


def _data(p: Perkara) -> Temuan:
    if p.orang.jenis_pidana != "SEMENTARA":
        return T, "Pidana mati." if p.orang.jenis_pidana == "MATI" else "Pidana penjara seumur hidup."
    if p.masa.kurang:
        return D, f"Belum dicatat: {', '.join(p.masa.kurang)}."
    return Y, f"Ekspirasi {tulis_tanggal(p.masa.ekspirasi)}."


def _pidana(p: Perkara) -> Temuan:
    if p.masa.kurang:
        return N, "Diperiksa sesudah tanggalnya dapat dihitung."
    return (T, p.jalan.tertutup) if p.jalan.tertutup else (Y, "Lama pidananya termasuk.")


def _bagian(p: Perkara) -> Temuan:
    mulai = p.jalan.mulai
    if mulai is None:
        return N, "Diperiksa sesudah tanggalnya dapat dihitung."
    kata = f"Paling awal {tulis_tanggal(mulai)}"
    if p.masa.ekspirasi is not None and p.hari >= p.masa.ekspirasi:
        return T, f"Pidananya habis {tulis_tanggal(p.masa.ekspirasi)}."
    if p.jalan.lewat(p.hari):
        return T, f"Waktunya sampai {tulis_tanggal(p.jalan.sampai)}."
    return (Y, f"{kata}.") if mulai <= p.hari else (T, f"{kata}, sesudah {tulis_tanggal(p.hari)}.")


def _menjalani(p: Perkara) -> Temuan:
    sedang = p.orang.menjalani
    if sedang == p.rumpun:
        return T, f"Sedang menjalani {p.rumpun}."
    return (T, f"Sedang menjalani {SEDANG[sedang]}.") if sedang in SEDANG else (Y, "Sedang menjalani pidana pokok.")


# ---------------------------------------------------------------- conduct


def _kelakuan(p: Perkara) -> Temuan:
    """No disciplinary punishment in the months before the programme. The norm counts back from 2/3 of the sentence; who
    begins later is looked at before that day."""
    bulan = p.jalan.program.kelakuan_bulan
    if not bulan:
        return N, "Tidak disyaratkan."
    sejak = p.hari - timedelta(days=30 * bulan)
    terakhir, sampai = p.orang.register_f_terakhir, p.orang.register_f_diperiksa
    if terakhir and sejak < terakhir <= p.hari:
        bersih = terakhir + timedelta(days=30 * bulan)
        return T, f"Hukuman disiplin {tulis_tanggal(terakhir)}; bersih {bulan} bulan pada {tulis_tanggal(bersih)}."
    if sampai is None:
        return D, "Register F belum diperiksa."
    if sampai < p.segar:
        return D, f"Register F diperiksa sampai {tulis_tanggal(sampai)}; periksa lagi."
    return Y, f"Tanpa hukuman disiplin {bulan} bulan; Register F diperiksa sampai {tulis_tanggal(sampai)}."


def _pembinaan(p: Perkara) -> Temuan:
    predikat, kapan = p.orang.sppn_predikat, p.orang.sppn_tanggal
    if not predikat or kapan is None:
        return D, "Hasil SPPN belum dicatat."
    isi = f"SPPN {tulis_tanggal(kapan)}: {PREDIKAT.get(predikat, predikat)}"
    if kapan < p.segar:
        return D, f"{isi}; perlu hasil yang lebih baru."
    return (Y, f"{isi}.") if predikat in BAIK else (T, f"{isi}; harus baik.")


def _risiko(p: Perkara) -> Temuan:
    return bukti_risiko(p.orang)


# ---------------------------------------------------------------- what some programmes and offences add


def _lunas(p: Perkara) -> Temuan:
    diminta = p.orang.kelompok == "korupsi" and p.rumpun != "CMK"
    return bukti_lunas(p.orang) if diminta else (N, TIDAK_DISYARATKAN)


def _ikrar(p: Perkara) -> Temuan:
    diminta = p.orang.kelompok == "terorisme" and p.rumpun != "CMK"
    return bukti_ikrar(p.orang) if diminta else (N, TIDAK_DISYARATKAN)


def _asimilasi(p: Perkara) -> Temuan:
    """That asimilasi was long enough is for TPP to see: how the remaining term is counted was not found in a source."""
    if p.rumpun != "PB" or not {"narkotika", "korupsi"} & set(p.jalan.program.kelompok):
        return N, TIDAK_DISYARATKAN
    if p.riwayat.asimilasi is not None:
        return Y, f"Asimilasi sejak {tulis_tanggal(p.riwayat.asimilasi)}; lamanya diperiksa TPP."
    if p.orang.menjalani == "ASIMILASI":
        return Y, "Sedang menjalani asimilasi; lamanya diperiksa TPP."
    return D, "Asimilasi belum dicatat."


def _remisi(p: Perkara) -> Temuan:
    if p.rumpun != "CMB" or p.orang.anak:
        return N, "Tidak bergantung pada remisi terakhir."
    if not p.riwayat.terakhir:
        return T, "Belum pernah menerima remisi."
    return Y, f"Remisi terakhir {p.riwayat.terakhir} hari."


def _sekali(p: Perkara) -> Temuan:
    if p.rumpun != "CMK":
        return N, "Hanya untuk CMK."
    if p.riwayat.cmk is None:
        return Y, "Belum ada CMK tercatat."
    jeda = p.batas("JEDA_CMK")
    if jeda is None:
        return N, "Jedanya belum ada dalam aturan."
    lagi = p.riwayat.cmk + timedelta(days=BULAN * jeda)
    kata = f"CMK terakhir {tulis_tanggal(p.riwayat.cmk)}"
    return (Y, f"{kata}.") if lagi <= p.hari else (T, f"{kata}; lagi paling awal {tulis_tanggal(lagi)}.")


def _umur(p: Perkara) -> Temuan:
    if p.rumpun != "CMB" or not p.orang.anak:
        return N, "Tidak bergantung pada umur."
    if p.orang.tahun_lahir is None:
        return D, "Tahun lahir belum dicatat."
    batas = p.batas("UMUR_CMB")
    if batas is None:
        return N, "Batas umurnya belum ada dalam aturan."
    # Of a birth year alone: full months of who was born on 1 January; born on 31 December it is twelve less.
    umur, kata = 12 * (p.hari.year - p.orang.tahun_lahir) + p.hari.month - 1, tulis_pidana((*divmod(batas, 12), 0))
    if umur - 12 >= batas:
        return Y, f"Lahir {p.orang.tahun_lahir}: paling sedikit {kata}."
    if umur < batas:
        return T, f"Lahir {p.orang.tahun_lahir}: belum {kata}."
    return D, f"Lahir {p.orang.tahun_lahir}: umur {kata} harus diperiksa dari tanggal lahirnya."


@dataclass(frozen=True, slots=True)
class Butir:
    """One condition. `aturan` is a code of the table of conditions; without one the rule is the programme's own."""

    kode: str
    label: str
    periksa: Callable[[Perkara], Temuan]
    pembenah: str
    aturan: str = ""


BUTIR: tuple[Butir, ...] = (
    Butir("DATA", "Tanggalnya dapat dihitung", _data, REGISTRASI),
    Butir("PIDANA", "Lama pidana termasuk program ini", _pidana, ""),
    Butir("BAGIAN", "Masa pidana yang harus dijalani sudah lewat", _bagian, ""),
    Butir("MENJALANI", "Tidak sedang menjalani program lain", _menjalani, REGISTRASI),
    Butir("KELAKUAN", "Tanpa hukuman disiplin", _kelakuan, KEAMANAN),
    Butir("PEMBINAAN", "Mengikuti pembinaan dengan baik", _pembinaan, WALI, "E4"),
    Butir("RISIKO", "Tingkat risiko menurun", _risiko, WALI, "E3"),
    Butir("LUNAS", "Denda dan uang pengganti lunas", _lunas, UANG, "S1"),
    Butir("IKRAR", "Deradikalisasi dan ikrar setia", _ikrar, PEMBINAAN, "S2"),
    Butir("ASIMILASI", "Sudah menjalani asimilasi", _asimilasi, REGISTRASI),
    Butir("REMISI", "Lama sebesar remisi terakhir", _remisi, ""),
    Butir("SEKALI", "Jarak dari CMK sebelumnya", _sekali, "", "JEDA_CMK"),
    Butir("UMUR", "Cukup umur untuk CMB", _umur, REGISTRASI, "UMUR_CMB"),
)
MENURUT_KODE = {b.kode: b for b in BUTIR}


def periksa(perkara: Perkara, himpunan: Himpunan) -> Hasil:
    """Every condition of one programme on one day."""
    syarat = tuple(_satu(b, perkara, himpunan) for b in BUTIR)
    return Hasil(perkara.jalan, perkara.hari, keadaan({s.keadaan for s in syarat}), syarat)


def ringkas(perkara: Perkara) -> str:
    """Only the state, without a word of evidence: for whole units."""
    return keadaan({b.periksa(perkara)[0] for b in BUTIR})


def keadaan(ada: set[str]) -> str:
    return TIDAK if T in ada else PERLU_DATA if D in ada else LAYAK


def _satu(butir: Butir, perkara: Perkara, himpunan: Himpunan) -> Syarat:
    tanda, bukti = butir.periksa(perkara)
    pembenah = butir.pembenah if tanda in (T, D) else ""
    return Syarat(butir.kode, butir.label, tanda, bukti, _rujukan(butir, perkara, himpunan), pembenah)


def _rujukan(butir: Butir, p: Perkara, himpunan: Himpunan) -> Rujukan:
    aturan = himpunan.syarat(butir.aturan, p.hari) if butir.aturan else None
    if aturan is not None:
        return Rujukan(aturan.kode, aturan.uraian, aturan.sumber, aturan.terverifikasi)
    program = p.jalan.program
    return Rujukan(program.kode, program.nama, program.sumber, program.terverifikasi)


def nilai(
    orang: Orang, masa: Masa, riwayat: Riwayat, rumpun: str, hari: date, kini: date, pilih: Pemilih
) -> Hasil | None:
    """One programme on a day; None when there is none for somebody like this."""
    program = pilih(orang, rumpun, masa.dua_pertiga)
    if program is None:
        return None
    perkara = Perkara(orang, masa, jalan(program, orang, masa, riwayat.terakhir), riwayat, hari, kini, pilih.himpunan)
    return periksa(perkara, pilih.himpunan)


def dibuka(jalan: Jalan, kini: date) -> date:
    """The day to look at a programme on: its first one, or today when that has passed."""
    return max(jalan.mulai, kini) if jalan.mulai is not None else kini
