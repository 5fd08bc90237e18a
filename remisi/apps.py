from collections.abc import Callable

from django.apps import AppConfig


def _isi_contoh(kabar: Callable[[str], None]) -> None:
    """Invented cases are judged with numpy: it is read when they are made, not by every process that starts."""
    from remisi.contoh.muat import isi_contoh

    isi_contoh(kabar)


class RemisiConfig(AppConfig):
    name = "remisi"
    verbose_name = "Remisi dan integrasi"

    def ready(self) -> None:
        import remisi.turunan  # noqa: F401  figures for F03, and the register's lock
        from pelaporan.register import contoh
        from pemasyarakatan.akun.izin import Izin
        from pemasyarakatan.pekerjaan import registri
        from remisi import kesempatan
        from remisi.integrasi import penilai as integrasi
        from remisi.invarian import daftarkan_janji
        from remisi.models import Usulan
        from remisi.usulan import penilai, pindah
        from wbp import serah, simpan

        penilai.daftarkan(Usulan.Rumpun.REMISI, "remisi.usulan.penilai_remisi.nilai_remisi")
        kesempatan.saat_pindah.append(pindah.kesempatan_pindah)
        serah.saat_pindah.append(pindah.orang_pindah)
        serah.saat_gabung.append(pindah.orang_digabung)
        simpan.saat_musnah.append(pindah.orang_dimusnahkan)
        integrasi.daftarkan()
        daftarkan_janji()
        gladi = "remisi.atur.gladi_massal.kerjakan"
        hitung = "remisi.calon.tugas.kerjakan"
        registri.daftarkan(registri.Jenis("hitung_calon", Izin.PUTUS_USULAN, "remisi.hitung_calon", hitung))
        registri.daftarkan(registri.Jenis("gladi_aturan", Izin.KELOLA_ATURAN, "remisi.gladi_aturan", gladi))
        contoh.daftarkan("remisi", _isi_contoh)
