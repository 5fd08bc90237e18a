"""The catalogue: found in spite of typing errors, complete for strangers, silent about what is not theirs."""

from __future__ import annotations

import gzip
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.umkm.bantu import Unit, sebagai_orang
from umkm import jenis
from umkm.foto import tambah_foto
from umkm.katalog.sajian import Entri, nomor_wa
from umkm.models import Katalog

KATALOG = "/umkm/katalog/"


@pytest.fixture
def isi(ambon: Unit, pekanbaru: Unit) -> dict[str, Any]:
    semua = {
        "keripik": ambon.produk("Keripik pisang", merek="Manise", deskripsi="Renyah.\nDari kebun sendiri."),
        "batik": pekanbaru.produk("Batik tulis lancang kuning", golongan="tekstil", ukuran="lembar"),
        "kopi": pekanbaru.produk("Kopi bubuk", golongan="minuman", mulai=date(2025, 6, 1)),
    }
    ambon.harga(semua["keripik"], 25_000, dari=hari_ini() - timedelta(days=10))
    pekanbaru.harga(semua["batik"], 350_000, dari=hari_ini() - timedelta(days=200))
    return semua


def nama_di(klien: Client, **saringan: Any) -> list[str]:
    jawaban = klien.get(KATALOG, saringan)
    assert jawaban.status_code == 200, jawaban.content.decode()
    return [e.baris.nama for e in jawaban.context["entri"]]


# ---------------------------------------------------------------- search


@pytest.mark.parametrize(
    ("cari", "pertama"),
    [
        ("keripik pisang", "Keripik pisang"),
        ("kripik pisang", "Keripik pisang"),
        ("keripk pisng", "Keripik pisang"),
        ("KERIPIK", "Keripik pisang"),
        ("manise", "Keripik pisang"),
        ("btik", "Batik tulis lancang kuning"),
        ("batik lancng", "Batik tulis lancang kuning"),
        ("pekanbaru kopi", "Kopi bubuk"),
        ("krpk pisng", "Keripik pisang"),  # one word is past recognising
        ("ko", "Kopi bubuk"),
    ],
)
def test_search_forgives_typing_errors(isi: dict[str, Any], dunia: Dunia, masuk: Any, cari: str, pertama: str) -> None:
    assert nama_di(masuk(dunia.operator_masohi), cari=cari)[:1] == [pertama]


def test_what_begins_like_the_text_stands_before_what_resembles_it(
    isi: Any, ambon: Unit, dunia: Dunia, masuk: Any
) -> None:
    ambon.produk("Batok kelapa", golongan="kerajinan")
    assert nama_di(masuk(dunia.peninjau), cari="batk") == ["Batik tulis lancang kuning", "Batok kelapa"]
    assert nama_di(masuk(dunia.peninjau), cari="batok")[0] == "Batok kelapa"


@pytest.mark.parametrize("cari", ["%", "_", "%%%", "' OR 1=1 --", '"', "\\", "<script>", "z%' --", "zzqqxx"])
def test_patterns_and_quotes_are_text(isi: Any, dunia: Dunia, masuk: Any, cari: str) -> None:
    jawaban = masuk(dunia.peninjau).get(KATALOG, {"cari": cari})
    assert jawaban.status_code == 200
    assert [e.baris.nama for e in jawaban.context["entri"]] == []
    assert b"<script>" not in jawaban.content.replace(b"<script src", b"")


def test_a_search_too_long_is_refused_in_words(isi: Any, dunia: Dunia, masuk: Any) -> None:
    jawaban = masuk(dunia.peninjau).get(KATALOG, {"cari": "a" * 10_000})
    assert jawaban.status_code == 400
    assert "100" in jawaban.content.decode()
    assert masuk(dunia.peninjau).get(KATALOG, {"cari": "a\x00b"}).status_code in (200, 400)


@pytest.mark.parametrize(
    "salah", [{"kanwil": "atlantis"}, {"golongan": "x"}, {"urut": "pk;--"}, {"dari": "banyak"}, {"dari": "1.0"},
              {"dari": "30000", "sampai": "10000"}],
)  # fmt: skip
def test_a_wrong_filter_is_said_and_lists_nothing(isi: Any, dunia: Dunia, masuk: Any, salah: dict[str, str]) -> None:
    jawaban = masuk(dunia.peninjau).get(KATALOG, salah)
    assert jawaban.status_code == 400
    assert jawaban.context["entri"] == []


def test_filters(isi: dict[str, Any], pekanbaru: Unit, dunia: Dunia, masuk: Any) -> None:
    hari = hari_ini()
    pekanbaru.catat(jenis.LEGALITAS, jenis="halal", nomor="H-1", produk_id=isi["kopi"].pk, berakhir=hari)
    pekanbaru.catat(
        jenis.LEGALITAS, setuju="sudah_habis berakhir lewat habis", jenis="merek", nomor="M-1",
        produk_id=isi["batik"].pk, terbit=hari - timedelta(days=400), berakhir=hari - timedelta(days=1),
    )  # fmt: skip
    klien = masuk(dunia.operator_ambon)
    assert nama_di(klien, kanwil="maluku") == ["Keripik pisang"]
    assert nama_di(klien, golongan="tekstil") == ["Batik tulis lancang kuning"]
    assert nama_di(klien, dari="20.000", sampai="Rp100.000") == ["Keripik pisang"]
    assert nama_di(klien, sertifikat="halal") == ["Kopi bubuk"], "in force on its last day"
    assert nama_di(klien, sertifikat="merek") == [], "lapsed yesterday"
    assert nama_di(klien, status="pesanan") == []
    assert nama_di(klien, urut="nama") == ["Batik tulis lancang kuning", "Keripik pisang", "Kopi bubuk"]
    assert nama_di(klien)[0] == "Kopi bubuk", "newest first"


def test_best_selling_first(isi: dict[str, Any], ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    ambon.buat(isi["keripik"])
    ambon.jual(isi["keripik"], nilai=250_000)
    assert nama_di(masuk(dunia.peninjau), urut="terjual")[0] == "Keripik pisang"


# ---------------------------------------------------------------- what a stranger sees


def test_strangers_see_the_product_and_nothing_of_its_business(
    isi: dict[str, Any], ambon: Unit, dunia: Dunia, masuk: Any
) -> None:
    p = isi["keripik"]
    ambon.buat(p, 4_321)
    ambon.jual(p, 777, nilai=98_765_432, setuju="nilai harga jauh beda_harga nilai_beda")
    jauh = masuk(dunia.operator_pekanbaru)
    for alamat in (KATALOG, f"{KATALOG}{p.pk}/", f"{KATALOG}?tampil=tabel"):
        teks = jauh.get(alamat).content.decode()
        assert "Keripik pisang" in teks
        assert "Rp25.000 per bungkus" in teks
        for rahasia in ("4.321", "4321", "777", "98.765.432", "3.544", "3544"):
            assert rahasia not in teks, rahasia
    halaman = jauh.get(f"{KATALOG}{p.pk}/")
    assert halaman.context["url_unit"] == ""
    assert masuk(dunia.operator_ambon).get(f"{KATALOG}{p.pk}/").context["url_unit"]
    assert masuk(dunia.verifikator_maluku).get(f"{KATALOG}{p.pk}/").context["url_unit"]
    assert masuk(dunia.verifikator_riau).get(f"{KATALOG}{p.pk}/").context["url_unit"] == ""


def test_hidden_and_removed_products_are_not_there(isi: dict[str, Any], ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    ambon.ubah(jenis.PRODUK, isi["keripik"], tampil="tidak")
    assert "Keripik pisang" not in nama_di(klien)
    assert klien.get(f"{KATALOG}{isi['keripik'].pk}/").status_code == 404
    assert klien.get(f"{KATALOG}{isi['keripik'].pk}/lembar.pdf").status_code == 404


def test_only_staff_with_the_right(isi: dict[str, Any], dunia: Dunia, masuk: Any, client: Client) -> None:
    for alamat in (KATALOG, f"{KATALOG}{isi['kopi'].pk}/", f"{KATALOG}{isi['kopi'].pk}/foto.jpg"):
        assert masuk(dunia.admin).get(alamat).status_code == 403
        assert masuk(dunia.asing).get(alamat).status_code == 403
        assert client.get(alamat).status_code == 302


def test_names_are_text_not_markup(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    p = ambon.produk('Keripik <img src=x onerror=alert(1)> & "kopi"', deskripsi="<b>tebal</b>")
    for alamat in (KATALOG, f"{KATALOG}?tampil=tabel", f"{KATALOG}{p.pk}/", f"{KATALOG}?cari=keripik"):
        teks = masuk(dunia.pimpinan).get(alamat).content.decode()
        assert "<img src=x" not in teks
        assert "<b>tebal" not in teks
        assert "&lt;img src=x" in teks
    assert masuk(dunia.pimpinan).get(f"{KATALOG}{p.pk}/lembar.pdf").content.startswith(b"%PDF")


# ---------------------------------------------------------------- price, papers, contact


def test_an_old_price_is_said(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    assert "harga belum diperbarui" in klien.get(f"{KATALOG}{isi['batik'].pk}/").content.decode()
    assert "harga belum diperbarui" not in klien.get(f"{KATALOG}{isi['keripik'].pk}/").content.decode()


def test_a_lapsed_paper_is_never_shown_as_valid() -> None:
    hari = date(2026, 1, 10)
    surat = [
        {"jenis": "halal", "label": "Halal", "nomor": "1", "penerbit": "BPJPH", "berakhir": "2026-01-09"},
        {"jenis": "pirt", "label": "P-IRT", "nomor": "2", "berakhir": "2026-01-10"},
        {"jenis": "nib", "label": "NIB", "nomor": "3", "penerbit": "", "berakhir": None},
    ]
    e = Entri(Katalog(nama="Kopi", legalitas=surat), hari)
    assert e.berlaku == "P-IRT, NIB"
    assert e.habis == 1
    assert [(s.label, s.berlaku, s.masa) for s in e.sertifikat] == [
        ("P-IRT", True, "sampai 10 Januari 2026"),
        ("NIB", True, "tanpa batas waktu"),
        ("Halal", False, "habis 9 Januari 2026"),
    ]


@pytest.mark.parametrize(
    ("tertulis", "wa"),
    [
        ("0812-3456-7890", "6281234567890"), ("+62 812 3456 7890", "6281234567890"), ("81234567890", "6281234567890"),
        ("", ""), ("12", ""), ("javascript:alert(1)", ""), ("1" * 20, ""),
    ],
)  # fmt: skip
def test_numbers_for_whatsapp(tertulis: str, wa: str) -> None:
    assert nomor_wa(tertulis) == wa


# ---------------------------------------------------------------- photos


@pytest.fixture
def berfoto(isi: dict[str, Any], ambon: Unit) -> Any:
    wadah = io.BytesIO()
    Image.effect_noise((900, 700), 40).convert("RGB").save(wadah, "JPEG")
    with sebagai_orang(ambon.operator) as (oleh, cakupan):
        tambah_foto(produk_id=isi["keripik"].pk, isi=wadah.getvalue(), keterangan="Kemasan", oleh=oleh, cakupan=cakupan)
    return isi["keripik"]


def test_a_photo_is_asked_for_once(berfoto: Any, dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_pekanbaru)
    alamat = f"{KATALOG}{berfoto.pk}/mini.jpg"
    utuh = klien.get(alamat)
    assert utuh.status_code == 200
    assert utuh.content[:2] == b"\xff\xd8"
    assert len(utuh.content) <= 8_000
    assert utuh["Content-Type"] == "image/jpeg"
    assert utuh["X-Content-Type-Options"] == "nosniff"
    assert "private" in utuh["Cache-Control"]
    assert "no-cache" in utuh["Cache-Control"]
    lagi = klien.get(alamat, headers={"if-none-match": utuh["ETag"]})
    assert lagi.status_code == 304
    assert lagi.content == b""
    assert klien.get(alamat, headers={"if-none-match": '"lain"'}).status_code == 200
    bertanda = klien.get(f"{alamat}?v={utuh['ETag'].strip(chr(34))}")
    assert "immutable" in bertanda["Cache-Control"]
    assert "private" in bertanda["Cache-Control"]
    assert "immutable" not in klien.get(f"{alamat}?v=lain")["Cache-Control"]
    assert len(klien.get(f"{KATALOG}{berfoto.pk}/foto.jpg").content) <= 30_000


def test_the_mark_in_the_list_is_the_photo_s_own(berfoto: Any, dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    teks = klien.get(KATALOG).content.decode()
    etag = klien.get(f"{KATALOG}{berfoto.pk}/mini.jpg")["ETag"].strip('"')
    assert f"/umkm/katalog/{berfoto.pk}/mini.jpg?v={etag}" in teks
    assert 'loading="lazy"' in teks
    assert 'alt="Kemasan"' in teks


def test_no_photo_is_no_photo(isi: dict[str, Any], dunia: Dunia, masuk: Any) -> None:
    assert masuk(dunia.peninjau).get(f"{KATALOG}{isi['kopi'].pk}/foto.jpg").status_code == 404


def test_without_pictures(berfoto: Any, dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.peninjau)
    assert b"mini.jpg" in klien.get(KATALOG).content
    assert b"mini.jpg" not in klien.get(f"{KATALOG}?gambar=tanpa").content
    assert b"mini.jpg" not in klien.get(KATALOG, headers={"save-data": "on"}).content
    assert b"mini.jpg" in klien.get(f"{KATALOG}?gambar=ada", headers={"save-data": "on"}).content
    assert b"foto.jpg" not in klien.get(f"{KATALOG}{berfoto.pk}/", headers={"save-data": "on"}).content


def test_a_full_page_is_light(ambon: Unit, dunia: Dunia, masuk: Any) -> None:
    for n in range(30):
        ambon.produk(f"Keripik rasa {n} kacang {n * 7919}", deskripsi="Panjang. " * 40)
    klien = masuk(dunia.peninjau)
    isi = klien.get(KATALOG).content
    assert isi.count(b'class="kartu"') == 24
    assert len(gzip.compress(isi)) <= 10_000
    assert klien.get(f"{KATALOG}?halaman=2").content.count(b'class="kartu"') == 6


# ---------------------------------------------------------------- paper


def test_the_sheet_is_a_pdf_with_the_photo(berfoto: Any, dunia: Dunia, masuk: Any) -> None:
    jawaban = masuk(dunia.operator_pekanbaru).get(f"{KATALOG}{berfoto.pk}/lembar.pdf")
    assert jawaban["Content-Type"] == "application/pdf"
    assert jawaban.content.startswith(b"%PDF")
    assert b"DCTDecode" in jawaban.content, "the photo as it is"
    assert f'filename="lembar produk {berfoto.pk}.pdf"' in jawaban["Content-Disposition"]
