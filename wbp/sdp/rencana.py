"""What saving an export would do, row by row: judged by the register's columns and checks. Pure, no database.

    rencana = susun(berkas, register, tanggal_data=…, hari=…)

Names and numbers are compared here and nowhere kept: what is kept (`ke_json`) shows initials and the last letters. An
empty cell says nothing, so it changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pelaporan.register.temuan import GALAT
from pemasyarakatan.inti.angka import tulis_angka
from wbp.batas import TANPA_REMISI
from wbp.indeks import GalatNomor, baku_nomor, ujung_nomor
from wbp.kolom import BAWAAN, ISI, MENURUT_NAMA, PERILAKU, tulis
from wbp.nama import inisial
from wbp.periksa import periksa
from wbp.sdp import tafsir, urutan
from wbp.sdp.kolom import JUMLAH, KOLOM, KOLOM_REMISI, LAIN, NAMA_JUMLAH, TANYA, Baca
from wbp.sdp.remisi import BarisRemisi, Pemberian, dari_jumlah
from wbp.sdp.tafsir import GalatSel

BARU, BERUBAH, SAMA, DITOLAK = "baru", "berubah", "sama", "ditolak"
_NAMA_ISI = tuple(k.nama for k in ISI)
_NAMA_SEMUA = (*_NAMA_ISI, *(k.nama for k in PERILAKU))
_LABEL = {**{n: k.label for n, k in MENURUT_NAMA.items()}, **{k.nama: k.label for k in (*LAIN, *JUMLAH)}}
_PIDANA = ("pidana_tahun", "pidana_bulan", "pidana_hari")
_TAMPIL = ("jenis_kelamin", "agama", "status", "golongan", "kelompok", *_PIDANA, "tanggal_tahan")
"""What is shown of somebody new, so that the file can be recognised without names, and a wrong column seen."""
_PENUTUP = re.compile(
    r"(jumlah|total|sub total|rekap|mengetahui|kepala|a n kepala|nip|petugas|operator|dicetak|tanggal cetak)\b"
)
_NARAPIDANA = ("NARAPIDANA", "ANAK_BINAAN")
KELUAR_LALU = "Orang ini tercatat keluar dari unit. Kembalikan dahulu di halamannya, atau hapus barisnya dari berkas."
DIUBAH_LAGI = "Diubah di portal sesudah hari data berkas ini. Bila disimpan, yang dipakai isi berkas."
SEBUT = 5
"""So many row numbers are written out; of more only how many."""
ASING = 5
"""From so many unknown persons on a file in which nobody is known is asked about."""
MUSNAH = "Data orang ini sudah dimusnahkan menurut aturan penyimpanan. Hubungi pusat bila ia masih di unit."
GANDA = "Nomor register ini ada di baris {} juga. Satu nomor satu orang: betulkan di SDP, lalu ambil lagi datanya."
Json = dict[str, Any]


@dataclass(frozen=True)
class Orang:
    """Somebody whom the register knows, as far as an import compares."""

    id: int
    revisi: int
    nilai: Mapping[str, Any]
    nama: str = field(repr=False)
    inisial: str
    ujung: str
    keluar: bool = False
    musnah: bool = False
    diubah: date | None = None


@dataclass(frozen=True)
class Register:
    """The register of the unit: who has this number (indexes are the caller's), and grants by person."""

    cari: Callable[[str], Orang | None]
    ada: Sequence[Orang]
    pemberian: Mapping[int, Sequence[Pemberian]] = field(default_factory=dict)


@dataclass(frozen=True)
class Berkas:
    """The rows of a file, mapped: (row number, cells by column)."""

    baris: Sequence[tuple[int, Mapping[str, Any]]]
    baca: Mapping[str, Baca]
    remisi: Sequence[tuple[int, Mapping[str, Any]]] = ()
    baca_remisi: Mapping[str, Baca] = field(default_factory=dict)
    awal: Mapping[int, str] = field(default_factory=dict)


@dataclass
class Baris:
    """One row of the file and what becomes of it. `isi` holds name and number: never kept, never shown."""

    n: int
    jenis: str = BARU
    id: int | None = None
    revisi: int = 0
    inisial: str = ""
    ujung: str = ""
    beda: list[list[str]] = field(default_factory=list)
    pesan: list[list[str]] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    isi: Json = field(default_factory=dict, repr=False)
    jumlah: Json = field(default_factory=dict, repr=False)
    tahan: date | None = field(default=None, repr=False)
    berpidana: bool = field(default=False, repr=False)

    @property
    def sebutan(self) -> str:
        return f"{self.inisial} •••{self.ujung}".strip() if self.ujung else self.inisial or "–"

    def tolak(self, kolom: str, kalimat: str) -> None:
        self.jenis = DITOLAK
        self.pesan.append([_LABEL.get(kolom, ""), kalimat])

    def ke_json(self) -> Json:
        return {n: getattr(self, n) for n in _DISIMPAN}


_DISIMPAN = ("n", "jenis", "id", "revisi", "inisial", "ujung", "beda", "pesan", "catatan")


@dataclass
class Rencana:
    """All rows, the persons of the unit whom the file does not name (`keluar`), grants, and rows that are nobody;
    `peta`: from which columns of the file they were read."""

    baris: list[Baris] = field(default_factory=list)
    keluar: list[Json] = field(default_factory=list)
    remisi: list[BarisRemisi] = field(default_factory=list)
    bukan_orang: list[int] = field(default_factory=list)
    peta: Json = field(default_factory=dict)
    tanpa_remisi: int = 0
    """Sentenced persons held for long of whom neither the file nor the register tells a grant: a note, no refusal."""

    @property
    def tanpa_nomor(self) -> list[int]:
        """Rows whose number could not be read: whoever they are, they may be among those that seem to be missing."""
        return [b.n for b in self.baris if b.jenis == DITOLAK and not b.ujung]

    @property
    def nomor_angka(self) -> int:
        """Rows whose number is a figure that may have lost zeros."""
        return sum(1 for b in self.baris if any(pesan == tafsir.NOMOR_ANGKA for _, pesan in b.pesan))

    @property
    def dikenal(self) -> int:
        return sum(1 for b in self.baris if b.id is not None)

    @property
    def asing(self) -> bool:
        """Nobody of the file is in the register, which is not empty: most likely the file of another unit."""
        return not self.dikenal and min(len(self.keluar), self.hitungan[BARU]) >= ASING

    @property
    def hitungan(self) -> dict[str, int]:
        banyak = Counter(b.jenis for b in self.baris)
        return {jenis: banyak[jenis] for jenis in (BARU, BERUBAH, SAMA, DITOLAK)}

    def ke_json(self) -> Json:
        return {
            "baris": [b.ke_json() for b in self.baris], "keluar": self.keluar,
            "remisi": [b.ke_json() for b in self.remisi], "bukan_orang": self.bukan_orang, "peta": self.peta,
            "tanpa_remisi": self.tanpa_remisi,
        }  # fmt: skip

    @classmethod
    def dari_json(cls, isi: Json) -> Rencana:
        return cls(
            [Baris(**b) for b in isi["baris"]],
            isi["keluar"],
            [BarisRemisi.dari_json(b) for b in isi["remisi"]],
            isi["bukan_orang"],
            isi["peta"],
            isi.get("tanpa_remisi", 0),
        )

    @property
    def sidik(self) -> str:
        """Changes with everything that saving would do differently."""
        return hashlib.sha256(json.dumps(self.ke_json(), sort_keys=True).encode()).hexdigest()


def susun(berkas: Berkas, register: Register, *, tanggal_data: date, hari: date) -> Rencana:
    """`tanggal_data`: the day that the file speaks of; `hari`: today, by which the register's checks judge."""
    rencana = Rencana()
    orang: list[tuple[Baris, str]] = []
    baca = urutan.jaga(berkas.baca, KOLOM, berkas.baris)
    for n, sel in berkas.baris:
        if _bukan_orang(sel, berkas.awal.get(n, "")):
            rencana.bukan_orang.append(n)
            continue
        baris, baku = _baca(n, sel, baca)
        rencana.baris.append(baris)
        if baku:
            orang.append((baris, baku))
    orang = _sekali(rencana, orang)
    _tolak_ganda(orang)
    kenal = {baku: register.cari(baku) for _, baku in orang}
    for baris, baku in orang:
        if baris.jenis != DITOLAK:
            _banding(baris, kenal[baku], tanggal_data, hari)
    disebut = {o.id for o in kenal.values() if o is not None}
    rencana.keluar = [
        {"id": o.id, "revisi": o.revisi, "inisial": o.inisial, "ujung": o.ujung, "sejak": o.nilai["sejak"].isoformat()}
        for o in register.ada
        if o.id not in disebut and o.nilai["sejak"] <= tanggal_data  # who came later cannot be in the file
    ]
    ada = _remisi(rencana, berkas, register, orang, kenal)
    diberi = {r.orang for r in rencana.remisi if r.beri and r.keadaan != DITOLAK}
    rencana.tanpa_remisi = sum(
        b.jenis != DITOLAK and b.berpidana and not ada[baku] and b.n not in diberi and _lama(b, tanggal_data)
        for b, baku in orang
    )
    return rencana


def _lama(baris: Baris, tanggal_data: date) -> bool:
    return baris.tahan is not None and (tanggal_data - baris.tahan).days > TANPA_REMISI


# ---------------------------------------------------------------- one row


def _bukan_orang(sel: Mapping[str, Any], awal: str = "") -> bool:
    """Totals, signatures, titles and repeated headings around the persons; `awal` is the row's first text.

    Whoever has a number is a person, whatever they are called."""
    nomor, nama, terisi = sel.get("nomor"), sel.get("nama"), sum(map(_ada, sel.values()))
    if not _ada(nomor):
        if _penutup(nama):
            return terisi <= _SEDIKIT
        return (_penutup(awal) and awal != nama) or (not _ada(nama) and terisi < _SEDIKIT)
    if isinstance(nomor, str):
        kata = tafsir.kata(nomor)
        if kata in _JUDUL_NOMOR or _PENUTUP.match(kata) or (terisi == 1 and not any(h.isdigit() for h in kata)):
            return True
    return (terisi <= _SEDIKIT and _penutup(nama)) or _nomor_kolom(sel)


_SEDIKIT = 3
"""A row of totals or signatures has no more cells than this among the columns of persons."""


def _penutup(isi: Any) -> bool:
    return isinstance(isi, str) and _PENUTUP.match(tafsir.kata(isi)) is not None


def _nomor_kolom(sel: Mapping[str, Any]) -> bool:
    """The row below the headings that counts the columns: (1) (2) (3)."""
    semua = [cocok[1] if (cocok := _URUT.fullmatch(str(isi))) else "" for isi in sel.values() if _ada(isi)]
    return _ada(sel.get("nama")) and len(semua) >= _SEDIKIT and "" not in semua and len(set(semua)) == len(semua)


_URUT = re.compile(r"\s*\(?\s*([0-9]{1,2})(?:\.0)?\s*\)?\s*")
_JUDUL_NOMOR = frozenset(map(tafsir.kata, ("nomor register", "no register", "no reg", *MENURUT_NAMA["nomor"].sinonim)))


def _ada(isi: Any) -> bool:
    return isi is not None and str(isi).strip() not in tafsir.KOSONG


def _baca(n: int, sel: Mapping[str, Any], baca: Mapping[str, Baca]) -> tuple[Baris, str]:
    """The row as read, and its number in one spelling ("" when it has none)."""
    baris = Baris(n)
    for nama, isi in sel.items():
        try:
            dibaca = baca[nama](isi)
        except GalatSel as galat:
            baris.tolak(nama, galat.pesan)
            continue
        if TANYA in dibaca:
            baris.catatan.append(dibaca.pop(TANYA))
        tujuan = baris.jumlah if nama in NAMA_JUMLAH else baris.isi
        for kolom, nilai in dibaca.items():
            if tujuan.setdefault(kolom, nilai) != nilai:
                baris.tolak(nama, "Dua kolom berkas menyebut isi yang berbeda. Betulkan salah satunya.")
    baris.inisial = inisial(baris.isi["nama"]) if "nama" in baris.isi else ""
    return baris, _nomor(baris)


def _nomor(baris: Baris) -> str:
    if "nomor" not in baris.isi:
        if not baris.pesan:
            baris.tolak("nomor", "Nomor register kosong. Isi di SDP, lalu ambil lagi datanya.")
        return ""
    try:
        baku = baku_nomor(baris.isi["nomor"])
        baris.ujung = ujung_nomor(baris.isi["nomor"])
    except GalatNomor as galat:
        baris.tolak("nomor", galat.pesan)
        return ""
    return baku


def _sekali(rencana: Rencana, orang: Sequence[tuple[Baris, str]]) -> list[tuple[Baris, str]]:
    """A row that says the same as an earlier one is read once, and that is said beside the first."""
    pertama: dict[str, Baris] = {}
    ulang: dict[int, list[int]] = {}
    for baris, baku in orang:
        awal = pertama.setdefault(baku, baris)
        if awal is not baris and (awal.isi, awal.jumlah, awal.pesan) == (baris.isi, baris.jumlah, baris.pesan):
            ulang.setdefault(awal.n, []).append(baris.n)
    sama = {n for semua in ulang.values() for n in semua}
    rencana.baris = [b for b in rencana.baris if b.n not in sama]
    for awal in pertama.values():
        if awal.n in ulang:
            awal.catatan.append(f"Baris {sebut(ulang[awal.n])} sama persis, jadi dibaca sekali.")
    return [(baris, baku) for baris, baku in orang if baris.n not in sama]


def sebut(baris: Sequence[int]) -> str:
    """Row numbers for a sentence: a few, and how many more."""
    awal = ", ".join(map(str, baris[:SEBUT]))
    return f"{awal} dan {tulis_angka(len(baris) - SEBUT)} lainnya" if len(baris) > SEBUT else awal


def _tolak_ganda(orang: Sequence[tuple[Baris, str]]) -> None:
    """Two rows with one number: nobody can tell which is right, so neither is taken."""
    menurut: dict[str, list[Baris]] = {}
    for baris, baku in orang:
        menurut.setdefault(baku, []).append(baris)
    for semua in (s for s in menurut.values() if len(s) > 1):
        awal = [b.n for b in semua[: SEBUT + 1]]
        for baris in semua:
            lain = [n for n in awal if n != baris.n][:SEBUT]
            lebih = len(semua) - 1 - len(lain)
            teks = ", ".join(map(str, lain)) + (f" dan {tulis_angka(lebih)} lainnya" if lebih else "")
            baris.tolak("nomor", GANDA.format(teks))


# ---------------------------------------------------------------- against the register


def _banding(baris: Baris, orang: Orang | None, tanggal_data: date, hari: date) -> None:
    if orang is not None and (orang.keluar or orang.musnah):
        baris.id = orang.id
        baris.tolak("", MUSNAH if orang.musnah else KELUAR_LALU)
        return
    lama = dict(orang.nilai) if orang else _kosong(tanggal_data)
    if orang is not None:
        baris.id, baris.revisi = orang.id, orang.revisi
        baris.inisial = baris.inisial or orang.inisial
    _lengkapi(baris, lama)
    _perilaku(baris, lama, hari)
    jadi = {**lama, **{n: v for n, v in baris.isi.items() if n in _NAMA_SEMUA}}
    if orang is None:
        _wajib(baris, jadi)
    _periksa(baris, jadi, hari)
    baris.tahan, baris.berpidana = jadi["tanggal_tahan"], jadi["status"] in _NARAPIDANA
    if baris.jenis == DITOLAK:
        return
    if orang is None:
        baris.isi |= {n: jadi[n] for n in _NAMA_ISI}
        baris.beda = [[_LABEL[n], "", teks] for n in _TAMPIL if not _nol(n, jadi[n]) and (teks := tulis(n, jadi[n]))]
        return
    berubah = [n for n in _NAMA_SEMUA if jadi[n] != lama[n] and not (_nol(n, jadi[n]) and _nol(n, lama[n]))]
    baris.beda = [[_LABEL[n], tulis(n, lama[n]), tulis(n, jadi[n])] for n in berubah]
    if "nama" in baris.isi and baris.isi["nama"] != orang.nama:
        baris.beda.insert(0, ["Nama", "", "nama berubah"])
    ubah = {n: jadi[n] for n in berubah}
    if ubah.keys() & {"sppn_predikat", "sppn_tanggal"}:
        ubah |= {n: jadi[n] for n in ("sppn_predikat", "sppn_tanggal")}
    if "nama" in baris.isi and baris.isi["nama"] != orang.nama:
        ubah["nama"] = baris.isi["nama"]
    baris.jenis, baris.isi = (BERUBAH if baris.beda else SAMA), ubah
    if baris.beda and orang.diubah is not None and orang.diubah > tanggal_data:
        baris.catatan.append(DIUBAH_LAGI)


def _nol(nama: str, nilai: Any) -> bool:
    """Whether a part of a sentence adds nothing: "5 Tahun" has no months, written as none or as zero."""
    return nama in _PIDANA and not nilai


def _kosong(tanggal_data: date) -> Json:
    """Somebody of whom nothing is known but that they are here."""
    teks = {k.nama for k in (*ISI, *PERILAKU) if k.ragam in ("teks", "pilihan")}
    return {n: BAWAAN.get(n, "" if n in teks else None) for n in _NAMA_SEMUA} | {"sejak": tanggal_data}


def _lengkapi(baris: Baris, lama: Mapping[str, Any]) -> None:
    """What one column means for another: the letter of the register, a sentence that has no length any more."""
    isi = baris.isi
    if "status" not in isi and "golongan" in isi and isi["golongan"] != lama["golongan"]:
        status = tafsir.status_dari_golongan(isi["golongan"])
        if status and (not lama["status"] or (lama["status"], status) == ("TAHANAN", "NARAPIDANA")):
            isi["status"] = status  # nobody becomes a detainee again by a letter alone
    status = isi.get("status", lama["status"])
    if status in _NARAPIDANA and "habis_tahan" not in isi and lama["habis_tahan"]:
        isi["habis_tahan"] = None
    if isi.get("jenis_pidana") in ("SEUMUR_HIDUP", "MATI") and not any(n.startswith("pidana_") for n in isi):
        isi |= dict.fromkeys(_PIDANA)


def _wajib(baris: Baris, jadi: Mapping[str, Any]) -> None:
    if "nama" not in baris.isi:
        baris.tolak("nama", "Nama kosong. Orang yang belum ada di register perlu nama.")
    if not jadi["status"]:
        baris.tolak("status", "Status kosong, dan golongannya tidak menyebut A atau B. Isi salah satunya.")


def _perilaku(baris: Baris, lama: Mapping[str, Any], hari: date) -> None:
    """Marks of conduct are added, so an older one than the last tells nothing new."""
    isi = baris.isi
    if isi.get("sppn_predikat") and not isi.get("sppn_tanggal"):
        baris.catatan.append("Predikat SPPN tanpa tanggal tidak diambil.")
    if not (isi.get("sppn_predikat") and isi.get("sppn_tanggal")) or _lebih_lama(isi, lama, "sppn_tanggal"):
        isi.pop("sppn_predikat", None)
        isi.pop("sppn_tanggal", None)
    if _lebih_lama(isi, lama, "register_f_terakhir"):
        del isi["register_f_terakhir"]
    tahan = isi.get("tanggal_tahan", lama["tanggal_tahan"])
    for kolom in ("sppn_tanggal", "register_f_terakhir"):
        saat = isi.get(kolom)
        if saat and saat > hari:
            baris.tolak(kolom, "Tanggal ini belum terjadi. Periksa tahunnya.")
        elif saat and tahan and saat < tahan:
            baris.tolak(kolom, "Tanggal ini mendahului penahanan orangnya. Periksa kedua tanggal.")


def _lebih_lama(isi: Mapping[str, Any], lama: Mapping[str, Any], kolom: str) -> bool:
    return bool(isi.get(kolom) and lama[kolom] and isi[kolom] < lama[kolom])


def _periksa(baris: Baris, jadi: Mapping[str, Any], hari: date) -> None:
    if not jadi["status"]:
        return
    for n in ("pidana_tahun", "pidana_bulan", "pidana_hari", "subsider_bulan", "subsider_hari"):
        maks = MENURUT_NAMA[n].maks
        if jadi[n] is not None and maks is not None and jadi[n] > maks:
            baris.tolak(n, f"Paling banyak {maks}. Periksa di SDP.")
    for temuan in periksa(jadi, hari):
        if temuan.tingkat == GALAT:
            baris.tolak(temuan.bidang, temuan.pesan)
        else:
            baris.catatan.append(temuan.pesan)


# ---------------------------------------------------------------- grants


def _remisi(
    rencana: Rencana,
    berkas: Berkas,
    register: Register,
    orang: Sequence[tuple[Baris, str]],
    kenal: Mapping[str, Orang | None],
) -> Mapping[str, Sequence[Pemberian]]:
    """Grants of the sheet of grants, then the one grant that the sums of a person's row tell in full. Returns those of
    register and sheet by person."""
    milik = {baku: b for b, baku in orang if b.jenis != DITOLAK}
    ada: dict[str, list[Pemberian]] = {
        baku: list(register.pemberian.get(o.id, ())) if o else [] for baku, o in kenal.items()
    }
    tahan = {baku: b.tahan for baku, b in milik.items()}
    lain: dict[str, Orang] = {}
    baca = urutan.jaga(berkas.baca_remisi, KOLOM_REMISI, berkas.remisi)
    for n, sel in berkas.remisi:
        if _bukan_orang(sel):
            continue
        satu = BarisRemisi.baca(n, sel, baca)
        if satu.baku and satu.baku not in ada:
            dikenal = register.cari(satu.baku)
            if dikenal is not None and not dikenal.keluar and not dikenal.musnah:
                lain[satu.baku] = dikenal
                ada[satu.baku] = list(register.pemberian.get(dikenal.id, ()))
                tahan[satu.baku] = dikenal.nilai["tanggal_tahan"]
        satu.id = lain[satu.baku].id if satu.baku in lain else None
        satu.cocokkan(milik.get(satu.baku), ada.get(satu.baku), tahan.get(satu.baku))
        rencana.remisi.append(satu)
    for baku, baris in milik.items():
        tambahan = dari_jumlah(baris.n, baris.jumlah, ada[baku], baris.tahan)
        if tambahan.catatan:
            baris.catatan.append(tambahan.catatan)
        if tambahan.satu is not None:
            tambahan.satu.baku, tambahan.satu.id, tambahan.satu.orang = baku, baris.id, baris.n
            rencana.remisi.append(tambahan.satu)
    return ada


def ditolak(baris: Iterable[Baris]) -> list[Baris]:
    return [b for b in baris if b.jenis == DITOLAK]
