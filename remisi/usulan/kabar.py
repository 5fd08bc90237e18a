"""Who is told what an act did: the unit about its cases, and whoever is next about what waits: the head of the unit
after the hearing, the Kanwil, Ditjenpas. Counts, never persons; one notice however many cases an act has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pelaporan.models import Pemberitahuan
from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.models import Litmas, Usulan
from remisi.usulan import alur
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT

Untuk = Pemberitahuan.Untuk
_UPT, _KANWIL, _PUSAT = Untuk.UPT, Untuk.KANWIL, Untuk.PUSAT

_GILIRAN_KEPALA = "{apa} disetujui sidang TPP. Giliran Kepala UPT: {lanjut}.{batas}"
_TEKS: dict[tuple[alur.Aksi, alur.Status], tuple[Untuk, str]] = {
    (alur.Aksi.SIDANGKAN, alur.Status.SIDANG): (_UPT, _GILIRAN_KEPALA),
    (alur.Aksi.AJUKAN, alur.Status.DIAJUKAN): (_KANWIL, "{unit} mengajukan {apa}."),
    (alur.Aksi.TARIK, alur.Status.BATAL): (_KANWIL, "{unit} menarik {apa}."),
    (alur.Aksi.VERIFIKASI, alur.Status.VERIF_KANWIL): (_UPT, "Kanwil memverifikasi {apa}."),
    (alur.Aksi.VERIFIKASI, alur.Status.VERIF_PUSAT): (_UPT, "Ditjenpas memverifikasi {apa}."),
    (alur.Aksi.KEMBALIKAN, alur.Status.DIKEMBALIKAN): (_UPT, "{apa} dikembalikan: {alasan}"),
    (alur.Aksi.TOLAK, alur.Status.DITOLAK): (_UPT, "{apa} ditolak: {alasan}"),
    (alur.Aksi.TERBITKAN, alur.Status.SK_TERBIT): (_UPT, "Keputusan atas {apa} terbit.{bebas}"),
    (alur.Aksi.CABUT, alur.Status.DICABUT): (_UPT, "Keputusan atas {apa} dicabut.{periksa} Alasan: {alasan}"),
}

_GILIRAN_PUSAT = {
    (alur.Aksi.VERIFIKASI, alur.Status.VERIF_KANWIL): "{kanwil} memverifikasi {apa}. Giliran Ditjenpas memverifikasi.",
}
_PERIKSA_BEBAS = " {n} orang tercatat bebas karena keputusan itu; periksa registernya."
_PERIKSA_PROGRAM = " Register mencatat orangnya menjalani pidana lagi; periksa bila ia tidak kembali."


def umumkan(aksi: alur.Aksi, kasus: Sequence[Usulan], *, alasan: str = "") -> None:
    """One notice a unit, occasion and new state, and one to Ditjenpas a Kanwil and occasion, in the transaction of the
    act; the same act never tells twice."""
    kelompok: dict[tuple[Any, ...], list[Usulan]] = {}
    pusat: dict[tuple[Any, ...], list[Usulan]] = {}
    for u in kasus:
        kunci = (aksi, alur.Status(u.status))
        if kunci in _TEKS and not _tanpa_kanwil(aksi, u):
            jalur = alur.jalur(u.jenis) if aksi is alur.Aksi.SIDANGKAN else ""
            kelompok.setdefault((u.upt_id, u.kesempatan_id, u.status, jalur), []).append(u)
        if kunci in _GILIRAN_PUSAT:
            pusat.setdefault((u.kanwil_id, u.kesempatan_id, u.status), []).append(u)
    semua = [_susun(aksi, isi, alasan) for isi in kelompok.values()]
    semua += [_susun_pusat(aksi, isi) for isi in pusat.values()]
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
        lanjut="putuskan" if alur.jalur(contoh.jenis) is alur.Jalur.UNIT else "ajukan ke Kanwil",
        batas=_batas(contoh),
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


def _susun_pusat(aksi: alur.Aksi, isi: Sequence[Usulan]) -> Pemberitahuan:
    """What waits for Ditjenpas now, of one Kanwil: units are counted, not told one by one."""
    contoh, unit = isi[0], len({u.upt_id for u in isi})
    apa = f"{len(isi)} usulan {_nama(contoh)}" + (f" dari {unit} UPT" if unit > 1 else f" {contoh.upt.nama}")
    return Pemberitahuan(
        untuk=_PUSAT,
        upt_id=contoh.upt_id,
        kanwil_id=contoh.kanwil_id,
        jenis="remisi",
        dedup=f"remisi:pusat:{aksi}:{_cap(isi)}",
        url=_alamat(contoh, len(isi), _PUSAT),
        teks=_GILIRAN_PUSAT[aksi, alur.Status(contoh.status)].format(kanwil=contoh.kanwil.nama_pendek, apa=apa)[:400],
    )


def _batas(u: Usulan) -> str:
    """Until when the unit sends what was heard: its limit of correction, or the occasion's last day of proposing."""
    hari = u.tenggat or (u.kesempatan.batas_usul if u.kesempatan else None)
    return f" Paling lambat {tulis_tanggal(hari)}." if hari else ""


def kabari_litmas(litmas: Litmas, untuk: int, teks: str) -> None:
    """Tell the Bapas of a request, or the asking unit of its answer: `untuk` is the unit that is told, often of another
    scope than the writer's. The same letter or number tells once."""
    with terpasang(SISTEM):
        upt = UPT.objects.get(pk=untuk)
        kabar = Pemberitahuan(
            untuk=_UPT,
            upt_id=upt.pk,
            kanwil_id=upt.kanwil_id,
            jenis="remisi",
            dedup=f"remisi:litmas:{litmas.pk}:{upt.pk}:{hashlib.sha256(teks.encode()).hexdigest()[:40]}",
            url=_alamat_litmas(litmas, upt),
            teks=teks[:400],
        )
        Pemberitahuan.objects.bulk_create([kabar], ignore_conflicts=True)


def _alamat_litmas(litmas: Litmas, upt: UPT) -> str:
    if upt.pk == litmas.upt_id:
        return reverse("remisi:dokumen", kwargs={"uuid": litmas.usulan_id})
    return reverse("remisi:litmas", kwargs={"kode": upt.kode})


def _nama(u: Usulan) -> str:
    return u.kesempatan.nama if u.kesempatan else "integrasi"


def _alamat(u: Usulan, banyak: int, untuk: str) -> str:
    if banyak == 1:
        return reverse("remisi:usulan", kwargs={"uuid": u.pk})
    if untuk != _UPT:
        return reverse("remisi:antrean")
    if u.status == alur.Status.SIDANG:
        return f"{reverse('remisi:antrean')}?{urlencode({'upt': u.upt.kode, 'status': u.status})}"
    return reverse("remisi:unit", kwargs={"kode": u.upt.kode})


def _cap(isi: Iterable[Usulan]) -> str:
    kunci = "|".join(sorted(f"{u.pk}:{u.revisi}" for u in isi))
    return hashlib.sha256(kunci.encode()).hexdigest()[:40]
