"""Taking the headline figures out of the frames, each with last month's and with the coverage of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dasbor.kinerja.bahan import LIPUTAN, Bahan
from dasbor.kinerja.fakta import Fakta, Pokok
from dasbor.kinerja.susunan import KELOMPOK_KAMTIB, KLASTER
from dasbor.kinerja.tabel import Tabel, label_klaster, nasional
from dasbor.rekap import LAYAK, Liputan
from pemasyarakatan.inti.angka import Jenis
from pemasyarakatan.inti.waktu import Bulan

_DAFTAR: tuple[tuple[str, str, str, Jenis, str], ...] = (
    ("hunian", "Tingkat hunian", "%", "persen", "F01"),
    ("overkapasitas", "Overkapasitas", "%", "persen", "F01"),
    ("isi", "Penghuni", "orang", "bulat", "F01"),
    ("kapasitas", "Kapasitas", "orang", "bulat", "F01"),
    ("masuk", "Penghuni masuk", "orang", "bulat", "F02"),
    ("keluar", "Penghuni keluar", "orang", "bulat", "F02"),
    ("total_kejadian", "Gangguan keamanan dan ketertiban", "kejadian", "bulat", "F04"),
    ("lahan", "Lahan pangan dimanfaatkan", "m²", "bulat", "F06"),
    ("wbp", "Warga binaan terlibat ketahanan pangan", "orang", "bulat", "F06"),
    ("panen", "Hasil panen", "kg", "desimal", "F06"),
)


def kumpulkan(bahan: Bahan, tabel: Mapping[str, Tabel]) -> Fakta:
    """Take the facts out of the frames, so that the sentences need no frame."""
    return Fakta(
        bulan=bahan.bulan,
        dasar=bahan.dasar,
        pokok={kode: _pokok(bahan, kode, *sisa) for kode, *sisa in _DAFTAR},  # type: ignore[arg-type]
        kelengkapan=liputan(bahan, bahan.bulan),
        belum_sah=_belum_sah(tabel["Kelengkapan"].isi),
        hunian_kanwil=_hunian_kanwil(tabel["Kanwil"].isi),
        kelompok_kamtib=_kelompok_kamtib(tabel["Kamtib"]),
        klaster=_klaster(bahan, tabel["Klaster"].isi),
        lain={k: _jumlah(tabel["Mutasi"], k) for k in ("meninggal", "lari", "overstaying")},
    )


def liputan(bahan: Bahan, bulan: Bulan, formulir: str | None = None) -> Liputan:
    """Coverage of one form, or of all forms together, over the nation."""
    baris = bahan.liputan[bahan.liputan["bulan"] == bulan.awal]
    if formulir is not None:
        baris = baris[baris["formulir"] == formulir]
    jumlah = baris[list(LIPUTAN)].sum()
    return Liputan(**{k: int(jumlah[k]) for k in LIPUTAN})


def _pokok(bahan: Bahan, kode: str, label: str, satuan: str, jenis: Jenis, formulir: str) -> Pokok:
    lalu = bahan.bulan - 1
    nilai = [_nilai(bahan, bulan, kode) for bulan in (bahan.bulan, lalu)]
    cakupan = [liputan(bahan, bulan, formulir) for bulan in (bahan.bulan, lalu)]
    return Pokok(kode, label, satuan, jenis, nilai[0], nilai[1], cakupan[0], cakupan[1])


def _nilai(bahan: Bahan, bulan: Bulan, kode: str) -> float | None:
    return _RASIO[kode](bahan, bulan) if kode in _RASIO else nasional(bahan, bulan, kode)


def _hunian(bahan: Bahan, bulan: Bulan) -> float | None:
    isi, kapasitas = nasional(bahan, bulan, "isi"), nasional(bahan, bulan, "kapasitas")
    return isi * 100 / kapasitas if isi is not None and kapasitas else None


def _overkapasitas(bahan: Bahan, bulan: Bulan) -> float | None:
    isi, kapasitas = nasional(bahan, bulan, "isi"), nasional(bahan, bulan, "kapasitas")
    return (isi - kapasitas) * 100 / kapasitas if isi is not None and kapasitas else None


_RASIO: dict[str, Callable[[Bahan, Bulan], float | None]] = {
    "hunian": _hunian,
    "overkapasitas": _overkapasitas,
}


def _belum_sah(isi: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    """Kanwil with reports that are not verified yet, most first."""
    kurang = (isi["wajib"] - isi["sah"]).groupby(isi["kanwil"], sort=False).sum().astype(int)
    return tuple(kurang[kurang > 0].sort_values(ascending=False, kind="stable").items())  # type: ignore[arg-type]


def _hunian_kanwil(isi: pd.DataFrame) -> tuple[tuple[str, float], ...]:
    """Only Kanwil whose coverage is fit to be read; never ranked by raw counts."""
    layak = isi[(isi["n"] * 100 >= isi["wajib"] * LAYAK) & isi["hunian"].notna()]
    urut = layak.set_index("kanwil")["hunian"].sort_values(ascending=False, kind="stable")
    return tuple(urut.items())  # type: ignore[arg-type]


def _kelompok_kamtib(tabel: Tabel) -> tuple[tuple[str, float], ...]:
    label = {k.kode: k.label for k in tabel.kolom}
    nilai = {label[k]: _jumlah(tabel, k) for k in KELOMPOK_KAMTIB if k in label}
    ada = [(nama, n) for nama, n in nilai.items() if n]
    return tuple(sorted(ada, key=lambda dua: -dua[1]))


def _klaster(bahan: Bahan, isi: pd.DataFrame) -> tuple[tuple[str, float], ...]:
    lahan = isi.set_index("klaster")["lahan"].dropna()
    nama = [label_klaster(bahan, k) for k in KLASTER]
    ada = [(n, float(lahan[n])) for n in nama if n in lahan.index and lahan[n] > 0]
    return tuple(sorted(ada, key=lambda dua: -dua[1]))


def _jumlah(tabel: Tabel, kode: str) -> float | None:
    nilai = None if tabel.jumlah is None else tabel.jumlah.get(kode)
    return None if nilai is None or pd.isna(nilai) else float(nilai)
