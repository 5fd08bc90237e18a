"""Names of units as lists spell them → what they say: kind, subkind, class and place. Pure.

"LAPAS KELAS II A MEDAN", "Lembaga Pemasyarakatan Klas IIA Medan" and "Lapas Kelas IIA Medan" are one office;
"LAPAS KELAS IIA PEREMPUAN SEMARANG" and "Lapas Perempuan Kelas IIA Semarang" are one office.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

JENIS_TULIS = {"LAPAS": "Lapas", "RUTAN": "Rutan", "LPKA": "LPKA", "BAPAS": "Bapas", "RS": "Rumah Sakit"}
SUBJENIS = ("UMUM", "NARKOTIKA", "PEREMPUAN", "TERBUKA", "PEMUDA", "KHUSUS")
KELAS = ("I", "IIA", "IIB", "II", "III")
KELAS_MENURUT_JENIS = {
    "LAPAS": ("I", "IIA", "IIB", "III"),
    "RUTAN": ("I", "IIA", "IIB", "III"),
    "LPKA": ("I", "II"),
    "BAPAS": ("I", "II"),
    "RS": ("",),
}

# Longest wording first: "lembaga pembinaan khusus anak" holds no other kind, "lapas perempuan" does.
_UCAPAN_JENIS: tuple[tuple[str, str, str], ...] = (
    (r"LEMBAGA PEMBINAAN KHUSUS ANAK", "LPKA", ""),
    (r"LEMBAGA PEMASYARAKATAN", "LAPAS", ""),
    (r"RUMAH TAHANAN(?: NEGARA)?", "RUTAN", ""),
    (r"BALAI PEMASYARAKATAN", "BAPAS", ""),
    (r"RUMAH SAKIT", "RS", ""),
    (r"LAPASTIK", "LAPAS", "NARKOTIKA"),
    (r"LPP", "LAPAS", "PEREMPUAN"),
    (r"LPKA", "LPKA", ""),
    (r"LAPAS", "LAPAS", ""),
    (r"RUTAN", "RUTAN", ""),
    (r"BAPAS", "BAPAS", ""),
    (r"RSU?", "RS", ""),
)
_SUBJENIS_LAIN = {"WANITA": "PEREMPUAN", "NARKOTIK": "NARKOTIKA", "": "UMUM", "-": "UMUM"}
_POLA_KELAS = re.compile(r"\bK(?:E?LAS|LS)\.? +(III|II ?[-./]? ?[AB]|II|I|[123] ?[AB]?)(?![A-Z0-9])")
_SEBUT_KELAS = re.compile(r"\bK(?:E?LAS|LS)\b")
_POLA_SUBJENIS = re.compile(r"^(NARKOTIKA|NARKOTIK|PEREMPUAN|WANITA|TERBUKA|PEMUDA|KHUSUS)\b *")
_BUKAN_UPT = (
    (
        re.compile(r"^(RUPBASAN|RUMAH PENYIMPANAN)\b"),
        "Rupbasan bukan lagi UPT Pemasyarakatan sejak 2025 (beralih ke Kejaksaan). Hapus barisnya.",
    ),
    (
        re.compile(r"^CABANG\b"),
        "Cabang Rutan bukan jenis UPT yang berlaku. Tulis nama dan kelasnya yang sekarang.",
    ),
    (
        re.compile(r"^(KANWIL|KANTOR WILAYAH)\b"),
        "Baris ini Kantor Wilayah, bukan UPT. Hapus barisnya.",
    ),
)


class SelSalah(ValueError):
    """A cell says something no unit can be; `pesan` tells the person."""

    def __init__(self, pesan: str) -> None:
        super().__init__(pesan)
        self.pesan = pesan


@dataclass(frozen=True)
class Identitas:
    """What a name says; '' for what it does not say. `tempat` keeps its spelling."""

    jenis: str
    subjenis: str
    kelas: str
    tempat: str

    @property
    def kunci(self) -> tuple[str, str, str, str]:
        return (*self.kunci_tanpa_kelas, self.kelas)

    @property
    def kunci_tanpa_kelas(self) -> tuple[str, str, str]:
        return (self.jenis, self.subjenis or "UMUM", huruf(self.tempat))


def huruf(teks: str) -> str:
    """Letters and digits alone, small: 'Bagan Siapi-Api' and 'BAGANSIAPIAPI' are one."""
    polos = unicodedata.normalize("NFKD", teks).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", polos.lower())


def urai_nama(nama: str) -> Identitas:
    """Raises SelSalah for what is no unit or has a class nobody knows."""
    rata = " ".join(nama.upper().replace("(", " ").replace(")", " ").split())
    rata = re.sub(r"^UPT +", "", rata)
    for pola, pesan in _BUKAN_UPT:
        if pola.search(rata):
            raise SelSalah(pesan)
    jenis, subjenis, sisa = _ambil_jenis(rata)
    if jenis == "RS":
        return Identitas("RS", "UMUM", "", _tempat_rs(sisa, nama))
    kelas, depan, belakang = _ambil_kelas(sisa)
    subjenis, depan = _ambil_subjenis(subjenis, depan)
    subjenis, belakang = _ambil_subjenis(subjenis, belakang)
    tempat = " ".join(f"{depan} {belakang}".split())
    return Identitas(jenis, subjenis, kelas, _ejaan_asal(tempat, nama))


def lengkapi(nama: Identitas, *, jenis: str, subjenis: str, kelas: str) -> Identitas:
    """Fill from the columns what the name leaves out. Raises SelSalah where name and column disagree."""
    hasil = replace(nama, subjenis=nama.subjenis or subjenis)
    for label, dari_nama, dari_kolom in (("Jenis", nama.jenis, jenis), ("Kelas", nama.kelas, kelas)):
        if dari_nama and dari_kolom and dari_nama != dari_kolom:
            raise SelSalah(
                f"{label} pada nama ({dari_nama}) berbeda dengan kolom {label.lower()} ({dari_kolom}). "
                "Samakan keduanya."
            )
    if nama.subjenis and subjenis not in ("", "UMUM", nama.subjenis):
        raise SelSalah(
            f"Subjenis pada nama ({nama.subjenis}) berbeda dengan kolom subjenis ({subjenis}). Samakan keduanya."
        )
    return replace(hasil, jenis=nama.jenis or jenis, kelas=nama.kelas or kelas, subjenis=hasil.subjenis or "UMUM")


def tulis_nama(identitas: Identitas) -> str:
    """The official spelling: 'Lapas Perempuan Kelas IIA Semarang'."""
    sub = "" if identitas.subjenis in ("", "UMUM") else identitas.subjenis.title()
    kelas = f"Kelas {identitas.kelas}" if identitas.kelas else ""
    kata = (JENIS_TULIS[identitas.jenis], sub, kelas, identitas.tempat)
    return " ".join(filter(None, kata))


def baca_jenis(teks: str) -> tuple[str, str]:
    """(jenis, subjenis) of a cell such as 'Lapas', 'LPP' or 'Rumah Tahanan Negara'. Raises SelSalah."""
    rata = " ".join(teks.upper().split())
    if not rata:
        return "", ""
    jenis, subjenis, sisa = _ambil_jenis(rata)
    subjenis, sisa = _ambil_subjenis(subjenis, sisa)
    if not jenis or (sisa and jenis != "RS"):
        raise SelSalah(f"Jenis “{teks}” tidak dikenal. Pilih Lapas, Rutan, LPKA, Bapas, atau RS.")
    return jenis, subjenis


def baca_subjenis(teks: str) -> str:
    rata = _SUBJENIS_LAIN.get(teks.upper().strip(), teks.upper().strip())
    if rata not in SUBJENIS:
        pilihan = ", ".join(SUBJENIS).lower()
        raise SelSalah(f"Subjenis “{teks}” tidak dikenal. Pilih salah satu: {pilihan}.")
    return rata


def baca_kelas(teks: str) -> str:
    """'II A', '2a', 'Kelas IIA' → 'IIA'; '' stays ''. Raises SelSalah."""
    rata = re.sub(r"^K(?:E?LAS|LS)\.? *", "", teks.upper().strip())
    kelas = _kelas_baku(rata)
    if kelas and kelas not in KELAS:
        raise SelSalah(f"Kelas “{teks}” tidak dikenal. Pilih I, IIA, IIB, II, atau III.")
    return kelas


# --- parts ----------------------------------------------------------------------------------------


def _ambil_jenis(rata: str) -> tuple[str, str, str]:
    for pola, jenis, subjenis in _UCAPAN_JENIS:
        cocok = re.match(rf"{pola}\b *", rata)
        if cocok:
            return jenis, subjenis, rata[cocok.end() :]
    return "", "", rata


def _ambil_kelas(sisa: str) -> tuple[str, str, str]:
    """(class, words before it, words after it)."""
    cocok = _POLA_KELAS.search(sisa)
    if cocok:
        return _kelas_baku(cocok[1]), sisa[: cocok.start()], sisa[cocok.end() :].strip()
    if _SEBUT_KELAS.search(sisa):
        raise SelSalah("Kelas pada nama tidak dikenal. Pilih Kelas I, IIA, IIB, II, atau III.")
    return "", sisa, ""


def _kelas_baku(teks: str) -> str:
    rata = re.sub(r"[ ./-]", "", teks)
    cocok = re.fullmatch(r"([123])([AB]?)", rata)
    return "I" * int(cocok[1]) + cocok[2] if cocok else rata


def _ambil_subjenis(sudah: str, sisa: str) -> tuple[str, str]:
    cocok = None if sudah else _POLA_SUBJENIS.match(sisa)
    if cocok is None:
        return sudah, sisa
    return _SUBJENIS_LAIN.get(cocok[1], cocok[1]), sisa[cocok.end() :]


def _tempat_rs(sisa: str, nama: str) -> str:
    """'Rumah Sakit Umum Pengayoman Cipinang' and 'RSU Pengayoman Cipinang' are one hospital."""
    return _ejaan_asal(f"UMUM {re.sub(r'^UMUM *', '', sisa)}".strip(), nama)


def _ejaan_asal(tempat: str, nama: str) -> str:
    """The place as the list spells it; a list in capitals is given small letters."""
    if nama.upper() == nama:
        return re.sub(r"[A-Z]+", lambda kata: kata[0].capitalize(), tempat)
    asal = {kata.upper(): kata for kata in nama.replace("(", " ").replace(")", " ").split()}
    return " ".join(asal.get(kata, kata.title()) for kata in tempat.split())
