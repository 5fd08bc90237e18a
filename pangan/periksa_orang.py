"""Checks of who takes part, partners, certificates and payments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pangan.models import Klaster, Mitra, Penempatan, Sertifikat, Setoran, Tenaga
from pangan.periksa_lahan import periksa_hari
from pelaporan.register.temuan import Temuan, galat, tanya
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal

SEMUA = ""
"""The cluster of a count that is over all clusters, each person once."""


def keadaan_tenaga(upt_id: int, pada: date, *, tanpa: int | None = None) -> dict[str, tuple[date, int]]:
    """Inmates by cluster as counted on a day: since when, how many."""
    semua = Tenaga.objects.hidup().filter(upt_id=upt_id, jenis=Tenaga.Jenis.WBP, dari__lte=pada).exclude(pk=tanpa or 0)
    return {t.klaster: (t.dari, t.orang) for t in semua.order_by("dari", "pk")}


def periksa_jumlah(orang: Mapping[str, int]) -> Iterator[Temuan]:
    """Persons counted once are at least those of the largest cluster, at most those of all clusters together."""
    klaster = [orang[k] for k in Klaster.values if k in orang]
    if SEMUA not in orang or not klaster:
        return
    semua, terbesar, jumlah = orang[SEMUA], max(klaster), sum(klaster)
    if semua < terbesar:
        yield galat(
            "wbp_kurang",
            "orang",
            f"Seluruhnya {tulis_angka(semua)} orang, kurang dari klaster terbesar {tulis_angka(terbesar)}. Perbaiki"
            " dahulu salah satunya.",
        )
    elif semua > jumlah:
        yield tanya(
            "wbp_tanpa_klaster",
            "orang",
            f"Seluruhnya {tulis_angka(semua)} orang, lebih dari jumlah semua klaster {tulis_angka(jumlah)}. Catat juga"
            " klaster lainnya.",
        )


def periksa_tenaga(t: Tenaga) -> Iterator[Temuan]:
    yield from periksa_hari(t, "dari", t.dari)
    sama = Tenaga.objects.hidup().filter(upt_id=t.upt_id, jenis=t.jenis, klaster=t.klaster, dari=t.dari)
    if sama.exclude(pk=t.pk).exists():
        yield galat("tenaga_kembar", "dari", "Jumlah sejak hari ini sudah tercatat. Ubah catatan itu.")
    if t.jenis == Tenaga.Jenis.PETUGAS and t.klaster:
        yield galat("petugas_klaster", "klaster", "Petugas dihitung untuk seluruh kegiatan. Kosongkan klasternya.")
    if t.jenis == Tenaga.Jenis.WBP:
        yield from _sejak(t, t.dari, {t.klaster: (t.dari, t.orang)})


def hapus_tenaga(t: Tenaga) -> Iterator[Temuan]:
    if t.jenis == Tenaga.Jenis.WBP:
        yield from (x for x in _sejak(t, t.dari, {}) if x.kode == "wbp_kurang")


def _sejak(t: Tenaga, dari: date, baru: Mapping[str, tuple[date, int]]) -> Iterator[Temuan]:
    """The counts of that day and of every later change agree; each sort of finding is told once."""
    semua = Tenaga.objects.hidup().filter(upt_id=t.upt_id, jenis=Tenaga.Jenis.WBP, dari__gt=dari).exclude(pk=t.pk)
    terlihat: set[str] = set()
    for hari in sorted({dari, *semua.values_list("dari", flat=True)}):
        keadaan = keadaan_tenaga(t.upt_id, hari, tanpa=t.pk)
        for klaster, (mulai, orang) in baru.items():
            if klaster not in keadaan or keadaan[klaster][0] <= mulai:
                keadaan[klaster] = (mulai, orang)
        for temuan in periksa_jumlah({k: n for k, (_, n) in keadaan.items()}):
            if temuan.kode not in terlihat:
                terlihat.add(temuan.kode)
                yield temuan


def periksa_penempatan(p: Penempatan) -> Iterator[Temuan]:
    yield from periksa_hari(p, "dari", p.dari)
    if p.sampai is not None and p.sampai < p.dari:
        yield galat("sampai_dini", "sampai", f"Berakhir sebelum mulai {tulis_tanggal(p.dari)}. Perbaiki tanggalnya.")
        return
    semua = Penempatan.objects.hidup().filter(wbp_id=p.wbp_id, klaster=p.klaster).exclude(pk=p.pk)
    for lain in semua:
        if lain.dari <= (p.sampai or date.max) and p.dari <= (lain.sampai or date.max):
            sejak = tulis_tanggal(lain.dari)
            yield galat(
                "penempatan_ganda", "dari", f"Sudah ditempatkan di klaster ini sejak {sejak}. Ubah catatan itu."
            )
            return


def periksa_setoran(s: Setoran) -> Iterator[Temuan]:
    yield from periksa_hari(s, "tanggal", s.tanggal)
    kembar = Setoran.objects.hidup().filter(upt_id=s.upt_id, jenis=s.jenis, nomor=s.nomor).exclude(pk=s.pk)
    if s.nomor and kembar.exists():
        yield tanya("nomor_kembar", "nomor", f"Nomor bukti {s.nomor} sudah dicatat. Benar setoran lain?")


def periksa_sertifikat(s: Sertifikat) -> Iterator[Temuan]:
    yield from periksa_hari(s, "tanggal", s.tanggal)


def periksa_mitra(m: Mitra) -> Iterator[Temuan]:
    yield from periksa_hari(m, "dari", m.dari)
    if m.sampai is not None and m.sampai < m.dari:
        yield galat("sampai_dini", "sampai", f"Berakhir sebelum mulai {tulis_tanggal(m.dari)}. Perbaiki tanggalnya.")
    kembar = Mitra.objects.hidup().filter(upt_id=m.upt_id, nama__iexact=m.nama).exclude(pk=m.pk)
    if kembar.exists():
        yield tanya("mitra_kembar", "nama", f"Mitra {m.nama} sudah tercatat. Benar kerja sama lain?")
