"""K01 Penanaman kelapa Nusakambangan: seedlings and palms that add up over the months of the campaign."""

from __future__ import annotations

from dasbor.contoh.bentuk import Isi, Semua
from dasbor.contoh.profil import Profil
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.acak import antara
from pemasyarakatan.inti.waktu import Bulan

_MULAI = Bulan(2026, 8)
AKHIR_KELAPA = Bulan(2026, 10)
UNIT_KELAPA = frozenset(
    {
        "lapas-kelas-i-batu-nusakambangan",
        "lapas-kelas-iia-besi-nusakambangan",
        "lapas-kelas-iia-gladakan-nusakambangan",
        "lapas-kelas-iia-kembang-kuning-nusakambangan",
        "lapas-kelas-iia-kumbang-nusakambangan",
        "lapas-kelas-iia-ngaseman-nusakambangan",
        "lapas-kelas-iia-pasir-putih-nusakambangan",
        "lapas-kelas-iia-permisan-nusakambangan",
        "lapas-kelas-iib-nirbaya-nusakambangan",
        "lapas-khusus-kelas-iia-karanganyar",
        "lapas-narkotika-kelas-iia-nusakambangan",
        "lapas-terbuka-kelas-iib-nusakambangan",
    }
)
_M2_PER_POHON = 60


def isi_k01(p: Profil, bulan: Bulan, semua: Semua) -> Isi:
    kode = p.unit.kode
    tanam, mati, terima, rusak = (_arus(kode, bulan, jenis) for jenis in ("tanam", "mati", "terima", "rusak"))
    hidup = sum(_arus(kode, b, "tanam") - _arus(kode, b, "mati") for b in _MULAI.rentang(bulan))
    masuk = sum(
        _arus(kode, b, "terima") - _arus(kode, b, "rusak") - _arus(kode, b, "tanam") for b in _MULAI.rentang(bulan)
    )
    ditanam = sum(_arus(kode, b, "tanam") for b in _MULAI.rentang(bulan)) * _M2_PER_POHON
    isi: dict[str, Nilai] = {
        "lahan_disiapkan": 30_000,
        "lahan_ditanam": ditanam,
        "bibit_diterima": terima,
        "bibit_rusak": rusak,
        "bibit_sisa": masuk,
        "ditanam": tanam,
        "mati": mati,
        "hidup": hidup,
        "wbp_kelapa": min(8 + int(antara(0, 14, kode, "orang kelapa")), max(sum(p.isi(bulan)), 1)),
        "petugas_kelapa": 2,
    }
    return Isi(isi)


def _arus(kode: str, bulan: Bulan, jenis: str) -> int:
    """Every month more seedlings come than are planted or spoil; a few palms die."""
    tanam = int(antara(40, 140, kode, bulan, "tanam kelapa"))
    return {"tanam": tanam, "mati": tanam // 30, "rusak": tanam // 25, "terima": tanam + tanam // 25 + 6}[jenis]
