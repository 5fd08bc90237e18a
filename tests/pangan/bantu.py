"""A unit's food register for tests: each row as people would write it, through the generic services."""

from __future__ import annotations

from typing import Any

from pangan import jenis as j
from pelaporan.register import services
from pelaporan.register.jenis import JenisBaris
from pelaporan.register.services import BarisSalah, Jawaban, PerluJawaban, baca_nilai
from pemasyarakatan.akun.models import Pengguna
from tests.pelaporan.bantu import sebagai_orang
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT


class Kebun:
    """Writes rows of one unit as one person; texts are read as the pages read them."""

    def __init__(self, upt: UPT, oleh: Pengguna) -> None:
        self.upt, self.oleh = upt, oleh

    def tulis(self, jenis: JenisBaris[Any], /, *, setuju: str = "", **isi: Any) -> Any:
        """A new row; `setuju` are the codes of questions answered with yes."""
        with sebagai_orang(self.oleh) as umum:
            nilai = baca_nilai(jenis, isi, self.upt)
            return services.buat(jenis, nilai, upt=self.upt, jawaban=_jawaban(setuju), **umum)

    def ubah(self, jenis: JenisBaris[Any], baris: Any, /, *, setuju: str = "", **isi: Any) -> Any:
        with sebagai_orang(self.oleh) as umum:
            segar = jenis.model.objects.get(pk=baris.pk)
            nilai = baca_nilai(jenis, isi, self.upt, sebagian=True)
            return services.ubah(jenis, baris.pk, nilai, revisi=segar.revisi, jawaban=_jawaban(setuju), **umum)

    def hapus(self, jenis: JenisBaris[Any], baris: Any) -> Any:
        with sebagai_orang(self.oleh) as umum:
            segar = jenis.model.objects.get(pk=baris.pk)
            return services.hapus(jenis, baris.pk, revisi=segar.revisi, alasan="Salah catat.", **umum)

    def pulihkan(self, jenis: JenisBaris[Any], baris: Any) -> Any:
        with sebagai_orang(self.oleh) as umum:
            return services.pulihkan(jenis, baris.pk, **umum)

    def segar(self, baris: Any) -> Any:
        with terpasang(SISTEM):
            return type(baris).objects.get(pk=baris.pk)

    # What most tests start from --------------------------------------------------------------------------------

    def petak(self, luas: int = 1000, /, **isi: Any) -> Any:
        bawaan = {"nama": f"Kebun {luas}", "wujud": "lahan", "milik": "milik", "mulai": "1 Januari 2025"}
        return self.tulis(j.PETAK, **{"luas": str(luas), **bawaan, **isi})

    def pakai(self, petak: Any, klaster: str = "hortikultura", dari: str = "1 Januari 2025", **isi: Any) -> Any:
        return self.tulis(j.PEMANFAATAN, petak_id=petak.pk, klaster=klaster, dari=dari, **isi)

    def tanam(self, petak: Any, komoditas: str = "kangkung", tanam: str = "1 Desember 2025", **isi: Any) -> Any:
        return self.tulis(j.SIKLUS, petak_id=petak.pk, komoditas=komoditas, tanam=tanam, **isi)

    def panen(self, siklus: Any, jumlah: str = "40", tanggal: str = "10 Januari 2026", **isi: Any) -> Any:
        return self.tulis(j.PANEN, siklus_id=siklus.pk, jumlah=jumlah, tanggal=tanggal, **isi)

    def keluar(self, komoditas: str, jumlah: str, tanggal: str = "12 Januari 2026", **isi: Any) -> Any:
        return self.tulis(
            j.PEMAKAIAN, komoditas=komoditas, jumlah=jumlah, tanggal=tanggal, **{"tujuan": "dapur", **isi}
        )

    def kebun_kangkung(self) -> tuple[Any, Any]:
        """A plot of 100 m² in use for vegetables, with kangkung on it since December."""
        petak = self.petak(100)
        self.pakai(petak)
        return petak, self.tanam(petak)


def _jawaban(kode: str) -> Jawaban:
    return Jawaban(frozenset(kode.split()), "Sudah diperiksa." if kode else "")


def ditolak(kerja: Any) -> dict[str, str]:
    """Columns and sentences with which an act is refused."""
    try:
        kerja()
    except BarisSalah as galat:
        return galat.bidang
    raise AssertionError("not refused")


def ditanya(kerja: Any) -> set[str]:
    """Codes of what is asked before an act."""
    try:
        kerja()
    except PerluJawaban as galat:
        return {t.kode for t in galat.temuan}
    raise AssertionError("nothing asked")
