"""Candidates for remission: the rules over the whole country's columns, and one unit (or the nation) in the database.

The plain pass is what one writes by hand with numpy over the same columns: days served, the amount by ordinal and band,
every threshold compared, and a count. It knows neither which condition failed nor what is unknown, no end of a
sentence, no I or II, no regime, and no rule that could be changed; the ratio says what all that costs.
"""

from __future__ import annotations

import random
import resource
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

import numpy as np
from django.db import connection

from bench.instansi import Ukuran
from bench.pencatat import Pencatat, berselang, sebagai
from bench.ukur import Baris, Waktu, baris_rasio
from pemasyarakatan.inti.curah import muatan_curah
from pemasyarakatan.inti.waktu import sekarang
from remisi.calon import massal, tugas
from remisi.calon.massal import MENJALANI, NIHIL, Kolom, Larik, hari, tipe
from remisi.calon.patokan import Patokan
from remisi.calon.susun import hitung_unit
from remisi.ketentuan import bawaan
from remisi.models import Kandidat, Kesempatan, Perhitungan
from remisi.selectors_aturan import himpunan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.models import CatatanPerilaku, DataWarga, KunciWarga, Pemberian, RiwayatData, WargaBinaan
from wbp.muat_curah import Orang, muat

BANYAK = 280_000
SATU_UNIT = 3_000
BATAS_ATURAN = 3.0
BATAS_UNIT = 2.0
KINI = date(2026, 11, 22)
AGUSTUS = date(2027, 8, 17)
_DIMUAT = (WargaBinaan, DataWarga, KunciWarga, RiwayatData, Pemberian, CatatanPerilaku)


# The rules alone -----------------------------------------------------------------------------------


def negeri(banyak: int) -> Kolom:
    """Invented columns as the register gives them: sorted by status, one in five with something missing or unmet."""
    r = np.random.default_rng(22)
    anak = banyak // 40
    kolom = {k: np.zeros(banyak, tipe(k)) for k in massal.KOLOM}
    kolom["status"][:anak], kolom["status"][anak:] = 3, 2
    kolom["kelompok"][:] = r.choice([1, 2, 3, 4, 5], banyak, p=[0.42, 0.52, 0.02, 0.003, 0.037])
    kolom["jenis_pidana"][:] = r.choice([0, 1, 2], banyak, p=[0.99, 0.008, 0.002])
    kolom["menjalani"][:] = r.choice(len(MENJALANI), banyak, p=[0.94, 0.03, 0.01, 0.005, 0.005, 0.01])
    kolom["jenis_kelamin"][:] = r.choice([0, 1, 2], banyak, p=[0.002, 0.948, 0.05])
    kolom["agama"][:] = r.choice(8, banyak, p=[0.01, 0.85, 0.06, 0.03, 0.02, 0.01, 0.01, 0.01])
    kolom["sppn_predikat"][:] = r.choice(5, banyak, p=[0.05, 0.1, 0.75, 0.08, 0.02])
    for k in massal.TAHU:
        kolom[k][:] = r.choice([-1, 0, 1], banyak, p=[0.05, 0.02, 0.93])
    kini = hari(KINI)
    for k, dari, sampai, tanpa in (
        ("tanggal_putusan", -2500, 0, 0.02), ("tanggal_tahan", -2700, 0, 0.01), ("sppn_tanggal", -100, 0, 0.05),
        ("register_f_diperiksa", -100, 0, 0.05), ("register_f_terakhir", -2000, 0, 0.9),
    ):  # fmt: skip
        kolom[k][:] = np.where(r.random(banyak) < tanpa, NIHIL, kini + r.integers(dari, sampai, banyak))
    kolom["tahun_lahir"][:] = r.integers(1945, 2009, banyak)
    kolom["pidana_tahun"][:] = r.integers(0, 15, banyak)
    kolom["pidana_bulan"][:] = r.integers(0, 12, banyak)
    kolom["remisi_hari"][:] = 30 * r.integers(0, 20, banyak)
    kolom["lalu_RU"][:] = r.integers(0, 8, banyak)
    kolom["lalu_PMPU"][:] = r.integers(0, 3, banyak)
    for k in ("jenis_pidana", "menjalani"):
        kolom[k][:anak] = 0
    return kolom


def polos(k: Kolom) -> tuple[int, int]:
    """One plain pass: (eligible, days granted). See the top of this file for what it leaves out."""
    hari_ini, kini = hari(AGUSTUS), hari(KINI)
    anak = k["status"] == 3
    jalani = hari_ini - k["tanggal_tahan"]
    urutan = np.where(anak, k["lalu_PMPU"], k["lalu_RU"]) + 1
    satu = np.where(jalani < 360, 30, 60)
    besar = np.select([urutan == 1, urutan == 2, urutan == 3, urutan <= 5], [satu, 90, 120, 150], 180)
    lama = 360 * k["pidana_tahun"] + 30 * k["pidana_bulan"] + k["pidana_hari"]
    disiplin = (k["register_f_terakhir"] > hari_ini - np.where(anak, 90, 180)) & (k["register_f_terakhir"] <= hari_ini)
    layak = (
        (jalani >= np.where(anak, 90, 180)) & ~disiplin & (k["tanggal_tahan"] != NIHIL)
        & (lama >= np.where(anak, 1, 180)) & (k["jenis_pidana"] == 0) & (k["menjalani"] != 5) & (k["menjalani"] != 1)
        & (k["salinan_putusan"] == 1) & (k["risiko_turun"] == 1) & (k["jenis_kelamin"] != 0) & (k["kelompok"] != 0)
        & ((k["sppn_predikat"] == 1) | (k["sppn_predikat"] == 2)) & (k["sppn_tanggal"] >= kini - 92)
        & (k["register_f_diperiksa"] >= kini - 92)
        & ((k["kelompok"] != 3) | ((k["denda_lunas"] == 1) & (k["uang_pengganti_lunas"] == 1)))
        & ((k["kelompok"] != 4) | ((k["deradikalisasi"] == 1) & (k["ikrar"] == 1)))
    )  # fmt: skip
    return int(np.count_nonzero(layak)), int(np.where(layak, besar, 0).sum())


def _pastikan_sama(hasil: list[massal.Hasil], biasa: tuple[int, int]) -> None:
    """Both counted the same people, but for those whose sentence will have ended, which the plain pass does not see."""
    habis = sum(int(np.count_nonzero(_hanya_sisa(h))) for h in hasil)
    layak = sum(int(np.count_nonzero(h.keadaan == massal.KEADAAN.index("LAYAK"))) for h in hasil)
    if not layak or layak + habis != biasa[0]:
        raise RuntimeError(f"the two passes disagree: {layak} + {habis} and {biasa[0]}")


def _hanya_sisa(hasil: massal.Hasil) -> Larik:
    """Whom nothing but the end of their sentence keeps back."""
    lain = ~np.int64(3 << massal.TEMPAT["SISA"]) & np.int64(0x2AAAAAAAAAAAAAAA)
    return (hasil.keadaan == massal.T) & (hasil.pola & lain == 0)


def aturan(banyak: int, ulang: int) -> list[Baris]:
    """The ratio that the goal is set for, and the memory of the pass above its columns."""
    kolom, patokan = negeri(banyak), Patokan(bawaan(), "RU", AGUSTUS, frozenset(), KINI)
    _pastikan_sama(massal.hitung(kolom, patokan), polos(kolom))
    penuh, biasa = berselang(
        ulang, lambda: _jam(lambda: massal.hitung(kolom, patokan)), lambda: _jam(lambda: polos(kolom))
    )
    masuk, puncak = sum(v.nbytes for v in kolom.values()), _puncak(lambda: massal.hitung(kolom, patokan))
    ket = f"{_ribu(banyak)} orang, {len(massal.TEMPAT)} syarat; median dari {ulang}"
    return [
        baris_rasio("Aturan remisi : satu lintasan numpy polos", penuh, biasa, BATAS_ATURAN, ket),
        Baris("Memori puncak aturan remisi", puncak / 2**20, "MiB", None, f"di atas {masuk / 2**20:.0f} MiB kolomnya"),
    ]


def _jam(kerja: Callable[[], Any]) -> Waktu:
    jam, prosesor = time.perf_counter(), time.process_time()
    kerja()
    return Waktu(time.perf_counter() - jam, time.process_time() - prosesor)


def _puncak(kerja: Callable[[], Any]) -> int:
    """Bytes that a piece of work holds at most at one time."""
    tracemalloc.start()
    try:
        kerja()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _ribu(n: int) -> str:
    return f"{n:,}".replace(",", ".")


# In the database -----------------------------------------------------------------------------------


def orang(upt: UPT, banyak: int, benih: int) -> Iterator[Orang]:
    """Invented inmates of a unit, with their grants of the last years."""
    r = random.Random(benih)
    for n in range(banyak):
        tahan = KINI - timedelta(days=r.randrange(100, 2700))
        lalu = [("RU", date(t, 8, 17), 2, 0) for t in range(tahan.year + 1, KINI.year + 1)]
        lalu += [("RK", date(t, 3, 21), 0, 15) for t in range(tahan.year + 1, KINI.year + 1)]
        yield Orang(upt, f"Contoh {n:06d}", f"B.I {benih:04d}{n:06d}/26", _kolom(r, tahan), lalu, _sppn(r), ())


def _kolom(r: random.Random, tahan: date) -> dict[str, Any]:
    anak = r.random() < 0.025
    return {
        "status": "ANAK_BINAAN" if anak else "NARAPIDANA", "jenis_kelamin": "P" if r.random() < 0.05 else "L",
        "agama": r.choice(massal.AGAMA[1:7]), "tahun_lahir": r.randrange(1950, 2008),
        "kelompok": r.choice(massal.KELOMPOK[1:3]), "jenis_pidana": "SEMENTARA", "tanggal_putusan": tahan,
        "tanggal_tahan": tahan, "pidana_tahun": r.randrange(1, 15), "pidana_bulan": r.randrange(12), "pidana_hari": 0,
        "salinan_putusan": r.random() < 0.95, "risiko_turun": r.random() < 0.95, "menjalani": "PIDANA",
        "register_f_diperiksa": KINI, "sejak": tahan,
    }  # fmt: skip


def _sppn(r: random.Random) -> list[tuple[date, str]]:
    return [(date(2026, 11, 1), "BAIK")] if r.random() < 0.95 else []


def isi(upt: Sequence[UPT], seunit: int) -> list[int]:
    """Load the registers, as the owner of the tables."""
    with terpasang(SISTEM), muatan_curah([m._meta.db_table for m in _DIMUAT]):
        semua = (o for n, satu in enumerate(upt) for o in orang(satu, seunit, n + 1))
        return muat(semua, oleh_id=_orang_pertama(), pada=sekarang())


def _orang_pertama() -> int:
    with connection.cursor() as kursor:
        kursor.execute("SELECT min(id) FROM akun_pengguna")
        return int(kursor.fetchone()[0])


def kesempatan() -> Kesempatan:
    return Kesempatan.objects.get_or_create(
        slug="ru-2027-ukur",
        defaults={
            "nama": "Remisi Umum",
            "jenis": "RU",
            "tanggal": AGUSTUS,
            "batas_usul": AGUSTUS,
            "sumber": "tolok ukur",
        },
    )[0]


def satu_unit(banyak: int, ulang: int) -> list[Baris]:
    """Reading, computing and replacing one unit's candidates, as the web role with row-level security: the first time,
    and again with nothing changed."""
    with terpasang(SISTEM):
        upt = UPT.objects.exclude(pk__in=DataWarga.objects.values("upt_id")).select_related("kanwil").order_by("pk")[0]
    acara = kesempatan()
    isi([upt], banyak)
    with connection.cursor() as kursor:
        kursor.execute("VACUUM ANALYZE wbp_datawarga, wbp_pemberian")
    with sebagai("web"):
        catat = Pencatat()
        pertama = [catat.ukur(lambda: _kosongkan(acara, upt, lambda: _hitung(acara, upt))) for _ in range(ulang)]
        lagi = [catat.ukur(lambda: _hitung(acara, upt)) for _ in range(ulang)]
    ket = f"{_ribu(banyak)} orang, baca register sampai commit; prosesor {median(w.prosesor for w in pertama):.2f} s"
    ulangi = f"{median(w.jam for w in lagi):.2f} s bila tidak ada yang berubah"
    sasaran = BATAS_UNIT if banyak >= SATU_UNIT else None
    return [Baris("Calon satu UPT", median(w.jam for w in pertama), "s", sasaran, f"{ket}; {ulangi}")]


def _hitung(acara: Kesempatan, upt: UPT) -> Perhitungan:
    with terpasang(SISTEM):
        return hitung_unit(kesempatan=acara, upt=upt, oleh=None, cakupan=SISTEM)


def _kosongkan(acara: Kesempatan, upt: UPT, kerja: Callable[[], Any]) -> None:
    """The first computation again: all rows are new."""
    with terpasang(SISTEM):
        Kandidat.objects.filter(kesempatan=acara, upt=upt).delete()
    kerja()


def se_negeri(banyak: int) -> list[Baris]:
    """Every unit one by one, as the job does it in the worker's role; filled first, which takes minutes."""
    with terpasang(SISTEM):
        unit = list(UPT.objects.exclude(jenis="BAPAS").select_related("kanwil").order_by("pk"))
    acara, seunit = kesempatan(), max(banyak // len(unit), 1)
    with terpasang(SISTEM):
        kosong = [u for u in unit if not DataWarga.objects.filter(upt=u).exists()]
    isi(kosong, seunit)
    with connection.cursor() as kursor:
        kursor.execute("VACUUM ANALYZE wbp_datawarga, wbp_pemberian")
    with sebagai("kerja"):
        catat, hasil = Pencatat(), []
        with terpasang(SISTEM):
            semua, rules = tugas.unit_berisi(acara), himpunan()
        waktu = catat.ukur(lambda: hasil.extend(tugas.hitung_banyak(acara, semua, rules, dalam=tugas.sistem)))
    gagal, orangnya = sum(bool(h.galat) for h in hasil), sum((h.jumlah or {})["orang"] for h in hasil)
    ket = (
        f"{_ribu(orangnya)} orang di {len(semua)} UPT, {gagal} gagal; prosesor {waktu.prosesor:.0f} s; "
        f"puncak proses {_rss()} MiB"
    )
    return [Baris("Calon se-Indonesia, satu kesempatan", waktu.jam, "s", None, ket)]


def _rss() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def ukur(ukuran: Ukuran) -> list[Baris]:
    """Rules over the country's columns, and one unit in the database."""
    kecil = ukuran.butir == 0
    return [*aturan(BANYAK // 20 if kecil else BANYAK, 7 * ukuran.ulang), *satu_unit(300 if kecil else SATU_UNIT, 3)]
