"""The catalogue: what every member of staff may see of a product, written in the transaction of every change of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.signals import post_save

from pelaporan.models import BarisRegister, RiwayatBaris
from pelaporan.register.services import kunci_register
from pemasyarakatan.inti.waktu import Bulan, hari_ini
from umkm import nama
from umkm.models import FotoProduk, Harga, Katalog, Legalitas, Penjualan, Produk, RingkasUmkm
from umkm.ringkas import segarkan as segarkan_ringkas
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

_SEKALIGUS = 200
_TERJUAL_MAKS = 2_147_483_647
_KOLOM = [b.attname for b in Katalog._meta.concrete_fields if not b.primary_key]


# ---------------------------------------------------------------- after a row was written


def produk(baris: Produk) -> None:
    """A product's own change; the rollup of its months carries its group."""
    lain = RingkasUmkm.objects.filter(produk_id=baris.pk).exclude(golongan=baris.golongan)
    bulan = {Bulan.pada(hari) for hari in lain.values_list("bulan", flat=True)}
    segarkan_ringkas(baris.upt_id, baris.kanwil_id, bulan)
    segarkan([baris.pk])


def baris(satu: FotoProduk | Harga) -> None:
    """A price or photo: its product, and the one it belonged to before."""
    segarkan({satu.produk_id, *_produk_lalu(satu)})


def penjualan(satu: Penjualan) -> None:
    """Only the count of what was sold: the rest of an entry does not hang on sales."""
    ikut = {pk for pk in (satu.produk_id, *_produk_lalu(satu)) if pk is not None}
    terjual = _terjual(sorted(ikut))
    for pk in ikut:
        Katalog.objects.filter(pk=pk).update(terjual=min(terjual.get(pk, 0), _TERJUAL_MAKS))


def legalitas(satu: Legalitas) -> None:
    """A licence of the whole unit stands at all its products."""
    ikut = {satu.produk_id, *_produk_lalu(satu)}
    segarkan(_milik(satu.upt_id) if None in ikut else ikut)


def _produk_lalu(satu: BarisRegister) -> set[int | None]:
    """Products that earlier states of the row named."""
    kode = {FotoProduk: "foto", Harga: "harga", Penjualan: "penjualan", Legalitas: "legalitas"}[type(satu)]
    lalu = RiwayatBaris.objects.filter(register="umkm", objek=kode, objek_id=satu.pk)
    return set(lalu.values_list("isi__produk_id", flat=True))


def unit(upt_id: int) -> None:
    """The unit's name, Kanwil or address changed."""
    segarkan(_milik(upt_id))


def _milik(upt_id: int) -> list[int]:
    return list(Produk.objects.filter(upt_id=upt_id).values_list("pk", flat=True))


# ---------------------------------------------------------------- writing the projection


def segarkan(produk_id: Iterable[int | None]) -> None:
    """Write the entries of these products as their rows are now, and take away what is not shown."""
    semua = [pk for pk in set(produk_id) if pk is not None]
    tampil = Produk.objects.filter(pk__in=semua, tampil=True).hidup()
    isi = _susun(list(tampil.select_related("upt__kanwil", "jenis__induk")))
    Katalog.objects.filter(pk__in=semua).exclude(pk__in=[k.pk for k in isi]).delete()
    Katalog.objects.bulk_create(isi, update_conflicts=True, unique_fields=["produk"], update_fields=_KOLOM)


def susun_ulang() -> int:
    """Write the whole catalogue anew, each unit behind its register and in a transaction of its own; returns the
    number of entries."""
    with terpasang(SISTEM):
        unit_semua = list(Produk.objects.order_by("upt_id").values_list("upt_id", flat=True).distinct())
    banyak = 0
    for upt_id in unit_semua:
        with terpasang(SISTEM):
            kunci_register("umkm", upt_id)
            unit(upt_id)
            banyak += Katalog.objects.filter(upt_id=upt_id).count()
    return banyak


def beda() -> list[str]:
    """Entries that are not what their rows say, as sentences; none when all is well. Scope of the system."""
    ada = set(Katalog.objects.values_list("pk", flat=True))
    tampil = Produk.objects.filter(tampil=True).hidup().select_related("upt__kanwil", "jenis__induk").order_by("pk")
    salah, seharusnya = [], set()
    for kelompok in _potong(list(tampil)):
        isi = _susun(kelompok)
        seharusnya |= {k.pk for k in isi}
        tertulis = Katalog.objects.in_bulk([k.pk for k in isi])
        salah += [f"katalog: produk {k.pk} tidak sama dengan catatannya" for k in isi if _lain(k, tertulis.get(k.pk))]
    return salah + [f"katalog: produk {pk} tidak lagi ditampilkan" for pk in sorted(ada - seharusnya)]


def _lain(benar: Katalog, tertulis: Katalog | None) -> bool:
    if tertulis is None:
        return True
    return any(_polos(getattr(benar, kolom)) != _polos(getattr(tertulis, kolom)) for kolom in _KOLOM)


def _polos(nilai: Any) -> Any:
    return bytes(nilai) if isinstance(nilai, memoryview) else nilai


def _potong(semua: Sequence[Produk]) -> Iterable[Sequence[Produk]]:
    return (semua[n : n + _SEKALIGUS] for n in range(0, len(semua), _SEKALIGUS))


def _susun(semua: Sequence[Produk]) -> list[Katalog]:
    """Entries of many products in as many queries as of one."""
    pk = [p.pk for p in semua]
    foto, harga, terjual = _foto(pk), _harga(semua), _terjual(pk)
    izin = _legalitas({p.upt_id for p in semua})
    return [
        _entri(p, foto.get(p.pk), harga.get(p.pk), terjual.get(p.pk, 0), [*izin[p.upt_id, p.pk], *izin[p.upt_id, None]])
        for p in semua
    ]


def _entri(
    p: Produk, foto: FotoProduk | None, harga: Harga | None, terjual: int, legalitas: list[dict[str, Any]]
) -> Katalog:
    return Katalog(
        produk_id=p.pk, upt_id=p.upt_id, kanwil_id=p.kanwil_id, nama=p.nama, golongan=p.golongan,
        deskripsi=p.deskripsi, ukuran=p.ukuran, kapasitas=p.kapasitas, status=p.status, merek=p.merek, sejak=p.mulai,
        harga=harga.harga if harga else None, harga_dari=harga.dari if harga else None,
        foto=bytes(foto.berkas.isi) if foto else None, mini=bytes(foto.mini.isi) if foto else None,
        alt=foto.keterangan if foto else "", terjual=min(terjual, _TERJUAL_MAKS), legalitas=legalitas,
        nama_upt=p.upt.nama, kode_upt=p.upt.kode, nama_kanwil=p.upt.kanwil.nama_pendek, wa=p.upt.wa,
        telepon=p.upt.telepon, cari=_cari(p),
    )  # fmt: skip


def _cari(p: Produk) -> str:
    jenis = [p.jenis.nama, *([p.jenis.induk.nama] if p.jenis.induk is not None else [])]
    teks = (p.nama, *jenis, p.merek, p.get_golongan_display(), p.upt.nama, p.upt.kanwil.nama_pendek)
    return " ".join(dict.fromkeys(" ".join(nama.ejaan(t) for t in teks).split()))


def _foto(pk: Sequence[int]) -> dict[int, FotoProduk]:
    """The first photo of each."""
    pertama = FotoProduk.objects.filter(produk_id__in=pk).hidup().order_by("produk_id", "urutan", "pk")
    pertama = pertama.distinct("produk_id").select_related("berkas", "mini")
    return {f.produk_id: f for f in pertama}


def _harga(semua: Sequence[Produk]) -> dict[int, Harga]:
    """The price of today, as the unit's own calendar says it."""
    kini = {p.pk: hari_ini(p.upt.zona) for p in semua}
    hasil: dict[int, Harga] = {}
    for satu in _hidup_urut(pk=list(kini)):
        if satu.dari <= kini[satu.produk_id]:
            hasil[satu.produk_id] = satu
    return hasil


def _hidup_urut(pk: list[int]) -> QuerySet[Harga]:
    return Harga.objects.filter(produk_id__in=pk).hidup().order_by("dari")


def _terjual(pk: Sequence[int]) -> dict[int, int]:
    jual = Penjualan.objects.filter(produk_id__in=pk).hidup().order_by().values_list("produk_id")
    return dict(jual.annotate(n=Sum("jumlah")))


def _legalitas(upt: set[int]) -> dict[tuple[int, int | None], list[dict[str, Any]]]:
    """Licences by unit and product (None: the whole unit's)."""
    hasil: dict[tuple[int, int | None], list[dict[str, Any]]] = defaultdict(list)
    for satu in Legalitas.objects.filter(upt_id__in=upt).hidup().order_by("jenis", "nomor", "pk"):
        hasil[satu.upt_id, satu.produk_id].append(
            {
                "jenis": satu.jenis,
                "label": satu.get_jenis_display(),
                "nomor": satu.nomor,
                "penerbit": satu.penerbit,
                "berakhir": satu.berakhir.isoformat() if satu.berakhir else None,
            }
        )
    return hasil


# ---------------------------------------------------------------- the unit's own data


def ikuti_unit() -> None:
    """Whatever changes a unit's name, Kanwil or telephone changes its entries in the same transaction."""
    post_save.connect(_unit_disimpan, sender=UPT, dispatch_uid="umkm.katalog.unit")


def _unit_disimpan(sender: type[UPT], instance: UPT, created: bool, **lain: Any) -> None:
    if not created:
        unit(instance.pk)
