"""What the dashboards of the nation and of a Kanwil show, question by question. Reads nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from dasbor import indikator as daftar_indikator
from dasbor.indikator import Indikator
from dasbor.pilihan import (
    KATA_DASAR,
    Pilihan,
    kalimat_liputan,
    kalimat_tingkat,
    tautan,
    tulis,
    url_indikator,
    url_telusur,
    url_wilayah,
)
from dasbor.rekap import Liputan, Rekap
from dasbor.selectors import Wilayah, wilayah_kanwil
from pelaporan.skema import Skema
from pemasyarakatan.inti import bagan
from pemasyarakatan.inti.angka import Jenis, tulis_angka
from pemasyarakatan.inti.waktu import Bulan
from upt.models import Kanwil

KLASTER = ("pertanian", "hortikultura", "perkebunan", "perikanan", "peternakan")
UKURAN = ("lahan", "wbp", "panen", "nilai")
TOTAL_KLASTER = {"lahan": "lahan", "wbp": "wbp_klaster", "panen": "panen", "nilai": "nilai_hasil"}
GANGGUAN = (
    "pelarian", "kerusuhan", "kekerasan", "narkoba", "hp_ilegal", "integritas", "kematian_tidak_wajar",
    "bencana", "radikalisme", "ancaman_luar", "kejadian_lain",
)  # fmt: skip
DAMPAK = ("urgensi_tinggi", "lapor_tepat", "luka", "tewas")
ANGKA_UTAMA = (
    ("F01", "isi"),
    ("F01", "kapasitas"),
    ("F06", "wbp"),
    ("F06", "lahan"),
    ("F04", "total_kejadian"),
)
BATAS_KANWIL = 80
"""A Kanwil below this percentage of reports received is named on top."""


def kode_dasbor() -> set[str]:
    """Items (plain codes) that a dashboard needs, of all forms together: reading does not tell them apart."""
    kode = {k for ind in daftar_indikator.semua().values() for _, k in ind.acuan}
    kode |= {f"klaster_{k}_{u}" for k in KLASTER for u in UKURAN} | set(TOTAL_KLASTER.values())
    return kode | {*GANGGUAN, *DAMPAK} | {k for _, k in ANGKA_UTAMA}


class Dasbor(NamedTuple):
    """What a dashboard is made of: whose, what was asked, the forms, this month, and 24 months."""

    wilayah: Wilayah
    pilihan: Pilihan
    skema: Mapping[str, Skema]
    kini: Rekap
    tren: Mapping[Bulan, Rekap]

    @property
    def bulan(self) -> Bulan:
        return self.pilihan.bulan

    def angka(self, formulir: str, kode: str) -> SafeString:
        """An item's figure as a link to its origin."""
        butir = self.skema[formulir].butir[kode]
        nilai = self.kini.butir(self.skema[formulir], kode, self.pilihan.dasar)
        teks = tulis(nilai, butir.jenis_angka)
        return tautan(self.url(formulir, kode), teks, f"{butir.label}: buka asal angka")

    def nilai(self, formulir: str, kode: str) -> Any:
        return self.kini.nilai(formulir, kode, self.pilihan.dasar)

    def url(self, formulir: str, kode: str) -> str:
        return url_telusur(formulir, kode, self.bulan, self.wilayah.kode)

    def url_indikator(self, ind: Indikator) -> str:
        return url_indikator(ind.kode, self.bulan, self.wilayah.kode)


def konteks(d: Dasbor) -> dict[str, Any]:
    """The parts that nation and Kanwil share."""
    return {
        "wilayah": d.wilayah,
        "pilihan": d.pilihan,
        "kata_dasar": KATA_DASAR[d.pilihan.dasar],
        "liputan": d.kini.liputan,
        "kalimat_liputan": kalimat_liputan(d.kini.liputan, "laporan"),
        "per_formulir": baris_liputan(d),
        "angka_utama": angka_utama(d),
        "sinyal": sinyal(d),
        "tren": gambar_tren(d, d.pilihan.indikator),
        "hunian": hunian(d),
        "pangan": pangan(d),
        "gangguan": gangguan(d),
        "dihitung": d.kini.dihitung,
    }


# ---------------------------------------------------------------- is it complete?


class BarisLiputan(NamedTuple):
    formulir: str
    nama: str
    li: Liputan
    persen: str
    tepat: str
    sah: str
    penghuni: str


def baris_liputan(d: Dasbor) -> list[BarisLiputan]:
    """Coverage of every form that the month owes."""
    return [
        BarisLiputan(kode, d.skema[kode].nama if kode in d.skema else kode, li, _persen(li.persen),
                     _persen(li.persen_tepat), _persen(li.persen_sah), _persen(li.persen_penghuni))
        for kode, li in sorted((k, f.liputan) for k, f in d.kini.formulir.items())
    ]  # fmt: skip


def _persen(nilai: Decimal | None) -> str:
    return tulis(nilai, "persen")


def kanwil_kurang(d: Dasbor, kanwil: Iterable[Kanwil], rekap: Mapping[int | None, Rekap]) -> list[tuple[str, str, str]]:
    """Kanwil under 80% received, least first: (name, percentage, URL)."""
    semua = [(wilayah_kanwil(k), rekap[k.pk].liputan) for k in kanwil if k.pk in rekap]
    kurang = [(w, li) for w, li in semua if li.persen is not None and li.persen < BATAS_KANWIL]
    kurang.sort(key=lambda p: (p[1].persen or 0, p[0].nama))
    return [(w.nama, _persen(li.persen), url_wilayah(w, d.pilihan)) for w, li in kurang]


# ---------------------------------------------------------------- figures on top


def angka_utama(d: Dasbor) -> list[dict[str, Any]]:
    """Contexts of _komponen/angka_utama.html: items and the two occupancies, each with its own coverage."""
    semua = daftar_indikator.semua()
    butir = {kode: _angka_butir(d, f, kode) for f, kode in ANGKA_UTAMA if f in d.skema}
    hunian = [_angka_indikator(d, semua[k]) for k in ("hunian", "overkapasitas")]
    urut = [butir.pop(k) for k in ("isi", "kapasitas") if k in butir]
    return [*urut, *hunian, *butir.values()]


def _angka_butir(d: Dasbor, formulir: str, kode: str) -> dict[str, Any]:
    butir = d.skema[formulir].butir[kode]
    nilai = d.nilai(formulir, kode)
    isi = {"label": butir.label, "satuan": butir.satuan, "url": d.url(formulir, kode)}
    if nilai is None:
        isi |= {"nilai": "tidak ada data", "satuan": "", "url": ""}
    else:
        isi |= {"nilai": tulis_angka(nilai, butir.jenis_angka)}
    return isi | _cakupan(d.wilayah, d.kini[formulir].liputan)


def _angka_indikator(d: Dasbor, ind: Indikator) -> dict[str, Any]:
    hasil = ind.hitung(d.kini, d.pilihan.dasar)
    isi: dict[str, Any] = {
        "label": f"{ind.nama} ({ind.rumus_kata})",
        "satuan": "",
        "url": d.url_indikator(ind),
    }
    if hasil.nilai is None:
        isi |= {"nilai": "tidak ada data", "url": ""}
    else:
        isi |= {"nilai": ind.tulis(hasil.nilai)}
    return isi | _cakupan(d.wilayah, d.kini.terlemah(ind.formulir))


def _cakupan(wilayah: Wilayah, li: Liputan) -> dict[str, Any]:
    if wilayah.tingkat == "upt":
        return {"total": None, "keterangan": f"{kalimat_tingkat(wilayah, li)}."}
    return {
        "masuk": li.masuk,
        "sah": li.sah,
        "total": li.wajib,
        "persen_penghuni": _persen(li.persen_penghuni) if li.penghuni_wajib else "",
        "sementara": li.sementara,
    }


# ---------------------------------------------------------------- what is unusual?


class Sinyal(NamedTuple):
    nama: str
    kalimat: str
    url: str


def sinyal(d: Dasbor) -> list[Sinyal]:
    """Indicators whose newest month lies outside the natural limits of the months before; at most seven."""
    hasil = (_sinyal(d, ind) for ind in daftar_indikator.semua().values())
    return [s for s in hasil if s is not None][:7]


def _sinyal(d: Dasbor, ind: Indikator) -> Sinyal | None:
    nilai = [t.nilai for t in titik_tren(d, ind)]
    lalu, kini = nilai[:-1], nilai[-1]
    batas = bagan.batas_xmr(lalu)
    if kini is None or batas is None or batas.bawah <= float(kini) <= batas.atas:
        return None
    tepi = {ind.tulis(Decimal(batas.bawah)), ind.tulis(Decimal(batas.atas))}
    if ind.tulis(Decimal(kini)) in tepi:  # a difference that nobody can see is no news
        return None
    arah = "di atas" if float(kini) > batas.atas else "di bawah"
    bawah = max(batas.bawah, 0.0) if all(n is None or n >= 0 for n in nilai) else batas.bawah
    biasa = f"{ind.tulis(Decimal(bawah))} sampai {ind.tulis(Decimal(batas.atas))}"
    catatan = " Batas masih sementara: kurang dari 12 bulan." if sum(n is not None for n in lalu) < 12 else ""
    return Sinyal(
        ind.nama,
        f"{ind.tulis(Decimal(kini))}, {arah} rentang biasanya ({biasa}).{catatan}",
        d.url_indikator(ind),
    )


# ---------------------------------------------------------------- where?


class BarisPeringkat(NamedTuple):
    """One region in the ranking; `peringkat` is empty below the line."""

    peringkat: str
    nama: str
    url: str
    nilai: SafeString
    pecahan: str
    liputan: str
    sebab: str


class Peta(NamedTuple):
    peta: SafeString
    legenda: SafeString
    peringkat: list[BarisPeringkat]
    bawah: list[BarisPeringkat]


def di_mana(d: Dasbor, bagian: Sequence[tuple[Wilayah, Rekap]], kanwil: Sequence[Kanwil] = ()) -> Peta:
    """Ranking of regions by the chosen rate and, for Kanwil, the tile map of the same figures."""
    ind = d.pilihan.indikator
    hitung = [(w, r, ind.hitung(r, d.pilihan.dasar)) for w, r in bagian]
    boleh = [r.terlemah(ind.formulir).layak and h.cukup for _, r, h in hitung]
    nilai = [h.nilai if b else None for (_, _, h), b in zip(hitung, boleh, strict=True)]
    batas, kelas = bagan.bagi_kelas(nilai)
    petak = [
        _petak(k, w, ind, h.nilai, kls, d.pilihan)
        for k, (w, _, h), kls in zip(kanwil, hitung, kelas, strict=True)
    ] if kanwil else []  # fmt: skip
    baris = [_baris_peringkat(d, w, r, h, b) for (w, r, h), b in zip(hitung, boleh, strict=True)]
    urut = sorted(zip(nilai, baris, strict=True), key=lambda p: (-(p[0] or 0), p[1].nama))
    atas = [(n, b) for n, b in urut if n is not None]
    return Peta(
        bagan.peta_petak(petak, f"{ind.nama} menurut Kanwil, {d.bulan.nama}"),
        bagan.legenda_kelas(batas, ind.jenis),
        _beri_peringkat(atas, ind),
        sorted((b for n, b in urut if n is None), key=lambda b: b.nama),
    )


def _petak(
    kanwil: Kanwil, w: Wilayah, ind: Indikator, nilai: Decimal | None, kelas: int | None, pilihan: Pilihan
) -> bagan.Petak:
    teks = ind.tulis(nilai) if nilai is not None and kelas is not None else "–"
    return bagan.Petak(
        kanwil.slug, kanwil.singkatan, kanwil.petak_baris, kanwil.petak_kolom,
        nilai if kelas is not None else None, teks, url_wilayah(w, pilihan), kelas, kanwil.nama_pendek,
    )  # fmt: skip


def _baris_peringkat(d: Dasbor, w: Wilayah, r: Rekap, hasil: daftar_indikator.Hasil, boleh: bool) -> BarisPeringkat:
    ind = d.pilihan.indikator
    li = r.terlemah(ind.formulir)
    sebab = "" if boleh else _sebab(w, ind, li, hasil)
    url = url_indikator(ind.kode, d.bulan, w.kode)
    nilai = tautan(url, ind.tulis(hasil.nilai), "buka asal angka") if hasil.nilai is not None else tulis(None)
    atas, bawah = (tulis_angka(_angka(n), "desimal") for n in (hasil.pembilang, hasil.penyebut))
    return BarisPeringkat(
        "",
        w.nama.removeprefix("Kanwil "),
        url_wilayah(w, d.pilihan),
        SafeString(nilai),
        f"{atas} / {bawah}",
        _singkat(w, li),
        sebab,
    )


def _sebab(w: Wilayah, ind: Indikator, li: Liputan, hasil: daftar_indikator.Hasil) -> str:
    """Why a region is listed without a rank."""
    if not li.layak:
        return "laporan belum lengkap" if w.tingkat == "upt" else "laporan masuk kurang dari 50%"
    if hasil.nilai is None:
        return "tidak ada data"
    return f"{ind.label_penyebut} kurang dari {tulis_angka(ind.pembagi_minimum, 'bulat', ind.satuan_penyebut)}"


def _singkat(w: Wilayah, li: Liputan) -> str:
    if w.tingkat == "upt":
        return kalimat_tingkat(w, li).lower()
    return f"{li.masuk}/{li.wajib} masuk, {li.sah} terverifikasi"


def _angka(nilai: Any) -> int | Decimal | None:
    return nilai if isinstance(nilai, int | Decimal) else None


def _beri_peringkat(atas: Sequence[tuple[Decimal, BarisPeringkat]], ind: Indikator) -> list[BarisPeringkat]:
    """Ranks by the value as it is shown: what looks equal shares a rank."""
    hasil: list[BarisPeringkat] = []
    terakhir = ("", 0)
    for i, (nilai, baris) in enumerate(atas, 1):
        teks = ind.tulis(nilai)
        terakhir = terakhir if teks == terakhir[0] else (teks, i)
        hasil.append(baris._replace(peringkat=str(terakhir[1])))
    return hasil


# ---------------------------------------------------------------- how does it move?


class Tren(NamedTuple):
    ind: Indikator
    gambar: SafeString
    kalimat: str
    baris: list[tuple[str, SafeString, str, str]]


def titik_tren(d: Dasbor, ind: Indikator) -> list[bagan.Titik]:
    """24 months; a month under 50% received is a gap, a month not wholly verified is provisional."""
    hasil = []
    for bulan, rekap in d.tren.items():
        li = rekap.terlemah(ind.formulir)
        nilai = ind.hitung(rekap, d.pilihan.dasar).nilai if li.layak else None
        hasil.append(bagan.Titik(bulan.nama_pendek, nilai, li.sementara))
    return hasil


def gambar_tren(d: Dasbor, ind: Indikator) -> Tren:
    titik = titik_tren(d, ind)
    jenis: Jenis = ind.jenis
    desimal = 1 if jenis == "persen" else 2
    bulat = [t if t.nilai is None else t._replace(nilai=round(Decimal(t.nilai), desimal)) for t in titik]
    judul = f"{ind.nama}, {d.wilayah.nama}, 24 bulan"
    baris = [
        (
            bulan.nama,
            _nilai_tren(d, ind, bulan, t),
            _sebutan(t),
            _singkat(d.wilayah, rekap.terlemah(ind.formulir)),
        )
        for t, (bulan, rekap) in zip(titik, d.tren.items(), strict=True)
    ]
    return Tren(ind, bagan.tren(bulat, judul=judul, jenis=jenis), _kalimat_tren(ind, titik), baris[::-1])


def _nilai_tren(d: Dasbor, ind: Indikator, bulan: Bulan, t: bagan.Titik) -> SafeString:
    if t.nilai is None:
        return SafeString(tulis(None))
    return tautan(url_indikator(ind.kode, bulan, d.wilayah.kode), ind.tulis(Decimal(t.nilai)), "buka asal angka")


def _sebutan(t: bagan.Titik) -> str:
    return "tidak ada data yang layak" if t.nilai is None else "sementara" if t.sementara else "tetap"


def _kalimat_tren(ind: Indikator, titik: Sequence[bagan.Titik]) -> str:
    """One sentence: the newest figure against the same month of the year before."""
    kini, lalu = titik[-1].nilai, titik[-13].nilai
    if kini is None:
        return f"{titik[-1].label}: belum ada data yang layak dibaca."
    if lalu is None:
        return f"{titik[-1].label} {ind.tulis(Decimal(kini))}; bulan yang sama tahun lalu belum ada."
    beda = Decimal(kini) - Decimal(lalu)
    arah = "naik" if beda > 0 else "turun" if beda < 0 else "sama"
    satuan = "poin" if ind.jenis == "persen" else ""
    besar = tulis_angka(beda.copy_abs(), "desimal", satuan, desimal=1 if ind.jenis == "persen" else 2)
    akhir = "sama dengan" if arah == "sama" else f"{arah} {besar} dari"
    return f"{titik[-1].label} {ind.tulis(Decimal(kini))}, {akhir} {titik[-13].label}."


# ---------------------------------------------------------------- occupancy, food, incidents


def hunian(d: Dasbor) -> dict[str, Any]:
    """Occupancy in its two labelled definitions, with what both are made of."""
    if "F01" not in d.skema:
        return {}
    semua = daftar_indikator.semua()
    isi, kapasitas = _angka(d.nilai("F01", "isi")), _angka(d.nilai("F01", "kapasitas"))
    gambar = bagan.peluru(
        isi,
        judul="Penghuni dibandingkan kapasitas",
        target=kapasitas,
        kata_target="kapasitas",
        satuan="orang",
    )
    ukuran = [(ind, _nilai_indikator(d, ind)) for ind in (semua["hunian"], semua["overkapasitas"])]
    selisih = isi - kapasitas if isi is not None and kapasitas is not None else None
    return {
        "gambar": gambar if isi is not None else "",
        "ukuran": ukuran,
        "isi": d.angka("F01", "isi"),
        "kapasitas": d.angka("F01", "kapasitas"),
        "kalimat": _kalimat_hunian(selisih),
    }


def _kalimat_hunian(selisih: int | Decimal | None) -> str:
    if selisih is None:
        return "Belum ada angka penghuni dan kapasitas."
    if selisih > 0:
        return f"{tulis_angka(selisih)} orang di atas kapasitas."
    return f"{tulis_angka(-selisih)} tempat masih tersedia." if selisih else "Tepat penuh."


def _nilai_indikator(d: Dasbor, ind: Indikator) -> SafeString:
    nilai = ind.hitung(d.kini, d.pilihan.dasar).nilai
    if nilai is None:
        return SafeString(tulis(None))
    return tautan(d.url_indikator(ind), ind.tulis(nilai), f"{ind.nama}: buka asal angka")


def pangan(d: Dasbor) -> dict[str, Any]:
    """Food security by cluster: land, placements, harvest, value; and the persons, each counted once."""
    if "F06" not in d.skema:
        return {}
    skema = d.skema["F06"]
    baris = skema.tabel["klaster"].baris
    luas = [(b.label, _angka(d.nilai("F06", f"klaster_{b.kode}_lahan"))) for b in baris]
    ada = any(n for _, n in luas)
    return {
        "kepala": [skema.butir[k] for k in TOTAL_KLASTER.values()],
        "baris": [(b.label, [d.angka("F06", f"klaster_{b.kode}_{u}") for u in UKURAN]) for b in baris],
        "total": [d.angka("F06", k) for k in TOTAL_KLASTER.values()],
        "gambar": bagan.klaster(luas, judul="Lahan dimanfaatkan menurut klaster (m²)") if ada else "",
        "wbp": d.angka("F06", "wbp"),
        "kalimat": _kalimat_pangan(d),
        "li": d.kini["F06"].liputan,
        "liputan": kalimat_tingkat(d.wilayah, d.kini["F06"].liputan),
    }


def _kalimat_pangan(d: Dasbor) -> str:
    wbp, lahan = _angka(d.nilai("F06", "wbp")), _angka(d.nilai("F06", "lahan"))
    if wbp is None or lahan is None:
        return "Belum ada laporan ketahanan pangan."
    orang, luas = tulis_angka(wbp), tulis_angka(lahan)
    return f"{orang} warga binaan pada {luas} m² lahan. Setiap orang dihitung satu kali."


def gangguan(d: Dasbor) -> dict[str, Any]:
    """Incidents by category, most frequent first. They overlap: violence by an officer is in two of them."""
    if "F04" not in d.skema:
        return {}
    butir = d.skema["F04"].butir
    urut = sorted(GANGGUAN, key=lambda k: -(_angka(d.nilai("F04", k)) or 0))
    ada = [k for k in urut if _angka(d.nilai("F04", k))]
    batang = [bagan.Batang(butir[k].label, _angka(d.nilai("F04", k)), d.url("F04", k)) for k in ada]
    return {
        "gambar": bagan.batang(batang, judul=f"Gangguan kamtib menurut kategori, {d.bulan.nama}") if ada else "",
        "baris": [(butir[k].label, d.angka("F04", k), butir[k].definisi) for k in urut],
        "dampak": [(butir[k].label, d.angka("F04", k)) for k in DAMPAK],
        "total": d.angka("F04", "total_kejadian"),
        "li": d.kini["F04"].liputan,
        "liputan": kalimat_tingkat(d.wilayah, d.kini["F04"].liputan),
    }
