from django.apps import AppConfig


class DasborConfig(AppConfig):
    name = "dasbor"
    verbose_name = "Dasbor"

    def ready(self) -> None:
        from pemasyarakatan.akun.izin import Izin
        from pemasyarakatan.pekerjaan.registri import Jenis, daftarkan

        daftarkan(
            Jenis(
                kode="laporan_kinerja",
                izin=Izin.BUAT_LAPORAN_KINERJA,
                tugas="dasbor.susun_laporan_kinerja",
                isi="dasbor.kinerja.susun.susun",
            )
        )
