"""Opening names on a page: who was chosen comes by POST, the reason is asked, and what is shown is kept nowhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.alamat import lokal
from pemasyarakatan.inti.galat import TidakDitemukan, TidakSah
from upt.permintaan import Permintaan
from wbp.buka import buka_nama
from wbp.dasar import ASING, id_kiriman, muat
from wbp.forms import FormBuka
from wbp.halaman import Hasil, Tempat, tampilkan
from wbp.models import DataWarga


@never_cache
@masuk_dulu
@require_POST
def buka(request: Permintaan, kode: str) -> HttpResponse:
    """The first posting (from a list) asks for the reason; with it names are shown once. Reloading asks the browser to
    post again, and is written down again. A Kanwil opens those of its region, whose register it does not read."""
    t = Tempat.buka(request, kode, Izin.BUKA_NAMA)
    ids = [id_kiriman(teks) for teks in request.POST.getlist("orang") if teks]
    orang = _orang(t, ids)
    form = FormBuka(request.POST if "alasan" in request.POST else None)
    hasil = Hasil(form)
    try:
        if not orang:
            raise TidakSah("Tandai dahulu orang yang namanya perlu dibuka.")
        if form.is_valid():
            return tampilkan(t, "terbuka", **_asal(t), **_terbuka(t, orang, form))
    except TidakSah as galat:
        hasil.galat = galat
    return tampilkan(t, "buka", status=hasil.status, **{**hasil.bahan(), **_asal(t), "orang": orang})


def _asal(t: Tempat) -> dict[str, Any]:
    """Where to go back to: the page that asked (`kembali`), else the register of those who read it."""
    membaca = t.boleh(Izin.LIHAT_WARGA)
    asal = lokal(t.request, t.request.POST.get("kembali", ""))
    return {"membaca": membaca, "asal": asal, "kembali": asal or (t.url("unit") if membaca else reverse("beranda"))}


def _orang(t: Tempat, ids: list[int]) -> list[DataWarga]:
    """Those chosen, all of this unit. Raises TidakDitemukan, Ditolak."""
    semua = muat(ids, Izin.BUKA_NAMA, kunci=False, **t.pelaku)
    if any(data.upt_id != t.upt.pk for data in semua):
        raise TidakDitemukan(ASING)
    return sorted(semua, key=lambda d: (d.inisial, d.warga.ujung, d.pk))


def _terbuka(t: Tempat, orang: list[DataWarga], form: FormBuka) -> dict[str, Any]:
    hasil = buka_nama(data=[d.pk for d in orang], **form.cleaned_data, **t.pelaku)
    alasan = dict(form.fields["alasan"].choices)[form.cleaned_data["alasan"]]  # type: ignore[attr-defined]
    return {"orang": [(data, hasil[data.pk]) for data in orang], "alasan": alasan}
