"""Who takes part in the food programme: counts, or inmates by register number. Nothing here is kept in a browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pangan import lapangan
from pangan import selectors_orang as baca
from pangan.forms import FormAkhiri, FormTempatkan, FormTenaga
from pangan.lapangan import Pelaku
from pangan.views_petak import jalur
from pelaporan.register.aksi import Aksi, Papan, TempatUnit, Tolakan, lakukan, tercatat
from pelaporan.register.jenis import jenis_baris
from pelaporan.register.selectors import boleh_membaca
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from upt.permintaan import Permintaan


class Tempat(TempatUnit):
    halaman = "pangan:orang"

    @property
    def membaca(self) -> bool:
        """Whether this person may know who works, not only how many."""
        return boleh_membaca(jenis_baris("pangan", "penempatan"), self.request.user, self.upt)


AKSI: dict[str, Aksi[Tempat]] = {
    "tempatkan": Aksi(
        lambda t, d: FormTempatkan(d, t.upt, t.hari),
        lambda t, f, pelaku, kunci: lapangan.tempatkan_warga(f.isi, pelaku, kunci),
        "Penempatan tercatat.",
    ),
    "akhiri": Aksi(
        lambda t, d: FormAkhiri(d, t.upt, t.hari, baca.pilihan_akhiri(t.request.cakupan, t.upt, semua=d is not None)),
        lambda t, f, pelaku, kunci: pelaku.ubah_kini("penempatan", f.cleaned_data["penempatan"], f.isi),
        "Penempatan diakhiri.",
    ),
    "hitung": Aksi(
        lambda t, d: FormTenaga(d, t.upt, t.hari, baca.orang_pada(t.request.cakupan, t.upt, t.hari)),
        lambda t, f, pelaku, kunci: lapangan.hitung(f.isi, pelaku),
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
    cakupan, papan = t.request.cakupan, Papan(t, AKSI, tolakan)
    isi = {
        "upt": t.upt,
        "hari": t.hari,
        "menulis": t.menulis,
        "membaca": t.membaca,
        "url": t.url,
        "orang": baca.orang_pada(cakupan, t.upt, t.hari),
        "penempatan": list(baca.penempatan_pada(cakupan, t.upt, t.hari)) if t.membaca else [],
        "hitungan": list(baca.hitungan_terakhir(cakupan, t.upt)),
        "mitra": list(baca.mitra_pada(cakupan, t.upt, t.hari)),
        "sertifikat": list(baca.sertifikat_tahun(cakupan, t.upt, t.hari)),
        "formulir": {nama: papan[nama] for nama in AKSI} if t.menulis else {},
        "buka": "",
        "tercatat": tercatat(t.request, AKSI),
        "jalur": jalur(t.upt),
        **(tolakan.bahan() if tolakan else {}),
    }
    return render(t.request, "pangan/unit_orang.html", isi, status=tolakan.galat.status if tolakan else 200)
