from django.apps import AppConfig


class UmkmConfig(AppConfig):
    name = "umkm"
    verbose_name = "UMKM"

    def ready(self) -> None:
        import umkm.jenis
        import umkm.turunan  # noqa: F401  kinds of rows; figures for F07
        from pelaporan.register import contoh
        from umkm.contoh.muat import isi_contoh
        from umkm.invarian import daftarkan_janji
        from umkm.katalog.proyeksi import ikuti_unit

        daftarkan_janji()
        contoh.daftarkan("umkm", isi_contoh)
        ikuti_unit()
