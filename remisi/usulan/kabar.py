"""Who is told what an act did: the unit about its cases, the Kanwil about what waits for it. Counts, never persons."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.urls import reverse

from pelaporan.models import Pemberitahuan
from remisi.models import Usulan
from remisi.usulan import alur

_UPT, _KANWIL = Pemberitahuan.Untuk.UPT, Pemberitahuan.Untuk.KANWIL

_TEKS: dict[tuple[alur.Aksi, alur.Status], tuple[Pemberitahuan.Untuk, str]] = {
    (alur.Aksi.AJUKAN, alur.Status.DIAJUKAN): (_KANWIL, "{unit} mengajukan {apa}."),
    (alur.Aksi.TARIK, alur.Status.BATAL): (_KANWIL, "{unit} menarik {apa}."),
    (alur.Aksi.VERIFIKASI, alur.Status.VERIF_KANWIL): (_UPT, "Kanwil memverifikasi {apa}."),
    (alur.Aksi.VERIFIKASI, alur.Status.VERIF_PUSAT): (_UPT, "Ditjenpas memverifikasi {apa}."),
    (alur.Aksi.KEMBALIKAN, alur.Status.DIKEMBALIKAN): (_UPT, "{apa} dikembalikan: {alasan}"),
    (alur.Aksi.TOLAK, alur.Status.DITOLAK): (_UPT, "{apa} ditolak: {alasan}"),
    (alur.Aksi.TERBITKAN, alur.Status.SK_TERBIT): (_UPT, "Keputusan atas {apa} terbit.{bebas}"),
    (alur.Aksi.CABUT, alur.Status.DICABUT): (_UPT, "Keputusan atas {apa} dicabut.{periksa} Alasan: {alasan}"),
}

_PERIKSA_BEBAS = " {n} orang tercatat bebas karena keputusan itu; periksa registernya."
_PERIKSA_PROGRAM = " Register mencatat orangnya menjalani pidana lagi; periksa bila ia tidak kembali."


def umumkan(aksi: alur.Aksi, kasus: Sequence[Usulan], *, alasan: str = "") -> None:
    """One notice a unit, occasion and new state, in the transaction of the act; the same act never tells twice."""
    kelompok: dict[tuple[int, int | None, str], list[Usulan]] = {}
    for u in kasus:
        if (aksi, alur.Status(u.status)) in _TEKS and not _tanpa_kanwil(aksi, u):
            kelompok.setdefault((u.upt_id, u.kesempatan_id, u.status), []).append(u)
    semua = [_susun(aksi, isi, alasan) for isi in kelompok.values()]
    Pemberitahuan.objects.bulk_create(semua, ignore_conflicts=True)


def _tanpa_kanwil(aksi: alur.Aksi, u: Usulan) -> bool:
    """The Kanwil never heard of a case that was withdrawn before it was sent."""
    return aksi == alur.Aksi.TARIK and u.dikirim_pada is None


def _susun(aksi: alur.Aksi, isi: Sequence[Usulan], alasan: str) -> Pemberitahuan:
    contoh = isi[0]
    untuk, pola = _TEKS[aksi, alur.Status(contoh.status)]
    bebas = sum(u.hasil == "II" for u in isi)
    dijalani = any(u.dilaksanakan_pada for u in isi if u.rumpun == Usulan.Rumpun.INTEGRASI)
    teks = pola.format(
        unit=contoh.upt.nama,
        apa=f"{len(isi)} usulan {_nama(contoh)}",
        alasan=alasan.strip(),
        bebas=f" {bebas} orang bebas karena keputusan ini; catat keluarnya." if bebas else "",
        periksa=_PERIKSA_BEBAS.format(n=bebas) if bebas else _PERIKSA_PROGRAM if dijalani else "",
    )
    return Pemberitahuan(
        untuk=untuk,
        upt_id=contoh.upt_id,
        kanwil_id=contoh.kanwil_id,
        jenis="remisi",
        dedup=f"remisi:{aksi}:{_cap(isi)}",
        url=_alamat(contoh, len(isi), untuk),
        teks=teks[:400],
    )


def _nama(u: Usulan) -> str:
    return u.kesempatan.nama if u.kesempatan else "integrasi"


def _alamat(u: Usulan, banyak: int, untuk: str) -> str:
    if banyak == 1:
        return reverse("remisi:usulan", kwargs={"uuid": u.pk})
    if untuk == _KANWIL:
        return reverse("remisi:antrean")
    return reverse("remisi:unit", kwargs={"kode": u.upt.kode})


def _cap(isi: Iterable[Usulan]) -> str:
    kunci = "|".join(sorted(f"{u.pk}:{u.revisi}" for u in isi))
    return hashlib.sha256(kunci.encode()).hexdigest()[:40]
