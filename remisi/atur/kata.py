"""What a rule says, in words: one sentence a row, for lists, comparisons and histories. Pure, without Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import nama_bulan, tulis_tanggal
from remisi import ketentuan_bentuk as bentuk

PILIHAN: Mapping[str, str] = {
    "narapidana": "narapidana",
    "anak": "Anak Binaan",
    "umum": "umum",
    "narkotika": "narkotika 5 tahun atau lebih",
    "korupsi": "korupsi",
    "terorisme": "terorisme",
    "khusus_lain": "kejahatan khusus lain",
    "ISLAM": "Islam",
    "KRISTEN": "Kristen",
    "KATOLIK": "Katolik",
    "HINDU": "Hindu",
    "BUDDHA": "Buddha",
    "KONGHUCU": "Konghucu",
    "KISI": "menurut kisi besaran",
    "PECAHAN_RU": "bagian dari remisi umum tahun itu",
    "PECAHAN_PIDANA": "bagian dari pidana",
    "IKUT_ASAL": "mengikuti jenis asalnya",
    "BELUM_DIKETAHUI": "belum diketahui, jadi tidak dihitung",
    "ASIMILASI": "asimilasi",
    "PEMBERIAN": "urutan pemberian",
    "TAHUN_JALANI": "tahun yang telah dijalani",
    "ATAS": "ke atas",
    "BAWAH": "ke bawah",
}
"""Words for the choices of the tables; a code without words is shown as it is."""


def pilihan(kode: str) -> str:
    return PILIHAN.get(kode, kode)


def berderet(kode: tuple[str, ...]) -> str:
    return ", ".join(pilihan(k) for k in kode)


def kalimat(isi: bentuk.Isi) -> str:
    """What the rule says."""
    return _KALIMAT[isi.baris.tabel](isi)


def kalimat_baris(baris: bentuk.Baris) -> str:
    """The same of a stored row; one that this release cannot read is shown field by field."""
    try:
        return kalimat(bentuk.isi_dari_baris(baris))
    except bentuk.GalatAturan:
        return "; ".join(f"{k}: {v}" for k, v in baris.nilai.items() if v not in (None, "", [], False))


def bidang_berubah(lama: bentuk.Baris | None, baru: bentuk.Baris) -> list[tuple[str, str, str]]:
    """(label, before, after) of every field that differs."""
    hasil = []
    for b in bentuk.bidang(baru.tabel):
        dulu = _tulis(lama.nilai.get(b.nama)) if lama else ""
        kini = _tulis(baru.nilai.get(b.nama))
        if dulu != kini:
            hasil.append((b.label, dulu or "–", kini or "–"))
    return hasil


def _tulis(nilai: Any) -> str:
    if nilai in (None, "", [], (), False):
        return ""
    if nilai is True:
        return "ya"
    if isinstance(nilai, int):
        return tulis_angka(nilai)
    if isinstance(nilai, list | tuple):
        return berderet(tuple(nilai))
    return _tanggal_atau(nilai)


def _tanggal_atau(teks: str) -> str:
    try:
        return tulis_tanggal(date.fromisoformat(teks)) if len(teks) == 10 else pilihan(teks)
    except ValueError:
        return pilihan(teks)


# ---------------------------------------------------------------- one sentence a table


def _sambung(*bagian: str) -> str:
    return "; ".join(b for b in bagian if b)


def _hari_tetap(kode: str) -> str:
    bulan, hari = kode.split("-")
    return f"{int(hari)} {nama_bulan(int(bulan))}"


def _jenis(i: Any) -> str:
    kapan = "hari raya keagamaan" if i.hari_raya else ", ".join(_hari_tetap(t) for t in i.tanggal)
    tahun = f"hanya tahun yang sisanya {i.tahun_sisa or 0} bila dibagi {i.tahun_kelipatan}" if i.tahun_kelipatan else ""
    bersama = f"bersama {i.bersama}" if i.bersama else ""
    return _sambung(i.nama, f"untuk {berderet(i.status)}" if i.status else "", pilihan(i.cara), kapan, tahun, bersama)


def _besaran(i: Any) -> str:
    return f"{_syarat_besaran(i) or 'Semua pemberian'}: {takaran(i.bulan, i.hari) if i.q is None else _pecahan(i)}"


def _syarat_besaran(i: Any) -> str:
    ke = _rentang("pemberian ke-", i.urutan_dari, i.urutan_sampai)
    jalani = _rentang("telah menjalani ", i.jalani_dari, i.jalani_sampai, " hari")
    teks = ", ".join(b for b in (ke, jalani) if b)
    return teks[:1].upper() + teks[1:]


def _pecahan(i: Any) -> str:
    batas = f", paling banyak {i.maks_bulan} bulan" if i.maks_bulan else ""
    return f"{i.p}/{i.q}{batas}"


def _rentang(awalan: str, dari: int | None, sampai: int | None, satuan: str = "") -> str:
    if dari is None and sampai is None:
        return ""
    if dari == sampai:
        return f"{awalan}{dari}{satuan}"
    if sampai is None:
        return f"{awalan}{dari}{satuan} atau lebih"
    return f"{awalan}{dari or 0} sampai {sampai}{satuan}"


def takaran(bulan: int | None, hari: int | None) -> str:
    """'1 bulan 15 hari', without carrying."""
    bagian = [f"{n} {nama}" for n, nama in ((bulan, "bulan"), (hari, "hari")) if n]
    return " ".join(bagian) or "0 hari"


def _syarat(i: Any) -> str:
    siapa = ", ".join(b for b in (berderet(i.status), berderet(i.kelompok)) if b)
    return _sambung(
        i.uraian,
        f"{i.jumlah} {i.satuan}" if i.jumlah is not None else "",
        f"untuk {siapa}" if siapa else "",
        f"hanya {', '.join(i.jenis)}" if i.jenis else "",
        f"kecuali {', '.join(i.kecuali_jenis)}" if i.kecuali_jenis else "",
        f"dibenahi {i.pembenah}",
    )


def _putusan(i: Any) -> str:
    dari, sampai = i.putusan_dari, getattr(i, "putusan_sampai", None)
    if not dari and not sampai:
        return ""
    awal = f" sejak {tulis_tanggal(dari)}" if dari else ""
    return f"putusan tetap{awal}{f' sampai {tulis_tanggal(sampai)}' if sampai else ''}"


def _rezim(i: Any) -> str:
    return _sambung(
        i.nama,
        berderet(i.kelompok),
        _putusan(i),
        f"remisi setelah menjalani {i.p}/{i.q} pidana" if i.q else "",
        "perlu surat justice collaborator" if i.perlu_jc else "",
        f"syarat {', '.join(i.syarat)}" if i.syarat else "",
    )


def _program(i: Any) -> str:
    batas = (
        (i.min_bagian_hari, "bagian itu paling sedikit {} hari"),
        (i.min_jalani_hari, "telah menjalani paling sedikit {} hari"),
        (i.min_pidana_bulan, "pidana paling sedikit {} bulan"),
        (i.maks_pidana_bulan, "pidana paling banyak {} bulan"),
        (i.kelakuan_bulan, "berkelakuan baik {} bulan"),
        (i.lama_maks_hari, "paling lama {} hari"),
        (i.percobaan_tahun, "masa percobaan {} tahun sesudah ekspirasi"),
    )
    siapa = ", ".join(b for b in (berderet(i.status), berderet(i.kelompok)) if b)
    return _sambung(
        i.nama,
        f"untuk {siapa}" if siapa else "",
        _putusan(i),
        f"{i.p}/{i.q} pidana" if i.q else "",
        *(teks.format(n) for n, teks in batas if n),
        i.tambahan,
    )


def _hari_besar(i: Any) -> str:
    return f"{i.nama}: {tulis_tanggal(i.tanggal)}, untuk {berderet(i.agama)}"


def _sakelar(i: Any) -> str:
    lain = [pilihan(p) for p in i.pilihan if p != i.nilai]
    if not lain:  # the only reading there is: its code says nothing more
        return str(i.uraian)
    return f"{i.uraian}: {pilihan(i.nilai)} (pilihan lain: {', '.join(lain)})"


def _biaya(i: Any) -> str:
    tempat = "nasional" if i.tingkat == "nasional" else f"Kanwil {i.tingkat}"
    return f"{tulis_angka(i.rupiah, 'rupiah')} sehari, {tempat}"


def _tenggat(i: Any) -> str:
    return f"{i.nama}: {i.jumlah} {i.satuan} ({i.acuan}), oleh {i.pelaku}"


def _dokumen(i: Any) -> str:
    wna = " (hanya warga negara asing)" if i.wna else ""
    return f"{i.nama}{wna}; untuk {', '.join(i.program)}; dibuat {i.pembuat}"


_KALIMAT: Mapping[str, Callable[[Any], str]] = {
    "jenis": _jenis,
    "besaran": _besaran,
    "syarat": _syarat,
    "rezim": _rezim,
    "program": _program,
    "hari_besar": _hari_besar,
    "sakelar": _sakelar,
    "biaya_makan": _biaya,
    "tenggat": _tenggat,
    "dokumen": _dokumen,
}
