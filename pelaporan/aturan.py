"""Findings about one report: what blocks sending (``galat``) and what must be confirmed (``tanya``).

Pure: a form, an entry and its surroundings in, findings out. A finding's ``id`` holds a short hash of the
figures it is about, so an answer keeps matching exactly as long as those figures stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from pelaporan import rumus
from pelaporan.isian import Baris, Isian, bagian_tertutup, lingkungan, tulis_nilai
from pelaporan.kanonik import sidik
from pelaporan.rumus import Konteks, Lingkungan, Nilai
from pelaporan.skema import AturanSiap, Butir, Daftar, Potongan, Skema
from pemasyarakatan.inti.angka import tulis_angka

GALAT, TANYA = "galat", "tanya"


@dataclass(frozen=True, slots=True)
class Temuan:
    """One finding. ``butir``: the items (or, with ``baris``, the columns of that row) to point at."""

    id: str
    kode: str
    tingkat: str
    pesan: str
    butir: tuple[str, ...]
    baris: str | None = None
    wajib_alasan: bool = False

    def ke_json(self) -> dict[str, Any]:
        return {**asdict(self), "butir": list(self.butir)}


@dataclass(frozen=True, slots=True)
class _Periksaan:
    """Everything the single checks look at, computed once per report."""

    skema: Skema
    isian: Isian
    konteks: Konteks
    ling: Lingkungan
    tertutup: Mapping[str, bool]
    kosong: frozenset[str]


def periksa(skema: Skema, isian: Isian, konteks: Konteks) -> list[Temuan]:
    """All findings, errors before questions, each in form order; an empty list means ready to send."""
    tertutup = bagian_tertutup(skema, isian)
    kosong = frozenset(
        b.kode
        for g in skema.bagian
        if g.kode not in tertutup
        for b in g.butir
        if b.wajib and b.rumus is None and b.kode not in isian.sel
    )
    p = _Periksaan(skema, isian, konteks, lingkungan(skema, isian, konteks), tertutup, kosong)
    semua = (
        _wajib_kosong(p),
        _bagian_tertutup_berisi(p),
        _luar_batas(p),
        _daftar(p),
        _aturan(p),
        _perubahan(p),
    )
    temuan = [t for sumber in semua for t in sumber]
    return sorted(temuan, key=lambda t: t.tingkat != GALAT)


def belum_terjawab(temuan: Iterable[Temuan], tanggapan: Mapping[str, Mapping[str, Any]]) -> list[Temuan]:
    """The questions without a sufficient answer: a tick or a reason, a reason where one is required."""
    return [t for t in temuan if t.tingkat == TANYA and not _terjawab(t, tanggapan.get(t.id, {}))]


def cap_jawaban(jawaban: Mapping[str, Any]) -> str:
    """Eight characters that tell whether an answer is still the one that was shown; "" for no answer."""
    benar, alasan = bool(jawaban.get("benar")), " ".join(str(jawaban.get("alasan") or "").split())
    return sidik([benar, alasan])[:8] if benar or alasan else ""


def _terjawab(t: Temuan, jawaban: Mapping[str, Any]) -> bool:
    beralasan = bool(str(jawaban.get("alasan") or "").strip())
    return beralasan or (jawaban.get("benar") is True and not t.wajib_alasan)


def _temuan(
    kode: str,
    tingkat: str,
    pesan: str,
    butir: Sequence[str],
    nilai: Any,
    *,
    baris: str | None = None,
    wajib_alasan: bool = False,
) -> Temuan:
    tempat = f"{kode}@{baris}" if baris else kode
    return Temuan(f"{tempat}:{sidik(nilai)[:10]}", kode, tingkat, pesan, tuple(butir), baris, wajib_alasan)


# ---------------------------------------------------------------- checks that every form has


def _wajib_kosong(p: _Periksaan) -> Iterator[Temuan]:
    for kode, b in p.skema.butir.items():
        if kode in p.kosong:
            yield _temuan(f"kosong:{kode}", GALAT, _pesan_kosong(b), [kode], None)


def _pesan_kosong(b: Butir) -> str:
    if b.turunan is not None:
        return f"{b.label} belum ada di register {b.turunan}. Lengkapi di sana."
    return f"Isi {b.label}. Tulis 0 bila nihil." if b.angka else f"Isi {b.label}."


def _bagian_tertutup_berisi(p: _Periksaan) -> Iterator[Temuan]:
    """A section said to be empty must be empty: the answer or the figures are wrong, the portal cannot know
    which.
    """
    for bagian in p.skema.bagian:
        if not p.tertutup.get(bagian.kode):
            continue
        berisi = [b for b in bagian.butir if (s := p.isian.sel.get(b.kode)) and s.nilai not in (None, 0)]
        kode = [*(b.kode for b in berisi), *(d.kode for d in bagian.daftar if p.isian.daftar.get(d.kode))]
        if kode:
            pesan = f"{bagian.judul} dinyatakan tidak ada, tetapi ada isinya. Kosongkan atau ubah jawabannya."
            yield _temuan(f"tertutup:{bagian.kode}", GALAT, pesan, kode, kode)


def _luar_batas(p: _Periksaan) -> Iterator[Temuan]:
    """Typed values were checked on entry; this catches registers and values kept from an older form."""
    for kode, sel in p.isian.sel.items():
        b = p.skema.butir.get(kode)
        if b is not None and b.rumus is None and (pesan := _pesan_batas(b, sel.nilai)):
            yield _temuan(f"batas:{kode}", GALAT, pesan + _di_register(p, kode, b.register), [kode], sel.nilai)


def _di_register(p: _Periksaan, kode: str, register: str | None) -> str:
    """Where to mend what a register filled in."""
    return f" Perbaiki di register {register}." if kode in p.isian.terisi else ""


def _pesan_batas(b: Butir, nilai: Nilai) -> str:
    if b.jenis == "pilihan" and nilai is not None and nilai not in b.label_pilihan:
        return f"Pilih lagi {b.label}: pilihan sebelumnya tidak ada lagi."
    if not b.angka or not isinstance(nilai, int | Decimal):
        return ""
    if b.min is not None and nilai < b.min:
        return f"{b.label} paling sedikit {tulis_nilai(b, b.min)}; tertulis {tulis_nilai(b, nilai)}."
    if b.maks is not None and nilai > b.maks:
        return f"{b.label} paling banyak {tulis_nilai(b, b.maks)}; tertulis {tulis_nilai(b, nilai)}."
    return ""


def _perubahan(p: _Periksaan) -> Iterator[Temuan]:
    """Ask about changes against last month that exceed the item's own threshold."""
    for b in p.skema.butir.values():
        if b.ambang_beda is None:
            continue
        baru, lama = p.ling.nilai.get(b.kode), p.konteks.lalu(None, b.kode, 1)
        if isinstance(baru, int | Decimal) and isinstance(lama, int | Decimal) and _besar(b, baru, lama):
            yield _temuan(f"beda:{b.kode}", TANYA, _pesan_beda(p, b, baru, lama), [b.kode], [lama, baru])


def _besar(b: Butir, baru: int | Decimal, lama: int | Decimal) -> bool:
    beda = abs(Decimal(baru) - Decimal(lama))
    return beda > 0 and beda >= b.ambang_selisih and beda * 100 > (b.ambang_beda or 0) * abs(Decimal(lama))


def _pesan_beda(p: _Periksaan, b: Butir, baru: int | Decimal, lama: int | Decimal) -> str:
    bulan = (p.konteks.bulan - 1).nama
    dari_ke = f"{tulis_nilai(b, lama)} menjadi {tulis_nilai(b, baru)}"
    if lama == 0:
        return f"{b.label} berubah dari {dari_ke} sejak {bulan}. Jelaskan bila benar."
    persen = tulis_angka((Decimal(baru) - Decimal(lama)) * 100 / abs(Decimal(lama)), "persen")
    return f"{b.label} berubah {persen} dari {bulan} ({dari_ke}). Jelaskan bila benar."


# ---------------------------------------------------------------- line lists


def _daftar(p: _Periksaan) -> Iterator[Temuan]:
    for bagian in p.skema.bagian:
        for d in bagian.daftar if bagian.kode not in p.tertutup else ():
            di_sana = _di_register(p, d.kode, d.register)
            yield from _banyak_baris(d, len(p.isian.daftar.get(d.kode, ())), di_sana)
            for n, baris in enumerate(p.isian.daftar.get(d.kode, ()), 1):
                yield from _sel_baris(d, n, baris, di_sana)


def _banyak_baris(d: Daftar, n: int, di_sana: str) -> Iterator[Temuan]:
    if n < d.min:
        pesan = f"Isi paling sedikit {d.min} baris pada {d.judul}.{di_sana}"
        yield _temuan(f"baris:{d.kode}", GALAT, pesan, [d.kode], n)
    if n > d.maks:
        pesan = f"{d.judul} memuat paling banyak {d.maks} baris.{di_sana}"
        yield _temuan(f"baris:{d.kode}", GALAT, pesan, [d.kode], n)


def _sel_baris(d: Daftar, n: int, baris: Baris, di_sana: str) -> Iterator[Temuan]:
    for k in d.kolom:
        sel = baris.sel.get(k.kode)
        if k.wajib and sel is None:
            pesan = f"{d.judul}, baris {n}: {_pesan_kosong(k)}{di_sana}"
            yield _temuan(f"kosong:{d.kode}.{k.kode}", GALAT, pesan, [k.kode], None, baris=baris.id)
        elif sel is not None and (pesan := _pesan_batas(k, sel.nilai)):
            yield _temuan(
                f"batas:{d.kode}.{k.kode}",
                GALAT,
                f"{d.judul}, baris {n}: {pesan}{di_sana}",
                [k.kode],
                sel.nilai,
                baris=baris.id,
            )


# ---------------------------------------------------------------- the rules of the form


def _aturan(p: _Periksaan) -> Iterator[Temuan]:
    """Apply each rule, except those resting on mandatory cells that are still empty: they are reported
    already.
    """
    for siap in p.skema.aturan_siap:
        if siap.ketikan & p.kosong:
            continue
        if not siap.aturan.daftar:
            yield from _terapkan(p, siap, p.ling)
            continue
        for n, baris in enumerate(p.isian.daftar.get(siap.aturan.daftar, ()), 1):
            ling = p.ling.baris(
                {k: baris.sel[k].nilai if k in baris.sel else None for k in p.skema.daftar[siap.aturan.daftar].per_kode}
            )
            yield from _terapkan(p, siap, ling, baris.id, n)


def _terapkan(
    p: _Periksaan, siap: AturanSiap, ling: Lingkungan, baris: str | None = None, nomor: int = 0
) -> Iterator[Temuan]:
    if siap.bila is not None and rumus.nilai(siap.bila, ling) is not True:
        return
    if rumus.nilai(siap.syarat, ling) is not False:
        return
    a = siap.aturan
    awal = f"{p.skema.daftar[a.daftar].judul}, baris {nomor}: " if baris else ""
    pesan = awal + "".join(_tulis(x, ling) for x in siap.pesan)
    yield _temuan(
        a.kode,
        a.tingkat,
        pesan,
        a.butir or _tunjuk(p.skema, siap),
        _nilai_terkait(siap, ling),
        baris=baris,
        wajib_alasan=a.wajib_alasan,
    )


def _tunjuk(skema: Skema, siap: AturanSiap) -> list[str]:
    """The items to point at when the rule names none: those of its condition, in form order."""
    acuan = rumus.acuan(siap.syarat)
    kolom = skema.daftar[siap.aturan.daftar].per_kode if siap.aturan.daftar else {}
    return [k for k in (*skema.butir, *kolom, *skema.daftar) if k in acuan.nama | acuan.daftar]


def _nilai_terkait(siap: AturanSiap, ling: Lingkungan) -> Any:
    """Everything the verdict depends on, in a fixed order."""
    a = rumus.acuan(siap.syarat, *([siap.bila] if siap.bila is not None else []))
    return [
        [[k, ling.nilai.get(k)] for k in sorted(a.nama)],
        [[f, k, ling.konteks.lain(f, k)] for f, k in sorted(a.luar)],
        [[f, k, n, ling.konteks.lalu(f, k, n)] for f, k, n in sorted(a.lalu, key=str)],
        [[k, [dict(b) for b in ling.daftar.get(k, ())]] for k in sorted(a.daftar)],
    ]


def _tulis(x: Potongan, ling: Lingkungan) -> str:
    if x.jenis in ("bulan", "bulan_lalu"):
        return (ling.konteks.bulan - (x.jenis == "bulan_lalu")).nama
    if x.pohon is None:
        return x.teks
    nilai = rumus.nilai(x.pohon, ling)
    if x.butir is not None and not x.jenis:
        return tulis_nilai(x.butir, nilai)
    if isinstance(nilai, int | Decimal) and not isinstance(nilai, bool):
        angka = round(nilai, 2) if isinstance(nilai, Decimal) else nilai
        return tulis_angka(angka, x.jenis or "desimal")  # type: ignore[arg-type]
    return tulis_nilai(_BEBAS, nilai)


_BEBAS = Butir(kode="bebas", label="", jenis="teks", definisi="")
