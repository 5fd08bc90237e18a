"""What the food register refuses (`galat`) and what it asks (`tanya`). Pure: records in, findings out.

`Temuan.bidang` names a field of the record that was checked. Values that nobody has confirmed (bands of the
commodity list, the minimum of vendor absorption) only ever ask, and say so in the sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from statistics import median
from typing import Literal

from pangan.komoditas import Komoditas
from pelaporan.register.temuan import Temuan, galat, tanya
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal

Wujud = Literal["lahan", "kolam", "kandang", "media"]

TANAM_TERJAUH = timedelta(days=60)
M2_PER_HA = Decimal(10_000)
LUAS_BANDING = Decimal(50)
"""Square metres from which a yield per hectare says something; a few pots or one tarpaulin pond do not."""
RASIO_BERAT = (Decimal("0.3"), Decimal(3))
RASIO_HARGA = (Decimal("0.1"), Decimal(10))
PANEN_DINI = Decimal("0.5")
PENJUALAN_MINIM = 3
"""Sales a unit must have before its median price is a price to compare with."""


# ---------------------------------------------------------------- land


@dataclass(frozen=True, slots=True)
class Petak:
    """A plot, pond, pen or rack: `luas` m² in all, `luas_pakai` m² in use, `rencana` for land that lies idle."""

    klaster: str
    wujud: Wujud
    luas: Decimal
    luas_pakai: Decimal
    tidur: bool = False
    rencana: str = ""


@dataclass(frozen=True, slots=True)
class Pemanfaatan:
    """One use of a plot, first and last day included; without a last day it goes on."""

    klaster: str
    mulai: date
    selesai: date | None = None


def periksa_petak(petak: Petak) -> list[Temuan]:
    """Area in use within the plot; idle land has a plan."""
    temuan = []
    if petak.luas_pakai > petak.luas:
        temuan.append(
            galat(
                "luas_pakai_lebih",
                "luas_pakai",
                f"Luas dipakai {_m2(petak.luas_pakai)} melebihi luas petak {_m2(petak.luas)}. Periksa kedua angkanya.",
            )
        )
    if petak.tidur and not petak.rencana.strip():
        temuan.append(
            tanya(
                "tidur_tanpa_rencana",
                "rencana",
                f"Lahan {_m2(petak.luas)} ini belum dimanfaatkan dan belum ada rencananya. Tulis rencana"
                " pemanfaatannya, atau sebutkan sebabnya belum ada.",
            )
        )
    return temuan


def periksa_pemanfaatan(riwayat: Sequence[Pemanfaatan]) -> list[Temuan]:
    """A plot serves one use at a time, and no use ends before it starts."""
    temuan = [
        galat(
            "selesai_sebelum_mulai",
            "selesai",
            f"Pemanfaatan {p.klaster} selesai {tulis_tanggal(p.selesai)}, sebelum mulai {tulis_tanggal(p.mulai)}."
            " Perbaiki tanggalnya.",
        )
        for p in riwayat
        if p.selesai is not None and p.selesai < p.mulai
    ]
    return temuan or list(_bertumpuk(riwayat))


def _bertumpuk(riwayat: Sequence[Pemanfaatan]) -> Iterator[Temuan]:
    """Each use that starts while the longest of those before it still runs."""
    berjalan: Pemanfaatan | None = None
    for p in sorted(riwayat, key=lambda p: (p.mulai, p.selesai or date.max)):
        if berjalan is not None and (berjalan.selesai is None or berjalan.selesai >= p.mulai):
            yield galat(
                "dua_pemanfaatan",
                "mulai",
                f"Petak ini masih dipakai untuk {berjalan.klaster} sejak {tulis_tanggal(berjalan.mulai)} ketika"
                f" pemanfaatan {p.klaster} mulai {tulis_tanggal(p.mulai)}. Akhiri dahulu pemanfaatan sebelumnya.",
            )
        if berjalan is None or (p.selesai or date.max) > (berjalan.selesai or date.max):
            berjalan = p


# ---------------------------------------------------------------- cycles


@dataclass(frozen=True, slots=True)
class Siklus:
    """One planting or stocking. `luas`: m² it takes of its plot; `ekor_awal`: heads put in."""

    komoditas: Komoditas
    tanam: date
    perkiraan_panen: date | None = None
    luas: Decimal | None = None
    ekor_awal: int | None = None


def periksa_siklus(siklus: Siklus, petak: Petak, *, luas_lain: Decimal, hari_ini: date) -> list[Temuan]:
    """`luas_lain`: m² taken by the other running cycles of the plot."""
    sumber = (
        _waktu_siklus(siklus, hari_ini),
        _luas_siklus(siklus, petak, luas_lain),
        _klaster_siklus(siklus, petak),
        _ekor_siklus(siklus),
    )
    return [t for bagian in sumber for t in bagian]


def _waktu_siklus(s: Siklus, hari_ini: date) -> Iterator[Temuan]:
    if s.tanam - hari_ini > TANAM_TERJAUH:
        yield tanya(
            "tanam_jauh",
            "tanam",
            f"Tanggal mulai {tulis_tanggal(s.tanam)} masih {_n((s.tanam - hari_ini).days)} hari lagi. Periksa tahun dan"
            " bulannya, atau nyatakan benar bila memang direncanakan.",
        )
    if s.perkiraan_panen is not None and s.perkiraan_panen < s.tanam:
        yield galat(
            "perkiraan_sebelum_tanam",
            "perkiraan_panen",
            f"Perkiraan panen {tulis_tanggal(s.perkiraan_panen)} mendahului tanggal mulai {tulis_tanggal(s.tanam)}."
            " Perbaiki salah satunya.",
        )


def _luas_siklus(s: Siklus, petak: Petak, luas_lain: Decimal) -> Iterator[Temuan]:
    """On land two crops cannot stand on one square metre; ponds, pens and racks may hold several kinds."""
    jumlah = luas_lain + (s.luas or 0)
    if jumlah <= petak.luas_pakai:
        return
    rincian = f"Siklus yang berjalan memakai {_m2(jumlah)}, padahal luas dipakai petak ini {_m2(petak.luas_pakai)}."
    if petak.wujud == "lahan":
        yield galat("luas_siklus_lebih", "luas", f"{rincian} Kurangi luas siklus ini atau akhiri siklus lain.")
    else:
        yield tanya("luas_siklus_lebih", "luas", f"{rincian} Nyatakan benar bila dipelihara bersama dalam satu tempat.")


def _klaster_siklus(s: Siklus, petak: Petak) -> Iterator[Temuan]:
    if s.komoditas.klaster != petak.klaster:
        yield tanya(
            "klaster_lain",
            "komoditas",
            f"{s.komoditas.nama} biasanya masuk klaster {s.komoditas.klaster}, sedangkan petak ini {petak.klaster}."
            " Periksa komoditas atau petaknya.",
        )


def _ekor_siklus(s: Siklus) -> Iterator[Temuan]:
    if s.komoditas.hewan and (s.ekor_awal is None or s.ekor_awal <= 0):
        yield galat("ekor_awal_kosong", "ekor_awal", f"Isi jumlah {s.komoditas.nama} pada awal siklus, dalam ekor.")


# ---------------------------------------------------------------- harvests


@dataclass(frozen=True, slots=True)
class Panen:
    """One harvest. `ekor`: heads taken out when it is not counted in heads; `alasan` explains a harvest of nothing."""

    komoditas: Komoditas
    tanam: date
    tanggal: date
    jumlah: Decimal
    satuan: str
    berat_kg: Decimal | None = None
    ekor: int | None = None
    alasan: str = ""

    @property
    def ekor_keluar(self) -> Decimal:
        return self.jumlah if self.satuan == "ekor" else Decimal(self.ekor or 0)


@dataclass(frozen=True, slots=True)
class HasilPetak:
    """What the area gave, this harvest included: kg of the whole cycle, or of twelve months (`hasil_per`).

    `lengkap`: the cycle (the twelve months) is over. Only then can it be too little.
    """

    kg: Decimal
    luas: Decimal
    lengkap: bool


def periksa_panen(
    panen: Panen, *, hari_ini: date, ekor_hidup: int | None = None, hasil: HasilPetak | None = None
) -> list[Temuan]:
    """`ekor_hidup`: heads alive that day before this harvest; None for what is not counted in heads."""
    sumber = (
        _waktu_panen(panen, hari_ini),
        _jumlah_panen(panen),
        _satuan_panen(panen),
        _berat_panen(panen),
        _ekor_panen(panen, ekor_hidup),
        _hasil_per_ha(panen.komoditas, hasil) if hasil is not None else (),
    )
    return [t for bagian in sumber for t in bagian]


def _waktu_panen(p: Panen, hari_ini: date) -> Iterator[Temuan]:
    if p.tanggal > hari_ini:
        yield galat(
            "panen_nanti",
            "tanggal",
            f"Tanggal panen {tulis_tanggal(p.tanggal)} belum tiba. Catat panen setelah hasilnya ditimbang.",
        )
    umur = (p.tanggal - p.tanam).days
    if umur < 0:
        yield galat(
            "panen_sebelum_tanam",
            "tanggal",
            f"Tanggal panen {tulis_tanggal(p.tanggal)} mendahului tanggal mulai {tulis_tanggal(p.tanam)}."
            " Perbaiki salah satunya.",
        )
    elif p.jumlah > 0 and umur < PANEN_DINI * p.komoditas.lama_hari:
        yield tanya(
            "panen_dini",
            "tanggal",
            f"Dipanen {_n(umur)} hari sejak mulai; {p.komoditas.nama} biasanya {_n(p.komoditas.lama_hari)} hari"
            f"{p.komoditas.tanda}. Periksa kedua tanggalnya.",
        )


def _jumlah_panen(p: Panen) -> Iterator[Temuan]:
    if p.jumlah < 0:
        yield galat("jumlah_negatif", "jumlah", "Jumlah panen tidak boleh kurang dari 0. Perbaiki angkanya.")
    elif p.jumlah == 0 and not p.alasan.strip():
        yield galat("panen_nol", "alasan", "Jumlah panen 0. Tulis sebabnya, misalnya gagal panen karena banjir.")


def _satuan_panen(p: Panen) -> Iterator[Temuan]:
    """Animals may always be counted in heads: a laying hen is sold when she lays no more."""
    k = p.komoditas
    if p.jumlah <= 0 or p.satuan == k.satuan or (k.hewan and p.satuan == "ekor"):
        return
    yield tanya(
        "satuan_lain",
        "satuan",
        f"{k.nama} biasanya dihitung dalam {k.satuan}; tertulis {_d(p.jumlah)} {p.satuan}."
        " Periksa angka dan satuannya.",
    )


def _berat_panen(p: Panen) -> Iterator[Temuan]:
    k = p.komoditas
    if k.berat_kg is None or p.satuan != k.satuan or p.berat_kg is None or p.jumlah <= 0:
        return
    rasio = p.berat_kg / p.jumlah / k.berat_kg
    if not RASIO_BERAT[0] <= rasio <= RASIO_BERAT[1]:
        yield tanya(
            "berat_janggal",
            "berat_kg",
            f"{_d(p.jumlah)} {p.satuan} seberat {_d(p.berat_kg)} kg berarti {_ringkas(p.berat_kg / p.jumlah)} kg per"
            f" {p.satuan}; biasanya sekitar {_d(k.berat_kg)} kg{k.tanda}. Periksa jumlah dan beratnya.",
        )


def _ekor_panen(p: Panen, ekor_hidup: int | None) -> Iterator[Temuan]:
    if ekor_hidup is not None and p.ekor_keluar > ekor_hidup:
        yield galat(
            "ekor_lebih",
            "jumlah" if p.satuan == "ekor" else "ekor",
            f"Dipanen {_d(p.ekor_keluar)} ekor, padahal pada {tulis_tanggal(p.tanggal)} tinggal {_n(ekor_hidup)} ekor."
            " Periksa jumlahnya, atau catat dahulu kelahiran dan pembelian.",
        )


def _hasil_per_ha(k: Komoditas, hasil: HasilPetak) -> Iterator[Temuan]:
    if k.hasil_min_kg_ha is None or k.hasil_maks_kg_ha is None or hasil.luas < LUAS_BANDING:
        return
    per_ha = hasil.kg * M2_PER_HA / hasil.luas
    tinggi = per_ha > k.hasil_maks_kg_ha
    if tinggi or (hasil.lengkap and per_ha < k.hasil_min_kg_ha):
        yield tanya(
            "hasil_tinggi" if tinggi else "hasil_rendah",
            "jumlah",
            f"{_d(hasil.kg)} kg dari {_m2(hasil.luas)} setara {_n(per_ha)} kg per hektare; {k.nama} biasanya"
            f" {_n(k.hasil_min_kg_ha)}–{_n(k.hasil_maks_kg_ha)} kg per hektare per {k.hasil_per}{k.tanda}."
            " Periksa berat dan luasnya, atau jelaskan sebabnya.",
        )


# ---------------------------------------------------------------- use of produce


@dataclass(frozen=True, slots=True)
class Pemakaian:
    """Produce that left the store. `nilai`: rupiah received; `kg`: its weight, where `jumlah` is not in kg."""

    tanggal: date
    jumlah: Decimal
    satuan: str
    dijual: bool
    nilai: int | None = None
    kg: Decimal | None = None

    @property
    def berat(self) -> Decimal | None:
        return self.jumlah if self.satuan == "kg" else self.kg


def periksa_pemakaian(pemakaian: Pemakaian, *, stok: Decimal, harga: Decimal | None = None) -> list[Temuan]:
    """`stok`: what may still leave on that day (`tersedia`); `harga`: the unit's usual price (`harga_lazim`)."""
    sumber = (_stok_pemakaian(pemakaian, stok), _nilai_pemakaian(pemakaian), _harga_pemakaian(pemakaian, harga))
    return [t for bagian in sumber for t in bagian]


def _stok_pemakaian(p: Pemakaian, stok: Decimal) -> Iterator[Temuan]:
    if p.jumlah <= 0:
        yield galat("jumlah_kosong", "jumlah", "Isi jumlah yang dipakai, lebih dari 0.")
    elif p.jumlah > stok:
        yield galat(
            "stok_kurang",
            "jumlah",
            f"Dipakai {_d(p.jumlah)} {p.satuan}, padahal pada {tulis_tanggal(p.tanggal)} tersedia"
            f" {_d(max(stok, Decimal(0)))} {p.satuan}. Kurangi jumlahnya, atau catat dahulu panennya.",
        )


def _nilai_pemakaian(p: Pemakaian) -> Iterator[Temuan]:
    if p.nilai is not None and p.nilai < 0:
        yield galat("nilai_negatif", "nilai", "Nilai penjualan tidak boleh kurang dari 0. Perbaiki angkanya.")
    elif p.dijual and not p.nilai:
        yield tanya(
            "jual_tanpa_nilai",
            "nilai",
            "Hasil ini dijual, tetapi nilainya 0. Isi uang yang diterima, atau jelaskan bila belum dibayar.",
        )
    elif not p.dijual and p.nilai:
        yield galat(
            "nilai_tanpa_jual",
            "nilai",
            f"Tertulis nilai {tulis_angka(p.nilai, 'rupiah')}, padahal hasil ini tidak dijual. Kosongkan nilainya,"
            " atau ganti tujuannya menjadi dijual.",
        )


def _harga_pemakaian(p: Pemakaian, lazim: Decimal | None) -> Iterator[Temuan]:
    if not p.dijual or not p.nilai or p.nilai < 0 or not p.berat or p.berat < 0 or not lazim:
        return
    harga = p.nilai / p.berat
    if not RASIO_HARGA[0] <= harga / lazim <= RASIO_HARGA[1]:
        yield tanya(
            "harga_janggal",
            "nilai",
            f"Harganya {tulis_angka(harga, 'rupiah')} per kg; penjualan unit ini biasanya"
            f" {tulis_angka(lazim, 'rupiah')} per kg. Periksa nilai dan beratnya.",
        )


def harga_lazim(penjualan: Iterable[tuple[Decimal, int]]) -> Decimal | None:
    """The unit's median price per kg from its sales (kg, rupiah); None while there are too few to compare."""
    harga = [nilai / kg for kg, nilai in penjualan if kg > 0 and nilai > 0]
    return median(harga) if len(harga) >= PENJUALAN_MINIM else None


def periksa_serapan(
    *, vendor_kg: Decimal, panen_kg: Decimal, minimum: Decimal, terkonfirmasi: bool = False
) -> list[Temuan]:
    """The part of a month's harvest that the food vendor bought, against the minimum in percent."""
    if panen_kg <= 0 or vendor_kg * 100 >= minimum * panen_kg:
        return []
    tanda = "" if terkonfirmasi else " (belum dikonfirmasi)"
    return [
        tanya(
            "serapan_kurang",
            "vendor",
            f"Vendor bahan makanan membeli {_d(vendor_kg)} dari {_d(panen_kg)} kg panen bulan ini, yaitu"
            f" {_ringkas(vendor_kg * 100 / panen_kg)}%; paling sedikit {tulis_angka(minimum, 'persen')}{tanda}."
            " Catat penjualan yang belum masuk, atau jelaskan sebabnya.",
        )
    ]


# ---------------------------------------------------------------- balances of stock and of heads


@dataclass(frozen=True, slots=True)
class Mutasi:
    """What came in and went out on a day: harvest and use in a store, births and deaths among animals."""

    tanggal: date
    masuk: Decimal = Decimal(0)
    keluar: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Saldo:
    tanggal: date
    jumlah: Decimal


def saldo_harian(awal: Decimal, mutasi: Iterable[Mutasi]) -> list[Saldo]:
    """Closing balance of every day with an event, in order: opening + in − out. In counts before out."""
    per_hari: dict[date, Decimal] = defaultdict(Decimal)
    for m in mutasi:
        per_hari[m.tanggal] += m.masuk - m.keluar
    hasil, jumlah = [], awal
    for hari in sorted(per_hari):
        jumlah += per_hari[hari]
        hasil.append(Saldo(hari, jumlah))
    return hasil


def hari_minus(awal: Decimal, mutasi: Iterable[Mutasi]) -> Saldo | None:
    """The first day whose balance is below zero, with that balance; None when none is."""
    return next((s for s in saldo_harian(awal, mutasi) if s.jumlah < 0), None)


def tersedia(awal: Decimal, mutasi: Iterable[Mutasi], tanggal: date) -> Decimal:
    """What may still leave on a day without making that day or a later one negative."""
    saldo = saldo_harian(awal, [*mutasi, Mutasi(tanggal)])
    return min(s.jumlah for s in saldo if s.tanggal >= tanggal)


def periksa_saldo(awal: Decimal, mutasi: Iterable[Mutasi], *, satuan: str) -> list[Temuan]:
    """The balance of a store or of a herd never goes below zero."""
    minus = hari_minus(awal, mutasi)
    if minus is None:
        return []
    return [
        galat(
            "saldo_minus",
            "jumlah",
            f"Pada {tulis_tanggal(minus.tanggal)} yang keluar {_d(-minus.jumlah)} {satuan} lebih banyak daripada yang"
            " ada. Periksa jumlah dan tanggalnya, atau catat dahulu yang masuk.",
        )
    ]


# ---------------------------------------------------------------- figures in sentences


def _n(nilai: int | Decimal) -> str:
    return tulis_angka(nilai)


def _d(nilai: Decimal) -> str:
    return tulis_angka(nilai, "desimal")


def _m2(nilai: Decimal) -> str:
    return tulis_angka(nilai, "desimal", "m²")


def _ringkas(nilai: Decimal) -> str:
    """A quotient cut to three digits, never to less than ones: 4,996% is 4,99% and not the 5% it falls short of."""
    satuan = Decimal(1).scaleb(min(nilai.adjusted() - 2, 0))
    return tulis_angka(nilai.quantize(satuan, rounding=ROUND_DOWN), "desimal")
