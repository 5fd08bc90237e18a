"""Writing an accepted plan with the services of the register; inside the transaction of the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pelaporan.register.services import Jawaban
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.galat import TidakSah
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.kolom import ISI
from wbp.models import CatatanPerilaku
from wbp.models import Pemberian as BarisPemberian
from wbp.sdp.rencana import BARU, BERUBAH, Baris, Rencana
from wbp.services_catatan import Beri, Perilaku, catat_pemberian, catat_perilaku
from wbp.services_data import catat_banyak, keluarkan, ubah_banyak

_ISI = frozenset(("nama", "nomor", *(k.nama for k in ISI)))
ALASAN_KELUAR = ("Bebas", "Pindah ke unit lain", "Meninggal", "Lainnya")


@dataclass(frozen=True)
class Keluar:
    """Persons whom the file does not name any more and who left, since when and why."""

    id: tuple[int, ...]
    tanggal: date
    alasan: str

    def periksa(self, boleh: Sequence[Mapping[str, Any]], hari: date) -> None:
        """Against those whom the plan offers (`Rencana.keluar`). Raises TidakSah."""
        if self.id and not self.alasan:
            raise TidakSah("Pilih mengapa mereka keluar.", bidang="alasan")
        if self.tanggal > hari:
            raise TidakSah("Tanggal keluar belum tiba.", bidang="tanggal")
        dipilih = set(self.id)
        if not dipilih <= {o["id"] for o in boleh}:
            raise TidakSah("Daftar orang yang keluar sudah berubah. Muat ulang halaman, lalu tandai lagi.")
        dini = [o for o in boleh if o["id"] in dipilih and self.tanggal < date.fromisoformat(o["sejak"])]
        if dini:
            siapa = f"{dini[0]['inisial']} •••{dini[0]['ujung']}"
            lain = f" dan {tulis_angka(len(dini) - 1)} orang lain" if len(dini) > 1 else ""
            raise TidakSah(
                f"Tanggal ini mendahului masuknya {siapa}{lain}. Pilih tanggal sesudahnya.", bidang="tanggal"
            )

    def ke_json(self) -> dict[str, Any]:
        return {"id": list(self.id), "tanggal": self.tanggal.isoformat(), "alasan": self.alasan}

    @classmethod
    def dari_json(cls, isi: Mapping[str, Any]) -> Keluar:
        return cls(tuple(isi["id"]), date.fromisoformat(isi["tanggal"]), isi["alasan"])


def tulis(rencana: Rencana, *, upt: UPT, keluar: Keluar | None, oleh: Pengguna, cakupan: Cakupan) -> None:
    """New persons, changes, marks, grants, leavings: all or none. Raises what the services raise."""
    siapa: dict[str, Any] = {"oleh": oleh, "cakupan": cakupan}
    baru = [b for b in rencana.baris if b.jenis == BARU]
    for baris, pk in zip(baru, catat_banyak(upt=upt, baris=[_isi(b) for b in baru], **siapa), strict=True):
        baris.id = pk
    berubah = {b.id: isi for b in rencana.baris if b.jenis == BERUBAH and b.id is not None if (isi := _ubah(b))}
    if berubah:
        ubah_banyak(upt=upt, ubahan=berubah, **siapa)
    if catatan := [c for b in rencana.baris if b.jenis in (BARU, BERUBAH) for c in _perilaku(b)]:
        catat_perilaku(catatan=catatan, **siapa)
    if beri := _beri(rencana):
        catat_pemberian(pemberian=beri, asal=BarisPemberian.Asal.IMPOR, **siapa)
    if keluar is not None and keluar.id:
        setuju = Jawaban(frozenset(("keluar_lampau",)))  # asked before the import was saved (`perlu_yakin`)
        keluarkan(data=list(keluar.id), tanggal=keluar.tanggal, alasan=keluar.alasan, jawaban=setuju, **siapa)


def _isi(baris: Baris) -> dict[str, Any]:
    return {n: v for n, v in baris.isi.items() if n in _ISI}


def _ubah(baris: Baris) -> dict[str, Any]:
    """Changed columns; a name only when it is another, the number never (it is how the person was found)."""
    return {n: v for n, v in _isi(baris).items() if n != "nomor"}


def _perilaku(baris: Baris) -> list[Perilaku]:
    assert baris.id is not None
    isi, hasil = baris.isi, []
    if isi.get("sppn_tanggal") and isi.get("sppn_predikat"):
        jenis = CatatanPerilaku.Jenis.SPPN
        hasil.append(Perilaku(baris.id, jenis, isi["sppn_tanggal"], isi["sppn_predikat"]))
    if isi.get("register_f_terakhir"):
        hasil.append(Perilaku(baris.id, CatatanPerilaku.Jenis.REGISTER_F, isi["register_f_terakhir"]))
    return hasil


def _beri(rencana: Rencana) -> list[Beri]:
    """Grants that are new, of persons who are known by now."""
    id_baris = {b.n: b.id for b in rencana.baris}
    hasil = []
    for satu in rencana.remisi:
        pk = satu.id if satu.id is not None else id_baris.get(satu.orang or 0)
        if satu.keadaan == "baru" and satu.beri is not None and pk is not None:
            hasil.append(Beri(pk, *satu.beri))
    return hasil
