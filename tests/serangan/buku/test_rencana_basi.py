"""Attacks on workbooks between preview and saving: stale plans, forged meta, lost rights, parked uploads."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from pelaporan.antrean.services import Pilihan, verifikasi_massal
from pelaporan.buku import batas
from pelaporan.buku import services as buku_services
from pelaporan.buku.meta import Formulir, Meta
from pelaporan.daftar.services import kembalikan
from pelaporan.models import Laporan, LaporanVersi, Pemberitahuan, Unggahan
from pelaporan.services import pembuat
from pelaporan.services_isian import Perubahan, hapus_baris
from pemasyarakatan.inti.galat import Ditolak
from pemasyarakatan.pekerjaan.models import Pekerjaan
from pemasyarakatan.pekerjaan.services import batalkan, jalankan_pekerjaan
from tests.dunia import JANUARI, Dunia, kirim, lakukan
from tests.pelaporan import test_buku as buku
from tests.pelaporan.bantu import sebagai_orang, segar
from tests.pelaporan.test_buku import ambil, isi, putuskan, rencana, sel, simpan_sebagai, tulis, unggah, unggahan
from tests.pelaporan.test_buku_ramai import muat, pekerjaan, penuh, titip
from tests.pelaporan.test_daftar_baris import nilai, tambah
from tests.serangan.buku.alat import berhenti, buku_maluku
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Kanwil, Penugasan

__all__ = ["penuh"]


# ---------------------------------------------------------------- workbooks: rows that go


def _pratinjau_hapus(dunia: Dunia, klien: Client, cara: str) -> tuple[Unggahan, dict[str, str], str]:
    """A previewed workbook in which the first of two rows was emptied, or taken out of the sheet."""
    lagi = buku._dua_kejadian(dunia, klien)
    if cara == "dikosongkan":
        buku._kejadian(lagi, 6, tanggal=None, jam=None)
    else:
        lagi["F04 Daftar kejadian"].delete_rows(6)
    satu = unggahan(unggah(klien, buku.alamat(dunia), tulis(lagi)))
    kunci = f"{dunia.laporan(dunia.ambon, 'F04').pk}|kejadian"
    return satu, {} if cara == "dikosongkan" else {"buang-1": kunci}, buku._baris_draf(dunia)[0]["id"]


@pytest.mark.parametrize("cara", ["dikosongkan", "dibuang"])
@pytest.mark.parametrize("kolom", ["jam", "lokasi"])
def test_baris_yang_diubah_rekan_sesudah_pratinjau_tidak_dihapus(
    dunia: Dunia, klien: Client, cara: str, kolom: str
) -> None:
    """Also when the colleague filled a cell that was empty before."""
    satu, pilih, baris_id = _pratinjau_hapus(dunia, klien, cara)
    versi = 1 if kolom == "jam" else 0
    ubah = Perubahan(kolom, "15:00", versi=versi, daftar="kejadian", baris=baris_id)
    simpan_sebagai(dunia, dunia.kepala_ambon, ubah, formulir="F04")
    hasil = putuskan(klien, satu, **pilih).hasil
    assert len(buku._baris_draf(dunia)) == 2
    assert [g["pesan"] for g in hasil["gagal"]] == ["Baris ini baru saja diubah rekan. Tidak dihapus."]
    assert hasil["tersimpan"] == 0, "what stayed is not counted as done"


@pytest.mark.parametrize("cara", ["dikosongkan", "dibuang"])
def test_baris_yang_tidak_berubah_dihapus_dan_dapat_kembali(dunia: Dunia, klien: Client, cara: str) -> None:
    satu, pilih, baris_id = _pratinjau_hapus(dunia, klien, cara)
    assert putuskan(klien, satu, **pilih).hasil["tersimpan"] == 1
    assert len(buku._baris_draf(dunia)) == 1
    with sebagai_orang(dunia.operator_ambon) as diri:
        kembalikan(laporan_id=dunia.laporan(dunia.ambon, "F04").pk, daftar="kejadian", baris=baris_id, **diri)
    assert buku._baris_draf(dunia)[0]["id"] == baris_id


def test_baris_yang_sudah_dihapus_rekan_tidak_menggagalkan_sisanya(dunia: Dunia, klien: Client) -> None:
    satu, pilih, baris_id = _pratinjau_hapus(dunia, klien, "dibuang")
    with sebagai_orang(dunia.kepala_ambon) as rekan:
        laporan = dunia.laporan(dunia.ambon, "F04")
        hapus_baris(laporan_id=laporan.pk, daftar="kejadian", baris=baris_id, **rekan)
    assert putuskan(klien, satu, **pilih).hasil == {"tersimpan": 0, "gagal": [], "dilewati": [], "alasan": ""}
    assert len(buku._baris_draf(dunia)) == 1


# ---------------------------------------------------------------- workbooks: meta


def _palsu(dunia: Dunia, **ubah: Any) -> Callable[[openpyxl.Workbook], bytes]:
    """The workbook with a meta of our choice, truly signed: what another workbook of the portal could carry."""

    def kerjakan(satu: openpyxl.Workbook) -> bytes:
        laporan = dunia.laporan(dunia.ambon)
        bahan: dict[str, Any] = {
            "jenis": "upt", "pemilik": dunia.ambon.kode, "nama": "Ambon", "bulan": JANUARI.kode,
            "formulir": {"F06": Formulir(laporan.skema.sidik)},
        }  # fmt: skip
        for n, potong in enumerate(Meta(**{**bahan, **ubah}).potongan(), 1):
            satu["_meta"].cell(n, 1).value = potong
        for n in range(len(Meta(**{**bahan, **ubah}).potongan()) + 1, satu["_meta"].max_row + 1):
            satu["_meta"].cell(n, 1).value = None
        return tulis(satu)

    return kerjakan


@pytest.mark.parametrize(
    "ubah",
    [
        {"bulan": "2025-12"},
        {"bulan": "2026-02"},
        {"pemilik": "lapas-kelas-iia-pekanbaru"},
        {"jenis": "kanwil", "pemilik": "maluku"},
        {"templat": batas.TEMPLAT + 1},
        {"formulir": {"F06": Formulir("0" * 64)}},
    ],
)
def test_meta_sah_dari_tempat_lain_ditolak(dunia: Dunia, klien: Client, ubah: dict[str, Any]) -> None:
    satu = ambil(klien, buku.alamat(dunia, "buku_templat"))
    isi(satu, "F06.wbp", 8)
    assert unggah(klien, buku.alamat(dunia), _palsu(dunia, **ubah)(satu)).status_code == 400
    assert not sel(dunia, "wbp")


def test_cap_yang_ditulis_ulang_ditolak(dunia: Dunia, klien: Client) -> None:
    satu = ambil(klien, buku.alamat(dunia, "buku_templat"))
    isi_meta = "".join(str(c.value or "") for (c,) in satu["_meta"].iter_rows(min_row=2, max_col=1))
    satu["_meta"].cell(2, 1).value = isi_meta[:30000].replace('"templat"', '"templat" ')
    for cap in ("", "0" * 64, "é" * 64, isi_meta[:64]):
        satu["_meta"].cell(1, 1).value = cap or None
        assert unggah(klien, buku.alamat(dunia), tulis(satu)).status_code == 400, cap[:8]


def test_kode_dan_baris_laporan_lain_tidak_menulis_apa_pun(dunia: Dunia, klien: Client) -> None:
    """The id of a row of another report becomes a new row here; the other row never moves."""
    with sebagai_orang(dunia.operator_masohi) as lain:
        asing = tambah(lain, dunia.laporan(dunia.masohi, "F04"), lokasi="Masohi")
    satu = ambil(klien, buku.alamat(dunia, "buku_templat"))
    lembar = satu["F04 Daftar kejadian"]
    for n, kunci in enumerate((asing, "ａ" * 12, "'><svg a=b/>", "../../../x/y")):
        lembar.cell(6 + n, 1).value = kunci
        buku._kejadian(satu, 6 + n, tanggal="3/1/2026", lokasi=f"Ambon {n}")
    putuskan(klien, unggahan(unggah(klien, buku.alamat(dunia), tulis(satu))))
    assert [b["sel"]["lokasi"]["nilai"] for b in buku._baris_draf(dunia)] == [f"Ambon {n}" for n in range(4)]
    for b in buku._baris_draf(dunia):
        assert b["id"].isascii()
        assert b["id"].isalnum()
    assert nilai(dunia.laporan(dunia.masohi, "F04")) == ["Masohi"]


# ---------------------------------------------------------------- workbooks: replay, second person, lost right


def test_unggahan_lama_sesudah_dikirim_dan_dikembalikan(dunia: Dunia, klien: Client) -> None:
    """A plan made before the report was sent never goes over what was sent since."""
    laporan = dunia.laporan(dunia.ambon)
    simpan_sebagai(dunia, dunia.operator_ambon, Perubahan("wbp", "10"))
    satu = ambil(klien, buku.alamat(dunia, "buku_templat"))
    isi(satu, "F06.wbp", 99)
    lama = unggahan(unggah(klien, buku.alamat(dunia), tulis(satu)))
    kirim(laporan, dunia.kepala_ambon)
    with terpasang(SISTEM):
        versi = LaporanVersi.objects.get(laporan=laporan).sidik
    lakukan(laporan, "kembalikan", dunia.verifikator_maluku, teks="Periksa lagi.", alasan="lainnya")
    hasil = putuskan(klien, lama).hasil
    assert hasil["tersimpan"] == 0
    assert "mengisi 12" in hasil["gagal"][0]["pesan"]
    assert sel(dunia, "wbp")["nilai"] == 12
    lagi = unggahan(unggah(klien, buku.alamat(dunia), _ulang(satu)))
    assert rencana(lagi)["wbp"]["jenis"] == "bentrok", "the same cell asks, with the colleague's name"
    with terpasang(SISTEM):
        assert LaporanVersi.objects.get(laporan=laporan).sidik == versi


def _ulang(satu: openpyxl.Workbook) -> bytes:
    """The same workbook in other bytes."""
    satu.properties.title = uuid.uuid4().hex
    return tulis(satu)


def test_rekan_satu_unit_boleh_memutuskan_dan_namanya_yang_tercatat(dunia: Dunia, klien: Client, masuk: Any) -> None:
    satu = ambil(klien, buku.alamat(dunia, "buku_templat"))
    isi(satu, "F06.wbp", 8)
    satu_unggahan = unggahan(unggah(klien, buku.alamat(dunia), tulis(satu)))
    for asing in ("operator_masohi", "operator_pekanbaru"):
        kode = masuk(dunia.orang[asing]).post(reverse("pelaporan:unggahan", args=[satu_unggahan.pk])).status_code
        assert kode == 404, asing
    putuskan(masuk(dunia.kepala_ambon), satu_unggahan)
    assert sel(dunia, "wbp")["o"] == dunia.kepala_ambon.pk


def test_hak_yang_hilang_sesudah_pratinjau(dunia: Dunia, klien: Client) -> None:
    satu = ambil(klien, buku.alamat(dunia, "buku_templat"))
    isi(satu, "F06.wbp", 8)
    satu_unggahan = unggahan(unggah(klien, buku.alamat(dunia), tulis(satu)))
    berhenti(dunia.operator_ambon)
    jawaban = klien.post(reverse("pelaporan:unggahan", args=[satu_unggahan.pk]), {"aksi": "simpan"})
    assert jawaban.status_code in (403, 404)
    assert not sel(dunia, "wbp")
    assert muat(satu_unggahan).status == Unggahan.Status.DIPERIKSA


# ---------------------------------------------------------------- a Kanwil's workbook


def test_unit_dua_kali_dan_unit_asing_dalam_buku_kanwil(dunia: Dunia, masuk: Any) -> None:
    """One report is planned once; a repeated row is named instead of ending in an error of the server."""
    klien = masuk(dunia.verifikator_maluku)
    satu = buku_maluku(klien)
    buku._isi_kanwil(satu, dunia.ambon.kode, wbp=15)
    lembar = satu.worksheets[1]
    akhir = lembar.max_row + 1
    for n, kode in enumerate((dunia.ambon.kode, dunia.pekanbaru.kode)):
        for k in range(1, lembar.max_column + 1):
            lembar.cell(akhir + n, k).value = 16 if lembar.cell(4, k).value in ("wbp", "petugas") else None
        lembar.cell(akhir + n, 1).value = kode
    satu_unggahan = unggahan(unggah(klien, buku._url_kanwil(), tulis(satu)))
    assert [lap["kode_upt"] for lap in satu_unggahan.rencana["laporan"]].count(dunia.ambon.kode) == 1
    assert "tertulis dua kali" in satu_unggahan.rencana["galat"][0][1]
    assert any(dunia.pekanbaru.kode in a for a in satu_unggahan.rencana["abaikan"])
    putuskan(klien, satu_unggahan, alasan="Jaringan putus")
    assert sel(dunia, "wbp")["nilai"] == 15
    assert not sel(dunia, "wbp", upt=dunia.pekanbaru)
    with terpasang(SISTEM):
        assert Pemberitahuan.objects.filter(dedup__startswith="unggahan:").count() == 1


def test_unit_yang_pindah_sesudah_pratinjau_dilewati_yang_lain_tersimpan(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.verifikator_maluku)
    satu = buku_maluku(klien)
    buku._isi_kanwil(satu, dunia.ambon.kode, wbp=15)
    buku._isi_kanwil(satu, dunia.masohi.kode, wbp=9)
    satu_unggahan = unggahan(unggah(klien, buku._url_kanwil(), tulis(satu)))
    with terpasang(SISTEM):
        riau = Kanwil.objects.get(slug="riau")
        Laporan.objects.filter(upt=dunia.masohi).update(kanwil=riau)
        UPT.objects.filter(pk=dunia.masohi.pk).update(kanwil=riau)
    hasil = putuskan(klien, satu_unggahan, alasan="Jaringan putus").hasil
    assert "tidak lagi termasuk tugas Anda" in hasil["dilewati"][0]
    assert sel(dunia, "wbp")["nilai"] == 15
    assert not sel(dunia, "wbp", upt=dunia.masohi)


@pytest.mark.parametrize("peran", ["", "kepala_kanwil"])
def test_pengisi_atas_nama_tidak_memverifikasi_lewat_jalan_mana_pun(dunia: Dunia, masuk: Any, peran: str) -> None:
    """By itself, in bulk, and not in a second role either."""
    v = dunia.verifikator_maluku
    if peran:
        with terpasang(SISTEM):
            Penugasan.objects.create(pengguna=v, peran=peran, kanwil=dunia.ambon.kanwil, mulai=JANUARI.awal)
    klien = masuk(v)
    satu = buku_maluku(klien)
    buku._isi_kanwil(satu, dunia.ambon.kode, wbp=15)
    putuskan(klien, unggahan(unggah(klien, buku._url_kanwil(), tulis(satu))), alasan="Jaringan putus")
    laporan = dunia.laporan(dunia.ambon)
    kirim(laporan, dunia.kepala_ambon)
    with terpasang(SISTEM):
        assert pembuat(laporan, v)
    with pytest.raises(Ditolak):
        lakukan(laporan, "verifikasi", v)
    with sebagai_orang(v) as diri:
        pilihan = Pilihan(laporan.pk, segar(laporan).revisi)
        hasil = verifikasi_massal(pilihan=[pilihan], saringan={}, kunci=uuid.uuid4().hex, **diri)
    assert segar(laporan).status == "DIKIRIM", hasil


# ---------------------------------------------------------------- the job behind a parked upload


def test_pekerjaan_dikirim_dua_kali_dan_dibatalkan_di_tengah(dunia: Dunia, klien: Client, penuh: None) -> None:
    satu = titip(dunia, klien)
    kerja = pekerjaan(satu)
    for _ in range(3):
        jalankan_pekerjaan(kerja.pk)
    assert muat(satu).status == Unggahan.Status.DIPERIKSA
    putuskan(klien, muat(satu))
    jalankan_pekerjaan(kerja.pk)
    assert muat(satu).status == Unggahan.Status.DISIMPAN, "a late delivery never reopens a decided upload"


def test_pekerja_mati_di_tengah_meninggalkan_titipan_utuh(
    dunia: Dunia, klien: Client, penuh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    satu = titip(dunia, klien)
    kerja, asli = pekerjaan(satu), buku_services._catat

    def mati(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(buku_services, "_catat", mati)
    with pytest.raises(KeyboardInterrupt):
        jalankan_pekerjaan(kerja.pk)
    monkeypatch.setattr(buku_services, "_catat", asli)
    assert muat(satu).status == Unggahan.Status.ANTRE, "nothing half done"
    with terpasang(SISTEM):
        Pekerjaan.objects.filter(pk=kerja.pk).update(detak_pada="2020-01-01T00:00:00Z")
    jalankan_pekerjaan(kerja.pk)
    assert muat(satu).status == Unggahan.Status.DIPERIKSA


def test_pekerjaan_dibatalkan_titipan_dapat_diunggah_lagi(dunia: Dunia, klien: Client, penuh: None) -> None:
    """Called off where jobs are listed: the upload's page says what to do, and doing it works."""
    satu = titip(dunia, klien)
    with sebagai_orang(dunia.operator_ambon) as diri:
        assert batalkan(pekerjaan=pekerjaan(satu), oleh=diri["oleh"])
    url = reverse("pelaporan:unggahan", args=[satu.pk])
    assert "Batalkan, lalu unggah lagi" in klien.get(url).content.decode()
    assert klien.post(url, {"aksi": "batal"}).status_code == 302
    baru = titip(dunia, klien)
    assert baru.pk != satu.pk


def test_pengunggah_yang_kehilangan_hak_tidak_membaca_lewat_pekerja(dunia: Dunia, klien: Client, penuh: None) -> None:
    satu = titip(dunia, klien)
    berhenti(dunia.operator_ambon)
    jalankan_pekerjaan(pekerjaan(satu).pk)
    assert muat(satu).rencana["laporan"] == []
    assert muat(satu).status == Unggahan.Status.ANTRE
