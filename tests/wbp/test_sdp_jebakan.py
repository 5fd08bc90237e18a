"""Traps of real exports: what could lose, swap or invent a person's data without anybody noticing."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pelaporan.buku import arsip
from pemasyarakatan.inti.galat import Bentrok, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from pemasyarakatan.jejak.models import Jejak
from pemasyarakatan.pekerjaan.models import Pekerjaan
from tests.dunia import Dunia
from tests.wbp.bantu import Register
from tests.wbp.test_sdp import DUA, KEPALA, SATU, Unit, buku, csv, nama_dari
from upt.cakupan import SISTEM, terpasang
from wbp.models import DataWarga, ImporSDP, PetaSDP
from wbp.sdp import antre, baca, services
from wbp.sdp.forms import FormKeluar
from wbp.sdp.kolom import KOLOM
from wbp.sdp.rencana import Rencana, sebut
from wbp.sdp.tulis import Keluar
from wbp.sdp.urutan import ragu

NAPI = SATU[2:]


@pytest.fixture
def unit(dunia: Dunia) -> Any:
    satu = Unit(dunia, dunia.operator_ambon)
    with terpasang(satu.cakupan):
        yield satu


@pytest.fixture
def klien(masuk: Any, dunia: Dunia) -> Client:
    petugas: Client = masuk(dunia.operator_ambon)
    return petugas


def orang(n: int, *, nama: str = "Warga Contoh", lain: tuple[Any, ...] = NAPI) -> tuple[Any, ...]:
    return (f"B.I {n}/2024", nama, *lain)


def alamat(nama: str = "impor", **lain: Any) -> str:
    return reverse(f"wbp:{nama}", kwargs={"kode": "lapas-kelas-iia-ambon", **lain})


def unggah(klien: Client, isi: bytes, tanggal: date | None = None) -> str:
    """Returns the address of the import."""
    data = (tanggal or hari_ini("WIT")).isoformat()
    jawab = klien.post(alamat(), {"berkas": SimpleUploadedFile("a.csv", isi), "tanggal_data": data})
    assert jawab.status_code == 302, jawab.content.decode()
    return str(jawab["Location"])


# ---------------------------------------------------------------- who is a person, and who is missing


@pytest.mark.parametrize("nama", ["Nip Cong", "Kepala Burung", "Total Siregar", "Operator", "Jumlah"])
def test_orang_bernama_seperti_penutup_tetap_orang(unit: Unit, nama: str) -> None:
    rencana = unit.rencana(csv(orang(11, nama=nama)))
    assert (rencana.hitungan["baru"], rencana.bukan_orang) == (1, [])


@pytest.mark.parametrize(
    "baris",
    [
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), (1, 2, 3, 4, 5, 6), ("BLOK A",), ("35", "Jumlah"),
        ("Jumlah 35",), ("", "NIP 19870101 201001 1 001"), ("", "Kepala Lapas", "Ambon"),
    ],
)  # fmt: skip
def test_nomor_kolom_judul_blok_dan_jumlah_bukan_orang(unit: Unit, baris: tuple[Any, ...]) -> None:
    rencana = unit.rencana(buku(("SDP", [KEPALA, baris, SATU])))
    assert (rencana.hitungan["baru"], rencana.hitungan["ditolak"], rencana.bukan_orang) == (1, 0, [2])


def test_yang_nomornya_rusak_tidak_ikut_dikeluarkan_semua(unit: Unit, klien: Client) -> None:
    """Their row is in the file; only nobody can tell whose it is. "All who are missing left" would drop them."""
    unit.simpan(csv(SATU, DUA))
    halaman = unggah(klien, csv(SATU, ("1,2E+05", *DUA[1:])))
    isi = klien.get(halaman)
    assert "Nomor register di baris 3 tidak terbaca" in isi.content.decode()
    assert 'name="semua"' not in isi.content.decode()
    kirim = {"aksi": "simpan", "sidik": isi.context["sidik"], "semua": "on", "alasan": "Bebas", "tanggal": ""}
    jawab = klien.post(halaman, kirim)
    assert (jawab.status_code, "mungkin salah satu dari mereka" in jawab.content.decode()) == (400, True)
    assert not DataWarga.objects.exclude(keluar_pada=None).exists()


def test_yang_datang_sesudah_data_diambil_tidak_dianggap_hilang(unit: Unit) -> None:
    """An export of the day before yesterday cannot name who came today."""
    unit.simpan(csv(SATU, DUA))
    hari = hari_ini(unit.upt.zona)
    DataWarga.objects.filter(warga__ujung="I11").update(sejak=hari - timedelta(days=9))
    satu = services.terima(upt=unit.upt, isi=csv(orang(99)), tanggal_data=hari - timedelta(days=2), **unit.umum)
    assert [o["ujung"] for o in services.buka_isi(satu).rencana.keluar] == ["I11"]


def test_tanggal_keluar_sebelum_masuk_disebut_orangnya(unit: Unit, klien: Client) -> None:
    unit.simpan(csv(SATU, DUA))
    dua = DataWarga.objects.get(warga__ujung="I12")
    halaman = unggah(klien, csv(SATU))
    sidik = klien.get(halaman).context["sidik"]
    kemarin = (hari_ini("WIT") - timedelta(days=1)).isoformat()
    kirim = {"aksi": "simpan", "sidik": sidik, "keluar": dua.pk, "alasan": "Bebas", "tanggal": kemarin}
    jawab = klien.post(halaman, kirim)
    assert jawab.status_code == 400
    assert "mendahului masuknya W.C.D. •••I12" in jawab.content.decode()
    assert f'value="{dua.pk}" checked' in jawab.content.decode()


def test_berkas_unit_lain_ditanya(unit: Unit, klien: Client) -> None:
    """Nobody in the file is known: five strangers in, everybody else out, is asked about before it is saved."""
    unit.simpan(csv(*(orang(n) for n in range(11, 16))))
    halaman = unggah(klien, csv(*(orang(n) for n in range(71, 76))))
    isi = klien.get(halaman)
    assert "Apakah ini berkas unit Anda?" in isi.content.decode()
    kirim = {"aksi": "simpan", "sidik": isi.context["sidik"]}
    jawab = klien.post(halaman, kirim)
    assert (jawab.status_code, "mungkin berkas unit lain" in jawab.content.decode()) == (400, True)
    assert DataWarga.objects.count() == 5
    assert klien.post(halaman, {**kirim, "yakin": "on"}).status_code == 302
    assert DataWarga.objects.count() == 10


def test_lebih_banyak_keluar_daripada_tinggal_ditanya(unit: Unit) -> None:
    unit.simpan(csv(*(orang(n) for n in range(11, 26))))
    hari = hari_ini(unit.upt.zona)
    ids = tuple(DataWarga.objects.exclude(warga__ujung__in=("I11", "I12")).values_list("pk", flat=True))
    with pytest.raises(TidakSah, match="ditandai keluar"):
        unit.simpan(csv(orang(11), orang(12)), Keluar(ids, hari, "Bebas"))
    assert unit.simpan(csv(orang(11), orang(12)), Keluar(ids, hari, "Bebas"), yakin=True).status == "DISIMPAN"


def test_data_lebih_lama_dikatakan(unit: Unit, klien: Client) -> None:
    """An older file would write old values over newer ones, and over what was mended by hand since."""
    unit.simpan(csv(SATU))
    data = DataWarga.objects.get(upt=unit.upt)
    Register(unit.upt, unit.oleh).ubah(data, pidana_bulan=3)
    halaman = unggah(klien, csv(SATU), hari_ini("WIT") - timedelta(days=5))
    isi = klien.get(halaman).content.decode()
    assert "Data ini lebih lama daripada register" in isi
    assert "Diubah di portal sesudah hari data berkas ini" in isi
    assert "lebih lama" not in klien.get(unggah(klien, csv(SATU, DUA))).content.decode()


def test_tahanan_menjadi_narapidana_menurut_golongan(unit: Unit) -> None:
    """Exports without a status: the letter of the register says that somebody was sentenced. Never the other way."""
    kepala = ("no_reg", "nama", "gol_reg", "lama_pidana")
    unit.simpan(csv(("A.III 1/2026", "Warga Satu", "A.III", ""), kepala=kepala))
    unit.simpan(csv(("A.III 1/2026", "Warga Satu", "B.I", "3 Tahun"), kepala=kepala))
    data = DataWarga.objects.get(upt=unit.upt)
    assert (data.status, data.pidana_tahun) == ("NARAPIDANA", 3)
    kembali = unit.rencana(csv(("A.III 1/2026", "Warga Satu", "A.III", ""), kepala=kepala))
    assert not any(label == "Status" for label, *_ in kembali.baris[0].beda)


# ---------------------------------------------------------------- numbers and days that a program has spoilt


def test_nomor_angka_ditanya_lalu_diingat(unit: Unit, klien: Client) -> None:
    """00123 kept as a figure is 123: refused until somebody says that no number of the unit begins with a zero."""
    isi = buku(("SDP", [KEPALA, (12345, *SATU[1:]), (12346, *DUA[1:])]))
    halaman = unggah(klien, isi)
    terlihat = klien.get(halaman)
    assert terlihat.context["h"] == {"baru": 0, "berubah": 0, "sama": 0, "ditolak": 2}
    assert "2 nomor disimpan Excel sebagai angka" in " ".join(terlihat.content.decode().split())
    assert klien.post(halaman, {"aksi": "angka"}).status_code == 302
    assert klien.get(halaman).context["h"]["baru"] == 2
    assert klien.get(unggah(klien, isi)).context["h"]["baru"] == 2
    halaman = unggah(klien, isi)
    assert klien.post(halaman, {"aksi": "bukan_angka"}).status_code == 302
    assert klien.get(halaman).context["h"]["ditolak"] == 2
    assert PetaSDP.objects.get().peta[services.ANGKA] == 0


@pytest.mark.parametrize("nomor", [1.2e15, 123.5, -5, 9171010101900001])
def test_nomor_angka_yang_digitnya_hilang_tetap_ditolak(unit: Unit, nomor: float) -> None:
    satu = unit.terima(buku(("SDP", [KEPALA, (nomor, *SATU[1:])])))
    satu = services.petakan(
        impor_id=satu.pk, kolom=services.buka_isi(satu).tabel.kolom, angka=True, **unit.umum
    )  # fmt: skip
    assert "digitnya dapat hilang" in services.buka_isi(satu).rencana.baris[0].pesan[0][1]


D = ["d", "2024-03-02"]


@pytest.mark.parametrize(
    ("sel", "hasil"),
    [
        (["13/02/2024", "03/02/2024"], (False, False)),
        (["02/13/2024", "03/02/2024"], (True, False)),
        (["02/13/2024", "13/02/2024", "14/02/2024"], (False, False)),
        (["13/02/2024", D, D, D], (False, True)),
        (["13/02/2024", D, D], (False, False)),
        (["13/02/2024", "03/02/2024", D, D, D], (False, False)),
        (["13/02/2024", D, D, D, ["d", "2024-03-20"]], (False, False)),
        ([D, D, D], (False, False)),
        ([None, "", 5, "kosong"], (False, False)),
    ],
)
def test_urutan_hari_dan_bulan(sel: list[Any], hasil: tuple[bool, bool]) -> None:
    assert ragu(sel) == hasil


def test_kolom_bulan_dahulu_tidak_ditebak(unit: Unit) -> None:
    """Month first, by an English program: 03/02/2024 would be read as 3 February, and is 2 March."""
    semua = [
        orang(n, lain=(*NAPI[:2], tahan, "")) for n, tahan in enumerate(("02/13/2024", "03/02/2024", "04/04/2024"), 11)
    ]
    rencana = unit.rencana(csv(*semua))
    assert [b.jenis for b in rencana.baris] == ["ditolak", "ditolak", "baru"]
    assert "bulan sebelum hari" in rencana.baris[1].pesan[0][1]


def test_hari_dan_bulan_yang_ditukar_excel(unit: Unit) -> None:
    """Excel in English made dates of 01/02 … 12/02, days and months exchanged, and left 13/02 a text."""
    tahan = ["13/02/2024", date(2024, 1, 2), date(2024, 5, 2), date(2024, 2, 2), date(2024, 6, 2)]
    semua = [orang(n, lain=(*NAPI[:2], hari, "")) for n, hari in enumerate(tahan, 11)]
    rencana = unit.rencana(buku(("SDP", [KEPALA, *semua])))
    assert [b.jenis for b in rencana.baris] == ["baru", "ditolak", "ditolak", "baru", "ditolak"]
    assert "ditukar Excel" in rencana.baris[1].pesan[0][1]


def test_tanggal_lahir_tertukar_tetap_tahun_yang_sama(unit: Unit) -> None:
    lahir = ["13/02/1990", date(1990, 1, 2), date(1990, 5, 2), date(1990, 3, 2)]
    semua = [(*orang(n), hari) for n, hari in enumerate(lahir, 11)]
    rencana = unit.rencana(buku(("SDP", [(*KEPALA, "tgl_lahir"), *semua])))
    assert rencana.hitungan["baru"] == 4


@pytest.mark.parametrize(
    ("isi", "hasil"),
    [
        ("5 (lima) Tahun 6 (enam) Bulan", (5, 6)), ("5 Tahun dan 6 Bulan", (5, 6)), ("12 (dua belas) tahun", (12, 0)),
        ("5 (enam) Tahun", None), ("5 Tahun (lima)", None), ("dan 5 Tahun", None),
    ],
)  # fmt: skip
def test_lama_pidana_dengan_huruf(unit: Unit, isi: str, hasil: tuple[int, int] | None) -> None:
    baris = unit.rencana(csv((*SATU[:3], isi, *SATU[4:]))).baris[0]
    assert (baris.jenis == "baru") == (hasil is not None)
    if hasil:
        unit.simpan(csv((*SATU[:3], isi, *SATU[4:])))
        d = DataWarga.objects.get(upt=unit.upt)
        assert (d.pidana_tahun, d.pidana_bulan) == hasil


@pytest.mark.parametrize("nama", ['=HYPERLINK("http://x","Kenari")', "=CMD|' /C calc'!A0", " =1+1"])
def test_rumus_bukan_nama(unit: Unit, nama: str) -> None:
    baris = unit.rencana(csv(orang(11, nama=nama.replace(";", ",")))).baris[0]
    assert baris.jenis == "ditolak"
    assert "Rumus" in baris.pesan[0][1]
    assert "Kenari" not in str(baris.pesan)


def test_huruf_tak_tampak_dibuang_dari_nama_dan_nomor(unit: Unit) -> None:
    """Left by web pages; in a name they would keep it from ever being found, in a number make another person."""
    unit.simpan(csv(("\u200bB.I 11/2024", "War\u200bga Con\u00adtoh Satu\ufeff", *NAPI)))
    d = DataWarga.objects.get(upt=unit.upt)
    assert (nama_dari(d).nama, nama_dari(d).nomor) == ("Warga Contoh Satu", "B.I 11/2024")
    assert unit.rencana(csv(SATU)).hitungan["sama"] == 1


# ---------------------------------------------------------------- headings


def test_judul_kembar_dibedakan_hurufnya(unit: Unit, klien: Client) -> None:
    isi = csv((*SATU, "Lain", "x"), kepala=(*KEPALA, "nama", ""))
    halaman = klien.get(unggah(klien, isi))
    assert halaman.context["tidak_dipakai"] == ["nama (kolom G)"]
    pilihan = dict(halaman.context["kolom"].fields["kolom-nama"].choices)
    assert (pilihan["1"], pilihan["0"], pilihan["7"]) == ("nama (kolom B)", "no_reg", "Kolom H")


def test_judul_dua_baris_dengan_sel_gabung(unit: Unit) -> None:
    """A list made by hand: letterhead, "Pidana" above its three columns, numbered columns, blocks, a signature."""
    baris = [
        ("LAPAS KELAS IIA AMBON",), (),
        ("No", "No. Register", "Nama", "Status", "Pidana", None, None, "Tgl Penahanan"),
        (None, None, None, None, "Tahun", "Bulan", "Hari", None),
        tuple(f"({n})" for n in range(1, 9)),
        (1, *SATU[:3], 5, 6, 0, date(2024, 2, 1)), ("Blok B",), (2, *DUA[:3], 3, 0, 0, date(2024, 3, 13)),
        (None, "Jumlah", 2), (), (None, None, None, None, None, None, "Kepala Lapas,"),
    ]  # fmt: skip
    rencana = unit.rencana(buku(("SDP", baris)))
    assert (rencana.hitungan["baru"], rencana.hitungan["ditolak"]) == (2, 0), [b.pesan for b in rencana.baris]
    unit.simpan(buku(("SDP", baris)))
    d = DataWarga.objects.get(warga__ujung="I11")
    assert (d.pidana_tahun, d.pidana_bulan, d.pidana_hari) == (5, 6, 0)


def test_kolom_bertukar_tempat_tidak_memakai_peta_lama(unit: Unit) -> None:
    """What was chosen belongs to these headings in this order; another order is read by its own headings."""
    kepala = ("kode", *KEPALA[1:])
    satu = unit.terima(csv(SATU, kepala=kepala))
    services.petakan(impor_id=satu.pk, kolom={**services.buka_isi(satu).tabel.kolom, "nomor": 0}, **unit.umum)
    assert unit.terima(csv(DUA, kepala=kepala)).status == "DIPERIKSA"
    tukar = unit.terima(csv((DUA[1], DUA[0], *DUA[2:]), kepala=(kepala[1], kepala[0], *kepala[2:])))
    assert (tukar.status, tukar.peta["nama"], "nomor" in tukar.peta) == ("PETAKAN", 0, False)


def test_judul_bersimbol_nol_tidak_menjatuhkan(unit: Unit) -> None:
    """A workbook may write NUL as _x0000_; the database takes none."""
    isi = buku(("SDP", [(*KEPALA, "JUDULANEH"), (*SATU, "x")]))
    aliran = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as lama, zipfile.ZipFile(aliran, "w") as baru:
        for satu in lama.infolist():
            baru.writestr(satu.filename, lama.read(satu).replace(b"JUDULANEH", b"JUDUL_x0000_ANEH"))
    assert unit.rencana(aliran.getvalue()).hitungan["baru"] == 1


def test_sidik_berubah_bila_kolom_dipetakan_ulang(unit: Unit) -> None:
    """A colleague maps the columns anew while the page is open: what was seen is not what would be saved."""
    kepala = ("no_reg", "nama", "status", "agama", "agama lama")
    satu = unit.terima(csv(("B.I 11/2024", "Warga Satu", "narapidana", "islam", "hindu"), kepala=kepala))
    lama = services.buka_isi(satu)
    services.petakan(impor_id=satu.pk, kolom={**lama.tabel.kolom, "agama": 4}, **unit.umum)
    hasil, tersimpan = services.simpan(impor_id=satu.pk, sidik=lama.rencana.sidik, **unit.umum)
    assert (tersimpan, hasil.status, DataWarga.objects.count()) == (False, "DIPERIKSA", 0)


# ---------------------------------------------------------------- size


def test_banyak_baris_bernomor_sama_tetap_ringkas(unit: Unit) -> None:
    """Each of n rows named the n - 1 others: 10,000 of them were half a gigabyte of sentences."""
    satu = unit.terima(csv(*(("B.I 1/2024", f"Warga {n}", *NAPI) for n in range(1200))))
    assert len(json.dumps(satu.ringkas)) < 400_000
    assert satu.ringkas["sebab"][0][2].startswith(
        "Nomor register ini ada di baris 3, 4, 5, 6, 7 dan 1.194 lainnya juga"
    )


def test_banyak_baris_sama_persis_disebut_ringkas(unit: Unit) -> None:
    rencana = unit.rencana(csv(*[SATU] * 1200))
    assert rencana.hitungan["baru"] == 1
    assert rencana.baris[0].catatan == ["Baris 3, 4, 5, 6, 7 dan 1.194 lainnya sama persis, jadi dibaca sekali."]


def test_sebut_baris() -> None:
    assert (sebut([]), sebut([4]), sebut([1, 2, 3, 4, 5])) == ("", "4", "1, 2, 3, 4, 5")


def test_terlalu_panjang_dikatakan_batasnya(unit: Unit) -> None:
    """What to do with too many persons is not "download the template"."""
    isi = csv(*[("B.I 1/2024", "W", "", "", "", "")] * 40_001)
    with pytest.raises(GalatPortal, match=r"10\.000 orang"):
        unit.terima(isi)
    lebar = csv(("x",) * 130, kepala=("no_reg",) * 130)
    with pytest.raises(GalatPortal, match="120 kolom"):
        unit.terima(lebar)
    assert "templat" not in services._PESAN[arsip.BENGKAK].casefold()
    assert baca.UKURAN.bita == 10 * 1024**2


def test_daftar_impor_tanpa_sebab_yang_panjang(unit: Unit, klien: Client) -> None:
    unit.terima(csv((*SATU[:3], "5", *SATU[4:]), DUA))
    with CaptureQueriesContext(
        connection,
    ) as semua:
        isi = klien.get(alamat()).content.decode()
    baca_impor = [q["sql"] for q in semua if 'FROM "wbp_imporsdp"' in q["sql"]]
    assert baca_impor
    assert not any('"ringkas",' in sql or '"rencana"' in sql for sql in baca_impor)
    assert 'data-judul="Ditolak">1<' in isi


def test_unggahan_tidak_menyentuh_cakram(klien: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names in a temporary file would outlive a killed process; and a full disk would stop the import."""
    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    def penuh(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", penuh)
    isi = csv(SATU, DUA) + b"\r\n" * 3_000_000
    jawab = klien.post(alamat(), {"berkas": SimpleUploadedFile("a.csv", isi), "tanggal_data": hari_ini("WIT")})
    assert jawab.status_code == 413
    assert "10.000 orang" in jawab.content.decode()


# ---------------------------------------------------------------- twice, late, by a worker


def test_berkas_sama_lagi_menggantikan_yang_terbuka(unit: Unit) -> None:
    """A double click on the upload leaves one plan, not two with everybody's names in them."""
    satu, dua = unit.terima(csv(SATU)), unit.terima(csv(SATU))
    satu.refresh_from_db()
    assert (satu.status, satu.rencana, satu.bungkus) == ("DIBATALKAN", None, None)
    assert dua.status == "DIPERIKSA"
    with terpasang(SISTEM):
        assert Jejak.objects.filter(tindakan="impor_sdp_ganti", objek_id=str(satu.pk)).count() == 1
    unit.terima(csv(DUA))
    dua.refresh_from_db()
    assert dua.status == "DIPERIKSA"


def test_daftar_panjang_berulang_tidak_menumpuk_pekerjaan(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six times the same long file, or six called off: one job waits, and nobody is told to wait for five."""
    monkeypatch.setattr(services, "LANGSUNG", 0)
    for _ in range(6):
        satu = unit.terima(csv(SATU))
    assert list(ImporSDP.objects.filter(status="ANTRE")) == [satu]
    for n in range(6):
        services.batalkan(impor_id=unit.terima(csv(orang(n + 10))).pk, **unit.umum)
    assert Pekerjaan.objects.filter(status=Pekerjaan.Status.ANTRE).count() == 1


def test_simpan_yang_diminta_tidak_digantikan(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    satu = antrekan(unit, monkeypatch, csv(SATU))
    services.simpan(impor_id=satu.pk, sidik=services.buka_isi(satu).rencana.sidik, **unit.umum)
    unit.terima(csv(SATU))
    kerjakan(satu, simpan=True)
    assert DataWarga.objects.count() == 1


def antrekan(unit: Unit, monkeypatch: pytest.MonkeyPatch, isi: bytes) -> ImporSDP:
    """An import planned by a worker."""
    monkeypatch.setattr(services, "LANGSUNG", 0)
    satu = unit.terima(isi)
    kerjakan(satu, simpan=False)
    satu.refresh_from_db()
    return satu


def kerjakan(satu: ImporSDP, *, simpan: bool) -> None:
    kerja = Pekerjaan.objects.get(parameter={"impor": str(satu.pk), "simpan": simpan})
    antre.kerjakan(kerja, lambda langkah, selesai, total: None)


def test_klik_ganda_pada_simpan_yang_antre(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    satu = antrekan(unit, monkeypatch, csv(SATU))
    sidik = services.buka_isi(satu).rencana.sidik
    assert [services.simpan(impor_id=satu.pk, sidik=sidik, **unit.umum)[1] for _ in range(2)] == [True, True]
    assert Pekerjaan.objects.filter(parameter__simpan=True).count() == 1
    kerjakan(satu, simpan=True)
    assert DataWarga.objects.count() == 1


def test_pekerja_yang_gagal_menyimpan_mengembalikan_keputusan(
    unit: Unit, klien: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused while a worker saves: nothing is saved, and the page says why and lets one decide again."""
    satu = antrekan(unit, monkeypatch, csv(SATU))
    sidik = services.buka_isi(satu).rencana.sidik
    services.simpan(impor_id=satu.pk, sidik=sidik, **unit.umum)

    def tolak(*_: object, **__: object) -> None:
        raise Bentrok("Orang ini sedang diserahkan ke unit lain.")

    with monkeypatch.context() as sementara:
        sementara.setattr(services, "tulis", tolak)
        kerjakan(satu, simpan=True)
    satu.refresh_from_db()
    assert (satu.status, DataWarga.objects.count()) == ("DIPERIKSA", 0)
    assert "sedang diserahkan ke unit lain" in klien.get(alamat("impor_satu", kunci=satu.pk)).content.decode()
    Pekerjaan.objects.update(status=Pekerjaan.Status.SELESAI)
    services.simpan(impor_id=satu.pk, sidik=services.buka_isi(satu).rencana.sidik, **unit.umum)
    antre.kerjakan(
        Pekerjaan.objects.filter(parameter__simpan=True).latest("dibuat_pada"), lambda langkah, selesai, total: None
    )
    assert DataWarga.objects.count() == 1


def test_banyak_yang_keluar_juga_pekerjaan(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows in the file, hundreds who leave: that is a worker's, not the request's."""
    unit.simpan(csv(*(orang(n) for n in range(11, 17))))
    monkeypatch.setattr(services, "LANGSUNG", 5)
    hari = hari_ini(unit.upt.zona)
    ids = tuple(DataWarga.objects.exclude(warga__ujung__in=("I11", "I12")).values_list("pk", flat=True))
    satu = unit.simpan(csv(orang(11), orang(12)), Keluar(ids, hari, "Bebas"))
    assert satu.status == "ANTRE"


def test_rekan_melihat_bahwa_sedang_dikerjakan(unit: Unit, masuk: Any, dunia: Dunia, monkeypatch: Any) -> None:
    """The job is somebody else's: a colleague is not told to call it off as if it had failed."""
    monkeypatch.setattr(services, "LANGSUNG", 0)
    satu = unit.terima(csv(SATU))
    kepala: Client = masuk(dunia.kepala_ambon)
    isi = kepala.get(alamat("impor_satu", kunci=satu.pk)).content.decode()
    assert "Petugas lain di unit Anda" in isi
    assert "Belum selesai" not in isi


def test_lewat_sehari_dikatakan(unit: Unit, klien: Client) -> None:
    satu = unit.terima(csv(SATU))
    ImporSDP.objects.filter(pk=satu.pk).update(pada=satu.pada - timedelta(days=2))
    assert services.bersihkan_terbengkalai() == 1
    isi = klien.get(alamat("impor_satu", kunci=satu.pk)).content.decode()
    assert "Tidak diputuskan dalam sehari" in isi
    satu.refresh_from_db()
    assert (satu.rencana, satu.bungkus, satu.kunci) == (None, None, "")


def test_yang_dibetulkan_dikirim_lagi_tanpa_mengulang(unit: Unit) -> None:
    """Only the mended row comes again: the good ones stay as they are, and nobody is noted as gone."""
    salah = (*DUA[:3], "lima tahun", *DUA[4:])
    unit.simpan(csv(SATU, salah))
    unit.simpan(csv(DUA))
    assert DataWarga.objects.ada().count() == 2
    lagi = unit.rencana(csv(SATU, DUA))
    assert lagi.hitungan == {"baru": 0, "berubah": 0, "sama": 2, "ditolak": 0}


def test_borang_keluar_semua(unit: Unit) -> None:
    """The form itself: everybody who is missing, and only with a reason."""
    from django.http import QueryDict

    rencana = Rencana(keluar=[{"id": 7, "revisi": 1, "inisial": "A.", "ujung": "1", "sejak": "2024-01-01"}])
    for isi, sah in (("semua=on", False), ("semua=on&alasan=Bebas", True), ("", True)):
        form = FormKeluar(QueryDict(isi), rencana=rencana, tanggal=date(2026, 1, 1), unit="Lapas")
        assert form.is_valid() == sah
    assert form.keluar() is None


def test_setiap_kolom_tanggal_dijaga() -> None:
    """Columns of dates are found by their kind; a new one is guarded too."""
    assert {"tanggal_tahan", "tanggal_putusan", "sejak"} <= {k.nama for k in KOLOM if k.ragam == "tanggal"}


def test_lembar_yang_mengaku_sejuta_baris(unit: Unit) -> None:
    """A sheet that claims a million rows is read by what is in it."""
    wb: Any = openpyxl.load_workbook(io.BytesIO(buku(("SDP", [KEPALA, SATU]))))
    wb.active.row_dimensions[900].height = 20
    aliran = io.BytesIO()
    wb.save(aliran)
    isi = aliran.getvalue()
    keluaran = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as lama, zipfile.ZipFile(keluaran, "w") as baru:
        for satu in lama.infolist():
            xml = lama.read(satu)
            if satu.filename.endswith("sheet1.xml"):
                assert b"<dimension" in xml
                xml = xml.replace(b'ref="A1:F2"', b'ref="A1:XFD1048576"')
            baru.writestr(satu.filename, xml)
    assert unit.rencana(keluaran.getvalue()).hitungan["baru"] == 1
