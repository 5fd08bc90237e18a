"""Every page below /warga/ and /remisi/, by those who may see it, on a desk and on a phone: filled, empty, wrong, late,
decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import get_resolver, resolve
from playwright.sync_api import expect

from pemasyarakatan.inti.waktu import Bulan, hari_ini
from remisi.calon.susun import hitung_unit
from remisi.integrasi.ramalan import simpan_semua
from remisi.integrasi.services import minta_litmas
from remisi.models import Aturan, Kesempatan, Rilis, Usulan
from remisi.nasional.services_rilis import muat_rilis
from remisi.usulan import services
from remisi.usulan.alur import Status
from tests.dunia import Dunia
from tests.peramban.conftest import MEJA, PONSEL, Orang
from tests.remisi.bantu_kasus import LAYAK, Meja, kesempatan, layak
from tests.umkm.bantu import sebagai_orang
from tests.wbp.bantu import NAPI, NOMOR, Register, nomor_ke
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Penugasan
from wbp import serah
from wbp.contoh.berkas import xlsx
from wbp.contoh.orang import buat

SETIAP_LAYAR = pytest.mark.parametrize("ukuran", [MEJA, PONSEL], ids=["meja", "ponsel"])
UNIT = ("operator_ambon", "kepala_ambon", "operator_ambon/2", "operator_masohi")
AMBON, MASOHI = "lapas-kelas-iia-ambon", "rutan-kelas-iib-masohi"
TABEL = (
    "jenis", "besaran", "syarat", "rezim", "program", "hari_besar", "sakelar", "biaya_makan", "tenggat", "dokumen",
)  # fmt: skip


@dataclass(frozen=True)
class Bahan:
    """What the pages are about: an occasion under way, one that is late, persons and cases in their states."""

    k: str
    lewat: str
    orang: int
    kurang: int
    kasus: dict[str, UUID]
    serah: UUID
    aturan: int
    rilis: int
    bulan: Bulan

    @classmethod
    def rekaan(cls) -> Bahan:
        """Stands in where only the shape of an address matters."""
        kasus = dict.fromkeys(("TERBIT", "LEWAT", "KEMBALI", "PB"), UUID(int=1))
        return cls("ru", "rk", 1, 2, kasus, UUID(int=2), 1, 1, Bulan(2026, 1))


def jalan(b: Bahan) -> dict[str, list[str]]:
    """Addresses by who opens them."""
    warga, unit, antrean = f"/warga/{AMBON}/", f"/remisi/upt/{AMBON}/", f"/remisi/antrean/?upt={AMBON}"
    k, kosong = f"{unit}{b.k}/", f"/remisi/upt/{MASOHI}/"
    satu = f"{warga}{b.orang}/"
    bapas = "/remisi/bapas/bapas-ambon/litmas/"
    wilayah, tempat = "/remisi/nasional/", f"/remisi/nasional/rincian/?kesempatan={b.k}"
    return {
        "operator_ambon": [
            warga, f"{warga}?kurang=salinan_putusan", f"{warga}baru/", f"{warga}sppn/", f"{warga}impor/", satu,
            f"{warga}{b.kurang}/", f"{satu}ubah/", f"{satu}keluar/", f"{satu}tahan/", f"{satu}serah/",
            f"{warga}serah/", f"{warga}serah/{b.serah}/",
        ],
        "kepala_ambon": [
            unit, k, f"{k}?keadaan=PERLU_DATA", f"{k}?jenis=tiada", f"{unit}{b.lewat}/", f"{k}{b.orang}/",
            f"{k}{b.kurang}/", f"{k}nominatif/", antrean, f"{satu}akses/", f"{k}benahi/?alasan=PUTUSAN:D",
            f"{k}benahi/?alasan=TAHAN:D",
            *(f"/remisi/usulan/{u}/" for u in b.kasus.values()),
        ],
        "operator_ambon/2": [
            f"{unit}integrasi/", f"{unit}integrasi/{b.orang}/", f"{unit}tahanan/", f"{unit}ramalan/",
            f"{unit}asal/{b.bulan}/", f"/remisi/usulan/{b.kasus['PB']}/dokumen/",
        ],
        "operator_masohi": [
            *(f"/warga/{MASOHI}/{h}" for h in ("", "impor/", "serah/", "sppn/")), kosong,
            *(f"{kosong}{h}" for h in (f"{b.k}/", f"{b.k}/nominatif/", "integrasi/", "tahanan/", "ramalan/")),
            f"{kosong}asal/{b.bulan}/",
        ],
        "verifikator_maluku": [
            "/remisi/", "/remisi/antrean/", antrean, "/remisi/antrean/?status=lewat",
            f"/remisi/usulan/{b.kasus['LEWAT']}/", "/remisi/kanwil/maluku/", f"/remisi/kanwil/maluku/rekap/{b.k}/",
            f"/remisi/kanwil/maluku/rekap/{b.lewat}/", "/remisi/integrasi/", unit, k,
        ],
        "peninjau": [
            "/remisi/", "/remisi/antrean/", f"{wilayah}?kesempatan={b.k}", f"{wilayah}?kesempatan={b.lewat}", tempat,
            f"{tempat}&kanwil=maluku", f"{tempat}&upt={AMBON}", "/remisi/rilis/", f"/remisi/rilis/{b.rilis}/",
            f"/remisi/rilis/{b.rilis}/ubah/", "/remisi/rilis/baru/", "/remisi/integrasi/",
        ],
        "operator_pekanbaru": [f"{bapas}", f"{bapas}?keadaan=lewat", f"{bapas}?keadaan=selesai"],
        "auditor": ["/warga/", warga, satu, f"{satu}akses/", f"{warga}serah/", "/remisi/", antrean],
        "pimpinan": ["/remisi/", f"{wilayah}?kesempatan={b.k}", "/remisi/rilis/"],
        "admin": [
            "/remisi/aturan/", *(f"/remisi/aturan/{t}/" for t in TABEL),
            *(f"/remisi/aturan/{b.aturan}/{h}" for h in ("", "ubah/", "cabut/")), "/remisi/aturan/besaran/baru/",
        ],
        "asing": [f"/remisi/kalkulator/{h}" for h in ("", "remisi/", "penghematan/")],
    }  # fmt: skip


TANPA_HALAMAN = {
    *("hitung", "hitung_negeri", "usulkan", "nominatif_berkas", "rekap_berkas", "aturan_gladi", "aturan_tetapkan"),
    *("aturan_buang", "catat", "impor_templat", "impor_ditolak"),
}
"""Acts and files: they answer with another page, or with none."""
LEWAT_TOMBOL = {"tindakan", "cari", "buka", "impor_satu"}
"""Pages that come by pressing a button; the tests below do."""


def test_setiap_alamat_punya_giliran() -> None:
    """Whoever adds a page adds it to the walk."""
    ruang = [get_resolver().namespace_dict[nama] for nama in ("remisi", "wbp")]
    rute = {f"{r.namespace}:{u.name}" for _, r in ruang for u in r.url_patterns}
    jalur = [satu for semua in jalan(Bahan.rekaan()).values() for satu in semua]
    dijalani = {resolve(satu.partition("?")[0]).view_name for satu in jalur}
    belum = {nama for nama in rute - dijalani if nama.partition(":")[2] not in TANPA_HALAMAN | LEWAT_TOMBOL}
    assert not belum, belum


@pytest.fixture
def bahan(dunia_nyata: Dunia) -> Bahan:
    d, meja = dunia_nyata, Meja(dunia_nyata)
    register, hari = Register(d.ambon, d.operator_ambon), hari_ini("WIT")
    k, lewat = kesempatan(), kesempatan(hari=10, batas=-1, jenis="RK", agama=["ISLAM"], nama="Remisi Khusus uji")
    orang = layak(d.ambon, d.operator_ambon, 8)
    (kurang,) = layak(d.ambon, d.operator_ambon, salinan_putusan=None, agama="", tahun_lahir=None)
    (keluar,) = layak(d.ambon, d.operator_ambon)
    register.keluar(keluar, tanggal=hari)
    tahanan = {"status": "TAHANAN", "golongan": "A.III", "habis_tahan": hari + timedelta(days=2), "sejak": hari}
    kosong = dict.fromkeys(("tanggal_putusan", "pidana_tahun", "pidana_bulan", "pidana_hari", "salinan_putusan"))
    register.banyak([{**NAPI, **kosong, **tahanan, "nomor": NOMOR, "tanggal_tahan": hari - timedelta(days=30)}])
    register.buka(orang[0])
    kasus = _kasus(meja, k, orang)
    with terpasang(SISTEM):
        for satu in (k, lewat):
            hitung_unit(kesempatan=satu, upt=d.ambon, oleh=None, cakupan=SISTEM)
        muat_rilis()
        aturan, rilis = Aturan.objects.filter(tabel="besaran").first(), Rilis.objects.first()
        assert aturan is not None
        assert rilis is not None
    simpan_semua()
    with sebagai_orang(d.operator_ambon) as (oleh, cakupan):
        pindah = serah.serahkan(data=orang[7], ke=d.masohi.kode, tanggal=hari, oleh=oleh, cakupan=cakupan)
    return Bahan(k.slug, lewat.slug, orang[0], kurang, kasus, pindah.pk, aturan.pk, rilis.pk, Bulan.pada(hari))


def _kasus(meja: Meja, k: Kesempatan, orang: list[int]) -> dict[str, UUID]:
    """Cases that were decided, are late at the Kanwil, were sent back; some only drafted; one of early release."""
    d = meja.dunia
    terbit, maju = meja.sampai(Status.SK_TERBIT, orang[:2], k), meja.sampai(Status.DIAJUKAN, orang[2:4], k)
    meja.sampai(Status.SIDANG, orang[4:5], k)
    meja.usulkan(orang[5:6], k)
    meja.sebagai(d.verifikator_maluku, services.kembalikan, pilihan=meja.pilihan(maju[1:]), alasan="Belum lengkap.")
    with terpasang(SISTEM):
        Usulan.objects.filter(pk=maju[0]).update(tenggat=hari_ini("WIT") - timedelta(days=3))
        isi = {"nama": "Bapas Ambon", "jenis": "BAPAS", "kanwil": meja.upt.kanwil, "zona": "WIT"}
        bapas = UPT.objects.create(kode="bapas-ambon", **isi)
        Penugasan.objects.create(
            pengguna=d.operator_pekanbaru, peran="operator_upt", upt=bapas, kanwil=bapas.kanwil, mulai=date(2020, 1, 1)
        )
    lama = hari_ini() - timedelta(days=3 * 365 + 200)
    (tua,) = layak(meja.upt, d.operator_ambon, tanggal_tahan=lama)
    pb = meja.sebagai(
        d.operator_ambon, services.usulkan, upt=meja.upt, calon=[services.Calon(tua, "PB", hari_ini())]
    ).usulan[0]
    minta = {"usulan": pb, "bapas": bapas.kode, "surat": "W.28.PAS.1-PK.05.06-77", "diminta": hari_ini("WIT")}
    meja.sebagai(d.operator_ambon, minta_litmas, **minta)
    return {"TERBIT": terbit[0], "LEWAT": maju[0], "KEMBALI": maju[1], "PB": pb}


@SETIAP_LAYAR
@pytest.mark.parametrize("di_unit", [True, False], ids=["unit", "wilayah"])
def test_setiap_halaman_rapi(orang: Callable[..., Orang], bahan: Bahan, ukuran: dict[str, int], di_unit: bool) -> None:
    salah: list[str] = []
    for peran, jalur in ((p, j) for p, j in jalan(bahan).items() if (p in UNIT) is di_unit):
        o = orang(peran.partition("/")[0], ukuran)
        for satu in jalur:
            try:
                _lihat(o, satu)
            except AssertionError as galat:
                salah.append(f"{peran} {satu}: {galat}")
                o.galat.clear()
        o.konteks.close()
    assert not salah, "\n".join(salah)


def _lihat(o: Orang, jalur: str) -> None:
    o.buka(jalur)
    judul = o.halaman.get_by_role("heading", level=1).inner_text()
    assert judul not in ("Tidak ditemukan", "Tidak diizinkan"), judul
    for kata in (*LAYAK["nama"].split(), *NAPI["nama"].split()):
        assert kata not in o.halaman.content() + o.halaman.url, kata
    o.periksa_rapi()


@SETIAP_LAYAR
def test_isian_salah_rapi(orang: Callable[..., Orang], bahan: Bahan, ukuran: dict[str, int]) -> None:
    """Forms sent empty say what to write, and take the reader there."""
    salah = {
        "operator_ambon": [f"/warga/{AMBON}/{h}" for h in ("baru/", f"{bahan.orang}/keluar/")],
        "peninjau": ["/remisi/rilis/baru/"],
        "admin": ["/remisi/aturan/besaran/baru/", f"/remisi/aturan/{bahan.aturan}/cabut/"],
        "asing": ["/remisi/kalkulator/", "/remisi/kalkulator/remisi/", "/remisi/kalkulator/penghematan/"],
    }
    for peran, jalur in salah.items():
        o = orang(peran, ukuran)
        for satu in jalur:
            o.buka(satu)
            _kirim_kosong(o)
    verifikator = orang("verifikator_maluku", ukuran)
    h = verifikator.buka(f"/remisi/usulan/{bahan.kasus['LEWAT']}/")
    verifikator.klik(h.get_by_role("button", name="Kembalikan"))
    verifikator.periksa_rapi()
    _kirim_kosong(verifikator)


def _kirim_kosong(o: Orang) -> None:
    o.klik(o.halaman.locator("main form[method=post] button[type=submit]").last)
    expect(o.halaman.locator("#ringkasan-galat")).to_be_visible()
    o.galat.clear()  # the browser notes the answer of 400
    o.periksa_rapi()


@SETIAP_LAYAR
def test_halaman_sesudah_tombol_rapi(
    orang: Callable[..., Orang], bahan: Bahan, ukuran: dict[str, int], tmp_path: Path
) -> None:
    """What only a press shows: a search, a name that was opened, an act that asks again, an export that is judged."""
    o = orang("operator_ambon", ukuran)
    h = o.buka(f"/warga/{AMBON}/")
    h.fill("#id_teks", nomor_ke(99_999))
    o.klik(h.get_by_role("button", name="Cari"))
    o.periksa_rapi()
    o.buka(f"/warga/{AMBON}/{bahan.orang}/")
    o.klik(h.get_by_role("button", name="Buka nama dan nomor"))
    expect(h.locator("#ringkasan-galat")).to_be_visible()
    o.galat.clear()
    o.periksa_rapi()
    (tmp_path / "a.xlsx").write_bytes(xlsx(list(buat(12, benih=3, hari=hari_ini()))))
    o.buka(f"/warga/{AMBON}/impor/")
    h.set_input_files("input[type=file]", tmp_path / "a.xlsx")
    o.klik(h.locator("main form[enctype] button"))
    o.periksa_rapi()
