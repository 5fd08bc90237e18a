"""Transitions of a report. One transition is one transaction; what it promises is in PostgreSQL when it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max, Q

from pelaporan import notis
from pelaporan.alur import ALASAN_KEMBALI, LABEL_STATUS, TABEL, Aksi, Status, Transisi, transisi
from pelaporan.antrean.pegangan import akhiri, pastikan_bebas
from pelaporan.antrean.pembatalan import kolom_batal
from pelaporan.bendera import kolom_bendera
from pelaporan.catatan.kiriman import catat_langsung, kirim_tertunda
from pelaporan.idempotensi import jawab_sekali
from pelaporan.kanonik import sidik
from pelaporan.kelengkapan.ukur import sel_kosong
from pelaporan.konteks import isian_versi
from pelaporan.models import Draf, Kejadian, Kotor, Laporan, LaporanVersi, Periode, RiwayatIsian
from pelaporan.pembekuan import bekukan_laporan
from pelaporan.pengiriman.batas import batas_buka
from pelaporan.tenggat.penerapan import pembebasan_berlaku
from pelaporan.turunan import cap_terisi, terisi_sendiri
from pelaporan.urutan_kunci import kunci_sumber
from pemasyarakatan.akun.izin import boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import awal_hari, sekarang, tulis_tanggal, tulis_waktu
from pemasyarakatan.jejak.services import catat_baris
from pemasyarakatan.pekerjaan.isyarat import isyaratkan
from upt.cakupan import Cakupan
from upt.models import Penugasan

TEKS_MAKS = 2000


@dataclass(frozen=True)
class Perintah:
    """An act a person asks for. `revisi` is what the person saw; `kunci` makes a repeated request harmless.

    `diterima`: when the request reached the portal; that moment decides about lateness, however long the portal then
    takes. `sampai`: for reopening, the last day on which the unit may send again. `terisi`: the digest of what
    registers said on the page (`turunan.cap_terisi`), None for callers that show no page.
    """

    laporan_id: UUID
    aksi: Aksi
    revisi: int
    kunci: str
    alasan: str = ""
    teks: str = ""
    sel: Mapping[str, str] = field(default_factory=dict)
    disahkan: bool = False
    diterima: datetime | None = None
    sampai: date | None = None
    terisi: str | None = None

    def sidik(self) -> str:
        return sidik(
            [str(self.laporan_id), self.aksi.value, self.revisi, self.alasan, self.teks, dict(self.sel), self.disahkan]
            + ([self.sampai.isoformat()] if self.sampai else [])
        )


def jalankan(perintah: Perintah, *, oleh: Pengguna, cakupan: Cakupan) -> dict[str, Any]:
    """Carry out one row of the status table.

    Returns {"laporan", "status", "revisi", "versi", "nomor"?}. Raises TidakDitemukan (missing or foreign), Ditolak
    (no right), Bentrok (the state moved on), TidakSah (the content), KunciTerpakai (key reused for something else).
    """
    with transaction.atomic():
        return jawab_sekali(
            aktor=oleh,
            kunci=perintah.kunci,
            sidik=perintah.sidik(),
            kerjakan=lambda: laksanakan(perintah, oleh, cakupan),
        )


def laksanakan(perintah: Perintah, oleh: Pengguna, cakupan: Cakupan, massal: UUID | None = None) -> dict[str, Any]:
    """One transition inside the caller's transaction; who asks for several locks them in the order of their ids.

    `massal`: the act on many reports that this one is part of.
    """
    laporan = kunci_laporan(perintah.laporan_id, cakupan)
    if perintah.aksi in _MEMBEKUKAN:
        kunci_sumber([laporan])
    perintah = _mulai_dari_register(laporan, perintah, oleh)
    baris = _baris_tabel(laporan, perintah, oleh)
    versi_lama = laporan.versi_masuk
    nilai = _PENGAIT[perintah.aksi](laporan, perintah, oleh)
    sel = _catatan_tinjauan(laporan, perintah, oleh)
    _pindahkan(laporan, baris, nilai)
    versi = versi_lama if perintah.aksi == Aksi.TARIK else laporan.versi_masuk
    alasan, teks = perintah.alasan, perintah.teks
    catat_transisi(laporan, baris, oleh=oleh, versi=versi, alasan=alasan, teks=teks, sel=sel, massal=massal)
    if perintah.aksi in _MENGUBAH_ANGKA:
        tandai_kotor(laporan)
    notis.umumkan(laporan, perintah.aksi, catatan=len(sel))
    return _jawaban(laporan, perintah.aksi)


def _mulai_dari_register(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> Perintah:
    """A report that registers fill in needs no first typed cell: who declares it ready or sends it begins it, too.

    Returns the act with the revision that the report has then; unchanged where there is nothing to begin.
    """
    mulai = transisi(laporan.status, Aksi.ISI)
    baru = laporan.status == Status.BELUM and perintah.aksi in (Aksi.SIAPKAN, Aksi.KIRIM)
    if not baru or mulai is None or laporan.revisi != perintah.revisi or not boleh(oleh, mulai.izin, laporan):
        return perintah
    if not terisi_sendiri(laporan):
        return perintah
    pastikan_draf(laporan)
    _pindahkan(laporan, mulai, {})
    catat_transisi(laporan, mulai, oleh=oleh, versi=None)
    return replace(perintah, revisi=laporan.revisi)


def kunci_laporan(laporan_id: UUID, cakupan: Cakupan) -> Laporan:
    """The report, locked until the transaction ends; missing and foreign look the same."""
    laporan = (
        Laporan.objects.dalam(cakupan)
        .select_related("upt", "kanwil", "formulir", "formulir_versi")
        .select_for_update(of=("self",))
        .filter(pk=laporan_id)
        .first()
    )
    if laporan is None:
        raise TidakDitemukan("Laporan ini tidak ada, atau bukan dari unit Anda.")
    return laporan


def _baris_tabel(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> Transisi:
    """The row of the table for this act, after right, state and revision were checked, in that order."""
    if not any(boleh(oleh, b.izin, laporan) for b in TABEL if b.aksi == perintah.aksi):
        raise Ditolak(f"Peran Anda tidak boleh melakukan “{perintah.aksi}” pada laporan ini.")
    baris = transisi(laporan.status, perintah.aksi)
    if baris is None or laporan.revisi != perintah.revisi:
        raise _bentrok(laporan)
    if not boleh(oleh, baris.izin, laporan):
        raise Ditolak(f"Peran Anda tidak boleh melakukan “{perintah.aksi}” pada laporan berstatus ini.")
    return baris


def _bentrok(laporan: Laporan) -> Bentrok:
    akhir = _perubahan_akhir(laporan)
    siapa = f", terakhir oleh {akhir.oleh.nama}, {tulis_waktu(akhir.pada, laporan.upt.zona)}" if akhir else ""
    return Bentrok(
        f"Laporan ini sudah berubah: sekarang {LABEL_STATUS[Status(laporan.status)].lower()}{siapa}. "
        "Muat ulang halaman, lalu putuskan lagi. Tidak ada yang tersimpan dari tindakan tadi.",
        status=laporan.status,
        revisi=laporan.revisi,
    )


def _perubahan_akhir(laporan: Laporan) -> Kejadian | RiwayatIsian | None:
    """The newest transition or save: whoever was faster."""
    kejadian = laporan.kejadian.select_related("oleh").order_by("-urut").first()
    ketikan = laporan.riwayat_isian.select_related("oleh").order_by("-id").first()
    return max((x for x in (kejadian, ketikan) if x is not None), key=lambda x: x.pada, default=None)


def _pindahkan(laporan: Laporan, baris: Transisi, nilai: dict[str, Any]) -> None:
    """Compare-and-set on (id, status, revisi); zero rows means that somebody was faster."""
    cocok = Laporan.objects.filter(pk=laporan.pk, status=baris.dari, revisi=laporan.revisi)
    if not cocok.update(status=baris.ke, revisi=F("revisi") + 1, diubah_pada=sekarang(), **nilai):
        raise _bentrok(laporan)
    laporan.status, laporan.revisi = baris.ke.value, laporan.revisi + 1
    for nama, isi in nilai.items():
        setattr(laporan, nama, isi)


def susun_kejadian(
    laporan: Laporan, baris: Transisi, *, urut: int, versi: int | None, oleh: Pengguna, gelar: str, pada: datetime
) -> Kejadian:
    """The event of one row of the status table; not yet saved."""
    return Kejadian(
        laporan=laporan,
        urut=urut,
        upt_id=laporan.upt_id,
        kanwil_id=laporan.kanwil_id,
        aksi=baris.aksi,
        dari=baris.dari,
        ke=baris.ke,
        versi=versi,
        oleh=oleh,
        sebagai=gelar,
        pada=pada,
    )


def catat_transisi(
    laporan: Laporan,
    baris: Transisi,
    *,
    oleh: Pengguna,
    versi: int | None,
    alasan: str = "",
    teks: str = "",
    sel: Mapping[str, str] | None = None,
    gelar: str | None = None,
    massal: UUID | None = None,
) -> None:
    """Event and trail row of a transition that has just been made, in its own transaction.

    `gelar` replaces the capacity of the person where the portal acts on that person's earlier decision.
    """
    urut = (laporan.kejadian.aggregate(n=Max("urut"))["n"] or 0) + 1
    kejadian = susun_kejadian(
        laporan, baris, urut=urut, versi=versi, oleh=oleh, gelar=gelar or sebagai(oleh, laporan), pada=sekarang()
    )
    kejadian.alasan, kejadian.teks, kejadian.sel, kejadian.massal = alasan, teks, dict(sel or {}), massal
    kejadian.save(force_insert=True)
    catat_baris(
        laporan,
        oleh=oleh,
        tindakan=baris.aksi,
        rincian={
            "formulir": laporan.formulir_id,
            "bulan": laporan.periode.kode,
            "dari": baris.dari,
            "ke": baris.ke,
            "versi": versi,
            "urut": urut,
        },
    )


def sebagai(oleh: Pengguna, laporan: Laporan) -> str:
    """In which capacity this person acts on this report: 'Kepala UPT', 'Plt. Kepala UPT', ..."""
    for tugas in oleh.tugas_aktif():
        if isinstance(tugas, Penugasan) and tugas.mencakup(laporan):
            return tugas.gelar
    return ""


def tandai_kotor(laporan: Laporan) -> None:
    """Append the report's rollup key to the dirty log; hint the worker after the commit (the hint may be lost)."""
    Kotor.objects.create(kanwil_id=laporan.kanwil_id, bulan=laporan.bulan, formulir_id=laporan.formulir_id)
    transaction.on_commit(beri_isyarat, robust=True)


def beri_isyarat() -> None:
    """Nudge the worker. Without a broker the sweeper finds the dirty keys by itself."""
    isyaratkan("dasbor.proses_kotor")


def _jawaban(laporan: Laporan, aksi: Aksi) -> dict[str, Any]:
    jawaban: dict[str, Any] = {
        "laporan": str(laporan.pk),
        "status": laporan.status,
        "revisi": laporan.revisi,
        "versi": laporan.versi_masuk,
    }
    if aksi == Aksi.KIRIM:
        jawaban["nomor"] = nomor_versi(laporan, laporan.versi_masuk or 0)
    return jawaban


# What each act adds to the move. Each returns the columns to set together with the status. ------------------------


def _siapkan(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    _pastikan_seperti_terlihat(perintah, bekukan_laporan(laporan))  # TidakSah names every place that still blocks
    return {}


def _pastikan_seperti_terlihat(perintah: Perintah, isi: Mapping[str, Any]) -> None:
    """Registers may move on between the page and the press: nobody certifies figures that they have not seen."""
    if perintah.terisi is not None and perintah.terisi != cap_terisi(isi):
        raise Bentrok("Angka dari register berubah sejak halaman ini dibuka. Periksa sekali lagi, lalu lanjutkan.")


def _kirim(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    if not perintah.disahkan:
        raise TidakSah("Centang pernyataan pengesahan sebelum mengirim.", disahkan=True)
    kini = perintah.diterima or sekarang()
    _pastikan_bulan_dapat_dikirim(laporan)
    _pastikan_masih_dibuka(laporan, kini)
    isi = bekukan_laporan(laporan)
    _pastikan_seperti_terlihat(perintah, isi)
    _tolak_kiriman_sama(laporan, isi, perintah.teks)
    versi = (laporan.versi.aggregate(n=Max("versi"))["n"] or 0) + 1
    LaporanVersi.objects.create(
        laporan=laporan,
        versi=versi,
        upt_id=laporan.upt_id,
        kanwil_id=laporan.kanwil_id,
        bulan=laporan.bulan,
        formulir_id=laporan.formulir_id,
        formulir_versi_id=laporan.formulir_versi_id,
        isi=isi,
        sidik=sidik_versi(laporan, versi, isi),
        nomor=nomor_versi(laporan, versi),
        dibuat_oleh=oleh,
        sebagai=sebagai(oleh, laporan),
        dibuat_pada=kini,
    )
    terlambat = kini > laporan.tenggat if laporan.dikirim_pada is None else laporan.terlambat
    return {
        **kolom_bendera(laporan, isi, terlambat=terlambat),
        "versi_masuk": versi,
        "dikirim_pada": kini,
        "terlambat": terlambat,
        "dibuka_pada": None,
        "dibuka_oleh": None,
        "buka_sampai": None,
        "sel_kosong": sel_kosong(laporan.skema, isi),
        "dibebaskan": "",  # a waived report that is sent all the same counts like any other
    }


def _pastikan_bulan_dapat_dikirim(laporan: Laporan) -> None:
    """A closed month takes amendments of reopened reports only. The share lock makes closing wait for sending."""
    with connection.cursor() as kursor:
        kursor.execute("SELECT status FROM pelaporan_periode WHERE bulan = %s FOR SHARE", [laporan.bulan])
        baris = kursor.fetchone()
    kampanye = laporan.skema.kampanye
    if baris is None and not (kampanye is not None and kampanye.sekali):
        raise TidakSah(f"Bulan {laporan.periode.nama} belum dibuka untuk pelaporan.")
    if baris is not None and baris[0] == Periode.Status.DITUTUP and laporan.versi_masuk is None:
        raise Bentrok(f"Bulan {laporan.periode.nama} sudah ditutup oleh Pusat. Minta Kanwil membukanya kembali.")
    if sekarang() < awal_kirim(laporan):
        raise TidakSah(_terlalu_dini(laporan))


def _pastikan_masih_dibuka(laporan: Laporan, kini: datetime) -> None:
    """A reopened report locks by itself; the click counts, not the moment the portal gets to it."""
    if laporan.buka_sampai is not None and kini > laporan.buka_sampai:
        raise Bentrok(
            f"Laporan ini dibuka kembali sampai {tulis_waktu(laporan.buka_sampai, laporan.upt.zona)}, jadi tidak dapat "
            "dikirim lagi. Isian Anda tetap tersimpan; minta dibuka kembali bila masih perlu."
        )


def awal_kirim(laporan: Laporan) -> datetime:
    """A position at the end of a month cannot be sent before the month has ended, in the unit's own zone.

    A campaign that is reported once may be sent from its first day on.
    """
    kampanye = laporan.skema.kampanye
    if kampanye is not None and kampanye.sekali:
        return awal_hari(date.fromisoformat(kampanye.dari), laporan.upt.zona)
    return awal_hari((laporan.periode + 1).awal, laporan.upt.zona)


def _terlalu_dini(laporan: Laporan) -> str:
    kampanye = laporan.skema.kampanye
    if kampanye is not None and kampanye.sekali:
        mulai = tulis_tanggal(date.fromisoformat(kampanye.dari))
        return f"Laporan kampanye ini baru dapat dikirim mulai {mulai}."
    return f"Laporan {laporan.periode.nama} baru dapat dikirim setelah bulannya berakhir."


def _tolak_kiriman_sama(laporan: Laporan, isi: dict[str, Any], penjelasan: str) -> None:
    if laporan.versi_masuk is None or penjelasan.strip():
        return
    lama = laporan.versi.get(versi=laporan.versi_masuk)
    if isi_sama(lama.isi, isi):
        raise TidakSah(
            f"Tidak ada perubahan sejak versi {lama.versi}. Perbaiki isinya, atau tulis penjelasan mengapa tetap sama."
        )


def isi_sama(lama: Mapping[str, Any], isi: Mapping[str, Any]) -> bool:
    """The same content, whatever was answered to the checks and whichever records its figures were counted from."""
    polos = [{k: v for k, v in satu.items() if k not in ("tanggapan", "asal")} for satu in (lama, isi)]
    return sidik(polos[0]) == sidik(polos[1])


def nomor_versi(laporan: Laporan, versi: int) -> str:
    """Receipt number: LB-F06-2026-01-LAPAS-KELAS-IIA-AMBON-v1."""
    return f"LB-{laporan.formulir_id}-{laporan.periode.kode}-{laporan.upt.kode.upper()}-v{versi}"


def sidik_versi(laporan: Laporan, versi: int, isi: dict[str, Any]) -> str:
    """SHA-256 over what the version is of and what it says; anybody can recompute it from the row."""
    return sidik(
        {
            "bulan": laporan.periode.kode,
            "formulir": laporan.formulir_id,
            "isi": isi,
            "upt": laporan.upt.kode,
            "versi": versi,
        }
    )


def _tarik(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    if laporan.dibuka_pada is not None:
        siapa = laporan.dibuka_oleh.nama if laporan.dibuka_oleh else "peninjau"
        raise Bentrok(
            f"Laporan sudah dibuka {siapa}, {tulis_waktu(laporan.dibuka_pada, laporan.upt.zona)}, jadi tidak dapat "
            "ditarik. Hubungi Kanwil agar mengembalikannya."
        )
    sebelum = _versi_sebelum(laporan)
    if sebelum is None:
        bebas = pembebasan_berlaku(laporan)
        kosong = {"bendera": [], "risiko": 0, "sel_kosong": 0}
        return {**kosong, "versi_masuk": None, "dikirim_pada": None, "terlambat": False, "dibebaskan": bebas}
    # an amendment that is taken back is open again for the usual time, never for ever
    buka = batas_buka(laporan, None) if sebelum.versi == laporan.versi_sah else None
    return {
        **kolom_bendera(laporan, sebelum.isi, terlambat=laporan.terlambat),
        "versi_masuk": sebelum.versi,
        "dikirim_pada": sebelum.dibuat_pada,
        "sel_kosong": sel_kosong(laporan.skema, sebelum.isi),
        "buka_sampai": buka,
    }


def _versi_sebelum(laporan: Laporan) -> LaporanVersi | None:
    """The latest sent version that was not withdrawn, before the current one."""
    ditarik = laporan.kejadian.filter(aksi=Aksi.TARIK).values("versi")
    sisa = laporan.versi.filter(versi__lt=laporan.versi_masuk).exclude(versi__in=ditarik)
    return sisa.order_by("-versi").first()


def _kembalikan(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    pastikan_bebas(laporan, oleh)
    if perintah.alasan not in ALASAN_KEMBALI:
        raise TidakSah("Pilih alasan pengembalian.", alasan=True)
    teks_wajib(perintah.teks, "", boleh_kosong=True)  # required only where no cell has a note: _catatan_tinjauan
    asing = set(perintah.sel) - set(laporan.skema.butir) - set(laporan.skema.daftar)
    if asing:
        raise TidakSah("Catatan menunjuk butir yang tidak ada di formulir ini. Muat ulang halaman.")
    for teks in perintah.sel.values():
        teks_wajib(teks, "Catatan pada butir tidak boleh kosong.", boleh_kosong=True)
    akhiri(laporan)
    pastikan_draf(laporan)
    return {}


def _catatan_tinjauan(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> Mapping[str, str]:
    """Deciding sends the reviewer's pending remarks; the event keeps all notes on cells as they were sent."""
    if perintah.aksi not in (Aksi.KEMBALIKAN, Aksi.VERIFIKASI):
        return perintah.sel
    pada = sekarang()
    langsung = {kode: bersih for kode, teks in perintah.sel.items() if (bersih := teks.strip())}
    sel = kirim_tertunda(laporan, oleh=oleh, pada=pada)
    catat_langsung(laporan, langsung, oleh=oleh, sebagai=sebagai(oleh, laporan), pada=pada)
    for kode, teks in langsung.items():
        sel[kode] = f"{sel[kode]}\n{teks}" if kode in sel else teks
    if perintah.aksi == Aksi.KEMBALIKAN and not sel:
        teks_wajib(perintah.teks, "Tulis apa yang perlu diperbaiki, supaya UPT tahu langkahnya.")
    return sel


def _verifikasi(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    pastikan_bebas(laporan, oleh)
    if pembuat(laporan, oleh):
        raise Ditolak("Anda ikut mengisi atau mengirim laporan ini. Verifikasi harus dilakukan orang lain.")
    akhiri(laporan)
    return {"versi_sah": laporan.versi_masuk}


def _batal(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    return kolom_batal(laporan, oleh)


def pembuat(laporan: Laporan, orang: Pengguna) -> bool:
    """Did this person (by account or NIP) type or send any part of the report?"""
    diri = Q(oleh=orang) | (Q(oleh__nip=orang.nip) if orang.nip else Q())
    kirim = Q(dibuat_oleh=orang) | (Q(dibuat_oleh__nip=orang.nip) if orang.nip else Q())
    return (
        RiwayatIsian.objects.filter(diri, laporan=laporan).exists()
        or LaporanVersi.objects.filter(kirim, laporan=laporan).exists()
    )


def _kunci(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    return {}


def _buka(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    teks_wajib(perintah.teks, "Tulis alasan membuka kembali laporan ini.")
    laporan.permintaan_buka.filter(diputus_pada=None).update(
        diputus_oleh=oleh, diputus_pada=sekarang(), keputusan="dibuka", jawaban=perintah.teks
    )
    pastikan_draf(laporan)
    return {"buka_sampai": batas_buka(laporan, perintah.sampai)}


def _pulihkan(laporan: Laporan, perintah: Perintah, oleh: Pengguna) -> dict[str, Any]:
    """Back to the verified version; what was typed meanwhile stays in the draft."""
    if laporan.buka_sampai is None or laporan.versi_sah is None or laporan.versi_masuk != laporan.versi_sah:
        raise Bentrok("Laporan ini tidak sedang dibuka kembali, jadi tidak ada yang dipulihkan.")
    return {"buka_sampai": None}


def teks_wajib(teks: str, pesan: str, *, boleh_kosong: bool = False) -> str:
    try:
        bersih = bersihkan_teks(teks, TEKS_MAKS, baris_banyak=True)
    except GalatTeks as galat:
        raise TidakSah(galat.pesan, teks=True) from galat
    if not bersih and not boleh_kosong:
        raise TidakSah(pesan, teks=True)
    return bersih


_Pengait = Callable[[Laporan, Perintah, Pengguna], dict[str, Any]]
_PENGAIT: dict[Aksi, _Pengait] = {
    Aksi.SIAPKAN: _siapkan,
    Aksi.KIRIM: _kirim,
    Aksi.TARIK: _tarik,
    Aksi.KEMBALIKAN: _kembalikan,
    Aksi.VERIFIKASI: _verifikasi,
    Aksi.BATAL: _batal,
    Aksi.KUNCI: _kunci,
    Aksi.BUKA: _buka,
    Aksi.PULIHKAN: _pulihkan,
}
_MEMBEKUKAN = frozenset({Aksi.SIAPKAN, Aksi.KIRIM})
_MENGUBAH_ANGKA = frozenset({Aksi.KIRIM, Aksi.TARIK, Aksi.VERIFIKASI, Aksi.BATAL})


def tandai_dibuka(laporan: Laporan, *, oleh: Pengguna) -> None:
    """A reviewer has opened the sent version: from now on the unit cannot withdraw it."""
    berubah = Laporan.objects.filter(pk=laporan.pk, status=Status.DIKIRIM, dibuka_pada=None).update(
        dibuka_pada=sekarang(), dibuka_oleh=oleh
    )
    if berubah:
        catat_baris(laporan, oleh=oleh, tindakan="dibuka_peninjau", rincian={"versi": laporan.versi_masuk})


def pastikan_draf(laporan: Laporan) -> Draf:
    """The report's draft, locked; made on first use, from the latest sent version when there is one."""
    draf = Draf.objects.select_for_update().filter(laporan=laporan).first()
    if draf is not None:
        return draf
    versi = laporan.versi.select_related("dibuat_oleh").order_by("-versi").first()
    isi = draf_dari_versi(versi) if versi else {}
    baru = Draf(laporan=laporan, upt_id=laporan.upt_id, kanwil_id=laporan.kanwil_id, isi=isi)
    Draf.objects.bulk_create([baru], ignore_conflicts=True)
    return Draf.objects.select_for_update().get(laporan=laporan)


def draf_dari_versi(versi: LaporanVersi) -> dict[str, Any]:
    """A draft that says what a sent version says; each cell names the sender as its author. What registers had filled
    in was typed by nobody and stays theirs.
    """
    asal = {"v": 1, "o": versi.dibuat_oleh_id, "n": versi.dibuat_oleh.nama, "p": versi.dibuat_pada.isoformat()}
    terisi = versi.isi.get("asal", {})
    isian = {
        jenis: {k: x for k, x in isi.items() if k not in terisi}
        for jenis, isi in isian_versi(versi.formulir_versi.skema, versi.isi).ke_json().items()
    }
    for sel in [isian["sel"], *(baris["sel"] for semua in isian["daftar"].values() for baris in semua)]:
        for satu in sel.values():
            satu.update(asal)
    return {**isian, "tanggapan": versi.isi["tanggapan"]}
