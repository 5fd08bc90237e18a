"""The catalogue as a leak: what strangers see, change, keep; rows of others as the web's own role of the database."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image, PngImagePlugin

from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.pelaporan.bahan_berkas import PDF, foto
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis, nama
from umkm.foto import kecilkan, tambah_foto
from umkm.models import JenisProduk, Katalog

KATALOG = "/umkm/katalog/"
UNIT = "/umkm/lapas-kelas-iia-ambon/"


@pytest.fixture
def ambon(dunia: Dunia) -> Unit:
    return Unit(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def masohi(dunia: Dunia) -> Unit:
    return Unit(dunia.masohi, dunia.operator_masohi)


def _foto(unit: Unit, produk: Any, isi: bytes, keterangan: str = "Kemasan") -> Any:
    with sebagai_orang(unit.operator) as (oleh, cakupan):
        return tambah_foto(produk_id=produk.pk, isi=isi, keterangan=keterangan, oleh=oleh, cakupan=cakupan)


# the database itself -------------------------------------------------------------------------------------------


def _sebagai(unit: Unit, sql: str, isi: list[Any]) -> int | str:
    """Rows that a statement touched in the scope of this unit's operator, or why the database refused it."""
    with sebagai_orang(unit.operator):
        try:
            with transaction.atomic(), connection.cursor() as kursor:
                kursor.execute(sql, isi)
                return int(kursor.rowcount)
        except DatabaseError as galat:
            return type(galat).__name__


def test_basis_data_menolak_mengubah_katalog_unit_lain(ambon: Unit, masohi: Unit, dunia: Dunia) -> None:
    """Also by taking the row over: it would be the thief's own afterwards."""
    asing, milik = masohi.produk("Sapu ijuk"), ambon.produk("Keripik pisang")
    curi = "UPDATE umkm_katalog SET upt_id = %s, kanwil_id = %s, telepon = '0811' WHERE produk_id = %s"
    serangan: tuple[tuple[str, list[Any]], ...] = (
        ("UPDATE umkm_katalog SET nama = 'Palsu' WHERE produk_id = %s", [asing.pk]),
        (curi, [dunia.ambon.pk, dunia.ambon.kanwil_id, asing.pk]),
        ("DELETE FROM umkm_katalog WHERE produk_id = %s", [asing.pk]),
        ("UPDATE umkm_katalog SET upt_id = %s WHERE produk_id = %s", [dunia.masohi.pk, milik.pk]),
    )
    for sql, isi in serangan:
        assert _sebagai(ambon, sql, isi) in (0, "ProgrammingError"), sql
    with sebagai_orang(masohi.operator):
        entri = Katalog.objects.get(pk=asing.pk)
        assert (entri.nama, entri.upt_id, entri.telepon) == ("Sapu ijuk", dunia.masohi.pk, "")
        sisip = Katalog(
            produk_id=asing.pk, upt=dunia.ambon, kanwil=dunia.ambon.kanwil, nama="Palsu", golongan="lain",
            ukuran="buah", status="tersedia", nama_upt="x", kode_upt="x", nama_kanwil="x", cari="x", sejak=date.today(),
        )  # fmt: skip
    with sebagai_orang(ambon.operator), pytest.raises(DatabaseError), transaction.atomic():
        Katalog.objects.bulk_create([sisip], update_conflicts=True, unique_fields=["produk"], update_fields=["nama"])
    assert _sebagai(ambon, "UPDATE umkm_katalog SET deskripsi = 'baik' WHERE produk_id = %s", [milik.pk]) == 1


def test_basis_data_menjaga_nama_jenis_dan_pameran_bangsa(ambon: Unit, masohi: Unit) -> None:
    """Nobody's rows: a unit adds them; no role of the portal renames a kind, or takes one or an event away."""
    satu = masohi.produk("Sapu ijuk").jenis_id
    for sql, isi in (
        ("UPDATE umkm_jenisproduk SET nama = 'Jelek' WHERE id = %s", [satu]),
        ("UPDATE umkm_jenisproduk SET kunci = 'jelek' WHERE id = %s", [satu]),
        ("DELETE FROM umkm_jenisproduk WHERE id = %s", [satu]),
        ("DELETE FROM umkm_pameran WHERE id >= %s", [0]),
    ):
        assert _sebagai(ambon, sql, isi) == "ProgrammingError", sql
    assert JenisProduk.objects.get(pk=satu).nama == "Sapu ijuk"


# what strangers see --------------------------------------------------------------------------------------------


def test_yang_ditarik_hilang_juga_lewat_alamat_bertanda(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    """The mark in the address promises that bytes never change, not that they are still there."""
    satu = ambon.produk()
    gambar = _foto(ambon, satu, foto(ukuran=(300, 200)))
    klien = masuk(dunia.operator_pekanbaru)
    alamat = f"{KATALOG}{satu.pk}/foto.jpg"
    etag = klien.get(alamat)["ETag"]
    bertanda = f"{alamat}?v={etag.strip(chr(34))}"
    assert klien.get(bertanda, headers={"if-none-match": etag}).status_code == 304
    kantor, di_unit = masuk(dunia.verifikator_maluku), f"{UNIT}foto/{gambar.pk}.jpg"
    assert kantor.get(di_unit).status_code == 200
    ambon.hapus(jenis.FOTO, gambar)
    assert kantor.get(di_unit).status_code == 404
    assert klien.get(bertanda, headers={"if-none-match": etag}).status_code == 404
    _foto(ambon, satu, foto(ukuran=(300, 200), warna="maroon"))
    lain = klien.get(bertanda, headers={"if-none-match": etag})
    assert lain.status_code == 200, "another photo is not the old one"
    assert "immutable" not in lain["Cache-Control"]
    ambon.ubah(jenis.PRODUK, satu, tampil="tidak")
    for ekor in ("", "foto.jpg", "mini.jpg", "lembar.pdf"):
        assert klien.get(f"{KATALOG}{satu.pk}/{ekor}").status_code == 404, ekor
    ambon.ubah(jenis.PRODUK, satu, tampil="ya")
    ambon.hapus(jenis.PRODUK, satu)
    assert klien.get(bertanda, headers={"if-none-match": lain["ETag"]}).status_code == 404


def test_orang_luar_tidak_sampai_di_register_lewat_produk_katalog(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    satu = ambon.produk()
    gambar = _foto(ambon, satu, foto())
    for orang in (dunia.operator_masohi, dunia.operator_pekanbaru, dunia.verifikator_riau):
        klien = masuk(orang)
        assert klien.get(f"{KATALOG}{satu.pk}/").status_code == 200
        for ekor in ("", f"produk/{satu.pk}/", f"catatan/produk/{satu.pk}/", f"foto/{gambar.pk}.jpg"):
            assert klien.get(f"{UNIT}{ekor}").status_code == 404, ekor
        assert klien.get(f"/umkm/buka/produk/{satu.pk}/").status_code == 404
        assert klien.post(f"{UNIT}produk/{satu.pk}/", {"aksi": "berhenti"}).status_code == 404
    kantor = masuk(dunia.verifikator_maluku)
    assert kantor.get(f"{UNIT}produk/{satu.pk}/").status_code == 200
    assert kantor.post(f"{UNIT}produk/{satu.pk}/", {"aksi": "berhenti"}).status_code == 403


def test_harga_nanti_biaya_dan_persediaan_tidak_ada_di_katalog(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    satu = ambon.produk()
    ambon.harga(satu, 15_000)
    ambon.harga(satu, 17_231, dari=hari_ini().replace(year=hari_ini().year + 1, day=1))
    ambon.buat(satu, 4_321)
    ambon.jual(satu, 9, nilai=137_913)
    ambon.catat(jenis.BAGI_HASIL, bulan=date(2026, 1, 1), biaya=61_717)
    for alamat in (KATALOG, f"{KATALOG}{satu.pk}/", f"{KATALOG}?urut=terjual&tampil=tabel"):
        teks = masuk(dunia.operator_pekanbaru).get(alamat).content.decode()
        assert "15.000" in teks
        for rahasia in ("17.231", "4.321", "137.913", "61.717", "4312"):
            assert rahasia not in teks, (alamat, rahasia)


# text that would be markup, patterns, formulas -----------------------------------------------------------------

JAHAT = (
    '"><img src=x onerror=alert(1)>', "#import \"/etc/passwd\": *", "$ \\int x $ *b* _i_ `r`", "W" * 80, "🍌👩🏽‍🍳 kué",
    "<script>alert(1)</script>", "{{ 7|add:7 }} {% now 'Y' %}", "\\ @label <x> = y // z",
)  # fmt: skip


@pytest.mark.parametrize("teks", JAHAT)
def test_nama_apa_pun_tetap_teks_di_layar_dan_kertas(ambon: Unit, dunia: Dunia, masuk: Any, teks: str) -> None:
    satu = ambon.produk(teks, deskripsi=teks * 5, merek=teks[:60])
    _foto(ambon, satu, foto(), keterangan=teks)
    klien = masuk(dunia.operator_pekanbaru)
    for alamat in (KATALOG, f"{KATALOG}{satu.pk}/"):
        halaman = klien.get(alamat).content.decode()
        for mentah in ("<img src=x", "<script>alert", 'alt=""><'):
            assert mentah not in halaman, alamat
    kertas = klien.get(f"{KATALOG}{satu.pk}/lembar.pdf")
    assert kertas.status_code == 200
    assert kertas.content.startswith(b"%PDF")


@pytest.mark.parametrize("teks", ["=1+1", "+62811", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1"])
def test_nama_tidak_menjadi_rumus(ambon: Unit, dunia: Dunia, masuk: Any, teks: str) -> None:
    ambon.produk(f"{teks} keripik")
    jawaban = masuk(dunia.operator_ambon).get(f"{UNIT}catatan/produk/ekspor/", {"unduh": "baku"})
    assert jawaban["Content-Type"].startswith("text/csv")
    isi = jawaban.content.decode("utf-8-sig")
    for sel in (s.strip('"') for baris in isi.splitlines() for s in baris.replace(";", ",").split(",")):
        assert not sel.startswith(("=", "+", "@", "＝", "-2")), sel
    assert "keripik" in isi


@pytest.mark.parametrize(
    "cari", ["%", "_", "'; DROP TABLE umkm_katalog; --", "\\", "(a+)+$" * 16, "a" * 100, "1" * 100, "x 1 " * 25, "🔥"]
)
def test_pencarian_bermusuhan_dijawab(ambon: Unit, dunia: Dunia, masuk: Any, cari: str) -> None:
    ambon.produk()
    jawaban = masuk(dunia.operator_pekanbaru).get(KATALOG, {"cari": cari})
    assert jawaban.status_code == 200
    assert len(jawaban.context["entri"]) <= 1


@pytest.mark.parametrize("cari", ["x" * 10_000, "a\0b", "a\u202eb"])
def test_pencarian_yang_bukan_teks_ditolak_dengan_kalimat(dunia: Dunia, masuk: Any, cari: str) -> None:
    klien = masuk(dunia.operator_pekanbaru)
    assert klien.get(KATALOG, {"cari": cari}).status_code == 400


def test_kunci_nama_tidak_tersedak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the patterns of names runs away with long text."""
    for teks in ("1" * 20_000, "1 x " * 5_000, "isi " * 5_000, '"' * 20_000, "9" * 9_999 + " " * 9_999 + "k"):
        assert len(nama.kunci(teks)) <= nama.PANJANG_KUNCI


# photos and papers ---------------------------------------------------------------------------------------------


def test_foto_tidak_membawa_apa_pun_selain_gambar() -> None:
    """Words, profiles and files behind or within the picture stay outside."""
    pesan = PngImagePlugin.PngInfo()
    for kunci in ("comment", "Comment", "XML:com.adobe.xmp"):
        pesan.add_text(kunci, "titik-rahasia")
    exif = Image.Exif()
    exif[0x010E] = "titik-rahasia"
    wadah = io.BytesIO()
    Image.new("RGBA", (50, 40), (9, 9, 200, 90)).save(wadah, "PNG", pnginfo=pesan, icc_profile=b"titik-rahasia" * 9)
    for isi in (
        wadah.getvalue(),
        foto("WEBP", exif=exif, icc_profile=b"titik-rahasia" * 9, xmp=b"titik-rahasia"),
        foto(icc_profile=b"titik-rahasia" * 9, exif=exif) + b"PK\x03\x04titik-rahasia<script>alert(1)</script>",
        foto("PNG") + b"GIF89a<script>titik-rahasia</script>",
    ):
        for hasil in kecilkan(isi):
            assert b"titik-rahasia" not in hasil
            assert b"<script" not in hasil
            assert b"ICC_PROFILE" not in hasil
            assert hasil.startswith(b"\xff\xd8\xff")
            assert hasil.endswith(b"\xff\xd9"), "nothing behind the picture"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_setiap_ragam_warna_menjadi_jpeg_biasa(mode: str) -> None:
    wadah = io.BytesIO()
    Image.new(mode, (64, 48)).save(wadah, "JPEG" if mode == "CMYK" else "PNG")
    for hasil in kecilkan(wadah.getvalue()):
        with Image.open(io.BytesIO(hasil)) as gambar:
            assert (gambar.format, gambar.mode, gambar.size) == ("JPEG", "RGB", (64, 48))


def _surat(klien: Any, satu: Any, isi: bytes, nomor: str = "1") -> Any:
    berkas = io.BytesIO(isi)
    berkas.name = 'surat"; filename=evil.html'
    data = {
        "aksi": "legalitas", "jenis": "sni", "nomor": nomor, "berkas_surat": berkas,
        "kunci": "12345678-1234-4234-8234-12345678901" + nomor,
    }  # fmt: skip
    return klien.post(f"{UNIT}produk/{satu.pk}/berkas/", data)


@pytest.mark.parametrize(
    "isi",
    [
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
        PDF.replace(b"/Catalog", b"/Catalog/AA<</O<</S/J#61vaScript>>>>"),
        PDF.replace(b"/Catalog", b"/Catalog/Names<</EmbeddedFiles 9 0 R>>"),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.4\n<html><script>alert(1)</script>",
    ],
)
def test_surat_yang_bertindak_sendiri_ditolak(ambon: Unit, dunia: Dunia, masuk: Any, isi: bytes) -> None:
    satu = ambon.produk()
    assert _surat(masuk(dunia.operator_ambon), satu, isi).status_code in (400, 415)


def test_surat_disajikan_dalam_kotak_pasir_bagi_wilayahnya_saja(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    satu = ambon.produk()
    klien = masuk(dunia.operator_ambon)
    assert _surat(klien, satu, PDF).status_code == 302
    with sebagai_orang(ambon.operator):
        surat = satu.legalitas.get()
    alamat = f"{UNIT}legalitas/{surat.pk}/berkas/"
    jawaban = klien.get(alamat)
    assert jawaban["Content-Disposition"].startswith("attachment")
    assert "evil" not in jawaban["Content-Disposition"]
    assert jawaban["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in jawaban["Content-Security-Policy"]
    assert "no-store" in jawaban["Cache-Control"]
    assert masuk(dunia.verifikator_maluku).get(alamat).status_code == 200
    for orang in (dunia.operator_masohi, dunia.verifikator_riau, dunia.asing):
        assert masuk(orang).get(alamat).status_code in (403, 404), orang.nama_pengguna
    tukar = alamat.replace(dunia.ambon.kode, dunia.masohi.kode)
    assert masuk(dunia.operator_masohi).get(tukar).status_code == 404
