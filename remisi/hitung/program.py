"""PB, CB and CMB of one sentence: whether the dates allow them, from when to when, and why not. Pure.

The dates alone decide here; conduct, documents and hearings are asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pemasyarakatan.inti.waktu import tulis_tanggal
from remisi.hitung.dasar import Langkah, langkah
from remisi.hitung.tanggal import BULAN, Lama, Potong, kata, tambah_tahun
from remisi.ketentuan import Himpunan
from remisi.ketentuan_bentuk import Program


@dataclass
class PB:
    layak: bool | None = None
    mulai: date | None = None
    akhir_bimbingan: date | None = None


@dataclass
class Cuti:
    """CB and CMB; `jatuh_tempo` is of CMB alone."""

    layak: bool | None = None
    jatuh_tempo: date | None = None
    mulai: date | None = None
    akhir: date | None = None
    hari: int | None = None


class Gagal(Exception):
    """A programme that is not open (`layak` False), or cannot be told (None, with what is missing)."""

    def __init__(self, layak: bool | None, langkah: list[Langkah], kurang: list[str]) -> None:
        super().__init__()
        self.layak, self.langkah, self.kurang = layak, langkah, kurang


@dataclass(frozen=True, kw_only=True)
class Dasar:
    """What programmes are told from. `pokok`: expiry after remission, before subsider."""

    himpunan: Himpunan
    pidana: Lama
    status: str
    kelompok: str
    putusan: date | None
    mulai_jalani: date
    pokok: date
    subsider: timedelta
    pada: date
    remisi_terakhir: Potong | None
    bagian: Callable[[int, int], date]

    @property
    def akhir(self) -> date:
        return self.pokok + self.subsider


def pilih(d: Dasar, rumpun: str) -> Program:
    """The programme for such a person: of their status, their offence before the general one, their judgment's time."""
    cocok = [p for p in d.himpunan.semua_program(d.pada) if p.rumpun == rumpun and p.p and _untuk(d, p)]
    if not cocok:
        raise Gagal(None, [], [f"aturan {rumpun} pada {tulis_tanggal(d.pada)}"])
    return max(cocok, key=lambda p: (bool(p.kelompok), p.putusan_dari is not None, p.baris.berlaku_dari, p.kode))


def _untuk(d: Dasar, p: Program) -> bool:
    dari = p.putusan_dari
    return (
        (not p.status or d.status in p.status)
        and (not p.kelompok or d.kelompok in p.kelompok)
        and (dari is None or (d.putusan is not None and d.putusan >= dari))
    )


def _tolak(program: Program, sebab: str) -> Gagal:
    return Gagal(False, [langkah(f"{program.nama}: {sebab}", program)], [])


def _periksa_khusus(d: Dasar, program: Program) -> None:
    """A rule of the offence whose bounds nobody has read: what the general one would give is not put in its place."""
    if program.kelompok:
        return
    for p in d.himpunan.semua_program(d.pada):
        if p.rumpun == program.rumpun and p.kelompok and not p.p and _untuk(d, p):
            kata = f"{p.nama}: batas lama pidananya belum diketahui, jadi tidak dihitung."
            raise Gagal(None, [langkah(kata, p)], [f"batas lama pidana {p.kode}"])


def _pecahan(program: Program) -> tuple[int, int]:
    assert program.p
    assert program.q
    return program.p, program.q


def _periksa_pidana(d: Dasar, program: Program) -> None:
    """Bounds of the sentence, and of its part, compared exactly in months; the bound itself is within."""
    p, q = _pecahan(program)
    if program.maks_pidana_bulan is not None and d.pidana.dalam_bulan > program.maks_pidana_bulan:
        raise _tolak(program, f"pidana {d.pidana} lebih dari {_bulan(program.maks_pidana_bulan)}.")
    bagian = d.pidana.dalam_bulan * p / q * BULAN
    if program.min_bagian_hari is not None and bagian < program.min_bagian_hari:
        raise _tolak(program, f"{p}/{q} dari {d.pidana} kurang dari {_bulan(program.min_bagian_hari // BULAN)}.")
    if program.min_pidana_bulan is not None and d.pidana.dalam_bulan < program.min_pidana_bulan:
        raise _tolak(program, f"pidana {d.pidana} kurang dari {_bulan(program.min_pidana_bulan)}.")


def _bulan(n: int) -> str:
    return kata(tahun=n // 12, bulan=n % 12)


def _catatan(program: Program) -> str:
    ada = program.tambahan
    kelakuan = f"berkelakuan baik {program.kelakuan_bulan} bulan terakhir" if program.kelakuan_bulan else ""
    semua = "; ".join(x for x in (kelakuan, ada) if x)
    return f" Syarat lain: {semua}." if semua else ""


def pb(d: Dasar) -> tuple[PB, list[Langkah]]:
    """Conditional release: from its part of the sentence, guidance until expiry and the probation after it."""
    program = pilih(d, "PB")
    _periksa_pidana(d, program)
    p, q = _pecahan(program)
    mulai = d.bagian(p, q)
    tahun = program.percobaan_tahun or 0
    akhir = tambah_tahun(d.akhir, tahun)
    percobaan = f" + {tahun} tahun masa percobaan = {tulis_tanggal(akhir)}" if tahun else ""
    uraian = (
        f"{program.nama}: sejak {p}/{q} pidana, {tulis_tanggal(mulai)}; bimbingan sampai ekspirasi "
        f"{tulis_tanggal(d.akhir)}{percobaan}.{_catatan(program)}"
    )
    return PB(True, mulai, akhir), [langkah(uraian, program)]


def cb(d: Dasar) -> tuple[Cuti, list[Langkah]]:
    """Conditional leave: the last months before expiry, never before its part of the sentence."""
    program = pilih(d, "CB")
    _periksa_pidana(d, program)
    _periksa_khusus(d, program)
    p, q = _pecahan(program)
    bagian = d.bagian(p, q)
    lama = program.lama_maks_hari
    mulai = bagian if lama is None else max(bagian, d.akhir - timedelta(days=lama))
    hari = (d.akhir - mulai).days
    if hari <= 0:
        raise _tolak(program, "tidak ada sisa pidana setelah bagian yang wajib dijalani.")
    paling = f" atau {lama} hari sebelum ekspirasi, mana yang kemudian" if lama is not None else ""
    uraian = (
        f"{program.nama}: sejak {p}/{q} pidana ({tulis_tanggal(bagian)}){paling} = {tulis_tanggal(mulai)}; "
        f"sampai {tulis_tanggal(d.akhir)}, {hari} hari.{_catatan(program)}"
    )
    return Cuti(True, None, mulai, d.akhir, hari), [langkah(uraian, program)]


def cmb(d: Dasar) -> tuple[Cuti, list[Langkah]]:
    """Leave before release, as long as the last remission; an unpaid subsider is served between due date and start."""
    program = pilih_cmb(d)
    if d.remisi_terakhir is None or not d.remisi_terakhir.total_hari:
        raise _tolak(program, "belum pernah menerima remisi; lamanya sebesar remisi terakhir.")
    _periksa_pidana(d, program)
    hari = d.remisi_terakhir.total_hari
    hari = hari if program.lama_maks_hari is None else min(hari, program.lama_maks_hari)
    jatuh_tempo = d.pokok - timedelta(days=hari)
    _periksa_jatuh_tempo(d, program, jatuh_tempo)
    mulai = jatuh_tempo + d.subsider
    subsider = f" + {d.subsider.days} hari subsider = mulai {tulis_tanggal(mulai)}" if d.subsider else ""
    uraian = (
        f"{program.nama}: lamanya remisi terakhir {d.remisi_terakhir} = {hari} hari; jatuh tempo "
        f"{tulis_tanggal(d.pokok)} - {hari} hari = {tulis_tanggal(jatuh_tempo)}{subsider}; "
        f"sampai {tulis_tanggal(d.akhir)}.{_catatan(program)}"
    )
    catatan = [langkah(uraian, program)]
    if program.status and d.status not in program.status:
        catatan.append(Langkah(f"Untuk {d.status} dihitung seperti dewasa.", program.kode, program.sumber, False))
    return Cuti(True, jatuh_tempo, mulai, d.akhir, hari), catatan


def pilih_cmb(d: Dasar) -> Program:
    """The rule of CMB; children have one of their own only as "anak negara", so theirs is that of adults, so marked."""
    try:
        return pilih(d, "CMB")
    except Gagal:
        ada = d.himpunan.program("CMB", d.pada)
        if ada is None or not ada.p:
            raise
        return ada


def _periksa_jatuh_tempo(d: Dasar, program: Program, jatuh_tempo: date) -> None:
    p, q = _pecahan(program)
    bagian = d.bagian(p, q)
    if jatuh_tempo < bagian:
        raise _tolak(
            program,
            f"pada jatuh tempo {tulis_tanggal(jatuh_tempo)}, {p}/{q} pidana ({tulis_tanggal(bagian)}) belum dijalani.",
        )
    jalani = (jatuh_tempo - d.mulai_jalani).days
    if program.min_jalani_hari is not None and jalani < program.min_jalani_hari:
        raise _tolak(
            program,
            f"pada jatuh tempo {tulis_tanggal(jatuh_tempo)} baru {jalani} hari dijalani, "
            f"kurang dari {_bulan(program.min_jalani_hari // BULAN)}.",
        )
