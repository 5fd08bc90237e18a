"""Filters of the trail page."""

from __future__ import annotations

from django import forms

from pemasyarakatan.inti.bidang import FormPortal, bidang_tanggal
from pemasyarakatan.jejak.selectors import SaringanJejak

TINDAKAN: dict[str, str] = {
    "isi": "Mulai mengisi laporan",
    "siapkan": "Menandai laporan siap",
    "kirim": "Mengirim laporan",
    "tarik": "Menarik laporan",
    "dibuka_peninjau": "Membuka laporan untuk ditinjau",
    "bagian_ditinjau": "Menandai bagian sudah ditinjau",
    "bagian_belum_ditinjau": "Membatalkan tanda bagian",
    "bendera_wajar": "Menyatakan bendera wajar",
    "bendera_wajar_batal": "Membatalkan tanda wajar",
    "kembalikan": "Mengembalikan laporan",
    "verifikasi": "Memverifikasi laporan",
    "verifikasi_massal": "Memverifikasi sekaligus",
    "batal_massal": "Membatalkan verifikasi sekaligus",
    "batal": "Membatalkan verifikasi",
    "ambil_alih_tinjauan": "Mengambil alih tinjauan",
    "catatan_ditulis": "Menulis catatan",
    "catatan_dihapus": "Menghapus catatan",
    "catatan_selesai": "Menyelesaikan catatan",
    "lampiran_ditambah": "Menambah bukti",
    "lampiran_dihapus": "Menghapus bukti",
    "lampiran_ditolak": "Bukti ditolak pemeriksaan",
    "unggah_excel": "Mengunggah Excel",
    "baca_excel": "Membaca Excel di latar",
    "simpan_excel": "Menyimpan isi Excel",
    "batal_excel": "Membatalkan unggahan Excel",
    "unggahan_ditolak": "Unggahan ditolak pemeriksaan",
    "kunci": "Mengunci laporan",
    "minta_buka": "Meminta laporan dibuka kembali",
    "tolak_buka": "Menolak permintaan buka",
    "buka": "Membuka kembali laporan",
    "pulihkan": "Menutup lagi laporan yang dibuka",
    "kirim_rekap": "Mengirim rekap wilayah",
    "tagih": "Menagih UPT",
    "bebaskan_kewajiban": "Membebaskan kewajiban",
    "cabut_pembebasan": "Mencabut pembebasan",
    "pindah_tenggat": "Memindahkan tenggat",
    "tambah_libur": "Menambah hari libur",
    "hapus_libur": "Menghapus hari libur",
    "buka_periode": "Membuka bulan",
    "tutup_periode": "Menutup bulan",
    "buka_lagi_periode": "Membuka lagi bulan",
    "terbit_formulir": "Menerbitkan formulir",
    "cabut_formulir": "Mencabut versi formulir",
    "unggah_formulir": "Menyimpan rancangan formulir",
    "buang_formulir": "Membuang rancangan formulir",
    "muat_libur": "Memuat hari libur",
    "impor_daftar_upt": "Mengimpor daftar UPT",
    "impor_upt_baru": "Mengimpor UPT baru",
    "minta_pekerjaan": "Meminta pekerjaan",
    "batal_pekerjaan": "Membatalkan pekerjaan",
    "unduh_berkas": "Mengunduh berkas",
    "tunjuk_pelaksana": "Menunjuk Plt atau Plh",
    "cabut_penugasan": "Mencabut penugasan",
    "atur_pengingat": "Mengatur pengingat",
    "buat_kalender": "Membuat alamat kalender",
    "ulangi_surat": "Mengirim ulang surat",
    "atur_sandi": "Mengatur kata sandi",
    "buat_tautan_sandi": "Membuat tautan kata sandi",
    "ganti_sandi": "Mengganti kata sandi",
    "buat_token": "Membuat token API",
    "cabut_token": "Mencabut token API",
    "rilis_dicatat": "Mencatat angka rilis",
    "rilis_diperbaiki": "Memperbaiki angka rilis",
    "rilis_dimuat": "Memuat angka rilis bawaan",
}
"""Known acts in words; an act that is not here is shown by its code."""


class FormJejak(FormPortal):
    tindakan = forms.ChoiceField(required=False, label="Tindakan", choices=[("", "Semua tindakan"), *TINDAKAN.items()])
    pelaku = forms.CharField(required=False, label="Pelaku", max_length=120)
    dari = bidang_tanggal("Dari tanggal")
    sampai = bidang_tanggal("Sampai tanggal")
    objek = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    sebelum = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def saringan(self) -> SaringanJejak:
        """What was chosen; fields with a mistake are left out, and the page says so."""
        self.is_valid()
        baik = self.cleaned_data
        return SaringanJejak(
            tindakan=baik.get("tindakan", ""),
            pelaku=baik.get("pelaku", ""),
            objek_id=baik.get("objek", ""),
            dari=baik.get("dari"),
            sampai=baik.get("sampai"),
            sebelum=baik.get("sebelum"),
        )
