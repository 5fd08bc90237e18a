"""How every act on cases is done: all or nothing, on the revisions that the person saw, each with its step.

One act takes few queries however many cases it has: the units' registers are locked first (`pelaporan.urutan_kunci`),
then the cases by id, then they are written by one statement, their steps by one insert, and one link of the trail a
unit. What refuses is named case by case; nothing is written then. The same act sent twice is answered as done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from pelaporan.register.services import kunci_register_banyak
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import sekarang
from pemasyarakatan.jejak.services import catat
from remisi.models import LangkahUsulan, Usulan
from remisi.usulan import akibat, alur, kabar
from remisi.usulan.batas import Penghitung, tepat
from upt.cakupan import SISTEM, Cakupan, terpasang
from wbp.dasar import REGISTER
from wbp.models import DataWarga

PALING_BANYAK = 5000
TERSEBUT = 50
"""Cases that a link of the trail names by id; with more of them their hash stands for them."""
ALASAN_MAKS = 500

_LABEL = dict(Usulan.Status.choices)


@dataclass(frozen=True)
class Pilihan:
    """A case at the revision that the person saw."""

    id: UUID
    revisi: int

    def __str__(self) -> str:
        return f"{self.id}:{self.revisi}"

    @classmethod
    def dari(cls, teks: str) -> Pilihan:
        """Read what `str` wrote. Raises TidakSah."""
        kunci, _, revisi = teks.partition(":")
        try:
            return cls(UUID(kunci), int(revisi))
        except ValueError as galat:
            raise TidakSah("Daftar usulan tidak terbaca. Muat ulang halaman, lalu pilih lagi.") from galat


@dataclass(frozen=True)
class Halangan:
    """Why an act refuses one case. `jenis`: keadaan, revisi, orang, syarat, isi."""

    data: int
    sebab: str
    jenis: str
    usulan: UUID | None = None


@dataclass(frozen=True)
class Hasil:
    """What an act did. `sudah`: cases that already were where the act brings them (a second press)."""

    usulan: tuple[UUID, ...]
    sudah: int = 0

    @property
    def jumlah(self) -> int:
        return len(self.usulan)


Isian = Callable[[list[Usulan]], Iterable[Halangan]]


@dataclass
class Perintah:
    """One act: `isi` fills further columns (`kolom`) of the locked cases, and says what refuses."""

    aksi: alur.Aksi
    pilihan: Sequence[Pilihan]
    oleh: Pengguna
    cakupan: Cakupan
    alasan: str = ""
    isi: Isian = lambda semua: ()
    kolom: tuple[str, ...] = ()
    sama: Callable[[Sequence[Usulan]], bool] = lambda kasus: True
    pada: datetime = field(default_factory=sekarang)


@transaction.atomic
def jalankan(perintah: Perintah) -> Hasil:
    """Do it. Raises TidakDitemukan, Ditolak, TidakSah, Bentrok; the last three name the cases in `rincian["kasus"]`."""
    pastikan_pernah(perintah.aksi, perintah.oleh)
    kasus = kunci_kasus(perintah.pilihan, perintah.cakupan)
    if sudah := _sudah(perintah, kasus):
        return Hasil((), sudah)
    jalan = _periksa(perintah, kasus)
    tolak_bila(list(perintah.isi(kasus)))
    _majukan(perintah, kasus, jalan)
    akibat.jalankan(perintah.aksi, kasus, perintah.oleh, perintah.cakupan)
    kabar.umumkan(perintah.aksi, kasus, alasan=perintah.alasan)
    return Hasil(tuple(u.pk for u in kasus))


# Who, and which cases ---------------------------------------------------------------------------------------


def pastikan_pernah(aksi: alur.Aksi, oleh: Pengguna) -> None:
    """Refuse before anything is read to who may do this nowhere."""
    if not any(boleh(oleh, izin) for izin in {b.izin for b in alur.TABEL if b.aksi == aksi}):
        raise Ditolak("Tindakan ini bukan wewenang Anda. Anda dapat membaca usulannya.")


def kunci_unit(upt_id: Iterable[int]) -> None:
    """Queue behind every other act on these units' cases and inmates, until the transaction ends.

    Cases and the register they rest on share one lock: a decree writes both, and a person who moves takes both along.
    """
    kunci_register_banyak(REGISTER, upt_id)


def kunci_kasus(pilihan: Sequence[Pilihan], cakupan: Cakupan) -> list[Usulan]:
    """The chosen cases, locked, in one order. Raises TidakSah and TidakDitemukan (one foreign case is enough)."""
    milik = _milik(pilihan, cakupan).order_by()
    unit, data = set(milik.values_list("upt_id", flat=True)), list(milik.values_list("data_id", flat=True))
    with terpasang(SISTEM):  # a person may have moved since the decision, out of their scope
        orang = DataWarga.objects.filter(pk__in=data).order_by()
        unit |= set(orang.values_list("upt_id", flat=True))
    kunci_unit(unit)
    return baca_kasus(pilihan, cakupan, kunci=True)


def baca_kasus(pilihan: Sequence[Pilihan], cakupan: Cakupan, *, kunci: bool = False) -> list[Usulan]:
    milik = _milik(pilihan, cakupan)
    lengkap = milik.select_related("upt", "kanwil", "kesempatan").defer("dasar").order_by("pk")
    kasus = list(lengkap.select_for_update(of=("self",)) if kunci else lengkap)
    if len(kasus) < len({p.id for p in pilihan}):
        raise TidakDitemukan("Usulan ini tidak ada, atau bukan dalam cakupan Anda.")
    return kasus


def _milik(pilihan: Sequence[Pilihan], cakupan: Cakupan) -> QuerySet[Usulan]:
    kunci = {p.id for p in pilihan}
    if not kunci:
        raise TidakSah("Pilih sedikitnya satu usulan.")
    if len(kunci) > PALING_BANYAK:
        raise TidakSah(f"Paling banyak {PALING_BANYAK} usulan sekali tekan. Kurangi pilihan.")
    return Usulan.objects.dalam(cakupan).filter(pk__in=kunci)


def _sudah(perintah: Perintah, kasus: Sequence[Usulan]) -> int:
    """How many cases this same person brought there from the revision they saw, by an act of the same content
    (`sama`), when that is true of all of them."""
    ke = {b.ke for b in alur.TABEL if b.aksi == perintah.aksi}
    terlihat = {p.id: p.revisi for p in perintah.pilihan}
    if not all(u.status in ke and u.revisi == terlihat[u.pk] + 1 for u in kasus):
        return 0
    cocok = Q(usulan__in=kasus, oleh=perintah.oleh, alasan=perintah.alasan.strip())
    langkah = LangkahUsulan.objects.filter(cocok).values_list("usulan_id", "revisi", "dari", "ke")
    ada = {(k, r) for k, r, dari, tujuan in langkah if dari != tujuan}
    return len(kasus) if all((u.pk, u.revisi) in ada for u in kasus) and perintah.sama(kasus) else 0


# What refuses -----------------------------------------------------------------------------------------------


def timbang(perintah: Perintah, periksa: Isian) -> tuple[list[Usulan], list[Halangan]]:
    """Which cases could go on now, and what refuses the others; nothing is locked or written.

    `periksa` says what refuses besides state, revision and person. Raises TidakDitemukan, Ditolak.
    """
    pastikan_pernah(perintah.aksi, perintah.oleh)
    kasus = baca_kasus(perintah.pilihan, perintah.cakupan)
    jalan, halangan = _jalan(perintah, kasus)
    halangan += _orang_sama(perintah.oleh, kasus, jalan)
    gugur = {h.usulan for h in halangan}
    halangan += periksa([u for u in kasus if u.pk not in gugur])
    gugur = {h.usulan for h in halangan}
    return [u for u in kasus if u.pk not in gugur], halangan


def _periksa(perintah: Perintah, kasus: Sequence[Usulan]) -> dict[UUID, alur.Transisi]:
    jalan, halangan = _jalan(perintah, kasus)
    tolak_bila([*halangan, *_orang_sama(perintah.oleh, kasus, jalan)])
    _pastikan_alasan(perintah, jalan.values())
    return jalan


def _jalan(perintah: Perintah, kasus: Sequence[Usulan]) -> tuple[dict[UUID, alur.Transisi], list[Halangan]]:
    """The row of the table by case, and the cases that have none (any more)."""
    terlihat = {p.id: p.revisi for p in perintah.pilihan}
    jalan, halangan = {}, []
    for u in kasus:
        baris = alur.transisi(u.status, perintah.aksi, u.jenis)
        if baris is None:
            halangan.append(Halangan(u.data_id, _kalimat_keadaan(u), "keadaan", u.pk))
        elif u.revisi != terlihat[u.pk]:
            sebab = f"berubah sejak halaman ini dibuka; {_kalimat_keadaan(u)}"
            halangan.append(Halangan(u.data_id, sebab, "revisi", u.pk))
        else:
            jalan[u.pk] = baris
    _pastikan_hak(perintah.oleh, kasus, jalan)
    return jalan, halangan


def _kalimat_keadaan(u: Usulan) -> str:
    giliran = alur.GILIRAN[alur.Status(u.status)]
    label = _LABEL[u.status]
    return f"sekarang {label[0].lower()}{label[1:]}" + ("" if u.status in alur.AKHIR else f" ({giliran})")


def _pastikan_hak(oleh: Pengguna, kasus: Sequence[Usulan], jalan: dict[UUID, alur.Transisi]) -> None:
    """One question a unit and right."""
    perlu = {(jalan[u.pk].izin, u.upt_id): u for u in kasus if u.pk in jalan}
    for (izin, _), u in perlu.items():
        if not boleh(oleh, izin, u):
            raise Ditolak(_PEMILIK.get(izin, "Tindakan ini bukan wewenang Anda untuk unit ini."))


_PEMILIK = {
    Izin.AJUKAN_USULAN: "Hanya Kepala UPT yang melakukan ini.",
    Izin.VERIFIKASI_USULAN: "Usulan ini sekarang diperiksa Kanwil.",
    Izin.PUTUS_USULAN: "Usulan ini sekarang diperiksa Ditjenpas.",
    Izin.SUSUN_USULAN: "Usulan disusun dan dilaksanakan petugas UPT-nya.",
}


def _orang_sama(oleh: Pengguna, kasus: Sequence[Usulan], jalan: dict[UUID, alur.Transisi]) -> list[Halangan]:
    """Nobody checks what he brought here himself, by account or NIP."""
    terlarang = {k: b.bukan for k, b in jalan.items() if b.bukan}
    if not terlarang:
        return []
    diri = Q(oleh=oleh) | (Q(oleh__nip=oleh.nip) if oleh.nip else Q())
    with terpasang(SISTEM):  # steps stay in the unit where they were made, which may be out of their scope by now
        semua = LangkahUsulan.objects.filter(diri, usulan__in=list(terlarang))
        langkah = set(semua.order_by().values_list("usulan_id", "ke"))
    kata = "Anda sendiri yang menyusun, mengajukan, atau memverifikasinya; petugas lain yang memeriksa"
    return [
        Halangan(u.data_id, kata, "orang", u.pk)
        for u in kasus
        if any((u.pk, str(ke)) in langkah for ke in terlarang.get(u.pk, ()))
    ]


def _pastikan_alasan(perintah: Perintah, jalan: Iterable[alur.Transisi]) -> None:
    if any(b.alasan for b in jalan) and not perintah.alasan.strip():
        raise TidakSah("Tulis alasannya.")
    if len(perintah.alasan) > ALASAN_MAKS:
        raise TidakSah(f"Alasan paling banyak {ALASAN_MAKS} huruf.")


def tolak_bila(halangan: list[Halangan]) -> None:
    if not halangan:
        return
    sebab = list(dict.fromkeys(h.sebab for h in halangan))
    lagi = f" dan {len(sebab) - 1} sebab lain" if len(sebab) > 1 else ""
    pesan = f"Belum ada yang berubah: {len(halangan)} usulan tidak dapat diproses, {sebab[0]}{lagi}."
    raise _jenis_galat({h.jenis for h in halangan})(pesan, kasus=halangan)


def _jenis_galat(jenis: set[str]) -> type[GalatPortal]:
    if jenis == {"orang"}:
        return Ditolak
    return Bentrok if jenis & {"keadaan", "revisi"} else TidakSah


# Writing ----------------------------------------------------------------------------------------------------


def _majukan(perintah: Perintah, kasus: list[Usulan], jalan: dict[UUID, alur.Transisi]) -> None:
    hitung, langkah = Penghitung(), []
    for u in kasus:
        baris = jalan[u.pk]
        langkah.append(_langkah(perintah, u, baris))
        u.status, u.revisi, u.diubah_pada = baris.ke, u.revisi + 1, perintah.pada
        u.tenggat = u.tenggat if baris.lanjut else hitung.jatuh(baris.batas, baris.ke, u)
    tulis(kasus, ("status", "tenggat", *perintah.kolom))
    LangkahUsulan.objects.bulk_create(langkah, batch_size=1000)
    catat_unit(perintah.aksi, kasus, perintah.oleh)


def _langkah(perintah: Perintah, u: Usulan, baris: alur.Transisi) -> LangkahUsulan:
    """The step that leaves the state `u` is in; a limit that goes on has been neither kept nor missed."""
    return LangkahUsulan(
        usulan=u,
        jenis=u.jenis,
        upt_id=u.upt_id,
        kanwil_id=u.kanwil_id,
        dari=u.status,
        ke=baris.ke,
        revisi=u.revisi + 1,
        alasan=perintah.alasan.strip(),
        tenggat=None if baris.lanjut else u.tenggat,
        tepat=None if baris.lanjut else tepat(u),
        oleh=perintah.oleh,
        pada=perintah.pada,
    )


_TIPE = {
    "dasar": "jsonb", "tenggat": "date", "sampai": "date", "dilaksanakan_pada": "date", "dikirim_pada": "timestamptz",
    "diputus_pada": "timestamptz", "susulan": "boolean", "urutan": "int", "bulan": "int", "hari": "int",
    "sidang_id": "bigint", "data_id": "bigint", "keputusan_id": "bigint", "upt_id": "bigint", "kanwil_id": "bigint",
}  # fmt: skip
"""SQL types of the columns that acts write; the others are text."""


def tulis(kasus: Sequence[Usulan], kolom: tuple[str, ...]) -> None:
    """Write these columns of the locked cases, their revision and time, by one statement.

    The cases carry their new revision; a row that is no longer at the one before is a defect of the caller.
    """
    semua = ("revisi", "diubah_pada", *dict.fromkeys(kolom))
    tipe = {"revisi": "int", "diubah_pada": "timestamptz", **_TIPE}
    bentuk = ", ".join(f"{k} {tipe.get(k, 'text')}" for k in semua)
    isi = [{"id": u.pk, **{k: getattr(u, k) for k in semua}} for u in kasus]
    with connection.cursor() as kursor:
        kursor.execute(  # columns are named by the code alone
            f"UPDATE remisi_usulan u SET {', '.join(f'{k} = v.{k}' for k in semua)} "  # noqa: S608
            f"FROM jsonb_to_recordset(%s::jsonb) AS v(id uuid, {bentuk}) "
            "WHERE u.id = v.id AND u.revisi = v.revisi - 1",
            [json.dumps(isi, cls=DjangoJSONEncoder)],
        )
        if kursor.rowcount != len(kasus):
            raise Bentrok("Sebagian usulan baru saja diubah orang lain. Muat ulang halaman, lalu coba lagi.")


def catat_unit(aksi: alur.Aksi, kasus: Iterable[Usulan], oleh: Pengguna) -> None:
    """One link a unit: how many cases, to which state, and which (by id, or by their hash when they are many)."""
    per_unit: dict[tuple[int, int], list[Usulan]] = {}
    for u in kasus:
        per_unit.setdefault((u.upt_id, u.kanwil_id), []).append(u)
    for (upt_id, kanwil_id), isi in sorted(per_unit.items()):
        kunci = sorted(str(u.pk) for u in isi)
        rincian: dict[str, Any] = {"jumlah": len(isi), "ke": sorted({u.status for u in isi}), "sidik": _sidik(kunci)}
        if len(kunci) <= TERSEBUT:
            rincian["usulan"] = kunci
        catat(
            oleh=oleh,
            tindakan=f"usulan_{aksi}",
            objek="usulan",
            objek_id=kunci[0] if len(kunci) == 1 else rincian["sidik"],
            upt_id=upt_id,
            kanwil_id=kanwil_id,
            rincian=rincian,
        )


def _sidik(kunci: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(kunci).encode()).hexdigest()[:32]
