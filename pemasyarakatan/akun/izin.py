"""Rights are code: one enum of permissions, one class per role, one question `boleh(...)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Protocol


class Izin(StrEnum):
    """Everything somebody may be allowed to do. The value is a stable code, never shown."""

    ISI_LAPORAN = "isi_laporan"
    SIAPKAN_LAPORAN = "siapkan_laporan"
    KIRIM_LAPORAN = "kirim_laporan"
    TARIK_LAPORAN = "tarik_laporan"
    MINTA_BUKA = "minta_buka"
    LIHAT_LAPORAN = "lihat_laporan"
    TINJAU_LAPORAN = "tinjau_laporan"
    VERIFIKASI_LAPORAN = "verifikasi_laporan"
    KEMBALIKAN_LAPORAN = "kembalikan_laporan"
    BUKA_LAPORAN = "buka_laporan"
    BUKA_TERKUNCI = "buka_terkunci"
    KUNCI_LAPORAN = "kunci_laporan"
    ISI_ATAS_NAMA = "isi_atas_nama"
    BEBASKAN_KEWAJIBAN = "bebaskan_kewajiban"
    KIRIM_REKAP = "kirim_rekap"
    LIHAT_REGISTER = "lihat_register"
    ISI_REGISTER = "isi_register"
    LIHAT_WARGA = "lihat_warga"
    ISI_WARGA = "isi_warga"
    BUKA_NAMA = "buka_nama"
    LIHAT_AKSES = "lihat_akses"
    LIHAT_TOTAL = "lihat_total"
    LIHAT_USULAN = "lihat_usulan"
    SUSUN_USULAN = "susun_usulan"
    AJUKAN_USULAN = "ajukan_usulan"
    VERIFIKASI_USULAN = "verifikasi_usulan"
    PUTUS_USULAN = "putus_usulan"
    KELOLA_RILIS = "kelola_rilis"
    KELOLA_ATURAN = "kelola_aturan"
    KELOLA_PAMERAN = "kelola_pameran"
    GABUNG_JENIS = "gabung_jenis"
    KELOLA_PERIODE = "kelola_periode"
    LIHAT_DASBOR = "lihat_dasbor"
    BUAT_LAPORAN_KINERJA = "buat_laporan_kinerja"
    LIHAT_JEJAK = "lihat_jejak"
    TUNJUK_PELAKSANA = "tunjuk_pelaksana"
    KELOLA_PENGGUNA = "kelola_pengguna"
    KELOLA_ORGANISASI = "kelola_organisasi"
    KELOLA_FORMULIR = "kelola_formulir"
    LIHAT_RANCANGAN = "lihat_rancangan"
    PAKAI_API = "pakai_api"


@dataclass(frozen=True)
class Kuasa:
    """A permission together with the sentence that explains it to people."""

    izin: Izin
    kalimat: str


class Peran:
    """Base of all roles. `tingkat` says what a Penugasan of this role points at: upt, kanwil or nasional."""

    kode: ClassVar[str]
    label: ClassVar[str]
    tingkat: ClassVar[str]
    kuasa: ClassVar[tuple[Kuasa, ...]]

    @classmethod
    def izin(cls) -> frozenset[Izin]:
        return frozenset(kuasa.izin for kuasa in cls.kuasa)


_PAMERAN = Kuasa(Izin.KELOLA_PAMERAN, "Mendaftarkan pameran yang diikuti unit-unit.")
_WARGA = Kuasa(Izin.LIHAT_WARGA, "Membaca catatan register tentang seorang warga binaan, tanpa nama.")
_NAMA = Kuasa(Izin.BUKA_NAMA, "Membuka nama dan nomor register seorang warga binaan, dengan alasan yang dicatat.")
_AKSES = Kuasa(Izin.LIHAT_AKSES, "Membaca siapa yang pernah membuka nama seorang warga binaan.")
_BACA_JUMLAH = (
    Kuasa(Izin.LIHAT_TOTAL, "Membaca jumlah remisi, ramalan keluar, dan aturan; angka kecil ditutup bagi luar."),
    Kuasa(Izin.LIHAT_LAPORAN, "Membaca laporan dan semua versinya."),
    Kuasa(Izin.LIHAT_DASBOR, "Membuka dasbor dan menelusuri angka sampai asalnya."),
    Kuasa(Izin.LIHAT_REGISTER, "Membaca register pangan dan UMKM beserta riwayatnya, dan katalog produk."),
    Kuasa(Izin.PAKAI_API, "Mengambil data lewat API dengan token sendiri."),
)
_BACA_UNIT = (
    Kuasa(Izin.LIHAT_USULAN, "Membaca usulan remisi dan integrasi; orangnya tampil dengan inisial."),
    *_BACA_JUMLAH,
)
_ISI = (
    Kuasa(Izin.ISI_LAPORAN, "Mengisi draf laporan unitnya."),
    Kuasa(Izin.ISI_REGISTER, "Mencatat lahan, panen, produk, dan penjualan unitnya."),
    _WARGA,
    _NAMA,
    Kuasa(Izin.ISI_WARGA, "Mencatat dan mengimpor register warga binaan unitnya."),
    Kuasa(Izin.SUSUN_USULAN, "Menghitung calon penerima, menyusun usulan, dan mencatat sidang TPP."),
    _PAMERAN,
    Kuasa(Izin.SIAPKAN_LAPORAN, "Menandai laporan siap diperiksa kepala."),
    Kuasa(Izin.MINTA_BUKA, "Meminta laporan yang sudah diverifikasi dibuka kembali."),
)
_TINJAU = (
    Kuasa(Izin.TINJAU_LAPORAN, "Membuka laporan terkirim untuk ditinjau."),
    Kuasa(Izin.VERIFIKASI_LAPORAN, "Memverifikasi laporan UPT di wilayahnya."),
    Kuasa(Izin.KEMBALIKAN_LAPORAN, "Mengembalikan laporan dengan alasan dan catatan."),
    Kuasa(Izin.VERIFIKASI_USULAN, "Memverifikasi atau mengembalikan usulan remisi dan integrasi di wilayahnya."),
    _NAMA,
    _PAMERAN,
    Kuasa(Izin.ISI_ATAS_NAMA, "Mengisi draf atas nama UPT yang tidak tersambung; Kepala UPT tetap yang mengirim."),
)


class OperatorUPT(Peran):
    kode, label, tingkat = "operator_upt", "Operator UPT", "upt"
    kuasa = (*_ISI, *_BACA_UNIT)


class KepalaUPT(Peran):
    kode, label, tingkat = "kepala_upt", "Kepala UPT", "upt"
    kuasa = (
        *_ISI,
        *_BACA_UNIT,
        Kuasa(Izin.AJUKAN_USULAN, "Mengajukan usulan remisi dan integrasi unitnya, dan memutus CMK."),
        _AKSES,
        Kuasa(Izin.KIRIM_LAPORAN, "Mengesahkan dan mengirim laporan unitnya."),
        Kuasa(Izin.TARIK_LAPORAN, "Menarik laporan yang belum dibuka peninjau."),
        Kuasa(Izin.LIHAT_JEJAK, "Membaca jejak perubahan unitnya."),
    )


class VerifikatorKanwil(Peran):
    kode, label, tingkat = "verifikator_kanwil", "Verifikator Kanwil", "kanwil"
    kuasa = (*_TINJAU, *_BACA_UNIT)


class KepalaKanwil(Peran):
    kode, label, tingkat = "kepala_kanwil", "Kepala Kanwil", "kanwil"
    kuasa = (
        *_TINJAU,
        *_BACA_UNIT,
        Kuasa(Izin.BUKA_LAPORAN, "Membuka kembali laporan terverifikasi atas permintaan UPT."),
        Kuasa(Izin.BEBASKAN_KEWAJIBAN, "Membebaskan UPT dari satu formulir untuk waktu tertentu, dengan alasan."),
        Kuasa(Izin.KIRIM_REKAP, "Menyusun dan mengirim rekap wilayah."),
        Kuasa(Izin.TUNJUK_PELAKSANA, "Menunjuk Plt atau Plh untuk waktu tertentu."),
        Kuasa(Izin.LIHAT_JEJAK, "Membaca jejak perubahan di wilayahnya."),
    )


class PeninjauPusat(Peran):
    kode, label, tingkat = "peninjau_pusat", "Peninjau Pusat", "nasional"
    kuasa = (
        *_BACA_UNIT,
        Kuasa(Izin.KUNCI_LAPORAN, "Mengunci laporan terverifikasi ketika bulan ditutup."),
        Kuasa(Izin.BUKA_LAPORAN, "Membuka kembali laporan terverifikasi."),
        Kuasa(Izin.BUKA_TERKUNCI, "Membuka kembali laporan yang terkunci."),
        _PAMERAN,
        Kuasa(Izin.PUTUS_USULAN, "Memverifikasi usulan di Ditjenpas, mencatat keputusan, dan mencabutnya."),
        Kuasa(Izin.KELOLA_RILIS, "Mencatat angka nasional yang sudah disiarkan beserta sumbernya."),
        Kuasa(Izin.GABUNG_JENIS, "Menggabungkan nama jenis produk yang sama."),
        Kuasa(Izin.KELOLA_PERIODE, "Membuka dan menutup bulan pelaporan, dan memindahkan tenggatnya."),
        Kuasa(Izin.BEBASKAN_KEWAJIBAN, "Membebaskan UPT dari satu formulir untuk waktu tertentu, dengan alasan."),
        Kuasa(Izin.BUAT_LAPORAN_KINERJA, "Menyusun laporan kinerja nasional."),
        Kuasa(Izin.LIHAT_RANCANGAN, "Membaca rancangan formulir dan hasil gladinya."),
        Kuasa(Izin.LIHAT_JEJAK, "Membaca jejak perubahan secara nasional."),
    )


class Pimpinan(Peran):
    kode, label, tingkat = "pimpinan", "Pimpinan", "nasional"
    kuasa = (
        *_BACA_JUMLAH,
        Kuasa(Izin.BUAT_LAPORAN_KINERJA, "Menyusun laporan kinerja nasional."),
    )


class Auditor(Peran):
    kode, label, tingkat = "auditor", "Auditor", "nasional"
    kuasa = (*_BACA_UNIT, _WARGA, _NAMA, _AKSES, Kuasa(Izin.LIHAT_JEJAK, "Membaca semua jejak perubahan dan akses."))


class Admin(Peran):
    kode, label, tingkat = "admin", "Admin aplikasi", "nasional"
    kuasa = (
        Kuasa(Izin.KELOLA_PENGGUNA, "Mengelola pengguna dan penugasan."),
        Kuasa(Izin.KELOLA_ORGANISASI, "Mengelola Kanwil, UPT, dan kapasitas."),
        Kuasa(Izin.KELOLA_FORMULIR, "Menyusun, mencoba, dan menerbitkan formulir."),
        Kuasa(Izin.LIHAT_RANCANGAN, "Membaca rancangan formulir dan hasil gladinya, tanpa angka UPT."),
        Kuasa(Izin.KELOLA_PERIODE, "Membuka bulan pelaporan."),
        Kuasa(Izin.KELOLA_ATURAN, "Menyusun, mencoba, dan menetapkan aturan remisi dan integrasi."),
    )


PERAN: dict[str, type[Peran]] = {
    peran.kode: peran
    for peran in (
        OperatorUPT,
        KepalaUPT,
        VerifikatorKanwil,
        KepalaKanwil,
        PeninjauPusat,
        Pimpinan,
        Auditor,
        Admin,
    )
}


class Tugas(Protocol):
    """What `boleh` needs to know about an assignment; `upt.models.Penugasan` is one."""

    peran: str

    def mencakup(self, objek: Any) -> bool: ...


class Bertugas(Protocol):
    def tugas_aktif(self) -> Iterable[Tugas]: ...


def boleh(pengguna: Any, izin: Izin, objek: Any = None) -> bool:
    """May this person do `izin`, here and now? `objek` is a row with `upt_id`/`kanwil_id`, or None for "anywhere".

    Anonymous people, people without an assignment, and unknown roles may nothing.
    """
    if not getattr(pengguna, "is_authenticated", False) or not pengguna.is_active:
        return False
    return any(
        izin in PERAN[tugas.peran].izin() and (objek is None or tugas.mencakup(objek))
        for tugas in pengguna.tugas_aktif()
        if tugas.peran in PERAN
    )
