"""The workspace of one unit and occasion: who is a candidate and why, what to mend, whom to propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, Ditolak, GalatPortal, TidakSah
from pemasyarakatan.inti.waktu import hari_ini
from remisi.calon import selectors as calon_baca
from remisi.calon.benahi import CARA
from remisi.calon.orang import baca_orang
from remisi.calon.selectors import Saring
from remisi.calon.susun import hitung_unit
from remisi.calon.syarat import Hasil, kurang_catatan
from remisi.kerja.forms import FormSaringCalon
from remisi.kerja.sajian import IKON_SYARAT, NAMA_SYARAT, halangan_menurut_sebab
from remisi.kerja.views_unit import PANGKAL
from remisi.kesempatan import satu_kesempatan
from remisi.models import Kandidat, Kesempatan, Usulan
from remisi.selectors_aturan import patokan_untuk
from remisi.usulan import selectors as baca
from remisi.usulan import services
from upt.models import UPT
from upt.permintaan import Permintaan
from wbp.dasar import id_kiriman

CONTOH = 40
"""People whom the page before an act names; the others are counted."""


def _jalur(upt: UPT, kesempatan: Kesempatan | None = None) -> list[dict[str, str]]:
    unit = {"label": upt.nama, "url": reverse("remisi:unit", kwargs={"kode": upt.kode})}
    if kesempatan is None:
        return [PANGKAL, unit]
    url = reverse("remisi:kesempatan", kwargs={"kode": upt.kode, "kesempatan": kesempatan.slug})
    return [PANGKAL, unit, {"label": kesempatan.nama, "url": url}]


# The list ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BarisCalon:
    """A row of the workspace: what was computed for one person and kind, and the case that came of it."""

    calon: Kandidat
    orang: baca.Samar
    kasus: Usulan | None
    habis: date | None
    sisa: str
    tanpa_lalu: bool = False
    """Served long without a grant in the register (`syarat.BELUM_TERCATAT`): a note, no condition."""

    @property
    def pilihan(self) -> str:
        return f"{self.calon.data_id}:{self.calon.jenis}"

    @property
    def dapat_dipilih(self) -> bool:
        return self.kasus is None and self.calon.keadaan != Kandidat.Keadaan.TIDAK

    @property
    def besaran(self) -> str:
        if self.calon.keadaan == Kandidat.Keadaan.TIDAK:
            return "–"
        return calon_baca.tulis_besar(self.calon.bulan, self.calon.hari, self.calon.hasil)

    @property
    def terpenuhi(self) -> int:
        return sum(s.endswith(":Y") for s in self.calon.syarat)

    @property
    def berlaku(self) -> int:
        return sum(not s.endswith(":N") for s in self.calon.syarat)

    @property
    def alasan(self) -> list[tuple[str, str]]:
        """What is missing or not met: (words, shape)."""
        semua = [s for s in self.calon.syarat if s.endswith((":T", ":D"))]
        penting = [s for s in semua if calon_baca.bernama(s)] or semua
        return [(calon_baca.nama_alasan(s), IKON_SYARAT[s[-1]]) for s in sorted(penting, key=lambda s: s[-1:] == "D")]

    @property
    def bentuk(self) -> str:
        return baca.BENTUK[self.kasus.status] if self.kasus else _BENTUK_CALON[self.calon.keadaan]


_BENTUK_CALON = {"LAYAK": "siap", "PERLU_DATA": "belum", "TIDAK": "tidak-berlaku"}


@never_cache
@masuk_dulu
@require_safe
def kesempatan(request: Permintaan, kode: str, kesempatan: str) -> HttpResponse:
    upt = baca.unit_usulan(request.cakupan, request.user, kode)
    return _kesempatan(request, upt, satu_kesempatan(kesempatan))


def _kesempatan(request: Permintaan, upt: UPT, k: Kesempatan, galat: GalatPortal | None = None) -> HttpResponse:
    saring = Saring.dari(request.GET)
    semua = calon_baca.daftar(request.cakupan, k, upt, saring)
    halaman = Paginator(semua, calon_baca.PER_HALAMAN).get_page(request.GET.get("halaman"))
    kasus = baca.usulan_kesempatan(request.cakupan, upt, k)
    kelompok = calon_baca.kelompok_kerja(request.cakupan, k, upt)
    pilihan = calon_baca.pilihan(request.cakupan, k, upt)
    halangan = galat.rincian.get("kasus", []) if galat else []
    orang = baca.samaran(request.cakupan, [h.data for h in halangan]) if halangan else {}
    siap = baca.layak_belum(request.cakupan, upt, k, saring)
    isi = {
        "upt": upt,
        "k": k,
        "hari": (k.tanggal - hari_ini(upt.zona)).days,
        "sisa_usul": (k.batas_usul - hari_ini(upt.zona)).days,
        "menyusun": boleh(request.user, Izin.SUSUN_USULAN, upt),
        "kesegaran": calon_baca.kesegaran(request.cakupan, k, upt),
        "impor": baca.impor_terakhir(request.cakupan, upt),
        "berisi": baca.register_berisi(request.cakupan, upt),
        "jumlah": calon_baca.jumlah(request.cakupan, k, upt),
        "diusulkan": len(kasus),
        "langkah": _per_status(upt, k, kasus.values()),
        "keputusan": baca.keputusan_kesempatan(request.cakupan, upt, k),
        "terbenahi": [g for g in kelompok if g.terbenahi],
        "belum_memenuhi": [g for g in kelompok if not g.terbenahi],
        "tanpa_lalu": calon_baca.jumlah(request.cakupan, k, upt, Saring(lalu="belum")).orang,
        "dibenahi": CARA if boleh(request.user, Izin.ISI_WARGA, upt) else (),
        "saring": saring,
        "form_saring": FormSaringCalon(saring.kueri, kelompok=kelompok, **pilihan),
        "halaman": halaman,
        "baris": _baris(request, k, list(halaman), kasus),
        "siap": len(siap),
        "galat": [{"pesan": galat.pesan, "sasaran": "daftar"}] if galat else [],
        "halangan": halangan_menurut_sebab(halangan, orang),
        "jalur": _jalur(upt),
    }
    return render(request, "remisi/kesempatan.html", isi, status=galat.status if galat else 200)


def _baris(
    request: Permintaan, k: Kesempatan, calon: Sequence[Kandidat], kasus: Mapping[tuple[int, str], Usulan]
) -> list[BarisCalon]:
    orang = baca_orang([c.data_id for c in calon], k.tanggal)
    patokan, kini = patokan_untuk(k), hari_ini()
    hasil = []
    for c in calon:
        o, habis = orang.get(c.data_id), None
        if o is not None and o.tanggal_tahan is not None and o.pidana is not None:
            habis = patokan.ekspirasi(o.tanggal_tahan, o.pidana, o.hari_tahan_sebelumnya + o.remisi_hari)
        samar = baca.Samar(c.data.inisial, c.data.warga.ujung, True)
        tanpa = o is not None and kurang_catatan(o, c.hari_jalani, c.bulan, c.hari)
        hasil.append(BarisCalon(c, samar, kasus.get((c.data_id, c.jenis)), habis, _sisa(habis, kini), tanpa))
    return hasil


def _sisa(habis: date | None, kini: date) -> str:
    """What is left of the sentence; a month has 30 days."""
    if habis is None:
        return "belum diketahui"
    bulan, hari = divmod(max((habis - kini).days, 0), 30)
    return calon_baca.tulis_besar(bulan, hari) if bulan or hari else "sudah habis"


def _per_status(upt: UPT, k: Kesempatan, kasus: Any) -> list[dict[str, Any]]:
    """Cases of the occasion by state, each with its list."""
    hitung: dict[str, int] = {}
    for u in kasus:
        hitung[u.status] = hitung.get(u.status, 0) + 1
    antrean = reverse("remisi:antrean")
    return [
        {"label": label, "n": hitung[s], "bentuk": baca.BENTUK[s],
         "url": f"{antrean}?upt={upt.kode}&kesempatan={k.slug}&status={s}"}
        for s, label in baca.LABEL.items() if s in hitung
    ]  # fmt: skip


# Computing and proposing ------------------------------------------------------------------------------------


@masuk_dulu
@require_POST
def hitung(request: Permintaan, kode: str, kesempatan: str) -> HttpResponse:
    """Compute the candidates of the unit anew."""
    upt, k = baca.unit_usulan(request.cakupan, request.user, kode), satu_kesempatan(kesempatan)
    jumlah = hitung_unit(kesempatan=k, upt=upt, oleh=request.user, cakupan=request.cakupan).jumlah
    messages.success(
        request,
        f"Dihitung: {jumlah['LAYAK']} memenuhi syarat, {jumlah['PERLU_DATA']} perlu data, "
        f"{jumlah['TIDAK']} tidak memenuhi.",
    )
    return redirect("remisi:kesempatan", upt.kode, k.slug)


@never_cache
@masuk_dulu
@require_POST
def usulkan(request: Permintaan, kode: str, kesempatan: str) -> HttpResponse:
    """Draft cases for the ticked candidates, or (`semua`) for all who are eligible in the filter of the address: then
    the first press says how many, the second (`setuju`) proposes those that were shown."""
    upt, k = baca.unit_usulan(request.cakupan, request.user, kode), satu_kesempatan(kesempatan)
    if request.POST.get("semua"):
        return _tanya_semua(request, upt, k)
    try:
        calon = [services.Calon(data, jenis, k.tanggal, k.pk) for data, jenis in _terpilih(request)]
        hasil = services.usulkan(upt=upt, calon=calon, oleh=request.user, cakupan=request.cakupan)
    except (Bentrok, TidakSah) as galat:
        return _kesempatan(request, upt, k, galat)
    sudah = f" {hasil.sudah} sudah diusulkan sebelumnya." if hasil.sudah else ""
    messages.success(request, f"{hasil.jumlah} usulan disusun.{sudah} Berikutnya: catat sidang TPP.")
    return redirect("remisi:kesempatan", upt.kode, k.slug)


def _tanya_semua(request: Permintaan, upt: UPT, k: Kesempatan) -> HttpResponse:
    if not boleh(request.user, Izin.SUSUN_USULAN, upt):
        raise Ditolak("Usulan disusun petugas UPT ini. Anda dapat membacanya.")
    siap = baca.layak_belum(request.cakupan, upt, k, Saring.dari(request.GET))
    if not siap:
        return _kesempatan(request, upt, k, TidakSah("Tidak ada lagi yang memenuhi syarat dan belum diusulkan."))
    ragu = baca.tanpa_remisi(request.cakupan, upt, k, siap)
    orang = baca.samaran(request.cakupan, [*ragu[:CONTOH], *(data for data, _ in siap[:CONTOH])])
    isi = {
        "upt": upt,
        "k": k,
        "siap": len(siap),
        "susulan": hari_ini() > k.batas_usul,
        "isi_pilihan": " ".join(f"{data}:{jenis}" for data, jenis in siap),
        "contoh": [(data, jenis, orang.get(data, baca.Samar())) for data, jenis in siap[:CONTOH]],
        "sisa": max(len(siap) - CONTOH, 0),
        "ragu": [(data, orang.get(data, baca.Samar())) for data in ragu[:CONTOH]],
        "banyak_ragu": len(ragu),
        "sisa_ragu": max(len(ragu) - CONTOH, 0),
        "kembali": reverse("remisi:kesempatan", kwargs={"kode": upt.kode, "kesempatan": k.slug}),
        "jalur": _jalur(upt, k),
    }
    return render(request, "remisi/usulkan_tanya.html", isi)


def _terpilih(request: Permintaan) -> list[tuple[int, str]]:
    semua = [*request.POST.getlist("pilih"), *request.POST.get("isi", "").split()]
    pasangan = [teks.partition(":") for teks in semua]
    return [(id_kiriman(data), jenis[:12]) for data, _, jenis in pasangan if data and jenis]


# One person -------------------------------------------------------------------------------------------------


@never_cache
@masuk_dulu
@require_safe
def calon(request: Permintaan, kode: str, kesempatan: str, pk: int) -> HttpResponse:
    """Every condition of one person, today: its state, evidence, rule, source, and who can mend it."""
    upt, k = baca.unit_usulan(request.cakupan, request.user, kode), satu_kesempatan(kesempatan)
    penjelasan = calon_baca.jelaskan(request.cakupan, k, upt, pk)
    data = penjelasan.data
    kasus = list(baca.usulan_orang(request.cakupan, pk, k))
    hidup = {u.jenis: u for u in kasus if u.status not in baca.alur.GUGUR}
    menyusun = boleh(request.user, Izin.SUSUN_USULAN, upt)
    isi = {
        "upt": upt,
        "k": k,
        "data": data,
        "orang": baca.Samar(data.inisial, data.warga.ujung, True),
        "penjelasan": penjelasan,
        "perlu_data": any(h.keadaan == "PERLU_DATA" for h in penjelasan.hasil),
        "jenis": [_jenis(h, hidup.get(h.jenis), menyusun) for h in penjelasan.hasil],
        "kasus": [(u, baca.BENTUK[u.status]) for u in kasus],
        "menyusun": menyusun,
        "membaca_orang": boleh(request.user, Izin.LIHAT_WARGA, upt),
        "mengisi": boleh(request.user, Izin.ISI_WARGA, upt),
        "membuka_nama": boleh(request.user, Izin.BUKA_NAMA, upt),
        "jalur": _jalur(upt, k),
    }
    return render(request, "remisi/calon.html", isi)


def _jenis(h: Hasil, kasus: Usulan | None, menyusun: bool) -> dict[str, Any]:
    """One kind: what it would give and why, unmet conditions first."""
    urut = {"T": 0, "D": 1, "Y": 2, "N": 3}
    semua = [
        (s, NAMA_SYARAT[s.keadaan], IKON_SYARAT[s.keadaan]) for s in sorted(h.syarat, key=lambda s: urut[s.keadaan])
    ]
    return {
        "hasil": h,
        "label": dict(Kandidat.Keadaan.choices)[h.keadaan],
        "bentuk": _BENTUK_CALON[h.keadaan],
        "besaran": "–" if h.keadaan == "TIDAK" else calon_baca.tulis_besar(h.bulan, h.hari, h.hasil),
        "syarat": [x for x in semua if x[0].keadaan != "N"],
        "lain": [x for x in semua if x[0].keadaan == "N"],
        "terpenuhi": sum(s.keadaan == "Y" for s in h.syarat),
        "berlaku": sum(s.keadaan != "N" for s in h.syarat),
        "kasus": kasus,
        "dapat": menyusun and kasus is None and h.keadaan != "TIDAK",
    }
