"""Reading a filled-in workbook: by item code, never by position. Pure; runs in the bounded child process.

What comes out is what was written, unjudged: values with their address and place. Which of them are right is
decided by `rencana.py` with the form's own reader.
"""

from __future__ import annotations

import html
import io
import json
import math
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, XmlError, ZipError

from pelaporan.buku import arsip, batas

META, CATATAN, DAFTAR_ISI = "_meta", "Catatan portal", "Daftar isi"
TANDA_DAFTAR, TANDA_KANWIL = "#daftar ", "#kanwil "
KEPALA_DAFTAR = ("Baris", "Kode UPT")
BARIS_KEPALA = 14
"""Rows from the top in which a sheet must show its headings."""
_ACUAN = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})")
_JAUH = re.compile(rb"r=[\"'](?:[A-Z]{3}[0-9]|[P-Z][A-Z][0-9]|[A-Z]{1,2}[0-9]{5})")
_SEL_KOSONG = re.compile(rb"<(?:\w+:)?c\b[^>]*/>")
_RUMUS = re.compile(rb"<(?:\w+:)?f[ />]")
_SEL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_HUB = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_LEMBAR = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_ID, _TARGET, _RID, _NAMA = (
    re.compile(rf"[\s:]{n}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')".encode()) for n in ("Id", "Target", "id", "name")
)
BUKU = ("xl/_rels/workbook.xml.rels", "xl/workbook.xml")
_KODE = re.compile(r"[A-Z][0-9]{2}\.[a-z][a-z0-9_]*")
_KOSONG = ("", None)
_KOLOM_BUTIR = {"kode": "kode", "bulan ini": "nilai", "keadaan": "keadaan", "alasan": "alasan"}


def kerjakan(isi: bytes) -> bytes:
    """The child's work: `{"ok": …}` or `{"galat": sentence, "status": code}` as JSON."""
    try:
        return json.dumps({"ok": baca(isi)}, ensure_ascii=False, default=str).encode()
    except arsip.GalatBerkas as g:
        return json.dumps({"galat": g.pesan, "status": g.status}).encode()
    except PasswordError:
        return json.dumps({"galat": arsip.BERSANDI, "status": 400}).encode()
    except (CalamineError, XmlError, ZipError, ValueError, KeyError, OSError):
        return json.dumps({"galat": arsip.RUSAK, "status": 400}).encode()


def baca(isi: bytes) -> dict[str, Any]:
    """Everything an uploaded workbook says: `meta`, `sel`, `baris`, `kanwil`, and what was left aside."""
    hasil: dict[str, Any] = {"meta": "", "cap": "", "sel": [], "baris": [], "kanwil": [], "abaikan": [], "galat": []}
    rumus = _pindai_lembar(isi)
    buku = CalamineWorkbook.from_object(io.BytesIO(isi))
    tampak = {s.name: s.visible == SheetVisibleEnum.Visible for s in buku.sheets_metadata}
    if len(tampak) > batas.LEMBAR_MAKS:
        raise arsip.GalatBerkas(arsip.BENGKAK)
    for nama, terlihat in tampak.items():
        if nama == META:
            hasil["meta"], hasil["cap"] = _baca_meta(_isi_lembar(buku, nama))
        elif not terlihat:
            hasil["abaikan"].append(f"Lembar tersembunyi “{nama[:31]}” tidak dibaca.")
        else:
            _Lembar(nama, _isi_lembar(buku, nama), rumus.get(nama, frozenset()), hasil).baca()
    return hasil


def _isi_lembar(buku: CalamineWorkbook, nama: str) -> list[list[Any]]:
    return buku.get_sheet_by_name(nama).to_python(skip_empty_area=False, nrows=batas.BARIS_MAKS)


# ---------------------------------------------------------------- before the parser


def _pindai_lembar(isi: bytes) -> dict[str, frozenset[str]]:
    """Refuse sheets that reach further than any template (whatever their `dimension` says); where are formulas?"""
    rumus: dict[str, frozenset[str]] = {}
    buku: dict[str, bytes] = {}
    for jalur, xml in arsip.bongkar(isi):
        if jalur in BUKU:
            buku[jalur] = xml
        elif jalur.startswith("xl/worksheets/") and jalur.endswith(".xml"):
            _periksa_luas(xml)
            if sel := _sel_berumus(xml):
                rumus[jalur] = sel
    nama = nama_lembar(*(buku.get(jalur, b"") for jalur in BUKU)) if rumus else {}
    return {nama[jalur]: sel for jalur, sel in rumus.items() if jalur in nama}


def _periksa_luas(xml: bytes) -> None:
    baris, kolom = terjauh(xml)
    if baris > batas.BARIS_MAKS or kolom > batas.KOLOM_MAKS or xml.count(b"<v>") > batas.SEL_MAKS:
        raise arsip.GalatBerkas("Ada lembar yang jauh lebih besar daripada templat. Unduh templat baru, salin isinya.")


def terjauh(xml: bytes) -> tuple[int, int]:
    """Last row and column with something in them; a million styled empty cells count as nothing.

    Only where something lies far out is all of it read. Addresses written as no program writes them (`r = "A1"`) are
    left to the bounds of the child.
    """
    if _JAUH.search(xml) is None:
        return 0, 0
    acuan = _ACUAN.findall(_SEL_KOSONG.sub(b"", xml))
    huruf = {h for h, _ in acuan}
    return max((int(n) for _, n in acuan), default=0), max((nomor_kolom(h.decode()) for h in huruf), default=0)


def _sel_berumus(xml: bytes) -> frozenset[str]:
    """Addresses of the cells that hold a formula: from each formula back to the cell that opened before it."""
    return frozenset(sel for satu in _RUMUS.finditer(xml) if (sel := _sel_sebelum(xml, satu.start())))


def _sel_sebelum(xml: bytes, tempat: int) -> str:
    while (tempat := xml.rfind(b"<", 0, tempat)) >= 0:
        if cocok := _SEL.match(xml, tempat):
            return cocok[1].decode()
    return ""


def nomor_kolom(huruf: str) -> int:
    n = 0
    for h in huruf:
        n = n * 26 + ord(h) - 64
    return n


def huruf_kolom(nomor: int) -> str:
    """1 → A, 27 → AA."""
    teks = ""
    while nomor:
        nomor, sisa = divmod(nomor - 1, 26)
        teks = chr(65 + sisa) + teks
    return teks


def nama_lembar(hubungan: bytes, buku: bytes) -> dict[str, str]:
    """Path of every sheet's XML → its name, from the workbook's own relations."""
    tuju = {_atribut(_ID, h): _atribut(_TARGET, h) for h in _HUB.findall(hubungan)}
    hasil = {}
    for satu in _LEMBAR.findall(buku):
        sasaran = tuju.get(_atribut(_RID, satu), "")
        hasil[sasaran.lstrip("/") if sasaran.startswith("/") else f"xl/{sasaran}"] = _atribut(_NAMA, satu)
    return hasil


def _atribut(pola: re.Pattern[bytes], elemen: bytes) -> str:
    cocok = pola.search(elemen)
    return html.unescape((cocok[1] or cocok[2] or b"").decode()) if cocok else ""


# ---------------------------------------------------------------- one sheet


def _baca_meta(isi: list[list[Any]]) -> tuple[str, str]:
    """The hidden sheet: the token in A1, the signed text in pieces below it."""
    teks = [str(b[0]) for b in isi if b and b[0] not in ("", None)]
    return "".join(teks[1:]), teks[0] if teks else ""


class _Lembar:
    """Finds out what kind of sheet this is by its headings, and takes its cells by their codes."""

    def __init__(self, nama: str, isi: list[list[Any]], rumus: frozenset[str], hasil: dict[str, Any]) -> None:
        self.nama, self.isi, self.rumus, self.hasil = nama, isi, rumus, hasil

    def baca(self) -> None:
        for nomor, baris in enumerate(self.isi[:BARIS_KEPALA]):
            teks = [(i, rapikan(x)) for i, x in enumerate(baris) if x and isinstance(x, str)]
            for awal, satu in teks[:8]:
                if satu.startswith(TANDA_DAFTAR):
                    return self._daftar(nomor, awal, satu.removeprefix(TANDA_DAFTAR), "baris")
                if satu.startswith(TANDA_KANWIL):
                    return self._daftar(nomor, awal, satu.removeprefix(TANDA_KANWIL), "kanwil")
            kepala = _kepala(teks)
            if kepala is not None:
                return self._butir(nomor, kepala)
        if self.nama not in (CATATAN, DAFTAR_ISI, "Petunjuk", "Rujukan"):
            self.hasil["abaikan"].append(f"Lembar “{self.nama[:31]}” bukan bagian dari templat, jadi tidak dibaca.")
        return None

    def _butir(self, kepala_di: int, kepala: dict[str, int]) -> None:
        kode_di, nilai_di = kepala["kode"], kepala["nilai"]
        keadaan_di, alasan_di = kepala.get("keadaan", -1), kepala.get("alasan", -1)
        huruf = huruf_kolom(nilai_di + 1)
        huruf_rumus = [huruf_kolom(kepala[n] + 1) for n in ("nilai", "alasan") if n in kepala]
        for nomor, baris in enumerate(self.isi[kepala_di + 1 :], kepala_di + 2):
            kode, nilai, tempat = rapikan(_ambil(baris, kode_di)), _ambil(baris, nilai_di), f"{huruf}{nomor}"
            if not kode:
                if _terisi(nilai):
                    self._tolak(tempat, "Baris ini tanpa kode butir, jadi tidak dibaca. Jangan menyisipkan baris.")
                continue
            if not _KODE.fullmatch(kode):
                continue
            keadaan, alasan = rapikan(_ambil(baris, keadaan_di)), polos_teks(_ambil(baris, alasan_di))
            rumus = bool(self.rumus) and any(f"{h}{nomor}" in self.rumus for h in huruf_rumus)
            self.hasil["sel"].append([kode, polos(nilai), keadaan, alasan, f"{self.nama}!{tempat}", rumus])

    def _daftar(self, kode_di: int, awal: int, kode: str, ke: str) -> None:
        """A line list, or a Kanwil's sheet: the row of codes names the columns, the first column the rows."""
        kolom = {i: rapikan(x) for i, x in enumerate(self.isi[kode_di]) if i != awal and rapikan(x)}
        huruf = {i: huruf_kolom(i + 1) for i in kolom}
        for nomor, baris in enumerate(self.isi[kode_di + 1 :], kode_di + 2):
            kunci = rapikan(_ambil(baris, awal))
            rumus = [k for i, k in kolom.items() if f"{huruf[i]}{nomor}" in self.rumus] if self.rumus else []
            terisi = any(x not in _KOSONG and i in kolom and _terisi(x) for i, x in enumerate(baris))
            if kunci in KEPALA_DAFTAR or not (kunci or rumus or terisi):
                continue
            if not (rumus or terisi or ke == "kanwil"):  # an empty row, named so that an emptied one is seen
                self.hasil[ke].append([kode, kunci, {}, self.nama, {}, []])
                continue
            isi = {k: polos(_ambil(baris, i)) for i, k in kolom.items()}
            tempat = {k: f"{huruf[i]}{nomor}" for i, k in kolom.items()}
            self.hasil[ke].append([kode, kunci, isi, self.nama, tempat, rumus])

    def _tolak(self, sel: str, pesan: str) -> None:
        self.hasil["galat"].append([f"{self.nama}!{sel}", pesan])


def _kepala(teks: list[tuple[int, str]]) -> dict[str, int] | None:
    """Column of every heading of a section sheet, in whatever order they stand."""
    hasil: dict[str, int] = {}
    for i, satu in teks:
        kecil = satu.casefold()
        for awal, nama in _KOLOM_BUTIR.items():
            if kecil.startswith(awal):
                hasil.setdefault(nama, i)
    return hasil if "kode" in hasil and "nilai" in hasil else None


def rapikan(x: Any) -> str:
    """A heading or a code as compared: one kind of space, none outside."""
    return " ".join(x.replace("\u00a0", " ").split()) if isinstance(x, str) else ""


def polos_teks(x: Any) -> str:
    nilai = polos(x)
    return "" if nilai is None else str(nilai)


def polos(x: Any) -> Any:
    """A cell as JSON: whole floats are whole numbers, dates and times their text, empty is None."""
    if x is None or isinstance(x, bool | str):
        return x if x != "" else None
    if isinstance(x, int | float):
        return int(x) if isinstance(x, float) and math.isfinite(x) and x == int(x) and abs(x) < 10**15 else x
    if isinstance(x, datetime):
        return x.date().isoformat() if x.time() == time(0) else x.isoformat(sep=" ", timespec="minutes")
    if isinstance(x, date):
        return x.isoformat()
    if isinstance(x, time):
        return x.strftime("%H:%M")
    if isinstance(x, timedelta):
        menit = int(x.total_seconds() // 60)
        return f"{menit // 60:02d}:{menit % 60:02d}"
    return str(x)


def _ambil(baris: list[Any], i: int) -> Any:
    return baris[i] if 0 <= i < len(baris) else None


def _terisi(x: Any) -> bool:
    return x is not None and x != "" and (not isinstance(x, str) or rapikan(x) != "")
