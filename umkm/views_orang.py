"""Who makes the products: a count, or inmates by register number. Nothing here is kept in a browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pelaporan.register.aksi import Aksi, Papan, TempatUnit, Tolakan, lakukan, tercatat
from pelaporan.register.jenis import jenis_baris
from pelaporan.register.selectors import boleh_membaca
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from umkm import selectors_orang as baca
from umkm import tindakan
from umkm.forms import FormAkhiri, FormTempatkan, FormTenaga
from umkm.tindakan import Pelaku
from umkm.views_unit import jalur
from upt.permintaan import Permintaan


class Tempat(TempatUnit):
    halaman = "umkm:orang"

    @property
    def membaca(self) -> bool:
        """Whether this person may know who works, not only how many."""
        return boleh_membaca(jenis_baris("umkm", "pekerja"), self.request.user, self.upt)


AKSI: dict[str, Aksi[Tempat]] = {
    "tempatkan": Aksi(
        lambda t, d: FormTempatkan(d, t.upt, t.hari),
        lambda t, f, pelaku, kunci: tindakan.tempatkan(f.isi, pelaku, kunci),
        "Pekerja tercatat.",
    ),
    "akhiri": Aksi(
        lambda t, d: FormAkhiri(d, t.upt, t.hari, baca.pilihan_akhiri(t.request.cakupan, t.upt, semua=d is not None)),
        lambda t, f, pelaku, kunci: pelaku.ubah_kini("pekerja", f.cleaned_data["pekerja"], f.isi),
        "Selesai bekerja tercatat.",
    ),
    "hitung": Aksi(
        lambda t, d: FormTenaga(d, t.upt, t.hari, baca.orang_pada(t.request.cakupan, t.upt, t.hari)),
        lambda t, f, pelaku, kunci: tindakan.hitung(f.isi, pelaku, kunci),
        "Jumlah orang tercatat.",
    ),
}


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def orang(request: Permintaan, kode: str) -> HttpResponse:
    t = Tempat.buka(request, kode)
    if request.method == "POST":
        return lakukan(t, AKSI, Pelaku, _halaman)
    return _halaman(t)


def _halaman(t: Tempat, tolakan: Tolakan | None = None) -> HttpResponse:
    cakupan = t.request.cakupan
    kini = baca.orang_pada(cakupan, t.upt, t.hari)
    papan = Papan(t, AKSI, tolakan)
    utama = ["tempatkan", "hitung"] if kini.menurut_nomor else ["hitung", "tempatkan"]
    isi = {
        "upt": t.upt,
        "hari": t.hari,
        "menulis": t.menulis,
        "membaca": t.membaca,
        "url": t.url,
        "orang": kini,
        "pekerja": list(baca.pekerja_pada(cakupan, t.upt, t.hari)) if t.membaca else [],
        "hitungan": list(baca.hitungan_terakhir(cakupan, t.upt)),
        "formulir": [papan[n] for n in utama] if t.menulis else [],
        "form_akhiri": papan["akhiri"] if t.menulis else None,
        "tercatat": tercatat(t.request, AKSI),
        "buka": "",
        "jalur": jalur(t.upt),
        **(tolakan.bahan() if tolakan else {}),
    }
    return render(t.request, "umkm/unit_orang.html", isi, status=tolakan.galat.status if tolakan else 200)
