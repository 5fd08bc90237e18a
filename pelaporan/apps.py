from django.apps import AppConfig


class PelaporanConfig(AppConfig):
    name = "pelaporan"
    verbose_name = "Pelaporan"

    def ready(self) -> None:
        from pelaporan.halaman import tautan_laporan
        from pemasyarakatan.jejak.nama import daftarkan

        daftarkan("laporan", tautan_laporan)
