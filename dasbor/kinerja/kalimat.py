"""Sentences of a performance report, computed from rules. Pure: facts in, plain Indonesian out.

No claim without its coverage; no comparison between months that are covered differently; "tidak ada data"
and never a zero where nobody reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dasbor.kinerja.fakta import Fakta, Pokok
from dasbor.rekap import LAYAK, Dasar, Liputan, bagian_persen
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import Bulan

SELISIH_CAKUPAN = 5
"""Months whose share of counted units differs by more than this many points are not compared."""

_BANYAK_SEBUT = 5


def ringkasan(fakta: Fakta) -> list[str]:
    """The executive summary, one paragraph per subject."""
    bagian = (kelengkapan, hunian, peringkat, mutasi, kamtib, pangan)
    return [teks for teks in (satu(fakta) for satu in bagian) if teks]


def kelengkapan(f: Fakta) -> str:
    li = f.kelengkapan
    if not li.wajib:
        return f"Tidak ada laporan yang wajib untuk {f.bulan.nama}."
    awal = (
        f"Dari {_angka(li.wajib)} laporan yang wajib untuk {f.bulan.nama}, {_angka(li.masuk)} masuk "
        f"({_persen(li.persen)}), {_angka(li.tepat)} di antaranya tepat waktu, dan {_angka(li.sah)} "
        "terverifikasi "
        f"({_persen(li.persen_sah)})."
    )
    return f"{awal} {_belum(f)}"


def _belum(f: Fakta) -> str:
    kurang = f.kelengkapan.wajib - f.kelengkapan.sah
    if not kurang:
        return "Semua laporan sudah terverifikasi."
    sebut = [f"{nama} {_angka(n)}" for nama, n in f.belum_sah[:_BANYAK_SEBUT]]
    lain = len(f.belum_sah) - len(sebut)
    sisa = [f"{_angka(lain)} Kanwil lain"] if lain else []
    return f"Angka bersifat sementara: {_angka(kurang)} laporan belum terverifikasi (Kanwil {_daftar(sebut + sisa)})."


def hunian(f: Fakta) -> str:
    p, isi, kapasitas, lebih = (f.pokok[k] for k in ("hunian", "isi", "kapasitas", "overkapasitas"))
    if p.nilai is None:
        return tidak_ada_data("Tingkat hunian nasional", p, f)
    angka = (
        f"Tingkat hunian nasional {_persen(p.nilai)}: {_angka(isi.nilai)} penghuni dalam kapasitas "
        f"{_angka(kapasitas.nilai)} orang; overkapasitas {_persen(lebih.nilai)}"
    )
    return f"{angka}, {banding(p, f)}. {cakupan(p.liputan, f.dasar)}"


def peringkat(f: Fakta) -> str:
    """Highest and lowest occupancy; needs at least four Kanwil that are fit to be compared."""
    urut = f.hunian_kanwil
    if len(urut) < 4:
        return ""
    banyak = min(3, len(urut) // 2)
    atas = _daftar([f"{nama} {_persen(n)}" for nama, n in urut[:banyak]])
    bawah = _daftar([f"{nama} {_persen(n)}" for nama, n in reversed(urut[-banyak:])])
    return (
        f"Tingkat hunian tertinggi di Kanwil {atas}; terendah di Kanwil {bawah}. Diurutkan "
        f"{_angka(len(urut))} Kanwil "
        f"yang laporannya paling sedikit {LAYAK}%."
    )


def mutasi(f: Fakta) -> str:
    masuk, keluar = f.pokok["masuk"], f.pokok["keluar"]
    if masuk.nilai is None or keluar.nilai is None:
        return tidak_ada_data("Mutasi penghuni", masuk, f)
    selisih = masuk.nilai - keluar.nilai
    arah = (
        "sama dengan"
        if not selisih
        else f"{_angka(abs(selisih))} orang lebih {'banyak' if selisih > 0 else 'sedikit'} dari"
    )
    orang = [
        f"{_angka(f.lain.get(kode))} {kata}"
        for kode, kata in (
            ("meninggal", "meninggal"),
            ("lari", "melarikan diri"),
            ("overstaying", "tahanan overstaying"),
        )
        if f.lain.get(kode) is not None
    ]
    rincian = f" Tercatat {_daftar(orang)}." if orang else ""
    return (
        f"Penghuni masuk {_angka(masuk.nilai)} orang, {arah} yang keluar ({_angka(keluar.nilai)} "
        f"orang).{rincian} "
        f"{cakupan(masuk.liputan, f.dasar)}"
    )


def kamtib(f: Fakta) -> str:
    p = f.pokok["total_kejadian"]
    if p.nilai is None:
        return tidak_ada_data("Gangguan keamanan dan ketertiban", p, f)
    if not p.nilai:
        return (
            f"Tidak ada gangguan keamanan dan ketertiban yang dilaporkan, {banding(p, f)}. "
            f"{cakupan(p.liputan, f.dasar)}"
        )
    sebut = [f"{nama.lower()} {_angka(n)}" for nama, n in f.kelompok_kamtib[:3]]
    terbanyak = f", terbanyak {_daftar(sebut)}" if sebut else ""
    return (
        f"Tercatat {_angka(p.nilai)} kejadian gangguan keamanan dan ketertiban{terbanyak}; {banding(p, f)}. "
        f"{cakupan(p.liputan, f.dasar)}"
    )


def pangan(f: Fakta) -> str:
    wbp, lahan, panen = (f.pokok[k] for k in ("wbp", "lahan", "panen"))
    if wbp.nilai is None and lahan.nilai is None:
        return tidak_ada_data("Ketahanan pangan", lahan, f)
    luas = f", terluas {f.klaster[0][0].lower()} ({_angka(f.klaster[0][1])} m²)" if f.klaster else ""
    hasil = f" Hasil panen {_desimal(panen.nilai)} kg, {banding(panen, f)}." if panen.nilai is not None else ""
    return (
        f"Program ketahanan pangan melibatkan {_atau(wbp)} warga binaan pada {_atau(lahan)} m² "
        f"lahan{luas}.{hasil} "
        f"{cakupan(lahan.liputan, f.dasar)}"
    )


# Pieces -------------------------------------------------------------------------------------------


def tidak_ada_data(apa: str, p: Pokok, f: Fakta) -> str:
    """Nobody reported, or the denominator is zero: said, and never shown as a number."""
    return f"{apa}: tidak ada data untuk {f.bulan.nama}. {cakupan(p.liputan, f.dasar)}"


def cakupan(li: Liputan, dasar: Dasar) -> str:
    """How much of the nation a figure stands for, as a sentence."""
    if not li.wajib:
        return "Tidak ada UPT yang wajib lapor."
    dihitung = li.pada(dasar)
    penghuni = li.persen_penghuni if dasar == "masuk" else li.persen_penghuni_sah
    bobot = f", {_persen(penghuni)} penghuni" if penghuni is not None else ""
    sah = f"; {_angka(li.sah)} terverifikasi" if dasar == "masuk" else " yang terverifikasi"
    belum = "" if dihitung * 100 >= li.wajib * LAYAK else f" Kurang dari {LAYAK}%, belum layak disimpulkan."
    return f"Cakupan {_angka(dihitung)} dari {_angka(li.wajib)} UPT{bobot}{sah}.{belum}"


def banding(p: Pokok, f: Fakta) -> str:
    """The change since last month, or why there is none to state."""
    lalu = f.bulan - 1
    beda = p.perubahan
    if beda is None:
        return f"belum dapat dibandingkan karena tidak ada data {lalu.nama}"
    if not setara(p.liputan, p.liputan_lalu, f.dasar):
        return f"tidak dibandingkan dengan {lalu.nama} karena cakupannya berbeda ({_hitungan(p.liputan_lalu, f.dasar)})"
    return _arah(p, beda, lalu)


def setara(kini: Liputan, lalu: Liputan, dasar: Dasar) -> bool:
    """Whether two months count a like share of those who owe."""
    ini, itu = (bagian_persen(li.pada(dasar), li.wajib) for li in (kini, lalu))
    return ini is not None and itu is not None and abs(ini - itu) <= SELISIH_CAKUPAN


def _arah(p: Pokok, beda: float, lalu: Bulan) -> str:
    besar = tulis_angka(abs(beda), "desimal", desimal=1) if p.jenis == "persen" else _desimal(abs(beda))
    if not any(huruf in "123456789" for huruf in besar):
        return f"tetap sejak {lalu.nama}"
    satuan = "poin" if p.jenis == "persen" else p.satuan
    return f"{'naik' if beda > 0 else 'turun'} {besar} {satuan} dari {lalu.nama}"


def _hitungan(li: Liputan, dasar: Dasar) -> str:
    return f"{_angka(li.pada(dasar))} dari {_angka(li.wajib)} UPT"


def _angka(nilai: float | int | None) -> str:
    return "tidak ada data" if nilai is None else tulis_angka(nilai)


def _desimal(nilai: float) -> str:
    """At most two decimals; none where there is nothing after the comma."""
    return tulis_angka(round(Decimal(repr(nilai)), 2), "desimal")


def _persen(nilai: float | Decimal | None) -> str:
    return "tidak ada data" if nilai is None else tulis_angka(nilai, "persen", desimal=1)


def _atau(p: Pokok) -> str:
    return "(tidak ada data)" if p.nilai is None else _angka(p.nilai)


def _daftar(isi: Sequence[str]) -> str:
    """a; a dan b; a, b, dan c."""
    if len(isi) < 3:
        return " dan ".join(isi)
    return f"{', '.join(isi[:-1])}, dan {isi[-1]}"
