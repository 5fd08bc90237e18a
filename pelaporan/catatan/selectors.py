"""Reading threads: what a person may see of the talk about a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from pelaporan.alur import dapat_diisi
from pelaporan.catatan.services import sisi, versi_dalam
from pelaporan.catatan.tempat import Tempat, baca_tempat, label_tempat
from pelaporan.halaman import alamat
from pelaporan.isian import GalatIsian, baca_sel, tulis_nilai
from pelaporan.models import Draf, Kejadian, Komentar, Laporan, Utas
from pelaporan.turunan import muat_laporan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import tulis_waktu


@dataclass
class KomentarSaji:
    """A remark as shown. `versi` is the version of the cell that "Terapkan" would replace; what a register fills in is
    not typed here: `register` is where its figure comes from."""

    k: Komentar
    usulan: str = ""
    boleh_hapus: bool = False
    boleh_jawab: bool = False
    versi: int = 0
    register: str = ""

    @property
    def tertunda(self) -> bool:
        return self.k.terkirim_pada is None


@dataclass
class UtasSaji:
    """A thread as shown: open or done, with the remarks this person sees and what this person may do."""

    utas: Utas
    label: str
    url: str
    komentar: list[KomentarSaji] = field(default_factory=list)
    boleh_selesai: bool = False

    @property
    def terbuka(self) -> bool:
        return self.utas.selesai_pada is None


def utas_laporan(laporan: Laporan, orang: Pengguna, *, kode: str | None = None) -> dict[str, list[UtasSaji]]:
    """Threads by address, oldest first; with `kode` only those of one place. At most two queries.

    Somebody else's pending remarks are left out here and, below it, by PostgreSQL.
    """
    semua = _komentar(laporan, orang, kode)
    pihak = sisi(orang, laporan)
    isi = _isi_draf(laporan) if pihak == "upt" and any(k.usulan and not k.nasib for k in semua) else None
    angka = muat_laporan(laporan).angka if isi is not None else {}
    hasil: dict[str, list[UtasSaji]] = {}
    per_utas: dict[int, UtasSaji] = {}
    for komentar in semua:
        utas = komentar.utas
        saji = per_utas.get(utas.pk)
        if saji is None:
            saji = per_utas[utas.pk] = _utas_saji(utas, laporan, orang, pihak)
            hasil.setdefault(utas.kode, []).append(saji)
        satu = _komentar_saji(komentar, laporan, orang, pihak, isi)
        satu.register = angka[utas.kode].url or saji.url if utas.kode in angka else ""
        saji.komentar.append(satu)
    return hasil


def _komentar(laporan: Laporan, orang: Pengguna, kode: str | None) -> list[Komentar]:
    tampak = Komentar.objects.filter(Q(terkirim_pada__isnull=False) | Q(oleh=orang), laporan=laporan)
    if kode is not None:
        tampak = tampak.filter(utas__kode=kode)
    return list(tampak.select_related("utas__selesai_oleh", "oleh", "nasib_oleh").order_by("utas_id", "pk"))


def _isi_draf(laporan: Laporan) -> dict[str, Any]:
    return Draf.objects.filter(laporan=laporan).values_list("isi", flat=True).first() or {}


def _utas_saji(utas: Utas, laporan: Laporan, orang: Pengguna, pihak: str) -> UtasSaji:
    buka = utas.selesai_pada is None
    return UtasSaji(
        utas,
        label_tempat(laporan.skema, utas.kode),
        alamat_sel(laporan, baca_tempat(laporan.skema, utas.kode)),
        boleh_selesai=buka and bool(pihak) and (pihak == "kanwil" or utas.dibuka_oleh_id == orang.pk),
    )


def _komentar_saji(
    k: Komentar, laporan: Laporan, orang: Pengguna, pihak: str, isi: dict[str, Any] | None
) -> KomentarSaji:
    tempat = baca_tempat(laporan.skema, k.utas.kode)
    menunggu = bool(k.usulan) and not k.nasib and k.terkirim_pada is not None
    return KomentarSaji(
        k,
        usulan=tulis_usulan(tempat, k.usulan),
        boleh_hapus=k.terkirim_pada is None and k.oleh_id == orang.pk,
        boleh_jawab=menunggu and pihak == "upt" and dapat_diisi(laporan.status),
        versi=versi_dalam(isi, tempat) if isi is not None and tempat else 0,
    )


def tulis_usulan(tempat: Tempat | None, usulan: str | None) -> str:
    """A proposed value as people read it."""
    if not usulan or tempat is None or tempat.butir is None:
        return usulan or ""
    try:
        sel = baca_sel(tempat.butir, usulan)
    except GalatIsian:  # the form changed since: show what was written
        return usulan
    return tulis_nilai(tempat.butir, sel.nilai, satuan=True) if sel else usulan


def alamat_sel(laporan: Laporan, tempat: Tempat | None) -> str:
    """Where the place is filled in or read; the report itself where it has no section."""
    if tempat is None or not tempat.bagian:
        return alamat(laporan)
    return f"{alamat(laporan, 'bagian', bagian=tempat.bagian)}#{tempat.sasaran}"


# Marks on the section page ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CatatanSel:
    """What a cell shows of its open thread: the last remark, and the proposed value that waits for an answer."""

    sumber: str
    teks: str
    oleh: str = ""
    kapan: str = ""
    usulan: str = ""
    komentar_id: int | None = None
    url: str = ""

    def __str__(self) -> str:
        return self.teks


def catatan_terbuka(laporan: Laporan, kembali: Kejadian | None = None) -> dict[str, CatatanSel]:
    """Open threads by address, for everybody who sees the page: pending remarks are never among them.

    `kembali`: the last return; its notes stand where no thread was opened for them (returns made before threads).
    """
    terkirim = Komentar.objects.filter(laporan=laporan, terkirim_pada__isnull=False).select_related("utas", "oleh")
    per_kode: dict[str, list[Komentar]] = {}
    pernah: set[str] = set()
    for komentar in terkirim.order_by("pk"):
        pernah.add(komentar.utas.kode)
        if komentar.utas.selesai_pada is None:
            per_kode.setdefault(komentar.utas.kode, []).append(komentar)
    lama = _catatan_lama(laporan, kembali, pernah) if kembali else {}
    return {**lama, **{kode: _catatan_sel(laporan, kode, isi) for kode, isi in per_kode.items()}}


def _catatan_lama(laporan: Laporan, kembali: Kejadian, pernah: set[str]) -> dict[str, CatatanSel]:
    sumber, kapan = f"Catatan {laporan.kanwil}", tulis_waktu(kembali.pada, laporan.upt.zona)
    return {
        kode: CatatanSel(sumber, teks, kembali.oleh.nama, kapan)
        for kode, teks in kembali.sel.items()
        if kode not in pernah
    }


def _catatan_sel(laporan: Laporan, kode: str, semua: list[Komentar]) -> CatatanSel:
    akhir = semua[-1]
    usul = next((k for k in reversed(semua) if k.usulan and not k.nasib), None)
    return CatatanSel(
        "Catatan",
        akhir.teks,
        ", ".join(filter(None, (akhir.oleh.nama, akhir.sebagai))),
        _kapan(akhir.terkirim_pada or akhir.pada, laporan),
        tulis_usulan(baca_tempat(laporan.skema, kode), usul.usulan) if usul else "",
        usul.pk if usul else None,
        f"{alamat(laporan, 'catatan')}?sel={kode}",
    )


def _kapan(pada: datetime, laporan: Laporan) -> str:
    return tulis_waktu(pada, laporan.upt.zona)


def urutkan(utas: dict[str, list[UtasSaji]]) -> list[UtasSaji]:
    """All threads, open ones first, then as they were opened."""
    semua: Iterable[UtasSaji] = (u for isi in utas.values() for u in isi)
    return sorted(semua, key=lambda u: (not u.terbuka, u.utas.pk))
