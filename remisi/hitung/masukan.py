"""Reading what is asked: JSON objects into sentences and grants, strictly. Pure.

Wrong types, impossible dates, negative and huge numbers are refused in words that say what to mend; what is absent or
null stays unknown. Nothing is rounded, converted or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from remisi.hitung.dasar import MasukanSalah
from remisi.hitung.hemat import NASIONAL, HasilHemat, Pita, hitung_hemat
from remisi.hitung.pidana import UMUM, HasilPidana, Perkara, Subsider, hitung_pidana
from remisi.hitung.remisi import HasilRemisi, Permohonan, hitung_remisi
from remisi.hitung.tanggal import Lama, Potong
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import STATUS

_TANGGAL = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TAHUN_AWAL, TAHUN_AKHIR = 1900, 2199
TAHUN_MAKS, BULAN_MAKS, HARI_MAKS = 100, 1_200, 36_500
DAFTAR_MAKS, ORANG_MAKS, RUPIAH_MAKS, URUTAN_MAKS = 500, 10_000_000, 10**15, 200


def jawab_pidana(isi: Mapping[str, Any], himpunan: Himpunan) -> HasilPidana:
    """The answer to one object of `hitung_pidana`; raises MasukanSalah and AturanTiada."""
    return _dalam_kalender(lambda: hitung_pidana(perkara(isi), himpunan))


def jawab_remisi(isi: Mapping[str, Any], himpunan: Himpunan) -> HasilRemisi:
    """The answer to one object of `hitung_remisi`; raises MasukanSalah and AturanTiada."""
    return _dalam_kalender(lambda: hitung_remisi(permohonan(isi), himpunan))


def jawab_hemat(isi: Mapping[str, Any], himpunan: Himpunan) -> HasilHemat:
    """The answer to one object of `hitung_hemat`; raises MasukanSalah."""
    return hitung_hemat(
        tanggal=_tanggal(isi, "tanggal"),
        pita=_pita(isi),
        rupiah_tercetak=_bulat(isi, "rupiah_tercetak", RUPIAH_MAKS),
        tingkat=_teks(isi, "tingkat") or NASIONAL,
        himpunan=himpunan,
    )


def _dalam_kalender(hitung: Any) -> Any:
    try:
        return hitung()
    except MasukanSalah:
        raise
    except (OverflowError, ValueError) as galat:
        raise MasukanSalah("Tanggal hasilnya di luar kalender: periksa lama pidana dan remisi.") from galat


def perkara(isi: Mapping[str, Any]) -> Perkara:
    """A sentence, as it is asked of `hitung_pidana`."""
    return Perkara(
        tanggal_tahan=_tanggal(isi, "tanggal_tahan"),
        pidana=_pidana(isi),
        remisi=_remisi(isi),
        subsider=_subsider(isi),
        kategori=(_teks(isi, "kategori") or UMUM).strip().lower(),
        tanggal_putusan=_tanggal(isi, "tanggal_putusan"),
        hari_tahan_sebelumnya=_penahanan(isi),
        seumur_hidup=_boole(isi, "seumur_hidup") or False,
    )


def permohonan(isi: Mapping[str, Any]) -> Permohonan:
    """A grant, as it is asked of `hitung_remisi`."""
    jenis = _teks(isi, "jenis")
    if jenis is None:
        raise MasukanSalah("jenis: belum disebut, misalnya RU.")
    urutan = _bulat(isi, "urutan", URUTAN_MAKS)
    if urutan == 0:
        raise MasukanSalah("urutan: dimulai dari 1.")
    status = _teks(isi, "status")
    if status is not None and status not in STATUS:
        raise MasukanSalah("status: tulis narapidana atau anak.")
    semua = _pidana(isi)
    return Permohonan(
        jenis=jenis,
        tanggal=_tanggal(isi, "tanggal"),
        tanggal_tahan=_tanggal(isi, "tanggal_tahan"),
        urutan=urutan,
        besaran_ru=_potong(isi["besaran_ru"], "besaran_ru") if isi.get("besaran_ru") is not None else None,
        pidana=Lama(*(sum(p[i] for p in semua) for i in range(3))) if semua else None,
        status=status,
        register_f=_boole(isi, "register_f"),
        sedang_cmb=_boole(isi, "sedang_cmb"),
        seumur_hidup=_boole(isi, "seumur_hidup") or False,
    )


# Parts ---------------------------------------------------------------------------------------------
def _pidana(isi: Mapping[str, Any]) -> tuple[Lama, ...]:
    """One sentence, or a list of sentences served one after the other; empty when it is not known."""
    mentah = isi.get("pidana")
    if mentah is None:
        return ()
    if not isinstance(mentah, list):
        return (_lama(mentah, "pidana"),)
    semua = tuple(_lama(m, f"pidana[{i}]") for i, m in enumerate(_daftar(mentah, "pidana")))
    if not semua:
        raise MasukanSalah("pidana: daftarnya kosong.")
    return semua


def _lama(mentah: Any, nama: str) -> Lama:
    objek = _objek(mentah, nama)
    maks = {"tahun": TAHUN_MAKS, "bulan": BULAN_MAKS, "hari": HARI_MAKS}
    lama = Lama(*(_bulat(objek, n, m, nama) or 0 for n, m in maks.items()))
    if not any(lama):
        raise MasukanSalah(f"{nama}: isi tahun, bulan, atau hari lebih dari nol.")
    return lama


def _potong(mentah: Any, nama: str) -> Potong:
    objek = _objek(mentah, nama)
    if objek.get("tahun"):
        raise MasukanSalah(f"{nama}: tulis dalam bulan dan hari, tanpa tahun.")
    bulan, hari = (_bulat(objek, n, m, nama) for n, m in (("bulan", BULAN_MAKS), ("hari", HARI_MAKS)))
    if bulan is None and hari is None:
        raise MasukanSalah(f"{nama}: isi bulan atau hari.")
    return Potong(bulan or 0, hari or 0)


def _remisi(isi: Mapping[str, Any]) -> tuple[Potong, ...] | None:
    mentah = isi.get("remisi")
    if mentah is None:
        return None
    return tuple(_potong(m, f"remisi[{i}]") for i, m in enumerate(_daftar(mentah, "remisi")))


def _subsider(isi: Mapping[str, Any]) -> Subsider | None:
    mentah = isi.get("subsider")
    if mentah is None:
        return None
    lama = _potong(mentah, "subsider")
    return Subsider(lama.bulan, lama.hari, _boole(_objek(mentah, "subsider"), "dibayar", "subsider"))


def _penahanan(isi: Mapping[str, Any]) -> int:
    """Days of earlier detention: periods that ended by the day of the last one and do not overlap."""
    if isi.get("penahanan") is None:
        return 0
    masa = []
    for i, mentah in enumerate(_daftar(isi["penahanan"], "penahanan")):
        nama = f"penahanan[{i}]"
        objek = _objek(mentah, nama)
        dari, sampai = _tanggal(objek, "dari", nama), _tanggal(objek, "sampai", nama)
        if dari is None or sampai is None or sampai < dari:
            raise MasukanSalah(f"{nama}: isi dari dan sampai, sampai tidak mendahului dari.")
        masa.append((dari, sampai))
    masa.sort()
    akhir = _tanggal(isi, "tanggal_tahan") or date.max
    batas = [m[0] for m in masa[1:]] + [akhir]
    if any(sampai > berikut for (_, sampai), berikut in zip(masa, batas, strict=False)):
        raise MasukanSalah("penahanan: masanya tumpang tindih, atau melewati tanggal_tahan.")
    return sum((sampai - dari).days for dari, sampai in masa)


def _pita(isi: Mapping[str, Any]) -> tuple[Pita, ...] | None:
    if isi.get("pita") is None:
        return None
    semua = ((_objek(m, f"pita[{i}]"), f"pita[{i}]") for i, m in enumerate(_daftar(isi["pita"], "pita", ORANG_MAKS)))
    return tuple(Pita(_bulat(o, "hari", HARI_MAKS, n), _bulat(o, "orang", ORANG_MAKS, n)) for o, n in semua)


# Single values -------------------------------------------------------------------------------------
def _letak(nama: str, dalam: str) -> str:
    return f"{dalam}.{nama}" if dalam else nama


def _objek(mentah: Any, nama: str) -> Mapping[str, Any]:
    if not isinstance(mentah, Mapping):
        raise MasukanSalah(f'{nama}: harus berupa objek, misalnya {{"bulan": 6, "hari": 0}}.')
    return mentah


def _daftar(mentah: Any, nama: str, maks: int = DAFTAR_MAKS) -> Sequence[Any]:
    if not isinstance(mentah, list):
        raise MasukanSalah(f"{nama}: harus berupa daftar [...].")
    if len(mentah) > maks:
        raise MasukanSalah(f"{nama}: paling banyak {maks} baris.")
    return mentah


def _bulat(isi: Mapping[str, Any], nama: str, maks: int, dalam: str = "") -> int | None:
    nilai = isi.get(nama)
    if nilai is None:
        return None
    if type(nilai) is not int:
        raise MasukanSalah(f"{_letak(nama, dalam)}: harus bilangan bulat tanpa tanda kutip, misalnya 6.")
    if not 0 <= nilai <= maks:
        raise MasukanSalah(f"{_letak(nama, dalam)}: harus antara 0 dan {maks}.")
    return nilai


def _boole(isi: Mapping[str, Any], nama: str, dalam: str = "") -> bool | None:
    nilai = isi.get(nama)
    if nilai is not None and type(nilai) is not bool:
        raise MasukanSalah(f"{_letak(nama, dalam)}: tulis true atau false.")
    return nilai


def _teks(isi: Mapping[str, Any], nama: str) -> str | None:
    nilai = isi.get(nama)
    if nilai is None:
        return None
    if not isinstance(nilai, str) or not nilai.isprintable() or not 0 < len(nilai) <= 60:
        raise MasukanSalah(f"{nama}: harus teks pendek dalam tanda kutip.")
    return nilai


def _tanggal(isi: Mapping[str, Any], nama: str, dalam: str = "") -> date | None:
    nilai = isi.get(nama)
    if nilai is None:
        return None
    letak = _letak(nama, dalam)
    if not isinstance(nilai, str) or not _TANGGAL.fullmatch(nilai):
        raise MasukanSalah(f'{letak}: tulis tanggal sebagai "TTTT-BB-HH", misalnya "2025-08-17".')
    try:
        hasil = date.fromisoformat(nilai)
    except ValueError as galat:
        raise MasukanSalah(f"{letak}: tanggal itu tidak ada di kalender.") from galat
    if not TAHUN_AWAL <= hasil.year <= TAHUN_AKHIR:
        raise MasukanSalah(f"{letak}: tahun harus antara {TAHUN_AWAL} dan {TAHUN_AKHIR}.")
    return hasil
