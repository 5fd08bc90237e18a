"""Writing the invented register: one transaction, COPY, history by one statement a table, then the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F

from pelaporan.lampiran.batas import JPEG
from pelaporan.models import BarisRegister, Berkas, LaporanVersi, RiwayatBaris
from pelaporan.register.muat_curah import Lembaran, tulis_riwayat
from pemasyarakatan.inti.acak import pecahan
from pemasyarakatan.inti.curah import muatan_curah
from pemasyarakatan.inti.waktu import WIB, Bulan, nama_bulan, sekarang, zona_dari
from pemasyarakatan.jejak.services import catat
from umkm import ringkas
from umkm.contoh.gambar import gambar
from umkm.contoh.susun import AWAL_JUAL, BulanUmkm, Register, susun
from umkm.katalog import proyeksi
from umkm.models import (
    BagiHasil,
    FotoProduk,
    Golongan,
    Harga,
    JenisProduk,
    Legalitas,
    Mitra,
    Pameran,
    Penjualan,
    Persediaan,
    PesertaPameran,
    Produk,
    Tenaga,
)
from umkm.nama import kunci
from upt.cakupan import SISTEM, terpasang
from upt.models import UPT, Penugasan

LAPAS_2025 = 170
"""So many Lapas had products by June 2025: the first in the order in which the invented reports gave them out."""
JENIS: dict[type[BarisRegister], str] = {
    Produk: "produk",
    FotoProduk: "foto",
    Harga: "harga",
    Legalitas: "legalitas",
    Mitra: "mitra",
    PesertaPameran: "peserta",
    Persediaan: "persediaan",
    Penjualan: "penjualan",
    BagiHasil: "bagi_hasil",
    Tenaga: "tenaga",
}
BERFOTO = 0.4
"""Share of the products with a photo: the catalogue has to be seen with and without."""
_ANGKA = ("wbp", "mitra", "pameran", "biaya", "pnbp", "premi", "dana_usaha")
_KOTA = ("Jakarta", "Bandung", "Surabaya", "Medan", "Makassar", "Ambon")


def isi_contoh(kabar: Callable[[str], None]) -> None:
    """Fill the register of every unit that reports products; nothing when there is a product already."""
    with terpasang(SISTEM), transaction.atomic():
        if Produk.objects.exists():
            return
        unit = _unit()
        jenis, pameran = _jenis_produk(unit), _pameran()
        with muatan_curah([*(m._meta.db_table for m in JENIS), RiwayatBaris._meta.db_table]):
            lembar = {m: Lembaran(m) for m in JENIS}
            berkas: list[Berkas] = []
            for upt, petugas, r in unit:
                produk = _satu_unit(lembar, upt, petugas, r, jenis, pameran)
                berkas += _foto(lembar[FotoProduk], upt, petugas, zip(produk, r.produk, strict=True))
            Berkas.objects.bulk_create(berkas)
            baris = sum(satu.salin() for satu in lembar.values())
            for model, kode in JENIS.items():
                tulis_riwayat("umkm", kode, model)
        ringkas.hitung_ulang()
        catat(oleh=None, tindakan="isi_contoh", objek="register", objek_id="umkm", rincian={"baris": baris})
        proyeksi.susun_ulang()
    kabar(f"  register UMKM: {baris} catatan")


def _unit() -> list[tuple[UPT, int, Register]]:
    """Units with products, who writes for them, and their rows."""
    per_unit: dict[int, list[BulanUmkm]] = {}
    versi = LaporanVersi.objects.filter(formulir_id="F07", versi=F("laporan__versi_masuk")).order_by("bulan")
    for upt_id, awal, isi in versi.values_list("upt_id", "bulan", "isi"):
        if isi["lain"].get("ada_produk"):
            per_unit.setdefault(upt_id, []).append(_bulan(Bulan.pada(awal), isi))
    petugas = dict(
        Penugasan.objects.filter(peran="operator_upt", pengguna__nip__startswith="9999", upt__in=per_unit).values_list(
            "upt_id", "pengguna_id"
        )
    )
    semua = sorted(UPT.objects.filter(pk__in=petugas), key=lambda u: pecahan(u.kode, "hasil karya"))
    awal_2025 = {u.pk for u in [u for u in semua if u.jenis == UPT.Jenis.LAPAS][:LAPAS_2025]}
    return [
        (u, petugas[u.pk], susun(u.kode, per_unit[u.pk], sejak_2025=u.pk in awal_2025, kini=Bulan.kini()))
        for u in semua
    ]


def _bulan(bulan: Bulan, isi: Mapping[str, Any]) -> BulanUmkm:
    return BulanUmkm(
        bulan,
        {b["isi"]["nama"]: b["isi"] for b in isi["daftar"]["produk"]},
        [b["isi"] for b in isi["daftar"].get("legalitas", [])],
        {k: int(isi["angka"].get(k) or 0) for k in _ANGKA},
    )


def _jenis_produk(unit: list[tuple[UPT, int, Register]]) -> dict[str, int]:
    """The national kinds, by key."""
    semua = {kunci(p["nama"]): p for _, _, r in unit for p in r.produk}
    JenisProduk.objects.bulk_create(
        [JenisProduk(kunci=k, nama=p["nama"], golongan=p["golongan"]) for k, p in sorted(semua.items())],
        ignore_conflicts=True,
    )
    return dict(JenisProduk.objects.values_list("kunci", "pk"))


def _pameran() -> dict[Bulan, int]:
    """One exhibition a month that whoever likes takes part in."""
    peninjau = Penugasan.objects.filter(peran="peninjau_pusat").select_related("pengguna").first()
    assert peninjau is not None
    semua = {}
    for n, bulan in enumerate(AWAL_JUAL.rentang(Bulan.kini() - 1)):
        tanggal = bulan.awal.replace(day=14)
        satu = Pameran.objects.create(
            nama=f"Pameran Produk Warga Binaan {nama_bulan(bulan.bulan)} {bulan.tahun} (contoh)",
            tempat=f"{_KOTA[n % len(_KOTA)]} (contoh)",
            penyelenggara="Panitia contoh",
            mulai=tanggal,
            selesai=tanggal + timedelta(days=2),
            dibuat_oleh=peninjau.pengguna,
            dibuat_pada=_saat(tanggal),
        )
        semua[bulan] = satu.pk
    return semua


def _satu_unit(
    lembar: Mapping[type[BarisRegister], Lembaran],
    upt: UPT,
    petugas: int,
    r: Register,
    jenis: Mapping[str, int],
    pameran: Mapping[Bulan, int],
) -> list[int]:
    """The rows of one unit, references turned from places into ids; the ids of its products."""

    def tambah(model: type[BarisRegister], isi: Mapping[str, Any], hari: date) -> int:
        return lembar[model].tambah({**isi, "upt": upt.pk, "kanwil": upt.kanwil_id}, petugas, _saat(hari))

    produk = [tambah(Produk, {**p, "jenis": jenis[kunci(p["nama"])]}, p["mulai"]) for p in r.produk]
    tempat = (
        (Harga, r.harga, "dari"),
        (Legalitas, r.legalitas, "terbit"),
        (Persediaan, r.persediaan, "tanggal"),
        (Penjualan, r.penjualan, "tanggal"),
        (Mitra, r.mitra, "dari"),
        (Tenaga, r.tenaga, "dari"),
    )
    for model, semua, hari in tempat:
        for b in semua:
            rujuk = {"produk": produk[b["produk"]]} if "produk" in b else {}
            if b.get("pameran"):
                rujuk["pameran"] = pameran[b["pameran"]]
            tambah(model, {**b, **rujuk}, b[hari])
    for b in r.peserta:
        tambah(PesertaPameran, {**b, "pameran": pameran[b["pameran"]]}, b["pameran"].akhir)
    for b in r.bagi_hasil:
        tambah(BagiHasil, b, Bulan.pada(b["bulan"]).akhir)
    return produk


def _foto(
    lembar: Lembaran, upt: UPT, petugas: int, produk: Iterable[tuple[int, Mapping[str, Any]]]
) -> Iterator[Berkas]:
    """Invented pictures of some products, with their files; services have nothing to show."""
    for pk, p in produk:
        acak = pecahan(upt.kode, p["nama"], "foto")
        if p["golongan"] == Golongan.JASA or acak >= BERFOTO:
            continue
        foto, mini = (
            Berkas(
                upt=upt, kanwil_id=upt.kanwil_id, nama=f"{kata} produk {pk}.jpg", tipe=JPEG.mime, ukuran=len(isi),
                sidik=sha256(isi).hexdigest(), isi=isi, dipindai=False, oleh_id=petugas, pada=_saat(p["mulai"]),
            )
            for kata, isi in zip(("foto", "mini"), gambar(p["golongan"], int(acak * 100)), strict=True)
        )  # fmt: skip
        yield from (foto, mini)
        isi = {
            "produk": pk,
            "berkas": foto.pk,
            "mini": mini.pk,
            "urutan": 1,
            "keterangan": f"Gambar contoh {p['nama']}",
        }
        lembar.tambah({**isi, "upt": upt.pk, "kanwil": upt.kanwil_id}, petugas, _saat(p["mulai"]))


def _saat(hari: date) -> datetime:
    """Written down in the afternoon of its day, never in the future."""
    return min(datetime.combine(hari, time(15, 0), tzinfo=zona_dari(WIB)), sekarang())
