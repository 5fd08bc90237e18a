"""Marks of conduct and grants of inmates: many at once, all or none, and what the register keeps of them.

A mistake is withdrawn, not erased. `DataWarga.sppn_*` and `register_f_terakhir` always say the last marks that stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from pelaporan.register.services import BarisSalah
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from pemasyarakatan.jejak.services import catat
from upt.cakupan import Cakupan
from wbp.dasar import MUSNAH, muat, pastikan_ada
from wbp.models import CatatanPerilaku, DataWarga, Pemberian

SEKALIGUS = 1000
Jenis = CatatanPerilaku.Jenis
BULAN_MAKS, HARI_MAKS = 12, 360


@dataclass(frozen=True)
class Perilaku:
    """One mark to be noted; `predikat` for SPPN alone."""

    data_id: int
    jenis: str
    tanggal: date
    predikat: str = ""


@dataclass(frozen=True)
class Beri:
    """One grant to be noted; `usulan` is the case of the portal it comes from."""

    data_id: int
    jenis: str
    tanggal: date
    bulan: int = 0
    hari: int = 0
    usulan: UUID | None = None


# ---------------------------------------------------------------- conduct


@transaction.atomic
def catat_perilaku(*, catatan: Sequence[Perilaku], oleh: Pengguna, cakupan: Cakupan) -> int:
    """Note marks of conduct; the same again changes nothing, another result of the same day replaces it. Returns how
    many are new. Raises TidakDitemukan, Ditolak, BarisSalah, Bentrok."""
    semua = {d.pk: d for d in muat({c.data_id for c in catatan}, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)}
    unik = {(c.data_id, c.jenis, c.tanggal): c for c in catatan}
    for satu in unik.values():
        _periksa_perilaku(satu, semua[satu.data_id])
    kini = sekarang()
    baru = _tanpa_yang_sama(unik, oleh)
    CatatanPerilaku.objects.bulk_create(
        [
            CatatanPerilaku(
                data_id=c.data_id, upt_id=semua[c.data_id].upt_id, kanwil_id=semua[c.data_id].kanwil_id, jenis=c.jenis,
                tanggal=c.tanggal, predikat=c.predikat, dibuat_oleh=oleh, dibuat_pada=kini,
            )
            for c in baru
        ],
        batch_size=SEKALIGUS,
    )  # fmt: skip
    if baru:
        segarkan_perilaku([c.data_id for c in baru], oleh)
        jejak_unit([semua[c.data_id] for c in baru], "perilaku_catat", oleh)
    return len(baru)


def _periksa_perilaku(c: Perilaku, data: DataWarga) -> None:
    pastikan_ada(data)
    if c.jenis not in Jenis.values:
        raise BarisSalah({"jenis": "Jenis catatan perilaku tidak dikenal."})
    if (c.jenis == Jenis.SPPN) != (c.predikat in DataWarga.Predikat.values):
        raise BarisSalah({"predikat": "Pilih predikat SPPN; hukuman disiplin dicatat tanpa predikat."})
    if c.tanggal > hari_ini(data.upt.zona):
        raise BarisSalah({"tanggal": "Tanggalnya belum terjadi."})
    if data.tanggal_tahan is not None and c.tanggal < data.tanggal_tahan:
        raise BarisSalah({"tanggal": "Tanggalnya mendahului penahanan orang ini."})


def _tanpa_yang_sama(unik: dict[tuple[int, str, date], Perilaku], oleh: Pengguna) -> list[Perilaku]:
    """What is not noted yet; a mark of the same day with another result is withdrawn."""
    berlaku = CatatanPerilaku.objects.filter(ditarik_pada=None, data__in={pk for pk, _, _ in unik})
    berlaku = berlaku.filter(tanggal__in={tanggal for _, _, tanggal in unik})
    lain, sama = [], set()
    for satu in berlaku:
        kunci = (satu.data_id, satu.jenis, satu.tanggal)
        if kunci not in unik:
            continue
        if unik[kunci].predikat == satu.predikat:
            sama.add(kunci)
        else:
            lain.append(satu.pk)
    CatatanPerilaku.objects.filter(pk__in=lain).update(ditarik_pada=sekarang())
    return [c for kunci, c in unik.items() if kunci not in sama]


@transaction.atomic
def tarik_perilaku(*, catatan: Sequence[int], data: int | None = None, oleh: Pengguna, cakupan: Cakupan) -> int:
    """Withdraw marks that were noted by mistake, with `data` only such of that person. Raises TidakDitemukan, Ditolak,
    Bentrok (gone; erased)."""
    baris = CatatanPerilaku.objects.dalam(cakupan).filter(pk__in=catatan, **({"data": data} if data else {}))
    semua = muat(set(baris.values_list("data_id", flat=True)), Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    if baris.count() != len(set(catatan)):
        raise TidakDitemukan("Catatan ini tidak ada, atau bukan dari unit Anda.")
    for satu in semua:
        pastikan_ada(satu)
    ditarik = baris.filter(ditarik_pada=None).update(ditarik_pada=sekarang())
    if ditarik:
        segarkan_perilaku([d.pk for d in semua], oleh)
        jejak_unit(semua, "perilaku_tarik", oleh)
    return ditarik


def segarkan_perilaku(data: Iterable[int], oleh: Pengguna) -> None:
    """Write the last marks that stand into the register, in one statement. The revision stays: no form asks them."""
    with connection.cursor() as kursor:
        kursor.execute(_SEGARKAN, [Jenis.SPPN, Jenis.REGISTER_F, oleh.pk, sekarang(), sorted(set(data))])


_SEGARKAN = """
UPDATE wbp_datawarga d SET sppn_predikat = COALESCE(s.predikat, ''), sppn_tanggal = s.tanggal,
    register_f_terakhir = f.tanggal, diubah_oleh_id = p.oleh, diubah_pada = p.pada
FROM (SELECT %s::text AS sppn, %s::text AS f, %s::bigint AS oleh, %s::timestamptz AS pada, unnest(%s::bigint[]) AS pk) p
LEFT JOIN LATERAL (
    SELECT predikat, tanggal FROM wbp_catatanperilaku c
    WHERE c.data_id = p.pk AND c.jenis = p.sppn AND c.ditarik_pada IS NULL ORDER BY tanggal DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT max(tanggal) AS tanggal FROM wbp_catatanperilaku c
    WHERE c.data_id = p.pk AND c.jenis = p.f AND c.ditarik_pada IS NULL
) f ON true
WHERE d.id = p.pk
"""


# ---------------------------------------------------------------- grants


@transaction.atomic
def catat_pemberian(*, pemberian: Sequence[Beri], asal: str, oleh: Pengguna, cakupan: Cakupan) -> int:
    """Note grants so far; the same person, kind and day again with the same amount changes nothing. Returns how many
    are new. `asal` PORTAL is for decrees (PUTUS_USULAN), the others for the unit. Raises TidakDitemukan, Ditolak,
    BarisSalah (another amount of the same day stands; amount out of bounds), Bentrok (erased)."""
    izin = Izin.PUTUS_USULAN if asal == Pemberian.Asal.PORTAL else Izin.ISI_WARGA
    semua = {d.pk: d for d in muat({b.data_id for b in pemberian}, izin, oleh=oleh, cakupan=cakupan)}
    for satu in pemberian:
        _periksa_beri(satu, semua[satu.data_id], asal)
    kini = sekarang()
    belum, diakui = _pilah(pemberian)
    baru = [
        Pemberian(
            data_id=b.data_id, upt_id=semua[b.data_id].upt_id, kanwil_id=semua[b.data_id].kanwil_id, jenis=b.jenis,
            tanggal=b.tanggal, bulan=b.bulan, hari=b.hari, asal=asal, usulan=b.usulan, dibuat_oleh=oleh,
            dibuat_pada=kini,
        )
        for b in belum
    ]  # fmt: skip
    Pemberian.objects.bulk_create(baru, batch_size=SEKALIGUS)
    Pemberian.objects.bulk_update(diakui, ["usulan"], batch_size=SEKALIGUS)
    _sentuh(semua, {p.data_id for p in (*baru, *diakui)}, oleh, "pemberian_catat")
    return len(baru)


def _periksa_beri(b: Beri, data: DataWarga, asal: str) -> None:
    _pastikan_tidak_musnah(data)
    if asal != Pemberian.Asal.PORTAL and b.tanggal > hari_ini(data.upt.zona):
        raise BarisSalah({"tanggal": "Tanggalnya belum terjadi. Yang dicatat di sini sudah diberikan."})
    if not (0 <= b.bulan <= BULAN_MAKS and 0 <= b.hari <= HARI_MAKS and b.bulan + b.hari > 0):
        raise BarisSalah({"bulan": f"Besarnya 1 hari sampai {BULAN_MAKS} bulan. Periksa angkanya."})
    if data.tanggal_tahan is not None and b.tanggal < data.tanggal_tahan:
        raise BarisSalah({"tanggal": "Pemberian mendahului penahanan orang ini."})


def _pastikan_tidak_musnah(data: DataWarga) -> None:
    """Grants are noted and withdrawn also of who left. Raises Bentrok."""
    if data.dimusnahkan_pada is not None:
        raise Bentrok(MUSNAH)


def _pilah(pemberian: Sequence[Beri]) -> tuple[list[Beri], list[Pemberian]]:
    """What is not noted yet, and what the unit noted before the case that it comes from was decided: from now on it is
    that case's, so that a revocation finds it."""
    ada = Pemberian.objects.filter(dicabut_pada=None, data__in={b.data_id for b in pemberian})
    berlaku: dict[Any, Pemberian | Beri] = {(p.data_id, p.jenis, p.tanggal): p for p in ada}
    baru, diakui = [], []
    for b in pemberian:
        lama = berlaku.setdefault((b.data_id, b.jenis, b.tanggal), b)
        if lama is b:
            baru.append(b)
        elif (lama.bulan, lama.hari) != (b.bulan, b.hari):
            raise BarisSalah(
                {"jenis": "Pemberian jenis ini pada tanggal itu sudah dicatat dengan besar lain. Cabut dahulu."}
            )
        elif isinstance(lama, Pemberian) and lama.usulan is None and b.usulan is not None:
            lama.usulan = b.usulan
            diakui.append(lama)
    return baru, diakui


@transaction.atomic
def cabut_pemberian(
    *,
    pemberian: Sequence[int] = (),
    usulan: Sequence[UUID] = (),
    data: int | None = None,
    oleh: Pengguna,
    cakupan: Cakupan,
) -> int:
    """Withdraw grants by their ids (noted by the unit) or by the cases they come from (revoked decrees, PUTUS_USULAN),
    with `data` only such of that person. Returns how many. Raises TidakDitemukan, Ditolak, Bentrok (the unit's own, of
    somebody erased)."""
    baris = Pemberian.objects.dalam(cakupan).filter(dicabut_pada=None, **({"data": data} if data else {}))
    baris = baris.filter(usulan__in=usulan) if usulan else baris.filter(pk__in=pemberian, usulan=None)
    izin = Izin.PUTUS_USULAN if usulan else Izin.ISI_WARGA
    ids = list(baris.values_list("pk", "data_id"))
    if not usulan and len(ids) != len(set(pemberian)):
        raise TidakDitemukan("Pemberian ini tidak ada, sudah dicabut, atau berasal dari keputusan di portal.")
    semua = {d.pk: d for d in muat({pk for _, pk in ids}, izin, oleh=oleh, cakupan=cakupan)}
    for satu in semua.values() if not usulan else ():
        _pastikan_tidak_musnah(satu)
    dicabut = Pemberian.objects.filter(pk__in=[pk for pk, _ in ids], dicabut_pada=None).update(dicabut_pada=sekarang())
    _sentuh(semua, set(semua), oleh, "pemberian_cabut")
    return dicabut


def _sentuh(semua: dict[int, DataWarga], ids: set[int], oleh: Pengguna, tindakan: str) -> None:
    """Whoever computed something of these persons has to do it again."""
    if not ids:
        return
    DataWarga.objects.filter(pk__in=ids).update(diubah_oleh=oleh, diubah_pada=sekarang())
    jejak_unit([semua[pk] for pk in ids], tindakan, oleh)


def jejak_unit(semua: Iterable[DataWarga], tindakan: str, oleh: Pengguna, **rincian: Any) -> None:
    """What was done to these persons: one line a unit."""
    per_unit: dict[tuple[int, int], set[int]] = {}
    for data in semua:
        per_unit.setdefault((data.upt_id, data.kanwil_id), set()).add(data.pk)
    for (upt_id, kanwil_id), ids in sorted(per_unit.items()):
        catat(
            oleh=oleh, tindakan=tindakan, objek="upt", objek_id=upt_id, upt_id=upt_id, kanwil_id=kanwil_id,
            rincian={"orang": len(ids), "data": sorted(ids)[:50], **rincian},
        )  # fmt: skip
