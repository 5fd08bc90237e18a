"""F01 Isi dan kapasitas: every sum and identity of the form holds by construction."""

from __future__ import annotations

from dasbor.contoh import kalibrasi
from dasbor.contoh.profil import Profil
from pemasyarakatan.inti.acak import kumulatif, pecah
from pemasyarakatan.inti.waktu import Bulan

_AI = ("ai", "aii", "aiii", "aiv", "av")
_BI = ("bi", "biia", "biib", "biii")
_TAHANAN = kumulatif((34, 22, 36, 6, 2))
_NARAPIDANA = kumulatif((905, 78, 9, 8))
_ANAK = kumulatif((27, 73))
_PERKARA = (
    "narkotika_pengedar", "narkotika_pengguna", "pencurian", "perlindungan_anak", "pembunuhan", "korupsi",
    "terorisme", "tppu", "tppo", "penipuan", "hutan_ikan", "lainnya",
)  # fmt: skip
_PERKARA_UMUM = kumulatif((356, 136, 168, 104, 49, 19, 2, 1, 1, 61, 1, 102))
_PERKARA_NARKOTIKA = kumulatif((700, 270, 10, 5, 5, 2, 0, 1, 0, 3, 0, 4))
_PERKARA_ANAK = kumulatif((30, 60, 380, 330, 60, 0, 1, 0, 1, 8, 0, 130))
_AGAMA = ("islam", "kristen", "katolik", "hindu", "buddha", "konghucu", "kepercayaan")
# Among the inmates, per hundred thousand of one sex.
_RINCI = (("residivis", 11_800), ("wna", 360), ("lansia", 2_600), ("disabilitas", 420))
_PIDANA_PANJANG = (("seumur_hidup", 1_310), ("pidana_mati", 385))


def isi_f01(p: Profil, bulan: Bulan) -> dict[str, int]:
    """Typed items and the capacity of the register."""
    laki, perempuan = p.isi(bulan)
    isi: dict[str, int] = dict(zip(("kapasitas_l", "kapasitas_p", "kapasitas_anak"), p.kapasitas, strict=True))
    isi |= {"isi_l": laki, "isi_p": perempuan}
    agama = pecah(laki + perempuan, kalibrasi.agama(p.unit.kanwil))
    isi |= {f"agama_{a}_jumlah": n for a, n in zip(_AGAMA, agama, strict=True)}
    for kelamin, banyak in (("l", laki), ("p", perempuan)):
        _satu_kelamin(isi, p, kelamin, banyak)
    return isi


def _satu_kelamin(isi: dict[str, int], p: Profil, kelamin: str, banyak: int) -> None:
    tahanan, narapidana, anak = bagi_golongan(p, banyak)
    bi = pecah(narapidana, _NARAPIDANA)
    isi |= {f"reg_tahanan_{k}_{kelamin}": n for k, n in zip(_AI, pecah(tahanan, _TAHANAN), strict=True)}
    isi |= {f"reg_narapidana_{k}_{kelamin}": n for k, n in zip(_BI, bi, strict=True)}
    isi |= {f"reg_anak_{k}_{kelamin}": n for k, n in zip(("abh", "binaan"), pecah(anak, _ANAK), strict=True)}
    isi |= {f"perkara_{k}_{kelamin}": n for k, n in zip(_PERKARA, pecah(banyak, _perkara(p)), strict=True)}
    isi |= {f"rinci_{k}_{kelamin}": banyak * per // 100_000 for k, per in _RINCI}
    berat = p.unit.jenis == "LAPAS" and p.unit.kelas in ("I", "IIA")
    isi |= {f"rinci_{k}_{kelamin}": (bi[0] * 2 * per // 100_000 if berat else 0) for k, per in _PIDANA_PANJANG}
    isi[f"rinci_bayi_bawaan_{kelamin}"] = banyak // 160 if kelamin == "p" else 0
    if kelamin == "p":
        isi["rinci_hamil_menyusui_p"] = banyak * 9 // 1000
    else:
        isi["rinci_bayi_bawaan_l"] = p.isi_dasar // 400 if p.perempuan == 1 else 0


def bagi_golongan(p: Profil, banyak: int) -> tuple[int, int, int]:
    """Detainees, prisoners, children among the inmates of one sex."""
    if p.unit.jenis == "LPKA":
        return 0, 0, banyak
    tahanan = round(banyak * min(p.tahanan, 0.95))
    return tahanan, banyak - tahanan, 0


def _perkara(p: Profil) -> tuple[int, ...]:
    if p.unit.jenis == "LPKA":
        return _PERKARA_ANAK
    return _PERKARA_NARKOTIKA if p.unit.subjenis == "NARKOTIKA" else _PERKARA_UMUM
