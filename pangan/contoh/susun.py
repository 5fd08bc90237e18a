"""Rows of one unit's register that give its months back to the last digit. Pure but for the row classes.

Land: in each cluster plots are added when the area grows and given back, the youngest first, when it shrinks. Crops
are planted so that they are ripe in the month of their harvest; produce is used in the order of the clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pangan.contoh.bulanan import KLASTER, BulanPangan, Hasil
from pangan.komoditas import Komoditas, muat
from pangan.models import Pemakaian, Petak, Setoran, Tenaga
from pemasyarakatan.inti.acak import kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

Baris = dict[str, Any]
AWAL = date(2024, 1, 1)
"""Since when the first plots are in use; before the first month that is reported."""

_WUJUD = {"perikanan": Petak.Wujud.KOLAM, "peternakan": Petak.Wujud.KANDANG}
_NAMA = {
    "pertanian": "Ladang",
    "hortikultura": "Kebun sayur",
    "perkebunan": "Kebun",
    "perikanan": "Kolam",
    "peternakan": "Kandang",
}
_ARAH = ("timur", "barat", "utara", "selatan", "tengah", "belakang")
_SEBAB_GAGAL = ("Terendam banjir", "Serangan hama", "Kekeringan", "Penyakit layu")
_MITRA = (
    ("Dinas Pertanian (contoh)", "dinas"),
    ("Kelompok Tani Contoh Makmur", "kelompok"),
    ("Fakultas Pertanian Contoh", "kampus"),
)
_EKOR_PER_KG = {"lele": 8, "nila": 4}
_LAYER_PER_KG = 40  # hens that lay a kilogram of eggs a month, roughly


@dataclass
class _Petak:
    """A plot that is being made: its row number and area, and the row of its use."""

    nomor: int
    luas: int
    pemanfaatan: Baris


@dataclass
class Register:
    """The rows of a unit by table; `petak`, `siklus` are referred to by their place in the list (from 0)."""

    kode: str
    petak: list[Baris] = field(default_factory=list)
    pemanfaatan: list[Baris] = field(default_factory=list)
    siklus: list[Baris] = field(default_factory=list)
    panen: list[Baris] = field(default_factory=list)
    pemakaian: list[Baris] = field(default_factory=list)
    mutasihewan: list[Baris] = field(default_factory=list)
    tenaga: list[Baris] = field(default_factory=list)
    setoran: list[Baris] = field(default_factory=list)
    sertifikat: list[Baris] = field(default_factory=list)
    mitra: list[Baris] = field(default_factory=list)
    _kini: dict[str, list[_Petak]] = field(default_factory=dict)
    _orang: dict[tuple[str, str], int] = field(default_factory=dict)


def susun(kode: str, bulan: Sequence[BulanPangan], hari_ini: date) -> Register:
    """The register of the unit `kode`; nothing in it lies after `hari_ini` but plans."""
    r = Register(kode)
    for n, satu in enumerate(bulan):
        _lahan(r, satu, AWAL if n == 0 else satu.bulan.awal)
        _orang(r, satu, AWAL if n == 0 else satu.bulan.awal)
        _panen(r, satu, hari_ini)
        _pakai(r, satu, hari_ini)
        _uang(r, satu, hari_ini)
    _tidur(r, bulan[0].angka["lahan_tidur"])
    _mitra(r, bulan[-1].angka["mitra"])
    _berjalan(r, hari_ini)
    return r


# ---------------------------------------------------------------- land


def _lahan(r: Register, b: BulanPangan, sejak: date) -> None:
    dipinjam = next((k for k in reversed(KLASTER) if b.lahan[k]), "") if b.angka["lahan_pinjam"] else ""
    for klaster in KLASTER:
        semua = r._kini.setdefault(klaster, [])
        beda = b.lahan[klaster] - sum(p.luas for p in semua)
        while beda < 0:
            beda += _kembalikan(r, semua, sejak)
        if beda > 0:
            semua.append(_petak_baru(r, klaster, beda, sejak, pinjam=klaster == dipinjam))


def _kembalikan(r: Register, semua: list[_Petak], sejak: date) -> int:
    """Give the youngest plot back on the day before; its area."""
    petak = semua.pop()
    petak.pemanfaatan["sampai"] = r.petak[petak.nomor]["selesai"] = sejak - timedelta(days=1)
    return petak.luas


def _petak_baru(r: Register, klaster: str, luas: int, sejak: date, *, pinjam: bool) -> _Petak:
    nomor = len(r.petak)
    arah = _ARAH[int(pecahan(r.kode, klaster, nomor) * len(_ARAH))]
    r.petak.append(
        {
            "kode": f"P{nomor + 1:02}",
            "nama": f"{_NAMA[klaster]} {arah}",
            "wujud": _WUJUD.get(klaster, Petak.Wujud.LAHAN),
            "luas": luas,
            "milik": Petak.Milik.PINJAM if pinjam else Petak.Milik.MILIK,
            "pemilik": "Pemerintah desa (contoh)" if pinjam else "",
            "mulai": sejak,
            "selesai": None,
            "rencana": "",
            "rencana_mulai": None,
        }
    )
    pemanfaatan = {"petak": nomor, "klaster": klaster, "luas": luas, "dari": sejak, "sampai": None}
    r.pemanfaatan.append(pemanfaatan)
    return _Petak(nomor, luas, pemanfaatan)


def _tidur(r: Register, luas: int) -> None:
    """Idle land is a plot of its own; half of it has a plan."""
    if not luas:
        return
    berencana = pecahan(r.kode, "rencana") < 0.5
    r.petak.append(
        {
            "kode": f"P{len(r.petak) + 1:02}",
            "nama": "Lahan tidur",
            "wujud": Petak.Wujud.LAHAN,
            "luas": luas,
            "milik": Petak.Milik.MILIK,
            "pemilik": "",
            "mulai": AWAL,
            "selesai": None,
            "rencana": "Ditanami jagung pada musim hujan" if berencana else "",
            "rencana_mulai": date(2027, 1, 11) if berencana else None,
        }
    )


# ---------------------------------------------------------------- people, partners


def _orang(r: Register, b: BulanPangan, sejak: date) -> None:
    hitungan = {("wbp", ""): b.angka["wbp"], **{("wbp", k): b.wbp[k] for k in KLASTER if b.lahan[k] or b.wbp[k]}}
    if b.angka["petugas"]:
        hitungan["petugas", ""] = b.angka["petugas"]
    if not any(b.lahan.values()):
        return
    for kunci, orang in {**dict.fromkeys(r._orang, 0), **hitungan}.items():
        if r._orang.get(kunci) != orang:
            r._orang[kunci] = orang
            r.tenaga.append({"jenis": Tenaga.Jenis(kunci[0]), "klaster": kunci[1], "dari": sejak, "orang": orang})


def _mitra(r: Register, banyak: int) -> None:
    r.mitra += [
        {"nama": nama, "jenis": jenis, "lingkup": "Pendampingan (contoh)", "dari": AWAL, "sampai": None}
        for nama, jenis in _MITRA[:banyak]
    ]


# ---------------------------------------------------------------- cycles and harvests


def _panen(r: Register, b: BulanPangan, hari_ini: date) -> None:
    for hasil in b.hasil:
        komoditas = muat()[hasil.komoditas]
        tetap, hari = komoditas.berulang, _tanggal_panen(r.kode, b.bulan, hasil, hari_ini)
        ekor = sum(_ekor(hasil, setengah) or 0 for _, (setengah, _) in hari)
        siklus = _siklus_tetap(r, hasil, komoditas) if tetap else _siklus_bulan(r, b.bulan, hasil, komoditas, ekor)
        for tanggal, bagian in hari:
            _satu_panen(r, siklus, hasil, tanggal, bagian)
        baris = r.siklus[siklus]
        if not tetap:
            baris["akhir"], baris["selesai"] = "panen", r.panen[-1]["tanggal"]


def _tanggal_panen(kode: str, bulan: Bulan, hasil: Hasil, hari_ini: date) -> list[tuple[date, tuple[int, int]]]:
    """Days of the month's harvests with (half kilograms, rupiah) of each; one or two."""
    dua = hasil.setengah > 40 and pecahan(kode, bulan, hasil.komoditas, "dua") < 0.3
    bobot = kumulatif((6, 4) if dua else (1,))
    hari = (8 + int(pecahan(kode, bulan, hasil.komoditas) * 8), 19 + int(pecahan(kode, hasil.komoditas) * 8))
    berat, nilai = pecah(hasil.setengah, bobot), pecah(hasil.nilai, bobot)
    return [(min(bulan.awal.replace(day=h), hari_ini), (s, n)) for h, s, n in zip(hari, berat, nilai, strict=False)]


def _ekor(hasil: Hasil, setengah: int) -> int | None:
    """Heads of fish in so many half kilograms."""
    ikan = _EKOR_PER_KG.get(hasil.komoditas)
    return ikan and max(1, ikan * setengah // 2)


def _satu_panen(r: Register, siklus: int, hasil: Hasil, tanggal: date, bagian: tuple[int, int]) -> None:
    induk, (setengah, nilai) = r.siklus[siklus], bagian
    r.panen.append(
        {
            "siklus": siklus,
            "petak": induk["petak"],
            "klaster": hasil.klaster,
            "komoditas": hasil.komoditas,
            "tanggal": tanggal,
            "jumlah": hasil.jumlah / hasil.setengah * setengah,
            "satuan": hasil.satuan,
            "berat_kg": Decimal(setengah) / 2,
            "ditimbang": pecahan(r.kode, tanggal, hasil.komoditas, "timbang") < 0.93,
            "ekor": _ekor(hasil, setengah),
            "susut_kg": Decimal(setengah // 40) / 2,
            "alasan_susut": "Busuk atau rusak sebelum ditimbang" if setengah >= 40 else "",
            "nilai": nilai,
        }
    )


def _siklus_tetap(r: Register, hasil: Hasil, komoditas: Komoditas) -> int:
    """One planting or flock that is harvested month after month."""
    for nomor, satu in enumerate(r.siklus):
        if satu["komoditas"] == hasil.komoditas and satu["akhir"] == "" and r.petak[satu["petak"]]["selesai"] is None:
            return nomor
    petak = r._kini[hasil.klaster][0]
    ekor = max(5, hasil.setengah * _LAYER_PER_KG // 10) if komoditas.hewan else None
    return _tambah_siklus(r, petak, komoditas, AWAL, None, luas=petak.luas, ekor=ekor)


def _siklus_bulan(r: Register, bulan: Bulan, hasil: Hasil, komoditas: Komoditas, dipanen: int) -> int:
    """A planting that is ripe this month; several of them share the cluster's largest plot, one a month."""
    petak = max(r._kini[hasil.klaster], key=lambda p: p.luas)
    bersama = komoditas.lama_hari // 30 + 2
    tanam = bulan.awal + timedelta(days=5 - komoditas.lama_hari)
    tanam = max(tanam, r.petak[petak.nomor]["mulai"])
    mati = max(1, dipanen // 10)
    ekor = dipanen + mati if dipanen else None
    nomor = _tambah_siklus(r, petak, komoditas, tanam, ekor=ekor, luas=max(1, petak.luas // bersama), perkiraan=None)
    if ekor:
        r.mutasihewan += [
            {
                "siklus": nomor,
                "petak": petak.nomor,
                "tanggal": tanam + timedelta(days=9),
                "jenis": "mati",
                "ekor": mati,
                "alasan": "Mati setelah penebaran",
            }
        ]
    return nomor


def _tambah_siklus(
    r: Register,
    petak: _Petak,
    komoditas: Komoditas,
    tanam: date,
    perkiraan: date | None,
    *,
    luas: int,
    ekor: int | None = None,
    perkiraan_kg: Decimal | None = None,
) -> int:
    nomor = len(r.siklus)
    r.siklus.append(
        {
            "petak": petak.nomor,
            "klaster": petak.pemanfaatan["klaster"],
            "komoditas": komoditas.kode,
            "varietas": "",
            "tanam": tanam,
            "luas": luas,
            "bibit": "",
            "ekor": ekor,
            "perkiraan_panen": perkiraan or tanam + timedelta(days=komoditas.lama_hari),
            "perkiraan_kg": perkiraan_kg,
            "akhir": "",
            "selesai": None,
            "alasan_gagal": "",
        }
    )
    return nomor


def _berjalan(r: Register, hari_ini: date) -> None:
    """What stands on the fields now: ripe in the coming months; and now and then a planting that was lost."""
    for klaster in KLASTER:
        contoh = next((s for s in reversed(r.siklus) if s["klaster"] == klaster and s["akhir"] == "panen"), None)
        if contoh is None or not r._kini[klaster]:
            continue
        petak, komoditas = max(r._kini[klaster], key=lambda p: p.luas), muat()[contoh["komoditas"]]
        bersama = komoditas.lama_hari // 30 + 2
        luas = max(1, petak.luas // bersama)
        for n in range(1, min(bersama, 4)):
            tanam = hari_ini - timedelta(days=komoditas.lama_hari - 30 * n + 4)
            if r.petak[petak.nomor]["mulai"] <= tanam <= hari_ini:
                kg = Decimal(max(1, luas * 4 // 100))
                _tambah_siklus(r, petak, komoditas, tanam, None, luas=luas, ekor=contoh["ekor"], perkiraan_kg=kg)
        if pecahan(r.kode, klaster, "gagal") < 0.08:
            _gagal(r, petak, komoditas, luas, hari_ini)


def _gagal(r: Register, petak: _Petak, komoditas: Komoditas, luas: int, hari_ini: date) -> None:
    tanam = hari_ini - timedelta(days=komoditas.lama_hari + 200)
    if tanam < r.petak[petak.nomor]["mulai"]:
        return
    baris = r.siklus[_tambah_siklus(r, petak, komoditas, tanam, None, luas=luas, ekor=None)]
    sebab = _SEBAB_GAGAL[int(pecahan(r.kode, "sebab") * len(_SEBAB_GAGAL))]
    baris.update(akhir="gagal", selesai=tanam + timedelta(days=komoditas.lama_hari // 2), alasan_gagal=sebab)
    if komoditas.hewan:
        baris["ekor"] = 100


# ---------------------------------------------------------------- use of the produce, money


def _pakai(r: Register, b: BulanPangan, hari_ini: date) -> None:
    """The month's produce, cluster after cluster: first the vendor's share, then what others bought, then the rest."""
    tujuan = [("vendor", b.angka["jual_bama"]), ("jual", b.angka["jual_lain"]), ("dapur", b.angka["pakai_sendiri"])]
    potongan = list(_potong(b.hasil, tujuan))
    dijual = [(h, t, s) for h, t, s in potongan if t in Pemakaian.DIJUAL]
    uang = iter(pecah(b.angka["penjualan"], kumulatif([s for _, _, s in dijual])) if dijual else [])
    akhir = min(b.bulan.awal.replace(day=28), hari_ini)
    for hasil, ke, setengah in potongan:
        pihak = {"vendor": "Vendor bahan makanan (contoh)", "jual": "Pasar setempat (contoh)"}.get(ke, "")
        r.pemakaian.append(
            {
                "klaster": hasil.klaster,
                "komoditas": hasil.komoditas,
                "tanggal": akhir,
                "tujuan": ke,
                "jumlah": hasil.jumlah / hasil.setengah * setengah,
                "satuan": hasil.satuan,
                "berat_kg": Decimal(setengah) / 2,
                "nilai": next(uang) if ke in Pemakaian.DIJUAL else 0,
                "pihak": pihak,
            }
        )


def _potong(hasil: Sequence[Hasil], tujuan: Sequence[tuple[str, int]]) -> Iterator[tuple[Hasil, str, int]]:
    """Cut the produce, laid end to end, into the pieces that went each way."""
    sisa = [h.setengah for h in hasil]
    for ke, perlu in tujuan:
        for n, satu in enumerate(hasil):
            ambil = min(perlu, sisa[n])
            if ambil:
                yield satu, ke, ambil
                sisa[n], perlu = sisa[n] - ambil, perlu - ambil


def _uang(r: Register, b: BulanPangan, hari_ini: date) -> None:
    hari: Callable[[int], date] = lambda n: min(b.bulan.awal.replace(day=n), hari_ini)  # noqa: E731
    nomor = f"CONTOH-{b.bulan.kode}"
    for jenis, tanggal in ((Setoran.Jenis.PNBP, 27), (Setoran.Jenis.PREMI, 28)):
        if b.angka[jenis]:
            bukti = nomor if jenis == Setoran.Jenis.PNBP else ""
            r.setoran.append({"jenis": jenis, "tanggal": hari(tanggal), "nilai": b.angka[jenis], "nomor": bukti})
    if b.angka["bersertifikat"]:
        r.sertifikat.append(
            {
                "pelatihan": "Budi daya (contoh)",
                "penyelenggara": "Balai Latihan Kerja (contoh)",
                "tanggal": hari(20),
                "orang": b.angka["bersertifikat"],
            }
        )
