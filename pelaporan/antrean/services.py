"""Verifying many reports with one press, and taking it back. One press is one transaction.

Locks are taken in the order that everybody uses (`pelaporan.urutan_kunci`), chains of the trail by unit. A report that
moved on meanwhile is left out and named; it does not spoil the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from pelaporan.alur import LABEL_STATUS, Aksi, Status
from pelaporan.antrean.pegangan import Pegangan, lama, pegangan_banyak
from pelaporan.antrean.pembatalan import batas_batal
from pelaporan.aturan import GALAT, periksa
from pelaporan.bendera import Bendera, bendera_laporan
from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pelaporan.konteks import isian_versi, muat_konteks
from pelaporan.models import Kejadian, Komentar, Laporan, LaporanVersi, RiwayatIsian, TindakanMassal
from pelaporan.services import Perintah, laksanakan
from pelaporan.urutan_kunci import kunci_banyak
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import sekarang, tulis_pukul
from pemasyarakatan.jejak.services import catat
from upt.cakupan import Cakupan

PALING_BANYAK = 200
"""Reports that one press may verify: each is checked again, and a person waits for the answer."""

BERBENDERA = "berbendera"


@dataclass(frozen=True)
class Pilihan:
    """A report as the person saw it: its revision, and the mark of its flags ("" for a clean one)."""

    laporan_id: UUID
    revisi: int
    cap: str = ""

    def __str__(self) -> str:
        return f"{self.laporan_id}:{self.revisi}:{self.cap}"

    @classmethod
    def dari(cls, teks: str) -> Pilihan:
        """Read what `str` wrote. Raises TidakSah."""
        kunci, _, sisa = teks.partition(":")
        revisi, _, cap = sisa.partition(":")
        try:
            return cls(UUID(kunci), int(revisi), cap[:8])
        except ValueError as galat:
            raise TidakSah("Daftar laporan tidak terbaca. Muat ulang halaman, lalu pilih lagi.") from galat


@dataclass(frozen=True)
class Calon:
    """A report that is to be verified with others; `sebab` says why it is left out (empty: it can be verified)."""

    laporan: Laporan
    bendera: list[Bendera] = field(default_factory=list)
    sebab: str = ""
    jenis: str = ""

    @property
    def cap(self) -> str:
        return cap_bendera(self.bendera)

    @property
    def pilihan(self) -> Pilihan:
        return Pilihan(self.laporan.pk, self.laporan.revisi, self.cap)

    @property
    def nama(self) -> str:
        lap = self.laporan
        return f"{lap.upt.nama}, {lap.formulir.nama} {lap.periode.nama}"


def cap_bendera(bendera: Sequence[Bendera]) -> str:
    """A mark that changes when the flags do; "" for none."""
    return sidik([b.ke_json() for b in bendera])[:8] if bendera else ""


def timbang(laporan: Sequence[Laporan], oleh: Pengguna) -> list[Calon]:
    """Check reports again, rules and flags, and say of each whether it can be verified now, and if not why."""
    menunggu = [lap for lap in laporan if lap.status == Status.DIKIRIM]
    dipegang, sendiri = pegangan_banyak(menunggu), _buatan_sendiri(menunggu, oleh)
    bercatatan = _bercatatan(menunggu, oleh)
    isi = {(v.laporan_id, v.versi): v.isi for v in LaporanVersi.objects.filter(_versi_masuk(menunggu))}
    hasil = []
    for lap in laporan:
        sebab, jenis = _halangan(lap, oleh, dipegang.get(lap.pk), lap.pk in sendiri)
        if not sebab and lap.pk in bercatatan:
            sebab, jenis = "Anda masih punya catatan yang belum dikirim", "catatan"
        if sebab:
            hasil.append(Calon(lap, [], sebab, jenis))
        else:
            hasil.append(_timbang_isi(lap, isi[lap.pk, lap.versi_masuk or 0]))
    return hasil


def _versi_masuk(laporan: Iterable[Laporan]) -> Q:
    cocok = Q(pk__in=[])
    for lap in laporan:
        cocok |= Q(laporan_id=lap.pk, versi=lap.versi_masuk)
    return cocok


def _halangan(lap: Laporan, oleh: Pengguna, pegang: Pegangan | None, sendiri: bool) -> tuple[str, str]:
    """(why it cannot be verified, kind of reason), before its content is read."""
    if lap.status != Status.DIKIRIM:
        return f"sekarang {LABEL_STATUS[Status(lap.status)].lower()}", "keadaan"
    if not boleh(oleh, Izin.VERIFIKASI_LAPORAN, lap):
        return "bukan wewenang Anda", "hak"
    if sendiri:
        return "Anda ikut mengisi atau mengirimnya", "sendiri"
    if pegang is not None and not pegang.milik(oleh):
        return f"sedang ditinjau {pegang.nama}, sejak {lama(pegang.sejak)}", "dipegang"
    return "", ""


def _timbang_isi(lap: Laporan, isi: Mapping[str, Any]) -> Calon:
    temuan = periksa(lap.skema, isian_versi(lap.skema, isi), muat_konteks(lap))
    galat = [t for t in temuan if t.tingkat == GALAT]
    if galat:
        return Calon(lap, [], f"menurut aturan hari ini ada yang perlu diperbaiki: {galat[0].pesan}", "galat")
    bendera = bendera_laporan(lap, isi, terlambat=lap.terlambat)
    sebab = f"berbendera: {bendera[0].teks}" if bendera else ""
    return Calon(lap, bendera, sebab, BERBENDERA if bendera else "")


def _buatan_sendiri(laporan: Sequence[Laporan], orang: Pengguna) -> set[UUID]:
    """Those that this person (by account or NIP) typed or sent any part of."""
    diri = Q(oleh=orang) | (Q(oleh__nip=orang.nip) if orang.nip else Q())
    kirim = Q(dibuat_oleh=orang) | (Q(dibuat_oleh__nip=orang.nip) if orang.nip else Q())
    ketik = RiwayatIsian.objects.filter(diri, laporan__in=laporan).values_list("laporan_id", flat=True)
    versi = LaporanVersi.objects.filter(kirim, laporan__in=laporan).values_list("laporan_id", flat=True)
    return set(ketik) | set(versi)


def _bercatatan(laporan: Sequence[Laporan], orang: Pengguna) -> set[UUID]:
    """Those with a remark of this person that has not been sent: approving them unread would send it along."""
    milik = Komentar.objects.filter(laporan__in=laporan, oleh=orang, terkirim_pada=None)
    return set(milik.values_list("laporan_id", flat=True))


# The press --------------------------------------------------------------------------------------------------


def verifikasi_massal(
    *, pilihan: Sequence[Pilihan], saringan: Mapping[str, Any], kunci: str, oleh: Pengguna, cakupan: Cakupan
) -> dict[str, Any]:
    """Verify all chosen reports that still are as they were seen. Returns {"tindakan", "jumlah", "dilewati"}.

    Raises Ditolak (no right), TidakSah (nothing or too much chosen), KunciTerpakai.
    """
    if not boleh(oleh, Izin.VERIFIKASI_LAPORAN):
        raise Ditolak("Hanya verifikator Kanwil yang memverifikasi laporan.")
    if not pilihan:
        raise TidakSah("Pilih sedikitnya satu laporan.")
    if len(pilihan) > PALING_BANYAK:
        raise TidakSah(f"Paling banyak {PALING_BANYAK} laporan sekali tekan. Kurangi pilihan.")
    cap = sidik(["verifikasi_massal", sorted(map(str, pilihan))])
    with transaction.atomic():
        return jawab_sekali(
            aktor=oleh, kunci=kunci, sidik=cap, kerjakan=lambda: _verifikasi(pilihan, saringan, oleh, cakupan)
        )


def _verifikasi(
    pilihan: Sequence[Pilihan], saringan: Mapping[str, Any], oleh: Pengguna, cakupan: Cakupan
) -> dict[str, Any]:
    terlihat = {p.laporan_id: p for p in pilihan}
    terkunci = kunci_banyak(list(terlihat), cakupan)
    if not terkunci:
        raise TidakDitemukan("Laporan yang dipilih tidak ada, atau bukan dari wilayah Anda.")
    massal, pada = uuid4(), sekarang()
    jumlah, dilewati = 0, []
    for calon in sorted(timbang(terkunci, oleh), key=_urutan):
        sebab = _berubah(calon, terlihat[calon.laporan.pk]) or _sahkan(calon.laporan, massal, oleh, cakupan)
        jumlah += not sebab
        if sebab:
            dilewati.append({"laporan": str(calon.laporan.pk), "nama": calon.nama, "sebab": sebab})
    _catat_massal(massal, jumlah, dilewati, saringan, oleh, pada, terkunci[0].kanwil_id)
    return {"tindakan": str(massal), "jumlah": jumlah, "dilewati": dilewati}


def _urutan(calon: Calon) -> tuple[Any, ...]:
    lap = calon.laporan
    return lap.upt_id, lap.bulan, lap.formulir_id


def _berubah(calon: Calon, terlihat: Pilihan) -> str:
    """Why a report is left out although it was chosen: it is not what the person saw."""
    if calon.jenis and calon.jenis != BERBENDERA:
        return calon.sebab
    if calon.laporan.revisi != terlihat.revisi:
        return "berubah sejak daftar ini dibuka"
    if calon.cap != terlihat.cap:
        return f"benderanya berubah sejak daftar ini dibuka{f': {calon.bendera[0].teks}' if calon.bendera else ''}"
    return ""


def _sahkan(laporan: Laporan, massal: UUID, oleh: Pengguna, cakupan: Cakupan) -> str:
    """One verification in its own savepoint; returns why it was refused, if it was."""
    perintah = Perintah(laporan.pk, Aksi.VERIFIKASI, laporan.revisi, "")
    try:
        with transaction.atomic():
            laksanakan(perintah, oleh, cakupan, massal)
    except GalatPortal as galat:
        return galat.pesan
    return ""


def _catat_massal(
    massal: UUID,
    jumlah: int,
    dilewati: list[dict[str, str]],
    saringan: Mapping[str, Any],
    oleh: Pengguna,
    pada: datetime,
    kanwil_id: int,
) -> None:
    TindakanMassal.objects.create(
        id=massal,
        oleh=oleh,
        saringan=dict(saringan),
        jumlah=jumlah,
        dilewati=dilewati,
        pada=pada,
        batal_sampai=batas_batal(pada),
    )
    _jejak(massal, "verifikasi_massal", {"jumlah": jumlah, "dilewati": len(dilewati)}, oleh, kanwil_id)


def _jejak(massal: UUID, tindakan: str, rincian: dict[str, Any], oleh: Pengguna, kanwil_id: int) -> None:
    catat(
        oleh=oleh,
        tindakan=tindakan,
        objek="tindakan_massal",
        objek_id=massal,
        kanwil_id=kanwil_id,
        rincian=rincian,
    )


# Taking it back ---------------------------------------------------------------------------------------------


def batalkan_massal(*, tindakan_id: UUID, kunci: str, oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    """Undo an act on many reports. Returns {"jumlah", "dilewati"}: reports that moved on stay as they are.

    Raises TidakDitemukan (missing, or somebody else's), Bentrok (too late, or undone already), KunciTerpakai.
    """
    with transaction.atomic():
        return jawab_sekali(
            aktor=oleh,
            kunci=kunci,
            sidik=sidik(["batalkan_massal", str(tindakan_id)]),
            kerjakan=lambda: _batalkan(tindakan_id, oleh, cakupan),
        )


def _batalkan(tindakan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    tindakan = TindakanMassal.objects.select_for_update().filter(pk=tindakan_id, oleh=oleh).first()
    if tindakan is None:
        raise TidakDitemukan("Tindakan ini tidak ada, atau bukan tindakan Anda.")
    if tindakan.dibatalkan_pada is not None:
        raise Bentrok("Verifikasi ini sudah dibatalkan.")
    if sekarang() > tindakan.batal_sampai:
        raise Bentrok("Waktu membatalkan sudah lewat. Bila keliru, minta Kepala Kanwil membuka kembali laporannya.")
    semua = Kejadian.objects.dalam(cakupan).filter(massal=tindakan_id, aksi=Aksi.VERIFIKASI)
    terkunci = kunci_banyak(list(semua.values_list("laporan_id", flat=True)), cakupan)
    akhir = {k.laporan_id: k for k in _kejadian_akhir(terkunci)}
    jumlah, dilewati = 0, []
    for calon in sorted(map(Calon, terkunci), key=_urutan):
        kini = akhir[calon.laporan.pk]
        sebab = _sebab_lanjut(kini, calon.laporan) if kini.massal != tindakan_id else ""
        sebab = sebab or _tarik_sah(calon.laporan, tindakan_id, oleh, cakupan)
        jumlah += not sebab
        if sebab:
            dilewati.append({"laporan": str(calon.laporan.pk), "nama": calon.nama, "sebab": sebab})
    tindakan.dibatalkan_pada = sekarang()
    tindakan.save(update_fields=["dibatalkan_pada"])
    if terkunci:
        rincian = {"jumlah": jumlah, "dilewati": len(dilewati)}
        _jejak(tindakan_id, "batal_massal", rincian, oleh, terkunci[0].kanwil_id)
    return {"jumlah": jumlah, "dilewati": dilewati}


def _kejadian_akhir(laporan: Sequence[Laporan]) -> Iterable[Kejadian]:
    akhir = Kejadian.objects.filter(laporan__in=laporan).order_by("laporan_id", "-urut")
    return akhir.distinct("laporan_id").select_related("oleh")


def _sebab_lanjut(kini: Kejadian, laporan: Laporan) -> str:
    kata = LABEL_STATUS[Status(laporan.status)].lower()
    return f"sudah berjalan terus: {kata}, oleh {kini.oleh.nama} pukul {tulis_pukul(kini.pada, laporan.kanwil.zona)}"


def _tarik_sah(laporan: Laporan, massal: UUID, oleh: Pengguna, cakupan: Cakupan) -> str:
    try:
        with transaction.atomic():
            laksanakan(Perintah(laporan.pk, Aksi.BATAL, laporan.revisi, ""), oleh, cakupan, massal)
    except GalatPortal as galat:
        return galat.pesan
    return ""
