"""The Litmas that were asked of a Bapas, as the Bapas reads them: letters and dates, nothing about a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from remisi.integrasi.bapas import nama_unit
from remisi.integrasi.kalender import NAMA
from remisi.models import JawabanLitmas, Litmas
from upt.cakupan import Cakupan
from upt.models import UPT
from upt.selectors import satu_upt

BUKA, LEWAT, DIKIRIM, DITERIMA, DITUTUP = "BUKA", "LEWAT", "DIKIRIM", "DITERIMA", "DITUTUP"
MENUNGGU: tuple[str, ...] = (BUKA, LEWAT)
SELESAI: tuple[str, ...] = (DITERIMA, DITUTUP)


@dataclass(frozen=True)
class Diminta:
    """One request; `nomor` is the Bapas's own, `sisa` the days to the limit (below zero: late). `permintaan` and
    `revisi` (0: no answer) say what an answer was written over."""

    pk: int
    peminta: str
    program: str
    surat: str
    diminta: date
    tenggat: date
    diterima: date | None
    ditutup: date | None
    dikirim: date | None
    nomor: str
    permintaan: int
    revisi: int
    keadaan: str
    sisa: int

    @property
    def lewat(self) -> int:
        return max(0, -self.sisa)

    @property
    def terbuka(self) -> bool:
        """Whether the Bapas may still write."""
        return self.keadaan not in SELESAI

    @property
    def lambat(self) -> bool:
        """Sent, but after the limit."""
        return self.dikirim is not None and self.dikirim > self.tenggat


def unit_bapas(cakupan: Cakupan, oleh: Pengguna, kode: str) -> UPT:
    """A Bapas whose requests this person may read. Raises TidakDitemukan (foreign, or no Bapas), Ditolak."""
    upt = satu_upt(cakupan, kode)
    if not boleh(oleh, Izin.LIHAT_USULAN, upt):
        raise Ditolak("Peran Anda tidak membaca permintaan Litmas.")
    if upt.jenis != UPT.Jenis.BAPAS:
        raise TidakDitemukan("Unit ini bukan Bapas. Litmas diminta kepada Bapas.")
    return upt


def litmas_bapas(cakupan: Cakupan, bapas: UPT, kini: date) -> QuerySet[Any]:
    """Everything asked of this Bapas, with its answer and its state on that day."""
    jawab = JawabanLitmas.objects.filter(
        litmas=OuterRef("pk"), upt=OuterRef("bapas"), permintaan=OuterRef("permintaan")
    )
    semua = Litmas.objects.dalam(cakupan).filter(bapas=bapas)
    return semua.annotate(
        dikirim=Subquery(jawab.values("dikirim_pada")[:1]),
        nomor_kirim=Subquery(jawab.values("nomor")[:1]),
        revisi_kirim=Subquery(jawab.values("revisi")[:1]),
    ).annotate(keadaan=_keadaan(kini))


def _keadaan(kini: date) -> Case:
    return Case(
        When(diterima_pada__isnull=False, then=Value(DITERIMA)),
        When(ditutup_pada__isnull=False, then=Value(DITUTUP)),
        When(dikirim__isnull=False, then=Value(DIKIRIM)),
        When(tenggat__lt=kini, then=Value(LEWAT)),
        default=Value(BUKA),
        output_field=CharField(),
    )


def jumlah(semua: QuerySet[Any]) -> Counter[str]:
    """Requests by state."""
    return Counter(semua.order_by().values_list("keadaan", flat=True))


def pilih(semua: QuerySet[Any], keadaan: Collection[str], peminta: str = "") -> QuerySet[Any]:
    """Those in these states, of one asking unit or all: what waits soonest first, what is done newest first."""
    hasil = semua.filter(keadaan__in=keadaan)
    if peminta:
        hasil = hasil.filter(upt_id__in=[k for k, (kode, _) in _peminta(semua).items() if kode == peminta])
    usai = F("diterima_pada").desc(nulls_last=True)
    return hasil.order_by(usai, "-tenggat", "-pk") if set(keadaan) == set(SELESAI) else hasil.order_by("tenggat", "pk")


def daftar_peminta(semua: QuerySet[Any]) -> list[tuple[str, str]]:
    """(code, name) of the units that asked."""
    return sorted(_peminta(semua).values(), key=lambda x: x[1])


def _peminta(semua: QuerySet[Any]) -> dict[int, tuple[str, str]]:
    return nama_unit(semua.order_by().values_list("upt_id", flat=True).distinct())


def baris(semua: Iterable[Any], kini: date) -> list[Diminta]:
    """The rows of one page."""
    isi = list(semua)
    nama = nama_unit({b.upt_id for b in isi})
    return [_satu(b, nama.get(b.upt_id, ("", "–"))[1], kini) for b in isi]


def _satu(b: Any, peminta: str, kini: date) -> Diminta:
    return Diminta(
        b.pk, peminta, NAMA.get(b.jenis, b.jenis), b.surat, b.diminta_pada, b.tenggat, b.diterima_pada,
        b.ditutup_pada, b.dikirim, b.nomor_kirim or "", b.permintaan, b.revisi_kirim or 0, b.keadaan,
        (b.tenggat - kini).days,
    )  # fmt: skip


def jawaban(litmas: Litmas) -> JawabanLitmas | None:
    """What the Bapas that is asked now says of this asking, for the asking unit."""
    semua = JawabanLitmas.objects.filter(litmas=litmas, upt_id=litmas.bapas_id, permintaan=litmas.permintaan)
    return semua.exclude(dikirim_pada=None).first()
