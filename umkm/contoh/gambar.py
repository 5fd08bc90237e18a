"""Invented pictures of products: one plain drawing per group in two colours, each with the word "contoh" in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from umkm.models import Golongan

LEBAR, TINGGI = 480, 320
MINI = (240, 160)
Pena = ImageDraw.ImageDraw
_WARNA = (("#f3e7d3", "#b5651d", "#7a3e0d"), ("#dfeaf2", "#2f6f8f", "#173f54"))
"""Paper, body, line."""


@cache
def gambar(golongan: str, ragam: int) -> tuple[bytes, bytes]:
    """Photo and thumbnail of a product of this group, as JPEG."""
    kertas, isi, garis = _WARNA[ragam % len(_WARNA)]
    lembar = Image.new("RGB", (LEBAR, TINGGI), kertas)
    pena = ImageDraw.Draw(lembar)
    pena.ellipse((110, 262, 370, 290), fill=_bayang(kertas))
    _BENTUK.get(golongan, _kotak)(pena, isi, garis)
    pena.text((12, TINGGI - 34), "contoh", fill=garis, font=ImageFont.load_default(24))
    return _jpeg(lembar), _jpeg(lembar.resize(MINI))


def _bayang(kertas: str) -> tuple[int, int, int]:
    merah, hijau, biru = (int(kertas[n : n + 2], 16) for n in (1, 3, 5))
    return (merah - 24, hijau - 24, biru - 24)


def _jpeg(lembar: Image.Image) -> bytes:
    keluaran = io.BytesIO()
    lembar.save(keluaran, "JPEG", quality=70, optimize=True)
    return keluaran.getvalue()


def _bungkus(p: Pena, isi: str, garis: str) -> None:
    """A bag of snacks."""
    p.rounded_rectangle((160, 50, 320, 276), 14, fill=isi, outline=garis, width=4)
    p.rectangle((160, 66, 320, 84), fill=garis)
    p.rounded_rectangle((182, 120, 298, 200), 8, fill="white")
    for x in (196, 232, 268):
        p.ellipse((x, 146, x + 22, 174), fill=isi)


def _cangkir(p: Pena, isi: str, garis: str) -> None:
    p.ellipse((300, 140, 380, 220), outline=garis, width=14)
    p.polygon([(150, 110), (330, 110), (306, 276), (174, 276)], fill=isi, outline=garis, width=4)
    p.ellipse((150, 92, 330, 128), fill=garis)
    for x in (200, 240, 280):
        p.arc((x - 12, 36, x + 12, 84), 90, 270, fill=garis, width=5)


def _keranjang(p: Pena, isi: str, garis: str) -> None:
    p.arc((170, 40, 310, 240), 180, 360, fill=garis, width=12)
    p.polygon([(130, 140), (350, 140), (320, 276), (160, 276)], fill=isi, outline=garis, width=4)
    for y in range(160, 276, 24):
        masuk = (y - 140) * 30 // 136
        p.line((130 + masuk, y, 350 - masuk, y), fill=garis, width=4)
    for x in range(170, 330, 28):
        p.line((x, 144, x, 272), fill=garis, width=3)


def _kain(p: Pena, isi: str, garis: str) -> None:
    """A shirt with a pattern."""
    p.polygon(
        [(180, 60), (300, 60), (380, 120), (340, 170), (312, 150), (312, 276), (168, 276), (168, 150), (140, 170),
         (100, 120)],
        fill=isi, outline=garis, width=4,
    )  # fmt: skip
    for x in range(190, 300, 36):
        for y in range(110, 260, 36):
            p.polygon([(x, y - 10), (x + 10, y), (x, y + 10), (x - 10, y)], fill=garis)


def _kursi(p: Pena, isi: str, garis: str) -> None:
    p.rounded_rectangle((160, 40, 200, 276), 6, fill=isi, outline=garis, width=4)
    p.rounded_rectangle((160, 170, 330, 204), 6, fill=isi, outline=garis, width=4)
    p.rounded_rectangle((302, 204, 330, 276), 6, fill=isi, outline=garis, width=4)


def _lukisan(p: Pena, isi: str, garis: str) -> None:
    p.rectangle((110, 50, 370, 270), fill=garis)
    p.rectangle((130, 70, 350, 250), fill="white")
    p.ellipse((290, 86, 330, 126), fill=isi)
    p.polygon([(130, 250), (210, 130), (270, 250)], fill=isi)
    p.polygon([(220, 250), (290, 170), (350, 250)], fill=garis)


def _kotak(p: Pena, isi: str, garis: str) -> None:
    p.rectangle((140, 120, 340, 276), fill=isi, outline=garis, width=4)
    p.polygon([(140, 120), (190, 70), (390, 70), (340, 120)], fill=garis)
    p.rectangle((226, 120, 254, 276), fill=garis)


_BENTUK: dict[str, Callable[[Pena, str, str], None]] = {
    Golongan.MAKANAN: _bungkus,
    Golongan.MINUMAN: _cangkir,
    Golongan.KERAJINAN: _keranjang,
    Golongan.TEKSTIL: _kain,
    Golongan.MEBEL: _kursi,
    Golongan.SENI: _lukisan,
}
