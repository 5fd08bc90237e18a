"""The section page as data: which cells it shows, in which state, and with which words. Pure; no database.

A cell's address is its item code, or `<daftar>/<baris>/<kolom>` in a line list. The name of its field carries
the address, the version that was shown and a short digest of what was shown, so that a page posted without a
script sends only what was really touched, and one that was open too long cannot overwrite what it never saw.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pelaporan.aturan import GALAT, Temuan, belum_terjawab, cap_jawaban
from pelaporan.butir import Bagian, Butir, Daftar, Tabel
from pelaporan.daftar.jendela import Jendela, Minta, Pulih, buka_jendela
from pelaporan.isian import (
    Baris,
    Isian,
    Keadaan,
    Konteks,
    Sel,
    bagian_tertutup,
    lingkungan,
    tulis_masukan,
    tulis_nilai,
)
from pelaporan.lembar_kebiasaan import Kebiasaan, kebiasaan
from pelaporan.rumus import Nilai
from pelaporan.skema import Skema
from pelaporan.turunan import AngkaTurunan, Terisi
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, Zona, sekarang, tulis_pukul, tulis_waktu

PISAH = "|"
TEKS_PANJANG = 200
"""Texts that may be longer get several lines."""
PILIHAN_KEADAAN = (
    (Keadaan.ISI.value, "Terisi"),
    (Keadaan.TAK_TERSEDIA.value, "Tidak tersedia"),
    (Keadaan.TAK_BERLAKU.value, "Tidak berlaku"),
)
"""What may be chosen beside a cell; nihil is not among them because a typed 0 is nihil."""


@dataclass(frozen=True)
class Ketikan:
    """What a person typed into one cell."""

    teks: str = ""
    keadaan: str = Keadaan.ISI.value
    alasan: str = ""

    def cap(self) -> str:
        """Eight characters that tell whether a field was touched; empty for a field that was shown empty."""
        rapi = [" ".join(x.split()) for x in (self.keadaan, self.teks, self.alasan)]
        if rapi == [Keadaan.ISI.value, "", ""]:
            return ""
        return base64.urlsafe_b64encode(hashlib.sha256("\n".join(rapi).encode()).digest())[:8].decode()


@dataclass(frozen=True)
class Bentrokan:
    """Two people filled one cell: what the other one wrote, who, and which version that is."""

    nilai: str
    versi: int
    kalimat: str
    oleh: str = ""
    keadaan: str = Keadaan.ISI.value
    alasan: str = ""


@dataclass
class Penolakan:
    """What a save could not take, by address: refusals with their sentence and suggestion, conflicts, and the
    typing itself, which stays in the fields.
    """

    ketikan: dict[str, Ketikan] = field(default_factory=dict)
    versi: dict[str, int] = field(default_factory=dict)
    ditolak: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    konflik: Mapping[str, Bentrokan] = field(default_factory=dict)
    tersimpan: frozenset[str] = frozenset()


@dataclass
class Kotak:
    """One cell as shown. `cara`: ketik, rumus or turunan. `tanda` is its `data-keadaan`. `disalin` names the month
    it was copied from, until somebody touches or confirms it.
    """

    butir: Butir
    alamat: str
    cara: str
    isi: Ketikan = field(default_factory=Ketikan)
    versi: int = 0
    cap: str = ""
    tampil: str = ""
    lalu: str = ""
    beda: str = ""
    asal: str = ""
    url: str = ""
    diganti: str = ""
    """What somebody had typed before the register knew the figure."""
    biasa: Kebiasaan | None = None
    dapat_disalin: bool = False
    disalin: str = ""
    tanda: str = ""
    catatan: Any = ""
    """The open thread at the cell (`catatan.selectors.CatatanSel`), or nothing."""
    nihil: bool = False
    pesan: list[str] = field(default_factory=list)
    tanya: str = ""
    bentrok: Bentrokan | None = None
    jawab: list[tuple[Temuan, Mapping[str, Any]]] = field(default_factory=list)
    terkunci: bool = False

    @property
    def id(self) -> str:
        return self.alamat.replace("/", "-")

    @property
    def sasaran(self) -> str:
        """Where a link to this cell leads: its field, or its message when nothing is typed in it."""
        return f"{'s' if self.cara == 'ketik' and not self.terkunci else 'p'}-{self.id}"

    @property
    def nama(self) -> str:
        return PISAH.join(("s", self.alamat, str(self.versi), self.cap))

    @property
    def berisi(self) -> bool:
        return bool(self.isi.teks) or self.isi.keadaan != Keadaan.ISI

    @property
    def opsi(self) -> list[tuple[str, str]]:
        """Choices of a select; none for a field that is typed."""
        if self.butir.jenis == "ya_tidak":
            return [("", "Pilih"), ("ya", "Ya"), ("tidak", "Tidak")]
        return [("", "Pilih"), *self.butir.pilihan] if self.butir.jenis == "pilihan" else []

    @property
    def mode(self) -> str:
        """On-screen keyboard."""
        if not self.butir.angka:
            return ""
        return "decimal" if self.butir.jenis == "desimal" else "numeric"

    @property
    def panjang(self) -> bool:
        return self.butir.jenis == "teks"

    @property
    def berbaris(self) -> bool:
        return self.panjang and (self.butir.maks or TEKS_PANJANG + 1) > TEKS_PANJANG

    @property
    def berpesan(self) -> bool:
        """Whether anything is said under the field; most cells are silent."""
        return bool(self.pesan or self.bentrok or self.tanya or self.jawab or self.catatan)

    @property
    def berketerangan(self) -> bool:
        return bool(self.isi.alasan) or self.isi.keadaan in (Keadaan.TAK_TERSEDIA, Keadaan.TAK_BERLAKU)


@dataclass
class BarisDaftar:
    """One row of a line list with its cells; `judul` sums it up in a few words."""

    id: str
    nomor: int
    kotak: list[Kotak]
    judul: str
    perlu: bool = False
    """Whether a finding, a refusal or a note is about this row."""
    url: str = ""
    """The record of a register that the row is."""

    @property
    def disalin(self) -> str:
        return next((k.disalin for k in self.kotak if k.disalin), "")


@dataclass
class Blok:
    """A part of the section: `butir` (a run of single items), `tabel` or `daftar`."""

    jenis: str
    judul: str = ""
    penjelasan: str = ""
    kotak: list[Kotak] = field(default_factory=list)
    tabel: Tabel | None = None
    kisi: list[tuple[str, list[Kotak | None]]] = field(default_factory=list)
    daftar: Daftar | None = None
    baris: list[BarisDaftar] = field(default_factory=list)
    catatan: Any = ""
    pesan: list[str] = field(default_factory=list)
    dapat_disalin: int = 0
    jendela: Jendela | None = None
    asal: str = ""
    """The register's sentence, when it gives the rows: nobody types them."""
    url: str = ""
    diganti: int = 0
    """Rows that people had typed before the register gave its own."""
    disalin_lain: int = 0
    """Cells marked as copied in rows that this window does not show."""
    pulih: Pulih | None = None
    tempelan: str = ""
    """A text for "Tempel banyak baris" that has not come to its preview."""

    @property
    def berketerangan(self) -> bool:
        return any(k.berketerangan for k in self.semua())

    @property
    def ada_ketikan(self) -> bool:
        return any(k.cara == "ketik" for k in self.semua())

    def semua(self) -> Iterator[Kotak]:
        yield from self.kotak
        yield from (k for _, baris in self.kisi for k in baris if k is not None)
        yield from (k for baris in self.baris for k in baris.kotak)


@dataclass(frozen=True)
class Bahan:
    """Everything a section page is made of."""

    skema: Skema
    isian: Isian
    draf: Mapping[str, Any]
    konteks: Konteks
    temuan: list[Temuan]
    tanggapan: Mapping[str, Mapping[str, Any]]
    terisi: Terisi
    catatan: Mapping[str, Any] = field(default_factory=dict)
    riwayat: Mapping[str, list[Decimal | int | None]] = field(default_factory=dict)
    lalu: Isian = field(default_factory=Isian)
    tolak: Penolakan = field(default_factory=Penolakan)
    terkunci: bool = False
    periksa: bool = False
    baris_terbuka: str = ""
    minta: Mapping[str, Minta] = field(default_factory=dict)
    baris_tampil: frozenset[str] | None = None
    """The rows that a page already shows; None while the window decides."""


class Lembar:
    """The cells of one section, ready to be shown."""

    def __init__(self, bagian: Bagian, bahan: Bahan) -> None:
        self.bagian, self._b = bagian, bahan
        self._nilai = lingkungan(bahan.skema, bahan.isian, bahan.konteks).nilai
        self.tertutup = bagian_tertutup(bahan.skema, bahan.isian).get(bagian.kode)
        self.blok = list(self._susun())
        self.kotak: dict[str, Kotak] = {k.alamat: k for blok in self.blok for k in blok.semua()}
        self._tempelkan_temuan()

    @property
    def bersisa(self) -> bool:
        """Whether a number is still empty that may usually be nil, so that "the rest is nil" means something."""
        kosong = (k.butir for k in self.kotak.values() if k.cara == "ketik" and not k.berisi and "/" not in k.alamat)
        return any(b.angka and b.nihil_lazim for b in kosong)

    def ringkasan(self) -> list[dict[str, str]]:
        """Entries of the error summary: what blocks, each with the field it is about."""
        tanda = ("galat", "bentrok") if self._b.periksa or self._b.tolak.ketikan else ()
        ada = [k for k in self.kotak.values() if k.tanda in tanda]
        pesan = [{"pesan": p, "sasaran": k.sasaran} for k in ada for p in (_pesan_utama(k),) if p]
        daftar = [{"pesan": p, "sasaran": f"d-{b.daftar.kode}"} for b in self.blok if b.daftar for p in b.pesan]
        return pesan + (daftar if self._b.periksa else [])

    @property
    def dapat_disalin(self) -> int:
        """How many stable cells (and rows of lists) are still empty and were filled last month."""
        return sum(k.dapat_disalin for k in self.kotak.values()) + sum(b.dapat_disalin for b in self.blok)

    @property
    def bermasalah(self) -> bool:
        """Whether something in here has to be seen even when the section is closed."""
        return any(k.tanda in ("galat", "tanya", "bentrok") or k.catatan for k in self.kotak.values())

    @property
    def disalin(self) -> int:
        return sum(bool(k.disalin) for k in self.kotak.values()) + sum(b.disalin_lain for b in self.blok)

    # ---------------------------------------------------------------- cells

    def _susun(self) -> Iterator[Blok]:
        rangkai: Blok | None = None
        for x in self.bagian.isi:
            if isinstance(x, Butir):
                if rangkai is None:
                    yield (rangkai := Blok("butir", self.bagian.judul))
                rangkai.kotak.append(self._kotak(x))
                continue
            rangkai = None
            yield self._tabel(x) if isinstance(x, Tabel) else self._daftar(x)

    def _tabel(self, x: Tabel) -> Blok:
        kisi = [(b.label if b else "Jumlah", [self._kotak(s) if s else None for s in baris]) for b, baris in x.kisi]
        return Blok("tabel", x.judul, x.penjelasan, tabel=x, kisi=kisi)

    def _daftar(self, x: Daftar) -> Blok:
        blok = Blok("daftar", x.judul, x.penjelasan, daftar=x, catatan=self._b.catatan.get(x.kode, ""))
        semua = self._b.isian.daftar.get(x.kode, [])
        mentah = self._b.draf.get("daftar", {}).get(x.kode, [])
        if terisi := self._b.terisi.daftar.get(x.kode):
            blok.asal, blok.url, blok.diganti, mentah = terisi.asal, terisi.url, len(mentah), []
        url = {str(b.id): b.url for b in terisi.baris} if terisi else {}
        draf, perlu = {b["id"]: b["sel"] for b in mentah}, self._perlu_diperiksa(x)
        blok.jendela = self._jendela(x, [b.id for b in semua], perlu)
        for n in blok.jendela.letak:
            blok.baris.append(self._baris(x, n, semua[n], draf.get(semua[n].id, {}), semua[n].id in perlu))
            blok.baris[-1].url = url.get(semua[n].id, "")
        tampak = {b.id for b in blok.baris}
        blok.disalin_lain = sum("s" in sel for b in mentah if b["id"] not in tampak for sel in b["sel"].values())
        if x.stabil and not self._b.terkunci and not blok.asal:
            sudah = {b.get("a") for b in mentah}
            belum = sum(b.id not in sudah for b in self._b.lalu.daftar.get(x.kode, ()))
            blok.dapat_disalin = max(0, min(belum, x.maks - len(semua)))
        return blok

    def _baris(self, x: Daftar, letak: int, baris: Baris, draf: Mapping[str, Any], perlu: bool) -> BarisDaftar:
        kotak = [
            self._ketik(k, f"{x.kode}/{baris.id}/{k.kode}", baris.sel.get(k.kode), draf.get(k.kode)) for k in x.kolom
        ]
        for satu in kotak if x.kode in self._b.terisi.daftar else ():
            satu.terkunci, satu.dapat_disalin = True, False
        judul = ", ".join(filter(None, (_ringkas(k, baris.sel.get(k.kode)) for k in x.kolom[:4])))
        return BarisDaftar(baris.id, letak + 1, kotak, judul, perlu)

    def _jendela(self, x: Daftar, id_baris: list[str], perlu: set[str]) -> Jendela:
        tampil = self._b.baris_tampil
        if tampil is not None:
            letak = tuple(n for n, satu in enumerate(id_baris) if satu in tampil)
            return Jendela(letak, len(id_baris), 1, 1, False, sum(b in perlu for b in id_baris), 0)
        alamat = (*self._b.tolak.ditolak, *self._b.tolak.konflik)
        tolak = {a.split("/")[1] for a in alamat if a.startswith(f"{x.kode}/")}
        return buka_jendela(
            id_baris,
            minta=self._b.minta.get(x.kode, Minta()),
            perlu=perlu,
            terbuka=self._b.baris_terbuka,
            tetap=tolak,
        )

    def _perlu_diperiksa(self, x: Daftar) -> set[str]:
        """Rows with an error, an unanswered question, a refusal or a note; also those outside the window."""
        b = self._b
        temuan = [t for t in b.temuan if t.baris and set(t.butir) & set(x.per_kode)]
        belum = {t.id for t in belum_terjawab(temuan, b.tanggapan)}
        perlu = {t.baris or "" for t in temuan if self._terlihat(t) and (t.tingkat == GALAT or t.id in belum)}
        alamat = (*b.tolak.ditolak, *b.tolak.konflik, *b.catatan)
        return perlu | {a.split("/")[1] for a in alamat if a.startswith(f"{x.kode}/")}

    def _kotak(self, butir: Butir) -> Kotak:
        lama = self._b.konteks.lalu(None, butir.kode, 1)
        kini = self._nilai.get(butir.kode)
        draf = self._b.draf.get("sel", {}).get(butir.kode)
        terisi = self._b.terisi.angka.get(butir.kode)
        if terisi is not None:
            kotak = self._terisi(butir, terisi, draf)
        elif butir.diketik:
            kotak = self._ketik(butir, butir.kode, self._b.isian.sel.get(butir.kode), draf)
        else:
            kotak = Kotak(butir, butir.kode, "turunan" if butir.turunan else "rumus")
            kotak.tampil = tulis_nilai(butir, kini)
        kotak.catatan = self._b.catatan.get(butir.kode, "")
        kotak.lalu, kotak.beda = tulis_nilai(butir, lama), beda(butir, lama, kini)
        dinilai = None if self.tertutup else kini  # what an answer closed is not judged cell by cell
        kotak.biasa = kebiasaan(butir, self._b.riwayat.get(butir.kode, ()), dinilai)
        return kotak

    def _terisi(self, butir: Butir, terisi: AngkaTurunan, draf: Mapping[str, Any] | None) -> Kotak:
        """A cell that a register fills, with what somebody typed there before it did."""
        kotak = Kotak(butir, butir.kode, "turunan", asal=terisi.asal, url=terisi.url)
        kotak.tampil = tulis_nilai(butir, terisi.nilai)
        lama = _tulis_sel(butir, Sel.dari_json(butir, draf)) if draf and draf.get("v") else ""
        berisi = draf is not None and (draf.get("nilai") is not None or draf.get("keadaan", "isi") != Keadaan.ISI)
        kotak.diganti = lama if berisi and lama != kotak.tampil else ""
        if butir.kode in self._b.tolak.ditolak:
            kotak.tanda, kotak.pesan = "galat", [self._b.tolak.ditolak[butir.kode]["pesan"]]
        return kotak

    def _ketik(self, butir: Butir, alamat: str, sel: Sel | None, draf: Mapping[str, Any] | None) -> Kotak:
        tersimpan = Ketikan(tulis_masukan(butir, sel), *((sel.keadaan.value, sel.alasan) if sel else ()))
        if tersimpan.keadaan == Keadaan.NIHIL:  # a typed 0 is nihil: the field shows the 0
            tersimpan = Ketikan(tersimpan.teks, Keadaan.ISI.value, tersimpan.alasan)
        tolak = self._b.tolak
        kotak = Kotak(butir, alamat, "ketik", tolak.ketikan.get(alamat, tersimpan))
        kotak.versi, kotak.cap = tolak.versi.get(alamat, (draf or {}).get("v", 0)), tersimpan.cap()
        kotak.tampil, kotak.catatan = _tulis_sel(butir, sel), self._b.catatan.get(alamat, "")
        kotak.disalin = _asal_salinan((draf or {}).get("s", ""))
        lalu = self._b.lalu.sel.get(alamat)
        kotak.dapat_disalin = butir.stabil and lalu is not None and sel is None and not self._b.terkunci
        kotak.terkunci, kotak.nihil = self._b.terkunci, sel is not None and sel.keadaan == Keadaan.NIHIL
        if alamat in tolak.tersimpan:
            kotak.tanda = "tersimpan"
        if alamat in tolak.ditolak:
            kotak.tanda, kotak.tanya = "galat", tolak.ditolak[alamat].get("tanya", "")
            kotak.pesan.append(tolak.ditolak[alamat]["pesan"])
        if alamat in tolak.konflik:
            kotak.tanda, kotak.bentrok = "bentrok", tolak.konflik[alamat]
        return kotak

    # ---------------------------------------------------------------- findings

    def _tempelkan_temuan(self) -> None:
        for t in filter(self._terlihat, self._b.temuan):
            self._tempelkan(t)

    def _terlihat(self, t: Temuan) -> bool:
        """What is not filled in yet is no mistake until somebody wants to send it."""
        return self._b.periksa or not t.kode.startswith("kosong:")

    def _tempelkan(self, t: Temuan) -> None:
        """The sentence stands at the first cell it is about; the others carry only the mark."""
        kena = [self.kotak[a] for a in self._alamat(t) if a in self.kotak]
        for kotak in kena:
            self._tandai(kotak, t)
        if kena and kena[0].bentrok is None and t.pesan not in kena[0].pesan:
            self._tulis_temuan(kena[0], t)
        for blok in self.blok:
            if blok.daftar and not kena and blok.daftar.kode in t.butir:
                blok.pesan.append(t.pesan)

    def _tandai(self, kotak: Kotak, t: Temuan) -> None:
        """An error outweighs a question; a question that was answered leaves no mark."""
        if t.tingkat == GALAT and kotak.tanda in ("", "tersimpan", "tanya"):
            kotak.tanda = "galat"
        elif kotak.tanda in ("", "tersimpan") and belum_terjawab([t], self._b.tanggapan):
            kotak.tanda = "tanya"

    def _tulis_temuan(self, kotak: Kotak, t: Temuan) -> None:
        if t.tingkat == GALAT or kotak.terkunci:
            kotak.pesan.append(t.pesan)
        else:
            jawaban = self._b.tanggapan.get(t.id, {})
            kotak.jawab.append((t, {**jawaban, "cap": cap_jawaban(jawaban)}))

    def _alamat(self, t: Temuan) -> list[str]:
        if t.baris is None:
            return list(t.butir)
        return [f"{d.kode}/{t.baris}/{kode}" for d in self.bagian.daftar for kode in t.butir]


def _pesan_utama(k: Kotak) -> str:
    return k.bentrok.kalimat if k.bentrok else next(iter(k.pesan), "")


def beda(butir: Butir, lama: Nilai, kini: Nilai) -> str:
    """How much a number moved since last month: +36%, or the difference itself when there was nothing."""
    if not butir.angka or isinstance(lama, bool) or not isinstance(lama, int | Decimal):
        return ""
    if isinstance(kini, bool) or not isinstance(kini, int | Decimal):
        return ""
    selisih = Decimal(kini) - Decimal(lama)
    tanda = "+" if selisih > 0 else ""
    if lama == 0:
        return tanda + tulis_nilai(butir, selisih) if selisih else "0"
    return tanda + tulis_angka(selisih * 100 / abs(Decimal(lama)), "persen", desimal=0)


def _tulis_sel(butir: Butir, sel: Sel | None) -> str:
    """A cell as people read it; the other states by their names."""
    if sel is None or sel.nilai is not None:
        return tulis_nilai(butir, sel.nilai if sel else None)
    return dict(PILIHAN_KEADAAN).get(sel.keadaan, "")


def _asal_salinan(kode: str) -> str:
    """The month a cell was copied from, or the row above it."""
    if kode == "baris":
        return "baris lain"
    return Bulan.dari(kode).nama_pendek if kode else ""


def _ringkas(butir: Butir, sel: Sel | None) -> str:
    return tulis_nilai(butir, sel.nilai)[:40] if sel and sel.nilai is not None else ""


def bentrokan(rincian: Mapping[str, Any], butir: Butir, zona: Zona) -> Bentrokan:
    """Both values, the author and the time of the other one, as one sentence."""
    pada = datetime.fromisoformat(rincian["pada"]) if rincian["pada"] else None
    baru = pada is not None and sekarang() - pada < timedelta(hours=12)
    kapan = tulis_pukul(pada, zona) if baru else tulis_waktu(pada, zona)
    nilai = rincian["nilai"] or "kosong"
    anda = rincian["isian_anda"] or "kosong"
    kalimat = f"{butir.label}: {rincian['oleh']} mengisi {nilai}, {kapan}. Isian Anda: {anda}. Pilih yang benar."
    return Bentrokan(
        rincian["nilai"],
        rincian["versi"],
        kalimat,
        rincian["oleh"],
        rincian.get("keadaan", Keadaan.ISI.value),
        rincian.get("alasan", ""),
    )


# ---------------------------------------------------------------- how far a report is


@dataclass(frozen=True)
class Kemajuan:
    """Filled and asked cells; sections that an answer closed are not asked."""

    isi: int
    dari: int

    @property
    def penuh(self) -> bool:
        return self.isi == self.dari


def kemajuan(skema: Skema, isian: Isian) -> dict[str, Kemajuan]:
    """Progress by section code."""
    tutup = {kode for kode, ya in bagian_tertutup(skema, isian).items() if ya}
    hasil = {}
    for bagian in skema.bagian:
        butir = [b.kode for b in bagian.butir if isian.dapat_diketik(b) and (b.wajib or b.kode in isian.sel)]
        dari = () if bagian.kode in tutup else butir
        hasil[bagian.kode] = Kemajuan(sum(kode in isian.sel for kode in dari), len(dari))
    return hasil


def jumlah_kemajuan(per_bagian: Mapping[str, Kemajuan]) -> Kemajuan:
    """Progress of the whole report."""
    return Kemajuan(sum(k.isi for k in per_bagian.values()), sum(k.dari for k in per_bagian.values()))
