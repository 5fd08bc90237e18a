"""The section page: last month beside every cell, saved per section without a script and per cell with it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pelaporan import masukan as bacaan
from pelaporan import selectors_isian as baca
from pelaporan.alur import ALASAN_KEMBALI, dapat_diisi
from pelaporan.butir import Bagian, Butir
from pelaporan.catatan.services import terapkan_usulan
from pelaporan.daftar.aksi import HasilAksi, kerjakan
from pelaporan.daftar.jendela import AWAL, minta_dari
from pelaporan.daftar.selectors import dapat_dipulihkan
from pelaporan.daftar.views import pratinjau, tempelan_dari_bagian
from pelaporan.halaman import alamat, ambil, jalur, kunci_baru
from pelaporan.isian import bagian_tertutup
from pelaporan.lembar import (
    PILIHAN_KEADAAN,
    Bahan,
    Bentrokan,
    Kemajuan,
    Kotak,
    Lembar,
    Penolakan,
    bentrokan,
    kemajuan,
)
from pelaporan.masukan import Masukan
from pelaporan.models import Laporan
from pelaporan.selectors import segarkan
from pelaporan.services_isian import (
    HasilSimpan,
    Perubahan,
    hapus_baris,
    nihilkan_sisa,
    salin_bulan_lalu,
    simpan,
    tambah_baris,
    tandai_diperiksa,
    tanggapi,
)
from pelaporan.skema import Skema
from pelaporan.turunan import Ingatan
from pemasyarakatan.akun.izin import Izin
from pemasyarakatan.akun.masuk_dulu import masuk_dulu
from pemasyarakatan.inti.galat import Bentrok, TidakDitemukan, TidakSah
from pemasyarakatan.inti.waktu import Bulan, sekarang, tulis_pukul
from upt.permintaan import Permintaan

# ---------------------------------------------------------------- pages


@never_cache
@masuk_dulu
@require_http_methods(["GET", "HEAD", "POST"])
def bagian(request: Permintaan, kode: str, bulan: Bulan, formulir: str, bagian: str) -> HttpResponse:
    """One section. `?periksa=1` also points at what is still empty; `?baris=` opens that row of a list."""
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    satu = next((b for b in laporan.skema.bagian if b.kode == bagian), None)
    if satu is None:
        raise TidakDitemukan("Bagian ini tidak ada di formulir bulan tersebut. Buka laporannya dari beranda.")
    if request.method == "POST":
        return _Penyimpan(request, laporan, satu).jawab()
    return _halaman(request, laporan, satu)


@masuk_dulu
@require_POST
def baris_tambah(request: Permintaan, kode: str, bulan: Bulan, formulir: str, daftar: str) -> HttpResponse:
    """Save the section, then add an empty row; the same press twice adds one row. The script sends its cells by
    itself and asks for the row as JSON.
    """
    laporan, satu = _bagian_daftar(request, kode, bulan, formulir, daftar)
    if request.headers.get("Accept") == "application/json":
        return _baris_json(request, laporan, satu, daftar)
    return _Penyimpan(request, laporan, satu, tambah=daftar).jawab()


@masuk_dulu
@require_POST
def baris_hapus(request: Permintaan, kode: str, bulan: Bulan, formulir: str, daftar: str, baris: str) -> HttpResponse:
    """Save the section, then take one row out."""
    laporan, satu = _bagian_daftar(request, kode, bulan, formulir, daftar)
    return _Penyimpan(request, laporan, satu, hapus=(daftar, baris)).jawab()


def _baris_json(request: Permintaan, laporan: Laporan, satu: Bagian, daftar: str) -> JsonResponse:
    """{"baris": id, "jumlah": rows of the list, "html": the row of the table}"""
    kunci = request.POST.get("kunci", "")
    baris, _ = tambah_baris(
        laporan_id=laporan.pk, daftar=daftar, kunci=kunci, oleh=request.user, cakupan=request.cakupan
    )
    bahan = baca.bahan_isian(laporan, berriwayat=False, baris_tampil=frozenset([baris]))
    blok = next(b for b in Lembar(satu, bahan).blok if b.daftar and b.daftar.kode == daftar)
    isi = {"laporan": laporan, "mengisi": True, "blok": blok}
    html = "".join(render_to_string("pelaporan/_baris_daftar.html", {**isi, "b": b}, request) for b in blok.baris)
    return JsonResponse({"baris": baris, "jumlah": blok.jendela.jumlah if blok.jendela else 0, "html": html})


def _bagian_daftar(request: Permintaan, kode: str, bulan: Bulan, formulir: str, daftar: str) -> tuple[Laporan, Bagian]:
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    if daftar not in laporan.skema.daftar:
        raise TidakDitemukan("Daftar ini tidak ada di formulir bulan tersebut.")
    return laporan, laporan.skema.bagian_dari[daftar]


# ---------------------------------------------------------------- saving a posted section


class _Penyimpan:
    """Saves what is right, does what else was asked, shows what was refused with the typing still there."""

    def __init__(
        self,
        request: Permintaan,
        laporan: Laporan,
        satu: Bagian,
        tambah: str = "",
        hapus: tuple[str, str] | None = None,
    ) -> None:
        self.request, self.laporan, self.satu, self.tambah, self.hapus = request, laporan, satu, tambah, hapus
        self.aksi = request.POST.get("aksi", "simpan")
        self.masukan = bacaan.dari_formulir(request.POST, self.aksi)
        self.umum: dict[str, Any] = {
            "laporan_id": laporan.pk,
            "oleh": request.user,
            "cakupan": request.cakupan,
        }
        self.galat: list[dict[str, str]] = []

    def jawab(self) -> HttpResponse:
        try:
            hasil = self._simpan()
            self._nihilkan()
            self._salin()
            self._benarkan()
            baris = self._kerjakan_baris()
            aksi = self._kerjakan_aksi(hasil)
        except Bentrok as galat:
            return self._tak_tersimpan(galat)
        if self.galat or hasil.ditolak or hasil.konflik:
            return self._tampilkan_lagi(hasil, baris)
        if aksi is not None:
            return self._ikuti(aksi, hasil)
        return self._lanjut(hasil, baris)

    def _kerjakan_aksi(self, hasil: HasilSimpan) -> HasilAksi | None:
        """Buttons of line lists. Nothing leads away from typing that could not be saved."""
        if hasil.ditolak or hasil.konflik:
            return None
        try:
            return kerjakan(self.aksi, self.request.POST.get("kunci", ""), self.umum)
        except TidakSah as galat:
            self.galat.append({"pesan": galat.pesan, "sasaran": ""})
            return None

    def _ikuti(self, aksi: HasilAksi, hasil: HasilSimpan) -> HttpResponse:
        if aksi.pratinjau in self.laporan.skema.daftar:
            return pratinjau(self.request, self.laporan, tempelan_dari_bagian(self.request, aksi.pratinjau))
        if aksi.pesan or hasil.tersimpan:
            self._kabari_tersimpan(aksi.pesan)
        return redirect(_alamat_bagian(self.request, self.laporan, self.satu, aksi.jangkar, **aksi.parameter))

    def _kabari_tersimpan(self, pesan: str = "") -> None:
        pukul = tulis_pukul(sekarang(), self.laporan.upt.zona)
        messages.success(self.request, pesan or f"{self.satu.judul}: tersimpan di server {pukul}.")

    def _simpan(self) -> HasilSimpan:
        hasil = simpan(perubahan=self.masukan.perubahan, **self.umum)
        self._simpan_yang_dibenarkan(hasil)
        self._terapkan_usulan()
        hasil.ditolak.update(self.masukan.ditolak)
        try:
            if self.masukan.jawaban:
                tanggapi(jawaban=self.masukan.jawaban, terlihat=self.masukan.terlihat, **self.umum)
        except TidakSah as galat:
            self.galat.append({"pesan": galat.pesan, "sasaran": ""})
        return hasil

    def _nihilkan(self) -> None:
        if self.aksi != "nihil":
            return
        jumlah = len(nihilkan_sisa(bagian=self.satu.kode, **self.umum).tersimpan)
        tinggal = any(b.angka and b.diketik and not b.nihil_lazim for b in self.satu.butir)
        sisa = " Yang tidak pernah nihil tidak ikut diisi." if tinggal else ""
        pesan = f"{jumlah} sel kosong diisi 0 (nihil). Ubah yang bukan nihil sebelum dikirim.{sisa}"
        messages.success(self.request, pesan)

    def _salin(self) -> None:
        """ "Sama seperti bulan lalu": one stable cell, or all of the section that are still empty."""
        pilihan, _, satu = self.aksi.partition(":")
        if pilihan != "salin":
            return
        jumlah = len(salin_bulan_lalu(bagian=self.satu.kode, kode=satu, **self.umum).tersimpan)
        lalu = (self.laporan.periode - 1).nama_pendek
        if jumlah:
            messages.success(self.request, f"{jumlah} butir disalin dari {lalu}. Periksa, lalu ubah yang berubah.")
        else:
            messages.info(self.request, f"Tidak ada butir tetap yang masih kosong dan terisi pada {lalu}.")

    def _benarkan(self) -> None:
        pilihan, _, satu = self.aksi.partition(":")
        if pilihan == "periksa":
            tandai_diperiksa(kode=[satu] if satu else (), bagian="" if satu else self.satu.kode, **self.umum)

    def _simpan_yang_dibenarkan(self, hasil: HasilSimpan) -> None:
        """ "Dibaca 1.234. Betul?" was answered with yes: save the reading that the portal had offered."""
        pilihan, _, alamat = self.aksi.partition(":")
        tanya = hasil.ditolak.get(alamat, {}).get("tanya") if pilihan == "betul" else None
        lama = next((p for p in self.masukan.perubahan if p.alamat == alamat), None)
        if not tanya or lama is None:
            return
        benar = Perubahan(lama.kode, tanya, lama.keadaan, lama.alasan, lama.versi, lama.daftar, lama.baris)
        kedua = simpan(perubahan=[benar], **self.umum)
        hasil.ditolak.pop(alamat)
        hasil.tersimpan.update(kedua.tersimpan)
        hasil.konflik.update(kedua.konflik)
        hasil.ditolak.update(kedua.ditolak)

    def _terapkan_usulan(self) -> None:
        """ "Terapkan" beside a cell: the rest of the page has been saved, now the reviewer's value is."""
        pilihan, _, sisa = self.aksi.partition(":")
        komentar = sisa.rpartition(":")[2]
        if pilihan != "terapkan" or not (komentar.isascii() and komentar.isdigit() and len(komentar) < 18):
            return
        try:
            terapkan_usulan(komentar_id=int(komentar), oleh=self.request.user, cakupan=self.request.cakupan)
        except (Bentrok, TidakSah) as galat:
            self.galat.append({"pesan": galat.pesan, "sasaran": ""})

    def _kerjakan_baris(self) -> str:
        if self.hapus:
            daftar, baris = self.hapus
            hapus_baris(daftar=daftar, baris=baris, **self.umum)
        if not self.tambah:
            return ""
        kunci = self.request.POST.get("kunci", "")
        try:
            return tambah_baris(daftar=self.tambah, kunci=kunci, **self.umum)[0]
        except TidakSah as galat:
            self.galat.append({"pesan": galat.pesan, "sasaran": f"d-{self.tambah}"})
            return ""

    def _lanjut(self, hasil: HasilSimpan, baris: str) -> HttpResponse:
        if self.aksi.partition(":")[0] not in ("nihil", "salin"):
            self._kabari_tersimpan()
        tujuan = (self.request, self.laporan, self.satu)
        if self.tambah:
            return redirect(_alamat_bagian(*tujuan, f"b-{baris}", baris=baris))
        if self.hapus:
            return redirect(_alamat_bagian(*tujuan, f"d-{self.hapus[0]}", dihapus=self.hapus[1]))
        if self.aksi == "nanti":
            return redirect("pelaporan:beranda_upt", self.laporan.upt.kode)
        if self.aksi == "lanjut":
            return redirect(_sesudah(self.laporan, self.satu))
        sel = self.aksi.partition(":")[2].partition(":")[0].replace("/", "-")
        return redirect(_alamat_bagian(*tujuan, f"s-{sel}" if sel else ""))

    def _tampilkan_lagi(self, hasil: HasilSimpan, baris: str) -> HttpResponse:
        status = 400 if hasil.ditolak or self.galat else 409
        tolak = _penolakan(self.laporan, self.masukan, hasil)
        return _halaman(self.request, self.laporan, self.satu, tolak, self.galat, status=status, baris=baris)

    def _tak_tersimpan(self, galat: Bentrok) -> HttpResponse:
        """The report moved on meanwhile: read-only, with everything typed listed so that it can be copied."""
        label = {k: b.label for k, b in self.laporan.skema.butir.items()}
        semua = self.masukan.ketikan.items()
        ketikan = [(label.get(a, a.rpartition("/")[2]), k.teks or k.alasan) for a, k in semua]
        segar = segarkan(self.laporan)
        pesan = [{"pesan": galat.pesan, "sasaran": ""}]
        return _halaman(self.request, segar, self.satu, galat=pesan, status=409, ketikan=ketikan)


def _alamat_bagian(request: Permintaan, laporan: Laporan, satu: Bagian, jangkar: str, **parameter: str) -> str:
    """The section page with the windows of its lists as they were."""
    jendela = {f"{AWAL}{k}": m.kode for k, m in minta_dari(request.POST).items() if m.kode != "1"}
    tanya = urlencode({k: v for k, v in {**jendela, **parameter}.items() if v})
    url = alamat(laporan, "bagian", bagian=satu.kode)
    return url + (f"?{tanya}" if tanya else "") + (f"#{jangkar}" if jangkar else "")


def _penolakan(laporan: Laporan, masukan: Masukan, hasil: HasilSimpan) -> Penolakan:
    """What stays in the fields: refused and conflicting cells as typed, with the version the person saw."""
    gagal = [a for a in masukan.ketikan if a in hasil.ditolak or a in hasil.konflik]
    konflik = {a: k for a, r in hasil.konflik.items() if (k := _bentrokan(laporan, a, r)) is not None}
    return Penolakan(
        ketikan={a: masukan.ketikan[a] for a in gagal},
        versi={a: masukan.versi[a] for a in gagal},
        ditolak=hasil.ditolak,
        konflik=konflik,
        tersimpan=frozenset(hasil.tersimpan),
    )


def _bentrokan(laporan: Laporan, alamat: str, rincian: dict[str, Any]) -> Bentrokan | None:
    butir = _butir(laporan.skema, alamat)
    return bentrokan(rincian, butir, laporan.upt.zona) if butir else None


def _butir(skema: Skema, alamat: str) -> Butir | None:
    if "/" not in alamat:
        return skema.butir.get(alamat)
    daftar, _, kode = [*alamat.split("/"), "", ""][:3]  # an address that somebody bent names nothing
    return skema.daftar[daftar].per_kode.get(kode) if daftar in skema.daftar else None


# ---------------------------------------------------------------- showing


def _halaman(
    request: Permintaan,
    laporan: Laporan,
    satu: Bagian,
    tolak: Penolakan | None = None,
    galat: list[dict[str, str]] | None = None,
    *,
    status: int = 200,
    baris: str = "",
    ketikan: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    mengisi = baca.dapat_mengisi(request.user, laporan)
    tampil: dict[str, Any] = {
        "baris_terbuka": baris or request.GET.get("baris", ""),
        "minta": {**minta_dari(request.GET), **minta_dari(request.POST)},
    }
    if mengisi:
        bahan = baca.bahan_isian(laporan, tolak=tolak, periksa="periksa" in request.GET, **tampil)
    else:
        bahan = baca.bahan_baca(laporan, **tampil)
    lembar = Lembar(satu, bahan)
    _lengkapi_daftar(request, lembar, bahan)
    ketikan = ketikan or _ketikan_tanpa_tempat(laporan, lembar, tolak)
    maju = kemajuan(laporan.skema, bahan.isian)
    isi = {
        "laporan": laporan,
        "bagian": satu,
        "lembar": lembar,
        "mengisi": mengisi,
        "galat": [*(galat or []), *_galat_tanpa_tempat(lembar, tolak), *lembar.ringkasan()],
        "ketikan": ketikan,
        "kembali": baca.pengembalian(laporan) if mengisi else None,
        "alasan_kembali": ALASAN_KEMBALI,
        "navigasi": _navigasi(laporan, bahan, maju),
        "maju": maju[satu.kode],
        "terakhir": satu is laporan.skema.bagian[-1],
        "sebab": "" if mengisi else _sebab(laporan),
        "bulan_lalu": (laporan.periode - 1).nama_pendek,
        "rincian": alamat(laporan, "rincian", sel=SEL_CONTOH) if mengisi else "",
        "pilihan_keadaan": PILIHAN_KEADAAN,
        "kunci": kunci_baru(),
        "jalur": jalur(laporan),
    }
    return render(request, "pelaporan/bagian.html", isi, status=status)


def _lengkapi_daftar(request: Permintaan, lembar: Lembar, bahan: Bahan) -> None:
    """What the address and the posted form know about the lists: what can be taken back, a text not yet previewed."""
    baru = request.resolver_match.kwargs.get("baris", "") if request.resolver_match else ""
    dihapus, ditempel = baru or request.GET.get("dihapus", ""), request.GET.get("ditempel", "")
    for blok in lembar.blok:
        if blok.daftar:
            kode = blok.daftar.kode
            blok.pulih = dapat_dipulihkan(bahan.draf, kode, dihapus, ditempel)
            blok.tempelan = request.POST.get(f"tempel|{kode}", "")


def _ketikan_tanpa_tempat(laporan: Laporan, lembar: Lembar, tolak: Penolakan | None) -> list[tuple[str, str]]:
    """Typing for rows that a colleague has deleted, or for what a register has filled in meanwhile: it has no field
    any more, so it is listed.
    """
    kotak = lembar.kotak
    tanpa = (
        (a for a in tolak.ketikan if a not in kotak or kotak[a].cara != "ketik" or kotak[a].terkunci) if tolak else ()
    )
    hilang = [(a, tolak.ketikan[a]) for a in tanpa] if tolak else []
    butir = {a: _butir(laporan.skema, a) for a, _ in hilang}
    return [((b.label if (b := butir[a]) else a.rpartition("/")[2]), k.teks or k.alasan) for a, k in hilang]


def _galat_tanpa_tempat(lembar: Lembar, tolak: Penolakan | None) -> list[dict[str, str]]:
    ditolak = tolak.ditolak.items() if tolak else ()
    return [{"pesan": satu["pesan"], "sasaran": ""} for a, satu in ditolak if a not in lembar.kotak]


def _navigasi(laporan: Laporan, bahan: Bahan, maju: dict[str, Kemajuan]) -> list[tuple[Bagian, Kemajuan, str, bool]]:
    """The sections with their progress and address, and whether an answer closed them."""
    tutup = bagian_tertutup(bahan.skema, bahan.isian)
    semua = laporan.skema.bagian
    return [(b, maju[b.kode], alamat(laporan, "bagian", bagian=b.kode), tutup.get(b.kode) is True) for b in semua]


SEL_CONTOH = "--sel--"
"""Stands in the address of the details for the code of a cell; the script puts the real one there."""


def _sebab(laporan: Laporan) -> str:
    """Why this page cannot be filled in: the status, or `peran` when only the right is missing."""
    return "peran" if dapat_diisi(laporan.status) else laporan.status


def _sesudah(laporan: Laporan, satu: Bagian) -> str:
    """The next section; after the last one, checking and sending."""
    semua = laporan.skema.bagian
    berikut = semua.index(satu) + 1
    if berikut < len(semua):
        return alamat(laporan, "bagian", bagian=semua[berikut].kode)
    return alamat(laporan, "kirim")


# ---------------------------------------------------------------- autosave


@masuk_dulu
@require_POST
def simpan_sel(request: Permintaan, kode: str, bulan: Bulan, formulir: str) -> JsonResponse:
    """Save cells from the script: {"bagian", "perubahan": [...]} in; what happened to each and the section as
    it now is (computed cells, differences, findings), out.
    """
    laporan = ambil(request, kode, bulan, formulir, Izin.LIHAT_LAPORAN)
    isi = _json(request)
    masukan = bacaan.dari_json(isi)
    umum: dict[str, Any] = {"laporan_id": laporan.pk, "oleh": request.user, "cakupan": request.cakupan}
    hasil = simpan(perubahan=masukan.perubahan, asal="tempel" if isi.get("asal") == "tempel" else "web", **umum)
    if masukan.periksa:
        tandai_diperiksa(kode=masukan.periksa, **umum)
    hasil.ditolak.update(masukan.ditolak)
    satu = next((b for b in laporan.skema.bagian if b.kode == isi.get("bagian")), None)
    tampak = bacaan.baris_tampak(isi)
    tolak = _penolakan(laporan, masukan, hasil)
    segar = _sel_segar(request, laporan, satu, tolak, tampak, hasil.ingatan) if satu else {}
    pukul = tulis_pukul(sekarang(), laporan.upt.zona)
    gagal = not hasil.tersimpan and (hasil.ditolak or hasil.konflik)
    pesan = "Belum tersimpan" if gagal else f"Tersimpan di server {pukul}"
    return JsonResponse({**hasil.ke_json(), **segar, "pesan": pesan})


def _json(request: Permintaan) -> dict[str, Any]:
    try:
        isi = json.loads(request.body)
    except (ValueError, RecursionError) as galat:
        raise TidakSah(bacaan.PESAN_JSON) from galat
    if not isinstance(isi, dict):
        raise TidakSah(bacaan.PESAN_JSON)
    return isi


def _sel_segar(
    request: Permintaan,
    laporan: Laporan,
    satu: Bagian,
    tolak: Penolakan,
    tampak: frozenset[str],
    ingatan: Ingatan,
) -> dict[str, Any]:
    """The cells of the section, of line lists only those in rows that the page shows. `ingatan`: what registers said
    while saving."""
    bahan = baca.bahan_isian(laporan, tolak=tolak, berriwayat=False, ingatan=ingatan, baris_tampil=tampak)
    maju = kemajuan(laporan.skema, bahan.isian)
    lembar = Lembar(satu, bahan)
    sel = {a: _sel_json(request, laporan, k) for a, k in lembar.kotak.items()}
    for a, hilang in tolak.ditolak.items():  # the row was deleted meanwhile: said at the field, which keeps its text
        sel.setdefault(a, {"k": "galat", "p": format_html("<span>{}</span>", hilang["pesan"])})
    nav = {b.kode: [m.isi, m.dari, int(tutup)] for b, m, _, tutup in _navigasi(laporan, bahan, maju)}
    pesan_daftar = {
        b.daftar.kode: render_to_string("pelaporan/_pesan_daftar.html", {"pesan": b.pesan}).strip()
        for b in lembar.blok
        if b.daftar
    }
    maju_kini = f"{maju[satu.kode].isi} dari {maju[satu.kode].dari}"
    return {"sel": sel, "maju": maju_kini, "nav": nav, "pesan_daftar": pesan_daftar}


def _sel_json(request: Permintaan, laporan: Laporan, k: Kotak) -> dict[str, str]:
    """n field name, k state, b difference, t what is shown of a computed cell, p the message as HTML, c the month it
    was copied from; empty ones are left out.
    """
    isi = {"s": k, "laporan": laporan}
    pesan = render_to_string("pelaporan/_pesan_sel.html", isi).strip() if k.berpesan else ""
    ketik = k.cara == "ketik" and not k.terkunci
    nama, tampil = (k.nama, "") if ketik else ("", k.tampil)
    semua = {"n": nama, "k": k.tanda, "b": k.beda, "t": tampil, "p": pesan, "c": k.disalin}
    return {kunci: nilai for kunci, nilai in semua.items() if nilai}
