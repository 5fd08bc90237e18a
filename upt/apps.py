from django.apps import AppConfig


class UptConfig(AppConfig):
    name = "upt"
    verbose_name = "Organisasi"

    def ready(self) -> None:
        from pemasyarakatan.jejak.nama import daftarkan
        from upt.selectors import tautan_kanwil, tautan_upt

        daftarkan("upt", tautan_upt)
        daftarkan("kanwil", tautan_kanwil)
