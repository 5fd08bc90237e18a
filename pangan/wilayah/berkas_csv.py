"""The tables of the regional pages as files: numbers as numbers, each with the coverage it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from pangan.models import Klaster
from pangan.pilihan import KLASTER, nama_komoditas
from pangan.wilayah import halaman as halaman_wilayah
from pangan.wilayah import selectors as baca
from pangan.wilayah.angka import bandingkan, liputan_unit, tanpa_lahan
from pangan.wilayah.halaman import KOLOM, Halaman, kalimat_liputan, kata_alasan, nilai
from pangan.wilayah.klaster import ramalan, setahun
from pemasyarakatan.inti.csv_keluar import Isi, Tabel
from pemasyarakatan.inti.galat import TidakSah
from upt.cakupan import Cakupan

Kepala = Sequence[str]
Baris = list[list[Isi]]


def tabel(cakupan: Cakupan, h: Halaman, nama: str) -> Tabel:
    """The table named in the address. Raises TidakSah for one that the page does not have."""
    if nama not in TABEL:
        raise TidakSah("Pilih tabel yang hendak diunduh dari halaman ketahanan pangan.")
    judul, buat = TABEL[nama]
    kepala, baris = buat(cakupan, h)
    return _tabel(h, f"pangan-{nama}", judul, kepala, baris)


def tabel_klaster(cakupan: Cakupan, h: Halaman, klaster: str) -> Tabel:
    """Twelve months of one cluster."""
    semua = setahun(
        baca.deret(cakupan, h.wilayah.id, h.bulan), baca.gagal(cakupan, h.wilayah.id, h.bulan), klaster, h.bulan,
        baca.bulan_pertama(cakupan, h.wilayah.id),
    )  # fmt: skip
    baris: Baris = [[b.bulan.kode, b.kg, b.taksir, b.lalu, b.gagal] for b in semua]
    kepala = ("Bulan", "Panen (kg)", "Di antaranya taksiran (kg)", "Setahun sebelumnya (kg)", "Siklus gagal panen")
    return _tabel(h, f"pangan-{klaster}", f"Panen {KLASTER[klaster].lower()}", kepala, baris)


def _tabel(h: Halaman, nama: str, judul: str, kepala: Kepala, baris: Baris) -> Tabel:
    keterangan = (
        ("Isi", judul),
        ("Wilayah", h.wilayah.nama),
        ("Bulan", h.bulan.nama),
        ("Cakupan", kalimat_liputan(liputan_unit(h.unit))),
        ("Sumber", "register ketahanan pangan; angka resmi ada di F06"),
    )
    return Tabel(f"{nama}-{h.wilayah.slug or 'nasional'}-{h.bulan.kode}", keterangan, kepala, baris)


def _wilayah(cakupan: Cakupan, h: Halaman) -> tuple[Kepala, Baris]:
    klaster = [(f"Lahan {k.label.lower()} (m²)", f"lahan_{k.value}") for k in Klaster]
    panen = [(f"Panen {k.label.lower()} (kg)", f"panen_{k.value}") for k in Klaster]
    kepala = (
        h.benda, "UPT wajib F06", "UPT mengisi register", *(f"{k.label} ({k.satuan})" for k in KOLOM),
        *(label for label, _ in (*klaster, *panen)),
    )  # fmt: skip
    baris: Baris = [
        [b.nama, b.liputan.wajib, b.liputan.ada, *(_isi(nilai(b.fakta, k.nama)) for k in KOLOM),
         *(b.fakta[n] for _, n in (*klaster, *panen))]
        for b in halaman_wilayah.baris_wilayah(h)
    ]  # fmt: skip
    return kepala, baris


def _isi(n: Decimal | int | None) -> Isi:
    return round(n, 2) if isinstance(n, Decimal) else n


def _komoditas(cakupan: Cakupan, h: Halaman) -> tuple[Kepala, Baris]:
    semua = baca.komoditas_bulan(cakupan, h.wilayah.id, h.bulan, h.hari)
    kepala = ("Komoditas", "Siklus berjalan", "Luas siklus (m²)", "Panen (kg)", "Di antaranya taksiran (kg)",
              "Nilai panen (Rp)", "Penjualan (Rp)", "UPT menanam", "UPT memanen")  # fmt: skip
    kolom = ("siklus", "lahan", "panen", "taksir", "hasil", "jual", "unit", "unit_panen")
    urut = sorted(semua.items(), key=lambda p: nama_komoditas(p[0]))
    return kepala, [[nama_komoditas(kode), *(f[k] for k in kolom)] for kode, f in urut]


def _ramalan(cakupan: Cakupan, h: Halaman) -> tuple[Kepala, Baris]:
    isi = ramalan(h, baca.akan_panen(cakupan, h.wilayah.id, h.hari))["mentah"]
    kepala = ("Bulan", "Klaster", "Siklus", "Perkiraan UPT (kg)", "Taksiran paling sedikit (kg)",
              "Taksiran paling banyak (kg)", "Siklus tanpa perkiraan berat")  # fmt: skip
    return kepala, [[b.kode, label, r.siklus, r.kg_unit, round(r.bawah), round(r.atas), r.tanpa] for b, label, r in isi]


def _belum(cakupan: Cakupan, h: Halaman) -> tuple[Kepala, Baris]:
    baris: Baris = [[u.nama, u.nama_golongan, kata_alasan(u, a)] for u, a in tanpa_lahan(h.unit)]
    return ("UPT", "Kelas", "Keterangan"), baris


def _tidur(cakupan: Cakupan, h: Halaman) -> tuple[Kepala, Baris]:
    ada = sorted((u for u in h.unit if u.fakta["tidur"] > 0), key=lambda u: -u.fakta["tidur"])
    return ("UPT", "Lahan tidur (m²)", "Tanpa rencana (m²)"), [
        [u.nama, u.fakta["tidur"], u.fakta["tanpa_rencana"]] for u in ada
    ]


def _banding(cakupan: Cakupan, h: Halaman) -> tuple[Kepala, Baris]:
    kepala = ("Kelas", "UPT", "Panen tanaman setahun per hektare (kg)", "Median kelas per hektare (kg)",
              "Panen setahun per 100 penghuni (kg)", "Median kelas per 100 penghuni (kg)")  # fmt: skip
    return kepala, [
        [g.nama, b.unit.nama, _isi(b.per_ha), _isi(g.median_ha), _isi(b.per_100), _isi(g.median_100)]
        for g in bandingkan(h.unit)
        for b in g.banding
    ]


TABEL: dict[str, tuple[str, Callable[[Cakupan, Halaman], tuple[Kepala, Baris]]]] = {
    "wilayah": ("Angka register menurut Kanwil atau UPT", _wilayah),
    "komoditas": ("Komoditas", _komoditas),
    "ramalan": ("Perkiraan panen tiga bulan", _ramalan),
    "belum": ("UPT tanpa lahan pada register", _belum),
    "tidur": ("Lahan tidur menurut UPT", _tidur),
    "banding": ("Perbandingan dalam kelas yang sama", _banding),
}
