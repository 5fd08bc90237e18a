"""Every page, filled, empty, wrong, late and locked, at desk and phone size: axe finds nothing, nothing overflows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dasbor import agregasi
from pelaporan.services_isian import tambah_baris
from pemasyarakatan.akun.models import Pengguna
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from tests.peramban.conftest import MEJA, PONSEL, Orang
from upt.cakupan import Cakupan, terpasang

AMBON, MASOHI = "/laporan/lapas-kelas-iia-ambon/2026-01", "/laporan/rutan-kelas-iib-masohi/2026-01"

HALAMAN: dict[str, tuple[str, ...]] = {
    "": ("/masuk/", "/masuk/?next=/periode/"),
    "asing": ("/", "/akun/"),
    "operator_ambon": (
        "/?bulan=2026-01",
        "/upt/lapas-kelas-iia-ambon/?bulan=2025-12",
        f"{AMBON}/F01/",
        f"{AMBON}/F01/isi/penghuni/?periksa=1",
        f"{AMBON}/F01/isi/tindak_pidana/",
        f"{AMBON}/F01/kirim/",
        f"{AMBON}/F02/",
        f"{AMBON}/F02/isi/penghuni_masuk/",
        f"{AMBON}/F04/isi/kejadian_bulan_ini/?periksa=1",
        f"{AMBON}/F06/",
        f"{AMBON}/F06/isi/klaster_pangan/",
        f"{AMBON}/F06/versi/1/",
        f"{AMBON}/F06/tanda-terima/1/",
        "/dasbor/upt/lapas-kelas-iia-ambon/?bulan=2026-01",
        "/pangan/",
        "/pangan/lapas-kelas-iia-ambon/orang/",
        "/pangan/lapas-kelas-iia-ambon/asal/2026-01/",
        "/tidak-ada/",
    ),
    "kepala_masohi": (f"{MASOHI}/F06/", f"{MASOHI}/F06/kirim/", f"{MASOHI}/F01/kirim/", "/jejak/", "/organisasi/"),
    "verifikator_maluku": (
        "/verifikasi/",
        "/verifikasi/?formulir=F02&status=TERVERIFIKASI",
        f"{MASOHI}/F06/tinjau/",
        f"{MASOHI}/F06/tinjau/?tampil=semua",
        f"{AMBON}/F06/tinjau/",
        "/dasbor/kanwil/maluku/?bulan=2026-01",
    ),
    "kepala_maluku": ("/organisasi/lapas-kelas-iia-ambon/", f"{AMBON}/F02/", "/jejak/"),
    "peninjau": (
        "/dasbor/?bulan=2026-01",
        "/dasbor/?bulan=2025-06",
        "/dasbor/indikator/hunian/?bulan=2026-01",
        "/telusur/F06/wbp/?bulan=2026-01&wilayah=nasional",
        "/telusur/F06/lahan/?bulan=2026-01&wilayah=lapas-kelas-iia-ambon",
        "/dasbor/kinerja/?bulan=2026-01",
        "/pekerjaan/",
        "/periode/",
        "/akun/",
    ),
    "admin": ("/kelola/", "/kelola/akun/pengguna/", "/organisasi/"),
}


def _keadaan(d: Dunia) -> None:
    """One report in every state."""
    kirim(d.laporan(d.ambon), d.kepala_ambon)
    catatan = {"lahan_tidur": "Ukur ulang."}
    lakukan(d.laporan(d.ambon), "kembalikan", d.verifikator_maluku, alasan="lainnya", teks="Mohon cek.", sel=catatan)
    kirim(d.laporan(d.masohi), d.kepala_masohi)
    kirim(d.laporan(d.ambon, "F02"), d.kepala_ambon)
    lakukan(d.laporan(d.ambon, "F02"), "verifikasi", d.verifikator_maluku)
    kirim(d.laporan(d.masohi, "F02"), d.kepala_masohi)
    lakukan(d.laporan(d.masohi, "F02"), "verifikasi", d.verifikator_maluku)
    lakukan(d.laporan(d.masohi, "F02"), "kunci", d.peninjau)
    isi_penuh(d.laporan(d.ambon, "F01"), d.operator_ambon, {"isi_l": "1000"})
    orang = Pengguna.objects.get(pk=d.operator_ambon.pk)
    with terpasang(Cakupan(pengguna_id=orang.pk)):
        cakupan = Cakupan.dari(orang)
    with terpasang(cakupan):
        tambah_baris(laporan_id=d.laporan(d.ambon, "F04").pk, daftar="kejadian", oleh=orang, cakupan=cakupan)
    agregasi.proses_kotor()


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_setiap_halaman_rapi(orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int]) -> None:
    _keadaan(dunia_nyata)
    galat: list[str] = []
    for nama, semua in HALAMAN.items():
        siapa = orang(nama, ukuran)
        for jalur in semua:
            jawaban = siapa.halaman.goto(siapa.alamat + jalur)
            assert jawaban is not None
            siapa.galat = [g for g in siapa.galat if "404" not in g or "tidak-ada" not in jalur]
            if jawaban.status >= 500:
                galat.append(f"{nama} {jalur}: {jawaban.status}")
                continue
            try:
                siapa.periksa_rapi()
            except AssertionError as g:
                galat.append(f"{nama} {jalur} ({jawaban.status}): {str(g)[:600]}")
                siapa.galat.clear()
    assert not galat, "\n".join(galat)
