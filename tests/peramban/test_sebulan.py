"""A normal month of a prison, from the home page to the receipt, with at most sixty cells typed.

The operator here follows only what the portal shows: the main button of the home page, "Salin … butir tetap", the
fields, "Sisanya nihil", "Simpan dan lanjut", the questions, "Tandai siap". What happened in the month is invented by
the generators of the training data; the earlier months were sent with what they say about those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from dasbor.contoh.f01 import isi_f01
from dasbor.contoh.f02 import isi_f02
from dasbor.contoh.f06 import isi_f06
from dasbor.contoh.f10 import isi_f10
from dasbor.contoh.profil import Profil, Unit, susun_profil
from pelaporan.alur import Aksi, Status
from pelaporan.models import Laporan, LaporanVersi
from pelaporan.rumus import Nilai
from pelaporan.services_isian import Perubahan, simpan, tambah_baris
from pelaporan.services_periode import buka_periode
from pelaporan.tenggat.services import bebaskan
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import Bulan
from tests.dunia import Dunia, jawab_semua, kirim, lakukan
from tests.peramban.conftest import Orang, bersih
from upt.cakupan import SISTEM, Cakupan, terpasang

pytestmark = pytest.mark.xdist_group("sebulan")
AGUSTUS, SEPTEMBER = Bulan(2026, 8), Bulan(2026, 9)
FORMULIR = ("F01", "F02", "F06", "F10")
AMBON = "lapas-kelas-iia-ambon"
PALING_BANYAK_DIKETIK = 60
Isian = dict[str, str]


# ---------------------------------------------------------------- what happened in the month


def _profil() -> Profil:
    """A prison for men, as most are (women of the region live elsewhere), among its neighbours."""
    tetangga = [Unit(f"u{n}", f"Unit {n}", "RUTAN", "UMUM", "IIB", "81", "WIT") for n in range(9)]
    unit = Unit(AMBON, "Lapas Kelas IIA Ambon", "LAPAS", "PEMUDA", "IIA", "81", "WIT")
    return susun_profil([unit, *tetangga])[AMBON]


def _kejadian(p: Profil, formulir: str, bulan: Bulan) -> tuple[Isian, dict[str, list[Isian]]]:
    """Cells and rows as people write them."""
    nilai: dict[str, Nilai]
    baris: dict[str, list[dict[str, Nilai]]] = {}
    if formulir == "F02":
        nilai = {**isi_f02(p, bulan, 0, 0), "overstaying": int(bulan == SEPTEMBER)}
    elif formulir == "F10":
        isi = isi_f10(p, bulan, {})
        nilai, baris = isi.nilai, isi.baris
    elif formulir == "F06":
        nilai = isi_f06(p, bulan) | _lahan_tetap(p, bulan)
    else:
        nilai = {**isi_f01(p, bulan)}
    return _tulis(nilai), {kode: [_tulis(b) for b in semua] for kode, semua in baris.items()}


def _lahan_tetap(p: Profil, bulan: Bulan) -> dict[str, Nilai]:
    """Fields do not grow every month: the land of all months is September's, but for one newly cleared plot."""
    kini = {k: v for k, v in isi_f06(p, SEPTEMBER).items() if k.endswith("_lahan") and k != "klaster_pertanian_lahan"}
    luas = int(str(isi_f06(p, SEPTEMBER)["klaster_pertanian_lahan"]))
    return {**kini, "klaster_pertanian_lahan": luas if bulan == SEPTEMBER else luas - 50}


def _tulis(nilai: dict[str, Nilai]) -> Isian:
    return {kode: _satu(v) for kode, v in nilai.items()}


def _satu(nilai: Nilai) -> str:
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, Decimal):
        return f"{nilai:f}".replace(".", ",")
    teks = str(nilai)
    tahun, *sisa = teks.split("-")
    return f"{sisa[1]}/{sisa[0]}/{tahun}" if len(sisa) == 2 and len(tahun) == 4 and tahun.isdigit() else teks


# ---------------------------------------------------------------- the months before


@pytest.fixture
def sebelum(dunia_nyata: Dunia) -> tuple[Dunia, Profil]:
    """January to August were sent; of September's forms, those outside this story are waived."""
    d, p = dunia_nyata, _profil()
    for n in range(2, 10):
        with terpasang(SISTEM):
            buka_periode(bulan=Bulan(2026, n))
    for bulan in (Bulan(2026, n) for n in range(1, 9)):
        for formulir in FORMULIR[:3] if bulan < AGUSTUS else FORMULIR:
            _kirim_lampau(d, p, formulir, bulan)
        if bulan < AGUSTUS:
            kirim(d.laporan(d.ambon, "F04", bulan), d.kepala_ambon)
    _bebaskan_sisanya(d)
    return d, p


def _kirim_lampau(d: Dunia, p: Profil, formulir: str, bulan: Bulan) -> None:
    laporan, oleh = d.laporan(d.ambon, formulir, bulan), d.kepala_ambon
    isi, baris = _kejadian(p, formulir, bulan)
    with _cakupan(oleh) as cakupan:
        diketik = [Perubahan(k, v) for k, v in isi.items() if laporan.skema.butir[k].diketik]
        hasil = simpan(laporan_id=laporan.pk, perubahan=diketik, oleh=oleh, cakupan=cakupan)
        assert not hasil.ditolak, hasil.ditolak
        for daftar, semua in baris.items():
            for satu in semua:
                tambah_baris(laporan_id=laporan.pk, daftar=daftar, isi=satu, oleh=oleh, cakupan=cakupan)
        jawab_semua(laporan, oleh, cakupan)
    lakukan(laporan, Aksi.KIRIM, oleh, disahkan=True)


def _bebaskan_sisanya(d: Dunia) -> None:
    with terpasang(SISTEM):
        lain = Laporan.objects.filter(upt=d.ambon, bulan=SEPTEMBER.awal).exclude(formulir_id__in=FORMULIR)
        kode = list(lain.values_list("formulir_id", flat=True))
    with _cakupan(d.kepala_maluku) as cakupan:
        for satu in kode:
            bebaskan(
                kode=AMBON, formulir=satu, dari=AGUSTUS, sampai=SEPTEMBER, alasan="Di luar cerita ini.",
                oleh=d.kepala_maluku, cakupan=cakupan,
            )  # fmt: skip


@contextmanager
def _cakupan(oleh: Pengguna) -> Iterator[Cakupan]:
    """The person's own scope, installed."""
    with terpasang(Cakupan(pengguna_id=oleh.pk)):
        milik = Cakupan.dari(oleh)
    with terpasang(milik):
        yield milik


# ---------------------------------------------------------------- the operator


@dataclass
class Operator:
    """Fills what the page asks for. `tekan` counts presses of buttons and links, `ketik` cells, `jawab` answers."""

    siapa: Orang
    isi: dict[str, Isian]
    ketik: dict[str, list[str]] = field(default_factory=dict)
    tekan: int = 0
    jawab: int = 0

    @property
    def halaman(self) -> Page:
        return self.siapa.halaman

    def pencet(self, sasaran: Locator) -> None:
        self.siapa.klik(sasaran)
        self.tekan += 1
        assert not self.siapa.galat, self.siapa.galat

    def buka_pekerjaan(self) -> bool:
        """From the home page by its main button; False when it offers nothing to fill any more."""
        self.pencet(self.halaman.locator("header a[href='/']").first)
        utama = self.halaman.locator(".kartu-utama a.tombol")
        teks = bersih(utama.inner_text()) if utama.count() else ""
        if not teks or teks.startswith("Periksa "):
            return False
        self.pencet(utama)
        return True

    def isi_formulir(self) -> str:
        """Section after section until the check page; returns the form's code."""
        formulir = self.halaman.url.split("/isi/")[0].rsplit("/", 1)[1]
        for _ in range(12):
            if "/isi/" not in self.halaman.url:
                break
            self.isi_bagian(formulir)
        assert self.halaman.url.endswith(f"/{formulir}/kirim/"), self.halaman.url
        return formulir

    def isi_bagian(self, formulir: str) -> None:
        for nilai in ("salin", "periksa"):
            tombol = self.halaman.locator(f"#lembar button[value='{nilai}']:not(.sr)")
            if tombol.count():
                self.pencet(tombol)
        for kotak in self.halaman.locator("#lembar [id^='s-']:visible").all():
            self.isi_sel(formulir, kotak)
        nihil = self.halaman.locator("#lembar button[value='nihil']")
        if nihil.count() and self._ada_kosong():
            self.pencet(nihil)
        self.pencet(self.halaman.locator("#lembar button[value='lanjut']"))

    def isi_sel(self, formulir: str, kotak: Locator) -> None:
        kode = (kotak.get_attribute("id") or "")[2:]
        perlu, kini = self.isi[formulir].get(kode, ""), kotak.input_value()
        if kini.replace(".", "") == perlu or (perlu in ("", "0") and not kini) or kode not in self.isi[formulir]:
            return
        if kotak.evaluate("el => el.tagName") == "SELECT":
            kotak.select_option(perlu)
        else:
            kotak.click()
            self.halaman.keyboard.press("Control+a")
            self.halaman.keyboard.type(perlu)
        self.ketik.setdefault(formulir, []).append(f"{kode}={perlu}")

    def _ada_kosong(self) -> bool:
        return any(not x.input_value() for x in self.halaman.locator("#lembar input.angka[id^='s-']:visible").all())

    def serahkan(self) -> None:
        """Answer what is asked, save the answers, hand the form over to the head."""
        for kotak in self.halaman.locator("form [name^='benar-']:visible").all():
            kotak.check()
            self.jawab += 1
        for kotak in self.halaman.locator("form [name^='alasan-']:visible").all():
            if not kotak.input_value():
                kotak.fill("Sudah dicocokkan dengan buku register.")
                self.jawab += 1
        simpan_jawaban = self.halaman.locator("button[value='tanggapi']")
        if simpan_jawaban.count():
            self.pencet(simpan_jawaban)
        self.pencet(self.halaman.locator("button[value='siapkan']"))


def _status(d: Dunia) -> dict[str, str]:
    with terpasang(SISTEM):
        semua = Laporan.objects.filter(upt=d.ambon, bulan=SEPTEMBER.awal, formulir_id__in=FORMULIR)
        return dict(semua.values_list("formulir_id", "status"))


def _versi(d: Dunia) -> Iterator[tuple[str, dict[str, object]]]:
    with terpasang(SISTEM):
        for v in LaporanVersi.objects.filter(upt=d.ambon, bulan=SEPTEMBER.awal):
            yield v.formulir_id, {**v.isi["lain"], **v.isi["angka"]}


# ---------------------------------------------------------------- the story


def test_sebulan_biasa_dari_beranda_sampai_tanda_terima(
    orang: Callable[..., Orang], sebelum: tuple[Dunia, Profil]
) -> None:
    d, p = sebelum
    operator = Operator(orang("operator_ambon"), {f: _kejadian(p, f, SEPTEMBER)[0] for f in FORMULIR})
    selesai = []
    while operator.buka_pekerjaan():
        assert len(selesai) < len(FORMULIR), f"the home page keeps sending back to work: {selesai}"
        selesai.append(operator.isi_formulir())
        operator.serahkan()
    assert sorted(selesai) == sorted(FORMULIR)
    assert operator.jawab, "somebody is overstaying: the portal has to ask"
    assert _status(d) == dict.fromkeys(FORMULIR, Status.SIAP)
    diketik = sum(len(sel) for sel in operator.ketik.values())
    rinci = ", ".join(f"{kode} {len(sel)}" for kode, sel in sorted(operator.ketik.items()))
    print(f"\n{diketik} sel diketik ({rinci}), {operator.jawab} jawaban, {operator.tekan} tekanan tombol")
    assert 0 < diketik <= PALING_BANYAK_DIKETIK, operator.ketik

    kepala = orang("kepala_ambon")
    kepala.buka("/")
    kepala.klik(kepala.halaman.locator(".kartu-utama a.tombol"))
    assert kepala.halaman.url.endswith(f"/laporan/{AMBON}/2026-09/kirim/"), kepala.halaman.url
    kepala.halaman.check("#disahkan")
    kepala.klik(kepala.halaman.locator("button[value='kirim']"))
    expect(kepala.halaman.locator("main")).to_contain_text("4 formulir September 2026 terkirim")
    kepala.periksa_rapi()
    assert _status(d) == dict.fromkeys(FORMULIR, Status.DIKIRIM)
    terkirim = dict(_versi(d))
    assert terkirim["F01"]["isi"] == sum(p.isi(SEPTEMBER))
    assert terkirim["F10"]["hari_makan"] == int(operator.isi["F10"]["hari_makan"])
    lahan = [int(v) for k, v in operator.isi["F06"].items() if k.startswith("klaster_") and k.endswith("_lahan")]
    assert terkirim["F06"]["lahan"] == sum(lahan)
