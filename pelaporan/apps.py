from django.apps import AppConfig


class PelaporanConfig(AppConfig):
    name = "pelaporan"
    verbose_name = "Pelaporan"

    def ready(self) -> None:
        from pelaporan.halaman import tautan_laporan
        from pelaporan.register.invarian import daftarkan_janji
        from pemasyarakatan.akun.izin import Izin
        from pemasyarakatan.jejak.nama import daftarkan
        from pemasyarakatan.pekerjaan.registri import Jenis
        from pemasyarakatan.pekerjaan.registri import daftarkan as daftarkan_pekerjaan

        daftarkan("laporan", tautan_laporan)
        daftarkan_janji()
        daftarkan_pekerjaan(
            Jenis(
                "gladi_formulir",
                Izin.KELOLA_FORMULIR,
                "pelaporan.gladi_formulir",
                "pelaporan.terbit.gladi_jalan.kerjakan",
            )
        )
        impor = "pelaporan.register.impor_antre.kerjakan"
        daftarkan_pekerjaan(Jenis("impor_register", Izin.ISI_REGISTER, "pelaporan.impor_register", impor))
        for kode, izin in (("baca_buku", Izin.ISI_LAPORAN), ("baca_buku_kanwil", Izin.ISI_ATAS_NAMA)):
            daftarkan_pekerjaan(Jenis(kode, izin, "pelaporan.baca_buku", "pelaporan.buku.antre.kerjakan"))
