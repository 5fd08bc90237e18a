"""Remission at a real browser: from an SDP export to the decree, the national total, and down to the masked case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from pelaporan.services_periode import buka_periode
from pemasyarakatan.inti.waktu import Bulan, awal_hari, hari_ini, tulis_tanggal
from remisi.models import Kesempatan, Usulan
from remisi.usulan.alur import Status
from tests.conftest import sebagai
from tests.dunia import Dunia
from tests.peramban.conftest import Orang, bersih
from tests.remisi.bantu_kasus import kesempatan
from upt.cakupan import SISTEM, terpasang
from wbp.contoh.berkas import xlsx
from wbp.contoh.orang import OrangContoh, buat
from wbp.models import RiwayatData

pytestmark = pytest.mark.xdist_group("remisi")
AMBON = "lapas-kelas-iia-ambon"
WARGA, UNIT = f"/warga/{AMBON}/", f"/remisi/upt/{AMBON}/"
NAMA, NOMOR, SAMAR = "Cemara Lautbiru", "CONTOH-7731/2023", "C.L. •••"
BANYAK = 24
RAHASIA = ("Warga Contoh", "Cemara", "Lautbiru", "CONTOH-")
"""What no page, address or title of the story may hold: names and register numbers of the export."""
KEMBALI = "Lampirkan Register F yang terbaru."
NASIONAL = "/remisi/nasional/?kesempatan={}"
SK = "PAS-77.PK.05.04 Tahun 2026"


def _terpidana(**ubah: Any) -> dict[str, Any]:
    kini = hari_ini("WIT")
    return {
        "status": "NARAPIDANA", "golongan": "B.I", "jenis_kelamin": "L", "agama": "ISLAM", "kelompok": "umum",
        "tahun_lahir": 1985, "tanggal_tahan": kini - timedelta(days=700), "tanggal_putusan": kini - timedelta(days=500),
        "pidana_tahun": 6, "pidana_bulan": 0, "pidana_hari": 0, "salinan_putusan": True, "risiko_turun": True,
        "register_f_diperiksa": kini - timedelta(days=2), "sejak": kini - timedelta(days=480), **ubah,
    }  # fmt: skip


def _berkas(jalur: Path) -> Path:
    """An export of invented persons; one of them lacks nothing but the copy of the judgment."""
    kini = hari_ini("WIT")
    kurang = OrangContoh(NAMA, NOMOR, _terpidana(salinan_putusan=None), sppn=[(kini - timedelta(days=20), "BAIK")])
    isi = xlsx([*buat(BANYAK, benih=11, hari=kini), kurang])
    (jalur / "sdp.xlsx").write_bytes(isi)
    return jalur / "sdp.xlsx"


@dataclass
class Peran:
    """Somebody of the story: every page they meet is looked through for names and numbers."""

    o: Orang

    @property
    def h(self) -> Page:
        return self.o.halaman

    def periksa(self) -> Peran:
        isi = self.h.content() + self.h.url + self.h.title()
        assert not [kata for kata in RAHASIA if kata in isi], self.h.url
        assert not self.o.galat, (self.h.url, self.o.galat)
        return self

    def buka(self, jalur: str) -> Peran:
        self.o.buka(jalur)
        return self.periksa()

    def klik(self, sasaran: Locator) -> Peran:
        self.o.klik(sasaran)
        return self.periksa()

    def tautan(self, nama: str | re.Pattern[str]) -> Peran:
        return self.klik(self.h.locator("main").get_by_role("link", name=nama).first)

    def tombol(self, nama: str | re.Pattern[str]) -> Peran:
        return self.klik(self.h.locator("main").get_by_role("button", name=nama).first)

    def berisi(self, *semua: str) -> Peran:
        for kata in semua:
            expect(self.h.locator("main")).to_contain_text(kata)
        return self

    def antrean(self, status: Status) -> Peran:
        """The unit's cases in one state, all of them ticked."""
        self.buka(f"/remisi/antrean/?upt={AMBON}&status={status}")
        for kotak in self.h.locator("input[name=pilih]").all():
            kotak.check()
        return self

    def lakukan(self, tombol: str, **isi: str) -> Peran:
        """Both presses of an act: the one that asks, with what the page in between wants, and the one that does it."""
        self.tombol(tombol)
        for nama, teks in isi.items():
            self.h.fill(f"#id_{nama}", teks)
        return self.tombol(tombol)


def _banyak(teks: str) -> int:
    """The figure at the end of a chip or button: "Kurang salinan putusan (3)"."""
    cocok = re.search(r"\((\d+)\)", teks)
    assert cocok, teks
    return int(cocok[1])


def _jumlah(k: Kesempatan, *status: Status) -> int:
    with terpasang(SISTEM):
        return Usulan.objects.filter(kesempatan=k, status__in=status).count()


@pytest.mark.parametrize("js", [True, False], ids=["dengan-js", "tanpa-js"])
def test_dari_ekspor_sdp_sampai_angka_nasional(
    orang: Callable[..., Orang], dunia_nyata: Dunia, tmp_path: Path, js: bool
) -> None:
    k = kesempatan()
    operator, kepala = Peran(orang("operator_ambon", js=js)), Peran(orang("kepala_ambon", js=js))
    kanwil, kepala_kanwil = Peran(orang("verifikator_maluku", js=js)), Peran(orang("kepala_maluku", js=js))
    pusat = Peran(orang("peninjau", js=js))
    pusat.buka(NASIONAL.format(k.slug)).berisi("Belum diketahui", "Itu bukan nol")

    _impor(operator, _berkas(tmp_path))
    assert _nasional(pusat, k) == "0"
    banyak = _hitung_dan_benahi(operator, k)
    _usulkan_dan_sidang(operator, banyak)
    kepala.antrean(Status.SIDANG).lakukan("Ajukan ke Kanwil").berisi(f"{banyak} usulan diajukan ke Kanwil")
    _satu_dikembalikan(kepala_kanwil, operator)
    kanwil.buka("/remisi/").tautan(re.compile("antrean|periksa|menunggu", re.IGNORECASE))
    kanwil.antrean(Status.DIAJUKAN).lakukan("Verifikasi").berisi(f"{banyak - 1} usulan diverifikasi")
    pusat.antrean(Status.VERIF_KANWIL).lakukan("Verifikasi").berisi(f"{banyak - 1} usulan diverifikasi")
    assert _nasional(pusat, k) == "0", "a case counts when its decree is out, not before"
    sk = {"nomor": SK, "tanggal": tulis_tanggal(hari_ini("WIT"))}
    pusat.antrean(Status.VERIF_PUSAT).lakukan("Catat keputusan", **sk).berisi(f"Keputusan {banyak - 1} usulan")
    assert _jumlah(k, Status.SK_TERBIT) == banyak - 1
    assert _nasional(pusat, k) == str(banyak - 1)
    _telusuri(pusat)
    _f03(operator, banyak)
    for satu in (operator, kepala, kanwil, pusat) if js else ():
        assert satu.h.evaluate("JSON.stringify([localStorage, sessionStorage])").count("•••") == 0


def _nasional(pusat: Peran, k: Kesempatan) -> str:
    """The national figure "Pemberian" of the occasion."""
    pusat.buka(NASIONAL.format(k.slug))
    angka = pusat.h.locator(".angka-utama", has_text="Pemberian").first.locator(".nilai")
    return bersih(angka.inner_text()).split(" ")[0]


def _impor(operator: Peran, berkas: Path) -> None:
    operator.buka(WARGA).tautan(re.compile("SDP"))
    operator.h.set_input_files("input[type=file]", berkas)
    operator.klik(operator.h.locator("main form[enctype] button")).berisi(f"{BANYAK + 1} orang bertambah")
    operator.klik(operator.h.locator("button[value=simpan]")).berisi(f"{BANYAK + 1} orang baru")


def _hitung_dan_benahi(operator: Peran, k: Kesempatan) -> int:
    """Candidates, what is missing in groups, one of them mended; gives how many can be proposed."""
    h = operator.h
    operator.buka(UNIT).tombol(f"Hitung calon {k.nama}").berisi("memenuhi syarat", "Perlu dibenahi")
    semua = h.get_by_role("button", name=re.compile("Usulkan semua"))
    kelompok = h.get_by_role("link", name=re.compile("Kurang salinan putusan"))
    siap, kurang = _banyak(semua.inner_text()), _banyak(kelompok.inner_text())
    operator.klik(kelompok)
    assert h.locator("main tbody tr").count() == kurang
    operator.tautan(re.compile(re.escape(SAMAR))).berisi("Salinan putusan belum dicatat", "Registrasi", "Keppres")
    operator.tautan("Lengkapi di register").tautan("Ubah data")
    h.select_option("#id_salinan_putusan", label="Ya")
    operator.tombol("Simpan").berisi("Salinan putusan")
    operator.buka(f"{UNIT}{k.slug}/").berisi("Perhitungan sudah lama").tombol("Hitung ulang")
    assert _banyak(semua.inner_text()) == siap + 1
    assert (_banyak(kelompok.inner_text()) if kelompok.count() else 0) == kurang - 1
    return siap + 1


def _usulkan_dan_sidang(operator: Peran, banyak: int) -> None:
    operator.tombol(re.compile("Usulkan semua")).berisi(f"Usulkan {banyak} yang memenuhi syarat?")
    operator.tombol(f"Usulkan {banyak} orang").berisi(f"{banyak} usulan disusun", f"Diusulkan ({banyak})")
    isi = {"tanggal": tulis_tanggal(hari_ini()), "nomor": "BA-TPP 12"}
    operator.antrean(Status.DRAF).lakukan("Catat sidang TPP", **isi).berisi(f"{banyak} usulan tercatat disidangkan")


def _satu_dikembalikan(kepala_kanwil: Peran, operator: Peran) -> None:
    """The other one of the Kanwil sends one case back; its unit reads why."""
    kepala_kanwil.buka("/remisi/antrean/").tautan("Lapas Kelas IIA Ambon").tautan(re.compile("•••"))
    kepala_kanwil.lakukan("Kembalikan", alasan=KEMBALI).berisi("1 usulan dikembalikan", KEMBALI)
    operator.buka(f"/remisi/antrean/?upt={AMBON}&status={Status.DIKEMBALIKAN}").tautan(re.compile("•••"))
    operator.berisi("Dikembalikan untuk diperbaiki", KEMBALI, "Kepala Maluku")


def _telusuri(pusat: Peran) -> None:
    """The national figure → Kanwil → unit → a case, by links only; the reader never sees whose."""
    pusat.klik(pusat.h.locator(".angka-utama", has_text="Pemberian").first.locator("a.nilai"))
    pusat.tautan("Maluku").tautan("Lapas Kelas IIA Ambon").berisi("Nama disamarkan", SK)
    pusat.klik(pusat.h.locator("main tbody th a").first).berisi(
        "Keputusan terbit", SK, "BA-TPP 12", "Verifikator Maluku"
    )
    expect(pusat.h.get_by_role("heading", level=1)).to_contain_text("•••")


def _f03(operator: Peran, banyak: int) -> None:
    """The month's F03 stands as the register tells it, once the register has spoken from the first day of the month."""
    bulan = Bulan.pada(hari_ini("WIT"))
    with sebagai("pemilik"), terpasang(SISTEM):
        RiwayatData.objects.filter(revisi=1).update(pada=awal_hari(bulan.awal, "WIT"))
        buka_periode(bulan=bulan)
    operator.buka(f"{UNIT}asal/{bulan}/").berisi("Usulan remisi")
    harus = {"diusulkan": banyak, "disetujui": banyak - 1, "dikembalikan": 1, "ditolak": 0, "menunggu": 0}
    for kolom, nilai in harus.items():
        expect(operator.h.locator(f"#usulr_ru_{kolom}")).to_contain_text(re.compile(rf"(?<!\d){nilai} orang"))
    operator.buka(f"/laporan/{AMBON}/{bulan}/F03/isi/usulan_remisi/")
    for kolom, nilai in harus.items():
        sel = operator.h.locator(f"td[data-alamat*='usulr_ru_{kolom}']")
        expect(sel).to_have_text(re.compile(rf"^\s*{nilai}\b"))
