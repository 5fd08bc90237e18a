"""What the food register says in the monthly form F06: positions on the last day of the month, flows of its days.

It speaks where the unit has a plot that it manages in the month; a unit without land types its form. Of people it
speaks only when somebody has ever counted them: not counted is not nought.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Q, Value
from django.urls import reverse

from pangan.models import (
    Klaster,
    Mitra,
    Panen,
    Pemakaian,
    Pemanfaatan,
    Penempatan,
    Petak,
    Sertifikat,
    Setoran,
    Tenaga,
)
from pangan.periksa_orang import SEMUA
from pangan.pilihan import nama_komoditas
from pelaporan.turunan import LAIN, AngkaTurunan, BarisTurunan, DaftarTurunan, Rincian, sediakan
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from upt.models import UPT

Tujuan = Pemakaian.Tujuan
ORANG = "orang"
"""What stands for a single inmate in a figure's origin: neither the row nor the person, which few may read."""
PAKAI_SENDIRI = (Tujuan.DAPUR, Tujuan.BIBIT, Tujuan.BANSOS)
Isi = dict[str, Any]


def alamat(objek: str, id_objek: int | str) -> str:
    """The page of a record; its id in a figure's origin is "unit:number", so that it needs no look-up."""
    kode, _, pk = str(id_objek).rpartition(":")
    if not kode or not pk.isdecimal():
        return ""
    if objek == ORANG:
        return reverse("pangan:orang", args=(kode,))
    if objek == "petak":
        return reverse("pangan:petak", args=(kode, int(pk)))
    return reverse("pangan:baris", args=(kode, objek, int(pk)))


@dataclass(frozen=True)
class Bahan:
    """Rows of one unit that a month is made of; read in seven queries."""

    upt: UPT
    bulan: Bulan
    petak: list[Petak]
    pemanfaatan: list[Pemanfaatan]
    panen: list[Panen]
    pemakaian: list[Pemakaian]
    penempatan: list[Penempatan]
    tenaga: list[Tenaga]
    lain: list[tuple[str, str, int, date, str, int]]
    """Payments, certificates and partners: kind, sort, id, day, label, amount."""

    @property
    def dipakai(self) -> list[Pemanfaatan]:
        """What the plots serve on the last day of the month."""
        return [m for m in self.pemanfaatan if m.dari <= self.bulan.akhir and _hidup_pada(m.sampai, self.bulan.akhir)]

    def rincian(self, objek: str, pk: int, label: str, nilai: int | Decimal | None) -> Rincian:
        return Rincian(objek, f"{self.upt.kode}:{pk}", label, nilai)


def _hidup_pada(sampai: date | None, hari: date) -> bool:
    return sampai is None or sampai >= hari


@sediakan("pangan", alamat=alamat)
def _pangan(upt: UPT, bulan: Bulan) -> Mapping[str, AngkaTurunan | DaftarTurunan]:
    petak = list(_dalam(Petak, upt, "mulai", "selesai", bulan).order_by("kode"))
    if not petak:
        return {}
    bahan = _baca(upt, bulan, petak)
    kegiatan = _kegiatan(bahan)
    hasil: dict[str, AngkaTurunan | DaftarTurunan] = {**kegiatan}
    if kegiatan["ada_kegiatan"].nilai:
        bagian: tuple[Callable[[Bahan], Isi], ...] = (_lahan, _orang, _hasil, _pemanfaatan, _lainnya)
        hasil.update((k, a) for satu in bagian for k, a in satu(bahan).items())
    return {k: _di(a, k) for k, a in hasil.items()}


def _di(isi: AngkaTurunan | DaftarTurunan, kode: str) -> AngkaTurunan | DaftarTurunan:
    """A figure leads to its own place on the page of origins, not to the top of it."""
    return replace(isi, url=f"{isi.url}#{kode}") if isinstance(isi, AngkaTurunan) else isi


# ---------------------------------------------------------------- reading


def _dalam(model: Any, upt: UPT, dari: str, sampai: str, bulan: Bulan) -> Any:
    """Live rows whose time touches the month."""
    masih = Q(**{sampai: None}) | Q(**{f"{sampai}__gte": bulan.awal})
    return model.objects.hidup().filter(masih, upt=upt, **{f"{dari}__lte": bulan.akhir})


def _baca(upt: UPT, bulan: Bulan, petak: list[Petak]) -> Bahan:
    milik = {"upt": upt, "tanggal__range": (bulan.awal, bulan.akhir)}
    menurut_id = {p.pk: p for p in petak}
    pemanfaatan = list(_dalam(Pemanfaatan, upt, "dari", "sampai", bulan).filter(petak__in=petak).order_by("dari"))
    for m in pemanfaatan:
        m.petak = menurut_id[m.petak_id]
    return Bahan(
        upt,
        bulan,
        petak,
        pemanfaatan,
        list(Panen.objects.hidup().filter(**milik).select_related("petak").order_by("tanggal", "pk")),
        list(Pemakaian.objects.hidup().filter(**milik).order_by("tanggal", "pk")),
        list(_dalam(Penempatan, upt, "dari", "sampai", bulan).order_by("dari", "pk")),
        list(Tenaga.objects.hidup().filter(upt=upt, dari__lte=bulan.akhir).order_by("dari", "pk")),
        _baca_lain(upt, bulan, milik),
    )


def _baca_lain(upt: UPT, bulan: Bulan, milik: Mapping[str, Any]) -> list[tuple[str, str, int, date, str, int]]:
    def jenis(kode: str) -> Value:
        return Value(kode, output_field=CharField())

    setoran = Setoran.objects.hidup().filter(**milik).annotate(objek=jenis("setoran"), ragam=jenis(""))
    sertifikat = Sertifikat.objects.hidup().filter(**milik).annotate(objek=jenis("sertifikat"), ragam=jenis(""))
    mitra = _dalam(Mitra, upt, "dari", "sampai", bulan).filter(Q(sampai=None) | Q(sampai__gte=bulan.akhir))
    mitra = mitra.annotate(objek=jenis("mitra"), ragam=jenis(""), satu=Value(1))
    return sorted(
        setoran.values_list("objek", "jenis", "pk", "tanggal", "nomor", "nilai").union(
            sertifikat.values_list("objek", "ragam", "pk", "tanggal", "pelatihan", "orang"),
            mitra.values_list("objek", "ragam", "pk", "dari", "nama", "satu"),
            all=True,
        ),
        key=lambda x: (x[3], x[0], x[2]),
    )


# ---------------------------------------------------------------- the parts of the form


def _angka(b: Bahan, asal: str, rincian: Iterable[Rincian], **lain: Any) -> AngkaTurunan:
    """A figure that is the sum of its parts."""
    bagian = tuple(rincian)
    nilai = sum((r.nilai for r in bagian if r.nilai is not None), 0)
    return AngkaTurunan(nilai, f"Register pangan: {asal}", _url(b), bagian, **lain)


def _url(b: Bahan) -> str:
    return reverse("pangan:asal", args=(b.upt.kode, b.bulan))


def _kegiatan(b: Bahan) -> dict[str, AngkaTurunan]:
    """Whether there was any activity; and the unit's own land that nothing used on the last day."""
    ada = bool(b.pemanfaatan or b.panen or b.pemakaian)
    petak = {m.petak_id: m.petak for m in b.pemanfaatan}.values()
    rincian = tuple(b.rincian("petak", p.pk, str(p), None) for p in petak)
    asal = f"{len(rincian)} petak dimanfaatkan pada {b.bulan.nama}" if ada else "tidak ada petak yang dimanfaatkan"
    return {
        "ada_kegiatan": AngkaTurunan(ada, f"Register pangan: {asal}", _url(b), rincian, cara=LAIN),
        "lahan_tidur": _angka(b, f"lahan tidur pada {tulis_tanggal(b.bulan.akhir)}", _tidur(b)),
    }


def _tidur(b: Bahan) -> Iterable[Rincian]:
    dipakai = {m.petak_id: m.luas for m in b.dipakai}
    for p in b.petak:
        sisa = p.luas - dipakai.get(p.pk, 0)
        if p.wujud == Petak.Wujud.LAHAN and p.milik == Petak.Milik.MILIK and sisa > 0 and _masih(p, b.bulan.akhir):
            yield b.rincian("petak", p.pk, str(p), sisa)


def _masih(p: Petak, hari: date) -> bool:
    return _hidup_pada(p.selesai, hari)


def _lahan(b: Bahan) -> Isi:
    """Area in use on the last day, by cluster; and how much of it belongs to somebody else."""
    hari = tulis_tanggal(b.bulan.akhir)
    bagian = {k: [m for m in b.dipakai if m.klaster == k] for k in Klaster.values}
    hasil: Isi = {
        f"klaster_{k}_lahan": _angka(b, f"lahan {k} pada {hari}", _luas(b, semua)) for k, semua in bagian.items()
    }
    pinjam = [m for m in b.dipakai if m.petak.milik != Petak.Milik.MILIK]
    return hasil | {"lahan_pinjam": _angka(b, f"lahan pinjaman dan hibah pada {hari}", _luas(b, pinjam))}


def _luas(b: Bahan, semua: Iterable[Pemanfaatan]) -> Iterable[Rincian]:
    return (b.rincian("petak", m.petak_id, str(m.petak), m.luas) for m in semua)


def _hasil(b: Bahan) -> Isi:
    """Harvests of the month: weight and value by cluster, and amounts by commodity."""
    hasil: Isi = {}
    for k in Klaster.values:
        semua = [p for p in b.panen if p.klaster == k]
        hasil[f"klaster_{k}_panen"] = _angka(
            b, f"{len(semua)} panen {k}", (b.rincian("panen", p.pk, _label(p), p.berat_kg) for p in semua)
        )
        hasil[f"klaster_{k}_nilai"] = _angka(
            b, f"nilai {len(semua)} panen {k}", (b.rincian("panen", p.pk, _label(p), p.nilai) for p in semua)
        )
    return hasil | {"hasil": DaftarTurunan(list(_per_komoditas(b)), f"Register pangan: {len(b.panen)} panen", _url(b))}


def _label(p: Panen) -> str:
    return f"{tulis_tanggal(p.tanggal, pendek=True)} · {p.petak.kode} · {nama_komoditas(p.komoditas)}"


def _per_komoditas(b: Bahan) -> Iterable[BarisTurunan]:
    """One row per cluster, commodity and unit; harvests of nothing are no produce."""
    menurut: dict[tuple[int, str, str], list[Panen]] = defaultdict(list)
    for p in b.panen:
        if p.jumlah:
            menurut[Klaster.values.index(p.klaster), p.komoditas, p.satuan].append(p)
    for (klaster, komoditas, satuan), semua in sorted(menurut.items()):
        isi = {
            "klaster_hasil": Klaster.values[klaster],
            "komoditas": nama_komoditas(komoditas),
            "satuan_hasil": satuan,
            "jumlah_hasil": sum(p.jumlah for p in semua),
            "berat_hasil": sum(p.berat_kg for p in semua),
            "nilai_komoditas": sum(p.nilai for p in semua),
        }
        yield BarisTurunan(f"{klaster}-{komoditas}-{satuan}"[:40], isi, _url(b))


def _pemanfaatan(b: Bahan) -> Isi:
    """What became of the produce."""

    def keluar(asal: str, tujuan: Iterable[str], nilai: Callable[[Pemakaian], int | Decimal]) -> AngkaTurunan:
        semua = [p for p in b.pemakaian if p.tujuan in tujuan]
        rincian = (b.rincian("pemakaian", p.pk, _label_pakai(p), nilai(p)) for p in semua)
        return _angka(b, f"{len(semua)} {asal}", rincian)

    return {
        "jual_bama": keluar("penjualan ke vendor", (Tujuan.VENDOR,), lambda p: p.berat_kg),
        "jual_lain": keluar("penjualan ke pihak lain", (Tujuan.JUAL,), lambda p: p.berat_kg),
        "pakai_sendiri": keluar("pemakaian sendiri", PAKAI_SENDIRI, lambda p: p.berat_kg),
        "penjualan": keluar("penjualan", Pemakaian.DIJUAL, lambda p: p.nilai),
    }


def _label_pakai(p: Pemakaian) -> str:
    return f"{tulis_tanggal(p.tanggal, pendek=True)} · {p.get_tujuan_display()} · {nama_komoditas(p.komoditas)}"


def _lainnya(b: Bahan) -> Isi:
    """Money paid, certificates of the month, partners on its last day."""

    def jumlah(asal: str, objek: str, jenis: str = "") -> AngkaTurunan:
        semua = [x for x in b.lain if x[:2] == (objek, jenis)]
        rincian = (
            b.rincian(objek, pk, f"{tulis_tanggal(hari, pendek=True)} · {label}" if label else tulis_tanggal(hari), n)
            for _, _, pk, hari, label, n in semua
        )
        return _angka(b, f"{len(semua)} {asal}", rincian)

    return {
        "pnbp": jumlah("setoran PNBP", "setoran", Setoran.Jenis.PNBP),
        "premi": jumlah("pembayaran premi", "setoran", Setoran.Jenis.PREMI),
        "bersertifikat": jumlah("pelatihan bersertifikat", "sertifikat"),
        "mitra": jumlah("mitra", "mitra"),
    }


# ---------------------------------------------------------------- people


def _orang(b: Bahan) -> Isi:
    """Inmates by register number where the unit notes them so, else as it counts them; and officers."""
    petugas = [t for t in b.tenaga if t.jenis == Tenaga.Jenis.PETUGAS][-1:]
    hasil: Isi = {"petugas": _angka(b, "petugas pendamping", (_hitungan(b, t) for t in petugas))} if petugas else {}
    return hasil | (_orang_bernomor(b) if b.penempatan else _orang_terhitung(b))


def _hitungan(b: Bahan, t: Tenaga) -> Rincian:
    klaster = t.get_klaster_display() if t.klaster else "Semua klaster"
    return b.rincian("tenaga", t.pk, f"{klaster} sejak {tulis_tanggal(t.dari)}", t.orang)


def _orang_bernomor(b: Bahan) -> Isi:
    """Persons at work on the last day: in a cluster each once, over all clusters each once. Labels name nobody."""
    kini = [p for p in b.penempatan if p.dari <= b.bulan.akhir and _hidup_pada(p.sampai, b.bulan.akhir)]
    satu_kali = {p.wbp_id: p for p in reversed(kini)}
    asal = f"penempatan pada {tulis_tanggal(b.bulan.akhir)}"

    def orang(semua: Iterable[Penempatan]) -> Iterable[Rincian]:
        return (b.rincian(ORANG, 0, f"Warga binaan {n}", 1) for n, _ in enumerate(semua, 1))

    hasil: Isi = {
        f"klaster_{k}_wbp": _angka(b, f"{asal}, {k}", orang(p for p in kini if p.klaster == k)) for k in Klaster.values
    }
    return hasil | {"wbp": _angka(b, f"{asal}, tiap orang satu kali", orang(reversed(satu_kali.values())))}


def _orang_terhitung(b: Bahan) -> Isi:
    """Counts in force on the last day. Without a count over all clusters nobody is known to work in two."""
    kini = {t.klaster: t for t in b.tenaga if t.jenis == Tenaga.Jenis.WBP}
    if not kini:
        return {}
    semua = kini.pop(SEMUA, None)
    if semua is not None and not kini:
        kini = _satu_klaster(b, semua)
    hasil: Isi = {
        f"klaster_{k}_wbp": _angka(b, f"warga binaan {k}", [_hitungan(b, kini[k])] if k in kini else ())
        for k in Klaster.values
    }
    dasar = [semua] if semua is not None else list(kini.values())
    asal = "warga binaan, tiap orang satu kali" if semua is not None else "jumlah warga binaan semua klaster"
    return hasil | {"wbp": _angka(b, asal, (_hitungan(b, t) for t in dasar))}


def _satu_klaster(b: Bahan, semua: Tenaga) -> dict[str, Tenaga]:
    """Where a single cluster is in use, everybody works in it."""
    klaster = {m.klaster for m in b.dipakai}
    return {klaster.pop(): semua} if len(klaster) == 1 else {}
