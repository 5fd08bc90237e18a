"""Evidence: what is taken, how it is kept, who sees which of it, and what a sent version remembers."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from PIL import Image

from pelaporan.lampiran.batas import JUMLAH_MAKS, KALIMAT, SISI_MAKS, TIPE, UKURAN_MAKS
from pelaporan.lampiran.nama import disposisi, nama_tampil
from pelaporan.lampiran.periksa import periksa
from pelaporan.lampiran.services import hapus_lampiran, lampirkan
from pelaporan.models import Berkas, Lampiran, Laporan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakDitemukan, TidakSah
from pemasyarakatan.jejak.models import Jejak
from tests.dunia import Dunia, isi_penuh, kirim, lakukan
from tests.pelaporan.bahan_berkas import PDF, foto, foto_berlokasi
from tests.pelaporan.bantu import alamat, sebagai_orang
from upt.cakupan import SISTEM, terpasang


def pasang(
    laporan: Laporan, orang: Pengguna, isi: bytes | None = None, nama: str = "foto.jpg", **lain: Any
) -> Lampiran:
    with sebagai_orang(orang) as umum:
        return lampirkan(laporan_id=laporan.pk, nama=nama, isi=isi or foto(), **umum, **lain)


@pytest.fixture
def laporan(dunia: Dunia) -> Laporan:
    return dunia.laporan(dunia.ambon)


# Content ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_foto_digambar_ulang_dan_diperkecil(format_: str) -> None:
    baik = periksa(foto(format_, (2400, 1200)))
    gambar = Image.open(io.BytesIO(baik.isi))
    assert gambar.format == format_
    assert gambar.size == (SISI_MAKS, SISI_MAKS // 2)


def test_lokasi_dan_kamera_hilang_arah_tetap() -> None:
    asli = foto_berlokasi()
    assert b"KameraRahasia" in asli
    assert b"komentar-rahasia" in asli
    baik = periksa(asli)
    gambar = Image.open(io.BytesIO(baik.isi))
    assert gambar.size == (30, 60)  # was held sideways
    assert not gambar.getexif()
    assert b"rahasia" not in baik.isi.lower()


def test_yang_menempel_di_belakang_gambar_hilang() -> None:
    assert b"<script>" not in periksa(foto() + b"<script>alert(1)</script>").isi


def test_bening_tetap_bening() -> None:
    keluaran = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(keluaran, "PNG")
    assert Image.open(io.BytesIO(periksa(keluaran.getvalue()).isi)).getpixel((0, 0)) == (0, 0, 0, 0)


def test_pdf_disimpan_apa_adanya() -> None:
    assert periksa(PDF).isi == PDF


# Keeping ----------------------------------------------------------------------------------------------------


def test_isi_dan_sidik_tersimpan_bersama_jejak(dunia: Dunia, laporan: Laporan) -> None:
    satu = pasang(laporan, dunia.operator_ambon, nama="kebun.jpg", keterangan="Panen jagung")
    with terpasang(SISTEM):
        berkas = Berkas.objects.get(pk=satu.berkas_id)
        assert hashlib.sha256(bytes(berkas.isi)).hexdigest() == berkas.sidik
        assert (berkas.nama, berkas.tipe, berkas.dipindai) == ("kebun.jpg", "image/jpeg", False)
        (jejak,) = Jejak.objects.filter(tindakan="lampiran_ditambah")
        assert jejak.rincian["sidik"] == berkas.sidik
        assert "kebun" not in str(jejak.rincian)


def test_isi_yang_sama_dua_kali_satu_lampiran(dunia: Dunia, laporan: Laporan) -> None:
    assert pasang(laporan, dunia.operator_ambon).pk == pasang(laporan, dunia.operator_ambon, nama="lain.jpg").pk
    assert pasang(laporan, dunia.operator_ambon, kode="wbp").kode == "wbp"


def test_paling_banyak_sekian(dunia: Dunia, laporan: Laporan) -> None:
    for n in range(JUMLAH_MAKS):
        pasang(laporan, dunia.operator_ambon, PDF + b"%%EOF" + bytes([48 + n]))
    with pytest.raises(Bentrok, match=str(JUMLAH_MAKS)):
        pasang(laporan, dunia.operator_ambon)
    with terpasang(SISTEM):
        akhir = Lampiran.objects.filter(laporan=laporan).latest("pk")
    with sebagai_orang(dunia.operator_ambon) as umum:
        hapus_lampiran(lampiran_id=akhir.pk, **umum)
    assert pasang(laporan, dunia.operator_ambon).pk


def test_siapa_dan_kapan(dunia: Dunia, laporan: Laporan) -> None:
    for orang, jenis in ((dunia.verifikator_maluku, Ditolak), (dunia.operator_masohi, TidakDitemukan)):
        with pytest.raises(jenis):
            pasang(laporan, orang)
    satu = pasang(laporan, dunia.operator_ambon)
    kirim(laporan, dunia.kepala_ambon)
    with pytest.raises(Bentrok, match="dikirim"):
        pasang(laporan, dunia.operator_ambon, foto(warna="red"))
    with sebagai_orang(dunia.operator_ambon) as umum, pytest.raises(Bentrok):
        hapus_lampiran(lampiran_id=satu.pk, **umum)


def test_keterangan_tanpa_nik(dunia: Dunia, laporan: Laporan) -> None:
    with pytest.raises(TidakSah, match="NIK"):
        pasang(laporan, dunia.operator_ambon, keterangan="8171012345670001")


@pytest.mark.parametrize("perintah", ["UPDATE pelaporan_berkas SET sidik = 'x'", "DELETE FROM pelaporan_berkas"])
def test_berkas_tidak_dapat_diubah_oleh_peran_web(dunia: Dunia, laporan: Laporan, perintah: str) -> None:
    pasang(laporan, dunia.operator_ambon)
    with sebagai_orang(dunia.operator_ambon), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(perintah)


# Versions ---------------------------------------------------------------------------------------------------


def test_versi_mengingat_bukti_ketika_dikirim(dunia: Dunia, masuk: Any, laporan: Laporan) -> None:
    satu = pasang(laporan, dunia.operator_ambon, nama="pertama.jpg")
    kirim(laporan, dunia.kepala_ambon)
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, alasan="lainnya", teks="Ganti foto.")
    with sebagai_orang(dunia.operator_ambon) as umum:
        hapus_lampiran(lampiran_id=satu.pk, **umum)
    dua = pasang(laporan, dunia.operator_ambon, foto(warna="red"), nama="kedua.jpg")
    klien = masuk(dunia.verifikator_maluku)
    teks = klien.get(alamat(laporan, "versi", versi=1)).content.decode()
    assert satu.berkas.sidik in teks
    assert "pertama.jpg" in teks
    assert "kedua.jpg" not in teks
    # what is being changed is the unit's own until it is sent
    assert klien.get(alamat(laporan, "lampiran_berkas", lampiran=dua.pk)).status_code == 404
    assert klien.get(alamat(laporan, "lampiran_berkas", lampiran=satu.pk)).status_code == 200
    kirim(laporan, dunia.kepala_ambon, {"lahan_tidur": "501"})
    teks = klien.get(alamat(laporan, "versi", versi=2)).content.decode()
    assert dua.berkas.sidik in teks
    assert satu.berkas.sidik not in teks
    assert dua.berkas.sidik in klien.get(alamat(laporan, "tanda_terima", versi=2)).content.decode()


def test_draf_tidak_tampak_bagi_kanwil(dunia: Dunia, masuk: Any, laporan: Laporan) -> None:
    satu = pasang(laporan, dunia.operator_ambon, nama="rahasia-draf.jpg")
    isi_penuh(laporan, dunia.operator_ambon)
    klien = masuk(dunia.verifikator_maluku)
    for nama in ("laporan", "lampiran"):
        assert "rahasia-draf" not in klien.get(alamat(laporan, nama)).content.decode()
    assert klien.get(alamat(laporan, "lampiran_berkas", lampiran=satu.pk)).status_code == 404


# Pages ------------------------------------------------------------------------------------------------------


def test_unggah_buka_hapus_dari_halaman(dunia: Dunia, masuk: Any, laporan: Laporan) -> None:
    klien, url = masuk(dunia.operator_ambon), alamat(laporan, "lampiran")
    assert KALIMAT in klien.get(url).content.decode()
    assert "belum dipindai" in klien.get(url).content.decode()
    jawaban = klien.post(url, {"berkas": SimpleUploadedFile("kebun.jpg", foto()), "keterangan": "Kebun", "sel": "wbp"})
    assert jawaban.status_code == 302
    with terpasang(SISTEM):
        satu = Lampiran.objects.select_related("berkas").get(laporan=laporan)
        isi = bytes(satu.berkas.isi)
    berkas = klien.get(alamat(laporan, "lampiran_berkas", lampiran=satu.pk))
    assert berkas.content == isi
    assert berkas["Content-Type"] == "image/jpeg"
    assert berkas["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in berkas["Content-Security-Policy"]
    assert "script-src 'self'" not in berkas["Content-Security-Policy"]
    assert "private" in berkas["Cache-Control"]
    assert "kebun.jpg" in klien.get(alamat(laporan)).content.decode()
    assert "kebun.jpg" in klien.get(alamat(laporan, "rincian", sel="wbp")).content.decode()
    assert klien.post(alamat(laporan, "lampiran_hapus", lampiran=satu.pk)).status_code == 302
    assert "kebun.jpg" not in klien.get(url).content.decode().replace("kebun.jpg terlampir", "")


def test_pdf_tidak_pernah_dibuka_di_dalam_portal(dunia: Dunia, masuk: Any, laporan: Laporan) -> None:
    satu = pasang(laporan, dunia.operator_ambon, PDF, "surat.pdf")
    jawaban = masuk(dunia.operator_ambon).get(alamat(laporan, "lampiran_berkas", lampiran=satu.pk))
    assert jawaban["Content-Disposition"] == "attachment; filename=\"surat.pdf\"; filename*=UTF-8''surat.pdf"


def test_tanpa_berkas_dikatakan_di_tempatnya(dunia: Dunia, masuk: Any, laporan: Laporan) -> None:
    jawaban = masuk(dunia.operator_ambon).post(alamat(laporan, "lampiran"), {"keterangan": "x"})
    assert jawaban.status_code == 400
    assert "Pilih berkasnya" in jawaban.content.decode()


# Limits, in one place -----------------------------------------------------------------------------------------


def test_batas_di_dokumen_sama_dengan_kode() -> None:
    dokumen = (Path(__file__).resolve().parents[2] / "docs" / "lampiran.md").read_text(encoding="utf-8")
    assert KALIMAT in dokumen
    for tipe in TIPE.values():
        assert re.search(rf"\| {tipe.nama} \| `{tipe.mime}` \| {tipe.piksel or '–'} \|", dokumen), tipe
    assert f"{SISI_MAKS} px" in dokumen
    assert UKURAN_MAKS == 5 * 1024 * 1024


def test_nama_dan_kepala_yang_aman() -> None:
    jpeg = TIPE["image/jpeg"]
    assert nama_tampil("Kebun Jagung.JPEG", jpeg) == "Kebun Jagung.jpeg"
    assert nama_tampil("", jpeg) == "lampiran.jpg"
    assert disposisi("ladang é.jpg", inline=True) == (
        "inline; filename=\"ladang e.jpg\"; filename*=UTF-8''ladang%20%C3%A9.jpg"
    )
