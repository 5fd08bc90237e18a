"""F06 Ketahanan pangan: land and people add up to the region's totals; harvest and sales follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from dasbor.contoh.bentuk import BarisIsi
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_KLASTER = ("pertanian", "hortikultura", "perkebunan", "perikanan", "peternakan")
_BOBOT = (46, 24, 12, 10, 8)
_HASIL = (0.030, 0.055, 0.042, 0.135, 0.050)  # kg per m² and month
_HARGA = (9_000, 12_000, 10_000, 26_000, 42_000)  # rupiah per kg
_SEBAB = ("lahan", "lahan", "lahan", "tanah", "anggaran", "bangunan", "keamanan")
_KOMODITAS = (
    ("Jagung", "Ubi kayu", "Jagung manis", "Kacang tanah"),
    ("Kangkung", "Bayam", "Sawi", "Terong", "Cabai rawit"),
    ("Kopi", "Kakao"),
    ("Lele", "Nila"),
    ("Ayam petelur", "Itik petelur"),
)
_BUTIR_PER_KG = 16
_AWAL = Bulan(2024, 1)


def isi_f06(p: Profil, bulan: Bulan) -> dict[str, Nilai]:
    """Typed items; a unit without a programme says so, and why, and reports its idle land only."""
    kode = p.unit.kode
    lahan, wbp = p.lahan(_musim(bulan)), p.wbp(bulan)
    isi: dict[str, Nilai] = {
        "ada_kegiatan": lahan > 0,
        "lahan_tidur": round(antara(0, 40, kode, "tidur")) * 50,
    }
    if lahan == 0:
        return isi | {"sebab_tanpa": _SEBAB[int(pecahan(kode, "sebab") * len(_SEBAB))]}
    bobot = kumulatif([b if pecahan(kode, k) < 0.75 else 0 for k, b in zip(_KLASTER, _BOBOT, strict=True)])
    bobot = bobot if bobot[-1] else (1,) * 5
    luas = _luas(p, lahan, bobot)
    orang = _penempatan(pecah(wbp, bobot), wbp)
    panen = [_panen(kode, bulan, i, m2) for i, m2 in enumerate(luas)]
    for i, klaster in enumerate(_KLASTER):
        isi[f"klaster_{klaster}_lahan"] = luas[i]
        isi[f"klaster_{klaster}_wbp"] = orang[i]
        isi[f"klaster_{klaster}_panen"] = setengah(panen[i])
        isi[f"klaster_{klaster}_nilai"] = panen[i] * _HARGA[i] // 2
    isi |= {
        "lahan_pinjam": next(m2 for m2 in reversed(luas) if m2) if pecahan(kode, "pinjam") < 0.2 else 0,
        "wbp": wbp,
        "petugas": 1 + int(pecahan(kode, "petugas") * 3),
        "bersertifikat": int(pecahan(kode, bulan, "sertifikat") * 4) if pecahan(kode, bulan) < 0.1 else 0,
        "mitra": int(pecahan(kode, "mitra") * 4),
    }
    return isi | _pemanfaatan(p, bulan, sum(panen), sum(h * _HARGA[i] for i, h in enumerate(panen)) // 2)


def hasil_f06(p: Profil, isi: Mapping[str, Nilai]) -> list[BarisIsi]:
    """The harvest by commodity: a unit grows one in each cluster."""
    return [
        _baris_hasil(p.unit.kode, i, klaster, isi)
        for i, klaster in enumerate(_KLASTER)
        if isi.get(f"klaster_{klaster}_panen")
    ]


def _baris_hasil(kode: str, i: int, klaster: str, isi: Mapping[str, Nilai]) -> BarisIsi:
    pilihan, berat = _KOMODITAS[i], Decimal(str(isi[f"klaster_{klaster}_panen"]))
    telur = klaster == "peternakan"
    return {
        "klaster_hasil": klaster,
        "komoditas": pilihan[int(pecahan(kode, klaster, "komoditas") * len(pilihan))],
        "satuan_hasil": "butir" if telur else "kg",
        "jumlah_hasil": int(berat * _BUTIR_PER_KG) if telur else isi[f"klaster_{klaster}_panen"],
        "berat_hasil": isi[f"klaster_{klaster}_panen"],
        "nilai_komoditas": isi[f"klaster_{klaster}_nilai"],
    }


def _musim(bulan: Bulan) -> Bulan:
    """Land is taken into use and given back in January."""
    return Bulan(bulan.tahun, 1)


def _luas(p: Profil, lahan: int, bobot: Sequence[int]) -> list[int]:
    """Area by cluster: the largest one takes in what was added since the beginning."""
    luas = pecah(min(lahan, p.lahan(_AWAL)), bobot)
    luas[luas.index(max(luas))] += lahan - sum(luas)
    return luas


def _penempatan(orang: list[int], wbp: int) -> list[int]:
    """One person may work in two clusters: the largest cluster also gets a helper of another one."""
    besar = orang.index(max(orang))
    hasil = list(orang)
    hasil[besar] = min(orang[besar] + (1 if wbp > 4 else 0), wbp)
    return hasil


def _panen(kode: str, bulan: Bulan, i: int, luas: int) -> int:
    """Harvest in half kilograms."""
    return round(2 * luas * _HASIL[i] * antara(0.6, 1.4, kode, bulan, i))


def setengah(n: int) -> int | Decimal:
    """n half kilograms in kg."""
    return n // 2 if n % 2 == 0 else Decimal(n) / 2


def _pemanfaatan(p: Profil, bulan: Bulan, panen: int, nilai: int) -> dict[str, Nilai]:
    """Use of the harvest (half kilograms in, kg out). Few units sell the vendor too little and explain it."""
    kode = p.unit.kode
    kurang = pecahan(kode, bulan, "bama") < 0.012
    bama = panen // 50 if kurang else -(-panen * 12 // 100)
    lain = (panen - bama) * 55 // 100
    sendiri = panen - bama - lain
    jual = nilai * (bama + lain) // panen if panen else 0
    return {
        "jual_bama": setengah(bama),
        "jual_lain": setengah(lain),
        "pakai_sendiri": setengah(sendiri),
        "penjualan": jual,
        "pnbp": jual * 15 // 100,
        "premi": jual // 10,
    }
