"""A report that a register fills in, sent while the register is being written: a row is in the version with everything
that hangs on it, or not at all; nobody waits for each other in a circle.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from pangan import jenis as j
from pangan import turunan
from pangan.models import Penempatan
from pangan.services import tempatkan as tempatkan_pangan
from pelaporan.alur import Aksi
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.pengiriman.services import tindak_bulan
from pelaporan.register import jenis as daftar_jenis
from pelaporan.register import services
from pelaporan.services import Perintah
from pelaporan.turunan import selisih
from pemasyarakatan.jejak.selectors import periksa_rantai
from pemasyarakatan.jejak.services import catat_baris
from tests.dunia import Dunia, isi_penuh, jawab_semua, lakukan
from tests.konkurensi.alat import serentak
from tests.pangan.bantu import Kebun
from tests.pelaporan.bantu import sebagai_orang, segar
from umkm.tindakan import Pelaku
from umkm.tindakan import tempatkan as tempatkan_umkm
from upt.cakupan import SISTEM, terpasang

PUTARAN = 20


def _kebun(d: Dunia) -> tuple[Kebun, Any, Laporan]:
    """A garden with a first harvest, a sale to the vendor, and people; and its report of January, not yet begun."""
    kebun = Kebun(d.ambon, d.operator_ambon)
    _, siklus = kebun.kebun_kangkung()
    kebun.panen(siklus, "40")
    kebun.keluar("kangkung", "20", tujuan="vendor", nilai="200000")
    for jenis, orang in (("wbp", "6"), ("petugas", "1")):
        kebun.tulis(j.TENAGA, **{"jenis": jenis}, orang=orang, dari="1 Januari 2026")
    return kebun, siklus, d.laporan(d.ambon)


def _jawab(laporan: Laporan, d: Dunia) -> None:
    with sebagai_orang(d.kepala_ambon) as umum:
        jawab_semua(laporan, umum["oleh"], umum["cakupan"])


def _kirim(laporan: Laporan, d: Dunia) -> dict[str, Any]:
    return lakukan(laporan, Aksi.KIRIM, d.kepala_ambon, disahkan=True)


def _kirim_bulan(semua: Iterable[Laporan], d: Dunia) -> list[dict[str, Any]]:
    with sebagai_orang(d.kepala_ambon) as umum:
        pilihan = {lap.pk: segar(lap).revisi for lap in semua}
        pola = Perintah(next(iter(pilihan)), Aksi.KIRIM, 0, uuid.uuid4().hex, disahkan=True)
        return tindak_bulan(pola=pola, pilihan=pilihan, **umum)


def _versi(laporan: Laporan) -> LaporanVersi:
    with terpasang(SISTEM):
        return LaporanVersi.objects.filter(laporan=laporan).latest("versi")


def _beda(laporan: Laporan) -> set[str]:
    with terpasang(SISTEM):
        return {s.kode for s in selisih(Laporan.objects.select_related("upt", "formulir_versi").get(pk=laporan.pk))}


def _utuh(versi: LaporanVersi) -> tuple[Decimal, set[str]]:
    """The harvest of the version and the records it names; figure, origin and list say the same."""
    isi, kode = versi.isi, "klaster_hortikultura_panen"
    rincian = isi["asal"][kode]["rincian"]
    jumlah = Decimal(isi["angka"][kode])
    assert sum(Decimal(r[3]) for r in rincian) == jumlah
    assert sum(Decimal(b["isi"]["berat_hasil"]) for b in isi["daftar"]["hasil"]) == jumlah
    nilai = isi["asal"]["klaster_hortikultura_nilai"]["rincian"]
    assert [r[1] for r in nilai] == [r[1] for r in rincian]
    return jumlah, {r[1] for r in rincian}


@pytest.mark.parametrize("sekaligus", [False, True])
def test_harvests_written_while_the_report_is_sent(dunia_nyata: Dunia, sekaligus: bool) -> None:
    d = dunia_nyata
    kebun, siklus, laporan = _kebun(d)
    lain = d.laporan(d.ambon, "F04")
    if sekaligus:
        isi_penuh(lain, d.operator_ambon)
    kirim: Callable[[], Any] = (lambda: _kirim_bulan([laporan, lain], d)) if sekaligus else (lambda: _kirim(laporan, d))
    tercatat = Decimal(40)
    for n in range(PUTARAN // 2 if sekaligus else PUTARAN):
        hari = f"{10 + n} Januari 2026"
        terkirim, panen = serentak([kirim, lambda hari=hari: kebun.panen(siklus, "2", hari, nilai="20000")])
        assert not isinstance(panen, Exception), panen
        assert not isinstance(terkirim, Exception), terkirim.rincian
        assert segar(laporan).status == "DIKIRIM"
        jumlah, catatan = _utuh(_versi(laporan))
        ikut = f"{d.ambon.kode}:{panen.pk}" in catatan
        assert jumlah == tercatat + (2 if ikut else 0)
        tercatat += 2
        assert ("klaster_hortikultura_panen" in _beda(laporan)) is not ikut
        for satu in (laporan, lain) if sekaligus else (laporan,):
            lakukan(satu, Aksi.TARIK, d.kepala_ambon)
        _jawab(laporan, d)
    with terpasang(SISTEM):
        assert periksa_rantai() == []


def test_two_rows_of_one_act_are_never_parted(dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sending has read the harvests and not yet the payments when both are written in one go."""
    d = dunia_nyata
    kebun, siklus, laporan = _kebun(d)
    sedang, tertulis, dalam = threading.Event(), threading.Event(), turunan._dalam

    def lambat(model: Any, *lain: Any) -> Any:
        if model is Penempatan:
            sedang.set()
            tertulis.wait(1)
        return dalam(model, *lain)

    def catat() -> None:
        assert sedang.wait(10)
        with sebagai_orang(kebun.oleh) as umum, transaction.atomic():
            for jenis, isi in (
                (j.PANEN, {"siklus_id": siklus.pk, "jumlah": "5", "tanggal": "20 Januari 2026"}),
                (j.SETORAN, {"jenis": "premi", "nilai": "90000", "tanggal": "20 Januari 2026"}),
            ):
                services.buat(jenis, services.baca_nilai(jenis, isi, kebun.upt), upt=kebun.upt, **umum)
        tertulis.set()

    monkeypatch.setattr(turunan, "_dalam", lambat)
    hasil = serentak([lambda: _kirim(laporan, d), catat])
    assert not any(isinstance(h, Exception) for h in hasil), hasil
    versi = _versi(laporan)
    assert (_utuh(versi)[0], versi.isi["angka"]["premi"]) == (40, 0)
    assert _beda(laporan) >= {"klaster_hortikultura_panen", "premi"}


def test_sending_an_untyped_report_waits_for_a_row_half_written(
    dunia_nyata: Dunia, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer still needs the unit's trail; whoever sends has not taken it, though sending begins the report."""
    d = dunia_nyata
    kebun, siklus, laporan = _kebun(d)
    assert segar(laporan).status == "BELUM"
    asli, separuh = daftar_jenis.register("pangan"), threading.Event()

    def lambat(*isi: Any) -> None:
        asli.segarkan(*isi)
        separuh.set()
        threading.Event().wait(0.7)

    def kirim() -> Any:
        assert separuh.wait(10)
        return _kirim(laporan, d)

    monkeypatch.setitem(daftar_jenis._register, "pangan", replace(asli, segarkan=lambat))
    hasil = serentak([lambda: kebun.panen(siklus, "2", "20 Januari 2026", nilai="20000"), kirim])
    assert not any(isinstance(h, Exception) for h in hasil), [getattr(h, "rincian", h) for h in hasil]
    assert _utuh(_versi(laporan))[0] == 42
    assert _beda(laporan) == set()


@pytest.mark.parametrize("kode", ["pangan", "umkm"])
def test_a_new_person_is_noted_behind_the_register(dunia_nyata: Dunia, kode: str) -> None:
    """Noting a person is a link of the trail: whoever holds the register and still needs the trail goes first."""
    d, dipegang = dunia_nyata, threading.Event()

    def pegang() -> None:
        with sebagai_orang(d.kepala_ambon) as umum, transaction.atomic():
            services.kunci_register(kode, d.ambon.pk)
            dipegang.set()
            threading.Event().wait(0.7)
            catat_baris(d.laporan(d.ambon), oleh=umum["oleh"], tindakan="uji")

    def tempatkan() -> Any:
        assert dipegang.wait(10)
        with sebagai_orang(d.operator_ambon) as umum:
            isi = {"nomor": "B.I 77/2026", "dari": date(2026, 1, 1)}
            if kode == "pangan":
                return tempatkan_pangan(**isi, klaster="pertanian", upt=d.ambon, **umum)
            return tempatkan_umkm({**isi, "produk_id": None}, Pelaku(upt=d.ambon, **umum), uuid.uuid4())

    hasil = serentak([pegang, tempatkan])
    assert not any(isinstance(h, Exception) for h in hasil), hasil
    with terpasang(SISTEM):
        assert periksa_rantai() == []
