"""What changes between two versions of a form, in people's words. Pure.

The comparison is by code: an item is the same item as long as its code is. A code that comes back with another meaning
breaks the series of figures behind it, and is refused (`Beda.menahan`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from pelaporan.butir import JENIS_ANGKA, Bagian, Butir, Daftar, Kewajiban, Parameter
from pelaporan.skema import Skema
from pemasyarakatan.inti.angka import tulis_angka

_NAMA = {
    "nama": "nama", "label": "nama", "judul": "judul", "jenis": "jenis", "definisi": "definisi", "contoh": "contoh",
    "satuan": "satuan", "agregasi": "penjumlahan antar-UPT", "waktu": "penjumlahan antar-bulan", "dasar": "dasar",
    "dasar_terkonfirmasi": "dasar terkonfirmasi", "nihil_lazim": "nihil lazim", "wajib": "wajib diisi",
    "min": "nilai terkecil", "maks": "nilai terbesar", "desimal": "digit di belakang koma", "pilihan": "pilihan",
    "sumber": "sumber", "stabil": "boleh disalin dari bulan lalu", "ambang_beda": "ambang perubahan (persen)",
    "ambang_selisih": "ambang perubahan (satuan)", "tingkat": "tingkat", "syarat": "syarat", "pesan": "pesan",
    "bila": "berlaku bila", "butir": "butir yang ditunjuk", "daftar": "daftar", "wajib_alasan": "wajib dijelaskan",
    "penjelasan": "penjelasan", "bila_tidak": "isi bila tidak berlaku", "tenggat": "tenggat", "nilai": "nilai",
    "subjenis": "subjenis", "terkonfirmasi": "terkonfirmasi", "bagian": "bagian", "upt": "UPT", "kanwil": "Kanwil",
    "dari": "mulai", "sampai": "sampai", "lapor": "dilaporkan",
}  # fmt: skip
_KATA = {
    "ketik": "diketik", "jumlah": "dijumlahkan", "posisi": "keadaan akhir bulan", "tidak": "tidak dijumlahkan",
    "galat": "menahan pengiriman", "tanya": "harus dijawab", "bulat": "bilangan bulat", "desimal": "bilangan desimal",
    "rupiah": "rupiah", "ya_tidak": "ya atau tidak", "teks": "teks", "tanggal": "tanggal", "jam": "jam",
    "pilihan": "pilihan", "tak_berlaku": "tidak berlaku", "nihil": "nihil",
}  # fmt: skip
_BERKATA = frozenset({"jenis", "sumber", "agregasi", "waktu", "tingkat", "bila_tidak"})
_PEMUTUS = ("jenis", "satuan", "agregasi", "waktu")
"""Attributes that make a figure another figure."""


@dataclass(frozen=True, slots=True)
class Rincian:
    """One attribute before and after, as people read it."""

    atribut: str
    lama: str
    baru: str


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One thing that is added, removed or changed. `menahan`: why it cannot be published so; "" when it can."""

    macam: str
    kode: str
    nama: str
    rincian: tuple[Rincian, ...] = ()
    menahan: str = ""


@dataclass(frozen=True)
class Beda:
    """Everything that changes, by subject in reading order. `baru`: there is no earlier version."""

    baru: bool = False
    kelompok: Mapping[str, tuple[Perubahan, ...]] = field(default_factory=dict)

    @property
    def sama(self) -> bool:
        return not self.baru and not any(self.kelompok.values())

    @property
    def menahan(self) -> tuple[str, ...]:
        return tuple(p.menahan for isi in self.kelompok.values() for p in isi if p.menahan)

    @property
    def dihapus(self) -> frozenset[str]:
        """Codes of items that are gone."""
        return frozenset(p.kode for p in self.kelompok.get("Butir", ()) if p.macam == "hapus")

    @property
    def ditambah(self) -> frozenset[str]:
        return frozenset(p.kode for p in self.kelompok.get("Butir", ()) if p.macam == "tambah")

    def banyak(self, macam: str) -> int:
        return sum(p.macam == macam for isi in self.kelompok.values() for p in isi)


def bandingkan(lama: Skema | None, baru: Skema, terdahulu: Iterable[Skema] = ()) -> Beda:
    """Changes from `lama` (the version in force, None for a new form) to `baru`.

    `terdahulu`: still older versions, newest first, so that a code that was dropped and comes back is compared too.
    """
    if lama is None:
        return Beda(baru=True)
    kelompok = {
        "Formulir": tuple(_kepala(lama, baru)),
        "Bagian": tuple(_bagian(lama, baru)),
        "Butir": tuple(_butir(lama, baru, tuple(terdahulu))),
        "Aturan": tuple(_peta({a.kode: a for a in lama.aturan}, {a.kode: a for a in baru.aturan}, _nama_aturan)),
        "Kewajiban dan tenggat": tuple(_kewajiban(lama.kewajiban, baru.kewajiban)),
        "Parameter": tuple(_peta(_parameter(lama), _parameter(baru), lambda p: p.label)),
    }
    return Beda(kelompok={k: v for k, v in kelompok.items() if v})


# ---------------------------------------------------------------- subjects


def _kepala(lama: Skema, baru: Skema) -> Iterator[Perubahan]:
    atribut = ("nama", "penjelasan", "sumber")
    rincian = [Rincian(_NAMA.get(a, a), getattr(lama, a), getattr(baru, a)) for a in atribut]
    if berbeda := tuple(r for r in rincian if r.lama != r.baru):
        yield Perubahan("ubah", baru.kode, baru.nama, berbeda)
    if lama.kampanye != baru.kampanye:
        yield Perubahan("ubah", "kampanye", "Masa kampanye", (_kampanye(lama, baru),))


def _kampanye(lama: Skema, baru: Skema) -> Rincian:
    teks = [f"{k.dari} sampai {k.sampai}, {k.lapor}" if k else "tidak ada" for k in (lama.kampanye, baru.kampanye)]
    return Rincian("masa", *teks)


def _bagian(lama: Skema, baru: Skema) -> Iterator[Perubahan]:
    dulu, kini = {g.kode: g for g in lama.bagian}, {g.kode: g for g in baru.bagian}
    yield from _peta(dulu, kini, lambda g: g.judul, lewati=("isi",))
    sama = [k for k in dulu if k in kini]
    urut = [k for k in kini if k in dulu]
    if sama != urut:
        yield Perubahan("ubah", "urutan", "Urutan bagian", (Rincian("urutan", ", ".join(sama), ", ".join(urut)),))
    yield from _susunan(dulu, kini)


def _susunan(dulu: Mapping[str, Bagian], kini: Mapping[str, Bagian]) -> Iterator[Perubahan]:
    """Order and layout inside a section: what the items themselves do not tell."""
    for kode in dulu.keys() & kini.keys():
        a, b = [_bentuk(x) for x in dulu[kode].isi], [_bentuk(x) for x in kini[kode].isi]
        bersama = {x[0] for x in a} & {x[0] for x in b}
        urut_a, urut_b = [x for x in a if x[0] in bersama], [x for x in b if x[0] in bersama]
        if urut_a != urut_b:
            rincian = Rincian("susunan", ", ".join(x[0] for x in urut_a), ", ".join(x[0] for x in urut_b))
            yield Perubahan("ubah", kode, f"Susunan {kini[kode].judul}", (rincian,))


def _bentuk(x: Any) -> tuple[Any, ...]:
    """Name and layout of an item, table or list, without the items in it."""
    if isinstance(x, Butir):
        return (x.kode,)
    if isinstance(x, Daftar):
        return (x.kode, x.judul, x.penjelasan, x.min, x.maks)
    sumbu = tuple((s.kode, s.label, s.label_total) for s in (*x.baris, *x.kolom))
    return (x.kode, x.judul, x.penjelasan, x.total_baris, x.total_kolom, sumbu)


def _butir(lama: Skema, baru: Skema, terdahulu: tuple[Skema, ...]) -> Iterator[Perubahan]:
    dulu, kini = _semua_butir(lama), _semua_butir(baru)
    for p in _peta(dulu, kini, lambda b: b.label, lewati=("total",)):
        if p.macam == "ubah":
            yield Perubahan(p.macam, p.kode, p.nama, p.rincian, _putus(dulu[p.kode], kini[p.kode]))
        elif p.macam == "tambah":
            asal = next((s for s in terdahulu if p.kode in _semua_butir(s)), None)
            yield Perubahan(p.macam, p.kode, p.nama, p.rincian, _kembali(asal, kini[p.kode], p.kode))
        else:
            yield p


def _semua_butir(s: Skema) -> dict[str, Butir]:
    """Items and cells by code, and columns of lists as `daftar.kolom`."""
    kolom = {f"{d.kode}.{k.kode}": k for d in s.daftar.values() for k in d.kolom}
    return {**s.butir, **kolom}


def _kembali(asal: Skema | None, kini: Butir, kode: str) -> str:
    if asal is None or not (sebab := _putus(_semua_butir(asal)[kode], kini)):
        return ""
    return f"{sebab} Kode ini pernah dipakai sampai versi {asal.berlaku_dari}."


def _putus(a: Butir, b: Butir) -> str:
    """Why the figures before and after are not one series; "" when they are."""
    beda = [n for n in _PEMUTUS if getattr(a, n) != getattr(b, n)]
    if a.jenis in JENIS_ANGKA[:2] and b.jenis in JENIS_ANGKA[:2]:
        beda = [n for n in beda if n != "jenis"]  # persons become fractions of persons: still one series
    if not a.angka and not b.angka:
        beda = [n for n in beda if n == "jenis"]
    if not beda:
        return ""
    apa = _sebut([_NAMA[n] for n in beda])
    return f"Kode {b.kode} sudah dipakai untuk hal lain ({apa} berbeda). Beri kode baru, supaya deret angkanya utuh."


def _nama_aturan(a: Any) -> str:
    return str(a.pesan)


def _parameter(s: Skema) -> dict[str, Parameter]:
    return {p.kode: p for p in s.parameter}


def _kewajiban(lama: tuple[Kewajiban, ...], baru: tuple[Kewajiban, ...]) -> Iterator[Perubahan]:
    dulu, kini = _per_jenis(lama), _per_jenis(baru)
    for jenis in dict.fromkeys((*dulu, *kini)):
        a, b = dulu.get(jenis), kini.get(jenis)
        if a == b:
            continue
        macam = "tambah" if a is None else "hapus" if b is None else "ubah"
        yield Perubahan(macam, jenis, jenis, (Rincian("tenggat", a or "tidak wajib", b or "tidak wajib"),))


def _per_jenis(kewajiban: tuple[Kewajiban, ...]) -> dict[str, str]:
    """Kind of unit → its obligations as a sentence."""
    hasil: dict[str, list[str]] = {}
    for k in kewajiban:
        for jenis in k.jenis:
            hasil.setdefault(jenis, []).append(_kalimat_kewajiban(k))
    return {jenis: "; ".join(isi) for jenis, isi in hasil.items()}


def _kalimat_kewajiban(k: Kewajiban) -> str:
    satuan = "" if k.bertanggal else "hari kerja ke-"
    hari = ", ".join(f"{nama} {satuan}{k.tenggat[kode]}" for kode, nama in _TINGKAT)
    sempit = [*k.subjenis, *k.upt, *k.kanwil]
    batas = f", hanya {_sebut(sempit)}" if sempit else ""
    return f"{hari}{batas}{'' if k.terkonfirmasi else ' (belum dikonfirmasi)'}"


_TINGKAT = (("upt", "UPT"), ("kanwil", "Kanwil"), ("pusat", "pusat"))


# ---------------------------------------------------------------- comparing by code


def _peta(
    lama: Mapping[str, Any], baru: Mapping[str, Any], nama: Any, lewati: tuple[str, ...] = ()
) -> Iterator[Perubahan]:
    """New ones, removed ones, then changed ones, each in form order."""
    for kode in baru:
        if kode not in lama:
            yield Perubahan("tambah", kode, nama(baru[kode]))
    for kode in lama:
        if kode not in baru:
            yield Perubahan("hapus", kode, nama(lama[kode]))
    for kode in baru:
        if kode in lama and (rincian := tuple(_atribut(lama[kode], baru[kode], lewati))):
            yield Perubahan("ubah", kode, nama(baru[kode]), rincian)


def _atribut(a: Any, b: Any, lewati: tuple[str, ...]) -> Iterator[Rincian]:
    for f in fields(a):
        lama, baru = getattr(a, f.name), getattr(b, f.name)
        if f.name not in (*lewati, "kode") and lama != baru:
            yield Rincian(_NAMA.get(f.name, f.name), tulis(f.name, lama), tulis(f.name, baru))


def tulis(atribut: str, nilai: Any) -> str:
    """One attribute's value in people's words."""
    if nilai is None or nilai == "" or nilai == ():
        return "tidak ada"
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, str):
        return _KATA.get(nilai, nilai) if atribut in _BERKATA else nilai
    if isinstance(nilai, tuple):
        return "; ".join(_tulis_isi(x) for x in nilai)
    return tulis_angka(nilai, "desimal")


def _sebut(nama: list[str]) -> str:
    return nama[0] if len(nama) == 1 else f"{', '.join(nama[:-1])} dan {nama[-1]}"


def _tulis_isi(x: Any) -> str:
    if hasattr(x, "berlaku_dari"):
        belum = "" if x.terkonfirmasi else ", belum dikonfirmasi"
        return f"{tulis_angka(x.nilai, 'desimal')} sejak {x.berlaku_dari} ({x.sumber}{belum})"
    return f"{x[1]} ({x[0]})" if isinstance(x, tuple) else str(x)
