"""Exports of SDP that units bring: let in, read in a child process, planned, kept encrypted; saved when told to.

The file itself is not kept. Its rows and the plan are encrypted under a key of the import and wiped when it ends.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.buku.arsip import BENGKAK, GalatBerkas
from pelaporan.register.impor_baca import periksa_awal
from pelaporan.register.impor_services import baca_terbatas, pindai_unggahan
from pelaporan.register.services import kunci_register
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import hari_ini, sekarang
from pemasyarakatan.jejak.services import catat_baris
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import batalkan as batalkan_pekerjaan
from pemasyarakatan.pekerjaan.services import minta
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT
from wbp import sandi
from wbp.akses import catat_akses
from wbp.dasar import REGISTER, pastikan_unit
from wbp.models import AksesWarga, DataWarga, ImporSDP, PetaSDP
from wbp.sdp import rencana as susunan
from wbp.sdp.baca import TERLALU_BERAT, UKURAN
from wbp.sdp.berkas import Tabel, baris_sel, cari, kata_awal
from wbp.sdp.kolom import KOLOM, KOLOM_REMISI, pembaca
from wbp.sdp.register import register_unit
from wbp.sdp.rencana import Berkas, Rencana
from wbp.sdp.tulis import Keluar, tulis
from wbp.services_data import keluar_lampau

PEMBACA = "wbp.sdp.baca"
PEKERJAAN = "impor_sdp"
GUNA = "impor"
"""Purpose that the ciphertext of a plan is bound to."""
ANGKA = "#angka"
"""Among the columns of `PetaSDP.peta`: register numbers of this unit may be figures."""
SEDIKIT_KELUAR = 10
LANGSUNG = 1_500
"""Rows that are planned and saved within the request; more of them are a worker's."""
TERBENGKALAI = timedelta(hours=23)
"""With the hour between two sweeps less than the day that pages promise."""
Status = ImporSDP.Status
TERBUKA = (Status.PETAKAN, Status.DIPERIKSA, Status.ANTRE)
TIDAK_ADA = "Impor ini tidak ada, atau bukan dari unit Anda."
SUDAH = "Impor ini sudah diputuskan. Muat ulang halaman untuk melihat hasilnya."
GANDA = "Satu kolom berkas dipilih untuk dua isian. Pilih kolom yang berbeda."
ASING = (
    "Tidak seorang pun di berkas ini dikenal di register unit Anda, jadi ini mungkin berkas unit lain. Centang "
    "pernyataannya bila berkas ini memang benar."
)
BANYAK_KELUAR = (
    "Lebih banyak orang ditandai keluar daripada yang masih ada. Centang pernyataannya bila mereka memang keluar."
)
LAMPAU = (
    "Tanggal keluar mereka lebih dari setahun yang lalu. Periksa tahunnya; centang pernyataannya bila memang benar."
)
TANPA_NOMOR = "Pilih kolom nomor register dahulu; tanpa nomor tidak ada orang yang dikenali."
Json = dict[str, Any]


@dataclass
class Isi:
    """What an open import keeps under its key."""

    tabel: Tabel
    rencana: Rencana
    berubah: bool = False
    tugas: Json | None = None
    galat: str = ""
    """Why a worker could not save, for who comes back to look."""

    def ke_json(self) -> Json:
        return {
            "tabel": self.tabel.ke_json(), "rencana": self.rencana.ke_json(), "berubah": self.berubah,
            "tugas": self.tugas, "galat": self.galat,
        }  # fmt: skip


def buka_isi(satu: ImporSDP) -> Isi:
    """The rows of an import that is still open."""
    if satu.rencana is None or satu.bungkus is None:
        raise Bentrok(SUDAH)
    amplop = sandi.Amplop(bytes(satu.rencana), bytes(satu.bungkus), satu.kunci)
    isi = json.loads(zlib.decompress(sandi.buka(amplop, guna=GUNA, id=satu.pk)))
    tabel, rencana = Tabel.dari_json(isi["tabel"]), Rencana.dari_json(isi["rencana"])
    return Isi(tabel, rencana, isi["berubah"], isi["tugas"], isi["galat"])


def _tutup(satu: ImporSDP, isi: Isi) -> None:
    amplop = sandi.sandikan(zlib.compress(json.dumps(isi.ke_json()).encode(), 1), guna=GUNA, id=satu.pk)
    satu.rencana, satu.bungkus, satu.kunci = amplop.isi, amplop.bungkus, amplop.kunci


# ---------------------------------------------------------------- letting in


def terima(*, upt: UPT, isi: bytes, tanggal_data: date, oleh: Pengguna, cakupan: Cakupan) -> ImporSDP:
    """Read a file and keep its plan. Raises TidakDitemukan, Ditolak, GalatBerkas, TidakSah, Bentrok (no turn now)."""
    pastikan_unit(upt, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    if tanggal_data > hari_ini(upt.zona):
        raise TidakSah("Tanggal data belum tiba. Tulis hari ketika data diambil dari SDP.", bidang="tanggal_data")
    sidik = hashlib.sha256(isi).hexdigest()
    tabel = _terpetakan(cari(_baca(upt, isi, sidik, oleh)), upt, cakupan)
    with transaction.atomic():
        kunci_register(REGISTER, upt.pk)
        _gantikan(upt, sidik, oleh, cakupan)
        satu = ImporSDP(
            upt=upt, kanwil_id=upt.kanwil_id, sidik=sidik, kepala=[j[:120] for j in tabel.judul], peta=tabel.kolom,
            tanggal_data=tanggal_data, status=Status.PETAKAN, oleh=oleh, pada=sekarang(),
        )  # fmt: skip
        _tutup(satu, Isi(tabel, Rencana()))
        satu.save(force_insert=True)
        _minta_rencana(satu, tabel, oleh, cakupan)
        catat_baris(satu, oleh=oleh, tindakan="impor_sdp_unggah", rincian={"sidik": sidik, "baris": tabel.banyak})
    return satu


def _baca(upt: UPT, isi: bytes, sidik: str, oleh: Pengguna) -> Json:
    """What the bounded child makes of the file; what it says of templates is said of an export."""
    try:
        periksa_awal(isi, UKURAN)
        pindai_unggahan(upt, isi, sidik, oleh, "imporsdp")
        return baca_terbatas(isi, PEMBACA)
    except GalatBerkas as galat:
        raise GalatBerkas(_PESAN.get(galat.pesan, galat.pesan), galat.status) from None


_PESAN = {BENGKAK: TERLALU_BERAT}


def _gantikan(upt: UPT, sidik: str, oleh: Pengguna, cakupan: Cakupan) -> None:
    """The same file again, by a second click or after coming back: the plan that was left open is wiped now."""
    lama = ImporSDP.objects.dalam(cakupan).select_for_update().filter(upt=upt, sidik=sidik, oleh=oleh)
    for satu in lama.filter(status__in=TERBUKA):
        if not buka_isi(satu).tugas:  # a save that was asked for stays asked for
            _akhiri(satu, Status.DIBATALKAN)
            _tanpa_pekerjaan(satu, oleh)
            catat_baris(satu, oleh=oleh, tindakan="impor_sdp_ganti")


def _terpetakan(tabel: Tabel, upt: UPT, cakupan: Cakupan) -> Tabel:
    """With the columns that the unit chose for these headings before."""
    dahulu = PetaSDP.objects.dalam(cakupan).filter(upt=upt, kepala=tabel.kepala).first() if tabel.orang else None
    if dahulu is None:
        return tabel
    kolom = {n: i for n, i in dahulu.peta.items() if n in _NAMA_KOLOM}
    return tabel.petakan(kolom, angka=bool(dahulu.peta.get(ANGKA)))


_NAMA_KOLOM = frozenset(k.nama for k in KOLOM)


# ---------------------------------------------------------------- planning


def _minta_rencana(satu: ImporSDP, tabel: Tabel, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Plan now, or leave it to a worker; without a column of numbers ask for the columns first."""
    satu.peta = tabel.kolom
    if tabel.kurang_nomor:
        _simpan_rencana(satu, Isi(tabel, Rencana()), Status.PETAKAN, oleh)
    elif tabel.beban <= LANGSUNG:
        _simpan_rencana(satu, Isi(tabel, _susun(satu, tabel, cakupan)), Status.DIPERIKSA, oleh)
    else:
        _serahkan(satu, Isi(tabel, Rencana(), tugas={}), oleh)


def _susun(satu: ImporSDP, tabel: Tabel, cakupan: Cakupan) -> Rencana:
    csv = bool(tabel.orang and tabel.orang.csv) or bool(tabel.remisi and tabel.remisi.csv)
    berkas = Berkas(
        baris_sel(tabel.orang),
        pembaca(KOLOM, satu.upt, csv=csv, angka=tabel.angka),
        baris_sel(tabel.remisi),
        pembaca(KOLOM_REMISI, satu.upt, csv=csv, angka=tabel.angka),
        kata_awal(tabel.orang),
    )
    register = register_unit(satu.upt, cakupan)
    hasil = susunan.susun(berkas, register, tanggal_data=satu.tanggal_data, hari=hari_ini(satu.upt.zona))
    hasil.peta = tabel.peta
    if tabel.orang is None:
        hasil.keluar = []  # a list of grants says nothing of who is here
    return hasil


def _simpan_rencana(satu: ImporSDP, isi: Isi, status: ImporSDP.Status, oleh: Pengguna) -> None:
    _tutup(satu, isi)
    satu.status, satu.ringkas = status, ringkas(isi.rencana)
    satu.save()
    if status == Status.DIPERIKSA:
        _catat_cocok(satu, isi.rencana, oleh)


def _catat_cocok(satu: ImporSDP, rencana: Rencana, oleh: Pengguna) -> None:
    """A plan tells which numbers are in the register and whether a name is theirs, also when it is left aside: whoever
    asks who learned of a person finds it, and the trail has the counts."""
    dikenal = {b.id for b in rencana.baris if b.id is not None} | {b.id for b in rencana.remisi if b.id is not None}
    orang = [DataWarga(pk=pk, upt_id=satu.upt_id, kanwil_id=satu.kanwil_id) for pk in sorted(dikenal)]
    catat_akses(
        orang, oleh=oleh, izin=Izin.ISI_WARGA, alasan=AksesWarga.Alasan.COCOKKAN,
        keterangan="Dicocokkan dengan berkas impor", bidang=["nama", "nomor"], cara=AksesWarga.Cara.COCOK,
    )  # fmt: skip
    rincian = {"baris": len(rencana.baris) + len(rencana.remisi), "dikenal": len(dikenal)}
    catat_baris(satu, oleh=oleh, tindakan="impor_sdp_cocok", rincian=rincian)


def ringkas(rencana: Rencana) -> Json:
    """Counts, and of refused rows where and why: what stays when the rows themselves are wiped."""
    ditolak = [[b.n, label, pesan] for b in susunan.ditolak(rencana.baris) for label, pesan in b.pesan]
    remisi = [[b.n, "Remisi", b.pesan] for b in rencana.remisi if b.keadaan == "ditolak"]
    return {
        **rencana.hitungan, "keluar": len(rencana.keluar), "bukan_orang": len(rencana.bukan_orang),
        "tanpa_remisi": rencana.tanpa_remisi,
        "remisi": sum(1 for b in rencana.remisi if b.keadaan == "baru"), "sebab": ditolak, "sebab_remisi": remisi,
        "catatan": sum(1 for b in rencana.baris if b.catatan and b.jenis != susunan.DITOLAK),
    }  # fmt: skip


def _serahkan(satu: ImporSDP, isi: Isi, oleh: Pengguna) -> None:
    """Leave it to a worker; what is to be done stands in the import, the job knows its id alone."""
    _simpan_rencana(satu, isi, Status.ANTRE, oleh)
    apa = "Menyimpan" if isi.tugas else "Memeriksa"
    minta(
        oleh=oleh, jenis=PEKERJAAN, parameter={"impor": str(satu.pk), "simpan": bool(isi.tugas)},
        judul=f"{apa} data SDP, {satu.upt}"[:160],
    )  # fmt: skip


@transaction.atomic
def petakan(
    *, impor_id: UUID, kolom: Mapping[str, int | None], oleh: Pengguna, cakupan: Cakupan, angka: bool | None = None
) -> ImporSDP:
    """Plan again with the columns that the person chose, and remember them for the next export with these headings.
    `angka`: whether register numbers may be figures (None: as before). Raises TidakSah, Bentrok."""
    satu = _terkunci(impor_id, oleh, cakupan)
    _pastikan_terbuka(satu, Status.PETAKAN, Status.DIPERIKSA)
    dipilih = {n: i for n, i in kolom.items() if i is not None and n in _NAMA_KOLOM}
    if len(set(dipilih.values())) != len(dipilih):
        raise TidakSah(GANDA)
    if "nomor" not in dipilih:
        raise TidakSah(TANPA_NOMOR)
    lama = buka_isi(satu).tabel
    tabel = lama.petakan(dipilih, angka=lama.angka if angka is None else angka)
    PetaSDP.objects.update_or_create(
        upt=satu.upt, kepala=tabel.kepala,
        defaults={"kanwil_id": satu.kanwil_id, "peta": {**tabel.kolom, ANGKA: int(tabel.angka)}, "oleh": oleh,
                  "pada": sekarang()},
    )  # fmt: skip
    _minta_rencana(satu, tabel, oleh, cakupan)
    return satu


# ---------------------------------------------------------------- deciding


@transaction.atomic
def simpan(
    *,
    impor_id: UUID,
    sidik: str,
    keluar: Keluar | None = None,
    yakin: bool = False,
    oleh: Pengguna,
    cakupan: Cakupan,
) -> tuple[ImporSDP, bool]:
    """Save every accepted row in one transaction; returns whether that is done or on its way.

    The plan is made again. Where it is not the one that the person saw (`sidik`), nothing is saved and the new plan is
    kept to be shown. What was saved stays saved: done, once. `yakin` answers what `perlu_yakin` asks.
    Raises TidakDitemukan, Ditolak, Bentrok, TidakSah.
    """
    satu = _terkunci(impor_id, oleh, cakupan)
    if satu.status == Status.DISIMPAN or (satu.status == Status.ANTRE and buka_isi(satu).tugas):
        return satu, True
    _pastikan_terbuka(satu, Status.DIPERIKSA)
    isi = buka_isi(satu)
    if keluar is not None:
        keluar.periksa(isi.rencana.keluar, hari_ini(satu.upt.zona))
    if not yakin and (tanya := perlu_yakin(isi.rencana, keluar, hari_ini(satu.upt.zona))):
        raise TidakSah(tanya, bidang="yakin")
    if isi.tabel.beban + (len(keluar.id) if keluar else 0) <= LANGSUNG:
        return satu, _simpan(satu, isi, sidik, keluar, oleh, cakupan)
    isi.tugas = {"sidik": sidik, "keluar": keluar.ke_json() if keluar else None}
    _serahkan(satu, isi, oleh)
    return satu, True


def perlu_yakin(rencana: Rencana, keluar: Keluar | None, hari: date) -> str:
    """What is so rarely meant, and so laborious to undo, that it takes a second word."""
    if rencana.asing:
        return ASING
    if keluar and keluar.id and keluar_lampau(keluar.tanggal, hari):
        return LAMPAU
    return BANYAK_KELUAR if keluar and len(keluar.id) > max(SEDIKIT_KELUAR, rencana.dikenal) else ""


def _simpan(satu: ImporSDP, isi: Isi, sidik: str, keluar: Keluar | None, oleh: Pengguna, cakupan: Cakupan) -> bool:
    kini = _susun(satu, isi.tabel, cakupan)
    if kini.sidik != sidik:
        _simpan_rencana(satu, Isi(isi.tabel, kini, berubah=True), Status.DIPERIKSA, oleh)
        return False
    tulis(kini, upt=satu.upt, keluar=keluar, oleh=oleh, cakupan=cakupan)
    satu.ringkas = {**ringkas(kini), "dikeluarkan": len(keluar.id) if keluar else 0}
    _akhiri(satu, Status.DISIMPAN)
    hitung = {n: v for n, v in satu.ringkas.items() if isinstance(v, int)}
    catat_baris(satu, oleh=oleh, tindakan="impor_sdp_simpan", rincian=hitung)
    return True


@transaction.atomic
def kerjakan_yang_antre(*, impor_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> None:
    """The worker's part: plan or save what was left to it, in one transaction."""
    satu = _terkunci(impor_id, oleh, cakupan)
    if satu.status != Status.ANTRE:
        return  # called off, or done by another attempt
    isi = buka_isi(satu)
    tugas, isi.tugas = isi.tugas, None
    if not tugas:
        _simpan_rencana(satu, Isi(isi.tabel, _susun(satu, isi.tabel, cakupan)), Status.DIPERIKSA, oleh)
        return
    keluar = Keluar.dari_json(tugas["keluar"]) if tugas["keluar"] else None
    try:
        with transaction.atomic():
            _simpan(satu, isi, tugas["sidik"], keluar, oleh, cakupan)
    except (TidakSah, Bentrok) as galat:  # nothing was saved; whoever comes back decides again
        satu.refresh_from_db()
        kini = Isi(isi.tabel, _susun(satu, isi.tabel, cakupan), galat=galat.pesan)
        _simpan_rencana(satu, kini, Status.DIPERIKSA, oleh)


@transaction.atomic
def batalkan(*, impor_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> ImporSDP:
    """Leave the plan aside and wipe it."""
    satu = _terkunci(impor_id, oleh, cakupan)
    if satu.status != Status.DIBATALKAN:
        _pastikan_terbuka(satu, *TERBUKA)
        _akhiri(satu, Status.DIBATALKAN)
        _tanpa_pekerjaan(satu, oleh)
        catat_baris(satu, oleh=oleh, tindakan="impor_sdp_batal")
    return satu


def _tanpa_pekerjaan(satu: ImporSDP, oleh: Pengguna) -> None:
    """The person's job for an import that ended waits for nothing any more, and would count among their five."""
    for kerja in Pekerjaan.objects.filter(pengguna=oleh, jenis=PEKERJAAN, parameter__impor=str(satu.pk)):
        batalkan_pekerjaan(pekerjaan=kerja, oleh=oleh)


def bersihkan_terbengkalai() -> int:
    """Wipe plans that nobody decided on for a day; returns how many. Any number of times, any number of workers."""
    with terpasang(SISTEM):
        lama = ImporSDP.objects.select_for_update(skip_locked=True).filter(
            status__in=TERBUKA, pada__lt=sekarang() - TERBENGKALAI
        )
        semua = list(lama)
        for satu in semua:
            satu.ringkas = {**satu.ringkas, "lewat": 1}
            _akhiri(satu, Status.DIBATALKAN)
            catat_baris(satu, oleh=None, tindakan="impor_sdp_lewat")
    return len(semua)


def _akhiri(satu: ImporSDP, status: ImporSDP.Status) -> None:
    satu.status, satu.rencana, satu.bungkus, satu.kunci = status, None, None, ""
    satu.disimpan_pada = sekarang() if status == Status.DISIMPAN else None
    satu.save()


def _terkunci(impor_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> ImporSDP:
    """The import, with the register of its unit held first and then its row, as every writer does."""
    upt_id = ImporSDP.objects.dalam(cakupan).filter(pk=impor_id).values_list("upt_id", flat=True).first()
    if upt_id is None:
        raise TidakDitemukan(TIDAK_ADA)
    kunci_register(REGISTER, upt_id)
    satu = ImporSDP.objects.select_related("upt", "oleh").select_for_update(of=("self",)).get(pk=impor_id)
    pastikan_unit(satu.upt, Izin.ISI_WARGA, oleh=oleh, cakupan=cakupan)
    return satu


def _pastikan_terbuka(satu: ImporSDP, *status: ImporSDP.Status) -> None:
    if satu.status not in status:
        raise Bentrok(SUDAH)
