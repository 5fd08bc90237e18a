"""Shaping the tables of a performance report with pandas. A table knows its columns, so that files only
draw it.

A sum over Kanwil counts the Kanwil that have the item; without any the cell is NaN, which is written as "–"
and is never zero. Rates are formulas over sums and are never added up or averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dasbor.kinerja.bahan import Bahan
from dasbor.kinerja.susunan import BANYAK_TREN, KAMTIB, KLASTER, MUTASI, PANGAN, UKURAN_KLASTER, kode_klaster
from pemasyarakatan.inti.angka import Jenis, tulis_angka
from pemasyarakatan.inti.waktu import Bulan

NASIONAL = "Nasional"
TEKS = "teks"


@dataclass(frozen=True)
class Kolom:
    """`jenis`: teks, or the kind under which `inti.angka` writes the number.

    `desimal` None: as many as it has.
    """

    kode: str
    label: str
    satuan: str = ""
    jenis: str = "bulat"
    desimal: int | None = None

    def tulis(self, nilai: Any) -> str:
        """One cell as people read it; the unit stands in the header."""
        if self.jenis == TEKS:
            return str(nilai)
        jenis: Jenis = "desimal" if self.jenis == "desimal" else "persen" if self.jenis == "persen" else "bulat"
        kosong = nilai is None or pd.isna(nilai)
        return tulis_angka(None if kosong else float(nilai), jenis, desimal=self.desimal)


@dataclass(frozen=True)
class Tabel:
    """`isi` has one column per `kolom`, in their order; `jumlah` is the national row, None where there is
    none.
    """

    kode: str
    judul: str
    kolom: tuple[Kolom, ...]
    isi: pd.DataFrame
    jumlah: pd.Series[Any] | None = None
    keterangan: str = ""

    def baris_teks(self) -> list[list[str]]:
        """All rows as people read them, without the national one."""
        kolom = [self.isi[k.kode].map(k.tulis) for k in self.kolom]
        return [list(baris) for baris in zip(*kolom, strict=True)]

    def jumlah_teks(self) -> list[str]:
        return [] if self.jumlah is None else [k.tulis(self.jumlah[k.kode]) for k in self.kolom]


KOLOM_KANWIL = Kolom("kanwil", "Kanwil", jenis=TEKS)
KOLOM_LIPUTAN = (Kolom("n", "UPT dihitung", "UPT"), Kolom("wajib", "UPT wajib lapor", "UPT"))
KOLOM_HUNIAN = (
    Kolom("hunian", "Tingkat hunian", "%", "persen", 1),
    Kolom("overkapasitas", "Overkapasitas", "%", "persen", 1),
)


# Pieces -------------------------------------------------------------------------------------------


def kolom_butir(bahan: Bahan, formulir: str, kode: str, label: str = "") -> Kolom:
    """The column of an item as its form names it."""
    butir = bahan.skema[formulir].butir[kode]
    desimal = 2 if butir.jenis == "desimal" else None
    return Kolom(kode, label or butir.label, butir.satuan, butir.jenis_angka, desimal)


def tersedia(bahan: Bahan, formulir: str, kode: Sequence[str]) -> list[str]:
    """The items that the form of this month has; an older form may know fewer."""
    return [k for k in kode if formulir in bahan.skema and k in bahan.skema[formulir].butir]


def per_kanwil(bahan: Bahan, formulir: str, kode: Sequence[str]) -> pd.DataFrame:
    """Kanwil × item, with the reports counted and owed; every Kanwil that owes something has a row."""
    angka = bahan.angka[bahan.angka["formulir"] == formulir]
    lebar = angka.pivot_table(index="kanwil_id", columns="kode", values="nilai", aggfunc="sum", sort=False)
    ada = angka.groupby(["kanwil_id", "kode"])["n"].sum().unstack("kode")
    lebar = lebar.where(ada > 0).reindex(columns=list(kode))
    liputan = liputan_bulan(bahan, formulir).set_index("kanwil_id")
    hasil = lebar.reindex(liputan.index).assign(n=liputan[bahan.dasar], wajib=liputan["wajib"])
    return _urut_kanwil(bahan, hasil)


def liputan_bulan(bahan: Bahan, formulir: str) -> pd.DataFrame:
    semua = bahan.liputan
    return semua[(semua["bulan"] == bahan.bulan.awal) & (semua["formulir"] == formulir) & (semua["wajib"] > 0)]


def _urut_kanwil(bahan: Bahan, isi: pd.DataFrame) -> pd.DataFrame:
    """In the order of the official codes, with the name as first column."""
    isi = isi.reindex([k for k in bahan.kanwil.index if k in isi.index])
    isi.insert(0, "kanwil", bahan.kanwil.reindex(isi.index).astype(str))
    return isi.reset_index(drop=True)


def jumlahkan(isi: pd.DataFrame, label: str = NASIONAL) -> pd.Series[Any]:
    """The national row: sums of what is there; NaN where nobody has it."""
    angka = isi.select_dtypes("number").sum(min_count=1)
    return pd.concat([pd.Series({"kanwil": label}, dtype=object), angka.astype(object)])


def bagi(atas: Any, bawah: Any, kali: float = 100) -> Any:
    """atas * kali / bawah, element by element; NaN over zero and over nothing."""
    bawah = bawah.where(bawah > 0) if isinstance(bawah, pd.Series) else (bawah if bawah > 0 else np.nan)
    return atas * kali / bawah


def bagian(sebagian: Any, semua: Any) -> Any:
    """Share in percent, rounded down to one decimal so that 99,96% is never shown as 100%."""
    return np.floor(bagi(sebagian, semua, 1000)) / 10


def _tambah_hunian(isi: Any) -> Any:
    """Both definitions over the same sums: occupancy of the capacity, and what exceeds it."""
    isi["hunian"] = bagi(isi["isi"], isi["kapasitas"])
    isi["overkapasitas"] = bagi(isi["isi"] - isi["kapasitas"], isi["kapasitas"])
    return isi


def _tabel(
    kode: str, judul: str, kolom: Sequence[Kolom], isi: pd.DataFrame, jumlah: Any = None, keterangan: str = ""
) -> Tabel:
    nama = [k.kode for k in kolom]
    return Tabel(kode, judul, tuple(kolom), isi.reindex(columns=nama), jumlah, keterangan)


# Tables -------------------------------------------------------------------------------------------


def tabel_kanwil(bahan: Bahan) -> Tabel:
    ada = tersedia(bahan, "F01", ("isi", "kapasitas", "tahanan", "narapidana", "anak_semua"))
    isi = _tambah_hunian(per_kanwil(bahan, "F01", ada))
    kolom = [KOLOM_KANWIL, *(kolom_butir(bahan, "F01", k) for k in ada[:2]), *KOLOM_HUNIAN]
    kolom += [*(kolom_butir(bahan, "F01", k) for k in ada[2:]), *KOLOM_LIPUTAN]
    keterangan = (
        "Tingkat hunian = penghuni ÷ kapasitas × 100. Overkapasitas = (penghuni − kapasitas) ÷ kapasitas × "
        "100; "
        "negatif berarti masih ada tempat."
    )
    jumlah = _tambah_hunian(jumlahkan(isi))
    return _tabel("Kanwil", "Isi, kapasitas, dan tingkat hunian", kolom, isi, jumlah, keterangan)


def tabel_mutasi(bahan: Bahan) -> Tabel:
    ada = tersedia(bahan, "F02", MUTASI)
    isi = per_kanwil(bahan, "F02", ada)
    isi["selisih"] = isi["masuk"] - isi["keluar"]
    kolom = [
        KOLOM_KANWIL,
        *(kolom_butir(bahan, "F02", k) for k in ada[:2]),
        Kolom("selisih", "Selisih", "orang"),
    ]
    kolom += [*(kolom_butir(bahan, "F02", k) for k in ada[2:]), *KOLOM_LIPUTAN]
    keterangan = "Selisih = masuk − keluar. Overstaying adalah keadaan pada akhir bulan, bukan mutasi."
    return _tabel("Mutasi", "Mutasi penghuni", kolom, isi, jumlahkan(isi), keterangan)


def tabel_kamtib(bahan: Bahan) -> Tabel:
    ada = tersedia(bahan, "F04", KAMTIB)
    isi = per_kanwil(bahan, "F04", ada)
    kolom = [KOLOM_KANWIL, *(kolom_butir(bahan, "F04", k) for k in ada), *KOLOM_LIPUTAN]
    keterangan = "Satu kejadian dihitung pada satu kelompok. Angka rendah dapat berarti aman atau kurang melapor."
    judul = "Gangguan keamanan dan ketertiban per kelompok"
    return _tabel("Kamtib", judul, kolom, isi, jumlahkan(isi), keterangan)


def tabel_pangan(bahan: Bahan) -> Tabel:
    """Totals of each Kanwil, then every cluster with all its measures."""
    klaster = [kode_klaster(k, u) for k in KLASTER for u in UKURAN_KLASTER]
    ada = tersedia(bahan, "F06", (*PANGAN, *klaster))
    isi = per_kanwil(bahan, "F06", ada)
    isi["serapan"] = bagi(isi["jual_bama"], isi["panen"])
    jumlah = jumlahkan(isi)
    jumlah["serapan"] = bagi(jumlah["jual_bama"], jumlah["panen"])
    kolom = [KOLOM_KANWIL, *(kolom_butir(bahan, "F06", k) for k in ada if k in PANGAN)]
    kolom += [Kolom("serapan", "Serapan vendor bahan makanan", "%", "persen", 1), *KOLOM_LIPUTAN]
    kolom += [kolom_butir(bahan, "F06", k) for k in ada if k in klaster]
    keterangan = "Warga binaan terlibat dihitung satu kali; penempatan per klaster dapat memuat orang yang sama."
    return _tabel("Pangan", "Ketahanan pangan", kolom, isi, jumlah, keterangan)


def tabel_klaster(bahan: Bahan) -> Tabel:
    """The nation by cluster."""
    angka = bahan.angka[bahan.angka["formulir"] == "F06"].groupby("kode")["nilai"].sum(min_count=1)
    baris = [[label_klaster(bahan, k), *(angka.get(kode_klaster(k, u)) for u in UKURAN_KLASTER)] for k in KLASTER]
    isi = pd.DataFrame(baris, columns=["klaster", *UKURAN_KLASTER]).astype(dict.fromkeys(UKURAN_KLASTER, "float64"))
    kolom = (
        Kolom("klaster", "Klaster", jenis=TEKS),
        Kolom("lahan", "Lahan dimanfaatkan", "m²"),
        Kolom("wbp", "Penempatan warga binaan", "orang"),
        Kolom("panen", "Hasil panen", "kg", "desimal", 2),
        Kolom("nilai", "Nilai hasil panen", "rupiah", "rupiah"),
    )
    jumlah = isi[list(UKURAN_KLASTER)].sum(min_count=1).astype(object)
    jumlah["klaster"] = "Semua klaster"
    return Tabel("Klaster", "Ketahanan pangan per klaster", kolom, isi, jumlah)


def label_klaster(bahan: Bahan, klaster: str) -> str:
    """The cluster as the form names it."""
    butir = bahan.skema["F06"].butir.get(kode_klaster(klaster, "lahan")) if "F06" in bahan.skema else None
    return butir.label.split(",")[0] if butir else klaster.capitalize()


def tabel_kelengkapan(bahan: Bahan) -> Tabel:
    """One row per Kanwil and form: what is owed, sent, in time, verified."""
    isi = bahan.liputan[(bahan.liputan["bulan"] == bahan.bulan.awal) & (bahan.liputan["wajib"] > 0)].copy()
    isi["kanwil"] = isi["kanwil_id"].map(bahan.kanwil)
    urutan = {kanwil: i for i, kanwil in enumerate(bahan.kanwil.index)}
    isi = isi.assign(urut=isi["kanwil_id"].map(urutan)).sort_values(["urut", "formulir"]).reset_index(drop=True)
    jumlah = jumlahkan(isi)
    jumlah["formulir"] = "Semua"
    for frame in (isi, jumlah):
        frame["persen_masuk"] = bagian(frame["masuk"], frame["wajib"])
        frame["persen_sah"] = bagian(frame["sah"], frame["wajib"])
        frame["persen_penghuni"] = bagian(frame["penghuni_masuk"], frame["penghuni_wajib"])
    kolom = (
        KOLOM_KANWIL,
        Kolom("formulir", "Formulir", jenis=TEKS),
        Kolom("wajib", "Wajib lapor", "laporan"),
        Kolom("masuk", "Masuk", "laporan"),
        Kolom("tepat", "Tepat waktu", "laporan"),
        Kolom("sah", "Terverifikasi", "laporan"),
        Kolom("persen_masuk", "Bagian masuk", "%", "persen", 1),
        Kolom("persen_sah", "Bagian terverifikasi", "%", "persen", 1),
        Kolom("persen_penghuni", "Bagian penghuni tercakup", "%", "persen", 1),
    )
    return _tabel("Kelengkapan", "Kelengkapan laporan", kolom, isi, jumlah)


def tabel_tren(bahan: Bahan) -> Tabel:
    """The nation over twelve months; a month without reports stays a row of its own."""
    angka = bahan.angka_tren
    lebar = angka.groupby(["bulan", "kode"])["nilai"].sum(min_count=1).unstack("kode")
    bulan = (bahan.bulan - (BANYAK_TREN - 1)).rentang(bahan.bulan)
    isi = lebar.reindex(index=[b.awal for b in bulan], columns=["isi", "kapasitas", "masuk", "keluar", *_TREN_LAIN])
    f01 = bahan.liputan[bahan.liputan["formulir"] == "F01"].groupby("bulan")[["wajib", "masuk", "sah"]].sum()
    f01 = f01.reindex(isi.index).fillna(0)
    isi["n"], isi["wajib"] = f01[bahan.dasar], f01["wajib"]
    isi = _tambah_hunian(isi)
    isi.insert(0, "nama", [b.nama for b in bulan])
    kolom = (
        Kolom("nama", "Bulan", jenis=TEKS),
        Kolom("isi", "Penghuni", "orang"),
        Kolom("kapasitas", "Kapasitas", "orang"),
        *KOLOM_HUNIAN,
        Kolom("masuk", "Penghuni masuk", "orang"),
        Kolom("keluar", "Penghuni keluar", "orang"),
        Kolom("total_kejadian", "Gangguan kamtib", "kejadian"),
        Kolom("lahan", "Lahan pangan", "m²"),
        Kolom("wbp", "Warga binaan pangan", "orang"),
        Kolom("panen", "Hasil panen", "kg", "desimal", 2),
        Kolom("n", "UPT dihitung (F01)", "UPT"),
        Kolom("wajib", "UPT wajib lapor (F01)", "UPT"),
    )
    return _tabel("Tren", f"Tren dua belas bulan sampai {bahan.bulan.nama}", kolom, isi.reset_index(drop=True))


_TREN_LAIN = ("total_kejadian", "lahan", "wbp", "panen")


def nasional(bahan: Bahan, bulan: Bulan, kode: str) -> float | None:
    """One national figure of the trend; None when no unit gave it."""
    angka = bahan.angka_tren
    cocok = angka[(angka["bulan"] == bulan.awal) & (angka["kode"] == kode)]["nilai"].dropna()
    return float(cocok.sum()) if len(cocok) else None


PEMBUAT: tuple[Callable[[Bahan], Tabel], ...] = (
    tabel_kanwil, tabel_mutasi, tabel_kamtib, tabel_pangan, tabel_klaster, tabel_kelengkapan, tabel_tren,
)  # fmt: skip
"""Every table, in the order of the report."""


def semua(bahan: Bahan) -> dict[str, Tabel]:
    """Every table by code."""
    return {tabel.kode: tabel for tabel in (buat(bahan) for buat in PEMBUAT)}
