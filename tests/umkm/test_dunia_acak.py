"""Worlds made at random, counted twice: by the pages' own queries, and by hand over plain lists."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from pemasyarakatan.inti.waktu import Bulan, sekarang
from tests.dunia import Dunia
from tests.umkm.bantu import sebagai_orang
from umkm import ringkas
from umkm.legalitas import Surat, corong, tahap
from umkm.models import BagiHasil, Golongan, JenisProduk, Kanal, Legalitas, Pameran, Penjualan, PesertaPameran, Produk
from umkm.wilayah import selectors as baca
from umkm.wilayah.selectors import Lingkup
from umkm.wilayah.selectors_pameran import hasil
from upt.cakupan import SISTEM, terpasang

AWAL, HARI = date(2025, 9, 1), 150
BULAN = Bulan(2025, 9).rentang(Bulan(2026, 1))


class Acak:
    """One invented world; what is taken out (`dihapus_pada`) is in it and counts nowhere."""

    def __init__(self, dunia: Dunia, benih: int) -> None:
        self.r, self.dunia = random.Random(benih), dunia
        self.upt = [dunia.ambon, dunia.masohi, dunia.pekanbaru, dunia.rutan_pekanbaru]
        dunia.masohi.berlaku_sampai = self._hari(30, HARI)
        dunia.masohi.save()
        self.jenis = self._jenis()
        self.produk = self._tulis(Produk, 60, self._satu_produk)
        self.surat = self._tulis(Legalitas, 120, self._satu_surat)
        self.acara = self._acara()
        self.jual = self._tulis(Penjualan, 150, self._satu_jual)
        kotak = [(u, b) for u in self.upt for b in BULAN if self.r.random() < 0.6]
        self.bagi = self._tulis(BagiHasil, len(kotak), lambda n: self._satu_bagi(*kotak[n]))
        kursi = [(u, a) for u in self.upt for a in self.acara if self.r.random() < 0.5]
        self.ikut = self._tulis(PesertaPameran, len(kursi), lambda n: self._satu_ikut(*kursi[n]))
        ringkas.hitung_ulang()

    def _hari(self, mulai: int = -30, sampai: int = HARI + 30) -> date:
        return AWAL + timedelta(days=self.r.randint(mulai, sampai))

    def _jenis(self) -> list[JenisProduk]:
        """Fifteen kinds, a third of them merged into roots."""
        pokok = [JenisProduk(nama=f"Pokok {n}", kunci=f"pokok{n}", golongan="lain") for n in range(10)]
        JenisProduk.objects.bulk_create(pokok)
        lain = [
            JenisProduk(nama=f"Alias {n}", kunci=f"alias{n}", golongan="lain", induk=self.r.choice(pokok))
            for n in range(5)
        ]
        JenisProduk.objects.bulk_create(lain)
        return [*pokok, *lain]

    def _acara(self) -> list[Pameran]:
        umum: dict[str, Any] = {
            "tempat": "x", "mulai": AWAL, "selesai": AWAL,
            "dibuat_oleh": self.dunia.peninjau, "dibuat_pada": sekarang(),
        }  # fmt: skip
        pokok = [Pameran.objects.create(nama=f"Acara {n}", **umum) for n in range(2)]
        return [*pokok, Pameran.objects.create(nama="Sama", induk=pokok[0], **umum)]

    def _tulis(self, model: Any, banyak: int, satu: Any) -> list[Any]:
        kini = sekarang()
        oleh = {"dibuat_oleh": self.dunia.operator_ambon, "diubah_oleh": self.dunia.operator_ambon}
        semua = []
        for n in range(banyak):
            isi = satu(n)
            hapus = kini if self.r.random() < 0.15 else None
            umum = {"kanwil_id": isi["upt"].kanwil_id, "dibuat_pada": kini, "diubah_pada": kini, **oleh}
            semua.append(model(**isi, **umum, dihapus_pada=hapus))
        model.objects.bulk_create(semua)
        return [b for b in semua if b.dihapus_pada is None]

    def _satu_produk(self, n: int) -> dict[str, Any]:
        mulai = self._hari()
        berhenti = mulai + timedelta(days=self.r.randint(0, 90)) if self.r.random() < 0.3 else None
        return {
            "upt": self.r.choice(self.upt[:3]), "nama": f"Produk {n}", "jenis": self.r.choice(self.jenis),
            "golongan": self.r.choice(Golongan.values), "ukuran": "buah", "mulai": mulai, "berhenti": berhenti,
            "status": "berhenti" if berhenti else "tersedia",
            "label_pada": self._mungkin(), "merek_pada": self._mungkin(),
        }  # fmt: skip

    def _mungkin(self) -> date | None:
        return self._hari() if self.r.random() < 0.5 else None

    def _satu_surat(self, n: int) -> dict[str, Any]:
        """Of a living product or of a unit; what hangs on a product goes with its unit."""
        p = self.r.choice([*self.produk, None])
        return {
            "upt": p.upt if p else self.r.choice(self.upt), "produk": p, "jenis": self.r.choice(Legalitas.Jenis.values),
            "nomor": str(n), "terbit": self._mungkin(), "berakhir": self._mungkin(),
        }  # fmt: skip

    def _satu_jual(self, n: int) -> dict[str, Any]:
        p = self.r.choice(self.produk)
        kanal = self.r.choice(Kanal.values)
        return {
            "upt": p.upt, "produk": p, "golongan": p.golongan, "tanggal": self._hari(0, HARI), "kanal": kanal,
            "jumlah": self.r.randint(1, 50), "nilai": self.r.randint(1, 10**12),
            "pameran": self.r.choice(self.acara) if kanal == "pameran" else None,
        }  # fmt: skip

    def _satu_bagi(self, upt: Any, bulan: Bulan) -> dict[str, Any]:
        bagian = {k: self.r.randint(0, 10**11) for k in ("biaya", "premi", "pnbp", "operasional")}
        return {"upt": upt, "bulan": bulan.awal, **bagian}

    def _satu_ikut(self, upt: Any, acara: Pameran) -> dict[str, Any]:
        return {
            "upt": upt,
            "pameran": acara,
            "ditampilkan": self.r.randint(0, 40),
            "tindak_lanjut": self.r.choice("-x"),
        }


def _buka(satu: Any, hari: date) -> bool:
    """Its unit was still there."""
    return satu.upt.berlaku_sampai is None or satu.upt.berlaku_sampai >= hari


def _pokok(satu: Any) -> int:
    return satu.induk_id or satu.pk


def _ada(p: Produk, hari: date) -> bool:
    return _buka(p, hari) and p.mulai <= hari and (p.berhenti is None or p.berhenti >= hari)


def _surat(semua: Iterable[Legalitas], upt_id: int) -> list[Surat]:
    return [Surat(s.jenis, s.produk_id, s.terbit, s.berakhir) for s in semua if s.upt_id == upt_id]


@pytest.fixture(params=range(5))
def dunia_acak(request: pytest.FixtureRequest, dunia: Dunia) -> Acak:
    with terpasang(SISTEM):
        return Acak(dunia, request.param)


@pytest.mark.parametrize(("orang", "milik"), [("peninjau", "81 14"), ("verifikator_maluku", "81")])
def test_halaman_sama_dengan_hitungan_tangan(dunia_acak: Acak, dunia: Dunia, orang: str, milik: str) -> None:
    a = dunia_acak
    kanwil = {k.pk for k in dunia.kanwil.values() if k.kode in milik.split()}
    with sebagai_orang(getattr(dunia, orang)) as (_, cakupan):
        for bulan in BULAN:
            lingkup = Lingkup(cakupan, bulan)
            hari = lingkup.hari
            kini = [p for p in a.produk if p.kanwil_id in kanwil and _ada(p, hari)]
            _hitungan(lingkup, kini)
            tahapan = [tahap(p.pk, _surat(a.surat, p.upt_id), hari) for p in kini]
            assert baca.corong(lingkup) == corong(tahapan)
            assert baca.langkah(lingkup) == {
                k: sum((h := getattr(p, kolom)) is not None and h <= hari for p in kini)
                for k, kolom in baca.LANGKAH.items()
            }
            _surat_habis(lingkup, [s for s in a.surat if s.kanwil_id in kanwil], a, hari)
            _uang(lingkup, a, kanwil)
        _acara(cakupan, a, kanwil)


def _hitungan(lingkup: Lingkup, kini: list[Produk]) -> None:
    n = baca.hitungan(lingkup)
    per_jenis = Counter(_pokok(p.jenis) for p in kini)
    assert n.unit <= n.dapat
    assert (n.unit, n.jenis, n.produk) == (len({p.upt_id for p in kini}), len(per_jenis), len(kini))
    assert {b.jenis.pk: b.produk for b in baca.daftar_jenis(lingkup)} == per_jenis
    assert {b.upt.pk: b.produk for b in baca.daftar_unit(lingkup, ada=True)} == Counter(p.upt_id for p in kini)
    for pokok in per_jenis:
        satu = baca.satu_jenis(pokok)
        assert {p.pk for p in baca.daftar_produk(lingkup, jenis=satu)} == {
            p.pk for p in kini if _pokok(p.jenis) == pokok
        }


def _surat_habis(lingkup: Lingkup, surat: list[Legalitas], a: Acak, hari: date) -> None:
    produk = {p.pk: p for p in a.produk}

    def diganti(s: Legalitas) -> bool:
        return any(
            b.pk != s.pk and (b.upt_id, b.jenis) == (s.upt_id, s.jenis) and b.produk_id in (None, s.produk_id)
            and (b.berakhir is None or b.berakhir > s.berakhir) and (b.terbit is None or b.terbit <= hari)
            for b in surat
        )  # fmt: skip

    perlu: list[date] = [
        s.berakhir for s in surat
        if s.berakhir is not None and _buka(s, hari) and not diganti(s)
        and (s.produk_id is None or _ada(produk[s.produk_id], hari))
    ]  # fmt: skip
    sisa = [(d - hari).days for d in perlu]
    benar = {
        "habis": sum(n < 0 for n in sisa), "7": sum(0 <= n <= 7 for n in sisa),
        "30": sum(7 < n <= 30 for n in sisa), "90": sum(30 < n <= 90 for n in sisa),
    }  # fmt: skip
    assert baca.habis(lingkup) == benar
    for kode, banyak in benar.items():
        assert baca.sertifikat_di(lingkup, kode).count() == banyak


def _uang(lingkup: Lingkup, a: Acak, kanwil: set[int]) -> None:
    """Turnover by month, group, channel; and a split that adds up to the last rupiah."""
    jual = [j for j in a.jual if j.kanwil_id in kanwil and j.tanggal <= lingkup.bulan.akhir]
    golongan = {p.pk: p.golongan for p in a.produk}
    benar: dict[tuple[Bulan, str, str], int] = defaultdict(int)
    for j in jual:
        benar[Bulan.pada(j.tanggal), golongan[j.produk_id], j.kanal] += j.nilai
    baris = baca.penjualan(lingkup, 24)
    assert {(b.bulan, b.golongan, b.kanal): b.omzet for b in baris} == benar
    dibagi = [b for b in a.bagi if b.kanwil_id in kanwil and b.bulan <= lingkup.bulan.awal]
    kotak = {(b.upt_id, b.bulan) for b in dibagi}
    lain = sum(j.nilai for j in jual if (j.upt_id, j.tanggal.replace(day=1)) not in kotak)
    omzet = sum(j.nilai for j in jual)
    hasil_ = baca.bagi(lingkup, omzet)
    assert (hasil_.omzet, hasil_.omzet_lain, hasil_.omzet + hasil_.omzet_lain) == (omzet - lain, lain, omzet)
    for kolom in ("biaya", "premi", "pnbp", "operasional"):
        assert getattr(hasil_, kolom) == sum(getattr(b, kolom) for b in dibagi)
    assert hasil_.omzet == hasil_.biaya + hasil_.premi + hasil_.pnbp + hasil_.operasional + hasil_.belum


def _acara(cakupan: Any, a: Acak, kanwil: set[int]) -> None:
    pokok = [x for x in a.acara if x.induk_id is None]
    for satu in hasil(cakupan, pokok):
        ikut = [i for i in a.ikut if i.kanwil_id in kanwil and _pokok(i.pameran) == satu.pameran.pk]
        jual = [j for j in a.jual if j.kanwil_id in kanwil and j.pameran and _pokok(j.pameran) == satu.pameran.pk]
        assert satu.unit == len({b.upt_id for b in (*ikut, *jual)})
        assert (satu.terjual, satu.omzet) == (sum(j.jumlah for j in jual), sum(j.nilai for j in jual))
        assert satu.ditampilkan == sum(i.ditampilkan for i in ikut)
