"""Grants so far that an export brings: one a row of its second sheet, or told by the sums of a person's row. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol

from wbp.indeks import GalatNomor, baku_nomor, ujung_nomor
from wbp.sdp.kolom import REMISI, Baca
from wbp.sdp.tafsir import GalatSel

BARU, SAMA, DITOLAK = "baru", "sama", "ditolak"
TAK_DIKENAL = "Nomor register ini tidak ada di berkas maupun di register unit. Periksa nomornya."
ORANG_DITOLAK = "Baris orangnya ditolak atau orangnya sudah keluar, jadi remisinya belum diambil."
BEDA = "Remisi jenis dan tanggal ini sudah tercatat dengan besaran lain. Betulkan di halaman orangnya."
DAHULU = "Remisi ini mendahului penahanan orangnya. Periksa kedua tanggal."
KOSONG = "Besar remisi kosong. Isi bulan atau harinya."
LENGKAPI = "Berkas menyebut {ru} RU dan {rk} RK, yang tercatat {ru_ada} RU dan {rk_ada} RK. Lengkapi lembar Remisi."


class Pemberian(NamedTuple):
    """One grant."""

    jenis: str
    tanggal: date
    bulan: int
    hari: int

    @property
    def kunci(self) -> tuple[str, date]:
        return self.jenis, self.tanggal


class Punya(Protocol):
    """A person's row of the same file."""

    n: int
    id: int | None
    inisial: str
    ujung: str


@dataclass
class BarisRemisi:
    """One grant of the file: whose it is (`id` known, or the row `orang` that is new), and what becomes of it."""

    n: int
    keadaan: str = BARU
    id: int | None = None
    orang: int | None = None
    ujung: str = ""
    pesan: str = ""
    beri: Pemberian | None = None
    baku: str = field(default="", repr=False)

    @classmethod
    def baca(cls, n: int, sel: Mapping[str, Any], baca: Mapping[str, Baca]) -> BarisRemisi:
        satu, isi = cls(n), dict[str, Any]()
        for nama, nilai in sel.items():
            try:
                isi |= baca[nama](nilai)
            except GalatSel as galat:
                satu._tolak(galat.pesan)
        try:
            satu.baku, satu.ujung = baku_nomor(isi.get("nomor", "")), ujung_nomor(isi.get("nomor", ""))
        except GalatNomor as galat:
            satu._tolak(galat.pesan)
        if satu.keadaan == BARU:
            satu._isi(isi)
        return satu

    def _isi(self, isi: Mapping[str, Any]) -> None:
        if "jenis" not in isi or "tanggal" not in isi:
            self._tolak("Jenis atau tanggal remisinya kosong.")
        elif not (isi.get("bulan") or isi.get("hari")):
            self._tolak(KOSONG)
        else:
            self.beri = Pemberian(isi["jenis"], isi["tanggal"], isi.get("bulan", 0), isi.get("hari", 0))

    def _tolak(self, pesan: str) -> None:
        self.keadaan, self.pesan = DITOLAK, self.pesan or pesan

    def cocokkan(self, orang: Punya | None, ada: list[Pemberian] | None, tahan: date | None) -> None:
        """Against the grants that the person has; the same again is nothing new."""
        if self.beri is None:
            return
        if ada is None:
            self._tolak(TAK_DIKENAL)
        elif orang is None and self.id is None:
            self._tolak(ORANG_DITOLAK)
        elif tahan is not None and self.beri.tanggal < tahan:
            self._tolak(DAHULU)
        else:
            if orang is not None:
                self.id, self.orang = orang.id, orang.n
            self._banding(ada)

    def _banding(self, ada: list[Pemberian]) -> None:
        assert self.beri is not None
        sama = next((p for p in ada if p.kunci == self.beri.kunci), None)
        if sama == self.beri:
            self.keadaan = SAMA
        elif sama is not None:
            self._tolak(BEDA)
        else:
            ada.append(self.beri)

    def ke_json(self) -> dict[str, Any]:
        beri = self.beri
        isi = {n: getattr(self, n) for n in ("n", "keadaan", "id", "orang", "ujung", "pesan")}
        return {**isi, "beri": [beri.jenis, beri.tanggal.isoformat(), beri.bulan, beri.hari] if beri else None}

    @classmethod
    def dari_json(cls, isi: Mapping[str, Any]) -> BarisRemisi:
        beri = isi["beri"]
        dibaca = Pemberian(beri[0], date.fromisoformat(beri[1]), beri[2], beri[3]) if beri else None
        return cls(**{**isi, "beri": dibaca})


class Tambahan(NamedTuple):
    satu: BarisRemisi | None
    catatan: str


def dari_jumlah(n: int, jumlah: Mapping[str, Any], ada: Sequence[Pemberian], tahan: date | None) -> Tambahan:
    """What sums tell: one grant in all is known in full; of several neither dates nor shares are, so they are asked."""
    if not jumlah.get("jumlah_ru") and not jumlah.get("jumlah_rk"):
        return Tambahan(None, "")
    ru, rk = jumlah.get("jumlah_ru", 0), jumlah.get("jumlah_rk", 0)
    ru_ada, rk_ada = (sum(1 for p in ada if p.jenis == jenis) for jenis in ("RU", "RK"))
    if (ru, rk) == (ru_ada, rk_ada):
        return Tambahan(None, "")
    bulan, hari, tanggal = (jumlah.get(k) for k in ("remisi_bulan", "remisi_hari", "remisi_terakhir"))
    wajar = (bulan or 0) + (hari or 0) > 0 and (bulan or 0) <= 12 and (hari or 0) <= 360
    if ru + rk == 1 and not ada and wajar and tanggal is not None and (tahan is None or tanggal >= tahan):
        beri = Pemberian("RU" if ru else "RK", tanggal, bulan or 0, hari or 0)
        return Tambahan(BarisRemisi(n, beri=beri), "")
    return Tambahan(None, LENGKAPI.format(ru=ru, rk=rk, ru_ada=ru_ada, rk_ada=rk_ada))


def label(jenis: str) -> str:
    return REMISI.get(jenis, jenis)
