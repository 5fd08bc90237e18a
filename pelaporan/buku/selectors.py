"""Reading for the round trip: which reports go into a workbook, and what was uploaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from pelaporan.alur import dapat_diisi
from pelaporan.buku import kanwil as lembar_kanwil
from pelaporan.buku.meta import Formulir, Meta, potret
from pelaporan.buku.rencana import HAPUS, HILANG
from pelaporan.buku.sampul import Catatan
from pelaporan.buku.templat import Buku, Isi, Judul
from pelaporan.konteks import isian_laporan, muat_konteks
from pelaporan.models import Laporan, Unggahan
from pemasyarakatan.akun.izin import PERAN, Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Ditolak, TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from pemasyarakatan.pekerjaan.models import Pekerjaan
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil
from upt.selectors import satu_upt

TIDAK_ADA = "Unggahan ini tidak ada, atau bukan dari unit Anda."


# ---------------------------------------------------------------- who


def upt_pengisi(cakupan: Cakupan, oleh: Pengguna, kode: str) -> UPT:
    """The unit, for who fills in its reports. Foreign: 404; own without the right: 403."""
    upt = satu_upt(cakupan, kode)
    if not boleh(oleh, Izin.ISI_LAPORAN, upt):
        raise Ditolak("Peran Anda tidak mengisi laporan unit ini.")
    return upt


def kanwil_pengisi(oleh: Pengguna, slug: str) -> Kanwil:
    """The Kanwil, for who may fill in on behalf of its units."""
    kanwil = Kanwil.objects.filter(slug=slug).first()
    if kanwil is None:
        raise TidakDitemukan("Kanwil ini tidak ada.")
    if kanwil.pk not in Cakupan.dari(oleh, Izin.ISI_ATAS_NAMA).kanwil:
        raise Ditolak("Peran Anda tidak mengisi atas nama UPT di Kanwil ini.")
    return kanwil


def kanwil_atas_nama(oleh: Pengguna) -> list[Kanwil]:
    """The Kanwil in which this person may fill in for units."""
    tugas = [t for t in oleh.tugas_aktif() if t.peran in PERAN and Izin.ISI_ATAS_NAMA in PERAN[t.peran].izin()]
    return list({t.kanwil_id: t.kanwil for t in tugas if getattr(t, "kanwil", None)}.values())  # type: ignore[attr-defined]


def unggahan_satu(cakupan: Cakupan, oleh: Pengguna, kunci: UUID) -> Unggahan:
    """An upload with its file's row (without the bytes), for who may decide about it."""
    satu = (
        Unggahan.objects.dalam(cakupan)
        .select_related("upt", "kanwil", "berkas", "oleh")
        .defer("berkas__isi")
        .filter(pk=kunci)
        .first()
    )
    if satu is None:
        raise TidakDitemukan(TIDAK_ADA)
    izin = Izin.ISI_LAPORAN if satu.jenis == Unggahan.Jenis.UPT else Izin.ISI_ATAS_NAMA
    if not boleh(oleh, izin, satu):
        raise Ditolak("Peran Anda tidak memutuskan unggahan ini.")
    return satu


def pekerjaan_baca(oleh: Pengguna, satu: Unggahan) -> Pekerjaan | None:
    """The person's own job that reads a parked upload."""
    if satu.status != Unggahan.Status.ANTRE:
        return None
    return (
        Pekerjaan.objects.filter(pengguna=oleh, parameter={"unggahan": str(satu.pk)}).order_by("-dibuat_pada").first()
    )


# ---------------------------------------------------------------- what


def laporan_buku(cakupan: Cakupan, upt: UPT, bulan: Bulan, formulir: str = "") -> list[Laporan]:
    """The unit's reports of a month that can be filled in now."""
    semua = _laporan(cakupan).filter(upt=upt, bulan=bulan.awal, **({"formulir_id": formulir} if formulir else {}))
    return [satu for satu in semua if dapat_diisi(satu.status)]


def laporan_wilayah(cakupan: Cakupan, kanwil: Kanwil, bulan: Bulan, formulir: str) -> list[Laporan]:
    """One form of a month, for all units of the region by name."""
    return list(
        _laporan(cakupan).filter(kanwil=kanwil, bulan=bulan.awal, formulir_id=formulir).order_by("upt__nama", "pk")
    )


def laporan_menurut_id(cakupan: Cakupan, kunci: Iterable[str]) -> dict[str, Laporan]:
    return {str(satu.pk): satu for satu in _laporan(cakupan).filter(pk__in=list(kunci))}


def _laporan(cakupan: Cakupan) -> Any:
    pilih = ("upt", "kanwil", "formulir", "formulir_versi", "draf")
    return Laporan.objects.dalam(cakupan).select_related(*pilih).order_by("formulir_id")


def isi_draf(laporan: Laporan) -> dict[str, Any]:
    """The draft as it stands; what the first save would start from when there is none yet."""
    from pelaporan.services import draf_dari_versi

    draf = getattr(laporan, "draf", None)
    if draf is not None:
        return dict(draf.isi)
    versi = laporan.versi.select_related("dibuat_oleh", "formulir_versi").order_by("-versi").first()
    return draf_dari_versi(versi) if versi else {}


def daftar_unggahan(cakupan: Cakupan, bulan: Bulan, **milik: Any) -> list[Unggahan]:
    """The latest uploads of a unit (`upt=`) or a Kanwil workbook (`kanwil=`, `formulir=`), newest first."""
    semua = Unggahan.objects.dalam(cakupan).filter(bulan=bulan.awal, **milik)
    return list(semua.select_related("oleh", "berkas").defer("berkas__isi", "rencana", "hasil").order_by("-pada")[:20])


def pilihan_kanwil(cakupan: Cakupan, kanwil: Kanwil) -> list[tuple[Bulan, str, str]]:
    """(month, form, its name) that units of the region owe, newest months first."""
    baris = (
        Laporan.objects.dalam(cakupan)
        .filter(kanwil=kanwil)
        .values_list("bulan", "formulir_id", "formulir__nama")
        .distinct()
        .order_by("-bulan", "formulir_id")[:120]
    )
    return [(Bulan.pada(bulan), formulir, nama) for bulan, formulir, nama in baris]


# ---------------------------------------------------------------- workbooks


def buat_templat(upt: UPT, bulan: Bulan, semua: list[Laporan]) -> bytes:
    """The unit's workbook, filled with the drafts as they are."""
    return _buku_upt(upt, bulan, semua, {})


def _buku_upt(
    upt: UPT,
    bulan: Bulan,
    semua: list[Laporan],
    salinan: Mapping[str, Mapping[str, Any]],
    catatan: Sequence[Catatan] = (),
) -> bytes:
    isi: list[Isi] = []
    formulir: dict[str, Formulir] = {}
    for laporan in semua:
        draf = isi_draf(laporan)
        formulir[laporan.formulir_id] = potret(laporan.skema.sidik, draf)
        tambahan = salinan.get(str(laporan.pk), {})
        konteks = muat_konteks(laporan)
        isian = isian_laporan(laporan, draf)
        isi.append(Isi(laporan.formulir.nama, laporan.skema, isian, konteks, id=str(laporan.pk), **tambahan))
    meta = Meta("upt", upt.kode, upt.nama, bulan.kode, formulir)
    return Buku(Judul(upt.nama, bulan.nama, (bulan - 1).nama), meta).tulis(isi, catatan)


def buat_salinan_galat(cakupan: Cakupan, unggahan: Unggahan) -> bytes:
    """The uploaded workbook again, with the portal's sentence at every cell that was not simply right."""
    bulan = Bulan.pada(unggahan.bulan)
    rencana = {satu["id"]: satu for satu in unggahan.rencana["laporan"]}
    laporan = laporan_menurut_id(cakupan, rencana)
    if unggahan.upt is None:
        semua = laporan_wilayah(cakupan, unggahan.kanwil, bulan, unggahan.formulir)
        baris = _baris_wilayah(semua)
        return lembar_kanwil.buat(unggahan.kanwil, bulan, baris, _salinan(rencana), _catatan(unggahan.rencana))
    semua = [satu for satu in laporan.values() if dapat_diisi(satu.status)]
    return _buku_upt(unggahan.upt, bulan, semua, _salinan(rencana), _catatan(unggahan.rencana))


def _catatan(rencana: Mapping[str, Any]) -> list[Catatan]:
    """All that the portal has to say about an upload, also about cells that no form knows."""
    sel = [
        Catatan(
            b.get("tempat", ""), f"{laporan['formulir']} {b['label']}", b.get("baru", ""), b["pesan"],
            (laporan["id"], b["alamat"]),
        )
        for laporan in rencana["laporan"] for b in laporan["butir"] if b.get("pesan")
    ]  # fmt: skip
    return [*sel, *(Catatan(tempat, "", "", pesan) for tempat, pesan in rencana["galat"])]


def buat_templat_kanwil(cakupan: Cakupan, kanwil: Kanwil, bulan: Bulan, formulir: str) -> bytes:
    semua = laporan_wilayah(cakupan, kanwil, bulan, formulir)
    if not semua:
        raise TidakDitemukan("Tidak ada UPT yang berkewajiban atas formulir itu pada bulan tersebut.")
    return lembar_kanwil.buat(kanwil, bulan, _baris_wilayah(semua), {})


def _baris_wilayah(semua: list[Laporan]) -> list[tuple[Laporan, dict[str, Any]]]:
    return [(satu, isi_draf(satu)) for satu in semua]


def _salinan(rencana: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """For every report: what was typed, the sentences, and the rows that are not in the draft yet."""
    hasil: dict[str, dict[str, Any]] = {}
    for kunci, satu in rencana.items():
        butir = [b for b in satu["butir"] if b["jenis"] not in (HAPUS, HILANG) and b.get("bagian")]
        hasil[kunci] = {
            "timpa": {b["alamat"]: (b.get("teks"), _kata(b), b.get("alasan", "")) for b in butir},
            "komentar": {b["alamat"]: b["pesan"] for b in butir if b.get("pesan")},
            "baris_timpa": satu["baris"],
        }
    return hasil


def _kata(b: Mapping[str, Any]) -> str:
    from pelaporan.buku.templat import LABEL_KEADAAN

    return LABEL_KEADAAN.get(b.get("keadaan", "isi"), "Terisi")
