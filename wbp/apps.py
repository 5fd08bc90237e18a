from django.apps import AppConfig


class WbpConfig(AppConfig):
    name = "wbp"
    verbose_name = "Warga binaan"

    def ready(self) -> None:
        from pelaporan.register import contoh
        from pemasyarakatan.akun.izin import Izin
        from pemasyarakatan.pekerjaan.registri import Jenis, daftarkan
        from wbp.contoh.muat import isi_contoh

        daftarkan(Jenis("impor_sdp", Izin.ISI_WARGA, "wbp.impor_sdp", "wbp.sdp.antre.kerjakan"))
        contoh.daftarkan("wbp", isi_contoh)
