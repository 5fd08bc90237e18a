"""Where a figure comes from: nation → formula → Kanwil → unit → version → cell, with people and moments.

One call opens one level; the next level is the same call with the part's region. `ke_json` gives plain data
for programs. Sums are checked here, not assumed: `cocok` says whether the parts add up to the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from dasbor import selectors
from dasbor.indikator import Indikator
from dasbor.rekap import Liputan, Rekap
from dasbor.selectors import LaporanUnit, UnitBulan, Wilayah
from pelaporan import rumus
from pelaporan.alur import LABEL_STATUS, Status
from pelaporan.butir import Butir
from pelaporan.isian import bulatkan, tulis_nilai
from pelaporan.models import Kejadian, LaporanVersi, RiwayatIsian
from pelaporan.rumus import Lingkungan, Nilai, Simpul
from pelaporan.skema import Skema
from pelaporan.turunan import JUMLAH, alamat
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.cakupan import Cakupan

_LURUS = frozenset({"tambah", "kurang", "negatif", "jumlah", "nama"})


@dataclass(frozen=True)
class Orang:
    """Who did it, in which capacity, when."""

    nama: str
    sebagai: str
    pada: datetime


@dataclass(frozen=True)
class AsalVersi:
    """A sent version: its receipt number, its hash, who sent it and who verified it (None: not yet)."""

    versi: int
    nomor: str
    sidik: str
    dikirim: Orang
    diverifikasi: Orang | None
    nilai: Nilai = None
    keadaan: str = ""
    alasan: str = ""


@dataclass(frozen=True)
class Bagian:
    """A part of the whole: a Kanwil of the nation, or a unit of a Kanwil. None: nothing was given."""

    tingkat: str
    kode: str
    nama: str
    masuk: Nilai
    sah: Nilai
    liputan: Liputan
    status: str = ""
    keterangan: str = ""
    asal: AsalVersi | None = None


@dataclass(frozen=True)
class Komponen:
    """An item that the formula of the figure uses, at the same level."""

    formulir: str
    kode: str
    label: str
    satuan: str
    masuk: Nilai
    sah: Nilai


@dataclass(frozen=True)
class Ketikan:
    """One acknowledged save of the cell."""

    lama: str
    baru: str
    oleh: str
    pada: datetime
    lewat: str


@dataclass(frozen=True)
class BarisDaftar:
    """A row of a line list that the figure counts; `isi` = label → text."""

    id: str
    isi: Mapping[str, str]


@dataclass(frozen=True)
class Sumbangan:
    """What one record of a register gave to the figure, as frozen in the version; `url` opens the record today."""

    objek: str
    id: int | str
    label: str
    nilai: Nilai
    url: str


@dataclass(frozen=True)
class AsalRegister:
    """What a register said when the counted version was sent. `cocok`: whether the parts give the frozen figure, None
    when they are not meant to add up.
    """

    register: str
    kalimat: str
    rincian: tuple[Sumbangan, ...]
    jumlah: Nilai = None
    cocok: bool | None = None

    @property
    def tertutup(self) -> AsalRegister:
        """As somebody sees it who reads figures and not what they are made of: no part opens."""
        return replace(self, rincian=tuple(replace(r, url="") for r in self.rincian))


@dataclass(frozen=True)
class Telusur:
    """A figure and its origin, one level deep."""

    formulir: str
    kode: str
    label: str
    satuan: str
    jenis: str
    definisi: str
    bulan: Bulan
    wilayah: Wilayah
    masuk: Nilai
    sah: Nilai
    liputan: Liputan
    dijumlah: bool
    rumus: str = ""
    komponen: tuple[Komponen, ...] = ()
    komponen_cocok: bool | None = None
    bagian: tuple[Bagian, ...] = ()
    jumlah_masuk: Nilai = None
    jumlah_sah: Nilai = None
    cocok: bool | None = None
    laporan: LaporanUnit | None = None
    versi: tuple[AsalVersi, ...] = ()
    ketikan: tuple[Ketikan, ...] = ()
    baris: tuple[BarisDaftar, ...] = ()
    daftar: str = ""
    register: str = ""
    asal_register: AsalRegister | None = None
    dihitung: datetime | None = None

    @property
    def belum(self) -> list[Bagian]:
        """Units that owe the form and have not sent it."""
        return [b for b in self.bagian if b.tingkat == "upt" and b.liputan.wajib and not b.liputan.masuk]

    def ke_json(self) -> dict[str, Any]:
        return _polos(self) | {
            "kode": f"{self.formulir}.{self.kode}",
            "belum_masuk": [b.nama for b in self.belum],
        }


@dataclass(frozen=True)
class BagianIndikator:
    """An indicator in one region or unit."""

    tingkat: str
    kode: str
    nama: str
    nilai: Decimal | None
    pembilang: Nilai
    penyebut: Nilai
    liputan: Liputan


@dataclass(frozen=True)
class TelusurIndikator:
    """An indicator opened into its numerator and denominator, and into the regions or units below."""

    indikator: Indikator
    bulan: Bulan
    wilayah: Wilayah
    masuk: Decimal | None
    sah: Decimal | None
    pembilang: Nilai
    penyebut: Nilai
    liputan: Liputan
    komponen_pembilang: tuple[Komponen, ...]
    komponen_penyebut: tuple[Komponen, ...]
    bagian: tuple[BagianIndikator, ...]

    def ke_json(self) -> dict[str, Any]:
        polos = _polos(self)
        ind = self.indikator
        return {"kode": ind.kode, "label": ind.nama, "satuan": ind.satuan, "rumus": ind.rumus, **polos}


# ---------------------------------------------------------------- an item of a form


def telusur(cakupan: Cakupan, formulir: str, kode: str, wilayah: Wilayah, bulan: Bulan) -> Telusur:
    """The origin of an item's figure. Raises TidakDitemukan for an unknown code."""
    skema = selectors.skema_bulan(bulan).get(formulir)
    if skema is None or kode not in skema.butir or not skema.butir[kode].angka:
        raise TidakDitemukan(f"Tidak ada angka dengan kode {formulir}.{kode} pada {bulan.nama}.")
    perlu = {kode, *_acuan(skema, kode)}
    if wilayah.tingkat == "nasional":
        return _nasional(cakupan, skema, kode, wilayah, bulan, perlu)
    if wilayah.tingkat == "kanwil":
        return _kanwil(cakupan, skema, kode, wilayah, bulan, perlu)
    return _upt(cakupan, skema, kode, wilayah, bulan)


def _acuan(skema: Skema, kode: str) -> list[str]:
    """Items of the same form that the item's formula names, in form order."""
    pohon = skema.pohon.get(kode)
    nama = rumus.acuan(pohon).nama if pohon else frozenset()
    return [k for k in skema.butir if k in nama]


def _kepala(skema: Skema, kode: str, wilayah: Wilayah, rekap: Rekap) -> Telusur:
    """The figure itself, its formula and its components, at one level."""
    butir = skema.butir[kode]
    komponen = tuple(_komponen(skema, k, rekap) for k in _acuan(skema, kode))
    return Telusur(
        formulir=skema.kode,
        kode=kode,
        label=butir.label,
        satuan=butir.satuan,
        jenis=butir.jenis_angka,
        definisi=butir.definisi,
        bulan=rekap.bulan,
        wilayah=wilayah,
        masuk=rekap.butir(skema, kode, "masuk"),
        sah=rekap.butir(skema, kode, "sah"),
        liputan=rekap[skema.kode].liputan,
        dijumlah=butir.dijumlah,
        rumus=butir.rumus or "",
        komponen=komponen,
        komponen_cocok=_komponen_cocok(skema, kode, rekap),
        daftar=next(iter(rumus.acuan(skema.pohon[kode]).daftar), "") if kode in skema.pohon else "",
        register=butir.turunan or "",
        dihitung=rekap[skema.kode].dihitung,
    )


def _komponen(skema: Skema, kode: str, rekap: Rekap) -> Komponen:
    butir = skema.butir[kode]
    masuk, sah = rekap.butir(skema, kode, "masuk"), rekap.butir(skema, kode, "sah")
    return Komponen(skema.kode, kode, butir.label, butir.satuan, masuk, sah)


def _komponen_cocok(skema: Skema, kode: str, rekap: Rekap) -> bool | None:
    """Whether the formula over the components gives the figure; None when sums do not obey the formula."""
    pohon = skema.pohon.get(kode)
    if pohon is None or not skema.butir[kode].dijumlah or any(s.op not in _LURUS for s in pohon.telusur()):
        return None
    isi = {k: rekap.butir(skema, k, "masuk") for k in _acuan(skema, kode)}
    return rumus.nilai(pohon, Lingkungan(isi, {}, rekap.konteks("masuk"))) == rekap.butir(skema, kode, "masuk")


def _dengan_bagian(kepala: Telusur, bagian: Iterable[Bagian]) -> Telusur:
    """Parts beside the whole, added up when the item may be added up."""
    semua = tuple(bagian)
    if not kepala.dijumlah:
        return replace(kepala, bagian=semua)
    masuk, sah = _jumlah(b.masuk for b in semua), _jumlah(b.sah for b in semua)
    cocok = masuk == kepala.masuk and sah == kepala.sah
    return replace(kepala, bagian=semua, jumlah_masuk=masuk, jumlah_sah=sah, cocok=cocok)


def _jumlah(nilai: Iterable[Nilai]) -> int | Decimal | None:
    ada = [n for n in nilai if isinstance(n, int | Decimal)]
    return sum(ada) if ada else None


def _nasional(
    cakupan: Cakupan, skema: Skema, kode: str, wilayah: Wilayah, bulan: Bulan, perlu: Collection[str]
) -> Telusur:
    rekap = selectors.rekap_wilayah(cakupan, bulan, perlu)
    bagian = []
    for kanwil in selectors.semua_kanwil(cakupan):
        r = rekap.get(kanwil.pk, Rekap(bulan))
        masuk, sah = r.butir(skema, kode, "masuk"), r.butir(skema, kode, "sah")
        nama = f"Kanwil {kanwil.nama_pendek}"
        bagian.append(Bagian("kanwil", kanwil.slug, nama, masuk, sah, r[skema.kode].liputan))
    return _dengan_bagian(_kepala(skema, kode, wilayah, rekap.get(None, Rekap(bulan))), bagian)


def _kanwil(
    cakupan: Cakupan, skema: Skema, kode: str, wilayah: Wilayah, bulan: Bulan, perlu: Collection[str]
) -> Telusur:
    id_kanwil = wilayah.id or 0
    rekap = selectors.rekap_wilayah(cakupan, bulan, perlu)
    unit = [u for u in selectors.unit_kanwil(cakupan, id_kanwil, bulan, perlu) if skema.kode in u.laporan]
    nama = selectors.nama_upt(cakupan, [u.upt_id for u in unit])
    versi = selectors.versi_dihitung(cakupan, id_kanwil, bulan, skema.kode)
    sah = selectors.verifikasi(cakupan, [u.laporan[skema.kode].id for u in unit])
    bagian = []
    for u in unit:
        upt = nama.get(u.upt_id)
        asal = _asal(versi[u.upt_id], sah) if u.upt_id in versi else None
        bagian.append(_bagian_upt(skema, kode, u, (upt.kode, upt.nama) if upt else ("", _PINDAH), asal))
    return _dengan_bagian(
        _kepala(skema, kode, wilayah, rekap.get(id_kanwil, Rekap(bulan))),
        sorted(bagian, key=lambda b: b.nama),
    )


_PINDAH = "UPT yang kini di wilayah lain"


def _bagian_upt(skema: Skema, kode: str, u: UnitBulan, siapa: tuple[str, str], asal: AsalVersi | None) -> Bagian:
    lap = u.laporan[skema.kode]
    masuk, sah = u.rekap.butir(skema, kode, "masuk"), u.rekap.butir(skema, kode, "sah")
    keterangan = f"Dibebaskan: {lap.dibebaskan}" if lap.dibebaskan else ""
    return Bagian("upt", *siapa, masuk, sah, lap.liputan, lap.status, keterangan, asal)


def _asal(versi: LaporanVersi, sah: Mapping[tuple[Any, int], Kejadian]) -> AsalVersi:
    kejadian = sah.get((versi.laporan_id, versi.versi))
    return AsalVersi(
        versi.versi,
        versi.nomor,
        versi.sidik,
        Orang(versi.dibuat_oleh.nama, versi.sebagai, versi.dibuat_pada),
        Orang(kejadian.oleh.nama, kejadian.sebagai, kejadian.pada) if kejadian else None,
    )


# ---------------------------------------------------------------- one unit: version, cell, people


def _upt(cakupan: Cakupan, skema: Skema, kode: str, wilayah: Wilayah, bulan: Bulan) -> Telusur:
    unit = selectors.unit_tren(cakupan, wilayah.id or 0, bulan, {kode, *_acuan(skema, kode)})[bulan]
    kepala = _kepala(skema, kode, wilayah, unit.rekap)
    lap = unit.laporan.get(skema.kode)
    if lap is None:
        return kepala
    semua = selectors.versi_laporan(cakupan, lap.id)
    sah = selectors.verifikasi(cakupan, [lap.id])
    dihitung = next((v for v in semua if v.versi == lap.versi_masuk), None)
    ketikan = selectors.riwayat_sel(cakupan, lap.id, kepala.daftar or kode)
    return replace(
        kepala,
        laporan=lap,
        versi=tuple(_isi_sel(_asal(v, sah), v, kode) for v in semua),
        ketikan=tuple(_ketikan(r, kepala.daftar or kode, skema.butir[kode]) for r in ketikan),
        baris=_baris_terhitung(skema, kode, dihitung) if dihitung and kepala.daftar else (),
        asal_register=_asal_register(skema, kode, kepala.daftar, dihitung) if dihitung else None,
    )


def _asal_register(skema: Skema, kode: str, daftar: str, versi: LaporanVersi) -> AsalRegister | None:
    """The origin frozen with the figure, or with the line list it counts; None for what was typed."""
    asal = versi.isi.get("asal", {}).get(daftar or kode)
    if asal is None:
        return None
    register = asal["register"]
    rincian = tuple(Sumbangan(o, i, label, n, alamat(register, o, i)) for o, i, label, n in asal["rincian"])
    if asal["cara"] != JUMLAH:
        return AsalRegister(register, asal["asal"], rincian)
    jumlah = _jumlah(r.nilai for r in rincian)
    sama = bulatkan(skema.butir[kode], jumlah) == versi.isi["angka"].get(kode, versi.isi["lain"].get(kode))
    return AsalRegister(register, asal["asal"], rincian, jumlah, sama)


def _isi_sel(asal: AsalVersi, versi: LaporanVersi, kode: str) -> AsalVersi:
    """The version with the cell as it was frozen: value, state, reason."""
    isi = versi.isi
    nilai = isi["angka"].get(kode, isi["lain"].get(kode))
    return replace(asal, nilai=nilai, keadaan=isi["keadaan"].get(kode, ""), alasan=isi["alasan"].get(kode, ""))


def _ketikan(baris: RiwayatIsian, kode: str, butir: Butir) -> Ketikan:
    if kode in baris.perubahan:
        lama, baru = (_ringkas(sel, butir) for sel in baris.perubahan[kode])
    else:  # a line list: its cells have addresses below its code
        lama, baru = "", _perubahan_daftar(baris.perubahan, kode)
    return Ketikan(lama, baru, baris.oleh.nama, baris.pada, baris.asal)


def _perubahan_daftar(perubahan: Mapping[str, Any], daftar: str) -> str:
    milik = {k: v for k, v in perubahan.items() if k.startswith(f"{daftar}/")}
    baru, hapus = (sum(v[1] == kata for v in milik.values()) for kata in ("baris baru", "dihapus"))
    sel = len(milik) - baru - hapus
    kata = ((baru, "baris baru"), (hapus, "baris dihapus"), (sel, "sel daftar diisi atau diubah"))
    return ", ".join(f"{n} {teks}" for n, teks in kata if n)


def _ringkas(sel: list[Any] | None, butir: Butir) -> str:
    """A cell as the history keeps it ([value, state, reason], None when empty), in words."""
    if sel is None:
        return "kosong"
    nilai, keadaan, _ = sel
    return _KEADAAN.get(keadaan) or tulis_nilai(butir, nilai, satuan=True)


_KEADAAN = {"nihil": "nihil", "tak_tersedia": "tidak tersedia", "tak_berlaku": "tidak berlaku"}


def _baris_terhitung(skema: Skema, kode: str, versi: LaporanVersi) -> tuple[BarisDaftar, ...]:
    """The rows of the line list that the formula counts or adds up."""
    simpul = next(s for s in skema.pohon[kode].telusur() if s.op in ("hitung", "jumlahkan"))
    daftar = skema.daftar[simpul.isi]
    ling = Lingkungan({}, {}, Rekap(Bulan.pada(versi.bulan)).konteks("masuk"))
    return tuple(
        BarisDaftar(b["id"], {k.label: tulis_nilai(k, b["isi"][k.kode]) for k in daftar.kolom if k.kode in b["isi"]})
        for b in versi.isi["daftar"].get(daftar.kode, ())
        if _terhitung(simpul, {k.kode: b["isi"].get(k.kode) for k in daftar.kolom}, ling)
    )


def _terhitung(simpul: Simpul, baris: Mapping[str, Nilai], ling: Lingkungan) -> bool:
    syarat = simpul.anak if simpul.op == "hitung" else simpul.anak[1:]
    return all(rumus.nilai(s, ling.baris(baris)) is True for s in syarat)


# ---------------------------------------------------------------- an indicator


def telusur_indikator(cakupan: Cakupan, ind: Indikator, wilayah: Wilayah, bulan: Bulan) -> TelusurIndikator:
    """The origin of an indicator's figure: numerator, denominator, and the level below."""
    kode = {k for _, k in ind.acuan}
    if wilayah.tingkat == "upt":
        rekap, bagian = selectors.unit_tren(cakupan, wilayah.id or 0, bulan, kode)[bulan].rekap, []
    else:
        semua = selectors.rekap_wilayah(cakupan, bulan, kode)
        rekap = semua.get(wilayah.id, Rekap(bulan))
        bagian = _bagian_indikator(cakupan, ind, wilayah, semua, bulan)
    return susun_indikator(ind, wilayah, rekap, bagian, selectors.skema_bulan(bulan))


def _bagian_indikator(
    cakupan: Cakupan, ind: Indikator, wilayah: Wilayah, semua: Mapping[int | None, Rekap], bulan: Bulan
) -> list[BagianIndikator]:
    if wilayah.tingkat == "nasional":
        kanwil = [selectors.wilayah_kanwil(k) for k in selectors.semua_kanwil(cakupan)]
        return [satu_indikator(ind, k, semua.get(k.id, Rekap(bulan))) for k in kanwil]
    unit = selectors.unit_kanwil(cakupan, wilayah.id or 0, bulan, {k for _, k in ind.acuan})
    nama = selectors.nama_upt(cakupan, [u.upt_id for u in unit])
    ada = [(nama[u.upt_id], u) for u in unit if u.upt_id in nama]
    bagian = [satu_indikator(ind, Wilayah("upt", upt.kode, upt.nama, upt.pk), u.rekap) for upt, u in ada]
    return sorted(bagian, key=lambda b: b.nama)


def satu_indikator(ind: Indikator, wilayah: Wilayah, rekap: Rekap) -> BagianIndikator:
    hasil = ind.hitung(rekap, "masuk")
    return BagianIndikator(
        wilayah.tingkat, wilayah.kode, wilayah.nama, hasil.nilai, hasil.pembilang, hasil.penyebut,
        rekap.terlemah(ind.formulir),
    )  # fmt: skip


def susun_indikator(
    ind: Indikator,
    wilayah: Wilayah,
    rekap: Rekap,
    bagian: Iterable[BagianIndikator],
    skema: Mapping[str, Skema],
) -> TelusurIndikator:
    hasil, sah = ind.hitung(rekap, "masuk"), ind.hitung(rekap, "sah")

    def komponen(acuan: Iterable[tuple[str, str]]) -> tuple[Komponen, ...]:
        return tuple(_komponen(skema[f], k, rekap) for f, k in acuan if f in skema and k in skema[f].butir)

    return TelusurIndikator(
        ind, rekap.bulan, wilayah, hasil.nilai, sah.nilai, hasil.pembilang, hasil.penyebut,
        rekap.terlemah(ind.formulir), komponen(ind.acuan_pembilang), komponen(ind.acuan_penyebut),
        tuple(bagian),
    )  # fmt: skip


# ---------------------------------------------------------------- plain data


def _polos(obj: Any) -> Any:
    """Dataclasses as plain JSON: months as their code, moments in ISO 8601, numbers as numbers."""
    if isinstance(obj, Bulan):
        return obj.kode
    if isinstance(obj, Wilayah):
        return {"tingkat": obj.tingkat, "kode": obj.kode, "nama": obj.nama}
    if isinstance(obj, LaporanUnit):
        return {
            "status": LABEL_STATUS[Status(obj.status)],
            "versi_masuk": obj.versi_masuk,
            "versi_sah": obj.versi_sah,
        }
    if is_dataclass(obj) and not isinstance(obj, type):
        return {f.name: _polos(getattr(obj, f.name)) for f in fields(obj)}
    if isinstance(obj, tuple | list):
        return [_polos(x) for x in obj]
    if isinstance(obj, Mapping):
        return {k: _polos(v) for k, v in obj.items()}
    return obj.isoformat() if isinstance(obj, datetime) else obj
