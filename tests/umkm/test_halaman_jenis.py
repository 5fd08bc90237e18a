"""Every kind of row on the generic pages: its list, its empty form, and a product typed there."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from pelaporan.register.jenis import semua_jenis
from tests.dunia import Dunia
from tests.umkm.bantu import Unit, sebagai_orang
from umkm.models import BagiHasil, Produk

KODE = (
    "produk", "foto", "harga", "legalitas", "mitra", "peserta", "persediaan", "pesanan", "penjualan", "bagi_hasil",
    "tenaga", "pekerja",
)  # fmt: skip


def alamat(dunia: Dunia, nama: str, jenis: str, **lain: Any) -> str:
    return reverse(f"umkm:{nama}", kwargs={"kode": dunia.ambon.kode, "jenis": jenis, **lain})


def test_semua_jenis_terdaftar() -> None:
    assert sorted(semua_jenis("umkm")) == sorted(KODE)


@pytest.mark.parametrize("jenis", KODE)
def test_daftar_dan_formulir_terbuka(dunia: Dunia, ambon: Unit, masuk: Any, jenis: str) -> None:
    ambon.produk()
    klien = masuk(dunia.operator_ambon)
    for nama in ("daftar", "baru"):
        jawaban = klien.get(alamat(dunia, nama, jenis))
        assert jawaban.status_code == 200, (nama, jawaban.content[:400])


def test_foto_ditambahkan_dari_halaman_produknya(dunia: Dunia, ambon: Unit, masuk: Any) -> None:
    """The list of photos offers no form that can only refuse."""
    ambon.produk()
    isi = masuk(dunia.operator_ambon).get(alamat(dunia, "daftar", "foto")).content.decode()
    assert f'href="{alamat(dunia, "baru", "foto")}"' not in isi
    assert f'class="tombol" href="{reverse("umkm:unit", kwargs={"kode": dunia.ambon.kode})}"' in isi


def test_produk_diketik_lalu_disembunyikan(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    isi = {"nama": "Keripik pisang", "golongan": "makanan", "ukuran": "bungkus", "mulai": "1 Maret 2024"}
    jawaban = klien.post(alamat(dunia, "baru", "produk"), {**isi, "tampil": "tidak", "kunci": str(uuid.uuid4())})
    assert jawaban.status_code == 302, jawaban.content.decode()[:2000]
    with sebagai_orang(dunia.operator_ambon):
        satu = Produk.objects.get()
        assert satu.tampil is False
    halaman = klien.get(alamat(dunia, "ubah", "produk", pk=satu.pk)).content.decode()
    assert '<option value="tidak" selected>' in halaman
    jawaban = klien.post(
        alamat(dunia, "ubah", "produk", pk=satu.pk), {**isi, "tampil": "ya", "status": "tersedia", "revisi": "1"}
    )
    assert jawaban.status_code == 302, jawaban.content.decode()[:2000]
    with sebagai_orang(dunia.operator_ambon):
        assert Produk.objects.get().tampil is True


def test_bulan_diketik_dan_tampil_sebagai_bulan(dunia: Dunia, masuk: Any) -> None:
    klien = masuk(dunia.operator_ambon)
    isi = {"bulan": "Maret 2026", "biaya": "0", "premi": "", "pnbp": "", "operasional": "", "kunci": str(uuid.uuid4())}
    jawaban = klien.post(alamat(dunia, "baru", "bagi_hasil"), isi)
    assert jawaban.status_code == 302, jawaban.content.decode()[:2000]
    with sebagai_orang(dunia.operator_ambon):
        satu = BagiHasil.objects.get()
    assert (satu.bulan.isoformat(), satu.premi) == ("2026-03-01", 0)
    assert 'value="Maret 2026"' in klien.get(alamat(dunia, "ubah", "bagi_hasil", pk=satu.pk)).content.decode()
