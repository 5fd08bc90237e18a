"""Rows beside the others of their unit: what `umkm.aturan` needs to know, and what would break without a row.

Everything here runs behind the unit's lock (`kunci_register`), so that what was counted still holds when it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum

from pelaporan.models import BarisRegister, Berkas
from pelaporan.register.borongan import ingat
from pelaporan.register.temuan import Temuan, galat, tanya
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan, hari_ini, tulis_tanggal
from umkm import aturan, nama
from umkm.models import (
    BagiHasil,
    FotoProduk,
    Harga,
    Legalitas,
    Mitra,
    Pameran,
    Pekerja,
    Penjualan,
    Persediaan,
    Pesanan,
    PesertaPameran,
    Produk,
    Tenaga,
)
from umkm.rujukan import harga_pada, produk_baris
from umkm.stok import gerak
from wbp.models import WargaBinaan

_ASING = "Produk ini tidak ada di unit ini, atau sudah dihapus. Pilih dari daftar."


# ---------------------------------------------------------------- products


def produk(baris: Produk) -> Iterator[Temuan]:
    langkah = (("label_pada", baris.label_pada), ("kemasan_pada", baris.kemasan_pada), ("merek_pada", baris.merek_pada))
    yield from aturan.produk(aturan.Produk(_masa(baris), baris.status, langkah), _kini(baris))
    if not nama.kunci(baris.nama):
        yield galat("nama_tanpa_huruf", "nama", "Tulis nama produk dengan huruf.")
    lain = Produk.objects.filter(upt_id=baris.upt_id, nama__iexact=baris.nama)
    yield from _kembar(baris, lain, "nama", f"Produk “{baris.nama}” sudah ada di unit ini. Ubah yang sudah ada itu.")
    if baris.pk is not None:
        yield from _produk_tercatat(baris)


def _produk_tercatat(baris: Produk) -> Iterator[Temuan]:
    """What was written down already must still fit."""
    stok, jual = (model.objects.filter(produk_id=baris.pk).hidup() for model in (Persediaan, Penjualan))
    for kata, tanggal in (
        ("persediaan", stok.values_list("tanggal", flat=True)),
        ("penjualan", jual.values_list("tanggal", flat=True)),
    ):
        luar = next((hari for hari in tanggal.order_by("tanggal") if _masa(baris).di_luar(hari)), None)
        if luar is not None:
            bidang = "mulai" if luar < baris.mulai else "berhenti"
            yield galat("ada_di_luar", bidang, f"Ada {kata} tertanggal {tulis_tanggal(luar)}. Sesuaikan tanggalnya.")
    if baris.golongan == aturan.JASA and stok.exists():
        yield galat(
            "jasa_berstok", "golongan", "Jasa tidak mempunyai persediaan. Hapus dahulu catatan persediaan produk ini."
        )
    if baris.golongan != aturan.JASA:
        yield from aturan.stok(gerak(baris.pk), nama=baris.nama, ukuran=baris.ukuran, bidang="golongan")
    terbuka = Pesanan.objects.filter(produk_id=baris.pk, status=Pesanan.Status.DIPESAN).hidup().count()
    if baris.status == Produk.Status.BERHENTI and terbuka:
        yield tanya(
            "berhenti_dipesan",
            "status",
            f"Masih ada {terbuka} pesanan yang belum selesai untuk produk ini. Selesaikan atau batalkan pesanannya.",
        )


def hapus_produk(baris: Produk) -> Iterator[Temuan]:
    """A price or photo goes along with its product; what was made, sold, ordered, licensed must be taken out first."""
    ada = [
        kata
        for kata, model in (
            ("penjualan", Penjualan), ("persediaan", Persediaan), ("pesanan", Pesanan), ("legalitas", Legalitas),
            ("pekerja", Pekerja),
        )
        if model.objects.filter(produk_id=baris.pk).hidup().exists()
    ]  # fmt: skip
    if ada:
        yield galat(
            "produk_dipakai",
            "",
            f"Produk ini masih mempunyai catatan {', '.join(ada)}. Bila tidak dibuat lagi, ubah ketersediaannya"
            " menjadi Berhenti dibuat; bila salah catat, hapus dahulu catatan itu.",
        )


def foto(baris: FotoProduk) -> Iterator[Temuan]:
    if produk_baris(baris) is None:
        yield galat("produk_asing", "produk_id", _ASING)
    if baris.berkas_id is None or baris.mini_id is None:
        yield galat("foto_kosong", "", "Foto ditambahkan dari halaman produknya, supaya dikecilkan dahulu.")
    elif not _milik_unit(baris, {baris.berkas_id, baris.mini_id}):
        yield galat("foto_asing", "", "Foto ini bukan milik unit ini. Unggah lagi dari halaman produk.")
    lain = FotoProduk.objects.filter(produk_id=baris.produk_id).hidup().exclude(pk=baris.pk)
    if lain.count() >= aturan.FOTO_MAKS:
        yield galat(
            "foto_penuh",
            "produk_id",
            f"Produk itu sudah mempunyai {aturan.FOTO_MAKS} foto. Hapus yang tidak perlu dahulu.",
        )


def harga(baris: Harga) -> Iterator[Temuan]:
    satu = produk_baris(baris)
    if satu is None:
        yield galat("produk_asing", "produk_id", _ASING)
        return
    lain = Harga.objects.filter(produk_id=baris.produk_id, dari=baris.dari)
    yield from _kembar(baris, lain, "dari", f"Harga sejak {tulis_tanggal(baris.dari)} sudah ada. Ubah harga itu.")
    if (baris.dari - _kini(baris)).days > 366:
        yield galat("harga_jauh", "dari", "Harga ini baru berlaku lebih dari setahun lagi. Periksa tahunnya.")
    lama = harga_pada(baris.produk_id, baris.dari) if baris.pk is None else _harga_sebelum(baris)
    if lama and not aturan.RASIO_HARGA[0] <= baris.harga / lama <= aturan.RASIO_HARGA[1]:
        yield tanya(
            "harga_melompat",
            "harga",
            f"Harga sebelumnya {tulis_angka(lama, 'rupiah')}; tertulis {tulis_angka(baris.harga, 'rupiah')}. Periksa"
            " banyak nolnya.",
        )


def _harga_sebelum(baris: Harga) -> int | None:
    semua = Harga.objects.filter(produk_id=baris.produk_id, dari__lt=baris.dari).hidup().exclude(pk=baris.pk)
    return semua.order_by("-dari").values_list("harga", flat=True).first()


def legalitas(baris: Legalitas) -> Iterator[Temuan]:
    satu = produk_baris(baris)
    if baris.produk_id is not None and satu is None:
        yield galat("produk_asing", "produk_id", _ASING)
    golongan = satu.golongan if satu is not None else ""
    izin = aturan.Izin(baris.jenis, baris.nomor, baris.terbit, baris.berakhir, golongan)
    yield from aturan.legalitas(izin, _kini(baris))
    lain = _produk_sama(Legalitas.objects.filter(jenis=baris.jenis, nomor=baris.nomor), baris)
    yield from _kembar(baris, lain, "nomor", "Nomor ini sudah dicatat. Ubah catatan yang sudah ada itu.")
    if baris.berkas_id is not None and not _milik_unit(baris, {baris.berkas_id}):
        yield galat("berkas_asing", "", "Berkas ini bukan milik unit ini. Unggah lagi.")


# ---------------------------------------------------------------- stock and sales


def persediaan(baris: Persediaan) -> Iterator[Temuan]:
    yield from aturan.tidak_nanti(baris.tanggal, _kini(baris), "tanggal")
    satu = produk_baris(baris)
    if satu is None:
        yield galat("produk_asing", "produk_id", _ASING)
        return
    if satu.golongan == aturan.JASA:
        yield galat("jasa_berstok", "produk_id", "Jasa tidak mempunyai persediaan. Cukup catat penjualannya.")
        return
    yield from aturan.dalam_masa(_masa(satu), baris.tanggal)
    yield from _stok(baris, satu, masuk=baris.jenis in Persediaan.MENAMBAH)


def hapus_persediaan(baris: Persediaan) -> Iterator[Temuan]:
    satu = produk_baris(baris)
    if satu is not None:
        yield from aturan.stok(gerak(satu.pk, tanpa=baris), nama=satu.nama, ukuran=satu.ukuran, bidang="")


def penjualan(baris: Penjualan) -> Iterator[Temuan]:
    satu = produk_baris(baris)
    if satu is None:
        yield galat("produk_asing", "produk_id", _ASING)
        return
    acara = _acara(baris)
    harga = harga_pada(satu.pk, baris.tanggal)
    rentang = (acara.mulai, acara.selesai) if acara is not None else None
    jual = aturan.Jual(baris.tanggal, baris.kanal, baris.jumlah, baris.nilai, harga, rentang)
    yield from aturan.penjualan(jual, _kini(baris))
    yield from aturan.dalam_masa(_masa(satu), baris.tanggal)
    if satu.golongan != aturan.JASA:
        yield from _stok(baris, satu, masuk=False)
    elif (lama := _lama(baris)) is not None and lama.produk_id != satu.pk:
        yield from _stok_asal(baris, lama)
    yield from _pesanan_penjualan(baris)
    yield from _sudah_dibagi(baris, _bulan_berubah(baris))


def hapus_penjualan(baris: Penjualan) -> Iterator[Temuan]:
    """Taking a sale out gives its pieces back; nothing breaks, but a month that was shared out is said."""
    yield from _sudah_dibagi(baris, {Bulan.pada(baris.tanggal)})


def _acara(baris: Penjualan) -> Pameran | None:
    if baris.pameran_id is None:
        return None
    return ingat(Pameran, baris.pameran_id, Pameran.objects.filter(pk=baris.pameran_id).first)


def _pesanan_penjualan(baris: Penjualan) -> Iterator[Temuan]:
    """A sale that delivers an order: of the same product, not before it, not more than was ordered."""
    if baris.pesanan_id is None:
        return
    satu = Pesanan.objects.filter(pk=baris.pesanan_id, upt_id=baris.upt_id).hidup().first()
    if satu is None:
        yield galat("pesanan_asing", "pesanan_id", "Pesanan ini tidak ada di unit ini. Pilih dari daftar.")
    elif satu.status == Pesanan.Status.BATAL:
        yield galat("pesanan_batal", "pesanan_id", "Pesanan ini sudah dibatalkan. Pilih pesanan lain.")
    elif satu.produk_id != baris.produk_id:
        yield galat("pesanan_produk", "pesanan_id", f"Pesanan itu untuk {satu.produk.nama}. Pilih pesanan produk ini.")
    else:
        if baris.tanggal < satu.tanggal:
            yield tanya("sebelum_pesanan", "tanggal", f"Pesanan itu baru tertanggal {tulis_tanggal(satu.tanggal)}.")
        sudah = diserahkan(satu.pk, kecuali=baris.pk)
        if sudah + baris.jumlah > satu.jumlah:
            yield tanya(
                "pesanan_lebih",
                "jumlah",
                f"Dipesan {tulis_angka(satu.jumlah)}, sudah diserahkan {tulis_angka(sudah)}; dengan ini menjadi"
                f" {tulis_angka(sudah + baris.jumlah)}. Periksa jumlahnya.",
            )


def _bulan_berubah(baris: Penjualan) -> set[Bulan]:
    """Months whose turnover this row changes: the one that it is in, and the one that it leaves."""
    lama = _lama(baris)
    return {Bulan.pada(satu.tanggal) for satu in (baris, lama) if satu is not None}


def _sudah_dibagi(baris: Penjualan, semua: set[Bulan]) -> Iterator[Temuan]:
    dibagi = [b for b in sorted(semua) if _ada_bagi(baris.upt_id, b)]
    if dibagi:
        yield tanya(
            "sudah_dibagi",
            "tanggal",
            f"Hasil {' dan '.join(b.nama for b in dibagi)} sudah dibagi. Bila penjualan ini benar, sesuaikan juga bagi"
            " hasil bulan itu.",
        )


def _ada_bagi(upt_id: int, bulan: Bulan) -> bool:
    dibagi = BagiHasil.objects.filter(upt_id=upt_id, bulan=bulan.awal).hidup()
    return ingat(BagiHasil, (upt_id, bulan), dibagi.exists)


def diserahkan(pesanan_id: int, *, kecuali: int | None = None) -> int:
    """Pieces of an order that sales delivered."""
    jual = Penjualan.objects.filter(pesanan_id=pesanan_id).hidup()
    jual = jual.exclude(pk=kecuali) if kecuali is not None else jual
    return int(jual.aggregate(n=Sum("jumlah"))["n"] or 0)


def pesanan(baris: Pesanan) -> Iterator[Temuan]:
    satu = produk_baris(baris)
    yield from aturan.tidak_nanti(baris.tanggal, _kini(baris), "tanggal")
    yield from aturan.urut(baris.tanggal, baris.jatuh_tempo, "jatuh_tempo", ("Tanggal pesan", "Diminta selesai"))
    if satu is None:
        yield galat("produk_asing", "produk_id", _ASING)
        return
    yield from aturan.nilai(baris.nilai, baris.jumlah, harga_pada(satu.pk, baris.tanggal))
    if baris.status == Pesanan.Status.DIPESAN and satu.status == Produk.Status.BERHENTI:
        yield tanya("pesan_berhenti", "produk_id", f"{satu.nama} sudah berhenti dibuat. Periksa produknya.")
    if baris.mitra_id is not None:
        if not Mitra.objects.filter(pk=baris.mitra_id, upt_id=baris.upt_id).hidup().exists():
            yield galat("mitra_asing", "mitra_id", "Mitra ini tidak ada di unit ini. Pilih dari daftar.")
        if baris.pemesan:
            yield galat("pemesan_ganda", "pemesan", "Mitra sudah dipilih. Kosongkan pemesan lain.")
    yield from _penyerahan(baris)


def _penyerahan(baris: Pesanan) -> Iterator[Temuan]:
    """An order beside the sales that name it."""
    jual = Penjualan.objects.filter(pesanan_id=baris.pk).hidup() if baris.pk is not None else Penjualan.objects.none()
    sudah = diserahkan(baris.pk) if baris.pk is not None else 0
    if sudah and (baris.status == Pesanan.Status.BATAL or jual.exclude(produk_id=baris.produk_id).exists()):
        yield galat(
            "pesanan_terkirim",
            "status" if baris.status == Pesanan.Status.BATAL else "produk_id",
            f"Sudah diserahkan {tulis_angka(sudah)} lewat penjualan. Lepaskan dahulu pesanan ini dari penjualan itu.",
        )
    if sudah > baris.jumlah:
        yield tanya(
            "pesanan_lebih",
            "jumlah",
            f"Sudah diserahkan {tulis_angka(sudah)}, dipesan {tulis_angka(baris.jumlah)}. Periksa jumlahnya.",
        )
    if baris.status == Pesanan.Status.SELESAI and sudah < baris.jumlah:
        yield tanya(
            "selesai_kurang",
            "status",
            f"Baru {tulis_angka(sudah)} dari {tulis_angka(baris.jumlah)} yang tercatat terjual untuk pesanan ini.",
        )


def hapus_pesanan(baris: Pesanan) -> Iterator[Temuan]:
    if Penjualan.objects.filter(pesanan_id=baris.pk).hidup().exists():
        yield galat("pesanan_dipakai", "", "Ada penjualan untuk pesanan ini. Lepaskan dahulu dari penjualan itu.")


def bagi_hasil(baris: BagiHasil) -> Iterator[Temuan]:
    bulan = Bulan.pada(baris.bulan)
    lain = BagiHasil.objects.filter(upt_id=baris.upt_id, bulan=baris.bulan)
    yield from _kembar(baris, lain, "bulan", f"Bagi hasil {bulan.nama} sudah dicatat. Ubah catatan itu.")
    yield from aturan.bagi_hasil(bagian(baris), bulan, _kini(baris), baris.catatan)


def bagian(baris: BagiHasil) -> aturan.Bagi:
    """The shares of a month beside what was sold in it."""
    omzet = omzet_bulan(baris.upt_id, Bulan.pada(baris.bulan))
    return aturan.Bagi(omzet, baris.biaya, baris.premi, baris.pnbp, baris.operasional)


def omzet_bulan(upt_id: int, bulan: Bulan) -> int:
    jual = Penjualan.objects.filter(upt_id=upt_id, tanggal__range=(bulan.awal, bulan.akhir)).hidup()
    return int(jual.aggregate(n=Sum("nilai"))["n"] or 0)


# ---------------------------------------------------------------- people, partners, exhibitions


def mitra(baris: Mitra) -> Iterator[Temuan]:
    yield from aturan.urut(baris.dari, baris.sampai, "sampai", ("Tanggal mulai", "Tanggal selesai"))
    sama = Mitra.objects.filter(upt_id=baris.upt_id, nama__iexact=baris.nama)
    sama = _semasa(sama, baris.dari, baris.sampai)
    yield from _kembar(baris, sama, "nama", f"Mitra “{baris.nama}” sudah ada untuk masa itu. Ubah yang sudah ada.")


def hapus_mitra(baris: Mitra) -> Iterator[Temuan]:
    if Pesanan.objects.filter(mitra_id=baris.pk).hidup().exists():
        yield galat("mitra_dipakai", "", "Ada pesanan dari mitra ini. Isi tanggal selesainya bila kerja sama berakhir.")


def peserta(baris: PesertaPameran) -> Iterator[Temuan]:
    acara = Pameran.objects.filter(pk=baris.pameran_id).first()
    if acara is None:
        yield galat("pameran_asing", "pameran_id", "Pameran ini tidak ada. Pilih dari daftar.")
        return
    if acara.mulai > _kini(baris):
        yield tanya("pameran_nanti", "pameran_id", f"Pameran ini baru mulai {tulis_tanggal(acara.mulai)}.")
    lain = PesertaPameran.objects.filter(upt_id=baris.upt_id)
    lain = lain.filter(pameran_id=baris.pameran_id) if _pameran_tetap(baris) else lain.filter(_seacara(acara))
    yield from _kembar(baris, lain, "pameran_id", "Keikutsertaan di pameran ini sudah dicatat. Ubah catatan itu.")


def _pameran_tetap(baris: PesertaPameran) -> bool:
    """Rows that a merge has laid side by side may still be corrected, each where it is."""
    lama = _lama(baris)
    return lama is not None and lama.pameran_id == baris.pameran_id


def _seacara(acara: Pameran) -> Q:
    """At any entry of the event that this one is or was merged into."""
    pokok = acara.induk_id or acara.pk
    return Q(pameran_id=pokok) | Q(pameran__induk_id=pokok)


def hapus_peserta(baris: PesertaPameran) -> Iterator[Temuan]:
    if Penjualan.objects.filter(upt_id=baris.upt_id, pameran_id=baris.pameran_id).hidup().exists():
        yield galat("peserta_menjual", "", "Ada penjualan di pameran ini. Ubah dahulu penjualan itu.")


def tenaga(baris: Tenaga) -> Iterator[Temuan]:
    yield from aturan.tidak_nanti(baris.dari, _kini(baris), "dari")
    lain = Tenaga.objects.filter(upt_id=baris.upt_id, dari=baris.dari)
    yield from _kembar(baris, lain, "dari", f"Jumlah sejak {tulis_tanggal(baris.dari)} sudah ada. Ubah catatan itu.")


def pekerja(baris: Pekerja) -> Iterator[Temuan]:
    yield from aturan.tidak_nanti(baris.dari, _kini(baris), "dari")
    yield from aturan.urut(baris.dari, baris.sampai, "sampai", ("Mulai bekerja", "Selesai bekerja"))
    if not WargaBinaan.objects.filter(pk=baris.wbp_id, upt_id=baris.upt_id).exists():
        yield galat("wbp_asing", "wbp_id", "Warga binaan ini tidak tercatat di unit ini.")
    if baris.produk_id is not None and produk_baris(baris) is None:
        yield galat("produk_asing", "produk_id", _ASING)
    sama = _produk_sama(Pekerja.objects.filter(wbp_id=baris.wbp_id), baris)
    sama = _semasa(sama, baris.dari, baris.sampai)
    yield from _kembar(baris, sama, "dari", "Orang ini sudah tercatat pada produk dan masa yang sama.")


# ---------------------------------------------------------------- parts


def _masa(satu: Produk) -> aturan.Masa:
    return aturan.Masa(satu.nama, satu.mulai, satu.berhenti)


def _kini(baris: BarisRegister) -> date:
    return hari_ini(baris.upt.zona)


def _kembar(baris: BarisRegister, lain: Any, bidang: str, pesan: str) -> Iterator[Temuan]:
    """Another living row like this one; the database refuses it too, but says so to nobody."""
    if lain.hidup().exclude(pk=baris.pk).exists():
        yield galat(f"{bidang}_kembar", bidang, pesan)


def _produk_sama(semua: Any, baris: Legalitas | Pekerja) -> Any:
    """Rows of the same unit for the same product, or for none in particular as this one."""
    satu = {"produk": None} if baris.produk_id is None else {"produk_id": baris.produk_id}
    return semua.filter(upt_id=baris.upt_id, **satu)


def _milik_unit(baris: BarisRegister, berkas: set[UUID]) -> bool:
    """All of these files are there, and the row's own unit's."""
    return Berkas.objects.filter(pk__in=berkas, upt_id=baris.upt_id).count() == len(berkas)


def _semasa(semua: Any, dari: date, sampai: date | None) -> Any:
    """Rows of a period that shares a day with this one."""
    sesudah = semua.filter(Q(sampai=None) | Q(sampai__gte=dari))
    return sesudah.filter(dari__lte=sampai) if sampai is not None else sesudah


def _lama(baris: Any) -> Any:
    return type(baris).objects.filter(pk=baris.pk).hidup().first() if baris.pk is not None else None


def _stok(baris: Persediaan | Penjualan, satu: Produk, *, masuk: bool) -> Iterator[Temuan]:
    """The stock of the product with this row as it is to be, and of the product that it was on before."""
    ini = aturan.Gerak(baris.tanggal, baris.jumlah if masuk else -baris.jumlah)
    yield from aturan.stok([*gerak(satu.pk, tanpa=baris), ini], nama=satu.nama, ukuran=satu.ukuran)
    lama = _lama(baris)
    if lama is not None and lama.produk_id != satu.pk:
        yield from _stok_asal(baris, lama)


def _stok_asal(baris: Persediaan | Penjualan, lama: Persediaan | Penjualan) -> Iterator[Temuan]:
    asal = Produk.objects.get(pk=lama.produk_id)
    if asal.golongan != aturan.JASA:
        sisa = gerak(asal.pk, tanpa=baris)
        yield from aturan.stok(sisa, nama=asal.nama, ukuran=asal.ukuran, bidang="produk_id")
