"""When a sentence ends, when its parts are served, and when each early release could begin. Pure.

A part is taken of the sentence imposed and then moved forward by the days of remission; expiry is the start plus the
sentence, without minus one. Every date comes with the steps that led to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.hitung.dasar import Langkah, langkah, sakelar
from remisi.hitung.program import PB, Cuti, Dasar, Gagal, cb, cmb, pb
from remisi.hitung.tanggal import BULAN, Lama, Potong, bagian, jumlah_potong, tambah
from remisi.ketentuan import Himpunan

ANAK = "anak"
UMUM = "umum"
BAGIAN = {"sepertiga": (1, 3), "setengah": (1, 2), "dua_pertiga": (2, 3)}


@dataclass(frozen=True)
class Subsider:
    """What is served when a fine is not paid. `dibayar` None: nobody says so; counted as not paid, and told."""

    bulan: int
    hari: int
    dibayar: bool | None = False

    @property
    def total_hari(self) -> int:
        """Days that are still to be served."""
        return 0 if self.dibayar else BULAN * self.bulan + self.hari


@dataclass(frozen=True, kw_only=True)
class Perkara:
    """One sentence. `pidana`: several are served one after the other; `remisi` in order of grant, None: not known.

    `tanggal_tahan` is the first day of the last detention, `hari_tahan_sebelumnya` days of earlier ones in this case.
    """

    tanggal_tahan: date | None
    pidana: tuple[Lama, ...]
    remisi: tuple[Potong, ...] | None
    subsider: Subsider | None = None
    kategori: str = UMUM
    tanggal_putusan: date | None = None
    hari_tahan_sebelumnya: int = 0
    seumur_hidup: bool = False

    @property
    def status(self) -> str:
        return ANAK if self.kategori == ANAK else "narapidana"

    @property
    def kelompok(self) -> str:
        return UMUM if self.kategori == ANAK else self.kategori


@dataclass
class HasilPidana:
    """The dates, the programmes, how they came about, what was missing, and what in the input cannot be so (`janggal`,
    which stands among the steps too)."""

    ekspirasi_awal: date | None = None
    ekspirasi_akhir: date | None = None
    sepertiga: date | None = None
    setengah: date | None = None
    dua_pertiga: date | None = None
    pb: PB = field(default_factory=PB)
    cb: Cuti = field(default_factory=Cuti)
    cmb: Cuti = field(default_factory=Cuti)
    langkah: list[Langkah] = field(default_factory=list)
    kurang: list[str] = field(default_factory=list)
    janggal: list[str] = field(default_factory=list)

    def sebagai_json(self) -> dict[str, Any]:
        """The answer as the commands and the API give it."""
        tanggal = {n: iso(getattr(self, n)) for n in ("ekspirasi_awal", "ekspirasi_akhir", *BAGIAN)}
        cmb = {"jatuh_tempo": iso(self.cmb.jatuh_tempo), **_cuti(self.cmb)}
        return {
            **tanggal,
            "pb": {
                "layak": self.pb.layak,
                "mulai": iso(self.pb.mulai),
                "akhir_bimbingan": iso(self.pb.akhir_bimbingan),
            },
            "cb": {"layak": self.cb.layak, **_cuti(self.cb)},
            "cmb": {"layak": self.cmb.layak, **cmb},
            "langkah": [x.sebagai_json() for x in self.langkah],
            "kurang": self.kurang,
        }


def iso(tanggal: date | None) -> str | None:
    """A date as it goes out."""
    return tanggal.isoformat() if tanggal else None


def _cuti(c: Cuti) -> dict[str, Any]:
    return {"mulai": iso(c.mulai), "akhir": iso(c.akhir), "hari": c.hari}


def hitung_pidana(perkara: Perkara, himpunan: Himpunan) -> HasilPidana:
    """Everything that can be told of a sentence; what is missing is named in `kurang` and leaves its dates empty.

    Raises AturanTiada when no rule says how to count.
    """
    hasil = HasilPidana()
    if perkara.seumur_hidup:
        return _seumur_hidup(perkara, himpunan, hasil)
    if perkara.tanggal_tahan is None:
        hasil.kurang.append("tanggal_tahan")
    if not perkara.pidana:
        hasil.kurang.append("pidana")
    if perkara.remisi is None:
        hasil.kurang.append("remisi")
    if perkara.tanggal_tahan is None or not perkara.pidana:
        return hasil
    hitung = _Hitung(perkara, himpunan, hasil, perkara.tanggal_tahan)
    hitung.awal()
    if perkara.remisi is not None:
        hitung.akhir(perkara.remisi)
        hitung.programme(perkara.remisi)
    return hasil


def _seumur_hidup(perkara: Perkara, himpunan: Himpunan, hasil: HasilPidana) -> HasilPidana:
    pada = perkara.tanggal_putusan or perkara.tanggal_tahan
    hasil.pb.layak = hasil.cb.layak = hasil.cmb.layak = False
    aturan = himpunan.syarat("X5", pada) if pada else None
    kata = "Pidana seumur hidup tidak berakhir: tidak ada ekspirasi, bagian pidana, dan program sebelum diubah."
    if aturan is None:
        hasil.kurang.append("tanggal_putusan" if pada is None else f"aturan X5 pada {tulis_tanggal(pada)}")
    else:
        hasil.langkah.append(langkah(kata, aturan))
    return hasil


class _Hitung:
    """One computation under way: reads the rules of its day and writes steps into the result."""

    def __init__(self, perkara: Perkara, himpunan: Himpunan, hasil: HasilPidana, mulai: date) -> None:
        self.perkara, self.himpunan, self.hasil, self.mulai = perkara, himpunan, hasil, mulai
        self.pada = max(mulai, perkara.tanggal_putusan or mulai)
        semua = perkara.pidana
        self.pidana = Lama(sum(p.tahun for p in semua), sum(p.bulan for p in semua), sum(p.hari for p in semua))
        self.kredit = timedelta(days=perkara.hari_tahan_sebelumnya)
        self.kelompok = self._kelompok(perkara.kelompok)
        self.dibulatkan = False

    def _kelompok(self, kelompok: str) -> str:
        """Narcotics fall under the special rules from a length of sentence on only."""
        batas = self.himpunan.sakelar("NARKOTIKA_KHUSUS", self.pada) if kelompok == "narkotika" else None
        return UMUM if batas and self.pidana.dalam_bulan < int(batas.nilai) else kelompok

    def catat(self, kode: str, uraian: str) -> None:
        self.hasil.langkah.append(langkah(uraian, sakelar(self.himpunan, kode, self.pada)))

    def awal(self) -> None:
        """Expiry before remission and subsider."""
        if len(self.perkara.pidana) > 1:
            semua = " + ".join(str(p) for p in self.perkara.pidana)
            self.catat("PIDANA_BERTURUT", f"Pidana berturut-turut: {semua} = {self.pidana}.")
        if self.kredit:
            self.catat(
                "TAHAN_KREDIT",
                f"Penahanan sebelumnya {self.kredit.days} hari dikurangkan; dihitung dari penahanan terakhir.",
            )
        self.hasil.ekspirasi_awal = tambah(self.mulai, *self.pidana) - self.kredit
        self.catat("BULAN_30", "Satu bulan dihitung 30 hari, satu tahun menurut kalender.")
        self.catat(
            "EKSPIRASI",
            f"Ekspirasi awal: {tulis_tanggal(self.mulai)} + {self.pidana}"
            f"{self._dikurangi(0)} = {tulis_tanggal(self.hasil.ekspirasi_awal)}.",
        )
        if (self.mulai.month, self.mulai.day) == (2, 29) and self.pidana.tahun:
            self.catat("KABISAT", "Mulai ditahan 29 Februari: pada tahun bukan kabisat dihitung 28 Februari.")

    def _dikurangi(self, remisi: int) -> str:
        hari = self.kredit.days + remisi
        return f" - {tulis_angka(hari)} hari" if hari else ""

    def akhir(self, remisi: tuple[Potong, ...]) -> None:
        """Expiry after remission and unpaid subsider, and the parts of the sentence."""
        total = jumlah_potong(remisi)
        self.potong = timedelta(days=total.total_hari)
        subsider = self.perkara.subsider.total_hari if self.perkara.subsider else 0
        self.subsider = timedelta(days=subsider)
        self._catat_remisi(total)
        self._catat_subsider(subsider)
        assert self.hasil.ekspirasi_awal is not None
        self.hasil.ekspirasi_akhir = self.hasil.ekspirasi_awal - self.potong + self.subsider
        tambahan = f" + {tulis_angka(subsider)} hari subsider" if subsider else ""
        self.catat(
            "SUBSIDER" if subsider else "EKSPIRASI",
            f"Ekspirasi akhir: {tulis_tanggal(self.hasil.ekspirasi_awal)} - {tulis_angka(total.total_hari)} hari remisi"
            f"{tambahan} = {tulis_tanggal(self.hasil.ekspirasi_akhir)}.",
        )
        for nama, (p, q) in BAGIAN.items():
            setattr(self.hasil, nama, self._bagian(p, q))

    def _catat_remisi(self, total: Potong) -> None:
        if not total.total_hari:
            self.catat("BULAN_30", "Belum ada remisi.")
            return
        hitung = f"{total.bulan} x {BULAN} + {total.hari} = {tulis_angka(total.total_hari)} hari"
        self.catat("BULAN_30", f"Remisi seluruhnya {total}: {hitung}.")
        assert self.hasil.ekspirasi_awal is not None
        if self.hasil.ekspirasi_awal - self.potong < self.mulai:
            self.hasil.janggal.append("Remisi lebih lama daripada pidananya: periksa daftar remisi.")
            self.catat("EKSPIRASI", self.hasil.janggal[0])

    def _catat_subsider(self, hari: int) -> None:
        s = self.perkara.subsider
        if s is None or not (s.bulan or s.hari):
            return
        lama = str(Potong(s.bulan, s.hari))
        akibat = f"belum dibayar: ditambah {tulis_angka(hari)} hari" if hari else "dibayar: tidak ditambahkan"
        tanya = " (tidak disebut; dianggap belum dibayar)" if s.dibayar is None else ""
        self.catat("SUBSIDER", f"Subsider {lama} {akibat}{tanya}.")

    def _bagian(self, p: int, q: int) -> date:
        lama = bagian(self.pidana, p, q)
        if lama.dalam_bulan * q != self.pidana.dalam_bulan * p and not self.dibulatkan:
            self.dibulatkan = True
            self.catat("BAGIAN_HARI", f"Bagian dari {self.pidana} tidak bulat: sisa pecahan hari dihitung satu hari.")
        tanggal = tambah(self.mulai, *lama) - self.kredit - self.potong
        self.catat(
            "BAGIAN_PIDANA",
            f"{p}/{q} dari {self.pidana} = {lama}; {tulis_tanggal(self.mulai)} + {lama}"
            f"{self._dikurangi(self.potong.days)} = {tulis_tanggal(tanggal)}.",
        )
        return tanggal

    def programme(self, remisi: tuple[Potong, ...]) -> None:
        """PB, CB and CMB, with the extra conditions of the offence."""
        assert self.hasil.ekspirasi_awal is not None
        assert self.hasil.dua_pertiga is not None
        pada = max(self.hasil.dua_pertiga, self.pada)
        self._rezim(pada)
        dasar = Dasar(
            himpunan=self.himpunan,
            pidana=self.pidana,
            status=self.perkara.status,
            kelompok=self.kelompok,
            putusan=self.perkara.tanggal_putusan,
            mulai_jalani=self.mulai - self.kredit,
            pokok=self.hasil.ekspirasi_awal - self.potong,
            subsider=self.subsider,
            pada=pada,
            remisi_terakhir=remisi[-1] if remisi else None,
            bagian=lambda p, q: tambah(self.mulai, *bagian(self.pidana, p, q)) - self.kredit - self.potong,
        )
        for nama, cara in (("pb", pb), ("cb", cb), ("cmb", cmb)):
            try:
                hasil, catatan = cara(dasar)
            except Gagal as gagal:
                hasil, catatan = (PB if nama == "pb" else Cuti)(layak=gagal.layak), gagal.langkah
                self.hasil.kurang.extend(gagal.kurang)
            setattr(self.hasil, nama, hasil)
            self.hasil.langkah.extend(catatan)

    def _rezim(self, pada: date) -> None:
        """Extra conditions as they are asked when the programmes begin; they are named and move no date."""
        kelompok, putusan = self.kelompok, self.perkara.tanggal_putusan
        if kelompok == UMUM:
            return
        tahu = kelompok in ("narkotika", "korupsi", "terorisme", "khusus_lain")
        rezim = self.himpunan.rezim(kelompok, putusan or self.mulai, pada) if tahu else None
        if rezim is None:
            self.catat("BAGIAN_PIDANA", "Kelompok tindak pidana ini tidak punya aturan khusus di portal.")
            return
        syarat = (self.himpunan.syarat(kode, pada) for kode in rezim.syarat)
        lain = ["surat justice collaborator"] if rezim.perlu_jc else []
        lain += [f"remisi baru setelah {rezim.p}/{rezim.q} pidana dijalani"] if rezim.p and rezim.q else []
        tanya = "" if putusan else " (tanggal putusan tidak disebut; dianggap sejak ditahan)"
        self.hasil.langkah.append(langkah(f"{rezim.nama}{tanya}: tanggalnya sama, syaratnya bertambah.", rezim))
        self.hasil.langkah += [langkah(f"Syarat: {kata}.", rezim) for kata in lain]
        for s in syarat:
            if s is not None and (not s.kelompok or kelompok in s.kelompok):
                self.hasil.langkah.append(langkah(f"Syarat: {s.uraian}.", s))
