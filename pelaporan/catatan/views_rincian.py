"""The page of one item: everything somebody asks before typing, verifying or doubting a figure."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pelaporan.alur import dapat_diisi
from pelaporan.catatan.rincian import Rincian, rincian_butir
from pelaporan.catatan.selectors import alamat_sel
from pelaporan.catatan.tempat import Tempat, baca_tempat
from pelaporan.catatan.views import bahan_utas
from pelaporan.halaman import ambil, jalur
from pelaporan.lampiran.selectors import lampiran_tampak
from pelaporan.lampiran.views import bertempat
from pelaporan.models import Laporan
from pemasyarakatan.akun.izin import Izin, boleh
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.alamat import urai
from pemasyarakatan.inti.bagan import Kendali, Titik, tren
from pemasyarakatan.inti.galat import TidakDitemukan
from pemasyarakatan.inti.waktu import Bulan
from upt.permintaan import Permintaan

JUMLAH_KATA = {"jumlah": "dijumlah", "tidak": "tidak dijumlah"}
WAKTU_KATA = {"jumlah": "dijumlah", "posisi": "dipakai bulan terakhir", "tidak": "tidak dijumlah"}


@never_cache
@masuk_dulu
@require_safe
def rincian(request: Permintaan, kode: str, bulan: Bulan, formulir: str, sel: str) -> HttpResponse:
    """The whole page, or with ?potongan=1 (or the header X-Potongan) only its main part, for a drawer."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    tempat = baca_tempat(laporan.skema, sel)
    if tempat is None or tempat.butir is None:
        raise TidakDitemukan("Butir ini tidak ada di formulir bulan tersebut.")
    potongan = "potongan" in request.GET or "X-Potongan" in request.headers
    isi = _bahan(request, laporan, tempat, _pulang(request) if potongan else "")
    return render(request, f"pelaporan/{'_rincian' if potongan else 'rincian'}.html", isi)


def _pulang(request: Permintaan) -> str:
    """In a drawer, acts come back to the page the drawer is open on, in the view it was open in."""
    asal = urai(request.headers.get("Referer", ""))
    if asal.netloc != request.get_host() or not asal.path.startswith("/laporan/"):
        return ""
    return f"{asal.path}?{asal.query}" if asal.query else asal.path


def _bahan(request: Permintaan, laporan: Laporan, tempat: Tempat, lanjut: str) -> dict[str, Any]:
    r = rincian_butir(laporan, tempat, request.user)
    return {
        "laporan": laporan,
        "jalur": jalur(laporan),
        "r": r,
        "b": r.butir,
        "url_sel": alamat_sel(laporan, tempat),
        "antar_upt": JUMLAH_KATA[r.butir.agregasi] if r.butir.angka else "",
        "antar_bulan": WAKTU_KATA[r.butir.waktu] if r.butir.angka else "",
        "bagan": _bagan(r, laporan) if r.berangka else None,
        "lampiran": bertempat(laporan, lampiran_tampak(laporan, request.user, kode=tempat.kode)),
        "boleh_lampir": boleh(request.user, Izin.ISI_LAPORAN, laporan) and dapat_diisi(laporan.status),
        **bahan_utas(request, laporan, tempat, lanjut=lanjut or request.path),
    }


def _bagan(r: Rincian, laporan: Laporan) -> SafeString:
    """Twelve months and this one, within the usual band; what is not verified yet is drawn open."""
    titik = [Titik(b.bulan.nama_pendek, b.nilai, sementara=not b.sah) for b in r.bulan]  # type: ignore[arg-type]
    titik.append(Titik(laporan.periode.nama_pendek, r.mentah, sementara=laporan.versi_sah is None))  # type: ignore[arg-type]
    pita = Kendali(float(r.pita.bawah), float(r.pita.tengah), float(r.pita.atas)) if r.pita else None
    return tren(
        titik, judul=f"{r.butir.label}, 12 bulan dan bulan ini", jenis=r.butir.jenis_angka, satuan=r.butir.satuan,
        kendali=pita, tinggi=200,
    )  # fmt: skip
