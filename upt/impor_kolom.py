"""From sheets of text to rows that say something: which table, which columns, what each cell means. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from pemasyarakatan.inti.angka import GalatAngka, baca_angka, tulis_angka
from pemasyarakatan.inti.waktu import GalatWaktu, baca_tanggal, tulis_tanggal
from upt.impor_berkas import Baris, BerkasSalah, Lembar
from upt.impor_nama import (
    KELAS_MENURUT_JENIS,
    Identitas,
    SelSalah,
    baca_jenis,
    baca_kelas,
    baca_subjenis,
    huruf,
    lengkapi,
    urai_nama,
)

# The first spelling found wins, so that 'name' is taken before 'unit' when a list has both.
SINONIM: Mapping[str, tuple[str, ...]] = {
    "kode": ("kode", "kode_upt", "upt_id", "id_upt", "upt_kode", "kode_unit", "upt_code"),
    "nama": (
        *("nama", "nama_upt", "nama_unit", "nama_satuan_kerja", "nama_satker", "name", "upt_name"),
        *("unit_pelaksana_teknis", "satuan_kerja", "satker", "upt", "unit"),
    ),
    "jenis": ("jenis", "jenis_upt", "tipe", "type", "upt_type", "kind"),
    "subjenis": ("subjenis", "sub_jenis", "kekhususan", "subtype", "sub_type"),
    "kelas": ("kelas", "klas", "class", "upt_class"),
    "kanwil_kode": ("kode_kanwil", "kanwil_kode", "kanwil_code", "kanwil_id", "id_kanwil"),
    "kanwil": ("kanwil", "nama_kanwil", "kantor_wilayah", "kanwil_name", "wilayah", "regional_office"),
    "kabkota": (
        *("kabkota", "kab_kota", "kabupaten_kota", "kabupaten", "kota", "regency", "city", "regency_city"),
        *("kota_kabupaten", "kabupaten_atau_kota"),
    ),
    "kapasitas": ("kapasitas", "kapasitas_total", "jumlah_kapasitas", "daya_tampung", "capacity"),
    "laki": ("kapasitas_laki", "kapasitas_laki_laki", "kapasitas_pria", "capacity_male"),
    "perempuan": ("kapasitas_perempuan", "kapasitas_wanita", "capacity_female"),
    "anak": ("kapasitas_anak", "capacity_children", "capacity_child"),
    "tanggal_kapasitas": (
        *("tanggal_kapasitas", "kapasitas_per", "kapasitas_dari", "per_tanggal", "tanggal"),
        *("capacity_date", "occupancy_date", "date"),
    ),
    "alamat": ("alamat", "alamat_kantor", "address"),
    "telepon": ("telepon", "no_telepon", "telp", "no_telp", "phone", "telephone"),
    "surel": ("surel", "email", "e_mail", "alamat_surel", "alamat_email"),
    "wa": ("wa", "whatsapp", "no_wa", "nomor_wa", "nomor_whatsapp"),
}
BARIS_JUDUL = 30
"""A header is looked for in this many rows: official lists carry a letterhead above it."""
_KOSONG = frozenset({"-", "–", "—", "n/a", "kosong"})
_NAMA_MAKS = 120
_PANJANG = {"kabkota": 60, "alamat": 200, "telepon": 30, "surel": 254, "wa": 20}
_POLA_KODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_POLA_SUREL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_POLA_TELEPON = re.compile(r"[0-9+()/ .,;-]+")
_KAPASITAS_MAKS = 20_000
_AWALAN_KANWIL = re.compile(
    r"^(?:(?:kanwil|kantor wilayah|kementerian imigrasi dan pemasyarakatan|kemenimipas|kemenkumham|ditjenpas"
    r"|ditjen pemasyarakatan|direktorat jenderal pemasyarakatan|provinsi|prov\.?)\s+)+",
    re.IGNORECASE,
)
T = TypeVar("T")
_TEKS = ("kabkota", "alamat", "telepon", "surel", "wa")


@dataclass(frozen=True)
class Tabel:
    """The table that was recognised: where each known field stands, and the rows below the header."""

    lembar: str
    baris_judul: int
    kolom: Mapping[str, int]
    judul: Mapping[str, str]
    diabaikan: tuple[str, ...]
    lebar: int
    baris: tuple[Baris, ...]


@dataclass(frozen=True)
class KanwilDikenal:
    kode: str
    nama_pendek: str
    zona: str
    sebutan: frozenset[str]
    """Everything the office is called, as `huruf` writes it."""


@dataclass(frozen=True)
class KapasitasBaru:
    """Persons from a day on; `rinci` is False when the list gives one total that was put in one column."""

    dari: date
    laki: int
    perempuan: int
    anak: int
    rinci: bool

    @property
    def total(self) -> int:
        return self.laki + self.perempuan + self.anak


@dataclass(frozen=True)
class Isian:
    """What one accepted row says; '' for what it leaves open."""

    nomor: int
    kode: str
    nama_berkas: str
    identitas: Identitas
    kanwil: str
    teks: Mapping[str, str]
    kapasitas: KapasitasBaru | None
    catatan: tuple[str, ...]


@dataclass(frozen=True)
class Ditolak:
    nomor: int
    nama: str
    alasan: tuple[str, ...]


# --- which table ----------------------------------------------------------------------------------


def cari_tabel(lembar: Iterable[Lembar]) -> Tabel:
    """The sheet and header row that name most known columns. Raises BerkasSalah without a name column."""
    calon = [
        (len(kolom), -urutan, -i, satu, kolom)
        for urutan, satu in enumerate(lembar)
        for i, baris in enumerate(satu.baris[:BARIS_JUDUL])
        if "nama" in (kolom := _kenali(baris))
    ]
    if not calon:
        raise BerkasSalah(
            "Berkas tidak memuat kolom nama UPT. Beri judul kolom, misalnya: "
            "kode, nama, jenis, kelas, kanwil, kabupaten/kota, kapasitas."
        )
    _, _, minus_i, terpilih, kolom = max(calon, key=lambda satu: satu[:3])
    return _tabel(terpilih, -minus_i, kolom)


def _tabel(lembar: Lembar, i: int, kolom: Mapping[str, int]) -> Tabel:
    judul = lembar.baris[i]
    nama_judul = [_judul(sel) for sel in judul.sel]
    ganda = sorted({satu for satu in nama_judul if satu and nama_judul.count(satu) > 1})
    if ganda:
        raise BerkasSalah(f"Judul kolom “{ganda[0]}” muncul dua kali. Hapus atau ganti nama salah satunya.")
    isi = tuple(baris for baris in lembar.baris[i + 1 :] if not baris.kosong)
    if not isi:
        raise BerkasSalah("Tabel hanya berisi judul kolom, tanpa baris UPT.")
    dikenal = set(kolom.values())
    return Tabel(
        lembar=lembar.nama,
        baris_judul=judul.nomor,
        kolom=kolom,
        judul={nama: judul.sel[letak] for nama, letak in kolom.items()},
        diabaikan=tuple(sel for n, sel in enumerate(judul.sel) if sel and n not in dikenal),
        lebar=max(n for n, sel in enumerate(judul.sel) if sel) + 1,
        baris=isi,
    )


def _kenali(baris: Baris) -> dict[str, int]:
    letak = {_judul(sel): n for n, sel in reversed(list(enumerate(baris.sel)))}
    ketemu = ((nama, next((letak[s] for s in sinonim if s in letak), None)) for nama, sinonim in SINONIM.items())
    return {nama: n for nama, n in ketemu if n is not None}


def _judul(sel: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", sel.lower()).strip("_")


# --- what a row says ------------------------------------------------------------------------------


class Pembaca:
    """Reads rows of one table. `kanwil` are the known offices, `hari_ini` dates capacities without a day."""

    def __init__(self, tabel: Tabel, kanwil: Iterable[KanwilDikenal], hari_ini: date) -> None:
        self.tabel = tabel
        self.sebutan = {sebutan: satu.kode for satu in kanwil for sebutan in satu.sebutan}
        self.hari_ini = hari_ini

    def baca(self, baris: Baris) -> Isian | Ditolak:
        """Everything wrong with a row is said at once."""
        sel = partial(self._sel, baris)
        alasan: list[str] = []
        catatan: list[str] = []
        identitas = _coba(alasan, lambda: self._identitas(sel))
        kanwil = _coba(alasan, lambda: self._kanwil(sel)) or ""
        kode = _coba(alasan, lambda: _kode(sel("kode"))) or ""
        teks = {nama: _coba(alasan, partial(_teks, nama, sel(nama))) or "" for nama in _TEKS}
        kapasitas = _coba(alasan, lambda: self._kapasitas(sel, identitas, catatan))
        if any(baris.sel[self.tabel.lebar :]):
            alasan.append("Isi baris melebihi jumlah judul kolom. Periksa pemisah dan tanda kutip.")
        if alasan or identitas is None:
            return Ditolak(baris.nomor, sel("nama"), tuple(alasan))
        return Isian(baris.nomor, kode, sel("nama"), identitas, kanwil, teks, kapasitas, tuple(catatan))

    def _sel(self, baris: Baris, nama: str) -> str:
        letak = self.tabel.kolom.get(nama)
        isi = baris.sel[letak] if letak is not None and letak < len(baris.sel) else ""
        return "" if isi.lower() in _KOSONG else isi

    def _identitas(self, sel: Callable[[str], str]) -> Identitas:
        if not sel("nama"):
            raise SelSalah("Nama UPT kosong. Isi nama lengkapnya, misalnya Lapas Kelas IIA Ambon.")
        if len(sel("nama")) > _NAMA_MAKS:
            raise SelSalah(f"Nama UPT terlalu panjang; paling banyak {_NAMA_MAKS} huruf.")
        jenis, subjenis = baca_jenis(sel("jenis"))
        hasil = lengkapi(
            urai_nama(sel("nama")),
            jenis=jenis,
            subjenis=baca_subjenis(sel("subjenis")) if sel("subjenis") else subjenis,
            kelas=baca_kelas(sel("kelas")),
        )
        return _masuk_akal(hasil, sel("nama"))

    def _kanwil(self, sel: Callable[[str], str]) -> str:
        """Code of the office; code and name columns must agree."""
        sebut = [teks for teks in (sel("kanwil_kode"), sel("kanwil")) if teks]
        ketemu = [self.sebutan.get(huruf(_AWALAN_KANWIL.sub("", teks))) for teks in sebut]
        for teks, kode in zip(sebut, ketemu, strict=True):
            if kode is None:
                raise SelSalah(f"Kanwil “{teks}” tidak dikenal. Tulis kode atau namanya, misalnya 81 atau Maluku.")
        if len(set(ketemu)) > 1:
            raise SelSalah(f"Kode Kanwil “{sebut[0]}” bukan milik Kanwil “{sebut[1]}”. Samakan keduanya.")
        return (ketemu[0] or "") if ketemu else ""

    def _kapasitas(
        self, sel: Callable[[str], str], identitas: Identitas | None, catatan: list[str]
    ) -> KapasitasBaru | None:
        total = _orang(sel("kapasitas"))
        rincian = [_orang(sel(nama)) for nama in ("laki", "perempuan", "anak")]
        if not total and not any(rincian):
            if total == 0 and identitas and identitas.jenis != "BAPAS":
                catatan.append("Kapasitas 0 tidak dicatat; isi bila sudah diketahui.")
            return None
        if identitas and identitas.jenis == "BAPAS":
            raise SelSalah("Bapas tidak menampung penghuni. Kosongkan kapasitasnya.")
        dari = self._tanggal(sel("tanggal_kapasitas"), catatan)
        return _susun_kapasitas(dari, total, rincian, identitas, catatan)

    def _tanggal(self, teks: str, catatan: list[str]) -> date:
        dari = baca_tanggal(teks)
        if dari is None:
            catatan.append(f"Kapasitas tanpa tanggal; dicatat berlaku sejak {tulis_tanggal(self.hari_ini)}.")
            return self.hari_ini
        if dari > self.hari_ini:
            raise SelSalah(f"Tanggal kapasitas {tulis_tanggal(dari)} belum tiba. Periksa tanggalnya.")
        return dari


def _susun_kapasitas(
    dari: date, total: int | None, rincian: list[int | None], identitas: Identitas | None, catatan: list[str]
) -> KapasitasBaru:
    """One total goes to the column of the kind of unit; given parts must add up to a given total."""
    if not any(rincian):
        kolom = _kolom_total(identitas)
        nilai = {"laki": 0, "perempuan": 0, "anak": 0} | {kolom: total or 0}
        if kolom == "laki" and identitas:
            catatan.append("Daftar tidak merinci kapasitas; seluruhnya dicatat pada kolom laki-laki.")
        return KapasitasBaru(dari, **nilai, rinci=False)
    laki, perempuan, anak = (n or 0 for n in rincian)
    if total and total != laki + perempuan + anak:
        raise SelSalah(
            f"Kapasitas {tulis_angka(total)} tidak sama dengan jumlah rinciannya "
            f"{tulis_angka(laki + perempuan + anak)}. Betulkan salah satunya."
        )
    return KapasitasBaru(dari, laki, perempuan, anak, rinci=True)


def _kolom_total(identitas: Identitas | None) -> str:
    if identitas and identitas.jenis == "LPKA":
        return "anak"
    return "perempuan" if identitas and identitas.subjenis == "PEREMPUAN" else "laki"


def _masuk_akal(identitas: Identitas, nama: str) -> Identitas:
    if not identitas.jenis:
        raise SelSalah(
            f"Jenis UPT tidak terbaca dari nama “{nama}”. Awali dengan Lapas, Rutan, LPKA, Bapas, "
            "atau Rumah Sakit, atau isi kolom jenis."
        )
    if not huruf(identitas.tempat):
        raise SelSalah(f"Nama “{nama}” tidak menyebut tempatnya. Tulis misalnya Lapas Kelas IIA Ambon.")
    boleh = KELAS_MENURUT_JENIS[identitas.jenis]
    if identitas.kelas and identitas.kelas not in boleh:
        pilihan = ", ".join(boleh) if any(boleh) else "kosong"
        raise SelSalah(f"Kelas {identitas.kelas} tidak ada pada {identitas.jenis}. Pilihannya: {pilihan}.")
    return identitas


def _kode(teks: str) -> str:
    """Codes are text and permanent; small letters, so that one code is not two."""
    kode = teks.lower()
    if kode and not _POLA_KODE.fullmatch(kode):
        raise SelSalah(f"Kode “{teks}” tidak sah. Pakai huruf, angka, dan tanda hubung, paling banyak 80.")
    return kode


def _teks(nama: str, isi: str) -> str:
    if len(isi) > _PANJANG[nama]:
        raise SelSalah(f"Isi kolom {nama} terlalu panjang; paling banyak {_PANJANG[nama]} huruf.")
    if nama == "surel" and isi and not _POLA_SUREL.fullmatch(isi):
        raise SelSalah(f"Surel “{isi}” tidak sah. Tulis satu alamat, misalnya lapas.contoh@example.go.id.")
    if nama in ("telepon", "wa") and not _POLA_TELEPON.fullmatch(isi or "0"):
        raise SelSalah(f"Nomor {nama} “{isi}” tidak sah. Tulis angka saja, misalnya 0911123456.")
    return isi


def _orang(teks: str) -> int | None:
    """Persons; Raises GalatAngka."""
    nilai = baca_angka(teks, "bulat")
    if nilai is not None and nilai > _KAPASITAS_MAKS:
        raise SelSalah(f"Kapasitas {tulis_angka(nilai)} tidak wajar untuk satu UPT. Periksa angkanya.")
    return None if nilai is None else int(nilai)


def _coba(alasan: list[str], kerja: Callable[[], T]) -> T | None:
    try:
        return kerja()
    except (SelSalah, GalatAngka, GalatWaktu) as galat:
        alasan.append(galat.pesan)
        return None
