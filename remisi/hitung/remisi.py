"""One grant: whether the conditions that are known allow it, and how much it is. Pure.

A condition that fails decides; what is missing otherwise is named, and no amount is told. The answer says of every
sentence by which rule, from which source, and whether that was confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.hitung.dasar import AturanTiada, Langkah, MasukanSalah, langkah, sakelar
from remisi.hitung.tanggal import BULAN, Lama, Potong, bagian_potong
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Besaran, Isi, Jenis

UMUM = "umum"
_DITANYA = frozenset({"E1", "E1a", "X1", "X2", "X3", "X5"})
_BATAS = {"narapidana": ("E1", "BATAS_ENAM_BULAN"), "anak": ("E1a", "BATAS_TIGA_BULAN")}


@dataclass(frozen=True, kw_only=True)
class Permohonan:
    """What is known of one grant; None is not known. `tanggal_tahan`: first day of the last detention."""

    jenis: str
    tanggal: date | None
    tanggal_tahan: date | None = None
    urutan: int | None = None
    besaran_ru: Potong | None = None
    pidana: Lama | None = None
    status: str | None = None
    register_f: bool | None = None
    sedang_cmb: bool | None = None
    seumur_hidup: bool = False


@dataclass
class HasilRemisi:
    """`layak` None: not to be told before what `kurang` names is known."""

    layak: bool | None = None
    besaran: Potong | None = None
    alasan: list[Langkah] = field(default_factory=list)
    kurang: list[str] = field(default_factory=list)

    def sebagai_json(self) -> dict[str, Any]:
        """The answer as the commands and the API give it: 0 when not granted, null when not to be told."""
        b = Potong(0, 0) if self.layak is False else self.besaran
        return {
            "layak": self.layak,
            "bulan": b.bulan if b else None,
            "hari": b.hari if b else None,
            "total_hari": b.total_hari if b else None,
            "alasan": [*(str(a) for a in self.alasan), *(f"Belum dapat dihitung tanpa {k}." for k in self.kurang)],
            "kurang": self.kurang,
        }


def hitung_remisi(permohonan: Permohonan, himpunan: Himpunan) -> HasilRemisi:
    """Conditions first, then the amount. Raises MasukanSalah for a kind that does not exist."""
    if permohonan.jenis not in himpunan.kode("jenis"):
        raise MasukanSalah("jenis: tidak dikenal.")
    hasil = HasilRemisi()
    if permohonan.tanggal is None:
        hasil.kurang.append("tanggal")
        return hasil
    jenis = himpunan.jenis(permohonan.jenis, permohonan.tanggal)
    if jenis is None:
        hasil.kurang.append(f"aturan {permohonan.jenis} pada {tulis_tanggal(permohonan.tanggal)}")
        return hasil
    _Hitung(permohonan, himpunan, hasil, jenis, permohonan.tanggal).jalankan()
    return hasil


class _Hitung:
    """One computation under way."""

    def __init__(self, p: Permohonan, himpunan: Himpunan, hasil: HasilRemisi, jenis: Jenis, pada: date) -> None:
        self.p, self.himpunan, self.hasil, self.jenis, self.pada = p, himpunan, hasil, jenis, pada
        self.status = p.status or (jenis.status[0] if len(jenis.status) == 1 else "narapidana")
        self.jalani = (pada - p.tanggal_tahan).days if p.tanggal_tahan else None
        self.gugur = 0

    def catat(self, uraian: str, aturan: Isi) -> None:
        self.hasil.alasan.append(langkah(uraian, aturan))

    def tolak(self, uraian: str, aturan: Isi) -> None:
        """What refuses stands before everything else that is said."""
        self.hasil.alasan.insert(self.gugur, langkah(uraian, aturan))
        self.gugur += 1

    def jalankan(self) -> None:
        self._status()
        self._hari()
        self._pengecualian()
        self._jalani()
        if self.gugur:
            self.hasil.layak, self.hasil.kurang = False, []
            return
        try:
            besaran = _CARA[self.jenis.cara](self)
        except AturanTiada as tiada:
            self.hasil.kurang.append(str(tiada))
            besaran = None
        if self.gugur:
            self.hasil.layak, self.hasil.kurang = False, []
        elif besaran is not None and not self.hasil.kurang:
            self.hasil.layak, self.hasil.besaran = True, besaran
            self._tidak_ditanya()

    # Conditions ------------------------------------------------------------------------------------
    def _status(self) -> None:
        if self.jenis.status and self.status not in self.jenis.status:
            self.tolak(f"{self.jenis.nama} untuk {' dan '.join(self.jenis.status)}, bukan {self.status}.", self.jenis)

    def _hari(self) -> None:
        """The day: a kind of certain years is refused in others; any other day is only remarked."""
        j = self.jenis
        if j.tahun_kelipatan and self.pada.year % j.tahun_kelipatan != (j.tahun_sisa or 0):
            self.tolak(f"{j.nama} hanya pada tahun berakhiran {j.tahun_sisa or 0}, bukan {self.pada.year}.", j)
        elif j.tahun_kelipatan and j.tanggal and f"{self.pada:%m-%d}" not in j.tanggal:
            self.tolak(f"{j.nama} hanya pada {self._tanggal_jenis()}, bukan {tulis_tanggal(self.pada)}.", j)
        elif j.tanggal and f"{self.pada:%m-%d}" not in j.tanggal:
            self.catat(f"{tulis_tanggal(self.pada)} bukan {self._tanggal_jenis()}: periksa tanggalnya.", j)
        elif j.hari_raya:
            self._hari_raya()

    def _tanggal_jenis(self) -> str:
        hari = (date.fromisoformat(f"{self.pada.year}-{t}") for t in self.jenis.tanggal)
        return " atau ".join(tulis_tanggal(h) for h in hari)

    def _hari_raya(self) -> None:
        """A holy day that the rules know is named with its source; years they do not know are said to be so."""
        setahun = self.himpunan.hari_besar(self.pada.year)
        kena = next((h for h in setahun if h.tanggal == self.pada), None)
        if kena is not None:
            self.catat(f"{tulis_tanggal(self.pada)} adalah {kena.nama}.", kena)
        elif setahun:
            self.catat(f"{tulis_tanggal(self.pada)} bukan hari raya yang tercatat: periksa tanggalnya.", self.jenis)
        else:
            kata = f"Hari raya tahun {self.pada.year} belum tercatat, jadi tanggalnya tidak diperiksa."
            self.hasil.alasan.append(replace(langkah(kata, self.jenis), terverifikasi=False))

    def _pengecualian(self) -> None:
        """X1 to X5, as far as the input speaks of them."""
        p = self.p
        x1 = self._syarat("X1")
        pendek = None if p.pidana is None or not x1 else p.pidana.dalam_bulan < (x1.jumlah or 0)
        kena = (
            ("X1", pendek, f"Pidana {p.pidana} kurang dari {x1.jumlah if x1 else 0} bulan."),
            ("X2", p.register_f, "Tercatat di Register F dalam kurun yang dihitung."),
            ("X3", p.sedang_cmb, "Sedang menjalani cuti menjelang bebas."),
            ("X5", p.seumur_hidup, "Pidana seumur hidup tidak mendapat remisi sebelum diubah."),
        )
        for kode, ya, kata in kena:
            syarat = self._syarat(kode)
            if syarat and ya:
                self.tolak(kata, syarat)
            elif syarat and ya is None:
                self.catat(f"Tidak disebut, jadi tidak diperiksa: {syarat.uraian}.", syarat)

    def _tidak_ditanya(self) -> None:
        """Conditions of everybody that no input speaks of: whoever reads "layak" must know they are still open."""
        for s in self.himpunan.semua_syarat(self.pada):
            umum = not s.kelompok and s.untuk(jenis=self.p.jenis, status=self.status, kelompok=UMUM)
            if umum and s.kode not in _DITANYA:
                self.catat(f"Tidak diperiksa di sini: {s.uraian}.", s)

    def _syarat(self, kode: str) -> Any:
        ada = self.himpunan.syarat(kode, self.pada)
        return ada if ada and ada.untuk(jenis=self.p.jenis, status=self.status, kelompok=None) else None

    def _jalani(self) -> None:
        """Days served by the day of the grant; a fraction of RU follows the RU, which was judged by itself."""
        if self.jalani is None:
            if self.jenis.cara == "KISI":
                self.hasil.kurang.append("tanggal_tahan")
            return
        kode, batas = _BATAS[self.status]
        syarat = self._syarat(kode)
        if syarat is None:
            return
        minimal = sakelar(self.himpunan, batas, self.pada)
        kata = f"Telah menjalani {tulis_angka(self.jalani)} hari sampai {tulis_tanggal(self.pada)}"
        if self.jalani < 0:
            kata = f"Belum ditahan pada {tulis_tanggal(self.pada)}"
        if self.jalani < int(minimal.nilai):
            self.tolak(f"{kata}, kurang dari {minimal.nilai} hari.", syarat)
        else:
            self.catat(f"{kata}, paling sedikit {minimal.nilai} hari.", syarat)
        self.catat(f"{minimal.uraian}: {minimal.nilai}.", minimal)

    # Amounts ---------------------------------------------------------------------------------------
    def _kisi(self) -> Potong | None:
        urutan = self._urutan()
        if urutan is None or self.jalani is None:
            return None
        ada = self.himpunan.besaran(self.jenis.kisi, urutan=urutan, jalani=self.jalani, pada=self.pada)
        if ada is None:
            raise AturanTiada(f"aturan besaran {self.jenis.kisi} pada {tulis_tanggal(self.pada)}")
        besaran = Potong(ada.bulan or 0, ada.hari or 0)
        self.catat(f"{self.jenis.nama} ke-{urutan}, {tulis_angka(self.jalani)} hari dijalani: {besaran}.", ada)
        self._tepi(ada, self.jalani)
        return besaran

    def _tepi(self, ada: Besaran, jalani: int) -> None:
        """Exactly on the bound of two bands: to which of them it belongs is a reading that nobody has confirmed."""
        if any(
            b.jalani_sampai == jalani - 1 for b in self.himpunan.kisi(self.jenis.kisi, self.pada) if ada.jalani_dari
        ):
            kata = f"Tepat {tulis_angka(jalani)} hari masuk pita yang lebih besar."
            self.hasil.alasan.append(replace(langkah(kata, ada), terverifikasi=False))

    def _urutan(self) -> int | None:
        """The ordinal of the grant, or of the year served, as the switch says."""
        aturan = sakelar(self.himpunan, "URUTAN", self.pada)
        if aturan.nilai == "TAHUN_JALANI":
            urutan = None if self.jalani is None else max(1, self.jalani // (12 * BULAN))
        else:
            urutan = self.p.urutan
            if urutan is None:
                self.hasil.kurang.append("urutan")
        if urutan is not None:
            cara = "tahun yang telah dijalani" if aturan.nilai == "TAHUN_JALANI" else "urutan pemberian"
            self.catat(f"Tahun ke-n di tabel besaran dibaca sebagai {cara}: ke-{urutan}.", aturan)
        return urutan

    def _pecahan(self, bulan: Fraction, dari: str) -> Potong:
        """p/q of an exact number of months, capped, with the rest of a day rounded as the switch says."""
        ada = self.himpunan.pecahan(self.jenis.kisi, self.pada)
        if ada is None or ada.p is None or ada.q is None:
            raise AturanTiada(f"aturan besaran {self.jenis.kisi} pada {tulis_tanggal(self.pada)}")
        bulat = sakelar(self.himpunan, "PEMBULATAN_HARI", self.pada)
        tepat = bulan * ada.p / ada.q
        maks = ada.maks_bulan
        kena = maks is not None and tepat > maks
        besaran = bagian_potong(Fraction(maks or 0) if kena else tepat, bulat.nilai == "ATAS")
        batas = f", paling banyak {maks} bulan" if kena else ""
        self.catat(f"{self.jenis.nama}: {ada.p}/{ada.q} dari {dari}{batas} = {besaran}.", ada)
        if not kena and (tepat * BULAN).denominator != 1:
            self.catat(f"{bulat.uraian} ke {bulat.nilai.lower()}.", bulat)
        return besaran

    def _pecahan_ru(self) -> Potong | None:
        ru = self.p.besaran_ru
        if ru is None:
            self.hasil.kurang.append("besaran_ru")
            return None
        if not ru.total_hari:
            self.tolak("Remisi Umum tahun itu 0 hari, sehingga tidak ada tambahannya.", self.jenis)
            return None
        return self._pecahan(ru.bulan + Fraction(ru.hari, BULAN), f"Remisi Umum {ru}")

    def _pecahan_pidana(self) -> Potong | None:
        if self.p.pidana is None:
            self.hasil.kurang.append("pidana")
            return None
        return self._pecahan(self.p.pidana.dalam_bulan, f"pidana {self.p.pidana}")

    def _tidak_tahu(self) -> None:
        self.hasil.kurang.append(f"besaran {self.p.jenis}")
        self.catat(f"Besaran {self.jenis.nama} belum diketahui.", self.jenis)

    def _ikut_asal(self) -> None:
        self.hasil.kurang.append("jenis remisi yang disusulkan")
        self.catat("Remisi susulan sebesar remisi yang terlewat: hitung dengan jenis dan tanggal asalnya.", self.jenis)


_CARA = {
    "KISI": _Hitung._kisi,
    "PECAHAN_RU": _Hitung._pecahan_ru,
    "PECAHAN_PIDANA": _Hitung._pecahan_pidana,
    "BELUM_DIKETAHUI": _Hitung._tidak_tahu,
    "IKUT_ASAL": _Hitung._ikut_asal,
}
