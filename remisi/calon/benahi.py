"""Work lists mended at once: which columns of the register mend which reason, who lacks them, and the act itself.

A reason ("PUTUSAN:D") may have several ways (fine paid, restitution paid); each asks one question. Where one value
suits many (`sama`) it is said once for all who are ticked; where it differs by person, each row has its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db import transaction
from django.db.models import Q

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan
from pemasyarakatan.jejak.services import tunda
from remisi.calon.patokan import Patokan
from remisi.calon.selectors import Kelompok, kelompok_dari
from remisi.calon.susun import hitung_unit
from remisi.models import Kandidat, Kesempatan, Perhitungan
from remisi.selectors_aturan import patokan_untuk
from upt.cakupan import Cakupan
from upt.models import UPT
from wbp.models import DataWarga, KueriData
from wbp.services_data import Perbaikan, perbaiki_banyak

Belum = Callable[[Patokan], Q]
"""Who still lacks it, by the rules of the occasion's day."""


@dataclass(frozen=True)
class Cara:
    """One question that mends a reason. `nama` stands in addresses; `kalimat` says what was noted."""

    nama: str
    label: str
    kalimat: str
    belum: Belum
    kolom: tuple[str, ...]
    sama: bool = True


def _kosong(nama: str) -> Belum:
    return lambda patokan: Q(**{nama: None})


def _tanpa(nama: str) -> Belum:
    return lambda patokan: Q(**{nama: ""})


def _tidak(nama: str) -> Belum:
    return lambda patokan: Q(**{nama: False})


def _satu(nama: str, label: str, kalimat: str, belum: Belum, *, sama: bool = True) -> Cara:
    return Cara(nama, label, kalimat, belum, (nama,), sama)


_PIDANA = ("pidana_tahun", "pidana_bulan", "pidana_hari")


def _tanpa_lama(patokan: Patokan) -> Q:
    return reduce(and_, (Q(**{nama: None}) | Q(**{nama: 0}) for nama in _PIDANA))


_RISIKO, _DENDA = (
    ("risiko_turun", "Risiko menurun", "Asesmen risiko"),
    ("denda_lunas", "Denda lunas", "Pelunasan denda"),
)
_GANTI = ("uang_pengganti_lunas", "Uang pengganti lunas", "Pelunasan uang pengganti")
_DERAD, _IKRAR = ("deradikalisasi", "Deradikalisasi", "Deradikalisasi"), ("ikrar", "Ikrar setia", "Ikrar setia")

CARA: dict[str, tuple[Cara, ...]] = {
    "PUTUSAN:D": (
        _satu("salinan_putusan", "Salinan putusan", "Salinan putusan", lambda p: ~Q(salinan_putusan=True)),
    ),
    "TAHAN:D": (_satu("tanggal_tahan", "Mulai ditahan", "Tanggal ditahan", _kosong("tanggal_tahan"), sama=False),),
    "PIDANA:D": (Cara("pidana", "Lama pidana", "Lama pidana", _tanpa_lama, _PIDANA, sama=False),),
    "AGAMA:D": (_satu("agama", "Agama", "Agama", _tanpa("agama")),),
    "KELAMIN:D": (_satu("jenis_kelamin", "Jenis kelamin", "Jenis kelamin", _tanpa("jenis_kelamin")),),
    "REZIM:D": (
        _satu("kelompok", "Kelompok tindak pidana", "Kelompok tindak pidana", _tanpa("kelompok")),
        _satu(
            "tanggal_putusan", "Tanggal putusan", "Tanggal putusan",
            lambda p: Q(tanggal_putusan=None, kelompok__in=p.menurut_putusan), sama=False,
        ),
    ),
    "E3:D": (_satu(*_RISIKO, _kosong("risiko_turun")),),
    "E3:T": (_satu(*_RISIKO, _tidak("risiko_turun")),),
    "X2:D": (
        _satu(
            "register_f_diperiksa", "Register F diperiksa", "Pemeriksaan Register F",
            lambda p: Q(register_f_diperiksa=None) | Q(register_f_diperiksa__lt=p.segar_sejak),
        ),
    ),
    "S1:D": (_satu(*_DENDA, _kosong("denda_lunas")), _satu(*_GANTI, _kosong("uang_pengganti_lunas"))),
    "S1:T": (_satu(*_DENDA, _tidak("denda_lunas")), _satu(*_GANTI, _tidak("uang_pengganti_lunas"))),
    "S2:D": (_satu(*_DERAD, _kosong("deradikalisasi")), _satu(*_IKRAR, _kosong("ikrar"))),
    "S2:T": (_satu(*_DERAD, _tidak("deradikalisasi")), _satu(*_IKRAR, _tidak("ikrar"))),
}  # fmt: skip
"""Reasons of the work lists that columns of the register mend; SPPN results have a page of their own there."""


@dataclass(frozen=True)
class DaftarBenahi:
    """Persons of one work list whose register still lacks what one question asks. `semua_cara`: every question of the
    list with its count."""

    kelompok: Kelompok
    cara: Cara
    orang: KueriData
    banyak: int
    semua_cara: list[tuple[Cara, int]]

    def cap(self) -> str:
        """A mark of exactly these persons at their revisions: "all of them" means those that were shown."""
        isi = "|".join(f"{pk}:{revisi}" for pk, revisi in self.orang.order_by("pk").values_list("pk", "revisi"))
        return hashlib.sha256(isi.encode()).hexdigest()[:32]


def daftar_benahi(cakupan: Cakupan, kesempatan: Kesempatan, upt: UPT, alasan: str, nama: str = "") -> DaftarBenahi:
    """The list behind a reason, of the question called `nama` (else the first that somebody lacks). Raises
    TidakDitemukan."""
    kelompok = kelompok_dari(alasan, 0) if alasan in CARA else None
    if kelompok is None:
        raise TidakDitemukan("Daftar ini tidak ada, atau tidak dibenahi dari register.")
    patokan = patokan_untuk(kesempatan)
    hitungan = Kandidat.objects.dalam(cakupan).filter(kesempatan=kesempatan, upt=upt)
    tertahan = set(kelompok.saring.pakai(hitungan).order_by().values_list("data_id", flat=True))
    dasar = DataWarga.objects.dalam(cakupan).ada().filter(upt=upt, pk__in=tertahan)
    semua = [(c, dasar.filter(c.belum(patokan))) for c in CARA[alasan]]
    hitung = [(c, orang, orang.count()) for c, orang in semua]
    terpilih = [satu for satu in hitung if satu[0].nama == nama] or [satu for satu in hitung if satu[2]] or hitung
    cara, orang, banyak = terpilih[0]
    urut = orang.select_related("warga").order_by("inisial", "warga__ujung", "pk")
    return DaftarBenahi(kelompok, cara, urut, banyak, [(c, n) for c, _, n in hitung])


def semua_orang(daftar: DaftarBenahi, cap: str) -> dict[int, int]:
    """Id and revision of everybody on the list, when it is still the one that was shown. Raises Bentrok."""
    if cap != daftar.cap():
        raise Bentrok("Daftar ini berubah sejak halaman dibuka. Periksa lagi, lalu tandai lagi.")
    return dict(daftar.orang.order_by("pk").values_list("pk", "revisi"))


@dataclass(frozen=True)
class HasilBenahi:
    """Persons who changed, and the unit's candidates before and after."""

    orang: int
    layak_dulu: int
    layak: int


@transaction.atomic
def benahi(
    *, kesempatan: Kesempatan, upt: UPT, perbaikan: Mapping[int, Perbaikan], oleh: Pengguna, cakupan: Cakupan
) -> HasilBenahi:
    """Mend the register and compute the candidates of the occasion again, both or neither.

    The trail is written last: who computes alone takes the candidates' lock before the trail's, too.
    Raises as `wbp.services_data.perbaiki_banyak` does.
    """
    dulu = _layak(Perhitungan.objects.dalam(cakupan).filter(kesempatan=kesempatan, upt=upt).first())
    with tunda():
        berubah = perbaiki_banyak(upt=upt, perbaikan=perbaikan, oleh=oleh, cakupan=cakupan)
        kini = hitung_unit(kesempatan=kesempatan, upt=upt, oleh=oleh, cakupan=cakupan)
    return HasilBenahi(len(berubah), dulu, _layak(kini))


def _layak(perhitungan: Perhitungan | None) -> int:
    return perhitungan.jumlah.get("LAYAK", 0) if perhitungan else 0
