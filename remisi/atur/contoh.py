"""Made-up cases on which a draft is rehearsed at once: sentences, grants, savings and occasions around its first day.

They are spread so that every row of the grids, every switch and every programme is touched by one of them. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi import aturan
from remisi.aturan import Lama, Perkara, Permohonan, Pita, Potong, Subsider
from remisi.kesempatan import rencana
from remisi.ketentuan import Himpunan

_HARI_KE = (("RU", 8, 17), ("PMPU", 8, 17), ("PMP_HAN", 7, 23))
_JALANI = (170, 180, 181, 359, 360, 800)
_JALANI_ANAK = (89, 90, 91, 359, 360)


@dataclass(frozen=True)
class Jawaban:
    """What comes out, in lines, and how (each step with its rule)."""

    teks: tuple[str, ...]
    langkah: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contoh:
    nama: str
    hitung: Callable[[Himpunan], Jawaban]


def semua(pada: date) -> list[Contoh]:
    """The cases for a rule that begins on a day."""
    return [*_masa_pidana(pada), *_pemberian(pada), *_penghematan(pada), *_kesempatan(pada)]


# ---------------------------------------------------------------- sentences


def _masa_pidana(pada: date) -> Iterator[Contoh]:
    lama = pada - timedelta(days=400)
    for mulai, kapan in ((lama, "ditahan sebelum aturan"), (pada + timedelta(days=10), "ditahan sesudah aturan")):
        for kategori, pidana, subsider in (
            ("umum", Lama(1, 0, 0), None),
            ("umum", Lama(1, 6, 0), Subsider(2, 0)),
            ("umum", Lama(2, 8, 15), None),
            ("narkotika", Lama(6, 0, 0), Subsider(3, 0)),
            ("korupsi", Lama(4, 0, 0), Subsider(6, 0, dibayar=True)),
            ("terorisme", Lama(8, 0, 0), None),
            ("anak", Lama(2, 0, 0), None),
        ):
            for putusan in _putusan(kategori, mulai):
                perkara = Perkara(
                    tanggal_tahan=mulai,
                    pidana=(pidana,),
                    remisi=(Potong(1, 0), Potong(2, 0)),
                    subsider=subsider,
                    kategori=kategori,
                    tanggal_putusan=putusan,
                )
                nama = f"Pidana {pidana}, {kategori}, {kapan}"
                yield Contoh(nama + (f", putusan {tulis_tanggal(putusan)}" if putusan else ""), _hitung(perkara))


def _putusan(kategori: str, mulai: date) -> tuple[date | None, ...]:
    if kategori in ("umum", "anak"):
        return (None,)
    return (date(2005, 1, 3), date(2010, 1, 4), mulai + timedelta(days=120))


def _hitung(perkara: Perkara) -> Callable[[Himpunan], Jawaban]:
    def hitung(himpunan: Himpunan) -> Jawaban:
        h = aturan.hitung_pidana(perkara, himpunan)
        tanggal = (
            ("ekspirasi akhir", h.ekspirasi_akhir),
            ("1/2", h.setengah),
            ("2/3", h.dua_pertiga),
            ("PB mulai", h.pb.mulai),
            ("bimbingan sampai", h.pb.akhir_bimbingan),
            ("CB mulai", h.cb.mulai),
            ("CMB mulai", h.cmb.mulai),
        )
        teks = [f"{nama} {tulis_tanggal(t)}" for nama, t in tanggal if t]
        return Jawaban((*teks, *(f"kurang: {k}" for k in h.kurang)), tuple(map(str, h.langkah)))

    return hitung


# ---------------------------------------------------------------- grants


def _pemberian(pada: date) -> Iterator[Contoh]:
    for jenis, bulan, hari in _HARI_KE:
        yield from _kisi(jenis, _hari_berikut(pada, bulan, hari))
    for jenis in ("RK", "PMPK"):
        yield from _kisi(jenis, pada + timedelta(days=30))
    agustus = _hari_berikut(pada, 8, 17)
    for jenis in ("RT_JASA", "RT_PEMUKA", "RT_JC"):
        for ru in (Potong(1, 0), Potong(5, 0)):
            yield _satu(jenis, agustus, 900, besaran_ru=ru, kata=f"RU {ru}")
    dasawarsa = date(agustus.year + (5 - agustus.year) % 10, 8, 17)
    for jenis in ("RD", "PMPD"):
        for pidana in (Lama(0, 10, 0), Lama(1, 7, 10), Lama(6, 0, 0)):
            yield _satu(jenis, dasawarsa, 200, pidana=pidana, kata=f"pidana {pidana}")
    yield _satu("RKM", _hari_berikut(pada, 5, 29), 400, kata="lansia")


def _hari_berikut(pada: date, bulan: int, hari: int) -> date:
    tahun_ini = date(pada.year, bulan, hari)
    return tahun_ini if tahun_ini >= pada else date(pada.year + 1, bulan, hari)


def _kisi(jenis: str, tanggal: date) -> Iterator[Contoh]:
    """The boundaries of the first grant, then every ordinal."""
    for jalani in _JALANI_ANAK if jenis.startswith("PMP") else _JALANI:
        yield _satu(jenis, tanggal, jalani, urutan=1)
    for urutan in range(2, 8):
        yield _satu(jenis, tanggal, 365 * urutan, urutan=urutan)


def _satu(
    jenis: str,
    tanggal: date,
    jalani: int,
    *,
    urutan: int | None = None,
    besaran_ru: Potong | None = None,
    pidana: Lama | None = None,
    kata: str = "",
) -> Contoh:
    permohonan = Permohonan(
        jenis=jenis,
        tanggal=tanggal,
        tanggal_tahan=tanggal - timedelta(days=jalani),
        urutan=urutan,
        besaran_ru=besaran_ru,
        pidana=pidana or Lama(8, 0, 0),
        status="anak" if jenis.startswith("PMP") else "narapidana",
        register_f=False,
        sedang_cmb=False,
    )
    ke = f"ke-{urutan}" if urutan else kata
    nama = f"{jenis} {tulis_tanggal(tanggal)}, {ke}, telah menjalani {tulis_angka(jalani)} hari"
    return Contoh(nama, lambda himpunan: _hasil_remisi(permohonan, himpunan))


def _hasil_remisi(permohonan: Permohonan, himpunan: Himpunan) -> Jawaban:
    h = aturan.hitung_remisi(permohonan, himpunan)
    if h.besaran is not None and h.layak:
        hari = f" ({tulis_angka(h.besaran.total_hari)} hari)" if h.besaran.bulan else ""
        teks: tuple[str, ...] = (f"{h.besaran}{hari}",)
    elif h.layak is False:
        teks = ("tidak diberikan",)
    else:
        teks = tuple(f"kurang: {k}" for k in h.kurang)
    return Jawaban(teks, tuple(map(str, h.alasan)))


# ---------------------------------------------------------------- savings and occasions


def _penghematan(pada: date) -> Iterator[Contoh]:
    for tingkat in ("nasional", "33"):
        nama = f"1.000 orang masing-masing 30 hari, {tulis_tanggal(pada)}, {tingkat}"
        yield Contoh(nama, lambda himpunan, t=tingkat: _hasil_hemat(pada, t, himpunan))  # type: ignore[misc]


def _hasil_hemat(pada: date, tingkat: str, himpunan: Himpunan) -> Jawaban:
    h = aturan.hitung_hemat(
        tanggal=pada, pita=(Pita(30, 1000),), rupiah_tercetak=None, himpunan=himpunan, tingkat=tingkat
    )
    teks = (tulis_angka(h.rupiah, "rupiah"),) if h.rupiah is not None else tuple(f"kurang: {k}" for k in h.kurang)
    return Jawaban(teks, tuple(map(str, h.langkah)))


def _kesempatan(pada: date) -> Iterator[Contoh]:
    """The occasions of this year and the two that follow, so that a holy day still to come is among them."""
    for tahun in range(pada.year, pada.year + 3):
        yield Contoh(f"Kesempatan {tahun}", lambda himpunan, t=tahun: _hasil_kesempatan(t, himpunan))  # type: ignore[misc]


def _hasil_kesempatan(tahun: int, himpunan: Himpunan) -> Jawaban:
    semua = rencana(himpunan, date(tahun, 1, 1), date(tahun, 12, 31))
    return Jawaban(
        tuple(
            f"{r.nama}: {tulis_tanggal(r.tanggal)}, diusulkan paling lambat {tulis_tanggal(r.batas_usul)}"
            for r in semua
        )
    )
