"""What the shell of every page shows: whose unit, which menu, who am I."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from pemasyarakatan.akun.izin import Izin, boleh
from upt.models import JENIS_HUNI


@dataclass(frozen=True)
class Butir:
    label: str
    url: str
    aktif: bool


@dataclass(frozen=True)
class Orang:
    nama: str
    peran: str


# (label, URL name, the right it takes; None: everybody who is logged in)
_MENU: tuple[tuple[str, str, Izin | None], ...] = (
    ("Beranda", "beranda", None),
    ("Verifikasi", "pelaporan:antrean", Izin.TINJAU_LAPORAN),
    ("Tagihan", "pelaporan:tagihan", Izin.TINJAU_LAPORAN),
    ("Dasbor", "dasbor:nasional", Izin.LIHAT_DASBOR),
    ("Pangan", "pangan:beranda", Izin.LIHAT_REGISTER),
    ("UMKM", "umkm:beranda", Izin.LIHAT_REGISTER),
    ("Remisi", "remisi:beranda", Izin.LIHAT_TOTAL),
    ("Warga binaan", "wbp:beranda", Izin.LIHAT_WARGA),
    ("Kelengkapan", "pelaporan:kelengkapan", Izin.LIHAT_DASBOR),
    ("Organisasi", "upt:daftar", Izin.LIHAT_DASBOR),
    ("Laporan kinerja", "dasbor:kinerja", Izin.BUAT_LAPORAN_KINERJA),
    ("Periode", "pelaporan:periode", Izin.KELOLA_PERIODE),
    ("Formulir", "pelaporan:formulir", Izin.KELOLA_FORMULIR),
    ("Aturan", "remisi:aturan", Izin.KELOLA_ATURAN),
    ("Kelola", "admin:index", Izin.KELOLA_PENGGUNA),
)
# Needed now and then: below the person's name, so that the menu stays one line.
_MENU_AKUN: tuple[tuple[str, str, Izin | None], ...] = (
    ("Kalkulator remisi", "remisi:kalkulator", None),
    ("Aturan remisi", "remisi:aturan", Izin.LIHAT_TOTAL),
    ("Jejak perubahan", "jejak", Izin.LIHAT_JEJAK),
)


# Pages without an entry of their own, reached from the page of one's work.
_DARI_RUMAH = ("/upt/", "/laporan/", "/telusur/")


def tampilan(request: HttpRequest) -> dict[str, Any]:
    pengguna: Any = getattr(request, "user", None)
    masuk = pengguna is not None and pengguna.is_authenticated and hasattr(request, "cakupan")
    return {
        "tampilan": {
            "latihan": settings.MODE_LATIHAN,
            "unit": _nama_unit(pengguna) if masuk else "",
            "navigasi": _navigasi(request, pengguna) if masuk else [],
            "menu_akun": _menu(pengguna, _MENU_AKUN) if masuk else [],
            "pengguna": Orang(pengguna.nama, pengguna.label_peran) if masuk else None,
        }
    }


def _nama_unit(pengguna: Any) -> str:
    """The unit a person works for, so that nobody edits the wrong one; several are named as a number."""
    semua = (str(t.upt or t.kanwil or "Direktorat Jenderal Pemasyarakatan") for t in pengguna.tugas_aktif())
    nama = list(dict.fromkeys(semua))
    return nama[0] if len(nama) == 1 else f"{len(nama)} unit" if nama else ""


def _menu(pengguna: Any, butir: tuple[tuple[str, str, Izin | None], ...]) -> list[tuple[str, str]]:
    """(label, address) of what this person may open and has."""
    return [
        (label, reverse(nama))
        for label, nama, izin in butir
        if (izin is None or boleh(pengguna, izin)) and (nama != "wbp:beranda" or _menampung(pengguna))
    ]


def _menampung(pengguna: Any) -> bool:
    """Whether this person works anywhere but at units that hold no inmates, as a Bapas: those keep no register of them.
    What a Bapas has to do with inmates is below Remisi (Litmas)."""
    return any(t.upt is None or t.upt.jenis in JENIS_HUNI for t in pengguna.tugas_aktif())


def _navigasi(request: HttpRequest, pengguna: Any) -> list[Butir]:
    """The menu of a person's rights; the entry with the longest matching address is the current one.

    "Beranda" is the home of a unit. For others it would only lead to another entry of this menu.
    """
    menu = _menu(pengguna, _MENU)
    if len(menu) > 1 and not request.cakupan.upt:  # type: ignore[attr-defined]
        menu = menu[1:]
    cocok = [url for _, url in menu if request.path == url or (url != "/" and request.path.startswith(url))]
    rumah = menu[0][1] if request.path.startswith(_DARI_RUMAH) else None
    kini = max(cocok, key=len, default=rumah)
    return [Butir(label, url, url == kini) for label, url in menu]
