"""The one way to write a register's rows: scope, right, rules, revision, history, trail and rollup in one transaction.

One unit's register is written by one person at a time (an advisory lock), so that balances which span rows (stock,
heads, area) hold whatever happens at once. Whoever freezes its figures into a report takes the same lock, shared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID
from zlib import crc32

from django import forms
from django.db import IntegrityError, connection, transaction

from pelaporan.models import BarisRegister, RiwayatBaris
from pelaporan.register import borongan
from pelaporan.register.borongan import Borongan
from pelaporan.register.jenis import JenisBaris, register
from pelaporan.register.temuan import GALAT, Temuan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.json import DecoderAngka, EncoderAngka
from pemasyarakatan.inti.waktu import Bulan, sekarang, tulis_waktu
from pemasyarakatan.jejak.services import catat_baris
from upt.cakupan import Cakupan
from upt.models import UPT

B = TypeVar("B", bound=BarisRegister)
Tindakan = RiwayatBaris.Tindakan
KUNCI_TERPAKAI = "Kunci kiriman ini sudah dipakai catatan lain. Muat ulang halaman."
SEKALIGUS = 500


class PerluJawaban(TidakSah):
    """The row may be right, but something in it is unusual: the person says so (`Jawaban`) or mends it."""

    status = 422

    def __init__(self, temuan: list[Temuan]) -> None:
        super().__init__("Periksa lagi, lalu tandai bila memang benar.", temuan=[t.__dict__ for t in temuan])
        self.temuan = temuan


class BarisSalah(TidakSah):
    """The row is refused; `bidang` maps columns ('' for the row) to sentences."""

    def __init__(self, bidang: Mapping[str, str]) -> None:
        super().__init__(next(iter(bidang.values())), bidang=dict(bidang))
        self.bidang = dict(bidang)


@dataclass(frozen=True)
class Jawaban:
    """What the person said to questions: codes of findings that are as they should be, and why."""

    setuju: frozenset[str] = field(default_factory=frozenset)
    alasan: str = ""


def kunci_register(kode: str, upt_id: int, *, baca: bool = False) -> None:
    """Queue behind whoever writes this unit's register, until the transaction ends; readers share."""
    blok = borongan.kini()
    if blok is not None and not baca and (kode, upt_id) in blok.terkunci:
        return
    fungsi = "pg_advisory_xact_lock_shared" if baca else "pg_advisory_xact_lock"
    with connection.cursor() as kursor:
        kursor.execute(f"SELECT {fungsi}(%s, %s)", [_sandi(kode), upt_id])


def kunci_register_banyak(kode: str, upt_id: Iterable[int]) -> None:
    """The same for many units at once, in one order."""
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT pg_advisory_xact_lock(%s, u) FROM unnest(%s::int[]) AS u", [_sandi(kode), sorted(set(upt_id))]
        )


def _sandi(kode: str) -> int:
    return crc32(kode.encode()) & 0x7FFFFFFF


# ---------------------------------------------------------------- reading what was written


def baca_nilai(
    jenis: JenisBaris[B], tertulis: Mapping[str, Any], upt: UPT, *, sebagian: bool = False
) -> dict[str, Any]:
    """The columns as values. `sebagian`: only the columns named in `tertulis`. Raises BarisSalah."""
    nilai, salah = {}, {}
    for kolom in jenis.kolom:
        if sebagian and kolom.nama not in tertulis:
            continue
        try:
            nilai[kolom.nama] = kolom.bidang(upt).clean(tertulis.get(kolom.nama))
        except forms.ValidationError as galat:
            salah[kolom.nama] = " ".join(galat.messages)
    if salah:
        raise BarisSalah(salah)
    return nilai


# ---------------------------------------------------------------- writing


@transaction.atomic
def buat(
    jenis: JenisBaris[B],
    nilai: Mapping[str, Any],
    *,
    upt: UPT,
    oleh: Pengguna,
    cakupan: Cakupan,
    kunci: UUID | None = None,
    jawaban: Jawaban | None = None,
    tindakan: str = Tindakan.BUAT,
) -> B:
    """Add a row. The same `kunci` again returns the row that it made.

    Raises TidakDitemukan (foreign unit), Ditolak, BarisSalah, PerluJawaban, Bentrok (the key belongs to another row).
    """
    pastikan_menulis(upt, oleh=oleh, cakupan=cakupan)
    kunci_register(jenis.register, upt.pk)
    if kunci is not None and (ada := _dengan_kunci(jenis, kunci, upt, nilai)) is not None:
        return ada
    kini = sekarang()
    baris = jenis.model(
        upt=upt, kanwil_id=upt.kanwil_id, kunci=kunci,
        dibuat_oleh=oleh, dibuat_pada=kini, diubah_oleh=oleh, diubah_pada=kini, **nilai,
    )  # fmt: skip
    alasan = _periksa(jenis, baris, jawaban or Jawaban())
    _akan_ditulis(jenis)
    _sisipkan(baris)
    _sesudah(jenis, baris, tindakan, oleh, alasan, set())
    return baris


def _sisipkan(baris: BarisRegister) -> None:
    """A key that belongs to a row which this person may not see is refused as one that they may."""
    if baris.kunci is None:
        baris.save(force_insert=True)
        return
    try:
        with transaction.atomic():
            baris.save(force_insert=True)
    except IntegrityError as galat:
        if not _karena_kunci(galat):
            raise
        raise Bentrok(KUNCI_TERPAKAI) from galat


def _karena_kunci(galat: IntegrityError) -> bool:
    return str(getattr(getattr(galat.__cause__, "diag", None), "constraint_name", "")).endswith("_kunci_key")


def _dengan_kunci(jenis: JenisBaris[B], kunci: UUID, upt: UPT, nilai: Mapping[str, Any]) -> B | None:
    """The row that this key has made. Another content under the same key is refused: it would be lost silently."""
    ada: Any = jenis.model._default_manager.filter(kunci=kunci).first()
    if ada is None:
        return None
    if ada.upt_id != upt.pk:
        raise Bentrok(KUNCI_TERPAKAI)
    if _isi_lain(jenis, ada, upt, nilai):
        raise Bentrok(
            f"{jenis.label} dari halaman ini sudah tersimpan, dengan isi lain. Buka catatan itu untuk mengubahnya, "
            "atau muat ulang halaman untuk mencatat yang baru.",
            baris=ada.pk,
        )
    ada.ulangan = True
    return ada


def _isi_lain(jenis: JenisBaris[B], ada: B, upt: UPT, nilai: Mapping[str, Any]) -> bool:
    """Does `nilai` say something else than what the row began with? What `lengkapi` fills or tidies says nothing."""
    rapi = jenis.model(upt=upt, kanwil_id=upt.kanwil_id, **nilai)
    jenis.lengkapi(rapi)
    pertama = RiwayatBaris.objects.get(register=jenis.register, objek=jenis.kode, objek_id=ada.pk, revisi=1).isi
    return any(
        isi not in (None, "") and pertama[nama] not in (ke_json(isi), ke_json(getattr(rapi, nama)))
        for nama, isi in nilai.items()
        if nama in pertama
    )


def ke_json(nilai: Any) -> Any:
    """A value as it comes back from a history row."""
    return json.loads(json.dumps(nilai, cls=EncoderAngka), cls=DecoderAngka)


@transaction.atomic
def ubah(
    jenis: JenisBaris[B],
    baris_id: int,
    nilai: Mapping[str, Any],
    *,
    revisi: int,
    oleh: Pengguna,
    cakupan: Cakupan,
    jawaban: Jawaban | None = None,
    tindakan: str = Tindakan.UBAH,
) -> B:
    """Change a row that is still as the person saw it (`revisi`); unchanged values write nothing.

    Raises TidakDitemukan, Ditolak, BarisSalah, PerluJawaban, Bentrok (somebody changed it meanwhile).
    """
    baris = kunci_baris(jenis, baris_id, oleh=oleh, cakupan=cakupan)
    _pastikan_hidup(jenis, baris)
    if all(getattr(baris, nama) == isi for nama, isi in nilai.items()):
        return baris
    _pastikan_revisi(jenis, baris, revisi)
    bulan = baris.bulan_terdampak()
    for nama, isi in nilai.items():
        setattr(baris, nama, isi)
    alasan = _periksa(jenis, baris, jawaban or Jawaban())
    _simpan(jenis, baris, oleh)
    _sesudah(jenis, baris, tindakan, oleh, alasan, bulan)
    return baris


@transaction.atomic
def hapus(jenis: JenisBaris[B], baris_id: int, *, revisi: int, alasan: str, oleh: Pengguna, cakupan: Cakupan) -> B:
    """Take a row out, with a reason; it stays in the history and can be brought back.

    Raises TidakDitemukan, Ditolak, BarisSalah (no reason, or other rows need it), Bentrok.
    """
    baris = kunci_baris(jenis, baris_id, oleh=oleh, cakupan=cakupan)
    if not baris.hidup:
        return baris
    if not alasan.strip():
        raise BarisSalah({"alasan": "Tulis alasannya."})
    _pastikan_revisi(jenis, baris, revisi)
    baris.dihapus_oleh, baris.dihapus_pada, baris.alasan_hapus = oleh, sekarang(), alasan.strip()
    _tolak_galat(jenis.periksa_hapus(baris))
    _simpan(jenis, baris, oleh)
    _sesudah(jenis, baris, Tindakan.HAPUS, oleh, baris.alasan_hapus, set())
    return baris


@transaction.atomic
def pulihkan(jenis: JenisBaris[B], baris_id: int, *, oleh: Pengguna, cakupan: Cakupan) -> B:
    """Bring a row back that was taken out; it must still fit the others. Raises as `ubah` does."""
    baris = kunci_baris(jenis, baris_id, oleh=oleh, cakupan=cakupan)
    if baris.hidup:
        return baris
    baris.dihapus_oleh, baris.dihapus_pada, baris.alasan_hapus = None, None, ""
    try:
        jenis.lengkapi(baris)
    except TidakDitemukan as galat:  # what it points at was taken out as well
        raise BarisSalah({"": f"{galat.pesan} Pulihkan dahulu yang itu, lalu pulihkan catatan ini."}) from galat
    _tolak_galat(jenis.periksa(baris))
    _simpan(jenis, baris, oleh)
    _sesudah(jenis, baris, Tindakan.PULIHKAN, oleh, "", set())
    return baris


# ---------------------------------------------------------------- parts


def pastikan_menulis(upt: UPT, *, oleh: Pengguna, cakupan: Cakupan) -> None:
    blok, hak = borongan.kini(), (upt.pk, oleh.pk, cakupan)
    if blok is not None and hak in blok.hak:
        return
    if not UPT.objects.dalam(cakupan).filter(pk=upt.pk).exists():
        raise TidakDitemukan("Unit ini tidak ada, atau bukan bagian dari tugas Anda.")
    if not boleh(oleh, Izin.ISI_REGISTER, upt):
        raise Ditolak("Register diisi oleh petugas UPT ini. Anda dapat membacanya.")
    if blok is not None:
        blok.hak.add(hak)


def kunci_baris(jenis: JenisBaris[B], baris_id: int, *, oleh: Pengguna, cakupan: Cakupan) -> B:
    """The row, locked together with its unit's register, for somebody who may write it."""
    awal = jenis.model.objects.dalam(cakupan).select_related("upt").filter(pk=baris_id).first()
    if awal is None:
        raise TidakDitemukan(f"{jenis.label} ini tidak ada, atau bukan dari unit Anda.")
    pastikan_menulis(awal.upt, oleh=oleh, cakupan=cakupan)
    kunci_register(jenis.register, awal.upt_id)
    terkunci: Any = jenis.model._default_manager.select_related("upt", "diubah_oleh")
    return terkunci.select_for_update(of=("self",)).get(pk=baris_id)


def _pastikan_hidup(jenis: JenisBaris[B], baris: B) -> None:
    if not baris.hidup:
        raise Bentrok(f"{jenis.label} ini sudah dihapus. Pulihkan dahulu bila masih diperlukan.")


def _pastikan_revisi(jenis: JenisBaris[B], baris: B, revisi: int) -> None:
    if baris.revisi != revisi:
        saat = tulis_waktu(baris.diubah_pada, baris.upt.zona)
        raise Bentrok(
            f"{jenis.label} ini baru saja diubah oleh {baris.diubah_oleh.nama} ({saat}). Periksa isinya yang sekarang, "
            "lalu simpan lagi bila perlu.",
            revisi=baris.revisi,
        )


def _periksa(jenis: JenisBaris[B], baris: B, jawaban: Jawaban) -> str:
    """Complete and check the row; returns the reason to be kept with it."""
    jenis.lengkapi(baris)
    temuan = list(jenis.periksa(baris))
    _tolak_galat(temuan)
    belum = [t for t in temuan if t.kode not in jawaban.setuju]
    if belum:
        raise PerluJawaban(temuan)
    return jawaban.alasan.strip()[:300] if temuan else ""


def _tolak_galat(temuan: Iterable[Temuan]) -> None:
    salah: dict[str, str] = {}
    for satu in temuan:
        if satu.tingkat == GALAT:
            salah.setdefault(satu.bidang, satu.pesan)
    if salah:
        raise BarisSalah(salah)


def _akan_ditulis(jenis: JenisBaris[Any]) -> None:
    if (blok := borongan.kini()) is not None:
        blok.tulis(jenis.model)


def _simpan(jenis: JenisBaris[Any], baris: BarisRegister, oleh: Pengguna) -> None:
    _akan_ditulis(jenis)
    baris.revisi += 1
    baris.diubah_oleh, baris.diubah_pada = oleh, sekarang()
    baris.save(force_update=True)


def _sesudah(jenis: JenisBaris[B], baris: B, tindakan: str, oleh: Pengguna, alasan: str, bulan: set[Bulan]) -> None:
    """History, trail, what hangs on the row, and the rollup of every month it was or is in."""
    blok = borongan.kini()
    ini = blok or Borongan()
    ini.riwayat.append(
        RiwayatBaris(
            upt_id=baris.upt_id, register=jenis.register, objek=jenis.kode, objek_id=baris.pk, revisi=baris.revisi,
            tindakan=tindakan, isi=baris.isi(), alasan=alasan, oleh=oleh, pada=baris.diubah_pada,
        )
    )  # fmt: skip
    ini.baris.append((jenis, baris))
    milik = (jenis.register, baris.upt_id, baris.kanwil_id)
    ini.bulan.setdefault(milik, set()).update(bulan | baris.bulan_terdampak())
    if blok is None:
        _selesaikan(ini)
    catat_baris(baris, oleh=oleh, tindakan=f"register_{tindakan}", rincian={"revisi": baris.revisi})


def _selesaikan(ini: Borongan) -> None:
    """Write what follows from these rows."""
    RiwayatBaris.objects.bulk_create(ini.riwayat, batch_size=SEKALIGUS)
    per_jenis: dict[int, list[BarisRegister]] = defaultdict(list)
    jenis_semua = {id(jenis): jenis for jenis, _ in ini.baris}
    for jenis, baris in ini.baris:
        per_jenis[id(jenis)].append(baris)
    for kunci, semua in per_jenis.items():
        jenis_semua[kunci].sesudah(semua)
    for (kode, upt_id, kanwil_id), bulan in ini.bulan.items():
        register(kode).segarkan(upt_id, kanwil_id, bulan)


def kunci_borongan(kode: str, upt_id: int) -> None:
    """The lock of a whole block, before its first row: what is taken back within the block does not let go of it."""
    kunci_register(kode, upt_id)
    if (blok := borongan.kini()) is not None:
        blok.terkunci.add((kode, upt_id))


def sekaligus() -> AbstractContextManager[None]:
    """For many rows in one transaction: their history, what hangs on them and their rollups are written once, at the
    end. See `borongan`."""
    return borongan.borongan(_selesaikan)
