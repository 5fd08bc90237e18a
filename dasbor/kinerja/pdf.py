"""The report on paper: the content as JSON, drawn by `laporan.typ` into a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from dasbor.kinerja.fakta import Fakta, Pokok
from dasbor.kinerja.kalimat import setara
from dasbor.kinerja.naskah import Naskah
from dasbor.kinerja.susunan import KLASTER, kode_klaster
from dasbor.kinerja.tabel import TEKS, Kolom, Tabel, jumlahkan
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.pdf import susun_pdf
from pemasyarakatan.inti.waktu import WIB, Bulan

SEJAJAR = 5
"""Forms beside each other in the completeness tables."""
_LEMBAR = Path(__file__).with_name("laporan.typ")


def buat(naskah: Naskah) -> bytes:
    """The PDF's bytes."""
    return susun_pdf(_LEMBAR, isi(naskah), naskah.bahan.dibaca_pada)


def isi(naskah: Naskah) -> dict[str, Any]:
    """Everything the sheet shows, as plain JSON values; every number already written for people."""
    setempat = naskah.bahan.dibaca_pada.astimezone(WIB)
    surat, t = naskah.surat, naskah.tabel
    lampiran = [
        t["Kanwil"],
        t["Mutasi"],
        t["Kamtib"],
        *_pangan(t["Pangan"]),
        *_kelengkapan(t["Kelengkapan"]),
        t["Tren"],
    ]
    return {
        "judul": naskah.judul,
        "pembuat": surat.kop[-1] if surat.kop else "",
        "kop": list(surat.kop),
        "alamat": surat.alamat,
        "nomor": surat.nomor,
        "tempat": surat.tempat,
        "jabatan": surat.jabatan,
        "tanggal": naskah.tanggal,
        "tanggal_terbit": {"year": setempat.year, "month": setempat.month, "day": setempat.day},
        "tanda": naskah.tanda,
        "kaki": f"Data per {naskah.keterangan[4][1]}. Sidik {naskah.bahan.sidik[:12]}.",
        "kalimat": naskah.kalimat,
        "catatan": naskah.catatan,
        "keterangan": [list(dua) for dua in naskah.keterangan],
        "pokok": _pokok(naskah.fakta),
        "klaster": _tabel(t["Klaster"]),
        "tabel": [_tabel(satu) for satu in lampiran],
        "definisi": _definisi(naskah),
        **_grafik(naskah),
    }


def _tabel(tabel: Tabel) -> dict[str, Any]:
    return {
        "judul": tabel.judul,
        "keterangan": tabel.keterangan,
        "kolom": [_kolom(k) for k in tabel.kolom],
        "baris": tabel.baris_teks(),
        "jumlah": tabel.jumlah_teks(),
    }


def _kolom(kolom: Kolom) -> dict[str, Any]:
    return {"label": kolom.label, "satuan": kolom.satuan, "teks": kolom.jenis == TEKS}


def _lembar(judul: str, kepala: list[tuple[str, bool]], baris: list[list[str]]) -> dict[str, Any]:
    """A table that exists on paper only. `kepala`: (label, is text)."""
    kolom = [{"label": label, "satuan": "", "teks": teks} for label, teks in kepala]
    return {"judul": judul, "keterangan": "", "kolom": kolom, "baris": baris, "jumlah": []}


def _pokok(fakta: Fakta) -> dict[str, Any]:
    lalu = (fakta.bulan - 1).nama_pendek
    kepala = [
        ("Ukuran", True),
        (fakta.bulan.nama_pendek, False),
        (lalu, False),
        ("Perubahan", False),
        ("Cakupan", True),
    ]
    return _lembar("Angka pokok", kepala, [_baris_pokok(p, fakta) for p in fakta.pokok.values()])


def _baris_pokok(p: Pokok, fakta: Fakta) -> list[str]:
    def tulis(nilai: float | None) -> str:
        return (
            "tidak ada data"
            if nilai is None
            else tulis_angka(nilai, p.jenis, desimal=1 if p.jenis == "persen" else None)
        )

    dihitung = f"{tulis_angka(p.liputan.pada(fakta.dasar))} dari {tulis_angka(p.liputan.wajib)} UPT"
    label = p.label if p.jenis == "persen" else f"{p.label} ({p.satuan})"
    return [label, tulis(p.nilai), tulis(p.lalu), _perubahan(p, fakta), dihitung]


def _perubahan(p: Pokok, fakta: Fakta) -> str:
    """With its sign; months that are covered differently are not compared."""
    if p.perubahan is None:
        return "–"
    if not setara(p.liputan, p.liputan_lalu, fakta.dasar):
        return "cakupan berbeda"
    beda = round(p.perubahan, 2)
    teks = tulis_angka(beda, "desimal", desimal={"persen": 1, "bulat": 0}.get(p.jenis))
    satuan = " poin" if p.jenis == "persen" else ""
    return f"{'+' if beda > 0 else ''}{teks}{satuan}"


def _pangan(tabel: Tabel) -> list[Tabel]:
    """On paper the wide table becomes two: totals, and land and harvest of every cluster."""
    klaster = [kode_klaster(k, u) for u in ("lahan", "panen") for k in KLASTER]
    semua = {k.kode: k for k in tabel.kolom}
    pokok = [k for k in tabel.kolom if not k.kode.startswith("klaster_")]
    rinci = [tabel.kolom[0], *(semua[k] for k in klaster if k in semua)]
    return [
        Tabel(tabel.kode, "Ketahanan pangan per Kanwil", tuple(pokok), tabel.isi, tabel.jumlah, tabel.keterangan),
        Tabel(tabel.kode, "Ketahanan pangan per Kanwil dan klaster", tuple(rinci), tabel.isi, tabel.jumlah),
    ]


def _kelengkapan(tabel: Tabel) -> list[Tabel]:
    """On paper one row per Kanwil: sent of owed, and verified, for every form; few forms side by side stay legible."""
    semua = sorted(pd.unique(tabel.isi["formulir"]))
    return [_kelengkapan_sebagian(tabel, semua[n : n + SEJAJAR]) for n in range(0, len(semua), SEJAJAR)]


def _kelengkapan_sebagian(tabel: Tabel, formulir: list[str]) -> Tabel:
    ukuran = ["masuk", "wajib", "sah"]
    angka = tabel.isi.pivot_table(index="kanwil", columns="formulir", values=ukuran, aggfunc="sum", sort=False)
    angka = angka.reindex(pd.unique(tabel.isi["kanwil"]))
    isi = pd.DataFrame({"kanwil": angka.index.astype(str)})
    kolom = [tabel.kolom[0]]
    for f in formulir:
        for kode, label, satuan in (
            ("masuk", "masuk", ""),
            ("wajib", "wajib", ""),
            ("sah", "terverifikasi", ""),
        ):
            isi[f"{f}_{kode}"] = angka[kode][f].to_numpy()
            kolom.append(Kolom(f"{f}_{kode}", f"{f} {label}", satuan))
    sampai = f" sampai {formulir[-1]}" if len(formulir) > 1 else ""
    judul = f"Kelengkapan laporan per Kanwil, {formulir[0]}{sampai}"
    return Tabel(tabel.kode, judul, tuple(kolom), isi, jumlahkan(isi))


def _grafik(naskah: Naskah) -> dict[str, Any]:
    batang = [
        {"nama": nama, "nilai": n, "teks": tulis_angka(n, "persen", desimal=1)}
        for nama, n in naskah.fakta.hunian_kanwil
    ]
    tren = _tren(naskah)
    ada = [b for b in tren if b["nilai"] is not None]
    return {
        "hunian": batang,
        "tren": tren,
        "alt_hunian": "Diagram batang tingkat hunian per Kanwil: "
        + "; ".join(f"{b['nama']} {b['teks']}" for b in batang),
        "alt_tren": "Diagram garis tingkat hunian nasional: " + "; ".join(f"{b['nama']} {b['teks']}" for b in ada),
    }


def _tren(naskah: Naskah) -> list[dict[str, Any]]:
    isi = naskah.tabel["Tren"].isi
    f01 = naskah.bahan.liputan[naskah.bahan.liputan["formulir"] == "F01"]
    kurang = (f01["wajib"] - f01["sah"]).groupby(f01["bulan"]).sum()
    bulan = (naskah.bulan - (len(isi) - 1)).rentang(naskah.bulan)
    return [_titik(b, nilai, int(kurang.get(b.awal, 1)) == 0) for b, nilai in zip(bulan, isi["hunian"], strict=True)]


def _titik(bulan: Bulan, nilai: float, penuh: bool) -> dict[str, Any]:
    ada = not pd.isna(nilai)
    teks = tulis_angka(float(nilai), "persen", desimal=1) if ada else ""
    return {"nama": bulan.nama_pendek, "nilai": float(nilai) if ada else None, "teks": teks, "penuh": penuh}


def _definisi(naskah: Naskah) -> dict[str, Any]:
    kepala = [
        ("Ukuran", True),
        ("Satuan", True),
        ("Definisi", False),
        ("Asal", True),
        ("Terkonfirmasi", True),
    ]
    baris = [[d.nama, d.satuan, d.definisi, d.asal, "ya" if d.terkonfirmasi else "belum"] for d in naskah.definisi]
    return _lembar("Definisi", kepala, baris)
