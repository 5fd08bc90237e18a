"""The preview page as data: what a plan would do, in the words of the page. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pelaporan.buku import batas, rencana

NAMA = {
    rencana.BERUBAH: "Berubah",
    rencana.BARU: "Baru",
    rencana.HAPUS: "Baris dikosongkan",
    rencana.HILANG: "Dihapus dari berkas",
    rencana.BENTROK: "Diubah rekan",
    rencana.TANYA: "Perlu ditanya",
    rencana.DITOLAK: "Ditolak",
}
URUT = (rencana.DITOLAK, rencana.TANYA, rencana.BENTROK, rencana.HILANG, rencana.HAPUS, rencana.BERUBAH, rencana.BARU)


@dataclass(frozen=True)
class BarisSajian:
    """One planned cell as a row of the page."""

    kunci: str
    jenis: str
    nama: str
    formulir: str
    upt: str
    label: str
    tempat: str
    lama: str
    baru: str
    pesan: str
    tanya: str


@dataclass(frozen=True)
class Hitungan:
    jenis: str
    nama: str
    jumlah: int


@dataclass(frozen=True)
class Hilang:
    """Rows of one list that the file lacks: one choice for all of them."""

    kunci: str
    judul: str
    jumlah: int


@dataclass(frozen=True)
class Sajian:
    """Counts over everything; `baris` are the first ones of the chosen kind (what needs a look comes first)."""

    hitungan: list[Hitungan]
    sama: int
    benar: int
    galat: int
    baris: list[BarisSajian]
    total: int
    abaikan: list[str]
    luar: list[tuple[str, str]]
    hilang: list[Hilang]

    @property
    def tidak_dibaca(self) -> int:
        return len(self.luar) + len(self.abaikan)

    @property
    def sisa(self) -> int:
        return self.total - len(self.baris)


def sajikan(isi: Mapping[str, Any], pilih: str = "") -> Sajian:
    """`pilih`: one kind only; empty: all kinds."""
    semua = [b for laporan in isi["laporan"] for b in _baris(laporan)]
    jumlah = {j: sum(b.jenis == j for b in semua) for j in NAMA}
    luar = [(t, p) for t, p in isi["galat"]]
    tampak = sorted((b for b in semua if pilih in ("", b.jenis)), key=lambda b: URUT.index(b.jenis))
    return Sajian(
        hitungan=[Hitungan(j, NAMA[j], n) for j, n in jumlah.items() if n],
        sama=sum(laporan["sama"] for laporan in isi["laporan"]),
        benar=sum(jumlah[j] for j in rencana.BENAR),
        galat=jumlah[rencana.DITOLAK] + jumlah[rencana.TANYA] + jumlah[rencana.BENTROK] + len(luar),
        baris=tampak[: batas.GALAT_TAMPIL],
        total=len(tampak),
        abaikan=list(isi["abaikan"])[: batas.GALAT_TAMPIL],
        luar=luar[: batas.GALAT_TAMPIL],
        hilang=[satu for laporan in isi["laporan"] for satu in _hilang(laporan)],
    )


def _hilang(laporan: Mapping[str, Any]) -> list[Hilang]:
    hitung: dict[tuple[str, str], int] = {}
    for b in laporan["butir"]:
        if b["jenis"] == rencana.HILANG:
            kunci = (b["alamat"].partition("/")[0], b["label"])
            hitung[kunci] = hitung.get(kunci, 0) + 1
    return [Hilang(f"{laporan['id']}|{daftar}", judul, n) for (daftar, judul), n in hitung.items()]


def _baris(laporan: Mapping[str, Any]) -> list[BarisSajian]:
    umum = {"formulir": laporan["formulir"], "upt": laporan["upt"]}
    return [
        BarisSajian(
            kunci=f"{laporan['id']}|{b['alamat']}", jenis=b["jenis"], nama=NAMA[b["jenis"]], label=b["label"],
            tempat=b.get("tempat", ""), lama=b.get("lama", ""), baru=b.get("baru", ""), pesan=b.get("pesan", ""),
            tanya=b.get("tanya", ""), **umum,
        )
        for b in laporan["butir"]
    ]  # fmt: skip
