"""F07 from the register: what the unit made, holds, sold and shared in a month, each figure with its records.

A unit keeps the register for a month once it has written down anything made or sold up to then; a mere list of
products for the catalogue fills no report. What nobody noted (no people, no shares of that month) stays to be typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from pelaporan.turunan import (
    LAIN,
    AngkaTurunan,
    BarisTurunan,
    DaftarTurunan,
    Rincian,
    sediakan,
)
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from umkm.models import (
    BagiHasil,
    Golongan,
    Kanal,
    Legalitas,
    Mitra,
    Pameran,
    Pekerja,
    Penjualan,
    Persediaan,
    PesertaPameran,
    Produk,
    RingkasUmkm,
    Tenaga,
)
from upt.models import UPT

SEMUA_PRODUK = "Semua produk"
"""In the list of licences: one of the unit's whole enterprise."""
Isi = dict[str, AngkaTurunan | DaftarTurunan]


def alamat(objek: str, id_objek: int | str) -> str:
    """The page of a record, whatever unit it belongs to; nothing is looked up here."""
    return reverse("umkm:buka", kwargs={"jenis": objek, "pk": id_objek}) if objek else ""


@dataclass(frozen=True)
class _Bulan:
    """One unit in one month, with the products that were made in it."""

    upt: UPT
    bulan: Bulan
    produk: tuple[Produk, ...]


@sediakan("umkm", alamat=alamat)
def f07(upt: UPT, bulan: Bulan) -> Mapping[str, Any]:
    semua = _produk(upt, bulan)
    if not any(p.tercatat for p in semua):  # type: ignore[attr-defined]
        return {}
    dibuat = tuple(p for p in semua if p.mulai <= bulan.akhir and (p.berhenti is None or p.berhenti >= bulan.awal))
    if not dibuat:
        return {"ada_produk": AngkaTurunan(False, "Tidak ada produk yang dibuat pada bulan ini menurut register.")}
    b = _Bulan(upt, bulan, dibuat)
    ringkas = list(RingkasUmkm.objects.filter(upt=upt, bulan=bulan.awal))
    return {
        "ada_produk": AngkaTurunan(True, f"Register mencatat {len(dibuat)} produk pada bulan ini."),
        "produk": _daftar_produk(b, ringkas),
        "legalitas": _daftar_legalitas(b),
        "mitra": _mitra(b),
        "pameran": _pameran(b),
        **_kanal(b, ringkas),
        **_orang(b),
        **_bagi_hasil(b),
    }


def _produk(upt: UPT, bulan: Bulan) -> list[Produk]:
    """The unit's products; `tercatat`: something of it was made or sold up to the end of the month."""
    ada = [m.objects.filter(produk=OuterRef("pk"), tanggal__lte=bulan.akhir).hidup() for m in (Persediaan, Penjualan)]
    semua = Produk.objects.filter(upt=upt).hidup()
    return list(semua.annotate(tercatat=Exists(ada[0]) | Exists(ada[1])).order_by("nama", "pk"))


# ---------------------------------------------------------------- lists


def _daftar_produk(b: _Bulan, ringkas: Iterable[RingkasUmkm]) -> DaftarTurunan:
    dibuat: dict[int, int] = {}
    terjual: dict[int, int] = {}
    omzet: dict[int, int] = {}
    for r in ringkas:
        for jumlah, tambah in ((dibuat, r.dibuat), (terjual, r.terjual), (omzet, r.omzet)):
            jumlah[r.produk_id] = jumlah.get(r.produk_id, 0) + tambah
    baris = [
        BarisTurunan(
            p.pk,
            {
                "nama": p.nama,
                "golongan": p.golongan,
                "ukuran": p.ukuran,
                "dibuat": (terjual if p.golongan == Golongan.JASA else dibuat).get(p.pk, 0),  # a service is its sale
                "terjual": terjual.get(p.pk, 0),
                "hasil_jual": omzet.get(p.pk, 0),
            },
            objek="produk",
            url=reverse("umkm:produk", kwargs={"kode": b.upt.kode, "pk": p.pk}),
        )
        for p in b.produk
    ]
    asal = f"Produk yang dibuat pada {b.bulan.nama}, dengan yang dibuat dan terjual pada bulan itu."
    return DaftarTurunan(baris, asal, url=_daftar(b.upt, "produk"))


def _daftar_legalitas(b: _Bulan) -> DaftarTurunan:
    """Licences that were held in the month; one that lapsed in it is still named, and asked about by the form."""
    nama = {p.pk: p.nama for p in b.produk}
    semua = Legalitas.objects.filter(upt=b.upt).hidup().order_by("jenis", "nomor", "pk")
    berlaku = Q(berakhir=None) | Q(berakhir__gte=b.bulan.awal)
    semua = semua.filter(berlaku, Q(terbit=None) | Q(terbit__lte=b.bulan.akhir))
    baris = [
        BarisTurunan(
            satu.pk,
            {
                "produk_izin": nama[satu.produk_id] if satu.produk_id is not None else SEMUA_PRODUK,
                "izin": satu.jenis,
                "nomor": satu.nomor,
                "berakhir": satu.berakhir,
            },
            objek="legalitas",
            url=_halaman(b.upt, "legalitas", satu.pk),
        )
        for satu in semua
        if satu.produk_id is None or satu.produk_id in nama
    ]
    asal = f"Legalitas unit dan produknya yang berlaku pada {b.bulan.nama}."
    return DaftarTurunan(baris, asal, url=_daftar(b.upt, "legalitas"))


# ---------------------------------------------------------------- figures


def _kanal(b: _Bulan, ringkas: Iterable[RingkasUmkm]) -> Isi:
    """Turnover by channel, of each product's sales."""
    nama = {p.pk: p.nama for p in b.produk}
    per_kanal: dict[str, list[Rincian]] = {kanal: [] for kanal in Kanal.values}
    for r in sorted(ringkas, key=lambda r: nama.get(r.produk_id, "")):
        if r.kanal and r.omzet:
            per_kanal[r.kanal].append(Rincian("produk", r.produk_id, nama.get(r.produk_id, "Produk"), r.omzet))
    url = f"{_daftar(b.upt, 'penjualan')}?bulan={b.bulan}"
    return {
        f"kanal_{kanal}_jual": AngkaTurunan(
            sum(int(r.nilai or 0) for r in rincian),
            f"Penjualan lewat {Kanal(kanal).label.lower()} pada {b.bulan.nama}, menurut produk.",
            url,
            tuple(rincian),
        )
        for kanal, rincian in per_kanal.items()
    }


def _mitra(b: _Bulan) -> AngkaTurunan:
    semua = Mitra.objects.filter(upt=b.upt, dari__lte=b.bulan.akhir).hidup()
    aktif = semua.filter(Q(sampai=None) | Q(sampai__gte=b.bulan.akhir)).order_by("nama", "pk")
    rincian = tuple(Rincian("mitra", m.pk, m.nama, 1) for m in aktif)
    asal = f"Mitra yang bekerja sama pada {tulis_tanggal(b.bulan.akhir)}."
    return AngkaTurunan(len(rincian), asal, _daftar(b.upt, "mitra"), rincian)


def _pameran(b: _Bulan) -> AngkaTurunan:
    """Events that began in the month and that the unit joined or sold at; entries of one event count once."""
    ikut = PesertaPameran.objects.filter(upt=b.upt).hidup().values("pameran_id")
    jual = Penjualan.objects.filter(upt=b.upt).exclude(pameran=None).hidup().values("pameran_id")
    semua = Pameran.objects.filter(Q(pk__in=ikut) | Q(pk__in=jual), mulai__range=(b.bulan.awal, b.bulan.akhir))
    acara = semua.annotate(pokok=Coalesce("induk_id", "pk")).order_by("mulai", "pk")
    pokok = {p.pokok: p for p in reversed(acara)}
    rincian = tuple(Rincian("", pk, p.nama, 1) for pk, p in sorted(pokok.items(), key=lambda x: (x[1].mulai, x[0])))
    asal = f"Pameran yang dimulai pada {b.bulan.nama} dan diikuti unit ini."
    return AngkaTurunan(len(rincian), asal, _daftar(b.upt, "peserta"), rincian)


def _orang(b: _Bulan) -> Isi:
    """Persons at the month's end: by register number where the unit notes them so, else as it counted them."""
    hari = b.bulan.akhir
    pekerja = list(Pekerja.objects.filter(upt=b.upt, dari__lte=hari).hidup())
    if pekerja:
        kini = [p for p in pekerja if p.sampai is None or p.sampai >= hari]
        asal = f"Warga binaan yang bekerja pada {tulis_tanggal(hari)}, tiap orang dihitung satu kali."
        banyak = len({p.wbp_id for p in kini})
        return {"wbp": AngkaTurunan(banyak, asal, _orang_unit(b.upt), _per_produk(b, kini), LAIN)}
    satu = Tenaga.objects.filter(upt=b.upt, dari__lte=hari).hidup().order_by("-dari").first()
    if satu is None:
        return {}
    rincian = Rincian("tenaga", satu.pk, f"Sejak {tulis_tanggal(satu.dari)}", satu.orang)
    asal = "Jumlah warga binaan bekerja menurut catatan terakhir."
    return {"wbp": AngkaTurunan(satu.orang, asal, _daftar(b.upt, "tenaga"), (rincian,))}


def _per_produk(b: _Bulan, pekerja: Iterable[Pekerja]) -> tuple[Rincian, ...]:
    """How many work at each product: never who."""
    orang: dict[int | None, set[int]] = {}
    for p in pekerja:
        orang.setdefault(p.produk_id, set()).add(p.wbp_id)
    nama = {p.pk: p.nama for p in b.produk}
    terurut = sorted(orang.items(), key=lambda x: (x[0] is None, nama.get(x[0] or 0, "")))
    return tuple(
        Rincian("produk", pk, nama.get(pk, "Produk lain"), len(siapa))
        if pk is not None
        else Rincian("", 0, "Beberapa produk", len(siapa))
        for pk, siapa in terurut
    )


def _bagi_hasil(b: _Bulan) -> Isi:
    """Cost and shares, when the month was shared out; until then people type them."""
    satu = BagiHasil.objects.filter(upt=b.upt, bulan=b.bulan.awal).hidup().first()
    if satu is None:
        return {}
    url = _halaman(b.upt, "bagi_hasil", satu.pk)
    return {
        kode: AngkaTurunan(
            nilai,
            f"Bagi hasil {b.bulan.nama} di register.",
            url,
            (Rincian("bagi_hasil", satu.pk, f"Bagi hasil {b.bulan.nama}", nilai),),
        )
        for kode, nilai in (
            ("biaya", satu.biaya),
            ("pnbp", satu.pnbp),
            ("premi", satu.premi),
            ("dana_usaha", satu.operasional),
        )
    }


# ---------------------------------------------------------------- addresses


def _daftar(upt: UPT, jenis: str) -> str:
    return reverse("umkm:daftar", kwargs={"kode": upt.kode, "jenis": jenis})


def _orang_unit(upt: UPT) -> str:
    """The page that shows everybody how many, and who works to those alone who may know."""
    return reverse("umkm:orang", kwargs={"kode": upt.kode})


def _halaman(upt: UPT, jenis: str, pk: int) -> str:
    return reverse("umkm:baris", kwargs={"kode": upt.kode, "jenis": jenis, "pk": pk})
