"""What saving an uploaded workbook would do, cell by cell. No database: a form, a draft, and what was read.

Three things are compared: what the cell said when the workbook was made (signed in it), what it says now, and what
the workbook says. Only what the person touched is planned; what somebody else changed meanwhile is a conflict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from pelaporan.buku.meta import BARIS_REGISTER, TERISI_REGISTER, Formulir, cap_sel
from pelaporan.butir import Butir, Daftar
from pelaporan.isian import GalatIsian, Isian, Keadaan, Sel, baca_sel, tulis_masukan, tulis_nilai
from pelaporan.lembar import PILIHAN_KEADAAN
from pelaporan.services_isian import Perubahan, terisi, versi_sel
from pelaporan.skema import Skema
from pelaporan.turunan import pesan_terisi

BARU, BERUBAH, HAPUS, TANYA, BENTROK, DITOLAK = "baru", "berubah", "hapus", "tanya", "bentrok", "ditolak"
HILANG = "hilang"
"""A row that the workbook was made with and lacks now. It stays, unless somebody says otherwise."""
HILANG_DISEBUT = 5
"""Names of deleted rows in one sentence."""
BENAR = (BERUBAH, BARU, HAPUS)
"""Kinds that are saved without a further question."""
PESAN_RUMUS = "Isi angka, bukan rumus. Salin, lalu Tempel Khusus sebagai Nilai."
PESAN_GANDA = "Ada isian, tetapi ditandai tidak tersedia atau tidak berlaku. Kosongkan isiannya, atau pilih Terisi."
PESAN_KEADAAN = "Pilih Terisi, Tidak tersedia, atau Tidak berlaku."
PESAN_ALASAN = "Ada alasan, tetapi selnya kosong. Isi angkanya, atau pilih Tidak tersedia."
_KEADAAN = {"": Keadaan.ISI, "nihil": Keadaan.NIHIL, **{label.casefold(): Keadaan(k) for k, label in PILIHAN_KEADAAN}}


@dataclass(frozen=True, slots=True)
class Butiran:
    """One planned cell. `alamat` as in the draft; `teks`, `keadaan`, `alasan` as they will be saved.

    Of a row that is to go, `teks` holds the versions of its cells as they were compared.
    """

    alamat: str
    jenis: str
    label: str
    tempat: str
    bagian: str = ""
    lama: str = ""
    baru: str = ""
    pesan: str = ""
    teks: Any = None
    keadaan: str = "isi"
    alasan: str = ""
    versi: int = 0
    versi_kini: int = 0
    tanya: Any = None

    def ke_json(self) -> dict[str, Any]:
        """Without what is empty, except what was written: a written zero stays."""
        semua = ((k, getattr(self, k)) for k in _MEDAN)
        return {k: v for k, v in semua if k == "teks" or v not in ("", None, 0)}

    @property
    def baris(self) -> tuple[str, str]:
        """(list, row) of what is planned about a whole row."""
        daftar, _, baris = self.alamat.partition("/")
        return daftar, baris

    def ke_perubahan(self, *, betul: bool = False, timpa: bool = False) -> Perubahan:
        """The change to save: as written, with the reading that was confirmed, or over the other one's value."""
        daftar, baris, kode = self.alamat.split("/") if "/" in self.alamat else ("", "", self.alamat)
        teks = self.tanya if betul and self.jenis == TANYA else self.teks
        versi = self.versi_kini if timpa or self.jenis == TANYA else self.versi
        return Perubahan(kode, teks, self.keadaan, self.alasan, versi, daftar, baris)


_MEDAN = tuple(f.name for f in fields(Butiran))


@dataclass
class Rencana:
    """The plan for one report."""

    sama: int = 0
    butir: list[Butiran] = field(default_factory=list)
    baris: dict[str, list[str]] = field(default_factory=dict)

    def ke_json(self) -> dict[str, Any]:
        return {
            "sama": self.sama, "baris": self.baris, "butir": [b.ke_json() for b in self.butir],
        }  # fmt: skip

    @classmethod
    def dari_json(cls, d: Mapping[str, Any]) -> Rencana:
        butir = [Butiran(**{"label": "", "tempat": "", **b}) for b in d["butir"]]
        return cls(d["sama"], butir, d["baris"])

    def banyak(self, *jenis: str) -> int:
        return sum(b.jenis in jenis for b in self.butir)


class Ditulis(NamedTuple):
    """What a workbook says about one cell."""

    nilai: Any
    keadaan: str
    alasan: str
    tempat: str
    rumus: bool = False

    @property
    def hampa(self) -> bool:
        """Nothing was written at all; not even blanks."""
        return self.nilai is None and not self.alasan and not self.rumus and self.keadaan in ("", "Terisi")

    @property
    def kosong(self) -> bool:
        return self.nilai in (None, "") and not self.alasan and self.keadaan.casefold() in ("", "terisi")


class Penyusun:
    """Makes the plan of one form from a draft (`draf`), the workbook's memory of it (`dasar`) and what was read.

    `isian`: the same draft with what registers fill in; what they fill is compared and never planned.
    """

    def __init__(
        self, skema: Skema, draf: Mapping[str, Any], dasar: Formulir, sidik: str, isian: Isian | None = None
    ) -> None:
        self.skema, self.dasar, self.sidik = skema, dasar, sidik
        self.isian = isian or Isian()
        self.sel: Mapping[str, Any] = draf.get("sel", {})
        self.daftar = {k: {b["id"]: b["sel"] for b in semua} for k, semua in draf.get("daftar", {}).items()}
        self.rencana = Rencana()
        self._tampak: dict[str, str] = {}

    # ---------------------------------------------------------------- items

    def butir(self, kode: str, tulis: Ditulis) -> None:
        """One row of a section sheet, or one cell of a Kanwil sheet."""
        butir = self.skema.butir.get(kode)
        if butir is None:
            self._tolak(kode, kode, tulis.tempat, "Kode ini tidak ada di formulir. Kembalikan kode aslinya.")
        elif kode in self._tampak:
            self._tolak(kode, butir.label, tulis.tempat, f"Kode {kode} sudah ada di {self._tampak[kode]}. Hapus satu.")
        elif kode in self.isian.terisi and butir.diketik:
            self._tampak[kode] = tulis.tempat
            self._tolak_ubahan(butir, tulis)
        elif tulis.keadaan == TERISI_REGISTER:  # locked when the workbook was made; the register is silent now
            self._tampak[kode] = tulis.tempat
            self.rencana.sama += 1
        elif butir.diketik:
            self._tampak[kode] = tulis.tempat
            bagian = self.skema.bagian_dari[kode].kode
            self._banding(butir, kode, bagian, tulis, self.sel.get(kode), self.dasar.sel.get(kode, (0, "")))

    def _tolak_ubahan(self, butir: Butir, tulis: Ditulis) -> None:
        """A register's cell: what it says, or what the workbook was made with, is no change; the rest is refused."""
        tulis = tulis._replace(keadaan="") if tulis.keadaan == TERISI_REGISTER else tulis
        dasar, terisi = self.dasar.sel.get(butir.kode, (0, ""))[1], self.isian.sel[butir.kode].ke_json()
        if tulis.kosong or _cap_tulis(butir, tulis) in (cap_sel(terisi), dasar):
            self.rencana.sama += 1
            return
        isi = {**_awal(butir, butir.kode, self.skema.bagian_dari[butir.kode].kode, tulis, terisi, (0, ""))}
        pesan = pesan_terisi(butir.label, butir.register)
        self.rencana.butir.append(Butiran(jenis=DITOLAK, pesan=pesan, **{**isi, **_apa_adanya(tulis)}))

    def _banding(
        self,
        butir: Butir,
        alamat: str,
        bagian: str,
        tulis: Ditulis,
        kini: Mapping[str, Any] | None,
        dasar: tuple[int, str],
    ) -> None:
        if tulis.hampa and kini is None and not dasar[1]:  # most cells of a template that is half filled in
            self.rencana.sama += 1
            return
        try:
            sel, keadaan = _baca(butir, tulis)
        except GalatIsian as g:
            self._galat(butir, g, {**_awal(butir, alamat, bagian, tulis, kini, dasar), **_apa_adanya(tulis)})
            return
        baru = sel.ke_json() if sel else None
        cap = cap_sel(baru)
        if cap in (dasar[1], cap_sel(kini)):  # as it was when the workbook was made, or as it is
            self.rencana.sama += 1
            return
        jenis, pesan = BERUBAH if kini and terisi(dict(kini)) else BARU, ""
        if (kini or {}).get("v", 0) != dasar[0]:
            jenis, pesan = BENTROK, f"{(kini or {}).get('n', 'Rekan Anda')} mengubah sel ini setelah templat diunduh."
        isi = _awal(butir, alamat, bagian, tulis, kini, dasar)
        self.rencana.butir.append(
            Butiran(jenis=jenis, baru=_kata(butir, sel), keadaan=keadaan.value, pesan=pesan, **isi)
        )

    def _galat(self, butir: Butir, g: GalatIsian, isi: dict[str, Any]) -> None:
        if g.tanya is None:
            self.rencana.butir.append(Butiran(jenis=DITOLAK, pesan=g.pesan, **isi))
            return
        tanya = tulis_masukan(butir, Sel(g.tanya))
        self.rencana.butir.append(Butiran(jenis=TANYA, pesan=g.pesan, tanya=tanya, **isi))

    def _tolak(self, alamat: str, label: str, tempat: str, pesan: str) -> None:
        self.rencana.butir.append(Butiran(alamat=alamat, jenis=DITOLAK, label=label, tempat=tempat, pesan=pesan))

    def kode_hilang(self) -> Iterator[str]:
        """Sentences on rows that somebody deleted from a sheet that is still there; a sheet left out says nothing."""
        for bagian in self.skema.bagian:
            ketik = [b for b in bagian.butir if b.diketik]
            hilang = [b for b in ketik if b.kode not in self._tampak]
            if hilang and len(hilang) < len(ketik):
                nama = ", ".join(b.label for b in hilang[:HILANG_DISEBUT])
                lebih = f", dan {len(hilang) - HILANG_DISEBUT} lagi" if len(hilang) > HILANG_DISEBUT else ""
                yield f"{bagian.judul}: baris {nama}{lebih} tidak ada di berkas. Isinya di portal tetap."

    # ---------------------------------------------------------------- rows of line lists

    def baris(
        self, kode: str, kunci: str, isi: Mapping[str, Any], lembar: str, sel: Mapping[str, str], rumus: Sequence[str]
    ) -> None:
        """One row of a line list. A row that was emptied is taken out; an empty new one is nothing."""
        daftar = self.skema.daftar.get(kode)
        if daftar is None:
            self._tolak(kode, kode, lembar, "Daftar ini tidak ada di formulir. Kembalikan kode aslinya.")
            return
        tulis = {k: _dari_sebaris(x, f"{lembar}!{sel[k]}", k in rumus) for k, x in isi.items() if k in daftar.per_kode}
        if kode in self.isian.terisi:
            self._tolak_baris(daftar, kunci.removeprefix(BARIS_REGISTER), tulis, lembar)
            return
        if kunci.startswith(BARIS_REGISTER):  # the register gave it, and is silent now
            self.rencana.sama += 1
            return
        baris_id, kini = self._kenali(kode, kunci, lembar, sel), self.daftar.get(kode, {})
        dasar = self.dasar.daftar.get(kode, {}).get(baris_id)
        kosong = all(t.kosong and not t.rumus for t in tulis.values())
        if baris_id in kini and kosong and dasar is not None and any(cap for _, cap in dasar.values()):
            self._hapus(kode, baris_id, lembar, kini[baris_id], dasar)
        elif baris_id not in kini and dasar is not None and not kosong:
            self._tolak(kode, daftar.judul, f"{lembar}!A", "Baris ini sudah dihapus di portal. Salin ke baris kosong.")
        elif baris_id in kini or not kosong:
            self._isi_baris(kode, baris_id, tulis, kini.get(baris_id), dasar or {})

    def _tolak_baris(self, daftar: Daftar, kunci: str, tulis: Mapping[str, Ditulis], lembar: str) -> None:
        """A row of a list that a register gives: only what the register or the draft already says is let pass."""
        kini = next((b.sel for b in self.isian.daftar[daftar.kode] if b.id == kunci), {})
        cap = {k: _cap_tulis(daftar.per_kode[k], t) for k, t in tulis.items()}
        terisi = {k: cap_sel(kini[k].ke_json()) if k in kini else "" for k in tulis}
        dasar = self.dasar.daftar.get(daftar.kode, {}).get(kunci, {})
        lama = {k: dasar.get(k, (0, ""))[1] for k in tulis}
        if any(cap.values()) and cap not in (terisi, lama):
            tempat = next((t.tempat for k, t in tulis.items() if cap[k] != terisi[k]), lembar)
            self._tolak(daftar.kode, daftar.judul, tempat, pesan_terisi(daftar.judul, daftar.register))
        else:
            self.rencana.sama += 1

    def _kenali(self, kode: str, kunci: str, lembar: str, sel: Mapping[str, str]) -> str:
        """The row's identity: its own, or for a row the person inserted one that the same file gives again."""
        if len(kunci) == 12 and kunci.isascii() and kunci.isalnum() and f"{kode}/{kunci}" not in self._tampak:
            self._tampak[f"{kode}/{kunci}"] = lembar
            return kunci
        return hashlib.sha256(f"{self.sidik}/{kode}/{'/'.join(sel.values())}".encode()).hexdigest()[:12]

    def _hapus(self, kode: str, baris_id: str, lembar: str, kini: Mapping[str, Any], dasar: Mapping[str, Any]) -> None:
        if _berubah_sejak(kini, dasar):
            pesan = "Baris ini dikosongkan di berkas, tetapi diubah di portal setelah templat diunduh. Tidak dihapus."
            self._tolak(kode, self.skema.daftar[kode].judul, f"{lembar}!A", pesan)
            return
        self._sebut_baris(kode, baris_id, HAPUS, lembar, kini, "baris dihapus")

    def _sebut_baris(
        self, kode: str, baris_id: str, jenis: str, lembar: str, kini: Mapping[str, Any], baru: str
    ) -> None:
        """One planned act on a whole row, with what the row says."""
        daftar = self.skema.daftar[kode]
        lama = ", ".join(t for k in daftar.kolom if (t := _tampil(k, kini.get(k.kode))))[:160]
        bagian = self.skema.bagian_dari[kode].kode
        versi = versi_sel(kini)
        self.rencana.butir.append(
            Butiran(f"{kode}/{baris_id}", jenis, daftar.judul, lembar, bagian, lama, baru, teks=versi)
        )

    def hilang(self) -> None:
        """After all rows: those that the workbook was made with and that nobody found in it any more."""
        for kode, semua in ((k, x) for k, x in self.dasar.daftar.items() if k not in self.isian.terisi):
            for baris_id, dasar in semua.items():
                kini = self.daftar.get(kode, {}).get(baris_id)
                if kini is None or kode not in self.skema.daftar or f"{kode}/{baris_id}" in self._tampak:
                    continue
                if _berubah_sejak(kini, dasar):
                    pesan = "Baris ini tidak ada di berkas, tetapi diubah di portal setelah templat diunduh. Tetap ada."
                    self._tolak(kode, self.skema.daftar[kode].judul, "", pesan)
                else:
                    self._sebut_baris(kode, baris_id, HILANG, "", kini, "tidak ada di berkas")

    def _isi_baris(
        self,
        kode: str,
        baris_id: str,
        tulis: Mapping[str, Ditulis],
        kini: Mapping[str, Any] | None,
        dasar: Mapping[str, Any],
    ) -> None:
        daftar = self.skema.daftar[kode]
        baru = self.rencana.baris.setdefault(kode, [])
        if kini is None:
            if len(self.daftar.get(kode, {})) + len(baru) >= daftar.maks:
                self._tolak(
                    kode, daftar.judul, next(iter(tulis.values())).tempat, f"Paling banyak {daftar.maks} baris."
                )
                return
            baru.append(baris_id)
        for k, satu in tulis.items():
            sel = (kini or {}).get(k)
            bagian = self.skema.bagian_dari[kode].kode
            self._banding(daftar.per_kode[k], f"{kode}/{baris_id}/{k}", bagian, satu, sel, dasar.get(k, (0, "")))


def _berubah_sejak(kini: Mapping[str, Any], dasar: Mapping[str, Any]) -> bool:
    """Has somebody changed this row in the portal since the workbook was made?"""
    return any(s.get("v", 0) != dasar.get(k, (0, ""))[0] for k, s in kini.items())


# ---------------------------------------------------------------- one cell


def _baca(butir: Butir, tulis: Ditulis) -> tuple[Sel | None, Keadaan]:
    """A workbook cell through the form's own reader; raises GalatIsian."""
    if tulis.rumus or (isinstance(tulis.nilai, str) and tulis.nilai.startswith("=")):
        raise GalatIsian(PESAN_RUMUS)
    keadaan = _KEADAAN.get(tulis.keadaan.casefold())
    if keadaan is None:
        raise GalatIsian(PESAN_KEADAAN)
    if keadaan in (Keadaan.TAK_TERSEDIA, Keadaan.TAK_BERLAKU) and _kutip(tulis.nilai).strip():
        raise GalatIsian(PESAN_GANDA)
    sel = baca_sel(butir, _untuk(butir, tulis.nilai), keadaan.value, tulis.alasan)
    if sel is None and tulis.alasan:
        raise GalatIsian(PESAN_ALASAN)
    return sel, keadaan


def _cap_tulis(butir: Butir, tulis: Ditulis) -> str | None:
    """The digest of what is written; None for what cannot be read."""
    try:
        sel, _ = _baca(butir, tulis)
    except GalatIsian:
        return None
    return cap_sel(sel.ke_json() if sel else None)


def _awal(
    butir: Butir, alamat: str, bagian: str, tulis: Ditulis, kini: Mapping[str, Any] | None, dasar: tuple[int, str]
) -> dict[str, Any]:
    """What every planned cell says, whatever becomes of it."""
    return {
        "alamat": alamat, "label": butir.label, "tempat": tulis.tempat, "bagian": bagian, "versi": dasar[0],
        "versi_kini": (kini or {}).get("v", 0), "lama": _tampil(butir, kini), "teks": _untuk(butir, tulis.nilai),
        "alasan": tulis.alasan,
    }  # fmt: skip


def _apa_adanya(tulis: Ditulis) -> dict[str, str]:
    """A refused cell as it was written: the error copy gives it back with its state."""
    keadaan = _KEADAAN.get(tulis.keadaan.casefold(), Keadaan.ISI)
    return {
        "baru": _kutip(tulis.nilai) or (tulis.keadaan[:80] if keadaan != Keadaan.ISI else ""),
        "keadaan": keadaan.value,
    }


def _untuk(butir: Butir, nilai: Any) -> Any:
    """Numbers stay numbers for number items; elsewhere what Excel made a number of is text again."""
    if butir.angka or nilai is None or isinstance(nilai, str | bool):
        return nilai
    return str(nilai)


def _dari_sebaris(x: Any, tempat: str, rumus: bool) -> Ditulis:
    """A cell that holds its state too: 'Tidak tersedia: alat rusak'."""
    if isinstance(x, str):
        awal, pisah, alasan = x.partition(":")
        keadaan = awal.strip().casefold()
        if keadaan in _KEADAAN and keadaan not in ("", "terisi", "nihil"):
            return Ditulis(None, awal.strip(), alasan.strip() if pisah else "", tempat, rumus)
    return Ditulis(x, "", "", tempat, rumus)


def dari_sel(satu: Sequence[Any]) -> tuple[str, Ditulis]:
    """(code, what is written) of a row of `baca.baca(...)["sel"]`."""
    kode, nilai, keadaan, alasan, tempat, rumus = satu
    return kode, Ditulis(nilai, keadaan, alasan, tempat, rumus)


def dari_baris_kanwil(satu: Sequence[Any]) -> Iterator[tuple[str, Ditulis]]:
    """(item code, what is written) of a unit's row in a Kanwil sheet."""
    _, _, isi, lembar, sel, rumus = satu
    for kode, nilai in isi.items():
        yield kode, _dari_sebaris(nilai, f"{lembar}!{sel[kode]}", kode in rumus)


def _tampil(butir: Butir, sel: Mapping[str, Any] | None) -> str:
    if not sel or not terisi(dict(sel)):
        return ""
    return _kata(butir, Sel.dari_json(butir, sel))


def _kata(butir: Butir, sel: Sel | None) -> str:
    """A cell in words; empty for one that says nothing."""
    if sel is None or (sel.nilai is None and sel.keadaan == Keadaan.ISI):
        return ""
    if sel.nilai is None:
        return f"{dict(PILIHAN_KEADAAN).get(sel.keadaan, '')}: {sel.alasan}"
    return tulis_nilai(butir, sel.nilai) + (f" ({sel.alasan})" if sel.alasan else "")


def _kutip(x: Any) -> str:
    return "" if x is None else str(x)[:80]
