"""An official list of units compared with what the portal knows. Pure: rows in, a plan out, nothing written.

The plan says of every row whether it is new, changes something (field: old → new), is the same, or is refused
and why, in sentences for the person who keeps the list. Rules:

* a row belongs to a known unit by its code, else by what its name says (`impor_nama`), else by kind and place
  when only the class differs and exactly one unit is left;
* an empty cell changes nothing, and a unit missing from the list is reported, never removed;
* a code is permanent: a differing code of a unit found by name is noted, not taken over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Literal

from django.utils.text import slugify

from pemasyarakatan.inti.waktu import tulis_tanggal
from upt.impor_berkas import baca_lembar
from upt.impor_kolom import Ditolak, Isian, KanwilDikenal, KapasitasBaru, Pembaca, Tabel, cari_tabel
from upt.impor_nama import Identitas, SelSalah, huruf, tulis_nama, urai_nama

Status = Literal["BARU", "BERUBAH", "SAMA", "DITOLAK"]
KESAMAAN = 0.84
"""Places at least this alike (0 to 1) are pointed out: 'Pasir Pangarayan' and 'Pasir Pangaraian'."""
_TEKS = ("kabkota", "alamat", "telepon", "surel", "wa")


@dataclass(frozen=True)
class UnitLama:
    """A unit as the portal knows it. `kapasitas`: day → (men, women, children)."""

    kode: str
    nama: str
    jenis: str
    subjenis: str
    kelas: str
    kanwil: str
    zona: str
    teks: Mapping[str, str] = field(default_factory=dict)
    kapasitas: Mapping[date, tuple[int, int, int]] = field(default_factory=dict)
    berakhir: bool = False

    @cached_property
    def identitas(self) -> Identitas:
        """From the columns, which are certain; the name gives the place (and a class not filled in yet)."""
        try:
            nama = urai_nama(self.nama)
        except SelSalah:
            nama = Identitas("", "", "", self.nama)
        return replace(nama, jenis=self.jenis, subjenis=self.subjenis, kelas=self.kelas or nama.kelas)


@dataclass(frozen=True)
class Acuan:
    """What the portal knows. `nama_lain`: other spelling of a name → code."""

    kanwil: tuple[KanwilDikenal, ...]
    unit: tuple[UnitLama, ...]
    nama_lain: Mapping[str, str] = field(default_factory=dict)
    kode_terpakai: frozenset[str] = frozenset()

    @property
    def zona(self) -> dict[str, str]:
        """Every Kanwil lies in one zone, and so do its units."""
        return {satu.kode: satu.zona for satu in self.kanwil}


@dataclass(frozen=True)
class Ubah:
    kolom: str
    lama: str
    baru: str


@dataclass(frozen=True)
class HasilBaris:
    """What happens to one row. `nilai` holds the model fields to write, `kanwil` as its code."""

    nomor: int
    status: Status
    nama: str
    kode: str = ""
    perubahan: tuple[Ubah, ...] = ()
    alasan: tuple[str, ...] = ()
    catatan: tuple[str, ...] = ()
    nilai: Mapping[str, str] = field(default_factory=dict)
    kapasitas: KapasitasBaru | None = None


@dataclass(frozen=True)
class Rencana:
    tabel: Tabel
    baris: tuple[HasilBaris, ...]
    tidak_ada: tuple[UnitLama, ...]

    @property
    def hitungan(self) -> dict[str, int]:
        """Number of rows per status, all four always named, and of units the list leaves out."""
        n = Counter(baris.status for baris in self.baris)
        return {status: n[status] for status in ("BARU", "BERUBAH", "SAMA", "DITOLAK")} | {
            "TIDAK_ADA": len(self.tidak_ada)
        }

    @property
    def ditolak(self) -> tuple[HasilBaris, ...]:
        return tuple(baris for baris in self.baris if baris.status == "DITOLAK")

    @property
    def ditulis(self) -> tuple[HasilBaris, ...]:
        return tuple(baris for baris in self.baris if baris.status in ("BARU", "BERUBAH"))

    def sebagai_data(self) -> dict[str, Any]:
        """For JSON: everything but the sheet itself."""
        return {
            "lembar": self.tabel.lembar,
            "baris_judul": self.tabel.baris_judul,
            "kolom_dikenal": dict(self.tabel.judul),
            "kolom_diabaikan": list(self.tabel.diabaikan),
            "hitungan": self.hitungan,
            "baris": [_data_baris(baris) for baris in self.baris],
            "tidak_ada_di_berkas": [{"kode": unit.kode, "nama": unit.nama} for unit in self.tidak_ada],
        }


def _data_baris(baris: HasilBaris) -> dict[str, Any]:
    return {kunci: nilai for kunci, nilai in asdict(baris).items() if kunci not in ("nilai", "kapasitas")}


def baca_daftar(isi: bytes) -> Tabel:
    """The table in a file. Raises BerkasSalah."""
    return cari_tabel(baca_lembar(isi))


def susun_rencana(tabel: Tabel, acuan: Acuan, hari_ini: date) -> Rencana:
    """Compare. `hari_ini` dates capacities that carry no day of their own."""
    pembaca = Pembaca(tabel, acuan.kanwil, hari_ini)
    terbaca = [pembaca.baca(baris) for baris in tabel.baris]
    isian, hasil = _buang_kembar(terbaca)
    jodoh = _Jodoh(acuan, isian)
    for satu in isian:
        unit = jodoh.unit(satu)
        hasil.append(_bandingkan(satu, unit, jodoh, acuan) if unit else _baru(satu, jodoh, acuan))
    return Rencana(tabel, tuple(sorted(hasil, key=lambda satu: satu.nomor)), jodoh.tersisa())


# --- rows among themselves ------------------------------------------------------------------------


def _buang_kembar(terbaca: Sequence[Isian | Ditolak]) -> tuple[list[Isian], list[HasilBaris]]:
    """Accepted rows, and refusals: of the reader, and of rows that repeat an earlier one."""
    isian: list[Isian] = []
    ditolak: list[HasilBaris] = []
    pernah: dict[object, int] = {}
    for satu in terbaca:
        if isinstance(satu, Ditolak):
            ditolak.append(HasilBaris(satu.nomor, "DITOLAK", satu.nama, alasan=satu.alasan))
            continue
        kunci = [satu.identitas.kunci, *([satu.kode] if satu.kode else [])]
        awal = next((pernah[k] for k in kunci if k in pernah), None)
        if awal is not None:
            ditolak.append(_tolak(satu, f"Sama dengan baris {awal}. Hapus salah satunya."))
            continue
        pernah.update(dict.fromkeys(kunci, satu.nomor))
        isian.append(satu)
    return isian, ditolak


def _tolak(satu: Isian, *alasan: str) -> HasilBaris:
    return HasilBaris(satu.nomor, "DITOLAK", satu.nama_berkas, kode=satu.kode, alasan=alasan)


# --- rows and units -------------------------------------------------------------------------------


class _Jodoh:
    """Who is who: every row gets at most one unit, every unit at most one row; sure matches go first."""

    def __init__(self, acuan: Acuan, isian: Iterable[Isian]) -> None:
        self.acuan = acuan
        self.menurut_kode = {unit.kode: unit for unit in acuan.unit}
        self.menurut_nama = {
            urai_nama(nama).kunci: self.menurut_kode[kode]
            for nama, kode in acuan.nama_lain.items()
            if kode in self.menurut_kode
        } | {unit.identitas.kunci: unit for unit in acuan.unit}
        self.baris_dari: dict[str, Isian] = {}
        self.pasangan: dict[int, UnitLama] = {}
        self.rebutan: dict[int, int] = {}
        self.kode_baru: dict[str, int] = {}
        rows = list(isian)
        for langkah in (self._lewat_kode, self._lewat_nama, self._lewat_tempat):
            for satu in rows:
                if satu.nomor not in self.pasangan and satu.nomor not in self.rebutan:
                    self._pasangkan(satu, langkah(satu))

    def unit(self, satu: Isian) -> UnitLama | None:
        return self.pasangan.get(satu.nomor)

    def tersisa(self) -> tuple[UnitLama, ...]:
        """Valid units that no row speaks of."""
        return tuple(u for u in self.acuan.unit if u.kode not in self.baris_dari and not u.berakhir)

    def _pasangkan(self, satu: Isian, unit: UnitLama | None) -> None:
        if unit is None:
            return
        if unit.kode in self.baris_dari:
            self.rebutan[satu.nomor] = self.baris_dari[unit.kode].nomor
            return
        self.baris_dari[unit.kode] = satu
        self.pasangan[satu.nomor] = unit

    def _lewat_kode(self, satu: Isian) -> UnitLama | None:
        return self.menurut_kode.get(satu.kode)

    def _lewat_nama(self, satu: Isian) -> UnitLama | None:
        return self.menurut_nama.get(satu.identitas.kunci)

    def _lewat_tempat(self, satu: Isian) -> UnitLama | None:
        """Only the class differs or is not said, and only one unit is left that it can be."""
        calon = [
            unit
            for unit in self.tersisa()
            if unit.identitas.kunci_tanpa_kelas == satu.identitas.kunci_tanpa_kelas and satu.kanwil in ("", unit.kanwil)
        ]
        return calon[0] if len(calon) == 1 else None

    def mirip(self, satu: Isian) -> list[UnitLama]:
        """Left-over units of the same office whose place reads alike."""
        tempat = huruf(satu.identitas.tempat)
        return [u for u in self.tersisa() if u.kanwil == satu.kanwil and _serupa(tempat, satu, u)]


def _serupa(tempat: str, satu: Isian, unit: UnitLama) -> bool:
    lama = huruf(unit.identitas.tempat)
    if tempat == lama:
        return unit.subjenis == satu.identitas.subjenis
    return unit.jenis == satu.identitas.jenis and SequenceMatcher(None, tempat, lama, False).ratio() >= KESAMAAN


# --- one row --------------------------------------------------------------------------------------


def _baru(satu: Isian, jodoh: _Jodoh, acuan: Acuan) -> HasilBaris:
    if satu.nomor in jodoh.rebutan:
        return _tolak(satu, f"Menunjuk UPT yang sama dengan baris {jodoh.rebutan[satu.nomor]}. Hapus salah satunya.")
    nama = tulis_nama(satu.identitas)
    kode = satu.kode or slugify(nama)[:80]
    alasan = _kurang(satu, kode, jodoh, acuan)
    if alasan:
        return _tolak(satu, *alasan)
    jodoh.kode_baru[kode] = satu.nomor
    catatan = tuple(
        f"Mirip dengan “{unit.nama}” yang tidak ada di berkas. Bila UPT yang sama, isi kolom kode dengan {unit.kode}."
        for unit in jodoh.mirip(satu)
    )
    i = satu.identitas
    nilai = {"nama": nama, "jenis": i.jenis, "subjenis": i.subjenis, "kelas": i.kelas, "kanwil": satu.kanwil}
    nilai |= {"zona": acuan.zona[satu.kanwil]} | {k: isi for k, isi in satu.teks.items() if isi}
    return HasilBaris(
        *(satu.nomor, "BARU", nama, kode),
        catatan=satu.catatan + catatan,
        nilai=nilai,
        kapasitas=satu.kapasitas,
    )


def _kurang(satu: Isian, kode: str, jodoh: _Jodoh, acuan: Acuan) -> list[str]:
    """What a new unit cannot do without."""
    alasan = []
    if not satu.identitas.kelas and satu.identitas.jenis != "RS":
        alasan.append("UPT ini belum ada di portal dan kelasnya tidak disebut. Isi kelasnya.")
    if not satu.kanwil:
        alasan.append("UPT ini belum ada di portal dan Kanwilnya tidak disebut. Isi kolom kanwil.")
    if kode in acuan.kode_terpakai or kode in jodoh.menurut_kode:
        alasan.append(f"Kode {kode} sudah dipakai UPT lain. Isi kolom kode dengan yang belum dipakai.")
    if kode in jodoh.kode_baru:
        alasan.append(f"Kode {kode} sama dengan baris {jodoh.kode_baru[kode]}. Bedakan kodenya.")
    return alasan


def _bandingkan(satu: Isian, unit: UnitLama, jodoh: _Jodoh, acuan: Acuan) -> HasilBaris:
    baru = _nilai_baru(satu, unit, jodoh, acuan)
    lama = {"nama": unit.nama, "jenis": unit.jenis, "subjenis": unit.subjenis, "kelas": unit.kelas}
    lama |= {"kanwil": unit.kanwil, "zona": unit.zona} | dict(unit.teks)
    nilai = {k: isi for k, isi in baru.items() if isi and isi != lama.get(k, "")}
    perubahan = [Ubah(k, lama.get(k, ""), isi) for k, isi in nilai.items()]
    kapasitas = satu.kapasitas if _kapasitas_beda(satu.kapasitas, unit) else None
    if kapasitas:
        perubahan.append(_ubah_kapasitas(kapasitas, unit))
    return HasilBaris(
        *(satu.nomor, "BERUBAH" if perubahan else "SAMA", unit.nama, unit.kode),
        perubahan=tuple(perubahan),
        catatan=_catatan(satu, unit, kapasitas),
        nilai=nilai,
        kapasitas=kapasitas,
    )


def _nilai_baru(satu: Isian, unit: UnitLama, jodoh: _Jodoh, acuan: Acuan) -> dict[str, str]:
    """Fields the row states; what the portal holds stays where only the spelling differs."""
    i = satu.identitas
    teks = {
        k: unit.teks.get(k, "") if k == "kabkota" and huruf(isi) == huruf(unit.teks.get(k, "")) else isi
        for k, isi in satu.teks.items()
    }
    teks |= {"kanwil": satu.kanwil, "zona": acuan.zona.get(satu.kanwil, "")}
    if jodoh.menurut_nama.get(i.kunci) is unit:
        return teks
    lengkap = i if i.kelas else replace(i, kelas=unit.kelas)
    nama = unit.nama if lengkap.kunci == unit.identitas.kunci else tulis_nama(lengkap)
    return {"nama": nama, "jenis": i.jenis, "subjenis": i.subjenis, "kelas": lengkap.kelas} | teks


def _kapasitas_beda(baru: KapasitasBaru | None, unit: UnitLama) -> bool:
    if baru is None:
        return False
    lama = unit.kapasitas.get(baru.dari)
    if lama is None:
        return True
    return lama != (baru.laki, baru.perempuan, baru.anak) if baru.rinci else sum(lama) != baru.total


def _ubah_kapasitas(baru: KapasitasBaru, unit: UnitLama) -> Ubah:
    """Against the capacity that held on that day."""
    sebelum = [dari for dari in unit.kapasitas if dari <= baru.dari]
    lama = str(sum(unit.kapasitas[max(sebelum)])) if sebelum else ""
    return Ubah(f"kapasitas sejak {tulis_tanggal(baru.dari)}", lama, str(baru.total))


def _catatan(satu: Isian, unit: UnitLama, kapasitas: KapasitasBaru | None) -> tuple[str, ...]:
    catatan = list(satu.catatan) if kapasitas or not satu.kapasitas else []
    if satu.kode and satu.kode != unit.kode:
        catatan.append(f"Kode pada berkas ({satu.kode}) berbeda; kode portal {unit.kode} dipertahankan.")
    if satu.identitas.kelas not in ("", unit.kelas):
        catatan.append(f"Kelas berubah dari {unit.kelas or '–'} menjadi {satu.identitas.kelas}. Periksa SK-nya.")
    if unit.berakhir:
        catatan.append("UPT ini sudah dinyatakan berakhir di portal; masa berlakunya tidak diubah.")
    return tuple(catatan)
