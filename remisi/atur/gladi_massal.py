"""A draft on all candidates of the next occasions, as a job: computed in memory, nothing written, never a person.

Counts below five, and what would give them away (a nation minus the other Kanwil), are told as "ditutup".
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.urls import reverse

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import Bentrok
from pemasyarakatan.inti.waktu import WIB, hari_ini, tulis_waktu
from pemasyarakatan.pekerjaan import selectors as pekerjaan
from pemasyarakatan.pekerjaan.models import BerkasHasil, Pekerjaan
from pemasyarakatan.pekerjaan.services import Berkas, Lapor, minta
from remisi.atur.services import pastikan_kelola, sidik_tetap
from remisi.calon import massal
from remisi.calon.patokan import Patokan
from remisi.calon.susun import baca_kolom
from remisi.kesempatan import mendatang, rencana
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Baris
from remisi.models import Aturan, Kesempatan
from remisi.nasional.tekan import samar_tabel
from remisi.selectors_aturan import baris_dari, himpunan
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT
from wbp.models import DataWarga

JENIS = "gladi_aturan"
KELAS = ("menjadi_layak", "menjadi_tidak", "besaran")
UKURAN = ("dihitung", *KELAS, "hari")
TUTUP = "ditutup"
_LAYAK = massal.KEADAAN.index("LAYAK")


@dataclass(frozen=True)
class Hari:
    """One occasion as it would be: its kind, day and religions."""

    nama: str
    jenis: str
    tanggal: date
    agama: frozenset[str]

    def patokan(self, aturan: Himpunan, pada: date) -> Patokan:
        return Patokan(aturan, self.jenis, self.tanggal, self.agama, pada)


@dataclass(frozen=True)
class Pasangan:
    """One occasion under the rules in force, and with the draft."""

    dulu: Hari
    kini: Hari


# ---------------------------------------------------------------- asking and showing


def minta_gladi(*, aturan: Aturan, oleh: Pengguna, kunci: UUID) -> Pekerjaan:
    """Queue the rehearsal of the draft as it stands. Raises Ditolak, Bentrok."""
    pastikan_kelola(oleh)
    if aturan.status != Aturan.Status.RANCANGAN:
        raise Bentrok("Rancangan ini sudah diputus. Muat ulang halamannya.")
    with transaction.atomic():
        return minta(
            oleh=oleh,
            jenis=JENIS,
            judul=f"Gladi aturan {aturan.kode}",
            parameter={"aturan": aturan.pk, "sidik": sidik_tetap(aturan, himpunan())},
            kunci=kunci,
        )


def keadaan(oleh: Pengguna, aturan: Aturan, berlaku: Himpunan) -> dict[str, Any]:
    """One's own last rehearsal of a draft, for its page."""
    kerja = pekerjaan.daftar(oleh, jenis=JENIS).filter(parameter__aturan=aturan.pk).first()
    if kerja is None:
        return {}
    k = pekerjaan.keadaan(kerja)
    if not k.akhir:
        return {"kerja": _kemajuan(kerja, k)}
    if kerja.status != Pekerjaan.Status.SELESAI:
        return {"gagal": k.teks}
    berkas = BerkasHasil.objects.filter(pekerjaan=kerja, nama__endswith=".json").first()
    if berkas is None:
        return {}
    hasil = json.loads(bytes(berkas.isi))
    usang = kerja.parameter.get("sidik") != sidik_tetap(aturan, berlaku)
    return {"hasil": hasil, "usang": usang, "kalimat": _kalimat(hasil, kerja)}


def _kemajuan(kerja: Pekerjaan, k: pekerjaan.Keadaan) -> dict[str, Any]:
    alamat = reverse("pekerjaan:status", args=[kerja.pk])
    isi = {"judul": kerja.judul, "selesai": k.selesai, "total": k.total, "teks": k.teks, "akhir": False}
    return {**isi, "url_json": alamat, "pk": kerja.pk}


def _kalimat(hasil: dict[str, Any], kerja: Pekerjaan) -> str:
    saat = tulis_waktu(kerja.akhir_pada, WIB)
    if not hasil["kesempatan"]:
        return f"Tidak ada kesempatan mendatang yang memakai aturan ini. Dijalankan {saat}."
    dihitung = f"{tulis_angka(hasil['dihitung'])} calon di {tulis_angka(hasil['unit'])} UPT"
    kata = f"Berubah pada {_banyak(hasil)}" if hasil["berubah"] else "Tidak ada yang berubah"
    return f"{kata} dari {dihitung}, {hasil['kesempatan']} kesempatan. Dijalankan {saat}."


def _banyak(hasil: dict[str, Any]) -> str:
    """How many change; not to the person where a figure below is closed and could be worked out from it."""
    return "sebagian" if hasil.get("samar") else tulis_angka(hasil["berubah"])


# ---------------------------------------------------------------- the job


def kerjakan(kerja: Pekerjaan, lapor: Lapor) -> list[Berkas]:
    """Compute every unit twice. Raises Bentrok when the draft or the rules changed since it was asked for."""
    with terpasang(SISTEM):
        berlaku = himpunan()
        aturan = Aturan.objects.filter(pk=kerja.parameter["aturan"], status=Aturan.Status.RANCANGAN).first()
        if aturan is None or sidik_tetap(aturan, berlaku) != kerja.parameter["sidik"]:
            raise Bentrok("Rancangan atau aturan yang berlaku sudah berubah. Jalankan gladi lagi dari halamannya.")
        baris = baris_dari(aturan)
        pasangan = berpasangan(berlaku, baris, mendatang())
        berisi = DataWarga.objects.order_by().values("upt").distinct()
        unit = list(UPT.objects.filter(pk__in=berisi).order_by("pk").values_list("pk", "kanwil__nama_pendek"))
    hitung = _Penghitung(berlaku, berlaku.dengan(baris), pasangan)
    for n, (upt_id, kanwil) in enumerate(unit if pasangan else []):
        lapor(f"Menghitung UPT {n + 1} dari {len(unit)}", n, len(unit))
        with terpasang(SISTEM):
            hitung.unit(upt_id, kanwil)
    hasil = hitung.hasil()
    return [
        Berkas("gladi-aturan.json", "application/json", json.dumps(hasil, ensure_ascii=False).encode()),
        Berkas("gladi-aturan.csv", "text/csv; charset=utf-8", _csv(hasil["baris"])),
    ]


def berpasangan(berlaku: Himpunan, baru: Baris, semua: Iterable[Kesempatan]) -> list[Pasangan]:
    """The coming occasions that this rule concerns, as they are and as they would be."""
    hasil = []
    for k in semua:
        dulu = Hari(k.nama, k.jenis, k.tanggal, frozenset(k.agama))
        kini = _hari_baru(berlaku.dengan(baru), k, dulu) if baru.tabel == "hari_besar" else dulu
        mulai = baru.tabel == "hari_besar" or baru.berlaku_dari <= k.tanggal
        if mulai and (baru.tabel != "hari_besar" or dulu != kini):
            hasil.append(Pasangan(dulu, kini))
    return hasil


def _hari_baru(aturan: Himpunan, k: Kesempatan, dulu: Hari) -> Hari:
    tahun = (date(k.tanggal.year, 1, 1), date(k.tanggal.year, 12, 31))
    satu = next((r for r in rencana(aturan, *tahun) if r.slug == k.slug), None)
    return replace(dulu, tanggal=satu.tanggal, agama=frozenset(satu.agama)) if satu else dulu


class _Penghitung:
    """Adds up units: (occasion, kind, Kanwil) -> counts."""

    def __init__(self, berlaku: Himpunan, dengan: Himpunan, pasangan: list[Pasangan]) -> None:
        pada = hari_ini()
        self.pasangan = [(p, p.dulu.patokan(berlaku, pada), p.kini.patokan(dengan, pada)) for p in pasangan]
        self.jumlah: dict[tuple[str, str, str], Counter[str]] = {}
        self.unit_terhitung: set[int] = set()

    def unit(self, upt_id: int, kanwil: str) -> None:
        for p, dulu, kini in self.pasangan:
            lama = _per_jenis(upt_id, dulu)
            baru = _per_jenis(upt_id, kini)
            for jenis in sorted({*lama, *baru}):
                beda = _bandingkan(lama.get(jenis, _KOSONG), baru.get(jenis, _KOSONG))
                if beda["dihitung"]:
                    self.unit_terhitung.add(upt_id)
                    self.jumlah.setdefault((p.dulu.nama, jenis, kanwil), Counter()).update(beda)

    def hasil(self) -> dict[str, Any]:
        blok: dict[tuple[str, str], dict[str, Counter[str]]] = {}
        for (nama, jenis, kanwil), isi in self.jumlah.items():
            blok.setdefault((nama, jenis), {})[kanwil] = isi
        baris = [b for (nama, jenis), per in blok.items() for b in _blok(nama, jenis, per)]
        return {
            "kesempatan": len(self.pasangan),
            "unit": len(self.unit_terhitung),
            "dihitung": sum(i["dihitung"] for i in self.jumlah.values()),
            "berubah": sum(_berubah(i) for i in self.jumlah.values()),
            "samar": any(TUTUP in b.values() for b in baris),
            "baris": baris,
        }


@dataclass(frozen=True)
class _Nilai:
    """Per person of a unit: id, whether all conditions are met, days of the grant."""

    pk: massal.Larik
    layak: massal.Larik
    hari: massal.Larik


_KOSONG = _Nilai(np.empty(0, np.int64), np.empty(0, bool), np.empty(0, np.int64))


def _per_jenis(upt_id: int, patokan: Patokan) -> dict[str, _Nilai]:
    pk, kolom = baca_kolom(upt_id, patokan.tanggal)
    return {
        h.jenis: _Nilai(pk[h.baris], h.keadaan == _LAYAK, 30 * h.bulan.astype(np.int64) + h.hari)
        for h in massal.hitung(kolom, patokan)
    }


def _bandingkan(dulu: _Nilai, kini: _Nilai) -> dict[str, int]:
    """Counts of one kind in one unit; who is on one side only was, or will be, not met."""
    orang = np.union1d(dulu.pk, kini.pk)
    (l1, h1), (l2, h2) = (_rentang(orang, n) for n in (dulu, kini))
    return {
        "dihitung": len(orang),
        "menjadi_layak": int((~l1 & l2).sum()),
        "menjadi_tidak": int((l1 & ~l2).sum()),
        "besaran": int((l1 & l2 & (h1 != h2)).sum()),
        "hari": int((h2 * l2).sum() - (h1 * l1).sum()),
    }


def _rentang(orang: massal.Larik, n: _Nilai) -> tuple[massal.Larik, massal.Larik]:
    tempat = np.searchsorted(orang, n.pk)
    layak, hari = np.zeros(len(orang), bool), np.zeros(len(orang), np.int64)
    layak[tempat], hari[tempat] = n.layak, n.hari
    return layak, hari


def _berubah(isi: Counter[str]) -> int:
    return isi["menjadi_layak"] + isi["menjadi_tidak"] + isi["besaran"]


def _blok(nama: str, jenis: str, per: dict[str, Counter[str]]) -> list[dict[str, Any]]:
    """One kind on one occasion: the nation, then each Kanwil where something changes. Whoever changes in no way is a
    class of its own, for the number of all stands beside the others."""
    if not any(_berubah(isi) for isi in per.values()):
        return []
    urut = sorted(per)
    t = samar_tabel([[*(per[k][u] for u in KELAS), per[k]["dihitung"] - _berubah(per[k])] for k in urut])
    baris, tertutup = [], 0
    for k, jumlah, sel in zip(urut, t.baris, t.sel, strict=True):
        samar = jumlah is None or None in sel
        tertutup += samar
        if _berubah(per[k]) or None in sel[:-1]:
            baris.append(_baris(nama, jenis, k, (jumlah, *sel[:-1]), None if samar else per[k]["hari"]))
    hari = sum(isi["hari"] for isi in per.values())
    samar = t.total is None or None in t.kolom or tertutup == 1  # days tell the count that they belong to
    return [_baris(nama, jenis, "Nasional", (t.total, *t.kolom[:-1]), None if samar else hari), *baris]


def _baris(nama: str, jenis: str, kanwil: str, isi: tuple[int | None, ...], hari: int | None) -> dict[str, Any]:
    ukuran = dict(zip(UKURAN, (*isi, hari), strict=True))
    return {"kesempatan": nama, "jenis": jenis, "kanwil": kanwil} | {
        u: TUTUP if n is None else n for u, n in ukuran.items()
    }


def _csv(baris: list[dict[str, Any]]) -> bytes:
    keluar = io.StringIO()
    tulis = csv.writer(keluar)
    tulis.writerow(("kesempatan", "jenis", "kanwil", *UKURAN))
    tulis.writerows(_isi_csv(baris))
    return keluar.getvalue().encode()


def _isi_csv(baris: list[dict[str, Any]]) -> Iterator[list[Any]]:
    for b in baris:
        yield [b[k] for k in ("kesempatan", "jenis", "kanwil", *UKURAN)]
