from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig


class DasborConfig(AppConfig):
    name = "dasbor"
    verbose_name = "Dasbor"

    def ready(self) -> None:
        from pelaporan import rujukan
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
        rujukan.daftarkan("dasbor", _butir_dasbor)


def _butir_dasbor() -> Iterator[tuple[str, str, str]]:
    """(form, item, what uses it): indicators and the figures that dashboards are built of."""
    from dasbor.indikator import semua

    for indikator in semua().values():
        for formulir, kode in sorted(indikator.acuan):
            yield formulir, kode, f"indikator {indikator.nama}"
    yield from _angka_dasbor()


def _angka_dasbor() -> Iterator[tuple[str, str, str]]:
    from dasbor.halaman import ANGKA_UTAMA, DAMPAK, GANGGUAN, KLASTER, TOTAL_KLASTER, UKURAN

    for formulir, kode in ANGKA_UTAMA:
        yield formulir, kode, "angka utama dasbor"
    for kode in (*GANGGUAN, *DAMPAK):
        yield "F04", kode, "bagian keamanan di dasbor"
    for kode in (*(f"klaster_{k}_{u}" for k in KLASTER for u in UKURAN), *TOTAL_KLASTER.values()):
        yield "F06", kode, "bagian ketahanan pangan di dasbor"
