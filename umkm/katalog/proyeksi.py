"""The catalogue: what every member of staff may see of a product, written in the transaction of every change of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.signals import post_save

from pelaporan.models import RiwayatBaris
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


def produk(semua: Sequence[Produk]) -> None:
    """Changes of products; the rollup of their months carries their group."""
    milik = RingkasUmkm.objects.filter(produk_id__in=[p.pk for p in semua])
    lain = milik.exclude(golongan=F("produk__golongan")).values_list("upt_id", "kanwil_id", "bulan")
    bulan: dict[tuple[int, int], set[Bulan]] = defaultdict(set)
    for upt_id, kanwil_id, awal in lain:
        bulan[upt_id, kanwil_id].add(Bulan.pada(awal))
    for (upt_id, kanwil_id), terdampak in bulan.items():
        segarkan_ringkas(upt_id, kanwil_id, terdampak)
    segarkan(p.pk for p in semua)


def baris(semua: Sequence[FotoProduk | Harga]) -> None:
    """Prices or photos: their products, and those they belonged to before."""
    segarkan(_produk_semua(semua))


def penjualan(semua: Sequence[Penjualan]) -> None:
    """Only the count of what was sold: the rest of an entry does not hang on sales."""
    ikut = sorted(pk for pk in _produk_semua(semua) if pk is not None)
    terjual = _terjual(ikut)
    for pk in ikut:
        Katalog.objects.filter(pk=pk).update(terjual=min(terjual.get(pk, 0), _TERJUAL_MAKS))


def legalitas(semua: Sequence[Legalitas]) -> None:
    """A licence of the whole unit stands at all its products."""
    ikut = _produk_semua(semua)
    umum = {satu.upt_id for satu in semua} if None in ikut else set()
    segarkan({*ikut, *(pk for upt_id in umum for pk in _milik(upt_id))})


def _produk_semua(semua: Sequence[Any]) -> set[int | None]:
    """Products that the rows name, and that their earlier states named."""
    kode = {FotoProduk: "foto", Harga: "harga", Penjualan: "penjualan", Legalitas: "legalitas"}[type(semua[0])]
    lalu = RiwayatBaris.objects.filter(register="umkm", objek=kode, objek_id__in=[satu.pk for satu in semua])
    return {satu.produk_id for satu in semua} | set(lalu.values_list("isi__produk_id", flat=True))


def unit(upt_id: int) -> None:
    """The unit's name, Kanwil or address changed."""
    segarkan(_milik(upt_id))


def _milik(upt_id: int) -> list[int]:
    return list(Produk.objects.filter(upt_id=upt_id).values_list("pk", flat=True))


# ---------------------------------------------------------------- writing the projection


def segarkan(produk_id: Iterable[int | None]) -> None:
    """Write the entries of these products as their rows are now, and take away what is not shown."""
    semua = [pk for pk in set(produk_id) if pk is not None]
    _tahan_jenis(semua)
    isi = _susun(list(_tampil().filter(pk__in=semua)))
    Katalog.objects.filter(pk__in=semua).exclude(pk__in=[k.pk for k in isi]).delete()
    Katalog.objects.bulk_create(isi, update_conflicts=True, unique_fields=["produk"], update_fields=_KOLOM)


def _tampil() -> Any:
    """Products that are shown: of units that are still there."""
    ada = Q(upt__berlaku_sampai=None) | Q(upt__berlaku_sampai__gte=hari_ini())
    return Produk.objects.filter(ada, tampil=True).hidup().select_related("upt__kanwil", "jenis__induk")


def _tahan_jenis(produk_id: list[int]) -> None:
    """The kinds stay as they are read until the transaction ends: a merge gives way, or this waits and sees it."""
    milik = "SELECT jenis_id FROM umkm_produk WHERE id = ANY (%s)"
    with connection.cursor() as kursor:
        kursor.execute(f"SELECT id FROM umkm_jenisproduk WHERE id IN ({milik}) ORDER BY id FOR SHARE", [produk_id])  # noqa: S608


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
    salah, seharusnya = [], set()
    for kelompok in _potong(list(_tampil().order_by("pk"))):
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
    post_save.connect(_unit_disimpan, sender=UPT, dispatch_uid="umkm.katalog.proyeksi.unit")


def _unit_disimpan(sender: type[UPT], instance: UPT, created: bool, **lain: Any) -> None:
    if not created:
        unit(instance.pk)
