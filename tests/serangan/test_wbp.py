"""Attacks on the register of inmates: hostile postings and files, broken keys, other units' rows by raw SQL."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from pemasyarakatan.inti.galat import Bentrok, GalatPortal
from pemasyarakatan.inti.waktu import hari_ini
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAMA, NOMOR, Register, nomor_ke
from tests.wbp.test_sdp import Unit, buku, csv
from upt.cakupan import SISTEM, terpasang
from wbp import putar
from wbp.models import AksesWarga, DataWarga, ImporSDP, KunciWarga, SerahTerima
from wbp.sdp import services as sdp
from wbp.sdp.kolom import KOLOM
from wbp.serah import serahkan


@pytest.fixture
def ambon(dunia: Dunia) -> Register:
    return Register(dunia.ambon, dunia.operator_ambon)


@pytest.fixture
def klien(dunia: Dunia) -> Client:
    klien = Client()
    klien.force_login(dunia.operator_ambon)
    return klien


@pytest.fixture
def unit(dunia: Dunia) -> Any:
    satu = Unit(dunia, dunia.operator_ambon)
    with terpasang(satu.cakupan):
        yield satu


# ---------------------------------------------------------------- postings


@pytest.mark.parametrize("orang", ["9" * 5000, "9" * 30, "0", "-1", "1e3", "١", "\x00", "0x1", ""])
@pytest.mark.parametrize("nama", ["buka", "sppn"])
def test_pilihan_orang_yang_rusak_bukan_galat_server(klien: Client, dunia: Dunia, nama: str, orang: str) -> None:
    kirim = {"orang": orang, "alasan": "USULAN", "bulan": "2026-10", "predikat": "BAIK"}
    jawab = klien.post(reverse(f"wbp:{nama}", kwargs={"kode": dunia.ambon.kode}), kirim)
    assert jawab.status_code in (400, 404)


@pytest.mark.parametrize("nilai", ["9" * 5000, "9" * 30, "\x00", "-1", "x"])
@pytest.mark.parametrize("nama", ["catatan", "pemberian", "revisi"])
def test_id_rusak_di_halaman_orang_bukan_galat_server(
    klien: Client, dunia: Dunia, ambon: Register, nama: str, nilai: str
) -> None:
    data = ambon.catat()
    for alamat in ("satu", "ubah"):
        for aksi in ("tarik_perilaku", "cabut_pemberian", "perilaku", "pemberian", "keluar", "tahan", "ubah"):
            kirim = {"aksi": aksi, nama: nilai, "setuju": nilai, "titipan": nilai, "titip": nilai}
            url = reverse(f"wbp:{alamat}", kwargs={"kode": dunia.ambon.kode, "pk": data.pk})
            assert klien.post(url, kirim).status_code < 500


def test_id_unit_lain_di_alamat_unit_sendiri(dunia: Dunia, ambon: Register, klien: Client) -> None:
    """Own address, foreign ids: persons, imports and moves of another unit are not there, for a unit nor by both."""
    orang = Register(dunia.pekanbaru, dunia.operator_pekanbaru).catat(nomor="B.I 999/2024")
    with sebagai_orang(dunia.operator_pekanbaru) as (oleh, cakupan):
        impor = sdp.terima(
            upt=dunia.pekanbaru, isi=csv(("B.I 1/2024", "Warga Lain", "narapidana", "3 Tahun", "", "")),
            tanggal_data=hari_ini(), oleh=oleh, cakupan=cakupan,
        )  # fmt: skip
        serah = serahkan(
            data=orang.pk, ke=_lain(dunia), tanggal=hari_ini(), oleh=oleh, cakupan=cakupan,
        )  # fmt: skip
    kode = {"kode": dunia.ambon.kode}
    alamat = [
        reverse("wbp:satu", kwargs={**kode, "pk": orang.pk}), reverse("wbp:ubah", kwargs={**kode, "pk": orang.pk}),
        reverse("wbp:impor_satu", kwargs={**kode, "kunci": impor.pk}),
        reverse("wbp:serah_satu", kwargs={**kode, "kunci": serah.pk}),
    ]  # fmt: skip
    for url, aksi in itertools.product(alamat, ("simpan", "batal", "petakan", "terima", "tarik", "keluar")):
        assert klien.get(url).status_code == 404
        assert klien.post(url, {"aksi": aksi, "sidik": "x"}).status_code in (404, 405)
    assert klien.post(reverse("wbp:buka", kwargs=kode), {"orang": orang.pk, "alasan": "USULAN"}).status_code == 404
    with terpasang(SISTEM):
        assert ImporSDP.objects.get().status == "DIPERIKSA"
        assert SerahTerima.objects.get().status == "MENUNGGU"
        assert not AksesWarga.objects.exists()


def _lain(dunia: Dunia) -> str:
    from upt.models import UPT

    with terpasang(SISTEM):
        pilihan = UPT.objects.filter(jenis__in=("LAPAS", "RUTAN")).exclude(pk__in=(dunia.pekanbaru.pk, dunia.ambon.pk))
        return pilihan.first().kode  # type: ignore[union-attr]


def test_sql_mentah_dalam_cakupan_unit(dunia: Dunia, ambon: Register) -> None:
    """Row-level security alone, without any filter of the program: another unit's rows neither read nor written."""
    orang = Register(dunia.pekanbaru, dunia.operator_pekanbaru)
    asing, sendiri = orang.catat(nomor="B.I 999/2024").pk, ambon.catat().pk
    orang.buka(asing)
    with terpasang(SISTEM):
        tabel = [
            t for t in connection.introspection.table_names() if t.startswith(("wbp_", "remisi_"))
            and {"upt_id"} <= {k.name for k in connection.introspection.get_table_description(connection.cursor(), t)}
        ]  # fmt: skip
    with sebagai_orang(dunia.operator_ambon), connection.cursor() as kursor:
        for t in tabel:
            kursor.execute(f"SELECT count(*) FROM {t} WHERE upt_id = %s", [dunia.pekanbaru.pk])
            assert kursor.fetchone() == (0,), t
        for perintah, isi in (
            ("UPDATE wbp_datawarga SET tahan_hapus = 'x' WHERE id = %s", [asing]),
            ("DELETE FROM wbp_kunciwarga WHERE data_id = %s", [asing]),
            ("DELETE FROM wbp_kunciwarga WHERE data_id = %s", [sendiri]),
            ("UPDATE wbp_akseswarga SET keterangan = 'x'", []),
        ):
            kursor.execute(perintah, isi)
            assert kursor.rowcount == 0
        for perintah, isi in (
            ("UPDATE wbp_datawarga SET upt_id = %s WHERE id = %s", [dunia.pekanbaru.pk, sendiri]),
            ("DELETE FROM wbp_akseswarga", []),
            ("UPDATE wbp_akseswarga SET oleh_id = oleh_id", []),
            ("DELETE FROM wbp_datawarga WHERE id = %s", [sendiri]),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                kursor.execute(perintah, isi)
    assert len(tabel) > 12


# ---------------------------------------------------------------- keys


def test_satu_kunci_hilang_tidak_menahan_putaran_yang_lain(ambon: Register, settings: Any) -> None:
    """A data key under a wrapping key that is no longer there is passed by and named; the others are turned."""
    ids = [ambon.catat(nomor=nomor_ke(n), nama=f"Burung Ke{n}").pk for n in range(3)]
    lama = dict(settings.KUNCI_DATA_WBP)
    with terpasang(SISTEM):
        KunciWarga.objects.filter(data=ids[0]).update(kunci="hilang")
        KunciWarga.objects.filter(data=ids[1]).update(bungkus=b"x" * 60)
    settings.KUNCI_DATA_WBP = {"baru": b"n" * 32, **lama}
    settings.KUNCI_INDEKS_WBP = ("kunci-indeks-baru-" + "y" * 32, *settings.KUNCI_INDEKS_WBP)
    sisa = putar.putar()
    assert sisa.kunci == {"hilang": 1, next(iter(lama)): 1}
    assert sisa.indeks == 2
    assert not sisa.habis
    with terpasang(SISTEM):
        assert KunciWarga.objects.get(data=ids[2]).kunci == "baru"
        assert DataWarga.objects.get(pk=ids[2]).warga.kunci_indeks != ""
    assert ambon.buka(ids[2])[ids[2]].nama == "Burung Ke2"


def test_kunci_salah_tidak_membuka_dan_tidak_mencatat(
    klien: Client, dunia: Dunia, ambon: Register, settings: Any
) -> None:
    """With the wrong key nothing opens, nothing is written as read, and the page says it in words."""
    data = ambon.catat()
    settings.KUNCI_DATA_WBP = dict.fromkeys(settings.KUNCI_DATA_WBP, b"salah-" + b"x" * 26)
    klien.raise_request_exception = False
    url = reverse("wbp:buka", kwargs={"kode": dunia.ambon.kode})
    jawab = klien.post(url, {"orang": data.pk, "alasan": "USULAN"})
    assert jawab.status_code >= 500
    isi = jawab.content.decode()
    assert NAMA not in isi
    assert NOMOR not in isi
    assert "Traceback" not in isi
    with terpasang(SISTEM):
        assert not AksesWarga.objects.exists()


# ---------------------------------------------------------------- files

SEL = [
    "", " ", "=1+1", "=HYPERLINK(1)", "+62", "-", "@x", "'", "\t", "\u202eabc", "a\u200bb", "\ufeff", "31-02-2024",
    "31/02/2024", "2024-02-31", "45000", "1e400", "1E+15", "-5", "9" * 5000, "1.000", "1,5", "NaN", "Infinity",
    "x" * 5000,
    "5 Tahun 99999999999999999999 Bulan", "5 Tahun 5 Tahun", "99999 Tahun", "0 Tahun", "٣ Tahun", "NULL",
    "true", "𝟙𝟚/2024",
    "B.I 1/2024; DROP", "<script>", "é" * 200, "A" * 81, "2/2199", "31/12/9999", "1/1/1", "0", "000", "ﬀ 12/2024",
]  # fmt: skip


def test_sel_apa_pun_di_kolom_mana_pun(unit: Unit) -> None:
    """Every hostile cell in every column: refused or taken, never an error; and what was accepted can be saved."""
    judul = [k.sinonim[0] if getattr(k, "sinonim", ()) else k.label for k in KOLOM]
    nomor = itertools.count(1)
    baris = []
    for i, isi in itertools.product(range(len(KOLOM)), SEL):
        satu = {"nomor": f"B.I {next(nomor)}/2024", "nama": "Warga Contoh", "status": "narapidana"}
        sel = [satu.get(k.nama, "") for k in KOLOM]
        sel[i] = isi
        baris.append([s.replace(";", ",").replace("\r", " ").replace("\n", " ") for s in sel])
    for awal in range(0, len(baris), 700):
        isi = csv(*baris[awal : awal + 700], kepala=judul)
        try:
            satu = unit.terima(isi)
        except GalatPortal as galat:
            pytest.fail(f"whole file refused: {galat.pesan}")
        rencana = sdp.buka_isi(satu).rencana
        assert sdp.simpan(impor_id=satu.pk, sidik=rencana.sidik, yakin=True, **unit.umum)[1]
    with terpasang(SISTEM):
        assert DataWarga.objects.count() > 200


def test_sel_apa_pun_di_buku(unit: Unit) -> None:
    """The same in a workbook, with true numbers, dates, booleans and formulas."""
    judul = [k.sinonim[0] if getattr(k, "sinonim", ()) else k.label for k in KOLOM]
    nilai: list[Any] = [1e308, -1, 1.5, 10**14, True, "=1/0", "=A1", hari_ini(), 0, 99999999, 2024, 1e-9]
    nomor = itertools.count(1)
    baris = []
    for i, isi in itertools.product(range(len(KOLOM)), nilai):
        satu = {"nomor": f"B.I {next(nomor)}/2024", "nama": "Warga Contoh", "status": "narapidana"}
        sel: list[Any] = [satu.get(k.nama) for k in KOLOM]
        sel[i] = isi
        baris.append(sel)
    unit.simpan(buku(("Data", [judul, *baris])))
    with terpasang(SISTEM):
        assert DataWarga.objects.count() > 50


def test_rencana_yang_diserahkan_pekerja_tidak_dipinjam(unit: Unit, dunia: Dunia) -> None:
    """A plan moved to another import's row does not open: it is bound to its own."""
    a = unit.terima(csv(("B.I 1/2024", "Warga Satu", "narapidana", "3 Tahun", "", "")))
    b = unit.terima(csv(("B.I 2/2024", "Warga Dua", "narapidana", "3 Tahun", "", "")))
    ImporSDP.objects.filter(pk=b.pk).update(rencana=a.rencana, bungkus=a.bungkus, kunci=a.kunci)
    b.refresh_from_db()
    with pytest.raises(RuntimeError):
        sdp.buka_isi(b)


# ---------------------------------------------------------------- leaving while on the way


def test_dicatat_keluar_selama_serah_terima_menunggu(dunia: Dunia, ambon: Register) -> None:
    """Who is on the way to another unit is not noted as gone from this one by the export that no longer names them."""
    data = ambon.catat()
    with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
        serahkan(data=data.pk, ke=dunia.pekanbaru.kode, tanggal=hari_ini(), oleh=oleh, cakupan=cakupan)
    with pytest.raises(Bentrok, match="serah"):
        ambon.keluar(data.pk, tanggal=hari_ini() - timedelta(days=1))


# ---------------------------------------------------------------- what is written beside the register


def test_sql_yang_dicatat_tidak_memuat_nama_dan_nomor(
    klien: Client, dunia: Dunia, ambon: Register, caplog: pytest.LogCaptureFixture
) -> None:
    """With every statement logged (DEBUG), also those of a refused and of a searching page."""
    caplog.set_level("DEBUG", logger="django.db.backends")
    kode = {"kode": dunia.ambon.kode}
    kirim = {"nama": NAMA, "nomor": NOMOR, "status": "NARAPIDANA", "tahun_lahir": "1985", "sejak": "1/9/2024"}
    connection.force_debug_cursor = True
    try:
        klien.post(reverse("wbp:baru", kwargs=kode), {**kirim, "tahun_lahir": "x"})
        klien.post(reverse("wbp:baru", kwargs=kode), {**kirim, "setuju": ["pidana_kosong"]})
        klien.post(reverse("wbp:cari", kwargs=kode), {"teks": NAMA})
        klien.post(reverse("wbp:cari", kwargs=kode), {"teks": NOMOR})
        with terpasang(SISTEM):
            data = DataWarga.objects.get()
        jawab = klien.post(reverse("wbp:buka", kwargs=kode), {"orang": data.pk, "alasan": "USULAN"})
        with sebagai_orang(dunia.operator_ambon) as (oleh, cakupan):
            isi = csv(("B.I 77321/2024", "Rahasia Pelikanemas", "narapidana", "3 Tahun", "", ""))
            satu = sdp.terima(upt=dunia.ambon, isi=isi, tanggal_data=hari_ini(), oleh=oleh, cakupan=cakupan)
            sidik = sdp.buka_isi(satu).rencana.sidik
            sdp.simpan(impor_id=satu.pk, sidik=sidik, oleh=oleh, cakupan=cakupan)
    finally:
        connection.force_debug_cursor = False
    assert NAMA in jawab.content.decode()
    catatan = [f"{r.getMessage()} {r.args} {r.exc_text}" for r in caplog.records]
    assert sum("wbp_datawarga" in c for c in catatan) > 5
    for rahasia in (*NAMA.split(), "48213", "Pelikanemas", "77321"):
        assert not [c[:300] for c in catatan if rahasia.casefold() in c.casefold()]
