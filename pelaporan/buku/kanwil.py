"""The Kanwil's workbook: one form and month, a row per unit, a column per item; for units that are cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pelaporan.alur import LABEL_STATUS, Status, dapat_diisi
from pelaporan.buku import baca, gaya, sampul
from pelaporan.buku.meta import TERISI_REGISTER, Meta, potret
from pelaporan.buku.templat import KEPALA, Buku, Judul, sebaris, timpa_sebaris
from pelaporan.butir import Butir
from pelaporan.konteks import isian_laporan
from pelaporan.models import Laporan
from pelaporan.turunan import Terisi, muat_laporan
from pemasyarakatan.inti.waktu import Bulan
from upt.models import Kanwil

BarisUnit = tuple[Laporan, Mapping[str, Any]]
KOLOM_SEHALAMAN = 14
Salinan = Mapping[str, Mapping[str, Any]]


def buat(
    kanwil: Kanwil,
    bulan: Bulan,
    semua: Sequence[BarisUnit],
    salinan: Salinan,
    catatan: Sequence[sampul.Catatan] = (),
) -> bytes:
    """Units whose report cannot be filled in are listed too, locked, with the reason. The newest version of the form
    decides the columns; units on another version are locked."""
    acuan = max((laporan for laporan, _ in semua), key=lambda x: x.formulir_versi.berlaku_dari)
    formulir = {
        f"{laporan.formulir_id}/{laporan.upt.kode}": potret(laporan.skema.sidik, draf)
        for laporan, draf in semua
        if dapat_diisi(laporan.status)
    }
    meta = Meta("kanwil", kanwil.slug, str(kanwil), bulan.kode, formulir)
    buku = Buku(Judul(str(kanwil), bulan.nama, (bulan - 1).nama), meta)
    buku.awal(catatan, sampul.LANGKAH_KANWIL)
    _Lembar(buku, acuan, semua, salinan).tulis()
    return buku.selesai()


def kolom_isian(laporan: Laporan) -> list[Butir]:
    return [b for b in laporan.skema.butir.values() if b.diketik]


class _Lembar:
    def __init__(self, buku: Buku, acuan: Laporan, semua: Sequence[BarisUnit], salinan: Salinan) -> None:
        self.b, self.acuan, self.semua, self.salinan = buku, acuan, semua, salinan
        self.kolom, self.ws = kolom_isian(acuan), buku.lembar(f"{acuan.formulir_id} {acuan.formulir.nama}")

    def tulis(self) -> None:
        ws, g = self.ws, self.b.gaya
        self.ws.set_tab_color(gaya.WARNA[0])
        for i, (teks, lebar) in enumerate((("Kode UPT", 28), ("UPT", 30), ("Keadaan laporan", 32))):
            ws.set_column(i, i, lebar, None, {"hidden": not i})
            ws.write_string(KEPALA, i, teks, g.kepala)
        ws.write_string(KEPALA - 1, 0, f"{baca.TANDA_KANWIL}{self.acuan.formulir_id}", g.kode)
        tinggi = gaya.kepala_kolom(ws, g, KEPALA, 3, [(b, 15) for b in self.kolom])
        ws.set_row(KEPALA - 1, None, None, {"hidden": True})
        ws.set_row(KEPALA, tinggi)
        for n, (laporan, draf) in enumerate(self.semua, KEPALA + 1):
            self._baris(n, laporan, draf)
        akhir = KEPALA + len(self.semua)
        for i, butir in enumerate(self.kolom, 3):
            if aturan := gaya.aturan_butir(butir, self.b.rujukan):
                ws.data_validation(KEPALA + 1, i, akhir, i, aturan)
        ws.autofilter(KEPALA, 0, akhir, 2 + len(self.kolom))
        judul = f"{self.acuan.formulir_id} {self.acuan.formulir.nama}, diisi atas nama UPT"
        self.b.bingkai(ws, judul, "Satu baris satu UPT. Sel abu-abu tidak dapat diisi.", beku=3)
        if len(self.kolom) > KOLOM_SEHALAMAN:  # too wide for one sheet of paper: units repeat on every one
            ws.fit_to_pages(0, 0)
            ws.set_print_scale(65)
            ws.repeat_columns(1, 2)

    def _baris(self, n: int, laporan: Laporan, draf: Mapping[str, Any]) -> None:
        ws, g, buka = self.ws, self.b.gaya, sebab(laporan, self.acuan) == ""
        ws.write_string(n, 0, laporan.upt.kode, g.kode)
        ws.write_string(n, 1, laporan.upt.nama, g.tetap)
        keadaan = sebab(laporan, self.acuan) or LABEL_STATUS[Status(laporan.status)]
        ws.write_string(n, 2, keadaan, g.tetap)
        ws.set_row(n, max(gaya.tinggi(laporan.upt.nama, 30), gaya.tinggi(keadaan, 32)))
        terisi = muat_laporan(laporan, atau_ketik=True) if buka else Terisi()
        isian = isian_laporan(laporan, draf, terisi)
        ubah = self.salinan.get(str(laporan.pk), {})
        timpa, komentar = ubah.get("timpa", {}), ubah.get("komentar", {})
        for i, butir in enumerate(self.kolom, 3):
            nilai, pesan = sebaris(butir, isian.sel.get(butir.kode)), komentar.get(butir.kode)
            ketik = buka and isian.dapat_diketik(butir)
            if butir.kode in timpa and butir.kode not in isian.terisi:
                nilai = timpa_sebaris(timpa[butir.kode])
            gaya.tulis_nilai(ws, n, i, butir, nilai, g.isian(butir, salah=bool(pesan)) if ketik else g.lalu(butir))
            if butir.kode in isian.terisi and not pesan:
                ws.write_comment(n, i, TERISI_REGISTER, gaya.KOMENTAR)
            if pesan:
                self.b.tempat[str(laporan.pk), butir.kode] = f"'{ws.name}'!{baca.huruf_kolom(i + 1)}{n + 1}"
                ws.write_comment(n, i, pesan, gaya.KOMENTAR)


def sebab(laporan: Laporan, acuan: Laporan) -> str:
    """Why a unit's row cannot be filled in; empty when it can."""
    if not dapat_diisi(laporan.status):
        return f"{LABEL_STATUS[Status(laporan.status)]}: tidak dapat diisi"
    if laporan.formulir_versi_id != acuan.formulir_versi_id:
        return "Formulir versi lain: isi lewat halaman unit"
    return ""
