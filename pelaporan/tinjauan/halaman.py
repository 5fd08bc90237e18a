"""Everything the review page shows, put together from what was read. Thin views stand on this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pelaporan import selectors
from pelaporan.alur import Aksi, Status
from pelaporan.antrean.pegangan import Pegangan, kalimat
from pelaporan.antrean.pembatalan import dapat_dibatalkan
from pelaporan.banding import banding_daftar
from pelaporan.bendera import BERANGKA
from pelaporan.catatan.forms import FormCatatan
from pelaporan.catatan.selectors import UtasSaji, utas_laporan
from pelaporan.catatan.tempat import Tempat, baca_tempat, dapat_diusulkan
from pelaporan.halaman import alamat, kunci_baru, url_telusur
from pelaporan.lampiran.selectors import lampiran_tampak
from pelaporan.lampiran.views import bertempat
from pelaporan.models import Kejadian, Laporan, LaporanVersi
from pelaporan.selectors_riwayat import riwayat_angka
from pelaporan.services import pembuat
from pelaporan.temuan import TemuanVersi, temuan_versi
from pelaporan.tinjauan import saji
from pelaporan.tinjauan.keadaan import Keadaan, alamat_antrean
from pelaporan.tinjauan.selectors import permintaan_terbuka, riwayat_bendera, sebaya, tinjauan_kini
from pelaporan.turunan import selisih
from pelaporan.views_laporan import baris_kejadian
from pemasyarakatan.akun.models import Pengguna
from pemasyarakatan.inti.waktu import tulis_pukul

KATA_TAMPIL = {"berubah": "Berubah", "bendera": "Berbendera", "semua": "Semua"}


@dataclass
class Meja:
    """One report on a reviewer's desk. Parts are read once, when they are first needed."""

    laporan: Laporan
    orang: Pengguna
    keadaan: Keadaan
    pegangan: Pegangan | None = None

    @cached_property
    def menunggu(self) -> bool:
        return self.laporan.status == Status.DIKIRIM

    @cached_property
    def versi(self) -> list[LaporanVersi]:
        return selectors.versi_laporan(self.laporan)

    @cached_property
    def kini(self) -> LaporanVersi:
        return selectors.pilih_versi(self.versi, self.laporan.versi_masuk or 0)

    @cached_property
    def kejadian(self) -> list[Kejadian]:
        return selectors.kejadian_laporan(self.laporan)

    @cached_property
    def kembali(self) -> Kejadian | None:
        """The last return of an earlier version (or of this one, while the unit mends it)."""
        return next((k for k in self.kejadian if k.aksi == Aksi.KEMBALIKAN), None)

    @cached_property
    def temuan(self) -> TemuanVersi:
        return temuan_versi(self.laporan, self.kini)

    @cached_property
    def utas(self) -> dict[str, list[UtasSaji]]:
        return utas_laporan(self.laporan, self.orang)

    @cached_property
    def pilihan(self) -> dict[str, dict[str, Any]]:
        """What the report can be compared with. A resubmission is first compared with the version before it: the
        first question is whether it was mended.
        """
        lain, lap = selectors.versi_bulan_lain(self.laporan), self.laporan
        sebelum = next((v for v in self.versi if v.versi < self.kini.versi), None)
        kata = "yang dikembalikan" if sebelum and self.kembali and self.kembali.versi == sebelum.versi else "sebelumnya"
        calon = [
            ("versi", f"Versi {sebelum.versi} {kata}" if sebelum else "", sebelum),
            ("lalu", (lap.periode - 1).nama, lain.get(1)),
            ("tahun", (lap.periode - 12).nama, lain.get(12)),
        ]
        return {k: {"kode": k, "label": label, "versi": v} for k, label, v in calon if v is not None}

    @cached_property
    def banding(self) -> str:
        diminta = self.keadaan.banding
        return diminta if diminta in self.pilihan else next(iter(self.pilihan), "")

    @cached_property
    def pembanding(self) -> LaporanVersi | None:
        return self.pilihan[self.banding]["versi"] if self.banding else None

    @cached_property
    def tempat_tulis(self) -> Tempat | None:
        """The place whose form is open; only while notes wait for the decision."""
        kode = self.keadaan.tulis
        return baca_tempat(self.laporan.skema, kode) if kode and self.menunggu else None

    @cached_property
    def bendera(self) -> list[saji.BenderaSaji]:
        lap, skema = self.laporan, self.laporan.skema
        kode = [b["butir"] for b in lap.bendera if b["kode"] in BERANGKA]
        banding = [k for k in dict.fromkeys(kode) if k in skema.butir and skema.butir[k].dijumlah]
        return saji.susun_bendera(
            skema, lap.bendera, self.temuan.temuan, riwayat_bendera(lap), self.tinjauan,
            sebaya(lap, self.kini.isi, banding),
        )  # fmt: skip

    @cached_property
    def tinjauan(self) -> Any:
        return tinjauan_kini(self.laporan)

    @cached_property
    def bahan(self) -> saji.Bahan:
        asal = {k: {**a, "url": url_telusur(self.laporan, k)} for k, a in self.kini.isi.get("asal", {}).items()}
        return saji.Bahan(
            self.kini.formulir_versi.skema,
            {**self.kini.isi, "asal": asal},
            self.pembanding.isi if self.pembanding else None,
            riwayat_angka(self.laporan),
            self.bendera,
            dict(self.kembali.sel) if self.kembali else {},
            self.utas,
            self.tempat_tulis.kode if self.tempat_tulis else "",
            self.pembanding is not None and self.pembanding.laporan_id != self.laporan.pk,
        )

    @cached_property
    def baris(self) -> list[saji.BarisTinjau]:
        return saji.susun_baris(self.bahan)

    @cached_property
    def tampil(self) -> str:
        """Changed cells unless another view was chosen; everything when there is nothing to compare with."""
        if self.keadaan.tampil in saji.TAMPIL:
            return self.keadaan.tampil
        return "berubah" if self.pembanding and any(b.beda.berubah for b in self.baris) else "semua"

    @cached_property
    def bagian(self) -> list[saji.BagianTinjau]:
        lalu = self.pembanding
        beda = []
        if lalu is not None:
            lintas = self.bahan.lintas_bulan
            beda = banding_daftar(self.bahan.skema, self.kini.isi, lalu.isi, lintas_bulan=lintas)
        return saji.susun_bagian(self.bahan, self.baris, self.tampil, self.tinjauan.bagian, beda)

    @cached_property
    def perbaikan(self) -> list[saji.Perbaikan]:
        """What became of the notes of the last return; empty unless the unit has sent again."""
        kembali = self.kembali
        lama = next((v for v in self.versi if kembali and v.versi == kembali.versi), None)
        if kembali is None or lama is None or lama.versi >= self.kini.versi:
            return []
        catatan = baris_kejadian(kembali, self.laporan)["sel"]
        return saji.susun_perbaikan(self.bahan.skema, catatan, lama.isi, self.kini.isi, self.utas, kembali.oleh_id)


def isi_halaman(meja: Meja) -> dict[str, Any]:
    """The context of templates/pelaporan/tinjau.html."""
    lap, keadaan = meja.laporan, meja.keadaan
    dihitung = [b for b in meja.bagian if not b.tertutup]
    sini = f"{alamat(lap, 'tinjau')}{keadaan.polos}"
    antrean = alamat_antrean(keadaan.antrean)
    return {
        "laporan": lap,
        "v": meja.kini,
        "jalur": [{"label": "Verifikasi", "url": antrean}],
        "antrean": antrean,
        "keadaan": keadaan,
        "sini": sini,
        "menunggu": meja.menunggu,
        "banding": meja.banding,
        "pembanding": meja.pembanding,
        "pilihan": [{**p, "url": _ke(meja, banding=p["kode"])} for p in meja.pilihan.values()],
        "tampil": meja.tampil,
        "tampilan_lain": _tampilan(meja),
        "baris": [x for b in meja.bagian for x in b.baris],
        "jumlah": {nama: len(saji.saring(meja.baris, nama)) for nama in saji.TAMPIL},
        "bagian": meja.bagian,
        "dihitung": dihitung,
        "sudah": sum(b.sudah for b in dihitung),
        "perlu": [b for b in dihitung if b.perlu],
        "bendera_umum": _bendera_umum(meja),
        "usang": meja.temuan.usang,
        "perbaikan": meja.perbaikan,
        "utas_umum": meja.utas.get("", []),
        "tertunda": _tertunda(meja.utas),
        "lampiran": bertempat(lap, lampiran_tampak(lap, meja.orang)),
        "atas_nama": any(b["kode"] == "atas_nama" for b in lap.bendera),
        "kejadian": [baris_kejadian(k, lap) for k in meja.kejadian],
        "kembali": baris_kejadian(meja.kembali, lap) if meja.kembali else None,
        "permintaan": None if meja.menunggu else permintaan_terbuka(lap),
        "selisih": selisih(lap),
        **_tulis(meja),
        **_pegangan(meja),
    }


def _ke(meja: Meja, **ubah: str) -> str:
    return f"{alamat(meja.laporan, 'tinjau')}{meja.keadaan.kueri(tulis='', **ubah)}"


def _tampilan(meja: Meja) -> list[dict[str, Any]]:
    return [
        {
            "kode": nama,
            "label": kata,
            "jumlah": len(saji.saring(meja.baris, nama)),
            "url": _ke(meja, banding=meja.banding, tampil=nama),
        }
        for nama, kata in KATA_TAMPIL.items()
    ]


def _bendera_umum(meja: Meja) -> list[saji.BenderaSaji]:
    """Flags that stand in no row: on the whole report, or on a row of a line list."""
    return [b for b in meja.bendera if b.butir not in meja.bahan.skema.butir]


def _tertunda(utas: Mapping[str, list[UtasSaji]]) -> list[tuple[UtasSaji, Any]]:
    return [(u, k) for semua in utas.values() for u in semua for k in u.komentar if k.tertunda]


def _tulis(meja: Meja) -> dict[str, Any]:
    """The open note form, if any; and the key of one press, shared by every form of the page as rendered."""
    tempat = meja.tempat_tulis
    berusul = tempat is not None and dapat_diusulkan(tempat, meja.kini.isi)
    return {
        "tempat": tempat,
        "form_catatan": FormCatatan(berusul=berusul, auto_id="tulis-%s") if tempat else None,
        "kunci": kunci_baru(),
        "kunci_catatan": kunci_baru(),
    }


def _pegangan(meja: Meja) -> dict[str, Any]:
    """Who holds the report, whether it is the reader's own work, until when a verification can be undone."""
    ada, lap = meja.pegangan, meja.laporan
    batal = dapat_dibatalkan(lap, meja.orang)
    milik = ada is not None and ada.milik(meja.orang)
    return {
        "pegangan": ada,
        "milik_saya": milik,
        "pegang_pukul": tulis_pukul(ada.sampai, lap.kanwil.zona) if ada else "",
        "dipegang_lain": kalimat(ada, lap) if ada and not milik else "",
        "pembuat": meja.menunggu and pembuat(lap, meja.orang),
        "batal_sampai": batal,
        "batal_pukul": tulis_pukul(batal, lap.kanwil.zona) if batal else "",
    }
