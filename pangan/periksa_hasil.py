"""Checks of harvests, of their use, and of animals that came or went: no store and no pen ever holds less than none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from pangan import aturan
from pangan.komoditas import Komoditas, muat
from pangan.lengkapi import pemanfaatan_pada, satu
from pangan.models import MutasiHewan, Panen, Pemakaian, Petak, Siklus
from pangan.periksa_lahan import periksa_hari, periksa_masa, pindah_bidang
from pangan.saldo import Gudang, ekor_mutasi, gerak_ekor, gerak_hasil
from pelaporan.models import BarisRegister
from pelaporan.register.temuan import Temuan, galat, tanya
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal

SETAHUN = timedelta(days=365)
NOL = Decimal(0)
BULAT = ("ekor", "butir")


def _terhadap_siklus(s: Siklus, tanggal: date) -> Iterator[Temuan]:
    """What happens in a cycle happens before it ends."""
    if s.selesai is not None and tanggal > s.selesai:
        batas = tulis_tanggal(s.selesai)
        yield galat(
            "sesudah_siklus", "tanggal", f"Siklus ini berakhir {batas}. Perbaiki tanggalnya, atau akhir siklusnya."
        )


def _kembar(baris: BarisRegister, bidang: str, *sama: str) -> Iterator[Temuan]:
    """The same once more is most likely a second tab, or a page that was sent again."""
    semua: Any = type(baris)._default_manager
    ada = semua.hidup().filter(upt_id=baris.upt_id, **{nama: getattr(baris, nama) for nama in sama})
    if ada.exclude(pk=baris.pk).exists():
        yield tanya("kembar", bidang, "Catatan yang sama persis sudah ada pada hari itu. Benar ada dua?")


def _ukuran(p: Panen | Pemakaian, komoditas: Komoditas) -> Iterator[Temuan]:
    """Heads and eggs are whole; kilograms weigh what they are; everything has a weight."""
    if p.satuan in BULAT and p.jumlah != p.jumlah.to_integral_value():
        yield galat("jumlah_pecahan", "jumlah", f"Jumlah dalam {p.satuan} harus bilangan bulat.")
    if p.berat_kg is None:
        pesan = f"Tulis beratnya: berat lazim {komoditas.nama} per {p.satuan} tidak diketahui."
        yield galat("berat_kosong", "berat_kg", pesan)
    elif p.satuan == "kg" and p.berat_kg != p.jumlah:
        yield galat("berat_lain", "berat_kg", "Jumlahnya sudah dalam kg. Kosongkan beratnya, atau samakan keduanya.")


# ---------------------------------------------------------------- harvests


def periksa_panen(p: Panen) -> Iterator[Temuan]:
    siklus, komoditas = satu(Siklus, p.siklus_id), muat().get(p.komoditas)
    if komoditas is None:
        yield galat("komoditas_asing", "siklus_id", "Komoditas siklus ini tidak ada dalam daftar acuan. Ganti dahulu.")
        return
    bentuk = aturan.Panen(
        komoditas, siklus.tanam, p.tanggal, p.jumlah, p.satuan, p.berat_kg, p.ekor, p.alasan_susut or p.catatan
    )
    temuan = aturan.periksa_panen(
        bentuk,
        hari_ini=hari_ini(p.upt.zona),
        ekor_hidup=_ekor_hidup(p, siklus) if komoditas.hewan else None,
        hasil=_hasil_petak(p, siklus, komoditas),
    )
    yield from pindah_bidang(temuan, alasan="alasan_susut")
    yield from periksa_masa(p, "tanggal", p.tanggal)
    yield from _terhadap_siklus(siklus, p.tanggal)
    yield from _ukuran(p, komoditas)
    if p.susut_kg and not p.alasan_susut:
        yield galat("susut_tanpa_sebab", "alasan_susut", "Tulis sebab susutnya, misalnya busuk atau dimakan hama.")
    yield from _gudang_cukup(p)
    yield from _kembar(p, "jumlah", "siklus_id", "tanggal", "jumlah", "satuan")


def _ekor_hidup(p: Panen, s: Siklus) -> int:
    """Heads that may be taken out that day, so that no later day is short of them."""
    return int(aturan.tersedia(NOL, gerak_ekor(s, tanpa_panen=p.pk), p.tanggal))


def _hasil_petak(p: Panen, s: Siklus, k: Komoditas) -> aturan.HasilPetak | None:
    """What the area gave with this harvest: in the whole cycle, or in the twelve months up to it."""
    if k.hasil_per is None or not p.berat_kg:
        return None
    lain = Panen.objects.hidup().filter(siklus_id=s.pk, komoditas=k.kode).exclude(pk=p.pk)
    if k.hasil_per == "tahun":
        lain = lain.filter(tanggal__gt=p.tanggal - SETAHUN, tanggal__lte=p.tanggal)
        lengkap = s.tanam <= p.tanggal - SETAHUN
    else:
        lengkap = s.akhir == Siklus.Akhir.PANEN and s.selesai is not None and p.tanggal >= s.selesai
    kg = (lain.aggregate(kg=Sum("berat_kg"))["kg"] or NOL) + p.berat_kg
    return aturan.HasilPetak(kg, _luas_siklus(s), lengkap)


def _luas_siklus(s: Siklus) -> Decimal:
    if s.luas is not None:
        return Decimal(s.luas)
    dipakai = pemanfaatan_pada(s.petak_id, s.tanam)
    return Decimal(dipakai.luas if dipakai is not None else satu(Petak, s.petak_id).luas)


def _gudang(p: Panen | Pemakaian) -> Gudang:
    return p.komoditas, p.satuan


def _gudang_cukup(p: Panen) -> Iterator[Temuan]:
    """With this harvest as it is to be, and without it where it was, no store ever runs below nought."""
    masuk = aturan.Mutasi(p.tanggal, masuk=p.jumlah)
    gerak = [*gerak_hasil(p.upt_id, _gudang(p), tanpa_panen=p.pk), masuk]
    yield from aturan.periksa_saldo(NOL, gerak, satuan=p.satuan)
    lama = Panen.objects.filter(pk=p.pk).first() if p.pk else None
    if lama is not None and lama.hidup and _gudang(lama) != _gudang(p):
        yield from _tanpa(lama, "satuan")


def _tanpa(p: Panen, bidang: str) -> Iterator[Temuan]:
    gerak = gerak_hasil(p.upt_id, _gudang(p), tanpa_panen=p.pk)
    minus = aturan.hari_minus(NOL, gerak)
    if minus is not None:
        hari = tulis_tanggal(minus.tanggal)
        pesan = f"Hasil panen ini sudah dipakai pada {hari}. Hapus atau kurangi dahulu pemakaiannya."
        yield galat("hasil_terpakai", bidang, pesan)


def hapus_panen(p: Panen) -> Iterator[Temuan]:
    yield from _tanpa(p, "")


# ---------------------------------------------------------------- use of produce


def periksa_pemakaian(p: Pemakaian) -> Iterator[Temuan]:
    komoditas = muat().get(p.komoditas)
    if komoditas is None:
        yield galat("komoditas_asing", "komoditas", "Komoditas ini tidak ada dalam daftar acuan. Pilih dari daftar.")
        return
    yield from periksa_hari(p, "tanggal", p.tanggal)
    bentuk = aturan.Pemakaian(p.tanggal, p.jumlah, p.satuan, p.tujuan in Pemakaian.DIJUAL, p.nilai, p.berat_kg)
    gerak = gerak_hasil(p.upt_id, _gudang(p), tanpa_pemakaian=p.pk)
    stok = aturan.tersedia(NOL, gerak, p.tanggal)
    yield from aturan.periksa_pemakaian(bentuk, stok=stok, harga=aturan.harga_lazim(_penjualan(p)))
    yield from _ukuran(p, komoditas)
    yield from _kembar(p, "jumlah", "komoditas", "tanggal", "tujuan", "jumlah", "satuan", "pihak")


def _penjualan(p: Pemakaian) -> list[tuple[Decimal, int]]:
    """What was sold before of the same; of no concern to what is not sold."""
    if p.tujuan not in Pemakaian.DIJUAL:
        return []
    semua = Pemakaian.objects.hidup().filter(upt_id=p.upt_id, komoditas=p.komoditas, tujuan__in=Pemakaian.DIJUAL)
    return list(semua.exclude(pk=p.pk).values_list("berat_kg", "nilai"))


# ---------------------------------------------------------------- animals


def periksa_mutasi(m: MutasiHewan) -> Iterator[Temuan]:
    siklus = satu(Siklus, m.siklus_id)
    komoditas = muat().get(siklus.komoditas)
    if komoditas is None or not komoditas.hewan:
        yield galat("bukan_hewan", "siklus_id", "Siklus ini bukan ikan atau ternak. Pilih siklus lain.")
        return
    yield from periksa_hari(m, "tanggal", m.tanggal)
    yield from _terhadap_siklus(siklus, m.tanggal)
    if m.tanggal < siklus.tanam:
        mulai = tulis_tanggal(siklus.tanam)
        yield galat("sebelum_siklus", "tanggal", f"Siklus ini mulai {mulai}. Tulis hari itu atau sesudahnya.")
    if m.jenis in (MutasiHewan.Jenis.MATI, MutasiHewan.Jenis.HILANG) and not m.alasan:
        yield galat("tanpa_sebab", "alasan", "Tulis sebabnya, misalnya sakit atau banjir.")
    gerak = [*gerak_ekor(siklus, tanpa_mutasi=m.pk), ekor_mutasi(m)]
    yield from pindah_bidang(aturan.periksa_saldo(NOL, gerak, satuan="ekor"), jumlah="ekor")
    yield from _siklus_lama(m)
    yield from _kembar(m, "ekor", "siklus_id", "tanggal", "jenis", "ekor")


def _siklus_lama(m: MutasiHewan) -> Iterator[Temuan]:
    """A row that moves to another pen must not leave the old one short."""
    lama = MutasiHewan.objects.select_related("siklus").filter(pk=m.pk).first() if m.pk else None
    if lama is not None and lama.hidup and lama.siklus_id != m.siklus_id:
        yield from hapus_mutasi(lama, "siklus_id")


def hapus_mutasi(m: MutasiHewan, bidang: str = "") -> Iterator[Temuan]:
    siklus = satu(Siklus, m.siklus_id)
    minus = aturan.hari_minus(NOL, gerak_ekor(siklus, tanpa_mutasi=m.pk))
    if minus is not None:
        pesan = f"Tanpa catatan ini ekornya kurang sejak {tulis_tanggal(minus.tanggal)}. Perbaiki dahulu yang keluar."
        yield galat("ekor_terpakai", bidang, pesan)
