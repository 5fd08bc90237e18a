"""An uploaded workbook: let in, read in a child process, planned, kept; saved only when somebody says so."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from pelaporan.buku import arsip, batas, selectors
from pelaporan.buku import rencana as susun
from pelaporan.buku.arsip import GalatBerkas
from pelaporan.buku.giliran import giliran
from pelaporan.buku.meta import Formulir, Meta, baca_meta
from pelaporan.buku.rencana import Penyusun, Rencana
from pelaporan.konteks import isian_laporan
from pelaporan.models import Berkas, Laporan, Pemberitahuan, Unggahan
from pelaporan.services import teks_wajib
from pelaporan.services_isian import HasilSimpan, simpan_buku
from pelaporan.turunan import muat_laporan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.pemindai import pindai
from pemasyarakatan.inti.ruang_terbatas import GalatRuang, Ruang
from pemasyarakatan.inti.waktu import Bulan, sekarang, tulis_waktu
from pemasyarakatan.jejak.services import catat
from pemasyarakatan.pekerjaan.services import minta
from upt.cakupan import Cakupan
from upt.models import UPT, Kanwil

PEMBACA = "pelaporan.buku.baca"
DETIK_WEB = 8
"""Processor seconds for reading within a request; below the database's patience with an open transaction."""
BUKAN_TEMPLAT = "Ini bukan templat {apa}. Unduh templatnya dari halaman ini, isi, lalu unggah."
BERVIRUS = "Pemindai menemukan virus di berkas ini, jadi berkas ditolak. Hubungi admin komputer di unit Anda."
BELUM_DIPUTUS = (Unggahan.Status.ANTRE, Unggahan.Status.DIPERIKSA)
PEKERJAAN = {Unggahan.Jenis.UPT.value: "baca_buku", Unggahan.Jenis.KANWIL.value: "baca_buku_kanwil"}
DETIK_PEKERJA = 20
BERUBAH_LAGI = "Unggahan ini sudah diputuskan. Muat ulang halaman untuk melihat hasilnya."


# ---------------------------------------------------------------- letting in


def terima_upt(*, upt: UPT, bulan: Bulan, isi: bytes, nama: str, oleh: Pengguna, cakupan: Cakupan) -> Unggahan:
    """Read a unit's workbook and keep it with its plan. Raises GalatBerkas and TidakSah when it is the wrong file,
    Bentrok when the very same file was saved before."""
    if not boleh(oleh, Izin.ISI_LAPORAN, upt):
        raise Ditolak("Peran Anda tidak mengisi laporan unit ini.")
    milik = {"jenis": Unggahan.Jenis.UPT, "upt": upt, "kanwil": upt.kanwil, "bulan": bulan.awal}
    return _terima(milik, isi, nama, oleh, cakupan)


def terima_kanwil(
    *, kanwil: Kanwil, bulan: Bulan, formulir: str, isi: bytes, nama: str, oleh: Pengguna, cakupan: Cakupan
) -> Unggahan:
    """The same for a Kanwil's workbook of one form."""
    if kanwil.pk not in Cakupan.dari(oleh, Izin.ISI_ATAS_NAMA).kanwil:
        raise Ditolak("Peran Anda tidak mengisi atas nama UPT di Kanwil ini.")
    milik = {"jenis": Unggahan.Jenis.KANWIL, "upt": None, "kanwil": kanwil, "bulan": bulan.awal, "formulir": formulir}
    return _terima(milik, isi, nama, oleh, cakupan)


def _terima(milik: dict[str, Any], isi: bytes, nama: str, oleh: Pengguna, cakupan: Cakupan) -> Unggahan:
    arsip.periksa_luar(isi)
    sidik = hashlib.sha256(isi).hexdigest()
    dipindai = _pindai(milik, isi, sidik, oleh)
    with transaction.atomic():
        lama = _yang_identik(milik, sidik, oleh, cakupan)
        if lama is not None:
            return lama
        with giliran() as dapat:
            bacaan = _baca(milik, isi, sidik, cakupan, DETIK_WEB) if dapat else _BELUM
        satu = _simpan_unggahan(milik, isi, nama, sidik, bacaan, oleh, dipindai)
        if not dapat:
            _minta_baca(satu)
        return satu


class _Bacaan(NamedTuple):
    """How reading ended: the state of the upload, its plan, and the sentence when it failed."""

    status: Unggahan.Status
    rencana: dict[str, Any]
    galat: str = ""


_KOSONG: dict[str, Any] = {"laporan": [], "abaikan": [], "galat": []}
_BELUM = _Bacaan(Unggahan.Status.ANTRE, _KOSONG)


def _baca(milik: Mapping[str, Any], isi: bytes, sidik: str, cakupan: Cakupan, detik: int) -> _Bacaan:
    """Read and plan. A child that died over the file is an outcome, the wrong file an exception."""
    try:
        rencana = _rencanakan(milik, baca_terbatas(isi, detik), sidik, cakupan)
    except GalatRuang as g:
        return _Bacaan(Unggahan.Status.GAGAL, _KOSONG, g.pesan)
    return _Bacaan(Unggahan.Status.DIPERIKSA, rencana)


def _minta_baca(satu: Unggahan) -> None:
    kepada = satu.upt or satu.kanwil
    minta(
        oleh=satu.oleh, jenis=PEKERJAAN[satu.jenis], parameter={"unggahan": str(satu.pk)}, total=1,
        judul=f"Membaca Excel {Bulan.pada(satu.bulan).nama}, {kepada}"[:160],
    )  # fmt: skip


def baca_yang_antre(*, unggahan_id: UUID, cakupan: Cakupan) -> None:
    """The worker's part: read a parked file. The wrong file is kept with the reason, for the person has gone on."""
    with transaction.atomic():
        semua = Unggahan.objects.dalam(cakupan).select_related("upt", "kanwil", "berkas", "oleh")
        satu = semua.select_for_update(of=("self",)).filter(pk=unggahan_id, status=Unggahan.Status.ANTRE).first()
        if satu is None:
            return  # called off, or read by another attempt
        milik = {n: getattr(satu, n) for n in ("jenis", "upt", "kanwil", "bulan", "formulir")}
        try:
            bacaan = _baca(milik, bytes(satu.berkas.isi), satu.berkas.sidik, cakupan, DETIK_PEKERJA)
        except (GalatBerkas, TidakSah) as g:
            bacaan = _Bacaan(Unggahan.Status.GAGAL, _KOSONG, g.pesan)
        satu.status, satu.rencana, satu.galat = bacaan
        satu.save(update_fields=["status", "rencana", "galat"])
        _catat(satu, "baca_excel", satu.oleh, {"status": bacaan.status.value})


def _pindai(milik: Mapping[str, Any], isi: bytes, sidik: str, oleh: Pengguna) -> bool:
    """The virus scanner, before anything is parsed. A find is refused and leaves a trail; no answer is a refusal
    that may be tried again. Returns whether anybody looked."""
    hasil = pindai(isi)
    if not hasil.bersih:
        catat(
            oleh=oleh, tindakan="unggahan_ditolak", objek="unggahan", objek_id=sidik[:32],
            upt_id=milik["upt"].pk if milik["upt"] else None, kanwil_id=milik["kanwil"].pk,
            rincian={"temuan": hasil.temuan, "sidik": sidik, "ukuran": len(isi)},
        )  # fmt: skip
        raise TidakSah(BERVIRUS)
    return hasil.dipindai


def baca_terbatas(isi: bytes, detik: int = DETIK_WEB) -> dict[str, Any]:
    """Read in the bounded child; raises GalatRuang when it died, GalatBerkas for what it refused."""
    with Ruang(PEMBACA, detik=detik, jam=detik + 4) as ruang:
        jawaban = json.loads(ruang.kerjakan(isi))
    if "galat" in jawaban:
        raise GalatBerkas(jawaban["galat"], jawaban["status"])
    return dict(jawaban["ok"])


def _yang_identik(milik: Mapping[str, Any], sidik: str, oleh: Pengguna, cakupan: Cakupan) -> Unggahan | None:
    """The person's own open plan of the same bytes; raises Bentrok when they were saved already."""
    sama = Unggahan.objects.dalam(cakupan).select_related("oleh", "kanwil", "upt").filter(**milik, berkas__sidik=sidik)
    tersimpan = sama.filter(status=Unggahan.Status.DISIMPAN).first()
    if tersimpan is not None:
        zona = tersimpan.upt.zona if tersimpan.upt else tersimpan.kanwil.zona
        raise Bentrok(
            f"Berkas ini identik dengan unggahan {tulis_waktu(tersimpan.pada, zona)} oleh {tersimpan.oleh.nama} yang "
            "sudah disimpan. Tidak ada yang berubah."
        )
    return sama.filter(status__in=BELUM_DIPUTUS, oleh=oleh).first()


def _simpan_unggahan(
    milik: dict[str, Any],
    isi: bytes,
    nama: str,
    sidik: str,
    bacaan: _Bacaan,
    oleh: Pengguna,
    dipindai: bool,
) -> Unggahan:
    kini = sekarang()
    berkas = Berkas.objects.create(
        upt=milik["upt"], kanwil=milik["kanwil"], nama=nama_bersih(nama), tipe=batas.TIPE, ukuran=len(isi),
        sidik=sidik, isi=isi, dipindai=dipindai, oleh=oleh, pada=kini,
    )  # fmt: skip
    satu = Unggahan.objects.create(**milik, **bacaan._asdict(), berkas=berkas, oleh=oleh, pada=kini)
    _catat(satu, "unggah_excel", oleh, {"sidik": sidik, "ukuran": len(isi), "status": bacaan.status.value})
    return satu


def nama_bersih(nama: str) -> str:
    """The client's file name as a label only: no path, nothing unseen, at most 120 characters."""
    dasar = nama.replace("\\", "/").rpartition("/")[2]
    tampak = "".join(
        h for h in unicodedata.normalize("NFC", dasar) if unicodedata.category(h)[0] not in "CZ" or h == " "
    )
    return tampak.strip()[:120] or "unggahan.xlsx"


def _catat(satu: Unggahan, tindakan: str, oleh: Pengguna, rincian: dict[str, Any]) -> None:
    bulan = Bulan.pada(satu.bulan).kode
    catat(
        oleh=oleh, tindakan=tindakan, objek="unggahan", objek_id=satu.pk, upt_id=satu.upt_id,
        kanwil_id=satu.kanwil_id, rincian={"bulan": bulan, "formulir": satu.formulir, **rincian},
    )  # fmt: skip


# ---------------------------------------------------------------- planning


def _rencanakan(milik: Mapping[str, Any], dibaca: Mapping[str, Any], sidik: str, cakupan: Cakupan) -> dict[str, Any]:
    meta = baca_meta(dibaca["meta"], dibaca["cap"])
    _periksa_meta(meta, milik)
    assert meta is not None
    semua = _laporan_meta(meta, milik, cakupan)
    susunan = _kanwil(meta, semua, dibaca, sidik) if milik["upt"] is None else _upt(meta, semua, dibaca, sidik)
    return {"laporan": susunan, "abaikan": [*dibaca["abaikan"], *_dilewati(meta, semua)], "galat": dibaca["galat"]}


def _periksa_meta(meta: Meta | None, milik: Mapping[str, Any]) -> None:
    """The file-level refusals, each with what to do."""
    bulan = Bulan.pada(milik["bulan"])
    pemilik = milik["upt"] or milik["kanwil"]
    if meta is None or meta.jenis != milik["jenis"]:
        raise TidakSah(BUKAN_TEMPLAT.format(apa=f"laporan {bulan.nama} {pemilik}"))
    if meta.templat != batas.TEMPLAT:
        raise _templat_lama(f"Templat versi {meta.templat}")
    if meta.pemilik != (milik["upt"].kode if milik["upt"] else milik["kanwil"].slug):
        raise TidakSah(f"Berkas ini milik {meta.nama}. Pilih berkas untuk {pemilik}.")
    if meta.bulan != bulan.kode:
        raise TidakSah(f"Berkas ini untuk {Bulan.dari(meta.bulan).nama}. Pilih berkas {bulan.nama}.")
    if milik.get("formulir") and not all(k.startswith(f"{milik['formulir']}/") for k in meta.formulir):
        raise TidakSah(BUKAN_TEMPLAT.format(apa=f"formulir {milik['formulir']}"))


def _templat_lama(apa: str) -> TidakSah:
    return TidakSah(f"{apa} tidak dipakai lagi. Unduh versi terbaru, lalu salin isinya.")


def _laporan_meta(meta: Meta, milik: Mapping[str, Any], cakupan: Cakupan) -> dict[str, Laporan]:
    """The reports the workbook is about that can still be filled in, by its own keys."""
    bulan = Bulan.pada(milik["bulan"])
    if milik["upt"] is not None:
        semua = {satu.formulir_id: satu for satu in selectors.laporan_buku(cakupan, milik["upt"], bulan)}
    else:
        wilayah = selectors.laporan_wilayah(cakupan, milik["kanwil"], bulan, milik["formulir"])
        semua = {f"{s.formulir_id}/{s.upt.kode}": s for s in wilayah if selectors.dapat_diisi(s.status)}
    for kunci, satu in semua.items():
        if kunci in meta.formulir and meta.formulir[kunci].sidik != satu.skema.sidik:
            raise _templat_lama(f"Templat {satu.formulir.nama} versi lama")
    return {kunci: satu for kunci, satu in semua.items() if kunci in meta.formulir}


def _dilewati(meta: Meta, semua: Mapping[str, Laporan]) -> list[str]:
    return [
        f"{kunci.replace('/', ', ')}: laporannya sudah dikirim atau terkunci, jadi tidak diubah."
        for kunci in meta.formulir
        if kunci not in semua
    ]


def _penyusun(laporan: Laporan, dasar: Formulir, sidik: str) -> Penyusun:
    draf = selectors.isi_draf(laporan)
    isian = isian_laporan(laporan, draf, muat_laporan(laporan, atau_ketik=True))
    return Penyusun(laporan.skema, draf, dasar, sidik, isian)


def _upt(meta: Meta, semua: Mapping[str, Laporan], dibaca: Mapping[str, Any], sidik: str) -> list[dict[str, Any]]:
    penyusun = {k: _penyusun(s, meta.formulir[k], sidik) for k, s in semua.items()}
    for satu in dibaca["sel"]:
        kode, ditulis = susun.dari_sel(satu)
        formulir, _, butir = kode.partition(".")
        if formulir in penyusun:
            penyusun[formulir].butir(butir, ditulis)
        elif formulir not in meta.formulir:
            dibaca["galat"].append([ditulis.tempat, f"Formulir {formulir} tidak termasuk templat ini."])
    for kode, kunci, isi, lembar, sel, rumus in dibaca["baris"]:
        formulir, _, daftar = kode.partition(".")
        if formulir in penyusun:
            penyusun[formulir].baris(daftar, kunci, isi, lembar, sel, rumus)
    for kunci, satu in penyusun.items():
        satu.hilang()
        dibaca["abaikan"].extend(f"{semua[kunci].formulir.nama}, {kalimat}" for kalimat in satu.kode_hilang())
    return [_hasil(semua[k], p.rencana) for k, p in penyusun.items()]


def _kanwil(meta: Meta, semua: Mapping[str, Laporan], dibaca: Mapping[str, Any], sidik: str) -> list[dict[str, Any]]:
    hasil = []
    sudah: set[str] = set()
    for baris in dibaca["kanwil"]:
        kunci = f"{baris[0]}/{baris[1]}"
        if kunci in sudah:
            dibaca["galat"].append([baris[3], f"{baris[1]} tertulis dua kali. Hapus salah satu barisnya."])
            continue
        if kunci not in semua:
            if kunci not in meta.formulir and baris[1] and any(x is not None for x in baris[2].values()):
                dibaca["abaikan"].append(f"Baris {str(baris[1])[:60]} tidak dapat diisi, jadi tidak dibaca.")
            continue
        sudah.add(kunci)
        laporan = semua[kunci]
        penyusun = _penyusun(laporan, meta.formulir[kunci], sidik)
        for kode, ditulis in susun.dari_baris_kanwil(baris):
            penyusun.butir(kode, ditulis)
        hasil.append(_hasil(laporan, penyusun.rencana))
    return hasil


def _hasil(laporan: Laporan, rencana: Rencana) -> dict[str, Any]:
    nama = {"id": str(laporan.pk), "formulir": laporan.formulir_id, "nama": laporan.formulir.nama}
    return {**nama, "upt": laporan.upt.nama, "kode_upt": laporan.upt.kode, **rencana.ke_json()}


# ---------------------------------------------------------------- deciding


def simpan_unggahan(
    *,
    unggahan_id: UUID,
    oleh: Pengguna,
    cakupan: Cakupan,
    betul: Iterable[str] = (),
    timpa: Iterable[str] = (),
    buang: Iterable[str] = (),
    alasan: str = "",
) -> Unggahan:
    """Save what is right, plus the confirmed readings (`betul`) and conflicts settled for the file (`timpa`), each
    named `<report id>|<address>`, and take out the rows that the file lacks (`buang`, `<report id>|<list>`). Every
    cell is read and compared again in this transaction."""
    with transaction.atomic():
        satu = _terkunci(unggahan_id, oleh, cakupan)
        atas_nama = satu.jenis == Unggahan.Jenis.KANWIL
        if atas_nama:
            alasan = teks_wajib(alasan, "Tulis alasan Kanwil mengisi atas nama UPT.")
        pilihan, hasil = _Pilihan(frozenset(betul), frozenset(timpa), frozenset(buang)), _Hasil()
        for rinci in satu.rencana["laporan"]:
            tersimpan = _simpan_satu(rinci, pilihan, hasil, oleh, cakupan, atas_nama)
            if tersimpan and atas_nama:
                _kabari(satu, rinci, tersimpan, alasan)
        satu.hasil = {**hasil.ke_json(), "alasan": alasan}
        return _putuskan(satu, Unggahan.Status.DISIMPAN, "simpan_excel", oleh, {"sel": hasil.tersimpan})


def batalkan_unggahan(*, unggahan_id: UUID, oleh: Pengguna, cakupan: Cakupan) -> Unggahan:
    """Leave the plan aside; the file stays as it came."""
    with transaction.atomic():
        satu = _terkunci(unggahan_id, oleh, cakupan, *BELUM_DIPUTUS)
        return _putuskan(satu, Unggahan.Status.DIBATALKAN, "batal_excel", oleh, {})


def _terkunci(unggahan_id: UUID, oleh: Pengguna, cakupan: Cakupan, *status: Unggahan.Status) -> Unggahan:
    """The upload, locked, while it may still be decided about."""
    baris = Unggahan.objects.dalam(cakupan).select_for_update(of=("self",)).filter(pk=unggahan_id)
    if not baris.exists():
        raise TidakDitemukan(selectors.TIDAK_ADA)
    satu = selectors.unggahan_satu(cakupan, oleh, unggahan_id)
    if satu.status not in (status or (Unggahan.Status.DIPERIKSA,)):
        raise Bentrok(BERUBAH_LAGI)
    return satu


def _putuskan(
    satu: Unggahan, status: Unggahan.Status, tindakan: str, oleh: Pengguna, rincian: dict[str, Any]
) -> Unggahan:
    satu.status, satu.diputus_pada = status, sekarang()
    satu.save(update_fields=["status", "diputus_pada", "hasil"])
    _catat(satu, tindakan, oleh, rincian)
    return satu


class _Pilihan(NamedTuple):
    """What the person decided beyond what is plainly right."""

    betul: frozenset[str]
    timpa: frozenset[str]
    buang: frozenset[str]

    def memuat(self, b: susun.Butiran, laporan: str) -> bool:
        """Whether this planned cell is to be saved."""
        if b.jenis == susun.HILANG:
            return f"{laporan}|{b.baris[0]}" in self.buang
        dipilih = {susun.TANYA: self.betul, susun.BENTROK: self.timpa}.get(b.jenis, frozenset())
        return b.jenis in susun.BENAR or f"{laporan}|{b.alamat}" in dipilih


class _Hasil:
    """What saving did, over all reports of one workbook."""

    def __init__(self) -> None:
        self.tersimpan = 0
        self.gagal: list[dict[str, str]] = []
        self.dilewati: list[str] = []

    def tambah(self, rinci: Mapping[str, Any], rencana: Rencana, hasil: HasilSimpan) -> int:
        tempat = {b.alamat: b for b in rencana.butir}
        n = len(hasil.tersimpan)
        self.tersimpan += n
        for alamat, isi in hasil.ditolak.items():
            self._gagal(rinci, tempat, alamat, isi["pesan"])
        for alamat, isi in hasil.konflik.items():
            pesan = f"{isi['oleh'] or 'Rekan Anda'} mengisi {isi['nilai'] or 'kosong'}. Isi berkas tidak disimpan."
            self._gagal(rinci, tempat, alamat, pesan)
        return n

    def _gagal(self, rinci: Mapping[str, Any], tempat: Mapping[str, susun.Butiran], alamat: str, pesan: str) -> None:
        b = tempat.get(alamat)
        label = b.label if b else alamat
        self.gagal.append({"upt": rinci["upt"], "label": label, "pesan": pesan.removeprefix(f"{label}: ")})

    def ke_json(self) -> dict[str, Any]:
        return {"tersimpan": self.tersimpan, "gagal": self.gagal, "dilewati": self.dilewati}


def _simpan_satu(
    rinci: Mapping[str, Any],
    pilihan: _Pilihan,
    hasil: _Hasil,
    oleh: Pengguna,
    cakupan: Cakupan,
    atas_nama: bool,
) -> int:
    """Save one report of the workbook; a report that was sent meanwhile is left alone and named."""
    rencana = Rencana.dari_json(rinci)
    dipilih = [b for b in rencana.butir if pilihan.memuat(b, rinci["id"])]
    if not dipilih:
        return 0
    sel = [b for b in dipilih if b.jenis not in (susun.HAPUS, susun.HILANG)]
    perubahan = [b.ke_perubahan(betul=True, timpa=b.jenis == susun.BENTROK) for b in sel]
    hapus = {b.baris: b.teks or {} for b in dipilih if b.jenis in (susun.HAPUS, susun.HILANG)}
    try:
        tersimpan = simpan_buku(
            laporan_id=UUID(rinci["id"]), perubahan=perubahan, baris=_baris_dipakai(rencana, sel),
            hapus=hapus, oleh=oleh, cakupan=cakupan, atas_nama=atas_nama,
        )  # fmt: skip
    except Bentrok:
        hasil.dilewati.append(f"{rinci['nama']}, {rinci['upt']}: laporannya sudah dikirim, jadi tidak diubah.")
        return 0
    except TidakDitemukan:  # the unit went to another region, or does not owe the form any more
        hasil.dilewati.append(f"{rinci['nama']}, {rinci['upt']}: laporannya tidak lagi termasuk tugas Anda.")
        return 0
    return hasil.tambah(rinci, rencana, tersimpan)


def _baris_dipakai(rencana: Rencana, dipilih: list[susun.Butiran]) -> dict[str, list[str]]:
    """New rows of which at least one cell is saved: a row of refused cells only is not added."""
    ada = {tuple(b.alamat.split("/")[:2]) for b in dipilih}
    return {d: [i for i in semua if (d, i) in ada] for d, semua in rencana.baris.items()}


def _kabari(satu: Unggahan, rinci: Mapping[str, Any], n: int, alasan: str) -> None:
    """The unit is told who typed for it, and why."""
    laporan = Laporan.objects.get(pk=rinci["id"])
    bulan = Bulan.pada(satu.bulan).nama
    teks = f"{satu.kanwil} mengisi {n} sel {rinci['nama']} {bulan} atas nama UPT: {alasan}. Periksa sebelum dikirim."
    Pemberitahuan.objects.create(
        untuk=Pemberitahuan.Untuk.UPT, upt_id=laporan.upt_id, kanwil_id=laporan.kanwil_id, laporan=laporan,
        dedup=f"unggahan:{satu.pk}:{laporan.pk}", teks=teks[:400],
    )  # fmt: skip


__all__ = ["batalkan_unggahan", "nama_bersih", "simpan_unggahan", "terima_kanwil", "terima_upt"]
