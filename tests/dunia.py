"""The standing cast of the tests: two Kanwil x two UPT, every role, always a stranger; and filled-in forms."""

from __future__ import annotations

import itertools
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection

from pelaporan.alur import Aksi
from pelaporan.models import Laporan
from pelaporan.services import Perintah, jalankan
from pelaporan.services_isian import Perubahan, simpan, tambah_baris, tanggapi
from pelaporan.services_periode import buka_periode, simpan_formulir
from pelaporan.skema import Skema, baca_skema
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan
from remisi.atur.services import muat_bawaan
from upt.cakupan import SISTEM, Cakupan, terpasang
from upt.models import UPT, Kanwil, Kapasitas, Penugasan

SANDI = "rahasia-uji-2026"
JANUARI = Bulan(2026, 1)
_FORMULIR = Path(__file__).resolve().parents[1] / "pelaporan" / "formulir"

_KANWIL = (
    ("81", "maluku", "Maluku", "MAL", "WIT", 5, 11),
    ("14", "riau", "Riau", "RIA", "WIB", 1, 2),
)
_UPT = (
    ("lapas-kelas-iia-ambon", "Lapas Kelas IIA Ambon", "LAPAS", "81", "WIT"),
    ("rutan-kelas-iib-masohi", "Rutan Kelas IIB Masohi", "RUTAN", "81", "WIT"),
    ("lapas-kelas-iia-pekanbaru", "Lapas Kelas IIA Pekanbaru", "LAPAS", "14", "WIB"),
    ("rutan-kelas-i-pekanbaru", "Rutan Kelas I Pekanbaru", "RUTAN", "14", "WIB"),
)
_ORANG = (
    ("operator_ambon", "operator_upt", "lapas-kelas-iia-ambon", None),
    ("kepala_ambon", "kepala_upt", "lapas-kelas-iia-ambon", None),
    ("operator_masohi", "operator_upt", "rutan-kelas-iib-masohi", None),
    ("kepala_masohi", "kepala_upt", "rutan-kelas-iib-masohi", None),
    ("operator_pekanbaru", "operator_upt", "lapas-kelas-iia-pekanbaru", None),
    ("kepala_pekanbaru", "kepala_upt", "lapas-kelas-iia-pekanbaru", None),
    ("verifikator_maluku", "verifikator_kanwil", None, "81"),
    ("kepala_maluku", "kepala_kanwil", None, "81"),
    ("verifikator_riau", "verifikator_kanwil", None, "14"),
    ("peninjau", "peninjau_pusat", None, None),
    ("pimpinan", "pimpinan", None, None),
    ("auditor", "auditor", None, None),
    ("admin", "admin", None, None),
    ("asing", None, None, None),
)


class Dunia:
    """People by name (`dunia.kepala_ambon`), units and offices by code, reports by `laporan(...)`."""

    def __init__(self) -> None:
        self.orang = {p.nama_pengguna: p for p in Pengguna.objects.all()}
        with terpasang(SISTEM):
            self.upt = {u.kode: u for u in UPT.objects.select_related("kanwil")}
        self.kanwil = {k.slug: k for k in Kanwil.objects.all()}
        self.ambon, self.masohi = self.upt["lapas-kelas-iia-ambon"], self.upt["rutan-kelas-iib-masohi"]
        self.pekanbaru, self.rutan_pekanbaru = (
            self.upt["lapas-kelas-iia-pekanbaru"],
            self.upt["rutan-kelas-i-pekanbaru"],
        )

    def __getattr__(self, nama: str) -> Pengguna:
        try:
            return self.__dict__["orang"][nama]
        except KeyError:
            raise AttributeError(nama) from None

    def laporan(self, upt: UPT, formulir: str = "F06", bulan: Bulan = JANUARI) -> Laporan:
        with terpasang(SISTEM):
            return Laporan.objects.select_related("upt", "kanwil", "formulir", "formulir_versi").get(
                upt=upt, formulir_id=formulir, bulan=bulan.awal
            )


def bangun() -> None:
    """Create the cast, the forms and January 2026. Runs as the owner, committed."""
    _pastikan_basis_uji()
    sandi = make_password(SANDI)
    with terpasang(SISTEM):
        kanwil = {
            kode: Kanwil.objects.create(
                kode=kode, slug=slug, nama=f"Kantor Wilayah Ditjenpas {nama}", nama_pendek=nama, singkatan=singkat,
                zona=zona, petak_baris=baris, petak_kolom=kolom, provinsi=[f"{kode} {nama}"],
            )
            for kode, slug, nama, singkat, zona, baris, kolom in _KANWIL
        }  # fmt: skip
        upt = {
            kode: UPT.objects.create(kode=kode, nama=nama, jenis=jenis, kanwil=kanwil[induk], zona=zona)
            for kode, nama, jenis, induk, zona in _UPT
        }
        for satu in upt.values():
            Kapasitas.objects.create(upt=satu, kanwil=satu.kanwil, dari=date(2020, 1, 1), laki=150, perempuan=10)
        for nomor, (nama, peran, kode_upt, kode_kanwil) in enumerate(_ORANG):
            _orang(nomor, nama, peran, upt.get(kode_upt or ""), kanwil.get(kode_kanwil or ""), sandi)
        for isi in _skema_tersimpan():
            simpan_formulir(**isi)
        buka_periode(bulan=JANUARI)
        muat_bawaan()


def _orang(nomor: int, nama: str, peran: str | None, upt: Any, kanwil: Any, sandi: str) -> None:
    pengguna = Pengguna.objects.create(
        nama_pengguna=nama, nama=nama.replace("_", " ").title(), nip=f"99990000000000{nomor:04d}", password=sandi
    )
    if peran:
        Penugasan.objects.create(
            pengguna=pengguna,
            peran=peran,
            upt=upt,
            kanwil=kanwil or (upt.kanwil if upt else None),
            mulai=date(2020, 1, 1),
        )


@cache
def skema(kode: str) -> Skema:
    return baca_skema((_FORMULIR / f"{kode}.yaml").read_text(encoding="utf-8"))


@cache
def _skema_tersimpan() -> tuple[dict[str, Any], ...]:
    semua = (skema(jalan.stem) for jalan in sorted(_FORMULIR.glob("*.yaml")))
    return tuple({"skema_json": s.ke_json(), "yaml": "", "sidik": s.sidik} for s in semua)


def baca() -> Dunia:
    return Dunia()


def _pastikan_basis_uji() -> None:
    assert connection.settings_dict["NAME"].startswith("test_"), "only ever on a test database"


def kosongkan() -> None:
    """Empty every table of the portal (as the owner)."""
    _pastikan_basis_uji()
    tabel = [t for t in connection.introspection.table_names() if t not in ("django_migrations", "django_content_type")]
    with connection.cursor() as kursor:
        kursor.execute("TRUNCATE " + ", ".join(f'"{t}"' for t in tabel) + " RESTART IDENTITY CASCADE")


# Filled-in forms: what a person would type, by item code -----------------------------------------------------------


def isian_wajar(kode: str) -> dict[str, str]:
    """A complete, correct and quiet content of a form: every typed number 0 unless named here."""
    pokok = _POKOK[kode]
    return {
        b.kode: pokok.get(b.kode, "0" if b.angka else "")
        for b in skema(kode).butir.values()
        if b.diketik and (b.angka or b.kode in pokok)
    }


_POKOK: dict[str, dict[str, str]] = {
    "F01": {
        "isi_l": "140",
        "isi_p": "10",
        "reg_tahanan_ai_l": "40",
        "reg_narapidana_bi_l": "100",
        "reg_narapidana_bi_p": "10",
        "perkara_lainnya_l": "140",
        "perkara_lainnya_p": "10",
        "agama_islam_jumlah": "150",
    },
    "F02": {},
    "F04": {"nihil_kejadian": "ya"},
    "F06": {
        "ada_kegiatan": "ya",
        "lahan_tidur": "500",
        "klaster_pertanian_lahan": "2400",
        "klaster_pertanian_wbp": "12",
        "klaster_pertanian_panen": "310,5",
        "klaster_pertanian_nilai": "4650000",
        "wbp": "12",
        "petugas": "2",
        "jual_bama": "100",
        "jual_lain": "150",
        "pakai_sendiri": "60,5",
    },
}


def isi_penuh(laporan: Laporan, oleh: Pengguna, ubah: dict[str, str] | None = None) -> None:
    """Fill a report as a person would, in the person's own scope, and answer what the portal asks."""
    segar = Pengguna.objects.get(pk=oleh.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        cakupan = Cakupan.dari(segar)
    with terpasang(cakupan):
        draf = getattr(Laporan.objects.get(pk=laporan.pk), "draf", None)
        versi = {k: s["v"] for k, s in (draf.isi["sel"] if draf else {}).items()}
        isi = {**isian_wajar(laporan.formulir_id), **(ubah or {})}
        perubahan = [Perubahan(kode, teks, versi=versi.get(kode, 0)) for kode, teks in isi.items()]
        hasil = simpan(laporan_id=laporan.pk, perubahan=perubahan, oleh=segar, cakupan=cakupan)
        assert not hasil.ditolak, hasil.ditolak
        assert not hasil.konflik, hasil.konflik
        jawab_semua(laporan, segar, cakupan)


def jawab_semua(laporan: Laporan, oleh: Pengguna, cakupan: Cakupan) -> None:
    from pelaporan.pembekuan import periksa_draf

    belum = periksa_draf(Laporan.objects.get(pk=laporan.pk)).belum
    if belum:
        jawaban = {t.id: {"benar": True, "alasan": "Sudah diperiksa."} for t in belum}
        tanggapi(laporan_id=laporan.pk, jawaban=jawaban, oleh=oleh, cakupan=cakupan)


_nomor = itertools.count(1)  # next() is atomic: threads share it


def lakukan(laporan: Laporan, aksi: Aksi | str, oleh: Pengguna, **lain: Any) -> dict[str, Any]:
    """Carry out a transition in the person's own scope, at the report's current revision."""
    segar = Pengguna.objects.get(pk=oleh.pk)
    with terpasang(Cakupan(pengguna_id=segar.pk)):
        cakupan = Cakupan.dari(segar)
    with terpasang(SISTEM):
        revisi = lain.pop("revisi", None)
        revisi = Laporan.objects.get(pk=laporan.pk).revisi if revisi is None else revisi
    with terpasang(cakupan):
        perintah = Perintah(laporan.pk, Aksi(aksi), revisi, lain.pop("kunci", f"uji-{next(_nomor):08d}"), **lain)
        return jalankan(perintah, oleh=segar, cakupan=cakupan)


def kirim(laporan: Laporan, oleh: Pengguna, ubah: dict[str, str] | None = None, **lain: Any) -> dict[str, Any]:
    isi_penuh(laporan, oleh, ubah)
    return lakukan(laporan, Aksi.KIRIM, oleh, disahkan=True, **lain)


__all__ = ["JANUARI", "SANDI", "Dunia", "baca", "bangun", "isi_penuh", "kirim", "kosongkan", "lakukan", "tambah_baris"]
