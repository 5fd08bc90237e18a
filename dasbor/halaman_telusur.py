"""What the pages of origin show: figures written out, every part a link to its own origin."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from dasbor.halaman import Dasbor
from dasbor.pilihan import (
    Pilihan,
    kalimat_liputan,
    kalimat_tingkat,
    tautan,
    tulis,
    url_laporan,
    url_telusur,
    url_versi,
    url_wilayah,
)
from dasbor.selectors import Wilayah
from dasbor.telusur import AsalVersi, Bagian, Komponen, Sumbangan, Telusur, TelusurIndikator
from pelaporan.rumus import Nilai
from pemasyarakatan.inti.angka import Jenis

KEADAAN = {"nihil": "Nihil", "tak_tersedia": "Tidak tersedia", "tak_berlaku": "Tidak berlaku"}


class BarisBagian(NamedTuple):
    b: Bagian
    masuk: SafeString
    sah: SafeString
    url: str
    url_laporan: str
    liputan: str


class BarisKomponen(NamedTuple):
    k: Komponen
    masuk: SafeString
    sah: SafeString


class BarisVersi(NamedTuple):
    v: AsalVersi
    nilai: str
    keadaan: str
    url: str
    dihitung: bool
    sah: bool


def konteks(t: Telusur, pilihan: Pilihan) -> dict[str, Any]:
    return {
        "t": t,
        "nilai": _tulis(t, t.masuk, satuan=True),
        "nilai_sah": _tulis(t, t.sah, satuan=True),
        "kalimat_liputan": kalimat_liputan(t.liputan),
        "bagian": [_bagian(t, b) for b in t.bagian],
        "jumlah_masuk": _tulis(t, t.jumlah_masuk),
        "jumlah_sah": _tulis(t, t.jumlah_sah),
        "belum": [(b.nama, url_laporan(b.kode, t.bulan, t.formulir) if b.kode else "") for b in t.belum],
        "komponen": [_komponen(k, pilihan, t.wilayah) for k in t.komponen],
        "versi": [_versi(t, v) for v in t.versi],
        "url_laporan": url_laporan(t.wilayah.kode, t.bulan, t.formulir) if t.laporan else "",
        "url_dasbor": url_wilayah(t.wilayah, pilihan),
        "utama": _utama(t),
        "asal": t.asal_register,
        "rincian": [(r, _tulis(t, r.nilai) if r.nilai is not None else "") for r in _rincian(t)],
        "jumlah_rincian": _tulis(t, t.asal_register.jumlah) if t.asal_register else "",
    }


def _rincian(t: Telusur) -> tuple[Sumbangan, ...]:
    return t.asal_register.rincian if t.asal_register else ()


def _jenis(t: Telusur) -> Jenis:
    return t.jenis  # type: ignore[return-value]


def _tulis(t: Telusur, nilai: Nilai, satuan: bool = False) -> str:
    """A figure in its own kind; the unit stands behind what has none in itself (Rp, %)."""
    akhiran = t.satuan if satuan and t.jenis in ("bulat", "desimal") else ""
    return tulis(nilai, _jenis(t), akhiran)


def _bagian(t: Telusur, b: Bagian) -> BarisBagian:
    url = url_telusur(t.formulir, t.kode, t.bulan, b.kode) if b.kode else ""
    laporan = url_laporan(b.kode, t.bulan, t.formulir) if b.tingkat == "upt" and b.kode else ""
    return BarisBagian(
        b,
        tautan(url, _tulis(t, b.masuk), f"{b.nama}: buka asal"),
        SafeString(_tulis(t, b.sah)),
        url,
        laporan,
        kalimat_liputan(b.liputan) if b.liputan.wajib else "tidak ada kewajiban",
    )


def _komponen(k: Komponen, pilihan: Pilihan, wilayah: Wilayah) -> BarisKomponen:
    jenis: Jenis = "rupiah" if k.satuan == "rupiah" else "desimal"
    satuan = "" if jenis == "rupiah" else k.satuan
    url = url_telusur(k.formulir, k.kode, pilihan.bulan, wilayah.kode)
    masuk = tautan(url, tulis(k.masuk, jenis, satuan), f"{k.label}: buka asal")
    return BarisKomponen(k, masuk, SafeString(tulis(k.sah, jenis, satuan)))


def _versi(t: Telusur, v: AsalVersi) -> BarisVersi:
    lap = t.laporan
    return BarisVersi(
        v,
        _tulis(t, v.nilai, satuan=True),
        KEADAAN.get(v.keadaan, ""),
        url_versi(t.wilayah.kode, t.bulan, t.formulir, v.versi),
        lap is not None and v.versi == lap.versi_masuk,
        lap is not None and v.versi == lap.versi_sah,
    )


def _utama(t: Telusur) -> list[dict[str, Any]]:
    """The figure twice, for _komponen/angka_utama.html: of all reports received, and of the verified ones."""
    satuan = t.satuan if t.jenis in ("bulat", "desimal") else ""
    pasangan = (("Dari semua yang masuk", t.masuk), ("Dari yang terverifikasi", t.sah))
    utama: list[dict[str, Any]] = [
        {
            "label": label,
            "nilai": "tidak ada data" if n is None else _tulis(t, n),
            "satuan": "" if n is None else satuan,
        }
        for label, n in pasangan
    ]
    li = t.liputan
    if t.wilayah.tingkat != "upt" and li.wajib:
        penghuni = tulis(li.persen_penghuni, "persen") if li.penghuni_wajib else ""
        utama[0] |= {"masuk": li.masuk, "sah": li.sah, "total": li.wajib, "persen_penghuni": penghuni}
        utama[0] |= {"sementara": li.sementara}
    return utama


def konteks_indikator(d: Dasbor, asal: TelusurIndikator) -> dict[str, Any]:
    ind = asal.indikator
    return {
        "ind": ind,
        "asal": asal,
        "nilai": ind.tulis(asal.masuk) if asal.masuk is not None else "tidak ada data",
        "nilai_sah": ind.tulis(asal.sah) if asal.sah is not None else "tidak ada data",
        "pembilang": tulis(asal.pembilang),
        "penyebut": tulis(asal.penyebut),
        "kalimat_liputan": kalimat_tingkat(asal.wilayah, asal.liputan),
        "liputan": [(f, d.skema[f].nama, kalimat_liputan(d.kini[f].liputan)) for f in ind.formulir if f in d.skema],
        "komponen": _bagian_rumus(d, asal),
        "url_dasbor": url_wilayah(asal.wilayah, d.pilihan),
    }


def _bagian_rumus(d: Dasbor, asal: TelusurIndikator) -> list[tuple[str, str, list[BarisKomponen]]]:
    ind = asal.indikator
    return [
        (
            "Pembilang",
            ind.label_pembilang,
            [_komponen(k, d.pilihan, asal.wilayah) for k in asal.komponen_pembilang],
        ),
        (
            "Penyebut",
            ind.label_penyebut,
            [_komponen(k, d.pilihan, asal.wilayah) for k in asal.komponen_penyebut],
        ),
    ]
