"""Whether a new rule fits into the rules there are: what forbids it, and what somebody should read first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi import ketentuan_bentuk as bentuk
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Baris, GalatAturan

KODE_TETAP = frozenset({"sakelar", "syarat", "tenggat"})
"""Tables whose codes the portal itself asks for: a new code there would be read by nobody."""
_TAHUN = re.compile(r"(?<!\d)\d{4}$")
"""The year that a code of a holy day ends in."""
_TINGKAT = re.compile(r"nasional|\d{1,4}")
_BULAN_HARI = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def keberatan(himpunan: Himpunan, baru: Baris) -> list[str]:
    """Everything that forbids this rule, as sentences; empty when nothing does."""
    try:
        isi = bentuk.isi_dari_baris(baru)
    except GalatAturan as galat:
        return [str(galat)]
    except ValueError as galat:
        return [f"Nilainya tidak terbaca: {galat}."]
    return [*_masa(himpunan, baru), *_ISI.get(baru.tabel, _tanpa)(himpunan, isi)]


def keberatan_cabut(setelah: Himpunan, dicabut: Baris) -> list[str]:
    """What forbids taking a rule away: amounts that come back in its place and would fit one person twice."""
    kembali = setelah.berlaku(dicabut.tabel, dicabut.kode, dicabut.berlaku_dari)
    if dicabut.tabel != "besaran" or kembali is None:
        return []
    mulai = tulis_tanggal(kembali.baris.berlaku_dari)
    return [f"Tanpa aturan ini {dicabut.kode} sejak {mulai} berlaku lagi. {k}" for k in _besaran(setelah, kembali)]


def peringatan(himpunan: Himpunan, baru: Baris, kini: date) -> list[str]:
    """What somebody should know before this rule comes into force."""
    semua = [
        *_peringatan_masa(himpunan, baru),
        *_peringatan_lubang(himpunan, baru),
        *_peringatan_uraian(himpunan, baru),
    ]
    if baru.berlaku_dari < kini:
        semua.append(
            f"Aturan ini mulai berlaku {tulis_tanggal(baru.berlaku_dari)}, sudah lewat. "
            "Hitungan untuk kesempatan sejak hari itu ikut berubah."
        )
    if not baru.terverifikasi:
        semua.append("Sumbernya belum dikonfirmasi; tanda itu tampil di setiap hitungan yang memakainya.")
    return semua


def sebelumnya(himpunan: Himpunan, baru: Baris) -> Baris | None:
    """The rule this one replaces: the one of the same code in force on its first day."""
    if baru.tabel == "hari_besar":
        ada = [b for b in himpunan.baris if (b.tabel, b.kode) == ("hari_besar", baru.kode)]
        return ada[-1] if ada else None
    isi = himpunan.berlaku(baru.tabel, baru.kode, baru.berlaku_dari)
    return isi.baris if isi else None


def awal_baru(dari: Baris, kini: date, *, tahun_depan: bool = False) -> Baris:
    """What the form of a new rule starts from: another value of the same code, to be given a source of its own.

    `tahun_depan` is for what has its year in its code: the holy day of the year after, its date still to be typed.
    """
    mulai = max(date(kini.year + 1, 1, 1), dari.berlaku_dari + timedelta(days=1))
    if dari.tabel != "hari_besar":
        return replace(dari, berlaku_dari=mulai, berlaku_sampai=None, sumber="", terverifikasi=False, catatan="")
    tahun = date.fromisoformat(dari.nilai["tanggal"]).year
    nilai, kode, mulai = dict(dari.nilai), dari.kode, max(kini, dari.berlaku_dari + timedelta(days=1))
    if tahun_depan:
        lama, baru = str(tahun), str(tahun + 1)
        kode, mulai = kode.replace(lama, baru), date(tahun + 1, 1, 1)
        nilai |= {"nama": nilai["nama"].replace(lama, baru), "tanggal": None}
    return replace(dari, kode=kode, nilai=nilai, berlaku_dari=mulai, sumber="", terverifikasi=False, catatan="")


def _sekode(himpunan: Himpunan, baru: Baris) -> list[Baris]:
    return [b for b in himpunan.baris if (b.tabel, b.kode) == (baru.tabel, baru.kode)]


def _masa(himpunan: Himpunan, baru: Baris) -> Iterator[str]:
    sekode = _sekode(himpunan, baru)
    if baru.tabel in KODE_TETAP and not sekode:
        yield f"Kode {baru.kode} tidak dipakai portal. Ubah salah satu kode yang ada."
    if any(b.berlaku_dari == baru.berlaku_dari for b in sekode):
        yield (
            f"{baru.kode} sudah punya aturan yang mulai {tulis_tanggal(baru.berlaku_dari)}. "
            "Aturan yang berlaku tidak ditulis ulang: cabut dahulu bila salah, atau pilih tanggal lain."
        )
    for b in sekode:
        if baru.berlaku_sampai and baru.berlaku_dari < b.berlaku_dari <= baru.berlaku_sampai:
            yield (
                f"Masa berlakunya bertumpuk dengan aturan yang mulai {tulis_tanggal(b.berlaku_dari)}. "
                f"Isi “berlaku sampai” paling lambat {tulis_tanggal(b.berlaku_dari - timedelta(days=1))}, "
                "atau kosongkan."
            )


def _peringatan_masa(himpunan: Himpunan, baru: Baris) -> Iterator[str]:
    sesudah = [b for b in _sekode(himpunan, baru) if b.berlaku_dari > baru.berlaku_dari]
    if sesudah:
        yield f"Sudah ada aturan {baru.kode} yang mulai {tulis_tanggal(sesudah[0].berlaku_dari)}; sejak itu aturan itu."
    elif baru.berlaku_sampai:
        yield f"Sesudah {tulis_tanggal(baru.berlaku_sampai)} tidak ada aturan {baru.kode}."


def _peringatan_uraian(himpunan: Himpunan, baru: Baris) -> Iterator[str]:
    """The number was changed and the sentence that says it was not: people read the sentence."""
    lama = sebelumnya(himpunan, baru)
    dulu = lama.nilai.get("jumlah") if lama else None
    kata = str(baru.nilai.get("uraian", ""))
    if dulu is None or dulu == baru.nilai.get("jumlah") or lama is None or kata != lama.nilai.get("uraian"):
        return
    if re.search(rf"\b{dulu}\b", kata):
        yield f"Uraiannya masih menyebut {dulu}. Sesuaikan kalimatnya dengan jumlah yang baru."


def _peringatan_lubang(himpunan: Himpunan, baru: Baris) -> Iterator[str]:
    """Amounts that nobody would be given: a bound that was moved leaves a hole until its neighbour is moved too."""
    if baru.tabel != "besaran":
        return
    nama, dengan = str(baru.nilai.get("kisi")), himpunan.dengan(baru)
    if all(j.kisi != nama for j in himpunan.semua_jenis(baru.berlaku_dari)):
        yield f"Kisi “{nama}” belum dipakai jenis remisi mana pun."
    kisi = [b for b in dengan.kisi(nama, baru.berlaku_dari) if b.q is None]
    tepi = {n for b in kisi for n in (b.jalani_dari, None if b.jalani_sampai is None else b.jalani_sampai + 1)}
    for urutan in range(1, 2 + max(b.urutan_sampai or b.urutan_dari or 1 for b in kisi)) if kisi else ():
        awal = min((b.jalani_dari or 0 for b in kisi if b.untuk_urutan(urutan)), default=0)
        for jalani in sorted(n for n in {*tepi, awal} if n is not None and n >= awal):
            if not any(b.cocok(urutan, jalani) for b in kisi):
                kata = f"setelah menjalani {jalani} hari" if jalani else "berapa pun yang dijalani"
                yield f"Pemberian ke-{urutan} {kata} tidak mempunyai besaran; calonnya menunggu sampai diatur."
                break


# ---------------------------------------------------------------- by table


def _tanpa(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    yield from ()


def _pecahan(isi: Any) -> Iterator[str]:
    if (isi.p is None) != (isi.q is None):
        yield "Isi pembilang dan penyebut pecahan, atau kosongkan keduanya."
    elif isi.q is not None and not 0 < isi.p <= isi.q:
        yield "Pecahan harus lebih dari 0 dan paling besar 1, misalnya 2/3."


def _jenis(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    salah = [t for t in isi.tanggal if not _BULAN_HARI.fullmatch(t)]
    if salah:
        yield f"Tanggal tetap ditulis bulan-tanggal seperti 08-17; tertulis {', '.join(salah)}."
    if isi.hari_raya and isi.tanggal:
        yield "Jenis yang mengikuti hari raya tidak mempunyai tanggal tetap."
    pada = isi.baris.berlaku_dari
    if isi.cara == "KISI" and not himpunan.kisi(isi.kisi, pada):
        yield f"Kisi besaran “{isi.kisi}” tidak ada pada {tulis_tanggal(pada)}."
    if isi.cara.startswith("PECAHAN") and himpunan.pecahan(isi.kisi, pada) is None:
        yield f"Pecahan untuk kisi “{isi.kisi}” tidak ada pada {tulis_tanggal(pada)}."


def _besaran(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    yield from _pecahan(isi)
    if isi.q is None and not (isi.bulan or isi.hari):
        yield "Isi besarannya: bulan, hari, atau pecahan."
    for dari, sampai, nama in (
        (isi.urutan_dari, isi.urutan_sampai, "Urutan pemberian"),
        (isi.jalani_dari, isi.jalani_sampai, "Hari yang telah dijalani"),
    ):
        if dari is not None and sampai is not None and sampai < dari:
            yield f"{nama}: batas atas lebih kecil dari batas bawah."
    for b in _sekisi(himpunan, isi) if isi.q is None else ():
        if _bertemu(isi, b):
            sejak = max(b.baris.berlaku_dari, isi.baris.berlaku_dari)
            yield (
                f"Bertumpuk dengan {b.kode} sejak {tulis_tanggal(sejak)}: "
                "satu orang akan cocok dengan dua besaran. Ubah batasnya."
            )


def _sekisi(himpunan: Himpunan, isi: Any) -> Iterator[Any]:
    """Other rows of the grid that are in force on a day on which this one is, now or later."""
    dengan = himpunan.dengan(isi.baris)
    lihat: set[tuple[str, date]] = set()
    for hari in _hari_berubah(himpunan, isi.baris):
        if dengan.berlaku("besaran", isi.kode, hari) is None:
            continue
        for b in dengan.kisi(isi.kisi, hari):
            kunci = (b.kode, b.baris.berlaku_dari)
            if b.kode != isi.kode and b.q is None and kunci not in lihat:
                lihat.add(kunci)
                yield b


def _hari_berubah(himpunan: Himpunan, baru: Baris) -> list[date]:
    """The first day of the rule, and those later ones, up to its end, on which amounts change."""
    sekode = [b.berlaku_dari for b in _sekode(himpunan, baru) if b.berlaku_dari > baru.berlaku_dari]
    akhir = min([baru.berlaku_sampai or date.max, *(d - timedelta(days=1) for d in sekode)])
    semua = {b.berlaku_dari for b in himpunan.baris if b.tabel == "besaran"}
    return [baru.berlaku_dari, *sorted(d for d in semua if baru.berlaku_dari < d <= akhir)]


def _bertemu(a: Any, b: Any) -> bool:
    return _potong(a.urutan_dari, a.urutan_sampai, b.urutan_dari, b.urutan_sampai) and _potong(
        a.jalani_dari, a.jalani_sampai, b.jalani_dari, b.jalani_sampai
    )


def _potong(a1: int | None, a2: int | None, b1: int | None, b2: int | None) -> bool:
    kiri, kanan = max(a1 or 0, b1 or 0), min(_atas(a2), _atas(b2))
    return kiri <= kanan


def _atas(nilai: int | None) -> int:
    return 10**9 if nilai is None else nilai


def _rezim(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    yield from _pecahan(isi)
    if not isi.kelompok:
        yield "Pilih paling sedikit satu kelompok tindak pidana."
    if isi.putusan_dari and isi.putusan_sampai and isi.putusan_sampai < isi.putusan_dari:
        yield "Putusan tetap: tanggal sampai mendahului tanggal sejak."
    for kode in isi.syarat:
        if himpunan.syarat(kode, isi.baris.berlaku_dari) is None:
            yield f"Syarat {kode} tidak ada pada {tulis_tanggal(isi.baris.berlaku_dari)}."


def _program(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    yield from _pecahan(isi)
    atas, bawah = isi.maks_pidana_bulan, isi.min_pidana_bulan
    if atas is not None and bawah is not None and atas < bawah:
        yield "Pidana paling banyak lebih kecil dari pidana paling sedikit."


def _hari_besar(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    if not isi.agama:
        yield "Pilih paling sedikit satu agama."
    tahun = _TAHUN.search(isi.kode)
    if tahun and int(tahun[0]) != isi.tanggal.year:
        yield f"Kode {isi.kode} menyebut tahun {tahun[0]}, tanggalnya {tulis_tanggal(isi.tanggal)}. Samakan tahunnya."
    sesudah = [b for b in _sekode(himpunan, isi.baris) if b.berlaku_dari > isi.baris.berlaku_dari]
    if sesudah:
        yield (
            f"Tanggal {isi.kode} yang dipakai adalah yang berlaku paling akhir, sekarang sejak "
            f"{tulis_tanggal(sesudah[-1].berlaku_dari)}. Pilih “berlaku dari” sesudah itu."
        )
    for h in himpunan.hari_besar(isi.tanggal.year):
        sama = set(h.agama) & set(isi.agama)
        if h.kode != isi.kode and sama:
            yield (
                f"{h.nama} {h.tanggal.year} sudah tercatat untuk agama yang sama ({h.kode}). "
                "Satu agama mempunyai satu hari raya setahun."
            )


def _sakelar(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    lama = sebelumnya(himpunan, isi.baris) or next(iter(_sekode(himpunan, isi.baris)), None)
    if lama is not None and list(lama.nilai.get("pilihan") or ()) != list(isi.pilihan):
        yield "Pilihan cara menghitung ditentukan portal; yang dapat diganti hanya nilainya."
    if isi.pilihan and isi.nilai not in isi.pilihan:
        yield f"Pilih salah satu: {', '.join(isi.pilihan)}."


def _biaya(himpunan: Himpunan, isi: Any) -> Iterator[str]:
    if isi.rupiah <= 0:
        yield "Biaya makan sehari harus lebih dari Rp0."
    if not _TINGKAT.fullmatch(isi.tingkat):
        yield "Tingkat: tulis nasional, atau kode Kanwil dalam angka, misalnya 33."


_ISI = {
    "jenis": _jenis,
    "besaran": _besaran,
    "rezim": _rezim,
    "program": _program,
    "hari_besar": _hari_besar,
    "sakelar": _sakelar,
    "biaya_makan": _biaya,
}
