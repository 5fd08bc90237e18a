"""Flags: what a reviewer should look at in a sent version, and how much an error there would cost.

They are computed when a version is sent and stored with the report: `Laporan.bendera` = [{"kode", "butir", "teks"}],
`Laporan.risiko` its weight. A report without flags is clean: it may be verified together with others.

**Risk** sorts the inbox by the expected cost of overlooking an error: the sum of the flags' sizes, times the inmates
of the unit (`penghuni_acuan`), divided by ten. The size of a figure outside its band is its distance from the band in
widths of the band (at most 10), that of a sudden change the number of doublings (at most 10); every other kind has
the fixed size in `UKURAN`. A unit whose size nobody knows counts as one with 100 inmates. So a figure that is twice
as far out, and a unit that is twice as large, come first; a late report of a small unit comes last.

A flag that a reviewer called fine in an earlier month weighs less, never nothing: see `pelaporan/tinjauan/wajar.py`.

The first part is pure; the loader below it reads what it needs in five statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import log2
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from pelaporan.alur import Aksi, Status
from pelaporan.aturan import Temuan, periksa
from pelaporan.butir import Butir
from pelaporan.isian import Keadaan, tulis_nilai
from pelaporan.kebiasaan import Pita, di_luar, pita
from pelaporan.konteks import isian_versi, muat_konteks
from pelaporan.models import Kejadian, Laporan, LaporanVersi, RiwayatIsian
from pelaporan.sajian import nilai_isi
from pelaporan.selectors_riwayat import riwayat_angka_banyak
from pelaporan.skema import Skema
from pelaporan.tinjauan.wajar import Wajar, bobot, kunci_bendera, pernah_wajar_banyak, persen_wajar
from pemasyarakatan.inti.waktu import Bulan

Angka = int | Decimal

LABEL = {
    "dijawab": "pertanyaan dijawab UPT",
    "di_luar": "di luar kebiasaan",
    "perubahan": "berubah besar",
    "sama": "semua sama dengan bulan lalu",
    "tanpa_angka": "tidak tersedia atau tidak berlaku",
    "kirim_ulang": "dikirim ulang",
    "terlambat": "terlambat dikirim",
    "atas_nama": "diisi atas nama UPT",
}
"""Kinds of flags, in the order in which they are shown."""

UKURAN = {"dijawab": 1.0, "sama": 3.0, "tanpa_angka": 1.0, "kirim_ulang": 2.0, "terlambat": 0.2, "atas_nama": 1.0}
"""Size of a flag that has no figure to measure."""

BERANGKA = ("di_luar", "perubahan")
"""Flags about how far a figure is from the usual."""

UKURAN_MAKS = 10.0
PERUBAHAN_PERSEN, PERUBAHAN_TERKECIL = Decimal(50), Decimal(10)
"""A change without a band to judge it by: at least this share of last month's figure, and this many units."""

ACUAN_BAWAAN = 100
RISIKO_MAKS = 32767
SEKALIGUS = 200
"""Reports whose surroundings are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Bendera:
    """One thing to look at. `butir` is empty when the whole report is meant."""

    kode: str
    butir: str
    teks: str
    ukuran: float = 0.0
    aturan: str = ""
    """The rule that asked, for what the unit answered."""

    def ke_json(self) -> dict[str, str]:
        isi = {"kode": self.kode, "butir": self.butir, "teks": self.teks}
        return {**isi, "aturan": self.aturan} if self.aturan else isi


@dataclass(frozen=True)
class Bahan:
    """Everything that flags are made of. `temuan`: findings as of now; `lalu`: the frozen content of last month."""

    skema: Skema
    isi: Mapping[str, Any]
    bulan: Bulan
    temuan: Sequence[Temuan] = ()
    riwayat: Mapping[str, Sequence[Angka | None]] = field(default_factory=dict)
    lalu: Mapping[str, Any] | None = None
    kirim_ulang: bool = False
    terlambat: bool = False
    atas_nama: bool = False


def susun(b: Bahan) -> list[Bendera]:
    """All flags of a content, in the order of their kinds."""
    return [*_dijawab(b), *_angka(b), *_sama(b), *_tanpa_angka(b), *_keadaan_kirim(b)]


def risiko(bendera: Iterable[Bendera], acuan: int | None) -> int:
    """The weight of a report in the inbox; 0 for a clean one, at least 1 for every other."""
    ukuran = sum(b.ukuran for b in bendera)
    if not ukuran:
        return 0
    return max(1, min(RISIKO_MAKS, round(ukuran * (ACUAN_BAWAAN if acuan is None else acuan) / 10)))


def _dijawab(b: Bahan) -> list[Bendera]:
    """Questions of the portal that the unit answered: with a reason, or by saying that it is right."""
    hasil = []
    for t in b.temuan:
        jawaban = b.isi["tanggapan"].get(t.id)
        if jawaban is None:
            continue
        alasan = " ".join(str(jawaban.get("alasan") or "").split())
        teks = f"{t.pesan} UPT: {alasan or 'dinyatakan benar.'}"
        hasil.append(Bendera("dijawab", t.butir[0] if t.butir else "", teks, UKURAN["dijawab"], t.kode))
    return hasil


def _angka(b: Bahan) -> list[Bendera]:
    """Figures outside their band; where there is no band yet, figures that changed a lot since last month."""
    hasil = []
    for kode, butir in b.skema.butir.items():
        nilai = nilai_isi(b.isi, kode)
        if not butir.diketik or not butir.angka or nilai is None or isinstance(nilai, bool | str):
            continue
        kebiasaan = pita(b.riwayat.get(kode, ()))
        satu = _di_luar(butir, nilai, kebiasaan) if kebiasaan else _perubahan(b, butir, nilai)
        hasil += [satu] if satu else []
    return hasil


def _di_luar(butir: Butir, nilai: Angka, kebiasaan: Pita) -> Bendera | None:
    if not di_luar(kebiasaan, nilai):
        return None
    jauh = kebiasaan.bawah - nilai if nilai < kebiasaan.bawah else nilai - kebiasaan.atas
    lebar = max(kebiasaan.atas - kebiasaan.bawah, Decimal(1))
    biasa = (
        f"{tulis_nilai(butir, _rapi(butir, kebiasaan.bawah))} sampai {tulis_nilai(butir, _rapi(butir, kebiasaan.atas))}"
    )
    teks = f"{butir.label}: {tulis_nilai(butir, nilai)}, biasanya {biasa}."
    return Bendera("di_luar", butir.kode, teks, min(UKURAN_MAKS, 0.5 + float(jauh / lebar)))


def _rapi(butir: Butir, nilai: Decimal) -> Angka:
    """A limit of a band as a figure of this item: whole where items are whole."""
    return round(nilai) if butir.jenis_angka in ("bulat", "rupiah") else round(nilai, 1)


def _perubahan(b: Bahan, butir: Butir, nilai: Angka) -> Bendera | None:
    lama = nilai_isi(b.lalu, butir.kode) if b.lalu is not None else None
    if lama is None or isinstance(lama, bool | str):
        return None
    dulu = Decimal(lama)
    beda = abs(Decimal(nilai) - dulu)
    if beda < max(PERUBAHAN_TERKECIL, Decimal(butir.ambang_selisih)) or beda * 100 < PERUBAHAN_PERSEN * abs(dulu):
        return None
    teks = f"{butir.label}: {tulis_nilai(butir, nilai)}, {(b.bulan - 1).nama} {tulis_nilai(butir, lama)}."
    kali = log2((float(abs(Decimal(nilai))) + 1) / (float(abs(dulu)) + 1))
    return Bendera("perubahan", butir.kode, teks, min(UKURAN_MAKS, max(0.5, abs(kali))))


def _sama(b: Bahan) -> list[Bendera]:
    """A report that repeats last month figure by figure was probably copied; one that is all nil was not."""
    if b.lalu is None:
        return []
    terisi = b.isi.get("asal", {})
    ketik = (k for k, x in b.skema.butir.items() if x.diketik and x.angka and k not in terisi)
    kode = [k for k in ketik if nilai_isi(b.isi, k) is not None]
    berisi = any(nilai_isi(b.isi, k) for k in kode)
    if not berisi or any(nilai_isi(b.isi, k) != nilai_isi(b.lalu, k) for k in kode):
        return []
    teks = f"{len(kode)} dari {len(kode)} angka sama dengan {(b.bulan - 1).nama}."
    return [Bendera("sama", "", teks, UKURAN["sama"])]


def _tanpa_angka(b: Bahan) -> list[Bendera]:
    """Mandatory cells that say that there is no figure."""
    kata = {Keadaan.TAK_TERSEDIA.value: "tidak tersedia", Keadaan.TAK_BERLAKU.value: "tidak berlaku"}
    hasil = []
    for kode, keadaan in b.isi["keadaan"].items():
        butir = b.skema.butir.get(kode)
        if butir is None or not butir.wajib or keadaan not in kata:
            continue
        alasan = b.isi["alasan"].get(kode, "")
        teks = f"{butir.label}: {kata[keadaan]}{f', {alasan}' if alasan else ''}."
        hasil.append(Bendera("tanpa_angka", kode, teks, UKURAN["tanpa_angka"]))
    return hasil


def _keadaan_kirim(b: Bahan) -> list[Bendera]:
    ada = (
        ("kirim_ulang", b.kirim_ulang, "Dikirim ulang setelah dikembalikan atau dibuka kembali."),
        ("terlambat", b.terlambat, "Dikirim setelah tenggat UPT."),
        ("atas_nama", b.atas_nama, "Ada isian yang diketik Kanwil atas nama UPT."),
    )
    return [Bendera(kode, "", teks, UKURAN[kode]) for kode, benar, teks in ada if benar]


def redam(bendera: Iterable[Bendera], b: Bahan, pernah: Mapping[str, Sequence[Wajar]], persen: int) -> list[Bendera]:
    """The same flags; those explained before are smaller."""
    hasil = []
    for satu in bendera:
        nilai = nilai_isi(b.isi, satu.butir) if satu.kode in BERANGKA else None
        angka = nilai if isinstance(nilai, int | Decimal) else None
        dulu = [Decimal(n) for n in b.riwayat.get(satu.butir, ()) if n is not None]
        sisa = bobot(angka, median(dulu) if dulu else None, pernah.get(kunci_bendera(satu.ke_json()), ()), persen)
        hasil.append(replace(satu, ukuran=satu.ukuran * sisa))
    return hasil


# Loading ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sekitar:
    """What the flags of some units' reports of one form and month are judged by. Dicts are by unit."""

    riwayat: Mapping[int, Mapping[str, Sequence[Angka | None]]]
    lalu: Mapping[int, Mapping[str, Any]]
    kirim_ulang: frozenset[UUID]
    atas_nama: frozenset[UUID]
    wajar: Mapping[int, Mapping[str, Sequence[Wajar]]]


def muat_sekitar(laporan: Sequence[Laporan]) -> Sekitar:
    """Five statements, however many reports; all of them of one form and month. Their own scope has let the caller
    in.
    """
    ulang = Kejadian.objects.filter(laporan__in=laporan, aksi__in=[Aksi.KEMBALIKAN, Aksi.BUKA])
    kanwil = RiwayatIsian.objects.filter(laporan__in=laporan, asal="kanwil")
    return Sekitar(
        riwayat=riwayat_angka_banyak(laporan),
        lalu=_isi_lalu(laporan),
        kirim_ulang=frozenset(ulang.values_list("laporan_id", flat=True)),
        atas_nama=frozenset(kanwil.values_list("laporan_id", flat=True)),
        wajar=pernah_wajar_banyak(laporan),
    )


def bendera_laporan(
    laporan: Laporan, isi: Mapping[str, Any], *, terlambat: bool, sekitar: Sekitar | None = None
) -> list[Bendera]:
    """The flags of a frozen content of this report, with its surroundings as they are now."""
    ini = sekitar or muat_sekitar([laporan])
    bahan = Bahan(
        skema=laporan.skema,
        isi=isi,
        bulan=laporan.periode,
        temuan=_temuan(laporan, isi),
        riwayat=ini.riwayat.get(laporan.upt_id, {}),
        lalu=ini.lalu.get(laporan.upt_id),
        kirim_ulang=laporan.pk in ini.kirim_ulang,
        terlambat=terlambat,
        atas_nama=laporan.pk in ini.atas_nama,
    )
    return redam(susun(bahan), bahan, ini.wajar.get(laporan.upt_id, {}), persen_wajar(laporan.bulan))


def _temuan(laporan: Laporan, isi: Mapping[str, Any]) -> list[Temuan]:
    """What the portal asks; only answered questions make flags, so without answers nobody needs to ask."""
    if not isi["tanggapan"]:
        return []
    return periksa(laporan.skema, isian_versi(laporan.skema, isi), muat_konteks(laporan))


def kolom_bendera(
    laporan: Laporan, isi: Mapping[str, Any], *, terlambat: bool, sekitar: Sekitar | None = None
) -> dict[str, Any]:
    """What is stored with the report."""
    bendera = bendera_laporan(laporan, isi, terlambat=terlambat, sekitar=sekitar)
    return {"bendera": [b.ke_json() for b in bendera], "risiko": risiko(bendera, laporan.penghuni_acuan)}


def _isi_lalu(laporan: Sequence[Laporan]) -> dict[int, Mapping[str, Any]]:
    """Content of each unit's latest sent version of last month, by unit."""
    versi = LaporanVersi.objects.filter(
        upt_id__in=[satu.upt_id for satu in laporan],
        formulir_id=laporan[0].formulir_id,
        bulan=(laporan[0].periode - 1).awal,
        versi=F("laporan__versi_masuk"),
    )
    return dict(versi.values_list("upt_id", "isi"))


def hitung_ulang_bendera(*, saring: Q | None = None) -> int:
    """Compute the flags of every report that waits for a decision, in the scope of the system; returns how many.

    For reports that were loaded and not sent through the portal, and after a change of the rules.
    """
    menunggu = Laporan.objects.filter(saring or Q(), status=Status.DIKIRIM)
    per_jenis: dict[tuple[str, date], list[Laporan]] = {}
    for laporan in menunggu.select_related("upt", "kanwil", "formulir", "formulir_versi"):
        per_jenis.setdefault((laporan.formulir_id, laporan.bulan), []).append(laporan)
    for semua in per_jenis.values():
        for awal in range(0, len(semua), SEKALIGUS):
            _hitung_ulang(semua[awal : awal + SEKALIGUS])
    return sum(map(len, per_jenis.values()))


def _hitung_ulang(laporan: list[Laporan]) -> None:
    """For reports of one form and month."""
    versi = LaporanVersi.objects.filter(laporan__in=laporan, versi=F("laporan__versi_masuk"))
    isi = dict(versi.values_list("laporan_id", "isi"))
    sekitar = muat_sekitar(laporan)
    for satu in laporan:
        kolom = kolom_bendera(satu, isi[satu.pk], terlambat=satu.terlambat, sekitar=sekitar)
        satu.bendera, satu.risiko = kolom["bendera"], kolom["risiko"]
    Laporan.objects.bulk_update(laporan, ["bendera", "risiko"])
