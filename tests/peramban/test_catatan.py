"""Evidence and threads in a real browser, at both sizes and without a script: axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pelaporan.catatan.services import tulis_komentar
from tests.dunia import Dunia, kirim, lakukan
from tests.pelaporan.bahan_berkas import foto
from tests.pelaporan.bantu import sebagai_orang
from tests.peramban.conftest import MEJA, PONSEL, Orang, bersih

AMBON, SEL = "/laporan/lapas-kelas-iia-ambon/2026-01/F06", "lahan_tidur"


@pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
def test_unggah_dan_hapus_bukti(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], tmp_path: Path
) -> None:
    (tmp_path / "kebun.jpg").write_bytes(foto(ukuran=(1800, 900)))
    (tmp_path / "bohong.jpg").write_bytes(b"<html>")
    satu = orang("operator_ambon", ukuran)
    halaman = satu.buka(f"{AMBON}/lampiran/?sel={SEL}")
    assert "paling besar 5 MB" in halaman.inner_text("main")
    satu.periksa_rapi()
    halaman.set_input_files("input[type=file]", tmp_path / "bohong.jpg")
    satu.klik(halaman.get_by_role("button", name="Lampirkan"))
    assert "bukan foto atau PDF" in halaman.inner_text("main")
    satu.galat = [g for g in satu.galat if "415" not in g]  # the browser reports the refusal itself
    satu.periksa_rapi()
    halaman.set_input_files("input[type=file]", tmp_path / "kebun.jpg")
    halaman.get_by_label("Keterangan").fill("Kebun sesudah panen")
    satu.klik(halaman.get_by_role("button", name="Lampirkan"))
    assert "Kebun sesudah panen" in halaman.inner_text("main")
    satu.periksa_rapi()
    satu.klik(halaman.get_by_role("button", name="Hapus kebun.jpg"))
    assert "Belum ada bukti" in halaman.inner_text("main")


@pytest.mark.parametrize(
    ("ukuran", "js"), [(MEJA, True), (PONSEL, True), (PONSEL, False)], ids=["meja", "ponsel", "tanpa"]
)
def test_usulan_dari_tinjauan_sampai_diterapkan(
    orang: Callable[..., Orang], dunia_nyata: Dunia, ukuran: dict[str, int], js: bool
) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    peninjau = orang("verifikator_maluku", ukuran, js=js)
    halaman = peninjau.buka(f"{AMBON}/rincian/{SEL}/")
    halaman.get_by_label("Tulis catatan").fill("Ukur ulang.")
    halaman.get_by_label("Usulkan nilai").fill("750")
    peninjau.klik(halaman.get_by_role("button", name="Tambahkan catatan"))
    assert "belum terkirim" in halaman.inner_text("main")
    unit = orang("operator_ambon", ukuran, js=js)
    assert "Ukur ulang." not in unit.buka(f"{AMBON}/rincian/{SEL}/").inner_text("main")
    lakukan(laporan, "kembalikan", d.verifikator_maluku, alasan="lainnya")
    lembar = unit.buka(f"{AMBON}/isi/{laporan.skema.bagian_dari[SEL].kode}/")
    assert "Ukur ulang." in lembar.inner_text("main")
    if js:
        unit.periksa_rapi()
        peninjau.periksa_rapi()
    unit.klik(lembar.get_by_role("button", name="Terapkan 750"))
    assert lembar.locator(f"#s-{SEL}").input_value() == "750"
    rincian = unit.buka(f"{AMBON}/rincian/{SEL}/")
    assert "diterapkan Operator Ambon" in bersih(rincian.inner_text("main"))
    assert "usulan peninjau" in rincian.inner_text("main")
    if js:
        unit.periksa_rapi()
    rincian.get_by_label("Tulis catatan").fill("Sudah diukur.")
    unit.klik(rincian.get_by_role("button", name="Kirim catatan"))
    peninjau.buka(f"{AMBON}/")
    peninjau.klik(peninjau.halaman.get_by_role("button", name="Tandai selesai").first)
    assert "Selesai menurut Verifikator Maluku" in peninjau.halaman.inner_text("main")
    if js:
        peninjau.periksa_rapi()


def test_menolak_usulan_dengan_alasan(orang: Callable[..., Orang], dunia_nyata: Dunia) -> None:
    d = dunia_nyata
    laporan = d.laporan(d.ambon)
    kirim(laporan, d.kepala_ambon)
    with sebagai_orang(d.verifikator_maluku) as umum:
        tulis_komentar(laporan_id=laporan.pk, kode=SEL, teks="Ukur ulang.", usulan="750", **umum)
    lakukan(laporan, "kembalikan", d.verifikator_maluku, alasan="lainnya")
    unit = orang("operator_ambon")
    halaman = unit.buka(f"{AMBON}/rincian/{SEL}/")
    halaman.get_by_text("Tolak usulan").first.click()
    halaman.get_by_label("Mengapa nilai Anda tetap dipakai").fill("Sudah diukur tim aset.")
    unit.periksa_rapi()
    unit.klik(halaman.get_by_role("button", name="Tolak usulan"))
    teks = bersih(halaman.inner_text("main"))
    assert "ditolak Operator Ambon" in teks
    assert "Sudah diukur tim aset." in teks
