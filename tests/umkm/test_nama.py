"""Names as kinds: what is one kind, what stays two."""

from __future__ import annotations

import pytest

from umkm.nama import PANJANG_KUNCI, ejaan, kunci, mungkin_sama


@pytest.mark.parametrize(
    "tulisan",
    [
        ["Keripik pisang", "KRIPIK PISANG", "kripik  pisang.", "Keripik-pisang 250 gr", "Keripik Pisang (isi 12)",
         "Kripik pisang Lapas Ambon", "Keripik pisang original 1,5 kg", "Aneka keripik pisang",
         "Keripik pisang “Jaya Mandiri”", "Keripik Pisang kemasan 100g", "pisang keripik"],
        ["Kopi bubuk robusta", "kopi robusta bubuk", "Kopi Bubuk (Robusta)", "Kopi bubuk robusta 250 gram"],
        ["Tas anyaman", "tas-tas anyaman", "Tas anyam", "tas2 anyaman", "Tas anyam-anyaman",
         "Tas Anyaman by Rutan Masohi"],
        ["Sofa kafé", "sofa kafe"],
        ["Sambal botol", "Sambel botol", "sambal botol 150 ml"],
        ["Meja 60 x 40 cm", "meja 60x40cm", "Meja"],
        ["Kaus", "kaos ukuran XL", "Kaos uk. L"],
        ["Es krim", "Eskrim"],
    ],
)  # fmt: skip
def test_satu_jenis(tulisan: list[str]) -> None:
    assert len({kunci(t) for t in tulisan}) == 1, {t: kunci(t) for t in tulisan}


@pytest.mark.parametrize(
    ("satu", "lain"),
    [
        ("Keripik pisang", "Keripik singkong"),
        ("Kopi bubuk", "Kopi bubuk robusta"),
        ("Kopi bubuk robusta", "Kopi robusta"),
        ("Roti tawar", "Roti isi cokelat"),
        ("Batik cap", "Batik tulis"),
        ("Meja 2 laci", "Meja 3 laci"),
        ("Sabun cuci", "Sabun mandi"),
    ],
)
def test_dua_jenis(satu: str, lain: str) -> None:
    assert kunci(satu) != kunci(lain)


@pytest.mark.parametrize("tulisan", ["Lapas Ambon", "250 gr", "“Jaya”", "Produk premium", "By WBP", "ukuran XL"])
def test_yang_hanya_terdiri_dari_yang_dibuang_tetap_bernama(tulisan: str) -> None:
    assert kunci(tulisan)


@pytest.mark.parametrize("tulisan", ["", "   ", "!!!", "—", "“”"])
def test_tanpa_huruf_tidak_berjenis(tulisan: str) -> None:
    assert kunci(tulisan) == ""


def test_kunci_tidak_pernah_lebih_panjang_dari_kolomnya() -> None:
    assert len(kunci("kripik krupuk coklat telor sambel kaos sprei kueh klapa stick donut " * 4)) <= PANJANG_KUNCI
    assert len(kunci("x" * 500)) <= PANJANG_KUNCI


def test_ejaan_untuk_pencarian_menjaga_urutan_dan_ukuran() -> None:
    assert ejaan("Kripik Pisang, 250 gr") == "keripik pisang 250 gr"


def test_kunci_dari_kunci_tetap() -> None:
    for tulisan in ("Kue-kue kering", "Kripik pisang", "Kopi bubuk robusta 250 gr", "Anyam-anyaman"):
        assert kunci(kunci(tulisan)) == kunci(tulisan)


@pytest.mark.parametrize(
    ("satu", "lain", "sama"),
    [
        ("Rengginang", "Ranginang", True),
        ("Kopi bubuk robusta", "Kopi robusta", True),  # one says less: people decide
        ("Miniatur kapal pinisi", "Miniatur kapal phinisi", True),
        ("Tas rajutan", "Tas rajut", True),
        ("Jam dinding kayu", "Jam dinding kaca", False),
        ("Sambal teri", "Sambal terasi", False),
        ("Lampu hias bambu", "Lampu hias kayu", False),
        ("Kursi tamu", "Kursi taman", False),
    ],
)
def test_pasangan_yang_ditanyakan(satu: str, lain: str, sama: bool) -> None:
    assert mungkin_sama(kunci(satu), kunci(lain)) is mungkin_sama(kunci(lain), kunci(satu)) is sama
