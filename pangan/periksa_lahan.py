"""Checks of plots, their use and their cycles: gathers the rows that bear on it and asks the rules of `aturan`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

from pangan import aturan
from pangan.komoditas import Komoditas, muat
from pangan.lengkapi import pemanfaatan_pada, satu
from pangan.models import MutasiHewan, Panen, Pemanfaatan, Petak, Siklus
from pangan.pilihan import KLASTER, nama_komoditas
from pangan.saldo import gerak_ekor
from pelaporan.models import BarisRegister
from pelaporan.register.temuan import Temuan, galat, tanya
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import hari_ini, tulis_tanggal


def pindah_bidang(temuan: Iterable[Temuan], **nama: str) -> Iterator[Temuan]:
    """Findings of the pure rules, with the names of their fields as the row's columns."""
    return (replace(t, bidang=nama.get(t.bidang, t.bidang)) for t in temuan)


def periksa_hari(baris: BarisRegister, bidang: str, hari: date | None, *, sebutan: str = "Tanggal") -> Iterator[Temuan]:
    """A fact has happened, and while there was a unit."""
    if hari is None:
        return
    if hari > hari_ini(baris.upt.zona):
        yield galat(f"{bidang}_nanti", bidang, f"{sebutan} {tulis_tanggal(hari)} belum tiba. Catat pada harinya.")
    yield from periksa_masa(baris, bidang, hari)


def periksa_masa(baris: BarisRegister, bidang: str, hari: date) -> Iterator[Temuan]:
    """Not before the unit was there, nor after it was closed."""
    if hari < baris.upt.berlaku_dari:
        sejak = tulis_tanggal(baris.upt.berlaku_dari)
        yield galat(f"{bidang}_dini", bidang, f"Unit ini tercatat sejak {sejak}. Tulis hari itu atau sesudahnya.")
    if baris.upt.berlaku_sampai is not None and hari > baris.upt.berlaku_sampai:
        batas = tulis_tanggal(baris.upt.berlaku_sampai)
        yield galat(f"{bidang}_tutup", bidang, f"Unit ini tercatat sampai {batas}. Tulis hari itu atau sebelumnya.")


def _wujud(petak: Petak) -> aturan.Wujud:
    return cast("aturan.Wujud", petak.wujud)


# ---------------------------------------------------------------- plots


def periksa_petak(p: Petak) -> Iterator[Temuan]:
    yield from periksa_hari(p, "mulai", p.mulai)
    if p.selesai is not None and p.selesai < p.mulai:
        yield galat("selesai_dini", "selesai", f"Berakhir sebelum mulai {tulis_tanggal(p.mulai)}. Perbaiki tanggalnya.")
    kembar = Petak.objects.hidup().filter(upt_id=p.upt_id).exclude(pk=p.pk)
    if kembar.filter(kode__iexact=p.kode).exists():
        yield galat("kode_kembar", "kode", f"Kode {p.kode} sudah dipakai petak lain. Pakai kode lain.")
    elif kembar.filter(nama__iexact=p.nama, luas=p.luas).exists():
        yield tanya("petak_kembar", "nama", f"Sudah ada petak {p.nama} dengan luas yang sama. Benar petak lain?")
    if (p.lintang is None) != (p.bujur is None):
        bidang = "lintang" if p.lintang is None else "bujur"
        yield galat("titik_separuh", bidang, "Isi lintang dan bujur bersama-sama, atau kosongkan keduanya.")
    if p.milik != Petak.Milik.MILIK and not p.pemilik:
        yield tanya("tanpa_pemilik", "pemilik", "Lahan pinjaman atau hibah: tulis pemiliknya bila diketahui.")
    if p.pk is not None:
        yield from _terhadap_pemanfaatan(p, list(Pemanfaatan.objects.hidup().filter(petak_id=p.pk)))


def _terhadap_pemanfaatan(p: Petak, semua: list[Pemanfaatan]) -> Iterator[Temuan]:
    """A plot that is changed still holds what it serves and served."""
    terluas = max((m.luas for m in semua), default=0)
    kini = [m for m in semua if m.sampai is None or m.sampai >= hari_ini(p.upt.zona)]
    tidur = p.wujud == Petak.Wujud.LAHAN and p.selesai is None and not kini
    bentuk = aturan.Petak("", _wujud(p), Decimal(p.luas), Decimal(terluas), tidur, p.rencana)
    yield from pindah_bidang(aturan.periksa_petak(bentuk), luas_pakai="luas")
    if p.wujud == Petak.Wujud.LAHAN:
        siklus = _siklus_petak(p.pk)
        yield from (replace(t, bidang="wujud") for m in semua for t in _siklus_muat(m, siklus))
    pertama = min((m.dari for m in semua), default=p.mulai)
    if pertama < p.mulai:
        pesan = f"Petak ini sudah dimanfaatkan sejak {tulis_tanggal(pertama)}. Tulis hari itu atau sebelumnya."
        yield galat("mulai_lewat", "mulai", pesan)
    if p.selesai is not None and any(m.sampai is None or m.sampai > p.selesai for m in semua):
        yield galat("masih_dipakai", "selesai", "Petak ini masih dimanfaatkan. Akhiri dahulu pemanfaatannya.")


def hapus_petak(p: Petak) -> Iterator[Temuan]:
    pemanfaatan = Pemanfaatan.objects.hidup().filter(petak_id=p.pk).count()
    siklus = Siklus.objects.hidup().filter(petak_id=p.pk).count()
    if pemanfaatan or siklus:
        yield galat(
            "petak_terpakai",
            "",
            f"Petak ini punya {pemanfaatan} pemanfaatan dan {siklus} siklus. Bila tidak dikelola lagi, isi tanggal"
            " “Dikelola sampai”; bila salah catat, hapus dahulu yang tercatat padanya.",
        )


# ---------------------------------------------------------------- use of a plot


def periksa_pemanfaatan(m: Pemanfaatan) -> Iterator[Temuan]:
    petak = satu(Petak, m.petak_id)
    yield from periksa_hari(m, "dari", m.dari)
    yield from _di_dalam_masa(m, petak)
    bentuk = aturan.Petak(m.klaster, _wujud(petak), Decimal(petak.luas), Decimal(m.luas))
    yield from pindah_bidang(aturan.periksa_petak(bentuk), luas_pakai="luas")
    lain = list(Pemanfaatan.objects.hidup().filter(petak_id=m.petak_id).exclude(pk=m.pk))
    riwayat = [aturan.Pemanfaatan(KLASTER[x.klaster].lower(), x.dari, x.sampai) for x in (*lain, m)]
    yield from pindah_bidang(aturan.periksa_pemanfaatan(riwayat), mulai="dari", selesai="sampai")
    yield from _terhadap_siklus([*lain, m], m)
    if petak.wujud == Petak.Wujud.LAHAN:
        yield from _siklus_muat(m, _siklus_petak(m.petak_id))
    yield from _petak_lama(m)


def _petak_lama(m: Pemanfaatan) -> Iterator[Temuan]:
    """A use that moves to another plot must not leave cycles behind on the old one."""
    lama = Pemanfaatan.objects.filter(pk=m.pk).first() if m.pk else None
    if lama is not None and lama.hidup and lama.petak_id != m.petak_id:
        yield from (replace(t, bidang="petak_id") for t in hapus_pemanfaatan(lama))


def _di_dalam_masa(m: Pemanfaatan, petak: Petak) -> Iterator[Temuan]:
    if m.dari < petak.mulai:
        sejak = tulis_tanggal(petak.mulai)
        yield galat("sebelum_petak", "dari", f"Petak {petak.kode} dikelola sejak {sejak}. Perbaiki salah satunya.")
    if petak.selesai is not None and (m.sampai is None or m.sampai > petak.selesai):
        batas = tulis_tanggal(petak.selesai)
        yield galat("sesudah_petak", "sampai", f"Petak {petak.kode} dikelola sampai {batas}. Akhiri paling lambat itu.")


def _terhadap_siklus(semua: list[Pemanfaatan], m: Pemanfaatan) -> Iterator[Temuan]:
    """Every cycle of the plot began while the plot served its cluster, and ends before that ends."""
    for s in _siklus_petak(m.petak_id):
        saat = next((x for x in semua if _memuat(x, s.tanam)), None)
        sebutan = f"{nama_komoditas(s.komoditas)} yang mulai {tulis_tanggal(s.tanam)}"
        if saat is None or saat.klaster != s.klaster:
            bidang = "klaster" if saat is m else "dari"
            yield galat(
                "siklus_di_luar", bidang, f"Siklus {sebutan} tidak lagi berada dalam masa klasternya. Sesuaikan dahulu."
            )
        elif saat is m and (s.luas or 0) > m.luas:
            pesan = f"Siklus {sebutan} memakai {tulis_angka(s.luas, 'bulat', 'm²')}. Sesuaikan dahulu luas siklusnya."
            yield galat("siklus_lebih_luas", "luas", pesan)
        elif saat is m and m.sampai is not None and not s.akhir:
            yield tanya("siklus_berjalan", "sampai", f"Siklus {sebutan} belum berakhir. Akhiri siklusnya bila selesai.")


def _memuat(m: Pemanfaatan, hari: date) -> bool:
    return m.dari <= hari and (m.sampai is None or m.sampai >= hari)


def _siklus_petak(petak_id: int) -> list[Siklus]:
    return list(Siklus.objects.hidup().filter(petak_id=petak_id))


def _siklus_muat(m: Pemanfaatan, semua: list[Siklus]) -> Iterator[Temuan]:
    """On land, the cycles that began in this use never take more together than it has."""
    terbanyak = max(((s.luas or 0) + _puncak(s, semua) for s in semua if _memuat(m, s.tanam)), default=0)
    if terbanyak > m.luas:
        pesan = (
            f"Siklus di petak ini bersama-sama memakai {tulis_angka(terbanyak, 'bulat', 'm²')}. Sesuaikan dahulu luas"
            " siklusnya."
        )
        yield galat("siklus_tidak_muat", "luas", pesan)


def hapus_pemanfaatan(m: Pemanfaatan) -> Iterator[Temuan]:
    lain = list(Pemanfaatan.objects.hidup().filter(petak_id=m.petak_id).exclude(pk=m.pk))
    if any(t.kode == "siklus_di_luar" for t in _terhadap_siklus(lain, m)):
        yield galat(
            "pemanfaatan_terpakai", "", "Ada siklus yang mulai dalam masa pemanfaatan ini. Hapus dahulu siklusnya."
        )


# ---------------------------------------------------------------- cycles


def periksa_siklus(s: Siklus) -> Iterator[Temuan]:
    petak = satu(Petak, s.petak_id)
    komoditas = muat().get(s.komoditas)
    if komoditas is None:
        yield galat("komoditas_asing", "komoditas", "Komoditas ini tidak ada dalam daftar acuan. Pilih dari daftar.")
        return
    dipakai = pemanfaatan_pada(s.petak_id, s.tanam)
    if dipakai is None:
        yield galat(
            "petak_tidur",
            "petak_id",
            f"Petak {petak.kode} belum tercatat dimanfaatkan pada {tulis_tanggal(s.tanam)}. Catat dahulu"
            " pemanfaatannya sejak hari itu.",
        )
    else:
        yield from _terhadap_petak(s, komoditas, petak, dipakai)
    if s.ekor and not komoditas.hewan:
        yield galat("bukan_hewan", "ekor", f"{komoditas.nama} tidak dihitung dalam ekor. Kosongkan jumlah awalnya.")
    yield from periksa_masa(s, "tanam", s.tanam)
    yield from _akhir_siklus(s)
    if s.pk is not None:
        yield from _terhadap_catatan(s)


def _terhadap_petak(s: Siklus, komoditas: Komoditas, petak: Petak, dipakai: Pemanfaatan) -> Iterator[Temuan]:
    bentuk = aturan.Siklus(komoditas, s.tanam, s.perkiraan_panen, None if s.luas is None else Decimal(s.luas), s.ekor)
    lahan = aturan.Petak(dipakai.klaster, _wujud(petak), Decimal(petak.luas), Decimal(dipakai.luas))
    temuan = aturan.periksa_siklus(bentuk, lahan, luas_lain=_luas_lain(s), hari_ini=hari_ini(s.upt.zona))
    yield from pindah_bidang(temuan, ekor_awal="ekor")
    kembar = Siklus.objects.hidup().filter(petak_id=s.petak_id, komoditas=s.komoditas, tanam=s.tanam).exclude(pk=s.pk)
    if kembar.exists():
        pesan = f"Siklus {komoditas.nama} di petak ini dengan hari mulai yang sama sudah ada. Benar siklus lain?"
        yield tanya("siklus_kembar", "komoditas", pesan)


def _luas_lain(s: Siklus) -> Decimal:
    """m² that other cycles take of the plot on the fullest day of this one."""
    return Decimal(_puncak(s, _siklus_petak(s.petak_id)))


def _puncak(s: Siklus, semua: list[Siklus]) -> int:
    sampai = s.selesai or date.max
    bersama = [
        x for x in semua if x.pk != s.pk and x.luas and x.tanam <= sampai and (x.selesai is None or x.selesai > s.tanam)
    ]
    hari = {s.tanam, *(x.tanam for x in bersama if x.tanam > s.tanam)}
    per_hari = (
        sum(x.luas or 0 for x in bersama if x.tanam <= h and (x.selesai is None or x.selesai > h)) for h in hari
    )
    return max(per_hari, default=0)


def _akhir_siklus(s: Siklus) -> Iterator[Temuan]:
    if s.selesai is not None and not s.akhir:
        yield galat("akhir_kosong", "akhir", "Pilih bagaimana siklus ini berakhir, atau kosongkan tanggalnya.")
    if s.selesai is None:
        return
    yield from periksa_hari(s, "selesai", s.selesai)
    if s.selesai < s.tanam:
        yield galat("selesai_dini", "selesai", f"Berakhir sebelum mulai {tulis_tanggal(s.tanam)}. Perbaiki tanggalnya.")
    if s.akhir == Siklus.Akhir.GAGAL and not s.alasan_gagal:
        yield galat("gagal_tanpa_sebab", "alasan_gagal", "Tulis sebab gagalnya, misalnya banjir atau penyakit.")


def _terhadap_catatan(s: Siklus) -> Iterator[Temuan]:
    """A cycle that is changed still fits its harvests, and the animals that came and went."""
    panen = list(Panen.objects.hidup().filter(siklus_id=s.pk).order_by("tanggal"))
    mutasi = list(MutasiHewan.objects.hidup().filter(siklus_id=s.pk).order_by("tanggal"))
    if any((p.petak_id, p.klaster, p.komoditas) != (s.petak_id, s.klaster, s.komoditas) for p in panen):
        pesan = "Siklus ini sudah punya catatan panen. Petak, klaster, dan komoditasnya tidak dapat diganti."
        yield galat("siklus_berpanen", "komoditas", pesan)
    if mutasi and (any(m.petak_id != s.petak_id for m in mutasi) or s.ekor is None):
        pesan = "Siklus ini sudah punya mutasi hewan. Petaknya tetap, komoditasnya tetap hewan dengan jumlah awal."
        yield galat("siklus_bermutasi", "komoditas" if s.ekor is None else "petak_id", pesan)
    hari = sorted([*(p.tanggal for p in panen), *(m.tanggal for m in mutasi)])
    if hari and hari[0] < s.tanam:
        pesan = f"Catatan pertamanya bertanggal {tulis_tanggal(hari[0])}. Tulis hari itu atau sebelumnya."
        yield galat("catatan_sebelum_tanam", "tanam", pesan)
    if hari and s.selesai is not None and hari[-1] > s.selesai:
        pesan = f"Catatan terakhirnya bertanggal {tulis_tanggal(hari[-1])}. Tulis hari itu atau sesudahnya."
        yield galat("catatan_sesudah_selesai", "selesai", pesan)
    if s.akhir == Siklus.Akhir.PANEN and not panen:
        yield tanya("tanpa_panen", "akhir", "Belum ada panen yang tercatat. Catat panennya, atau pilih Gagal panen.")
    if s.ekor is not None:
        yield from _saldo_ekor(s)


def _saldo_ekor(s: Siklus) -> Iterator[Temuan]:
    """Opening + in − out is never below nought, and nought when the cycle is over."""
    gerak = gerak_ekor(s)
    yield from pindah_bidang(aturan.periksa_saldo(Decimal(0), gerak, satuan="ekor"), jumlah="ekor")
    sisa = aturan.saldo_harian(Decimal(0), gerak)[-1].jumlah
    if s.akhir and sisa > 0:
        pesan = f"Menurut catatan masih ada {tulis_angka(sisa)} ekor. Catat yang mati, hilang, atau dipindah."
        yield tanya("sisa_ekor", "akhir", pesan)


def hapus_siklus(s: Siklus) -> Iterator[Temuan]:
    panen = Panen.objects.hidup().filter(siklus_id=s.pk).count()
    mutasi = MutasiHewan.objects.hidup().filter(siklus_id=s.pk).count()
    if panen or mutasi:
        yield galat(
            "siklus_tercatat",
            "",
            f"Siklus ini punya {tulis_angka(panen)} panen dan {tulis_angka(mutasi)} mutasi hewan. Hapus dahulu"
            " catatannya bila memang salah.",
        )
