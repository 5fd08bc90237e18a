"""F02 Mutasi: arrivals and departures that carry last month's inmates over to this month's, exactly."""

from __future__ import annotations

from dasbor.contoh.f01 import bagi_golongan
from dasbor.contoh.profil import Profil
from pemasyarakatan.inti.acak import antara, kumulatif, pecah, pecahan
from pemasyarakatan.inti.waktu import Bulan

_MASUK = ("penyidik", "penuntut", "hakim", "eksekusi", "pindahan", "kembali", "cabut", "tertangkap", "lain")
_KELUAR = (
    "bebas_murni", "bebas_remisi", "pb", "cb", "cmb", "asimilasi", "demi_hukum", "putusan", "pindah", "bon",
    "meninggal_sakit", "eksekusi_mati", "amnesti_grasi", "lain",
)  # fmt: skip
_MASUK_TAHANAN = kumulatif((250, 340, 160, 60, 150, 25, 4, 0, 1))
_MASUK_PIDANA = kumulatif((10, 60, 30, 330, 520, 30, 15, 0, 5))
_KELUAR_TAHANAN = kumulatif((190, 5, 140, 95, 3, 4, 14, 45, 470, 22, 6, 0, 1, 5))
_KELUAR_PIDANA = kumulatif((170, 12, 400, 190, 6, 10, 1, 6, 170, 20, 11, 0, 1, 3))


def isi_f02(p: Profil, bulan: Bulan, lari: int, tewas: int) -> dict[str, int]:
    """Typed items. `lari`, `tewas`: escaped and dead men as F04 of the month lists them."""
    kini, lalu = p.isi(bulan), p.isi(bulan - 1)
    isi: dict[str, int] = {}
    for i, kelamin in enumerate(("l", "p")):
        khusus = (lari, tewas) if kelamin == ("p" if p.perempuan == 1 else "l") else (0, 0)
        _satu_kelamin(isi, p, bulan, kelamin, kini[i], lalu[i], khusus)
    tahanan = sum(bagi_golongan(p, n)[0] for n in kini)
    isi["alih_status"] = round(tahanan * antara(0.10, 0.2, p.unit.kode, bulan, "alih"))
    isi["surat_h10"] = round(tahanan * antara(0.12, 0.2, p.unit.kode, bulan, "h10"))
    isi["surat_h3"] = isi["surat_h10"] // 3
    isi["overstaying"] = 2 if tahanan > 60 and pecahan(p.unit.kode, bulan, "overstay") < 0.012 else 0
    return isi


def _satu_kelamin(
    isi: dict[str, int], p: Profil, bulan: Bulan, kelamin: str, kini: int, lalu: int, khusus: tuple[int, int]
) -> None:
    lari, tewas = khusus
    laju = (0.115 if p.unit.jenis == "RUTAN" else 0.048) * antara(0.8, 1.25, p.unit.kode, bulan, kelamin)
    keluar = min(max(round(lalu * laju), lari + tewas), lalu)
    masuk = keluar + kini - lalu
    if masuk < 0:
        keluar, masuk = keluar - masuk, 0
    tahanan = p.unit.jenis == "RUTAN"
    rinci_masuk = pecah(masuk, _MASUK_TAHANAN if tahanan else _MASUK_PIDANA)
    rinci_keluar = pecah(keluar - lari - tewas, _KELUAR_TAHANAN if tahanan else _KELUAR_PIDANA)
    isi |= {f"mutasi_masuk_{k}_{kelamin}": n for k, n in zip(_MASUK, rinci_masuk, strict=True)}
    isi |= {f"mutasi_keluar_{k}_{kelamin}": n for k, n in zip(_KELUAR, rinci_keluar, strict=True)}
    isi[f"mutasi_keluar_lari_{kelamin}"] = lari
    isi[f"mutasi_keluar_meninggal_lain_{kelamin}"] = tewas
