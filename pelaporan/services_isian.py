"""Saving what is typed: cell by cell or a whole section; each cell has a version of its own."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction

from pelaporan.alur import Aksi, dapat_diisi, transisi
from pelaporan.aturan import cap_jawaban
from pelaporan.butir import Butir, Daftar
from pelaporan.idempotensi import jawab_sekali
from pelaporan.isian import Baris, GalatIsian, Keadaan, Sel, baca_sel, tulis_masukan
from pelaporan.kanonik import sidik
from pelaporan.models import Draf, Laporan, RiwayatIsian
from pelaporan.selectors_riwayat import isian_lalu, muat_riwayat
from pelaporan.services import catat_transisi, kunci_laporan, pastikan_draf
from pelaporan.turunan import Ingatan, Terisi, muat_laporan, pesan_terisi
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, Ditolak, TidakSah
from pemasyarakatan.inti.teks import GalatTeks, bersihkan_teks
from pemasyarakatan.inti.waktu import sekarang
from upt.cakupan import Cakupan

MAKS_SEKALI = 2000
MAKS_JAWABAN = 300
MAKS_DIHAPUS = 20
"""Deleted rows that stay at hand; older ones are only in the history."""
_TANPA_JAWABAN = {"benar": False, "alasan": ""}


@dataclass(frozen=True)
class Perubahan:
    """One cell as typed. `versi` is the version the person saw (0: empty); `baris` the row of a line list."""

    kode: str
    teks: object
    keadaan: str = "isi"
    alasan: str = ""
    versi: int = 0
    daftar: str = ""
    baris: str = ""

    @property
    def alamat(self) -> str:
        """'wbp', or 'kejadian/<row>/tanggal'."""
        return f"{self.daftar}/{self.baris}/{self.kode}" if self.daftar else self.kode


@dataclass
class HasilSimpan:
    """What happened to each cell, by address. Saved ones carry their new version and how they are shown. `ingatan`:
    what registers answered meanwhile, so that the same request asks them once."""

    tersimpan: dict[str, dict[str, Any]] = field(default_factory=dict)
    konflik: dict[str, dict[str, Any]] = field(default_factory=dict)
    ditolak: dict[str, dict[str, Any]] = field(default_factory=dict)
    revisi: int = 0
    status: str = ""
    ingatan: Ingatan = field(default_factory=dict)

    def ke_json(self) -> dict[str, Any]:
        return {
            "tersimpan": self.tersimpan,
            "konflik": self.konflik,
            "ditolak": self.ditolak,
            "revisi": self.revisi,
            "status": self.status,
        }


def simpan(
    *, laporan_id: UUID, perubahan: Sequence[Perubahan], oleh: Pengguna, cakupan: Cakupan, asal: str = "web"
) -> HasilSimpan:
    """Save what can be saved; report conflicts and refusals cell by cell. What is right is never held back by what
    is wrong. Raises TidakDitemukan, Ditolak, Bentrok (the report can no longer be filled in)."""
    if len(perubahan) > MAKS_SEKALI:
        raise TidakSah("Terlalu banyak sel dalam satu kali simpan. Simpan per bagian.")
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        pastikan_dapat_diisi(laporan, oleh)
        draf = pastikan_draf(laporan)
        penulis = Penulis(laporan, draf, oleh)
        for satu in perubahan:
            penulis.tulis(satu)
        penulis.selesaikan(asal)
        return penulis.hasil


def nihilkan_sisa(*, laporan_id: UUID, bagian: str, oleh: Pengguna, cakupan: Cakupan) -> HasilSimpan:
    """State 0 (nihil) for every number of a section that is still empty: one deliberate act instead of forty zeros.

    Where nil is never usual (inmates, spending) the cell stays empty and is asked for: `nihil_lazim: false`.
    """
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        pastikan_dapat_diisi(laporan, oleh)
        penulis = Penulis(laporan, pastikan_draf(laporan), oleh)
        for satu in (g for g in laporan.skema.bagian if g.kode == bagian):
            for butir in satu.butir:
                lama = penulis.isi["sel"].get(butir.kode)
                if penulis.diketik(butir) and butir.nihil_lazim and butir.angka and not terisi(lama):
                    penulis.tulis(Perubahan(butir.kode, "0", versi=(lama or {}).get("v", 0)))
        penulis.selesaikan("nihil")
        return penulis.hasil


def salin_bulan_lalu(*, laporan_id: UUID, bagian: str, oleh: Pengguna, cakupan: Cakupan, kode: str = "") -> HasilSimpan:
    """Copy last month's stable cells of a section (or the one named by `kode`) into cells that are still empty.

    Only items the form declares `stabil`: a monthly count is never copied. A line list gets last month's rows that
    it does not have yet, with their stable columns (`kode` may also name the list). A cell remembers the month it came
    from until somebody touches or confirms it.
    """
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        pastikan_dapat_diisi(laporan, oleh)
        penulis = Penulis(laporan, pastikan_draf(laporan), oleh)
        lalu = isian_lalu(laporan.skema, muat_riwayat(laporan, 1))
        for satu in (g for g in laporan.skema.bagian if g.kode == bagian):
            for butir in satu.butir:
                if butir.stabil and penulis.diketik(butir) and kode in ("", butir.kode):
                    penulis.salin(butir, lalu.sel.get(butir.kode))
            for daftar in satu.daftar:
                if kode in ("", daftar.kode) and daftar.kode not in penulis.terisi.daftar:
                    penulis.salin_baris(daftar, lalu.daftar.get(daftar.kode, []))
        penulis.selesaikan("salin")
        return penulis.hasil


def tandai_diperiksa(
    *, laporan_id: UUID, oleh: Pengguna, cakupan: Cakupan, kode: Sequence[str] = (), bagian: str = ""
) -> None:
    """Confirm copied cells, by code, row (`<list>/<row>`) or section: the mark goes, the value stays."""
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        pastikan_dapat_diisi(laporan, oleh)
        penulis = Penulis(laporan, pastikan_draf(laporan), oleh)
        for satu in kode:
            penulis.benarkan(satu, penulis.isi["sel"].get(satu))
            penulis.benarkan_baris(*satu.split("/", 1))
        penulis.benarkan_bagian(bagian)
        penulis.selesaikan("periksa")


def simpan_buku(
    *,
    laporan_id: UUID,
    perubahan: Sequence[Perubahan],
    baris: Mapping[str, Sequence[str]],
    hapus: Mapping[tuple[str, str], Mapping[str, int]],
    oleh: Pengguna,
    cakupan: Cakupan,
    atas_nama: bool = False,
) -> HasilSimpan:
    """Save what a workbook says: cells, rows of line lists under the ids that the workbook gave them, and rows that
    were emptied. A row that is already there is filled and not added again, so that a repeated file has one effect.
    `hapus` names (list, row) with the versions of its cells that the person saw: one that changed since stays.

    `atas_nama`: typed by the Kanwil for a unit, under the Kanwil's own right and named as such at every cell.
    """
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        pastikan_dapat_diisi(laporan, oleh, Izin.ISI_ATAS_NAMA if atas_nama else Izin.ISI_LAPORAN)
        penulis = Penulis(laporan, pastikan_draf(laporan), oleh, atas_nama)
        for daftar, semua in baris.items():
            penulis.tambah_baris(daftar, semua)
        for satu in perubahan:
            penulis.tulis(satu)
        for (daftar, satu_baris), versi in hapus.items():
            penulis.hapus_yang_dilihat(daftar, satu_baris, versi)
        penulis.selesaikan("kanwil" if atas_nama else "excel")
        return penulis.hasil


def pastikan_dapat_diisi(laporan: Laporan, oleh: Pengguna, izin: Izin = Izin.ISI_LAPORAN) -> None:
    if not boleh(oleh, izin, laporan):
        raise Ditolak("Peran Anda tidak boleh mengisi laporan ini.")
    if not dapat_diisi(laporan.status):
        raise Bentrok(
            f"Laporan ini sudah {laporan.get_status_display().lower()}, jadi tidak dapat diisi. Isian Anda masih ada "
            "di halaman ini; salin dahulu, lalu muat ulang.",
            status=laporan.status,
            revisi=laporan.revisi,
        )


class Penulis:
    """Applies changes to one locked draft and remembers what changed."""

    def __init__(self, laporan: Laporan, draf: Draf, oleh: Pengguna, atas_nama: bool = False) -> None:
        self.laporan, self.draf, self.oleh = laporan, draf, oleh
        self.sebagai = f"{laporan.kanwil}, atas nama UPT" if atas_nama else ""
        self.skema = laporan.skema
        self.isi: dict[str, Any] = {"sel": {}, "daftar": {}, "tanggapan": {}, **draf.isi}
        self.riwayat: dict[str, list[Any]] = {}
        self.hasil = HasilSimpan()
        self.kini = sekarang()

    @cached_property
    def terisi(self) -> Terisi:
        """What registers fill in here and now, of what people may type elsewhere."""
        return muat_laporan(self.laporan, atau_ketik=True, ingatan=self.hasil.ingatan)

    def diketik(self, butir: Butir) -> bool:
        return butir.diketik and butir.kode not in self.terisi.angka

    def pastikan_diketik(self, daftar: str) -> None:
        """Raises Bentrok when a register gives the rows of this list."""
        if daftar in self.terisi.daftar:
            satu = self.skema.daftar[daftar]
            raise Bentrok(pesan_terisi(satu.judul, satu.register))

    def _pesan_register(self, satu: Perubahan, butir: Butir) -> str:
        """Why a register does not let this cell be typed; empty when it does."""
        if satu.daftar in self.terisi.daftar:
            daftar = self.skema.daftar[satu.daftar]
            return pesan_terisi(daftar.judul, daftar.register)
        return pesan_terisi(butir.label, butir.register) if not satu.daftar and butir.kode in self.terisi.angka else ""

    def tulis(self, satu: Perubahan) -> None:
        tujuan = self._tujuan(satu)
        if tujuan is None:
            self.hasil.ditolak[satu.alamat] = {"pesan": self._sebab_hilang(satu)}
            return
        butir, wadah = tujuan
        if pesan := self._pesan_register(satu, butir):
            self.hasil.ditolak[satu.alamat] = {"pesan": pesan}
            return
        try:
            sel = baca_sel(butir, satu.teks, satu.keadaan, satu.alasan)
        except GalatIsian as galat:
            self.hasil.ditolak[satu.alamat] = _penolakan(butir, galat)
            return
        lama = wadah.get(butir.kode)
        if _sama(lama, sel):
            self._akui(satu, butir, lama)
        elif (lama or {}).get("v", 0) != satu.versi:
            self.hasil.konflik[satu.alamat] = self._bentrok(butir, lama, satu)
        else:
            self._pasang(satu, butir, wadah, lama, sel)

    def salin(self, butir: Butir, sumber: Sel | None) -> None:
        lama = self.isi["sel"].get(butir.kode)
        if sumber is None or terisi(lama):
            return
        keadaan = Keadaan.ISI if sumber.keadaan == Keadaan.NIHIL else sumber.keadaan
        teks, versi = tulis_masukan(butir, sumber), (lama or {}).get("v", 0)
        self.tulis(Perubahan(butir.kode, teks, keadaan.value, sumber.alasan, versi))
        if butir.kode in self.riwayat:
            self.isi["sel"][butir.kode]["s"] = (self.laporan.periode - 1).kode

    def salin_baris(self, daftar: Daftar, sumber: Sequence[Baris]) -> None:
        """Rows of last month with their stable columns. A row remembers the one it was made from, so that pressing
        twice, or after typing rows of one's own, adds each of them once.
        """
        asal, tetap = (self.laporan.periode - 1).kode, [k for k in daftar.kolom if k.stabil]
        semua = self.isi["daftar"].setdefault(daftar.kode, [])
        ruang = daftar.maks - len(semua)
        for lama in belum_disalin(daftar, sumber, semua)[: max(ruang, 0)]:
            baris: dict[str, Any] = {"id": uuid.uuid4().hex[:12], "a": lama.id, "sel": {}}
            semua.append(baris)
            self.riwayat[f"{daftar.kode}/{baris['id']}"] = [None, "baris baru"]
            for kolom in (k for k in tetap if k.kode in lama.sel):
                teks = tulis_masukan(kolom, lama.sel[kolom.kode])
                self.tulis(Perubahan(kolom.kode, teks, daftar=daftar.kode, baris=baris["id"]))
            for sel in baris["sel"].values():
                sel["s"] = asal

    def benarkan_bagian(self, bagian: str) -> None:
        for satu in (g for g in self.skema.bagian if g.kode == bagian):
            for butir in satu.butir:
                self.benarkan(butir.kode, self.isi["sel"].get(butir.kode))
            for daftar in satu.daftar:
                for baris in self.isi["daftar"].get(daftar.kode, []):
                    self.benarkan_baris(daftar.kode, baris["id"])

    def benarkan_baris(self, daftar: str, baris_id: str = "") -> None:
        """All cells of one row of a list."""
        for baris in (b for b in self.isi["daftar"].get(daftar, []) if b["id"] == baris_id):
            for kode, sel in baris["sel"].items():
                self.benarkan(f"{daftar}/{baris_id}/{kode}", sel)

    def benarkan(self, alamat: str, sel: dict[str, Any] | None) -> None:
        if sel and sel.pop("s", ""):
            self.riwayat[alamat] = [_ringkas(sel), _ringkas(sel)]

    def _tujuan(self, satu: Perubahan) -> tuple[Butir, dict[str, Any]] | None:
        """The item and the dict that holds its cell; None when the form has no such place."""
        if not satu.daftar:
            butir = self.skema.butir.get(satu.kode)
            return (butir, self.isi["sel"]) if butir is not None else None
        daftar = self.skema.daftar.get(satu.daftar)
        baris = next((b for b in self.isi["daftar"].get(satu.daftar, []) if b["id"] == satu.baris), None)
        if daftar is None or baris is None or satu.kode not in daftar.per_kode:
            return None
        return daftar.per_kode[satu.kode], baris["sel"]

    def _sebab_hilang(self, satu: Perubahan) -> str:
        """A row that a colleague deleted is named as such: what was typed into it is still in the person's hands."""
        for jejak in reversed(self.isi.get("dihapus", [])):
            if jejak["baris"]["id"] == satu.baris and satu.daftar == jejak["daftar"]:
                return (
                    f"Baris ini sudah dihapus oleh {jejak['n']}. Isian Anda “{satu.teks or ''}” belum tersimpan; "
                    "salin dahulu, lalu muat ulang halaman untuk mengembalikan barisnya."
                )
        return "Butir ini tidak ada di formulir. Muat ulang halaman."

    def _pasang(
        self, satu: Perubahan, butir: Butir, wadah: dict[str, Any], lama: dict[str, Any] | None, sel: Sel | None
    ) -> None:
        versi = (lama or {}).get("v", 0) + 1
        # an emptied cell keeps its version, so that a later stale save is still seen as stale
        isi = sel.ke_json() if sel else {"nilai": None, "keadaan": "isi", "alasan": ""}
        baru = {**isi, "v": versi, "o": self.oleh.pk, "n": self._penulis(), "p": self.kini.isoformat()}
        wadah[butir.kode] = baru
        self.riwayat[satu.alamat] = [_ringkas(lama), _ringkas(baru)]
        self._akui(satu, butir, baru)

    def _akui(self, satu: Perubahan, butir: Butir, kini: dict[str, Any] | None) -> None:
        tampil = tulis_masukan(butir, Sel.dari_json(butir, kini)) if terisi(kini) and kini else ""
        self.hasil.tersimpan[satu.alamat] = {"versi": (kini or {}).get("v", 0), "tampil": tampil}

    def _bentrok(self, butir: Butir, lama: dict[str, Any] | None, satu: Perubahan) -> dict[str, Any]:
        kini = lama or {}
        return {
            "nilai": tulis_masukan(butir, Sel.dari_json(butir, kini)) if terisi(lama) else "",
            "versi": kini.get("v", 0),
            "oleh": kini.get("n", ""),
            "pada": kini.get("p", ""),
            "keadaan": kini.get("keadaan", "isi"),
            "alasan": kini.get("alasan", ""),
            "isian_anda": str(satu.teks or ""),
        }

    def _penulis(self) -> str:
        """Who stands at the cell: 'Rina', or 'Rina (Kanwil Maluku, atas nama UPT)'."""
        return f"{self.oleh.nama} ({self.sebagai})" if self.sebagai else self.oleh.nama

    def tambah_baris(self, daftar: str, semua: Sequence[str]) -> None:
        """Empty rows under given ids; those that do not fit any more, or whose list the form has lost, are refused by
        their cells."""
        if daftar not in self.skema.daftar or daftar in self.terisi.daftar:
            return
        baris = self.isi["daftar"].setdefault(daftar, [])
        ada, ruang = {b["id"] for b in baris}, self.skema.daftar[daftar].maks - len(baris)
        for baris_id in [satu for satu in semua if satu not in ada][: max(ruang, 0)]:
            baris.append({"id": baris_id, "sel": {}})
            self.riwayat[f"{daftar}/{baris_id}"] = [None, "baris baru"]

    def hapus_baris(self, daftar: str, baris_id: str) -> None:
        """Take a row out; the last ones stay beside the draft as they were, so that one press brings them back."""
        semua = self.isi["daftar"].get(daftar, [])
        letak = next((n for n, b in enumerate(semua) if b["id"] == baris_id), None)
        if letak is None:
            return
        lama = semua[letak]
        self.isi["daftar"][daftar] = semua[:letak] + semua[letak + 1 :]
        self.riwayat[f"{daftar}/{baris_id}"] = [{k: _ringkas(sel) for k, sel in lama["sel"].items()}, "dihapus"]
        jejak = {"daftar": daftar, "letak": letak, "baris": lama, "n": self._penulis(), "p": self.kini.isoformat()}
        self.isi["dihapus"] = [*self.isi.get("dihapus", []), jejak][-MAKS_DIHAPUS:]

    def hapus_yang_dilihat(self, daftar: str, baris_id: str, versi: Mapping[str, int]) -> None:
        """Take a row out as long as it still is what the person saw; what a colleague typed since stays."""
        kini = next((b["sel"] for b in self.isi["daftar"].get(daftar, []) if b["id"] == baris_id), None)
        if kini is None:
            return
        if daftar in self.terisi.daftar:
            satu = self.skema.daftar[daftar]
            self.hasil.ditolak[f"{daftar}/{baris_id}"] = {"pesan": pesan_terisi(satu.judul, satu.register)}
            return
        if versi_sel(kini) != versi:
            self.hasil.ditolak[f"{daftar}/{baris_id}"] = {"pesan": "Baris ini baru saja diubah rekan. Tidak dihapus."}
            return
        self.hapus_baris(daftar, baris_id)
        self.hasil.tersimpan[f"{daftar}/{baris_id}"] = {"versi": 0, "tampil": ""}

    def kembalikan_baris(self, daftar: str, baris_id: str) -> bool:
        """Put a deleted row back where it stood, with its versions; False when it is not kept any more."""
        jejak = self.isi.get("dihapus", [])
        satu = next((j for j in jejak if j["baris"]["id"] == baris_id and j["daftar"] == daftar), None)
        if satu is None:
            return False
        semua = self.isi["daftar"].setdefault(daftar, [])
        self.isi["daftar"][daftar] = [*semua[: satu["letak"]], satu["baris"], *semua[satu["letak"] :]]
        self.isi["dihapus"] = [j for j in jejak if j is not satu]
        self.riwayat[f"{daftar}/{baris_id}"] = [None, "baris baru"]
        for kode, sel in satu["baris"]["sel"].items():
            self.riwayat[f"{daftar}/{baris_id}/{kode}"] = [None, _ringkas(sel)]
        return True

    def selesaikan(self, asal: str) -> None:
        """Write the draft, its history and the move BELUM/SIAP → DRAF; nothing at all when nothing changed."""
        if self.riwayat:
            Draf.objects.filter(pk=self.draf.pk).update(isi=self.isi)
            RiwayatIsian.objects.create(
                laporan=self.laporan,
                upt_id=self.laporan.upt_id,
                kanwil_id=self.laporan.kanwil_id,
                oleh=self.oleh,
                pada=self.kini,
                asal=asal,
                sebagai=self.sebagai,
                perubahan=self.riwayat,
            )
            mulai_mengisi(self.laporan, self.oleh)
        self.hasil.revisi, self.hasil.status = self.laporan.revisi, self.laporan.status


def belum_disalin(daftar: Daftar, sumber: Sequence[Baris], semua: Sequence[Mapping[str, Any]]) -> list[Baris]:
    """Rows of last month that no row of the draft was made from; none when the list keeps nothing between months."""
    sudah = {b.get("a") for b in semua}
    return [b for b in sumber if b.id not in sudah] if daftar.stabil else []


def versi_sel(sel: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Version of every cell of a row."""
    return {kode: satu.get("v", 0) for kode, satu in sel.items()}


def terisi(sel: dict[str, Any] | None) -> bool:
    """Does a draft cell say something? (An emptied cell stays in the draft with its version.)"""
    return bool(sel) and (sel.get("nilai") is not None or sel.get("keadaan", "isi") != "isi")  # type: ignore[union-attr]


def _sama(lama: dict[str, Any] | None, sel: Sel | None) -> bool:
    if sel is None or not terisi(lama):
        return sel is None and not terisi(lama)
    return _ringkas(lama) == _ringkas(sel.ke_json())


def _ringkas(sel: dict[str, Any] | None) -> list[Any] | None:
    return [sel["nilai"], sel["keadaan"], sel["alasan"]] if terisi(sel) and sel else None


def _penolakan(butir: Butir, galat: GalatIsian) -> dict[str, Any]:
    tolak: dict[str, Any] = {"pesan": f"{butir.label}: {galat.pesan}"}
    if galat.tanya is not None:
        tolak["tanya"] = tulis_masukan(butir, Sel(galat.tanya))
    return tolak


def mulai_mengisi(laporan: Laporan, oleh: Pengguna) -> None:
    """The `isi` row of the status table. Every save raises the revision, so that nobody certifies what they have
    not seen. Staying in the same status leaves no event: the typing history has it."""
    baris = transisi(laporan.status, Aksi.ISI)
    if baris is None:
        return
    laporan.status, laporan.revisi = baris.ke.value, laporan.revisi + 1
    Laporan.objects.filter(pk=laporan.pk).update(status=laporan.status, revisi=laporan.revisi, diubah_pada=sekarang())
    if baris.dari != baris.ke:
        catat_transisi(laporan, baris, oleh=oleh, versi=laporan.versi_masuk)


# Rows of line lists, and answers to findings -----------------------------------------------------------------------


def tambah_baris(
    *,
    laporan_id: UUID,
    daftar: str,
    oleh: Pengguna,
    cakupan: Cakupan,
    isi: dict[str, str] | None = None,
    kunci: str = "",
) -> tuple[str, HasilSimpan]:
    """Add an empty row (or one filled with `isi`) to a line list; returns its id and what happened to its cells.

    With `kunci` a repeated request gets the row of the first one.
    """
    hasil = HasilSimpan()

    def kerjakan() -> dict[str, Any]:
        nonlocal hasil
        baris, hasil = _tambah_baris(laporan_id, daftar, oleh, cakupan, isi or {})
        return {"baris": baris}

    with transaction.atomic():
        if not kunci:
            return kerjakan()["baris"], hasil
        jejak = sidik(["tambah_baris", str(laporan_id), daftar])
        return jawab_sekali(aktor=oleh, kunci=kunci, sidik=jejak, kerjakan=kerjakan)["baris"], hasil


def _tambah_baris(
    laporan_id: UUID, daftar: str, oleh: Pengguna, cakupan: Cakupan, isi: dict[str, str]
) -> tuple[str, HasilSimpan]:
    laporan = kunci_laporan(laporan_id, cakupan)
    pastikan_dapat_diisi(laporan, oleh)
    if daftar not in laporan.skema.daftar:
        raise TidakSah("Daftar ini tidak ada di formulir. Muat ulang halaman.")
    penulis = Penulis(laporan, pastikan_draf(laporan), oleh)
    penulis.pastikan_diketik(daftar)
    baris = penulis.isi["daftar"].setdefault(daftar, [])
    if len(baris) >= laporan.skema.daftar[daftar].maks:
        raise TidakSah(f"Daftar ini memuat paling banyak {laporan.skema.daftar[daftar].maks} baris.")
    baris_id = uuid.uuid4().hex[:12]
    baris.append({"id": baris_id, "sel": {}})
    penulis.riwayat[f"{daftar}/{baris_id}"] = [None, "baris baru"]
    for kode, teks in isi.items():
        penulis.tulis(Perubahan(kode, teks, daftar=daftar, baris=baris_id))
    penulis.selesaikan("web")
    return baris_id, penulis.hasil


def hapus_baris(*, laporan_id: UUID, daftar: str, baris: str, oleh: Pengguna, cakupan: Cakupan) -> None:
    """Take a row out of a line list; its content stays in the typing history."""
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        pastikan_dapat_diisi(laporan, oleh)
        penulis = Penulis(laporan, pastikan_draf(laporan), oleh)
        penulis.pastikan_diketik(daftar)
        penulis.hapus_baris(daftar, baris)
        penulis.selesaikan("web")


def tanggapi(
    *,
    laporan_id: UUID,
    jawaban: Mapping[str, Mapping[str, Any]],
    oleh: Pengguna,
    cakupan: Cakupan,
    terlihat: Mapping[str, str] | None = None,
) -> None:
    """Answer findings: {finding id: {"benar": tick, "alasan": text}}.

    `terlihat` holds the `cap_jawaban` of what the person saw: untouched answers are left alone, and one that a
    colleague changed meanwhile is refused (TidakSah, nothing saved).
    """
    cap = terlihat or {}
    jawaban = {k: satu for k, satu in jawaban.items() if k not in cap or cap_jawaban(satu) != cap[k]}
    bersih = {k: _bersihkan_jawaban(satu) for k, satu in jawaban.items() if len(k) <= 120 and k.isprintable()}
    if len(bersih) > MAKS_JAWABAN:
        raise TidakSah("Terlalu banyak jawaban dalam satu kali simpan. Muat ulang halaman.")
    with transaction.atomic():
        laporan = kunci_laporan(laporan_id, cakupan)
        pastikan_dapat_diisi(laporan, oleh)
        penulis = Penulis(laporan, pastikan_draf(laporan), oleh)
        lama = penulis.isi["tanggapan"]
        _pastikan_tidak_menimpa(lama, bersih, cap)
        for kunci, satu in bersih.items():
            if lama.get(kunci, _TANPA_JAWABAN) != satu:
                penulis.riwayat[f"tanggapan/{kunci}"] = [lama.get(kunci), satu]
        penulis.isi["tanggapan"] = {**lama, **bersih}
        penulis.selesaikan("web")


def _pastikan_tidak_menimpa(
    lama: Mapping[str, Mapping[str, Any]], baru: Mapping[str, Mapping[str, Any]], cap: Mapping[str, str]
) -> None:
    for kunci, satu in baru.items():
        kini = lama.get(kunci, _TANPA_JAWABAN)
        if kunci in cap and cap_jawaban(kini) not in (cap[kunci], cap_jawaban(satu)):
            raise TidakSah(
                f"Jawaban ini baru saja diubah rekan Anda menjadi “{kini['alasan'] or 'Benar'}”. "
                f"Jawaban Anda “{satu['alasan'] or 'kosong'}” belum disimpan; periksa, lalu simpan lagi."
            )


def _bersihkan_jawaban(satu: Mapping[str, Any]) -> dict[str, Any]:
    try:
        alasan = bersihkan_teks(satu.get("alasan") or "", 500, baris_banyak=True)
    except GalatTeks as galat:
        raise TidakSah(galat.pesan) from galat
    return {"benar": bool(satu.get("benar")), "alasan": alasan}
