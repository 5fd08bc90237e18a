"""`python -m bench [--kecil] [names…]`: measure and print the table; returns 1 when a goal was missed (a small
instance only shows that everything runs)."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.ukur import Baris, tabel

NAMA = ("rekap", "halaman", "isian", "kesegaran", "memori", "unggahan", "umkm", "pangan", "remisi", "sdp")
DIMINTA = ("remisi-negeri",)
"""Measured only when named: it fills the register of the whole country first."""


def baca_argumen(argv: Sequence[str]) -> argparse.Namespace:
    pengurai = argparse.ArgumentParser(prog="make bench ARGS=…", description="Tolok ukur portal.")
    pengurai.add_argument(
        "nama", nargs="*", help=f"bagian yang diukur: {', '.join(NAMA)} (bawaan: semua), {DIMINTA[0]}"
    )
    pengurai.add_argument("--kecil", action="store_true", help="instansi kecil, untuk mencoba tolok ukurnya sendiri")
    hasil = pengurai.parse_args(argv)
    asing = set(hasil.nama) - {*NAMA, *DIMINTA}
    if asing:
        pengurai.error(f"bagian tidak dikenal: {', '.join(sorted(asing))}")
    hasil.nama = hasil.nama or list(NAMA)
    return hasil


def main(argv: Sequence[str]) -> int:
    pilihan = baca_argumen(argv)
    os.environ["MODE_LATIHAN"] = "1"  # the generator fills training instances only
    os.environ.setdefault("TINGKAT_LOG", "WARNING")
    import django

    django.setup()
    logging.getLogger("celery").setLevel(logging.WARNING)
    semua = _ukur_semua(pilihan)
    print(f"\n{_mesin()}\n\n{tabel(semua)}", flush=True)
    return 0 if pilihan.kecil or all(b.lulus for b in semua) else 1


def _ukur_semua(pilihan: argparse.Namespace) -> list[Baris]:
    from bench import halaman, instansi, kesegaran, memori, pangan, rekap, remisi, sdp, umkm, unggahan

    ukuran = instansi.KECIL if pilihan.kecil else instansi.Ukuran()
    instansi.pastikan_kosong()
    _langkah("Menyiapkan basis data")
    instansi.siapkan()
    awal = {}
    if "halaman" in pilihan.nama:
        instansi.isi(ukuran, ukuran.bulan_awal)
        _langkah(f"Halaman dengan {ukuran.bulan_awal} bulan")
        awal = halaman.biaya(ukuran, instansi.bulan_terakhir())
    instansi.isi(ukuran, ukuran.bulan)
    versi, fakta = instansi.banyak_fakta()
    _langkah(f"{ukuran.upt} UPT × {ukuran.bulan} bulan: {versi:,} versi, {fakta:,} fakta".replace(",", "."))
    semua: list[Baris] = []
    with kesegaran.folder_kerja() as folder:
        for nama in pilihan.nama:
            _langkah(f"Mengukur {nama}")
            if nama == "rekap":
                semua += rekap.ukur(ukuran)
            elif nama == "halaman":
                kini = halaman.biaya(ukuran, instansi.bulan_terakhir())
                kapan = f"{ukuran.bulan} : {ukuran.bulan_awal} bulan"
                semua += [*halaman.nasional(kini, ukuran), *halaman.pertumbuhan(awal, kini, kapan)]
            elif nama == "isian":
                semua += [*halaman.simpan(ukuran), *halaman.simpan_otomatis(ukuran), *halaman.masuk(ukuran)]
            elif nama == "kesegaran":
                semua += kesegaran.ukur(ukuran, Path(folder))
            elif nama == "umkm":
                semua += umkm.ukur(ukuran)
            elif nama == "pangan":
                semua += pangan.ukur(ukuran)
            elif nama == "remisi":
                semua += remisi.ukur(ukuran)
            elif nama == "sdp":
                semua += sdp.ukur(ukuran)
            elif nama == "remisi-negeri":
                semua += remisi.se_negeri(remisi.BANYAK // (100 if pilihan.kecil else 1))
            elif nama == "unggahan":
                semua += unggahan.ukur(unggahan.BANYAK // 20 if pilihan.kecil else unggahan.BANYAK)
            else:
                semua += memori.ukur(ukuran, Path(folder))
    return semua


_MULAI = time.monotonic()


def _langkah(teks: str) -> None:
    print(f"• {time.monotonic() - _MULAI:5.0f} s  {teks}", flush=True)


def _mesin() -> str:
    model = next((b.partition(":")[2].strip() for b in _baca("/proc/cpuinfo") if b.startswith("model name")), "?")
    ram = next((int(b.split()[1]) // 1024**2 for b in _baca("/proc/meminfo") if b.startswith("MemTotal")), 0)
    beban = " ".join(f"{x:.1f}" for x in os.getloadavg())
    return f"{date.today():%Y-%m-%d}; {os.cpu_count()} inti {model}, {ram} GiB; beban {beban}"


def _baca(jalur: str) -> list[str]:
    berkas = Path(jalur)
    return berkas.read_text().splitlines() if berkas.exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
