"""The life of a report: one table. Code reads it, `docs/alur-laporan.md` shows it, a test walks every pair of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pemasyarakatan.akun.izin import Izin


class Status(StrEnum):
    BELUM = "BELUM"
    DRAF = "DRAF"
    SIAP = "SIAP"
    DIKIRIM = "DIKIRIM"
    DIKEMBALIKAN = "DIKEMBALIKAN"
    TERVERIFIKASI = "TERVERIFIKASI"
    TERKUNCI = "TERKUNCI"


LABEL_STATUS = {
    Status.BELUM: "Belum mulai",
    Status.DRAF: "Draf",
    Status.SIAP: "Siap dikirim",
    Status.DIKIRIM: "Dikirim",
    Status.DIKEMBALIKAN: "Perlu perbaikan",
    Status.TERVERIFIKASI: "Terverifikasi",
    Status.TERKUNCI: "Terkunci",
}

PILIHAN_STATUS = tuple((status.value, label) for status, label in LABEL_STATUS.items())

GILIRAN = {
    Status.BELUM: "UPT mengisi",
    Status.DRAF: "UPT mengisi",
    Status.SIAP: "Kepala UPT mengirim",
    Status.DIKIRIM: "Kanwil memverifikasi",
    Status.DIKEMBALIKAN: "UPT memperbaiki",
    Status.TERVERIFIKASI: "selesai; Pusat mengunci ketika bulan ditutup",
    Status.TERKUNCI: "selesai",
}


class Aksi(StrEnum):
    ISI = "isi"
    SIAPKAN = "siapkan"
    KIRIM = "kirim"
    TARIK = "tarik"
    KEMBALIKAN = "kembalikan"
    VERIFIKASI = "verifikasi"
    KUNCI = "kunci"
    BUKA = "buka"
    BATAL = "batal"
    PULIHKAN = "pulihkan"


@dataclass(frozen=True)
class Transisi:
    """One row of the table. `izin` is what the person needs for the report's unit."""

    dari: Status
    aksi: Aksi
    ke: Status
    izin: Izin
    catatan: str


TABEL: tuple[Transisi, ...] = (
    Transisi(Status.BELUM, Aksi.ISI, Status.DRAF, Izin.ISI_LAPORAN, "sel pertama disimpan"),
    Transisi(Status.DRAF, Aksi.ISI, Status.DRAF, Izin.ISI_LAPORAN, "versi per sel; bulan lalu di sampingnya"),
    Transisi(Status.SIAP, Aksi.ISI, Status.DRAF, Izin.ISI_LAPORAN, "perubahan membatalkan tanda siap"),
    Transisi(Status.DIKEMBALIKAN, Aksi.ISI, Status.DIKEMBALIKAN, Izin.ISI_LAPORAN, "memperbaiki sesuai catatan"),
    Transisi(Status.DRAF, Aksi.SIAPKAN, Status.SIAP, Izin.SIAPKAN_LAPORAN, "tanpa galat, setiap tanya terjawab"),
    Transisi(
        Status.DIKEMBALIKAN, Aksi.SIAPKAN, Status.SIAP, Izin.SIAPKAN_LAPORAN, "tanpa galat, setiap tanya terjawab"
    ),
    Transisi(Status.DRAF, Aksi.KIRIM, Status.DIKIRIM, Izin.KIRIM_LAPORAN, "disahkan; versi baru dan tanda terima"),
    Transisi(Status.SIAP, Aksi.KIRIM, Status.DIKIRIM, Izin.KIRIM_LAPORAN, "disahkan; versi baru dan tanda terima"),
    Transisi(
        Status.DIKEMBALIKAN, Aksi.KIRIM, Status.DIKIRIM, Izin.KIRIM_LAPORAN, "disahkan; versi baru dan tanda terima"
    ),
    Transisi(Status.DIKIRIM, Aksi.TARIK, Status.DRAF, Izin.TARIK_LAPORAN, "hanya sebelum peninjau membukanya"),
    Transisi(
        Status.DIKIRIM,
        Aksi.KEMBALIKAN,
        Status.DIKEMBALIKAN,
        Izin.KEMBALIKAN_LAPORAN,
        "alasan berkode, teks, dan selnya",
    ),
    Transisi(
        Status.DIKIRIM, Aksi.VERIFIKASI, Status.TERVERIFIKASI, Izin.VERIFIKASI_LAPORAN, "pembuatnya tidak memverifikasi"
    ),
    Transisi(
        Status.TERVERIFIKASI,
        Aksi.BATAL,
        Status.DIKIRIM,
        Izin.VERIFIKASI_LAPORAN,
        "hanya oleh yang memverifikasi, sebentar setelahnya",
    ),
    Transisi(Status.TERVERIFIKASI, Aksi.KUNCI, Status.TERKUNCI, Izin.KUNCI_LAPORAN, "ketika bulan ditutup"),
    Transisi(
        Status.TERVERIFIKASI,
        Aksi.BUKA,
        Status.DIKEMBALIKAN,
        Izin.BUKA_LAPORAN,
        "atas permintaan; versi lama tetap dihitung",
    ),
    Transisi(
        Status.TERKUNCI,
        Aksi.BUKA,
        Status.DIKEMBALIKAN,
        Izin.BUKA_TERKUNCI,
        "atas permintaan; versi lama tetap dihitung",
    ),
    *(
        Transisi(
            dari,
            Aksi.PULIHKAN,
            Status.TERVERIFIKASI,
            Izin.BUKA_LAPORAN,
            "hanya yang dibuka kembali; oleh portal ketika batasnya lewat",
        )
        for dari in (Status.DIKEMBALIKAN, Status.DRAF, Status.SIAP)
    ),
)

_INDEKS = {(baris.dari, baris.aksi): baris for baris in TABEL}

ALASAN_KEMBALI = {
    "angka_tidak_wajar": "Angka di luar kebiasaan, mohon diperiksa",
    "tidak_cocok": "Tidak cocok dengan dokumen atau laporan lain",
    "belum_lengkap": "Belum lengkap",
    "salah_satuan": "Salah satuan atau salah baca",
    "lainnya": "Lainnya",
}


def transisi(dari: Status | str, aksi: Aksi) -> Transisi | None:
    """The row for this pair, or None when the pair is not allowed."""
    return _INDEKS.get((Status(dari), aksi))


def dapat_diisi(status: Status | str) -> bool:
    return transisi(status, Aksi.ISI) is not None


def tabel_markdown() -> str:
    """The table as documentation; `docs/alur-laporan.md` must contain exactly this."""
    kepala = "| Dari | Aksi | Ke | Izin | Catatan |\n|---|---|---|---|---|\n"
    baris = (f"| {b.dari} | {b.aksi} | {b.ke} | `{b.izin}` | {b.catatan} |\n" for b in TABEL)
    return kepala + "".join(baris)
