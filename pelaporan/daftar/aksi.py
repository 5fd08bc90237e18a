"""What the buttons of a line list ask for on the section page, after everything typed on it has been saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pelaporan.daftar.jendela import AWAL, Minta
from pelaporan.daftar.services import Batalan, batal_tempel, kembalikan, salin_satu

AKSI = ("barissalin", "bariskembali", "bataltempel", "hal", "tempel")


@dataclass(frozen=True)
class HasilAksi:
    """Where the page goes next: parameters and anchor; a list whose paste is to be previewed."""

    parameter: dict[str, str] = field(default_factory=dict)
    jangkar: str = ""
    pesan: str = ""
    pratinjau: str = ""


def kerjakan(aksi: str, kunci: str, umum: dict[str, Any]) -> HasilAksi | None:
    """Do what `aksi` names: `barissalin:<list>/<row>`, `bariskembali:<list>/<row>`, `bataltempel:<list>/<paste>`,
    `hal:<list>/<window>`, `tempel:<list>`. None for every other button. Raises TidakSah.
    """
    macam, _, sasaran = aksi.partition(":")
    if macam not in AKSI:
        return None
    daftar, _, satu = sasaran.partition("/")
    if macam == "tempel":
        return HasilAksi(pratinjau=daftar)
    if macam == "hal":
        return HasilAksi({f"{AWAL}{daftar}": Minta.dari(satu).kode}, f"d-{daftar}")
    if macam == "bataltempel":
        return HasilAksi(jangkar=f"d-{daftar}", pesan=_kalimat_batal(batal_tempel(tanda=satu, **umum)))
    if macam == "barissalin":
        satu = salin_satu(daftar=daftar, baris=satu, kunci=kunci, **umum)
        return HasilAksi({"baris": satu}, f"b-{satu}", "Baris disalin. Periksa salinannya, lalu ubah yang berbeda.")
    kembalikan(daftar=daftar, baris=satu, **umum)
    return HasilAksi({"baris": satu}, f"b-{satu}", "Baris dikembalikan ke tempatnya.")


def _kalimat_batal(hasil: Batalan) -> str:
    ada = ((hasil.baris, "baris dihapus"), (hasil.sel, "sel kembali seperti semula"))
    kata = ", ".join(f"{n} {teks}" for n, teks in ada if n) or "tidak ada yang perlu diubah"
    sisa = f" {hasil.tertahan} sudah diubah sesudah ditempel, jadi dibiarkan." if hasil.tertahan else ""
    return f"Tempelan dibatalkan: {kata}.{sisa}"
