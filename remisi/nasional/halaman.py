"""What the pages of the nation and of a Kanwil show: sentences, tables and addresses, from rows that selectors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pemasyarakatan.inti.angka import tulis_angka
from remisi.hitung.hemat import NASIONAL
from remisi.nasional import banding, tabel
from remisi.nasional import selectors as baca
from remisi.nasional.selectors import Baris, Lingkup, Liputan
from remisi.nasional.selectors_rilis import biaya, rilis_kesempatan
from remisi.nasional.tekan import BATAS
from remisi.selectors_aturan import himpunan

_URUT_STATUS = tuple(tabel.STATUS_USULAN)


def isi(lingkup: Lingkup, *, utuh: bool) -> dict[str, Any]:
    """The page; `utuh`: nothing is closed for this reader."""
    semua = baca.ringkas(lingkup)
    nama_jenis = _nama_jenis(lingkup)
    tabel_layar = tabel.susun(semua, list(nama_jenis), lambda s: _alamat_rinci(lingkup, s), utuh=utuh)
    liputan = baca.liputan(lingkup)
    per_baris = {(b.jenis, b.hasil): b.jumlah.orang for b in tabel_layar[0].baris}
    return {
        "lingkup": lingkup,
        "semua": semua,
        "diketahui": bool(semua) or liputan.unit > 0,
        "tabel": tabel_layar,
        "kalimat_liputan": kalimat_liputan(lingkup, liputan),
        "nama_jenis": _dipakai(nama_jenis, semua),
        "angka": _angka(lingkup, semua, per_baris, utuh=utuh),
        "hemat": _hemat(lingkup, semua, tabel_layar, utuh=utuh),
        "tempat": _tempat(lingkup, utuh=utuh),
        "proses": _proses(lingkup, utuh=utuh),
        "rilis": [(t, banding.bandingkan(t, per_baris, utuh=utuh)) for t in _rilis(lingkup)],
        "tertutup": any(t.tertutup for t in tabel_layar),
        "arti_tutup": tabel.ARTI_TUTUP,
        "jalur": _jalur(lingkup),
    }


def _rilis(lingkup: Lingkup) -> Sequence[Any]:
    """Published totals are about everybody: beside a filtered figure they would say nothing."""
    return [] if lingkup.saring.isi else rilis_kesempatan(lingkup.kesempatan, lingkup.kanwil)


def _parameter(lingkup: Lingkup) -> dict[str, str]:
    isi = {"kesempatan": lingkup.kesempatan.slug, **lingkup.saring.isi}
    return isi | ({"kanwil": lingkup.kanwil.slug} if lingkup.kanwil else {})


def _alamat_rinci(lingkup: Lingkup, saring: Mapping[str, str]) -> str:
    return f"{reverse('remisi:nasional_rinci')}?{urlencode(_parameter(lingkup) | dict(saring))}"


def _jalur(lingkup: Lingkup) -> list[dict[str, str]]:
    if lingkup.kanwil is None or not lingkup.cakupan.nasional:
        return []
    return [{"label": "Nasional", "url": f"{reverse('remisi:nasional')}?kesempatan={lingkup.kesempatan.slug}"}]


def _nama_jenis(lingkup: Lingkup) -> dict[str, str]:
    return {j.kode: j.nama for j in himpunan().semua_jenis(lingkup.kesempatan.tanggal)}


def _dipakai(nama: dict[str, str], semua: Sequence[Baris]) -> list[tuple[str, str]]:
    ada = {b.jenis for b in semua}
    return [(k, n) for k, n in nama.items() if k in ada]


def kalimat_liputan(lingkup: Lingkup, n: Liputan) -> str:
    awal = f"{tulis_angka(n.unit)} dari {tulis_angka(n.dari)} unit memakai register"
    if lingkup.kanwil is not None:
        return f"{awal}."
    return f"{awal}; {tulis_angka(n.kanwil)} dari {tulis_angka(n.dari_kanwil)} Kanwil."


def _angka(
    lingkup: Lingkup, semua: Sequence[Baris], per_baris: Mapping[tuple[str, str], int | None], *, utuh: bool
) -> list[dict[str, Any]]:
    """Contexts of _komponen/angka_utama.html."""
    pemberian = sum(b.orang for b in semua)
    # Of closed and open rows together the sum would tell the closed ones.
    langsung = None if None in per_baris.values() else sum(n or 0 for (_, h), n in per_baris.items() if h == "II")
    orang = baca.orang_sekali(lingkup, semua)
    url = _alamat_rinci(lingkup, {}) if utuh else ""
    lain = "Satu orang dapat menerima lebih dari satu jenis pada hari yang sama; di sini dihitung sekali."
    url_ii = _alamat_rinci(lingkup, {"hasil": "II"}) if utuh else ""
    kecil = not utuh and 0 < pemberian < BATAS
    # Grants less persons is how many received two kinds: few of them are not told either.
    berdua = kecil or (not utuh and 0 < pemberian - orang < BATAS)
    bebas = "Hasil pemberian yang sama, bukan hak tersendiri."
    return [
        _utama("Pemberian", None if kecil else pemberian, "pemberian", url, "Keputusannya terbit dan tidak dicabut."),
        _utama("Orang", None if berdua else orang, "orang", url, lain),
        _utama("Langsung bebas (II)", langsung, "pemberian", url_ii, bebas),
    ]


def _utama(label: str, nilai: int | None, satuan: str, url: str, keterangan: str) -> dict[str, Any]:
    teks = tabel.TUTUP if nilai is None else tulis_angka(nilai)
    return {"label": label, "nilai": teks, "satuan": satuan, "url": url, "total": None, "keterangan": keterangan}


def _hemat(lingkup: Lingkup, semua: Sequence[Baris], layar: Sequence[tabel.Tabel], *, utuh: bool) -> dict[str, Any]:
    """Days and rupiah saved, with the cost of a meal-day that says so."""
    b = biaya(lingkup.kanwil, lingkup.kesempatan.tanggal)
    terbuka = utuh or not any(t.tertutup for t in layar)
    hari = tabel.hari_tampak(sum(s.hari for s in semua), utuh=terbuka)
    per_baris: dict[tuple[str, str], int] = {}
    for s in semua:
        per_baris[s.jenis, s.hasil] = per_baris.get((s.jenis, s.hasil), 0) + s.hari
    return {
        "hari": hari,
        "biaya": b,
        "biaya_pinjam": lingkup.kanwil is not None and b is not None and b.tingkat == NASIONAL,
        "rupiah": None if b is None or hari is None else hari * b.rupiah,
        "dibulatkan": not terbuka,
        "baris": [
            (tabel.nama_baris(*k), n, n * b.rupiah if b else None) for k, n in sorted(per_baris.items()) if terbuka
        ],
    }


def _tempat(lingkup: Lingkup, *, utuh: bool) -> list[tuple[tabel.BarisTempat, str]]:
    semua = baca.per_upt(lingkup) if lingkup.kanwil else baca.per_kanwil(lingkup)
    return [(b, _alamat_tempat(lingkup, b.tempat.tempat) if utuh else "") for b in tabel.tempat(semua, utuh=utuh)]


def _alamat_tempat(lingkup: Lingkup, tempat: Any) -> str:
    if lingkup.kanwil is None:
        ekor = urlencode({"kesempatan": lingkup.kesempatan.slug, **lingkup.saring.isi})
        return f"{reverse('remisi:kanwil', args=[tempat.slug])}?{ekor}"
    isi = {"kesempatan": lingkup.kesempatan.slug, **lingkup.saring.isi, "upt": tempat.kode}
    return f"{reverse('remisi:nasional_rinci')}?{urlencode(isi)}"


def _proses(lingkup: Lingkup, *, utuh: bool) -> list[tuple[str, str]]:
    """Cases by where they are; told to the chain only, small steps of small occasions are somebody's case."""
    if not utuh:
        return []
    n = baca.proses(lingkup)
    return [(tabel.STATUS_USULAN[k], tulis_angka(n[k])) for k in _URUT_STATUS if k in n]


def kata_saring(lingkup: Lingkup) -> str:
    """What a figure is about, in words."""
    s = lingkup.saring
    kata = [tabel.nama_baris(s.jenis, s.hasil)] if s.jenis or s.hasil else []
    kata += [tabel.nama_pita(s.pita)] if s.pita else []
    kata += [tabel.KELAMIN[s.jenis_kelamin]] if s.jenis_kelamin else []
    kata += [tabel.STATUS[s.status_orang]] if s.status_orang else []
    kata += [tabel.KELOMPOK[s.kelompok]] if s.kelompok else []
    return ", ".join(kata) or "semua pemberian"
