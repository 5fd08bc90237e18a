from django.apps import AppConfig


class PanganConfig(AppConfig):
    name = "pangan"
    verbose_name = "Ketahanan pangan"

    def ready(self) -> None:
        import pangan.jenis
        import pangan.turunan  # noqa: F401  kinds of rows, figures of forms
        from pangan.contoh.muat import isi_contoh
        from pangan.invarian import daftarkan_janji
        from pelaporan.register import contoh

        daftarkan_janji()
        contoh.daftarkan("pangan", isi_contoh)
