"""Cases at work, made by the same acts as people's: the next occasion in every state, and some integration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import hari_ini
from remisi.calon.susun import hitung_unit
from remisi.contoh.petugas import Meja, petugas_unit
from remisi.integrasi.selectors import titian_unit
from remisi.integrasi.services import centang_dokumen, minta_litmas
from remisi.integrasi.services_bapas import Dilihat, catat_kiriman
from remisi.models import Kandidat, Kesempatan, LangkahUsulan, Usulan
from remisi.selectors_aturan import himpunan
from remisi.usulan import services
from remisi.usulan.penilai import nilai
from remisi.usulan.services import Calon, Pilihan
from upt.cakupan import SISTEM, Cakupan
from upt.models import UPT

ALASAN_KEMBALI = "Contoh: lampirkan salinan Register F yang terbaru"
LAMBAT = timedelta(days=4)
"""So long ago the cases were sent that the Kanwil has let lie."""
_ISI = {"DIKEMBALIKAN": 2, "VERIF_PUSAT": 3, "VERIF_KANWIL": 4, "DIAJUKAN": 6, "SIDANG": 4, "DRAF": 5}
"""Cases of a unit by the state they are brought to; what is left over stays a candidate."""
INTEGRASI = 6
LITMAS_LAMBAT = 30
"""Days since the request that nobody has answered."""


def berjalan(kesempatan: Kesempatan, meja: Sequence[Meja]) -> int:
    """The next occasion: computed everywhere, proposed as far as each unit has come."""
    jumlah = 0
    for n, m in enumerate(meja):
        hitung_unit(kesempatan=kesempatan, upt=m.upt, oleh=None, cakupan=SISTEM)
        layak = Kandidat.objects.filter(kesempatan=kesempatan, upt=m.upt, keadaan="LAYAK").order_by("data_id")
        calon = [Calon(d, j, kesempatan.tanggal, kesempatan.pk) for d, j in layak.values_list("data_id", "jenis")]
        if calon:
            jumlah += _unit(m, calon[: sum(_ISI.values())], lambat=n == 1)
    return jumlah


def _unit(m: Meja, calon: list[Calon], *, lambat: bool) -> int:
    kasus = list(services.usulkan(upt=m.upt, calon=calon, **_sebagai(m.operator)).usulan)
    bagian, awal = {}, 0
    for status, banyak in _ISI.items():
        bagian[status] = kasus[awal : awal + banyak]
        awal += banyak
    lanjut = [u for s in ("DIKEMBALIKAN", "VERIF_PUSAT", "VERIF_KANWIL", "DIAJUKAN") for u in bagian[s]]
    sidang = lanjut + bagian["SIDANG"]
    if sidang:
        services.sidangkan(
            upt=m.upt, pilihan=_pilihan(sidang), tanggal=hari_ini(m.upt.zona), nomor="CONTOH-BA-NATAL",
            **_sebagai(m.operator),
        )  # fmt: skip
    if lanjut:
        services.ajukan(pilihan=_pilihan(lanjut), **_sebagai(m.kepala))
    if bagian["DIKEMBALIKAN"]:
        services.kembalikan(pilihan=_pilihan(bagian["DIKEMBALIKAN"]), alasan=ALASAN_KEMBALI, **_sebagai(m.verifikator))
    pusat = bagian["VERIF_PUSAT"] + bagian["VERIF_KANWIL"]
    if pusat:
        services.verifikasi(pilihan=_pilihan(pusat), **_sebagai(m.verifikator))
    if bagian["VERIF_PUSAT"]:
        services.verifikasi(pilihan=_pilihan(bagian["VERIF_PUSAT"]), **_sebagai(m.peninjau))
    if lambat:
        _mundurkan(kasus)
    return len(kasus)


def _sebagai(orang: Pengguna) -> dict[str, Any]:
    return {"oleh": orang, "cakupan": Cakupan.dari(orang)}


def _pilihan(kasus: Sequence[UUID]) -> list[Pilihan]:
    return [Pilihan(*u) for u in Usulan.objects.filter(pk__in=kasus).values_list("pk", "revisi")]


def _mundurkan(kasus: Sequence[UUID]) -> None:
    """All of it happened some days earlier, so that what waits is late."""
    semua = Usulan.objects.filter(pk__in=kasus)
    semua.update(**{k: F(k) - LAMBAT for k in ("dibuat_pada", "diubah_pada", "dikirim_pada")})
    for u in semua.exclude(tenggat=None):
        Usulan.objects.filter(pk=u.pk).update(tenggat=(u.tenggat or date.max) - LAMBAT)
    LangkahUsulan.objects.filter(usulan__in=kasus).update(pada=F("pada") - LAMBAT)


# Integration -------------------------------------------------------------------------------------


def integrasi(m: Meja) -> int:
    """Some cases of early release whose day has come, with part of their papers."""
    kini = hari_ini(m.upt.zona)
    calon = [
        Calon(t.satu.data, j.rumpun, kini + timedelta(days=30 + 7 * n), None)
        for n, (t, j) in enumerate((t, j) for t in titian_unit(m.upt, kini) for j in t.terbuka(kini)[:1])
        if j.rumpun in ("PB", "CB")
    ]
    calon = _memenuhi(m, calon[: 4 * INTEGRASI])[:INTEGRASI]
    if not calon:
        return 0
    kasus = services.usulkan(upt=m.upt, calon=calon, **_sebagai(m.operator)).usulan
    _litmas(m, kasus[: len(kasus) // 2 + 1], kini)
    _dokumen(kasus, kini, m)
    return len(kasus)


def _litmas(m: Meja, kasus: Sequence[UUID], kini: date) -> None:
    """Asked of a Bapas of the region: the first long ago and late, the second sent by the Bapas, the others waiting."""
    bapas = UPT.objects.filter(jenis=UPT.Jenis.BAPAS, kanwil_id=m.upt.kanwil_id).order_by("kode").first()
    if bapas is None:
        return
    for n, u in enumerate(kasus):
        diminta = kini - timedelta(days=LITMAS_LAMBAT if n == 0 else 3 + 2 * n)
        surat = f"CONTOH-{m.upt.pk:03}-PK.05.06-{120 + 7 * n}"
        litmas = minta_litmas(usulan=u, bapas=bapas.kode, surat=surat, diminta=diminta, **_sebagai(m.operator))
        petugas = petugas_unit(bapas, "operator_upt")
        if n == 1 and petugas is not None:
            catat_kiriman(
                litmas=litmas.pk, dilihat=Dilihat(litmas.permintaan), dikirim=kini - timedelta(days=1),
                nomor=f"CONTOH-LITMAS-{m.upt.pk:03}", **_sebagai(petugas),
            )  # fmt: skip


def _memenuhi(m: Meja, calon: Sequence[Calon]) -> list[Calon]:
    """Those of whom the rules do not already say no."""
    kasus = [
        Usulan(
            rumpun=c.rumpun, jenis=c.jenis, data_id=c.data_id, upt=m.upt, kanwil_id=m.upt.kanwil_id, tanggal=c.tanggal
        )
        for c in calon
    ]
    return [c for c, hasil in zip(calon, nilai(kasus), strict=True) if not hasil.ditolak]


def _dokumen(kasus: Sequence[UUID], kini: date, m: Meja) -> None:
    """The first case has all the papers that the unit itself writes."""
    satu = Usulan.objects.get(pk=kasus[0])
    kode = [d.kode for d in himpunan().dokumen(satu.jenis, kini) if d.kode != "LITMAS" and not d.wna]
    isi = {k: kini - timedelta(days=2) for k in kode[:4]}
    centang_dokumen(usulan=satu.pk, isi=isi, lama=dict.fromkeys(isi), **_sebagai(m.operator))
