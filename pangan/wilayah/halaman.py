"""What the pages of nation, Kanwil and cluster show of the food register. Reads nothing itself.

Every figure says how much of the country it stands for, and leads a level down: nation, Kanwil, unit, rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pangan.models import Klaster
from pangan.pilihan import KLASTER, nama_komoditas
from pangan.wilayah import bagan as bagan_wilayah
from pangan.wilayah.angka import (
    ALASAN,
    BELUM,
    DIKETIK,
    TIDAK,
    Fakta,
    Golongan,
    Liputan,
    Unit,
    bandingkan,
    jumlahkan,
    liputan_unit,
    menurut_kanwil,
    persen,
    tanpa_lahan,
)
from pangan.wilayah.selectors import Serapan, Wilayah
from pemasyarakatan.inti import bagan
from pemasyarakatan.inti.angka import Jenis, tulis_angka
from pemasyarakatan.inti.waktu import Bulan
from upt.models import Kanwil

TIDAK_ADA = SafeString('<span aria-hidden="true">–</span><span class="sr">tidak ada data</span>')
UKURAN = {
    "manfaat": ("Lahan yang dimanfaatkan", "dari lahan dimanfaatkan dan lahan tidur"),
    "ikut": ("Warga binaan yang terlibat", "dari penghuni UPT yang menyatakan jumlahnya"),
    "register": ("UPT yang mengisi register", "dari UPT wajib F06"),
}
"""What the tile map can show: only parts of something, never raw counts."""


@dataclass(frozen=True)
class Halaman:
    """What every part of a page needs: whose, which month, as of which day, all its units."""

    wilayah: Wilayah
    bulan: Bulan
    hari: date
    unit: Sequence[Unit]
    kanwil: Sequence[Kanwil] = ()

    @property
    def nasional(self) -> bool:
        return self.wilayah.kanwil is None

    @property
    def benda(self) -> str:
        return "Kanwil" if self.nasional else "UPT"


# ---------------------------------------------------------------- addresses and words


def url_wilayah(slug: str, bulan: Bulan, jangkar: str = "", **lain: str) -> str:
    alamat = reverse("pangan:kanwil", kwargs={"slug": slug}) if slug else reverse("pangan:nasional")
    return f"{alamat}?{urlencode({'bulan': bulan.kode, **lain})}{'#' + jangkar if jangkar else ''}"


def url_klaster(klaster: str, slug: str, bulan: Bulan) -> str:
    wilayah = {"wilayah": slug} if slug else {}
    alamat = reverse("pangan:klaster", kwargs={"klaster": klaster})
    return f"{alamat}?{urlencode({'bulan': bulan.kode, **wilayah})}"


def url_unit(kode: str) -> str:
    return reverse("pangan:unit", kwargs={"kode": kode})


def url_asal(kode: str, bulan: Bulan) -> str:
    """The unit's figures of the month with the plots and harvests that they are made of."""
    return reverse("pangan:asal", kwargs={"kode": kode, "bulan": bulan})


def url_f06(wilayah: Wilayah, bulan: Bulan) -> str:
    """The official figure of the same thing."""
    alamat = reverse("dasbor:telusur", kwargs={"formulir": "F06", "kode": "lahan"})
    return f"{alamat}?{urlencode({'bulan': bulan.kode, 'wilayah': wilayah.slug or 'nasional'})}"


def tulis(nilai: Decimal | int | None, jenis: Jenis = "bulat", satuan: str = "") -> str:
    """A figure as text; tables keep two decimals at most."""
    if nilai is None:
        return TIDAK_ADA
    bulat = round(nilai, 2) if isinstance(nilai, Decimal) and jenis == "desimal" else nilai
    return tulis_angka(bulat, jenis, satuan)


def tautan(url: str, teks: str, keterangan: str) -> SafeString:
    if teks is TIDAK_ADA or not url:
        return format_html("{}", teks)
    return format_html('<a href="{}" aria-label="{}, {}">{}</a>', url, teks, keterangan, teks)


def kalimat_liputan(li: Liputan) -> str:
    """'312 dari 526 UPT wajib F06 mengisi register (59,3%), 61% penghuni.'"""
    lain = f" {tulis_angka(li.lain)} UPT lain yang tidak wajib F06 juga mengisi." if li.lain else ""
    if not li.wajib:
        return f"Belum ada UPT yang wajib F06 pada bulan ini.{lain}"
    orang = f", {tulis_angka(li.persen_penghuni, 'persen')} penghuni" if li.penghuni_wajib else ""
    ada, wajib = tulis_angka(li.ada), tulis_angka(li.wajib)
    return f"{ada} dari {wajib} UPT wajib F06 mengisi register ({tulis_angka(li.persen, 'persen')}){orang}.{lain}"


def singkat(li: Liputan) -> str:
    orang = f", {tulis_angka(li.persen_penghuni, 'persen')} penghuni" if li.penghuni_wajib else ""
    lain = f" + {tulis_angka(li.lain)} lain" if li.lain else ""
    return f"{tulis_angka(li.ada)} dari {tulis_angka(li.wajib)} UPT{orang}{lain}"


# ---------------------------------------------------------------- key figures


def angka_utama(h: Halaman, li: Liputan, serapan: Serapan | None) -> list[dict[str, Any]]:
    """Contexts of _komponen/angka_utama.html; each leads to the table that it is the sum of."""
    f = jumlahkan(u.fakta for u in h.unit)
    wilayah, cakupan = "#wilayah", singkat(li)
    panen = f.klaster("panen")
    isi = [
        ("Lahan dimanfaatkan", tulis_angka(f["pakai"]), "m²", "#lahan", ""),
        ("Lahan tidur", tulis_angka(f["tidur"]), "m²", "#lahan", ""),
        ("Lahan tidur tanpa rencana", tulis_angka(f["tanpa_rencana"]), "m²", "#tidur", ""),
        ("Warga binaan terlibat", *_orang(f), wilayah, _catatan_orang(f)),
        ("Hasil panen", tulis(panen, "desimal"), "kg", "#klaster", _catatan_taksir(f)),
        ("Dijual ke vendor bahan makanan", *_vendor(f), wilayah, _catatan_serapan(serapan)),
        ("Hasil penjualan", tulis_angka(f["hasil_penjualan"], "rupiah"), "", wilayah, ""),
        ("PNBP disetor", tulis_angka(f["pnbp"], "rupiah"), "", wilayah, ""),
        ("Premi warga binaan", tulis_angka(f["premi"], "rupiah"), "", wilayah, ""),
    ]
    return [
        {
            "label": label,
            "nilai": nilai,
            "satuan": satuan,
            "url": url,
            "total": None,
            "keterangan": _gabung(cakupan, ket),
        }
        for label, nilai, satuan, url, ket in isi
    ]


def _gabung(cakupan: str, ket: str) -> str:
    return f"{cakupan}. {ket}" if ket else f"{cakupan}."


def _orang(f: Fakta) -> tuple[str, str]:
    return (tulis_angka(f["orang"]), "orang") if f["berorang"] else ("tidak ada data", "")


def _catatan_orang(f: Fakta) -> str:
    kurang = f["unit_register"] - f["berorang"]
    return f"{tulis_angka(int(kurang))} UPT belum menyatakan jumlahnya." if kurang else ""


def _catatan_taksir(f: Fakta) -> str:
    taksir = f["hasil_panen_taksir_kg"]
    return f"{tulis(taksir, 'desimal', 'kg')} di antaranya taksiran, belum ditimbang." if taksir else ""


def _vendor(f: Fakta) -> tuple[str, str]:
    bagian = persen(f["hasil_vendor_kg"], f.klaster("panen"))
    return ("tidak ada panen", "") if bagian is None else (tulis_angka(bagian, "persen"), "dari panen")


def _catatan_serapan(s: Serapan | None) -> str:
    if s is None:
        return ""
    return f"Paling sedikit {tulis_angka(s.minimum, 'persen')}{'' if s.terkonfirmasi else ' (belum dikonfirmasi)'}."


# ---------------------------------------------------------------- table of regions or units


class Kolom(NamedTuple):
    label: str
    satuan: str
    nama: str
    jenis: Jenis = "bulat"


KOLOM = (
    Kolom("Dimanfaatkan", "m²", "pakai"),
    Kolom("Pinjaman atau hibah", "m²", "pinjam"),
    Kolom("Lahan tidur", "m²", "tidur"),
    Kolom("Tanpa rencana", "m²", "tanpa_rencana"),
    Kolom("Warga binaan", "orang", "orang"),
    Kolom("Panen", "kg", "panen", "desimal"),
    Kolom("Ke vendor", "%", "vendor", "persen"),
    Kolom("Penjualan", "Rp", "hasil_penjualan", "rupiah"),
    Kolom("PNBP", "Rp", "pnbp", "rupiah"),
    Kolom("Premi", "Rp", "premi", "rupiah"),
)


def nilai(f: Fakta, kolom: str) -> Decimal | int | None:
    """One column of a row; a quotient without divisor and persons that nobody counted are None."""
    if kolom == "panen":
        return f.klaster("panen")
    if kolom == "vendor":
        return persen(f["hasil_vendor_kg"], f.klaster("panen"))
    if kolom == "orang":
        return f["orang"] if f["berorang"] else None
    return f[kolom]


class Baris(NamedTuple):
    """A Kanwil of the nation or a unit of a Kanwil: its name, where it leads, its facts, how much they cover.

    `ada`: it has any fact. A unit that gave up its land may still have sold something, and is part of the sum.
    """

    nama: str
    url: str
    fakta: Fakta
    liputan: Liputan
    ada: bool
    kode: str


def baris_wilayah(h: Halaman) -> list[Baris]:
    """Kanwil in their order; units of a Kanwil by name, those without any fact after the others."""
    if not h.nasional:
        urut = sorted(h.unit, key=lambda u: (not u.fakta, u.nama))
        return [
            Baris(u.nama, url_asal(u.kode, h.bulan) if u.fakta else url_unit(u.kode), u.fakta, liputan_unit([u]),
                  bool(u.fakta), u.kode)
            for u in urut
        ]  # fmt: skip
    per = menurut_kanwil(h.unit)
    return [
        Baris(k.nama_pendek, url_wilayah(k.slug, h.bulan), jumlahkan(u.fakta for u in isi), liputan_unit(isi),
              any(u.fakta for u in isi), k.slug)
        for k in h.kanwil
        for isi in [per.get(k.pk, [])]
    ]  # fmt: skip


def tabel_wilayah(h: Halaman, baris: Sequence[Baris]) -> dict[str, Any]:
    """Every figure is a link to the level below; the sums stand in the foot."""
    semua = jumlahkan(b.fakta for b in baris)
    return {
        "kolom": KOLOM,
        "baris": [(b, [(k, _sel(b, k)) for k in KOLOM]) for b in baris if b.ada],
        "kosong": [b for b in baris if not b.ada],
        "jumlah": [(k, tulis(nilai(semua, k.nama), k.jenis)) for k in KOLOM],
        "benda": h.benda,
    }


def _sel(b: Baris, k: Kolom) -> SafeString:
    return tautan(b.url, tulis(nilai(b.fakta, k.nama), k.jenis), f"{k.label} {b.nama}: buka asal angka")


# ---------------------------------------------------------------- land


def lahan(h: Halaman, baris: Sequence[Baris]) -> dict[str, Any]:
    """Stacked bars by cluster and idle, largest first, and the split by ownership."""
    ada = [b for b in baris if b.fakta["pakai"] or b.fakta["tidur"]]
    urut = sorted(ada, key=lambda b: -(b.fakta["pakai"] + b.fakta["tidur"]))
    semua = jumlahkan(b.fakta for b in baris)
    gambar = [bagan_wilayah.Lahan(b.nama, b.url, _bagian_lahan(b.fakta)) for b in urut]
    milik = [("Milik UPT", semua["pakai"] - semua["pinjam"]), ("Pinjaman atau hibah", semua["pinjam"])]
    return {
        "gambar": bagan_wilayah.lahan(gambar, judul=f"Lahan menurut {h.benda}, {h.bulan.nama}") if gambar else "",
        "arti": bagan_wilayah.arti(),
        "baris": [(b, [tulis_angka(n) for n in _bagian_lahan(b.fakta)]) for b in urut],
        "jumlah": [tulis_angka(n) for n in _bagian_lahan(semua)],
        "milik": [(kata, tulis_angka(n), tulis(persen(n, semua["pakai"]), "persen")) for kata, n in milik],
    }  # fmt: skip


def _bagian_lahan(f: Fakta) -> list[int]:
    return [*(int(f[f"lahan_{k}"]) for k in Klaster.values), int(f["tidur"])]


# ---------------------------------------------------------------- where: tile map


def peta(h: Halaman, baris: Sequence[Baris], ukuran: str) -> dict[str, Any]:
    """Kanwil as tiles of one share; without anything to divide by, a tile is hatched."""
    bagian = [_bagian_ukuran(b, ukuran) for b in baris]
    batas, kelas = bagan.bagi_kelas(bagian)
    petak = [
        bagan.Petak(k.slug, k.singkatan, k.petak_baris, k.petak_kolom, n,
                    tulis_angka(n, "persen", desimal=0) if n is not None else "–", b.url, kls, k.nama_pendek)
        for k, b, n, kls in zip(h.kanwil, baris, bagian, kelas, strict=True)
    ]  # fmt: skip
    nama, dari = UKURAN[ukuran]
    return {
        "nama": nama,
        "dari": dari,
        "gambar": bagan.peta_petak(petak, f"{nama} menurut Kanwil, {h.bulan.nama}"),
        "legenda": bagan.legenda_kelas([(round(a, 1), round(b, 1)) for a, b in batas], "persen"),
        "tabel": [(b, tulis(n, "persen")) for b, n in zip(baris, bagian, strict=True)],
        "pilihan": [
            (kata, url_wilayah("", h.bulan, "di-mana", ukuran=k), k == ukuran) for k, (kata, _) in UKURAN.items()
        ],
    }  # fmt: skip


def _bagian_ukuran(b: Baris, ukuran: str) -> Decimal | None:
    if ukuran == "register":
        return b.liputan.persen
    if ukuran == "ikut":
        return persen(b.fakta["orang"], b.fakta["penghuni_berorang"])
    return persen(b.fakta["pakai"], b.fakta["pakai"] + b.fakta["tidur"])


# ---------------------------------------------------------------- units without land, idle land


def belum(h: Halaman) -> dict[str, Any]:
    """Units without land with their reason: in the nation counted by Kanwil, in a Kanwil one by one."""
    semua = tanpa_lahan(h.unit)
    hitung = {a: sum(x == a for _, x in semua) for a in ALASAN}
    isi: dict[str, Any] = {
        "banyak": len(semua),
        "ringkas": [(ALASAN[a], n) for a, n in hitung.items() if n],
        "alasan": [ALASAN[a] for a in (TIDAK, DIKETIK, BELUM)],
    }
    if not h.nasional:
        return isi | {"unit": [(u, kata_alasan(u, a), _url_versi(u, h.bulan)) for u, a in semua]}
    per = {k.pk: dict.fromkeys((TIDAK, DIKETIK, BELUM), 0) for k in h.kanwil}
    for u, alasan in semua:
        per[u.kanwil_id][alasan] += 1
    return isi | {
        "kanwil": [
            (k.nama_pendek, url_wilayah(k.slug, h.bulan, "belum"), [tulis_angka(n) for n in per[k.pk].values()])
            for k in h.kanwil
            if sum(per[k.pk].values())
        ]
    }


def kata_alasan(u: Unit, alasan: str) -> str:
    """The reason in words, with what the unit wrote and how much land it typed."""
    if u.f06 is None or alasan == BELUM:
        belum_kirim = u.f06 is not None and u.f06.versi is None
        return f"{ALASAN[BELUM]}; F06 belum dikirim" if belum_kirim else ALASAN[BELUM]
    if alasan == DIKETIK and u.f06.lahan is not None:
        return f"{ALASAN[DIKETIK]}: {tulis(u.f06.lahan, 'desimal', 'm²')} dimanfaatkan"
    return f"{ALASAN[alasan]}: {u.f06.alasan}" if u.f06.alasan else ALASAN[alasan]


def _url_versi(u: Unit, bulan: Bulan) -> str:
    if u.f06 is None or u.f06.versi is None:
        return ""
    return reverse("pelaporan:versi", kwargs={"kode": u.kode, "bulan": bulan, "formulir": "F06", "versi": u.f06.versi})


def tanpa_rencana(h: Halaman, banyak: int) -> dict[str, Any]:
    """Units whose idle land has no plan, most of it first."""
    semua = sorted((u for u in h.unit if u.fakta["tanpa_rencana"] > 0), key=lambda u: -u.fakta["tanpa_rencana"])
    return {
        "banyak": len(semua),
        "luas": tulis_angka(sum(int(u.fakta["tanpa_rencana"]) for u in semua)),
        "unit": [(u.nama, url_unit(u.kode), tulis_angka(u.fakta["tanpa_rencana"])) for u in semua[:banyak]],
        "sisa": max(len(semua) - banyak, 0),
    }


# ---------------------------------------------------------------- comparison, commodities


def banding(h: Halaman, diminta: str, klaster: str = "") -> dict[str, Any]:
    """Classes with their medians; the units of one class in the nation, of every class in a Kanwil."""
    semua = bandingkan(h.unit, klaster)
    return {
        "golongan": [_golongan(h, g, buka=not h.nasional or g.kode == diminta) for g in semua],
        "nasional": h.nasional,
        "klaster": KLASTER.get(klaster, ""),
    }


def _golongan(h: Halaman, g: Golongan, *, buka: bool) -> dict[str, Any]:
    return {
        "kode": g.kode,
        "nama": g.nama,
        "banyak": len(g.banding),
        "banyak_ha": g.banyak_ha,
        "banyak_100": g.banyak_100,
        "median_ha": tulis(_bulat(g.median_ha)),
        "median_100": tulis(_bulat(g.median_100)),
        "unit": [
            (b.unit.nama, url_asal(b.unit.kode, h.bulan), tulis(_bulat(b.per_ha)), tulis(_bulat(b.per_100)))
            for b in g.banding
        ] if buka else [],
    }  # fmt: skip


def _bulat(n: Decimal | None) -> int | None:
    return None if n is None else round(n)


def komoditas(semua: Mapping[str, Fakta]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(name, code, [(column, figure)]), by harvest value and then by name."""
    urut = sorted(semua.items(), key=lambda p: (-p[1]["hasil"], -p[1]["panen"], nama_komoditas(p[0])))
    return [(nama_komoditas(kode), kode, _sel_komoditas(f)) for kode, f in urut]


def _sel_komoditas(f: Fakta) -> list[tuple[str, str]]:
    panen = tulis(Decimal(f["panen"]), "desimal") + ("*" if f["taksir"] else "")
    return [
        ("Siklus berjalan", tulis_angka(f["siklus"])),
        ("Luas siklus (m²)", tulis_angka(f["lahan"]) if f["lahan"] else TIDAK_ADA),
        ("Panen (kg)", panen),
        ("Nilai panen", tulis_angka(f["hasil"], "rupiah")),
        ("UPT menanam", tulis_angka(f["unit"])),
        ("UPT memanen", tulis_angka(f["unit_panen"])),
    ]
