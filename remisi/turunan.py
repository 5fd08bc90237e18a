"""What the register of inmates and its cases say in the monthly form F03.

They speak of a month when the unit's register began on or before its first day and the unit has taken a step in a case
by its last: of a month that is known by half nothing is said, and it is typed. Steps count in the unit that took them,
on the unit's own calendar days, also after the person has moved on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from pelaporan.register.jenis import Register, daftarkan_register
from pelaporan.turunan import LAIN, AngkaTurunan, Rincian, sediakan
from pemasyarakatan.inti.waktu import Bulan, akhir_hari, awal_hari, tulis_tanggal, zona_dari
from remisi.integrasi import bulanan as hitung
from remisi.integrasi.bulanan import Hadiah, Kasus
from remisi.integrasi.memenuhi import memenuhi_integrasi
from remisi.models import Kandidat, Kesempatan, LangkahUsulan, Usulan
from upt.models import UPT
from wbp.selectors_data import mulai_register

KODE = "remisi"
REGISTER = daftarkan_register(Register(KODE, "Remisi dan integrasi", lambda upt_id, kanwil_id, bulan: None))
"""Cases are written by their own services; sending a report waits for whoever writes them."""
INTEGRASI = {"PB": "pb", "CB": "cb", "CMB": "cmb", "ASIMILASI": "asimilasi", "CMK": "cmk"}
PMP = frozenset({"PMPU", "PMPK", "PMPD", "PMP_HAN"})
BARIS_LAIN = {"RD": "rd", "RKM": "rkm", "PMPD": "pmpd"}
TINDAK_PIDANA = ("umum", "narkotika", "korupsi", "terorisme", "khusus_lain")
RINCI_SATU_SATU = 60
"""Up to so many cases a figure opens to each; beyond that to the occasion or the day, whose page lists them."""
Isi = dict[str, AngkaTurunan]


def baris_remisi(jenis: str) -> str:
    """The row of the table of proposals for a kind of remission."""
    return {"RU": "ru", "RK": "rk"}.get(jenis, "pmp" if jenis in PMP else "lain")


def baris_lain(jenis: str) -> str:
    """The row of the table of other remissions; everything additional is one row."""
    return BARIS_LAIN.get(jenis, "rt")


def alamat(objek: str, id_objek: int | str) -> str:
    """The page of a case, or of the unit's cases of one occasion ("unit:occasion")."""
    if objek == "usulan" and _uuid(id_objek):
        return reverse("remisi:usulan", args=(str(id_objek),))
    kode, _, slug = str(id_objek).rpartition(":")
    return reverse("remisi:kesempatan", args=(kode, slug)) if objek == "kesempatan" and kode and slug else ""


def _uuid(teks: int | str) -> bool:
    try:
        UUID(str(teks))
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- reading


@dataclass(frozen=True)
class Bahan:
    """One unit's cases that touch a month, and the occasions they belong to."""

    upt: UPT
    bulan: Bulan
    integrasi: list[Kasus]
    remisi: list[Kasus]
    kesempatan: Mapping[str, Kesempatan]
    orang: Mapping[str, int]
    """Persons by case, for cases that the unit still holds."""

    @property
    def hari(self) -> tuple[date, date]:
        return self.bulan.awal, self.bulan.akhir


@sediakan(KODE, alamat=alamat)
def _remisi(upt: UPT, bulan: Bulan) -> Mapping[str, AngkaTurunan]:
    if not bersuara(upt, bulan):
        return {}
    bahan = _baca(upt, bulan)
    hasil = {**_usulan_integrasi(bahan), **_usulan_remisi(bahan), **_pemberian(bahan)}
    return {k: replace(a, url=f"{a.url}#{k}") for k, a in hasil.items()}


def bersuara(upt: UPT, bulan: Bulan) -> bool:
    """Whether the month is known as a whole, and the unit works its cases here at all."""
    mulai = mulai_register(upt)
    if mulai is None or mulai > bulan.awal or bulan > Bulan.kini(upt.zona):
        return False
    return LangkahUsulan.objects.filter(upt=upt, pada__lte=akhir_hari(bulan.akhir, upt.zona)).exists()


def _baca(upt: UPT, bulan: Bulan) -> Bahan:
    """Cases with a step since the month began, and those that stood open before it and still do."""
    sejak = LangkahUsulan.objects.filter(upt=upt, pada__gte=awal_hari(bulan.awal, upt.zona)).order_by().values("usulan")
    terbuka = Usulan.objects.filter(upt=upt, status__in=(*hitung.MENUNGGU, hitung.TERBIT)).order_by().values("pk")
    nanti = Usulan.objects.filter(upt=upt, rumpun=Usulan.Rumpun.REMISI).filter(
        Q(tanggal__range=(bulan.awal, bulan.akhir)) | Q(dilaksanakan_pada__range=(bulan.awal, bulan.akhir))
    )
    ikut = Q(usulan__in=sejak) | Q(usulan__in=terbuka) | Q(usulan__in=nanti.order_by().values("pk"))
    langkah = LangkahUsulan.objects.filter(ikut, upt=upt).order_by("usulan_id", "revisi")
    menurut: dict[str, list[tuple[str, str, str, datetime]]] = defaultdict(list)
    for usulan, jenis, dari, ke, pada in langkah.values_list("usulan_id", "jenis", "dari", "ke", "pada"):
        menurut[str(usulan)].append((jenis, dari, ke, pada))
    pegang = {str(u.pk): u for u in Usulan.objects.filter(upt=upt, pk__in=menurut).select_related("keputusan")}
    kasus = [_kasus(upt, pk, isi, pegang.get(pk)) for pk, isi in menurut.items()]
    kesempatan = Kesempatan.objects.in_bulk({u.kesempatan_id for u in pegang.values() if u.kesempatan_id})
    return Bahan(
        upt,
        bulan,
        [k for k in kasus if k.jenis in INTEGRASI],
        [k for k in kasus if k.jenis not in INTEGRASI],
        {pk: kesempatan[u.kesempatan_id] for pk, u in pegang.items() if u.kesempatan_id},
        {pk: u.data_id for pk, u in pegang.items()},
    )


def _kasus(upt: UPT, pk: str, langkah: list[tuple[str, str, str, datetime]], usulan: Usulan | None) -> Kasus:
    zona = zona_dari(upt.zona)
    semua = hitung.susun((dari, ke, _hari(ke, pada.astimezone(zona).date(), usulan)) for _, dari, ke, pada in langkah)
    hadiah = _hadiah(usulan) if usulan is not None and usulan.rumpun == Usulan.Rumpun.REMISI else None
    return Kasus(pk, langkah[0][0], usulan.kelompok if usulan else "", semua, hadiah)


def _hari(ke: str, dicatat: date, usulan: Usulan | None) -> date:
    """A decree counts on its own date and an execution on its day, however late they were written down."""
    if usulan is None:
        return dicatat
    if ke == hitung.TERBIT and usulan.keputusan is not None:
        return min(usulan.keputusan.tanggal, dicatat)
    if ke == hitung.LAKSANA and usulan.dilaksanakan_pada is not None:
        return min(usulan.dilaksanakan_pada, dicatat)
    return dicatat


def _hadiah(u: Usulan) -> Hadiah:
    terbit = u.keputusan.tanggal if u.keputusan is not None else None
    hari = hitung.hari_hadiah(u.tanggal, terbit, u.dilaksanakan_pada)
    return Hadiah(u.data_id, u.hasil or "I", 30 * u.bulan + u.hari, u.jenis_kelamin, u.kelompok, hari)


# ---------------------------------------------------------------- figures


def _url(b: Bahan) -> str:
    return reverse("remisi:asal", args=(b.upt.kode, b.bulan))


def _angka(b: Bahan, asal: str, kasus: Sequence[Kasus], nilai: Sequence[int] | None = None) -> AngkaTurunan:
    """A figure that cases add up to, each with its share (one, unless told)."""
    bagian = list(nilai) if nilai is not None else [1] * len(kasus)
    rincian = _rincian(b, kasus, bagian)
    return AngkaTurunan(sum(bagian), f"Register remisi: {asal}", _url(b), tuple(rincian))


def _rincian(b: Bahan, kasus: Sequence[Kasus], nilai: Sequence[int]) -> Iterable[Rincian]:
    if len(kasus) <= RINCI_SATU_SATU:
        return [Rincian("usulan", k.id, f"Usulan {n}", x) for n, (k, x) in enumerate(zip(kasus, nilai, strict=True), 1)]
    jumlah: dict[tuple[str, str, str], int] = defaultdict(int)
    for k, x in zip(kasus, nilai, strict=True):
        jumlah[_kelompok_rincian(b, k)] += x
    return [Rincian(objek, pk, label, x) for (objek, pk, label), x in sorted(jumlah.items(), key=lambda s: s[0][2])]


def _kelompok_rincian(b: Bahan, k: Kasus) -> tuple[str, str, str]:
    kesempatan = b.kesempatan.get(k.id)
    if kesempatan is None:
        return ("", k.jenis, f"Usulan {k.jenis}")
    return ("kesempatan", f"{b.upt.kode}:{kesempatan.slug}", f"{kesempatan.nama}, {tulis_tanggal(kesempatan.tanggal)}")


def _jawab(b: Bahan, ada: bool, asal: str) -> AngkaTurunan:
    return AngkaTurunan(ada, f"Register remisi: {asal}", _url(b), cara=LAIN)


def _tahap(b: Bahan, awalan: str, baris: Mapping[str, list[Kasus]], posisi: Sequence[str]) -> Isi:
    """A table of proposals: flows of the month and positions at its end, by row."""
    hasil: Isi = {}
    for kode, semua in baris.items():
        arus = {k.id: k.arus(*b.hari) for k in semua}
        for kolom in hitung.ARUS:
            kali = [(k, arus[k.id].count(kolom)) for k in semua if kolom in arus[k.id]]
            asal = f"{hitung.KATA_ARUS[kolom]} pada {b.bulan.nama}"
            hasil[f"{awalan}_{kode}_{kolom}"] = _angka(b, asal, [k for k, _ in kali], [n for _, n in kali])
        for kolom in posisi:
            asal = f"{hitung.KATA_ARUS[kolom]} pada {tulis_tanggal(b.bulan.akhir)}"
            tersisa = [k for k in semua if k.posisi(b.bulan.akhir) == kolom]
            hasil[f"{awalan}_{kode}_{kolom}"] = _angka(b, asal, tersisa)
    return hasil


def _usulan_integrasi(b: Bahan) -> Isi:
    baris = {kode: [k for k in b.integrasi if k.jenis == jenis] for jenis, kode in INTEGRASI.items()}
    tabel = _tahap(b, "usul", baris, ("menunggu", "belum"))
    tabel.pop("usul_cmk_belum")
    ada = any(a.nilai for a in tabel.values())
    hasil = {"ada_usul_integrasi": _jawab(b, ada, f"usulan integrasi yang berjalan pada {b.bulan.nama}")}
    return {**hasil, **tabel, "syarat_integrasi": _syarat_integrasi(b)} if ada else hasil


def _syarat_integrasi(b: Bahan) -> AngkaTurunan:
    """Who meets the conditions at the end of the month, and who was approved in it; each person once, counted at the
    first programme that applies."""
    disetujui = {b.orang[k.id] for k in b.integrasi if k.id in b.orang and "disetujui" in k.arus(*b.hari)}
    luar = sum(k.id not in b.orang and "disetujui" in k.arus(*b.hari) for k in b.integrasi)
    jumlah: dict[str, int] = defaultdict(int, {"Disetujui bulan ini": len(disetujui) + luar})
    for orang, program in memenuhi_integrasi(b.upt, b.bulan.akhir).items():
        if orang not in disetujui:
            jumlah[f"Memenuhi syarat {program}"] += 1
    rincian = tuple(Rincian("", "", label, n) for label, n in jumlah.items() if n)
    asal = f"memenuhi syarat pada {tulis_tanggal(b.bulan.akhir)}, tiap orang satu kali"
    return AngkaTurunan(sum(jumlah.values()), f"Register remisi: {asal}", _url(b), rincian)


def _usulan_remisi(b: Bahan) -> Isi:
    baris = {kode: [k for k in b.remisi if baris_remisi(k.jenis) == kode] for kode in ("ru", "rk", "lain", "pmp")}
    tabel = _tahap(b, "usulr", baris, ("menunggu",))
    ada = any(a.nilai for a in tabel.values())
    hasil = {"ada_usul_remisi": _jawab(b, ada, f"usulan remisi yang berjalan pada {b.bulan.nama}")}
    return {**hasil, **tabel, "syarat_remisi": _syarat_remisi(b)} if ada else hasil


def _syarat_remisi(b: Bahan) -> AngkaTurunan:
    """Candidates who meet the conditions of the occasions at work in the month, and who was approved; each once."""
    bergerak = [k for k in b.remisi if k.arus(*b.hari) or k.posisi(b.bulan.akhir) == "menunggu"]
    kesempatan = {b.kesempatan[k.id].pk: b.kesempatan[k.id] for k in bergerak if k.id in b.kesempatan}
    layak = Kandidat.objects.filter(upt=b.upt, kesempatan__in=kesempatan, keadaan=Kandidat.Keadaan.LAYAK)
    orang: dict[int, str] = {}
    for data_id, satu in layak.order_by("kesempatan__tanggal", "data_id").values_list("data_id", "kesempatan_id"):
        orang.setdefault(data_id, f"{kesempatan[satu].nama}, memenuhi syarat")
    disetujui = [k for k in bergerak if "disetujui" in k.arus(*b.hari)]
    luar = sum(k.id not in b.orang for k in disetujui)
    for k in disetujui:
        if k.id in b.orang:
            orang.setdefault(b.orang[k.id], "Disetujui bulan ini")
    jumlah: dict[str, int] = defaultdict(int, {"Disetujui bulan ini, sudah pindah": luar})
    for label in orang.values():
        jumlah[label] += 1
    rincian = tuple(Rincian("", "", label, n) for label, n in jumlah.items() if n)
    return AngkaTurunan(
        sum(jumlah.values()), "Register remisi: calon yang memenuhi syarat, tiap orang satu kali", _url(b), rincian
    )


# ---------------------------------------------------------------- grants


def _pemberian(b: Bahan) -> Isi:
    semua = [k for k in b.remisi if k.diberikan(*b.hari)]
    hasil = {"ada_remisi": _jawab(b, bool(semua), f"{len(semua)} pemberian pada {b.bulan.nama}")}
    if not semua:
        return hasil
    lain = [k for k in semua if _tabel(k) == "rlain"]
    ada = {
        "ada_remisi_umum": any(_tabel(k) == "rumum" for k in semua),
        "ada_remisi_khusus": any(_tabel(k) == "rkhusus" for k in semua),
        "ada_remisi_lain": bool(lain),
        "ada_pmp": any(_tabel(k) in ("pmpumum", "pmpkhusus") for k in semua),
    }
    hasil.update((k, _jawab(b, x, f"pemberian pada {b.bulan.nama}")) for k, x in ada.items())
    for tabel in hitung.TABEL_BESARAN:
        hasil.update(_menurut_besaran(b, tabel, [k for k in semua if _tabel(k) == tabel]))
    return hasil | _pemberian_lain(b, lain) | _penerima(b, semua)


def _tabel(k: Kasus) -> str:
    """The table of the form that a grant stands in."""
    return next((t for t, (jenis, _, _) in hitung.TABEL_BESARAN.items() if k.jenis in jenis), "rlain")


def _menurut_besaran(b: Bahan, tabel: str, semua: list[Kasus]) -> Isi:
    """A table by amount. One amount that it has no column for, and the whole table is left to be typed: a figure that
    leaves out a grant would look whole."""
    _, baris, kolom = hitung.TABEL_BESARAN[tabel]
    menurut: dict[str, list[Kasus]] = {f"{x}_{y}": [] for x in baris.values() for y in kolom.values()}
    for k in semua:
        kode = hitung.kode_besaran(tabel, k.hadiah) if k.hadiah else None
        if kode is None:
            return {}
        menurut[kode].append(k)
    return {f"{tabel}_{kode}": _angka(b, f"pemberian pada {b.bulan.nama}", isi) for kode, isi in menurut.items()}


def _pemberian_lain(b: Bahan, lain: list[Kasus]) -> Isi:
    asal = f"remisi lainnya pada {b.bulan.nama}"
    hasil: Isi = {}
    for baris in ("rt", "rd", "rkm", "pmpd"):
        for kolom, tanda in (("i", "I"), ("ii", "II")):
            isi = [k for k in lain if baris_lain(k.jenis) == baris and k.hadiah and k.hadiah.hasil == tanda]
            hasil[f"rlain_{baris}_{kolom}"] = _angka(b, asal, isi)
    hasil["hari_lain"] = _angka(b, f"hari {asal}", lain, [k.hadiah.hari if k.hadiah else 0 for k in lain])
    return hasil


def _penerima(b: Bahan, semua: list[Kasus]) -> Isi:
    """Receivers by offence and sex, each once; left to be typed when one of them has neither."""
    menurut: dict[str, list[Kasus]] = {f"terima_{k}_{s}": [] for k in TINDAK_PIDANA for s in ("l", "p")}
    for k in hitung.penerima(semua).values():
        kode = f"terima_{k.hadiah.kelompok}_{k.hadiah.jenis_kelamin.lower()}" if k.hadiah else ""
        if kode not in menurut:
            return {}
        menurut[kode].append(k)
    asal = f"penerima pada {b.bulan.nama}, tiap orang satu kali"
    return {kode: _angka(b, asal, isi) for kode, isi in menurut.items()}
