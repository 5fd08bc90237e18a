"""Workbooks, line lists and the publishing of forms, all at once in real threads: no deadlock, nothing doubled."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from psycopg2.errors import LockNotAvailable

from pelaporan.buku.meta import Meta, potret
from pelaporan.buku.services import simpan_unggahan
from pelaporan.daftar.services import Tempelan, batal_tempel, tempel
from pelaporan.daftar.tempelan import Mulai, rencanakan
from pelaporan.models import Berkas, Draf, FormulirVersi, Laporan, RancanganFormulir, RiwayatIsian, Unggahan
from pelaporan.services_isian import Perubahan, hapus_baris, simpan, tambah_baris
from pelaporan.services_periode import buka_periode
from pelaporan.terbit import services as terbit
from pelaporan.terbit.gladi_jalan import rancang_gladi
from pelaporan.terbit.selectors import versi_terakhir
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, GalatPortal
from pemasyarakatan.inti.waktu import Bulan, sekarang
from tests.dunia import JANUARI, Dunia
from tests.konkurensi.alat import serentak
from tests.pelaporan.test_terbit import ubah_f06
from upt.cakupan import SISTEM, Cakupan, terpasang

KINI = Bulan.kini()


def _dalam(orang: Pengguna, kerja: Callable[..., Any]) -> Callable[[], Any]:
    """A task in the person's own scope, with `oleh` and `cakupan`."""

    def jalan() -> Any:
        segar = Pengguna.objects.get(pk=orang.pk)
        with terpasang(Cakupan(pengguna_id=segar.pk)):
            cakupan = Cakupan.dari(segar)
        with terpasang(cakupan):
            return kerja(oleh=segar, cakupan=cakupan)

    return jalan


def _tanpa_macet(hasil: list[Any]) -> list[Any]:
    galat = [h for h in hasil if isinstance(h, Exception)]
    asing = [h for h in galat if not isinstance(h, GalatPortal) and not isinstance(h.__cause__, LockNotAvailable)]
    assert not asing, asing
    return galat


def _isi(laporan: Laporan) -> dict[str, Any]:
    with terpasang(SISTEM):
        return dict(Draf.objects.get(laporan=laporan).isi)


def _baris(laporan: Laporan) -> list[dict[str, Any]]:
    return list(_isi(laporan)["daftar"].get("kejadian", []))


# ---------------------------------------------------------------- line lists


def test_dua_orang_menambah_dan_menempel_bersamaan(dunia_nyata: Dunia) -> None:
    """Every row of everybody is there once, and the last row the list has room for goes to one of them only."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon, "F04")
    teks = "\n".join(f"{n % 28 + 1}/1/2026\t08.00\t\tBlok {n}" for n in range(20))
    kunci = [uuid.uuid4().hex for _ in range(2)]
    cap = rencanakan(laporan.skema.daftar["kejadian"], teks, [], Mulai(), {}).cap

    def menempel(kunci: str) -> Callable[..., Any]:
        tempelan = Tempelan("kejadian", teks, Mulai(), {})
        return lambda **diri: tempel(laporan_id=laporan.pk, tempelan=tempelan, cap=cap, kunci=kunci, **diri)

    def menambah(lokasi: str) -> Callable[..., Any]:
        return lambda **diri: tambah_baris(laporan_id=laporan.pk, daftar="kejadian", isi={"lokasi": lokasi}, **diri)

    hasil = serentak(
        [
            _dalam(d.operator_ambon, menempel(kunci[0])),
            _dalam(d.operator_ambon, menempel(kunci[0])),  # the same press twice
            _dalam(d.kepala_ambon, menempel(kunci[1])),
            *(_dalam(d.kepala_ambon, menambah(f"Sendiri {n}")) for n in range(4)),
        ]
    )
    assert _tanpa_macet(hasil) == []
    baris = _baris(laporan)
    assert len(baris) == len({b["id"] for b in baris}) == 44
    assert {b["sel"]["lokasi"]["nilai"] for b in baris} >= {f"Sendiri {n}" for n in range(4)}
    with terpasang(SISTEM):
        assert RiwayatIsian.objects.filter(laporan=laporan, asal="tempel").count() == 2


def test_batal_tempel_lawan_rekan_yang_melengkapi(dunia_nyata: Dunia) -> None:
    """Whichever comes first: what the colleague was told is saved is in the draft, or was never acknowledged."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon, "F04")
    for _ in range(4):
        teks = "3/1/2026\t14.05"
        cap = rencanakan(laporan.skema.daftar["kejadian"], teks, [], Mulai(), {}).cap
        tempelan = Tempelan("kejadian", teks, Mulai(), {})
        hasil = _dalam(
            d.operator_ambon,
            lambda cap=cap, t=tempelan, **diri: tempel(
                laporan_id=laporan.pk, tempelan=t, cap=cap, kunci=uuid.uuid4().hex, **diri
            ),
        )()
        ubah = [Perubahan("lokasi", "Dapur", daftar="kejadian", baris=hasil["pertama"])]
        _, rekan = serentak(
            [
                _dalam(
                    d.operator_ambon,
                    lambda h=hasil, **diri: batal_tempel(laporan_id=laporan.pk, tanda=h["id"], **diri),
                ),
                _dalam(d.kepala_ambon, lambda u=ubah, **diri: simpan(laporan_id=laporan.pk, perubahan=u, **diri)),
            ]
        )
        ada = [b for b in _baris(laporan) if b["id"] == hasil["pertama"]]
        assert bool(rekan.tersimpan) == bool(ada)
        assert bool(rekan.ditolak) == (not ada)


# ---------------------------------------------------------------- workbooks


def _unggahan(d: Dunia, laporan: Laporan, rinci: dict[str, Any]) -> Unggahan:
    """A previewed upload with this plan for the report."""
    with terpasang(SISTEM):
        berkas = Berkas.objects.create(
            upt=d.ambon, kanwil=d.ambon.kanwil, nama="a.xlsx", tipe="x", ukuran=1, sidik=uuid.uuid4().hex * 2,
            isi=b"x", dipindai=False, oleh=d.operator_ambon, pada=sekarang(),
        )  # fmt: skip
        nama = {"id": str(laporan.pk), "formulir": laporan.formulir_id, "nama": laporan.formulir.nama}
        satu = {**nama, "upt": d.ambon.nama, "kode_upt": d.ambon.kode, "sama": 0, "baris": {}, **rinci}
        return Unggahan.objects.create(
            jenis="upt", upt=d.ambon, kanwil=d.ambon.kanwil, bulan=JANUARI.awal, berkas=berkas, status="DIPERIKSA",
            rencana={"laporan": [satu], "abaikan": [], "galat": []}, oleh=d.operator_ambon, pada=sekarang(),
        )  # fmt: skip


def test_satu_unggahan_diputuskan_dua_orang_sekaligus(dunia_nyata: Dunia) -> None:
    """Two people confirm one plan with one new row: one of them does it, the other is told."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon, "F04")
    butir = {"jenis": "baru", "label": "x", "tempat": "A1", "teks": "Dapur", "alamat": "kejadian/abcdefabcdef/lokasi"}
    satu = _unggahan(d, laporan, {"baris": {"kejadian": ["abcdefabcdef"]}, "butir": [butir]})
    semua = [d.operator_ambon, d.kepala_ambon] * 2
    hasil = serentak([_dalam(o, lambda **diri: simpan_unggahan(unggahan_id=satu.pk, **diri)) for o in semua])
    galat = _tanpa_macet(hasil)
    assert len(galat) == 3
    assert all(isinstance(g, Bentrok) for g in galat)
    assert [b["sel"]["lokasi"]["nilai"] for b in _baris(laporan)] == ["Dapur"]


def test_hapus_dari_berkas_lawan_rekan_yang_mengisi_dan_menghapus(dunia_nyata: Dunia) -> None:
    """Deleting rows by a workbook while a colleague types into one and deletes another."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon, "F04")

    def tambah(**diri: Any) -> str:
        return tambah_baris(laporan_id=laporan.pk, daftar="kejadian", isi={"lokasi": "A"}, **diri)[0]

    for _ in range(4):
        kunci = [_dalam(d.operator_ambon, tambah)() for _ in range(3)]
        butir = [
            {"jenis": "hapus", "label": "x", "tempat": "A1", "teks": {"lokasi": 1}, "alamat": f"kejadian/{k}"}
            for k in kunci
        ]
        satu = _unggahan(d, laporan, {"butir": butir})
        ubah = [Perubahan("jam", "08.00", daftar="kejadian", baris=kunci[0])]

        def hapus(k: str = kunci[1], **diri: Any) -> None:
            hapus_baris(laporan_id=laporan.pk, daftar="kejadian", baris=k, **diri)

        berkas, rekan, _ = serentak(
            [
                _dalam(d.operator_ambon, lambda s=satu, **diri: simpan_unggahan(unggahan_id=s.pk, **diri)),
                _dalam(d.kepala_ambon, lambda u=ubah, **diri: simpan(laporan_id=laporan.pk, perubahan=u, **diri)),
                _dalam(d.kepala_ambon, hapus),
            ]
        )
        ada = {b["id"] for b in _baris(laporan)}
        assert (kunci[0] in ada) == bool(rekan.tersimpan) == bool(berkas.hasil["gagal"])
        assert not {kunci[1], kunci[2]} & ada


def test_meta_dan_potret_tahan_draf_yang_sedang_ditulis(dunia_nyata: Dunia) -> None:
    """A template made while others type carries one moment of the draft, never half of a save."""
    d = dunia_nyata
    laporan = d.laporan(d.ambon)

    def mengetik(n: int) -> Callable[..., Any]:
        def jalan(**diri: Any) -> None:
            for _ in range(5):
                with terpasang(diri["cakupan"]):
                    sel = (getattr(Laporan.objects.get(pk=laporan.pk), "draf", None) or Draf(isi={})).isi.get("sel", {})
                versi = [sel.get(k, {}).get("v", 0) for k in ("wbp", "petugas")]
                pasang = zip(("wbp", "petugas"), versi, strict=True)
                ubah = [Perubahan(k, str(n + versi[0] + 1), versi=v) for k, v in pasang]
                simpan(laporan_id=laporan.pk, perubahan=ubah, **diri)

        return jalan

    def memotret(**diri: Any) -> list[tuple[Any, Any]]:
        hasil = []
        for _ in range(20):
            draf = Draf.objects.filter(laporan=laporan).first()
            formulir = potret("x", draf.isi if draf else {})
            Meta("upt", "x", "X", JANUARI.kode, {"F06": formulir}).potongan()
            hasil.append((formulir.sel.get("wbp", (0, ""))[0], formulir.sel.get("petugas", (0, ""))[0]))
        return hasil

    tugas = [
        _dalam(d.operator_ambon, mengetik(10)),
        _dalam(d.kepala_ambon, mengetik(50)),
        _dalam(d.kepala_ambon, memotret),
    ]
    hasil = serentak(tugas)
    assert _tanpa_macet(hasil) == []
    assert all(a == b for a, b in hasil[2]), hasil[2]


# ---------------------------------------------------------------- publishing


def _rancangan(d: Dunia, bulan: Bulan, satuan: str) -> RancanganFormulir:
    teks = ubah_f06(bulan, ("nama: ", f"nama: {satuan} "))

    def buat(**diri: Any) -> RancanganFormulir:
        return terbit.simpan_rancangan(teks=teks, **diri)

    rancangan = _dalam(d.admin, buat)()
    rancang_gladi(rancangan, bulan=1, kabar=lambda *_: None)
    with terpasang(SISTEM):
        return RancanganFormulir.objects.get(pk=rancangan.pk)


def test_terbit_lawan_terbit_buka_bulan_isi_dan_cabut(dunia_nyata: Dunia) -> None:
    """Two drafts of one month, the month being opened, a unit beginning to type, a withdrawal: one order holds, every
    report stands on a version that exists, and what was typed is in the version it was typed for."""
    d = dunia_nyata
    bulan = KINI
    with terpasang(SISTEM):
        buka_periode(bulan=bulan)
    laporan = d.laporan(d.ambon, bulan=bulan)
    satu, dua = (_rancangan(d, bulan, n) for n in ("Satu", "Dua"))

    def menerbitkan(r: RancanganFormulir) -> Callable[..., Any]:
        return lambda **diri: terbit.terbitkan(rancangan_id=r.pk, revisi=r.revisi, kunci=uuid.uuid4().hex, **diri)

    def buka() -> int:
        with terpasang(SISTEM):
            return buka_periode(bulan=bulan)

    ubah = [Perubahan("wbp", "7")]
    hasil = serentak(
        [
            _dalam(d.admin, menerbitkan(satu)),
            _dalam(d.admin, menerbitkan(dua)),
            _dalam(d.operator_ambon, lambda **diri: simpan(laporan_id=laporan.pk, perubahan=ubah, **diri)),
            buka,
            _dalam(d.admin, lambda **diri: terbit.cabut(kode="F06", bulan=bulan, alasan="Uji", **diri)),
        ]
    )
    _tanpa_macet(hasil)
    assert not isinstance(hasil[2], Exception), hasil[2]
    assert hasil[2].tersimpan["wbp"]["tampil"] == "7"
    assert sum(not isinstance(h, Exception) for h in hasil[:2]) <= 1 or not isinstance(hasil[4], Exception)
    with terpasang(SISTEM):
        kini = Laporan.objects.get(pk=laporan.pk)
        assert FormulirVersi.objects.filter(pk=kini.formulir_versi_id).exists()
        assert "wbp" in kini.skema.butir
        terbaru = versi_terakhir("F06")
        assert terbaru is not None
        semua = Laporan.objects.filter(bulan=bulan.awal, formulir_id="F06", draf=None, status="BELUM")
        assert set(semua.values_list("formulir_versi_id", flat=True)) <= {terbaru.pk}
    assert _isi(laporan)["sel"]["wbp"]["nilai"] == 7
