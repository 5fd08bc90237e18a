"""Accounts of the training instance: visibly invented persons, one password for all of them.

Every unit that reports has an operator and a head, every Kanwil a verifier and a head, so that each figure
shows its own people. A few of them, one for each role at least, carry short names and are listed to try out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from dasbor.contoh.profil import JENIS_WAJIB
from pemasyarakatan.akun.izin import PERAN
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import TidakSah
from pemasyarakatan.jejak.services import catat
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Kanwil, Penugasan

SANDI = "latihan-pemasyarakatan"
MULAI = date(2015, 1, 1)
_UPT_UTAMA = {
    "lapas-kelas-iia-ambon": "ambon",
    "lapas-kelas-iia-pekanbaru": "pekanbaru",
    "bapas-kelas-ii-ambon": "bapas.ambon",
}
_KANWIL_UTAMA = ("maluku", "riau")
_PUSAT = {
    "peninjau.pusat": ("peninjau_pusat", "Peninjau Contoh Pusat"),
    "pimpinan.pusat": ("pimpinan", "Pimpinan Contoh"),
    "auditor.pusat": ("auditor", "Auditor Contoh"),
    "admin.pusat": ("admin", "Admin Contoh"),
}


@dataclass(frozen=True)
class Orang:
    """An invented person and the one assignment they have."""

    nama_pengguna: str
    nama: str
    peran: str
    upt: UPT | None = None
    kanwil: Kanwil | None = None


@dataclass(frozen=True)
class Akun:
    """A row of the table of demo accounts."""

    peran: str
    nama_pengguna: str
    unit: str


def pastikan_latihan() -> None:
    """Known passwords belong to a training instance only. Raises TidakSah elsewhere."""
    if not settings.MODE_LATIHAN:
        raise TidakSah("Data contoh hanya untuk instansi latihan. Jalankan dengan MODE_LATIHAN=1.")


def buat_akun() -> int:
    """Create what is missing (idempotent); returns the number of new accounts."""
    pastikan_latihan()
    with terpasang(SISTEM), transaction.atomic():
        ada = set(Pengguna.objects.values_list("nama_pengguna", flat=True))
        baru = [orang for orang in _orang() if orang.nama_pengguna not in ada]
        sandi = make_password(SANDI) if baru else ""
        pengguna = Pengguna.objects.bulk_create([_pengguna(o, sandi) for o in baru], batch_size=2000)
        Penugasan.objects.bulk_create([_penugasan(p, o) for p, o in zip(pengguna, baru, strict=True)], batch_size=2000)
        if baru:
            catat(
                oleh=None,
                tindakan="buat_akun_contoh",
                objek="pengguna",
                objek_id="contoh",
                rincian={"baru": len(baru)},
            )
        return len(baru)


def _orang() -> Iterable[Orang]:
    for nama_pengguna, (peran, nama) in _PUSAT.items():
        yield Orang(nama_pengguna, nama, peran)
    for kanwil in Kanwil.objects.order_by("kode"):
        yield Orang(
            f"verifikator.{kanwil.slug}",
            f"Verifikator Contoh {kanwil.nama_pendek}",
            "verifikator_kanwil",
            None,
            kanwil,
        )
        yield Orang(f"kakanwil.{kanwil.slug}", f"Kakanwil Contoh {kanwil.nama_pendek}", "kepala_kanwil", None, kanwil)
    for upt in UPT.objects.filter(jenis__in=JENIS_WAJIB).select_related("kanwil").order_by("kode"):
        sebutan = _UPT_UTAMA.get(upt.kode, f"u{upt.pk:03}")
        nama = sebutan.replace(".", " ").title() if upt.kode in _UPT_UTAMA else upt.nama
        yield Orang(f"operator.{sebutan}", f"Operator Contoh {nama}"[:120], "operator_upt", upt, upt.kanwil)
        yield Orang(f"kepala.{sebutan}", f"Kepala Contoh {nama}"[:120], "kepala_upt", upt, upt.kanwil)


def _pengguna(orang: Orang, sandi: str) -> Pengguna:
    tempat = orang.upt or orang.kanwil
    return Pengguna(
        nama_pengguna=orang.nama_pengguna,
        nama=orang.nama,
        jabatan=f"{PERAN[orang.peran].label} (contoh)",
        nip=f"9999{10 + list(PERAN).index(orang.peran)}{tempat.pk if tempat else 0:012}",
        password=sandi,
    )


def _penugasan(pengguna: Pengguna, orang: Orang) -> Penugasan:
    return Penugasan(pengguna=pengguna, peran=orang.peran, upt=orang.upt, kanwil=orang.kanwil, mulai=MULAI)


def daftar_akun() -> list[Akun]:
    """The accounts to try out, in the order of the roles; empty when this is no training instance."""
    if not settings.MODE_LATIHAN:
        return []
    nama = [f"{p}.{u}" for u in _UPT_UTAMA.values() for p in ("operator", "kepala")]
    nama += [f"{p}.{k}" for k in _KANWIL_UTAMA for p in ("verifikator", "kakanwil")] + list(_PUSAT)
    with terpasang(SISTEM):
        ada = {
            t.pengguna.nama_pengguna: Akun(
                PERAN[t.peran].label, t.pengguna.nama_pengguna, str(t.upt or t.kanwil or "Nasional")
            )
            for t in Penugasan.objects.berlaku()
            .filter(pengguna__nama_pengguna__in=nama, pengguna__nip__startswith="9999")
            .select_related("pengguna", "upt", "kanwil")
        }
    return [ada[n] for n in nama if n in ada]
