"""Sentences about moved deadlines for the pages of a unit."""

from __future__ import annotations

from collections.abc import Sequence

from pelaporan.models import Laporan, PerubahanTenggat
from pelaporan.services_periode import hari_libur, tenggat_untuk
from pelaporan.tenggat.penerapan import mengenai
from pelaporan.tenggat.selectors import perubahan_unit
from pemasyarakatan.inti.waktu import Bulan, tulis_tanggal
from upt.models import UPT


def kalimat_geser(laporan: Sequence[Laporan], upt: UPT) -> list[str]:
    """“Tenggat Data penghuni dipindah dari 7 ke 9 Desember 2026 karena …”, the decisions that still hold first.

    `laporan` are the unit's reports of one month, let in already.
    """
    semua = perubahan_unit(laporan)
    return [teks for p in semua if (teks := _kalimat(p, laporan, upt))]


def _kalimat(p: PerubahanTenggat, laporan: Sequence[Laporan], upt: UPT) -> str:
    kena = next((lap for lap in laporan if mengenai(p, lap)), None)
    if kena is None:
        return ""
    bulan = Bulan.pada(kena.bulan)
    libur = hari_libur(bulan + 1)
    semula = tenggat_untuk(kena.formulir_versi, upt, bulan, libur.get(kena.kanwil_id, libur[None]))
    tanggal = (
        ("kirim", semula.upt if semula else None, p.tenggat_upt),
        ("verifikasi Kanwil", semula.kanwil if semula else None, p.tenggat_kanwil),
        ("kunci Pusat", semula.pusat if semula else None, p.tenggat_pusat),
    )
    pindah = [f"{nama} dari {tulis_tanggal(lama)} ke {tulis_tanggal(baru)}" for nama, lama, baru in tanggal if baru]
    apa = p.formulir.nama if p.formulir else "semua formulir"
    return f"Tenggat {apa} dipindah ({'; '.join(pindah)}) karena {p.alasan}"
