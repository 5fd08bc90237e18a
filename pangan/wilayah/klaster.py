"""Clusters over twelve months, and what running cycles will give. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from pangan.komoditas import muat
from pangan.models import Klaster, Siklus
from pangan.pilihan import nama_komoditas
from pangan.wilayah.angka import Unit, jumlahkan, menurut_kanwil
from pangan.wilayah.halaman import TIDAK_ADA, Halaman, tulis, url_asal, url_klaster, url_unit, url_wilayah
from pangan.wilayah.ramalan import Ramalan, bulan_ramalan, kelompokkan, taksir
from pangan.wilayah.ramalan import Siklus as SiklusRamalan
from pemasyarakatan.inti import bagan
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal

SETAHUN = 12
TINGGI = 180
Deret = Mapping[tuple[Bulan, str], tuple[Decimal, Decimal]]
Gagal = Mapping[tuple[Bulan, str], tuple[int, int]]
TAMPAK = Decimal("0.1")
"""The part of a month's harvest that was estimated, and of its cycles that were lost, from which the chart says so:
in a whole country there is always one.
"""


# ---------------------------------------------------------------- twelve months against the twelve before


@dataclass(frozen=True)
class BulanKlaster:
    """One month of one cluster; `kg` and `lalu` None: nobody here kept the register yet."""

    bulan: Bulan
    kg: Decimal | None
    taksir: Decimal
    lalu: Decimal | None
    gagal: int
    berakhir: int

    @property
    def kejadian(self) -> str:
        if not self.gagal or self.gagal < TAMPAK * self.berakhir:
            return ""
        return f"{tulis_angka(self.gagal)} dari {tulis_angka(self.berakhir)} siklus yang berakhir gagal panen"

    @property
    def ditaksir(self) -> bool:
        return self.taksir > 0 and self.taksir >= TAMPAK * (self.kg or 0)

    @property
    def tulisan(self) -> tuple[str, str, str, str]:
        kg = tulis(self.kg, "desimal")
        taksir = tulis(self.taksir, "desimal") if self.taksir else "0"
        return kg, taksir, tulis(self.lalu, "desimal"), tulis_angka(self.gagal)


def setahun(deret: Deret, gagal: Gagal, klaster: str, sampai: Bulan, pertama: Bulan | None) -> list[BulanKlaster]:
    """Twelve months up to `sampai`. A month without harvest is nought once somebody keeps the register (`pertama`)."""

    def kg(bulan: Bulan) -> Decimal | None:
        if (bulan, klaster) in deret:
            return deret[bulan, klaster][0]
        return Decimal(0) if pertama is not None and bulan >= pertama else None

    nol = (Decimal(0), Decimal(0))
    return [
        BulanKlaster(b, kg(b), deret.get((b, klaster), nol)[1], kg(b - SETAHUN), *gagal.get((b, klaster), (0, 0)))
        for b in (sampai - (SETAHUN - 1)).rentang(sampai)
    ]


def gambar_klaster(h: Halaman, klaster: str, bulan: Sequence[BulanKlaster], *, tinggi: int = TINGGI) -> dict[str, Any]:
    """One of the small multiples with its table: this year solid, the year before grey, estimates dotted."""
    label = str(Klaster(klaster).label)
    ada = any(b.kg or b.lalu or b.gagal for b in bulan)
    titik = [bagan.Titik(b.bulan.nama_pendek, _bulatkan(b.kg), b.ditaksir, b.kejadian) for b in bulan]
    judul = f"Panen {label.lower()}, {h.wilayah.nama}, 12 bulan sampai {h.bulan.nama}"
    gambar = bagan.tren(
        titik, judul=judul, jenis="bulat", satuan="kg", tinggi=tinggi, lalu=[_bulatkan(b.lalu) for b in bulan],
        kata="taksiran",
    )  # fmt: skip
    return {
        "klaster": klaster,
        "label": label,
        "gambar": gambar if ada else "",
        "kalimat": _kalimat(bulan),
        "baris": [(b.bulan.nama, *b.tulisan) for b in reversed(bulan)],
        "url": url_klaster(klaster, h.wilayah.slug, h.bulan),
    }


def _bulatkan(n: Decimal | None) -> int | None:
    return None if n is None else round(n)


def _kalimat(bulan: Sequence[BulanKlaster]) -> str:
    """The newest month against the same month of the year before: harvests are seasonal."""
    akhir = bulan[-1]
    if akhir.kg is None:
        return f"{akhir.bulan.nama}: belum ada catatan."
    kini = f"{akhir.bulan.nama_pendek} {tulis(akhir.kg, 'desimal', 'kg')}"
    if akhir.lalu is None:
        return f"{kini}; bulan yang sama tahun lalu belum tercatat."
    if not akhir.lalu:
        return f"{kini}; bulan yang sama tahun lalu tidak ada panen."
    return f"{kini}; bulan yang sama tahun lalu {tulis(akhir.lalu, 'desimal', 'kg')}."


# ---------------------------------------------------------------- forecast


def ramalan(h: Halaman, siklus: Iterable[SiklusRamalan]) -> dict[str, Any]:
    """Expected harvests of three months by month and cluster, and by Kanwil or unit."""
    bulan, unit, kanwil = kelompokkan((s, taksir(s, muat().get(s.komoditas))) for s in siklus)
    urut = [
        (b, str(k.label), bulan[b, k.value])
        for b in bulan_ramalan(h.hari) for k in Klaster if (b, k.value) in bulan
    ]  # fmt: skip
    if h.nasional:
        tempat = [
            (k.nama_pendek, url_wilayah(k.slug, h.bulan, "ramalan"), kanwil[k.pk]) for k in h.kanwil if k.pk in kanwil
        ]
    else:
        tempat = [(u.nama, url_unit(u.kode), unit[u.id]) for u in h.unit if u.id in unit]
    jumlah = Ramalan()
    for _, _, satu in urut:
        jumlah = _tambah(jumlah, satu)
    return {
        "bulan": bulan_ramalan(h.hari),
        "baris": [(b.nama, label, *tulis_ramalan(r)) for b, label, r in urut],
        "jumlah": tulis_ramalan(jumlah),
        "tempat": [(nama, url, *tulis_ramalan(r)) for nama, url, r in sorted(tempat)],
        "benda": h.benda,
        "mentah": urut,
    }  # fmt: skip


def _tambah(a: Ramalan, b: Ramalan) -> Ramalan:
    return Ramalan(a.siklus + b.siklus, a.kg_unit + b.kg_unit, a.bawah + b.bawah, a.atas + b.atas, a.tanpa + b.tanpa)


def tulis_ramalan(r: Ramalan) -> tuple[str, str, str, str]:
    """Cycles, kg as the units expect, kg estimated, cycles that nobody can put a weight to."""
    kira = (
        f"{tulis_angka(round(r.bawah))}–{tulis_angka(round(r.atas))}"
        if r.atas != r.bawah
        else tulis_angka(round(r.atas))
    )
    return (
        tulis_angka(r.siklus),
        tulis(r.kg_unit, "desimal") if r.kg_unit else TIDAK_ADA,
        kira if r.atas else TIDAK_ADA,
        tulis_angka(r.tanpa),
    )


def lewat(h: Halaman, semua: Sequence[Siklus], banyak: int) -> dict[str, Any]:
    """Cycles past their expected day of which nothing was harvested."""
    return {
        "banyak": banyak,
        "baris": [
            (s.upt.nama, url_unit(s.upt.kode), nama_komoditas(s.komoditas), s.petak.nama,
             tulis_tanggal(s.perkiraan_panen), tulis_angka((h.hari - s.perkiraan_panen).days))
            for s in semua if s.perkiraan_panen is not None
        ],
        "sisa": banyak - len(semua),
    }  # fmt: skip


# ---------------------------------------------------------------- one cluster


def baris_klaster(h: Halaman, klaster: str, tahap: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """By Kanwil or unit: area, running cycles and the next of their harvests, harvest of the month and the year."""
    if h.nasional:
        per = menurut_kanwil(h.unit)
        bagian = [
            (k.nama_pendek, url_klaster(klaster, k.slug, h.bulan), per.get(k.pk, [])) for k in h.kanwil if k.pk in per
        ]
    else:
        bagian = [(u.nama, url_asal(u.kode, h.bulan), [u]) for u in h.unit]
    semua = (_satu_klaster(nama, url, unit, klaster, tahap) for nama, url, unit in bagian)
    return [b for b in semua if b["ada"]]


def _satu_klaster(
    nama: str, url: str, unit: Sequence[Unit], klaster: str, tahap: Mapping[int, Mapping[str, Any]]
) -> dict[str, Any]:
    f = jumlahkan(u.fakta for u in unit)
    jalan = [tahap[u.id] for u in unit if u.id in tahap]
    luas, panen, tahun = f[f"lahan_{klaster}"], f[f"panen_{klaster}"], f[f"setahun_{klaster}"]
    return {
        "nama": nama,
        "url": url,
        "ada": bool(luas or panen or tahun or jalan),
        "luas": tulis_angka(luas),
        "siklus": tulis_angka(sum(int(t["siklus"]) for t in jalan)),
        "ekor": _ekor(jalan),
        "berikut": _berikut(t["berikut"] for t in jalan),
        "panen": tulis(panen, "desimal"),
        "setahun": tulis(tahun, "desimal"),
    }


def _ekor(jalan: Iterable[Mapping[str, Any]]) -> str:
    ekor = [int(t["ekor"]) for t in jalan if t["ekor"] is not None]
    return tulis_angka(sum(ekor)) if ekor else TIDAK_ADA


def _berikut(hari: Iterable[date | None]) -> str | SafeString:
    ada = [h for h in hari if h is not None]
    return tulis_tanggal(min(ada), pendek=True) if ada else TIDAK_ADA


def baris_gagal(semua: Sequence[Siklus]) -> list[tuple[str, str, str, str, str, str]]:
    return [
        (s.upt.nama, url_unit(s.upt.kode), nama_komoditas(s.komoditas), s.petak.nama, tulis_tanggal(s.selesai),
         s.alasan_gagal or "sebab tidak ditulis")
        for s in semua
    ]  # fmt: skip
