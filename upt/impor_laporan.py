"""The plan of an import as lines for a terminal and as a workbook for the person who keeps the list. Pure."""

from __future__ import annotations

import io

import xlsxwriter

from pemasyarakatan.inti.angka import tulis_angka
from upt.impor import HasilBaris, Rencana, Ubah

_TANDA = {"BARU": "+", "BERUBAH": "~", "DITOLAK": "!"}
_LABEL = {"BARU": "Baru", "BERUBAH": "Berubah", "SAMA": "Sama", "DITOLAK": "Ditolak"}
_NAMA_KOLOM = {"kabkota": "kabupaten/kota", "wa": "WhatsApp", "zona": "zona waktu"}
_JUDUL = ("Baris", "Hasil", "Kode", "Nama", "Kolom", "Semula", "Menjadi", "Alasan dan catatan")


def tulis_baris(rencana: Rencana) -> list[str]:
    """Lines of the report; rows that stay the same are only counted, unless they carry a note."""
    baris = [*_kepala(rencana)]
    for satu in rencana.baris:
        if satu.status != "SAMA" or satu.catatan:
            baris += _satu_baris(satu)
    if rencana.tidak_ada:
        baris.append("")
        baris.append("Ada di portal, tidak ada di berkas (tidak dihapus):")
        baris += [f"  {unit.nama} ({unit.kode})" for unit in rencana.tidak_ada]
    return [*baris, "", ringkasan(rencana)]


def ringkasan(rencana: Rencana) -> str:
    n = {nama: tulis_angka(banyak) for nama, banyak in rencana.hitungan.items()}
    return (
        f"{n['BARU']} baru, {n['BERUBAH']} berubah, {n['SAMA']} sama, {n['DITOLAK']} ditolak; "
        f"{n['TIDAK_ADA']} UPT portal tidak ada di berkas."
    )


def tulis_buku(rencana: Rencana) -> bytes:
    """One line per change. Every cell is text, so nothing in a list can act as a formula."""
    keluaran = io.BytesIO()
    buku = xlsxwriter.Workbook(keluaran, {"in_memory": True, "strings_to_formulas": False})
    lembar = buku.add_worksheet("Hasil impor")
    for n, isi in enumerate([_JUDUL, *_isi_buku(rencana)]):
        for kolom, sel in enumerate(isi):
            lembar.write_string(n, kolom, sel)
    for kolom, lebar in enumerate((7, 10, 34, 40, 22, 30, 30, 80)):
        lembar.set_column(kolom, kolom, lebar)
    lembar.freeze_panes(1, 0)
    buku.close()
    return keluaran.getvalue()


def _kepala(rencana: Rencana) -> list[str]:
    tabel = rencana.tabel
    dikenal = ", ".join(f"{_NAMA_KOLOM.get(k, k)} ← {judul}" for k, judul in tabel.judul.items())
    kepala = [f"Tabel {tabel.lembar}, judul di baris {tabel.baris_judul}. Kolom dibaca: {dikenal}."]
    if tabel.diabaikan:
        kepala.append(f"Kolom tidak dipakai: {', '.join(tabel.diabaikan)}.")
    return [*kepala, ""]


def _satu_baris(satu: HasilBaris) -> list[str]:
    tanda = _TANDA.get(satu.status, "=")
    nama = satu.nama or "(tanpa nama)"
    baris = [f"{tanda} baris {satu.nomor}: {nama} [{_LABEL[satu.status].lower()}]"]
    baris += [f"    {_kolom(ubah)}: {ubah.lama or '–'} → {ubah.baru}" for ubah in satu.perubahan]
    return [*baris, *(f"    {kalimat}" for kalimat in (*satu.alasan, *satu.catatan))]


def _isi_buku(rencana: Rencana) -> list[tuple[str, ...]]:
    isi: list[tuple[str, ...]] = []
    for satu in rencana.baris:
        awal = (str(satu.nomor), _LABEL[satu.status], satu.kode, satu.nama)
        pesan = " ".join((*satu.alasan, *satu.catatan))
        perubahan = [(_kolom(ubah), ubah.lama, ubah.baru) for ubah in satu.perubahan] or [("", "", "")]
        isi += [(*awal, *tiga, pesan if n == 0 else "") for n, tiga in enumerate(perubahan)]
    isi += [
        ("", "Tidak ada di berkas", unit.kode, unit.nama, "", "", "", "Tidak dihapus.") for unit in rencana.tidak_ada
    ]
    return isi


def _kolom(ubah: Ubah) -> str:
    return _NAMA_KOLOM.get(ubah.kolom, ubah.kolom)
