"""Answers of the calculator as people read them: rows of dates, bars on a line of time, steps, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from pemasyarakatan.inti.angka import tulis_angka
from pemasyarakatan.inti.waktu import tulis_tanggal_hari
from remisi import aturan
from remisi.aturan import HasilPidana, Langkah
from remisi.kalkulator.forms import FormHemat, FormPidana, FormRemisi
from remisi.kalkulator.garis_masa import Ruas, garis_masa
from remisi.ketentuan import Himpunan

_KURANG = {
    "tanggal_tahan": "tanggal mulai ditahan",
    "pidana": "lamanya pidana",
    "remisi": "remisi yang sudah diterima",
    "tanggal": "tanggal pemberian",
    "urutan": "pemberian yang keberapa",
    "besaran_ru": "besarnya remisi umum tahun itu",
    "tanggal_putusan": "tanggal putusan berkekuatan hukum tetap",
    "register_f": "catatan Register F",
    "sedang_cmb": "apakah sedang menjalani cuti menjelang bebas",
    "status": "status",
    "pita": "penerima menurut besaran",
}


@dataclass(frozen=True)
class Butir:
    """One line of the answer; `tebal` is what was asked for."""

    nama: str
    nilai: str
    keterangan: str = ""
    tebal: bool = False


@dataclass(frozen=True)
class Hasil:
    judul: str
    butir: list[Butir]
    langkah: Sequence[Langkah]
    kurang: list[str] = field(default_factory=list)
    gambar: SafeString | None = None
    janggal: list[str] = field(default_factory=list)

    @property
    def belum(self) -> int:
        """How many steps rest on a rule that nobody confirmed yet."""
        return sum(not x.terverifikasi for x in self.langkah)


def _sebut(kurang: Sequence[str]) -> list[str]:
    """What is missing, in the words of the form, once each."""
    return list(dict.fromkeys(_KURANG.get(k, k) for k in kurang))


# ---------------------------------------------------------------- sentence


def pidana(form: FormPidana, remisi: list[dict[str, int]], himpunan: Himpunan) -> Hasil:
    perkara = form.perkara(remisi)
    h = aturan.hitung_pidana(perkara, himpunan)
    mulai = perkara.tanggal_tahan
    assert mulai is not None  # the form asks for it
    return Hasil("Tanggal", _tanggal(mulai, h), h.langkah, _sebut(h.kurang), _gambar(mulai, h), h.janggal)


def _tanggal(mulai: date, h: HasilPidana) -> list[Butir]:
    return [
        Butir("Mulai ditahan", tulis_tanggal_hari(mulai)),
        Butir("Ekspirasi awal", tulis_tanggal_hari(h.ekspirasi_awal), "sebelum remisi dan subsider"),
        Butir("1/3 pidana", tulis_tanggal_hari(h.sepertiga)),
        Butir("1/2 pidana", tulis_tanggal_hari(h.setengah)),
        Butir("2/3 pidana", tulis_tanggal_hari(h.dua_pertiga)),
        *_program("Pembebasan bersyarat (PB)", h.pb.layak, h.pb.mulai, h.pb.akhir_bimbingan, "bimbingan sampai"),
        *_program("Cuti bersyarat (CB)", h.cb.layak, h.cb.mulai, h.cb.akhir, _lama(h.cb.hari)),
        *_program("Cuti menjelang bebas (CMB)", h.cmb.layak, h.cmb.mulai, h.cmb.akhir, _lama(h.cmb.hari)),
        Butir("Ekspirasi akhir", tulis_tanggal_hari(h.ekspirasi_akhir), "sesudah remisi dan subsider", tebal=True),
    ]


def _lama(hari: int | None) -> str:
    return f"{tulis_angka(hari)} hari, sampai" if hari else "sampai"


def _program(nama: str, layak: bool | None, mulai: date | None, akhir: date | None, kata: str) -> list[Butir]:
    if layak is None:
        return [Butir(nama, "belum dapat ditentukan")]
    if not layak:
        return [Butir(nama, "tidak terbuka menurut tanggalnya", "sebabnya ada di langkah")]
    return [Butir(nama, tulis_tanggal_hari(mulai), f"{kata} {tulis_tanggal_hari(akhir)}")]


def _gambar(mulai: date, h: HasilPidana) -> SafeString | None:
    calon = (
        ("Pidana sampai ekspirasi akhir", mulai, h.ekspirasi_akhir),
        ("Asimilasi, 1/2 sampai 2/3", h.setengah, h.dua_pertiga),
        ("PB dan bimbingannya", h.pb.mulai, h.pb.akhir_bimbingan),
        ("CB", h.cb.mulai, h.cb.akhir),
        ("CMB", h.cmb.mulai, h.cmb.akhir),
    )
    ruas = [Ruas(nama, dari, sampai) for nama, dari, sampai in calon if dari and sampai and dari <= sampai]
    return garis_masa(ruas, "Masa pidana dan programnya pada garis waktu") if ruas else None


# ---------------------------------------------------------------- grant, savings


def remisi(form: FormRemisi, _: list[Any], himpunan: Himpunan) -> Hasil:
    h = aturan.hitung_remisi(form.permohonan(), himpunan)
    if h.layak is None:
        butir = [Butir("Hasil", "belum dapat ditentukan", "lengkapi yang disebut di bawah", tebal=True)]
    elif not h.layak or h.besaran is None:
        butir = [Butir("Hasil", "tidak diberikan", "sebabnya ada di langkah", tebal=True)]
    else:
        butir = [
            Butir("Besaran", str(h.besaran), tebal=True),
            Butir("Dalam hari", f"{tulis_angka(h.besaran.total_hari)} hari", "1 bulan = 30 hari"),
        ]
    return Hasil("Besaran", butir, h.alasan, _sebut(h.kurang))


def hemat(form: FormHemat, pita: list[dict[str, int]], himpunan: Himpunan) -> Hasil:
    h = aturan.hitung_hemat(
        tanggal=form.cleaned_data["tanggal"],
        pita=tuple(aturan.Pita(**p) for p in pita) or None,
        rupiah_tercetak=form.cleaned_data["rupiah_tercetak"],
        himpunan=himpunan,
    )
    butir = [
        Butir("Jumlah hari", f"{tulis_angka(h.total_hari)} hari" if h.total_hari is not None else "–"),
        Butir("Biaya makan sehari", tulis_angka(h.biaya_per_hari, "rupiah")),
        Butir("Penghematan", tulis_angka(h.rupiah, "rupiah"), tebal=True),
    ]
    if h.cocok is not None:
        selisih = f"berbeda {tulis_angka(h.selisih_hari, 'desimal')} hari makan"
        butir.append(
            Butir("Dibanding yang tercetak", "cocok" if h.cocok else "tidak cocok", "" if h.cocok else selisih)
        )
    return Hasil("Penghematan", butir, h.langkah, _sebut(h.kurang))
